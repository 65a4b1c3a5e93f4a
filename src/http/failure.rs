//! Errors of the HTTP client → what failed.
//!
//! In: an error and where it happened. Out: a [`Failure`] that names the host and what the system or the server said. Never an address
//! with its path, a header, or a proxy with its password: messages end up in logs.

use super::resolve::Refusal;
use super::{Failure, Options};
use std::error::Error;
use std::io;
use std::time::Duration;

/// What was under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// The answer's head was waited for.
    Head,
    /// Its body was read.
    Body,
}

/// What failed at this host.
pub(super) fn of(error: &reqwest::Error, phase: Phase, host: &str, options: &Options) -> Failure {
    let causes = causes(error);
    let host = host.to_owned();
    // The last cause is the one that says something; the others say in which layer it was.
    let why = causes.last().map_or_else(|| "no reason is given".to_owned(), ToString::to_string);
    if let Some(refusal) = causes.iter().find_map(|cause| cause.downcast_ref::<Refusal>()) {
        return Failure::Refused(refusal.0.clone());
    }
    if error.is_dns() {
        return Failure::Dns { host, why };
    }
    if let Some(tls) = causes.iter().find_map(|cause| cause.downcast_ref::<rustls::Error>()) {
        return Failure::Tls { host, why: explain(tls) };
    }
    if error.is_timeout() {
        return match phase {
            Phase::Head if error.is_connect() => timeout("a connection", options.connect_timeout),
            Phase::Head => timeout("an answer", options.read_timeout),
            Phase::Body => timeout("more of the answer", options.read_timeout),
        };
    }
    if error.is_connect() || causes.iter().any(|cause| is_broken(*cause)) {
        return Failure::Connect { host, why };
    }
    if error.is_builder() {
        return Failure::Request(why);
    }
    Failure::Protocol(why)
}

/// Something that did not come in time. Parts of a second count as one.
pub(super) fn timeout(what: &'static str, time: Duration) -> Failure {
    Failure::Timeout { what, seconds: time.as_secs() + u64::from(time.subsec_nanos() > 0) }
}

/// The causes below the error, outermost first.
fn causes(error: &reqwest::Error) -> Vec<&(dyn Error + 'static)> {
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        causes.push(cause);
        // An `io::Error` hides the error that it was made of: its source is the source of that.
        next = match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => cause.source(),
        };
    }
    causes
}

/// Whether the connection broke, as opposed to what came over it being wrong.
fn is_broken(cause: &(dyn Error + 'static)) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, HostUnreachable, NetworkUnreachable, NotConnected, UnexpectedEof};
    if let Some(error) = cause.downcast_ref::<io::Error>() {
        let kinds = [BrokenPipe, ConnectionAborted, ConnectionReset, HostUnreachable, NetworkUnreachable, NotConnected, UnexpectedEof];
        return kinds.contains(&error.kind());
    }
    // The type of this one is private to a crate further down; a test holds the words.
    let said = cause.to_string();
    said == "connection closed before message completed" || said == "operation was canceled"
}

/// What is wrong with a certificate, in words for people.
fn explain(error: &rustls::Error) -> String {
    use rustls::{CertificateError, Error};
    match error {
        Error::InvalidCertificate(CertificateError::UnknownIssuer) => "it is signed by nobody whom this machine trusts".to_owned(),
        Error::InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. }) => "it has expired".to_owned(),
        Error::InvalidCertificate(CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. }) => "it is not valid yet".to_owned(),
        Error::InvalidCertificate(CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. }) => {
            "it is for another name".to_owned()
        }
        Error::InvalidMessage(_) => "what answers does not speak TLS".to_owned(),
        other => other.to_string(),
    }
}
