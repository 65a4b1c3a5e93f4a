//! OPML 1.0, 1.1 and 2.0: lists of feeds and other outlines.
//!
//! In: the root element. Out: findings. Feeds that a list names are not fetched.

use super::modules::{self, values};
use super::value::shown;
use super::{Element, Findings, Node};
use crate::diagnostic::Code;
use crate::text::url::is_web;
use std::collections::BTreeMap;
use values::Value;

/// What an element of the head holds.
type Look = fn(&Value<'_>, &mut Findings<'_>);

/// Elements of the head.
const HEAD: &[(&str, Look)] = &[
    ("title", values::html),
    ("dateCreated", values::mail_date),
    ("dateModified", values::mail_date),
    ("ownerName", values::html),
    ("ownerEmail", values::email),
    ("ownerId", values::web_url),
    ("expansionState", expansion),
    ("vertScrollState", line),
    ("windowTop", line),
    ("windowLeft", line),
    ("windowBottom", line),
    ("windowRight", line),
    ("docs", |_, _| {}),
];

/// Attributes of an outline, and what is looked at in them.
const OUTLINE: &[(&str, Look)] = &[
    ("category", categories),
    ("created", values::mail_date),
    ("description", values::html),
    ("htmlUrl", values::url),
    ("isBreakpoint", boolean),
    ("isComment", boolean),
    ("language", values::language),
    ("text", values::html),
    ("title", values::html),
    ("type", |_, _| {}),
    ("url", values::url),
    ("version", version),
    ("xmlUrl", feed_address),
];

/// A whole document.
pub(super) fn check(root: &Element, findings: &mut Findings<'_>) {
    let stated = root.attribute("version");
    match stated {
        None => values::required(root, "version", findings),
        Some(version) if !matches!(version.value.as_str(), "1.0" | "1.1" | "2.0") => {
            findings.say(Code::OpmlVersion, version.value_at, format!("expected version 1.0, 1.1 or 2.0, found {:?}", version.value));
        }
        Some(_) => {}
    }
    attributes(root, &["version"], findings);
    text(root, findings);
    for name in ["head", "body"] {
        if root.first("", name).is_none() {
            values::missing_element(root, name, findings);
        }
    }
    let first = stated.is_none_or(|version| version.value.starts_with("1."));
    for child in root.elements() {
        match child.name.as_str() {
            "head" if child.namespace.is_empty() => head(child, findings),
            "body" if child.namespace.is_empty() => body(child, first, findings),
            _ => other(child, root, findings),
        }
    }
    if let Some(body) = root.first("", "body") {
        whole_list(root, body, findings);
    }
}

/// What is seen of all outlines only.
fn whole_list(root: &Element, body: &Element, findings: &mut Findings<'_>) {
    let mut all = Vec::new();
    let mut waiting: Vec<&Element> = vec![body];
    while let Some(element) = waiting.pop() {
        let inner: Vec<&Element> = element.all("", "outline").collect();
        waiting.extend(inner.iter().rev());
        if element.at != body.at {
            all.push((element, inner.is_empty()));
        }
    }
    if let Some(state) = root.first("", "head").and_then(|head| head.first("", "expansionState")) {
        beyond(state, all.len(), findings);
    }
    let mut feeds: BTreeMap<&str, &Element> = BTreeMap::new();
    for (element, _) in &all {
        let Some(address) = element.attribute("xmlUrl").filter(|address| !address.value.trim().is_empty()) else { continue };
        if feeds.insert(address.value.trim(), element).is_some() {
            findings.say(Code::OutlineTwice, address.value_at, format!("expected each feed once, found {} again", shown(address.value.trim())));
        }
    }
    // Without feeds it is an outline of thoughts, whose leaves are no folders.
    let tells = |element: &Element| ["xmlUrl", "url", "htmlUrl", "type"].iter().any(|name| element.attribute(name).is_some());
    for (element, _) in all.iter().filter(|(element, is_leaf)| *is_leaf && !feeds.is_empty() && !tells(element)) {
        findings.say(Code::OutlineEmptyFolder, element.at, "expected a feed, or outlines in a folder, found neither");
    }
}

/// Lines that are opened are at most as many as there are outlines.
fn beyond(state: &Element, lines: usize, findings: &mut Findings<'_>) {
    let text = state.text();
    let numbers = text.split(',').filter_map(|number| number.trim().parse::<usize>().ok());
    if let Some(number) = numbers.into_iter().find(|number| *number > lines) {
        let message = format!("expected lines up to {lines}, as there are no more outlines, found {number}");
        findings.say(Code::OpmlExpansionBeyond, state.text_at(), message);
    }
}

fn head(head: &Element, findings: &mut Findings<'_>) {
    attributes(head, &[], findings);
    text(head, findings);
    let mut seen: Vec<&str> = Vec::new();
    for child in head.elements() {
        let row = HEAD.iter().find(|(name, _)| child.namespace.is_empty() && *name == child.name);
        let Some((name, look)) = row else {
            other(child, head, findings);
            continue;
        };
        if seen.contains(name) {
            values::twice(child, findings);
        }
        seen.push(name);
        attributes(child, &[], findings);
        for inner in child.elements() {
            values::undefined(inner, child, findings);
        }
        let text = child.text();
        look(&Value { what: name, text: text.trim(), at: child.text_at() }, findings);
    }
}

