//! Which stored entry an incoming one is.
//!
//! In: the entries of a document, what the store knows of the same source. Out: for each entry the stored one that it is, or the key
//! under which it is new; and its date for sorting. Never looks at another source: two feeds that use one id do not touch each other.
//!
//! Ids change more often than articles do, and some feeds give all of their entries one id. The rules, in this order:
//!
//! 1. The same id is the same entry.
//! 2. An id that occurs more than once in a document is none. Such entries are told apart by their page, and where pages are shared by
//!    page and title; what agrees in page and title, or in page and date, is several versions of one entry (RFC 4287 §4.1.1), of which
//!    the one that was changed last counts. An id that was told apart once stays so.
//! 3. An unknown id that was found to be a new name of a stored entry before is that entry.
//! 4. An unknown id is the stored one that differs in `http:`, `https:` and `www.` only.
//! 5. An unknown id is a new name of the one stored entry with the same page, if that entry's own id is gone from the (whole) document
//!    and titles or dates agree.
//! 6. So it is of the one with the same title and the same date, whatever its page: sites move.
//!
//! With 3 to 6 the stored id stays, so that nobody sees an entry twice. What fits more than one entry fits none.

use super::attribute;
use super::canonical::canonical;
use crate::format::id_within;
use crate::model::{Entry, Id, Origin, Timestamp};
use crate::text::hygiene::one_line;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

/// Dates before 1990-01-01T00:00:00Z are mistakes of programs (0001, 1970, 1980): there was no web.
const FIRST_DATE: i64 = 631_152_000;

/// Separates an id from what tells its entries apart; never in an id, which is one line.
const APART: char = '\n';

/// What an entry is recognised by besides its id. Hashes, because thousands of them are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Marks {
    /// The id without `http:`, `https:` and `www.`.
    pub bare: i64,
    /// The page, see [`canonical`].
    pub page: Option<i64>,
    /// The title on one line.
    pub title: Option<i64>,
    /// When it was published (Unix seconds).
    pub published: Option<i64>,
}

impl Marks {
    /// The marks of an entry whose id reads so.
    pub fn of(entry: &Entry, id: &str) -> Self {
        let title = entry.title.as_ref().map(|title| one_line(&title.value)).filter(|title| !title.is_empty());
        Self {
            bare: hash(bare(id).as_bytes()),
            page: entry.link().and_then(|link| canonical(&link.href)).map(|page| hash(page.as_bytes())),
            title: title.map(|title| hash(title.as_bytes())),
            published: entry.published.as_ref().map(Timestamp::unix).filter(|date| *date >= FIRST_DATE),
        }
    }

    /// Whether title or date agree, as far as there are any.
    /// Title and date, where both are known.
    fn moment(&self) -> Option<(i64, i64)> {
        Some((self.title?, self.published?))
    }

    fn agrees(&self, other: &Self) -> bool {
        (self.title.is_some() && self.title == other.title) || (self.published.is_some() && self.published == other.published)
    }
}

/// A stored entry, as far as it takes to recognise it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Known {
    /// Its key in its source.
    pub key: String,
    /// What it is recognised by.
    pub marks: Marks,
}

impl Known {
    /// A stored entry.
    pub fn new(key: impl Into<String>, marks: Marks) -> Self {
        Self { key: key.into(), marks }
    }
}

/// What an incoming entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Identity {
    /// Not known yet.
    New {
        /// Its key from now on.
        key: String,
        /// The id that it gets, when its own is not its alone.
        id: Option<Id>,
    },
    /// A stored one.
    Known {
        /// Where in `known`.
        at: usize,
        /// Its new name, when it came under one that is not remembered yet.
        alias: Option<String>,
    },
    /// A further version of an entry of the same document, which is the one to take.
    Version,
}

