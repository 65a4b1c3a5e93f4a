//! An entry as the text that is stored.
//!
//! In: an entry and the feed that it came in. Out: JSON of all that it says but its id, and back. An origin that is the feed itself is
//! left out: it is the same for all entries, and what the feed calls itself today is right for those of yesterday too.

use crate::model::{Category, Entry, Extension, Id, Language, Link, Media, Origin, Person, Text, Timestamp};
use serde::Serialize;
use std::sync::Arc;

/// An entry without its id. The names are those that `Entry` is read with.
#[derive(Serialize)]
struct Rest<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a Text>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    links: &'a [Link],
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<&'a Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_link: Option<&'a Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<Timestamp>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    authors: &'a [Person],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    categories: &'a [Category],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    media: &'a [Media],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a Language>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'a Origin>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    extensions: &'a [Extension],
}

/// All that an entry says but its id, as JSON into `out`, which is emptied first.
pub(super) fn pack(entry: &Entry, channel: &Origin, out: &mut Vec<u8>) -> serde_json::Result<()> {
    // Without `..`, so that a new field cannot be forgotten here.
    let Entry { id: _, title, links, summary, content, content_link, published, updated, authors, categories, media, language, origin, extensions } =
        entry;
    let rest = Rest {
        title: title.as_ref(),
        links,
        summary: summary.as_ref(),
        content: content.as_ref(),
        content_link: content_link.as_ref(),
        published: *published,
        updated: *updated,
        authors,
        categories,
        media,
        language: language.as_ref(),
        origin: origin.as_deref().filter(|origin| *origin != channel),
        extensions,
    };
    out.clear();
    serde_json::to_writer(out, &rest)
}

/// The entry of an id and the rest, both as JSON. Without an origin it has this one.
pub(super) fn unpack(id: &str, rest: &str, channel: Option<&Arc<Origin>>) -> serde_json::Result<Entry> {
    let rest = rest.strip_prefix('{').unwrap_or(rest);
    let comma = if rest.starts_with('}') { "" } else { "," };
    let mut entry: Entry = serde_json::from_str(&format!("{{\"id\":{id}{comma}{rest}"))?;
    if entry.origin.is_none() {
        entry.origin = channel.cloned();
    }
    Ok(entry)
}

/// The id as JSON.
pub(super) fn pack_id(id: &Id) -> serde_json::Result<String> {
    serde_json::to_string(id)
}
