//! Texts: plain ones that hold markup, HTML that readers will take apart, Atom's text constructs.
//!
//! In: the text of an element. Out: findings about it.

mod allowed;
pub(super) mod construct;
pub(super) mod html;
pub(super) mod places;
mod style;
mod tokens;

use super::value::shown;
use super::{Element, Findings, Node};
use crate::diagnostic::Code;
use places::Places;

/// How `<` and `&` are written in the source of a text: hexadecimal references say that they are meant as characters.
fn written_as_characters(element: &Element) -> bool {
    element.children.iter().any(|node| matches!(node, Node::Text { raw, .. } if raw.contains("&#x")))
}

/// A text in which HTML has no place; `code` tells how it is declared.
pub(super) fn plain(element: &Element, code: Code, rss: bool, findings: &mut Findings<'_>) {
    let value = element.text();
    let at = element.text_at();
    if plain_value(&value, code, !written_as_characters(element), at, findings) {
        return;
    }
    if rss && !written_as_characters(element) && looks_marked(&value) {
        findings.say(Code::CharacterData, at, format!("expected &#x26; and &#x3C; for characters, found {}", shown(&value)));
    }
}

/// The same for a value that is no element's text, such as an attribute. `true` when something was said.
pub(super) fn plain_value(value: &str, code: Code, entities: bool, at: usize, findings: &mut Findings<'_>) -> bool {
    let place = |part: &str, findings: &Findings<'_>| Places::xml(value, at).of(part, findings.text());
    if let Some(tag) = end_tag(value) {
        findings.say(code, place(tag, findings), format!("expected plain text, found the HTML tag </{tag}>"));
        return true;
    }
    if let Some(entity) = entities.then(|| entity(value)).flatten() {
        findings.say(code, place(entity, findings), format!("expected plain text, found the HTML entity &{entity};"));
        return true;
    }
    false
}

/// The first end tag of an element of HTML.
fn end_tag(value: &str) -> Option<&str> {
    value.split("</").skip(1).find_map(|rest| {
        let name = rest.split_once('>').map(|(name, _)| name)?;
        (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) && allowed::is_html(&name.to_ascii_lowercase())).then_some(name)
    })
}

/// The first entity of HTML, or number of a character.
fn entity(value: &str) -> Option<&str> {
    value.split('&').skip(1).find_map(|rest| {
        let number = rest.starts_with('#');
        let bare = rest.strip_prefix('#').unwrap_or(rest);
        let end = bare.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(bare.len());
        let name = rest.get(..end + usize::from(number)).unwrap_or_default();
        if end == 0 {
            return None;
        }
        (number || !name.chars().all(char::is_alphabetic) || is_entity(name)).then_some(name)
    })
}

/// Whether HTML has this entity.
pub(super) fn is_entity(name: &str) -> bool {
    allowed::is_entity(name)
}

/// `&#1`, `</` or `<a`.
fn looks_marked(value: &str) -> bool {
    let next_is = |mark: &str, test: fn(char) -> bool| value.split(mark).skip(1).any(|rest| rest.starts_with(test));
    next_is("&#", |c| c == 'x' || c.is_ascii_digit()) || next_is("<", |c| c == '/' || c.is_ascii_alphabetic())
}
