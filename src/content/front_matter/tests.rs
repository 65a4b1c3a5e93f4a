//! Tests of `front_matter`: tables of cases, and laws for any input.

use super::*;
use crate::diagnostic::Severity;
use proptest::prelude::*;

fn run(text: &str) -> (Result<(FrontMatter, &str), ()>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let split = split(text, &Arc::from("content/a.md"), &mut findings);
    (split, findings)
}

/// The front matter and body of a file that has nothing wrong.
fn fine(text: &str) -> (FrontMatter, &str) {
    let (split, findings) = run(text);
    assert!(findings.is_empty(), "{text:?}: {findings:?}");
    split.unwrap_or_else(|()| panic!("{text:?}"))
}

fn title(front: &FrontMatter) -> Option<String> {
    front.fields.get("title").and_then(syntax::Node::as_text)
}

#[test]
fn every_shape_gives_its_fields_and_body() {
    for (text, kind, body, body_line, title_line) in [
        ("---\ntitle: 题\n---\n正文\n", Kind::Yaml, "正文\n", 4, 2),
        ("---\r\ntitle: 题\r\n---\r\n正文\r\n", Kind::Yaml, "正文\r\n", 4, 2),
        ("\u{FEFF}---\ntitle: 题\n---\n正文", Kind::Yaml, "正文", 4, 2),
        ("\n  \n---\ntitle: 题\n---\n正文", Kind::Yaml, "正文", 6, 4),
        ("---  \t\ntitle: 题\n--- \n正文", Kind::Yaml, "正文", 4, 2),
        ("---\ntitle: 题\n...\n正文", Kind::Yaml, "正文", 4, 2),
        ("-----\ntitle: 题\n-----\n正文", Kind::Yaml, "正文", 4, 2),
        ("---\ntitle: 题\n---", Kind::Yaml, "", 4, 2),
        ("---\n\n# note\ntitle: 题\n\ntags: [a]\n---\n\n正文\n\n---\n\n后\n", Kind::Yaml, "\n正文\n\n---\n\n后\n", 8, 4),
        ("---\ntitle: 题\ns: |\n  a\n  ---\n  b\n---\n正文", Kind::Yaml, "正文", 8, 2),
        ("---\n{title: 题}\n---\n正文", Kind::Yaml, "正文", 4, 2),
        ("+++\ntitle = \"题\"\n+++\n正文", Kind::Toml, "正文", 4, 2),
        ("+++ \r\ntitle = \"题\"\r\n+++\r\n正文", Kind::Toml, "正文", 4, 2),
        ("{\"title\": \"题\"}\n正文", Kind::Json, "正文", 2, 1),
        ("\n{\n  \"title\": \"题\"\n}\n\n正文", Kind::Json, "\n正文", 5, 3),
        ("{ \"title\": \"题\" } 正文", Kind::Json, " 正文", 1, 1),
        (";;;\n\"title\": \"题\",\n\"a\": [1]\n;;;\n正文", Kind::Json, "正文", 5, 2),
        (";;;\n{\n\"title\": \"题\"}\n;;;\n正文", Kind::Json, "正文", 5, 3),
        ("title: 题\ndate: 2025-01-01\n---\n正文", Kind::Yaml, "正文", 4, 1),
        ("\nTitle: x\ntitle: 题\n-----\n正文", Kind::Yaml, "正文", 5, 3),
    ] {
        let (front, rest) = fine(text);
        assert_eq!((front.kind, rest, front.body_line), (kind, body, body_line), "{text:?}");
        assert_eq!(text.get(front.body_start..), Some(body), "{text:?}");
        let line = text.bytes().take(front.body_start).filter(|&byte| byte == b'\n').count() + 1;
        assert!(front.body_line as usize == line || body.is_empty(), "{text:?}");
        assert_eq!(title(&front).as_deref(), Some("题"), "{text:?}");
        assert_eq!(front.fields.get("title").map(|node| node.place.line + front.line_offset), Some(title_line), "{text:?}");
    }
}

