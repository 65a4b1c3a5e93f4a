//! A request → its answer (RFC 9110).
//!
//! What the client has already is answered from memory alone: no file is opened, nothing is hashed, and nobody is waited for.

use super::coding::Coding;
use super::document::{Document, Known};
use super::events::{self, News};
use super::media_type;
use super::range::{self, Wanted};
use super::reload::{EVENTS, Page};
use super::shelf::{Found, Shelf};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    ETAG, HOST, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, LAST_MODIFIED, LOCATION, RANGE, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::Response;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

/// Smaller bodies do not become smaller.
const WORTH_PACKING: usize = 1024;

/// What all answers are made of.
#[derive(Clone, Debug)]
pub(super) struct Served {
    pub(super) shelf: Arc<Shelf>,
    /// What pages are told of builds, while sources are watched.
    pub(super) news: Option<News>,
}

/// Answers one request.
pub(super) async fn answer(State(served): State<Arc<Served>>, request: Request) -> Response {
    let headers = request.headers();
    if !is_for_us(headers) {
        let said = "This preview answers only to localhost, 127.0.0.1 and [::1].\n";
        return plain(StatusCode::MISDIRECTED_REQUEST, said);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut answer = plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered.\n");
        answer.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return answer;
    }
    let path = request.uri().path();
    if let Some(news) = served.news.as_ref().filter(|_| path == EVENTS) {
        return events::stream(news);
    }
    match served.shelf.find(path) {
        Found::Document(document) => of_document(document, headers).await,
        Found::Folder(address) => moved(&address),
        // Browsers ask for it unasked, and log it as an error where it is missing.
        Found::Nothing if path == "/favicon.ico" => plain(StatusCode::NO_CONTENT, ""),
        Found::Nothing => missing(served.news.is_some()),
    }
}

/// Whether a request names this machine as its own. Another site whose name leads here would otherwise read what is not published yet.
fn is_for_us(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(HOST).and_then(|host| host.to_str().ok()) else { return true };
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit())).map_or(host, |(name, _)| name);
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|ours| name.eq_ignore_ascii_case(ours))
}

async fn of_document(document: Arc<Document>, headers: &HeaderMap) -> Response {
    if let Some(known) = document.known() {
        let coding = coding(known, headers);
        if is_fresh(known, coding, headers) {
            return not_modified(known, coding);
        }
    }
    // Files are small and packing is work: both belong on a thread that may wait.
    let reader = document.clone();
    let loaded = tokio::task::spawn_blocking(move || reader.load()).await;
    let Ok(Ok((bytes, known))) = loaded else {
        return plain(StatusCode::NOT_FOUND, "The file is gone; it is looked for again with the next build.\n");
    };
    let coding = coding(&known, headers);
    if is_fresh(&known, coding, headers) {
        return not_modified(&known, coding);
    }
    match wanted(&known, headers, bytes.len()) {
        Wanted::Whole => whole(&known, coding, bytes).await,
        Wanted::Part(part) => {
            let all = bytes.len();
            let content = format!("bytes {}-{}/{all}", part.start, part.end.saturating_sub(1));
            let bytes = bytes.get(part).unwrap_or_default().to_vec();
            let mut answer = with_body(StatusCode::PARTIAL_CONTENT, &known, Coding::Identity, bytes);
            set(&mut answer, CONTENT_RANGE, &content);
            answer
        }
        Wanted::Nothing => {
            let mut answer = plain(StatusCode::RANGE_NOT_SATISFIABLE, "");
            set(&mut answer, CONTENT_RANGE, &format!("bytes */{}", bytes.len()));
            answer
        }
    }
}

/// How a document is packed for this client. Ranges are of the plain bytes.
fn coding(known: &Known, headers: &HeaderMap) -> Coding {
    if headers.contains_key(RANGE) || known.size < WORTH_PACKING || !media_type::is_text(known.media_type) {
        return Coding::Identity;
    }
    headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).map_or(Coding::Identity, Coding::accepted)
}

