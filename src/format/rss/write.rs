//! Model → RSS 2.0, through the crate `rss` as wire model.
//!
//! In: a feed. Out: the document, not yet checked. Never an `author` (it must be an e-mail address; names go to
//! `dc:creator`), never a date that nobody stated, never two elements that mean the same.
//!
//! The crate escapes, orders and declares `content` and `dc`; the other prefixes are declared here, and only when used.

use super::super::xml::{clean_line, mark, unmark};
use super::super::{Format, WriteError, media_rss, outgoing, plain, uri};
use crate::model::{Entry, Feed, IdKind, Origin, Text, Timestamp};
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Channel, Enclosure, Guid, Item, Source};
use std::borrow::Cow;
use std::collections::BTreeMap;

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// The feed as an RSS document.
pub(in super::super) fn write(feed: &Feed) -> Result<String, WriteError> {
    let channel = channel(feed);
    let fail = |message: String| WriteError::Wire { format: Format::Rss, message };
    let bytes = channel.pretty_write_to(Vec::new(), b' ', 2).map_err(|error| fail(error.to_string()))?;
    let mut document = String::from_utf8(bytes).map_err(|error| fail(error.to_string()))?;
    document.push('\n');
    Ok(unmark(document))
}

fn channel(feed: &Feed) -> Channel {
    let own = outgoing::own_address(feed, Format::Rss);
    let title = outgoing::feed_title(feed);
    let subtitle = feed.subtitle.as_ref().map(plain::line).filter(|subtitle| !subtitle.is_empty());
    let mut extensions = ExtensionMap::new();
    if let Some(own) = &own {
        push(&mut extensions, "atom", "link", [("href", own.to_string()), ("rel", "self".to_owned()), ("type", Format::Rss.media_type().to_owned())]);
    }
    for hub in outgoing::hubs(feed) {
        push(&mut extensions, "atom", "link", [("href", hub.into_owned()), ("rel", "hub".to_owned())]);
    }
    let creators: Vec<String> = outgoing::people(&feed.authors).map(|(name, _)| name.into_owned()).collect();
    let items: Vec<Item> = feed.entries.iter().map(|entry| item(entry, feed)).collect();
    let mut namespaces = BTreeMap::new();
    for (prefix, uri) in [("atom", ATOM), ("media", media_rss::NAMESPACE)] {
        if extensions.contains_key(prefix) || items.iter().any(|item| item.extensions.contains_key(prefix)) {
            namespaces.insert(prefix.to_owned(), uri.to_owned());
        }
    }
    Channel {
        title: mark(&title),
        description: mark(&subtitle.unwrap_or_else(|| title.clone())),
        link: outgoing::home_page(feed, own).into_owned(),
        language: feed.language.as_ref().map(|language| outgoing::xml_language(language).into_owned()),
        copyright: feed.rights.as_ref().map(plain::line).filter(|rights| !rights.is_empty()).map(|rights| mark(&rights)),
        last_build_date: feed.updated.and_then(outgoing::rfc822),
        generator: feed.generator.as_deref().map(clean_line).filter(|name| !name.is_empty()).map(|name| mark(&name)),
        categories: categories(&feed.categories),
        dublin_core_ext: (!creators.is_empty()).then(|| DublinCoreExtension { creators, ..DublinCoreExtension::default() }),
        extensions,
        namespaces,
        items,
        ..Channel::default()
    }
}

fn item(entry: &Entry, feed: &Feed) -> Item {
    let html = |text: Option<&Text>| text.map(plain::html).filter(|html| !html.trim().is_empty()).map(Cow::into_owned);
    // A body never stands twice: without summary it is the description.
    let (description, content) = match (html(entry.summary.as_ref()), html(entry.content.as_ref())) {
        (None, body) => (body, None),
        (summary, body) => (summary, body),
    };
    let title = outgoing::title(entry).or_else(|| description.is_none().then(|| outgoing::title_or_address(entry)));
    let enclosure = outgoing::enclosures(entry).find(|(media, ..)| uri::has_plain_host(&media.url));
    let dublin_core = DublinCoreExtension {
        creators: outgoing::people(&entry.authors).map(|(name, _)| name.into_owned()).collect(),
        languages: outgoing::own_language(entry, feed).map(|language| outgoing::xml_language(language).into_owned()).into_iter().collect(),
        ..DublinCoreExtension::default()
    };
    Item {
        title: title.map(|title| mark(&title)),
        link: outgoing::page(entry).map(Cow::into_owned),
        description,
        categories: categories(&entry.categories),
        enclosure: enclosure.map(|(media, media_type, length)| Enclosure {
            url: uri::uri(&media.url).into_owned(),
            length: length.to_string(),
            mime_type: media_type.to_owned(),
        }),
        guid: guid(entry),
        pub_date: entry.published.and_then(outgoing::rfc822),
        source: entry.origin.as_deref().and_then(source),
        content,
        extensions: extensions(entry, enclosure.map(|(media, ..)| media)),
        dublin_core_ext: (dublin_core != DublinCoreExtension::default()).then_some(dublin_core),
        ..Item::default()
    }
}

fn guid(entry: &Entry) -> Option<Guid> {
    let value = outgoing::id(entry);
    let permalink = entry.id.kind() == IdKind::Permalink && uri::is_http(&value);
    (!value.is_empty()).then(|| Guid { value: value.into_owned(), permalink })
}

fn source(origin: &Origin) -> Option<Source> {
    let url = outgoing::origin_address(origin)?.into_owned();
    Some(Source { url, title: Some(mark(&outgoing::origin_name(origin))) })
}

fn categories(categories: &[crate::model::Category]) -> Vec<Category> {
    outgoing::categories(categories)
        .map(|(category, label)| Category { name: mark(&label), domain: outgoing::scheme(category).map(Cow::into_owned) })
        .collect()
}

fn extensions(entry: &Entry, enclosed: Option<&crate::model::Media>) -> ExtensionMap {
    let mut map = ExtensionMap::new();
    let differs = |updated: &Timestamp| entry.published.is_none_or(|published| published.unix() != updated.unix());
    if let Some(updated) = entry.updated.filter(differs).and_then(outgoing::rfc3339) {
        let element = Extension { name: "atom:updated".to_owned(), value: Some(updated), ..Extension::default() };
        map.entry("atom".to_owned()).or_default().entry("updated".to_owned()).or_default().push(element);
    }
    for element in media_rss::elements(entry, |media| enclosed == Some(media)) {
        push(&mut map, "media", element.name, element.attributes);
    }
    map
}

fn push(map: &mut ExtensionMap, prefix: &str, name: &str, attributes: impl IntoIterator<Item = (&'static str, String)>) {
    let element = Extension {
        name: format!("{prefix}:{name}"),
        // An empty text keeps the two tags on one line when the crate indents.
        value: Some(String::new()),
        attrs: attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        children: BTreeMap::new(),
    };
    map.entry(prefix.to_owned()).or_default().entry(name.to_owned()).or_default().push(element);
}
