//! Several feeds → one: files, folders, addresses, subscription lists, standard input.
//!
//! In: [`Options`]. Out: one feed without doubles, newest first, each entry with the feed that it came from; or, from a single feed,
//! that feed (so that it is only converted). The order of the inputs does not matter, and merging again changes nothing.

mod collect;

use super::input::{Input, Network};
use crate::diagnostic::Diagnostic;
use crate::format::opml::{Outline, OutlineKind};
use crate::model::{Entry, Feed, Id, Language, Link, Origin, Rel, Text, Timestamp};
use crate::source::attribute;
use crate::source::filter::Filter;
use crate::source::join::{Joined, join, tell_apart};
use crate::text::plain::readable;
use chrono_tz::Tz;
use collect::{Collected, Source};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many sources a made-up title names.
const NAMED: usize = 3;
/// How a feed that was merged here says so.
const GENERATOR: &str = "feedloom";

/// What to merge, and how.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Files, folders, lists, addresses, standard input.
    pub inputs: Vec<Input>,
    /// The title of the merged feed; made of those of the sources when absent.
    pub title: Option<String>,
    /// The address that the merged feed is going to have.
    pub url: Option<String>,
    /// Entries published before are left out, and those without a date.
    pub since: Option<Timestamp>,
    /// Which entries are wanted.
    pub filter: Filter,
    /// The newest so many; 0 means all.
    pub limit: usize,
    /// The zone of dates that state none.
    pub zone: Option<Tz>,
    /// How addresses are asked.
    pub network: Network,
}

/// What came out.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// The feed.
    pub feed: Feed,
    /// The feeds that went into it, and the subscription lists' feeds, as a subscription list.
    pub list: Vec<Outline>,
    /// How many feeds were read.
    pub feeds: usize,
    /// How many entries they had.
    pub entries: usize,
    /// How many were doubles.
    pub joined: Joined,
    /// The inputs whose feeds do not say where they live, so that they cannot stand in the list.
    pub homeless: Vec<Arc<str>>,
    /// What had to be repaired, and what could not be read.
    pub findings: Vec<Diagnostic>,
    /// Whether an input that was named could not be read.
    pub unreadable: bool,
}

/// Reads all inputs and makes one feed of them.
pub fn merge(options: &Options) -> Outcome {
    let mut collected = collect::collect(options);
    let list = outlines(&mut collected);
    let feeds = collected.feeds.len();
    let entries = collected.feeds.iter().map(|source| source.feed.entries.len()).sum();
    // The same feed twice, or in several formats, is one feed.
    let origins: BTreeSet<String> = collected.feeds.iter().map(|source| attribute::key(&attribute::origin(&source.feed))).collect();
    let (mut feed, joined) = match origins.len() {
        1 => convert(collected.feeds, options),
        _ => weave(collected.feeds, options),
    };
    if let Some(title) = &options.title {
        feed.title = Text::plain(title.clone());
    }
    if let Some(url) = &options.url {
        feed.links.retain(|link| link.rel != Rel::Itself);
        feed.links.push(Link::new(Rel::Itself, url.clone()));
    }
    Outcome { feed, list, feeds, entries, joined, homeless: collected.homeless, findings: collected.findings, unreadable: collected.unreadable }
}

/// One feed stays what it is, in the order that it has. Of several states of it the latest says what the feed is, and its entries are
/// those of all of them.
fn convert(sources: Vec<Source>, options: &Options) -> (Feed, Joined) {
    let mut joined = Joined::default();
    let mut feeds: Vec<Feed> = sources.into_iter().map(|source| source.feed).collect();
    if feeds.len() > 1 {
        feeds.sort_by_cached_key(|feed| (Reverse(changed(feed)), format!("{feed:?}")));
    }
    let mut feeds = feeds.into_iter();
    let Some(mut feed) = feeds.next() else { return (Feed::new(Id::derived(""), Text::plain("")), joined) };
    // The same file named twice is no other state.
    let before = feed.entries.len();
    let others: Vec<Feed> = feeds.collect();
    if others.iter().all(|other| *other == feed) {
        joined.same_id = before * others.len();
    } else {
        let all = others.into_iter().fold(std::mem::take(&mut feed.entries), |mut all, other| {
            all.extend(other.entries);
            all
        });
        (feed.entries, joined) = join(all);
    }
    feed.entries.retain(|entry| wanted(entry, options));
    limit(&mut feed.entries, options);
    (feed, joined)
}

