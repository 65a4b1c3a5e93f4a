//! The time in a date.
//!
//! In: what is left of a text behind the date. Out: hour to second as written, and morning or afternoon. Knows no zones.

use super::calendar::{Half, Time};
use super::scan::Scanner;

/// Halves of the day in Eastern languages, where they stand before the time.
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

/// More of them, for feeds; they may stand anywhere between date and time.
const MORE_HALVES: &[(&str, Half)] = &[
    ("오전", Half::Morning),
    ("오후", Half::Afternoon),
    ("午前", Half::Morning),
    ("午後", Half::Afternoon),
    ("π.μ.", Half::Morning),
    ("μ.μ.", Half::Afternoon),
    ("πμ", Half::Morning),
    ("μμ", Half::Afternoon),
    ("a. m.", Half::Morning),
    ("p. m.", Half::Afternoon),
];

/// How far behind the date a time is looked for, in characters.
const GAP: usize = 24;

impl Scanner<'_> {
    /// Morning or afternoon, in Chinese or English.
    pub(super) fn half(&mut self) -> Option<Half> {
        self.blanks();
        for (name, half) in HALVES {
            if let Some(rest) = self.rest.strip_prefix(name) {
                self.rest = rest;
                self.blanks();
                return Some(*half);
            }
        }
        if self.is_wild
            && let Some((rest, half)) = MORE_HALVES.iter().find_map(|(name, half)| Some((self.rest.strip_prefix(name)?, *half)))
        {
            self.rest = rest;
            return Some(half);
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
    pub(super) fn time(&mut self, half: Option<Half>) -> Result<Option<Time>, ()> {
        let is_marked = match self.rest.as_bytes() {
            [b'T' | b't', next, ..] if next.is_ascii_digit() || *next == b' ' => self.one_of("Tt").is_some(),
            _ => false,
        };
        if self.peek_word().eq_ignore_ascii_case("at") {
            self.skip(self.peek_word());
            self.blanks();
        }
        let half = half.or_else(|| self.half());
        let (hour, minute, second) = match self.digits() {
            length @ (4 | 6) if is_marked || length == 6 => {
                let (hour, minute) = (self.exactly(2).ok_or(())?, self.exactly(2).ok_or(())?);
                (hour, minute, if length == 6 { self.exactly(2).ok_or(())? } else { 0 })
            }
            1 | 2 => {
                let before = self.rest;
                match self.clock(is_marked) {
                    Ok(clock) => clock,
                    // A number behind a date need not be an hour.
                    Err(()) if self.is_wild && half.is_none() && !is_marked && !self.rest.starts_with([':', 'h', 'H']) => {
                        self.rest = before;
                        return Ok(None);
                    }
                    Err(()) => return Err(()),
                }
            }
            _ if half.is_some() || is_marked => return Err(()),
            _ => return Ok(None),
        };
        self.fraction();
        let half = half.or_else(|| self.half());
        Ok(Some(Time { hour, minute, second, half }))
    }

    /// `10:11`, `10:11:09`, `10时11分9秒`, `10点`; behind an hour alone `am` or `pm` must stand, or in feeds ISO's `T` before
    /// it. Those may also write `10h11`, `10.11` and `10시 11분`.
    fn clock(&mut self, is_marked: bool) -> Result<(u32, u32, u32), ()> {
        let hour = self.number(1, 2).ok_or(())?;
        let behind_hour = self.rest;
        self.blanks();
        let Some(mark) = self.one_of(if self.is_wild { ":时時点點시h." } else { ":时時点點" }) else {
            let is_half = { *self }.half().is_some();
            if self.is_wild && is_marked {
                self.rest = behind_hour;
            }
            return if is_half || self.is_wild && is_marked { Ok((hour, 0, 0)) } else { Err(()) };
        };
        if mark == '.' && self.digits() != 2 {
            self.rest = behind_hour;
            return Err(());
        }
        self.blanks();
        let Some(minute) = self.number(1, 2) else {
            if mark == ':' {
                self.rest = behind_hour;
                return Err(());
            }
            return Ok((hour, 0, 0));
        };
        let blank = self.rest.starts_with(' ');
        self.blanks();
        let second = match self.one_of(if self.is_wild && mark == '.' {
            "."
        } else if self.is_wild {
            ":分분m"
        } else {
            ":分"
        }) {
            Some(_) => {
                self.blanks();
                let second = self.number(1, 2);
                if second.is_some() {
                    self.blanks_before("秒");
                    self.blanks_before("초");
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

    /// Whether a time stands here: a number with a mark behind it.
    pub(super) fn is_clock(&self) -> bool {
        let mut ahead = *self;
        ahead.number(1, 2).is_some()
            && match ahead.one_of(":h.时時点點시") {
                Some(':' | 'h') => ahead.digits() > 0,
                Some('.') => ahead.digits() == 2,
                found => found.is_some(),
            }
    }

    /// Goes to the time where one stands not far behind, over weekdays and small words; what they say of the half of the
    /// day counts.
    pub(super) fn gap(&mut self) -> Option<Half> {
        if matches!(self.rest.as_bytes(), [b'T' | b't', next, ..] if next.is_ascii_digit() || *next == b' ') {
            return None;
        }
        let at = self.rest.char_indices().take(GAP).find(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at)?;
        let (between, rest) = self.rest.split_at_checked(at)?;
        let ahead = Scanner { rest, ..*self };
        if between.ends_with(['+', '-']) || !ahead.is_clock() {
            return None;
        }
        let lower = between.to_lowercase();
        let mut halves = HALVES.iter().chain(MORE_HALVES);
        let half = halves.find(|(name, _)| lower.contains(name)).map(|(_, half)| *half).or_else(|| {
            lower.split(|c: char| !c.is_ascii_alphabetic() && c != '.').find_map(|word| match word {
                "am" | "a.m." => Some(Half::Morning),
                "pm" | "p.m." => Some(Half::Afternoon),
                _ => None,
            })
        });
        self.rest = rest;
        half
    }
}