/// Whether the client has what it would be sent (RFC 9110 §13.2.2: dates count only where no tag is named).
fn is_fresh(known: &Known, coding: Coding, headers: &HeaderMap) -> bool {
    let mut tags = headers.get_all(IF_NONE_MATCH).iter().peekable();
    if tags.peek().is_some() {
        let ours = known.etag(coding).as_bytes();
        return tags.any(|tags| tags.as_bytes().split(|byte| *byte == b',').map(<[u8]>::trim_ascii).any(|tag| is_tag(tag, ours)));
    }
    headers.get(IF_MODIFIED_SINCE).and_then(seconds).is_some_and(|since| known.modified <= since)
}

/// Weak comparison, as `If-None-Match` wants it (RFC 9110 §13.1.2).
fn is_tag(tag: &[u8], ours: &[u8]) -> bool {
    tag == b"*" || tag.strip_prefix(b"W/").unwrap_or(tag) == ours
}

fn seconds(date: &HeaderValue) -> Option<u64> {
    let date = httpdate::parse_http_date(date.to_str().ok()?).ok()?;
    Some(date.duration_since(UNIX_EPOCH).ok()?.as_secs())
}

/// Which bytes are wanted: a part only as long as it is one of what the client has the rest of (RFC 9110 §13.1.5).
fn wanted(known: &Known, headers: &HeaderMap, length: usize) -> Wanted {
    let is_of_this = headers
        .get(IF_RANGE)
        .is_none_or(|value| value.as_bytes() == known.etag(Coding::Identity).as_bytes() || seconds(value).is_some_and(|date| date == known.modified));
    let header = headers.get(RANGE).filter(|_| is_of_this).and_then(|value| value.to_str().ok());
    header.map_or(Wanted::Whole, |header| range::read(header, length))
}

async fn whole(known: &Known, coding: Coding, bytes: Vec<u8>) -> Response {
    if coding == Coding::Identity {
        return with_body(StatusCode::OK, known, coding, bytes);
    }
    match tokio::task::spawn_blocking(move || coding.pack(bytes)).await {
        Ok(Some(packed)) => with_body(StatusCode::OK, known, coding, packed),
        _ => plain(StatusCode::INTERNAL_SERVER_ERROR, "The file could not be packed.\n"),
    }
}

fn with_body(status: StatusCode, known: &Known, coding: Coding, bytes: Vec<u8>) -> Response {
    let length = bytes.len();
    let mut answer = validated(status, known, coding, Body::from(bytes));
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(known.media_type));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(name) = coding.name() {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    if let Some(policy) = &known.policy {
        headers.insert(CONTENT_SECURITY_POLICY, policy.clone());
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    answer
}

fn not_modified(known: &Known, coding: Coding) -> Response {
    validated(StatusCode::NOT_MODIFIED, known, coding, Body::empty())
}

/// An answer with what a client needs to ask again.
fn validated(status: StatusCode, known: &Known, coding: Coding, body: Body) -> Response {
    let mut answer = bare(status, body);
    let headers = answer.headers_mut();
    headers.insert(ETAG, known.etag(coding).clone());
    headers.insert(LAST_MODIFIED, known.last_modified.clone());
    if media_type::is_text(known.media_type) {
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    }
    answer
}

fn moved(address: &str) -> Response {
    let mut answer = plain(StatusCode::PERMANENT_REDIRECT, "");
    set(&mut answer, LOCATION, address);
    answer
}

fn missing(reloads: bool) -> Response {
    let page = Page::missing(reloads);
    let mut answer = bare(StatusCode::NOT_FOUND, Body::from(page.bytes));
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type::HTML));
    set(&mut answer, CONTENT_SECURITY_POLICY, &page.policy);
    answer
}

fn plain(status: StatusCode, said: &'static str) -> Response {
    let mut answer = bare(status, Body::from(said));
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    answer
}

/// An answer with what all of them say: nobody keeps it without asking again, and nobody guesses what it is.
pub(super) fn bare(status: StatusCode, body: Body) -> Response {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    answer
}

/// Sets a header to a text of ours; one that no header can hold is left out.
fn set(answer: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::try_from(value) {
        answer.headers_mut().insert(name, value);
    }
}
