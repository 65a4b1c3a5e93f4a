//! Hygiene of what goes into XML.
//!
//! In: any string. Out: a string that XML 1.0 can carry. Never escapes (the crates that write XML do).
//!
//! The crates escape markup but let through characters that make a file unreadable, and `quick_xml` accepts
//! them when it reads; hence this, and `well_formed`. XML 1.0: <https://www.w3.org/TR/xml/>.

use super::decode::as_utf8;
pub(super) use crate::text::hygiene::clean;
use memchr::memmem::Finder;
use std::borrow::Cow;
use std::io;
use std::sync::LazyLock;

/// Stands for `<` until the document is written; see [`mark`].
const MARKED_LESS: char = '\u{FDD0}';
/// Stands for `&` until the document is written; see [`mark`].
const MARKED_AMPERSAND: char = '\u{FDD1}';

/// The text without what XML forbids, for what stands on one line (titles, names, attributes): line breaks and tabs become one space, the ends
/// are trimmed. Parsers would do the first to attributes (XML 1.0 §3.3.3), readers do the second to titles.
pub(super) fn clean_line(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| matches!(c, '\n' | '\t' | '\u{2028}' | '\u{2029}');
    let cleaned = clean(text);
    if !cleaned.contains(breaks) {
        return match cleaned {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        };
    }
    let parts: Vec<&str> = cleaned.split(breaks).map(str::trim).filter(|part| !part.is_empty()).collect();
    Cow::Owned(parts.join(" "))
}

/// A document that a crate writes piece by piece, each of them whole characters.
#[derive(Debug, Default)]
pub(super) struct Document(pub(super) String);

impl io::Write for Document {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.0.push_str(as_utf8(piece).ok_or(io::ErrorKind::InvalidData)?);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Stands for the end of a CDATA section and the beginning of another; see [`sections`].
const MARKED_SPLIT: char = '\u{FDD3}';

/// A cleaned text that is going to be written as a CDATA section, made two by [`unmark`] where it holds what begins one:
/// readers take a section inside of another for one that lacks its end.
pub(super) fn sections(cleaned: &str) -> String {
    cleaned.replace("<![CDATA[", &format!("<!{MARKED_SPLIT}[CDATA["))
}

/// A cleaned text whose `<` and `&` are going to be written as hexadecimal references by [`unmark`].
///
/// The RSS profile advises them where markup is not expected: a reader that decodes twice still shows the character
/// (<https://www.rssboard.org/rss-profile#data-types-characterdata>), and the W3C validator warns of any other form.
/// The marks are noncharacters, which [`clean`] has removed from what people write.
pub(super) fn mark(cleaned: &str) -> String {
    let mut out = String::with_capacity(cleaned.len() + 8);
    for part in cleaned.split_inclusive(['<', '&']) {
        let (text, mark) = match part.as_bytes().last() {
            Some(b'<') => (part.strip_suffix('<'), Some(MARKED_LESS)),
            Some(b'&') => (part.strip_suffix('&'), Some(MARKED_AMPERSAND)),
            _ => (None, None),
        };
        out.push_str(text.unwrap_or(part));
        out.extend(mark);
    }
    out
}

/// The document with the marks of [`mark`] and [`sections`] written out.
pub(super) fn unmark(document: String) -> String {
    // All marks begin with the same two bytes, and hardly anything else does.
    let mut out = String::new();
    let mut rest = document.as_str();
    let mut from = 0;
    while let Some(at) = MARKS.find(rest.as_bytes().get(from..).unwrap_or_default()).map(|at| from + at) {
        let written = match rest.get(at..).and_then(|mark| mark.chars().next()) {
            Some(MARKED_LESS) => "&#x3C;",
            Some(MARKED_AMPERSAND) => "&#x26;",
            Some(MARKED_SPLIT) => "]]><![CDATA[",
            _ => {
                from = at + 2;
                continue;
            }
        };
        out.reserve(if out.is_empty() { document.len() + 64 } else { 0 });
        out.push_str(rest.get(..at).unwrap_or_default());
        out.push_str(written);
        rest = rest.get(at + MARKED_LESS.len_utf8()..).unwrap_or_default();
        from = 0;
    }
    if out.is_empty() {
        return document;
    }
    out.push_str(rest);
    out
}

/// The first two bytes of the noncharacters U+FDC0 to U+FDFF.
static MARKS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"\xEF\xB7"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_breaks_and_no_blank_ends() {
        assert_eq!(clean_line("\u{3000} 早市 \r\n\t 又来了 \u{0}"), "早市 又来了");
        assert_eq!(clean_line("a  b"), "a  b");
        assert!(matches!(clean_line(" a "), Cow::Borrowed("a")));
    }

    #[test]
    fn marks_become_references() {
        assert_eq!(unmark(mark("R&D <b> x")), "R&#x26;D &#x3C;b> x");
        assert_eq!(unmark("plain".to_owned()), "plain");
        assert_eq!(mark(""), "");
        assert_eq!(unmark(mark("&") + "\u{FDFA}" + &sections("<![CDATA[") + "\u{FDFA}"), "&#x26;\u{FDFA}<!]]><![CDATA[[CDATA[\u{FDFA}");
    }
}
