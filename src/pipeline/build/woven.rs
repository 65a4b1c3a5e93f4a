//! The feeds of others in a build: stored entries beside local articles, and the lists that name their sources.
//!
//! In: which sources are listed, and the store. Out: heads, entries on demand, an OPML list. Opens no socket and changes no store.

use super::Options;
use crate::content::Articles;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::format::opml;
use crate::model::{Entry, EntrySource, Head};
use crate::publish::layout::{HEALTH, SOURCES};
use crate::publish::page::ListedSource;
use crate::source::list::Source;
use crate::source::outlines::{self, Listed};
use crate::source::store::Store;
use crate::source::stored::{self, Dedupe, Known, Loaded, Stored};

/// The feeds of others that a site shows.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct External {
    /// Which they are.
    pub sources: Vec<Source>,
    /// What makes entries of several sources one.
    pub dedupe: Dedupe,
    /// Whether counters and tracking parameters are taken out.
    pub strip_tracking: bool,
}

impl External {
    /// These sources, with the defaults of the documentation.
    pub fn new(sources: Vec<Source>) -> Self {
        Self { sources, dedupe: Dedupe::default(), strip_tracking: true }
    }
}

/// What a store gave to a build.
#[derive(Debug, Default)]
pub(super) struct Woven {
    stored: Option<Stored>,
    /// What is known of each source, as listed.
    pub(super) sources: Vec<Known>,
    /// Whether the store could not be read.
    pub(super) is_broken: bool,
}

impl Woven {
    /// Adds the heads of the stored entries behind those of local articles.
    pub(super) fn read(options: &Options, store: Option<Box<dyn Store>>, heads: &mut Vec<Head>, findings: &mut Vec<Diagnostic>) -> Self {
        let Some(external) = options.external.as_ref().filter(|external| !external.sources.is_empty()) else { return Self::default() };
        let mut load = stored::Options::new(external.sources.clone(), options.content.now);
        (load.dedupe, load.strip_tracking) = (external.dedupe, external.strip_tracking);
        load.summary = options.content.summary;
        let found = match store {
            Some(store) => Stored::load(store, load, heads).map(|(stored, loaded)| (Some(stored), loaded)),
            None => Ok((None, Loaded::without_store(&external.sources))),
        };
        match found {
            Ok((stored, loaded)) => {
                heads.extend(loaded.heads);
                findings.extend(loaded.findings.into_iter().map(|mut finding| {
                    if finding.place.path.is_empty() {
                        finding.place.path = options.configuration.clone();
                    }
                    finding
                }));
                Self { stored, sources: loaded.sources, is_broken: false }
            }
            Err(error) => {
                findings.push(stored::unreadable(&error, Place::file(options.configuration.clone())));
                Self { is_broken: true, ..Self::default() }
            }
        }
    }

    /// Whether nothing was ever fetched of any of the sources, if there are some.
    pub(super) fn is_empty(&self) -> bool {
        self.sources.iter().all(|source| !source.is_stored)
    }

    /// Whether there are sources of which nothing was ever fetched.
    pub(super) fn lacks_some(&self) -> bool {
        self.sources.iter().any(|source| !source.is_stored)
    }

    /// The entry of a head, wherever that is from.
    pub(super) fn entry(&self, articles: &Articles, head: &Head, findings: &mut Vec<Diagnostic>) -> Option<Entry> {
        match (&head.origin, &self.stored) {
            (Some(_), Some(stored)) => stored.entry(head, findings),
            _ => articles.entry(head, findings),
        }
    }

    /// The files that there are because of sources.
    pub(super) fn files(&self, options: &Options) -> Vec<String> {
        let mut files = Vec::new();
        if !self.sources.is_empty() {
            files.push(SOURCES.to_owned());
            if options.layout.pages && options.health.is_some() {
                files.push(HEALTH.to_owned());
            }
        }
        files
    }

    /// The sources as the directory shows them.
    pub(super) fn listed(&self) -> Vec<ListedSource<'_>> {
        self.sources.iter().map(listed).collect()
    }
}

fn listed(source: &Known) -> ListedSource<'_> {
    ListedSource {
        title: &source.title,
        page: source.page.as_deref(),
        feed: &source.url,
        language: source.language.as_ref(),
        count: source.counts.shown,
    }
}

/// The error of a site that has neither articles nor anything fetched.
pub(super) fn nothing_at_all(options: &Options) -> Diagnostic {
    let message = "expected articles or entries of the sources, found neither: nothing was fetched yet";
    Diagnostic::new(Code::NoArticles, Place::file(options.content.shown_as.clone()), message)
        .with_help("run `feedloom fetch`, and keep .feedloom between runs")
}

/// The list of the sources for readers.
pub(super) fn opml(sources: &[Known], options: &Options) -> String {
    let listed = sources.iter().map(|source| Listed {
        url: &source.url,
        title: &source.title,
        page: source.page.as_deref(),
        language: source.language.as_ref(),
        terms: &source.terms,
    });
    opml::write(&options.site.title, &outlines::of(listed), None)
}
