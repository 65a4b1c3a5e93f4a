//! What a feed is after having been written in a format and read back: the declared losses, as code.
//!
//! In: a feed and a format. Out: the feed that a reader of ours is expected to make of the document. Never reads or writes
//! a document itself; it asks the same functions as the writers what they write.
//!
//! | field | RSS | Atom | JSON Feed |
//! | --- | --- | --- | --- |
//! | feed `id` | lost; derived from the address | kept as a URI | lost; derived from the address |
//! | `id` of an entry | kept; a derived one is not written | kept as a URI | kept |
//! | kind of an id | permalink or opaque | permalink when it is the page, else opaque | as Atom |
//! | `title` of a feed | plain, one line | kept; markup is HTML | plain, one line |
//! | `title` of an entry | plain, one line | kept; the address stands in for none | plain, one line |
//! | `subtitle` | plain, one line; the title stands in for none | kept | plain |
//! | `summary` | HTML; a body without summary is read as one | kept; the title stands in where no text is | plain |
//! | `content` | HTML | HTML | kept; summary or title stands in for none |
//! | `content_link` | lost | address and type; lost where there is `content` | lost |
//! | kind XHTML | HTML | HTML | HTML |
//! | language of a text | lost | kept | lost |
//! | base of a text | links are made absolute | kept | links are made absolute |
//! | `language` of an entry | where it differs from the feed's | the same | the same |
//! | first alternate link | address; made up for a feed without one | kept; HTML when no type is known | address |
//! | alternates of one type and language | kept | the first | kept |
//! | own address of a feed | the one of this format | the same | the same, without type |
//! | `replies` (HTML) of an entry | the first: address and type | kept | kept |
//! | first `related` of an entry, `next` of a feed, hubs | kept | kept | address |
//! | other relations that Atom does not know there | lost | lost | kept |
//! | `published` | offset of whole half hours, else UTC | kept | kept |
//! | `updated` of an entry | lost where it is `published` | made up for none | kept |
//! | `updated` of a feed | as `published` | made up for none | lost |
//! | `undated` | lost | lost | lost |
//! | fractions of seconds, offsets with seconds, years beyond four digits | lost | lost | lost |
//! | name of a person | kept, one line | kept; the title or source stands in for nobody | kept |
//! | `url` of a person | lost | kept | kept |
//! | `email`, people without name | lost, on purpose | lost, on purpose | lost, on purpose |
//! | categories of an entry | label and scheme | kept | label, each once |
//! | categories of a feed | label and scheme | kept | lost |
//! | `rights` | plain, one line | kept | lost |
//! | `generator` | kept | kept | lost |
//! | `icon` | lost | kept | kept |
//! | `logo` | kept when `http(s)` | kept | kept |
//! | enclosures | the first; others are content | with type and length; others are content | kept |
//! | parameters of media types | lost but for the enclosure | the same | kept |
//! | files that are not `http(s)` | lost | lost | kept |
//! | `alt` of the thumbnail and of the same file as enclosure | lost | lost | lost where it stands alone |
//! | type and size of a single thumbnail | kept | kept | lost where nothing else needs the full list |
//! | order of files of different roles | thumbnails, enclosures, content | the same | kept with the full list |
//! | `origin` | title and an address | kept; its id or the entry's date stand in | kept |
//! | extensions in XML namespaces | kept | kept | kept |
//! | extensions without namespace | those of RSS 2.0 itself | lost | kept |
//! | extensions that are members of JSON Feed | lost | lost | kept |
//! | elements that the model has a field for, as extensions | lost | lost | kept |
//! | what XML cannot name, depth beyond 32 | lost | lost | lost |
//!
//! Everywhere: control characters and white space at the ends of texts go, addresses are percent-encoded, and links,
//! schemes, icons and persons' pages that are not absolute are lost.
//!
//! Where what a reader does is not a matter of the format, what is assumed of ours stands in the module
//! `assumed` of this file.

use super::rss::{extensions_of_entry as item_extensions, extensions_of_feed as channel_extensions, title as item_title};
use super::{Format, atom, json_feed, media_rss, outgoing, plain, uri, xml};
use crate::model::{Category, Entry, Extension, Feed, Id, IdKind, Language, Link, Media, Origin, Person, Rel, Role, Text, TextKind, Timestamp, Zone};
use chrono::DateTime;
use std::borrow::Cow;
use std::sync::Arc;

