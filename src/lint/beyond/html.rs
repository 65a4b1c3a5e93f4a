//! Start tags of HTML and their attributes, as browsers find them.
//!
//! In: HTML of any quality. Out: names in lower case and values with the references resolved that addresses hold. Never fails.

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'h> {
    /// The element, in lower case.
    pub name: String,
    /// The element as it is written.
    pub written: &'h str,
    /// Attributes: name in lower case, value as written.
    pub attributes: Vec<(String, &'h str)>,
}

impl<'h> Tag<'h> {
    /// The value of an attribute, without white space around it.
    pub(super) fn value(&self, name: &str) -> Option<&'h str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.trim())
    }
}

/// The start tags of HTML; comments and what stands in scripts and styles is passed over.
pub(super) fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or_default();
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let (tag, behind) = one(rest);
        rest = behind;
        if matches!(tag.name.as_str(), "script" | "style") {
            let end = format!("</{}", tag.name);
            rest = rest.find(&end).and_then(|at| rest.get(at..)).unwrap_or_default();
        }
        found.push(tag);
    }
    found
}

/// The tag whose name begins here, and what stands behind it.
fn one(text: &str) -> (Tag<'_>, &str) {
    let ends = |c: char| c.is_whitespace() || matches!(c, '>' | '/');
    let (name, mut rest) = cut(text, text.find(ends).unwrap_or(text.len()));
    let mut tag = Tag { name: name.to_ascii_lowercase(), written: name, attributes: Vec::new() };
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return (tag, rest);
        }
        if let Some(behind) = rest.strip_prefix('>') {
            return (tag, behind);
        }
        let (name, behind) = cut(rest, rest.find(|c: char| ends(c) || c == '=').unwrap_or(rest.len()));
        if name.is_empty() {
            // A stray `=`.
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        rest = behind.trim_start();
        let mut value = "";
        if let Some(behind) = rest.strip_prefix('=') {
            (value, rest) = value_of(behind.trim_start());
        }
        tag.attributes.push((name.to_ascii_lowercase(), value));
    }
}

fn value_of(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    cut(text, text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len()))
}

fn cut(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// Whether a reader that shows the text elsewhere cannot follow this address: it has no scheme.
pub(super) fn is_relative(address: &str) -> bool {
    let scheme = address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    });
    // A reference may stand for any part of the scheme; nobody writes a relative address so.
    !scheme && !address.is_empty() && !address.starts_with('&')
}

/// The addresses of a `srcset` (HTML §4.8.4.2.1).
pub(super) fn candidates(srcset: &str) -> impl Iterator<Item = &str> {
    let mut rest = srcset;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let (word, behind) = cut(rest, rest.find(char::is_whitespace).unwrap_or(rest.len()));
        // A comma at its end ends the candidate; else its size comes, up to the next comma.
        let address = word.trim_end_matches(',');
        rest = if address.len() < word.len() { behind } else { behind.split_once(',').map_or("", |(_, next)| next) };
        (!address.is_empty()).then_some(address)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_however_they_are_written() {
        let found = tags("x < y <!-- <img src=no> --><IMG class=a SRC = 'b.png' alt>text</p><a\nhref=/c>d</a><script>'<b>'</script><br/><a href=\"e");
        let names: Vec<_> = found.iter().map(|tag| tag.name.as_str()).collect();
        assert_eq!(names, ["img", "a", "script", "br", "a"]);
        assert_eq!((found[0].value("src"), found[0].value("alt"), found[1].value("href")), (Some("b.png"), Some(""), Some("/c")));
        assert_eq!(found[4].value("href"), Some("e"));
        assert_eq!(tags("<a =b c>")[0].attributes, [("b".to_owned(), ""), ("c".to_owned(), "")]);
    }

    #[test]
    fn relative_is_what_has_no_scheme() {
        for relative in ["a.png", "/a", "#fn1", "//a.example/", "?q", "a/b:c"] {
            assert!(is_relative(relative), "{relative}");
        }
        for absolute in ["https://a.example/", "mailto:a@a.example", "data:image/png;base64,AA", "", "&#104;ttps:"] {
            assert!(!is_relative(absolute), "{absolute}");
        }
        assert_eq!(
            candidates("a.png 1x, https://a.example/b.png 2.5x,c.png 300w").collect::<Vec<_>>(),
            ["a.png", "https://a.example/b.png", "c.png"]
        );
    }
}
