//! The rules of polite fetching, one by one.

use super::*;

const NOW: i64 = 1_760_000_000;
const A: &str = "https://a.example/feed";
const B: &str = "https://b.example/feed";

fn source() -> Source {
    Source::new(A)
}

fn fresh(url: &str) -> Fresh {
    Fresh { etag: Some(b"W/\"1\"".to_vec()), last_modified: Some(b"Mon, 1 Jan".to_vec()), ..Fresh::from(url) }
}

fn step(state: &State, answer: &Answer, now: i64) -> State {
    after(state, answer, &source(), &Rules::default(), now)
}

fn fed() -> State {
    step(&State::default(), &Answer::Feed(fresh(A)), NOW)
}

fn failure(kind: FailureKind, retry_after: Option<i64>) -> Answer {
    Answer::Failed { failure: Failure::new(kind, "expected a feed, found none"), retry_after }
}

/// Seconds until it is due, without the jitter: 0 when that is too much or negative.
fn wait(state: &State, now: i64) -> i64 {
    let wait = state.due - now;
    [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, DAY, 2 * DAY, 7 * DAY, 31 * DAY]
        .into_iter()
        .find(|plain| (*plain..=plain + plain / 10).contains(&wait))
        .unwrap_or(0)
}

fn etag(state: &State) -> Option<&[u8]> {
    state.validators.etag.as_ref().map(|etag| etag.0.as_slice())
}

#[test]
fn e4_validators_are_those_of_the_latest_200_only() {
    let state = step(&fed(), &Answer::Feed(Fresh { etag: Some(b"\"2\"".to_vec()), ..Fresh::from(A) }), NOW);
    assert_eq!((etag(&state), &state.validators.last_modified), (Some(b"\"2\"".as_slice()), &None));
    assert!(step(&state, &Answer::Feed(Fresh::from(A)), NOW).validators.is_empty());
}

#[test]
fn e5_a_304_replaces_the_validators_that_it_names() {
    let state = step(&fed(), &Answer::NotModified(Fresh { etag: Some(b"\"2\"".to_vec()), ..Fresh::from(A) }), NOW);
    assert_eq!(etag(&state), Some(b"\"2\"".as_slice()));
    assert_eq!(state.validators.last_modified, Some(Opaque(b"Mon, 1 Jan".to_vec())));
    assert_eq!(step(&fed(), &Answer::NotModified(Fresh::from(A)), NOW).validators, fed().validators);
}

#[test]
fn e6_what_vouches_is_kept_from_the_first_answer_on() {
    let state = fed();
    assert_eq!(etag(&state), Some(b"W/\"1\"".as_slice()), "byte for byte");
    assert_eq!(state.validators.url, A);
}

#[test]
fn e7_validators_know_the_address_that_gave_them() {
    let elsewhere = step(&State::default(), &Answer::Feed(fresh(B)), NOW);
    assert_eq!((target(&source(), &elsewhere), elsewhere.validators.url.as_str()), (A, B), "a redirect led to B, and A is asked");
    let moved = State { moved_to: Some(B.to_owned()), ..elsewhere };
    assert_eq!(target(&source(), &moved), B);
}

#[test]
fn e9_errors_keep_validators_and_what_else_is_known() {
    use FailureKind as K;
    for kind in [K::Dns, K::Connect, K::Tls, K::Timeout, K::Blocked, K::NotFound, K::Gone, K::Busy, K::Server, K::NotAFeed, K::Configuration] {
        let before = State { wish: Some(DAY), fresh_for: Some(HOUR), title: Some("甲".to_owned()), ..fed() };
        let state = step(&before, &failure(kind, None), NOW + DAY);
        assert_eq!(
            (&state.validators, state.wish, state.fresh_for, &state.title, state.last_success),
            (&before.validators, before.wish, before.fresh_for, &before.title, before.last_success),
            "{kind:?}"
        );
        assert_eq!((state.failures, state.failing_since, state.stale_since()), (1, Some(NOW + DAY), Some(NOW)));
    }
}

