//! Which addresses may stand in a link.
//!
//! An address goes in, the same comes out when a browser can only read it as a page, a picture or a mail address; never
//! repaired, never decoded. Entries come from other people's feeds: `javascript:` and its disguises must not pass.

/// An address of somebody else, for `a href`: absolute, `http`, `https` or `mailto`.
pub(super) fn link(address: &str) -> Option<&str> {
    web(address).or_else(|| has_scheme(address, "mailto:").filter(|_| is_clean(address)))
}

/// An address on the web, for `img src` and `link href`: absolute, `http` or `https`.
pub(super) fn web(address: &str) -> Option<&str> {
    has_scheme(address, "http://").or_else(|| has_scheme(address, "https://")).filter(|_| is_clean(address))
}

/// An address inside the published folder: relative, or on the web where feeds and pages live apart.
///
/// A colon in the first segment would make the segment a scheme (RFC 3986 §4.2), two slashes would make it a host; browsers
/// read a backslash as a slash.
pub(super) fn local(address: &str) -> Option<&str> {
    let first = address.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let is_relative = !first.contains(':') && !address.starts_with("//") && !address.contains('\\');
    web(address).or_else(|| (is_relative && is_clean(address)).then_some(address))
}

/// The address, when it begins with these ASCII characters in any case and does not end there.
fn has_scheme<'a>(address: &'a str, scheme: &str) -> Option<&'a str> {
    let (head, tail) = address.split_at_checked(scheme.len())?;
    (head.eq_ignore_ascii_case(scheme) && !tail.is_empty()).then_some(address)
}

/// Browsers drop tabs and line ends inside an address and blanks around it (WHATWG URL §4.4), which can hide a scheme.
fn is_clean(address: &str) -> bool {
    !address.contains(|c: char| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_mail_pass() {
        for good in ["https://example.org/", "HTTP://example.org/a?b#c", "mailto:a@example.org", "https://例子.test/文"] {
            assert_eq!(link(good), Some(good));
        }
        assert_eq!(web("mailto:a@example.org"), None);
    }

    #[test]
    fn scripts_and_their_disguises_do_not() {
        for bad in [
            "javascript:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//evil.test/",
            "\\\\evil.test",
            "https://",
            "https://a/\n",
            "file:///etc/passwd",
        ] {
            assert_eq!(link(bad), None, "{bad:?}");
            assert_eq!(local(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn relative_addresses_are_local_only() {
        for good in ["rss.xml", "../tags/%E7%A7%91/", "./a:b", "/feeds/", "", "?a:b", "https://cdn.test/rss.xml"] {
            assert_eq!(local(good), Some(good));
        }
        assert_eq!(link("rss.xml"), None);
        assert_eq!(local("a:b/"), None);
    }
}
