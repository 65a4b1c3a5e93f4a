//! Texts, articles and feeds that nobody wrote, the same in every run.
//!
//! In: how many, how long. Out: feeds as other programs write them, articles in Hugo's shape, sites of them.

#![allow(dead_code, reason = "each benchmark uses a part")]
#![allow(clippy::expect_used, reason = "a benchmark fails by panicking")]

use std::fmt::Write as _;

const WORDS: &str = "渡轮 早市 骑行 书店 城市 公园 老街 铁路 夜宵 地图 茶馆 开源 手艺 天气 邻居 博物馆 下午 录音 广场 工程师";
const LINKS: &str = "在 把 和 对 的 也 就 从";
const MARKS: &str = "， 。 、 ； ！";

/// The dialect of a made-up feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Rss,
    Atom,
}

/// What its entries hold besides a summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    None,
    Long,
}

/// Numbers that look like chance (Knuth's MMIX constants).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % end
    }

    /// One of the words of a list.
    fn of<'a>(&mut self, list: &'a str) -> &'a str {
        let index = self.below(list.split(' ').count());
        list.split(' ').nth(index).unwrap_or_default()
    }

    /// A sentence or some, of at least so many bytes.
    pub(crate) fn text(&mut self, bytes: usize) -> String {
        let mut out = String::new();
        while out.len() < bytes {
            out.push_str(self.of(WORDS));
            out.push_str(self.of(LINKS));
            out.push_str(self.of(WORDS));
            out.push_str(self.of(MARKS));
        }
        out
    }
}

/// Forty feeds of twenty entries.
pub(crate) fn feeds(dialect: Dialect, body: Body) -> Vec<Vec<u8>> {
    (0..40).map(|seed| feed(dialect, body, seed, 20).into_bytes()).collect()
}

/// One feed.
pub(crate) fn feed(dialect: Dialect, body: Body, seed: u64, entries: usize) -> String {
    let mut chance = Chance::new(seed + 1);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str(match dialect {
        Dialect::Rss => {
            "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
             xmlns:atom=\"http://www.w3.org/2005/Atom\">\n  <channel>\n    <title>檐下</title>\n    <link>https://example.org/</link>\n    \
             <description>屋檐下的事</description>\n    <language>zh-CN</language>\n    \
             <atom:link href=\"https://example.org/rss.xml\" rel=\"self\" type=\"application/rss+xml\"/>\n"
        }
        Dialect::Atom => {
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\">\n  <title>檐下</title>\n  <id>https://example.org/</id>\n  \
             <updated>2025-02-14T10:11:09+08:00</updated>\n  <link href=\"https://example.org/\"/>\n  \
             <link rel=\"self\" type=\"application/atom+xml\" href=\"https://example.org/atom.xml\"/>\n"
        }
    });
    for number in 0..entries {
        match dialect {
            Dialect::Rss => item(&mut out, &mut chance, body, number),
            Dialect::Atom => entry(&mut out, &mut chance, body, number),
        }
    }
    out.push_str(match dialect {
        Dialect::Rss => "  </channel>\n</rss>\n",
        Dialect::Atom => "</feed>\n",
    });
    out
}

fn item(out: &mut String, chance: &mut Chance, body: Body, number: usize) {
    let (title, summary, address) = (chance.text(20), chance.text(120), format!("https://example.org/post/{number}/"));
    let (day, one, two, author) = (1 + number % 28, chance.of(WORDS), chance.of(WORDS), chance.of(WORDS));
    let _ = write!(
        out,
        "    <item>\n      <title>{title}</title>\n      <link>{address}</link>\n      <guid isPermaLink=\"true\">{address}</guid>\n      \
         <pubDate>Fri, {day:02} Feb 2025 10:11:09 +0800</pubDate>\n      <dc:creator>{author}</dc:creator>\n      <category>{one}</category>\n      \
         <category>{two}</category>\n      <description>{summary}</description>\n"
    );
    if body == Body::Long {
        // Half of all programs put markup into a section, half escape it.
        if number.is_multiple_of(2) {
            let _ = writeln!(out, "      <content:encoded><![CDATA[{}]]></content:encoded>", html(chance));
        } else {
            let _ = writeln!(out, "      <content:encoded>{}</content:encoded>", escaped(&html(chance)));
        }
    }
    out.push_str("    </item>\n");
}

fn entry(out: &mut String, chance: &mut Chance, body: Body, number: usize) {
    let (title, summary) = (chance.text(20), chance.text(120));
    let (day, one, two, author) = (1 + number % 28, chance.of(WORDS), chance.of(WORDS), chance.of(WORDS));
    let _ = write!(
        out,
        "  <entry>\n    <title>{title}</title>\n    <id>tag:example.org,2025:{number}</id>\n    <link href=\"https://example.org/post/{number}/\"/>\n    \
         <published>2025-02-{day:02}T10:11:09+08:00</published>\n    <updated>2025-02-{day:02}T10:11:09+08:00</updated>\n    \
         <author><name>{author}</name></author>\n    <category term=\"{one}\"/>\n    <category term=\"{two}\"/>\n    <summary>{summary}</summary>\n"
    );
    if body == Body::Long {
        let _ = writeln!(out, "    <content type=\"html\">{}</content>", escaped(&html(chance)));
    }
    out.push_str("  </entry>\n");
}

/// About eight kilobytes.
fn html(chance: &mut Chance) -> String {
    let mut out = String::new();
    while out.len() < 8000 {
        let (words, link) = (chance.text(400), chance.of(WORDS));
        let _ = writeln!(out, "<p>{words}<a href=\"https://example.org/{}\">{link}</a> &amp; <strong>{link}</strong></p>", chance.below(1000));
    }
    out
}

fn escaped(html: &str) -> String {
    html.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// An article in Hugo's shape: the front matter and a body of at least so many bytes.
pub(crate) fn article(number: usize, bytes: usize) -> (String, String) {
    let mut chance = Chance::new(number as u64 + 1);
    let (title, summary, category) = (chance.text(30), chance.text(150), chance.of(WORDS));
    let mut tags = String::new();
    for _ in 0..3 {
        let _ = writeln!(tags, "  - \"{}{}\"", chance.of(WORDS), chance.below(20));
    }
    let (month, day, minute) = (1 + number % 12, 1 + number % 28, number % 60);
    let head = format!(
        "title: \"{title}\"\ndate: \"2024-{month:02}-{day:02} 10:{minute:02}:09\"\nsummary: \"{summary}\"\ncategories:\n  - \"{category}\"\n\
         tags:\n{tags}lang: \"zh-CN\"\nthumbnail: \"https://example.org/{number}.jpg\"\n"
    );
    let mut body = String::new();
    while body.len() < bytes {
        let (words, word) = (chance.text(300), chance.of(WORDS));
        let _ = write!(body, "{words}**{word}**，见[{word}](https://example.org/{word})。\n\n");
    }
    (head, body)
}

/// Writes a site of so many articles into the folder.
pub(crate) fn site(folder: &std::path::Path, articles: usize) {
    let content = folder.join("content");
    std::fs::create_dir_all(&content).expect("a folder");
    for number in 0..articles {
        let (head, body) = article(number, 4000);
        std::fs::write(content.join(format!("{number}.md")), format!("---\n{head}---\n\n{body}")).expect("an article");
    }
}
