//! The first place at which a document is not well-formed (XML 1.0, Namespaces in XML), and what can still be said of the rest.
//!
//! In: the fault and the text. Out: a finding about the fault in the words of who wrote the document, those about further undefined
//! entities and prefixes, and the usual ones about the tree that the tolerant reader sees, without the certain consequences of the fault.

use super::findings::Findings;
use super::recover::{Recovered, recover};
use super::{Kind, check_tree, kind_of, tree};
use crate::diagnostic::Code;
use crate::format::open_at;

/// Why a text is not XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Byte offset.
    pub at: usize,
    /// What is wrong there.
    pub what: What,
}

/// What is wrong at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// An end tag that does not belong to the innermost open element.
    EndTag { found: String },
    /// The document ends while elements are open.
    CutOff,
    /// There is no element at all.
    NoElement,
    /// An entity that nobody defines.
    Entity { name: String },
    /// A prefix that nobody declares.
    Prefix { prefix: String },
    /// `&` that begins no reference.
    Ampersand,
    /// `<` in the value of an attribute.
    AngleInAttribute,
    /// An attribute stands twice on an element.
    AttributeTwice { name: String },
    /// A character that XML does not have.
    Character { found: char },
    /// An XML declaration that is not the first thing.
    Declaration,
    /// Something else was expected.
    Other(&'static str),
}

/// More prefixes than these are not looked behind.
const MOST_PREFIXES: usize = 8;

/// Codes that say that something is not there.
const ABSENCES: &[Code] = &[
    Code::MissingElement,
    Code::MissingChannelTitle,
    Code::MissingChannelLink,
    Code::MissingDescription,
    Code::EmptyItem,
    Code::MissingContentOrAlternate,
    Code::MissingSummary,
    Code::MissingXhtmlDiv,
    Code::MissingSelf,
    Code::MissingAtomSelfLink,
    Code::MissingGuid,
    Code::MissingText,
    Code::MissingSourceElement,
    Code::BlankElement,
    Code::NoLanguage,
    Code::ItunesMissing,
    Code::ItunesNoEmail,
    Code::TitleMissing,
    Code::SummaryMissing,
    Code::EntryWithoutDate,
];

/// Codes that say that something stands where it should not.
const MISPLACED: &[Code] =
    &[Code::UnknownElement, Code::DuplicateElement, Code::UnexpectedText, Code::MisplacedMetadata, Code::MisplacedItem, Code::MisplacedXhtml];

/// Says what is wrong with a document that is not well-formed; what it is meant to be.
pub(super) fn check(fault: &Fault, findings: &mut Findings<'_>) -> Kind {
    let text = findings.text();
    findings.say(fault.code(text), fault.place(text), fault.message(text));
    let Some(recovered) = recover(text) else { return Kind::Unknown };
    further(fault, &recovered, findings);
    // A name that nobody knows hides the first fault of the tags themselves.
    let hidden = fault.is_of_names().then(|| tree::parse(&known_names(text, &recovered)).err()).flatten();
    let broken = match &hidden {
        Some(hidden) if !hidden.is_of_names() => {
            findings.say(hidden.code(text), hidden.place(text), hidden.message(text));
            hidden
        }
        _ => fault,
    };
    let kind = kind_of(&recovered.tree.root);
    if kind == Kind::Unknown {
        let root = &recovered.tree.root;
        findings.say(Code::UnknownElement, root.at, format!("expected a feed, found <{}>", cut(&root.name)));
        return kind;
    }
    check_tree(&recovered.tree, kind, findings);
    // What is compared with other documents would be half of it.
    findings.set_partial();
    forget_consequences(broken, &recovered, findings);
    let at = broken.place(text);
    if !recovered.open_ended.is_empty() && findings.any_behind(at) {
        findings.say(Code::BehindFault, at, "expected a well-formed document, found a fault that may be the reason for findings behind it");
    }
    kind
}

/// All other entities and prefixes that are not known: they are mended in one go.
fn further(fault: &Fault, recovered: &Recovered, findings: &mut Findings<'_>) {
    if !findings.text().contains("//DTD RSS 0.91//") {
        let first = fault.place(findings.text());
        for (name, at) in recovered.entities.iter().filter(|(_, at)| *at != first) {
            findings.say(Code::UndefinedEntity, *at, What::Entity { name: name.clone() }.short());
        }
    }
    for (prefix, at) in &recovered.undeclared {
        let what = What::Prefix { prefix: prefix.clone() };
        if what != fault.what {
            findings.say(Code::MissingNamespace, *at, what.short());
        }
    }
}

