//! For one article: what feedloom made of it, and where each fact came from.

use super::article::{Article, load};
use super::walk::walk;
use super::{Options, entry};
use crate::diagnostic::Diagnostic;
use std::path::Path;

/// Facts of one article as (name, value, where it is from), and what was found wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// The facts, in the order in which people ask for them.
    pub facts: Vec<(&'static str, String, String)>,
    /// What was found wrong with the article.
    pub findings: Vec<Diagnostic>,
}

/// Explains the article in this file; `None` when the file is no article of the content folder.
pub fn explain(file: &Path, options: &Options) -> Option<Explanation> {
    let mut explanation = Explanation::default();
    let wanted = file.canonicalize().ok()?;
    let source = walk(options, &mut Vec::new()).into_iter().find(|source| source.file.canonicalize().is_ok_and(|file| file == wanted))?;
    let findings = &mut explanation.findings;
    let text = load(&source, options, findings);
    let Some(article) = text.as_deref().and_then(|text| Article::read(&source, text, options, findings)) else { return Some(explanation) };
    article.report_missing(findings);
    let made = entry::make(&article, options, findings);
    let head = article.head(options, 0);
    let none = || "none".to_owned();
    let date = |date: Option<crate::model::Timestamp>| date.map_or_else(none, |date| date.to_rfc3339());
    let zone = |date: Option<crate::model::Timestamp>| match date.map(|date| date.zone()) {
        Some(crate::model::Zone::Assumed) => format!(", zone {} assumed", options.zone),
        _ => String::new(),
    };
    let facts = &mut explanation.facts;
    facts.push(("title", article.title.0.clone(), article.title.1.clone()));
    facts.push(("link", article.link.0.clone(), article.link.1.clone()));
    facts.push(("id", article.id.0.as_str().to_owned(), article.id.1.clone()));
    facts.push(("language", article.language.language.as_ref().map_or_else(none, ToString::to_string), article.language.from.clone()));
    facts.push(("published", date(article.dates.published), format!("{}{}", article.dates.published_from, zone(article.dates.published))));
    facts.push(("updated", date(article.dates.updated), format!("{}{}", article.dates.updated_from, zone(article.dates.updated))));
    let authors: Vec<&str> = made.entry.authors.iter().map(|person| person.name.as_str()).collect();
    let authors_from = match (article.authors.is_empty(), authors.is_empty()) {
        (false, _) => "front matter",
        (true, false) => "the site's author",
        (true, true) => "",
    };
    facts.push(("authors", if authors.is_empty() { none() } else { authors.join(", ") }, authors_from.to_owned()));
    for taxonomy in &options.taxonomies {
        let terms: Vec<String> = head.terms.iter().filter(|term| &*term.taxonomy == taxonomy).map(|term| term.path.join(" › ")).collect();
        facts.push((
            if taxonomy == "category" {
                "categories"
            } else if taxonomy == "tag" {
                "tags"
            } else {
                "terms"
            },
            if terms.is_empty() { none() } else { terms.join(", ") },
            taxonomy.clone(),
        ));
    }
    facts.push((
        "summary",
        made.summary.as_ref().map_or_else(none, |summary| summary.text.clone()),
        made.summary.map_or_else(String::new, |summary| summary.from),
    ));
    facts.push((
        "thumbnail",
        made.thumbnail.as_ref().map_or_else(none, |found| described(&found.media)),
        made.thumbnail.map_or_else(String::new, |found| found.from),
    ));
    facts.push(("shown", article.held.map_or_else(|| "yes".to_owned(), |hold| format!("no: {}", hold.as_str())), String::new()));
    explanation.findings.sort();
    explanation.findings.dedup();
    Some(explanation)
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
