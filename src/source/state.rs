//! What is remembered of a source between runs: when it is due, what vouches for what is stored, how it fails.
//!
//! Data only. `schedule` says how it changes, `store` keeps it.

use serde::{Deserialize, Serialize};

/// Bytes of a header that mean something to the server alone (RFC 9110 §8.8): kept and sent as they came, quotes included.
///
/// Stored as text in which each character is one byte (ISO 8859-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Opaque(pub Vec<u8>);

impl From<String> for Opaque {
    fn from(text: String) -> Self {
        Self(text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect())
    }
}

impl From<Opaque> for String {
    fn from(bytes: Opaque) -> Self {
        bytes.0.into_iter().map(char::from).collect()
    }
}

/// What lets a server say that nothing changed (RFC 9110 §13.1). Bound to the address that gave it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Validators {
    /// The address of the answer that gave them.
    pub url: String,
    /// `ETag`
    pub etag: Option<Opaque>,
    /// `Last-Modified`
    pub last_modified: Option<Opaque>,
}

impl Validators {
    /// Whether there is anything to ask with.
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// How a source fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FailureKind {
    /// Its name has no address.
    Dns,
    /// Nobody answers there, or the connection broke.
    Connect,
    /// Its certificate or its TLS is not accepted.
    Tls,
    /// It took too long.
    Timeout,
    /// It is not reachable because its address is private, or its scheme is not of the web.
    Refused,
    /// 401, or 407 of a proxy: it wants credentials, or other ones.
    Unauthorised,
    /// 403, 451 and the like: likely refused because of where the request comes from.
    Blocked,
    /// 404.
    NotFound,
    /// 410: it has ended, says its server.
    Gone,
    /// 429, or 503 with a date: it wants to be asked later.
    Busy,
    /// 5xx.
    Server,
    /// Any other answer that is none.
    Status,
    /// Too many redirects, or one that leads where none may.
    Redirect,
    /// More bytes than are taken.
    TooLarge,
    /// Bytes that cannot be unpacked, or broken HTTP.
    Protocol,
    /// What came is no feed.
    NotAFeed,
    /// It cannot be asked as it is configured, for example because an environment variable is missing.
    Configuration,
}

impl FailureKind {
    /// The word in tables and JSON: `not-found`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::Refused => "refused",
            Self::Unauthorised => "unauthorised",
            Self::Blocked => "blocked",
            Self::NotFound => "not-found",
            Self::Gone => "gone",
            Self::Busy => "busy",
            Self::Server => "server",
            Self::Status => "status",
            Self::Redirect => "redirect",
            Self::TooLarge => "too-large",
            Self::Protocol => "protocol",
            Self::NotAFeed => "not-a-feed",
            Self::Configuration => "configuration",
        }
    }
}

/// A failure, as it is remembered and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Failure {
    /// What kind it is.
    pub kind: FailureKind,
    /// What was expected and found, in one line; may hold what a server said.
    pub message: String,
    /// The HTTP status, when there was an answer.
    #[serde(default)]
    pub status: Option<u16>,
}

impl Failure {
    /// A failure without an answer.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), status: None }
    }
}

/// A new address that permanent redirects name, until it has been seen often and long enough to be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Moving {
    /// Where they lead.
    pub to: String,
    /// Since when, without another answer in between (Unix seconds).
    pub since: i64,
    /// How often.
    pub sightings: u32,
}

/// Everything that is remembered of a source but its entries. All instants are Unix seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct State {
    /// The address that is asked, when it is another than the configured one: adopted after permanent redirects.
    pub moved_to: Option<String>,
    /// What is on the way to become [`moved_to`](Self::moved_to).
    pub moving: Option<Moving>,
    /// What vouches for the entries that are stored.
    pub validators: Validators,
    /// When it was first asked.
    pub first_asked: Option<i64>,
    /// When it was last asked.
    pub last_asked: Option<i64>,
    /// When it last gave a feed, or said that nothing changed.
    pub last_success: Option<i64>,
    /// When an entry last came that was not known.
    pub last_new: Option<i64>,
    /// When it may be asked again; 0 = at once.
    pub due: i64,
    /// Its server asked not to be asked before; holds for `--force` too.
    pub not_before: Option<i64>,
    /// For how many seconds the latest answer with such a header is fresh (kept across a 304 without one).
    pub fresh_for: Option<i64>,
    /// The feed's own wish for the time between two requests (`ttl`, `sy:updatePeriod`), in seconds.
    pub wish: Option<i64>,
    /// How often it failed since it last succeeded.
    pub failures: u32,
    /// Since when.
    pub failing_since: Option<i64>,
    /// How it failed last; `None` when it last succeeded.
    pub failure: Option<Failure>,
    /// Whether its server said that it has ended (410). It is asked no more, but with `--force`.
    pub gone: bool,
    /// What the feed calls itself.
    pub title: Option<String>,
}

impl State {
    /// Since when what is stored may be out of date: the last success, else the first try; `None` while all is well.
    pub fn stale_since(&self) -> Option<i64> {
        self.failure.as_ref().and(self.last_success.or(self.first_asked).or(self.failing_since))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opaque_bytes_come_back_as_they_were() {
        let bytes = Opaque((0..=255).collect());
        let text = serde_json::to_string(&bytes).unwrap();
        assert_eq!(serde_json::from_str::<Opaque>(&text).unwrap(), bytes);
    }

    #[test]
    fn a_state_of_an_older_version_is_read() {
        assert_eq!(serde_json::from_str::<State>("{}").unwrap(), State::default());
    }
}
