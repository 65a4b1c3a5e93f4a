//! The way from the address that was asked for to the one that answers.
//!
//! In: an address, and the `Location` of each answer. Out: the next address and what may be sent there, or why not to go on. Pure.
//!
//! RFC 9110 §15.4. Each address is checked like the first; user names in a `Location` are dropped; from https to http never. Secrets are
//! for the origin where it began, and for the same host over https.

use super::address::Permit;
use super::{Failure, Hop};
use std::borrow::Cow;
use url::{Origin, Url};

/// How many redirects are followed.
pub(super) const MOST: usize = 5;

/// A request on its way.
#[derive(Debug)]
pub(super) struct Journey {
    origin: Origin,
    /// Where it is, without fragment and without user.
    url: Url,
    /// Where it has been.
    seen: Vec<Url>,
    hops: Vec<Hop>,
    /// User name and password that were in the address, when there were any.
    user: Option<(String, String)>,
    sends_form: bool,
}

impl Journey {
    /// Sets out to an address. `sends_form`: with the form of a POST.
    pub(super) fn start(address: &str, sends_form: bool, permit: &Permit) -> Result<Self, Failure> {
        let mut url = Url::parse(address).map_err(|error| Failure::Request(format!("an address that is none: {error}")))?;
        permit.check(&url)?;
        let user = take_user(&mut url);
        url.set_fragment(None);
        Ok(Self { origin: url.origin(), url, seen: Vec::new(), hops: Vec::new(), user, sends_form })
    }

    /// Where it is.
    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    /// The host where it is, with the port when that is not the usual one; for messages.
    pub(super) fn host(&self) -> String {
        place(&self.url)
    }

    /// Whether it is still at the scheme, host and port where it began, so that secrets may be shown. A host that was asked over http
    /// and leads to its own https is the same, and safer; the certificate says so.
    pub(super) fn is_home(&self) -> bool {
        leads_home(&self.origin, &self.url)
    }

    /// User name and password of the address itself.
    pub(super) fn user(&self) -> Option<&(String, String)> {
        self.user.as_ref()
    }

    /// Whether this is the address that `text` names.
    pub(super) fn is_at(&self, text: &str) -> bool {
        Url::parse(text).is_ok_and(|mut url| {
            let _ = take_user(&mut url);
            url.set_fragment(None);
            url == self.url
        })
    }

    /// Whether the form is sent along: until a redirect turns the request into a GET (RFC 9110 §15.4.2 to §15.4.4).
    pub(super) fn sends_form(&self) -> bool {
        self.sends_form
    }

    /// Follows a redirect.
    pub(super) fn follow(&mut self, status: u16, location: Option<&[u8]>, permit: &Permit) -> Result<(), Failure> {
        let stop = |found: String| Failure::Redirect { most: MOST, found };
        let Some(location) = location else {
            return Err(stop(format!("status {status} without `Location`")));
        };
        let mut next = self.url.join(&readable(location)).map_err(|error| stop(format!("a `Location` that is no address: {error}")))?;
        permit.check(&next)?;
        let _ = take_user(&mut next);
        next.set_fragment(None);
        if self.url.scheme() == "https" && next.scheme() == "http" {
            return Err(stop(format!("one from https://{} to http://{}", place(&self.url), place(&next))));
        }
        if next == self.url || self.seen.contains(&next) {
            return Err(stop(format!("a circle at {}", place(&next))));
        }
        if self.hops.len() >= MOST {
            return Err(stop(format!("one more, at {}", place(&self.url))));
        }
        self.sends_form &= matches!(status, 307 | 308);
        self.hops.push(Hop { status, to: next.as_str().to_owned() });
        self.seen.push(std::mem::replace(&mut self.url, next));
        Ok(())
    }

    /// Where it ended, and the way there.
    pub(super) fn end(self) -> (String, Vec<Hop>) {
        (self.url.into(), self.hops)
    }
}

/// Whether secrets for the first address may be shown at the second: see [`super::Request::headers`].
pub fn is_home(from: &str, to: &str) -> bool {
    matches!((Url::parse(from), Url::parse(to)), (Ok(from), Ok(to)) if leads_home(&from.origin(), &to))
}

fn leads_home(origin: &Origin, url: &Url) -> bool {
    match (origin, url.origin()) {
        (Origin::Tuple(began, host, port), Origin::Tuple(scheme, to, at)) if began == "http" && scheme == "https" => {
            // The usual ports, or one that was given and stays: another one may be another's.
            *host == to && ((*port, at) == (80, 443) || *port == at)
        }
        (began, origin) => *began == origin,
    }
}

/// Takes user name and password out of an address, decoded.
fn take_user(url: &mut Url) -> Option<(String, String)> {
    let decoded = |text: &str| {
        // The form encoding is the decoder at hand; a plus means itself here.
        let text = text.replace('+', "%2B");
        url::form_urlencoded::parse(text.as_bytes()).next().map(|(name, _)| name.into_owned()).unwrap_or_default()
    };
    let user =
        (!url.username().is_empty() || url.password().is_some()).then(|| (decoded(url.username()), decoded(url.password().unwrap_or_default())));
    // These fail for addresses without a host only, which have no user.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    user
}

