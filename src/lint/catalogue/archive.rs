//! Rules of archives and pages, over several documents.

use super::{Rule, Sample};
use crate::diagnostic::Code;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: Code::ArchiveCircle,
        w3c: None,
        help: "let the oldest archive have no prev-archive, the last page no next",
        why: "Readers that collect the whole feed follow the links until there is none (RFC 5005 §3, §4).",
        fails: Sample::Folder(&[
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/a.xml"/><link rel="prev-archive" href="b.xml"/><link rel="current" href="feed.xml"/></feed>"#,
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/b.xml"/><link rel="prev-archive" href="a.xml"/><link rel="current" href="feed.xml"/></feed>"#,
        ]),
        passes: Sample::Folder(&[
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/a.xml"/><link rel="prev-archive" href="b.xml"/><link rel="current" href="feed.xml"/></feed>"#,
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/b.xml"/><link rel="next-archive" href="a.xml"/><link rel="current" href="feed.xml"/></feed>"#,
        ]),
    },
    Rule {
        code: Code::ArchiveGap,
        w3c: None,
        help: "publish the document that is linked, or link to one that there is",
        why: "Everything behind the gap is lost to readers that follow the links (RFC 5005 §4).",
        fails: Sample::Folder(&[
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><link rel="self" href="https://a.example/feed.xml"/><link rel="prev-archive" href="gone.xml"/></feed>"#,
        ]),
        passes: Sample::Folder(&[
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><link rel="self" href="https://a.example/feed.xml"/><link rel="prev-archive" href="a.xml"/></feed>"#,
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/a.xml"/><link rel="current" href="feed.xml"/></feed>"#,
        ]),
    },
    Rule {
        code: Code::ArchiveNotMarked,
        w3c: None,
        help: "put fh:archive into the document",
        why: "An archive says that it is one, so that nobody subscribes to what never changes (RFC 5005 §4).",
        fails: Sample::Folder(&[
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><link rel="self" href="https://a.example/feed.xml"/><link rel="prev-archive" href="a.xml"/></feed>"#,
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><link rel="self" href="https://a.example/a.xml"/><link rel="current" href="feed.xml"/></feed>"#,
        ]),
        passes: Sample::Folder(&[
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><link rel="self" href="https://a.example/feed.xml"/><link rel="prev-archive" href="a.xml"/></feed>"#,
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/a.xml"/><link rel="current" href="feed.xml"/></feed>"#,
        ]),
    },
    Rule {
        code: Code::ArchivesNotLinked,
        w3c: None,
        help: "add a link with rel=\"prev-archive\" to the newest archive",
        why: "Nobody who subscribes finds the archives without it (RFC 5005 §4).",
        fails: Sample::Folder(&[
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><link rel="self" href="https://a.example/feed.xml"/></feed>"#,
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/a.xml"/><link rel="current" href="feed.xml"/></feed>"#,
        ]),
        passes: Sample::Folder(&[
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><link rel="self" href="https://a.example/feed.xml"/><link rel="prev-archive" href="a.xml"/></feed>"#,
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/a.xml"/><link rel="current" href="feed.xml"/></feed>"#,
        ]),
    },
    Rule {
        code: Code::ArchiveOneWay,
        w3c: None,
        help: "let both documents name each other",
        why: "Readers that walk in one direction see other documents than those that walk in the other (RFC 5005 §3, §4).",
        fails: Sample::Folder(&[
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/a.xml"/><link rel="prev-archive" href="b.xml"/><link rel="current" href="feed.xml"/></feed>"#,
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/b.xml"/><link rel="next-archive" href="c.xml"/><link rel="current" href="feed.xml"/></feed>"#,
        ]),
        passes: Sample::Folder(&[
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/a.xml"/><link rel="prev-archive" href="b.xml"/><link rel="current" href="feed.xml"/></feed>"#,
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/b.xml"/><link rel="next-archive" href="a.xml"/><link rel="current" href="feed.xml"/></feed>"#,
        ]),
    },
    Rule {
        code: Code::EntryInTwoArchives,
        w3c: None,
        help: "leave the entry in one of them",
        why: "The archives of a feed together are its entries, each once; readers may show it twice (RFC 5005 §4).",
        fails: Sample::Folder(&[
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/a.xml"/><link rel="prev-archive" href="b.xml"/><link rel="current" href="feed.xml"/><entry><id>https://a.example/1</id><updated>2025-02-14T00:00:00Z</updated></entry></feed>"#,
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/b.xml"/><link rel="current" href="feed.xml"/><entry><id>https://a.example/1</id><updated>2025-02-14T00:00:00Z</updated></entry></feed>"#,
        ]),
        passes: Sample::Folder(&[
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/a.xml"/><link rel="prev-archive" href="b.xml"/><link rel="current" href="feed.xml"/><entry><id>https://a.example/2</id><updated>2025-02-15T00:00:00Z</updated></entry></feed>"#,
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/b.xml"/><link rel="current" href="feed.xml"/><entry><id>https://a.example/1</id><updated>2025-02-14T00:00:00Z</updated></entry></feed>"#,
        ]),
    },
    Rule {
        code: Code::ArchiveOrder,
        w3c: None,
        help: "put entries into archives by their dates",
        why: "Readers that want the newest entries stop at the first archive that is older (RFC 5005 §4).",
        fails: Sample::Folder(&[
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/a.xml"/><link rel="prev-archive" href="b.xml"/><link rel="current" href="feed.xml"/><entry><id>https://a.example/1</id><updated>2025-02-14T00:00:00Z</updated></entry></feed>"#,
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/b.xml"/><link rel="current" href="feed.xml"/><entry><id>https://a.example/2</id><updated>2025-02-15T00:00:00Z</updated></entry></feed>"#,
        ]),
        passes: Sample::Folder(&[
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/a.xml"/><link rel="prev-archive" href="b.xml"/><link rel="current" href="feed.xml"/><entry><id>https://a.example/2</id><updated>2025-02-15T00:00:00Z</updated></entry></feed>"#,
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:archive/><link rel="self" href="https://a.example/b.xml"/><link rel="current" href="feed.xml"/><entry><id>https://a.example/1</id><updated>2025-02-14T00:00:00Z</updated></entry></feed>"#,
        ]),
    },
];
