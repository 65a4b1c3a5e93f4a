//! Texts in every encoding that feeds use, declared rightly, wrongly and not at all.

use super::*;
use encoding_rs::{BIG5, GB18030, GBK, SHIFT_JIS, UTF_16LE};
use proptest::prelude::*;

const CHINESE: &str = "清晨五点，菜农推着三轮车进了巷子。豆腐脑还冒着热气，熟客已经排到了拐角。老城的早市又回来了。";

#[test]
fn utf8_is_borrowed() {
    let decoded = decode(CHINESE.as_bytes());
    assert!(matches!(decoded.text, Cow::Borrowed(CHINESE)));
    assert_eq!((decoded.encoding, decoded.bom, decoded.replaced), ("UTF-8", false, 0));
    assert_eq!(decode(b"").text, "");
}

#[test]
fn byte_order_marks_decide() {
    let mut bytes = b"\xEF\xBB\xBF".to_vec();
    bytes.extend(CHINESE.as_bytes());
    let decoded = decode(&bytes);
    assert_eq!((&*decoded.text, decoded.encoding, decoded.bom), (CHINESE, "UTF-8", true));
    let mut little = b"\xFF\xFE".to_vec();
    little.extend("早市 a".encode_utf16().flat_map(u16::to_le_bytes));
    let decoded = decode(&little);
    assert_eq!((&*decoded.text, decoded.encoding, decoded.bom), ("早市 a", UTF_16LE.name(), true));
    let mut big = b"\xFE\xFF".to_vec();
    big.extend("早市 a".encode_utf16().flat_map(u16::to_be_bytes));
    assert_eq!(decode(&big).text, "早市 a");
}

#[test]
fn legacy_encodings_are_recognised() {
    for (encoding, text, name) in [
        (GBK, CHINESE, "gb18030"),
        (BIG5, "清晨五點，菜農推著三輪車進了巷子。豆腐腦還冒著熱氣，熟客已經排到了拐角。", "Big5"),
        (SHIFT_JIS, "朝の五時、農家の人が三輪車を押して路地に入ってきた。カタカナもある。", "Shift_JIS"),
    ] {
        let (bytes, _, unmappable) = encoding.encode(text);
        assert!(!unmappable);
        let decoded = decode(&bytes);
        assert_eq!((decoded.encoding, &*decoded.text, decoded.replaced), (name, text, 0));
    }
    assert_eq!(decode(b"caf\xE9 cr\xE8me").text, "café crème");
}

#[test]
fn four_byte_gb18030_is_read() {
    let text = format!("{CHINESE}𠮷野家");
    let (bytes, _, _) = GB18030.encode(&text);
    assert_eq!(decode(&bytes).text, text);
}

#[test]
fn damaged_utf8_stays_utf8() {
    for (text, at) in [(CHINESE.to_owned(), 9), (CHINESE.repeat(20), 300)] {
        let mut bytes = text.into_bytes();
        bytes[at] = 0xFF;
        let decoded = decode(&bytes);
        assert_eq!(decoded.encoding, "UTF-8");
        assert_eq!(decoded.first_replaced, Some(at));
        assert_eq!(decoded.replaced, decoded.text.matches('\u{FFFD}').count());
        assert!(decoded.text.ends_with("又回来了。"));
    }
}

#[test]
fn a_cut_off_end_is_one_replacement() {
    let bytes = &CHINESE.as_bytes()[..CHINESE.len() - 1];
    let decoded = decode(bytes);
    assert_eq!((decoded.replaced, decoded.first_replaced), (1, Some(CHINESE.len() - 3)));
}

proptest! {
    #[test]
    fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let decoded = decode(&bytes);
        if let Some(first) = decoded.first_replaced {
            prop_assert_eq!(decoded.text.get(first..).and_then(|rest| rest.chars().next()), Some(char::REPLACEMENT_CHARACTER));
        }
        prop_assert_eq!(decoded.first_replaced.is_some(), decoded.replaced > 0);
    }
}

const SIMPLIFIED: &str = "清晨五点，菜农推着三轮车进了巷子。豆腐脑还冒着热气，熟客已经排到了拐角。";
const TRADITIONAL: &str = "清晨五點，菜農推著三輪車進了巷子。豆腐腦還冒著熱氣，熟客已經排到了拐角。";
const JAPANESE: &str = "朝の五時、農家の人が三輪車を押して路地に入ってきた。カタカナもある。";
const KOREAN: &str = "새벽 다섯 시, 농부들이 세발자전거를 밀고 골목으로 들어왔다. 두부는 아직 따뜻하다.";
const RUSSIAN: &str = "В пять часов утра крестьяне въехали в переулок на трёхколёсных велосипедах. Тофу ещё дымился.";
const FRENCH: &str = "À cinq heures du matin, les maraîchers sont entrés dans la ruelle, près du café.";