#[test]
fn texts_without_front_matter_are_all_body() {
    for text in [
        "",
        "\n\n",
        "正文",
        "# 题\n\n正文",
        "---\n\n正文\n\n---\n\n更多\n",
        "---\n正文\n",
        "---\n\n正文\n",
        "---",
        "{{< figure src=\"a\" >}}\n正文",
        "{% raw %}\n正文",
        "{正文}",
        "<!-- title: x -->\n---\n",
        "说明: 正文\n---\n",
        "Note: text\n---\nmore",
        "title: a\n\n正文",
        "title 与 date\n---\n",
        "date: [\n---\n",
        "++++\n",
        "--\ntitle: a\n--\n",
    ] {
        let (front, body) = fine(text);
        assert_eq!((front.kind, front.body_start, front.body_line, body), (Kind::None, 0, 1, text), "{text:?}");
        assert!(front.fields.is_empty());
    }
    let (front, body) = fine("\u{FEFF}正文");
    assert_eq!((front.kind, front.body_start, body), (Kind::None, 3, "正文"));
}

#[test]
fn empty_front_matter_has_no_fields() {
    for text in ["---\n---\nx", "---\n\n---\nx", "---\n# note\n---\nx", "+++\n+++\nx", "{}\nx", ";;;\n;;;\nx"] {
        let (front, body) = fine(text);
        assert!(front.fields.is_empty() && front.kind != Kind::None, "{text:?}");
        assert_eq!(body, "x", "{text:?}");
    }
}

#[test]
fn front_matter_that_is_not_closed_is_used_up_to_the_empty_line() {
    for (text, kind, body, body_line, named) in [
        ("---\ntitle: 题\ntags: [a]\n\n正文\n", Kind::Yaml, "正文\n", 5, "line 3"),
        ("---\ntitle: 题\n\n正文\n\n---\n\n更多: 内容\n", Kind::Yaml, "正文\n\n---\n\n更多: 内容\n", 4, "line 2"),
        ("\n---\r\ntitle: 题\r\n\r\n正文", Kind::Yaml, "正文", 5, "line 3"),
        ("---\ntitle: 题\n", Kind::Yaml, "", 3, "line 2"),
        ("---\ntitle: 题", Kind::Yaml, "", 3, "line 2"),
        ("+++\ntitle = \"题\"\n\n正文", Kind::Toml, "正文", 4, "line 2"),
    ] {
        let (split, findings) = run(text);
        let (front, rest) = split.unwrap_or_else(|()| panic!("{text:?} {findings:?}"));
        assert_eq!((front.kind, rest, front.body_line), (kind, body, body_line), "{text:?}");
        assert_eq!(title(&front).as_deref(), Some("题"), "{text:?}");
        assert_eq!(findings.len(), 1, "{text:?}");
        assert_eq!(findings[0].code, Code::FrontMatterNotClosed, "{text:?}");
        assert!(findings[0].message.contains(named), "{text:?}: {}", findings[0].message);
        assert!(findings[0].place.excerpt.as_deref().is_some_and(|line| line.starts_with(['-', '+'])), "{text:?}");
    }
}

