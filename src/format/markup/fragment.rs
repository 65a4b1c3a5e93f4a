//! Markup that stands in a feed without being escaped → an HTML fragment.
//!
//! In: a piece of a document as written. Out: the same markup for readers of HTML: CDATA sections become escaped text, prefixes
//! of XHTML go, what is no markup stays. Never judges what the markup does.

use std::borrow::Cow;

/// The fragment; borrowed when it can stay as it is.
pub(super) fn fragment(raw: &str) -> Cow<'_, str> {
    let raw = raw.trim();
    if !raw.contains("<![CDATA[") && !has_prefix(raw) {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len() + 64);
    let mut rest = raw;
    while let Some((before, tail)) = rest.split_once('<') {
        out.push_str(before);
        if let Some(inside) = tail.strip_prefix("![CDATA[") {
            let (text, after) = inside.split_once("]]>").unwrap_or((inside, ""));
            escape(&mut out, text);
            rest = after;
            continue;
        }
        out.push('<');
        let (slash, name) = match tail.strip_prefix('/') {
            Some(name) => ("/", name),
            None => ("", tail),
        };
        out.push_str(slash);
        rest = without_prefix(name);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The inside of the one `div` that Atom wants around XHTML (RFC 4287 §3.1.1.3); else the fragment itself.
pub(in crate::format) fn without_div(fragment: &str) -> &str {
    let inside = || {
        let rest = fragment.strip_prefix("<div")?;
        let (attributes, rest) = rest.split_once('>')?;
        if !attributes.is_empty() && !attributes.starts_with(|c: char| c.is_ascii_whitespace() || c == '/') {
            return None;
        }
        if attributes.ends_with('/') {
            return rest.trim().is_empty().then_some("");
        }
        let inside = rest.trim_end().strip_suffix("</div>")?;
        // Only if that end belongs to that beginning.
        let mut depth = 1_usize;
        for (at, _) in inside.match_indices('<') {
            let tag = inside.get(at + 1..)?;
            let name_ends = |rest: &str| rest.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'));
            if tag.strip_prefix("div").is_some_and(name_ends) {
                // Up to the next tag at most, so that each character is looked at once.
                let is_empty = tag.split(['<', '>']).next().is_some_and(|tag| tag.ends_with('/'));
                depth += usize::from(!is_empty);
            } else if tag.strip_prefix("/div").is_some_and(name_ends) {
                depth = depth.checked_sub(1).filter(|depth| *depth > 0)?;
            }
        }
        Some(inside.trim())
    };
    inside().unwrap_or(fragment)
}

/// The name of a tag without its prefix, and what follows.
fn without_prefix(name: &str) -> &str {
    let end = name.bytes().take(32).position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))).unwrap_or(0);
    let local = name.get(end..).and_then(|rest| rest.strip_prefix(':')).filter(|_| end > 0);
    local.filter(|local| local.starts_with(|c: char| c.is_ascii_alphabetic())).unwrap_or(name)
}

/// Whether some tag has a prefix.
fn has_prefix(raw: &str) -> bool {
    raw.split('<').skip(1).any(|tag| {
        let name = tag.strip_prefix('/').unwrap_or(tag);
        without_prefix(name).len() < name.len()
    })
}

/// Adds characters that mean themselves.
pub(super) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
}
