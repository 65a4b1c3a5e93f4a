//! What people are told in Chinese: whole sentences, with no English left in them.

use crate::harness::{CONFIG, Run, Site, run};
use crate::{trouble, wild};
use feedloom::report::Words;

/// What a run says of its findings in English: messages and helps.
fn said(run: &Run) -> Vec<String> {
    let said = |line: &str| match line.strip_prefix("   help: ") {
        Some(help) => Some(help.to_owned()),
        None => line.split_once("[FL").and_then(|(_, finding)| finding.split_once("]: ")).map(|(_, message)| message.to_owned()),
    };
    run.err.lines().filter_map(said).collect()
}

/// Whether English words stand side by side outside of quotes, paths, commands and addresses.
fn has_english(chinese: &str) -> bool {
    const WORDS: &[&str] = &["an", "the", "of", "is", "it", "was", "were", "expected", "found", "with", "that", "which", "no", "from", "to"];
    let outside: String = chinese.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    outside.split(|c: char| !c.is_ascii_alphabetic()).any(|word| WORDS.contains(&word))
}

fn untranslated(run: &Run) -> Vec<String> {
    let is_left = |english: &String| Words::Chinese.translation(english).is_none_or(|chinese| has_english(&chinese));
    said(run).into_iter().filter(is_left).collect()
}

#[test]
fn findings_of_articles_and_feeds_are_said_in_chinese() {
    let mut left = Vec::new();
    for (_, name, bytes, config, _) in trouble::CASES {
        let site = Site::new(&format!("{CONFIG}{config}")).article("neighbour", "date: 2025-01-09", "邻居。\n\n[邻居](https://e.cn/neighbour/)");
        let run = site.file(&format!("content/{name}"), bytes).file("content/b/other.md", "---\ntitle: o\ndate: 2025-01-01\n---\no").run(&["build"]);
        assert!(!said(&run).is_empty(), "{name}: {}", run.err);
        left.extend(untranslated(&run));
    }
    let folder = tempfile::tempdir().unwrap();
    for (code, bytes, ..) in wild::cases() {
        std::fs::write(folder.path().join("feed"), &bytes).unwrap();
        let run = run(folder.path(), &["inspect", "feed"], &[]);
        assert!(!said(&run).is_empty(), "{code}: {}", run.err);
        left.extend(untranslated(&run));
    }
    assert!(left.is_empty(), "{left:#?}");
}

#[test]
fn findings_of_configurations_are_said_in_chinese() {
    let mut left = Vec::new();
    for config in [
        "site: [",
        "sit: { title: a }",
        "site: { title: a, url: ftp://e.cn/ }",
        "site: { title: a }",
        "site: { title: a, url: \"https://e.cn/\", language: q_? }",
        "site: { title: a, url: \"https://e.cn/\", timezone: Asia/Nowhere }",
        "site: { title: a, url: \"https://e.cn/\" }\nfeeds: { limit: many }",
        "site: { title: a, url: \"https://e.cn/\" }\nfeeds: { formats: [rss, pdf] }",
        "site: { title: a, url: \"https://e.cn/\" }\nsources: { list: [{ title: a }] }",
        CONFIG,
    ] {
        let run = Site::new(config).run(&["build"]);
        assert_eq!(run.code, 2, "{config}: {}", run.err);
        assert!(!said(&run).is_empty(), "{config}: {}", run.err);
        left.extend(untranslated(&run));
    }
    assert!(left.is_empty(), "{left:#?}");
}

#[test]
fn the_language_is_that_of_the_environment_or_the_one_that_is_asked_for() {
    let site = Site::usual().article("a", "", "文。");
    let chinese = |arguments: &[&str], environment: &[(&str, &str)]| {
        let run = run(&site.path(""), arguments, environment);
        (run.out.contains("1 篇文章：发布 1 篇\n"), run.err.contains("警告[FL201]: 文首元数据中应有 `date`，但没有"))
    };
    assert_eq!(chinese(&["build"], &[]), (false, false));
    assert_eq!(chinese(&["build", "--lang", "zh"], &[]), (true, true));
    assert_eq!(chinese(&["build"], &[("LC_ALL", "zh_CN.UTF-8")]), (true, true));
    assert_eq!(chinese(&["build"], &[("LC_ALL", ""), ("LC_MESSAGES", ""), ("LANG", "zh_TW.UTF-8")]), (true, true));
    assert_eq!(chinese(&["build", "--lang", "en"], &[("LC_ALL", "zh_CN.UTF-8")]), (false, false));
    // Programs get English unless somebody asks for more.
    let json = run(&site.path(""), &["build", "--json"], &[("LC_ALL", "zh_CN.UTF-8")]);
    assert!(json.out.contains("expected a `date` in the front matter"), "{}", json.out);
}

#[test]
fn rules_are_explained_in_chinese() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("feed.xml"), "<rss version=\"2.0\"><channel><title>t</title><item><title>a</title></item></channel></rss>")
        .unwrap();
    let lint = run(folder.path(), &["lint", "feed.xml", "--lang", "zh"], &[]);
    assert!((lint.out + &lint.err).contains("帮助: 添加页面的地址"));
    let rule = run(folder.path(), &["lint", "--explain", "FL1103", "--lang", "zh"], &[]);
    assert!(rule.out.contains("添加页面的地址"), "{}", rule.out);
    let rules = run(folder.path(), &["lint", "--rules", "--lang", "zh"], &[]);
    assert!(rules.out.contains("缺少链接"), "{}", rules.out);
}
