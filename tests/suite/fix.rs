//! `feedloom lint --fix`: where mended documents go, what is told, and that ids stay.

use crate::harness::Site;
use feedloom::format::read::{Hints, read};
use feedloom::lint::{Means, Options, fix, lint};
use std::path::Path;

const BROKEN: &str = "<?xml version=\"1.0\"?>\r\n<rss version=\"2.0\">\r\n<channel><title>R & D</title><link>https://e.cn/</link><description>d</description>\r\n\
    <language>zh_CN</language><!-- 文 -->\r\n<item><title>t</title><guid>p 1</guid><pubDate>2025-02-14 10:00</pubDate></item></channel></rss>\r\n";

fn mended() -> String {
    BROKEN
        .replace("R & D", "R &amp; D")
        .replace("zh_CN", "zh-CN")
        .replace("<guid>", "<guid isPermaLink=\"false\">")
        .replace("2025-02-14 10:00", "Fri, 14 Feb 2025 10:00:00 +0800")
}

fn site() -> Site {
    Site::usual().file("in/a/x.xml", BROKEN).file("in/b.xml", mended())
}

#[test]
fn the_mended_document_goes_to_standard_output_and_the_rest_beside_it() {
    let site = site();
    let run = site.run(&["lint", "in/a/x.xml", "--fix"]);
    assert_eq!((run.code, run.out.as_str()), (0, mended().as_str()), "{}", run.err);
    assert!(run.err.contains("mended: FL1209 at in/a/x.xml:4:11: expected a language tag such as zh-CN, found \"zh_CN\""), "{}", run.err);
    assert!(run.err.contains("FL1120") && run.err.contains("1 file: 0 errors"), "what remains is told: {}", run.err);
    assert_eq!(site.read("in/a/x.xml"), BROKEN, "nothing is written without being asked");
    let run = site.run(&["lint", "in/a/x.xml", "--fix", "--format", "jsonl"]);
    assert_eq!(run.out, mended());
    assert!(run.err.contains("\"fixed\":[\"FL1001\","), "{}", run.err);
}

