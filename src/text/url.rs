//! URLs: relative ones made absolute, all of them made of the characters that RFC 3986 allows.
//!
//! In: a base and a reference as written in the wild (Han paths, spaces, `//host`). Out: an absolute URL with
//! percent-encoded path and punycode host (WHATWG URL), or what is wrong with it. Never lets a scheme through that runs code
//! or reads files, and never looks anything up.

use std::fmt::{self, Write as _};
use url::{ParseError, Position, Url};

/// Schemes of addresses that a reader may follow. What is not here (`javascript:`, `data:`, `file:` …) is refused.
const SCHEMES: &[&str] = &[
    "bitcoin", "ed2k", "feed", "ftp", "ftps", "gemini", "geo", "gopher", "http", "https", "irc", "ircs", "magnet", "mailto", "matrix", "news",
    "nntp", "sftp", "sip", "sips", "skype", "sms", "ssh", "tel", "tg", "urn", "webcal", "weixin", "wtai", "xmpp",
];

/// The schemes that [`resolve`] lets through.
pub(super) fn schemes() -> &'static [&'static str] {
    SCHEMES
}

/// Longer ones are attacks or embedded files.
const LONGEST: usize = 8192;

/// Why something is not a URL that can be published.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UrlProblem {
    /// Nothing is there.
    Empty,
    /// A control character is inside.
    Control,
    /// It is relative, and there is nothing to resolve it against.
    Relative(String),
    /// Its scheme runs code, reads files or is unknown.
    Scheme(String),
    /// It has more than 8,192 bytes.
    Long,
    /// It cannot be read as a URL; the reason is the parser's.
    Malformed(String),
}

impl fmt::Display for UrlProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("expected a URL, found nothing"),
            Self::Control => f.write_str("expected a URL, found a control character inside"),
            Self::Relative(found) => write!(f, "expected an absolute URL, found `{found}`"),
            Self::Scheme(found) => write!(f, "expected a URL that readers can follow (https, mailto, …), found the scheme `{found}:`"),
            Self::Long => write!(f, "expected a URL of at most {LONGEST} bytes, found a longer one"),
            Self::Malformed(why) => write!(f, "expected a URL, found something else: {why}"),
        }
    }
}

impl std::error::Error for UrlProblem {}

/// The scheme that a reference begins with, in lower case (RFC 3986 §3.1).
pub(super) fn scheme(reference: &str) -> Option<String> {
    let (scheme, _) = reference.split_once(':')?;
    let mut bytes = scheme.bytes();
    let starts = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic());
    (starts && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))).then(|| scheme.to_ascii_lowercase())
}

/// Trims, and refuses what no URL may hold.
fn prepare(reference: &str) -> Result<&str, UrlProblem> {
    let trimmed = reference.trim();
    if trimmed.is_empty() {
        Err(UrlProblem::Empty)
    } else if trimmed.len() > LONGEST {
        Err(UrlProblem::Long)
    } else if trimmed.chars().any(char::is_control) {
        Err(UrlProblem::Control)
    } else {
        Ok(trimmed)
    }
}

fn malformed(error: ParseError) -> UrlProblem {
    UrlProblem::Malformed(error.to_string())
}

/// Checks the scheme and writes the URL with the characters of RFC 3986 only.
fn finish(url: &Url) -> Result<String, UrlProblem> {
    if !SCHEMES.contains(&url.scheme()) {
        return Err(UrlProblem::Scheme(url.scheme().to_owned()));
    }
    let mut out = String::with_capacity(url.as_str().len());
    out.push_str(&url[..Position::BeforePath]);
    encode(&mut out, &url[Position::BeforePath..Position::AfterQuery], |byte| matches!(byte, b'/' | b':' | b'@' | b'?'));
    if let Some(fragment) = url.fragment() {
        out.push('#');
        encode(&mut out, fragment, |byte| matches!(byte, b'/' | b':' | b'@' | b'?'));
    }
    Ok(out)
}

/// Percent-encodes all but unreserved characters, sub-delimiters, and what `keep` names; whole escapes stay, in their
/// canonical form (RFC 3986 §6.2.2): upper case, and none where none is needed.
fn encode(out: &mut String, text: &str, keep: impl Fn(u8) -> bool) {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let escaped = if byte == b'%' { escape(&bytes) } else { None };
        if escaped.is_some() {
            bytes.nth(1);
        }
        let meant = escaped.unwrap_or(byte);
        let unreserved = meant.is_ascii_alphanumeric() || matches!(meant, b'-' | b'.' | b'_' | b'~');
        let plain = matches!(byte, b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=') || keep(byte);
        if unreserved || (escaped.is_none() && plain) {
            out.push(char::from(meant));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{meant:02X}");
        }
    }
}

/// The byte that the two hexadecimal digits ahead stand for.
fn escape(ahead: &std::str::Bytes<'_>) -> Option<u8> {
    let mut ahead = ahead.clone();
    let mut digit = || char::from(ahead.next()?).to_digit(16);
    u8::try_from(digit()? * 16 + digit()?).ok()
}

/// The absolute URL that `reference` means on the page `base`.
pub fn resolve(base: &str, reference: &str) -> Result<String, UrlProblem> {
    let reference = prepare(reference)?;
    match Url::parse(reference) {
        Ok(url) => finish(&url),
        Err(ParseError::RelativeUrlWithoutBase) => {
            let base = Url::parse(prepare(base)?).map_err(|_| UrlProblem::Relative(base.to_owned()))?;
            finish(&base.join(reference).map_err(malformed)?)
        }
        Err(error) => Err(malformed(error)),
    }
}

