//! Whether a summary only repeats the body: cut off by a machine, or the whole of it.
//!
//! In: the summary as given and the sanitised body. Out: yes or no. White space is ignored, images and what they show are no text,
//! headings, captions and credits are. Reads no more of the body than it has to.

use super::super::markup::{Token, Tokens, decode};

/// How machines show that they cut.
const MARKERS: &[&str] = &["[&hellip;]", "[…]", "[...]", "(...)", "……", "…", "⋯⋯", "⋯", "&hellip;", "。。。", "...", "．．．"];

/// Shorter beginnings prove nothing.
const SHORTEST: usize = 20;

/// The value without the mark of a cut; `None` when there is none.
fn without_marker(value: &str) -> Option<&str> {
    let value = value.trim_end();
    let cut = MARKERS.iter().find_map(|marker| value.strip_suffix(marker))?;
    // `......` is one mark.
    Some(cut.trim_end_matches(['.', '…', '。', '⋯', ' ']))
}

/// Whether a character counts when texts are compared: white space does not, nor do the marks of Markdown, which one side
/// may have read as marks and the other, where they are not closed, as characters.
fn counts(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '*' | '_' | '~' | '`' | '#' | '>' | '\\' | '\u{200B}' | '\u{FEFF}')
}

/// Reads the visible characters of the body that count, one after the other.
fn visible(html: &str) -> impl Iterator<Item = char> + '_ {
    let texts = Tokens::new(html).filter_map(|token| if let Token::Text(text) = token { Some(decode(text)) } else { None });
    texts.flat_map(|text| text.chars().collect::<Vec<_>>()).filter(|c| counts(*c))
}

/// Whether a machine made the value by cutting off the body: it ends with the mark of a cut, and what is before the mark is, but for
/// white space, how the text of the body begins (at least 20 characters of it).
pub fn is_machine_cut(value: &str, html: &str) -> bool {
    let value = decode(value);
    let Some(beginning) = without_marker(&value) else { return false };
    let mut body = visible(html);
    let mut length = 0;
    for c in beginning.chars().filter(|c| counts(*c)) {
        if body.next() != Some(c) {
            return false;
        }
        length += 1;
    }
    length >= SHORTEST
}

/// Whether the summary is, but for white space, the whole visible text of the body.
pub fn repeats_body(summary: &str, html: &str) -> bool {
    let mut summary = summary.chars().filter(|c| counts(*c)).peekable();
    summary.peek().is_some() && summary.eq(visible(html))
}