/// Each text, its body, the line named as the last one, and the text of one field.
#[test]
fn front_matter_that_is_not_closed_ends_where_the_body_begins() {
    for (text, body, last, key, value) in [
        ("---\ntitle: 题\ndate: 2025-01-03\n正文第一行\n第二行\n", "正文第一行\n第二行\n", 3, "date", "2025-01-03"),
        ("---\r\ntitle: 题\r\n正文\r\n", "正文\r\n", 2, "title", "题"),
        ("---\ntitle: 题\n正文\n\n---\n\n后\n", "正文\n\n---\n\n后\n", 2, "title", "题"),
        ("---\ntitle: 题\n# 标题\n\n正文\n", "# 标题\n\n正文\n", 2, "title", "题"),
        ("---\ntitle: 题\n# note\ndate: 1\n正文\n", "正文\n", 4, "date", "1"),
        ("---\ntitle: 题\n\n# 标题\n\ndate: 1\n", "# 标题\n\ndate: 1\n", 2, "title", "题"),
        ("---\ntitle: 题\nThis is how it works: first\n", "This is how it works: first\n", 2, "title", "题"),
        ("---\ntitle: 题\nhttps://example.org/\n", "https://example.org/\n", 2, "title", "题"),
        ("---\ntitle: 题\n- 一\n- 二\n", "- 一\n- 二\n", 2, "title", "题"),
        ("---\ntitle: 题\n\n- 一\n\n---\n\n后", "- 一\n\n---\n\n后", 2, "title", "题"),
        ("---\ntags:\n- a\n- b\n\n- 一\n", "- 一\n", 4, "tags", ""),
        ("---\ntags:\n\n  - a\ntitle: 题\n正文", "正文", 5, "title", "题"),
        ("---\ntitle: 题\n\ndate: 1\n\n正文\n", "正文\n", 4, "date", "1"),
        ("---\ntitle: 题\n\ntitle: 正文\n", "title: 正文\n", 2, "title", "题"),
        ("---\ndescription: |\n  一\n\n  二\ntitle: 题\n\n正文\n", "正文\n", 6, "description", "一\n\n二\n"),
        ("---\ntags: [\n  a\n]\ntitle: 题\n正文\n", "正文\n", 5, "title", "题"),
        ("---\n\"title\": 题\nx-y: 1\n正文\n", "正文\n", 3, "x-y", "1"),
        ("---\ntitle: 题\n---- \n正文\n", "---- \n正文\n", 2, "title", "题"),
    ] {
        let (split, findings) = run(text);
        let (front, rest) = split.unwrap_or_else(|()| panic!("{text:?} {findings:?}"));
        assert_eq!(rest, body, "{text:?}");
        let line = text.bytes().take(front.body_start).filter(|&byte| byte == b'\n').count() + 1;
        assert_eq!((front.body_line as usize, front.line_offset), (line, 1), "{text:?}");
        assert_eq!(front.fields.get(key).and_then(syntax::Node::as_text).unwrap_or_default(), value, "{text:?}");
        let told: Vec<_> = findings.iter().map(|finding| (finding.code, finding.place.line)).collect();
        assert_eq!(told, [(Code::FrontMatterNotClosed, 1)], "{text:?}");
        assert!(findings[0].message.contains(&format!("line {last} was taken")), "{text:?}: {}", findings[0].message);
    }
}

#[test]
fn faults_of_colons_are_mended_in_front_matter() {
    for (text, body, places) in [
        ("---\ntitle：题\nDate:2025-01-03\n---\n正文", "正文", vec![(Code::FrontMatterRepaired, 2, 6), (Code::FrontMatterRepaired, 3, 6)]),
        ("---\ntitle:题\n\nDate:2025-01-03\n---\n正文", "正文", vec![(Code::FrontMatterRepaired, 2, 7), (Code::FrontMatterRepaired, 4, 6)]),
        ("---\ntitle：题\n\n正文", "正文", vec![(Code::FrontMatterNotClosed, 1, 1), (Code::FrontMatterRepaired, 2, 6)]),
        (
            "---\nDate:2025-01-03\ntitle:\u{A0}题\ntags:\n-x\n正文",
            "正文",
            vec![
                (Code::FrontMatterNotClosed, 1, 1),
                (Code::FrontMatterRepaired, 2, 6),
                (Code::FrontMatterRepaired, 3, 7),
                (Code::FrontMatterRepaired, 5, 2),
            ],
        ),
    ] {
        let (split, findings) = run(text);
        let (front, rest) = split.unwrap_or_else(|()| panic!("{text:?} {findings:?}"));
        assert_eq!((title(&front).as_deref(), rest), (Some("题"), body), "{text:?}");
        let told: Vec<_> = findings.iter().map(|finding| (finding.code, finding.place.line, finding.place.column)).collect();
        assert_eq!(told, places, "{text:?}");
    }
}

