//! How each source is, for people and for exit codes.
//!
//! In: a source, what is remembered of it, the time. Out: a row for `feedloom sources status`, and what can be done about a failure.
//! Decides nothing about asking.

use super::list::Source;
use super::state::{FailureKind, Moving, State};
use serde::Serialize;

/// How a source is, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Condition {
    /// It gave a feed when it was last asked, or said that nothing changed.
    Ok,
    /// It was never asked.
    New,
    /// Its server asked to be left alone for now.
    Waiting,
    /// It fails, and what is stored of it is still new enough.
    Failing,
    /// It fails for longer than its `max-stale`.
    Stale,
    /// It has ended, said its server.
    Gone,
}

impl Condition {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Ok, Self::New, Self::Waiting, Self::Failing, Self::Stale, Self::Gone];

    /// The word in tables and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::New => "new",
            Self::Waiting => "waiting",
            Self::Failing => "failing",
            Self::Stale => "stale",
            Self::Gone => "gone",
        }
    }
}

/// The health of a source. Instants are Unix seconds. Messages and titles are somebody else's words: to be escaped where they are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Health {
    /// Its configured address.
    pub url: String,
    /// What it is called: as configured, else by itself.
    pub title: Option<String>,
    /// How it is.
    pub condition: Condition,
    /// When it last gave a feed, or said that nothing changed.
    pub last_success: Option<i64>,
    /// When it was last asked.
    pub last_asked: Option<i64>,
    /// When an entry last came that was not known.
    pub last_new: Option<i64>,
    /// When it may be asked again; `None`: at once, or never because it has ended.
    pub next_due: Option<i64>,
    /// How often it failed since it last succeeded.
    pub failures: u32,
    /// How it failed.
    pub kind: Option<FailureKind>,
    /// What was expected and found.
    pub message: Option<String>,
    /// The HTTP status of that.
    pub status: Option<u16>,
    /// Since when what is stored may be out of date.
    pub stale_since: Option<i64>,
    /// Whether that is longer than its `max-stale`.
    pub is_beyond_max_stale: bool,
    /// How many entries are stored.
    pub entries: Option<usize>,
    /// The address that is asked instead of `url`.
    pub moved_to: Option<String>,
    /// The address that permanent redirects lead to, not adopted yet.
    pub moving: Option<Moving>,
}

/// The health of a source of which so many entries are stored.
pub fn health(source: &Source, state: &State, entries: Option<usize>, now: i64) -> Health {
    let is_beyond = is_beyond(source, state, now);
    let wait = state.due.max(state.not_before.unwrap_or(0));
    Health {
        url: source.url.clone(),
        title: source.title.clone().or_else(|| state.title.clone()),
        condition: condition(state, is_beyond, now),
        last_success: state.last_success,
        last_asked: state.last_asked,
        last_new: state.last_new,
        next_due: Some(wait).filter(|due| *due > now && !state.gone),
        failures: state.failures,
        kind: state.failure.as_ref().map(|failure| failure.kind),
        message: state.failure.as_ref().map(|failure| failure.message.clone()),
        status: state.failure.as_ref().and_then(|failure| failure.status),
        stale_since: state.stale_since(),
        is_beyond_max_stale: is_beyond,
        entries,
        moved_to: state.moved_to.clone(),
        moving: state.moving.clone(),
    }
}

fn condition(state: &State, is_beyond: bool, now: i64) -> Condition {
    match &state.failure {
        _ if state.gone => Condition::Gone,
        Some(_) if is_beyond => Condition::Stale,
        _ if state.not_before.is_some_and(|until| until > now) => Condition::Waiting,
        Some(_) => Condition::Failing,
        None if state.last_success.is_none() => Condition::New,
        None => Condition::Ok,
    }
}

/// Whether a source fails for longer than it may.
pub fn is_beyond(source: &Source, state: &State, now: i64) -> bool {
    state.stale_since().is_some_and(|since| since.saturating_add(source.max_stale) < now)
}

