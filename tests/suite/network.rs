//! How the network is asked: the rules of etiquette that concern single requests (`e…`), and what attackers try (`s_…`).

use super::http2;
use super::server::{Answer, Seen, Server, brotli, gzip};
use feedloom::clock::{Clock, Manual};
use feedloom::http::{ACCEPT_FEED, Client, Failure, Hosts, Options, Request, Response, run};
use std::collections::BTreeSet;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const NOW: i64 = 1_700_000_000;

/// Private addresses are allowed; nobody waits for long.
fn options() -> Options {
    let mut options = Options::default();
    options.allow_private = true;
    options.connect_timeout = Duration::from_secs(5);
    options.read_timeout = Duration::from_secs(5);
    options.clock = Clock::Manual(Manual::at(NOW));
    options
}

/// Only what is public may be asked, and the server at this address.
fn public_and(server: &Server) -> Options {
    let mut options = options();
    options.allow_private = false;
    options.allow = [server.address().ip()].into();
    options
}

/// Gives up early.
fn impatient() -> Options {
    let mut options = options();
    options.read_timeout = Duration::from_millis(200);
    options.total_timeout = Duration::from_millis(600);
    options
}

fn named(server: &Server, names: &[&str]) -> Hosts {
    names.iter().map(|name| (*name, SocketAddr::new(server.address().ip(), 0))).collect()
}

fn send(options: Options, request: Request) -> Result<Response, Failure> {
    run(async { Client::new(options)?.send(request).await }).unwrap()
}

fn get(options: Options, url: &str) -> Result<Response, Failure> {
    send(options, Request::feed(url))
}

fn ok(url: &str) -> Response {
    get(options(), url).unwrap()
}

/// Asks for all of these at once, with clones of one client.
fn send_all(options: Options, requests: Vec<Request>) -> Vec<Result<Response, Failure>> {
    run(async {
        let client = Client::new(options).unwrap();
        let tasks: Vec<_> = requests
            .into_iter()
            .map(|request| {
                let client = client.clone();
                tokio::spawn(async move { client.send(request).await })
            })
            .collect();
        let mut answers = Vec::new();
        for task in tasks {
            answers.push(task.await.unwrap());
        }
        answers
    })
    .unwrap()
}

fn with_validators(url: &str, of: &Response) -> Request {
    let mut request = Request::feed(url);
    request.etag = of.etag.clone();
    request.last_modified = of.last_modified.clone();
    request.validators_url = Some(of.url.clone());
    request
}

#[test]
fn e01_etag_is_sent_byte_for_byte() {
    let server = Server::start();
    let tags: &[&[u8]] = &[b"\"abc\"", b"W/\"abc-gzip\"", b"unquoted", b"\"caf\xe9 \xe4\xb8\xad\"", b"\"\"", b"\"a b,c\"", b"w/\"x\""];
    for tag in tags {
        server.route("/feed", Answer::feed("x").etag(tag));
        let first = ok(&server.url("/feed"));
        assert_eq!(first.etag.as_deref(), Some(*tag));
        let second = send(options(), with_validators(&server.url("/feed"), &first)).unwrap();
        assert_eq!((second.status, second.body.len()), (304, 0));
        assert_eq!(server.requests().last().unwrap().header("if-none-match"), Some(*tag));
    }
}

#[test]
fn e02_last_modified_is_sent_byte_for_byte() {
    let server = Server::start();
    for date in ["Tue, 14 Nov 2023 22:13:20 GMT", "Tue, 14 Nov 2023 22:13:20 +0000", "2023-11-14T22:13:20Z", "yesterday"] {
        server.route("/feed", Answer::feed("x").last_modified(date));
        let first = ok(&server.url("/feed"));
        let second = send(options(), with_validators(&server.url("/feed"), &first)).unwrap();
        assert_eq!(second.status, 304);
        let seen = server.requests().pop().unwrap();
        assert_eq!(seen.text("if-modified-since").as_deref(), Some(date));
        assert_eq!(seen.header("if-none-match"), None);
    }
    // What is no header is not sent, and the rest is.
    let mut request = Request::feed(server.url("/feed"));
    request.last_modified = Some(b"a\r\nX-Evil: 1".to_vec());
    assert_eq!(send(options(), request).unwrap().status, 200);
    assert_eq!(server.requests().pop().unwrap().names(), ["accept", "accept-encoding", "host", "user-agent"]);
}

#[test]
fn e03_both_are_sent_when_both_were_given() {
    let server = Server::start();
    server.route("/feed", Answer::feed("x").etag("\"1\"").last_modified("Tue, 14 Nov 2023 22:13:20 GMT"));
    let first = ok(&server.url("/feed"));
    send(options(), with_validators(&server.url("/feed"), &first)).unwrap();
    let seen = server.requests().pop().unwrap();
    assert_eq!(seen.text("if-none-match").as_deref(), Some("\"1\""));
    assert_eq!(seen.text("if-modified-since").as_deref(), Some("Tue, 14 Nov 2023 22:13:20 GMT"));
}

#[test]
fn e05_what_a_304_says_is_handed_on() {
    let server = Server::start();
    server.route("/feed", Answer::status(304).etag("\"2\"").header("Cache-Control", "max-age=7200").header("Age", "200"));
    let answer = ok(&server.url("/feed"));
    assert_eq!((answer.status, answer.etag.as_deref(), answer.fresh_for), (304, Some(&b"\"2\""[..]), Some(7000)));
}

#[test]
fn e07_validators_stay_with_their_address() {
    let server = Server::start();
    server.route("/old", Answer::redirect(302, "/new"));
    server.route("/new", Answer::feed("x").etag("\"1\""));
    server.route("/other", Answer::feed("y").etag("\"1\""));
    let first = ok(&server.url("/old"));
    assert_eq!(first.url, server.url("/new"));

    // They are those of /new, wherever the way begins.
    server.forget();
    assert_eq!(send(options(), with_validators(&server.url("/old"), &first)).unwrap().status, 304);
    let sent: Vec<_> = server.requests().iter().map(|seen| (seen.path.clone(), seen.text("if-none-match"))).collect();
    assert_eq!(sent, [("/old".to_owned(), None), ("/new".to_owned(), Some("\"1\"".to_owned()))]);

    // The redirect leads elsewhere now.
    server.route("/old", Answer::redirect(302, "/other"));
    server.forget();
    assert_eq!(send(options(), with_validators(&server.url("/old"), &first)).unwrap().body, b"y");
    assert!(server.requests().iter().all(|seen| seen.header("if-none-match").is_none()));

    // Without a word whose they are, they are those of the address that is asked for.
    let mut request = Request::feed(server.url("/old"));
    request.etag = Some(b"\"1\"".to_vec());
    server.forget();
    send(options(), request).unwrap();
    let sent: Vec<_> = server.requests().iter().map(|seen| seen.header("if-none-match").is_some()).collect();
    assert_eq!(sent, [true, false]);
}

