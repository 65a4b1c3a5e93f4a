//! Tests of `page`: tables of cases, and laws for any input.

use super::*;
use crate::model::{Category, Entry, Feed, Id, Language, Link, Media, Origin, Person, Rel, Role, Text, Timestamp};
use std::sync::Arc;

fn language(tag: &str) -> Language {
    Language::parse(tag).unwrap()
}

fn entry(number: u32, title: &str) -> Entry {
    let mut entry = Entry::new(Id::opaque(format!("entry-{number}")));
    entry.title = Some(Text::plain(title));
    entry.links.push(Link::new(Rel::Alternate, format!("https://example.org/{number}/")));
    entry.published = Timestamp::parse_rfc3339("2025-02-14T00:11:09+08:00");
    entry
}

fn feed(tag: Option<&str>, entries: Vec<Entry>) -> Feed {
    let mut feed = Feed::new(Id::opaque("feed"), Text::plain("科技 · 每日文摘"));
    feed.language = tag.map(language);
    feed.entries = entries;
    feed
}

const ADDRESSES: [Address<'static>; 2] = [
    Address { name: "RSS", url: "https://example.org/feeds/tags/a/rss.xml", href: "rss.xml", media_type: "application/rss+xml" },
    Address { name: "JSON Feed", url: "https://example.org/feeds/tags/a/feed.json", href: "feed.json", media_type: "application/feed+json" },
];

fn topic_of(feed: &Feed) -> String {
    topic(&TopicPage {
        feed,
        url: "https://example.org/feeds/tags/a/",
        addresses: &ADDRESSES,
        directory: Some("../../index.html"),
        site_language: None,
        site_title: "每日文摘",
        site_url: "https://example.org/",
        count: 40,
        topic_href: &|category| (category.term != "none").then(|| format!("../{}/", category.term)),
    })
}

fn directory_of(tag: Option<&str>, groups: Vec<Group<'_>>, newest: &[Entry]) -> String {
    let language = tag.map(language);
    directory(&DirectoryPage {
        title: "每日文摘",
        description: Some("一天一读"),
        language: language.as_ref(),
        url: "https://example.org/feeds/",
        site_url: "https://example.org/",
        addresses: &ADDRESSES,
        opml_href: "feeds.opml",
        groups,
        newest,
        sources: Vec::new(),
        sources_href: None,
        health_href: None,
    })
}

fn listed<'a>(title: &'a str, depth: usize, language: Option<&'a Language>) -> Listed<'a> {
    Listed { title, href: "tags/a/".to_owned(), count: 7, language, addresses: ADDRESSES.to_vec(), depth }
}

#[test]
fn the_head_leads_readers_to_the_feeds() {
    let html = topic_of(&feed(Some("zh-CN"), vec![]));
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">"), "{html}");
    for part in [
        r#"<link rel="alternate" type="application/rss+xml" title="科技 · 每日文摘 (RSS)" href="https://example.org/feeds/tags/a/rss.xml">"#,
        r#"<link rel="alternate" type="application/feed+json" title="科技 · 每日文摘 (JSON Feed)" href="https://example.org/feeds/tags/a/feed.json">"#,
        r#"<link rel="canonical" href="https://example.org/feeds/tags/a/">"#,
        r#"<meta name="referrer" content="no-referrer">"#,
        r#"<meta name="generator" content="feedloom">"#,
    ] {
        assert!(html.contains(part), "{part}");
    }
}

