//! A list with folders and feeds.

use super::*;
use crate::model::Timestamp;
use roxmltree::Document;

#[test]
fn a_list_has_what_managers_need() {
    let mut feed = Outline::feed("科技 · R&D <1>", "https://example.org/feeds/科技/rss.xml");
    if let OutlineKind::Feed { html_url, language, .. } = &mut feed.kind {
        *html_url = Some("https://example.org/feeds/tech/".to_owned());
        *language = Language::parse("zh-CN");
    }
    let mut folder = Outline::folder("分类", vec![feed]);
    folder.title = Some("not written".to_owned());
    let modified = Timestamp::parse_rfc3339("2025-02-14T10:11:09+08:00").unwrap();
    let written = write("每日技术文摘", &[folder, Outline::feed("", "https://example.org/all.xml")], Some(&modified));
    let expected = "<?xml version=\"1.0\" encoding=\"utf-8\"?>
<opml version=\"2.0\">
  <head>
    <title>每日技术文摘</title>
    <dateModified>Fri, 14 Feb 2025 10:11:09 +0800</dateModified>
  </head>
  <body>
    <outline text=\"分类\">
      <outline text=\"科技 · R&#x26;D &#x3C;1&gt;\" title=\"科技 · R&#x26;D &#x3C;1&gt;\" type=\"rss\" xmlUrl=\"https://example.org/feeds/%E7%A7%91%E6%8A%80/rss.xml\" htmlUrl=\"https://example.org/feeds/tech/\" language=\"zh-CN\"/>
    </outline>
    <outline text=\"https://example.org/all.xml\" title=\"https://example.org/all.xml\" type=\"rss\" xmlUrl=\"https://example.org/all.xml\"/>
  </body>
</opml>
";
    assert_eq!(written, expected);
    let document = Document::parse(&written).unwrap();
    let outline = document.descendants().find(|node| node.attribute("language").is_some()).unwrap();
    assert_eq!(outline.attribute("text"), Some("科技 · R&D <1>"));
}

#[test]
fn a_date_is_never_made_up() {
    assert!(!write("x", &[], None).contains("date"));
}
