//! Every finding has a file that causes it, at the right place; and none stops the articles beside it.

use crate::harness::{CONFIG, Site};
use feedloom::diagnostic::Code;
use std::collections::BTreeSet;

/// A finding, the file that causes it (name, bytes), more configuration, and what the message must hold.
pub(crate) type Case = (Code, &'static str, &'static [u8], &'static str, &'static str);

pub(crate) const CASES: &[Case] = &[
    (Code::NotUtf8, "gbk.md", b"---\ntitle: \xd6\xd0\xce\xc4\xb1\xea\xcc\xe2\ndate: 2025-01-01\n---\n\xd5\xe2\xca\xc7\xd2\xbb\xc6\xaa\xd6\xd0\xce\xc4\xce\xc4\xd5\xc2\xa1\xa3", "", "content/gbk.md: warning[FL102]: expected UTF-8, found gb18030"),
    (Code::FrontMatterSyntax, "a.md", b"---\ntitle: a\ntags: [x, y\n---\n\xe6\x96\x87", "", "content/a.md:"),
    (Code::FrontMatterNotClosed, "a.md", "---\ntitle: a\ndate: 2025-01-01\n\n正文。".as_bytes(), "", "content/a.md:"),
    (Code::DuplicateKey, "a.md", "---\ntitle: a\ndate: 2025-01-01\ntitle: b\n---\n文".as_bytes(), "", "content/a.md:4:1: warning[FL105]"),
    (Code::FrontMatterRepaired, "a.md", "---\ntitle: 教程: 第一章\ndate: 2025-01-01\n---\n文".as_bytes(), "", "content/a.md:2:"),
    (Code::ForbiddenCharacter, "a.md", "---\ntitle: a\ndate: 2025-01-01\n---\n一二\u{8}三".as_bytes(), "", "content/a.md:5:3: warning[FL108]: expected text, found U+0008"),
    (Code::DamagedText, "a.md", b"---\ntitle: a\ndate: 2025-01-01\n---\n\xe8\xbf\x99\xe6\x98\xaf\xe4\xb8\x80\xe7\xaf\x87\xe5\xbe\x88\xe9\x95\xbf\xe7\x9a\x84\xe4\xb8\xad\xe6\x96\x87\xe6\x96\x87\xe7\xab\xa0\xff\xe3\x80\x82\xe5\xae\x83\xe5\x8f\xaa\xe5\x9d\x8f\xe4\xba\x86\xe4\xb8\x80\xe4\xb8\xaa\xe5\xad\x97\xe8\x8a\x82", "", "content/a.md:5:12: warning[FL109]"),
    (Code::MissingDate, "a.md", "---\ntitle: a\n---\n文".as_bytes(), "", "content/a.md: warning[FL201]"),
    (Code::UnreadableDate, "a.md", "---\ntitle: a\ndate: 2025-02-30\n---\n文".as_bytes(), "", "content/a.md:3:7: error[FL202]"),
    (Code::LocalTimeUnclear, "a.md", "---\ntitle: a\ndate: 1991-09-15 01:30:00\n---\n文".as_bytes(), "", "content/a.md:3:7: warning[FL203]"),
    (Code::UpdatedBeforePublished, "a.md", "---\ntitle: a\ndate: 2025-02-03\nlastmod: 2025-02-01\n---\n文".as_bytes(), "", "content/a.md:4:10: warning[FL204]"),
    (Code::LanguageGuessed, "a.md", "---\ntitle: a\ndate: 2025-02-03\nlang: cn\n---\n文".as_bytes(), "", "content/a.md:4:7: warning[FL211]"),
    (Code::LanguageInvalid, "a.md", "---\ntitle: a\ndate: 2025-02-03\nlang: q_?\n---\n文".as_bytes(), "", "content/a.md:4:7: warning[FL212]"),
    (Code::LanguageNote, "a.md", "---\ntitle: a\ndate: 2025-02-03\nlang: [zh-CN, en]\n---\n文".as_bytes(), "", "content/a.md:4:7: info[FL213]"),
    (Code::MissingTitle, "a.md", "---\ndate: 2025-02-03\n---\n# 标题\n".as_bytes(), "", "content/a.md: info[FL221]"),
    (Code::BadUrl, "a.md", "---\ntitle: a\ndate: 2025-02-03\n---\n看[这里](javascript:alert(1))。".as_bytes(), "", "content/a.md:5:7: warning[FL222]"),
    (Code::MissingFile, "a.md", "---\ntitle: a\ndate: 2025-02-03\ncover: none.png\n---\n文".as_bytes(), "", "content/a.md:4:8: warning[FL223]"),
    (Code::MissingTailLink, "a.md", "---\ntitle: a\ndate: 2025-02-03\n---\n文".as_bytes(), "content: { link: tail-link }\n", "content/a.md: warning[FL224]"),
    (Code::IncompleteEnclosure, "a.md", "---\ntitle: a\ndate: 2025-02-03\naudio: https://cdn.cn/a.mp3\n---\n文".as_bytes(), "", "content/a.md:4:8: warning[FL225]"),
    (Code::PageResource, "b/index.md", "---\ntitle: a\ndate: 2025-02-03\n---\n文".as_bytes(), "", "content/b/other.md: warning[FL226]"),
    (Code::QueryUnmatched, "a.md", "---\ntitle: a\ndate: 2025-02-03\n---\n文".as_bytes(), "topics: { custom: [ { name: x, query: \"tag:无此\" } ] }\n", "FL303"),
    (Code::MovedNowhere, "a.md", "---\ntitle: a\ndate: 2025-02-03\n---\n文".as_bytes(), "topics: { moved: { 旧: 无此 } }\n", "FL304"),
];

