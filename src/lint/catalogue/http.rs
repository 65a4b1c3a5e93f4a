//! Rules of what HTTP says.

use super::{Rule, Sample};
use crate::diagnostic::Code;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: Code::AnswerWithoutFeed,
        w3c: None,
        help: "serve the feed at this address, or redirect to where it is now",
        why: "Readers take 404 and 410 for the end of the feed and give it up sooner or later (RFC 9110 §15.5).",
        fails: Sample::Answer("HTTP/1.1 404 Not Found\n\n"),
        passes: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: \"1\"\n\n"),
    },
    Rule {
        code: Code::UnexpectedMediaType,
        w3c: Some("UnexpectedContentType"),
        help: "serve it as application/rss+xml, application/atom+xml, application/feed+json or text/x-opml",
        why: "Browsers and some readers believe the media type and show a page, or nothing (RFC 9110 §8.3).",
        fails: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\nETag: \"1\"\n\n"),
        passes: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: \"1\"\n\n"),
    },
    Rule {
        code: Code::UnspecificMediaType,
        w3c: Some("NonSpecificMediaType"),
        help: "serve it with the media type of its format",
        why: "Who gets application/xml or application/json has to look inside to know that it is a feed.",
        fails: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: application/xml\nETag: \"1\"\n\n"),
        passes: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: \"1\"\n\n"),
    },
    Rule {
        code: Code::TextXmlBare,
        w3c: Some("TextXml"),
        help: "serve it as application/rss+xml or application/atom+xml, or add charset=utf-8",
        why: "Older software takes text/xml without charset for US-ASCII, whatever the document says (RFC 3023; RFC 7303 §3 has changed it).",
        fails: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: text/xml\nETag: \"1\"\n\n"),
        passes: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: text/xml; charset=utf-8\nETag: \"1\"\n\n"),
    },
    Rule {
        code: Code::CharsetMismatch,
        w3c: Some("EncodingMismatch"),
        help: "leave the charset out, or let it be that of the document",
        why: "Some believe HTTP, others the document (RFC 7303 §3): one of them reads wrong characters.",
        fails: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=iso-8859-1\nETag: \"1\"\n\n"),
        passes: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: \"1\"\n\n"),
    },
    Rule {
        code: Code::MovedForNow,
        w3c: Some("TempRedirect"),
        help: "let the feed live at the address that is published, or redirect with 301 or 308",
        why: "Readers ask the old address each time and are sent on each time (RFC 9110 §15.4.3).",
        fails: Sample::Answer(
            "HTTP/1.1 302 Found\nLocation: https://a.example/new.xml\n\nHTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: \"1\"\n\n",
        ),
        passes: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: \"1\"\n\n"),
    },
    Rule {
        code: Code::MovedForGood,
        w3c: None,
        help: "write the new address into links, lists and the self link",
        why: "Readers that follow it ask the new address from then on; those that do not are slower each time (RFC 9110 §15.4.2).",
        fails: Sample::Answer(
            "HTTP/1.1 301 Moved Permanently\nLocation: https://a.example/new.xml\n\nHTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: \"1\"\n\n",
        ),
        passes: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: \"1\"\n\n"),
    },
    Rule {
        code: Code::RedirectChain,
        w3c: None,
        help: "redirect to the last address at once",
        why: "Each step costs a request, and readers follow a few only.",
        fails: Sample::Answer(
            "HTTP/1.1 301 Moved Permanently\nLocation: https://a.example/b.xml\n\nHTTP/1.1 301 Moved Permanently\nLocation: https://a.example/c.xml\n\nHTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: \"1\"\n\n",
        ),
        passes: Sample::Answer(
            "HTTP/1.1 301 Moved Permanently\nLocation: https://a.example/c.xml\n\nHTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: \"1\"\n\n",
        ),
    },
    Rule {
        code: Code::Uncompressed,
        w3c: Some("Uncompressed"),
        help: "let the server pack it with gzip or another coding",
        why: "A feed is asked for all day, and is a fifth as large when packed (RFC 9110 §8.4).",
        fails: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: \"1\"\nContent-Length: 40000\n\n"),
        passes: Sample::Answer(
            "HTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: \"1\"\nContent-Encoding: gzip\nContent-Length: 40000\n\n",
        ),
    },
    Rule {
        code: Code::NoValidator,
        w3c: None,
        help: "send ETag or Last-Modified",
        why: "With one of them readers ask whether the feed has changed and get a few bytes when it has not (RFC 9110 §13.1).",
        fails: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: application/rss+xml\n\n"),
        passes: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: application/rss+xml\nLast-Modified: Fri, 14 Feb 2025 10:11:09 GMT\n\n"),
    },
    Rule {
        code: Code::EtagMalformed,
        w3c: None,
        help: "put the ETag into quotes",
        why: "Caches may drop a tag that is none, or never find it again (RFC 9110 §8.8.3).",
        fails: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: 1\n\n"),
        passes: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: W/\"1\"\n\n"),
    },
    Rule {
        code: Code::NeverCached,
        w3c: None,
        help: "send no-cache instead, which lets readers ask whether it has changed",
        why: "What may not be kept cannot be asked for conditionally: each visit costs the whole feed (RFC 9111 §5.2.2.5).",
        fails: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: \"1\"\nCache-Control: no-store\n\n"),
        passes: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: \"1\"\nCache-Control: no-cache\n\n"),
    },
    Rule {
        code: Code::CachedLong,
        w3c: None,
        help: "send a max-age of minutes or hours",
        why: "Readers and caches show the old feed until the time is over (RFC 9111 §5.2.2.1).",
        fails: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: \"1\"\nCache-Control: max-age=604800\n\n"),
        passes: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: \"1\"\nCache-Control: max-age=3600\n\n"),
    },
    Rule {
        code: Code::ServedAsDownload,
        w3c: None,
        help: "leave Content-Disposition out",
        why: "Who follows the link gets a file in the folder of downloads instead of a feed (RFC 6266).",
        fails: Sample::Answer(
            "HTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: \"1\"\nContent-Disposition: attachment; filename=feed.xml\n\n",
        ),
        passes: Sample::Answer("HTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: \"1\"\n\n"),
    },
    Rule {
        code: Code::HubsDisagree,
        w3c: None,
        help: "name the same hubs in both places, or in one only",
        why: "Subscribers look into the header first (WebSub §4) and never see the hub of the document.",
        fails: Sample::Answer(
            "HTTP/1.1 200 OK\nContent-Type: application/atom+xml\nETag: \"1\"\nLink: <https://other.example/>; rel=\"hub\"\n\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><link rel=\"self\" href=\"https://a.example/feed.xml\"/><link rel=\"hub\" href=\"https://hub.example/\"/></feed>",
        ),
        passes: Sample::Answer(
            "HTTP/1.1 200 OK\nContent-Type: application/atom+xml\nETag: \"1\"\nLink: <https://hub.example/>; rel=\"hub\"\n\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><link rel=\"self\" href=\"https://a.example/feed.xml\"/><link rel=\"hub\" href=\"https://hub.example/\"/></feed>",
        ),
    },
    Rule {
        code: Code::SelfsDisagree,
        w3c: None,
        help: "name the same address in both places, or in one only",
        why: "The hub knows the feed by one address (WebSub §4); who subscribes to another hears nothing.",
        fails: Sample::Answer(
            "HTTP/1.1 200 OK\nContent-Type: application/atom+xml\nETag: \"1\"\nLink: <https://a.example/other.xml>; rel=\"self\"\n\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><link rel=\"self\" href=\"https://a.example/feed.xml\"/><link rel=\"hub\" href=\"https://hub.example/\"/></feed>",
        ),
        passes: Sample::Answer(
            "HTTP/1.1 200 OK\nContent-Type: application/atom+xml\nETag: \"1\"\nLink: <https://a.example/feed.xml>; rel=\"self\"\n\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><link rel=\"self\" href=\"https://a.example/feed.xml\"/><link rel=\"hub\" href=\"https://hub.example/\"/></feed>",
        ),
    },
];
