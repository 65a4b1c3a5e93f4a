//! What makes an entry this entry.
//!
//! In: what the feed gave as id, and what the entry says. Out: an [`Id`]; never one that changes from one reading to the next.

use super::super::address::is_web;
use crate::model::{Id, Text, Timestamp};

/// An identity as given.
pub(in crate::format) fn id(raw: &str) -> Id {
    if raw.starts_with("tag:") { Id::tagged(raw) } else { Id::opaque(raw) }
}

/// The id of an entry with this page: one that is the page's address is a permalink, whoever says what it is.
pub(in crate::format) fn at_home(id: Id, page: Option<&str>) -> Id {
    if Some(id.as_str()) == page && is_web(id.as_str()) { Id::permalink(id.as_str()) } else { id }
}

/// Identity of an entry that has none: its page, else what it says.
pub(in crate::format) fn derived(page: Option<&str>, date: Option<Timestamp>, title: Option<&Text>, body: Option<&Text>) -> Id {
    if let Some(page) = page {
        return Id::derived(page);
    }
    let mut hash = blake3::Hasher::new();
    for text in [title, body].into_iter().flatten() {
        hash.update(text.value.as_bytes());
        hash.update(&[0]);
    }
    let date = date.map(|date| date.to_rfc3339()).unwrap_or_default();
    hash.update(date.as_bytes());
    let digest = hash.finalize().to_hex();
    Id::derived(format!("urn:feedloom:hash:{}", digest.get(..32).unwrap_or_default()))
}
