//! Modules of weblogs and of what delivers them: syndication, Slash, comments, trackbacks, blog channels, wikis, Feedburner.
//!
//! In: nothing but the elements; tables and what they call. Out: the rows of each module, findings.

use super::super::{Element, Findings};
use super::known::Holds::{Anything, Count, EventDate, IsoDate, Kind, Own, Plain, Positive, Resource, Text, Url, W3cDate};
use super::known::{ATOM_ENTRY, BOTH, ENTRY, FEED, Known, RDF_ITEM, RSS_ITEM, many, no_elements, one, value_of};
use super::values;
use crate::diagnostic::Code;

/// `sy:`.
pub(super) const SYNDICATION: &[Known] = &[
    one("updatePeriod", FEED, Kind(Code::UpdatePeriod, is_period, "hourly, daily, weekly, monthly or yearly")),
    one("updateFrequency", FEED, Positive),
    one("updateBase", FEED, W3cDate),
];

/// `slash:`.
pub(super) const SLASH: &[Known] = &[
    one("comments", ENTRY, Count),
    many("section", ENTRY, Text),
    many("department", ENTRY, Text),
    one("hit_parade", ENTRY, Kind(Code::SlashHits, is_list, "whole numbers with commas between them")),
];

/// `wfw:`.
pub(super) const COMMENTS: &[Known] = &[one("comment", ENTRY, Url), one("commentRss", ENTRY, Url), one("commentRSS", ENTRY, Own(comment_feed))];

/// `trackback:`.
pub(super) const TRACKBACK: &[Known] = &[
    one("ping", RSS_ITEM.or(ATOM_ENTRY), Url),
    many("about", RSS_ITEM.or(ATOM_ENTRY), Url),
    one("ping", RDF_ITEM, Resource),
    many("about", RDF_ITEM, Resource),
];

/// `blogChannel:`.
pub(super) const BLOG_CHANNEL: &[Known] =
    &[one("blogRoll", FEED, Url), one("mySubscriptions", FEED, Url), one("blink", FEED, Url), one("changes", FEED, Url)];

/// `wiki:`.
pub(super) const WIKI: &[Known] = &[
    many("interwiki", FEED, Text),
    many("diff", ENTRY, Text),
    many("history", ENTRY, Text),
    many("importance", ENTRY, Text),
    many("status", ENTRY, Text),
    many("version", ENTRY, Text),
];

/// `ag:`.
pub(super) const AGGREGATION: &[Known] = &[one("source", ENTRY, Text), one("sourceURL", ENTRY, Url), one("timestamp", ENTRY, IsoDate)];

/// `annotate:`.
pub(super) const ANNOTATE: &[Known] = &[one("reference", ENTRY, Resource)];

/// `cp:`.
pub(super) const CHANGED_PAGE: &[Known] = &[many("server", FEED, Resource)];

/// `ev:`.
pub(super) const EVENT: &[Known] = &[
    one("startdate", ENTRY, EventDate),
    one("enddate", ENTRY, EventDate),
    many("location", ENTRY, Anything),
    many("organizer", ENTRY, Anything),
    one("type", ENTRY, Text),
];

/// `taxo:`.
pub(super) const TAXONOMY: &[Known] = &[many("topics", BOTH, Anything)];

/// `l:`.
pub(super) const LINK: &[Known] = &[many("link", BOTH, Anything), many("permalink", ENTRY, Anything)];

/// `feedburner:`.
pub(super) const FEEDBURNER: &[Known] = &[
    one("awareness", BOTH, Url),
    one("origLink", ENTRY, Url),
    one("origEnclosureLink", ENTRY, Url),
    one("browserFriendly", FEED, Plain),
    one("emailServiceId", FEED, Text),
    one("feedburnerHostname", FEED, Url),
    many("feedFlare", FEED, Own(flare)).with(&["href", "src"]),
    many("info", FEED, Own(info)).with(&["uri"]),
];

/// `cf:`, of lists.
pub(super) const LISTS: &[Known] = &[many("listinfo", FEED, Anything), many("treatAs", FEED, Anything)];

/// `app:`, of the publishing protocol.
pub(super) const PUBLISHING: &[Known] =
    &[one("edited", ENTRY, super::known::Holds::InternetDate), many("control", ENTRY, Anything), one("collection", FEED, Anything)];

fn is_period(text: &str) -> bool {
    matches!(text, "hourly" | "daily" | "weekly" | "monthly" | "yearly")
}

/// Whole numbers with commas, white space behind these.
fn is_list(text: &str) -> bool {
    text.split(',').enumerate().all(|(index, part)| {
        let number = if index == 0 { part } else { part.trim_start() };
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn comment_feed(element: &Element, findings: &mut Findings<'_>) {
    findings.say(Code::CommentRssCase, element.at, "expected wfw:commentRss, found wfw:commentRSS");
    no_elements(element, findings);
    let text = element.text();
    values::url(&values::Value { what: "wfw:commentRSS", text: text.trim(), at: element.text_at() }, findings);
}

/// `href` and `src` have to be there.
fn flare(element: &Element, findings: &mut Findings<'_>) {
    no_elements(element, findings);
    for name in ["href", "src"] {
        values::required(element, name, findings);
    }
    let text = element.text();
    values::plain(&values::Value { what: "feedburner:feedFlare", text: text.trim(), at: element.text_at() }, findings);
}

/// The addresses of flares: relative ones have no base in RSS.
pub(super) fn flares(feed: &Element, findings: &mut Findings<'_>) {
    let atom = feed.namespace == super::ATOM;
    for flare in feed.all(super::FEEDBURNER, "feedFlare") {
        for name in ["href", "src"] {
            value_of(flare, name, |value| if atom { values::reference(value, findings) } else { values::absolute(value, findings) });
        }
    }
}

fn info(element: &Element, findings: &mut Findings<'_>) {
    values::required(element, "uri", findings);
    value_of(element, "uri", |value| values::reference(value, findings));
}
