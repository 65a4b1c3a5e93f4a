//! What a feed says, in one shape for all formats, with places: what the rules need that hold for every format.
//!
//! In: the tree of an XML document (JSON Feed's own module makes the other kind). Out: an [`Outline`], or nothing when it is no feed.

use crate::format::date;
use crate::lint::Kind;
use crate::lint::text::places::Notation;
use crate::lint::tree::{Element, Tree};
use crate::model::Timestamp;
use chrono_tz::Tz;

pub(crate) const ATOM: &str = "http://www.w3.org/2005/Atom";
pub(crate) const DC: &str = "http://purl.org/dc/elements/1.1/";
pub(crate) const DCTERMS: &str = "http://purl.org/dc/terms/";
pub(crate) const CONTENT: &str = "http://purl.org/rss/1.0/modules/content/";
pub(crate) const MEDIA: &str = "http://search.yahoo.com/mrss/";
const HISTORY: &str = "http://purl.org/syndication/history/1.0";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// What a feed says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outline {
    /// The format.
    pub kind: Kind,
    /// Where the feed begins.
    pub at: usize,
    /// What it is called.
    pub title: Option<Words>,
    /// Its web page.
    pub home: Option<Written>,
    /// Its language.
    pub language: Option<Written>,
    /// Where it says that it lives.
    pub selfs: Vec<Written>,
    /// Its hubs.
    pub hubs: Vec<Written>,
    /// Its links to pages and archives (RFC 5005): relations and addresses.
    pub pages: Vec<(String, Written)>,
    /// Whether it says that it is an archive.
    pub archive: bool,
    /// Its own last change.
    pub updated: Option<When>,
    /// Its entries, in their order.
    pub entries: Vec<Entry>,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Where it begins.
    pub at: usize,
    /// Where it ends: the byte behind it.
    pub end: usize,
    /// Its id.
    pub id: Option<Written>,
    /// Its web page.
    pub link: Option<Written>,
    /// What it is called.
    pub title: Option<Words>,
    /// Its summary.
    pub summary: Option<Words>,
    /// Its text.
    pub content: Option<Words>,
    /// Its language, when it has one of its own.
    pub language: Option<Written>,
    /// When it was published.
    pub published: Option<When>,
    /// When it was changed.
    pub updated: Option<When>,
}

impl Entry {
    /// The date that it is sorted by.
    pub fn newest(&self) -> Option<&When> {
        match (&self.published, &self.updated) {
            (Some(published), Some(updated)) => Some(if updated.unix() > published.unix() { updated } else { published }),
            (published, updated) => published.as_ref().or(updated.as_ref()),
        }
    }
}

/// A value and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// Without white space around it.
    pub value: String,
    /// Byte offset.
    pub at: usize,
}

/// A text and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Words {
    /// As it is written: plain text or HTML.
    pub value: String,
    /// Whether it is HTML.
    pub html: bool,
    /// Byte offset.
    pub at: usize,
    /// How it is written there.
    pub notation: Notation,
    /// The address that relative ones in it are resolved with, when the document says one.
    pub base: bool,
}

/// A date and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct When {
    /// As it is written.
    pub written: String,
    /// What it says, when it can be read.
    pub time: Option<Timestamp>,
    /// Byte offset.
    pub at: usize,
}

impl Written {
    /// A value at a place.
    pub(crate) fn new(value: &str, at: usize) -> Self {
        Self { value: value.trim().to_owned(), at }
    }
}

impl When {
    /// Seconds since 1970, when it can be read.
    pub(crate) fn unix(&self) -> Option<i64> {
        self.time.map(|time| time.unix())
    }

    /// A date at a place.
    pub(crate) fn new(written: &str, at: usize) -> Self {
        Self { written: written.trim().to_owned(), time: date::read(written, Tz::UTC).ok().map(|reading| reading.timestamp), at }
    }
}

/// The outline of a document that is a feed.
pub(crate) fn outline(tree: &Tree) -> Option<Outline> {
    let root = &tree.root;
    match root.name.as_str() {
        "feed" => Some(atom(root)),
        "rss" => root.elements().find(|element| element.name == "channel").map(|channel| rss(channel, channel, root)),
        "RDF" => root.elements().find(|element| element.name == "channel").map(|channel| rss(channel, root, root)),
        _ => None,
    }
}

fn written(element: &Element) -> Option<Written> {
    let value = element.text();
    (!value.trim().is_empty()).then(|| Written::new(&value, element.text_at()))
}

fn when(element: &Element) -> When {
    When::new(&element.text(), element.text_at())
}

fn lang(element: &Element) -> Option<Written> {
    let attribute = element.attributes.iter().find(|attribute| attribute.namespace == XML && attribute.name == "lang")?;
    (!attribute.value.trim().is_empty()).then(|| Written::new(&attribute.value, attribute.value_at))
}

/// Whether an address is set that relative ones are resolved with.
fn has_base(element: &Element) -> bool {
    element.attributes.iter().any(|attribute| attribute.namespace == XML && attribute.name == "base")
}

