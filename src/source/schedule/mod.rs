//! When a source is asked, where, and what is remembered of the answer.
//!
//! In: the state of a source, an answer, the time. Out: the state from now on. Pure: asks no clock and no network, so that every rule
//! is a line in a table of the tests.
//!
//! RFC 9110 (conditional requests, `Retry-After`), RFC 9111 (freshness). The numbers E4 to E16 in the tests are the rules of polite
//! fetching that each stands for.

use super::list::{DAY, HOUR, Seconds, Source};
use super::state::{Failure, FailureKind, Moving, Opaque, State, Validators};
use std::collections::BTreeMap;
use url::{Host, Url};

/// How often sources are asked at most, and how far servers are obeyed. Seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rules {
    /// No source is asked more often, whatever it wishes.
    pub floor: Seconds,
    /// Nor one that must be sent whole each time, because it gave nothing to ask with. Whoever configures an interval for such a source
    /// knows what it costs: then that counts, down to `floor`.
    pub floor_unconditional: Seconds,
    /// `Retry-After` counts up to here; more is taken for a mistake.
    pub longest_wait: Seconds,
    /// `max-age`, `Expires` and the feed's own wish count up to here: a year is what static hosts say of all their files, and a feed
    /// that is asked once a year is none.
    pub longest_fresh: Seconds,
    /// After a failure, how long until the next try: the first, the second …; the last one stays.
    pub backoff: [Seconds; 5],
    /// A permanent redirect is adopted when it was seen so often …
    pub adopt_sightings: u32,
    /// … and for so long.
    pub adopt_after: Seconds,
    /// The same for one that only leads from `http:` to `https:`.
    pub upgrade_sightings: u32,
    /// The same.
    pub upgrade_after: Seconds,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            floor: HOUR,
            floor_unconditional: DAY,
            longest_wait: 31 * DAY,
            longest_fresh: 7 * DAY,
            backoff: [HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, DAY],
            adopt_sightings: 3,
            adopt_after: 7 * DAY,
            upgrade_sightings: 2,
            upgrade_after: DAY,
        }
    }
}

/// What came of asking.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Answer {
    /// A feed that was read.
    Feed(Fresh),
    /// 304: what is stored is what there is.
    NotModified(Fresh),
    /// Neither.
    Failed {
        /// How.
        failure: Failure,
        /// `Retry-After`, in seconds from now.
        retry_after: Option<Seconds>,
    },
}

/// What an answer says besides the feed.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Fresh {
    /// The address that gave it.
    pub url: String,
    /// The same, if redirects led there and every one was permanent (301, 308).
    pub permanent_to: Option<String>,
    /// `ETag`
    pub etag: Option<Vec<u8>>,
    /// `Last-Modified`
    pub last_modified: Option<Vec<u8>>,
    /// For how many seconds it is fresh from now (RFC 9111 §4.2); 0: it must be revalidated each time.
    pub fresh_for: Option<Seconds>,
    /// The feed's own wish for the time between two requests; of a feed that was read.
    pub wish: Option<Seconds>,
    /// What the feed calls itself; of a feed that was read.
    pub title: Option<String>,
}

impl Fresh {
    /// An answer of this address that says nothing else.
    pub fn from(url: impl Into<String>) -> Self {
        Self { url: url.into(), ..Self::default() }
    }
}

/// Whether a source is asked now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Due {
    /// It is.
    Now,
    /// Not before that instant.
    Later {
        /// Unix seconds.
        until: i64,
        /// Why.
        why: Wait,
    },
    /// It has ended, said its server (410); asked again only when forced.
    Ended,
}

/// Why a source is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wait {
    /// Its server asked for it (`Retry-After`); holds when forced too.
    Asked,
    /// It failed.
    Failed,
    /// It was asked a short while ago, or its answer is still fresh.
    Fresh,
}

impl Wait {
    /// In words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "its server asked to wait",
            Self::Failed => "it failed",
            Self::Fresh => "it was asked a short while ago",
        }
    }
}

/// Whether a source is asked now; `force` overrides everything but what its server asked for.
pub fn is_due(state: &State, now: i64, force: bool) -> Due {
    // What was planned by a clock that went wrong holds for nothing.
    if state.last_asked.is_some_and(|asked| asked > now.saturating_add(DAY)) {
        return if state.gone && !force { Due::Ended } else { Due::Now };
    }
    match state.not_before.filter(|until| *until > now) {
        Some(until) => Due::Later { until, why: Wait::Asked },
        None if force => Due::Now,
        None if state.gone => Due::Ended,
        None if state.due > now => Due::Later { until: state.due, why: if state.failure.is_some() { Wait::Failed } else { Wait::Fresh } },
        None => Due::Now,
    }
}

