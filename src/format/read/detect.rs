//! What a document is, before anybody reads it.
//!
//! In: decoded text. Out: where its XML or JSON begins, or why it is no feed; for a web page, the feeds that it names
//! (<https://www.rssboard.org/rss-autodiscovery>).

use super::super::markup::{Cursor, Repairs, decode, excerpt};
use super::address::Base;
use super::{Hints, ReadError, limit};
use crate::diagnostic::Code;

/// How far into a text a feed may begin.
const JUNK: usize = 64 << 10;
/// The longest tag of a page that is looked into, in bytes.
const LONGEST_TAG: usize = 4 << 10;
/// How many feeds of a page are listed.
const MOST: usize = 50;

/// A feed that a page names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FeedLink {
    /// Its address; absolute when the page's own address is known.
    pub href: String,
    /// What the page calls it.
    pub title: Option<String>,
    /// Its media type as stated.
    pub media_type: String,
}

/// What was found, and at which byte it begins.
pub(super) enum Found {
    Xml(usize),
    Json(usize),
    Opml(usize),
}

/// Roots of feeds, in lower case.
const ROOTS: &[&str] = &["rss", "feed", "rdf:rdf", "rdf", "opml", "channel", "item", "entry"];

pub(super) fn detect(text: &str, hints: &Hints, repairs: &mut Repairs) -> Result<Found, ReadError> {
    let start = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\0').len();
    let body = text.get(start..).unwrap_or_default();
    if body.is_empty() {
        return Err(ReadError::Empty);
    }
    if body.starts_with(['{', '[']) {
        return Ok(Found::Json(start));
    }
    if !body.starts_with('<')
        && let Some(at) = body.find('{').filter(|at| *at < 64 && body.get(*at..).is_some_and(is_json_feed))
    {
        repairs.note(start, Code::LeadingJunk, || format!("expected `{{`, found `{}`", excerpt(limit::cut(body, at))));
        return Ok(Found::Json(start + at));
    }
    // The first tag that could be the root, whatever stands before it.
    let window = limit::cut(body, JUNK);
    let mut first = None;
    let mut declaration = None;
    let mut doctype = false;
    for (at, _) in window.match_indices('<') {
        let tag = body.get(at + 1..).unwrap_or_default();
        if tag.starts_with("?xml") {
            declaration.get_or_insert(at);
            continue;
        }
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && !starts_with(tag, "!doctype html") {
            continue;
        }
        let name =
            limit::cut(tag, 64).split(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default().to_ascii_lowercase();
        let local = name.rsplit(':').next().unwrap_or_default();
        if ROOTS.contains(&name.as_str()) || matches!(local, "rss" | "feed" | "rdf" | "opml" | "channel") {
            let is_page = first.as_ref().is_some_and(|(_, first): &(usize, String)| first == "html");
            // A page may show the source of a feed; a feed does not stand in a page.
            if is_page {
                break;
            }
            let begins = declaration.filter(|declaration| *declaration < at).unwrap_or(at);
            if begins > 0 || start > 0 && declaration.is_some() {
                let found = body.get(..begins).unwrap_or_default().trim();
                let what = if found.is_empty() { "white space".to_owned() } else { format!("`{}`", excerpt(found)) };
                repairs.note(0, Code::LeadingJunk, || format!("expected the document at its very beginning, found {what}"));
            }
            let at = start + at;
            return Ok(if local == "opml" { Found::Opml(at) } else { Found::Xml(at) });
        }
        if name.starts_with('!') {
            doctype = true;
        } else {
            first.get_or_insert((at, name));
        }
    }
    let is_page = |name: &str| matches!(name, "html" | "head" | "body" | "title" | "meta" | "script" | "div" | "p" | "h1" | "center" | "br" | "b");
    match first {
        Some((_, name)) if doctype || is_page(&name) => {
            Err(ReadError::Page { title: page_title(body), feeds: feed_links(body, hints.base.as_deref()) })
        }
        None if doctype => Err(ReadError::Page { title: None, feeds: Vec::new() }),
        // An unknown root: its children may be those of a feed.
        Some((at, _)) if at == 0 || declaration.is_some() => Ok(Found::Xml(start + at)),
        _ => Err(ReadError::Other(excerpt(body))),
    }
}

/// What the bytes are compressed with, by their first ones.
pub(super) fn compression(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] =
        &[(b"\x1F\x8B", "gzip"), (b"PK\x03\x04", "zip"), (b"\x28\xB5\x2F\xFD", "zstd"), (b"BZh", "bzip2"), (b"\xFD7zXZ\0", "xz")];
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name)
}

