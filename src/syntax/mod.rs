//! YAML, TOML and JSON text in; values that know where they stand out.
//!
//! The only place that knows `serde_yaml`, `toml` and `serde_json`. All three languages end in the same [`Value`], so
//! that front matter and configuration are read once, whatever they are written in. Numbers keep the text that they were
//! written with (a version `1.10` is not `1.1`), dates are text, and of two equal keys the last one wins and both are
//! reported. Nothing here knows what a key means, reads a file or makes a diagnostic.
//!
//! The text is hostile: parsing takes linear time and bounded memory, nests 128 levels at most and never panics.
//!
//! Specifications: [YAML 1.2.2](https://yaml.org/spec/1.2.2/), [TOML 1.1](https://toml.io/en/v1.1.0),
//! [JSON, RFC 8259](https://www.rfc-editor.org/rfc/rfc8259).

mod build;
pub mod json;
mod place;
mod scan;
pub mod toml;
mod value;
pub mod yaml;

pub use place::Place;
use std::fmt;
pub use value::{Map, Member, Node, Value};

/// How many collections may stand inside each other.
const MAX_DEPTH: usize = 128;

/// A text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parsed {
    /// What the text says; [`Value::Null`] when it says nothing.
    pub value: Value,
    /// The keys that stand twice in one map, at most 100 of them, in the order of the text.
    pub duplicates: Vec<Duplicate>,
    /// What had to be changed before the text could be read; only [`yaml::parse_tolerant`] repairs.
    pub repairs: Vec<Repair>,
}

/// A key that stands twice in one map.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Duplicate {
    /// The key.
    pub key: String,
    /// Where it stands again: this one counts.
    pub place: Place,
    /// Where it stood before.
    pub first: Place,
}

/// A change that made a broken text readable.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Repair {
    /// Where the change was made.
    pub place: Place,
    /// What was wrong and how it was read, in one line.
    pub message: String,
    /// What to write instead, in one line.
    pub help: &'static str,
}

/// A text that cannot be read: the first thing that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// What was expected and what was found, in one line.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.place.line, self.place.column, self.message)
    }
}

impl std::error::Error for Problem {}

impl Problem {
    fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into() }
    }
}

/// The character at a byte offset as a message names it.
fn found_at(text: &str, offset: usize) -> String {
    match text.get(offset..).and_then(|rest| rest.chars().next()) {
        None => "the end".to_owned(),
        Some('\n' | '\r') => "the end of the line".to_owned(),
        Some('\t') => "a tab".to_owned(),
        Some('`') => "a back quote".to_owned(),
        Some(other) if other.is_control() => format!("the control character U+{:04X}", u32::from(other)),
        Some(other) => format!("`{other}`"),
    }
}

#[cfg(test)]
mod tests;
