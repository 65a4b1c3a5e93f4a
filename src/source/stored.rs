//! What a store keeps → heads, and entries on demand, that stand beside local articles.
//!
//! In: the sources that are listed, a store, the instant that it is. Out: a [`Head`] for each entry that is wanted, and its [`Entry`] when
//! a feed is going to show it, cleaned. The same store, list and instant give the same, whatever order things were stored in and however
//! many threads there are. Asks no network, changes nothing in the store; bodies are dropped as soon as they were looked at.

use super::canonical::canonical;
use super::cleaned::{self, Rules};
pub use super::cluster::Dedupe;
use super::cluster::{Behind, Local, Member, hidden};
use super::compared::{Compared, likeness};
use super::dating::{date, written, zoned};
use super::list::{Future, Source};
use super::standing::Standing;
use super::state::{Failure, State};
use super::store::{Channel, Store, StoreError, StoredEntry};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::format::{id_within, unique_id};
use crate::model::{Entry, EntrySource, Head, Id, IdKind, Language, Link, Origin, Rel, Term, Text, Timestamp};
use crate::text::likeness::BANDS;
use crate::text::plain::readable;
use crate::text::script::detect;
use crate::text::summary::Limits;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// How stored entries are shown.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The sources; of those that are stored but not listed nothing is shown.
    pub sources: Vec<Source>,
    /// What makes entries of several sources one.
    pub dedupe: Dedupe,
    /// Whether counters and tracking parameters are taken out.
    pub strip_tracking: bool,
    /// How long summaries are.
    pub summary: Limits,
    /// The instant that decides what is held back (Unix seconds).
    pub now: i64,
}

impl Options {
    /// These sources at this instant, with the defaults of the documentation.
    pub fn new(sources: Vec<Source>, now: i64) -> Self {
        Self { sources, dedupe: Dedupe::default(), strip_tracking: true, summary: Limits::default(), now }
    }
}

/// What was found in the store.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Loaded {
    /// A head for each entry that is shown, by source as listed, the newest first.
    pub heads: Vec<Head>,
    /// What is known of each source, as listed.
    pub sources: Vec<Known>,
    /// What was found wrong.
    pub findings: Vec<Diagnostic>,
}

impl Loaded {
    /// What is known of sources where there is no store yet: nothing of any was fetched.
    pub fn without_store(sources: &[Source]) -> Self {
        let mut listed = BTreeSet::new();
        let distinct = sources.iter().filter(|source| listed.insert(source.url.as_str()));
        Self::of(&distinct.map(|source| Listed::new(source, None)).collect::<Vec<_>>(), &[])
    }

    /// `missing` are the states of those of which nothing is stored.
    fn of(feeds: &[Listed<'_>], missing: &[State]) -> Self {
        let failures = missing.iter().map(|state| state.failure.as_ref()).chain(std::iter::repeat(None));
        let findings = feeds.iter().filter(|feed| feed.channel.is_none()).zip(failures);
        let findings = findings.map(|(feed, failure)| not_stored(feed.source, failure)).collect();
        Self { heads: Vec::new(), sources: feeds.iter().map(Listed::known).collect(), findings }
    }
}

/// What is known of a source, for lists of sources, and how many of its entries are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Known {
    /// Its address, without credentials.
    pub url: String,
    /// What it is called: as configured, else as it calls itself, else its address.
    pub title: String,
    /// Its page.
    pub page: Option<String>,
    /// Its language.
    pub language: Option<Language>,
    /// The topics that its entries are filed under.
    pub terms: Vec<Term>,
    /// Whether the store has its feed.
    pub is_stored: bool,
    /// How many of its entries are which.
    pub counts: Counts,
}

/// How many entries are which.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// All that are stored.
    pub stored: usize,
    /// Those that are shown.
    pub shown: usize,
    /// Those that are held back: too young, or dated in the future.
    pub held: usize,
    /// Those that no filter wants, or that are in another language.
    pub filtered: usize,
    /// Those beyond the source's limit.
    pub beyond_limit: usize,
    /// Those that are joined with an entry of another source, or with a local article.
    pub joined: usize,
}

impl std::iter::Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, next| Self {
            stored: sum.stored + next.stored,
            shown: sum.shown + next.shown,
            held: sum.held + next.held,
            filtered: sum.filtered + next.filtered,
            beyond_limit: sum.beyond_limit + next.beyond_limit,
            joined: sum.joined + next.joined,
        })
    }
}

