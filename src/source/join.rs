//! Doubles: one article that came in twice.
//!
//! In: entries with origin, in any order. Out: the same without doubles, sorted. Two entries are one when they have the same id and
//! the same origin, or the same page and different origins; entries of one origin with one page stay two, because their
//! publisher says so. So do two of different titles at home on one page: many sites were never told their own address. The result does not depend on the order of what came in, and joining it again changes nothing.

use super::attribute::key;
use super::canonical::canonical;
use super::standing::{Standing, length};
use crate::format::{id_within, unique_id};
use crate::model::Entry;
use crate::text::hygiene::one_line;
use crate::text::plain::readable;
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

/// How many doubles were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Joined {
    /// With the id of another entry of their origin.
    pub same_id: usize,
    /// With the page of an entry of another origin.
    pub same_page: usize,
}

/// Joins doubles and sorts: newest first, those without a date last.
pub fn join(entries: Vec<Entry>) -> (Vec<Entry>, Joined) {
    let mut joined = Joined::default();
    // One entry for each origin and id: the one that was changed last.
    let mut by_id: BTreeMap<(String, String), Entry> = BTreeMap::new();
    for entry in entries {
        let origin = origin_key(&entry);
        let id = id_within(&entry, &origin).into_owned();
        let place = (origin, id);
        match by_id.get_mut(&place) {
            None => {
                by_id.insert(place, entry);
            }
            Some(known) => {
                joined.same_id += 1;
                if prefer(&entry, known) == Ordering::Less {
                    *known = entry;
                }
            }
        }
    }
    // For each page the origin whose entries stay.
    let mut winners: BTreeMap<String, (String, &Entry)> = BTreeMap::new();
    for ((origin, _), entry) in &by_id {
        let Some(page) = page(entry) else { continue };
        match winners.get_mut(&page) {
            Some((_, best)) if Standing::of(entry) >= Standing::of(best) => {}
            Some(winner) => *winner = (origin.clone(), entry),
            None => {
                winners.insert(page, (origin.clone(), entry));
            }
        }
    }
    let losers: BTreeSet<(String, String)> = by_id
        .iter()
        .filter(|((origin, _), entry)| {
            let winner = page(entry).and_then(|page| winners.get(&page)).filter(|(winner, _)| winner != origin);
            winner.is_some_and(|(_, best)| is_copy(entry, best))
        })
        .map(|(place, _)| place.clone())
        .collect();
    joined.same_page = losers.len();
    let mut entries: Vec<Entry> = by_id.into_iter().filter(|(place, _)| !losers.contains(place)).map(|(_, entry)| entry).collect();
    // The map gave them by origin and id, and the sort is stable.
    entries.sort_by_key(|entry| Reverse(entry.published.or(entry.updated).map(|date| date.unix())));
    (entries, joined)
}

/// Gives entries of different feeds that have one id ids that name their feeds.
pub fn tell_apart(entries: &mut [Entry]) {
    let id = |entry: &Entry| id_within(entry, &origin_key(entry)).into_owned();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for entry in &*entries {
        *counts.entry(id(entry)).or_default() += 1;
    }
    for entry in entries.iter_mut().filter(|entry| entry.origin.is_some()) {
        if counts.get(&id(entry)).is_some_and(|count| *count > 1) {
            entry.id = unique_id(entry, &origin_key(entry));
        }
    }
}

fn origin_key(entry: &Entry) -> String {
    entry.origin.as_deref().map(key).unwrap_or_default()
}

fn page(entry: &Entry) -> Option<String> {
    canonical(&entry.link()?.href)
}

/// Which of two readings of one entry is the better one (`Less`: the first): the later, then the longer.
fn prefer(one: &Entry, other: &Entry) -> Ordering {
    let changed = |entry: &Entry| entry.updated.or(entry.published).map(|date| date.unix());
    changed(other).cmp(&changed(one)).then_with(|| length(other).cmp(&length(one))).then_with(|| format!("{one:?}").cmp(&format!("{other:?}")))
}

