//! One entry: RSS `item`, Atom `entry`, and everything in between.
//!
//! In: the element that was opened last. Out: an [`Entry`]. Where several elements speak of one field, the one that was made
//! for it counts, wherever it stands: `pubDate` before `dc:date`, `content:encoded` before `xhtml:body`.

use super::super::markup::{Cursor, Ns, Tag};
use super::super::media_rss::fold;
use super::super::uri;
use super::address::{Base, is_web};
use super::construct::{self, Rule, based};
use super::context::{self, Context};
use super::ranked::Ranked;
use super::{address, extension, limit, media, origin, person};
use crate::diagnostic::Code;
use crate::model::{Category, Entry, Id, IdKind, Language, Link, Media, Origin, Person, Rel, Role, Text, Timestamp};
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
    /// Whether the id is one of Atom, which must be a URI.
    is_atom_id: bool,
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
    let own_language = cursor.language().map(ToOwned::to_owned).filter(|_| tag.filled("xml:lang").is_some());
    if let Some(raw) = own_language {
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
    draft.finish(cursor, context, around)
}

/// The base that holds here: of the document, of `xml:base`, else the feed's address.
fn base(cursor: &Cursor<'_>, context: &Context<'_>, around: &Around) -> Base {
    let guess = around.address.as_deref().filter(|_| context.hints.guess_base);
    Base::new(context.hints.base.as_deref(), cursor.bases().iter().map(AsRef::as_ref)).or(guess)
}

