//! Where an entry of a mixed feed came from.
//!
//! In: the `source` that was opened last: RSS has a line with an address, Atom half a feed (RFC 4287 §4.2.11). Out: an
//! [`Origin`], and the people who wrote that feed.

use super::super::markup::{Cursor, Ns, Tag};
use super::super::xml;
use super::address::{self, Base};
use super::construct::{self, Rule};
use super::context;
use super::{entry, limit, person};
use crate::model::{Id, Language, Link, Origin, Person, Rel};

/// Reads it; `inherited` is the language of the entry.
pub(super) fn read(cursor: &mut Cursor<'_>, tag: &Tag<'_>, base: &Base, inherited: Option<&Language>) -> (Option<Origin>, Vec<Person>) {
    let mut origin = Origin::new(Id::opaque(""));
    origin.language = tag.filled("xml:lang").and_then(|raw| context::language(&raw, tag.offset, &mut cursor.repairs));
    let url = tag.filled("url").and_then(|url| base.resolve(&url, tag.offset, &mut cursor.repairs));
    let depth = cursor.depth();
    let (mut line, mut found_id, mut authors) = (String::new(), None, Vec::new());
    while let Some(child) = cursor.child_or_text(depth, &mut line) {
        match (child.ns, child.name.as_ref()) {
            (Ns::Plain | Ns::Atom, "id") => {
                let inner = cursor.inner();
                found_id = Some(entry::id(limit::cut(&inner.value, limit::ADDRESS)));
            }
            (Ns::Plain | Ns::Atom, "title") => {
                origin.title =
                    construct::read(cursor, &child, Rule::Atom, limit::LINE).map(|title| crate::text::plain::readable(&title).into_owned());
            }
            (Ns::Plain | Ns::Atom, "rights") => {
                let inherited = origin.language.as_ref().or(inherited);
                origin.rights = construct::placed(cursor, &child, Rule::Atom, limit::LINE, inherited);
            }
            (Ns::Plain | Ns::Atom, "author") => authors.extend(person::read(cursor)),
            (Ns::Plain | Ns::Atom, "link") => {
                let href = child.filled("href").and_then(|href| base.resolve(&href, child.offset, &mut cursor.repairs));
                cursor.inner();
                if let Some(href) = href.filter(|_| origin.links.len() < limit::LIST) {
                    origin.links.push(address::link(&child, address::rel(&child), href));
                }
            }
            _ => {
                cursor.inner();
            }
        }
    }
    if let Some(url) = url {
        if origin.links.is_empty() {
            origin.links.push(Link::new(Rel::Itself, url.clone()));
        }
        found_id = found_id.or_else(|| Some(entry::id(&url)));
    }
    let line = xml::clean_line(limit::cut(line.trim(), limit::LINE));
    if origin.title.is_none() && !line.is_empty() {
        origin.title = Some(line.into_owned());
    }
    let address = || origin.links.first().map(|link| Id::derived(link.href.clone())).or_else(|| origin.title.clone().map(Id::derived));
    let id = found_id.filter(|id| !id.as_str().is_empty()).or_else(address);
    let origin = id.map(|id| Origin { id, ..origin });
    (origin, authors)
}
