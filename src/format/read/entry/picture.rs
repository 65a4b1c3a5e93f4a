//! Media RSS (<https://www.rssboard.org/media-rss>) and the pictures of items.
//!
//! In: the element that was opened last. Out: files, and titles and descriptions where the entry has no others, in the draft.

use super::super::super::markup::{Cursor, Tag};
use super::super::construct::Rule;
use super::super::context::Context;
use super::super::{limit, media};
use super::field::category;
use super::{Around, Draft, base};
use crate::model::{Media, Role};

impl Draft {
    /// An element of Media RSS.
    pub(super) fn media_rss<'a>(&mut self, cursor: &mut Cursor<'a>, tag: &Tag<'a>, context: &Context<'_>, around: &mut Around, level: usize) {
        let depth = cursor.depth();
        match tag.name.as_ref() {
            "content" | "thumbnail" => {
                let role = if tag.name == "thumbnail" { Role::Thumbnail } else { Role::Content };
                let base = base(cursor, context, around);
                let stated = tag.filled("url").and_then(|url| base.resolve(&url, tag.offset, &mut cursor.repairs));
                let mut found = stated.map(|url| media::from_tag(tag, role, url));
                // Inside of `content` stand the thumbnail and the description of this file.
                let mut line = String::new();
                let mut inside = Draft::default();
                if level < 8 {
                    while let Some(child) = cursor.child_or_text(depth, &mut line) {
                        inside.element(cursor, &child, context, around, level + 1);
                    }
                }
                if found.is_none() && role == Role::Thumbnail && !line.trim().is_empty() {
                    found = base.resolve(&line, tag.offset, &mut cursor.repairs).map(|url| media::from_tag(tag, role, url));
                }
                if let Some(file) = &mut found {
                    let about = inside.title.take().or(inside.summary.take());
                    file.alt = about.map(|about| crate::text::plain::readable(&about).into_owned());
                }
                self.add_media(found);
                for file in inside.media {
                    self.add_media(Some(file));
                }
                self.extensions.append(&mut inside.extensions);
            }
            "group" if level < 8 => self.children(cursor, depth, context, around, level + 1),
            "title" => {
                let text = self.text(cursor, tag, Rule::Title, limit::LINE);
                self.title.offer(1, text);
            }
            "description" => {
                let rule = if tag.filled("type").is_some_and(|kind| kind.eq_ignore_ascii_case("html")) { Rule::Html } else { Rule::Title };
                let text = self.text(cursor, tag, rule, limit::BODY);
                self.summary.offer(1, text);
            }
            "category" => {
                let found = category(cursor, tag);
                self.add_category(found);
            }
            _ => self.extension(cursor, tag, around),
        }
    }

    /// `image` of an item: an address, or an element `url` as in the channel.
    pub(super) fn image(&mut self, cursor: &mut Cursor<'_>, context: &Context<'_>, around: &Around) {
        let base = base(cursor, context, around);
        let (depth, at) = (cursor.depth(), cursor.opened_at());
        let mut line = String::new();
        while let Some(child) = cursor.child_or_text(depth, &mut line) {
            let inner = cursor.inner();
            if child.name == "url" {
                line.push_str(&inner.value);
            }
        }
        let url = base.resolve(line.trim(), at, &mut cursor.repairs);
        self.cover = url.map(|url| Media::new(Role::Thumbnail, url)).or(self.cover.take());
    }

    /// Adds a file.
    pub(super) fn add_media(&mut self, found: Option<Media>) {
        // A file may stand in several elements.
        self.media.extend(found.filter(|_| self.media.len() < 4 * limit::MEDIA));
    }
}