/// Host, and port when it is not the usual one of the scheme.
fn place(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// A `Location` as text. Servers send UTF-8 and other bytes as they are; the latter are kept, as the address has them.
fn readable(location: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(location) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            Cow::Owned(location.iter().map(|&byte| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(address: &str) -> Journey {
        Journey::start(address, false, &Permit::default()).unwrap()
    }

    fn follow(journey: &mut Journey, location: &str) -> Result<(), Failure> {
        journey.follow(302, Some(location.as_bytes()), &Permit::default())
    }

    #[test]
    fn locations_are_resolved_against_where_they_come_from() {
        for (location, expected) in [
            ("/b", "https://a.example/b"),
            ("b?x=1#part", "https://a.example/feeds/b?x=1"),
            ("//b.example", "https://b.example/"),
            ("https://user:password@a.example/b", "https://a.example/b"),
            ("/新闻", "https://a.example/%E6%96%B0%E9%97%BB"),
            ("?page=2", "https://a.example/feeds/a?page=2"),
        ] {
            let mut journey = start("https://a.example/feeds/a");
            follow(&mut journey, location).unwrap();
            assert_eq!(journey.end().0, expected);
        }
        let mut journey = start("https://a.example/");
        journey.follow(301, Some(b"/\xd0\xc2\xce\xc5"), &Permit::default()).unwrap();
        assert_eq!(journey.url().as_str(), "https://a.example/%D0%C2%CE%C5", "GBK");
    }

    #[test]
    fn from_https_to_http_never() {
        let mut journey = start("https://a.example/secret-path");
        let failure = follow(&mut journey, "http://a.example/secret-path").unwrap_err();
        assert_eq!(
            failure.to_string(),
            "expected the feed after at most 5 redirects over https, found one from https://a.example to http://a.example"
        );
        let mut journey = start("http://a.example/");
        follow(&mut journey, "https://a.example/").unwrap();
        assert!(follow(&mut journey, "http://b.example/").is_err(), "also later");
    }

    #[test]
    fn circles_and_long_ways_end() {
        let mut journey = start("https://a.example/");
        assert!(matches!(follow(&mut journey, "/#same"), Err(Failure::Redirect { .. })));
        follow(&mut journey, "/1").unwrap();
        assert!(follow(&mut journey, "https://a.example:443/").unwrap_err().to_string().ends_with("a circle at a.example"));
        for step in 2..=5 {
            follow(&mut journey, &format!("/{step}")).unwrap();
        }
        assert!(follow(&mut journey, "/6").unwrap_err().to_string().ends_with("one more, at a.example"));
        assert_eq!(journey.end().1.len(), 5);
    }

    #[test]
    fn each_address_is_checked() {
        for location in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://[::ffff:a9fe:a9fe]/",
            "http://localhost/",
            "file:///etc/passwd",
            "ftp://a.example/",
            "data:text/plain,x",
        ] {
            let failure = follow(&mut start("http://a.example/"), location).unwrap_err();
            assert!(matches!(failure, Failure::Refused(_)), "{location}: {failure}");
        }
        assert!(follow(&mut start("http://a.example/"), "http://").is_err());
        assert!(start("http://a.example/").follow(301, None, &Permit::default()).is_err());
        assert!(matches!(Journey::start("feed.xml", false, &Permit::default()), Err(Failure::Request(_))));
    }

    #[test]
    fn home_is_scheme_host_and_port_or_the_https_of_it() {
        for (location, is_home) in [
            ("/other", true),
            ("http://a.example:80/", true),
            ("http://A.EXAMPLE/x", true),
            ("http://a.example:81/", false),
            ("https://a.example/", true),
            ("https://a.example:443/x", true),
            ("https://a.example:444/", false),
            ("https://a.example:80/", true),
            ("https://b.example/", false),
            ("https://www.a.example/", false),
            ("http://b.a.example/", false),
        ] {
            let mut journey = start("http://a.example/feed");
            assert!(journey.is_home());
            follow(&mut journey, location).unwrap();
            assert_eq!(journey.is_home(), is_home, "{location}");
        }
        for (location, is_home) in [("https://a.example:8080/", true), ("https://a.example/", false), ("https://a.example:8443/", false)] {
            let mut journey = start("http://a.example:8080/feed");
            follow(&mut journey, location).unwrap();
            assert_eq!(journey.is_home(), is_home, "{location}");
        }
        // What is at home stays there, and what was not does not come to be by turning into https.
        let mut journey = start("http://a.example/");
        follow(&mut journey, "https://a.example/1").unwrap();
        follow(&mut journey, "https://b.example/2").unwrap();
        assert!(!journey.is_home());
        follow(&mut journey, "https://a.example/3").unwrap();
        assert!(journey.is_home());
    }

    #[test]
    fn the_user_of_the_first_address_is_taken_out_of_it() {
        let journey = start("https://us%40er:p+%C3%A9@a.example/feed#part");
        assert_eq!(journey.user(), Some(&("us@er".to_owned(), "p+é".to_owned())));
        assert!(journey.is_at("https://a.example/feed"));
        assert!(journey.is_at("https://A.example:443/feed#other"));
        assert!(!journey.is_at("https://a.example/feed?"));
        assert_eq!(journey.end().0, "https://a.example/feed");
        assert_eq!(start("https://a.example/").user(), None);
    }

    #[test]
    fn a_form_is_sent_again_only_where_the_method_stays() {
        for (status, stays) in [(301, false), (302, false), (303, false), (307, true), (308, true)] {
            let mut journey = Journey::start("https://a.example/", true, &Permit::default()).unwrap();
            journey.follow(status, Some(b"/b"), &Permit::default()).unwrap();
            assert_eq!(journey.sends_form(), stays, "{status}");
        }
    }
}
