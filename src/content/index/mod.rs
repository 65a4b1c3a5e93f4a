//! What an earlier build knew of articles → what need not be read again.
//!
//! In: the files of the content folder with their stamps, and the records of the build before. Out: for each article the head and the
//! findings that it had, as long as its bytes are the same. A record that is not understood is none: the article is read.

mod looked;
mod record;
pub(crate) mod records;
mod stamp;
pub(crate) mod wire;

pub(crate) use crate::content::walk::Source;
pub(crate) use looked::{Looked, Seen};
pub(crate) use record::{Drawn, Earlier, Kept, Listed, Listing, Reading, Record, Remembered};
pub(crate) use stamp::{Kind, MARGIN, Stamp};

/// The first half of a BLAKE3 hash: enough against accident.
pub(crate) type Hash = [u8; 16];

/// The hash of these bytes.
pub(crate) fn hash(bytes: &[u8]) -> Hash {
    shortened(&blake3::hash(bytes))
}

/// The half of a hash that is kept.
pub(crate) fn shortened(whole: &blake3::Hash) -> Hash {
    whole.as_bytes().first_chunk().copied().unwrap_or_default()
}
