//! Hostile documents, made by code: none panics, none makes more than it is, and time grows with the size, not with its square.
//!
//! Speed is not what is asserted: a limit so generous that only the square of a size can break it. `FEEDLOOM_BOMB=16000000`
//! makes the documents of that many bytes and prints the slowest; so does a search for new ones in a release build.

use feedloom::format::date;
use feedloom::format::read::{Hints, feed_links, limit, read};
use feedloom::pipeline::inspect;
use std::time::{Duration, Instant};

/// What a document of the usual size may take on the slowest machine that runs the tests.
const LONGEST: Duration = Duration::from_secs(60);

/// How large the documents are: small where the program is slow.
fn size() -> usize {
    let asked = std::env::var("FEEDLOOM_BOMB").ok().and_then(|size| size.parse().ok());
    asked.unwrap_or(if cfg!(debug_assertions) { 8 << 10 } else { 1 << 20 })
}

/// The same where there are few.
fn large() -> usize {
    size().max(192 << 10)
}

/// The piece as often as it takes to fill the size, between the two others.
fn filled(before: &str, piece: &str, after: &str) -> String {
    filled_to(size(), before, piece, after)
}

fn filled_to(size: usize, before: &str, piece: &str, after: &str) -> String {
    format!("{before}{}{after}", piece.repeat(size / piece.len() + 1))
}

/// Reads the document in the ways there are, and says how long that took.
fn survives(name: &str, document: &str) -> Duration {
    let begin = Instant::now();
    let mut out = Vec::new();
    let mut hints = Hints::named("bomb");
    hints.base = document.len().is_multiple_of(2).then(|| "https://e.cn/".to_owned());
    hints.guess_base = true;
    inspect::write(&mut out, document.as_bytes(), &hints).unwrap();
    let took = begin.elapsed();
    // The frame of an entry that holds nothing is longer than `<item/>`.
    let entries = out.windows(6).filter(|window| window == b"{\"id\":").count().min(limit::ENTRIES);
    let most = 8 * document.len() + 512 * entries + (1 << 20);
    assert!(out.len() <= most, "{name}: {} bytes became {}", document.len(), out.len());
    assert!(took < LONGEST, "{name}: {} bytes took {took:?}", document.len());
    took
}

/// Runs all and prints the slowest when a size was asked for.
#[allow(clippy::print_stderr, reason = "whoever asks for a size wants to see the times")]
fn all(documents: impl IntoIterator<Item = (String, String)>) {
    let mut times: Vec<(Duration, usize, String)> =
        documents.into_iter().map(|(name, document)| (survives(&name, &document), document.len(), name)).collect();
    times.sort_by(|one, other| other.cmp(one));
    if std::env::var("FEEDLOOM_BOMB").is_ok() {
        for (time, bytes, name) in times.iter().take(25) {
            eprintln!("{:>8.3} s {bytes:>10} bytes  {name}", time.as_secs_f64());
        }
    }
}

const RSS: &str = "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>T</title>";

/// Where a piece may stand: what is before it and what is behind it.
const PLACES: &[(&str, &str, &str)] = &[
    ("alone", "", ""),
    ("at the end of a tag", "", ">"),
    ("channel", "<rss version=\"2.0\"><channel><title>T</title>", "</channel></rss>"),
    ("title", "<rss version=\"2.0\"><channel><item><title>", "</title></item></channel></rss>"),
    ("description", "<rss version=\"2.0\"><channel><item><description>", "</description></item></channel></rss>"),
    ("markup", "<rss version=\"2.0\"><channel><item><description><p><![CDATA[x]]>", "</p></description></item></channel></rss>"),
    ("section", "<rss version=\"2.0\"><channel><item><description><![CDATA[", "]]></description></item></channel></rss>"),
    ("xhtml", "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content type=\"xhtml\"><div>", "</div></content></entry></feed>"),
    ("entry", "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://e.cn/a/b\"><entry>", "</entry></feed>"),
    ("extension", "<rss version=\"2.0\"><channel><item><x:a>", "</x:a></item></channel></rss>"),
    ("attribute", "<rss version=\"2.0\"><channel><item><enclosure url=\"", "\"/></item></channel></rss>"),
    ("tag", "<rss version=\"2.0\"><channel><item><enclosure ", "/></item></channel></rss>"),
    ("date", "<rss version=\"2.0\"><channel><item><pubDate>", "</pubDate></item></channel></rss>"),
    ("author", "<rss version=\"2.0\"><channel><item><author>", "</author></item></channel></rss>"),
    ("list", "<opml version=\"2.0\"><body>", "</body></opml>"),
    ("page", "<!doctype html><html><head>", "</head></html>"),
    ("json", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"content_html\":\"", "\"}]}"),
    ("json list", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[", "]}"),
    ("json members", "{\"version\":\"https://jsonfeed.org/version/1.1\",", "\"items\":[]}"),
];

