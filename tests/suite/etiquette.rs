//! How sources are asked over time: the whole of `fetch` against a server, with a store and a time that is moved by hand. What holds for a
//! single request is in `network.rs`.

use crate::server::{Answer, Seen, Server};
use feedloom::clock::{Clock, Manual};
use feedloom::http;
use feedloom::pipeline::fetch::{Done, Event, Options, Outcome, fetch};
use feedloom::source::list::{DAY, HOUR, MINUTE, Source};
use feedloom::source::schedule::Wait;
use feedloom::source::state::{FailureKind, State};
use feedloom::source::store::{Channel, Retention, Save, Saved, Sqlite, Store, StoreError, StoredEntry};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// A planet: a server, a time and a store.
struct Planet {
    server: Server,
    time: Manual,
    store: Sqlite,
    sources: Vec<Source>,
    run: u32,
}

const START: i64 = 1_750_000_000;

impl Planet {
    fn new(paths: &[&str]) -> Self {
        let time = Manual::at(START);
        let server = Server::with_time(&time);
        let sources = paths.iter().map(|path| Source::new(server.url(path))).collect();
        Self { server, time, store: Sqlite::in_memory().unwrap(), sources, run: 0 }
    }

    /// Lets time pass, in seconds.
    fn wait(&self, seconds: i64) {
        self.time.advance_to(self.time.millis() + seconds * 1000);
    }

    fn now(&self) -> i64 {
        self.time.millis() / 1000
    }

    fn options(&mut self) -> Options {
        self.run += 1;
        let clock = Clock::Manual(self.time.clone());
        let mut network = http::Options::default();
        network.allow_private = true;
        network.clock = clock.clone();
        Options::new(self.sources.clone(), network, format!("run {}", self.run), clock)
    }

    fn fetch(&mut self) -> Outcome {
        let options = self.options();
        fetch(&options, &mut self.store, &mut |_| ()).unwrap()
    }

    fn force(&mut self) -> Outcome {
        let mut options = self.options();
        options.force = true;
        fetch(&options, &mut self.store, &mut |_| ()).unwrap()
    }

    fn state(&mut self) -> State {
        let url = self.sources[0].url.clone();
        self.store.states(&[&url]).unwrap().remove(0)
    }

    /// How many requests there were since this was last asked.
    fn asked(&self) -> usize {
        let count = self.server.requests().len();
        self.server.forget();
        count
    }

    fn ids(&mut self) -> Vec<String> {
        let keys: Vec<String> = self.sources.iter().map(|source| source.url.clone()).collect();
        let mut ids = Vec::new();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        self.store.each_entry(&keys, &mut |stored| ids.push(stored.entry.id.as_str().to_owned())).unwrap();
        ids
    }
}

fn rss(ids: &[&str]) -> String {
    let item = |id: &&str| format!("<item><guid>urn:x:{id}</guid><title>{id}</title><link>https://e.cn/{id}</link></item>");
    let items = ids.iter().map(item).collect::<Vec<_>>().concat();
    format!("<rss version='2.0'><channel><title>站</title><link>https://e.cn/</link>{items}</channel></rss>")
}

fn one() -> Answer {
    Answer::feed(rss(&["1"])).etag("\"1\"")
}

#[test]
fn e04_validators_are_those_of_the_latest_answer() {
    let mut planet = Planet::new(&["/feed"]);
    let both = one().last_modified("Mon, 01 Jan 2024 00:00:00 GMT").unconditional();
    planet.server.route_in_turn(
        "/feed",
        vec![both, Answer::feed(rss(&["1", "2"])).etag("\"2\"").unconditional(), Answer::feed(rss(&["1"])).unconditional(), one()],
    );
    for _ in 0..4 {
        planet.fetch();
        planet.wait(3 * DAY);
    }
    let seen = planet.server.requests();
    let sent: Vec<_> = seen.iter().map(|seen| (seen.text("if-none-match"), seen.text("if-modified-since"))).collect();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(sent, [(None, None), (text("\"1\""), text("Mon, 01 Jan 2024 00:00:00 GMT")), (text("\"2\""), None), (None, None)]);
}

