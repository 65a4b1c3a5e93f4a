//! Relative links in HTML made absolute, and nothing else changed.
//!
//! In: an HTML fragment and the absolute URL that its links are read against. Out: the same bytes but for the values of
//! attributes that hold relative addresses. For formats that cannot say what the links of a text are relative to. Never
//! sanitises, never judges: an address that cannot be resolved stays as it is. Linear.

use super::markup::{RawAttribute, Token, Tokens, decode, raw_attributes};
use super::sanitise::candidates;
use super::url::{resolve, scheme};
use memchr::memchr_iter;
use std::borrow::Cow;

/// Attributes whose value is one address, on any element.
const ADDRESSES: &[&str] = &["href", "src", "poster", "cite", "longdesc", "background", "action", "formaction"];

/// Attributes whose value is a set of addresses.
const SETS: &[&str] = &["srcset", "imagesrcset"];

/// Elements whose inside is text, whatever it looks like (HTML §13.1.2).
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Whether no attribute holds a relative address, as far as a quick look at all equals signs can tell: `true` is certain, `false` is not.
fn is_surely_absolute(html: &str) -> bool {
    let bytes = html.as_bytes();
    memchr_iter(b'=', bytes).all(|at| {
        let Some((before, after)) = bytes.split_at_checked(at) else { return false };
        let before = before.trim_ascii_end();
        // Other white space may stand there too.
        if before.last().is_some_and(|byte| !byte.is_ascii_graphic()) {
            return false;
        }
        let length = before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
        let name = before.get(before.len() - length..).unwrap_or_default();
        let is = |other: &&str| name.eq_ignore_ascii_case(other.as_bytes());
        let is_absolute = || ["=\"https://", "=\"http://", "=\"mailto:"].iter().any(|start| after.starts_with(start.as_bytes()));
        !SETS.iter().chain(&["data"]).any(is) && (!ADDRESSES.iter().any(is) || is_absolute())
    })
}

/// The fragment with relative addresses resolved against `base`; borrowed when nothing changes.
pub fn absolute_links<'a>(html: &'a str, base: &str) -> Cow<'a, str> {
    if is_surely_absolute(html) { Cow::Borrowed(html) } else { relinked(html, base) }
}

fn relinked<'a>(html: &'a str, base: &str) -> Cow<'a, str> {
    let mut out = String::new();
    // What comes before is in `out` already.
    let mut copied = 0;
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        let Token::Open { name, attributes } = token else { continue };
        // What is left begins behind the `>`, which stands behind the attributes.
        let start = html.len().saturating_sub(tokens.left() + 1 + attributes.len());
        for attribute in raw_attributes(attributes) {
            let Some(value) = absolute(&name, &attribute, base) else { continue };
            let at = start + attribute.at;
            let Some(between) = html.get(copied..at) else { continue };
            out.push_str(between);
            push(&mut out, &value, attribute.quote);
            copied = at + attribute.value.len();
        }
        if RAW.contains(&&*name) && tokens.skip_past(&name).is_none() {
            break;
        }
    }
    match html.get(copied..) {
        Some(rest) if copied > 0 => {
            out.push_str(rest);
            Cow::Owned(out)
        }
        _ => Cow::Borrowed(html),
    }
}

/// The value that the attribute must have instead, when it must change.
fn absolute(element: &str, attribute: &RawAttribute<'_>, base: &str) -> Option<String> {
    let name = &*attribute.name;
    if SETS.contains(&name) {
        let value = decode(attribute.value);
        let mut changed = false;
        let parts: Vec<String> = candidates(&value)
            .into_iter()
            .map(|(address, descriptor)| {
                let resolved = reference(address, base);
                changed |= resolved.is_some();
                let address = resolved.as_deref().unwrap_or(address);
                if descriptor.is_empty() { address.to_owned() } else { format!("{address} {descriptor}") }
            })
            .collect();
        return changed.then(|| parts.join(", "));
    }
    let is_address = ADDRESSES.contains(&name) || (name == "data" && element == "object");
    if is_address { reference(&decode(attribute.value), base) } else { None }
}

/// What a relative reference means.
fn reference(address: &str, base: &str) -> Option<String> {
    if scheme(address.trim()).is_some() {
        return None;
    }
    resolve(base, address).ok()
}

