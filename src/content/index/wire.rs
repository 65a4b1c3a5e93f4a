//! The index ⇄ bytes: two parts behind a head that says for whom they are and whether they are whole.
//!
//! The first part is all that a build needs in which nothing changed; the second is read when something did.

use super::{Hash, hash};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

const MAGIC: &[u8; 16] = b"feedloom index 2";
/// Magic, who wrote it, length and hash of each part.
const HEAD: usize = 16 + 16 + 2 * (8 + 16);

/// Why there is no index to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// There is none.
    Absent,
    /// Another program wrote it, or another version of this one.
    Other,
    /// It is damaged, or cannot be read.
    Broken,
}

/// An index, opened: its first part.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) light: Vec<u8>,
    file: File,
    heavy: (usize, Hash),
}

impl Opened {
    /// Opens an index that this program wrote, and reads its first part.
    pub(crate) fn open(path: &Path, program: &str) -> Result<Self, Unusable> {
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Unusable::Absent),
            Err(_) => return Err(Unusable::Broken),
        };
        let size = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len()).ok_or(Unusable::Broken)?;
        let mut head = [0; HEAD];
        file.read_exact(&mut head).map_err(|_| Unusable::Broken)?;
        let rest = head.strip_prefix(MAGIC).ok_or(Unusable::Other)?;
        let rest = rest.strip_prefix(&hash(program.as_bytes())).ok_or(Unusable::Other)?;
        let (light, rest) = part(rest).ok_or(Unusable::Broken)?;
        let (heavy, _) = part(rest).ok_or(Unusable::Broken)?;
        // Before anything is made room for.
        if (HEAD as u64).checked_add(light.0 as u64).and_then(|sum| sum.checked_add(heavy.0 as u64)) != Some(size) {
            return Err(Unusable::Broken);
        }
        let light = whole(&file, light).ok_or(Unusable::Broken)?;
        Ok(Self { light, file, heavy })
    }

    /// Reads the second part; `None` when it is damaged.
    pub(crate) fn heavy(&self) -> Option<Vec<u8>> {
        let at = HEAD.checked_add(self.light.len())?;
        (&self.file).seek(SeekFrom::Start(at as u64)).ok()?;
        whole(&self.file, self.heavy)
    }
}

/// Length and hash of a part.
fn part(head: &[u8]) -> Option<((usize, Hash), &[u8])> {
    let (length, rest) = head.split_first_chunk::<8>()?;
    let (hash, rest) = rest.split_first_chunk::<16>()?;
    Some(((usize::try_from(u64::from_le_bytes(*length)).ok()?, *hash), rest))
}

fn whole(mut file: &File, (length, expected): (usize, Hash)) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    file.read_exact(&mut bytes).ok()?;
    (hash(&bytes) == expected).then_some(bytes)
}

/// Writes an index of these two parts.
pub(crate) fn write(out: &mut dyn Write, program: &str, light: &[u8], heavy: &[u8]) -> io::Result<()> {
    out.write_all(MAGIC)?;
    out.write_all(&hash(program.as_bytes()))?;
    for part in [light, heavy] {
        out.write_all(&(part.len() as u64).to_le_bytes())?;
        out.write_all(&hash(part))?;
    }
    out.write_all(light)?;
    out.write_all(heavy)
}

/// A value as bytes; empty, which is no value, when it cannot be written.
pub(crate) fn encode(value: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(value).unwrap_or_default()
}

/// A value from its bytes.
pub(crate) fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a fixture")]
    fn an_index_that_is_not_whole_or_not_ours_is_not_used() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("index");
        assert_eq!(Opened::open(&path, "me").err(), Some(Unusable::Absent));
        let mut good = Vec::new();
        write(&mut good, "me", b"light", b"heavy").unwrap();
        std::fs::write(&path, &good).unwrap();
        let opened = Opened::open(&path, "me").unwrap();
        assert_eq!(opened.light, b"light");
        for _ in 0..2 {
            assert_eq!(opened.heavy().as_deref(), Some(&b"heavy"[..]));
        }
        assert_eq!(Opened::open(&path, "you").err(), Some(Unusable::Other));
        for at in 0..good.len() {
            let mut damaged = good.clone();
            damaged[at] ^= 0x40;
            std::fs::write(&path, &damaged).unwrap();
            let heavy = Opened::open(&path, "me").ok().and_then(|opened| opened.heavy());
            assert_eq!(heavy, None, "byte {at}");
            std::fs::write(&path, &good[..at]).unwrap();
            assert!(Opened::open(&path, "me").is_err(), "cut at {at}");
        }
    }

    #[test]
    fn values_come_back_and_other_bytes_are_none() {
        let bytes = encode(&(7_u32, "abc"));
        assert_eq!(decode::<(u32, &str)>(&bytes), Some((7, "abc")));
        assert!(decode::<(u32, &str)>(&bytes[..2]).is_none());
    }
}
