//! `_feedloom`: what JSON Feed has no member for.
//!
//! In: our own extension object. Out: the parts of the model that it carries. Anybody can write it, so it is read like
//! everything else: with limits, and without trust.

use super::item::line;
use crate::model::{Entry, Feed, Id, Language, Link, Origin, Rel};
use serde_json::{Map, Value};
use std::sync::Arc;

/// What the object says of a feed.
pub(super) fn feed(_feed: &mut Feed, _object: Option<&Value>) {}

/// What the object says of an entry.
pub(super) fn entry(entry: &mut Entry, object: Option<&Value>) {
    if let Some(Value::Object(source)) = object.and_then(|object| object.get("source")) {
        entry.origin = origin(source).map(Arc::new);
    }
}

fn origin(source: &Map<String, Value>) -> Option<Origin> {
    let mut origin = Origin::new(Id::opaque(line(source, "id")?));
    origin.title = line(source, "title");
    origin.links.extend(line(source, "url").map(|href| Link::new(Rel::Alternate, href)));
    origin.links.extend(line(source, "feed_url").map(|href| Link::new(Rel::Itself, href)));
    origin.language = line(source, "language").and_then(|tag| Language::parse(&tag));
    Some(origin)
}
