//! An error of `serde_yaml` in; what was expected and found, in plain words and at the right place, out.

use super::colon::Fault;
use crate::syntax::build::TOO_BIG;
use crate::syntax::place::{Lines, Place};
use crate::syntax::scan::Scan;
use crate::syntax::{MAX_DEPTH, Problem, found_at};

/// A text that cannot be read, with what a repair wants to know.
pub(super) struct Failure {
    pub(super) problem: Problem,
    /// Where reading ended: at or behind the place of the problem.
    pub(super) end: Place,
    /// Whether a tab stands where only spaces may.
    pub(super) tab: bool,
}

impl Failure {
    pub(super) fn new(lines: &Lines<'_>, offset: usize, message: String) -> Self {
        let place = lines.place(offset);
        Self { problem: Problem::new(place, message), end: place, tab: false }
    }
}

/// The parser's words, and what they mean. `{}` stands for what was found.
const MEANINGS: &[(&str, &str)] = &[
    ("mapping values are not allowed", "expected one `key: value` in the line, found a second `: `; a value that holds `: ` needs quotes"),
    ("did not find expected key", "expected the next `key: value`, found {}"),
    ("did not find expected '-' indicator", "expected the next list item `- `, found {}"),
    ("did not find expected ',' or ']'", "expected `,` or `]` in the list, found {}"),
    ("did not find expected ',' or '}'", "expected `,` or `}` in the map, found {}"),
    ("did not find expected node content", "expected a value, found {}"),
    ("did not find expected <document start>", "expected the end of the text, found {}"),
    ("found a tab character", "expected spaces, found a tab; only spaces can indent"),
    ("found unknown escape character", "expected an escape such as `\\n` or `\\\\` behind the backslash in double quotes, found {+}"),
    ("did not find expected hexadecimal number", "expected hexadecimal digits in the escape, found {}"),
    ("found invalid Unicode character escape code", "expected an escape that names a character, found another number"),
    ("did not find expected comment or line break", "expected the end of the line behind `|` or `>`, found {}; a value that starts so needs quotes"),
    ("found an indentation indicator equal to 0", "expected an indentation from 1 to 9 behind `|` or `>`, found 0"),
    ("did not find expected alphabetic or numeric character", "expected a name behind `*` or `&`, found {}; a value that starts so needs quotes"),
    ("block sequence entries are not allowed", "expected a value, found a list item `- ` that cannot stand here"),
    ("mapping keys are not allowed", "expected a value, found `? `; a value that starts so needs quotes"),
    ("found unexpected ':'", "expected a value, found `:`"),
    ("found undefined tag handle", "expected a value, found `!`; a value that starts so needs quotes"),
];

/// Problems that are seen long after the place that people have to change, and what they mean there.
const LATE: &[(&str, &str)] = &[
    ("found unexpected end of stream", "expected the closing quote of the text that starts here, found the end"),
    ("found unexpected document indicator", "expected the closing quote of the text that starts here, found the end"),
    ("could not find expected ':'", "expected `:` behind the key, found none"),
];

pub(super) fn explain(text: &str, lines: &Lines<'_>, scan: &Scan, error: &serde_yaml::Error) -> Failure {
    let raw = error.to_string();
    let offset = error.location().map_or(0, |location| location.index().min(text.len()));
    let mut failure = Failure::new(lines, offset, String::new());
    let says = |words: &str| raw.starts_with(words);

    if says("found character that cannot start any token") {
        failure.tab = text.get(offset..).is_some_and(|rest| rest.starts_with('\t'));
        let found = found_at(text, offset);
        failure.problem.message = if failure.tab {
            "expected spaces, found a tab; only spaces can indent".to_owned()
        } else {
            format!("expected a value, found {found}; a value that starts so needs quotes")
        };
    } else if let Some((offset, fault)) = key_fault(text, &raw, offset) {
        failure.problem.place = lines.place(offset);
        failure.problem.message = fault.expectation();
    } else if let Some(open) = unclosed(text, scan, &raw, offset) {
        let (close, what) = if text.get(open..).is_some_and(|rest| rest.starts_with('[')) { (']', "list") } else { ('}', "map") };
        failure.problem.place = lines.place(open);
        failure.problem.message = format!("expected `{close}` at the end of the {what} that starts here, found none");
    } else if says("unknown anchor") {
        let alias = text.get(offset..).and_then(|rest| rest.split(|c: char| c.is_whitespace() || ",[]{}".contains(c)).next()).unwrap_or_default();
        failure.problem.message = format!(
            "expected an anchor that stands before, found none: `{alias}` names an anchor that does not exist; a value that starts with `*` needs quotes"
        );
    } else if let Some((_, meaning)) = LATE.iter().find(|(words, _)| says(words)) {
        failure.problem.place = lines.place(start_of(&raw, text));
        (*meaning).clone_into(&mut failure.problem.message);
    } else if let Some((words, meaning)) = MEANINGS.iter().find(|(words, _)| says(words)) {
        failure.tab = words.contains("tab");
        failure.problem.message = meaning.replace("{}", &found_at(text, offset)).replace("{+}", &found_at(text, offset + 1));
    } else if says("recursion limit exceeded") {
        failure.problem.message = format!("expected at most {MAX_DEPTH} lists and maps inside each other, found more");
    } else if says("repetition limit exceeded") || raw.contains(TOO_BIG) {
        "expected aliases that repeat a little, found so many that they fill too much memory".clone_into(&mut failure.problem.message);
    } else if says("deserializing from YAML containing more than one document") {
        let place = Place { line: second_document(text), column: 1 };
        (failure.problem.place, failure.end) = (place, place);
        "expected one document, found a second one behind `---`".clone_into(&mut failure.problem.message);
    } else {
        // Everything else is rare (tags, directives): the parser's own words without its places.
        let words = raw.split(" at line ").next().unwrap_or_default().split(" at position ").next().unwrap_or_default();
        failure.problem.message = format!("expected YAML, found something else ({words})");
    }
    failure
}

