//! What is left of a feed in RSS 2.0.
//!
//! In: a feed. Out: the feed that is read back.

use super::super::rss::{extensions_of_entry, extensions_of_feed, title};
use super::super::{Format, media_rss, outgoing, plain, read, uri};
use super::{address, based, date, distinct, enclosure, feed_id, generator, joined, line, relative_to, rfc3339, xml_language, xml_link};
use crate::model::{Category, Entry, Feed, Id, IdKind, Link, Media, Origin, Person, Rel, Text, TextKind, Timestamp};
use std::borrow::Cow;
use std::sync::Arc;

pub(super) fn after(feed: &Feed) -> Feed {
    let own = outgoing::own_address(feed, Format::Rss);
    let title = outgoing::feed_title(feed);
    let mut links = vec![Link::new(Rel::Alternate, outgoing::home_page(feed, own))];
    links.extend(outgoing::channel_links(feed).into_iter().map(xml_link));
    let mut out = Feed::new(feed_id(&links, &title), Text::plain(&*title));
    out.subtitle = Some(Text::plain(line(feed.subtitle.as_ref()).unwrap_or_else(|| title.clone())));
    out.language = feed.language.as_ref().and_then(xml_language);
    out.updated = feed.updated.and_then(rfc822);
    out.authors = names(&feed.authors);
    out.rights = line(feed.rights.as_ref()).map(Text::plain);
    out.logo = feed.logo.as_deref().filter(|logo| uri::is_http(logo.trim())).map(|logo| uri::uri(logo).into_owned());
    out.categories = labels_and_schemes(&feed.categories);
    out.generator = generator(feed);
    out.entries = feed.entries.iter().map(|entry| self::entry(entry, feed, &links)).collect();
    out.links = links;
    out.extensions = extensions_of_feed(feed);
    out
}

fn entry(entry: &Entry, feed: &Feed, around: &[Link]) -> Entry {
    let links = outgoing::item_links(entry);
    let value = outgoing::id(entry);
    let given = (entry.id.kind() != IdKind::Derived && !value.is_empty())
        .then(|| if outgoing::is_permalink(entry) { Id::permalink(&*value) } else { read::id(&value) });
    let mut out = Entry::new(Id::opaque(""));
    let replies = links.comments.map(|link| Link::new(Rel::Other("replies".to_owned()), link.href).with_type("text/html"));
    out.links = distinct(replies.into_iter().chain(links.others.into_iter().map(xml_link)));
    out.links.splice(0..0, links.page.map(|link| Link::new(Rel::Alternate, link.href)));
    let page = address(&out.links, &Rel::Alternate);
    let start = relative_to(page.as_deref(), around);
    let html = |text: &Option<Text>| {
        let html = text.as_ref().map(|text| plain::absolute_html(text, start.as_deref()).into_owned()).filter(|html| !html.trim().is_empty());
        let text = html.map(|html| Text { kind: TextKind::Html, ..Text::plain(html) });
        based(text, start.as_deref())
    };
    // A body without summary is read as one.
    (out.summary, out.content) = match (html(&entry.summary), html(&entry.content)) {
        (None, body) => (body, None),
        both => both,
    };
    out.title = title(entry).map(Text::plain);
    out.published = entry.published.and_then(rfc822);
    // The same instant is not said twice.
    let differs = |updated: &Timestamp| entry.published.is_none_or(|published| published.unix() != updated.unix());
    out.updated = entry.updated.filter(differs).and_then(rfc3339);
    out.id = match given {
        Some(id) => read::at_home(id, page.as_deref()),
        None => read::derived(page.as_deref(), out.published.or(out.updated), out.title.as_ref(), out.summary.as_ref().or(out.content.as_ref())),
    };
    out.authors = names(&entry.authors);
    out.categories = labels_and_schemes(&entry.categories);
    let enclosure = outgoing::rss_enclosure(entry);
    let enclosed = enclosure.map(|(media, ..)| media);
    let mut files: Vec<Media> = enclosure.map(self::enclosure).into_iter().collect();
    files.extend(media_rss::files(entry, |media| enclosed == Some(media)).into_iter().map(|(media, _)| media));
    out.media = media_rss::fold(files);
    out.language = outgoing::own_language(entry, feed).and_then(xml_language);
    out.origin = entry.origin.as_deref().and_then(origin).map(Arc::new);
    out.extensions = extensions_of_entry(entry);
    out
}

/// RSS has one address and one name for where an item came from: the address is id and own address of that feed.
fn origin(origin: &Origin) -> Option<Origin> {
    let address = outgoing::origin_address(origin)?;
    let mut out = Origin::new(read::id(&address));
    out.title = Some(outgoing::origin_name(origin).into_owned());
    out.links = vec![Link::new(Rel::Itself, address)];
    Some(out)
}

fn names(people: &[Person]) -> Vec<Person> {
    joined(outgoing::names(people).into_iter().map(Person::new))
}

fn labels_and_schemes(categories: &[Category]) -> Vec<Category> {
    let category = |(category, label): (&Category, Cow<'_, str>)| Category {
        term: label.into_owned(),
        scheme: outgoing::scheme(category).map(Cow::into_owned),
        label: None,
    };
    distinct(outgoing::categories(categories).map(category))
}

fn rfc822(date: Timestamp) -> Option<Timestamp> {
    self::date(&outgoing::rfc822(date)?)
}