#[test]
fn e10_nothing_is_asked_while_it_is_fresh() {
    let with = |fresh_for| Answer::Feed(Fresh { fresh_for, ..fresh(A) });
    for (fresh_for, expected) in
        [(None, HOUR), (Some(0), HOUR), (Some(60), HOUR), (Some(4 * HOUR), 4 * HOUR), (Some(365 * DAY), 7 * DAY), (Some(i64::MAX), 7 * DAY)]
    {
        let state = step(&State::default(), &with(fresh_for), NOW);
        assert_eq!(wait(&state, NOW), expected, "{fresh_for:?}");
        assert_eq!(is_due(&state, NOW + expected - 1, false), Due::Later { until: state.due, why: Wait::Fresh });
        assert_eq!(is_due(&state, state.due, false), Due::Now);
        assert_eq!(is_due(&state, NOW + 1, true), Due::Now, "forced");
    }
    // A 304 without a word about it is as fresh as the answer before; one with a word as it says; a 200 starts anew.
    let state = step(&State::default(), &with(Some(4 * HOUR)), NOW);
    let again = step(&state, &Answer::NotModified(Fresh::from(A)), NOW + DAY);
    assert_eq!(wait(&again, NOW + DAY), 4 * HOUR);
    let shorter = step(&again, &Answer::NotModified(Fresh { fresh_for: Some(0), ..Fresh::from(A) }), NOW);
    assert_eq!((wait(&shorter, NOW), shorter.fresh_for), (HOUR, Some(0)));
    assert_eq!(step(&state, &with(None), NOW).fresh_for, None);
}

#[test]
fn e11_wishes_lengthen_the_interval_and_never_shorten_it() {
    // (validators, configured interval, the feed's wish) → interval
    for (conditional, interval, wish, expected) in [
        (true, None, None, HOUR),
        (true, None, Some(60), HOUR),
        (true, None, Some(4 * HOUR), 4 * HOUR),
        (true, None, Some(i64::MAX), 7 * DAY),
        (true, Some(60), None, HOUR),
        (true, Some(2 * HOUR), Some(4 * HOUR), 4 * HOUR),
        (true, Some(4 * HOUR), Some(2 * HOUR), 4 * HOUR),
        (true, Some(31 * DAY), None, 31 * DAY),
        (false, None, None, DAY),
        (false, None, Some(2 * HOUR), DAY),
        (false, None, Some(2 * DAY), 2 * DAY),
        (false, Some(60), None, HOUR),
        (false, Some(4 * HOUR), None, 4 * HOUR),
        (true, Some(-5), Some(-5), HOUR),
    ] {
        let source = Source { interval, ..source() };
        let answer = Answer::Feed(Fresh { wish, ..if conditional { fresh(A) } else { Fresh::from(A) } });
        let state = after(&State::default(), &answer, &source, &Rules::default(), NOW);
        assert_eq!(super::interval(&state, &source, &Rules::default()), expected, "{conditional} {interval:?} {wish:?}");
        assert!(state.due >= NOW + expected && state.due <= NOW + expected + expected / 10);
    }
    // Behind a redirect they serve as well.
    assert_eq!(wait(&step(&State::default(), &Answer::Feed(fresh(B)), NOW), NOW), HOUR);
    let strict = Rules { floor: 4 * HOUR, ..Rules::default() };
    assert_eq!(wait(&after(&State::default(), &Answer::Feed(fresh(A)), &source(), &strict, NOW), NOW), 4 * HOUR);
}

#[test]
fn e12_a_schedule_survives_being_stored() {
    let state = step(&step(&fed(), &failure(FailureKind::Busy, Some(7200)), NOW + DAY), &failure(FailureKind::Timeout, None), NOW + 2 * DAY);
    let back: State = serde_json::from_str(&serde_json::to_string(&state).unwrap()).unwrap();
    assert_eq!(back, state);
    assert_eq!(is_due(&back, NOW + 2 * DAY + 60, false), Due::Later { until: state.due, why: Wait::Failed });
}

#[test]
fn e13_retry_after_holds_even_when_forced() {
    for kind in [FailureKind::Busy, FailureKind::Server, FailureKind::Blocked] {
        let state = step(&fed(), &failure(kind, Some(2 * DAY)), NOW);
        assert_eq!((wait(&state, NOW), state.not_before), (2 * DAY, Some(NOW + 2 * DAY)));
        assert_eq!(is_due(&state, NOW + 2 * DAY - 1, true), Due::Later { until: NOW + 2 * DAY, why: Wait::Asked });
        assert_eq!(is_due(&state, NOW + 2 * DAY, true), Due::Now);
    }
    // (Retry-After, failures before) → wait
    for (asked, before, expected) in [
        (Some(60), 0, HOUR),
        (Some(60), 9, HOUR),
        (Some(0), 0, HOUR),
        (Some(-1), 0, HOUR),
        (Some(i64::MAX), 0, 31 * DAY),
        (None, 0, HOUR),
        (None, 9, DAY),
    ] {
        let state = step(&State { failures: before, ..fed() }, &failure(FailureKind::Busy, asked), NOW);
        assert_eq!(wait(&state, NOW), expected, "{asked:?} {before}");
    }
    let state = step(&fed(), &failure(FailureKind::Busy, Some(DAY)), NOW);
    assert_eq!(step(&state, &Answer::Feed(fresh(A)), NOW + 2 * DAY).not_before, None);
    assert_eq!(step(&state, &failure(FailureKind::Timeout, None), NOW + 2 * DAY).not_before, None);
}

