//! Every dialect, and what calls itself one.

use super::*;

#[test]
fn every_dialect_is_known() {
    let table = [
        (
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://my.netscape.com/rdf/simple/0.9/\">\
             <channel><title>T</title></channel><item><title>a</title></item><item><title>b</title></item></rdf:RDF>",
            "RSS 0.90",
            2,
        ),
        (
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\">\
             <channel rdf:about=\"http://e.cn/\"><title>T</title><items><rdf:Seq><rdf:li rdf:resource=\"http://e.cn/1\"/></rdf:Seq></items></channel>\
             <item rdf:about=\"http://e.cn/1\"><title>a</title></item></rdf:RDF>",
            "RSS 1.0",
            1,
        ),
        (
            "<?xml version=\"1.0\"?><!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://my.netscape.com/publish/formats/rss-0.91.dtd\">\
             <rss version=\"0.91\"><channel><title>T</title><item><title>a</title></item></channel></rss>",
            "RSS 0.91",
            1,
        ),
        ("<rss version=\"0.92\"><channel><title>T</title><item><description>a</description></item></channel></rss>", "RSS 0.92", 1),
        ("<rss version=\"2.0\"><channel><title>T</title><item/><item/></channel></rss>", "RSS 2.0", 2),
        ("<rss version=\"2.01\"><channel><title>T</title></channel></rss>", "RSS 2.01", 0),
        ("<rss><channel><title>T</title></channel></rss>", "RSS", 0),
        ("<rss version=\"2.0\"><title>T</title><item><title>a</title></item></rss>", "RSS 2.0", 1),
        ("<channel><title>T</title><item><title>a</title></item></channel>", "RSS", 1),
        ("<item><title>a</title></item>", "RSS", 1),
        ("<item><title>a</title></item><item><title>b</title></item>", "RSS", 2),
        ("<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><title>T</title><entry><title>a</title></entry></feed>", "Atom 0.3", 1),
        ("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title><entry><title>a</title></entry></feed>", "Atom 1.0", 1),
        ("<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:title>T</a:title><a:entry><a:title>a</a:title></a:entry></a:feed>", "Atom 1.0", 1),
        ("<feed><title>T</title><entry><title>a</title></entry></feed>", "Atom 1.0", 1),
        ("<entry xmlns=\"http://www.w3.org/2005/Atom\"><title>a</title></entry>", "Atom 1.0", 1),
        ("{\"version\": \"https://jsonfeed.org/version/1\", \"title\": \"T\", \"items\": [{\"id\": \"1\"}]}", "JSON Feed 1", 1),
        ("{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"T\", \"items\": [{\"id\": 1}, {\"id\": 2}]}", "JSON Feed 1.1", 2),
        ("{\"items\": [{\"id\": \"1\"}], \"title\": \"T\"}", "JSON Feed", 1),
        (
            "<?xml version=\"1.0\"?><channel href=\"http://e.cn/\" lastmod=\"2001-01-02\"><title>T</title>\
             <item href=\"http://e.cn/1\"><title>a</title><abstract>b</abstract></item></channel>",
            "CDF",
            1,
        ),
    ];
    for (document, dialect, entries) in table {
        let reading = reading(document);
        assert_eq!(reading.dialect.to_string(), dialect, "{document}");
        let feed = reading.feed().unwrap();
        assert_eq!(feed.entries.len(), entries, "{document}");
        assert!(
            feed.title.value == "T" || feed.title.value.is_empty() && document.starts_with("<item") || document.starts_with("<entry"),
            "{document}"
        );
        assert!(feed.entries.iter().all(|entry| !entry.id.as_str().is_empty()), "{document}");
    }
}

#[test]
fn subscription_lists_of_every_version() {
    for (version, shown) in [("version=\"1.0\"", "OPML 1.0"), ("version=\"1.1\"", "OPML 1.1"), ("version=\"2.0\"", "OPML 2.0"), ("", "OPML")] {
        let document = format!(
            "<?xml version=\"1.0\"?><opml {version}><head><title>订阅</title></head><body><outline text=\"新闻\">\
             <outline text=\"甲\" type=\"rss\" xmlUrl=\"https://e.cn/a?x=1&y=2\" htmlUrl=\"https://e.cn/\"/></outline>\
             <outline title=\"乙\" xmlurl=\"https://e.cn/b\"/><outline text=\"页\" type=\"link\" url=\"https://e.cn/\"/></body></opml>"
        );
        let reading = reading(&document);
        assert_eq!(reading.dialect.to_string(), shown);
        let Content::Subscriptions(list) = &reading.content else { panic!("{document}") };
        assert_eq!(list.title.as_deref(), Some("订阅"));
        let mut first = Outline::feed("甲", "https://e.cn/a?x=1&y=2");
        if let opml::OutlineKind::Feed { html_url, .. } = &mut first.kind {
            *html_url = Some("https://e.cn/".to_owned());
        }
        assert_eq!(list.outlines, [Outline::folder("新闻", vec![first]), Outline::feed("乙", "https://e.cn/b")]);
    }
}

#[test]
fn entries_stand_in_and_beside_the_channel() {
    let document = "<rss version=\"2.0\"><channel><title>T</title><item><title>a</title></item></channel><item><title>b</title></item></rss>";
    let titles: Vec<_> = feed(document).entries.iter().filter_map(|entry| Some(entry.title.clone()?.value)).collect();
    assert_eq!(titles, ["a", "b"]);
}

#[test]
fn a_stream_gives_the_same_entries() {
    let document = rss("<item><guid>1</guid></item><item><guid>2</guid></item>");
    let mut ids = Vec::new();
    let reading = stream(document.as_bytes(), &Hints::default(), &mut |entry| ids.push(entry.id.as_str().to_owned())).unwrap();
    assert_eq!(ids, ["1", "2"]);
    assert!(reading.feed().unwrap().entries.is_empty());
}

#[test]
fn authors_stand_where_they_are_stated_and_the_dialect_says_who_inherits_them() {
    let document =
        atom("<entry><id>1</id></entry><author><name>甲</name></author><entry><id>2</id></entry><entry><author><name>乙</name></author></entry>");
    let reading = read(document.as_bytes(), &Hints::default()).unwrap();
    let feed = reading.feed().unwrap();
    assert_eq!(feed.entries.iter().map(|entry| entry.authors.len()).collect::<Vec<_>>(), [0, 0, 1]);
    assert_eq!(feed.authors[0].name, "甲");
    assert!(reading.inherits_authors());
    let mut json = Vec::new();
    crate::pipeline::inspect::write(&mut json, document.as_bytes(), &Hints::default()).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let names: Vec<_> = json["entries"].as_array().unwrap().iter().map(|entry| entry["authors"][0].as_str().unwrap()).collect();
    assert_eq!(names, ["甲", "甲", "乙"]);
    let document = rss("<dc:creator>甲</dc:creator><item><guid>1</guid></item>");
    assert!(!read(document.as_bytes(), &Hints::default()).unwrap().inherits_authors(), "RSS says nothing of the kind");
}
