//! YAML that does not parse and where it fails in; the same with the faults mended that people often make, out.
//!
//! Goes from problem to problem: the line of the problem, or one shortly before it, is mended when it has a fault that is
//! known here, and the change stays only when the text can be read further than before. What parses is never touched.

use super::colon::Fault;
use super::mend::{Change, mend_colon, mend_dash, mend_line};
use super::problem::Failure;
use super::{is_forbidden, read};
use crate::syntax::{Node, Parsed, Place, Problem, Repair, Value};
use std::ops::Range;

/// How many changes a text gets at most.
const MAX_REPAIRS: usize = 20;

/// Longer texts are not mended: each change costs a reading.
const MAX_LENGTH: usize = 64 * 1024;

/// How many lines before the problem are looked at. A quote that is not closed is seen only at the next quote.
const REACH: usize = 10;

/// Where a text that parses fails after all: it is one scalar, and starts with a key whose colon is none.
pub(super) fn key_at_start(text: &str, parsed: &Parsed) -> Option<Failure> {
    let Value::Text(_) = parsed.value else { return None };
    let (index, line) = text.split('\n').enumerate().find(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))?;
    Fault::of(line)?;
    let place = Place { line: u32::try_from(index + 1).ok()?, column: 1 };
    Some(Failure { problem: Problem::new(place, "expected `key: value`, found a single value"), end: place, tab: false })
}

/// Reads the text after mending it; the failure is the one of the text as it stands.
pub(super) fn read_mended(text: &str, failure: Failure) -> Result<Parsed, Problem> {
    if text.len() > MAX_LENGTH {
        return Err(failure.problem);
    }
    let problem = failure.problem.clone();
    let original = text;
    let mut repairs = Vec::new();
    let mut text = text.to_owned();
    let mut outcome = Err(failure);
    if let Some((without, repair)) = drop_forbidden(&text, &problem) {
        repairs.push(repair);
        text = without;
        outcome = read(&text);
    }
    loop {
        let failure = match outcome {
            Ok(mut parsed) => {
                parsed.repairs = repairs;
                Origin { original: original.split('\n').collect(), mended: text.split('\n').collect() }.correct(&mut parsed);
                return Ok(parsed);
            }
            Err(_) if repairs.len() >= MAX_REPAIRS => return Err(problem),
            Err(failure) => failure,
        };
        let Some((mended, more, next)) = mend(&text, &failure) else { return Err(problem) };
        repairs.extend(more);
        if repairs.len() > MAX_REPAIRS {
            return Err(problem);
        }
        text = mended;
        outcome = next;
    }
}

fn drop_forbidden(text: &str, problem: &Problem) -> Option<(String, Repair)> {
    let count = text.chars().filter(|&character| is_forbidden(character)).count();
    let first = text.chars().find(|&character| is_forbidden(character))?;
    let without = text.chars().filter(|&character| !is_forbidden(character)).collect();
    let message = match count {
        1 => format!("the control character U+{:04X} was left out", u32::from(first)),
        _ => format!("{count} control characters were left out, the first is U+{:04X}", u32::from(first)),
    };
    Some((without, Repair { place: problem.place, message, help: "delete the control characters" }))
}

type Mended = (String, Vec<Repair>, Result<Parsed, Failure>);

/// One change, or the same one in lines that follow each other, that lets the text be read further.
fn mend(text: &str, failure: &Failure) -> Option<Mended> {
    let lines = line_ranges(text);
    let last = (failure.end.line as usize).min(lines.len());
    let start = failure.problem.place.line as usize;
    let nearby = (last.saturating_sub(REACH)..=last).rev();
    nearby.chain((start + REACH < last).then_some(start)).find_map(|number| {
        let index = number.checked_sub(1)?;
        let range = lines.get(index)?;
        let line = text.get(range.clone())?;
        if failure.tab && line.starts_with([' ', '\t']) {
            // Beside lines that spaces indent, one of the usual widths fits.
            return [2, 4].into_iter().find_map(|width| {
                let change = mend_tabs(line, width)?;
                let repair = repair(number, line, &change)?;
                keep(without_leading_tabs(text, number, width), number, vec![repair], failure)
            });
        }
        if let Some(mended) = mend_keys(text, &lines, index, failure) {
            return Some(mended);
        }
        let above = || lines.get(..index)?.iter().rev().take(REACH).filter_map(|range| text.get(range.clone())).find(|line| !line.trim().is_empty());
        let change = mend_dash(line, above().unwrap_or_default()).or_else(|| mend_line(line))?;
        let repair = repair(number, line, &change)?;
        keep(spliced(text, range, &change.line)?, number, vec![repair], failure)
    })
}

