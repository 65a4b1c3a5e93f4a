//! Atom 1.0 (RFC 4287): feeds, entries, and Atom elements inside of RSS.
//!
//! In: elements. Out: findings.

use super::text::{construct, html, plain, plain_value};
use super::value::{Fault, date, language, mail, media_type, number, shown, uri};
use super::walk::{self, ATOM, Parent, XML};
use super::{Attribute, Element, Findings};
use crate::diagnostic::Code;

/// Relations of links that are registered and used in feeds.
const RELATIONS: &str = "alternate current describedby edit edit-media enclosure first hub last license next next-archive payment prev-archive previous \
    related replies search self service up via";

/// A feed document. `own` is the namespace that the root has.
pub(super) fn feed(root: &Element, findings: &mut Findings<'_>) {
    let own = root.namespace.as_str();
    walk::attributes(root, &[], false, findings);
    walk::children(root, Parent::Feed, own, findings);
    let mut entries: Vec<&Element> = Vec::new();
    let mut author = false;
    for child in root.elements().filter(|child| child.namespace == own) {
        if child.name == "entry" {
            entry(child, own, author, findings);
            entries.push(child);
            continue;
        }
        author |= child.name == "author";
        if !entries.is_empty() {
            findings.say(Code::MisplacedMetadata, child.at, format!("expected {} before the entries, found it behind them", child.name));
        }
        metadata(child, Parent::Feed, own, findings);
    }
    required(root, own, Code::MissingElement, &["title", "id", "updated"], findings);
    if entries.is_empty() && !author {
        missing(root, "author", Code::MissingElement, findings);
    }
    let links: Vec<&Element> = root.all(own, "link").collect();
    if !links.iter().any(|link| relation(link) == "self") {
        findings.say(Code::MissingSelf, root.at, "expected a link with rel=\"self\", found none");
    }
    alternates(&links, findings);
    doubles(&entries, own, "id", Code::DuplicateEntries, findings);
    let mut ids = entries.iter().filter_map(|entry| entry.first(own, "id")).map(Element::text);
    if let Some(first) = ids.next()
        && entries.len() >= 10
        && ids.all(|id| id == first)
    {
        findings.say(Code::DuplicateIds, root.at, format!("expected ids of their own, found {} in all entries", shown(&first)));
    }
    doubles(&entries, own, "updated", Code::DuplicateUpdated, findings);
}

/// An entry document, or an entry of a feed; `author` says whether the feed has one.
pub(super) fn entry(element: &Element, own: &str, author: bool, findings: &mut Findings<'_>) {
    walk::attributes(element, &[], false, findings);
    walk::children(element, Parent::Entry, own, findings);
    let mut author = author;
    for child in element.elements().filter(|child| child.namespace == own) {
        match child.name.as_str() {
            "source" => {
                source(child, own, findings);
                author |= child.first(own, "author").is_some();
            }
            "content" => construct::check(child, true, findings),
            "summary" => construct::check(child, false, findings),
            "published" => date_element(child, findings),
            _ => metadata(child, Parent::Entry, own, findings),
        }
        author |= child.name == "author";
    }
    required(element, own, Code::MissingElement, &["title", "id", "updated"], findings);
    if !author {
        missing(element, "author", Code::MissingElement, findings);
    }
    let links: Vec<&Element> = element.all(own, "link").collect();
    let summary = element.first(own, "summary").is_some();
    if let Some(content) = element.first(own, "content") {
        let kind = content.attribute("type").map_or("", |attribute| attribute.value.as_str());
        let readable = !kind.contains('/') || kind.ends_with("+xml") || kind.ends_with("/xml") || kind.starts_with("text/");
        if !summary && (content.attribute("src").is_some() || !readable) {
            findings.say(Code::MissingSummary, element.at, "expected a summary beside content that is elsewhere or no text, found none");
        }
    } else {
        if !summary {
            findings.say(Code::MissingText, element.at, "expected content or a summary, found neither");
        }
        if !links.iter().any(|link| relation(link) == "alternate") {
            findings.say(Code::MissingContentOrAlternate, element.at, "expected content or a link with rel=\"alternate\", found neither");
        }
    }
    alternates(&links, findings);
}

