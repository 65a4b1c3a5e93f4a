//! The accepted names of the front matter: which key gives which fact, in which shapes.
//!
//! Keys are compared without regard to case, a dotted name reaches into a map (`cover.image`), and a list where one
//! value is wanted gives its first. An empty value is no value.

use super::Options;
use crate::syntax::{Map, Node, Value};
use std::borrow::Cow;

/// Title of the article.
pub(crate) const TITLE: &[&str] = &["title", "linkTitle"];
/// First publication.
pub(crate) const PUBLISHED: &[&str] = &["date", "publishDate", "pubDate", "published", "created", "created_at"];
/// Last change.
pub(crate) const UPDATED: &[&str] = &["lastmod", "updated", "modified", "last_modified_at", "updated_at", "update_date", "dateModified"];
/// When it is to be held back again.
pub(crate) const EXPIRES: &[&str] = &["expiryDate", "unpublishDate", "expires"];
/// Language of the article.
pub(crate) const LANGUAGE: &[&str] = &["lang", "language", "locale", "languageCode"];
/// Summaries, in order of preference.
pub(crate) const SUMMARY: &[&str] = &["summary", "description", "excerpt", "lead", "intro", "abstract"];
/// Who wrote it.
pub(crate) const AUTHOR: &[&str] = &["author", "authors", "creator", "by", "taxonomies.authors"];
/// A whole address or path.
pub(crate) const URL: &[&str] = &["url", "permalink", "path"];
/// A given identity.
pub(crate) const GUID: &[&str] = &["guid", "uuid"];
/// A file to play or download.
pub(crate) const ENCLOSURE: &[&str] = &["enclosure", "audio", "video"];

/// The keys of a taxonomy, the most usual first.
pub(crate) fn taxonomy_keys<'t>(taxonomy: &'t str, options: &'t Options) -> Vec<Cow<'t, str>> {
    let known: &[&str] = match taxonomy {
        "category" => &["categories", "category", "taxonomies.categories"],
        "tag" => &["tags", "tag", "taxonomies.tags"],
        "series" => &["series", "serie", "collection", "taxonomies.series"],
        other => {
            let plural = options.plurals.get(other).cloned().unwrap_or_else(|| format!("{other}s"));
            let inner = format!("taxonomies.{plural}");
            return vec![other.into(), plural.into(), format!("taxonomies.{other}").into(), inner.into()];
        }
    };
    known.iter().copied().map(Cow::Borrowed).collect()
}

/// A value that was found, and the key that held it, as its author wrote it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'m> {
    pub(crate) key: &'m str,
    pub(crate) node: &'m Node,
}

/// The first of these names that holds a value.
pub(crate) fn first<'m>(map: &'m Map, names: &[impl AsRef<str>]) -> Option<Field<'m>> {
    names.iter().find_map(|name| get(map, name.as_ref()))
}

/// All of these names that hold a value, in the given order.
pub(crate) fn all<'m>(map: &'m Map, names: &'m [&str]) -> impl Iterator<Item = Field<'m>> {
    names.iter().filter_map(move |name| get(map, name))
}

/// The value of one name; an empty one counts as missing.
///
/// Zola keeps names of its user's own in `extra`, Hugo in `params`: what stands there counts after what stands above.
pub(crate) fn get<'m>(map: &'m Map, name: &str) -> Option<Field<'m>> {
    reach(map, name).or_else(|| ["extra", "params"].iter().find_map(|inner| reach(map.get_ignore_case(inner)?.1.as_map()?, name)))
}

fn reach<'m>(map: &'m Map, name: &str) -> Option<Field<'m>> {
    let mut parts = name.split('.');
    let (key, mut node) = map.get_ignore_case(parts.next()?)?;
    for part in parts {
        node = node.as_map()?.get_ignore_case(part)?.1;
    }
    (!is_empty(node)).then_some(Field { key, node })
}

/// The value as one line of text, when it is a scalar or a list that starts with one.
pub(crate) fn text(node: &Node) -> Option<String> {
    let text = match &node.value {
        Value::List(items) => items.iter().find_map(text)?,
        _ => node.as_text()?,
    };
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The values of a list as texts; a scalar is a list of one.
pub(crate) fn texts(node: &Node) -> Vec<(String, &Node)> {
    match &node.value {
        Value::List(items) => items.iter().filter_map(|item| Some((named(item)?, item))).collect(),
        _ => named(node).map(|name| (name, node)).into_iter().collect(),
    }
}

/// A scalar's text, or the name of a map such as `{name: 科技}`.
pub(crate) fn named(node: &Node) -> Option<String> {
    match node.as_map() {
        Some(map) => first(map, &["name", "title", "label"]).and_then(|field| text(field.node)),
        None => text(node),
    }
}

/// Whether a switch is on: `true`, `yes`, `on`, `1`, as text or not.
pub(crate) fn switch(map: &Map, name: &str) -> Option<bool> {
    get(map, name)?.node.as_bool()
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::List(items) => items.iter().all(is_empty),
        Value::Map(map) => map.is_empty(),
        _ => false,
    }
}