/// The text with other characters for what is not defined, as long as it was, so that all places stay.
fn known_names(text: &str, recovered: &Recovered) -> String {
    let mut known = String::with_capacity(text.len());
    let mut from = 0;
    for (name, at) in &recovered.entities {
        known.push_str(text.get(from..*at).unwrap_or_default());
        from = (*at).max(from) + name.len() + 2;
        known.push_str(&"x".repeat(name.len() + 2));
    }
    known.push_str(text.get(from..).unwrap_or_default());
    for (prefix, _) in recovered.undeclared.iter().take(MOST_PREFIXES) {
        for start in ["<", "</", " "] {
            known = known.replace(&format!("{start}{prefix}:"), &format!("{start}{prefix}_"));
        }
    }
    known
}

/// An element without its end lacks what may have stood behind the cut, and what it holds there may belong to another.
fn forget_consequences(fault: &Fault, recovered: &Recovered, findings: &mut Findings<'_>) {
    let in_open_ended = elements_behind(&recovered.tree.root, fault.at, recovered);
    findings.forget(|code, at| {
        let lacks = ABSENCES.contains(&code) && recovered.open_ended.contains(&at);
        lacks || MISPLACED.contains(&code) && in_open_ended.binary_search(&at).is_ok()
    });
}

/// Places of what stands behind the fault inside of elements without end, sorted.
fn elements_behind(root: &super::Element, fault: usize, recovered: &Recovered) -> Vec<usize> {
    let mut places = Vec::new();
    let mut waiting = vec![root];
    while let Some(element) = waiting.pop() {
        let is_open_ended = recovered.open_ended.contains(&element.at);
        if is_open_ended {
            places.extend([element.at, element.text_at()].into_iter().filter(|at| *at >= fault));
        }
        for child in element.elements() {
            if is_open_ended && child.at >= fault {
                places.push(child.at);
            }
            waiting.push(child);
        }
    }
    places.sort_unstable();
    places
}

impl Fault {
    fn code(&self, text: &str) -> Code {
        match self.what {
            What::Entity { .. } => Code::UndefinedEntity,
            What::Prefix { .. } => Code::MissingNamespace,
            _ if text.trim_start().starts_with("<?xml") && !text.starts_with("<?xml") => Code::BlankLineFirst,
            _ => Code::XmlSyntax,
        }
    }

    /// Whether the tags are well-formed up to here, and only a name means nothing.
    fn is_of_names(&self) -> bool {
        matches!(self.what, What::Entity { .. } | What::Prefix { .. })
    }

    /// The byte that the finding is about.
    fn place(&self, text: &str) -> usize {
        match &self.what {
            What::Entity { name } => before(text, self.at, &format!("&{name};")),
            What::Ampersand => before(text, self.at, "&"),
            What::CutOff => text.trim_end().len(),
            _ => self.at,
        }
    }

    /// What was expected and found, in a line.
    fn message(&self, text: &str) -> String {
        let innermost = open_at(text, self.at);
        match &self.what {
            What::EndTag { found } => match innermost {
                Some((at, name)) => format!("expected </{}>, as <{0}> began in {}, found </{}>", cut(name), line(text, at), cut(found)),
                None => format!("expected no end tag, as no element is open, found </{}>", cut(found)),
            },
            What::CutOff => match innermost {
                Some((at, name)) => format!("expected </{}>, as <{0}> began in {}, found the end of the document", cut(name), line(text, at)),
                None => "expected `>` or the end of a quote, found the end of the document".to_owned(),
            },
            What::Other(expected) => format!("expected {expected}, found {}", found(text, self.at)),
            what => what.short(),
        }
    }
}

impl What {
    /// The message where nothing has to be looked up.
    fn short(&self) -> String {
        match self {
            Self::EndTag { found } => format!("expected another end tag, found </{}>", cut(found)),
            Self::CutOff => "expected more, found the end of the document".to_owned(),
            Self::NoElement => "expected an element, found none".to_owned(),
            Self::Entity { name } => format!("expected an entity of XML (amp, lt, gt, quot, apos) or a number, found &{};", cut(name)),
            Self::Prefix { prefix } => format!("expected a declaration of the prefix {0} (xmlns:{0}=\"…\"), found none", cut(prefix)),
            Self::Ampersand => "expected &amp; or a reference that ends with `;`, found a bare `&`".to_owned(),
            Self::AngleInAttribute => "expected &lt; in the value of an attribute, or its closing quote, found `<`".to_owned(),
            Self::AttributeTwice { name } => format!("expected the attribute {} once, found it again", cut(name)),
            Self::Character { found } => format!("expected a character that XML has, found U+{:04X}", u32::from(*found)),
            Self::Declaration => "expected the XML declaration as the very first thing, found something before it".to_owned(),
            Self::Other(expected) => format!("expected {expected}"),
        }
    }
}

/// The last place not behind `at` at which this stands, or `at` itself: parsers say where they stopped reading.
fn before(text: &str, at: usize, what: &str) -> usize {
    if text.get(at..).is_some_and(|rest| rest.starts_with(what)) {
        return at;
    }
    text.get(..at).and_then(|read| read.rfind(what)).unwrap_or(at)
}

/// A name or a word of the document, not all of it when it is long.
fn cut(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(40).collect()
}

