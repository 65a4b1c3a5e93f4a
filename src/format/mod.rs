//! Bytes ⇄ model: feeds and subscription lists in the formats that readers know, text encodings, and dates.
//!
//! In: a [`Feed`], or bytes and texts as found in the wild. Out: a document that has passed a check,
//! or decoded text and timestamps. Nothing here knows a file or a socket, asks the time, or cleans HTML.
//!
//! Each format is a folder with a writer; the crates `rss` and `atom_syndication` are the wire models of two of them and
//! are seen nowhere else. RSS 2.0: <https://www.rssboard.org/rss-specification>, Atom: RFC 4287, JSON Feed 1.1:
//! <https://www.jsonfeed.org/version/1.1/>, OPML 2.0: <http://opml.org/spec2.opml>.

mod atom;
pub mod date;
pub mod decode;
mod foreign;
mod json_feed;
pub mod loss;
mod markup;
mod media_rss;
pub mod opml;
mod outgoing;
mod plain;
pub mod read;
mod rss;
#[cfg(test)]
mod tests;
mod uri;
mod well_formed;
mod xml;

use crate::model::{Entry, Feed, Id};
pub(crate) use markup::{Event, Events, Written, entity, open_at};
pub use read::read;
use std::borrow::Cow;

/// The formats of feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// RSS 2.0.
    Rss,
    /// Atom 1.0 (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    JsonFeed,
}

impl Format {
    /// All formats, in the order in which they are listed to people.
    pub const ALL: &'static [Self] = &[Self::Rss, Self::Atom, Self::JsonFeed];

    /// The name in configurations and on the command line: `rss`, `atom`, `json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rss => "rss",
            Self::Atom => "atom",
            Self::JsonFeed => "json",
        }
    }

    /// What people call it: `RSS`, `Atom`, `JSON Feed`.
    pub fn title(self) -> &'static str {
        match self {
            Self::Rss => "RSS",
            Self::Atom => "Atom",
            Self::JsonFeed => "JSON Feed",
        }
    }

    /// The media type that a server sends with it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::JsonFeed => "application/feed+json",
        }
    }

    /// The file name that it has unless configured otherwise.
    pub fn default_file_name(self) -> &'static str {
        match self {
            Self::Rss => "rss.xml",
            Self::Atom => "atom.xml",
            Self::JsonFeed => "feed.json",
        }
    }
}

/// Why a feed could not be written. None of these is the feed's fault: whatever its strings hold, it has a document.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The finished document is not well-formed XML and was thrown away.
    #[error("the {} document failed its own check at byte {offset}: {message}", .format.name())]
    SelfCheck {
        /// The format of the document.
        format: Format,
        /// Byte offset in the document.
        offset: usize,
        /// What is wrong there.
        message: String,
    },
    /// The library that writes the format gave up.
    #[error("the {} document could not be written: {message}", .format.name())]
    Wire {
        /// The format of the document.
        format: Format,
        /// What the library said.
        message: String,
    },
}

/// The id that the publisher of an entry gave it.
///
/// Atom wants a URI, so that an id such as `42` is put into one (`urn:feedloom:…`) when it is written there; this gives `42` again. For
/// telling entries apart whatever format they came through; RSS and JSON Feed are written with it.
pub fn original_id(entry: &Entry) -> Cow<'_, str> {
    outgoing::id(entry)
}

/// Whether an id can stand in every format as it is: an absolute URI (RFC 3986 §3) with nothing that must be encoded.
pub fn is_uri(id: &str) -> bool {
    uri::is_uri(id)
}

/// An id for an entry of `feed` whose own is that of another feed's entry too: a URI that names feed and id. JSON Feed and Atom want ids to
/// be unique in a feed.
pub fn unique_id(entry: &Entry, feed: &str) -> Id {
    Id::opaque(uri::shared_id(&id_within(entry, feed), feed))
}

/// [`original_id`], also where [`unique_id`] has made another one of it for this `feed`.
pub fn id_within<'a>(entry: &'a Entry, feed: &str) -> Cow<'a, str> {
    uri::unshared_id(entry.id.as_str(), feed).map_or_else(|| original_id(entry), Cow::Owned)
}

/// Writes a feed as a whole document in UTF-8, with a line feed at the end.
///
/// The same feed gives the same bytes. Of several self links in `feed.links` the one whose media type is this format's
/// is taken, else the one without media type, so that one feed can be written in all formats. Strings are cleaned of
/// what XML cannot carry, addresses of what URIs cannot; nothing is sanitised, cut or sorted. Enclosures of which
/// neither the publisher nor the ending says the type are written as Media RSS. What a format cannot carry is listed in [`loss`].
///
/// What the caller owes for a document without validator warnings: a self link, an alternate link, and entries with
/// distinct ids.
///
/// # Errors
///
/// [`WriteError`]; a fault of this program, not of the feed.
pub fn write(feed: &Feed, format: Format) -> Result<String, WriteError> {
    let document = match format {
        Format::Rss => rss::write(feed)?,
        Format::Atom => atom::write(feed)?,
        Format::JsonFeed => return json_feed::write(feed),
    };
    match well_formed::check(&document) {
        Ok(()) => Ok(document),
        Err(problem) => Err(WriteError::SelfCheck { format, offset: problem.offset, message: problem.message }),
    }
}