fn source(element: &Element, own: &str, findings: &mut Findings<'_>) {
    walk::attributes(element, &[], false, findings);
    walk::children(element, Parent::Source, own, findings);
    for child in element.elements().filter(|child| child.namespace == own) {
        metadata(child, Parent::Source, own, findings);
    }
    required(element, own, Code::MissingSourceElement, &["title", "id", "updated"], findings);
    alternates(&element.all(own, "link").collect::<Vec<_>>(), findings);
}

fn required(element: &Element, own: &str, code: Code, names: &[&str], findings: &mut Findings<'_>) {
    for name in names {
        if element.first(own, name).is_none() {
            missing(element, name, code, findings);
        }
    }
}

fn missing(element: &Element, name: &str, code: Code, findings: &mut Findings<'_>) {
    findings.say(code, element.at, format!("expected {name} in {}, found none", element.name));
}

/// What feeds, entries and sources have in common.
fn metadata(child: &Element, parent: Parent, own: &str, findings: &mut Findings<'_>) {
    match child.name.as_str() {
        "author" | "contributor" => person(child, own, findings),
        "category" => category(child, findings),
        "generator" => generator(child, findings),
        "icon" | "logo" => {
            walk::attributes(child, &[], false, findings);
            walk::text_only(child, findings);
            let value = bare(child, findings);
            if value.is_empty() {
                blank(child, findings);
            } else {
                report(uri::uri(&value, uri::Demand::Reference, Code::InvalidLink), child.text_at(), findings);
            }
        }
        "id" => id(child, findings),
        "link" => link(child, parent, findings),
        "rights" | "subtitle" | "title" => construct::check(child, false, findings),
        "updated" => date_element(child, findings),
        _ => {}
    }
}

/// The value without white space around it, which Atom does not allow.
fn bare(element: &Element, findings: &mut Findings<'_>) -> String {
    let value = element.text();
    if !value.trim().is_empty() && value != value.trim() {
        findings.say(Code::UnexpectedSpace, element.text_at(), format!("expected no white space around {}, found {}", element.name, shown(&value)));
    }
    value.trim().to_owned()
}

fn blank(element: &Element, findings: &mut Findings<'_>) {
    findings.say(Code::BlankElement, element.at, format!("expected a value in {}, found nothing", element.name));
}

fn report(fault: Option<Fault>, at: usize, findings: &mut Findings<'_>) {
    if let Some(fault) = fault {
        fault.report(findings, at);
    }
}

fn date_element(element: &Element, findings: &mut Findings<'_>) {
    walk::attributes(element, &[], false, findings);
    walk::text_only(element, findings);
    let value = bare(element, findings);
    report(date::rfc3339(&value, findings.options().now), element.text_at(), findings);
}

fn id(element: &Element, findings: &mut Findings<'_>) {
    walk::attributes(element, &[], false, findings);
    walk::text_only(element, findings);
    let value = bare(element, findings);
    match uri::full_link(&value) {
        Some(fault) => fault.report(findings, element.text_at()),
        None => report(uri::canonical(&value), element.text_at(), findings),
    }
}

/// An author or contributor.
pub(super) fn person(element: &Element, own: &str, findings: &mut Findings<'_>) {
    walk::attributes(element, &[], false, findings);
    walk::children(element, Parent::Person, own, findings);
    for child in element.elements().filter(|child| child.namespace == own) {
        walk::attributes(child, &[], false, findings);
        walk::text_only(child, findings);
        let value = child.text();
        match child.name.as_str() {
            "name" => {
                if value.trim().is_empty() {
                    blank(child, findings);
                }
                plain(child, Code::ContainsHtml, false, findings);
                if mail::holds_address(&value) {
                    findings.say(Code::NameHoldsMail, child.text_at(), format!("expected a name, found the mail address in {}", shown(&value)));
                }
            }
            "uri" => {
                let value = bare(child, findings);
                if value.is_empty() {
                    blank(child, findings);
                } else {
                    report(uri::iri(&value), child.text_at(), findings);
                }
            }
            "email" => report(mail::address(value.trim()), child.text_at(), findings),
            _ => {}
        }
    }
    if element.first(own, "name").is_none() {
        missing(element, "name", Code::MissingElement, findings);
    }
}

