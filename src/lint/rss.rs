//! RSS 0.9x and 2.0: the channel, its items and the small elements in it, as the specification and the RSS Advisory Board's profile have them.
//!
//! In: the root element. Out: findings. RSS 1.0 is another format, see `rdf`.

use super::text::{html, plain};
use super::value::{Fault, date, language, mail, media_type, number, shown, uri};
use super::walk::{self, ATOM, Parent};
use super::{Attribute, Element, Findings, atom, xml};
use crate::diagnostic::Code;

const DC: &str = "http://purl.org/dc/elements/1.1/";
const CONTENT: &str = "http://purl.org/rss/1.0/modules/content/";
const SLASH: &str = "http://purl.org/rss/1.0/modules/slash/";

/// An element and the one of an extension that means the same.
type Same = (&'static str, &'static str, &'static str);

/// Pairs of a channel.
const CHANNEL_PAIRS: [Same; 8] = [
    ("managingEditor", DC, "creator"),
    ("category", DC, "subject"),
    ("pubDate", DC, "date"),
    ("generator", "http://webns.net/mvcb/", "generatorAgent"),
    ("webMaster", DC, "publisher"),
    ("language", DC, "language"),
    ("copyright", DC, "rights"),
    ("lastBuildDate", "http://purl.org/dc/terms/", "modified"),
];

/// Pairs of an item.
const ITEM_PAIRS: [Same; 6] = [
    ("author", DC, "creator"),
    ("category", DC, "subject"),
    ("pubDate", DC, "date"),
    ("source", DC, "source"),
    ("guid", ATOM, "id"),
    ("pubDate", ATOM, "published"),
];

/// A document.
pub(super) fn check(root: &Element, findings: &mut Findings<'_>) {
    let own = root.namespace.as_str();
    walk::attributes(root, &["version"], true, findings);
    walk::children(root, Parent::Rss, own, findings);
    let version = root.attribute("version").map_or("", |version| version.value.as_str());
    match root.attribute("version") {
        None => findings.say(Code::MissingAttribute, root.at, "expected version on rss, found none"),
        Some(attribute) if !matches!(version, "0.91" | "0.92" | "0.93" | "0.94" | "2.0" | "2.0.1" | "2.0.11") => {
            findings.say(Code::WrongRssVersion, attribute.value_at, format!("expected 2.0, found {}", shown(version)));
        }
        Some(_) => {}
    }
    if root.first(own, "channel").is_none() {
        missing(root, "channel", Code::MissingElement, findings);
    }
    for channel_ in root.all(own, "channel") {
        channel(channel_, own, version, findings);
    }
}

/// An element is not there.
pub(super) fn missing(element: &Element, name: &str, code: Code, findings: &mut Findings<'_>) {
    findings.say(code, element.at, format!("expected {name} in {}, found none", element.name));
}

/// Reports a fault, if there is one.
pub(super) fn report(fault: Option<Fault>, at: usize, findings: &mut Findings<'_>) {
    if let Some(fault) = fault {
        fault.report(findings, at);
    }
}

/// An element says nothing.
pub(super) fn blank(element: &Element, findings: &mut Findings<'_>) {
    if element.text().trim().is_empty() {
        findings.say(Code::BlankElement, element.at, format!("expected a value in {}, found nothing", element.name));
    }
}

fn channel(element: &Element, own: &str, version: &str, findings: &mut Findings<'_>) {
    walk::attributes(element, &[], true, findings);
    walk::children(element, Parent::Channel, own, findings);
    let dated = element.first(own, "lastBuildDate").is_some();
    let mut item_before: Option<&Element> = None;
    let mut guids = std::collections::HashSet::new();
    for child in element.elements().filter(|child| child.namespace == own) {
        if child.name == "item" {
            item(child, own, version, dated, &mut guids, findings);
            item_before = item_before.or(Some(child));
            continue;
        }
        if let Some(item) = item_before.take() {
            findings.say(Code::MisplacedItem, item.at, format!("expected items behind the data of the channel, found {} behind them", child.name));
        }
        channel_child(child, element, own, version, findings);
    }
    for (name, code) in [("title", Code::MissingChannelTitle), ("link", Code::MissingChannelLink), ("description", Code::MissingDescription)] {
        if element.first(own, name).is_none() {
            missing(element, name, code, findings);
        }
    }
    let language = element.first(own, "language").is_some() || element.first(DC, "language").is_some();
    if !language && !xml::states_language(element) && !findings.text().get(..2048).unwrap_or(findings.text()).contains("xml:lang") {
        findings.say(Code::NoLanguage, element.at, "expected language, found none");
    }
    if version == "2.0" && !element.all(ATOM, "link").any(|link| atom::relation(link) == "self") {
        findings.say(Code::MissingAtomSelfLink, element.at, "expected atom:link with rel=\"self\", found none");
    }
    pairs(element, own, &CHANNEL_PAIRS, Code::SameMeaning, findings);
}

/// Elements that mean the same, of which one is enough.
fn pairs(element: &Element, own: &str, pairs: &[Same], code: Code, findings: &mut Findings<'_>) {
    for (core, namespace, name) in pairs {
        if element.first(own, core).is_some()
            && let Some(other) = element.first(namespace, name)
        {
            findings.say(code, other.at, format!("expected {core} or {}:{name}, found both", other.prefix));
        }
    }
}

fn channel_child(child: &Element, channel: &Element, own: &str, version: &str, findings: &mut Findings<'_>) {
    let value = child.text();
    let value = value.trim();
    let at = child.text_at();
    let modern = version.starts_with("2.");
    let known: &[&str] = match child.name.as_str() {
        "category" => &["domain"],
        "cloud" => &["domain", "path", "registerProcedure", "protocol", "port"],
        _ => &[],
    };
    walk::attributes(child, known, true, findings);
    match child.name.as_str() {
        "title" => {
            blank(child, findings);
            text(child, modern, findings);
        }
        "description" | "copyright" | "category" => text(child, modern, findings),
        "link" | "docs" => {
            walk::text_only(child, findings);
            report(uri::full_link(value), at, findings);
        }
        "language" => report(language::tag(value), at, findings),
        "managingEditor" | "webMaster" => contact(child, findings),
        "pubDate" | "lastBuildDate" => report(date::rfc822(value, findings.options().now), at, findings),
        "ttl" => {
            blank(child, findings);
            report(number::positive(value), at, findings);
        }
        "cloud" => cloud(child, findings),
        "image" => image(child, channel, own, modern, findings),
        "textInput" => text_input(child, own, modern, findings),
        "skipHours" => skip_hours(child, own, findings),
        "skipDays" => skip_days(child, own, findings),
        _ => {}
    }
}

/// A text in which HTML has no place.
pub(super) fn text(element: &Element, modern: bool, findings: &mut Findings<'_>) {
    walk::text_only(element, findings);
    plain(element, Code::ContainsHtml, modern, findings);
}

fn contact(element: &Element, findings: &mut Findings<'_>) {
    walk::text_only(element, findings);
    let value = element.text();
    report(mail::contact(value.trim()), element.text_at(), findings);
    plain(element, Code::ContainsHtml, false, findings);
}

fn cloud(element: &Element, findings: &mut Findings<'_>) {
    for name in ["domain", "path", "registerProcedure", "protocol"] {
        required(element, name, findings);
    }
    if let Some(port) = required(element, "port", findings) {
        report(number::positive(&port.value).map(|fault| Fault { code: Code::InvalidIntegerAttribute, ..fault }), port.value_at, findings);
    }
}

fn required<'e>(element: &'e Element, name: &str, findings: &mut Findings<'_>) -> Option<&'e Attribute> {
    let found = element.attribute(name);
    if found.is_none() {
        findings.say(Code::MissingAttribute, element.at, format!("expected {name} on {}, found none", element.name));
    }
    found
}

fn image(element: &Element, channel: &Element, own: &str, modern: bool, findings: &mut Findings<'_>) {
    walk::children(element, Parent::Image, own, findings);
    for (name, code) in [("title", Code::MissingChannelTitle), ("link", Code::MissingChannelLink), ("url", Code::MissingElement)] {
        if element.first(own, name).is_none() {
            missing(element, name, code, findings);
        }
    }
    for child in element.elements().filter(|child| child.namespace == own) {
        let value = child.text();
        let value = value.trim();
        let at = child.text_at();
        let of_channel = channel.first(own, &child.name).map(|of| of.text().trim().to_owned());
        match child.name.as_str() {
            "title" => {
                blank(child, findings);
                text(child, modern, findings);
                if of_channel.is_some_and(|title| title != value) {
                    findings.say(Code::ImageTitleDiffers, at, format!("expected the title of the channel, found {}", shown(value)));
                }
            }
            "link" => {
                report(uri::full_link(value), at, findings);
                if of_channel.is_some_and(|link| link != value) {
                    findings.say(Code::ImageLinkDiffers, at, format!("expected the link of the channel, found {}", shown(value)));
                }
            }
            "url" => {
                report(uri::full_link(value), at, findings);
                let extension = value.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
                let word = !extension.is_empty() && extension.chars().all(|c| c.is_alphanumeric() || c == '_');
                if word && !matches!(extension.as_str(), "jpg" | "jpeg" | "gif" | "png") {
                    findings.say(Code::ImageFormat, at, format!("expected a GIF, JPEG or PNG, found {}", shown(&extension)));
                }
            }
            "width" => report(number::within(value, 1..=144, Code::InvalidWidth), at, findings),
            "height" => report(number::within(value, 1..=400, Code::InvalidHeight), at, findings),
            "description" => text(child, modern, findings),
            _ => {}
        }
    }
}

fn text_input(element: &Element, own: &str, modern: bool, findings: &mut Findings<'_>) {
    findings.say(Code::TextInput, element.at, "expected no textInput, which readers do not show, found one");
    walk::children(element, Parent::TextInput, own, findings);
    let wanted = [
        ("title", Code::MissingChannelTitle),
        ("link", Code::MissingChannelLink),
        ("description", Code::MissingDescription),
        ("name", Code::MissingElement),
    ];
    for (name, code) in wanted {
        if element.first(own, name).is_none() {
            missing(element, name, code, findings);
        }
    }
    for child in element.elements().filter(|child| child.namespace == own) {
        let value = child.text();
        let value = value.trim();
        match child.name.as_str() {
            "title" | "description" => {
                blank(child, findings);
                text(child, modern, findings);
            }
            "link" => report(uri::full_link(value), child.text_at(), findings),
            "name" if !value.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') => {
                findings.say(Code::InvalidFormName, child.text_at(), format!("expected the name of a form field, found {}", shown(value)));
            }
            _ => {}
        }
    }
}

