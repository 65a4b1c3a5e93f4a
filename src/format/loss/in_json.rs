//! What is left of a feed in JSON Feed 1.1.
//!
//! In: a feed. Out: the feed that is read back.

use super::super::{json_feed, media_rss, outgoing, plain, read, uri, xml};
use super::{address, based, date, feed_id, joined, rfc3339};
use crate::model::{Category, Entry, Extension, Feed, Link, Media, Origin, Rel, Role, Text, TextKind};
use std::borrow::Cow;
use std::sync::Arc;

pub(super) fn after(feed: &Feed) -> Feed {
    let found = json_feed::feed_links(feed);
    let bare = |link: Link| Link::new(link.rel, link.href);
    let mut links: Vec<Link> = found.page.into_iter().chain(found.own).chain(found.next).chain(found.hubs).map(bare).collect();
    links.extend(found.others);
    let title = outgoing::feed_title(feed);
    let mut out = Feed::new(feed_id(&links, &title), Text::plain(&*title));
    out.subtitle = feed.subtitle.as_ref().map(plain::block).filter(|text| !text.is_empty()).map(Text::plain);
    out.links = links;
    out.language.clone_from(&feed.language);
    out.authors = joined(outgoing::persons(&feed.authors));
    out.updated = json_feed::updated(feed).and_then(|updated| date(&updated));
    out.generator = json_feed::generator(feed).map(Cow::into_owned);
    out.rights = rights(feed.rights.as_ref());
    out.categories = outgoing::terms(&feed.categories);
    out.icon = feed.icon.as_deref().filter(|icon| uri::is_absolute(icon.trim())).map(|icon| uri::uri(icon).into_owned());
    out.logo = json_feed::logo(feed).map(Cow::into_owned);
    out.entries = feed.entries.iter().map(|entry| self::entry(entry, feed)).collect();
    out.extensions = extensions(&feed.extensions);
    out
}

fn entry(entry: &Entry, feed: &Feed) -> Entry {
    let found = json_feed::entry_links(entry);
    let bare = |link: Link| Link::new(link.rel, link.href);
    let mut links: Vec<Link> = found.page.into_iter().chain(found.related).map(bare).collect();
    links.extend(found.others);
    let value = Some(outgoing::id(entry)).filter(|id| !id.is_empty()).unwrap_or_else(|| uri::id_uri(&entry.id, entry.origin.as_deref()));
    let page = address(&links, &Rel::Alternate);
    let mut out = Entry::new(read::at_home(read::id(&value), page.as_deref()));
    out.title = outgoing::title(entry).map(Text::plain);
    out.summary = json_feed::summary(entry).map(Text::plain);
    out.content = match json_feed::body(entry) {
        Some((TextKind::Plain, text)) => Some(Text::plain(text)),
        Some((_, html)) => based(Some(Text::html(html)), page.as_deref()),
        None => out.summary.clone().or_else(|| out.title.clone()),
    };
    out.links = links;
    out.published = entry.published.and_then(rfc3339);
    out.updated = entry.updated.and_then(rfc3339);
    out.authors = joined(outgoing::persons(&entry.authors));
    out.categories = json_feed::tags(entry).into_iter().map(Category::new).collect();
    out.media = json_feed::full_media(entry).unwrap_or_else(|| media(entry));
    out.language = outgoing::own_language(entry, feed).cloned();
    out.origin = entry.origin.as_deref().and_then(origin).map(Arc::new);
    out.extensions = extensions(&entry.extensions);
    out
}

/// A picture of which the address is known, and the attachments.
fn media(entry: &Entry) -> Vec<Media> {
    let pictures = media_rss::thumbnails(entry);
    let of = |role: Role| {
        entry.media.iter().filter(move |media| media.role == role && uri::is_absolute(media.url.trim()) && !uri::is_dangerous(&media.url))
    };
    let picture = of(Role::Thumbnail).next().map(|media| Media::new(Role::Thumbnail, uri::uri(&media.url)));
    let attachments = of(Role::Enclosure).map(|media| Media {
        media_type: media.media_type.as_deref().and_then(uri::media_type).map(ToOwned::to_owned),
        length: media.length.filter(|&length| length > 0),
        duration: media.duration,
        alt: media_rss::alt(media, &pictures),
        ..Media::new(Role::Enclosure, uri::uri(&media.url))
    });
    media_rss::fold(picture.into_iter().chain(attachments).collect())
}

/// A feed without id is known by an address, else by its title.
fn origin(origin: &Origin) -> Option<Origin> {
    let (mut page, mut own, mut others) = (None, None, Vec::new());
    for link in origin.links.iter().filter_map(outgoing::any_link) {
        match link.rel {
            Rel::Alternate if page.is_none() => page = Some(Link::new(Rel::Alternate, link.href)),
            Rel::Itself if own.is_none() => own = Some(Link::new(Rel::Itself, link.href)),
            _ => others.push(link),
        }
    }
    let links: Vec<Link> = page.into_iter().chain(own).chain(outgoing::distinct(others)).collect();
    let mut out = Origin::new(read::id(&xml::clean_line(origin.id.as_str())));
    out.title = origin.title.as_deref().map(xml::clean_line).filter(|title| !title.is_empty()).map(Cow::into_owned);
    out.links = links;
    out.language.clone_from(&origin.language);
    out.rights = rights(origin.rights.as_ref());
    if out.id.as_str().is_empty() {
        out.id = read::id(out.links.first().map(|link| link.href.as_str()).or(out.title.as_deref())?);
    }
    Some(out)
}

fn rights(text: Option<&Text>) -> Option<Text> {
    let rights = text.map(|text| match text.kind {
        TextKind::Plain => Text::plain(plain::block(text)),
        _ => Text::html(plain::absolute_html(text, None)),
    });
    rights.filter(|rights| !rights.value.is_empty())
}

/// Elements of XML first, then members by name.
fn extensions(extensions: &[Extension]) -> Vec<Extension> {
    let mut out = json_feed::extensions(extensions);
    for (name, value) in json_feed::members(extensions) {
        let mut member = Extension::new("", name);
        member.text = value.to_string();
        out.push(member);
    }
    out
}
