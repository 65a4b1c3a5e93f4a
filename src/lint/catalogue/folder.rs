//! Rules of the documents of one folder, compared.

use super::{Rule, Sample};
use crate::diagnostic::Code;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: Code::FormatsDiffer,
        w3c: None,
        help: "write all formats at once, from the same entries",
        why: "Whoever subscribes to one format misses what only the other has.",
        fails: Sample::Folder(&[
            r#"<rss version="2.0"><channel><title>t</title><link>https://a.example/</link><description>d</description><item><guid>https://a.example/1</guid><title>t</title></item><item><guid>https://a.example/2</guid><title>t</title></item></channel></rss>"#,
            r#"{ "version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [ { "id": "https://a.example/1", "content_text": "x" } ] }"#,
        ]),
        passes: Sample::Folder(&[
            r#"<rss version="2.0"><channel><title>t</title><link>https://a.example/</link><description>d</description><item><guid>https://a.example/1</guid><title>t</title></item><item><guid>https://a.example/2</guid><title>t</title></item></channel></rss>"#,
            r#"{ "version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [ { "id": "https://a.example/1", "content_text": "x" }, { "id": "https://a.example/2", "content_text": "x" } ] }"#,
        ]),
    },
    Rule {
        code: Code::FormatsOrder,
        w3c: None,
        help: "write all formats from one list",
        why: "Readers that show the first entries only show others in each format.",
        fails: Sample::Folder(&[
            r#"<rss version="2.0"><channel><title>t</title><link>https://a.example/</link><description>d</description><item><guid>https://a.example/1</guid><title>t</title></item><item><guid>https://a.example/2</guid><title>t</title></item></channel></rss>"#,
            r#"{ "version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [ { "id": "https://a.example/2", "content_text": "x" }, { "id": "https://a.example/1", "content_text": "x" } ] }"#,
        ]),
        passes: Sample::Folder(&[
            r#"<rss version="2.0"><channel><title>t</title><link>https://a.example/</link><description>d</description><item><guid>https://a.example/1</guid><title>t</title></item><item><guid>https://a.example/2</guid><title>t</title></item></channel></rss>"#,
            r#"{ "version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [ { "id": "https://a.example/1", "content_text": "x" }, { "id": "https://a.example/2", "content_text": "x" } ] }"#,
        ]),
    },
    Rule {
        code: Code::FormatsDates,
        w3c: None,
        help: "write all formats from one list",
        why: "One of the dates is wrong, most likely by its zone.",
        fails: Sample::Folder(&[
            r#"<rss version="2.0"><channel><title>t</title><link>https://a.example/</link><description>d</description><item><guid>https://a.example/1</guid><pubDate>Fri, 14 Feb 2025 10:00:00 GMT</pubDate></item></channel></rss>"#,
            r#"{ "version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [ { "id": "https://a.example/1", "content_text": "x", "date_published": "2025-02-14T10:00:00+08:00" } ] }"#,
        ]),
        passes: Sample::Folder(&[
            r#"<rss version="2.0"><channel><title>t</title><link>https://a.example/</link><description>d</description><item><guid>https://a.example/1</guid><pubDate>Fri, 14 Feb 2025 10:00:00 +0800</pubDate></item></channel></rss>"#,
            r#"{ "version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [ { "id": "https://a.example/1", "content_text": "x", "date_published": "2025-02-14T10:00:00+08:00" } ] }"#,
        ]),
    },
    Rule {
        code: Code::FormatsTitles,
        w3c: None,
        help: "write all formats from one list",
        why: "One of them is old, or one writer escapes what the other does not.",
        fails: Sample::Folder(&[
            r#"<rss version="2.0"><channel><title>t</title><link>https://a.example/</link><description>d</description><item><guid>https://a.example/1</guid><title>a</title></item></channel></rss>"#,
            r#"{ "version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [ { "id": "https://a.example/1", "content_text": "x", "title": "b" } ] }"#,
        ]),
        passes: Sample::Folder(&[
            r#"<rss version="2.0"><channel><title>t</title><link>https://a.example/</link><description>d</description><item><guid>https://a.example/1</guid><title>a</title></item></channel></rss>"#,
            r#"{ "version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [ { "id": "https://a.example/1", "content_text": "x", "title": "a" } ] }"#,
        ]),
    },
];
