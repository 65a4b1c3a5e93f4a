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
use index::records::Stored;
use index::wire::{decode, encode};
use index::{Drawn, Earlier, Hash, Kept, Listed, Listing, Looked, Reading, Record, Remembered, Seen, Stamp};
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
        let mut gathering = Gathering::new(&sources, findings);
        for part in parts(&sources) {
            let readings: Vec<Reading> = part.par_iter().map(|(key, source)| gathering.shared(read(source, *key, &options, &mut None))).collect();
            readings.into_iter().zip(part).for_each(|(reading, (_, source))| gathering.add(reading, source, &options));
        }
        let scan = gathering.end(&options);
        let links = PageLinks::new(&scan.heads);
        (Self { options, sources, links, kept: None }, scan)
    }

    /// The same for files that are listed already, with what is needed for an index. An article that an earlier build read, and that is
    /// as it was, is not read again.
    pub(crate) fn scan_listed(mut options: Options, listing: Listing, earlier: Option<Earlier<'_>>) -> (Self, Scan) {
        options.looked = Some(Arc::new(Looked::default()));
        let Listing { sources, stamps, findings } = listing;
        let mut gathering = Gathering::new(&sources, findings);
        let mut records = Vec::with_capacity(sources.len());
        for part in parts(&sources) {
            let known = part.par_iter().map(|(key, source)| {
                let (reading, record) = known(source, stamps.get(*key), *key, &options, earlier.as_ref());
                (gathering.shared(reading), record)
            });
            for ((reading, record), (_, source)) in known.collect::<Vec<_>>().into_iter().zip(part) {
                gathering.add(reading, source, &options);
                records.push(record);
            }
        }
        let window = gathering.window;
        let scan = gathering.end(&options);
        let links = PageLinks::attentive(&scan.heads);
        let (began, all) = earlier.map_or((i64::MIN, Arc::default()), |earlier| (earlier.began, earlier.records));
        let still = std::iter::repeat_with(OnceLock::new).take(records.len()).collect();
        let kept = Some(Basis { stamps, records, all, window, began, still, changed: AtomicBool::new(false) });
        (Self { options, sources, links, kept }, scan)
    }

    /// The same articles as in an earlier build, of which some have another body and are otherwise as they were. `hashes` are those of all files,
    /// as they are now; `link` gives the address of an article by its number.
    pub(crate) fn amended(mut options: Options, listing: &Listing, hashes: Vec<Option<Hash>>, link: SoughtLink) -> Self {
        options.looked = Some(Arc::new(Looked::default()));
        let links = PageLinks::sought(listing.sources.iter().map(|source| source.path.clone()).collect(), link);
        let records = hashes.into_iter().map(|hash| Record { hash, ..Record::default() }).collect();
        Self { options, sources: listing.sources.clone(), links, kept: Some(Basis { records, ..Basis::default() }) }
    }
}

/// Gives the address of an article by its number; none when it is not shown.
pub(crate) type SoughtLink = Box<dyn Fn(usize) -> Option<Arc<str>> + Send + Sync>;

/// The files, with their numbers, in parts: what is read of one part is put together before the next one is read.
fn parts(sources: &[Source]) -> Vec<Vec<(usize, &Source)>> {
    const PART: usize = 4096;
    let numbered: Vec<(usize, &Source)> = sources.iter().enumerate().collect();
    numbered.chunks(PART).map(<[_]>::to_vec).collect()
}

/// What was read, put together in the order of the files.
struct Gathering {
    scan: Scan,
    shared: terms::Shared,
    /// The instants between which all articles are held back or shown as they are now.
    window: (i64, i64),
}

impl Gathering {
    fn new(sources: &[Source], findings: Vec<Diagnostic>) -> Self {
        let files = sources.iter().filter(|source| !source.resource).count();
        let scan = Scan { files, findings, heads: Vec::with_capacity(files), held: Vec::new() };
        Self { scan, shared: terms::Shared::default(), window: (i64::MIN, i64::MAX) }
    }

    /// A reading that shares its texts with others.
    fn shared(&self, mut reading: Reading) -> Reading {
        if let Kept::Shown(head) = &mut reading.kept {
            self.shared.share(head);
        }
        reading
    }

    /// The next file.
    fn add(&mut self, reading: Reading, source: &Source, options: &Options) {
        self.window = (self.window.0.max(reading.window.0), self.window.1.min(reading.window.1));
        self.scan.findings.extend(reading.findings);
        match reading.kept {
            Kept::Shown(head) => self.scan.heads.push(*head),
            Kept::Held(hold) => self.scan.held.push((options.shown(&source.path), hold)),
            Kept::Resource | Kept::Broken => {}
        }
    }

    fn end(mut self, options: &Options) -> Scan {
        let is_assumed = |head: &&Head| head.published.is_some_and(|date| date.zone() == Zone::Assumed);
        if let Some(head) = self.scan.heads.iter().find(is_assumed).filter(|_| options.zone_is_fallback) {
            let message = "expected a zone in the dates or in the configuration, found none: they were read as UTC (this article is the first)";
            let finding = Diagnostic::new(Code::ZoneAssumed, Place::file(head.place.clone()), message);
            self.scan.findings.push(finding.with_help("set site.timezone, for example Asia/Shanghai"));
        }
        self.scan
    }
}

