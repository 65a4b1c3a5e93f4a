//! What all writers decide alike: addresses, languages, authors, fallbacks and dates of what goes out.
//!
//! In: a feed and its entries. Out: what is to be written. Never text in a format's own syntax.

use super::read::{self, Base, person};
use super::{Format, plain, uri, xml};
use crate::model::{Category, Entry, Feed, IdKind, Language, Link, Media, Origin, Person, Rel, Role, Text, TextKind, Timestamp};
use chrono::{DateTime, Datelike, FixedOffset, Offset, Timelike, Utc};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The feed's own address in this format: the self link of its media type, else one that is not another format's.
pub(super) fn own_address(feed: &Feed, format: Format) -> Option<Cow<'_, str>> {
    let selves = || feed.links.iter().filter(|link| is(link, &Rel::Itself) && is_usable(link));
    let is_of = |link: &Link, format: Format| link.media_type.as_deref() == Some(format.media_type());
    selves()
        .find(|link| is_of(link, format))
        .or_else(|| selves().find(|link| !Format::ALL.iter().any(|&other| is_of(link, other))))
        .map(|link| uri::uri(&link.href))
}

/// The first link of the relation that goes anywhere.
pub(super) fn address<'a>(links: &'a [Link], rel: &Rel) -> Option<Cow<'a, str>> {
    links.iter().find(|link| is(link, rel) && is_usable(link)).map(|link| uri::uri(&link.href))
}

/// The page of the feed. RSS demands an address, so its own one, or its id, stands in.
pub(super) fn home_page<'a>(feed: &'a Feed, own: Option<Cow<'a, str>>) -> Cow<'a, str> {
    address(&feed.links, &Rel::Alternate).or(own).unwrap_or_else(|| uri::id_uri(&feed.id, None))
}

/// The relations that the W3C validator knows besides those with a name of their own in the model; any other must be a URI.
const REGISTERED: &[&str] = &["describedby", "edit", "edit-media", "license", "payment", "replies", "search", "service", "up"];
/// RFC 5005: about a feed, never about an entry.
const PAGING: &[&str] = &["current", "first", "last", "next", "next-archive", "prev-archive", "previous"];

/// The relation by its name, in lower case and without the registry's address in front (RFC 4287 §4.2.7.2); the HTML name
/// `prev` of what RFC 5005 calls `previous` becomes the latter.
fn relation(name: &str) -> Rel {
    let name = name.to_ascii_lowercase();
    match name.strip_prefix("http://www.iana.org/assignments/relation/").unwrap_or(&name) {
        "" | "alternate" => Rel::Alternate,
        "self" => Rel::Itself,
        "hub" => Rel::Hub,
        "related" => Rel::Related,
        "via" => Rel::Via,
        "prev" => Rel::Other("previous".to_owned()),
        name => Rel::Other(name.to_owned()),
    }
}

/// Whether the link has the relation, by whichever name.
fn is(link: &Link, rel: &Rel) -> bool {
    link.rel == *rel || matches!(&link.rel, Rel::Other(name) if relation(&xml::clean_line(name)) == *rel)
}

/// The link with what any format can carry of it; `None` when it goes nowhere or says nothing of where.
pub(super) fn any_link(link: &Link) -> Option<Link> {
    let rel = xml::clean_line(link.rel.as_str());
    if rel.is_empty() || !is_usable(link) {
        return None;
    }
    let mut out = Link::new(relation(&rel), uri::uri(&link.href));
    out.media_type = link.media_type.as_deref().and_then(uri::media_type).map(ToOwned::to_owned);
    out.language.clone_from(&link.language);
    out.title = link.title.as_deref().map(xml::clean_line).filter(|title| !title.is_empty()).map(Cow::into_owned);
    Some(out)
}

/// The same for a link element of Atom: `None` also when readers do not know the relation there.
pub(super) fn atom_link(link: &Link, of_feed: bool) -> Option<Link> {
    let out = any_link(link)?;
    let known = match &out.rel {
        Rel::Hub => of_feed,
        Rel::Other(name) => {
            REGISTERED.contains(&&**name) || (PAGING.contains(&&**name) && of_feed) || (uri::is_absolute(name) && uri::uri(name) == *name)
        }
        _ => true,
    };
    known.then_some(out)
}

/// The links of a feed that stand in link elements of Atom, in whichever format: its own address, `own`, comes first, and
/// those in other formats are left out.
pub(super) fn feed_links(feed: &Feed, format: Format) -> Vec<Link> {
    let own = own_address(feed, format).map(|href| Link::new(Rel::Itself, href).with_type(format.media_type()));
    own.into_iter().chain(feed.links.iter().filter_map(|link| atom_link(link, true)).filter(|link| link.rel != Rel::Itself)).collect()
}

