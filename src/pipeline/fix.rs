//! A document that is linted → the same, mended, and where below an out folder it belongs.
//!
//! In: bytes, and where they come from. Out: bytes; nothing is written.

use crate::diagnostic::{Code, Diagnostic};
use crate::lint::{self, Means, Report, fix};
use chrono_tz::Tz;
use std::path::{Path, PathBuf};

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
}

impl Home {
    /// A file, and its path below the folder that is linted.
    pub(super) fn new(file: &Path, below: &Path) -> Self {
        Self { file: Some(file.to_path_buf()), below: below.to_path_buf() }
    }
}

/// Mends a document.
pub(super) fn one(bytes: &[u8], known: &lint::Options, home: &Home, options: Options, wanted: &(dyn Fn(Code) -> bool + Sync)) -> (Report, Mended) {
    let means = Means::new(options.zone, wanted);
    let fixed = fix(bytes, known, &means);
    (fixed.report, Mended { bytes: fixed.bytes, findings: fixed.mended, home: home.clone() })
}
