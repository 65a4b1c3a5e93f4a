//! One rich feed, and hostile ones, through every writer; read back by two parsers that share no code with the writers.

mod extensions;
mod fixture;
mod hostile;
mod law;
mod losses;
mod plausible;
mod validator;

use super::*;
use crate::model::*;
use feed_rs::parser;
use fixture::rich;
use roxmltree::{Document, Node};
use serde_json::{Value, json};

const ATOM: &str = "http://www.w3.org/2005/Atom";
const CONTENT: &str = "http://purl.org/rss/1.0/modules/content/";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const MEDIA: &str = "http://search.yahoo.com/mrss/";

/// Children of a name; without namespace where `namespace` is empty.
fn all<'a, 'i>(node: Node<'a, 'i>, namespace: &str, name: &str) -> Vec<Node<'a, 'i>> {
    node.children()
        .filter(|child| child.is_element() && child.tag_name().name() == name && child.tag_name().namespace().unwrap_or("") == namespace)
        .collect()
}

/// The text of the only child of a name.
fn text(node: Node<'_, '_>, namespace: &str, name: &str) -> Option<String> {
    let found = all(node, namespace, name);
    assert!(found.len() <= 1, "{name} stands {} times", found.len());
    found.first().map(|child| child.text().unwrap_or("").to_owned())
}

fn texts(node: Node<'_, '_>, namespace: &str, name: &str) -> Vec<String> {
    all(node, namespace, name).iter().map(|child| child.text().unwrap_or("").to_owned()).collect()
}

