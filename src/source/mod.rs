//! External feeds → entries that stand beside others.
//!
//! In: feeds that were read. Out: their entries, each with its [`crate::model::Origin`], filtered, and without doubles. `attribute` says where
//! an entry came from, `filter` which are wanted, `join` which are the same, `canonical` when two addresses are.

pub mod attribute;
pub mod canonical;
pub mod filter;
pub mod join;
