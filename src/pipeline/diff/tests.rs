//! Pairs of feeds, and of folders of them, with what differs.

use super::*;
use std::io;

/// Documents by path.
struct Memory(BTreeMap<String, String>);

impl Memory {
    fn of<const N: usize>(files: [(&str, String); N]) -> Self {
        Self(files.into_iter().map(|(path, text)| (path.to_owned(), text)).collect())
    }
}

impl Side for Memory {
    fn paths(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    fn read(&mut self, path: &str) -> io::Result<Vec<u8>> {
        if path == "refused.json" {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Ok(self.0[path].clone().into_bytes())
    }

    fn shown(&self, path: &str) -> String {
        path.to_owned()
    }
}

fn feed(members: &str, items: &[&str]) -> String {
    format!(
        r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "檐下", "feed_url": "https://e.cn/f.json", {members} "items": [{}]}}"#,
        items.join(",")
    )
}

/// An item that was published on this day of January.
fn item(id: &str, day: u32) -> String {
    format!(r#"{{"id": "{id}", "url": "https://e.cn/{id}", "title": "{id}", "date_published": "2025-01-{day:02}T00:00:00Z", "content_text": "x"}}"#)
}

fn items(items: &[String]) -> String {
    feed("", &items.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Kind, and the entry or the fields that it is about.
fn told(old: &str, new: &str) -> Vec<(Kind, String)> {
    let outcome = diff(&mut Memory::of([("f.json", old.to_owned())]), &mut Memory::of([("f.json", new.to_owned())]));
    assert_eq!((outcome.feeds, outcome.unreadable), (1, false));
    let fields = |difference: &Difference| difference.fields.iter().map(|field| field.name).collect::<Vec<_>>().join(",");
    let one = |difference: &Difference| match &difference.entry {
        Some(entry) if difference.fields.is_empty() => (difference.kind, entry.id.clone()),
        Some(entry) => (difference.kind, format!("{}: {}", entry.id, fields(difference))),
        None => (difference.kind, fields(difference)),
    };
    outcome.changed.iter().flat_map(|changed| &changed.differences).map(one).collect()
}

const LONG: &str = "清晨五点半，城南的早市已经亮起了灯。卖豆腐的老周把木板一块块卸下来，热气顺着棚布往上爬，和对面包子铺的蒸汽混在一起。他在这里摆了二十多年的摊，见过这条街从土路变成柏油路，也见过河边的柳树被移走又种回来。最近街道要改造，摊位得搬到两条街以外的新市场去，租金不高，只是老主顾们要多走一段路。老周说，搬就搬吧，豆腐还是那个味道。他儿子在旁边帮忙收钱，用手机扫码，一边记账一边回邻居的消息。等太阳从粮站的屋顶后面升起来，第一锅豆浆已经卖完，菜贩们开始互相招呼着换零钱。";

#[test]
fn entries_are_told_apart_and_what_differs_is_named() {
    let two = items(&[item("b", 2), item("a", 1)]);
    let rewritten = |text: &str, with: &str| two.replace(text, with);
    let cases = [
        ("nothing", two.clone(), vec![]),
        ("the same instant in another zone", rewritten("2025-01-02T00:00:00Z", "2025-01-02T08:00:00+08:00"), vec![]),
        ("a new one", items(&[item("c", 3), item("b", 2), item("a", 1)]), vec![(Kind::New, "c")]),
        ("one fell off the end", items(&[item("c", 3), item("b", 2)]), vec![(Kind::Gone, "a"), (Kind::New, "c")]),
        ("one was taken out of a full feed", items(&[item("a", 1), item("0", 1)]), vec![(Kind::Lost, "b"), (Kind::New, "0")]),
        ("one is gone though there is room", items(&[item("b", 2)]), vec![(Kind::Lost, "a")]),
        ("all are gone", items(&[]), vec![(Kind::Lost, "b"), (Kind::Lost, "a")]),
        ("another id at the same page", rewritten(r#""id": "b""#, r#""id": "b2""#), vec![(Kind::IdChanged, "b2: id")]),
        (
            "another id and page, the same title and date",
            rewritten(r#""id": "b", "url": "https://e.cn/b""#, r#""id": "b2", "url": "https://e.cn/b2""#),
            vec![(Kind::IdChanged, "b2: id")],
        ),
        ("another date", rewritten("2025-01-02", "2025-01-03"), vec![(Kind::DateChanged, "b: published")]),
        ("another title", rewritten(r#""title": "b""#, r#""title": "乙""#), vec![(Kind::ContentChanged, "b: title")]),
        ("another body", two.replacen(r#""content_text": "x""#, r#""content_text": "y""#, 1), vec![(Kind::ContentChanged, "b: content")]),
        ("another page under the same id", rewritten("https://e.cn/b\"", "https://e.cn/b/\""), vec![(Kind::ContentChanged, "b: link")]),
    ];
    for (what, new, expected) in cases {
        let expected: Vec<_> = expected.into_iter().map(|(kind, about)| (kind, about.to_owned())).collect();
        assert_eq!(told(&two, &new), expected, "{what}");
    }
}

#[test]
fn an_entry_is_found_again_by_its_text_when_all_else_changed() {
    let written = |id: &str, title: &str, text: &str| {
        let date = if id == "旧" { "2025-01-01" } else { "2025-01-02" };
        feed("", &[&format!(r#"{{"id": "{id}", "title": "{title}", "date_published": "{date}T00:00:00Z", "content_text": "{text}"}}"#)])
    };
    let expected = |kind: &[(Kind, &str)]| kind.iter().map(|(kind, about)| (*kind, (*about).to_owned())).collect::<Vec<_>>();
    assert_eq!(told(&written("旧", "早市", LONG), &written("新", "城南早市", LONG)), expected(&[(Kind::IdChanged, "新: id")]));
    assert_eq!(
        told(&written("旧", "周报", "短。"), &written("新", "周报", "短。")),
        expected(&[(Kind::Gone, "旧"), (Kind::New, "新")]),
        "a title that returns each week says nothing"
    );
}

#[test]
fn what_several_entries_share_pairs_none_of_them() {
    let linked = |id: &str| format!(r#"{{"id": "{id}", "url": "https://e.cn/all", "title": "{id}", "content_text": "{id}"}}"#);
    let (old, new) = (items(&[linked("a"), linked("b")]), items(&[linked("c"), linked("d")]));
    assert!(told(&old, &new).iter().all(|(kind, _)| *kind != Kind::IdChanged));
}

#[test]
fn without_dates_the_order_says_what_is_older() {
    let undated = |id: &str| format!(r#"{{"id": "{id}", "title": "{id}", "content_text": "{id}"}}"#);
    let old = items(&[undated("c"), undated("b"), undated("a")]);
    let kinds = |ids: &[&str]| told(&old, &items(&ids.iter().map(|id| undated(id)).collect::<Vec<_>>()));
    assert_eq!(kinds(&["d", "c", "b"]), [(Kind::Gone, "a".to_owned()), (Kind::New, "d".to_owned())]);
    assert_eq!(kinds(&["d", "c", "a"]), [(Kind::Lost, "b".to_owned()), (Kind::New, "d".to_owned())]);
}

#[test]
fn what_a_feed_says_of_itself_is_compared() {
    let of = |members: &str| feed(members, &[]);
    let old = of(r#""home_page_url": "https://e.cn/t/旧/", "language": "zh-CN","#);
    for (new, expected) in [
        (old.replace("檐下", "屋下"), vec![(Kind::FeedChanged, "title")]),
        (old.replace("zh-CN", "zh-TW"), vec![(Kind::FeedChanged, "language")]),
        (old.replace("f.json", "g.json"), vec![(Kind::FeedChanged, "self")]),
        (old.replace("旧", "新"), vec![(Kind::FeedMoved, "page")]),
        (old.replace("e.cn", "e.org"), vec![(Kind::FeedChanged, "self,page")]),
    ] {
        let expected: Vec<_> = expected.into_iter().map(|(kind, about)| (kind, about.to_owned())).collect();
        assert_eq!(told(&old, &new), expected);
    }
}

#[test]
fn feeds_are_paired_by_path_and_a_lost_one_is_looked_for() {
    let some = items(&[item("b", 2), item("a", 1)]);
    let mut old = Memory::of([
        ("same.json", some.clone()),
        ("tags/旧/feed.json", some.clone()),
        ("gone/feed.json", items(&[item("z", 9)])),
        ("broken.json", some.clone()),
        ("feeds.opml", "<opml version='2.0'><body/></opml>".to_owned()),
        ("package.json", "{}".to_owned()),
    ]);
    let mut new = Memory::of([
        ("same.json", some.clone()),
        ("tags/新/feed.json", some.replace("檐下", "新")),
        ("broken.json", "<html><title>404</title></html>".to_owned()),
        ("feeds.opml", "<opml version='2.0'><head/><body/></opml>".to_owned()),
        ("package.json", "{ }".to_owned()),
    ]);
    let outcome = diff(&mut old, &mut new);
    assert_eq!((outcome.feeds, outcome.unreadable), (5, false));
    let told: Vec<_> = outcome
        .changed
        .iter()
        .map(|changed| {
            (changed.path.as_str(), changed.differences[0].kind, changed.differences[0].fields.first().and_then(|field| field.new.as_deref()))
        })
        .collect();
    assert_eq!(
        told,
        [
            ("broken.json", Kind::FeedLost, Some("expected a feed, found a web page that names no feed")),
            ("gone/feed.json", Kind::FeedLost, None),
            ("tags/新/feed.json", Kind::FeedNew, None),
            ("tags/旧/feed.json", Kind::FeedLost, Some("tags/新/feed.json")),
        ]
    );
    assert_eq!(outcome.counts()[&Kind::FeedLost], Count { entries: 0, feeds: 3 });
}

#[test]
fn an_entry_counts_once_however_many_feeds_show_it() {
    let (old, new) = (items(&[item("a", 1)]), items(&[item("b", 2), item("a", 1)]));
    let side = |text: &str| Memory::of([("1.json", text.to_owned()), ("2.json", text.to_owned())]);
    assert_eq!(diff(&mut side(&old), &mut side(&new)).counts()[&Kind::New], Count { entries: 1, feeds: 2 });
}

#[test]
fn what_cannot_be_read_is_no_lost_feed() {
    let mut side = Memory::of([("refused.json", String::new())]);
    let outcome = diff(&mut side, &mut Memory::of([]));
    assert_eq!((outcome.unreadable, outcome.changed.len(), outcome.findings[0].code), (true, 0, Code::UnreadableFile));
}

#[test]
fn every_kind_has_its_own_name_code_and_line() {
    let names: BTreeSet<_> = Kind::ALL.iter().map(|kind| (kind.as_str(), kind.code(), kind.seen())).collect();
    assert_eq!(names.len(), Kind::ALL.len());
    let codes: Vec<_> = Kind::ALL.iter().map(|kind| kind.code()).collect();
    assert!(codes.is_sorted(), "in the order of the codes, which is the order in which they are told");
}
