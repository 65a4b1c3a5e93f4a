//! YAML text in; values with places out.
//!
//! `serde_yaml` reads (YAML 1.2 core schema: `no` is text, `012` is text); keys that stand twice are kept apart and
//! reported, merge keys (`<<`) are applied, keys that are no text become text, tags of one's own are left off. A text of
//! more than one document is a problem.
//!
//! Specification: [YAML 1.2.2](https://yaml.org/spec/1.2.2/).

mod colon;
mod flat;
mod mend;
mod problem;
mod repair;

use super::build::Builder;
use super::place::Lines;
use super::scan::Scan;
use super::{MAX_DEPTH, Parsed, Problem};
use problem::Failure;

/// Lines that may start with `%`, as directives (`%TAG`) do: the parser compares each directive with all others.
const MAX_DIRECTIVES: usize = 64;

/// Reads one YAML document; an empty text is [`Value::Null`](super::Value::Null).
///
/// # Errors
///
/// The first thing in the text that is no YAML; also 129 collections inside each other, a second document, aliases that
/// repeat too much, and control characters.
pub fn parse(text: &str) -> Result<Parsed, Problem> {
    read(text).map_err(|failure| failure.problem)
}

/// Like [`parse`], but mends what people often get wrong, each change in [`Parsed::repairs`]: tabs that indent, values
/// that would have needed quotes (`title: a: b`, `@name`), quotes inside quotes, backslashes that are no escape, control
/// characters, colons and dashes without a space (`date:2025-01-03`, `-item`), full-width colons. Only single lines are
/// mended, at most 20 of them. A text is left alone when it parses, unless all that it is, is one text that starts with
/// such a key.
///
/// # Errors
///
/// The problem of the text as it stands, when mending did not help.
pub fn parse_tolerant(text: &str) -> Result<Parsed, Problem> {
    match read(text) {
        Ok(parsed) => Ok(repair::key_at_start(text, &parsed).and_then(|failure| repair::read_mended(text, failure).ok()).unwrap_or(parsed)),
        Err(failure) => repair::read_mended(text, failure),
    }
}

fn read(text: &str) -> Result<Parsed, Failure> {
    flat::read(text).map_or_else(|| read_whole(text), Ok)
}

/// Reads a text with the parser of record.
fn read_whole(text: &str) -> Result<Parsed, Failure> {
    let lines = Lines::of(text);
    let fail = |offset: usize, message: String| Failure::new(&lines, offset, message);
    if let Some((offset, character)) = text.char_indices().find(|&(_, character)| is_forbidden(character)) {
        return Err(fail(offset, format!("expected text, found the control character U+{:04X}", u32::from(character))));
    }
    if text.lines().filter(|line| line.starts_with('%')).count() > MAX_DIRECTIVES {
        return Err(fail(0, format!("expected a value, found more than {MAX_DIRECTIVES} lines that start with `%`")));
    }
    let scan = Scan::of_yaml(text);
    if let Some(offset) = scan.too_deep {
        return Err(fail(offset, format!("expected at most {MAX_DEPTH} lists and maps inside each other, found more")));
    }
    let deserializer = serde_yaml::Deserializer::from_str(text);
    let parsed = Builder::new(text, &lines, &scan, true).read(deserializer);
    parsed.map_err(|error| problem::explain(text, &lines, &scan, &error))
}

/// Characters that YAML forbids ([5.1](https://yaml.org/spec/1.2.2/#51-character-set)).
fn is_forbidden(character: char) -> bool {
    !matches!(character, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{A0}'..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests;
