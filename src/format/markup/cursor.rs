//! A walk through the elements of a document.
//!
//! In: decoded text. Out: elements as they open, with their vocabulary, language and base; their text when somebody asks for
//! it. What is not closed is closed where it must have ended, and noted. The stack is bounded, whatever the document holds.

use super::attributes::{Attribute, Attributes};
use super::bases::Bases;
use super::namespace::{Namespaces, Ns, Resolved};
use super::reference::{Decoded, as_windows_1252, decode_at};
use super::repairs::excerpt;
use super::run::{Run, has_control, trim};
use super::shape::{self, Shape, shape};
use super::token::{Token, Tokens};
use super::{Repairs, fragment};
use crate::diagnostic::Code;
use crate::text::hygiene;
use std::borrow::Cow;
use std::sync::Arc;
use url::Url;

/// Deeper elements are passed over: no feed needs them, and a stack of a million would be an attack.
const DEEPEST: usize = 256;

/// A start tag.
#[derive(Clone, Debug)]
pub(in crate::format) struct Tag<'a> {
    /// Its vocabulary.
    pub(in crate::format) ns: Ns,
    /// Its name without prefix, in lower case.
    pub(in crate::format) name: Cow<'a, str>,
    /// The same as written.
    pub(in crate::format) written: &'a str,
    /// Where it begins.
    pub(in crate::format) offset: usize,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// All attributes, as written.
    pub(in crate::format) fn attributes(&self) -> Attributes<'a> {
        Attributes::new(self.attributes)
    }

    /// The value of the attribute without prefix, decoded and trimmed; names in any case.
    pub(in crate::format) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        if self.attributes.is_empty() {
            return None;
        }
        let found = self.attributes().find(|attribute| attribute.name.eq_ignore_ascii_case(name))?;
        Some(match super::decode(found.value) {
            Cow::Borrowed(value) => Cow::Borrowed(value.trim()),
            Cow::Owned(value) => Cow::Owned(value.trim().to_owned()),
        })
    }

    /// The same, or `None` when it is empty.
    pub(in crate::format) fn filled(&self, name: &str) -> Option<Cow<'a, str>> {
        self.attribute(name).filter(|value| !value.is_empty())
    }
}

/// What an element holds.
#[derive(Clone, Debug)]
pub(in crate::format) struct Inner<'a> {
    /// The text, decoded; or, when there were tags inside, the markup as a fragment of HTML.
    pub(in crate::format) value: Cow<'a, str>,
    /// Whether there were tags inside.
    pub(in crate::format) is_markup: bool,
    /// Whether `<` and `&` were written as the RSS profile wants it where no markup is meant.
    pub(in crate::format) is_marked_plain: bool,
    /// Where it begins.
    pub(in crate::format) offset: usize,
}

struct Element<'a> {
    raw: &'a str,
    shape: Shape,
    offset: usize,
    namespaces: usize,
    bases: usize,
    has_children: bool,
    /// Of a vocabulary that is none of feeds: inside of it names mean something else.
    is_foreign: bool,
}

/// One step of the walk. `Close` may close several elements: all that are not open any more.
pub(super) enum Step<'a> {
    Open(Tag<'a>),
    Text { offset: usize, raw: &'a str, literal: bool },
    Close,
    End,
}

/// The walk.
pub(in crate::format) struct Cursor<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
    stack: Vec<Element<'a>>,
    /// Elements that were too deep and not closed yet.
    passed_over: usize,
    close_pending: bool,
    delayed: Option<(usize, &'a str, &'a str, bool)>,
    namespaces: Namespaces<'a>,
    bases: Bases,
    /// Where the last element was closed.
    closed_at: usize,
    /// Whether the document ended while elements were open.
    was_cut: bool,
    /// What had to be repaired so far.
    pub(in crate::format) repairs: Repairs,
}

