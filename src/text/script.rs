//! Which script a plain text is written in, and what language that proves.
//!
//! In: plain text of any length (the first 20,000 characters are looked at). Out: a vote, or `None` where the evidence is thin:
//! nothing is invented for Latin text. Table: `data/han-variants.txt` (from `OpenCC`).

use crate::model::{Language, Script};
use std::sync::LazyLock;

/// More text than this changes no vote.
const SAMPLE: usize = 20_000;
/// The block that the table covers: U+4E00-9FFF.
const FIRST: u32 = 0x4E00;
const SIZE: usize = 0x5200;

static VARIANTS: LazyLock<Vec<Option<Script>>> = LazyLock::new(|| {
    let mut table = vec![None; SIZE];
    for line in include_str!("../../data/han-variants.txt").lines() {
        let (script, chars) = match line.split_once(": ") {
            Some(("simplified", chars)) => (Script::Simplified, chars),
            Some(("traditional", chars)) => (Script::Traditional, chars),
            _ => continue,
        };
        for c in chars.chars() {
            if let Some(slot) = index(c).and_then(|at| table.get_mut(at)) {
                *slot = Some(script);
            }
        }
    }
    table
});

fn index(c: char) -> Option<usize> {
    usize::try_from(u32::from(c).checked_sub(FIRST)?).ok()
}

/// The script that this character proves, if it is written in only one.
fn proof(c: char) -> Option<Script> {
    VARIANTS.get(index(c)?).copied().flatten()
}

/// Whether the character is a Han character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '々' | '〇')
}

/// Whether the character is hiragana or katakana, half-width forms included.
pub fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}')
}

/// Whether the character is a Hangul syllable or letter.
pub fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}')
}

/// Whether the character is written in a script without spaces that counts by characters, or Hangul.
pub(crate) fn is_wide_letter(c: char) -> bool {
    is_han(c) || is_kana(c) || is_hangul(c)
}

/// Whether Chinese text is simplified or traditional, by the characters that exist in one of them only.
///
/// `None` when fewer than two such characters speak for a script or they contradict each other (more than a quarter).
pub fn chinese_script(plain: &str) -> Option<Script> {
    let (mut simplified, mut traditional) = (0_u32, 0_u32);
    for c in plain.chars().take(SAMPLE) {
        match proof(c) {
            Some(Script::Simplified) => simplified += 1,
            Some(Script::Traditional) => traditional += 1,
            None => {}
        }
    }
    if simplified >= 2 && simplified >= 3 * traditional {
        Some(Script::Simplified)
    } else if traditional >= 2 && traditional >= 3 * simplified {
        Some(Script::Traditional)
    } else {
        None
    }
}

/// How many letters of which script there are.
#[derive(Default)]
struct Census {
    han: usize,
    kana: usize,
    hangul: usize,
    other: usize,
}

impl Census {
    fn of(plain: &str) -> Self {
        let mut census = Self::default();
        for c in plain.chars().take(SAMPLE) {
            if c.is_ascii_alphabetic() {
                census.other += 1;
            } else if is_han(c) {
                census.han += 1;
            } else if is_kana(c) {
                census.kana += 1;
            } else if is_hangul(c) {
                census.hangul += 1;
            } else if c.is_alphabetic() {
                census.other += 1;
            }
        }
        census
    }

    fn wide(&self) -> usize {
        self.han + self.kana + self.hangul
    }

    /// A wide letter says as much as about four others.
    fn is_cjk(&self) -> bool {
        self.wide() > 0 && self.wide() * 4 >= self.other
    }
}

/// The language that the script of the text proves: `ja`, `ko`, `zh-CN` or `zh-TW`; `None` for all else.
pub fn detect(plain: &str) -> Option<Language> {
    let census = Census::of(plain);
    if !census.is_cjk() {
        return None;
    }
    let tag = if census.hangul * 10 >= census.wide() * 3 && census.hangul >= 2 {
        "ko"
    } else if census.kana * 10 >= census.wide() && census.kana >= 2 {
        "ja"
    } else {
        match chinese_script(plain)? {
            Script::Simplified => "zh-CN",
            Script::Traditional => "zh-TW",
        }
    };
    Language::parse(tag)
}

/// Whether the text is to be counted by characters (Chinese, Japanese, Korean) and not by words.
pub fn is_cjk_text(plain: &str) -> bool {
    Census::of(plain).is_cjk()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn votes() {
        for (text, expected) in [
            ("这座城市的图书馆今天开门，读者来得很早。", Some(Script::Simplified)),
            ("這座城市的圖書館今天開門，讀者來得很早。", Some(Script::Traditional)),
            ("山水之中有人家", None),
            ("开", None),
            ("這这開开", None),
            ("Plain English text", None),
            ("", None),
            ("爲什麼裏面沒有人？", Some(Script::Traditional)),
            ("他在台北的书店后面，听说里面很热闹。", Some(Script::Simplified)),
        ] {
            assert_eq!(chinese_script(text), expected, "{text}");
        }
    }

    #[test]
    fn languages_are_proved_or_unknown() {
        for (text, expected) in [
            ("图书馆今天开门，读者来得很早。", Some("zh-CN")),
            ("圖書館今天開門，讀者來得很早。", Some("zh-TW")),
            ("図書館は今日から開きます。本を借りることができます。", Some("ja")),
            ("도서관이 오늘 문을 열었습니다.", Some("ko")),
            ("The library opens today.", None),
            ("Die Bücherei öffnet heute.", None),
            ("Сегодня открылась библиотека", None),
            ("2025-02-14", None),
            ("", None),
            ("The word 图书馆 means library, and 读者 means reader; both are quite common words.", None),
            ("用 Kubernetes 和 Envoy 部署服务网格，开发者需要知道什么？", Some("zh-CN")),
            ("の字在街头招牌上很常见，很多店铺都用它来吸引顾客的注意，这是一种时髦。", Some("zh-CN")),
            ("山水之中有人家", None),
        ] {
            assert_eq!(detect(text).as_ref().map(Language::as_str), expected, "{text}");
        }
    }

    #[test]
    fn counting_by_characters() {
        for (text, expected) in [
            ("图书馆", true),
            ("山水之中有人家", true),
            ("Kubernetes 的网络", true),
            ("도서관이 열었다", true),
            ("The library 馆 is open", false),
            ("1234", false),
            ("", false),
        ] {
            assert_eq!(is_cjk_text(text), expected, "{text}");
        }
    }

    #[test]
    fn the_table_is_whole() {
        let count = |script| VARIANTS.iter().filter(|slot| **slot == Some(script)).count();
        assert_eq!((count(Script::Simplified), count(Script::Traditional)), (2497, 3541));
    }
}
