//! One entry: RSS `item`, Atom `entry`, and everything in between.
//!
//! In: the element that was opened last. Out: an [`Entry`]. Where several elements speak of one field, the one that was made
//! for it counts, wherever it stands: `pubDate` before `dc:date`, `content:encoded` before `xhtml:body`.

mod field;
mod identity;
mod link;
mod picture;

pub(super) use field::category;
pub(in crate::format) use field::is_field;
pub(in crate::format) use identity::{at_home, derived, id};

use super::super::markup::{Cursor, Ns, Tag};
use super::super::media_rss::fold;
use super::address::{Base, is_web};
use super::construct::{self, Rule, based};
use super::context::{self, Context};
use super::ranked::Ranked;
use super::{extension, limit, person};
use crate::diagnostic::Code;
use crate::model::{Category, Entry, Id, Language, Link, Media, Origin, Person, Rel, Role, Text, Timestamp};
use std::sync::Arc;

/// What the feed around an entry says.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// The feed's page or own address, for relative addresses where no base is known.
    pub(super) address: Option<String>,
    /// How many elements of extensions may still be kept.
    pub(super) extensions: usize,
}

/// An entry that is being read.
#[derive(Default)]
struct Draft {
    id: Ranked<Id>,
    title: Ranked<Text>,
    summary: Ranked<Text>,
    /// RSS `description`: the summary, or the body where `summary` stands beside it.
    description: Ranked<Text>,
    content: Ranked<Text>,
    content_link: Option<Link>,
    published: Ranked<Timestamp>,
    updated: Ranked<Timestamp>,
    language: Ranked<Language>,
    authors: Vec<Person>,
    author_rank: u8,
    links: Vec<Link>,
    link: Ranked<String>,
    media: Vec<Media>,
    /// How long the enclosure plays, in seconds.
    duration: Option<u32>,
    /// The picture of an episode, which is its thumbnail when there is no other.
    cover: Option<Media>,
    categories: Vec<Category>,
    origin: Option<Origin>,
    permalink: Option<String>,
    extensions: Vec<crate::model::Extension>,
}

/// Reads the entry that `tag` opened.
pub(super) fn read(cursor: &mut Cursor<'_>, tag: &Tag<'_>, context: &Context<'_>, around: &mut Around) -> Entry {
    let mut draft = Draft::default();
    let depth = cursor.depth();
    if let Some(raw) = tag.filled("xml:lang") {
        draft.language.offer(3, context::language(&raw, tag.offset, &mut cursor.repairs));
    }
    if let Some(about) = tag.filled("rdf:about").or_else(|| tag.filled("about")) {
        draft.id.offer(2, Some(id(&about)));
    }
    // Channel Definition Format.
    if let Some(href) = tag.filled("href") {
        let href = base(cursor, context, around).resolve(&href, tag.offset, &mut cursor.repairs);
        draft.link.offer(1, href);
    }
    if let Some(changed) = tag.filled("lastmod") {
        draft.updated.offer(1, context.date(&changed, tag.offset, &mut cursor.repairs));
    }
    draft.children(cursor, depth, context, around, 0);
    draft.finish(cursor, tag.offset, around)
}

/// The base that holds here: of the document, of `xml:base`, else the feed's address.
fn base(cursor: &Cursor<'_>, context: &Context<'_>, around: &Around) -> Base {
    let guess = around.address.as_deref().filter(|_| context.hints.guess_base);
    Base::of(cursor).or(guess)
}

impl Draft {
    fn children(&mut self, cursor: &mut Cursor<'_>, depth: usize, context: &Context<'_>, around: &mut Around, level: usize) {
        while let Some(tag) = cursor.child(depth) {
            self.element(cursor, &tag, context, around, level);
        }
    }

