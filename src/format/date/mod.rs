//! Dates as people and programs write them → timestamps.
//!
//! In: a text and the zone to read it in when it names none. Out: a [`Timestamp`] in whole seconds, or what is wrong with
//! the text. Never the machine's zone, never UTC in silence, never a guess between day and month.
//!
//! RFC 3339, RFC 822 and 2822, RFC 850, asctime, ISO 8601 basic, Go's default, Chinese and English forms, Unix seconds and
//! milliseconds; `scan` knows the shapes, `zone` the names of zones. Dates of other people's feeds are [`read_feed`]'s: the
//! same scanner with what `wild`, `shapes` and `names` add, and a short cut, `fast`.

mod calendar;
mod clock;
mod fast;
mod home;
mod names;
mod offset;
mod scan;
mod shapes;
#[cfg(test)]
mod tests;
mod wild;
mod zone;

pub use home::zone_of;

use crate::model::{Timestamp, Zone};
use chrono::{DateTime, Datelike, Duration, FixedOffset, LocalResult, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

/// A date that could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reading {
    /// The instant, with its offset, and whether that was stated.
    pub timestamp: Timestamp,
    /// What is unclear about it.
    pub doubt: Option<Doubt>,
}

/// What is unclear about a date. [`read`] knows the first two only: a local time that does not name exactly one instant
/// because clocks were changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Doubt {
    /// The local time was skipped; it was shifted forward by as much as the clocks were.
    Gap,
    /// The local time came twice; the earlier one was taken.
    Fold,
    /// Day and month, or the two digits of the year, could change places: `01/02/2025`, `03-12-31`.
    DayOrMonth,
    /// The zone is named, and nobody knows the name, so that the given zone was taken; or it is a letter of the military.
    ZoneName,
    /// No place has the offset. What it says was computed; where it says nothing, it counts as UTC.
    Offset,
    /// Something stands behind the date that was not understood.
    Remainder,
}

/// Why a text is not a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DateProblem {
    /// Nothing but white space.
    #[error("expected a date, found nothing")]
    Empty,
    /// No known shape.
    #[error("expected a date such as 2025-02-14 10:11:09 +08:00, found `{0}`")]
    Unreadable(String),
    /// `01/02/2025` and the like.
    #[error("`{0}` could be day or month first: write the year first, as in 2025-02-14")]
    Ambiguous(String),
    /// The year has no four digits, or lies outside of 1000 to 9999.
    #[error("year {0} is outside of 1000 to 9999")]
    Year(i64),
    /// No such month.
    #[error("month {0} does not exist")]
    Month(u32),
    /// The month has no such day.
    #[error("day {day} does not exist in {year:04}-{month:02}")]
    Day {
        /// The year.
        year: i32,
        /// The month, from 1.
        month: u32,
        /// The day that it does not have.
        day: u32,
    },
    /// No such hour.
    #[error("hour {0} does not exist")]
    Hour(u32),
    /// No such minute.
    #[error("minute {0} does not exist")]
    Minute(u32),
    /// No such second.
    #[error("second {0} does not exist")]
    Second(u32),
    /// An offset that no place has.
    #[error("`{0}` is no offset from UTC")]
    Offset(String),
    /// A name of a zone that is not known.
    #[error("`{0}` is no zone that is known: write an offset such as +08:00")]
    ZoneName(String),
}

/// How the offset of a date was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stated {
    /// As an offset, or a name that stands for one.
    Offset(FixedOffset),
    /// As the name of a place with rules.
    Place(Tz),
    /// As an offset of a day or more, in seconds to the east.
    Beyond(i64),
}

