//! Languages in all formats: what is stated, inherited, mixed, guessed, and what is left out.

use crate::harness::Site;

const SITE: &str = "site: { title: 站, url: \"https://e.cn/\", language: zh-CN, timezone: Asia/Shanghai }\n";
const NO_LANGUAGE: &str = "site: { title: Site, url: \"https://e.cn/\", timezone: UTC }\n";

fn language(site: &Site) -> serde_json::Value {
    site.json("feeds/feed.json")["language"].clone()
}

#[test]
fn every_format_says_the_same() {
    let site = Site::new(SITE).article("a", "date: 2025-01-01\nlang: [zh_cn]\ntags: [x]", "甲。").article(
        "b",
        "date: 2025-01-02\nlang: zh-tw\ntags: [x]",
        "乙。",
    );
    let site = site.article("c", "date: 2025-01-03\ntags: [x]", "丙。");
    site.build();
    for folder in ["", "tags/x/"] {
        let rss = site.read(&format!("feeds/{folder}rss.xml"));
        assert_eq!(rss.matches("<language>zh-CN</language>").count(), 1, "{rss}");
        assert_eq!(rss.matches("<dc:language>").count(), 1);
        assert!(rss.contains("<dc:language>zh-TW</dc:language>"));
        let atom = site.read(&format!("feeds/{folder}atom.xml"));
        assert!(atom.contains("xml:lang=\"zh-CN\"") && atom.contains("<entry xml:lang=\"zh-TW\">"), "{atom}");
        assert_eq!(atom.matches("xml:lang").count(), 2);
        let json = site.json(&format!("feeds/{folder}feed.json"));
        assert_eq!(json["language"], "zh-CN");
        let items: Vec<&serde_json::Value> = json["items"].as_array().unwrap().iter().map(|item| &item["language"]).collect();
        assert_eq!(items, [&serde_json::Value::Null, &"zh-TW".into(), &serde_json::Value::Null]);
    }
    let opml = site.read("feeds/feeds.opml");
    assert_eq!(opml.matches("language=\"zh-CN\"").count(), 2, "{opml}");
    assert!(site.read("feeds/tags/x/index.html").contains("<html lang=\"zh-CN\">"));
}

#[test]
fn nothing_is_invented() {
    let site = Site::new(NO_LANGUAGE).article("a", "date: 2025-01-01", "Plain Latin text that could be in many languages.");
    site.build();
    assert_eq!(language(&site), serde_json::Value::Null);
    assert!(!site.read("feeds/rss.xml").contains("language>"));
    assert!(!site.read("feeds/atom.xml").contains("xml:lang"));
}

#[test]
fn the_script_of_the_text_is_the_last_resort() {
    let simplified = "这是一个关于图书馆与书店的故事，里面说到许多读者、作家和编辑怎样工作。".repeat(5);
    let site = Site::new(NO_LANGUAGE).article("a", "date: 2025-01-01", &simplified);
    site.build();
    assert_eq!(language(&site), "zh-CN");
    let traditional = "這是一個關於圖書館與書店的故事，裡面說到許多讀者、作家和編輯怎樣工作。".repeat(5);
    let site = Site::new(NO_LANGUAGE).article("a", "date: 2025-01-01", &traditional);
    site.build();
    assert_eq!(language(&site), "zh-TW");
}

#[test]
fn front_matter_comes_before_suffix_before_folder_before_site() {
    for (name, front, expected) in [
        ("a.zh-tw", "lang: en", "en"),
        ("a.zh-tw", "", "zh-TW"),
        ("en/a.zh-hk", "", "zh-HK"),
        ("en/a", "lang: \"\"", "en"),
        ("a", "language: auto", "zh-CN"),
        ("a", "lang: Klingonisch", "zh-CN"),
        ("a", "languageCode: zh-hans", "zh-Hans"),
        ("a", "lang: 繁體中文", "zh-TW"),
    ] {
        let site = Site::new(SITE).article(name, &format!("date: 2025-01-01\n{front}"), "文。");
        site.run(&["build"]);
        assert_eq!(language(&site), expected, "{name} {front}");
    }
}

#[test]
fn wild_tags_are_reported_by_how_wild_they_are() {
    for (tag, code) in
        [("zh_CN", None), ("zh-CN", None), ("cn", Some("FL211")), ("Chinese", Some("FL211")), ("chs", Some("FL213")), ("q_?", Some("FL212"))]
    {
        let site = Site::new(SITE).article("a", &format!("date: 2025-01-01\nlang: {tag}"), "文。");
        let run = site.run(&["build", "-v"]);
        match code {
            Some(code) => assert!(run.err.contains(&"content/a.md:4:7: ".to_string()) && run.err.contains(code), "{tag}: {}", run.err),
            None => assert_eq!(run.err, "", "{tag}"),
        }
    }
}

#[test]
fn a_mixed_feed_takes_the_sites_language_when_it_covers_half() {
    let site = Site::new(SITE)
        .article("a", "date: 2025-01-01\nlang: en\ntags: [half, most]", "a.")
        .article("b", "date: 2025-01-02\ntags: [half]", "乙。")
        .article("c", "date: 2025-01-03\nlang: en\ntags: [most]", "c.")
        .article("d", "date: 2025-01-04\ntags: [most]", "丁。");
    site.build();
    assert_eq!(site.json("feeds/tags/half/feed.json")["language"], "zh-CN");
    assert_eq!(site.json("feeds/tags/most/feed.json")["language"], "en");
}

#[test]
fn the_zone_follows_the_sites_language_and_is_never_chosen_by_an_article() {
    let zone = |config: &str, front: &str| {
        let site = Site::new(config).article("a", &format!("date: 2025-02-14 10:11:09\n{front}"), "文。");
        let run = site.build();
        (site.json("feeds/feed.json")["items"][0]["date_published"].as_str().unwrap().to_owned(), run.err.contains("FL205"))
    };
    let site = |language: &str| format!("site: {{ title: x, url: \"https://e.cn/\", language: {language} }}\n");
    assert_eq!(zone(&site("zh-CN"), ""), ("2025-02-14T10:11:09+08:00".to_owned(), false));
    assert_eq!(zone(&site("zh"), "").0, "2025-02-14T10:11:09+08:00");
    assert_eq!(zone(&site("zh-HK"), "").0, "2025-02-14T10:11:09+08:00");
    assert_eq!(zone(&site("en"), "lang: zh-CN"), ("2025-02-14T10:11:09Z".to_owned(), true));
    assert_eq!(zone("site: { url: \"https://e.cn/\", timezone: Europe/Berlin }\n", ""), ("2025-02-14T10:11:09+01:00".to_owned(), false));
}
