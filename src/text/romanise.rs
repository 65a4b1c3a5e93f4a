//! Letters of all scripts in, ASCII out: Han characters as pinyin, the rest as it is usually transcribed.

use any_ascii::any_ascii;
use pinyin::ToPinyin;

/// Every letter as ASCII.
pub fn ascii(text: &str) -> String {
    any_ascii(text)
}

/// Han characters as pinyin syllables with hyphens around them, the rest as it is.
pub fn spell(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        match c.to_pinyin() {
            Some(syllable) => {
                spelled.push('-');
                spelled.push_str(syllable.plain());
                spelled.push('-');
            }
            None => spelled.push(c),
        }
    }
    spelled
}