/// Without the second of two links that say the same.
pub(super) fn distinct(links: Vec<Link>) -> Vec<Link> {
    let mut seen = BTreeSet::new();
    let key = |link: &Link| (link.rel.as_str().to_owned(), link.href.clone(), link.media_type.clone(), link.language.clone());
    links.into_iter().filter(|link| seen.insert(key(link))).collect()
}

/// The links of an entry that stand in link elements of Atom.
pub(super) fn entry_links(entry: &Entry) -> Vec<Link> {
    entry.links.iter().filter_map(|link| atom_link(link, false)).collect()
}

/// The link elements of Atom in an RSS channel, which has an element of its own for its page.
pub(super) fn channel_links(feed: &Feed) -> Vec<Link> {
    let mut links = feed_links(feed, Format::Rss);
    if let Some(page) = links.iter().position(|link| link.rel == Rel::Alternate) {
        let page = links.remove(page);
        // The same address once more would be taken for the page.
        links.retain(|link| link.rel != Rel::Alternate || link.href != page.href);
    }
    distinct(links)
}

/// The links that stand in one feed, entry or source of Atom: alternates have a type, and of two alternates of one type
/// and language (RFC 4287 §4.1.1) or two links that say the same the first counts.
pub(super) fn atom_links(links: Vec<Link>) -> Vec<Link> {
    let mut seen = BTreeSet::new();
    let typed = links.into_iter().map(|mut link| {
        if link.rel == Rel::Alternate && link.media_type.is_none() {
            link.media_type = Some("text/html".to_owned());
        }
        link
    });
    typed
        .filter(|link| {
            let href = if link.rel == Rel::Alternate { String::new() } else { link.href.clone() };
            let language = link.language.as_ref().map(|language| xml_language(language).into_owned());
            seen.insert((link.rel.as_str().to_owned(), link.media_type.clone(), language, href))
        })
        .collect()
}

/// What RSS says of the links of an entry: its page, the page with its comments, and the links for which RSS has no
/// element.
pub(super) struct ItemLinks {
    /// `link`.
    pub(super) page: Option<Link>,
    /// `comments`.
    pub(super) comments: Option<Link>,
    /// `atom:link`.
    pub(super) others: Vec<Link>,
}

/// Sorts the links of an entry for RSS.
pub(super) fn item_links(entry: &Entry) -> ItemLinks {
    let mut links = ItemLinks { page: None, comments: None, others: Vec::new() };
    for link in entry_links(entry) {
        let is_page = link.media_type.as_deref().and_then(uri::essence) == Some("text/html");
        if link.rel == Rel::Alternate && links.page.is_none() {
            links.page = Some(link);
        } else if link.rel.as_str() == "replies" && is_page && uri::is_http(&link.href) && links.comments.is_none() {
            links.comments = Some(link);
        } else {
            links.others.push(link);
        }
    }
    // Readers take a permalink for the page where none is stated.
    links.page = links.page.or_else(|| is_permalink(entry).then(|| Link::new(Rel::Alternate, id(entry))));
    if let Some(page) = &links.page {
        links.others.retain(|link| link.rel != Rel::Alternate || link.href != page.href);
    }
    links.others = distinct(links.others);
    links
}

/// Whether the link goes anywhere, and runs no code.
pub(super) fn is_usable(link: &Link) -> bool {
    uri::is_absolute(link.href.trim()) && !uri::is_dangerous(link.href.trim())
}

/// The address of the entry's page.
pub(super) fn page(entry: &Entry) -> Option<Cow<'_, str>> {
    address(&entry.links, &Rel::Alternate)
}

/// What relative links start from in the items of a channel that have no page: its first address of the web.
pub(super) fn channel_address(feed: &Feed) -> Option<String> {
    let of_feed = || channel_links(feed).into_iter().filter(|link| matches!(link.rel, Rel::Alternate | Rel::Itself)).map(|link| link.href);
    let page = home_page(feed, own_address(feed, Format::Rss)).into_owned();
    Some(page).filter(|page| uri::is_http(page)).or_else(|| of_feed().find(|href| uri::is_http(href)))
}

/// Whether the id is an address that RSS can call a permalink.
pub(super) fn is_permalink(entry: &Entry) -> bool {
    let value = id(entry);
    entry.id.kind() == IdKind::Permalink && uri::is_http(&value) && uri::is_uri(&value)
}

/// The base of a text that has relative links inside.
pub(super) fn base(text: &Text) -> Option<String> {
    let base = text.base.as_deref().filter(|_| text.kind != TextKind::Plain && read::has_relative(&text.value))?;
    Base::new(Some(&*uri::uri(base))).as_str().map(|base| uri::uri(base).into_owned())
}