/// What each entry of a document is, in their order.
///
/// `is_whole`: whether the document holds all that the feed has. `known` are the stored entries of this source, `aliases` their
/// further names (key by id).
pub fn identify(entries: &[Entry], channel: &Origin, is_whole: bool, known: &[Known], aliases: &BTreeMap<String, String>) -> Vec<Identity> {
    let channel = attribute::key(channel);
    let ids: Vec<String> = entries.iter().map(|entry| id_text(entry, &channel)).collect();
    let mut matching = Matching {
        entries,
        ids: &ids,
        known,
        places: known.iter().enumerate().map(|(at, known)| (known.key.as_str(), at)).collect(),
        is_taken: vec![false; known.len()],
        found: vec![None; entries.len()],
    };
    matching.by_id();
    matching.by_alias(aliases);
    matching.by_likeness(is_whole);
    matching.finish()
}

/// The id of an entry as the text that is its key: as its publisher gave it, also where this program had to wrap it.
fn id_text(entry: &Entry, channel: &str) -> String {
    let id = match entry.origin.as_deref().map(attribute::key) {
        Some(origin) if origin != channel => id_within(entry, &origin),
        _ => id_within(entry, channel),
    };
    one_line(&id)
}

struct Matching<'a> {
    entries: &'a [Entry],
    ids: &'a [String],
    known: &'a [Known],
    places: HashMap<&'a str, usize>,
    is_taken: Vec<bool>,
    found: Vec<Option<Identity>>,
}

