//! A table of dates as they are written in the wild, and properties that hold for any text.

mod wild;

use super::*;
use proptest::prelude::*;

const SHANGHAI: Tz = Tz::Asia__Shanghai;

fn shown(text: &str, zone: Tz) -> String {
    match read(text, zone) {
        Ok(reading) => {
            let assumed = if reading.timestamp.zone() == Zone::Assumed { " assumed" } else { "" };
            let doubt = reading.doubt.map(|doubt| format!(" {doubt:?}")).unwrap_or_default();
            format!("{}{assumed}{doubt}", reading.timestamp)
        }
        Err(problem) => problem.to_string(),
    }
}

const FULL: &str = "2025-02-14T10:11:09+08:00";
const UTC: &str = "2025-02-14T10:11:09Z";
const MINUTE: &str = "2025-02-14T10:11:00+08:00 assumed";
const SECOND: &str = "2025-02-14T10:11:09+08:00 assumed";
const DAY: &str = "2025-02-14T00:00:00+08:00 assumed";

/// Texts, and what they mean in Shanghai.
const SHAPES: &[(&str, &str)] = &[
    // RFC 3339 and ISO 8601.
    ("2025-02-14T10:11:09+08:00", FULL),
    ("2025-02-14t10:11:09z", UTC),
    ("2025-02-14T10:11:09Z", UTC),
    ("2025-02-14T10:11:09.123456789Z", UTC),
    ("2025-02-14T10:11:09,5Z", UTC),
    ("2025-02-14T10:11:09-00:00", UTC),
    ("2025-02-14T10:11Z", "2025-02-14T10:11:00Z"),
    ("2025-02-14T10:11:09+0800", FULL),
    ("2025-02-14T10:11:09+08", FULL),
    ("2025-02-14T10:11:09 +08:00", FULL),
    ("2025-02-14T10:11:09+08:00[Asia/Shanghai]", FULL),
    ("2025-02-14T10:11:09[Asia/Shanghai]", FULL),
    ("2025-02-14T10:11:09", SECOND),
    ("2025-02-14T10:11:09.000", SECOND),
    ("2025-02-14T23:59:60Z", "2025-02-14T23:59:59Z"),
    ("20250214T101109Z", UTC),
    ("20250214T1011", MINUTE),
    ("2025-02-14+08:00", "2025-02-14T00:00:00+08:00"),
    ("2025-02-14-05:00", "2025-02-14T00:00:00-05:00"),
    ("2025-02-14Z", "2025-02-14T00:00:00Z"),
    // Front matter.
    ("2025-02-14", DAY),
    ("2025-2-14", DAY),
    ("2025-02-14 10:11", MINUTE),
    ("2025-02-14 10:11:09", SECOND),
    ("2025-02-14  10:11:09", SECOND),
    ("2025-02-14 10:11:09.25", SECOND),
    ("2025-02-14 9:05", "2025-02-14T09:05:00+08:00 assumed"),
    ("2025-02-14 10:11:09 +0800", FULL),
    ("2025-02-14 10:11:09 +08:00", FULL),
    ("2025-02-14 10:11:09 +8", FULL),
    ("2025-02-14 10:11:09 +8:00", FULL),
    ("2025-02-14 10:11:09+08", FULL),
    ("2025-02-14 10:11:09Z", UTC),
    ("2025-02-14 10:11:09 UTC", UTC),
    ("2025-02-14 10:11:09 GMT", UTC),
    ("2025-02-14 10:11:09 UTC+8", FULL),
    ("2025-02-14 10:11:09 GMT+0800 (China Standard Time)", FULL),
    ("2025-02-14 10:11:09 Asia/Shanghai", FULL),
    ("2025-02-14 10:11:09 CST", FULL),
    ("2025-02-14 10:11:09 -0530", "2025-02-14T10:11:09-05:30"),
    ("2025-02-14 10:11:09 \u{2212}0530", "2025-02-14T10:11:09-05:30"),
    ("2025-02-14 24:00", "2025-02-15T00:00:00+08:00 assumed"),
    ("2024-12-31 24:00:00 +08:00", "2025-01-01T00:00:00+08:00"),
    ("2024-02-29", "2024-02-29T00:00:00+08:00 assumed"),
    ("2025/02/14", DAY),
    ("2025/2/14 10:11:09", SECOND),
    ("2025.02.14", DAY),
    ("2025.2.14 10:11", MINUTE),
    ("20250214", DAY),
    ("20250214101109", SECOND),
    ("202502141011", MINUTE),
    ("  2025-02-14 \n", DAY),
    ("\"2025-02-14 10:11\"", MINUTE),
    ("'2025-02-14'", DAY),
    ("“2025-02-14”", DAY),
    // Chinese.
    ("2025年2月14日", DAY),
    ("2025年02月14号", DAY),
    ("2025 年 2 月 14 日", DAY),
    ("2025年2月14日 10:11:09", SECOND),
    ("2025年2月14日10时11分9秒", SECOND),
    ("2025年2月14日 10时11分", MINUTE),
    ("2025年2月14日 10点11分", MINUTE),
    ("2025年2月14日上午10时", "2025-02-14T10:00:00+08:00 assumed"),
    ("2025年2月14日 下午3:05", "2025-02-14T15:05:00+08:00 assumed"),
    ("2025年2月14日 下午 3时5分7秒", "2025-02-14T15:05:07+08:00 assumed"),
    ("2025年2月14日 中午12:30", "2025-02-14T12:30:00+08:00 assumed"),
    ("2025年2月14日 中午1点", "2025-02-14T13:00:00+08:00 assumed"),
    ("2025年2月14日 凌晨12:30", "2025-02-14T00:30:00+08:00 assumed"),
    ("2025年2月14日 晚上8点", "2025-02-14T20:00:00+08:00 assumed"),
    ("2025年2月14日 星期五 10:11", MINUTE),
    ("2025年2月14日（周五）10:11", MINUTE),
    ("2025年 02月 14日 星期五 10:11:09 CST", FULL),
    ("２０２５年２月１４日　１０：１１", MINUTE),
    ("２０２５－０２－１４", DAY),
    // RFC 822, RFC 2822, RFC 850, asctime, Unix date, Go.
    ("Fri, 14 Feb 2025 10:11:09 +0800", FULL),
    ("Fri, 14 Feb 2025 10:11:09 GMT", UTC),
    ("Mon, 14 Feb 2025 10:11:09 GMT", UTC),
    ("14 Feb 2025 10:11 +0800", "2025-02-14T10:11:00+08:00"),
    ("Fri, 14 Feb 25 10:11:09 GMT", UTC),
    ("Tue, 14 Feb 95 10:11:09 GMT", "1995-02-14T10:11:09Z"),
    ("Fri, 14 February 2025 10:11:09 UT", UTC),
    ("Fri 14 Feb 2025 10:11:09 GMT", UTC),
    ("Friday, 14-Feb-25 10:11:09 GMT", UTC),
    ("Fri, 14 Feb 2025 10:11:09", SECOND),
    ("Fri, 14 Feb 2025 10:11:09 CST", FULL),
    ("Fri, 14 Feb 2025 10:11:09 EST", "2025-02-14T10:11:09-05:00"),
    ("Fri, 14 Feb 2025 10:11:09 PDT", "2025-02-14T10:11:09-07:00"),
    ("Fri, 14 Feb 2025 10:11:09 JST", "2025-02-14T10:11:09+09:00"),
    ("Fri, 14 Feb 2025 10:11:09 +0800 (CST)", FULL),
    ("Fri, 14 Feb 2025 10:11:09 +08:00", FULL),
    ("Fri, 14 Feb 2025 24:00:00 GMT", "2025-02-15T00:00:00Z"),
    ("Fri Feb 14 10:11:09 2025", SECOND),
    ("Fri Feb 14 10:11:09 CST 2025", FULL),
    ("Fri Feb 14 10:11:09 +0800 2025", FULL),
    ("Fri Feb 14 2025 10:11:09 GMT+0800 (中国标准时间)", FULL),
    ("2025-02-14 10:11:09 -0700 MST", "2025-02-14T10:11:09-07:00"),
    ("2025-02-14 10:11:09.123 +0800 CST m=+0.012", FULL),
    ("2025-02-14 10:11:09 +0800 +0800", FULL),
    // English.
    ("Feb 14, 2025", DAY),
    ("Feb. 14, 2025", DAY),
    ("February 14, 2025", DAY),
    ("February 14th, 2025", DAY),
    ("14 February 2025", DAY),
    ("14th of February 2025", DAY),
    ("Friday, February 14, 2025", DAY),
    ("FEBRUARY 14 2025", DAY),
    ("Sept 1, 2025", "2025-09-01T00:00:00+08:00 assumed"),
    ("February 14, 2025 10:11 AM", MINUTE),
    ("February 14, 2025 at 3:05 p.m.", "2025-02-14T15:05:00+08:00 assumed"),
    ("Feb 14, 2025 12:05 am", "2025-02-14T00:05:00+08:00 assumed"),
    ("Feb 14, 2025 12:05PM", "2025-02-14T12:05:00+08:00 assumed"),
    ("Feb 14, 2025 3 PM", "2025-02-14T15:00:00+08:00 assumed"),
    ("2025-Feb-14", DAY),
    // Unix time.
    ("1739499069", "2025-02-14T02:11:09Z"),
    ("1739499069123", "2025-02-14T02:11:09Z"),
    ("1739499069.75", "2025-02-14T02:11:09Z"),
];

