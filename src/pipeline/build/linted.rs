//! `build --lint`: what is about to be published → whether it may be, and what is wrong with it, told of the articles that it comes from.
//!
//! Each file counts for itself: when one format of a topic would have an error, the others are published, because who subscribes to them
//! is better served with what is new.

use super::{Options, shown};
use crate::content::Articles;
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::lint::{self, Choice, Files, Problem, lint};
use crate::model::Head;
use crate::pipeline::files::Local;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Checks the files of a build.
pub(super) struct Linter<'a> {
    choice: &'a Choice,
    options: &'a Options,
    files: Arc<dyn Files>,
}

/// What the linter says of a file.
#[derive(Default)]
pub(super) struct Checked {
    pub(super) found: Vec<Found>,
    /// How many of them are errors; with one, the file is not published.
    pub(super) errors: usize,
}

/// A finding, and where in what is published it is.
pub(super) struct Found {
    finding: Diagnostic,
    /// File, line and column when the finding is placed at an article or a source instead.
    seen: Option<String>,
}

impl<'a> Linter<'a> {
    /// When a build wants one. `heads` are those of its entries.
    pub(super) fn of(options: &'a Options, articles: &Articles, heads: &[Head]) -> Option<Self> {
        let choice = options.lint.as_ref()?;
        let mut served = articles.served(heads);
        served.add(&options.layout.url, options.target.out.clone());
        Some(Self { choice, options, files: Arc::new(Local(served)) })
    }

    /// What is wrong with a file whose entries are of these heads, in their order.
    pub(super) fn check(&self, file: &str, text: &str, heads: &[&Head]) -> Checked {
        let known = lint::Options {
            name: shown(self.options, file).into(),
            base: Some(self.options.layout.address(file)),
            now: Some(self.options.content.now),
            files: Some(self.files.clone()),
            ..lint::Options::default()
        };
        let mut checked = Checked::default();
        for mut problem in lint(text.as_bytes(), &known).problems {
            if self.choice.admits(&mut problem.finding) {
                checked.errors += usize::from(problem.finding.severity == Severity::Error);
                checked.found.push(placed(problem, heads));
            }
        }
        checked
    }
}

/// A problem at the article that its entry is of, or at the entry's name in its source: that is where it is mended.
fn placed(problem: Problem, heads: &[&Head]) -> Found {
    let mut finding = problem.finding;
    let Some(head) = problem.entry.and_then(|entry| heads.get(entry.index).copied()) else {
        return Found { finding, seen: None };
    };
    let at = std::mem::replace(&mut finding.place, Place::file(head.place.clone()));
    Found { finding, seen: Some(format!("{}:{}:{}", at.path, at.line, at.column)) }
}

/// Findings as people are told them: what several files say of one entry is said once, with the first place.
pub(super) fn told(found: Vec<Found>) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    let mut places: BTreeMap<Diagnostic, Vec<String>> = BTreeMap::new();
    for Found { finding, seen } in found {
        match seen {
            Some(seen) => places.entry(finding).or_default().push(seen),
            None => told.push(finding),
        }
    }
    told.extend(places.into_iter().map(|(mut finding, seen)| {
        let more = match seen.len() {
            0 | 1 => String::new(),
            2 => " and 1 other place".to_owned(),
            count => format!(" and {} other places", count - 1),
        };
        finding.message = format!("{} (at {}{more})", finding.message, seen.first().map_or("", String::as_str));
        finding
    }));
    told
}

/// What is said of a file that is not published; `stays` says whether there is an old one.
pub(super) fn withheld(file: &str, errors: usize, stays: bool, options: &Options) -> Diagnostic {
    let instead = if stays { "the old file stays" } else { "nothing is published there" };
    let plural = if errors == 1 { "" } else { "s" };
    let message = format!("expected a file without errors, found {errors} error{plural}: {instead}");
    Diagnostic::new(Code::FeedWithheld, Place::file(shown(options, file)), message)
        .with_help("correct what the linter names, or set lint.severity in feedloom.yaml")
}
