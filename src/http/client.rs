//! The client: everything that is asked of the network is asked here.
//!
//! In: a [`Request`]. Out: the last answer on its way, or why there is none. One request is sent for each address on the way; nothing is
//! sent again after a failure.

use super::address::Permit;
use super::failure::{self, Phase};
use super::gate::Gates;
use super::redirect::Journey;
use super::resolve::Resolver;
use super::{Failure, Options, Request, Response, body, freshness, headers};
use reqwest::header::{CONTENT_TYPE, ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION};
use reqwest::{Certificate, Method};
use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use url::Url;

/// How long a connection is kept for the next request to its host: a little longer than the gap between two.
const KEPT: Duration = Duration::from_secs(5);

/// Threads that wait for the system's resolver, which cannot be asked otherwise.
const RESOLVING: usize = 64;

/// Asks the network. Clones share connections and the distance between requests; many may be under way at once.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    options: Options,
    permit: Arc<Permit>,
    gates: Gates,
    /// For requests that name no proxy.
    usual: reqwest::Client,
    /// By proxy; made when first needed.
    proxied: Mutex<BTreeMap<String, reqwest::Client>>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("options", &self.0.options).finish_non_exhaustive()
    }
}

impl Client {
    /// A client with these options.
    ///
    /// # Errors
    ///
    /// [`Failure::Request`]: the proxy or an authority is none; [`Failure::Tls`]: there is nobody to trust.
    pub fn new(options: Options) -> Result<Self, Failure> {
        let permit = Arc::new(Permit { private: options.allow_private, also: options.allow.clone() });
        let usual = connect(&options, &permit, options.proxy.as_deref())?;
        let gates = Gates::new(options.clock.clone(), options.host_gap_ms);
        Ok(Self(Arc::new(Inner { options, permit, gates, usual, proxied: Mutex::default() })))
    }

    /// Asks, and follows redirects. An answer is one whatever its status; its body is read when the status is 2xx.
    ///
    /// # Errors
    ///
    /// See [`Failure`].
    pub async fn send(&self, request: Request) -> Result<Response, Failure> {
        let inner = &*self.0;
        let mut journey = Journey::start(&request.url, request.form.is_some(), &inner.permit)?;
        let client = inner.client(request.proxy.as_deref())?;
        let total = inner.options.total_timeout;
        let mut left = total;
        loop {
            let turn = inner.gates.turn(journey.url()).await;
            let began = inner.options.clock.millis();
            let answer = tokio::time::timeout(left, inner.ask(&client, &request, &journey));
            let answer = answer.await.map_err(|_| failure::timeout("the whole answer from", inner.shown(&request, &journey), total))??;
            drop(turn);
            match answer {
                Answer::Here(response) => {
                    let (url, hops) = journey.end();
                    return Ok(Response { url, hops, ..*response });
                }
                Answer::Elsewhere { status, location } => journey.follow(status, location.as_deref(), &inner.permit)?,
            }
            let passed = inner.options.clock.millis().saturating_sub(began);
            left = left.saturating_sub(Duration::from_millis(u64::try_from(passed).unwrap_or(0)));
        }
    }
}

/// What one request gave.
enum Answer {
    /// An answer, still without the way to it.
    Here(Box<Response>),
    Elsewhere {
        status: u16,
        location: Option<Vec<u8>>,
    },
}

impl Inner {
    async fn ask(&self, client: &reqwest::Client, request: &Request, journey: &Journey) -> Result<Answer, Failure> {
        let host = self.shown(request, journey);
        let message = self.message(client, request, journey)?;
        let was_conditional = message.headers().contains_key(IF_NONE_MATCH) || message.headers().contains_key(IF_MODIFIED_SINCE);
        let answer = client.execute(message).await.map_err(|error| failure::of(&error, Phase::Head, &host, &self.options))?;
        let status = answer.status().as_u16();
        let mut response = read_head(status, answer.headers(), self.options.clock.unix())?;
        response.was_conditional = was_conditional;
        if matches!(status, 301 | 302 | 303 | 307 | 308) {
            return Ok(Answer::Elsewhere { status, location: bytes(answer.headers(), &LOCATION) });
        }
        if matches!(status, 200..=299) && status != 204 && status != 205 {
            response.body = body::read(answer, &host, &self.options).await?;
        }
        Ok(Answer::Here(Box::new(response)))
    }

    /// The host in messages. What a proxy says looks as if the host had said it.
    fn shown(&self, request: &Request, journey: &Journey) -> String {
        let is_proxied = request.proxy.is_some() || self.options.proxy.is_some();
        journey.host() + if is_proxied { " through the proxy" } else { "" }
    }

    fn message(&self, client: &reqwest::Client, request: &Request, journey: &Journey) -> Result<reqwest::Request, Failure> {
        let form = request.form.as_ref().filter(|_| journey.sends_form());
        let method = if form.is_some() { Method::POST } else { Method::GET };
        let mut message = client.request(method, journey.url().clone()).headers(headers::of(request, journey, &self.options.agent)?);
        if let Some((user, password)) = request.basic.as_ref().or(journey.user()).filter(|_| journey.is_home()) {
            message = message.basic_auth(user, Some(password));
        }
        if let Some(form) = form {
            message = message.body(url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish());
        }
        message.build().map_err(|error| failure::of(&error, Phase::Head, &journey.host(), &self.options))
    }

