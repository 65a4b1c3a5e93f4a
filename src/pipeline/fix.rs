//! A document that is linted → the same, mended, and where below an out folder it belongs.
//!
//! In: bytes, and where they come from. Out: bytes; nothing is written. The length of an enclosure is that of the file at its address, when the
//! address is below that of the folder and the file lies there.

use crate::diagnostic::{Code, Diagnostic};
use crate::lint::{self, Means, Report, fix};
use crate::text::url::decode_path;
use chrono_tz::Tz;
use std::path::{Component, Path, PathBuf};

/// What is known for mending.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// The zone of dates that state none; `None`: they are left.
    pub zone: Option<Tz>,
}

impl Options {
    /// Dates that state no zone are read in this one, if there is one.
    pub fn new(zone: Option<Tz>) -> Self {
        Self { zone }
    }
}

/// A document, mended as far as it can be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mended {
    /// Its bytes; those that were read when nothing was mended.
    pub bytes: Vec<u8>,
    /// What was mended, with its place in the document that was read.
    pub findings: Vec<Diagnostic>,
    /// Where the document belongs: which file it is, and its path below the folder that it was found in.
    pub home: Home,
}

/// Where a document comes from, and where it belongs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Home {
    /// The file, if it is one.
    pub file: Option<PathBuf>,
    /// Its path below the folder that is linted; its name when it was named itself.
    pub below: PathBuf,
    /// The folder that is linted, or that the file lies in, and its address.
    pub(super) folder: Option<(PathBuf, String)>,
}

impl Home {
    /// A file, the folder of which its path is relative to, and the address of that folder.
    pub(super) fn new(file: &Path, folder: &Path, address: Option<String>) -> Self {
        let below = file.strip_prefix(folder).unwrap_or(file);
        Self { file: Some(file.to_path_buf()), below: below.to_path_buf(), folder: address.map(|address| (folder.to_path_buf(), address)) }
    }

    /// The length in bytes of the file that is going to have this address.
    fn length(&self, url: &str) -> Option<u64> {
        let (folder, address) = self.folder.as_ref()?;
        let below = url.strip_prefix(&format!("{}/", address.trim_end_matches('/')))?;
        let below = PathBuf::from(decode_path(below.split(['?', '#']).next()?)?);
        // Nobody is sent out of the folder.
        let inside = below.components().all(|part| matches!(part, Component::Normal(_)));
        let facts = std::fs::metadata(folder.join(below)).ok().filter(|facts| inside && facts.is_file())?;
        Some(facts.len())
    }
}

/// Mends a document.
pub(super) fn one(bytes: &[u8], known: &lint::Options, home: &Home, options: Options, wanted: &(dyn Fn(Code) -> bool + Sync)) -> (Report, Mended) {
    let length = |url: &str| home.length(url);
    let means = Means { zone: options.zone, length: &length, wanted, ..Means::default() };
    let fixed = fix(bytes, known, &means);
    (fixed.report, Mended { bytes: fixed.bytes, findings: fixed.mended, home: home.clone() })
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the file that is measured is written")]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_folder_are_measured() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("f");
        std::fs::create_dir_all(inner.join("a")).unwrap();
        std::fs::write(inner.join("a/声 音.mp3"), [0; 42]).unwrap();
        std::fs::write(folder.path().join("secret"), [0; 7]).unwrap();
        let home = Home::new(&inner.join("x/feed.xml"), &inner, Some("https://a.example/f/".to_owned()));
        assert_eq!(home.below, Path::new("x/feed.xml"));
        for (url, expected) in [
            ("https://a.example/f/a/%E5%A3%B0%20%E9%9F%B3.mp3", Some(42)),
            ("https://a.example/f/a/声 音.mp3?x=1", Some(42)),
            ("https://a.example/f/../secret", None),
            ("https://a.example/f/%2E%2E/secret", None),
            ("https://a.example/f/a", None),
            ("https://a.example/f/", None),
            ("https://b.example/f/a/x.mp3", None),
            ("https://a.example/f/%FF", None),
        ] {
            assert_eq!(home.length(url), expected, "{url}");
        }
        assert_eq!(Home::default().length("https://a.example/f/a"), None);
    }
}