#[test]
fn e05_a_304_replaces_the_validators_that_it_carries() {
    let mut planet = Planet::new(&["/feed"]);
    let same = Answer::status(304).etag("\"new\"");
    planet.server.route_in_turn("/feed", vec![one().last_modified("x"), same, Answer::status(304)]);
    for _ in 0..3 {
        planet.fetch();
        planet.wait(2 * DAY);
    }
    let seen = planet.server.requests();
    assert_eq!(seen[2].text("if-none-match").as_deref(), Some("\"new\""));
    assert_eq!(seen[2].text("if-modified-since").as_deref(), Some("x"), "what it does not carry stays");
}

#[test]
fn e06_the_second_request_is_conditional() {
    let mut planet = Planet::new(&["/feed"]);
    planet.server.route("/feed", one());
    assert!(matches!(planet.fetch().reports[0].result, Done::Stored { entries: 1, .. }));
    planet.wait(2 * HOUR);
    assert_eq!(planet.fetch().reports[0].result, Done::Unchanged);
    assert_eq!(planet.server.requests()[1].text("if-none-match").as_deref(), Some("\"1\""));
}

#[test]
fn e08_validators_are_kept_only_with_what_they_vouch_for() {
    let mut planet = Planet::new(&["/feed"]);
    planet.server.route_in_turn("/feed", vec![Answer::feed("<html><title>Maintenance</title></html>").etag("\"1\""), one()]);
    let outcome = planet.fetch();
    assert!(matches!(&outcome.reports[0].result, Done::Failed(failure) if failure.kind == FailureKind::NotAFeed), "{:?}", outcome.reports);
    planet.wait(2 * DAY);
    planet.fetch();
    assert_eq!(planet.server.requests()[1].header("if-none-match"), None, "nothing was stored");
    assert_eq!(planet.ids(), ["urn:x:1"]);
}