fn starts_with(text: &str, lower: &str) -> bool {
    text.get(..lower.len()).is_some_and(|head| head.eq_ignore_ascii_case(lower))
}

fn is_json_feed(text: &str) -> bool {
    limit::cut(text, 4096).contains("jsonfeed.org")
}

/// Where the tag ends that begins here: behind the first `>` that stands in no quotes.
fn end_of_tag(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

fn page_title(html: &str) -> Option<String> {
    let lower = limit::cut(html, JUNK).to_ascii_lowercase();
    let from = lower.find("<title")?;
    let begin = from + lower.get(from..)?.find('>')? + 1;
    let end = begin + lower.get(begin..)?.find("</title")?;
    let title = decode(html.get(begin..end)?).split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then(|| limit::cut(&title, 200).to_owned())
}

/// The feeds that a web page names, in its order; `base` is the page's own address.
pub fn feed_links(html: &str, base: Option<&str>) -> Vec<FeedLink> {
    let mut found: Vec<FeedLink> = Vec::new();
    let mut quiet = Repairs::of(html.len());
    let mut page = Base::new(base);
    let mut budget = html.len().saturating_mul(4).saturating_add(LONGEST_TAG);
    for (at, _) in html.match_indices('<') {
        let tag = html.get(at + 1..).unwrap_or_default();
        let is_link = starts_with(tag, "link") || starts_with(tag, "base") || starts_with(tag, "a ");
        if !is_link {
            continue;
        }
        // What begins here is a tag of a usual length, or an attack.
        let one = limit::cut(html.get(at..).unwrap_or_default(), LONGEST_TAG);
        let Some(left) = budget.checked_sub(end_of_tag(one)) else { break };
        budget = left;
        let mut cursor = Cursor::new(one.get(..end_of_tag(one)).unwrap_or(one), 0, Repairs::default());
        let Some(tag) = cursor.child(0) else { continue };
        let Some(href) = tag.filled("href") else { continue };
        if tag.name == "base" {
            page = Base::new(Base::new(base).resolve(&href, at, &mut quiet).as_deref());
            continue;
        }
        let rel = tag.filled("rel").unwrap_or_default().to_ascii_lowercase();
        let media_type = tag.filled("type").map(|kind| kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()).unwrap_or_default();
        let is_feed_type = matches!(
            media_type.as_str(),
            "application/rss+xml"
                | "application/atom+xml"
                | "application/feed+json"
                | "application/rdf+xml"
                | "text/xml"
                | "application/xml"
                | "application/json"
        );
        let mut words = rel.split_ascii_whitespace();
        let is_feed = words.clone().any(|word| word == "feed") || (words.any(|word| word == "alternate") && is_feed_type && tag.name == "link");
        if !is_feed || (rel.contains("oembed") || href.contains("/wp-json/")) {
            continue;
        }
        if let Some(href) = page.resolve(&href, at, &mut quiet)
            && !found.iter().any(|known| known.href == href)
        {
            found.push(FeedLink { href, title: tag.filled("title").map(|title| limit::cut(&title, 200).to_owned()), media_type });
        }
        if found.len() >= MOST {
            break;
        }
    }
    found
}
