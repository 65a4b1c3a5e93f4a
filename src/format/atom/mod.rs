//! Atom 1.0 (RFC 4287).

mod write;

pub(super) use write::{authors_of, authors_of_feed, extensions_of_entry, extensions_of_feed, is_enclosure, source_language, write};
