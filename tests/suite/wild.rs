//! Feeds as they are found: each repair is named at its place, and nothing is lost with it.

use crate::harness::run;
use feedloom::diagnostic::Code;
use std::collections::BTreeSet;

/// A finding, the bytes that cause it, where it is said to be, and how many entries are read all the same.
pub(crate) type Case = (Code, Vec<u8>, &'static str, usize);

fn rss(item: &str) -> Vec<u8> {
    format!("<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>站</title>\n<item><title>一</title><guid>1</guid>\n{item}</item>\n<item><title>二</title><guid>2</guid></item>\n</channel></rss>\n")
        .into_bytes()
}

pub(crate) fn cases() -> Vec<Case> {
    let gbk = [
        b"<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><item><title>".to_vec(),
        vec![0xD6, 0xD0, 0xCE, 0xC4, 0xB1, 0xEA, 0xCC, 0xE2],
        b"</title></item></channel></rss>".to_vec(),
    ]
    .concat();
    let mut damaged = rss("<description>这是一段很长的中文。</description>");
    let at = damaged.windows(3).position(|three| three == "这".as_bytes()).unwrap();
    damaged[at] = 0xFF;
    let nested = format!("<rss version=\"2.0\"><channel><item><title>x</title>{}{}</item></channel></rss>", "<a>".repeat(1000), "</a>".repeat(1000));
    let bare = |text: &str| text.as_bytes().to_vec();
    vec![
        (Code::NotAFeed, bare("<html><head><title>404</title></head></html>"), "feed: error[FL601]", 0),
        (Code::EncodingOverruled, gbk, "feed:1:1: warning[FL602]: expected `utf-8`, as the document says, found gb18030", 1),
        (Code::UndecodableBytes, damaged, "feed:4:14: warning[FL603]", 2),
        (
            Code::LeadingJunk,
            [b"\n Warning: x\n".to_vec(), rss("")].concat(),
            "feed:1:1: warning[FL604]: expected the document at its very beginning, found `Warning: x`",
            2,
        ),
        (Code::ControlCharacter, rss("<description>a\u{8}b</description>"), "feed:4:15: warning[FL605]", 2),
        (Code::BareAmpersand, rss("<description>R & D</description>"), "feed:4:16: warning[FL606]", 2),
        (Code::HtmlEntity, rss("<description>caf&eacute;</description>"), "feed:4:17: warning[FL607]", 2),
        (Code::UndeclaredPrefix, rss("<dc:creator>张三</dc:creator>"), "feed:4:1: warning[FL608]: expected a declaration of the prefix `dc`", 2),
        (Code::AttributeSyntax, rss("<enclosure url=https://e.cn/a.mp3 length=\"1\" type=\"audio/mpeg\"/>"), "feed:4:1: warning[FL609]", 2),
        (Code::StrayMarkup, rss("<description>1 < 2</description>"), "feed:4:16: warning[FL610]", 2),
        (Code::MismatchedTag, rss("<description>x</descripton>"), "feed:4:15: warning[FL611]: expected `</description>`, found `</descripton>`", 2),
        (
            Code::UnclosedElement,
            rss("<description>x<pubDate>2025-01-01</pubDate>"),
            "feed:4:15: warning[FL612]: expected `</description>`, found `<pubDate>`",
            2,
        ),
        (Code::CutOffEntry, bare("<rss version=\"2.0\"><channel><item><title>a</title></item><item><title>b</title><desc"), "FL613", 1),
        (
            Code::TrailingJunk,
            [rss(""), b"<script>x</script>".to_vec()].concat(),
            "feed:7:1: warning[FL614]: expected the end of the document, found `<script>`",
            2,
        ),
        (Code::UnknownDialect, bare("<RSS><channel><item><title>a</title></item></channel></RSS>"), "feed:1:1: warning[FL615]", 1),
        (Code::FeedDateUnreadable, rss("<pubDate>next Friday</pubDate>"), "feed:4:10: warning[FL616]", 2),
        (Code::FeedDateDoubtful, rss("<pubDate>01/02/2025 10:00 GMT</pubDate>"), "feed:4:10: info[FL617]", 2),
        (Code::FeedUrlUnusable, rss("<link>/a/b</link>"), "feed:4:7: warning[FL618]", 2),
        (
            Code::FeedLanguageInvalid,
            bare("<rss version=\"2.0\"><channel><language>q_?</language><item><title>a</title></item></channel></rss>"),
            "FL619",
            1,
        ),
        (Code::LimitExceeded, nested.into_bytes(), "FL620", 1),
        (
            Code::JsonSyntax,
            bare("{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"t\",\n\"items\": [{\"id\": \"1\"}, {\"id\": \"2\"},]}"),
            "feed:2:36: warning[FL621]",
            2,
        ),
    ]
}

#[test]
fn each_repair_is_named_and_the_entries_are_there() {
    let folder = tempfile::tempdir().unwrap();
    for (code, bytes, expected, entries) in cases() {
        std::fs::write(folder.path().join("feed"), &bytes).unwrap();
        let run = run(folder.path(), &["inspect", "feed"], &[]);
        assert!(run.err.contains(expected), "{code}: expected {expected}\nin\n{}", run.err);
        assert!(run.err.contains(&format!("[{code}]")), "{code}\nin\n{}", run.err);
        let json = crate::harness::run(folder.path(), &["inspect", "feed", "--json"], &[]);
        let read: serde_json::Value = serde_json::from_str(&json.out).unwrap();
        assert_eq!(read["entries"].as_array().unwrap().len(), entries, "{code}");
        assert_eq!(json.code, if entries == 0 { 2 } else { 0 }, "{code}");
    }
}

#[test]
fn every_code_about_feeds_is_caused() {
    let caused: BTreeSet<Code> = cases().into_iter().map(|case| case.0).collect();
    let missing: Vec<_> = Code::ALL.iter().filter(|code| code.as_str().starts_with("FL6") && !caused.contains(code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn values_of_json_are_named_at_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let json = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"t\", \"items\": [\n{\"id\": \"1\", \"url\": \"/a\"},\n{\"id\": \"2\", \"date_published\": \"2025-13-01\"}]}";
    std::fs::write(folder.path().join("feed.json"), json).unwrap();
    let run = run(folder.path(), &["inspect", "feed.json"], &[]);
    assert!(run.err.contains("feed.json:2:21: warning[FL618]: expected an absolute address or a base, found `/a`"), "{}", run.err);
    assert!(run.err.contains("feed.json:3:32: warning[FL616]: expected a date, found `2025-13-01`: month 13 does not exist"), "{}", run.err);
    assert!(run.err.contains("help: write addresses in full"), "{}", run.err);
}

#[test]
fn packed_bytes_are_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("feed.xml"), b"\x1F\x8B\x08\x00abc").unwrap();
    let plain = run(folder.path(), &["inspect", "feed.xml"], &[]);
    assert!(plain.code == 2 && plain.err.contains("feed.xml: error[FL601]: expected a feed, found bytes compressed with gzip"), "{}", plain.err);
    for missing in ["feed.xml", "nothing.xml"] {
        let json = run(folder.path(), &["inspect", missing, "--json"], &[]);
        assert_eq!((json.code, serde_json::from_str::<serde_json::Value>(&json.out).unwrap()["ok"].clone()), (2, false.into()), "{missing}");
    }
}

#[test]
fn a_page_names_its_feeds() {
    let folder = tempfile::tempdir().unwrap();
    let page = "<!doctype html><html><head><title>站</title><link rel=alternate type='application/rss+xml' href='https://e.cn/feed.xml'></head>";
    std::fs::write(folder.path().join("page.html"), page).unwrap();
    let run = run(folder.path(), &["inspect", "page.html"], &[]);
    assert_eq!(run.code, 2);
    assert!(run.err.starts_with("page.html: error[FL601]: expected a feed, found a web page that names https://e.cn/feed.xml\n"), "{}", run.err);
}

#[test]
fn a_batch_answers_each_path_in_order_and_never_fails() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.xml"), rss("")).unwrap();
    std::fs::write(folder.path().join("b.html"), "<html></html>").unwrap();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_feedloom"))
        .args(["inspect", "--batch"])
        .current_dir(folder.path())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"a.xml\nmissing.xml\nb.html\na.xml\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let lines: Vec<serde_json::Value> = String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().map(|line| line["ok"].as_bool().unwrap()).collect::<Vec<_>>(), [true, false, false, true]);
    assert!(lines[1]["error"].as_str().unwrap().contains("No such file") || cfg!(not(unix)));
    assert_eq!(lines[0]["entries"][1]["title"], "二");
    assert_eq!(lines[0]["repairs"], serde_json::json!([]));
}

