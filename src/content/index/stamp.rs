//! A path → what the file system tells of it without opening it, and whether that can be trusted.

use serde::{Deserialize, Serialize};
use std::fs::{self, DirEntry, Metadata};
use std::path::Path;
use std::time::UNIX_EPOCH;

/// Nanoseconds that a file has to be older than a build for its times to be trusted: some file systems count in steps of two seconds, and
/// an edit within a step leaves the times as they are.
pub(crate) const MARGIN: i64 = 2_000_000_000;
const SECOND: i64 = 1_000_000_000;

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    Absent,
    File,
    Folder,
    Other,
}

/// What the file system tells of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    pub(crate) kind: Kind,
    size: u64,
    /// Nanoseconds since 1970.
    modified: i64,
    /// When content or attributes changed, which nobody can set by hand; 0 where the system has no such time.
    changed: i64,
}

impl Stamp {
    /// Of what is at a path, or where a link there leads.
    pub(crate) fn of(path: &Path) -> Self {
        fs::metadata(path).map_or(Self::ABSENT, |metadata| Self::from(&metadata))
    }

    /// Of what is at a path itself.
    pub(crate) fn of_itself(path: &Path) -> Self {
        fs::symlink_metadata(path).map_or(Self::ABSENT, |metadata| Self::from(&metadata))
    }

    /// The same of what was met in a folder.
    pub(crate) fn of_entry(entry: &DirEntry) -> Self {
        entry.metadata().map_or(Self::ABSENT, |metadata| Self::from(&metadata))
    }

    const ABSENT: Self = Self { kind: Kind::Absent, size: 0, modified: 0, changed: 0 };

    /// Whether the same stamp means the same bytes, when a build that began then read them.
    pub(crate) fn is_settled(&self, began: i64) -> bool {
        self.modified.max(self.changed).saturating_add(MARGIN) <= began
    }

    /// The same for a file that we wrote ourselves and looked at afterwards: finer steps of time than a second are enough.
    pub(crate) fn is_settled_output(&self, began: i64) -> bool {
        self.modified % SECOND != 0 || self.is_settled(began)
    }
}

impl From<&Metadata> for Stamp {
    fn from(metadata: &Metadata) -> Self {
        let kind = match metadata.file_type() {
            kind if kind.is_file() => Kind::File,
            kind if kind.is_dir() => Kind::Folder,
            _ => Kind::Other,
        };
        Self { kind, size: metadata.len(), modified: modified(metadata), changed: changed(metadata) }
    }
}

/// A file without a time is never trusted.
fn modified(metadata: &Metadata) -> i64 {
    let nanos = |time: std::time::Duration| i64::try_from(time.as_nanos()).unwrap_or(i64::MAX);
    metadata.modified().map_or(i64::MAX, |time| match time.duration_since(UNIX_EPOCH) {
        Ok(after) => nanos(after),
        Err(before) => nanos(before.duration()).saturating_neg(),
    })
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    metadata.ctime().saturating_mul(SECOND).saturating_add(metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> i64 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(modified: i64, changed: i64) -> Stamp {
        Stamp { kind: Kind::File, size: 1, modified, changed }
    }

    #[test]
    fn times_are_trusted_only_when_they_are_clearly_older_than_the_build() {
        let began = 100 * SECOND;
        for (stamp, trusted) in [
            (at(97 * SECOND, 97 * SECOND), true),
            (at(98 * SECOND, 98 * SECOND), true),
            (at(98 * SECOND + 1, 0), false),
            (at(100 * SECOND, 0), false),
            (at(500 * SECOND, 0), false),
            // Somebody set the time of modification back.
            (at(5 * SECOND, 99 * SECOND), false),
            (at(i64::MAX, 0), false),
        ] {
            assert_eq!(stamp.is_settled(began), trusted, "{stamp:?}");
        }
        assert!(at(100 * SECOND + 7, 0).is_settled_output(began), "a clock with fine steps");
        assert!(!at(100 * SECOND, 0).is_settled_output(began), "a clock with coarse steps");
    }

    #[test]
    fn what_is_not_there_has_a_stamp_too() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Stamp::of(&dir.path().join("none")).kind, Kind::Absent);
        assert_eq!(Stamp::of(dir.path()).kind, Kind::Folder);
    }
}
