//! Model → JSON Feed 1.1.
//!
//! In: a feed. Out: the document, indented by two spaces so that versions can be compared line by line. Members stand
//! in the order of the specification; those without value are left out. Titles and summaries lose their markup, because
//! the specification wants plain text there.

use super::super::{Format, WriteError, media_rss, outgoing, plain, uri};
use super::extra::{self, Feedloom};
use super::links;
use crate::model::{self, Feed, Language, Role, TextKind};
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

const VERSION: &str = "https://jsonfeed.org/version/1.1";

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub>,
    #[serde(rename = "_feedloom", skip_serializing_if = "Feedloom::is_empty")]
    feedloom: Feedloom<'a>,
    #[serde(flatten)]
    members: BTreeMap<String, Value>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<String>,
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
    #[serde(rename = "_feedloom", skip_serializing_if = "Feedloom::is_empty")]
    feedloom: Feedloom<'a>,
    #[serde(flatten)]
    members: BTreeMap<String, Value>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
struct Hub {
    r#type: &'static str,
    url: String,
}

#[derive(Serialize)]
struct Attachment<'a> {
    url: Cow<'a, str>,
    mime_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_in_seconds: Option<u32>,
}

/// The feed as a JSON Feed document.
pub(in super::super) fn write(feed: &Feed) -> Result<String, WriteError> {
    let links = links::of_feed(feed);
    let document = Document {
        version: VERSION,
        title: outgoing::feed_title(feed),
        home_page_url: links.page.map(|link| link.href),
        feed_url: links.own.map(|link| link.href),
        description: feed.subtitle.as_ref().map(plain::block).filter(|text| !text.is_empty()),
        icon: feed.icon.as_deref().filter(|icon| uri::is_absolute(icon.trim())).map(uri::uri),
        authors: authors(&feed.authors),
        language: feed.language.as_ref().map(Language::as_str),
        next_url: links.next.map(|link| link.href),
        hubs: links.hubs.into_iter().map(|link| Hub { r#type: "WebSub", url: link.href }).collect(),
        feedloom: extra::of_feed(feed, links.others),
        members: extra::members(&feed.extensions),
        items: feed.entries.iter().map(|entry| item(entry, feed)).collect(),
    };
    let mut text =
        serde_json::to_string_pretty(&document).map_err(|error| WriteError::Wire { format: Format::JsonFeed, message: error.to_string() })?;
    text.push('\n');
    Ok(text)
}

fn item<'a>(entry: &'a model::Entry, feed: &Feed) -> Item<'a> {
    let links = links::of_entry(entry);
    let title = outgoing::title(entry);
    let summary = summary(entry);
    let (content_html, content_text) = match body(entry) {
        Some((TextKind::Plain, text)) => (None, Some(text)),
        Some((_, html)) => (Some(html), None),
        // One of the two must be there; the text that stands in says nothing new.
        None => (None, Some(summary.clone().or_else(|| title.clone()).unwrap_or_default())),
    };
    Item {
        id: Some(outgoing::id(entry)).filter(|id| !id.is_empty()).unwrap_or_else(|| uri::id_uri(&entry.id, entry.origin.as_deref())),
        url: links.page.map(|link| link.href),
        external_url: links.related.map(|link| link.href),
        title,
        content_html,
        content_text,
        summary,
        image: entry
            .media
            .iter()
            .find(|media| media.role == Role::Thumbnail && uri::is_absolute(media.url.trim()) && !uri::is_dangerous(&media.url))
            .map(|media| uri::uri(&media.url)),
        date_published: entry.published.and_then(outgoing::rfc3339),
        date_modified: entry.updated.and_then(outgoing::rfc3339),
        authors: authors(&entry.authors),
        tags: tags(entry),
        language: outgoing::own_language(entry, feed).map(Language::as_str),
        attachments: attachments(entry),
        feedloom: extra::of_entry(entry, links.others),
        members: extra::members(&entry.extensions),
    }
}

/// The body and how to read it, when there is something to read. A summary in HTML without a body is one: `summary` would lose
/// its markup, its links and its pictures.
pub(in super::super) fn body(entry: &model::Entry) -> Option<(TextKind, Cow<'_, str>)> {
    own_body(entry).or_else(|| {
        let summary = entry.summary.as_ref().filter(|summary| summary.kind != TextKind::Plain)?;
        Some((summary.kind, text_of(summary, entry))).filter(|(_, text)| !text.is_empty())
    })
}

fn own_body(entry: &model::Entry) -> Option<(TextKind, Cow<'_, str>)> {
    let content = entry.content.as_ref()?;
    Some((content.kind, text_of(content, entry))).filter(|(_, text)| !text.is_empty())
}

fn text_of<'t>(text: &'t model::Text, entry: &model::Entry) -> Cow<'t, str> {
    match text.kind {
        TextKind::Plain => plain::block(text),
        _ => plain::absolute_html(text, outgoing::page(entry).filter(|page| uri::is_http(page)).as_deref()),
    }
}

/// The summary without markup, unless it is written as the body.
pub(in super::super) fn summary(entry: &model::Entry) -> Option<Cow<'_, str>> {
    let summary = entry.summary.as_ref().filter(|summary| summary.kind == TextKind::Plain || own_body(entry).is_some())?;
    Some(plain::block(summary)).filter(|text| !text.trim().is_empty())
}

fn authors(people: &[model::Person]) -> Vec<Author<'_>> {
    outgoing::people(people).map(|(name, url)| Author { name, url }).collect()
}

/// JSON Feed demands a type, but not a length.
fn attachments(entry: &model::Entry) -> Vec<Attachment<'_>> {
    let pictures = media_rss::thumbnails(entry);
    let files =
        entry.media.iter().filter(|media| media.role != Role::Thumbnail && uri::is_absolute(media.url.trim()) && !uri::is_dangerous(&media.url));
    files
        .filter_map(|media| {
            Some(Attachment {
                url: uri::uri(&media.url),
                mime_type: outgoing::file_type(media)?,
                title: media_rss::alt(media, &pictures),
                size_in_bytes: media.length.filter(|&length| length > 0),
                duration_in_seconds: media.duration,
            })
        })
        .collect()
}

/// The labels of the categories, each once: the same word is often category and tag.
pub(in super::super) fn tags(entry: &model::Entry) -> Vec<Cow<'_, str>> {
    let mut seen = BTreeSet::new();
    outgoing::categories(&entry.categories).map(|(_, label)| label).filter(|label| seen.insert(label.clone())).collect()
}