/// The key without a colon that makes a line no key, or makes one scalar of it and of the next line: its fault and where that is.
fn key_fault<'t>(text: &'t str, raw: &str, offset: usize) -> Option<(usize, Fault<'t>)> {
    let line_start = |at: usize| text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let fault_in = |start: usize| {
        let line = text.get(start..)?.lines().next()?;
        let name = line.trim_start_matches(' ');
        Fault::of(name).map(|fault| (start + line.len() - name.len() + fault.offset(), fault))
    };
    if raw.starts_with("could not find expected ':'") {
        return fault_in(line_start(start_of(raw, text)));
    }
    if !raw.starts_with("mapping values are not allowed") {
        return None;
    }
    let (mut start, mut found) = (line_start(offset), None);
    while start > 0 {
        start = line_start(start - 1);
        match fault_in(start) {
            None => break,
            fault => found = fault,
        }
    }
    found
}

/// Where the list or map in brackets starts that goes on up to where reading ended because nothing closes it: to the end of
/// the text, or to a line that stands no deeper than its own.
fn unclosed(text: &str, scan: &Scan, raw: &str, offset: usize) -> Option<usize> {
    let open = if raw.starts_with("did not find expected ',' or") {
        start_of(raw, text)
    } else if raw.starts_with("did not find expected node content") {
        scan.open?
    } else {
        return None;
    };
    let (before, behind) = (text.get(..open)?, text.get(open..offset)?);
    let own = before.rsplit('\n').next()?;
    let last = behind.rfind('\n').and_then(|end| text.get(open + end + 1..)).and_then(|rest| rest.lines().next());
    let blanks = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let is_next_key = last.is_some_and(|line| blanks(line) <= blanks(own) && !line.trim_start().starts_with([']', '}']));
    let is_end = text.get(offset..)?.trim().is_empty();
    (text.get(open..)?.starts_with(['[', '{']) && (is_end || is_next_key)).then_some(open)
}

/// Where the parser says that what it was reading starts; it leaves the start of the text out.
fn start_of(raw: &str, text: &str) -> usize {
    let numbers = || {
        let (_, place) = raw.split_once(", while ")?.1.rsplit_once(" at line ")?;
        let (line, column) = place.split_once(" column ")?;
        Some((line.parse::<usize>().ok()?, column.parse::<usize>().ok()?))
    };
    let (line, column) = numbers().unwrap_or((1, 1));
    let (mut at_line, mut at_column, mut before) = (1, 1, '\0');
    for (offset, character) in text.char_indices() {
        let splits_a_break = character == '\n' && before == '\r';
        if (at_line, at_column) == (line, column) && !splits_a_break {
            return offset;
        }
        // The line breaks of YAML 1.1, which the parser counts.
        match character {
            _ if splits_a_break => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => (at_line, at_column) = (at_line + 1, 1),
            _ => at_column += 1,
        }
        before = character;
    }
    text.len()
}

/// The line of the mark that starts the second document.
fn second_document(text: &str) -> u32 {
    let mut begun = false;
    let mut number = 0;
    for line in text.lines() {
        number += 1;
        let is_mark = line.trim_end() == "---" || line.starts_with("--- ");
        if is_mark && begun {
            return number;
        }
        begun |= is_mark || !(line.trim().is_empty() || line.starts_with(['#', '%']));
    }
    1
}
