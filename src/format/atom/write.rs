//! Model → Atom, through the crate `atom_syndication` as wire model.
//!
//! In: a feed. Out: the document, not yet checked. Never `type="xhtml"` (the crate writes it as it is, so that one
//! careless fragment would break the file), never an e-mail address.
//!
//! The crate has no `xml:lang` on entries and puts a feed's metadata behind them, which is an error: so the feed is
//! written without entries, each entry for itself with a start tag finished here, and the two are joined.

use super::super::foreign::{self, Foreign};
use super::super::xml::{Document, clean, clean_line, mark, unmark};
use super::super::{Format, WriteError, media_rss, outgoing, plain, read, uri};
use crate::model::{self, Feed, Language, Link, Origin, TextKind, Timestamp};
use atom_syndication as wire;
use atom_syndication::extension::{Extension, ExtensionMap};
use chrono::{DateTime, FixedOffset, Utc};
use std::borrow::Cow;
use std::collections::BTreeMap;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const ENTRY_START: &str = "<entry xmlns=\"http://www.w3.org/2005/Atom\">";
const FEED_END: &str = "</feed>";

/// The feed as an Atom document.
pub(in super::super) fn write(feed: &Feed) -> Result<String, WriteError> {
    let config = wire::WriteConfig { write_document_declaration: false, indent_size: Some(2) };
    let mut foreign = Foreign::new(foreign::ATOM);
    let of_feed = foreign.place(extensions_of_feed(feed), 2);
    // The head declares the namespaces of all entries, so these are looked at first.
    let of_entries: Vec<Option<String>> = feed.entries.iter().map(|entry| foreign.place(extensions_of_entry(entry), 2)).collect();
    let head = text_of(head(feed, &foreign, of_feed).write_with_config(Document::default(), config))?;
    let mut document = String::with_capacity(DECLARATION.len() + head.len() + feed.entries.len() * 2048);
    document.push_str(DECLARATION);
    document.push_str(head.strip_suffix(FEED_END).ok_or_else(|| fail("the feed does not end as expected"))?);
    for (entry, number) in feed.entries.iter().zip(of_entries) {
        let mut text = text_of(self::entry(entry, feed, number).write_with_config(Document::default(), config))?;
        if let Some(language) = source_language(entry, feed) {
            // The crate has no such attribute; the tag cannot be anything else, for a text has no `<`.
            text = text.replacen("<source>", &format!("<source xml:lang=\"{}\">", outgoing::xml_language(language)), 1);
        }
        document.push_str("<entry");
        if let Some(language) = outgoing::own_language(entry, feed) {
            document.push_str(" xml:lang=\"");
            document.push_str(&outgoing::xml_language(language));
            document.push('"');
        }
        document.push('>');
        document.push_str(text.strip_prefix(ENTRY_START).ok_or_else(|| fail("an entry does not begin as expected"))?);
        document.push('\n');
    }
    document.push_str(FEED_END);
    document.push('\n');
    Ok(unmark(foreign.splice(document)))
}

fn fail(message: impl Into<String>) -> WriteError {
    WriteError::Wire { format: Format::Atom, message: message.into() }
}

fn text_of(written: Result<Document, wire::Error>) -> Result<String, WriteError> {
    written.map(|Document(text)| text).map_err(|error| fail(error.to_string()))
}

