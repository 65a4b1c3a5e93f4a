//! Attributes of a tag, as XML, HTML or carelessness writes them.
//!
//! In: what stands between the name of a tag and its end. Out: names as written and values, not yet decoded. Follows HTML
//! (§13.2.5.32) where XML 1.0 would give up: values without quotes or without value, no blank between two of them.

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
    value.ends_with('=') && value.contains(is_blank) && rest.starts_with(|c: char| !is_blank(c) && !matches!(c, '/' | '>'))
}

fn is_blank(c: char) -> bool {
    c.is_ascii_whitespace()
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        // Quotes in front are left over from a value that was closed twice.
        self.rest = self.rest.trim_start_matches(|c: char| is_blank(c) || matches!(c, '/' | '"' | '\'' | ',' | '<'));
        if self.rest.is_empty() || self.left == 0 {
            return None;
        }
        self.left -= 1;
        let end = self.rest.char_indices().skip(1).find(|(_, c)| is_blank(*c) || matches!(c, '=' | '/')).map_or(self.rest.len(), |(at, _)| at);
        let (name, tail) = self.rest.split_at_checked(end)?;
        let name = name.trim_matches('=');
        let Some(value) = tail.trim_start_matches(is_blank).strip_prefix('=') else {
            self.rest = tail;
            return Some(Attribute { name, value: "", quoted: false });
        };
        let value = value.trim_start_matches(is_blank);
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let inside = if quote.is_some() { value.get(1..).unwrap_or_default() } else { value };
        if let Some((value, rest)) = quote.and_then(|quote| inside.split_once(quote)).filter(|(value, rest)| !lacks_quote(value, rest)) {
            self.rest = rest;
            return Some(Attribute { name, value, quoted: true });
        }
        // Without quotes, or never closed: an address or a name has no blanks.
        let (value, rest) = inside.split_at_checked(inside.find(is_blank).unwrap_or(inside.len()))?;
        self.rest = rest;
        Some(Attribute { name, value, quoted: false })
    }
}
