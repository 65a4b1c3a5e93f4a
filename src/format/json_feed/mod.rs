//! JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).

mod extra;
mod feedloom;
mod item;
mod links;
mod mend;
mod read;
mod write;

pub(super) use extra::{extensions, full_media, generator, logo, members, updated};
pub(super) use links::{of_entry as entry_links, of_feed as feed_links};
pub(super) use read::read;
pub(super) use write::{body, summary, tags, write};
