//! RSS 2.0 (<https://www.rssboard.org/rss-specification>, <https://www.rssboard.org/rss-profile>).

mod write;

pub(super) use write::write;
