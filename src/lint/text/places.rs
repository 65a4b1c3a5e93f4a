//! Where in the document a character of a text stands.
//!
//! In: the place at which a text begins, the text with all references and escapes resolved, the document. Out: the byte of the document at which
//! a byte of the text is written. Documents are walked only when somebody asks, and once for each text.

use super::allowed;
use crate::format::entity;
use std::cell::OnceCell;

/// How a text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notation {
    /// In XML: references, CDATA sections, comments between.
    #[default]
    Xml,
    /// In JSON: a string in quotes with escapes.
    Json,
    /// Not as it is, such as Base64: only its beginning has a place.
    Other,
}

/// The places of one text.
#[derive(Debug)]
pub(in crate::lint) struct Places<'v> {
    value: &'v str,
    at: usize,
    notation: Notation,
    runs: OnceCell<Vec<Run>>,
}

/// Bytes that stand in the document as they stand in the text.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// Where it begins in the text.
    value: usize,
    /// Where it begins in the document.
    document: usize,
    /// Whether it is one reference or escape, all of which stands at its beginning.
    reference: bool,
}

impl<'v> Places<'v> {
    /// A text that is written somewhere; `at` is the byte of its first character that is no white space.
    pub(in crate::lint) fn new(value: &'v str, at: usize, notation: Notation) -> Self {
        Self { value, at, notation, runs: OnceCell::new() }
    }

    /// A text in XML: of an element or an attribute.
    pub(in crate::lint) fn xml(value: &'v str, at: usize) -> Self {
        Self::new(value, at, Notation::Xml)
    }

    /// Where this part of the text is written; its beginning for what is no part of it.
    pub(in crate::lint) fn of(&self, part: &str, document: &str) -> usize {
        self.at(offset(self.value, part).unwrap_or_default(), document)
    }

    /// Where the tag begins whose name, or what follows its `<`, is this part of the text.
    pub(in crate::lint) fn tag(&self, part: &str, document: &str) -> usize {
        let behind = offset(self.value, part).unwrap_or_default();
        self.at(self.value.get(..behind).and_then(|before| before.rfind('<')).unwrap_or_default(), document)
    }

    /// Where this byte of the text is written.
    pub(in crate::lint) fn at(&self, byte: usize, document: &str) -> usize {
        let runs = self.runs.get_or_init(|| runs(self.value, self.at, self.notation, document));
        let index = runs.partition_point(|run| run.value <= byte);
        let Some(run) = index.checked_sub(1).and_then(|index| runs.get(index)) else { return self.at };
        if run.reference { run.document } else { run.document + (byte - run.value) }
    }
}

/// Where a slice of a text begins in it.
fn offset(text: &str, part: &str) -> Option<usize> {
    (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize).filter(|at| *at <= text.len())
}

fn runs(value: &str, at: usize, notation: Notation, document: &str) -> Vec<Run> {
    let lead = value.len() - value.trim_start().len();
    let mut walk = Walk { document, text: value, at, value: lead, end: value.len(), runs: Vec::new() };
    match notation {
        Notation::Xml => walk.xml(),
        Notation::Json => walk.json(lead),
        Notation::Other => {}
    }
    walk.runs
}

/// A walk along a text as it is written.
struct Walk<'d> {
    document: &'d str,
    /// The text.
    text: &'d str,
    /// Where it is in the document.
    at: usize,
    /// Where it is in the text.
    value: usize,
    /// Where the text ends.
    end: usize,
    runs: Vec<Run>,
}

