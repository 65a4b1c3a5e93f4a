//! The texts of stored entries, compared two by two.
//!
//! In: rows of a store. Out: whether their texts are copies of each other. Keeps a fixed amount of them in memory.

use super::store::{Store, StoreError};
use crate::model::Entry;
use crate::text::likeness::Likeness;
use crate::text::plain::readable;
use std::collections::{HashMap, VecDeque};

/// What the text of an entry is compared by: that of its body, else of its summary.
pub(super) fn likeness(entry: &Entry) -> Option<Likeness> {
    let text = [&entry.content, &entry.summary].into_iter().flatten().find(|text| !text.value.trim().is_empty());
    Likeness::of(&readable(text?))
}

/// The texts that were compared last, because the next ones are compared with them, too. What was let go is read again, and is the same.
#[derive(Default)]
pub(super) struct Compared {
    known: HashMap<i64, Option<Likeness>>,
    order: VecDeque<i64>,
    size: usize,
}

/// Bytes of texts that are kept for comparing at most.
const MOST_COMPARED: usize = 64 << 20;

impl Compared {
    /// Whether the texts of two stored entries are copies of each other.
    pub(super) fn is_copy(&mut self, store: &mut dyn Store, one: i64, other: i64) -> Result<bool, StoreError> {
        self.read(store, one)?;
        self.read(store, other)?;
        let known = |row: i64| self.known.get(&row).and_then(Option::as_ref);
        let same = known(one).zip(known(other)).is_some_and(|(one, other)| one.is_copy_of(other));
        while self.size > MOST_COMPARED
            && let Some(oldest) = self.order.pop_front()
        {
            self.size -= size(self.known.remove(&oldest).flatten().as_ref());
        }
        Ok(same)
    }

    fn read(&mut self, store: &mut dyn Store, row: i64) -> Result<(), StoreError> {
        if !self.known.contains_key(&row) {
            let found = store.entry(row)?.and_then(|stored| likeness(&stored.entry));
            self.size += size(found.as_ref());
            self.order.push_back(row);
            self.known.insert(row, found);
        }
        Ok(())
    }
}

fn size(likeness: Option<&Likeness>) -> usize {
    128 + likeness.map_or(0, Likeness::size)
}
