//! OPML 1.0, 1.1 and 2.0 → outlines.
//!
//! In: text, however broken: bare `&` in addresses are common in lists that programs have exported. Out: folders and feeds,
//! nested as they were. What is no feed (a link, a text) is passed over with what is below it kept.

use super::super::markup::{Cursor, Repairs, Tag};
use super::super::read::{Content, Dialect, Subscriptions, limit};
use super::{Outline, OutlineKind};
use crate::diagnostic::Code;
use crate::model::Language;

/// Folders inside of each other.
const DEEPEST: usize = 64;
/// Outlines of one list.
const MOST: usize = 100_000;

/// Reads a list whose root begins at `at`.
pub(in super::super) fn read_at(text: &str, at: usize, repairs: Repairs) -> (Dialect, Content, Repairs) {
    let mut cursor = Cursor::new(text, at, repairs);
    let mut list = Subscriptions::default();
    let mut version = String::new();
    let mut left = MOST;
    while let Some(root) = cursor.child(0) {
        if root.name == "opml" {
            version = root.filled("version").map(|version| limit::cut(&version, 16).to_owned()).unwrap_or_default();
        }
        let depth = cursor.depth();
        while let Some(tag) = cursor.child(depth) {
            match tag.name.as_ref() {
                "head" => head(&mut cursor, &mut list),
                "outline" => list.outlines.extend(outline(&mut cursor, &tag, 0, &mut left)),
                _ => {
                    let depth = cursor.depth();
                    while let Some(tag) = cursor.child(depth) {
                        if tag.name == "outline" {
                            list.outlines.extend(outline(&mut cursor, &tag, 0, &mut left));
                        }
                    }
                }
            }
        }
    }
    (Dialect::Opml(version), Content::Subscriptions(list), cursor.repairs)
}

fn head(cursor: &mut Cursor<'_>, list: &mut Subscriptions) {
    let depth = cursor.depth();
    while let Some(tag) = cursor.child(depth) {
        let value = cursor.inner().value;
        if tag.name == "title" && list.title.is_none() && !value.is_empty() {
            list.title = Some(limit::cut(&value, limit::NAME).to_owned());
        }
    }
}

/// One outline with what is below it. What is neither a folder nor a feed gives what is below it alone.
fn outline(cursor: &mut Cursor<'_>, tag: &Tag<'_>, level: usize, left: &mut usize) -> Vec<Outline> {
    let depth = cursor.depth();
    let mut children = Vec::new();
    if level > DEEPEST || *left == 0 {
        cursor.repairs.note(tag.offset, Code::LimitExceeded, || {
            format!("expected at most {MOST} outlines, {DEEPEST} inside of each other, found more; the rest was left out")
        });
        while cursor.child(depth).is_some() {}
        return children;
    }
    *left -= 1;
    while let Some(child) = cursor.child(depth) {
        if child.name == "outline" {
            children.extend(outline(cursor, &child, level + 1, left));
        }
    }
    let line = |name: &str| tag.filled(name).map(|value| limit::cut(&value, limit::NAME).split_whitespace().collect::<Vec<_>>().join(" "));
    let (text, title) = (line("text"), line("title"));
    let name = text.clone().or_else(|| title.clone()).unwrap_or_default();
    let title = title.filter(|title| *title != name);
    let kind = tag.filled("type").map(|kind| kind.to_ascii_lowercase()).unwrap_or_default();
    let address = tag.filled("xmlurl").or_else(|| tag.filled("url").filter(|_| matches!(kind.as_str(), "rss" | "atom" | "feed" | "jsonfeed")));
    if let Some(xml_url) = address {
        let kind = OutlineKind::Feed {
            xml_url: limit::cut(&xml_url, limit::ADDRESS).to_owned(),
            html_url: tag.filled("htmlurl").map(|url| limit::cut(&url, limit::ADDRESS).to_owned()),
            language: tag.filled("language").and_then(|language| Language::parse(&language)),
            description: line("description"),
        };
        return vec![Outline { text: name, title, kind, children }];
    }
    if children.is_empty() || name.is_empty() {
        return children;
    }
    vec![Outline { text: name, title, kind: OutlineKind::Folder, children }]
}