/// The feed that is left after writing in `format` and reading back.
pub fn after(feed: &Feed, format: Format) -> Feed {
    match format {
        Format::Rss => after_rss(feed),
        Format::Atom => after_atom(feed),
        Format::JsonFeed => after_json(feed),
    }
}

/// What is assumed of the reader, where formats leave it open.
mod assumed {
    use super::{Id, Link, Rel, Text, TextKind};

    /// A feed of a format without feed ids is known by its own address, else by its page, else by nothing.
    pub(super) fn feed_id(links: &[Link]) -> Id {
        let of = |rel: Rel| links.iter().find(|link| link.rel == rel);
        Id::derived(of(Rel::Itself).or_else(|| of(Rel::Alternate)).map_or("", |link| &link.href))
    }

    /// An entry without id is known by its page; without page the reader derives something from date and text, and
    /// `given` stands here for that.
    pub(super) fn entry_id(page: Option<&Link>, given: &Id) -> Id {
        Id::derived(page.map_or(given.as_str(), |link| &link.href))
    }

    /// An id that is the address of the page is a permalink; no other kind can be told from a string. Ids that the Atom
    /// writer made URNs of (`urn:feedloom:…`) stay so.
    pub(super) fn id(value: &str, links: &[Link]) -> Id {
        let is_page = links.iter().any(|link| link.rel == Rel::Alternate && link.href == value);
        if is_page { Id::permalink(value) } else { Id::opaque(value) }
    }

    /// RSS has one address and one name for where an item came from: the address is id and own address of that feed.
    pub(super) fn origin_id(address: &str) -> Id {
        Id::permalink(address)
    }

    /// What RSS calls `description` and `content:encoded` is HTML, whatever it looks like; a description alone is a
    /// summary.
    pub(super) fn html(value: String) -> Text {
        Text { kind: TextKind::Html, ..Text::plain(value) }
    }
}

fn after_rss(feed: &Feed) -> Feed {
    let own = outgoing::own_address(feed, Format::Rss);
    let title = outgoing::feed_title(feed);
    let mut links = vec![Link::new(Rel::Alternate, outgoing::home_page(feed, own))];
    links.extend(outgoing::channel_links(feed).into_iter().map(xml_link));
    let mut out = Feed::new(assumed::feed_id(&links), Text::plain(&*title));
    out.subtitle = Some(Text::plain(line(feed.subtitle.as_ref()).unwrap_or_else(|| title.clone())));
    out.links = links;
    out.language = feed.language.as_ref().and_then(xml_language);
    out.updated = feed.updated.and_then(rfc822);
    out.authors = names(&feed.authors);
    out.rights = line(feed.rights.as_ref()).map(Text::plain);
    out.logo = feed.logo.as_deref().filter(|logo| uri::is_http(logo.trim())).map(|logo| uri::uri(logo).into_owned());
    out.categories = labels_and_schemes(&feed.categories);
    out.generator = generator(feed);
    out.entries = feed.entries.iter().map(|entry| rss_entry(entry, feed)).collect();
    out.extensions = channel_extensions(feed);
    out
}

fn rss_entry(entry: &Entry, feed: &Feed) -> Entry {
    let links = outgoing::item_links(entry);
    let page = links.page.map(|link| Link::new(Rel::Alternate, link.href));
    let value = outgoing::id(entry);
    let id = if entry.id.kind() == IdKind::Derived || value.is_empty() {
        assumed::entry_id(page.as_ref(), &entry.id)
    } else if entry.id.kind() == IdKind::Permalink && uri::is_http(&value) {
        Id::permalink(value)
    } else {
        Id::opaque(value)
    };
    let html = |text: &Option<Text>| text.as_ref().map(plain::absolute_html).filter(|html| !html.trim().is_empty()).map(Cow::into_owned);
    let (summary, content) = match (html(&entry.summary), html(&entry.content)) {
        (None, body) => (body, None),
        both => both,
    };
    let mut out = Entry::new(id);
    out.title = item_title(entry).map(Text::plain);
    out.summary = summary.map(assumed::html);
    out.content = content.map(assumed::html);
    out.links.extend(page);
    out.links.extend(links.comments.map(|link| Link::new(Rel::Other("replies".to_owned()), link.href).with_type("text/html")));
    out.links.extend(links.others.into_iter().map(xml_link));
    out.published = entry.published.and_then(rfc822);
    // The same instant is not said twice.
    let differs = |updated: &Timestamp| entry.published.is_none_or(|published| published.unix() != updated.unix());
    out.updated = entry.updated.filter(differs).and_then(rfc3339);
    out.authors = names(&entry.authors);
    out.categories = labels_and_schemes(&entry.categories);
    let enclosure = outgoing::rss_enclosure(entry);
    let enclosed = enclosure.map(|(media, ..)| media);
    let mut files: Vec<Media> = enclosure.map(self::enclosure).into_iter().collect();
    files.extend(media_rss::files(entry, |media| enclosed == Some(media)).into_iter().map(|(media, _)| media));
    out.media = media_rss::fold(files);
    out.language = outgoing::own_language(entry, feed).and_then(xml_language);
    out.origin = entry.origin.as_deref().and_then(rss_origin).map(Arc::new);
    out.extensions = item_extensions(entry);
    out
}

