//! What a build leaves for the next one, and what the next one need not do because of it.
//!
//! The index lies in feedloom's own folder. Its light part answers whether anything changed at all: nothing but it is read then, and
//! the files of the site are only looked at. Its heavy part has what was read of each article, and what each topic follows from. An
//! index of another program or of other options, and one that is damaged, is none. Nothing of this is ever an error.

use super::work::Print;
use super::{Options, Outcome};
use crate::clock::Clock;
use crate::content::index::wire::{Blob, Opened, Unusable, decode, encode, pack};
use crate::content::index::{self, Earlier, Hash, Kind, Listed, Listing, MARGIN, Remembered, Seen, Stamp};
use crate::content::{Articles, Hold};
use crate::diagnostic::Diagnostic;
use crate::model::Head;
use crate::publish::manifest;
use crate::publish::scratch::keep;
use crate::publish::write::Change;
use crate::topic::Plan;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Its name in feedloom's own folder.
const NAME: &str = "build.index";
const DAMAGED: &str = "the index of the last build is damaged; everything is built";

/// Who builds, when an index is of use. What the linter looks at, and when entries of others are due, no index knows.
pub(super) fn wanted(options: &Options) -> Option<&str> {
    let has_sources = options.external.as_ref().is_some_and(|external| !external.sources.is_empty());
    options.program.as_deref().filter(|_| options.lint.is_none() && options.health.is_none() && !has_sources)
}

/// What decides the bytes besides articles and the files that they name.
fn fingerprint(options: &Options) -> Hash {
    struct Into<'h>(&'h mut blake3::Hasher);
    impl Write for Into<'_> {
        fn write_str(&mut self, text: &str) -> std::fmt::Result {
            self.0.update(text.as_bytes());
            Ok(())
        }
    }
    let mut plain = options.clone();
    // These decide what is done, not what comes out.
    (plain.target.check, plain.target.adopt, plain.content.now, plain.content.looked) = (false, false, 0, None);
    let mut hasher = blake3::Hasher::new();
    // Hashing does not fail.
    let _ = write!(Into(&mut hasher), "{plain:?}");
    index::shortened(&hasher.finalize())
}

#[derive(Debug, Serialize, Deserialize)]
struct Light<'a> {
    options: Hash,
    /// When the build began that looked at the files (nanoseconds since 1970).
    began: i64,
    #[serde(borrow)]
    files: Vec<Listed<'a>>,
    /// The published files, as they were after the build.
    outputs: Vec<(String, Stamp)>,
    /// What to say when nothing changed; nothing when the build was not able to do all it wanted.
    settled: Option<Settled>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Settled {
    /// The instants between which nothing becomes due or expires.
    window: (i64, i64),
    /// What was found wrong with the content folder.
    walked: Vec<Diagnostic>,
    seen: Vec<Seen>,
    articles: usize,
    shown: usize,
    held: Vec<(String, Hold)>,
    topics: usize,
    feeds: usize,
    findings: Vec<Diagnostic>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Heavy<'a> {
    #[serde(borrow)]
    articles: Vec<Remembered<'a>>,
    topics: Vec<(&'a str, Hash)>,
    lists: Option<Hash>,
}

/// The index of an earlier build, opened.
pub(super) struct Saved<'o> {
    program: &'o str,
    options: Hash,
    /// When this build began.
    began: i64,
    opened: Option<Opened>,
    pub(super) notes: Vec<String>,
}

impl<'o> Saved<'o> {
    /// Opens the index, when there is one of this program.
    pub(super) fn open(options: &Options, program: &'o str) -> Self {
        let began = Clock::System.millis().saturating_mul(1_000_000);
        let mut notes = Vec::new();
        let opened = Opened::open(&options.target.state.join(NAME), program).map_err(|why| match why {
            Unusable::Absent => {}
            Unusable::Other => notes.push("the index of the last build is of another version; everything is built".to_owned()),
            Unusable::Broken => notes.push(DAMAGED.to_owned()),
        });
        Self { program, options: fingerprint(options), began, opened: opened.ok(), notes }
    }

    fn light(&self) -> Option<Light<'_>> {
        decode(&self.opened.as_ref()?.light).filter(|light: &Light<'_>| light.options == self.options)
    }

    /// The times that an index of then knows are worth nothing when its clock was ahead of ours.
    fn trusted(&self, began: i64) -> i64 {
        if began > self.began.saturating_add(MARGIN) { i64::MIN } else { began }
    }

