//! What is left of a feed in Atom 1.0.
//!
//! In: a feed. Out: the feed that is read back.

use super::super::read::Base;
use super::super::{Format, atom, media_rss, outgoing, plain, read, uri, xml};
use super::{address, based, distinct, enclosure, generator, joined, relative_to, rfc3339, xml_language, xml_link};
use crate::model::{Entry, Feed, Id, Language, Link, Media, Origin, Rel, Text, TextKind, Timestamp, Zone};
use chrono::DateTime;
use std::sync::Arc;

pub(super) fn after(feed: &Feed) -> Feed {
    let language = feed.language.as_ref();
    let links: Vec<Link> = outgoing::atom_links(outgoing::feed_links(feed, Format::Atom)).into_iter().map(xml_link).collect();
    let title = construct(&feed.title, language).unwrap_or_else(|| Text::plain(outgoing::feed_title(feed)));
    let address = |address: &Option<String>| address.as_deref().filter(|address| uri::is_absolute(address.trim())).map(|a| uri::uri(a).into_owned());
    let mut out = Feed::new(id(&feed.id, None), title);
    out.subtitle = feed.subtitle.as_ref().and_then(|text| construct(text, language));
    out.language = language.and_then(xml_language);
    out.updated = Some(demanded(outgoing::last_change(feed)));
    out.authors = joined(atom::authors_of_feed(feed));
    out.rights = feed.rights.as_ref().and_then(|text| construct(text, language));
    out.icon = address(&feed.icon);
    out.logo = address(&feed.logo);
    out.categories = distinct(outgoing::terms(&feed.categories));
    out.generator = generator(feed);
    out.entries = feed.entries.iter().map(|entry| self::entry(entry, feed, &links)).collect();
    out.links = links;
    out.extensions = atom::extensions_of_feed(feed);
    out
}

/// The id as a URI; `origin` is the feed that the entry came from.
fn id(given: &Id, origin: Option<&Origin>) -> Id {
    read::id(&uri::id_uri(given, origin))
}

fn entry(entry: &Entry, feed: &Feed, around: &[Link]) -> Entry {
    let language = entry.language.as_ref().or(feed.language.as_ref());
    let links: Vec<Link> = outgoing::atom_links(outgoing::entry_links(entry)).into_iter().map(xml_link).collect();
    let page = address(&links, &Rel::Alternate);
    let origin = entry.origin.as_deref().map(|origin| self::origin(origin, entry, feed));
    let id = id(&entry.id, entry.origin.as_deref());
    let mut out = Entry::new(read::at_home(id, page.as_deref()));
    let title = entry.title.as_ref().and_then(|title| construct(title, language));
    let title = title.unwrap_or_else(|| Text::plain(outgoing::title_or_address(entry).trim()));
    out.summary = entry.summary.as_ref().and_then(|summary| construct(summary, language));
    out.content = entry.content.as_ref().and_then(|content| body(content, language));
    if out.content.is_none() {
        out.content_link = entry.content_link.as_ref().and_then(|link| {
            let written = outgoing::any_link(link)?;
            Some(Link { media_type: written.media_type, ..Link::new(Rel::Alternate, written.href) })
        });
        if out.content_link.is_none() && page.is_none() {
            let text = entry.summary.clone().filter(|_| out.summary.is_some()).unwrap_or_else(|| Text::plain(outgoing::title_or_address(entry)));
            out.summary = None;
            out.content = body(&text, language);
        } else if out.summary.is_none() {
            out.summary = Some(title.clone());
        }
    }
    let start = relative_to(page.as_deref(), around);
    (out.summary, out.content) = (based(out.summary, start.as_deref()), based(out.content, start.as_deref()));
    out.title = Some(title);
    out.links = links;
    out.published = entry.published.and_then(rfc3339);
    out.updated = Some(demanded(outgoing::changed(entry).unwrap_or(feed.undated)));
    out.authors = joined(outgoing::persons(&atom::authors_of(entry)));
    out.categories = distinct(outgoing::terms(&entry.categories));
    let pictures = media_rss::thumbnails(entry);
    let enclosures = outgoing::enclosures(entry).map(|found| Media { alt: media_rss::alt(found.0, &pictures), ..enclosure(found) });
    let others = media_rss::files(entry, atom::is_enclosure).into_iter().map(|(media, _)| media);
    out.media = media_rss::fold(enclosures.chain(others).collect());
    out.language = outgoing::own_language(entry, feed).and_then(xml_language);
    out.origin = origin.map(Arc::new);
    out.extensions = atom::extensions_of_entry(entry);
    out
}

fn origin(origin: &Origin, entry: &Entry, feed: &Feed) -> Origin {
    let links: Vec<Link> = origin.links.iter().filter_map(|link| outgoing::atom_link(link, true)).collect();
    let mut out = Origin::new(id(&origin.id, None));
    out.title = Some(outgoing::origin_name(origin).into_owned());
    out.links = outgoing::atom_links(links).into_iter().map(xml_link).collect();
    out.language = atom::source_language(entry, feed).and_then(xml_language);
    let inherited = origin.language.as_ref().or(entry.language.as_ref()).or(feed.language.as_ref());
    out.rights = origin.rights.as_ref().and_then(|rights| construct(rights, inherited));
    out
}

/// A text construct of Atom.
fn construct(text: &Text, inherited: Option<&Language>) -> Option<Text> {
    let mut out = if text.kind == TextKind::Plain && !xml::clean(&text.value).contains("</") {
        Text::plain(xml::clean(&text.value).trim())
    } else {
        Text::html(plain::html(text))
    };
    describe(&mut out, text, inherited);
    (!out.value.is_empty()).then_some(out)
}

/// The content of an Atom entry.
fn body(text: &Text, inherited: Option<&Language>) -> Option<Text> {
    let mut out = Text::html(plain::html(text));
    describe(&mut out, text, inherited);
    (!out.value.is_empty()).then_some(out)
}

/// Base and language of a text in Atom.
fn describe(out: &mut Text, text: &Text, inherited: Option<&Language>) {
    out.base = outgoing::base(text).and_then(|base| Base::new(Some(&*base)).as_str().map(ToOwned::to_owned));
    out.language = text.language.as_ref().filter(|&language| Some(language) != inherited).and_then(xml_language);
}

/// A date that must be there; one that no format can carry becomes the Unix epoch.
fn demanded(date: Timestamp) -> Timestamp {
    Timestamp::new(outgoing::instant(date).unwrap_or_else(|| DateTime::UNIX_EPOCH.fixed_offset()), Zone::Stated)
}