/// Findings that other tests cause.
const ELSEWHERE: &[Code] = &[
    Code::ZoneAssumed,
    Code::TermCollision,
    Code::IdCollision,
    Code::ForeignFile,
    Code::CannotWrite,
    Code::FeedRemoved,
    Code::NotCurrent,
    Code::UnknownKey,
    Code::BadValue,
    Code::NoSiteUrl,
    Code::SiteUnclear,
    Code::SiteSyntax,
    Code::SiteValue,
];

#[test]
fn each_trouble_is_named_at_its_place_and_the_others_are_published() {
    for (code, name, bytes, config, expected) in CASES {
        let site = Site::new(&format!("{CONFIG}{config}")).article("neighbour", "date: 2025-01-09", "邻居。\n\n[邻居](https://e.cn/neighbour/)");
        let site = site.file(&format!("content/{name}"), bytes).file("content/b/other.md", "---\ntitle: o\ndate: 2025-01-01\n---\no");
        let run = site.run(&["build"]);
        assert!(run.err.contains(expected), "{code}: expected {expected}\nin\n{}", run.err);
        assert!(run.err.contains(&format!("[{code}]")), "{code}\nin\n{}", run.err);
        assert!(site.read("feeds/feed.json").contains("https://e.cn/neighbour/"), "{code}: the neighbour is published");
    }
}

#[test]
fn the_other_codes_too() {
    let unclear = Site::new("site: [").run(&["build"]);
    assert!(unclear.code == 2 && unclear.err.contains("FL503"), "{}", unclear.err);
    let empty = Site::usual().run(&["build"]);
    assert!(empty.code == 2 && empty.err.contains("FL505"), "{}", empty.err);
    let blank = Site::usual().file("content/a.md", " \n").article("b", "date: 2025-01-01", "b").run(&["build"]);
    assert!(blank.code == 0 && blank.err.contains("content/a.md: warning[FL110]"), "{}", blank.err);
    assert!(blank.out.starts_with("2 articles: 1 shown, 1 held back (1 empty)"), "{}", blank.out);
    let shape = Site::usual().article("a", "date: [2025-01-01, 2025-01-02]\nlang: {a: b}", "x。").run(&["build"]);
    assert!(shape.err.contains("FL107"), "{}", shape.err);
}

#[cfg(unix)]
#[test]
fn what_is_no_readable_file_is_named() {
    let site = Site::usual().article("a", "date: 2025-01-01", "x").file("content/b.md", [0_u8, 1, 2, 3].repeat(64));
    std::fs::create_dir(site.path("content/dir.md")).unwrap();
    std::os::unix::fs::symlink("loop.md", site.path("content/loop.md")).unwrap();
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("content/b.md: error[FL101]: expected text, found other bytes"), "{}", run.err);
    assert!(run.err.contains("content/loop.md: warning[FL101]: expected a file or a folder, found a symbolic link"), "{}", run.err);
}

