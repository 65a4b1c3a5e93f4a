//! Several feeds become one: nothing is lost, nothing stands twice, and the order of the inputs does not matter.

use crate::harness::{Run, run};
use serde_json::Value;
use std::path::Path;

const A: &str = "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>甲</title><link>https://a.cn/</link><language>zh-CN</language>\
    <atom:link rel=\"self\" href=\"https://a.cn/rss.xml\"/>\
    <item><title>一</title><link>https://a.cn/1</link><guid>https://a.cn/1</guid><pubDate>Fri, 14 Feb 2025 10:00:00 +0800</pubDate><description>原文</description><category>科技</category></item>\
    <item><title>广告</title><link>https://a.cn/2</link><guid isPermaLink=\"false\">2</guid><pubDate>Thu, 13 Feb 2025 10:00:00 +0800</pubDate></item></channel></rss>";
const B: &str = "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>B</title><id>tag:b.org,2025:feed</id><link rel=\"self\" href=\"https://b.org/atom\"/>\
    <link href=\"https://b.org/\"/><updated>2025-02-15T00:00:00Z</updated>\
    <entry><title>Seen elsewhere</title><id>tag:b.org,2025:x</id><link href=\"http://www.a.cn/1/?utm_source=b\"/><updated>2025-02-15T00:00:00Z</updated><summary>A copy of the first one, with a longer text than the original.</summary></entry>\
    <entry><title>Own</title><id>tag:b.org,2025:y</id><link href=\"https://b.org/y\"/><published>2025-02-16T00:00:00Z</published><updated>2025-02-16T00:00:00Z</updated><author><name>Ann</name></author></entry></feed>";
const C: &str = "{\"version\": \"https://jsonfeed.org/version/1\", \"title\": \"丙\", \"feed_url\": \"https://c.cn/feed.json\", \"items\": [\
    {\"id\": \"2\", \"url\": \"https://c.cn/2\", \"title\": \"同号\", \"content_text\": \"同号\", \"date_published\": \"2025-02-10T00:00:00Z\"}]}";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("a.xml", A), ("b.atom", B), ("c.json", C)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn merge(folder: &Path, arguments: &[&str]) -> Run {
    run(folder, &[&["merge"], arguments].concat(), &[])
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
}

