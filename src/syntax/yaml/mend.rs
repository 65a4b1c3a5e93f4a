//! A line of YAML that may be at fault in; the line as it was meant out.
//!
//! Knows the faults that people make in `key: value` and `- value`; a line without one of them is left alone. Whether the
//! change helps is for the caller to find out.

use super::colon::{Fault, ODD_SPACES};
use std::borrow::Cow;

/// A line as it should have been.
pub(super) struct Change {
    pub(super) line: String,
    /// Where in the old line the fault starts, in bytes.
    pub(super) offset: usize,
    pub(super) message: String,
    pub(super) help: &'static str,
}

/// Mends the colon behind a key that starts a line.
pub(super) fn mend_colon(line: &str) -> Option<Change> {
    let fault = Fault::of(line)?;
    let (message, help) = fault.repair();
    Some(Change { line: fault.mended(), offset: fault.offset(), message, help })
}

/// Mends a list item without a space behind its dash. `before` is the last line above that is not blank: an item of the
/// same list, or its key.
pub(super) fn mend_dash(line: &str, before: &str) -> Option<Change> {
    let blanks = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let indent = blanks(line);
    let rest = line.get(indent..)?.strip_prefix('-').filter(|rest| !rest.starts_with([' ', '\t', '-']))?;
    let value = rest.trim_start_matches(ODD_SPACES);
    let is_item = blanks(before) == indent && before.get(indent..)?.starts_with("- ");
    let is_key = blanks(before) <= indent && before.trim_end().ends_with(':');
    (!value.trim().is_empty() && (is_item || is_key)).then(|| Change {
        line: format!("{}- {value}", " ".repeat(indent)),
        offset: indent + 1,
        message: "no space stands behind the dash of the list item; it was read as if there were one".to_owned(),
        help: "put a space behind the dash",
    })
}

/// Mends the value of a line `key: value` or `- value`, when it has one of the faults that are known.
pub(super) fn mend_line(line: &str) -> Option<Change> {
    let start = value_start(line)?;
    let (head, value) = line.split_at_checked(start)?;
    let trimmed = value.trim_end();
    let (value, tail) = (trimmed, value.get(trimmed.len()..)?);
    let (mended, message, help) = mend_value(value)?;
    let message = match key_of(head) {
        "" => format!("the value {message}"),
        key => format!("the value of `{key}` {message}"),
    };
    Some(Change { line: format!("{head}{mended}{tail}"), offset: start, message, help })
}

/// Where the value of a line starts, behind dashes and the key.
fn value_start(line: &str) -> Option<usize> {
    let mut at = line.len() - line.trim_start_matches(' ').len();
    let rest = |at: usize| line.get(at..).unwrap_or_default();
    let mut item = false;
    while rest(at).starts_with("- ") {
        at += 1;
        at += rest(at).len() - rest(at).trim_start_matches(' ').len();
        item = true;
    }
    if rest(at).starts_with('#') {
        return None;
    }
    let key_end = match rest(at).chars().next()? {
        quote @ ('"' | '\'') => closing_quote(rest(at), quote).map_or(0, |end| end + 1),
        '[' | '{' | '@' | '`' | '%' | '*' | '&' | '!' | '|' | '>' => rest(at).len(),
        _ => 0,
    };
    let colon = rest(at + key_end).match_indices(':').find(|(offset, _)| rest(at + key_end + offset + 1).starts_with([' ', '\t']));
    let start = match colon {
        Some((offset, _)) if key_end == 0 || rest(at + key_end).get(..offset).is_some_and(|gap| gap.trim().is_empty()) => at + key_end + offset + 1,
        _ if item => at,
        _ => return None,
    };
    let start = start + rest(start).len() - rest(start).trim_start_matches([' ', '\t']).len();
    (start < line.len()).then_some(start)
}

/// The key in what stands before a value.
fn key_of(head: &str) -> &str {
    head.trim_start_matches([' ', '-']).trim_end().trim_end_matches(':').trim_end().trim_matches(['"', '\''])
}

const QUOTE_IT: &str = "put the value in quotes";

/// A value that can be read, what was wrong and how it was read, and what to write.
type Mended = (String, Cow<'static, str>, &'static str);

fn mend_value(value: &str) -> Option<Mended> {
    match value.chars().next()? {
        '#' => None,
        '"' => mend_double(value),
        '\'' => mend_single(value),
        open @ ('[' | '{') => {
            let end = closing_bracket(value, open)?;
            let behind = value.get(end + 1..)?.trim_start();
            (!behind.is_empty() && !behind.starts_with('#'))
                .then(|| literal(value, "starts with a bracket and goes on behind it; it was read as text"))
        }
        '|' | '>' => {
            let behind = value.get(1..)?.trim_start_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
            (!behind.trim_start().is_empty() && !behind.starts_with(" #"))
                .then(|| literal(value, "starts with a mark that YAML reserves; it was read as text"))
        }
        '*' if is_alias(split_comment(value).0) => {
            let name = split_comment(value).0;
            Some(literal(value, format!("is `{name}`, which names an anchor that does not exist; it was read as text")))
        }
        '@' | '`' | '%' | '*' | '&' | '!' | ',' | ']' | '}' => Some(literal(value, "starts with a mark that YAML reserves; it was read as text")),
        '-' | '?' | ':' if value.get(1..)?.starts_with(' ') => Some(literal(value, "starts with a mark that YAML reserves; it was read as text")),
        _ => {
            let (text, _) = split_comment(value);
            (text.contains(": ") || text.contains(":\t") || text.ends_with(':'))
                .then(|| literal(value, "holds `: ` and has no quotes; it was read as text"))
        }
    }
}

