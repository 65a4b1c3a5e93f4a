//! What holds for any text.

use super::super::token::{Token, plain_tag, reader, section};
use super::*;
use proptest::prelude::*;
use quick_xml::events::Event;

fn as_utf8(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap()
}

/// Texts made of what breaks readers of XML.
fn broken() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<",
        ">",
        "/",
        "&",
        "\"",
        "'",
        "=",
        " ",
        "\n",
        "a",
        "早",
        "<a>",
        "</a>",
        "<a ",
        "<a b=\"",
        "<b/>",
        "</",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?",
        "?>",
        "<!DOCTYPE",
        "[",
        "]",
        "&lt;",
        "&x",
        ";",
        "&#x",
        "<x:y>",
        "</x:y>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<description>",
        "\u{0}",
        "\u{FFFE}",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_short_way_through_a_tag_ends_where_the_long_one_does(text in broken().prop_map(|text| format!("<{text}")), in_quotes in "[^&]{0,12}") {
        for text in [format!("<a b=\"{in_quotes}\" c='{in_quotes}'/>{text}"), format!("<![CDATA[{in_quotes}]{text}"), text] {
            let Some((length, token)) = plain_tag(&text).or_else(|| section(&text)) else { continue };
            let mut reader = reader(&text);
            let event = reader.read_event();
            prop_assert_eq!(text.len() - reader.get_ref().len(), length, "{}", text);
            let is_same = match (token, event) {
                (Token::Open { name, empty: false, .. }, Ok(Event::Start(tag))) => as_utf8(tag.name().as_ref()).starts_with(name),
                (Token::Open { empty: true, .. }, Ok(Event::Empty(_))) | (Token::Close(_), Ok(Event::End(_))) => true,
                (Token::CData(inside), Ok(Event::CData(section))) => inside == as_utf8(&section),
                _ => false,
            };
            prop_assert!(is_same, "{}", text);
        }
    }

    #[test]
    fn every_walk_ends_and_places_are_inside(text in broken()) {
        let (_, findings) = walk(&text);
        let lines = u32::try_from(text.matches('\n').count()).unwrap() + 1;
        for finding in findings {
            prop_assert!((1..=lines).contains(&finding.place.line), "{finding:?}");
            let line = text.split('\n').nth(finding.place.line as usize - 1).unwrap().chars().count();
            prop_assert!(finding.place.column as usize <= line + 1, "{finding:?}");
        }
    }

    #[test]
    fn whatever_is_written_as_xml_is_read_as_it_was(text in "[ -~早市\n]{0,40}") {
        let mut escaped = String::new();
        fragment::escape(&mut escaped, &text);
        let document = format!("<a>{escaped}</a>");
        let mut cursor = Cursor::new(&document, 0, Repairs::default());
        cursor.child(0).unwrap();
        let inner = cursor.inner();
        let expected = text.trim_matches(|c: char| c.is_ascii_whitespace());
        prop_assert_eq!(inner.value.as_ref(), expected);
        prop_assert!(cursor.repairs.into_findings(&"x".into(), &document).is_empty());
    }
}
