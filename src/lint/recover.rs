//! A text that is not well-formed → the tree that it must have been.
//!
//! In: decoded text that the parser refused. Out: the same tree as of a well-formed document, as far as the tolerant reader of feeds sees
//! one, with the same places; and which elements have no end of their own, so that nobody complains of what they lack.

use super::tree::{Attribute, Element, Node, Tree, doctype};
use super::xml;
use crate::format::{Event, Events, Written};
use std::collections::BTreeSet;

/// More names that nobody defines are not listed: a file with thousands of them has one fault, and not thousands.
const MOST_NAMES: usize = 100;

/// The longest name of an entity of HTML has 31 letters.
const LONGEST_NAME: usize = 33;

const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// A tree that had to be put together.
#[derive(Debug)]
pub(super) struct Recovered {
    /// The tree.
    pub tree: Tree,
    /// Where elements begin that their own end tags do not close.
    pub open_ended: BTreeSet<usize>,
    /// Prefixes that nobody declares, with the first place of each.
    pub undeclared: Vec<(String, usize)>,
    /// References to entities that nobody defines: names and places.
    pub entities: Vec<(String, usize)>,
}

/// The tree of a text; `None` when there is no element in it.
pub(super) fn recover(text: &str) -> Option<Recovered> {
    let mut builder = Builder { declared: declared(text), ..Builder::default() };
    for event in Events::new(text) {
        match event {
            Event::Open { at, name, attributes } => builder.open(at, name, &attributes),
            Event::Text { at, raw, value, literal } => {
                if !literal {
                    builder.references(raw, at);
                }
                builder.text(at, raw, &value);
            }
            Event::Close { end, whole } => builder.close(end, whole),
        }
    }
    let Builder { mut roots, open_ended, undeclared, entities, .. } = builder;
    // A message of the server before the feed is not the feed.
    let at = roots.iter().position(|root| is_root(&root.name)).unwrap_or_default();
    let root = (at < roots.len()).then(|| roots.swap_remove(at))?;
    Some(Recovered { tree: Tree { root, doctype: doctype(text) }, open_ended, undeclared, entities })
}

/// Whether a feed or a list begins with an element of this name.
fn is_root(name: &str) -> bool {
    matches!(name, "rss" | "RDF" | "feed" | "entry" | "opml")
}

#[derive(Default)]
struct Builder<'t> {
    /// Entities that the document declares.
    declared: BTreeSet<&'t str>,
    open: Vec<Element>,
    roots: Vec<Element>,
    open_ended: BTreeSet<usize>,
    undeclared: Vec<(String, usize)>,
    entities: Vec<(String, usize)>,
}

