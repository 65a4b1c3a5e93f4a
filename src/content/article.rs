//! One article, read: its front matter and body, and the facts that decide where and whether it is shown.

use super::address::{self, Address, TAIL};
use super::dates::{self, Dates};
use super::fields::{self, Field};
use super::front_matter::{self, FrontMatter};
use super::hold::{self, Hold};
use super::language::{self, FilePath};
use super::load::place_of;
use super::options::LinkRule;
use super::permalink::Facts;
use super::walk::Source;
use super::{Options, markdown, people, terms};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::{Head, Person, Term};
use crate::syntax::{self, Node};
use crate::text::hygiene::one_line;
use crate::text::plain::unescaped;
use std::sync::Arc;

/// An article taken apart. `text` is the whole file, cleaned; `body` lies inside.
pub(crate) struct Article<'t> {
    pub(crate) source: &'t Source,
    pub(crate) front: FrontMatter,
    /// The Markdown body, without a tail link that became the article's address.
    pub(crate) body: &'t str,
    pub(crate) dates: Dates,
    pub(crate) language: language::Found,
    pub(crate) authors: Vec<Person>,
    /// Title and where it is from.
    pub(crate) title: (String, String),
    /// Page, canonical address and identity.
    pub(crate) address: Address,
    /// What it is filed under.
    pub(crate) terms: Vec<Term>,
    /// Why it is not shown, if so.
    pub(crate) held: Option<Hold>,
    /// The file as people know it, for diagnostics.
    shown: Arc<str>,
    /// The whole cleaned text.
    text: &'t str,
}

/// The place of a front matter field in its file.
fn place_in_front(front: &FrontMatter, field: Field<'_>, shown: &Arc<str>, text: &str) -> Place {
    let at = field.node.place;
    Place::file(shown.clone()).at(at.line + front.line_offset, at.column).with_excerpt_of(text)
}

