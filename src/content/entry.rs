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
use crate::text::summary::{Limits, derive, is_machine_cut, of_body, repeats_body};

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
    let (page, link) = (article.address.page.as_str(), article.address.link.0.as_str());
    let linked = |url: &str| links.resolve(&article.source.path, url);
    let body = sanitise(&markdown::to_html(article.body, chinese, &linked), Some(page));
    for url in &body.dropped_urls {
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
    let enclosures = enclosure::of(&article.front, article.source, page, options, &mut report);
    let summary = summary(article, &html, options);

    let mut entry = Entry::new(article.address.id.0.clone());
    entry.title = Some(Text::plain(article.title.0.clone()));
    let mut alternate = Link::new(Rel::Alternate, link).with_type("text/html");
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
    for field in fields::all(&article.front.fields, fields::SUMMARY) {
        let Some(text) = fields::text(field.node) else { continue };
        let plain = one_line(&to_plain(&sanitise(&markdown::inline(&text, chinese), None).html));
        if !plain.is_empty() && !is_machine_cut(&plain, html) {
            return Some(Summary { text: plain, from: format!("front matter `{}`", field.key) });
        }
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
    of_body(html, language, limits).map(|text| Summary { text, from: "derived from the body".to_owned() })
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
