//! Which rules hold, and how much they matter.
//!
//! In: a finding. Out: whether it is wanted, with the severity that it is wanted with.

use crate::diagnostic::{Code, Diagnostic, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// What is wanted to be told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Choice {
    /// Only findings with these codes; empty: all.
    pub only: BTreeSet<Code>,
    /// No findings with these codes.
    pub ignore: BTreeSet<Code>,
    /// Other severities than the rules'; `None`: no findings.
    pub severity: BTreeMap<Code, Option<Severity>>,
}

impl Choice {
    /// Whether findings with this code are told.
    pub fn wants(&self, code: Code) -> bool {
        !self.ignore.contains(&code) && (self.only.is_empty() || self.only.contains(&code)) && self.severity.get(&code) != Some(&None)
    }

    /// Whether a finding is told; it gets the severity that is wanted.
    pub fn admits(&self, finding: &mut Diagnostic) -> bool {
        if let Some(Some(severity)) = self.severity.get(&finding.code) {
            finding.severity = *severity;
        }
        self.wants(finding.code)
    }
}
