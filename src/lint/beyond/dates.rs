//! Dates that can be read and cannot be right.

use super::outline::{Outline, When};
use super::shown;
use crate::diagnostic::{Code, Severity};
use crate::format::date::{self, DateProblem};
use crate::lint::tree::{Element, Tree};
use crate::lint::{Findings, Kind};
use chrono_tz::Tz;

/// Names of zones that RFC 822 gives one meaning, beside those of UTC.
const AMERICAN: &[&str] = &["EST", "EDT", "MST", "MDT", "PST", "PDT", "CDT"];
const UTC: &[&str] = &["GMT", "UT", "UTC", "Z"];

pub(super) fn check(outline: &Outline, findings: &mut Findings<'_>) {
    let mut newest: Option<&When> = None;
    let mut before: Option<i64> = None;
    let (mut newer, mut older) = (None, false);
    for entry in &outline.entries {
        if let (Some(published), Some(updated)) = (&entry.published, &entry.updated)
            && let (Some(from), Some(to)) = (published.unix(), updated.unix())
            // A day without a time says nothing about what happened on it.
            && to < from
            && [published, updated].iter().all(|when| when.written.contains(':'))
        {
            let message = format!("expected a change after the publication ({}), found {}", shown(&published.written), shown(&updated.written));
            findings.say(Code::EntryUpdatedBeforePublished, updated.at, message);
        }
        if entry.published.is_none() && entry.updated.is_none() && outline.kind != Kind::Atom {
            findings.say(Code::EntryWithoutDate, entry.at, "expected a date of the entry, found none");
        }
        newest = entry.newest().into_iter().chain(newest).max_by_key(|when| when.unix());
        let Some(date) = entry.published.as_ref().or(entry.updated.as_ref()).and_then(When::unix) else { continue };
        match before {
            Some(last) if date > last => newer = newer.or(Some(entry.at)),
            Some(last) if date < last => older = true,
            _ => {}
        }
        before = Some(date);
    }
    if let Some(at) = newer {
        let found = if older { "found a newer entry behind an older one" } else { "found the oldest one first" };
        findings.say(Code::EntriesOutOfOrder, at, format!("expected the newest entry first, {found}"));
    }
    if let (Some(updated), Some(newest)) = (&outline.updated, newest)
        && let (Some(own), Some(last)) = (updated.unix(), newest.unix())
        && own < last
    {
        let message = format!("expected the date of the newest entry ({}) or a later one, found {}", shown(&newest.written), shown(&updated.written));
        findings.say(Code::FeedOlderThanEntry, updated.at, message);
    }
}

/// Each date by itself, of RSS.
pub(super) fn check_tree(tree: &Tree, findings: &mut Findings<'_>) {
    each(&tree.root, &mut |element| {
        if !element.namespace.is_empty() || !matches!(element.name.as_str(), "pubDate" | "lastBuildDate") {
            return;
        }
        let text = element.text();
        let written = text.trim();
        // Days and hours that do not exist are found by the validator's rule, too.
        if let Err(problem @ (DateProblem::Minute(_) | DateProblem::Second(_))) = date::read(written, Tz::UTC) {
            findings.say(Code::DateImpossible, element.text_at(), format!("expected a date that exists, found {}: {problem}", shown(written)));
        }
        if let Some(zone) = zone_name(written) {
            let severity = if AMERICAN.contains(&zone) { Severity::Info } else { Severity::Warning };
            let why = if zone == "CST" { "; it means -0600 here, and +0800 to people in China" } else { "" };
            findings.say_as(Code::ZoneNamed, severity, element.text_at(), format!("expected an offset such as +0800, found {zone}{why}"));
        }
    });
}

/// The name of a zone at the end of a date that is not UTC's.
fn zone_name(date: &str) -> Option<&str> {
    let word = date.split_whitespace().last()?;
    let is_name = (3..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    (is_name && !UTC.contains(&word) && date.contains(':')).then_some(word)
}

fn each(element: &Element, look: &mut impl FnMut(&Element)) {
    look(element);
    element.elements().for_each(|child| each(child, look));
}
