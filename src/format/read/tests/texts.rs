//! What kind of text an element holds.

use super::*;

#[test]
fn titles_of_rss_are_plain_unless_they_hold_markup() {
    for (inside, expected) in [
        ("<title>a</title>", "plain:a"),
        ("<title>  a\n b </title>", "plain:a\n b"),
        ("<title>a &lt;b&gt;b&lt;/b&gt;</title>", "html:a <b>b</b>"),
        ("<title><![CDATA[a <i>b</i>]]></title>", "html:a <i>b</i>"),
        ("<title>a <b>b</b></title>", "html:a <b>b</b>"),
        ("<title>1 &lt; 2</title>", "plain:1 < 2"),
        ("<title>AT&#x26;T &#x3C;b></title>", "plain:AT&T <b>"),
        ("<title>A &amp;amp; B</title>", "html:A &amp; B"),
        ("<title>Q&amp;A</title>", "plain:Q&A"),
        ("<title/>", ""),
        ("<title> </title><dc:title>d</dc:title>", "plain:d"),
        ("<title>a</title><media:title>m</media:title>", "plain:a"),
        ("<title>a</title><title>b</title>", "plain:b"),
    ] {
        assert_eq!(shown(item(inside).title.as_ref()), expected, "{inside}");
    }
}

#[test]
fn text_constructs_of_atom() {
    for (inside, expected) in [
        ("<title>a &lt;b></title>", "plain:a <b>"),
        ("<title type=\"text\">a &amp;amp; b</title>", "plain:a &amp; b"),
        ("<title type=\"html\">a &lt;b>b&lt;/b></title>", "html:a <b>b</b>"),
        ("<title type=\"HTML\"><![CDATA[a <b>b</b>]]></title>", "html:a <b>b</b>"),
        ("<title type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">a <b>b</b></div></title>", "xhtml:a <b>b</b>"),
        ("<title type=\"xhtml\"><h:div xmlns:h=\"http://www.w3.org/1999/xhtml\">a <h:b>b</h:b></h:div></title>", "xhtml:a <b>b</b>"),
        ("<title type=\"xhtml\"><div>a</div><div>b</div></title>", "xhtml:<div>a</div><div>b</div>"),
        ("<title mode=\"escaped\" type=\"text/html\">a &lt;i>b&lt;/i></title>", "html:a <i>b</i>"),
        ("<title mode=\"base64\" type=\"text/html\">YSA8aT5iPC9pPg==</title>", "html:a <i>b</i>"),
        ("<title mode=\"base64\">5pep5biC</title>", "plain:早市"),
        ("<title mode=\"xml\" type=\"application/xhtml+xml\"><div>a <i>b</i></div></title>", "xhtml:a <i>b</i>"),
    ] {
        assert_eq!(shown(entry(inside).title.as_ref()), expected, "{inside}");
    }
}

#[test]
fn summary_and_body() {
    for (inside, summary, content) in [
        ("<description>a</description>", "html:a", ""),
        ("<description>a</description><content:encoded><![CDATA[<p>b</p>]]></content:encoded>", "html:a", "html:<p>b</p>"),
        ("<content:encoded>&lt;p>b&lt;/p></content:encoded><content:encoded>c</content:encoded>", "", "html:<p>b</p>"),
        ("<description>a</description><dc:description>c</dc:description><itunes:summary>d</itunes:summary>", "html:a", ""),
        ("<itunes:subtitle>s</itunes:subtitle><itunes:summary>d</itunes:summary>", "html:d", ""),
        ("<summary>s</summary><description>&lt;p>b&lt;/p></description>", "html:s", "html:<p>b</p>"),
        ("<body xmlns=\"http://www.w3.org/1999/xhtml\"><p>b</p></body>", "", "html:<p>b</p>"),
        ("<description><p>a<br/>b</p></description>", "html:<p>a<br/>b</p>", ""),
        ("<media:description>m</media:description>", "plain:m", ""),
    ] {
        let entry = item(inside);
        assert_eq!((shown(entry.summary.as_ref()), shown(entry.content.as_ref())), (summary.to_owned(), content.to_owned()), "{inside}");
    }
}

#[test]
fn a_text_may_quote_the_source_of_a_feed() {
    let source = "x <item><description>a</description><content><![CDATA[b";
    let entry = item(&format!("<description><![CDATA[{source}]]></description><guid>1</guid>"));
    assert_eq!((shown(entry.summary.as_ref()), entry.id.as_str()), (format!("html:{source}"), "1"));
}

#[test]
fn a_body_elsewhere() {
    let entry = entry("<content type=\"video/mp4\" src=\"https://e.cn/v.mp4\"/><summary>s</summary>");
    let link = entry.content_link.unwrap();
    assert_eq!((link.href.as_str(), link.media_type.as_deref()), ("https://e.cn/v.mp4", Some("video/mp4")));
    assert_eq!(entry.content, None);
}

#[test]
fn entities_of_the_document_are_never_expanded() {
    let document = "<!DOCTYPE rss [<!ENTITY x \"boom\"><!ENTITY y SYSTEM \"file:///etc/passwd\">]>\
        <rss version=\"2.0\"><channel><item><title>&x; &y;</title></item></channel></rss>";
    assert_eq!(only(feed(document)).title.unwrap().value, "&x; &y;");
}

#[test]
fn drawings_and_formulas_have_names_of_their_own() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>t</title><description>d</description><author>a</author><entry>e</entry></svg>";
    let metadata = "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><s:metadata><dc:title>x</dc:title></s:metadata></s:svg>";
    let own = "<category xmlns=\"urn:own\"><item>e</item></category>";
    for inside in [svg, metadata, own] {
        let content = format!("<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>a</p>{inside}<p>b</p></div></content>");
        let document = atom(&format!("<entry><id>1</id><title>T</title>{content}</entry><entry><id>2</id></entry>"));
        let feed = feed(&document);
        assert_eq!(feed.entries.len(), 2, "{inside}");
        let entry = &feed.entries[0];
        assert_eq!((entry.title.as_ref().unwrap().value.as_str(), entry.authors.len(), entry.categories.len()), ("T", 0, 0), "{inside}");
        let value = &entry.content.as_ref().unwrap().value;
        assert!(value.starts_with("<p>a</p><") && value.ends_with("<p>b</p>"), "{value}");
        assert!(findings(&document).is_empty(), "{:?}", findings(&document));
    }
}

#[test]
fn markup_that_is_never_closed_ends_with_its_text() {
    let breaks = "<br>".repeat(400);
    let feed = feed(&rss(&format!(
        "<item><title>a</title><description>x{breaks}y</description><link>https://e.cn/a</link></item><item><title>b</title></item>"
    )));
    assert_eq!(feed.entries.len(), 2);
    assert_eq!(feed.entries[0].link().unwrap().href, "https://e.cn/a");
    assert_eq!(feed.entries[0].summary.as_ref().unwrap().value, format!("x{breaks}y"));
}
