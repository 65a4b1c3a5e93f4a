//! What holds for every document: namespaces and their prefixes, `xml:lang`, `xml:base`, damaged characters.
//!
//! In: a tree. Out: findings. The formats' own rules are elsewhere.

use super::value::{language, shown, uri};
use super::walk::{ATOM, XHTML, XML};
use super::{Element, Findings, Kind, Node};
use crate::diagnostic::Code;

/// Namespaces that feeds have, with their usual prefixes.
const NAMESPACES: &[(&str, &str)] = &[
    ("http://www.bloglines.com/about/specs/fac-1.0", "access"),
    ("http://webns.net/mvcb/", "admin"),
    ("http://purl.org/rss/1.0/modules/aggregation/", "ag"),
    ("http://purl.org/rss/1.0/modules/annotate/", "annotate"),
    ("http://www.w3.org/2007/app", "app"),
    ("http://media.tangent.org/rss/1.0/", "audio"),
    ("http://backend.userland.com/blogChannelModule", "blogChannel"),
    ("http://web.resource.org/cc/", "cc"),
    ("http://www.microsoft.com/schemas/rss/core/2005", "cf"),
    ("http://backend.userland.com/creativeCommonsRssModule", "creativeCommons"),
    ("http://purl.org/rss/1.0/modules/company", "company"),
    ("http://purl.org/rss/1.0/modules/content/", "content"),
    ("http://conversationsnetwork.org/rssNamespace-1.0/", "conversationsNetwork"),
    ("http://my.theinfo.org/changed/1.0/rss/", "cp"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("http://purl.org/rss/1.0/modules/email/", "email"),
    ("http://purl.org/rss/1.0/modules/event/", "ev"),
    ("http://purl.org/syndication/history/1.0", "fh"),
    ("http://rssnamespace.org/feedburner/ext/1.0", "feedburner"),
    ("http://xmlns.com/foaf/0.1/", "foaf"),
    ("http://base.google.com/ns/1.0", "g"),
    ("http://www.w3.org/2003/01/geo/wgs84_pos#", "geo"),
    ("http://geourl.org/rss/module/", "geourl"),
    ("http://www.georss.org/georss", "georss"),
    ("http://www.opengis.net/gml", "gml"),
    ("http://postneo.com/icbm", "icbm"),
    ("http://purl.org/rss/1.0/modules/image/", "image"),
    ("urn:atom-extension:indexing", "indexing"),
    ("http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes"),
    ("http://purl.org/rss/1.0/modules/link/", "l"),
    ("http://www.w3.org/1998/Math/MathML", "mathml"),
    ("http://search.yahoo.com/mrss/", "media"),
    ("http://openid.net/xmlns/1.0", "openid"),
    ("http://a9.com/-/spec/opensearchrss/1.0/", "opensearch10"),
    ("http://a9.com/-/spec/opensearch/1.1/", "opensearch"),
    ("http://www.opml.org/spec2", "opml"),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"),
    ("http://www.w3.org/2000/01/rdf-schema#", "rdfs"),
    ("http://purl.org/rss/1.0/modules/reference/", "ref"),
    ("http://purl.org/rss/1.0/modules/richequiv/", "reqv"),
    ("http://purl.org/rss/1.0/", "rss1"),
    ("http://my.netscape.com/rdf/simple/0.9/", "rss090"),
    ("http://purl.org/rss/1.0/modules/rss091#", "rss091"),
    ("http://purl.org/net/rss1.1#", "rss11"),
    ("http://purl.org/rss/1.0/modules/search/", "search"),
    ("http://purl.org/rss/1.0/modules/slash/", "slash"),
    ("http://schemas.xmlsoap.org/soap/envelope/", "soap"),
    ("http://purl.org/rss/1.0/modules/servicestatus/", "ss"),
    ("http://hacks.benhammersley.com/rss/streaming/", "str"),
    ("http://purl.org/rss/1.0/modules/subscription/", "sub"),
    ("http://www.w3.org/2000/svg", "svg"),
    ("http://feedsync.org/2007/feedsync", "sx"),
    ("http://purl.org/rss/1.0/modules/syndication/", "sy"),
    ("http://purl.org/rss/1.0/modules/taxonomy/", "taxo"),
    ("http://purl.org/syndication/thread/1.0", "thr"),
    ("http://purl.org/rss/1.0/modules/threading/", "thr"),
    ("http://madskills.com/public/xml/rss/module/trackback/", "trackback"),
    ("http://wellformedweb.org/CommentAPI/", "wfw"),
    ("http://purl.org/rss/1.0/modules/wiki/", "wiki"),
    ("http://www.usemod.com/cgi-bin/mb.pl?ModWiki", "wiki"),
    ("http://www.w3.org/1999/xlink", "xlink"),
    (ATOM, "atom"),
    (XHTML, "xhtml"),
    (XML, "xml"),
];

/// The namespace of Podcasting 2.0.
const PODCAST: &str = "https://podcastindex.org/namespace/1.0";

/// Namespaces that are well known, and whose elements nobody checks.
const UNCHECKED: [&str; 6] = [
    "http://schemas.google.com/g/2005",
    "http://www.rawvoice.com/rawvoiceRssModule/",
    "https://schema.org/",
    "http://schema.org/",
    PODCAST,
    "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
];

/// Media RSS without the last slash.
const MEDIA_BARE: &str = "http://search.yahoo.com/mrss";

/// Whether a namespace is one that feeds have.
pub(super) fn is_known(namespace: &str) -> bool {
    NAMESPACES.iter().any(|(known, _)| *known == namespace)
}

/// The namespace that a prefix usually means.
pub(super) fn usual_namespace(prefix: &str) -> Option<&'static str> {
    let checked = NAMESPACES.iter().filter(|(namespace, _)| *namespace != XML).map(|(namespace, usual)| (*usual, *namespace));
    checked.chain([("podcast", PODCAST)]).find(|(usual, _)| *usual == prefix).map(|(_, namespace)| namespace)
}