#[test]
fn e10_and_e13_times_are_handed_on() {
    let server = Server::start();
    let date = "Tue, 14 Nov 2023 20:00:00 GMT";
    let cases = [
        (Answer::feed("").header("Cache-Control", "max-age=600").header("Age", "60"), 200, Some(540), None),
        (Answer::feed("").header("Cache-Control", "no-cache"), 200, Some(0), None),
        (Answer::feed("").header("Date", date).header("Expires", "Tue, 14 Nov 2023 21:00:00 GMT"), 200, Some(3600), None),
        (Answer::status(429).header("Retry-After", "120"), 429, None, Some(120)),
        (Answer::status(503).header("Date", date).header("Retry-After", "Tue, 14 Nov 2023 20:10:00 GMT"), 503, None, Some(600)),
        (Answer::status(503).header("Retry-After", "Tue, 14 Nov 2023 22:14:20 GMT"), 503, None, Some(60)),
        (Answer::feed(""), 200, None, None),
    ];
    for (answer, status, fresh_for, retry_after) in cases {
        server.route("/feed", answer);
        let answer = ok(&server.url("/feed"));
        assert_eq!((answer.status, answer.fresh_for, answer.retry_after), (status, fresh_for, retry_after));
    }
}

#[test]
fn e17_one_request_for_one_answer() {
    let server = Server::start();
    let answers = [
        Answer::feed("x"),
        Answer::status(304),
        Answer::status(404),
        Answer::status(429).header("Retry-After", "0"),
        Answer::status(500),
        Answer::status(503),
        Answer::raw("garbage\r\n\r\n"),
        Answer::raw(""),
        Answer::feed("<rss></rss>").cut(4),
        Answer::silence(),
    ];
    for answer in answers {
        server.forget();
        server.route("/feed", answer);
        let _ = get(impatient(), &server.url("/feed"));
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn e17_a_second_request_goes_over_the_same_connection_or_a_new_one() {
    let server = Server::start();
    server.route("/feed", Answer::feed("x"));
    let twice = |is_last: bool| {
        run(async {
            let client = Client::new(options()).unwrap();
            for _ in 0..2 {
                let mut request = Request::feed(server.url("/feed"));
                request.is_last = is_last;
                client.send(request).await.unwrap();
            }
        })
        .unwrap();
        let connections: Vec<usize> = server.requests().iter().map(|seen| seen.connection).collect();
        server.forget();
        connections
    };
    assert_eq!(twice(false), [0, 0]);
    assert_eq!(twice(true), [1, 2], "nothing is kept of a host that is asked nothing more");
}

#[test]
fn e18_one_host_is_asked_one_by_one_with_a_gap() {
    let time = Manual::at(NOW);
    let server = Server::with_time(&time);
    // Whoever is asked waits for company, so that requests at the same time would be seen.
    server.route("/feed", Answer::feed("x").gather(2, 50));
    let mut options = options();
    options.clock = Clock::Manual(time);
    options.hosts = named(&server, &["a.test"]);
    let requests = (0..4).map(|number| Request::feed(server.url_at("a.test", &format!("/feed?{number}")))).collect();
    assert!(send_all(options, requests).iter().all(|answer| answer.as_ref().unwrap().status == 200));
    let seen = server.requests();
    let starts: Vec<i64> = seen.iter().map(|seen| seen.millis.unwrap() - NOW * 1000).collect();
    assert_eq!(starts, [0, 1000, 2000, 3000]);
    assert!(seen.iter().all(|seen| seen.in_flight == 1));
}

#[test]
fn e18_different_hosts_are_asked_at_the_same_time() {
    let server = Server::start();
    server.route("/feed", Answer::feed("x").gather(3, 5000));
    let mut options = options();
    options.hosts = named(&server, &["a.test", "b.test"]);
    let hosts = ["a.test", "b.test", "127.0.0.1"];
    send_all(options, hosts.iter().map(|host| Request::feed(server.url_at(host, "/feed"))).collect());
    assert_eq!(server.requests().iter().map(|seen| seen.in_flight).max(), Some(3));
    // This machine, by number, is not spared.
    server.forget();
    send_all(self::options(), (0..3).map(|_| Request::feed(server.url("/feed"))).collect());
    assert_eq!(server.requests().iter().map(|seen| seen.in_flight).max(), Some(3));
}

#[test]
fn e19_the_user_agent_says_who_asks() {
    let server = Server::start();
    server.route("/feed", Answer::feed("x"));
    ok(&server.url("/feed"));
    let mut options = options();
    options.agent = "feedloom/0.1.0 (+https://example.org/feedloom; me@example.org)".to_owned();
    let mut request = Request::feed(server.url("/feed"));
    request.agent_suffix = Some("(3 subscribers)".to_owned());
    send(options, request).unwrap();
    let agents: Vec<String> = server.requests().iter().map(|seen| seen.text("user-agent").unwrap()).collect();
    let own = format!("feedloom/{}", env!("CARGO_PKG_VERSION"));
    assert_eq!(agents, [own.as_str(), "feedloom/0.1.0 (+https://example.org/feedloom; me@example.org) (3 subscribers)"]);
}

#[test]
fn e20_nothing_is_sent_that_was_not_asked_for() {
    let server = Server::start();
    server.route("/old", Answer::redirect(301, "/feed?b=2&a=%20&utm_source=x").header("Set-Cookie", "id=1"));
    server.route("/feed", Answer::feed("x").header("Set-Cookie", "id=2"));
    run(async {
        let client = Client::new(options()).unwrap();
        let mut request = Request::feed(server.url("/old#part"));
        request.is_last = true;
        client.send(request).await.unwrap();
        client.send(Request::feed(server.url("/feed?b=2&a=%20&&utm_source=x#part"))).await.unwrap();
    })
    .unwrap();
    let seen = server.requests();
    let targets: Vec<&str> = seen.iter().map(|seen| seen.target.as_str()).collect();
    assert_eq!(targets, ["/old", "/feed?b=2&a=%20&utm_source=x", "/feed?b=2&a=%20&&utm_source=x"]);
    assert_eq!(seen[0].names(), ["accept", "accept-encoding", "connection", "host", "user-agent"]);
    assert_eq!(seen[1].names(), ["accept", "accept-encoding", "connection", "host", "user-agent"]);
    assert_eq!(seen[2].names(), ["accept", "accept-encoding", "host", "user-agent"]);
    assert_eq!(seen[0].text("connection").as_deref(), Some("close"));

    // A cookie is sent when it is configured.
    let mut request = Request::feed(server.url("/feed"));
    request.headers = vec![("Cookie".to_owned(), "session=1".to_owned())];
    send(options(), request).unwrap();
    assert_eq!(server.requests().last().unwrap().text("cookie").as_deref(), Some("session=1"));
}

#[test]
fn e21_packed_bodies_are_asked_for_and_unpacked() {
    let server = Server::start();
    let text = "中文内容 and more. ".repeat(5000);
    let plain = || Answer::feed(text.as_str());
    let answers = [
        plain(),
        plain().gzip(),
        plain().brotli(),
        plain().chunked(),
        plain().gzip().chunked(),
        plain().brotli().chunked(),
        plain().header("Content-Encoding", "utf-8"),
        plain().header("Content-Encoding", "identity"),
    ];
    for answer in answers {
        server.route("/feed", answer);
        assert!(ok(&server.url("/feed")).body == text.as_bytes());
    }
    let seen = server.requests().pop().unwrap();
    assert_eq!(seen.text("accept").as_deref(), Some(ACCEPT_FEED));
    assert!(ACCEPT_FEED.contains("application/rss+xml") && ACCEPT_FEED.contains("application/atom+xml"));
    assert_eq!(seen.text("accept-encoding").unwrap().replace(' ', ""), "gzip,br");
    // An empty body says nothing of how it is packed.
    server.route("/feed", Answer::feed("").header("Content-Encoding", "gzip"));
    assert_eq!(ok(&server.url("/feed")).body, b"");
}

#[test]
fn e21_a_packed_body_is_unpacked_to_its_end() {
    let server = Server::start();
    let text = "<item>中文内容 and more.</item>".repeat(5000);
    let text = text.as_bytes();
    let (first, second) = text.split_at(20_000);
    let members = [gzip(first), gzip(second)].concat();
    let with_garbage = [gzip(text), b"<!-- 0.1 s -->".to_vec()].concat();
    let cases: &[(&[&str], Vec<u8>)] = &[
        (&["gzip"], members.clone()),
        (&["x-gzip"], gzip(text)),
        (&["GZIP"], gzip(text)),
        (&["BR"], brotli(text)),
        (&["gzip, br"], brotli(&gzip(text))),
        (&["gzip", "br"], brotli(&gzip(text))),
        (&["br", "x-gzip"], gzip(&brotli(text))),
        (&["gzip", "gzip"], gzip(&members)),
        (&["utf-8", "gzip"], gzip(text)),
        // What is behind the end and is no member is not looked at, as browsers do not.
        (&["gzip"], with_garbage),
        (&["gzip"], [gzip(text), vec![0; 512]].concat()),
    ];
    for (encodings, packed) in cases {
        let answer = encodings.iter().fold(Answer::feed(packed.as_slice()), |answer, encoding| answer.header("Content-Encoding", encoding));
        for answer in [answer.clone(), answer.chunked()] {
            server.route("/feed", answer);
            assert!(ok(&server.url("/feed")).body == text, "{encodings:?}");
        }
    }
    // Not asked for.
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    zlib.write_all(text).unwrap();
    server.route("/feed", Answer::feed(zlib.finish().unwrap()).header("Content-Encoding", "deflate"));
    assert!(ok(&server.url("/feed")).body == text);
    let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    raw.write_all(text).unwrap();
    server.route("/feed", Answer::feed(raw.finish().unwrap()).header("Content-Encoding", "deflate"));
    assert!(ok(&server.url("/feed")).body == text);
}

#[test]
fn s_half_a_packed_body_is_none() {
    let server = Server::start();
    let text = "<item>中文内容 and more.</item>".repeat(5000);
    let (packed, second) = (gzip(text.as_bytes()), brotli(text.as_bytes()));
    let short = |bytes: &[u8]| bytes[..bytes.len() - 1].to_vec();
    let changed = |bytes: &[u8], at: usize| bytes.iter().enumerate().map(|(index, byte)| if index == at { byte ^ 0x55 } else { *byte }).collect();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("gzip", packed[..packed.len() / 2].to_vec(), "a gzip body that breaks off"),
        ("gzip", short(&packed), "a gzip body that does not match its checksum"),
        ("gzip", [packed.clone(), packed[..40].to_vec()].concat(), "a gzip body that breaks off"),
        ("gzip", [packed.clone(), vec![0x1f]].concat(), "a gzip body that breaks off"),
        ("gzip", changed(&packed, packed.len() - 6), "a gzip body that does not match its checksum"),
        ("gzip", changed(&packed, 0), "a gzip body that is corrupt"),
        ("br", second[..second.len() / 2].to_vec(), "a brotli body that breaks off"),
        ("br", short(&second), "a brotli body that breaks off"),
        ("br", vec![0xff; 500], "a brotli body that is corrupt"),
        ("br", [second.clone(), b"more".to_vec()].concat(), "a brotli body that goes on behind its end"),
        ("gzip, br", brotli(&packed[..100]), "a gzip body that breaks off"),
        ("gzip, gzip", packed.clone(), "a gzip body that is corrupt"),
        ("gzip, gzip, gzip", gzip(&gzip(&packed)), "a body that is packed more than 2 times"),
        ("zstd", packed.clone(), "`Content-Encoding: zstd` instead of gzip or br"),
        ("feed", text.clone().into_bytes(), "`Content-Encoding: feed` instead of gzip or br"),
    ];
    for (encoding, body, expected) in cases {
        // The whole of it comes, so that nothing but what is in it can tell.
        server.route("/feed", Answer::feed(body).header("Content-Encoding", encoding));
        assert_eq!(get(options(), &server.url("/feed")), Err(Failure::Protocol(expected.to_owned())), "{encoding}");
    }
}

#[test]
fn e22_only_what_is_new_is_taken_as_that() {
    let server = Server::start();
    server.route_by("/feed", |seen| match seen.text("a-im").as_deref() {
        Some("feed") => Answer::feed("new").etag("\"2\"").header("IM", "feed"),
        _ => Answer::feed("all"),
    });
    assert!(!ok(&server.url("/feed")).is_delta);
    let delta = |server: &Server| {
        let mut request = Request::feed(server.url("/feed"));
        request.delta = true;
        request.etag = Some(b"\"1\"".to_vec());
        send(options(), request)
    };
    assert!(!delta(&server).unwrap().is_delta, "200 is all of it, whatever else is said");
    server.route("/feed", Answer::status(226).body("new").header("IM", "feed"));
    let answer = delta(&server).unwrap();
    assert_eq!((answer.status, answer.is_delta, answer.body.as_slice()), (226, true, &b"new"[..]));
    server.route("/feed", Answer::status(226).body("new").header("IM", "vcdiff"));
    assert_eq!(delta(&server).unwrap_err().to_string(), "expected HTTP, found: `IM: vcdiff` instead of feed");
}

#[test]
fn e23_redirects_have_an_end() {
    let server = Server::start();
    for number in 0..6 {
        server.route(&format!("/{number}"), Answer::redirect(301 + number % 2, &format!("/{}", number + 1)));
    }
    server.route("/6", Answer::feed("x"));
    let answer = ok(&server.url("/1"));
    assert_eq!((answer.url.clone(), answer.hops.len()), (server.url("/6"), 5));
    assert_eq!(answer.hops.iter().map(feedloom::http::Hop::is_permanent).collect::<Vec<_>>(), [false, true, false, true, false]);
    assert!(matches!(get(options(), &server.url("/0")), Err(Failure::Redirect { most: 5, .. })));

    server.forget();
    server.route("/a", Answer::redirect(302, "/b"));
    server.route("/b", Answer::redirect(302, "/a"));
    assert!(matches!(get(options(), &server.url("/a")), Err(Failure::Redirect { .. })));
    assert_eq!(server.requests().len(), 2, "a circle is seen when it closes");
    server.route("/a", Answer::status(301));
    assert!(matches!(get(options(), &server.url("/a")), Err(Failure::Redirect { .. })));
}

#[test]
fn e23_https_is_never_given_up() {
    let plain = Server::start();
    plain.route("/feed", Answer::feed("x"));
    let secure = Server::with_tls();
    secure.route("/feed", Answer::redirect(301, &plain.url("/feed")));
    plain.route("/up", Answer::redirect(301, &secure.url("/here")));
    secure.route("/here", Answer::feed("secure"));
    let options = || {
        let mut options = options();
        options.authorities = vec![include_bytes!("tls/authority.der").to_vec()];
        options
    };
    let failure = get(options(), &secure.url("/feed")).unwrap_err();
    assert!(matches!(failure, Failure::Redirect { .. }), "{failure}");
    assert!(plain.requests().is_empty());
    assert_eq!(get(options(), &plain.url("/up")).unwrap().body, b"secure", "the other way is welcome");
}

#[test]
fn e23_secrets_stay_with_their_host() {
    let (server, other) = (Server::start(), Server::start());
    server.route("/feed", Answer::redirect(302, "/near"));
    server.route("/near", Answer::redirect(302, &other.url("/far")));
    other.route("/far", Answer::redirect(302, &server.url("/back").replace("http://", "http://eve:eve@")));
    server.route("/back", Answer::feed("x"));
    let mut request = Request::feed(server.url("/feed"));
    request.headers = vec![("X-Token".to_owned(), "secret".to_owned()), ("Authorization".to_owned(), "Bearer secret".to_owned())];
    send(options(), request).unwrap();
    let mut request = Request::feed(server.url("/feed"));
    request.basic = Some(("me".to_owned(), "secret".to_owned()));
    send(options(), request).unwrap();
    send(options(), Request::feed(server.url("/feed").replace("http://", "http://me:secret@"))).unwrap();

    let basic = "Basic bWU6c2VjcmV0";
    let seen: Vec<_> = server.requests().iter().map(|seen| (seen.path.clone(), seen.text("authorization").unwrap())).collect();
    let expected: Vec<_> = ["Bearer secret", basic, basic]
        .into_iter()
        .flat_map(|value| ["/feed", "/near", "/back"].map(|path| (path.to_owned(), value.to_owned())))
        .collect();
    assert_eq!(seen, expected);
    for seen in other.requests() {
        assert_eq!(seen.names(), ["accept", "accept-encoding", "host", "user-agent"]);
    }
}

#[test]
fn e23_secrets_go_along_from_http_to_https_of_the_same_host() {
    let (plain, secure) = (Server::start(), Server::with_tls());
    plain.route("/feed", Answer::redirect(301, "https://a.test/feed"));
    plain.route("/elsewhere", Answer::redirect(301, &secure.url_at("a.test", "/feed")));
    plain.route("/other", Answer::redirect(301, &secure.url("/feed")));
    secure.route("/feed", Answer::feed("x"));
    let (first, second) = (plain.address(), secure.address());
    let ask = |path: &str, change: &dyn Fn(&mut Request)| {
        secure.forget();
        let mut options = options();
        options.authorities = vec![include_bytes!("tls/authority.der").to_vec()];
        // Without a port in the address: that of http, then that of https.
        let asked = AtomicUsize::new(0);
        options.hosts = Hosts::by(move |_| Some(vec![if asked.fetch_add(1, Ordering::SeqCst) == 0 { first } else { second }]));
        let mut request = Request::feed(format!("http://a.test{path}"));
        request.headers = vec![("X-Token".to_owned(), "secret".to_owned())];
        change(&mut request);
        assert_eq!(send(options, request).unwrap().body, b"x");
        secure.requests().pop().unwrap()
    };
    let seen = ask("/feed", &|request| request.basic = Some(("me".to_owned(), "secret".to_owned())));
    assert_eq!((seen.text("authorization").as_deref(), seen.text("x-token").as_deref()), (Some("Basic bWU6c2VjcmV0"), Some("secret")));
    let seen = ask("/feed", &|request| request.headers.push(("Authorization".to_owned(), "Bearer secret".to_owned())));
    assert_eq!(seen.text("authorization").as_deref(), Some("Bearer secret"));
    let seen = ask("/feed", &|request| request.url = "http://me:secret@a.test/feed".to_owned());
    assert_eq!(seen.text("authorization").as_deref(), Some("Basic bWU6c2VjcmV0"));
    // Another port of the same host, another host: https alone is no reason.
    for path in ["/elsewhere", "/other"] {
        let seen = ask(path, &|request| request.basic = Some(("me".to_owned(), "secret".to_owned())));
        assert_eq!(seen.names(), ["accept", "accept-encoding", "host", "user-agent"], "{path}");
    }
}

#[test]
fn e24_everything_shares_the_gate() {
    let time = Manual::at(NOW);
    let server = Server::with_time(&time);
    server.route("/feed", Answer::feed("x").gather(2, 30));
    server.route("/page", Answer::page("x").gather(2, 30));
    server.route("/ping", Answer::status(204).gather(2, 30));
    let port = server.address().port();
    server.route("/old", Answer::redirect(302, &format!("http://b.test:{port}/feed")).gather(2, 30));
    let mut options = options();
    options.clock = Clock::Manual(time);
    options.hosts = named(&server, &["a.test", "b.test"]);
    let mut ping = Request::page(server.url_at("a.test", "/ping"));
    ping.form = Some(vec![("hub.mode".to_owned(), "publish".to_owned()), ("hub.url".to_owned(), "https://a.example/?x=1&y=新".to_owned())]);
    let requests = vec![
        Request::feed(server.url_at("a.test", "/feed")),
        Request::page(server.url_at("a.test", "/page")),
        ping,
        // The redirect leads to a host of its own, whose distance counts as well.
        Request::feed(server.url_at("a.test", "/old")),
        Request::feed(server.url_at("b.test", "/feed")),
    ];
    for answer in send_all(options, requests) {
        answer.unwrap();
    }
    for host in ["a.test", "b.test"] {
        let mut starts: Vec<i64> = server.requests().iter().filter(|seen| seen.host() == host).map(|seen| seen.millis.unwrap()).collect();
        starts.sort_unstable();
        assert!(starts.windows(2).all(|pair| pair[1] - pair[0] >= 1000), "{host}: {starts:?}");
        assert!(starts.len() >= 2);
    }
    let ping = server.requests_to("/ping").pop().unwrap();
    assert_eq!(ping.method, "POST");
    assert_eq!(ping.text("content-type").as_deref(), Some("application/x-www-form-urlencoded"));
    assert_eq!(ping.body, b"hub.mode=publish&hub.url=https%3A%2F%2Fa.example%2F%3Fx%3D1%26y%3D%E6%96%B0");
}

#[test]
fn http2_is_spoken_where_the_server_does() {
    run(async {
        let server = http2::start(|seen, respond| {
            let path = seen.uri().path();
            let answer = http::Response::builder().header("etag", "\"1\"");
            match path {
                "/old" => drop(respond.send_response(answer.status(302).header("location", "/feed").body(()).unwrap(), true)),
                "/feed" if seen.headers().contains_key("if-none-match") => {
                    drop(respond.send_response(answer.status(304).body(()).unwrap(), true));
                }
                "/feed" => {
                    let head = answer.header("content-encoding", "gzip").header("content-type", "text/xml").body(()).unwrap();
                    let mut body = respond.send_response(head, false).unwrap();
                    body.send_data(http2::Body::new(gzip(b"<rss/>")), true).unwrap();
                }
                "/half" => {
                    let mut body = respond.send_response(answer.body(()).unwrap(), false).unwrap();
                    body.send_data(http2::Body::new(b"<rss>".to_vec()), false).unwrap();
                    body.send_reset(h2::Reason::INTERNAL_ERROR);
                }
                _ => respond.send_reset(h2::Reason::REFUSED_STREAM),
            }
        })
        .await;
        let mut options = options();
        options.authorities = vec![include_bytes!("tls/authority.der").to_vec()];
        let client = Client::new(options).unwrap();
        let url = |path: &str| format!("https://{}{path}", server.address);
        // What HTTP/1.1 says of the connection is not said here, where it would be a mistake (RFC 9113 §8.2.2).
        let mut request = Request::feed(url("/old"));
        request.is_last = true;
        let first = client.send(request).await.unwrap();
        assert_eq!((first.url.clone(), first.body.as_slice(), first.media_type.as_deref()), (url("/feed"), &b"<rss/>"[..], Some("text/xml")));
        let second = client.send(with_validators(&url("/feed"), &first)).await.unwrap();
        assert_eq!((second.status, second.etag.as_deref()), (304, Some(&b"\"1\""[..])));
        let half = client.send(Request::feed(url("/half"))).await.unwrap_err();
        let refused = client.send(Request::feed(url("/refused"))).await.unwrap_err();
        assert_eq!(half.to_string(), "expected HTTP, found: stream error received: unexpected internal error encountered");
        assert!(matches!(refused, Failure::Protocol(_)), "{refused:?}");
        let seen = server.seen.lock().unwrap();
        let paths: Vec<&str> = seen.iter().map(|seen| seen.uri().path()).collect();
        assert_eq!(paths, ["/old", "/feed", "/feed", "/half", "/refused"], "once each");
        let names = |at: usize| seen[at].headers().keys().map(|name| name.as_str().to_owned()).collect::<BTreeSet<String>>();
        let usual = ["accept", "accept-encoding", "user-agent"].map(str::to_owned);
        assert_eq!(names(0), usual.into());
        assert!(names(2).contains("if-none-match"));
        assert_eq!(server.connections.load(Ordering::SeqCst), 1);
    })
    .unwrap();
}

#[test]
fn s_ssrf_by_redirect() {
    let server = Server::start();
    let inside = Server::start_at("127.0.0.2");
    inside.route("/secret", Answer::feed("secret"));
    let port = inside.address().port();
    let places = [
        inside.url("/secret"),
        format!("http://127.2:{port}/secret"),
        format!("http://0x7f000002:{port}/secret"),
        format!("http://2130706434:{port}/secret"),
        format!("http://0177.0.0.02:{port}/secret"),
        format!("http://[::ffff:127.0.0.2]:{port}/secret"),
        format!("http://[64:ff9b::7f00:2]:{port}/secret"),
        format!("http://localhost:{port}/secret"),
        format!("http://a.localhost.:{port}/secret"),
        format!("http://inside.test:{port}/secret"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://[::1]/".to_owned(),
        "http://[fd00:ec2::254]/".to_owned(),
        "http://10.0.0.1/".to_owned(),
        "http://0/".to_owned(),
    ];
    for place in &places {
        server.route("/feed", Answer::redirect(302, place));
        let mut options = public_and(&server);
        options.hosts = [("inside.test", SocketAddr::new(inside.address().ip(), 0))].into_iter().collect();
        let failure = get(options.clone(), &server.url("/feed")).unwrap_err();
        assert!(matches!(failure, Failure::Refused(_)), "{place}: {failure}");
        assert!(matches!(get(options, place), Err(Failure::Refused(_))), "{place}, asked for at once");
    }
    assert!(inside.requests().is_empty());
    assert_eq!(inside.connections(), 0);
    assert_eq!(server.requests().len(), places.len());
    // The test would see it: with permission the same way leads inside.
    server.route("/feed", Answer::redirect(302, &places[0]));
    assert_eq!(ok(&server.url("/feed")).body, b"secret");
}

#[test]
fn s_ssrf_by_rebinding() {
    let server = Server::start();
    server.route("/feed", Answer::feed("public"));
    let inside = Server::start_at("127.0.0.2");
    inside.route("/feed", Answer::feed("secret"));
    let (public, private) = (server.address(), inside.address());
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let mut options = public_and(&server);
    options.hosts = Hosts::by(move |_| Some(vec![if counter.fetch_add(1, Ordering::SeqCst) == 0 { public } else { private }]));
    run(async {
        let client = Client::new(options).unwrap();
        let mut request = Request::feed("http://flip.test/feed");
        request.is_last = true;
        assert_eq!(client.send(request.clone()).await.unwrap().body, b"public");
        assert_eq!(asked.load(Ordering::SeqCst), 1, "the name is looked up once: what was checked is what is connected to");
        let failure = client.send(request).await.unwrap_err();
        assert_eq!(failure.to_string(), "expected a public http(s) address, found `flip.test`, which is 127.0.0.2");
    })
    .unwrap();
    assert_eq!(inside.connections(), 0);

    // Of several addresses only those are tried that may be.
    let mut options = public_and(&server);
    options.hosts = Hosts::by(move |_| Some(vec![private, public]));
    assert_eq!(get(options, "http://both.test/feed").unwrap().body, b"public");
    assert_eq!(inside.connections(), 0);
}

#[test]
fn s_ssrf_by_ipv6_forms() {
    let options = || {
        let mut options = options();
        options.allow_private = false;
        options
    };
    for address in [
        "::1",
        "::",
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "::127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b:1::127.0.0.1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "2001:db8::1",
        "100::1",
    ] {
        let failure = get(options(), &format!("http://[{address}]/")).unwrap_err();
        assert!(matches!(failure, Failure::Refused(_)), "{address}: {failure}");
        // The same behind a name.
        let mut options = options();
        options.hosts = [("six.test", SocketAddr::new(address.parse().unwrap(), 80))].into_iter().collect();
        let failure = get(options, "http://six.test/").unwrap_err();
        assert!(matches!(failure, Failure::Refused(_)), "{address}: {failure}");
    }
}

#[test]
fn s_one_client_constructor() {
    fn look(folder: &std::path::Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                look(&path, found);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
                let makes = ["reqwest::Client::", "reqwest::get", "reqwest::blocking", "ClientBuilder", "TcpStream", "Client::builder"];
                if makes.iter().any(|word| line.contains(word)) {
                    found.push(format!("{}: {}", path.file_name().unwrap().to_string_lossy(), line.trim()));
                }
            }
        }
    }
    let mut found = Vec::new();
    look(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert_eq!(found, ["client.rs: let builder = reqwest::Client::builder()"]);
}

#[test]
fn s_local_file_read() {
    let server = Server::start();
    let places = [
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "FILE:/etc/passwd",
        "data:text/xml,<rss/>",
        "ftp://127.0.0.1/feed",
        "gopher://127.0.0.1:70/_x",
        "jar:http://127.0.0.1/!/",
        "unix:/run/docker.sock",
    ];
    for place in places {
        assert!(matches!(get(options(), place), Err(Failure::Refused(_))), "{place}");
        server.route("/feed", Answer::redirect(302, place));
        assert!(matches!(get(options(), &server.url("/feed")), Err(Failure::Refused(_))), "{place}");
    }
    for place in ["/etc/passwd", "../../etc/passwd", "", "http://", "http:///", "feed.xml"] {
        assert!(get(options(), place).is_err(), "{place}");
    }
    // These are on the web wherever they lead.
    server.route("/feed", Answer::redirect(302, "../../../../etc/passwd"));
    server.route("/etc/passwd", Answer::feed("of the server"));
    assert_eq!(ok(&server.url("/feed")).body, b"of the server");
}

/// 10 MB that are 10 GB when unpacked: a thousand times the same block, which refers to nothing before it.
fn bomb(out: &mut dyn Write) -> std::io::Result<()> {
    let mut packer = flate2::Compress::new(flate2::Compression::best(), false);
    let mut block = Vec::with_capacity(100_000);
    packer.compress_vec(&vec![b' '; 10_000_000], &mut block, flate2::FlushCompress::Full).unwrap();
    out.write_all(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])?;
    (0..1000).try_for_each(|_| out.write_all(&block))
}

