//! `feedloom diff`: what a change of a site would do to its subscribers.

use crate::harness::{Run, Site};
use std::path::Path;
use std::process::Command;

/// Three articles, built, with a copy of what was published in `before`.
fn published() -> Site {
    let article = |day: u32, slug: &str| format!("date: 2025-01-{day:02} 08:00:00\nslug: {slug}\ntags: [出行]");
    let site = Site::usual().article("a", &article(1, "a"), "甲。").article("b", &article(2, "b"), "乙。").article("c", &article(3, "c"), "丙。");
    site.build();
    keep(&site);
    site
}

/// What is published now becomes what was published before.
fn keep(site: &Site) {
    for (name, bytes) in site.output() {
        site.write(&format!("before/{name}"), bytes);
    }
}

fn diff(site: &Site, arguments: &[&str]) -> Run {
    site.run(&[&["diff"], arguments].concat())
}

fn kinds(site: &Site, arguments: &[&str]) -> Vec<String> {
    let run = diff(site, &[arguments, &["--json"]].concat());
    let found: serde_json::Value = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err));
    found["counts"].as_object().unwrap().keys().cloned().collect()
}

#[test]
fn nothing_differs_in_a_copy() {
    let site = published();
    let run = diff(&site, &["before", "feeds"]);
    assert_eq!((run.code, run.out.as_str()), (0, "6 feeds: nothing differs\n"), "{}", run.err);
}

#[test]
fn another_slug_changes_ids_and_fails() {
    let site = published().article("b", "date: 2025-01-02 08:00:00\nslug: other\ntags: [出行]", "乙。");
    site.build();
    let run = diff(&site, &["before", "feeds"]);
    assert_eq!(run.code, 1, "{}", run.err);
    for line in [
        "6 of 6 feeds differ\n",
        "  id-changed  1 entry in 6 feeds: readers show it to every subscriber once more, as new and unread\n",
        "\nfeeds/{atom.xml,feed.json,rss.xml}\n  id-changed       b: id https://e.cn/b/ → https://e.cn/other/\n",
        "\nfeeds/tags/出行/{atom.xml,feed.json,rss.xml}\n",
    ] {
        assert!(run.out.contains(line), "{line}\nin\n{}", run.out);
    }
    for (words, code) in [
        (&["--fail-on", "lost,feed-lost"][..], 0),
        (&["--fail-on", "lost,id-changed,feed-lost"], 1),
        (&["--fail-on", "never"], 0),
        (&["--fail-on", "warning"], 1),
    ] {
        assert_eq!(diff(&site, &[&["before", "feeds"], words].concat()).code, code, "{words:?}");
    }
    assert_eq!(site.run(&["--fail-on", "never", "diff", "before", "feeds"]).code, 0, "the option of all commands may stand in front");
}

#[test]
fn a_removed_article_is_lost_and_an_old_one_that_falls_off_is_not() {
    let site = published();
    std::fs::remove_file(site.path("content/c.md")).unwrap();
    site.build();
    assert_eq!((kinds(&site, &["before", "feeds"]), diff(&site, &["before", "feeds"]).code), (vec!["lost".to_owned()], 1));
    let site = published();
    let narrow = || assert_eq!(site.run(&["build", "--set", "feeds.limit=2"]).code, 0);
    narrow();
    keep(&site);
    site.write("content/d.md", "---\ntitle: d\ndate: 2025-01-04 08:00:00\ntags: [出行]\n---\n丁。");
    narrow();
    assert_eq!((kinds(&site, &["before", "feeds"]), diff(&site, &["before", "feeds"]).code), (vec!["gone".to_owned(), "new".to_owned()], 0));
}