/// A feed of that text, with the encoding declared.
fn feed(declared: Option<&str>, text: &str) -> String {
    let declaration = declared.map(|label| format!("<?xml version=\"1.0\" encoding=\"{label}\"?>\n")).unwrap_or_default();
    format!("{declaration}<rss version=\"2.0\"><channel><title>{text}</title><item><title>{text}</title></item></channel></rss>\n")
}

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, unmappable) = encoding.encode(text);
    assert!(!unmappable, "{text}");
    bytes.into_owned()
}

fn by(label: &str) -> &'static Encoding {
    Encoding::for_label(label.as_bytes()).unwrap()
}

#[test]
fn eight_situations_of_chinese_feeds() {
    // What is declared in the document, the text, how it is really encoded, the header, and what must come out.
    let beyond = format!("{SIMPLIFIED}朱镕基和喆");
    let four_bytes = format!("{SIMPLIFIED}𠮷野家");
    for (declared, text, real, header, expected) in [
        (Some("GBK"), SIMPLIFIED, "gbk", None, "gb18030"),
        (Some("gb2312"), &beyond, "gbk", None, "gb18030"),
        (None, SIMPLIFIED, "gbk", Some("gbk"), "gb18030"),
        (None, SIMPLIFIED, "gbk", None, "gb18030"),
        (Some("utf-8"), SIMPLIFIED, "gbk", None, "gb18030"),
        (Some("utf-8"), SIMPLIFIED, "utf-8", Some("gbk"), "UTF-8"),
        (Some("GB18030"), &four_bytes, "gb18030", None, "gb18030"),
        (Some("Big5"), TRADITIONAL, "big5", None, "Big5"),
    ] {
        let document = feed(declared, text);
        let bytes = encoded(&document, by(real));
        let found = decode_feed(&bytes, header);
        assert_eq!((&*found.text, found.encoding, found.replaced), (&*document, expected, 0), "{declared:?} {real} {header:?}");
        assert_eq!(found.overruled.is_some(), declared == Some("utf-8"), "{declared:?} {real} {header:?}");
    }
}

#[test]
fn encodings_are_found_declared_undeclared_and_declared_wrongly() {
    for (text, label, name) in [
        (SIMPLIFIED, "gbk", "gb18030"),
        (TRADITIONAL, "big5", "Big5"),
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE, "euc-jp", "EUC-JP"),
        (KOREAN, "euc-kr", "EUC-KR"),
        (RUSSIAN, "koi8-r", "KOI8-R"),
        (RUSSIAN, "windows-1251", "windows-1251"),
        (FRENCH, "windows-1252", "windows-1252"),
        (FRENCH, "iso-8859-1", "windows-1252"),
    ] {
        for (declared, header) in
            [(Some(label), None), (None, Some(label)), (None, None), (Some("utf-8"), None), (Some("utf-8"), Some("utf-8")), (Some("utf-16"), None)]
        {
            let document = feed(declared, text);
            let bytes = encoded(&document, by(label));
            let found = decode_feed(&bytes, header);
            assert_eq!(found.encoding, name, "{label} {declared:?} {header:?}");
            assert_eq!((&*found.text, found.replaced), (&*document, 0), "{label} {declared:?} {header:?}");
            let is_wrong = declared.is_some_and(|declared| declared.starts_with("utf"));
            assert_eq!(found.overruled.is_some(), is_wrong, "{label} {declared:?} {header:?}");
        }
        // UTF-8 is UTF-8 under any declaration.
        let document = feed(Some(label), text);
        let found = decode_feed(document.as_bytes(), Some(label));
        assert_eq!((&*found.text, found.encoding, found.source), (&*document, "UTF-8", Source::Utf8));
        assert!(matches!(found.text, Cow::Borrowed(_)));
        assert_eq!(found.overruled.map(|overruled| (overruled.label, overruled.why)), Some((label.to_owned(), Why::Utf8)));
    }
}