#[test]
fn an_opml_list_is_shown_as_a_tree() {
    let folder = tempfile::tempdir().unwrap();
    let list = "<opml version=\"1.1\"><head><title>订阅</title></head><body><outline text=\"新闻\"><outline text=\"A & B\" xmlUrl=\"https://e.cn/?a=1&b=2\"/></outline></body></opml>";
    std::fs::write(folder.path().join("list.opml"), list).unwrap();
    let run = run(folder.path(), &["inspect", "list.opml"], &[]);
    assert_eq!(run.code, 0);
    assert_eq!(run.out, "OPML 1.1, UTF-8, 1 feed\n\ntitle  订阅\n\n新闻/\n  A & B  https://e.cn/?a=1&b=2\n");
    assert!(run.err.contains("FL606") || run.err.is_empty(), "{}", run.err);
}

#[test]
fn a_page_about_a_feed_stands_in_columns() {
    let folder = tempfile::tempdir().unwrap();
    let feed = "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>每日</title><link>https://e.cn/</link><language>zh-cn</language>\
        <item><title>早市</title><dc:creator>张三</dc:creator><pubDate>Fri, 14 Feb 2025 10:11:09 CST</pubDate></item>\
        <item><title>a</title><dc:creator>Li</dc:creator><pubDate>2025年2月15日 8:00</pubDate></item></channel></rss>";
    std::fs::write(folder.path().join("feed.xml"), feed).unwrap();
    let run = run(folder.path(), &["inspect", "feed.xml"], &[]);
    let expected = "RSS 2.0, UTF-8, 2 entries

title       每日
page        https://e.cn/
language    zh-CN
entries     2025-02-14 10:11 +08:00 to 2025-02-15 08:00 +08:00

date                     title  author
2025-02-15 08:00 +08:00  a      Li
2025-02-14 10:11 +08:00  早市   张三
";
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, expected, ""));
}
