//! `fetch`: sources that are due → the store.
//!
//! In: the sources and a store. Out: a report for each, and the store holds what came. The network has a thread of its own, reading
//! what came is spread over all processors, storing is done here, many sources in one step. A source that fails never stops the
//! others; a run that is killed leaves what was stored, and what vouches for it, together.

mod findings;
mod network;
mod plan;

use crate::clock::Clock;
use crate::diagnostic::Diagnostic;
use crate::http::{self, Client};
use crate::source::health;
use crate::source::list::Source;
use crate::source::schedule::{Rules, Wait};
use crate::source::state::{Failure, State};
use crate::source::store::{Retention, Save, Saved, Store, StoreError};
use network::{Job, Message, Stop};
use plan::LEASE;
use std::collections::BTreeSet;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// What to fetch, and how.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The sources.
    pub sources: Vec<Source>,
    /// How the network is used.
    pub http: http::Options,
    /// When sources are asked.
    pub rules: Rules,
    /// How long entries are kept.
    pub retention: Retention,
    /// How many hosts are asked at the same time.
    pub concurrency: usize,
    /// Whether sources that are not due are asked as well.
    pub force: bool,
    /// Whether this runs on a machine of a CI service, which many servers turn away.
    pub in_ci: bool,
    /// Whether a source may fail for longer than its `max_stale`.
    pub tolerate: bool,
    /// What tells this run from others.
    pub owner: String,
    /// The time.
    pub clock: Clock,
}

impl Options {
    /// The defaults of the documentation; `owner` is different in each run.
    pub fn new(sources: Vec<Source>, http: http::Options, owner: impl Into<String>, clock: Clock) -> Self {
        Self {
            sources,
            http,
            rules: Rules::default(),
            retention: Retention::default(),
            concurrency: 64,
            force: false,
            in_ci: false,
            tolerate: false,
            owner: owner.into(),
            clock,
        }
    }
}

/// What happens while it runs.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// So many sources are going to be asked.
    Planned(usize),
    /// A source, by its index, is asked.
    Started(usize),
    /// A source is done.
    Done(&'a Report),
}

/// What became of a source.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// Its index among the sources.
    pub source: usize,
    /// What became of it.
    pub result: Done,
    /// How long it took, in milliseconds; 0 where nothing was asked.
    pub millis: i64,
    /// What is remembered of it now.
    pub state: State,
    /// What had to be repaired in its feed.
    pub repairs: Vec<Diagnostic>,
    /// The addresses of feeds that a page names which came instead of one.
    pub feeds: Vec<String>,
}

/// What became of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Done {
    /// A feed came and is stored.
    Stored {
        /// How many entries it had.
        entries: usize,
        /// What that changed.
        saved: Saved,
    },
    /// Its server says that nothing changed.
    Unchanged,
    /// It failed; what was stored stays.
    Failed(Failure),
    /// It has ended, and is not asked.
    Ended,
    /// It is not due yet.
    Later {
        /// When it is (Unix seconds).
        until: i64,
        /// What is waited for.
        why: Wait,
    },
    /// Another run is asking it.
    Taken,
}

/// What a run did.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Outcome {
    /// A report for each source, in their order.
    pub reports: Vec<Report>,
    /// What went wrong.
    pub findings: Vec<Diagnostic>,
    /// Whether a source fails for longer than it may.
    pub is_stale: bool,
}

/// Asks all sources that are due, and stores what comes.
///
/// # Errors
///
/// [`StoreError`]; what was stored before stays.
pub fn fetch(options: &Options, store: &mut dyn Store, events: &mut dyn FnMut(Event<'_>)) -> Result<Outcome, StoreError> {
    let planned = plan::plan(options, store)?;
    let mut reports: Vec<Option<Report>> = options.sources.iter().map(|_| None).collect();
    let asked: usize = planned.hosts.iter().map(Vec::len).sum();
    events(Event::Planned(asked));
    for report in planned.settled {
        keep(&mut reports, report, events);
    }
    let result = if asked == 0 { Ok(()) } else { ask(planned.hosts, options, store, &mut reports, events) };
    // Also what was not stored is free for the next run.
    let released = store.release(&options.owner);
    result.and(released)?;
    let reports: Vec<Report> = reports.into_iter().flatten().collect();
    let now = options.clock.unix();
    let is_beyond = |report: &&Report| options.sources.get(report.source).is_some_and(|source| health::is_beyond(source, &report.state, now));
    let is_stale = reports.iter().any(|report| is_beyond(&report));
    Ok(Outcome { findings: findings::of(&reports, options), is_stale, reports })
}

/// Runs the network beside this thread, and stores what it gives.
fn ask(
    hosts: Vec<Vec<Job>>,
    options: &Options,
    store: &mut dyn Store,
    reports: &mut [Option<Report>],
    events: &mut dyn FnMut(Event<'_>),
) -> Result<(), StoreError> {
    /// How many answers are stored in one step.
    const AT_ONCE: usize = 128;
    /// How long nothing may come before the leases are looked at.
    const RENEWAL: Duration = Duration::from_secs(30);
    let client = match Client::new(options.http.clone()) {
        Ok(client) => client,
        Err(failure) => return Err(StoreError::new(format!("expected a network, found: {failure}"), None)),
    };
    let (sender, receiver) = mpsc::channel();
    let mut waiting: BTreeSet<usize> = hosts.iter().flatten().map(|job| job.index).collect();
    let mut leased_at = options.clock.unix();
    std::thread::scope(|scope| {
        let stop = Stop::default();
        let stopped = stop.0.clone();
        scope.spawn(move || network::run(hosts, client, stopped, options, &sender));
        loop {
            // Servers may be silent for longer than a lease.
            let first = match receiver.recv_timeout(RENEWAL) {
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
                first => first.ok(),
            };
            let mut answers = Vec::new();
            for message in first.into_iter().chain(std::iter::from_fn(|| receiver.try_recv().ok())).take(AT_ONCE) {
                match message {
                    Message::Started(source) => events(Event::Started(source)),
                    Message::Answered(answered) => answers.push(*answered),
                    Message::Impossible(why) => return Err(StoreError::new(why, None)),
                }
            }
            let (mut saves, mut left, mut rooms) = (Vec::<Save>::new(), Vec::new(), Vec::new());
            for (save, report, room) in answers.into_iter().map(network::Answered::split) {
                saves.push(save);
                left.push(report);
                rooms.push(room);
            }
            // When it cannot be stored, the receiver goes, and with it the network's reason to go on.
            let saved = if saves.is_empty() { Vec::new() } else { store.save(&saves, options.clock.unix(), options.retention)? };
            drop(rooms);
            for (mut report, saved) in left.into_iter().zip(saved) {
                waiting.remove(&report.source);
                if let Done::Stored { saved: kept, .. } = &mut report.result {
                    *kept = saved;
                }
                keep(reports, report, events);
            }
            let now = options.clock.unix();
            if now.saturating_sub(leased_at) >= LEASE / 3 {
                let keys: Vec<&str> = waiting.iter().filter_map(|at| options.sources.get(*at)).map(|source| source.url.as_str()).collect();
                store.lease(&keys, &options.owner, now, now.saturating_add(LEASE))?;
                leased_at = now;
            }
        }
    })
}

fn keep(reports: &mut [Option<Report>], report: Report, events: &mut dyn FnMut(Event<'_>)) {
    events(Event::Done(&report));
    if let Some(place) = reports.get_mut(report.source) {
        *place = Some(report);
    }
}
