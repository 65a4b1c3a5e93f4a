//! What is known of the files that a feed names, as far as they are at hand.
//!
//! The linter opens no file: who knows where they lie says what they are.

use std::fmt::Debug;

/// Knows files by the addresses at which they are going to be.
pub trait Files: Debug + Send + Sync {
    /// The facts of the file at this absolute address; `None` when it is not at hand.
    fn facts(&self, url: &str) -> Option<FileFacts>;
}

/// Facts of a file; what cannot be told is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileFacts {
    /// Its size in bytes.
    pub length: Option<u64>,
    /// Its media type.
    pub media_type: Option<String>,
    /// Whether its bytes say so, and not only its name.
    pub is_certain: bool,
    /// The width of a picture in pixels.
    pub width: Option<u32>,
    /// The height of a picture in pixels.
    pub height: Option<u32>,
}
