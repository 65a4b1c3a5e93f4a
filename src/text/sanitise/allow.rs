//! What the sanitiser lets through: elements, attributes, classes.
//!
//! The lists are a subset of what the W3C feed validator accepts without a warning; `style`, scripts, forms and foreign
//! namespaces are not among them.

/// Elements that stay, sorted. All others are unwrapped: their content stays.
pub(super) const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "map",
    "mark",
    "menu",
    "nav",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// The name of an element that stays.
pub(super) fn element(name: &str) -> Option<&'static str> {
    ELEMENTS.binary_search(&name).ok().and_then(|at| ELEMENTS.get(at)).copied()
}

/// Attributes that stay on any element but the formatting ones, with their values as written.
pub(super) const ATTRIBUTES: &[&str] = &[
    "align", "alt", "class", "colspan", "coords", "datetime", "dir", "headers", "height", "hreflang", "id", "kind", "label", "lang", "loading",
    "media", "name", "open", "reversed", "rowspan", "scope", "shape", "sizes", "span", "srclang", "start", "title", "type", "value", "width",
];

/// Attributes that hold one URL.
pub(super) const URLS: &[&str] = &["cite", "href", "poster", "src"];

/// Elements that go with everything inside.
pub(super) const DROPPED: &[&str] =
    &["button", "canvas", "datalist", "noembed", "noframes", "noscript", "script", "select", "style", "svg", "template", "textarea", "title"];

/// Those of the dropped that swallow all that follows when they are never closed.
pub(super) const SWALLOWING: &[&str] = &["script", "style"];

/// Elements without content.
pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "area" | "br" | "col" | "hr" | "img" | "source" | "track" | "wbr")
}

/// Elements that the parser opens again in each following block until they are closed (HTML §13.2.4.3).
pub(super) fn is_formatting(name: &str) -> bool {
    matches!(name, "a" | "b" | "big" | "code" | "em" | "font" | "i" | "s" | "small" | "strike" | "strong" | "tt" | "u")
}

/// The attributes that formatting elements keep: few, because an unclosed one is repeated with them.
pub(super) fn on_formatting(element: &str, attribute: &str) -> bool {
    match element {
        "a" => matches!(attribute, "class" | "href" | "hreflang" | "id" | "name" | "title" | "type"),
        "code" => attribute == "class",
        _ => false,
    }
}

/// The classes that mean something to readers and to the block reader; all others go.
pub(super) fn classes(value: &str) -> String {
    let kept: Vec<&str> =
        value.split_ascii_whitespace().filter(|class| class.starts_with("language-") || class.starts_with("footnote")).take(4).collect();
    kept.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_is_found_and_none_of_them_is_dropped() {
        assert!(ELEMENTS.is_sorted());
        assert!(ELEMENTS.iter().all(|name| element(name) == Some(name)));
        assert!(DROPPED.iter().chain(&["", "x", "zz"]).all(|name| element(name).is_none()));
    }
}
