//! The normalised JSON object of a document: one shape for all formats.
//!
//! In: bytes. Out: `{ok, error, format, title, link, language, subtitle, updated, entries, repairs}` on one line, without line feed.
//! A large document is written entry by entry as it is read, so that memory holds the input and one entry; what the feed says
//! of itself then stands behind the entries, and is not repeated in them.

use crate::diagnostic::Diagnostic;
use crate::format::opml::{Outline, OutlineKind};
use crate::format::read::{self, Content, Dialect, Hints, ReadError, Reading, Subscriptions};
use crate::model::{Entry, Feed, IdKind, Language, Person, Rel, Role, Timestamp};
use chrono::{SecondsFormat, Utc};
use serde::Serialize;
use std::io::{self, Write};

/// From this size on, in bytes, entries are written as they are read.
pub const LARGE: usize = 8 << 20;
/// How many authors of a feed an entry inherits.
const INHERITED: usize = 8;

#[derive(Serialize)]
struct Document<'a> {
    ok: bool,
    error: Option<String>,
    format: Option<String>,
    #[serde(flatten)]
    about: About<'a>,
    /// None where they are written already.
    #[serde(skip_serializing_if = "Option::is_none")]
    entries: Option<Vec<Row<'a>>>,
    repairs: Vec<Repair<'a>>,
}

#[derive(Default, Serialize)]
struct About<'a> {
    title: Option<&'a str>,
    link: Option<&'a str>,
    language: Option<&'a str>,
    subtitle: Option<&'a str>,
    updated: Option<String>,
}

#[derive(Default, Serialize)]
struct Row<'a> {
    id: Option<&'a str>,
    link: Option<&'a str>,
    title: Option<&'a str>,
    summary: Option<&'a str>,
    content: Option<&'a str>,
    published: Option<String>,
    updated: Option<String>,
    authors: Vec<&'a str>,
    categories: Vec<&'a str>,
    enclosures: Vec<File<'a>>,
    thumbnails: Vec<&'a str>,
    language: Option<&'a str>,
}

#[derive(Serialize)]
struct File<'a> {
    url: &'a str,
    r#type: Option<&'a str>,
    length: Option<u64>,
}

#[derive(Serialize)]
struct Repair<'a> {
    code: &'static str,
    line: u32,
    column: u32,
    message: &'a str,
}

/// Writes the object of a document; one that is no feed has `ok: false` and says why.
///
/// Gives whether it is a feed or a list.
///
/// # Errors
///
/// Those of `out`.
pub fn write(out: &mut dyn Write, bytes: &[u8], hints: &Hints) -> io::Result<bool> {
    if bytes.len() >= LARGE {
        return large(out, bytes, hints);
    }
    match read::read(bytes, hints) {
        Ok(reading) => {
            let mut document = rest(&reading);
            document.entries = Some(match &reading.content {
                Content::Feed(feed) => rows_of(feed, &reading, bytes.len()),
                Content::Subscriptions(list) => rows(list),
            });
            serde_json::to_writer(&mut *out, &document).map_err(io::Error::from)?;
            Ok(true)
        }
        Err(error) => failed(out, &error),
    }
}

/// The object of a document that is no feed.
fn failed(out: &mut dyn Write, error: &ReadError) -> io::Result<bool> {
    unreadable(out, &error.to_string())?;
    Ok(false)
}

/// The object of a document that could not be had.
///
/// # Errors
///
/// Those of `out`.
pub fn unreadable(out: &mut dyn Write, error: &str) -> io::Result<()> {
    let document =
        Document { ok: false, error: Some(error.to_owned()), format: None, about: About::default(), entries: Some(Vec::new()), repairs: Vec::new() };
    serde_json::to_writer(&mut *out, &document).map_err(io::Error::from)
}

fn large(out: &mut dyn Write, bytes: &[u8], hints: &Hints) -> io::Result<bool> {
    let mut count = 0_usize;
    let mut trouble = None;
    let result = read::stream(bytes, hints, &mut |entry| {
        let mut one = || -> io::Result<()> {
            out.write_all(if count == 0 { b"{\"entries\":[" } else { b"," })?;
            count += 1;
            // What the feed says of its language is not known for sure before its end.
            serde_json::to_writer(&mut *out, &row(&entry, None)).map_err(io::Error::from)
        };
        if trouble.is_none() {
            trouble = one().err();
        }
    });
    if let Some(error) = trouble {
        return Err(error);
    }
    let reading = match result {
        Ok(reading) => reading,
        Err(error) => return failed(out, &error),
    };
    if count == 0 {
        out.write_all(b"{\"entries\":[")?;
    }
    out.write_all(b"],")?;
    let rest = serde_json::to_string(&rest(&reading)).map_err(io::Error::from)?;
    out.write_all(rest.strip_prefix('{').unwrap_or(&rest).as_bytes())?;
    Ok(true)
}

