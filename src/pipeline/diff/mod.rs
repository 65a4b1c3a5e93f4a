//! Two states of published feeds → what differs, feed by feed and entry by entry.
//!
//! In: two [`Side`]s. Out: for each feed whose bytes differ, its [`Difference`]s. Feeds are paired by their paths, entries by their ids;
//! an entry whose id changed is found by its page, its title and date, or its text. `kind` says how bad each difference is, `pair` which
//! entry is which, `compare` what differs. One pair of feeds is in memory at a time, but for those that have no partner.

mod compare;
mod kind;
mod pair;
mod side;
#[cfg(test)]
mod tests;

pub use compare::{Difference, Field, Named, compare};
pub use kind::Kind;
pub use side::{OnDisk, Side};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::format::original_id;
use crate::format::read::{Content, Hints, read};
use crate::lint::looks_like_a_feed;
use crate::model::Feed;
use crate::pipeline::input::unreadable;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A feed that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changed {
    /// Its path below the folder; empty for a single document.
    pub path: String,
    /// What people call it: where it is now, or where it was.
    pub shown: String,
    /// What differs, the worst first.
    pub differences: Vec<Difference>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Outcome {
    /// How many feeds there are, in one of the two or in both.
    pub feeds: usize,
    /// Those that differ, by path.
    pub changed: Vec<Changed>,
    /// What could not be compared.
    pub findings: Vec<Diagnostic>,
    /// Whether something could not be read.
    pub unreadable: bool,
}

/// How often a kind of difference was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Count {
    /// Different entries, however many feeds show them; 0 when the difference is about feeds.
    pub entries: usize,
    /// Feeds.
    pub feeds: usize,
}

impl Outcome {
    /// How often each kind was found, those that were; the worst first.
    pub fn counts(&self) -> BTreeMap<Kind, Count> {
        let mut entries: BTreeMap<Kind, BTreeSet<&str>> = BTreeMap::new();
        let mut counts: BTreeMap<Kind, Count> = BTreeMap::new();
        for feed in &self.changed {
            let kinds: BTreeSet<Kind> = feed.differences.iter().map(|difference| difference.kind).collect();
            for kind in kinds {
                counts.entry(kind).or_default().feeds += 1;
            }
            for (kind, entry) in feed.differences.iter().filter_map(|difference| Some((difference.kind, difference.entry.as_ref()?))) {
                entries.entry(kind).or_default().insert(&entry.id);
            }
        }
        for (kind, ids) in entries {
            counts.entry(kind).or_default().entries = ids.len();
        }
        counts
    }
}

/// A feed without a partner on the other side.
struct Alone {
    path: String,
    feed: Feed,
    /// Why there is no feed on the other side, though something is.
    why: Option<String>,
}

/// Compares two states.
pub fn diff(old: &mut dyn Side, new: &mut dyn Side) -> Outcome {
    let mut outcome = Outcome::default();
    let (before, after): (BTreeSet<String>, BTreeSet<String>) = (old.paths().into_iter().collect(), new.paths().into_iter().collect());
    let (mut lost, mut added) = (Vec::new(), Vec::new());
    for path in before.union(&after) {
        let bytes = |side: &mut dyn Side, paths: &BTreeSet<String>, outcome: &mut Outcome| match paths.contains(path).then(|| side.read(path)) {
            None => Some(None),
            Some(Ok(bytes)) => Some(Some(bytes)),
            Some(Err(error)) => {
                let finding = Diagnostic::new(Code::UnreadableFile, Place::file(side.shown(path)), unreadable(&error));
                outcome.findings.push(finding);
                outcome.unreadable = true;
                None
            }
        };
        // What cannot be read is no lost feed: nobody knows what it is.
        let (Some(was), Some(is)) = (bytes(old, &before, &mut outcome), bytes(new, &after, &mut outcome)) else { continue };
        if was.is_some() && was == is {
            outcome.feeds += usize::from(was.is_some_and(|bytes| looks_like_a_feed(&bytes) && !is_list(path)));
            continue;
        }
        match (feed(was, &old.shown(path)), feed(is, &new.shown(path))) {
            (Ok(was), Ok(is)) => outcome.add(path, new.shown(path), compare(&was, &is)),
            (Ok(feed), Err(why)) => lost.push(Alone { path: path.clone(), feed, why }),
            (Err(why), Ok(feed)) => added.push(Alone { path: path.clone(), feed, why }),
            (Err(_), Err(_)) => {}
        }
    }
    for alone in &lost {
        let found = alone.why.clone().map(|why| Field { name: "document", old: None, new: Some(why) });
        let field = found.or_else(|| Field::of("path", Some(alone.path.clone()), successor(alone, &added)));
        outcome.add(&alone.path, old.shown(&alone.path), vec![Difference::of_feed(Kind::FeedLost, field.into_iter().collect())]);
    }
    for alone in &added {
        outcome.add(&alone.path, new.shown(&alone.path), vec![Difference::of_feed(Kind::FeedNew, Vec::new())]);
    }
    outcome.changed.sort_by(|one, other| one.path.cmp(&other.path));
    outcome
}

impl Outcome {
    /// Another feed that was compared.
    fn add(&mut self, path: &str, shown: String, differences: Vec<Difference>) {
        self.feeds += 1;
        if !differences.is_empty() {
            self.changed.push(Changed { path: path.to_owned(), shown, differences });
        }
    }
}

/// Whether a document is called a subscription list.
fn is_list(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("opml"))
}

/// The feed in a document; or why there is none, if there is a document.
fn feed(bytes: Option<Vec<u8>>, name: &str) -> Result<Feed, Option<String>> {
    let reading = read(&bytes.ok_or(None)?, &Hints::named(name)).map_err(|error| Some(error.to_string()))?;
    match reading.content {
        Content::Feed(feed) => Ok(*feed),
        Content::Subscriptions(_) => Err(Some("expected a feed, found a subscription list".to_owned())),
    }
}

/// The new feed that shows most of the entries of a lost one, in a file of the same name.
fn successor(lost: &Alone, added: &[Alone]) -> Option<String> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let ids = |feed: &Feed| feed.entries.iter().map(|entry| original_id(entry).into_owned()).collect::<BTreeSet<_>>();
    let wanted = ids(&lost.feed);
    let shared = |alone: &Alone| ids(&alone.feed).intersection(&wanted).count();
    let rivals = added.iter().filter(|alone| name(&alone.path) == name(&lost.path)).map(|alone| (shared(alone), alone));
    // Of equals the first by path.
    let (count, best) = rivals.rev().max_by_key(|(count, _)| *count)?;
    (count * 2 > wanted.len()).then(|| best.path.clone())
}
