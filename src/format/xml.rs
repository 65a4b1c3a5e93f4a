//! Hygiene of what goes into XML, and a check of what came out.
//!
//! In: any string, or a finished document. Out: a string that XML 1.0 can carry, or where a document breaks its rules.
//! Never escapes (the crates that write XML do), never repairs a document.
//!
//! The crates below escape markup but let through characters that make a file unreadable, and `quick_xml` accepts
//! them when it reads; hence both halves. XML 1.0: <https://www.w3.org/TR/xml/>, namespaces: <https://www.w3.org/TR/xml-names/>.

pub(super) use crate::text::hygiene::clean;
use crate::text::hygiene::is_surely_clean;
use memchr::memmem::Finder;
use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Where and why a document is not XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct XmlProblem {
    /// Byte offset.
    pub(super) offset: usize,
    /// What is wrong there.
    pub(super) message: String,
}

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
/// What ends a CDATA section, and may stand nowhere else.
static SECTION_END: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"]]>"));

/// Checks that a document is well-formed, that all its prefixes are declared, and that all its characters and
/// references are XML 1.0's own. Linear in the length of the document.
pub(super) fn check(xml: &str) -> Result<(), XmlProblem> {
    if !is_surely_clean(xml)
        && let Some((offset, c)) =
            xml.char_indices().find(|(_, c)| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}'))
    {
        return Err(XmlProblem { offset, message: format!("U+{:04X} is no character of XML", u32::from(c)) });
    }
    let mut reader = NsReader::from_str(xml);
    let (mut depth, mut roots) = (0_usize, 0_usize);
    loop {
        let offset = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let fail = |message: String| Err(XmlProblem { offset, message });
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => return fail(error.to_string()),
        };
        let outside = depth == 0;
        match &event {
            Event::Start(start) | Event::Empty(start) => {
                if outside {
                    roots += 1;
                }
                if roots > 1 {
                    return fail("a second root element".to_owned());
                }
                if let Err(message) = check_start(&reader, start) {
                    return fail(message);
                }
                if matches!(event, Event::Start(_)) {
                    depth += 1;
                }
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(text) if outside && !text.iter().all(u8::is_ascii_whitespace) => return fail("text outside of the root element".to_owned()),
            Event::Text(text) if SECTION_END.find(text).is_some() => return fail("`]]>` outside of CDATA".to_owned()),
            Event::GeneralRef(name) if outside || !is_known_reference(name) => {
                return fail(format!("the reference &{}; means nothing here", String::from_utf8_lossy(name)));
            }
            Event::CData(_) if outside => return fail("CDATA outside of the root element".to_owned()),
            Event::DocType(_) => return fail("a document type declaration".to_owned()),
            Event::Decl(_) if offset != 0 => return fail("an XML declaration that is not at the beginning".to_owned()),
            Event::Eof if depth > 0 => return fail("an element is not closed".to_owned()),
            Event::Eof if roots == 0 => return fail("there is no root element".to_owned()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Checks names and attributes of a start tag whose declarations the reader has already taken in.
fn check_start(reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Result<(), String> {
    let undeclared = |prefix: &[u8]| Err(format!("the prefix {} is not declared", String::from_utf8_lossy(prefix)));
    if let (ResolveResult::Unknown(prefix), _) = reader.resolver().resolve_element(start.name()) {
        return undeclared(&prefix);
    }
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        if let (ResolveResult::Unknown(prefix), _) = reader.resolver().resolve_attribute(attribute.key) {
            return undeclared(&prefix);
        }
        if attribute.value.contains(&b'<') {
            return Err("`<` in an attribute".to_owned());
        }
        for after in attribute.value.split(|&byte| byte == b'&').skip(1) {
            let name = after.split(|&byte| byte == b';').next().unwrap_or_default();
            if name.len() == after.len() || !is_known_reference(name) {
                return Err("a bare `&` or an unknown reference in an attribute".to_owned());
            }
        }
    }
    Ok(())
}

/// Whether `&NAME;` is one of XML's five entities (§4.6) or a reference to a `Char` (§4.1).
fn is_known_reference(name: &[u8]) -> bool {
    if matches!(name, b"lt" | b"gt" | b"amp" | b"quot" | b"apos") {
        return true;
    }
    let Some(number) = name.strip_prefix(b"#").and_then(|number| str::from_utf8(number).ok()) else { return false };
    let code = match number.strip_prefix('x') {
        Some(hexadecimal) if hexadecimal.bytes().all(|byte| byte.is_ascii_hexdigit()) => u32::from_str_radix(hexadecimal, 16),
        None if number.bytes().all(|byte| byte.is_ascii_digit()) => number.parse(),
        _ => return false,
    };
    code.ok().and_then(char::from_u32).is_some_and(|c| matches!(c, '\t' | '\n' | '\r' | ' '..) && !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
}

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

    #[test]
    fn sound_documents_pass() {
        for xml in [
            "<a/>",
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a xmlns:m='urn:m'><m:b m:c='&amp;&#x3C;'>x&lt;&#128512;<![CDATA[<]]></m:b></a>\n",
            "<a xml:lang='zh'>\t\u{FFFD}\u{1F600}</a>",
        ] {
            assert_eq!(check(xml), Ok(()), "{xml}");
        }
    }

    #[test]
    fn faults_are_found() {
        for xml in [
            "",
            "text",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a/>text",
            "<m:a/>",
            "<a m:b='1'/>",
            "<a b='1' b='2'/>",
            "<a b='<'/>",
            "<a b='&'/>",
            "<a b='&nbsp;'/>",
            "<a b='&#0;'/>",
            "<a>&nbsp;</a>",
            "<a>&#xFFFE;</a>",
            "<a>&#+65;</a>",
            "<a>& b</a>",
            "<a>\u{1}</a>",
            "<a>\u{FFFF}</a>",
            "<a>]]></a>",
            "<!DOCTYPE a><a/>",
            " <?xml version='1.0'?><a/>",
        ] {
            assert!(check(xml).is_err(), "{xml}");
        }
        assert_eq!(check("<a>x\u{0}</a>").unwrap_err().offset, 4);
    }
}
