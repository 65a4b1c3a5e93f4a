//! Attributes of a tag, as XML, HTML or carelessness writes them.
//!
//! In: what stands between the name of a tag and its end. Out: names as written and values, not yet decoded. Follows HTML
//! (§13.2.5.32) where XML 1.0 would give up: values without quotes or without value, no blank between two of them.

use memchr::memchr;

/// More are not looked at.
const MOST: usize = 256;

/// Reads attributes one after the other.
#[derive(Clone, Debug)]
pub(in crate::format) struct Attributes<'a> {
    rest: &'a str,
    left: usize,
}

/// One attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::format) struct Attribute<'a> {
    /// The name with its prefix, as written.
    pub(in crate::format) name: &'a str,
    /// The value as written, references not decoded.
    pub(in crate::format) value: &'a str,
    /// Whether it stands in quotes, as XML demands.
    pub(in crate::format) quoted: bool,
}

impl<'a> Attributes<'a> {
    pub(super) fn new(raw: &'a str) -> Self {
        Self { rest: raw, left: MOST }
    }
}

/// Whether the quote that seems to end the value begins the next one: `rel="self href="https://…"`.
fn lacks_quote(value: &str, rest: &str) -> bool {
    value.as_bytes().last() == Some(&b'=')
        && value.bytes().any(|byte| byte.is_ascii_whitespace())
        && rest.bytes().next().is_some_and(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>'))
}

/// The text from the first byte on that is none of those. All of them are ASCII, so that it begins with a character.
fn behind(text: &str, is_passed: impl Fn(u8) -> bool) -> &str {
    text.bytes().position(|byte| !is_passed(byte)).and_then(|at| text.get(at..)).unwrap_or_default()
}

/// What stands before the quote and behind it.
fn split_at_quote(inside: &str, quote: u8) -> Option<(&str, &str)> {
    let at = memchr(quote, inside.as_bytes())?;
    Some((inside.get(..at)?, inside.get(at + 1..)?))
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        // Quotes in front are left over from a value that was closed twice.
        self.rest = behind(self.rest, |byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\'' | b',' | b'<'));
        if self.rest.is_empty() || self.left == 0 {
            return None;
        }
        self.left -= 1;
        let ends = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'/');
        let end = self.rest.bytes().skip(1).position(ends).map_or(self.rest.len(), |at| at + 1);
        let (name, tail) = self.rest.split_at_checked(end)?;
        // Behind its first byte there is none.
        let name = name.strip_prefix('=').unwrap_or(name);
        let Some(value) = tail.trim_ascii_start().strip_prefix('=') else {
            self.rest = tail;
            return Some(Attribute { name, value: "", quoted: false });
        };
        let value = value.trim_ascii_start();
        let quote = value.bytes().next().filter(|byte| matches!(byte, b'"' | b'\''));
        let inside = if quote.is_some() { value.get(1..).unwrap_or_default() } else { value };
        if let Some((value, rest)) = quote.and_then(|quote| split_at_quote(inside, quote)).filter(|(value, rest)| !lacks_quote(value, rest)) {
            self.rest = rest;
            return Some(Attribute { name, value, quoted: true });
        }
        // Without quotes, or never closed: an address or a name has no blanks.
        let (value, rest) = inside.split_at_checked(inside.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(inside.len()))?;
        self.rest = rest;
        Some(Attribute { name, value, quoted: false })
    }
}
