//! The command line: exit codes, what goes where, what mistakes look like.

use crate::harness::{CONFIG, Site, run};

fn site() -> Site {
    Site::usual().article("one", "date: 2025-02-14 10:11:09\ncategories: [科技]\ntags: [a, b]", "第一篇。")
}

#[test]
fn a_build_says_in_a_few_lines_what_it_did() {
    let run = site().build();
    assert_eq!(run.out, "1 article: 1 shown\n4 topics, 12 feeds in feeds\n17 files: 0 unchanged, 0 changed, 17 added, 0 removed\n");
    assert_eq!(run.err, "");
}

#[test]
fn topics_for_programs() {
    let run = site().run(&["topics", "--json"]);
    let rows: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(
        rows[0],
        serde_json::json!({"taxonomy": "category", "term": "科技", "slug": "科技", "count": 1, "language": "zh-CN",
            "feeds": ["feeds/categories/科技/rss.xml", "feeds/categories/科技/atom.xml", "feeds/categories/科技/feed.json"]})
    );
    assert_eq!(rows.as_array().unwrap().len(), 3);
}

#[test]
fn topics_for_people_stand_in_columns() {
    let run = site().run(&["topics"]);
    assert_eq!(
        run.out,
        "taxonomy  term  entries  language  feeds in\ncategory  科技  1        zh-CN     feeds/categories/科技\ntag       a     1        zh-CN     feeds/tags/a\ntag       b     1        zh-CN     feeds/tags/b\n"
    );
}

#[test]
fn explain_says_where_everything_is_from() {
    let site = site();
    let run = site.run(&["explain", "content/one.md"]);
    assert_eq!(run.code, 0, "{}", run.err);
    // Without the columns: name, value, source.
    let words = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for line in [
        "title one ← the front matter link https://e.cn/one/ ← the permalink template",
        "language zh-CN ← the site's language",
        "published 2025-02-14T10:11:09+08:00 ← front matter `date`, zone Asia/Shanghai assumed",
        "summary 第一篇。 ← derived from the body",
    ] {
        assert!(words.contains(line), "{line}\nin\n{words}");
    }
    let facts: serde_json::Value = serde_json::from_str(&site.run(&["explain", "content/one.md", "--json"]).out).unwrap();
    assert_eq!(facts[0]["fact"], "title");
    let run = site.run(&["explain", "content/two.md"]);
    assert_eq!((run.code, run.err.contains("expected an article below content, found none")), (2, true), "{}", run.err);
}

#[test]
fn findings_for_programs_go_to_stdout() {
    let site = site().article("two", "date: 明天", "x。");
    let run = site.run(&["build", "--format", "json"]);
    let findings: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(run.code, 1);
    assert_eq!(
        (findings[0]["file"].as_str(), findings[0]["line"].as_u64(), findings[0]["code"].as_str()),
        (Some("content/two.md"), Some(3), Some("FL202"))
    );
    assert!(run.err.contains("2 articles: 2 shown"), "{}", run.err);
    let run = site.run(&["build", "--format", "github"]);
    assert!(run.out.starts_with("::error file=content/two.md,line=3,col=7,title=FL202"), "{}", run.out);
    assert_eq!(site.run(&["build", "--format", "jsonl"]).out.lines().count(), 1);
}

#[test]
fn severities_decide_the_exit_code() {
    let site = site().article("two", "tags: [c]", "没有日期。");
    assert_eq!(site.run(&["build"]).code, 0);
    assert_eq!(site.run(&["build", "--strict"]).code, 1);
    assert_eq!(site.run(&["build", "--fail-on", "warning"]).code, 1);
    let site = site.article("three", "date: 明天", "x。");
    assert_eq!(site.run(&["build"]).code, 1);
    assert_eq!(site.run(&["build", "--fail-on", "never"]).code, 0);
}

