//! Tests of what is made of a store, with a store in memory that other modules' tests use, too.

pub(crate) mod memory;

use super::list::{DAY, Future, Source};
use super::stored::{Dedupe, Loaded, Options, Stored};
use crate::diagnostic::{Code, Severity};
use crate::model::{Category, Entry, EntrySource, Head, Id, Language, Link, Origin, Rel, Term, Text, Timestamp};
use crate::source::filter::Pattern;
use memory::{DAY_0, Memory, entry};
use std::sync::Arc;

const A: &str = "https://a.test/feed";
const B: &str = "https://b.test/feed";

const NOW: i64 = DAY_0 + 30 * DAY;

fn load_with(memory: &Memory, sources: Vec<Source>, dedupe: Dedupe, local: &[Head]) -> (Stored, Loaded) {
    let mut options = Options::new(sources, NOW);
    options.dedupe = dedupe;
    Stored::load(Box::new(memory.clone()), options, local).unwrap()
}

fn load(memory: &Memory, sources: Vec<Source>) -> (Stored, Loaded) {
    load_with(memory, sources, Dedupe::default(), &[])
}

fn sources() -> Vec<Source> {
    vec![Source::new(A), Source::new(B)]
}

fn ids(loaded: &Loaded) -> Vec<&str> {
    loaded.heads.iter().map(|head| head.id.as_str()).collect()
}

#[test]
fn heads_say_where_entries_are_from() {
    let memory = Memory::default().feed(A, "甲").entry(A, entry("https://a.test/1", "https://a.test/1?utm_source=rss", "一", 0));
    let mut source = Source::new(A);
    source.terms = vec![Term::new("category", "外电")];
    source.own_terms = Some("tag".into());
    source.language = Language::parse("zh-CN");
    let mut memory = memory;
    memory.entries[0].entry.categories = vec![
        Category::new("rust").with_label(" Rust\u{202E} "),
        Category::new("rust").with_label("Rust"),
        Category::new("http://schemas.google.com/blogger/2008/kind#post"),
    ];
    let (stored, loaded) = load(&memory, vec![source]);
    let head = &loaded.heads[0];
    assert_eq!((head.id.as_str(), head.link.as_deref()), ("https://a.test/1", Some("https://a.test/1")), "the id stays, the link loses what tracks");
    assert_eq!((&*head.path, &*head.place), (A, "https://a.test/feed#https://a.test/1"));
    assert_eq!(head.terms, [Term::new("category", "外电"), Term::new("tag", "Rust")]);
    assert_eq!(head.language.as_ref().map(Language::as_str), Some("zh-CN"));
    assert_eq!(head.origin.as_ref().and_then(|origin| origin.title.as_deref()), Some("甲"));
    let mut findings = Vec::new();
    let entry = stored.entry(head, &mut findings).unwrap();
    assert_eq!((entry.id, entry.origin, entry.published), (head.id.clone(), head.origin.clone(), head.published));
    assert!(findings.is_empty());
    assert_eq!((loaded.sources[0].counts.stored, loaded.sources[0].counts.shown), (1, 1));
}

#[test]
fn an_id_that_is_no_uri_names_its_source() {
    let mut opaque = entry("42", "https://a.test/1", "一", 0);
    let of =
        |url: &str, entry: &Entry| ids(&load(&Memory::default().feed(url, "x").entry(url, entry.clone()), vec![Source::new(url)]).1)[0].to_owned();
    assert_eq!(of(A, &opaque), "urn:feedloom:in:https%3A%2F%2Fa.test%2Ffeed:42");
    assert_eq!(of(B, &opaque), "urn:feedloom:in:https%3A%2F%2Fb.test%2Ffeed:42");
    for (id, kept) in [
        ("tag:a.test,2025:1", true),
        ("urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a", true),
        ("javascript:alert(1)", false),
        ("data:text/html,x", false),
        ("https://a.test/a b", false),
        ("", false),
    ] {
        opaque.id = Id::opaque(id);
        assert_eq!(of(A, &opaque) == id, kept, "{id}");
    }
}

