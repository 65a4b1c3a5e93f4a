//! Texts: what readers cannot show where they show it, and what helps people.

use super::html::{candidates, is_relative, tags};
use super::outline::{Entry, Outline, Words};
use super::shown;
use crate::diagnostic::Code;
use crate::lint::text::places::{Notation, Places};
use crate::lint::{Findings, Kind};
use crate::text::plain::to_plain;

/// Characters of a title that a list of entries can show.
const LONGEST_TITLE: usize = 150;
/// Characters of a text that needs no summary.
const SHORT: usize = 2_000;
/// Attributes with an address that a reader follows.
const ADDRESSES: &[&str] = &["href", "src", "poster", "cite"];

pub(super) fn check(outline: &Outline, findings: &mut Findings<'_>) {
    for entry in &outline.entries {
        for words in [&entry.content, &entry.summary].into_iter().flatten().filter(|words| words.html) {
            markup(words, outline.kind, findings);
        }
        title(entry, outline.kind, findings);
        summary(entry, outline.kind, findings);
    }
}

fn markup(words: &Words, kind: Kind, findings: &mut Findings<'_>) {
    let text = findings.text();
    let places = Places::new(&words.value, words.at, words.notation);
    let at = |value: &str| match words.notation {
        Notation::Other => place_of(words, value, text),
        _ => places.of(value, text),
    };
    for tag in tags(&words.value) {
        // In RSS this is the validator's rule, too.
        if kind != Kind::Rss && !words.base {
            for address in ADDRESSES.iter().filter_map(|name| tag.value(name)).filter(|address| is_relative(address)) {
                findings.say(Code::RelativeInHtml, at(address), format!("expected absolute addresses in HTML, found `{}`", shown(address)));
            }
        }
        if let Some(address) = tag.value("srcset").filter(|_| !words.base).and_then(|set| candidates(set).find(|address| is_relative(address))) {
            findings.say(Code::RelativeInSrcset, at(address), format!("expected absolute addresses in srcset, found `{}`", shown(address)));
        }
        if tag.name == "img" && tag.value("alt").is_none() {
            let source = tag.value("src").unwrap_or_default();
            findings.say(
                Code::ImageWithoutAlt,
                if words.notation == Notation::Other { at(source) } else { places.tag(tag.written, text) },
                format!("expected alt of a picture, empty if it only adorns, found none: {}", shown(source)),
            );
        }
    }
}

/// Where a value stands among elements that were made text again: as it is written if it is written so, else where they begin.
fn place_of(words: &Words, value: &str, text: &str) -> usize {
    // What is escaped is longer than what it says, but not by much.
    let mut end = (words.at + words.value.len() * 2 + 64).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let written = text.get(words.at..end).unwrap_or_default();
    written.find(value).filter(|_| !value.is_empty()).map_or(words.at, |at| words.at + at)
}

fn title(entry: &Entry, kind: Kind, findings: &mut Findings<'_>) {
    let Some(title) = entry.title.as_ref().filter(|title| !title.value.trim().is_empty()) else {
        // Atom demands one, which is another rule's.
        if kind != Kind::Atom {
            findings.say(Code::TitleMissing, entry.at, "expected a title of the entry, found none");
        }
        return;
    };
    if title.html
        && let Some(tag) = tags(&title.value).first()
    {
        findings.say(Code::TitleMarkup, title.at, format!("expected a title without markup, found `<{}>`", tag.name));
    }
    let length = title.value.trim().chars().count();
    if length > LONGEST_TITLE {
        findings.say(Code::TitleTooLong, title.at, format!("expected a title of at most {LONGEST_TITLE} characters, found {length}"));
    }
}

fn summary(entry: &Entry, kind: Kind, findings: &mut Findings<'_>) {
    let Some(content) = &entry.content else { return };
    let length = content.value.chars().count();
    match &entry.summary {
        None if length > SHORT && kind != Kind::Rss => {
            let message = format!("expected a summary of an entry with {length} characters, found none");
            findings.say(Code::SummaryMissing, content.at, message);
        }
        Some(summary) if length > SHORT / 4 => {
            let plain = |words: &Words| if words.html { to_plain(&words.value) } else { words.value.clone() };
            let same = summary.value == content.value || plain(summary).split_whitespace().eq(plain(content).split_whitespace());
            if same {
                findings.say(Code::SummaryRepeats, summary.at, "expected less than the whole text as summary, found all of it");
            }
        }
        _ => {}
    }
}