/// What readers stumble over.
const PIECES: &[&str] = &[
    "<",
    ">",
    "&",
    "\"",
    "'",
    "/",
    "=",
    " ",
    "\n",
    ";",
    ":",
    "\u{0}",
    "\u{8}x",
    "早",
    "&#",
    "&#x",
    "&amp;",
    "&lt;",
    "&lt;a ",
    "&eacute;",
    "&x;",
    "&amp;lt;",
    "&nGt;",
    "<a",
    "<a ",
    "<a \"",
    "<a '",
    "<a b=\"",
    "<b x='",
    "<a b=\"x>",
    "<a b='>' ",
    "</",
    "</a",
    "</a>",
    "</a ",
    "<a>",
    "<a/>",
    "<a></a>",
    "<a></b>",
    "<x:y>",
    "<x:y/>",
    "<p>x",
    "<br>",
    "<div ",
    "<div>",
    "<div/>",
    "<div x='>'></div>",
    "</div>",
    "<!",
    "<!-",
    "<!--",
    "<!-->",
    "-->",
    "<!-- -- ",
    "<!---->",
    "<?",
    "<?x",
    "<?x?>",
    "?>",
    "<!DOCTYPE [",
    "<!DOCTYPE a [<!ENTITY x \"",
    "<!ENTITY x 'y'>",
    "<![",
    "<![CDATA[",
    "<![CDATA[]]>",
    "]]>",
    "]]",
    "]]><![CDATA[",
    "<![CDATA[</title><![CDATA[",
    "<![CDATA[x</description>",
    "<title>",
    "<title>x</title>",
    "<title><item>",
    "<title><![CDATA[",
    "<item>",
    "<item/>",
    "<item></item>",
    "<item><title>",
    "</item>",
    "<entry/>",
    "<entry><title/></entry>",
    "<channel>",
    "<rss>",
    "<feed>",
    "<html>",
    "<description>",
    "<description><",
    "<source>",
    "<source><entry>",
    "<link>/x</link>",
    "<link/>",
    "<link href=\"/x\"/>",
    "<link rel=alternate type=\"text/xml\" href=x>",
    "<link \"",
    "<link rel=\"alternate\" href='",
    "<base href=x>",
    "<base href=\"a/\">",
    "<category>x</category>",
    "<category>",
    "<author>x</author>",
    "<author><name>x</name></author>",
    "<author><name>",
    "a@e.cn ",
    "a@b",
    "(",
    "<media:content>",
    "<media:group>",
    "<media:content url='x'>",
    "<content:items><content:item>",
    "<outline text='x'>",
    "<outline xmlUrl='x'/>",
    "<outline>",
    "2025-01-01 ",
    "2025",
    "12:",
    "Mon, ",
    "月",
    "a=",
    "a='x' ",
    "a:b='' ",
    "xmlns:a='b' ",
    "xml:lang='zh' ",
    "href=",
    "href='x' ",
    "http://",
    "../",
    "./",
    "/a",
    "?",
    "#",
    "%",
    "[",
    "{",
    "[{",
    "{\"",
    "\\",
    "\\u",
    "\\\"",
    "{},",
    "{}",
    "],",
    "},",
    ",",
    "\"a\":",
    "\"a\":1,",
    "\"a\":{",
    "\"items\":[",
    "\"items\":[],",
    "{\"title\":\"x\"},",
    "1,",
    "null,",
    "[[],",
    "0",
    "-",
    "1e9",
    "\t\n",
    "<a xml:base='x/'>",
    "<a xml:base='https://e.cn/'>",
    "<a xml:lang='zh'>",
    "<a xmlns:x='y'>",
    "<a xmlns='y'>",
];

