//! Rules of OPML.

use super::{Rule, Sample};
use crate::diagnostic::Code;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: Code::OpmlVersion,
        w3c: Some("InvalidOPMLVersion"),
        help: "write 2.0",
        why: "OPML has the versions 1.0, 1.1 and 2.0.",
        fails: Sample::Whole("<opml version=\"3.0\"><head/><body><outline text=\"a\"/></body></opml>"),
        passes: Sample::Whole("<opml version=\"2.0\"><head/><body><outline text=\"a\"/></body></opml>"),
    },
    Rule {
        code: Code::OpmlExpansionState,
        w3c: Some("InvalidExpansionState"),
        help: "write line numbers with commas between them",
        why: "Outliners open the lines that are listed (OPML 2.0, expansionState).",
        fails: Sample::Whole("<opml version=\"2.0\"><head><expansionState>all</expansionState></head><body><outline text=\"a\"/></body></opml>"),
        passes: Sample::Whole("<opml version=\"2.0\"><head><expansionState>1, 3</expansionState></head><body><outline text=\"a\"/></body></opml>"),
    },
    Rule {
        code: Code::OutlineWithoutFeed,
        w3c: Some("MissingXmlURL"),
        help: "add xmlUrl with the address of the feed",
        why: "A subscription without an address cannot be subscribed to (OPML 2.0, subscription lists).",
        fails: Sample::Opml("<outline text=\"a\" title=\"a\" type=\"rss\"/>"),
        passes: Sample::Opml("<outline text=\"a\" title=\"a\" type=\"rss\" xmlUrl=\"https://a.example/rss.xml\"/>"),
    },
    Rule {
        code: Code::OutlineWithoutTitle,
        w3c: Some("MissingTitleAttr"),
        help: "add title with the title of the feed",
        why: "Some readers show title, others text (OPML 2.0, subscription lists).",
        fails: Sample::Opml("<outline text=\"a\" type=\"rss\" xmlUrl=\"https://a.example/rss.xml\"/>"),
        passes: Sample::Opml("<outline text=\"a\" title=\"a\" type=\"rss\" xmlUrl=\"https://a.example/rss.xml\"/>"),
    },
    Rule {
        code: Code::OutlineWithoutUrl,
        w3c: Some("MissingUrlAttr"),
        help: "add url",
        why: "A link leads to its url (OPML 2.0, link).",
        fails: Sample::Opml("<outline text=\"a\" type=\"link\"/>"),
        passes: Sample::Opml("<outline text=\"a\" type=\"link\" url=\"https://a.example/\"/>"),
    },
    Rule {
        code: Code::OutlineType,
        w3c: Some("InvalidOutlineType"),
        help: "state version 2.0, which takes other types",
        why: "OPML 1 knows the types rss and link.",
        fails: Sample::Whole("<opml version=\"1.1\"><head/><body><outline text=\"a\" type=\"song\"/></body></opml>"),
        passes: Sample::Whole("<opml version=\"2.0\"><head/><body><outline text=\"a\" type=\"song\"/></body></opml>"),
    },
    Rule {
        code: Code::OutlineVersion,
        w3c: Some("InvalidOutlineVersion"),
        help: "write RSS, RSS1, RSS2 or scriptingNews, or leave it out",
        why: "The version says in which format the feed is (OPML 2.0, subscription lists).",
        fails: Sample::Opml("<outline text=\"a\" title=\"a\" type=\"rss\" xmlUrl=\"https://a.example/rss.xml\" version=\"RSS9\"/>"),
        passes: Sample::Opml("<outline text=\"a\" title=\"a\" type=\"rss\" xmlUrl=\"https://a.example/rss.xml\" version=\"RSS2\"/>"),
    },
    Rule {
        code: Code::OutlineWithoutType,
        w3c: Some("MissingOutlineType"),
        help: "add type=\"rss\" to feeds; leave title out of folders",
        why: "Readers take an outline for a feed by its type; one that only looks like a feed may be passed over.",
        fails: Sample::Opml("<outline text=\"a\" title=\"a\" xmlUrl=\"https://a.example/rss.xml\"/>"),
        passes: Sample::Opml("<outline text=\"a\" title=\"a\" type=\"rss\" xmlUrl=\"https://a.example/rss.xml\"/>"),
    },
];
