//! What is no feed, and what is said then.

use super::*;

fn error(document: &str) -> ReadError {
    let hints = Hints { base: Some("https://e.cn/a/".to_owned()), ..Hints::default() };
    read(document.as_bytes(), &hints).expect_err(document)
}

#[test]
fn what_is_no_feed() {
    for (document, expected) in [
        ("", "expected a feed, found nothing"),
        (" \n\t\u{FEFF}", "expected a feed, found nothing"),
        ("Not Found", "expected a feed, found `Not Found`"),
        (
            "<!DOCTYPE html><html><head><title>502</title></head><body>Bad Gateway</body></html>",
            "expected a feed, found a web page that names no feed",
        ),
        ("<h1>404 Not Found</h1>", "expected a feed, found a web page that names no feed"),
        ("<?xml version=\"1.0\"?><urlset><url><loc>https://e.cn/</loc></url></urlset>", "expected a feed, found XML with the root <urlset>"),
        ("<svg xmlns=\"http://www.w3.org/2000/svg\"><path/></svg>", "expected a feed, found XML with the root <svg>"),
        ("{\"error\": \"x\"}", "expected a feed, found JSON without `version` and `items`"),
        ("%PDF-1.7", "expected a feed, found `%PDF-1.7`"),
    ] {
        assert_eq!(error(document).to_string(), expected, "{document}");
    }
    for document in ["[1, 2]", "{", "[[", "{\"items\": 1}"] {
        assert!(matches!(error(document), ReadError::Json(_)), "{document}");
    }
}

#[test]
fn a_page_names_its_feeds() {
    let page = "<!doctype html><html><head><title>早市 &amp; 集</title><link rel=stylesheet href=x.css>\
        <link rel=\"alternate\" type=\"application/rss+xml\" title=\"文章\" href=\"feed.xml\">\
        <LINK REL='Alternate' TYPE='application/atom+xml; charset=utf-8' HREF='/atom.xml'>\
        <link rel=alternate type=application/feed+json href=https://e.cn/feed.json>\
        <link rel=\"alternate\" type=\"application/json+oembed\" href=\"/oembed\"><link rel=\"alternate\" hreflang=\"en\" href=\"/en/\">\
        <link rel=\"alternate\" type=\"application/rss+xml\" href=\"feed.xml\"></head>\
        <body><a href=\"/other.xml\" rel=\"feed\">feed</a><a href=\"/x\">x</a></body></html>";
    let ReadError::Page { title, feeds } = error(page) else { panic!() };
    assert_eq!(title.as_deref(), Some("早市 & 集"));
    let hrefs: Vec<_> = feeds.iter().map(|feed| feed.href.as_str()).collect();
    assert_eq!(hrefs, ["https://e.cn/a/feed.xml", "https://e.cn/atom.xml", "https://e.cn/feed.json", "https://e.cn/other.xml"]);
    assert_eq!((feeds[0].title.as_deref(), feeds[1].media_type.as_str()), (Some("文章"), "application/atom+xml"));
    let moved = "<base href=\"https://f.cn/b/\"><link rel=alternate type=\"application/rss+xml\" title=\"a > b\" href=\"f.xml\">";
    assert_eq!(feed_links(moved, Some("https://e.cn/"))[0].href, "https://f.cn/b/f.xml");
}

#[test]
fn the_source_of_a_feed_in_a_page_is_no_feed() {
    assert!(matches!(error("<html><body><pre><rss version=\"2.0\"><channel></channel></rss></pre></body></html>"), ReadError::Page { .. }));
}
