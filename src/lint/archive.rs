//! Chains of pages and archives over several documents (RFC 5005 §3, §4), for Atom and for RSS with links of Atom.
//!
//! In: documents with their addresses. Out: findings with the file that each is in. Only links among the given documents are followed.

use super::beyond::folder::{Document, found_in};
use super::beyond::outline::{Entry, Outline, When, Written};
use super::value::shown;
use super::{Kind, Problem};
use crate::diagnostic::Code;
use crate::text::url::{absolute, resolve};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Compares documents that link to each other; each finding with the file that it is in.
///
/// `base`: the address of the folder that holds all documents, when it is known; what is below it should be among them.
pub fn chains(documents: &[Document], base: Option<&str>) -> Vec<(Arc<str>, Problem)> {
    let documents: Vec<&Document> = documents.iter().filter(|document| matches!(document.outline.kind, Kind::Rss | Kind::Atom)).collect();
    // Most feeds have one document.
    if documents.iter().all(|document| document.outline.pages.is_empty()) {
        return Vec::new();
    }
    let mut chains = Chains::new(documents, base);
    chains.gaps();
    chains.circles("prev-archive");
    chains.circles("next");
    chains.archives_and_feeds();
    for (there, back) in [("prev-archive", "next-archive"), ("next-archive", "prev-archive"), ("next", "previous"), ("previous", "next")] {
        chains.one_way(there, back);
    }
    chains.entries_twice();
    chains.order();
    chains.found
}

/// A link from one document to another.
struct Step<'d> {
    from: usize,
    relation: &'d str,
    /// Absolute.
    address: String,
    /// The document that lives there, when it is given.
    to: Option<usize>,
}

struct Chains<'d> {
    documents: Vec<&'d Document>,
    base: Option<&'d str>,
    steps: Vec<Step<'d>>,
    /// The first step of each relation from each document.
    first: BTreeMap<(usize, &'d str), usize>,
    found: Vec<(Arc<str>, Problem)>,
}

impl<'d> Chains<'d> {
    fn new(documents: Vec<&'d Document>, base: Option<&'d str>) -> Self {
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for (index, document) in documents.iter().enumerate() {
            for address in addresses(document) {
                places.entry(address).or_insert(index);
            }
        }
        let mut steps = Vec::new();
        for (from, document) in documents.iter().enumerate() {
            let start = addresses(document).next();
            for (relation, link) in &document.outline.pages {
                let meant = start.as_deref().map_or_else(|| absolute(&link.value), |start| resolve(start, &link.value));
                let Ok(address) = meant else { continue };
                let to = places.get(&address).copied();
                steps.push(Step { from, relation, address, to });
            }
        }
        let mut first = BTreeMap::new();
        for (index, step) in steps.iter().enumerate() {
            first.entry((step.from, step.relation)).or_insert(index);
        }
        Self { documents, first, base: base.filter(|base| base.ends_with('/')), steps, found: Vec::new() }
    }

    fn say(&mut self, document: usize, code: Code, message: String) {
        if let Some(document) = self.documents.get(document) {
            self.found.push(found_in(&document.name, code, message));
        }
    }

