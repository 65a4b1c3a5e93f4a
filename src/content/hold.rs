//! Whether an article is shown now, and if not, why.

use super::Options;
use super::dates::{Dates, Report};
use super::fields;
use super::front_matter::FrontMatter;
use super::language::FilePath;
use crate::diagnostic::Code;

/// Why an article is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
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
    /// It says nothing.
    Empty,
}

impl Hold {
    /// All reasons, in the order in which they are listed.
    pub const ALL: &'static [Self] = &[Self::Draft, Self::Future, Self::Expired, Self::Excluded, Self::Empty];

    /// The word for people: `draft`, `future`, `expired`, `excluded`, `empty`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Future => "future",
            Self::Expired => "expired",
            Self::Excluded => "excluded",
            Self::Empty => "empty",
        }
    }
}

/// Why the article is held back, if it is. A switch that cannot be read holds it back: the other direction cannot be undone.
pub(crate) fn of(front: &FrontMatter, file: &FilePath, dates: &Dates, options: &Options, report: &mut Report<'_>) -> Option<Hold> {
    let fields = &front.fields;
    let is = |name: &str, value: bool| fields::switch(fields, name) == Some(value);
    let says = |name: &str, words: &[&str]| {
        let text = fields::get(fields, name).and_then(|field| fields::text(field.node));
        text.is_some_and(|text| words.iter().any(|word| text.eq_ignore_ascii_case(word)))
    };
    let mut unreadable = |name: &str| {
        let field = fields::get(fields, name).filter(|field| field.node.as_bool().is_none());
        if let Some(field) = field {
            let found = fields::text(field.node).unwrap_or_else(|| "a list or keys".to_owned());
            let message = format!("expected true or false for `{}`, found `{found}`; the article is held back", field.key);
            report(field, Code::WrongShape, message, "write true or false");
        }
        field.is_some()
    };
    let excluded = unreadable("feed")
        || is("feed", false)
        || is("rss", false)
        || is("rss.exclude", true)
        || ["private", "hidden", "headless"].iter().any(|name| is(name, true))
        || says("visibility", &["private", "hidden", "unlisted"])
        || is("render", false)
        // A text that its site shows only to those who know the password.
        || fields::get(fields, "password").is_some()
        // Hexo's pages that list the terms of a taxonomy.
        || ["type", "layout"].iter().any(|name| says(name, &["tags", "categories", "archives"]))
        || ["_build.list", "build.list"].iter().any(|name| is(name, false) || says(name, &["never"]));
    if excluded {
        return Some(Hold::Excluded);
    }
    let not_published = || is("published", false) || says("status", &["draft", "hidden", "private"]) || file.in_drafts;
    let draft = unreadable("draft") || fields::switch(fields, "draft").unwrap_or_else(not_published);
    if draft && !options.drafts {
        return Some(Hold::Draft);
    }
    let starts = dates.published.into_iter().chain(dates.shown_from).map(|date| date.unix()).max();
    if !options.future && starts.is_some_and(|start| start > options.now) {
        return Some(Hold::Future);
    }
    dates.expires.filter(|expires| expires.unix() <= options.now).map(|_| Hold::Expired)
}

/// The instants between which the same is held back (Unix seconds, the second not included): nothing starts or expires in between.
pub(crate) fn window(dates: &Dates, options: &Options) -> (i64, i64) {
    let starts = dates.published.into_iter().chain(dates.shown_from).map(|date| date.unix()).filter(|_| !options.future);
    let turns = starts.chain(dates.expires.map(|date| date.unix()));
    turns.fold((i64::MIN, i64::MAX), |(from, until), turn| if turn <= options.now { (from.max(turn), until) } else { (from, until.min(turn)) })
}