#[test]
fn a_renamed_topic_is_a_lost_feed_unless_it_is_moved() {
    let site = published();
    let rename = |site: &Site| {
        for name in ["a", "b", "c"] {
            let text = site.read(&format!("content/{name}.md")).replace("出行", "旅行");
            site.write(&format!("content/{name}.md"), text);
        }
    };
    rename(&site);
    site.build();
    let run = diff(&site, &["before", "feeds"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out.contains("feed-lost        no feed any more; tags/旅行/atom.xml shows its entries (topics.moved keeps an old address)"),
        "{}",
        run.out
    );
    assert_eq!(site.run(&["build", "--set", "topics.moved={出行: 旅行}"]).code, 0);
    let run = diff(&site, &["before", "feeds"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(
        run.out.contains("feed-moved       page https://e.cn/feeds/tags/%E5%87%BA%E8%A1%8C/ → https://e.cn/feeds/tags/%E6%97%85%E8%A1%8C/"),
        "{}",
        run.out
    );
}

#[test]
fn programs_read_json_lines_and_annotations() {
    let site = published().article("b", "date: 2025-01-02 08:00:00\nslug: other\ntags: [出行]", "乙。").article(
        "c",
        "date: 2025-01-03 08:00:00\nslug: c\ntags: [出行]",
        "改。",
    );
    site.build();
    let run = diff(&site, &["before", "feeds", "--format", "jsonl"]);
    let lines: Vec<serde_json::Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines.len(), lines[0]["feed"].as_str(), lines[0]["file"].as_str()), (6, Some("atom.xml"), Some("feeds/atom.xml")));
    let first = &lines[0]["differences"][0];
    assert_eq!(
        (first["kind"].as_str(), first["severity"].as_str(), first["id"].as_str()),
        (Some("id-changed"), Some("error"), Some("https://e.cn/other/"))
    );
    assert_eq!(first["fields"][0]["old"], "https://e.cn/b/");
    let run = diff(&site, &["before", "feeds", "--format", "github"]);
    assert_eq!(run.out.lines().count(), 2, "{}", run.out);
    assert!(
        run.out.starts_with(
            "::error file=feeds/atom.xml,title=FL802 an entry has another id::b: id https://e.cn/b/ → https://e.cn/other/ (and in 2 other formats)"
        ),
        "{}",
        run.out
    );
    assert!(run.err.contains("content-changed"), "{}", run.err);
}

#[test]
fn single_feeds_are_compared_and_nothing_else_is() {
    let site = published();
    assert_eq!(diff(&site, &["before/rss.xml", "feeds/rss.xml"]).out, "1 feed: nothing differs\n");
    for (arguments, expected) in [
        (["before", "feeds/rss.xml"], "expected two folders or two feeds, found one of each"),
        (["content", "content"], "expected feeds to compare, found none on either side"),
        (["nothing/here", "feeds"], "expected a folder, a feed, or a commit of git, found neither"),
    ] {
        let run = diff(&site, &arguments);
        assert_eq!((run.code, run.err.contains(expected)), (2, true), "{}", run.err);
    }
    let run = diff(&site, &["before", "feeds", "--fail-on", "misplaced"]);
    assert_eq!((run.code, run.err.contains("id-changed")), (2, true), "{}", run.err);
    let run = site.run(&["build", "--fail-on", "lost"]);
    assert_eq!(run.code, 2, "only differences have kinds: {}", run.err);
}

/// Whether git is there; says so when it is not.
#[expect(clippy::print_stderr, reason = "what is skipped is said")]
fn git_is_there() -> bool {
    let found = Command::new("git").arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("skipped: git is not installed");
    }
    found
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=t", "-c", "user.email=t@e.cn", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").current_dir(folder).args(identity).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A site in a folder of a repository, with a commit of what was published.
fn committed() -> Site {
    let site = published();
    git(&site.path(""), &["init", "-q"]);
    // What is no plain file is no feed.
    #[cfg(unix)]
    std::os::unix::fs::symlink("rss.xml", site.path("feeds/link.xml")).unwrap();
    git(&site.path(""), &["add", "-A"]);
    git(&site.path(""), &["commit", "-q", "-m", "published"]);
    site
}

#[test]
fn commits_are_compared_with_each_other_and_with_a_folder() {
    if !git_is_there() {
        return;
    }
    let site = committed().article("b", "date: 2025-01-02 08:00:00\nslug: other\ntags: [出行]", "乙。");
    assert_eq!(diff(&site, &["HEAD", "feeds"]).out, "6 feeds: nothing differs\n");
    site.build();
    assert_eq!((kinds(&site, &["HEAD", "feeds"]), diff(&site, &["HEAD", "feeds"]).code), (vec!["id-changed".to_owned()], 1));
    git(&site.path(""), &["commit", "-q", "-a", "-m", "changed"]);
    let run = diff(&site, &["HEAD~1", "HEAD"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("\nHEAD:feeds/tags/出行/{atom.xml,feed.json,rss.xml}\n"), "{}", run.out);
    assert_eq!(kinds(&site, &["HEAD~1:feeds/rss.xml", "feeds/rss.xml"]), ["id-changed"]);
    assert_eq!(kinds(&site, &["HEAD~1:feeds", "HEAD:feeds/"]), ["id-changed"]);
    assert_eq!(diff(&site, &["HEAD:before", "feeds"]).code, 1);
    let deep = crate::harness::run(&site.path("content"), &["diff", "HEAD~1", "HEAD"], &[]);
    assert_eq!(deep.code, 1, "the out folder is that of the configuration: {}", deep.err);
}

#[test]
fn a_commit_without_feeds_has_none_and_hostile_names_are_names() {
    if !git_is_there() {
        return;
    }
    let site = committed();
    git(&site.path(""), &["rm", "-q", "-r", "--cached", "feeds"]);
    git(&site.path(""), &["commit", "-q", "-m", "not committed any more"]);
    assert_eq!(kinds(&site, &["HEAD", "feeds"]), ["feed-new"]);
    assert_eq!(diff(&site, &["HEAD~1", "HEAD"]).code, 1, "all feeds are lost");
    let options = site.path("made");
    let output = format!("--output={}", options.display());
    for word in [output.as_str(), "--help:x", "-c:x", "HEAD;touch made", "$(touch made)", "no-such", "HEAD:../x", ":x", "HEAD:-x", "HEAD:*"] {
        let run = diff(&site, &["--", word, word]);
        assert_eq!(run.code, 2, "{word}: {}{}", run.out, run.err);
        assert!(!options.exists(), "{word}");
    }
}