    fn element<'a>(&mut self, cursor: &mut Cursor<'a>, tag: &Tag<'a>, context: &Context<'_>, around: &mut Around, level: usize) {
        match (tag.ns, tag.name.as_ref()) {
            (Ns::Plain | Ns::Atom | Ns::Dc | Ns::DcTerms | Ns::Itunes, _) if self.of_feed(cursor, tag, context, around) => {}
            (Ns::Content | Ns::Plain | Ns::Xhtml, "encoded" | "fullitem" | "body" | "div") => {
                let rank = if tag.ns == Ns::Xhtml { 2 } else { 3 };
                let text = self.text(cursor, tag, Rule::Html, limit::BODY);
                self.content.offer_first(rank, text);
            }
            (Ns::Plain | Ns::Atom, "item" | "entry") => pass_over(cursor),
            // The content module's older form: `content:items/rdf:Bag/rdf:li/content:item/rdf:value`.
            (Ns::Content, "items" | "item") | (Ns::Rdf, "bag" | "seq" | "li") if level < 8 => {
                let depth = cursor.depth();
                self.children(cursor, depth, context, around, level + 1);
            }
            (Ns::Rdf, "value") => {
                let text = self.text(cursor, tag, Rule::Html, limit::BODY);
                self.content.offer_first(1, text);
            }
            (Ns::Media, "group" | "content" | "thumbnail" | "title" | "description" | "category") => {
                self.media_rss(cursor, tag, context, around, level);
            }
            (Ns::Wfw, "commentrss") => self.link_line(cursor, Rel::Other("replies".to_owned()), Some("application/rss+xml"), context, around),
            (Ns::FeedBurner, "origlink") => {
                // The article's own address, where `link` is that of a counter.
                let inner = cursor.inner();
                let href = base(cursor, context, around).resolve(&inner.value, inner.offset, &mut cursor.repairs);
                if let Some(href) = href {
                    self.add_link(Link::new(Rel::Other("canonical".to_owned()), href));
                }
            }
            _ => self.extension(cursor, tag, around),
        }
    }

    fn extension<'a>(&mut self, cursor: &mut Cursor<'a>, tag: &Tag<'a>, around: &mut Around) {
        if extension::is_syntax(tag.ns) {
            return pass_over(cursor);
        }
        self.extensions.extend(extension::read(cursor, tag, &mut around.extensions));
    }

    /// A text with its own language and base.
    fn text(&mut self, cursor: &mut Cursor<'_>, tag: &Tag<'_>, rule: Rule, most: usize) -> Option<Text> {
        construct::placed(cursor, tag, rule, most, self.language.get())
    }

    fn add_author(&mut self, found: Option<Person>, rank: u8) {
        let Some(person) = found else { return };
        if rank < self.author_rank {
            return;
        }
        if rank > self.author_rank {
            self.authors.clear();
            self.author_rank = rank;
        }
        person::join(&mut self.authors, person);
    }

    fn add_category(&mut self, found: Option<Category>) {
        if let Some(found) = found.filter(|found| self.categories.len() < limit::LIST && !self.categories.contains(found)) {
            self.categories.push(found);
        }
    }

    fn finish(self, cursor: &mut Cursor<'_>, at: usize, around: &Around) -> Entry {
        let has_alternate = self.links.iter().any(|link| link.rel == Rel::Alternate);
        let mut links = self.links;
        if let Some(href) = self.link.take()
            && !links.iter().any(|link| link.rel == Rel::Alternate && link.href == href)
        {
            links.insert(0, Link::new(Rel::Alternate, href));
        } else if let Some(href) = self.permalink.filter(|_| !has_alternate) {
            links.insert(0, Link::new(Rel::Alternate, href));
        }
        let (published, updated) = (self.published.take(), self.updated.take());
        let title = self.title.take();
        let (mut summary, mut content) = (self.summary, self.content);
        match self.description.take() {
            description @ Some(_) if summary.rank() == 4 => content.offer_first(1, description),
            description => summary.offer(4, description),
        }
        let (summary, content) = (summary.take(), content.take());
        let page = links.iter().find(|link| link.rel == Rel::Alternate).map(|link| link.href.as_str());
        let id = match self.id.take() {
            Some(given) => at_home(given, page),
            None => derived(page, published.or(updated), title.as_ref(), summary.as_ref().or(content.as_ref())),
        };
        let mut entry = Entry::new(id);
        let relative_to = page.filter(|page| is_web(page)).or(around.address.as_deref());
        (entry.title, entry.summary, entry.content) =
            (title, based(summary, relative_to, at, &mut cursor.repairs), based(content, relative_to, at, &mut cursor.repairs));
        entry.links = links;
        entry.content_link = self.content_link;
        (entry.published, entry.updated) = (published, updated);
        entry.authors = self.authors;
        entry.categories = self.categories;
        entry.media = fold(self.media);
        if let Some(file) = entry.media.iter_mut().find(|file| file.role == Role::Enclosure) {
            file.duration = file.duration.or(self.duration);
        }
        if entry.thumbnail().is_none() {
            entry.media.extend(self.cover);
            entry.media = fold(entry.media);
        }
        entry.media.truncate(limit::MEDIA);
        entry.language = self.language.take();
        entry.origin = self.origin.map(Arc::new);
        entry.extensions = self.extensions;
        entry
    }
}

/// Leaves the element that was opened last.
pub(in crate::format) fn pass_over(cursor: &mut Cursor<'_>) {
    let depth = cursor.depth();
    while cursor.child(depth).is_some() {}
}

/// Whether the document ended inside of the entry: what was read of it may be half.
pub(super) fn note_cut(cursor: &mut Cursor<'_>, entry: &Entry, begin: usize) {
    let title = entry.title.as_ref().map_or("without title", |title| title.value.as_str());
    let message = format!("expected the end of the entry `{}`, found the end of the file; it was left out", limit::cut(title, 80));
    cursor.repairs.note(begin, Code::CutOffEntry, || message);
}