/// An identity as given.
pub(in crate::format) fn id(raw: &str) -> Id {
    if raw.starts_with("tag:") { Id::tagged(raw) } else { Id::opaque(raw) }
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
                let text = self.text(cursor, tag, Rule::Html, limit::BODY, context);
                self.content.offer_first(rank, text);
            }
            (Ns::Plain | Ns::Atom, "item" | "entry") => pass_over(cursor),
            // The content module's older form: `content:items/rdf:Bag/rdf:li/content:item/rdf:value`.
            (Ns::Content, "items" | "item") | (Ns::Rdf, "bag" | "seq" | "li") if level < 8 => {
                let depth = cursor.depth();
                self.children(cursor, depth, context, around, level + 1);
            }
            (Ns::Rdf, "value") => {
                let text = self.text(cursor, tag, Rule::Html, limit::BODY, context);
                self.content.offer_first(1, text);
            }
            (Ns::Media, "group" | "content" | "thumbnail" | "title" | "description" | "category") => {
                self.media_rss(cursor, tag, context, around, level);
            }
            (Ns::Wfw, "commentrss") => self.link_line(cursor, tag, Rel::Other("replies".to_owned()), Some("application/rss+xml"), context, around),
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

    /// Elements of RSS, Atom, Dublin Core and iTunes; `false`, and nothing is read, when it is none that the model has a field for.
    fn of_feed(&mut self, cursor: &mut Cursor<'_>, tag: &Tag<'_>, context: &Context<'_>, around: &mut Around) -> bool {
        let is_atom = tag.ns == Ns::Atom;
        let name = tag.name.as_ref();
        match (tag.ns, name) {
            (Ns::Plain | Ns::Atom, "title") => {
                let rule = if is_atom { Rule::Atom } else { Rule::Title };
                let text = self.text(cursor, tag, rule, limit::LINE, context);
                self.title.offer(3, text);
            }
            (Ns::Dc | Ns::DcTerms | Ns::Itunes, "title") => {
                let text = self.text(cursor, tag, Rule::Title, limit::LINE, context);
                self.title.offer(2, text);
            }
            (Ns::Plain | Ns::Atom, "link") => self.link(cursor, tag, context, around),
            (Ns::Plain | Ns::Atom, "guid") => self.guid(cursor, tag, context, around),
            (Ns::Plain | Ns::Atom, "id") => {
                let inner = cursor.inner();
                let value = limit::cut(&inner.value, limit::ADDRESS);
                self.is_atom_id |= is_atom;
                self.id.offer(3, (!value.is_empty()).then(|| id(value)));
            }
            (Ns::Dc | Ns::DcTerms, "identifier") => {
                let inner = cursor.inner();
                let value = limit::cut(&inner.value, limit::ADDRESS);
                self.id.offer(1, (!value.is_empty()).then(|| id(value)));
            }
            (Ns::Plain | Ns::Atom, "description" | "summary" | "abstract") => {
                let rule = if is_atom || name == "summary" && tag.filled("type").is_some() { Rule::Atom } else { Rule::Html };
                let text = self.text(cursor, tag, rule, limit::BODY, context);
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
                let text = self.text(cursor, tag, Rule::Html, limit::BODY, context);
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
            (Ns::Plain, "comments") => self.link_line(cursor, tag, Rel::Other("replies".to_owned()), Some("text/html"), context, around),
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
            (Ns::Itunes, "duration") => {
                let inner = cursor.inner();
                let duration = media::seconds(&inner.value);
                if let Some(file) = self.media.iter_mut().find(|file| file.role == Role::Enclosure && file.duration.is_none()) {
                    file.duration = duration;
                }
            }
            _ => return false,
        }
        true
    }

    /// An id of RSS, which is an address unless it says otherwise.
    fn guid(&mut self, cursor: &mut Cursor<'_>, tag: &Tag<'_>, context: &Context<'_>, around: &Around) {
        let is_permalink = tag.filled("ispermalink").is_none_or(|value| value.eq_ignore_ascii_case("true"));
        let inner = cursor.inner();
        let value = limit::cut(&inner.value, limit::ADDRESS);
        if !value.is_empty() {
            if is_permalink && is_web(value) {
                self.permalink.get_or_insert_with(|| value.to_owned());
                self.id.offer(3, Some(Id::permalink(value)));
            } else {
                if is_permalink && tag.attribute("ispermalink").is_some() {
                    self.permalink = base(cursor, context, around).resolve(value, inner.offset, &mut cursor.repairs);
                }
                self.id.offer(3, Some(id(value)));
            }
        }
    }

    /// A text with its own language and base.
    fn text(&mut self, cursor: &mut Cursor<'_>, tag: &Tag<'_>, rule: Rule, most: usize, context: &Context<'_>) -> Option<Text> {
        construct::placed(cursor, tag, rule, most, context.hints.base.as_deref(), self.language.get())
    }

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
        let text = self.text(cursor, tag, rule, limit::BODY, context);
        self.content.offer_first(4, text);
    }

    fn link(&mut self, cursor: &mut Cursor<'_>, tag: &Tag<'_>, context: &Context<'_>, around: &Around) {
        let base = base(cursor, context, around);
        let inner = cursor.inner();
        let written = tag.attribute("href").unwrap_or(inner.value);
        let Some(href) = base.resolve_or_itself(&written, inner.offset, &mut cursor.repairs) else { return };
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
    fn link_line(&mut self, cursor: &mut Cursor<'_>, _: &Tag<'_>, rel: Rel, media_type: Option<&str>, context: &Context<'_>, around: &Around) {
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

    fn source(&mut self, cursor: &mut Cursor<'_>, tag: &Tag<'_>, context: &Context<'_>, around: &Around) {
        let base = base(cursor, context, around);
        let (origin, authors) = origin::read(cursor, tag, context, &base, self.language.get());
        self.origin = origin.or(self.origin.take());
        for author in authors {
            self.add_author(Some(author), 1);
        }
    }

    fn media_rss<'a>(&mut self, cursor: &mut Cursor<'a>, tag: &Tag<'a>, context: &Context<'_>, around: &mut Around, level: usize) {
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
                let text = self.text(cursor, tag, Rule::Title, limit::LINE, context);
                self.title.offer(1, text);
            }
            "description" => {
                let rule = if tag.filled("type").is_some_and(|kind| kind.eq_ignore_ascii_case("html")) { Rule::Html } else { Rule::Title };
                let text = self.text(cursor, tag, rule, limit::BODY, context);
                self.summary.offer(1, text);
            }
            "category" => {
                let found = category(cursor, tag);
                self.add_category(found);
            }
            _ => self.extension(cursor, tag, around),
        }
    }

    fn add_link(&mut self, link: Link) {
        if self.links.len() < limit::LIST && !self.links.contains(&link) {
            self.links.push(link);
        }
    }

    fn add_media(&mut self, found: Option<Media>) {
        // A file may stand in several elements.
        self.media.extend(found.filter(|_| self.media.len() < 4 * limit::MEDIA));
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
        join_person(&mut self.authors, person);
    }

    fn add_category(&mut self, found: Option<Category>) {
        if let Some(found) = found.filter(|found| self.categories.len() < limit::LIST && !self.categories.contains(found)) {
            self.categories.push(found);
        }
    }

    fn finish(self, cursor: &mut Cursor<'_>, context: &Context<'_>, around: &Around) -> Entry {
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
            Some(given) => {
                let origin = self.origin.as_ref().map(|origin| origin.id.as_str());
                let is_packed = self.is_atom_id && given.kind() != IdKind::Permalink;
                let given = if is_packed { id(&uri::given_id(given.as_str(), origin)) } else { given };
                at_home(given, page)
            }
            None => derived(page, published.or(updated), title.as_ref(), summary.as_ref().or(content.as_ref())),
        };
        let mut entry = Entry::new(id);
        let relative_to = page.filter(|page| is_web(page)).or(around.address.as_deref());
        (entry.title, entry.summary, entry.content) = (title, based(summary, relative_to), based(content, relative_to));
        entry.links = links;
        entry.content_link = self.content_link;
        (entry.published, entry.updated) = (published, updated);
        entry.authors = self.authors;
        entry.categories = self.categories;
        entry.media = fold(self.media);
        if entry.thumbnail().is_none() {
            entry.media.extend(self.cover);
            entry.media = fold(entry.media);
        }
        entry.media.truncate(limit::MEDIA);
        entry.language = self.language.take();
        entry.origin = self.origin.map(Arc::new);
        entry.extensions = self.extensions;
        let _ = (cursor, context);
        entry
    }
}

