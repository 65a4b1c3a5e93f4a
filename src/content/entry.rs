//! An article, complete: body, summary, pictures. Made only for articles that some feed shows.

use super::article::Article;
use super::fields::{self, Field};
use super::page_links::PageLinks;
use super::{Options, enclosure, markdown, thumbnail};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Entry, Language, Link, Media, Rel, Role, Text};
use crate::text::hygiene::one_line;
use crate::text::plain::to_plain;
use crate::text::sanitise::sanitise;
use crate::text::summary::{self, Limits, derive, is_machine_cut, of_body, repeats_body};

/// A summary and where it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Summary {
    pub(crate) text: String,
    pub(crate) from: String,
}

/// An article's entry, and where the parts that are chosen among several came from.
pub(crate) struct Made {
    pub(crate) entry: Entry,
    pub(crate) summary: Option<Summary>,
    pub(crate) thumbnail: Option<thumbnail::Found>,
}

/// Makes the entry of an article; what is wrong with its body and its pictures is reported.
pub(crate) fn make(article: &Article<'_>, links: &PageLinks, options: &Options, findings: &mut Vec<Diagnostic>) -> Made {
    let language = article.language.language.as_ref();
    let chinese = language.is_some_and(Language::is_chinese);
    let page = article.address.page.as_str();
    let linked = |url: &str| links.resolve(&article.source.path, url);
    let render = |markdown: &str| sanitise(&markdown::to_html(markdown, chinese, &linked), Some(page));
    let beginning = if options.full_body { None } else { markdown::beginning(article.body) };
    if let Some(made) = beginning.and_then(|beginning| of_beginning(article, beginning, &render(beginning).html, options, findings)) {
        return made;
    }
    let body = render(article.body);
    // What is not published is not told.
    for url in body.dropped_urls.iter().filter(|_| options.full_body) {
        findings.push(
            Diagnostic::new(
                Code::BadUrl,
                article.place_in_body(url),
                format!("expected an address that a feed can carry, found `{url}`; the link was left out"),
            )
            .with_help("write an http(s) address or a path"),
        );
    }
    let html = body.html.trim().to_owned();
    let mut report = |field: Field<'_>, code: Code, message: String, help: &str| {
        findings.push(Diagnostic::new(code, article.place(field), message).with_help(help));
    };
    let thumbnail = thumbnail::of(&article.front, article.source, page, &html, options, &mut report);
    let summary = summary(article, &html, options);
    put_together(article, html, summary, thumbnail, options, findings)
}

/// The entry of an article whose body is not published, made of the beginning of its body alone; `None` when the rest may have a say.
fn of_beginning(article: &Article<'_>, part: &str, html: &str, options: &Options, findings: &mut Vec<Diagnostic>) -> Option<Made> {
    let rest = article.body.get(part.len()..).unwrap_or_default();
    let summaries = fields::all(&article.front.fields, fields::SUMMARY).filter_map(|field| fields::text(field.node));
    // Whether a machine cut off a long summary can be told from as much of the body only; pictures may stand anywhere.
    if summaries.map(|text| text.len()).max().unwrap_or_default() * 2 > part.len() || article.body.contains("<!--") {
        return None;
    }
    let mut told = Vec::new();
    let mut report = |field: Field<'_>, code: Code, message: String, help: &str| {
        told.push(Diagnostic::new(code, article.place(field), message).with_help(help));
    };
    let thumbnail = thumbnail::of(&article.front, article.source, article.address.page.as_str(), html, options, &mut report);
    if thumbnail.is_none() && (rest.contains("![") || rest.contains('<') || rest.contains('{')) {
        return None;
    }
    let language = article.language.language.as_ref();
    let summary = stated(article, html).or_else(|| {
        let text = summary::of_beginning(html, language, &options.summary)?;
        Some(Summary { text, from: DERIVED.to_owned() })
    })?;
    findings.append(&mut told);
    Some(put_together(article, html.trim().to_owned(), Some(summary), thumbnail, options, findings))
}

