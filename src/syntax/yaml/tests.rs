//! Tests of `yaml`: tables of cases, and laws for any input.

use super::*;
use crate::syntax::{Map, Node, Place, Value};
use proptest::prelude::*;

fn map(text: &str) -> Map {
    match parse(text).unwrap_or_else(|problem| panic!("{problem}\n{text}")).value {
        Value::Map(map) => map,
        other => panic!("{other:?} is no map"),
    }
}

fn text_of(text: &str, key: &str) -> Option<String> {
    map(text).get(key).unwrap_or_else(|| panic!("no {key} in {text}")).as_text()
}

/// The node that a path of keys and indices leads to.
fn at<'m>(map: &'m Map, path: &str) -> &'m Node {
    let (first, rest) = path.split_once('/').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let mut node = map.get(first).unwrap_or_else(|| panic!("no {first}"));
    for step in rest.into_iter().flat_map(|rest| rest.split('/')) {
        node = match &node.value {
            Value::List(items) => &items[step.parse::<usize>().unwrap()],
            Value::Map(map) => map.get(step).unwrap_or_else(|| panic!("no {step}")),
            other => panic!("{other:?} has no {step}"),
        };
    }
    node
}

fn place(line: u32, column: u32) -> Place {
    Place { line, column }
}

#[test]
fn scalars_keep_the_text_that_they_were_written_with() {
    for written in [
        "1.10",
        "3.10",
        "007",
        "0x1F",
        "+5",
        "1_000",
        "-0",
        "0o17",
        "0b101",
        "1e3",
        ".5",
        "+1.5",
        ".inf",
        "-.inf",
        ".nan",
        "12345678901234567890",
        "-3",
        "0",
        "2025-02-14",
        "2025-02-14 10:11:09",
        "10:30",
        "no",
        "yes",
        "True",
        "FALSE",
        "012.5",
        "99999999999999999999999999999999999999999999",
        "C++",
        "a#b",
        "a:b",
        "http://example.org/a#b",
        "-a",
        "a?",
        "教程 第一章",
    ] {
        for text in
            [format!("k: {written}"), format!("k:   {written}   # note\r\nl: 1\n"), format!("a: {{b: [1, {{k: {written}}}]}}\nk: {written}\n")]
        {
            assert_eq!(text_of(&text, "k").as_deref(), Some(written), "{text}");
        }
        assert_eq!(at(&map(&format!("a:\n- b\n-   {written}\n")), "a/1").as_text().as_deref(), Some(written));
    }
    for nothing in ["", "~", "null", "Null", "NULL", "# note"] {
        assert_eq!(text_of(&format!("k: {nothing}\n"), "k"), None, "{nothing}");
    }
}

#[test]
fn scalars_have_the_types_of_the_core_schema() {
    let text =
        "i: 5\nh: 0x1F\nf: 1.10\nb: true\nt: \"5\"\nn:\nl: [a]\nm: {a: 1}\nu: 18446744073709551615\ntag: !own x\nstr: !!str 5\nint: !!int \"7\"\n";
    let map = map(text);
    let expected = [
        ("i", Value::Integer(5)),
        ("h", Value::Integer(31)),
        ("f", Value::Float("1.10".into())),
        ("b", Value::Bool(true)),
        ("t", Value::Text("5".into())),
        ("n", Value::Null),
        ("u", Value::Float("18446744073709551615".into())),
        ("tag", Value::Text("x".into())),
        ("str", Value::Text("5".into())),
        ("int", Value::Integer(7)),
    ];
    for (key, value) in expected {
        assert_eq!(at(&map, key).value, value, "{key}");
    }
    assert_eq!(at(&map, "l").as_list().map(<[Node]>::len), Some(1));
    assert_eq!(at(&map, "m").as_map().map(Map::len), Some(1));
}

