//! The integration tests: one binary, so that it is linked once. `tests/README.md` says where a new test goes.
#![allow(clippy::disallowed_methods, reason = "fixtures are written and removed")]
#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "the names are our own")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod action;
mod architecture;
mod bombs;
mod catalogue;
mod command_line;
mod diff;
mod documents;
#[cfg(feature = "fetch")]
mod etiquette;
mod fix;
mod fuzz;
mod generators;
mod harness;
#[cfg(feature = "fetch")]
mod http2;
mod identity;
mod index;
mod init;
mod languages;
mod law;
mod lint;
#[cfg(feature = "fetch")]
mod lint_http;
mod merge;
#[cfg(feature = "fetch")]
mod network;
mod output;
#[cfg(feature = "fetch")]
mod planet;
mod properties;
mod readers;
mod readme;
#[cfg(feature = "serve")]
mod serve;
#[cfg(feature = "fetch")]
mod server;
mod shells;
mod trouble;
mod truncation;
mod wild;
mod withheld;
mod words;