#[test]
fn e13_waits_are_spread_and_repeatable() {
    let due = |url: &str, count: u32| later(NOW, 10 * HOUR, url, count) - NOW - 10 * HOUR;
    let all: Vec<i64> = (0..200).map(|n| due(&format!("https://{n}.example/"), 1)).collect();
    assert!(all.iter().all(|jitter| (0..=HOUR).contains(jitter)));
    let parts: std::collections::BTreeSet<i64> = all.iter().map(|jitter| jitter / 360).collect();
    assert!(parts.len() >= 9, "{parts:?}");
    assert_eq!(due(A, 1), due(A, 1));
    assert_ne!(due(A, 1), due(A, 2));
    assert_eq!(later(i64::MAX - 5, i64::MAX, A, 0), i64::MAX);
}

#[test]
fn e14_two_addresses_of_a_public_host_speak_for_all_of_it() {
    let mut blocks = HostBlocks::default();
    blocks.note("https://r.example.org/1", NOW + 600);
    blocks.note("https://r.example.org/1", NOW + 700);
    assert_eq!(blocks.until("https://r.example.org/9", NOW), None, "one address speaks for itself");
    blocks.note("https://r.example.org/2", NOW + 60);
    assert_eq!(blocks.until("https://R.example.org:443/9", NOW), Some(NOW + 60), "until then they agree");
    assert_eq!(blocks.until("https://r.example.org/9", NOW + 60), None);
    for other in ["https://s.example.org/9", "https://r.example.org:8443/9", "mailto:a@r.example.org"] {
        assert_eq!(blocks.until(other, NOW), None, "{other}");
    }
    for private in [
        "http://127.0.0.1:80",
        "http://10.1.2.3",
        "http://192.168.0.1",
        "http://172.16.0.1",
        "http://169.254.1.1",
        "http://100.64.0.1",
        "http://[::1]",
        "http://[fd00::1]",
        "http://[fe80::1]",
        "http://[::ffff:127.0.0.1]",
        "http://localhost",
        "http://rsshub",
        "http://nas.local",
        "http://0.0.0.0",
    ] {
        for path in ["1", "2"] {
            blocks.note(&format!("{private}/{path}"), NOW + 600);
        }
        assert_eq!(blocks.until(&format!("{private}/3"), NOW), None, "{private}");
    }
    let held = held_back(&fed(), NOW + DAY);
    assert_eq!(is_due(&held, NOW + 1, true), Due::Later { until: NOW + DAY, why: Wait::Asked });
    assert_eq!((held.failures, held.failure), (0, None));
}

#[test]
fn e15_failures_back_off_and_are_never_tried_again_at_once() {
    use FailureKind as K;
    for kind in
        [K::Dns, K::Connect, K::Tls, K::Timeout, K::Refused, K::Unauthorised, K::Blocked, K::NotFound, K::Busy, K::Server, K::NotAFeed, K::TooLarge]
    {
        let (mut state, mut now, mut waits) = (fed(), NOW, Vec::new());
        for _ in 0..7 {
            state = step(&state, &failure(kind, None), now);
            waits.push(wait(&state, now) / HOUR);
            now = state.due;
        }
        assert_eq!(waits, [1, 4, 8, 16, 24, 24, 24], "{kind:?}");
        let well = step(&state, &Answer::NotModified(Fresh::from(A)), now);
        assert_eq!((well.failures, well.failing_since, &well.failure, wait(&well, now)), (0, None, &None, HOUR));
    }
    // Nobody was asked, so that nobody has to be spared.
    let unset = step(&State { due: 0, ..fed() }, &failure(K::Configuration, None), NOW + DAY);
    assert_eq!((is_due(&unset, NOW + DAY, false), unset.last_asked, unset.failures), (Due::Now, Some(NOW), 1));
}

#[test]
fn e16_gone_stops_until_it_is_forced() {
    let gone = step(&fed(), &failure(FailureKind::Gone, None), NOW);
    assert_eq!(is_due(&gone, NOW + 365 * DAY, false), Due::Ended);
    assert_eq!(is_due(&gone, NOW + 1, true), Due::Now);
    assert!(step(&gone, &failure(FailureKind::Timeout, None), NOW).gone);
    let back = step(&gone, &Answer::Feed(fresh(A)), NOW);
    assert_eq!((back.gone, is_due(&back, back.due, false)), (false, Due::Now));
}

