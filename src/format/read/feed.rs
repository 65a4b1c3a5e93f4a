//! What a feed says about itself: RSS `channel`, Atom `feed`.
//!
//! In: its elements but the entries. Out: a [`Feed`] without entries.

use super::super::markup::{Cursor, Ns, Repairs, Tag};
use super::address::{self, Base};
use super::construct::{self, Rule};
use super::context::{self, Context};
use super::ranked::Ranked;
use super::{Hints, entry, extension, limit, person};
use crate::model::{Category, Extension, Feed, Id, Language, Link, Person, Rel, Text, Timestamp};

/// Whether a feed has a field for this element of a foreign vocabulary; the name in lower case.
pub(in crate::format) fn is_field(ns: Ns, name: &str) -> bool {
    match ns {
        Ns::Dc | Ns::DcTerms if matches!(name, "language" | "date" | "modified" | "issued" | "created") => true,
        Ns::Dc => matches!(name, "title" | "description" | "creator" | "author" | "rights" | "subject"),
        Ns::Itunes => matches!(name, "summary" | "subtitle" | "author" | "image"),
        Ns::FeedBurner => name == "browserfriendly",
        ns => extension::is_syntax(ns),
    }
}

/// A feed that is being read.
#[derive(Default)]
pub(super) struct Draft {
    id: Ranked<Id>,
    title: Ranked<Text>,
    subtitle: Ranked<Text>,
    links: Vec<Link>,
    link: Ranked<String>,
    language: Ranked<Language>,
    updated: Ranked<Timestamp>,
    authors: Vec<Person>,
    author_rank: u8,
    rights: Ranked<Text>,
    icon: Ranked<String>,
    logo: Ranked<String>,
    categories: Vec<Category>,
    generator: Option<String>,
    extensions: Vec<Extension>,
}

impl Draft {
    /// Takes in what the tag of the feed itself says.
    pub(super) fn attributes(&mut self, cursor: &mut Cursor<'_>, tag: &Tag<'_>, context: &mut Context<'_>) {
        if let Some(raw) = tag.filled("xml:lang") {
            let language = context::language(&raw, tag.offset, &mut cursor.repairs);
            self.set_language(3, language, context);
        }
        if let Some(about) = tag.filled("rdf:about") {
            self.id.offer(1, Some(entry::id(&about)));
        }
        if let Some(href) = tag.filled("href") {
            let href = self.base(cursor, context).resolve(&href, tag.offset, &mut cursor.repairs);
            self.link.offer_first(1, href);
        }
        if let Some(changed) = tag.filled("lastmod") {
            self.updated.offer(1, context.date(&changed, tag.offset, &mut cursor.repairs));
        }
    }

    fn set_language(&mut self, rank: u8, language: Option<Language>, context: &mut Context<'_>) {
        if let Some(language) = &language {
            context.learn_language(language);
        }
        self.language.offer(rank, language);
    }

    /// An address from which relative ones start where no base is known.
    pub(super) fn address(&self) -> Option<String> {
        let links = || self.links.iter().filter(|link| matches!(link.rel, Rel::Alternate | Rel::Itself)).map(|link| &link.href);
        self.link.get().into_iter().chain(links()).find(|href| address::is_web(href)).cloned()
    }

    fn base(&self, cursor: &Cursor<'_>, context: &Context<'_>) -> Base {
        let guess = if context.hints.guess_base { self.address() } else { None };
        Base::of(cursor).or(guess.as_deref())
    }

    /// An address that stands as text.
    fn line(&self, cursor: &mut Cursor<'_>, context: &Context<'_>) -> Option<String> {
        let base = self.base(cursor, context);
        let inner = cursor.inner();
        base.resolve(&inner.value, inner.offset, &mut cursor.repairs)
    }