impl<'a> Cursor<'a> {
    /// A walk through `text` from the byte `at`.
    pub(in crate::format) fn new(text: &'a str, at: usize, repairs: Repairs) -> Self {
        Self {
            text,
            tokens: Tokens::new(text, at),
            stack: Vec::new(),
            passed_over: 0,
            close_pending: false,
            delayed: None,
            namespaces: Namespaces::default(),
            bases: Bases::default(),
            closed_at: at,
            was_cut: false,
            repairs,
        }
    }

    /// How many elements are open.
    pub(in crate::format) fn depth(&self) -> usize {
        self.stack.len()
    }

    /// Whether the document ended while elements were open.
    pub(in crate::format) fn was_cut(&self) -> bool {
        self.was_cut
    }

    /// The same walk through a document that was read at an address.
    pub(in crate::format) fn at(mut self, document: Option<&str>) -> Self {
        self.bases.start(document);
        self
    }

    /// What relative addresses start from here: `xml:base`, else where the document was read.
    pub(in crate::format) fn base(&self) -> Option<&Arc<Url>> {
        self.bases.current()
    }

    /// The URI of a vocabulary.
    pub(in crate::format) fn uri(&self, ns: Ns) -> &str {
        self.namespaces.uri(ns)
    }

    /// Vocabulary, URI and local name of an attribute.
    pub(in crate::format) fn attribute_name(&mut self, attribute: &Attribute<'a>) -> (Option<Ns>, &'a str) {
        match attribute.name.split_once(':') {
            Some((prefix, local)) => (Some(self.resolve_quietly(prefix)), local),
            None => (None, attribute.name),
        }
    }

