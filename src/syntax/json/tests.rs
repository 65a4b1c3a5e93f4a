//! Tests of `json`: tables of cases, and laws for any input.

use super::*;
use crate::syntax::{Place, Value};
use proptest::prelude::*;

fn place(line: u32, column: u32) -> Place {
    Place { line, column }
}

#[test]
fn values_and_places() {
    let text = "{\n  \"title\": \"标题\", \"n\": 1.10,\n\t\"list\": [1, {\"键\": null}, true], \"big\": 12345678901234567890123, \"e\": -1e3,\n  \"n\": 2.50}\n";
    let parsed = parse(text).unwrap();
    assert_eq!(parsed.duplicates.len(), 1);
    assert_eq!((parsed.duplicates[0].first, parsed.duplicates[0].place), (place(2, 18), place(4, 3)));
    let Value::Map(map) = parsed.value else { panic!() };
    let get = |key: &str| map.get(key).unwrap();
    assert_eq!((get("title").place, get("title").as_text().as_deref()), (place(2, 12), Some("标题")));
    assert_eq!((get("n").place, get("n").as_text().as_deref()), (place(4, 8), Some("2.50")));
    assert_eq!(get("big").as_text().as_deref(), Some("12345678901234567890123"));
    assert_eq!(get("e").as_text().as_deref(), Some("-1e3"));
    let list = get("list").as_list().unwrap();
    assert_eq!((list[1].place, list[2].place), (place(3, 14), place(3, 27)));
    assert_eq!(list[1].as_map().unwrap().iter().next().unwrap().key_place, place(3, 15));
    assert_eq!(list[2].as_bool(), Some(true));
}

#[test]
fn hashes_and_merge_keys_mean_nothing() {
    let Value::Map(map) = parse("{\"#a\": \"x # y\", \"<<\": {\"b\": 1}, \"c\": [\"#\", 1.50]}").unwrap().value else { panic!() };
    let keys: Vec<_> = map.iter().map(|member| member.key.as_str()).collect();
    assert_eq!(keys, ["#a", "<<", "c"]);
    assert_eq!(map.get("c").unwrap().as_list().unwrap()[1].as_text().as_deref(), Some("1.50"));
}

#[test]
fn a_prefix_says_how_long_it_is() {
    for (text, length) in [("{\"a\": 1}\n# 正文 {", 8), (" {}x", 3), ("[1]\n{", 3), ("{\"a\":{}}\n\n{\"b\"", 8)] {
        assert_eq!(parse_prefix(text).unwrap().1, length, "{text}");
        assert!(parse(text).is_err());
    }
}

#[test]
fn problems_say_where_and_what() {
    for (text, line, column, words) in [
        ("", 1, 1, "found the end"),
        ("{\"a\": 1,}", 1, 9, "behind the comma"),
        ("{\"a\": 1", 1, 8, "found the end"),
        ("{\"题\" 1}", 1, 6, "`:` behind the key"),
        ("{\"a\": 1\n\"b\": 2}", 2, 1, "`,` or `}`"),
        ("[1 2]", 1, 4, "`,` or `]`"),
        ("{a: 1}", 1, 2, "double quotes"),
        ("{\"a\": 'b'}", 1, 7, "a value"),
        ("{\"a\": \"b\nc\"}", 2, 1, "line break"),
        ("{\"a\": \"b", 1, 9, "closing"),
        ("{} x", 1, 4, "expected the end of the text, found `x`"),
        ("{\"a\": \"\\路\"}", 1, 9, "escape"),
    ] {
        let problem = parse(text).expect_err(text);
        assert!(problem.message.contains(words), "{text:?}: {problem}");
        assert_eq!(problem.place, place(line, column), "{text:?}: {problem}");
    }
}

#[test]
fn deep_texts_are_problems() {
    assert!(parse(&"[".repeat(1 << 20)).unwrap_err().message.contains("inside each other"));
    assert!(parse(&"{\"a\":".repeat(1 << 17)).unwrap_err().message.contains("inside each other"));
    assert!(parse(&format!("{}{}", "[".repeat(127), "]".repeat(127))).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_value_or_a_problem(text in "([ \\t\\n]{0,2}(\"a\"|\"键\"|:|,|\\[|\\]|\\{|\\}|1\\.10|true|null|\"|\\\\|x|路)){0,30}") {
        if let Err(problem) = parse(&text) {
            prop_assert!(problem.place.line as usize <= text.split('\n').count());
        }
    }
}