#[test]
fn a_bad_byte_does_not_change_the_encoding() {
    // The text, its encoding, and what is declared.
    for (text, label, declared) in [
        (SIMPLIFIED.repeat(5), "utf-8", Some("utf-8")),
        (SIMPLIFIED.repeat(5), "utf-8", None),
        (SIMPLIFIED.repeat(5), "utf-8", Some("gbk")),
        (FRENCH.repeat(5), "utf-8", Some("utf-8")),
        (FRENCH.repeat(5), "utf-8", Some("iso-8859-1")),
        ("Don’t".to_owned(), "utf-8", Some("utf-8")),
        ("Don’t".to_owned(), "utf-8", None),
        ("Don’t".to_owned(), "utf-8", Some("iso-8859-1")),
        ("café".to_owned(), "utf-8", Some("utf-8")),
        (SIMPLIFIED.repeat(5), "gbk", Some("gbk")),
        (SIMPLIFIED.repeat(40), "gbk", None),
        (SIMPLIFIED.repeat(40), "gbk", Some("utf-8")),
        (TRADITIONAL.repeat(5), "big5", Some("big5")),
        (JAPANESE.repeat(5), "shift_jis", Some("shift_jis")),
        (JAPANESE.repeat(5), "euc-jp", Some("euc-jp")),
        (KOREAN.repeat(5), "euc-kr", Some("euc-kr")),
    ] {
        let document = feed(declared, &text).replace("<item>", "<item>\n").replace('。', "。\n");
        let mut bytes = encoded(&document, by(label));
        let at = bytes.windows(6).position(|window| window == b"<item>").unwrap() + 6;
        bytes.insert(at, 0xFF);
        let found = decode_feed(&bytes, None);
        assert_eq!(found.encoding, if label == "gbk" { "gb18030" } else { by(label).name() }, "{declared:?} {label} {text:.40}");
        assert_eq!(found.text.replace('\u{FFFD}', ""), document, "{declared:?} {label}");
        assert_eq!(found.replaced, 1, "{declared:?} {label}");
        assert!(found.text.get(found.first_replaced.unwrap()..).unwrap().starts_with('\u{FFFD}'));
    }
}

#[test]
fn few_accented_letters_are_not_utf8() {
    for text in ["café", "Motörhead is loud", "a naïve déjà vu", "It costs 5 \u{20AC}", "\u{201C}quoted\u{201D} text"] {
        for declared in [Some("utf-8"), None, Some("iso-8859-1"), Some("windows-1252")] {
            let document = feed(declared, text);
            let bytes = encoded(&document, by("windows-1252"));
            let found = decode_feed(&bytes, None);
            assert_eq!((&*found.text, found.encoding), (&*document, "windows-1252"), "{declared:?}");
        }
    }
}

#[test]
fn a_cut_off_character_is_no_other_encoding() {
    let document = feed(Some("utf-8"), "plain").replace("plain</title></item></channel></rss>\n", "pla€");
    let bytes = &document.as_bytes()[..document.len() - 1];
    let found = decode_feed(bytes, None);
    assert_eq!((found.encoding, found.replaced), ("UTF-8", 1));
}

#[test]
fn wide_characters_are_seen_with_and_without_mark() {
    let document = feed(Some("utf-16"), SIMPLIFIED);
    let json = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"早市\"}".to_owned();
    for text in [&document, &json, &format!("\n {document}")] {
        let units = |write: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(write).collect::<Vec<_>>();
        let characters = |write: fn(u32) -> [u8; 4]| text.chars().flat_map(|c| write(u32::from(c))).collect::<Vec<_>>();
        for (bytes, mark, name) in [
            (units(u16::to_le_bytes), &b"\xFF\xFE"[..], "UTF-16LE"),
            (units(u16::to_be_bytes), b"\xFE\xFF", "UTF-16BE"),
            (characters(u32::to_le_bytes), b"\xFF\xFE\0\0", "UTF-32LE"),
            (characters(u32::to_be_bytes), b"\0\0\xFE\xFF", "UTF-32BE"),
        ] {
            let found = decode_feed(&bytes, None);
            assert_eq!((&*found.text, found.encoding, found.source, found.bom), (text.as_str(), name, Source::Width, false));
            let marked = [mark, &bytes].concat();
            let found = decode_feed(&marked, Some("utf-8"));
            assert_eq!((&*found.text, found.encoding, found.source, found.bom), (text.as_str(), name, Source::Bom, true));
            assert_eq!(found.overruled.map(|overruled| (overruled.by, overruled.why)), Some((DeclaredBy::Http, Why::Bom)));
        }
    }
    assert_eq!(decode_feed(&document.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(), None).document.as_deref(), Some("utf-16"));
}

#[test]
fn marks_that_lie_are_dropped() {
    let document = feed(Some("utf-8"), FRENCH);
    for mark in [&b"\xFF\xFE"[..], b"\xFE\xFF", b"\xEF\xBB\xBF", b"\xEF\xBB\xBF\xEF\xBB\xBF"] {
        let bytes = [mark, document.as_bytes()].concat();
        let found = decode_feed(&bytes, None);
        assert_eq!((&*found.text, found.encoding, found.replaced), (&*document, "UTF-8", 0), "{mark:?}");
    }
    // A mark within the text is a character.
    assert_eq!(decode_feed("<a>\u{FEFF}b</a>".as_bytes(), None).text, "<a>\u{FEFF}b</a>");
}