/// Many feeds become a new one.
fn weave(sources: Vec<Source>, options: &Options) -> (Feed, Joined) {
    // What the feed is called does not depend on what is left of it: tomorrow's entries are others.
    let origins: BTreeMap<String, Origin> =
        sources.iter().flat_map(|source| origins(&source.feed)).map(|origin| (attribute::key(&origin), origin)).collect();
    let id = options.url.clone().unwrap_or_else(|| made_id(origins.keys()));
    let mut feed = Feed::new(Id::derived(id), Text::plain(made_title(origins.values())));
    let entries = sources.into_iter().flat_map(|source| attribute::entries(source.feed, source.inherits_authors)).collect();
    let (mut entries, joined) = join(entries);
    feed.language = shared_language(&entries);
    entries.retain(|entry| wanted(entry, options));
    limit(&mut entries, options);
    tell_apart(&mut entries);
    feed.updated = entries.iter().filter_map(|entry| entry.updated.or(entry.published)).max_by_key(Timestamp::unix);
    feed.generator = Some(GENERATOR.to_owned());
    feed.entries = entries;
    (feed, joined)
}

/// The feeds that stand behind a feed: itself, or, if it was merged by this program, those that it was merged from.
fn origins(feed: &Feed) -> Vec<Origin> {
    let is_merged = feed.generator.as_deref().is_none_or(|generator| generator == GENERATOR) && !feed.entries.is_empty();
    if is_merged && feed.entries.iter().all(|entry| entry.origin.is_some()) {
        return feed.entries.iter().filter_map(|entry| entry.origin.as_deref().cloned()).collect();
    }
    vec![attribute::origin(feed)]
}

/// When the feed last changed: as it says, else when its newest entry did.
fn changed(feed: &Feed) -> Option<i64> {
    let newest = || feed.entries.iter().filter_map(|entry| entry.updated.or(entry.published)).max_by_key(Timestamp::unix);
    feed.updated.or_else(newest).map(|date| date.unix())
}

fn wanted(entry: &Entry, options: &Options) -> bool {
    let is_recent = options.since.is_none_or(|since| entry.published.or(entry.updated).is_some_and(|date| date.unix() >= since.unix()));
    is_recent && options.filter.wants(entry)
}

/// The newest of them, in the order that they have.
fn limit(entries: &mut Vec<Entry>, options: &Options) {
    if options.limit == 0 || entries.len() <= options.limit {
        return;
    }
    let mut newest: Vec<(i64, usize)> =
        entries.iter().enumerate().map(|(at, entry)| (entry.published.or(entry.updated).map_or(i64::MIN, |date| date.unix()), at)).collect();
    newest.sort_by_key(|(date, at)| (Reverse(*date), *at));
    let kept: BTreeSet<usize> = newest.into_iter().take(options.limit).map(|(_, at)| at).collect();
    let mut at = 0;
    entries.retain(|_| {
        at += 1;
        kept.contains(&(at - 1))
    });
}

/// An identity that the same sources always give.
fn made_id<'k>(keys: impl Iterator<Item = &'k String>) -> String {
    let mut hash = blake3::Hasher::new();
    for key in keys {
        hash.update(key.as_bytes());
        hash.update(&[0]);
    }
    format!("urn:feedloom:merge:{}", hash.finalize().to_hex().get(..32).unwrap_or_default())
}

/// The first titles in alphabetical order, and how many more there are.
fn made_title<'o>(origins: impl Iterator<Item = &'o Origin>) -> String {
    let titles: BTreeSet<&str> = origins.map(|origin| origin.title.as_deref().unwrap_or_else(|| origin.id.as_str())).collect();
    let named: Vec<&str> = titles.iter().copied().take(NAMED).collect();
    let more = titles.len() - named.len();
    let named = named.join(" · ");
    if more > 0 { format!("{named} (+{more})") } else { named }
}

/// The language of more than half of the entries; the others carry their own. None where one says nothing: it would be taken for
/// its language.
fn shared_language(entries: &[Entry]) -> Option<Language> {
    let mut counts: BTreeMap<&Language, usize> = BTreeMap::new();
    for entry in entries {
        *counts.entry(entry.language.as_ref()?).or_default() += 1;
    }
    counts.into_iter().find(|(_, count)| count * 2 > entries.len()).map(|(language, _)| language.clone())
}

/// The feeds as a subscription list: those that were read, and those that lists name. One that does not say where it lives cannot
/// be in it, and is named.
fn outlines(collected: &mut Collected) -> Vec<Outline> {
    let mut found: BTreeMap<String, Outline> = BTreeMap::new();
    for source in &collected.feeds {
        let feed = &source.feed;
        let title = readable(&feed.title).into_owned();
        let Some(own) = feed.link(&Rel::Itself).filter(|link| link.href.contains("://")) else {
            collected.homeless.push(source.name.clone());
            continue;
        };
        let mut outline = Outline::feed(title, own.href.clone());
        if let OutlineKind::Feed { html_url, language, .. } = &mut outline.kind {
            *html_url = feed.link(&Rel::Alternate).map(|link| link.href.clone());
            language.clone_from(&feed.language);
        }
        found.insert(own.href.clone(), outline);
    }
    let mut list: Vec<Outline> = found.into_values().collect();
    list.extend(collected.outlines.iter().cloned());
    list
}
