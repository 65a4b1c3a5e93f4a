//! Tests of what a build makes of articles and a store together, as bytes.

use super::*;
use crate::format::read::{Hints, read as read_feed};
use crate::model::{Category, Entry, Link, Media, Origin, Rel, Role, Term, Text};
use crate::source::health::health;
use crate::source::list::{DAY, Source};
use crate::source::state::{Failure, FailureKind, State};
use crate::source::tests::memory::{DAY_0, Memory, entry};
use crate::topic::{CustomTopic, Query};

const A: &str = "https://a.test/feed";
const B: &str = "https://b.test/feed";

/// A site in a folder of its own.
struct Site {
    dir: tempfile::TempDir,
    options: Options,
}

impl Site {
    fn new(sources: Vec<Source>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let language = Language::parse("zh-CN");
        let content = content::Options {
            dir: dir.path().join("content"),
            site_url: "https://site.test/".to_owned(),
            language: language.clone(),
            zone_is_fallback: false,
            now: DAY_0 + 30 * DAY,
            ..content::Options::default()
        };
        let topics = topic::Options { site_title: "站".to_owned(), site_language: language, ..topic::Options::default() };
        let epoch = Timestamp::parse_rfc3339("2000-01-01T00:00:00Z").unwrap();
        let mut site = super::Site::new("站", "https://site.test/", epoch);
        site.language = Language::parse("zh-CN");
        let target = Target::new(dir.path().join("feeds"), dir.path().join(".feedloom"));
        let mut options = Options::new(content, topics, Layout::new("https://site.test/feeds/"), target, site);
        options.external = Some(External::new(sources));
        Self { dir, options }
    }

    #[expect(clippy::disallowed_methods, reason = "a fixture")]
    fn article(self, name: &str, text: &str) -> Self {
        std::fs::create_dir_all(self.dir.path().join("content")).unwrap();
        std::fs::write(self.dir.path().join("content").join(name), text).unwrap();
        self
    }

    fn build(&self, memory: &Memory) -> Outcome {
        build(&self.options, Some(Box::new(memory.clone())), &|| ()).unwrap()
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.dir.path().join("feeds").join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    fn exists(&self, file: &str) -> bool {
        self.dir.path().join("feeds").join(file).exists()
    }

    /// All files below the out folder with their bytes.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let out = self.dir.path().join("feeds");
        let mut found = BTreeMap::new();
        let mut folders = vec![out.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.insert(path.strip_prefix(&out).unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap());
                }
            }
        }
        found
    }
}

fn source(url: &str, category: &str) -> Source {
    let mut source = Source::new(url);
    source.terms = vec![Term::new("category", category)];
    source
}

fn stored() -> Memory {
    Memory::default()
        .feed(A, "甲 & 乙")
        .entry(A, entry("https://a.test/1", "https://a.test/1", "外电一", 0))
        .entry(A, entry("https://a.test/2", "https://a.test/2", "外电二", 2))
}

const ARTICLE: &str = "---\ntitle: 本地\ndate: 2025-02-15\ncategories: [外电]\n---\n正文在这里。\n";

fn titles(feed: &str) -> Vec<String> {
    let reading = read_feed(feed.as_bytes(), &Hints::named("feed")).unwrap();
    reading.feed().unwrap().entries.iter().map(|entry| entry.title.as_ref().map(|title| title.value.clone()).unwrap_or_default()).collect()
}

#[test]
fn articles_and_stored_entries_stand_in_one_topic() {
    let site = Site::new(vec![source(A, "外电")]).article("a.md", ARTICLE);
    let outcome = site.build(&stored());
    assert_eq!((outcome.articles, outcome.shown, outcome.external().shown), (1, 1, 2));
    assert!(!outcome.incomplete && outcome.findings.is_empty(), "{:?}", outcome.findings);
    for file in ["rss.xml", "atom.xml", "feed.json", "categories/外电/rss.xml", "categories/外电/atom.xml", "categories/外电/feed.json"] {
        assert_eq!(titles(&site.read(file)), ["外电二", "本地", "外电一"], "{file}");
    }
    // Each format and the page say where they are from.
    let rss = site.read("rss.xml");
    assert!(rss.contains("<source url=\"https://a.test/feed\">甲 &#x26; 乙</source>"), "{rss}");
    let atom = site.read("atom.xml");
    assert_eq!(atom.matches("<source>").count(), 2);
    assert!(atom.contains("甲 &#x26; 乙</title>"), "{atom}");
    let json: serde_json::Value = serde_json::from_str(&site.read("feed.json")).unwrap();
    assert_eq!(json["items"][0]["_feedloom"]["source"]["title"], "甲 & 乙", "{json}");
    assert_eq!(json["items"][0]["tags"][0], "外电");
    let page = site.read("categories/外电/index.html");
    assert_eq!(page.matches("来自").count(), 2);
    assert!(page.contains("<a href=\"https://a.test/\">甲 &amp; 乙</a>"), "{page}");
    let directory = site.read("index.html");
    assert!(directory.contains("来源") && directory.contains("href=\"https://a.test/feed\"") && directory.contains("href=\"sources.opml\""));
    let opml = site.read("sources.opml");
    assert!(opml.contains("<outline text=\"外电\">"), "{opml}");
    assert!(opml.contains("xmlUrl=\"https://a.test/feed\" htmlUrl=\"https://a.test/\""), "{opml}");
}

