//! Which elements of feeds hold which: what it takes to close what nobody closed.
//!
//! In: a vocabulary and a name. Out: what kind of element that is, and whether one that begins ends another.

use super::{Ns, vocabulary};

/// What an element of a feed holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::format) enum Shape {
    /// An item or entry: never inside of another.
    Entry,
    /// A short text: a title, a date, a link. No other element of a feed stands inside.
    Line,
    /// A long text, in which markup of all kinds may stand.
    Body,
    /// An author: a line, or elements such as a name.
    Person,
    /// Holds texts: a feed, its picture.
    Holder,
    /// Anything else.
    Other,
}

impl Shape {
    /// Whether some elements of a feed never stand inside, so that one that begins there ends it.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Line | Self::Body | Self::Person)
    }
}

/// The kind of an element; `name` is in lower case.
pub(super) fn shape(ns: Ns, name: &str) -> Shape {
    match (ns, name) {
        (Ns::Plain | Ns::Atom, "item" | "entry") => Shape::Entry,
        (Ns::Plain | Ns::Atom, "description" | "content" | "summary" | "fullitem" | "abstract")
        | (Ns::Content, "encoded")
        | (Ns::Itunes, "summary") => Shape::Body,
        (
            Ns::Plain | Ns::Atom,
            "title" | "link" | "guid" | "id" | "pubdate" | "lastbuilddate" | "updated" | "published" | "modified" | "issued" | "created" | "category"
            | "comments" | "subtitle" | "tagline" | "rights" | "copyright" | "generator" | "language" | "managingeditor" | "webmaster" | "docs"
            | "ttl" | "enclosure",
        )
        | (Ns::Dc | Ns::DcTerms | Ns::Slash | Ns::Wfw | Ns::FeedBurner, _)
        | (Ns::Media, "thumbnail")
        | (Ns::Itunes, "title" | "author" | "subtitle" | "image" | "duration" | "explicit" | "keywords" | "episode" | "season" | "episodetype") => {
            Shape::Line
        }
        (Ns::Plain | Ns::Atom | Ns::Rdf, "rss" | "rdf" | "channel" | "feed" | "image" | "textinput" | "source" | "contributor") => Shape::Holder,
        (Ns::Plain | Ns::Atom, "author") => Shape::Person,
        _ => Shape::Other,
    }
}

/// Whether the beginning of this element ends an open one of the shape: no feed means the one inside of the other.
pub(super) fn ends(open: Shape, ns: Ns, name: &str) -> bool {
    match ns {
        Ns::Content | Ns::Dc | Ns::DcTerms | Ns::Media | Ns::Itunes | Ns::Slash | Ns::Wfw | Ns::FeedBurner => true,
        Ns::Plain | Ns::Atom => {
            let is_html_too = matches!(name, "title" | "link" | "summary" | "content" | "abstract" | "id" | "source" | "image");
            let is_of_feed = !matches!(name, "rss" | "feed" | "rdf" | "contributor") && shape(ns, name) != Shape::Other;
            is_of_feed && (open == Shape::Line || !is_html_too)
        }
        _ => false,
    }
}

/// Inside of which text an element of this URI and name puts what is in it; `outer` is the text that it stands in.
pub(in crate::format) fn text_of(uri: &str, name: &str, outer: Option<Shape>) -> Option<Shape> {
    Some(shape(ns_of(uri), &name.to_ascii_lowercase())).filter(|shape| shape.is_text()).or(outer)
}

/// Whether an element of this URI and name would end the text that it stands in.
pub(in crate::format) fn ends_text(uri: &str, name: &str, text: Shape) -> bool {
    ends(text, ns_of(uri), &name.to_ascii_lowercase())
}

fn ns_of(uri: &str) -> Ns {
    if uri.is_empty() { Ns::Plain } else { vocabulary(uri).unwrap_or(Ns::Other(0)) }
}

/// Names of HTML that stand in texts without being escaped; an end tag of theirs says nothing about the feed's own elements.
pub(super) fn is_html(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "a",
        "abbr",
        "article",
        "aside",
        "audio",
        "b",
        "big",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "cite",
        "code",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "font",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "i",
        "iframe",
        "img",
        "input",
        "ins",
        "kbd",
        "li",
        "main",
        "mark",
        "nobr",
        "noscript",
        "object",
        "ol",
        "option",
        "p",
        "picture",
        "pre",
        "q",
        "s",
        "samp",
        "script",
        "section",
        "select",
        "small",
        "span",
        "strike",
        "strong",
        "style",
        "sub",
        "sup",
        "svg",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "tt",
        "u",
        "ul",
        "var",
        "video",
        "wbr",
    ];
    NAMES.binary_search(&name).is_ok()
}
