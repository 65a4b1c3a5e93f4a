//! Media RSS elements of an entry (<https://www.rssboard.org/media-rss>), the same for RSS and Atom.
//!
//! In: the media of an entry. Out: elements as names and attributes; the two writers put them into their wire models.
//! Attributes hold only what is known: a guessed type or size is worse than none.
//!
//! One file may stand in several elements: a thumbnail also as `content`, an enclosure also as `content` where that says
//! more of it. [`fold`] undoes this.

use super::{uri, xml};
use crate::model::{Entry, Media, Role};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Namespace URI; the slash at the end is part of it.
pub(super) const NAMESPACE: &str = "http://search.yahoo.com/mrss/";

/// One element.
pub(super) struct Element {
    /// Local name.
    pub(super) name: &'static str,
    /// Attributes in the order in which they are written.
    pub(super) attributes: Vec<(&'static str, String)>,
    /// The text of the child `description`.
    pub(super) description: Option<String>,
}

/// `thumbnail` and `content` for pictures, `content` for the other files but those of which `is_enclosed` says that the
/// format itself has already shown them and there is nothing more to say.
pub(super) fn elements(entry: &Entry, is_enclosed: impl Fn(&Media) -> bool) -> Vec<Element> {
    files(entry, is_enclosed).iter().map(|(media, medium)| element(media, *medium)).collect()
}

/// The files that stand in `thumbnail` (as thumbnails) and in `content` (as content), with what such an element says of
/// them, and the medium.
pub(super) fn files(entry: &Entry, is_enclosed: impl Fn(&Media) -> bool) -> Vec<(Media, Option<&'static str>)> {
    let pictures = thumbnails(entry);
    let mut files = Vec::new();
    for media in entry.media.iter().filter(|media| uri::is_http(media.url.trim())) {
        let mut out = Media::new(Role::Content, uri::uri(&media.url));
        out.width = media.width.filter(|&width| width > 0);
        out.height = media.height.filter(|&height| height > 0);
        let size = out.clone();
        out.length = media.length.filter(|&length| length > 0);
        out.media_type = media.media_type.as_deref().and_then(uri::essence).map(ToOwned::to_owned);
        out.duration = media.duration;
        out.alt = alt(media, &pictures);
        let is_told = pictures.contains(&*out.url) || (out.width.is_none() && out.height.is_none() && out.duration.is_none() && out.alt.is_none());
        match media.role {
            Role::Thumbnail => {
                files.push((Media { role: Role::Thumbnail, ..size }, None));
                files.push((out, Some("image")));
            }
            Role::Enclosure if is_told && is_enclosed(media) => {}
            Role::Content | Role::Enclosure => files.push((out, medium(media))),
        }
    }
    files
}

/// The addresses of the pictures that stand for the entry.
pub(super) fn thumbnails(entry: &Entry) -> BTreeSet<Cow<'_, str>> {
    entry.media.iter().filter(|media| media.role == Role::Thumbnail).map(|media| uri::uri(&media.url)).collect()
}

/// What a file shows, on one line. Not of the picture that stands for the entry: what that shows, the title says.
pub(super) fn alt(media: &Media, thumbnails: &BTreeSet<Cow<'_, str>>) -> Option<String> {
    let alt = media.alt.as_deref().map(xml::clean_line).filter(|alt| !alt.is_empty())?;
    (!thumbnails.contains(&uri::uri(&media.url))).then(|| alt.into_owned())
}

fn element(media: &Media, medium: Option<&str>) -> Element {
    let number = |name, number: Option<u32>| number.map(|number| (name, number.to_string()));
    let mut attributes = vec![("url", media.url.clone())];
    attributes.extend(media.length.map(|length| ("fileSize", length.to_string())));
    attributes.extend(media.media_type.clone().map(|media_type| ("type", media_type)));
    attributes.extend(medium.map(|medium| ("medium", medium.to_owned())));
    attributes.extend(number("duration", media.duration));
    attributes.extend(number("width", media.width));
    attributes.extend(number("height", media.height));
    let name = if media.role == Role::Thumbnail { "thumbnail" } else { "content" };
    Element { name, attributes, description: media.alt.clone() }
}

/// What kind of thing the media type is, in Media RSS's words.
fn medium(media: &Media) -> Option<&'static str> {
    let media_type = media.media_type.as_deref()?.trim().to_ascii_lowercase();
    ["image", "audio", "video"].into_iter().find(|kind| media_type.starts_with(kind))
}

/// The files of an entry, each once: thumbnails, enclosures, content, in the order in which they were found within these.
///
/// A file that stands twice in one role is one. One that stands as content and as something else is something else, and
/// takes over what only its content element said.
pub(super) fn fold(found: Vec<Media>) -> Vec<Media> {
    let mut groups: [Vec<Media>; 3] = Default::default();
    let [thumbnails, enclosures, contents] = &mut groups;
    for media in found {
        match media.role {
            Role::Thumbnail => thumbnails.push(media),
            Role::Enclosure => enclosures.push(media),
            Role::Content => contents.push(media),
        }
    }
    let mut out: Vec<Media> = Vec::new();
    // Where each file stands, by address: once for each role at most.
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for media in groups.into_iter().flatten() {
        let known = places.entry(media.url.clone()).or_default();
        let mut taken = false;
        for &place in known.iter() {
            let Some(other) = out.get_mut(place) else { continue };
            if media.role == Role::Content || media.role == other.role {
                complete(other, &media);
                taken = true;
            }
        }
        if !taken {
            known.push(out.len());
            out.push(media);
        }
    }
    out
}

/// Adds what is not known yet.
fn complete(media: &mut Media, more: &Media) {
    media.media_type = media.media_type.take().or_else(|| more.media_type.clone());
    media.length = media.length.or(more.length);
    media.width = media.width.or(more.width);
    media.height = media.height.or(more.height);
    media.duration = media.duration.or(more.duration);
    media.alt = media.alt.take().or_else(|| more.alt.clone());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_stands_twice_is_one() {
        let file = |role, url: &str, width, length| Media { length, width, ..Media::new(role, url) };
        let folded = fold(vec![
            file(Role::Content, "a", Some(1), Some(2)),
            file(Role::Content, "c", None, None),
            file(Role::Enclosure, "b", None, Some(0)),
            file(Role::Thumbnail, "a", None, None),
            file(Role::Content, "b", Some(3), Some(4)),
            file(Role::Content, "c", Some(5), None),
        ]);
        assert_eq!(
            folded,
            [file(Role::Thumbnail, "a", Some(1), Some(2)), file(Role::Enclosure, "b", Some(3), Some(0)), file(Role::Content, "c", Some(5), None)]
        );
    }
}
