//! The plainest YAML read without the parser: keys with single values or lists of them, each on a line of its own.
//!
//! In: YAML text. Out: what `serde_yaml` would say of it, with the same places, or nothing when a line is anything that could mean
//! something else: then the parser decides. Front matter is nearly always this plain, and reading it is most of a large build.
//! A test holds both readings against each other.

use crate::syntax::{Map, Member, Node, Parsed, Place, Value};

/// More keys than any front matter has; each is compared with all before it.
const MOST_KEYS: usize = 64;
/// Digits that fit into an `i64` whatever they are.
const MOST_DIGITS: usize = 18;

/// Reads a text that is plain from its first line to its last.
pub(super) fn read(text: &str) -> Option<Parsed> {
    if !is_plain_text(text.as_bytes()) {
        return None;
    }
    let mut map = Map::new();
    let mut lines = (1..).zip(text.split('\n')).filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).peekable();
    while let Some((number, line)) = lines.next() {
        let (key, rest) = line.split_once(':')?;
        if !is_key(key) || map.len() == MOST_KEYS || map.get(key).is_some() {
            return None;
        }
        let key_place = Place { line: number, column: 1 };
        let at = Place { line: number, column: u32::try_from(line.len() - rest.trim_start_matches(' ').len()).ok()?.checked_add(1)? };
        let value = match rest.strip_prefix(' ').map(|rest| rest.trim_matches(' ')) {
            Some("") | None if !rest.trim_matches(' ').is_empty() => return None,
            Some("") | None => {
                let (mut items, mut first, mut indent) = (Vec::new(), None, None);
                while let Some((number, line)) = lines.next_if(|(_, line)| line.starts_with([' ', '-'])) {
                    let dash = line.trim_start_matches(' ');
                    let depth = line.len() - dash.len();
                    let item = dash.strip_prefix("- ")?;
                    if *indent.get_or_insert(depth) != depth {
                        return None;
                    }
                    let column = u32::try_from(line.len() - item.trim_start_matches(' ').len()).ok()?.checked_add(1)?;
                    first.get_or_insert(Place { line: number, column: u32::try_from(depth).ok()?.checked_add(1)? });
                    items.push(Node::new(scalar(item.trim_matches(' '))?, Place { line: number, column }));
                }
                Node::new(Value::List(items), first?)
            }
            Some(value) if value.starts_with('[') => Node::new(Value::List(flow(value, at)?), at),
            Some(value) => Node::new(scalar(value)?, at),
        };
        map.push(Member { key: key.to_owned(), key_place, node: value });
    }
    (!map.is_empty()).then(|| Parsed { value: Value::Map(map), duplicates: Vec::new(), repairs: Vec::new() })
}

/// Whether every character stands for itself in every YAML text: no control characters but line feeds, and none of the characters
/// beyond ASCII that YAML forbids, takes for line ends or passes over.
fn is_plain_text(bytes: &[u8]) -> bool {
    let ascii = bytes.iter().all(|byte| *byte >= 0x20 && *byte != 0x7F || *byte == b'\n');
    ascii
        && !bytes.windows(3).any(|window| match *window {
            [0xC2, second, _] => second < 0xA0,
            [0xE2, 0x80, third] => matches!(third, 0xA8 | 0xA9),
            [0xEF, second, third] => (second == 0xBB && third == 0xBF) || (second == 0xBF && third >= 0xBE),
            _ => false,
        })
        && !matches!(bytes, [.., 0xC2, 0x80..0xA0])
}

/// A word that is text to YAML wherever it stands.
fn is_key(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        && !is_word(key)
}

/// Words that are no text, in any case that a parser may take.
fn is_word(text: &str) -> bool {
    ["null", "true", "false"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// One value that fills what is left of its line.
fn scalar(text: &str) -> Option<Value> {
    match text.as_bytes() {
        [b'"', inside @ .., b'"'] => quoted(std::str::from_utf8(inside).ok()?).map(Value::Text),
        [b'\'', inside @ .., b'\''] if !inside.contains(&b'\'') => Some(Value::Text(std::str::from_utf8(inside).ok()?.to_owned())),
        b"true" => Some(Value::Bool(true)),
        b"false" => Some(Value::Bool(false)),
        [first, ..] if first.is_ascii_digit() => number_or_date(text),
        [first, ..] if first.is_ascii_alphabetic() || !first.is_ascii() => {
            (is_unquoted(text) && !is_word(text)).then(|| Value::Text(text.to_owned()))
        }
        _ => None,
    }
}

/// What stands between double quotes, when it has no escapes but those of a quote and a backslash.
fn quoted(inside: &str) -> Option<String> {
    if !inside.contains(['"', '\\']) {
        return Some(inside.to_owned());
    }
    let mut out = String::with_capacity(inside.len());
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => return None,
            '\\' => out.push(chars.next().filter(|c| matches!(c, '"' | '\\'))?),
            c => out.push(c),
        }
    }
    Some(out)
}

/// Whether nothing in a text without quotes could end it or make it something else.
fn is_unquoted(text: &str) -> bool {
    !text.contains(": ") && !text.ends_with(':') && !text.contains(" #")
}