impl Builder<'_> {
    fn open(&mut self, at: usize, name: &str, attributes: &[Written<'_>]) {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let mut element = Element { prefix: prefix.to_owned(), name: local.to_owned(), at, ..Element::default() };
        for attribute in attributes {
            self.references(attribute.raw, attribute.value_at);
            let declared = if attribute.name == "xmlns" { Some("") } else { attribute.name.strip_prefix("xmlns:") };
            if let Some(prefix) = declared {
                element.declares.push((prefix.to_owned(), attribute.value().into_owned()));
            }
        }
        element.namespace = self.namespace(prefix, &element.declares, at);
        for attribute in attributes.iter().filter(|attribute| attribute.name != "xmlns" && !attribute.name.starts_with("xmlns:")) {
            let (prefix, local) = attribute.name.split_once(':').unwrap_or(("", attribute.name));
            let namespace = if prefix.is_empty() { String::new() } else { self.namespace(prefix, &element.declares, attribute.at) };
            let (name, value) = (local.to_owned(), attribute.value().into_owned());
            element.attributes.push(Attribute { namespace, name, value, at: attribute.at, value_at: attribute.value_at });
        }
        self.open.push(element);
    }

    /// The namespace of a prefix here. One that nobody declares means what it usually means.
    fn namespace(&mut self, prefix: &str, own: &[(String, String)], at: usize) -> String {
        let declared = |declares: &[(String, String)]| declares.iter().rev().find(|(known, _)| known == prefix).map(|(_, uri)| uri.clone());
        if let Some(uri) = declared(own).or_else(|| self.open.iter().rev().find_map(|element| declared(&element.declares))) {
            return uri;
        }
        match prefix {
            "" => String::new(),
            "xml" => XML.to_owned(),
            _ => {
                if self.undeclared.len() < MOST_NAMES && !self.undeclared.iter().any(|(known, _)| known == prefix) {
                    self.undeclared.push((prefix.to_owned(), at));
                }
                // A namespace that nobody knows has no rules.
                xml::usual_namespace(prefix).map_or_else(|| format!("undeclared:{prefix}"), ToOwned::to_owned)
            }
        }
    }

    fn text(&mut self, at: usize, raw: &str, value: &str) {
        let Some(parent) = self.open.last_mut() else { return };
        if let Some(Node::Text { value: before, raw: raw_before, .. }) = parent.children.last_mut() {
            before.push_str(value);
            raw_before.push_str(raw);
        } else {
            parent.children.push(Node::Text { value: value.to_owned(), at, raw: raw.to_owned() });
        }
    }

    fn close(&mut self, end: usize, whole: bool) {
        let Some(mut element) = self.open.pop() else { return };
        element.end = end;
        if !whole {
            self.open_ended.insert(element.at);
        }
        match self.open.last_mut() {
            Some(parent) => parent.children.push(Node::Element(element)),
            None => self.roots.push(element),
        }
    }

    /// Looks for entities that are neither XML's own nor declared by the document.
    fn references(&mut self, raw: &str, at: usize) {
        for (start, _) in raw.match_indices('&') {
            if self.entities.len() >= MOST_NAMES {
                return;
            }
            let rest = raw.get(start + 1..).unwrap_or_default();
            let end = rest.bytes().take(LONGEST_NAME).position(|byte| byte == b';');
            let Some(name) = end.and_then(|end| rest.get(..end)).filter(|name| is_name(name)) else { continue };
            if !matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") && !self.declared.contains(name) {
                self.entities.push((name.to_owned(), at + start));
            }
        }
    }
}

/// The entities that a document type declares.
pub(super) fn declared(text: &str) -> BTreeSet<&str> {
    text.match_indices("<!ENTITY ").filter_map(|(at, mark)| text.get(at + mark.len()..)?.split_whitespace().next()).collect()
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic()) && text.chars().all(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tree;

    #[test]
    fn a_well_formed_document_has_the_tree_that_the_parser_sees() {
        for text in [
            "<?xml version='1.0'?>\n<a:x xmlns:a='urn:a' b='1 &amp; 2' xml:lang='zh'>文<c/> u<!-- no --> v<d><![CDATA[<x>&amp;]]></d></a:x>",
            "<rss version=\"2.0\">\n<channel><title>a &lt; b</title>\n<item><guid isPermaLink=\"false\">1</guid></item></channel></rss>",
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>x<br/></p></div></content></entry></feed>",
        ] {
            let recovered = recover(text).unwrap();
            assert_eq!(recovered.tree, tree::parse(text).unwrap(), "{text}");
            assert!(recovered.open_ended.is_empty() && recovered.undeclared.is_empty() && recovered.entities.is_empty(), "{recovered:?}");
        }
    }

    #[test]
    fn what_is_missing_is_known_with_its_place() {
        let text = "<b>Warning</b><rss><channel><title>a&nbsp;b & c &amp; d</title><dc:date>x</dc:date><x:y/><item><title>t";
        let recovered = recover(text).unwrap();
        assert_eq!(recovered.tree.root.name, "rss");
        let names = |open: &BTreeSet<usize>| open.iter().map(|at| text.get(*at..*at + 4).unwrap()).collect::<Vec<_>>();
        assert_eq!(names(&recovered.open_ended), ["<rss", "<cha", "<ite", "<tit"]);
        assert_eq!(recovered.entities, [("nbsp".to_owned(), text.find("&nbsp").unwrap())]);
        assert_eq!(recovered.undeclared, [("dc".to_owned(), text.find("<dc").unwrap()), ("x".to_owned(), text.find("<x:").unwrap())]);
        assert!(recover("just text").is_none());
    }
}