#[test]
fn ids_are_unique_whatever_sources_say() {
    let stolen = "urn:feedloom:in:https%3A%2F%2Fa.test%2Ffeed:42";
    let memory = Memory::default()
        .feed(A, "甲")
        .feed(B, "乙")
        .entry(A, entry("42", "https://a.test/1", "一", 0))
        .entry(A, entry("https://a.test/x", "https://a.test/x", "真", 0))
        .entry(B, entry(stolen, "https://b.test/1", "二", 0))
        .entry(B, entry("https://a.test/x", "https://b.test/x", "假", 0))
        .entry(B, entry("7", "https://b.test/7", "七", 0))
        .entry(B, entry("urn:feedloom:in:https%3A%2F%2Fb.test%2Ffeed:7", "https://b.test/8", "八", 0));
    for list in [sources(), vec![Source::new(B), Source::new(A)]] {
        let (_, loaded) = load(&memory, list);
        let by_page = |page: &str| loaded.heads.iter().find(|head| head.link.as_deref() == Some(page)).unwrap().id.as_str();
        assert_eq!((by_page("https://a.test/1"), by_page("https://a.test/x")), (stolen, "https://a.test/x"), "the owner keeps it");
        assert_eq!(by_page("https://b.test/x"), "urn:feedloom:in:https%3A%2F%2Fb.test%2Ffeed:https%3A%2F%2Fa.test%2Fx");
        let mut unique = ids(&loaded);
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), 6);
    }
}

#[test]
fn dates_count_as_the_store_fixed_them() {
    let seen = DAY_0 + 5 * DAY;
    let at = |text: &str| Timestamp::parse_rfc3339(text);
    let one = |published: Option<Timestamp>, sort_date: i64, future: Future| {
        let mut entry = entry("https://a.test/1", "https://a.test/1", "一", 0);
        entry.published = published;
        let mut memory = Memory::default().feed(A, "甲").entry_seen(A, entry, seen);
        memory.entries[0].sort_date = sort_date;
        let mut source = Source::new(A);
        source.future = future;
        let loaded = load(&memory, vec![source]).1;
        let date = loaded.heads.first().map(|head| head.published.unwrap().to_rfc3339());
        date.unwrap_or_else(|| format!("held {}", loaded.sources[0].counts.held))
    };
    let (own, future, far) = (at("2025-02-14T08:00:00+08:00"), at("2025-03-01T08:00:00+08:00"), at("2099-01-01T00:00:00Z"));
    for (published, sort_date, rule, expected) in [
        (own, DAY_0, Future::Clamp, "2025-02-14T08:00:00+08:00"),
        (None, seen, Future::Clamp, "2025-02-19T00:00:00Z"),
        // Dated again since: it stays where it was.
        (future, DAY_0, Future::Clamp, "2025-02-14T08:00:00+08:00"),
        (future, DAY_0, Future::Keep, "2025-02-14T08:00:00+08:00"),
        // Dated later than it was seen.
        (future, seen, Future::Clamp, "2025-02-19T08:00:00+08:00"),
        (future, seen, Future::Keep, "2025-03-01T08:00:00+08:00"),
        (future, seen, Future::Hold, "2025-03-01T08:00:00+08:00"),
        (far, seen, Future::Hold, "held 1"),
        (far, seen, Future::Keep, "2099-01-01T00:00:00Z"),
    ] {
        assert_eq!(one(published, sort_date, rule), expected, "{published:?} {sort_date} {rule:?}");
    }
}

#[test]
fn a_change_in_the_future_is_none() {
    let mut changed = entry("https://a.test/1", "https://a.test/1", "一", 0);
    changed.updated = Timestamp::from_unix(DAY_0 + DAY);
    let mut memory = Memory::default().feed(A, "甲").entry(A, changed);
    assert_eq!(load(&memory, sources()).1.heads[0].updated, None);
    memory.entries[0].last_seen = DAY_0 + 2 * DAY;
    assert!(load(&memory, sources()).1.heads[0].updated.is_some());
}

