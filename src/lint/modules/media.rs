//! Media RSS 1.1, and what 1.5 added.
//!
//! In: the elements of the namespace. Out: findings: attributes, enumerations, hashes, ratings, restrictions, times.

use super::super::{Attribute, Element, Findings};
use super::geo::is_float;
use super::itunes::is_boolean;
use super::known::Holds::{Anything, Own, Text};
use super::known::{ENTRY, INSIDE, Known, Places, many, no_elements, no_text, one, value_of};
use super::values::{self, Value};
use crate::diagnostic::Code;

/// Wherever descriptions of media stand: in a channel, an item, a group, a content.
const WIDE: Places = super::known::ANYWHERE;

/// `media:`.
pub(super) const MEDIA: &[Known] = &[
    many("group", ENTRY, Own(group)),
    many("content", ENTRY.or(INSIDE), Own(content)).with(&[
        "bitrate",
        "channels",
        "duration",
        "expression",
        "fileSize",
        "framerate",
        "height",
        "isDefault",
        "lang",
        "medium",
        "samplingrate",
        "type",
        "url",
        "width",
    ]),
    one("adult", WIDE, Own(adult)),
    many("category", WIDE, Own(category)).with(&["label", "scheme"]),
    one("copyright", WIDE, Own(copyright)).with(&["url"]),
    many("credit", WIDE, Own(credit)).with(&["role", "scheme"]),
    one("description", WIDE, Own(title)).with(&["type"]),
    one("title", WIDE, Own(title)).with(&["type"]),
    many("keywords", WIDE, Text),
    many("hash", WIDE, Own(hash)).with(&["algo"]),
    many("player", WIDE, Own(player)).with(&["height", "url", "width"]),
    many("rating", WIDE, Own(rating)).with(&["scheme"]),
    many("restriction", WIDE, Own(restriction)).with(&["relationship", "type"]),
    many("text", WIDE, Own(text)).with(&["end", "lang", "start", "type"]),
    many("thumbnail", WIDE, Own(thumbnail)).with(&["height", "time", "url", "width"]),
    // Media RSS 1.5; nothing in them is looked at.
    many("backLinks", WIDE, Anything),
    many("comments", WIDE, Anything),
    many("community", WIDE, Anything),
    many("embed", WIDE, Anything),
    many("license", WIDE, Anything),
    many("location", WIDE, Anything),
    many("peerLink", WIDE, Anything),
    many("price", WIDE, Anything),
    many("responses", WIDE, Anything),
    many("rights", WIDE, Anything),
    many("scenes", WIDE, Anything),
    many("status", WIDE, Anything),
    many("subTitle", WIDE, Anything),
];

/// Whether an element came with Media RSS 1.5.
pub(super) fn is_later(name: &str) -> bool {
    MEDIA.iter().any(|row| row.name == name && matches!(row.holds, Anything))
}

/// Whether an element of the module may stand in one of the module.
pub(super) fn may_stand_in(name: &str, parent: &Element) -> bool {
    match parent.name.as_str() {
        "group" => name != "group",
        "content" => !matches!(name, "group" | "content"),
        _ => false,
    }
}

fn group(element: &Element, findings: &mut Findings<'_>) {
    no_text(element, findings);
    super::elements_in(element, findings);
    let contents = element.all(super::MEDIA, "content").count();
    if contents < 2 {
        findings.say(
            Code::MediaGroupOfOne,
            element.at,
            format!("expected at least two media:content to choose from in media:group, found {contents}"),
        );
    }
}

fn content(element: &Element, findings: &mut Findings<'_>) {
    no_text(element, findings);
    super::elements_in(element, findings);
    for name in ["bitrate", "duration", "framerate", "samplingrate"] {
        kind(element, name, Code::FloatNumber, is_float, "a number", findings);
    }
    for name in ["fileSize", "height", "width"] {
        value_of(element, name, |value| values::positive(value, findings));
    }
    value_of(element, "channels", |value| values::count(value, findings));
    value_of(element, "lang", |value| values::language(value, findings));
    value_of(element, "type", |value| values::mime_attribute(value, findings));
    value_of(element, "url", |value| values::url(value, findings));
    kind(element, "isDefault", Code::TrueOrFalse, is_boolean, "true or false", findings);
    kind(element, "expression", Code::MediaExpression, |text| matches!(text, "sample" | "full" | "nonstop"), "sample, full or nonstop", findings);
    let media = |text: &str| matches!(text, "image" | "audio" | "video" | "document" | "executable");
    kind(element, "medium", Code::MediaMedium, media, "image, audio, video, document or executable", findings);
}

