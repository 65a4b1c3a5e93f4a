//! Differences → text for people, JSON, findings.
//!
//! Formats of one topic mostly differ alike: people are told once for all of them.

use super::super::build::{entries, plural};
use crate::diagnostic::{Diagnostic, Place};
use crate::pipeline::diff::{Changed, Difference, Field, Kind, Outcome};
use serde::Serialize;
use std::collections::BTreeMap;

/// How many differences of a kind people are shown of a feed unless they ask for all.
const SHOWN: usize = 10;

/// What was found, in a line for each kind.
pub(super) fn counts(outcome: &Outcome) -> String {
    if outcome.changed.is_empty() {
        return format!("{}: nothing differs\n", plural(outcome.feeds, "feed"));
    }
    let counts = outcome.counts();
    let width = counts.keys().map(|kind| kind.as_str().len()).max().unwrap_or(0);
    let mut text = format!("{} of {} differ\n", outcome.changed.len(), plural(outcome.feeds, "feed"));
    for (kind, count) in counts {
        let feeds = plural(count.feeds, "feed");
        let what = if count.entries > 0 { format!("{} in {feeds}", entries(count.entries)) } else { feeds };
        text.push_str(&format!("  {:width$}  {what}: {}\n", kind.as_str(), kind.seen()));
    }
    text
}

/// All differences, a block for each feed, or for the formats of one.
pub(super) fn lines(outcome: &Outcome, verbose: bool) -> String {
    let mut text = String::new();
    for group in groups(outcome) {
        text.push_str(&format!("\n{}\n", heading(&group)));
        let mut seen: BTreeMap<Kind, usize> = BTreeMap::new();
        for difference in &group.first.differences {
            let count = seen.entry(difference.kind).or_default();
            *count += 1;
            if verbose || *count <= SHOWN || difference.kind.severity() == crate::diagnostic::Severity::Error {
                text.push_str(&format!("  {:15}  {}\n", difference.kind.as_str(), told(difference)));
            }
        }
        let more = seen.iter().filter(|(kind, count)| !verbose && **count > SHOWN && kind.severity() != crate::diagnostic::Severity::Error);
        text.extend(more.map(|(kind, count)| format!("  {:15}  … and {} more (-v lists them)\n", kind.as_str(), count - SHOWN)));
    }
    text
}

/// The differences as findings, those of a feed's formats once.
pub(super) fn findings(outcome: &Outcome, wanted: impl Fn(Kind) -> bool) -> Vec<Diagnostic> {
    let mut found = outcome.findings.clone();
    for group in groups(outcome) {
        let others = group.others.len();
        let also = if others > 0 { format!(" (and in {})", plural(others, "other format")) } else { String::new() };
        found.extend(group.first.differences.iter().filter(|difference| wanted(difference.kind)).map(|difference| {
            let place = Place::file(group.first.shown.as_str());
            Diagnostic::new(difference.kind.code(), place, format!("{}{also}", told(difference))).with_help(difference.kind.seen())
        }));
    }
    found
}

/// Feeds of one folder that differ alike.
struct Group<'a> {
    first: &'a Changed,
    others: Vec<&'a Changed>,
}

fn groups(outcome: &Outcome) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for changed in &outcome.changed {
        match groups.iter_mut().rev().take_while(|group| folder(group.first) == folder(changed)).find(|group| alike(group.first, changed)) {
            Some(group) => group.others.push(changed),
            None => groups.push(Group { first: changed, others: Vec::new() }),
        }
    }
    groups
}

fn folder(changed: &Changed) -> &str {
    changed.shown.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether two feeds differ from what they were in the same way: in the same entries, and say the same of themselves.
fn alike(one: &Changed, other: &Changed) -> bool {
    let key = |difference: &Difference| match &difference.entry {
        Some(entry) => (difference.kind, entry.id.clone(), Vec::new()),
        None => (difference.kind, String::new(), difference.fields.clone()),
    };
    one.differences.iter().map(key).eq(other.differences.iter().map(key))
}

fn heading(group: &Group<'_>) -> String {
    if group.others.is_empty() {
        return group.first.shown.clone();
    }
    let name = |changed: &Changed| changed.shown.rsplit('/').next().unwrap_or_default().to_owned();
    let names: Vec<String> = std::iter::once(&group.first).chain(&group.others).map(|changed| name(changed)).collect();
    let folder = folder(group.first);
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}{{{}}}", names.join(","))
}

