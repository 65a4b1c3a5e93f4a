//! External feeds → entries that stand beside others.
//!
//! In: sources, and over the network or from a store the feeds that live there. Out: their entries, each with its
//! [`crate::model::Origin`], filtered, and without doubles.
//!
//! `list` says which sources there are and `outlines` writes them down; `state` and `schedule` say when each is asked, `fetch` what is asked and
//! what the answer means, `identify` which stored entry an incoming one is, `store` keeps what came, `health` says how each source does.
//! `stored` gives what is kept away as heads and entries, dated by `dating` and cleaned by `cleaned`.
//! `attribute` says where an entry came from, `filter` which are wanted, `join` and `cluster` which are the same (by their words: `compared`), `standing` which of
//! those is the original, `canonical` when two addresses are one.

pub mod attribute;
pub mod canonical;
mod cleaned;
mod cluster;
mod compared;
mod dating;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod filter;
pub mod health;
pub mod identify;
pub mod join;
pub mod list;
pub mod outlines;
pub mod schedule;
mod standing;
pub mod state;
pub mod store;
pub mod stored;
#[cfg(test)]
pub(crate) mod tests;
