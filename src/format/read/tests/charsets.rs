//! Eight ways in which a Chinese feed and its charset come apart.

use super::*;
use encoding_rs::{BIG5, Encoding, GB18030, GBK};

const SIMPLIFIED: &str = "清晨五点，菜农推着三轮车进了巷子。豆腐脑还冒着热气，熟客已经排到了拐角。老城的早市又回来了。";
const TRADITIONAL: &str = "清晨五點，菜農推著三輪車進了巷子。豆腐腦還冒著熱氣，熟客已經排到了拐角。老城的早市又回來了。";

fn document(prolog: Option<&str>, text: &str) -> String {
    let prolog = prolog.map(|name| format!("<?xml version=\"1.0\" encoding=\"{name}\"?>\n")).unwrap_or_default();
    format!("{prolog}<rss version=\"2.0\"><channel><title>早市</title><item><title>{text}</title></item></channel></rss>")
}

fn bytes(encoding: &'static Encoding, prolog: Option<&str>, text: &str) -> Vec<u8> {
    let document = document(prolog, text);
    let (bytes, _, lost) = encoding.encode(&document);
    assert!(!lost, "{document}");
    bytes.into_owned()
}

#[test]
fn the_text_is_the_same_in_all_eight() {
    // Only GBK has the sign of a name, only GB18030 the last one in four bytes.
    let rare = format!("{SIMPLIFIED}镕");
    let rarest = format!("{SIMPLIFIED}㐀𠮷");
    let (utf8, gbk, gb18030) = (encoding_rs::UTF_8, GBK, GB18030);
    let table = [
        ("gbk prolog", bytes(gbk, Some("gbk"), SIMPLIFIED), None, SIMPLIFIED, "gb18030", false),
        ("gb2312 prolog with GBK-only characters", bytes(gbk, Some("gb2312"), &rare), None, &rare, "gb18030", false),
        ("header only", bytes(gbk, None, SIMPLIFIED), Some("gbk"), SIMPLIFIED, "gb18030", false),
        ("nothing", bytes(gbk, None, SIMPLIFIED), None, SIMPLIFIED, "gb18030", false),
        ("utf-8 prolog over GBK", bytes(gbk, Some("utf-8"), SIMPLIFIED), None, SIMPLIFIED, "gb18030", true),
        ("UTF-8 under a gbk header", bytes(utf8, None, SIMPLIFIED), Some("gbk"), SIMPLIFIED, "UTF-8", true),
        ("gb18030 with four bytes", bytes(gb18030, Some("gb18030"), &rarest), None, &rarest, "gb18030", false),
        ("big5", bytes(BIG5, Some("big5"), TRADITIONAL), None, TRADITIONAL, "Big5", false),
    ];
    for (what, bytes, header, text, encoding, overruled) in table {
        let hints = Hints { charset: header.map(ToOwned::to_owned), ..Hints::default() };
        let reading = read(&bytes, &hints).unwrap();
        let entry = only(reading.feed().unwrap().clone());
        assert_eq!(entry.title.unwrap().value, text, "{what}");
        assert_eq!(reading.feed().unwrap().title.value, "早市", "{what}");
        assert!(
            reading.encoding.eq_ignore_ascii_case(encoding) || reading.encoding == "GBK" && encoding == "gb18030",
            "{what}: {}",
            reading.encoding
        );
        assert_eq!(reading.repairs.iter().any(|finding| finding.code == Code::EncodingOverruled), overruled, "{what}: {:?}", reading.repairs);
        assert!(!reading.repairs.iter().any(|finding| finding.code == Code::UndecodableBytes), "{what}");
    }
}

#[test]
fn other_ways() {
    let latin = b"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Caf\xE9 \x93x\x94</title></channel></rss>";
    assert_eq!(read(latin, &Hints::default()).unwrap().feed().unwrap().title.value, "Café “x”");
    let one_bad = b"<rss version=\"2.0\"><channel><title>\xE6\x97\xA9\xFF\xE5\xB8\x82\xE6\x97\xA9\xE5\xB8\x82</title></channel></rss>";
    let reading = read(one_bad, &Hints::default()).unwrap();
    assert_eq!(reading.feed().unwrap().title.value, "早\u{FFFD}市早市");
    assert_eq!(reading.repairs[0].code, Code::UndecodableBytes);
    assert_eq!((reading.repairs[0].place.line, reading.repairs[0].place.column), (1, 37));
    let wide: Vec<u8> = document(Some("utf-16"), SIMPLIFIED).encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(only(read(&wide, &Hints::default()).unwrap().feed().unwrap().clone()).title.unwrap().value, SIMPLIFIED);
}
