//! What is known of one element of a module: where it may stand, how often, which attributes it has and what it holds.
//!
//! In: a row of a table and an element. Out: findings. The tables are beside this file, one for each family of modules.

use super::super::text::html;
use super::super::{Attribute, Element, Findings, Node, rdf};
use super::values;
use crate::diagnostic::Code;

/// Where an element may stand; the bits add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Places(u8);

/// In a channel, a feed or the source of an entry.
pub(super) const FEED: Places = Places(1);
/// In an item or an entry.
pub(super) const ENTRY: Places = Places(2);
/// In both.
pub(super) const BOTH: Places = Places(3);
/// In every element that may be extended.
pub(super) const ANYWHERE: Places = Places(7);
/// In something that is neither.
pub(super) const INSIDE: Places = Places(4);
/// In an item of RSS.
pub(super) const RSS_ITEM: Places = Places(8);
/// In an Atom entry.
pub(super) const ATOM_ENTRY: Places = Places(16);
/// In the channel of RSS.
pub(super) const RSS_CHANNEL: Places = Places(32);
/// In an item of RSS 1.0 or 0.90.
pub(super) const RDF_ITEM: Places = Places(64);

impl Places {
    /// Both of them.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What a parent is.
    pub(super) fn of(parent: &Element) -> Self {
        let atom = parent.namespace == super::ATOM;
        match parent.name.as_str() {
            "feed" | "source" if atom => FEED,
            "entry" if atom => ENTRY.or(ATOM_ENTRY),
            "channel" if !atom => FEED.or(RSS_CHANNEL),
            "item" if rdf::is_rss(parent) => ENTRY.or(RDF_ITEM),
            "item" if !atom => ENTRY.or(RSS_ITEM),
            _ => INSIDE,
        }
    }

