//! Paging and archiving (RFC 5005), and threads (RFC 4685).
//!
//! In: a channel or feed with its links; the elements of both namespaces. Out: findings. Chains over several documents are not followed here.

use super::super::{Element, Findings};
use super::known::Holds::{Anything, Count, Own};
use super::known::{BOTH, ENTRY, FEED, Known, RDF_ITEM, many, no_elements, one, value_of};
use super::values;
use crate::diagnostic::Code;

/// `fh:`.
pub(super) const HISTORY: &[Known] = &[many("archive", FEED, Own(mark)), many("complete", FEED, Own(mark))];

/// `thr:`.
pub(super) const THREADS: &[Known] = &[
    many("in-reply-to", BOTH, Own(reply)).with(&["href", "ref", "source", "type"]),
    one("total", ENTRY, Count),
    many("children", RDF_ITEM, Anything),
];

fn mark(element: &Element, findings: &mut Findings<'_>) {
    super::known::no_text(element, findings);
    no_elements(element, findings);
}

fn reply(element: &Element, findings: &mut Findings<'_>) {
    no_elements(element, findings);
    for name in ["href", "source"] {
        value_of(element, name, |value| values::reference(value, findings));
    }
    value_of(element, "ref", |value| values::id(value, findings));
    value_of(element, "type", |value| values::mime(value, findings));
}

/// A link of Atom.
struct Link<'e> {
    element: &'e Element,
    relation: &'e str,
    address: &'e str,
}

/// The links of an element; relations of the registry are named without its address.
fn links(parent: &Element) -> Vec<Link<'_>> {
    let value = |element: &'_ Element, name: &str| element.attribute(name).map(|attribute| attribute.at);
    let mut links = Vec::new();
    for element in parent.all(super::ATOM, "link") {
        if value(element, "href").is_none() {
            continue;
        }
        let relation = element.attribute("rel").map_or("alternate", |rel| rel.value.as_str());
        let relation = relation.strip_prefix("http://www.iana.org/assignments/relation/").unwrap_or(relation);
        links.push(Link { element, relation, address: element.attribute("href").map_or("", |href| href.value.trim()) });
    }
    links
}

/// Relations of RFC 5005, with `previous` and the name under which others know it.
fn is_history(relation: &str) -> bool {
    matches!(relation, "current" | "first" | "last" | "next" | "next-archive" | "prev-archive" | "previous")
}

/// A channel, a feed, or the source of an entry.
pub(super) fn feed(feed: &Element, findings: &mut Findings<'_>) {
    let links = links(feed);
    let complete = feed.first(super::FH, "complete").is_some();
    let stated = links.iter().filter(|link| link.relation == "self").map(|link| link.address);
    let own: Vec<String> = stated.chain(findings.options().base.as_deref()).map(ToOwned::to_owned).collect();
    let is_own = |address: &str| own.iter().any(|known| known == address);
    if complete {
        for link in links.iter().filter(|link| is_history(link.relation)) {
            if link.relation != "current" {
                let message = format!("expected no link to other pages in a complete feed, found rel={:?}", link.relation);
                findings.say(Code::LinkInCompleteFeed, link.element.at, message);
            } else if !is_own(link.address) {
                let message = format!("expected the address of the feed itself in rel=\"current\" of a complete feed, found {:?}", link.address);
                findings.say(Code::CurrentIsNotSelf, link.element.at, message);
            }
        }
    }
    for (end, beyond) in [("first", "previous"), ("last", "next")] {
        if links.iter().any(|link| link.relation == end && is_own(link.address)) {
            for link in links.iter().filter(|link| link.relation == beyond) {
                findings.say(Code::LinkPastEnd, link.element.at, format!("expected no rel={beyond:?} in the {end} page, found {:?}", link.address));
            }
        }
    }
    if let Some(archive) = feed.first(super::FH, "archive").filter(|_| !complete) {
        if !links.iter().any(|link| matches!(link.relation, "prev-archive" | "next-archive")) {
            findings.say(Code::ArchiveWithoutNeighbours, archive.at, "expected a link to the archive before or behind, or fh:complete, found none");
        }
        if !links.iter().any(|link| link.relation == "current") {
            findings.say(Code::ArchiveWithoutCurrent, archive.at, "expected a link with rel=\"current\" in an archive, found none");
        }
    }
}

/// An item or entry.
pub(super) fn entry(entry: &Element, findings: &mut Findings<'_>) {
    for link in links(entry).iter().filter(|link| is_history(link.relation)) {
        findings.say(
            Code::HistoryInEntry,
            link.element.at,
            format!("expected links to pages in the feed, found rel={:?} in an entry", link.relation),
        );
    }
}

/// Attributes of threads on the links of a feed or entry.
pub(super) fn thread_links(parent: &Element, findings: &mut Findings<'_>) {
    for link in links(parent) {
        for attribute in link.element.attributes.iter().filter(|attribute| attribute.namespace == super::THR) {
            let what = format!("thr:{}", attribute.name);
            let value = values::Value { what: &what, text: &attribute.value, at: attribute.value_at };
            match attribute.name.as_str() {
                "count" => values::count(&value, findings),
                "updated" => values::internet_date(&value, findings),
                "when" => {
                    findings.say(Code::ThreadWhen, attribute.at, "expected thr:updated, found thr:when");
                    continue;
                }
                _ => continue,
            }
            if link.relation != "replies" {
                values::unexpected_attribute(link.element, attribute, findings);
            }
        }
    }
}
