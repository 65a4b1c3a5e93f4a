//! The walk over the elements that a format itself defines: which are known where, which may stand once, which attributes they have.
//!
//! In: an element and what it is. Out: findings about unknown, doubled and stray things in it. What stands in another namespace is asked of `modules`.
//! Values are checked by the file of the format.

use super::value::shown;
use super::{Element, Findings, Node, atom, xml};
use crate::diagnostic::Code;

/// The namespace of Atom.
pub(super) const ATOM: &str = "http://www.w3.org/2005/Atom";
/// The namespace of XHTML.
pub(super) const XHTML: &str = "http://www.w3.org/1999/xhtml";
/// The namespace of `xml:lang` and `xml:base`.
pub(super) const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The namespace of RDF.
pub(super) const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const THREADS: &str = "http://purl.org/syndication/thread/1.0";
const INDEXING: &str = "urn:atom-extension:indexing";

/// What an element is whose children are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Parent {
    /// `rss`.
    Rss,
    /// `channel`.
    Channel,
    /// `item`.
    Item,
    /// `image` of a channel.
    Image,
    /// `textInput` of a channel.
    TextInput,
    /// `skipHours` of a channel.
    SkipHours,
    /// `skipDays` of a channel.
    SkipDays,
    /// `atom:feed`.
    Feed,
    /// `atom:entry`.
    Entry,
    /// `atom:source`.
    Source,
    /// `atom:author` and `atom:contributor`.
    Person,
    /// `rdf:RDF`.
    Rdf,
    /// `channel` of RSS 1.0.
    RdfChannel,
    /// `item` of RSS 1.0.
    RdfItem,
    /// `image` of RSS 1.0.
    RdfImage,
}

/// What Atom's feeds have, and sources of entries too: name, and whether it may stand once only.
const METADATA: &[(&str, bool)] = &[
    ("author", false),
    ("category", false),
    ("contributor", false),
    ("generator", true),
    ("icon", true),
    ("id", true),
    ("link", false),
    ("logo", true),
    ("rights", true),
    ("subtitle", true),
    ("title", true),
    ("updated", true),
];

/// Atom's elements that describe a feed or an entry.
const DESCRIPTIONS: &str = "author category content contributor generator icon id link logo published rights subtitle summary title updated";

impl Parent {
    /// The elements of the format itself in it: name, and whether it may stand once only.
    fn known(self) -> &'static [(&'static str, bool)] {
        match self {
            Self::Rss => &[("channel", true)],
            Self::Channel => &[
                ("title", true),
                ("link", true),
                ("description", true),
                ("language", true),
                ("copyright", true),
                ("managingEditor", true),
                ("webMaster", true),
                ("pubDate", true),
                ("lastBuildDate", true),
                ("category", false),
                ("generator", true),
                ("docs", true),
                ("cloud", true),
                ("ttl", true),
                ("image", true),
                ("rating", false),
                ("textInput", true),
                ("skipHours", true),
                ("skipDays", true),
                ("item", false),
            ],
            Self::Item => &[
                ("title", true),
                ("link", true),
                ("description", true),
                ("author", true),
                ("category", false),
                ("comments", true),
                ("enclosure", false),
                ("guid", true),
                ("pubDate", true),
                ("source", true),
            ],
            Self::Image => &[("url", true), ("title", true), ("link", true), ("width", true), ("height", true), ("description", true)],
            Self::TextInput => &[("title", true), ("description", true), ("name", true), ("link", true)],
            Self::SkipHours => &[("hour", false)],
            Self::SkipDays => &[("day", false)],
            Self::Feed | Self::Source => METADATA,
            Self::Entry => &[
                ("author", false),
                ("category", false),
                ("content", true),
                ("contributor", false),
                ("id", true),
                ("link", false),
                ("published", true),
                ("rights", true),
                ("source", true),
                ("summary", true),
                ("title", true),
                ("updated", true),
            ],
            Self::Person => &[("name", true), ("uri", true), ("email", true)],
            Self::Rdf => &[("channel", true), ("image", true), ("item", false), ("textinput", true)],
            Self::RdfChannel => &[("title", true), ("link", true), ("description", true), ("image", true), ("items", true), ("textinput", true)],
            Self::RdfItem => &[("title", true), ("link", true), ("description", true)],
            Self::RdfImage => &[("title", true), ("url", true), ("link", true)],
        }
    }

    /// Whether an element of the format may stand in it once only; `None` when it may not stand there.
    fn once(self, name: &str) -> Option<bool> {
        let row = self.known().iter().find(|(known, _)| *known == name).map(|(_, once)| *once);
        row.or((self == Self::Feed && name == "entry").then_some(false))
    }
}