/// Entries at most in memory while heads are made of them.
const CHUNK: usize = 1024;
/// Terms of its own that an entry is filed under at most.
const MOST_TERMS: usize = 20;

/// The entries of a store, behind the heads that [`Stored::load`] gave.
pub struct Stored {
    store: Mutex<Box<dyn Store>>,
    options: Options,
    /// Where each head's entry lies: row in the store, number of the source.
    rows: Vec<(i64, usize)>,
}

impl std::fmt::Debug for Stored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stored").field("options", &self.options).field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}

impl Stored {
    /// Reads the heads of all entries that are shown beside the `local` ones, whose ids and pages win.
    ///
    /// The store is expected to stay as it is while entries are made of the heads; one that changes gives findings, never wrong entries.
    pub fn load(mut store: Box<dyn Store>, mut options: Options, local: &[Head]) -> Result<(Self, Loaded), StoreError> {
        let mut listed = BTreeSet::new();
        options.sources.retain(|source| listed.insert(source.url.clone()));
        let urls: Vec<&str> = options.sources.iter().map(|source| source.url.as_str()).collect();
        let mut channels = store.channels(&urls)?;
        let feeds: Vec<Listed<'_>> = options.sources.iter().map(|source| Listed::new(source, channels.remove(&source.url))).collect();
        let missing: Vec<&str> = feeds.iter().filter(|feed| feed.channel.is_none()).map(|feed| feed.source.url.as_str()).collect();
        let mut loaded = Loaded::of(&feeds, &store.states(&missing)?);

        let mut drafts = read(store.as_mut(), &urls, &feeds, &options, &mut loaded.sources)?;
        let members: Vec<Member> = drafts.iter_mut().map(Draft::member).collect();
        let mut compared = Compared::default();
        let hidden = hidden(&members, &known_locally(local), options.dedupe, &mut |one, other| {
            let rows = drafts.get(one).zip(drafts.get(other)).map(|(one, other)| (one.row, other.row));
            rows.map_or(Ok(false), |(one, other)| compared.is_copy(store.as_mut(), one, other))
        })?;
        drop((members, compared));

        let mut rows = Vec::new();
        let mut ids: HashMap<String, usize> = local.iter().map(|head| (head.id.as_str().to_owned(), usize::MAX)).collect();
        let mut shown: Vec<Draft> = Vec::new();
        // Who reads a topic for one source's entries finds them there, whichever source shows them.
        let mut more: BTreeMap<usize, Vec<Term>> = BTreeMap::new();
        for (draft, hidden) in drafts.iter().zip(&hidden) {
            if let (Some(Behind::Entry(winner)), Some(feed)) = (hidden, feeds.get(draft.source)) {
                more.entry(*winner).or_default().extend(feed.source.terms.iter().chain(&draft.own_terms).cloned());
            }
        }
        for (index, (mut draft, hidden)) in drafts.into_iter().zip(hidden).enumerate() {
            if let Some(known) = loaded.sources.get_mut(draft.source) {
                *(if hidden.is_some() { &mut known.counts.joined } else { &mut known.counts.shown }) += 1;
            }
            if hidden.is_none() {
                draft.own_terms.extend(more.remove(&index).into_iter().flatten());
                shown.push(draft);
            }
        }
        // Who has the best claim to an id keeps it.
        let mut order: Vec<usize> = (0..shown.len()).collect();
        order.sort_by_key(|index| shown.get(*index).map(|draft| &draft.standing));
        let mut renamed: Vec<(usize, Id)> = Vec::new();
        for index in order {
            let Some(draft) = shown.get(index) else { continue };
            let id = free_id(draft, &options, &ids);
            ids.insert(id.as_str().to_owned(), index);
            renamed.push((index, id));
        }
        for (index, id) in renamed {
            if let Some(draft) = shown.get_mut(index) {
                draft.id = id;
            }
        }
        let mut origins = Origins::default();
        for draft in shown {
            let Some(feed) = feeds.get(draft.source) else { continue };
            rows.push((draft.row, draft.source));
            loaded.heads.push(draft.into_head(feed, rows.len() - 1, &mut origins));
        }
        drop(feeds);
        Ok((Self { store: Mutex::new(store), options, rows }, loaded))
    }
}

impl EntrySource for Stored {
    type Finding = Diagnostic;