fn skip_hours(element: &Element, own: &str, findings: &mut Findings<'_>) {
    walk::children(element, Parent::SkipHours, own, findings);
    let hours: Vec<&Element> = element.all(own, "hour").collect();
    if hours.is_empty() {
        missing(element, "hour", Code::MissingElement, findings);
    }
    if hours.len() > 24 {
        findings.say(Code::TooManyHours, element.at, format!("expected at most 24 hours, found {}", hours.len()));
    }
    let mut seen = Vec::new();
    for hour in hours {
        let value = hour.text();
        let value = value.trim();
        let number: Option<u32> = value.parse().ok();
        match number {
            Some(24) => findings.say(Code::MidnightNotZero, hour.text_at(), "expected 0 for midnight, found \"24\""),
            Some(0..=23) => {}
            _ => findings.say(Code::InvalidHour, hour.text_at(), format!("expected an hour from 0 to 23, found {}", shown(value))),
        }
        let key = number.map(|number| number % 24);
        if key.is_some() && seen.contains(&key) {
            findings.say(Code::DuplicateValue, hour.text_at(), format!("expected each hour once, found {} again", shown(value)));
        }
        seen.push(key);
    }
}

fn skip_days(element: &Element, own: &str, findings: &mut Findings<'_>) {
    walk::children(element, Parent::SkipDays, own, findings);
    let days: Vec<&Element> = element.all(own, "day").collect();
    if days.is_empty() {
        missing(element, "day", Code::MissingElement, findings);
    }
    if days.len() > 7 {
        findings.say(Code::TooManyDays, element.at, format!("expected at most 7 days, found {}", days.len()));
    }
    let mut seen = Vec::new();
    for day in days {
        let value = day.text().trim().to_owned();
        if !matches!(value.as_str(), "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday") {
            findings.say(Code::InvalidDay, day.text_at(), format!("expected a day such as Monday, found {}", shown(&value)));
        }
        if seen.contains(&value) {
            findings.say(Code::DuplicateValue, day.text_at(), format!("expected each day once, found {} again", shown(&value)));
        }
        seen.push(value);
    }
}

