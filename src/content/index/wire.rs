//! The index ⇄ bytes: two parts behind a head that says for whom they are and whether they are whole.
//!
//! The first part is all that a build needs in which nothing changed; the second is read when something did.

use super::{Hash, hash};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

const MAGIC: &[u8; 16] = b"feedloom index 1";
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
        let light = whole(&mut file, light).ok_or(Unusable::Broken)?;
        Ok(Self { light, file, heavy })
    }

    /// Reads the second part; `None` when it is damaged.
    pub(crate) fn heavy(&mut self) -> Option<Vec<u8>> {
        whole(&mut self.file, self.heavy)
    }
}

/// Length and hash of a part.
fn part(head: &[u8]) -> Option<((usize, Hash), &[u8])> {
    let (length, rest) = head.split_first_chunk::<8>()?;
    let (hash, rest) = rest.split_first_chunk::<16>()?;
    Some(((usize::try_from(u64::from_le_bytes(*length)).ok()?, *hash), rest))
}

fn whole(file: &mut File, (length, expected): (usize, Hash)) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    file.read_exact(&mut bytes).ok()?;
    (hash(&bytes) == expected).then_some(bytes)
}

/// The bytes of an index of these two parts.
pub(crate) fn pack(program: &str, light: &[u8], heavy: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEAD + light.len() + heavy.len());
    bytes.extend(MAGIC);
    bytes.extend(hash(program.as_bytes()));
    for part in [light, heavy] {
        bytes.extend((part.len() as u64).to_le_bytes());
        bytes.extend(hash(part));
    }
    bytes.extend(light);
    bytes.extend(heavy);
    bytes
}

/// A value as bytes; empty, which is no value, when it cannot be written.
pub(crate) fn encode(value: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(value).unwrap_or_default()
}

/// A value from its bytes.
pub(crate) fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// Bytes of a value inside of others, taken apart when they are needed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Blob<'a>(pub(crate) &'a [u8]);

impl Serialize for Blob<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Blob<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&'a [u8]>::deserialize(deserializer).map(Self)
    }
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
        let good = pack("me", b"light", b"heavy");
        std::fs::write(&path, &good).unwrap();
        let mut opened = Opened::open(&path, "me").unwrap();
        assert_eq!(opened.light, b"light");
        assert_eq!(opened.heavy().as_deref(), Some(&b"heavy"[..]));
        assert_eq!(Opened::open(&path, "you").err(), Some(Unusable::Other));
        for at in 0..good.len() {
            let mut damaged = good.clone();
            damaged[at] ^= 0x40;
            std::fs::write(&path, &damaged).unwrap();
            let heavy = Opened::open(&path, "me").ok().and_then(|mut opened| opened.heavy());
            assert_eq!(heavy, None, "byte {at}");
            std::fs::write(&path, &good[..at]).unwrap();
            assert!(Opened::open(&path, "me").is_err(), "cut at {at}");
        }
    }

    #[test]
    fn values_come_back_and_other_bytes_are_none() {
        let bytes = encode(&(7_u32, Blob(b"abc")));
        let (number, blob): (u32, Blob<'_>) = decode(&bytes).unwrap();
        assert_eq!((number, blob.0), (7, &b"abc"[..]));
        assert!(decode::<(u32, Blob<'_>)>(&bytes[..2]).is_none());
    }
}
