//! `feedloom serve`, asked over a socket as a browser or a reader would.

use crate::harness::{CONFIG, Site};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A preview that runs.
struct Preview {
    child: Child,
    said: BufReader<ChildStdout>,
    address: String,
}

impl Preview {
    fn start(site: &Site, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_feedloom"));
        command.current_dir(site.path("")).args(["serve", "--port", "0"]).args(arguments).env("SOURCE_DATE_EPOCH", "1750000000").env("LC_ALL", "C");
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut address = String::new();
        while !address.starts_with("http://") {
            address.clear();
            assert!(said.read_line(&mut address).unwrap() > 0, "it says where it answers");
        }
        let address = address.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self { child, said, address }
    }

    fn connect(&self) -> BufReader<TcpStream> {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        BufReader::new(stream)
    }

    /// Sends a request with these more lines, and reads the whole answer.
    fn ask(&self, method: &str, path: &str, lines: &[&str]) -> Answer {
        let mut stream = self.connect();
        let host = if lines.iter().any(|line| line.starts_with("Host:")) { String::new() } else { format!("Host: {}\r\n", self.address) };
        let more = [lines, &["", ""]].concat().join("\r\n");
        write!(stream.get_mut(), "{method} {path} HTTP/1.1\r\n{host}Connection: close\r\n{more}").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        Answer::of(&bytes)
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// Listens to what pages are told.
    fn listen(&self) -> Events {
        let mut stream = self.connect();
        write!(stream.get_mut(), "GET /.feedloom/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).unwrap();
        Events(stream)
    }

    /// Tells it to end, and waits until it has.
    #[cfg(unix)]
    fn end(mut self) -> Option<i32> {
        assert!(Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap().success());
        let mut rest = String::new();
        self.said.read_to_string(&mut rest).unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn of(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, head, body: bytes[end + 4..].to_vec() }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| line.split_once(": ").filter(|(found, _)| found.eq_ignore_ascii_case(name))).map(|(_, value)| value)
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

struct Events(BufReader<TcpStream>);

impl Events {
    /// The next state: generation and problem.
    fn next(&mut self) -> (String, Option<String>) {
        let mut line = String::new();
        while !line.starts_with("data: ") {
            line.clear();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream goes on");
        }
        let told: serde_json::Value = serde_json::from_str(&line["data: ".len()..]).unwrap();
        (told["generation"].as_str().unwrap().to_owned(), told["problem"].as_str().map(ToOwned::to_owned))
    }
}

/// Asks again and again, at most as long as patience lasts.
fn until(mut what: impl FnMut() -> bool) {
    let began = Instant::now();
    while !what() {
        assert!(began.elapsed() < PATIENCE, "it happens some time");
        std::thread::yield_now();
    }
}

fn site() -> Site {
    let long = "清晨五点半，城南的早市已经亮起了灯。".repeat(60);
    Site::usual().article("one", "date: 2025-02-14 10:11:09\ntags: [出行]", &long)
}

#[test]
fn feeds_have_their_types_and_strong_validators() {
    let site = site();
    let preview = Preview::start(&site, &[]);
    for (path, media_type) in [
        ("/rss.xml", "application/rss+xml; charset=utf-8"),
        ("/atom.xml", "application/atom+xml; charset=utf-8"),
        ("/feed.json", "application/feed+json"),
        ("/feeds.opml", "text/x-opml; charset=utf-8"),
        ("/tags/%E5%87%BA%E8%A1%8C/rss.xml", "application/rss+xml; charset=utf-8"),
        ("/", "text/html; charset=utf-8"),
        ("/tags/%E5%87%BA%E8%A1%8C/", "text/html; charset=utf-8"),
    ] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(media_type)), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-cache"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("content-length"), Some(answer.body.len().to_string().as_str()));
        let (etag, modified) = (answer.header("etag").unwrap(), answer.header("last-modified").unwrap());
        assert!(etag.starts_with('"') && modified.ends_with(" GMT"), "{}", answer.head);
        let head = preview.ask("HEAD", path, &[]);
        let same = ["content-type", "content-length", "etag", "last-modified"].into_iter().all(|name| head.header(name) == answer.header(name));
        assert!(head.status == 200 && head.body.is_empty() && same, "{}", head.head);
        for line in [
            format!("If-None-Match: {etag}"),
            format!("If-None-Match: \"x\", W/{etag}"),
            "If-None-Match: *".to_owned(),
            format!("If-Modified-Since: {modified}"),
            "If-Modified-Since: Sunday, 06-Nov-44 08:49:37 GMT".to_owned(),
        ] {
            let fresh = preview.ask("GET", path, &[&line]);
            assert_eq!((fresh.status, fresh.body.len(), fresh.header("etag")), (304, 0, Some(etag)), "{path} {line}");
        }
        for lines in [
            vec!["If-None-Match: \"x\"".to_owned(), format!("If-Modified-Since: {modified}")],
            vec!["If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT".to_owned()],
            vec!["If-Modified-Since: soon".to_owned()],
        ] {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            assert_eq!(preview.ask("GET", path, &lines).status, 200, "{path} {lines:?}");
        }
    }
    let published = site.read("feeds/rss.xml");
    assert_eq!(preview.get("/rss.xml").text(), published);
    let page = preview.get("/");
    assert!(page.header("content-security-policy").unwrap().ends_with("; frame-ancestors 'none'"), "{}", page.head);
    assert_eq!(page.text(), site.read("feeds/index.html"), "no script where nothing is watched");
}

#[test]
fn bodies_are_packed_and_each_packing_has_its_own_tag() {
    let site = site();
    let preview = Preview::start(&site, &[]);
    let published = std::fs::read(site.path("feeds/rss.xml")).unwrap();
    let mut tags = Vec::new();
    for (accepted, coding) in [("gzip, br", Some("br")), ("gzip", Some("gzip")), ("br;q=0", None)] {
        let line = format!("Accept-Encoding: {accepted}");
        let answer = preview.ask("GET", "/rss.xml", &[&line]);
        assert_eq!((answer.header("content-encoding"), answer.header("vary")), (coding, Some("accept-encoding")));
        let mut body = Vec::new();
        match coding {
            Some("br") => drop(brotli::Decompressor::new(answer.body.as_slice(), 4096).read_to_end(&mut body).unwrap()),
            Some(_) => drop(flate2::read::GzDecoder::new(answer.body.as_slice()).read_to_end(&mut body).unwrap()),
            None => body.clone_from(&answer.body),
        }
        assert!(body == published, "{accepted}");
        let etag = answer.header("etag").unwrap().to_owned();
        let again = |line: &str| preview.ask("GET", "/rss.xml", &[line, &format!("If-None-Match: {etag}")]).status;
        assert_eq!(again(&line), 304);
        if coding.is_some() {
            assert_eq!(again("Accept-Encoding: identity"), 200, "those are other bytes");
        }
        tags.push(etag);
    }
    tags.dedup();
    assert_eq!(tags.len(), 3);
}

#[test]
fn parts_are_sent_as_long_as_they_are_parts_of_the_same() {
    let site = site();
    let preview = Preview::start(&site, &[]);
    let whole = preview.get("/rss.xml");
    let etag = whole.header("etag").unwrap();
    let part = preview.ask("GET", "/rss.xml", &["Range: bytes=5-9", "Accept-Encoding: br"]);
    assert_eq!((part.status, part.body.as_slice()), (206, &whole.body[5..10]));
    assert_eq!(part.header("content-range"), Some(format!("bytes 5-9/{}", whole.body.len()).as_str()));
    let if_range = |value: &str| preview.ask("GET", "/rss.xml", &["Range: bytes=5-9", &format!("If-Range: {value}")]).status;
    assert_eq!((if_range(etag), if_range("\"x\""), if_range(whole.header("last-modified").unwrap())), (206, 200, 206));
    let beyond = preview.ask("GET", "/rss.xml", &["Range: bytes=99999999-"]);
    assert_eq!((beyond.status, beyond.header("content-range")), (416, Some(format!("bytes */{}", whole.body.len()).as_str())));
}

#[test]
fn nothing_but_the_out_folder_is_served_and_only_to_this_machine() {
    let site = site();
    #[cfg(unix)]
    {
        site.build();
        std::os::unix::fs::symlink(site.path("content"), site.path("feeds/up")).unwrap();
        std::os::unix::fs::symlink(site.path("feedloom.yaml"), site.path("feeds/config.txt")).unwrap();
    }
    let preview = Preview::start(&site, &[]);
    for path in [
        "/../feedloom.yaml",
        "/..%2ffeedloom.yaml",
        "/%2e%2e/feedloom.yaml",
        "/tags/../../feedloom.yaml",
        "/.feedloom-manifest.json",
        "/%2efeedloom-manifest.json",
        "/.feedloom/events",
        "/up/one.md",
        "/config.txt",
        "/rss.xml%00.html",
        "/..%5cfeedloom.yaml",
        "//etc/passwd",
        "/rss.xml/",
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("site:"), "{path}");
    }
    assert_eq!(preview.get("/favicon.ico").status, 204, "nothing for the console of a browser");
    let folder = preview.get("/tags/%E5%87%BA%E8%A1%8C");
    assert_eq!((folder.status, folder.header("location")), (308, Some("/tags/%E5%87%BA%E8%A1%8C/")));
    let refused = preview.ask("POST", "/rss.xml", &[]);
    assert_eq!((refused.status, refused.header("allow")), (405, Some("GET, HEAD")));
    for (host, status) in [("localhost", 200), ("LOCALHOST:1", 200), ("[::1]:80", 200), ("evil.example", 421), ("127.0.0.1.evil.example:80", 421)] {
        assert_eq!(preview.ask("GET", "/rss.xml", &[&format!("Host: {host}")]).status, status, "{host}");
    }
}

