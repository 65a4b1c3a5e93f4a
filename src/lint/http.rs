//! How a document is served: media type, encoding, redirects, caching, compression, links in the header.
//!
//! In: what HTTP said, and what the document is. Out: findings without a place. Nothing is asked again: whether a validator works is not
//! tried, since that would be a second request. RFC 9110 (HTTP), RFC 9111 (caching), RFC 8288 (links), RFC 7303 (XML media types).

use super::beyond::outline::{Outline, Written};
use super::value::shown;
use super::{Findings, Kind};
use crate::diagnostic::Code;
use crate::format::decode::{FeedText, same_encoding};
use crate::text::url::resolve;
use std::collections::BTreeSet;

/// What HTTP said, after all redirects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// The address that was asked for.
    pub asked: String,
    /// The status of the last answer (RFC 9110 §15).
    pub status: u16,
    /// The redirects on the way: status, and where it led.
    pub hops: Vec<(u16, String)>,
    /// Media type of `Content-Type`, in lower case, without parameters.
    pub media_type: Option<String>,
    /// Its `charset` parameter.
    pub charset: Option<String>,
    /// Other headers, names in lower case: `cache-control`, `content-disposition`, `content-encoding`, `etag`, `last-modified`, `link`.
    pub headers: Vec<(String, String)>,
    /// Bytes of the body, unpacked; `None`: those of the document.
    pub size: Option<usize>,
}

impl Answer {
    /// An answer that says nothing but its status.
    pub fn new(asked: impl Into<String>, status: u16) -> Self {
        Self { asked: asked.into(), status, ..Self::default() }
    }

    /// Whether its body is what was asked for (RFC 9110 §15.3).
    pub fn has_feed(&self) -> bool {
        matches!(self.status, 200 | 203)
    }

    /// The values of a header, in all of its lines.
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The document that came.
pub(super) struct Fetched<'d> {
    pub kind: Kind,
    /// Bytes.
    pub size: usize,
    pub text: &'d FeedText<'d>,
    pub outline: Option<&'d Outline>,
}

/// Media types of each format: those that name it, and those that could be anything of its syntax.
const MEDIA_TYPES: &[(Kind, &[&str], &[&str])] = &[
    (Kind::Rss, &["application/rss+xml", "application/rdf+xml", "application/x-rss+xml"], &["application/xml", "text/xml"]),
    (Kind::Atom, &["application/atom+xml"], &["application/xml", "text/xml"]),
    (Kind::Json, &["application/feed+json"], &["application/json"]),
    (Kind::Opml, &["text/x-opml", "text/x-opml+xml", "application/opml+xml", "text/xml", "application/xml"], &[]),
];

/// Less need not be packed: the head of an answer is about as large.
const WORTH_PACKING: usize = 4 << 10;

/// A day, in seconds: who asks once a day should not get what is older.
const LONG: u64 = 24 * 60 * 60;

/// An answer without the document.
pub(super) fn refused(answer: &Answer, findings: &mut Findings<'_>) {
    let meaning = match answer.status {
        204 | 205 => "no content",
        304 => "not modified, though nothing was said to be known",
        401 | 407 => "who asks must say who they are",
        403 => "nobody may read it",
        404 => "there is nothing at this address",
        410 => "it is gone for good",
        429 => "the server is asked too often",
        451 => "it may not be shown for legal reasons",
        400..=499 => "the server does not accept the request",
        500..=599 => "the server has a fault",
        _ => "an answer that feeds do not have",
    };
    findings.say_of_all(Code::AnswerWithoutFeed, format!("expected a feed, found the answer {}: {meaning}", answer.status));
}

/// An answer with a document.
pub(super) fn check(answer: &Answer, fetched: &Fetched<'_>, findings: &mut Findings<'_>) {
    if fetched.kind != Kind::Unknown {
        media_type(answer, fetched.kind, findings);
    }
    charset(answer, fetched.text, findings);
    redirects(answer, findings);
    caching(answer, findings);
    let size = answer.size.unwrap_or(fetched.size);
    if size > WORTH_PACKING && answer.all("content-encoding").all(|coding| coding.eq_ignore_ascii_case("identity")) {
        let message = format!("expected the feed packed, as gzip and others were accepted, found {} KiB as they are", size.div_ceil(1024));
        findings.say_of_all(Code::Uncompressed, message);
    }
    if let Some(disposition) = answer.all("content-disposition").find(|value| value.to_ascii_lowercase().starts_with("attachment")) {
        findings.say_of_all(Code::ServedAsDownload, format!("expected no Content-Disposition, or inline, found {}", shown(disposition)));
    }
    if let Some(outline) = fetched.outline {
        links(answer, outline, findings);
    }
}

