//! What a feed holds, for people.
//!
//! In: a document that was read. Out: a few lines about it, and its newest entries in columns that stand right under wide
//! characters. Nothing is fetched, nothing is cleaned but what would steer a terminal.

use crate::format::opml::{Outline, OutlineKind};
use crate::format::read::{Content, Reading, Subscriptions};
use crate::model::{Entry, Feed, Link, Role, Text, Timestamp};
use crate::text::hygiene::one_line;
use crate::text::plain::readable;
use std::cmp::Reverse;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many entries are shown unless all are asked for.
const SHOWN: usize = 10;
/// Columns of a title, of an author, of a fact.
const TITLE: usize = 56;
const AUTHOR: usize = 20;
const FACT: usize = 100;

/// The page.
pub(super) fn page(reading: &Reading, everything: bool) -> String {
    match &reading.content {
        Content::Feed(feed) => of_feed(reading, feed, everything),
        Content::Subscriptions(list) => of_list(reading, list, everything),
    }
}

fn of_feed(reading: &Reading, feed: &Feed, everything: bool) -> String {
    let count = feed.entries.len();
    let entries = format!("{count} {}", if count == 1 { "entry" } else { "entries" });
    let mut text = format!("{}, {}, {entries}\n\n", reading.dialect, reading.encoding);
    let line = |text: &Text| one_line(&readable(text));
    let links = |rel: &str| feed.links.iter().filter(|link| link.rel.as_str() == rel).map(|link| link.href.clone()).collect::<Vec<_>>().join("  ");
    let people =
        feed.authors.iter().map(|person| if person.name.is_empty() { person.email.clone().unwrap_or_default() } else { person.name.clone() });
    let paging =
        |link: &&Link| matches!(link.rel.as_str(), "first" | "last" | "previous" | "prev" | "next" | "current" | "prev-archive" | "next-archive");
    let pages: Vec<String> = feed.links.iter().filter(paging).map(|link| format!("{} {}", link.rel.as_str(), link.href)).collect();
    let dates = feed.entries.iter().filter_map(when);
    let span = match (dates.clone().min_by_key(Timestamp::unix), dates.max_by_key(Timestamp::unix)) {
        (Some(oldest), Some(newest)) => format!("{} to {}", moment(&oldest), moment(&newest)),
        _ => String::new(),
    };
    let pictures = feed.entries.iter().filter(|entry| entry.thumbnail().is_some()).count();
    let files: usize = feed.entries.iter().map(|entry| entry.media.iter().filter(|media| media.role == Role::Enclosure).count()).sum();
    let some = |count: usize| if count == 0 { String::new() } else { count.to_string() };
    let facts = [
        ("title", line(&feed.title)),
        ("about", feed.subtitle.as_ref().map(line).unwrap_or_default()),
        ("page", links("alternate")),
        ("address", links("self")),
        ("language", feed.language.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("updated", feed.updated.as_ref().map(moment).unwrap_or_default()),
        ("entries", span),
        ("by", people.collect::<Vec<_>>().join(", ")),
        ("rights", feed.rights.as_ref().map(line).unwrap_or_default()),
        ("picture", feed.icon.clone().or_else(|| feed.logo.clone()).unwrap_or_default()),
        ("thumbnails", some(pictures)),
        ("enclosures", some(files)),
        ("hubs", links("hub")),
        ("paging", pages.join("  ")),
        ("generator", feed.generator.clone().unwrap_or_default()),
    ];
    for (name, value) in facts.iter().filter(|(_, value)| !value.trim().is_empty()) {
        let value = one_line(value);
        text.push_str(&format!("{name:<11} {}\n", if everything { value } else { fit(&value, FACT) }));
    }
    let mut newest: Vec<&Entry> = feed.entries.iter().collect();
    newest.sort_by_key(|entry| Reverse(when(entry).map(|date| date.unix())));
    newest.truncate(if everything { usize::MAX } else { SHOWN });
    if !newest.is_empty() {
        text.push('\n');
        text.push_str(&table(&newest.iter().map(|entry| row(entry)).collect::<Vec<_>>()));
    }
    if newest.len() < count {
        text.push_str(&format!("… and {} older ones (-v lists them)\n", count - newest.len()));
    }
    text
}

fn when(entry: &Entry) -> Option<Timestamp> {
    entry.published.or(entry.updated)
}

fn moment(date: &Timestamp) -> String {
    date.datetime().format("%Y-%m-%d %H:%M %:z").to_string()
}

/// Date, title, author, language, pictures and files.
fn row(entry: &Entry) -> [String; 4] {
    let title = entry.title.as_ref().or(entry.summary.as_ref()).or(entry.content.as_ref());
    let address = || entry.link().map(|link| link.href.clone()).unwrap_or_default();
    let title = title.map_or_else(address, |title| one_line(&readable(title)));
    let author = entry.authors.iter().map(|person| person.name.as_str()).find(|name| !name.is_empty()).unwrap_or_default();
    let files = entry.media.iter().filter(|media| media.role == Role::Enclosure);
    let kinds: Vec<&str> = files.map(|media| media.media_type.as_deref().and_then(|kind| kind.split('/').next()).unwrap_or("file")).collect();
    let also: Vec<&str> = entry.thumbnail().map(|_| "picture").into_iter().chain(kinds).collect();
    [when(entry).as_ref().map(moment).unwrap_or_default(), fit(&title, TITLE), fit(author, AUTHOR), fit(&also.join(" "), AUTHOR)]
}

/// Rows below a heading; columns without content are left out.
fn table(rows: &[[String; 4]]) -> String {
    let heading = ["date", "title", "author", "with"].map(String::from);
    let used: Vec<bool> = (0..heading.len()).map(|column| rows.iter().any(|row| row.get(column).is_some_and(|cell| !cell.is_empty()))).collect();
    let width = |column: usize| rows.iter().chain([&heading]).filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..heading.len()).map(width).collect();
    let mut text = String::new();
    for row in [&heading].into_iter().chain(rows) {
        let mut line = String::new();
        for ((cell, width), _) in row.iter().zip(&widths).zip(&used).filter(|(_, used)| **used) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn of_list(reading: &Reading, list: &Subscriptions, everything: bool) -> String {
    let mut rows = Vec::new();
    for outline in &list.outlines {
        collect(outline, 0, &mut rows);
    }
    let feeds = rows.iter().filter(|row| !row.1.is_empty()).count();
    let mut text = format!("{}, {}, {feeds} {}\n", reading.dialect, reading.encoding, if feeds == 1 { "feed" } else { "feeds" });
    if let Some(title) = &list.title {
        text.push_str(&format!("\ntitle  {}\n", fit(&one_line(title), FACT)));
    }
    text.push('\n');
    let all = rows.len();
    rows.truncate(if everything { usize::MAX } else { SHOWN * 3 });
    let width = rows.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    for (name, address) in &rows {
        let line = format!("{name}{}  {address}", " ".repeat(width - name.width()));
        text.push_str(line.trim_end());
        text.push('\n');
    }
    if rows.len() < all {
        text.push_str(&format!("… and {} more (-v lists them)\n", all - rows.len()));
    }
    text
}

fn collect(outline: &Outline, level: usize, rows: &mut Vec<(String, String)>) {
    let address = match &outline.kind {
        OutlineKind::Feed { xml_url, .. } => one_line(xml_url),
        OutlineKind::Folder => String::new(),
    };
    let mark = if address.is_empty() { "/" } else { "" };
    rows.push((format!("{}{}{mark}", "  ".repeat(level), fit(&one_line(&outline.text), TITLE)), address));
    for child in &outline.children {
        collect(child, level + 1, rows);
    }
}

/// The text cut so that it takes at most so many columns.
fn fit(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut taken = 1;
    for part in text.graphemes(true) {
        taken += part.width();
        if taken > columns {
            break;
        }
        out.push_str(part);
    }
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_into_columns() {
        assert_eq!(fit("abc", 3), "abc");
        assert_eq!(fit("abcd", 3), "ab…");
        assert_eq!(fit("每日技术文摘", 6), "每日…");
        assert_eq!(fit("每日技术文摘", 12), "每日技术文摘");
    }

    #[test]
    fn columns_stand_under_each_other() {
        let row = |title: &str, author: &str| ["2025".to_owned(), title.to_owned(), author.to_owned(), String::new()];
        assert_eq!(table(&[row("早市", "张三"), row("a", "b")]), "date  title  author\n2025  早市   张三\n2025  a      b\n");
    }
}
