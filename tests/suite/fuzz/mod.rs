//! What must hold for any bytes, with bytes made of what feeds are made of. `fuzz/` runs the same bodies for as long as one likes.

mod bodies;

use proptest::prelude::*;

/// Pieces of feeds, whole and broken.
const PIECES: &[&str] = &[
    "<rss version=\"2.0\">",
    "</rss>",
    "<channel>",
    "</channel>",
    "<item>",
    "</item>",
    "<title>",
    "</title>",
    "<link>",
    "</link>",
    "https://e.cn/1",
    "/x",
    "<link/>",
    "<guid>",
    "</guid>",
    "<guid isPermaLink=\"false\">",
    "<description>",
    "</description>",
    "<content:encoded>",
    "</content:encoded>",
    "<pubDate>",
    "</pubDate>",
    "Wed, 01 Jan 2025 08:00:00 CST",
    "2025-01-01",
    "<author>",
    "</author>",
    "a@e.cn (甲)",
    "<dc:creator>",
    "</dc:creator>",
    "<category>",
    "</category>",
    "<category domain=\"d\">",
    "<enclosure url=\"/a.mp3\" length=\"1\" type=\"audio/mpeg\"/>",
    "<source url=\"/f\">",
    "</source>",
    "<media:group>",
    "</media:group>",
    "<media:content url=\"/v\" medium=\"image\">",
    "</media:content>",
    "<media:thumbnail url=\"/t\"/>",
    "<itunes:duration>1:02</itunes:duration>",
    "<image><url>",
    "</url></image>",
    "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh\">",
    "</feed>",
    "<entry>",
    "</entry>",
    "<id>",
    "</id>",
    "<updated>",
    "</updated>",
    "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">",
    "</div></content>",
    "<content type=\"html\">",
    "<content src=\"/c\" type=\"image/png\"/>",
    "</content>",
    "<link rel=\"enclosure\" href=\"/e\"/>",
    "<author><name>",
    "</name><uri>",
    "</uri></author>",
    "<x:a xmlns:x=\"urn:x\" x:b=\"1\">",
    "</x:a>",
    "<y:b/>",
    "<opml><body>",
    "<outline text=\"t\" xmlUrl=\"/f\">",
    "</outline>",
    "</body></opml>",
    "<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\">",
    "</rdf:RDF>",
    "<?xml version=\"1.0\" encoding=\"gbk\"?>",
    "<!DOCTYPE rss [<!ENTITY x \"y\">]>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&lt;",
    "&#x3C;",
    "&nbsp;",
    "&x;",
    "&",
    "<",
    ">",
    "\"",
    "'",
    "/",
    "=",
    " ",
    "\n",
    "早市",
    "𠮷",
    "\u{0}",
    "\u{8}",
    "\u{FFFE}",
    "\u{202E}",
    "<p>",
    "</p>",
    "<b>",
    "<br/>",
    "<a href=\"x\">",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\\",
    "\\u00",
    "\"items\":[",
    "\"title\":\"a\"",
    "\"version\":\"https://jsonfeed.org/version/1.1\"",
    "\"id\":1",
    "\"url\":\"/x\"",
    "\"content_html\":\"<p>\"",
    "\"authors\":[{\"name\":\"x\"}]",
    "\"_x\":{}",
    "<html>",
    "<RSS>",
    "<title xml:lang=\"en\">",
    "xml:base=\"https://e.cn/b/\"",
    "<atom:link rel=\"self\" href=\"/f\"/>",
    "javascript:x",
    "http://[",
    "%",
    "#",
];

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

/// The same in a frame, so that most of it is inside of an entry.
fn documents() -> impl Strategy<Value = String> {
    let frames = prop::sample::select(vec![
        ("", ""),
        ("<rss version=\"2.0\"><channel><item>", "</item></channel></rss>"),
        ("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry>", "</entry></feed>"),
        ("<rss version=\"2.0\"><channel>", "</channel></rss>"),
        ("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{", "}]}"),
    ]);
    (frames, pieces()).prop_map(|((before, after), inside)| format!("{before}{inside}{after}"))
}

fn cases() -> u32 {
    std::env::var("FEEDLOOM_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(256)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn documents_are_read_or_refused(document in documents()) {
        bodies::read(document.as_bytes());
    }

    #[test]
    fn bytes_are_text(document in pieces(), bytes in prop::collection::vec(any::<u8>(), 0..64), at in any::<prop::sample::Index>()) {
        let mut mixed = document.into_bytes();
        let at = at.index(mixed.len() + 1);
        mixed.splice(at..at, bytes);
        bodies::decode(&mixed);
        bodies::read(&mixed);
    }

    #[test]
    fn dates_come_back(
        text in prop::collection::vec(
            prop::sample::select(vec![
                "2025", "1999", "0001", "25", "12", "31", "1", "0", "60", "24", "-", "/", ":", ".", ",", " ", "T", "Z", "+", "+0800", "-00:30", "GMT", "CST", "EST", "MSZ",
                "Jan", "February", "Mär", "Mon", "mardi", "年", "月", "日", "上午", "下午", "AM", "p.m.", "星期三", "W01", "W53-7", "366", "１２", "(x)", "\u{a0}", "2016-12-31T23:59:60Z",
                "99999", "--", "fév", "декабря", "오전",
            ]),
            1..10,
        )
    ) {
        bodies::date(&text.concat());
    }
}