#[test]
fn a_site_may_have_nothing_but_stored_entries() {
    let site = Site::new(vec![Source::new(A)]);
    let outcome = site.build(&stored());
    assert!(!outcome.incomplete && outcome.findings.is_empty(), "{:?}", outcome.findings);
    assert_eq!(titles(&site.read("rss.xml")), ["外电二", "外电一"]);
    assert!(!site.read("sources.opml").contains("<outline text=\"-\""));
}

#[test]
fn without_sources_an_empty_folder_stays_an_error() {
    let mut site = Site::new(Vec::new());
    assert!(site.build(&stored()).incomplete);
    site.options.external = None;
    let outcome = site.build(&stored());
    assert!(outcome.incomplete && outcome.findings.iter().any(|finding| finding.code == Code::NoArticles));
    assert!(!site.exists("rss.xml"));
}

#[test]
fn what_was_never_fetched_empties_no_feed() {
    let site = Site::new(vec![source(A, "甲类"), source(B, "乙类")]);
    let both = stored().feed(B, "乙").entry(B, entry("https://b.test/1", "https://b.test/1", "三", 1));
    site.build(&both);
    let before = site.files();
    for store in [None, Some(Box::new(Memory::default()) as Box<dyn Store>)] {
        let outcome = build(&site.options, store, &|| ()).unwrap();
        assert!(outcome.incomplete);
        assert!(outcome.findings.iter().any(|finding| finding.code == Code::NoArticles), "{:?}", outcome.findings);
        assert_eq!(outcome.findings.iter().filter(|finding| finding.code == Code::SourceNotStored).count(), 2);
        assert_eq!(site.files(), before);
    }
    // One of them is lost: its topic stays as it was.
    let outcome = site.build(&stored());
    assert!(!outcome.incomplete && site.exists("categories/乙类/rss.xml"));
    let broken = Memory { is_broken: true, ..both };
    let outcome = site.build(&broken);
    assert!(outcome.incomplete && outcome.findings.iter().any(|finding| finding.code == Code::StoreUnusable), "{:?}", outcome.findings);
    // And one that is listed no more is not.
    let mut site = site;
    site.options.external = Some(External::new(vec![source(A, "甲类")]));
    site.build(&stored());
    assert!(!site.exists("categories/乙类/rss.xml"));
}

#[test]
fn while_the_store_cannot_be_read_the_entries_of_others_stay_published() {
    let site = Site::new(vec![source(A, "外电")]).article("a.md", ARTICLE);
    site.build(&stored());
    let before = site.files();
    let outcome = site.build(&Memory { is_broken: true, ..stored() });
    assert!(outcome.incomplete && outcome.findings.iter().any(|finding| finding.code == Code::StoreUnusable), "{:?}", outcome.findings);
    assert_eq!(site.files(), before);
}

#[test]
fn a_local_article_wins_over_its_copy() {
    let site = Site::new(vec![source(A, "外电")]).article("a.md", ARTICLE);
    let copy = entry("7", "http://site.test/a/?utm_source=planet", "本地的副本", 3);
    let outcome = site.build(&stored().entry(A, copy));
    assert_eq!(outcome.external().joined, 1);
    assert_eq!(titles(&site.read("rss.xml")), ["外电二", "本地", "外电一"]);
    assert!(
        site.read("rss.xml").contains("<guid isPermaLink=\"true\">https://site.test/a/</guid>")
            || site.read("rss.xml").contains(">https://site.test/a/</guid>")
    );
}