#[test]
fn e08_a_feed_that_breaks_off_is_asked_for_whole_again() {
    let whole = rss(&["1", "2", "3"]);
    let cut = |at: &str| whole.split_once(at).unwrap().0.to_owned();
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[{"id":"urn:x:1"},{"id":"urn:x:2","ti"#.to_owned();
    for half in [cut("<title>3"), cut("</channel>"), json] {
        let mut planet = Planet::new(&["/feed"]);
        // The connection ends the body, so that nobody can know that it breaks off.
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nETag: \"1\"\r\nConnection: close\r\n\r\n";
        planet.server.route_in_turn("/feed", vec![Answer::raw(format!("{head}{half}")), Answer::feed(whole.clone()).etag("\"1\"")]);
        planet.fetch();
        planet.wait(2 * DAY);
        planet.fetch();
        assert_eq!(planet.ids(), ["urn:x:1", "urn:x:2", "urn:x:3"], "{half}");
    }
}

#[test]
fn e07_a_304_to_who_said_nothing_is_no_answer() {
    let mut planet = Planet::new(&["/feed"]);
    planet.server.route_in_turn("/feed", vec![Answer::status(304).etag("\"1\""), one()]);
    let outcome = planet.fetch();
    assert!(matches!(&outcome.reports[0].result, Done::Failed(failure) if failure.status == Some(304)), "{:?}", outcome.reports);
    planet.wait(2 * DAY);
    planet.fetch();
    assert_eq!(planet.server.requests()[1].header("if-none-match"), None);
    assert_eq!(planet.ids(), ["urn:x:1"]);
}

#[test]
fn e09_failures_keep_validators_and_entries() {
    let failures = [Answer::status(404), Answer::status(500), Answer::raw("garbage"), Answer::feed("no feed"), Answer::status(429)];
    for failure in failures {
        let mut planet = Planet::new(&["/feed"]);
        planet.server.route_in_turn("/feed", vec![one(), failure, Answer::status(304)]);
        for _ in 0..3 {
            planet.fetch();
            planet.wait(3 * DAY);
        }
        let seen = planet.server.requests();
        assert_eq!(seen[2].text("if-none-match").as_deref(), Some("\"1\""));
        assert_eq!(planet.ids(), ["urn:x:1"]);
        assert_eq!(planet.state().failure, None);
    }
}

#[test]
fn e10_nothing_is_asked_while_it_is_fresh() {
    for (header, value) in [("Cache-Control", "max-age=36000"), ("Expires", "Sun, 15 Jun 2025 10:06:40 GMT")] {
        let mut planet = Planet::new(&["/feed"]);
        let fresh = |answer: Answer| answer.header(header, value).header("Date", "Sun, 15 Jun 2025 00:06:40 GMT");
        // The second answer says nothing new about freshness.
        planet.server.route_in_turn("/feed", vec![fresh(one()), Answer::status(304), one()]);
        planet.fetch();
        for round in 0..2 {
            planet.asked();
            for _ in 0..9 {
                planet.wait(HOUR);
                assert!(matches!(planet.fetch().reports[0].result, Done::Later { .. }), "{header}");
            }
            assert_eq!(planet.asked(), 0, "{header}, round {round}");
            planet.wait(3 * HOUR);
            planet.fetch();
            assert_eq!(planet.asked(), 1, "{header}, round {round}");
        }
    }
}

#[test]
fn e10_no_cache_means_ask_with_validators() {
    let mut planet = Planet::new(&["/feed"]);
    planet.server.route("/feed", one().header("Cache-Control", "no-cache"));
    planet.fetch();
    planet.wait(2 * HOUR);
    assert_eq!(planet.fetch().reports[0].result, Done::Unchanged);
}

#[test]
fn e11_an_hour_passes_between_two_requests_and_a_day_without_validators() {
    for (answer, early, late) in [(one(), 59 * MINUTE, 2 * HOUR), (Answer::feed(rss(&["1"])), 23 * HOUR, 27 * HOUR)] {
        let mut planet = Planet::new(&["/feed"]);
        planet.server.route("/feed", answer);
        planet.fetch();
        planet.wait(early);
        planet.fetch();
        assert_eq!(planet.asked(), 1);
        planet.wait(late - early);
        planet.fetch();
        assert_eq!(planet.asked(), 1);
    }
    let mut planet = Planet::new(&["/feed"]);
    planet.server.route("/feed", one());
    planet.sources[0].interval = Some(5 * MINUTE);
    let outcome = planet.fetch();
    assert!(outcome.findings.iter().any(|finding| finding.code.as_str() == "FL709"), "{:?}", outcome.findings);
    planet.wait(30 * MINUTE);
    planet.fetch();
    assert_eq!(planet.asked(), 1, "the floor holds");
    let mut planet = Planet::new(&["/feed"]);
    planet.server.route("/feed", Answer::feed(rss(&["1"])));
    planet.sources[0].interval = Some(2 * HOUR);
    assert!(planet.fetch().findings.iter().any(|finding| finding.code.as_str() == "FL709"), "a wish for less than a day is warned of");
}

#[test]
fn e12_another_run_does_not_ask_early() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join(".feedloom/store.sqlite");
    let mut planet = Planet::new(&["/feed"]);
    planet.server.route("/feed", one());
    for _ in 0..3 {
        planet.store = Sqlite::open(&file).unwrap();
        planet.fetch();
        planet.wait(10 * MINUTE);
    }
    assert_eq!(planet.asked(), 1);
}

#[test]
fn e13_a_server_that_wants_to_be_left_alone_is() {
    for (answer, until) in [
        (Answer::status(429).header("Retry-After", "7200"), 2 * HOUR),
        (Answer::status(503).header("Retry-After", "Sun, 15 Jun 2025 20:00:00 GMT").header("Date", "Sun, 15 Jun 2025 15:00:00 GMT"), 5 * HOUR),
        (Answer::status(429).header("Retry-After", "172800"), 2 * DAY),
    ] {
        let mut planet = Planet::new(&["/feed"]);
        planet.server.route_in_turn("/feed", vec![answer, one()]);
        planet.fetch();
        planet.wait(until - 10);
        planet.fetch();
        planet.force();
        assert_eq!(planet.asked(), 1, "not even by force");
        planet.wait(2 * DAY);
        planet.fetch();
        assert_eq!(planet.asked(), 1);
    }
}

#[test]
fn e14_one_address_that_is_busy_is_not_the_whole_host() {
    let mut planet = Planet::new(&["/a", "/b"]);
    planet.server.route("/a", Answer::status(429).header("Retry-After", "86400"));
    planet.server.route("/b", one());
    planet.fetch();
    planet.wait(2 * HOUR);
    planet.server.forget();
    planet.fetch();
    let paths: Vec<String> = planet.server.requests().into_iter().map(|seen| seen.path).collect();
    assert_eq!(paths, ["/b"]);
}

#[test]
fn e15_failures_are_asked_less_and_less_often() {
    for failure in [Answer::status(403), Answer::status(404), Answer::status(500), Answer::raw("x")] {
        let mut planet = Planet::new(&["/feed"]);
        planet.server.route("/feed", failure);
        let mut gaps = Vec::new();
        let mut last = START;
        for _ in 0..5 {
            planet.fetch();
            assert_eq!(planet.asked(), 1, "never again at once");
            let due = planet.state().due;
            gaps.push(due - last);
            planet.wait(due - planet.now());
            last = planet.now();
        }
        assert!(gaps[0] >= HOUR && gaps.windows(2).all(|pair| pair[1] > pair[0] * 9 / 10), "{gaps:?}");
        assert!(gaps[1] >= 3 * HOUR && *gaps.last().unwrap() >= 20 * HOUR && *gaps.last().unwrap() <= 2 * DAY, "{gaps:?}");
    }
}

#[test]
fn e16_what_is_gone_is_asked_no_more() {
    let mut planet = Planet::new(&["/feed"]);
    planet.server.route_in_turn("/feed", vec![one(), Answer::status(410), one()]);
    planet.fetch();
    planet.wait(2 * HOUR);
    let outcome = planet.fetch();
    assert!(outcome.findings.iter().any(|finding| finding.code.as_str() == "FL707"), "{:?}", outcome.findings);
    planet.asked();
    planet.wait(300 * DAY);
    assert_eq!(planet.fetch().reports[0].result, Done::Ended);
    assert_eq!(planet.asked(), 0);
    assert_eq!(planet.ids(), ["urn:x:1"], "what was stored stays");
    assert!(matches!(planet.force().reports[0].result, Done::Stored { .. } | Done::Unchanged), "by force it is asked");
}

#[test]
fn e16_a_permanent_redirect_is_adopted_when_it_lasts() {
    let mut planet = Planet::new(&["/old"]);
    let new = planet.server.url("/new");
    planet.server.route("/old", Answer::redirect(301, &new));
    planet.server.route("/new", one());
    let mut days = 0;
    while planet.state().moved_to.is_none() {
        planet.fetch();
        assert!(days < 30, "{:?}", planet.state());
        if planet.state().moved_to.is_none() {
            assert_eq!(planet.state().moving.unwrap().to, new, "the candidate is seen");
        }
        planet.wait(2 * DAY);
        days += 2;
    }
    assert!(days >= 7, "{days}");
    planet.server.forget();
    let outcome = planet.fetch();
    let paths: Vec<String> = planet.server.requests().into_iter().map(|seen| seen.path).collect();
    assert_eq!(paths, ["/new"]);
    assert_eq!(planet.server.requests()[0].text("if-none-match").as_deref(), Some("\"1\""), "the same address vouches");
    assert!(outcome.findings.iter().any(|finding| finding.code.as_str() == "FL708" && finding.message.contains("/new")));
}

#[test]
fn e16_no_other_redirect_is_adopted() {
    for status in [302, 303, 307] {
        let mut planet = Planet::new(&["/old"]);
        let new = planet.server.url("/new");
        planet.server.route("/old", Answer::redirect(status, &new));
        planet.server.route("/new", one());
        for _ in 0..10 {
            planet.fetch();
            planet.wait(2 * DAY);
        }
        assert_eq!((planet.state().moved_to, planet.state().moving), (None, None), "{status}");
    }
    // A way that is permanent in part is not permanent.
    let mut planet = Planet::new(&["/old"]);
    let (middle, new) = (planet.server.url("/middle"), planet.server.url("/new"));
    planet.server.route("/old", Answer::redirect(301, &middle));
    planet.server.route("/middle", Answer::redirect(302, &new));
    planet.server.route("/new", one());
    for _ in 0..10 {
        planet.fetch();
        planet.wait(2 * DAY);
    }
    assert_eq!((planet.state().moved_to, planet.state().moving), (None, None));
    // A permanent redirect to what is no feed is none.
    let mut planet = Planet::new(&["/old"]);
    let new = planet.server.url("/new");
    planet.server.route("/old", Answer::redirect(301, &new));
    planet.server.route("/new", Answer::page("<html>parked</html>"));
    for _ in 0..10 {
        planet.fetch();
        planet.wait(2 * DAY);
    }
    assert_eq!(planet.state().moved_to, None);
}

#[test]
fn e17_one_request_for_a_source_in_a_run() {
    let paths: Vec<String> = (0..30).map(|at| format!("/feed-{at}")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let mut planet = Planet::new(&paths);
    for (at, path) in paths.iter().enumerate() {
        let answer = match at % 4 {
            0 => one(),
            1 => Answer::status(500),
            2 => Answer::page("<html></html>"),
            _ => Answer::raw(""),
        };
        planet.server.route(path, answer);
    }
    planet.fetch();
    let mut seen: Vec<String> = planet.server.requests().into_iter().map(|seen| seen.path).collect();
    seen.sort();
    let mut expected: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
    expected.sort();
    assert_eq!(seen, expected, "no path is made up, none is asked twice");
}

#[test]
fn e18_the_order_is_another_one_in_each_run() {
    let hosts: Vec<String> = (1..20).map(|at| format!("h{at}.test")).collect();
    let mut planet = Planet::new(&[]);
    let address = planet.server.address();
    planet.server.route("/feed", one());
    planet.sources = hosts.iter().map(|host| Source::new(format!("http://{host}:{}/feed", address.port()))).collect();
    let mut orders = Vec::new();
    for _ in 0..2 {
        let mut options = planet.options();
        options.concurrency = 1;
        options.http.hosts = http::Hosts::by(move |_| Some(vec![address]));
        fetch(&options, &mut planet.store, &mut |_| ()).unwrap();
        orders.push(planet.server.requests().iter().map(Seen::host).collect::<Vec<_>>());
        planet.server.forget();
        planet.wait(3 * DAY);
    }
    assert_eq!(orders[0].len(), 19);
    assert_ne!(orders[0], orders[1]);
}

#[test]
fn e18_sources_of_one_host_keep_their_distance() {
    let mut planet = Planet::new(&[]);
    let address = planet.server.address();
    for at in 0..5 {
        planet.server.route(&format!("/{at}"), one());
    }
    planet.sources = (0..5).map(|at| Source::new(format!("http://a.test:{}/{at}", address.port()))).collect();
    let mut options = planet.options();
    options.http.hosts = http::Hosts::by(move |_| Some(vec![address]));
    fetch(&options, &mut planet.store, &mut |_| ()).unwrap();
    let times: Vec<i64> = planet.server.requests().iter().map(|seen| seen.millis.unwrap()).collect();
    assert_eq!(times.len(), 5);
    assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= 1000), "{times:?}");
    assert!(planet.server.requests().iter().all(|seen| seen.in_flight == 1));
}