    /// What a build would say that finds nothing to do; `None` when there may be something.
    pub(super) fn unchanged(&mut self, listing: &Listing, options: &Options) -> Option<Outcome> {
        let mut light = self.light()?;
        let began = self.trusted(light.began);
        let settled = light.settled.as_ref()?;
        let now = options.content.now;
        let is_then = settled.window.0 <= now && now < settled.window.1 && settled.walked == listing.findings;
        if !is_then || !are_outputs(&light.outputs, &options.target.out, began) {
            return None;
        }
        let renewed = AtomicBool::new(false);
        let is_same = same_files(&light.files, listing, began, &renewed) && settled.seen.par_iter().all(|seen| seen.holds(began));
        if !is_same {
            return None;
        }
        let renewed = renewed.into_inner() && !options.target.check;
        let bytes = renewed.then(|| self.renew(&mut light, listing)).flatten();
        let outcome = told(light);
        if let Some(light) = bytes {
            self.keep_renewed(&light, options);
        }
        Some(Outcome { notes: std::mem::take(&mut self.notes), ..outcome? })
    }

    /// The light part with the stamps of now, so that the next build need not read the files again.
    fn renew(&self, light: &mut Light<'_>, listing: &Listing) -> Option<Vec<u8>> {
        for (listed, stamp) in light.files.iter_mut().zip(&listing.stamps) {
            *listed = listed.at(*stamp);
        }
        light.began = self.began;
        let settled = light.settled.as_mut()?;
        settled.seen.iter_mut().for_each(|seen| *seen = seen.again());
        Some(encode(light))
    }

    fn keep_renewed(&mut self, light: &[u8], options: &Options) {
        let Some(heavy) = self.opened.as_mut().and_then(Opened::heavy) else { return };
        self.notes.extend(kept(options, &pack(self.program, light, &heavy)));
    }

    /// The bytes of the heavy part; empty when there is none.
    pub(super) fn heavy(&mut self) -> Vec<u8> {
        let Some(opened) = &mut self.opened else { return Vec::new() };
        opened.heavy().unwrap_or_else(|| {
            self.notes.push(DAMAGED.to_owned());
            Vec::new()
        })
    }

    /// What the earlier build made, when its options were the same.
    pub(super) fn earlier<'a>(&'a self, heavy: &'a [u8]) -> Option<Before<'a>> {
        let light = self.light()?;
        let heavy: Heavy<'a> = decode(heavy).filter(|heavy: &Heavy<'a>| heavy.articles.len() == light.files.len())?;
        Some(Before {
            began: self.trusted(light.began),
            files: light.files,
            outputs: light.outputs.into_iter().collect(),
            articles: heavy.articles,
            topics: heavy.topics.into_iter().collect(),
            lists: heavy.lists,
        })
    }
}

/// Whether all published files are as they were written, and lie in plain folders.
fn are_outputs(outputs: &[(String, Stamp)], out: &Path, began: i64) -> bool {
    let folders: BTreeSet<&str> = outputs.iter().filter_map(|(file, _)| Some(file.rsplit_once('/')?.0)).collect();
    let above: BTreeSet<&str> = folders.iter().flat_map(|folder| folder.match_indices('/').filter_map(|(at, _)| folder.get(..at))).collect();
    let is_folder = |folder: &&str| Stamp::of_itself(&out.join(folder)).kind == Kind::Folder;
    let is_whole = |(file, stamp): &(String, Stamp)| stamp.is_settled_output(began) && Stamp::of_itself(&out.join(file)) == *stamp;
    folders.union(&above).all(is_folder) && outputs.par_iter().all(is_whole)
}

