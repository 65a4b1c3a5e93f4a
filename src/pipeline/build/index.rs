//! What a build left for this one → whether anything changed, and what is known of what did not.
//!
//! The index lies in feedloom's own folder. Its light part answers whether anything changed at all: nothing but it is read then, and
//! the files of the site are only looked at. Its heavy part has the plan, what each topic follows from, and where in the file of records
//! there is what was read of each article. An index of another program or of other options, and one that is damaged, is none. Nothing of
//! this is ever an error.

use super::{Options, Outcome};
use crate::clock::Clock;
use crate::content::Hold;
use crate::content::index::records::Records;
use crate::content::index::wire::{self, Opened, Unusable, decode, encode};
use crate::content::index::{self, Earlier, Hash, Kind, Listed, Listing, MARGIN, Remembered, Seen, Stamp};
use crate::diagnostic::Diagnostic;
use crate::publish::manifest;
use crate::publish::scratch::keep;
use crate::publish::write::Change;
use crate::topic::Plan;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Its name in feedloom's own folder.
const NAME: &str = "build.index";
/// The file of records beside it.
pub(super) const RECORDS: &str = "build.records";
const DAMAGED: &str = "the index of the last build is damaged; everything is built";
/// So many articles may have changed for it to be worth while to see whether the plan is still the same.
pub(super) const FEW: usize = 64;

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
pub(super) struct Light<'a> {
    pub(super) options: Hash,
    /// When the build began that looked at the files (nanoseconds since 1970).
    pub(super) began: i64,
    #[serde(borrow)]
    pub(super) files: Vec<Listed<'a>>,
    /// The published files, as they were after the build, sorted by path; the manifest at the end.
    #[serde(borrow)]
    pub(super) outputs: Vec<(&'a str, Stamp)>,
    /// What to say when nothing changed; nothing when the build was not able to do all it wanted.
    pub(super) settled: Option<Settled>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Settled {
    /// The instants between which nothing becomes due or expires.
    pub(super) window: (i64, i64),
    /// What was found wrong with the content folder.
    pub(super) walked: Vec<Diagnostic>,
    pub(super) seen: Vec<Seen>,
    pub(super) articles: usize,
    pub(super) shown: usize,
    pub(super) held: Vec<(String, Hold)>,
    pub(super) topics: usize,
    pub(super) feeds: usize,
    pub(super) findings: Vec<Diagnostic>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Heavy<'a> {
    /// Of all files.
    pub(super) remembered: Cow<'a, [Remembered]>,
    /// The numbers of the files that heads are of, by the numbers of the heads.
    pub(super) shown: Vec<usize>,
    pub(super) plan: Cow<'a, Plan>,
    #[serde(borrow)]
    pub(super) topics: Vec<(&'a str, Hash)>,
    pub(super) lists: Option<Hash>,
}

/// The index of an earlier build, opened.
pub(super) struct Saved<'o> {
    pub(super) program: &'o str,
    pub(super) options: Hash,
    /// When this build began.
    pub(super) began: i64,
    opened: Option<Opened>,
    pub(super) notes: Vec<String>,
}

/// The files of a site beside those of an earlier build, of which nothing but some articles may have changed.
pub(super) struct Compared<'a> {
    pub(super) light: Light<'a>,
    /// Articles with other bytes, by the numbers of their files.
    pub(super) changed: Vec<usize>,
    /// When the earlier build began, as far as that can be trusted.
    pub(super) began: i64,
    /// Whether files had to be read to know that they are the same.
    renewed: bool,
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

    /// How the site compares to what it was; `None` when more may be different than a few articles.
    pub(super) fn compared(&self, listing: &Listing, options: &Options) -> Option<Compared<'_>> {
        let light = self.light()?;
        let began = self.trusted(light.began);
        let settled = light.settled.as_ref()?;
        let now = options.content.now;
        let is_then = settled.window.0 <= now && now < settled.window.1 && settled.walked == listing.findings;
        if !is_then {
            return None;
        }
        let renewed = AtomicBool::new(false);
        let changed = changed(&light.files, listing, options, began, &renewed)?;
        let is_same = settled.seen.par_iter().all(|seen| seen.holds(began));
        is_same.then(|| Compared { light, changed, began, renewed: renewed.into_inner() })
    }

    /// What a build says that finds nothing to do; `None` when the published files are no more what they were.
    pub(super) fn unchanged(&self, compared: &mut Compared<'_>, listing: &Listing, options: &Options) -> Option<Outcome> {
        if !are_outputs(&compared.light.outputs, &options.target.out, compared.began) {
            return None;
        }
        let renewed = compared.renewed && !options.target.check;
        let note = renewed.then(|| self.renew(&mut compared.light, listing, options)).flatten();
        Some(Outcome { notes: note.into_iter().collect(), ..told(&compared.light) })
    }

    /// Keeps the light part with the stamps of now, so that the next build need not read the files again.
    fn renew(&self, light: &mut Light<'_>, listing: &Listing, options: &Options) -> Option<String> {
        for (listed, stamp) in light.files.iter_mut().zip(&listing.stamps) {
            *listed = listed.at(*stamp);
        }
        light.began = self.began;
        light.settled.as_mut()?.seen.iter_mut().for_each(|seen| *seen = seen.again());
        let heavy = self.opened.as_ref()?.heavy()?;
        kept(options, self.program, &encode(light), &heavy)
    }

    /// The bytes of the heavy part; `None` when there is none, or it is damaged.
    pub(super) fn heavy(&self) -> Option<Vec<u8>> {
        self.opened.as_ref()?.heavy()
    }

    /// The same; empty where there is none, with a note when it is damaged.
    pub(super) fn heavy_or_note(&mut self) -> Vec<u8> {
        let heavy = self.heavy();
        self.notes.extend((heavy.is_none() && self.opened.is_some()).then(|| DAMAGED.to_owned()));
        heavy.unwrap_or_default()
    }

    /// What the earlier build made, when its options were the same.
    pub(super) fn earlier<'a>(&'a self, heavy: &'a [u8], options: &Options) -> Option<Before<'a>> {
        let light = self.light()?;
        let heavy: Heavy<'a> = decode(heavy).filter(|heavy: &Heavy<'a>| heavy.remembered.len() == light.files.len())?;
        Some(Before {
            began: self.trusted(light.began),
            files: light.files,
            outputs: light.outputs.into_iter().collect(),
            remembered: heavy.remembered,
            records: Arc::new(Records::all(&options.target.state.join(RECORDS))),
            topics: heavy.topics.into_iter().collect(),
            lists: heavy.lists,
        })
    }
}

