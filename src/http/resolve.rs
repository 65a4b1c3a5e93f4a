//! Names → the addresses that may be connected to.
//!
//! In: a name. Out: its addresses without those that may not be asked. A connection is opened to one of exactly these, so that there
//! is no moment between check and connection in which the name can begin to mean something else (DNS rebinding).

use super::address::Permit;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

/// Names that are resolved by hand instead of by the system. Their addresses are checked like any others.
///
/// A port of 0 is that of the URL; a port in the URL goes before it.
///
/// ```
/// use feedloom::http::Hosts;
///
/// let hosts: Hosts = [("a.test", "127.0.0.1:8080".parse().unwrap())].into_iter().collect();
/// ```
#[derive(Clone, Default)]
pub struct Hosts(Option<Arc<Lookup>>);

type Lookup = dyn Fn(&str) -> Option<Vec<SocketAddr>> + Send + Sync;

impl Hosts {
    /// Asks `lookup` first; a name for which it has nothing is resolved by the system.
    pub fn by(lookup: impl Fn(&str) -> Option<Vec<SocketAddr>> + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(lookup)))
    }

    fn lookup(&self, name: &str) -> Option<Vec<SocketAddr>> {
        self.0.as_ref().and_then(|lookup| lookup(name))
    }
}

impl<N: Into<String>> FromIterator<(N, SocketAddr)> for Hosts {
    fn from_iter<I: IntoIterator<Item = (N, SocketAddr)>>(pairs: I) -> Self {
        let pairs: Vec<(String, SocketAddr)> = pairs.into_iter().map(|(name, address)| (name.into(), address)).collect();
        Self::by(move |name| {
            let found: Vec<SocketAddr> = pairs.iter().filter(|(known, _)| known == name).map(|(_, address)| *address).collect();
            (!found.is_empty()).then_some(found)
        })
    }
}

impl fmt::Debug for Hosts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Hosts").field(&self.0.is_some()).finish()
    }
}

/// A name leads only to where nothing may be asked.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Refusal(pub(super) String);

/// A name without an address.
#[derive(Debug, thiserror::Error)]
#[error("the name has no address")]
struct Nowhere;

/// What the client asks for the addresses of a name.
pub(super) struct Resolver {
    pub(super) hosts: Hosts,
    pub(super) permit: Arc<Permit>,
    /// The name of the proxy, which the user chose: it may be anywhere.
    pub(super) proxy: Option<String>,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let by_hand = self.hosts.lookup(name.as_str());
        let is_free = self.proxy.as_deref() == Some(name.as_str());
        let permit = Arc::clone(&self.permit);
        Box::pin(async move {
            let found = match by_hand {
                Some(found) => found,
                // Port 0: the client puts in that of the URL.
                None => tokio::net::lookup_host((name.as_str(), 0)).await?.collect(),
            };
            let allowed = if is_free { found } else { sift(name.as_str(), found, &permit)? };
            if allowed.is_empty() {
                return Err(Nowhere.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// Those that may be asked. It is a refusal when there are some, and none of them may.
fn sift(name: &str, found: Vec<SocketAddr>, permit: &Permit) -> Result<Vec<SocketAddr>, Refusal> {
    let private = found.iter().map(SocketAddr::ip).find(|address| !permit.allows(*address));
    let allowed: Vec<SocketAddr> = found.into_iter().filter(|address| permit.allows(address.ip())).collect();
    match private {
        Some(address) if allowed.is_empty() => Err(Refusal(format!("`{name}`, which is {address}"))),
        _ => Ok(allowed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const PUBLIC: &str = "93.184.216.34:80";
    const PRIVATE: &str = "127.0.0.1:80";

    fn at(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    fn ask(resolver: &Resolver, name: &str) -> Result<Vec<SocketAddr>, String> {
        crate::http::run(resolver.resolve(name.parse().unwrap())).unwrap().map(Iterator::collect).map_err(|error| error.to_string())
    }

    fn resolver(hosts: Hosts) -> Resolver {
        Resolver { hosts, permit: Arc::default(), proxy: Some("proxy.test".to_owned()) }
    }

    #[test]
    fn private_addresses_are_dropped_and_refused_when_none_is_left() {
        let hosts = [("both.test", at(PRIVATE)), ("both.test", at(PUBLIC)), ("inside.test", at(PRIVATE)), ("proxy.test", at(PRIVATE))];
        let resolver = resolver(hosts.into_iter().collect());
        assert_eq!(ask(&resolver, "both.test"), Ok(vec![at(PUBLIC)]));
        assert_eq!(ask(&resolver, "inside.test"), Err("`inside.test`, which is 127.0.0.1".to_owned()));
        assert_eq!(ask(&resolver, "proxy.test"), Ok(vec![at(PRIVATE)]), "the user named it");
    }

    #[test]
    fn a_name_that_turns_private_is_refused_the_moment_it_does() {
        let asked = AtomicUsize::new(0);
        let resolver = resolver(Hosts::by(move |_| {
            let first = asked.fetch_add(1, Ordering::SeqCst) == 0;
            Some(vec![at(if first { PUBLIC } else { PRIVATE })])
        }));
        assert_eq!(ask(&resolver, "flip.test"), Ok(vec![at(PUBLIC)]));
        assert!(ask(&resolver, "flip.test").is_err());
    }

    #[test]
    fn what_the_system_resolves_is_checked_too() {
        let resolver = resolver(Hosts::default());
        let refusal = ask(&resolver, "localhost").unwrap_err();
        assert!(refusal.starts_with("`localhost`, which is "), "{refusal}");
        assert_eq!(ask(&self::resolver(Hosts::by(|_| Some(Vec::new()))), "a.test"), Err("the name has no address".to_owned()));
    }
}
