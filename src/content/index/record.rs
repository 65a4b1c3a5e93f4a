//! One article in the index: its file, what was read of it, and what was found when its entry was made.

use super::records::{Span, Stored};
use super::wire::{decode, encode};
use super::{Hash, Seen, Stamp};
use crate::content::walk::{Source, walk_and};
use crate::content::{Hold, Options};
use crate::diagnostic::Diagnostic;
use crate::model::Head;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The files of the content folder as they are now.
#[derive(Debug)]
pub(crate) struct Listing {
    pub(crate) sources: Vec<Source>,
    /// Of each of them.
    pub(crate) stamps: Vec<Stamp>,
    /// What was found wrong with the folder.
    pub(crate) findings: Vec<Diagnostic>,
}

impl Listing {
    /// Walks through the folder; opens no file.
    pub(crate) fn take(options: &Options) -> Self {
        let mut findings = Vec::new();
        let (sources, stamps) = walk_and(options, &Stamp::of_entry, &mut findings).into_iter().unzip();
        Self { sources, stamps, findings }
    }
}

/// A file of the content folder as it was.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Listed<'a> {
    pub(crate) path: &'a str,
    bundle: bool,
    resource: bool,
    stamp: Stamp,
    /// Of its bytes, when they could be read.
    pub(crate) hash: Option<Hash>,
}

impl<'a> Listed<'a> {
    /// A file with the hash of what was read.
    pub(crate) fn new(source: &'a Source, stamp: Stamp, hash: Option<Hash>) -> Self {
        Self { path: &source.path, bundle: source.bundle, resource: source.resource, stamp, hash }
    }

    /// The same file with another stamp.
    pub(crate) fn at(self, stamp: Stamp) -> Self {
        Self { stamp, ..self }
    }

    /// The same file with other bytes.
    pub(crate) fn with(self, hash: Hash) -> Self {
        Self { hash: Some(hash), ..self }
    }

    /// Whether a file is this one in its part of the site.
    pub(crate) fn is(&self, source: &Source) -> bool {
        self.path == &*source.path && (self.bundle, self.resource) == (source.bundle, source.resource)
    }

    /// Whether its bytes are surely the same, without reading them; `began` is when the earlier build did.
    pub(crate) fn is_untouched(&self, stamp: &Stamp, began: i64) -> bool {
        self.stamp == *stamp && stamp.is_settled(began) && self.hash.is_some()
    }
}

/// What is kept of an article beside that.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Remembered {
    /// Where its [`Reading`] is.
    pub(crate) reading: Option<Span>,
    /// Where its [`Drawn`] is, when an entry was made of it.
    pub(crate) drawn: Option<Span>,
}

/// What a build that reads articles finds of an earlier one.
#[derive(Clone, Debug)]
pub(crate) struct Earlier<'a> {
    /// In the order of their paths.
    pub(crate) files: &'a [Listed<'a>],
    /// Of the same files.
    pub(crate) remembered: &'a [Remembered],
    /// The bytes of the file of records.
    pub(crate) records: Arc<Vec<u8>>,
    /// When it began (nanoseconds since 1970); so early that nothing is trusted when the clock was wrong.
    pub(crate) began: i64,
}

impl<'a> Earlier<'a> {
    /// What is known of this file.
    pub(crate) fn find(&self, source: &Source) -> Option<(&'a Listed<'a>, Remembered)> {
        let at = self.files.binary_search_by(|listed| listed.path.cmp(&source.path)).ok()?;
        let listed = self.files.get(at).filter(|listed| listed.is(source))?;
        Some((listed, *self.remembered.get(at)?))
    }

    /// What was read of an article then, when it still says what is so now.
    pub(crate) fn reading(&self, remembered: Remembered, now: i64) -> Option<Reading> {
        Reading::of(remembered.reading?.of_all(&self.records)?, now)
    }
}

/// What was read of an article.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Reading {
    /// The instants between which it is held back or shown as it is now, the second not included (Unix seconds).
    pub(crate) window: (i64, i64),
    pub(crate) kept: Kept,
    pub(crate) findings: Vec<Diagnostic>,
}

impl Reading {
    /// What is kept, when it still says what is so now.
    pub(crate) fn of(bytes: &[u8], now: i64) -> Option<Self> {
        decode(bytes).filter(|reading: &Self| reading.window.0 <= now && now < reading.window.1)
    }
}

/// What an article was read as.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Kept {
    Shown(Box<Head>),
    Held(Hold),
    /// A file of a page bundle.
    Resource,
    Broken,
}

/// What the making of an entry asked, and found.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Drawn {
    pub(crate) findings: Vec<Diagnostic>,
    /// Links to files of other articles, with the addresses that they led to.
    pub(crate) links: Vec<(String, Option<String>)>,
    /// The files that it looked at.
    pub(crate) seen: Vec<Seen>,
}

/// An article of this build, as the next one is going to find it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    /// Of the bytes that were read; without it nothing of the article is kept.
    pub(crate) hash: Option<Hash>,
    /// A [`Reading`].
    pub(crate) reading: Stored,
    /// A [`Drawn`].
    pub(crate) drawn: Stored,
}

impl Record {
    /// What was read just now.
    pub(crate) fn new(hash: Option<Hash>, reading: &Reading) -> Self {
        Self { hash, reading: Stored::Fresh(encode(reading).into()), drawn: Stored::Nothing }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_untouched_only_when_its_time_can_be_trusted() {
        let dir = tempfile::tempdir().unwrap();
        let source = Source::at("a.md");
        let stamp = Stamp::of_itself(dir.path());
        let listed = Listed::new(&source, stamp, Some(crate::content::index::hash(b"x")));
        assert!(listed.is_untouched(&stamp, i64::MAX), "long before the build");
        assert!(!listed.is_untouched(&stamp, 0), "after the build began");
        assert!(!listed.is_untouched(&Stamp::of_itself(&dir.path().join("none")), i64::MAX), "another stamp");
        assert!(!Listed::new(&source, stamp, None).is_untouched(&stamp, i64::MAX), "it could not be read");
    }
}