fn rss_origin(origin: &Origin) -> Option<Origin> {
    let address = outgoing::origin_address(origin)?;
    let mut out = Origin::new(assumed::origin_id(&address));
    out.title = Some(outgoing::origin_name(origin).into_owned());
    out.links = vec![Link::new(Rel::Itself, address)];
    Some(out)
}

fn after_atom(feed: &Feed) -> Feed {
    let language = feed.language.as_ref();
    let links: Vec<Link> = outgoing::atom_links(outgoing::feed_links(feed, Format::Atom)).into_iter().map(xml_link).collect();
    let id = assumed::id(&uri::id_uri(&feed.id, None), &links);
    let title = construct(&feed.title, language).unwrap_or_else(|| Text::plain(outgoing::feed_title(feed)));
    let address = |address: &Option<String>| address.as_deref().filter(|address| uri::is_absolute(address.trim())).map(|a| uri::uri(a).into_owned());
    let mut out = Feed::new(id, title);
    out.subtitle = feed.subtitle.as_ref().and_then(|text| construct(text, language));
    out.links = links;
    out.language = language.and_then(xml_language);
    out.updated = Some(demanded(outgoing::last_change(feed)));
    out.authors = atom::authors_of_feed(feed);
    out.rights = feed.rights.as_ref().and_then(|text| construct(text, language));
    out.icon = address(&feed.icon);
    out.logo = address(&feed.logo);
    out.categories = atom_categories(&feed.categories);
    out.generator = generator(feed);
    out.entries = feed.entries.iter().map(|entry| atom_entry(entry, feed)).collect();
    out.extensions = atom::extensions_of_feed(feed);
    out
}

fn atom_entry(entry: &Entry, feed: &Feed) -> Entry {
    let language = entry.language.as_ref().or(feed.language.as_ref());
    let links: Vec<Link> = outgoing::atom_links(outgoing::entry_links(entry)).into_iter().map(xml_link).collect();
    let mut out = Entry::new(assumed::id(&uri::id_uri(&entry.id, entry.origin.as_deref()), &links));
    let title = entry.title.as_ref().and_then(|title| construct(title, language));
    let title = title.unwrap_or_else(|| Text::plain(outgoing::title_or_address(entry).trim()));
    out.summary = entry.summary.as_ref().and_then(|summary| construct(summary, language));
    out.content = entry.content.as_ref().and_then(|content| body(content, language));
    if out.content.is_none() {
        out.content_link = entry.content_link.as_ref().and_then(|link| {
            let written = outgoing::any_link(link)?;
            Some(Link { media_type: written.media_type, ..Link::new(link.rel.clone(), written.href) })
        });
        if out.content_link.is_none() && !links.iter().any(|link| link.rel == Rel::Alternate) {
            let text = entry.summary.clone().filter(|_| out.summary.is_some()).unwrap_or_else(|| Text::plain(outgoing::title_or_address(entry)));
            out.summary = None;
            out.content = body(&text, language);
        } else if out.summary.is_none() {
            out.summary = Some(title.clone());
        }
    }
    out.title = Some(title);
    out.links = links;
    out.published = entry.published.and_then(rfc3339);
    out.updated = Some(demanded(entry.updated.or(entry.published).unwrap_or(feed.undated)));
    out.authors = outgoing::persons(&atom::authors_of(entry));
    out.categories = atom_categories(&entry.categories);
    let pictures = media_rss::thumbnails(entry);
    let enclosures = outgoing::enclosures(entry).map(|found| Media { alt: media_rss::alt(found.0, &pictures), ..enclosure(found) });
    let others = media_rss::files(entry, atom::is_enclosure).into_iter().map(|(media, _)| media);
    out.media = media_rss::fold(enclosures.chain(others).collect());
    out.language = outgoing::own_language(entry, feed).and_then(xml_language);
    out.origin = entry.origin.as_deref().map(|origin| {
        let links: Vec<Link> = origin.links.iter().filter_map(|link| outgoing::atom_link(link, true)).collect();
        let links: Vec<Link> = outgoing::atom_links(links).into_iter().map(xml_link).collect();
        let mut out = Origin::new(assumed::id(&uri::id_uri(&origin.id, None), &links));
        out.title = Some(outgoing::origin_name(origin).into_owned());
        out.links = links;
        out.language = atom::source_language(entry, feed).and_then(xml_language);
        let inherited = origin.language.as_ref().or(language);
        out.rights = origin.rights.as_ref().and_then(|rights| construct(rights, inherited));
        Arc::new(out)
    });
    out.extensions = atom::extensions_of_entry(entry);
    out
}

