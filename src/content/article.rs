//! One article, read: its front matter and body, and the facts that decide where and whether it is shown.

use super::dates::{self, Dates};
use super::fields::{self, Field};
use super::front_matter::{self, FrontMatter};
use super::language::{self, FilePath};
use super::options::LinkRule;
use super::permalink::{Facts, Template};
use super::walk::Source;
use super::{Options, markdown, people, terms};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::format::decode::decode;
use crate::model::{Head, Id, Person};
use crate::text::hygiene::{clean, first_forbidden, one_line};
use crate::text::plain::unescaped;
use crate::text::url::{absolute, resolve};
use std::sync::Arc;

/// An article taken apart. `text` is the whole file, cleaned; `body` lies inside.
pub(crate) struct Article<'t> {
    pub(crate) source: &'t Source,
    pub(crate) file: FilePath,
    pub(crate) front: FrontMatter,
    /// The Markdown body, without a tail link that became the article's address.
    pub(crate) body: &'t str,
    pub(crate) dates: Dates,
    pub(crate) language: language::Found,
    pub(crate) authors: Vec<Person>,
    /// Title and where it is from.
    pub(crate) title: (String, String),
    /// Absolute address of the page and where it is from.
    pub(crate) link: (String, String),
    /// Identity and where it is from.
    pub(crate) id: (Id, String),
    /// Why it is not shown, if so.
    pub(crate) held: Option<Hold>,
    /// The file as people know it, for diagnostics.
    shown: Arc<str>,
    /// The whole cleaned text.
    text: &'t str,
}

/// Why an article is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Hold {
    /// It is a draft.
    Draft,
    /// It is dated after now.
    Future,
    /// It has expired.
    Expired,
    /// Its author wants it in no feed.
    Excluded,
}

impl Hold {
    /// The word for people: `draft`, `future`, `expired`, `excluded`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Future => "future",
            Self::Expired => "expired",
            Self::Excluded => "excluded",
        }
    }
}

/// The text of an article's file: decoded and without what XML forbids. `None` when it cannot be read.
pub(crate) fn load(source: &Source, options: &Options, findings: &mut Vec<Diagnostic>) -> Option<String> {
    let place = || options.place(&source.path);
    let bytes = match std::fs::read(&source.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            findings.push(Diagnostic::new(Code::UnreadableFile, place(), format!("expected to read it, found: {error}")));
            return None;
        }
    };
    let decoded = decode(&bytes);
    if !decoded.encoding.eq_ignore_ascii_case("UTF-8") {
        findings.push(
            Diagnostic::new(Code::NotUtf8, place(), format!("expected UTF-8, found {}; it was read as that", decoded.encoding))
                .with_help("save the file as UTF-8"),
        );
    }
    if let Some(at) = decoded.first_replaced.or_else(|| decoded.text.find('\u{FFFD}')) {
        let message = format!("expected text, found {} damaged character(s)", decoded.text.matches('\u{FFFD}').count());
        findings.push(
            Diagnostic::new(Code::DamagedText, place_of(place(), &decoded.text, at), message)
                .with_help("restore the characters that are shown as \u{FFFD}"),
        );
    }
    if let Some(at) = first_forbidden(&decoded.text) {
        let found = decoded.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, u32::from);
        findings.push(
            Diagnostic::new(
                Code::ForbiddenCharacter,
                place_of(place(), &decoded.text, at),
                format!("expected text, found U+{found:04X}, which no feed can carry"),
            )
            .with_help("delete the character; it was left out"),
        );
    }
    Some(clean(&decoded.text).into_owned())
}

/// The line and column of a byte offset, with the line's text.
pub(crate) fn place_of(place: Place, text: &str, offset: usize) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    place.at(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX)).with_excerpt_of(text)
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
        let (front, body) = front_matter::split(text, &shown, findings).ok()?;
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
        let file = FilePath::new(&source.path, source.bundle, options.language.as_ref());
        let dates = dates::of(&front, &file, options, &mut report);
        let visible = || crate::text::plain::to_plain(&markdown::to_html(body, true));
        let language = language::of(&front, &file, &source.path, &visible, options, &mut report);
        let authors = people::of(&front);
        let title = title(&front, &file, body);
        let slug = fields::get(&front.fields, "slug").and_then(|field| fields::text(field.node)).map(|slug| slug.trim_matches('/').to_owned());
        let facts = Facts { file: &file, slug: slug.as_deref(), title: &title.0, date: dates.published };
        let (link, body) = link(&front, &facts, body, options, &mut report);
        if options.link == LinkRule::TailLink && link.1 != TAIL {
            let place = Place::file(shown.clone());
            let message = "expected a last line that is one link, `[name](url)`, found another";
            findings.push(
                Diagnostic::new(Code::MissingTailLink, place, message)
                    .with_help("add the link, or set content.link to permalink; the permalink was taken"),
            );
        }
        let id = match fields::first(&front.fields, fields::GUID).and_then(|field| Some((field.key, fields::text(field.node)?))) {
            Some((key, guid)) => (Id::opaque(one_line(&guid)), format!("front matter `{key}`")),
            None => (Id::permalink(link.0.clone()), "the link".to_owned()),
        };
        let held = held(&front, &file, &dates, options);
        Some(Self { source, file, front, body, dates, language, authors, title, link, id, held, shown, text })
    }

    /// What grouping needs to know of it; `key` is how it is found again.
    pub(crate) fn head(&self, options: &Options, key: usize) -> Head {
        let authors = if self.authors.is_empty() { options.author.as_slice() } else { &self.authors };
        let mut head = Head::new(self.id.0.clone(), self.shown.clone(), key);
        head.link = Some(self.link.0.clone());
        head.published = self.dates.published;
        head.updated = self.dates.updated;
        head.language.clone_from(&self.language.language);
        head.terms = terms::of(&self.front, &self.file, authors, options);
        head
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

    /// The place of a text that stands somewhere in the body, or the whole file when it does not.
    pub(crate) fn place_in_body(&self, needle: &str) -> Place {
        let place = Place::file(self.shown.clone());
        let start = self.front.body_start;
        match self.text.get(start..).and_then(|body| body.find(needle)) {
            Some(at) => place_of(place, self.text, start + at).with_length(needle.chars().count()),
            None => place,
        }
    }

    /// The place of a front matter field.
    pub(crate) fn place(&self, field: Field<'_>) -> Place {
        place_in_front(&self.front, field, &self.shown, self.text)
    }
}

