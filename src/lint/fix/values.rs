//! Values that are not as the format wants them → the same meaning as it is wanted.
//!
//! In: a value and what is known besides. Out: a better one, or `None` where somebody has to decide. Dates keep their instant and their offset; what has
//! no zone, or two meanings, is left.

use super::Means;
use crate::format::date::read_feed;
use crate::lint::value::date;
use crate::model::{Timestamp, Zone};
use crate::text::language::{Class, read};
use crate::text::url::{absolute, is_web};
use chrono_tz::Tz;

/// As RSS and OPML write dates (RFC 2822).
pub(super) fn mail_date(value: &str, means: &Means<'_>) -> Option<String> {
    moment(value, means).map(|moment| moment.to_rfc2822())
}

/// As Atom and JSON Feed write dates (RFC 3339).
pub(super) fn internet_date(value: &str, means: &Means<'_>) -> Option<String> {
    moment(value, means).map(|moment| moment.to_rfc3339())
}

/// As Dublin Core writes dates (W3CDTF): a day needs no zone.
pub(super) fn w3c_date(value: &str, means: &Means<'_>) -> Option<String> {
    if value.contains(':') {
        return internet_date(value, means);
    }
    let reading = read_feed(value, Tz::UTC).ok().filter(|reading| reading.doubt.is_none() && reading.timestamp.zone() == Zone::Assumed)?;
    Some(reading.timestamp.datetime().format("%Y-%m-%d").to_string())
}

/// The same date of RSS with the day of the week that it was.
pub(super) fn weekday(value: &str, _: &Means<'_>) -> Option<String> {
    let (_, rest) = value.split_once(", ")?;
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    days.iter().map(|day| format!("{day}, {rest}")).find(|written| date::rfc822(written, None).is_none())
}

/// The instant, if the text leaves no doubt about it.
fn moment(value: &str, means: &Means<'_>) -> Option<Timestamp> {
    // China's and Chicago's: only who knows where the feed comes from can tell.
    let two_meanings = value.to_ascii_uppercase().contains("CST") && means.zone.is_none();
    let reading = read_feed(value, means.zone.unwrap_or(Tz::UTC)).ok().filter(|reading| reading.doubt.is_none() && !two_meanings)?;
    (reading.timestamp.zone() == Zone::Stated || means.zone.is_some()).then_some(reading.timestamp)
}

/// A language tag in its usual form, when it differs in form only or has one meaning.
pub(super) fn language(value: &str, _: &Means<'_>) -> Option<String> {
    let reading = read(value, None);
    reading.language.filter(|_| matches!(reading.class, Class::Silent | Class::Note)).map(|language| language.as_str().to_owned())
}

/// A web address with everything percent-encoded that must be.
pub(super) fn address(value: &str, _: &Means<'_>) -> Option<String> {
    let value = value.trim();
    let whole = value.contains("://") && !value.contains(":///") && is_web(value);
    whole.then(|| absolute(value).ok()).flatten()
}

/// The address that the feed is going to have.
pub(super) fn own_address(_: &str, means: &Means<'_>) -> Option<String> {
    means.base.map(str::to_owned)
}

/// The value without white space around it.
pub(super) fn trimmed(value: &str, _: &Means<'_>) -> Option<String> {
    let bare = value.trim();
    (bare != value).then(|| bare.to_owned())
}

/// The address of a version of JSON Feed that is written in another way.
pub(super) fn version(value: &str, _: &Means<'_>) -> Option<String> {
    let bare = value.trim().trim_end_matches('/').to_ascii_lowercase();
    let end = bare.rsplit('/').next().unwrap_or_default();
    let named = bare.contains("jsonfeed") || bare == end;
    let number = matches!(end, "1" | "1.0" | "1.1").then_some(if end == "1.1" { "1.1" } else { "1" });
    number.filter(|_| named).map(|number| format!("https://jsonfeed.org/version/{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Better = fn(&str, &Means<'_>) -> Option<String>;

    #[test]
    fn the_meaning_stays() {
        let cases: &[(Better, &str, Option<&str>)] = &[
            (mail_date, "2025-02-14T10:00:00+08:00", Some("Fri, 14 Feb 2025 10:00:00 +0800")),
            (mail_date, "Fri, 14 Feb 25 10:00:00 GMT", Some("Fri, 14 Feb 2025 10:00:00 +0000")),
            (mail_date, "2025年2月14日 10:11", None),
            (mail_date, "01/02/2025 10:00 +0800", None),
            (mail_date, "Fri 14 Feb 2025 10:00 CST", None),
            (mail_date, "yesterday", None),
            (internet_date, "Fri, 14 Feb 2025 10:00:00 +0800", Some("2025-02-14T10:00:00+08:00")),
            (internet_date, "2025-02-14T10:00Z", Some("2025-02-14T10:00:00Z")),
            (internet_date, "2025-02-14", None),
            (w3c_date, "14.2.2025", Some("2025-02-14")),
            (w3c_date, "1.2.2025 10:00", None),
            (w3c_date, "2025/02/14", Some("2025-02-14")),
            (w3c_date, "2025-02-14 10:00 +08:00", Some("2025-02-14T10:00:00+08:00")),
            (weekday, "Thu, 14 Feb 2025 10:00 GMT", Some("Fri, 14 Feb 2025 10:00 GMT")),
            (language, "zh_CN", Some("zh-CN")),
            (language, "chs", Some("zh-Hans")),
            (language, "cn", None),
            (language, "nonsense!", None),
            (address, "https://例子.cn/文 章?a=b c", Some("https://xn--fsqu00a.cn/%E6%96%87%20%E7%AB%A0?a=b%20c")),
            (address, "/文", None),
            (address, "tag:文", None),
            (version, "http://jsonfeed.org/version/1.1/", Some("https://jsonfeed.org/version/1.1")),
            (version, "1.1", Some("https://jsonfeed.org/version/1.1")),
            (version, "https://jsonfeed.org/version/1.0", Some("https://jsonfeed.org/version/1")),
            (version, "2.0", None),
            (version, "https://other.example/1.1", None),
        ];
        for (better, value, expected) in cases {
            assert_eq!(better(value, &Means::default()).as_deref(), *expected, "{value}");
        }
    }

    #[test]
    fn a_zone_that_is_given_decides() {
        let means = Means { zone: Some(Tz::Asia__Shanghai), ..Means::default() };
        assert_eq!(mail_date("2025年2月14日 10:11", &means).as_deref(), Some("Fri, 14 Feb 2025 10:11:00 +0800"));
        assert_eq!(mail_date("Fri 14 Feb 2025 10:00 CST", &means).as_deref(), Some("Fri, 14 Feb 2025 10:00:00 +0800"));
        assert_eq!(mail_date("01/02/2025 10:00", &means), None);
    }
}
