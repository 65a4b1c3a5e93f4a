//! Tolerant XML: any text with tags in it → elements, in one pass.
//!
//! In: decoded text, however broken. Out: a cursor that opens and closes elements, with namespaces, languages and bases
//! resolved, and a list of what had to be repaired. Never expands an entity that the document declares, never fetches, never
//! fails: what cannot be markup is text, and at the end of the text every element is closed.
//!
//! `token` finds tags (on `quick_xml`), `cursor` keeps the stack and closes what nobody closed, `shape` says which elements of
//! feeds may hold which, `attributes`, `reference`, `namespace` and `bases` read what is inside of tags, `fragment` keeps markup as
//! markup, `run` joins pieces of text, `repairs` collects findings, `events` shows the
//! walk to those who want every tag as it is written.

mod attributes;
mod bases;
mod cursor;
mod events;
mod fragment;
mod namespace;
mod reference;
mod repairs;
mod run;
mod shape;
#[cfg(test)]
mod tests;
mod token;

pub(super) use cursor::{Cursor, Inner, Tag};
pub(crate) use events::{Event, Events, Written, open_at};
pub(super) use fragment::without_div;
pub(super) use namespace::{LONGEST, Ns, canonical, vocabulary};
pub(super) use reference::decode;
pub(crate) use reference::entity;
pub(super) use repairs::{Repairs, excerpt};
pub(super) use shape::{Shape, ends_text, text_of};
