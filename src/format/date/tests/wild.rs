//! Dates of feeds: a table of what is written in them, what must stay unreadable, and properties that hold for any text.

use super::super::wild;
use super::*;

fn shown_wild(text: &str, zone: Tz) -> String {
    match read_feed(text, zone) {
        Ok(reading) => {
            let assumed = if reading.timestamp.zone() == Zone::Assumed { " assumed" } else { "" };
            let doubt = reading.doubt.map(|doubt| format!(" {doubt:?}")).unwrap_or_default();
            format!("{}{assumed}{doubt}", reading.timestamp)
        }
        Err(problem) => problem.to_string(),
    }
}

const NOON: &str = "2004-01-01T19:48:00Z";
const GMT: &str = "2004-01-01T19:48:21Z";
const HOST: &str = "2004-01-01T19:48:21Z assumed";
const START: &str = "2004-01-01T00:00:00Z assumed";
const FULL_Z: &str = "2025-02-14T10:11:09Z";
const ASSUMED: &str = "2025-02-14T10:11:09Z assumed";
const MIDNIGHT: &str = "2025-02-14T00:00:00Z assumed";
const ABOUT: &str = "2025-02-14T10:11:00Z assumed";

/// Texts, and what they mean to somebody in UTC.
const FOUND: &[(&str, &str)] = &[
    // ISO 8601 cut short, counting days or weeks, without its century.
    ("2003", "2003-01-01T00:00:00Z assumed"),
    ("2003-12", "2003-12-01T00:00:00Z assumed"),
    ("2003/12", "2003-12-01T00:00:00Z assumed"),
    ("200312", "2003-12-01T00:00:00Z assumed DayOrMonth"),
    ("200324", "2020-03-24T00:00:00Z assumed DayOrMonth"),
    ("2003-335", "2003-12-01T00:00:00Z assumed"),
    ("2003335", "2003-12-01T00:00:00Z assumed"),
    ("2003-335T10:00Z", "2003-12-01T10:00:00Z"),
    ("2003-W52-3", "2003-12-24T00:00:00Z assumed"),
    ("2003W523", "2003-12-24T00:00:00Z assumed"),
    ("2003-W52", "2003-12-22T00:00:00Z assumed"),
    ("2003-W52-3T10:11:09Z", "2003-12-24T10:11:09Z"),
    ("03-12-31", "2003-12-31T00:00:00Z assumed DayOrMonth"),
    ("99-12-31", "1999-12-31T00:00:00Z assumed"),
    ("031231", "2003-12-31T00:00:00Z assumed DayOrMonth"),
    ("03335", "2003-12-01T00:00:00Z assumed"),
    ("-0312", "2003-12-01T00:00:00Z assumed"),
    ("-03-12", "2003-12-01T00:00:00Z assumed"),
    ("2003-12-31T10Z", "2003-12-31T10:00:00Z"),
    ("2003-12-31T10", "2003-12-31T10:00:00Z assumed"),
    ("2003-12-31T10+01:00", "2003-12-31T10:00:00+01:00"),
    ("2003-012-31T10:14:55+00:00", "2003-12-31T10:14:55Z"),
    ("20250214T101109+0800", "2025-02-14T10:11:09+08:00"),
    ("2025-02-14t10:11:09z", FULL_Z),
    ("2025-02-14T10:11:09.5Z", FULL_Z),
    ("2025-02-14 T 10:11:09Z", FULL_Z),
    ("2025-02-14T 10:11:09 Z", FULL_Z),
    ("2025-02-14T10:11:9Z", FULL_Z),
    ("2025-02-14T23:59:60Z", "2025-02-14T23:59:59Z"),
    ("2004-02-28T18:14:55-08:00", "2004-02-28T18:14:55-08:00"),
    ("2004-07-08 23:56:58.0", "2004-07-08T23:56:58Z assumed"),
    ("2004-07-08 23:56:58 -00:20", "2004-07-08T23:56:58-00:20"),
    // RFC 822 as it should be and as it is.
    ("Thu, 01 Jan 2004 19:48:21 GMT", GMT),
    ("Thu, 1 Jan 2004 19:48:21 GMT", GMT),
    ("Thu,  1 Jan 2004 19:48:21 GMT", GMT),
    ("01 Jan 2004 19:48:21 GMT", GMT),
    ("Thu 01 Jan 2004 19:48:21 GMT", GMT),
    ("Thu,01 Jan 2004 19:48:21 GMT", GMT),
    ("Thu , 01  Jan\t2004  19:48:21\t +0000", GMT),
    ("Thu,\r\n 01 Jan 2004\r\n 19:48:21 +0000", GMT),
    ("THU, 01 JAN 2004 19:48:21 gmt", GMT),
    ("Foo, 01 Jan 2004 19:48:21 GMT", GMT),
    ("Thu, 1 Jan 2004, 19:48 GMT", NOON),
    ("Thu, 01 Jan 04 19:48:21 GMT", GMT),
    ("Thu, 01 Jan 104 19:48:21 GMT", GMT),
    ("Thu, 01-Jan-04 19:48:21 GMT", GMT),
    ("Thursday, 01-Jan-2004 19:48:21 GMT", GMT),
    ("Thu, 01 January 2004 19:48 GMT", NOON),
    ("Thu, 01 Jan 2004", START),
    ("1 Jan 04", START),
    ("Thu, 01 Jan 2004 24:00 GMT", "2004-01-02T00:00:00Z"),
    ("Thu, 01 Jan 2004 19:48:21", HOST),
    ("Thu, 04 Sept 2003 19:48:21 GMT", "2003-09-04T19:48:21Z"),
    ("Thu, Jan 01 2004 19:48:21 GMT", GMT),
    ("Thu, Jan 1, 2004 19:48 GMT", NOON),
    ("January 1st, 2004 7:48 PM GMT", NOON),
    ("Thu, Jan 01 2004 07:48:21 PM", HOST),
    ("19:48 01 Jan 2004", "2004-01-01T19:48:00Z assumed"),
    ("19:48:21 GMT, Thu 01 Jan 2004", GMT),
    ("19:48, 1 January 2004 (UTC)", NOON),
    ("Thu Jan  1 19:48:21 2004", HOST),
    ("Thu Jan  1 19:48:21 GMT 2004", GMT),
    ("Thu Jan 1 19:48:21 +0000 2004", GMT),
    ("Thu 1 Jan 19:48:21 GMT 2004", GMT),
    ("Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T08:19:53-04:00"),
    ("01/Jan/2004:19:48:21 +0000", GMT),
    ("Jan 2004", START),
    ("14 Feb '25", MIDNIGHT),
    // Zones.
    ("Thu, 01 Jan 2004 19:48:21 UT", GMT),
    ("Thu, 01 Jan 2004 19:48:21 Z", GMT),
    ("Thu, 01 Jan 2004 19:48:21 -0000", GMT),
    ("Thu, 01 Jan 2004 19:48:21 Etc/GMT", GMT),
    ("Thu, 01 Jan 2004 19:48:21 GMT+1", "2004-01-01T19:48:21+01:00"),
    ("Thu, 01 Jan 2004 19:48:21 GMT +0100", "2004-01-01T19:48:21+01:00"),
    ("Thu, 01 Jan 2004 19:48:21 UTC+08:00", "2004-01-01T19:48:21+08:00"),
    ("Thu, 01 Jan 2004 19:48:21 UTC +8", "2004-01-01T19:48:21+08:00"),
    ("Thu, 01 Jan 2004 19:48:21 +8", "2004-01-01T19:48:21+08:00"),
    ("Thu, 01 Jan 2004 19:48:21 +08:00", "2004-01-01T19:48:21+08:00"),
    ("Thu, 01 Jan 2004 19:48:21 +800", "2004-01-01T19:48:21+08:00"),
    ("Thu, 01 Jan 2004 19:48:21 +080000", "2004-01-01T19:48:21+08:00"),
    ("Thu, 01 Jan 2004 19:48:21 +08:00:00", "2004-01-01T19:48:21+08:00"),
    ("Thu, 01 Jan 2004 19:48:21 EST", "2004-01-01T19:48:21-05:00"),
    ("Thu, 01 Jan 2004 19:48:21 EST -0500", "2004-01-01T19:48:21-05:00"),
    ("Thu, 01 Jan 2004 19:48:21 -0500 EST", "2004-01-01T19:48:21-05:00"),
    ("Thu, 01 Jan 2004 19:48:21 ET", "2004-01-01T19:48:21-05:00"),
    ("Thu, 01 Jul 2004 19:48:21 ET", "2004-07-01T19:48:21-04:00"),
    ("Thu, 30 Apr 2015 08:57:00 MEST", "2015-04-30T08:57:00+02:00"),
    ("Thu, 01 Jan 2004 19:48:21 CST", "2004-01-01T19:48:21-06:00"),
    ("Thu, 01 Jan 2004 19:48:21 A", "2004-01-01T19:48:21-01:00 ZoneName"),
    ("Thu, 01 Jan 2004 19:48:21 M", "2004-01-01T19:48:21-12:00 ZoneName"),
    ("Thu, 01 Jan 2004 19:48:21 Y", "2004-01-01T19:48:21+12:00 ZoneName"),
    ("Thu, 01 Jan 2004 19:48:21 XYZT", "2004-01-01T19:48:21Z assumed ZoneName"),
    ("Thu, 01 Jan 2004 19:48:21 Asia/Peking", "2004-01-01T19:48:21Z assumed ZoneName"),
    ("Thu, 01 Jan 2004 19:48:21 Asia/Shanghai", "2004-01-01T19:48:21+08:00"),
    ("Thu, 01 Jan 2004 19:48:21 +0060", "2004-01-01T19:48:21+01:00 Offset"),
    ("Thu, 01 Jan 2004 19:48:21 -1900", "2004-01-01T19:48:21-19:00 Offset"),
    ("Thu, 01 Jan 2004 19:48:21 +2500", "2003-12-31T18:48:21Z Offset"),
    ("Thu, 01 Jan 2004 19:48:21 +1234567", "2004-01-01T19:48:21Z Offset"),
    ("2025-02-14T10:11:09Z+08:00", "2025-02-14T10:11:09+08:00 Offset"),
    ("2025-02-14T10:11:09+00:00Z", FULL_Z),
    ("2025-02-14T10:11:09+08:00[Asia/Shanghai]", "2025-02-14T10:11:09+08:00"),
    ("2025-02-14 10:11:09 +0800 +0800", "2025-02-14T10:11:09+08:00"),
    ("Thu, 01 Jan 2004 19:48:21 EST5EDT", "2004-01-01T19:48:21-05:00"),
    ("Thu, 01 Jan 2004 19:48:21 Eastern Standard Time", "2004-01-01T19:48:21-05:00"),
    ("Thu Jan 01 2004 19:48:21 GMT+0800 (China Standard Time)", "2004-01-01T19:48:21+08:00"),
    ("Thu, 01 Jan 2004 19:48:21 +-0300", "2004-01-01T19:48:21Z assumed Remainder"),
    // Languages.
    ("Fr, 14 Februar 2025 10:11:09", ASSUMED),
    ("Freitag, 14. Februar 2025, 10:11 Uhr", ABOUT),
    ("Fr, 14 Mär 2025 10:11:09 +0100", "2025-03-14T10:11:09+01:00"),
    ("ven., 14 févr. 2025 10:11:09 +0000", FULL_Z),
    ("mar., 14 févr. 2025 10:11:09 +0000", FULL_Z),
    ("Mar, 14 Feb 2025 10:11:09 +0000", FULL_Z),
    ("Mar 14 2025", "2025-03-14T00:00:00Z assumed"),
    ("vendredi 14 février 2025 à 10h11", ABOUT),
    ("1er août 2025", "2025-08-01T00:00:00Z assumed"),
    ("viernes, 14 de febrero de 2025 10:11", ABOUT),
    ("vie, 14 ene 2025 10:11:09 GMT", "2025-01-14T10:11:09Z"),
    ("14 de febrero de 2025, 3:05 p. m.", "2025-02-14T15:05:00Z assumed"),
    ("venerdì 14 febbraio 2025 ore 10:11", ABOUT),
    ("Gio, 14 Ago 2025 10:11:09 GMT", "2025-08-14T10:11:09Z"),
    ("sexta-feira, 14 de fevereiro de 2025 10:11", ABOUT),
    ("Sex, 14 Fev 2025 10:11:09 GMT", FULL_Z),
    ("vr, 14 mrt 2025 10:11:09 GMT", "2025-03-14T10:11:09Z"),
    ("pt., 14 lut 2025 10:11:09 GMT", FULL_Z),
    ("14 lutego 2025 r.", "2025-02-14T00:00:00Z assumed Remainder"),
    ("14 października 2025", "2025-10-14T00:00:00Z assumed"),
    ("Пт, 14 фев 2025 10:11:09 +0300", "2025-02-14T10:11:09+03:00"),
    ("14 февраля 2025 г. 10:11", ABOUT),
    ("pá, 14 úno 2025 10:11:09 GMT", FULL_Z),
    ("14. února 2025", MIDNIGHT),
    ("Cum, 14 Şub 2025 10:11:09 GMT", FULL_Z),
    ("14 AĞUSTOS 2025", "2025-08-14T00:00:00Z assumed"),
    ("fre, 14 maj 2025 10:11:09 GMT", "2025-05-14T10:11:09Z"),
    ("fredag den 14. februar 2025 kl. 10:11", ABOUT),
    ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T12:00:00-05:00"),
    ("2004-július-13T9:15-05:00", "2004-07-13T09:15:00-05:00"),
    ("2025. február 14.", MIDNIGHT),
    ("f\u{FFFD}vrier 14, 2025", MIDNIGHT),
    ("Thứ Sáu, 14 Tháng 2 2025", MIDNIGHT),
    // The East.
    ("2004년 05월 28일  01:31:15", "2004-05-28T01:31:15+09:00 assumed"),
    ("2004-05-25 오후 11:23:17", "2004-05-25T23:23:17+09:00 assumed"),
    ("2025. 2. 14. 오후 3:05", "2025-02-14T15:05:00+09:00 assumed"),
    ("2025년 2월 14일 (금) 오후 3시 5분", "2025-02-14T15:05:00+09:00 assumed"),
    ("금, 14 2월 2025 10:11:09 +0900", "2025-02-14T10:11:09+09:00"),
    ("2004年5月28日", "2004-05-28T00:00:00Z assumed"),
    ("2025年2月14日(金) 10時11分", ABOUT),
    ("2025年2月14日 午後3:05", "2025-02-14T15:05:00Z assumed"),
    ("2025年2月14日 星期五 下午3:05", "2025-02-14T15:05:00Z assumed"),
    ("星期五, 14 二月 2025 10:11:09 +0800", "2025-02-14T10:11:09+08:00"),
    ("周五, 14 2月 2025 10:11:09 +0800", "2025-02-14T10:11:09+08:00"),
    ("金, 14 12 2025 10:11:09 +0900", "2025-12-14T10:11:09+09:00"),
    ("发布于2025年2月14日 10:11", ABOUT),
    ("２０２５／２／１４", MIDNIGHT),
    // Numbers in the order of somebody's country.
    ("2025/02/14", MIDNIGHT),
    ("2025/2/14 10:11:09", ASSUMED),
    ("2025:02:14 10:11:09", ASSUMED),
    ("14-FEB-25 10.11.09.000000 AM", ASSUMED),
    ("14FEB2025", MIDNIGHT),
    ("14.02.2025", MIDNIGHT),
    ("14. 2. 2025", MIDNIGHT),
    ("03.02.2025 10:11", "2025-02-03T10:11:00Z assumed"),
    ("14.02.25", MIDNIGHT),
    ("14.02.2025 10.11", ABOUT),
    ("02/14/2025 10:11:09", ASSUMED),
    ("14/02/2025 10:11:09", ASSUMED),
    ("02/14/2025 10:11:09 AM", ASSUMED),
    ("2/14/2025 3:05:00 PM", "2025-02-14T15:05:00Z assumed"),
    ("02/03/2025", "2025-02-03T00:00:00Z assumed DayOrMonth"),
    ("03/03/2025", "2025-03-03T00:00:00Z assumed"),
    ("14-02-2025", MIDNIGHT),
    ("03-02-2025", "2025-02-03T00:00:00Z assumed DayOrMonth"),
    ("02/14/25", MIDNIGHT),
    ("14 2 2025", MIDNIGHT),
    // Unix time.
    ("1739527869", FULL_Z),
    ("1739527869123", FULL_Z),
    ("978307200", "2001-01-01T00:00:00Z"),
    // Something before and behind.
    ("Published: Fri, 14 Feb 2025 10:11:09 GMT", FULL_Z),
    ("Fri, 14 Feb 2025 10:11:09 GMT (comment)", FULL_Z),
    ("Fri(a day), 14(th) Feb(ruary) 2025 10:11:09 +0000(GMT)", FULL_Z),
    ("Fri, 14 (nested (comment) Mar)Feb(escaped comment\\) 2005) 2025()10:11:09 +0000", FULL_Z),
    ("Fri, 14 Feb 2025 10:11:09 GMT<br/>", FULL_Z),
    ("<p>Fri, 14 Feb 2025&nbsp;10:11:09 GMT</p>", FULL_Z),
    ("<![CDATA[Fri, 14 Feb 2025 10:11:09 GMT]]>", FULL_Z),
    ("Fri, 14 Feb 2025 10:11:09 GMT.", FULL_Z),
    ("Fri, 14 Feb 2025 10:11:09 GMT by the editor", "2025-02-14T10:11:09Z Remainder"),
    ("2025-02-14 - 2025-02-16", "2025-02-14T00:00:00Z assumed Remainder"),
    ("2025-02-14 10 comments", "2025-02-14T00:00:00Z assumed Remainder"),
];