#[test]
fn what_another_program_publishes_is_served() {
    let site = site();
    let preview = Preview::start(&site, &[]);
    let before = preview.get("/rss.xml").header("etag").unwrap().to_owned();
    site.write("content/two.md", "---\ntitle: 第二篇\ndate: 2025-02-15\ntags: [夜市]\n---\n新。");
    site.build();
    until(|| preview.get("/rss.xml").header("etag") != Some(&before) && preview.get("/tags/%E5%A4%9C%E5%B8%82/rss.xml").status == 200);
    assert_eq!(preview.ask("GET", "/rss.xml", &[&format!("If-None-Match: {before}")]).text(), site.read("feeds/rss.xml"));
}

#[test]
fn a_save_is_built_and_open_pages_are_told() {
    let site = site();
    let preview = Preview::start(&site, &["--watch"]);
    let page = preview.get("/");
    assert!(page.text().contains("new EventSource(\"/.feedloom/events\")") && !page.text().contains("http-equiv=\"Content-Security-Policy\""));
    assert!(!site.read("feeds/index.html").contains("EventSource"), "files never hold the script");
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("script-src 'sha256-") && policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let mut events = preview.listen();
    let (first, problem) = events.next();
    assert_eq!(problem, None);
    let saved = |name: &str, text: &str| {
        site.write("content/.tmp", text);
        std::fs::rename(site.path("content/.tmp"), site.path(&format!("content/{name}.md"))).unwrap();
    };
    saved("two", "---\ntitle: 第二篇\ndate: 2025-02-15\n---\n新。");
    let (second, problem) = events.next();
    assert!(second != first && problem.is_none());
    assert!(preview.get("/rss.xml").text().contains("第二篇"), "who is told finds what he is told of");
    saved("bad", "---\ntitle: 坏\ntags: [x, y\n---\n文");
    let (third, problem) = events.next();
    assert_eq!(third, second, "nothing that is served is other");
    assert!(problem.as_deref().is_some_and(|problem| problem.starts_with("content/bad.md:3:")), "{problem:?}");
    assert_eq!(preview.listen().next().1, problem, "a page that comes later hears of it too");
    std::fs::remove_file(site.path("content/bad.md")).unwrap();
    assert_eq!(events.next(), (second.clone(), None));
    site.write("feedloom.yaml", CONFIG.replace("每日", "每周"));
    assert!(events.next().0 != second);
    assert!(preview.get("/feed.json").text().contains("每周"));
}