impl Walk<'_> {
    fn rest(&self) -> &str {
        self.document.get(self.at..).unwrap_or_default()
    }

    /// As many bytes stand as they are.
    fn plain(&mut self, length: usize) {
        self.runs.push(Run { value: self.value, document: self.at, reference: false });
        self.value += length;
        self.at += length;
    }

    /// One character is written as that many bytes.
    fn reference(&mut self, character: usize, written: usize) {
        self.runs.push(Run { value: self.value, document: self.at, reference: true });
        self.value += character;
        self.at += written;
    }

    fn xml(&mut self) {
        const CDATA: &str = "<![CDATA[";
        let mut section = self.document.get(..self.at).is_some_and(|before| before.ends_with(CDATA));
        let mut begun = false;
        while self.value < self.end {
            let rest = self.rest();
            if rest.is_empty() {
                return;
            }
            if !begun && let Some(blank) = blank(rest) {
                self.at += blank;
            } else if section && rest.starts_with("]]>") {
                (section, self.at) = (false, self.at + 3);
            } else if !section && rest.starts_with(CDATA) {
                (section, self.at) = (true, self.at + CDATA.len());
            } else if !section && rest.starts_with('<') {
                let end = if rest.starts_with("<!--") { "-->" } else { "?>" };
                let skipped = rest.find(end).filter(|_| rest.starts_with("<!--") || rest.starts_with("<?"));
                // An element ends the text.
                let Some(skipped) = skipped else { return };
                self.at += skipped + end.len();
            } else if !section && rest.starts_with('&') {
                let meant = self.text.get(self.value..).unwrap_or_default();
                begun = true;
                match referred(rest, meant) {
                    Some((character, written)) => self.reference(character, written),
                    // In a document that is not well-formed one may stand for itself.
                    None if meant.starts_with('&') => self.plain(1),
                    None => return,
                }
            } else if rest.starts_with("\r\n") {
                self.reference(1, 2);
            } else {
                begun = true;
                let special = |c: char| if section { matches!(c, ']' | '\r') } else { matches!(c, '<' | '&' | '\r') };
                let first = rest.chars().next().map_or(1, char::len_utf8);
                let length = rest.get(first..).and_then(|more| more.find(special)).map_or(rest.len(), |more| first + more);
                self.plain(length);
            }
        }
    }

    /// `lead` bytes of white space come first, which the place is before.
    fn json(&mut self, lead: usize) {
        self.value -= lead;
        self.at += usize::from(self.rest().starts_with('"'));
        while self.value < self.end {
            let rest = self.rest();
            if rest.starts_with('\\') {
                let (character, written) = escaped(rest);
                self.reference(character, written);
            } else {
                let length = rest.find(['\\', '"']).unwrap_or(rest.len());
                if length == 0 {
                    return;
                }
                self.plain(length);
            }
        }
    }
}

/// The length of white space at the start, when there is some.
fn blank(text: &str) -> Option<usize> {
    Some(text.len() - text.trim_start().len()).filter(|length| *length > 0)
}

/// The bytes of the characters that a reference stands for, and those of the reference; `meant` is the text from there on.
fn referred(written: &str, meant: &str) -> Option<(usize, usize)> {
    let end = written.bytes().take(64).position(|byte| byte == b';')?;
    let name = written.get(1..end)?;
    // Numbers may mean something else than they say: those of Windows, in documents that need repair.
    let is_number = name.starts_with('#') && (!meant.starts_with('&') || matches!(name, "#38" | "#x26"));
    let character = match entity(name) {
        _ if matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") => 1,
        _ if is_number => meant.chars().next()?.len_utf8(),
        // In documents that need repair.
        Some(characters) if meant.starts_with(characters) => characters.len(),
        // In RSS 0.91 letters stand for entities of HTML.
        _ if allowed::is_entity(name) && !meant.starts_with('&') => end + 1,
        _ => return None,
    };
    Some((character, end + 1))
}

/// The bytes of the character that an escape of JSON stands for, and those of the escape.
fn escaped(text: &str) -> (usize, usize) {
    let unit = |at: usize| text.get(at..at + 6).and_then(|unit| unit.strip_prefix("\\u")).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    match unit(0) {
        None => (1, 2),
        Some(0xD800..=0xDBFF) if unit(6).is_some_and(|low| (0xDC00..=0xDFFF).contains(&low)) => (4, 12),
        Some(number) => (char::from_u32(number).map_or(3, char::len_utf8), 6),
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "the offsets are looked at")]
mod tests {
    use super::*;
    use crate::lint::recover::recover;
    use crate::lint::{Node, tree};