#[test]
fn s_decompression_bomb() {
    let server = Server::start();
    server.route("/gzip", Answer::stream(bomb).header("Content-Encoding", "gzip"));
    let zeros = vec![b' '; 11 * 1024 * 1024];
    server.route("/br", Answer::feed(zeros.as_slice()).brotli());
    assert_eq!(get(options(), &server.url("/br")), Err(Failure::TooLarge { limit: 10 * 1024 * 1024 }));
    assert!(server.sent() < 100_000, "it is small on the way: {}", server.sent());
    assert_eq!(get(options(), &server.url("/gzip")), Err(Failure::TooLarge { limit: 10 * 1024 * 1024 }));
    assert!(server.sent() < 10_000_000, "it is not read to its end: {}", server.sent());

    // Packed twice, a few hundred bytes.
    for (encoding, packed) in [("gzip, gzip", gzip(&gzip(&zeros))), ("gzip, br", brotli(&gzip(&zeros))), ("br, gzip", gzip(&brotli(&zeros)))] {
        assert!(packed.len() < 2000, "{encoding}: {}", packed.len());
        server.route("/twice", Answer::feed(packed).header("Content-Encoding", encoding));
        assert_eq!(get(options(), &server.url("/twice")), Err(Failure::TooLarge { limit: 10 * 1024 * 1024 }), "{encoding}");
    }
    // What gives nothing has an end, too: empty blocks, empty members.
    let empty = gzip(b"");
    server.route(
        "/empty",
        Answer::stream(move |out| {
            loop {
                out.write_all(&empty.repeat(100))?;
            }
        })
        .header("Content-Encoding", "gzip"),
    );
    let nothing = |out: &mut dyn Write| {
        out.write_all(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])?;
        let blocks = [0, 0, 0, 0xff, 0xff].repeat(2000);
        loop {
            out.write_all(&blocks)?;
        }
    };
    server.route("/nothing", Answer::stream(nothing).header("Content-Encoding", "gzip"));
    for path in ["/empty", "/nothing"] {
        let failure = get(options(), &server.url(path)).unwrap_err();
        assert!(matches!(failure, Failure::Protocol(_)), "{path}: {failure}");
    }
}