fn media_type(answer: &Answer, kind: Kind, findings: &mut Findings<'_>) {
    let Some((_, own, loose)) = MEDIA_TYPES.iter().find(|(known, ..)| *known == kind) else { return };
    let wanted = own.first().copied().unwrap_or_default();
    match answer.media_type.as_deref() {
        None => findings.say_of_all(Code::UnexpectedMediaType, format!("expected the media type {wanted}, found none")),
        Some(found) if own.contains(&found) => {}
        Some(found) if loose.contains(&found) => {
            findings.say_of_all(Code::UnspecificMediaType, format!("expected the media type {wanted}, found {}", shown(found)));
        }
        Some(found) => findings.say_of_all(Code::UnexpectedMediaType, format!("expected the media type {wanted}, found {}", shown(found))),
    }
    if answer.media_type.as_deref() == Some("text/xml") && answer.charset.is_none() {
        findings.say_of_all(Code::TextXmlBare, "expected a charset with text/xml, which some take for ASCII without one, found none");
    }
}

fn charset(answer: &Answer, text: &FeedText<'_>, findings: &mut Findings<'_>) {
    let Some(http) = &answer.charset else { return };
    if let Some(document) = text.document.as_deref().filter(|document| !same_encoding(http, document)) {
        findings
            .say_of_all(Code::CharsetMismatch, format!("expected the encoding that the document states, {}, found charset={http}", shown(document)));
    } else if !same_encoding(http, text.encoding) && !text.text.is_ascii() {
        findings.say_of_all(Code::CharsetMismatch, format!("expected the encoding that the bytes have, {}, found charset={http}", text.encoding));
    }
}

fn redirects(answer: &Answer, findings: &mut Findings<'_>) {
    let mut from = answer.asked.as_str();
    for (status, to) in &answer.hops {
        let (code, expected) = if matches!(status, 301 | 308) {
            (Code::MovedForGood, "the new address wherever this one is published")
        } else {
            (Code::MovedForNow, "the feed itself")
        };
        findings.say_of_all(code, format!("expected {expected}, found {status} from {} to {}", shown(from), shown(to)));
        from = to;
    }
    if answer.hops.len() > 1 {
        findings.say_of_all(Code::RedirectChain, format!("expected one redirect at most, found {}", answer.hops.len()));
    }
}

fn caching(answer: &Answer, findings: &mut Findings<'_>) {
    let etag = answer.all("etag").next();
    if etag.is_none() && answer.all("last-modified").next().is_none() {
        findings.say_of_all(Code::NoValidator, "expected ETag or Last-Modified, found neither");
    }
    // RFC 9110 §8.8.3: an opaque tag in quotes, with W/ before it when it is weak.
    let is_tag = |tag: &str| {
        tag.strip_prefix("W/").unwrap_or(tag).strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).is_some_and(|tag| !tag.contains('"'))
    };
    if let Some(tag) = etag.filter(|tag| !is_tag(tag)) {
        findings.say_of_all(Code::EtagMalformed, format!("expected an ETag in quotes, found {tag}"));
    }
    let control = answer.all("cache-control").collect::<Vec<_>>().join(",").to_ascii_lowercase();
    let directives: Vec<&str> = control.split(',').map(str::trim).collect();
    if directives.contains(&"no-store") {
        findings.say_of_all(Code::NeverCached, "expected a feed that may be kept until it changes, found Cache-Control: no-store");
        return;
    }
    let age = directives.iter().find_map(|directive| directive.strip_prefix("max-age=")?.trim_matches('"').parse::<u64>().ok());
    if let Some(age) = age.filter(|age| *age > LONG) {
        findings.say_of_all(Code::CachedLong, format!("expected a max-age of a day or less, found {age} s, {} days", age / LONG));
    }
}

/// What the header says comes before what the document says, so that they must be the same (`WebSub` §4).
fn links(answer: &Answer, outline: &Outline, findings: &mut Findings<'_>) {
    let lines: Vec<Link<'_>> = answer.all("link").flat_map(header_links).collect();
    // Both may be relative to where the document was found in the end (RFC 8288 §3.2).
    let found_at = answer.hops.last().map_or(answer.asked.as_str(), |(_, to)| to);
    let whole = |address: &str| resolve(found_at, address).unwrap_or_else(|_| address.to_owned());
    let named = |relation: &str| lines.iter().filter(|link| link.has(relation)).map(|link| whole(link.address)).collect::<BTreeSet<_>>();
    let written = |links: &'_ [Written]| links.iter().map(|link| whole(&link.value)).collect::<BTreeSet<_>>();
    for (relation, code, own) in [("hub", Code::HubsDisagree, written(&outline.hubs)), ("self", Code::SelfsDisagree, written(&outline.selfs))] {
        let header = named(relation);
        if header.is_empty() || own.is_empty() || header == own {
            continue;
        }
        let list = |addresses: BTreeSet<String>| addresses.iter().map(|address| shown(address)).collect::<Vec<_>>().join(", ");
        let message = format!("expected rel={relation} of the document, {}, in the Link header, found {}", list(own), list(header));
        findings.say_of_all(code, message);
    }
}

