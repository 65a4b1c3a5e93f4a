//! Sanitised HTML without its markup, and the first things in it.
//!
//! In: HTML that [`super::sanitise`] made. Out: plain text, the first image that is worth showing, the first heading.

use super::block::{Blocks, Kind};
use super::join::join_lines;
use super::markup::{Token, Tokens, attribute, decode, escape};
use super::sanitise::{pixels, sanitise};
use super::script::is_cjk_text;
use crate::model::{Text, TextKind};
use std::borrow::Cow;

/// An image as HTML states it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Image {
    /// Its URL.
    pub src: String,
    /// What it shows, when stated.
    pub alt: Option<String>,
    /// Stated width in pixels.
    pub width: Option<u32>,
    /// Stated height in pixels.
    pub height: Option<u32>,
}

/// Emoji, icons and avatars are not larger than this.
const ICON: u32 = 32;

/// The visible text: a line for each block and each forced line break; other line ends are joined as the script wants it.
pub fn to_plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    for block in Blocks::new(html) {
        let chinese = is_cjk_text(&block.text);
        let lines = block.text.split(if block.kind == Kind::Preformatted { '\n' } else { '\u{2028}' });
        for line in lines.filter(|line| !line.trim().is_empty()) {
            if !out.is_empty() {
                out.push('\n');
            }
            if block.kind == Kind::Preformatted {
                out.push_str(line.trim_end());
            } else {
                out.push_str(&join_lines(line, chinese));
            }
        }
    }
    out
}

/// What a person reads of a text of any kind, without white space at its ends; markup is sanitised first.
pub fn readable(text: &Text) -> Cow<'_, str> {
    match text.kind {
        TextKind::Plain => Cow::Borrowed(text.value.trim()),
        TextKind::Html | TextKind::Xhtml => Cow::Owned(to_plain(&sanitise(&text.value, None).html)),
    }
}

/// Plain text as HTML that shows the same: a paragraph for each run of lines between empty ones.
pub fn to_html(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len() + plain.len() / 8);
    let mut in_paragraph = false;
    for line in plain.lines().map(str::trim) {
        match (line.is_empty(), in_paragraph) {
            (true, true) => out.push_str("</p>"),
            (true, false) => continue,
            (false, true) => out.push_str("<br>"),
            (false, false) => out.push_str("<p>"),
        }
        in_paragraph = !line.is_empty();
        escape(&mut out, line);
    }
    if in_paragraph {
        out.push_str("</p>");
    }
    out
}

/// Plain text that somebody escaped as if it were HTML (`It&#39;s`, `R&amp;D`), as it was meant.
pub fn unescaped(text: &str) -> Cow<'_, str> {
    decode(text)
}

/// The first image that is not an icon by its stated size.
pub fn first_image(html: &str) -> Option<Image> {
    Tokens::new(html).find_map(|token| {
        let Token::Open { name, attributes } = token else { return None };
        let src = if name == "img" { attribute(attributes, "src")? } else { return None };
        let side = |name| attribute(attributes, name).filter(|value| !value.contains('%')).and_then(|value| pixels(&value));
        let (width, height) = (side("width"), side("height"));
        if src.trim().is_empty()
            || src.starts_with("data:")
            || width.is_some_and(|width| width <= ICON)
            || height.is_some_and(|height| height <= ICON)
        {
            return None;
        }
        let alt = attribute(attributes, "alt").map(|alt| alt.trim().to_owned()).filter(|alt| !alt.is_empty());
        Some(Image { src: src.trim().to_owned(), alt, width, height })
    })
}

/// The text of the first heading, on one line.
pub fn first_heading(html: &str) -> Option<String> {
    let heading = Blocks::new(html).find(|block| matches!(block.kind, Kind::Heading(_)) && !block.text.is_empty())?;
    Some(join_lines(&heading.text, is_cjk_text(&heading.text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_without_markup() {
        for (html, expected) in [
            ("<h1>题</h1><p>山里的信号\n很<b>弱</b>。<br>下一行</p>", "题\n山里的信号很弱。\n下一行"),
            ("<p>one\ntwo</p><ul><li>三</li></ul>", "one two\n三"),
            ("<pre><code>a\n  b</code></pre>", "a\n  b"),
            ("<p><img src=\"x\" alt=\"图片\"></p><p>文</p>", "文"),
            ("<p>a &lt; b</p>", "a < b"),
            ("", ""),
        ] {
            assert_eq!(to_plain(html), expected, "{html}");
        }
    }

    #[test]
    fn plain_text_becomes_html_that_shows_it() {
        for (plain, html) in
            [("一\n二\n\n\n<b>三</b> & 四", "<p>一<br>二</p><p>&lt;b&gt;三&lt;/b&gt; &amp; 四</p>"), (" \n\n", ""), ("a\r\nb\n", "<p>a<br>b</p>")]
        {
            assert_eq!(to_html(plain), html, "{plain:?}");
        }
    }

    #[test]
    fn the_first_real_image() {
        let html = "<img src=\"e.png\" width=\"20\" height=\"20\"><img src=\"data:image/png;base64,x\"><p><img src=\"a.png?x&amp;y\" alt=\" 图 \" width=\"640\"></p>";
        assert_eq!(first_image(html), Some(Image { src: "a.png?x&y".to_owned(), alt: Some("图".to_owned()), width: Some(640), height: None }));
        assert_eq!(first_image("<p>x</p>"), None);
    }

    #[test]
    fn the_first_heading() {
        assert_eq!(first_heading("<p>x</p><h2></h2><h3>一\n二</h3>").as_deref(), Some("一二"));
        assert_eq!(first_heading("<p>x</p>"), None);
    }
}
