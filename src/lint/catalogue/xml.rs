//! Rules of XML itself: well-formedness, encodings, namespaces, elements that nobody knows.

use super::Sample::{Channel, Entry, Item, Whole};
use super::{Rule, row};
use crate::diagnostic::Code;

pub(super) const RULES: &[Rule] = &[
    row(
        Code::XmlSyntax,
        "SAXError",
        "write the document with a program that knows XML, or correct the place that is named",
        "Readers may refuse a document that is not well-formed (XML 1.0 §2.1), and many do.",
        Item("<title>R & D</title>"),
        Item("<title>R &amp; D</title>"),
    ),
    row(
        Code::UndecodableText,
        "UnicodeError",
        "write the document in the encoding that it states, best UTF-8",
        "Readers decode by what is stated, and stop at a byte that means nothing there.",
        Whole(
            "<?xml version=\"1.0\" encoding=\"us-ascii\"?><rss version=\"2.0\"><channel><title>文</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
        Whole(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>文</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
    ),
    row(
        Code::XmlVersion,
        "BadXmlVersion",
        "write version=\"1.0\" in the XML declaration",
        "Most parsers know XML 1.0 only.",
        Whole(
            "<?xml version=\"1.1\"?><rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
        Whole(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
    ),
    row(
        Code::WrongDoctype,
        "InvalidDoctype",
        "leave the DOCTYPE out, or state version 0.91",
        "The document type is that of RSS 0.91 and of no other version.",
        Whole(
            "<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://www.rssboard.org/rss-0.91.dtd\"><rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
        Whole(
            "<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://www.rssboard.org/rss-0.91.dtd\"><rss version=\"0.91\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
    ),
    row(
        Code::DeprecatedDoctype,
        "DeprecatedDTD",
        "leave the DOCTYPE out, or point it to http://www.rssboard.org/rss-0.91.dtd",
        "The address of the old document type has not been served since 2001.",
        Whole(
            "<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://my.netscape.com/publish/formats/rss-0.91.dtd\"><rss version=\"0.91\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
        Whole(
            "<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://www.rssboard.org/rss-0.91.dtd\"><rss version=\"0.91\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
    ),
    row(
        Code::UndefinedEntity,
        "UndefinedNamedEntity",
        "write the character itself, or its number such as &#160;",
        "XML defines five entities only (XML 1.0 §4.6); those of HTML are not among them.",
        Item("<title>a&nbsp;b</title>"),
        Item("<title>a&#xA0;b</title>"),
    ),
    row(
        Code::MissingNamespace,
        "MissingNamespace",
        "declare the namespace, such as xmlns=\"http://www.w3.org/2005/Atom\" on the root",
        "Readers tell formats apart by their namespaces.",
        Whole(
            "<feed xml:lang=\"en\"><id>https://a.example/</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><author><name>n</name></author><link rel=\"self\" href=\"https://a.example/f\"/></feed>",
        ),
        Whole(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>https://a.example/</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><author><name>n</name></author><link rel=\"self\" href=\"https://a.example/f\"/></feed>",
        ),
    ),
    row(
        Code::WrongNamespace,
        "InvalidNamespace",
        "write the namespace of the format exactly as it is defined",
        "Names of namespaces are compared character by character.",
        Whole(
            "<feed xmlns=\"http://www.w3.org/2005/atom\"><id>https://a.example/</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><author><name>n</name></author><link rel=\"self\" href=\"https://a.example/f\"/></feed>",
        ),
        Whole(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>https://a.example/</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><author><name>n</name></author><link rel=\"self\" href=\"https://a.example/f\"/></feed>",
        ),
    ),
    row(
        Code::ObsoleteNamespace,
        "ObsoleteNamespace",
        "write Atom 1.0: namespace http://www.w3.org/2005/Atom, and updated instead of modified",
        "Atom 0.3 was a draft, and readers no longer know it.",
        Whole(
            "<feed xmlns=\"http://purl.org/atom/ns#\"><id>https://a.example/</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><author><name>n</name></author><link rel=\"self\" href=\"https://a.example/f\"/></feed>",
        ),
        Whole(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>https://a.example/</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><author><name>n</name></author><link rel=\"self\" href=\"https://a.example/f\"/></feed>",
        ),
    ),
    row(
        Code::MediaNamespaceSlash,
        "MediaRssNamespace",
        "write http://search.yahoo.com/mrss/ with its last slash",
        "Names of namespaces are compared character by character.",
        Whole(
            "<rss version=\"2.0\" xmlns:media=\"http://search.yahoo.com/mrss\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
        Whole(
            "<rss version=\"2.0\" xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
    ),
    row(
        Code::UnknownElement,
        "UndefinedElement",
        "correct the name, take the element out, or put it into a namespace of its own",
        "Readers ignore what they do not know; a slip of the pen loses what the element says.",
        Item("<titel>t</titel>"),
        Item("<title>t</title>"),
    ),
    row(Code::BlinkElement, "NoBlink", "take it out", "It was a joke.", Channel("<blink>x</blink>"), Channel("<copyright>x</copyright>")),
    row(
        Code::UnexpectedAttribute,
        "UnexpectedAttribute",
        "correct the name or take the attribute out",
        "Readers ignore what they do not know.",
        Entry("<link rel=\"related\" foo=\"1\" href=\"https://a.example/2\"/>"),
        Entry("<link rel=\"related\" href=\"https://a.example/2\"/>"),
    ),
    row(
        Code::UnexpectedText,
        "UnexpectedText",
        "put the text into an element, or take it out",
        "Text between elements is lost.",
        Entry("lost"),
        Entry(""),
    ),
    row(
        Code::UnexpectedSpace,
        "UnexpectedWhitespace",
        "write the value without white space around it",
        "Atom has no white space around dates, ids and addresses (RFC 4287 §2).",
        Entry("<published> 2025-02-14T10:00:00Z</published>"),
        Entry("<published>2025-02-14T10:00:00Z</published>"),
    ),
    row(
        Code::ReservedPrefix,
        "ReservedPrefix",
        "choose another prefix, or correct the namespace",
        "Simple readers look at prefixes instead of namespaces.",
        Whole(
            "<rss version=\"2.0\" xmlns:dc=\"https://a.example/ns\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
        Whole(
            "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
    ),
    row(
        Code::UnknownNamespace,
        "UnknownNamespace",
        "check the spelling; nothing is wrong with a namespace of your own",
        "A namespace that is misspelled is another one.",
        Whole(
            "<rss version=\"2.0\" xmlns:x=\"https://a.example/ns\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
        Whole(
            "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
    ),
    row(
        Code::AvoidedPrefix,
        "AvoidNamespacePrefix",
        "make the namespace the default one with xmlns=\"…\"",
        "Some readers of Atom do not know prefixes.",
        Whole(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"><id>https://a.example/</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><author><name>n</name></author><link rel=\"self\" href=\"https://a.example/f\"/></feed>",
        ),
        Whole(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>https://a.example/</id><title>t</title><updated>2025-02-14T10:00:00Z</updated><author><name>n</name></author><link rel=\"self\" href=\"https://a.example/f\"/></feed>",
        ),
    ),
    row(
        Code::ObscureEncoding,
        "ObscureEncoding",
        "write the document in UTF-8",
        "Many parsers know UTF-8 and UTF-16 only (XML 1.0 §4.3.3).",
        Whole(
            "<?xml version=\"1.0\" encoding=\"gb2312\"?><rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
        Whole(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
    ),
    row(
        Code::DamagedCharacters,
        "BadCharacters",
        "find out where the text was decoded wrongly, and write it anew",
        "Such characters come from texts that were read in another encoding than they were written in.",
        Item("<title>ab</title>"),
        Item("<title>a’b</title>"),
    ),
    row(
        Code::ForeignAttribute,
        "UseOfExtensionAttr",
        "use an element of the extension instead",
        "RSS 2.0 allows elements of extensions; many readers drop attributes.",
        Whole(
            "<rss version=\"2.0\" xmlns:x=\"https://a.example/ns\" x:y=\"1\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
        Whole("<rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>"),
    ),
    row(
        Code::MisplacedXhtml,
        "MisplacedXHTMLContent",
        "put XHTML into the content of an Atom entry, or escape it",
        "Readers do not look for XHTML there.",
        Entry("<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>"),
        Entry("<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">x</div></content>"),
    ),
    row(
        Code::UnusualEncoding,
        "NonstdEncoding",
        "write the document in UTF-8",
        "All parsers know UTF-8; other encodings are left to chance (XML 1.0 §4.3.3).",
        Whole(
            "<?xml version=\"1.0\" encoding=\"windows-1252\"?><rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
        Whole(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
    ),
    row(
        Code::UnusualPrefix,
        "NonstdPrefix",
        "use the usual prefix",
        "Simple readers look at prefixes instead of namespaces.",
        Whole(
            "<rss version=\"2.0\" xmlns:d=\"http://purl.org/dc/elements/1.1/\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
        Whole(
            "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
    ),
    row(
        Code::SystemEntity,
        "ContainsSystemEntity",
        "leave the DOCTYPE out",
        "Readers do not fetch files for a document, for safety.",
        Whole(
            "<!DOCTYPE rss SYSTEM \"https://a.example/rss.dtd\"><rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
        Whole("<rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>"),
    ),
    row(
        Code::UncheckedNamespace,
        "UnsupportedNamespace",
        "nothing; what stands in this namespace is not checked",
        "A namespace in use for which there are no rules here yet.",
        Whole(
            "<rss version=\"2.0\" xmlns:podcast=\"https://podcastindex.org/namespace/1.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
        Whole("<rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>"),
    ),
    row(
        Code::UnknownEncoding,
        "UnknownEncoding",
        "write the document in UTF-8 and say so",
        "A parser that does not know the encoding cannot read the document.",
        Whole(
            "<?xml version=\"1.0\" encoding=\"klingon\"?><rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
        Whole(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
    ),
    row(
        Code::BlankLineFirst,
        "WPBlankLine",
        "take out what stands before <?xml",
        "The XML declaration must be the first thing in the document (XML 1.0 §2.8).",
        Whole(
            "\n<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
        Whole(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description></channel></rss>",
        ),
    ),
    row(
        Code::NoVocabulary,
        "UndeterminableVocabulary",
        "put the element into a namespace",
        "Names mean something within a namespace only.",
        Entry("<x xmlns=\"\">y</x>"),
        Entry(""),
    ),
    row(
        Code::NotInNamespace,
        "NotInANamespace",
        "give the element the prefix of the extension",
        "Without it the element means something of RSS, or nothing.",
        Item("<title>t</title><media:group><content url=\"https://a.example/a.mp4\"/></media:group>"),
        Item(
            "<title>t</title><media:group><media:content url=\"https://a.example/a.mp4\"/><media:content url=\"https://a.example/b.mp4\"/></media:group>",
        ),
    ),
    row(
        Code::QuestionableElement,
        "QuestionableUsage",
        "use the element of RSS for it, or leave it out",
        "Atom's elements mean something in Atom; RSS says of a few only what they mean in it, and readers pass over the others.",
        Channel("<atom:summary>x</atom:summary>"),
        Item("<title>t</title><atom:summary>x</atom:summary>"),
    ),
    Rule {
        code: Code::BehindFault,
        w3c: None,
        help: "mend the fault first, then look at the other findings again",
        why: "The document is read on as readers of feeds do, that close what nobody closed; what they close may not be what was meant.",
        fails: Whole(
            "<rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description><item><title>t</item><foo/></channel></rss>",
        ),
        passes: Whole(
            "<rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link><description>d</description><item><title>t</title></item><foo/></channel></rss>",
        ),
    },
];
