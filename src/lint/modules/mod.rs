//! The modules that feeds are extended with.
//!
//! In: an element that is in none of the namespaces of feeds themselves, and its parent; a whole document. Out: findings. A module is a
//! table of elements: where they may stand, how often, what they hold.

mod blogs;
mod categories;
mod geo;
mod history;
mod itunes;
mod known;
mod media;
mod metadata;
mod roles;
#[cfg(test)]
mod tests;
pub(super) mod values;

use super::{Element, Findings, rdf};
use crate::diagnostic::Code;
use known::{Known, Places};

const ADMIN: &str = "http://webns.net/mvcb/";
const ATOM: &str = "http://www.w3.org/2005/Atom";
const CC: &str = "http://web.resource.org/cc/";
const CREATIVE_COMMONS: &str = "http://backend.userland.com/creativeCommonsRssModule";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const DCTERMS: &str = "http://purl.org/dc/terms/";
const FEEDBURNER: &str = "http://rssnamespace.org/feedburner/ext/1.0";
const FH: &str = "http://purl.org/syndication/history/1.0";
const GEO: &str = "http://www.w3.org/2003/01/geo/wgs84_pos#";
const GML: &str = "http://www.opengis.net/gml";
const ITUNES: &str = "http://www.itunes.com/dtds/podcast-1.0.dtd";
const MEDIA: &str = "http://search.yahoo.com/mrss/";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const THR: &str = "http://purl.org/syndication/thread/1.0";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// A module.
#[derive(Debug)]
struct Module {
    /// Its namespace.
    uri: &'static str,
    /// Its elements.
    rows: &'static [Known],
}

const fn module_of(uri: &'static str, rows: &'static [Known]) -> Module {
    Module { uri, rows }
}

/// All modules whose elements are looked at, the usual ones first.
const MODULES: &[Module] = &[
    module_of(DC, metadata::DUBLIN),
    module_of("http://purl.org/rss/1.0/modules/content/", metadata::CONTENT),
    module_of(ITUNES, itunes::ITUNES),
    module_of(MEDIA, media::MEDIA),
    module_of("http://purl.org/rss/1.0/modules/syndication/", blogs::SYNDICATION),
    module_of("http://purl.org/rss/1.0/modules/slash/", blogs::SLASH),
    module_of("http://wellformedweb.org/CommentAPI/", blogs::COMMENTS),
    module_of(DCTERMS, metadata::TERMS),
    module_of(THR, history::THREADS),
    module_of("http://purl.org/rss/1.0/modules/threading/", history::THREADS),
    module_of(FH, history::HISTORY),
    module_of(FEEDBURNER, blogs::FEEDBURNER),
    module_of("http://www.georss.org/georss", geo::GEORSS),
    module_of(GEO, geo::GEO),
    module_of("http://geourl.org/rss/module/", geo::DEGREES),
    module_of("http://postneo.com/icbm", geo::DEGREES),
    module_of(GML, &[]),
    module_of(ADMIN, metadata::ADMIN),
    module_of(CREATIVE_COMMONS, metadata::CREATIVE_COMMONS),
    module_of(CC, metadata::LICENCE),
    module_of("http://madskills.com/public/xml/rss/module/trackback/", blogs::TRACKBACK),
    module_of("http://backend.userland.com/blogChannelModule", blogs::BLOG_CHANNEL),
    module_of("http://www.opml.org/spec2", metadata::OPML),
    module_of("http://a9.com/-/spec/opensearch/1.1/", metadata::SEARCH),
    module_of("http://a9.com/-/spec/opensearchrss/1.0/", metadata::SEARCH),
    module_of("http://www.microsoft.com/schemas/rss/core/2005", blogs::LISTS),
    module_of("http://www.w3.org/2007/app", blogs::PUBLISHING),
    module_of(RDF, metadata::RDF),
    module_of("http://www.w3.org/2000/01/rdf-schema#", metadata::RDF_SCHEMA),
    module_of("http://xmlns.com/foaf/0.1/", metadata::FOAF),
    module_of("http://purl.org/rss/1.0/modules/taxonomy/", blogs::TAXONOMY),
    module_of("http://purl.org/rss/1.0/modules/link/", blogs::LINK),
    module_of("http://purl.org/rss/1.0/modules/wiki/", blogs::WIKI),
    module_of("http://www.usemod.com/cgi-bin/mb.pl?ModWiki", blogs::WIKI),
    module_of("http://purl.org/rss/1.0/modules/aggregation/", blogs::AGGREGATION),
    module_of("http://purl.org/rss/1.0/modules/annotate/", blogs::ANNOTATE),
    module_of("http://my.theinfo.org/changed/1.0/rss/", blogs::CHANGED_PAGE),
    module_of("http://purl.org/rss/1.0/modules/event/", blogs::EVENT),
];

