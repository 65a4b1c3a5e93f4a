//! Files → articles → entries.
//!
//! In goes a folder of Markdown articles as Hugo, Hexo, Jekyll and Zola know them; out come a [`Head`] for each article
//! that is shown, and its [`Entry`] on demand. Bodies are dropped between the two: memory grows with the number of heads.
//! Nothing is written; what is wrong with an article is reported, and the others go on.

mod address;
mod article;
mod dates;
mod enclosure;
mod entry;
mod explain;
mod fields;
mod file_facts;
mod front_matter;
mod hold;
pub(crate) mod index;
mod language;
mod load;
mod manner;
mod markdown;
mod options;
mod page_links;
mod people;
mod permalink;
mod served;
mod shortcode;
mod terms;
mod thumbnail;
mod walk;

pub(crate) use address::host;
pub use explain::{Explanation, Fact, explain};
pub use hold::Hold;
pub use manner::{Defaults, Generator, Manner, SiteLanguage};
pub use options::{IdRule, LinkRule, Options};
pub(crate) use people::named as person;
pub use permalink::{Template, TemplateError};
pub(crate) use served::Served;

use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::model::{Entry, EntrySource, Head, Zone};
use article::Article;
use index::wire::{decode, encode};
use index::{Drawn, Earlier, Hash, Kept, Listed, Listing, Looked, Reading, Record, Seen, Stamp};
use load::load;
use page_links::PageLinks;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use walk::Source;

/// All articles of a content folder; gives entries for the heads that [`Articles::scan`] gave.
#[derive(Debug)]
pub struct Articles {
    options: Options,
    sources: Vec<Source>,
    links: PageLinks,
    /// What an index is made of; none when nobody asked for one.
    kept: Option<Basis>,
}

/// What a content folder holds.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Scan {
    /// Articles that are shown, in the order of their paths.
    pub heads: Vec<Head>,
    /// Articles that are held back, with the reason, in the order of their paths.
    pub held: Vec<(String, Hold)>,
    /// Files that are articles, readable or not.
    pub files: usize,
    /// What was found wrong.
    pub findings: Vec<Diagnostic>,
}

impl Articles {
    /// No articles, for a site that has none of its own.
    pub fn none(options: Options) -> (Self, Scan) {
        (Self { options, sources: Vec::new(), links: PageLinks::default(), kept: None }, Scan::default())
    }

    /// Reads all articles, in parallel; the result does not depend on the number of threads.
    pub fn scan(options: Options) -> (Self, Scan) {
        let mut findings = Vec::new();
        let sources = walk::walk(&options, &mut findings);
        let readings = sources.par_iter().enumerate().map(|(key, source)| {
            let mut unheard = None;
            read(source, key, &options, &mut unheard)
        });
        let scan = gathered(readings.collect(), &sources, findings, &options);
        let links = PageLinks::new(&scan.heads);
        (Self { options, sources, links, kept: None }, scan)
    }

    /// The same for files that are listed already, with what is needed for an index. An article that an earlier build read, and that is
    /// as it was, is not read again.
    pub(crate) fn scan_listed(mut options: Options, listing: Listing, earlier: Option<Earlier<'_>>) -> (Self, Scan) {
        options.looked = Some(Arc::new(Looked::default()));
        let Listing { sources, stamps, findings } = listing;
        let known = sources.par_iter().zip(&stamps).enumerate().map(|(key, (source, stamp))| known(source, stamp, key, &options, earlier));
        let (readings, records): (Vec<Reading>, Vec<Record>) = known.collect::<Vec<_>>().into_iter().unzip();
        let window = readings.iter().fold((i64::MIN, i64::MAX), |all, one| (all.0.max(one.window.0), all.1.min(one.window.1)));
        let scan = gathered(readings, &sources, findings, &options);
        let links = PageLinks::attentive(&scan.heads);
        let began = earlier.map_or(i64::MIN, |earlier| earlier.began);
        let still = std::iter::repeat_with(OnceLock::new).take(records.len()).collect();
        let kept = Some(Basis { stamps, records, window, began, still, changed: AtomicBool::new(false) });
        (Self { options, sources, links, kept }, scan)
    }
}

/// What was read, put together in the order of the files.
fn gathered(readings: Vec<Reading>, sources: &[Source], findings: Vec<Diagnostic>, options: &Options) -> Scan {
    let files = sources.iter().filter(|source| !source.resource).count();
    let mut scan = Scan { files, findings, ..Scan::default() };
    scan.heads.reserve_exact(files);
    for (reading, source) in readings.into_iter().zip(sources) {
        scan.findings.extend(reading.findings);
        match reading.kept {
            Kept::Shown(head) => scan.heads.push(*head),
            Kept::Held(hold) => scan.held.push((options.shown(&source.path), hold)),
            Kept::Resource | Kept::Broken => {}
        }
    }
    let is_assumed = |head: &&Head| head.published.is_some_and(|date| date.zone() == Zone::Assumed);
    if let Some(head) = scan.heads.iter().find(is_assumed).filter(|_| options.zone_is_fallback) {
        let message = "expected a zone in the dates or in the configuration, found none: they were read as UTC (this article is the first)";
        let finding = Diagnostic::new(Code::ZoneAssumed, Place::file(head.place.clone()), message);
        scan.findings.push(finding.with_help("set site.timezone, for example Asia/Shanghai"));
    }
    terms::share(&mut scan.heads);
    scan
}