fn titles(feed: &Value) -> Vec<String> {
    feed["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().or(item["content_text"].as_str()).unwrap().to_owned()).collect()
}

#[test]
fn entries_keep_where_they_are_from_and_doubles_are_joined() {
    let folder = folder();
    let run = merge(folder.path(), &["a.xml", "b.atom", "c.json", "-t", "json", "--url", "https://planet.cn/feed.json"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let feed = json(&run);
    assert_eq!(titles(&feed), ["Own", "一", "广告", "同号"], "newest first; the copy in B is the original of A");
    assert_eq!(feed["title"], "B · 丙 · 甲");
    assert_eq!(feed["feed_url"], "https://planet.cn/feed.json");
    let of = |title: &str| feed["items"].as_array().unwrap().iter().find(|item| item["title"] == title).unwrap().clone();
    assert_eq!(of("一")["_feedloom"]["source"]["title"], "甲");
    assert_eq!(of("一")["_feedloom"]["source"]["feed_url"], "https://a.cn/rss.xml");
    assert_eq!((&of("一")["language"], &of("Own")["language"]), (&Value::from("zh-CN"), &Value::from("en")));
    assert_eq!(of("一")["tags"], serde_json::json!(["科技"]));
    assert_eq!(of("Own")["authors"][0]["name"], "Ann");
    // Two feeds gave one number to different entries; here each has an id of its own.
    assert_eq!(of("广告")["id"], "urn:feedloom:in:https%3A%2F%2Fa.cn%2Frss.xml:2");
    assert_eq!(of("同号")["id"], "urn:feedloom:in:https%3A%2F%2Fc.cn%2Ffeed.json:2");
}

#[test]
fn the_source_is_written_in_every_format() {
    let folder = folder();
    let rss = merge(folder.path(), &["a.xml", "b.atom"]).out;
    assert!(rss.contains("<source url=\"https://a.cn/rss.xml\">甲</source>"), "{rss}");
    let atom = merge(folder.path(), &["a.xml", "b.atom", "-t", "atom"]).out;
    assert!(atom.contains("<source") && atom.contains("<id>tag:b.org,2025:feed</id>") && atom.contains("xml:lang=\"zh-CN\""), "{atom}");
}

#[test]
fn the_order_of_inputs_does_not_matter_and_merging_again_changes_nothing() {
    let folder = folder();
    for format in ["rss", "atom", "json"] {
        let of = |inputs: &[&str]| merge(folder.path(), &[inputs, &["-t", format]].concat()).out;
        let once = of(&["a.xml", "b.atom", "c.json"]);
        assert_eq!(of(&["c.json", "a.xml", "b.atom"]), once, "{format}");
        assert_eq!(of(&["a.xml", "b.atom", "c.json", "a.xml"]), once, "{format}");
        std::fs::write(folder.path().join("merged"), &once).unwrap();
        assert_eq!(of(&["merged"]), once, "{format}");
        assert_eq!(titles(&json(&merge(folder.path(), &["merged", "a.xml", "-t", "json"]))), ["Own", "一", "广告", "同号"], "{format}");
    }
}

#[test]
fn sites_with_an_address_that_nobody_gave_them_stay_apart() {
    let folder = tempfile::tempdir().unwrap();
    for (name, title, post) in [("a.xml", "甲", "我的第一篇"), ("b.xml", "乙", "另一个第一篇")] {
        let feed = format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>{title}</title><id>http://yoursite.com/</id><link href=\"/atom.xml\" rel=\"self\"/><link href=\"http://yoursite.com/\"/>\
             <entry><title>{post}</title><id>http://yoursite.com/2025/hello/</id><link href=\"http://yoursite.com/2025/hello/\"/><updated>2025-02-14T00:00:00Z</updated></entry></feed>"
        );
        std::fs::write(folder.path().join(name), feed).unwrap();
    }
    let feed = json(&merge(folder.path(), &["a.xml", "b.xml", "-t", "json"]));
    assert_eq!(feed["title"], "乙 · 甲");
    assert_eq!(titles(&feed), ["另一个第一篇", "我的第一篇"]);
    assert_ne!(feed["items"][0]["id"], feed["items"][1]["id"]);
}

#[test]
fn what_a_planet_is_called_does_not_depend_on_what_is_posted() {
    let folder = folder();
    let of = |more: &[&str]| json(&merge(folder.path(), &[&["a.xml", "b.atom", "c.json", "-t", "json"], more].concat()))["title"].clone();
    assert_eq!(of(&["--limit", "1"]), of(&[]));
    assert_eq!(of(&["--since", "2099-01-01"]), "B · 丙 · 甲");
    let id = |more: &[&str]| {
        let atom = merge(folder.path(), &[&["a.xml", "b.atom", "-t", "atom"], more].concat()).out;
        atom.split_once("<id>").unwrap().1.split('<').next().unwrap().to_owned()
    };
    assert_eq!(id(&["--limit", "1"]), id(&[]));
}

#[test]
fn a_language_is_said_of_all_or_of_each() {
    let folder = folder();
    std::fs::write(
        folder.path().join("none.xml"),
        "<rss version=\"2.0\"><channel><title>丁</title><link>https://d.cn/</link><item><title>无</title><guid>9</guid></item></channel></rss>",
    )
    .unwrap();
    let atom = merge(folder.path(), &["b.atom", "none.xml", "-t", "atom"]).out;
    assert!(!atom.split_once("<entry").unwrap().0.contains("xml:lang"), "it would be taken for the language of 无: {atom}");
}

#[test]
fn a_description_in_html_is_the_body_of_an_item_in_json() {
    let folder = tempfile::tempdir().unwrap();
    let rss = "<rss version=\"2.0\"><channel><title>x</title><item><guid>1</guid><description>&lt;p&gt;你好 &lt;img src=\"https://e.cn/a.png\"&gt;&lt;/p&gt;</description></item></channel></rss>";
    std::fs::write(folder.path().join("a.xml"), rss).unwrap();
    let feed = json(&merge(folder.path(), &["a.xml", "-t", "json"]));
    assert_eq!(feed["items"][0]["content_html"], "<p>你好 <img src=\"https://e.cn/a.png\"></p>");
    assert_eq!(feed["items"][0]["summary"], Value::Null);
}

#[test]
fn an_enclosure_that_says_little_stays_one() {
    let folder = tempfile::tempdir().unwrap();
    let rss = "<rss version=\"2.0\"><channel><title>x</title><link>https://e.cn/</link><item><guid isPermaLink=\"false\">1</guid><enclosure url=\"https://e.cn/a.mp3\"/></item></channel></rss>";
    std::fs::write(folder.path().join("a.xml"), rss).unwrap();
    let of = |format: &str| merge(folder.path(), &["a.xml", "-t", format]).out;
    assert!(of("rss").contains("<enclosure url=\"https://e.cn/a.mp3\" length=\"0\" type=\"audio/mpeg\"/>"), "{}", of("rss"));
    assert!(of("atom").contains("rel=\"enclosure\"") && !of("atom").contains("length="), "{}", of("atom"));
    assert!(of("json").contains("\"mime_type\": \"audio/mpeg\""), "{}", of("json"));
}

#[test]
fn links_that_run_code_are_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let rss = "<rss version=\"2.0\"><channel><title>x</title><link>https://e.cn/</link><item><guid isPermaLink=\"false\">1</guid><link>java&#9;script:alert(1)</link><comments>data:text/html,x</comments></item></channel></rss>";
    std::fs::write(folder.path().join("a.xml"), rss).unwrap();
    for format in ["rss", "atom", "json"] {
        let out = merge(folder.path(), &["a.xml", "-t", format]).out;
        assert!(!out.contains("script:") && !out.contains("data:"), "{format}: {out}");
    }
}

#[test]
fn nothing_to_merge_is_said() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    std::fs::write(folder.path().join("list.opml"), "<opml version=\"2.0\"><body/></opml>").unwrap();
    for (input, expected) in [
        ("empty", "empty: error[FL601]: expected feeds in the folder"),
        ("list.opml", "list.opml: error[FL601]: expected feeds among the inputs, found none"),
    ] {
        let run = merge(folder.path(), &[input]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{input}");
        assert!(run.err.contains(expected), "{}", run.err);
    }
    let wrong = merge(folder.path(), &["list.opml", "--url", "notaurl"]);
    assert!(wrong.code == 2 && wrong.err.contains("--url: error[FL502]"), "{}", wrong.err);
}

#[test]
fn one_input_is_only_converted() {
    let folder = folder();
    let run = merge(folder.path(), &["b.atom", "-t", "json"]);
    let feed = json(&run);
    assert_eq!((feed["title"].as_str(), feed["language"].as_str()), (Some("B"), Some("en")));
    assert_eq!(feed["home_page_url"], "https://b.org/");
    assert_eq!(titles(&feed), ["Seen elsewhere", "Own"], "in its own order");
    assert_eq!(feed["items"][1]["id"], "tag:b.org,2025:y");
    assert!(!run.out.contains("\"source\""), "it is where it was: {}", run.out);
}

#[test]
fn what_is_wanted_can_be_said() {
    let folder = folder();
    let of = |more: &[&str]| titles(&json(&merge(folder.path(), &[&["a.xml", "b.atom", "c.json", "-t", "json"], more].concat())));
    assert_eq!(of(&["--limit", "2"]), ["Own", "一"]);
    assert_eq!(of(&["--exclude", "广告", "--since", "2025-02-12"]), ["Own", "一"]);
    assert_eq!(of(&["--include", "category:科技", "--include", "author:ann"]), ["Own", "一"]);
    assert_eq!(of(&["--include", "language:^zh"]), ["一", "广告"]);
    let wrong = merge(folder.path(), &["a.xml", "--include", "("]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.starts_with("--include: error[FL502]: expected a regular expression, found `(`"), "{}", wrong.err);
    let wrong = merge(folder.path(), &["a.xml", "--since", "soon"]);
    assert!(wrong.code == 2 && wrong.err.contains("--since: error[FL502]"), "{}", wrong.err);
}

#[test]
fn folders_lists_and_standard_input_are_inputs() {
    let folder = folder();
    std::fs::create_dir_all(folder.path().join("more/deep")).unwrap();
    std::fs::rename(folder.path().join("b.atom"), folder.path().join("more/deep/b.atom")).unwrap();
    std::fs::write(folder.path().join("more/page.xml"), "<html></html>").unwrap();
    let run = merge(folder.path(), &["more", "-t", "json"]);
    assert_eq!((run.code, titles(&json(&run)).len()), (0, 2));
    assert!(run.err.contains("more/page.xml: info[FL601]"), "{}", run.err);
    let list = "<opml version=\"2.0\"><body><outline text=\"x\"><outline xmlUrl=\"a.xml\"/><outline xmlUrl=\"more/deep/b.atom\"/></outline>\
        <outline xmlUrl=\"http://127.0.0.1:9/feed\"/><outline xmlUrl=\"../secret.xml\"/><outline xmlUrl=\"/etc/passwd\"/></body></opml>";
    std::fs::write(folder.path().join("list.opml"), list).unwrap();
    let run = merge(folder.path(), &["list.opml", "-t", "json"]);
    assert_eq!(titles(&json(&run)), ["Own", "一", "广告"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("http://127.0.0.1:9/feed: error[FL101]: expected a public http(s) address"), "{}", run.err);
    assert!(run.err.contains("expected a file below the folder of the list, found `../secret.xml`"), "{}", run.err);
    assert!(run.err.contains("found `/etc/passwd`"), "{}", run.err);
}

#[cfg(feature = "fetch")]
#[test]
fn an_address_in_several_folders_of_a_list_is_asked_once() {
    let server = crate::server::Server::start();
    server.route("/feed", crate::server::Answer::feed("<rss version='2.0'><channel><title>a</title><item><title>x</title></item></channel></rss>"));
    let url = server.url("/feed");
    let folder = folder();
    let outline = format!("<outline text='x'><outline xmlUrl='{url}'/></outline>");
    std::fs::write(folder.path().join("list.opml"), format!("<opml version='2.0'><body>{outline}{outline}</body></opml>")).unwrap();
    let run = merge(folder.path(), &["list.opml", &url, "--allow-private", "-t", "json"]);
    assert_eq!((run.code, server.requests().len(), titles(&json(&run)).len()), (0, 1, 1), "{}", run.err);
}

#[test]
fn a_bad_input_does_not_stop_the_others() {
    let folder = folder();
    std::fs::write(folder.path().join("page.html"), "<html><body>404</body></html>").unwrap();
    let run = merge(folder.path(), &["a.xml", "page.html", "missing.xml", "-t", "json"]);
    assert_eq!(run.code, 2);
    assert_eq!(titles(&json(&run)).len(), 2, "the good one is written");
    assert!(run.err.contains("page.html: error[FL601]") && run.err.contains("missing.xml: error[FL101]"), "{}", run.err);
    let none = merge(folder.path(), &["page.html"]);
    assert_eq!((none.code, none.out.as_str()), (2, ""));
}

#[test]
fn a_file_is_written_whole_and_only_if_it_changes() {
    let folder = folder();
    let run = merge(folder.path(), &["a.xml", "b.atom", "-o", "out.xml"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", "2 feeds with 4 entries: 3 written, 1 double joined\n"));
    let written = std::fs::read_to_string(folder.path().join("out.xml")).unwrap();
    assert_eq!(merge(folder.path(), &["a.xml", "b.atom"]).out, written);
    let wrong = merge(folder.path(), &["a.xml", "-o", "no/such/folder.xml"]);
    assert!(wrong.code == 2 && wrong.err.contains("no/such/folder.xml: error[FL402]"), "{}", wrong.err);
}

#[test]
fn a_list_of_the_feeds_can_be_written() {
    let folder = folder();
    let run = merge(folder.path(), &["a.xml", "b.atom", "-t", "opml"]);
    assert!(run.out.contains("xmlUrl=\"https://a.cn/rss.xml\"") && run.out.contains("xmlUrl=\"https://b.org/atom\""), "{}", run.out);
}

#[test]
fn of_one_feed_at_two_times_the_later_state_counts() {
    let folder = folder();
    let later =
        A.replace("原文", "更正").replace("Fri, 14 Feb 2025 10:00", "Fri, 14 Feb 2025 11:00").replace("<title>甲</title>", "<title>新甲</title>");
    std::fs::write(
        folder.path().join("later.xml"),
        later.replace(&later[later.find("<item><title>广告").unwrap()..later.rfind("</channel>").unwrap()], ""),
    )
    .unwrap();
    let merged = merge(folder.path(), &["a.xml", "later.xml", "-t", "json"]);
    let feed = json(&merged);
    assert_eq!(titles(&feed), ["一", "广告"]);
    assert_eq!((&feed["title"], &feed["items"][0]["content_html"]), (&Value::from("新甲"), &Value::from("更正")));
    assert_eq!(merge(folder.path(), &["later.xml", "a.xml", "-t", "json"]).out, merged.out);
}

#[test]
fn an_entry_without_link_is_not_that_of_the_site() {
    let folder = folder();
    let of = |title: &str| {
        format!(
            "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>{title}</title><link>https://e.cn/</link>\
            <atom:link rel=\"self\" href=\"https://e.cn/{title}.xml\"/><item><title>{title}</title><link/><guid>https://e.cn/{title}</guid></item></channel></rss>"
        )
    };
    std::fs::write(folder.path().join("posts"), of("posts")).unwrap();
    std::fs::write(folder.path().join("comments"), of("comments")).unwrap();
    let feed = json(&merge(folder.path(), &["posts", "comments", "-t", "json"]));
    let mut pages: Vec<_> = feed["items"].as_array().unwrap().iter().map(|item| item["url"].as_str().unwrap()).collect();
    pages.sort_unstable();
    assert_eq!(pages, ["https://e.cn/comments", "https://e.cn/posts"]);
}
