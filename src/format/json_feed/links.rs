//! Which link stands in which member of a JSON Feed.
//!
//! In: the links of a feed or an entry. Out: the links that the format has members for, and the others, which stand in our
//! extension object. A member holds an address alone: the media type, language and title of its link are not written.

use super::super::{Format, outgoing};
use crate::model::{Entry, Feed, Link, Rel};

/// The links of a feed.
pub(in super::super) struct FeedLinks {
    /// `home_page_url`.
    pub(in super::super) page: Option<Link>,
    /// `feed_url`.
    pub(in super::super) own: Option<Link>,
    /// `next_url`.
    pub(in super::super) next: Option<Link>,
    /// `hubs`.
    pub(in super::super) hubs: Vec<Link>,
    /// The `links` of our extension object.
    pub(in super::super) others: Vec<Link>,
}

/// The links of an entry.
pub(in super::super) struct EntryLinks {
    /// `url`.
    pub(in super::super) page: Option<Link>,
    /// `external_url`.
    pub(in super::super) related: Option<Link>,
    /// The `links` of our extension object.
    pub(in super::super) others: Vec<Link>,
}

/// Sorts the links of a feed. Its own addresses in other formats are left out.
pub(in super::super) fn of_feed(feed: &Feed) -> FeedLinks {
    let own = outgoing::own_address(feed, Format::JsonFeed).map(|href| Link::new(Rel::Itself, href));
    let mut links = FeedLinks { page: None, own, next: None, hubs: Vec::new(), others: Vec::new() };
    for link in feed.links.iter().filter_map(outgoing::any_link) {
        match &link.rel {
            Rel::Itself => {}
            Rel::Hub => links.hubs.push(link),
            Rel::Alternate if links.page.is_none() => links.page = Some(link),
            Rel::Other(name) if name == "next" && links.next.is_none() => links.next = Some(link),
            _ => links.others.push(link),
        }
    }
    links.others = outgoing::distinct(links.others);
    links
}

/// Sorts the links of an entry.
pub(in super::super) fn of_entry(entry: &Entry) -> EntryLinks {
    let mut links = EntryLinks { page: None, related: None, others: Vec::new() };
    for link in entry.links.iter().filter_map(outgoing::any_link) {
        match &link.rel {
            Rel::Alternate if links.page.is_none() => links.page = Some(link),
            Rel::Related if links.related.is_none() => links.related = Some(link),
            _ => links.others.push(link),
        }
    }
    links.others = outgoing::distinct(links.others);
    links
}