/// What is no date, or one that does not exist.
const NOT_FOUND: &[&str] = &[
    "",
    " ",
    "<br/>",
    "&nbsp;",
    "tomorrow",
    "insert date here",
    "N/A",
    "null",
    "0",
    "12:00",
    "10:11:09 GMT",
    "Feb",
    "14 Feb",
    "Chapter 2003",
    "Version 10.11.12",
    "013",
    "07-01T01:55:07-05:00",
    "2013-xx-27",
    "2013-01-28T09:xx:00Z",
    "2013-01-28T09:00:00+00:xx",
    "2013-01-28T11:30:00-06:00Textra",
    "Sun, 16 Dec 2012 1:2:3:4 GMT",
    "Sun, 16 zzz 2012 11:47:32 GMT",
    "Sun, Dec x 2012 11:47:32 GMT",
    "Sun, 16 Dec zz 11:47:32 GMT",
    "Sun, 16 Dec 2012 11:47:32 +zz:00",
    "Sun, 99 Jun 2009 12:00:00 GMT",
    "Sat, 31 Feb 2009 12:00:00 GMT",
    "2009-02-31T12:00:00Z",
    "2003-12-31T25:14:55Z",
    "2003-12-31T24:00:01Z",
    "2003-12-31T10:61:55Z",
    "2003-12-31T10:14:61Z",
    "2003-366",
    "2003-W54-1",
    "31/31/2025",
    "31.04.2025",
    "0000-00-00 00:00:00",
    "0001-01-01T00:00:00Z",
    "-0001-11-30T00:00:00+00:00",
    "9999-12-31T23:59:59-99:99",
    "2025-02-14-slug",
    "1234567",
    "99999999",
    "3.14159",
    "192.168.10.1",
    "2003.12",
    "2003:12",
    "3 minutes ago",
    "昨天 12:00",
];

