//! A store in memory, for tests of what is built from one.

use crate::model::{Entry, Id, Link, Origin, Rel, Text, Timestamp};
use crate::source::state::State;
use crate::source::store::{Channel, Retention, Save, Saved, Store, StoreError, StoredEntry};
use std::collections::BTreeMap;

/// What was put into it, in that order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    pub(crate) channels: BTreeMap<String, Channel>,
    pub(crate) entries: Vec<StoredEntry>,
    /// Whether everything fails.
    pub(crate) is_broken: bool,
}

/// 2025-02-14T00:00:00Z.
pub(crate) const DAY_0: i64 = 1_739_491_200;

impl Memory {
    /// A feed with its page at the host of its address.
    pub(crate) fn feed(mut self, url: &str, title: &str) -> Self {
        let mut origin = Origin::new(Id::opaque(url));
        origin.title = Some(title.to_owned());
        let host = url.split('/').nth(2).unwrap();
        origin.links = vec![Link::new(Rel::Itself, url), Link::new(Rel::Alternate, format!("https://{host}/"))];
        self.channels.insert(url.to_owned(), Channel::new(origin));
        self
    }

    /// An entry of a feed that was seen on the day that it was published.
    pub(crate) fn entry(self, url: &str, entry: Entry) -> Self {
        let seen = entry.published.map_or(DAY_0, |date| date.unix());
        self.entry_seen(url, entry, seen)
    }

    /// An entry of a feed that was first seen then. The store fixes its date as the real one does.
    pub(crate) fn entry_seen(mut self, url: &str, entry: Entry, first_seen: i64) -> Self {
        let own = entry.published.or(entry.updated).map_or(first_seen, |date| date.unix());
        let row = i64::try_from(self.entries.len()).unwrap() + 1;
        let sort_date = own.min(first_seen);
        self.entries.push(StoredEntry { row, source: url.to_owned(), first_seen, last_seen: first_seen, sort_date, entry });
        self
    }

    fn check(&self) -> Result<(), StoreError> {
        let error = StoreError::new("expected a database, found other bytes", "delete it");
        if self.is_broken { Err(error) } else { Ok(()) }
    }
}

/// An entry with a page; `day` counts from 2025-02-14.
pub(crate) fn entry(id: &str, page: &str, title: &str, day: i64) -> Entry {
    let mut entry = Entry::new(Id::opaque(id));
    entry.title = Some(Text::plain(title));
    entry.links.push(Link::new(Rel::Alternate, page));
    entry.published = Timestamp::from_unix(DAY_0 + day * 86_400);
    entry
}

impl Store for Memory {
    fn states(&mut self, sources: &[&str]) -> Result<Vec<State>, StoreError> {
        Ok(vec![State::default(); sources.len()])
    }

    fn lease(&mut self, sources: &[&str], _: &str, _: i64, _: i64) -> Result<Vec<bool>, StoreError> {
        Ok(vec![true; sources.len()])
    }

    fn release(&mut self, _: &str) -> Result<(), StoreError> {
        Ok(())
    }

    fn save(&mut self, saves: &[Save], _: i64, _: Retention) -> Result<Vec<Saved>, StoreError> {
        Ok(vec![Saved::default(); saves.len()])
    }

    fn sources(&mut self) -> Result<Vec<String>, StoreError> {
        Ok(self.channels.keys().cloned().collect())
    }

    fn forget(&mut self, source: &str) -> Result<(), StoreError> {
        self.channels.remove(source);
        self.entries.retain(|entry| entry.source != source);
        Ok(())
    }

    fn channels(&mut self, sources: &[&str]) -> Result<BTreeMap<String, Channel>, StoreError> {
        self.check()?;
        Ok(self.channels.iter().filter(|(url, _)| sources.contains(&url.as_str())).map(|(url, channel)| (url.clone(), channel.clone())).collect())
    }

    fn counts(&mut self, sources: &[&str]) -> Result<Vec<usize>, StoreError> {
        Ok(sources.iter().map(|source| self.entries.iter().filter(|entry| entry.source == **source).count()).collect())
    }

    fn each_entry(&mut self, sources: &[&str], sink: &mut dyn FnMut(StoredEntry)) -> Result<(), StoreError> {
        self.check()?;
        for source in sources {
            self.entries.iter().filter(|entry| entry.source == *source).for_each(|entry| sink(entry.clone()));
        }
        Ok(())
    }

    fn entry(&mut self, row: i64) -> Result<Option<StoredEntry>, StoreError> {
        self.check()?;
        Ok(self.entries.iter().find(|entry| entry.row == row).cloned())
    }

    fn pinged(&mut self, _: &str) -> Result<BTreeMap<String, String>, StoreError> {
        Ok(BTreeMap::new())
    }

    fn set_pinged(&mut self, _: &str, _: &BTreeMap<String, String>) -> Result<(), StoreError> {
        Ok(())
    }
}
