//! A JSON Feed in the shape that all formats share.

use super::places::Places;
use super::{list, start, text};
use crate::lint::Kind;
use crate::lint::beyond::outline::{Entry, Outline, When, Words, Written};
use crate::lint::text::places::Notation;
use crate::syntax::{Map, Node};

pub(super) fn outline(map: &Map, places: &Places<'_>) -> Outline {
    let written = |map: &Map, key: &str| {
        let (value, place) = text(map, key).filter(|(value, _)| !value.trim().is_empty())?;
        Some(Written::new(value, places.offset(place)))
    };
    let words = |map: &Map, key: &str, html: bool| {
        let (value, place) = text(map, key)?;
        Some(Words { value: value.to_owned(), html, at: places.offset(place), notation: Notation::Json, base: false })
    };
    let when = |map: &Map, key: &str| text(map, key).map(|(value, place)| When::new(value, places.offset(place)));
    let entry = |node: &Node| {
        let item = node.as_map()?;
        let id = item.get("id").and_then(|id| Some(Written::new(&id.as_text()?, places.offset(id.place))));
        let at = places.offset(node.place);
        Some(Entry {
            at,
            end: places.end_of_object(at),
            id,
            link: written(item, "url"),
            title: words(item, "title", false),
            summary: words(item, "summary", false),
            content: words(item, "content_html", true).or_else(|| words(item, "content_text", false)),
            language: written(item, "language"),
            published: when(item, "date_published"),
            updated: when(item, "date_modified"),
        })
    };
    Outline {
        kind: Kind::Json,
        at: places.offset(start(map)),
        title: words(map, "title", false),
        home: written(map, "home_page_url"),
        language: written(map, "language"),
        selfs: written(map, "feed_url").into_iter().collect(),
        hubs: list(map, "hubs").iter().filter_map(|hub| written(hub.as_map()?, "url")).collect(),
        pages: Vec::new(),
        archive: false,
        updated: None,
        entries: list(map, "items").iter().filter_map(entry).collect(),
    }
}