/// Whether a value that starts with `*` can be nothing but an alias.
fn is_alias(value: &str) -> bool {
    value.len() > 1 && value.bytes().skip(1).all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// The value up to a comment, and the comment with the blanks before it.
fn split_comment(value: &str) -> (&str, &str) {
    let text = value.find(" #").and_then(|at| value.get(..at)).unwrap_or(value).trim_end();
    (text, value.get(text.len()..).unwrap_or_default())
}

/// The value in single quotes, where nothing has a meaning.
fn literal(value: &str, message: impl Into<Cow<'static, str>>) -> Mended {
    let (text, comment) = split_comment(value);
    (format!("'{}'{comment}", text.replace('\'', "''")), message.into(), QUOTE_IT)
}

fn mend_double(value: &str) -> Option<Mended> {
    let inside = value.get(1..)?;
    let Some(end) = closing_quote(value, '"') else {
        // `"C:\dir\"`: the last backslash was not meant for the quote.
        if let Some(inner) = inside.strip_suffix("\\\"") {
            return Some((
                format!("\"{}\\\\\"", escaped(inner)),
                "ends in a backslash before the quote; the backslash was kept".into(),
                "write `\\\\` for a backslash",
            ));
        }
        return Some((
            format!("\"{}\"", escaped(inside)),
            "starts with a quote that is not closed; it was closed at the end of the line".into(),
            "close the quote",
        ));
    };
    let behind = value.get(end + 1..)?.trim_start();
    if !behind.is_empty() && !behind.starts_with('#') {
        let ends_in_quote = inside.strip_suffix('"').filter(|inner| !ends_in_escape(inner));
        return Some(match ends_in_quote {
            Some(inner) => (
                format!("\"{}\"", escaped(inner)),
                "has quotes inside quotes; they were read as text".into(),
                "write `\\\"` for a quote inside quotes",
            ),
            None => literal(value, "goes on behind the closing quote; it was read as text with its quotes"),
        });
    }
    let inner = value.get(1..end)?;
    let fixed = escaped(inner);
    let tail = value.get(end..)?;
    (fixed != inner).then(|| (format!("\"{fixed}{tail}"), "has a backslash that is no escape; it was kept".into(), "write `\\\\` for a backslash"))
}

fn mend_single(value: &str) -> Option<Mended> {
    let requote = |inner: &str| format!("'{}'", inner.replace("''", "'").replace('\'', "''"));
    let inside = value.get(1..)?;
    let Some(end) = closing_quote(value, '\'') else {
        return Some((requote(inside), "starts with a quote that is not closed; it was closed at the end of the line".into(), "close the quote"));
    };
    let behind = value.get(end + 1..)?.trim_start();
    if behind.is_empty() || behind.starts_with('#') {
        return None;
    }
    Some(match inside.strip_suffix('\'') {
        Some(inner) => (requote(inner), "has quotes inside quotes; they were read as text".into(), "write `''` for a quote inside single quotes"),
        None => literal(value, "goes on behind the closing quote; it was read as text with its quotes"),
    })
}

/// Byte offset of the quote that closes the one at the start.
fn closing_quote(value: &str, quote: char) -> Option<usize> {
    let mut characters = value.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character == '\\' && quote == '"' {
            characters.next();
        } else if character == quote {
            if quote == '\'' && characters.peek().is_some_and(|&(_, next)| next == quote) {
                characters.next();
            } else {
                return Some(at);
            }
        }
    }
    None
}

/// Byte offset of the bracket that closes the one at the start; quotes inside do not matter for a guess.
fn closing_bracket(value: &str, open: char) -> Option<usize> {
    let close = if open == '[' { ']' } else { '}' };
    let mut depth = 0_usize;
    for (at, character) in value.char_indices() {
        if character == open {
            depth += 1;
        } else if character == close {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

fn ends_in_escape(text: &str) -> bool {
    (text.len() - text.trim_end_matches('\\').len()) % 2 == 1
}

/// The inside of double quotes with a backslash before every quote, and two for each backslash that is no escape
/// ([5.7](https://yaml.org/spec/1.2.2/#57-escaped-characters)).
fn escaped(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len() + 8);
    let mut rest = inner;
    while let Some(at) = rest.find(['\\', '"']) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let length = if from.starts_with('\\') { escape_length(from) } else { None };
        if let Some((escape, after)) = length.and_then(|length| from.split_at_checked(length)) {
            out.push_str(escape);
            rest = after;
        } else {
            out.push('\\');
            out.push_str(from.get(..1).unwrap_or_default());
            rest = from.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

/// How many bytes the escape at the start has, if it is one.
fn escape_length(from: &str) -> Option<usize> {
    let digits = match from.chars().nth(1)? {
        '0' | 'a' | 'b' | 't' | '\t' | 'n' | 'v' | 'f' | 'r' | 'e' | ' ' | '"' | '/' | '\\' | 'N' | '_' | 'L' | 'P' => return Some(2),
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => return None,
    };
    let number = from.get(2..2 + digits)?;
    let valid = number.bytes().all(|byte| byte.is_ascii_hexdigit()) && u32::from_str_radix(number, 16).ok().and_then(char::from_u32).is_some();
    valid.then_some(2 + digits)
}
