//! HTML and plain text: what readers see of an entry, made safe and measured.
//!
//! In: strings from articles and from foreign feeds, all of them hostile. Out: sanitised HTML, plain text, summaries,
//! absolute URLs, languages. Knows no files, no network and no feed format; every function is pure and linear in its input.

pub mod block;
pub mod hygiene;
pub mod join;
pub mod language;
pub mod likeness;
mod markup;
pub mod near;
pub mod plain;
pub mod relink;
pub mod romanise;
pub mod sanitise;
pub mod script;
mod sentence;
pub mod summary;
pub mod tracking;
pub mod url;
pub mod urlize;
