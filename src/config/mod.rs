//! `feedloom.yaml` → the pipelines' options.
//!
//! A [`Document`] is the file with what the command line sets on top; [`Settings`] are its keys, checked; [`resolve`]
//! fills in the defaults that depend on others and gives each pipeline its own options. A mistake is a finding with the
//! place in the file; all mistakes of a file are found at once.

mod document;
mod read;
mod resolve;
mod section;
mod settings;

pub use document::Document;
pub use resolve::{Overrides, Resolved, resolve};
pub use settings::Settings;

/// The name of the configuration file.
pub const FILE: &str = "feedloom.yaml";