/// Which address is asked. What vouches for the entries is sent with the request, wherever on the way the address is that gave it.
pub fn target<'a>(source: &'a Source, state: &'a State) -> &'a str {
    state.moved_to.as_deref().unwrap_or(&source.url)
}

/// The state after an answer.
#[must_use]
pub fn after(state: &State, answer: &Answer, source: &Source, rules: &Rules, now: i64) -> State {
    let mut next = state.clone();
    // Without an environment variable nobody was asked.
    let was_asked = !matches!(answer, Answer::Failed { failure, .. } if failure.kind == FailureKind::Configuration);
    next.first_asked.get_or_insert(now);
    if was_asked {
        next.last_asked = Some(now);
    }
    match answer {
        Answer::Feed(fresh) => {
            next.validators =
                Validators { url: fresh.url.clone(), etag: opaque(fresh.etag.as_ref()), last_modified: opaque(fresh.last_modified.as_ref()) };
            next.fresh_for = fresh.fresh_for;
            next.wish = fresh.wish;
            next.title = fresh.title.clone().or(next.title);
            succeeded(&mut next, fresh, source, rules, now);
        }
        Answer::NotModified(fresh) => {
            // RFC 9111 §4.3.4: what a 304 says replaces what was said before, and the rest stays.
            next.validators.etag = opaque(fresh.etag.as_ref()).or(next.validators.etag);
            next.validators.last_modified = opaque(fresh.last_modified.as_ref()).or(next.validators.last_modified);
            next.fresh_for = fresh.fresh_for.or(next.fresh_for);
            succeeded(&mut next, fresh, source, rules, now);
        }
        Answer::Failed { failure, retry_after } => failed(&mut next, failure, *retry_after, source, rules, now),
    }
    next
}

/// The state of a source that was not asked because others of its host wait (see [`HostBlocks`]).
#[must_use]
pub fn held_back(state: &State, until: i64) -> State {
    let mut next = state.clone();
    next.not_before = next.not_before.max(Some(until));
    next.due = next.due.max(until);
    next
}

fn opaque(bytes: Option<&Vec<u8>>) -> Option<Opaque> {
    bytes.cloned().map(Opaque)
}

fn succeeded(next: &mut State, fresh: &Fresh, source: &Source, rules: &Rules, now: i64) {
    next.last_success = Some(now);
    next.failures = 0;
    next.failing_since = None;
    next.failure = None;
    next.gone = false;
    next.not_before = None;
    moved(next, fresh, source, rules, now);
    let wait = interval(next, source, rules).max(next.fresh_for.unwrap_or(0).min(rules.longest_fresh));
    next.due = later(now, wait, &source.url, 0);
}

/// The time between two requests, but for freshness.
fn interval(state: &State, source: &Source, rules: &Rules) -> Seconds {
    let floor = if !state.validators.is_empty() || source.interval.is_some() { rules.floor } else { rules.floor_unconditional.max(rules.floor) };
    floor.max(source.interval.unwrap_or(0)).max(state.wish.unwrap_or(0).min(rules.longest_fresh))
}

/// Permanent redirects: seen, seen again, adopted. Any other way to the feed starts it anew.
fn moved(next: &mut State, fresh: &Fresh, source: &Source, rules: &Rules, now: i64) {
    let asked = next.moved_to.as_deref().unwrap_or(&source.url);
    let is_downgrade = |to: &str| is_https(asked) && !is_https(to);
    let to = fresh.permanent_to.as_ref().filter(|to| !is_same(to, asked) && !is_downgrade(to));
    let Some(to) = to else {
        next.moving = None;
        return;
    };
    let mut moving = match next.moving.take().filter(|moving| is_same(&moving.to, to)) {
        Some(moving) => moving,
        None => Moving { to: to.clone(), since: now, sightings: 0 },
    };
    moving.sightings = moving.sightings.saturating_add(1);
    let (sightings, wait) =
        if is_upgrade(asked, to) { (rules.upgrade_sightings, rules.upgrade_after) } else { (rules.adopt_sightings, rules.adopt_after) };
    if moving.sightings >= sightings && now.saturating_sub(moving.since) >= wait {
        next.moved_to = Some(moving.to).filter(|to| !is_same(to, &source.url));
    } else {
        next.moving = Some(moving);
    }
}

