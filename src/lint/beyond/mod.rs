//! Rules that other validators do not have.

pub(super) mod folder;
pub(super) mod outline;

use super::{Findings, Tree};

pub(super) fn check(tree: &Tree, findings: &mut Findings<'_>) {
    if let Some(outline) = outline::outline(tree) {
        findings.keep(outline);
    }
}