#[test]
fn e22_what_is_new_is_added_to_what_is_there() {
    let mut planet = Planet::new(&["/feed"]);
    let delta = Answer::status(226).header("IM", "feed").header("Content-Type", "application/xml").etag("\"2\"").body(rss(&["2"]));
    planet.server.route_in_turn("/feed", vec![one(), delta, Answer::status(304)]);
    planet.fetch();
    planet.wait(2 * HOUR);
    planet.fetch();
    assert_eq!(planet.server.requests()[1].text("a-im").as_deref(), Some("feed"));
    assert_eq!(planet.ids(), ["urn:x:1", "urn:x:2"]);
    planet.wait(2 * HOUR);
    planet.fetch();
    assert_eq!(planet.server.requests()[2].text("if-none-match").as_deref(), Some("\"2\""));
    let (url, now, mut seen) = (planet.sources[0].url.clone(), planet.now(), Vec::new());
    planet.store.each_entry(&[&url], &mut |stored| seen.push(stored.last_seen)).unwrap();
    assert_eq!(seen, [now, now], "what was not sent again has not left the feed");
}

#[test]
fn e14_a_host_is_left_alone_for_no_longer_than_its_sources() {
    let mut planet = Planet::new(&[]);
    let address = planet.server.address();
    for at in 0..3 {
        planet.server.route(&format!("/{at}"), Answer::status(429).header("Retry-After", "30000000"));
    }
    planet.sources = (0..3).map(|at| Source::new(format!("http://a.test:{}/{at}", address.port()))).collect();
    let mut options = planet.options();
    options.http.hosts = http::Hosts::by(move |_| Some(vec![address]));
    let outcome = fetch(&options, &mut planet.store, &mut |_| ()).unwrap();
    assert_eq!(planet.asked(), 2, "the third is held back");
    let keys: Vec<&str> = planet.sources.iter().map(|source| source.url.as_str()).collect();
    assert!(planet.store.states(&keys).unwrap().iter().all(|state| state.not_before.is_some()), "the next run knows it, too");
    assert!(outcome.reports.iter().all(|report| report.state.not_before.unwrap() <= planet.now() + 31 * DAY), "{:?}", outcome.reports);
}