/// What an index is made of, and what of the earlier one still holds.
#[derive(Debug)]
struct Basis {
    stamps: Vec<Stamp>,
    records: Vec<Record>,
    window: (i64, i64),
    /// When the earlier build began.
    began: i64,
    /// What was found when the entry of each article was made, where it would be the same now.
    still: Vec<OnceLock<Option<Vec<Diagnostic>>>>,
    /// Whether some file was another one when its entry was made than when it was first read.
    changed: AtomicBool,
}

/// An article as an earlier build read it, when it would be read so now; else as it is read now.
fn known(source: &Source, stamp: &Stamp, key: usize, options: &Options, earlier: Option<Earlier<'_>>) -> (Reading, Record) {
    let old = earlier.and_then(|earlier| Some((earlier.find(source)?, earlier.began)));
    let again = |listed: &Listed<'_>, remembered: index::Remembered<'_>| {
        let mut reading = Reading::of(remembered.reading.0, options.now)?;
        if let Kept::Shown(head) = &mut reading.kept {
            head.key = key;
        }
        Some((reading, Record { hash: listed.hash, reading: remembered.reading.0.to_vec(), drawn: remembered.drawn.0.to_vec() }))
    };
    if let Some(found) = old.and_then(|((listed, remembered), began)| listed.is_untouched(stamp, began).then(|| again(listed, remembered))?) {
        return found;
    }
    let Some(bytes) = load::bytes(source, options, &mut Vec::new()) else {
        return (read(source, key, options, &mut None), Record::default());
    };
    let hash = index::hash(&bytes);
    let same = old.filter(|((listed, _), _)| listed.hash == Some(hash));
    if let Some(found) = same.and_then(|((listed, remembered), _)| again(listed, remembered)) {
        return found;
    }
    let reading = read(source, key, options, &mut Some(bytes));
    let mut record = Record::new(Some(hash), &reading);
    // The body is the same, only the time is another one.
    record.drawn = same.map(|((_, remembered), _)| remembered.drawn.0.to_vec()).unwrap_or_default();
    (reading, record)
}

/// Reads an article, whose bytes may be there already.
fn read(source: &Source, key: usize, options: &Options, bytes: &mut Option<Vec<u8>>) -> Reading {
    let mut findings = Vec::new();
    let text = |findings: &mut Vec<Diagnostic>| {
        let bytes = bytes.take().or_else(|| load::bytes(source, options, findings))?;
        load::text(bytes, source, options, findings)
    };
    let mut window = (i64::MIN, i64::MAX);
    let kept = read_into(source, key, options, text, &mut window, &mut findings).unwrap_or(Kept::Broken);
    Reading { window, kept, findings }
}

fn read_into(
    source: &Source,
    key: usize,
    options: &Options,
    text: impl FnOnce(&mut Vec<Diagnostic>) -> Option<load::Text>,
    window: &mut (i64, i64),
    findings: &mut Vec<Diagnostic>,
) -> Option<Kept> {
    if source.resource {
        findings.push(resource(source, text(&mut Vec::new()), options));
        return Some(Kept::Resource);
    }
    let text = text(findings)?;
    let article = Article::read(source, text.as_str(), options, findings)?;
    *window = hold::window(&article.dates, options);
    if let Some(hold) = article.held {
        // Nothing of it is published, so nothing published is wrong.
        for finding in findings.iter_mut().filter(|finding| finding.severity == Severity::Error) {
            finding.severity = Severity::Info;
        }
        return Some(Kept::Held(hold));
    }
    article.report_missing(findings);
    Some(Kept::Shown(Box::new(article.head(key))))
}

/// What is said of a file that belongs to the page bundle that it lies in; more when it looks like an article.
fn resource(source: &Source, text: Option<load::Text>, options: &Options) -> Diagnostic {
    let mut unheard = Vec::new();
    let says_something = text.and_then(|text| Some(Article::read(source, text.as_str(), options, &mut unheard)?.says_something())).unwrap_or(false);
    let message = "expected an article, found a file beside an index page, so that it belongs to that page; it is not published";
    Diagnostic::new(Code::PageResource, options.place(&source.path), message)
        .with_severity(if says_something { Severity::Warning } else { Severity::Info })
        .with_help("give it a folder of its own, or rename the index page to _index.md, to publish it as an article")
}