/// An attribute, when it is there, is what a test knows.
fn kind(element: &Element, name: &str, code: Code, is: impl Fn(&str) -> bool, expected: &str, findings: &mut Findings<'_>) {
    value_of(element, name, |value| {
        if !is(value.text) {
            findings.say(code, value.at, format!("expected {expected} in {}, found {:?}", value.what, value.text));
        }
    });
}

fn adult(element: &Element, findings: &mut Findings<'_>) {
    no_elements(element, findings);
    findings.say(Code::MediaAdult, element.at, "expected media:rating, found media:adult");
    let text = element.text();
    if !is_boolean(&text) {
        findings.say(Code::TrueOrFalse, element.text_at(), format!("expected true or false in media:adult, found {text:?}"));
    }
}

fn category(element: &Element, findings: &mut Findings<'_>) {
    no_elements(element, findings);
    value_of(element, "label", |value| values::plain(value, findings));
    value_of(element, "scheme", |value| values::url(value, findings));
}

fn copyright(element: &Element, findings: &mut Findings<'_>) {
    no_elements(element, findings);
    value_of(element, "url", |value| values::url(value, findings));
}

fn credit(element: &Element, findings: &mut Findings<'_>) {
    no_elements(element, findings);
    let scheme = written(element, "scheme").unwrap_or("urn:ebu");
    let known = |role: &str| scheme != "urn:ebu" || super::roles::ROLES.contains(&role);
    kind(
        element,
        "role",
        Code::MediaCreditRole,
        |role| known(role) && !role.chars().any(char::is_uppercase),
        "a role of the EBU's list, in lower case",
        findings,
    );
    if scheme != "urn:ebu" {
        value_of(element, "scheme", |value| values::url(value, findings));
    }
}

fn hash(element: &Element, findings: &mut Findings<'_>) {
    no_elements(element, findings);
    kind(element, "algo", Code::MediaHash, |algorithm| matches!(algorithm, "md5" | "sha-1"), "md5 or sha-1", findings);
    let text = element.text();
    let digits = text.trim();
    let expected = if written(element, "algo") == Some("sha-1") { 40 } else { 32 };
    if digits.len() != expected || !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        findings.say(Code::MediaHash, element.text_at(), format!("expected {expected} hexadecimal digits in media:hash, found {digits:?}"));
    }
}

fn player(element: &Element, findings: &mut Findings<'_>) {
    no_elements(element, findings);
    no_text(element, findings);
    values::required(element, "url", findings);
    value_of(element, "url", |value| values::url(value, findings));
    size(element, findings);
}

fn thumbnail(element: &Element, findings: &mut Findings<'_>) {
    no_elements(element, findings);
    values::required(element, "url", findings);
    value_of(element, "url", |value| values::url(value, findings));
    kind(element, "time", Code::MediaTime, is_time, TIME, findings);
    size(element, findings);
}

/// Height and width.
fn size(element: &Element, findings: &mut Findings<'_>) {
    for name in ["height", "width"] {
        value_of(element, name, |value| values::positive(value, findings));
    }
}

fn rating(element: &Element, findings: &mut Findings<'_>) {
    no_elements(element, findings);
    let text = element.text();
    let value = text.trim();
    let right = match written(element, "scheme").unwrap_or("urn:simple") {
        "urn:simple" => matches!(value, "adult" | "nonadult"),
        "urn:mpaa" => matches!(value, "g" | "m" | "nc-17" | "pg" | "pg-13" | "r" | "x"),
        "urn:v-chip" => {
            matches!(value, "14+" | "18+" | "c" | "c8" | "g" | "pg" | "tv-14" | "tv-g" | "tv-ma" | "tv-pg" | "tv-y" | "tv-y7" | "tv-y7-fv")
        }
        "urn:icra" => is_icra(value),
        _ => {
            value_of(element, "scheme", |value| values::url(value, findings));
            true
        }
    };
    if !right {
        findings.say(Code::MediaRating, element.text_at(), format!("expected a rating of its scheme in media:rating, found {value:?}"));
    }
}

/// `r (nz 1 sa 1)`: topics with their levels.
fn is_icra(text: &str) -> bool {
    let Some(inside) = text.strip_prefix("r (").and_then(|rest| rest.strip_suffix(')')) else { return false };
    let words: Vec<&str> = inside.split(' ').collect();
    words.len().is_multiple_of(2) && words.chunks(2).all(|pair| matches!(pair, [topic, level] if is_topic(topic, level)))
}

