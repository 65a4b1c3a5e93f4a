//! Where in an XML document the values stand that findings are about, and what can be written beside them.
//!
//! In: a text, its tree, the place of a finding. Out: edits.

use super::Means;
use super::edit::Edit;
use super::markup::{name_end, open_parts, tag_end};
use crate::diagnostic::Code;
use crate::lint::walk::ATOM;
use crate::lint::{Attribute, Element, Node, Tree, atom};
use crate::text::url::is_web;
use std::collections::HashMap;
use std::ops::Range;

const MEDIA: &str = "http://search.yahoo.com/mrss/";
const THREADS: &str = "http://purl.org/syndication/thread/1.0";

/// What stands at a place.
#[derive(Clone, Copy)]
struct Found<'t> {
    element: &'t Element,
    attribute: Option<&'t Attribute>,
    /// Whether readers know an entry or a feed by it.
    is_id: bool,
}

/// A parsed document and what stands where in it.
pub(super) struct Xml<'t> {
    text: &'t str,
    root: &'t Element,
    elements: HashMap<usize, &'t Element>,
    values: HashMap<usize, Found<'t>>,
}

/// How a value is written.
#[derive(Clone, Copy)]
enum Form {
    Text,
    Cdata,
    Attribute(char),
}

impl Form {
    fn write(self, value: &str) -> String {
        let escaped = || value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        match self {
            Self::Text => escaped(),
            Self::Cdata => value.to_owned(),
            Self::Attribute('"') => escaped().replace('"', "&quot;"),
            Self::Attribute(_) => escaped().replace('\'', "&#39;"),
        }
    }
}

impl<'t> Xml<'t> {
    pub(super) fn new(text: &'t str, tree: &'t Tree) -> Self {
        let mut xml = Self { text, root: &tree.root, elements: HashMap::new(), values: HashMap::new() };
        xml.index(&tree.root, false);
        xml
    }

    fn index(&mut self, element: &'t Element, is_known_by_link: bool) {
        self.elements.insert(element.at, element);
        let is_id = element.name == "link" && is_known_by_link || matches!(element.name.as_str(), "id" | "guid" | "identifier");
        let text_at = element.text_at();
        if text_at != element.at {
            self.values.insert(text_at, Found { element, attribute: None, is_id });
        }
        for attribute in &element.attributes {
            let is_id = attribute.name == "about" || attribute.name == "ref" && element.namespace == THREADS;
            self.values.insert(attribute.value_at, Found { element, attribute: Some(attribute), is_id });
        }
        // An item without a guid is known by its link.
        let by_link = element.name == "item" && element.elements().all(|child| child.name != "guid");
        element.elements().for_each(|child| self.index(child, by_link));
    }

    /// The value at a place gets another one.
    pub(super) fn value(&self, code: Code, at: usize, better: impl Fn(&str) -> Option<String>) -> Vec<Edit> {
        let Some(found) = self.values.get(&at).filter(|found| !found.is_id) else { return Vec::new() };
        let Some((range, form)) = self.written(found) else { return Vec::new() };
        let value = found.attribute.map_or_else(|| found.element.text(), |attribute| attribute.value.clone());
        let value = if found.attribute.is_some() || code == Code::UnexpectedSpace { value.as_str() } else { value.trim() };
        let better = better(value).filter(|better| better != value);
        better.map(|better| Edit::new(range, form.write(&better), code, at)).into_iter().collect()
    }

    /// Where a value is written, and how.
    fn written(&self, found: &Found<'_>) -> Option<(Range<usize>, Form)> {
        if let Some(attribute) = found.attribute {
            return self.attribute(attribute).map(|(range, quote)| (range, Form::Attribute(quote)));
        }
        let [Node::Text { at, raw, .. }] = found.element.children.as_slice() else { return None };
        // With comments or elements between its parts it is not written in one piece.
        self.text.get(*at..at + raw.len()).filter(|written| written == raw)?;
        let core = raw.trim();
        let start = at + (raw.len() - raw.trim_start().len());
        match core.strip_prefix("<![CDATA[").and_then(|inside| inside.strip_suffix("]]>")) {
            Some(inside) if !inside.contains("<![CDATA[") => {
                let start = start + "<![CDATA[".len() + (inside.len() - inside.trim_start().len());
                Some((start..start + inside.trim().len(), Form::Cdata))
            }
            _ if core.contains('<') => None,
            _ if found.element.namespace == ATOM => Some((*at..at + raw.len(), Form::Text)),
            _ => Some((start..start + core.len(), Form::Text)),
        }
    }

    /// The bytes of an attribute's value, and its quote.
    fn attribute(&self, attribute: &Attribute) -> Option<(Range<usize>, char)> {
        let at = attribute.value_at;
        let quote = self.text.get(..at)?.chars().next_back().filter(|c| matches!(c, '"' | '\''))?;
        let end = self.text.get(at..)?.find(quote)?;
        Some((at..at + end, quote))
    }

