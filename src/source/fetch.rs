//! One source, once: what is asked of it, and what its answer means.
//!
//! In: a source and what is remembered of it. Out: the request, and, from the response, an answer for the schedule with the document
//! for the store. Stateless: nothing is remembered, nothing waits, nothing is stored here.

use super::attribute;
use super::list::Source;
use super::schedule::{self, Answer, Fresh};
use super::state::{Failure, FailureKind, State};
use super::store::{Channel, Document};
use crate::diagnostic::Diagnostic;
use crate::format::read::{Content, FeedLink, Hints, ReadError, Reading, read};
use crate::http::{self, Request, Response};
use crate::model::{Extension, Feed, Link, Rel};

/// How many findings of one feed are kept.
const FINDINGS: usize = 20;
/// Namespace of `sy:updatePeriod` (RSS 1.0 module Syndication).
const SYNDICATION: &str = "http://purl.org/rss/1.0/modules/syndication/";

/// What an answer meant.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// What the schedule is to know.
    pub answer: Answer,
    /// What the store is to keep.
    pub document: Option<Document>,
    /// What had to be repaired in the feed.
    pub repairs: Vec<Diagnostic>,
    /// The feeds that a web page names which came instead of one.
    pub feeds: Vec<FeedLink>,
}

impl Outcome {
    fn failed(failure: Failure, retry_after: Option<i64>) -> Self {
        Self { answer: Answer::Failed { failure, retry_after }, document: None, repairs: Vec::new(), feeds: Vec::new() }
    }

    /// A source that cannot be asked at all.
    pub fn impossible(kind: FailureKind, message: impl Into<String>) -> Self {
        Self::failed(Failure::new(kind, message), None)
    }
}

/// What is asked of a source; `is_last` says that nothing more is going to be asked of its host.
pub fn request(source: &Source, state: &State, is_last: bool) -> Request {
    let mut request = Request::feed(schedule::target(source, state));
    let validators = &state.validators;
    request.etag = validators.etag.as_ref().map(|etag| etag.0.clone());
    request.last_modified = validators.last_modified.as_ref().map(|date| date.0.clone());
    // The source may answer from behind a redirect.
    request.validators_url = Some(validators.url.clone()).filter(|url| !url.is_empty());
    // What is new alone helps only who has the rest.
    request.delta = request.etag.is_some();
    let extra = &source.request;
    // They are for the host that is configured, also when the source has moved to another one.
    if http::is_home(&source.url, &request.url) {
        request.headers.clone_from(&extra.headers);
        request.basic.clone_from(&extra.basic);
    }
    request.proxy.clone_from(&extra.proxy);
    request.agent_suffix.clone_from(&extra.agent_suffix);
    request.is_last = is_last;
    request
}

/// Reads what came.
pub fn outcome(source: &Source, response: Result<Response, http::Failure>) -> Outcome {
    let response = match response {
        Ok(response) => response,
        Err(failure) => return Outcome::failed(Failure::new(kind(&failure), failure.to_string()), None),
    };
    match response.status {
        200 | 203 => feed(source, &response),
        226 if response.is_delta => feed(source, &response),
        304 if response.was_conditional => {
            Outcome { answer: Answer::NotModified(fresh(&response)), document: None, repairs: Vec::new(), feeds: Vec::new() }
        }
        status => {
            let kind = match status {
                401 | 407 => FailureKind::Unauthorised,
                403 | 406 | 451 => FailureKind::Blocked,
                404 => FailureKind::NotFound,
                410 => FailureKind::Gone,
                429 => FailureKind::Busy,
                503 if response.retry_after.is_some() => FailureKind::Busy,
                500..=599 => FailureKind::Server,
                _ => FailureKind::Status,
            };
            let mut failure = Failure::new(kind, format!("expected a feed, found the answer {status}{}", reason(status)));
            failure.status = Some(status);
            Outcome::failed(failure, response.retry_after)
        }
    }
}

/// What the usual answers are called (RFC 9110 §15).
fn reason(status: u16) -> &'static str {
    match status {
        204 => " (no content)",
        304 => " (not modified), although nothing was said of what is known",
        400 => " (bad request)",
        401 => " (unauthorized)",
        403 => " (forbidden)",
        404 => " (not found)",
        406 => " (not acceptable)",
        410 => " (gone)",
        429 => " (too many requests)",
        451 => " (unavailable for legal reasons)",
        500 => " (internal server error)",
        502 => " (bad gateway)",
        503 => " (service unavailable)",
        504 => " (gateway timeout)",
        520..=530 => " (of a proxy before the site)",
        _ => "",
    }
}