fn failed(next: &mut State, failure: &Failure, retry_after: Option<Seconds>, source: &Source, rules: &Rules, now: i64) {
    next.failures = next.failures.saturating_add(1);
    next.failing_since.get_or_insert(now);
    next.failure = Some(failure.clone());
    // Nobody was asked, or not yet: once it is set right (a variable, --allow-private) nothing is in the way.
    if failure.kind == FailureKind::Configuration || failure.kind == FailureKind::Refused && next.last_success.is_none() {
        return;
    }
    next.not_before = None;
    let is_lost = matches!(failure.kind, FailureKind::Gone | FailureKind::NotFound | FailureKind::Dns);
    if next.moved_to.is_some() && is_lost {
        // The adopted address was a dead end; the configured one has the word again.
        next.moved_to = None;
        next.moving = None;
    } else if failure.kind == FailureKind::Gone {
        next.gone = true;
    }
    let step = usize::try_from(next.failures.saturating_sub(1)).unwrap_or(usize::MAX);
    let backoff = rules.backoff.get(step).or(rules.backoff.last()).copied().unwrap_or(DAY).max(rules.floor);
    let asked = retry_after.map(|wait| wait.clamp(0, rules.longest_wait));
    let wait = match asked {
        // It says when it can be asked: neither earlier nor, for a guess of ours, much later.
        Some(asked) if failure.kind == FailureKind::Busy => asked.max(rules.floor),
        Some(asked) => asked.max(backoff),
        None => backoff,
    };
    next.not_before = asked.filter(|asked| *asked > 0).map(|asked| now.saturating_add(asked));
    next.due = later(now, wait, &source.url, next.failures);
}

/// `wait` from now, and up to a tenth of it more, so that thousands of sources are not due at one instant. The same source and count
/// give the same.
fn later(now: i64, wait: Seconds, url: &str, count: u32) -> i64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(url.as_bytes()).update(&count.to_le_bytes());
    let share = hasher.finalize().as_bytes().first().copied().map_or(0, i64::from);
    let jitter = (wait / 10).saturating_mul(share) / 255;
    now.saturating_add(wait).saturating_add(jitter)
}

/// Whether two addresses are one, however they are spelt. A fragment is not sent.
fn is_same(one: &str, other: &str) -> bool {
    let parsed = |url: &str| {
        let mut url = Url::parse(url).ok()?;
        url.set_fragment(None);
        Some(url)
    };
    one == other || parsed(one).is_some_and(|one| Some(one) == parsed(other))
}

fn is_https(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| url.scheme() == "https")
}

/// Whether the second address is the first over https, and nothing else.
fn is_upgrade(from: &str, to: &str) -> bool {
    let (Ok(from), Ok(to)) = (Url::parse(from), Url::parse(to)) else { return false };
    let rest = |url: &Url| (url.host_str().map(ToOwned::to_owned), url.path().to_owned(), url.query().map(ToOwned::to_owned));
    from.scheme() == "http" && to.scheme() == "https" && from.port().is_none() && to.port().is_none() && rest(&from) == rest(&to)
}

/// Hosts that asked to be left alone, for one run. One address that says `Retry-After` speaks for itself; two of one host speak for all
/// of it, if it is a public one: behind a private address there are often many services that have nothing to do with each other.
#[derive(Clone, Debug, Default)]
pub struct HostBlocks {
    /// For each host and port: until when, by address.
    asked: BTreeMap<String, BTreeMap<String, i64>>,
}

impl HostBlocks {
    /// An address said `Retry-After`: until then (Unix seconds).
    pub fn note(&mut self, url: &str, until: i64) {
        if let Some(host) = public_host(url) {
            let last = self.asked.entry(host).or_default().entry(url.to_owned()).or_insert(until);
            *last = until.max(*last);
        }
    }

    /// Until when this address has to wait for its host: as long as all agree that spoke for it. `None`: it need not, or no longer.
    pub fn until(&self, url: &str, now: i64) -> Option<i64> {
        let asked = self.asked.get(&public_host(url)?)?;
        let mut instants: Vec<i64> = asked.values().copied().filter(|until| *until > now).collect();
        instants.sort_unstable();
        instants.first().copied().filter(|_| instants.len() >= 2)
    }
}

/// Host and port of an address, unless the host is only known around here.
fn public_host(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let is_public = match url.host()? {
        Host::Ipv4(address) => {
            let [first, second, ..] = address.octets();
            let is_shared = first == 100 && (64..128).contains(&second);
            !(address.is_private() || address.is_loopback() || address.is_link_local() || address.is_unspecified() || is_shared)
        }
        Host::Ipv6(address) => {
            let first = address.segments().first().copied().unwrap_or(0);
            let is_local = first & 0xFE00 == 0xFC00 || first & 0xFFC0 == 0xFE80;
            !(address.is_loopback() || address.is_unspecified() || address.to_ipv4_mapped().is_some() || is_local)
        }
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            name.contains('.') && ![".localhost", ".local", ".internal", ".lan", ".home.arpa"].iter().any(|end| name.ends_with(end))
        }
    };
    is_public.then(|| format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or(0)))
}

#[cfg(test)]
mod tests;
