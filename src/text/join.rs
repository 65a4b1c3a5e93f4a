//! Joining lines that an author broke: whether a space belongs where the line end was.
//!
//! In: text with line ends, or the two characters around one. Out: the text on one line. Rule: css-text's segment break
//! transformation as East Asian readers expect it (goldmark PR #411). Removes no space that stood inside a line.

use unicode_width::UnicodeWidthChar as _;

use super::script::is_hangul;

/// Punctuation of Chinese that Unicode calls ambiguous, so that its width says nothing.
fn is_ambiguous_punctuation(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// East Asian Width F, W or H, but for Hangul, which is written with spaces.
fn is_wide(c: char) -> bool {
    !is_hangul(c) && (c.width() == Some(2) || matches!(c, '\u{FF61}'..='\u{FF9F}')) && !is_emoji(c)
}

/// Pictures are two columns wide, but words around them are kept apart like any others.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}')
}

/// Punctuation after or before which Chinese wants no space, whatever stands on the other side.
fn is_chinese_punctuation(c: char) -> bool {
    is_ambiguous_punctuation(c)
        || matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF1F}' | '\u{FF3B}' | '\u{FF3D}' | '\u{FF5B}'..='\u{FF5E}')
}

/// Whether two lines that end and begin so are one text without a space; `chinese`: whether the text is Chinese.
pub fn joins_without_space(left: char, right: char, chinese: bool) -> bool {
    (is_wide(left) && is_wide(right)) || (chinese && (is_chinese_punctuation(left) || is_chinese_punctuation(right)))
}

/// The text on one line; white space around each line end goes, and a space comes only where the rule wants one.
pub fn join_lines(text: &str, chinese: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split(['\n', '\r', '\u{2028}', '\u{2029}']) {
        append(&mut out, line.trim(), chinese);
    }
    out
}

/// Adds `next` to `out` as if a line end had stood between them.
pub(super) fn append(out: &mut String, next: &str, chinese: bool) {
    if let (Some(left), Some(right)) = (out.chars().next_back(), next.chars().next())
        && !left.is_whitespace()
        && !joins_without_space(left, right, chinese)
    {
        out.push(' ');
    }
    out.push_str(next);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_as_readers_expect() {
        for (text, chinese, expected) in [
            ("山里的信号\n很弱", true, "山里的信号很弱"),
            ("山里的信号\n很弱", false, "山里的信号很弱"),
            ("用 Python\n写", true, "用 Python 写"),
            ("写\nPython", true, "写 Python"),
            ("Wi-Fi 覆盖后，\n孩子", true, "Wi-Fi 覆盖后，孩子"),
            ("他说：\nYes", true, "他说：Yes"),
            ("说，\n“好”\nOK", true, "说，“好”OK"),
            ("“好”\nOK", false, "“好” OK"),
            ("等等……\nABC", true, "等等……ABC"),
            ("one\ntwo", true, "one two"),
            ("one\r\ntwo\n\nthree", false, "one two three"),
            ("한국어\n문장", false, "한국어 문장"),
            ("日本語\nの文", false, "日本語の文"),
            ("ｱｲｳ\nｴｵ", false, "ｱｲｳｴｵ"),
            ("  前  \n  后  ", true, "前后"),
            ("中文\n😀", true, "中文 😀"),
            ("a b", true, "a b"),
            ("", true, ""),
            ("\n\n", true, ""),
            ("50\n公里", true, "50 公里"),
        ] {
            assert_eq!(join_lines(text, chinese), expected, "{text:?}");
        }
    }
}
