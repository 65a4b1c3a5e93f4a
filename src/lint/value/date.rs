//! Dates: RFC 822 with four-digit years, RFC 3339, W3CDTF, ISO 8601.

use super::Fault;
use crate::diagnostic::Code;
use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta};

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const ZONES: [(&str, i64); 11] =
    [("UT", 0), ("GMT", 0), ("EST", -5), ("EDT", -4), ("CST", -6), ("CDT", -5), ("MST", -7), ("MDT", -6), ("PST", -8), ("PDT", -7), ("Z", 0)];

/// Before this year feeds had nothing to tell.
const FIRST_YEAR: i32 = 1990;

/// A date of RSS 2.0: RFC 822 with a year of four digits. `now` in Unix seconds, to find dates that are not yet.
pub(in crate::lint) fn rfc822(value: &str, now: Option<i64>) -> Option<Fault> {
    const WANTED: &str = "a date such as \"Fri, 14 Feb 2025 10:00:00 +0800\"";
    let Some(parts) = strict(value) else {
        let code = if loose(value) { Code::UnusualRfc822Date } else { Code::InvalidRfc822Date };
        return Some(Fault::new(code, WANTED, value));
    };
    let Some(date) = NaiveDate::from_ymd_opt(parts.year, parts.month, parts.day) else {
        return Some(Fault::new(Code::InvalidRfc822Date, "a day that exists", value));
    };
    if let Some(day) = parts.weekday {
        let right = DAYS.get(date.weekday().num_days_from_monday() as usize).copied().unwrap_or_default();
        if right != day {
            return Some(Fault::new(Code::WrongWeekday, &format!("\"{right}\", the day of the week of that date"), value));
        }
    }
    let Some(time) = clock(&parts.time) else {
        return Some(Fault::new(Code::InvalidRfc822Date, "a time that exists", value));
    };
    let seconds = date.and_time(time).and_utc().timestamp() - parts.offset;
    (parts.year < FIRST_YEAR || now.is_some_and(|now| seconds > now + 600))
        .then(|| Fault::new(Code::ImplausibleDate, "a date between 1990 and now", value))
}

struct Parts<'v> {
    weekday: Option<&'v str>,
    year: i32,
    month: u32,
    day: u32,
    time: Vec<&'v str>,
    /// Seconds east of Greenwich.
    offset: i64,
}

/// As RFC 2822 writes it: one space, names in their usual case.
fn strict(value: &str) -> Option<Parts<'_>> {
    let (weekday, rest) = match value.split_once(", ") {
        Some((day, rest)) if DAYS.contains(&day) => (Some(day), rest),
        Some(_) => return None,
        None => (None, value),
    };
    let words: Vec<&str> = rest.split(' ').collect();
    let [day, month, year, time, zone] = words.as_slice() else { return None };
    if !digits(day, 1..=2) || !digits(year, 4..=4) {
        return None;
    }
    let month = MONTHS.iter().position(|name| name == month)? + 1;
    let time: Vec<&str> = time.split(':').collect();
    if !matches!(time.len(), 2 | 3) || !time.iter().all(|part| digits(part, 2..=2)) {
        return None;
    }
    let offset = match ZONES.iter().find(|(name, _)| name == zone) {
        Some((_, hours)) => hours * 3600,
        None => numeric_zone(zone)?,
    };
    Some(Parts { weekday, year: year.parse().ok()?, month: u32::try_from(month).ok()?, day: day.parse().ok()?, time, offset })
}

/// `+0800`; minutes are 00 or 30, as zones have them.
fn numeric_zone(zone: &str) -> Option<i64> {
    let bare = zone.strip_prefix(['+', '-']).unwrap_or(zone);
    if !digits(bare, 4..=4) || !(bare.ends_with("00") || bare.ends_with("30")) {
        return None;
    }
    let number: i64 = bare.parse().ok()?;
    let seconds = (number / 100) * 3600 + (number % 100) * 60;
    Some(if zone.starts_with('-') { -seconds } else { seconds })
}

