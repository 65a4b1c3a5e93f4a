//! External feeds → entries that stand beside others.
//!
//! In: feeds that were read, or what a store kept of them. Out: their entries, each with its [`crate::model::Origin`], filtered, and
//! without doubles. `list` says which sources there are, `state` and `schedule` when each is asked, `store` keeps what came.
//! `attribute` says where an entry came from, `filter` which are wanted, `join` and `cluster` which are the same, `standing` which of
//! those is the original, `canonical` when two addresses are one. `stored` gives what is kept away as heads and entries,
//! `cleaned` makes these fit to be published, `compared` tells copied texts.

pub mod attribute;
pub mod canonical;
mod cleaned;
mod cluster;
mod compared;
pub mod filter;
pub mod join;
pub mod list;
mod standing;
pub mod state;
pub mod store;
pub mod stored;
#[cfg(test)]
pub(crate) mod tests;