/// A category.
pub(super) fn category(element: &Element, findings: &mut Findings<'_>) {
    walk::attributes(element, &["term", "scheme", "label"], false, findings);
    match element.attribute("term") {
        None => findings.say(Code::MissingAttribute, element.at, "expected term on category, found none"),
        Some(term) if term.value.trim().is_empty() => findings.say(Code::BlankElement, term.value_at, "expected a term on category, found nothing"),
        Some(_) => {}
    }
    if let Some(scheme) = element.attribute("scheme") {
        report(uri::full_link(&scheme.value), scheme.value_at, findings);
    }
    if let Some(label) = element.attribute("label") {
        text_attribute(label, findings);
    }
    walk::no_text(element, findings);
}

/// An attribute that people read.
fn text_attribute(attribute: &Attribute, findings: &mut Findings<'_>) {
    if attribute.value.trim().is_empty() {
        findings.say(Code::BlankAttribute, attribute.value_at, format!("expected a text in {}, found nothing", attribute.name));
    }
    plain_value(&attribute.value, Code::ContainsHtml, true, attribute.value_at, findings);
}

fn generator(element: &Element, findings: &mut Findings<'_>) {
    walk::attributes(element, &["uri", "version"], false, findings);
    walk::text_only(element, findings);
    if let Some(address) = element.attribute("uri") {
        report(uri::uri(&address.value, uri::Demand::Reference, Code::InvalidUriAttribute), address.value_at, findings);
    }
    if let Some(version) = element.attribute("version").filter(|version| version.value.trim().is_empty()) {
        findings.say(Code::BlankAttribute, version.value_at, "expected a version, found nothing");
    }
    if element.text().trim().is_empty() {
        blank(element, findings);
    }
    plain(element, Code::ContainsHtml, false, findings);
}

/// The relation of a link, in its short form.
pub(super) fn relation(element: &Element) -> &str {
    let rel = element.attribute("rel").map_or("alternate", |rel| rel.value.as_str());
    rel.strip_prefix("http://www.iana.org/assignments/relation/").unwrap_or(rel)
}

/// A link.
pub(super) fn link(element: &Element, parent: Parent, findings: &mut Findings<'_>) {
    walk::attributes(element, &["href", "rel", "type", "hreflang", "title", "length"], false, findings);
    let rel = relation(element);
    if let Some(attribute) = element.attribute("rel") {
        if attribute.value.trim().is_empty() {
            findings.say(Code::BlankAttribute, attribute.value_at, "expected a relation, found nothing");
        }
        let address = uri::scheme_of(rel).is_some_and(|scheme| rel.len() > scheme.len() + 1) && !rel.contains(char::is_whitespace);
        if !RELATIONS.split_whitespace().any(|known| known == rel) && !address {
            findings.say(Code::UnregisteredLinkRel, attribute.value_at, format!("expected a registered relation, found {}", shown(rel)));
        }
    }
    if let Some(attribute) = element.attribute("type") {
        let essence = attribute.value.split(';').next().unwrap_or_default().trim();
        let feed = matches!(essence, "application/atom+xml" | "application/rss+xml" | "application/rdf+xml");
        match media_type::media_type(&attribute.value) {
            Some(fault) => fault.report(findings, attribute.value_at),
            None if rel == "self" && !feed => {
                findings.say(Code::SelfNotFeed, attribute.value_at, format!("expected the type of a feed, found {}", shown(&attribute.value)));
            }
            None => {}
        }
    }
    if let Some(title) = element.attribute("title") {
        text_attribute(title, findings);
    }
    if let Some(length) = element.attribute("length") {
        report(number::non_negative(&length.value), length.value_at, findings);
        if length.value.trim().is_empty() {
            findings.say(Code::BlankElement, length.value_at, "expected a length, found nothing");
        }
    }
    if let Some(lang) = element.attribute("hreflang") {
        report(language::tag(&lang.value), lang.value_at, findings);
    }
    match element.attribute("href") {
        None => findings.say(Code::MissingHref, element.at, "expected href on link, found none"),
        Some(href) => {
            report(uri::iri(&href.value), href.value_at, findings);
            if rel == "self" && matches!(parent, Parent::Feed | Parent::Channel) {
                self_link(element, href, findings);
            }
        }
    }
    if !element.text().trim().is_empty() {
        findings.say(Code::LinkNotEmpty, element.text_at(), format!("expected an empty link, found {}", shown(&element.text())));
    }
}

