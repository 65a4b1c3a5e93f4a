//! What holds for all requests of a client.
//!
//! In: what the user wants. Out: [`Options`]. Data only.

use super::Hosts;
use crate::clock::Clock;
use std::collections::BTreeSet;
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

/// What holds for all requests. The defaults are those of the documentation.
#[derive(Clone)]
#[non_exhaustive]
pub struct Options {
    /// `User-Agent`: name, version, where to read about it, whom to write to. Never that of a browser.
    pub agent: String,
    /// How long a connection may take, with the resolution of the name and TLS: 10 s.
    pub connect_timeout: Duration,
    /// How long nothing may come: 20 s.
    pub read_timeout: Duration,
    /// How long a request may take with all its redirects, without the waiting for its turn: 60 s.
    pub total_timeout: Duration,
    /// Bytes that a body may have when unpacked: 10 MiB.
    pub limit: u64,
    /// Whether private addresses and those of this machine may be asked: no.
    pub allow_private: bool,
    /// Single addresses that may be asked although they are private.
    pub allow: BTreeSet<IpAddr>,
    /// Milliseconds between the starts of two requests to one host and port: 1,000. Those whose address says that they are on this
    /// machine (127.0.0.0/8, `::1`, `localhost`) need none.
    pub host_gap_ms: i64,
    /// Proxy for all requests that name none (`http:`, `https:`, `socks5:`, `socks5h:`). It may have a private address, since the user
    /// named it. Names are resolved by the proxy, so that what they lead to is not checked; with `socks5:` here, and checked. Addresses
    /// that are written as numbers are always checked.
    pub proxy: Option<String>,
    /// Names that are resolved by hand.
    pub hosts: Hosts,
    /// Certificates (DER) of authorities that are trusted besides those of the system, such as a company's own.
    pub authorities: Vec<Vec<u8>>,
    /// The time, for spacing requests and for what answers say of it.
    pub clock: Clock,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            agent: concat!("feedloom/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(20),
            total_timeout: Duration::from_secs(60),
            limit: 10 * 1024 * 1024,
            allow_private: false,
            allow: BTreeSet::new(),
            host_gap_ms: 1000,
            proxy: None,
            hosts: Hosts::default(),
            authorities: Vec::new(),
            clock: Clock::System,
        }
    }
}

impl fmt::Debug for Options {
    // A proxy's address may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("agent", &self.agent).field("proxy", &self.proxy.is_some()).finish_non_exhaustive()
    }
}