fn attributes(node: Node<'_, '_>) -> Vec<(String, String)> {
    node.attributes().map(|attribute| (attribute.name().to_owned(), attribute.value().to_owned())).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn names_are_stable() {
    let names: Vec<_> = Format::ALL.iter().map(|format| (format.name(), format.media_type(), format.default_file_name())).collect();
    let expected =
        [("rss", "application/rss+xml", "rss.xml"), ("atom", "application/atom+xml", "atom.xml"), ("json", "application/feed+json", "feed.json")];
    assert_eq!(names, expected);
}

#[test]
fn the_same_feed_gives_the_same_bytes() {
    for &format in Format::ALL {
        let written = write(&rich(), format).unwrap();
        assert_eq!(written, write(&rich(), format).unwrap());
        assert!(written.ends_with('\n') && !written.ends_with("\n\n"));
    }
}

#[test]
fn rss_holds_the_whole_feed() {
    let xml = write(&rich(), Format::Rss).unwrap();
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\""), "{xml}");
    let document = Document::parse(&xml).unwrap();
    let channel = all(document.root_element(), "", "channel")[0];
    assert_eq!(text(channel, "", "title").unwrap(), "科技 & <HTML> \"每日\"");
    assert_eq!(text(channel, "", "link").unwrap(), "https://example.org/topics/tech/");
    assert_eq!(text(channel, "", "description").unwrap(), "关于科技的一切");
    assert_eq!(text(channel, "", "language").unwrap(), "zh-CN");
    assert_eq!(text(channel, "", "copyright").unwrap(), "© 2025 编辑部");
    assert_eq!(text(channel, "", "lastBuildDate").unwrap(), "Fri, 14 Feb 2025 12:00:00 +0800");
    assert_eq!(text(channel, "", "generator").unwrap(), "feedloom");
    assert_eq!(texts(channel, "", "category"), ["科技"]);
    assert_eq!(texts(channel, DC, "creator"), ["编辑部"]);
    let links: Vec<_> = all(channel, ATOM, "link").into_iter().map(attributes).collect();
    assert_eq!(
        links,
        [
            pairs(&[("href", "https://example.org/feeds/tech/rss.xml"), ("rel", "self"), ("type", "application/rss+xml")]),
            pairs(&[("href", "https://hub.example.net/"), ("rel", "hub")]),
        ]
    );
    assert!(xml.contains("<title>科技 &#x26; &#x3C;HTML&gt; &quot;每日&quot;</title>"), "{xml}");

    let items = all(channel, "", "item");
    assert_eq!(items.len(), 4);
    let first = items[0];
    assert_eq!(text(first, "", "title").unwrap(), "R&D 周报 <第 1 期>");
    assert_eq!(text(first, "", "link").unwrap(), "https://example.org/blog/%E5%87%BA%E8%A1%8C/");
    assert_eq!(text(first, "", "description").unwrap(), "一句话 &lt;摘要&gt; R&amp;D");
    assert_eq!(text(first, CONTENT, "encoded").unwrap(), "<p>正文 ]]> 里有 <b>标记</b> &amp; 更多</p>");
    assert_eq!(text(first, "", "pubDate").unwrap(), "Fri, 14 Feb 2025 10:11:09 +0800");
    assert_eq!(text(first, ATOM, "updated").unwrap(), "2025-02-14T12:00:00+08:00");
    assert_eq!(texts(first, DC, "creator"), ["周小满", "何田"]);
    assert_eq!(text(first, DC, "language"), None);
    assert!(all(first, "", "author").is_empty());
    let categories: Vec<_> = all(first, "", "category").iter().map(|node| (node.attribute("domain"), node.text().unwrap())).collect();
    assert_eq!(categories, [(Some("https://example.org/categories"), "出行/铁路"), (None, "C++ & Rust")]);
    let guid = all(first, "", "guid")[0];
    assert_eq!((guid.text(), guid.attribute("isPermaLink")), (Some("https://example.org/blog/%E5%87%BA%E8%A1%8C/"), None));
    let enclosure = all(first, "", "enclosure");
    assert_eq!(enclosure.len(), 1);
    assert_eq!(attributes(enclosure[0]), pairs(&[("url", "https://example.org/a.mp3"), ("length", "1234"), ("type", "audio/mpeg")]));
    assert_eq!(attributes(all(first, MEDIA, "thumbnail")[0]), pairs(&[("height", "360"), ("url", "https://img.example.org/0"), ("width", "640")]));
    let contents: Vec<_> = all(first, MEDIA, "content").into_iter().map(attributes).collect();
    assert_eq!(
        contents,
        [
            pairs(&[("height", "360"), ("medium", "image"), ("url", "https://img.example.org/0"), ("width", "640")]),
            pairs(&[("duration", "90"), ("fileSize", "99"), ("medium", "video"), ("type", "video/mp4"), ("url", "https://example.org/b.mp4")]),
        ]
    );
    assert!(all(first, "", "source").is_empty());

    let english = items[1];
    assert_eq!(text(english, DC, "language").unwrap(), "en");
    assert_eq!(text(english, "", "description").unwrap(), "<p>Only a body</p>");
    assert_eq!(text(english, CONTENT, "encoded"), None);
    assert_eq!(text(english, "", "pubDate"), None);
    let guid = all(english, "", "guid")[0];
    assert_eq!((guid.text(), guid.attribute("isPermaLink")), (Some("tag:example.org,2025:en"), Some("false")));

    let merged = items[2];
    let source = all(merged, "", "source")[0];
    assert_eq!((source.text(), source.attribute("url")), (Some("外电 & 通讯"), Some("https://example.com/feed.xml")));
    assert_eq!(text(merged, ATOM, "updated"), None);
    assert_eq!(text(items[3], "", "title").unwrap(), "urn:feedloom:42");
}

#[test]
fn unused_namespaces_are_not_declared() {
    let mut feed = rich();
    feed.links.clear();
    feed.authors.clear();
    feed.entries.truncate(2);
    feed.entries[0].media.clear();
    feed.entries[0].updated = None;
    feed.entries[0].authors.clear();
    feed.entries[0].links.truncate(1);
    feed.entries[0].summary = None;
    feed.entries[1].language = None;
    let xml = write(&feed, Format::Rss).unwrap();
    assert!(!xml.contains("xmlns"), "{xml}");
    assert!(!write(&feed, Format::Atom).unwrap().contains("xmlns:"));
}