#[test]
fn s_a_body_at_the_limit_is_whole() {
    let server = Server::start();
    for answer in [|body: Vec<u8>| Answer::feed(body), |body: Vec<u8>| Answer::feed(body).chunked(), |body: Vec<u8>| Answer::feed(body).gzip()] {
        for (length, fits) in [(99_999, true), (100_000, true), (100_001, false)] {
            server.route("/feed", answer(vec![b'x'; length]));
            let mut options = options();
            options.limit = 100_000;
            match get(options, &server.url("/feed")) {
                Ok(answer) => assert!(fits && answer.body.len() == length),
                Err(failure) => assert!(!fits && failure == Failure::TooLarge { limit: 100_000 }, "{failure}"),
            }
        }
    }
}

#[test]
fn s_endless_body() {
    let server = Server::start();
    server.route("/feed", Answer::endless());
    assert_eq!(get(options(), &server.url("/feed")), Err(Failure::TooLarge { limit: 10 * 1024 * 1024 }));
    // An error's page is not read at all.
    server.route_by("/error", |_| Answer::status(500).claim(u64::MAX / 2).stall(0));
    assert_eq!(get(impatient(), &server.url("/error")).unwrap().status, 500);
}

#[test]
fn s_lying_content_length() {
    let server = Server::start();
    let ask = |answer: Answer| {
        server.route("/feed", answer);
        get(impatient(), &server.url("/feed"))
    };
    assert_eq!(ask(Answer::feed("small").claim(10_000_000_000_u64)), Err(Failure::TooLarge { limit: 10 * 1024 * 1024 }));
    // More is promised than comes: that is not the feed.
    assert!(matches!(ask(Answer::feed("small").claim(1000).close()), Err(Failure::Connect { .. })));
    assert!(matches!(ask(Answer::feed("small").claim(1000)), Err(Failure::Timeout { .. })));
    // Less is promised: no more is read, and what is left over does not become the next answer.
    assert_eq!(ask(Answer::feed("small and large").claim(5)).unwrap().body, b"small");
    for nonsense in ["-5", "five", "0x10", "5, 6", "99999999999999999999999"] {
        assert!(matches!(ask(Answer::feed("small").claim(nonsense)), Err(Failure::Protocol(_))), "{nonsense}");
    }
    // What is packed may be longer or shorter than what is said of the whole.
    assert_eq!(ask(Answer::feed(vec![b'x'; 5_000_000]).gzip()).unwrap().body.len(), 5_000_000);
}