impl Matching<'_> {
    /// Rules 1 and 2.
    fn by_id(&mut self) {
        let mut groups: HashMap<&str, Vec<usize>> = HashMap::with_capacity(self.ids.len());
        for (at, id) in self.ids.iter().enumerate() {
            groups.entry(id).or_default().push(at);
        }
        let apart: HashSet<&str> = self.known.iter().filter_map(|known| Some(known.key.split_once(APART)?.0)).collect();
        for (at, id) in self.ids.iter().enumerate() {
            let Some(group) = groups.get(id.as_str()).filter(|group| group.first() == Some(&at)) else { continue };
            if group.len() > 1 || apart.contains(id.as_str()) {
                self.tell_apart(id, group, apart.contains(id.as_str()));
            } else if let Some(&place) = self.places.get(id.as_str()) {
                self.take(at, place, None);
            }
        }
    }

    /// Rule 2, for the entries of one id.
    fn tell_apart(&mut self, id: &str, group: &[usize], was_apart: bool) {
        let distinct = self.without_versions(id, group);
        if let ([(at, _)], false) = (distinct.as_slice(), was_apart) {
            if let Some(&place) = self.places.get(id) {
                self.take(*at, place, None);
            }
            return;
        }
        let mut pages: HashMap<Option<i64>, usize> = HashMap::new();
        for (_, marks) in &distinct {
            *pages.entry(marks.page).or_default() += 1;
        }
        for (at, marks) in distinct {
            let is_alone = marks.page.is_some() && pages.get(&marks.page) == Some(&1);
            let by_page = format!("{id}{APART}{:x}", marks.page.unwrap_or_default());
            let by_title = format!("{by_page}-{:x}", marks.title.or(marks.published).unwrap_or_default());
            // It may have been alone with its id, or with its page, when it was stored.
            let fits = |place: usize, is_sure: bool| {
                let other = self.known.get(place).map(|known| known.marks).unwrap_or_default();
                !self.is_taken.get(place).copied().unwrap_or(true) && (is_sure || (other.page == marks.page && marks.agrees(&other)))
            };
            let candidates = [(by_title.as_str(), true), (by_page.as_str(), is_alone), (id, is_alone && self.has_page(id, marks.page))];
            let place = candidates.iter().find_map(|(key, is_sure)| self.places.get(key).copied().filter(|place| fits(*place, *is_sure)));
            if let Some(place) = place {
                self.take(at, place, None);
                continue;
            }
            let key = if is_alone { by_page } else { by_title };
            let address = self.entries.get(at).and_then(Entry::link).filter(|_| is_alone).map(|link| link.href.clone());
            let made = address.unwrap_or_else(|| format!("urn:feedloom:hash:{:.32}", blake3::hash(key.as_bytes()).to_hex()));
            self.set(at, Identity::New { key, id: Some(Id::derived(made)) });
        }
    }

    fn has_page(&self, key: &str, page: Option<i64>) -> bool {
        self.places.get(key).and_then(|place| self.known.get(*place)).is_some_and(|known| known.marks.page == page)
    }

    /// The entries of one id without further versions; each stands where its first version stands.
    fn without_versions(&mut self, id: &str, group: &[usize]) -> Vec<(usize, Marks)> {
        let mut distinct: Vec<(usize, Marks)> = Vec::new();
        let mut titles: HashMap<(Option<i64>, i64), usize> = HashMap::new();
        let mut dates: HashMap<(Option<i64>, i64), usize> = HashMap::new();
        for &at in group {
            let Some(entry) = self.entries.get(at) else { continue };
            let marks = Marks::of(entry, id);
            let title = marks.title.map(|title| (marks.page, title));
            let date = marks.published.map(|date| (marks.page, date));
            // Entries without page, title and date cannot be told apart at all, but by the date that they do not have.
            let nothing = (marks.title.is_none() && marks.published.is_none()).then_some((marks.page, 0));
            let same = title.or(nothing).and_then(|title| titles.get(&title)).or_else(|| dates.get(&date?)).copied();
            let slot = same.unwrap_or(distinct.len());
            if let Some(title) = title.or(nothing) {
                titles.entry(title).or_insert(slot);
            }
            if let Some(date) = date {
                dates.entry(date).or_insert(slot);
            }
            let Some((best, kept)) = distinct.get_mut(slot) else {
                distinct.push((at, marks));
                continue;
            };
            let changed = |at: usize| self.entries.get(at).and_then(|entry| entry.updated.or(entry.published)).map(|date| date.unix());
            let loser = if changed(at) > changed(*best) { std::mem::replace(best, at) } else { at };
            if loser != at {
                *kept = marks;
            }
            if let Some(found) = self.found.get_mut(loser) {
                *found = Some(Identity::Version);
            }
        }
        distinct
    }

    /// Rule 3.
    fn by_alias(&mut self, aliases: &BTreeMap<String, String>) {
        if aliases.is_empty() {
            return;
        }
        for at in self.open() {
            let place = self.ids.get(at).and_then(|id| aliases.get(id)).and_then(|key| self.places.get(key.as_str()));
            if let Some(&place) = place
                && self.is_free(place)
            {
                self.take(at, place, None);
            }
        }
    }

    /// Rules 4 to 6.
    fn by_likeness(&mut self, is_whole: bool) {
        let open = self.open();
        if open.is_empty() || self.known.is_empty() {
            return;
        }
        let marks: Vec<(usize, Marks)> = open.into_iter().filter_map(|at| Some((at, Marks::of(self.entries.get(at)?, self.ids.get(at)?)))).collect();
        let of_known = || self.known.iter().enumerate().map(|(place, known)| (place, known.marks));
        let bare_known = only(of_known().filter(|(place, _)| self.is_free(*place)).map(|(place, marks)| (marks.bare, place)));
        let page_known = only(of_known().filter_map(|(place, marks)| Some((marks.page?, place))));
        let bare_open = only(marks.iter().map(|(at, marks)| (marks.bare, *at)));
        let page_open = only(marks.iter().filter_map(|(at, marks)| Some((marks.page?, *at))));
        let moment_known = only(of_known().filter_map(|(place, marks)| Some((marks.moment()?, place))));
        let moment_open = only(marks.iter().filter_map(|(at, marks)| Some((marks.moment()?, *at))));
        let single = |map: &HashMap<i64, Option<usize>>, mark: i64| map.get(&mark).copied().flatten();
        for (at, marks) in marks {
            let by_id = single(&bare_open, marks.bare).and_then(|_| single(&bare_known, marks.bare));
            let agrees = |place: &usize| self.known.get(*place).is_some_and(|known| marks.agrees(&known.marks));
            let by_page = || marks.page.filter(|_| is_whole).and_then(|page| single(&page_open, page).and_then(|_| single(&page_known, page)));
            let by_moment = || {
                let moment = marks.moment().filter(|_| is_whole)?;
                moment_open.get(&moment).copied().flatten().and_then(|_| moment_known.get(&moment).copied().flatten())
            };
            let place = by_id.or_else(|| by_page().filter(agrees)).or_else(by_moment);
            if let Some(place) = place.filter(|place| self.is_free(*place)) {
                self.take(at, place, self.ids.get(at).cloned());
            }
        }
    }

    fn finish(self) -> Vec<Identity> {
        let new = |id: &String| Identity::New { key: id.clone(), id: None };
        self.found.into_iter().zip(self.ids).map(|(found, id)| found.unwrap_or_else(|| new(id))).collect()
    }

    /// The entries that nothing is found out about yet.
    fn open(&self) -> Vec<usize> {
        self.found.iter().enumerate().filter(|(_, found)| found.is_none()).map(|(at, _)| at).collect()
    }

    fn is_free(&self, place: usize) -> bool {
        self.is_taken.get(place) == Some(&false)
    }

    fn take(&mut self, at: usize, place: usize, alias: Option<String>) {
        if let Some(taken) = self.is_taken.get_mut(place) {
            *taken = true;
        }
        self.set(at, Identity::Known { at: place, alias });
    }

    fn set(&mut self, at: usize, identity: Identity) {
        if let Some(found) = self.found.get_mut(at) {
            *found = Some(identity);
        }
    }
}

