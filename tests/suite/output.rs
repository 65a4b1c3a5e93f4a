//! What a build leaves in the out folder: only what is new, only what is ours, whole whatever happens.

use crate::harness::{Site, files, run};

fn two_articles() -> Site {
    Site::usual().article("one", "date: 2025-02-14 10:11:09\ncategories: [科技]\ntags: [科技, C++]", "第一篇。").article(
        "two",
        "date: 2025-02-15 10:11:09\ncategories: [生活]",
        "第二篇。",
    )
}

#[test]
fn a_topic_has_a_folder_with_all_formats_and_a_page() {
    let site = two_articles();
    site.build();
    for folder in ["", "categories/科技/", "categories/生活/", "tags/科技/", "tags/c++/"] {
        for file in ["rss.xml", "atom.xml", "feed.json", "index.html"] {
            assert!(site.exists(&format!("feeds/{folder}{file}")), "{folder}{file}");
        }
    }
    assert!(site.exists("feeds/feeds.opml"));
}

#[test]
fn a_second_build_changes_nothing() {
    let site = two_articles();
    site.build();
    let time = |site: &Site| std::fs::metadata(site.path("feeds/rss.xml")).unwrap().modified().unwrap();
    let (before, written) = (site.output(), time(&site));
    let run = site.build();
    assert_eq!(site.output(), before);
    assert_eq!(time(&site), written);
    assert!(run.out.contains("0 changed, 0 added, 0 removed"), "{}", run.out);
}

