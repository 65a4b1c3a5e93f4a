//! The dates of an article: publication, last change, expiry, and where each is from.

use super::Options;
use super::fields::{self, Field};
use super::front_matter::FrontMatter;
use super::language::FilePath;
use crate::diagnostic::Code;
use crate::format::date::{self, Doubt};
use crate::model::Timestamp;

/// What an article says about time.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Dates {
    /// First publication.
    pub(crate) published: Option<Timestamp>,
    /// Last change; never before the publication.
    pub(crate) updated: Option<Timestamp>,
    /// When it is held back again.
    pub(crate) expires: Option<Timestamp>,
    /// From when it is shown, when that is later than the publication (Hugo's `publishDate`).
    pub(crate) shown_from: Option<Timestamp>,
    /// Where the publication is from, for `explain`.
    pub(crate) published_from: String,
    /// Where the last change is from, for `explain`.
    pub(crate) updated_from: String,
}

/// A finding about one key: the field, what it is, the message, the help.
pub(crate) type Report<'r> = dyn FnMut(Field<'_>, Code, String, &str) + 'r;

/// Reads all dates of an article.
pub(crate) fn of(front: &FrontMatter, file: &FilePath, options: &Options, report: &mut Report<'_>) -> Dates {
    let mut dates = Dates::default();
    let of_manner = options.manner.as_ref().map(|manner| manner.date_keys.iter().map(String::as_str).collect::<Vec<_>>());
    let keys = of_manner.as_deref().filter(|keys| !keys.is_empty()).unwrap_or(fields::PUBLISHED);
    for field in fields::all(&front.fields, keys) {
        // `published: false` says that it is a draft, not when it was published.
        if field.node.as_bool().is_some() && field.key.eq_ignore_ascii_case("published") {
            continue;
        }
        let Some(found) = read(field, options, report) else { continue };
        if dates.published.is_none() {
            dates.published = Some(found);
            dates.published_from = format!("front matter `{}`", field.key);
        }
        if field.key.eq_ignore_ascii_case("publishDate") {
            dates.shown_from = Some(found);
        }
    }
    if dates.published.is_none()
        && let Some(written) = &file.date
        && let Ok(reading) = date::read(written, options.zone)
    {
        dates.published = Some(reading.timestamp);
        dates.published_from = "the file's name".to_owned();
    }
    if let Some((found, field)) = fields::all(&front.fields, fields::UPDATED).find_map(|field| Some((read(field, options, report)?, field))) {
        dates.updated = Some(found);
        dates.updated_from = format!("front matter `{}`", field.key);
        if let Some(published) = dates.published.filter(|published| published.unix() > found.unix()) {
            report(
                field,
                Code::UpdatedBeforePublished,
                format!("expected a date from {} on, found {}: the publication counts", published.to_rfc3339(), found.to_rfc3339()),
                "correct the date of the last change, or leave it out",
            );
            dates.updated = Some(published);
        }
    }
    dates.expires = fields::all(&front.fields, fields::EXPIRES).find_map(|field| read(field, options, report));
    dates
}

/// One date; what is wrong with it is reported.
fn read(field: Field<'_>, options: &Options, report: &mut Report<'_>) -> Option<Timestamp> {
    let text = fields::text(field.node)?;
    match date::read(&text, options.zone) {
        Ok(reading) => {
            match reading.doubt {
                Some(Doubt::Gap) => report(
                    field,
                    Code::LocalTimeUnclear,
                    format!(
                        "expected a local time that exists in {}, found `{text}`, which a clock change skips; read as {}",
                        options.zone, reading.timestamp
                    ),
                    "write the offset, for example +08:00",
                ),
                Some(Doubt::Fold) => report(
                    field,
                    Code::LocalTimeUnclear,
                    format!(
                        "expected a local time that exists once in {}, found `{text}`, which exists twice; the earlier one counts: {}",
                        options.zone, reading.timestamp
                    ),
                    "write the offset, for example +08:00",
                ),
                _ => {}
            }
            Some(reading.timestamp)
        }
        Err(problem) => {
            let problem = problem.to_string();
            let expected = "expected a date such as 2025-02-14 10:11:09";
            let message = if problem.starts_with("expected") { problem } else { format!("{expected}, found `{text}`: {problem}") };
            report(field, Code::UnreadableDate, message, "correct the date; the article is published without it");
            None
        }
    }
}
