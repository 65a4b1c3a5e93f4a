//! A text construct as the characters that a person reads.
//!
//! Titles and summaries are plain as a rule; those of other people's feeds may be markup. Tags go, the references that
//! writers of feeds use are decoded; the result is text and is escaped like any other. One pass, no recursion.

use crate::model::{Text, TextKind};
use std::borrow::Cow;

/// The readable characters of a text, with white space at its ends removed.
pub(super) fn plain(text: &Text) -> Cow<'_, str> {
    match text.kind {
        TextKind::Plain => Cow::Borrowed(text.value.trim()),
        TextKind::Html | TextKind::Xhtml => Cow::Owned(without_markup(&text.value)),
    }
}

/// A fragment of markup without its tags; runs of white space become one blank.
fn without_markup(markup: &str) -> String {
    let mut words = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some((text, tag)) = rest.split_once('<') {
        words.push_str(text);
        // Only what can begin a tag is one: "a < b" keeps its sign.
        if tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            let (inside, after) = tag.split_once('>').unwrap_or((tag, ""));
            words.push_str(if is_block(inside) { " " } else { "" });
            rest = after;
        } else {
            words.push('<');
            rest = tag;
        }
    }
    words.push_str(rest);
    decode(&words).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether words on both sides of this tag (without its brackets) are apart; Chinese text must get no blank from a `<b>`.
fn is_block(tag: &str) -> bool {
    let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    ["p", "br", "div", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"].iter().any(|block| name.eq_ignore_ascii_case(block))
}

/// Character references decoded: numbers and the names that XML and most writers know; others stay as written.
fn decode(text: &str) -> String {
    const LONGEST: usize = 10;
    let mut decoded = String::with_capacity(text.len());
    let mut parts = text.split('&');
    decoded.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let reference = part.split_once(';').filter(|(name, _)| name.len() <= LONGEST);
        match reference.and_then(|(name, after)| Some((character(name)?, after))) {
            Some((character, after)) => {
                decoded.push(character);
                decoded.push_str(after);
            }
            None => {
                decoded.push('&');
                decoded.push_str(part);
            }
        }
    }
    decoded
}

/// What a reference without its `&` and `;` stands for.
fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "hellip" => '…',
        "mdash" => '—',
        "ndash" => '–',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        let html = Text::html("<p>山里的<b>信号</b>&amp; 风 &#x4e00;&#19968;&hellip;&unknown;</p><!-- x -->\n1 < 2");
        assert_eq!(plain(&html), "山里的信号& 风 一一…&unknown; 1 < 2");
    }

    #[test]
    fn plain_text_keeps_what_looks_like_markup() {
        assert_eq!(plain(&Text::plain(" <b>&amp;</b> ")), "<b>&amp;</b>");
    }

    #[test]
    fn paragraphs_stay_apart() {
        assert_eq!(plain(&Text::html("<p>一。</p><P class=x>二<BR/>三<em>四</em></P>")), "一。 二 三四");
    }

    #[test]
    fn broken_markup_ends_quietly() {
        assert_eq!(plain(&Text::html("a<b")), "a");
        assert_eq!(plain(&Text::html("a&#xFFFFFFFFF;&#;&")), "a&#xFFFFFFFFF;&#;&");
    }
}
