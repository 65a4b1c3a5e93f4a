//! Text → a tree of elements that know where they stand.
//!
//! In: decoded XML. Out: the tree, or the first place at which it is not well-formed (XML 1.0, Namespaces in XML). What a document
//! declares in a DTD is not expanded beyond what the parser's limits allow.

use super::fault::{Fault, What};
use roxmltree::{Document, NodeId, NodeType, ParsingOptions};
use std::collections::HashSet;

/// An element with all that is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Namespace URI; empty without one.
    pub namespace: String,
    /// Prefix as written; empty without one.
    pub prefix: String,
    /// Local name.
    pub name: String,
    /// Attributes in document order, without namespace declarations.
    pub attributes: Vec<Attribute>,
    /// Namespace declarations that stand on this element: prefix (empty for the default) and URI.
    pub declares: Vec<(String, String)>,
    /// Elements and texts in document order. Comments and instructions are left out, and the texts around them are one.
    pub children: Vec<Node>,
    /// Byte offset of its `<`.
    pub at: usize,
    /// Byte offset behind its end.
    pub end: usize,
}

/// An attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Namespace URI; empty without one.
    pub namespace: String,
    /// Local name.
    pub name: String,
    /// Value, with references resolved.
    pub value: String,
    /// Byte offset of its name.
    pub at: usize,
    /// Byte offset of its value.
    pub value_at: usize,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text with references resolved.
    Text {
        /// The characters.
        value: String,
        /// Byte offset of the first one.
        at: usize,
        /// The bytes as they are written, with references and CDATA marks.
        raw: String,
    },
}

impl Element {
    /// The child elements.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text { .. } => None,
        })
    }

    /// The child elements of this namespace and name.
    pub fn all<'e>(&'e self, namespace: &'e str, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.elements().filter(move |element| element.namespace == namespace && element.name == name)
    }

    /// The first child element of this namespace and name.
    pub fn first<'e>(&'e self, namespace: &'e str, name: &'e str) -> Option<&'e Element> {
        self.all(namespace, name).next()
    }

    /// The attribute without a namespace of this name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.namespace.is_empty() && attribute.name == name)
    }

    /// All text directly inside, joined.
    pub fn text(&self) -> String {
        let texts = self.children.iter().filter_map(|node| match node {
            Node::Text { value, .. } => Some(value.as_str()),
            Node::Element(_) => None,
        });
        texts.collect()
    }

    /// Byte offset of the first character of text that is no white space, else of the element itself: where a finding about its value is.
    pub fn text_at(&self) -> usize {
        let text = self.children.iter().find_map(|node| match node {
            Node::Text { value, at, raw } if !value.trim().is_empty() => Some(at + (raw.len() - raw.trim_start().len())),
            _ => None,
        });
        text.unwrap_or(self.at)
    }
}

/// The tree of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// The root element.
    pub root: Element,
    /// Name and identifiers of the `DOCTYPE`, as written, when there is one.
    pub doctype: Option<String>,
}

/// Parses a whole document.
///
/// # Errors
///
/// The first place that is not well-formed.
pub(super) fn parse(text: &str) -> Result<Tree, Fault> {
    if let Some(at) = crowded(text) {
        return Err(Fault { at, what: What::Other("fewer attributes than thousands") });
    }
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| fault(text, &error))?;
    let root = element(&document, document.root_element().id());
    // Behind the root's start tag the same words mean nothing.
    let doctype = text.get(..root.at).and_then(doctype);
    Ok(Tree { root, doctype })
}

/// Name and identifiers of the `DOCTYPE`, as written.
pub(super) fn doctype(text: &str) -> Option<String> {
    let rest = text.get(text.find("<!DOCTYPE")?..)?;
    rest.get(..rest.find(['[', '>']).unwrap_or(rest.len())).map(ToOwned::to_owned)
}

