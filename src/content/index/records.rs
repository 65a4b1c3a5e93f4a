//! The file of records ⇄ values as bytes, each found by where it lies.
//!
//! Values are only ever added to the file, so that a build in which little changed writes little. Each is checked when it is read: one that is
//! not as it was written is none.

use super::hash;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Where in the file a value lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Span {
    at: u64,
    length: u32,
    /// The beginning of its hash.
    check: [u8; 8],
}

impl Span {
    /// Of a value that begins there; `None` when it is larger than any is.
    fn of(bytes: &[u8], at: u64) -> Option<Self> {
        Some(Self { at, length: u32::try_from(bytes.len()).ok()?, check: check(bytes) })
    }

    /// The value in the bytes of the whole file.
    pub(crate) fn of_all(self, all: &[u8]) -> Option<&[u8]> {
        let from = usize::try_from(self.at).ok()?;
        let bytes = all.get(from..from.checked_add(usize::try_from(self.length).ok()?)?)?;
        (check(bytes) == self.check).then_some(bytes)
    }

    /// How many bytes it takes.
    pub(crate) fn length(self) -> u64 {
        u64::from(self.length)
    }
}

fn check(bytes: &[u8]) -> [u8; 8] {
    hash(bytes).first_chunk().copied().unwrap_or_default()
}

/// A value that is in the file already, or is going to be.
#[derive(Clone, Debug, Default)]
pub(crate) enum Stored {
    /// There is none.
    #[default]
    Nothing,
    /// It is there.
    Kept(Span),
    /// It is new.
    Fresh(Box<[u8]>),
}

impl Stored {
    /// What was found in an earlier build.
    pub(crate) fn kept(span: Option<Span>) -> Self {
        span.map_or(Self::Nothing, Self::Kept)
    }

    /// Its bytes; `all` are those of the file.
    pub(crate) fn bytes<'a>(&'a self, all: &'a [u8]) -> Option<&'a [u8]> {
        match self {
            Self::Nothing => None,
            Self::Kept(span) => span.of_all(all),
            Self::Fresh(bytes) => Some(bytes),
        }
    }
}

/// Where values come to lie that are written one after the other.
pub(crate) struct Writer<'w> {
    out: &'w mut dyn Write,
    at: u64,
}

impl<'w> Writer<'w> {
    /// The next value comes to lie at `at`.
    pub(crate) fn new(out: &'w mut dyn Write, at: u64) -> Self {
        Self { out, at }
    }

    /// Writes a value, and says where it is.
    pub(crate) fn put(&mut self, bytes: &[u8]) -> io::Result<Option<Span>> {
        let Some(span) = Span::of(bytes, self.at) else { return Ok(None) };
        self.out.write_all(bytes)?;
        self.at += span.length();
        Ok(Some(span))
    }
}

/// The file, opened for some of its values.
#[derive(Debug)]
pub(crate) struct Records {
    file: Mutex<File>,
    pub(crate) size: u64,
}

impl Records {
    /// The file at this path, when there is one.
    pub(crate) fn open(path: &Path) -> Option<Self> {
        let file = File::open(path).ok()?;
        let size = file.metadata().ok().filter(std::fs::Metadata::is_file)?.len();
        Some(Self { file: Mutex::new(file), size })
    }

    /// One value.
    pub(crate) fn get(&self, span: Span) -> Option<Vec<u8>> {
        // Before anything is made room for.
        span.at.checked_add(span.length()).filter(|end| *end <= self.size)?;
        let mut bytes = vec![0; usize::try_from(span.length).ok()?];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(span.at)).ok()?;
        file.read_exact(&mut bytes).ok()?;
        (check(&bytes) == span.check).then_some(bytes)
    }

    /// All of it; empty when it cannot be read.
    pub(crate) fn all(path: &Path) -> Vec<u8> {
        let Some(records) = Self::open(path) else { return Vec::new() };
        let mut bytes = Vec::new();
        let mut file = records.file.lock().unwrap_or_else(PoisonError::into_inner);
        if file.read_to_end(&mut bytes).is_err() {
            return Vec::new();
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a fixture")]
    fn values_are_found_where_they_lie_and_damaged_ones_are_none() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("records");
        let mut bytes = b"before".to_vec();
        let mut writer = Writer::new(&mut bytes, 6);
        let spans: Vec<Span> = [&b"one"[..], b"", b"three"].iter().map(|value| writer.put(value).unwrap().unwrap()).collect();
        std::fs::write(&path, &bytes).unwrap();
        let records = Records::open(&path).unwrap();
        for (span, value) in spans.iter().zip([&b"one"[..], b"", b"three"]) {
            assert_eq!(span.of_all(&bytes), Some(value));
            assert_eq!(records.get(*span).as_deref(), Some(value));
            assert_eq!(span.of_all(&bytes[..7]), Some(value).filter(|value| value.is_empty() && span.at <= 7));
        }
        bytes[6] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(Records::open(&path).unwrap().get(spans[0]), None);
        assert_eq!(spans[0].of_all(&bytes), None);
        assert_eq!(spans[2].of_all(&Records::all(&path)), Some(&b"three"[..]));
        assert_eq!(Stored::kept(Some(spans[2])).bytes(&bytes), Some(&b"three"[..]));
    }
}
