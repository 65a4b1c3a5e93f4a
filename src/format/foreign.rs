//! Elements that the model has no field for, as XML: tidied, named with prefixes, and put into a finished document.
//!
//! In: [`Extension`]s of any origin. Out: markup in document order, and the namespaces that the root has to declare. What
//! cannot be XML (names, namespaces) is left out, never repaired; so is what lies deeper than [`MAX_DEPTH`].
//!
//! The wire models of the crates sort children and attributes by name. So a feed is written with a placeholder for each
//! place that has extensions, and [`Foreign::splice`] puts the elements there.

use super::markup::{LONGEST, Ns, Shape, canonical, ends_text, text_of, vocabulary};
use super::xml::clean;
use crate::model::Extension;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Namespace URI of Atom.
pub(super) const ATOM: &str = "http://www.w3.org/2005/Atom";
/// Namespace URI of what starts with `xml:`; bound without declaration.
const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// How deep elements are written.
const MAX_DEPTH: usize = 32;
/// How many attributes of an element are looked at.
const MOST_ATTRIBUTES: usize = 128;

/// Name of the placeholder element: a noncharacter, which [`clean`] removes from what people write.
pub(super) const PLACEHOLDER: &str = "\u{FDD2}";
const PLACEHOLDER_START: &str = "<\u{FDD2}>";
const PLACEHOLDER_END: &str = "</\u{FDD2}>";

