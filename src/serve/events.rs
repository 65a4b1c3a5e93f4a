//! What open pages are told of builds: a stream of events (HTML §9.2) with the state after each.
//!
//! A page reloads when the generation is another one than it first heard, and shows the problem when there is one.

use super::answer::bare;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use futures_util::stream::unfold;
use std::convert::Infallible;
use tokio::sync::watch;

/// The state that pages are told; it ends when the server does.
pub(super) type News = watch::Receiver<Option<Told>>;

/// The state after a build.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(super) struct Told {
    /// Another one whenever a published file changed, also from one run of the server to the next.
    pub(super) generation: String,
    /// What is wrong with the last build.
    pub(super) problem: Option<String>,
}

/// The state now, and each one that follows.
pub(super) fn stream(news: &News) -> Response {
    let mut news = news.clone();
    news.mark_changed();
    let events = unfold(news, |mut news| async move {
        news.changed().await.ok()?;
        // A state that says nothing is the last.
        let told = news.borrow_and_update().clone()?;
        // Texts always serialise, and JSON has no line end of its own.
        let event = format!("data: {}\n\n", serde_json::to_string(&told).unwrap_or_default());
        Some((Ok::<_, Infallible>(event), news))
    });
    let mut answer = bare(StatusCode::OK, Body::from_stream(events));
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    answer
}
