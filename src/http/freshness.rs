//! For how long an answer is good, and when to come back.
//!
//! In: the headers of an answer and the time. Out: seconds from now. Pure: it decides nothing about what is asked when.
//!
//! RFC 9111 §4.2 (freshness, for a private cache), RFC 9110 §5.6.7 (dates), §10.2.3 (`Retry-After`).

use chrono::NaiveDateTime;
use reqwest::header::{AGE, CACHE_CONTROL, DATE, EXPIRES, HeaderMap, HeaderName, PRAGMA, RETRY_AFTER};

/// The longest time that is believed, in seconds: a year (RFC 9111 §1.2.2 lets a cache cut what is too large).
pub(super) const LONGEST: i64 = 366 * 24 * 60 * 60;

const YEARS_50: i64 = 50 * 366 * 24 * 60 * 60;

/// Seconds for which the answer is fresh from now (RFC 9111 §4.2.1, §4.2.3): `max-age` less `Age`, else `Expires` less `Date` and `Age`;
/// 0 for `no-cache` and `no-store`, and where the time that is given is none; `None` when nothing is given. `now`: Unix seconds.
///
/// `s-maxage` is for shared caches and not looked at; `must-revalidate` only forbids what is never done here: to use what is stale.
pub(super) fn fresh_for(headers: &HeaderMap, now: i64) -> Option<i64> {
    let control = all(headers, &CACHE_CONTROL);
    let directives = directives(&control);
    // With field names (`no-cache="set-cookie"`) these are about headers alone (RFC 9111 §5.2.2.4).
    if directives.iter().any(|(name, value)| value.is_none() && (name == "no-cache" || name == "no-store")) {
        return Some(0);
    }
    let age = one(headers, &AGE).and_then(|age| delta_seconds(&age)).unwrap_or(0);
    let lifetime = if let Some((_, value)) = directives.iter().find(|(name, _)| name == "max-age") {
        value.as_deref().and_then(delta_seconds).unwrap_or(0)
    } else if let Some(expires) = one(headers, &EXPIRES) {
        // `0` and other values that are no date have expired (RFC 9111 §5.3).
        parse_date(&expires, now).map_or(0, |expires| expires.saturating_sub(date(headers, now)))
    } else if control.is_empty() && all(headers, &PRAGMA).to_ascii_lowercase().contains("no-cache") {
        return Some(0);
    } else {
        return None;
    };
    Some(lifetime.saturating_sub(age).clamp(0, LONGEST))
}

/// Seconds to wait from now: a number, or a date, counted from the answer's own `Date` since clocks differ.
pub(super) fn retry_after(headers: &HeaderMap, now: i64) -> Option<i64> {
    let value = one(headers, &RETRY_AFTER)?;
    let seconds = match delta_seconds(&value) {
        Some(seconds) => seconds,
        None => parse_date(&value, now)?.saturating_sub(date(headers, now)),
    };
    Some(seconds.clamp(0, LONGEST))
}

/// When the server says that it is.
fn date(headers: &HeaderMap, now: i64) -> i64 {
    one(headers, &DATE).and_then(|date| parse_date(&date, now)).unwrap_or(now)
}

fn one(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}

/// A list header that may come in several lines, as one.
fn all(headers: &HeaderMap, name: &HeaderName) -> String {
    let lines: Vec<_> = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    lines.join(",")
}

/// `name`, `name=value` and `name="value"`, separated by commas; names in lower case (RFC 9111 §5.2).
fn directives(control: &str) -> Vec<(String, Option<String>)> {
    let mut quoted = false;
    control
        .split(|c| {
            quoted ^= c == '"';
            c == ',' && !quoted
        })
        .filter(|part| !part.trim().is_empty())
        .map(|part| match part.split_once('=') {
            Some((name, value)) => (name.trim().to_ascii_lowercase(), Some(value.trim().trim_matches('"').trim().to_owned())),
            None => (part.trim().to_ascii_lowercase(), None),
        })
        .collect()
}

/// A number of seconds; what is too large is very long (RFC 9111 §1.2.2).
fn delta_seconds(value: &str) -> Option<i64> {
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| value.parse().unwrap_or(i64::MAX))
}

/// A date in one of the three forms (RFC 9110 §5.6.7) as Unix seconds; always GMT. The day of the week says nothing and is not read.
fn parse_date(value: &str, now: i64) -> Option<i64> {
    // `Sun, 06 Nov 1994 …`, `Sunday, 06-Nov-94 …`, `Sun Nov  6 …`
    let (_, rest) = value.split_once([',', ' '])?;
    let rest = rest.trim();
    let rest = ["GMT", "UTC", "+0000", "Z"].iter().find_map(|zone| rest.strip_suffix(zone)).unwrap_or(rest).trim_end();
    let parse = |form| NaiveDateTime::parse_from_str(rest, form).ok().map(|date| date.and_utc().timestamp());
    if let Some(instant) = parse("%d-%b-%y %H:%M:%S") {
        // Two digits that seem to be more than 50 years ahead are of the century before.
        return if instant.saturating_sub(now) > YEARS_50 { parse_past_century(rest) } else { Some(instant) };
    }
    ["%d %b %Y %H:%M:%S", "%d-%b-%Y %H:%M:%S", "%b %e %H:%M:%S %Y"].into_iter().find_map(parse)
}

