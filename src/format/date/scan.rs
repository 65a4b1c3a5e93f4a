//! The shapes of dates.
//!
//! In: a text. Out: year to second as written, checked against the calendar, and the zone as written. One pass from left
//! to right over a short text; the order of the parts decides, not a list of formats.

use super::calendar::{Half, Parts, Time, local};
use super::{DateProblem, Stated, zone};
use chrono::{FixedOffset, NaiveDateTime};
use chrono_tz::Tz;

/// No date is longer; what is, is not looked at.
const MAX_CHARS: usize = 96;

/// What a text says.
pub(super) enum Scanned {
    /// Seconds since 1970-01-01T00:00:00Z.
    Instant(i64),
    /// A time on the clock, and the zone where one is named.
    Local(NaiveDateTime, Option<Stated>),
}

/// Reads the text; `zone` decides what `CST` is.
pub(super) fn scan(text: &str, zone: Tz) -> Result<Scanned, DateProblem> {
    let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || "\"'`“”‘’「」『』".contains(c));
    if trimmed.is_empty() {
        return Err(DateProblem::Empty);
    }
    let unreadable = || DateProblem::Unreadable(excerpt(trimmed));
    if trimmed.chars().nth(MAX_CHARS).is_some() {
        return Err(unreadable());
    }
    let plain: String = trimmed.chars().map(half_width).collect();
    if let Some(seconds) = epoch(&plain) {
        return Ok(Scanned::Instant(seconds));
    }
    let mut scanner = Scanner { rest: &plain, zone };
    scanner.weekday();
    let mut parts = scanner.date().ok_or_else(unreadable)?;
    if parts.is_ambiguous {
        return Err(DateProblem::Ambiguous(excerpt(trimmed)));
    }
    scanner.separator();
    scanner.weekday();
    let time = match parts.time.take() {
        Some(time) => Some(time),
        None => scanner.time().map_err(|()| unreadable())?,
    };
    let mut stated = scanner.zone()?;
    if parts.year.is_none() {
        // asctime and Unix `date` put the year behind the time and the zone.
        scanner.blanks();
        parts.year = scanner.number(4, 4).map(i64::from);
        stated = match stated {
            Some(stated) => Some(stated),
            None => scanner.zone()?,
        };
    }
    scanner.remarks(stated.is_some());
    if !scanner.rest.is_empty() {
        return Err(scanner.unknown_zone(time.is_some()).unwrap_or_else(unreadable));
    }
    let local = local(parts.year.ok_or_else(unreadable)?, parts.month, parts.day, time.unwrap_or_default())?;
    Ok(Scanned::Local(local, stated))
}

/// Full-width forms and the dashes and blanks that editors put in as their plain counterparts.
fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// The beginning of the text, for a message.
fn excerpt(text: &str) -> String {
    let mut out: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
    if text.chars().nth(40).is_some() {
        out.push('…');
    }
    out
}

/// Ten digits are seconds, thirteen milliseconds; a fraction is dropped.
fn epoch(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match whole.len() {
        10 if digits(whole) && digits(fraction) => whole.parse().ok(),
        13 if digits(whole) && digits(fraction) => whole.parse::<i64>().ok().map(|milliseconds| milliseconds.div_euclid(1000)),
        _ => None,
    }
}

const MONTHS: &[&str] = &["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const HALVES: &[(&str, Half)] = &[
    ("上午", Half::Morning),
    ("凌晨", Half::Morning),
    ("早上", Half::Morning),
    ("清晨", Half::Morning),
    ("中午", Half::Noon),
    ("下午", Half::Afternoon),
    ("傍晚", Half::Afternoon),
    ("晚上", Half::Afternoon),
    ("夜里", Half::Afternoon),
];

/// What is left to read.
struct Scanner<'a> {
    rest: &'a str,
    zone: Tz,
}

impl<'a> Scanner<'a> {
    /// Takes one of the characters.
    fn one_of(&mut self, set: &str) -> Option<char> {
        let c = self.rest.chars().next().filter(|c| set.contains(*c))?;
        self.rest = self.rest.strip_prefix(c).unwrap_or(self.rest);
        Some(c)
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches(' ');
    }

    /// Blanks, commas and the like between date and time.
    fn separator(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', ',', '、', '，']);
    }