#[test]
fn mistakes_in_the_configuration_are_all_named_with_their_place() {
    let site = Site::new(
        "site:\n  titel: x\n  url: example.org\n  language: zh_XX_YY\nfeeds:\n  formats: [rss, ras]\n  limit: viele\ntopics:\n  slugs: latin\n  custom:\n    - query: \"category:\"\n",
    );
    let run = site.run(&["build"]);
    assert_eq!(run.code, 2);
    for expected in [
        "feedloom.yaml:2:3: error[FL501]: expected a known key, found `site.titel`",
        "help: did you mean `site.title`?",
        "feedloom.yaml:3:8: error[FL502]: `site.url`: expected an http(s) address such as https://example.org/, found `example.org`",
        "feedloom.yaml:4:13: error[FL502]",
        "feedloom.yaml:6:18: error[FL502]: `feeds.formats`: expected rss, atom or json, found `ras`",
        "feedloom.yaml:7:10: error[FL502]: `feeds.limit`: expected a whole number from 0, found `viele`",
        "feedloom.yaml:9:10: error[FL502]: `topics.slugs`: expected keep, pinyin or ascii, found `latin`",
    ] {
        assert!(run.err.contains(expected), "{expected}\nin\n{}", run.err);
    }
    assert!(!site.exists("feeds"));
}

#[test]
fn a_site_without_an_address_is_a_clear_error_and_flags_help() {
    let site = Site::new("").article("one", "date: 2025-02-14T10:11:09+08:00", "第一篇。");
    let run = site.run(&["build"]);
    assert_eq!((run.code, run.err.contains("FL504")), (2, true), "{}", run.err);
    let run = site.run(&["build", "--base-url", "https://e.cn", "--language", "zh-CN", "--timezone", "Asia/Shanghai"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(site.json("feeds/feed.json")["language"], "zh-CN");
}

#[test]
fn keys_can_be_set_from_the_command_line() {
    let site = site();
    let run = site.run(&["build", "--set", "feeds.formats=[json]", "--set", "site.title=别名"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(site.json("feeds/feed.json")["title"], "别名");
    assert!(!site.exists("feeds/rss.xml"));
    let run = site.run(&["build", "--set", "feeds.formatz=[json]"]);
    assert_eq!((run.code, run.err.contains("--set: error[FL501]")), (2, true), "{}", run.err);
}

#[test]
fn the_configuration_is_found_upwards_and_paths_are_relative_to_it() {
    let site = site().file("content/deep/er/x.txt", "");
    let inner = run(&site.path("content/deep/er"), &["build"], &[]);
    assert_eq!(inner.code, 0, "{}", inner.err);
    assert!(site.exists("feeds/rss.xml"));
    let elsewhere = tempfile::tempdir().unwrap();
    let root = site.path("");
    let run = run(elsewhere.path(), &["build", "--root", root.to_str().unwrap(), "--out", "here"], &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(elsewhere.path().join("here/rss.xml").exists(), "--out is relative to the working folder");
}

#[test]
fn what_is_held_back_is_counted_and_listed() {
    let site = Site::new(CONFIG)
        .article("draft", "date: 2025-02-14\ndraft: true", "x")
        .article("future", "date: 2099-02-14", "x")
        .article("expired", "date: 2020-02-14\nexpiryDate: 2021-01-01", "x")
        .article("excluded", "date: 2025-02-14\nfeed: false", "x")
        .article("shown", "date: 2025-02-14", "x");
    let run = site.build();
    assert!(run.out.starts_with("5 articles: 1 shown, 4 held back (1 draft, 1 future, 1 expired, 1 excluded)\n"), "{}", run.out);
    for line in [
        "held back: content/draft.md (draft)",
        "held back: content/future.md (future)",
        "held back: content/expired.md (expired)",
        "held back: content/excluded.md (excluded)",
    ] {
        assert!(run.out.contains(line), "{line}\n{}", run.out);
    }
    let count = |arguments: &[&str]| {
        assert_eq!(site.run(arguments).code, 0);
        site.json("feeds/feed.json")["items"].as_array().unwrap().len()
    };
    assert_eq!(count(&["build", "--drafts"]), 2);
    assert_eq!(count(&["build", "--future"]), 2);
    assert_eq!(count(&["build", "--now", "2020-06-01T00:00:00Z", "--future"]), 3);
}

#[test]
fn the_clock_decides_what_is_held_back_but_not_what_is_written() {
    let site = site();
    site.run(&["build", "--now", "2025-03-01T00:00:00Z"]);
    let before = site.output();
    site.run(&["build", "--now", "2031-03-01T00:00:00Z"]);
    assert_eq!(site.output(), before);
}
