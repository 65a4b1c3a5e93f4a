//! What a build that knows of an earlier one does: the same as one that knows nothing, with less work.

use crate::harness::{CONFIG, Run, Site, files};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

const NOW: &str = "2025-06-15T15:06:40Z";

/// Makes everything in a site look an hour old, and then some: what a build needs to trust the times of files.
fn age(folder: &Path) {
    let old = SystemTime::now() - Duration::from_secs(3600);
    for (name, _) in files(folder) {
        File::options().write(true).open(folder.join(name)).unwrap().set_modified(old).unwrap();
    }
}

/// When each file of the out folder was written.
fn written(site: &Site) -> BTreeMap<String, SystemTime> {
    let out = site.path("feeds");
    files(&out).into_iter().map(|(name, _)| (name.clone(), fs::metadata(out.join(&name)).unwrap().modified().unwrap())).collect()
}

/// The files whose times differ, or that are on one side only.
fn touched(before: &BTreeMap<String, SystemTime>, after: &BTreeMap<String, SystemTime>) -> Vec<String> {
    let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
    names.filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

fn small() -> Site {
    Site::usual()
        .article("a", "date: 2025-01-03\ntags: [x, y]", "[to b](b.md) and ![p](p.png)")
        .article("b", "date: 2025-01-02\ntags: [x]", "text <blink>b</blink>")
        .article("c", "date: 2025-01-01\ntags: [z]", "text c")
        .article("bad", "date: neverland\ntags: [z]", "text")
        .article("soon", "date: 2025-06-16\ntags: [y]", "text")
}

#[test]
fn a_build_without_changes_writes_nothing_and_says_the_same_again() {
    let site = small();
    let first = site.run(&["build"]);
    let before = written(&site);
    let again = site.run(&["build"]);
    assert_eq!(again.code, first.code);
    assert!(!findings(&first).is_empty(), "{}", first.err);
    assert_eq!(findings(&again), findings(&first));
    assert!(touched(&before, &written(&site)).is_empty());
    let check = site.run(&["build", "--check"]);
    assert_eq!((check.code, findings(&check)), (first.code, findings(&first)));
}

#[test]
fn of_one_changed_article_only_the_topics_are_written_old_and_new() {
    let site = small();
    site.run(&["build"]);
    let before = written(&site);
    site.write("content/c.md", "---\ntitle: c\ndate: 2025-01-01\ntags: [w]\n---\ntext c\n");
    site.run(&["build"]);
    let after = written(&site);
    for name in touched(&before, &after) {
        let of_it = ["tags/z/", "tags/w/", "categories/"].iter().any(|folder| name.starts_with(folder));
        assert!(of_it || !name.contains('/'), "{name}");
    }
    assert!(after.contains_key("tags/w/rss.xml") && before.get("tags/x/rss.xml") == after.get("tags/x/rss.xml"));
}

#[test]
fn another_body_is_published_without_a_new_plan() {
    // Both sites take the same edits; only one of them knows of its earlier builds.
    let (site, cold) = (small(), small());
    let both = |name: &str, text: &str| [&site, &cold].into_iter().for_each(|site| site.write(name, text));
    site.run(&["build"]);
    for (turn, (front, body)) in [
        ("date: 2025-01-03\ntags: [x, y]", "[to c](c.md), ![q](q.png) and <blink>more</blink>"),
        ("date: 2025-01-03\ntags: [x, y]", "nothing [to find](none.md)"),
        ("date: 2025-01-03\ntags: [x, y]\nsummary: said so", "[to b](/b) [by name](c)"),
        ("date: 2025-01-03\ntags: [y, z]", "other tags"),
        ("date: 2025-01-03\ntags: [y, z]", "and another body"),
        ("date: 2025-01-03\ndraft: true", "none of it"),
        ("date: 2025-01-03\ndraft: true", "none of this either"),
    ]
    .into_iter()
    .enumerate()
    {
        both("content/a.md", &format!("---\ntitle: a\n{front}\n---\n{body}\n"));
        both("content/soon.md", &format!("---\ntitle: soon\ndate: 2025-06-16\ntags: [y]\n---\n{turn}\n"));
        let before = written(&site);
        let index = fs::read(site.path(".feedloom/build.records")).unwrap();
        let (known, unknown) = (site.run(&["build"]), cold.run(&["build", "--no-cache"]));
        assert_eq!(findings(&known), findings(&unknown), "{turn}");
        assert_eq!(known.code, unknown.code, "{turn}");
        assert_eq!(site.output(), cold.output(), "{turn}");
        assert!(fs::read(site.path(".feedloom/build.records")).unwrap().starts_with(&index) || turn > 0, "values are added");
        let elsewhere = |name: &String| name.starts_with("categories/") || name.starts_with("tags/w/");
        assert!(!touched(&before, &written(&site)).iter().any(elsewhere), "{turn}");
        // What was removed is told once.
        let (again, unknown) = (site.run(&["build"]), cold.run(&["build", "--no-cache"]));
        assert_eq!(findings(&again), findings(&unknown), "{turn}: said again when nothing changed");
        assert!(again.out.contains(" 0 changed, 0 added, 0 removed"), "{}", again.out);
    }
}

#[test]
fn records_that_are_damaged_or_lost_are_made_again() {
    let site = small();
    site.run(&["build"]);
    let good = fs::read(site.path(".feedloom/build.records")).unwrap();
    let spoilt: Vec<u8> = good.iter().map(|byte| byte ^ 0x55).collect();
    for (turn, records) in [Some(spoilt), Some(good[..good.len() / 2].to_vec()), Some(Vec::new()), None].into_iter().enumerate() {
        match records {
            Some(records) => site.write(".feedloom/build.records", records),
            None => fs::remove_file(site.path(".feedloom/build.records")).unwrap(),
        }
        site.write("content/c.md", format!("---\ntitle: c\ndate: 2025-01-01\ntags: [z]\n---\ntext {turn}\n"));
        site.run(&["build"]);
        let known = site.output();
        site.run(&["build", "--no-cache"]);
        assert_eq!(site.output(), known, "{turn}");
        assert!(site.read("feeds/tags/z/rss.xml").contains(&format!("text {turn}")));
    }
}

#[test]
fn a_fresh_checkout_writes_no_feed() {
    let site = small();
    site.run(&["build"]);
    let before = written(&site);
    age(&site.path("content"));
    let run = site.run(&["build"]);
    assert!(run.out.contains(" 0 changed, 0 added, 0 removed"), "{}", run.out);
    assert!(touched(&before, &written(&site)).is_empty());
}

#[test]
fn a_feed_that_was_deleted_or_edited_comes_back() {
    let site = small();
    site.run(&["build"]);
    let good = site.output();
    fs::remove_file(site.path("feeds/tags/x/rss.xml")).unwrap();
    site.write("feeds/tags/z/atom.xml", "mine");
    site.run(&["build"]);
    assert_eq!(site.output(), good);
    fs::remove_file(site.path("feeds/feeds.opml")).unwrap();
    fs::remove_dir_all(site.path("feeds/tags/z")).unwrap();
    site.run(&["build"]);
    assert_eq!(site.output(), good);
}

#[test]
fn an_index_that_is_damaged_or_of_another_version_is_told_of_and_not_used() {
    let site = small();
    let first = site.run(&["build"]);
    let index = fs::read(site.path(".feedloom/build.index")).unwrap();
    let good = site.output();
    let mut other = index.clone();
    other[20] ^= 1;
    let mut damaged = index.clone();
    damaged[200] ^= 1;
    for (bytes, note) in [(other, "of another version"), (damaged, "is damaged"), (index[..100].to_vec(), "is damaged"), (Vec::new(), "is damaged")] {
        site.write(".feedloom/build.index", bytes);
        let run = site.run(&["build"]);
        assert!(run.err.contains(note), "{note}: {}", run.err);
        assert_eq!((run.code, findings(&run)), (first.code, findings(&first)));
        assert_eq!(site.output(), good);
    }
    let quiet = site.run(&["build"]);
    assert!(!quiet.err.contains("the index"), "mended: {}", quiet.err);
}

#[test]
fn an_index_that_cannot_be_kept_is_a_note_and_no_error() {
    let site = small();
    let first = site.run(&["build", "--no-cache"]);
    assert!(!site.exists(".feedloom/build.index"), "--no-cache keeps none");
    fs::create_dir(site.path(".feedloom/build.index")).unwrap();
    let run = site.run(&["build"]);
    assert!(run.err.contains("the index for the next build is not kept"), "{}", run.err);
    assert_eq!((run.code, findings(&run)), (first.code, findings(&first)));
}

#[test]
fn a_picture_that_comes_or_changes_is_seen() {
    let site = Site::usual().article("a", "date: 2025-01-01\nimage: p.png", "text");
    let cold = Site::usual().article("a", "date: 2025-01-01\nimage: p.png", "text");
    for size in [1_u32, 1, 7] {
        let picture = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &size.to_be_bytes(), &size.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
        site.run(&["build"]);
        for of in [&site, &cold] {
            of.write("content/p.png", &picture);
        }
        site.run(&["build"]);
        cold.run(&["build", "--no-cache"]);
        assert_eq!(site.output(), cold.output());
    }
    assert!(site.read("feeds/rss.xml").contains("p.png"));
}

#[test]
fn an_article_comes_and_goes_when_its_time_is_there() {
    let site = Site::usual().article("a", "date: 2025-01-01", "t").article("b", "date: 2025-07-01\nexpiryDate: 2025-08-01", "t");
    for (now, shown) in
        [("2025-06-01", false), ("2025-06-30", false), ("2025-07-02", true), ("2025-07-31", true), ("2025-08-02", false), ("2025-06-01", false)]
    {
        site.run(&["build", "--now", &format!("{now}T00:00:00Z")]);
        assert_eq!(site.read("feeds/feed.json").contains("e.cn/b/"), shown, "{now}");
    }
}

/// The findings of a run, without the notes on the index and the summary.
fn findings(run: &Run) -> Vec<String> {
    let all = format!("{}\n{}", run.out, run.err);
    all.lines().filter(|line| line.contains("FL") || line.trim_start().starts_with("= help")).map(ToOwned::to_owned).collect()
}

#[derive(Clone, Debug)]
enum Step {
    Write(u8, u8, u8, u8),
    /// Another body below the same front matter.
    Edit(u8, u8),
    Delete(u8),
    Rename(u8, u8),
    Picture(u8, u8),
    Drop(u8),
    Spoil(u8),
    Configure(u8),
    Now(u8),
    Age,
    Nothing,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..8_u8, any::<u8>(), 0..4_u8, 0..6_u8).prop_map(|(name, body, tag, date)| Step::Write(name, body, tag, date)),
        5 => (0..8_u8, any::<u8>()).prop_map(|(name, body)| Step::Edit(name, body)),
        2 => (0..8_u8).prop_map(Step::Delete),
        2 => (0..8_u8, 0..8_u8).prop_map(|(from, to)| Step::Rename(from, to)),
        2 => (0..3_u8, 0..4_u8).prop_map(|(name, size)| Step::Picture(name, size)),
        2 => any::<u8>().prop_map(Step::Drop),
        2 => any::<u8>().prop_map(Step::Spoil),
        1 => (0..4_u8).prop_map(Step::Configure),
        2 => (0..6_u8).prop_map(Step::Now),
        2 => Just(Step::Age),
        2 => Just(Step::Nothing),
    ]
}