    fn entry(&self, head: &Head, findings: &mut Vec<Diagnostic>) -> Option<Entry> {
        let (row, source) = self.rows.get(head.key).copied()?;
        let source = self.options.sources.get(source)?;
        let found = self.store.lock().unwrap_or_else(PoisonError::into_inner).entry(row);
        match found {
            Ok(Some(stored)) => {
                let rules = Rules { source, strip_tracking: self.options.strip_tracking, summary: &self.options.summary };
                Some(cleaned::entry(&stored.entry, head, &rules))
            }
            Ok(None) => {
                let message = "expected a stored entry, found that it is gone; another run has changed the store";
                findings.push(Diagnostic::new(Code::StoreUnusable, Place::file(head.place.clone()), message).with_help("build again"));
                None
            }
            Err(error) => {
                findings.push(unreadable(&error, Place::file(head.place.clone())));
                None
            }
        }
    }
}

/// What is said of a store that cannot be read.
pub fn unreadable(error: &StoreError, place: Place) -> Diagnostic {
    let finding = Diagnostic::new(Code::StoreUnusable, place, format!("expected to read what was fetched, found: {error}"));
    match &error.help {
        Some(help) => finding.with_help(help.clone()),
        None => finding,
    }
}

/// What is said of a source of which nothing is stored.
fn not_stored(source: &Source, failure: Option<&Failure>) -> Diagnostic {
    let (found, help) = match failure {
        Some(failure) => (format!("it never gave a feed ({})", failure.message), "`feedloom sources status` tells more; mend or remove it"),
        None => ("it was never fetched".to_owned(), "run `feedloom fetch`, and keep .feedloom between runs"),
    };
    let message = format!("expected entries of {}, found none: {found}", source.url);
    Diagnostic::new(Code::SourceNotStored, source.place.clone(), message).with_help(help)
}

fn known_locally(local: &[Head]) -> Local {
    Local {
        ids: local.iter().map(|head| head.id.as_str().to_owned()).collect(),
        pages: local.iter().filter_map(|head| canonical(head.link.as_deref()?)).collect(),
    }
}

/// A source with what the store says of its feed.
struct Listed<'a> {
    source: &'a Source,
    channel: Option<Channel>,
    origin: Arc<Origin>,
    path: Arc<str>,
}

impl<'a> Listed<'a> {
    fn new(source: &'a Source, channel: Option<Channel>) -> Self {
        let mut origin = match &channel {
            Some(channel) => cleaned::origin(&channel.origin),
            None => Origin::new(Id::derived(source.url.clone())),
        };
        if let Some(title) = source.title.as_deref().and_then(cleaned::line) {
            origin.title = Some(title);
        }
        if origin.links.iter().all(|link| link.rel != Rel::Itself) {
            origin.links.push(Link::new(Rel::Itself, source.url.clone()));
        }
        if let Some(page) = source.page.as_ref().filter(|_| origin.links.iter().all(|link| link.rel != Rel::Alternate)) {
            origin.links.push(Link::new(Rel::Alternate, page.clone()));
        }
        Self { source, channel, origin: Arc::new(origin), path: source.url.as_str().into() }
    }

    fn known(&self) -> Known {
        let page = || self.origin.links.iter().find(|link| link.rel == Rel::Alternate).map(|link| link.href.clone());
        Known {
            url: self.source.url.clone(),
            title: self.origin.title.clone().unwrap_or_else(|| self.source.url.clone()),
            page: self.source.page.clone().or_else(page),
            language: self.source.language.clone().or_else(|| self.origin.language.clone()),
            terms: self.source.terms.clone(),
            is_stored: self.channel.is_some(),
            counts: Counts::default(),
        }
    }

    /// The feed that an entry says it is from, when that is another one than the source's: an aggregator keeps what it took.
    fn foreign_origin<'e>(&self, entry: &'e Entry) -> Option<&'e Origin> {
        let origin = entry.origin.as_deref()?;
        let own = |channel: &Channel| channel.origin.id == origin.id || super::attribute::key(&channel.origin) == super::attribute::key(origin);
        (!self.channel.as_ref().is_some_and(own)).then_some(origin)
    }
}

/// What is kept of an entry while it is decided whether it is shown.
struct Draft {
    row: i64,
    source: usize,
    /// The id as its publisher gave it, when that is a URI; else one that names the source, too.
    id: Id,
    is_uri: bool,
    link: Option<String>,
    title: String,
    published: Option<Timestamp>,
    date: i64,
    updated: Option<Timestamp>,
    language: Option<Language>,
    own_terms: Vec<Term>,
    origin: Option<Origin>,
    standing: Standing,
    bands: Option<Box<[u64; BANDS]>>,
}