#[test]
fn atom_holds_the_whole_feed() {
    let xml = write(&rich(), Format::Atom).unwrap();
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns="), "{xml}");
    let document = Document::parse(&xml).unwrap();
    let feed = document.root_element();
    let language = |node: Node<'_, '_>| node.attribute(("http://www.w3.org/XML/1998/namespace", "lang")).map(ToOwned::to_owned);
    assert_eq!(language(feed).as_deref(), Some("zh-CN"));
    assert_eq!(text(feed, ATOM, "title").unwrap(), "科技 & <HTML> \"每日\"");
    assert_eq!(text(feed, ATOM, "id").unwrap(), "tag:example.org,2025:feeds/tech");
    assert_eq!(text(feed, ATOM, "updated").unwrap(), "2025-02-14T12:00:00+08:00");
    assert_eq!(text(feed, ATOM, "subtitle").unwrap(), "关于科技的一切");
    assert_eq!(text(feed, ATOM, "rights").unwrap(), "© 2025 编辑部");
    assert_eq!(text(feed, ATOM, "icon").unwrap(), "https://example.org/icon.png");
    let generator = all(feed, ATOM, "generator")[0];
    assert_eq!((generator.text(), generator.attribute("version")), (Some("feedloom"), None));
    let author = all(feed, ATOM, "author")[0];
    assert_eq!(
        (text(author, ATOM, "name").unwrap(), text(author, ATOM, "uri").unwrap()),
        ("编辑部".to_owned(), "https://example.org/about".to_owned())
    );
    assert!(!xml.contains('@'), "an e-mail address was published");
    let links: Vec<_> = all(feed, ATOM, "link")
        .iter()
        .map(|link| (link.attribute("rel").unwrap(), link.attribute("href").unwrap(), link.attribute("type")))
        .collect();
    assert_eq!(
        links,
        [
            ("self", "https://example.org/feeds/tech/atom.xml", Some("application/atom+xml")),
            ("alternate", "https://example.org/topics/tech/", Some("text/html")),
            ("hub", "https://hub.example.net/", None),
        ]
    );
    let last_metadata = feed.children().filter(Node::is_element).position(|node| node.tag_name().name() == "entry").unwrap();
    assert!(feed.children().filter(Node::is_element).skip(last_metadata).all(|node| node.tag_name().name() == "entry"));

    let entries = all(feed, ATOM, "entry");
    let first = entries[0];
    assert_eq!(language(first), None);
    assert_eq!(text(first, ATOM, "title").unwrap(), "R&D 周报 <第 1 期>");
    assert_eq!(text(first, ATOM, "id").unwrap(), "https://example.org/blog/%E5%87%BA%E8%A1%8C/");
    assert_eq!(text(first, ATOM, "published").unwrap(), "2025-02-14T10:11:09+08:00");
    assert_eq!(text(first, ATOM, "updated").unwrap(), "2025-02-14T12:00:00+08:00");
    let summary = all(first, ATOM, "summary")[0];
    assert_eq!((summary.text().unwrap(), summary.attribute("type")), ("一句话 <摘要> R&D", None));
    let content = all(first, ATOM, "content")[0];
    assert_eq!((content.text().unwrap(), content.attribute("type")), ("<p>正文 ]]> 里有 <b>标记</b> &amp; 更多</p>", Some("html")));
    let names: Vec<_> = all(first, ATOM, "author").iter().map(|author| text(*author, ATOM, "name").unwrap()).collect();
    assert_eq!(names, ["周小满", "何田"]);
    let categories: Vec<_> = all(first, ATOM, "category").into_iter().map(attributes).collect();
    assert_eq!(
        categories,
        [pairs(&[("term", "chuxing-tielu"), ("scheme", "https://example.org/categories"), ("label", "出行/铁路")]), pairs(&[("term", "C++ & Rust")])]
    );
    let links: Vec<_> = all(first, ATOM, "link").into_iter().map(attributes).collect();
    assert_eq!(
        links,
        [
            pairs(&[("href", "https://example.org/blog/%E5%87%BA%E8%A1%8C/"), ("rel", "alternate"), ("type", "text/html")]),
            pairs(&[("href", "https://example.org/en/travel/"), ("rel", "alternate"), ("hreflang", "en"), ("type", "text/html")]),
            pairs(&[("href", "https://example.org/a.mp3"), ("rel", "enclosure"), ("type", "audio/mpeg"), ("length", "1234")]),
            pairs(&[("href", "https://example.org/b.mp4"), ("rel", "enclosure"), ("type", "video/mp4"), ("length", "99")]),
        ]
    );
    assert_eq!(all(first, MEDIA, "thumbnail").len(), 1);
    assert_eq!(all(first, MEDIA, "content").len(), 2, "the picture, and how long the film is");

    let english = entries[1];
    assert_eq!(language(english).as_deref(), Some("en"));
    assert_eq!(text(english, ATOM, "updated").unwrap(), "2025-02-14T12:00:00+08:00", "the feed's, for want of any other");
    assert_eq!(text(english, ATOM, "published"), None);
    assert!(all(english, ATOM, "author").is_empty());

    let source = all(entries[2], ATOM, "source")[0];
    assert_eq!(text(source, ATOM, "title").unwrap(), "外电 & 通讯");
    assert_eq!(text(source, ATOM, "id").unwrap(), "https://example.com/feed.xml");
    assert_eq!(text(source, ATOM, "updated").unwrap(), "2025-02-13T00:00:00+00:00");
    assert_eq!(text(all(entries[2], ATOM, "author")[0], ATOM, "name").unwrap(), "外电 & 通讯", "never this feed's author");
    assert_eq!(text(entries[3], ATOM, "id").unwrap(), "urn:feedloom:42");
    assert!(all(entries[3], ATOM, "content")[0].text().is_some(), "no alternate link, so content is a must");
}

