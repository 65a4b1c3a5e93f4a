//! Rules that other validators lack: entries, ids, pages, media.

use super::{Rule, Sample};
use crate::diagnostic::Code;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: Code::TitleMarkup,
        w3c: None,
        help: "write the title without elements",
        why: "Lists of entries show plain titles; many readers show the tags or leave the words out.",
        fails: Sample::Feed(r#"<entry><id>a:1</id><title type="html">a &lt;b>b&lt;/b></title><updated>2025-02-14T10:00:00Z</updated></entry>"#),
        passes: Sample::Feed(r#"<entry><id>a:1</id><title type="html">a &amp;amp; b</title><updated>2025-02-14T10:00:00Z</updated></entry>"#),
    },
    Rule {
        code: Code::TitleTooLong,
        w3c: None,
        help: "shorten it; the rest belongs into the summary",
        why: "Readers cut titles in lists.",
        fails: Sample::Item(
            "<title>A very long title. A very long title. A very long title. A very long title. A very long title. A very long title. A very long title. A very long title. A very long title.</title>",
        ),
        passes: Sample::Item("<title>A short title</title>"),
    },
    Rule {
        code: Code::TitleMissing,
        w3c: None,
        help: "add a title",
        why: "Readers list entries by their titles, and invent one of the text where there is none.",
        fails: Sample::Item("<description>d</description>"),
        passes: Sample::Item("<title>t</title><description>d</description>"),
    },
    Rule {
        code: Code::SummaryMissing,
        w3c: None,
        help: "add a summary of a few sentences",
        why: "Readers that show lists with a few lines cut the text anywhere.",
        fails: Sample::Entry(
            "<content>A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something.</content>",
        ),
        passes: Sample::Entry(
            "<summary>s</summary><content>A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something.</content>",
        ),
    },
    Rule {
        code: Code::SummaryRepeats,
        w3c: None,
        help: "write a few sentences, or leave the summary out",
        why: "Readers show the text twice, and the feed is twice as large.",
        fails: Sample::Entry(
            r#"<summary type="html">&lt;p>A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. &lt;/p></summary><content type="html">&lt;p>A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. &lt;/p></content>"#,
        ),
        passes: Sample::Entry(
            r#"<summary>s</summary><content type="html">&lt;p>A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. A sentence that says something. &lt;/p></content>"#,
        ),
    },
    Rule {
        code: Code::EntryWithoutDate,
        w3c: None,
        help: "add the date of the publication",
        why: "Readers take the time at which they first saw the entry, so that all old entries are of today.",
        fails: Sample::Item("<title>t</title>"),
        passes: Sample::Item("<title>t</title><pubDate>Fri, 14 Feb 2025 10:00:00 +0800</pubDate>"),
    },
    Rule {
        code: Code::EntriesOutOfOrder,
        w3c: None,
        help: "write the newest entry first",
        why: "Readers that show or keep the first entries only miss the newest; paging and cutting off old entries depend on the order.",
        fails: Sample::Feed(
            r#"<entry><id>a:1</id><title>t</title><updated>2025-02-13T10:00:00Z</updated><link href="https://a.example/1"/></entry>
<entry><id>a:2</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href="https://a.example/2"/></entry>"#,
        ),
        passes: Sample::Feed(
            r#"<entry><id>a:2</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href="https://a.example/2"/></entry>
<entry><id>a:1</id><title>t</title><updated>2025-02-13T10:00:00Z</updated><link href="https://a.example/1"/></entry>"#,
        ),
    },
    Rule {
        code: Code::IdsAlike,
        w3c: None,
        help: "keep one way to write ids for ever",
        why: "To readers the two are different; most likely an entry got a second id when the site moved to https, and is shown twice.",
        fails: Sample::Feed(
            r#"<entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href="https://a.example/1"/></entry>
<entry><id>http://a.example/1/</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href="https://a.example/2"/></entry>"#,
        ),
        passes: Sample::Feed(
            r#"<entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href="https://a.example/1"/></entry>
<entry><id>https://a.example/2</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href="https://a.example/2"/></entry>"#,
        ),
    },
    Rule {
        code: Code::LinksAlike,
        w3c: None,
        help: "give each entry the address of its own page",
        why: "Readers that join entries by page show one of them only.",
        fails: Sample::Feed(
            r#"<entry><id>a:1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href="https://a.example/1"/></entry>
<entry><id>a:2</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href="https://a.example/1"/></entry>"#,
        ),
        passes: Sample::Feed(
            r#"<entry><id>a:1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href="https://a.example/1"/></entry>
<entry><id>a:2</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href="https://a.example/2"/></entry>"#,
        ),
    },
    Rule {
        code: Code::IdOfSession,
        w3c: None,
        help: "take the address without these parameters",
        why: "An id must never change; with another one the entry is new to readers.",
        fails: Sample::Item("<title>t</title><guid>https://a.example/1?utm_source=rss</guid>"),
        passes: Sample::Item("<title>t</title><guid>https://a.example/1</guid>"),
    },
    Rule {
        code: Code::IdDated,
        w3c: None,
        help: "take something that stays, such as the address of the page",
        why: "The next change would make another entry of it.",
        fails: Sample::Feed(
            r#"<entry><id>https://a.example/1#2025-02-14T10:00:00Z</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href="https://a.example/1"/></entry>"#,
        ),
        passes: Sample::Feed(
            r#"<entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href="https://a.example/1"/></entry>"#,
        ),
    },
    Rule {
        code: Code::PreviousIsNext,
        w3c: None,
        help: "name the page on the other side",
        why: "A reader that follows the pages goes in a circle (RFC 5005 §3).",
        fails: Sample::Feed(r#"<link rel="previous" href="https://a.example/2"/><link rel="next" href="https://a.example/2"/>"#),
        passes: Sample::Feed(r#"<link rel="previous" href="https://a.example/1"/><link rel="next" href="https://a.example/3"/>"#),
    },
    Rule {
        code: Code::CompletePaged,
        w3c: None,
        help: "leave out fh:complete, or the pages",
        why: "A complete feed holds all entries in one document (RFC 5005 §2); that counts for RSS, too.",
        fails: Sample::Channel(r#"<fh:complete/><atom:link rel="next" href="https://a.example/2"/>"#),
        passes: Sample::Channel("<fh:complete/>"),
    },
    Rule {
        code: Code::EnclosureBare,
        w3c: None,
        help: "add type and length",
        why: "Players choose by type, and people by size, before anything is loaded (RFC 4287 §4.2.7).",
        fails: Sample::Entry(r#"<link rel="enclosure" href="https://a.example/1.mp3"/>"#),
        passes: Sample::Entry(r#"<link rel="enclosure" href="https://a.example/1.mp3" type="audio/mpeg" length="4096"/>"#),
    },
    Rule {
        code: Code::MediaNowhere,
        w3c: None,
        help: "add url, or a media:player inside",
        why: "Media RSS demands one of the two; there is nothing to play.",
        fails: Sample::Item(r#"<title>t</title><media:content type="image/png"/>"#),
        passes: Sample::Item(r#"<title>t</title><media:content type="image/png" url="https://a.example/a.png"/>"#),
    },
    Rule {
        code: Code::TwoDefaults,
        w3c: None,
        help: "mark one",
        why: "Media RSS allows one default; which of two is played differs from player to player.",
        fails: Sample::Item(
            r#"<title>t</title><media:group><media:content url="https://a.example/1.mp4" isDefault="true"/><media:content url="https://a.example/2.mp4" isDefault="true"/></media:group>"#,
        ),
        passes: Sample::Item(
            r#"<title>t</title><media:group><media:content url="https://a.example/1.mp4" isDefault="true"/><media:content url="https://a.example/2.mp4"/></media:group>"#,
        ),
    },
    Rule {
        code: Code::CategoryDomain,
        w3c: None,
        help: "write the address of the list of categories, or leave domain out",
        why: "Domains tell equal words of different lists apart, which only addresses can do for the whole world.",
        fails: Sample::Item(r#"<title>t</title><category domain="tags">a</category>"#),
        passes: Sample::Item(r#"<title>t</title><category domain="https://a.example/tags">a</category>"#),
    },
];