#[test]
fn what_readers_stumble_over_everywhere() {
    let documents = PLACES.iter().flat_map(|(place, before, after)| {
        PIECES.iter().flat_map(move |piece| {
            // Closed and not.
            [(format!("{piece:?} in {place}"), filled(before, piece, after)), (format!("{piece:?} in {place}, cut off"), filled(before, piece, ""))]
        })
    });
    all(documents);
}

#[test]
fn two_of_them_by_turns() {
    // The head of a thing many times, and then its end, or something else, many times.
    let pieces: Vec<_> = PIECES.iter().filter(|piece| piece.starts_with(['<', '&', '"', '\'', ']', '-', '{', '['])).collect();
    let documents = pieces.iter().enumerate().flat_map(|(index, one)| {
        let pieces = &pieces;
        (1..8).map(move |step| {
            let other = pieces[(index * 7 + step * 13) % pieces.len()];
            let half = |piece: &str| piece.repeat(size() / 2 / piece.len() + 1);
            (format!("{one:?} then {other:?}"), format!("{RSS}<item><description>{}{}", half(one), half(other)))
        })
    });
    all(documents);
}

#[test]
fn entities_that_stand_for_others() {
    let mut laughs = "<!DOCTYPE rss [<!ENTITY a0 \"ha\">".to_owned();
    for level in 1..100 {
        laughs.push_str(&format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10)));
    }
    laughs.push_str("]><rss version=\"2.0\"><channel><title>&a99;</title></channel></rss>");
    let blow_up = format!(
        "<!DOCTYPE rss [<!ENTITY a \"{}\">]><rss version=\"2.0\"><channel><title>{}</title></channel></rss>",
        "x".repeat(size() / 2),
        "&a;".repeat(size() / 6)
    );
    let foreign =
        "<!DOCTYPE rss [<!ENTITY % a SYSTEM \"file:///etc/passwd\">%a;]><rss version=\"2.0\"><channel><title>&a;</title></channel></rss>".to_owned();
    all([("billion laughs".to_owned(), laughs), ("quadratic blow-up".to_owned(), blow_up), ("foreign entities".to_owned(), foreign)]);
}

