//! Sources from the command line to the published feeds: subscribe, fetch, build, tell the hub. How servers are asked over time is in
//! `etiquette.rs`, single requests are in `network.rs`.

use crate::harness::{CONFIG, Run, Site, run};
use crate::server::{Answer, Server};
use feedloom::diagnostic::Code;
use std::collections::BTreeSet;

fn item(id: &str, more: &str) -> String {
    format!(
        "<item><guid>https://a.test/{id}</guid><link>https://a.test/{id}</link><title>{id}</title><pubDate>Fri, 14 Feb 2025 10:00:00 +0800</pubDate>{more}</item>"
    )
}

fn rss(title: &str, items: &[String]) -> String {
    format!(
        "<rss version='2.0'><channel><title>{title}</title><link>https://a.test/</link><language>zh-CN</language>{}</channel></rss>",
        items.concat()
    )
}

/// A site with an article and this after the usual configuration.
fn site(more: &str) -> Site {
    Site::new(&format!("{CONFIG}{more}")).article("本地", "date: 2025-02-15 10:00:00\ncategories: [科技]", "本地的文章。")
}

fn fetch(site: &Site, more: &[&str]) -> Run {
    let arguments: Vec<&str> = ["fetch", "--allow-private"].iter().chain(more).copied().collect();
    site.run(&arguments)
}

