//! One entry of a feed, complete.

use super::{Category, Extension, Id, Language, Link, Media, Origin, Person, Rel, Role, Text, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An entry with everything that a feed shows of it.
///
/// Atom `entry` (RFC 4287 §4.1.2) · RSS 2.0 `item` · JSON Feed item.
#[doc(alias = "item")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entry {
    /// Stable identity. Atom `id` · RSS `guid` · JSON Feed `id`.
    pub id: Id,
    /// Atom `title` · RSS `title` · JSON Feed `title`.
    pub title: Option<Text>,
    /// Where it lives and what belongs to it. Atom `link` · RSS `link`, `comments`, `atom:link` · JSON Feed `url`, `external_url`, `_feedloom`.
    #[serde(default)]
    pub links: Vec<Link>,
    /// A few sentences. Atom `summary` · RSS `description` · JSON Feed `summary`.
    pub summary: Option<Text>,
    /// The body. Atom `content` · RSS `content:encoded` · JSON Feed `content_html`, `content_text`.
    pub content: Option<Text>,
    /// Where the body is, when the feed only points to it. Atom `content src` (RFC 4287 §4.1.3.2) · RSS and JSON Feed have none.
    pub content_link: Option<Link>,
    /// First publication. Atom `published` · RSS `pubDate` · JSON Feed `date_published`.
    pub published: Option<Timestamp>,
    /// Last change that matters. Atom `updated` · RSS `atom:updated` · JSON Feed `date_modified`.
    pub updated: Option<Timestamp>,
    /// Who wrote it. Atom `author` · RSS `dc:creator`, `author` · JSON Feed `authors`.
    #[serde(default)]
    pub authors: Vec<Person>,
    /// Atom `category` · RSS `category` · JSON Feed `tags`.
    #[serde(default)]
    pub categories: Vec<Category>,
    /// Pictures and attachments. Atom enclosure links, Media RSS · RSS `enclosure`, Media RSS · JSON Feed `image`, `attachments`.
    #[serde(default)]
    pub media: Vec<Media>,
    /// Language of title and body. Atom `xml:lang` · RSS `dc:language` · JSON Feed `language`.
    pub language: Option<Language>,
    /// The feed that it came from. Atom `source` · RSS `source` · JSON Feed `_feedloom`.
    pub origin: Option<Arc<Origin>>,
    /// Elements that the model has no field for. Atom and RSS as they came · JSON Feed members and `_feedloom`.
    #[serde(default)]
    pub extensions: Vec<Extension>,
}

impl Entry {
    /// An entry that holds nothing yet but its identity.
    pub fn new(id: Id) -> Self {
        Self {
            id,
            title: None,
            links: Vec::new(),
            summary: None,
            content: None,
            content_link: None,
            published: None,
            updated: None,
            authors: Vec::new(),
            categories: Vec::new(),
            media: Vec::new(),
            language: None,
            origin: None,
            extensions: Vec::new(),
        }
    }

    /// The address of the entry's page: its first alternate link.
    pub fn link(&self) -> Option<&Link> {
        self.links.iter().find(|link| link.rel == Rel::Alternate)
    }

    /// The picture that stands for the entry: the first thumbnail.
    pub fn thumbnail(&self) -> Option<&Media> {
        self.media.iter().find(|media| media.role == Role::Thumbnail)
    }
}