#[test]
fn a_broken_configuration_is_shown_until_it_is_mended() {
    let site = site();
    site.write("feedloom.yaml", "site: { titel: x }\n");
    let refused = site.run(&["serve", "--port", "0"]);
    assert_eq!((refused.code, refused.err.contains("FL501")), (2, true), "{}", refused.err);
    let preview = Preview::start(&site, &["--watch"]);
    let mut events = preview.listen();
    let problem = events.next().1.unwrap();
    assert!(problem.contains("feedloom.yaml:1:9: error[FL501]"), "{problem}");
    let missing = preview.get("/");
    assert_eq!((missing.status, missing.text().contains("EventSource")), (404, true));
    site.write("feedloom.yaml", CONFIG);
    until(|| events.next().1.is_none());
    until(|| preview.get("/").status == 200);
}

#[test]
fn a_port_that_is_taken_is_named() {
    let site = site();
    let preview = Preview::start(&site, &[]);
    let port = preview.address.rsplit(':').next().unwrap();
    let run = site.run(&["serve", "--port", port]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains(&format!("error[FL901]: expected a free port, found 127.0.0.1:{port} taken")), "{}", run.err);
    assert!(run.err.contains("help: name another port; --port 0 picks a free one"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn it_ends_well_when_it_is_told_to_and_pages_listen() {
    let site = site();
    let preview = Preview::start(&site, &["--watch"]);
    let mut events = preview.listen();
    events.next();
    assert_eq!(preview.end(), Some(0));
    let mut rest = String::new();
    events.0.read_to_string(&mut rest).unwrap();
    assert!(rest.trim_end().ends_with('0'), "the stream is closed as it should be: {rest:?}");
}

#[test]
fn without_pages_no_address_of_a_page_is_told() {
    let site = Site::usual().article("one", "date: 2025-02-14 10:11:09", "文");
    let preview = Preview::start(&site, &["--set", "feeds.pages=false"]);
    assert!(preview.address.ends_with("/rss.xml"), "{}", preview.address);
}