/// Whether `xml:lang` stands on this element.
pub(super) fn states_language(element: &Element) -> bool {
    element.attributes.iter().any(|attribute| attribute.namespace == XML && attribute.name == "lang" && !attribute.value.is_empty())
}

/// Checks a whole tree.
pub(super) fn check(root: &Element, kind: Kind, findings: &mut Findings<'_>) {
    let mut seen = Vec::new();
    element(root, kind, true, None, &mut seen, findings);
}

fn element(element_: &Element, kind: Kind, is_root: bool, base: Option<&str>, seen: &mut Vec<(String, String)>, findings: &mut Findings<'_>) {
    for (prefix, namespace) in &element_.declares {
        let pair = (prefix.clone(), namespace.clone());
        if !seen.contains(&pair) {
            declaration(prefix, namespace, kind, is_root, element_.at, findings);
            seen.push(pair);
        }
    }
    let mut base = base;
    for attribute in &element_.attributes {
        if attribute.namespace == XML && attribute.name == "lang" && !attribute.value.is_empty() {
            if let Some(fault) = language::tag(&attribute.value) {
                fault.report(findings, attribute.value_at);
            }
        } else if attribute.namespace == XML && attribute.name == "base" {
            if let Some(fault) = uri::iri(&attribute.value) {
                fault.report(findings, attribute.value_at);
            }
            base = Some(&attribute.value);
        }
        damaged(&attribute.value, attribute.value_at, findings);
    }
    if let (Some(base), Some(href)) = (base, element_.attribute("href"))
        && element_.namespace == ATOM
        && same_document(base, &href.value)
        && findings.options().base.as_deref() != Some(base)
    {
        findings.say(
            Code::SameDocumentReference,
            href.value_at,
            format!("expected an address of its own, found {}, which is the base", shown(&href.value)),
        );
    }
    for node in &element_.children {
        match node {
            Node::Text { value, at, .. } => damaged(value, *at, findings),
            Node::Element(child) => {
                if kind == Kind::Rss && child.namespace.is_empty() && is_extension(&element_.namespace) && !is_scene(element_) {
                    findings.say(
                        Code::NotInNamespace,
                        child.at,
                        format!("expected the namespace of {} on <{}>, found none", element_.name, child.name),
                    );
                }
                element(child, kind, false, base, seen, findings);
            }
        }
    }
}

