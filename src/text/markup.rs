//! A tolerant tokenizer for HTML, shared by the sanitiser and the block reader.
//!
//! In: any string. Out: tags and the text between them, borrowed from it; entities are not decoded, comments and declarations
//! are passed over. It follows the HTML standard in what is a tag (§13.2.5) and builds no tree. Linear, no recursion, cannot fail.

use memchr::{memchr, memmem};
use std::borrow::Cow;

/// A piece of markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text, entities as written.
    Text(&'a str),
    /// A start tag: name in lower case, attributes as written.
    Open { name: Cow<'a, str>, attributes: &'a str },
    /// An end tag: name in lower case.
    Close(Cow<'a, str>),
}

/// Reads tokens one after the other.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { rest: html }
    }

    /// Passes over everything up to and including the end tag `name` and gives what was before it; `None`, and nothing passed over,
    /// when there is none.
    pub(super) fn skip_past(&mut self, name: &str) -> Option<&'a str> {
        let at = find_end_tag(self.rest, name)?;
        let (inside, tail) = self.rest.split_at_checked(at)?;
        self.rest = tail.split_once('>').map_or("", |(_, after)| after);
        Some(inside)
    }

    /// How many bytes are left.
    pub(super) fn left(&self) -> usize {
        self.rest.len()
    }

    /// Whether what is left begins so.
    pub(super) fn continues_with(&self, text: &str) -> bool {
        self.rest.starts_with(text)
    }

    /// Passes over all that is left.
    pub(super) fn skip_all(&mut self) {
        self.rest = "";
    }
}

/// The offset of the end tag `</name`, in any case.
fn find_end_tag(html: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memmem::find(html.as_bytes().get(from..)?, b"</")?;
        let after = html.get(at + 2..)?;
        if after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
            && after.get(name.len()..)?.starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/')
        {
            return Some(at);
        }
        from = at + 2;
    }
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) { Cow::Owned(name.to_ascii_lowercase()) } else { Cow::Borrowed(name) }
}

fn is_name_end(c: char) -> bool {
    c.is_ascii_whitespace() || c == '/' || c == '>'
}

/// Splits `name attributes>rest`, quotes respected; `None` when the tag never ends.
fn split_tag(tag: &str) -> Option<(&str, &str, &str)> {
    let (name, tail) = tag.split_at_checked(tag.find(is_name_end)?)?;
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in tail.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'>') => {
                let (attributes, rest) = tail.split_at_checked(at)?;
                return Some((name, attributes, rest.get(1..)?));
            }
            // A quote opens a value only right after the equals sign.
            (None, b'"' | b'\'') if after_equals => {
                quote = Some(byte);
                after_equals = false;
            }
            (None, b'=') => after_equals = true,
            (None, byte) if byte.is_ascii_whitespace() => {}
            (None, _) => after_equals = false,
        }
    }
    None
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let at = tag_start(self.rest).unwrap_or(self.rest.len());
            let (text, tail) = self.rest.split_at_checked(at)?;
            if !text.is_empty() {
                self.rest = tail;
                return Some(Token::Text(text));
            }
            let tag = tail.get(1..)?;
            if let Some(comment) = tag.strip_prefix("!--") {
                self.rest = match comment.strip_prefix('>').or_else(|| comment.strip_prefix("->")) {
                    Some(rest) => rest,
                    None => comment.split_once("-->").map_or("", |(_, rest)| rest),
                };
                continue;
            }
            if let Some(name) = tag.strip_prefix('/').filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())) {
                let Some((name, _, rest)) = split_tag(name) else {
                    self.rest = "";
                    return None;
                };
                self.rest = rest;
                return Some(Token::Close(lower(name)));
            }
            if tag.starts_with(['!', '?', '/']) {
                self.rest = tag.split_once('>').map_or("", |(_, rest)| rest);
                continue;
            }
            let Some((name, attributes, rest)) = split_tag(tag) else {
                self.rest = "";
                return None;
            };
            self.rest = rest;
            return Some(Token::Open { name: lower(name), attributes });
        }
    }
}

/// Where the next tag, comment or declaration begins; a `<` before anything else is text.
fn tag_start(html: &str) -> Option<usize> {
    let bytes = html.as_bytes();
    let mut from = 0;
    loop {
        let at = from + memchr(b'<', bytes.get(from..)?)?;
        if bytes.get(at + 1).is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'!' | b'?' | b'/')) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// One attribute as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawAttribute<'a> {
    /// Name in lower case.
    pub(super) name: Cow<'a, str>,
    /// Value without its quotes, references as written; empty when there is none.
    pub(super) value: &'a str,
    /// Where the value begins, behind its quote.
    pub(super) at: usize,
    /// The quote around the value.
    pub(super) quote: Option<char>,
}

/// The attributes of a start tag one after the other, not more than 64 of them.
#[derive(Clone, Debug)]
struct RawAttributes<'a> {
    length: usize,
    rest: &'a str,
}

impl<'a> Iterator for RawAttributes<'a> {
    type Item = RawAttribute<'a>;

