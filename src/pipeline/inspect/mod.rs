//! What a feed holds: bytes → what people or programs want to know of it.
//!
//! In: a document and hints. Out: [`normalised`] JSON, the same for each format, or a [`crate::format::read::Reading`] for
//! who draws a page of it. Nothing is sanitised, sorted or left out.

mod normalised;

pub use normalised::{unreadable, write};