/// The values by key; `None` where a key has more than one.
fn only<K: Eq + Hash>(pairs: impl Iterator<Item = (K, usize)>) -> HashMap<K, Option<usize>> {
    let mut map = HashMap::new();
    for (key, value) in pairs {
        map.entry(key).and_modify(|value| *value = None).or_insert(Some(value));
    }
    map
}

/// An id without what changes when a site moves to https, or to or from `www.`.
fn bare(id: &str) -> &str {
    let after = |scheme: &str| id.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme)).and_then(|_| id.get(scheme.len()..));
    let Some(rest) = after("https://").or_else(|| after("http://")) else { return id };
    rest.strip_prefix("www.").unwrap_or(rest)
}

fn hash(bytes: &[u8]) -> i64 {
    let mut first = [0; 8];
    first.iter_mut().zip(blake3::hash(bytes).as_bytes()).for_each(|(to, from)| *to = *from);
    i64::from_le_bytes(first)
}

/// The date that an entry is sorted by for ever, fixed when it is first seen (Unix seconds).
///
/// Its own date, unless that is later than `first_seen`. Without one, or with one before 1990, it is as old as it is known; `position`,
/// its place in the feed from 0, then keeps the order of the feed: a second for each. In the first document of a source nobody knows how
/// old it is, and a page without a date is rarely news: it stands behind those that have one (`oldest`).
pub fn sort_date(entry: &Entry, first_seen: i64, position: usize, oldest: Option<i64>) -> i64 {
    let sane = |date: Option<Timestamp>| date.map(|date| date.unix()).filter(|date| *date >= FIRST_DATE);
    match sane(entry.published).or_else(|| sane(entry.updated)) {
        Some(date) => date.min(first_seen),
        None => {
            oldest.map_or(first_seen, |oldest| oldest.saturating_sub(1).min(first_seen)).saturating_sub(i64::try_from(position).unwrap_or(i64::MAX))
        }
    }
}

/// The oldest date of these entries (Unix seconds), as far as they have sane ones.
pub fn oldest(entries: &[Entry]) -> Option<i64> {
    let dates = entries.iter().filter_map(|entry| entry.published.or(entry.updated)).map(|date| date.unix());
    dates.filter(|date| *date >= FIRST_DATE).min()
}

#[cfg(test)]
mod tests;
