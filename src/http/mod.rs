//! The only door to the network: one client for everything that is fetched.
//!
//! In: a [`Request`]. Out: a [`Response`], whatever its status, or a [`Failure`]. Only public addresses are asked unless private ones
//! are allowed; that is checked of the addresses that are connected to, at each redirect. Bodies are unpacked and counted as they
//! come; one that is too large is a failure, never a part of it. Requests to one host and port keep their distance.
//!
//! RFC 9110 (HTTP), RFC 9111 (caching), RFC 3229 (226). Nothing here knows a feed, a file or the store.

mod address;
mod body;
mod client;
mod failure;
mod freshness;
mod gate;
mod gather;
mod headers;
mod options;
mod redirect;
mod resolve;
mod unpack;

pub use address::is_public;
pub use client::{Client, run};
pub use gather::gather;
pub use options::Options;
pub use redirect::is_home;
pub use resolve::Hosts;

use std::fmt;

/// What to ask for, and how.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Request {
    /// Absolute http(s) address; a fragment is not sent.
    pub url: String,
    /// `If-None-Match`, byte for byte. Sent only to the address that gave it.
    pub etag: Option<Vec<u8>>,
    /// `If-Modified-Since`, byte for byte. Sent only to the address that gave it.
    pub last_modified: Option<Vec<u8>>,
    /// The address that gave these two ([`Response::url`]), on the way from `url`; `url` itself when `None`.
    pub validators_url: Option<String>,
    /// `Accept`
    pub accept: &'static str,
    /// Whether a server may send only what is new (`A-IM: feed`, RFC 3229).
    pub delta: bool,
    /// More headers (name, value); secrets. Not sent to another origin (scheme, host and port) than that of `url`, but to its https when
    /// it is http and leads there.
    pub headers: Vec<(String, String)>,
    /// User name and password (RFC 7617); the same holds.
    pub basic: Option<(String, String)>,
    /// Proxy for this request.
    pub proxy: Option<String>,
    /// What is put behind the user agent.
    pub agent_suffix: Option<String>,
    /// Whether nothing more is going to be asked of this host, so that the connection need not be kept.
    pub is_last: bool,
    /// The form of a POST (`application/x-www-form-urlencoded`) instead of a GET.
    pub form: Option<Vec<(String, String)>>,
}

/// The media types of feeds, best first, as `Accept`.
pub const ACCEPT_FEED: &str =
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5";
/// Those of pages that name feeds.
pub const ACCEPT_PAGE: &str = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5";

impl Request {
    /// Asks for a feed.
    pub fn feed(url: impl Into<String>) -> Self {
        Self { url: url.into(), accept: ACCEPT_FEED, ..Self::default() }
    }

    /// Asks for a page that may be a feed or name some.
    pub fn page(url: impl Into<String>) -> Self {
        Self { url: url.into(), accept: ACCEPT_PAGE, ..Self::default() }
    }
}

impl fmt::Debug for Request {
    // Headers may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("url", &self.url).finish_non_exhaustive()
    }
}

/// An answer, whatever its status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Response {
    /// The status (RFC 9110 §15) of the last answer.
    pub status: u16,
    /// The address that gave it, without user and fragment.
    pub url: String,
    /// The redirects on the way, in order.
    pub hops: Vec<Hop>,
    /// `ETag`, byte for byte.
    pub etag: Option<Vec<u8>>,
    /// `Last-Modified`, byte for byte.
    pub last_modified: Option<Vec<u8>>,
    /// Seconds for which the answer is fresh from now (RFC 9111 §4.2); `Some(0)`: it must be revalidated each time; `None`: nothing is
    /// said.
    pub fresh_for: Option<i64>,
    /// Seconds to wait from now, from `Retry-After` (RFC 9110 §10.2.3), with any status.
    pub retry_after: Option<i64>,
    /// Media type of `Content-Type`, in lower case, without parameters.
    pub media_type: Option<String>,
    /// Its `charset` parameter.
    pub charset: Option<String>,
    /// Whether the request said what is known (`If-None-Match`, `If-Modified-Since`) to the address that answered.
    pub was_conditional: bool,
    /// Whether the body is what is new only (`IM: feed` with status 226).
    pub is_delta: bool,
    /// What else was said of the body and how it may be kept, for people who look after the server: name in lower case and value, of
    /// `Cache-Control`, `Content-Disposition`, `Content-Encoding` and `Link`.
    pub headers: Vec<(&'static str, String)>,
    /// The body, unpacked; empty unless the status is 2xx.
    pub body: Vec<u8>,
}

/// A redirect that was followed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hop {
    /// 301, 302, 303, 307 or 308.
    pub status: u16,
    /// Where it led, absolute.
    pub to: String,
}

impl Hop {
    /// Whether the old address is given up (RFC 9110 §15.4.2, §15.4.9).
    pub fn is_permanent(&self) -> bool {
        matches!(self.status, 301 | 308)
    }
}

/// Why there is no answer. Each shows itself as one line: what was expected and found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// The address, or one that it redirects to, may not be asked.
    #[error("expected a public http(s) address, found {0}")]
    Refused(String),
    /// The name has no address.
    #[error("expected an address for {host}, found none: {why}")]
    Dns {
        /// The name.
        host: String,
        /// What the resolver said.
        why: String,
    },
    /// Nobody answers, or the connection broke.
    #[error("expected a connection to {host}, found: {why}")]
    Connect {
        /// Host and port.
        host: String,
        /// What the system said.
        why: String,
    },
    /// The certificate or TLS is not accepted.
    #[error("expected a trusted connection to {host}, found {why}")]
    Tls {
        /// Host and port.
        host: String,
        /// What was found instead.
        why: String,
    },
    /// It took too long.
    #[error("expected {what} {host} within {seconds} s, found none")]
    Timeout {
        /// What was waited for: `an answer from`.
        what: &'static str,
        /// Host and port.
        host: String,
        /// For how many seconds.
        seconds: u64,
    },
    /// The redirects have no end, or lead from https to http.
    #[error("expected the feed after at most {most} redirects over https, found {found}")]
    Redirect {
        /// How many are followed.
        most: usize,
        /// What was found.
        found: String,
    },
    /// The unpacked body is larger than allowed; nothing of it is kept.
    #[error("expected at most {limit} bytes when unpacked, found more")]
    TooLarge {
        /// Bytes.
        limit: u64,
    },
    /// The bytes cannot be unpacked, or are no HTTP.
    #[error("expected HTTP, found: {0}")]
    Protocol(String),
    /// The request itself cannot be sent: a header or a proxy that is none.
    #[error("expected a request that can be sent, found: {0}")]
    Request(String),
}