#[test]
fn every_shape_of_the_wild_is_read() {
    let wrong: Vec<_> =
        FOUND.iter().filter(|(text, expected)| shown_wild(text, Tz::UTC) != *expected).map(|(text, _)| (text, shown_wild(text, Tz::UTC))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_an_author_may_write_is_read_alike() {
    let wrong: Vec<_> = SHAPES
        .iter()
        .filter(|(text, expected)| shown_wild(text, SHANGHAI) != *expected)
        .map(|(text, _)| (text, shown_wild(text, SHANGHAI)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nothing_is_made_up() {
    let read: Vec<_> = NOT_FOUND.iter().filter(|text| read_feed(text, Tz::UTC).is_ok()).map(|text| (text, shown_wild(text, Tz::UTC))).collect();
    assert!(read.is_empty(), "{read:#?}");
}

#[test]
fn the_short_cut_knows_zones_as_the_scanner_does() {
    for name in ["GMT", "UTC", "UT", "Z", "EST", "EDT", "MST", "PST", "PDT"] {
        let text = format!("Fri, 14 Feb 2025 10:11:09 {name}");
        let scanned = settle(wild::scan(&text, SHANGHAI).unwrap()).unwrap();
        assert_eq!(fast::read(&text), Some(scanned.timestamp.datetime()), "{name}");
    }
}

#[test]
fn cst_of_a_chinese_feed_is_chinese() {
    let text = "Thu, 01 Jan 2004 19:48:21 CST";
    assert_eq!(shown_wild(text, SHANGHAI), "2004-01-01T19:48:21+08:00");
    assert_eq!(shown_wild(text, Tz::America__Chicago), "2004-01-01T19:48:21-06:00");
    assert_eq!(shown_wild("2004-01-01 19:48", SHANGHAI), "2004-01-01T19:48:00+08:00 assumed");
}

proptest! {
    #[test]
    fn no_text_panics_in_a_feed(text in any::<String>(), zone in prop::sample::select(&chrono_tz::TZ_VARIANTS[..])) {
        let _ = read_feed(&text, zone);
    }

    #[test]
    fn no_text_like_a_date_panics_in_a_feed(text in "[-+0-9/:.,TZW 年月日时分秒下午오후월일(（)周五amPMFebMarCSTU<>&;\\\\\u{FFFD}]{0,40}") {
        if let Ok(reading) = read_feed(&text, SHANGHAI) {
            prop_assert!((1000..=9999).contains(&reading.timestamp.datetime().year()) || text.trim().len() >= 9);
        }
    }

    #[test]
    fn what_the_strict_reader_reads_is_read_alike(text in "[-+0-9/:.,TZ年月日时分秒下午周五amPMFebCSTU ]{0,30}") {
        if let Ok(strict) = read(&text, SHANGHAI) {
            prop_assert_eq!(read_feed(&text, SHANGHAI).map(|reading| reading.timestamp.unix()), Ok(strict.timestamp.unix()), "{}", text);
        }
    }

    #[test]
    fn what_is_written_is_read_in_a_feed(seconds in -30_000_000_000_i64..250_000_000_000, minutes in -1080_i32..=1080) {
        let when = DateTime::from_timestamp(seconds, 0).unwrap().with_timezone(&FixedOffset::east_opt(minutes * 60).unwrap());
        let written = Timestamp::new(when, Zone::Stated);
        prop_assert_eq!(read_feed(&written.to_rfc3339(), SHANGHAI).unwrap().timestamp, written);
        prop_assert_eq!(read_feed(&written.to_rfc2822(), SHANGHAI).unwrap().timestamp, written);
    }

    #[test]
    fn the_short_cut_agrees_with_the_scanner(seconds in -30_000_000_000_i64..250_000_000_000, minutes in -719_i32..=719) {
        let when = DateTime::from_timestamp(seconds, 0).unwrap().with_timezone(&FixedOffset::east_opt(minutes * 60).unwrap());
        let written = Timestamp::new(when, Zone::Stated);
        for text in [written.to_rfc3339(), written.to_rfc2822()] {
            prop_assert_eq!(fast::read(&text), Some(when));
            prop_assert_eq!(settle(wild::scan(&text, SHANGHAI).unwrap()).unwrap().timestamp, written);
        }
    }
}