#[test]
fn queries_find_sources_and_their_terms() {
    let mut listed = source(A, "外电");
    listed.title = Some("改名".to_owned());
    listed.own_terms = Some("tag".into());
    let mut site = Site::new(vec![listed]).article("a.md", ARTICLE);
    site.options.topics.aliases.insert("人工智能".to_owned(), vec!["AI".to_owned()]);
    let topics =
        [("one", "source:https://a.test/feed"), ("two", "source:改名"), ("three", "tag:人工智能 and category:外电"), ("four", "not source:改名")];
    site.options.topics.custom = topics.iter().map(|(name, query)| CustomTopic::new(*name, "", Query::parse(query).unwrap())).collect();
    let mut memory = stored();
    memory.entries[0].entry.categories = vec![Category::new("ai")];
    let outcome = site.build(&memory);
    assert!(outcome.findings.is_empty(), "{:?}", outcome.findings);
    for (folder, expected) in [
        ("one", vec!["外电二", "外电一"]),
        ("two", vec!["外电二", "外电一"]),
        ("three", vec!["外电一"]),
        ("four", vec!["本地"]),
        ("tags/人工智能", vec!["外电一"]),
    ] {
        assert_eq!(titles(&site.read(&format!("{folder}/rss.xml"))), expected, "{folder}");
    }
    let found: Vec<String> = super::topics(&site.options, Some(Box::new(memory))).plan.topics.into_iter().map(|topic| topic.term).collect();
    assert!(found.contains(&"人工智能".to_owned()), "{found:?}");
}

#[test]
fn the_same_store_gives_the_same_bytes() {
    let site = Site::new(vec![source(A, "外电"), source(B, "外电")]).article("a.md", ARTICLE);
    let mut memory = stored().feed(B, "乙");
    for number in 0..60 {
        let mut one = entry(&format!("{number}"), &format!("https://b.test/{number}"), "同", number % 4);
        one.content = Some(Text::html(format!("<p>第 {number} 篇<img src=/{number}.png></p>")));
        memory = memory.entry(B, one);
    }
    site.build(&memory);
    let first = site.files();
    memory.entries.reverse();
    for (row, entry) in (1..).zip(&mut memory.entries) {
        entry.row = row;
    }
    let outcome = site.build(&memory);
    assert!(outcome.changes.iter().all(|(_, change)| *change == Change::Same), "{:?}", outcome.changes);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    pool.install(|| site.build(&memory));
    assert_eq!(site.files(), first);
}

#[test]
fn the_health_page_is_there_when_it_is_asked_for() {
    let mut site = Site::new(vec![source(A, "外电")]);
    site.build(&stored());
    assert!(!site.exists("sources.html"));
    let state = State {
        title: Some("<script>alert(1)</script>".to_owned()),
        last_success: Timestamp::parse_rfc3339("2025-02-14T08:30:00Z").map(|date| date.unix()),
        failure: Some(Failure::new(FailureKind::NotFound, "expected a feed, found <img src=x onerror=alert(1)>\u{202E}")),
        failures: 3,
        ..State::default()
    };
    site.options.health = Some(vec![health(&Source::new(A), &state, None, state.last_success.unwrap())]);
    site.build(&stored());
    let page = without_ours(&site.read("sources.html"));
    for part in ["&lt;script&gt;alert(1)", "not-found", "失败", "2025-02-14 08:30 UTC", "&lt;img src=x onerror", "default-src 'none'"] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    for part in ["<script", "<img", "javascript:", "\u{202E}"] {
        assert!(!page.contains(part), "{part}\n{page}");
    }
    assert!(site.read("index.html").contains("href=\"sources.html\""));
    site.options.health = None;
    site.build(&stored());
    assert!(!site.exists("sources.html"), "it goes when it is asked for no more");
}

/// Markup that runs code or calls home when it is not cleaned.
const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"java&#x09;script:alert(1)\">x</a>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg onload=alert(1)>",
    "<math href=\"javascript:alert(1)\"><mi>x</mi></math>",
    "<form><button formaction=\"javascript:alert(1)\">x</button></form>",
    "<p style=\"background:url(javascript:alert(1))\">x</p>",
    "<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">",
    "<object data=\"data:text/html,alert(1)\"></object>",
    "<base href=\"https://evil.test/\"><meta http-equiv=refresh content=\"0;url=https://evil.test/\">",
    "]]><script>alert(1)</script><![CDATA[",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "\u{202E}gnp.exe\u{2066}",
    "&#8238;gnp.exe",
    "\u{0}\u{8}\u{1b}[31m",
];