/// Writes a value where the old one stood; one that had no quotes gets some.
fn push(out: &mut String, value: &str, quote: Option<char>) {
    if quote.is_none() {
        out.push('"');
    }
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '"' if quote != Some('\'') => out.push_str("&quot;"),
            '\'' if quote == Some('\'') => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    if quote.is_none() {
        out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BASE: &str = "https://example.org/文章/一/";
    const AT: &str = "https://example.org/%E6%96%87%E7%AB%A0";

    #[test]
    fn relative_addresses_become_absolute() {
        for (html, expected) in [
            ("<a href=\"图 片.png\">x</a>", format!("<a href=\"{AT}/%E4%B8%80/%E5%9B%BE%20%E7%89%87.png\">x</a>")),
            ("<A HREF='/b?x=1&amp;y=2' title='<'>x", "<A HREF='https://example.org/b?x=1&amp;y=2' title='<'>x".to_owned()),
            ("<img src=a.png alt=x>", format!("<img src=\"{AT}/%E4%B8%80/a.png\" alt=x>")),
            ("<img src = a.png/>", format!("<img src = \"{AT}/%E4%B8%80/a.png/\">")),
            ("<a href=\"it's\">'</a><a href='it&#39;s'>", format!("<a href=\"{AT}/%E4%B8%80/it's\">'</a><a href='{AT}/%E4%B8%80/it&#39;s'>")),
            ("<a href=\"#注\">", format!("<a href=\"{AT}/%E4%B8%80/#%E6%B3%A8\">")),
            ("<a href=//cdn.example.com/x>", "<a href=\"https://cdn.example.com/x\">".to_owned()),
            (
                "<img srcset='../a.png 1x, https://img.example/b.png 2x' src=\"/c\">",
                format!("<img srcset='{AT}/a.png 1x, https://img.example/b.png 2x' src=\"https://example.org/c\">"),
            ),
            (
                "<video poster=/p><source src=/s></video><q cite=/q><object data=/d></object><form action=/f>",
                "<video poster=\"https://example.org/p\"><source src=\"https://example.org/s\"></video><q cite=\"https://example.org/q\">\
                 <object data=\"https://example.org/d\"></object><form action=\"https://example.org/f\">"
                    .to_owned(),
            ),
            ("前<!-- <a href=x> -->后<a href=/y>", "前<!-- <a href=x> -->后<a href=\"https://example.org/y\">".to_owned()),
            ("<script>'<a href=/x>'</script><a href=/y>", "<script>'<a href=/x>'</script><a href=\"https://example.org/y\">".to_owned()),
        ] {
            let out = absolute_links(html, BASE);
            assert_eq!(out, expected, "{html}");
            assert!(matches!(absolute_links(&out, "https://other.example/"), Cow::Borrowed(_)), "stable: {out}");
        }
    }

    #[test]
    fn everything_else_stays() {
        for html in [
            "",
            "文字 1 < 2",
            "<a href=\"https://a.example/图\">x</a>",
            "<a href='mailto:a@example.com'><a href='javascript:x'><img src='data:image/png;base64,AA'>",
            "<a href><a href=''><a href=\" \">",
            "<a name=/x data=/x data-src=/x title='href=\"/x\"'>",
            "<a href=\"/never",
            "<a href='/x\">never",
            "</a href=/x><!doctype x><?php <a href=/x ?>",
            "<style><img src=/x>",
            "<img srcset='https://a.example/b.png 1x,https://a.example/c.png 2x'>",
        ] {
            assert!(matches!(absolute_links(html, BASE), Cow::Borrowed(out) if out == html), "{html}");
        }
        assert!(matches!(absolute_links("<a href=/x>", "no base"), Cow::Borrowed(_)));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 5_000, ..ProptestConfig::default() })]

        #[test]
        fn the_quick_look_never_passes_over_a_relative_address(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..14)) {
            let html = pieces.concat();
            if is_surely_absolute(&html) {
                prop_assert!(matches!(relinked(&html, BASE), Cow::Borrowed(_)), "{html:?}");
            }
        }
    }

    const PIECES: &[&str] = &[
        "<a",
        "<img",
        "<object",
        "<form",
        "<!--",
        "-->",
        "</a",
        ">",
        " ",
        "\n",
        "\u{B}",
        "\u{A0}",
        "/",
        "=",
        "\"",
        "'",
        "href",
        "SRC",
        "srcset",
        "data",
        "title",
        "cite",
        "-",
        "x",
        "文",
        "https://e.cn/",
        "http://e.cn/",
        "mailto:a@e.cn",
        "/x",
        "#a",
        "&amp;",
        " href=",
        " src=\"",
        "=\"https://e.cn/",
        "<script>",
        "</script>",
    ];

    #[test]
    fn large_input_is_read_once() {
        for html in ["<a href=/x>".repeat(50_000), "<a href=\"/x".repeat(50_000), "<script>".repeat(50_000), "<!-- ".repeat(50_000)] {
            let _ = absolute_links(&html, BASE);
        }
        let wide = format!("<img srcset='{}'>", "a 1x, ".repeat(20_000));
        assert!(absolute_links(&wide, BASE).len() > wide.len());
    }
}
