//! A site of Hugo, Hexo, Jekyll or Zola is understood as it is: what its own configuration says holds, and its feeds keep their addresses.
//!
//! What the addresses have to be was learnt from the generators; `scripts/parity` compares with Hugo itself.

use crate::harness::{Run, files, run};
use serde_json::Value;
use std::path::Path;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    dir
}

fn build(dir: &tempfile::TempDir, more: &[&str]) -> Run {
    let done = run(dir.path(), &[&["build"], more].concat(), &[]);
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    done
}

fn feed(dir: &tempfile::TempDir, name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(dir.path().join(name)).unwrap()).unwrap()
}

fn of(feed: &Value, key: &str) -> Vec<String> {
    feed["items"].as_array().unwrap().iter().map(|item| item[key].as_str().unwrap().to_owned()).collect()
}

fn names(dir: &Path) -> Vec<String> {
    files(dir).into_iter().map(|(name, _)| name).filter(|name| !name.starts_with('.')).collect()
}

const DATED: &str = "---\ntitle: 甲\ndate: 2025-01-02 10:00:00\ntags: [C#]\ncategories: [科技]\n---\n正文。\n";
const HUGO: &str =
    "baseURL = 'https://e.cn/sub/'\ntitle = '檐下'\nlocale = 'zh-CN'\n[params]\nauthor = '小满'\n[permalinks]\nposts = '/:year/:month/:slug/'\n";

#[test]
fn each_generators_configuration_is_understood() {
    let hexo = "title: 檐下\nauthor: 小满\nlanguage: [zh-CN, en]\ntimezone: Asia/Tokyo\nurl: https://e.cn/sub\npermalink: :year/:category/:title.html\nnew_post_name: :title.md\n";
    let jekyll = "title: 檐下\nurl: https://e.cn\nbaseurl: /sub\nlang: zh-CN\nauthor: { name: 小满 }\npermalink: pretty\nplugins: [jekyll-feed]\n";
    let zola = "base_url = 'https://e.cn/sub'\ntitle = '檐下'\ndefault_language = 'zh-CN'\nauthor = '小满'\n";
    for (config, text, article, link, hour) in [
        ("hugo.toml", HUGO, "content/posts/a.md", "https://e.cn/sub/2025/01/%E7%94%B2/", "+08:00"),
        ("_config.yml", hexo, "source/_posts/a.md", "https://e.cn/sub/2025/%E7%A7%91%E6%8A%80/a.html", "+09:00"),
        ("_config.yml", jekyll, "_posts/2025-01-01-a.md", "https://e.cn/sub/%E7%A7%91%E6%8A%80/2025/01/02/a/", "+08:00"),
        ("config.toml", zola, "content/blog/2025-01-01-阅读.md", "https://e.cn/sub/blog/yue-du/", "+08:00"),
    ] {
        let dir = folder(&[(config, text), (article, DATED), ("README.md", "# no article")]);
        build(&dir, &[]);
        let feed = feed(&dir, "feeds/feed.json");
        assert_eq!((of(&feed, "url"), of(&feed, "date_published")), (vec![link.to_owned()], vec![format!("2025-01-02T10:00:00{hour}")]), "{config}");
        assert_eq!((feed["title"].as_str(), feed["language"].as_str()), (Some("檐下"), Some("zh-CN")), "{config}");
        assert_eq!(feed["authors"][0]["name"].as_str(), Some("小满"), "{config}");
    }
}