fn parse_past_century(rest: &str) -> Option<i64> {
    let date = NaiveDateTime::parse_from_str(rest, "%d-%b-%y %H:%M:%S").ok()?;
    let date = date.checked_sub_months(chrono::Months::new(100 * 12))?;
    Some(date.and_utc().timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    /// Sun, 06 Nov 1994 08:49:37 GMT
    const THEN: i64 = 784_111_777;

    type Lines<'a> = &'a [(&'static str, &'a str)];

    fn headers(lines: Lines<'_>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(HeaderName::from_static(name), HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        headers
    }

    #[test]
    fn the_three_forms_of_dates_are_one_instant() {
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "Sun, 06-Nov-1994 08:49:37 GMT",
            "Mon, 6 Nov 1994 08:49:37 UTC",
            "Sun, 06 Nov 1994 08:49:37 +0000",
        ] {
            assert_eq!(parse_date(text, THEN), Some(THEN), "{text}");
        }
        for text in ["", "0", "-1", "now", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994", "1994-11-06T08:49:37Z", "星期日, 06 Nov"] {
            assert_eq!(parse_date(text, THEN), None, "{text}");
        }
        assert_eq!(parse_date("Sunday, 06-Nov-60 08:49:37 GMT", THEN), Some(-288_803_423), "1960: 2060 would be 66 years ahead");
    }

    #[test]
    fn answers_are_fresh_as_long_as_they_say() {
        let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        let in_an_hour = ("expires", "Sun, 06 Nov 1994 09:49:37 GMT");
        let cases: &[(Lines<'_>, Option<i64>)] = &[
            (&[], None),
            (&[date], None),
            (&[("cache-control", "public")], None),
            (&[("cache-control", "must-revalidate")], None),
            (&[("cache-control", "s-maxage=60")], None),
            (&[("cache-control", "max-age=3600")], Some(3600)),
            (&[("cache-control", "MAX-AGE=\"3600\" , Public")], Some(3600)),
            (&[("cache-control", "public"), ("cache-control", "max-age=60")], Some(60)),
            (&[("cache-control", "max-age=60, max-age=3600")], Some(60)),
            (&[("cache-control", "max-age=3600, s-maxage=5")], Some(3600)),
            (&[("cache-control", "max-age=3600"), ("age", "600")], Some(3000)),
            (&[("cache-control", "max-age=3600"), ("age", "7200")], Some(0)),
            (&[("cache-control", "max-age=3600"), ("age", "-5")], Some(3600)),
            (&[("cache-control", "max-age=3600"), in_an_hour, date], Some(3600)),
            (&[("cache-control", "max-age=0")], Some(0)),
            (&[("cache-control", "max-age=-1")], Some(0)),
            (&[("cache-control", "max-age=soon")], Some(0)),
            (&[("cache-control", "max-age")], Some(0)),
            (&[("cache-control", "max-age=99999999999999999999")], Some(LONGEST)),
            (&[("cache-control", "no-cache, max-age=3600")], Some(0)),
            (&[("cache-control", "no-store")], Some(0)),
            (&[("cache-control", "no-cache=\"set-cookie, age\", max-age=3600")], Some(3600)),
            (&[in_an_hour, date], Some(3600)),
            // Without `Date` it is our clock that counts, which is 100 s ahead here.
            (&[in_an_hour], Some(3500)),
            (&[in_an_hour, date, ("age", "60")], Some(3540)),
            (&[("expires", "0")], Some(0)),
            (&[("expires", "Thu, 01 Jan 1970 00:00:00 GMT"), date], Some(0)),
            (&[("pragma", "no-cache")], Some(0)),
            (&[("pragma", "no-cache"), ("cache-control", "max-age=60")], Some(60)),
        ];
        for (lines, expected) in cases {
            assert_eq!(fresh_for(&headers(lines), THEN + 100), *expected, "{lines:?}");
        }
    }

    #[test]
    fn retry_after_is_a_number_or_a_date() {
        let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        let cases: &[(Lines<'_>, Option<i64>)] = &[
            (&[], None),
            (&[("retry-after", "120")], Some(120)),
            (&[("retry-after", " 0 ")], Some(0)),
            (&[("retry-after", "-1")], None),
            (&[("retry-after", "later")], None),
            (&[("retry-after", "99999999999999999999999")], Some(LONGEST)),
            (&[("retry-after", "Sun, 06 Nov 1994 08:59:37 GMT"), date], Some(600)),
            (&[("retry-after", "Sunday, 06-Nov-94 08:59:37 GMT"), date], Some(600)),
            (&[("retry-after", "Sun, 06 Nov 1994 08:59:37 GMT")], Some(500)),
            (&[("retry-after", "Sun, 06 Nov 1994 08:00:00 GMT"), date], Some(0)),
            (&[("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT"), date], Some(LONGEST)),
        ];
        for (lines, expected) in cases {
            assert_eq!(retry_after(&headers(lines), THEN + 100), *expected, "{lines:?}");
        }
    }
}
