//! Dates of feeds in the wild: the scanner with everything allowed that can be understood.
//!
//! In: the text of an element. Out: as from `scan`, with what is unclear. Words before the date are skipped when a whole
//! date follows, what is behind it when it is set off from it.

use super::calendar::local;
use super::scan::{Scanned, Scanner, WEEKDAYS, epoch, excerpt, is_name, plain, trim};
use super::{DateProblem, Doubt};
use chrono_tz::Tz;
use std::borrow::Cow;

/// What is behind so many characters cannot belong to the date.
const MAX_CHARS: usize = 200;

/// No date has more words before it.
const MAX_WORDS: usize = 6;

/// Reads the text; `zone` decides what `CST` is, and counts where no zone is named.
pub(super) fn scan(text: &str, zone: Tz) -> Result<Scanned, DateProblem> {
    let trimmed = trim(text);
    let cut = trimmed.char_indices().nth(MAX_CHARS).and_then(|(at, _)| trimmed.get(..at)).unwrap_or(trimmed);
    let without_markup = without_markup(cut);
    let plain = plain(&without_markup);
    let plain = trim(&plain);
    if plain.is_empty() {
        return Err(DateProblem::Empty);
    }
    // Nine digits are seconds of before September 2001.
    let padded = (plain.len() == 9).then(|| format!("0{plain}"));
    if let Some(seconds) = epoch(padded.as_deref().unwrap_or(plain)) {
        return Ok(Scanned::Instant(seconds));
    }
    attempt(plain, zone).or_else(|problem| {
        // RFC 822 §3.1.4 allows comments between any two parts.
        let bare = if plain.contains('(') { without_comments(plain) } else { return Err(problem) };
        attempt(trim(&bare), zone).map_err(|_| problem)
    })
}

fn attempt(text: &str, zone: Tz) -> Result<Scanned, DateProblem> {
    let unreadable = || DateProblem::Unreadable(excerpt(text));
    let mut scanner = Scanner { rest: text, zone, is_wild: true, doubt: None };
    let (mut time, mut stated) = (None, None);
    let mut is_labelled = scanner.words();
    if scanner.is_clock() && !scanner.rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('.') {
        let mut ahead = scanner;
        time = ahead.time(None).ok().flatten();
        let mut behind = ahead;
        stated = behind.zone().ok().flatten();
        if stated.is_some() {
            ahead = behind;
        }
        is_labelled |= ahead.words();
        if ahead.digits() > 0 || { ahead }.month().is_some() {
            scanner = ahead;
        } else {
            (time, stated) = (None, None);
        }
    }
    let mut parts = scanner.date_in_feeds().ok_or_else(unreadable)?;
    if is_labelled && (parts.is_partial || parts.is_vague) {
        return Err(unreadable());
    }
    if parts.is_ambiguous {
        scanner.raise(Doubt::DayOrMonth);
    }
    if time.is_none() {
        time = parts.time.take();
    }
    if time.is_none() && !scanner.rest.is_empty() {
        let before = scanner;
        if scanner.rest.starts_with(':') {
            // `14/Feb/2025:10:11:09`, as web servers write it.
            scanner.one_of(":");
        }
        let half = scanner.gap();
        if scanner.rest.starts_with([' ', ',']) {
            scanner.separator();
        }
        time = scanner.time(half).map_err(|()| unreadable())?;
        if time.is_none() {
            scanner = before;
        }
    }
    if stated.is_none() {
        stated = scanner.zone()?;
    }
    if parts.year.is_none() {
        scanner.blanks();
        parts.year = scanner.number(4, 4).map(i64::from);
        if stated.is_none() {
            stated = scanner.zone()?;
        }
    }
    scanner.remainder(text, stated.is_some()).ok_or_else(unreadable)?;
    let local = local(parts.year.ok_or_else(unreadable)?, parts.month, parts.day, time.unwrap_or_default())?;
    // Who writes Korean and no zone is in Korea.
    let zone = if text.contains(['년', '월', '일']) || text.contains("오전") || text.contains("오후") { Tz::Asia__Seoul } else { zone };
    Ok(Scanned::Local { local, stated, zone, doubt: scanner.doubt })
}

impl Scanner<'_> {
    /// Skips what is before the date: the weekday, a label. Says whether there was more than a weekday.
    fn words(&mut self) -> bool {
        let mut is_labelled = false;
        for _ in 0..MAX_WORDS {
            self.marks();
            self.weekday();
            self.marks();
            let word = self.letters();
            if word.is_empty() || ({ *self }.month().is_some() && !self.is_weekday_before_date()) {
                break;
            }
            is_labelled |= is_name(word, WEEKDAYS).is_none();
            self.skip(word);
        }
        self.marks();
        is_labelled
    }

    fn marks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', ',', '.', ':', ';', '|', '(', ')', '[', ']', '、', '•', '·', '\'', '’']);
        // A dash before a number may belong to it.
        while matches!(self.rest.as_bytes(), [b'-', next, ..] if !next.is_ascii_digit()) {
            self.one_of("-");
            self.blanks();
        }
    }

    /// Whether a word that could be a month is a weekday: `mar. 14 févr.` is a Tuesday in February.
    fn is_weekday_before_date(&self) -> bool {
        let mut ahead = *self;
        ahead.skip(ahead.letters());
        ahead.marks();
        match ahead.digits() {
            4 => {
                ahead.number(4, 4);
                matches!(ahead.rest.as_bytes(), [b'-' | b'/' | b'.', next, ..] if next.is_ascii_digit())
            }
            1 | 2 => ahead.day_first_in_feeds().is_some(),
            _ => false,
        }
    }

    /// What is behind the date: remarks that say nothing new, or anything that is set off from the date, which is then a
    /// doubt. Else the text is no date.
    fn remainder(&mut self, text: &str, is_stated: bool) -> Option<()> {
        self.remarks(is_stated);
        if is_stated && self.rest.starts_with(['Z', 'z']) && self.letters().len() == 1 {
            self.one_of("Zz");
        }
        let before = text.strip_suffix(self.rest).unwrap_or_default();
        let is_open = |c: char| c.is_ascii_digit() || c.is_alphabetic();
        if self.rest.starts_with(['+', '-', ':']) && self.rest.chars().nth(1).is_some_and(is_open) {
            return None;
        }
        if self.rest.starts_with(is_open) && before.ends_with(is_open) {
            return None;
        }
        let mut rest = self.rest;
        if let Some((_, behind)) = rest.trim_start().strip_prefix('(').and_then(|rest| rest.rsplit_once(')')) {
            rest = behind;
        }
        if rest.contains(char::is_alphanumeric) {
            self.raise(Doubt::Remainder);
        }
        Some(())
    }
}

/// Without tags and without the entities that stand for blanks.
fn without_markup(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '&']) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let text = text.replace("<![CDATA[", " ").replace("]]>", " ");
    let mut is_tag = false;
    for c in text.chars() {
        match c {
            '<' => is_tag = true,
            '>' if is_tag => {
                is_tag = false;
                out.push(' ');
            }
            c if !is_tag => out.push(c),
            _ => {}
        }
    }
    ["&nbsp;", "&#160;", "&#xA0;", "&amp;nbsp;", "&#32;"].iter().fold(out, |out, blank| out.replace(blank, " ")).into()
}

/// Without comments in brackets, which may be nested and hold escaped characters.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut depth, mut is_escaped) = (0_usize, false);
    for c in text.chars() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '(' => depth += 1,
            ')' => {
                depth = depth.saturating_sub(1);
                out.push(' ');
            }
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}