impl Draft {
    /// What decides whether it is the same as others; takes away what is not needed any more.
    fn member(&mut self) -> Member {
        Member {
            source: self.source,
            id: self.is_uri.then(|| self.id.as_str().to_owned()),
            page: self.link.as_deref().and_then(canonical),
            title: std::mem::take(&mut self.title),
            date: self.date,
            standing: self.standing.clone(),
            bands: self.bands.take(),
        }
    }

    fn into_head(self, feed: &Listed<'_>, key: usize, origins: &mut Origins) -> Head {
        let place = format!("{}#{}", feed.source.url, self.id.as_str());
        let mut head = Head::new(self.id, feed.path.clone(), key);
        head.place = place.into();
        head.link = self.link.map(Into::into);
        (head.published, head.updated, head.language) = (self.published, self.updated, self.language);
        head.terms.clone_from(&feed.source.terms);
        for term in self.own_terms {
            if !head.terms.contains(&term) {
                head.terms.push(term);
            }
        }
        head.origin = Some(match self.origin {
            Some(origin) => origins.shared(origin),
            None => feed.origin.clone(),
        });
        head
    }
}

/// Origins of which many entries have the same.
#[derive(Default)]
struct Origins(BTreeMap<String, Vec<Arc<Origin>>>);

impl Origins {
    fn shared(&mut self, origin: Origin) -> Arc<Origin> {
        let known = self.0.entry(origin.id.as_str().to_owned()).or_default();
        if let Some(same) = known.iter().find(|known| ***known == origin) {
            return same.clone();
        }
        let origin = Arc::new(origin);
        known.push(origin.clone());
        origin
    }
}

/// What is decided of one entry alone.
enum Judged {
    Wanted(Box<Draft>),
    Held,
    Filtered,
}