fn self_link(element: &Element, href: &Attribute, findings: &mut Findings<'_>) {
    let based = element.attributes.iter().any(|attribute| attribute.namespace == XML && attribute.name == "base");
    if uri::scheme_of(&href.value).is_none() && !based && !findings.text().contains("xml:base") {
        findings.say(Code::RelativeSelf, href.value_at, format!("expected a full address, found {}", shown(&href.value)));
        return;
    }
    let Some(base) = findings.options().base.clone() else { return };
    let form = |address: &str| uri::canonical_form(address.split('#').next().unwrap_or_default());
    if form(&href.value) != form(&base) {
        findings.say(Code::SelfDiffers, href.value_at, format!("expected {}, found {}", shown(&base), shown(&href.value)));
    }
}

/// Two alternates of one type and language.
fn alternates(links: &[&Element], findings: &mut Findings<'_>) {
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for link in links.iter().filter(|link| relation(link) == "alternate") {
        let value = |name: &str| link.attribute(name).map_or("", |attribute| attribute.value.as_str());
        let key = (value("type"), value("hreflang"));
        if seen.contains(&key) {
            findings.say(Code::DuplicateAlternate, link.at, "expected one alternate of each type and language, found another");
        } else {
            seen.push(key);
        }
    }
}

/// Entries that have the same value in this element.
fn doubles(entries: &[&Element], own: &str, name: &str, code: Code, findings: &mut Findings<'_>) {
    let mut seen = std::collections::HashSet::new();
    for element in entries.iter().filter_map(|entry| entry.first(own, name)) {
        let value = element.text().trim().to_owned();
        if !value.is_empty() && !seen.insert(value.clone()) {
            findings.say(code, element.text_at(), format!("expected another {name} than that of an entry before, found {}", shown(&value)));
        }
    }
}

/// Whether an Atom element may stand once only in a channel or an item.
pub(super) fn once_inside_rss(name: &str, parent: Parent) -> bool {
    match parent {
        Parent::Channel => matches!(name, "generator" | "icon" | "id" | "logo" | "rights" | "subtitle" | "title" | "updated"),
        Parent::Item => matches!(name, "author" | "id" | "published" | "summary" | "title" | "updated"),
        _ => false,
    }
}

/// An Atom element inside of RSS; `false` when it has no place there.
pub(super) fn inside_rss(element: &Element, parent: Parent, findings: &mut Findings<'_>) -> bool {
    let item = parent == Parent::Item;
    match element.name.as_str() {
        "link" => link(element, parent, findings),
        "author" | "contributor" => person(element, ATOM, findings),
        "category" if !item => category(element, findings),
        "generator" if !item => generator(element, findings),
        "id" => report(uri::full_link(element.text().trim()), element.text_at(), findings),
        "icon" | "logo" if !item => {
            if element.text().trim().is_empty() {
                blank(element, findings);
            }
            report(uri::link(element.text().trim()), element.text_at(), findings);
        }
        "published" if !item => return false,
        "published" | "updated" => report(date::rfc3339(element.text().trim(), findings.options().now), element.text_at(), findings),
        "title" => construct::check(element, false, findings),
        "subtitle" | "rights" if !item => construct::check(element, false, findings),
        "summary" if item => construct::check(element, false, findings),
        "content" if item => {
            construct::check(element, true, findings);
            findings.say(Code::SameMeaningAsDescription, element.at, "expected the text once, found atom:content");
        }
        _ => return false,
    }
    true
}

/// XHTML inside of an item.
pub(super) fn xhtml_body(element: &Element, findings: &mut Findings<'_>) {
    findings.say(Code::SameMeaningAsDescription, element.at, "expected the text once, found xhtml:body");
    html::elements(element, findings);
}
