//! Settings → how the network is used and when sources are asked.

use super::settings::Settings;
use crate::clock::Clock;
use crate::http;
use crate::pipeline::fetch::Options;
use crate::source::list::Source;
use std::time::Duration;

/// What the servers that are asked are told about who asks (RFC 9110 §10.1.5): the program, and where its user can be reached.
fn agent(settings: &Settings) -> String {
    let contact = settings.sources.contact.as_ref().or(settings.site.url.as_ref());
    let program = concat!("feedloom/", env!("CARGO_PKG_VERSION"));
    contact.map_or_else(|| program.to_owned(), |contact| format!("{program} (+{contact})"))
}

/// How the network is used; `allow_private` and the clock are the command line's.
pub fn http(settings: &Settings, allow_private: bool, clock: &Clock) -> http::Options {
    let set = &settings.sources;
    let mut options = http::Options::default();
    options.agent = agent(settings);
    options.total_timeout = set.timeout.and_then(|seconds| u64::try_from(seconds).ok()).map_or(options.total_timeout, Duration::from_secs);
    options.limit = set.max_size.unwrap_or(options.limit);
    options.host_gap_ms = set.host_gap.map_or(options.host_gap_ms, |seconds| seconds.saturating_mul(1000));
    options.allow_private = allow_private;
    options.clock = clock.clone();
    options
}

/// How sources are fetched.
pub fn fetch(settings: &Settings, sources: Vec<Source>, http: http::Options, owner: String, clock: Clock) -> Options {
    let set = &settings.sources;
    let mut options = Options::new(sources, http, owner, clock);
    options.rules.floor = set.floor.unwrap_or(options.rules.floor);
    options.retention.count = set.keep.unwrap_or(options.retention.count);
    options.retention.age = set.keep_for.unwrap_or(options.retention.age);
    options.concurrency = set.concurrency.unwrap_or(options.concurrency);
    options
}
