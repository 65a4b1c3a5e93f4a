//! When two addresses are one page.
//!
//! In: an address. Out: what is left of it without what does not choose the page: scheme, `www.`, fragment, tracking, the slash at
//! the end. Only for comparing; it is no address itself.

use crate::text::tracking::is_parameter;
use url::Url;

/// The comparable form; `None` for what is no address of the web.
pub fn canonical(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?;
    let mut out = host.strip_prefix("www.").unwrap_or(host).to_owned();
    if let Some(port) = url.port() {
        out.push_str(&format!(":{port}"));
    }
    out.push_str(url.path().trim_end_matches('/'));
    let mut query: Vec<&str> = url.query().into_iter().flat_map(|query| query.split('&')).filter(|part| !part.is_empty()).collect();
    query.retain(|part| !is_parameter(part.split('=').next().unwrap_or(part)));
    query.sort_unstable();
    if !query.is_empty() {
        out.push('?');
        out.push_str(&query.join("&"));
    }
    // Sites of one page tell their articles apart behind `#!` and `#/`.
    if let Some(fragment) = url.fragment().filter(|fragment| fragment.starts_with(['!', '/'])) {
        out.push('#');
        out.push_str(fragment);
    }
    Some(out)
}

/// The host of an address of the web, without `www.`; with its port where that is not the usual one.
pub fn host(address: &str) -> Option<String> {
    canonical(address).map(|address| address.split(['/', '?', '#']).next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        assert_eq!(host("https://www.Example.org/?p=1").as_deref(), Some("example.org"));
        assert_eq!(host("http://example.org:8080/a").as_deref(), Some("example.org:8080"));
        assert_eq!(host("tag:example.org,2025:a"), None);
    }

    #[test]
    fn what_does_not_choose_the_page_goes() {
        for (one, other) in [
            ("http://www.example.org/a/", "https://example.org/a"),
            ("https://example.org/a?utm_source=rss&b=1", "https://example.org/a?b=1"),
            ("https://example.org/a?x=1&b=2", "https://example.org/a?b=2&x=1"),
            ("https://example.org/a#comments", "https://example.org/a"),
            ("https://EXAMPLE.org:443/文", "https://example.org/%E6%96%87"),
        ] {
            assert_eq!(canonical(one), canonical(other), "{one} {other}");
        }
    }

    #[test]
    fn what_chooses_the_page_stays() {
        for (one, other) in [
            ("https://example.org/?p=1", "https://example.org/?p=2"),
            ("https://example.org/#!/a", "https://example.org/#!/b"),
            ("https://example.org/a", "https://example.org/A"),
            ("https://example.org:8080/a", "https://example.org/a"),
        ] {
            assert_ne!(canonical(one), canonical(other), "{one} {other}");
        }
        assert_eq!(canonical("tag:example.org,2025:a"), None);
        assert_eq!(canonical("mailto:a@example.org"), None);
    }
}