/// What the parser says, in terms of what a person wrote.
fn fault(text: &str, error: &roxmltree::Error) -> Fault {
    use roxmltree::Error as E;
    let place = error.pos();
    let at = match error {
        E::UnclosedRootNode | E::UnexpectedEndOfStream | E::NoRootNode => text.len(),
        _ => offset(text, place.row, place.col),
    };
    let what = match error {
        E::UnexpectedCloseTag(_, found, _) => What::EndTag { found: found.clone() },
        E::UnclosedRootNode | E::UnexpectedEndOfStream => What::CutOff,
        E::NoRootNode => What::NoElement,
        E::UnknownEntityReference(name, _) => What::Entity { name: name.clone() },
        E::UnknownNamespace(prefix, _) => What::Prefix { prefix: prefix.clone() },
        E::MalformedEntityReference(_) => What::Ampersand,
        E::InvalidAttributeValue(_) | E::InvalidChar(b'"' | b'\'', b'<', _) => What::AngleInAttribute,
        E::DuplicatedAttribute(name, _) | E::DuplicatedNamespace(name, _) => What::AttributeTwice { name: name.clone() },
        E::NonXmlChar(c, _) => What::Character { found: *c },
        E::UnexpectedDeclaration(_) => What::Declaration,
        E::InvalidComment(_) => What::Other("`-->` behind a comment without `--`"),
        E::InvalidCharacterData(_) => What::Other("`]]&gt;` in text"),
        E::InvalidName(_) => What::Other("a name that begins with a letter or `_`"),
        E::InvalidChar2(expected, ..) | E::InvalidString(expected, _) => What::Other(expected),
        E::InvalidChar(b'>', ..) => What::Other("`>`"),
        E::InvalidChar(b'"' | b'\'', ..) => What::Other("a quote"),
        E::InvalidChar(b'=', ..) => What::Other("`=` and a value in quotes"),
        E::InvalidXmlPrefixUri(_) | E::UnexpectedXmlUri(_) | E::UnexpectedXmlnsUri(_) | E::InvalidElementNamePrefix(_) => {
            What::Other("no declaration of the prefixes xml and xmlns")
        }
        E::EntityReferenceLoop(_) => What::Other("entities that do not hold themselves"),
        E::NodesLimitReached | E::AttributesLimitReached | E::NamespacesLimitReached => What::Other("a smaller document"),
        _ => What::Other("markup, or text with `&lt;` for `<`"),
    };
    Fault { at, what }
}

/// The byte offset of a line and a column in characters, both from 1.
fn offset(text: &str, row: u32, column: u32) -> usize {
    let start: usize = text.split_inclusive('\n').take(row.saturating_sub(1) as usize).map(str::len).sum();
    let line = text.get(start..).unwrap_or_default();
    start + line.chars().take(column.saturating_sub(1) as usize).map(char::len_utf8).sum::<usize>()
}

/// One element; deep documents are cut off where the reader of feeds stops too.
fn element(document: &Document<'_>, id: NodeId) -> Element {
    build(document, id, 0)
}

/// Elements inside of each other.
const DEEPEST: usize = 256;

/// Whether `xmlns` stands in the tag whose `<` is before this.
fn declares_something(written: &str) -> bool {
    inside_tag(written).contains("xmlns")
}

/// The tag whose `<` is before this, up to its `>`.
fn inside_tag(written: &str) -> &str {
    let mut quote = None;
    let is_end = |byte: u8| {
        if let Some(mark) = quote {
            quote = Some(mark).filter(|_| byte != mark);
            return false;
        }
        quote = Some(byte).filter(|byte| matches!(byte, b'"' | b'\''));
        byte == b'>'
    };
    written.bytes().position(is_end).and_then(|end| written.get(..end)).unwrap_or(written)
}

/// No element has as many attributes.
const MOST_ATTRIBUTES: usize = 4096;

/// A tag with more attributes than any has, for which the parser would need the square of their number.
fn crowded(text: &str) -> Option<usize> {
    let mut from = 0;
    // Each attribute takes five bytes at least, so that only long tags are looked into.
    text.split_inclusive('<').find_map(|piece| {
        let at = from;
        from += piece.len();
        let is_crowded = piece.len() > 5 * MOST_ATTRIBUTES && inside_tag(piece).matches('=').count() > MOST_ATTRIBUTES;
        is_crowded.then(|| at.saturating_sub(1))
    })
}