    fn next(&mut self) -> Option<RawAttribute<'a>> {
        let rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        // An equals sign in front belongs to the name (HTML §13.2.5.32).
        let end = rest.char_indices().skip(1).find(|(_, c)| c.is_ascii_whitespace() || matches!(c, '=' | '/')).map_or(rest.len(), |(at, _)| at);
        let (name, tail) = rest.split_at_checked(end).filter(|(name, _)| !name.is_empty())?;
        let mut found = RawAttribute { name: lower(name), value: "", at: self.length - tail.len(), quote: None };
        self.rest = tail;
        if let Some(tail) = tail.trim_start().strip_prefix('=') {
            let tail = tail.trim_start();
            let quoted = ['"', '\''].into_iter().find_map(|quote| Some((quote, tail.strip_prefix(quote)?)));
            let start = quoted.map_or(tail, |(_, inside)| inside);
            found.at = self.length - start.len();
            found.quote = quoted.map(|(quote, _)| quote);
            (found.value, self.rest) = match quoted {
                Some((quote, tail)) => tail.split_once(quote).unwrap_or((tail, "")),
                None => tail.split_at_checked(tail.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tail.len())).unwrap_or((tail, "")),
            };
        }
        Some(found)
    }
}

/// The attributes of a start tag as written, also those that do not count because one of the same name came before.
pub(super) fn raw_attributes(raw: &str) -> impl Iterator<Item = RawAttribute<'_>> {
    RawAttributes { length: raw.len(), rest: raw }.take(64)
}

/// The attributes of a start tag: names in lower case, values decoded; of two with one name the first counts.
pub(super) fn attributes(raw: &str) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    let mut found: Vec<(Cow<'_, str>, Cow<'_, str>)> = Vec::new();
    for attribute in raw_attributes(raw) {
        if !found.iter().any(|(known, _)| *known == attribute.name) {
            found.push((attribute.name, decode(attribute.value)));
        }
    }
    found
}

/// The value of one attribute, decoded.
pub(super) fn attribute<'a>(raw: &'a str, name: &str) -> Option<Cow<'a, str>> {
    attributes(raw).into_iter().find(|(found, _)| found == name).map(|(_, value)| value)
}

/// The entities that are met in practice beside the five that the serializer writes.
const ENTITIES: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{A0}"),
    ("hellip", "…"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("middot", "·"),
    ("bull", "•"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("times", "×"),
    ("ensp", "\u{2002}"),
    ("emsp", "\u{2003}"),
    ("thinsp", "\u{2009}"),
    ("colon", ":"),
    ("Tab", "\t"),
    ("NewLine", "\n"),
    ("zwj", "\u{200D}"),
    ("zwnj", "\u{200C}"),
    ("shy", "\u{AD}"),
];

/// The text with its character references decoded; unknown ones stay.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('&') {
        out.push_str(before);
        let end = tail.bytes().take(10).position(|byte| byte == b';');
        let known = end.and_then(|end| tail.split_at_checked(end)).and_then(|(name, after)| Some((reference(name)?, after.get(1..)?)));
        if let Some((meant, after)) = known {
            out.push_str(&meant);
            rest = after;
        } else {
            out.push('&');
            rest = tail;
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What the reference `&name;` means.
fn reference(name: &str) -> Option<Cow<'static, str>> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        let c = char::from_u32(code)?;
        return (c == '\n' || c == '\t' || !c.is_control()).then(|| Cow::Owned(c.to_string()));
    }
    ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, text)| Cow::Borrowed(*text))
}

/// Adds text so that HTML reads it back as it is, between tags or inside double quotes.
pub(super) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open<'a>(name: &'a str, attributes: &'a str) -> Token<'a> {
        Token::Open { name: name.into(), attributes }
    }

    #[test]
    fn tags_and_text() {
        for (html, expected) in [
            ("a<b>c</b>", vec![Token::Text("a"), open("b", ""), Token::Text("c"), Token::Close("b".into())]),
            ("<P CLASS='>'>x", vec![open("p", " CLASS='>'"), Token::Text("x")]),
            ("1 < 2 <3", vec![Token::Text("1 < 2 <3")]),
            ("<!-- <b> -->x<!-->y<!doctype html>z", vec![Token::Text("x"), Token::Text("y"), Token::Text("z")]),
            ("x<br/>", vec![Token::Text("x"), open("br", "/")]),
            ("x<b title=\"", vec![Token::Text("x")]),
            ("x<!-- never", vec![Token::Text("x")]),
            ("</ p>x</>y", vec![Token::Text("x"), Token::Text("y")]),
            ("<a href=x'y>z", vec![open("a", " href=x'y"), Token::Text("z")]),
        ] {
            assert_eq!(Tokens::new(html).collect::<Vec<_>>(), expected, "{html}");
        }
    }

    #[test]
    fn attributes_are_read() {
        let read = |raw| attributes(raw).into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("|");
        assert_eq!(read(" href=\"a?b=1&amp;c=2\" TITLE='x \"y\"' alt checked width=3 /"), "href=a?b=1&c=2|title=x \"y\"|alt=|checked=|width=3");
        assert_eq!(read(" a=1 a=2 b = 'c'"), "a=1|b=c");
        assert_eq!(read(""), "");
    }

    #[test]
    fn references_are_decoded() {
        for (raw, expected) in [
            ("a&amp;b&lt;c", "a&b<c"),
            ("&#20013;&#x6587;", "中文"),
            ("&hellip;&unknown;&", "…&unknown;&"),
            ("&#0;&#8;&#xD800;", "&#0;&#8;&#xD800;"),
            ("AT&T;", "AT&T;"),
        ] {
            assert_eq!(decode(raw), expected);
        }
    }
}