/// A link of the header (RFC 8288 §3).
struct Link<'h> {
    address: &'h str,
    /// Names and values without quotes.
    parameters: Vec<(&'h str, &'h str)>,
}

impl Link<'_> {
    /// Whether it is one from this document of this relation; the first `rel` counts, and one with an anchor leads from elsewhere.
    fn has(&self, relation: &str) -> bool {
        let value = |wanted: &str| self.parameters.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| *value);
        value("anchor").is_none() && value("rel").is_some_and(|rel| rel.split_whitespace().any(|rel| rel.eq_ignore_ascii_case(relation)))
    }
}

/// `<address>; parameters, <address>; parameters`
fn header_links(line: &str) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    let mut rest = line;
    while let Some((address, behind)) = rest.split_once('<').and_then(|(_, behind)| behind.split_once('>')) {
        let mut link = Link { address: address.trim(), parameters: Vec::new() };
        rest = behind.trim_start();
        while let Some(behind) = rest.strip_prefix(';') {
            let behind = behind.trim_start();
            let (name, behind) = cut(behind, &['=', ';', ',']);
            let (mut value, mut behind) = ("", behind);
            if let Some(stated) = behind.strip_prefix('=').map(str::trim_start) {
                // What is in quotes may hold everything else.
                (value, behind) = match stated.strip_prefix('"') {
                    Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                    None => cut(stated, &[';', ',']),
                };
            }
            link.parameters.push((name.trim_end(), value.trim()));
            rest = behind.trim_start();
        }
        links.push(link);
    }
    links
}

/// A text up to one of these characters, and what follows.
fn cut<'t>(text: &'t str, ends: &[char]) -> (&'t str, &'t str) {
    text.split_at_checked(text.find(ends).unwrap_or(text.len())).unwrap_or((text, ""))
}

#[cfg(test)]
impl Answer {
    /// Reads an answer as the catalogue writes it: heads of answers with blank lines between them, the document behind the last.
    pub(super) fn read<'t>(asked: &str, text: &'t str) -> (Self, &'t str) {
        let mut answer = Self::new(asked, 0);
        let mut rest = text;
        while let Some(head) = rest.strip_prefix("HTTP/1.1 ") {
            let (lines, tail) = head.split_once("\n\n").unwrap_or((head, ""));
            rest = tail;
            answer.status = lines.get(..3).and_then(|status| status.parse().ok()).unwrap();
            for (name, value) in lines.lines().skip(1).map(|line| line.split_once(": ").unwrap()) {
                match name {
                    "Location" => answer.hops.push((answer.status, value.to_owned())),
                    "Content-Length" => answer.size = value.parse().ok(),
                    "Content-Type" => {
                        let (media_type, charset) = value.split_once("; charset=").map_or((value, None), |(kind, charset)| (kind, Some(charset)));
                        (answer.media_type, answer.charset) = (Some(media_type.to_owned()), charset.map(ToOwned::to_owned));
                    }
                    _ => answer.headers.push((name.to_ascii_lowercase(), value.to_owned())),
                }
            }
        }
        (answer, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_a_header_are_read() {
        let told = |line: &str| header_links(line).iter().map(|link| format!("{} {}", link.address, link.has("hub"))).collect::<Vec<_>>().join(" | ");
        for (line, expected) in [
            ("<https://h.example/>; rel=\"hub\"", "https://h.example/ true"),
            (
                "<https://a.example/f,g>; rel=self, <https://h.example/>; title=\"a, b\"; rel=\"x HUB\"",
                "https://a.example/f,g false | https://h.example/ true",
            ),
            ("<https://a.example/>; title=\"<b>; rel=hub, <https://c.example/>; rel=hub\"; rel=self", "https://a.example/ false"),
            ("<https://a.example/>; rel=self; rel=hub", "https://a.example/ false"),
            ("<https://a.example/>; anchor=\"#x\"; rel=hub, </h>;rel=hub", "https://a.example/ false | /h true"),
            ("<https://a.example/> ; rel = hub , <b>", "https://a.example/ true | b false"),
            ("<a>; rel=\"hub", "a true"),
            ("<broken", ""),
            ("", ""),
        ] {
            assert_eq!(told(line), expected, "{line}");
        }
    }
}
