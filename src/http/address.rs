//! Which addresses may be asked: public ones, unless more is allowed.
//!
//! In: an IP address, or a URL. Out: whether it may be asked, or why not. Pure: it asks no resolver and opens nothing.
//!
//! An IPv6 address that carries an IPv4 one is judged by both, so that no notation leads around the check. What is not known to be
//! public is not: of IPv6 only `2000::/3` is given out for the Internet (RFC 4291 §2.4, the IANA registries of special addresses).

use super::Failure;
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// Blocks of IPv4 that are not public: first address, length of the prefix (IANA special-purpose registry, RFC 6890).
const NOT_PUBLIC_V4: &[([u8; 4], u32)] = &[
    ([0, 0, 0, 0], 8),       // this network
    ([10, 0, 0, 0], 8),      // private
    ([100, 64, 0, 0], 10),   // behind a carrier's NAT
    ([127, 0, 0, 0], 8),     // this machine
    ([169, 254, 0, 0], 16),  // this link; clouds keep their secrets at 169.254.169.254
    ([172, 16, 0, 0], 12),   // private
    ([192, 0, 0, 0], 24),    // protocol assignments
    ([192, 0, 2, 0], 24),    // documentation
    ([192, 88, 99, 0], 24),  // 6to4 relays, given up
    ([192, 168, 0, 0], 16),  // private
    ([198, 18, 0, 0], 15),   // benchmarks
    ([198, 51, 100, 0], 24), // documentation
    ([203, 0, 113, 0], 24),  // documentation
    ([224, 0, 0, 0], 4),     // multicast
    ([240, 0, 0, 0], 4),     // reserved, and broadcast
];

/// Whether anybody on the Internet may reach the address.
///
/// ```
/// use feedloom::http::is_public;
///
/// assert!(is_public("9.9.9.9".parse().unwrap()));
/// assert!(!is_public("::ffff:127.0.0.1".parse().unwrap()));
/// ```
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = address.to_bits();
    !NOT_PUBLIC_V4.iter().any(|(base, length)| (bits ^ u32::from_be_bytes(*base)) >> (32 - length) == 0)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    match address.segments() {
        // Mapped (RFC 4291 §2.5.5.2), NAT64 (RFC 6052) and 6to4 (RFC 3056): the IPv4 address is what is reached.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => is_public_v4(joined(high, low)),
        // Teredo (RFC 4380 §4): its server, and its client with all bits turned.
        [0x2001, 0, server_high, server_low, _, _, high, low] => is_public_v4(joined(server_high, server_low)) && is_public_v4(joined(!high, !low)),
        // ISATAP (RFC 5214 §6.1): the address of the host behind the prefix.
        [first, second, _, _, 0 | 0x0200, 0x5efe, high, low] => is_global_unicast(first, second) && is_public_v4(joined(high, low)),
        [first, second, ..] => is_global_unicast(first, second),
    }
}

/// Whether the prefix is of those that are given out for the Internet: not `::/96` (with `::` and `::1`), `64:ff9b:1::/48`, `100::/64`,
/// `fc00::/7`, `fe80::/10`, `fec0::/10`, `ff00::/8` and all that is not assigned.
fn is_global_unicast(first: u16, second: u16) -> bool {
    let is_documentation = first == 0x2001 && second == 0x0db8 || first == 0x3fff && second < 0x1000;
    // 2001::/23: for protocols.
    let is_special = first == 0x2001 && second < 0x0200;
    first & 0xe000 == 0x2000 && !is_documentation && !is_special
}

fn joined(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low))
}

/// What may be asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Permit {
    /// Any address.
    pub(super) private: bool,
    /// These too, although they are not public.
    pub(super) also: BTreeSet<IpAddr>,
}

impl Permit {
    /// Whether this address may be connected to.
    pub(super) fn allows(&self, address: IpAddr) -> bool {
        self.private || is_public(address) || self.also.contains(&address)
    }

    /// Whether this may be asked as far as its own text says: scheme, literal address, names of this machine. All notations of an
    /// address (`0x7f.1`, `2130706433`, `[::ffff:127.0.0.1]`) are one to [`Url`].
    ///
    /// What a name leads to is checked when it is connected to.
    pub(super) fn check(&self, url: &Url) -> Result<(), Failure> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Failure::Refused(format!("the scheme `{}:`", url.scheme())));
        }
        match url.host() {
            Some(Host::Ipv4(address)) => self.check_literal(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => self.check_literal(IpAddr::V6(address)),
            Some(Host::Domain(name)) if !self.private && is_localhost(name) => Err(Failure::Refused(format!("this machine (`{name}`)"))),
            Some(Host::Domain(_)) => Ok(()),
            None => Err(Failure::Refused("an address without a host".to_owned())),
        }
    }

    fn check_literal(&self, address: IpAddr) -> Result<(), Failure> {
        if self.allows(address) { Ok(()) } else { Err(Failure::Refused(format!("the address {address}"))) }
    }
}

