//! Documents, whole: what is mended, what is left, and that nothing else changes.

use super::*;
use crate::lint::{FileFacts, Sample, lint, rules};
use std::sync::Arc;

/// One file is at hand.
#[derive(Debug)]
struct OneFile;

impl Files for OneFile {
    fn facts(&self, url: &str) -> Option<FileFacts> {
        (url == "https://a.example/x.mp3").then(|| FileFacts { length: Some(77), ..FileFacts::default() })
    }
}

fn options() -> Options {
    Options { base: Some("https://a.example/f.xml".to_owned()), now: Some(1_767_225_600), files: Some(Arc::new(OneFile)), ..Options::default() }
}

fn mended(sample: &Sample, means: &Means<'_>) -> String {
    String::from_utf8(fix(sample.document().as_bytes(), &options(), means).bytes).unwrap()
}

#[test]
fn only_the_broken_places_change() {
    let cases: &[(Sample, &[(&str, &str)])] = &[
        (
            Sample::Item("<title >a</title><!-- 2025-02-14 -->\r\n<pubDate a='b'> 2025-02-14T10:00:00+08:00\n</pubDate>"),
            &[("2025-02-14T10:00:00+08:00", "Fri, 14 Feb 2025 10:00:00 +0800")],
        ),
        (Sample::Channel("<language><![CDATA[zh_CN]]></language>"), &[("zh_CN", "zh-CN")]),
        (Sample::Item("<title>a</title><link>https://a.example/文?a=1&amp;b=2</link><guid>https://a.example/1</guid>"), &[("文", "%E6%96%87")]),
        (Sample::Item("<title>a</title><link>https://a.example/文</link>"), &[]),
        (Sample::Item("<title>a</title><guid>文 1</guid>"), &[("<guid>", "<guid isPermaLink=\"false\">")]),
        (Sample::Item("<title>a</title><guid isPermaLink='true'>p 1</guid>"), &[("'true'", "'false'")]),
        (Sample::Item("<title>a</title><enclosure type='a/b' length='-1' url='https://a.example/x.mp3'/>"), &[("'-1'", "'77'")]),
        (Sample::Item("<title>a</title><enclosure type='a/b' length='76' url='https://a.example/x.mp3'/>"), &[("'76'", "'77'")]),
        (
            Sample::JsonItem(r#""attachments": [ { "url": "https://a.example/x.mp3", "mime_type": "a/b", "size_in_bytes": 76 } ]"#),
            &[(" 76 ", " 77 ")],
        ),
        (
            Sample::Entry("<content>x</content><published> 2025-02-14 10:00+08:00 </published>"),
            &[(" 2025-02-14 10:00+08:00 ", "2025-02-14T10:00:00+08:00")],
        ),
        (Sample::Entry("<content>x</content><id>https://a.example/文</id>"), &[]),
    ];
    let means = Means::default();
    for (sample, changes) in cases {
        let base = "<link rel=\"self\"";
        let document = sample.document();
        let mut expected = document.clone();
        for (from, to) in *changes {
            assert_eq!(document.matches(from).count(), 1, "{from} in {document}");
            expected = expected.replace(from, to);
        }
        let found = mended(sample, &means);
        // The samples' own self links are not under test.
        let bare = |text: &str| {
            text.lines()
                .filter(|line| ![base, ":link rel=\"self\"", "\"feed_url\""].iter().any(|own| line.contains(own)))
                .collect::<Vec<_>>()
                .join("\n")
        };
        assert_eq!(bare(&found), bare(&expected));
    }
}

#[test]
fn a_feed_says_where_it_lives() {
    let link = "rel=\"self\" type=\"application/rss+xml\" href=\"https://a.example/f.xml\"/>";
    let rss = "<rss version='2.0'>\n\t<channel>\n\t\t<title>t</title><link>https://a.example/</link><description>d</description></channel></rss>";
    let fixed = fix(rss.as_bytes(), &options(), &Means::default());
    let expected =
        rss.replace("<rss", "<rss xmlns:atom=\"http://www.w3.org/2005/Atom\"").replace("<channel>", &format!("<channel>\n\t\t<atom:link {link}"));
    assert_eq!(String::from_utf8(fixed.bytes).unwrap(), expected);
    let json = "{\n  \"title\": \"t\", \"author\": {\"name\": \"}\"}, \"items\": []}";
    let fixed = fix(json.as_bytes(), &options(), &Means::default());
    let start = "{\n  \"version\": \"https://jsonfeed.org/version/1.1\",\n  \"feed_url\": \"https://a.example/f.xml\",";
    let expected = json.replacen('{', start, 1).replace("\"}\"}", "\"}\"}, \"authors\": [{\"name\": \"}\"}]");
    assert_eq!(String::from_utf8(fixed.bytes).unwrap(), expected);
    let without = fix(json.as_bytes(), &Options::default(), &Means { wanted: &|code| code == Code::JsonSelfMissing, ..Means::default() });
    assert_eq!(without.bytes, json.as_bytes(), "nobody knows the address");
}

#[test]
fn what_is_mended_is_in_utf_8() {
    let text = "<?xml version='1.0' encoding='GBK'?><rss version='2.0'><channel><title>中文标题</title></channel></rss>";
    let fixed = fix(&encoded(text), &options(), &Means::default());
    let found = String::from_utf8(fixed.bytes).unwrap();
    assert!(found.starts_with("<?xml version='1.0' encoding='UTF-8'?>") && found.contains("中文标题"), "{found}");
    assert!(fixed.mended.iter().any(|finding| finding.code == Code::ObscureEncoding), "{:?}", fixed.mended);
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.replace("GBK", "utf-16").encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let none = fix(&wide, &Options::default(), &Means::default());
    assert_eq!(none.bytes, wide, "nothing is wrong with UTF-16");
    let damaged = [text.replace("GBK", "utf-8").as_bytes(), b"\xFF"].concat();
    assert_eq!(fix(&damaged, &options(), &Means::default()).bytes, damaged, "nobody knows what the byte was");
    let marked = ["\u{FEFF}", &text.replace("GBK", "utf-8").replace("<channel>", "<channel><language>zh_CN</language>")].concat();
    let found = String::from_utf8(fix(marked.as_bytes(), &Options::default(), &Means::default()).bytes).unwrap();
    assert_eq!(found, marked.replace("zh_CN", "zh-CN"));
}

/// The two words of the test in GBK.
fn encoded(text: &str) -> Vec<u8> {
    let (before, after) = text.split_once("中文标题").unwrap();
    [before.as_bytes(), b"\xD6\xD0\xCE\xC4\xB1\xEA\xCC\xE2", after.as_bytes()].concat()
}

#[test]
fn what_was_mended_is_told_at_its_place() {
    let text = "\n<?xml version='1.0'?>\n<rss version='2.0'>\n<channel><title>a&nbsp;b</title>\n<language>zh_CN</language></channel></rss>";
    let fixed = fix(text.as_bytes(), &Options::default(), &Means::default());
    let found: Vec<(&str, u32, u32)> = fixed.mended.iter().map(|finding| (finding.code.as_str(), finding.place.line, finding.place.column)).collect();
    assert_eq!(found, [("FL1031", 1, 1), ("FL1006", 4, 18), ("FL1209", 5, 11)]);
}

#[test]
fn no_sample_of_a_rule_gets_worse() {
    let mut wrong = Vec::new();
    for rule in rules() {
        for sample in [rule.fails, rule.passes] {
            if matches!(sample, Sample::Folder(_)) {
                continue;
            }
            let text = sample.document();
            wrong.extend(faults(text.as_bytes(), &options()).into_iter().map(|fault| format!("{}: {fault}\n{text}", rule.code)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with how a document is mended.
fn faults(bytes: &[u8], options: &Options) -> Vec<String> {
    let means = Means { zone: Some(Tz::Asia__Shanghai), ..Means::default() };
    let before = lint(bytes, options);
    let fixed = fix(bytes, options, &means);
    let mut faults = Vec::new();
    let errors = |report: &Report| report.problems.iter().filter(|problem| problem.finding.severity == Severity::Error).count();
    if before.kind != Kind::Unknown && errors(&fixed.report) > errors(&before) {
        faults.push(format!("{} errors became {}", errors(&before), errors(&fixed.report)));
    }
    if before.kind != Kind::Unknown && fixed.report.kind != before.kind {
        faults.push(format!("{:?} became {:?}", before.kind, fixed.report.kind));
    }
    let again = fix(&fixed.bytes, &Options { charset: None, ..options.clone() }, &means);
    if again.bytes != fixed.bytes {
        faults.push(format!("mended twice it is another:\n{}\n{}", String::from_utf8_lossy(&fixed.bytes), String::from_utf8_lossy(&again.bytes)));
    }
    if fixed.mended.is_empty() != (fixed.bytes == bytes) {
        faults.push(format!("told {:?}", fixed.mended));
    }
    if before.problems.is_empty() && fixed.bytes != bytes {
        faults.push("it was clean".to_owned());
    }
    let text = |bytes: &[u8]| decode_feed(bytes, None).text.into_owned();
    let (old, new) = (ids(&text(bytes), &means), ids(&text(&fixed.bytes), &means));
    if old != new {
        faults.push(format!("ids {old:?} became {new:?}"));
    }
    faults
}

mod generated {
    use super::*;
    use proptest::prelude::*;

    /// Parts of documents that are right, wrong, and hopeless.
    const PARTS: &[&str] = &[
        "<pubDate>2025-02-14</pubDate>",
        "<pubDate>Thu, 14 Feb 2025 10:00:00 GMT</pubDate>",
        "<pubDate>01/02/2025 10:00 CST</pubDate>",
        "<guid>文 1</guid>",
        "<guid isPermaLink='true'>tag:a.example,2025:1</guid>",
        "<guid>https://a.example/1</guid>",
        "<link>https://a.example/文 &amp; x</link>",
        "<link>/relative</link>",
        "<dc:date>14.2.2025 10:00</dc:date>",
        "<dc:language>ZH_cn</dc:language>",
        "<enclosure url='https://a.example/文.mp3' type='a/b'/>",
        "<title>R & D &nbsp; &mdash; &#1; \u{1}</title>",
        "<title><![CDATA[R & D]]></title>",
        "<title xml:lang='en_us'>t</title>",
        "<media:content url='https://a.example/ x'/>",
        "<podcast:x/>",
        "<nobody:x/>",
        "<atom:updated>2025-02-14 10:00</atom:updated>",
        "<!-- & -->",
        "<open>",
        "</item><item>",
    ];
    const ROOTS: &[&str] =
        &["<rss version='2.0'>", "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media=\"http://search.yahoo.com/mrss\">"];
    const STARTS: &[&str] = &["", "\n", "<?xml version='1.0'?>\n", " <?xml version='1.0' encoding='iso-8859-1'?>"];
    const MEMBERS: &[&str] = &[
        "\"version\": \"http://jsonfeed.org/version/1.1\"",
        "\"language\": \"zh_CN\"",
        "\"author\": {\"name\": \"n\"}",
        "\"icon\": \"https://a.example/ 文\"",
        "\"feed_url\": \"https://b.example/\"",
        "\"items\": [{\"id\": \"文 1\", \"content_text\": \"x\", \"date_published\": \"14 Feb 2025 10:00 +0800\"}]",
        "\"title\": 1",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn rss_gets_no_worse(start in 0..STARTS.len(), root in 0..ROOTS.len(), parts in proptest::collection::vec(0..PARTS.len(), 0..8)) {
            let inside: String = parts.iter().map(|part| PARTS[*part]).collect();
            let text = format!("{}{}<channel><title>t</title><item>{inside}</item></channel></rss>", STARTS[start], ROOTS[root]);
            prop_assert_eq!(faults(text.as_bytes(), &options()), Vec::<String>::new(), "{}", text);
        }

        #[test]
        fn json_gets_no_worse(members in proptest::collection::vec(0..MEMBERS.len(), 0..6)) {
            let text = format!("{{{}}}", members.iter().map(|member| MEMBERS[*member]).collect::<Vec<_>>().join(", "));
            prop_assert_eq!(faults(text.as_bytes(), &options()), Vec::<String>::new(), "{}", text);
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the time of the test itself")]
fn thousands_of_faults_are_mended_in_linear_time() {
    let start = std::time::Instant::now();
    let rss = |inside: &str| format!("<rss version='2.0'><channel><title>t</title>{inside}</channel></rss>");
    let namespace = "<media:x xmlns:media='http://search.yahoo.com/mrss'/>";
    let attachment = "{\"url\":\"https://a.example/x.mp3\",\"mime_type\":\"audio/mpeg\",\"size_in_bytes\":\"x\"}";
    let json = format!(
        "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"t\",\"items\":[{{\"id\":\"1\",\"attachments\":[{}]}}]}}",
        vec![attachment; 1000].join(",")
    );
    let links = format!("<item>{}</item>", "<link>https://a.example/</link>".repeat(1000));
    let documents =
        [rss(&"&nbsp;& ".repeat(4_000)), rss(&namespace.repeat(200)), rss(&"<".repeat(20_000)), rss(&"<a b='".repeat(10_001)), json, rss(&links)];
    for document in &documents {
        fix(document.as_bytes(), &options(), &Means::default());
    }
    assert!(start.elapsed() < std::time::Duration::from_secs(20), "{:?}", start.elapsed());
    let fixed = fix(documents[0].as_bytes(), &options(), &Means::default());
    let codes: Vec<Code> =
        fixed.mended.iter().map(|finding| finding.code).filter(|code| matches!(code, Code::UndefinedEntity | Code::XmlSyntax)).collect();
    assert_eq!(codes.len(), 8_000);
    let fixed = fix(documents[1].as_bytes(), &options(), &Means::default());
    assert_eq!(String::from_utf8(fixed.bytes).unwrap().matches("mrss/'").count(), 200);
}