/// The module of a namespace; forms of it that differ in case or in what stands at the end are taken for it.
fn module(namespace: &str) -> Option<&'static Module> {
    if namespace.is_empty() {
        return None;
    }
    let stem = |uri: &str| uri.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_').len();
    let exact = MODULES.iter().find(|module| module.uri == namespace);
    exact.or_else(|| {
        let written = namespace.get(..stem(namespace)).filter(|written| !written.is_empty())?;
        MODULES.iter().find(|module| module.uri.get(..stem(module.uri)).is_some_and(|known| known.eq_ignore_ascii_case(written)))
    })
}

/// Looks at an element of a module and at what is in it; nobody can tell about elements of namespaces that are not known here.
pub(super) fn extension(element: &Element, parent: &Element, findings: &mut Findings<'_>) {
    let Some(module) = module(&element.namespace) else { return };
    // Dublin Core was qualified with dots once.
    let name = element.name.split('.').next().filter(|_| module.uri == DC).unwrap_or(&element.name);
    let place = Places::of(parent);
    let inside = place == known::INSIDE;
    let fits = |row: &&Known| {
        row.name == name
            && row.places.meets(place)
            && match module.uri {
                MEDIA if inside => parent.namespace == element.namespace && media::may_stand_in(name, parent),
                ITUNES if inside => parent.namespace == element.namespace && itunes::may_stand_in(name, parent),
                _ => true,
            }
    };
    match module.rows.iter().find(fits) {
        Some(row) => {
            if is_later(module, name, parent) {
                let message = format!("expected an element that every reader and validator knows, found {}", values::name(element));
                findings.say(Code::LaterElement, element.at, message);
            }
            known::check(row, element, parent, findings);
        }
        None if rdf::is_open(parent) => {}
        None => values::undefined(element, parent, findings),
    }
}

/// The elements in an element that may be extended.
fn elements_in(parent: &Element, findings: &mut Findings<'_>) {
    for child in parent.elements() {
        if child.namespace.is_empty() {
            values::undefined(child, parent, findings);
        } else {
            extension(child, parent, findings);
        }
    }
}

/// Whether an element came after the versions that other validators know.
fn is_later(module: &Module, name: &str, parent: &Element) -> bool {
    match module.uri {
        DCTERMS => metadata::is_later(name),
        MEDIA => media::is_later(name),
        ITUNES => itunes::is_later(name, parent),
        _ => false,
    }
}

/// What channels, feeds, items and entries lack, say twice or contradict, as far as modules go, and the elements of modules in them.
pub(super) fn document(root: &Element, findings: &mut Findings<'_>) {
    namespaces(root, findings);
    if root.name != "opml" {
        extensions(root, findings);
    }
    let has_language = |element: &Element| element.attributes.iter().any(|attribute| attribute.namespace == XML && attribute.name == "lang");
    match root.name.as_str() {
        "feed" => feed(root, has_language(root), findings),
        "entry" => entry(root, findings),
        _ => {
            for channel in root.elements().filter(|child| child.name == "channel") {
                let language = has_language(root) || has_language(channel) || channel.elements().any(|child| child.name == "language");
                feed(channel, language, findings);
            }
            for item in root.elements().filter(|child| child.name == "item") {
                entry(item, findings);
            }
        }
    }
}

fn feed(feed: &Element, language: bool, findings: &mut Findings<'_>) {
    history::feed(feed, findings);
    history::thread_links(feed, findings);
    blogs::flares(feed, findings);
    itunes::feed(feed, language, findings);
    licences(feed, Code::SameMeaning, findings);
    for child in feed.elements().filter(|child| matches!(child.name.as_str(), "item" | "entry")) {
        entry(child, findings);
    }
}

/// The elements of modules in those of the formats themselves.
fn extensions(parent: &Element, findings: &mut Findings<'_>) {
    for child in parent.elements() {
        if module(&child.namespace).is_some() {
            extension(child, parent, findings);
        } else if matches!(child.name.as_str(), "channel" | "item" | "entry" | "source" | "author" | "contributor" | "image" | "textInput") {
            extensions(child, findings);
        }
    }
}

fn entry(entry: &Element, findings: &mut Findings<'_>) {
    history::entry(entry, findings);
    history::thread_links(entry, findings);
    licences(entry, Code::SameMeaningInItem, findings);
    for source in entry.all(ATOM, "source") {
        history::feed(source, findings);
        history::thread_links(source, findings);
    }
}

/// A licence in two modules.
fn licences(parent: &Element, code: Code, findings: &mut Findings<'_>) {
    if let (Some(first), Some(second)) = (parent.first(CREATIVE_COMMONS, "license"), parent.first(CC, "license"))
        && parent.namespace != ATOM
    {
        let message = format!("expected {} or {}, found both", values::name(first), values::name(second));
        findings.say(code, first.at.max(second.at), message);
    }
}

/// Declarations that were given up.
fn namespaces(root: &Element, findings: &mut Findings<'_>) {
    if let Some((_, uri)) = root.declares.iter().find(|(_, uri)| uri == "http://www.usemod.com/cgi-bin/mb.pl?ModWiki") {
        findings.say(Code::FormerWikiNamespace, root.at, format!("expected http://purl.org/rss/1.0/modules/wiki/, found {uri}"));
    }
}
