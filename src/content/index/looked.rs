//! The files that articles name, apart from their own → what was seen of them, and whether that still holds.
//!
//! A file that was looked for and is not there is kept as well: it may come.

use super::Hash;
use super::stamp::{Kind, Stamp};
use crate::content::file_facts::look;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// What each article, by the path of its file, looked at.
#[derive(Debug, Default)]
pub(crate) struct Looked(Mutex<HashMap<Arc<str>, BTreeMap<PathBuf, Seen>>>);

impl Looked {
    /// An article is about to look at this file or folder.
    pub(crate) fn note(&self, article: &Arc<str>, path: &Path) {
        let seen = Seen::of(path);
        let mut looked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        looked.entry(article.clone()).or_default().insert(path.to_path_buf(), seen);
    }

    /// What an article looked at.
    pub(crate) fn of(&self, article: &str) -> Vec<Seen> {
        let looked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        looked.get(article).map(|seen| seen.values().cloned().collect()).unwrap_or_default()
    }
}

/// What was seen at a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    /// A path that is no UTF-8 names nothing here, so that it never holds.
    pub(crate) path: String,
    stamp: Stamp,
    facts: Hash,
}

impl Seen {
    fn of(path: &Path) -> Self {
        let stamp = Stamp::of(path);
        Self { path: path.to_string_lossy().into_owned(), stamp, facts: facts(path, stamp.kind) }
    }

    /// The same path, looked at now.
    pub(crate) fn again(&self) -> Self {
        Self::of(Path::new(&self.path))
    }

    /// Whether a build that looks now sees the same as one that began then.
    pub(crate) fn holds(&self, began: i64) -> bool {
        let path = Path::new(&self.path);
        let now = Stamp::of(path);
        (now == self.stamp && now.is_settled(began)) || (now.kind == self.stamp.kind && facts(path, now.kind) == self.facts)
    }
}

/// Everything that is ever learned of a file that an article names, or of the folder of a page bundle.
fn facts(path: &Path, kind: Kind) -> Hash {
    match kind {
        Kind::File => super::hash(format!("{:?}", look(path)).as_bytes()),
        Kind::Folder => {
            let mut names: Vec<_> = std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.file_name()).collect();
            names.sort();
            super::hash(format!("{names:?}").as_bytes())
        }
        Kind::Absent | Kind::Other => Hash::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a fixture")]
    fn what_was_seen_holds_as_long_as_the_same_would_be_seen() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.mp3");
        let absent = Seen::of(&file);
        assert!(absent.holds(i64::MAX) && absent.holds(0));
        std::fs::write(&file, "sound").unwrap();
        assert!(!absent.holds(i64::MAX), "it came");
        let (there, folder) = (Seen::of(&file), Seen::of(dir.path()));
        assert!(there.holds(0), "the times are not trusted, the facts are the same");
        std::fs::write(&file, "longer sound").unwrap();
        assert!(!there.holds(0) && !there.holds(i64::MAX));
        assert!(folder.holds(0));
        std::fs::write(dir.path().join("cover.png"), "x").unwrap();
        assert!(!folder.holds(0));
    }
}