/// A value that must already be absolute, in canonical form.
pub fn absolute(reference: &str) -> Result<String, UrlProblem> {
    let reference = prepare(reference)?;
    match Url::parse(reference) {
        Ok(url) => finish(&url),
        Err(ParseError::RelativeUrlWithoutBase) => Err(UrlProblem::Relative(reference.to_owned())),
        Err(error) => Err(malformed(error)),
    }
}

/// A relative path with everything percent-encoded that a path may not hold; `/` and whole escapes stay.
pub fn encode_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len() * 2);
    encode(&mut out, path, |byte| matches!(byte, b'/' | b'@'));
    out
}

/// The path that [`encode_path`] wrote, or that somebody else did; `None` when its escapes are no text.
pub fn decode_path(path: &str) -> Option<String> {
    let mut out = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        let escaped = if byte == b'%' { escape(&bytes) } else { None };
        if escaped.is_some() {
            bytes.nth(1);
        }
        out.push(escaped.unwrap_or(byte));
    }
    String::from_utf8(out).ok()
}

/// Whether the value is an absolute `http` or `https` URL with a host.
pub fn is_web(value: &str) -> bool {
    matches!(Url::parse(value.trim()), Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// Host and port of an absolute URL, as they are written in it; empty where there is none.
pub fn authority(url: &str) -> &str {
    url.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', '#']).next()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://例子.中国/文章/一/";

    #[test]
    fn references_become_absolute() {
        let host = "https://xn--fsqu00a.xn--fiqs8s";
        for (reference, expected) in [
            ("/img/a.png", format!("{host}/img/a.png")),
            ("图 片.png", format!("{host}/%E6%96%87%E7%AB%A0/%E4%B8%80/%E5%9B%BE%20%E7%89%87.png")),
            ("../b?x=1&y=二", format!("{host}/%E6%96%87%E7%AB%A0/b?x=1&y=%E4%BA%8C")),
            ("#注一", format!("{host}/%E6%96%87%E7%AB%A0/%E4%B8%80/#%E6%B3%A8%E4%B8%80")),
            ("//cdn.example.com/x.js", "https://cdn.example.com/x.js".to_owned()),
            ("http://Example.COM:80/a|b^c[d]{e}`f\"g", "http://example.com/a%7Cb%5Ec%5Bd%5D%7Be%7D%60f%22g".to_owned()),
            ("https://a.example/?q=a|b{c}[d]^`\\", "https://a.example/?q=a%7Cb%7Bc%7D%5Bd%5D%5E%60%5C".to_owned()),
            ("https://a.example/100%/50%zz/%41", "https://a.example/100%25/50%25zz/A".to_owned()),
            ("https://a.example/#a#b", "https://a.example/#a%23b".to_owned()),
            ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x".to_owned()),
            ("mailto:a@example.com", "mailto:a@example.com".to_owned()),
            ("tel:+86-10-1234", "tel:+86-10-1234".to_owned()),
            ("  https://a.example/x  ", "https://a.example/x".to_owned()),
        ] {
            assert_eq!(resolve(BASE, reference).as_deref(), Ok(expected.as_str()), "{reference}");
            assert_eq!(absolute(&expected).as_deref(), Ok(expected.as_str()), "stable: {expected}");
        }
    }

    #[test]
    fn dangerous_and_broken_ones_are_refused() {
        for bad in
            ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:https://a/b", "about:blank"]
        {
            assert!(matches!(resolve(BASE, bad), Err(UrlProblem::Scheme(_))), "{bad}");
        }
        assert_eq!(resolve(BASE, "java\nscript:alert(1)"), Err(UrlProblem::Control));
        assert_eq!(resolve(BASE, "https://a.example/\u{0}"), Err(UrlProblem::Control));
        assert_eq!(resolve(BASE, "  "), Err(UrlProblem::Empty));
        assert!(matches!(resolve(BASE, "https://"), Err(UrlProblem::Malformed(_))));
        assert!(matches!(resolve(BASE, "https://a b.example/"), Err(UrlProblem::Malformed(_))));
        assert!(matches!(resolve("/no/base", "a.png"), Err(UrlProblem::Relative(_))));
        assert_eq!(absolute("a.png"), Err(UrlProblem::Relative("a.png".to_owned())));
        assert_eq!(absolute(&format!("https://a.example/{}", "x".repeat(9000))), Err(UrlProblem::Long));
        assert_eq!(UrlProblem::Relative("a.png".to_owned()).to_string(), "expected an absolute URL, found `a.png`");
    }

    #[test]
    fn paths_keep_their_segments() {
        for (path, expected) in [
            ("文章/一 二.md", "%E6%96%87%E7%AB%A0/%E4%B8%80%20%E4%BA%8C.md"),
            ("a?b#c:d", "a%3Fb%23c%3Ad"),
            ("100%/%E4", "100%25/%E4"),
            ("plain/path-1_2.3~4", "plain/path-1_2.3~4"),
            ("", ""),
        ] {
            assert_eq!(encode_path(path), expected);
            assert_eq!(decode_path(&encode_path(path)).as_deref(), Some(path).filter(|path| !path.contains("%E4")));
        }
    }

    #[test]
    fn web_addresses() {
        for (value, expected) in
            [("https://a.example/", true), ("http://a", true), ("//a.example", false), ("ftp://a", false), ("mailto:a@b", false), ("a", false)]
        {
            assert_eq!(is_web(value), expected, "{value}");
        }
    }
}
