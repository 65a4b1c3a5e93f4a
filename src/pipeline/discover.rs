//! `sources add`: an address that a person has → the feed to subscribe to.
//!
//! In: the address of a feed or of a page. Out: the feed, or the feeds that the page names
//! (<https://www.rssboard.org/rss-autodiscovery>). One request; no address is made up and tried.

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::format::read::{Content, FeedLink, Hints, ReadError, read};
use crate::http::{Client, Failure, Hop, Request};
use crate::model::{Language, Rel};
use crate::text::hygiene::one_line;
use crate::text::plain::readable;

/// What lives at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Found {
    /// A feed.
    Feed {
        /// Its address; where it has moved to, when it has for good.
        url: String,
        /// What it calls itself.
        title: Option<String>,
        /// Its page.
        page: Option<String>,
        /// Its language.
        language: Option<Language>,
    },
    /// A page that names feeds; at least one.
    Page(Vec<FeedLink>),
}

/// Looks at an address.
///
/// # Errors
///
/// A finding that says why there is no feed to be had.
pub async fn discover(url: &str, client: &Client) -> Result<Found, Diagnostic> {
    let failed = |message: String| Diagnostic::new(Code::SourceFailed, Place::file(url), message);
    let mut request = Request::page(url);
    request.is_last = true;
    let response = client.send(request).await.map_err(|failure| match failure {
        Failure::Refused(_) => failed(failure.to_string()).with_help("--allow-private asks addresses of an intranet too"),
        failure => failed(failure.to_string()),
    })?;
    if !matches!(response.status, 200 | 203) {
        return Err(failed(format!("expected a feed or a page, found the answer {}", response.status)));
    }
    let mut hints = Hints::named(url);
    hints.base = Some(response.url.clone());
    hints.charset.clone_from(&response.charset);
    match read(&response.body, &hints) {
        Ok(reading) => match reading.content {
            Content::Feed(feed) => {
                let has_moved = !response.hops.is_empty() && response.hops.iter().all(Hop::is_permanent);
                let title = Some(one_line(&readable(&feed.title))).filter(|title| !title.is_empty());
                let page = feed.link(&Rel::Alternate).map(|link| link.href.clone());
                Ok(Found::Feed { url: if has_moved { response.url } else { url.to_owned() }, title, page, language: feed.language })
            }
            Content::Subscriptions(_) => {
                Err(failed("expected a feed, found a subscription list (OPML)".to_owned()).with_help("save it, then: feedloom sources import FILE"))
            }
        },
        Err(ReadError::Page { feeds, .. }) if !feeds.is_empty() => Ok(Found::Page(feeds)),
        Err(error) => Err(failed(error.to_string()).with_help("look on the site for the address of its feed, often behind an orange sign")),
    }
}
