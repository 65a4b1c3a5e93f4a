//! Pictures, sound and films: enclosures, Media RSS, iTunes.
//!
//! In: elements (<https://www.rssboard.org/media-rss>). Out: [`Media`], each address once a role. A picture that is both
//! thumbnail and content is one thumbnail with all that is known of it.

use super::super::markup::Tag;
use crate::model::{Media, Role};

/// The file that a tag's attributes speak of; `url` is resolved already.
pub(super) fn from_tag(tag: &Tag<'_>, role: Role, url: String) -> Media {
    let mut media = Media::new(role, url);
    let number = |name: &str| tag.filled(name).and_then(|value| whole_number(&value));
    media.media_type = tag.filled("type").map(std::borrow::Cow::into_owned);
    media.length = number("length").or_else(|| number("filesize"));
    media.width = number("width").and_then(|value| value.try_into().ok());
    media.height = number("height").and_then(|value| value.try_into().ok());
    media.duration = tag.filled("duration").and_then(|value| seconds(&value));
    media
}

/// A number as people write it: `1024`, `1,024`, `1024 bytes`, `240px`.
fn whole_number(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits: String = text.chars().take_while(|c| c.is_ascii_digit() || *c == ',').filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// A duration: seconds, `MM:SS` or `HH:MM:SS`.
pub(in crate::format) fn seconds(text: &str) -> Option<u32> {
    let mut total = 0_u32;
    let mut parts = 0;
    for part in text.trim().split(':') {
        let whole = part.trim().split('.').next()?;
        total = total.checked_mul(60)?.checked_add(whole.parse().ok()?)?;
        parts += 1;
    }
    (parts <= 3).then_some(total)
}

/// Adds a file, joined with what is known of the same address.
pub(in crate::format) fn add(list: &mut Vec<Media>, found: Media) {
    if let Some(known) = list.iter_mut().find(|known| known.url == found.url && may_join(known.role, found.role)) {
        if known.role == Role::Content {
            known.role = found.role;
        }
        known.media_type = known.media_type.take().or(found.media_type);
        known.length = known.length.or(found.length);
        known.width = known.width.or(found.width);
        known.height = known.height.or(found.height);
        known.duration = known.duration.or(found.duration);
        known.alt = known.alt.take().or(found.alt);
    } else {
        list.push(found);
    }
}

/// Whether two mentions of one address are one file: the same role, or content beside something more telling.
fn may_join(one: Role, other: Role) -> bool {
    one == other || one == Role::Content || other == Role::Content
}