fn redirected(to: &str) -> Answer {
    Answer::Feed(Fresh { permanent_to: Some(to.to_owned()), ..fresh(to) })
}

/// What is adopted after these days, each with an answer.
fn adopted(source: &Source, answers: &[(i64, Answer)]) -> Option<String> {
    let state = answers.iter().fold(State::default(), |state, (day, answer)| after(&state, answer, source, &Rules::default(), NOW + day * DAY));
    state.moved_to
}

#[test]
fn e16_permanent_redirects_are_adopted_when_they_last() {
    let b = || redirected(B);
    let temporary = Answer::Feed(fresh(B));
    let cases = [
        ("often and long enough", vec![(0, b()), (3, b()), (7, b())], Some(B)),
        ("not often enough", vec![(0, b()), (9, b())], None),
        ("not long enough", vec![(0, b()), (1, b()), (2, b()), (3, b()), (6, b())], None),
        ("another target in between", vec![(0, b()), (3, redirected("https://c.example/")), (7, b()), (8, b())], None),
        ("another way in between", vec![(0, b()), (3, Answer::Feed(fresh(A))), (7, b()), (8, b())], None),
        ("a temporary hop in between", vec![(0, b()), (3, temporary.clone()), (7, b()), (8, b())], None),
        ("temporary", vec![(0, temporary.clone()), (3, temporary.clone()), (9, temporary)], None),
        ("a failure in between", vec![(0, b()), (3, failure(FailureKind::Timeout, None)), (4, b()), (7, b())], Some(B)),
        (
            "from https to http",
            vec![(0, redirected("http://a.example/feed")), (3, redirected("http://a.example/feed")), (9, redirected("http://a.example/feed"))],
            None,
        ),
    ];
    for (what, answers, expected) in cases {
        assert_eq!(adopted(&source(), &answers).as_deref(), expected, "{what}");
    }
    let state = step(&fed(), &b(), NOW);
    assert_eq!(state.moving, Some(Moving { to: B.to_owned(), since: NOW, sightings: 1 }));
}

#[test]
fn e16_https_is_adopted_sooner() {
    let plain = Source::new("http://a.example/feed?x=1");
    let to = |to: &str| vec![(0, redirected(to)), (1, redirected(to))];
    assert_eq!(adopted(&plain, &to("https://a.example/feed?x=1")).as_deref(), Some("https://a.example/feed?x=1"));
    for other in ["https://a.example/feed", "https://www.a.example/feed?x=1", "https://a.example/other?x=1", "https://a.example:8443/feed?x=1"] {
        assert_eq!(adopted(&plain, &to(other)), None, "{other}");
    }
    let at_once = vec![(0, redirected("https://a.example/feed?x=1")), (0, redirected("https://a.example/feed?x=1"))];
    assert_eq!(adopted(&plain, &at_once), None);
}

#[test]
fn e16_the_configured_address_has_the_word_when_the_adopted_one_is_lost() {
    let moved = State { moved_to: Some(B.to_owned()), ..step(&State::default(), &Answer::Feed(fresh(B)), NOW) };
    for kind in [FailureKind::NotFound, FailureKind::Gone, FailureKind::Dns] {
        let state = step(&moved, &failure(kind, None), NOW);
        assert_eq!((target(&source(), &state), state.gone), (A, false), "{kind:?}");
        assert_ne!(is_due(&state, state.due, false), Due::Ended);
    }
    assert_eq!(step(&moved, &failure(FailureKind::Timeout, None), NOW).moved_to.as_deref(), Some(B));
    // It redirects back for long enough.
    let back = [0, 3, 7].iter().fold(moved, |state, day| step(&state, &redirected(A), NOW + day * DAY));
    assert_eq!((back.moved_to, back.moving), (None, None));
}

#[test]
fn what_a_wrong_clock_planned_holds_for_nothing() {
    let state = State { not_before: Some(NOW + 400 * DAY), ..step(&fed(), &Answer::Feed(fresh(A)), NOW + 365 * DAY) };
    assert_eq!(is_due(&state, NOW, false), Due::Now);
    assert_eq!(is_due(&State { gone: true, ..state }, NOW, false), Due::Ended);
    // Nor does any number overflow.
    for now in [i64::MIN, i64::MAX] {
        let state = step(&fed(), &failure(FailureKind::Busy, Some(i64::MAX)), now);
        let _ = is_due(&step(&state, &redirected(B), now), now, false);
    }
}