#[test]
fn every_shape_is_read() {
    for (text, expected) in SHAPES {
        assert_eq!(shown(text, SHANGHAI), *expected, "{text:?}");
    }
}

#[test]
fn what_cannot_be_is_named() {
    for (text, expected) in [
        ("", "expected a date, found nothing"),
        (" \u{3000}\t", "expected a date, found nothing"),
        ("\"\"", "expected a date, found nothing"),
        ("2025-02-30", "day 30 does not exist in 2025-02"),
        ("2025-02-29 10:00", "day 29 does not exist in 2025-02"),
        ("2025年4月31日", "day 31 does not exist in 2025-04"),
        ("2025-02-00", "day 0 does not exist in 2025-02"),
        ("2025-13-01", "month 13 does not exist"),
        ("2025-00-01", "month 0 does not exist"),
        ("2025-02-14 25:00", "hour 25 does not exist"),
        ("2025-02-14 25:61", "minute 61 does not exist"),
        ("2025-02-14 24:01", "hour 24 does not exist"),
        ("2025-02-14 10:61", "minute 61 does not exist"),
        ("2025-02-14 10:11:61", "second 61 does not exist"),
        ("2025-02-14T10:11:09+25:00", "`+25:00` is no offset from UTC"),
        ("2025-02-14T10:11:09+08:61", "`+08:61` is no offset from UTC"),
        ("2025-02-14T10:11:09+", "`+` is no offset from UTC"),
        ("2025-02-14 10:11 XYZ", "`XYZ` is no zone that is known: write an offset such as +08:00"),
        ("2025-02-14 10:11 Asia/Peking", "`Asia/Peking` is no zone that is known: write an offset such as +08:00"),
        ("0001-01-01T00:00:00Z", "year 1 is outside of 1000 to 9999"),
        ("9999-12-31 24:00", "year 10000 is outside of 1000 to 9999"),
        ("02/14/2025", "`02/14/2025` could be day or month first: write the year first, as in 2025-02-14"),
        ("14.2.2025", "`14.2.2025` could be day or month first: write the year first, as in 2025-02-14"),
        ("14-02-25 10:11", "`14-02-25 10:11` could be day or month first: write the year first, as in 2025-02-14"),
        ("tomorrow", "expected a date such as 2025-02-14 10:11:09 +08:00, found `tomorrow`"),
    ] {
        assert_eq!(shown(text, SHANGHAI), expected, "{text:?}");
    }
    for text in [
        "2025",
        "2025-02",
        "2025-02-14 and more",
        "2025-02-14 10:",
        "2025-02-14T",
        "2025-02-14-slug",
        "12:00",
        "Feb",
        "17394990691",
        "2025-02-14 10:11:09 10:11",
    ] {
        assert!(matches!(read(text, SHANGHAI), Err(DateProblem::Unreadable(_) | DateProblem::Offset(_))), "{text:?}: {}", shown(text, SHANGHAI));
    }
    let long = "2025-02-14 ".repeat(1000);
    assert!(matches!(read(&long, SHANGHAI), Err(DateProblem::Unreadable(found)) if found.chars().count() == 41));
}

