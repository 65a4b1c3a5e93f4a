//! Podcasts as Apple describes them.
//!
//! In: the elements of the namespace; a channel or a feed that uses it. Out: findings: what a directory of podcasts asks for.

use super::super::{Element, Findings};
use super::categories::{CATEGORIES, FORMER};
use super::known::Holds::{Email, Kind, MailDate, Own, PlainUpTo, Positive, Text, Url};
use super::known::{BOTH, ENTRY, FEED, Holds, INSIDE, Known, many, no_elements, no_text, one, value_of};
use super::values;
use crate::diagnostic::Code;

const EXPLICIT: Holds = Kind(Code::TrueOrFalse, is_boolean, "true or false");

/// `itunes:`.
pub(super) const ITUNES: &[Known] = &[
    one("author", BOTH, PlainUpTo(255)),
    one("block", BOTH, Kind(Code::ItunesBlock, is_block, "yes, no or clean")),
    one("explicit", BOTH, EXPLICIT),
    one("keywords", BOTH, Own(keywords)),
    one("subtitle", BOTH, PlainUpTo(255)),
    one("summary", BOTH, PlainUpTo(4000)),
    one("image", BOTH, Own(image)).with(&["href"]),
    one("owner", FEED, Own(owner)),
    many("category", FEED, Own(category)).with(&["text"]),
    one("pubDate", FEED, MailDate),
    one("new-feed-url", FEED, Url),
    one("type", FEED, Kind(Code::ItunesChannelType, |text| matches!(text, "episodic" | "serial"), "episodic or serial")),
    one("title", BOTH, Text),
    one("complete", FEED, Text),
    one("applepodcastsverify", FEED, Text),
    one("duration", ENTRY, Kind(Code::ItunesDuration, is_duration, "seconds or hours:minutes:seconds")),
    one("episode", ENTRY, Positive),
    one("season", ENTRY, Positive),
    one("episodeType", ENTRY, Kind(Code::ItunesEpisodeType, |text| matches!(text, "full" | "trailer" | "bonus"), "full, trailer or bonus")),
    one("order", ENTRY, Positive),
    // In the owner alone; it says so.
    one("email", INSIDE, Email),
    one("name", INSIDE, PlainUpTo(255)),
];

/// Elements that Apple added or kept, and that other validators do not know where they stand.
pub(super) fn is_later(name: &str, parent: &Element) -> bool {
    matches!(name, "complete" | "applepodcastsverify" | "order") || (name == "title" && matches!(parent.name.as_str(), "channel" | "feed"))
}

/// Whether an element may stand in one of the module.
pub(super) fn may_stand_in(name: &str, parent: &Element) -> bool {
    matches!((parent.name.as_str(), name), ("owner", "email" | "name") | ("category", "category"))
}

/// `true` or `false` in any case, without anything around it.
pub(super) fn is_boolean(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}

