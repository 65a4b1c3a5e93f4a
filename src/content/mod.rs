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
mod language;
mod load;
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
pub use options::{LinkRule, Options};
pub(crate) use people::named as person;
pub use permalink::{Template, TemplateError};
pub(crate) use served::Served;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{Entry, EntrySource, Head, Zone};
use article::Article;
use load::load;
use page_links::PageLinks;
use rayon::prelude::*;
use std::path::Path;
use walk::Source;

/// All articles of a content folder; gives entries for the heads that [`Articles::scan`] gave.
#[derive(Debug)]
pub struct Articles {
    options: Options,
    sources: Vec<Source>,
    links: PageLinks,
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

enum Outcome {
    Shown(Box<Head>),
    Held(String, Hold),
    /// A file of a page bundle.
    Resource,
    Broken,
}

impl Articles {
    /// No articles, for a site that has none of its own.
    pub fn none(options: Options) -> (Self, Scan) {
        (Self { options, sources: Vec::new(), links: PageLinks::default() }, Scan::default())
    }

    /// Reads all articles, in parallel; the result does not depend on the number of threads.
    pub fn scan(options: Options) -> (Self, Scan) {
        let mut scan = Scan::default();
        let sources = walk::walk(&options, &mut scan.findings);
        scan.files = sources.iter().filter(|source| !source.resource).count();
        let outcomes: Vec<(Outcome, Vec<Diagnostic>)> = sources
            .par_iter()
            .enumerate()
            .map(|(key, source)| {
                let mut findings = Vec::new();
                (outcome(source, key, &options, &mut findings), findings)
            })
            .collect();
        scan.heads.reserve_exact(outcomes.len());
        for (outcome, findings) in outcomes {
            scan.findings.extend(findings);
            match outcome {
                Outcome::Shown(head) => scan.heads.push(*head),
                Outcome::Held(path, hold) => scan.held.push((path, hold)),
                Outcome::Resource | Outcome::Broken => {}
            }
        }
        if options.zone_is_fallback
            && let Some(head) = scan.heads.iter().find(|head| head.published.is_some_and(|date| date.zone() == Zone::Assumed))
        {
            let place = crate::diagnostic::Place::file(head.place.clone());
            scan.findings.push(
                Diagnostic::new(
                    Code::ZoneAssumed,
                    place,
                    "expected a zone in the dates or in the configuration, found none: they were read as UTC (this article is the first)",
                )
                .with_help("set site.timezone, for example Asia/Shanghai"),
            );
        }
        terms::share(&mut scan.heads);
        let links = PageLinks::new(&scan.heads);
        (Self { options, sources, links }, scan)
    }
}

fn outcome(source: &Source, key: usize, options: &Options, findings: &mut Vec<Diagnostic>) -> Outcome {
    if source.resource {
        findings.push(resource(source, options));
        return Outcome::Resource;
    }
    let Some(text) = load(source, options, findings) else { return Outcome::Broken };
    let Some(article) = Article::read(source, text.as_str(), options, findings) else { return Outcome::Broken };
    if let Some(hold) = article.held {
        // Nothing of it is published, so nothing published is wrong.
        for finding in findings.iter_mut().filter(|finding| finding.severity == Severity::Error) {
            finding.severity = Severity::Info;
        }
        Outcome::Held(options.shown(&source.path), hold)
    } else {
        article.report_missing(findings);
        Outcome::Shown(Box::new(article.head(key)))
    }
}

/// What is said of a file that belongs to the page bundle that it lies in; more when it looks like an article.
fn resource(source: &Source, options: &Options) -> Diagnostic {
    let mut unheard = Vec::new();
    let text = load(source, options, &mut unheard);
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

impl EntrySource for Articles {
    type Finding = Diagnostic;

    fn entry(&self, head: &Head, findings: &mut Vec<Diagnostic>) -> Option<Entry> {
        let source = self.sources.get(head.key)?;
        // Reading it was reported when the folder was scanned; only what is new may be said now.
        let mut said = Vec::new();
        let Some(text) = load(source, &self.options, &mut said) else {
            findings.append(&mut said);
            return None;
        };
        let article = Article::read(source, text.as_str(), &self.options, &mut said)?;
        let mut entry = entry::make(&article, &self.links, &self.options, findings).entry;
        entry.id = head.id.clone();
        Some(entry)
    }
}