#[test]
fn e23_secrets_stay_behind_when_a_source_moves_to_another_host() {
    let mut planet = Planet::new(&[]);
    let address = planet.server.address();
    let at = |host: &str, path: &str| format!("http://{host}:{}{path}", address.port());
    planet.server.route("/old", Answer::redirect(301, &at("b.test", "/new")));
    planet.server.route("/new", one());
    let mut source = Source::new(at("a.test", "/old"));
    source.request.headers = vec![("X-Key".to_owned(), "secret".to_owned())];
    source.request.basic = Some(("me".to_owned(), "secret".to_owned()));
    planet.sources = vec![source];
    for _ in 0..8 {
        let mut options = planet.options();
        options.http.hosts = http::Hosts::by(move |_| Some(vec![address]));
        fetch(&options, &mut planet.store, &mut |_| ()).unwrap();
        planet.wait(3 * DAY);
    }
    assert_eq!(planet.state().moved_to, Some(at("b.test", "/new")));
    let names = |path: &str| {
        planet.server.requests_to(path).iter().filter(|seen| seen.header("x-key").is_some() && seen.header("authorization").is_some()).count()
    };
    assert!(names("/old") > 2);
    assert!(planet.server.requests_to("/new").iter().all(|seen| seen.header("x-key").is_none() && seen.header("authorization").is_none()));
}

