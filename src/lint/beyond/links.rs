//! Addresses: of the feed, of its hubs, of pages, and those of machines that nobody reaches.

use super::outline::{ATOM, Outline, Written};
use super::shown;
use crate::diagnostic::Code;
use crate::lint::tree::{Attribute, Element, Tree};
use crate::lint::{Findings, Kind};
use crate::text::url::{absolute, authority, is_web};

const HISTORY: &str = "http://purl.org/syndication/history/1.0";

pub(super) fn check(outline: &Outline, findings: &mut Findings<'_>) {
    if let [first, rest @ ..] = outline.selfs.as_slice() {
        for another in rest {
            let message = format!("expected one self link ({}), found another: {}", shown(&first.value), shown(&another.value));
            findings.say(Code::TwoSelfLinks, another.at, message);
        }
        if let Some(home) = &outline.home
            && same(&home.value, &first.value)
        {
            findings.say(Code::SelfIsHome, first.at, format!("expected the address of the feed, found that of the site: {}", shown(&first.value)));
        }
    } else if let Some(hub) = outline.hubs.first() {
        findings.say(Code::HubWithoutSelf, hub.at, "expected a self link, which a hub knows the feed by, found none");
    }
    for hub in outline.hubs.iter().filter(|hub| !is_web(&hub.value)) {
        findings.say(Code::HubNoAddress, hub.at, format!("expected an absolute http(s) address of the hub, found `{}`", shown(&hub.value)));
    }
    let of_entries = outline.entries.iter().flat_map(|entry| [&entry.link, &entry.id]);
    for address in outline.home.iter().chain(outline.selfs.first()).chain(of_entries.flatten()) {
        local(address, findings);
    }
}

fn same(a: &str, b: &str) -> bool {
    a == b || absolute(a).ok().is_some_and(|a| absolute(b).ok() == Some(a))
}

fn local(written: &Written, findings: &mut Findings<'_>) {
    if !is_web(&written.value) {
        return;
    }
    let host = authority(&written.value).rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host.as_str(), |(name, _)| name);
    let numbers: Vec<u8> = name.split('.').filter_map(|part| part.parse().ok()).collect();
    let is_local = name == "localhost"
        || [".localhost", ".local", ".internal", ".lan"].iter().any(|end| name.ends_with(end))
        || matches!(numbers.as_slice(), [127 | 10, _, _, _] | [192, 168, _, _] | [0, 0, 0, 0])
        || name == "[::1]";
    if is_local {
        findings.say(Code::LocalAddress, written.at, format!("expected an address that everybody can reach, found {}", shown(&written.value)));
    }
}

/// Links between the pages of a feed, enclosures of Atom, categories of RSS.
pub(super) fn check_tree(tree: &Tree, findings: &mut Findings<'_>) {
    let (kind, feed) = match tree.root.name.as_str() {
        "feed" => (Kind::Atom, Some(&tree.root)),
        _ => (Kind::Rss, tree.root.elements().find(|element| element.name == "channel")),
    };
    let Some(feed) = feed else { return };
    let page = |rel: &'static str| linked(feed, rel).next();
    if let (Some(previous), Some(next)) = (page("previous"), page("next"))
        && previous.value.trim() == next.value.trim()
    {
        let message = format!("expected another page than the previous one, found the same: {}", shown(&next.value));
        findings.say(Code::PreviousIsNext, next.value_at, message);
    }
    if kind == Kind::Rss && feed.first(HISTORY, "complete").is_some() {
        for link in ["first", "last", "previous", "next"].iter().filter_map(|rel| page(rel)) {
            findings.say(Code::CompletePaged, link.value_at, format!("expected no pages of a complete feed, found {}", shown(&link.value)));
        }
    }
    for entry in feed.all(ATOM, "entry") {
        enclosures(entry, findings);
    }
    for item in feed.all("", "item") {
        for domain in item.all("", "category").filter_map(|category| category.attribute("domain")) {
            if !domain.value.contains(':') {
                let message = format!("expected the address of a list of categories, found `{}`", shown(&domain.value));
                findings.say(Code::CategoryDomain, domain.value_at, message);
            }
        }
    }
}

/// The addresses of Atom links of this relation.
fn linked<'e>(element: &'e Element, rel: &'e str) -> impl Iterator<Item = &'e Attribute> {
    let own = element.all(ATOM, "link").filter(move |link| link.attribute("rel").is_some_and(|attribute| attribute.value == rel));
    own.filter_map(|link| link.attribute("href"))
}

fn enclosures(entry: &Element, findings: &mut Findings<'_>) {
    for link in entry.all(ATOM, "link").filter(|link| link.attribute("rel").is_some_and(|attribute| attribute.value == "enclosure")) {
        let missing: Vec<&str> = ["type", "length"].into_iter().filter(|name| link.attribute(name).is_none()).collect();
        if !missing.is_empty() {
            findings.say(Code::EnclosureBare, link.at, format!("expected type and length of an enclosure, found no {}", missing.join(" and no ")));
        }
    }
}
