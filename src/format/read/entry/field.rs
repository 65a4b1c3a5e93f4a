//! Elements of RSS, Atom, Dublin Core and iTunes → fields.
//!
//! In: the element that was opened last. Out: what it says, in the draft. One table, because feeds mix these vocabularies.

use super::super::super::markup::{Cursor, Ns, Tag};
use super::super::address::is_web;
use super::super::construct::Rule;
use super::super::context::{self, Context};
use super::super::{extension, limit, media, person};
use super::identity::id;
use super::{Around, Draft, base};
use crate::model::{Category, Id, Link, Media, Rel, Role};

impl Draft {
    /// Elements of RSS, Atom, Dublin Core and iTunes; `false`, and nothing is read, when it is none that the model has a field for.
    pub(super) fn of_feed(&mut self, cursor: &mut Cursor<'_>, tag: &Tag<'_>, context: &Context<'_>, around: &mut Around) -> bool {
        let is_atom = tag.ns == Ns::Atom;
        let name = tag.name.as_ref();
        match (tag.ns, name) {
            (Ns::Plain | Ns::Atom, "title") => {
                let rule = if is_atom { Rule::Atom } else { Rule::Title };
                let text = self.text(cursor, tag, rule, limit::LINE);
                self.title.offer(3, text);
            }
            (Ns::Dc | Ns::DcTerms | Ns::Itunes, "title") => {
                let text = self.text(cursor, tag, Rule::Title, limit::LINE);
                self.title.offer(2, text);
            }
            (Ns::Plain | Ns::Atom, "link") => self.link(cursor, tag, context, around),
            (Ns::Plain | Ns::Atom, "guid") => self.guid(cursor, tag, context, around),
            (Ns::Plain | Ns::Atom, "id") => {
                let inner = cursor.inner();
                let value = limit::cut(&inner.value, limit::ADDRESS);
                self.id.offer(3, (!value.is_empty()).then(|| id(value)));
            }
            (Ns::Dc | Ns::DcTerms, "identifier") => {
                let inner = cursor.inner();
                let value = limit::cut(&inner.value, limit::ADDRESS);
                self.id.offer(1, (!value.is_empty()).then(|| id(value)));
            }
            (Ns::Plain | Ns::Atom, "description" | "summary" | "abstract") => {
                let rule = if is_atom || name == "summary" && tag.filled("type").is_some() { Rule::Atom } else { Rule::Html };
                let text = self.text(cursor, tag, rule, limit::BODY);
                if tag.ns == Ns::Plain && name == "description" {
                    self.description.offer(1, text);
                } else {
                    self.summary.offer(4, text);
                }
            }
            (Ns::Dc | Ns::DcTerms, "description" | "abstract") | (Ns::Itunes, "summary" | "subtitle" | "description") => {
                let rank = match (tag.ns, name) {
                    (Ns::Itunes, "subtitle") => 1,
                    (Ns::Itunes, _) => 2,
                    _ => 3,
                };
                let text = self.text(cursor, tag, Rule::Html, limit::BODY);
                self.summary.offer(rank, text);
            }
            (Ns::Plain | Ns::Atom, "content") => self.content(cursor, tag, context, around),
            (Ns::Plain | Ns::Atom | Ns::Dc | Ns::DcTerms, _) if date_rank(tag.ns, name).is_some() => {
                let inner = cursor.inner();
                let date = context.date(&inner.value, inner.offset, &mut cursor.repairs);
                match date_rank(tag.ns, name) {
                    Some((true, rank)) => self.published.offer(rank, date),
                    Some((false, rank)) => self.updated.offer(rank, date),
                    None => {}
                }
            }
            (Ns::Plain | Ns::Atom | Ns::Itunes, "author") | (Ns::Dc, "creator" | "author") | (Ns::DcTerms, "creator") => {
                let found = person::read(cursor);
                self.add_author(found, if tag.ns == Ns::Itunes { 1 } else { 2 });
            }
            (Ns::Plain | Ns::Atom | Ns::Itunes, "category") | (Ns::Dc | Ns::DcTerms, "subject") => {
                let found = category(cursor, tag);
                self.add_category(found);
            }
            (Ns::Plain | Ns::Itunes, "keywords") | (Ns::Plain, "tags" | "tag") => {
                let inner = cursor.inner();
                for term in inner.value.split([',', '，', '、']).map(str::trim).filter(|term| !term.is_empty()) {
                    self.add_category(Some(Category::new(limit::cut(term, limit::NAME))));
                }
            }
            (Ns::Plain, "enclosure") => {
                let href = tag.filled("url").or_else(|| tag.filled("href"));
                let url = href.and_then(|href| base(cursor, context, around).resolve(&href, tag.offset, &mut cursor.repairs));
                self.add_media(url.map(|url| media::from_tag(tag, Role::Enclosure, url)));
            }
            (Ns::Plain | Ns::Atom, "source") => self.source(cursor, tag, context, around),
            (Ns::Plain, "comments") => self.link_line(cursor, Rel::Other("replies".to_owned()), Some("text/html"), context, around),
            (Ns::Dc | Ns::DcTerms | Ns::Plain, "language") => {
                let inner = cursor.inner();
                let language = context::language(&inner.value, inner.offset, &mut cursor.repairs);
                self.language.offer(2, language);
            }
            (Ns::Itunes, "image") => {
                let inner = cursor.inner();
                let href = tag.filled("href").or_else(|| tag.filled("url")).unwrap_or_else(|| inner.value.clone());
                let url = base(cursor, context, around).resolve(&href, tag.offset, &mut cursor.repairs);
                self.cover = url.map(|url| Media::new(Role::Thumbnail, url));
            }
            (Ns::Itunes, "duration") => self.duration = media::seconds(&cursor.inner().value),
            (Ns::Plain, "image") => self.image(cursor, context, around),
            _ => return false,
        }
        true
    }

