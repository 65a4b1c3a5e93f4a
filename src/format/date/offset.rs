//! The zone in a date.
//!
//! In: what is left of a text behind the time. Out: the offset or the place, and what may be skipped behind it.

use super::scan::{Scanner, excerpt};
use super::{DateProblem, Doubt, Stated, zone};
use chrono::FixedOffset;

/// What stands behind a time and says nothing.
const OCLOCK: &[&str] = &["uhr", "hrs", "hours", "h", "hs", "uur", "o'clock"];

/// East of Greenwich, in seconds: the offsets that places have.
const OFFSETS: std::ops::RangeInclusive<i64> = -12 * 3600..=14 * 3600;

impl Scanner<'_> {
    /// The zone, when one stands here: `Z`, an offset, a name, a name with an offset.
    pub(super) fn zone(&mut self) -> Result<Option<Stated>, DateProblem> {
        self.blanks();
        if self.is_wild {
            return self.zone_in_feeds();
        }
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
    pub(super) fn remarks(&mut self, is_stated: bool) {
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
    pub(super) fn unknown_zone(&self, has_time: bool) -> Option<DateProblem> {
        let is_name = has_time && self.rest.bytes().all(|byte| byte.is_ascii_alphabetic() || b"/_".contains(&byte));
        is_name.then(|| DateProblem::ZoneName(excerpt(self.rest)))
    }

    /// As [`Scanner::zone`]; a name that nobody knows is skipped, and said.
    fn zone_in_feeds(&mut self) -> Result<Option<Stated>, DateProblem> {
        let word = self.letters();
        if OCLOCK.iter().any(|known| word.eq_ignore_ascii_case(known)) {
            self.skip(word);
            self.blanks();
        }
        if self.is_offset() {
            return self.offset_in_feeds().map(Some);
        }
        let mut ahead = *self;
        let bracket = ahead.one_of("[(").is_some();
        if let Some((stated, rest)) = zone::spelt_out(ahead.rest) {
            self.rest = rest.strip_prefix([')', ']']).unwrap_or(rest);
            return Ok(Some(stated));
        }
        let length = ahead.rest.bytes().take_while(|&byte| byte.is_ascii_alphanumeric() || b"/_".contains(&byte)).count();
        let name = ahead.rest.split_at_checked(length).map_or("", |(name, _)| name);
        ahead.skip(name);
        if let Some((stated, is_sure)) = zone::named_in_feeds(name, self.zone) {
            self.rest = ahead.rest;
            if !is_sure {
                self.raise(Doubt::ZoneName);
            }
            if bracket {
                self.one_of("])");
            }
            if matches!(name.to_ascii_uppercase().as_str(), "UTC" | "GMT" | "UT" | "Z") {
                ahead.blanks();
                if ahead.is_offset() {
                    if name.len() == 1 {
                        self.raise(Doubt::Offset);
                    }
                    self.rest = ahead.rest;
                    return self.offset_in_feeds().map(Some);
                }
            }
            return Ok(Some(stated));
        }
        let is_like_a_zone = (2..=5).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase()) || name.contains('/');
        if is_like_a_zone && !bracket {
            self.rest = ahead.rest;
            self.raise(Doubt::ZoneName);
        }
        Ok(None)
    }

    fn is_offset(&self) -> bool {
        matches!(self.rest.as_bytes(), [b'+' | b'-', digit, ..] if digit.is_ascii_digit())
    }

    /// What can be computed is; what no place has is said, and what is no time at all counts as UTC.
    fn offset_in_feeds(&mut self) -> Result<Stated, DateProblem> {
        let start = self.rest;
        let wrong = || DateProblem::Offset(excerpt(start));
        let sign = self.one_of("+-").ok_or_else(wrong)?;
        let (hours, minutes) = match self.digits() {
            length @ (3 | 4 | 6) => {
                let found = (self.exactly(if length == 3 { 1 } else { 2 }).ok_or_else(wrong)?, self.exactly(2).ok_or_else(wrong)?);
                if length == 6 {
                    self.exactly(2);
                }
                found
            }
            1 | 2 => {
                let hours = self.number(1, 2).ok_or_else(wrong)?;
                let minutes = if self.one_of(":").is_some() { self.number(1, 2).ok_or_else(wrong)? } else { 0 };
                // Seconds of an offset were written only of local mean times.
                if matches!(self.rest.as_bytes(), [b':', digit, ..] if digit.is_ascii_digit()) {
                    self.one_of(":");
                    self.number(2, 2);
                }
                (hours, minutes)
            }
            _ => {
                self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_digit());
                self.raise(Doubt::Offset);
                (0, 0)
            }
        };
        let east = i64::from(hours) * 3600 + i64::from(minutes) * 60;
        let east = if sign == '-' { -east } else { east };
        if minutes > 59 || !OFFSETS.contains(&east) {
            self.raise(Doubt::Offset);
        }
        let offset = i32::try_from(east).ok().and_then(FixedOffset::east_opt);
        Ok(offset.map_or(Stated::Beyond(east), Stated::Offset))
    }
}
