//! What is kept between runs: entries as they came, what vouches for them, when each source is due.
//!
//! [`Store`] is what fetching and building need of it; the one that is used is a single `SQLite` file. What is stored is never
//! cleaned: `build` does that, so that better rules tomorrow reach what came yesterday.

#[cfg(feature = "fetch")]
mod sqlite;

use super::state::State;
use crate::model::{Entry, Origin};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[cfg(feature = "fetch")]
pub use sqlite::Sqlite;

/// The store cannot be used, in one line for people.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct StoreError {
    /// The file or folder that it is about, where it is about one.
    pub path: Option<PathBuf>,
    /// What was expected and found.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl StoreError {
    /// What went wrong, and what to do about it.
    pub fn new<'a>(message: impl Into<String>, help: impl Into<Option<&'a str>>) -> Self {
        Self { path: None, message: message.into(), help: help.into().map(ToOwned::to_owned) }
    }

    /// The same about a file or folder.
    #[must_use]
    pub fn of(mut self, path: &Path) -> Self {
        self.path = Some(path.to_path_buf());
        self
    }
}

/// What is remembered of the feed itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Channel {
    /// The feed as the origin of its entries.
    pub origin: Origin,
    /// Absolute address of its picture.
    #[serde(default)]
    pub icon: Option<String>,
    /// `WebSub` hubs that it names.
    #[serde(default)]
    pub hubs: Vec<String>,
}

impl Channel {
    /// A feed of which only the origin is known.
    pub fn new(origin: Origin) -> Self {
        Self { origin, icon: None, hubs: Vec::new() }
    }
}

/// What a request to a source gave, to be stored in one step: the new state never vouches for entries that are not there.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Save {
    /// The source's key: its configured address.
    pub source: String,
    /// Its new state.
    pub state: State,
    /// The document that came, if one came and was read.
    pub document: Option<Document>,
}

impl Save {
    /// A new state, and nothing came.
    pub fn new(source: impl Into<String>, state: State) -> Self {
        Self { source: source.into(), state, document: None }
    }
}

/// A feed that came. Entries without an origin are the feed's own.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Document {
    /// What it says of itself.
    pub channel: Channel,
    /// Its entries in its order, each with its authors and language (see [`super::attribute`]).
    pub entries: Vec<Entry>,
    /// Whether it holds all entries that the feed has now, and not only what is new (226, RFC 3229).
    pub is_whole: bool,
}

impl Document {
    /// A whole document.
    pub fn new(channel: Channel, entries: Vec<Entry>) -> Self {
        Self { channel, entries, is_whole: true }
    }
}

/// What a [`Save`] changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Saved {
    /// Entries that were not known.
    pub new: usize,
    /// Known entries that say something else now.
    pub changed: usize,
    /// Known entries that came under another id.
    pub renamed: usize,
    /// Entries that are kept no longer.
    pub dropped: usize,
}

/// How long entries are kept. Those that the feed still has are always kept. It is looked at when a document comes, and of its source
/// only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retention {
    /// The newest so many of each source; 0 = all.
    pub count: usize,
    /// Seconds since an entry was last in its feed; 0 = for ever.
    pub age: i64,
}

impl Default for Retention {
    /// 500 entries of each source, for a year.
    fn default() -> Self {
        Self { count: 500, age: 365 * super::list::DAY }
    }
}

/// A stored entry.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StoredEntry {
    /// Where the store finds it again.
    pub row: i64,
    /// The key of its source.
    pub source: String,
    /// When it was first seen (Unix seconds).
    pub first_seen: i64,
    /// When it was last in its feed.
    pub last_seen: i64,
    /// The date that it is sorted by, fixed when it was first seen: its own, unless that is missing or after
    /// [`first_seen`](Self::first_seen).
    pub sort_date: i64,
    /// The entry as it came.
    pub entry: Entry,
}

/// Keeps sources and their entries.
pub trait Store: Send {
    /// The states of these sources; the default one of a source that is not known. In the order of `sources`.
    fn states(&mut self, sources: &[&str]) -> Result<Vec<State>, StoreError>;

    /// Takes sources for this run, as far as no other run has them: until `until`, or until they are saved or let go. Whether each
    /// was taken, in the order of `sources`. `owner` tells runs apart.
    fn lease(&mut self, sources: &[&str], owner: &str, now: i64, until: i64) -> Result<Vec<bool>, StoreError>;

    /// Lets go of what a run has taken and not saved.
    fn release(&mut self, owner: &str) -> Result<(), StoreError>;

    /// Stores what requests gave, all of it or nothing, and ends the leases of these sources. What each changed, in order.
    ///
    /// Where new entries came, [`State::last_new`] becomes `now`. Which entries are known is said in [`super::identify`].
    fn save(&mut self, saves: &[Save], now: i64, retention: Retention) -> Result<Vec<Saved>, StoreError>;

    /// The keys of all sources that are known, in order; also of those that nobody lists any more.
    fn sources(&mut self) -> Result<Vec<String>, StoreError>;

    /// Forgets a source with all its entries.
    fn forget(&mut self, source: &str) -> Result<(), StoreError>;

    /// The feeds of these sources as far as they are known, by key.
    fn channels(&mut self, sources: &[&str]) -> Result<BTreeMap<String, Channel>, StoreError>;

    /// How many entries of each of these sources are stored, in the order of `sources`.
    fn counts(&mut self, sources: &[&str]) -> Result<Vec<usize>, StoreError>;

    /// Gives all entries of these sources away, one by one: by source as asked for, then by key, which is the id
    /// for almost all of them.
    fn each_entry(&mut self, sources: &[&str], sink: &mut dyn FnMut(StoredEntry)) -> Result<(), StoreError>;

    /// One entry again.
    fn entry(&mut self, row: i64) -> Result<Option<StoredEntry>, StoreError>;

    /// What the hub was last told of each feed: hash of its bytes by address.
    fn pinged(&mut self, hub: &str) -> Result<BTreeMap<String, String>, StoreError>;

    /// Remembers what the hub was told; feeds that are not named are forgotten.
    fn set_pinged(&mut self, hub: &str, feeds: &BTreeMap<String, String>) -> Result<(), StoreError>;
}
