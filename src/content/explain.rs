//! For one article: what feedloom made of it, and where each fact came from.

use super::article::Article;
use super::entry::{self, Made};
use super::load::load;
use super::page_links::PageLinks;
use super::walk::walk;
use super::{Options, fields};
use crate::diagnostic::Diagnostic;
use crate::model::Zone;
use std::path::Path;

/// One fact of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fact {
    /// Which fact: `title`, `language` … and the plural of each taxonomy.
    pub name: String,
    /// What it is; `none` when there is none.
    pub value: String,
    /// Where it is from; empty when there is none.
    pub from: String,
}

impl Fact {
    /// A fact and where it is from.
    pub fn new(name: impl Into<String>, value: impl Into<String>, from: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), from: from.into() }
    }
}

/// What was made of one article, and what was found wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// The facts, in the order in which people ask for them.
    pub facts: Vec<Fact>,
    /// What was found wrong with the article.
    pub findings: Vec<Diagnostic>,
}

impl Explanation {
    fn say(&mut self, name: &str, value: Option<String>, from: impl Into<String>) {
        let from = if value.is_some() { from.into() } else { String::new() };
        self.facts.push(Fact { name: name.to_owned(), value: value.unwrap_or_else(|| "none".to_owned()), from });
    }
}

/// Explains the article in this file; `None` when the file is no article of the content folder.
pub fn explain(file: &Path, options: &Options) -> Option<Explanation> {
    let mut explanation = Explanation::default();
    let wanted = file.canonicalize().ok()?;
    let source = walk(options, &mut Vec::new()).into_iter().find(|source| source.file(options).canonicalize().is_ok_and(|file| file == wanted))?;
    if source.resource {
        explanation.say("shown", Some("no: it belongs to the page bundle of the index page beside it".to_owned()), "");
        return Some(explanation);
    }
    let mut findings = Vec::new();
    let text = load(&source, options, &mut findings);
    let article = text.as_ref().and_then(|text| Article::read(&source, text.as_str(), options, &mut findings));
    if let Some(article) = &article {
        article.report_missing(&mut findings);
        let made = entry::make(article, &PageLinks::default(), options, &mut findings);
        facts(&mut explanation, article, &made, options);
    }
    findings.sort();
    findings.dedup();
    explanation.findings = findings;
    Some(explanation)
}

fn facts(explanation: &mut Explanation, article: &Article<'_>, made: &Made, options: &Options) {
    let address = &article.address;
    explanation.say("title", Some(article.title.0.clone()), article.title.1.clone());
    explanation.say("link", Some(address.link.0.clone()), address.link.1.clone());
    explanation.say("id", Some(address.id.0.as_str().to_owned()), address.id.1.clone());
    explanation.say("language", article.language.language.as_ref().map(ToString::to_string), article.language.from.clone());
    let dates = &article.dates;
    for (name, date, from) in [("published", dates.published, &dates.published_from), ("updated", dates.updated, &dates.updated_from)] {
        let assumed = date.is_some_and(|date| date.zone() == Zone::Assumed);
        let zone = if assumed { format!(", zone {} assumed", options.zone) } else { String::new() };
        explanation.say(name, date.map(|date| date.to_rfc3339()), format!("{from}{zone}"));
    }
    let authors: Vec<&str> = made.entry.authors.iter().map(|person| person.name.as_str()).collect();
    let from = if article.authors.is_empty() { "the site's author" } else { "front matter" };
    explanation.say("authors", Some(authors.join(", ")).filter(|names| !names.is_empty()), from);
    for taxonomy in &options.taxonomies {
        let terms: Vec<String> = article.terms.iter().filter(|term| &*term.taxonomy == taxonomy).map(|term| term.path.join(" › ")).collect();
        let from = match taxonomy.as_str() {
            "section" => "the file's folder".to_owned(),
            "author" => from.to_owned(),
            _ => fields::first(&article.front.fields, &fields::taxonomy_keys(taxonomy, options))
                .map_or_else(String::new, |field| format!("front matter `{}`", field.key)),
        };
        // The terms of the languages are the language itself.
        if taxonomy != "language" {
            explanation.say(taxonomy, Some(terms.join(", ")).filter(|terms| !terms.is_empty()), from);
        }
    }
    let unused = made.summary.is_some() && made.entry.summary.is_none();
    let from = made.summary.as_ref().map_or_else(String::new, |summary| summary.from.clone());
    explanation.say(
        "summary",
        made.summary.as_ref().map(|summary| summary.text.clone()),
        if unused { format!("{from}; left out, because it is the whole text") } else { from },
    );
    explanation.say(
        "thumbnail",
        made.thumbnail.as_ref().map(|found| described(&found.media)),
        made.thumbnail.as_ref().map_or_else(String::new, |found| found.from.clone()),
    );
    explanation.say("shown", Some(article.held.map_or_else(|| "yes".to_owned(), |hold| format!("no: {}", hold.as_str()))), "");
}

fn described(media: &crate::model::Media) -> String {
    let mut text = media.url.clone();
    let size = media.width.zip(media.height).map(|(width, height)| format!("{width}×{height}"));
    let bytes = media.length.map(|length| format!("{length} bytes"));
    let known: Vec<String> = media.media_type.clone().into_iter().chain(size).chain(bytes).collect();
    if !known.is_empty() {
        text.push_str(&format!(" ({})", known.join(", ")));
    }
    text
}