    fn outline(&self, document: usize) -> Option<&'d Outline> {
        self.documents.get(document).map(|document| &document.outline)
    }

    fn name(&self, document: usize) -> &'d str {
        self.documents.get(document).map_or("", |document| document.name.as_ref())
    }

    fn is_archive(&self, document: usize) -> bool {
        self.outline(document).is_some_and(|outline| outline.archive)
    }

    /// Steps of this relation between documents that are given.
    fn steps_to(&self, relation: &str) -> Vec<(usize, usize)> {
        self.steps.iter().filter(|step| step.relation == relation).filter_map(|step| Some((step.from, step.to?))).collect()
    }

    /// Where a document's link of this relation leads.
    fn step(&self, from: usize, relation: &str) -> Option<&Step<'d>> {
        self.steps.get(*self.first.get(&(from, relation))?)
    }

    /// What is linked below the folder is in the folder.
    fn gaps(&mut self) {
        let Some(base) = self.base else { return };
        let missing: Vec<_> = self.steps.iter().filter(|step| step.to.is_none() && step.address.starts_with(base)).collect();
        let told: Vec<_> = missing
            .iter()
            .map(|step| (step.from, format!("expected a document at {}, where rel={} leads, found none", shown(&step.address), step.relation)))
            .collect();
        for (from, message) in told {
            self.say(from, Code::ArchiveGap, message);
        }
    }

    /// Who goes on and on must come to an end.
    fn circles(&mut self, relation: &str) {
        let next: BTreeMap<usize, usize> = self.steps_to(relation).into_iter().collect();
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        for start in 0..self.documents.len() {
            let mut way = Vec::new();
            let mut at = start;
            while seen.insert(at) {
                way.push(at);
                match next.get(&at) {
                    Some(to) => at = *to,
                    None => break,
                }
            }
            // A step back into the way that was just walked closes a circle; one into an older way does not.
            let Some((last, begin)) = way.last().copied().zip(way.last().and_then(|last| next.get(last)).copied()) else { continue };
            if way.contains(&begin) {
                let message = format!("expected rel={relation} to lead to an end, found a circle: back to {}", shown(self.name(begin)));
                self.say(last, Code::ArchiveCircle, message);
            }
        }
    }

    /// Archives say that they are some, and their feed leads to them.
    fn archives_and_feeds(&mut self) {
        let mut marked = BTreeSet::new();
        for relation in ["prev-archive", "next-archive"] {
            for (from, to) in self.steps_to(relation) {
                if !self.is_archive(to) && marked.insert(to) {
                    let message = format!("expected fh:archive, as {} links here with rel={relation}, found none", shown(self.name(from)));
                    self.say(to, Code::ArchiveNotMarked, message);
                }
            }
        }
        let mut told = BTreeSet::new();
        for (archive, feed) in self.steps_to("current") {
            let is_feed = self.is_archive(archive) && !self.is_archive(feed);
            if is_feed && self.step(feed, "prev-archive").is_none() && told.insert(feed) {
                let message = format!("expected rel=prev-archive, as {} is an archive of this feed, found none", shown(self.name(archive)));
                self.say(feed, Code::ArchivesNotLinked, message);
            }
        }
    }

    /// Where the other leads back, it leads back here. The newest archive need not lead to the feed itself.
    fn one_way(&mut self, there: &str, back: &str) {
        for (from, to) in self.steps_to(there) {
            if there == "prev-archive" && !self.is_archive(from) {
                continue;
            }
            let Some(step) = self.step(to, back).filter(|step| step.to != Some(from)) else { continue };
            let message = format!(
                "expected rel={back} to lead to {}, which leads here with rel={there}, found {}",
                shown(self.name(from)),
                shown(&step.address)
            );
            self.say(to, Code::ArchiveOneWay, message);
        }
    }

    /// An entry moves from the feed into one archive (RFC 5005 §4: the union of all documents is the feed).
    fn entries_twice(&mut self) {
        let mut known: BTreeMap<(Option<String>, &str, Option<i64>), usize> = BTreeMap::new();
        let mut twice = Vec::new();
        for (index, document) in self.documents.iter().enumerate().filter(|(_, document)| document.outline.archive) {
            // Archives of another feed may hold the same entry.
            let feed = self.step(index, "current").map(|step| step.address.clone());
            for entry in &document.outline.entries {
                let Some(id) = entry.id.as_ref().or(entry.link.as_ref()) else { continue };
                let updated = entry.updated.as_ref().or(entry.published.as_ref()).and_then(When::unix);
                match known.get(&(feed.clone(), id.value.as_str(), updated)) {
                    Some(other) if *other != index => twice.push((index, *other, id)),
                    Some(_) => {}
                    None => {
                        known.insert((feed.clone(), &id.value, updated), index);
                    }
                }
            }
        }
        for (index, other, id) in twice {
            let message = format!("expected each entry in one archive, found {} in {} too", shown(&id.value), shown(self.name(other)));
            self.say(index, Code::EntryInTwoArchives, message);
        }
    }

    /// What is older is in an older archive.
    fn order(&mut self) {
        for (newer, older) in self.steps_to("prev-archive") {
            if !self.is_archive(newer) || !self.is_archive(older) {
                continue;
            }
            let dates = |document: usize| self.outline(document).into_iter().flat_map(|outline| &outline.entries).filter_map(published);
            let (Some((oldest, _)), Some((newest, id))) = (dates(newer).min_by_key(|(date, _)| *date), dates(older).max_by_key(|(date, _)| *date))
            else {
                continue;
            };
            if newest > oldest {
                let message = format!(
                    "expected entries that are older than all of {}, the archive behind this one, found {}, which is newer than the oldest there",
                    shown(self.name(newer)),
                    id.map_or_else(|| "one".to_owned(), |id| shown(&id.value)),
                );
                self.say(older, Code::ArchiveOrder, message);
            }
        }
    }
}

/// When an entry came into the feed; a later change does not move it.
fn published(entry: &Entry) -> Option<(i64, Option<&Written>)> {
    let date = entry.published.as_ref().or(entry.updated.as_ref())?;
    Some((date.unix()?, entry.id.as_ref().or(entry.link.as_ref())))
}

/// Where a document lives: the address that is known, then the one that it says itself.
fn addresses(document: &Document) -> impl Iterator<Item = String> {
    let known = document.address.as_deref().and_then(|address| absolute(address).ok());
    let own = document.outline.selfs.first().and_then(|link| match &known {
        Some(known) => resolve(known, &link.value).ok(),
        None => absolute(&link.value).ok(),
    });
    known.into_iter().chain(own)
}