#[test]
fn broken_front_matter_is_an_error_with_a_place_in_the_file() {
    for (text, line, column, words) in [
        ("---\ntitle: a\ntags: [a, b\ndate: 1\n---\nx", 3, 7, "`]` at the end"),
        ("---\ntitle: a\n\ntags: [a, b\ndate: 1\n---\nx", 4, 7, "`]` at the end"),
        ("---\ntitle: a\nword\n\ncustom: 1\n---\nx", 3, 1, "`:` behind the key"),
        ("---\ntitle: a\nword\n\ntags: [b]\n\n---\nx", 3, 1, "`:` behind the key"),
        ("\n---\ntitle: a\nword\nb: 1\n---\nx", 4, 1, "`:` behind the key"),
        ("---\n- a: 1\n- b\n---\nx", 2, 1, "found a list"),
        ("---\ntext\n---\nx", 2, 1, "found a single value"),
        ("---\ntitle: [\n\n正文\n", 2, 8, "`---` that closes the front matter is missing"),
        ("---\nNote: x\n\n正文\n", 1, 1, "`---` that closes the front matter, found none"),
        ("\n---\ntags: @x: [\n  - a\n正文\n", 3, 7, "`---` that closes the front matter is missing"),
        ("+++\ntitle = a\n+++\nx", 2, 9, "expected"),
        ("+++\na = 1\na = 2\n+++\nx", 3, 1, "stands before"),
        ("{\n\"a\": 1\n\"b\": 2\n}\nx", 3, 1, "`,` or `}`"),
        ("\n\n{\"a\": \nx", 4, 1, "a value"),
        (";;;\n\"a\": x\n;;;\n", 2, 6, "a value"),
        (";;;\n\"a\": 1\n", 1, 1, "closes"),
    ] {
        let (split, findings) = run(text);
        assert!(split.is_err(), "{text:?}");
        let last = findings.last().unwrap();
        assert_eq!((last.code, last.severity), (Code::FrontMatterSyntax, Severity::Error));
        assert!(last.message.contains(words), "{text:?}: {}", last.message);
        assert_eq!((last.place.line, last.place.column), (line, column), "{text:?}: {}", last.message);
        assert_eq!(last.place.excerpt.as_deref(), text.lines().nth(line as usize - 1), "{text:?}");
        assert_eq!(&*last.place.path, "content/a.md");
    }
}

#[test]
fn double_keys_and_repairs_are_told_with_their_places_in_the_file() {
    let text = "\n---\ntitle: 一: 二\ntags:\n\t- a\ntitle: 三\n---\n正文";
    let (split, findings) = run(text);
    let (front, body) = split.unwrap();
    assert_eq!((title(&front).as_deref(), body, front.line_offset), (Some("三"), "正文", 2));
    let told: Vec<_> = findings.iter().map(|finding| (finding.code, finding.place.line, finding.place.column, finding.place.length)).collect();
    assert_eq!(told, [(Code::DuplicateKey, 6, 1, 5), (Code::FrontMatterRepaired, 3, 8, 0), (Code::FrontMatterRepaired, 5, 1, 0)]);
    assert!(findings[0].message.contains("in line 3 and again in line 6"), "{}", findings[0].message);
    assert_eq!(findings[2].place.excerpt.as_deref(), Some("\t- a"));
    assert!(findings.iter().all(|finding| finding.severity == Severity::Warning && finding.help.is_some()));
}

#[test]
fn json_tells_double_keys_where_hexo_leaves_the_braces_out() {
    let (split, findings) = run(";;;\n\"title\": 1,\n\"title\": 2\n;;;\n");
    assert_eq!(title(&split.unwrap().0).as_deref(), Some("2"));
    assert_eq!((findings[0].code, findings[0].place.line), (Code::DuplicateKey, 3));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_body_is_the_end_of_the_text(text in "(---|\\+\\+\\+|;;;|\\{|\\}|title: a|a = 1|\"a\": 1|- b|正文|\\.\\.\\.|\u{FEFF}|\t|: |\n|\n|\r\n){0,20}") {
        let (split, findings) = run(&text);
        match split {
            Ok((front, body)) => {
                prop_assert_eq!(text.get(front.body_start..), Some(body));
                prop_assert!(findings.iter().all(|finding| finding.severity != Severity::Error));
            }
            Err(()) => prop_assert!(findings.iter().any(|finding| finding.code == Code::FrontMatterSyntax)),
        }
        for finding in findings {
            prop_assert!(finding.place.line as usize <= text.split('\n').count());
        }
    }
}
