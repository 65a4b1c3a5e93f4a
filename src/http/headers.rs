//! What is sent besides the address.
//!
//! In: a request and where it is on its way. Out: its headers: `User-Agent`, `Accept`, `Accept-Encoding`, what was asked for, and
//! nothing else. The client adds `Host`. No `Cookie`, no `Referer`, no `Cache-Control`.

use super::redirect::Journey;
use super::{Failure, Request, unpack};
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONNECTION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, USER_AGENT,
};

/// What a user's own header must not be: these say where a message ends and where it goes (RFC 9110 §7.6.1, RFC 9112 §6).
const NOT_YOURS: &[&str] = &[
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "proxy-connection",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The headers of a request where it is now.
pub(super) fn of(request: &Request, journey: &Journey, agent: &str) -> Result<HeaderMap, Failure> {
    let mut headers = HeaderMap::with_capacity(8);
    let agent = match &request.agent_suffix {
        Some(suffix) => HeaderValue::from_str(&format!("{agent} {suffix}")),
        None => HeaderValue::from_str(agent),
    };
    headers.insert(USER_AGENT, agent.map_err(|_| Failure::Request("a user agent that is no header".to_owned()))?);
    if !request.accept.is_empty() {
        headers.insert(ACCEPT, HeaderValue::from_static(request.accept));
    }
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(unpack::ACCEPTED));
    let validated = request.validators_url.as_deref().unwrap_or(&request.url);
    if (request.etag.is_some() || request.last_modified.is_some()) && journey.is_at(validated) {
        // What cannot be sent as it came is not sent.
        let validators = [(IF_NONE_MATCH, &request.etag), (IF_MODIFIED_SINCE, &request.last_modified)];
        headers.extend(validators.into_iter().filter_map(|(name, value)| Some((name, HeaderValue::from_bytes(value.as_deref()?).ok()?))));
    }
    if request.delta {
        headers.insert(HeaderName::from_static("a-im"), HeaderValue::from_static("feed"));
    }
    if request.is_last {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    if journey.sends_form() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    }
    if journey.is_home() {
        add_own(&mut headers, &request.headers)?;
    }
    Ok(headers)
}

/// The user's own headers. Messages name the header and never show its value.
fn add_own(headers: &mut HeaderMap, own: &[(String, String)]) -> Result<(), Failure> {
    let mut added = HeaderMap::with_capacity(own.len());
    for (name, value) in own {
        let wrong = |why: &str| Failure::Request(format!("the header `{}`, {why}", name.escape_debug()));
        let key = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong("which is no name"))?;
        if NOT_YOURS.contains(&key.as_str()) {
            return Err(wrong("which is not for the user to set"));
        }
        let mut value = HeaderValue::from_str(value).map_err(|_| wrong("whose value cannot be sent"))?;
        value.set_sensitive(true);
        added.append(key, value);
    }
    // They take the place of ours, and may be given several times.
    headers.extend(added);
    Ok(())
}