#[test]
fn json_feed_holds_the_whole_feed() {
    let text = write(&rich(), Format::JsonFeed).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    let mut items = value["items"].as_array().unwrap().clone();
    let mut head = value.clone();
    head.as_object_mut().unwrap().remove("items");
    assert_eq!(
        head,
        json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": "科技 & <HTML> \"每日\"",
            "home_page_url": "https://example.org/topics/tech/",
            "feed_url": "https://example.org/feeds/tech/feed.json",
            "description": "关于科技的一切",
            "icon": "https://example.org/icon.png",
            "authors": [{ "name": "编辑部", "url": "https://example.org/about" }],
            "language": "zh-CN",
            "hubs": [{ "type": "WebSub", "url": "https://hub.example.net/" }],
            "_feedloom": {
                "rights": "© 2025 编辑部",
                "categories": [{ "term": "keji", "label": "科技" }],
                "links": [{ "rel": "x-unknown", "href": "https://example.org/x" }],
            },
        })
    );
    assert_eq!(
        items.remove(0),
        json!({
            "id": "https://example.org/blog/%E5%87%BA%E8%A1%8C/",
            "url": "https://example.org/blog/%E5%87%BA%E8%A1%8C/",
            "title": "R&D 周报 <第 1 期>",
            "content_html": "<p>正文 ]]> 里有 <b>标记</b> &amp; 更多</p>",
            "summary": "一句话 <摘要> R&D",
            "image": "https://img.example.org/0",
            "date_published": "2025-02-14T10:11:09+08:00",
            "date_modified": "2025-02-14T12:00:00+08:00",
            "authors": [{ "name": "周小满", "url": "https://example.org/zhou" }, { "name": "何田" }],
            "tags": ["出行/铁路", "C++ & Rust"],
            "attachments": [
                { "url": "https://example.org/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 1234 },
                { "url": "https://example.org/b.mp4", "mime_type": "video/mp4", "size_in_bytes": 99, "duration_in_seconds": 90 },
            ],
            "_feedloom": { "links": [
                { "rel": "alternate", "href": "https://example.org/en/travel/", "hreflang": "en" },
                { "rel": "alternate", "href": "https://example.org/again/" },
            ] },
        })
    );
    assert_eq!(
        items.remove(0),
        json!({ "id": "tag:example.org,2025:en", "url": "https://example.org/en/", "title": "Bold title", "content_html": "<p>Only a body</p>", "language": "en" })
    );
    assert_eq!(
        items.remove(0),
        json!({
            "id": "https://example.com/news/1",
            "url": "https://example.com/news/1",
            "title": "外电",
            "content_text": "通讯一则",
            "summary": "通讯一则",
            "date_published": "2025-02-13T00:00:00Z",
            "date_modified": "2025-02-13T00:00:00Z",
            "_feedloom": { "source": {
                "id": "https://example.com/feed.xml", "title": "外电 & 通讯", "url": "https://example.com/",
                "feed_url": "https://example.com/feed.xml", "language": "zh-Hant",
            } },
        })
    );
    assert_eq!(items.remove(0), json!({ "id": "42", "content_text": "" }));
    assert!(text.contains("\n  \"items\": [\n    {\n      \"id\""));
}