#[test]
fn more_of_everything_than_anybody_needs() {
    let many = |before: &str, piece: &dyn Fn(usize) -> String, after: &str| {
        let mut out = before.to_owned();
        let mut index = 0;
        while out.len() < large() {
            out.push_str(&piece(index));
            index += 1;
        }
        out + after
    };
    let rest = "</item></channel></rss>";
    let item = format!("{RSS}<item>");
    let long = "x".repeat(large() / 2);
    let eight = "x/".repeat(4000);
    let feed = |attributes: &str, inside: String| format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"{attributes}>{inside}</feed>");
    let half = |piece: &str| piece.repeat(large() / 2 / piece.len() + 1);
    let bases = format!(" xml:base=\"https://e.cn/{eight}\"");
    let nested_bases = format!("<a xml:base=\"{eight}\">").repeat((large() / 2 / eight.len()).min(200));
    let names = (0..1020).map(|index| format!(" xmlns:p{index}='urn:{index}'")).collect::<Vec<_>>().concat();
    let people = (0..8).map(|index| format!("<author><name>{index}{}</name></author>", "x".repeat(1000))).collect::<Vec<_>>().concat();
    all([
        ("attributes".to_owned(), many(&format!("{RSS}<item><x:a"), &|index| format!(" a{index}='x'"), &format!("/>{rest}"))),
        ("declarations".to_owned(), many(&format!("{RSS}<item><x:a"), &|index| format!(" xmlns:p{index}='urn:{index}'"), &format!("/>{rest}"))),
        ("nested declarations".to_owned(), many(&item, &|index| format!("<p{index}:a xmlns:p{index}='urn:{index}'>"), "")),
        ("prefixes".to_owned(), many(&item, &|index| format!("<p{index}:a/>"), rest)),
        ("prefixes again and again".to_owned(), many(&item, &|index| format!("<p{}:a/>", index % 1000), rest)),
        ("declared prefixes".to_owned(), format!("<rss{names}><channel><item>{}", half("<p0:a/>"))),
        ("default namespace among many".to_owned(), format!("<rss{names}><channel><item>{}", half("<a/>"))),
        ("long namespace".to_owned(), format!("<rss xmlns:a=\"urn:{long}\"><channel><item>{}", half("<a:b a:c=''/>"))),
        ("namespace of usual length".to_owned(), format!("<rss xmlns:a=\"urn:{}\"><channel><item>{}", "x".repeat(500), half("<a:b a:c=''/>"))),
        ("elements".to_owned(), many(&item, &|index| format!("<e{index}/>"), rest)),
        ("links".to_owned(), many(&format!("{RSS}<item>"), &|index| format!("<link href='/{index}'/>"), rest)),
        (
            "entries with links".to_owned(),
            many(RSS, &|index| format!("{}<link href='/{index}'/>", if index % 1000 == 0 { "<item>" } else { "" }), ""),
        ),
        ("categories".to_owned(), many(&item, &|index| format!("<category>{index}</category>"), rest)),
        ("people".to_owned(), many(&item, &|index| format!("<author>{index}</author>"), rest)),
        ("files".to_owned(), many(&item, &|index| format!("<enclosure url='/{index}'/>"), rest)),
        (
            "files of entries".to_owned(),
            many(RSS, &|index| format!("{}<enclosure url='/{index}'/>", if index % 250 == 0 { "<item>" } else { "" }), ""),
        ),
        ("title".to_owned(), format!("{RSS}<item><title>{long}{long}</title></item>")),
        ("name of an element".to_owned(), format!("{RSS}<item><{long}>x</{long}></item>")),
        ("prefix".to_owned(), format!("{RSS}<item><{long}:a>x</{long}:a></item>")),
        ("long prefix by turns".to_owned(), format!("{RSS}<item>{}", half(&format!("<{}:a/>", "x".repeat(400))))),
        ("language".to_owned(), feed(&format!(" xml:lang=\"{long}\""), half("<entry xml:lang='x'/><entry/>"))),
        ("address".to_owned(), format!("{RSS}<item><link>https://e.cn/{long}</link><guid>{long}</guid></item>")),
        ("base".to_owned(), feed(&format!(" xml:base=\"https://e.cn/{long}\""), half("<entry><link href='x'/></entry>"))),
        ("base of usual length".to_owned(), feed(&bases, half("<entry><link href='x'/></entry>"))),
        ("base of texts".to_owned(), feed(&bases, half("<entry><content type='html'>&lt;a href=x></content></entry>"))),
        ("base of links".to_owned(), feed(&bases, half("<link href='?1'/>"))),
        ("bases in bases".to_owned(), format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry>{nested_bases}{}", half("<link href='x'/>"))),
        (
            "bases in bases of entries".to_owned(),
            format!("<rss xml:base='https://e.cn/'>{nested_bases}<channel>{}", half("<item><link>x</link></item>")),
        ),
        ("many bases".to_owned(), format!("<rss>{}{}", "<channel xml:base='x/'>".repeat(200), half("<item><link>x</link></item>"))),
        (
            "author of all".to_owned(),
            feed("", format!("{}{}", format!("<author><name>{}</name><uri>{0}</uri></author>", "x".repeat(1000)).repeat(8), half("<entry/>"))),
        ),
        ("author behind all".to_owned(), feed("", half("<entry/>") + &people)),
        ("authors of all".to_owned(), feed("", people.clone() + &half("<entry/>"))),
        ("lists in lists".to_owned(), filled_to(large(), "<opml><body>", "<outline text='x'>", "")),
        (
            "lists in lists in lists".to_owned(),
            filled_to(large(), "<opml><body>", &format!("{}{}", "<outline text='x'>".repeat(70), "</outline>".repeat(70)), ""),
        ),
        ("nested JSON".to_owned(), filled_to(large(), "{\"items\":", "[", "")),
        ("nested objects".to_owned(), filled_to(large(), "", "{\"a\":", "")),
        ("JSON members".to_owned(), many("{\"items\":[],", &|index| format!("\"_{index}\":{index},"), "\"a\":1}")),
        (
            "JSON string".to_owned(),
            format!("{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"{long}\",\"items\":[{{\"url\":\"{long}\"}}]}}"),
        ),
        ("JSON junk".to_owned(), format!("{long}{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[]}}")),
        ("junk".to_owned(), format!("{long}<rss version=\"2.0\"><channel/></rss>")),
        ("pieces behind blanks".to_owned(), format!("{RSS}<item><description>{}a{}", half(" "), half("<![CDATA[b]]>"))),
        ("control characters".to_owned(), format!("{RSS}<item><title>{}</title></item>", half("\u{1}a"))),
        ("bytes that mean nothing".to_owned(), format!("{RSS}<item><title>{}</title></item>", half("\u{FFFD}早"))),
    ]);
}

