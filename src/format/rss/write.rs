//! Model → RSS 2.0, through the crate `rss` as wire model.
//!
//! In: a feed. Out: the document, not yet checked. Never an `author` (it must be an e-mail address; names go to
//! `dc:creator`), never a date that nobody stated, never two elements that mean the same.
//!
//! The crate escapes, orders and declares `content` and `dc`; the other prefixes are declared here, and only when used.

use super::super::foreign::{self, Foreign};
use super::super::markup::Ns;
use super::super::xml::{Document, clean_line, mark, sections, unmark};
use super::super::{Format, WriteError, media_rss, outgoing, plain, read, uri};
use super::own;
use crate::model::{Entry, Feed, IdKind, Link, Media, Origin, Text, Timestamp};
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Channel, Enclosure, Guid, Image, Item, Source};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The feed as an RSS document.
pub(in super::super) fn write(feed: &Feed) -> Result<String, WriteError> {
    let mut foreign = Foreign::new("");
    let channel = channel(feed, &mut foreign);
    let fail = |message: String| WriteError::Wire { format: Format::Rss, message };
    let Document(mut document) = channel.pretty_write_to(Document::default(), b' ', 2).map_err(|error| fail(error.to_string()))?;
    document.push('\n');
    Ok(unmark(foreign.splice(document)))
}

fn channel(feed: &Feed, foreign: &mut Foreign) -> Channel {
    let own = outgoing::own_address(feed, Format::Rss);
    let title = outgoing::feed_title(feed);
    let subtitle = feed.subtitle.as_ref().map(plain::line).filter(|subtitle| !subtitle.is_empty());
    let link = outgoing::home_page(feed, own).into_owned();
    let mut extensions = ExtensionMap::new();
    for link in outgoing::channel_links(feed) {
        push(&mut extensions, "atom", "link", atom_link(&link), None);
    }
    place(&mut extensions, foreign.place(extensions_of_feed(feed), 4));
    let creators = outgoing::names(&feed.authors);
    let address = outgoing::channel_address(feed);
    let items: Vec<Item> = feed.entries.iter().map(|entry| item(entry, feed, address.as_deref(), foreign)).collect();
    let mut namespaces: BTreeMap<String, String> = foreign.namespaces().collect();
    for (prefix, uri) in [("atom", foreign::ATOM), ("media", media_rss::NAMESPACE)] {
        if extensions.contains_key(prefix) || items.iter().any(|item| item.extensions.contains_key(prefix)) {
            namespaces.insert(prefix.to_owned(), uri.to_owned());
        }
    }
    let logo = feed.logo.as_deref().filter(|logo| uri::is_http(logo.trim()));
    Channel {
        title: mark(&title),
        description: mark(&subtitle.unwrap_or_else(|| title.clone())),
        language: feed.language.as_ref().map(|language| outgoing::xml_language(language).into_owned()),
        copyright: feed.rights.as_ref().map(plain::line).filter(|rights| !rights.is_empty()).map(|rights| mark(&rights)),
        last_build_date: feed.updated.and_then(outgoing::rfc822),
        generator: feed.generator.as_deref().map(clean_line).filter(|name| !name.is_empty()).map(|name| mark(&name)),
        image: logo.map(|logo| Image { url: uri::uri(logo).into_owned(), title: mark(&title), link: link.clone(), ..Image::default() }),
        link,
        categories: categories(&feed.categories),
        dublin_core_ext: (!creators.is_empty()).then(|| DublinCoreExtension { creators, ..DublinCoreExtension::default() }),
        extensions,
        namespaces,
        items,
        ..Channel::default()
    }
}

fn item(entry: &Entry, feed: &Feed, address: Option<&str>, foreign: &mut Foreign) -> Item {
    let links = outgoing::item_links(entry);
    let start = links.page.as_ref().map(|page| page.href.as_str()).filter(|page| uri::is_http(page)).or(address);
    let html =
        |text: Option<&Text>| text.map(|text| plain::absolute_html(text, start)).filter(|html| !html.trim().is_empty()).map(|html| sections(&html));
    // A body never stands twice: without summary it is the description.
    let (description, content) = match (html(entry.summary.as_ref()), html(entry.content.as_ref())) {
        (None, body) => (body, None),
        (summary, body) => (summary, body),
    };
    let enclosure = outgoing::rss_enclosure(entry);
    let dublin_core = DublinCoreExtension {
        creators: outgoing::names(&entry.authors),
        languages: outgoing::own_language(entry, feed).map(|language| outgoing::xml_language(language).into_owned()).into_iter().collect(),
        ..DublinCoreExtension::default()
    };
    let mut extensions = extensions(entry, &links.others, enclosure.map(|(media, ..)| media));
    place(&mut extensions, foreign.place(extensions_of_entry(entry), 6));
    Item {
        title: title(entry).map(|title| mark(&title)),
        link: links.page.map(|link| link.href),
        comments: links.comments.map(|link| link.href),
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
        extensions,
        dublin_core_ext: (dublin_core != DublinCoreExtension::default()).then_some(dublin_core),
        ..Item::default()
    }
}

