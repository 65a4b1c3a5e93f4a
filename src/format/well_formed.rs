//! A finished document → whether it is XML.
//!
//! In: a document that a writer made. Out: nothing, or where it breaks the rules: well-formedness (XML 1.0 §2.1), declared prefixes
//! (Namespaces in XML §5), characters and references that exist. Never repairs. The crates that write XML let through what makes a file
//! unreadable, so that every document is looked at before it is published; it is looked at fast, because that is each time.

use crate::text::hygiene::is_surely_clean;
use memchr::memchr;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// Where and why a document is not XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct XmlProblem {
    /// Byte offset.
    pub(super) offset: usize,
    /// What is wrong there.
    pub(super) message: String,
}

/// What ends a CDATA section, and may stand nowhere else.
static SECTION_END: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("]]>"));

/// Checks that a document is well-formed, that all its prefixes are declared, and that all its characters and
/// references are XML 1.0's own. Linear in the length of the document.
pub(super) fn check(xml: &str) -> Result<(), XmlProblem> {
    if !is_surely_clean(xml)
        && let Some((offset, c)) =
            xml.char_indices().find(|(_, c)| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}'))
    {
        return Err(XmlProblem { offset, message: format!("U+{:04X} is no character of XML", u32::from(c)) });
    }
    let mut checker = Checker { xml, at: 0, open: Vec::new(), prefixes: Vec::new(), roots: 0 };
    checker.run().map_err(|message| XmlProblem { offset: checker.at, message: message.to_owned() })
}

/// What is wrong, in words.
type Verdict<T = ()> = Result<T, &'static str>;

struct Checker<'x> {
    xml: &'x str,
    /// Where the piece begins that is looked at.
    at: usize,
    /// The names of the open elements.
    open: Vec<&'x str>,
    /// Declared prefixes, each with how many elements were open where it was declared.
    prefixes: Vec<(usize, &'x str)>,
    roots: usize,
}

impl<'x> Checker<'x> {
    fn run(&mut self) -> Verdict {
        while self.at < self.xml.len() {
            let rest = self.rest();
            let Some(markup) = memchr(b'<', rest.as_bytes()) else {
                self.text(rest)?;
                break;
            };
            let (text, rest) = rest.split_at_checked(markup).unwrap_or((rest, ""));
            self.text(text)?;
            self.at += markup;
            self.at += self.markup(rest)?;
        }
        match (self.open.is_empty(), self.roots) {
            (false, _) => Err("an element is not closed"),
            (true, 0) => Err("there is no root element"),
            _ => Ok(()),
        }
    }

    fn rest(&self) -> &'x str {
        self.xml.get(self.at..).unwrap_or_default()
    }

    fn text(&self, text: &str) -> Verdict {
        if self.open.is_empty() {
            return if text.bytes().all(|byte| byte.is_ascii_whitespace()) { Ok(()) } else { Err("text outside of the root element") };
        }
        if SECTION_END.find(text.as_bytes()).is_some() {
            return Err("`]]>` outside of CDATA");
        }
        references(text)
    }

    /// A piece of markup at the beginning of `rest`; how long it is.
    fn markup(&mut self, rest: &'x str) -> Verdict<usize> {
        let until = |end: &str, what| rest.find(end).map(|at| at + end.len()).ok_or(what);
        if rest.starts_with("<!--") {
            return until("-->", "a comment that does not end");
        }
        if rest.starts_with("<![CDATA[") {
            let end = SECTION_END.find(rest.as_bytes()).ok_or("a CDATA section that does not end")?;
            return if self.open.is_empty() { Err("CDATA outside of the root element") } else { Ok(end + 3) };
        }
        if rest.starts_with("<!") {
            return Err("a document type declaration");
        }
        if let Some(instruction) = rest.strip_prefix("<?") {
            let is_declaration =
                instruction.strip_prefix("xml").is_some_and(|after| after.starts_with(|c: char| c.is_ascii_whitespace() || c == '?'));
            return if is_declaration && self.at > 0 {
                Err("an XML declaration that is not at the beginning")
            } else {
                until("?>", "an instruction that does not end")
            };
        }
        if let Some(end) = rest.strip_prefix("</") {
            let length = memchr(b'>', end.as_bytes()).ok_or("an end tag that does not end")?;
            let name = end.get(..length).unwrap_or_default().trim_ascii_end();
            if self.open.pop() != Some(name) {
                return Err("an end tag of another element");
            }
            self.forget_prefixes();
            return Ok("</".len() + length + 1);
        }
        self.start(rest)
    }

    /// Prefixes that were declared on elements that are closed now.
    fn forget_prefixes(&mut self) {
        let depth = self.open.len();
        while self.prefixes.last().is_some_and(|(declared, _)| *declared > depth) {
            self.prefixes.pop();
        }
    }

    fn start(&mut self, rest: &'x str) -> Verdict<usize> {
        let mut tag = Cursor { text: rest, at: 1 };
        let name = tag.name()?;
        self.roots += usize::from(self.open.is_empty());
        if self.roots > 1 {
            return Err("a second root element");
        }
        let depth = self.open.len() + 1;
        let mut names: Vec<&str> = Vec::new();
        loop {
            let blank = tag.skip_blank();
            match tag.byte() {
                Some(b'>' | b'/') => break,
                Some(_) if blank => {
                    let (attribute, value) = tag.attribute()?;
                    if names.contains(&attribute) {
                        return Err("an attribute that stands twice");
                    }
                    if value.contains('<') {
                        return Err("`<` in an attribute");
                    }
                    references(value)?;
                    if let Some(prefix) = attribute.strip_prefix("xmlns:") {
                        self.prefixes.push((depth, prefix));
                    }
                    names.push(attribute);
                }
                Some(_) => return Err("no space before an attribute"),
                None => return Err("a tag that does not end"),
            }
        }
        for name in names.into_iter().chain([name]) {
            let prefix = name.split_once(':').map(|(prefix, _)| prefix);
            if let Some(prefix) = prefix.filter(|prefix| !matches!(*prefix, "xml" | "xmlns"))
                && !self.prefixes.iter().any(|(_, declared)| *declared == prefix)
            {
                return Err("a prefix that is not declared");
            }
        }
        if tag.byte() == Some(b'/') {
            tag.at += 1;
            self.forget_prefixes();
        } else {
            self.open.push(name);
        }
        if tag.byte() == Some(b'>') { Ok(tag.at + 1) } else { Err("a tag that does not end") }
    }
}

