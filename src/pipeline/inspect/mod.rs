//! What a feed holds, for programs.
//!
//! In: a document and hints. Out: normalised JSON, the same shape for each format, also for what is no feed. Nothing is sanitised,
//! sorted or left out. A page for people is drawn from a [`crate::format::read::Reading`].

mod normalised;

pub use normalised::{LARGE, unreadable, write};