#[test]
fn bytes_that_are_no_text() {
    for piece in [
        &b"\xFF"[..],
        b"\x80",
        b"\xE6\x97",
        b"\xFF\xFE",
        b"\x00",
        b"\x00<",
        b"<\x00",
        b"\x1B$B",
        b"\x81\x30",
        b"\xA1",
        b"\xFE\xFF",
        b"<?xml encoding='",
        b"\xEF\xBB\xBF",
    ] {
        for before in [&b""[..], b"<rss version=\"2.0\"><channel><item><title>", b"<?xml version='1.0' encoding='gbk'?><rss><channel><title>"] {
            for charset in [None, Some("gb18030"), Some("utf-16le"), Some("iso-2022-jp"), Some("utf-7")] {
                let bytes = [before, &piece.repeat(size() / 4 / piece.len() + 1)].concat();
                let begin = Instant::now();
                let mut hints = Hints::default();
                hints.charset = charset.map(ToOwned::to_owned);
                let mut out = Vec::new();
                inspect::write(&mut out, &bytes, &hints).unwrap();
                assert!(out.len() <= 8 * bytes.len() + (1 << 20), "{piece:?} {charset:?}: {} became {}", bytes.len(), out.len());
                assert!(begin.elapsed() < LONGEST, "{piece:?} {charset:?}");
            }
        }
    }
}

#[test]
fn pages_dates_and_what_else_is_read_alone() {
    for piece in PIECES {
        let begin = Instant::now();
        feed_links(&filled("", piece, ""), Some("https://e.cn/"));
        feed_links(&filled("", piece, ">"), None);
        assert!(begin.elapsed() < LONGEST, "links of a page of {piece:?}: {:?}", begin.elapsed());
        let begin = Instant::now();
        let _ = date::read_feed(&filled("", piece, ""), chrono_tz::Tz::UTC);
        let _ = date::read_feed(&filled("2025-01-01 ", piece, ""), chrono_tz::Tz::UTC);
        assert!(begin.elapsed() < LONGEST, "a date of {piece:?}: {:?}", begin.elapsed());
    }
}

#[test]
fn a_million_of_them() {
    let count = if cfg!(debug_assertions) { 20_000 } else { 1_000_000 };
    all([
        ("a million nested elements".to_owned(), format!("{RSS}<item>{}", "<a>".repeat(count))),
        ("a million nested elements with their ends".to_owned(), format!("{RSS}<item>{}{}", "<a>".repeat(count), "</a>".repeat(count))),
        ("a million attributes".to_owned(), format!("{RSS}<item><a{}/>", " a='x'".repeat(count))),
        ("a million ends".to_owned(), format!("{RSS}<item>{}", "</b>".repeat(count))),
        ("a million items".to_owned(), format!("{RSS}{}", "<item/>".repeat(count))),
        ("a million items of JSON".to_owned(), format!("{{\"items\":[{}{{}}]}}", "{},".repeat(count))),
        ("fifty megabytes of title".to_owned(), format!("{RSS}<item><title>{}</title></item>", "x".repeat(count * 50))),
    ]);
    let items = format!("{RSS}{}", "<item/>".repeat(limit::ENTRIES + 10));
    let reading = read(items.as_bytes(), &Hints::default()).unwrap();
    assert_eq!(reading.feed().unwrap().entries.len(), limit::ENTRIES);
    assert!(reading.repairs.iter().any(|finding| finding.code.as_str() == "FL620"), "the limit is named");
}