impl<'t> Article<'t> {
    /// Takes an article's text apart; `None` when its front matter is beyond repair, which is reported.
    pub(crate) fn read(source: &'t Source, text: &'t str, options: &Options, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let shown: Arc<str> = options.shown(&source.path).into();
        let (mut front, body) = front_matter::split(text, &shown, findings).ok()?;
        add_defaults(&mut front, &source.path, options);
        let mut report = |field: Field<'_>, code: Code, message: String, help: &str| {
            findings.push(Diagnostic::new(code, place_in_front(&front, field, &shown, text), message).with_help(help));
        };
        for (names, wanted) in
            [(fields::TITLE, "a text"), (fields::PUBLISHED, "a date"), (fields::UPDATED, "a date"), (fields::LANGUAGE, "a language tag")]
        {
            for field in fields::all(&front.fields, names).filter(|field| field.node.as_map().is_some()) {
                let message = format!("expected {wanted} for `{}`, found keys and values", field.key);
                report(field, Code::WrongShape, message, "write one value; it was passed over");
            }
        }
        let in_posts = options.dir.ends_with("_posts");
        let file = match &options.manner {
            Some(manner) => manner.file_path(&source.path, source.bundle),
            None => FilePath::new(&source.path, source.bundle, in_posts, options.language.as_ref()),
        };
        let dates = dates::of(&front, &file, options, &mut report);
        let visible = || crate::text::plain::to_plain(&markdown::inline(body, true));
        let language = language::of(&front, &file, &source.path, &visible, options, &mut report);
        let authors = people::of(&front);
        let by = if authors.is_empty() { options.author.as_slice() } else { &authors };
        let terms = terms::of(&front, &file, &source.path, by, options, &mut report);
        let title = title(&front, &file, body);
        let text_of = |name: &str| fields::get(&front.fields, name).and_then(|field| fields::text(field.node));
        let slug = text_of("slug").map(|slug| slug.trim_matches('/').to_owned());
        let facts = Facts {
            file: &file,
            slug: slug.as_deref(),
            title: &title.0,
            date: dates.published,
            fields: &front.fields,
            terms: &terms,
            path: &source.path,
            manner: options.manner.as_ref(),
        };
        let (address, body) = address::of(&front, &facts, &source.path, body, options, &mut report);
        let held = hold::of(&front, &file, &dates, options, &mut report);
        let is_empty = body.trim().is_empty() && front.fields.is_empty();
        if options.link == LinkRule::TailLink && address.link.1 != TAIL {
            let message = "expected a last line that is one link, `[name](url)`, found another";
            findings.push(
                Diagnostic::new(Code::MissingTailLink, Place::file(shown.clone()), message)
                    .with_help("add the link, or set content.link to permalink; the permalink was taken"),
            );
        }
        if is_empty {
            findings.push(
                Diagnostic::new(Code::EmptyArticle, Place::file(shown.clone()), "expected front matter or text, found neither")
                    .with_help("write it, or delete the file"),
            );
        }
        let held = if is_empty { Some(Hold::Empty) } else { held };
        Some(Self { source, front, body, dates, language, authors, title, address, terms, held, shown, text })
    }

    /// What grouping needs to know of it; `key` is how it is found again.
    pub(crate) fn head(&self, key: usize) -> Head {
        let mut head = Head::new(self.address.id.0.clone(), self.source.path.clone(), key);
        head.place = self.shown.clone();
        head.link = Some(self.address.link.0.as_str().into());
        head.published = self.dates.published;
        head.updated = self.dates.updated;
        head.language.clone_from(&self.language.language);
        head.terms.clone_from(&self.terms);
        head
    }

    /// Whether it looks like an article: it has a title or a date of its own.
    pub(crate) fn says_something(&self) -> bool {
        fields::first(&self.front.fields, fields::TITLE).is_some() || fields::first(&self.front.fields, fields::PUBLISHED).is_some()
    }

    /// What is missing, reported for articles that are shown.
    pub(crate) fn report_missing(&self, findings: &mut Vec<Diagnostic>) {
        let place = Place::file(self.shown.clone());
        if self.dates.published.is_none() && !fields::all(&self.front.fields, fields::PUBLISHED).any(|field| field.node.as_bool().is_none()) {
            findings.push(
                Diagnostic::new(Code::MissingDate, place.clone(), "expected a `date` in the front matter, found none; the entry goes last")
                    .with_help("add a line such as `date: 2025-02-14 10:11:09`"),
            );
        }
        if self.title.1 != FROM_KEY {
            findings.push(
                Diagnostic::new(
                    Code::MissingTitle,
                    place,
                    format!("expected a `title` in the front matter, found none; taken from {}: {}", self.title.1, self.title.0),
                )
                .with_help("add a line such as `title: …`"),
            );
        }
    }

    /// The place of an address that stands somewhere in the body, or the whole file when it does not.
    pub(crate) fn place_in_body(&self, address: &str) -> Place {
        let place = Place::file(self.shown.clone());
        let body = self.text.get(self.front.body_start..).unwrap_or_default();
        // The same words may stand in the text before; a link starts with one of these.
        let linked =
            ["](", "](<", "=\"", "='", "<", ": "].iter().filter_map(|start| Some(body.find(&format!("{start}{address}"))? + start.len())).min();
        match linked.or_else(|| body.find(address)) {
            Some(at) => place_of(place, self.text, self.front.body_start + at).with_length(address.chars().count()),
            None => place,
        }
    }

    /// The place of a front matter field.
    pub(crate) fn place(&self, field: Field<'_>) -> Place {
        place_in_front(&self.front, field, &self.shown, self.text)
    }
}

/// What the site's configuration says for articles that do not say it.
fn add_defaults(front: &mut FrontMatter, path: &str, options: &Options) {
    let defaults = options.manner.iter().flat_map(|manner| manner.defaults.iter().rev()).filter(|defaults| defaults.hold_for(path));
    for member in defaults.flat_map(|defaults| defaults.values.iter()) {
        if front.fields.get_ignore_case(&member.key).is_none() {
            front.fields.insert(member.key.clone(), Node::new(member.node.value.clone(), syntax::Place::default()));
        }
    }
}

const FROM_KEY: &str = "the front matter";

/// The title, never empty, and where it is from.
fn title(front: &FrontMatter, file: &FilePath, body: &str) -> (String, String) {
    let stated = fields::first(&front.fields, fields::TITLE).and_then(|field| fields::text(field.node)).map(|title| one_line(&unescaped(&title)));
    if let Some(title) = stated.filter(|title| !title.is_empty()) {
        return (title, FROM_KEY.to_owned());
    }
    let heading = markdown::first_heading(body).map(|heading| one_line(&heading));
    match heading.filter(|heading| !heading.is_empty()) {
        Some(heading) => (heading, "the first heading".to_owned()),
        None => (file.name.clone(), "the file's name".to_owned()),
    }
}