/// All entries that are wanted for themselves, by source, the newest first; the others are counted.
fn read(store: &mut dyn Store, urls: &[&str], feeds: &[Listed<'_>], options: &Options, known: &mut [Known]) -> Result<Vec<Draft>, StoreError> {
    let numbers: HashMap<&str, usize> = urls.iter().enumerate().map(|(number, url)| (*url, number)).collect();
    let mut drafts: Vec<Draft> = Vec::new();
    let mut chunk: Vec<StoredEntry> = Vec::with_capacity(CHUNK);
    let mut judge_all = |chunk: &mut Vec<StoredEntry>| {
        let one = |stored: StoredEntry| {
            let number = *numbers.get(stored.source.as_str())?;
            Some((number, judge(feeds.get(number)?, number, &stored, options)))
        };
        let judged: Vec<Option<(usize, Judged)>> = chunk.par_drain(..).map(one).collect();
        for (number, judged) in judged.into_iter().flatten() {
            let Some(known) = known.get_mut(number) else { continue };
            known.counts.stored += 1;
            match judged {
                Judged::Wanted(draft) => drafts.push(*draft),
                Judged::Held => known.counts.held += 1,
                Judged::Filtered => known.counts.filtered += 1,
            }
        }
    };
    store.each_entry(urls, &mut |stored| {
        chunk.push(stored);
        if chunk.len() >= CHUNK {
            judge_all(&mut chunk);
        }
    })?;
    judge_all(&mut chunk);
    drafts.sort_by(|a, b| (a.source, Reverse(a.date), a.id.as_str(), a.row).cmp(&(b.source, Reverse(b.date), b.id.as_str(), b.row)));
    let mut taken = vec![0_usize; feeds.len()];
    drafts.retain(|draft| {
        let limit = feeds.get(draft.source).map_or(0, |feed| feed.source.limit);
        let Some(count) = taken.get_mut(draft.source) else { return false };
        *count += 1;
        let keeps = limit == 0 || *count <= limit;
        if let Some(known) = known.get_mut(draft.source).filter(|_| !keeps) {
            known.counts.beyond_limit += 1;
        }
        keeps
    });
    Ok(drafts)
}

/// Decides of one entry, and makes of it what is kept.
fn judge(feed: &Listed<'_>, number: usize, stored: &StoredEntry, options: &Options) -> Judged {
    let (source, entry) = (feed.source, &stored.entry);
    let language = language(feed, entry);
    if !is_spoken(&source.languages, language.as_ref()) || !source.filter.wants(entry) {
        return Judged::Filtered;
    }
    if stored.first_seen.saturating_add(source.min_age) > options.now {
        return Judged::Held;
    }
    let came = entry.published.or(entry.updated);
    let own = came.map(|own| zoned(own, source.zone));
    let date = date(source.future, came, own, stored);
    if source.future == Future::Hold && date > options.now {
        return Judged::Held;
    }
    let id = id_within(entry, &source.url).into_owned();
    let is_uri = cleaned::is_id(&id);
    let id = match is_uri {
        // Made of its address when it came, it stays when that changes, and is written.
        true if id == entry.id.as_str() && entry.id.kind() != IdKind::Derived => entry.id.clone(),
        true => Id::opaque(id),
        false => unique_id(entry, &source.url),
    };
    let link = cleaned::page(entry, options.strip_tracking);
    let origin = feed.channel.as_ref().map(|channel| &channel.origin);
    let bands = || likeness(entry).map(|likeness| Box::new(likeness.bands()));
    Judged::Wanted(Box::new(Draft {
        row: stored.row,
        source: number,
        id,
        is_uri,
        link,
        title: cleaned::title(entry).unwrap_or_default(),
        published: written(date, own),
        date,
        // Nobody can have seen a change before it happened.
        updated: entry
            .updated
            .map(|updated| zoned(updated, source.zone))
            .filter(|updated| source.future == Future::Keep || updated.unix() <= stored.last_seen.max(stored.first_seen)),
        language,
        own_terms: source.own_terms.as_ref().map(|taxonomy| own_terms(taxonomy, entry)).unwrap_or_default(),
        origin: feed.foreign_origin(entry).map(cleaned::origin),
        standing: Standing::within(entry, origin, Some(&source.url)).dated(date),
        bands: if options.dedupe == Dedupe::Text { bands() } else { None },
    }))
}

/// The entry's language: its own, its feed's, the source's; else what its script proves.
fn language(feed: &Listed<'_>, entry: &Entry) -> Option<Language> {
    let stated = entry.language.as_ref().or_else(|| entry.origin.as_deref()?.language.as_ref());
    let of_feed = || feed.channel.as_ref()?.origin.language.as_ref();
    let stated = stated.or_else(of_feed).or(feed.source.language.as_ref());
    stated.cloned().or_else(|| {
        // The beginning of each text is enough to know.
        let start = |text: &Text| {
            let mut text = text.clone();
            text.value = text.value.chars().take(2000).collect();
            readable(&text).into_owned()
        };
        let texts = [&entry.title, &entry.content, &entry.summary].into_iter().flatten();
        detect(&texts.map(start).collect::<Vec<_>>().join("\n"))
    })
}

/// Whether a language is among the wanted ones. `zh` alone stands for all of its varieties.
fn is_spoken(wanted: &[Language], language: Option<&Language>) -> bool {
    let covers = |wanted: &Language, language: &Language| {
        wanted.as_str() == wanted.primary() && wanted.primary() == language.primary() || wanted.group() == language.group()
    };
    wanted.is_empty() || language.is_some_and(|language| wanted.iter().any(|wanted| covers(wanted, language)))
}

/// The entry's own categories as terms; those that are addresses mean something to programs alone.
fn own_terms(taxonomy: &Arc<str>, entry: &Entry) -> Vec<Term> {
    let categories = entry.categories.iter().filter_map(cleaned::category);
    let names = categories.map(|category| category.name().to_owned()).filter(|name| !name.contains("://"));
    names.take(MOST_TERMS).map(|name| Term::new(taxonomy.clone(), name)).collect()
}

/// The id of a draft, or, where another entry has it, one that names the source, too.
fn free_id(draft: &Draft, options: &Options, taken: &HashMap<String, usize>) -> Id {
    let url = options.sources.get(draft.source).map_or("", |source| source.url.as_str());
    let named = unique_id(&Entry::new(draft.id.clone()), url);
    let numbered = (2..).map(|number: u64| Id::opaque(format!("{}:{number}", named.as_str())));
    let mut candidates = [draft.id.clone(), named.clone()].into_iter().chain(numbered);
    candidates.find(|id| !taken.contains_key(id.as_str())).unwrap_or_else(|| draft.id.clone())
}
