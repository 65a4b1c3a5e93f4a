//! What a build knows of an earlier one while it writes, and what it leaves for the next one.

use super::index::{Before, Heavy, Light, RECORDS, Saved, Settled, kept, unkept};
use super::work::Print;
use super::{Options, Outcome};
use crate::content::Articles;
use crate::content::index::records::{Span, Stored, Writer};
use crate::content::index::wire::encode;
use crate::content::index::{Hash, Record, Remembered, Stamp};
use crate::diagnostic::Diagnostic;
use crate::model::Head;
use crate::publish::manifest;
use crate::publish::scratch::{append, keep};
use crate::publish::write::{Change, PublishError};
use crate::topic::Plan;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// What is made of topics, and what follows from what.
#[derive(Default)]
pub(super) struct Prints {
    pub(super) topics: BTreeMap<String, Hash>,
    pub(super) lists: Option<Hash>,
    pub(super) failed: bool,
}

impl Prints {
    /// A topic, or the lists; nothing of what failed is kept.
    pub(super) fn add(&mut self, print: Print, failed: bool) {
        self.failed |= failed;
        match print.filter(|_| !failed) {
            Some((Some(topic), print)) => drop(self.topics.insert(topic, print)),
            Some((None, print)) => self.lists = Some(print),
            None => {}
        }
    }
}

/// A build that may know of an earlier one, and is going to be known.
#[derive(Default)]
pub(super) struct Session<'a> {
    before: Option<Before<'a>>,
    walked: Vec<Diagnostic>,
    /// What was found when entries were made, by the number of the article.
    made: Mutex<BTreeMap<usize, Vec<Diagnostic>>>,
}

impl<'a> Session<'a> {
    /// `walked` is what was found wrong with the content folder.
    pub(super) fn new(before: Option<Before<'a>>, walked: Vec<Diagnostic>) -> Self {
        Self { before, walked, made: Mutex::default() }
    }

    /// An entry was made.
    pub(super) fn note(&self, article: usize, findings: Vec<Diagnostic>) {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(article, findings);
    }

    /// The entries that were made, by the numbers of their articles.
    pub(super) fn take_made(&self) -> BTreeMap<usize, Vec<Diagnostic>> {
        std::mem::take(&mut *self.made.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether the earlier build made the same of a topic.
    pub(super) fn made(&self, topic: &str, print: &Hash) -> bool {
        self.before.as_ref().is_some_and(|before| before.topics.get(topic) == Some(print))
    }

    /// Whether it made the same lists.
    pub(super) fn made_lists(&self, print: &Hash) -> bool {
        self.before.as_ref().is_some_and(|before| before.lists.as_ref() == Some(print))
    }

    /// Whether a published file is as it was written.
    pub(super) fn is_intact(&self, file: &str, out: &Path) -> bool {
        let known = self.before.as_ref().and_then(|before| Some((before.outputs.get(file)?, before.began)));
        known.is_some_and(|(stamp, began)| stamp.is_settled_output(began) && Stamp::of_itself(&out.join(file)) == *stamp)
    }
}

/// What was built, to be kept for the next build.
pub(super) struct Built<'b> {
    pub(super) plan: &'b Plan,
    pub(super) heads: &'b [Head],
    pub(super) prints: &'b Prints,
    pub(super) outcome: &'b Outcome,
}

impl Session<'_> {
    /// Keeps what was made for the next build; a note when that is not possible.
    pub(super) fn keep(self, saved: &Saved<'_>, articles: &mut Articles, built: &Built<'_>, options: &Options) -> Option<String> {
        if articles.changed_meanwhile() {
            return None;
        }
        let (plan, heads, outcome, prints) = (built.plan, built.heads, built.outcome, built.prints);
        let in_feeds: HashSet<usize> = plan.topics.iter().flat_map(|topic| &topic.heads).filter_map(|&index| Some(heads.get(index)?.key)).collect();
        let made = self.take_made();
        let window = articles.window();
        let records = articles.records(made.into_iter().collect(), &|key| in_feeds.contains(&key));
        let is_whole = !prints.failed && !outcome.incomplete && records.iter().all(|record| record.hash.is_some());
        let settled = is_whole.then(|| Settled {
            window,
            walked: self.walked,
            seen: articles.seen(&records),
            articles: outcome.articles,
            shown: outcome.shown,
            held: outcome.held.clone(),
            topics: outcome.topics,
            feeds: outcome.feeds,
            findings: outcome.findings.clone(),
        });
        let remembered = match put(&records, &articles.earlier_records(), &options.target.state) {
            Ok(remembered) => remembered,
            Err(error) => return unkept(Err(error)),
        };
        let (files, outputs) = (articles.listed(&records), outputs(outcome, &options.target.out));
        let light = encode(&Light { options: saved.options, began: saved.began, files, outputs, settled });
        let heavy = encode(&Heavy {
            remembered: Cow::Owned(remembered),
            shown: heads.iter().map(|head| head.key).collect(),
            plan: Cow::Borrowed(plan),
            topics: prints.topics.iter().map(|(topic, print)| (topic.as_str(), *print)).collect(),
            lists: prints.lists,
        });
        kept(options, saved.program, &light, &heavy)
    }
}

/// The published files and the manifest, as they are now.
fn outputs<'o>(outcome: &'o Outcome, out: &Path) -> Vec<(&'o str, Stamp)> {
    let files = outcome.changes.iter().filter(|(_, change)| *change != Change::Removed).map(|(file, _)| file.as_str());
    let files: Vec<&str> = files.chain([manifest::NAME]).collect();
    files.into_par_iter().map(|file| (file, Stamp::of_itself(&out.join(file)))).collect()
}

/// Puts what is new of these records into their file, and says where each is. The file is written anew when there is none, and when
/// most of it is of no use any more; `old` are its bytes.
fn put(records: &[Record], old: &[u8], state: &Path) -> Result<Vec<Remembered>, PublishError> {
    let mut remembered = Vec::with_capacity(records.len());
    if is_worn(records.iter().flat_map(|record| [&record.reading, &record.drawn]).filter_map(span), old.len() as u64) {
        keep(state, RECORDS, &mut |out| {
            let mut writer = Writer::new(out, 0);
            let mut put = |stored: &Stored| stored.bytes(old).map_or(Ok(None), |bytes| writer.put(bytes));
            written(records, &mut put, &mut remembered)
        })?;
    } else {
        append(state, RECORDS, &mut |out: &mut dyn Write, end| {
            let mut writer = Writer::new(out, end);
            let mut put = |stored: &Stored| match stored {
                Stored::Fresh(bytes) => writer.put(bytes),
                stored => Ok(span(stored)),
            };
            written(records, &mut put, &mut remembered)
        })?;
    }
    Ok(remembered)
}

fn written(records: &[Record], put: &mut dyn FnMut(&Stored) -> io::Result<Option<Span>>, remembered: &mut Vec<Remembered>) -> io::Result<()> {
    for record in records {
        remembered.push(Remembered { reading: put(&record.reading)?, drawn: put(&record.drawn)? });
    }
    Ok(())
}

fn span(stored: &Stored) -> Option<Span> {
    match stored {
        Stored::Kept(span) => Some(*span),
        _ => None,
    }
}

/// Whether most of a file of records is of no use any more: these are the values in it that are.
pub(super) fn is_worn(used: impl Iterator<Item = Span>, size: u64) -> bool {
    let used: u64 = used.map(Span::length).sum();
    used.saturating_mul(2) < size || size == 0
}
