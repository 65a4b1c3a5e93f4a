//! Who wrote what: an entry that leaves its feed takes along what the feed said for it.
//!
//! In: a feed. Out: its entries with origin and language. Nothing is lost that the entry inherited.

use crate::model::{Entry, Feed, Link, Origin, Rel};
use crate::text::plain::readable;
use std::sync::Arc;

/// The feed as the origin of its entries.
pub fn origin(feed: &Feed) -> Origin {
    let mut origin = Origin::new(feed.id.clone());
    origin.title = Some(readable(&feed.title).trim().to_owned()).filter(|title| !title.is_empty());
    let is_address = |link: &&Link| matches!(link.rel, Rel::Alternate | Rel::Itself);
    origin.links = feed.links.iter().filter(is_address).cloned().collect();
    origin.language.clone_from(&feed.language);
    origin.rights.clone_from(&feed.rights);
    origin
}

/// The entries of a feed, each with its origin (this feed, unless it came from another one already) and its language.
pub fn entries(feed: Feed) -> Vec<Entry> {
    let origin = Arc::new(origin(&feed));
    let language = feed.language;
    let mut entries = feed.entries;
    for entry in &mut entries {
        let from = entry.origin.get_or_insert_with(|| origin.clone());
        let inherited = from.language.as_ref().or(language.as_ref());
        entry.language = entry.language.take().or_else(|| inherited.cloned());
    }
    entries
}

/// What tells one origin from another, whichever format it was read from: its own address, else its page, else its id.
pub fn key(origin: &Origin) -> &str {
    let find = |rel: Rel| origin.links.iter().find(|link| link.rel == rel).map(|link| link.href.as_str());
    find(Rel::Itself).or_else(|| find(Rel::Alternate)).unwrap_or_else(|| origin.id.as_str())
}