#[test]
fn only_what_is_wanted_is_shown() {
    let mut memory = Memory::default().feed(A, "甲");
    for (id, title, day) in [("1", "晨报", 1), ("2", "广告：晨报", 2), ("3", "晚报", 3), ("4", "晨报二", 4), ("5", "晨报三", 29)] {
        memory = memory.entry(A, entry(id, &format!("https://a.test/{id}"), title, day));
    }
    memory.entries[3].entry.language = Language::parse("zh-TW");
    let mut source = Source::new(A);
    source.filter.include = vec![Pattern::new("title:晨报").unwrap()];
    source.filter.exclude = vec![Pattern::new("广告").unwrap()];
    source.min_age = 2 * DAY;
    source.language = Language::parse("zh-CN");
    let shown = |source: &Source| {
        let (_, loaded) = load(&memory, vec![source.clone()]);
        let pages: Vec<String> = loaded.heads.iter().map(|head| head.link.clone().unwrap().replace("https://a.test/", "")).collect();
        let counts = loaded.sources[0].counts;
        (pages.join(" "), [counts.stored, counts.shown, counts.held, counts.filtered, counts.beyond_limit])
    };
    assert_eq!(shown(&source), ("4 1".to_owned(), [5, 2, 1, 2, 0]));
    source.limit = 1;
    assert_eq!(shown(&source), ("4".to_owned(), [5, 1, 1, 2, 1]));
    source.languages = vec![Language::parse("zh-CN").unwrap()];
    assert_eq!(shown(&source), ("1".to_owned(), [5, 1, 1, 3, 0]));
    source.languages = vec![Language::parse("zh").unwrap()];
    assert_eq!(shown(&source).0, "4");
    source.languages = vec![Language::parse("en").unwrap()];
    assert_eq!(shown(&source).0, "");
}

#[test]
fn a_language_that_nobody_states_is_read_off_the_script() {
    let mut silent = entry("https://a.test/1", "https://a.test/1", "這是一篇關於傳統市場的報導", 0);
    silent.content = Some(Text::html("<p>市場裡的攤販們開始準備收攤，這時雨還沒有停。</p>"));
    let loaded = load(&Memory::default().feed(A, "甲").entry(A, silent), sources()).1;
    assert_eq!(loaded.heads[0].language.as_ref().map(Language::as_str), Some("zh-TW"));
}

#[test]
fn the_original_stays_and_the_copies_are_counted() {
    let planet = "https://planet.test/feed";
    let mut copy = entry("https://a.test/1", "https://a.test/1", "一", 0);
    let mut original = Origin::new(Id::opaque("https://a.test/atom.xml"));
    original.links.push(Link::new(Rel::Alternate, "https://a.test/"));
    original.title = Some("原站".to_owned());
    copy.origin = Some(Arc::new(original));
    let memory = Memory::default()
        .feed(planet, "星球")
        .feed(A, "甲")
        .entry(planet, copy)
        .entry(A, entry("https://a.test/1", "https://a.test/1", "一", 0))
        .entry(A, entry("https://a.test/2", "https://a.test/2", "二", 1));
    let loaded = load(&memory, vec![Source::new(planet), Source::new(A)]).1;
    assert_eq!(ids(&loaded), ["https://a.test/2", "https://a.test/1"]);
    assert!(loaded.heads.iter().all(|head| &*head.path == A));
    assert_eq!(loaded.sources.iter().map(|source| source.counts.joined).collect::<Vec<_>>(), [1, 0]);
    // Alone, the planet's entry is shown as the one of the site that it is from.
    let loaded = load(&memory, vec![Source::new(planet)]).1;
    assert_eq!(loaded.heads[0].origin.as_ref().and_then(|origin| origin.title.as_deref()), Some("原站"));
}

#[test]
fn a_local_article_is_never_hidden() {
    let memory =
        Memory::default().feed(A, "甲").entry(A, entry("7", "http://www.a.test/1/", "一", 0)).entry(A, entry("8", "https://a.test/2", "二", 0));
    let mut local = Head::new(Id::permalink("https://a.test/1/"), "a.md", 0);
    local.link = Some("https://a.test/1/".into());
    let loaded = load_with(&memory, sources(), Dedupe::Link, &[local]).1;
    assert_eq!(loaded.heads.len(), 1);
    assert_eq!(loaded.heads[0].link.as_deref(), Some("https://a.test/2"));
}

