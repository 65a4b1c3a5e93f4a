//! Which sources are asked now, and in which order.

use super::network::Job;
use super::{Done, Options, Report};
use crate::source::schedule::{Due, is_due, target};
use crate::source::state::State;
use crate::source::store::{Store, StoreError};
use crate::text::url::authority;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// For how long a source is this run's alone, in seconds: short, so that a run which was killed does not hold it up. A run that goes on
/// for longer says so in time.
pub(super) const LEASE: i64 = 3 * 60;

/// What is going to be done.
pub(super) struct Plan {
    /// The sources to ask, those of one host in one list.
    pub(super) hosts: Vec<Vec<Job>>,
    /// What became of the others.
    pub(super) settled: Vec<Report>,
}

pub(super) fn plan(options: &Options, store: &mut dyn Store) -> Result<Plan, StoreError> {
    let now = options.clock.unix();
    let keys: Vec<&str> = options.sources.iter().map(|source| source.url.as_str()).collect();
    let states = store.states(&keys)?;
    let mut settled = Vec::new();
    let mut due: Vec<(usize, State)> = Vec::new();
    for (index, state) in states.into_iter().enumerate() {
        match is_due(&state, now, options.force) {
            Due::Now => due.push((index, state)),
            Due::Later { until, why } => settled.push(report(index, Done::Later { until, why }, state)),
            Due::Ended => settled.push(report(index, Done::Ended, state)),
        }
    }
    let wanted: Vec<&str> = due.iter().filter_map(|(index, _)| keys.get(*index).copied()).collect();
    let taken = store.lease(&wanted, &options.owner, now, now.saturating_add(LEASE))?;
    // Another run may have asked a source since its state was read.
    let fresh = store.states(&wanted)?;
    let mut hosts: BTreeMap<String, Vec<Job>> = BTreeMap::new();
    for (((index, _), is_ours), state) in due.into_iter().zip(taken).zip(fresh) {
        match (is_ours, is_due(&state, now, options.force)) {
            (false, _) => settled.push(report(index, Done::Taken, state)),
            (true, Due::Later { until, why }) => settled.push(report(index, Done::Later { until, why }, state)),
            (true, Due::Ended) => settled.push(report(index, Done::Ended, state)),
            (true, Due::Now) => {
                let Some(source) = options.sources.get(index) else { continue };
                let host = authority(target(source, &state)).to_owned();
                hosts.entry(host).or_default().push(Job { index, source: source.clone(), state });
            }
        }
    }
    // Hosts with much to ask begin first, because they take longest; else in an order that each run makes anew, so that nobody is always
    // the first (and no two runs on one list go through it side by side).
    let mut hosts: Vec<(String, Vec<Job>)> = hosts.into_iter().collect();
    let lot = |host: &str| blake3::hash(format!("{}\n{host}", options.owner).as_bytes()).to_hex();
    hosts.sort_by_cached_key(|(host, jobs)| (Reverse(jobs.len()), lot(host)));
    Ok(Plan { hosts: hosts.into_iter().map(|(_, jobs)| jobs).collect(), settled })
}

fn report(source: usize, result: Done, state: State) -> Report {
    Report { source, result, millis: 0, state, repairs: Vec::new(), feeds: Vec::new() }
}