/// Looks at what stands in an element: `own` is the namespace of the format (empty for RSS 0.9x and 2.0).
pub(super) fn children(element: &Element, parent: Parent, own: &str, findings: &mut Findings<'_>) {
    let mut seen: Vec<&str> = Vec::new();
    let mut seen_of_atom: Vec<&str> = Vec::new();
    for node in &element.children {
        match node {
            Node::Text { value, at, raw } if !value.trim().is_empty() => {
                let at = at + (raw.len() - raw.trim_start().len());
                findings.say(Code::UnexpectedText, at, format!("expected elements in {}, found the text {}", element.name, shown(value)));
            }
            Node::Text { .. } => {}
            Node::Element(child) if child.namespace == own && child.name == "blink" && parent == Parent::Channel => {
                findings.say(Code::BlinkElement, child.at, "expected no blink, which no version of RSS has, found one");
            }
            Node::Element(child) if child.namespace == own => match parent.once(&child.name) {
                None => unknown(child, element, findings),
                Some(once) => first(child, element, once, &mut seen, findings),
            },
            Node::Element(child) => {
                if child.namespace == ATOM && own.is_empty() {
                    first(child, element, atom::once_inside_rss(&child.name, parent), &mut seen_of_atom, findings);
                }
                if !foreign(child, parent, own, findings) {
                    unknown(child, element, findings);
                }
            }
        }
    }
}

/// An element that may stand once stands for the first time, or not.
fn first<'e>(child: &'e Element, element: &Element, once: bool, seen: &mut Vec<&'e str>, findings: &mut Findings<'_>) {
    if !once {
        return;
    }
    if seen.contains(&child.name.as_str()) {
        findings.say(Code::DuplicateElement, child.at, format!("expected one {} in {}, found another", child.name, element.name));
    } else {
        seen.push(&child.name);
    }
}

/// An element of another namespace: whether it is known, or need not be.
fn foreign(child: &Element, parent: Parent, own: &str, findings: &mut Findings<'_>) -> bool {
    match child.namespace.as_str() {
        "" => {
            findings.say(Code::NoVocabulary, child.at, format!("expected a namespace on <{}>, found none", child.name));
            true
        }
        ATOM if own.is_empty() => {
            let fits = matches!(parent, Parent::Channel | Parent::Item) && atom::inside_rss(child, parent, findings);
            let described = DESCRIPTIONS.split(' ').any(|name| name == child.name);
            if !fits && described {
                let message = format!("expected elements of Atom that RSS says something of, found {}", shown(&child.name));
                findings.say(Code::QuestionableElement, child.at, message);
            }
            fits || described
        }
        XHTML if parent == Parent::Item && child.name == "body" => {
            atom::xhtml_body(child, findings);
            true
        }
        // A note to people, and one to robots.
        XHTML if matches!(parent, Parent::Channel | Parent::Feed) && matches!(child.name.as_str(), "div" | "meta") => true,
        XHTML => {
            findings.say(Code::MisplacedXhtml, child.at, format!("expected XHTML in a text only, found <{}>", child.name));
            true
        }
        // Modules look at their elements themselves.
        _ => true,
    }
}

/// An element that is not known where it stands.
pub(super) fn unknown(child: &Element, parent: &Element, findings: &mut Findings<'_>) {
    let name = if child.prefix.is_empty() { child.name.clone() } else { format!("{}:{}", child.prefix, child.name) };
    findings.say(Code::UnknownElement, child.at, format!("expected an element that {} knows, found {}", parent.name, shown(&name)));
}

/// An element that holds text only: an element in it is none of its business.
pub(super) fn text_only(element: &Element, findings: &mut Findings<'_>) {
    for child in element.elements() {
        unknown(child, element, findings);
    }
}

/// An element that holds neither text nor elements.
pub(super) fn no_text(element: &Element, findings: &mut Findings<'_>) {
    text_only(element, findings);
    let text = element.text();
    if !text.trim().is_empty() {
        findings.say(Code::UnexpectedText, element.text_at(), format!("expected nothing in {}, found the text {}", element.name, shown(&text)));
    }
}

/// Attributes that are not in the list, and those of extensions that have no place on an element of the format.
pub(super) fn attributes(element: &Element, known: &[&str], rss: bool, findings: &mut Findings<'_>) {
    for attribute in &element.attributes {
        let name = attribute.name.as_str();
        let fine = match attribute.namespace.as_str() {
            "" => known.contains(&name),
            XML => matches!(name, "base" | "id" | "lang" | "space"),
            // Their own files look at these.
            RDF | THREADS | INDEXING => true,
            other if xml::is_known(other) => false,
            other => {
                if rss {
                    let message = format!("expected attributes of RSS on {}, found {} of {other}", element.name, shown(name));
                    findings.say(Code::ForeignAttribute, attribute.at, message);
                }
                true
            }
        };
        if !fine {
            findings.say(Code::UnexpectedAttribute, attribute.at, format!("expected no such attribute on {}, found {}", element.name, shown(name)));
        }
    }
}
