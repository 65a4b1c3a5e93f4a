//! Model → JSON Feed 1.1.
//!
//! In: a feed. Out: the document, indented by two spaces so that versions can be compared line by line. Members stand
//! in the order of the specification; those without value are left out. Titles and summaries lose their markup, because
//! the specification wants plain text there.

use super::super::{Format, WriteError, outgoing, plain, uri, xml};
use crate::model::{self, Feed, Language, Origin, Rel, Role, TextKind};
use serde::Serialize;
use std::borrow::Cow;

const VERSION: &str = "https://jsonfeed.org/version/1.1";

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub<'a>>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
    #[serde(rename = "_feedloom", skip_serializing_if = "Option::is_none")]
    feedloom: Option<Feedloom<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
struct Hub<'a> {
    r#type: &'static str,
    url: Cow<'a, str>,
}

#[derive(Serialize)]
struct Attachment<'a> {
    url: Cow<'a, str>,
    mime_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_in_seconds: Option<u32>,
}

/// Our extension object: what JSON Feed has no member for.
#[derive(Serialize)]
struct Feedloom<'a> {
    source: Source<'a>,
}

#[derive(Serialize)]
struct Source<'a> {
    id: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

/// The feed as a JSON Feed document.
pub(in super::super) fn write(feed: &Feed) -> Result<String, WriteError> {
    let document = Document {
        version: VERSION,
        title: outgoing::feed_title(feed),
        home_page_url: outgoing::address(&feed.links, &Rel::Alternate),
        feed_url: outgoing::own_address(feed, Format::JsonFeed),
        description: feed.subtitle.as_ref().map(plain::block).filter(|text| !text.is_empty()),
        icon: feed.icon.as_deref().filter(|icon| uri::is_absolute(icon.trim())).map(uri::uri),
        authors: authors(&feed.authors),
        language: feed.language.as_ref().map(Language::as_str),
        hubs: outgoing::hubs(feed).map(|url| Hub { r#type: "WebSub", url }).collect(),
        items: feed.entries.iter().map(|entry| item(entry, feed)).collect(),
    };
    let mut text =
        serde_json::to_string_pretty(&document).map_err(|error| WriteError::Wire { format: Format::JsonFeed, message: error.to_string() })?;
    text.push('\n');
    Ok(text)
}

fn item<'a>(entry: &'a model::Entry, feed: &Feed) -> Item<'a> {
    let title = outgoing::title(entry);
    let summary = entry.summary.as_ref().map(plain::block).filter(|text| !text.trim().is_empty());
    let (content_html, content_text) = match entry.content.as_ref().filter(|content| !content.value.trim().is_empty()) {
        Some(content) if content.kind == TextKind::Plain => (None, Some(plain::block(content))),
        Some(content) => (Some(plain::html(content)), None),
        // One of the two must be there; the text that stands in says nothing new.
        None => (None, Some(summary.clone().or_else(|| title.clone()).unwrap_or_default())),
    };
    Item {
        id: Some(outgoing::id(entry)).filter(|id| !id.is_empty()).unwrap_or_else(|| uri::id_uri(&entry.id, entry.origin.as_deref())),
        url: outgoing::page(entry),
        external_url: outgoing::address(&entry.links, &Rel::Related),
        title,
        content_html,
        content_text,
        summary,
        image: entry.thumbnail().filter(|media| uri::is_absolute(media.url.trim())).map(|media| uri::uri(&media.url)),
        date_published: entry.published.and_then(outgoing::rfc3339),
        date_modified: entry.updated.and_then(outgoing::rfc3339),
        authors: authors(&entry.authors),
        tags: tags(entry),
        language: outgoing::own_language(entry, feed).map(Language::as_str),
        attachments: attachments(entry),
        feedloom: entry.origin.as_deref().map(|origin| Feedloom { source: source(origin) }),
    }
}

fn authors(people: &[model::Person]) -> Vec<Author<'_>> {
    outgoing::people(people).map(|(name, url)| Author { name, url }).collect()
}

/// JSON Feed demands a type, but not a length.
fn attachments(entry: &model::Entry) -> Vec<Attachment<'_>> {
    let files = entry.media.iter().filter(|media| media.role == Role::Enclosure && uri::is_absolute(media.url.trim()));
    files
        .filter_map(|media| {
            Some(Attachment {
                url: uri::uri(&media.url),
                mime_type: uri::media_type(media.media_type.as_deref()?)?,
                size_in_bytes: media.length,
                duration_in_seconds: media.duration,
            })
        })
        .collect()
}

fn source(origin: &Origin) -> Source<'_> {
    Source {
        id: xml::clean_line(origin.id.as_str()),
        title: origin.title.as_deref().map(xml::clean_line).filter(|title| !title.is_empty()),
        url: outgoing::address(&origin.links, &Rel::Alternate),
        feed_url: outgoing::address(&origin.links, &Rel::Itself),
        language: origin.language.as_ref().map(Language::as_str),
    }
}
/// The labels of the categories, each once: the same word is often category and tag.
fn tags(entry: &model::Entry) -> Vec<Cow<'_, str>> {
    let mut tags: Vec<Cow<'_, str>> = Vec::new();
    for (_, label) in outgoing::categories(&entry.categories) {
        if !tags.contains(&label) {
            tags.push(label);
        }
    }
    tags
}
