//! Ids and links of entries, compared with each other.

use super::outline::{Entry, Outline, Written};
use super::shown;
use crate::diagnostic::Code;
use crate::lint::Findings;
use std::collections::BTreeMap;

/// Parameters of addresses that change with each visit or each link to it.
const SESSION: &[&str] = &["phpsessid", "jsessionid", "sessionid", "session_id", "sid", "nocache", "cachebuster", "rand", "random"];

pub(super) fn check(outline: &Outline, findings: &mut Findings<'_>) {
    let mut ids: BTreeMap<String, &str> = BTreeMap::new();
    let mut links: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for entry in &outline.entries {
        let id = entry.id.as_ref();
        if let Some(id) = id {
            alike(id, &mut ids, findings);
            session(id, findings);
            dated(entry, id, findings);
        }
        let Some(link) = &entry.link else { continue };
        let own = id.map(|id| id.value.as_str());
        match links.get(link.value.as_str()) {
            Some(other) if *other != own => {
                findings.say(Code::LinksAlike, link.at, format!("expected a page of its own, found that of another entry: {}", shown(&link.value)));
            }
            _ => drop(links.insert(&link.value, own)),
        }
    }
}

/// The id without what one page may be written with or without.
fn folded(id: &str) -> Option<String> {
    let lower = id.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"))?;
    Some(rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/').to_owned())
}

fn alike<'o>(id: &'o Written, ids: &mut BTreeMap<String, &'o str>, findings: &mut Findings<'_>) {
    let Some(key) = folded(&id.value) else { return };
    match ids.get(&key) {
        Some(other) if *other != id.value && host_alike(other, &id.value) => {
            let message = format!("expected ids that differ in more than how an address is written, found {} and {}", shown(other), shown(&id.value));
            findings.say(Code::IdsAlike, id.at, message);
        }
        Some(_) => {}
        None => drop(ids.insert(key, &id.value)),
    }
}

/// Whether two ids differ in scheme, `www.`, the case of the host or a slash at the end, and not in the case of the path.
fn host_alike(a: &str, b: &str) -> bool {
    let path = |id: &str| {
        let rest = id.split_once("://").map_or(id, |(_, rest)| rest).trim_end_matches('/');
        rest.split_once('/').map(|(_, path)| path.to_owned())
    };
    path(a) == path(b)
}

fn session(id: &Written, findings: &mut Findings<'_>) {
    let Some((_, query)) = id.value.split_once(['?', ';']) else { return };
    let names = query.split(['&', ';', '?']).filter_map(|part| part.split('=').next());
    let found = names.map(str::to_ascii_lowercase).find(|name| SESSION.contains(&name.as_str()) || name.starts_with("utm_"));
    if let Some(name) = found {
        findings.say(Code::IdOfSession, id.at, format!("expected an id that stays the same, found `{name}` in {}", shown(&id.value)));
    }
}

fn dated(entry: &Entry, id: &Written, findings: &mut Findings<'_>) {
    let Some(updated) = &entry.updated else { return };
    // What was never changed says nothing.
    if entry.published.as_ref().is_some_and(|published| published.unix() == updated.unix()) {
        return;
    }
    let seconds = updated.unix().map(|seconds| seconds.to_string()).filter(|seconds| seconds.len() >= 9);
    let is_there = |text: &str| text.len() >= 9 && id.value.contains(text);
    if updated.written.contains(':') && is_there(&updated.written) || seconds.is_some_and(|seconds| is_there(&seconds)) {
        findings.say(Code::IdDated, id.at, format!("expected an id that stays the same, found the date of the last change in {}", shown(&id.value)));
    }
}