fn after_json(feed: &Feed) -> Feed {
    let found = json_feed::feed_links(feed);
    let bare = |link: Link| Link::new(link.rel, link.href);
    let mut links: Vec<Link> = found.page.into_iter().chain(found.own).chain(found.next).chain(found.hubs).map(bare).collect();
    links.extend(found.others);
    let mut out = Feed::new(assumed::feed_id(&links), Text::plain(outgoing::feed_title(feed)));
    out.subtitle = feed.subtitle.as_ref().map(plain::block).filter(|text| !text.is_empty()).map(Text::plain);
    out.links = links;
    out.language.clone_from(&feed.language);
    out.authors = outgoing::persons(&feed.authors);
    out.icon = feed.icon.as_deref().filter(|icon| uri::is_absolute(icon.trim())).map(|icon| uri::uri(icon).into_owned());
    out.logo = json_feed::logo(feed).map(Cow::into_owned);
    out.entries = feed.entries.iter().map(|entry| json_entry(entry, feed)).collect();
    out.extensions = json_extensions(&feed.extensions);
    out
}

fn json_entry(entry: &Entry, feed: &Feed) -> Entry {
    let found = json_feed::entry_links(entry);
    let bare = |link: Link| Link::new(link.rel, link.href);
    let mut links: Vec<Link> = found.page.into_iter().chain(found.related).map(bare).collect();
    links.extend(found.others);
    let value = Some(outgoing::id(entry)).filter(|id| !id.is_empty()).unwrap_or_else(|| uri::id_uri(&entry.id, entry.origin.as_deref()));
    let mut out = Entry::new(assumed::id(&value, &links));
    out.title = outgoing::title(entry).map(Text::plain);
    out.summary = entry.summary.as_ref().map(plain::block).filter(|text| !text.is_empty()).map(Text::plain);
    out.content = match json_feed::body(entry) {
        Some((TextKind::Plain, text)) => Some(Text::plain(text)),
        Some((_, html)) => Some(Text::html(html)),
        None => out.summary.clone().or_else(|| out.title.clone()),
    };
    out.links = links;
    out.published = entry.published.and_then(rfc3339);
    out.updated = entry.updated.and_then(rfc3339);
    out.authors = outgoing::persons(&entry.authors);
    out.categories = json_feed::tags(entry).into_iter().map(Category::new).collect();
    out.media = json_feed::full_media(entry).unwrap_or_else(|| json_media(entry));
    out.language = outgoing::own_language(entry, feed).cloned();
    out.origin = entry.origin.as_deref().map(|origin| Arc::new(json_origin(origin)));
    out.extensions = json_extensions(&entry.extensions);
    out
}

/// A picture of which the address is known, and the attachments.
fn json_media(entry: &Entry) -> Vec<Media> {
    let pictures = media_rss::thumbnails(entry);
    let of = |role: Role| entry.media.iter().filter(move |media| media.role == role && uri::is_absolute(media.url.trim()));
    let picture = of(Role::Thumbnail).next().map(|media| Media::new(Role::Thumbnail, uri::uri(&media.url)));
    let attachments = of(Role::Enclosure).map(|media| Media {
        media_type: media.media_type.as_deref().and_then(uri::media_type).map(ToOwned::to_owned),
        length: media.length,
        duration: media.duration,
        alt: media_rss::alt(media, &pictures),
        ..Media::new(Role::Enclosure, uri::uri(&media.url))
    });
    picture.into_iter().chain(attachments).collect()
}

