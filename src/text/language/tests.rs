//! Tests of `language`: tables of cases, and laws for any input.

use super::*;

fn check(cases: &[(&str, Option<Script>, Option<&str>, Class)]) {
    for (raw, script, tag, class) in cases {
        let reading = read(raw, *script);
        assert_eq!((reading.language.as_ref().map(Language::as_str), reading.class), (*tag, *class), "{raw}");
    }
}

#[test]
fn tags_as_they_should_be() {
    check(
        &[
            "zh-CN",
            "zh",
            "zh-Hans",
            "zh-Hans-CN",
            "zh-HK",
            "en",
            "en-GB",
            "es-419",
            "yue-HK",
            "de-CH-1996",
            "x-private",
            "en-x-own",
            "sr-Latn",
            "en-US-u-ca-gregory",
            "qaa",
            "kr",
            "tw",
        ]
        .map(|tag| (tag, None, Some(tag), Class::Valid)),
    );
}

#[test]
fn case_separators_and_width_are_silent() {
    let to = |raws: &[&'static str], tag: &'static str| raws.iter().for_each(|raw| check(&[(raw, None, Some(tag), Class::Silent)]));
    to(
        &[
            "zh-cn",
            "ZH-CN",
            "zh_CN",
            "zh_cn",
            "zh CN",
            "ｚｈ－ｃｎ",
            " zh-CN ",
            "zh--CN",
            "\"zh-CN\"",
            "zh_CN.UTF-8",
            "zh_CN.GB18030",
            "zh_CN@pinyin",
        ],
        "zh-CN",
    );
    to(&["zh_TW.Big5", "zh_tw"], "zh-TW");
    to(&["zh-hans", "zh-HANS", "ZH_Hans"], "zh-Hans");
    to(&["zh_Hans_CN", "zh_CN_#Hans", "zh-hans-cn"], "zh-Hans-CN");
    to(&["en_US.UTF-8", "EN-us"], "en-US");
}

#[test]
fn older_forms_are_notes() {
    let to = |raws: &[&'static str], tag: &'static str| raws.iter().for_each(|raw| check(&[(raw, None, Some(tag), Class::Note)]));
    to(&["zh-CHS", "chs", "zhs", "CHS", "zh_CHS"], "zh-Hans");
    to(&["zh-CHT", "cht", "zht"], "zh-Hant");
    to(&["zh-cmn-Hans"], "zh-Hans");
    to(&["zh-cmn-Hant"], "zh-Hant");
    to(
        &["zh-guoyu", "cmn-Hans-CN", "zh-cmn-Hans-CN", "简体中文", "简体", "中文（简体）", "Chinese (Simplified)", "Simplified Chinese", "cmn-CN"],
        "zh-CN",
    );
    to(&["繁體中文", "繁体中文", "Traditional Chinese", "cmn-Hant-TW"], "zh-TW");
    to(&["cmn", "zho", "chi"], "zh");
    to(&["zh-yue"], "yue");
    to(&["zh-min-nan"], "nan");
    to(&["zh-yue-HK"], "yue-HK");
    to(&["iw"], "he");
    to(&["i-klingon"], "tlh");
}

#[test]
fn names_and_countries_are_warnings() {
    let (simplified, traditional) = (Some(Script::Simplified), Some(Script::Traditional));
    for raw in ["cn", "CHN", "china", "China", "CN"] {
        check(&[(raw, None, Some("zh-CN"), Class::Warning)]);
    }
    for raw in ["Chinese", "中文", "汉语", "漢語", "zh-CHINESE"] {
        check(&[
            (raw, None, Some("zh"), Class::Warning),
            (raw, simplified, Some("zh-CN"), Class::Warning),
            (raw, traditional, Some("zh-TW"), Class::Warning),
        ]);
    }
    check(&[
        ("zh-ZH", None, Some("zh"), Class::Warning),
        ("en-EN", None, Some("en"), Class::Warning),
        ("en-UK", None, Some("en-GB"), Class::Warning),
        ("en_uk", None, Some("en-GB"), Class::Warning),
        ("English", None, Some("en"), Class::Warning),
        ("jp", None, Some("ja"), Class::Warning),
        ("jp", simplified, None, Class::Invalid),
        ("tw", traditional, Some("zh-TW"), Class::Warning),
        ("tw", simplified, Some("tw"), Class::Valid),
        ("gb", simplified, Some("zh-CN"), Class::Warning),
        ("gb", None, None, Class::Invalid),
        ("kr", simplified, Some("kr"), Class::Valid),
    ]);
}

#[test]
fn no_language_is_absent() {
    for raw in ["", "  ", "null", "NULL", "und", "auto", "default", "~", "C", "C.UTF-8", "POSIX"] {
        check(&[(raw, Some(Script::Simplified), None, Class::Absent)]);
    }
}

#[test]
fn what_is_not_registered_is_invalid() {
    for raw in ["zh-AB", "zh-Chin", "xy-CN", "zh-", "-", "zh-CN-", "zh-abcde", "http://a", "火星文", "zh-abc", "a", "zh-CN/en", "\u{0}"] {
        if raw == "zh-" || raw == "zh-CN-" {
            // A separator too many is a separator, and silent.
            assert_eq!(read(raw, None).class, Class::Silent, "{raw}");
        } else if raw == "-" {
            assert_eq!(read(raw, None).class, Class::Absent, "{raw}");
        } else {
            check(&[(raw, None, None, Class::Invalid)]);
        }
    }
}

#[test]
fn the_text_decides_between_country_and_language() {
    let japanese = "図書館は今日から開きます。";
    let korean = "도서관이 오늘 문을 열었습니다.";
    let traditional = "圖書館今天開門，讀者來得很早。";
    for (raw, text, tag, class) in [
        ("jp", japanese, Some("ja"), Class::Warning),
        ("jp", traditional, None, Class::Invalid),
        ("kr", korean, Some("ko"), Class::Warning),
        ("KR", korean, Some("ko"), Class::Warning),
        ("kr", "Plain text", Some("kr"), Class::Valid),
        ("tw", traditional, Some("zh-TW"), Class::Warning),
        ("tw", "Plain text", Some("tw"), Class::Valid),
        ("gb", "图书馆今天开门", Some("zh-CN"), Class::Warning),
        ("中文", traditional, Some("zh-TW"), Class::Warning),
    ] {
        let reading = read_beside(raw, text);
        assert_eq!((reading.language.as_ref().map(Language::as_str), reading.class), (tag, class), "{raw}");
    }
}

#[test]
fn styles() {
    for (tag, region, script) in [
        ("zh", "zh-CN", "zh-Hans"),
        ("zh-CN", "zh-CN", "zh-Hans"),
        ("zh-Hans", "zh-CN", "zh-Hans"),
        ("zh-Hans-CN", "zh-CN", "zh-Hans"),
        ("zh-TW", "zh-TW", "zh-Hant"),
        ("zh-Hant", "zh-TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-HK", "zh-Hant-HK"),
        ("zh-HK", "zh-HK", "zh-Hant-HK"),
        ("zh-SG", "zh-SG", "zh-Hans-SG"),
        ("zh-Hans-SG", "zh-SG", "zh-Hans-SG"),
        ("zh-Hant-CN", "zh-Hant-CN", "zh-Hant-CN"),
        ("zh-Latn-CN", "zh-Latn-CN", "zh-Latn-CN"),
        ("zh-CN-x-own", "zh-CN-x-own", "zh-CN-x-own"),
        ("en-GB", "en-GB", "en-GB"),
        ("yue-HK", "yue-HK", "yue-HK"),
    ] {
        let language = Language::parse(tag).unwrap();
        assert_eq!(styled(&language, Style::Keep).as_str(), tag);
        assert_eq!(styled(&language, Style::Region).as_str(), region, "{tag}");
        assert_eq!(styled(&language, Style::Script).as_str(), script, "{tag}");
    }
}

#[test]
fn usual_tags_are_read_as_all_others() {
    for tag in USUAL {
        for script in [None, Some(Script::Simplified), Some(Script::Traditional)] {
            assert_eq!(read(tag, script), examine(tag, script), "{tag}");
        }
    }
}