fn is_block(text: &str) -> bool {
    ["yes", "no", "clean"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Seconds, minutes and seconds, or hours too.
fn is_duration(text: &str) -> bool {
    let mut parts = text.split(':');
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.next().is_some_and(digits)
        && parts.clone().count() <= 2
        && parts.all(|part| part.len() == 2 && digits(part) && part.bytes().next().is_some_and(|first| first < b'6'))
}

fn keywords(element: &Element, findings: &mut Findings<'_>) {
    no_elements(element, findings);
    let text = element.text();
    let text = text.trim();
    let length = text.chars().count();
    if length > 255 {
        findings.say(Code::ModuleTextTooLong, element.text_at(), format!("expected at most 255 characters in itunes:keywords, found {length}"));
    }
    if text.contains(' ') && !text.contains(',') {
        findings.say(Code::ItunesKeywords, element.text_at(), format!("expected commas between keywords, found {text:?}"));
    }
}

fn image(element: &Element, findings: &mut Findings<'_>) {
    no_elements(element, findings);
    no_text(element, findings);
    values::required(element, "href", findings);
    value_of(element, "href", |value| values::web_url(value, findings));
}

fn owner(element: &Element, findings: &mut Findings<'_>) {
    no_text(element, findings);
    super::elements_in(element, findings);
    if element.first(super::ITUNES, "email").is_none() {
        values::missing_element(element, "itunes:email", findings);
    }
}

fn category(element: &Element, findings: &mut Findings<'_>) {
    no_text(element, findings);
    let names = |list: &[(&'static str, &'static [&'static str])]| list.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    one_category(element, &names(CATEGORIES), &names(FORMER), findings);
    let text = element.attribute("text").map(|text| text.value.as_str()).unwrap_or_default();
    if text.is_empty() {
        return;
    }
    let below = |list: &[(&'static str, &'static [&'static str])]| list.iter().find(|(name, _)| *name == text).map_or(&[][..], |(_, below)| *below);
    let (now, former) = (below(CATEGORIES), below(FORMER));
    for child in element.all(super::ITUNES, "category") {
        one_category(child, now, former, findings);
        for deeper in child.elements() {
            values::undefined(deeper, child, findings);
        }
    }
}

fn one_category(element: &Element, now: &[&str], former: &[&str], findings: &mut Findings<'_>) {
    let Some(text) = element.attribute("text") else {
        values::required(element, "text", findings);
        return;
    };
    let name = text.value.as_str();
    if now.contains(&name) {
        return;
    }
    if former.contains(&name) {
        findings.say(Code::ItunesFormerCategory, text.value_at, format!("expected a category that Apple still has, found {name:?}"));
    } else {
        findings.say(Code::ItunesCategory, text.value_at, format!("expected one of Apple's categories, found {name:?}"));
    }
}

/// What a whole channel or feed lacks when it uses the module.
pub(super) fn feed(feed: &Element, language: bool, findings: &mut Findings<'_>) {
    let entries = || feed.elements().filter(|child| matches!(child.name.as_str(), "item" | "entry") && child.namespace != super::ITUNES);
    let uses = |element: &Element| element.elements().any(|child| child.namespace == super::ITUNES);
    if !uses(feed) && !entries().any(uses) {
        return;
    }
    if !language {
        missing(feed, "language", findings);
    }
    for name in ["category", "explicit"] {
        if feed.first(super::ITUNES, name).is_none() {
            missing(feed, &format!("itunes:{name}"), findings);
        }
    }
    if feed.first(super::ITUNES, "owner").is_none() {
        findings.say(Code::ItunesNoEmail, feed.at, "expected itunes:owner with itunes:email in the feed, found none");
    }
    for entry in entries().filter(|entry| uses(entry)) {
        for url in entry.all("", "enclosure").filter_map(|enclosure| enclosure.attribute("url")) {
            let extension = url.value.rsplit('.').next().unwrap_or_default();
            if !matches!(extension, "m4a" | "mp3" | "mov" | "mp4" | "m4v" | "pdf" | "epub") {
                let message = format!("expected a file that podcast players play (mp3, m4a, mp4, m4v, mov, pdf, epub), found {:?}", url.value);
                findings.say(Code::ItunesFormat, url.value_at, message);
            }
        }
    }
    encoding(feed, findings);
}

fn missing(feed: &Element, what: &str, findings: &mut Findings<'_>) {
    findings.say(Code::ItunesMissing, feed.at, format!("expected {what} in the podcast, found none"));
}

/// The encoding that the document declares.
fn encoding(feed: &Element, findings: &mut Findings<'_>) {
    let declaration =
        findings.text().split("?>").next().filter(|start| start.trim_start_matches('\u{FEFF}').starts_with("<?xml")).unwrap_or_default();
    let value = declaration.split_once("encoding").and_then(|(_, rest)| {
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        rest.get(1..)?.split(quote).next().map(ToOwned::to_owned)
    });
    if let Some(value) = value.filter(|value| !value.eq_ignore_ascii_case("utf-8") && !value.eq_ignore_ascii_case("utf8")) {
        findings.say(Code::ItunesEncoding, feed.at, format!("expected a podcast in UTF-8, found {value}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_seconds_or_a_clock() {
        for right in ["0", "5400", "12:34", "1:02:03", "100:59:59"] {
            assert!(is_duration(right), "{right}");
        }
        for wrong in ["", "1h", "1:2", "1:60", "1:02:03:04", ":30", "-5"] {
            assert!(!is_duration(wrong), "{wrong}");
        }
    }
}
