//! What holds for any text.

use super::*;
use proptest::prelude::*;

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