    /// The text of the root element of a document, and where `needle` of it is written.
    fn written<'d>(document: &'d str, needle: &str) -> &'d str {
        let root = tree::parse(document).unwrap().root;
        assert!(root.children.iter().any(|node| matches!(node, Node::Text { .. })), "{document}");
        let value = root.text();
        let places = Places::xml(&value, root.text_at());
        &document[places.of(&value[value.find(needle).unwrap()..], document)..]
    }

    #[test]
    fn characters_of_xml_are_found_as_they_are_written() {
        for (document, needle, place) in [
            ("<a>x<b/></a>", "x", "x<b/>"),
            ("<a>文字 &lt;img src=&quot;字.png&quot;&gt;</a>", "<img", "&lt;img"),
            ("<a>文字 &lt;img src=&quot;字.png&quot;&gt;</a>", "字.png", "字.png&quot;"),
            ("<a>\n  &#60;p&#x3E;x</a>", "<p", "&#60;p"),
            ("<a>\n  &#x1F600;&#60;p&#x3E;x</a>", ">x", "&#x3E;x"),
            ("<a><![CDATA[a ] b <img>]]></a>", "<img", "<img>]]>"),
            ("<a>\n<![CDATA[\n <b>]]></a>", "<b>", "<b>]]>"),
            ("<a>x &amp;<![CDATA[<b>]]>y<c/></a>", "y", "y<c/>"),
            ("<a>x<!-- <b> -->&lt;b><?p <i>?>z</a>", "<b", "&lt;b>"),
            ("<a>x<!-- <b> -->&lt;b><?p <i>?>z</a>", "z", "z</a>"),
            ("<a>x\r\ny\r\n&lt;b></a>", "<b", "&lt;b>"),
        ] {
            assert!(written(document, needle).starts_with(place), "{document}: {needle}: {}", written(document, needle));
        }
    }

    #[test]
    fn characters_of_documents_that_need_repair_are_found_too() {
        let document = "<rss><channel><title>x&nbsp;&foo; & &mdash;&#150;&AMP;&lt;b>y";
        let root = recover(document).unwrap().tree.root;
        let title = root.elements().next().unwrap().elements().next().unwrap();
        let value = title.text();
        let places = Places::xml(&value, title.text_at());
        for (needle, place) in [("<b", "&lt;b"), ("y", "y"), ("—", "&mdash;"), ("foo", "foo;")] {
            let at = places.of(&value[value.find(needle).unwrap()..], document);
            assert!(document[at..].starts_with(place), "{needle}: {}", &document[at..]);
        }
    }

    #[test]
    fn characters_of_json_are_found_as_they_are_written() {
        for (document, needle, place) in [
            (r#""x<img>""#, "<img", "<img"),
            (r#""  文\n\"a\" <img>""#, "<img", "<img"),
            (r#""\u4e2d\ud83d\ude00\u003cimg>""#, "<img", "\\u003cimg"),
            (r#""\/a\\<b>""#, "<b", "<b"),
        ] {
            let value: String = serde_json::from_str(document).unwrap();
            let places = Places::new(&value, 0, Notation::Json);
            let at = places.of(&value[value.find(needle).unwrap()..], document);
            assert!(document[at..].starts_with(place), "{document}: {}", &document[at..]);
        }
    }

    #[test]
    fn what_is_not_written_as_it_is_stands_at_its_beginning() {
        let value = "<b>x";
        assert_eq!(Places::new(value, 7, Notation::Other).of(&value[3..], "something else"), 7);
        assert_eq!(Places::xml(value, 99).at(2, "short"), 99);
        assert_eq!(Places::xml(value, 0).of("elsewhere", "<b>x"), 0);
    }
}
