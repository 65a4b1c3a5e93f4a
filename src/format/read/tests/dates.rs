//! Dates of entries: which counts, whose zone, and what cannot be read.

use super::*;

#[test]
fn which_date_counts() {
    for (inside, published, updated) in [
        ("<pubDate>Wed, 01 Jan 2025 08:00:00 GMT</pubDate>", "2025-01-01T08:00:00Z", ""),
        ("<dc:date>2020-01-01T00:00:00Z</dc:date><pubDate>Wed, 01 Jan 2025 08:00:00 +0800</pubDate>", "2025-01-01T08:00:00+08:00", ""),
        ("<pubDate>Wed, 01 Jan 2025 08:00:00 GMT</pubDate><dc:date>2020-01-01T00:00:00Z</dc:date>", "2025-01-01T08:00:00Z", ""),
        ("<pubDate>bad</pubDate><dc:date>2020-01-01T00:00:00Z</dc:date>", "2020-01-01T00:00:00Z", ""),
        ("<dcterms:modified>2020-01-01T00:00:00Z</dcterms:modified>", "", "2020-01-01T00:00:00Z"),
        (
            "<atom:updated>2020-01-01T00:00:00Z</atom:updated><atom:published>2019-01-01T00:00:00Z</atom:published>",
            "2019-01-01T00:00:00Z",
            "2020-01-01T00:00:00Z",
        ),
        ("<pubDate></pubDate>", "", ""),
    ] {
        let entry = item(inside);
        let show = |date: Option<crate::model::Timestamp>| date.map(|date| date.to_rfc3339()).unwrap_or_default();
        assert_eq!((show(entry.published), show(entry.updated)), (published.to_owned(), updated.to_owned()), "{inside}");
    }
}

#[test]
fn a_zone_that_only_the_feed_knows() {
    let date = |language: &str, zone: Option<Tz>, written: &str| {
        let document = format!("<rss version=\"2.0\"><channel><title>T</title>{language}<item><pubDate>{written}</pubDate></item></channel></rss>");
        let hints = Hints { zone, ..Hints::default() };
        only(read(document.as_bytes(), &hints).unwrap().feed().unwrap().clone()).published.unwrap().to_rfc3339()
    };
    assert_eq!(date("<language>zh-CN</language>", None, "Wed, 01 Jan 2025 08:00:00 CST"), "2025-01-01T08:00:00+08:00");
    assert_eq!(date("<language>en-us</language>", None, "Wed, 01 Jan 2025 08:00:00 CST"), "2025-01-01T08:00:00-06:00");
    assert_eq!(date("<language>zh-CN</language>", None, "2025-01-01 08:00:00"), "2025-01-01T08:00:00+08:00");
    assert_eq!(date("", None, "2025-01-01 08:00:00"), "2025-01-01T08:00:00Z");
    assert_eq!(date("", Some(Tz::Asia__Tokyo), "2025-01-01 08:00:00"), "2025-01-01T08:00:00+09:00");
    let titled = "<rss version=\"2.0\"><channel><title>北京新闻网</title><item><pubDate>2025年1月1日 08:00</pubDate></item></channel></rss>";
    assert_eq!(only(feed(titled)).published.unwrap().to_rfc3339(), "2025-01-01T08:00:00+08:00");
    for member in ["\"title\": \"北京新闻网\"", "\"language\": \"zh-CN\""] {
        let json =
            format!("{{\"version\": \"https://jsonfeed.org/version/1.1\", {member}, \"items\": [{{\"date_published\": \"2025-01-01 08:00\"}}]}}");
        assert_eq!(only(feed(&json)).published.unwrap().to_rfc3339(), "2025-01-01T08:00:00+08:00");
    }
}

#[test]
fn a_date_that_cannot_be_read_is_reported_and_not_replaced() {
    let document = "<rss version=\"2.0\"><channel><item>\n<pubDate>soon</pubDate></item></channel></rss>";
    assert_eq!(findings(document), ["FL616 2:10"]);
    let entry = only(feed(document));
    assert_eq!((entry.published, entry.updated), (None, None));
}