#[test]
fn links_of_the_page_are_relative_and_addresses_to_copy_absolute() {
    let mut entry = entry(1, "一");
    entry.categories = vec![Category::new("b").with_label("乙"), Category::new("none").with_label("丙"), Category::new("c").with_label("乙")];
    let html = topic_of(&feed(Some("zh-CN"), vec![entry]));
    assert!(html.contains(r#"<a href="rss.xml" type="application/rss+xml">RSS</a>"#));
    assert!(html.contains("<code>https://example.org/feeds/tags/a/rss.xml</code>"));
    assert!(html.contains(r#"<a href="../../index.html">全部订阅源</a>"#));
    assert!(html.contains(r#"href="../b/" rel="tag">乙</a>"#));
    assert!(html.contains(r#"<span class="p-category">丙</span>"#));
    assert_eq!(html.matches("乙").count(), 1, "a word that is category and tag is shown once");
}

#[test]
fn hostile_text_stays_text() {
    let hostile = "</title><script>alert('1')</script>\"&amp;\u{0}\u{8}\u{85}\u{FFFE}";
    let mut entry = entry(1, hostile);
    entry.summary = Some(Text::html(format!("<p onclick=x>ok</p>&lt;script&gt;{hostile}")));
    entry.authors.push(Person::new(hostile));
    entry.categories.push(Category::new(hostile));
    entry.media.push(Media::new(Role::Thumbnail, "https://example.org/\"onerror=\"x"));
    let mut origin = Origin::new(Id::opaque("o"));
    origin.title = Some(hostile.to_owned());
    entry.origin = Some(Arc::new(origin));
    let mut feed = feed(Some("en"), vec![entry.clone()]);
    feed.title = Text::plain(hostile);
    feed.subtitle = Some(Text::plain(hostile));
    let group = Group { title: hostile.to_owned(), topics: vec![listed(hostile, 0, None)] };
    for html in [topic_of(&feed), directory_of(None, vec![group], &[entry])] {
        assert_eq!(html.matches("<script").count(), 1, "ours alone: {html}");
        assert!(!html.contains("\"onerror"), "{html}");
        assert!(!html.contains(['\u{0}', '\u{8}', '\u{85}', '\u{FFFE}']));
        assert!(html.contains("&lt;/title&gt;&lt;script&gt;alert('1')&lt;/script&gt;&quot;&amp;amp;"), "{html}");
    }
}

#[test]
fn addresses_that_are_not_of_the_web_are_no_links() {
    let bad = "javascript:alert(1)";
    let mut entry = entry(1, "题目");
    entry.links = vec![Link::new(Rel::Alternate, bad)];
    entry.authors.push(Person { url: Some(bad.to_owned()), ..Person::new("某人") });
    entry.media.push(Media::new(Role::Thumbnail, "data:image/png;base64,AA=="));
    let mut origin = Origin::new(Id::opaque("o"));
    origin.title = Some("别处".to_owned());
    origin.links = vec![Link::new(Rel::Alternate, bad)];
    entry.origin = Some(Arc::new(origin));
    entry.categories.push(Category::new("x"));
    let feed = feed(Some("zh-CN"), vec![entry]);
    let address = Address { name: "RSS", url: bad, href: bad, media_type: "text/xml" };
    let html = topic(&TopicPage {
        feed: &feed,
        url: bad,
        addresses: &[address],
        directory: Some(bad),
        site_language: None,
        site_title: "站",
        site_url: bad,
        count: 1,
        topic_href: &|_| Some(bad.to_owned()),
    });
    assert!(!html.contains(&format!("=\"{bad}")), "{html}");
    assert!(!html.contains("<img"), "{html}");
    for text in ["题目", "某人", "别处"] {
        assert!(html.contains(text), "{text}");
    }
}

#[test]
fn an_entry_says_its_language_only_where_it_differs() {
    let mut same = entry(1, "一");
    same.language = Some(language("zh-CN"));
    let mut other = entry(2, "Two");
    other.language = Some(language("en"));
    let mut text = entry(3, "三つ");
    text.title.as_mut().unwrap().language = Some(language("ja"));
    let html = topic_of(&feed(Some("zh-CN"), vec![same, other, text]));
    assert_eq!(html.matches("<article class=\"h-entry\">").count(), 2);
    assert_eq!(html.matches("<article class=\"h-entry\" lang=\"en\">").count(), 1);
    assert_eq!(html.matches("<h3 class=\"p-name\" lang=\"ja\">").count(), 1);
    assert_eq!(html.matches("<p class=\"meta\" lang=\"zh-CN\">").count(), 1, "our words inside of it are the page's");
    assert_eq!(html.matches(" lang=").count(), 4, "{html}");
}

#[test]
fn an_unknown_language_is_not_invented() {
    let html = topic_of(&feed(None, vec![entry(1, "x")]));
    assert!(html.contains("\n<html>"), "{html}");
    assert!(html.contains(r#"<h2 id="entries" lang="en">Articles</h2>"#), "our own words are known to be English");
    assert!(html.contains(r#"datetime="2025-02-14T00:11:09+08:00">2025-02-14</time>"#));
}

#[test]
fn a_chinese_page_has_no_english_words() {
    let mut one = entry(1, "一");
    one.authors = vec![Person::new("甲"), Person::new("乙")];
    let mut origin = Origin::new(Id::opaque("o"));
    origin.title = Some("别处".to_owned());
    one.origin = Some(Arc::new(origin));
    let mut untitled = entry(2, " ");
    untitled.title = None;
    let entries = vec![one, untitled];
    let group = || vec![Group { title: "分类".to_owned(), topics: vec![listed("科技", 0, None)] }];
    for tag in ["zh-CN", "zh-TW"] {
        for html in [topic_of(&feed(Some(tag), entries.clone())), directory_of(Some(tag), group(), &entries), directory_of(Some(tag), vec![], &[])] {
            let (body, _) = html.split_once("<body>").and_then(|(_, body)| body.split_once("<script>")).unwrap();
            let text = body.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect::<Vec<_>>().join(" ");
            let known = [
                "RSS",
                "JSON",
                "OPML",
                "Feed",
                "https",
                "example",
                "org",
                "feeds",
                "tags",
                "a",
                "rss",
                "xml",
                "feed",
                "json",
                "NetNewsWire",
                "Feeder",
                "Miniflux",
                "FreshRSS",
                "newsboat",
            ];
            let english: Vec<_> = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty() && !known.contains(word)).collect();
            assert!(english.is_empty(), "{tag}: {english:?}");
        }
    }
}

#[test]
fn a_picture_keeps_its_box_and_tells_nobody_who_looks() {
    let mut entry = entry(1, "一");
    let mut picture = Media::new(Role::Thumbnail, "https://img.example.org/640360/0");
    (picture.width, picture.height) = (Some(640), Some(360));
    entry.media.push(picture);
    let html = topic_of(&feed(Some("zh-CN"), vec![entry]));
    let image = r#"<img class="u-photo" src="https://img.example.org/640360/0" alt="" width="640" height="360" loading="lazy" decoding="async" referrerpolicy="no-referrer">"#;
    assert!(html.contains(image), "{html}");
}

#[test]
fn a_mail_address_is_not_published() {
    let mut entry = entry(1, "一");
    entry.authors.push(Person { email: Some("a@example.org".to_owned()), ..Person::new("甲") });
    assert!(!topic_of(&feed(None, vec![entry])).contains("a@example.org"));
}

#[test]
fn the_directory_lists_every_topic_with_its_formats() {
    let english = language("en");
    let topics = vec![listed("出行", 0, None), listed("铁路", 1, None), listed("Very deep", 9, Some(&english))];
    let groups = vec![
        Group { title: "分类".to_owned(), topics },
        Group { title: "空".to_owned(), topics: vec![] },
        Group { title: "标签".to_owned(), topics: vec![listed("渡轮", 0, None)] },
    ];
    let html = directory_of(Some("zh-CN"), groups, &[entry(1, "一")]);
    assert!(html.contains("<h1>每日文摘</h1>"));
    assert!(html.contains("<title>每日文摘 · 全部订阅源</title>"));
    assert!(html.contains(r#"<a href="feeds.opml" type="text/x-opml">OPML</a>"#));
    assert!(html.contains("<li class=\"d1\"><a class=\"name\" href=\"tags/a/\">铁路</a> <small title=\"共 7 篇文章\">7</small>"), "{html}");
    assert!(html.contains("<li class=\"d4\" lang=\"en\">"));
    assert!(html.contains(r#"aria-label="铁路 JSON Feed">JSON</a>"#));
    assert!(html.contains(r##"<a href="#group-2">标签 <small>1</small></a>"##), "{html}");
    assert!(html.contains(r#"<h2 id="group-2">标签"#));
    assert!(!html.contains('空'), "a group without topics is left out");
}

#[test]
fn a_site_without_topics_lists_its_newest_entries() {
    let nothing = "暂时没有内容";
    let html = directory_of(Some("zh-CN"), vec![], &[entry(1, "一")]);
    let (side, list) = html.split_once("<div class=\"list\">").unwrap();
    assert!(list.contains("class=\"newest\"") && !side.contains("class=\"newest\""), "{html}");
    assert!(!html.contains(nothing), "{html}");
    assert!(directory_of(Some("zh-CN"), vec![], &[]).contains(nothing));
    let group = Group { title: "标签".to_owned(), topics: vec![listed("渡轮", 0, None)] };
    let html = directory_of(Some("zh-CN"), vec![group], &[]);
    assert!(!html.contains(nothing) && !html.contains("class=\"newest\""), "{html}");
}

#[test]
fn long_names_stay_whole_in_the_markup() {
    let (title, tag) = ("长".repeat(5000), "签".repeat(300));
    let mut entry = entry(1, &title);
    entry.categories.push(Category::new(&tag));
    assert!(topic_of(&feed(Some("zh-CN"), vec![entry.clone()])).contains(&format!(">{tag}<")));
    let group = Group { title: "标签".to_owned(), topics: vec![listed(&tag, 0, None)] };
    let html = directory_of(Some("zh-CN"), vec![group], &[entry]);
    assert!(html.contains(&format!(">{tag}</a>")) && html.contains(&format!(">{title}</a>")));
}

#[test]
fn headings_go_down_one_step_at_a_time() {
    let group = Group { title: "分类".to_owned(), topics: vec![listed("科技", 0, None)] };
    let pages = [topic_of(&feed(None, vec![entry(1, "x")])), topic_of(&feed(None, vec![])), directory_of(None, vec![group], &[entry(1, "x")])];
    for html in pages {
        let levels: Vec<u32> = html.split("<h").skip(1).filter_map(|part| part.chars().next()?.to_digit(10)).collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        assert_eq!(levels.first(), Some(&1));
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    }
}

#[test]
fn the_same_page_twice_is_the_same_bytes() {
    let feed = feed(Some("zh-CN"), vec![entry(1, "一"), entry(2, "二")]);
    assert_eq!(topic_of(&feed), topic_of(&feed));
}
