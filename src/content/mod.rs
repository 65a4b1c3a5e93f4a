//! Files → articles → entries.
//!
//! In goes a folder of Markdown articles as Hugo, Hexo, Jekyll and Zola know them; out come a [`Head`] for each article
//! that is shown, and its [`Entry`] on demand. Bodies are dropped between the two: memory grows with the number of heads.
//! Nothing is written; what is wrong with an article is reported, and the others go on.

mod article;
mod dates;
mod enclosure;
mod entry;
mod explain;
mod fields;
mod file_facts;
mod front_matter;
mod language;
mod markdown;
mod options;
mod people;
mod permalink;
mod shortcode;
mod terms;
mod thumbnail;
mod walk;

pub use article::Hold;
pub use explain::{Explanation, explain};
pub use options::{LinkRule, Options};
pub use permalink::{Template, TemplateError};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Entry, EntrySource, Head, Zone};
use article::{Article, load};
use rayon::prelude::*;
use walk::Source;

/// All articles of a content folder; gives entries for the heads that [`Articles::scan`] gave.
#[derive(Debug)]
pub struct Articles {
    options: Options,
    sources: Vec<Source>,
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
    Broken,
}

impl Articles {
    /// Reads all articles, in parallel; the result does not depend on the number of threads.
    pub fn scan(options: Options) -> (Self, Scan) {
        let mut scan = Scan::default();
        let sources = walk::walk(&options, &mut scan.findings);
        scan.files = sources.len();
        let outcomes: Vec<(Outcome, Vec<Diagnostic>)> = sources
            .par_iter()
            .enumerate()
            .map(|(key, source)| {
                let mut findings = Vec::new();
                (outcome(source, key, &options, &mut findings), findings)
            })
            .collect();
        for (outcome, findings) in outcomes {
            scan.findings.extend(findings);
            match outcome {
                Outcome::Shown(head) => scan.heads.push(*head),
                Outcome::Held(path, hold) => scan.held.push((path, hold)),
                Outcome::Broken => {}
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
        (Self { options, sources }, scan)
    }
}

fn outcome(source: &Source, key: usize, options: &Options, findings: &mut Vec<Diagnostic>) -> Outcome {
    let Some(text) = load(source, options, findings) else { return Outcome::Broken };
    let Some(article) = Article::read(source, &text, options, findings) else { return Outcome::Broken };
    if let Some(hold) = article.held {
        Outcome::Held(options.shown(&source.path), hold)
    } else {
        article.report_missing(findings);
        Outcome::Shown(Box::new(article.head(options, key)))
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
        let article = Article::read(source, &text, &self.options, &mut said)?;
        let mut entry = entry::make(&article, &self.options, findings).entry;
        entry.id = head.id.clone();
        Some(entry)
    }
}