#[test]
fn cst_is_where_the_reader_is() {
    let text = "Fri, 14 Feb 2025 10:11:09 CST";
    for zone in [Tz::Asia__Shanghai, Tz::Asia__Taipei, Tz::Asia__Hong_Kong, Tz::Asia__Macau, Tz::Asia__Chongqing, Tz::Asia__Urumqi, Tz::PRC] {
        assert_eq!(shown(text, zone), "2025-02-14T10:11:09+08:00", "{zone}");
    }
    for zone in [Tz::UTC, Tz::America__Chicago, Tz::Europe__Berlin] {
        assert_eq!(shown(text, zone), "2025-02-14T10:11:09-06:00", "{zone}");
    }
}

#[test]
fn clock_changes_are_said() {
    // Daylight saving time in Shanghai, 1986 to 1991.
    assert_eq!(shown("1991-09-15 01:30", SHANGHAI), "1991-09-15T01:30:00+09:00 assumed Fold");
    assert_eq!(shown("1986-05-04 02:30", SHANGHAI), "1986-05-04T03:30:00+09:00 assumed Gap");
    assert_eq!(shown("1990-07-01 12:00", SHANGHAI), "1990-07-01T12:00:00+09:00 assumed");
    assert_eq!(shown("1991-09-15 01:30 +08:00", SHANGHAI), "1991-09-15T01:30:00+08:00");
    assert_eq!(shown("1991-09-15 01:30 Asia/Shanghai", Tz::UTC), "1991-09-15T01:30:00+09:00 Fold");
    assert_eq!(shown("2025-03-09 02:30", Tz::America__New_York), "2025-03-09T03:30:00-04:00 assumed Gap");
    // Samoa left out a whole day.
    assert_eq!(shown("2011-12-30 12:00", Tz::Pacific__Apia), "2011-12-31T12:00:00+14:00 assumed Gap");
}

