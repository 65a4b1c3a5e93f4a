//! Entries that several topics show are made once, as far as a fixed amount of memory allows.
//!
//! What is kept decides nothing but the time: an entry that was let go is made again, and is the same.

use crate::model::Entry;
use crate::topic::Topic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Bytes of bodies that are kept at most, over all entries.
const MOST_KEPT: usize = 8 << 20;

/// The entries of all heads, as far as topics still want them.
#[derive(Debug)]
pub(super) struct Rendered {
    slots: Vec<Mutex<Slot>>,
    kept: AtomicUsize,
}

#[derive(Debug, Default)]
struct Slot {
    /// How many topics are still going to ask.
    wanted: usize,
    /// Most slots are empty most of the time.
    entry: Option<Box<Entry>>,
}

impl Rendered {
    /// Room for `heads` heads, of which these topics show some.
    pub(super) fn new(heads: usize, topics: &[Topic]) -> Self {
        let mut wanted = vec![0; heads];
        for index in topics.iter().flat_map(|topic| &topic.heads) {
            if let Some(count) = wanted.get_mut(*index) {
                *count += 1;
            }
        }
        Self { slots: wanted.into_iter().map(|wanted| Mutex::new(Slot { wanted, entry: None })).collect(), kept: AtomicUsize::new(0) }
    }

    /// The entry of a head: kept, or made now.
    pub(super) fn entry(&self, head: usize, make: impl FnOnce() -> Option<Entry>) -> Option<Entry> {
        let mut slot = self.slots.get(head)?.lock().unwrap_or_else(PoisonError::into_inner);
        slot.wanted = slot.wanted.saturating_sub(1);
        let entry = match slot.entry.take() {
            Some(entry) => {
                self.kept.fetch_sub(size(&entry), Ordering::Relaxed);
                entry
            }
            None => Box::new(make()?),
        };
        if slot.wanted > 0 && self.kept.load(Ordering::Relaxed) + size(&entry) <= MOST_KEPT {
            self.kept.fetch_add(size(&entry), Ordering::Relaxed);
            slot.entry = Some(entry.clone());
        }
        Some(*entry)
    }
}

/// About how many bytes an entry takes.
fn size(entry: &Entry) -> usize {
    let text = |text: &Option<crate::model::Text>| text.as_ref().map_or(0, |text| text.value.len());
    2048 + text(&entry.content) + text(&entry.summary)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Head, Id, Term};

    #[test]
    fn an_entry_is_made_once_for_all_topics_and_then_let_go() {
        let mut head = Head::new(Id::opaque("a"), "a", 0);
        head.terms = vec![Term::new("tag", "x"), Term::new("tag", "y")];
        let plan = crate::topic::plan(&[head], &crate::topic::Options::default());
        let rendered = Rendered::new(1, &plan.topics);
        let mut made = 0;
        for _ in 0..3 {
            let entry = rendered.entry(0, || {
                made += 1;
                Some(Entry::new(Id::opaque("a")))
            });
            assert!(entry.is_some());
        }
        assert_eq!((made, rendered.kept.load(Ordering::Relaxed)), (1, 0));
        assert_eq!(rendered.entry(7, || None), None);
    }
}
