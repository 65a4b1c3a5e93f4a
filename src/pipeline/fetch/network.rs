//! The thread that asks: hosts side by side, the sources of one host one after the other.

use super::{Done, Options, Report};
use crate::clock::Clock;
use crate::http::{self, Client, Response};
use crate::source::fetch::{Outcome, outcome, request};
use crate::source::list::Source;
use crate::source::schedule::{self, Answer, HostBlocks, Rules, Wait};
use crate::source::state::{Failure, FailureKind, State};
use crate::source::store::Save;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// How many answers may wait for the store.
const UNSAVED: usize = 256;
/// How many kilobytes of bodies may wait to be read.
const UNREAD: usize = 64 << 10;

/// Ends the network when it goes: who cannot store what comes does not wait for it.
#[derive(Default)]
pub(super) struct Stop(pub(super) Arc<Notify>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

/// A source to ask.
pub(super) struct Job {
    pub(super) index: usize,
    pub(super) source: Source,
    pub(super) state: State,
}

/// What the network says.
pub(super) enum Message {
    Started(usize),
    Answered(Box<Answered>),
    /// The network cannot be used at all; why.
    Impossible(String),
}

/// What a source answered.
pub(super) struct Answered {
    save: Save,
    report: Report,
    room: OwnedSemaphorePermit,
}

impl Answered {
    /// What is stored, what is told, and what lets the next one in when it goes.
    pub(super) fn split(self) -> (Save, Report, OwnedSemaphorePermit) {
        (self.save, self.report, self.room)
    }
}

/// What all workers share.
struct Shared {
    hosts: Mutex<VecDeque<Vec<Job>>>,
    client: Client,
    clock: Clock,
    rules: Rules,
    sender: Sender<Message>,
    unsaved: Arc<Semaphore>,
    unread: Arc<Semaphore>,
}

/// Asks all hosts, `concurrency` at a time. Ends when all are asked, or when nobody listens any more.
pub(super) fn run(hosts: Vec<Vec<Job>>, client: Client, stop: Arc<Notify>, options: &Options, sender: &Sender<Message>) {
    let workers = options.concurrency.clamp(1, hosts.len().max(1));
    let shared = Arc::new(Shared {
        hosts: Mutex::new(hosts.into()),
        client,
        clock: options.clock.clone(),
        rules: options.rules,
        sender: sender.clone(),
        unsaved: Arc::new(Semaphore::new(UNSAVED)),
        unread: Arc::new(Semaphore::new(UNREAD)),
    });
    let ran = http::run(async move {
        let workers: Vec<_> = (0..workers).map(|_| tokio::spawn(worker(shared.clone()))).collect();
        drop(shared);
        let under_way: Vec<_> = workers.iter().map(tokio::task::JoinHandle::abort_handle).collect();
        tokio::spawn(async move {
            stop.notified().await;
            under_way.iter().for_each(tokio::task::AbortHandle::abort);
        });
        for worker in workers {
            // A worker that panics has lost its host's sources for this run; the others go on.
            let _ = worker.await;
        }
    });
    if let Err(failure) = ran {
        // Nobody to ask with: said once, because it is so for all.
        let _ = sender.send(Message::Impossible(failure.to_string()));
    }
}

async fn worker(shared: Arc<Shared>) {
    loop {
        let next = shared.hosts.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let Some(jobs) = next else { return };
        let mut blocks = HostBlocks::default();
        let count = jobs.len();
        for (at, job) in jobs.into_iter().enumerate() {
            if ask(&shared, job, at + 1 == count, &mut blocks).await.is_none() {
                return;
            }
        }
    }
}

/// Asks one source; `None` when nobody listens any more.
async fn ask(shared: &Arc<Shared>, job: Job, is_last: bool, blocks: &mut HostBlocks) -> Option<()> {
    let room = shared.unsaved.clone().acquire_owned().await.ok()?;
    shared.sender.send(Message::Started(job.index)).ok()?;
    let now = shared.clock.unix();
    let url = schedule::target(&job.source, &job.state).to_owned();
    if let Some(problem) = &job.source.problem {
        let outcome = Outcome::impossible(FailureKind::Configuration, problem.clone());
        return answer(shared, job, outcome, 0, room);
    }
    if let Some(until) = blocks.until(&url, now) {
        let state = schedule::held_back(&job.state, until);
        let report = Report {
            source: job.index,
            result: Done::Later { until, why: Wait::Asked },
            millis: 0,
            state: state.clone(),
            repairs: Vec::new(),
            feeds: Vec::new(),
        };
        let save = Save::new(job.source.url, state);
        return shared.sender.send(Message::Answered(Box::new(Answered { save, report, room }))).ok();
    }
    let started = shared.clock.millis();
    let response = shared.client.send(request(&job.source, &job.state, is_last)).await;
    let millis = shared.clock.millis().saturating_sub(started).max(1);
    if let Some(wait) = response.as_ref().ok().and_then(|response| response.retry_after) {
        blocks.note(&url, shared.clock.unix().saturating_add(wait.min(shared.rules.longest_wait)));
    }
    match response {
        Ok(response) if !response.body.is_empty() => read(shared, job, response, millis, room).await,
        response => {
            let outcome = outcome(&job.source, response);
            answer(shared, job, outcome, millis, room)
        }
    }
}

/// Reads a body on another thread, so that the network is not kept waiting.
async fn read(shared: &Arc<Shared>, job: Job, response: Response, millis: i64, room: OwnedSemaphorePermit) -> Option<()> {
    let kilobytes = u32::try_from((response.body.len() >> 10).clamp(1, UNREAD)).unwrap_or(1);
    let unread = shared.unread.clone().acquire_many_owned(kilobytes).await.ok()?;
    let shared = shared.clone();
    rayon::spawn(move || {
        // A fault of ours in reading one feed is no reason to lose the others.
        let read = catch_unwind(AssertUnwindSafe(|| outcome(&job.source, Ok(response))));
        let outcome = read.unwrap_or_else(|_| Outcome::impossible(FailureKind::NotAFeed, "expected to read the feed, found a fault of feedloom"));
        drop(unread);
        answer(&shared, job, outcome, millis, room);
    });
    Some(())
}

fn answer(shared: &Shared, job: Job, outcome: Outcome, millis: i64, room: OwnedSemaphorePermit) -> Option<()> {
    let result = match (&outcome.answer, &outcome.document) {
        (Answer::Failed { failure, .. }, _) => Done::Failed(Failure::clone(failure)),
        (_, Some(document)) => Done::Stored { entries: document.entries.len(), saved: crate::source::store::Saved::default() },
        (_, None) => Done::Unchanged,
    };
    let state = schedule::after(&job.state, &outcome.answer, &job.source, &shared.rules, shared.clock.unix());
    let mut save = Save::new(job.source.url, state.clone());
    save.document = outcome.document;
    let feeds = outcome.feeds.into_iter().map(|feed| feed.href).collect();
    let report = Report { source: job.index, result, millis, state, repairs: outcome.repairs, feeds };
    shared.sender.send(Message::Answered(Box::new(Answered { save, report, room }))).ok()
}