/// Names that are pages, page bundles and files beside them.
const NAMES: [&str; 8] = ["a.md", "b.md", "dir/c.md", "bundle/index.md", "bundle/note.md", "dir/a.md", "中.md", "z.md"];
const TAGS: [&str; 4] = ["[x]", "[X, y]", "[y, z]", "[]"];
const DATES: [&str; 6] =
    ["2025-01-01", "2025-01-02 10:00:00", "2025-06-15", "2025-06-20\nexpiryDate: 2025-06-25", "nonsense", "2024-01-01\ndraft: true"];
const BODIES: [&str; 6] = [
    "text",
    "[b](b.md) [c](dir/c.md)",
    "![p](p0.png) text",
    "[z](z.md#part) <a href=\"javascript:x\">no</a>",
    "[a](@/a.md)",
    "image\n\n![q](p1.png)",
];
const MORE: [&str; 4] = ["", "feeds: { limit: 2 }\n", "feeds: { formats: [rss] }\n", "topics: { aliases: { x: [z] } }\n"];
const TIMES: [&str; 6] =
    [NOW, "2025-06-21T00:00:00Z", "2025-06-26T00:00:00Z", "2024-12-31T00:00:00Z", "2025-06-15T15:06:41Z", "2025-01-01T20:00:00Z"];

