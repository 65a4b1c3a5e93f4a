//! `feedloom lint` of addresses: what the server says is looked at too.

use crate::harness::{Run, Site};
use crate::server::{Answer, Server};

/// A feed that says nothing wrong, whatever its address.
fn feed(own: &str) -> String {
    format!(
        "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>t</title><link>https://e.cn/</link><description>d</description>\
         <atom:link rel='self' type='application/rss+xml' href='{own}'/><item><title>文</title><guid>https://e.cn/1</guid></item></channel></rss>"
    )
}

/// The codes that are found.
fn codes(run: &Run) -> Vec<String> {
    let line: serde_json::Value = serde_json::from_str(run.out.lines().next().unwrap()).unwrap();
    line["problems"].as_array().unwrap().iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect()
}

fn lint(url: &str) -> Run {
    Site::usual().run(&["lint", url, "--allow-private", "--format", "jsonl"])
}

/// Those of the block of HTTP.
fn of_http(url: &str) -> Vec<String> {
    codes(&lint(url)).into_iter().filter(|code| code.starts_with("FL22")).collect()
}

#[test]
fn a_well_served_feed_has_no_findings_of_http() {
    let server = Server::start();
    let body = feed(&server.url("/feed")) + &" ".repeat(10_000);
    let answer = Answer::status(200).header("Content-Type", "application/rss+xml; charset=utf-8").header("Cache-Control", "max-age=600");
    server.route("/feed", answer.body(body).gzip().etag("\"1\""));
    assert_eq!(of_http(&server.url("/feed")), [""; 0]);
    assert_eq!(server.requests().len(), 1, "nothing is asked again");
}

#[test]
fn each_fault_of_the_server_is_told() {
    let server = Server::start();
    let body = feed(&server.url("/feed")) + &" ".repeat(10_000);
    let answer = Answer::status(200).header("Content-Type", "text/html; charset=iso-8859-1").header("Cache-Control", "no-store, max-age=5");
    server.route("/feed", answer.header("Content-Disposition", "attachment; filename=\"x\"").etag("1").body(body));
    let found = codes(&lint(&server.url("/feed")));
    for code in ["FL2202", "FL2205", "FL2209", "FL2211", "FL2212", "FL2214"] {
        assert!(found.iter().any(|known| known == code), "{code} {found:?}");
    }
    assert!(!found.iter().any(|known| known == "FL1002"), "the document is right, the header is wrong: {found:?}");
    server.route("/xml", Answer::status(200).header("Content-Type", "text/xml").header("Cache-Control", "max-age=999999").body(feed("")));
    let mut found = of_http(&server.url("/xml"));
    found.sort();
    assert_eq!(found, ["FL2203", "FL2204", "FL2210", "FL2213"]);
}

#[test]
fn redirects_are_told_and_the_self_link_is_compared_with_the_end() {
    let server = Server::start();
    server.route("/old", Answer::redirect(301, "/now"));
    server.route("/now", Answer::redirect(302, "/feed"));
    let typed = |body: String| Answer::status(200).header("Content-Type", "application/rss+xml").etag("\"1\"").body(body);
    server.route("/feed", typed(feed(&server.url("/feed"))));
    let found = codes(&lint(&server.url("/old")));
    for code in ["FL2206", "FL2207", "FL2208"] {
        assert!(found.iter().any(|known| known == code), "{code} {found:?}");
    }
    assert!(!found.iter().any(|known| known == "FL1121"), "{found:?}");
    server.route("/feed", typed(feed(&server.url("/other"))));
    assert!(codes(&lint(&server.url("/feed"))).iter().any(|known| known == "FL1121"));
}

#[test]
fn an_answer_without_a_feed_says_which_and_ends_with_2() {
    let server = Server::start();
    for (status, meaning) in [(404, "there is nothing at this address"), (410, "it is gone for good"), (503, "the server has a fault")] {
        server.route("/feed", Answer::status(status));
        let run = lint(&server.url("/feed"));
        assert_eq!((run.code, codes(&run)), (2, vec!["FL2201".to_owned()]));
        assert!(run.out.contains(&format!("found the answer {status}: {meaning}")), "{}", run.out);
    }
    let run = Site::usual().run(&["lint", &server.url("/feed"), "--allow-private", "--ignore", "FL2201"]);
    assert!(run.code == 2 && run.out.contains("FL2201"), "{}", run.out);
}

#[test]
fn hubs_of_the_header_are_compared_with_those_of_the_document() {
    let server = Server::start();
    let body = feed(&server.url("/feed")).replace("<item>", "<atom:link rel='hub' href='https://hub.e.cn/'/><item>");
    let with = |link: &str| Answer::status(200).header("Content-Type", "application/rss+xml").etag("\"1\"").header("Link", link).body(body.clone());
    server.route("/feed", with("<https://other.e.cn/>; rel=\"hub\", <https://e.cn/>; rel=self"));
    assert_eq!(of_http(&server.url("/feed")), ["FL2215", "FL2216"]);
    server.route("/feed", with("<https://hub.e.cn/>; rel=hub"));
    assert_eq!(of_http(&server.url("/feed")), [""; 0]);
}

#[test]
fn archives_that_are_asked_one_by_one_are_compared() {
    let server = Server::start();
    let archive = |name: &str, before: &str| {
        let start = "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:fh='http://purl.org/syndication/history/1.0'><fh:archive/>";
        Answer::feed(format!("{start}<link rel='self' href='{name}'/><link rel='prev-archive' href='{before}'/></feed>"))
    };
    server.route("/1", archive("/1", "/2"));
    server.route("/2", archive("/2", "1"));
    let run = Site::usual().run(&["lint", &server.url("/1"), &server.url("/2"), "--allow-private", "--only", "FL2108"]);
    assert!(run.code == 1 && run.out.contains("/2: error[FL2108]: expected rel=prev-archive to lead to an end, found a circle"), "{}", run.out);
}
