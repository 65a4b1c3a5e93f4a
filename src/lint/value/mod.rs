//! Values: text → what is wrong with it, if anything.
//!
//! In: a value as it stands in a feed, with the white space around it taken off by the caller where the format allows it. Out: a `Fault` with the
//! code and a line that says what was expected and found. Pure; knows nothing of the element that holds the value.

pub(super) mod date;
pub(super) mod language;
pub(super) mod mail;
pub(super) mod media_type;
pub(super) mod number;
pub(super) mod uri;

use super::Findings;
use crate::diagnostic::Code;

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Which rule it breaks.
    pub(super) code: Code,
    /// What was expected and found.
    pub(super) message: String,
}

impl Fault {
    /// Expected this, found that value.
    pub(super) fn new(code: Code, expected: &str, found: &str) -> Self {
        Self { code, message: format!("expected {expected}, found {}", shown(found)) }
    }

    /// Reports it at a byte of the document.
    pub(super) fn report(self, findings: &mut Findings<'_>, at: usize) {
        findings.say(self.code, at, self.message);
    }
}

/// A value in quotes for a message of one line; long ones are cut.
pub(super) fn shown(value: &str) -> String {
    if value.trim().is_empty() {
        return "nothing".to_owned();
    }
    let line: String = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let lead: String = value.chars().take_while(|c| c.is_whitespace()).collect();
    let mut cut: String = if lead.is_empty() { line } else { format!(" {line}") };
    if cut.chars().count() > 80 {
        cut = cut.chars().take(79).collect::<String>() + "…";
    }
    format!("\"{cut}\"")
}
