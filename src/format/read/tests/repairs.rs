//! What is broken: what is read of it, and what is said about it at which line and column.

use super::*;

/// The document, its findings, and the titles of its entries.
fn check(table: &[(&str, &[&str], &[&str])]) {
    let mut wrong = Vec::new();
    for (document, codes, titles) in table {
        let (found, read) = (findings(document), titles_of(document));
        if found != *codes || read != *titles {
            wrong.push(format!("{document}\n  {codes:?} {titles:?} expected,\n  {found:?} {read:?} found"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn titles_of(document: &str) -> Vec<String> {
    feed(document).entries.iter().map(|entry| entry.title.as_ref().map_or("", |title| title.value.as_str()).to_owned()).collect()
}

#[test]
fn what_stands_around_the_document() {
    check(&[
        ("<rss version=\"2.0\"><channel><item><title>a</title></item></channel></rss>", &[], &["a"]),
        ("\u{FEFF}<rss version=\"2.0\"><channel><item><title>a</title></item></channel></rss>", &[], &["a"]),
        ("\n\n<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><item><title>a</title></item></channel></rss>", &["FL604 1:1"], &["a"]),
        ("Warning: x in <b>y.php</b>\n<rss version=\"2.0\"><channel><item><title>a</title></item></channel></rss>", &["FL604 1:1"], &["a"]),
        ("<RSS version=\"2.0\"><channel><item><title>a</title></item></channel></RSS>", &["FL615 1:1"], &["a"]),
        ("\n<rss version=\"3\"><channel><item><title>a</title></item></channel></rss>", &["FL615 2:1"], &["a"]),
        ("<rss><channel><item><title>a</title></item></channel></rss>", &["FL615 1:1"], &["a"]),
        (
            "<rss version=\"2.0\"><channel><item><title>a</title></item></channel></rss>\n<script>x < 1 && y</script>",
            &["FL614 2:1", "FL610 2:11"],
            &["a"],
        ),
    ]);
}

#[test]
fn characters_and_references() {
    check(&[
        ("<rss version=\"2.0\"><channel>\n<item><title>早\u{8}市</title></item></channel></rss>", &["FL605 2:15"], &["早市"]),
        ("<rss version=\"2.0\"><channel>\n<item><title>don\u{92}t \u{A0}é</title></item></channel></rss>", &["FL605 2:14"], &["don’t \u{A0}é"]),
        ("<rss version=\"2.0\"><channel>\n<item><title>&lt;&lt;早\u{8}</title></item></channel></rss>", &["FL605 2:23"], &["<<早"]),
        ("<rss version=\"2.0\"><channel>\n<item><title>A & B</title></item></channel></rss>", &["FL606 2:16"], &["A & B"]),
        ("<rss version=\"2.0\"><channel>\n<item><title>A&B;</title></item></channel></rss>", &["FL607 2:15"], &["A&B;"]),
        ("<rss version=\"2.0\"><channel>\n<item><title>caf&eacute;</title></item></channel></rss>", &["FL607 2:17"], &["café"]),
        ("<rss version=\"2.0\"><channel>\n<item><title>&#x65E9;&#24066;&#128;&#0;</title></item></channel></rss>", &[], &["早市€"]),
        ("<rss version=\"2.0\"><channel>\n<item><title>1 < 2</title></item></channel></rss>", &["FL610 2:16"], &["1 < 2"]),
        ("<rss version=\"2.0\"><channel>\n<item><title>a<3</title></item></channel></rss>", &["FL610 2:15"], &["a<3"]),
    ]);
}

#[test]
fn names_and_attributes() {
    check(&[
        ("<rss version=\"2.0\"><channel>\n<item><title>a</title><dc:date>2025-01-01</dc:date></item></channel></rss>", &["FL608 2:23"], &["a"]),
        ("<rss version=2.0><channel><item><title>a</title></item></channel></rss>", &["FL609 1:1"], &["a"]),
        (
            "<rss version=\"2.0\"><channel>\n<item><link href=\"x>y</link><title>a</title></item></channel></rss>",
            &["FL609 2:7", "FL609 2:7", "FL618 2:21"],
            &["a"],
        ),
    ]);
}

#[test]
fn tags_that_do_not_match() {
    check(&[
        ("<rss version=\"2.0\"><channel>\n<item><title>a</titel></item><item><title>b</title></item></channel></rss>", &["FL611 2:15"], &["a", "b"]),
        ("<rss version=\"2.0\"><channel>\n<item><title>a</item><item><title>b</title></item></channel></rss>", &["FL611 2:15"], &["a", "b"]),
        ("<rss version=\"2.0\"><channel>\n<item><title>a<link>https://e.cn/</link></item></channel></rss>", &["FL612 2:15"], &["a"]),
        ("<rss version=\"2.0\"><channel>\n<item><title>a</title>\n<item><title>b</title></item></channel></rss>", &["FL612 3:1"], &["a", "b"]),
        ("<rss version=\"2.0\"><channel>\n<item><title>a</TITLE></item></channel></rss>", &["FL611 2:15"], &["a"]),
        ("<rss version=\"2.0\"><channel>\n<item><description>x</b></description><title>a</title></item></channel></rss>", &["FL611 2:21"], &["a"]),
    ]);
}

#[test]
fn a_file_that_is_cut_off_keeps_all_whole_items() {
    let whole = "<rss version=\"2.0\"><channel>\n<item><title>a</title></item>\n<item><title>b</title></item>\n";
    for (tail, codes, titles) in [
        ("", &["FL612 4:1"][..], &["a", "b"][..]),
        ("<item><title>c", &["FL612 4:15", "FL613 4:1"], &["a", "b"]),
        ("<item><title>c</title><lin", &["FL612 4:27", "FL613 4:1"], &["a", "b"]),
        ("<item><title>c</title></item></channel>", &["FL612 4:40"], &["a", "b", "c"]),
        ("<item><title>c</title><description><![CDATA[x", &["FL610 4:36", "FL612 4:46", "FL613 4:1"], &["a", "b"]),
    ] {
        let document = format!("{whole}{tail}");
        assert_eq!(reading(&document).is_cut_off, !tail.ends_with("</channel>"), "{tail}");
        let mut found = findings(&document);
        found.sort();
        let mut codes = codes.to_vec();
        codes.sort_unstable();
        assert_eq!(found, codes, "{tail}");
        let found: Vec<_> = feed(&document).entries.iter().map(|entry| entry.title.as_ref().unwrap().value.clone()).collect();
        assert_eq!(found, titles, "{tail}");
    }
    let only = feed("<rss version=\"2.0\"><channel><item><title>a</title><description>half");
    assert_eq!(only.entries.len(), 1, "the only one is kept, whatever is missing");
}

#[test]
fn comments_and_sections_without_end() {
    check(&[
        (
            "<rss version=\"2.0\"><channel>\n<!-- x <item><title>a</title></item><item><title>b</title></item></channel></rss>",
            &["FL610 2:1"],
            &["a", "b"],
        ),
        (
            "<rss version=\"2.0\"><channel>\n<item><title><![CDATA[a</title></item><item><title>b</title></item></channel></rss>",
            &["FL610 2:14"],
            &["a", "b"],
        ),
        (
            "<rss version=\"2.0\"><channel>\n<item><title><![CDATA[a</title></item><item><title><![CDATA[b]]></title></item></channel></rss>",
            &["FL610 2:14"],
            &["a", "b"],
        ),
        ("<rss version=\"2.0\"><channel><!-- a -- b --><item><title>a<!-- x -->b</title></item></channel></rss>", &[], &["ab"]),
    ]);
    let many = "<item><title><![CDATA[a</title></item>".repeat(40);
    assert_eq!(feed(&format!("<rss version=\"2.0\"><channel>{many}</channel></rss>")).entries.len(), 40);
}

#[test]
fn a_thousand_faults_are_a_few_findings() {
    let document = rss(&"<item><title>A & B</title></item>".repeat(1000));
    let repairs = reading(&document).repairs;
    assert_eq!(repairs.len(), 5);
    assert!(repairs[4].message.ends_with("(995 more of this kind)"), "{}", repairs[4].message);
}

#[test]
fn json_is_mended() {
    check(&[
        ("{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"T\", \"items\": [{\"title\": \"a\"},]}", &["FL621 1:88"][..], &["a"][..]),
        ("\u{FEFF}{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{\"title\": \"a\"}]}", &[], &["a"]),
        ("{\"version\": \"https://jsonfeed.org/version/1.1\",\n\"items\": [{\"title\": \"a\tb\"}]}", &["FL621 2:23"], &["a\tb"]),
        ("{\"version\": \"https://jsonfeed.org/version/1.1\",\n\"items\": [{\"title\": \"a\"}, {\"title\": \"b", &["FL621 2:38"], &["a"]),
        (
            "{\"version\": \"https://jsonfeed.org/version/1.1\",\n\"items\": [1, {\"title\": \"a\"}, {\"title\": \"b\"}, {",
            &["FL621 2:46"],
            &["a", "b"],
        ),
        ("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}\n<!-- x -->", &["FL614 2:1"], &[]),
        // A list of PHP from which something was removed.
        ("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": {\"0\": {\"title\": \"a\"}, \"2\": {\"title\": \"b\"}}}", &[], &["a", "b"]),
        // A text that was cut in the middle of a character.
        (
            "{\"version\": \"https://jsonfeed.org/version/1.1\",\n\"items\": [{\"title\": \"a\"}, {\"title\": \"b\\ud83d\"}, {\"title\": \"\\u65e9\\ud83d\\ude00\\u0022\"}]}",
            &["FL621 2:45"],
            &["a", "b\u{FFFD}", "早😀\""],
        ),
        ("{\"version\": \"https://jsonfeed.org/version/1.1\",\n\"items\": [{\"title\": \"a\"} {\"title\": \"b\"}]}", &["FL621 2:26"], &["a", "b"]),
        // What nobody can mend costs what stands behind it, not what stands before.
        (
            "{\"version\": \"https://jsonfeed.org/version/1.1\",\n\"items\": [{\"title\": \"a\"}, {\"title\": b}, {\"title\": \"c\"}]}",
            &["FL621 2:37", "FL621 2:37"],
            &["a"],
        ),
        ("{\"items\": [{\"title\": \"a\"}]}", &["FL615 1:1"], &["a"]),
        ("x = {\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{\"title\": \"a\"}]}", &["FL604 1:1"], &["a"]),
    ]);
}

#[test]
fn people_and_files_that_are_not_closed() {
    for unclosed in ["<author>x", "<itunes:author>x", "<media:thumbnail url=\"https://e.cn/a.jpg\">", "<itunes:image href=\"https://e.cn/a.jpg\">"] {
        let entry =
            feed(&rss(&format!("<item><title>a</title>{unclosed}<pubDate>Fri, 14 Feb 2025 10:11:09 +0800</pubDate></item>"))).entries.remove(0);
        assert!(entry.published.is_some(), "{unclosed}");
    }
}

#[test]
fn a_list_that_is_too_deep_says_what_is_missing() {
    let (open, close) = ("<outline text=\"x\">".repeat(70), "</outline>".repeat(70));
    let found = findings(&format!("<opml version=\"2.0\"><body>{open}<outline xmlUrl=\"https://e.cn/f\"/>{close}</body></opml>"));
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("FL620 1:"), "{found:?}");
}
