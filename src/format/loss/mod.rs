//! What a feed is after having been written in a format and read back: the declared losses, as code.
//!
//! In: a feed and a format. Out: the feed that a reader of ours is expected to make of the document. Never reads or writes
//! a document itself; it asks the same functions as the writers what they write.
//!
//! | field | RSS | Atom | JSON Feed |
//! | --- | --- | --- | --- |
//! | feed `id` | lost; derived from the address | kept | lost; derived from the address |
//! | `id` of an entry | kept; a derived one is not written | kept; what is no URI is put into one, which the other formats undo | kept |
//! | kind of an id | permalink, tag or opaque | of an entry permalink when it is the page, else tag or opaque | as Atom |
//! | `title` of a feed | plain, one line | kept; markup is HTML | plain, one line |
//! | `title` of an entry | plain, one line | kept; the address stands in for none | plain, one line |
//! | `subtitle` | plain, one line; the title stands in for none | kept | plain |
//! | `summary` | HTML; a body without summary is read as one | kept; the title stands in where no text is | plain; in HTML without a body it is read as the body |
//! | `content` | HTML | HTML | kept; summary or title stands in for none |
//! | `content_link` | lost | address and type; lost where there is `content` | lost |
//! | kind XHTML | HTML | HTML | HTML |
//! | language of a text | lost | kept | lost |
//! | base of a text | links are made absolute | kept; lost where no link is relative | links are made absolute |
//! | `language` of an entry | where it differs from the feed's | the same | the same |
//! | first alternate link | address; made up for a feed without one | kept; HTML when no type is known | address |
//! | alternates of one type and language | kept | the first | kept |
//! | other alternates with the address of the first | lost | kept | kept |
//! | own address of a feed | the one of this format | the same | the same, without type |
//! | `replies` (HTML) of an entry | the first: address and type | kept | kept |
//! | first `related` of an entry, `next` of a feed, hubs | kept | kept | address |
//! | other relations that Atom does not know there | lost | lost | kept |
//! | `published` | offset of whole half hours, else UTC | kept | kept |
//! | `updated` of an entry | lost where it is `published` | made up for none | kept |
//! | `updated` of a feed | as `published` | made up for none | kept; lost where it is that of the newest entry |
//! | `undated` | lost | lost | lost |
//! | fractions of seconds, offsets with seconds, years beyond four digits | lost | lost | lost |
//! | name of a person | kept, one line, without mail address | kept; the title or source stands in for nobody | kept |
//! | an entry without author | kept | has the source's name or the first eight of the feed | kept |
//! | `url` of a person | lost | kept | kept |
//! | `email`, pages that are `mailto:`, people without name | lost, on purpose | lost, on purpose | lost, on purpose |
//! | people, categories, files of one role said twice | once | once | people once; files once without the full list |
//! | categories of an entry | label and scheme | kept | label, each once |
//! | categories of a feed | label and scheme | kept | kept |
//! | `rights` | plain, one line | kept | kept, without base and language |
//! | `generator` | kept | kept | kept; lost where it is this program |
//! | `icon` | lost | kept | kept |
//! | `logo` | kept when `http(s)` | kept | kept |
//! | enclosures | the first with a type, stated or by the ending; others are content | those with a type, stated or by the ending; others are content | kept |
//! | parameters of media types | lost but for the enclosure | the same | kept |
//! | files that are not `http(s)` | lost | lost | kept |
//! | `alt` of the thumbnail and of the same file as enclosure | lost | lost | lost where it stands alone |
//! | type and size of a single thumbnail | kept | kept | lost where nothing else needs the full list |
//! | order of files of different roles | thumbnails, enclosures, content | the same | kept with the full list |
//! | `origin` | title and an address, which is the id | kept; its id stands in for the title | kept |
//! | extensions in XML namespaces | kept | kept | kept |
//! | extensions without namespace | those of RSS 2.0 itself | lost | kept |
//! | extensions that are members of JSON Feed | lost | lost | kept |
//! | elements that the model has a field for, as extensions | lost | lost | kept |
//! | what XML cannot name, depth beyond 32, elements that would end the text that they stand in | lost | lost | lost |
//!
//! Everywhere: control characters and white space at the ends of texts go, addresses are percent-encoded (but never ids),
//! relations are in lower case, vocabularies of feeds go by one URI, every offset is a stated one, and links, schemes,
//! icons and persons' pages that are not absolute are lost. So are links whose schemes run code
//! or read files. A length of 0 is none. Relative links of a text that says nothing of use about its base
//! start from the page of the entry, and in XML from that of the feed where the entry has none.
//!
//! Where what a reader does is not a matter of the format, ours is asked: what it makes of an id, a name, a language, a base.

