//! How much of a document is read: limits that no honest feed reaches.
//!
//! Beyond them a part is cut or left out, and that is noted. They keep what comes out in proportion to what came in, also where
//! one word of the feed (an author, a base) is copied into each entry.

/// Entries of one feed.
pub const ENTRIES: usize = 200_000;
/// Bytes of a title or another short text.
pub const LINE: usize = 64 << 10;
/// Bytes of a body.
pub const BODY: usize = 32 << 20;
/// Bytes of a person's name.
pub const NAME: usize = 1 << 10;
/// People of one entry or feed.
pub const PEOPLE: usize = 64;
/// Bytes of an address.
pub const ADDRESS: usize = 8 << 10;
/// Links or categories of one entry or feed.
pub const LIST: usize = 1024;
/// Files of one entry.
pub const MEDIA: usize = 256;
/// Elements inside of each other in an extension.
pub const EXTENSION_DEPTH: usize = 32;
/// Elements of all extensions of one document.
pub const EXTENSIONS: usize = 1 << 20;

/// The beginning of a text that is too long, cut between characters.
pub(in crate::format) fn cut(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let end = (0..=most).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}