/// The titles of a feed.
fn titles(site: &Site, path: &str) -> Vec<String> {
    site.json(path)["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn entries_of_others_stand_in_the_same_topics_and_name_their_source() {
    let server = Server::start();
    let items = [item("外来", "<category>城市</category><description>别人的文章。</description>"), item("广告一则", "")];
    server.route("/feed", Answer::feed(rss("邻居", &items)).etag("\"1\""));
    let site = site(&format!(
        "topics: {{ aliases: {{ 都市: [城市] }} }}\nsources: {{ list: [ {{ url: \"{}\", topics: {{ category: [科技], tag: 转载 }}, categories: true, exclude: [\"title:广告\"] }} ] }}\n",
        server.url("/feed")
    ));
    let run = fetch(&site, &[]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.ends_with("1 source: 1 fetched\n2 new entries, 0 changed\n"), "{}", run.out);
    let built = site.build();
    assert!(built.out.contains("1 source: 1 entry shown, 1 not wanted\n"), "{}", built.out);
    assert_eq!(titles(&site, "feeds/categories/科技/feed.json"), ["本地", "外来"]);
    assert_eq!(titles(&site, "feeds/categories/都市/feed.json"), ["外来"]);
    assert_eq!(titles(&site, "feeds/tags/转载/feed.json"), ["外来"]);
    assert!(site.read("feeds/rss.xml").contains(&format!("<source url=\"{}\">邻居</source>", server.url("/feed"))), "{}", site.read("feeds/rss.xml"));
    assert!(site.read("feeds/atom.xml").contains("<source>\n    <title>邻居</title>"), "{}", site.read("feeds/atom.xml"));
    assert_eq!(site.json("feeds/feed.json")["items"][1]["_feedloom"]["source"]["title"], "邻居");
    assert_eq!(site.json("feeds/feed.json")["items"][1]["id"], "https://a.test/外来", "the publisher's own id");
    assert!(site.read("feeds/categories/科技/index.html").contains("邻居"));
    let list = site.read("feeds/sources.opml");
    assert!(list.contains("<outline text=\"科技\">") && list.contains(&server.url("/feed")), "{list}");
    // Nothing is asked by a build, and nothing changes.
    server.forget();
    let again = site.build();
    assert!(again.out.contains("0 changed, 0 added, 0 removed"), "{}", again.out);
    assert!(server.requests().is_empty());
}

#[test]
fn one_feed_may_fail_and_the_others_are_published() {
    let server = Server::start();
    server.route("/good", Answer::feed(rss("好", &[item("好的", "")])));
    server.route("/bad", Answer::status(403));
    let list = |max: &str| {
        format!("sources: {{ max-stale: {max}, list: [ {{ url: \"{}\" }}, {{ url: \"{}\" }} ] }}\n", server.url("/bad"), server.url("/good"))
    };
    let site = site(&list("7d"));
    let failed = fetch(&site, &[]);
    assert_eq!(failed.code, 0, "{}", failed.err);
    assert!(
        failed.err.contains("feedloom.yaml:2:") && failed.err.contains("warning[FL705]") && failed.err.contains("403 (forbidden)"),
        "{}",
        failed.err
    );
    let in_ci = run(&site.path("."), &["fetch", "--allow-private", "--force", "--format", "github"], &[("CI", "true")]);
    assert!(in_ci.out.contains("::warning") && in_ci.out.contains("works at home, 403 in CI"), "{}", in_ci.out);
    site.build();
    assert_eq!(titles(&site, "feeds/feed.json"), ["本地", "好的"]);

    site.write("feedloom.yaml", format!("{CONFIG}{}", list("1h")));
    let late = fetch(&site, &["--force", "--now", "2025-07-01T00:00:00Z"]);
    assert_eq!(late.code, 3, "{}", late.err);
    assert!(late.err.contains("error[FL706]"), "{}", late.err);
    let tolerated = fetch(&site, &["--force", "--tolerate", "--now", "2025-07-01T00:00:00Z"]);
    assert_eq!(tolerated.code, 0, "{}", tolerated.err);
    assert_eq!(titles(&site, "feeds/feed.json"), ["本地", "好的"]);
}

#[test]
fn results_are_rows_for_programs() {
    let server = Server::start();
    server.route("/feed", Answer::feed(rss("站", &[item("一", "")])).etag("\"1\""));
    let site = site(&format!("sources: {{ list: [ {{ url: \"{}\" }}, {{ url: \"{}\" }} ] }}\n", server.url("/feed"), server.url("/none")));
    let rows: serde_json::Value = serde_json::from_str(&fetch(&site, &["--json"]).out).unwrap();
    assert_eq!((&rows[0]["result"], &rows[0]["title"], &rows[0]["new"]), (&"stored".into(), &"站".into(), &1.into()));
    assert_eq!((&rows[1]["result"], &rows[1]["kind"], &rows[1]["status"]), (&"failed".into(), &"not-found".into(), &404.into()));
    let line = fetch(&site, &["--format", "jsonl"]).out;
    assert_eq!(line.lines().count(), 2);
    assert!(line.lines().all(|line| line.contains("\"not-due\"")), "{line}");
    let status: serde_json::Value = serde_json::from_str(&site.run(&["sources", "status", "--json"]).out).unwrap();
    assert_eq!((&status[0]["state"], &status[0]["entries"], &status[1]["state"]), (&"ok".into(), &1.into(), &"failing".into()));
    assert_eq!(status[0]["last_success"], "2025-06-15T15:06:40Z");
}

#[test]
fn a_source_is_named_by_a_part_of_its_address_or_title() {
    let server = Server::start();
    server.route("/a", Answer::feed(rss("甲", &[item("一", "")])));
    server.route("/b", Answer::feed(rss("乙", &[item("二", "")])));
    let site = site(&format!(
        "sources: {{ list: [ {{ url: \"{}\", title: 甲刊 }}, {{ url: \"{}\", title: 乙刊 }} ] }}\n",
        server.url("/a"),
        server.url("/b")
    ));
    assert_eq!(fetch(&site, &["乙"]).code, 0);
    assert_eq!(server.requests().iter().map(|seen| seen.path.as_str()).collect::<Vec<_>>(), ["/b"]);
    let unknown = fetch(&site, &["丙"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("FL701") && unknown.err.contains("sources list"), "{}", unknown.err);
}

#[test]
fn a_page_leads_to_its_feeds() {
    let server = Server::start();
    let page = "<html><head><link rel=alternate type='application/rss+xml' title='全部' href='/all.xml'><link rel=alternate type='application/atom+xml' title='评论' href='/comments.xml'></head></html>";
    server.route("/", Answer::page(page));
    server.route("/one", Answer::page("<html><head><link rel=alternate type='application/rss+xml' href='all.xml'></head></html>"));
    server.route("/all.xml", Answer::feed(rss("全部文章", &[item("一", "")])));
    server.route("/none", Answer::page("<html><title>无</title></html>"));
    let site = site("");
    let choice = site.run(&["sources", "add", &server.url("/"), "--allow-private"]);
    assert_eq!(choice.code, 2);
    assert!(choice.out.contains(&format!("1  全部  {}", server.url("/all.xml"))) && choice.out.contains("2  评论"), "{}", choice.out);
    assert!(!site.exists("sources.opml"));
    let chosen = site.run(&["sources", "add", &server.url("/"), "--allow-private", "--choose", "2", "--category", "外电/评论"]);
    assert_eq!(chosen.code, 0, "{}", chosen.err);
    assert_eq!(site.run(&["sources", "add", &server.url("/one"), "--allow-private"]).code, 0);
    let list = site.run(&["sources", "list"]).out;
    assert!(list.contains("category:外电/评论") && list.contains(&server.url("/all.xml")), "{list}");
    assert_eq!(server.requests().len(), 3, "one request each, no address is made up");
    let twice = site.run(&["sources", "add", &server.url("/all.xml"), "--allow-private"]);
    assert!(twice.code == 0 && twice.err.contains("warning[FL702]"), "{twice:?}");
    for (path, code) in [("/none", 2), ("/missing", 2)] {
        assert_eq!(site.run(&["sources", "add", &server.url(path), "--allow-private"]).code, code, "{path}");
    }
    let refused = site.run(&["sources", "add", &server.url("/all.xml")]);
    assert!(refused.code == 2 && refused.err.contains("public"), "{refused:?}");
    for bad in ["file:///etc/passwd", "javascript:alert(1)", "https://me:hunter2@a.test/"] {
        let run = site.run(&["sources", "add", bad]);
        assert!(run.code == 2 && run.err.contains("FL701"), "{run:?}");
        assert!(!run.err.replace(bad, "").contains("hunter2"), "{run:?}");
    }
}

#[test]
fn lists_come_in_and_go_out() {
    let wild = "<opml><body><outline text='科技 & 生活'><outline text='甲' xmlUrl='https://a.test/feed?a=1&b=2'/><outline title='乙' type='rss' xmlUrl='http://b.test/'/></outline>\
                <outline text='坏' xmlUrl='file:///etc/passwd'/><outline text='甲' xmlUrl='https://a.test/feed?a=1&b=2'/></body></opml>";
    let site = site("").file("in.opml", wild).file("page.opml", "<html><body>404</body></html>");
    let run = site.run(&["sources", "import", "in.opml", "page.opml"]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("1 list: 2 sources added to sources.opml, 1 known already"), "{}", run.out);
    assert!(run.err.contains("in.opml: warning[FL701]") && run.err.contains("page.opml: error[FL703]"), "{}", run.err);
    let out = site.run(&["sources", "export"]).out;
    assert!(out.contains("<outline text=\"科技 &#x26; 生活\">") && out.contains("xmlUrl=\"https://a.test/feed?a=1&amp;b=2\""), "{out}");
    assert!(!out.contains("passwd"), "{out}");
    let again = Site::usual().file("in.opml", &out);
    assert_eq!(again.run(&["sources", "import", "in.opml"]).code, 0);
    assert_eq!(again.run(&["sources", "export"]).out.replace("feedloom", "每日"), out.replace("feedloom", "每日"), "what went out comes in again");
    let removed = site.run(&["sources", "remove", "b.test"]);
    assert_eq!(removed.code, 0, "{}", removed.err);
    assert!(!site.read("sources.opml").contains("b.test"));
    assert_eq!(site.run(&["sources", "remove", "c.test"]).code, 2);
}

#[test]
fn what_is_removed_is_forgotten() {
    let server = Server::start();
    server.route("/feed", Answer::feed(rss("站", &[item("一", "")])));
    let site = site("");
    site.run(&["sources", "add", &server.url("/feed"), "--allow-private"]);
    fetch(&site, &[]);
    site.build();
    assert_eq!(titles(&site, "feeds/feed.json"), ["本地", "一"]);
    site.run(&["sources", "remove", "站"]);
    site.build();
    assert_eq!(titles(&site, "feeds/feed.json"), ["本地"]);
    assert!(!site.exists("feeds/sources.opml"));
    // What is only in the configuration is not changed.
    let other = site_with_list(&server);
    let refused = other.run(&["sources", "remove", "/feed"]);
    assert!(refused.code == 1 && refused.err.contains("delete it there by hand"), "{refused:?}");
}

fn site_with_list(server: &Server) -> Site {
    site(&format!("sources: {{ list: [ {{ url: \"{}\" }} ] }}\n", server.url("/feed")))
}

#[test]
fn secrets_come_from_the_environment_and_are_shown_nowhere() {
    let server = Server::start();
    server.route("/feed", Answer::feed(rss("站", &[item("一", "")])).etag("\"1\""));
    let site = site(&format!(
        "sources: {{ list: [ {{ url: \"{}\", headers: {{ X-Key: \"${{PLANET_KEY}}\" }}, user: \"${{PLANET_USER}}\", password: \"${{PLANET_PASSWORD}}\" }} ] }}\n",
        server.url("/feed")
    ));
    let without = fetch(&site, &[]);
    assert!(without.err.contains("error[FL701]") && without.err.contains("PLANET_KEY"), "{}", without.err);
    assert_eq!((without.code, server.requests().len()), (1, 0));
    let secrets = [("PLANET_KEY", "k3y-7"), ("PLANET_USER", "reader-7"), ("PLANET_PASSWORD", "p4ss-7")];
    let with = run(&site.path("."), &["fetch", "--allow-private", "-v"], &secrets);
    assert_eq!(with.code, 0, "{}", with.err);
    let seen = &server.requests()[0];
    assert_eq!(seen.text("x-key").as_deref(), Some("k3y-7"));
    assert_eq!(seen.text("authorization").as_deref(), Some("Basic cmVhZGVyLTc6cDRzcy03"));
    let built = run(&site.path("."), &["build", "-v"], &secrets);
    let status = run(&site.path("."), &["sources", "status", "--json"], &secrets);
    let export = run(&site.path("."), &["sources", "export"], &secrets);
    let mut all: Vec<u8> = [with.out, with.err, built.out, built.err, status.out, export.out].concat().into_bytes();
    all.extend(crate::harness::files(&site.path(".")).into_iter().flat_map(|(_, bytes)| bytes));
    for (_, secret) in secrets {
        assert!(!all.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret}");
    }
    // A secret that stands in the file is refused, and not repeated.
    let open = Site::new(&format!("{CONFIG}sources: {{ list: [ {{ url: \"https://a.test/\", password: hunter2 }} ] }}\n"));
    let refused = open.run(&["fetch"]);
    assert!(refused.code == 2 && refused.err.contains("FL502") && !refused.err.contains("hunter2"), "{}", refused.err);
}

#[test]
fn hostile_words_reach_neither_the_terminal_nor_the_pages() {
    let server = Server::start();
    let evil = "x\u{1b}[31m\r\n::error::y &lt;script&gt;alert(1)&lt;/script&gt; \u{202e}z";
    let hostile = [
        item("../../../etc/cron.d/x", "<description>&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;alert(1)&lt;/script&gt;文</description>"),
        format!("<item><guid>{}\u{0}</guid><title>$(touch pwned) `x` {evil}</title><link>javascript:alert(1)</link></item>", "长".repeat(300)),
    ];
    server.route("/feed", Answer::feed(rss(evil, &hostile)));
    server.route("/bad", Answer::raw(format!("HTTP/1.1 418 {evil}\r\nContent-Length: 0\r\n\r\n")));
    let site = site(&format!(
        "feeds: {{ health: true }}\nsources: {{ list: [ {{ url: \"{}\", categories: true }}, {{ url: \"{}\", title: \"<b>坏</b>\" }} ] }}\n",
        server.url("/feed"),
        server.url("/bad")
    ));
    let fetched = fetch(&site, &["-v", "--format", "github"]);
    let human = fetch(&site, &["-v", "--force"]);
    let built = site.run(&["build", "-v"]);
    let status = site.run(&["sources", "status"]);
    for run in [&fetched, &human, &built, &status] {
        for text in [&run.out, &run.err] {
            assert!(!text.contains(['\u{1b}', '\u{202e}', '\r']), "{text:?}");
            assert!(!text.lines().any(|line| line.starts_with("::error::y")), "{text}");
        }
    }
    let page = site.run(&["sources", "status", "--html"]).out;
    for (name, text) in [
        ("status", page),
        ("health", site.read("feeds/sources.html")),
        ("directory", site.read("feeds/index.html")),
        ("json", site.read("feeds/feed.json")),
    ] {
        let ours = concat!("<script>", include_str!("../../src/publish/page/page.js"), "</script>");
        let text = text.replace(ours, "");
        for attack in ["<script", "onerror=", "javascript:", "<b>坏"] {
            assert!(!text.contains(attack), "{name}: {attack}");
        }
    }
    assert!(site.read("feeds/sources.html").contains("default-src 'none'"));
    let names: Vec<String> = crate::harness::files(&site.path(".")).into_iter().map(|(name, _)| name).collect();
    assert!(!names.iter().any(|name| name.contains("cron") || name.contains("pwned")), "{names:?}");
}

#[test]
fn large_and_deep_lists_have_an_end() {
    let outlines = "<outline text='x' xmlUrl='https://a.test/x'/>".repeat(150_000);
    let deep = format!("{}<outline text='x' xmlUrl='https://a.test/deep'/>{}", "<outline text='f'>".repeat(10_000), "</outline>".repeat(10_000));
    let site =
        site("").file("many.opml", format!("<opml><body>{outlines}</body></opml>")).file("deep.opml", format!("<opml><body>{deep}</body></opml>"));
    assert!(site.run(&["sources", "import", "many.opml"]).out.contains("1 source added"));
    assert_ne!(site.run(&["sources", "import", "deep.opml"]).code, -1);
    assert_eq!(site.run(&["sources", "export"]).code, 0);
}

#[test]
fn addresses_are_inputs_of_merge_and_inspect() {
    let server = Server::start();
    server.route("/a", Answer::feed(rss("甲", &[item("一", "")])));
    let gbk = [b"<rss version='2.0'><channel><title>".to_vec(), vec![0xD6, 0xD0, 0xCE, 0xC4], b"</title></channel></rss>".to_vec()].concat();
    server.route("/gbk", Answer::status(200).header("Content-Type", "text/xml; charset=gbk").body(gbk));
    server.route("/page", Answer::page("<html></html>"));
    let (a, gbk, page) = (server.url("/a"), server.url("/gbk"), server.url("/page"));
    let site = site("").file("list.opml", format!("<opml><body><outline xmlUrl='{a}'/></body></opml>")).file("b.xml", rss("乙", &[item("二", "")]));
    let run = site.run(&["merge", &a, "b.xml", "list.opml", "-t", "json", "--allow-private"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let feed: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(feed["items"].as_array().unwrap().len(), 2);
    assert_eq!(site.run(&["merge", &a, "-t", "json"]).code, 2, "private");
    let inspected: serde_json::Value = serde_json::from_str(&site.run(&["inspect", &gbk, "--json", "--allow-private"]).out).unwrap();
    assert_eq!(inspected["title"], "中文", "by the charset of the header");
    for url in [&page, &server.url("/none")] {
        let run = site.run(&["inspect", url, "--allow-private"]);
        assert!(run.code == 2 && run.err.contains("error[FL"), "{run:?}");
    }
    let far = "<opml><body><outline xmlUrl='file:///etc/passwd'/><outline xmlUrl='../b.xml'/></body></opml>";
    server.route("/list", Answer::feed(far));
    let listed = site.run(&["merge", &server.url("/list"), "-t", "json", "--allow-private"]);
    assert!(listed.code != 0 && !listed.out.contains("root:"), "{listed:?}");
}

#[test]
fn the_hub_is_told_what_changed_and_only_that() {
    let server = Server::start();
    server.route("/hub", Answer::status(204));
    let site = site(&format!("feeds: {{ hubs: [\"{}\"] }}\n", server.url("/hub")));
    assert_eq!(site.run(&["ping", "--allow-private"]).code, 2, "nothing is published");
    site.build();
    let ping = || {
        server.forget();
        let run = site.run(&["ping", "--allow-private"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let told: BTreeSet<String> = server
            .requests()
            .iter()
            .flat_map(|seen| String::from_utf8_lossy(&seen.body).split('&').map(str::to_owned).collect::<Vec<_>>())
            .filter_map(|pair| pair.strip_prefix("hub.url=").map(str::to_owned))
            .collect();
        told
    };
    assert_eq!(ping().len(), 6, "the whole site and one category, in three formats");
    assert!(server.requests().iter().all(|seen| seen.method == "POST" && String::from_utf8_lossy(&seen.body).starts_with("hub.mode=publish&")));
    assert!(ping().is_empty(), "nothing changed");
    site.write("content/新.md", "---\ntitle: 新\ndate: 2025-02-16\ntags: [新]\n---\n新的。");
    site.build();
    assert!(site.run(&["ping", "--dry-run"]).out.contains("tags/%E6%96%B0/rss.xml"));
    let told = ping();
    assert_eq!(told.len(), 6, "{told:?}");
    assert!(!told.iter().any(|url| url.contains("categories")), "{told:?}");
    // A hub that fails is told the same again.
    server.route("/hub", Answer::status(500));
    site.write("content/又.md", "---\ntitle: 又\ndate: 2025-02-17\n---\n又一篇。");
    site.build();
    let failed = site.run(&["ping", "--allow-private"]);
    assert!(failed.code == 1 && failed.err.contains("error[FL711]"), "{failed:?}");
    server.route("/hub", Answer::status(204));
    assert_eq!(ping().len(), 3);
}

#[test]
fn the_time_of_a_build_is_not_that_of_a_fetch() {
    let server = Server::start();
    server.route("/feed", Answer::feed(rss("站", &[item("一", "")])));
    let site = site_with_list(&server);
    // As in a job that sets `SOURCE_DATE_EPOCH` for all of its steps, to a commit of 2001.
    let fetched = std::process::Command::new(env!("CARGO_BIN_EXE_feedloom"))
        .args(["fetch", "--allow-private"])
        .current_dir(site.path("."))
        .env("SOURCE_DATE_EPOCH", "1000000000")
        .output()
        .unwrap();
    assert!(fetched.status.success(), "{fetched:?}");
    let status: serde_json::Value = serde_json::from_str(&site.run(&["sources", "status", "--json"]).out).unwrap();
    assert!(status[0]["last_success"].as_str().unwrap() > "2025", "{status}");
}

#[test]
fn a_planet_needs_no_articles() {
    let server = Server::start();
    server.route("/feed", Answer::feed(rss("站", &[item("一", "")])));
    let site = Site::new(CONFIG);
    std::fs::remove_dir(site.path("content")).unwrap();
    site.run(&["sources", "add", &server.url("/feed"), "--allow-private", "-c", "外电"]);
    let early = site.run(&["build"]);
    assert!(early.code == 2 && early.err.contains("FL704"), "{early:?}");
    fetch(&site, &[]);
    site.build();
    assert_eq!(titles(&site, "feeds/categories/外电/feed.json"), ["一"]);
}

#[test]
fn a_store_that_cannot_be_used_is_said_and_kept() {
    let server = Server::start();
    server.route("/feed", Answer::feed(rss("站", &[item("一", "")])));
    let site = site_with_list(&server).file(".feedloom/store.sqlite", "this is somebody's text file, and long enough to be looked at twice");
    for verb in [&["fetch", "--allow-private"][..], &["build"], &["sources", "status"]] {
        let run = site.run(verb);
        assert!(run.code == 2 && run.err.contains("error[FL710]"), "{verb:?}: {run:?}");
    }
    assert!(site.read(".feedloom/store.sqlite").starts_with("this is somebody's"));
    assert!(!site.exists("feeds/rss.xml"), "nothing is published while it cannot be read");
}

#[test]
fn every_finding_about_sources_is_caused() {
    let server = Server::start();
    server.route("/feed", Answer::feed(rss("站", &[item("一", "")])).etag("\"1\""));
    server.route("/gone", Answer::status(410));
    server.route("/moved", Answer::redirect(301, &server.url("/feed2")));
    server.route("/feed2", Answer::feed(rss("站", &[item("二", "")])).etag("\"1\""));
    server.route("/hub", Answer::status(500));
    let (feed, gone, moved, hub) = (server.url("/feed"), server.url("/gone"), server.url("/moved"), server.url("/hub"));
    let site = site(&format!(
        "feeds: {{ hubs: [\"{hub}\"] }}\nsources: {{ opml: [none.opml, odd.opml], list: [ {{ url: \"{feed}\", interval: 1m }}, {{ url: \"{feed}\" }}, {{ url: \"{gone}\", max-stale: 0 }}, {{ url: \"{moved}\" }}, {{ url: \"{moved}/none\" }} ] }}\n"
    ))
    .file("odd.opml", "<opml><body><outline text='x' xmlUrl='gopher://a'/></body></opml>");
    let mut said = site.run(&["build"]).err;
    for day in 1..=12 {
        let run = fetch(&site, &["--now", &format!("2025-07-{day:02}T00:00:00Z"), "--force"]);
        said += &run.err;
    }
    site.run(&["build"]);
    said += &site.run(&["ping", "--allow-private"]).err;
    site.write(".feedloom/store.sqlite", "no store");
    said += &site.run(&["build"]).err;
    let missing: Vec<Code> = Code::ALL.iter().copied().filter(|code| code.as_str().starts_with("FL7") && !said.contains(code.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}\n{said}");
}

#[test]
fn builds_of_one_store_differ_only_by_what_became_due() {
    let server = Server::start();
    let far = "<item><guid>https://a.test/f</guid><title>未来</title><pubDate>Fri, 14 Nov 2025 10:00:00 +0800</pubDate></item>".to_owned();
    server.route("/feed", Answer::feed(rss("站", &[item("一", ""), far])));
    let site = site(&format!("sources: {{ list: [ {{ url: \"{}\", future: hold }} ] }}\n", server.url("/feed")));
    fetch(&site, &["--now", "2025-06-01T00:00:00Z"]);
    let build = |now: &str| {
        let run = site.run(&["build", "--now", now]);
        assert_eq!(run.code, 0, "{}", run.err);
        site.output()
    };
    let first = build("2025-06-02T00:00:00Z");
    assert_eq!(build("2025-06-03T00:00:00Z"), first, "another day, the same bytes");
    assert_eq!(titles(&site, "feeds/feed.json"), ["本地", "一"]);
    build("2025-12-01T00:00:00Z");
    assert_eq!(titles(&site, "feeds/feed.json"), ["未来", "本地", "一"]);
    assert_eq!(build("2025-06-02T00:00:00Z"), first);
}

#[test]
fn a_date_without_a_zone_is_read_in_the_configured_one_whenever_that_is_set() {
    let server = Server::start();
    let dated = "<item><guid>https://a.test/1</guid><title>一</title><pubDate>2025-02-14 08:30:00</pubDate></item>".to_owned();
    server.route("/feed", Answer::feed(rss("站", &[dated]).replace("<language>zh-CN</language>", "")).etag("\"1\""));
    let site = site(&format!("sources: {{ timezone: UTC, list: [ {{ url: \"{}\" }} ] }}\n", server.url("/feed")));
    fetch(&site, &[]);
    let date = |config: &str| {
        site.write("feedloom.yaml", config);
        site.build();
        site.json("feeds/feed.json")["items"].as_array().unwrap().iter().find(|item| item["title"] == "一").unwrap()["date_published"].clone()
    };
    let sources = |zone: &str| format!("{CONFIG}sources: {{ {zone} list: [ {{ url: \"{}\" }} ] }}\n", server.url("/feed"));
    assert_eq!(date(&sources("timezone: UTC,")), "2025-02-14T08:30:00Z");
    assert_eq!(date(&sources("timezone: Asia/Tokyo,")), "2025-02-14T08:30:00+09:00", "what is stored is read anew");
    assert_eq!(date(&sources("")), "2025-02-14T08:30:00+08:00", "else in the site's");
}

#[test]
fn a_site_that_moves_shows_nothing_twice() {
    let server = Server::start();
    let items = |host: &str| -> Vec<String> { (1..4).map(|at| item(&format!("{at}"), "").replace("a.test", host)).collect() };
    server.route_in_turn("/feed", vec![Answer::feed(rss("站", &items("old.test"))), Answer::feed(rss("站", &items("new.test")))]);
    let site = site_with_list(&server);
    fetch(&site, &[]);
    site.build();
    let ids = || -> Vec<String> {
        site.json("feeds/feed.json")["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    let before = ids();
    let again = fetch(&site, &["--force"]);
    assert!(again.out.contains("0 new entries, 3 changed"), "{}", again.out);
    site.build();
    assert_eq!(ids(), before);
    assert!(site.read("feeds/rss.xml").contains("<link>https://new.test/1</link>"), "the new address is the one to follow");
}

#[test]
fn an_entry_of_two_sources_stands_in_the_topics_of_both() {
    let server = Server::start();
    server.route("/a", Answer::feed(rss("甲", &[item("一", "<category>铁路</category>")])));
    server.route("/b", Answer::feed(rss("乙", &[item("一", "")])));
    let site = site(&format!(
        "sources: {{ list: [ {{ url: \"{}\", topics: [外电], categories: true }}, {{ url: \"{}\", topics: [转载] }} ] }}\n",
        server.url("/a"),
        server.url("/b")
    ));
    fetch(&site, &[]);
    assert!(site.build().out.contains("2 sources: 1 entry shown, 1 joined with others"));
    for topic in ["外电", "铁路", "转载"] {
        assert_eq!(titles(&site, &format!("feeds/categories/{topic}/feed.json")), ["一"]);
    }
}

#[test]
fn pages_without_a_date_do_not_crowd_a_new_planet() {
    let server = Server::start();
    let about = "<item><guid>https://a.test/about</guid><title>关于</title></item>".to_owned();
    let news = "<item><guid>https://a.test/news</guid><title>新的</title></item>".to_owned();
    server.route_in_turn(
        "/feed",
        vec![Answer::feed(rss("站", &[about.clone(), item("一", "")])), Answer::feed(rss("站", &[news, about, item("一", "")]))],
    );
    let site = site_with_list(&server);
    fetch(&site, &[]);
    site.build();
    assert_eq!(titles(&site, "feeds/feed.json"), ["本地", "一", "关于"]);
    fetch(&site, &["--force"]);
    let run = site.run(&["build", "--now", "2030-01-01T00:00:00Z"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(titles(&site, "feeds/feed.json"), ["新的", "本地", "一", "关于"], "what comes later is as new as it is known");
}

#[test]
fn an_entry_without_an_id_keeps_the_one_that_it_was_given() {
    let server = Server::start();
    let bare = |scheme: &str| {
        vec![format!("<item><link>{scheme}://a.test/1</link><title>一</title><pubDate>Fri, 14 Feb 2025 10:00:00 +0800</pubDate></item>")]
    };
    server.route_in_turn("/feed", vec![Answer::feed(rss("站", &bare("http"))), Answer::feed(rss("站", &bare("https")))]);
    let site = site_with_list(&server);
    fetch(&site, &[]);
    site.build();
    let guid =
        || site.read("feeds/rss.xml").lines().filter(|line| line.contains("<guid") && line.contains("a.test")).map(str::to_owned).collect::<Vec<_>>();
    let before = guid();
    assert_eq!(before.len(), 1, "readers of RSS know it by its guid");
    fetch(&site, &["--force"]);
    site.build();
    assert_eq!(guid(), before);
}

#[test]
fn mistakes_of_a_hurried_person_are_told() {
    let server = Server::start();
    server.route("/feed", Answer::feed(rss("站", &[item("一", "")])));
    let site = site(&format!(
        "sources: {{ interval: 1m, list: [ {{ url: \"{}\", topics: {{ catgory: 外电 }} }}, {{ url: \"{}\" }} ] }}\n",
        server.url("/feed"),
        server.url("/none")
    ));
    // Without --allow-private nobody was asked, so that nothing is in the way of asking.
    let refused = site.run(&["fetch"]);
    assert!(refused.err.contains("--allow-private"), "{}", refused.err);
    assert!(server.requests().is_empty());
    let run = fetch(&site, &[]);
    assert!(run.out.contains("1 fetched, 1 failed"), "{}", run.out);
    assert!(run.err.contains("did you mean `category`?"), "{}", run.err);
    assert_eq!(run.err.matches("FL709").count(), 1, "{}", run.err);
    assert!(run.err.contains("so it is for 1 more"), "{}", run.err);
    let again = fetch(&site, &[]);
    assert!(again.out.contains("2 not due\nthe next is due at ") && again.out.contains("--force"), "{}", again.out);
    let built = site.build();
    assert!(built.err.contains("it never gave a feed (expected a feed, found the answer 404"), "{}", built.err);
    // What is deleted by hand can be forgotten.
    site.write("feedloom.yaml", CONFIG);
    let removed = site.run(&["sources", "remove", "/feed"]);
    assert!(removed.out.contains("forgot what was stored of 1 source"), "{removed:?}");
}

#[test]
fn a_summary_site_shows_summaries_of_others_too() {
    let server = Server::start();
    let long = format!("<description>&lt;p&gt;{}&lt;/p&gt;</description>", "很长的一段文字。".repeat(200));
    server.route("/feed", Answer::feed(rss("站", &[item("一", &long)])));
    let site = site(&format!("feeds: {{ body: summary }}\nsources: {{ list: [ {{ url: \"{}\" }} ] }}\n", server.url("/feed")));
    fetch(&site, &[]);
    site.build();
    let feed = site.read("feeds/feed.json");
    assert!(!feed.contains("content_html") && feed.matches("很长的一段文字").count() < 50, "{feed}");
}