#[test]
fn a_host_with_many_sources_stays_this_runs_own() {
    let mut planet = Planet::new(&[]);
    let address = planet.server.address();
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join(".feedloom/store.sqlite");
    let mut store = Sqlite::open(&file).unwrap();
    // How many are stored: the next answer waits for that, so that the time which is moved by hand does not run ahead.
    let stored = Arc::new((Mutex::new(0), Condvar::new()));
    let asked = AtomicUsize::new(0);
    let before = Arc::clone(&stored);
    let answer = Arc::new(move |_: &Seen| {
        let number = asked.fetch_add(1, Ordering::SeqCst);
        let count = before.0.lock().unwrap();
        drop(before.1.wait_timeout_while(count, Duration::from_secs(20), |count| *count < number).unwrap());
        one()
    });
    for at in 0..30 {
        let answer = Arc::clone(&answer);
        planet.server.route_by(&format!("/{at}"), move |seen| answer(seen));
    }
    planet.sources = (0..30).map(|at| Source::new(format!("http://a.test:{}/{at}", address.port()))).collect();
    let mut options = planet.options();
    options.http.hosts = http::Hosts::by(move |_| Some(vec![address]));
    // Half an hour for all of them.
    options.http.host_gap_ms = 60_000;
    let last = planet.sources[29].url.clone();
    let (time, mut was_free) = (planet.time.clone(), false);
    let mut events = |event: Event<'_>| {
        if matches!(event, Event::Done(_)) {
            *stored.0.lock().unwrap() += 1;
            stored.1.notify_all();
        }
        if matches!(event, Event::Done(report) if report.source < 29) {
            let now = time.millis() / 1000;
            // Another run, which begins now.
            was_free |= now > START + 4 * MINUTE && Sqlite::open(&file).unwrap().lease(&[&last], "other", now, now).unwrap()[0];
        }
    };
    fetch(&options, &mut store, &mut events).unwrap();
    assert!(planet.now() > START + 20 * MINUTE && !was_free);
}

