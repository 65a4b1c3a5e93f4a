//! A feed in all its formats.

use super::layout::Layout;
use crate::format::{Format, WriteError, write};
use crate::model::{Feed, Link, Rel};

/// The file and the text of a feed in each of the layout's formats.
///
/// The feed gets a self link for each format; a writer takes the one of its own media type.
pub fn encode(feed: &mut Feed, folder: &str, layout: &Layout) -> impl Iterator<Item = (String, Result<String, WriteError>)> {
    feed.links.retain(|link| link.rel != Rel::Itself);
    let address = |format: Format| Link::new(Rel::Itself, layout.address(&layout.feed_file(folder, format))).with_type(format.media_type());
    feed.links.extend(layout.formats.iter().map(|format| address(*format)));
    let feed = &*feed;
    layout.formats.iter().map(move |format| (layout.feed_file(folder, *format), write(feed, *format)))
}