#[test]
fn seven_bit_encodings_are_not_taken_for_ascii() {
    let document = feed(Some("iso-2022-jp"), JAPANESE);
    let bytes = encoded(&document, by("iso-2022-jp"));
    assert_eq!(decode_feed(&bytes, None).text, document);
    assert_eq!(decode_feed(&bytes, Some("iso-2022-jp")).encoding, "ISO-2022-JP");
    let undeclared = feed(None, JAPANESE);
    assert_eq!(decode_feed(&encoded(&undeclared, by("iso-2022-jp")), None).text, undeclared);
    let hz = decode_feed(b"<?xml version='1.0' encoding='hz-gb-2312'?><a>~{<:Ky2;S{#,NpJ)l6HK!#~} ~~</a>", None);
    assert_eq!((&*hz.text, hz.encoding), ("<?xml version='1.0' encoding='hz-gb-2312'?><a>己所不欲，勿施於人。 ~</a>", "HZ-GB-2312"));
}

#[test]
fn ascii_agrees_with_what_contains_it() {
    let document = feed(Some("windows-1251"), "plain");
    assert_eq!(decode_feed(document.as_bytes(), Some("iso-8859-1")).overruled, None);
    let document = feed(Some("utf-16"), "plain");
    let found = decode_feed(document.as_bytes(), None);
    assert_eq!(found.overruled, Some(Overruled { by: DeclaredBy::Document, label: "utf-16".to_owned(), why: Why::Width }));
    let found = decode_feed(b"<?xml version='1.0' encoding='klingon'?><a/>", None);
    assert_eq!(found.overruled.map(|overruled| overruled.why), Some(Why::UnknownLabel));
}

#[test]
fn the_header_goes_first_unless_it_is_the_servers_default() {
    let document = feed(Some("iso-8859-1"), RUSSIAN);
    let bytes = encoded(&document, by("windows-1251"));
    let found = decode_feed(&bytes, Some("windows-1251"));
    assert_eq!((&*found.text, found.source), (&*document, Source::Declared(DeclaredBy::Http)));
    assert_eq!(found.overruled.map(|overruled| (overruled.by, overruled.why)), Some((DeclaredBy::Document, Why::OtherDeclaration)));
    for (text, label) in [(RUSSIAN, "windows-1251"), (SIMPLIFIED, "gb2312")] {
        let document = feed(Some(label), text);
        let bytes = encoded(&document, by(label));
        assert_eq!(decode_feed(&bytes, Some("ISO-8859-1")).text, document);
    }
}

#[test]
fn labels_are_read_as_they_are_written() {
    for (label, name) in [
        ("GB2312", "gb18030"),
        ("gb_2312-80", "gb18030"),
        ("x-gbk", "gb18030"),
        ("cp936", "gb18030"),
        ("EUC-CN", "gb18030"),
        ("UTF8", "UTF-8"),
        ("utf_8", "UTF-8"),
        ("win-1251", "windows-1251"),
        ("cp-1252", "windows-1252"),
        ("ISO8859_2", "ISO-8859-2"),
        ("Latin-1", "windows-1252"),
        ("koi8r", "KOI8-R"),
        ("Shift-JIS", "Shift_JIS"),
        ("\"windows-1252\";", "windows-1252"),
    ] {
        assert_eq!(declaration::named(label), declaration::Named::Known(by(name)), "{label}");
    }
    for (bytes, label) in [
        (&b"<?xml version='1.0' encoding = 'gbk' ?>"[..], Some("gbk")),
        (b"junk\n<?XML ENCODING=gbk?>", Some("gbk")),
        (b"<?xml version='1.0'?><a encoding='gbk'/>", None),
        (b"<html><meta http-equiv=Content-Type content='text/html; charset=gbk'>", Some("gbk")),
        (b"<html><meta charset=\"gbk\">", Some("gbk")),
        (b"{\"charset\": \"gbk\"}", None),
        (b"<?xml encoding=''?>", None),
        (b"", None),
    ] {
        assert_eq!(declaration::of_document(bytes).as_deref(), label);
    }
}

proptest! {
    #[test]
    fn no_feed_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300), header in proptest::option::of("[ -~]{0,12}")) {
        let found = decode_feed(&bytes, header.as_deref());
        prop_assert_eq!(found.first_replaced.is_some(), found.replaced > 0);
        if let Some(first) = found.first_replaced {
            prop_assert!(found.text.get(first..).is_some_and(|rest| rest.starts_with(char::REPLACEMENT_CHARACTER)));
        }
    }

    #[test]
    fn utf8_stays_what_it_is(text in any::<String>(), label in "gbk|big5|utf-16|iso-8859-1|shift_jis|euc-kr|nonsense") {
        let document = feed(Some(&label), &text.replace(['\0', '\u{1B}'], ""));
        let found = decode_feed(document.as_bytes(), Some(&label));
        prop_assert_eq!(&*found.text, &*document);
    }
}
