//! `build --lint`: what would have an error is not published, everything else is, and findings name the articles.

use crate::harness::{CONFIG, Site};

/// A title that lists cannot show, which is an error here.
const STRICT: &str = "lint: { severity: { FL2018: error } }\n";

fn long() -> String {
    "长".repeat(200)
}

fn article(title: &str, tags: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2025-02-14 10:11:09\ntags: [{tags}]\n---\n{body}\n")
}

fn site() -> Site {
    Site::new(&format!("{CONFIG}{STRICT}")).file("content/a.md", article("甲", "x", "第一篇。")).file("content/b.md", article("乙", "y", "第二篇。"))
}

#[test]
fn a_feed_that_would_have_an_error_stays_as_it_was_until_a_good_build() {
    let site = site();
    site.build();
    let old = site.read("feeds/tags/x/rss.xml");
    let other = site.read("feeds/tags/y/rss.xml");
    site.write("content/a.md", article(&long(), "x", "第一篇。"));
    site.write("content/b.md", article("乙", "y", "改了。"));
    let run = site.run(&["build", "--lint"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert_eq!(site.read("feeds/tags/x/rss.xml"), old);
    assert_ne!(site.read("feeds/tags/y/rss.xml"), other, "everything else is published");
    assert!(
        run.err.contains("feeds/tags/x/rss.xml: error[FL405]: expected a file without errors, found 1 error: the old file stays\n"),
        "{}",
        run.err
    );
    assert!(run.err.contains("content/a.md: error[FL2018]: ") && run.err.contains("(at feeds/rss.xml:"), "{}", run.err);
    assert!(run.err.contains(" and 5 other places)"), "six files, one finding: {}", run.err);
    assert!(run.out.contains("6 files withheld by the linter\n"), "{}", run.out);
    assert!(site.read("feeds/.feedloom-manifest.json").contains("tags/x/rss.xml"), "it stays ours");
    assert!(site.read("feeds/feeds.opml").contains("tags/x/rss.xml"), "it is there");
    site.write("content/a.md", article("丙", "x", "第一篇。"));
    assert_eq!(site.run(&["build", "--lint"]).code, 0);
    assert!(site.read("feeds/tags/x/rss.xml").contains("丙"));
}

#[test]
fn a_first_build_publishes_the_rest_and_lists_what_is_there() {
    let site = site();
    site.write("content/a.md", article(&long(), "x", "第一篇。"));
    let run = site.run(&["build", "--lint"]);
    assert_eq!(run.code, 1);
    assert!(!site.exists("feeds/tags/x/rss.xml") && !site.exists("feeds/rss.xml"));
    assert!(site.exists("feeds/tags/y/rss.xml") && site.exists("feeds/tags/x/index.html"));
    assert!(run.err.contains("feeds/tags/x/atom.xml: error[FL405]: expected a file without errors, found 1 error: nothing is published there\n"));
    for file in ["feeds/feeds.opml", "feeds/index.html", "feeds/tags/x/index.html", "feeds/.feedloom-manifest.json"] {
        assert!(!site.read(file).contains("tags/x/rss.xml"), "{file}");
    }
    assert!(site.read("feeds/feeds.opml").contains("https://e.cn/feeds/tags/y/rss.xml"));
    site.write("content/a.md", article("甲", "x", "第一篇。"));
    assert_eq!(site.run(&["build", "--lint"]).code, 0);
    assert!(site.read("feeds/feeds.opml").contains("https://e.cn/feeds/tags/x/rss.xml"));
}

#[test]
fn checking_tells_and_writes_nothing() {
    let site = site();
    site.build();
    site.write("content/a.md", article(&long(), "x", "第一篇。"));
    let before = site.output();
    let run = site.run(&["build", "--lint", "--check"]);
    assert_eq!((run.code, run.err.contains("feeds/rss.xml: error[FL405]")), (1, true), "{}", run.err);
    assert!(!run.err.contains("feeds/rss.xml: error[FL404]"), "a build would not touch it: {}", run.err);
    assert_eq!(site.output(), before);
    site.write("content/a.md", article("甲", "x", "第一篇。"));
    assert_eq!(site.run(&["build", "--lint", "--check"]).code, 0);
}

#[test]
fn the_linter_changes_no_bytes_and_runs_only_when_it_is_asked() {
    let (plain, linted) = (site(), Site::new(&format!("{CONFIG}feeds: {{ lint: true }}\n{STRICT}")));
    for name in ["content/a.md", "content/b.md"] {
        linted.write(name, plain.read(name));
    }
    plain.build();
    linted.build();
    assert_eq!(plain.output(), linted.output());
    for site in [&plain, &linted] {
        site.write("content/a.md", article(&long(), "x", "第一篇。"));
    }
    assert_eq!(plain.run(&["build"]).code, 0, "off by default");
    assert_eq!(linted.run(&["build"]).code, 1);
    assert_eq!(linted.run(&["build", "--set", "lint.ignore=FL2018"]).code, 0, "what is ignored is ignored here, too");
    assert_eq!(plain.output(), linted.output());
    let misspelt = Site::new(&format!("{CONFIG}feeds: {{ lnit: true }}\n"));
    assert!(misspelt.run(&["build"]).err.contains("did you mean `feeds.lint`?"));
}

#[test]
fn a_length_that_is_not_that_of_the_file_is_told_of_the_article() {
    let sound = |length: u32| {
        format!("---\ntitle: 声\ndate: 2025-02-14 10:11:09\nenclosure: {{ url: /s.mp3, type: audio/mpeg, length: {length} }}\n---\n文。\n")
    };
    let site = Site::usual().file("static/s.mp3", [7; 4096]).file("content/a.md", sound(12));
    let run = site.run(&["build", "--lint"]);
    assert_eq!(run.code, 0, "a warning stops nothing: {}", run.err);
    assert!(
        run.err.contains("content/a.md: warning[FL2105]: expected the length of https://e.cn/s.mp3, 4096 bytes, found 12 (at feeds/"),
        "{}",
        run.err
    );
    assert!(run.err.contains("   in: “声” https://e.cn/a/\n"), "{}", run.err);
    site.write("content/a.md", sound(4096));
    assert!(!site.run(&["build", "--lint"]).err.contains("FL2105"));
}

#[test]
fn lint_of_a_folder_holds_lengths_types_and_sizes_against_the_files_in_it() {
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03\x08\x02\0\0\0\x12\x16\xf1M";
    let rss = "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel><title>t</title><link>https://e.cn/</link><description>d</description>\
        <item><title>声</title><enclosure url='https://e.cn/f/a.mp3' type='audio/mpeg' length='1'/>\
        <media:content url='https://e.cn/f/p.png' type='image/gif' width='2' height='9' fileSize='33'/></item></channel></rss>";
    let site = Site::usual().file("f/a.mp3", "12345").file("f/p.png", PNG).file("f/rss.xml", rss);
    let only = ["--only", "FL2105,FL2106,FL2107"];
    let run = site.run(&[&["lint", "f", "--base", "https://e.cn/f/"], only.as_slice()].concat());
    for expected in [
        "FL2105]: expected the length of https://e.cn/f/a.mp3, 5 bytes, found 1\n",
        "FL2106]: expected the type of https://e.cn/f/p.png, image/png, found image/gif\n",
        "FL2107]: expected the height of https://e.cn/f/p.png, 3 pixels, found 9\n",
    ] {
        assert!(run.out.contains(expected), "{expected}{}", run.out);
    }
    assert!(run.out.ends_with("0 errors, 3 warnings, 0 infos\n"), "{}", run.out);
    assert!(!site.run(&[&["lint", "f"], only.as_slice()].concat()).out.contains("FL21"), "nobody knows which addresses are these files'");
}

#[test]
fn every_form_names_the_entry() {
    let rss = "<rss version='2.0'><channel><title>t</title><link>https://e.cn/</link><description>d</description>\
        <item><title>早</title><link>https://e.cn/1</link><pubDate>soon</pubDate></item></channel></rss>";
    let site = Site::usual().file("rss.xml", rss);
    let out = |format: &str| site.run(&["lint", "rss.xml", "--only", "FL1201,FL1002", "--format", format]).out;
    assert!(out("human").contains("   in: “早” https://e.cn/1\n"), "{}", out("human"));
    for format in ["github", "sarif", "junit"] {
        assert!(out(format).contains("(in “早” https://e.cn/1)"), "{format}: {}", out(format));
    }
    let line: serde_json::Value = serde_json::from_str(&site.run(&["lint", "rss.xml", "--format", "jsonl"]).out).unwrap();
    let problems = line["problems"].as_array().unwrap();
    let date = problems.iter().find(|problem| problem["code"] == "FL1201").unwrap();
    assert_eq!(date["entry"], serde_json::json!({ "index": 0, "name": "早", "link": "https://e.cn/1" }));
    assert!(problems.iter().any(|problem| problem.get("entry").is_some_and(serde_json::Value::is_null)), "{problems:?}");
}