const EVIL_URLS: &[&str] = &[
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    " java\nscript:alert(1)",
];

fn hostile(text: &str, url: &str, number: i64) -> Entry {
    let mut one = entry(&format!("{url}{number}"), "https://a.test/", text, number % 3);
    one.id = crate::model::Id::permalink(format!("{url}{number}"));
    one.title = Some(if number % 2 == 0 { Text::html(text) } else { Text::plain(text) });
    one.summary = Some(Text::html(format!("{text}<p>摘要</p>")));
    one.content =
        Some(Text::html(format!("<p>正文</p>{text}<a href=\"{url}\">一</a><img src=\"{url}\"><video poster=\"{url}\" src=\"{url}\"></video>")));
    one.links = [Rel::Alternate, Rel::Related, Rel::Via, Rel::Other("replies".to_owned())].map(|rel| Link::new(rel, url)).to_vec();
    one.links.push(Link::new(Rel::Alternate, format!("https://a.test/{number}")));
    one.content_link = Some(Link::new(Rel::Alternate, url));
    one.authors = vec![Person { name: text.to_owned(), url: Some(url.to_owned()), email: Some("a@b.test".to_owned()) }];
    one.categories = vec![Category::new(text).with_label(text).with_scheme(url)];
    one.media = [Role::Thumbnail, Role::Content, Role::Enclosure].map(|role| Media::new(role, url)).to_vec();
    for media in &mut one.media {
        (media.alt, media.media_type, media.length) = (Some(text.to_owned()), Some(text.to_owned()), Some(1));
    }
    let mut origin = Origin::new(crate::model::Id::opaque(format!("{url}/x")));
    origin.title = Some(text.to_owned());
    origin.links = vec![Link::new(Rel::Alternate, url), Link::new(Rel::Itself, url)];
    origin.rights = Some(Text::html(text));
    one.origin = Some(Arc::new(origin));
    let mut extension = crate::model::Extension::new("urn:x", "x");
    extension.text = text.to_owned();
    one.extensions = vec![extension];
    one
}

/// What attacks are made of, as it would stand in a document if it were live there.
fn assert_harmless(what: &str, document: &str) {
    let lower = document.to_lowercase();
    // In attributes and elements that hold one address alone.
    for start in ["href=\"", "src=\"", "url=\"", "uri>", "poster=\"", "<link>", "domain=\"", "scheme=\"", "<id>"] {
        for (at, _) in lower.match_indices(start) {
            let value = lower.get(at + start.len()..).unwrap_or_default().trim_start();
            for scheme in ["javascript:", "data:", "vbscript:", "file:", "java\n", "java&"] {
                assert!(!value.starts_with(scheme), "{what}: {start}{}", &value.chars().take(60).collect::<String>());
            }
        }
    }
    for c in ['\u{202E}', '\u{2066}', '\u{0}', '\u{8}', '\u{1b}'] {
        assert!(!document.contains(c), "{what}: {c:?}");
    }
}

/// A page without what runs in it by our own will.
fn without_ours(html: &str) -> String {
    let script = concat!("<script>", include_str!("../../publish/page/page.js"), "</script>");
    html.replace(script, "").replace("<button class=\"copy\" type=\"button\" hidden", "<span").replace("</button>", "</span>")
}

/// The same for HTML: nothing but elements that are allowed, and no attribute that runs code.
fn assert_safe_html(what: &str, html: &str) {
    let html = without_ours(html);
    assert_harmless(what, &html);
    let lower = html.to_lowercase();
    let mut rest = lower.as_str();
    while let Some((_, tag)) = rest.split_once('<') {
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        for word in ["script", "iframe", "form", "button", "object", "base", "math", "embed", "animate"] {
            assert!(!tag.trim_start_matches('/').starts_with(word), "{what}: <{tag}>");
        }
        for word in [" onerror=", " onload=", " onbegin=", " srcdoc=", " formaction=", " style="] {
            assert!(!tag.contains(word) || tag.contains("&quot;") || tag.contains("&lt;"), "{what}: <{tag}>");
        }
        rest = after;
    }
}

