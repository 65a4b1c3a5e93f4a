//! The sources that a site subscribes to, and what is wanted of each.
//!
//! Data only: who reads a configuration or a subscription list makes them, everybody else looks at them. Secrets are here as values;
//! where they are from is the command line's business, and nothing of this is ever written.

use super::filter::Filter;
use crate::model::{Language, Term};
use chrono_tz::Tz;
use std::sync::Arc;

/// Seconds.
pub type Seconds = i64;

/// One minute, one hour, one day, in seconds.
pub const MINUTE: Seconds = 60;
/// One hour in seconds.
pub const HOUR: Seconds = 60 * MINUTE;
/// One day in seconds.
pub const DAY: Seconds = 24 * HOUR;

/// An external feed and what is wanted of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Source {
    /// Absolute http(s) address as configured, in canonical form and without credentials; the source's key in the store.
    pub url: String,
    /// What it is called, instead of the feed's own title.
    pub title: Option<String>,
    /// The page of the feed, when a list names it.
    pub page: Option<String>,
    /// The topics that its entries are filed under.
    pub terms: Vec<Term>,
    /// Whether the entries' own categories become terms as well, and of which taxonomy.
    pub own_terms: Option<Arc<str>>,
    /// Language of entries that state none.
    pub language: Option<Language>,
    /// Zone of dates that state none.
    pub zone: Option<Tz>,
    /// Which entries are wanted.
    pub filter: Filter,
    /// Languages that are wanted; all when empty. `zh` stands for all of its varieties.
    pub languages: Vec<Language>,
    /// The newest so many entries are shown; 0 means all that are stored.
    pub limit: usize,
    /// Entries are held back until they are stored for so long.
    pub min_age: Seconds,
    /// Whether entries carry their whole body, or a summary only.
    pub full_body: bool,
    /// What becomes of entries dated after they were first seen.
    pub future: Future,
    /// How often it is asked, when the feed and its server say nothing else. Never more often than the floor.
    pub interval: Option<Seconds>,
    /// For how long it may fail before that is an error.
    pub max_stale: Seconds,
    /// What is sent besides the usual.
    pub request: Extra,
    /// Why it cannot be asked as it is configured, for example because an environment variable is not set.
    pub problem: Option<String>,
    /// Where it is configured: `feedloom.yaml:12:5` or a list's file; for findings.
    pub place: crate::diagnostic::Place,
}

/// What is sent to a source besides the usual. Holds secrets: never shown, never written.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Extra {
    /// Headers (name, value); sent to the source's own host only.
    pub headers: Vec<(String, String)>,
    /// User name and password (RFC 7617); sent to the source's own host only.
    pub basic: Option<(String, String)>,
    /// Proxy (`http:`, `https:`, `socks5:`, `socks5h:`).
    pub proxy: Option<String>,
    /// What is put behind the user agent.
    pub agent_suffix: Option<String>,
}

impl std::fmt::Debug for Extra {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Extra")
            .field("headers", &names)
            .field("basic", &self.basic.is_some())
            .field("proxy", &self.proxy.is_some())
            .finish_non_exhaustive()
    }
}

/// What becomes of an entry that is dated after it was first seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Future {
    /// It counts as published when it was first seen.
    #[default]
    Clamp,
    /// It is held back until its date.
    Hold,
    /// It is shown with its date.
    Keep,
}

impl Source {
    /// A source of which only the address is known, with the defaults of the documentation.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            title: None,
            page: None,
            terms: Vec::new(),
            own_terms: None,
            language: None,
            zone: None,
            filter: Filter::default(),
            languages: Vec::new(),
            limit: 0,
            min_age: 0,
            full_body: true,
            future: Future::default(),
            interval: None,
            max_stale: 7 * DAY,
            request: Extra::default(),
            problem: None,
            place: crate::diagnostic::Place::default(),
        }
    }
}
