//! The two shapes that nearly every date of a feed has, without a scan: RFC 3339, and RFC 822 with a number, GMT or an American zone.
//!
//! In: a text. Out: the instant when the text is exactly of one of the shapes and the calendar has it; else nothing, and
//! the scanner has the word.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc};

/// The instant, where the text has one of the two shapes.
pub(super) fn read(text: &str) -> Option<DateTime<FixedOffset>> {
    let bytes = text.trim_ascii().as_bytes();
    rfc3339(bytes).or_else(|| rfc822(bytes))
}

fn rfc3339(bytes: &[u8]) -> Option<DateTime<FixedOffset>> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', rest @ ..] = bytes else { return None };
    let (hms, mut rest) = clock(rest)?;
    if let [b'.', fraction @ ..] = rest {
        let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        rest = fraction.get(digits..).filter(|_| digits > 0)?;
    }
    let offset = match rest {
        [b'Z'] => Utc.fix(),
        [sign @ (b'+' | b'-'), h1, h2, b':', n1, n2] | [sign @ (b'+' | b'-'), h1, h2, n1, n2] => offset(*sign, [*h1, *h2, *n1, *n2])?,
        _ => return None,
    };
    instant(number(&[*y1, *y2, *y3, *y4])?, number(&[*m1, *m2])?, number(&[*d1, *d2])?, hms, offset)
}

fn rfc822(bytes: &[u8]) -> Option<DateTime<FixedOffset>> {
    let rest = match bytes {
        [a, b, c, b',', b' ', rest @ ..] if [a, b, c].iter().all(|byte| byte.is_ascii_alphabetic()) => rest,
        rest => rest,
    };
    let (day, rest) = match rest {
        [d1, d2, b' ', rest @ ..] if d1.is_ascii_digit() => (number(&[*d1, *d2])?, rest),
        [d, b' ', rest @ ..] => (number(&[*d])?, rest),
        _ => return None,
    };
    let [n1, n2, n3, b' ', y1, y2, y3, y4, b' ', rest @ ..] = rest else { return None };
    let month = match &[*n1, *n2, *n3] {
        b"Jan" => 1,
        b"Feb" => 2,
        b"Mar" => 3,
        b"Apr" => 4,
        b"May" => 5,
        b"Jun" => 6,
        b"Jul" => 7,
        b"Aug" => 8,
        b"Sep" => 9,
        b"Oct" => 10,
        b"Nov" => 11,
        b"Dec" => 12,
        _ => return None,
    };
    let (hms, rest) = clock(rest)?;
    let offset = match rest {
        b" GMT" | b" UTC" | b" UT" | b" Z" => Utc.fix(),
        // Those of RFC 822 §5.1 that mean one thing only: not CST.
        b" EDT" => FixedOffset::west_opt(4 * 3600)?,
        b" EST" => FixedOffset::west_opt(5 * 3600)?,
        b" PDT" | b" MST" => FixedOffset::west_opt(7 * 3600)?,
        b" PST" => FixedOffset::west_opt(8 * 3600)?,
        [b' ', sign @ (b'+' | b'-'), h1, h2, n1, n2] => offset(*sign, [*h1, *h2, *n1, *n2])?,
        _ => return None,
    };
    instant(number(&[*y1, *y2, *y3, *y4])?, month, day, hms, offset)
}

/// `10:11:09`, and what follows.
fn clock(bytes: &[u8]) -> Option<([u32; 3], &[u8])> {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = bytes else { return None };
    Some(([number(&[*h1, *h2])?, number(&[*m1, *m2])?, number(&[*s1, *s2])?], rest))
}

/// Offsets that some place has; the others are the scanner's.
fn offset(sign: u8, digits: [u8; 4]) -> Option<FixedOffset> {
    let [h1, h2, m1, m2] = digits;
    let (hours, minutes) = (number(&[h1, h2])?, number(&[m1, m2])?);
    if hours > 11 || minutes > 59 {
        return None;
    }
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    FixedOffset::east_opt(if sign == b'-' { -seconds } else { seconds })
}

fn instant(year: u32, month: u32, day: u32, [hour, minute, second]: [u32; 3], offset: FixedOffset) -> Option<DateTime<FixedOffset>> {
    let year = i32::try_from(year).ok().filter(|year| *year >= 1000)?;
    let local: NaiveDateTime = NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(hour, minute, second)?;
    offset.from_local_datetime(&local).single()
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))
}