/// What an index is made of, and what of the earlier one still holds.
#[derive(Debug, Default)]
struct Basis {
    stamps: Vec<Stamp>,
    records: Vec<Record>,
    /// The bytes of the file of records of the earlier build.
    all: Arc<Vec<u8>>,
    window: (i64, i64),
    /// When the earlier build began.
    began: i64,
    /// What was found when the entry of each article was made, where it would be the same now.
    still: Vec<OnceLock<Option<Vec<Diagnostic>>>>,
    /// Whether some file was another one when its entry was made than when it was first read.
    changed: AtomicBool,
}

/// An article as an earlier build read it, when it would be read so now; else as it is read now.
fn known(source: &Source, stamp: Option<&Stamp>, key: usize, options: &Options, earlier: Option<&Earlier<'_>>) -> (Reading, Record) {
    let old = earlier.and_then(|earlier| Some((earlier.find(source)?, earlier.began)));
    let again = |listed: &Listed<'_>, remembered: Remembered| {
        let mut reading = earlier?.reading(remembered, options.now)?;
        if let Kept::Shown(head) = &mut reading.kept {
            head.key = key;
        }
        Some((reading, Record { hash: listed.hash, reading: Stored::kept(remembered.reading), drawn: Stored::kept(remembered.drawn) }))
    };
    if let Some(found) = old.and_then(|((listed, remembered), began)| listed.is_untouched(stamp?, began).then(|| again(listed, remembered))?) {
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
    record.drawn = Stored::kept(same.and_then(|((_, remembered), _)| remembered.drawn));
    (reading, record)
}

/// An article as it is now, with the hash of its bytes; `None` when it cannot be read.
pub(crate) fn reread(source: &Source, key: usize, options: &Options) -> Option<(Hash, Reading)> {
    let bytes = load::bytes(source, options, &mut Vec::new())?;
    Some((index::hash(&bytes), read(source, key, options, &mut Some(bytes))))
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
            let page = head.link.as_ref().filter(|link| link.starts_with(options.site_url.as_str()) && link.ends_with('/'));
            let (Some(page), Some(source)) = (page, self.sources.get(head.key)) else { continue };
            // Hexo keeps the files of `name.md` in the folder `name`.
            let file = source.file(options);
            for folder in [file.parent().map(Path::to_path_buf), Some(file.with_extension(""))].into_iter().flatten() {
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
            let drawn: Drawn = decode(kept.records.get(key)?.drawn.bytes(&kept.all)?)?;
            let from = &self.sources.get(key)?.path;
            let is_same = drawn.links.iter().all(|(url, found)| self.links.find(from, url) == *found);
            (is_same && drawn.seen.iter().all(|seen| seen.holds(kept.began))).then_some(drawn.findings)
        });
        still.as_deref()
    }

    /// All files that articles of these records looked at, each once.
    pub(crate) fn seen(&self, records: &[Record]) -> Vec<Seen> {
        let all = self.kept.as_ref().map(|kept| kept.all.as_slice()).unwrap_or_default();
        let drawn = records.iter().filter_map(|record| decode::<Drawn>(record.drawn.bytes(all)?));
        let seen: BTreeMap<String, Seen> = drawn.flat_map(|drawn| drawn.seen).map(|seen| (seen.path.clone(), seen)).collect();
        seen.into_values().collect()
    }

    /// What the entry of an article asked, with what was found when it was made.
    pub(crate) fn drawing(&self, key: usize, findings: Vec<Diagnostic>) -> Option<Drawn> {
        let source = self.sources.get(key)?;
        let seen = self.options.looked.as_ref().map(|looked| looked.of(&source.path)).unwrap_or_default();
        Some(Drawn { findings, links: self.links.asked(&source.path), seen })
    }

    /// The listed files and the records of this build. `made` are the articles of which entries were made, with what was found;
    /// of the others only those in `wanted` keep what was found earlier.
    pub(crate) fn records(&mut self, made: Vec<(usize, Vec<Diagnostic>)>, wanted: &dyn Fn(usize) -> bool) -> Vec<Record> {
        let Some(kept) = &mut self.kept else { return Vec::new() };
        let mut records = std::mem::take(&mut kept.records);
        for (_, record) in records.iter_mut().enumerate().filter(|(key, _)| !wanted(*key)) {
            record.drawn = Stored::Nothing;
        }
        for (key, findings) in made {
            let (Some(drawn), Some(record)) = (self.drawing(key, findings), records.get_mut(key)) else { continue };
            record.drawn = Stored::Fresh(encode(&drawn).into());
        }
        records
    }

    /// The files of these records, as they were listed.
    pub(crate) fn listed<'a>(&'a self, records: &'a [Record]) -> Vec<Listed<'a>> {
        let stamps = self.kept.iter().flat_map(|kept| &kept.stamps);
        self.sources.iter().zip(stamps).zip(records).map(|((source, stamp), record)| Listed::new(source, *stamp, record.hash)).collect()
    }

    /// The bytes of the file of records that an earlier build left.
    pub(crate) fn earlier_records(&self) -> Arc<Vec<u8>> {
        self.kept.as_ref().map(|kept| kept.all.clone()).unwrap_or_default()
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