/// A store to which something happens.
struct Meddled {
    store: Sqlite,
    /// Its disk is full.
    is_full: bool,
    /// What another run saves before this one takes its sources.
    before_lease: Option<Save>,
}

impl Store for Meddled {
    fn states(&mut self, sources: &[&str]) -> Result<Vec<State>, StoreError> {
        self.store.states(sources)
    }
    fn lease(&mut self, sources: &[&str], owner: &str, now: i64, until: i64) -> Result<Vec<bool>, StoreError> {
        let before: Vec<Save> = self.before_lease.take().into_iter().collect();
        self.store.save(&before, now, Retention::default())?;
        self.store.lease(sources, owner, now, until)
    }
    fn release(&mut self, owner: &str) -> Result<(), StoreError> {
        self.store.release(owner)
    }
    fn save(&mut self, saves: &[Save], now: i64, retention: Retention) -> Result<Vec<Saved>, StoreError> {
        if self.is_full && !saves.is_empty() { Err(StoreError::new("no space left", None)) } else { self.store.save(saves, now, retention) }
    }
    fn sources(&mut self) -> Result<Vec<String>, StoreError> {
        self.store.sources()
    }

    fn forget(&mut self, _: &str) -> Result<(), StoreError> {
        Ok(())
    }
    fn channels(&mut self, _: &[&str]) -> Result<BTreeMap<String, Channel>, StoreError> {
        Ok(BTreeMap::new())
    }
    fn counts(&mut self, _: &[&str]) -> Result<Vec<usize>, StoreError> {
        Ok(Vec::new())
    }
    fn each_entry(&mut self, _: &[&str], _: &mut dyn FnMut(StoredEntry)) -> Result<(), StoreError> {
        Ok(())
    }
    fn entry(&mut self, _: i64) -> Result<Option<StoredEntry>, StoreError> {
        Ok(None)
    }
    fn pinged(&mut self, _: &str) -> Result<BTreeMap<String, String>, StoreError> {
        Ok(BTreeMap::new())
    }
    fn set_pinged(&mut self, _: &str, _: &BTreeMap<String, String>) -> Result<(), StoreError> {
        Ok(())
    }
}

#[test]
fn a_store_that_fails_ends_the_run_and_frees_the_sources() {
    let mut planet = Planet::new(&["/good"]);
    let other = Server::start();
    other.route("/silent", Answer::silence());
    planet.server.route("/good", one());
    planet.sources.push(Source::new(other.url("/silent")));
    let began = std::time::Instant::now();
    let mut store = Meddled { store: Sqlite::in_memory().unwrap(), is_full: true, before_lease: None };
    let error = fetch(&planet.options(), &mut store, &mut |_| ()).unwrap_err();
    assert_eq!(error.to_string(), "no space left");
    assert!(began.elapsed().as_secs() < 10, "nobody waits for what cannot be stored");
    let silent = other.url("/silent");
    assert_eq!(store.lease(&[&silent], "another run", START, START + 1).unwrap(), [true]);
}