/// What RFC 822 allows beyond that, and readers may not know: two digits of a year, comments, other case, more white space, military zones.
fn loose(value: &str) -> bool {
    let text = without_comments(value).to_ascii_lowercase();
    let mut text = text.trim();
    for day in DAYS {
        if let Some(rest) = text.strip_prefix(&day.to_ascii_lowercase())
            && let Some(rest) = rest.trim_start().strip_prefix(',')
        {
            text = rest.trim_start();
            break;
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let [day, month, year, time, zone] = words.as_slice() else { return false };
    let zone_known = zone.strip_prefix(['+', '-']).is_some_and(|bare| digits(bare, 4..=4))
        || ZONES.iter().any(|(name, _)| name.eq_ignore_ascii_case(zone))
        || (zone.len() == 1 && zone.chars().all(|c| c.is_ascii_lowercase() && c != 'j'));
    let time: Vec<&str> = time.split(':').collect();
    digits(day, 1..=2)
        && MONTHS.iter().any(|name| name.eq_ignore_ascii_case(month))
        && (digits(year, 2..=2) || digits(year, 4..=4))
        && matches!(time.len(), 2 | 3)
        && time.iter().all(|part| digits(part, 2..=2))
        && zone_known
}

/// Takes out comments in parentheses, which nest, and quoted characters.
fn without_comments(value: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '(' => depth += 1,
            ')' if depth > 0 => {
                depth -= 1;
                out.push(' ');
            }
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Hours, minutes and perhaps seconds; 60 seconds are a leap second.
fn clock(parts: &[&str]) -> Option<NaiveTime> {
    let mut numbers = parts.iter().map(|part| part.parse::<u32>().ok());
    let (hour, minute) = (numbers.next()??, numbers.next()??);
    let second = numbers.next().unwrap_or(Some(0))?;
    if second > 60 {
        return None;
    }
    NaiveTime::from_hms_opt(hour, minute, second.min(59))
}

/// A date of Atom (RFC 3339 with capital `T` and `Z`, RFC 4287 §3.3).
pub(in crate::lint) fn rfc3339(value: &str, now: Option<i64>) -> Option<Fault> {
    iso(value, Demands { day: true, time: true, seconds: true, zone: true }, Code::InvalidRfc3339Date, "a date such as 2025-02-14T10:00:00Z", now)
}

/// A date of Dublin Core: a year, a month, a day, or a time with a zone.
pub(in crate::lint) fn w3cdtf(value: &str, now: Option<i64>) -> Option<Fault> {
    let wanted = "a date such as 2025-02-14 or 2025-02-14T10:00+08:00";
    iso(value, Demands { day: false, time: false, seconds: false, zone: true }, Code::InvalidW3cdtfDate, wanted, now)
}

/// A date of ISO 8601 where the zone may be missing.
pub(in crate::lint) fn iso8601(value: &str, now: Option<i64>) -> Option<Fault> {
    let wanted = "a date such as 2025-02-14 or 2025-02-14T10:00:00Z";
    iso(value, Demands { day: false, time: false, seconds: false, zone: false }, Code::InvalidIso8601DateTime, wanted, now)
}

/// What must be there.
#[derive(Clone, Copy)]
struct Demands {
    day: bool,
    time: bool,
    seconds: bool,
    /// When there is a time.
    zone: bool,
}

fn iso(value: &str, demands: Demands, code: Code, wanted: &str, now: Option<i64>) -> Option<Fault> {
    let Some(seconds) = iso_seconds(value, demands) else {
        return Some(Fault::new(code, wanted, value));
    };
    let early = value.get(..4).and_then(|year| year.parse::<i32>().ok()).is_some_and(|year| year < FIRST_YEAR);
    (early || now.is_some_and(|now| seconds > now + 86_400)).then(|| Fault::new(Code::ImplausibleDate, "a date between 1990 and now", value))
}

/// Unix seconds of a date of this form; `None` when it has another one, or does not exist.
fn iso_seconds(value: &str, demands: Demands) -> Option<i64> {
    let (date, time) = match value.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (value, None),
    };
    let parts: Vec<&str> = date.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    if !matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2]) || !parts.iter().all(|part| digits(part, 2..=4)) {
        return None;
    }
    if (demands.day && parts.len() < 3) || (demands.time && time.is_none()) || (time.is_some() && parts.len() < 3) {
        return None;
    }
    let number = |at: usize| parts.get(at).map_or(Some(1), |part| part.parse::<u32>().ok());
    let date = NaiveDate::from_ymd_opt(i32::try_from(number(0)?).ok()?, number(1)?, number(2)?)?;
    let Some(time) = time else { return Some(date.and_time(NaiveTime::MIN).and_utc().timestamp()) };
    let (time, offset) = zone(time)?;
    if demands.zone && offset.is_none() {
        return None;
    }
    let fraction = time.split_once('.');
    let whole = fraction.map_or(time, |(whole, _)| whole);
    let parts: Vec<&str> = whole.split(':').collect();
    let seconds_there = parts.len() == 3;
    if !matches!(parts.len(), 2 | 3) || (demands.seconds && !seconds_there) || !parts.iter().all(|part| digits(part, 2..=2)) {
        return None;
    }
    if fraction.is_some_and(|(_, fraction)| !seconds_there || !fraction.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let local = date.and_time(clock(&parts)?);
    let offset = TimeDelta::try_seconds(offset.unwrap_or(0))?;
    Some(local.checked_sub_signed(offset)?.and_utc().timestamp())
}

/// Takes the zone off: the rest, and the seconds east when there is a zone; `None` when it is no zone.
fn zone(time: &str) -> Option<(&str, Option<i64>)> {
    if let Some(rest) = time.strip_suffix('Z') {
        return Some((rest, Some(0)));
    }
    let Some(at) = time.find(['+', '-']) else { return Some((time, None)) };
    let (rest, zone) = time.split_at(at);
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    if !digits(hours, 2..=2) || !digits(minutes, 2..=2) {
        return None;
    }
    let east = hours.parse::<i64>().ok()? * 3600 + minutes.parse::<i64>().ok()? * 60;
    Some((rest, Some(if zone.starts_with('-') { -east } else { east })))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Option<i64> = Some(1_750_000_000);

    fn code(fault: Option<Fault>) -> Option<Code> {
        fault.map(|fault| fault.code)
    }

    #[test]
    fn dates_of_rss() {
        for (value, expected) in [
            ("Fri, 14 Feb 2025 10:00:00 +0800", None),
            ("14 Feb 2025 10:00 GMT", None),
            ("Thu, 14 Feb 2025 10:00:00 +0800", Some(Code::WrongWeekday)),
            ("Fri, 14 Feb 25 10:00:00 +0800", Some(Code::UnusualRfc822Date)),
            ("Fri, 14 Feb 2025 10:00:00 +0845", Some(Code::UnusualRfc822Date)),
            ("fri, 14 feb 2025 10:00:00 gmt", Some(Code::UnusualRfc822Date)),
            ("Fri, 14 Feb 2025 10:00:00 GMT (winter)", Some(Code::UnusualRfc822Date)),
            ("Fri, 14 Feb 2025 10:00:00", Some(Code::InvalidRfc822Date)),
            ("2025-02-14T10:00:00Z", Some(Code::InvalidRfc822Date)),
            ("31 Feb 2025 10:00:00 GMT", Some(Code::InvalidRfc822Date)),
            ("14 Feb 2025 10:60:00 GMT", Some(Code::InvalidRfc822Date)),
            ("Fri, 14 Fév 2025 10:00:00 GMT", Some(Code::InvalidRfc822Date)),
            ("14 Feb 2099 10:00:00 GMT", Some(Code::ImplausibleDate)),
            ("14 Feb 1970 10:00:00 GMT", Some(Code::ImplausibleDate)),
            ("", Some(Code::InvalidRfc822Date)),
        ] {
            assert_eq!(code(rfc822(value, NOW)), expected, "{value}");
        }
        assert_eq!(rfc822("14 Feb 2099 10:00:00 GMT", None), None, "nobody knows the time");
    }

    #[test]
    fn dates_of_atom() {
        let wrong = Some(Code::InvalidRfc3339Date);
        for (value, expected) in [
            ("2025-02-14T10:00:00Z", None),
            ("2025-02-14T10:00:00.25+08:00", None),
            ("2025-02-14T10:00Z", wrong),
            ("2025-02-14T10:00:00", wrong),
            ("2025-02-14t10:00:00z", wrong),
            ("2025-02-14T10:00:00+0800", wrong),
            ("2025-02-30T10:00:00Z", wrong),
            ("2025-02-14T25:00:00Z", wrong),
            ("2025-02-14 10:00:00Z", wrong),
            ("2025-02-14", wrong),
            ("", wrong),
            ("2099-02-14T10:00:00Z", Some(Code::ImplausibleDate)),
            ("1970-02-14T10:00:00Z", Some(Code::ImplausibleDate)),
        ] {
            assert_eq!(code(rfc3339(value, NOW)), expected, "{value}");
        }
    }

    #[test]
    fn other_dates() {
        for (value, expected) in [("2025", None), ("2025-02", None), ("2025-02-14", None), ("2025-02-14T10:00Z", None)] {
            assert_eq!(code(w3cdtf(value, NOW)), expected, "{value}");
        }
        assert_eq!(code(w3cdtf("2025-02-14T10:00", NOW)), Some(Code::InvalidW3cdtfDate));
        assert_eq!(code(iso8601("2025-02-14T10:00", NOW)), None);
        assert_eq!(code(iso8601("14.2.2025", NOW)), Some(Code::InvalidIso8601DateTime));
    }
}
