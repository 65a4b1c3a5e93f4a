//! Rules of texts and HTML.

use super::Sample::{Entry, Item};
use super::{Rule, row};
use crate::diagnostic::Code;

pub(super) const RULES: &[Rule] = &[
    row(
        Code::ContainsHtml,
        "ContainsHTML",
        "write plain text",
        "Readers show the markup as it stands.",
        Item("<title>a &lt;b>c&lt;/b></title>"),
        Item("<title>a c</title>"),
    ),
    row(
        Code::ContainsUndeclaredHtml,
        "ContainsUndeclaredHTML",
        "add type=\"html\", or write plain text",
        "Readers show the markup as it stands (RFC 4287 §3.1.1.1).",
        Entry("<summary>&lt;b>c&lt;/b></summary>"),
        Entry("<summary type=\"html\">&lt;b>c&lt;/b></summary>"),
    ),
    row(
        Code::CharacterData,
        "CharacterData",
        "write &#x26; and &#x3C; for the characters & and <",
        "The RSS profile has it so: readers do not agree whether titles are HTML.",
        Item("<title>a &lt;b c</title>"),
        Item("<title>a &#x3C;b c</title>"),
    ),
    row(
        Code::EscapedInXhtml,
        "NotInline",
        "take the escaping out, or write type=\"html\"",
        "Readers show escaped markup in XHTML as it stands.",
        Entry("<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">&lt;b>c&lt;/b></div></content>"),
        Entry("<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><b>c</b></div></content>"),
    ),
    row(
        Code::NotHtml,
        "NotHtml",
        "close what is open, and use elements of HTML",
        "Readers repair HTML, each in its own way.",
        Item("<title>t</title><description>&lt;b>c</description>"),
        Item("<title>t</title><description>&lt;b>c&lt;/b></description>"),
    ),
    row(
        Code::HtmlFragment,
        "HtmlFragment",
        "write type=\"html\" for a part of a page",
        "A media type promises a whole document (RFC 4287 §4.1.3.3).",
        Entry("<content type=\"text/html\">&lt;p>c&lt;/p></content>"),
        Entry("<content type=\"html\">&lt;p>c&lt;/p></content>"),
    ),
    row(
        Code::SecurityRisk,
        "SecurityRisk",
        "take the element out, or link to what it shows",
        "Readers drop it for safety, often with all that is in it.",
        Item("<title>t</title><description>&lt;script>x&lt;/script></description>"),
        Item("<title>t</title><description>&lt;p>x&lt;/p></description>"),
    ),
    row(
        Code::SecurityRiskAttribute,
        "SecurityRiskAttr",
        "take the attribute out",
        "Readers drop it for safety.",
        Item("<title>t</title><description>&lt;p onclick=\"x()\">x&lt;/p></description>"),
        Item("<title>t</title><description>&lt;p>x&lt;/p></description>"),
    ),
    row(
        Code::DangerousStyle,
        "DangerousStyleAttr",
        "use an element, or a class",
        "Readers drop most styles, for safety and for their own design.",
        Item("<title>t</title><description>&lt;p style=\"position: fixed\">x&lt;/p></description>"),
        Item("<title>t</title><description>&lt;p style=\"color: red\">x&lt;/p></description>"),
    ),
    row(
        Code::RelativeReference,
        "ContainsRelRef",
        "write full addresses",
        "RSS has no base; readers resolve it against their own page, or not at all.",
        Item("<title>t</title><description>&lt;a href=\"/a\">x&lt;/a></description>"),
        Item("<title>t</title><description>&lt;a href=\"https://a.example/a\">x&lt;/a></description>"),
    ),
];
