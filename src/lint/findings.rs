//! Problems under collection.

use super::within::{Ranges, Within};
use super::{Options, Outline, catalogue};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use std::sync::Arc;

/// Something that is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Problem {
    /// Code, severity, place, message and help.
    pub finding: Diagnostic,
    /// The W3C feed validator's name for it, where it has one.
    pub w3c: Option<&'static str>,
    /// The entry that it is in; `None` when it is in none.
    pub entry: Option<Arc<Within>>,
}

impl Problem {
    /// A finding of a rule, with the rule's help and alias.
    pub fn new(mut finding: Diagnostic) -> Self {
        let rule = catalogue::rule(finding.code);
        finding.help = rule.map(|rule| rule.help.to_owned()).or(finding.help);
        Self { finding, w3c: rule.and_then(|rule| rule.w3c), entry: None }
    }

    /// The same in an entry.
    #[must_use]
    pub(super) fn within(mut self, entry: Option<Arc<Within>>) -> Self {
        self.finding.within = entry.as_ref().and_then(|entry| entry.label()).map(Arc::new);
        self.entry = entry;
        self
    }
}

/// Bytes between two marks.
const STRIDE: usize = 1024;
/// Longer lines are not shown.
const LONGEST_EXCERPT: usize = 400;

/// Collects the problems of one document.
#[derive(Debug)]
pub struct Findings<'t> {
    text: &'t str,
    options: &'t Options,
    /// Byte offsets at which lines begin.
    lines: Vec<usize>,
    /// Bytes at which characters begin, about every [`STRIDE`], with the characters before them in their lines.
    marks: Vec<(usize, usize)>,
    problems: Vec<(usize, Problem)>,
    /// What the document says, for those who compare it with others.
    outline: Option<Outline>,
    /// Whether that is not all that it says.
    partial: bool,
}

impl<'t> Findings<'t> {
    /// For a decoded document.
    pub fn new(text: &'t str, options: &'t Options) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut marks = Vec::new();
        let (mut column, mut next) = (0, STRIDE);
        for (at, c) in text.char_indices() {
            if at >= next {
                marks.push((at, column));
                next = at + STRIDE;
            }
            column = if c == '\n' { 0 } else { column + 1 };
        }
        Self { text, options, lines, marks, problems: Vec::new(), outline: None, partial: false }
    }

    /// The document.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// What is known besides.
    pub fn options(&self) -> &'t Options {
        self.options
    }

    /// Something is wrong at this byte of the document: what was expected and found, in one line.
    pub fn say(&mut self, code: Code, at: usize, message: impl Into<String>) {
        self.say_as(code, code.severity(), at, message);
    }

    /// Something is wrong with how the document is served, at none of its places.
    pub(super) fn say_of_all(&mut self, code: Code, message: impl Into<String>) {
        self.problems.push((0, Problem::new(Diagnostic::new(code, Place::file(self.options.name.clone()), message))));
    }

    /// The same with another severity than the rule's.
    pub fn say_as(&mut self, code: Code, severity: Severity, at: usize, message: impl Into<String>) {
        let problem = Problem::new(Diagnostic::new(code, self.place(at), message).with_severity(severity));
        if !self.problems.iter().rev().take(64).any(|(known, other)| *known == at && *other == problem) {
            self.problems.push((at, problem));
        }
    }

    /// Leaves out findings, by code and byte.
    pub(super) fn forget(&mut self, is_unwanted: impl Fn(Code, usize) -> bool) {
        self.problems.retain(|(at, problem)| !is_unwanted(problem.finding.code, *at));
    }

    /// Whether something is wrong behind this byte.
    pub(super) fn any_behind(&self, byte: usize) -> bool {
        self.problems.iter().any(|(at, _)| *at > byte)
    }

    /// What the document says, for those who compare it with others.
    pub(super) fn keep(&mut self, outline: Outline) {
        self.outline = Some(outline);
    }

    /// What is known of the document is not all of it: it cannot be compared with others.
    pub(super) fn set_partial(&mut self) {
        self.partial = true;
    }

    /// What the document says, as far as it was looked at.
    pub(super) fn outline(&self) -> Option<&Outline> {
        self.outline.as_ref()
    }

    /// Line and column of a byte, in characters from 1.
    pub(super) fn place(&self, at: usize) -> Place {
        let line = self.lines.partition_point(|start| *start <= at).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or_default();
        let end = self.lines.get(line).map_or(self.text.len(), |next| next - 1);
        // A feed may be one line: only the way from the last mark is walked.
        let mark = self.marks.partition_point(|(byte, _)| *byte <= at).checked_sub(1).and_then(|index| self.marks.get(index));
        let (from, column) = mark.copied().filter(|(byte, _)| *byte >= start).unwrap_or((start, 0));
        let column = column + self.text.get(from..at).unwrap_or_default().chars().count() + 1;
        let mut place = Place::file(self.options.name.clone()).at(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX));
        let line = self.text.get(start..end).filter(|line| line.len() <= LONGEST_EXCERPT);
        place.excerpt = line.map(|line| line.trim_end_matches('\r').to_owned());
        place
    }

    /// The problems by place, each with its byte and the entry that it is in, and what the document says when that is all.
    pub(super) fn finish(mut self) -> (Vec<(usize, Problem)>, Option<Outline>) {
        self.problems.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        if let Some(outline) = &self.outline {
            let mut entries = Ranges::new(outline);
            self.problems = self.problems.into_iter().map(|(at, problem)| (at, problem.within(entries.at(at)))).collect();
        }
        (self.problems, self.outline.filter(|_| !self.partial))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_in_lines_of_any_length() {
        let text = "文字 abc\r\n".to_owned() + &"字x".repeat(2_000) + "\nlast";
        let options = Options::default();
        let findings = Findings::new(&text, &options);
        let (mut line, mut column) = (1, 1);
        for (at, c) in text.char_indices() {
            let place = findings.place(at);
            assert_eq!((place.line, place.column), (line, column), "at {at}");
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        assert_eq!(findings.place(0).excerpt.as_deref(), Some("文字 abc"));
        assert_eq!(findings.place(20).excerpt, None);
        assert_eq!(findings.place(text.len() - 1).excerpt.as_deref(), Some("last"));
    }
}
