//! One item of a JSON Feed → an entry.
//!
//! In: its members. Out: an [`Entry`]. What has the wrong shape is passed over.

use super::super::markup::Repairs;
use super::super::media_rss::fold;
use super::super::read::{at_home, construct, context, limit, person};
use super::feedloom;
use crate::model::{Category, Entry, Link, Media, Person, Rel, Role, Text, TextKind};
use serde_json::{Map, Value};

/// A string member; a number counts as one. On one line, as it is an id, an address or a title.
pub(super) fn line(members: &Map<String, Value>, name: &str) -> Option<String> {
    let text = match members.get(name)? {
        Value::String(text) => limit::cut(text.trim(), limit::LINE).to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// A string member of any length.
pub(super) fn block<'m>(members: &'m Map<String, Value>, name: &str) -> Option<&'m str> {
    members.get(name)?.as_str().map(|text| limit::cut(text, limit::BODY))
}

/// A text, or nothing when it is blank.
pub(super) fn text(value: &str, kind: TextKind) -> Option<Text> {
    construct::text(value, kind)
}

/// The people of a feed or an item: `authors` of 1.1, else `author` of 1.0.
pub(super) fn authors(members: &Map<String, Value>) -> Vec<Person> {
    let one = |value: &Value| match value {
        Value::String(name) => person::from_line(name),
        Value::Object(author) => {
            let url = line(author, "url").filter(|url| !url.starts_with("mailto:"));
            let email = line(author, "url").and_then(|url| url.strip_prefix("mailto:").map(ToOwned::to_owned));
            let name = line(author, "name").unwrap_or_default();
            (!name.is_empty() || url.is_some() || email.is_some()).then_some(Person { name: limit::cut(&name, limit::NAME).to_owned(), url, email })
        }
        _ => None,
    };
    let mut people = Vec::new();
    match members.get("authors") {
        Some(Value::Array(list)) if !list.is_empty() => list.iter().take(limit::LIST).filter_map(one).for_each(|one| person::join(&mut people, one)),
        _ => people.extend(members.get("author").and_then(one)),
    }
    people
}

/// Reads an item.
pub(super) fn read(members: &Map<String, Value>, context: &context::Context<'_>, repairs: &mut Repairs) -> Entry {
    let base = &context.base;
    let address = |name: &str, repairs: &mut Repairs| line(members, name).and_then(|url| base.resolve(&url, 0, repairs));
    let (url, external) = (address("url", repairs), address("external_url", repairs));
    let given = line(members, "id");
    let title = block(members, "title").and_then(|value| text(value, TextKind::Plain));
    let html = block(members, "content_html").and_then(|value| text(value, TextKind::Html));
    let plain = block(members, "content_text").and_then(|value| text(value, TextKind::Plain));
    let date = |name: &str, repairs: &mut Repairs| line(members, name).and_then(|value| context.date(&value, 0, repairs));
    let (published, updated) = (date("date_published", repairs), date("date_modified", repairs));
    let relative_to = context.hints.base.as_deref().or(url.as_deref());
    let content = construct::based(html, relative_to, 0, repairs).or(plain);
    let id = match given {
        Some(id) => at_home(super::super::read::id(limit::cut(&id, limit::ADDRESS)), url.as_deref()),
        None => super::super::read::derived(url.as_deref(), published.or(updated), title.as_ref(), content.as_ref()),
    };
    let mut entry = Entry::new(id);
    entry.title = title;
    entry.summary = block(members, "summary").and_then(|value| text(value, TextKind::Plain));
    entry.content = content;
    (entry.published, entry.updated) = (published, updated);
    entry.links.extend(url.map(|href| Link::new(Rel::Alternate, href)));
    entry.links.extend(external.map(|href| Link::new(Rel::Related, href)));
    entry.authors = authors(members);
    entry.language = line(members, "language").and_then(|language| context::language(&language, 0, repairs));
    match members.get("tags") {
        Some(Value::Array(tags)) => {
            let tags = tags.iter().filter_map(Value::as_str).map(str::trim).filter(|tag| !tag.is_empty());
            entry.categories = tags.take(limit::LIST).map(|tag| Category::new(limit::cut(tag, limit::NAME))).collect();
        }
        Some(Value::String(tag)) if !tag.trim().is_empty() => entry.categories.push(Category::new(limit::cut(tag.trim(), limit::NAME))),
        _ => {}
    }
    for name in ["image", "banner_image"] {
        if let Some(url) = address(name, repairs) {
            entry.media.push(Media::new(Role::Thumbnail, url));
        }
    }
    if let Some(Value::Array(files)) = members.get("attachments") {
        for file in files.iter().take(limit::MEDIA).filter_map(Value::as_object) {
            let Some(url) = line(file, "url").and_then(|url| base.resolve(&url, 0, repairs)) else { continue };
            let mut found = Media::new(Role::Enclosure, url);
            found.media_type = line(file, "mime_type");
            found.length = file.get("size_in_bytes").and_then(whole).filter(|&length| length > 0);
            found.duration = file.get("duration_in_seconds").and_then(whole).and_then(|seconds| seconds.try_into().ok());
            found.alt = line(file, "title");
            entry.media.push(found);
        }
    }
    entry.media = fold(entry.media);
    entry.extensions = super::read::extensions(members);
    feedloom::entry(&mut entry, members.get("_feedloom"));
    entry
}

/// A whole number; fractions are cut, strings are read.
pub(super) fn whole(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64().or_else(|| number.to_string().split('.').next()?.parse().ok()),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}