/// The title of the item. The address of its page stands in where there is no description either, because one of the two
/// must be there.
pub(in super::super) fn title(entry: &Entry) -> Option<Cow<'_, str>> {
    let is_blank = |text: &Option<Text>| text.as_ref().is_none_or(|text| plain::html(text).trim().is_empty());
    outgoing::title(entry).or_else(|| (is_blank(&entry.summary) && is_blank(&entry.content)).then(|| outgoing::title_or_address(entry)))
}

/// The extensions that stand in the channel.
pub(in super::super) fn extensions_of_feed(feed: &Feed) -> Vec<crate::model::Extension> {
    kept(&feed.extensions, own::is_of_channel, read::is_field_of_feed, foreign::ATOM_IN_FEED)
}

/// The extensions that stand in the item.
pub(in super::super) fn extensions_of_entry(entry: &Entry) -> Vec<crate::model::Extension> {
    kept(&entry.extensions, |_| false, read::is_field_of_entry, foreign::ATOM_IN_ENTRY)
}

/// Tidied, without what must not stand there; elements of RSS itself stand there once.
fn kept(
    extensions: &[crate::model::Extension],
    is_own: impl Fn(&crate::model::Extension) -> bool,
    is_field: fn(Ns, &str) -> bool,
    atom_names: &[&str],
) -> Vec<crate::model::Extension> {
    let mut seen = BTreeSet::new();
    let tidied = extensions.iter().filter_map(foreign::tidy);
    tidied
        .filter(|element| {
            if element.namespace.is_empty() {
                return is_own(element) && seen.insert(element.name.clone());
            }
            // The rights of an entry can be stated once.
            let is_rights = element.namespace == foreign::ATOM && element.name == "rights";
            foreign::is_free(element, is_field, atom_names) && (!is_rights || seen.insert("atom:rights".to_owned()))
        })
        .collect()
}

/// What nobody gave is not made up here: readers derive an id as well as we do.
fn guid(entry: &Entry) -> Option<Guid> {
    let value = outgoing::id(entry);
    let permalink = outgoing::is_permalink(entry);
    (!value.is_empty() && entry.id.kind() != IdKind::Derived).then(|| Guid { value: value.into_owned(), permalink })
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

fn extensions(entry: &Entry, links: &[Link], enclosed: Option<&Media>) -> ExtensionMap {
    let mut map = ExtensionMap::new();
    let differs = |updated: &Timestamp| entry.published.is_none_or(|published| published.unix() != updated.unix());
    if let Some(updated) = entry.updated.filter(differs).and_then(outgoing::rfc3339) {
        let element = Extension { name: "atom:updated".to_owned(), value: Some(updated), ..Extension::default() };
        map.entry("atom".to_owned()).or_default().entry("updated".to_owned()).or_default().push(element);
    }
    for link in links {
        push(&mut map, "atom", "link", atom_link(link), None);
    }
    for element in media_rss::elements(entry, |media| enclosed == Some(media)) {
        push(&mut map, "media", element.name, element.attributes, element.description);
    }
    map
}

fn atom_link(link: &Link) -> Vec<(&'static str, String)> {
    let mut attributes = vec![("href", link.href.clone()), ("rel", link.rel.as_str().to_owned())];
    attributes.extend(link.media_type.clone().map(|media_type| ("type", media_type)));
    attributes.extend(link.language.as_ref().map(|language| ("hreflang", outgoing::xml_language(language).into_owned())));
    attributes.extend(link.title.as_deref().map(|title| ("title", mark(title))));
    attributes
}

/// Puts the placeholder of extensions behind all other elements.
fn place(map: &mut ExtensionMap, number: Option<String>) {
    if let Some(number) = number {
        let element = Extension { name: foreign::PLACEHOLDER.to_owned(), value: Some(number), ..Extension::default() };
        map.entry(foreign::PLACEHOLDER.to_owned()).or_default().entry(String::new()).or_default().push(element);
    }
}

fn push(map: &mut ExtensionMap, prefix: &str, name: &str, attributes: Vec<(&'static str, String)>, description: Option<String>) {
    let description = description.map(|text| {
        let element = Extension { name: format!("{prefix}:description"), value: Some(mark(&text)), ..Extension::default() };
        ("description".to_owned(), vec![element])
    });
    let element = Extension {
        name: format!("{prefix}:{name}"),
        // An empty text keeps the two tags on one line when the crate indents.
        value: Some(String::new()),
        attrs: attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        children: description.into_iter().collect(),
    };
    map.entry(prefix.to_owned()).or_default().entry(name.to_owned()).or_default().push(element);
}