fn json_origin(origin: &Origin) -> Origin {
    let (mut page, mut own, mut others) = (None, None, Vec::new());
    for link in origin.links.iter().filter_map(outgoing::any_link) {
        match link.rel {
            Rel::Alternate if page.is_none() => page = Some(Link::new(Rel::Alternate, link.href)),
            Rel::Itself if own.is_none() => own = Some(Link::new(Rel::Itself, link.href)),
            _ => others.push(link),
        }
    }
    let links: Vec<Link> = page.into_iter().chain(own).chain(outgoing::distinct(others)).collect();
    let mut out = Origin::new(assumed::id(&xml::clean_line(origin.id.as_str()), &links));
    out.title = origin.title.as_deref().map(xml::clean_line).filter(|title| !title.is_empty()).map(Cow::into_owned);
    out.links = links;
    out.language.clone_from(&origin.language);
    out.rights = origin.rights.as_ref().map(|rights| match rights.kind {
        TextKind::Plain => Text::plain(plain::block(rights)),
        _ => Text::html(plain::absolute_html(rights)),
    });
    out.rights = out.rights.filter(|rights| !rights.value.is_empty());
    out
}

/// Elements of XML first, then members by name.
fn json_extensions(extensions: &[Extension]) -> Vec<Extension> {
    let mut out = json_feed::extensions(extensions);
    for (name, value) in json_feed::members(extensions) {
        let mut member = Extension::new("", name);
        member.text = value.to_string();
        out.push(member);
    }
    out
}

fn line(text: Option<&Text>) -> Option<Cow<'_, str>> {
    text.map(plain::line).filter(|text| !text.is_empty())
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
    let base = text.base.as_deref().filter(|base| text.kind != TextKind::Plain && uri::is_absolute(base.trim()));
    out.base = base.map(|base| uri::uri(base).into_owned());
    out.language = text.language.as_ref().filter(|&language| Some(language) != inherited).and_then(xml_language);
}

/// A language as it is read from what XML formats write.
fn xml_language(language: &Language) -> Option<Language> {
    Language::parse(&outgoing::xml_language(language))
}

fn xml_link(mut link: Link) -> Link {
    link.language = link.language.as_ref().and_then(xml_language);
    link
}

fn names(people: &[Person]) -> Vec<Person> {
    outgoing::people(people).map(|(name, _)| Person::new(name)).collect()
}

fn labels_and_schemes(categories: &[Category]) -> Vec<Category> {
    let category = |(category, label): (&Category, Cow<'_, str>)| Category {
        term: label.into_owned(),
        scheme: outgoing::scheme(category).map(Cow::into_owned),
        label: None,
    };
    outgoing::categories(categories).map(category).collect()
}

fn atom_categories(categories: &[Category]) -> Vec<Category> {
    let category = |(category, label): (&Category, Cow<'_, str>)| {
        let term = Some(xml::clean_line(&category.term)).filter(|term| !term.is_empty()).unwrap_or_else(|| label.clone());
        Category {
            scheme: outgoing::scheme(category).map(Cow::into_owned),
            label: (label != term).then(|| label.into_owned()),
            term: term.into_owned(),
        }
    };
    outgoing::categories(categories).map(category).collect()
}

fn generator(feed: &Feed) -> Option<String> {
    feed.generator.as_deref().map(xml::clean_line).filter(|name| !name.is_empty()).map(Cow::into_owned)
}

/// An enclosure without what its element cannot say.
fn enclosure((media, media_type, length): (&Media, &str, u64)) -> Media {
    Media { media_type: Some(media_type.to_owned()), length: Some(length), ..Media::new(Role::Enclosure, uri::uri(&media.url)) }
}

/// A date that must be there; one that no format can carry becomes the Unix epoch.
fn demanded(date: Timestamp) -> Timestamp {
    Timestamp::new(outgoing::instant(date).unwrap_or_else(|| DateTime::UNIX_EPOCH.fixed_offset()), Zone::Stated)
}

fn rfc3339(date: Timestamp) -> Option<Timestamp> {
    Timestamp::parse_rfc3339(&outgoing::rfc3339(date)?)
}

fn rfc822(date: Timestamp) -> Option<Timestamp> {
    Some(Timestamp::new(DateTime::parse_from_rfc2822(&outgoing::rfc822(date)?).ok()?, Zone::Stated))
}