/// The entry, of its parts.
fn put_together(
    article: &Article<'_>,
    html: String,
    summary: Option<Summary>,
    thumbnail: Option<thumbnail::Found>,
    options: &Options,
    findings: &mut Vec<Diagnostic>,
) -> Made {
    let language = article.language.language.as_ref();
    let mut report = |field: Field<'_>, code: Code, message: String, help: &str| {
        findings.push(Diagnostic::new(code, article.place(field), message).with_help(help));
    };
    let enclosures = enclosure::of(&article.front, article.source, article.address.page.as_str(), options, &mut report);
    let mut entry = Entry::new(article.address.id.0.clone());
    entry.title = Some(Text::plain(article.title.0.clone()));
    let mut alternate = Link::new(Rel::Alternate, article.address.link.0.as_str()).with_type("text/html");
    alternate.language = language.cloned();
    entry.links.push(alternate);
    entry.published = article.dates.published;
    entry.updated = article.dates.updated;
    entry.language = language.cloned();
    entry.authors = if article.authors.is_empty() { options.author.iter().cloned().collect() } else { article.authors.clone() };
    entry.media = media(thumbnail.as_ref(), enclosures);
    let has_body = !html.is_empty();
    // A summary that says the whole body again helps no reader.
    entry.summary = summary
        .as_ref()
        .filter(|summary| !(has_body && options.full_body && repeats_body(&summary.text, &html)))
        .map(|summary| Text::plain(summary.text.clone()));
    if has_body && options.full_body {
        entry.content = Some(Text::html(html));
    }
    Made { entry, summary, thumbnail }
}

/// The author's summary, unless a machine cut it off; else the part before `<!--more-->`; else one from the body.
fn summary(article: &Article<'_>, html: &str, options: &Options) -> Option<Summary> {
    let language = article.language.language.as_ref();
    let chinese = language.is_some_and(Language::is_chinese);
    let limits = &options.summary;
    if let Some(summary) = stated(article, html) {
        return Some(summary);
    }
    if let Some(part) = markdown::before_more(article.body) {
        let part = sanitise(&markdown::inline(part, chinese), None).html;
        // The author drew the line: as much of it as a summary may hold.
        let whole = Limits { target: limits.max, max: limits.max, words: limits.words.saturating_mul(limits.max) / limits.target.max(1) };
        let text = derive(&part, language, &whole);
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            return Some(Summary { text, from: "the part before <!--more-->".to_owned() });
        }
    }
    of_body(html, language, limits).map(|text| Summary { text, from: DERIVED.to_owned() })
}

const DERIVED: &str = "derived from the body";

/// The author's summary, unless a machine cut it off.
fn stated(article: &Article<'_>, html: &str) -> Option<Summary> {
    let chinese = article.language.language.as_ref().is_some_and(Language::is_chinese);
    fields::all(&article.front.fields, fields::SUMMARY).find_map(|field| {
        let text = fields::text(field.node)?;
        let is_plain = markdown::is_surely_plain(&text);
        let plain = one_line(&if is_plain { text } else { to_plain(&sanitise(&markdown::inline(&text, chinese), None).html) });
        (!plain.is_empty() && !is_machine_cut(&plain, html)).then(|| Summary { text: plain, from: format!("front matter `{}`", field.key) })
    })
}

/// Thumbnail first; a picture whose type and size are known is an enclosure as well.
fn media(thumbnail: Option<&thumbnail::Found>, enclosures: Vec<Media>) -> Vec<Media> {
    let mut media: Vec<Media> = thumbnail.map(|found| found.media.clone()).into_iter().collect();
    if let Some(picture) = media.first().filter(|picture| picture.is_enclosure() && enclosures.is_empty()) {
        let mut enclosure = picture.clone();
        enclosure.role = Role::Enclosure;
        media.push(enclosure);
    }
    media.extend(enclosures);
    media
}