/// The feed without its entries.
fn head(feed: &Feed, foreign: &Foreign, of_feed: Option<String>) -> wire::Feed {
    let language = feed.language.as_ref();
    let uses_media = feed.entries.iter().any(|entry| !media_rss::elements(entry, is_enclosure).is_empty());
    wire::Feed {
        title: construct(&feed.title, language).unwrap_or_else(|| plain_construct(&outgoing::feed_title(feed))),
        id: uri::id_uri(&feed.id, None).into_owned(),
        updated: instant(outgoing::last_change(feed)),
        authors: people(&authors_of_feed(feed)),
        categories: categories(&feed.categories),
        generator: feed
            .generator
            .as_deref()
            .map(clean_line)
            .filter(|name| !name.is_empty())
            .map(|name| wire::Generator { value: mark(&name), ..wire::Generator::default() }),
        icon: feed.icon.as_deref().filter(|icon| uri::is_absolute(icon.trim())).map(|icon| uri::uri(icon).into_owned()),
        links: links(outgoing::feed_links(feed, Format::Atom)),
        logo: feed.logo.as_deref().filter(|logo| uri::is_absolute(logo.trim())).map(|logo| uri::uri(logo).into_owned()),
        rights: feed.rights.as_ref().and_then(|rights| construct(rights, language)),
        subtitle: feed.subtitle.as_ref().and_then(|subtitle| construct(subtitle, language)),
        namespaces: uses_media.then(|| ("media".to_owned(), media_rss::NAMESPACE.to_owned())).into_iter().chain(foreign.namespaces()).collect(),
        extensions: place(ExtensionMap::new(), of_feed),
        lang: language.map(|language| outgoing::xml_language(language).into_owned()),
        ..wire::Feed::default()
    }
}

/// The language of the feed that an entry came from, where it differs from the entry's.
pub(in super::super) fn source_language<'a>(entry: &'a model::Entry, feed: &Feed) -> Option<&'a Language> {
    let inherited = entry.language.as_ref().or(feed.language.as_ref());
    entry.origin.as_deref()?.language.as_ref().filter(|&language| Some(language) != inherited)
}

/// The extensions that stand in the feed.
pub(in super::super) fn extensions_of_feed(feed: &Feed) -> Vec<model::Extension> {
    feed.extensions
        .iter()
        .filter_map(foreign::tidy)
        .filter(|element| foreign::is_free(element, read::is_field_of_feed, foreign::ATOM_IN_FEED))
        .collect()
}

/// The extensions that stand in the entry; its rights can be stated once (RFC 4287 §4.1.2).
pub(in super::super) fn extensions_of_entry(entry: &model::Entry) -> Vec<model::Extension> {
    let mut has_rights = false;
    let mut is_new = |element: &model::Extension| {
        let is_rights = element.namespace == foreign::ATOM && element.name == "rights";
        !is_rights || !std::mem::replace(&mut has_rights, true)
    };
    let tidied = entry.extensions.iter().filter_map(foreign::tidy);
    tidied.filter(|element| foreign::is_free(element, read::is_field_of_entry, foreign::ATOM_IN_ENTRY) && is_new(element)).collect()
}

fn entry(entry: &model::Entry, feed: &Feed, number: Option<String>) -> wire::Entry {
    let language = entry.language.as_ref().or(feed.language.as_ref());
    let updated = outgoing::changed(entry).unwrap_or(feed.undated);
    let mut links = links(outgoing::entry_links(entry));
    let title =
        entry.title.as_ref().and_then(|title| construct(title, language)).unwrap_or_else(|| plain_construct(&outgoing::title_or_address(entry)));
    let mut summary = entry.summary.as_ref().and_then(|summary| construct(summary, language));
    let mut content = entry.content.as_ref().and_then(|content| body(content, language));
    // A body elsewhere; what reads no further needs a summary (RFC 4287 §4.1.1.1).
    if content.is_none()
        && let Some(link) = entry.content_link.as_ref().and_then(outgoing::any_link)
    {
        // It must be empty; an empty text keeps the crate from indenting.
        let value = Some(String::new());
        content = Some(wire::Content { value, src: Some(link.href), content_type: link.media_type, ..wire::Content::default() });
        summary = summary.or_else(|| Some(title.clone()));
    }
    // Without alternate link there must be content (RFC 4287 §4.1.2), and some text must be there in any case.
    if content.is_none() && !links.iter().any(|link| link.rel == "alternate") {
        let text = entry.summary.clone().filter(|_| summary.is_some()).unwrap_or_else(|| model::Text::plain(outgoing::title_or_address(entry)));
        summary = None;
        content = body(&text, language);
    } else if content.is_none() && summary.is_none() {
        summary = Some(title.clone());
    }
    links.extend(enclosures(entry));
    wire::Entry {
        title,
        id: uri::id_uri(&entry.id, entry.origin.as_deref()).into_owned(),
        updated: instant(updated),
        authors: people(&authors_of(entry)),
        categories: categories(&entry.categories),
        links,
        published: entry.published.and_then(outgoing::instant),
        source: entry.origin.as_deref().map(|origin| source(origin, updated, language)),
        summary,
        content,
        extensions: place(extensions(entry), number),
        ..wire::Entry::default()
    }
}

