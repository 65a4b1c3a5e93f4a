//! `feedloom.yaml`, and the configuration of the site's own generator → the pipelines' options.
//!
//! A [`Document`] is the file with what the command line sets on top; [`Settings`] are its keys, checked; [`resolve`]
//! fills in the defaults that depend on others and gives each pipeline its own options. What `feedloom.yaml` does not say, the site's own
//! configuration may ([`generator`], [`Settings::fill`]): the command line wins over `feedloom.yaml`, that over the generator's, and that
//! over the defaults. A mistake is a finding with the
//! place in the file; all mistakes of a file are found at once.

mod document;
pub mod generator;
mod key;
mod likeness;
#[cfg(feature = "fetch")]
mod network;
mod outline;
mod quantity;
mod read;
mod reference;
mod resolve;
mod schema;
mod secret;
mod section;
mod settings;
mod sources;
mod subscribe;
#[cfg(test)]
mod tests;

pub use document::Document;
pub use key::{Absent, Declared, Shape, Written, keys};
#[cfg(feature = "fetch")]
pub use network::{fetch, http};
pub use outline::Found;
pub use read::language;
pub use reference::reference;
pub use resolve::{Overrides, Resolved, out_folder, resolve};
pub use schema::schema;
pub use secret::Secret;
pub use settings::{Like, Settings};
pub use sources::address as source_address;
pub use subscribe::{Environment, OPML, Subscribed, first_list, subscribe};

/// The names of the configuration file, in order of preference.
pub const FILES: &[&str] = &["feedloom.yaml", "feedloom.yml"];
