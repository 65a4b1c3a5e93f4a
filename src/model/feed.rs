//! A feed: what is said about the whole, and its entries.

use super::{Category, Entry, Extension, Id, Language, Link, Person, Rel, Text, Timestamp};

/// A feed with its entries, in the order in which they are shown.
///
/// Atom `feed` (RFC 4287 §4.1.1) · RSS 2.0 `channel` · JSON Feed top level.
#[doc(alias = "channel")]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Feed {
    /// Stable identity. Atom `id` · RSS has none · JSON Feed has none (`feed_url` serves).
    pub id: Id,
    /// Atom `title` · RSS `title` · JSON Feed `title`.
    pub title: Text,
    /// What the feed is about. Atom `subtitle` · RSS `description` · JSON Feed `description`.
    pub subtitle: Option<Text>,
    /// Alternate: the page; self: the feed's own address; hub: `WebSub`. Atom `link` · RSS `link`, `atom:link` · JSON Feed `home_page_url`, `feed_url`,
    /// `next_url`, `hubs`, `_feedloom`.
    pub links: Vec<Link>,
    /// Language of what does not say otherwise. Atom `xml:lang` · RSS `language` · JSON Feed `language`.
    pub language: Option<Language>,
    /// Last change, when stated. Atom `updated`, which must be there: else the newest entry's · RSS `lastBuildDate` · JSON Feed `_feedloom`.
    pub updated: Option<Timestamp>,
    /// Stands where a format demands a date and an entry has none (Atom `updated`); the same in each build.
    pub undated: Timestamp,
    /// Who is responsible. Atom `author` · RSS `managingEditor`, `dc:creator` · JSON Feed `authors`.
    pub authors: Vec<Person>,
    /// Atom `rights` · RSS `copyright` · JSON Feed `_feedloom`.
    pub rights: Option<Text>,
    /// A square picture (absolute URL). Atom `icon` · RSS has none · JSON Feed `icon`.
    pub icon: Option<String>,
    /// A picture twice as wide as high (absolute URL). Atom `logo` · RSS `image` · JSON Feed `_feedloom`.
    pub logo: Option<String>,
    /// Atom `category` · RSS `category` · JSON Feed `_feedloom`.
    pub categories: Vec<Category>,
    /// The program that made it; without a version, so that an update of the program changes no bytes. Atom and RSS `generator` · JSON Feed `_feedloom`.
    pub generator: Option<String>,
    /// The entries.
    pub entries: Vec<Entry>,
    /// Elements that the model has no field for. Atom and RSS as they came · JSON Feed members and `_feedloom`.
    pub extensions: Vec<Extension>,
}

impl Feed {
    /// A feed without entries. `title` is empty when there is none.
    pub fn new(id: Id, title: Text) -> Self {
        Self {
            id,
            title,
            subtitle: None,
            links: Vec::new(),
            language: None,
            updated: None,
            undated: Timestamp::epoch(),
            authors: Vec::new(),
            rights: None,
            icon: None,
            logo: None,
            categories: Vec::new(),
            generator: None,
            entries: Vec::new(),
            extensions: Vec::new(),
        }
    }

    /// The first link with this relation.
    pub fn link(&self, rel: &Rel) -> Option<&Link> {
        self.links.iter().find(|link| link.rel == *rel)
    }
}
