//! Tests of `syntax`: tables of cases, and laws for any input.

use super::*;

fn node(value: Value) -> Node {
    Node::new(value, Place { line: 2, column: 3 })
}

#[test]
fn truth_is_read_as_people_write_it() {
    for (text, truth) in [
        ("true", Some(true)),
        ("Yes", Some(true)),
        (" ON ", Some(true)),
        ("1", Some(true)),
        ("false", Some(false)),
        ("no", Some(false)),
        ("off", Some(false)),
        ("0", Some(false)),
        ("2", None),
        ("", None),
        ("是", None),
    ] {
        assert_eq!(node(Value::Text(text.to_owned())).as_bool(), truth, "{text}");
    }
    assert_eq!(node(Value::Bool(false)).as_bool(), Some(false));
    assert_eq!(
        (node(Value::Integer(1)).as_bool(), node(Value::Integer(0)).as_bool(), node(Value::Integer(2)).as_bool()),
        (Some(true), Some(false), None)
    );
    assert_eq!(node(Value::Null).as_bool(), None);
}

#[test]
fn nothing_to_use() {
    for value in [Value::Null, Value::Text(" \n".to_owned()), Value::List(Vec::new()), Value::Map(Map::new())] {
        assert!(node(value).is_null_or_empty());
    }
    for value in [Value::Bool(false), Value::Integer(0), Value::Text("x".to_owned()), Value::List(vec![node(Value::Null)])] {
        assert!(!node(value).is_null_or_empty());
    }
}

#[test]
fn keys_are_found_in_any_case_exact_first() {
    let mut map = Map::new();
    assert!(map.is_empty());
    for (key, value) in [("Title", 1), ("TITLE", 2), ("date", 3)] {
        assert_eq!(map.insert(key, node(Value::Integer(value))), None);
    }
    let found = |key: &str| map.get_ignore_case(key).map(|(key, node)| (key.to_owned(), node.as_integer().unwrap()));
    assert_eq!(found("title"), Some(("TITLE".to_owned(), 2)));
    assert_eq!(found("Title"), Some(("Title".to_owned(), 1)));
    assert_eq!(found("DATE"), Some(("date".to_owned(), 3)));
    assert_eq!(found("tags"), None);
    assert!(map.get("title").is_none());
    assert_eq!(map.insert("date", node(Value::Integer(4))).and_then(|old| old.as_integer()), Some(3));
    assert_eq!((map.len(), map.get("date").and_then(Node::as_integer)), (3, Some(4)));
    assert_eq!(map.iter().next().map(|member| member.key_place), Some(Place { line: 2, column: 3 }));
}

#[test]
fn a_problem_prints_its_place() {
    assert_eq!(
        yaml::parse("a: b: c").unwrap_err().to_string(),
        "line 1, column 5: expected one `key: value` in the line, found a second `: `; a value that holds `: ` needs quotes"
    );
}
