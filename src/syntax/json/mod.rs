//! JSON text in; values with places out.
//!
//! `serde_json` reads, strictly; keys that stand twice are reported and the last one wins, as everywhere here.
//!
//! Specification: [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259).

use super::build::Builder;
use super::place::Lines;
use super::scan::Scan;
use super::{MAX_DEPTH, Parsed, Problem, found_at};
use serde::de::IgnoredAny;

/// Reads a text that is one JSON value.
///
/// # Errors
///
/// The first thing in the text that is no JSON.
pub fn parse(text: &str) -> Result<Parsed, Problem> {
    let (parsed, consumed) = parse_prefix(text)?;
    let rest = text.get(consumed..).unwrap_or_default();
    let next = rest.trim_start_matches([' ', '\t', '\n', '\r']);
    if next.is_empty() {
        return Ok(parsed);
    }
    let offset = text.len() - next.len();
    Err(Problem::new(Lines::of(text).place(offset), format!("expected the end of the text, found {}", found_at(text, offset))))
}

/// Reads the JSON value that the text starts with; gives also how many bytes it takes, white space before it included.
///
/// # Errors
///
/// The first thing in the value that is no JSON.
pub fn parse_prefix(text: &str) -> Result<(Parsed, usize), Problem> {
    let lines = Lines::of(text);
    let scan = Scan::of_json(text);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let parsed = Builder::new(text, &lines, &scan, false).read(&mut deserializer);
    match parsed {
        Ok(parsed) => Ok((parsed, deserializer.into_iter::<IgnoredAny>().byte_offset())),
        Err(error) => Err(explain(text, &lines, &error)),
    }
}

/// The parser's words, and what they mean. `{}` stands for what was found.
const MEANINGS: &[(&str, &str)] = &[
    ("EOF while parsing a string", "expected the closing `\"`, found the end"),
    ("EOF while parsing", "expected more, found the end"),
    ("expected `:`", "expected `:` behind the key, found {}"),
    ("expected `,` or `]`", "expected `,` or `]` in the list, found {}"),
    ("expected `,` or `}`", "expected `,` or `}` in the map, found {}"),
    ("expected ident", "expected `true`, `false` or `null`, found something else"),
    ("expected value", "expected a value, found {}"),
    ("invalid escape", "expected an escape such as `\\n` or `\\\\`, found {}"),
    ("invalid number", "expected a number, found {} in it"),
    ("number out of range", "expected a number that can be stored, found a larger one"),
    ("control character", "expected text, found a line break or control character inside quotes"),
    ("key must be a string", "expected a key in double quotes, found {}"),
    ("trailing comma", "expected another value behind the comma, found {}"),
];

fn explain(text: &str, lines: &Lines<'_>, error: &serde_json::Error) -> Problem {
    let raw = error.to_string();
    // The parser counts bytes from 1, and 0 for the line break before the line.
    let line_start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut offset = (line_start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    if raw.starts_with("EOF") {
        offset = text.len();
    }
    let message = if let Some((_, meaning)) = MEANINGS.iter().find(|(words, _)| raw.starts_with(words)) {
        meaning.replace("{}", &found_at(text, offset))
    } else if raw.starts_with("recursion limit exceeded") {
        format!("expected at most {MAX_DEPTH} lists and maps inside each other, found more")
    } else {
        format!("expected JSON, found something else ({})", raw.split(" at line ").next().unwrap_or_default())
    };
    Problem::new(lines.place(offset), message)
}

#[cfg(test)]
mod tests;