/// The id as it is written where any string will do; never mended, because readers know an entry by it.
pub(super) fn id(entry: &Entry) -> Cow<'_, str> {
    uri::original_id(&entry.id, entry.origin.as_deref())
}

/// A language as feeds in XML write it.
pub(super) fn xml_language(language: &Language) -> Cow<'_, str> {
    // Validators of XML feeds know `zh` and its extended languages (RFC 5646 §4.5), not these languages by themselves.
    const EXTENDED: &[&str] = &["cdo", "cjy", "cmn", "cnp", "cpx", "csp", "czh", "czo", "gan", "hak", "hsn", "mnp", "nan", "wuu", "yue"];
    if EXTENDED.contains(&language.primary()) { Cow::Owned(format!("zh-{language}")) } else { Cow::Borrowed(language.as_str()) }
}

/// The language of an entry where it differs from the feed's.
pub(super) fn own_language<'a>(entry: &'a Entry, feed: &Feed) -> Option<&'a Language> {
    entry.language.as_ref().filter(|&language| Some(language) != feed.language.as_ref())
}

fn is_mail(url: &str) -> bool {
    url.trim().get(.."mailto:".len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"))
}

/// Names and pages of people; those without a name are left out, e-mail addresses are not published.
pub(super) fn people(people: &[Person]) -> impl Iterator<Item = (Cow<'_, str>, Option<Cow<'_, str>>)> {
    people.iter().filter_map(|person| {
        let name = xml::clean_line(&person.name);
        let url = person.url.as_deref().filter(|url| uri::is_absolute(url.trim()) && !is_mail(url)).map(uri::uri);
        (!name.is_empty()).then_some((name, url))
    })
}

/// The same as people of the model.
pub(super) fn persons(list: &[Person]) -> Vec<Person> {
    let person = |(name, url): (Cow<'_, str>, Option<Cow<'_, str>>)| Person { name: name.into_owned(), url: url.map(Cow::into_owned), email: None };
    people(list).map(person).collect()
}

/// Names as RSS writes them. A mail address among them is left out: it is not published, and readers take it for one.
pub(super) fn names(list: &[Person]) -> Vec<String> {
    let without_mail = |name: &str| {
        let mut name = name.to_owned();
        while let Some(next) = person::from_line(&name).map(|person| person.name).filter(|next| *next != name) {
            name = next;
        }
        name
    };
    people(list).map(|(name, _)| without_mail(&name)).filter(|name| !name.is_empty()).collect()
}

/// Categories with something to read, as (category, label).
pub(super) fn categories(categories: &[Category]) -> impl Iterator<Item = (&Category, Cow<'_, str>)> {
    categories.iter().filter_map(|category| {
        let label = category.label.as_deref().map(xml::clean_line).filter(|label| !label.is_empty());
        let name = label.unwrap_or_else(|| xml::clean_line(&category.term));
        (!name.is_empty()).then_some((category, name))
    })
}

/// Categories as Atom has them: a term must not be empty (RFC 4287 §4.2.2.1), and the label is the only other name.
pub(super) fn terms(list: &[Category]) -> Vec<Category> {
    let category = |(category, label): (&Category, Cow<'_, str>)| {
        let term = Some(xml::clean_line(&category.term)).filter(|term| !term.is_empty()).unwrap_or_else(|| label.clone());
        Category { scheme: scheme(category).map(Cow::into_owned), label: (label != term).then(|| label.into_owned()), term: term.into_owned() }
    };
    categories(list).map(category).collect()
}

/// The URI of a category's vocabulary.
pub(super) fn scheme(category: &Category) -> Option<Cow<'_, str>> {
    category.scheme.as_deref().filter(|scheme| uri::is_absolute(scheme.trim())).map(uri::uri)
}

/// The title on one line, when there is one.
pub(super) fn title(entry: &Entry) -> Option<Cow<'_, str>> {
    entry.title.as_ref().map(plain::line).filter(|title| !title.is_empty())
}

/// What stands for the title where a format demands one: the page's address, else the id.
pub(super) fn title_or_address(entry: &Entry) -> Cow<'_, str> {
    title(entry).or_else(|| page(entry)).unwrap_or_else(|| uri::id_uri(&entry.id, entry.origin.as_deref()))
}

/// The title of the feed on one line; its page stands in, because no format lets it be empty.
pub(super) fn feed_title(feed: &Feed) -> Cow<'_, str> {
    Some(plain::line(&feed.title)).filter(|title| !title.is_empty()).unwrap_or_else(|| home_page(feed, None))
}

