//! Atom 1.0 (RFC 4287).

mod write;

pub(super) use write::write;
