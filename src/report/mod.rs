//! Findings → text, for people and for programs. Prints nothing.

mod github;
mod human;
mod json;
mod junit;
mod sarif;
mod words;

pub use human::{Style, visible};
pub use words::Words;

use crate::diagnostic::{Diagnostic, Severity};

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// For people: place, message, the source line with a caret, one line of help.
    #[default]
    Human,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Workflow commands that GitHub shows beside the lines of a change.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// `JUnit`'s XML, for reports of tests.
    Junit,
}

/// The text of these findings, in the language of the style; ends with a newline unless it is empty.
pub fn render(findings: &[Diagnostic], format: Format, style: Style) -> String {
    let findings = &style.words.findings(findings);
    match format {
        Format::Human => human::render(findings, style),
        Format::Json => json::render(findings),
        Format::Jsonl => json::render_lines(findings),
        Format::Github => github::render(findings, style.words),
        Format::Sarif => sarif::render(findings, style.words),
        Format::Junit => junit::render(findings, &[], style.words),
    }
}

/// Findings as `JUnit`'s XML, with these files without findings as tests that passed.
pub fn junit(findings: &[Diagnostic], clean: &[&str], words: Words) -> String {
    junit::render(&words.findings(findings), clean, words)
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Infos.
    pub infos: usize,
}

impl Counts {
    /// Counts findings.
    pub fn of(findings: &[Diagnostic]) -> Self {
        let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
        Self { errors: count(Severity::Error), warnings: count(Severity::Warning), infos: count(Severity::Info) }
    }
}
