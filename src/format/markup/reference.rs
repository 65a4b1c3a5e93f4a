//! Character and entity references → characters.
//!
//! In: text as written. Out: what it means. Knows XML's five entities, HTML's table (HTML §13.5) and numeric references;
//! entities that a document declares are never expanded (they stay as written), so nothing grows: a reference is never
//! shorter than what it stands for.

use super::Repairs;
use super::repairs::excerpt;
use crate::diagnostic::Code;
use memchr::memchr;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The longest name in HTML's table has 31 letters.
const LONGEST: usize = 33;

/// What `&#128;` to `&#159;` mean to everybody: windows-1252 (HTML §13.2.5.80).
const C1: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜',
    '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// The text with the control characters U+0080 to U+009F as what they were before somebody took windows-1252 for Latin-1; `None` when it
/// has none. Gives the first of them too.
pub(super) fn as_windows_1252(text: &str) -> Option<(String, char)> {
    let bytes = text.as_bytes();
    let is_control = |at: usize| bytes.get(at + 1).is_some_and(|next| (0x80..=0x9F).contains(next));
    let first = memchr::memchr_iter(0xC2, bytes).find(|at| is_control(*at))?;
    let meant = |c: char| u32::from(c).checked_sub(0x80).and_then(|index| C1.get(usize::try_from(index).ok()?)).copied().unwrap_or(c);
    Some((text.chars().map(meant).collect(), text.get(first..)?.chars().next()?))
}

static HTML: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let whole = |entity: &'static str| entity.strip_prefix('&')?.strip_suffix(';');
    entities::ENTITIES.iter().filter_map(|entity| Some((whole(entity.entity)?, entity.characters))).collect()
});

/// A decoded text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    /// Whether `<` or `&` was written as a hexadecimal reference: the RSS profile's way to say that no markup is meant
    /// (<https://www.rssboard.org/rss-profile#data-types-characterdata>).
    pub(super) marked: bool,
    /// Whether `<` or `&` was written in another way.
    pub(super) escaped: bool,
}

/// The text with its references decoded; unknown ones stay as written. What is not XML is noted, counted from `offset`.
pub(super) fn decode_at<'a>(raw: &'a str, offset: usize, repairs: &mut Repairs) -> Decoded<'a> {
    let Some(first) = memchr(b'&', raw.as_bytes()) else {
        return Decoded { text: Cow::Borrowed(raw), marked: false, escaped: false };
    };
    let mut out = String::with_capacity(raw.len());
    let (mut rest, mut marked, mut escaped) = (raw, false, false);
    let mut next = Some(first);
    while let Some((before, tail)) = next.and_then(|at| Some((rest.get(..at)?, rest.get(at + 1..)?))) {
        out.push_str(before);
        let at = offset + (raw.len() - tail.len()) - 1;
        let end = tail.bytes().take(LONGEST).position(|byte| byte == b';');
        let name = end.and_then(|end| tail.get(..end)).unwrap_or_default();
        rest = tail.get(name.len() + 1..).unwrap_or_default();
        match name {
            "lt" => {
                escaped = true;
                out.push('<');
            }
            "amp" => {
                escaped = true;
                out.push('&');
            }
            "gt" => out.push('>'),
            "quot" => out.push('"'),
            "apos" => out.push('\''),
            "#x3C" | "#x3c" => {
                marked = true;
                out.push('<');
            }
            "#x26" => {
                marked = true;
                out.push('&');
            }
            _ => {
                if let Some(meant) = meaning(name) {
                    escaped |= meant == "<" || meant == "&";
                    if !name.starts_with('#') {
                        repairs.note(at, Code::HtmlEntity, || format!("expected one of XML's five entities, found HTML's `&{name};`"));
                    }
                    out.push_str(&meant);
                } else {
                    out.push('&');
                    rest = tail;
                    let is_reference = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"#_-.".contains(&byte));
                    if is_reference {
                        repairs.note(at, Code::HtmlEntity, || format!("expected an entity that is known, found `&{name};`; it was kept as written"));
                    } else {
                        repairs.note(at, Code::BareAmpersand, || {
                            format!("expected `&amp;`, found a bare `&` in `{}`", excerpt(tail_of(raw, at - offset)))
                        });
                    }
                }
            }
        }
        next = memchr(b'&', rest.as_bytes());
    }
    out.push_str(rest);
    Decoded { text: Cow::Owned(out), marked, escaped }
}

fn tail_of(raw: &str, at: usize) -> &str {
    raw.get(at..).unwrap_or_default()
}

/// The text with its references decoded, without a word about unknown ones.
pub(in crate::format) fn decode(raw: &str) -> Cow<'_, str> {
    if memchr(b'&', raw.as_bytes()).is_none() {
        return Cow::Borrowed(raw);
    }
    decode_at(raw, 0, &mut Repairs::default()).text
}

/// The characters that an entity of HTML stands for, by the name between `&` and `;`. A wrong case is common: `NBSP`, `AMP`.
pub(crate) fn entity(name: &str) -> Option<&'static str> {
    HTML.get(name).or_else(|| HTML.get(name.to_ascii_lowercase().as_str())).copied()
}

/// What stands between `&` and `;` means.
fn meaning(name: &str) -> Option<Cow<'static, str>> {
    let Some(number) = name.strip_prefix('#') else { return entity(name).map(Cow::Borrowed) };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    let c = match code {
        128..=159 => *C1.get(usize::try_from(code - 128).ok()?)?,
        code => char::from_u32(code)?,
    };
    // What XML forbids does not come in through the back door.
    let allowed = matches!(c, '\t' | '\n' | '\r' | ' '..) && !matches!(c, '\u{FFFE}' | '\u{FFFF}');
    Some(if allowed { Cow::Owned(c.to_string()) } else { Cow::Borrowed("") })
}
