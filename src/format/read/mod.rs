//! Bytes → model: any feed that was found somewhere.
//!
//! In: bytes, and what is known besides (where they are from, the charset of HTTP, a zone). Out: a [`Feed`] or a subscription
//! list, and findings that say what had to be repaired and where. One reader for RSS 0.90 to 2.0, RSS 1.0, Atom 0.3 and 1.0
//! and their mixtures, because feeds mix them; one for JSON Feed; one for OPML. Never fetches, never sanitises, never fails
//! for one bad entry. Time and memory grow with the input, whatever it holds: see [`limit`].
//!
//! `document` walks through a feed, `feed` and `entry` know the elements, `construct`, `person`, `media`, `address` and
//! `extension` read what is inside of them, `context` knows what holds around them.

mod address;
pub(in crate::format) mod construct;
pub(in crate::format) mod context;
mod detect;
mod document;
mod entry;
mod extension;
mod feed;
pub mod limit;
pub(in crate::format) mod media;
mod origin;
pub(in crate::format) mod person;
mod ranked;
#[cfg(test)]
mod tests;

pub(in crate::format) use address::Base;
pub(in crate::format) use address::{has_relative, is_web, named};
pub use detect::{FeedLink, feed_links};
pub(in crate::format) use entry::{at_home, derived, id, is_field as is_field_of_entry};
pub(in crate::format) use feed::is_field as is_field_of_feed;

use super::decode::{self, DeclaredBy};
use super::json_feed;
use super::markup::Repairs;
use super::opml::{self, Outline};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Entry, Feed};
use chrono_tz::Tz;
use std::sync::Arc;

/// What is known of a document besides its bytes. Everything is optional.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Hints {
    /// What the document is called in findings: a path or an address.
    pub name: Arc<str>,
    /// The address that it was read from: what its relative links start from.
    pub base: Option<String>,
    /// Whether relative links start from the feed's own page where no base is known at all. That is a guess.
    pub guess_base: bool,
    /// The charset of the HTTP header `Content-Type`.
    pub charset: Option<String>,
    /// The zone of dates that state none. Else that of the feed's language where it tells (Chinese), else UTC.
    pub zone: Option<Tz>,
}

impl Hints {
    /// Nothing is known but what the document is called.
    pub fn named(name: impl Into<Arc<str>>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// The language that a document is written in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// RSS 0.91 to 2.0 and whatever calls itself so; the version as stated.
    Rss(String),
    /// RSS 0.90, 1.0 or 1.1, in RDF; the version.
    Rdf(&'static str),
    /// Atom; the version.
    Atom(&'static str),
    /// JSON Feed; the version as stated.
    Json(String),
    /// OPML; the version as stated.
    Opml(String),
    /// Microsoft's Channel Definition Format.
    Cdf,
}

impl std::fmt::Display for Dialect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (name, version) = match self {
            Self::Rss(version) => ("RSS", version.as_str()),
            Self::Rdf(version) => ("RSS", *version),
            Self::Atom(version) => ("Atom", *version),
            Self::Json(version) => ("JSON Feed", version.as_str()),
            Self::Opml(version) => ("OPML", version.as_str()),
            Self::Cdf => ("CDF", ""),
        };
        f.write_str(name)?;
        if version.is_empty() { Ok(()) } else { write!(f, " {version}") }
    }
}

/// What a document holds.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Content {
    /// A feed.
    Feed(Box<Feed>),
    /// A subscription list.
    Subscriptions(Subscriptions),
}

/// A subscription list (OPML).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Subscriptions {
    /// What it is called.
    pub title: Option<String>,
    /// Folders and feeds.
    pub outlines: Vec<Outline>,
}

/// A document that was read.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reading {
    /// What it is written in.
    pub dialect: Dialect,
    /// What it holds.
    pub content: Content,
    /// The encoding of its bytes, by its name in the WHATWG Encoding Standard.
    pub encoding: &'static str,
    /// What had to be repaired, in the order of the document.
    pub repairs: Vec<Diagnostic>,
    /// Whether it ends before its end, so that entries may be missing that its publisher has.
    pub is_cut_off: bool,
}