fn body(body: &Element, first: bool, findings: &mut Findings<'_>) {
    attributes(body, &[], findings);
    text(body, findings);
    if body.first("", "outline").is_none() {
        values::missing_element(body, "outline", findings);
    }
    outlines(body, first, findings);
}

fn outlines(parent: &Element, first: bool, findings: &mut Findings<'_>) {
    for child in parent.elements() {
        if child.namespace.is_empty() && child.name == "outline" {
            outline(child, first, findings);
        } else {
            other(child, parent, findings);
        }
    }
}

/// An outline; `first`: the document is of version 1.
fn outline(element: &Element, first: bool, findings: &mut Findings<'_>) {
    let has = |name: &str| element.attribute(name).is_some();
    values::required(element, "text", findings);
    let kind = element.attribute("type");
    match kind.map(|kind| kind.value.to_ascii_lowercase()).as_deref() {
        Some("rss") => {
            if !has("xmlUrl") {
                findings.say(Code::OutlineWithoutFeed, element.at, "expected xmlUrl in an outline of type rss, found none");
            }
            if !has("title") {
                findings.say(Code::OutlineWithoutTitle, element.at, "expected title in an outline of type rss, found none");
            }
        }
        Some("link") if !has("url") => findings.say(Code::OutlineWithoutUrl, element.at, "expected url in an outline of type link, found none"),
        Some("link") => {}
        Some("include") if !has("url") => {
            findings.say(Code::OutlineWithoutTarget, element.at, "expected url in an outline of type include, found none");
        }
        Some(other) if first => {
            let at = kind.map_or(element.at, |kind| kind.value_at);
            findings.say(Code::OutlineType, at, format!("expected type rss or link in OPML 1, found {other:?}"));
        }
        Some(_) => {}
        None => {
            let telling = ["description", "htmlUrl", "language", "title", "version", "xmlUrl"];
            if let Some(name) = telling.iter().find(|name| has(name)).filter(|_| element.attributes.len() > 1) {
                findings.say(Code::OutlineWithoutType, element.at, format!("expected type in an outline that has {name}, found none"));
            }
        }
    }
    let known: Vec<&str> = OUTLINE.iter().map(|(name, _)| *name).collect();
    attributes(element, &known, findings);
    for (name, look) in OUTLINE {
        if let Some(attribute) = element.attribute(name) {
            let what = format!("{name} of outline");
            look(&Value { what: &what, text: &attribute.value, at: attribute.value_at }, findings);
        }
    }
    text(element, findings);
    outlines(element, first, findings);
}

/// An element of another namespace, or one that OPML does not have here.
fn other(element: &Element, parent: &Element, findings: &mut Findings<'_>) {
    if element.namespace.is_empty() {
        values::undefined(element, parent, findings);
    } else {
        modules::extension(element, parent, findings);
    }
}

fn attributes(element: &Element, known: &[&str], findings: &mut Findings<'_>) {
    for attribute in element.attributes.iter().filter(|attribute| attribute.namespace.is_empty() && !known.contains(&attribute.name.as_str())) {
        values::unexpected_attribute(element, attribute, findings);
    }
}

fn text(element: &Element, findings: &mut Findings<'_>) {
    if element.children.iter().any(|node| matches!(node, Node::Text { value, .. } if !value.trim().is_empty())) {
        values::unexpected_text(element, findings);
    }
}

/// Paths with commas between them; the levels of a path have one slash between them and may have one in front.
fn categories(value: &Value<'_>, findings: &mut Findings<'_>) {
    let is_path = |path: &str| path.strip_prefix('/').unwrap_or(path).split('/').all(|level| !level.trim().is_empty());
    if let Some(path) = value.text.split(',').map(str::trim).find(|path| !is_path(path)) {
        let message = format!("expected paths such as /Boston/Weather with commas between them in {}, found {}", value.what, shown(path));
        findings.say(Code::OutlineCategory, value.at, message);
    }
}

fn feed_address(value: &Value<'_>, findings: &mut Findings<'_>) {
    if !is_web(value.text.trim()) {
        findings.say(Code::OutlineFeedAddress, value.at, format!("expected an http(s) address in {}, found {}", value.what, shown(value.text)));
    }
}

/// Line numbers with commas between them, or nothing.
fn expansion(value: &Value<'_>, findings: &mut Findings<'_>) {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let right = value.text.split(',').enumerate().all(|(index, part)| number(if index == 0 { part } else { part.trim_start() }));
    if !value.text.is_empty() && !right {
        findings.say(
            Code::OpmlExpansionState,
            value.at,
            format!("expected line numbers with commas between them in {}, found {:?}", value.what, value.text),
        );
    }
}

fn line(value: &Value<'_>, findings: &mut Findings<'_>) {
    if value.text.is_empty() {
        values::blank(value, findings);
    }
    values::positive(value, findings);
}

fn boolean(value: &Value<'_>, findings: &mut Findings<'_>) {
    if !value.text.eq_ignore_ascii_case("true") && !value.text.eq_ignore_ascii_case("false") {
        findings.say(Code::TrueOrFalse, value.at, format!("expected true or false in {}, found {:?}", value.what, value.text));
    }
}

fn version(value: &Value<'_>, findings: &mut Findings<'_>) {
    if !matches!(value.text, "RSS" | "RSS1" | "RSS2" | "scriptingNews") {
        findings.say(Code::OutlineVersion, value.at, format!("expected RSS, RSS1, RSS2 or scriptingNews in {}, found {:?}", value.what, value.text));
    }
}
