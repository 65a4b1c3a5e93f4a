//! Rules that other validators lack: languages, dates, addresses, texts.

use super::{Rule, Sample};
use crate::diagnostic::Code;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: Code::LanguageUnregistered,
        w3c: None,
        help: "write a tag of registered subtags, such as zh-CN",
        why: "A tag can be formed well and still mean nothing: its subtags must be in the IANA registry (BCP 47).",
        fails: Sample::Channel("<language>zh-CHINESE</language>"),
        passes: Sample::Channel("<language>zh-CN</language>"),
    },
    Rule {
        code: Code::LanguageReplaced,
        w3c: None,
        help: "write the newer tag",
        why: "The registry prefers another tag; readers may know only that one.",
        fails: Sample::Channel("<language>iw</language>"),
        passes: Sample::Channel("<language>he</language>"),
    },
    Rule {
        code: Code::LanguageContradicted,
        w3c: None,
        help: "write the language that the text is in",
        why: "Readers choose fonts, voices, hyphenation and translation by the language.",
        fails: Sample::Channel(
            "<language>zh-CN</language><item><title>x</title><description>This is a long enough text in English, written for nobody in particular, so that its script can be told.</description></item>",
        ),
        passes: Sample::Channel(
            "<language>en</language><item><title>x</title><description>This is a long enough text in English, written for nobody in particular, so that its script can be told.</description></item>",
        ),
    },
    Rule {
        code: Code::LanguagesDisagree,
        w3c: None,
        help: "state one language",
        why: "Which of the two counts differs from reader to reader.",
        fails: Sample::Whole(
            r#"<rss version="2.0" xml:lang="en"><channel><title>t</title><link>https://a.example/</link><description>d</description><language>fr</language></channel></rss>"#,
        ),
        passes: Sample::Whole(
            r#"<rss version="2.0" xml:lang="en"><channel><title>t</title><link>https://a.example/</link><description>d</description><language>en-GB</language></channel></rss>"#,
        ),
    },
    Rule {
        code: Code::EntryUpdatedBeforePublished,
        w3c: None,
        help: "correct one of the dates",
        why: "An entry cannot be changed before it exists; readers sort by either date.",
        fails: Sample::Entry("<published>2025-02-15T10:00:00Z</published>"),
        passes: Sample::Entry("<published>2025-02-13T10:00:00Z</published>"),
    },
    Rule {
        code: Code::FeedOlderThanEntry,
        w3c: None,
        help: "write the date of the newest change",
        why: "Readers and caches that look at the date of the feed first miss the newest entry.",
        fails: Sample::Feed(
            r#"<entry><id>https://a.example/1</id><title>t</title><updated>2025-02-15T10:00:00Z</updated><link href="https://a.example/1"/></entry>"#,
        ),
        passes: Sample::Feed(
            r#"<entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href="https://a.example/1"/></entry>"#,
        ),
    },
    Rule {
        code: Code::DateImpossible,
        w3c: None,
        help: "correct the date",
        why: "It has the form of a date, and no day or clock shows it.",
        fails: Sample::Item("<title>t</title><pubDate>Fri, 14 Feb 2025 10:60:00 +0800</pubDate>"),
        passes: Sample::Item("<title>t</title><pubDate>Fri, 14 Feb 2025 11:00:00 +0800</pubDate>"),
    },
    Rule {
        code: Code::ZoneNamed,
        w3c: None,
        help: "write the offset, such as +0800",
        why: "Names of zones have several meanings, CST three; RFC 5322 §4.3 calls them obsolete.",
        fails: Sample::Item("<title>t</title><pubDate>Fri, 14 Feb 2025 10:00:00 CST</pubDate>"),
        passes: Sample::Item("<title>t</title><pubDate>Fri, 14 Feb 2025 10:00:00 +0800</pubDate>"),
    },
    Rule {
        code: Code::TwoSelfLinks,
        w3c: None,
        help: "keep the address that readers are to subscribe to",
        why: "WebSub wants exactly one, and readers that follow a move take either.",
        fails: Sample::Feed(r#"<link rel="self" href="https://b.example/atom.xml"/>"#),
        passes: Sample::Feed(r#"<link rel="alternate" href="https://b.example/"/>"#),
    },
    Rule {
        code: Code::SelfIsHome,
        w3c: None,
        help: "write the address of the feed itself",
        why: "Readers that subscribe by the self link would get the web page.",
        fails: Sample::Channel(r#"<atom:link rel="self" href="https://a.example/"/>"#),
        passes: Sample::Channel(r#"<atom:link rel="self" href="https://a.example/rss.xml"/>"#),
    },
    Rule {
        code: Code::HubWithoutSelf,
        w3c: None,
        help: "add a self link",
        why: "A hub knows a feed by its self link; subscribers cannot subscribe without it (WebSub §4).",
        fails: Sample::Channel(r#"<atom:link rel="hub" href="https://hub.example/"/>"#),
        passes: Sample::Channel(r#"<atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="https://a.example/rss.xml"/>"#),
    },
    Rule {
        code: Code::HubNoAddress,
        w3c: None,
        help: "write the whole address of the hub",
        why: "Subscribers send a request to it; there is nothing that it could be relative to.",
        fails: Sample::Feed(r#"<link rel="hub" href="/hub"/>"#),
        passes: Sample::Feed(r#"<link rel="hub" href="https://hub.example/"/>"#),
    },
    Rule {
        code: Code::LocalAddress,
        w3c: None,
        help: "build with the address that the site has in public",
        why: "An address of the machine that made the feed leads nowhere for everybody else.",
        fails: Sample::Item("<title>t</title><link>http://localhost:1313/1</link>"),
        passes: Sample::Item("<title>t</title><link>https://a.example/1</link>"),
    },
    Rule {
        code: Code::RelativeInHtml,
        w3c: None,
        help: "write whole addresses, or set xml:base in Atom",
        why: "Readers show the text elsewhere; pictures and links are lost. Not all know xml:base.",
        fails: Sample::Entry(r#"<content type="html">&lt;img src="/a.png" alt=""></content>"#),
        passes: Sample::Entry(r#"<content type="html">&lt;img src="https://a.example/a.png" alt=""></content>"#),
    },
    Rule {
        code: Code::RelativeInSrcset,
        w3c: None,
        help: "write whole addresses in srcset, too",
        why: "Readers prefer srcset to src where they know it, and show no picture.",
        fails: Sample::Item(r#"<title>t</title><description>&lt;img src="https://a.example/a.png" srcset="/b.png 2x" alt=""></description>"#),
        passes: Sample::Item(
            r#"<title>t</title><description>&lt;img src="https://a.example/a.png" srcset="https://a.example/b.png 2x" alt=""></description>"#,
        ),
    },
    Rule {
        code: Code::ImageWithoutAlt,
        w3c: None,
        help: "describe the picture in alt, or leave alt empty if it only adorns",
        why: "People who do not see the picture get its address read aloud (WCAG 2.2, 1.1.1).",
        fails: Sample::Entry(r#"<content type="html">&lt;img src="https://a.example/a.png"></content>"#),
        passes: Sample::Entry(r#"<content type="html">&lt;img src="https://a.example/a.png" alt="a cat"></content>"#),
    },
];
