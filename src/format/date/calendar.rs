//! What the calendar and the clock have.
//!
//! In: a date and a time as written. Out: a local time, or which part of it does not exist. Knows no zones.

use super::DateProblem;
use chrono::{Duration, NaiveDate, NaiveDateTime};

/// A day as written.
#[derive(Clone, Copy, Default)]
pub(super) struct Parts {
    pub(super) year: Option<i64>,
    pub(super) month: u32,
    pub(super) day: u32,
    /// The time, where it stands in the same run of digits.
    pub(super) time: Option<Time>,
    /// Whether day and month could change places.
    pub(super) is_ambiguous: bool,
    /// Whether only the year or the month is written; the first of its days stands for it.
    pub(super) is_partial: bool,
    /// Whether there are numbers only, with a year of two digits.
    pub(super) is_vague: bool,
}

/// A time as written.
#[derive(Clone, Copy, Default)]
pub(super) struct Time {
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
    pub(super) half: Option<Half>,
}

/// Which half of the day.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    /// Midnight to noon.
    Morning,
    /// Around noon: 11, 12 and 1 o'clock.
    Noon,
    /// Noon to midnight.
    Afternoon,
}

/// Year to second as a local time, when the calendar and the clock have them.
pub(super) fn local(year: i64, month: u32, day: u32, time: Time) -> Result<NaiveDateTime, DateProblem> {
    let whole_year = i32::try_from(year).ok().filter(|year| (1000..=9999).contains(year)).ok_or(DateProblem::Year(year))?;
    if !(1..=12).contains(&month) {
        return Err(DateProblem::Month(month));
    }
    let date = NaiveDate::from_ymd_opt(whole_year, month, day).ok_or(DateProblem::Day { year: whole_year, month, day })?;
    let hour = match (time.half, time.hour) {
        (Some(Half::Morning), 12) => 0,
        (Some(Half::Afternoon), hour @ 0..=11) | (Some(Half::Noon), hour @ 1..=3) => hour + 12,
        (_, hour) => hour,
    };
    if time.minute > 59 {
        return Err(DateProblem::Minute(time.minute));
    }
    if time.second > 60 {
        return Err(DateProblem::Second(time.second));
    }
    // RFC 3339 §4.3 knows leap seconds, timestamps do not.
    let second = time.second.min(59);
    if (hour, time.minute, time.second) == (24, 0, 0) {
        return date.and_hms_opt(0, 0, 0).and_then(|start| start.checked_add_signed(Duration::days(1))).ok_or(DateProblem::Year(year));
    }
    date.and_hms_opt(hour, time.minute, second).ok_or(DateProblem::Hour(time.hour))
}