fn is_topic(topic: &str, level: &str) -> bool {
    let mut letters = topic.chars();
    let (Some(kind), Some(letter), None) = (letters.next(), letters.next(), letters.next()) else { return false };
    let last = match kind {
        'n' | 'l' => 'c',
        's' => 'f',
        'v' => 'j',
        'o' => 'h',
        'c' => 'b',
        'x' => 'e',
        _ => return false,
    };
    (letter == 'z' && matches!(level, "0" | "1")) || (('a'..=last).contains(&letter) && level == "1")
}

fn restriction(element: &Element, findings: &mut Findings<'_>) {
    no_elements(element, findings);
    values::required(element, "relationship", findings);
    kind(element, "relationship", Code::MediaRestrictionRelationship, |text| matches!(text, "allow" | "deny"), "allow or deny", findings);
    let text = element.text();
    let text = text.trim();
    let at = element.text_at();
    match written(element, "type") {
        None if !matches!(text, "" | "all" | "none") => {
            findings.say(Code::MediaRestriction, at, format!("expected all or none in media:restriction without type, found {text:?}"));
        }
        // Sharing came with Media RSS 1.5.
        None | Some("sharing") => {}
        Some("country") => {
            for country in text.split(' ') {
                if !super::roles::COUNTRIES.contains(&country.to_ascii_uppercase().as_str()) {
                    findings.say(Code::MediaCountry, at, format!("expected countries of ISO 3166 with spaces between them, found {country:?}"));
                }
            }
        }
        Some("uri") => values::url(&Value { what: "media:restriction", text, at }, findings),
        Some(_) => kind(element, "type", Code::MediaRestrictionType, |_| false, "country or uri", findings),
    }
}

fn text(element: &Element, findings: &mut Findings<'_>) {
    no_elements(element, findings);
    for name in ["start", "end"] {
        kind(element, name, Code::MediaTime, is_time, TIME, findings);
    }
    value_of(element, "lang", |value| values::language(value, findings));
    prose(element, findings);
}

fn title(element: &Element, findings: &mut Findings<'_>) {
    no_elements(element, findings);
    prose(element, findings);
}

/// Text of the type that an attribute states.
fn prose(element: &Element, findings: &mut Findings<'_>) {
    kind(element, "type", Code::MediaTextType, |text| matches!(text, "plain" | "html"), "plain or html", findings);
    let text = element.text();
    let what = values::name(element);
    let value = Value { what: &what, text: text.trim(), at: element.text_at() };
    if written(element, "type") == Some("html") {
        values::html(&value, findings);
    } else {
        values::undeclared(&value, findings);
    }
}

const TIME: &str = "seconds, hours:minutes:seconds or now";

/// Normal play time of RTSP (RFC 2326 §3.6).
fn is_time(text: &str) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        ["now"] => true,
        [seconds] => is_seconds(seconds),
        [hours, minutes, seconds] => {
            digits(hours)
                && minutes.len() == 2
                && digits(minutes)
                && seconds.split('.').next().is_some_and(|whole| whole.len() == 2)
                && is_seconds(seconds)
        }
        _ => false,
    }
}

fn is_seconds(text: &str) -> bool {
    is_float(text) && !text.ends_with('.')
}

/// The value of an attribute that is not empty.
fn written<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attribute(name).map(|attribute: &Attribute| attribute.value.as_str()).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_normal_play_times() {
        for right in ["now", "0", "12.5", "1:02:03", "12:05:35.3", "100:00:00"] {
            assert!(is_time(right), "{right}");
        }
        for wrong in ["", "soon", "1:2:3", "12.", "1:02", "1:02:03:04", "-1"] {
            assert!(!is_time(wrong), "{wrong}");
        }
    }

    #[test]
    fn ratings_of_icra_name_topics_and_levels() {
        for right in ["r (nz 1)", "r (cz 1 lz 1 nz 1 oz 1 vz 1)", "r (nc 1 xe 1)"] {
            assert!(is_icra(right), "{right}");
        }
        for wrong in ["", "r ()", "nz 1", "r (nd 1)", "r (na 0)", "r (nz 1 vz)", "r (yz 1)"] {
            assert!(!is_icra(wrong), "{wrong}");
        }
    }
}