/// What can be done about a failure, in one line; `in_ci`: whether the machine is one of a build service.
pub fn advice(kind: FailureKind, in_ci: bool) -> &'static str {
    match kind {
        FailureKind::Blocked if in_ci => {
            "works at home, 403 in CI: many servers (Cloudflare, hosts in China) refuse addresses of data centres and programs that they do not know; \
             set a proxy for this source, ask its owner to let feedloom in, or fetch elsewhere and cache the store"
        }
        FailureKind::Dns => "check the address for a typing error; if the site is gone for good, remove the source",
        FailureKind::Connect if in_ci => {
            "the server is down, or does not answer data centres; if it works at home, set a proxy for this source or fetch elsewhere and cache the store"
        }
        FailureKind::Connect => "the server may be down, or reachable through a proxy only; it is tried again by itself",
        FailureKind::Tls => "the certificate has likely expired or is for another name: tell the owner; certificates are always checked",
        FailureKind::Timeout if in_ci => {
            "the server is slow, or lets data centres wait; if it works at home, set a proxy for this source or fetch elsewhere and cache the store"
        }
        FailureKind::Timeout => "the server is slow or overloaded; it is tried again by itself",
        FailureKind::Refused => "only public http and https addresses are asked; --allow-private lets this machine and its network be asked too",
        FailureKind::Unauthorised => "set the credentials of this source, or check that they are still valid",
        FailureKind::Blocked => {
            "the server refuses this program or this network: ask its owner to let feedloom in, or set a proxy or an agent suffix for this source"
        }
        FailureKind::NotFound => "look for the feed's new address on its page, or remove the source",
        FailureKind::Gone => "the feed has ended: remove the source, or ask once more with --force; its entries stay",
        FailureKind::Busy => "nothing to do: it is asked again when its server wants to; a longer interval for its sources helps",
        FailureKind::Server => "the server has a fault; it is tried again by itself",
        FailureKind::Status => "open the address in a browser and see what it answers",
        FailureKind::Redirect => "open the address in a browser, and configure the one that it ends at",
        FailureKind::TooLarge => "look for a smaller feed of the same site; a feed of that size is likely an archive or a mistake",
        FailureKind::Protocol => "the server sends broken HTTP: tell its owner; it is tried again by itself",
        FailureKind::NotAFeed => "open the address in a browser: it may be a page, or one that asks for a login; feedloom inspect shows what is read",
        FailureKind::Configuration => "set what is missing, for example the environment variable that the configuration names",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::list::{DAY, HOUR};
    use crate::source::state::Failure;

    const NOW: i64 = 1_760_000_000;

    #[test]
    fn each_condition_has_its_word() {
        let failing = |since: i64| {
            let mut state = State { first_asked: Some(since), last_asked: Some(NOW), last_success: Some(since), failures: 3, ..State::default() };
            state.failure = Some(Failure::new(FailureKind::Timeout, "expected an answer within 30 s, found none"));
            state
        };
        let ok = State { first_asked: Some(NOW), last_success: Some(NOW - 9 * DAY), due: NOW + HOUR, ..State::default() };
        let cases = [
            (State::default(), Condition::New, false),
            (ok, Condition::Ok, false),
            (failing(NOW - DAY), Condition::Failing, false),
            (failing(NOW - 7 * DAY), Condition::Failing, false),
            (failing(NOW - 7 * DAY - 1), Condition::Stale, true),
            (State { not_before: Some(NOW + 1), ..failing(NOW - DAY) }, Condition::Waiting, false),
            (State { not_before: Some(NOW), ..failing(NOW - DAY) }, Condition::Failing, false),
            (State { not_before: Some(NOW + 1), ..failing(NOW - 8 * DAY) }, Condition::Stale, true),
            (State { gone: true, ..failing(NOW - DAY) }, Condition::Gone, false),
            (State { last_success: None, ..failing(NOW - 8 * DAY) }, Condition::Stale, true),
        ];
        for (state, condition, beyond) in cases {
            let row = health(&Source::new("https://a.example/feed"), &state, Some(3), NOW);
            assert_eq!((row.condition, row.is_beyond_max_stale), (condition, beyond), "{state:?}");
            assert_eq!(serde_json::to_value(row.condition).unwrap(), condition.as_str());
        }
    }

    #[test]
    fn a_row_says_what_is_known() {
        let mut source = Source::new("https://a.example/feed");
        let mut state = State { title: Some("甲".to_owned()), due: NOW + 5, not_before: Some(NOW + 9), failures: 2, ..State::default() };
        state.failure = Some(Failure { status: Some(429), ..Failure::new(FailureKind::Busy, "expected a feed, found 429") });
        let row = health(&source, &state, None, NOW);
        assert_eq!((row.title.as_deref(), row.next_due, row.entries), (Some("甲"), Some(NOW + 9), None));
        assert_eq!((row.kind, row.status, row.failures), (Some(FailureKind::Busy), Some(429), 2));
        source.title = Some("乙".to_owned());
        assert_eq!(health(&source, &State { gone: true, ..state }, None, NOW).next_due, None, "never");
    }

    #[test]
    fn every_failure_has_advice_of_one_line() {
        use FailureKind as K;
        let kinds = [
            K::Dns,
            K::Connect,
            K::Tls,
            K::Timeout,
            K::Refused,
            K::Unauthorised,
            K::Blocked,
            K::NotFound,
            K::Gone,
            K::Busy,
            K::Server,
            K::Status,
            K::Redirect,
            K::TooLarge,
            K::Protocol,
            K::NotAFeed,
            K::Configuration,
        ];
        for kind in kinds {
            for in_ci in [false, true] {
                let advice = advice(kind, in_ci);
                assert!(!advice.is_empty() && !advice.contains('\n') && !advice.contains("  "), "{kind:?}: {advice}");
            }
        }
        assert!(advice(K::Blocked, true).starts_with("works at home, 403 in CI"));
        assert_ne!(advice(K::Blocked, true), advice(K::Blocked, false));
    }
}
