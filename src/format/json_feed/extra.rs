//! What JSON Feed has no member for: our extension object `_feedloom`, and the extensions of others.
//!
//! In: a feed or an entry. Out: an object that is left out when it is empty. Its members:
//!
//! | member | where | what |
//! | --- | --- | --- |
//! | `source` | item | the feed that the entry came from |
//! | `links` | both | links for which there is no member, as in Atom: `rel`, `href`, `type`, `hreflang`, `title` |
//! | `media` | item | all files of the entry, when `image` and `attachments` do not say it all |
//! | `logo` | top | address of the logo |
//! | `updated` | top | when the feed last changed, where that is not when its newest item did |
//! | `generator` | top | the program that made it, where that is not this one |
//! | `rights`, `rights_html` | top | the rights, as text or as markup |
//! | `categories` | top | as in Atom: `term`, `scheme`, `label` |
//! | `extensions` | both | elements of XML: `namespace`, `name`, `attributes` (pairs), `text`, `children` |

use super::super::{foreign, media_rss, outgoing, plain, uri, xml};
use crate::model::{Category, Entry, Extension, Feed, Language, Link, Media, Origin, Rel, Role, Text, TextKind};
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Name of our extension object.
const OURS: &str = "_feedloom";

/// Our extension object.
#[derive(Default, Serialize)]
pub(super) struct Feedloom<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    generator: Option<Cow<'a, str>>,
    #[serde(flatten)]
    rights: Rights<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    categories: Vec<Term>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<OutLink>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    media: Vec<File>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    extensions: Vec<Element>,
}

impl Feedloom<'_> {
    /// Whether there is nothing to write.
    pub(super) fn is_empty(&self) -> bool {
        let has_lists = !(self.categories.is_empty() && self.links.is_empty() && self.media.is_empty() && self.extensions.is_empty());
        let has_rights = self.rights.rights.is_some() || self.rights.rights_html.is_some();
        !has_lists && !has_rights && self.source.is_none() && self.logo.is_none() && self.updated.is_none() && self.generator.is_none()
    }
}

#[derive(Serialize)]
struct Source<'a> {
    id: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(flatten)]
    rights: Rights<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<OutLink>,
}

#[derive(Default, Serialize)]
struct Rights<'a> {
    /// Characters that mean themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    rights: Option<Cow<'a, str>>,
    /// The same when it is markup.
    #[serde(skip_serializing_if = "Option::is_none")]
    rights_html: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
struct Term {
    term: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheme: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
}

#[derive(Serialize)]
struct OutLink {
    rel: String,
    href: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    media_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hreflang: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
}

#[derive(Serialize)]
struct File {
    url: String,
    role: &'static str,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    media_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    length: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alt: Option<String>,
}

#[derive(Serialize)]
struct Element {
    namespace: String,
    name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attributes: Vec<(String, String)>,
    #[serde(skip_serializing_if = "String::is_empty")]
    text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    children: Vec<Element>,
}

/// What stands in the extension object of a feed; `links` are those without member.
pub(super) fn of_feed(feed: &Feed, links: Vec<Link>) -> Feedloom<'_> {
    Feedloom {
        logo: logo(feed),
        updated: updated(feed),
        generator: generator(feed),
        rights: rights(feed.rights.as_ref()),
        categories: outgoing::terms(&feed.categories).into_iter().map(|Category { term, scheme, label }| Term { term, scheme, label }).collect(),
        links: links.into_iter().map(link).collect(),
        extensions: elements(&feed.extensions),
        ..Feedloom::default()
    }
}

/// When the feed last changed, if its entries do not say it.
pub(in super::super) fn updated(feed: &Feed) -> Option<String> {
    let newest = outgoing::newest(feed).and_then(outgoing::rfc3339);
    feed.updated.and_then(outgoing::rfc3339).filter(|updated| Some(updated) != newest.as_ref())
}

/// The program that made the feed, if another one did.
pub(in super::super) fn generator(feed: &Feed) -> Option<Cow<'_, str>> {
    feed.generator.as_deref().map(xml::clean_line).filter(|name| !name.is_empty() && name != env!("CARGO_PKG_NAME"))
}

fn rights(text: Option<&Text>) -> Rights<'_> {
    let of = |is_plain: bool| {
        let text = text.filter(|text| (text.kind == TextKind::Plain) == is_plain)?;
        let value = if is_plain { plain::block(text) } else { plain::absolute_html(text, None) };
        Some(value).filter(|value| !value.trim().is_empty())
    };
    Rights { rights: of(true), rights_html: of(false) }
}

/// What stands in the extension object of an entry; `links` are those without member.
pub(super) fn of_entry(entry: &Entry, links: Vec<Link>) -> Feedloom<'_> {
    Feedloom {
        source: entry.origin.as_deref().and_then(source),
        links: links.into_iter().map(link).collect(),
        media: full_media(entry).unwrap_or_default().into_iter().map(file).collect(),
        extensions: elements(&entry.extensions),
        ..Feedloom::default()
    }
}

