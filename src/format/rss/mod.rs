//! RSS 2.0 (<https://www.rssboard.org/rss-specification>, <https://www.rssboard.org/rss-profile>).

mod own;
mod write;

pub(super) use write::{extensions_of_entry, extensions_of_feed, title, write};
