//! Shapes of dates that only feeds have: ISO 8601 cut short or counting days and weeks, numbers in any order, months in
//! many languages.
//!
//! In: what is left of a text. Out: year, month and day as written, and whether their order is certain. Which of the
//! shapes it is, the number of digits at the beginning says.

use super::calendar::Parts;
use super::scan::{Scanner, century};
use chrono::{Datelike, NaiveDate, Weekday};

/// What may stand between day, month and year.
const CONNECTORS: &[&str] = &["of", "de", "del", "di", "da", "d", "den", "the", "du", "des"];

/// The last month, and so the last number that can be one.
const DECEMBER: u32 = 12;

impl Scanner<'_> {
    /// The date, in whichever shape it stands.
    pub(super) fn date_in_feeds(&mut self) -> Option<Parts> {
        match self.digits() {
            14 | 12 | 8 => self.compact(),
            7 => {
                let year = self.exactly(4)?;
                of_ordinal(year.into(), self.exactly(3)?)
            }
            6 => self.six_digits(),
            5 => {
                let year = century(self.exactly(2)?);
                of_ordinal(year, self.exactly(3)?).map(vague)
            }
            4 => self.year_first_in_feeds(),
            1 | 2 if { *self }.month().is_some() => self.month_first_in_feeds(),
            1 | 2 => self.day_first_in_feeds(),
            0 if self.rest.starts_with('-') => self.century_left_out(),
            0 => self.month_first_in_feeds(),
            _ => None,
        }
    }

    /// `200312`, else `031231`. Both could be the other one.
    fn six_digits(&mut self) -> Option<Parts> {
        let (one, two, three) = (self.exactly(2)?, self.exactly(2)?, self.exactly(2)?);
        if (19..=20).contains(&one) && (1..=DECEMBER).contains(&three) {
            let (year, other) = (i64::from(one * 100 + two), (1..=DECEMBER).contains(&two));
            return Some(Parts { year: Some(year), month: three, day: 1, is_ambiguous: other, is_partial: true, is_vague: true, ..Parts::default() });
        }
        Some(Parts { year: Some(century(one)), month: two, day: three, is_ambiguous: true, is_vague: true, ..Parts::default() })
    }

    /// `-0312` and `-03-12`, as ISO 8601 of 1988 left out the century.
    fn century_left_out(&mut self) -> Option<Parts> {
        self.one_of("-");
        let year = century(self.exactly(2)?);
        self.one_of("-");
        let month = self.number(2, 2)?;
        self.rest.is_empty().then(|| vague(Parts { year: Some(year), month, day: 1, is_partial: true, ..Parts::default() }))
    }

    /// `2025`, `2025-02`, `2025-045`, `2025-W07-5`, `2025-02-14`, `2025. 2. 14.`, `2025 Feb 14`, `2025년 2월 14일` …
    fn year_first_in_feeds(&mut self) -> Option<Parts> {
        let year = i64::from(self.number(4, 4)?);
        let partial = Parts { year: Some(year), month: 1, day: 1, is_partial: true, ..Parts::default() };
        if self.rest.is_empty() {
            return Some(partial);
        }
        if let Some(parts) = self.week(year).or_else(|| self.three_digits(year)) {
            return Some(parts);
        }
        self.blanks();
        let separator = self.one_of("-/.,:_年년");
        self.blanks();
        let month = match self.month() {
            Some(month) => month,
            None => self.number(1, 2)?,
        };
        if self.rest.is_empty() && separator.is_some_and(|separator| "-/年년".contains(separator)) {
            return Some(Parts { month, ..partial });
        }
        self.blanks();
        self.one_of("-/.,:_月월");
        self.blanks();
        let day = self.number(1, 2)?;
        self.ordinal();
        let mut ahead = *self;
        ahead.blanks();
        if ahead.one_of("日号號일").is_some() {
            *self = ahead;
        } else {
            self.one_of(".");
        }
        Some(Parts { year: Some(year), month, day, ..Parts::default() })
    }

    /// `-W07-5`, `W075`, `-W07`.
    fn week(&mut self, year: i64) -> Option<Parts> {
        let mut ahead = *self;
        ahead.one_of("-");
        ahead.one_of("Ww")?;
        let week = ahead.exactly(2)?;
        let is_dashed = matches!(ahead.rest.as_bytes(), [b'-', b'1'..=b'7', ..]) && ahead.one_of("-").is_some();
        let weekday = if is_dashed || ahead.digits() == 1 { ahead.number(1, 1)? } else { 1 };
        let weekday = Weekday::try_from(u8::try_from(weekday).ok()?.checked_sub(1)?).ok()?;
        let date = NaiveDate::from_isoywd_opt(i32::try_from(year).ok()?, week, weekday)?;
        *self = ahead;
        Some(of_date(date))
    }

    /// `-045`, the day of the year; or `-012-31`, a month with a nought too much.
    fn three_digits(&mut self, year: i64) -> Option<Parts> {
        let mut ahead = *self;
        ahead.one_of("-")?;
        let is_month = ahead.rest.starts_with('0');
        let number = ahead.number(3, 3)?;
        if ahead.one_of("-").is_none() {
            *self = ahead;
            return of_ordinal(year, number);
        }
        let day = ahead.number(1, 2).filter(|_| is_month)?;
        *self = ahead;
        Some(Parts { year: Some(year), month: number, day, ..Parts::default() })
    }

    /// `14/2/2025`, `14. 2. 2025`, `14 2 2025`, `14 Feb 2025`, `14. Februar 2025`, `14 de febrero de 2025`, `14-Feb-25` …
    pub(super) fn day_first_in_feeds(&mut self) -> Option<Parts> {
        let first = self.number(1, 2)?;
        let mut ahead = *self;
        if let Some(separator) = ahead.one_of("/.-") {
            if separator == '.' {
                ahead.blanks();
            }
            if ahead.digits() > 0 {
                *self = ahead;
                return self.numbers(first, separator);
            }
        } else {
            ahead.blanks();
            if matches!(ahead.digits(), 1 | 2) && !ahead.is_clock() && { ahead }.month().is_none() {
                *self = ahead;
                return self.numbers(first, ' ');
            }
        }
        let day = first;
        self.ordinal_in_feeds();
        self.connectors();
        let month = self.month()?;
        self.connectors();
        self.one_of("'’");
        let year = if self.is_clock() { None } else { Some(self.year()?) };
        Some(Parts { year, month, day, ..Parts::default() })
    }

    /// The second and third number behind the first.
    fn numbers(&mut self, first: u32, separator: char) -> Option<Parts> {
        let second = self.number(1, 2)?;
        if separator == ' ' {
            self.blanks();
        } else {
            self.one_of(if separator == '.' { "." } else { "/-" })?;
            if separator == '.' {
                self.blanks();
            }
        }
        let is_short = self.digits() != 4;
        let third = if is_short { self.number(2, 2).filter(|_| separator != ' ')? } else { self.number(4, 4)? };
        let day_first = |is_ambiguous| (third, second, first, is_ambiguous);
        let month_first = |is_ambiguous| (third, first, second, is_ambiguous);
        let is_day = |number: u32| (1..=31).contains(&number);
        // Only with two digits can the first number be the year.
        let could_be_year = is_short && (1..=DECEMBER).contains(&second) && is_day(third);
        let (year, month, day, is_ambiguous) = match separator {
            '-' if could_be_year => (first, second, third, is_day(first)),
            '/' if could_be_year && !is_day(first) => (first, second, third, false),
            _ if second > DECEMBER && first <= DECEMBER => month_first(false),
            _ if first > DECEMBER => day_first(separator == '/' && could_be_year),
            '.' => day_first(false),
            '/' => month_first(first != second || could_be_year),
            _ => day_first(first != second),
        };
        let year = if is_short { century(year) } else { year.into() };
        Some(Parts { year: Some(year), month, day, is_ambiguous, is_vague: is_short, ..Parts::default() })
    }

    /// `Feb 14, 2025`, `Feb 2025`, and asctime's `Feb 14 10:11:09 2025`, whose year comes later.
    fn month_first_in_feeds(&mut self) -> Option<Parts> {
        let month = self.month()?;
        self.connectors();
        if self.digits() == 4 {
            let year = self.year();
            return self.rest.is_empty().then(|| Parts { year, month, day: 1, is_partial: true, ..Parts::default() });
        }
        let day = self.number(1, 2)?;
        self.ordinal_in_feeds();
        self.connectors();
        self.one_of("'’");
        let year = if self.is_clock() { None } else { Some(self.year()?) };
        Some(Parts { year, month, day, ..Parts::default() })
    }

    /// `二月`, `2月`, `2월`, `tháng 2`.
    pub(super) fn eastern_month(&mut self) -> Option<u32> {
        let mut ahead = *self;
        let word = self.letters();
        let month = if word.to_lowercase() == "tháng" {
            ahead.skip(word);
            ahead.blanks();
            ahead.number(1, 2)?
        } else {
            let month = match ahead.number(1, 2) {
                Some(month) => month,
                None => ahead.chinese_number()?,
            };
            ahead.one_of("月월")?;
            month
        };
        *self = ahead;
        Some(month)
    }

    /// One to twelve.
    fn chinese_number(&mut self) -> Option<u32> {
        let ten = if self.one_of("十").is_some() { 10 } else { 0 };
        let one = self.one_of("一二三四五六七八九").and_then(|c| "一二三四五六七八九".chars().zip(1..).find(|(digit, _)| *digit == c));
        let number = ten + one.map_or(0, |(_, number)| number);
        (number > 0).then_some(number)
    }

    fn ordinal_in_feeds(&mut self) {
        self.ordinal();
        let word = self.letters();
        if ["er", "e", "º", "ª", "ro"].contains(&word) {
            self.skip(word);
        }
        self.one_of("日号號일°");
    }

    /// Blanks, marks and small words between the parts.
    fn connectors(&mut self) {
        for _ in 0..2 {
            self.rest = self.rest.trim_start_matches([' ', ',', '.', '-', '/']);
            let word = self.letters();
            if CONNECTORS.iter().any(|known| word.eq_ignore_ascii_case(known)) {
                self.skip(word);
                self.one_of("'’");
            }
        }
        self.blanks();
    }
}

fn of_ordinal(year: i64, day: u32) -> Option<Parts> {
    NaiveDate::from_yo_opt(i32::try_from(year).ok()?, day).map(of_date)
}

fn of_date(date: NaiveDate) -> Parts {
    Parts { year: Some(date.year().into()), month: date.month(), day: date.day(), ..Parts::default() }
}

fn vague(parts: Parts) -> Parts {
    Parts { is_vague: true, ..parts }
}