/// Whether the URL says itself that it is of this machine.
pub(super) fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => is_localhost(name),
        None => false,
    }
}

/// RFC 6761 §6.3. [`Url`] gives names in lower case.
fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name == "localhost" || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_addresses_are_told_from_the_others() {
        let public = [
            "1.1.1.1",
            "9.9.9.9",
            "93.184.216.34",
            "100.63.255.255",
            "100.128.0.1",
            "126.255.255.255",
            "128.0.0.1",
            "169.253.255.255",
            "172.15.255.255",
            "172.32.0.1",
            "192.0.1.1",
            "192.167.255.255",
            "198.17.255.255",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2001:4860:4860::8888",
            "2001:200::1",
            "2408:8000::1",
            "::ffff:1.1.1.1",
            "64:ff9b::1.1.1.1",
            "2002:101:101::1",
            "2001:0:4136:e378:8000:63bf:f6f6:f6f6",
            "2606:4700::5efe:101:101",
        ];
        let private = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:0:127.0.0.1",
            "64:ff9b::169.254.169.254",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::10.0.0.1",
            "64:ff9b:1:a9fe:a9:fe00::",
            "2002:7f00:1::1",
            "2002:c0a8:1::1",
            "2002:a9fe:a9fe::",
            // Teredo whose client is 127.0.0.1, and whose server is 10.0.0.1.
            "2001:0:4136:e378:8000:63bf:80ff:fffe",
            "2001:0:a00:1:8000:63bf:f6f6:f6f6",
            // ISATAP of 10.0.0.1 behind a public prefix, and of a public address behind a private one.
            "2606:4700::5efe:a00:1",
            "2606:4700::200:5efe:a00:1",
            "fe80::5efe:101:101",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "2001:2::1",
            "2001:10::1",
            "3fff::1",
            "100::1",
            "4000::1",
            "5f00::1",
        ];
        for (addresses, expected) in [(&public[..], true), (&private[..], false)] {
            for address in addresses {
                assert_eq!(is_public(address.parse().unwrap()), expected, "{address}");
            }
        }
    }

    #[test]
    fn an_address_is_one_in_every_notation() {
        let permit = Permit::default();
        let refused = [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://0x7f.1/",
            "http://0x7f000001/",
            "http://2130706433/",
            "http://017700000001/",
            "http://0177.0.0.01/",
            "http://127.0.0.1./",
            "http://１２７.０.０.１/",
            "http://127%2e0.0.1/",
            "http://[::1]/",
            "http://[::ffff:7f00:1]/",
            "http://[0:0:0:0:0:ffff:127.0.0.1]/",
            "http://0/",
            "http://localhost/",
            "http://LOCALHOST/",
            "http://localhost./",
            "http://a.localhost/",
            "https://169.254.169.254/latest/meta-data/",
            "http://user:password@10.0.0.1/",
            "file:///etc/passwd",
            "ftp://example.org/",
            "gopher://example.org/",
            "data:text/xml,<rss/>",
            "javascript:1",
        ];
        for url in refused {
            assert!(matches!(permit.check(&Url::parse(url).unwrap()), Err(Failure::Refused(_))), "{url}");
        }
        for url in ["https://example.org/", "http://93.184.216.34/", "http://localhost.example.org/", "http://[2606:4700::1111]/"] {
            assert_eq!(permit.check(&Url::parse(url).unwrap()), Ok(()), "{url}");
        }
    }

    #[test]
    fn more_is_allowed_by_hand() {
        let one = Permit { private: false, also: ["127.0.0.1".parse().unwrap()].into() };
        assert_eq!(one.check(&Url::parse("http://127.0.0.1/").unwrap()), Ok(()));
        assert!(one.check(&Url::parse("http://127.0.0.2/").unwrap()).is_err());
        let all = Permit { private: true, also: BTreeSet::new() };
        assert_eq!(all.check(&Url::parse("http://localhost/").unwrap()), Ok(()));
        assert!(all.check(&Url::parse("file:///etc/passwd").unwrap()).is_err(), "a file is never asked");
    }
}
