//! The shapes of dates.
//!
//! In: a text. Out: year to second as written, checked against the calendar, and the zone as written. One pass from left
//! to right over a short text; the order of the parts decides, not a list of formats.

use super::calendar::{Parts, Time, local};
use super::{DateProblem, Doubt, Stated, names};
use chrono::NaiveDateTime;
use chrono_tz::Tz;
use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;

/// No date is longer; what is, is not looked at.
const MAX_CHARS: usize = 96;

/// What a text says.
#[derive(Clone, Copy)]
pub(super) enum Scanned {
    /// Seconds since 1970-01-01T00:00:00Z.
    Instant(i64),
    /// A time on the clock.
    Local {
        local: NaiveDateTime,
        /// The zone where one is named.
        stated: Option<Stated>,
        /// The zone that counts when none is.
        zone: Tz,
        /// What is unclear.
        doubt: Option<Doubt>,
    },
}

/// Reads the text as an author may write it; `zone` decides what `CST` is.
pub(super) fn scan(text: &str, zone: Tz) -> Result<Scanned, DateProblem> {
    let trimmed = trim(text);
    if trimmed.is_empty() {
        return Err(DateProblem::Empty);
    }
    let unreadable = || DateProblem::Unreadable(excerpt(trimmed));
    if trimmed.chars().nth(MAX_CHARS).is_some() {
        return Err(unreadable());
    }
    let plain = plain(trimmed);
    if let Some(seconds) = epoch(&plain) {
        return Ok(Scanned::Instant(seconds));
    }
    let mut scanner = Scanner { rest: &plain, zone, is_wild: false, doubt: None };
    scanner.weekday();
    let mut parts = scanner.date().ok_or_else(unreadable)?;
    if parts.is_ambiguous {
        return Err(DateProblem::Ambiguous(excerpt(trimmed)));
    }
    scanner.separator();
    scanner.weekday();
    let time = match parts.time.take() {
        Some(time) => Some(time),
        None => scanner.time(None).map_err(|()| unreadable())?,
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
    Ok(Scanned::Local { local, stated, zone, doubt: scanner.doubt })
}

/// Without white space and quotes around it.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || "\"'`“”‘’「」『』".contains(c))
}

/// With plain digits, dashes and blanks only.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) { text.into() } else { text.chars().map(half_width).collect() }
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
pub(super) fn excerpt(text: &str) -> String {
    let mut out: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
    if text.chars().nth(40).is_some() {
        out.push('…');
    }
    out
}

/// Ten digits are seconds, thirteen milliseconds; a fraction is dropped.
pub(super) fn epoch(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match whole.len() {
        10 if digits(whole) && digits(fraction) => whole.parse().ok(),
        13 if digits(whole) && digits(fraction) => whole.parse::<i64>().ok().map(|milliseconds| milliseconds.div_euclid(1000)),
        _ => None,
    }
}

const MONTHS: &[&str] = &["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
pub(super) const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// What is left to read.
#[derive(Clone, Copy)]
pub(super) struct Scanner<'a> {
    pub(super) rest: &'a str,
    pub(super) zone: Tz,
    /// Whether the text is out of a feed of somebody else's: what can be understood is then allowed.
    pub(super) is_wild: bool,
    /// What is unclear so far.
    pub(super) doubt: Option<Doubt>,
}

impl<'a> Scanner<'a> {
    /// Takes one of the characters.
    pub(super) fn one_of(&mut self, set: &str) -> Option<char> {
        let c = self.rest.chars().next().filter(|c| set.contains(*c))?;
        self.rest = self.rest.strip_prefix(c).unwrap_or(self.rest);
        Some(c)
    }

    /// Notes what is unclear; the first thing stays, unless the date itself is.
    pub(super) fn raise(&mut self, doubt: Doubt) {
        if self.doubt.is_none() || doubt == Doubt::DayOrMonth {
            self.doubt = Some(doubt);
        }
    }