fn kind(failure: &http::Failure) -> FailureKind {
    match failure {
        http::Failure::Refused(_) => FailureKind::Refused,
        http::Failure::Dns { .. } => FailureKind::Dns,
        http::Failure::Connect { .. } => FailureKind::Connect,
        http::Failure::Tls { .. } => FailureKind::Tls,
        http::Failure::Timeout { .. } => FailureKind::Timeout,
        http::Failure::Redirect { .. } => FailureKind::Redirect,
        http::Failure::TooLarge { .. } => FailureKind::TooLarge,
        http::Failure::Protocol(_) => FailureKind::Protocol,
        http::Failure::Request(_) => FailureKind::Configuration,
    }
}

/// What the schedule is to know of an answer without failure.
fn fresh(response: &Response) -> Fresh {
    let mut fresh = Fresh::from(response.url.as_str());
    fresh.permanent_to = permanent_to(response);
    fresh.etag.clone_from(&response.etag);
    fresh.last_modified.clone_from(&response.last_modified);
    fresh.fresh_for = response.fresh_for;
    fresh
}

/// Where permanent redirects alone led.
fn permanent_to(response: &Response) -> Option<String> {
    let is_permanent = !response.hops.is_empty() && response.hops.iter().all(http::Hop::is_permanent);
    is_permanent.then(|| response.url.clone())
}

fn feed(source: &Source, response: &Response) -> Outcome {
    let mut hints = Hints::named(response.url.as_str());
    hints.base = Some(response.url.clone());
    hints.charset.clone_from(&response.charset);
    hints.zone = source.zone;
    match read(&response.body, &hints) {
        Ok(reading) if reading.feed().is_some() => document(response, reading),
        Ok(_) => {
            let message = "expected a feed, found a subscription list (OPML); `feedloom sources import` takes those";
            Outcome::failed(Failure::new(FailureKind::NotAFeed, message), None)
        }
        Err(error) => {
            let mut failure = Failure::new(FailureKind::NotAFeed, error.to_string());
            failure.status = Some(response.status);
            let mut outcome = Outcome::failed(failure, response.retry_after);
            if let ReadError::Page { feeds, .. } = error {
                outcome.feeds = feeds;
            }
            outcome
        }
    }
}

fn document(response: &Response, reading: Reading) -> Outcome {
    let (inherits_authors, is_cut_off) = (reading.inherits_authors(), reading.is_cut_off);
    let mut repairs = reading.repairs;
    repairs.truncate(FINDINGS);
    let Content::Feed(feed) = reading.content else { return Outcome::impossible(FailureKind::NotAFeed, "expected a feed, found none") };
    let mut feed = *feed;
    if feed.link(&Rel::Itself).is_none() {
        feed.links.push(Link::new(Rel::Itself, response.url.clone()));
    }
    let mut channel = Channel::new(attribute::origin(&feed));
    channel.icon = feed.icon.clone().or_else(|| feed.logo.clone());
    channel.hubs = feed.links.iter().filter(|link| link.rel == Rel::Hub).map(|link| link.href.clone()).collect();
    let wish = wish(&feed);
    let title = channel.origin.title.clone();
    let mut document = Document::new(channel, attribute::entries(feed, inherits_authors));
    document.is_whole = !response.is_delta && !is_cut_off;
    let mut fresh = fresh(response);
    if is_cut_off {
        // What is missing would never come, were the server told that all of it is here.
        (fresh.etag, fresh.last_modified) = (None, None);
    }
    (fresh.wish, fresh.title) = (wish, title);
    let answer = Answer::Feed(fresh);
    Outcome { answer, document: Some(document), repairs, feeds: Vec::new() }
}

/// How often the feed wants to be asked, in seconds: RSS 2.0 `ttl` (minutes), `sy:updatePeriod` and `sy:updateFrequency`.
fn wish(feed: &Feed) -> Option<i64> {
    let text = |namespace: &str, name: &str| {
        let found = |extension: &&Extension| extension.namespace == namespace && extension.name == name;
        feed.extensions.iter().find(found).map(|extension| extension.text.trim())
    };
    let ttl = text("", "ttl").and_then(|minutes| minutes.parse::<i64>().ok()).and_then(|minutes| minutes.checked_mul(60));
    let period = text(SYNDICATION, "updatePeriod").and_then(|period| {
        Some(match period.to_ascii_lowercase().as_str() {
            "hourly" => 3600,
            "daily" => 86_400,
            "weekly" => 7 * 86_400,
            "monthly" => 30 * 86_400,
            "yearly" => 365 * 86_400,
            _ => return None,
        })
    });
    let frequency = text(SYNDICATION, "updateFrequency").and_then(|count| count.parse::<i64>().ok()).filter(|count| *count > 0).unwrap_or(1);
    ttl.max(period.map(|period| period / frequency)).filter(|seconds| *seconds > 0)
}