#[test]
fn a_switch_that_cannot_be_read_holds_back() {
    let site = Site::usual().article("a", "date: 2025-01-01\ndraft: ture", "x").article("b", "date: 2025-01-01\npassword: abc", "secret").article(
        "c",
        "date: 2025-01-01",
        "c",
    );
    let run = site.build();
    assert!(run.err.contains("content/a.md:4:8: warning[FL107]"), "{}", run.err);
    assert!(run.out.starts_with("3 articles: 1 shown, 2 held back (1 draft, 1 excluded)"), "{}", run.out);
    assert!(!site.read("feeds/feed.json").contains("secret"));
}

#[test]
fn what_is_held_back_is_no_reason_to_fail() {
    let site = Site::usual().article("a", "date: soon\ndraft: true", "x").article("c", "date: 2025-01-01", "c");
    assert_eq!(site.run(&["build"]).code, 0);
}

#[test]
fn every_code_is_caused_somewhere() {
    // `withheld.rs` has feeds that are not published, `serve.rs` a port that is taken. FL6xx are found in feeds, and `wild.rs` has a feed for each; FL7xx are about sources, and `planet.rs` causes each. FL8xx are differences, and `diff.rs` and the tests of
    // `pipeline::diff` have each. FLxxxx are the linter's.
    let in_feeds = |code: &&Code| ["FL6", "FL7", "FL8"].iter().any(|group| code.as_str().starts_with(group)) || code.as_str().len() > 5;
    let mut caused: BTreeSet<Code> = CASES.iter().map(|case| case.0).chain(ELSEWHERE.iter().copied()).collect();
    caused.extend([
        Code::ConfigSyntax,
        Code::EmptyArticle,
        Code::NoArticles,
        Code::WrongShape,
        Code::UnreadableFile,
        Code::FeedWithheld,
        Code::CannotServe,
    ]);
    caused.extend(Code::ALL.iter().filter(in_feeds));
    let missing: Vec<_> = Code::ALL.iter().filter(|code| !caused.contains(code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_broken_article_is_not_published_and_the_run_ends_with_1() {
    let site = Site::usual().file("content/a.md", "---\ntitle: a\ntags: [x, y\n---\n文").article("b", "date: 2025-01-01", "好。");
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1);
    assert!(run.out.starts_with("2 articles: 1 shown, 1 unreadable\n"), "{}", run.out);
    assert_eq!(site.json("feeds/feed.json")["items"].as_array().unwrap().len(), 1);
}

#[test]
fn an_article_without_a_date_goes_last_and_gets_none() {
    let site = Site::usual().article("dated", "date: 1999-01-01", "旧。").article("undated", "tags: [x]", "无。");
    site.build();
    let items = site.json("feeds/feed.json")["items"].clone();
    assert_eq!(items[1]["title"], "undated");
    assert_eq!((&items[1]["date_published"], &items[1]["date_modified"]), (&serde_json::Value::Null, &serde_json::Value::Null));
    assert_eq!(site.read("feeds/rss.xml").matches("<pubDate>").count(), 1);
    let atom = site.read("feeds/atom.xml");
    assert!(atom.contains("<updated>2000-01-01T00:00:00+00:00</updated>"), "{atom}");
}

#[test]
fn a_rule_in_the_body_does_not_close_front_matter_that_nothing_closes() {
    let site = Site::usual().file("content/a.md", "---\ntitle: 甲\ndate: 2025-01-02\n\n# 一、安装\n\nNote: 先备份。\n\n---\n\n然后升级。\n");
    let run = site.build();
    assert!(run.err.contains("FL104"), "{}", run.err);
    let html = site.json("feeds/feed.json")["items"][0]["content_html"].as_str().unwrap().to_owned();
    assert!(html.contains("先备份") && html.contains("然后升级"), "{html}");
    let site = Site::usual().file("content/a.md", "---\ntitle: 甲\n\n# 以下可选\ndate: 2025-01-02\n---\n正文。\n");
    assert_eq!(site.build().err, "");
}