/// Reads a date. `zone` counts where the text names none; the result then says [`Zone::Assumed`].
///
/// White space and quotes around it, full-width digits, one-digit months, days and hours are tolerated, a wrong weekday
/// is ignored, fractions of a second are dropped. A date without time is 00:00, 24:00 is the next day. `CST` is +08:00 when
/// `zone` is a Chinese one, else -06:00. Ten digits are seconds, thirteen are milliseconds since 1970.
///
/// # Errors
///
/// [`DateProblem`], which says what does not exist or cannot be read.
pub fn read(text: &str, zone: Tz) -> Result<Reading, DateProblem> {
    settle(scan::scan(text, zone)?)
}

/// Reads a date of somebody else's feed: all that [`read`] does, and whatever else can be understood, in many languages.
/// `zone` counts where the text names none that is known; the result then says [`Zone::Assumed`].
///
/// Wrong or foreign weekdays are ignored, months are known in thirty languages; ISO 8601 may be cut short or count weeks
/// or days; numbers may stand in the order of their country: behind dots the day is first, behind slashes the month unless
/// one of the two is above 12. Words before the date and whatever is behind it are skipped. What was decided without
/// certainty is a [`Doubt`]. Days and hours that do not exist are errors here too.
///
/// # Errors
///
/// [`DateProblem`]: nothing is made up for a text that holds no date.
pub fn read_feed(text: &str, zone: Tz) -> Result<Reading, DateProblem> {
    if let Some(when) = fast::read(text) {
        return Ok(Reading { timestamp: Timestamp::new(when, Zone::Stated), doubt: None });
    }
    settle(wild::scan(text, zone)?)
}

/// The instant of what was read.
fn settle(scanned: scan::Scanned) -> Result<Reading, DateProblem> {
    let (local, stated, zone, doubt) = match scanned {
        scan::Scanned::Instant(seconds) => {
            let timestamp = Timestamp::from_unix(seconds).ok_or(DateProblem::Year(0))?;
            return Ok(Reading { timestamp, doubt: None });
        }
        scan::Scanned::Local { local, stated, zone, doubt } => (local, stated, zone, doubt),
    };
    let (when, change) = match stated {
        Some(Stated::Offset(offset)) => (offset.from_local_datetime(&local).single(), None),
        Some(Stated::Beyond(east)) => {
            let utc = local.checked_sub_signed(Duration::seconds(east));
            (utc.map(|utc| utc.and_utc().fixed_offset()), None)
        }
        Some(Stated::Place(place)) => resolve(local, place),
        None => resolve(local, zone),
    };
    let when = when.filter(|when| (1000..=9999).contains(&when.year())).ok_or(DateProblem::Year(local.year().into()))?;
    let known = if stated.is_some() { Zone::Stated } else { Zone::Assumed };
    Ok(Reading { timestamp: Timestamp::new(when, known), doubt: doubt.or(change) })
}

/// The instant of a local time in a place with clock changes.
fn resolve(local: NaiveDateTime, zone: Tz) -> (Option<DateTime<FixedOffset>>, Option<Doubt>) {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(when) => (Some(whole_minutes(&when)), None),
        LocalResult::Ambiguous(one, other) => (Some(whole_minutes(&one.min(other))), Some(Doubt::Fold)),
        LocalResult::None => {
            // With the offset that was in force before the clocks went forward, the time lands behind the gap.
            let before = local.checked_sub_signed(Duration::days(1)).and_then(|earlier| zone.offset_from_local_datetime(&earlier).latest());
            let when = before.and_then(|offset| offset.fix().from_local_datetime(&local).single());
            (when.map(|when| whole_minutes(&when.with_timezone(&zone))), Some(Doubt::Gap))
        }
    }
}

/// The same instant at an offset of whole minutes: local mean times had seconds, RFC 3339 has none.
fn whole_minutes<T: TimeZone>(when: &DateTime<T>) -> DateTime<FixedOffset> {
    let seconds = when.offset().fix().local_minus_utc();
    let offset = FixedOffset::east_opt((seconds + 30).div_euclid(60) * 60).unwrap_or_else(|| Utc.fix());
    when.with_timezone(&offset)
}