fn item(element: &Element, own: &str, version: &str, dated: bool, guids: &mut std::collections::HashSet<String>, findings: &mut Findings<'_>) {
    walk::attributes(element, &[], true, findings);
    walk::children(element, Parent::Item, own, findings);
    let modern = version.starts_with("2.");
    let mut enclosures = 0;
    let mut described = false;
    for child in element.elements() {
        if child.namespace == CONTENT && child.name == "encoded" {
            html::check(child, findings);
            html::references(child, findings);
            if !described {
                findings.say(Code::ContentBeforeDescription, child.at, "expected description before content:encoded, found none");
            }
        }
        if child.namespace != own {
            continue;
        }
        described |= child.name == "description";
        if child.name == "enclosure" {
            enclosures += 1;
            if enclosures == 2 {
                findings.say(Code::DuplicateEnclosure, child.at, "expected one enclosure, found another");
            }
        }
        item_child(child, version, modern, guids, findings);
    }
    if element.first(own, "title").is_none() && !described {
        findings.say(Code::EmptyItem, element.at, "expected title or description in item, found neither");
    }
    if modern && element.first(own, "guid").is_none() {
        missing(element, "guid", Code::MissingGuid, findings);
    }
    if !dated && let Some(comments) = element.first(SLASH, "comments") {
        findings.say(Code::CommentsWithoutDate, comments.at, "expected lastBuildDate in the channel beside slash:comments, found none");
    }
    pairs(element, own, &ITEM_PAIRS, Code::SameMeaningInItem, findings);
}

