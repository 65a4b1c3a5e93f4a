//! Pictures, sound and other files that belong to an entry.

use serde::{Deserialize, Serialize};

/// A file that belongs to an entry.
///
/// Atom `link rel="enclosure"`, Media RSS · RSS `enclosure`, Media RSS · JSON Feed `image`, `attachments`,
/// `_feedloom`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Media {
    /// Absolute URL, percent-encoded.
    pub url: String,
    /// What it is for.
    pub role: Role,
    /// Media type, only when known; never guessed.
    pub media_type: Option<String>,
    /// Size in bytes, only when known.
    pub length: Option<u64>,
    /// Width in pixels.
    pub width: Option<u32>,
    /// Height in pixels.
    pub height: Option<u32>,
    /// Length in seconds.
    pub duration: Option<u32>,
    /// What it shows, for those who cannot see it. Media RSS `description`, Atom `title` of the link · JSON Feed `title`; not
    /// written of the picture that stands for the entry.
    pub alt: Option<String>,
}

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Role {
    /// A picture that stands for the entry.
    Thumbnail,
    /// A picture, sound or film that is shown with the entry. Media RSS `content`.
    Content,
    /// A file to download or play. Formats demand its type, and RSS its length; what lacks a type is written as content.
    Enclosure,
}

impl Media {
    /// A file at an absolute URL of which nothing else is known.
    pub fn new(role: Role, url: impl Into<String>) -> Self {
        Self { url: url.into(), role, media_type: None, length: None, width: None, height: None, duration: None, alt: None }
    }

    /// Whether type and length are known, as RSS 2.0 demands of an enclosure.
    pub fn is_enclosure(&self) -> bool {
        self.media_type.is_some() && self.length.is_some()
    }
}