    /// Whether they have one in common.
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What an element holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holds {
    /// Whatever it likes: nothing is looked at.
    Anything,
    /// Text without elements.
    Text,
    /// Text in which HTML has no business.
    Plain,
    /// The same of at most so many characters.
    PlainUpTo(usize),
    /// HTML as text.
    Html,
    /// An address with a scheme.
    Url,
    /// An address of the web with a host.
    WebUrl,
    /// An address in `rdf:resource`.
    Resource,
    /// A mail address.
    Email,
    /// A date of W3C-DTF.
    W3cDate,
    /// A date of ISO 8601.
    IsoDate,
    /// The same of something that may be long ago or yet to come.
    EventDate,
    /// A date of RFC 3339.
    InternetDate,
    /// A date of RFC 2822.
    MailDate,
    /// 0 or more.
    Count,
    /// 1 or more.
    Positive,
    /// A whole number.
    Whole,
    /// A language tag.
    Language,
    /// Something that a test knows: the code when it is not, the test, what is expected.
    Kind(Code, fn(&str) -> bool, &'static str),
    /// What a function looks at; the function says what is wrong with attributes and children too.
    Own(fn(&Element, &mut Findings<'_>)),
}

/// An element of a module.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// Its local name.
    pub name: &'static str,
    /// Where it may stand.
    pub places: Places,
    /// Whether only one of it may stand there.
    pub once: bool,
    /// The attributes without a namespace that it has.
    pub attributes: &'static [&'static str],
    /// What it holds.
    pub holds: Holds,
}

/// A row for an element that may stand once.
pub(super) const fn one(name: &'static str, places: Places, holds: Holds) -> Known {
    Known { name, places, once: true, attributes: &[], holds }
}

/// A row for an element that may stand often.
pub(super) const fn many(name: &'static str, places: Places, holds: Holds) -> Known {
    Known { name, places, once: false, attributes: &[], holds }
}

impl Known {
    /// The row with attributes.
    pub(super) const fn with(mut self, attributes: &'static [&'static str]) -> Self {
        self.attributes = attributes;
        self
    }
}

/// Looks at an element by its row; its place has been looked at.
pub(super) fn check(row: &Known, element: &Element, parent: &Element, findings: &mut Findings<'_>) {
    if row.once && !is_first(element, parent) {
        values::twice(element, findings);
    }
    if matches!(row.holds, Holds::Anything) {
        return;
    }
    attributes(row, element, findings);
    if let Holds::Own(look) = row.holds {
        look(element, findings);
        return;
    }
    // RDF may describe any value instead of naming it.
    if !rdf::is_rss(parent) {
        no_elements(element, findings);
    }
    let written = element.text();
    let text = written.trim();
    let at = element.text_at();
    let what = values::name(element);
    let value = values::Value { what: &what, text, at };
    match row.holds {
        Holds::Plain => values::plain(&value, findings),
        Holds::PlainUpTo(most) => {
            let length = text.chars().count();
            if length > most {
                findings.say(Code::ModuleTextTooLong, at, format!("expected at most {most} characters in {what}, found {length}"));
            }
            values::plain(&value, findings);
        }
        Holds::Html => {
            values::html(&value, findings);
            html::references(element, findings);
        }
        Holds::Url => values::url(&value, findings),
        Holds::WebUrl => values::web_url(&value, findings),
        Holds::Resource => resource(element, findings),
        Holds::Email => values::email(&value, findings),
        Holds::W3cDate => values::w3c_date(&value, findings),
        Holds::IsoDate => values::iso_date(&value, findings),
        Holds::EventDate => values::event_date(&value, findings),
        Holds::InternetDate => values::internet_date(&value, findings),
        Holds::MailDate => values::mail_date(&value, findings),
        Holds::Count => values::count(&value, findings),
        Holds::Positive => values::positive(&value, findings),
        Holds::Whole => values::whole(&value, findings),
        Holds::Language => values::language(&value, findings),
        Holds::Kind(code, is, expected) => {
            // Words are compared as they stand: white space around them is part of what is wrong.
            let candidate = if matches!(code, Code::TrueOrFalse | Code::ItunesBlock) { written.as_str() } else { text };
            if !is(candidate) {
                findings.say(code, at, format!("expected {expected} in {what}, found {candidate:?}"));
            }
        }
        Holds::Anything | Holds::Text | Holds::Own(_) => {}
    }
}

/// Whether no sibling before it has its name.
fn is_first(element: &Element, parent: &Element) -> bool {
    parent
        .elements()
        .find(|sibling| sibling.name == element.name && sibling.namespace == element.namespace)
        .is_none_or(|first| first.at == element.at)
}

/// Says which attributes it should not have.
fn attributes(row: &Known, element: &Element, findings: &mut Findings<'_>) {
    for attribute in &element.attributes {
        let known = match attribute.namespace.as_str() {
            "" => row.attributes.contains(&attribute.name.as_str()),
            super::RDF => matches!(row.holds, Holds::Resource) || matches!(attribute.name.as_str(), "parseType" | "datatype" | "resource"),
            super::DC => matches!(row.holds, Holds::Resource),
            namespace => namespace == super::XML || super::module(namespace).is_none(),
        };
        if !known {
            values::unexpected_attribute(element, attribute, findings);
        }
    }
}

/// Says which elements stand in one that holds text.
pub(super) fn no_elements(element: &Element, findings: &mut Findings<'_>) {
    for child in element.elements() {
        values::undefined(child, element, findings);
    }
}

/// Says which text stands in an element that holds elements.
pub(super) fn no_text(element: &Element, findings: &mut Findings<'_>) {
    if element.children.iter().any(|node| matches!(node, Node::Text { value, .. } if !value.trim().is_empty())) {
        values::unexpected_text(element, findings);
    }
}

/// `rdf:resource`, when it is there.
fn resource(element: &Element, findings: &mut Findings<'_>) {
    let Some(attribute) = element.attributes.iter().find(|attribute| attribute.namespace == super::RDF && attribute.name == "resource") else {
        return;
    };
    with_attribute(element, attribute, |value| values::resource(value, findings));
}

/// The value of an attribute, when it is there and not empty.
pub(super) fn value_of(element: &Element, name: &str, look: impl FnOnce(&values::Value<'_>)) {
    if let Some(attribute) = element.attribute(name)
        && !attribute.value.is_empty()
    {
        with_attribute(element, attribute, look);
    }
}

fn with_attribute(element: &Element, attribute: &Attribute, look: impl FnOnce(&values::Value<'_>)) {
    let what = format!("{} of {}", attribute.name, values::name(element));
    look(&values::Value { what: &what, text: &attribute.value, at: attribute.value_at });
}