    fn client(&self, proxy: Option<&str>) -> Result<reqwest::Client, Failure> {
        let Some(proxy) = proxy else {
            return Ok(self.usual.clone());
        };
        let mut proxied = self.proxied.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = proxied.get(proxy) {
            return Ok(client.clone());
        }
        let client = connect(&self.options, &self.permit, Some(proxy))?;
        proxied.insert(proxy.to_owned(), client.clone());
        Ok(client)
    }
}

/// What the head of an answer says.
fn read_head(status: u16, headers: &HeaderMap, now: i64) -> Result<Response, Failure> {
    let (media_type, charset) = headers.get(CONTENT_TYPE).map(|value| body::media_type(value.as_bytes())).unwrap_or_default();
    Ok(Response {
        status,
        etag: bytes(headers, &ETAG),
        last_modified: bytes(headers, &LAST_MODIFIED),
        fresh_for: freshness::fresh_for(headers, now),
        retry_after: freshness::retry_after(headers, now),
        media_type,
        charset,
        is_delta: body::is_delta(status, headers)?,
        headers: told(headers),
        ..Response::default()
    })
}

/// Headers that are handed on as they are, each line by itself.
fn told(headers: &HeaderMap) -> Vec<(&'static str, String)> {
    let lines = |name: &'static str| {
        let values = headers.get_all(name).iter();
        values.map(move |value| (name, String::from_utf8_lossy(value.as_bytes()).trim().to_owned()))
    };
    ["cache-control", "content-disposition", "content-encoding", "link"].into_iter().flat_map(lines).collect()
}

fn bytes(headers: &HeaderMap, name: &HeaderName) -> Option<Vec<u8>> {
    headers.get(name).map(|value| value.as_bytes().to_vec()).filter(|value| !value.is_empty())
}

/// Makes the client that opens connections, with or without a proxy. Nothing else in the program makes one.
///
/// Whom to trust: the authorities of the system; where there are none, as in a bare container, those of the Mozilla project as they were
/// when this was built.
fn connect(options: &Options, permit: &Arc<Permit>, proxy: Option<&str>) -> Result<reqwest::Client, Failure> {
    // An error says that somebody else in this process was first, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let proxy = proxy.map(parse_proxy).transpose()?;
    let own = options.authorities.iter().map(|der| Certificate::from_der(der)).collect::<Result<Vec<_>, _>>();
    let own = own.map_err(|_| Failure::Request("an authority that is no certificate".to_owned()))?;
    let builder = || {
        let resolver =
            Resolver { hosts: options.hosts.clone(), permit: Arc::clone(permit), proxy: proxy.as_ref().and_then(|(_, name)| name.clone()) };
        let builder = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .dns_resolver(resolver)
            .connect_timeout(options.connect_timeout)
            .read_timeout(options.read_timeout)
            .pool_idle_timeout(KEPT)
            .pool_max_idle_per_host(1)
            // Nothing is open for long enough to need these, and each costs a call for each connection.
            .tcp_keepalive(None)
            .tcp_keepalive_interval(None)
            .tcp_keepalive_retries(None)
            // What servers in the field get wrong and everybody reads.
            .http1_ignore_invalid_headers_in_responses(true)
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true);
        #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
        let builder = builder.tcp_user_timeout(None);
        match &proxy {
            Some((proxy, _)) => builder.proxy(proxy.clone()),
            None => builder,
        }
    };
    let client = match builder().build() {
        Ok(client) if own.is_empty() => Ok(client),
        Ok(_) => builder().tls_certs_merge(own).build(),
        Err(_) => {
            let bundled = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().filter_map(|der| Certificate::from_der(der).ok());
            builder().tls_certs_only(bundled.chain(own)).build()
        }
    };
    client.map_err(|error| failure::of(&error, Phase::Head, "any host", options))
}

/// A proxy, and its name when it has one. Messages do not show it: it may hold a password.
fn parse_proxy(address: &str) -> Result<(reqwest::Proxy, Option<String>), Failure> {
    const EXPECTED: &str = "a proxy that is none of `http://…`, `https://…`, `socks5://…` and `socks5h://…`";
    let wrong = || Failure::Request(EXPECTED.to_owned());
    let url = Url::parse(address).map_err(|_| wrong())?;
    if !matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h") || url.host_str().is_none_or(str::is_empty) {
        return Err(wrong());
    }
    let name = url.host_str().filter(|host| !host.starts_with('[')).map(str::to_owned);
    reqwest::Proxy::all(url).map(|proxy| (proxy, name)).map_err(|_| wrong())
}

/// Waits for what asks the network, on this thread.
///
/// # Errors
///
/// [`Failure::Connect`]: the system has nothing left to wait with (descriptors, memory).
pub fn run<T>(future: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().max_blocking_threads(RESOLVING).build();
    let runtime = runtime.map_err(|error| Failure::Connect { host: "any host".to_owned(), why: error.to_string() })?;
    let outcome = runtime.block_on(future);
    // Names that are still being resolved are of no interest any more.
    runtime.shutdown_background();
    Ok(outcome)
}
