//! A text in the two shapes that the formats ask for: characters that mean themselves, or an HTML fragment.
//!
//! In: [`Text`]s of any kind. Out: cleaned strings, not yet escaped for XML or JSON. Never sanitises, never cuts; laying
//! out text and choosing summaries is `text`'s work, here markup is only taken off.

use super::xml;
use crate::model::{Text, TextKind};
use std::borrow::Cow;

/// The text on one line without markup; empty when nothing is left.
pub(super) fn line(text: &Text) -> Cow<'_, str> {
    match text.kind {
        TextKind::Plain => xml::clean_line(&text.value),
        _ => Cow::Owned(xml::clean_line(&without_markup(&text.value)).into_owned()),
    }
}

/// The text without markup, with its line breaks.
pub(super) fn block(text: &Text) -> Cow<'_, str> {
    match text.kind {
        TextKind::Plain => xml::clean(&text.value),
        _ => Cow::Owned(xml::clean(without_markup(&text.value).trim()).into_owned()),
    }
}

/// The text as an HTML fragment: markup stays as it is, characters that mean themselves are escaped.
pub(super) fn html(text: &Text) -> Cow<'_, str> {
    let value = xml::clean(&text.value);
    match text.kind {
        TextKind::Plain => Cow::Owned(escape(value.trim_matches('\n'))),
        _ => value,
    }
}

/// Plain text as HTML that shows the same, line by line.
fn escape(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len() + plain.len() / 8);
    for c in plain.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\n' => out.push_str("<br>\n"),
            c => out.push(c),
        }
    }
    out
}

/// Takes tags and comments off and decodes numeric references and the entities that writers use most.
fn without_markup(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(index) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at_checked(index).unwrap_or((rest, ""));
        out.push_str(before);
        rest = match from.strip_prefix('<') {
            Some(tag) if tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) => {
                let end = if tag.starts_with("!--") { "-->" } else { ">" };
                tag.split_once(end).map_or("", |(_, rest)| rest)
            }
            Some(tag) => {
                out.push('<');
                tag
            }
            None => {
                let after = from.strip_prefix('&').unwrap_or(from);
                let (decoded, rest) = reference(after).unwrap_or(('&', after));
                out.push(decoded);
                rest
            }
        };
    }
    out.push_str(rest);
    out
}

/// The character of the reference whose text begins behind `&`, and what follows the reference.
fn reference(after: &str) -> Option<(char, &str)> {
    // The longest that is looked for is `&#1114111;`: a bound keeps a text full of `&` linear.
    let end = after.bytes().take(10).position(|byte| byte == b';')?;
    let (name, rest) = after.split_at_checked(end)?;
    let c = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "hellip" => '…',
        "mdash" => '—',
        "ndash" => '–',
        "middot" => '·',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((c, rest.strip_prefix(';').unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_references_are_read() {
        let title = Text::html("<b>R&amp;D</b> 1 &lt; 2 < 3 &#x4E2D;&#22269;&nbsp;&bogus; a & b <!-- > --> c<br");
        assert_eq!(line(&title), "R&D 1 < 2 < 3 中国\u{A0}&bogus; a & b  c");
    }

    #[test]
    fn plain_text_means_itself() {
        let text = Text::plain("a <b>\nR&D &amp;");
        assert_eq!(line(&text), "a <b> R&D &amp;");
        assert_eq!(block(&text), "a <b>\nR&D &amp;");
        assert_eq!(html(&text), "a &lt;b&gt;<br>\nR&amp;D &amp;amp;");
        assert_eq!(html(&Text::html("<p>a &amp; b</p>")), "<p>a &amp; b</p>");
    }
}
