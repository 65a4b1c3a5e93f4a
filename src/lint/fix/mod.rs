//! Mending what can be mended without anybody's help.
//!
//! In: the bytes of a document, and what is known besides. Out: the bytes of the mended one, what was mended, and what the linter still finds. The text is
//! edited where a rule was broken, and nowhere else: a document without such findings comes back byte for byte. What was mended is UTF-8.
//!
//! The linter and the reader have the last word: edits that would leave more errors than there were, or change the id of an entry, are not
//! made. Who has subscribed would see every entry again.

mod edit;
mod encoding;
mod json;
mod markup;
mod syntax;
mod table;
#[cfg(test)]
mod tests;
mod values;
mod xml;

pub use table::can_mend;

use super::{Examined, Files, Kind, Options, Problem, Report, document, examine};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::format::decode::decode_feed;
use crate::format::read::{Hints, read};
use crate::model::Id;
use chrono_tz::Tz;
use edit::{Edit, Origins, apply, in_order};
use json::Json;
use std::collections::{BTreeSet, HashMap};
use table::{Mend, mend};
use xml::Xml;

/// One mended place may uncover the next.
const MOST_ROUNDS: usize = 12;

/// What is known for mending beside the document.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Means<'a> {
    /// The zone of dates that state none; `None`: they are left.
    pub zone: Option<Tz>,
    /// The address that the document is going to have, when it is known; taken from the linter's options when it is `None`.
    pub base: Option<&'a str>,
    /// The files that feeds name; those of the linter's options.
    files: Option<&'a dyn Files>,
    /// Which rules are to be mended.
    pub wanted: &'a (dyn Fn(Code) -> bool + Sync),
}

impl<'a> Means<'a> {
    /// Dates that state no zone are read in this one, if there is one; only what is wanted is mended.
    pub fn new(zone: Option<Tz>, wanted: &'a (dyn Fn(Code) -> bool + Sync)) -> Self {
        Self { zone, wanted, ..Self::default() }
    }
}

impl Default for Means<'_> {
    fn default() -> Self {
        Self { zone: None, base: None, files: None, wanted: &|_| true }
    }
}

impl Means<'_> {
    /// The length in bytes of what lies at an address, when that is at hand.
    fn length(&self, url: &str) -> Option<u64> {
        self.files?.facts(url)?.length
    }
}

impl std::fmt::Debug for Means<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Means").field("zone", &self.zone).field("base", &self.base).finish_non_exhaustive()
    }
}

/// A mended document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fixed {
    /// The document; the bytes that were given when nothing was mended.
    pub bytes: Vec<u8>,
    /// What was mended, with its place in the document that was given.
    pub mended: Vec<Diagnostic>,
    /// What is still wrong.
    pub report: Report,
}

/// Mends a document.
pub fn fix(bytes: &[u8], options: &Options, means: &Means<'_>) -> Fixed {
    let means = Means { base: means.base.or(options.base.as_deref()), files: options.files.as_deref(), ..*means };
    let decoded = decode_feed(bytes, options.charset.as_deref());
    let first = examine(bytes, options);
    if !encoding::is_certain(&decoded) {
        return Fixed { bytes: bytes.to_vec(), mended: Vec::new(), report: first.into() };
    }
    let mut mended = encoding::reasons(&first.problems, means.wanted);
    let known = Options { charset: None, ..options.clone() };
    let original = decoded.text.as_ref();
    let is_utf8 = encoding::is_utf8(&decoded);
    let mut work = Work { text: original.to_owned(), rounds: Vec::new() };
    // The text is examined as what it is going to be.
    if !mended.is_empty() || !is_utf8 {
        work.edit(encoding::declaration(original));
    }
    work.well_formed(&means);
    if mended.is_empty() && !work.rounds.is_empty() {
        // A declaration behind a blank line is none until the line is gone.
        mended = encoding::reasons(&examine(work.text.as_bytes(), &known).problems, means.wanted);
        if !mended.is_empty() {
            work.edit(encoding::declaration(&work.text));
        }
    }
    work.values(&known, &means);
    mended.extend(work.mended(original, options, &first.problems));
    if mended.is_empty() {
        return Fixed { bytes: bytes.to_vec(), mended, report: first.into() };
    }
    let mut out = if decoded.bom && is_utf8 { "\u{FEFF}".to_owned().into_bytes() } else { Vec::new() };
    out.extend_from_slice(work.text.as_bytes());
    let report = examine(&out, &known).into();
    Fixed { bytes: out, mended, report }
}

/// A text under repair.
struct Work {
    text: String,
    /// What was edited, round by round.
    rounds: Vec<Vec<Edit>>,
}

impl Work {
    fn edit(&mut self, edits: Vec<Edit>) {
        let edits = in_order(edits);
        if !edits.is_empty() {
            self.text = apply(&self.text, &edits);
            self.rounds.push(edits);
        }
    }

    /// What keeps it from being parsed.
    fn well_formed(&mut self, means: &Means<'_>) {
        if is_json(&self.text) || document::parse(&self.text).is_ok() {
            return;
        }
        let mended = syntax::mend(&self.text, &means.wanted);
        if let Some((text, rounds)) = mended.filter(|(text, _)| ids(text, means) == ids(&self.text, means)) {
            self.text = text;
            self.rounds.extend(rounds);
        }
    }

