//! Rules that other validators do not have.
//!
//! In: the tree of an XML document, or the outline of a feed of any format. Out: findings. The rules of one topic are a file.

mod dates;
pub(super) mod files;
pub(super) mod folder;
mod html;
mod identity;
mod languages;
mod links;
mod modules;
pub(super) mod outline;
mod texts;

use super::{Findings, Tree};
use outline::Outline;

/// The rules for XML documents.
pub(super) fn check(tree: &Tree, findings: &mut Findings<'_>) {
    let Some(outline) = outline::outline(tree) else { return };
    languages::check_tree(tree, findings);
    links::check_tree(tree, findings);
    modules::check(tree, findings);
    dates::check_tree(tree, findings);
    files::check_tree(tree, findings);
    check_outline(&outline, findings);
    findings.keep(outline);
}

/// The rules for feeds of any format.
pub(super) fn check_outline(outline: &Outline, findings: &mut Findings<'_>) {
    languages::check(outline, findings);
    dates::check(outline, findings);
    links::check(outline, findings);
    texts::check(outline, findings);
    identity::check(outline, findings);
}

/// A value as a message shows it: on one line, and not all of it when it is long.
pub(super) fn shown(value: &str) -> String {
    let line: String = value.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