/// A date that must be there; one that no format can carry becomes the Unix epoch.
fn instant(date: Timestamp) -> DateTime<FixedOffset> {
    outgoing::instant(date).unwrap_or_else(|| DateTime::<Utc>::UNIX_EPOCH.fixed_offset())
}

/// The authors of a feed. Its title stands in where an entry would otherwise have no author at all (RFC 4287 §4.1.1).
pub(in super::super) fn authors_of_feed(feed: &Feed) -> Vec<model::Person> {
    let mut authors = outgoing::persons(&feed.authors);
    if authors.is_empty() && (feed.entries.is_empty() || feed.entries.iter().any(|entry| outgoing::people(&authors_of(entry)).next().is_none())) {
        authors.push(model::Person::new(outgoing::feed_title(feed)));
    }
    authors
}

/// The authors of an entry. One that came from elsewhere without author has the feed it came from as author, because
/// it would otherwise inherit this feed's (RFC 4287 §4.2.1).
pub(in super::super) fn authors_of(entry: &model::Entry) -> Cow<'_, [model::Person]> {
    match &entry.origin {
        Some(origin) if outgoing::people(&entry.authors).next().is_none() => Cow::Owned(vec![model::Person::new(outgoing::origin_name(origin))]),
        _ => Cow::Borrowed(&entry.authors),
    }
}

fn people(people: &[model::Person]) -> Vec<wire::Person> {
    outgoing::people(people).map(|(name, url)| wire::Person { name: mark(&name), uri: url.map(Cow::into_owned), ..wire::Person::default() }).collect()
}

fn categories(categories: &[model::Category]) -> Vec<wire::Category> {
    let wire = |category: model::Category| wire::Category {
        label: category.label.as_deref().map(mark),
        term: mark(&category.term),
        scheme: category.scheme,
    };
    outgoing::terms(categories).into_iter().map(wire).collect()
}