#[test]
fn keys_that_are_no_text_become_text() {
    let map = map("1: a\n1.10: b\ntrue: c\n~: d\n2025-01-01: e\n0x1F: f\n\"q\\u0041\": g\n'it''s': h\n[a, b]: i\n");
    let keys: Vec<_> = map.iter().map(|member| member.key.as_str()).collect();
    assert_eq!(keys, ["1", "1.10", "true", "~", "2025-01-01", "0x1F", "qA", "it's", "[a, b]"]);
}

#[test]
fn places_of_keys_and_values() {
    let text = "\
title: \"标题: 一\"   # note
标签:
  - a
  -   'b'
  - c: 1
    d:
      - deep
list:
- x
- - y
  - z
flow: [一, {k: v, 键: [1, 2]}, \"q\", pair: 3]
block: |
  title: not a key
  - no item
after: >-
  x

  y
many: a
  b
  c
empty:
quoted: \"a
  b\"
last: end
";
    let map = map(text);
    for (path, line, column) in [
        ("title", 1, 8),
        ("标签", 3, 3),
        ("标签/0", 3, 5),
        ("标签/1", 4, 7),
        ("标签/2", 5, 5),
        ("标签/2/c", 5, 8),
        ("标签/2/d", 7, 7),
        ("标签/2/d/0", 7, 9),
        ("list", 9, 1),
        ("list/0", 9, 3),
        ("list/1", 10, 3),
        ("list/1/0", 10, 5),
        ("list/1/1", 11, 5),
        ("flow", 12, 7),
        ("flow/0", 12, 8),
        ("flow/1", 12, 11),
        ("flow/1/k", 12, 15),
        ("flow/1/键/1", 12, 25),
        ("flow/2", 12, 30),
        ("flow/3/pair", 12, 41),
        ("block", 13, 8),
        ("after", 16, 8),
        ("many", 20, 7),
        ("quoted", 24, 9),
        ("last", 26, 7),
    ] {
        assert_eq!(at(&map, path).place, place(line, column), "{path}");
    }
    let keys: Vec<_> = map.iter().map(|member| (member.key.as_str(), member.key_place.line, member.key_place.column)).collect();
    let expected = [("title", 1, 1), ("标签", 2, 1), ("list", 8, 1), ("flow", 12, 1), ("block", 13, 1), ("after", 16, 1), ("many", 20, 1)];
    assert_eq!(keys[..7], expected);
    assert_eq!(keys[7..], [("empty", 23, 1), ("quoted", 24, 1), ("last", 26, 1)]);
}

#[test]
fn places_count_the_same_with_crlf() {
    let text = "a: 1\r\nb:\r\n  - x\r\n  - |\r\n    text\r\n\r\n    more\r\nc: 2\r\n";
    let map = map(text);
    assert_eq!((at(&map, "b/1").place, at(&map, "c").place), (place(4, 5), place(8, 4)));
    assert_eq!(at(&map, "b/1").as_text().as_deref(), Some("text\n\nmore\n"));
}

#[test]
fn the_last_of_equal_keys_wins_and_both_are_told() {
    let parsed = parse("title: a\nm:\n  x: 1\n  x: 2\ntitle: b\n'title': c\n").unwrap();
    let told: Vec<_> = parsed.duplicates.iter().map(|duplicate| (duplicate.key.as_str(), duplicate.place, duplicate.first)).collect();
    assert_eq!(told, [("x", place(4, 3), place(3, 3)), ("title", place(5, 1), place(1, 1)), ("title", place(6, 1), place(5, 1))]);
    let Value::Map(map) = parsed.value else { panic!() };
    assert_eq!(map.len(), 2);
    assert_eq!(at(&map, "title").as_text().as_deref(), Some("c"));
    assert_eq!(at(&map, "m/x").as_text().as_deref(), Some("2"));
    assert_eq!(map.iter().next().map(|member| member.key_place), Some(place(6, 1)));
    assert!(parse("Title: a\ntitle: b\n").unwrap().duplicates.is_empty());
}

#[test]
fn big_maps_find_their_equal_keys_too() {
    let text = (0..200).map(|number| format!("k{}: {number}", number % 150)).collect::<Vec<_>>().join("\n");
    let parsed = parse(&text).unwrap();
    assert_eq!(parsed.duplicates.len(), 50);
    assert_eq!((parsed.duplicates[0].first, parsed.duplicates[0].place), (place(1, 1), place(151, 1)));
    let Value::Map(map) = parsed.value else { panic!() };
    assert_eq!((map.len(), at(&map, "k3").as_integer(), at(&map, "k149").as_integer()), (150, Some(153), Some(149)));
}

#[test]
fn merge_keys_are_applied() {
    let text =
        "base: &base\n  a: 1.10\n  b: 2\nmore: &more {b: 3, c: 4}\none:\n  b: own\n  <<: *base\ntwo:\n  <<: [*base, *more]\nthree:\n  <<: text\n";
    let map = map(text);
    let keys = |path| at(&map, path).as_map().unwrap().iter().map(|member| (member.key.clone(), member.node.as_text().unwrap())).collect::<Vec<_>>();
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    assert_eq!(keys("one"), [pair("b", "own"), pair("a", "1.10")]);
    assert_eq!(keys("two"), [pair("a", "1.10"), pair("b", "2"), pair("c", "4")]);
    assert_eq!(keys("three"), [pair("<<", "text")]);
    assert_eq!(at(&map, "one/a").place, place(2, 6));
}

#[test]
fn aliases_keep_the_text_of_what_they_repeat() {
    let map = map("version: &v 1.10\nlist: &l\n  - 1.20\ncopy: *v\nlists: [*l, *l]\n&k key: 2\n");
    assert_eq!(at(&map, "copy").as_text().as_deref(), Some("1.10"));
    assert_eq!(at(&map, "copy").place, place(4, 7));
    assert_eq!(at(&map, "lists/1/0").as_text().as_deref(), Some("1.20"));
    assert_eq!(at(&map, "lists/1").place, place(5, 13));
    assert_eq!(at(&map, "key").as_integer(), Some(2));
}

#[test]
fn empty_texts_are_nothing() {
    for text in ["", "\n\n", "# note\n", "   ", "---\n", "~"] {
        assert_eq!(parse(text).unwrap().value, Value::Null, "{text:?}");
    }
}

#[test]
fn problems_say_where_and_what() {
    for (text, line, column, words) in [
        ("title: 教程: 第一章\n", 1, 10, "a second `: `"),
        ("a: 1\nb: @name\n", 2, 4, "found `@`"),
        ("a: 1\nb: `x`\n", 2, 4, "a back quote"),
        ("a: 1\nb: %x\n", 2, 4, "found `%`"),
        ("a:\n\t- b\n", 2, 1, "a tab"),
        ("a: \"他说\"好\"了\"\n", 1, 8, "found `好`"),
        ("a: \"C:\\路径\"\nb: 1\n", 1, 7, "found `路`"),
        ("a: 1\nb: \"x\nc: 2\n", 2, 4, "closing quote"),
        ("'x\n", 1, 1, "closing quote"),
        ("a: [\"1\" 2]\nb: 3\n", 1, 9, "`,` or `]`"),
        ("a: [1,\n  2 b: 3\n  c: d]\n", 3, 4, "`,` or `]`"),
        ("x: 1\na: [1, 2\nb: 3\n", 2, 4, "`]` at the end of the list"),
        ("a: [1, 2,\nb: 3\nc: 4\n", 1, 4, "`]` at the end"),
        ("a: [1, 2,\n\n", 1, 4, "`]` at the end"),
        ("a: [1,\n- 2\n", 1, 4, "`]` at the end"),
        ("m:\n  a: [1, [2]\n  b: [3]\n", 2, 6, "`]` at the end"),
        ("题: [一, {二: 三\n乙: 2\n", 1, 8, "`}` at the end of the map"),
        ("a: {b: 1\n", 1, 4, "`}` at the end of the map"),
        ("a: {b: 1\nc: 2\n", 1, 4, "`}` at the end of the map"),
        ("a: 1\ndate:2025-01-03\nb: 2\n", 2, 6, "a space behind the colon of `date`, found none"),
        ("date:2025\nlang:zh\nb: 2\n", 1, 6, "a space behind the colon of `date`"),
        ("a: 1\ntitle：全角\n", 2, 6, "the full-width colon"),
        ("site:\n  title：全角\n  url: x\n", 2, 8, "the full-width colon"),
        ("a: 1\r\ntitle:\u{A0}x\r\nb: 2\r\n", 2, 7, "the character U+00A0"),
        ("a: 1\ntags: [x, *f]\n", 2, 11, "`*f` names an anchor that does not exist"),
        ("a: 1\nword\nb: 2\n", 2, 1, "`:` behind the key"),
        ("a: *nowhere\n", 1, 4, "anchor"),
        ("a: |x\n  y\n", 1, 5, "found `x`"),
        ("a: b\n  c: d\n", 2, 4, "a second `: `"),
        ("- a\nb: 1\n", 2, 1, "list item"),
        ("a: 1\n---\nb: 2\n", 2, 1, "second one"),
        ("---\na: 1\n---\nb: 2\n", 3, 1, "second one"),
        ("a: x\u{0}y\n", 1, 5, "U+0000"),
        ("题: x\ny: 一\u{1b}y\n", 2, 5, "U+001B"),
        ("a: - b\n", 1, 4, "`- `"),
        ("a: !!int x\n", 1, 4, "expected"),
    ] {
        let problem = parse(text).expect_err(text);
        assert_eq!(problem.place, place(line, column), "{text:?}: {problem}");
        assert!(problem.message.contains(words), "{text:?}: {problem}");
        assert!(problem.message.starts_with("expected "), "{problem}");
        for jargon in ["block mapping", "flow", "scalar", "token", "scanning"] {
            assert!(!problem.message.contains(jargon), "{problem}");
        }
    }
}

#[test]
fn mended_values() {
    for (text, value) in [
        ("k: 教程: 第一章\n", "教程: 第一章"),
        ("k: 教程: 第一章 # note\n", "教程: 第一章"),
        ("k: 标题: 带冒号 \"未闭合\nz: 1\n", "标题: 带冒号 \"未闭合"),
        ("k: 说明:\nz: 1\n", "说明:"),
        ("k: it's: so\n", "it's: so"),
        ("k: @name\n", "@name"),
        ("k: `code` 说明\n", "`code` 说明"),
        ("k: %d 个\n", "%d 个"),
        ("k: *强调* 文字\n", "*强调* 文字"),
        ("k: !重要 的: 事\n", "!重要 的: 事"),
        ("k: [转载] 某文\n", "[转载] 某文"),
        ("k: {a} b\n", "{a} b"),
        ("k: > 引用\n", "> 引用"),
        ("k: - 破折号\n", "- 破折号"),
        ("k: \"他说\"好\"了\"\n", "他说\"好\"了"),
        ("k: \"他说\\\"好\\\"\"了\"\n", "他说\"好\"\"了"),
        ("k: \"引用\" 后面\n", "\"引用\" 后面"),
        ("k: 'it's'\n", "it's"),
        ("k: 'a' b\n", "'a' b"),
        ("k: \"C:\\路径\"\n", "C:\\路径"),
        ("k: \"C:\\路径\\\"\nz: 1\n", "C:\\路径\\"),
        ("k: \"\\d+\\n\\x4\"\n", "\\d+\n\\x4"),
        ("k: \"没有关\nz: \"1\"\ny: 2\n", "没有关"),
        ("k: '没有关\n", "没有关"),
        ("k: a\u{0}b\u{8}c\n", "abc"),
        ("k: a\r\nz: b: c\r\n", "a"),
    ] {
        let parsed = parse_tolerant(text).unwrap_or_else(|problem| panic!("{problem}\n{text}"));
        assert!(parse(text).is_err(), "{text:?} is not broken");
        assert_eq!(parsed.repairs.len(), 1, "{text:?}: {:?}", parsed.repairs);
        let Value::Map(map) = parsed.value else { panic!("{text:?}") };
        assert_eq!(at(&map, "k").as_text().as_deref(), Some(value), "{text:?}");
    }
}

/// Each text, its repairs with their places, and what it says then.
#[test]
fn mended_colons_and_dashes() {
    let space = |key: &str| format!("no space stands behind the colon of `{key}`; it was read as if there were one");
    let dash = || "no space stands behind the dash of the list item; it was read as if there were one".to_owned();
    let wide = |key: &str| format!("the colon behind `{key}` is a full-width one; it was read as `: `");
    let colon = "holds `: ` and has no quotes; it was read as text";
    for (text, repairs, same) in [
        ("title: 一\nDate:2025-01-03\ntags: [a]\n", vec![(2, 6, space("Date"))], "title: 一\nDate: 2025-01-03\ntags: [a]\n"),
        ("title: 一\nDate:2025-01-03", vec![(2, 6, space("Date"))], "title: 一\nDate: 2025-01-03"),
        ("Date:2025-01-03\ntitle: 一\n", vec![(1, 6, space("Date"))], "Date: 2025-01-03\ntitle: 一\n"),
        ("a:1\nb:2\nc: 3\n", vec![(1, 3, space("a")), (2, 3, space("b"))], "a: 1\nb: 2\nc: 3\n"),
        ("a:1\r\nb:2\r\nc: 3\r\n", vec![(1, 3, space("a")), (2, 3, space("b"))], "a: 1\nb: 2\nc: 3\n"),
        ("a:1\n", vec![(1, 3, space("a"))], "a: 1\n"),
        ("# note\na:1\nb：2\n", vec![(2, 3, space("a")), (3, 2, wide("b"))], "a: 1\nb: 2\n"),
        ("a:1\n# note\nb:2\n", vec![(1, 3, space("a")), (3, 3, space("b"))], "a: 1\nb: 2\n"),
        ("a:\n- x\nb:2\nc: |\n  d:3\ne:4\n", vec![(3, 3, space("b")), (6, 3, space("e"))], "a:\n- x\nb: 2\nc: |\n  d:3\ne: 4\n"),
        ("title：全角\nb: 1\n", vec![(1, 6, wide("title"))], "title: 全角\nb: 1\n"),
        ("b: 1\ntitle： https://example.org/\n", vec![(2, 6, wide("title"))], "b: 1\ntitle: https://example.org/\n"),
        ("b: 1\ntags：\n  - x\n", vec![(2, 5, wide("tags"))], "b: 1\ntags:\n  - x\n"),
        (
            "b: 1\nt:@x\n",
            vec![(2, 3, space("t")), (2, 3, "the value of `t` starts with a mark that YAML reserves; it was read as text".to_owned())],
            "b: 1\nt: '@x'\n",
        ),
        ("b: &f 1\nt:*f\n", vec![(2, 3, space("t"))], "b: 1\nt: 1\n"),
        ("b: 1\nt:\u{A0}x\n", vec![(2, 3, "the space behind the colon of `t` is U+00A0; it was read as a normal one".to_owned())], "b: 1\nt: x\n"),
        (
            "t:\u{3000}x\nb: 一: 二\n",
            vec![
                (1, 3, "the space behind the colon of `t` is U+3000; it was read as a normal one".to_owned()),
                (2, 4, format!("the value of `b` {colon}")),
            ],
            "t: x\nb: '一: 二'\n",
        ),
        ("tags:\n  - 一\n  -二\nb: 1\n", vec![(3, 4, dash())], "tags: [一, 二]\nb: 1\n"),
        ("tags:\n-一\n-二\n-\u{3000}三\nb: 1\n", vec![(2, 2, dash()), (3, 2, dash()), (4, 2, dash())], "tags: [一, 二, 三]\nb: 1\n"),
        ("tags:\n- 一\n\n-二\n", vec![(4, 2, dash())], "tags: [一, 二]\n"),
        (
            "tags: *f\n",
            vec![(1, 7, "the value of `tags` is `*f`, which names an anchor that does not exist; it was read as text".to_owned())],
            "tags: '*f'\n",
        ),
        (
            "- *a-1 # x\n",
            vec![(1, 3, "the value is `*a-1`, which names an anchor that does not exist; it was read as text".to_owned())],
            "- '*a-1'\n",
        ),
    ] {
        let parsed = parse_tolerant(text).unwrap_or_else(|problem| panic!("{problem}\n{text}"));
        let told: Vec<_> = parsed.repairs.iter().map(|repair| (repair.place.line, repair.place.column, repair.message.clone())).collect();
        assert_eq!(told, repairs, "{text:?}");
        let theirs: serde_yaml::Value = serde_yaml::from_str(same).unwrap();
        assert!(equals(&parsed.value, &theirs), "{text:?}\n{:?}", parsed.value);
    }
}

#[test]
fn values_behind_mended_colons_have_their_places() {
    let parsed = parse_tolerant("a: 1\ndate:2025\ntitle：全角\nlast:\u{3000}\u{3000}x\ntags:\n-y\n").unwrap();
    let Value::Map(map) = parsed.value else { panic!() };
    let places: Vec<_> = ["date", "title", "last", "tags/0"].map(|path| at(&map, path).place).into();
    assert_eq!(places, [place(2, 6), place(3, 7), place(4, 8), place(6, 2)]);
}

#[test]
fn what_looks_like_a_fault_and_is_none_stays() {
    for text in
        ["k: |\n  a:1\n  -b\nl: x\n", "a:1: x\n", "https://example.org/\n", "- -a\n-  b\n", "a: -b\n  -c\n", "标题：一\n", "[a:b, c：d]\n", "10:30\n"]
    {
        let parsed = parse_tolerant(text).unwrap();
        assert!(parsed.repairs.is_empty(), "{text:?}: {:?}", parsed.repairs);
    }
    for text in ["a: 1\nhttps://example.org/\nb: 2\n", "a: 1\n标题：x\nb: 2\n", "a: 1\n-b\nc: 2\n"] {
        assert_eq!(parse_tolerant(text).unwrap_err(), parse(text).unwrap_err(), "{text:?}");
    }
}

#[test]
fn repairs_say_where_and_leave_the_rest_alone() {
    let text = "title: 一: 二\nm:\n  a: @b\n  c: |\n    x: y: z\n\td\ntags:\n- C: a: b\n- ok: 'x'\n";
    // The tab is in a block scalar that spaces indent: nothing can be made of it.
    assert!(parse_tolerant(text).is_err());
    let text = text.replace("\td\n", "    d\n");
    let parsed = parse_tolerant(&text).unwrap();
    let told: Vec<_> = parsed.repairs.iter().map(|repair| (repair.place, repair.message.as_str())).collect();
    assert_eq!(
        told,
        [
            (place(1, 8), "the value of `title` holds `: ` and has no quotes; it was read as text"),
            (place(3, 6), "the value of `a` starts with a mark that YAML reserves; it was read as text"),
            (place(8, 6), "the value of `C` holds `: ` and has no quotes; it was read as text"),
        ]
    );
    let Value::Map(map) = parsed.value else { panic!() };
    assert_eq!(at(&map, "m/c").as_text().as_deref(), Some("x: y: z\nd\n"));
    assert_eq!(at(&map, "tags/0/C").as_text().as_deref(), Some("a: b"));
    assert_eq!(at(&map, "tags/1/ok").place, place(9, 7));
}

#[test]
fn tabs_that_indent_are_read_as_spaces() {
    let parsed = parse_tolerant("extra:\n\t- a\n\t- b:\n\t\t\tc: 1\nlast: 一\t二\n").unwrap();
    assert_eq!(parsed.repairs.len(), 1, "{:?}", parsed.repairs);
    assert_eq!(parsed.repairs[0].place, place(2, 1));
    let Value::Map(map) = parsed.value else { panic!() };
    assert_eq!(at(&map, "extra/0").as_text().as_deref(), Some("a"));
    assert_eq!((at(&map, "extra/0").place, at(&map, "extra/1/b/c").place), (place(2, 4), place(4, 7)));
    assert_eq!(at(&map, "extra/1/b/c").as_integer(), Some(1));
    assert_eq!(at(&map, "last").as_text().as_deref(), Some("一\t二"));
}

#[test]
fn what_cannot_be_mended_has_its_own_problem() {
    for text in ["a: b: c\nd: [1, 2\ne: 3\n", "a: 1\nword\nb: 2\n", "a: [1\n", "a: x\u{0}\nb: [\n"] {
        assert_eq!(parse_tolerant(text).unwrap_err(), parse(text).unwrap_err(), "{text:?}");
    }
    assert!(parse_tolerant(&"k: a: b\n".repeat(21)).is_err());
    let twenty = (0..20).map(|number| format!("k{number}: a: b")).collect::<Vec<_>>().join("\n");
    assert_eq!(parse_tolerant(&twenty).unwrap().repairs.len(), 20);
}

#[test]
fn what_parses_is_not_mended() {
    let text = "a: “引号”\nb: \"x\\n\"\nc: 'it''s'\nd: [a, \"b\"]\ne: &x 1\nf: *x\n";
    let parsed = parse_tolerant(text).unwrap();
    assert!(parsed.repairs.is_empty());
    assert_eq!(parsed, parse(text).unwrap());
}

/// Both limits of nesting, and texts that make careless parsers slow or large.
#[test]
fn hostile_texts_end_soon() {
    let mega = 1 << 20;
    let deep = |depth: usize| format!("a: {}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parse(&deep(127)).is_ok());
    for text in [deep(128), "a: ".to_owned() + &"[".repeat(mega), "- ".repeat(mega / 2), "[{a: ".repeat(mega / 5)] {
        assert!(parse(&text).is_err());
        assert!(parse_tolerant(&text).is_err());
    }
    let wide = format!("a: &a [{}]\nb: [{}]\n", "1,".repeat(100_000), "*a,".repeat(100_000));
    assert!(parse(&wide).unwrap_err().message.contains("aliases"));
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(200_000), "*a,".repeat(100_000));
    assert!(parse(&long).unwrap_err().message.contains("aliases"));
    let levels = (1..20).map(|level| format!("a{level}: &a{level} [{}]", format!("*a{},", level - 1).repeat(10)));
    let bomb = std::iter::once("a0: &a0 [x]".to_owned()).chain(levels).collect::<Vec<_>>().join(
        "
",
    );
    assert!(parse(&bomb).unwrap_err().message.contains("aliases"));
    assert!(parse("a: &a [*a]\n").is_err());
    let same = "a: 1\n".repeat(mega / 5);
    assert_eq!(parse(&same).unwrap().duplicates.len(), 100);
    assert!(parse(&("%TAG !a! x\n".repeat(100_000) + "---\na: 1\n")).is_err());
    for unit in [
        "a: b: ",
        "'",
        "\"",
        "a\n",
        "&a ",
        "!a ",
        "#\n",
        "|\n",
        "{",
        "{a,",
        "[a:",
        "a: |\n ",
        "- -\n",
        "*a ",
        "---\n",
        "? ",
        "\\",
        "\"\\\"",
        "a: \"b\n",
        "a:b\n",
        "a：\n",
        "a: 1\nb:2\n",
        "-a\n",
        "a:\n-b\n",
        "a: [\n",
        "a: *b\n",
    ] {
        drop(parse_tolerant(&unit.repeat(mega / 16 / unit.len())));
    }
}

fn untagged(value: &serde_yaml::Value) -> &serde_yaml::Value {
    if let serde_yaml::Value::Tagged(tagged) = value { untagged(&tagged.value) } else { value }
}

/// Whether our value says the same as the parser's own type, which knows tags and keys that are no text.
fn equals(node: &Value, other: &serde_yaml::Value) -> bool {
    use serde_yaml::Value as Theirs;
    match (node, other) {
        (_, Theirs::Tagged(tagged)) => equals(node, &tagged.value),
        (Value::Null, Theirs::Null) => true,
        (Value::Bool(a), Theirs::Bool(b)) => a == b,
        (Value::Integer(a), Theirs::Number(b)) => b.as_i64() == Some(*a),
        (Value::Float(a), Theirs::Number(_)) => {
            serde_yaml::from_str::<Theirs>(a).is_ok_and(|a| &a == other || (a.is_number() && a.as_f64() == other.as_f64()))
        }
        (Value::Text(a), Theirs::String(b)) => a == b,
        (Value::List(a), Theirs::Sequence(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equals(&a.value, b)),
        (Value::Map(a), Theirs::Mapping(b)) => {
            a.len() == b.len()
                && a.iter().zip(b).all(|(member, (key, value))| {
                    let key = match untagged(key) {
                        Theirs::String(key) => key == &member.key,
                        Theirs::Sequence(_) | Theirs::Mapping(_) => true,
                        scalar => serde_yaml::from_str::<Theirs>(&member.key).is_ok_and(|ours| &ours == scalar),
                    };
                    key && equals(&member.node.value, value)
                })
        }
        _ => false,
    }
}

#[test]
fn values_are_those_of_the_parser() {
    let documents: Vec<_> = include_str!("documents.txt").split("\n====\n").collect();
    assert!(documents.len() >= 60, "{}", documents.len());
    for document in documents {
        let mut theirs: serde_yaml::Value = serde_yaml::from_str(document).unwrap_or_else(|error| panic!("{error}\n{document}"));
        theirs.apply_merge().unwrap();
        let ours = parse(document).unwrap_or_else(|problem| panic!("{problem}\n{document}"));
        assert!(equals(&ours.value, &theirs), "{document}\n{ours:#?}\n{theirs:#?}");
        assert!(parse(&document.replace('\n', "\r\n")).is_ok());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_value_or_a_problem_in_the_text(text in "\\PC*") {
        check(&text);
    }

    #[test]
    fn any_yaml_like_text_is_a_value_or_a_problem_in_the_text(text in "([ \\t\\n\\r]{0,3}(a|b|键|: |:|：|- |-|\"|'|\\[|\\]|\\{|\\}|,|\\||>|#|&a|\\*a|!t|1\\.10|\\\\|\\?|---\\n|\\x00|%|@|<<: )){0,40}") {
        check(&text);
    }
}

fn check(text: &str) {
    let strict = parse(text);
    if let Err(problem) = &strict {
        let lines = u32::try_from(text.split('\n').count()).unwrap();
        assert!(problem.place.line >= 1 && problem.place.line <= lines && problem.place.column >= 1, "{problem} {text:?}");
    }
    let tolerant = parse_tolerant(text);
    let is_text = strict.as_ref().is_ok_and(|parsed| matches!(parsed.value, Value::Text(_)));
    if strict.is_ok() && !is_text {
        assert_eq!(strict, tolerant);
    }
    if let (Ok(ours), Ok(theirs)) = (strict, serde_yaml::from_str::<serde_yaml::Value>(text))
        && !text.contains("<<")
        && ours.duplicates.is_empty()
    {
        assert!(equals(&ours.value, &theirs), "{text:?}\n{ours:?}\n{theirs:?}");
    }
}
