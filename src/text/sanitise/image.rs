//! Images: which source is the real one, and which images nobody should see.
//!
//! In: the attributes of an `img` or `source`. Out: the sources to publish, still relative. Never looks at the file.

use std::borrow::Cow;

/// Where scripts put the real source of an image that is loaded late, the surest first.
const LATE: &[&str] = &["data-src", "data-original", "data-lazy-src", "data-original-src", "data-actualsrc", "data-lazy", "data-url", "data-echo"];
/// The same for sets of sources.
const LATE_SETS: &[&str] = &["data-srcset", "data-lazy-srcset", "srcset"];

/// Names of files that stand for an image which is still to come.
const STAND_INS: &[&str] = &["placeholder", "loading.", "blank.", "spacer.", "lazyload", "lazy.", "transparent.", "1x1", "grey.gif", "gray.gif"];

type Attributes<'a> = [(Cow<'a, str>, Cow<'a, str>)];

fn value<'v>(attributes: &'v Attributes<'_>, name: &str) -> Option<&'v str> {
    attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
}

/// A stated size, in pixels.
pub(in crate::text) fn pixels(value: &str) -> Option<u32> {
    let digits = value.trim().trim_end_matches("px").trim();
    digits.split('.').next()?.parse().ok()
}

/// Whether the image is there to count readers and not to be seen: its width or height is 0 or 1, or its style hides it. What a script
/// is going to show is no such image.
pub(super) fn is_pixel(attributes: &Attributes<'_>) -> bool {
    let is_point = |value: &str| pixels(value).is_some_and(|size| size <= 1) && !value.contains('%');
    let is_late = || LATE.iter().chain(LATE_SETS).any(|name| value(attributes, name).is_some());
    ["width", "height"].into_iter().any(|side| value(attributes, side).is_some_and(is_point))
        || value(attributes, "style").is_some_and(|style| hides(style, &is_point) && !is_late())
}

/// Whether a style shows nothing of what it is for.
fn hides(style: &str, is_point: &dyn Fn(&str) -> bool) -> bool {
    style.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, value)| {
        let value = value.split('!').next().unwrap_or(value).trim().to_ascii_lowercase();
        match name.trim().to_ascii_lowercase().as_str() {
            "display" => value == "none",
            "visibility" => value == "hidden",
            "width" | "height" => value.trim_end_matches("px").parse::<f32>().is_ok() && is_point(&value),
            _ => false,
        }
    })
}

/// Whether the source only holds the place of another.
fn is_stand_in(src: &str) -> bool {
    let lower = src.to_ascii_lowercase();
    let file = lower.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    lower.starts_with("data:") || lower.starts_with("about:") || STAND_INS.iter().any(|name| file.starts_with(name) || file.contains(name))
}

/// The source to publish: `src`, unless it is missing or holds the place of one that scripts load.
pub(super) fn source<'v>(attributes: &'v Attributes<'_>) -> Option<&'v str> {
    let stated = value(attributes, "src");
    if let Some(src) = stated
        && !is_stand_in(src)
    {
        return Some(src);
    }
    let late = LATE.iter().find_map(|name| value(attributes, name));
    let first_of_set =
        || LATE_SETS.iter().find_map(|name| value(attributes, name)).and_then(|set| candidates(set).into_iter().next()).map(|(url, _)| url);
    late.or_else(first_of_set).or(stated)
}

/// The candidates of a `srcset`: URL and descriptor (HTML §4.8.4.4); commas inside a URL belong to it.
pub(in crate::text) fn candidates(srcset: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = srcset;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let (url, tail) = rest.split_at_checked(rest.find(char::is_whitespace).unwrap_or(rest.len())).unwrap_or((rest, ""));
        if url.is_empty() {
            return found;
        }
        let bare = url.trim_end_matches(',');
        if bare.len() == url.len() {
            let (descriptor, after) = tail.split_once(',').unwrap_or((tail, ""));
            found.push((bare, descriptor.trim()));
            rest = after;
        } else {
            found.push((bare, ""));
            rest = tail;
        }
    }
}

/// Whether a descriptor is one: `2x`, `1.5x`, `640w`, or nothing.
pub(super) fn is_descriptor(text: &str) -> bool {
    let number = text.strip_suffix(['x', 'w']).unwrap_or("?");
    text.is_empty() || (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
}

#[cfg(test)]
mod tests {
    use super::super::super::markup::attributes;
    use super::*;

    #[test]
    fn the_real_source_is_found() {
        for (tag, expected) in [
            ("src=a.png", Some("a.png")),
            ("src=a.png data-src=b.png", Some("a.png")),
            ("data-src=b.png", Some("b.png")),
            ("src='data:image/gif;base64,R0' data-original=b.png", Some("b.png")),
            ("src=/img/loading.gif data-actualsrc=b.png", Some("b.png")),
            ("src=/img/loading.gif", Some("/img/loading.gif")),
            ("src='' srcset='c.png 2x, d.png 3x'", Some("c.png")),
            ("data-srcset='c.png 640w, d.png 1280w'", Some("c.png")),
            ("alt=x", None),
        ] {
            assert_eq!(source(&attributes(tag)), expected, "{tag}");
        }
    }

    #[test]
    fn counters_are_known() {
        for (tag, expected) in [
            ("width=1 height=1", true),
            ("width=0", true),
            ("height='1px'", true),
            ("width=100", false),
            ("width='1%'", false),
            ("style='display: none !important'", true),
            ("style='border:0;WIDTH:1px'", true),
            ("style='visibility:hidden' data-src=a.png", false),
            ("style='width:1em'", false),
            ("style='width:auto;display:block'", false),
            ("", false),
        ] {
            assert_eq!(is_pixel(&attributes(tag)), expected, "{tag}");
        }
    }

    #[test]
    fn sets_are_split() {
        assert_eq!(candidates("a.png, b.png 2x,c,d.png 640w"), [("a.png", ""), ("b.png", "2x"), ("c,d.png", "640w")]);
        assert_eq!(candidates(" , "), []);
        assert!(is_descriptor("1.5x") && is_descriptor("640w") && is_descriptor("") && !is_descriptor("big") && !is_descriptor("x"));
    }
}