mod in_atom;
mod in_json;
mod in_rss;

use super::markup::Repairs;
use super::read::{self, Hints, construct, context};
use super::{Format, outgoing, plain, uri, xml};
use crate::model::{Feed, Id, Language, Link, Media, Person, Rel, Role, Text, Timestamp};
use std::borrow::Cow;

/// The feed that is left after writing in `format` and reading back.
pub fn after(feed: &Feed, format: Format) -> Feed {
    match format {
        Format::Rss => in_rss::after(feed),
        Format::Atom => in_atom::after(feed),
        Format::JsonFeed => in_json::after(feed),
    }
}

/// A feed of a format without feed ids is known by its own address, else by its page, else by its title.
fn feed_id(links: &[Link], title: &str) -> Id {
    let of = |rel: Rel| links.iter().find(|link| link.rel == rel);
    Id::derived(of(Rel::Itself).or_else(|| of(Rel::Alternate)).map_or(title, |link| &link.href))
}

/// The address of the first link of the relation.
fn address(links: &[Link], rel: &Rel) -> Option<String> {
    links.iter().find(|link| link.rel == *rel).map(|link| link.href.clone())
}

/// What relative links of an entry start from in XML where nothing is stated: its page, else an address of the feed.
fn relative_to(page: Option<&str>, feed: &[Link]) -> Option<String> {
    let of_feed = || feed.iter().filter(|link| matches!(link.rel, Rel::Alternate | Rel::Itself)).map(|link| link.href.as_str());
    page.into_iter().chain(of_feed()).find(|href| read::is_web(href)).map(ToOwned::to_owned)
}

/// A text that was written without its base.
fn based(text: Option<Text>, relative_to: Option<&str>) -> Option<Text> {
    construct::based(text, relative_to, 0, &mut Repairs::of(usize::MAX / 8))
}

fn line(text: Option<&Text>) -> Option<Cow<'_, str>> {
    text.map(plain::line).filter(|text| !text.is_empty())
}

/// A language as it is read from what XML formats write.
fn xml_language(language: &Language) -> Option<Language> {
    context::language(&outgoing::xml_language(language), 0, &mut Repairs::default())
}

fn xml_link(mut link: Link) -> Link {
    link.language = link.language.as_ref().and_then(|language| Language::parse(&outgoing::xml_language(language)));
    link
}

/// People, each once.
fn joined(list: impl IntoIterator<Item = Person>) -> Vec<Person> {
    let mut people = Vec::new();
    list.into_iter().for_each(|person| read::person::join(&mut people, person));
    people
}

/// Each once.
fn distinct<T: PartialEq>(list: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut out = Vec::new();
    for one in list {
        if !out.contains(&one) {
            out.push(one);
        }
    }
    out
}

fn generator(feed: &Feed) -> Option<String> {
    feed.generator.as_deref().map(xml::clean_line).filter(|name| !name.is_empty()).map(Cow::into_owned)
}

/// An enclosure without what its element cannot say.
fn enclosure((media, media_type, length): (&Media, &str, u64)) -> Media {
    Media {
        media_type: Some(media_type.to_owned()),
        length: Some(length).filter(|&length| length > 0),
        ..Media::new(Role::Enclosure, uri::uri(&media.url))
    }
}

/// A date as it is read from what was written.
fn date(text: &str) -> Option<Timestamp> {
    context::Context::new(&Hints::default()).date(text, 0, &mut Repairs::default())
}

fn rfc3339(date: Timestamp) -> Option<Timestamp> {
    self::date(&outgoing::rfc3339(date)?)
}