/// Whether elements of a namespace hold elements of the same one.
fn is_extension(namespace: &str) -> bool {
    is_known(namespace) && !matches!(namespace, ATOM | XHTML | "http://purl.org/rss/1.0/" | "http://www.w3.org/1999/02/22-rdf-syntax-ns#")
}

/// The scenes of Media RSS 1.5, whose parts have no prefix in the specification.
fn is_scene(element: &Element) -> bool {
    element.namespace == "http://search.yahoo.com/mrss/" && element.name == "scene"
}

/// Whether a reference means the base itself.
fn same_document(base: &str, reference: &str) -> bool {
    let bare = |address: &str| address.split('#').next().unwrap_or_default().to_owned();
    let (base, reference) = (bare(base), bare(reference));
    if reference.is_empty() || (base.ends_with('/') && matches!(reference.as_str(), "." | "./")) {
        return true;
    }
    let form = uri::canonical_form(&base);
    form.is_some() && form == uri::canonical_form(&reference)
}

fn declaration(prefix: &str, namespace: &str, kind: Kind, is_root: bool, at: usize, findings: &mut Findings<'_>) {
    let usual = NAMESPACES.iter().find(|(known, _)| *known == namespace).map(|(_, usual)| *usual);
    let name = shown(prefix);
    if namespace == MEDIA_BARE {
        findings.say(Code::MediaNamespaceSlash, at, "expected http://search.yahoo.com/mrss/, found it without its last slash");
    } else if let Some((wanted, _)) = NAMESPACES.iter().find(|(_, usual)| *usual == prefix && !prefix.is_empty()).filter(|_| usual != Some(prefix)) {
        findings.say(Code::ReservedPrefix, at, format!("expected the prefix {name} for {wanted} only, found {}", shown(namespace)));
    } else if matches!(prefix, "atom" | "xhtml") {
        if kind == Kind::Atom {
            findings.say(Code::AvoidedPrefix, at, format!("expected Atom and XHTML without a prefix, found {name}"));
        }
    } else if let Some(usual) = usual {
        if usual != prefix && !prefix.is_empty() {
            findings.say(Code::UnusualPrefix, at, format!("expected the prefix \"{usual}\" for {namespace}, found {name}"));
            if matches!(usual, "atom" | "xhtml") && (kind == Kind::Atom || is_root) {
                findings.say(Code::AvoidedPrefix, at, format!("expected Atom and XHTML without a prefix of your own, found {name}"));
            }
        }
    } else if UNCHECKED.contains(&namespace) {
        findings.say(Code::UncheckedNamespace, at, format!("expected a namespace that can be checked, found {}", shown(namespace)));
    } else if namespace.split_whitespace().count() > 1 {
        findings.say(Code::XmlSyntax, at, format!("expected a namespace without white space, found {}", shown(namespace)));
    } else if !namespace.is_empty() {
        match uri::iri(namespace) {
            Some(fault) => fault.report(findings, at),
            None => findings.say(Code::UnknownNamespace, at, format!("expected a namespace that readers know, found {}", shown(namespace))),
        }
    }
}

/// Control characters of Windows-1252, replacement characters, UTF-8 that was read as Latin-1.
fn damaged(value: &str, at: usize, findings: &mut Findings<'_>) {
    if value.is_ascii() {
        return;
    }
    let mut before = ' ';
    for c in value.chars() {
        let twice = ('\u{80}'..='\u{BF}').contains(&c) && ('\u{C2}'..='\u{C3}').contains(&before);
        if ('\u{80}'..='\u{9F}').contains(&c) || c == '\u{FFFD}' || twice {
            findings.say(Code::DamagedCharacters, at, format!("expected characters that mean something, found U+{:04X}", u32::from(c)));
            return;
        }
        before = c;
    }
}
