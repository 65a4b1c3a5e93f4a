//! Addresses → files on this machine that are going to be there.
//!
//! In: folders with the addresses that they are published at. Out: facts of the file that an address names; each file is looked at once.

use super::file_facts::{Facts, below, look};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// Folders by the addresses at which they are published.
#[derive(Debug, Default)]
pub(crate) struct Served {
    folders: HashMap<String, Vec<PathBuf>>,
    known: Mutex<HashMap<PathBuf, Facts>>,
}

impl Served {
    /// What lies in this folder is published below this address, which gets a `/` at its end.
    pub(crate) fn add(&mut self, address: &str, folder: PathBuf) {
        let folders = self.folders.entry(format!("{}/", address.trim_end_matches('/'))).or_default();
        if !folders.contains(&folder) {
            folders.push(folder);
        }
    }

    /// The facts of the file at this address, in the folder whose address is nearest.
    pub(crate) fn facts(&self, url: &str) -> Option<Facts> {
        let bare = url.split(['?', '#']).next().unwrap_or_default();
        let file = bare.rmatch_indices('/').find_map(|(at, _)| {
            let (address, path) = bare.split_at_checked(at + 1)?;
            self.folders.get(address)?.iter().find_map(|folder| below(folder, path))
        })?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        Some(known.entry(file).or_insert_with_key(|file| look(file)).clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "fixtures")]
    fn the_nearest_folder_has_the_file() {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in [("static/a/图.mp3", "12345"), ("page/x.mp3", "1")] {
            let file = dir.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        let mut served = Served::default();
        served.add("https://e.cn", dir.path().join("static"));
        served.add("https://e.cn/a/", dir.path().join("page"));
        let length = |url: &str| served.facts(url).and_then(|facts| facts.length);
        assert_eq!(length("https://e.cn/a/%E5%9B%BE.mp3?x=1"), Some(5));
        assert_eq!(length("https://e.cn/a/x.mp3"), Some(1));
        assert_eq!(length("https://e.cn/a/../page/x.mp3"), None);
        assert_eq!(length("https://e.cn/a/"), None);
        assert_eq!(length("https://other.cn/a/x.mp3"), None);
    }
}
