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
    let why = explain(&causes, phase);
    if let Some(refusal) = causes.iter().find_map(|cause| cause.downcast_ref::<Refusal>()) {
        return Failure::Refused(refusal.0.clone());
    }
    if error.is_dns() {
        return Failure::Dns { host, why };
    }
    if let Some(tls) = causes.iter().find_map(|cause| cause.downcast_ref::<rustls::Error>()) {
        return Failure::Tls { host, why: explain_tls(tls) };
    }
    if error.is_timeout() {
        return match phase {
            Phase::Head if error.is_connect() => timeout("a connection to", host, options.connect_timeout),
            Phase::Head => timeout("an answer from", host, options.read_timeout),
            Phase::Body => timeout("more of the answer from", host, options.read_timeout),
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
pub(super) fn timeout(what: &'static str, host: String, time: Duration) -> Failure {
    Failure::Timeout { what, host, seconds: time.as_secs() + u64::from(time.subsec_nanos() > 0) }
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

/// The words of others that say nothing to a person, and what they mean.
const MEANINGS: &[(&str, &str)] = &[
    ("connection closed before message completed", CLOSED_BEFORE),
    ("operation was canceled", CLOSED_BEFORE),
    ("tunnel error: unsuccessful", "the proxy does not lead there"),
    ("SOCKS error: failed to create underlying connection", "the proxy cannot be reached"),
    ("SOCKS error: failed parsing server response", "the proxy does not speak SOCKS"),
];
const CLOSED_BEFORE: &str = "it was closed before an answer came";
const CLOSED_WITHIN: &str = "it was closed before the whole answer came";

/// The cause in words for people.
fn explain(causes: &[&(dyn Error + 'static)], phase: Phase) -> String {
    let is_end = |cause: &&(dyn Error + 'static)| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::UnexpectedEof);
    if causes.iter().any(is_end) {
        return if phase == Phase::Head { CLOSED_BEFORE } else { CLOSED_WITHIN }.to_owned();
    }
    // The last cause is the one that says something; the others say in which layer it was.
    let Some(said) = causes.last().map(ToString::to_string) else {
        return "no reason is given".to_owned();
    };
    MEANINGS.iter().find(|(words, _)| *words == said).map_or_else(|| tidy(&said).to_owned(), |(_, meaning)| (*meaning).to_owned())
}

/// Without what a person does not need: which call it was, the number that the system has for it, what was done to find it.
fn tidy(said: &str) -> &str {
    let said = said.strip_prefix("failed to lookup address information: ").unwrap_or(said);
    let said = said.split_once(" (os error ").map_or(said, |(said, _)| said);
    said.strip_suffix(" parsed").unwrap_or(said)
}

/// What was found instead of a trusted connection.
fn explain_tls(error: &rustls::Error) -> String {
    use rustls::{CertificateError as Certificate, Error};
    match error {
        Error::InvalidCertificate(Certificate::UnknownIssuer) => "a certificate that is signed by nobody whom this machine trusts".to_owned(),
        Error::InvalidCertificate(Certificate::Expired | Certificate::ExpiredContext { .. }) => "a certificate that has expired".to_owned(),
        Error::InvalidCertificate(Certificate::NotValidYet | Certificate::NotValidYetContext { .. }) => {
            "a certificate that is not valid yet".to_owned()
        }
        Error::InvalidCertificate(Certificate::NotValidForName | Certificate::NotValidForNameContext { .. }) => {
            "a certificate for another name".to_owned()
        }
        Error::InvalidCertificate(Certificate::Revoked) => "a certificate that was revoked".to_owned(),
        // The type of the reason is private to a crate further down; a test holds the word.
        Error::InvalidCertificate(Certificate::Other(reason)) if format!("{reason:?}").contains("CaUsedAsEndEntity") => {
            "the certificate of an authority, or one that is signed by itself, instead of a server's".to_owned()
        }
        Error::InvalidCertificate(_) => "a certificate that cannot be checked".to_owned(),
        Error::PeerIncompatible(_) => "no version or cipher of TLS that is still safe".to_owned(),
        Error::AlertReceived(alert) => format!("an end by the server, which says {alert:?}"),
        Error::InvalidMessage(_) => "something that does not speak TLS".to_owned(),
        other => tidy(&other.to_string()).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::{AlertDescription, CertificateError, Error, OtherError, PeerIncompatible};

    #[test]
    fn what_systems_and_libraries_say_is_shortened() {
        for (said, expected) in [
            ("Connection refused (os error 111)", "Connection refused"),
            ("failed to lookup address information: Name or service not known", "Name or service not known"),
            ("No such host is known. (os error 11001)", "No such host is known."),
            ("invalid HTTP version parsed", "invalid HTTP version"),
            ("message head is too large", "message head is too large"),
            ("", ""),
        ] {
            assert_eq!(tidy(said), expected);
        }
    }

    #[test]
    fn certificates_are_explained_without_the_names_of_types() {
        #[derive(Debug, thiserror::Error)]
        #[error("CaUsedAsEndEntity")]
        struct CaUsedAsEndEntity;

        let other = OtherError(std::sync::Arc::new(CaUsedAsEndEntity));
        for (error, expected) in [
            (Error::InvalidCertificate(CertificateError::UnknownIssuer), "a certificate that is signed by nobody whom this machine trusts"),
            (Error::InvalidCertificate(CertificateError::Expired), "a certificate that has expired"),
            (Error::InvalidCertificate(CertificateError::NotValidYet), "a certificate that is not valid yet"),
            (Error::InvalidCertificate(CertificateError::NotValidForName), "a certificate for another name"),
            (Error::InvalidCertificate(CertificateError::Revoked), "a certificate that was revoked"),
            (Error::InvalidCertificate(CertificateError::BadEncoding), "a certificate that cannot be checked"),
            (
                Error::InvalidCertificate(CertificateError::Other(other)),
                "the certificate of an authority, or one that is signed by itself, instead of a server's",
            ),
            (Error::PeerIncompatible(PeerIncompatible::ServerDoesNotSupportTls12Or13), "no version or cipher of TLS that is still safe"),
            (Error::AlertReceived(AlertDescription::HandshakeFailure), "an end by the server, which says HandshakeFailure"),
        ] {
            assert_eq!(explain_tls(&error), expected);
        }
    }
}