#[test]
fn threads_zones_and_the_order_of_folders_change_nothing() {
    let site = two_articles();
    site.build();
    let expected = site.output();
    for (jobs, zone) in [("1", "America/New_York"), ("7", "Asia/Tokyo")] {
        let other = Site::usual();
        for name in ["content/two.md", "content/one.md"] {
            other.write(name, site.read(name));
        }
        let run = run(&other.path(""), &["build", "--jobs", jobs], &[("TZ", zone)]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert_eq!(other.output(), expected, "--jobs {jobs}, TZ {zone}");
    }
}

#[test]
fn checking_lists_what_would_change_and_writes_nothing() {
    let site = two_articles();
    let run = site.run(&["build", "--check"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("feeds/rss.xml: error[FL404]: expected the file to be current, found no file; it would be added"), "{}", run.err);
    assert!(!site.exists("feeds") && !site.exists(".feedloom"));
    site.build();
    assert_eq!(site.run(&["build", "--check"]).code, 0);
    let site = site.article("two", "date: 2025-02-15 10:11:09\ncategories: [生活]", "改了。");
    let before = site.output();
    let run = site.run(&["build", "--check"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("feeds/categories/生活/rss.xml: error[FL404]"), "{}", run.err);
    assert!(!run.err.contains("科技"), "only the topics of the changed article: {}", run.err);
    assert!(site.run(&["build", "--check", "--format", "github"]).out.contains("::error file=feeds/rss.xml"));
    assert_eq!(site.output(), before);
}

#[test]
fn a_topic_that_is_gone_leaves_nothing_behind_and_says_so() {
    let site = two_articles();
    site.build();
    let site = site.article("two", "date: 2025-02-15 10:11:09\ncategories: [科技]", "第二篇。");
    let run = site.build();
    assert!(!site.exists("feeds/categories/生活"));
    assert!(run.err.contains("FL403") && run.err.contains("https://e.cn/feeds/categories/%E7%94%9F%E6%B4%BB/rss.xml"), "{}", run.err);
}

#[test]
fn a_moved_topic_keeps_its_old_address() {
    let config = format!("{}topics: {{ moved: {{ 生活: 日常 }} }}\n", crate::harness::CONFIG);
    let site = Site::new(&config).article("two", "date: 2025-02-15 10:11:09\ncategories: [日常]", "第二篇。");
    site.build();
    let items = |path: &str| site.json(path)["items"].clone();
    assert_eq!(items("feeds/categories/生活/feed.json"), items("feeds/categories/日常/feed.json"));
    assert_eq!(items("feeds/categories/生活/feed.json").as_array().unwrap().len(), 1);
}

#[test]
fn foreign_files_are_never_touched() {
    let config = format!("{}feeds: {{ dir: public }}\n", crate::harness::CONFIG);
    let site = Site::new(&config)
        .article("one", "date: 2025-02-14 10:11:09", "第一篇。")
        .file("public/index.html", "home")
        .file("public/about/index.html", "about");
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("public/index.html: error[FL401]") && run.err.contains("--adopt"), "{}", run.err);
    assert_eq!(site.read("public/index.html"), "home");
    assert_eq!(site.read("public/about/index.html"), "about");
    assert!(site.exists("public/rss.xml"), "the others are published");
    assert_eq!(site.run(&["build", "--adopt"]).code, 0);
    assert_ne!(site.read("public/index.html"), "home");
    assert_eq!(site.read("public/about/index.html"), "about");
}

#[test]
fn the_out_folder_may_lie_inside_the_content_folder() {
    let config = format!("{}feeds: {{ dir: content/feeds }}\n", crate::harness::CONFIG);
    let site = Site::new(&config).article("one", "date: 2025-02-14 10:11:09", "第一篇。");
    assert_eq!(site.run(&["build"]).code, 0);
    site.write("content/feeds/stray.md", "---\ntitle: 迷路\n---\n");
    let run = site.run(&["build"]);
    assert!(run.out.starts_with("1 article:"), "{}", run.out);
}

#[cfg(unix)]
#[test]
fn an_out_folder_that_cannot_be_made_is_a_clear_error() {
    let site = two_articles().file("blocked", "a file, no folder");
    let run = site.run(&["build", "--out", "blocked/feeds"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("FL402") && run.err.contains("expected to make the out folder"), "{}", run.err);
}

#[test]
fn two_runs_at_once_take_turns() {
    let site = two_articles();
    let path = site.path("");
    let runs: Vec<_> = (0..4)
        .map(|_| {
            let path = path.clone();
            std::thread::spawn(move || run(&path, &["build"], &[]))
        })
        .collect();
    for handle in runs {
        assert_eq!(handle.join().unwrap().code, 0);
    }
    let expected = two_articles();
    expected.build();
    assert_eq!(site.output(), expected.output());
    assert!(files(&site.path(".feedloom/tmp")).is_empty());
}

#[test]
fn a_wrong_content_folder_takes_nothing_away() {
    let site = two_articles().file("static/x.txt", "");
    site.build();
    let before = site.output();
    let run = site.run(&["build", "--content", "static"]);
    assert_eq!((run.code, run.err.contains("static: error[FL505]")), (2, true), "{}", run.err);
    assert_eq!(site.output(), before);
    assert_eq!(site.run(&["build", "--out", "content"]).code, 2);
}

#[test]
fn files_of_one_name_are_refused() {
    for files in ["{ rss: x.xml, atom: X.xml }", "{ rss: index.html }", "{ json: feeds.opml }", "{ atom: rss.xml }"] {
        let site = Site::new(&format!("{}feeds: {{ files: {files} }}\n", crate::harness::CONFIG)).article("a", "date: 2025-01-01", "x");
        let run = site.run(&["build"]);
        assert_eq!((run.code, run.err.contains("FL502")), (2, true), "{files}: {}", run.err);
    }
}

#[test]
fn a_deleted_manifest_is_noticed() {
    let site = two_articles();
    site.build();
    std::fs::remove_file(site.path("feeds/.feedloom-manifest.json")).unwrap();
    assert_eq!(site.run(&["build", "--check"]).code, 1);
    site.build();
    assert_eq!(site.run(&["build", "--check"]).code, 0);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    use std::process::{Command, Stdio};
    let site = two_articles();
    let mut child = Command::new(env!("CARGO_BIN_EXE_feedloom"))
        .args(["topics", "--json"])
        .current_dir(site.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn a_title_that_was_escaped_twice_is_read_as_it_was_meant() {
    let site = Site::usual().file("content/a.md", "---\ntitle: \"It&#39;s R&amp;D: &lt;b&gt; & more\"\ndate: 2025-01-01\n---\n文。");
    site.build();
    assert_eq!(site.json("feeds/feed.json")["items"][0]["title"], "It's R&D: <b> & more");
    assert!(site.read("feeds/rss.xml").contains("<title>It&apos;s R&#x26;D: &#x3C;b&gt; &#x26; more</title>"), "{}", site.read("feeds/rss.xml"));
}