/// Whether an entry says the same as the best one about its page. Two feeds of one site do if their titles are the same; if not, the
/// address is one that a program made up for both.
fn is_copy(entry: &Entry, best: &Entry) -> bool {
    let title = |entry: &Entry| entry.title.as_ref().map(|title| one_line(&readable(title)));
    !Standing::of(entry).is_at_home() || title(entry) == title(best)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Id, Link, Origin, Rel, Text, Timestamp};
    use std::sync::Arc;

    fn entry(origin: &str, id: &str, page: &str, day: u32, text: &str) -> Entry {
        let mut from = Origin::new(Id::opaque(origin));
        from.links.push(Link::new(Rel::Itself, origin));
        let mut entry = Entry::new(Id::opaque(id));
        entry.origin = Some(Arc::new(from));
        entry.links.push(Link::new(Rel::Alternate, page));
        entry.published = Timestamp::parse_rfc3339(&format!("2025-02-{day:02}T00:00:00Z"));
        entry.content = Some(Text::html(text));
        entry
    }

    fn shown(entries: &[Entry]) -> Vec<String> {
        entries.iter().map(|entry| format!("{} {}", origin_key(entry).trim_end(), entry.id.as_str())).collect()
    }

    const A: &str = "https://a.example/feed";
    const B: &str = "https://b.example/feed";

    #[test]
    fn the_same_id_of_one_origin_is_one_entry() {
        let (entries, joined) = join(vec![entry(A, "1", "https://a.example/1", 1, "old"), entry(A, "1", "https://a.example/1", 2, "new")]);
        assert_eq!((entries.len(), joined.same_id), (1, 1));
        assert_eq!(entries[0].content.as_ref().unwrap().value, "new");
        // Another feed may use the same id for something else.
        assert_eq!(join(vec![entry(A, "1", "https://a.example/1", 1, "x"), entry(B, "1", "https://b.example/1", 1, "y")]).0.len(), 2);
    }

    #[test]
    fn of_one_page_in_two_feeds_the_original_stays() {
        let copy = entry(B, "x", "http://www.a.example/1/?utm_source=b", 1, "a much longer text than the original has");
        let original = entry(A, "1", "https://a.example/1", 2, "short");
        for order in [[copy.clone(), original.clone()], [original, copy]] {
            let (entries, joined) = join(order.to_vec());
            assert_eq!(shown(&entries), [format!("{A} 1")]);
            assert_eq!(joined.same_page, 1);
        }
    }

    #[test]
    fn sites_that_share_a_made_up_address_stay_apart() {
        let titled = |origin: &str, title: &str| {
            let mut entry = entry("http://yoursite.com/", "http://yoursite.com/hello/", "http://yoursite.com/hello/", 1, title);
            let mut from = Origin::clone(entry.origin.as_deref().unwrap());
            from.title = Some(origin.to_owned());
            entry.origin = Some(Arc::new(from));
            entry.title = Some(Text::plain(title));
            entry
        };
        assert_eq!(join(vec![titled("甲", "我的"), titled("乙", "另一篇")]).0.len(), 2);
        assert_eq!(join(vec![titled("站", "同一篇"), titled("站 » 分类", "同一篇")]).0.len(), 1);
    }

    #[test]
    fn two_entries_of_one_origin_with_one_page_stay() {
        let entries = vec![
            entry(A, "1", "https://a.example/", 1, "x"),
            entry(A, "2", "https://a.example/", 2, "y"),
            entry(B, "3", "https://a.example/", 3, "z"),
        ];
        assert_eq!(shown(&join(entries).0), [format!("{A} 2"), format!("{A} 1")]);
    }

    #[test]
    fn newest_first_and_undated_last() {
        let mut undated = entry(A, "0", "https://a.example/0", 1, "x");
        undated.published = None;
        let entries = vec![undated, entry(A, "1", "https://a.example/1", 1, "x"), entry(A, "2", "https://a.example/2", 2, "x")];
        assert_eq!(shown(&join(entries).0), [format!("{A} 2"), format!("{A} 1"), format!("{A} 0")]);
    }
}