    /// A guid that is no address says so: its value stays.
    pub(super) fn no_permalink(&self, code: Code, at: usize, _: &Means<'_>) -> Vec<Edit> {
        let Some(guid) = self.guid(at).filter(|guid| !guid.text().trim().to_ascii_lowercase().starts_with("http")) else { return Vec::new() };
        let edit = match guid.attribute("isPermaLink") {
            Some(attribute) => self.attribute(attribute).map(|(range, _)| Edit::new(range, "false", code, at)),
            None => name_end(self.text, guid.at).map(|end| Edit::insert(end, " isPermaLink=\"false\"", code, at)),
        };
        edit.into_iter().collect()
    }

    /// The guid whose value stands at a place.
    pub(super) fn guid(&self, at: usize) -> Option<&'t Element> {
        let found = self.values.get(&at).filter(|found| found.attribute.is_none())?;
        (found.element.name == "guid" && found.element.namespace.is_empty()).then_some(found.element)
    }

    /// An Atom document without a namespace gets the one of Atom.
    pub(super) fn atom_namespace(&self, code: Code, at: usize, _: &Means<'_>) -> Vec<Edit> {
        let bare = self.root.at == at && self.root.namespace.is_empty() && self.root.declares.iter().all(|(prefix, _)| !prefix.is_empty());
        let end = name_end(self.text, at).filter(|_| bare && matches!(self.root.name.as_str(), "feed" | "entry"));
        end.map(|end| Edit::insert(end, format!(" xmlns=\"{ATOM}\""), code, at)).into_iter().collect()
    }

    /// The namespace of Media RSS gets its last slash, wherever it is declared.
    pub(super) fn media_namespace(&self, code: Code, at: usize, _: &Means<'_>) -> Vec<Edit> {
        let mut edits = Vec::new();
        for part in open_parts(self.text) {
            let inside = self.text.get(part.clone()).unwrap_or_default();
            let bare = MEDIA.trim_end_matches('/');
            for (start, _) in inside.match_indices(bare) {
                let end = start + bare.len();
                let quote = inside.get(..start).and_then(|before| before.chars().next_back()).filter(|c| matches!(c, '"' | '\''));
                if quote.is_some_and(|quote| inside.get(end..).is_some_and(|rest| rest.starts_with(quote))) {
                    edits.push(Edit::insert(part.start + end, "/", code, at));
                }
            }
        }
        edits
    }

    /// A feed says where it lives.
    pub(super) fn self_link(&self, code: Code, at: usize, means: &Means<'_>) -> Vec<Edit> {
        self.self_link_at(code, at, means).unwrap_or_default()
    }

    fn self_link_at(&self, code: Code, at: usize, means: &Means<'_>) -> Option<Vec<Edit>> {
        let (base, feed) = (means.base?, self.elements.get(&at)?);
        let end = tag_end(self.text, at).filter(|end| self.text.get(..*end).is_some_and(|tag| !tag.ends_with('/')))?;
        let behind = self.text.get(end + 1..)?;
        let space = behind.get(..behind.len() - behind.trim_start().len()).unwrap_or_default();
        let href = Form::Attribute('"').write(base);
        let mut edits = Vec::new();
        let (name, kind) = if code == Code::MissingSelf {
            (if feed.prefix.is_empty() { "link".to_owned() } else { format!("{}:link", feed.prefix) }, "application/atom+xml")
        } else {
            let declared = self.root.declares.iter().find(|(prefix, namespace)| namespace == ATOM && !prefix.is_empty());
            if declared.is_none() {
                // Somebody else's prefix is not taken.
                if self.text.contains("xmlns:atom") {
                    return None;
                }
                edits.push(Edit::insert(name_end(self.text, self.root.at)?, format!(" xmlns:atom=\"{ATOM}\""), code, at));
            }
            (format!("{}:link", declared.map_or("atom", |(prefix, _)| prefix)), "application/rss+xml")
        };
        edits.push(Edit::insert(end + 1, format!("{space}<{name} rel=\"self\" type=\"{kind}\" href=\"{href}\"/>"), code, at));
        Some(edits)
    }

    /// An enclosure of which the file is at hand gets its length.
    pub(super) fn length(&self, code: Code, at: usize, means: &Means<'_>) -> Vec<Edit> {
        let element = self.elements.get(&at).copied().or_else(|| self.values.get(&at).map(|found| found.element));
        element.and_then(|element| self.length_of(element, code, at, means)).into_iter().collect()
    }

    fn length_of(&self, element: &Element, code: Code, at: usize, means: &Means<'_>) -> Option<Edit> {
        let (address, length) = match (element.namespace.as_str(), element.name.as_str()) {
            ("", "enclosure") => ("url", "length"),
            (ATOM, "link") if atom::relation(element) == "enclosure" => ("href", "length"),
            (MEDIA, "content") => ("url", "fileSize"),
            _ => return None,
        };
        let address = element.attribute(address)?;
        let real = means.length(address.value.trim()).filter(|_| is_web(&address.value))?.to_string();
        match element.attribute(length) {
            Some(stated) if stated.value.trim() == real => None,
            Some(stated) => self.attribute(stated).map(|(range, _)| Edit::new(range, real, code, at)),
            None => self.attribute(address).map(|(range, _)| Edit::insert(range.end + 1, format!(" {length}=\"{real}\""), code, at)),
        }
    }
}