fn line(text: &str, at: usize) -> String {
    format!("line {}", text.get(..at).unwrap_or_default().matches('\n').count() + 1)
}

/// What stands at a place.
fn found(text: &str, at: usize) -> String {
    let rest = text.get(at..).unwrap_or_default();
    match rest.chars().next() {
        None => "the end of the document".to_owned(),
        Some(c) if c.is_whitespace() => "white space".to_owned(),
        Some(_) => {
            let word: String = rest.chars().take_while(|c| !c.is_whitespace()).take(20).collect();
            format!("`{}`", cut(&word))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Code;
    use crate::lint::{Options, Report, lint};

    fn report(text: &str) -> Report {
        lint(text.as_bytes(), &Options::default())
    }

    /// Line, column and message of the first finding with this code.
    fn first(text: &str, code: Code) -> String {
        let report = report(text);
        let problem = report.problems.iter().find(|problem| problem.finding.code == code);
        problem.map_or_else(
            || format!("no {code}: {:?}", report.problems),
            |problem| format!("{}:{} {}", problem.finding.place.line, problem.finding.place.column, problem.finding.message),
        )
    }

    #[test]
    fn faults_are_told_in_the_words_of_the_document() {
        for (text, code, expected) in [
            ("<rss>\n<channel>\n文</rss>", Code::XmlSyntax, "3:2 expected </channel>, as <channel> began in line 2, found </rss>"),
            ("<rss>\n<channel>\n", Code::XmlSyntax, "2:10 expected </channel>, as <channel> began in line 2, found the end of the document"),
            ("<rss>a & b</rss>", Code::XmlSyntax, "1:8 expected &amp; or a reference that ends with `;`, found a bare `&`"),
            ("<rss a='<'/>", Code::XmlSyntax, "1:9 expected &lt; in the value of an attribute, or its closing quote, found `<`"),
            ("<rss a='1' a='2'/>", Code::XmlSyntax, "1:12 expected the attribute a once, found it again"),
            ("<rss>\u{1}</rss>", Code::XmlSyntax, "1:6 expected a character that XML has, found U+0001"),
            (
                "\n<?xml version='1.0'?><rss/>",
                Code::BlankLineFirst,
                "2:1 expected the XML declaration as the very first thing, found something before it",
            ),
            ("<rss>&eacute;</rss>", Code::UndefinedEntity, "1:6 expected an entity of XML (amp, lt, gt, quot, apos) or a number, found &eacute;"),
            ("<rss>\n<dc:x/></rss>", Code::MissingNamespace, "2:2 expected a declaration of the prefix dc (xmlns:dc=\"…\"), found none"),
            ("", Code::XmlSyntax, "1:1 expected an element, found none"),
        ] {
            assert_eq!(first(text, code), expected, "{text}");
        }
    }

    #[test]
    fn the_rest_is_checked_all_the_same() {
        let text = "<rss version='2.0'><channel><title>t</title><link>https://a.example/</link><description>d</description><foo/>\
            <item><title>a & b</title><pubDate>gestern</pubDate></item></channel></rss>";
        let codes: Vec<Code> = report(text).problems.iter().map(|problem| problem.finding.code).collect();
        for code in [Code::XmlSyntax, Code::UnknownElement, Code::InvalidRfc822Date, Code::MissingGuid] {
            assert!(codes.contains(&code), "{code} {codes:?}");
        }
        assert!(!codes.contains(&Code::BehindFault), "nothing lacks its end: {codes:?}");
    }

    #[test]
    fn what_was_cut_off_is_not_missing() {
        let text =
            "<rss version='2.0'><channel><title>t</title><item><title>a</title><guid>https://a.example/1</guid></item><item><pubDate>Fri, 14 Feb";
        let codes: Vec<Code> = report(text).problems.iter().map(|problem| problem.finding.code).collect();
        for code in [Code::MissingChannelLink, Code::MissingDescription, Code::EmptyItem, Code::MissingAtomSelfLink] {
            assert!(!codes.contains(&code), "{code} {codes:?}");
        }
        assert!(codes.contains(&Code::XmlSyntax), "{codes:?}");
    }

    #[test]
    fn a_name_that_nobody_knows_does_not_hide_a_fault_of_the_tags() {
        let text = "<rss version='2.0'><channel><title>&nbsp;</title>\n<dc:date/></chanel></rss>";
        assert_eq!(first(text, Code::XmlSyntax), "2:11 expected </channel>, as <channel> began in line 1, found </chanel>");
    }

    #[test]
    fn all_entities_and_prefixes_are_told_at_once() {
        let text = "<rss version='2.0'><channel><title>&nbsp;&copy;</title><dc:date/><foo:x/></channel></rss>";
        let count = |code: Code| report(text).problems.iter().filter(|problem| problem.finding.code == code).count();
        assert_eq!((count(Code::UndefinedEntity), count(Code::MissingNamespace)), (2, 2), "{:?}", report(text).problems);
    }
}