#[test]
fn s_slow_servers_are_left() {
    let server = Server::start();
    let ask = |answer: Answer| {
        server.route("/feed", answer);
        get(impatient(), &server.url("/feed")).unwrap_err()
    };
    let what = |failure: Failure| match failure {
        Failure::Timeout { what, .. } => what,
        other => panic!("{other}"),
    };
    assert_eq!(what(ask(Answer::silence())), "an answer from");
    assert_eq!(what(ask(Answer::feed(vec![b'x'; 5000]).stall(2000))), "more of the answer from");
    assert_eq!(what(ask(Answer::feed(vec![b'x'; 5000]).chunked().gzip().stall(10))), "more of the answer from");
    // Each byte comes in time, and the whole does not. Its head, too.
    let in_head = Answer::feed("").header("X-Long", vec![b'x'; 5000]).drip(20);
    assert!(matches!(what(ask(in_head)), "an answer from" | "the whole answer from"));
    server.route("/feed", Answer::feed(vec![b'x'; 50_000]).drip(1));
    let mut patient = impatient();
    patient.read_timeout = Duration::from_secs(5);
    assert_eq!(what(get(patient, &server.url("/feed")).unwrap_err()), "the whole answer from");
    // A redirect does not begin the time anew, and its target is as slow.
    server.route("/old", Answer::redirect(302, "/slow"));
    server.route("/slow", Answer::silence());
    assert_eq!(what(get(impatient(), &server.url("/old")).unwrap_err()), "an answer from");
}