/// A difference in one line: what it is about, and what is other.
fn told(difference: &Difference) -> String {
    let about = difference.entry.as_ref().map(|entry| if entry.title.is_empty() { entry.id.clone() } else { entry.title.clone() });
    let fields: Vec<String> = difference.fields.iter().map(field).collect();
    match (about, difference.kind, fields.is_empty()) {
        (Some(about), Kind::Lost | Kind::Gone | Kind::New, _) => {
            let date = difference.entry.as_ref().and_then(|entry| entry.date);
            date.map_or_else(|| about.clone(), |date| format!("{about} ({})", date.to_rfc3339().get(..10).unwrap_or_default()))
        }
        (Some(about), _, true) => about,
        (Some(about), ..) => format!("{about}: {}", fields.join(", ")),
        (None, Kind::FeedLost, _) => lost(difference),
        (None, Kind::FeedNew, _) => "a new feed".to_owned(),
        (None, ..) => fields.join(", "),
    }
}

fn lost(difference: &Difference) -> String {
    match difference.fields.first() {
        Some(Field { name: "path", new: Some(now), .. }) => format!("no feed any more; {now} shows its entries (topics.moved keeps an old address)"),
        Some(Field { new: Some(found), .. }) => format!("no feed any more: {found}"),
        _ => "no feed any more".to_owned(),
    }
}

fn field(field: &Field) -> String {
    match (&field.old, &field.new) {
        (None, None) => field.name.to_owned(),
        (old, new) => {
            let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
            format!("{} {} → {}", field.name, value(old), value(new))
        }
    }
}

/// The whole outcome as programs see it.
#[derive(Serialize)]
struct Whole<'a> {
    old: &'a str,
    new: &'a str,
    compared: usize,
    counts: BTreeMap<&'static str, CountRow>,
    feeds: Vec<FeedRow<'a>>,
}

#[derive(Serialize)]
struct CountRow {
    entries: usize,
    feeds: usize,
}

#[derive(Serialize)]
struct FeedRow<'a> {
    feed: &'a str,
    file: &'a str,
    differences: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    kind: &'static str,
    severity: String,
    code: &'static str,
    id: Option<&'a str>,
    title: Option<&'a str>,
    link: Option<&'a str>,
    date: Option<String>,
    fields: Vec<FieldRow<'a>>,
}

#[derive(Serialize)]
struct FieldRow<'a> {
    field: &'static str,
    old: Option<&'a str>,
    new: Option<&'a str>,
}

pub(super) fn json(outcome: &Outcome, old: &str, new: &str) -> String {
    let counts = outcome.counts().into_iter().map(|(kind, count)| (kind.as_str(), CountRow { entries: count.entries, feeds: count.feeds }));
    let whole = Whole { old, new, compared: outcome.feeds, counts: counts.collect(), feeds: outcome.changed.iter().map(row).collect() };
    // Strings and numbers always serialise.
    serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
}

/// A line for each feed that differs.
pub(super) fn json_lines(outcome: &Outcome) -> String {
    outcome.changed.iter().map(|changed| serde_json::to_string(&row(changed)).unwrap_or_default() + "\n").collect()
}

fn row(changed: &Changed) -> FeedRow<'_> {
    let differences = changed.differences.iter().map(|difference| {
        let entry = difference.entry.as_ref();
        Row {
            kind: difference.kind.as_str(),
            severity: difference.kind.severity().to_string(),
            code: difference.kind.code().as_str(),
            id: entry.map(|entry| entry.id.as_str()),
            title: entry.map(|entry| entry.title.as_str()),
            link: entry.and_then(|entry| entry.link.as_deref()),
            date: entry.and_then(|entry| entry.date).map(|date| date.to_rfc3339()),
            fields: difference
                .fields
                .iter()
                .map(|field| FieldRow { field: field.name, old: field.old.as_deref(), new: field.new.as_deref() })
                .collect(),
        }
    });
    FeedRow { feed: &changed.path, file: &changed.shown, differences: differences.collect() }
}