const FROM_KEY: &str = "the front matter";
const TAIL: &str = "the body's last line";

/// The title, never empty, and where it is from.
fn title(front: &FrontMatter, file: &FilePath, body: &str) -> (String, String) {
    let stated = fields::first(&front.fields, fields::TITLE).and_then(|field| fields::text(field.node)).map(|title| one_line(&unescaped(&title)));
    if let Some(title) = stated.filter(|title| !title.is_empty()) {
        return (title, FROM_KEY.to_owned());
    }
    let heading = markdown::first_heading(body).map(|heading| one_line(&crate::text::plain::to_plain(&markdown::to_html(&heading, true))));
    match heading.filter(|heading| !heading.is_empty()) {
        Some(heading) => (heading, "the first heading".to_owned()),
        None => (file.stem.clone(), "the file's name".to_owned()),
    }
}

/// The address of the page with where it is from, and the body that is left.
fn link<'t>(front: &FrontMatter, facts: &Facts<'_>, body: &'t str, options: &Options, report: &mut dates::Report<'_>) -> ((String, String), &'t str) {
    let mut rest = body;
    match &options.link {
        LinkRule::TailLink => {
            if let Some((before, url)) = markdown::split_tail_link(body)
                && let Ok(url) = absolute(url)
            {
                return ((url, TAIL.to_owned()), before);
            }
        }
        LinkRule::Key(key) => {
            if let Some(field) = fields::get(&front.fields, key)
                && let Some(text) = fields::text(field.node)
            {
                match resolve(&options.site_url, &text) {
                    Ok(url) => return ((url, format!("front matter `{}`", field.key)), body),
                    Err(problem) => report(
                        field,
                        Code::BadUrl,
                        format!("expected the article's address, found `{text}`: {problem}"),
                        "write an http(s) address or a path",
                    ),
                }
            }
        }
        LinkRule::Permalink => {}
    }
    rest = if rest.is_empty() { body } else { rest };
    for field in fields::all(&front.fields, fields::URL) {
        let Some(text) = fields::text(field.node) else { continue };
        let path = if text.contains("/:") || text.starts_with(':') {
            Template::parse_colons(&text).map(|template| template.path(facts))
        } else {
            Some(text.clone())
        };
        // A path is meant from the site's root, whether it starts with a slash or not.
        let resolved = path
            .ok_or(())
            .and_then(|path| resolve(&options.site_url, path.trim_start_matches('/')).or_else(|_| resolve(&options.site_url, &path)).map_err(|_| ()));
        match resolved {
            Ok(url) => return ((url, format!("front matter `{}`", field.key)), rest),
            Err(()) => report(
                field,
                Code::BadUrl,
                format!("expected the article's address or path, found `{text}`"),
                "write a path such as /blog/name/; the permalink was taken",
            ),
        }
    }
    let path = options.permalink.path(facts);
    let url = resolve(&options.site_url, path.trim_start_matches('/')).unwrap_or_else(|_| options.site_url.clone());
    ((url, "the permalink template".to_owned()), rest)
}

/// Whether the article is shown now.
fn held(front: &FrontMatter, file: &FilePath, dates: &Dates, options: &Options) -> Option<Hold> {
    let fields = &front.fields;
    let is = |name: &str, value: bool| fields::switch(fields, name) == Some(value);
    let says = |name: &str, words: &[&str]| {
        fields::get(fields, name)
            .and_then(|field| fields::text(field.node))
            .is_some_and(|text| words.iter().any(|word| text.eq_ignore_ascii_case(word)))
    };
    let excluded = is("feed", false)
        || is("rss", false)
        || is("rss.exclude", true)
        || is("private", true)
        || ["_build.list", "build.list"].iter().any(|name| is(name, false) || says(name, &["never"]));
    if excluded {
        return Some(Hold::Excluded);
    }
    let draft = fields::switch(fields, "draft")
        .unwrap_or_else(|| is("published", false) || says("status", &["draft", "hidden", "private"]) || file.in_drafts);
    if draft && !options.drafts {
        return Some(Hold::Draft);
    }
    let starts = dates.published.into_iter().chain(dates.shown_from).map(|date| date.unix()).max();
    if !options.future && starts.is_some_and(|start| start > options.now) {
        return Some(Hold::Future);
    }
    dates.expires.filter(|expires| expires.unix() <= options.now).map(|_| Hold::Expired)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_read_is_a_finding() {
        let source = Source { file: "no/such/file.md".into(), path: "file.md".into(), bundle: false };
        let mut findings = Vec::new();
        assert_eq!(load(&source, &Options::default(), &mut findings), None);
        assert_eq!((findings[0].code, &*findings[0].place.path), (Code::UnreadableFile, "content/file.md"));
    }

    #[test]
    fn places_count_characters() {
        let place = place_of(Place::file("a"), "一\n二三四", "一\n二三".len());
        assert_eq!((place.line, place.column, place.excerpt.as_deref()), (2, 3, Some("二三四")));
    }
}