/// The id of an entry with this page: one that is the page's address is a permalink, whoever says what it is.
pub(in crate::format) fn at_home(id: Id, page: Option<&str>) -> Id {
    if Some(id.as_str()) == page && is_web(id.as_str()) { Id::permalink(id.as_str()) } else { id }
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

pub(super) fn pass_over(cursor: &mut Cursor<'_>) {
    let depth = cursor.depth();
    while cursor.child(depth).is_some() {}
}

/// Adds a person once; mail and page of the same name are joined.
pub(in crate::format) fn join_person(people: &mut Vec<Person>, person: Person) {
    if let Some(known) = people.iter_mut().find(|known| known.name == person.name && (!known.name.is_empty() || known.email == person.email)) {
        known.url = known.url.take().or(person.url);
        known.email = known.email.take().or(person.email);
    } else if people.len() < limit::PEOPLE {
        people.push(person);
    }
}

/// Identity of an entry that has none: its page, else what it says.
pub(in crate::format) fn derived(page: Option<&str>, date: Option<Timestamp>, title: Option<&Text>, body: Option<&Text>) -> Id {
    if let Some(page) = page {
        return Id::derived(page);
    }
    let mut hash = blake3::Hasher::new();
    for text in [title, body].into_iter().flatten() {
        hash.update(text.value.as_bytes());
        hash.update(&[0]);
    }
    let date = date.map(|date| date.to_rfc3339()).unwrap_or_default();
    hash.update(date.as_bytes());
    let digest = hash.finalize().to_hex();
    Id::derived(format!("urn:feedloom:hash:{}", digest.get(..32).unwrap_or_default()))
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
pub(super) fn category(cursor: &mut Cursor<'_>, tag: &Tag<'_>) -> Option<Category> {
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

/// Whether the document ended inside of the entry: what was read of it may be half.
pub(super) fn note_cut(cursor: &mut Cursor<'_>, entry: &Entry) {
    let title = entry.title.as_ref().map_or("without title", |title| title.value.as_str());
    let message = format!("expected the end of the entry `{}`, found the end of the file; it was left out", limit::cut(title, 80));
    let at = cursor.opened_at();
    cursor.repairs.note(at, Code::CutOffEntry, || message);
}