/// A text construct (RFC 4287 §3.1), or `None` when there is nothing to read.
///
/// Plain text with something like an end tag in it is written as HTML that shows the same: both mean the same, but
/// the W3C validator takes the former for undeclared HTML.
fn construct(text: &model::Text, inherited: Option<&Language>) -> Option<wire::Text> {
    let mut out = if text.kind == TextKind::Plain && !clean(&text.value).contains("</") {
        plain_construct(&clean(&text.value))
    } else {
        wire::Text { value: plain::html(text).trim().to_owned(), r#type: wire::TextType::Html, ..wire::Text::default() }
    };
    out.base = outgoing::base(text);
    out.lang = language(text, inherited);
    (!out.value.trim().is_empty()).then_some(out)
}

fn plain_construct(value: &str) -> wire::Text {
    wire::Text { value: mark(value.trim()), r#type: wire::TextType::Text, ..wire::Text::default() }
}

fn body(text: &model::Text, inherited: Option<&Language>) -> Option<wire::Content> {
    let value = plain::html(text);
    (!value.trim().is_empty()).then(|| wire::Content {
        base: outgoing::base(text),
        lang: language(text, inherited),
        value: Some(value.into_owned()),
        content_type: Some("html".to_owned()),
        ..wire::Content::default()
    })
}

fn language(text: &model::Text, inherited: Option<&Language>) -> Option<String> {
    text.language.as_ref().filter(|&language| Some(language) != inherited).map(|language| outgoing::xml_language(language).into_owned())
}

/// Relations, addresses and titles were judged before.
fn links(links: Vec<Link>) -> Vec<wire::Link> {
    let wire = |link: Link| wire::Link {
        rel: link.rel.as_str().to_owned(),
        hreflang: link.language.as_ref().map(|language| outgoing::xml_language(language).into_owned()),
        mime_type: link.media_type,
        title: link.title.as_deref().map(mark),
        href: link.href,
        length: None,
    };
    outgoing::atom_links(links).into_iter().map(wire).collect()
}

fn enclosures(entry: &model::Entry) -> Vec<wire::Link> {
    let pictures = media_rss::thumbnails(entry);
    let mut links: Vec<wire::Link> = Vec::new();
    let mut places: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (media, media_type, length) in outgoing::enclosures(entry) {
        let href = uri::uri(&media.url).into_owned();
        let title = media_rss::alt(media, &pictures).map(|alt| mark(&alt));
        let length = (length > 0).then(|| length.to_string());
        // A file that is named twice is one link with all that is known of it.
        let place = *places.entry((href.clone(), media_type.to_owned())).or_insert(links.len());
        if let Some(known) = links.get_mut(place) {
            known.title = known.title.take().or(title);
            known.length = known.length.take().or(length);
        } else {
            links.push(wire::Link { href, rel: "enclosure".to_owned(), mime_type: Some(media_type.to_owned()), title, length, hreflang: None });
        }
    }
    links
}

/// Where the entry came from (RFC 4287 §4.2.11). When that feed last changed is not known, but it did at the latest
/// when the entry did.
fn source(origin: &Origin, updated: Timestamp, inherited: Option<&Language>) -> wire::Source {
    let inherited = origin.language.as_ref().or(inherited);
    wire::Source {
        title: plain_construct(&outgoing::origin_name(origin)),
        id: uri::id_uri(&origin.id, None).into_owned(),
        updated: instant(updated),
        links: links(origin.links.iter().filter_map(|link| outgoing::atom_link(link, true)).collect()),
        rights: origin.rights.as_ref().and_then(|rights| construct(rights, inherited)),
        ..wire::Source::default()
    }
}

/// Whether the file is written as a link already.
pub(in super::super) fn is_enclosure(media: &model::Media) -> bool {
    outgoing::file_type(media).is_some() && uri::is_http(media.url.trim())
}

fn extensions(entry: &model::Entry) -> ExtensionMap {
    let mut map = ExtensionMap::new();
    for element in media_rss::elements(entry, is_enclosure) {
        let extension = Extension {
            name: format!("media:{}", element.name),
            // An empty text keeps the two tags on one line when the crate indents.
            value: Some(String::new()),
            // The crate writes these attributes as they are; the mark escapes the `&` of addresses. Quotes are in none.
            attrs: element.attributes.into_iter().map(|(name, value)| (name.to_owned(), mark(&value))).collect(),
            children: element.description.into_iter().map(|text| ("description".to_owned(), vec![description(&text)])).collect(),
        };
        map.entry("media".to_owned()).or_default().entry(element.name.to_owned()).or_default().push(extension);
    }
    map
}

fn description(text: &str) -> Extension {
    Extension { name: "media:description".to_owned(), value: Some(mark(text)), attrs: BTreeMap::new(), children: BTreeMap::new() }
}

/// Adds the placeholder of extensions behind all other elements.
fn place(mut map: ExtensionMap, number: Option<String>) -> ExtensionMap {
    if let Some(number) = number {
        let name = foreign::PLACEHOLDER.to_owned();
        let element = Extension { name: name.clone(), value: Some(number), attrs: BTreeMap::new(), children: BTreeMap::new() };
        map.entry(name).or_default().entry(String::new()).or_default().push(element);
    }
    map
}