#[test]
fn texts_are_compared_when_that_is_asked_for() {
    let text = "老街的书店在周日早晨重新开门，门口排着三十多位读者，队伍一直绕到邮局的拐角。店主把旧木梯搬到店外晾晒，又在窗台上摆了一排从乡下带回来的\
        陶罐。第一位走进去的是附近中学的地理老师，他想找一本二十年前印的县志，据说里面画着已经消失的三条水渠。店主记得那本书放在最上层，于是两个人\
        轮流爬上梯子翻找，直到中午才在一摞乐谱下面找到。消息传开之后，不少人带着自家的旧地图来比对，小小的柜台变成了临时的展览，连路过的邮递员\
        也停下来指认自己每天经过的老路，说渠水从前就在脚下流过。";
    let with = |id: &str, page: &str, day: i64, text: &str| {
        let mut entry = entry(id, page, "书店", day);
        entry.content = Some(Text::html(text));
        entry
    };
    let memory = Memory::default()
        .feed(A, "甲")
        .feed(B, "乙")
        .entry(A, with("1", "https://a.test/1", 0, &format!("<p>{text}</p>")))
        .entry(A, with("2", "https://a.test/2", 1, &format!("<div>{text}</div>")))
        .entry(B, with("3", "https://b.test/3", 2, &format!("<p>转载自甲。</p><p>{}</p>", text.replace("读者", "客人"))))
        .entry(B, with("4", "https://b.test/4", 20, &format!("<p>{text}</p>")));
    let pages = |dedupe| {
        let loaded = load_with(&memory, sources(), dedupe, &[]).1;
        loaded.heads.iter().map(|head| head.link.clone().unwrap().replace("https://", "")).collect::<Vec<_>>()
    };
    assert_eq!(pages(Dedupe::Link), ["a.test/2", "a.test/1", "b.test/4", "b.test/3"]);
    // The copy came later; what is told again weeks later is new; two entries of one source are two.
    assert_eq!(pages(Dedupe::Text), ["a.test/2", "a.test/1", "b.test/4"]);
}

#[test]
fn what_is_not_listed_is_not_shown_and_what_is_not_stored_is_said() {
    let memory = Memory::default().feed(A, "甲").entry(A, entry("https://a.test/1", "https://a.test/1", "一", 0));
    let (_, loaded) = load(&memory, vec![Source::new(B)]);
    assert_eq!(loaded.heads.len(), 0);
    assert_eq!((loaded.findings[0].code, loaded.findings[0].severity), (Code::SourceNotStored, Severity::Warning));
    assert!(loaded.findings[0].message.contains(B));
    assert!(!loaded.sources[0].is_stored);
    // A feed that is stored and empty is no trouble.
    assert_eq!(load(&Memory::default().feed(A, "甲"), vec![Source::new(A)]).1.findings, []);
    // One that is listed twice is read once.
    assert_eq!(load(&memory, vec![Source::new(A), Source::new(A)]).1.heads.len(), 1);
}

#[test]
fn the_order_of_the_store_does_not_matter() {
    let mut memory = Memory::default().feed(A, "甲").feed(B, "乙");
    for number in 0..2500 {
        let (url, host) = if number % 3 == 0 { (B, "b") } else { (A, "a") };
        memory = memory.entry(url, entry(&format!("{number}"), &format!("https://{host}.test/{}", number % 700), "同", i64::from(number % 5)));
    }
    let shape = |memory: &Memory| {
        let (stored, loaded) = load(memory, sources());
        let entries = loaded.heads.iter().map(|head| stored.entry(head, &mut Vec::new()).unwrap()).collect::<Vec<_>>();
        (loaded.heads, entries, loaded.sources)
    };
    let first = shape(&memory);
    memory.entries.reverse();
    for (row, entry) in (1..).zip(&mut memory.entries) {
        entry.row = row;
    }
    assert_eq!(shape(&memory), first);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(pool.install(|| shape(&memory)), first);
}

#[test]
fn a_store_that_cannot_be_read_is_an_error_or_a_finding() {
    let mut memory = Memory::default().feed(A, "甲").entry(A, entry("https://a.test/1", "https://a.test/1", "一", 0));
    let (stored, loaded) = load(&memory, vec![Source::new(A)]);
    assert!(stored.entry(&loaded.heads[0], &mut Vec::new()).is_some());
    memory.is_broken = true;
    let error = Stored::load(Box::new(memory), Options::new(sources(), NOW), &[]).unwrap_err();
    assert!(error.to_string().contains("expected a database"));
}