/// A whole number, or a date, which is text.
fn number_or_date(text: &str) -> Option<Value> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == text.len() {
        let is_canonical = digits <= MOST_DIGITS && (digits == 1 || !text.starts_with('0'));
        return text.parse().ok().filter(|_| is_canonical).map(Value::Integer);
    }
    let is_date = digits == 4 && text.as_bytes().get(4) == Some(&b'-') && text.as_bytes().get(5).is_some_and(u8::is_ascii_digit);
    (is_date && is_unquoted(text)).then(|| Value::Text(text.to_owned()))
}

/// A list in brackets on one line.
fn flow(text: &str, at: Place) -> Option<Vec<Node>> {
    let inside = text.strip_prefix('[')?.strip_suffix(']')?;
    if inside.trim_matches(' ').is_empty() {
        return Some(Vec::new());
    }
    let mut column = at.column.checked_add(1)?;
    let mut items = Vec::new();
    for part in inside.split(',') {
        let item = part.trim_matches(' ');
        // A comma or a bracket inside of quotes splits them, and half a quoted text is no value.
        let is_whole = !item.contains(['[', ']', '{', '}']) && (item.starts_with(['"', '\'']) || !item.contains(['"', '\'', ':', '#', '?']));
        let blank = part.len() - part.trim_start_matches(' ').len();
        let place = Place { column: column.checked_add(u32::try_from(blank).ok()?)?, ..at };
        items.push(Node::new(scalar(item).filter(|_| is_whole)?, place));
        column = column.checked_add(u32::try_from(part.chars().count()).ok()?)?.checked_add(1)?;
    }
    Some(items)
}

#[cfg(test)]
mod tests {
    use super::super::read_whole;
    use super::*;
    use proptest::prelude::*;

    /// Both readings of a text, when it is plain enough for two.
    fn compare(text: &str) -> bool {
        let Some(quick) = read(text) else { return false };
        let whole = read_whole(text).unwrap_or_else(|failure| panic!("{}\n{text}", failure.problem));
        assert_eq!(quick, whole, "{text}");
        true
    }

    #[test]
    fn plain_front_matter_needs_no_parser() {
        for text in [
            "title: \"书店，搬家\"\ndate: \"2025-02-14 10:11:09\"\ntags:\n  - \"a\"\n  - 乙 b\ndraft: false\nmenu: \"\"\n",
            "title: C++ 与 Rust\ndate: 2025-02-14T10:11:09+08:00\ntags: [甲, \"b c\", 'd']\ncategories: []\nweight: 10\n",
            "# note\na: 'x'\n\nb:\n- 1\n- 2\nc: a:b\n",
            "a: \"say \\\"hi\\\" \\\\ there\"",
            "a:   x  \nb:\n    -   y \n",
            "a: x#y\nb: http://e.cn/a?b=c#d\n",
        ] {
            assert!(compare(text), "{text}");
        }
    }

    #[test]
    fn what_could_mean_something_else_is_left_to_the_parser() {
        for text in [
            "",
            "a",
            "a:b",
            "a: b: c",
            "a: b #c",
            "a: 'it''s'",
            "a: \"\\n\"",
            "a: \"b\" c",
            "a: \"b",
            "a: 007",
            "a: 1.10",
            "a: 1e3",
            "a: .5",
            "a: ~",
            "a: null",
            "a: True",
            "a: @b",
            "a: `b`",
            "a: *b",
            "a: &b c",
            "a: !b c",
            "a: |\n  b",
            "a: >\n  b",
            "a: {b: c}",
            "a: [b, [c]]",
            "a: [b",
            "a: [\"b, c\"]",
            "a: [b: c]",
            "a: [b #c]",
            "a: [,]",
            "a: [b,]",
            "a: b\n  c",
            "a:\n  b: c",
            "a:\n  - b\n - c",
            "a:\n  - b: c",
            "a:\n  - - b",
            "a:\n  -",
            "a:\n  - b\n    c",
            "a: b\na: c",
            "<<: x",
            "true: x",
            "null: x",
            "1: x",
            "---\na: b",
            "...",
            "a:\tb",
            "a: b\tc",
            "a: b\r\n",
            "%a: b",
            "? a",
            "a: b\u{85}c",
            "a: b\u{2028}c",
            "\u{FEFF}a: b",
            "a: \u{FFFE}",
            "a: 12345678901234567890",
            "a: 2025-",
            "a:",
            "a: -1",
            "a: - b",
            "a: b:",
            "a: ?",
            "键: 值",
            "a b: c",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

        #[test]
        fn both_readings_agree(text in "((title|date|tags|a-b|n): ?(\"[a书\\\\\" :#,-]{0,6}\"|'[a书: #]{0,5}'|[-a书0-9:# .,?\\[\\]{}+e'\"]{0,8}|2025-0?1-0?2[T ]?1?|\\[(\"?[a书 0-9:']{0,3}\"?,? ?){0,3}\\])\n( {0,2}- ?(\"[a书\\\\]{0,3}\"|[a书: 0-9#]{0,5})\n){0,3}){0,4}") {
            compare(&text);
        }

        #[test]
        fn any_text_is_read_alike(text in "([a-c]{1,2}(: |:|- | - )[ -~书\u{85}\u{2028}\u{FEFF}\u{A0}]{0,8}\n?){1,4}") {
            compare(&text);
        }
    }
}
