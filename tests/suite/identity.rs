//! Ids and addresses: stable, unique, and never from a title or a text.

use crate::harness::{CONFIG, Site};

fn ids(site: &Site) -> Vec<String> {
    site.json("feeds/feed.json")["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn neither_title_nor_text_changes_an_id() {
    let site = Site::usual().file("content/blog/a.md", "---\ntitle: 旧\ndate: 2025-01-01\n---\n旧文。");
    site.build();
    let before = ids(&site);
    site.write("content/blog/a.md", "---\ntitle: 新\ndate: 2025-01-02\n---\n新文。");
    site.build();
    assert_eq!(ids(&site), before);
    assert_eq!(before, ["https://e.cn/blog/a/"]);
}

#[test]
fn keys_of_the_front_matter_decide_the_address() {
    for (front, link) in [
        ("slug: b", "https://e.cn/posts/b/"),
        ("url: /x/y.html", "https://e.cn/x/y.html"),
        ("permalink: /:year/:month/:title/", "https://e.cn/2025/01/a/"),
        ("permalink: https://other.cn/z", "https://other.cn/z"),
        ("path: zola/page", "https://e.cn/zola/page/"),
        ("url: mailto:a@b.c", "https://e.cn/posts/a/"),
        ("", "https://e.cn/posts/a/"),
    ] {
        let site = Site::usual().file("content/posts/a.md", format!("---\ntitle: 旅行\ndate: 2025-01-01\n{front}\n---\n文。"));
        site.build();
        assert_eq!(ids(&site), [link], "{front}");
    }
}

#[test]
fn a_given_guid_is_kept_and_is_no_permalink() {
    let site = Site::usual().article("a", "date: 2025-01-01\nguid: 550e8400-e29b", "文。");
    site.build();
    assert!(site.read("feeds/rss.xml").contains("<guid isPermaLink=\"false\">550e8400-e29b</guid>"));
}

#[test]
fn two_articles_with_one_id_are_both_published_and_both_named() {
    let site = Site::usual().article("a", "date: 2025-01-01\nurl: /x/", "甲。").article("b", "date: 2025-01-02\nurl: /x/", "乙。");
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("content/b.md: error[FL302]") && run.err.contains("content/a.md"), "{}", run.err);
    assert_eq!(ids(&site), ["tag:e.cn,2025-01-02:b.md", "https://e.cn/x/"]);
}

#[test]
fn the_last_line_can_be_the_address() {
    let config = format!("{CONFIG}content: {{ link: tail-link }}\n");
    let site = Site::new(&config).article("a", "date: 2025-01-01", "正文。\n\n[来源](https://new.example.com/rain/a/1)").article(
        "b",
        "date: 2025-01-02",
        "没有链接。",
    );
    let run = site.build();
    assert!(run.err.contains("content/b.md: warning[FL224]"), "{}", run.err);
    let items = site.json("feeds/feed.json")["items"].clone();
    assert_eq!(items[1]["url"], "https://new.example.com/rain/a/1");
    assert_eq!(items[1]["content_html"], "<p>正文。</p>");
    assert_eq!(items[0]["url"], "https://e.cn/b/");
}

#[test]
fn terms_that_would_share_an_address_are_both_published() {
    let site = Site::usual().article("a", "date: 2025-01-01\ntags: [\"rate limiting\"]", "甲。").article(
        "b",
        "date: 2025-01-02\ntags: [rate-limiting, \"rate limiting\"]",
        "乙。",
    );
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("FL301") && run.err.contains("\"rate limiting\"") && run.err.contains("\"rate-limiting\""), "{}", run.err);
    assert_eq!(site.json("feeds/tags/rate-limiting/feed.json")["items"].as_array().unwrap().len(), 2);
    let folders = std::fs::read_dir(site.path("feeds/tags")).unwrap().count();
    assert_eq!(folders, 2);
}

#[test]
fn spellings_of_one_term_are_one_topic() {
    let config = format!("{CONFIG}topics: {{ aliases: {{ 人工智能: [AI] }} }}\n");
    let site = Site::new(&config)
        .article("a", "date: 2025-01-01\ntags: [ＡＩ, Rust]", "甲。")
        .article("b", "date: 2025-01-02\ntags: [人工智能, rust]", "乙。")
        .article("c", "date: 2025-01-03\ntags: [ai, Rust]", "丙。");
    let run = site.run(&["topics", "--json"]);
    let rows: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let rows: Vec<(String, u64)> =
        rows.as_array().unwrap().iter().map(|row| (row["term"].as_str().unwrap().to_owned(), row["count"].as_u64().unwrap())).collect();
    assert_eq!(rows, [("Rust".to_owned(), 3), ("人工智能".to_owned(), 3)]);
}

#[test]
fn an_id_never_follows_a_title() {
    let config = format!("{CONFIG}content: {{ permalink: \"/{{title}}/\" }}\n");
    let site = Site::new(&config).file("content/a.md", "---\ntitle: 旧\ndate: 2025-01-01\n---\n文。");
    site.build();
    let before = ids(&site);
    site.write("content/a.md", "---\ntitle: 新\ndate: 2025-01-01\n---\n文。");
    site.build();
    assert_eq!(ids(&site), before);
    assert_eq!(before, ["tag:e.cn,2025-01-01:a.md"]);
}

#[test]
fn links_to_files_lead_to_pages_and_pictures_stay_on_the_own_site() {
    let config = format!("{CONFIG}content: {{ link: tail-link }}\n");
    let site = Site::new(&config)
        .file(
            "content/p/index.md",
            "---\ntitle: 甲\ndate: 2025-01-02\n---\n见[乙](../b.md#x)、[丙](@/c.md)。\n\n![图](pic.png)\n\n[来源](https://new.example.com/1)\n",
        )
        .article("b", "date: 2025-01-01", "乙。\n\n[来源](https://new.example.com/2)")
        .article("c", "date: 2025-01-01", "丙。\n\n[来源](https://new.example.com/3)");
    site.build();
    let html = site.json("feeds/feed.json")["items"][0]["content_html"].as_str().unwrap().to_owned();
    for part in ["href=\"https://new.example.com/2#x\"", "href=\"https://new.example.com/3\"", "src=\"https://e.cn/p/pic.png\""] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn taxonomies_may_be_named_by_their_folder_and_unused_ones_are_named() {
    let site = Site::usual().article("a", "date: 2025-01-01\ntags: [x]\nseries: [y]", "甲。");
    let run = site.run(&["build", "--set", "feeds.by=[tags, series, mood]"]);
    assert!(site.exists("feeds/tags/x/rss.xml") && site.exists("feeds/series/y/rss.xml"));
    assert!(run.err.contains("feedloom.yaml: warning[FL303]: feeds.by: expected a taxonomy that some article uses, found `mood`"), "{}", run.err);
}