/// What is said beside the entries.
fn rest(reading: &Reading) -> Document<'_> {
    let about = match &reading.content {
        Content::Feed(feed) => about(feed),
        Content::Subscriptions(list) => About { title: list.title.as_deref(), ..About::default() },
    };
    Document { ok: true, error: None, format: Some(reading.dialect.to_string()), about, entries: None, repairs: repairs(&reading.repairs) }
}

fn about(feed: &Feed) -> About<'_> {
    About {
        title: Some(feed.title.value.as_str()).filter(|title| !title.is_empty()),
        link: feed.link(&Rel::Alternate).map(|link| link.href.as_str()),
        language: feed.language.as_ref().map(Language::as_str),
        subtitle: feed.subtitle.as_ref().map(|text| text.value.as_str()),
        updated: feed.updated.as_ref().and_then(utc),
    }
}

/// The entries, each with what it inherits. A long name of many entries is not repeated for ever.
fn rows_of<'a>(feed: &'a Feed, reading: &Reading, bytes: usize) -> Vec<Row<'a>> {
    let is_atom = matches!(reading.dialect, Dialect::Atom(_));
    let inherited: Vec<&str> = if is_atom { feed.authors.iter().filter_map(name).take(INHERITED).collect() } else { Vec::new() };
    let cost: usize = inherited.iter().map(|name| name.len() + 3).sum();
    let mut left = bytes.saturating_mul(4).saturating_add(64 << 10);
    let one = |entry: &'a Entry| {
        let mut row = row(entry, feed.language.as_ref());
        if row.authors.is_empty() && left >= cost {
            left -= cost;
            row.authors.clone_from(&inherited);
        }
        row
    };
    feed.entries.iter().map(one).collect()
}

fn row<'a>(entry: &'a Entry, language: Option<&'a Language>) -> Row<'a> {
    let files = entry.media.iter().filter(|media| media.role == Role::Enclosure);
    let thumbnails = entry.media.iter().filter(|media| media.role == Role::Thumbnail);
    Row {
        id: Some(entry.id.as_str()).filter(|_| entry.id.kind() != IdKind::Derived),
        link: entry.link().map(|link| link.href.as_str()),
        title: entry.title.as_ref().map(|text| text.value.as_str()),
        summary: entry.summary.as_ref().map(|text| text.value.as_str()),
        content: entry.content.as_ref().map(|text| text.value.as_str()),
        published: entry.published.as_ref().and_then(utc),
        updated: entry.updated.as_ref().and_then(utc),
        authors: entry.authors.iter().filter_map(name).collect(),
        categories: entry.categories.iter().map(|category| category.term.as_str()).collect(),
        enclosures: files.map(|media| File { url: &media.url, r#type: media.media_type.as_deref(), length: media.length }).collect(),
        thumbnails: thumbnails.map(|media| media.url.as_str()).collect(),
        language: entry.language.as_ref().or(language).map(Language::as_str),
    }
}

/// Name, else e-mail address, else page.
fn name(person: &Person) -> Option<&str> {
    [Some(person.name.as_str()), person.email.as_deref(), person.url.as_deref()].into_iter().flatten().find(|name| !name.is_empty())
}

/// The feeds of a list as entries: the address is the identity, the folders are the categories.
fn rows(list: &Subscriptions) -> Vec<Row<'_>> {
    let mut found = Vec::new();
    let mut folders = Vec::new();
    for outline in &list.outlines {
        collect(outline, &mut folders, &mut found);
    }
    found
}

fn collect<'a>(outline: &'a Outline, folders: &mut Vec<&'a str>, found: &mut Vec<Row<'a>>) {
    if let OutlineKind::Feed { xml_url, html_url, language, description } = &outline.kind {
        found.push(Row {
            id: Some(xml_url),
            link: html_url.as_deref().or(Some(xml_url)),
            title: Some(outline.text.as_str()).filter(|text| !text.is_empty()),
            summary: description.as_deref(),
            categories: folders.clone(),
            language: language.as_ref().map(Language::as_str),
            ..Row::default()
        });
    }
    folders.push(&outline.text);
    for child in &outline.children {
        collect(child, folders, found);
    }
    folders.pop();
}

fn repairs(findings: &[Diagnostic]) -> Vec<Repair<'_>> {
    findings
        .iter()
        .map(|finding| Repair { code: finding.code.as_str(), line: finding.place.line, column: finding.place.column, message: &finding.message })
        .collect()
}

/// `2025-02-14T02:11:09Z`.
fn utc(date: &Timestamp) -> Option<String> {
    let utc = date.datetime().with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::Secs, true);
    (utc.len() == "2025-02-14T02:11:09Z".len()).then_some(utc)
}
