//! Who wrote what: an entry that leaves its feed takes along what the feed said for it.
//!
//! In: a feed. Out: its entries with origin and language. Nothing is lost that the entry inherited.

use crate::model::{Entry, Feed, Link, Origin, Person, Rel};
use crate::text::hygiene::one_line;
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

/// The entries of a feed, each with its origin (this feed, unless it came from another one already), its language and its authors.
///
/// `inherits` says whether the format lets entries without authors have the feed's (Atom, RFC 4287 §4.2.1, and JSON Feed). An author
/// who is called like the feed is a stand-in, because Atom wants one, and nobody's.
pub fn entries(feed: Feed, inherits: bool) -> Vec<Entry> {
    let origin = Arc::new(origin(&feed));
    let is_nobody = |person: &Person| Some(person.name.as_str()) == origin.title.as_deref() && person.url.is_none() && person.email.is_none();
    let authors: Vec<Person> = if inherits { feed.authors.iter().filter(|person| !is_nobody(person)).cloned().collect() } else { Vec::new() };
    let language = feed.language;
    let mut entries = feed.entries;
    for entry in &mut entries {
        if entry.authors.is_empty() && entry.origin.is_none() {
            entry.authors.clone_from(&authors);
        }
        let from = entry.origin.get_or_insert_with(|| origin.clone());
        let inherited = from.language.as_ref().or(language.as_ref());
        entry.language = entry.language.take().or_else(|| inherited.cloned());
    }
    entries
}

/// What tells one origin from another, whichever format it was read from: its own address, else its page, else its id; and its
/// title, because many sites were never told their own address and all say `http://example.com/`.
pub fn key(origin: &Origin) -> String {
    let find = |rel: Rel| origin.links.iter().find(|link| link.rel == rel).map(|link| link.href.as_str());
    let address = find(Rel::Itself).or_else(|| find(Rel::Alternate)).unwrap_or_else(|| origin.id.as_str());
    let title = origin.title.as_deref().filter(|title| *title != address).map(one_line).unwrap_or_default();
    format!("{address}\n{title}")
}