#[test]
fn s_garbage_is_no_answer() {
    let server = Server::start();
    let long_head = format!("HTTP/1.1 200 OK\r\nX-Long: {}\r\n\r\n", "x".repeat(2_000_000));
    let many_headers = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X: y\r\n".repeat(20_000));
    let cases: &[(&[u8], bool)] = &[
        (b"hello\r\n\r\n", true),
        (b"<rss version='2.0'></rss>", true),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07\xff\xfe\r\n\r\n", true),
        (b"HTTP/9.9 200 OK\r\n\r\n", true),
        (b"HTTP/1.1 20 OK\r\n\r\n", true),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", true),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain", true),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 5\r\n\r\n\xff\xff\xff\xff\xff", true),
        (long_head.as_bytes(), true),
        (many_headers.as_bytes(), true),
        // Broken off.
        (b"", false),
        (b"HTTP/1.1 200", false),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", false),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n", false),
    ];
    for (bytes, is_garbage) in cases {
        server.route("/feed", Answer::raw(*bytes));
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]);
        match get(options(), &server.url("/feed")) {
            Err(Failure::Protocol(_)) if *is_garbage => {}
            Err(Failure::Connect { .. }) if !is_garbage => {}
            // A server that says much and closes may be cut off by the system.
            Err(Failure::Connect { .. }) if bytes.len() > 100_000 => {}
            other => panic!("{shown}: {other:?}"),
        }
    }
    // Mistakes of servers that everybody reads.
    for bytes in [
        "HTTP/1.0 200 OK\r\n\r\nx",
        "HTTP/1.1 200\r\nConnection: close\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nbad name: 1\r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.1 200 OK\nContent-Length: 1\n\nx",
        "HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nX-Folded: a\r\n b\r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.1 200 \u{4e2d}\u{6587}\r\nContent-Length: 1\r\n\r\nx",
    ] {
        server.route("/feed", Answer::raw(bytes));
        assert_eq!(get(options(), &server.url("/feed")).map(|answer| answer.body), Ok(b"x".to_vec()), "{bytes:?}");
    }
}