#[test]
fn feed_rs_reads_the_same_from_all_formats() {
    for &format in Format::ALL {
        let written = write(&rich(), format).unwrap();
        let feed = parser::parse(written.as_bytes()).unwrap();
        assert_eq!(feed.title.unwrap().content, "科技 & <HTML> \"每日\"", "{format:?}");
        assert_eq!(feed.language.as_deref().map(str::to_lowercase).as_deref(), Some("zh-cn"), "{format:?}");
        assert_eq!(feed.entries.len(), 4);
        let first = &feed.entries[0];
        assert_eq!(first.id, "https://example.org/blog/%E5%87%BA%E8%A1%8C/", "{format:?}");
        assert_eq!(first.title.as_ref().unwrap().content, "R&D 周报 <第 1 期>", "{format:?}");
        assert_eq!(first.published.unwrap().timestamp(), 1_739_499_069, "{format:?}");
        assert_eq!(first.links[0].href, "https://example.org/blog/%E5%87%BA%E8%A1%8C/", "{format:?}");
        assert!(first.content.as_ref().unwrap().body.as_ref().unwrap().contains("<b>标记</b>"), "{format:?}");
    }
}

#[test]
fn a_feed_without_entries_is_still_a_feed() {
    let updated = Timestamp::from_unix(946_684_800).unwrap();
    for title in ["空", ""] {
        let mut feed = Feed::new(Id::tag("example.org", "2025", "empty"), Text::plain(title));
        feed.updated = Some(updated);
        for &format in Format::ALL {
            let written = write(&feed, format).unwrap();
            if format == Format::JsonFeed {
                assert_eq!(serde_json::from_str::<Value>(&written).unwrap()["items"], json!([]));
            } else {
                let document = Document::parse(&written).unwrap();
                assert!(document.descendants().filter(Node::is_element).all(|node| node.has_children() || node.attributes().len() > 0), "{written}");
            }
        }
    }
}

#[test]
fn dates_that_a_format_cannot_carry_are_left_out_or_rewritten() {
    let mut feed = rich();
    feed.entries.truncate(1);
    feed.entries[0].published = Timestamp::parse_rfc3339("2025-02-14T10:11:09.987+05:45");
    feed.entries[0].updated = Timestamp::from_unix(-70_000_000_000);
    let rss = write(&feed, Format::Rss).unwrap();
    assert!(rss.contains("<pubDate>Fri, 14 Feb 2025 04:26:09 +0000</pubDate>"), "{rss}");
    assert!(!rss.contains("atom:updated"), "{rss}");
    let atom = write(&feed, Format::Atom).unwrap();
    assert!(atom.contains("<published>2025-02-14T10:11:09+05:45</published>"), "{atom}");
    assert!(atom.contains("<updated>2025-02-14T10:11:09+05:45</updated>"), "{atom}");
    assert!(!write(&feed, Format::JsonFeed).unwrap().contains("date_modified"));
}

#[test]
fn one_self_link_without_type_serves_all_formats() {
    let mut feed = rich();
    feed.entries.clear();
    feed.links = vec![Link::new(Rel::Itself, "https://example.org/any")];
    for &format in Format::ALL {
        assert!(write(&feed, format).unwrap().contains("https://example.org/any"), "{format:?}");
    }
    feed.links = vec![Link::new(Rel::Itself, "https://example.org/rss").with_type("application/rss+xml")];
    assert!(!write(&feed, Format::Atom).unwrap().contains("rel=\"self\""));
}

#[test]
fn a_failed_check_names_format_and_place() {
    let error = WriteError::SelfCheck { format: Format::Rss, offset: 12, message: "an element is not closed".to_owned() };
    assert_eq!(error.to_string(), "the rss document failed its own check at byte 12: an element is not closed");
}