fn item_child(child: &Element, version: &str, modern: bool, guids: &mut std::collections::HashSet<String>, findings: &mut Findings<'_>) {
    let value = child.text();
    let value = value.trim();
    let at = child.text_at();
    let known: &[&str] = match child.name.as_str() {
        "category" => &["domain"],
        "enclosure" => &["url", "length", "type"],
        "guid" => &["isPermaLink"],
        "source" => &["url"],
        _ => &[],
    };
    walk::attributes(child, known, true, findings);
    match child.name.as_str() {
        "title" | "category" => {
            blank(child, findings);
            text(child, modern, findings);
        }
        "description" if version == "0.91" => text(child, false, findings),
        "description" => {
            walk::text_only(child, findings);
            html::check(child, findings);
            html::references(child, findings);
        }
        "link" | "comments" => {
            walk::text_only(child, findings);
            report(uri::full_link(value), at, findings);
        }
        "pubDate" => report(date::rfc822(value, findings.options().now), at, findings),
        "author" => contact(child, findings),
        "enclosure" => enclosure(child, findings),
        "guid" => guid(child, guids, findings),
        "source" => {
            if let Some(address) = required(child, "url", findings) {
                report(uri::full_link(&address.value), address.value_at, findings);
            }
            text(child, modern, findings);
        }
        _ => {}
    }
}

fn enclosure(element: &Element, findings: &mut Findings<'_>) {
    if let Some(length) = required(element, "length", findings) {
        report(number::length(&length.value), length.value_at, findings);
    }
    if let Some(kind) = required(element, "type", findings)
        && !media_type::is_media_type(&kind.value)
    {
        findings.say(Code::InvalidMediaTypeAttribute, kind.value_at, format!("expected a media type, found {}", shown(&kind.value)));
    }
    if let Some(address) = required(element, "url", findings) {
        report(uri::web_address(&address.value), address.value_at, findings);
    }
    walk::no_text(element, findings);
}

fn guid(element: &Element, guids: &mut std::collections::HashSet<String>, findings: &mut Findings<'_>) {
    walk::text_only(element, findings);
    let value = element.text().trim().to_owned();
    let at = element.text_at();
    let stated = element.attribute("isPermaLink");
    if let Some(attribute) = stated {
        report(number::boolean(&attribute.value), attribute.value_at, findings);
    }
    blank(element, findings);
    let permalink = stated.is_none_or(|attribute| attribute.value == "true");
    if permalink {
        let lower = value.to_ascii_lowercase();
        if let Some(fault) = uri::uri(&value, uri::Demand::Full, Code::InvalidHttpGuid) {
            fault.report(findings, at);
        } else if lower.starts_with("tag:") || lower.starts_with("urn:uuid:") {
            findings.say(Code::InvalidPermalink, at, format!("expected isPermaLink=\"false\" or a web address, found {}", shown(&value)));
        }
    } else if !value.is_empty() && value.len() < 9 && value.bytes().all(|byte| byte.is_ascii_digit()) {
        findings.say(Code::NotUniqueGuid, at, format!("expected a guid that nobody else has, found {}", shown(&value)));
    }
    if !value.is_empty() && !guids.insert(value.clone()) {
        findings.say(Code::DuplicateValue, at, format!("expected another guid than that of an item before, found {}", shown(&value)));
    }
}
