//! `_feedloom`: what JSON Feed has no member for.
//!
//! In: our own extension object, as `extra` writes it. Out: the parts of the model that it carries. Anybody can write it, so it is
//! read like everything else: with limits, and without trust. What has the wrong shape is passed over.

use super::super::markup::Repairs;
use super::super::read::{context, id, limit, named};
use super::item::{block, line, text, whole};
use crate::model::{Category, Entry, Extension, Feed, Id, Language, Link, Media, Origin, Rel, Role, Text, TextKind};
use serde_json::{Map, Value};
use std::sync::Arc;

/// What the object says of a feed.
pub(super) fn feed(feed: &mut Feed, object: Option<&Value>, context: &context::Context<'_>, repairs: &mut Repairs) {
    let Some(Value::Object(object)) = object else { return };
    feed.logo = line(object, "logo");
    feed.updated = line(object, "updated").and_then(|date| context.date(&date, 0, repairs));
    feed.generator = line(object, "generator").map(|name| limit::cut(&name, limit::NAME).to_owned());
    feed.rights = rights(object);
    feed.categories = list(object, "categories", limit::LIST).filter_map(category).collect();
    feed.links.extend(links(object));
    add_extensions(&mut feed.extensions, object);
}

/// What the object says of an entry.
pub(super) fn entry(entry: &mut Entry, object: Option<&Value>) {
    let Some(Value::Object(object)) = object else { return };
    if let Some(Value::Object(source)) = object.get("source") {
        entry.origin = origin(source).map(Arc::new);
    }
    entry.links.extend(links(object));
    let media: Vec<Media> = list(object, "media", limit::MEDIA).filter_map(file).collect();
    // The list says all that `image` and `attachments` say, and more.
    if !media.is_empty() {
        entry.media = media;
    }
    add_extensions(&mut entry.extensions, object);
}

/// The objects in a list.
fn list<'m>(object: &'m Map<String, Value>, name: &str, most: usize) -> impl Iterator<Item = &'m Map<String, Value>> {
    object.get(name).and_then(Value::as_array).into_iter().flatten().take(most).filter_map(Value::as_object)
}

fn short(object: &Map<String, Value>, name: &str) -> Option<String> {
    line(object, name).map(|text| limit::cut(&text, limit::NAME).to_owned())
}

/// An address; no longer one than elsewhere.
fn address(object: &Map<String, Value>, name: &str) -> Option<String> {
    line(object, name).filter(|address| address.len() <= limit::ADDRESS)
}

fn links(object: &Map<String, Value>) -> impl Iterator<Item = Link> {
    list(object, "links", limit::LIST).filter_map(|object| {
        let mut link = Link::new(named(&line(object, "rel")?), address(object, "href")?);
        link.media_type = short(object, "type");
        link.language = line(object, "hreflang").and_then(|tag| Language::parse(&tag));
        link.title = short(object, "title");
        Some(link)
    })
}

fn file(object: &Map<String, Value>) -> Option<Media> {
    let role = match object.get("role")?.as_str()? {
        "thumbnail" => Role::Thumbnail,
        "content" => Role::Content,
        "enclosure" => Role::Enclosure,
        _ => return None,
    };
    let number = |name: &str| object.get(name).and_then(whole).and_then(|number| number.try_into().ok());
    let mut media = Media::new(role, address(object, "url")?);
    media.media_type = line(object, "type");
    media.length = object.get("length").and_then(whole);
    (media.width, media.height, media.duration) = (number("width"), number("height"), number("duration"));
    media.alt = line(object, "alt");
    Some(media)
}

fn category(object: &Map<String, Value>) -> Option<Category> {
    let term = short(object, "term")?;
    Some(Category { label: short(object, "label").filter(|label| *label != term), scheme: short(object, "scheme"), term })
}

fn rights(object: &Map<String, Value>) -> Option<Text> {
    let of = |name: &str, kind| block(object, name).and_then(|value| text(limit::cut(value, limit::LINE), kind));
    of("rights", TextKind::Plain).or_else(|| of("rights_html", TextKind::Html))
}

fn origin(source: &Map<String, Value>) -> Option<Origin> {
    let mut origin = Origin::new(Id::opaque(""));
    origin.title = line(source, "title");
    origin.links.extend(address(source, "url").map(|href| Link::new(Rel::Alternate, href)));
    origin.links.extend(address(source, "feed_url").map(|href| Link::new(Rel::Itself, href)));
    origin.links.extend(links(source));
    origin.language = line(source, "language").and_then(|tag| Language::parse(&tag));
    origin.rights = rights(source);
    origin.id = match line(source, "id") {
        Some(given) => id(limit::cut(&given, limit::ADDRESS)),
        None => Id::derived(origin.links.first().map(|link| link.href.clone()).or_else(|| origin.title.clone())?),
    };
    Some(origin)
}

/// Elements of XML go before the members of the document.
fn add_extensions(extensions: &mut Vec<Extension>, object: &Map<String, Value>) {
    let found: Vec<Extension> = list(object, "extensions", limit::LIST).filter_map(|element| extension(element, 0)).collect();
    extensions.splice(0..0, found);
}

fn extension(object: &Map<String, Value>, level: usize) -> Option<Extension> {
    if level >= limit::EXTENSION_DEPTH {
        return None;
    }
    let namespace = object.get("namespace").and_then(Value::as_str).unwrap_or_default();
    let name = object.get("name").and_then(Value::as_str).map(str::trim).filter(|name| !name.is_empty())?;
    let mut extension = Extension::new(limit::cut(namespace, limit::NAME), limit::cut(name, limit::NAME));
    for pair in object.get("attributes").and_then(Value::as_array).into_iter().flatten().take(limit::LIST) {
        if let Some([Value::String(name), Value::String(value)]) = pair.as_array().map(Vec::as_slice) {
            extension.attributes.push((name.clone(), value.clone()));
        }
    }
    extension.text = object.get("text").and_then(Value::as_str).map(|text| limit::cut(text.trim(), limit::LINE).to_owned()).unwrap_or_default();
    extension.children = list(object, "children", usize::MAX).filter_map(|child| self::extension(child, level + 1)).collect();
    Some(extension)
}
