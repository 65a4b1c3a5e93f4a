//! Problems under collection.

use super::{Options, Outline, catalogue};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};

/// Something that is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Problem {
    /// Code, severity, place, message and help.
    pub finding: Diagnostic,
    /// The W3C feed validator's name for it, where it has one.
    pub w3c: Option<&'static str>,
}

/// Collects the problems of one document.
#[derive(Debug)]
pub struct Findings<'t> {
    text: &'t str,
    options: &'t Options,
    /// Byte offsets at which lines begin.
    lines: Vec<usize>,
    problems: Vec<(usize, Problem)>,
    /// What the document says, for those who compare it with others.
    outline: Option<Outline>,
}

impl<'t> Findings<'t> {
    /// For a decoded document.
    pub fn new(text: &'t str, options: &'t Options) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, options, lines, problems: Vec::new(), outline: None }
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

    /// The same with another severity than the rule's.
    pub fn say_as(&mut self, code: Code, severity: Severity, at: usize, message: impl Into<String>) {
        let rule = catalogue::rule(code);
        let mut finding = Diagnostic::new(code, self.place(at), message).with_severity(severity);
        finding.help = rule.map(|rule| rule.help.to_owned());
        let problem = Problem { finding, w3c: rule.and_then(|rule| rule.w3c) };
        if !self.problems.iter().rev().take(64).any(|(known, other)| *known == at && *other == problem) {
            self.problems.push((at, problem));
        }
    }

    /// What the document says, for those who compare it with others.
    pub(super) fn keep(&mut self, outline: Outline) {
        self.outline = Some(outline);
    }

    /// What was kept.
    pub(super) fn take_outline(&mut self) -> Option<Outline> {
        self.outline.take()
    }

    /// Line and column of a byte, in characters from 1.
    fn place(&self, at: usize) -> Place {
        let line = self.lines.partition_point(|start| *start <= at).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or_default();
        let before = self.text.get(start..at).unwrap_or_default();
        let rest = self.text.get(start..).unwrap_or_default();
        let mut place = Place::file(self.options.name.clone())
            .at(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX));
        // A feed may be one line: only as much of it as can be shown.
        place.excerpt = rest.lines().next().filter(|line| line.len() <= 400).map(ToOwned::to_owned);
        place
    }

    /// The problems by place.
    pub fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        self.problems.into_iter().map(|(_, problem)| problem).collect()
    }
}
