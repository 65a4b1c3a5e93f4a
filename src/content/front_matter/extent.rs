//! The lines behind a fence that nothing closes in; how many of them are front matter out.
//!
//! Only looks at how lines start and end: what they say is for the parser.

use super::{Line, is_known_key, names_known_key};

/// How far front matter goes that nothing closes.
pub(super) struct Extent {
    /// Byte offset behind its last line.
    pub(super) end: usize,
    /// The number of its last line.
    pub(super) last: u32,
    /// Byte offset of the body; an empty line before it is left out.
    pub(super) body_start: usize,
    /// The line in which the body starts.
    pub(super) body_line: u32,
}

/// What may come below the last key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Below {
    /// Its value goes on at most.
    Rest,
    /// Its value, which is missing so far.
    Value,
    /// More items of its list.
    Items,
    /// More lines of a block scalar, even behind empty ones.
    Block,
}

impl Extent {
    /// Takes keys, what belongs to them, and comments between them; up to the first empty line, unless a key with a known
    /// name, which did not occur before, or a value that is still missing follows it.
    pub(super) fn of<'t>(first: Line<'t>, lines: impl Iterator<Item = Line<'t>>) -> Self {
        let mut extent = Self { end: first.end, last: first.number, body_start: first.end, body_line: first.number + 1 };
        let mut seen: Vec<String> = Vec::new();
        let mut below = Below::Rest;
        let (mut gap, mut behind) = (false, None);
        for line in lines {
            let text = line.text.trim_end();
            let is_comment = text.starts_with('#') && !gap;
            if text.is_empty() || is_comment {
                gap |= text.is_empty();
                // Comments may be the headings of the body: they belong to the front matter when more of it follows.
                behind.get_or_insert(line);
                continue;
            }
            let Some(next) = below.after(text, gap) else {
                behind.get_or_insert(line);
                break;
            };
            if is_known_key(text) {
                let name = key_of(text).unwrap_or_default().to_ascii_lowercase();
                if gap && seen.contains(&name) {
                    break;
                }
                // There are few known names, and each is noted once.
                if !seen.contains(&name) {
                    seen.push(name);
                }
            }
            (below, gap, behind) = (next, false, None);
            (extent.end, extent.last) = (line.end, line.number);
            (extent.body_start, extent.body_line) = (line.end, line.number + 1);
        }
        if let Some(line) = behind.filter(|line: &Line<'_>| line.text.trim().is_empty()) {
            (extent.body_start, extent.body_line) = (line.end, line.number + 1);
        }
        extent
    }
}

impl Below {
    /// What may come below a line that is no comment and not empty; none when it cannot belong to the front matter.
    fn after(self, text: &str, gap: bool) -> Option<Self> {
        if text.starts_with([' ', '\t']) {
            return match self {
                Self::Rest | Self::Items if gap => None,
                Self::Value => Some(Self::Rest),
                other => Some(other),
            };
        }
        if text.starts_with('-') {
            let is_item = text == "-" || text.starts_with("- ") || (!gap && !text.starts_with("--"));
            return (is_item && (self == Self::Value || (self == Self::Items && !gap))).then_some(Self::Items);
        }
        if gap && !is_known_key(text) {
            return None;
        }
        if text.starts_with([']', '}']) {
            return Some(Self::Rest);
        }
        let value = text.get(key_of(text)?.len()..)?.trim_start_matches([':', '：']).trim();
        let value = if value.starts_with('#') { "" } else { value };
        Some(match value.trim_end_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']) {
            "" if value.is_empty() => Self::Value,
            "|" | ">" => Self::Block,
            _ => Self::Rest,
        })
    }
}

/// The key that a line starts with: a word, something in quotes, or a known name with whatever colon.
pub(super) fn key_of(line: &str) -> Option<&str> {
    if line.starts_with('{') {
        return Some("");
    }
    if names_known_key(line) {
        return line.split([':', '：']).next();
    }
    let end = match line.chars().next()? {
        quote @ ('"' | '\'') => line.get(1..)?.find(quote)? + 2,
        _ => line.match_indices(':').find(|(at, _)| line.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])))?.0,
    };
    let (key, rest) = line.split_at_checked(end)?;
    let is_word = key.starts_with(['"', '\'']) || !(key.is_empty() || key.contains(char::is_whitespace));
    (is_word && rest.starts_with(':')).then_some(key)
}
