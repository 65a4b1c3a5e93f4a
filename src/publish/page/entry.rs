//! One entry in a list: in full on the page of a topic, in brief in the directory.

use super::badge::badge;
use super::href::{link, local, web};
use super::layout::Voice;
use super::phrases::day;
use crate::model::{Category, Entry, Language, Media, Rel, Text};
use crate::text::plain::readable;
use maud::{Markup, html};
use std::borrow::Cow;

/// An entry with all that a list shows: title, date, authors, origin, summary, categories, picture.
pub(super) fn full(entry: &Entry, voice: Voice<'_>, topic_href: &dyn Fn(&Category) -> Option<String>) -> Markup {
    let picture = entry.thumbnail().filter(|media| web(&media.url).is_some());
    let summary = entry.summary.as_ref().map(readable).filter(|summary| !summary.is_empty());
    html! {
        article.h-entry lang=[voice.differing(entry.language.as_ref())] { "\n"
            @if let Some(picture) = picture { (thumbnail(picture, address(entry))) "\n" }
            h3.p-name lang=[own_language(entry.title.as_ref(), entry)] { (title(entry, voice)) } "\n"
            p.meta lang=[voice.page_inside(entry.language.as_ref())] {
                (date(entry, voice)) (authors(entry, voice)) (origin(entry, voice))
                (badge(entry.language.as_ref(), voice))
            } "\n"
            @if let Some(summary) = summary { p.p-summary lang=[own_language(entry.summary.as_ref(), entry)] { (summary) } "\n" }
            (categories(&entry.categories, topic_href))
        }
        "\n"
    }
}

/// An entry in two lines: title and date.
pub(super) fn brief(entry: &Entry, voice: Voice<'_>) -> Markup {
    html! {
        li.h-entry lang=[voice.differing(entry.language.as_ref())] {
            span.p-name lang=[own_language(entry.title.as_ref(), entry)] { (title(entry, voice)) }
            span.meta lang=[voice.page_inside(entry.language.as_ref())] { (date(entry, voice)) (origin(entry, voice)) }
        }
        "\n"
    }
}

/// The title, as a link where there is a page. An entry without a title is called so: readers expect something to click.
fn title(entry: &Entry, voice: Voice<'_>) -> Markup {
    let title = entry.title.as_ref().map(readable).filter(|title| !title.is_empty());
    let foreign = if title.is_none() { Some(voice.words.tag) } else { None };
    let title = title.unwrap_or(Cow::Borrowed(voice.words.untitled));
    html! {
        @if let Some(href) = address(entry) { a.u-url href=(href) lang=[foreign] { (title) } } @else { span lang=[foreign] { (title) } }
    }
}

/// The address of the entry's page, if it may be linked to.
fn address(entry: &Entry) -> Option<&str> {
    entry.link().and_then(|page| link(&page.href))
}

/// The language of a text, where it is not the entry's.
fn own_language<'a>(text: Option<&'a Text>, entry: &Entry) -> Option<&'a str> {
    text?.language.as_ref().filter(|language| Some(*language) != entry.language.as_ref()).map(Language::as_str)
}

/// The day of publication, else of the last change.
fn date(entry: &Entry, voice: Voice<'_>) -> Markup {
    let (class, date) = if entry.published.is_some() { ("dt-published", entry.published) } else { ("dt-updated", entry.updated) };
    html! {
        @if let Some(date) = date {
            @if let Some(day) = day(date, voice.language) { time class=(class) datetime=(date.to_rfc3339()) { (day) } }
        }
    }
}

/// Who wrote it. An e-mail address is nobody's business.
fn authors(entry: &Entry, voice: Voice<'_>) -> Markup {
    let named: Vec<_> = entry.authors.iter().filter(|author| !author.name.trim().is_empty()).collect();
    html! {
        @if !named.is_empty() {
            span {
                @for (index, author) in named.iter().enumerate() {
                    @if index > 0 { (voice.words.comma) }
                    @if let Some(href) = author.url.as_deref().and_then(web) {
                        a.p-author.h-card href=(href) { (author.name.trim()) }
                    } @else {
                        span.p-author { (author.name.trim()) }
                    }
                }
            }
        }
    }
}

/// The feed that a merged entry came from.
fn origin(entry: &Entry, voice: Voice<'_>) -> Markup {
    let Some((origin, name)) = entry.origin.as_deref().and_then(|origin| Some((origin, origin.title.as_deref()?.trim()))) else {
        return Markup::default();
    };
    let page = origin.links.iter().find(|link| link.rel == Rel::Alternate).and_then(|page| web(&page.href));
    html! {
        @if !name.is_empty() {
            span {
                span lang=[voice.ours()] { (voice.words.from) } " "
                @if let Some(href) = page { a href=(href) lang=[voice.differing(origin.language.as_ref())] { (name) } } @else { (name) }
            }
        }
    }
}

/// The categories, each a link to its topic's page where there is one. A word that is category and tag is shown once.
fn categories(categories: &[Category], topic_href: &dyn Fn(&Category) -> Option<String>) -> Markup {
    let mut shown: Vec<(&str, &Category)> = Vec::new();
    for category in categories {
        let name = category.name().trim();
        if !name.is_empty() && shown.iter().all(|(other, _)| *other != name) {
            shown.push((name, category));
        }
    }
    html! {
        @if !shown.is_empty() {
            ul.tags {
                @for (name, category) in shown {
                    li {
                        @if let Some(href) = topic_href(category).as_deref().and_then(local) {
                            a.p-category href=(href) rel="tag" { (name) }
                        } @else {
                            span.p-category { (name) }
                        }
                    }
                }
            }
            "\n"
        }
    }
}

/// The picture, linked like the title; it repeats the title's link, so neither keyboards nor screen readers stop at it.
fn thumbnail(picture: &Media, href: Option<&str>) -> Markup {
    let image = html! {
        img.u-photo src=(picture.url) alt="" width=[picture.width] height=[picture.height] loading="lazy" decoding="async" referrerpolicy="no-referrer";
    };
    html! {
        @if let Some(href) = href { a.thumb href=(href) tabindex="-1" aria-hidden="true" { (image) } } @else { span.thumb { (image) } }
    }
}