    /// The next child of the element at `depth`; `None` when that element is closed. Children that nobody looked into are passed over.
    pub(in crate::format) fn child(&mut self, depth: usize) -> Option<Tag<'a>> {
        loop {
            if self.stack.len() < depth {
                return None;
            }
            match self.step() {
                Step::Open(tag) if self.stack.len() == depth + 1 => return Some(tag),
                Step::End => return None,
                _ => {}
            }
        }
    }

    /// The next child of the element at `depth`, or the text before it.
    pub(in crate::format) fn child_or_text(&mut self, depth: usize, text: &mut String) -> Option<Tag<'a>> {
        loop {
            if self.stack.len() < depth {
                return None;
            }
            match self.step() {
                Step::Open(tag) if self.stack.len() == depth + 1 => return Some(tag),
                Step::Text { offset, raw, literal } if self.stack.len() == depth => {
                    text.push_str(&if literal { Cow::Borrowed(raw) } else { decode_at(raw, offset, &mut self.repairs).text });
                }
                Step::End => return None,
                _ => {}
            }
        }
    }

    /// What the element that was opened last holds; it is closed then.
    pub(in crate::format) fn inner(&mut self) -> Inner<'a> {
        let depth = self.stack.len();
        let offset = self.tokens.at();
        let mut run = Run::default();
        let mut is_markup = false;
        loop {
            match self.step() {
                Step::Open(_) => is_markup = true,
                Step::Text { offset, raw, literal } if !is_markup => {
                    let piece = if literal {
                        Decoded { text: Cow::Borrowed(raw), marked: false, escaped: true }
                    } else {
                        decode_at(raw, offset, &mut self.repairs)
                    };
                    run.push(piece);
                }
                Step::Text { .. } => {}
                Step::Close if self.stack.len() >= depth => {}
                Step::Close | Step::End => break,
            }
        }
        if is_markup {
            let raw = self.text.get(offset..self.closed_at).unwrap_or_default();
            let value = self.clean(fragment::fragment(raw), offset);
            return Inner { value, is_markup, is_marked_plain: false, offset };
        }
        let (is_marked_plain, value) = (run.marked && !run.escaped, run.value);
        Inner { value: trim(self.clean(value, offset)), is_markup, is_marked_plain, offset }
    }

    /// The text without what XML forbids.
    fn clean(&mut self, value: Cow<'a, str>, offset: usize) -> Cow<'a, str> {
        let value = match as_windows_1252(&value) {
            Some((meant, first)) => {
                let message = || format!("expected a printed character, found U+{:04X}; it was read as in windows-1252", u32::from(first));
                self.repairs.note(offset, Code::ControlCharacter, message);
                Cow::Owned(meant)
            }
            None => value,
        };
        if !has_control(value.as_bytes()) {
            return value;
        }
        // Its place is that in the document: references before it are longer there.
        if let Some(at) = self.text.get(offset..self.closed_at).and_then(hygiene::first_forbidden) {
            self.repairs
                .note(offset + at, Code::ControlCharacter, || "expected a character of XML, found a control character; it was left out".to_owned());
        }
        Cow::Owned(hygiene::clean(&value).into_owned())
    }

    /// The next step.
    pub(super) fn step(&mut self) -> Step<'a> {
        loop {
            if self.close_pending {
                self.close_pending = false;
                self.closed_at = self.tokens.at();
                self.pop_to(self.stack.len().saturating_sub(1));
                return Step::Close;
            }
            if let Some((offset, name, attributes, empty)) = self.delayed.take() {
                return self.open(offset, name, attributes, empty);
            }
            let Some((offset, token)) = self.tokens.next(&mut self.repairs) else { return self.end() };
            match token {
                Token::Text(raw) => return Step::Text { offset, raw, literal: false },
                Token::CData(raw) => return Step::Text { offset, raw: self.whole_section(offset, raw), literal: true },
                Token::Open { name, attributes, empty } => {
                    if self.stack.len() >= DEEPEST {
                        if self.passed_over == 0 {
                            self.repairs.note(offset, Code::LimitExceeded, || {
                                format!("expected at most {DEEPEST} elements inside of each other, found more; they were passed over")
                            });
                        }
                        self.passed_over += usize::from(!empty);
                        continue;
                    }
                    let keep = self.ended_by(name, attributes, empty);
                    if keep < self.stack.len() {
                        if let Some(open) = self.stack.get(keep) {
                            let raw = open.raw;
                            self.repairs
                                .note(offset, Code::UnclosedElement, || format!("expected `</{}>`, found `<{}>`", excerpt(raw), excerpt(name)));
                        }
                        self.closed_at = offset;
                        self.pop_to(keep);
                        self.delayed = Some((offset, name, attributes, empty));
                        return Step::Close;
                    }
                    return self.open(offset, name, attributes, empty);
                }
                Token::Close(name) => {
                    if self.passed_over > 0 {
                        // The end of an element of the feed ends all that was too deep in it, be it closed or not.
                        if !self.stack.iter().any(|open| open.shape != Shape::Other && open.raw == name) {
                            self.passed_over -= 1;
                            continue;
                        }
                        self.passed_over = 0;
                    }
                    if let Some(keep) = self.closed_by(name, offset) {
                        self.closed_at = offset;
                        self.pop_to(keep);
                        return Step::Close;
                    }
                }
            }
        }
    }

    /// The end of the text: everything is closed.
    fn end(&mut self) -> Step<'a> {
        let Some(open) = self.stack.last() else { return Step::End };
        let raw = open.raw;
        self.closed_at = self.text.len();
        // A cut behind the last entry harms nothing.
        self.was_cut = true;
        // Some leave out the last tag of all on purpose; nothing is missing but that.
        self.repairs.is_cut_off |= raw != "rss";
        self.repairs.note(self.text.len(), Code::UnclosedElement, || format!("expected `</{}>`, found the end of the file", excerpt(raw)));
        self.stack.clear();
        Step::Close
    }

    /// A CDATA section in which another one begins lacks its end: it is cut where the element around it ends.
    fn whole_section(&mut self, offset: usize, raw: &'a str) -> &'a str {
        let begin = offset + "<![CDATA[".len();
        // Opened twice, closed once.
        if let Some(inside) = raw.strip_prefix("<![CDATA[") {
            self.repairs.note(begin, Code::StrayMarkup, || "expected text in a CDATA section, found the beginning of another".to_owned());
            return inside;
        }
        let is_whole = self.text.get(begin + raw.len()..).is_some_and(|rest| rest.starts_with("]]>"));
        let nested = if is_whole { raw.find("<![CDATA[") } else { Some(raw.len()) };
        let (Some(nested), Some(open)) = (nested, self.stack.last()) else { return raw };
        let end = raw.get(..nested).and_then(|before| before.find(&format!("</{}", open.raw)));
        let Some(cut) = end.and_then(|end| raw.get(..end)) else { return raw };
        // The source of a feed, quoted in a text: what ends there has begun there.
        if is_whole && cut.contains(&format!("<{}", open.raw)) {
            return raw;
        }
        if !self.tokens.go_back(begin + cut.len()) {
            return raw;
        }
        if is_whole {
            self.repairs.note(offset, Code::StrayMarkup, || "expected `]]>` at the end of a CDATA section, found the end of its element".to_owned());
        }
        cut.trim_end_matches("]]").trim_end_matches(']')
    }

    /// How many open elements remain open when an element of this name begins.
    fn ended_by(&mut self, name: &'a str, attributes: &'a str, empty: bool) -> usize {
        let all = self.stack.len();
        let (prefix, local) = split(name);
        // An empty one inside of another says nothing.
        let is_entry = !empty && (local.eq_ignore_ascii_case("item") || local.eq_ignore_ascii_case("entry"));
        let text = self.stack.iter().rposition(|open| open.shape.is_text());
        if text.is_none() && !is_entry {
            return all;
        }
        if prefix.is_empty() && declares_foreign(attributes) {
            return all;
        }
        let ns = self.resolve_quietly(prefix);
        let lower = lower(local);
        if is_entry
            && shape(ns, &lower) == Shape::Entry
            && let Some(entry) = self.stack.iter().position(|open| open.shape == Shape::Entry)
            && self.stack.get(entry).is_some_and(|open| split(open.raw).1.eq_ignore_ascii_case(local))
            // An entry inside of a part of another one (`source`, `sx:conflicts`) is no entry of this feed.
            && self.stack.get(entry + 1).is_none_or(|open| open.shape.is_text())
        {
            return entry;
        }
        match text.and_then(|at| Some((at, self.stack.get(at)?))) {
            // A drawing or a formula in the text has titles and descriptions of its own.
            Some((at, _)) if self.stack.iter().skip(at + 1).any(|open| open.is_foreign) => all,
            Some((at, open)) if shape::ends(open.shape, ns, &lower) => at,
            _ => all,
        }
    }

    /// How many open elements remain open behind this end tag; `None` when it ends nothing.
    fn closed_by(&mut self, name: &str, offset: usize) -> Option<usize> {
        let top = self.stack.last()?;
        let last = self.stack.len() - 1;
        if top.raw == name {
            return Some(last);
        }
        let raw = top.raw;
        self.repairs.note(offset, Code::MismatchedTag, || format!("expected `</{}>`, found `</{}>`", excerpt(raw), excerpt(name)));
        let found =
            self.stack.iter().rposition(|open| open.raw == name).or_else(|| self.stack.iter().rposition(|open| open.raw.eq_ignore_ascii_case(name)));
        if let Some(found) = found {
            return Some(found);
        }
        // A misspelt end of a text; an end of HTML says nothing.
        let is_misspelt = top.shape.is_text() && !top.has_children && !shape::is_html(&name.to_ascii_lowercase());
        is_misspelt.then_some(last)
    }

    fn pop_to(&mut self, keep: usize) {
        if let Some(open) = self.stack.get(keep) {
            self.namespaces.leave(open.namespaces);
            self.bases.leave(open.bases);
            self.stack.truncate(keep);
        }
    }

    fn open(&mut self, offset: usize, name: &'a str, attributes: &'a str, empty: bool) -> Step<'a> {
        if let Some(parent) = self.stack.last_mut() {
            parent.has_children = true;
        }
        let (namespaces, bases) = (self.namespaces.mark(), self.bases.mark());
        if attributes.len() > 4 {
            self.declarations(offset, attributes);
        }
        let (prefix, local) = split(name);
        let ns = self.resolve(prefix, offset);
        let tag = Tag { ns, name: lower(local), written: local, offset, attributes };
        // What is inside of a foreign element or of markup has names of its own; before the feed has begun nothing is foreign.
        let shape = if self.is_inside_of_other() { Shape::Other } else { shape(ns, &tag.name) };
        let is_foreign = matches!(ns, Ns::Other(_) | Ns::Rdf);
        self.stack.push(Element { raw: name, shape, offset, namespaces, bases, has_children: false, is_foreign });
        self.close_pending = empty;
        Step::Open(tag)
    }

    fn is_inside_of_other(&self) -> bool {
        self.stack.last().is_some_and(|parent| parent.shape == Shape::Other)
            && self.stack.iter().any(|open| matches!(open.shape, Shape::Holder | Shape::Entry))
    }

    /// Takes in what the attributes say about what is inside.
    fn declarations(&mut self, offset: usize, attributes: &'a str) {
        for attribute in Attributes::new(attributes) {
            if !attribute.quoted {
                self.repairs
                    .note(offset, Code::AttributeSyntax, || format!("expected quotes around the value of `{}`, found none", excerpt(attribute.name)));
            }
            if !attribute.name.starts_with("xml") {
                continue;
            }
            let declared = match attribute.name {
                "xmlns" => {
                    // A feed in a dialect that nobody knows still has titles and links; markup in a text of it has not.
                    let is_markup = self.is_inside_of_other() || self.stack.iter().any(|open| open.shape.is_text());
                    let uri = super::decode(attribute.value);
                    if is_markup { self.namespaces.declare("", &uri) } else { self.namespaces.declare_dialect(&uri) }
                }
                "xml:base" => {
                    self.bases.enter(&super::decode(attribute.value), offset, &mut self.repairs);
                    true
                }
                name => name.strip_prefix("xmlns:").is_none_or(|prefix| self.namespaces.declare(prefix, &super::decode(attribute.value))),
            };
            if !declared {
                self.repairs.note(offset, Code::LimitExceeded, || "expected at most 1,024 namespaces at a place, found more".to_owned());
            }
        }
    }

    fn resolve_quietly(&mut self, prefix: &'a str) -> Ns {
        match self.namespaces.resolve(prefix) {
            Resolved::Declared(ns) | Resolved::Usual(ns) | Resolved::Unknown(ns) => ns,
        }
    }

    fn resolve(&mut self, prefix: &'a str, offset: usize) -> Ns {
        match self.namespaces.resolve(prefix) {
            Resolved::Declared(ns) => ns,
            Resolved::Usual(ns) | Resolved::Unknown(ns) => {
                self.repairs
                    .note(offset, Code::UndeclaredPrefix, || format!("expected a declaration of the prefix `{}`, found none", excerpt(prefix)));
                ns
            }
        }
    }

    /// Where the last element was closed.
    pub(in crate::format) fn closed_at(&self) -> usize {
        self.closed_at
    }

    /// Where the innermost open element begins.
    pub(in crate::format) fn opened_at(&self) -> usize {
        self.stack.last().map_or(0, |open| open.offset)
    }
}

/// Whether a tag says that it is of a vocabulary that is none of feeds.
fn declares_foreign(attributes: &str) -> bool {
    let is_foreign = |uri: &str| !uri.trim().is_empty() && super::vocabulary(uri).is_none();
    attributes.contains("xmlns") && Attributes::new(attributes).any(|attribute| attribute.name == "xmlns" && is_foreign(attribute.value))
}

fn split(name: &str) -> (&str, &str) {
    let parts = name.bytes().position(|byte| byte == b':').and_then(|at| Some((name.get(..at)?, name.get(at + 1..)?)));
    parts.unwrap_or(("", name))
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) { Cow::Owned(name.to_ascii_lowercase()) } else { Cow::Borrowed(name) }
}
