//! Texts: titles, summaries, bodies.
//!
//! In: the element that was opened last. Out: a [`Text`] with its kind. Atom says what a text is (RFC 4287 §3.1, and `mode` in
//! Atom 0.3); RSS does not, and a title in it is plain unless it holds markup.

use super::super::markup::{Cursor, Inner, Repairs, Tag, without_div};
use super::address::{Base, has_relative, is_web};
use super::{context, limit};
use crate::diagnostic::Code;
use crate::model::{Language, Text, TextKind};
use base64::Engine as _;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::borrow::Cow;

/// How an element says what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// Atom: `type` and `mode`, plain if they are missing.
    Atom,
    /// RSS: a short text that may hold markup.
    Title,
    /// RSS: HTML.
    Html,
}

/// Reads the text; `None` when there is none.
pub(super) fn read(cursor: &mut Cursor<'_>, tag: &Tag<'_>, rule: Rule, most: usize) -> Option<Text> {
    let inner = cursor.inner();
    let (kind, value) = kind_of(&inner, tag, rule);
    if value.len() > most {
        cursor
            .repairs
            .note(inner.offset, Code::LimitExceeded, || format!("expected at most {most} bytes of text, found {}; the rest was cut", value.len()));
    }
    text(limit::cut(&value, most), kind)
}

/// The same with its own language, where that is not the one `inherited`, and with the base of its relative links, where it
/// has some and a base is stated.
pub(super) fn placed(cursor: &mut Cursor<'_>, tag: &Tag<'_>, rule: Rule, most: usize, inherited: Option<&Language>) -> Option<Text> {
    let language = tag.filled("xml:lang").and_then(|raw| context::language(&raw, tag.offset, &mut cursor.repairs));
    let base = cursor.base().cloned();
    let mut text = read(cursor, tag, rule, most)?;
    text.language = language.filter(|language| Some(language) != inherited);
    if text.kind != TextKind::Plain
        && let Some(base) = base
        && has_relative(&text.value)
        && cursor.repairs.may_copy(tag.offset, base.as_str().len())
    {
        text.base = Some(base.as_str().to_owned());
    }
    Some(text)
}

/// The text with the address that its relative links start from, where none was stated; `at` is the place of the entry.
pub(in crate::format) fn based(text: Option<Text>, relative_to: Option<&str>, at: usize, repairs: &mut Repairs) -> Option<Text> {
    let mut text = text?;
    if text.kind != TextKind::Plain
        && text.base.is_none()
        && let Some(address) = relative_to.filter(|address| is_web(address))
        && has_relative(&text.value)
        && repairs.may_copy(at, address.len())
    {
        text.base = Base::new(Some(address)).as_str().map(ToOwned::to_owned);
    }
    Some(text)
}

/// A text of this kind, or nothing when it is blank.
pub(in crate::format) fn text(value: &str, kind: TextKind) -> Option<Text> {
    let value = value.trim();
    if value.is_empty() {
        return None;
    }
    let mut text = Text::plain(value);
    text.kind = kind;
    Some(text)
}

fn kind_of<'i>(inner: &'i Inner<'_>, tag: &Tag<'_>, rule: Rule) -> (TextKind, Cow<'i, str>) {
    let whole = || Cow::Borrowed(inner.value.as_ref());
    match rule {
        Rule::Title if !inner.is_markup && (inner.is_marked_plain || !looks_like_markup(&inner.value)) => (TextKind::Plain, whole()),
        Rule::Html | Rule::Title => (TextKind::Html, whole()),
        Rule::Atom => atom(inner, tag),
    }
}

fn atom<'i>(inner: &'i Inner<'_>, tag: &Tag<'_>) -> (TextKind, Cow<'i, str>) {
    let value = inner.value.as_ref();
    let stated = tag.filled("type").map(|stated| stated.to_ascii_lowercase()).unwrap_or_default();
    let essence = stated.split(';').next().unwrap_or_default().trim();
    let mode = tag.filled("mode").map(|mode| mode.to_ascii_lowercase());
    if mode.as_deref() == Some("base64") {
        return match from_base64(value) {
            Some(decoded) if matches!(essence, "" | "text/plain" | "text") => (TextKind::Plain, Cow::Owned(decoded)),
            Some(decoded) => (TextKind::Html, Cow::Owned(decoded)),
            None => (TextKind::Plain, Cow::Borrowed(value)),
        };
    }
    if inner.is_markup {
        let kind = if matches!(essence, "xhtml" | "application/xhtml+xml") { TextKind::Xhtml } else { TextKind::Html };
        return (kind, Cow::Borrowed(without_div(value)));
    }
    let is_escaped = mode.as_deref() == Some("escaped");
    match essence {
        // Without tags inside it is text that was escaped for XML only, so it must be escaped again as a fragment.
        "xhtml" | "application/xhtml+xml" if !is_escaped => (TextKind::Plain, Cow::Borrowed(value)),
        "html" | "text/html" | "xhtml" | "application/xhtml+xml" => (TextKind::Html, Cow::Borrowed(value)),
        "" | "text" | "text/plain" if is_escaped && looks_like_markup(value) => (TextKind::Html, Cow::Borrowed(value)),
        "" | "text" | "plain" | "text/plain" => (TextKind::Plain, Cow::Borrowed(value)),
        other if other.ends_with("/xml") || other.ends_with("+xml") => (TextKind::Html, Cow::Borrowed(value)),
        other if other.starts_with("text/") || !other.contains('/') => {
            (if looks_like_markup(value) { TextKind::Html } else { TextKind::Plain }, Cow::Borrowed(value))
        }
        _ => match from_base64(value) {
            Some(decoded) => (TextKind::Plain, Cow::Owned(decoded)),
            None => (TextKind::Plain, Cow::Borrowed(value)),
        },
    }
}

/// Base64 (RFC 4648 §4) that holds text; white space inside is usual.
fn from_base64(value: &str) -> Option<String> {
    const LENIENT: GeneralPurpose =
        GeneralPurpose::new(&base64::alphabet::STANDARD, GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent));
    let dense: String = value.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    String::from_utf8(LENIENT.decode(dense).ok()?).ok()
}

/// Whether characters that could be markup are markup: a whole tag, or an entity.
pub(in crate::format) fn looks_like_markup(value: &str) -> bool {
    let is_tag = |tag: &str| {
        let name = tag.strip_prefix('/').unwrap_or(tag);
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.contains('>')
    };
    let is_entity = |entity: &str| {
        let Some(end) = entity.bytes().take(33).position(|byte| byte == b';') else { return false };
        let name = entity.get(..end).unwrap_or_default();
        let name = name.strip_prefix('#').unwrap_or(name);
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    // Only the beginning is looked at where nothing closes: time stays linear.
    (value.contains('>') && value.split('<').skip(1).take(256).any(is_tag)) || value.split('&').skip(1).any(is_entity)
}