#[test]
fn several_documents_keep_their_places_below_a_folder() {
    let site = site();
    let run = site.run(&["lint", "in", "--fix", "-o", "out/deep", "--base", "https://e.cn/f/", "--format", "jsonl"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(site.read("out/deep/a/x.xml").contains("rel=\"self\" type=\"application/rss+xml\" href=\"https://e.cn/f/a/x.xml\"/>"));
    assert!(site.exists("out/deep/b.xml"));
    let lines: Vec<serde_json::Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let fixed: Vec<usize> = lines.iter().filter_map(|line| line["fixed"].as_array().map(Vec::len)).collect();
    assert!(matches!(fixed.as_slice(), [first, 1] if *first >= 5), "{fixed:?}");
    assert_eq!(site.run(&["lint", "in", "--fix"]).code, 2, "no place for several");
    assert_eq!(site.run(&["lint", "in/b.xml", "in/a/x.xml", "--fix", "-o", "in/b.xml"]).code, 2, "a file for several");
    let twins = site.file("other/b.xml", BROKEN);
    let run = twins.run(&["lint", "in/b.xml", "other/b.xml", "--fix", "-o", "twins"]);
    assert_eq!((run.code, twins.exists("twins")), (2, false), "{}", run.err);
}

#[test]
fn files_are_written_over_only_when_asked() {
    let site = site();
    assert_eq!(site.run(&["lint", "in", "--fix", "--in-place"]).code, 0);
    assert_eq!(site.read("in/a/x.xml"), mended());
    assert_eq!(site.run(&["lint", "in/a/x.xml", "--fix", "-o", "one.xml"]).code, 0);
    assert_eq!(site.read("one.xml"), mended(), "a document without faults is copied");
    for wrong in [&["lint", "-", "--fix", "--in-place"][..], &["lint", "in", "--in-place"], &["lint", "in", "--fix", "--in-place", "-o", "x"]] {
        assert_eq!(site.run(wrong).code, 2, "{wrong:?}");
    }
}

#[test]
fn only_what_is_wanted_is_mended_and_zones_can_be_given() {
    let site = site();
    let out = |arguments: &[&str]| site.run(&[&["lint", "in/a/x.xml", "--fix"], arguments].concat()).out;
    assert_eq!(out(&["--only", "FL1001"]), BROKEN.replace("R & D", "R &amp; D"));
    assert_eq!(out(&["--ignore", "FL1001"]), BROKEN, "what cannot be parsed is not touched");
    assert!(out(&["--timezone", "UTC"]).contains("10:00:00 +0000"));
    let bare = Site::new("site: { title: t, url: \"https://e.cn/\", language: en }\n").file("x.xml", BROKEN);
    assert!(bare.run(&["lint", "x.xml", "--fix"]).out.contains("<pubDate>2025-02-14 10:00</pubDate>"), "nobody knows the zone");
}

#[test]
fn the_length_of_a_local_enclosure_is_that_of_its_file() {
    let feed = BROKEN.replace("<guid>", "<enclosure url=\"https://e.cn/f/m/a.mp3\" type=\"audio/mpeg\" length=\"7\"/><guid>");
    let site = Site::usual().file("f/x.xml", feed).file("f/m/a.mp3", [0; 1234]);
    for input in ["f", "f/x.xml"] {
        let run = site.run(&["lint", input, "--fix", "-o", "out", "--base", "https://e.cn/f/"]);
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        let file = if input == "f" { "out/x.xml" } else { "out" };
        assert!(site.read(file).contains("length=\"1234\""), "{input}");
        std::fs::remove_dir_all(site.path("out")).or_else(|_| std::fs::remove_file(site.path("out"))).unwrap();
    }
}

/// Third-party documents are read where they lie, when they are there.
#[test]
fn no_document_of_other_validators_gets_worse() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/lint/feeds");
    if !folder.is_dir() {
        eprintln!("skipped: ../shared is missing");
        return;
    }
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (name, bytes) in crate::harness::files(&folder) {
        if Path::new(&name).extension().is_some_and(|ending| ending == "xml" || ending == "opml" || ending == "json" || ending == "rss") {
            seen += 1;
            wrong.extend(faults(&bytes).into_iter().map(|fault| format!("{name}: {fault}")));
        }
    }
    assert!(wrong.is_empty(), "{} faults in {seen} documents\n{}", wrong.len(), wrong.join("\n"));
    assert!(seen > 100, "{seen}");
}

fn faults(bytes: &[u8]) -> Vec<String> {
    let mut options = Options::default();
    options.base = Some("https://a.example/feed".to_owned());
    let mut means = Means::default();
    means.zone = "Asia/Shanghai".parse().ok();
    let before = lint(bytes, &options);
    let fixed = fix(bytes, &options, &means);
    let errors = |problems: &[feedloom::lint::Problem]| problems.iter().filter(|problem| problem.finding.severity.to_string() == "error").count();
    let (had, has) = (errors(&before.problems), errors(&fixed.report.problems));
    let well_formed = before.kind.as_str() != "unknown";
    let ids = |bytes: &[u8]| {
        let mut hints = Hints::named("x");
        hints.zone = means.zone;
        let reading = read(bytes, &hints).ok()?;
        Some(reading.feed()?.entries.iter().map(|entry| entry.id.as_str().to_owned()).collect::<Vec<_>>())
    };
    let mut faults = Vec::new();
    if well_formed && (has > had || fixed.report.kind != before.kind) {
        faults.push(format!("{had} errors became {has}, {:?} became {:?}", before.kind, fixed.report.kind));
    }
    if fix(&fixed.bytes, &options, &means).bytes != fixed.bytes {
        faults.push("mended twice it is another".to_owned());
    }
    if before.problems.is_empty() && fixed.bytes != bytes || fixed.mended.is_empty() != (fixed.bytes == bytes) {
        faults.push(format!("told {:?}", fixed.mended.iter().map(|finding| finding.code).collect::<Vec<_>>()));
    }
    if ids(bytes) != ids(&fixed.bytes) {
        faults.push(format!("ids {:?} became {:?}", ids(bytes), ids(&fixed.bytes)));
    }
    faults
}