    /// How many digits come next.
    fn digits(&self) -> usize {
        self.rest.bytes().take_while(u8::is_ascii_digit).count()
    }

    /// Takes a run of digits that has as many as allowed.
    fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let length = self.digits();
        if !(least..=most).contains(&length) {
            return None;
        }
        self.exactly(length)
    }

    /// Takes so many digits, even out of a longer run.
    fn exactly(&mut self, length: usize) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(length)?;
        let number = digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        self.rest = rest;
        Some(number)
    }

    /// The ASCII letters that come next; not taken.
    fn peek_word(&self) -> &'a str {
        let length = self.rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        self.rest.split_at_checked(length).map_or("", |(word, _)| word)
    }

    fn skip(&mut self, text: &str) {
        self.rest = self.rest.strip_prefix(text).unwrap_or(self.rest);
    }

    /// A weekday, which is not looked at: what it would say is known better from the date.
    fn weekday(&mut self) {
        self.blanks();
        for prefix in ["星期", "礼拜", "禮拜", "周", "週", "(星期", "(周", "(週"] {
            let Some(rest) = self.rest.strip_prefix(prefix) else { continue };
            let Some(rest) = rest.strip_prefix(|c: char| "一二三四五六日天".contains(c)) else { continue };
            self.rest = rest.strip_prefix(')').unwrap_or(rest);
        }
        let word = self.peek_word();
        if is_name(word, WEEKDAYS).is_some() {
            self.skip(word);
            self.one_of(".");
        }
        self.separator();
    }

    /// The date, in whichever order it stands.
    fn date(&mut self) -> Option<Parts> {
        match self.digits() {
            14 | 12 => {
                let mut parts = self.compact()?;
                let (hour, minute) = (self.exactly(2)?, self.exactly(2)?);
                let second = if self.digits() == 2 { self.exactly(2)? } else { 0 };
                parts.time = Some(Time { hour, minute, second, half: None });
                Some(parts)
            }
            8 => self.compact(),
            4 => self.year_first(),
            1 | 2 => self.day_first(),
            0 => self.month_first(),
            _ => None,
        }
    }

    /// `20250214`.
    fn compact(&mut self) -> Option<Parts> {
        let year = self.exactly(4)?;
        Some(Parts { year: Some(year.into()), month: self.exactly(2)?, day: self.exactly(2)?, ..Parts::default() })
    }

    /// `2025-02-14`, `2025/2/14`, `2025.2.14`, `2025年2月14日`, `2025-Feb-14`.
    fn year_first(&mut self) -> Option<Parts> {
        let year = self.number(4, 4)?.into();
        self.blanks();
        let separator = self.one_of("-/.年")?;
        self.blanks();
        let month = match self.month() {
            Some(month) => month,
            None => self.number(1, 2)?,
        };
        self.blanks();
        self.one_of(if separator == '年' { "月" } else { "-/." })?;
        self.blanks();
        let day = self.number(1, 2)?;
        if separator == '年' {
            self.blanks();
            self.one_of("日号號");
        }
        Some(Parts { year: Some(year), month, day, ..Parts::default() })
    }

    /// `14 Feb 2025`, `14-Feb-25`, `14th of February, 2025`; `14/2/2025` is recognised, to be refused.
    fn day_first(&mut self) -> Option<Parts> {
        let day = self.number(1, 2)?;
        if matches!(self.rest.as_bytes(), [b'/' | b'.' | b'-', b'0'..=b'9', ..]) {
            self.one_of("/.-");
            let month = self.number(1, 2)?;
            self.one_of("/.-")?;
            let year = self.number(2, 4)?;
            return Some(Parts { year: Some(year.into()), month, day, is_ambiguous: true, ..Parts::default() });
        }
        self.ordinal();
        self.one_of("-/");
        self.blanks();
        if self.peek_word().eq_ignore_ascii_case("of") {
            self.skip(self.peek_word());
            self.blanks();
        }
        let month = self.month()?;
        self.one_of("-/");
        self.separator();
        Some(Parts { year: Some(self.year()?), month, day, ..Parts::default() })
    }

    /// `February 14, 2025`, and asctime's `Feb 14 10:11:09 2025`, whose year comes later.
    fn month_first(&mut self) -> Option<Parts> {
        let month = self.month()?;
        self.one_of("-");
        self.blanks();
        let day = self.number(1, 2)?;
        self.ordinal();
        self.one_of("-");
        self.separator();
        let is_time = self.digits() <= 2;
        Some(Parts { year: if is_time { None } else { Some(self.year()?) }, month, day, ..Parts::default() })
    }

    /// A year of four digits, or of two as RFC 2822 §4.3 reads them.
    fn year(&mut self) -> Option<i64> {
        if let Some(year) = self.number(4, 4) {
            return Some(year.into());
        }
        let year = i64::from(self.number(2, 2)?);
        Some(if year < 50 { 2000 + year } else { 1900 + year })
    }

    /// An English month, whole or cut to three letters or more.
    fn month(&mut self) -> Option<u32> {
        let word = self.peek_word();
        let index = is_name(word, MONTHS)?;
        self.skip(word);
        self.one_of(".");
        u32::try_from(index + 1).ok()
    }

    /// The ending of `14th`.
    fn ordinal(&mut self) {
        let word = self.peek_word();
        if ["st", "nd", "rd", "th"].iter().any(|ending| word.eq_ignore_ascii_case(ending)) {
            self.skip(word);
        }
    }

    /// Morning or afternoon, in Chinese or English.
    fn half(&mut self) -> Option<Half> {
        self.blanks();
        for (name, half) in HALVES {
            if let Some(rest) = self.rest.strip_prefix(name) {
                self.rest = rest;
                self.blanks();
                return Some(*half);
            }
        }
        let lower = self.rest.get(..4).or(self.rest.get(..2)).unwrap_or_default().to_ascii_lowercase();
        for (name, half) in [("a.m.", Half::Morning), ("p.m.", Half::Afternoon), ("am", Half::Morning), ("pm", Half::Afternoon)] {
            if lower.starts_with(name) && !self.rest.as_bytes().get(name.len()).is_some_and(u8::is_ascii_alphabetic) {
                self.rest = self.rest.get(name.len()..).unwrap_or_default();
                return Some(half);
            }
        }
        None
    }

    /// The time; `Ok(None)` when none stands here, `Err` when one begins and does not go on.
    fn time(&mut self) -> Result<Option<Time>, ()> {
        let is_marked = match self.rest.as_bytes() {
            [b'T' | b't', next, ..] if next.is_ascii_digit() || *next == b' ' => self.one_of("Tt").is_some(),
            _ => false,
        };
        if self.peek_word().eq_ignore_ascii_case("at") {
            self.skip(self.peek_word());
            self.blanks();
        }
        let half = self.half();
        let (hour, minute, second) = match self.digits() {
            length @ (4 | 6) if is_marked || length == 6 => {
                let (hour, minute) = (self.exactly(2).ok_or(())?, self.exactly(2).ok_or(())?);
                (hour, minute, if length == 6 { self.exactly(2).ok_or(())? } else { 0 })
            }
            1 | 2 => self.clock()?,
            _ if half.is_some() || is_marked => return Err(()),
            _ => return Ok(None),
        };
        self.fraction();
        let half = half.or_else(|| self.half());
        Ok(Some(Time { hour, minute, second, half }))
    }

    /// `10:11`, `10:11:09`, `10时11分9秒`, `10点`; behind an hour alone `am` or `pm` must stand.
    fn clock(&mut self) -> Result<(u32, u32, u32), ()> {
        let hour = self.number(1, 2).ok_or(())?;
        self.blanks();
        let Some(mark) = self.one_of(":时時点點") else {
            let is_half = Scanner { rest: self.rest, zone: self.zone }.half().is_some();
            return if is_half { Ok((hour, 0, 0)) } else { Err(()) };
        };
        self.blanks();
        let Some(minute) = self.number(1, 2) else {
            return if mark == ':' { Err(()) } else { Ok((hour, 0, 0)) };
        };
        let blank = self.rest.starts_with(' ');
        self.blanks();
        let second = match self.one_of(":分") {
            Some(_) => {
                self.blanks();
                let second = self.number(1, 2);
                if second.is_some() {
                    self.blanks_before("秒");
                }
                second.unwrap_or(0)
            }
            None => 0,
        };
        if blank {
            self.blanks();
        }
        Ok((hour, minute, second))
    }

    /// Takes the text, with blanks before it.
    fn blanks_before(&mut self, text: &str) {
        if let Some(rest) = self.rest.trim_start_matches(' ').strip_prefix(text) {
            self.rest = rest;
        }
    }

    /// The fraction of a second, which is dropped.
    fn fraction(&mut self) {
        if matches!(self.rest.as_bytes(), [b'.' | b',', digit, ..] if digit.is_ascii_digit()) {
            self.one_of(".,");
            self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }

    /// The zone, when one stands here: `Z`, an offset, a name, a name with an offset.
    fn zone(&mut self) -> Result<Option<Stated>, DateProblem> {
        self.blanks();
        if let Some(sign) = self.one_of("+-") {
            return self.offset(sign).map(Some);
        }
        let bracket = self.one_of("[(").is_some();
        let length = self.rest.bytes().take_while(|&byte| byte.is_ascii_alphanumeric() || b"/_".contains(&byte)).count();
        let name = self.rest.split_at_checked(length).map_or("", |(name, _)| name);
        // `UTC+8` and `GMT+0800` say what they mean; `Etc/GMT+8` is a place.
        let letters = self.peek_word();
        if let Some(stated) = zone::named(name, self.zone) {
            self.skip(name);
            if matches!(letters.to_ascii_uppercase().as_str(), "UTC" | "GMT" | "UT")
                && let Some(sign) = self.one_of("+-")
            {
                return self.offset(sign).map(Some);
            }
            if bracket {
                self.one_of("])");
            }
            return Ok(Some(stated));
        }
        if bracket {
            return Err(DateProblem::ZoneName(excerpt(self.rest.trim_end_matches([']', ')']))));
        }
        Ok(None)
    }

    /// What stands behind the sign: `08:00`, `0800`, `08`, `8`, `8:00`.
    fn offset(&mut self, sign: char) -> Result<Stated, DateProblem> {
        let start = self.rest;
        let wrong = || {
            let written: String = start.chars().take_while(|c| c.is_ascii_digit() || *c == ':').take(12).collect();
            DateProblem::Offset(format!("{sign}{written}"))
        };
        let (hours, minutes) = match self.digits() {
            length @ (3 | 4) => (self.exactly(length - 2).ok_or_else(wrong)?, self.exactly(2).ok_or_else(wrong)?),
            length @ (1 | 2) => {
                let hours = self.exactly(length).ok_or_else(wrong)?;
                let minutes = if self.one_of(":").is_some() { self.number(2, 2).ok_or_else(wrong)? } else { 0 };
                (hours, minutes)
            }
            _ => return Err(wrong()),
        };
        let seconds = i32::try_from(hours * 3600 + minutes * 60).unwrap_or(i32::MAX);
        if hours > 23 || minutes > 59 {
            return Err(wrong());
        }
        FixedOffset::east_opt(if sign == '-' { -seconds } else { seconds }).map(Stated::Offset).ok_or_else(wrong)
    }

    /// What may follow a stated zone and says nothing new: its name, `(China Standard Time)`, `[Asia/Shanghai]`, Go's
    /// ` m=+0.01`.
    fn remarks(&mut self, is_stated: bool) {
        self.blanks();
        if !is_stated {
            return;
        }
        if let Some((_, rest)) = self.rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
            self.rest = rest.trim_start_matches(' ');
        }
        if let Some((_, rest)) = self.rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            self.rest = rest.trim_start_matches(' ');
        }
        let word = self.peek_word();
        if word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()) {
            self.skip(word);
            self.blanks();
        } else if matches!(self.rest.as_bytes(), [b'+' | b'-', digit, ..] if digit.is_ascii_digit()) {
            // Go writes the offset twice where the zone has no name: `+0800 +0800`.
            self.one_of("+-");
            self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':').trim_start_matches(' ');
        }
        if self.rest.starts_with("m=") {
            self.rest = "";
        }
    }

    /// The problem, when what is left looks like a zone.
    fn unknown_zone(&self, has_time: bool) -> Option<DateProblem> {
        let is_name = has_time && self.rest.bytes().all(|byte| byte.is_ascii_alphabetic() || b"/_".contains(&byte));
        is_name.then(|| DateProblem::ZoneName(excerpt(self.rest)))
    }
}

/// Which of the names the word is, or begins with at least three letters.
fn is_name(word: &str, names: &[&str]) -> Option<usize> {
    let lower = word.to_ascii_lowercase();
    (lower.len() >= 3).then(|| names.iter().position(|name| name.starts_with(&lower)))?
}