#[test]
fn local_mean_time_is_written_in_whole_minutes() {
    let reading = read("1890-01-01 12:00", SHANGHAI).unwrap();
    assert_eq!(reading.timestamp.datetime().offset().local_minus_utc() % 60, 0);
    assert_eq!(Timestamp::parse_rfc3339(&reading.timestamp.to_rfc3339()).unwrap().unix(), reading.timestamp.unix());
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>(), zone in prop::sample::select(&chrono_tz::TZ_VARIANTS[..])) {
        let _ = read(&text, zone);
    }

    #[test]
    fn no_text_like_a_date_panics(text in "[-+0-9/:.,TZ 年月日时分秒上下午（)周五amPMFebCSTU]{0,40}") {
        if let Ok(reading) = read(&text, SHANGHAI) {
            prop_assert!((1000..=9999).contains(&reading.timestamp.datetime().year()) || text.trim().len() >= 10);
        }
    }

    #[test]
    fn what_is_written_is_read(seconds in -30_000_000_000_i64..250_000_000_000, minutes in -1080_i32..=1080) {
        let when = DateTime::from_timestamp(seconds, 0).unwrap().with_timezone(&FixedOffset::east_opt(minutes * 60).unwrap());
        let written = Timestamp::new(when, Zone::Stated);
        prop_assert_eq!(read(&written.to_rfc3339(), SHANGHAI).unwrap().timestamp, written);
        prop_assert_eq!(read(&written.to_rfc2822(), SHANGHAI).unwrap().timestamp, written);
    }

    #[test]
    fn every_local_time_has_an_instant(seconds in -30_000_000_000_i64..250_000_000_000, zone in prop::sample::select(&chrono_tz::TZ_VARIANTS[..])) {
        let local = DateTime::from_timestamp(seconds, 0).unwrap().naive_utc();
        let reading = read(&local.format("%Y-%m-%d %H:%M:%S").to_string(), zone).unwrap();
        if reading.doubt.is_none() {
            let difference = reading.timestamp.datetime().naive_local() - local;
            // Local mean times had seconds in their offset; they move by less than a minute.
            prop_assert!(difference.num_seconds().abs() <= 30, "{}", difference);
        }
    }
}
