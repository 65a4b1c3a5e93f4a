//! Atom 1.0 (RFC 4287).

mod write;

pub(super) use write::{authors_of, extensions_of_entry, extensions_of_feed, write};
