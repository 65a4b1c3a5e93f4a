//! Addresses as the formats demand them.
//!
//! In: what the model calls an absolute URL or an id. Out: a string that holds only what RFC 3986 allows. Never resolves,
//! never looks anything up. `url::Url` leaves `|`, `[`, `^` and others in paths and queries, which the W3C validator
//! calls errors.

use super::xml;
use crate::model::{Id, IdKind, Origin};
use std::borrow::Cow;
use std::fmt::Write as _;

/// Bytes that may stand in a URI without being percent-encoded (RFC 3986 §2.2 and §2.3), with `%` itself.
fn is_allowed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=%".contains(&byte)
}

/// What [`uri`] leaves at the ends.
fn trim(address: &str) -> &str {
    address.trim_matches(|c: char| c.is_whitespace() || c.is_control())
}

/// The address with everything percent-encoded that a URI may not hold; brackets survive around an IPv6 host only.
pub(super) fn uri(address: &str) -> Cow<'_, str> {
    let address = trim(address);
    if address.bytes().all(is_allowed) {
        return Cow::Borrowed(address);
    }
    let host_end = match address.split_once("://") {
        Some((scheme, rest)) if rest.starts_with('[') => rest.find(']').map_or(0, |end| scheme.len() + "://".len() + end + 1),
        _ => 0,
    };
    let mut out = String::with_capacity(address.len() + 16);
    for (index, byte) in address.bytes().enumerate() {
        if is_allowed(byte) || (index < host_end && matches!(byte, b'[' | b']')) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    Cow::Owned(out)
}

/// Whether the text starts with a scheme and has something behind it (RFC 3986 §4.3).
pub(super) fn is_absolute(address: &str) -> bool {
    trim(address).split_once(':').is_some_and(|(scheme, rest)| {
        !rest.is_empty()
            && scheme.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

/// Whether following the address runs code or reads what is on the machine. Control characters do not hide a scheme: browsers
/// pass over them.
pub(super) fn is_dangerous(address: &str) -> bool {
    let plain: String = address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).take(16).collect();
    let scheme = plain.split(':').next().unwrap_or_default().to_ascii_lowercase();
    matches!(scheme.as_str(), "javascript" | "vbscript" | "livescript" | "data" | "file" | "blob" | "about" | "view-source" | "filesystem")
}

/// Whether it is an `http` or `https` address with a host.
pub(super) fn is_http(address: &str) -> bool {
    trim(address).split_once("://").is_some_and(|(scheme, rest)| {
        (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")) && rest.bytes().next().is_some_and(|byte| byte != b'/')
    })
}

/// Whether the host is a name with a dot, without user and brackets: what validators take for an enclosure's.
pub(super) fn has_plain_host(address: &str) -> bool {
    let authority = address.split("://").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    host.contains('.') && host.split('.').all(|label| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
}

/// Whether the text is a URI as it stands (RFC 3986 §3): a scheme, something behind it, and nothing that must be encoded.
pub(super) fn is_uri(text: &str) -> bool {
    let whole_escapes = || text.split('%').skip(1).all(|rest| rest.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2);
    is_absolute(text) && uri(text) == text && text.matches('#').count() <= 1 && whole_escapes()
}

/// What ids that are no URI begin with where they must be one.
const OWN: &str = "urn:feedloom:";
/// Stands for an empty part of such an id.
const NOTHING: &str = "-";

/// The id as Atom demands it: an absolute URI (RFC 4287 §4.2.6). What is one stays as it is, whatever its scheme: readers
/// know an entry by it.
///
/// Any other id is put into a URN, together with the id of the feed that it came from, because it may be unique only
/// there. Where any string will do, [`original_id`] is written again.
pub(super) fn id_uri<'a>(id: &'a Id, origin: Option<&Origin>) -> Cow<'a, str> {
    let value = xml::clean_line(id.as_str());
    if is_uri(&value) {
        return value;
    }
    let mut out = OWN.to_owned();
    if let Some(origin) = origin {
        out.push_str(&encoded(&original_id(&origin.id, None)));
        out.push(':');
    }
    out.push_str(&encoded(&value));
    Cow::Owned(out)
}

/// The id that [`id_uri`] made this URI of, else the id itself. With or without the feed that the entry came from: it may have
/// been packed before anybody merged it.
pub(super) fn original_id<'a>(id: &'a Id, origin: Option<&Origin>) -> Cow<'a, str> {
    let value = xml::clean_line(id.as_str());
    if id.kind() == IdKind::Derived || !value.starts_with(OWN) {
        return value;
    }
    let feed = origin.map(|origin| original_id(&origin.id, None));
    let found = feed.and_then(|feed| unpacked(&value, Some(&feed))).or_else(|| unpacked(&value, None));
    found.map_or(value, Cow::Owned)
}

/// What ids begin with that two feeds of a merged one gave to different entries.
const SHARED: &str = "urn:feedloom:in:";

/// The id of an entry that shares it with an entry of another feed, as a URI that names both feed and id.
pub(super) fn shared_id(id: &str, feed: &str) -> String {
    format!("{SHARED}{}:{}", encoded(feed), encoded(id))
}

/// The id that [`shared_id`] made this URI of.
pub(super) fn unshared_id(written: &str, feed: &str) -> Option<String> {
    let part = written.strip_prefix(SHARED)?.strip_prefix(&*encoded(feed))?.strip_prefix(':')?;
    decoded(part).filter(|id| encoded(id) == part)
}

