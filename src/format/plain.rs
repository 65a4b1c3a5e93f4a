//! A text in the two shapes that the formats ask for: characters that mean themselves, or an HTML fragment.
//!
//! In: [`Text`]s of any kind. Out: cleaned strings, not yet escaped for XML or JSON. Never sanitises, never cuts; laying
//! out text and choosing summaries is `text`'s work, here markup is only taken off.

use super::xml;
use crate::model::{Text, TextKind};
use crate::text::plain::readable;
use crate::text::relink::absolute_links;
use crate::text::url::resolve;
use std::borrow::Cow;

/// The text on one line without markup; empty when nothing is left.
pub(super) fn line(text: &Text) -> Cow<'_, str> {
    match text.kind {
        TextKind::Plain => xml::clean_line(&text.value),
        _ => Cow::Owned(xml::clean_line(&readable(text)).into_owned()),
    }
}

/// The text without markup, with the line breaks inside.
pub(super) fn block(text: &Text) -> Cow<'_, str> {
    match text.kind {
        TextKind::Plain => trimmed(xml::clean(&text.value)),
        _ => Cow::Owned(xml::clean(&readable(text)).trim().to_owned()),
    }
}

/// The text as an HTML fragment: markup stays as it is, characters that mean themselves are escaped.
pub(super) fn html(text: &Text) -> Cow<'_, str> {
    let value = trimmed(xml::clean(&text.value));
    match text.kind {
        TextKind::Plain => Cow::Owned(escape(&value)),
        _ => value,
    }
}

/// Without white space at the ends, which means nothing in HTML and which readers take off.
fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// The same with its relative links made absolute, for formats that cannot say what they are relative to; they start from
/// `page` where the text says nothing of use, as readers do.
pub(super) fn absolute_html<'t>(text: &'t Text, page: Option<&str>) -> Cow<'t, str> {
    match (html(text), text.base.as_deref().filter(|base| resolve(base, "x").is_ok()).or(page)) {
        (html, Some(base)) if text.kind != TextKind::Plain => Cow::Owned(absolute_links(&html, base).into_owned()),
        (html, _) => html,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_references_are_read() {
        let title = Text::html("<b>R&amp;D</b> 1 &lt; 2 < 3 &#x4E2D;&#22269;&nbsp;&bogus; a & b <!-- > --> c<br");
        assert_eq!(line(&title), "R&D 1 < 2 < 3 中国 &bogus; a & b c");
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
