//! Tests of `toml`: tables of cases, and laws for any input.

use super::*;
use crate::syntax::Place;
use proptest::prelude::*;

fn place(line: u32, column: u32) -> Place {
    Place { line, column }
}

#[test]
fn values_and_places() {
    let text = "\
title = \"标题\"
date = 2025-02-14T10:11:09+08:00
local = 2025-02-14 10:11:09
day = 2025-02-14
time = 10:11:09
\"键\" = 1.10
hex = 0x1F
big = 1_000
tags = [\"a\",
  'b']
draft = true
text = '''
a
b'''
a.b = 1
[taxonomies]
  categories = [\"x\"]
[[items]]
n = 1
[[items]]
n = {m = 2}
";
    let Value::Map(map) = parse(text).unwrap().value else { panic!() };
    for (key, written, line, column) in [
        ("title", "标题", 1, 9),
        ("date", "2025-02-14T10:11:09+08:00", 2, 8),
        ("local", "2025-02-14 10:11:09", 3, 9),
        ("day", "2025-02-14", 4, 7),
        ("time", "10:11:09", 5, 8),
        ("键", "1.10", 6, 7),
        ("hex", "0x1F", 7, 7),
        ("big", "1_000", 8, 7),
        ("draft", "true", 11, 9),
        ("text", "a\nb", 12, 8),
    ] {
        let node = map.get(key).unwrap();
        assert_eq!((node.as_text().as_deref(), node.place), (Some(written), place(line, column)), "{key}");
    }
    assert_eq!((map.get("hex").unwrap().as_integer(), map.get("big").unwrap().as_integer()), (Some(31), Some(1000)));
    assert_eq!(map.get("tags").unwrap().as_list().unwrap()[1].place, place(10, 3));
    assert_eq!(map.get("a").unwrap().as_map().unwrap().get("b").unwrap().place, place(15, 7));
    let member = map.get("taxonomies").unwrap().as_map().unwrap().iter().next().unwrap().clone();
    assert_eq!((member.key.as_str(), member.key_place, member.node.place), ("categories", place(17, 3), place(17, 16)));
    let items = map.get("items").unwrap().as_list().unwrap();
    assert_eq!(items[1].as_map().unwrap().get("n").unwrap().as_map().unwrap().get("m").unwrap().as_integer(), Some(2));
    let keys: Vec<_> = map.iter().map(|member| member.key.as_str()).take(3).collect();
    assert_eq!(keys, ["title", "date", "local"]);
}

#[test]
fn problems_say_where() {
    for (text, line, column) in [
        ("a = 1\na = 2\n", 2, 1),
        ("a = \n", 1, 5),
        ("标题 = \"x\"\n", 1, 1),
        ("a = \"x\nb = 1\n", 1, 7),
        ("a = [1, 2\n", 1, 10),
        ("a = 1\nb = 2025-02-30\n", 2, 5),
    ] {
        let problem = parse(text).expect_err(text);
        assert_eq!(problem.place.line, line, "{text:?}: {problem}");
        assert_eq!(problem.place.column, column, "{text:?}: {problem}");
        assert!(problem.message.starts_with("expected "), "{problem}");
    }
    assert_eq!(parse("").unwrap().value, Value::Map(Map::new()));
}

/// On a thread with the usual stack of a worker.
#[test]
fn deep_texts_are_problems() {
    let dotted = "a.".repeat(78) + "a";
    let mixed = format!("[{dotted}]\n{dotted} = {}1{}\n", format!("{{{dotted} = [").repeat(38), "]}".repeat(38));
    let texts = ["a = ".to_owned() + &"[".repeat(1 << 20), "a.".repeat(1 << 19) + "a = 1", mixed, "[a]\n[b]\n".repeat(1 << 10)];
    for text in texts {
        assert!(parse(&text).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_value_or_a_problem(text in "([ \\t\\n]{0,2}(a|b|\"键\"|=|,|\\[|\\]|\\{|\\}|1\\.10|true|2025-01-01|\"|'''|\\.|#|路)){0,30}") {
        if let Err(problem) = parse(&text) {
            prop_assert!(problem.place.line as usize <= text.split('\n').count());
        }
    }
}