/// The id inside of a URN of ours, if it is exactly what this program makes of that id.
fn unpacked(written: &str, origin: Option<&str>) -> Option<String> {
    let mut part = written.strip_prefix(OWN)?;
    if let Some(origin) = origin {
        part = part.strip_prefix(&*encoded(&xml::clean_line(origin)))?.strip_prefix(':')?;
    }
    // Nothing, which cannot be written elsewhere.
    if part == NOTHING {
        return None;
    }
    let value = decoded(part)?;
    (xml::clean_line(&value) == value && encoded(&value) == part).then_some(value)
}

/// Percent-encodes all but the unreserved characters; an empty part becomes `-`, so that the URN stays one, and `-` something else.
fn encoded(part: &str) -> String {
    if part == NOTHING {
        return "%2D".to_owned();
    }
    let mut out = String::with_capacity(part.len());
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    if out.is_empty() {
        out.push_str(NOTHING);
    }
    out
}

/// The text that was percent-encoded, if it is text.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            bytes.push(u8::try_from(digit()? * 16 + digit()?).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// A media type (RFC 6838 §4.2) with its parameters, or `None` when it is not written like one.
pub(super) fn media_type(text: &str) -> Option<&str> {
    let text = text.trim();
    let token = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&^_.+-*'`|~%".contains(&byte));
    let mut parts = text.split(';');
    let (kind, subtype) = parts.next()?.trim_end().split_once('/')?;
    let parameters =
        parts.all(|parameter| parameter.trim().split_once('=').is_some_and(|(name, value)| token(name) && token(value.trim_matches('"'))));
    (token(kind) && token(subtype) && parameters).then_some(text)
}

/// A media type without its parameters.
pub(super) fn essence(text: &str) -> Option<&str> {
    media_type(text)?.split(';').next().map(str::trim_end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_uri_may_hold_remains() {
        assert_eq!(uri("https://example.org/出行?a=1&b=%20#x"), "https://example.org/%E5%87%BA%E8%A1%8C?a=1&b=%20#x");
        assert_eq!(uri("https://example.org/a[1]|b^c\"d\\e{f}"), "https://example.org/a%5B1%5D%7Cb%5Ec%22d%5Ce%7Bf%7D");
        assert_eq!(uri("https://[2001:db8::1]:8080/a[1]"), "https://[2001:db8::1]:8080/a%5B1%5D");
        assert_eq!(uri(" https://example.org/a\u{0} "), "https://example.org/a");
        assert!(matches!(uri("https://example.org/?a=b;c#d"), Cow::Borrowed(_)));
    }

    #[test]
    fn ids_are_absolute() {
        assert_eq!(id_uri(&Id::permalink("https://example.org/a/"), None), "https://example.org/a/");
        assert_eq!(id_uri(&Id::opaque("12345"), None), "urn:feedloom:12345");
        assert_eq!(id_uri(&Id::opaque(""), None), "urn:feedloom:-");
        let origin = Origin::new(Id::permalink("https://example.com/feed"));
        assert_eq!(id_uri(&Id::opaque("帖 5"), Some(&origin)), "urn:feedloom:https%3A%2F%2Fexample.com%2Ffeed:%E5%B8%96%205");
    }

    #[test]
    fn what_is_a_uri_stays_and_what_is_none_comes_back() {
        let origin = Origin::new(Id::opaque("源"));
        for uri in ["urn:isbn:0451450523", "doi:10.1000/182", "post:123", "http://a.example/?p=1&amp;x", "tag:a,2025:b", "urn:feedloom:a:b"] {
            assert_eq!(id_uri(&Id::opaque(uri), None), uri);
            assert_eq!(original_id(&Id::opaque(uri), None), uri);
        }
        for id in ["42", "帖 5", "http://例子.cn/", "http://a.example/[1]", "a:%zz", "100%", "-", "a:b c"] {
            for packed_with in [None, Some(&origin)] {
                let written = id_uri(&Id::opaque(id), packed_with).into_owned();
                assert!(is_uri(&written), "{written}");
                assert_eq!(original_id(&Id::opaque(&*written), Some(&origin)), id, "{written}");
                assert_eq!(id_uri(&Id::opaque(&*written), Some(&origin)), written, "stays in Atom");
            }
        }
        for other in ["urn:feedloom:%6A", "urn:feedloom:a~", "urn:feedloom:x:42"] {
            assert_eq!(original_id(&Id::opaque(other), Some(&origin)), other);
        }
        assert_eq!(id_uri(&Id::derived("urn:feedloom:hash:0123"), None), "urn:feedloom:hash:0123");
    }

    #[test]
    fn schemes() {
        assert!(is_absolute("tag:example.org,2025:a") && is_absolute("urn:x:y"));
        assert!(!is_absolute("/a:b") && !is_absolute("a") && !is_absolute("http:") && !is_absolute(":a"));
        assert!(is_http("HTTPS://example.org") && !is_http("ftp://example.org") && !is_http("http:///x"));
    }

    #[test]
    fn media_types() {
        for good in ["audio/mpeg", " image/svg+xml ", "text/html; charset=utf-8", "a/b;c=\"d\""] {
            assert_eq!(media_type(good), Some(good.trim()), "{good}");
        }
        for bad in ["", "image", "image/", "/png", "a/b/c", "image/png;", "image/p ng", "图/片"] {
            assert_eq!(media_type(bad), None, "{bad}");
        }
    }
}