#[test]
fn hugos_other_names_and_folders_are_understood() {
    let year = [("content/posts/a.md", DATED)];
    for (name, config) in [
        ("hugo.yaml", "baseURL: https://e.cn/\ntitle: T\nlanguageCode: zh-cn\n"),
        ("config.json", r#"{"baseURL": "https://e.cn/", "title": "T", "languageCode": "zh-CN"}"#),
        ("config/_default/hugo.toml", "baseURL = 'https://e.cn/'\ntitle = 'T'\ndefaultContentLanguage = 'zh-cn'\n"),
    ] {
        let dir = folder(&[&[(name, config)][..], &year].concat());
        build(&dir, &[]);
        let feed = feed(&dir, "feeds/feed.json");
        assert_eq!((feed["title"].as_str(), feed["language"].as_str()), (Some("T"), Some("zh-CN")), "{name}");
    }
    let dir = folder(&[
        ("config/_default/config.toml", "baseURL = 'https://e.cn/'\ndefaultContentLanguage = 'zh'\n"),
        ("config/_default/languages.zh.toml", "title = '檐下'\nlocale = 'zh-CN'\n"),
        ("config/_default/languages.en.toml", "title = 'Eaves'\n"),
        ("config/_default/permalinks.toml", "posts = '/p/:filename/'\n"),
        ("config/_default/taxonomies.toml", "activity = 'activities'\n"),
        ("content/posts/A b.md", "---\ntitle: 甲\ndate: 2025-01-02\nactivities: [聚会]\n---\n文\n"),
        ("content/posts/a.en.md", "---\ntitle: A\ndate: 2025-01-01\n---\nText\n"),
    ]);
    build(&dir, &[]);
    let all = feed(&dir, "feeds/feed.json");
    assert_eq!((all["title"].as_str(), of(&all, "url")), (Some("檐下"), vec!["https://e.cn/p/a-b/".to_owned(), "https://e.cn/en/p/a/".to_owned()]));
    assert_eq!(of(&feed(&dir, "feeds/activities/聚会/feed.json"), "title"), ["甲"]);
}

#[test]
fn a_key_of_feedloom_yaml_wins_and_the_command_line_over_it() {
    let dir = folder(&[("hugo.toml", HUGO), ("content/posts/a.md", DATED), ("feedloom.yaml", "site: { title: 我的 }\n")]);
    build(&dir, &["--language", "zh-TW"]);
    let feed_of = |dir| feed(dir, "feeds/feed.json");
    let found = feed_of(&dir);
    assert_eq!((found["title"].as_str(), found["language"].as_str()), (Some("我的"), Some("zh-TW")));
    assert_eq!(of(&found, "url"), ["https://e.cn/sub/2025/01/%E7%94%B2/"], "the rest is Hugo's");
    // Who says what addresses are means paths as feedloom reads them.
    std::fs::write(dir.path().join("feedloom.yaml"), "content: { permalink: \"/x/{slug}/\" }\n").unwrap();
    build(&dir, &[]);
    assert_eq!(of(&feed_of(&dir), "url"), ["https://e.cn/sub/x/a/"]);
    std::fs::write(dir.path().join("feedloom.yaml"), "content: { like: none }\n").unwrap();
    let alone = run(dir.path(), &["build"], &[]);
    assert!(alone.code == 2 && alone.err.contains("FL504"), "nothing is read: {}", alone.err);
}

#[test]
fn explain_says_where_it_is_from() {
    let dir = folder(&[("hugo.toml", HUGO), ("content/posts/a.md", DATED)]);
    let said = run(dir.path(), &["explain", "content/posts/a.md"], &[]).out;
    for expected in ["hugo.toml:2:9", "hugo.toml:1:11", "content.permalinks.posts", "the permalink template of `posts`"] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
}

#[test]
fn what_cannot_be_told_or_used_is_named_and_nothing_is_guessed() {
    let trouble = |files: &[(&str, &str)]| {
        let dir = folder(&[files, &[("content/posts/a.md", DATED)]].concat());
        run(dir.path(), &["build", "--base-url", "https://e.cn/"], &[])
    };
    for (files, expected) in [
        (&[("_config.yml", "title: T\n")][..], "_config.yml: warning[FL506]: expected the configuration of one generator, found _config.yml of none"),
        (&[("hugo.toml", "title = 'T'\n"), ("_config.yml", "baseurl: /x\n")], "warning[FL506]"),
        (&[("config.toml", "baseURL = 'https://e.cn/'\nbase_url = 'https://e.cn'\n")], "config.toml of Hugo or Zola"),
        (&[("hugo.toml", "title = 'T'\nbroken\n")], "hugo.toml:2:"),
        (&[("hugo.toml", "timeZone = 'Mars'\n")], "hugo.toml:1:12: warning[FL508]: expected an IANA zone"),
        (
            &[("hugo.toml", "[permalinks]\nposts = '/:jahr/:slug/'\n")],
            "hugo.toml:2:9: warning[FL508]: `/:jahr/:slug/`: expected a placeholder that feedloom knows of Hugo, found :jahr",
        ),
    ] {
        let done = trouble(files);
        assert!(done.code == 0 && done.err.contains(expected), "{expected}\n{}", done.err);
    }
    // Said to be Hugo's, it is.
    let said = trouble(&[("hugo.toml", "title = 'T'\n"), ("_config.yml", "baseurl: /x\n"), ("feedloom.yaml", "content: { like: hugo }\n")]);
    assert!(!said.err.contains("FL506"), "{}", said.err);
}

#[test]
fn posts_drafts_collections_and_defaults_of_jekyll() {
    let config = "title: T\nurl: https://e.cn\nlang: zh-CN\nshow_drafts: true\ncollections: { recipes: { output: true, permalink: /r/:name/ }, notes: {} }\ndefaults:\n  - { scope: { path: \"\", type: posts }, values: { author: 默认 } }\n";
    let dir = folder(&[
        ("_config.yml", config),
        ("news/_posts/2025-01-02-a.md", "---\ntitle: 甲\ntags: x y\n---\n文\n"),
        ("_drafts/b.md", "---\ntitle: 乙\ndate: 2025-01-01\nauthor: 自己\n---\n文\n"),
        ("_recipes/c.md", "---\ntitle: 丙\ndate: 2024-01-01\n---\n文\n"),
        ("_notes/d.md", "---\ntitle: 丁\ndate: 2024-01-01\n---\n文\n"),
        ("about.md", "---\ntitle: 关于\n---\n文\n"),
    ]);
    build(&dir, &[]);
    let found = feed(&dir, "feeds/feed.json");
    assert_eq!(of(&found, "url"), ["https://e.cn/news/2025/01/02/a.html", "https://e.cn/2025/01/01/b.html", "https://e.cn/r/c/"]);
    assert_eq!((found["items"][0]["authors"][0]["name"].as_str(), found["items"][1]["authors"][0]["name"].as_str()), (Some("默认"), Some("自己")));
    assert_eq!(of(&feed(&dir, "feeds/tags/y/feed.json"), "title"), ["甲"]);
    assert_eq!(of(&feed(&dir, "feeds/categories/news/feed.json"), "title"), ["甲"]);
}

#[test]
fn feeds_keep_the_addresses_that_each_generator_gave_them() {
    let site = "site: { title: T, url: \"https://e.cn/\", language: zh-CN }\n";
    let article = "---\ntitle: 甲\ndate: 2025-01-02\ntags: [C#, 人工 智能]\ncategories: [Web]\n---\n文\n";
    for (like, expected) in [
        ("hugo", &["categories/web/index.xml", "index.xml", "tags/c#/index.xml", "tags/人工-智能/index.xml"][..]),
        ("hexo", &["atom.xml", "categories/Web/rss2.xml", "rss2.xml", "tags/C/atom.xml", "tags/人工-智能/atom.xml"]),
        ("jekyll", &["feed.xml", "feed/Web.xml", "feed/by_tag/C.xml", "feed/by_tag/人工-智能.xml"]),
        ("zola", &["atom.xml", "categories/web/atom.xml", "rss.xml", "tags/c/atom.xml", "tags/ren-gong-zhi-neng/atom.xml"]),
    ] {
        let dir = folder(&[("feedloom.yaml", &format!("{site}feeds: {{ like: {like} }}\n")), ("content/a.md", article)]);
        build(&dir, &[]);
        let found = names(&dir.path().join("feeds"));
        for name in expected {
            assert!(found.iter().any(|found| found == name), "{like}: {name} is not in {found:?}");
        }
        assert!(!found.iter().any(|name| name.ends_with("index.html")), "{like}: pages are the generator's");
        let one = expected[0];
        let text = std::fs::read_to_string(dir.path().join("feeds").join(one)).unwrap();
        assert!(text.contains(&format!("https://e.cn/{one}")), "{like}: its own address is the site's\n{text}");
    }
    // Explicit keys win.
    let config = format!(
        "{site}feeds: {{ like: hugo, files: {{ rss: feed.xml }}, formats: [rss], paths: {{ tag: \"t/{{slug}}/{{file}}\" }} }}\ntopics: {{ slugs: pinyin }}\n"
    );
    let dir = folder(&[("feedloom.yaml", &config), ("content/a.md", article)]);
    build(&dir, &[]);
    assert_eq!(
        names(&dir.path().join("feeds")),
        ["categories/web/feed.xml", "feed.xml", "feeds.opml", "t/c-sharp/feed.xml", "t/ren-gong-zhi-neng/feed.xml"]
    );
}

#[test]
fn ids_are_what_the_generators_feeds_have() {
    let jekyll = folder(&[
        ("_config.yml", "title: T\nurl: https://e.cn\nlang: zh-CN\nplugins: [jekyll-feed]\n"),
        ("feedloom.yaml", "feeds: { like: jekyll }\n"),
        ("_posts/2025-01-02-a.md", "---\ntitle: 甲\n---\n文\n"),
    ]);
    build(&jekyll, &[]);
    assert_eq!(of(&feed(&jekyll, "feeds/feed.json"), "id"), ["https://e.cn/2025/01/02/a"]);
    let hugo = |like: &str| {
        let dir = folder(&[("hugo.toml", HUGO), ("feedloom.yaml", like), ("content/posts/a.md", DATED)]);
        build(&dir, &[]);
        of(&feed(&dir, "feeds/feed.json"), "id").remove(0)
    };
    assert_eq!(hugo("feeds: { like: hugo }\n"), "https://e.cn/sub/2025/01/%E7%94%B2/");
    assert!(hugo("").starts_with("tag:e.cn,2025-01-02:"), "an address that follows the title is no id, unless the old feed had it");
}

#[test]
fn languages_have_feeds_of_their_own_where_hugo_gives_them() {
    let config =
        "baseURL = 'https://e.cn/'\ntitle = 'T'\ndefaultContentLanguage = 'zh-cn'\n[languages.zh-cn]\nweight = 1\n[languages.en]\nweight = 2\n";
    let dir = folder(&[
        ("hugo.toml", config),
        ("feedloom.yaml", "feeds: { like: hugo, formats: [rss] }\n"),
        ("content/a.md", "---\ntitle: 甲\ndate: 2025-01-02\ntags: [x]\n---\n文\n"),
        ("content/a.en.md", "---\ntitle: A\ndate: 2025-01-02\ntags: [x, y]\n---\nText\n"),
    ]);
    build(&dir, &[]);
    assert_eq!(
        names(&dir.path().join("feeds")),
        ["en/index.xml", "en/tags/x/index.xml", "en/tags/y/index.xml", "feeds.opml", "index.xml", "tags/x/index.xml"]
    );
}

#[test]
fn two_formats_need_two_names_beside_each_other() {
    let config = "site: { title: T, url: \"https://e.cn/\" }\nfeeds: { path: \"{taxonomy}/{slug}.{extension}\" }\n";
    let dir = folder(&[("feedloom.yaml", config), ("content/a.md", DATED)]);
    let done = run(dir.path(), &["build"], &[]);
    assert!(done.code == 2 && done.err.contains("[atom, json]"), "{}", done.err);
}