fn take(step: &Step, site: &Site, now: &mut usize) {
    let content = |name: u8| site.path("content").join(NAMES[usize::from(name)]);
    match step {
        Step::Write(name, body, tag, date) => {
            let (body, tag, date) = (BODIES[usize::from(*body) % BODIES.len()], TAGS[usize::from(*tag)], DATES[usize::from(*date)]);
            let text = format!("---\ntitle: t{name}\ndate: {date}\ntags: {tag}\n---\n{body}\n");
            site.write(&format!("content/{}", NAMES[usize::from(*name)]), text);
        }
        Step::Edit(name, body) => {
            let Ok(text) = fs::read_to_string(content(*name)) else { return };
            let Some((front, _)) = text.rsplit_once("---\n") else { return };
            let body = BODIES[usize::from(*body) % BODIES.len()];
            site.write(&format!("content/{}", NAMES[usize::from(*name)]), format!("{front}---\n{body}\n"));
        }
        Step::Delete(name) => drop(fs::remove_file(content(*name))),
        Step::Rename(from, to) if content(*from).exists() => {
            fs::create_dir_all(content(*to).parent().unwrap()).unwrap();
            fs::rename(content(*from), content(*to)).unwrap();
        }
        Step::Rename(..) | Step::Nothing => {}
        Step::Picture(name, 0) => drop(fs::remove_file(site.path(&format!("content/p{name}.png")))),
        Step::Picture(name, size) => {
            let size = u32::from(*size).to_be_bytes();
            let picture = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &size, &size, &[8, 2, 0, 0, 0]].concat();
            let folder = if *name == 2 { "content/bundle/cover" } else { "content/p" };
            site.write(&format!("{folder}{name}.png"), picture);
        }
        Step::Drop(which) | Step::Spoil(which) => {
            let output: Vec<String> = site.output().into_iter().map(|(name, _)| name).filter(|name| !name.contains("manifest")).collect();
            let Some(name) = output.get(usize::from(*which) % output.len().max(1)) else { return };
            if matches!(step, Step::Drop(_)) {
                fs::remove_file(site.path("feeds").join(name)).unwrap();
            } else {
                site.write(&format!("feeds/{name}"), "spoilt");
            }
        }
        Step::Configure(which) => site.write("feedloom.yaml", format!("{CONFIG}{}", MORE[usize::from(*which)])),
        Step::Now(which) => *now = usize::from(*which),
        Step::Age => age(&site.path("content")),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_to_a_site_a_build_with_an_index_does_as_one_without(
        steps in prop::collection::vec(prop::collection::vec(step(), 1..4), 1..7)
    ) {
        let (site, cold) = (Site::usual(), Site::usual());
        let (mut now, mut cold_now) = (0, 0);
        let start = Step::Write(7, 0, 0, 0);
        for of in [&site, &cold] {
            take(&start, of, &mut 0);
            of.build();
        }
        for steps in steps {
            for step in &steps {
                take(step, &site, &mut now);
                // The same files have to be there for the same ones to be dropped and spoilt.
                take(step, &cold, &mut cold_now);
            }
            for check in [true, false, true] {
                let more: &[&str] = if check { &["--check"] } else { &[] };
                let known = site.run(&[&["build", "--now", TIMES[now]], more].concat());
                let unknown = cold.run(&[&["build", "--now", TIMES[cold_now], "--no-cache"], more].concat());
                prop_assert_eq!(findings(&known), findings(&unknown), "{:?}", steps);
                prop_assert_eq!((known.code, &known.out), (unknown.code, &unknown.out), "{:?}", steps);
                prop_assert_eq!(site.output(), cold.output(), "{:?}", steps);
            }
        }
    }
}