    /// Reads the element that was opened last.
    pub(super) fn element<'a>(&mut self, cursor: &mut Cursor<'a>, tag: &Tag<'a>, context: &mut Context<'_>, budget: &mut usize) {
        let is_atom = tag.ns == Ns::Atom;
        match (tag.ns, tag.name.as_ref()) {
            (Ns::Plain | Ns::Atom | Ns::Dc, "title") => {
                let text = self.text(cursor, tag, if is_atom { Rule::Atom } else { Rule::Title });
                if let Some(text) = &text {
                    context.learn_title(&text.value);
                }
                self.title.offer(if tag.ns == Ns::Dc { 1 } else { 2 }, text);
            }
            (Ns::Plain | Ns::Atom, "description" | "subtitle" | "tagline" | "abstract" | "info")
            | (Ns::Dc, "description")
            | (Ns::Itunes, "summary" | "subtitle")
            | (Ns::FeedBurner, "browserfriendly") => {
                let rank = match (tag.ns, tag.name.as_ref()) {
                    (Ns::Itunes, "subtitle") | (Ns::FeedBurner, _) => 1,
                    (Ns::Itunes, _) | (_, "info") => 2,
                    (Ns::Dc, _) => 3,
                    _ => 4,
                };
                let text = self.text(cursor, tag, if is_atom { Rule::Atom } else { Rule::Title });
                self.subtitle.offer(rank, text);
            }
            (Ns::Plain | Ns::Atom, "link") => self.link(cursor, tag, context),
            (Ns::Plain | Ns::Atom, "id") => {
                let inner = cursor.inner();
                let value = limit::cut(&inner.value, limit::ADDRESS);
                self.id.offer(3, (!value.is_empty()).then(|| entry::id(value)));
            }
            (Ns::Plain | Ns::Dc | Ns::DcTerms, "language") => {
                let inner = cursor.inner();
                let language = context::language(&inner.value, inner.offset, &mut cursor.repairs);
                self.set_language(if tag.ns == Ns::Plain { 2 } else { 1 }, language, context);
            }
            (Ns::Plain | Ns::Atom, "lastbuilddate" | "updated" | "modified" | "pubdate" | "published" | "date")
            | (Ns::Dc | Ns::DcTerms, "date" | "modified" | "issued" | "created") => {
                let inner = cursor.inner();
                let rank = match tag.name.as_ref() {
                    "lastbuilddate" | "updated" => 4,
                    "modified" => 3,
                    "pubdate" | "published" => 2,
                    _ => 1,
                };
                let date = context.date(&inner.value, inner.offset, &mut cursor.repairs);
                self.updated.offer(rank, date);
            }
            (Ns::Plain | Ns::Atom, "author" | "managingeditor") | (Ns::Dc, "creator" | "author") | (Ns::Itunes, "author") => {
                let found = person::read(cursor);
                let rank = match (tag.ns, tag.name.as_ref()) {
                    (Ns::Itunes, _) => 1,
                    (_, "managingeditor") => 2,
                    _ => 3,
                };
                if let Some(found) = found.filter(|_| rank >= self.author_rank) {
                    if rank > self.author_rank {
                        self.authors.clear();
                        self.author_rank = rank;
                    }
                    person::join(&mut self.authors, found);
                }
            }
            (Ns::Plain | Ns::Atom, "copyright" | "rights") | (Ns::Dc, "rights") => {
                let text = self.text(cursor, tag, if is_atom { Rule::Atom } else { Rule::Title });
                self.rights.offer(if tag.ns == Ns::Dc { 1 } else { 2 }, text);
            }
            (Ns::Plain | Ns::Atom, "category") | (Ns::Dc, "subject") => {
                let found = entry::category(cursor, tag);
                self.categories.extend(found.filter(|found| self.categories.len() < limit::LIST && !self.categories.contains(found)));
            }
            (Ns::Plain | Ns::Atom, "generator") => {
                let inner = cursor.inner();
                let value = limit::cut(&inner.value, limit::NAME);
                if self.generator.is_none() && !value.is_empty() {
                    self.generator = Some(value.to_owned());
                }
            }
            (Ns::Plain | Ns::Atom, "icon") => {
                let icon = self.line(cursor, context);
                self.icon.offer(2, icon);
            }
            (Ns::Plain | Ns::Atom, "logo") => {
                let logo = match tag.filled("href") {
                    Some(href) => self.base(cursor, context).resolve(&href, tag.offset, &mut cursor.repairs),
                    None => self.line(cursor, context),
                };
                self.logo.offer(2, logo);
            }
            (Ns::Plain, "image") => self.image(cursor, context),
            (Ns::Itunes, "image") => {
                let inner = cursor.inner();
                let href = tag.filled("href").unwrap_or(inner.value);
                let icon = self.base(cursor, context).resolve(&href, tag.offset, &mut cursor.repairs);
                self.icon.offer(1, icon);
            }
            (ns, _) if extension::is_syntax(ns) => entry::pass_over(cursor),
            _ => self.extensions.extend(extension::read(cursor, tag, budget)),
        }
    }

    fn text(&mut self, cursor: &mut Cursor<'_>, tag: &Tag<'_>, rule: Rule) -> Option<Text> {
        construct::placed(cursor, tag, rule, limit::LINE, self.language.get())
    }

    fn link(&mut self, cursor: &mut Cursor<'_>, tag: &Tag<'_>, context: &Context<'_>) {
        let base = self.base(cursor, context);
        let inner = cursor.inner();
        let Some(href) = base.link(tag, &inner, &mut cursor.repairs) else { return };
        if tag.ns == Ns::Plain && tag.attribute("href").is_none() {
            return self.link.offer_first(3, Some(href));
        }
        let link = address::link(tag, address::rel(tag), href);
        if self.links.len() < limit::LIST && !self.links.contains(&link) {
            self.links.push(link);
        }
    }

    /// RSS `image`: only its address; title and link repeat the feed's.
    fn image(&mut self, cursor: &mut Cursor<'_>, context: &Context<'_>) {
        let depth = cursor.depth();
        let mut line = String::new();
        while let Some(child) = cursor.child_or_text(depth, &mut line) {
            if child.name == "url" {
                let url = self.line(cursor, context);
                self.logo.offer(2, url);
            } else {
                cursor.inner();
            }
        }
        if !line.trim().is_empty() {
            let url = self.base(cursor, context).resolve(&line, cursor.opened_at(), &mut cursor.repairs);
            self.logo.offer(1, url);
        }
    }

    /// The feed.
    pub(super) fn finish(self, hints: &Hints) -> Feed {
        let page = self.address();
        let mut links = self.links;
        if let Some(href) = self.link.take()
            && !links.iter().any(|link| link.rel == Rel::Alternate && link.href == href)
        {
            links.insert(0, Link::new(Rel::Alternate, href));
        }
        if let Some(page) = page.filter(|_| hints.guess_base) {
            // A relative link before the page was known.
            for link in links.iter_mut().filter(|link| !address::has_scheme(&link.href)) {
                link.href = Base::new(Some(&page)).resolve(&link.href, 0, &mut Repairs::of(1 << 20)).unwrap_or_default();
            }
        }
        let title = self.title.take();
        let find = |rel: Rel| links.iter().find(|link| link.rel == rel).map(|link| Id::derived(link.href.clone()));
        let id = self.id.take().or_else(|| find(Rel::Itself)).or_else(|| find(Rel::Alternate));
        let id = id.unwrap_or_else(|| Id::derived(title.as_ref().map_or("", |title| title.value.as_str())));
        let mut feed = Feed::new(id, title.unwrap_or_else(|| Text::plain("")));
        feed.subtitle = self.subtitle.take();
        feed.links = links;
        feed.language = self.language.take();
        feed.updated = self.updated.take();
        feed.authors = self.authors;
        feed.rights = self.rights.take();
        feed.icon = self.icon.take();
        feed.logo = self.logo.take();
        feed.categories = self.categories;
        feed.generator = self.generator;
        feed.extensions = self.extensions;
        feed
    }
}