impl Reading {
    /// Whether entries without authors have those of the feed: in Atom (RFC 4287 §4.2.1) and JSON Feed. The model keeps what is
    /// stated, and so do readings; who shows an entry alone looks at this.
    pub fn inherits_authors(&self) -> bool {
        matches!(self.dialect, Dialect::Atom(_) | Dialect::Json(_))
    }

    /// The feed, when it is one.
    pub fn feed(&self) -> Option<&Feed> {
        match &self.content {
            Content::Feed(feed) => Some(feed),
            Content::Subscriptions(_) => None,
        }
    }
}

/// Why a document is no feed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// There is nothing, or nothing but white space.
    #[error("expected a feed, found nothing")]
    Empty,
    /// A page for people; these are the feeds that it names.
    #[error("expected a feed, found a web page{}", listed(.feeds))]
    Page {
        /// The title of the page.
        title: Option<String>,
        /// The feeds that the page says there are.
        feeds: Vec<FeedLink>,
    },
    /// XML, but no feed: the name of its root element.
    #[error("expected a feed, found XML with the root <{0}>")]
    Xml(String),
    /// JSON, but no JSON Feed: what is missing.
    #[error("expected a feed, found JSON {0}")]
    Json(String),
    /// Compressed bytes; with what.
    #[error("expected a feed, found bytes compressed with {0}")]
    Compressed(&'static str),
    /// Neither XML nor JSON; the beginning.
    #[error("expected a feed, found `{0}`")]
    Other(String),
}

fn listed(feeds: &[FeedLink]) -> String {
    let list: Vec<&str> = feeds.iter().take(5).map(|feed| feed.href.as_str()).collect();
    if list.is_empty() { " that names no feed".to_owned() } else { format!(" that names {}", list.join(", ")) }
}

/// Reads a document.
///
/// # Errors
///
/// [`ReadError`] when it is no feed at all. Whatever can be read of a broken one is read.
pub fn read(bytes: &[u8], hints: &Hints) -> Result<Reading, ReadError> {
    let mut entries = Vec::new();
    let mut reading = stream(bytes, hints, &mut |entry| entries.push(entry))?;
    if let Content::Feed(feed) = &mut reading.content {
        feed.entries = entries;
    }
    Ok(reading)
}

/// Reads a document and gives its entries away one by one, so that memory holds one at a time; the feed that is returned has none.
///
/// # Errors
///
/// [`ReadError`] when it is no feed at all; no entry was given away then.
pub fn stream(bytes: &[u8], hints: &Hints, sink: &mut dyn FnMut(Entry)) -> Result<Reading, ReadError> {
    if let Some(name) = detect::compression(bytes) {
        return Err(ReadError::Compressed(name));
    }
    let decoded = decode::decode_feed(bytes, hints.charset.as_deref());
    let text = decoded.text.as_ref();
    let mut repairs = Repairs::of(text.len());
    if let Some(overruled) = &decoded.overruled {
        repairs.note(0, Code::EncodingOverruled, || {
            let by = if overruled.by == DeclaredBy::Http { "the header" } else { "the document" };
            format!("expected `{}`, as {by} says, found {}", limit::cut(&overruled.label, 40), decoded.encoding)
        });
    }
    if let Some(at) = decoded.first_replaced {
        let count = decoded.replaced;
        repairs.note(at, Code::UndecodableBytes, || format!("expected {}, found bytes that mean nothing there ({count} in all)", decoded.encoding));
    }
    let found = detect::detect(text, hints, &mut repairs)?;
    let (dialect, content, repairs) = match found {
        detect::Found::Json(at) => json_feed::read(text, at, hints, repairs, sink)?,
        detect::Found::Opml(at) => opml::read_at(text, at, repairs),
        detect::Found::Xml(at) => document::read(text, at, hints, repairs, sink)?,
    };
    let is_cut_off = repairs.is_cut_off;
    Ok(Reading { dialect, content, encoding: decoded.encoding, repairs: repairs.into_findings(&hints.name, text), is_cut_off })
}
