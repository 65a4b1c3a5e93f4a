//! Rules of what must be there, and how often.

use super::Sample::{Channel, Entry, Feed, Item, Whole};
use super::{Rule, row};
use crate::diagnostic::Code;

pub(super) const RULES: &[Rule] = &[
    row(
        Code::MissingElement,
        "MissingElement",
        "add the element",
        "The format demands it (RFC 4287 §4.1, RSS 2.0).",
        Feed(
            "<entry><id>https://a.example/1</id><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry>",
        ),
        Feed(
            "<entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry>",
        ),
    ),
    row(
        Code::MissingChannelTitle,
        "MissingTitle",
        "add a title",
        "RSS demands a title of channels, images and text inputs; readers list feeds by it.",
        Whole("<rss version=\"2.0\"><channel><link>https://a.example/</link><description>d</description></channel></rss>"),
        Whole("<rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>"),
    ),
    row(
        Code::MissingChannelLink,
        "MissingLink",
        "add the address of the page",
        "RSS demands a link of channels, images and text inputs.",
        Whole("<rss version=\"2.0\"><channel><title>t</title><description>d</description></channel></rss>"),
        Whole("<rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>"),
    ),
    row(
        Code::MissingDescription,
        "MissingDescription",
        "add a description",
        "RSS demands a description of channels and text inputs.",
        Whole("<rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link></channel></rss>"),
        Whole("<rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>"),
    ),
    row(
        Code::EmptyItem,
        "ItemMustContainTitleOrDescription",
        "add a title or a description",
        "RSS 2.0 demands one of them of each item.",
        Item("<guid isPermaLink=\"false\">a-b-c-d-e-f</guid>"),
        Item("<title>t</title><guid isPermaLink=\"false\">a-b-c-d-e-f</guid>"),
    ),
    row(
        Code::MissingContentOrAlternate,
        "MissingContentOrAlternate",
        "add content, or a link to the page",
        "An entry without content must link to it (RFC 4287 §4.1.2).",
        Feed("<entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><summary>s</summary></entry>"),
        Feed(
            "<entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry>",
        ),
    ),
    row(
        Code::MissingSummary,
        "MissingSummary",
        "add a summary in text",
        "Content that is elsewhere or in Base64 cannot be read by everyone (RFC 4287 §4.1.2).",
        Entry("<content type=\"image/png\" src=\"https://a.example/a.png\"/>"),
        Entry("<summary>s</summary><content type=\"image/png\" src=\"https://a.example/a.png\"/>"),
    ),
    row(
        Code::MissingXhtmlDiv,
        "MissingXhtmlDiv",
        "put the XHTML into one <div xmlns=\"http://www.w3.org/1999/xhtml\">",
        "RFC 4287 §3.1.1.3.",
        Entry("<content type=\"xhtml\">x</content>"),
        Entry("<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">x</div></content>"),
    ),
    row(
        Code::MissingAttribute,
        "MissingAttribute",
        "add the attribute",
        "The format demands it.",
        Item("<title>t</title><enclosure url=\"https://a.example/a.mp3\" type=\"audio/mpeg\"/>"),
        Item("<title>t</title><enclosure url=\"https://a.example/a.mp3\" type=\"audio/mpeg\" length=\"1\"/>"),
    ),
    row(
        Code::MissingHref,
        "MissingHref",
        "add href",
        "A link without an address leads nowhere (RFC 4287 §4.2.7.1).",
        Entry("<link rel=\"related\"/>"),
        Entry("<link rel=\"related\" href=\"https://a.example/2\"/>"),
    ),
    row(
        Code::DuplicateElement,
        "DuplicateElement",
        "keep one of them",
        "Readers take the first or the last, as it comes.",
        Item("<title>t</title><title>u</title>"),
        Item("<title>t</title>"),
    ),
    row(
        Code::DuplicateValue,
        "DuplicateValue",
        "give each item a guid of its own",
        "Readers take two items with one guid for one item.",
        Channel(
            "<item><title>a</title><guid isPermaLink=\"false\">a-b-c-d-e-f</guid></item><item><title>b</title><guid isPermaLink=\"false\">a-b-c-d-e-f</guid></item>",
        ),
        Channel(
            "<item><title>a</title><guid isPermaLink=\"false\">a-b-c-d-e-f</guid></item><item><title>b</title><guid isPermaLink=\"false\">other</guid></item>",
        ),
    ),
    row(
        Code::DuplicateIds,
        "DuplicateIds",
        "give each entry an id of its own",
        "A generator that gives all entries one id makes readers show one of them only.",
        Feed(
            "<entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry><entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry><entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry><entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry><entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry><entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry><entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry><entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry><entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry><entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry>",
        ),
        Feed(
            "<entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry>",
        ),
    ),
    row(
        Code::DuplicateAlternate,
        "DuplicateAtomLink",
        "keep one of them, or state type and hreflang",
        "RFC 4287 §4.1.2.",
        Entry("<link href=\"https://a.example/2\"/>"),
        Entry("<link href=\"https://a.example/2\" hreflang=\"zh\"/>"),
    ),
    row(
        Code::MisplacedMetadata,
        "MisplacedMetadata",
        "move the entries to the end",
        "Readers that stop after some entries never see it.",
        Feed(
            "<entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry><subtitle>s</subtitle>",
        ),
        Feed(
            "<subtitle>s</subtitle><entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry>",
        ),
    ),
    row(
        Code::TooManyHours,
        "NotEnoughHoursInTheDay",
        "keep each hour once",
        "A day has 24 hours.",
        Channel(
            "<skipHours><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour><hour>1</hour></skipHours>",
        ),
        Channel("<skipHours><hour>1</hour></skipHours>"),
    ),
    row(
        Code::TooManyDays,
        "EightDaysAWeek",
        "keep each day once",
        "A week has seven days.",
        Channel(
            "<skipDays><day>Monday</day><day>Monday</day><day>Monday</day><day>Monday</day><day>Monday</day><day>Monday</day><day>Monday</day><day>Monday</day></skipDays>",
        ),
        Channel("<skipDays><day>Monday</day></skipDays>"),
    ),
    row(
        Code::WrongRssVersion,
        "InvalidRSSVersion",
        "write version=\"2.0\"",
        "Readers tell versions apart by it.",
        Whole("<rss version=\"3.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>"),
        Whole("<rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>"),
    ),
    row(
        Code::MissingSelf,
        "MissingSelf",
        "add <link rel=\"self\" href=\"…\"/> with the address of the feed",
        "Readers subscribe to that address, wherever they got the document (RFC 4287 §4.1.1).",
        Whole(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>https://a.example/</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><author><name>n</name></author></feed>",
        ),
        Whole(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>https://a.example/</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><author><name>n</name></author><link rel=\"self\" href=\"https://a.example/f\"/></feed>",
        ),
    ),
    row(
        Code::MissingAtomSelfLink,
        "MissingAtomSelfLink",
        "add <atom:link rel=\"self\" type=\"application/rss+xml\" href=\"…\"/> with the address of the feed",
        "The RSS profile recommends it; readers subscribe to that address.",
        Channel(""),
        Channel("<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"https://a.example/rss.xml\"/>"),
    ),
    row(
        Code::SelfDiffers,
        "SelfDoesntMatchLocation",
        "write the address at which the feed is served",
        "Readers subscribe to the self link; it must lead to the feed itself.",
        Whole(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>https://a.example/</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><author><name>n</name></author><link rel=\"self\" href=\"https://a.example/g\"/></feed>",
        ),
        Whole(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>https://a.example/</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><author><name>n</name></author><link rel=\"self\" href=\"https://a.example/f\"/></feed>",
        ),
    ),
    row(
        Code::RelativeSelf,
        "RelativeSelf",
        "write the full address",
        "Who has a copy of the feed cannot know its address from a relative one.",
        Whole(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>https://a.example/</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><author><name>n</name></author><link rel=\"self\" href=\"f\"/></feed>",
        ),
        Whole(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>https://a.example/</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><author><name>n</name></author><link rel=\"self\" href=\"https://a.example/f\"/></feed>",
        ),
    ),
    row(
        Code::SelfNotFeed,
        "SelfNotAtom",
        "write type=\"application/atom+xml\", or application/rss+xml",
        "A self link leads to the feed itself.",
        Whole(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>https://a.example/</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><author><name>n</name></author><link rel=\"self\" type=\"text/html\" href=\"https://a.example/f\"/></feed>",
        ),
        Whole(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>https://a.example/</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><author><name>n</name></author><link rel=\"self\" href=\"https://a.example/f\"/></feed>",
        ),
    ),
    row(
        Code::MissingGuid,
        "MissingGuid",
        "add a guid that never changes",
        "Without one readers show changed items again.",
        Item("<title>t</title>"),
        Item("<title>t</title><guid isPermaLink=\"false\">a-b-c-d-e-f</guid>"),
    ),
    row(
        Code::MissingText,
        "MissingTextualContent",
        "add content or a summary",
        "There is nothing to read but the title.",
        Feed(
            "<entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/></entry>",
        ),
        Feed(
            "<entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry>",
        ),
    ),
    row(
        Code::MissingTypeAttribute,
        "MissingTypeAttr",
        "add type with the media type of the content",
        "RFC 4287 §4.1.3.2.",
        Entry("<summary>s</summary><content src=\"https://a.example/a\"/>"),
        Entry("<summary>s</summary><content type=\"text/html\" src=\"https://a.example/a\"/>"),
    ),
    row(
        Code::MissingSourceElement,
        "MissingSourceElement",
        "copy id, title and updated of the feed that the entry is from",
        "RFC 4287 §4.2.11.",
        Entry("<source><id>https://b.example/</id><title>t</title></source>"),
        Entry("<source><id>https://b.example/</id><title>t</title><updated>2025-02-14T10:00:00Z</updated></source>"),
    ),
    row(
        Code::DuplicateEnclosure,
        "DuplicateEnclosure",
        "keep one enclosure",
        "Most readers see one only.",
        Item(
            "<title>t</title><enclosure url=\"https://a.example/a.mp3\" type=\"audio/mpeg\" length=\"1\"/><enclosure url=\"https://a.example/a.mp3\" type=\"audio/mpeg\" length=\"1\"/>",
        ),
        Item("<title>t</title><enclosure url=\"https://a.example/a.mp3\" type=\"audio/mpeg\" length=\"1\"/>"),
    ),
    row(
        Code::DuplicateEntries,
        "DuplicateEntries",
        "give each entry an id of its own, or another date to versions of one entry",
        "Readers take entries with one id for one entry (RFC 4287 §4.1.1).",
        Feed(
            "<entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry><entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry>",
        ),
        Feed(
            "<entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry>",
        ),
    ),
    row(
        Code::DuplicateUpdated,
        "DuplicateUpdated",
        "give entries the dates at which they really changed",
        "Readers sort by the date; entries with one date stand in any order.",
        Feed(
            "<entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry><entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry>",
        ),
        Feed(
            "<entry><id>https://a.example/1</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><link href=\"https://a.example/1\"/><summary>s</summary></entry>",
        ),
    ),
    row(
        Code::BlankElement,
        "NotBlank",
        "fill it, or take it out",
        "An empty element says nothing, and some readers show it as such.",
        Item("<title></title><description>d</description>"),
        Item("<title>t</title><description>d</description>"),
    ),
    row(
        Code::BlankAttribute,
        "AttrNotBlank",
        "fill it, or take it out",
        "An empty attribute says nothing.",
        Entry("<link rel=\"related\" title=\"\" href=\"https://a.example/2\"/>"),
        Entry("<link rel=\"related\" href=\"https://a.example/2\"/>"),
    ),
    row(
        Code::LinkNotEmpty,
        "AtomLinkNotEmpty",
        "put the address into href",
        "Atom links are empty elements (RFC 4287 §4.2.7).",
        Entry("<link rel=\"related\" href=\"https://a.example/2\">x</link>"),
        Entry("<link rel=\"related\" href=\"https://a.example/2\"/>"),
    ),
    row(
        Code::SameMeaning,
        "DuplicateSemantics",
        "keep the element of RSS",
        "Readers do not know which of the two counts.",
        Channel("<language>en</language><dc:language>en</dc:language>"),
        Channel("<language>en</language>"),
    ),
    row(
        Code::SameMeaningInItem,
        "DuplicateItemSemantics",
        "keep one of them",
        "Readers do not know which of the two counts.",
        Item("<title>t</title><pubDate>Fri, 14 Feb 2025 10:00:00 GMT</pubDate><dc:date>2025-02-14T10:00:00Z</dc:date>"),
        Item("<title>t</title><pubDate>Fri, 14 Feb 2025 10:00:00 GMT</pubDate>"),
    ),
    row(
        Code::SameMeaningAsDescription,
        "DuplicateDescriptionSemantics",
        "keep description, and content:encoded for the whole text",
        "Readers do not know which of the texts counts.",
        Item("<title>t</title><atom:content>x</atom:content>"),
        Item("<title>t</title><description>x</description>"),
    ),
    row(
        Code::NoLanguage,
        "MissingDCLanguage",
        "add language to the channel, or xml:lang to the root",
        "Readers choose fonts, voices and hyphenation by it.",
        Whole("<rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>"),
        Whole(
            "<rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description><language>en</language></channel></rss>",
        ),
    ),
    Rule {
        code: Code::ReferenceToNothing,
        w3c: None,
        help: "refer to the rdf:about of an item, picture or form of the document",
        why: "RSS 1.0 lists its items by address (§5.3.5); readers that follow the list show none that it misses.",
        fails: Whole(
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\">\n\
             <channel rdf:about=\"https://a.example/rss\">\n<title>t</title>\n<link>https://a.example/</link>\n<description>d</description>\n\
             <items><rdf:Seq><rdf:li rdf:resource=\"https://a.example/2\"/></rdf:Seq></items>\n</channel>\n\
             <item rdf:about=\"https://a.example/1\">\n<title>t</title>\n<link>https://a.example/1</link>\n</item>\n</rdf:RDF>\n",
        ),
        passes: Whole(
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\">\n\
             <channel rdf:about=\"https://a.example/rss\">\n<title>t</title>\n<link>https://a.example/</link>\n<description>d</description>\n\
             <items><rdf:Seq><rdf:li rdf:resource=\"https://a.example/1\"/></rdf:Seq></items>\n</channel>\n\
             <item rdf:about=\"https://a.example/1\">\n<title>t</title>\n<link>https://a.example/1</link>\n</item>\n</rdf:RDF>\n",
        ),
    },
];