impl Articles {
    /// The files beside the articles that these heads are of, and those of the static folders, by their addresses.
    pub(crate) fn served(&self, heads: &[Head]) -> Served {
        let options = &self.options;
        let mut served = Served::default();
        for folder in options.static_dirs.iter().chain([&options.dir]) {
            served.add(&options.site_url, folder.clone());
        }
        for head in heads.iter().filter(|head| head.origin.is_none()) {
            let page = head.link.as_ref().filter(|link| link.starts_with(&options.site_url) && link.ends_with('/'));
            let (Some(page), Some(source)) = (page, self.sources.get(head.key)) else { continue };
            // Hexo keeps the files of `name.md` in the folder `name`.
            for folder in [source.file.parent().map(Path::to_path_buf), Some(source.file.with_extension(""))].into_iter().flatten() {
                served.add(page, folder);
            }
        }
        served
    }
}

impl Articles {
    /// The text of an article that was read before.
    fn load(&self, source: &Source, key: usize, said: &mut Vec<Diagnostic>) -> Option<load::Text> {
        let Some(kept) = &self.kept else { return load(source, &self.options, said) };
        let bytes = load::bytes(source, &self.options, said)?;
        if kept.records.get(key).and_then(|record| record.hash) != Some(index::hash(&bytes)) {
            self.is_another();
        }
        load::text(bytes, source, &self.options, said)
    }

    /// A file is not what it was a moment ago: what is made of it is not kept.
    fn is_another(&self) {
        if let Some(kept) = &self.kept {
            kept.changed.store(true, Ordering::Relaxed);
        }
    }

    /// Whether files were others when their entries were made than when they were first read.
    pub(crate) fn changed_meanwhile(&self) -> bool {
        self.kept.as_ref().is_some_and(|kept| kept.changed.load(Ordering::Relaxed))
    }

    /// The hash of an article's file.
    pub(crate) fn hash(&self, key: usize) -> Option<Hash> {
        self.kept.as_ref()?.records.get(key)?.hash
    }

    /// The instants between which all articles are held back or shown as they are now.
    pub(crate) fn window(&self) -> (i64, i64) {
        self.kept.as_ref().map_or((i64::MIN, i64::MAX), |kept| kept.window)
    }

    /// What was found when the entry of an article was made by an earlier build; `None` when it would be another one now.
    pub(crate) fn drawn(&self, key: usize) -> Option<&[Diagnostic]> {
        let kept = self.kept.as_ref()?;
        let still = kept.still.get(key)?.get_or_init(|| {
            let drawn: Drawn = decode(&kept.records.get(key)?.drawn)?;
            let from = &self.sources.get(key)?.path;
            let is_same = drawn.links.iter().all(|(url, found)| self.links.find(from, url) == *found);
            (is_same && drawn.seen.iter().all(|seen| seen.holds(kept.began))).then_some(drawn.findings)
        });
        still.as_deref()
    }

    /// All files that articles of these records looked at, each once.
    pub(crate) fn seen(records: &[Record]) -> Vec<Seen> {
        let drawn = records.iter().filter(|record| !record.drawn.is_empty()).filter_map(|record| decode::<Drawn>(&record.drawn));
        let seen: BTreeMap<String, Seen> = drawn.flat_map(|drawn| drawn.seen).map(|seen| (seen.path.clone(), seen)).collect();
        seen.into_values().collect()
    }

    /// The listed files and the records of this build. `made` are the articles of which entries were made, with what was found;
    /// of the others only those in `wanted` keep what was found earlier.
    pub(crate) fn records(&mut self, made: Vec<(usize, Vec<Diagnostic>)>, wanted: &dyn Fn(usize) -> bool) -> (Vec<Listed<'_>>, Vec<Record>) {
        let Some(kept) = &mut self.kept else { return (Vec::new(), Vec::new()) };
        let mut records = std::mem::take(&mut kept.records);
        for (_, record) in records.iter_mut().enumerate().filter(|(key, _)| !wanted(*key)) {
            record.drawn = Vec::new();
        }
        for (key, findings) in made {
            let (Some(source), Some(record)) = (self.sources.get(key), records.get_mut(key)) else { continue };
            let seen = self.options.looked.as_ref().map(|looked| looked.of(&source.path)).unwrap_or_default();
            record.drawn = encode(&Drawn { findings, links: self.links.asked(&source.path), seen });
        }
        let files = self.sources.iter().zip(&kept.stamps).zip(&records);
        let files = files.map(|((source, stamp), record)| Listed::new(source, *stamp, record.hash)).collect();
        (files, records)
    }
}

impl EntrySource for Articles {
    type Finding = Diagnostic;

    fn entry(&self, head: &Head, findings: &mut Vec<Diagnostic>) -> Option<Entry> {
        let source = self.sources.get(head.key)?;
        // Reading it was reported when the folder was scanned; only what is new may be said now.
        let mut said = Vec::new();
        let Some(text) = self.load(source, head.key, &mut said) else {
            self.is_another();
            findings.append(&mut said);
            return None;
        };
        let Some(article) = Article::read(source, text.as_str(), &self.options, &mut said) else {
            self.is_another();
            return None;
        };
        let mut entry = entry::make(&article, &self.links, &self.options, findings).entry;
        entry.id = head.id.clone();
        Some(entry)
    }
}