    /// An id of RSS, which is an address unless it says otherwise.
    fn guid(&mut self, cursor: &mut Cursor<'_>, tag: &Tag<'_>, context: &Context<'_>, around: &Around) {
        let is_permalink = tag.filled("ispermalink").is_none_or(|value| value.eq_ignore_ascii_case("true"));
        let inner = cursor.inner();
        let value = limit::cut(&inner.value, limit::ADDRESS);
        if value.is_empty() {
            return;
        }
        if is_permalink && is_web(value) {
            self.permalink.get_or_insert_with(|| value.to_owned());
            return self.id.offer(3, Some(Id::permalink(value)));
        }
        if is_permalink && tag.attribute("ispermalink").is_some() {
            self.permalink = base(cursor, context, around).resolve(value, inner.offset, &mut cursor.repairs);
        }
        self.id.offer(3, Some(id(value)));
    }

    /// The body, or where it is.
    fn content(&mut self, cursor: &mut Cursor<'_>, tag: &Tag<'_>, context: &Context<'_>, around: &Around) {
        if let Some(src) = tag.filled("src") {
            let href = base(cursor, context, around).resolve(&src, tag.offset, &mut cursor.repairs);
            self.content_link = href.map(|href| {
                let link = Link::new(Rel::Alternate, href);
                match tag.filled("type") {
                    Some(media_type) => link.with_type(media_type),
                    None => link,
                }
            });
        }
        let rule = if tag.ns == Ns::Atom || tag.filled("type").is_some() { Rule::Atom } else { Rule::Html };
        let text = self.text(cursor, tag, rule, limit::BODY);
        self.content.offer_first(4, text);
    }
}

/// Whether an entry has a field for this element of a foreign vocabulary; the name in lower case.
pub(in crate::format) fn is_field(ns: Ns, name: &str) -> bool {
    match ns {
        Ns::Dc | Ns::DcTerms if date_rank(ns, name).is_some() => true,
        Ns::Dc | Ns::DcTerms => {
            matches!(name, "title" | "identifier" | "description" | "abstract" | "creator" | "subject" | "language")
                || ns == Ns::Dc && name == "author"
        }
        Ns::Itunes => matches!(name, "title" | "summary" | "subtitle" | "description" | "author" | "category" | "keywords" | "image" | "duration"),
        Ns::Content | Ns::Xhtml if matches!(name, "encoded" | "fullitem" | "body" | "div") => true,
        Ns::Content => matches!(name, "items" | "item"),
        Ns::Media => matches!(name, "group" | "content" | "thumbnail" | "title" | "description" | "category"),
        Ns::Wfw => name == "commentrss",
        Ns::FeedBurner => name == "origlink",
        ns => extension::is_syntax(ns),
    }
}

/// Which date the element is (`true`: of publication), and how much it counts.
fn date_rank(ns: Ns, name: &str) -> Option<(bool, u8)> {
    Some(match (ns, name) {
        (Ns::Plain | Ns::Atom, "published") => (true, 6),
        (Ns::Plain | Ns::Atom, "pubdate") => (true, 5),
        (Ns::Plain | Ns::Atom | Ns::DcTerms, "issued") => (true, 4),
        (Ns::Dc | Ns::DcTerms, "date") => (true, 3),
        (Ns::Plain | Ns::Atom | Ns::DcTerms, "created") => (true, 2),
        (Ns::Plain, "date") => (true, 1),
        (Ns::Plain | Ns::Atom, "updated") => (false, 5),
        (Ns::Plain | Ns::Atom | Ns::DcTerms, "modified") => (false, 4),
        (Ns::Plain, "lastbuilddate") => (false, 2),
        _ => return None,
    })
}

/// A category: attributes in Atom, text and `domain` in RSS, `text` in iTunes.
pub(in crate::format::read) fn category(cursor: &mut Cursor<'_>, tag: &Tag<'_>) -> Option<Category> {
    let inner = cursor.inner();
    let cut = |text: &str| limit::cut(text, limit::NAME).to_owned();
    let line = if inner.is_markup { crate::text::plain::to_plain(&inner.value) } else { inner.value.into_owned() };
    let label = tag.filled("label").map(|label| cut(&label));
    let term = tag
        .filled("term")
        .or_else(|| tag.filled("text"))
        .map(|term| cut(&term))
        .or_else(|| (!line.is_empty()).then(|| cut(&line)))
        .or_else(|| label.clone())?;
    let scheme = tag.filled("scheme").or_else(|| tag.filled("domain")).map(|scheme| cut(&scheme));
    Some(Category { label: label.filter(|label| *label != term), term, scheme })
}