/// An Atom text construct or content; `None` for what is no text.
fn construct(element: &Element, base: bool) -> Option<Words> {
    let kind = element.attribute("type").map_or("text", |attribute| attribute.value.trim());
    let base = base || has_base(element);
    match kind {
        "text" | "text/plain" => Some(Words { value: element.text(), html: false, at: element.text_at(), notation: Notation::Xml, base }),
        "html" | "text/html" => Some(Words { value: element.text(), html: true, at: element.text_at(), notation: Notation::Xml, base }),
        "xhtml" => Some(Words { value: markup(element), html: true, at: element.at, notation: Notation::Other, base }),
        _ => None,
    }
}

/// The elements inside as HTML, as far as rules look at it: names, `href`, `src`, `srcset`, texts.
fn markup(element: &Element) -> String {
    let mut out = String::new();
    for node in &element.children {
        match node {
            crate::lint::Node::Text { value, .. } => out.push_str(&value.replace('&', "&amp;").replace('<', "&lt;")),
            crate::lint::Node::Element(child) => {
                out.push_str(&format!("<{}", child.name));
                for attribute in &child.attributes {
                    out.push_str(&format!(" {}=\"{}\"", attribute.name, attribute.value.replace('&', "&amp;").replace('"', "&quot;")));
                }
                out.push_str(&format!(">{}</{}>", markup(child), child.name));
            }
        }
    }
    out
}

/// Links of Atom with this relation.
fn links<'e>(element: &'e Element, rel: &'e str) -> impl Iterator<Item = &'e Element> {
    element.all(ATOM, "link").filter(move |link| link.attribute("rel").map_or("alternate", |attribute| attribute.value.trim()) == rel)
}

fn href(link: &Element) -> Option<Written> {
    link.attribute("href").map(|attribute| Written::new(&attribute.value, attribute.value_at))
}

/// The links to pages and archives of a feed.
fn pages(feed: &Element) -> Vec<(String, Written)> {
    let relations = ["first", "last", "previous", "next", "prev-archive", "next-archive", "current"];
    relations.iter().filter_map(|rel| Some(((*rel).to_owned(), links(feed, rel).find_map(href)?))).collect()
}

fn atom(root: &Element) -> Outline {
    let base = has_base(root);
    let first = |element: &Element, name: &str| element.first(ATOM, name).and_then(written);
    let entry = |element: &Element| {
        let base = base || has_base(element);
        Entry {
            at: element.at,
            end: element.end,
            id: first(element, "id"),
            link: links(element, "alternate").find_map(href),
            title: element.first(ATOM, "title").and_then(|title| construct(title, base)),
            summary: element.first(ATOM, "summary").and_then(|summary| construct(summary, base)),
            content: element.first(ATOM, "content").and_then(|content| construct(content, base)),
            language: lang(element),
            published: element.first(ATOM, "published").map(when),
            updated: element.first(ATOM, "updated").map(when),
        }
    };
    Outline {
        kind: Kind::Atom,
        at: root.at,
        title: root.first(ATOM, "title").and_then(|title| construct(title, base)),
        home: links(root, "alternate").find_map(href),
        language: lang(root),
        selfs: links(root, "self").filter_map(href).collect(),
        hubs: links(root, "hub").filter_map(href).collect(),
        pages: pages(root),
        archive: root.first(HISTORY, "archive").is_some(),
        updated: root.first(ATOM, "updated").map(when),
        entries: root.all(ATOM, "entry").map(entry).collect(),
    }
}

/// RSS: its own elements have no namespace, or one of RDF's dialects.
fn rss(channel: &Element, parent_of_items: &Element, root: &Element) -> Outline {
    let space = channel.namespace.as_str();
    let base = has_base(channel) || has_base(root);
    let words = |element: &Element, html: bool| {
        let base = base || has_base(element);
        Words { value: element.text(), html, at: element.text_at(), notation: Notation::Xml, base }
    };
    let entry = |item: &Element| {
        let link = item.first(space, "link").and_then(written);
        let guid = item.first(space, "guid");
        let encoded = item.first(CONTENT, "encoded").map(|element| words(element, true));
        let description = item.first(space, "description").map(|element| words(element, true));
        let permalink = guid.filter(|guid| guid.attribute("isPermaLink").is_none_or(|attribute| attribute.value != "false")).and_then(written);
        Entry {
            at: item.at,
            end: item.end,
            id: guid.and_then(written),
            link: link.or_else(|| permalink.filter(|guid| crate::text::url::is_web(&guid.value))),
            title: item.first(space, "title").map(|element| words(element, false)),
            summary: description,
            content: encoded,
            language: item.first(DC, "language").and_then(written).or_else(|| lang(item)),
            published: item.first(space, "pubDate").or_else(|| item.first(DC, "date")).map(when),
            updated: item.first(ATOM, "updated").or_else(|| item.first(DCTERMS, "modified")).map(when),
        }
    };
    Outline {
        kind: Kind::Rss,
        at: channel.at,
        title: channel.first(space, "title").map(|element| words(element, false)),
        home: channel.first(space, "link").and_then(written),
        language: channel.first(space, "language").or_else(|| channel.first(DC, "language")).and_then(written).or_else(|| lang(root)),
        selfs: links(channel, "self").filter_map(href).collect(),
        hubs: links(channel, "hub").filter_map(href).collect(),
        pages: pages(channel),
        archive: channel.first(HISTORY, "archive").is_some(),
        updated: channel.first(space, "lastBuildDate").map(when),
        entries: parent_of_items.all(space, "item").map(entry).collect(),
    }
}