    /// Everything else, until nothing is left that can be mended.
    fn values(&mut self, options: &Options, means: &Means<'_>) {
        let mut before = examine(self.text.as_bytes(), options);
        for _ in 0..MOST_ROUNDS {
            let edits = in_order(proposed(&self.text, &before.problems, means));
            let Some((text, edits, after)) = accepted(&self.text, edits, &before, options, means) else { return };
            self.text = text;
            self.rounds.push(edits);
            before = after;
        }
    }

    /// What was mended beside the encoding, by its place in the document that was given.
    fn mended(&self, original: &str, options: &Options, problems: &[(usize, Problem)]) -> Vec<Diagnostic> {
        let mut found = BTreeSet::new();
        let ways: Vec<Origins> = self.rounds.iter().map(|round| Origins::of(round)).collect();
        for (number, round) in self.rounds.iter().enumerate() {
            let earlier = ways.get(..number).unwrap_or_default();
            let reasons = round.iter().flat_map(|edit| &edit.reasons).filter(|(code, _)| !encoding::is_reason(*code));
            found.extend(reasons.map(|(code, at)| (earlier.iter().rev().fold(*at, |at, way| way.origin(at)), *code)));
        }
        let findings = super::Findings::new(original, options);
        let mut known: HashMap<(usize, Code), &Problem> = HashMap::new();
        for (at, problem) in problems {
            known.entry((*at, problem.finding.code)).or_insert(problem);
        }
        // In the words of the linter where it was found at once.
        let told = |(at, code): (usize, Code)| match known.get(&(at, code)) {
            Some(problem) => problem.finding.clone(),
            None => Diagnostic::new(code, findings.place(at), code.title()),
        };
        found.into_iter().map(told).collect()
    }
}

fn is_json(text: &str) -> bool {
    text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').starts_with(['{', '['])
}

/// What would mend these problems.
fn proposed(text: &str, problems: &[(usize, Problem)], means: &Means<'_>) -> Vec<Edit> {
    let wanted = problems.iter().map(|(at, problem)| (problem.finding.code, *at)).filter(|(code, _)| (means.wanted)(*code));
    let mends = wanted.filter_map(|(code, at)| Some((code, at, mend(code)?)));
    if is_json(text) {
        let Some(json) = Json::new(text) else { return Vec::new() };
        let one = |(code, at, mend)| match mend {
            Mend::Value(better) => json.value(code, at, |value| better(value, means)),
            Mend::Address => json.value(code, at, |value| values::address(value, means)),
            Mend::Length => json.length(code, at, means),
            Mend::Json(edits) => edits(&json, code, at, means),
            Mend::Syntax | Mend::Encoding | Mend::Xml(_) => Vec::new(),
        };
        return mends.flat_map(one).collect();
    }
    let Ok(tree) = document::parse(text) else { return Vec::new() };
    let xml = Xml::new(text, &tree);
    let one = |(code, at, mend)| match mend {
        Mend::Value(better) => xml.value(code, at, |value| better(value, means)),
        Mend::Address if xml.guid(at).is_some() => xml.no_permalink(code, at, means),
        Mend::Address => xml.value(code, at, |value| values::address(value, means)),
        Mend::Length => xml.length(code, at, means),
        Mend::Xml(edits) => edits(&xml, code, at, means),
        Mend::Syntax | Mend::Encoding | Mend::Json(_) => Vec::new(),
    };
    mends.flat_map(one).collect()
}

/// As much of the edits as leaves no more errors than there were, rule by rule when all together do; `None`: nothing.
fn accepted(text: &str, edits: Vec<Edit>, before: &Examined, options: &Options, means: &Means<'_>) -> Option<(String, Vec<Edit>, Examined)> {
    if edits.is_empty() {
        return None;
    }
    let known = ids(text, means);
    let tried = |edits: &[Edit]| {
        let text = apply(text, edits);
        if ids(&text, means) != known {
            return None;
        }
        let after = examine(text.as_bytes(), options);
        is_no_worse(before, &after).then_some((text, after))
    };
    if let Some((text, after)) = tried(&edits) {
        return Some((text, edits, after));
    }
    let codes: BTreeSet<Code> = edits.iter().flat_map(|edit| &edit.reasons).map(|(code, _)| *code).collect();
    let (mut kept, mut best) = (Vec::new(), None);
    for code in codes {
        let more: Vec<Edit> = kept.iter().chain(edits.iter().filter(|edit| edit.is_wanted(|wanted| wanted == code))).cloned().collect();
        let more = in_order(more);
        if let Some(outcome) = tried(&more) {
            (kept, best) = (more, Some(outcome));
        }
    }
    best.map(|(text, after)| (text, kept, after))
}

/// The ids by which readers know the entries; those that are made of what an entry says, too.
fn ids(text: &str, means: &Means<'_>) -> Option<Vec<Id>> {
    let mut hints = Hints::named("");
    hints.zone = means.zone;
    let reading = read(text.as_bytes(), &hints).ok()?;
    Some(reading.feed()?.entries.iter().map(|entry| entry.id.clone()).collect())
}

fn is_no_worse(before: &Examined, after: &Examined) -> bool {
    let errors = |examined: &Examined| examined.problems.iter().filter(|(_, problem)| problem.finding.severity == Severity::Error).count();
    errors(after) <= errors(before) && (before.kind == Kind::Unknown || after.kind == before.kind)
}