#[test]
fn s_a_closed_connection_is_a_failure() {
    let server = Server::start();
    for answer in [
        Answer::feed(vec![b'x'; 5000]).cut(2000),
        Answer::feed(vec![b'x'; 5000]).chunked().cut(2000),
        Answer::feed(vec![b'x'; 500_000]).gzip().cut(100),
        Answer::feed(vec![b'x'; 5000]).cut(0),
    ] {
        server.route("/feed", answer);
        let failure = get(options(), &server.url("/feed")).unwrap_err();
        assert!(matches!(failure, Failure::Connect { .. }), "{failure:?}");
    }
    // Nobody is there.
    let gone = server.url("/feed");
    let port = server.address().port();
    drop(server);
    let failure = get(options(), &gone).unwrap_err();
    let Failure::Connect { host, why } = failure else { panic!("{failure}") };
    assert_eq!(host, format!("127.0.0.1:{port}"));
    assert!(why.contains("refused"), "{why}");
}

#[test]
fn s_a_name_without_an_address_is_said_to_be_that() {
    let mut options = options();
    options.hosts = Hosts::by(|_| Some(Vec::new()));
    assert_eq!(
        get(options, "http://nowhere.test/").unwrap_err().to_string(),
        "expected an address for nowhere.test, found none: the name has no address"
    );
}

#[test]
fn s_certificates_are_always_checked() {
    let server = Server::with_tls();
    server.route("/feed", Answer::feed("x"));
    let trusting = || {
        let mut options = options();
        options.authorities = vec![include_bytes!("tls/authority.der").to_vec()];
        options.hosts = named(&server, &["a.test", "b.test"]);
        options
    };
    assert_eq!(get(trusting(), &server.url_at("a.test", "/feed")).unwrap().body, b"x");
    assert_eq!(get(trusting(), &server.url("/feed")).unwrap().body, b"x");
    let port = server.address().port();
    assert_eq!(
        get(trusting(), &server.url_at("b.test", "/feed")).unwrap_err().to_string(),
        format!("expected a trusted connection to b.test:{port}, found a certificate for another name")
    );
    assert_eq!(
        get(options(), &server.url("/feed")).unwrap_err().to_string(),
        format!("expected a trusted connection to 127.0.0.1:{port}, found a certificate that is signed by nobody whom this machine trusts")
    );
    assert_eq!(server.requests().len(), 2);
    let plain = Server::start();
    let failure = get(options(), &plain.url("/").replace("http:", "https:")).unwrap_err();
    assert!(matches!(failure, Failure::Tls { .. }), "{failure:?}");
}

