//! What holds around an element: zone and language.
//!
//! In: texts as written. Out: timestamps and languages, with a note where they are unclear. Never the current time.

use super::super::date::{self, DateProblem, Doubt};
use super::super::markup::Repairs;
use super::limit;
use super::{Base, Hints};
use crate::diagnostic::Code;
use crate::model::{Language, Timestamp};
use crate::text::{language, script};
use chrono_tz::Tz;

/// What is known at a place of a document.
#[derive(Debug)]
pub(in crate::format) struct Context<'h> {
    /// What was known before.
    pub(in crate::format) hints: &'h Hints,
    /// Where the document was read.
    pub(in crate::format) base: Base,
    zone: Option<Tz>,
}

impl<'h> Context<'h> {
    pub(in crate::format) fn new(hints: &'h Hints) -> Self {
        Self { hints, base: Base::new(hints.base.as_deref()), zone: hints.zone }
    }

    /// Learns from the feed's language or its title where it is at home.
    pub(in crate::format) fn learn_language(&mut self, language: &Language) {
        self.zone = self.zone.or_else(|| home(language));
    }

    /// The same from a title, where the language says nothing.
    pub(in crate::format) fn learn_title(&mut self, title: &str) {
        if self.zone.is_none() && !title.is_ascii() {
            self.zone = script::detect(title).and_then(|language| home(&language));
        }
    }

    /// A date, or nothing when it cannot be read.
    pub(in crate::format) fn date(&self, text: &str, offset: usize, repairs: &mut Repairs) -> Option<Timestamp> {
        match date::read_feed(text, self.zone.unwrap_or(Tz::UTC)) {
            Ok(reading) => {
                if let Some(doubt) = reading.doubt {
                    repairs.note(offset, Code::FeedDateDoubtful, || {
                        format!(
                            "expected a date with one meaning, found `{}` ({}); it was read as {}",
                            limit::cut(text, 64),
                            reason(doubt),
                            reading.timestamp
                        )
                    });
                }
                Some(reading.timestamp)
            }
            Err(DateProblem::Empty) => None,
            Err(problem) => {
                repairs.note(offset, Code::FeedDateUnreadable, || match &problem {
                    DateProblem::Unreadable(_) | DateProblem::Ambiguous(_) => problem.to_string(),
                    problem => format!("expected a date, found `{}`: {problem}", limit::cut(text.trim(), 64)),
                });
                None
            }
        }
    }
}

/// The zone of a feed in this language. Wherever Chinese is at home, it is eight hours east.
fn home(language: &Language) -> Option<Tz> {
    date::zone_of(language).or_else(|| language.is_chinese().then_some(Tz::Asia__Shanghai))
}

/// What is unclear, in words.
fn reason(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Gap => "the local time was skipped by a clock change",
        Doubt::Fold => "the local time came twice at a clock change",
        Doubt::DayOrMonth => "day and month could change places",
        Doubt::ZoneName => "nobody knows the zone",
        Doubt::Offset => "no place has the offset",
        Doubt::Remainder => "something stands behind it",
    }
}

/// A language as written.
pub(in crate::format) fn language(raw: &str, offset: usize, repairs: &mut Repairs) -> Option<Language> {
    let raw = raw.trim();
    if raw.is_empty() || raw.len() > 64 {
        return None;
    }
    if let Some(language) = Language::parse(raw).filter(|language| raw.len() == 2 || language.as_str() == raw) {
        return Some(language);
    }
    let reading = language::read(raw, None);
    if reading.class == language::Class::Invalid {
        repairs.note(offset, Code::FeedLanguageInvalid, || format!("expected a BCP 47 tag, found `{}`", limit::cut(raw, 40)));
    }
    reading.language
}
