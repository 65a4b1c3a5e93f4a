//! Which entry of one state of a feed is which entry of the other.
//!
//! In: the entries of both. Out: pairs with the same id, pairs that are the same entry under another id, and what is left of each.
//! Pure; the order of the entries decides nothing but which of several equals is taken.

use crate::format::original_id;
use crate::model::{Entry, Text};
use crate::source::canonical::canonical;
use crate::text::hygiene::one_line;
use crate::text::likeness::Likeness;
use crate::text::plain::readable;
use std::collections::{BTreeMap, BTreeSet};

/// Indices of entries: of the old state first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    pub(super) same_id: Vec<(usize, usize)>,
    pub(super) other_id: Vec<(usize, usize)>,
    pub(super) only_old: Vec<usize>,
    pub(super) only_new: Vec<usize>,
}

/// Pairs the entries of two states of a feed.
pub(super) fn pair(old: &[Entry], new: &[Entry]) -> Pairs {
    let mut pairs = Pairs { only_old: (0..old.len()).collect(), only_new: (0..new.len()).collect(), ..Pairs::default() };
    let mut waiting: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, entry) in new.iter().enumerate().rev() {
        waiting.entry(original_id(entry).into_owned()).or_default().push(at);
    }
    for (at, entry) in old.iter().enumerate() {
        if let Some(there) = waiting.get_mut(original_id(entry).as_ref()).and_then(Vec::pop) {
            pairs.same_id.push((at, there));
        }
    }
    let found = pairs.same_id.clone();
    pairs.take(&found);
    // The surest sign first. What several entries have in common tells nothing.
    for key in [link as fn(&Entry) -> Option<String>, title_and_date] {
        let found = alike(old, new, &pairs, key);
        pairs.take(&found);
        pairs.other_id.extend(found);
    }
    let found = copies(old, new, &pairs);
    pairs.take(&found);
    pairs.other_id.extend(found);
    pairs.other_id.sort_unstable();
    pairs
}

impl Pairs {
    fn take(&mut self, found: &[(usize, usize)]) {
        let (old, new): (BTreeSet<usize>, BTreeSet<usize>) = found.iter().copied().unzip();
        self.only_old.retain(|at| !old.contains(at));
        self.only_new.retain(|at| !new.contains(at));
    }
}

fn link(entry: &Entry) -> Option<String> {
    canonical(&entry.link()?.href)
}

/// A title alone returns each week; with its date it does not.
fn title_and_date(entry: &Entry) -> Option<String> {
    let title = one_line(&readable(entry.title.as_ref()?)).to_lowercase();
    let date = entry.published.or(entry.updated)?.unix();
    (!title.is_empty()).then(|| format!("{date} {title}"))
}

/// Entries that are left and share a key that no other entry has.
fn alike(old: &[Entry], new: &[Entry], pairs: &Pairs, key: fn(&Entry) -> Option<String>) -> Vec<(usize, usize)> {
    let keyed = |entries: &[Entry], left: &[usize]| {
        let mut keys: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, key) in left.iter().filter_map(|at| Some((*at, key(entries.get(*at)?)?))) {
            keys.entry(key).or_default().push(at);
        }
        keys
    };
    let there = keyed(new, &pairs.only_new);
    let one = |(key, at): (String, Vec<usize>)| match (at.as_slice(), there.get(&key)?.as_slice()) {
        ([old], [new]) => Some((*old, *new)),
        _ => None,
    };
    keyed(old, &pairs.only_old).into_iter().filter_map(one).collect()
}

/// Entries that are left and whose texts are copies of each other: title and address were changed together.
fn copies(old: &[Entry], new: &[Entry], pairs: &Pairs) -> Vec<(usize, usize)> {
    let texts = |entries: &[Entry], left: &[usize]| -> Vec<(usize, Likeness)> {
        left.iter().filter_map(|at| Some((*at, likeness(entries.get(*at)?)?))).collect()
    };
    let there = texts(new, &pairs.only_new);
    let mut bands: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (index, (_, text)) in there.iter().enumerate() {
        for band in text.bands() {
            bands.entry(band).or_default().push(index);
        }
    }
    let mut taken = vec![false; there.len()];
    let mut found = Vec::new();
    for (at, text) in texts(old, &pairs.only_old) {
        let mut near: Vec<usize> = text.bands().iter().filter_map(|band| bands.get(band)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        let copy =
            near.into_iter().find(|index| taken.get(*index) == Some(&false) && there.get(*index).is_some_and(|(_, other)| text.is_copy_of(other)));
        if let Some((index, (new, _))) = copy.and_then(|index| Some((index, there.get(index)?))) {
            found.push((at, *new));
            if let Some(taken) = taken.get_mut(index) {
                *taken = true;
            }
        }
    }
    found
}

fn likeness(entry: &Entry) -> Option<Likeness> {
    let text: &Text = [&entry.content, &entry.summary].into_iter().flatten().find(|text| !text.value.trim().is_empty())?;
    Likeness::of(&readable(text))
}
