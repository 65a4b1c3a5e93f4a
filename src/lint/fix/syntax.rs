//! Text that is no well-formed XML → text that is, where what was meant is beyond doubt.
//!
//! In: a text. Out: edits, round by round, behind which it can be parsed; `None` when there is more wrong with it: then nothing is touched.
//! Mended are what stands before the declaration, characters that XML forbids, references that it does not know, and well-known prefixes that are
//! used and declared nowhere.

use super::edit::{Edit, apply, in_order};
use super::markup::{name_end, open_parts, prefixes, root, tag_end};
use crate::diagnostic::Code;
use crate::format::entity;
use crate::lint::recover::declared;
use crate::lint::{document, xml};
use std::collections::BTreeSet;

/// The rounds of edits that make a text well-formed, and the text.
pub(super) fn mend(text: &str, wanted: &dyn Fn(Code) -> bool) -> Option<(String, Vec<Vec<Edit>>)> {
    let (mut text, mut rounds) = (text.to_owned(), Vec::new());
    for step in [characters, declarations] {
        if document::parse(&text).is_ok() {
            break;
        }
        let edits = in_order(step(&text).into_iter().filter(|edit| edit.is_wanted(wanted)).collect());
        if !edits.is_empty() {
            text = apply(&text, &edits);
            rounds.push(edits);
        }
    }
    (!rounds.is_empty() && document::parse(&text).is_ok()).then_some((text, rounds))
}

/// What stands before the declaration, forbidden characters, unknown references.
fn characters(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let blank = |c: char| c.is_whitespace() || c == '\u{FEFF}';
    let bare = text.trim_start_matches(blank);
    if bare.starts_with("<?xml") && bare.len() < text.len() {
        edits.push(Edit::new(0..text.len() - bare.len(), "", Code::BlankLineFirst, 0));
    }
    let forbidden = text.char_indices().filter(|(_, c)| !is_allowed(*c));
    edits.extend(forbidden.map(|(at, c)| Edit::new(at..at + c.len_utf8(), "", Code::XmlSyntax, at)));
    let known = Known { letters: text.contains("//DTD RSS 0.91//"), declared: declared(text) };
    for part in open_parts(text) {
        let inside = text.get(part.clone()).unwrap_or_default();
        edits.extend(inside.match_indices('&').filter_map(|(at, _)| reference(text, part.start + at, &known)));
    }
    edits
}

/// A character of XML 1.0 (§2.2).
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..) && !matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// What is to become of an ampersand; `None`: it is right.
fn reference(text: &str, at: usize, known: &Known<'_>) -> Option<Edit> {
    let rest = text.get(at + 1..)?;
    let end = rest.bytes().take(33).position(|byte| byte == b';');
    let name = end.and_then(|end| rest.get(..end)).unwrap_or_default();
    let whole = at..at + name.len() + 2;
    let bare = || Some(Edit::new(at..at + 1, "&amp;", Code::XmlSyntax, at));
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return match code.ok().filter(|_| !number.contains('+')).and_then(char::from_u32) {
            Some(c) if !is_allowed(c) => Some(Edit::new(whole, "", Code::XmlSyntax, at)),
            Some(_) if number.starts_with('X') => Some(Edit::new(whole, format!("&#{};", number.to_ascii_lowercase()), Code::XmlSyntax, at)),
            Some(_) => None,
            None => bare(),
        };
    }
    if matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") || known.has(name) {
        return None;
    }
    match entity(name) {
        Some(meant) => Some(Edit::new(whole, meant.chars().map(written).collect::<String>(), Code::UndefinedEntity, at)),
        None => bare(),
    }
}

/// The entities to which the document type gives a meaning.
struct Known<'t> {
    /// Those of HTML, by the document type of RSS 0.91.
    letters: bool,
    declared: BTreeSet<&'t str>,
}

impl Known<'_> {
    fn has(&self, name: &str) -> bool {
        self.letters && entity(name).is_some() || self.declared.contains(name)
    }
}

/// A character as everybody can see it.
fn written(c: char) -> String {
    if c.is_whitespace() || c.is_ascii() || c.is_control() || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}') {
        format!("&#{};", u32::from(c))
    } else {
        c.to_string()
    }
}

/// Well-known prefixes that are used and declared nowhere.
fn declarations(text: &str) -> Vec<Edit> {
    let Some(root) = root(text) else { return Vec::new() };
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for part in open_parts(text) {
        let inside = text.get(part).unwrap_or_default();
        let mut from = 0;
        while let Some(at) = inside.get(from..).and_then(|rest| rest.find('<')).map(|at| from + at) {
            // A tag without an end, and one that holds the beginning of another: declarations alone make nothing well-formed here.
            let Some(end) = tag_end(inside, at) else { return Vec::new() };
            let tag = inside.get(at..end).unwrap_or_default();
            if tag.get(1..).is_some_and(|tag| tag.contains('<')) {
                return Vec::new();
            }
            used.extend(prefixes(tag));
            from = end;
        }
    }
    let Some(at) = name_end(text, root) else { return Vec::new() };
    let declared = |prefix: &str| text.contains(&format!("xmlns:{prefix}=")) || text.contains(&format!("xmlns:{prefix} "));
    // Those with a meaning are few: the text is searched for them only.
    let meant = used.into_iter().filter_map(|prefix| Some((prefix, xml::usual_namespace(prefix)?))).filter(|(prefix, _)| !declared(prefix));
    meant.map(|(prefix, uri)| Edit::insert(at, format!(" xmlns:{prefix}=\"{uri}\""), Code::MissingNamespace, root)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> Option<String> {
        mend(text, &|_| true).map(|(text, _)| text)
    }

    #[test]
    fn what_was_meant_is_written() {
        for (text, expected) in [
            ("<a>x&nbsp;y &mdash; &eacute;</a>", "<a>x&#160;y — é</a>"),
            ("<a b='?x=1&y=2'>R & D; &amp; &#38; &foo; &</a>", "<a b='?x=1&amp;y=2'>R &amp; D; &amp; &#38; &amp;foo; &amp;</a>"),
            ("<a>&LT;b&GT; &#X41; &#1;</a>", "<a>&#60;b&#62; &#x41; </a>"),
            ("<a>\u{1}x\u{b}</a>", "<a>x</a>"),
            ("\n <?xml version='1.0'?><a/>", "<?xml version='1.0'?><a/>"),
            ("<a><!-- & --><![CDATA[&nbsp;]]>&copy;</a>", "<a><!-- & --><![CDATA[&nbsp;]]>©</a>"),
            ("<!DOCTYPE a [<!ENTITY foo \"x\">]><a>&foo;&bull;</a>", "<!DOCTYPE a [<!ENTITY foo \"x\">]><a>&foo;•</a>"),
            (
                "<rss\n><dc:x media:y='1'/>&nbsp;</rss>",
                "<rss xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\"\n><dc:x media:y='1'/>&#160;</rss>",
            ),
        ] {
            assert_eq!(mended(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_clear_is_left() {
        for text in ["<a>&nbsp;<b></a>", "<a><nobody:x/></a>", "<a", "", "x & y", "<a b=c>&nbsp;</a>", "<a/>"] {
            assert_eq!(mended(text), None, "{text}");
        }
        assert_eq!(mend("<a>&nbsp;</a>", &|code| code != Code::UndefinedEntity), None);
    }
}
