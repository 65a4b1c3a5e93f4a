//! Media RSS elements of an entry (<https://www.rssboard.org/media-rss>), the same for RSS and Atom.
//!
//! In: the media of an entry. Out: elements as names and attributes; the two writers put them into their wire models.
//! Attributes hold only what is known: a guessed type or size is worse than none.

use super::uri;
use crate::model::{Entry, Media, Role};

/// Namespace URI; the slash at the end is part of it.
pub(super) const NAMESPACE: &str = "http://search.yahoo.com/mrss/";

/// One element without content.
pub(super) struct Element {
    /// Local name.
    pub(super) name: &'static str,
    /// Attributes in the order in which they are written.
    pub(super) attributes: Vec<(&'static str, String)>,
}

/// `thumbnail` and `content` for pictures, `content` for the other files but those that `is_enclosed` says the format
/// itself has already shown.
pub(super) fn elements(entry: &Entry, is_enclosed: impl Fn(&Media) -> bool) -> Vec<Element> {
    let mut elements = Vec::new();
    for media in entry.media.iter().filter(|media| uri::is_http(media.url.trim())) {
        match media.role {
            Role::Thumbnail => {
                let mut attributes = vec![("url", uri::uri(&media.url).into_owned())];
                attributes.extend(size(media));
                elements.push(Element { name: "thumbnail", attributes });
                elements.push(content(media, Some("image")));
            }
            Role::Enclosure if is_enclosed(media) => {}
            Role::Content | Role::Enclosure => elements.push(content(media, medium(media))),
        }
    }
    elements
}

fn content(media: &Media, medium: Option<&str>) -> Element {
    let mut attributes = vec![("url", uri::uri(&media.url).into_owned())];
    attributes.extend(media.length.filter(|&length| length > 0).map(|length| ("fileSize", length.to_string())));
    attributes.extend(media.media_type.as_deref().and_then(uri::essence).map(|media_type| ("type", media_type.to_owned())));
    attributes.extend(medium.map(|medium| ("medium", medium.to_owned())));
    attributes.extend(media.duration.map(|seconds| ("duration", seconds.to_string())));
    attributes.extend(size(media));
    Element { name: "content", attributes }
}

/// Width and height in pixels; a size of nought is none.
fn size(media: &Media) -> impl Iterator<Item = (&'static str, String)> {
    let pixels = |name, number: Option<u32>| number.filter(|&number| number > 0).map(|number| (name, number.to_string()));
    pixels("width", media.width).into_iter().chain(pixels("height", media.height))
}

/// What kind of thing the media type is, in Media RSS's words.
fn medium(media: &Media) -> Option<&'static str> {
    let media_type = media.media_type.as_deref()?.trim().to_ascii_lowercase();
    ["image", "audio", "video"].into_iter().find(|kind| media_type.starts_with(kind))
}
