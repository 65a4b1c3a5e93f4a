//! JSON Feed, case by case: documents in, codes out.

use crate::lint::{Options, Sample, lint, rules};

/// A feed that nothing is wrong with, with some members replaced or added.
fn document(feed: &str, item: &str) -> String {
    format!(
        "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"t\", \"home_page_url\": \"https://a.example/\", \
         \"feed_url\": \"https://a.example/feed.json\"{feed}, \"items\": [{{\"id\": \"https://a.example/1\", \"url\": \"https://a.example/1\", \
         \"title\": \"t\", \"content_text\": \"x\", \"date_published\": \"2025-02-14T10:00:00Z\"{item}}}]}}"
    )
}

fn found(text: &str) -> Vec<&'static str> {
    let options = Options { now: Some(1_767_225_600), base: Some("https://a.example/feed.json".to_owned()), ..Options::default() };
    lint(text.as_bytes(), &options).problems.iter().map(|problem| problem.finding.code.as_str()).collect()
}

/// Members of the feed, members of the item, what is found.
const CASES: &[(&str, &str, &[&str])] = &[
    // Nothing is wrong.
    ("", "", &[]),
    (r#", "language": "zh-Hans-CN""#, "", &[]),
    (r#", "description": "a < b and c > d""#, "", &[]),
    (r#", "icon": "https://a.example/文.png", "favicon": "HTTPS://a.example/f.ico""#, "", &[]),
    (r#", "authors": [{"name": "n"}, {"url": "https://n.example"}, {"avatar": "data:image/png;base64,AA"}]"#, "", &[]),
    (r#", "authors": [{"url": "mailto:n@a.example"}]"#, "", &[]),
    (r#", "hubs": [{"type": "WebSub", "url": "https://hub.example/"}, {"type": "rssCloud", "url": "https://c.example/"}]"#, "", &[]),
    (r#", "next_url": "https://a.example/feed.json?2""#, "", &[]),
    (r#", "expired": true"#, "", &[]),
    (r#", "_x": {"about": "https://x.example/", "y": [1]}"#, r#", "_x": {}"#, &[]),
    ("", r#", "content_html": "<p>x</p>""#, &[]),
    ("", r#", "date_modified": "2025-02-14T10:00:00.25+08:00""#, &["FL2005"]),
    ("", r#", "date_modified": "2025-02-14t10:00:00z""#, &[]),
    ("", r#", "tags": ["一", "二"]"#, &[]),
    (
        "",
        r#", "attachments": [{"url": "https://a.example/a", "mime_type": "audio/x-m4a; codecs=x", "size_in_bytes": 0, "duration_in_seconds": 0.5}]"#,
        &[],
    ),
    ("", r#", "attachments": [{"url": "https://a.example/a", "mime_type": "audio/mpeg", "title": "a", "size_in_bytes": 4.0}]"#, &[]),
    ("", r#", "external_url": "https://b.example/", "image": "https://a.example/i", "banner_image": "https://a.example/b""#, &[]),
    // The feed.
    (r#", "description": 1"#, "", &["FL1909"]),
    (r#", "description": ["a"]"#, "", &["FL1909"]),
    (r#", "description": {"a": 1}"#, "", &["FL1909"]),
    (r#", "description": null"#, "", &["FL1912"]),
    (r#", "description": " ""#, "", &["FL1911"]),
    (r#", "description": "<p>x</p>""#, "", &["FL1936"]),
    (r#", "user_comment": "<p>x</p>""#, "", &[]),
    (r#", "expired": 1"#, "", &["FL1909"]),
    (r#", "expired": "true""#, "", &["FL1909"]),
    (r#", "icon": "/i.png""#, "", &["FL1918"]),
    (r#", "icon": "//a.example/i.png""#, "", &["FL1918"]),
    (r#", "icon": "i.png""#, "", &["FL1918"]),
    (r#", "icon": "https:///i.png""#, "", &["FL1917"]),
    (r#", "icon": "https:i.png""#, "", &["FL1917"]),
    (r#", "icon": "https://a.example/a b""#, "", &["FL1917"]),
    (r#", "language": "zh_CN""#, "", &["FL1924"]),
    (r#", "language": "Chinese""#, "", &["FL2001"]),
    (r#", "language": "zh-XQQ""#, "", &["FL2001"]),
    (r#", "language": "iw""#, "", &["FL2002"]),
    (r#", "author": {"name": "n"}"#, "", &["FL1925"]),
    (r#", "author": {}"#, "", &["FL1925", "FL1926"]),
    (r#", "author": "n""#, "", &["FL1925", "FL1909"]),
    (r#", "authors": {"name": "n"}"#, "", &["FL1909"]),
    (r#", "authors": ["n"]"#, "", &["FL1910"]),
    (r#", "authors": []"#, "", &["FL1913"]),
    (r#", "authors": [{"email": "n@a.example"}]"#, "", &["FL1926", "FL1914"]),
    (r#", "authors": [{"name": 1}]"#, "", &["FL1909"]),
    (r#", "hubs": [{"type": "WebSub"}]"#, "", &["FL1927"]),
    (r#", "hubs": [{"url": "https://hub.example/"}]"#, "", &["FL1927"]),
    (r#", "hubs": [{"type": "websub", "url": "https://hub.example/"}]"#, "", &["FL1928"]),
    (r#", "hubs": ["https://hub.example/"]"#, "", &["FL1910"]),
    (r#", "hubs": [{"type": "WebSub", "url": "/hub"}]"#, "", &["FL1918", "FL2012"]),
    (r#", "next_url": "https://a.example/feed.json""#, "", &["FL1922"]),
    (r#", "next_url": "HTTPS://a.example:443/feed.json""#, "", &["FL1922"]),
    (r#", "expired": true, "next_url": "https://a.example/2""#, "", &["FL1923"]),
    (r#", "link": "https://a.example/""#, "", &["FL1914"]),
    (r#", "_": {}"#, "", &["FL1915"]),
    (r#", "_a.b": {}"#, "", &["FL1915"]),
    (r#", "_a": 1"#, "", &["FL1916"]),
    // The item.
    ("", r#", "summary": "<b>x</b>""#, &["FL1936"]),
    ("", r#", "summary": "if a<b or <x>""#, &[]),
    ("", r#", "date_modified": "2025-02-14""#, &["FL1937"]),
    ("", r#", "date_modified": "2025-02-14T10:00""#, &["FL1937"]),
    ("", r#", "date_modified": "2025-02-14T10:00:00""#, &["FL1937"]),
    ("", r#", "date_modified": "2025-02-30T10:00:00Z""#, &["FL1937"]),
    ("", r#", "date_modified": "Fri, 14 Feb 2025 10:00:00 GMT""#, &["FL1937"]),
    ("", r#", "date_modified": 1739527200"#, &["FL1909"]),
    ("", r#", "date_modified": "2031-02-14T10:00:00Z""#, &["FL1938"]),
    ("", r#", "tags": "a""#, &["FL1909"]),
    ("", r#", "tags": [1]"#, &["FL1910"]),
    ("", r#", "tags": ["a", " "]"#, &["FL1939"]),
    ("", r#", "tags": ["Ä", "ä"]"#, &["FL1940"]),
    ("", r#", "external_url": "https://a.example/1""#, &["FL1935"]),
    ("", r#", "attachments": {}"#, &["FL1909"]),
    ("", r#", "attachments": [{}]"#, &["FL1941", "FL1941"]),
    ("", r#", "attachments": [{"url": "a.mp3", "mime_type": "audio/mpeg"}]"#, &["FL1918"]),
    ("", r#", "attachments": [{"url": "https://a.example/a", "mime_type": "audio"}]"#, &["FL1942"]),
    ("", r#", "attachments": [{"url": "https://a.example/a", "mime_type": "audio/"}]"#, &["FL1942"]),
    ("", r#", "attachments": [{"url": "https://a.example/a", "mime_type": "a/b", "size_in_bytes": 1.5}]"#, &["FL1943"]),
    ("", r#", "attachments": [{"url": "https://a.example/a", "mime_type": "a/b", "size_in_bytes": "1"}]"#, &["FL1909"]),
    ("", r#", "attachments": [{"url": "https://a.example/a", "mime_type": "a/b", "duration_in_seconds": -1}]"#, &["FL1944"]),
    ("", r#", "content_text": "y""#, &["FL1902"]),
    ("", r#", "content_html": "<a href=/x>y</a>""#, &["FL2014"]),
    ("", r#", "language": "zh-CN-""#, &["FL1924", "FL2001"]),
];

#[test]
fn each_case_has_the_findings_that_it_is_to_have() {
    let mut wrong = Vec::new();
    for (feed, item, expected) in CASES {
        let (mut got, mut wanted) = (found(&document(feed, item)), expected.to_vec());
        got.sort_unstable();
        wanted.sort_unstable();
        if got != wanted {
            wrong.push(format!("{feed} {item}\n  expected {wanted:?}\n  found    {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(CASES.len() >= 80, "{}", CASES.len());
}

/// `scripts/check-schemas` names a folder and holds what it finds there against the published schema.
#[test]
#[expect(clippy::disallowed_methods, reason = "documents are written when somebody asks for them")]
fn the_cases_are_written_for_other_validators() {
    let of_rules = rules().flat_map(|rule| [rule.fails, rule.passes]).filter(|sample| matches!(sample, Sample::JsonFeed(_) | Sample::JsonItem(_)));
    let own = CASES.iter().map(|(feed, item, _)| document(feed, item));
    let documents: Vec<String> = own.chain(of_rules.map(|sample| sample.document())).collect();
    assert!(documents.len() >= 120, "{}", documents.len());
    if let Some(folder) = std::env::var_os("FEEDLOOM_WRITE_CASES").map(std::path::PathBuf::from) {
        std::fs::create_dir_all(&folder).unwrap();
        for (number, text) in documents.iter().enumerate() {
            std::fs::write(folder.join(format!("{number:03}.json")), text).unwrap();
        }
    }
}

#[test]
fn whole_documents_have_the_findings_that_they_are_to_have() {
    for (text, expected) in [
        ("{", &["FL1901"][..]),
        ("{}x", &["FL1901"]),
        ("[]", &["FL1903"]),
        ("{}", &["FL1904", "FL1907", "FL1908", "FL1919", "FL1920"]),
        ("\u{FEFF}{}", &["FL1904", "FL1907", "FL1908", "FL1919", "FL1920"]),
    ] {
        let mut got = found(text);
        got.sort_unstable();
        assert_eq!(got, expected, "{text}");
    }
}

#[test]
fn a_finding_stands_at_its_value() {
    let text = "{\n \"version\": \"https://jsonfeed.org/version/1.1\",\n \"title\": \"文\", \"language\": \"zh_CN\", \"items\": []\n}";
    let report = lint(text.as_bytes(), &Options::default());
    let place = report.problems.iter().find(|problem| problem.finding.code.as_str() == "FL1924").map(|problem| &problem.finding.place);
    assert_eq!(place.map(|place| (place.line, place.column)), Some((3, 28)));
}