#[test]
fn nothing_hostile_gets_through_in_any_field() {
    let mut listed = source(A, "外电");
    listed.own_terms = Some("tag".into());
    let mut site = Site::new(vec![listed]);
    site.options.topics.limit = 0;
    let mut memory = Memory::default().feed(A, ATTACKS[0]);
    let channel = memory.channels.get_mut(A).unwrap();
    channel.origin.links.insert(0, Link::new(Rel::Alternate, "javascript:alert(1)"));
    channel.icon = Some("javascript:alert(1)".to_owned());
    let mut number = 0;
    for text in ATTACKS {
        for url in EVIL_URLS {
            memory = memory.entry(A, hostile(text, url, number));
            number += 1;
        }
    }
    let outcome = site.build(&memory);
    assert!(!outcome.incomplete, "{:?}", outcome.findings);
    assert_eq!(outcome.external().shown, ATTACKS.len() * EVIL_URLS.len(), "nothing else is lost");
    for (file, bytes) in site.files() {
        let text = String::from_utf8(bytes).unwrap();
        assert_harmless(&file, &text);
        if text.starts_with("<!DOCTYPE html>") {
            // The icon is our own, and the style sheet, too.
            let own = text.split("<style>").enumerate().map(|(at, part)| if at == 0 { part } else { part.split_once("</style>").unwrap().1 });
            assert_safe_html(&file, &own.collect::<String>());
        }
    }
    for file in ["rss.xml", "atom.xml", "feed.json"] {
        let text = site.read(file);
        let reading = read_feed(text.as_bytes(), &Hints::named(file)).unwrap();
        let feed = reading.feed().unwrap();
        assert_eq!(feed.entries.len(), ATTACKS.len() * EVIL_URLS.len());
        for entry in &feed.entries {
            for body in entry.content.iter().filter(|text| text.kind != crate::model::TextKind::Plain) {
                assert_safe_html(file, &body.value);
                assert!(body.value.contains("正文"), "{file}");
            }
            let title = entry.title.as_ref().map(|title| title.value.as_str()).unwrap_or_default();
            assert!(!title.contains(['\n', '\u{202E}']), "{file}: {title:?}");
            let addresses = entry.links.iter().map(|link| &link.href).chain(entry.media.iter().map(|media| &media.url));
            for address in addresses.chain(entry.authors.iter().filter_map(|author| author.url.as_ref())) {
                assert!(address.starts_with("https://"), "{file}: {address}");
            }
            assert!(entry.link().is_some_and(|link| link.href.starts_with("https://a.test/")), "{file}: the good page stays");
            assert!(entry.authors.iter().all(|author| author.email.is_none()));
            assert!(entry.extensions.is_empty(), "{file}: {:?}", entry.extensions);
        }
    }
}

/// What an index says has to be done after an edit.
fn told(site: &Site) -> &'static str {
    let saved = Saved::open(&site.options, "test");
    let listing = Listing::take(&site.options.content);
    let Some(compared) = saved.compared(&listing, &site.options) else { return "all" };
    if compared.changed.is_empty() {
        return "nothing";
    }
    let heavy = saved.heavy().unwrap();
    let amendment = Amendment::of(&saved, &compared, &heavy, &listing, &site.options);
    if amendment.is_some() { "topics" } else { "all" }
}

#[test]
fn only_what_decides_the_plan_makes_a_new_one_necessary() {
    let mut site = Site::new(Vec::new());
    site.options.external = None;
    site.options.program = Some("test".to_owned());
    let front = "title: 甲\ndate: 2025-02-15\ncategories: [外电]";
    let mut site = site.article("a.md", &format!("---\n{front}\n---\n正文。\n")).article("b.md", ARTICLE);
    site.build(&Memory::default());
    assert_eq!(told(&site), "nothing");
    for (front, body, expected) in [
        (front, "另一段正文。", "topics"),
        ("title: 乙\ndate: 2025-02-15\ncategories: [外电]\nsummary: 短", "正文。", "topics"),
        ("title: 乙\ndate: 2025-02-16\ncategories: [外电]", "正文。", "all"),
        ("title: 乙\ndate: 2025-02-16\ncategories: [外电, 新]", "正文。", "all"),
        ("title: 乙\ndate: 2025-02-16\ncategories: [外电, 新]\nexpiryDate: 2030-01-01", "正文。", "all"),
        ("title: 乙\ndraft: true", "正文。", "all"),
        ("title: 丙\ndraft: true", "还没写完。", "topics"),
    ] {
        site = site.article("a.md", &format!("---\n{front}\n---\n{body}\n"));
        assert_eq!(told(&site), expected, "{front}");
        let outcome = site.build(&Memory::default());
        assert!(!outcome.incomplete && outcome.notes.is_empty(), "{outcome:?}");
        assert_eq!(told(&site), "nothing", "{front}");
    }
    site = site.article("c.md", ARTICLE);
    assert_eq!(told(&site), "all", "an article came");
}