/// Whether all published files are as they were written, and lie in plain folders.
pub(super) fn are_outputs(outputs: &[(&str, Stamp)], out: &Path, began: i64) -> bool {
    let folders: BTreeSet<&str> = outputs.iter().filter_map(|(file, _)| Some(file.rsplit_once('/')?.0)).collect();
    let above: BTreeSet<&str> = folders.iter().flat_map(|folder| folder.match_indices('/').filter_map(|(at, _)| folder.get(..at))).collect();
    let folders: Vec<&str> = folders.union(&above).copied().collect();
    let is_folder = |folder: &&str| Stamp::of_itself(&out.join(folder)).kind == Kind::Folder;
    let is_whole = |(file, stamp): &(&str, Stamp)| stamp.is_settled_output(began) && Stamp::of_itself(&out.join(file)) == *stamp;
    folders.par_iter().all(is_folder) && outputs.par_iter().all(is_whole)
}

/// The files that have other bytes than in the earlier build; `None` when there are more or fewer files, or when more than a few changed.
/// `renewed` says whether any had to be read for that.
fn changed(files: &[Listed<'_>], listing: &Listing, options: &Options, began: i64, renewed: &AtomicBool) -> Option<Vec<usize>> {
    let is_listed = files.len() == listing.sources.len() && files.par_iter().zip(&listing.sources).all(|(listed, source)| listed.is(source));
    if !is_listed {
        return None;
    }
    let count = AtomicUsize::new(0);
    let is_other = |(number, ((listed, source), stamp)): (usize, ((&Listed<'_>, _), &Stamp))| {
        let source: &index::Source = source;
        if listed.is_untouched(stamp, began) || count.load(Ordering::Relaxed) > FEW {
            return None;
        }
        renewed.store(true, Ordering::Relaxed);
        let read = std::fs::read(source.file(&options.content)).ok().map(|bytes| index::hash(&bytes));
        let is_other = read.is_none() || read != listed.hash;
        count.fetch_add(usize::from(is_other), Ordering::Relaxed);
        is_other.then_some(number)
    };
    let changed = files.par_iter().zip(&listing.sources).zip(&listing.stamps).enumerate().filter_map(is_other).collect();
    (count.into_inner() <= FEW).then_some(changed)
}

/// What the earlier build said, with all files as they are.
pub(super) fn told(light: &Light<'_>) -> Outcome {
    let files = light.outputs.iter().filter(|(file, _)| *file != manifest::NAME);
    let changes = files.map(|(file, _)| ((*file).to_owned(), Change::Same)).collect();
    let Some(settled) = &light.settled else { return Outcome::default() };
    let &Settled { articles, shown, topics, feeds, .. } = settled;
    Outcome { articles, shown, held: settled.held.clone(), topics, feeds, changes, findings: settled.findings.clone(), ..Outcome::default() }
}

/// Writes the index; a note when that is not possible.
pub(super) fn kept(options: &Options, program: &str, light: &[u8], heavy: &[u8]) -> Option<String> {
    unkept(keep(&options.target.state, NAME, &mut |out| wire::write(out, program, light, heavy)))
}

/// What is said when the index cannot be written.
pub(super) fn unkept<E: std::fmt::Display>(result: Result<(), E>) -> Option<String> {
    result.err().map(|error| format!("the index for the next build is not kept: {error}"))
}

/// What an earlier build with the same options made.
pub(super) struct Before<'a> {
    pub(super) began: i64,
    files: Vec<Listed<'a>>,
    remembered: Cow<'a, [Remembered]>,
    records: Arc<Vec<u8>>,
    pub(super) outputs: HashMap<&'a str, Stamp>,
    pub(super) topics: HashMap<&'a str, Hash>,
    pub(super) lists: Option<Hash>,
}

impl Before<'_> {
    /// What it read of the articles.
    pub(super) fn articles(&self) -> Earlier<'_> {
        Earlier { files: &self.files, remembered: &self.remembered, records: self.records.clone(), began: self.began }
    }
}