/// Mends the colon behind the key of a line, and of all lines beside it that have such a fault: without their own keys
/// they hang together. The values, which nobody has read yet, are mended where that is needed.
fn mend_keys(text: &str, lines: &[Range<usize>], index: usize, failure: &Failure) -> Option<Mended> {
    let line = |index: usize| text.get(lines.get(index)?.clone());
    let is_faulty = |index: &usize| line(*index).is_some_and(|line| Fault::of(line).is_some());
    let first = (0..=index).rev().take(MAX_REPAIRS + 1).take_while(is_faulty).last()?;
    let end = (first..lines.len()).take(MAX_REPAIRS + 1).take_while(is_faulty).last()? + 1;
    if end - first > MAX_REPAIRS {
        return None;
    }
    [false, true].into_iter().find_map(|with_values| {
        let (mut repairs, mut mended) = (Vec::new(), Vec::new());
        for index in first..end {
            let old = line(index)?;
            let key = mend_colon(old)?;
            repairs.push(repair(index + 1, old, &key)?);
            let Some(value) = mend_line(&key.line).filter(|_| with_values) else {
                mended.push(key.line);
                continue;
            };
            // The value stands behind the fault of the key in both lines.
            let offset = old.len().checked_sub(key.line.len().checked_sub(value.offset)?)?;
            repairs.push(repair(index + 1, old, &Change { offset, line: String::new(), ..value })?);
            mended.push(value.line);
        }
        let whole = lines.get(first)?.start..lines.get(end - 1)?.end;
        let line_end = if text.get(whole.clone())?.contains('\r') { "\r\n" } else { "\n" };
        keep(spliced(text, &whole, &mended.join(line_end))?, end, repairs, failure)
    })
}

/// The text with other words in a range.
fn spliced(text: &str, range: &Range<usize>, words: &str) -> Option<String> {
    let (before, after) = (text.get(..range.start)?, text.get(range.end..)?);
    Some(format!("{before}{words}{after}"))
}

fn repair(number: usize, line: &str, change: &Change) -> Option<Repair> {
    let place = Place { line: u32::try_from(number).ok()?, column: column_of(line, change.offset) };
    Some(Repair { place, message: change.message.clone(), help: change.help })
}

/// The mended text, when it can be read further than before. `number` is the last line that was changed.
fn keep(mended: String, number: usize, repairs: Vec<Repair>, failure: &Failure) -> Option<Mended> {
    let number = u32::try_from(number).ok()?;
    let next = read(&mended);
    let further = match &next {
        Ok(_) => true,
        Err(later) => later.end > failure.end && later.end.line > number,
    };
    further.then_some((mended, repairs, next))
}

/// Where each line lies, without its line break.
fn line_ranges(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    text.split('\n')
        .map(|line| {
            let range = start..start + line.trim_end_matches('\r').len();
            start += line.len() + 1;
            range
        })
        .collect()
}

fn column_of(line: &str, offset: usize) -> u32 {
    let before = line.get(..offset).map_or(0, |before| before.chars().count());
    u32::try_from(before + 1).unwrap_or(u32::MAX)
}

fn mend_tabs(line: &str, width: usize) -> Option<Change> {
    let offset = line.find('\t')?;
    let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
    let message = "tabs that indent were read as spaces".to_owned();
    (offset < blank).then(|| Change { line: spaced(line, width), offset, message, help: "indent with spaces" })
}

/// The line with spaces for the tabs that indent it.
fn spaced(line: &str, width: usize) -> String {
    let rest = line.trim_start_matches([' ', '\t']);
    let blank = line.get(..line.len() - rest.len()).unwrap_or_default();
    format!("{}{rest}", blank.replace('\t', &" ".repeat(width)))
}

/// All lines that start with a tab, and the given one, indented by spaces.
fn without_leading_tabs(text: &str, number: usize, width: usize) -> String {
    let fix = |(index, line): (usize, &str)| if line.starts_with('\t') || index + 1 == number { spaced(line, width) } else { line.to_owned() };
    text.split('\n').enumerate().map(fix).collect::<Vec<_>>().join("\n")
}

/// Both texts line by line: no change adds or removes a line.
struct Origin<'t> {
    original: Vec<&'t str>,
    mended: Vec<&'t str>,
}

impl Origin<'_> {
    /// Makes places in the mended text places in the original one.
    fn correct(&self, parsed: &mut Parsed) {
        self.value(&mut parsed.value);
        for duplicate in &mut parsed.duplicates {
            self.place(&mut duplicate.place);
            self.place(&mut duplicate.first);
        }
    }

    /// Calls itself as deep as the values nest, which is limited.
    fn value(&self, value: &mut Value) {
        match value {
            Value::List(items) => items.iter_mut().for_each(|item| self.node(item)),
            Value::Map(map) => {
                for member in map.members_mut() {
                    self.place(&mut member.key_place);
                    self.node(&mut member.node);
                }
            }
            _ => {}
        }
    }

    fn node(&self, node: &mut Node) {
        self.place(&mut node.place);
        self.value(&mut node.value);
    }

    fn place(&self, place: &mut Place) {
        let index = place.line.saturating_sub(1) as usize;
        let (Some(original), Some(mended)) = (self.original.get(index), self.mended.get(index)) else { return };
        if original == mended {
            return;
        }
        let offset = mended.char_indices().nth(place.column.saturating_sub(1) as usize).map_or(mended.len(), |(offset, _)| offset);
        let Some((before, after)) = mended.split_at_checked(offset) else { return };
        if !original.starts_with(before)
            && let Some(head) = original.strip_suffix(after)
        {
            place.column = column_of(original, head.len());
        }
    }
}
