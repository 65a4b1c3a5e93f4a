//! The verbs, without the command line: each takes its own `Options` and gives back what it did.
//!
//! A pipeline joins the layers below it and decides nothing that they could decide. None prints, reads the environment
//! or asks the time.

pub mod build;
pub mod diff;
#[cfg(feature = "fetch")]
pub mod discover;
#[cfg(feature = "fetch")]
pub mod fetch;
mod files;
pub mod fix;
pub mod input;
pub mod inspect;
pub mod lint;
pub mod merge;
#[cfg(feature = "fetch")]
pub mod ping;