/// What files with these endings are, for enclosures whose publisher did not say. No program takes them for anything else.
const ENDINGS: &[(&str, &str)] = &[
    ("aac", "audio/aac"),
    ("epub", "application/epub+zip"),
    ("flac", "audio/flac"),
    ("gif", "image/gif"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("m4a", "audio/mp4"),
    ("m4v", "video/mp4"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("oga", "audio/ogg"),
    ("ogg", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("torrent", "application/x-bittorrent"),
    ("wav", "audio/wav"),
    ("webm", "video/webm"),
    ("webp", "image/webp"),
    ("zip", "application/zip"),
];

/// The media type of a file: as stated, else by its ending.
pub(super) fn file_type(media: &Media) -> Option<&str> {
    let stated = media.media_type.as_deref().and_then(uri::media_type);
    let by_ending = || {
        let path = media.url.split(['?', '#']).next()?;
        let (_, ending) = path.rsplit('/').next()?.rsplit_once('.')?;
        ENDINGS.iter().find(|(known, _)| ending.trim().eq_ignore_ascii_case(known)).map(|(_, name)| *name)
    };
    stated.or_else(by_ending)
}

/// Files to download or play, as (file, media type, bytes). Every format demands a type; RSS a size too, which is 0 when nobody knows
/// it (<https://www.rssboard.org/rss-profile#element-channel-item-enclosure>).
pub(super) fn enclosures(entry: &Entry) -> impl Iterator<Item = (&Media, &str, u64)> {
    let files = entry.media.iter().filter(|media| media.role == Role::Enclosure && uri::is_http(media.url.trim()));
    files.filter_map(|media| Some((media, file_type(media)?, media.length.unwrap_or(0))))
}

/// The one enclosure that an RSS item may have: the first that validators do not reject.
pub(super) fn rss_enclosure(entry: &Entry) -> Option<(&Media, &str, u64)> {
    enclosures(entry).find(|(media, ..)| uri::has_plain_host(&media.url))
}

/// The name of the feed that an entry came from.
pub(super) fn origin_name(origin: &Origin) -> Cow<'_, str> {
    let title = origin.title.as_deref().map(xml::clean_line).filter(|title| !title.is_empty());
    title.unwrap_or_else(|| uri::id_uri(&origin.id, None))
}

/// The address of the feed that an entry came from: the feed's own, else its id when that is one, else its page.
pub(super) fn origin_address(origin: &Origin) -> Option<Cow<'_, str>> {
    let id = origin.id.as_str().trim();
    let given = || uri::is_http(id).then(|| uri::uri(id));
    address(&origin.links, &Rel::Itself).or_else(given).or_else(|| address(&origin.links, &Rel::Alternate))
}

/// When the feed last changed: as stated, else when its newest entry did.
pub(super) fn last_change(feed: &Feed) -> Timestamp {
    feed.updated.filter(is_written).or_else(|| newest(feed)).unwrap_or(feed.undated)
}

/// Whether there is a form of the date that all formats can carry.
fn is_written(date: &Timestamp) -> bool {
    instant(*date).is_some()
}

/// When the entry last changed, as far as it says.
pub(super) fn changed(entry: &Entry) -> Option<Timestamp> {
    entry.updated.filter(is_written).or(entry.published.filter(is_written))
}

/// When the newest entry changed.
pub(super) fn newest(feed: &Feed) -> Option<Timestamp> {
    feed.entries.iter().filter_map(changed).max_by_key(Timestamp::unix)
}

/// The instant in a form that all date formats can carry: whole seconds, an offset of whole minutes, a year of four
/// digits (RFC 3339 §5.6); `None` where there is no such form.
pub(super) fn instant(date: Timestamp) -> Option<DateTime<FixedOffset>> {
    let when = DateTime::<Utc>::from_timestamp(date.unix(), 0)?;
    let offset = date.datetime().offset().fix().local_minus_utc();
    let zone = if offset % 60 == 0 { FixedOffset::east_opt(offset)? } else { Utc.fix() };
    Some(when.with_timezone(&zone)).filter(|when| (1000..=9999).contains(&when.year()))
}

/// The date as Atom and JSON Feed want it.
pub(super) fn rfc3339(date: Timestamp) -> Option<String> {
    Some(Timestamp::new(instant(date)?, date.zone()).to_rfc3339())
}

/// The date as RSS and OPML want it. An offset that is not of half hours is written as UTC: RFC 822 allows it, but the
/// W3C validator calls it a problem.
pub(super) fn rfc822(date: Timestamp) -> Option<String> {
    let when = instant(date)?;
    let when = if when.offset().local_minus_utc() % 1800 == 0 { when } else { when.with_timezone(&Utc.fix()) };
    debug_assert_eq!(when.nanosecond(), 0);
    Some(Timestamp::new(when, date.zone()).to_rfc2822())
}
