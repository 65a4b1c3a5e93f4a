//! The table is complete, and templates take what they are for.

use super::table::{CHINESE, rows};
use super::template::{Piece, Template, pieces};
use super::*;
use crate::diagnostic::{Code, Place};
use std::collections::BTreeMap;

fn is_han(text: &str) -> bool {
    text.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
}

#[test]
fn every_code_has_a_chinese_title() {
    let wrong: Vec<_> = Code::ALL.iter().filter(|code| !is_han(&Words::Chinese.title(**code))).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn every_row_has_one_translation_that_uses_the_values() {
    let mut seen = BTreeMap::new();
    for (english, chinese) in rows(CHINESE) {
        let template = Template::parse(english, chinese);
        // Two templates with the same words would take the same texts.
        let words: Vec<String> =
            pieces(english).into_iter().map(|piece| if let Piece::Words(words) = piece { words } else { "{}".to_owned() }).collect();
        assert_eq!(seen.insert(words, english), None, "{english} stands twice");
        assert!(is_han(chinese) || chinese.chars().count() < 40 && !chinese.contains("expected"), "{english}: {chinese}");
        let used = template.used();
        for number in 1..=template.holes() {
            assert!(used.contains(&number), "{english}: {chinese} lacks the value {number}");
        }
        assert!(used.iter().all(|number| *number <= template.holes()), "{english}: {chinese} has a value too many");
    }
    assert!(seen.len() > 500, "{}", seen.len());
}

#[test]
fn no_line_of_the_table_is_alone() {
    let lines: Vec<&str> = CHINESE.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).collect();
    for pair in lines.chunks(2) {
        let [english, chinese] = pair else { panic!("{pair:?} lacks its translation") };
        assert!(!english.starts_with(' ') && chinese.starts_with("  "), "{pair:?}");
    }
}

#[test]
fn holes_take_values_and_quotes_keep_them() {
    let template = Template::parse("expected {}, found `{}`", "应为 {}，实为 `{}`");
    let known = |value: &str, _| (value == "a text").then(|| "一段文本".to_owned());
    let said = |text: &str| template.fill(&template.values(text)?, known);
    assert_eq!(said("expected a text, found `a text`").as_deref(), Some("应为一段文本，实为 `a text`"));
    assert_eq!(said("expected x, found ``"), None);
    assert_eq!(said("expected x"), None);
    let must = Template::parse("{}: {!}", "{}：{}");
    assert_eq!(must.fill(&must.values("a.md: a text").unwrap(), known).as_deref(), Some("a.md：一段文本"));
    assert_eq!(must.fill(&must.values("a.md: other").unwrap(), known), None);
}

#[test]
fn an_unknown_message_stands_behind_its_title() {
    let finding = Diagnostic::new(Code::MissingDate, Place::default(), "zzz");
    assert_eq!(Words::Chinese.finding(&finding).message, "文章没有日期：zzz");
    assert_eq!(Words::English.finding(&finding).message, "zzz");
}

#[test]
fn hostile_text_costs_no_more_than_its_length() {
    let text = "expected a, found b; ".repeat(100_000);
    assert_eq!(Words::Chinese.translation(&text), None);
    for text in ["", "{", "}}", "expected ", "：", "\u{0}"] {
        let _ = Words::Chinese.lines(text);
    }
}

#[test]
fn locales_choose_the_language() {
    for (locale, words) in [
        ("zh_CN.UTF-8", Words::Chinese),
        ("zh", Words::Chinese),
        ("ZH-TW", Words::Chinese),
        ("zha", Words::English),
        ("C", Words::English),
        ("", Words::English),
    ] {
        assert_eq!(Words::of(locale), words, "{locale}");
    }
}
