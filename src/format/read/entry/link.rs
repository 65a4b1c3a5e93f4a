//! Links of an entry, and where it came from.
//!
//! In: the element that was opened last. Out: links, enclosures and the origin, in the draft.

use super::super::super::markup::{Cursor, Ns, Tag};
use super::super::context::Context;
use super::super::{address, limit, media, origin};
use super::{Around, Draft, base};
use crate::model::{Link, Rel, Role};

impl Draft {
    /// An Atom link, or an address as text.
    pub(super) fn link(&mut self, cursor: &mut Cursor<'_>, tag: &Tag<'_>, context: &Context<'_>, around: &Around) {
        let base = base(cursor, context, around);
        let inner = cursor.inner();
        let Some(href) = base.link(tag, &inner, &mut cursor.repairs) else { return };
        let rel = address::rel(tag);
        if rel == Rel::Other("enclosure".to_owned()) {
            let mut file = media::from_tag(tag, Role::Enclosure, href);
            file.alt = tag.filled("title").map(std::borrow::Cow::into_owned);
            return self.add_media(Some(file));
        }
        if tag.ns == Ns::Plain && tag.attribute("href").is_none() {
            return self.link.offer_first(3, Some(href));
        }
        self.add_link(address::link(tag, rel, href));
    }

    /// An address that stands as text in an element of its own.
    pub(super) fn link_line(&mut self, cursor: &mut Cursor<'_>, rel: Rel, media_type: Option<&str>, context: &Context<'_>, around: &Around) {
        let base = base(cursor, context, around);
        let inner = cursor.inner();
        if let Some(href) = base.resolve(&inner.value, inner.offset, &mut cursor.repairs) {
            let link = Link::new(rel, href);
            self.add_link(match media_type {
                Some(media_type) => link.with_type(media_type),
                None => link,
            });
        }
    }

    /// Where the entry came from.
    pub(super) fn source(&mut self, cursor: &mut Cursor<'_>, tag: &Tag<'_>, context: &Context<'_>, around: &Around) {
        let base = base(cursor, context, around);
        let (origin, authors) = origin::read(cursor, tag, &base, self.language.get());
        self.origin = origin.or(self.origin.take());
        for author in authors {
            self.add_author(Some(author), 1);
        }
    }

    /// Adds a link once.
    pub(super) fn add_link(&mut self, link: Link) {
        if self.links.len() < limit::LIST && !self.links.contains(&link) {
            self.links.push(link);
        }
    }
}
