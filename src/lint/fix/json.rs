//! Where in a JSON Feed the values stand that findings are about, and what can be written beside them.
//!
//! In: a text that is JSON, the place of a finding. Out: edits.

use super::Means;
use super::edit::Edit;
use crate::diagnostic::Code;
use crate::lint::json::places::Places;
use crate::syntax::json::parse;
use crate::syntax::{Map, Node, Value};
use std::collections::HashMap;
use std::ops::Range;

/// A parsed document.
pub(super) struct Json<'t> {
    text: &'t str,
    feed: Map,
    /// The addresses of attachments, by the byte at which their size is stated.
    sizes: HashMap<usize, String>,
}

impl<'t> Json<'t> {
    /// `None`: it is no JSON, or no object.
    pub(super) fn new(text: &'t str) -> Option<Self> {
        let Value::Map(feed) = parse(text).ok()?.value else { return None };
        let places = Places::of(text);
        let items = feed.get("items").and_then(Node::as_list).unwrap_or_default();
        let attachments = items.iter().filter_map(|item| item.as_map()?.get("attachments")?.as_list()).flatten().filter_map(Node::as_map);
        let stated =
            attachments.filter_map(|attachment| Some((places.offset(attachment.get("size_in_bytes")?.place), attachment.get("url")?.as_text()?)));
        let sizes = stated.collect();
        Some(Self { text, feed, sizes })
    }

    /// The string at a place gets another value.
    pub(super) fn value(&self, code: Code, at: usize, better: impl Fn(&str) -> Option<String>) -> Vec<Edit> {
        self.better(code, at, better).into_iter().collect()
    }

    fn better(&self, code: Code, at: usize, better: impl Fn(&str) -> Option<String>) -> Option<Edit> {
        let range = self.extent(at)?;
        let value: String = serde_json::from_str(self.text.get(range.clone())?).ok()?;
        let better = better(&value).filter(|better| *better != value)?;
        Some(Edit::new(range, quoted(&better), code, at))
    }

    /// The bytes of the value that begins at a place.
    fn extent(&self, at: usize) -> Option<Range<usize>> {
        let rest = self.text.get(at..)?;
        let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
        for (index, c) in rest.char_indices() {
            if quoted {
                match c {
                    _ if escaped => escaped = false,
                    '\\' => escaped = true,
                    '"' => quoted = false,
                    _ => continue,
                }
                if quoted || depth > 0 {
                    continue;
                }
                return Some(at..at + index + 1);
            }
            match c {
                '"' => quoted = true,
                '{' | '[' => depth += 1,
                '}' | ']' if depth > 1 => depth -= 1,
                '}' | ']' if depth == 1 => return Some(at..at + index + 1),
                '}' | ']' | ',' | ' ' | '\t' | '\r' | '\n' if depth == 0 => return (index > 0).then_some(at..at + index),
                _ => {}
            }
        }
        (depth == 0 && !quoted && !rest.is_empty()).then_some(at..self.text.len())
    }

    /// A member in front of all others.
    fn first_member(&self, name: &str, value: &str, code: Code, at: usize) -> Vec<Edit> {
        let Some(open) = self.text.find('{').filter(|_| !self.feed.is_empty() && self.feed.get(name).is_none()) else { return Vec::new() };
        let behind = self.text.get(open + 1..).unwrap_or_default();
        let space = behind.get(..behind.len() - behind.trim_start().len()).unwrap_or_default();
        vec![Edit::insert(open + 1, format!("{space}{}: {},", quoted(name), quoted(value)), code, at)]
    }

    /// The feed says which version it is of.
    pub(super) fn version(&self, code: Code, at: usize, _: &Means<'_>) -> Vec<Edit> {
        self.first_member("version", "https://jsonfeed.org/version/1.1", code, at)
    }

    /// The feed says where it lives.
    pub(super) fn self_link(&self, code: Code, at: usize, means: &Means<'_>) -> Vec<Edit> {
        means.base.map(|base| self.first_member("feed_url", base, code, at)).unwrap_or_default()
    }

    /// `authors` beside the `author` whose name stands at a place.
    pub(super) fn authors(&self, code: Code, at: usize, _: &Means<'_>) -> Vec<Edit> {
        let authors = || {
            let name = self.extent(at)?;
            let behind = self.text.get(name.end..)?.trim_start().strip_prefix(':')?.trim_start();
            let author = self.extent(self.text.len() - behind.len())?;
            let written = self.text.get(author.clone())?;
            written.starts_with('{').then(|| Edit::insert(author.end, format!(", \"authors\": [{written}]"), code, at))
        };
        authors().into_iter().collect()
    }

    /// An attachment of which the file is at hand gets its size; `at` is that of the size that is stated.
    pub(super) fn length(&self, code: Code, at: usize, means: &Means<'_>) -> Vec<Edit> {
        let edit = || Some(Edit::new(self.extent(at)?, means.length(self.sizes.get(&at)?)?.to_string(), code, at));
        edit().into_iter().collect()
    }
}

/// A string of JSON.
fn quoted(value: &str) -> String {
    // Strings always serialise.
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_an_end() {
        let text = r#"{"a\"}": [1, {"b": "]"}], "c": -1.5e3,"d": null}"#;
        let json = Json::new(text).unwrap();
        let extent = |start: &str| json.extent(text.find(start).unwrap()).and_then(|range| text.get(range)).unwrap();
        assert_eq!(extent("\"a"), r#""a\"}""#);
        assert_eq!(extent("[1"), r#"[1, {"b": "]"}]"#);
        assert_eq!((extent("-1"), extent("null"), extent("{\"a")), ("-1.5e3", "null", text));
    }
}