#[test]
fn failures_are_told_in_words_for_people() {
    let (server, secure, own) = (Server::start(), Server::with_tls(), Server::with_tls_of_its_own());
    let (address, gone) = (server.address(), Server::start().address());
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = silent.local_addr().unwrap();
    server.route("/nothing", Answer::raw(""));
    server.route("/half", Answer::feed("x").claim(100).close());
    server.route("/chunks", Answer::feed(vec![b'x'; 5000]).chunked().cut(2000));
    server.route("/other", Answer::raw("SSH-2.0-OpenSSH\r\n\r\n"));
    server.route("/never", Answer::silence());
    let proxy = format!("http://me:secret@{gone}");
    let socks = format!("socks5h://me:secret@{gone}");
    let cases = [
        (None, format!("http://{gone}/"), format!("expected a connection to {gone}, found: Connection refused")),
        (None, format!("https://{gone}/"), format!("expected a connection to {gone}, found: Connection refused")),
        (None, server.url("/nothing"), format!("expected a connection to {address}, found: it was closed before an answer came")),
        (None, server.url("/half"), format!("expected a connection to {address}, found: it was closed before the whole answer came")),
        (None, server.url("/chunks"), format!("expected a connection to {address}, found: it was closed before the whole answer came")),
        (None, server.url("/other"), "expected HTTP, found: invalid HTTP version".to_owned()),
        (None, server.url("/never"), format!("expected an answer from {address} within 1 s, found none")),
        (None, format!("https://{silent}/"), format!("expected a connection to {silent} within 1 s, found none")),
        (None, format!("https://{address}/"), format!("expected a trusted connection to {address}, found something that does not speak TLS")),
        (
            None,
            secure.url("/"),
            format!("expected a trusted connection to {}, found a certificate that is signed by nobody whom this machine trusts", secure.address()),
        ),
        (
            None,
            own.url("/"),
            format!(
                "expected a trusted connection to {}, found the certificate of an authority, or one that is signed by itself, instead of a server's",
                own.address()
            ),
        ),
        (Some(&proxy), "http://a.example/".to_owned(), "expected a connection to a.example through the proxy, found: Connection refused".to_owned()),
        (
            Some(&socks),
            "https://a.example/".to_owned(),
            "expected a connection to a.example through the proxy, found: the proxy cannot be reached".to_owned(),
        ),
    ];
    for (proxy, url, expected) in cases {
        let mut options = options();
        options.connect_timeout = Duration::from_millis(200);
        options.read_timeout = Duration::from_millis(900);
        let mut request = Request::feed(url);
        request.proxy = proxy.cloned();
        assert_eq!(send(options, request).unwrap_err().to_string(), expected);
    }
}

#[test]
fn s_where_the_system_trusts_nobody_the_authorities_that_came_along_do() {
    const BARE: &str = "FEEDLOOM_TEST_BARE";
    if std::env::var_os(BARE).is_some() {
        let server = Server::with_tls();
        let failure = get(options(), &server.url("/feed")).unwrap_err();
        assert!(failure.to_string().ends_with("a certificate that is signed by nobody whom this machine trusts"), "{failure}");
        let mut own = options();
        own.authorities = vec![include_bytes!("tls/authority.der").to_vec()];
        assert_eq!(get(own, &server.url("/feed")).unwrap().status, 404);
        return;
    }
    // The same test in a process that sees no certificates.
    let name = "network::s_where_the_system_trusts_nobody_the_authorities_that_came_along_do";
    let mut bare = std::process::Command::new(std::env::current_exe().unwrap());
    bare.args(["--exact", name]).env(BARE, "1").env("SSL_CERT_FILE", "/nowhere/certs.pem").env_remove("SSL_CERT_DIR");
    let output = bare.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
fn s_a_proxy_leads_nowhere_private_by_number() {
    let proxy = Server::start();
    proxy.route("/feed", Answer::feed("by proxy"));
    proxy.route("/away", Answer::redirect(302, "http://10.0.0.1/"));
    let strict = |url: &str| {
        let mut options = options();
        options.allow_private = false;
        let mut request = Request::feed(url);
        request.proxy = Some(format!("http://me:secret@{}", proxy.address()));
        send(options, request)
    };
    // The proxy is on this machine because the user said so; it resolves the name.
    assert_eq!(strict("http://example.test/feed").unwrap().body, b"by proxy");
    let seen = proxy.requests().pop().unwrap();
    assert_eq!(seen.target, "http://example.test/feed");
    assert_eq!(seen.text("proxy-authorization").as_deref(), Some("Basic bWU6c2VjcmV0"));
    for url in ["http://127.0.0.1/", "http://[::1]/", "http://localhost/", "http://example.test/away"] {
        assert!(matches!(strict(url), Err(Failure::Refused(_))), "{url}");
    }
    // Of a proxy that wants addresses, names are resolved here, and checked.
    let mut local = options();
    local.allow_private = false;
    local.hosts = named(&proxy, &["inside.test"]);
    let mut request = Request::feed("http://inside.test/feed");
    request.proxy = Some(format!("socks5://{}", proxy.address()));
    let failure = send(local, request).unwrap_err();
    assert!(matches!(failure, Failure::Refused(_)), "{failure}");
}

#[test]
fn s_secrets_are_not_in_messages() {
    let server = Server::start();
    server.route("/token-secret", Answer::raw("garbage\r\n\r\n"));
    let gone = Server::start().address();
    let mut failures = Vec::new();
    let mut ask = |change: &dyn Fn(&mut Request)| {
        let mut request = Request::feed(server.url("/token-secret?key=secret").replace("http://", "http://me:secret@"));
        change(&mut request);
        let shown = format!("{request:?} {:?}", options());
        failures.push(send(options(), request).unwrap_err().to_string());
        failures.push(shown.replace("/token-secret?key=secret", "").replace("me:secret@", ""));
    };
    ask(&|_| ());
    ask(&|request| request.headers = vec![("Authorization".to_owned(), "secret\r\nX: 1".to_owned())]);
    ask(&|request| request.headers = vec![("Host".to_owned(), "secret".to_owned())]);
    ask(&|request| request.headers = vec![("bad name".to_owned(), "secret".to_owned())]);
    ask(&|request| request.proxy = Some(format!("http://me:secret@{gone}")));
    ask(&|request| request.proxy = Some("secret".to_owned()));
    ask(&|request| request.proxy = Some("ftp://me:secret@example.org".to_owned()));
    ask(&|request| request.proxy = Some(format!("socks5h://me:secret@{gone}")));
    assert_eq!(failures.len(), 16);
    for failure in failures {
        assert!(!failure.contains("secret"), "{failure}");
    }
}

#[test]
fn s_a_header_cannot_change_the_message() {
    let server = Server::start();
    server.route("/feed", Answer::feed("x"));
    for (name, value) in [
        ("Host", "other"),
        ("Content-Length", "5"),
        ("Transfer-Encoding", "chunked"),
        ("Connection", "upgrade"),
        ("X-A", "1\r\nX-B: 2"),
        ("X-A\r\nX-B", "1"),
        ("", "1"),
    ] {
        let mut request = Request::feed(server.url("/feed"));
        request.headers = vec![(name.to_owned(), value.to_owned())];
        assert!(matches!(send(options(), request), Err(Failure::Request(_))), "{name}");
    }
    let mut request = Request::feed(server.url("/feed"));
    request.agent_suffix = Some("x\r\nX-B: 2".to_owned());
    assert!(matches!(send(options(), request), Err(Failure::Request(_))));
    assert!(server.requests().is_empty());
    // The user's own word goes before ours.
    let mut request = Request::feed(server.url("/feed"));
    request.headers = vec![("User-Agent".to_owned(), "mine".to_owned()), ("Accept".to_owned(), "text/xml".to_owned())];
    send(options(), request).unwrap();
    let seen: Seen = server.requests().pop().unwrap();
    assert_eq!((seen.text("user-agent").as_deref(), seen.text("accept").as_deref()), (Some("mine"), Some("text/xml")));
}