fn build(document: &Document<'_>, id: NodeId, depth: usize) -> Element {
    let Some(node) = document.get_node(id) else { return Element::default() };
    let text = document.input_text();
    let tag = node.tag_name();
    let range = node.range();
    let written = text.get(range.start + 1..).unwrap_or_default();
    let qualified = written.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
    let mut built = Element {
        namespace: tag.namespace().unwrap_or_default().to_owned(),
        prefix: qualified.split_once(':').map_or("", |(prefix, _)| prefix).to_owned(),
        name: tag.name().to_owned(),
        attributes: Vec::new(),
        declares: Vec::new(),
        children: Vec::new(),
        at: range.start,
        end: range.end,
    };
    // Thousands of prefixes may hold for each of thousands of elements that declare none.
    if declares_something(written) {
        let known = |namespace: &roxmltree::Namespace<'_>| (namespace.name().map(ToOwned::to_owned), namespace.uri().to_owned());
        let parent: HashSet<_> = node.parent().into_iter().flat_map(|parent| parent.namespaces().map(known)).collect();
        for namespace in node.namespaces().filter(|namespace| !parent.contains(&known(namespace))) {
            built.declares.push((namespace.name().unwrap_or_default().to_owned(), namespace.uri().to_owned()));
        }
    }
    for attribute in node.attributes() {
        built.attributes.push(Attribute {
            namespace: attribute.namespace().unwrap_or_default().to_owned(),
            name: attribute.name().to_owned(),
            value: attribute.value().to_owned(),
            at: attribute.range().start,
            value_at: attribute.range_value().start,
        });
    }
    for child in node.children() {
        match child.node_type() {
            NodeType::Element if depth < DEEPEST => built.children.push(Node::Element(build(document, child.id(), depth + 1))),
            NodeType::Text => {
                let value = child.text().unwrap_or_default();
                let range = child.range();
                let raw = text.get(range.clone()).unwrap_or_default();
                if let Some(Node::Text { value: before, raw: raw_before, .. }) = built.children.last_mut() {
                    before.push_str(value);
                    raw_before.push_str(raw);
                } else {
                    built.children.push(Node::Text { value: value.to_owned(), at: range.start, raw: raw.to_owned() });
                }
            }
            _ => {}
        }
    }
    built
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "the offsets are looked at")]
mod tests {
    use super::*;

    #[test]
    fn elements_know_where_they_stand() {
        let text = "<?xml version='1.0'?>\n<a:x xmlns:a='urn:a' b='1 &amp; 2'>文<c/> t <![CDATA[<x>]]></a:x>";
        let tree = parse(text).unwrap();
        let root = &tree.root;
        assert_eq!((root.namespace.as_str(), root.prefix.as_str(), root.name.as_str(), root.at), ("urn:a", "a", "x", 22));
        assert_eq!(root.declares, [("a".to_owned(), "urn:a".to_owned())]);
        assert_eq!((root.attributes[0].value.as_str(), &text[root.attributes[0].value_at..][..1]), ("1 & 2", "1"));
        assert_eq!(root.text(), "文 t <x>");
        assert_eq!(&text[root.text_at()..][..3], "文");
        assert_eq!(root.elements().next().unwrap().name, "c");
    }

    #[test]
    fn the_first_fault_has_a_place() {
        let fault = parse("<a>\n<b></a>").unwrap_err();
        assert_eq!((fault.at, fault.what), ("<a>\n<b>".len(), What::EndTag { found: "a".to_owned() }));
        assert!(parse("<a>&nbsp;</a>").is_err());
        let attributes = |count: usize| format!("<a><b {}/></a>", (0..count).map(|at| format!("a{at}='>'")).collect::<Vec<_>>().join(" "));
        assert!(parse(&attributes(4000)).is_ok());
        assert_eq!(parse(&attributes(5000)).unwrap_err().at, 3, "the parser would take hours for a million of them");
        assert!(parse(&format!("<a>{}</a>", "x = y; ".repeat(9000))).is_ok());
        assert!(parse("").is_err());
    }
}
