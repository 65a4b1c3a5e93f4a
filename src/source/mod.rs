//! External feeds → entries that stand beside others.
//!
//! In: feeds that were read, or what a store kept of them. Out: their entries, each with its [`crate::model::Origin`], filtered, and
//! without doubles. `list` says which sources there are, `state` and `schedule` when each is asked, `store` keeps what came,
//! `identify` says which stored entry an incoming one is, `health` how each source is.
//! `attribute` says where an entry came from, `filter` which are wanted, `join` which are the same, `canonical` when two addresses are.

pub mod attribute;
pub mod canonical;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod filter;
pub mod health;
pub mod identify;
pub mod join;
pub mod list;
pub mod outlines;
pub mod schedule;
pub mod state;
pub mod store;