    pub(super) fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches(' ');
    }

    /// Blanks, commas and the like between date and time.
    pub(super) fn separator(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', ',', '、', '，']);
    }

    /// How many digits come next.
    pub(super) fn digits(&self) -> usize {
        self.rest.bytes().take_while(u8::is_ascii_digit).count()
    }

    /// Takes a run of digits that has as many as allowed.
    pub(super) fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let length = self.digits();
        if !(least..=most).contains(&length) {
            return None;
        }
        self.exactly(length)
    }

    /// Takes so many digits, even out of a longer run.
    pub(super) fn exactly(&mut self, length: usize) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(length)?;
        let number = digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        self.rest = rest;
        Some(number)
    }

    /// The ASCII letters that come next; not taken.
    pub(super) fn peek_word(&self) -> &'a str {
        let length = self.rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        self.rest.split_at_checked(length).map_or("", |(word, _)| word)
    }

    /// The letters of any script that come next; not taken. U+FFFD is what is left of a letter.
    pub(super) fn letters(&self) -> &'a str {
        let is_letter = |c: char| c.is_alphabetic() || c == char::REPLACEMENT_CHARACTER || is_combining_mark(c);
        let length = self.rest.find(|c| !is_letter(c)).unwrap_or(self.rest.len());
        self.rest.split_at_checked(length).map_or("", |(word, _)| word)
    }

    pub(super) fn skip(&mut self, text: &str) {
        self.rest = self.rest.strip_prefix(text).unwrap_or(self.rest);
    }

    /// A weekday, which is not looked at: what it would say is known better from the date.
    pub(super) fn weekday(&mut self) {
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
    pub(super) fn date(&mut self) -> Option<Parts> {
        match self.digits() {
            14 | 12 | 8 => self.compact(),
            4 => self.year_first(),
            1 | 2 => self.day_first(),
            0 => self.month_first(),
            _ => None,
        }
    }

    /// `20250214`, `202502141011`, `20250214101109`.
    pub(super) fn compact(&mut self) -> Option<Parts> {
        let year = self.exactly(4)?;
        let mut parts = Parts { year: Some(year.into()), month: self.exactly(2)?, day: self.exactly(2)?, ..Parts::default() };
        if self.digits() > 0 {
            let (hour, minute) = (self.exactly(2)?, self.exactly(2)?);
            let second = if self.digits() == 2 { self.exactly(2)? } else { 0 };
            parts.time = Some(Time { hour, minute, second, half: None });
        }
        Some(parts)
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
    pub(super) fn year(&mut self) -> Option<i64> {
        if let Some(year) = self.number(4, 4) {
            return Some(year.into());
        }
        if self.is_wild && self.digits() == 3 && self.rest.starts_with('1') {
            // Years since 1900, as RFC 2822 §4.3 knows them.
            return self.number(3, 3).map(|year| 1900 + i64::from(year));
        }
        self.number(2, 2).map(century)
    }

    /// A month, whole or cut to three letters or more: an English one, in feeds one of many languages.
    pub(super) fn month(&mut self) -> Option<u32> {
        let word = self.peek_word();
        let found = is_name(word, MONTHS).and_then(|index| u32::try_from(index + 1).ok());
        if !self.is_wild {
            let month = found?;
            self.skip(word);
            self.one_of(".");
            return Some(month);
        }
        let whole = self.letters();
        let month = match found.filter(|_| word.len() == whole.len()) {
            Some(month) => month,
            None => match self.eastern_month() {
                Some(month) => return Some(month),
                None => names::month(whole)?,
            },
        };
        self.skip(whole);
        self.one_of(".");
        Some(month)
    }

    /// The ending of `14th`.
    pub(super) fn ordinal(&mut self) {
        let word = self.peek_word();
        if ["st", "nd", "rd", "th"].iter().any(|ending| word.eq_ignore_ascii_case(ending)) {
            self.skip(word);
        }
    }
}

/// The year that two digits stand for.
pub(super) fn century(year: u32) -> i64 {
    let year = i64::from(year);
    if year < 50 { 2000 + year } else { 1900 + year }
}

/// Which of the names the word is, or begins with at least three letters.
pub(super) fn is_name(word: &str, names: &[&str]) -> Option<usize> {
    let lower = word.to_ascii_lowercase();
    (lower.len() >= 3).then(|| names.iter().position(|name| name.starts_with(&lower)))?
}