/// The address of the logo.
pub(in super::super) fn logo(feed: &Feed) -> Option<Cow<'_, str>> {
    feed.logo.as_deref().filter(|logo| uri::is_absolute(logo.trim())).map(uri::uri)
}

fn link(link: Link) -> OutLink {
    OutLink {
        rel: link.rel.as_str().to_owned(),
        href: link.href,
        media_type: link.media_type,
        hreflang: link.language.map(|language| language.to_string()),
        title: link.title,
    }
}

/// `None` when nothing is known of the feed; one without id is known by an address, else by its title.
fn source(origin: &Origin) -> Option<Source<'_>> {
    let mut page = None;
    let mut own = None;
    let mut others = Vec::new();
    for link in origin.links.iter().filter_map(outgoing::any_link) {
        match link.rel {
            Rel::Alternate if page.is_none() => page = Some(link.href),
            Rel::Itself if own.is_none() => own = Some(link.href),
            _ => others.push(link),
        }
    }
    let title = origin.title.as_deref().map(xml::clean_line).filter(|title| !title.is_empty());
    let others = outgoing::distinct(others);
    let id = Some(xml::clean_line(origin.id.as_str())).filter(|id| !id.is_empty());
    let address = || page.clone().or_else(|| own.clone()).or_else(|| Some(others.first()?.href.clone())).map(Cow::Owned);
    Some(Source {
        id: id.or_else(address).or_else(|| title.clone())?,
        title,
        url: page,
        feed_url: own,
        language: origin.language.as_ref().map(Language::as_str),
        rights: rights(origin.rights.as_ref()),
        links: others.into_iter().map(link).collect(),
    })
}

/// All files of the entry as the format can carry them, when the plain members do not say it all; `None` when they do.
///
/// Of a single thumbnail the address is all, also where it is an enclosure at the same time: nearly every entry has one,
/// and each would be told twice.
pub(in super::super) fn full_media(entry: &Entry) -> Option<Vec<Media>> {
    let files: Vec<Media> =
        entry.media.iter().filter(|media| uri::is_absolute(media.url.trim()) && !uri::is_dangerous(&media.url)).map(tidy).collect();
    let pictures = media_rss::thumbnails(entry);
    let is_said = |media: &Media| match media.role {
        Role::Thumbnail => true,
        Role::Enclosure => media.media_type.is_some() && ((media.width.is_none() && media.height.is_none()) || pictures.contains(&*media.url)),
        Role::Content => false,
    };
    let thumbnails = files.iter().filter(|media| media.role == Role::Thumbnail).count();
    (thumbnails > 1 || !files.iter().all(is_said)).then_some(files)
}

fn tidy(media: &Media) -> Media {
    Media {
        url: uri::uri(&media.url).into_owned(),
        media_type: media.media_type.as_deref().and_then(uri::media_type).map(ToOwned::to_owned),
        alt: media.alt.as_deref().map(xml::clean_line).filter(|alt| !alt.is_empty()).map(Cow::into_owned),
        ..media.clone()
    }
}

fn file(media: Media) -> File {
    File {
        url: media.url,
        role: match media.role {
            Role::Thumbnail => "thumbnail",
            Role::Content => "content",
            Role::Enclosure => "enclosure",
        },
        media_type: media.media_type,
        length: media.length,
        width: media.width,
        height: media.height,
        duration: media.duration,
        alt: media.alt,
    }
}

/// The extensions of others that are members, by name; of two of one name the first counts.
pub(in super::super) fn members(extensions: &[Extension]) -> BTreeMap<String, Value> {
    let mut members = BTreeMap::new();
    for (name, value) in extensions.iter().filter_map(member) {
        members.entry(name.to_owned()).or_insert(value);
    }
    members
}

fn member(extension: &Extension) -> Option<(&str, Value)> {
    let name = extension.name.as_str();
    let is_one = extension.namespace.is_empty() && name.starts_with('_') && name != OURS && extension.attributes.is_empty();
    if !is_one || !extension.children.is_empty() {
        return None;
    }
    let value = serde_json::from_str(&extension.text).ok()?;
    (depth(&value) <= DEEPEST).then_some((name, value))
}

/// How deep members of others may be: parsers of JSON have a limit for the whole document, most of them 128.
const DEEPEST: usize = 100;

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// The extensions that are elements of XML, as XML could carry them.
pub(in super::super) fn extensions(extensions: &[Extension]) -> Vec<Extension> {
    extensions.iter().filter(|extension| member(extension).is_none()).filter_map(foreign::tidy).collect()
}

fn elements(list: &[Extension]) -> Vec<Element> {
    extensions(list).into_iter().map(element).collect()
}

/// As deep as [`foreign::tidy`] leaves it.
fn element(extension: Extension) -> Element {
    Element {
        namespace: extension.namespace,
        name: extension.name,
        attributes: extension.attributes,
        text: extension.text,
        children: extension.children.into_iter().map(element).collect(),
    }
}