/// A walk through a start tag.
struct Cursor<'x> {
    text: &'x str,
    at: usize,
}

impl<'x> Cursor<'x> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_blank(&mut self) -> bool {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
        self.at > start
    }

    fn name(&mut self) -> Verdict<&'x str> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let ends = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/' | b'"' | b'\'' | b'<' | b'&');
        let length = rest.bytes().position(ends).unwrap_or(rest.len());
        self.at += length;
        let name = rest.get(..length).unwrap_or_default();
        if name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || !c.is_ascii()) {
            Ok(name)
        } else {
            Err("a name that begins with no letter")
        }
    }

    fn attribute(&mut self) -> Verdict<(&'x str, &'x str)> {
        let name = self.name()?;
        self.skip_blank();
        if self.byte() != Some(b'=') {
            return Err("an attribute without a value");
        }
        self.at += 1;
        self.skip_blank();
        let quote = self.byte().filter(|byte| matches!(byte, b'"' | b'\'')).ok_or("a value without quotes")?;
        let start = self.at + 1;
        let inside = self.text.get(start..).unwrap_or_default();
        let length = memchr(quote, inside.as_bytes()).ok_or("a value whose quotes do not end")?;
        self.at = start + length + 1;
        Ok((name, inside.get(..length).unwrap_or_default()))
    }
}

/// Whether each `&` begins a reference that means something.
fn references(text: &str) -> Verdict {
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        let after = rest.get(at + 1..).unwrap_or_default();
        let name = memchr(b';', after.as_bytes()).and_then(|end| after.get(..end)).unwrap_or_default();
        if !is_known_reference(name.as_bytes()) {
            return Err("a bare `&` or an unknown reference");
        }
        rest = after;
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
    use proptest::prelude::*;

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

    const SOUND: &str = "<?xml version=\"1.0\"?>\n<a xmlns:m='urn:m'><m:b m:c='&amp;'>x&lt;<![CDATA[<&]]></m:b><c d=\"1\" e='2'/><!-- f --></a>\n";

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

        /// What passes here is XML to another parser, too.
        #[test]
        fn nothing_broken_passes(at in 0..SOUND.len(), length in 0..4_usize, piece in "[<>/&;='\"a-c:! \\[\\]]{0,3}") {
            let mut text = SOUND.to_owned();
            text.replace_range(at..(at + length).min(SOUND.len()), &piece);
            if check(&text).is_ok() {
                let mut reader = quick_xml::NsReader::from_str(&text);
                loop {
                    match reader.read_event() {
                        Ok(quick_xml::events::Event::Eof) => break,
                        Ok(_) => {}
                        Err(error) => prop_assert!(false, "{text}: {error}"),
                    }
                }
            }
        }
    }
}