/// The prefixes that people expect.
const WELL_KNOWN: &[(&str, &str)] = &[
    ("admin", "http://webns.net/mvcb/"),
    ("app", "http://www.w3.org/2007/app"),
    ("atom", ATOM),
    ("cc", "http://web.resource.org/cc/"),
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("creativeCommons", "http://backend.userland.com/creativeCommonsRssModule"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("feedburner", "http://rssnamespace.org/feedburner/ext/1.0"),
    ("fh", "http://purl.org/syndication/history/1.0"),
    ("geo", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
    ("georss", "http://www.georss.org/georss"),
    ("gml", "http://www.opengis.net/gml"),
    ("googleplay", "http://www.google.com/schemas/play-podcasts/1.0"),
    ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("media", super::media_rss::NAMESPACE),
    ("openSearch", "http://a9.com/-/spec/opensearch/1.1/"),
    ("podcast", "https://podcastindex.org/namespace/1.0"),
    ("psc", "http://podlove.org/simple-chapters"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("slash", "http://purl.org/rss/1.0/modules/slash/"),
    ("source", "http://source.scripting.com/"),
    ("svg", "http://www.w3.org/2000/svg"),
    ("sy", "http://purl.org/rss/1.0/modules/syndication/"),
    ("thr", "http://purl.org/syndication/thread/1.0"),
    ("trackback", "http://madskills.com/public/xml/rss/module/trackback/"),
    ("webfeeds", "http://webfeeds.org/rss/1.0"),
    ("wfw", "http://wellformedweb.org/CommentAPI/"),
    ("xhtml", "http://www.w3.org/1999/xhtml"),
    ("yt", "http://www.youtube.com/xml/schemas/2015"),
];

/// Whether the element may stand in a feed or an entry next to what the writers make of the model: not where the model has a
/// field for it (`is_field`, names in lower case), because it stands in the document already, or was left out for a reason.
///
/// `atom_names` are the elements of Atom that the model has no field for there.
pub(super) fn is_free(extension: &Extension, is_field: fn(Ns, &str) -> bool, atom_names: &[&str]) -> bool {
    let name = extension.name.as_str();
    match extension.namespace.as_str() {
        "" => false,
        ATOM => atom_names.contains(&name),
        namespace => !vocabulary(namespace).is_some_and(|ns| is_field(ns, &name.to_ascii_lowercase())),
    }
}

/// Elements of Atom that the model has no field for in a feed.
pub(super) const ATOM_IN_FEED: &[&str] = &["contributor"];
/// Elements of Atom that the model has no field for in an entry.
pub(super) const ATOM_IN_ENTRY: &[&str] = &["contributor", "rights"];

/// The element as XML can carry it; `None` when its name or namespace cannot.
///
/// Texts are cleaned and trimmed, vocabularies of feeds go by one URI. Of two attributes with one name the first counts.
pub(super) fn tidy(extension: &Extension) -> Option<Extension> {
    tidy_at(extension, 0, None)
}

/// `text` is the kind of the text that it stands in: some elements end it, wherever they stand.
fn tidy_at(extension: &Extension, depth: usize, text: Option<Shape>) -> Option<Extension> {
    if text.is_some_and(|text| ends_text(&extension.namespace, &extension.name, text))
        || depth >= MAX_DEPTH
        || !is_name(&extension.name)
        || !is_namespace(&extension.namespace)
    {
        return None;
    }
    let mut out = Extension::new(canonical(&extension.namespace), &*extension.name);
    let mut seen = BTreeSet::new();
    for (name, value) in extension.attributes.iter().take(MOST_ATTRIBUTES) {
        let name = match clark(name) {
            (Some(uri), local) if uri != XML => Cow::Owned(format!("{{{}}}{local}", canonical(uri))),
            _ => Cow::Borrowed(name.as_str()),
        };
        if is_attribute(&name) && !seen.contains(&name) {
            out.attributes.push((name.clone().into_owned(), clean(value).into_owned()));
            seen.insert(name);
        }
    }
    out.text = clean(&extension.text).trim().to_owned();
    let text = text_of(&out.namespace, &out.name, text);
    out.children = extension.children.iter().filter_map(|child| tidy_at(child, depth + 1, text)).collect();
    Some(out)
}

/// Whether an `NCName` (XML Namespaces §3).
fn is_name(name: &str) -> bool {
    let starts = |c: char| {
        matches!(c, 'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
            | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}'
            | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
    };
    let continues = |c: char| starts(c) || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}');
    name.starts_with(starts) && name.chars().all(continues) && clean(name) == name
}

/// Whether the namespace can be declared, or is none. The crates write some of them as they are.
fn is_namespace(uri: &str) -> bool {
    uri != XML
        && uri != XMLNS
        && uri.len() <= LONGEST
        && uri.chars().all(|c| !c.is_whitespace() && !matches!(c, '"' | '<' | '>' | '&' | '\''))
        && clean(uri) == uri
}

/// Whether the attribute's name, plain or in Clark form, can be written.
fn is_attribute(name: &str) -> bool {
    match clark(name) {
        (Some(XML), local) => is_name(local),
        (Some(""), _) => false,
        (Some(uri), local) => is_namespace(uri) && is_name(local),
        (None, local) => local != "xmlns" && is_name(local),
    }
}

/// Namespace and local name of `{uri}local`.
fn clark(name: &str) -> (Option<&str>, &str) {
    match name.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        Some((uri, local)) => (Some(uri), local),
        None => (None, name),
    }
}

/// The extensions of one document while it is being written.
pub(super) struct Foreign {
    /// The namespace of elements without prefix.
    default: &'static str,
    places: Vec<(usize, Vec<Extension>)>,
    prefixes: BTreeMap<String, String>,
    /// How many prefixes are `ns` and a number.
    unknown: usize,
}

impl Foreign {
    /// Those of a document whose elements without prefix are of the namespace `default`.
    pub(super) fn new(default: &'static str) -> Self {
        Self { default, places: Vec::new(), prefixes: BTreeMap::new(), unknown: 0 }
    }

    /// Takes the extensions of one place, tidied already, whose elements stand `indent` spaces deep; gives the text of
    /// the placeholder, or `None` when nothing is to be written there.
    pub(super) fn place(&mut self, extensions: Vec<Extension>, indent: usize) -> Option<String> {
        if extensions.is_empty() {
            return None;
        }
        for extension in &extensions {
            self.name(extension);
        }
        self.places.push((indent, extensions));
        Some((self.places.len() - 1).to_string())
    }

    /// Finds prefixes in the order in which they are needed.
    fn name(&mut self, extension: &Extension) {
        let attributes = extension.attributes.iter().filter_map(|(name, _)| clark(name).0).filter(|uri| *uri != XML);
        let element = Some(&*extension.namespace).filter(|uri| !uri.is_empty() && *uri != self.default);
        for uri in element.into_iter().chain(attributes) {
            if !self.prefixes.contains_key(uri) {
                let known = WELL_KNOWN.iter().find(|(_, known)| *known == uri).map(|(prefix, _)| (*prefix).to_owned());
                let prefix = known.unwrap_or_else(|| {
                    self.unknown += 1;
                    format!("ns{}", self.unknown)
                });
                self.prefixes.insert(uri.to_owned(), prefix);
            }
        }
        for child in &extension.children {
            self.name(child);
        }
    }

    /// Prefixes and the namespaces that they stand for.
    pub(super) fn namespaces(&self) -> impl Iterator<Item = (String, String)> {
        self.prefixes.iter().map(|(uri, prefix)| (prefix.clone(), uri.clone()))
    }

    /// The document with the elements where the placeholders are.
    pub(super) fn splice(&self, document: String) -> String {
        if self.places.is_empty() {
            return document;
        }
        let mut out = String::with_capacity(document.len() * 2);
        let mut parts = document.split(PLACEHOLDER_START);
        out.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (number, rest) = part.split_once(PLACEHOLDER_END).unwrap_or((part, ""));
            if let Some((indent, extensions)) = number.parse::<usize>().ok().and_then(|number| self.places.get(number)) {
                for (at, extension) in extensions.iter().enumerate() {
                    if at > 0 {
                        new_line(&mut out, *indent);
                    }
                    self.write(&mut out, extension, *indent, self.default);
                }
            }
            out.push_str(rest);
        }
        out
    }

    /// One element; `default` is the namespace of names without prefix where it stands.
    fn write(&self, out: &mut String, extension: &Extension, indent: usize, default: &str) {
        let namespace = extension.namespace.as_str();
        let is_plain = namespace.is_empty() || namespace == self.default;
        let name = match self.prefixes.get(namespace).filter(|_| !is_plain) {
            Some(prefix) => Cow::Owned(format!("{prefix}:{}", extension.name)),
            None => Cow::Borrowed(extension.name.as_str()),
        };
        out.push('<');
        out.push_str(&name);
        let mut inside = default;
        if is_plain && namespace != default {
            attribute(out, "xmlns", namespace);
            inside = namespace;
        }
        for (name, value) in &extension.attributes {
            match clark(name) {
                (Some(XML), local) => attribute(out, &format!("xml:{local}"), value),
                (Some(uri), local) => {
                    if let Some(prefix) = self.prefixes.get(uri) {
                        attribute(out, &format!("{prefix}:{local}"), value);
                    }
                }
                (None, local) => attribute(out, local, value),
            }
        }
        if extension.text.is_empty() && extension.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        text(out, &extension.text);
        for child in &extension.children {
            // Where there is text, a line break would become part of it.
            if extension.text.is_empty() {
                new_line(out, indent + 2);
            }
            self.write(out, child, indent + 2, inside);
        }
        if extension.text.is_empty() {
            new_line(out, indent);
        }
        out.push_str("</");
        out.push_str(&name);
        out.push('>');
    }
}

fn new_line(out: &mut String, indent: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

fn text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
}

/// An attribute; line breaks and tabs are written as references, or parsers would make spaces of them (XML 1.0 §3.3.3).
fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            c => out.push(c),
        }
    }
    out.push('"');
}
