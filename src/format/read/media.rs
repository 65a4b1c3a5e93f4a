//! Pictures, sound and films: enclosures, Media RSS, iTunes.
//!
//! In: elements (<https://www.rssboard.org/media-rss>). Out: [`Media`], one an element; `media_rss` joins those of one file.

use super::super::markup::Tag;
use crate::model::{Media, Role};

/// The file that a tag's attributes speak of; `url` is resolved already.
pub(super) fn from_tag(tag: &Tag<'_>, role: Role, url: String) -> Media {
    let mut media = Media::new(role, url);
    let number = |name: &str| tag.filled(name).and_then(|value| whole_number(&value));
    media.media_type = tag.filled("type").map(std::borrow::Cow::into_owned);
    // 0 says that nobody knows (RSS profile).
    media.length = number("length").or_else(|| number("filesize")).filter(|&length| length > 0);
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
