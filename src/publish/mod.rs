//! Feeds → files.
//!
//! [`layout`] says which files a topic has and what their addresses are, [`encode`] makes their bytes, [`page`] the HTML,
//! [`mod@write`] brings them to the out folder: atomically, only if changed, and never over a file that is not ours, which
//! [`manifest`] knows. Nothing else in the program writes into that folder.

pub mod encode;
pub mod layout;
pub mod manifest;
pub mod page;
pub(crate) mod scratch;
pub mod single;
pub mod write;