#[test]
fn what_another_run_has_asked_meanwhile_is_not_asked_again() {
    let mut planet = Planet::new(&["/feed"]);
    planet.server.route("/feed", one());
    let mut state = State::default();
    (state.last_asked, state.last_success, state.due) = (Some(START), Some(START), START + HOUR);
    let before_lease = Some(Save::new(planet.sources[0].url.clone(), state));
    let mut store = Meddled { store: Sqlite::in_memory().unwrap(), is_full: false, before_lease };
    let outcome = fetch(&planet.options(), &mut store, &mut |_| ()).unwrap();
    assert_eq!((&outcome.reports[0].result, planet.asked()), (&Done::Later { until: START + HOUR, why: Wait::Fresh }, 0));
}

#[test]
fn two_runs_at_once_ask_once() {
    let mut planet = Planet::new(&["/feed"]);
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join(".feedloom/store.sqlite");
    planet.server.route("/feed", one().gather(2, 300));
    let results: Vec<Done> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..2)
            .map(|_| {
                let options = planet.options();
                let file = file.clone();
                scope.spawn(move || fetch(&options, &mut Sqlite::open(&file).unwrap(), &mut |_| ()).unwrap().reports.remove(0).result)
            })
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    assert_eq!(planet.asked(), 1, "{results:?}");
    assert!(results.iter().any(|done| matches!(done, Done::Stored { .. })), "{results:?}");
    assert!(results.iter().any(|done| matches!(done, Done::Taken | Done::Later { .. })), "{results:?}");
}

#[test]
fn two_feeds_with_one_guid_do_not_touch_each_other() {
    let mut planet = Planet::new(&["/a", "/b"]);
    planet.server.route("/a", Answer::feed(rss(&["1"])));
    planet.server.route("/b", Answer::feed(rss(&["1"]).replace("<title>1", "<title>mine")));
    planet.fetch();
    assert_eq!(planet.ids(), ["urn:x:1", "urn:x:1"]);
}

#[test]
fn a_source_that_cannot_be_asked_says_why_and_nothing_is_sent() {
    let mut planet = Planet::new(&["/feed"]);
    planet.sources[0].problem = Some("expected the environment variable TOKEN to hold something, found nothing".to_owned());
    let outcome = planet.fetch();
    assert!(outcome.findings.iter().any(|finding| finding.code.as_str() == "FL701" && finding.message.contains("TOKEN")), "{:?}", outcome.findings);
    assert_eq!(planet.asked(), 0);
}

#[test]
fn a_source_may_fail_for_so_long_and_no_longer() {
    let mut planet = Planet::new(&["/feed"]);
    planet.sources[0].max_stale = 3 * DAY;
    planet.server.route_in_turn("/feed", vec![one(), Answer::status(500)]);
    assert!(!planet.fetch().is_stale);
    planet.wait(2 * DAY);
    assert!(!planet.fetch().is_stale);
    planet.wait(2 * DAY);
    let outcome = planet.fetch();
    assert!(outcome.is_stale && outcome.findings.iter().any(|finding| finding.code.as_str() == "FL706"), "{:?}", outcome.findings);
    assert_eq!(planet.ids(), ["urn:x:1"]);
}

#[test]
fn e07_a_source_behind_a_redirect_is_asked_for_what_changed_too() {
    for status in [301, 302, 307] {
        let mut planet = Planet::new(&["/old"]);
        let new = planet.server.url("/new");
        planet.server.route("/old", Answer::redirect(status, &new));
        planet.server.route("/new", one());
        planet.fetch();
        planet.wait(2 * HOUR);
        assert_eq!(planet.fetch().reports[0].result, Done::Unchanged, "{status}");
        assert!(planet.server.requests_to("/old").iter().all(|seen| seen.header("if-none-match").is_none()), "{status}");
    }
}