/// Whether the listed files are those of the earlier build with the same bytes; `renewed` says whether any had to be read for that.
fn same_files(files: &[Listed<'_>], listing: &Listing, began: i64, renewed: &AtomicBool) -> bool {
    let is_listed = files.len() == listing.sources.len() && files.iter().zip(&listing.sources).all(|(listed, source)| listed.is(source));
    is_listed
        && files.par_iter().zip(&listing.sources).zip(&listing.stamps).all(|((listed, source), stamp)| {
            if listed.is_untouched(stamp, began) {
                return true;
            }
            renewed.store(true, Ordering::Relaxed);
            let read = std::fs::read(&source.file).ok().map(|bytes| index::hash(&bytes));
            read.is_some() && read == listed.hash
        })
}

/// What the earlier build said, with all files as they are.
fn told(light: Light<'_>) -> Option<Outcome> {
    let Settled { articles, shown, held, topics, feeds, findings, .. } = light.settled?;
    let files = light.outputs.into_iter().map(|(file, _)| file).filter(|file| file != manifest::NAME);
    let changes = files.map(|file| (file, Change::Same)).collect();
    Some(Outcome { articles, shown, held, topics, feeds, changes, findings, ..Outcome::default() })
}

/// Writes the index; a note when that is not possible.
fn kept(options: &Options, bytes: &[u8]) -> Option<String> {
    keep(&options.target.state, NAME, bytes).err().map(|error| format!("the index for the next build is not kept: {error}"))
}

/// What an earlier build with the same options made.
pub(super) struct Before<'a> {
    began: i64,
    files: Vec<Listed<'a>>,
    articles: Vec<Remembered<'a>>,
    outputs: HashMap<String, Stamp>,
    topics: HashMap<&'a str, Hash>,
    lists: Option<Hash>,
}

impl<'a> Before<'a> {
    /// What it read of the articles.
    pub(super) fn articles(&'a self) -> Earlier<'a> {
        Earlier { files: &self.files, articles: &self.articles, began: self.began }
    }
}

/// What is made of topics, and what follows from what.
#[derive(Default)]
pub(super) struct Prints {
    topics: BTreeMap<String, Hash>,
    lists: Option<Hash>,
    failed: bool,
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

/// A build that knows of an earlier one, and is going to be known.
pub(super) struct Session<'a> {
    program: &'a str,
    options: Hash,
    began: i64,
    before: Option<Before<'a>>,
    walked: Vec<Diagnostic>,
    /// What was found when entries were made, by the number of the article.
    made: Mutex<BTreeMap<usize, Vec<Diagnostic>>>,
    pub(super) note: Option<String>,
}

impl<'a> Session<'a> {
    pub(super) fn new(saved: &'a Saved<'_>, before: Option<Before<'a>>, walked: Vec<Diagnostic>) -> Self {
        Self { program: saved.program, options: saved.options, began: saved.began, before, walked, made: Mutex::default(), note: None }
    }

    /// An entry was made.
    pub(super) fn note(&self, article: usize, findings: Vec<Diagnostic>) {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(article, findings);
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

    /// Keeps what was made for the next build.
    pub(super) fn keep(&mut self, articles: &mut Articles, plan: &Plan, heads: &[Head], prints: &Prints, outcome: &Outcome, options: &Options) {
        if articles.changed_meanwhile() {
            return;
        }
        let shown: HashSet<usize> = plan.topics.iter().flat_map(|topic| &topic.heads).filter_map(|&index| Some(heads.get(index)?.key)).collect();
        let made = std::mem::take(&mut *self.made.lock().unwrap_or_else(PoisonError::into_inner));
        let window = articles.window();
        let (files, records) = articles.records(made.into_iter().collect(), &|key| shown.contains(&key));
        let is_whole = !prints.failed && !outcome.incomplete && files.iter().all(|file| file.hash.is_some());
        let settled = is_whole.then(|| Settled {
            window,
            walked: std::mem::take(&mut self.walked),
            seen: Articles::seen(&records),
            articles: outcome.articles,
            shown: outcome.shown,
            held: outcome.held.clone(),
            topics: outcome.topics,
            feeds: outcome.feeds,
            findings: outcome.findings.clone(),
        });
        let light = Light { options: self.options, began: self.began, files, outputs: outputs(outcome, &options.target.out), settled };
        let heavy = Heavy {
            articles: records.iter().map(|record| Remembered { reading: Blob(&record.reading), drawn: Blob(&record.drawn) }).collect(),
            topics: prints.topics.iter().map(|(topic, print)| (topic.as_str(), *print)).collect(),
            lists: prints.lists,
        };
        self.note = kept(options, &pack(self.program, &encode(&light), &encode(&heavy)));
    }
}

/// The published files and the manifest, as they are now.
fn outputs(outcome: &Outcome, out: &Path) -> Vec<(String, Stamp)> {
    let files = outcome.changes.iter().filter(|(_, change)| *change != Change::Removed).map(|(file, _)| file.as_str());
    let files: Vec<&str> = files.chain([manifest::NAME]).collect();
    files.into_par_iter().map(|file| (file.to_owned(), Stamp::of_itself(&out.join(file)))).collect()
}
