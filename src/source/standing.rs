//! Which of several entries that say the same is the original.
//!
//! In: entries with the feeds that they are from. Out: an order. It looks at where they live, not at who came first, so that the
//! result does not depend on the order in which feeds were read.

use super::attribute::key;
use super::canonical::host;
use crate::model::{Entry, Origin};
use std::cmp::{Ordering, Reverse};

/// How good the claim of an entry is to be the original; the smallest is the best one: the one whose feed lives where its page lives,
/// then the one whose id says so, then the one that says more, then the earlier one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Standing {
    home: Reverse<Home>,
    id_is_at_home: Reverse<bool>,
    length: Reverse<usize>,
    date: i64,
    key: (String, String),
}

/// Whether an entry's page lives where its feed does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Home {
    Elsewhere,
    /// Where the feed says that it lives. Anybody can say so.
    Claimed,
    /// Where the feed was asked for.
    Proved,
}

impl Standing {
    /// The standing of an entry with its origin.
    pub(super) fn of(entry: &Entry) -> Self {
        Self::within(entry, entry.origin.as_deref(), None)
    }

    /// The standing of an entry in the feed that was read, which is not the entry's own where an aggregator says whose it is; `asked` is
    /// the address that was asked for it.
    pub(super) fn within(entry: &Entry, feed: Option<&Origin>, asked: Option<&str>) -> Self {
        let asked_host = asked.and_then(host);
        let home_of = |host: &str| {
            if asked_host.as_deref() == Some(host) {
                Home::Proved
            } else if feed.is_some_and(|feed| claims(feed, host)) {
                Home::Claimed
            } else {
                Home::Elsewhere
            }
        };
        let page = entry.link().and_then(|link| host(&link.href));
        Self {
            home: Reverse(page.as_deref().map_or(Home::Elsewhere, home_of)),
            id_is_at_home: Reverse(authority(entry.id.as_str()).is_some_and(|host| home_of(&host) != Home::Elsewhere)),
            length: Reverse(length(entry)),
            date: entry.published.or(entry.updated).map_or(i64::MAX, |date| date.unix()),
            key: (asked.map_or_else(|| feed.map(key).unwrap_or_default(), ToOwned::to_owned), entry.id.as_str().to_owned()),
        }
    }

    /// The same with the date that counts for the entry.
    pub(super) fn dated(mut self, date: i64) -> Self {
        self.date = date;
        self
    }

    /// Which of two entries is the original where one text stands on several pages: who copies adds lines, and comes later.
    pub(super) fn cmp_copies(&self, other: &Self) -> Ordering {
        let key = |standing: &Self| (standing.home, standing.id_is_at_home, standing.date);
        key(self).cmp(&key(other)).then_with(|| self.cmp(other))
    }

    /// Whether the page of the entry lives where its feed does.
    pub(super) fn is_at_home(&self) -> bool {
        self.home.0 != Home::Elsewhere
    }
}

fn claims(feed: &Origin, page_host: &str) -> bool {
    feed.links.iter().any(|link| host(&link.href).as_deref() == Some(page_host)) || host(feed.id.as_str()).as_deref() == Some(page_host)
}

/// The host that an id names: that of an address, or the authority of a tag URI (RFC 4151 §2.1).
fn authority(id: &str) -> Option<String> {
    match id.strip_prefix("tag:") {
        Some(rest) => rest.split_once(',').and_then(|(authority, _)| host(&format!("https://{authority}/"))),
        None => host(id),
    }
}

/// How many bytes an entry says.
pub(super) fn length(entry: &Entry) -> usize {
    [&entry.content, &entry.summary].into_iter().flatten().map(|text| text.value.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Id, Link, Rel, Text};

    fn entry(page: &str, id: &str, text: &str) -> Entry {
        let mut entry = Entry::new(Id::opaque(id));
        entry.links.push(Link::new(Rel::Alternate, page));
        entry.content = Some(Text::html(text));
        entry
    }

    #[test]
    fn a_home_that_was_asked_counts_more_than_one_that_is_claimed() {
        let mut liar = Origin::new(Id::opaque("https://blog.test/"));
        liar.links.push(Link::new(Rel::Alternate, "https://blog.test/"));
        let page = "https://www.blog.test/?p=1";
        let proved = Standing::within(&entry(page, "1", "short"), None, Some("https://blog.test/feed"));
        let claimed = Standing::within(&entry(page, "1", "a longer text"), Some(&liar), Some("https://liar.test/feed"));
        let elsewhere = Standing::within(&entry(page, "1", "the longest text of them all"), None, Some("https://planet.test/feed"));
        assert!(proved < claimed && claimed < elsewhere);
        assert_eq!((proved.is_at_home(), claimed.is_at_home(), elsewhere.is_at_home()), (true, true, false));
    }

    #[test]
    fn an_id_says_whose_it_is() {
        let at = |host: &str| {
            Standing::within(&entry(&format!("https://{host}/1"), "tag:a.test,2025:1", "x"), None, Some(&format!("https://{host}/feed")))
        };
        assert!(at("a.test") < at("b.test"));
    }
}
