//! Names of zones → offsets.
//!
//! In: a name as it stands behind a time. Out: an offset, or a place of the IANA database. Abbreviations are not unique;
//! each stands for what feeds and articles use it for most (RFC 822 §5.1 for the American ones).

use super::Stated;
use chrono::FixedOffset;
use chrono_tz::Tz;

/// Abbreviation and minutes east of Greenwich.
const ABBREVIATIONS: &[(&str, i32)] = &[
    ("ACDT", 630),
    ("ACST", 570),
    ("ADT", -180),
    ("AEDT", 660),
    ("AEST", 600),
    ("AKDT", -480),
    ("AKST", -540),
    ("AST", -240),
    ("AWST", 480),
    ("BJT", 480),
    ("BST", 60),
    ("CEST", 120),
    ("CET", 60),
    ("EDT", -240),
    ("EEST", 180),
    ("EET", 120),
    ("EST", -300),
    ("GMT", 0),
    ("HKT", 480),
    ("HST", -600),
    ("ICT", 420),
    ("IST", 330),
    ("JST", 540),
    ("KST", 540),
    ("MDT", -360),
    ("MSK", 180),
    ("MST", -420),
    ("MYT", 480),
    ("NZDT", 780),
    ("NZST", 720),
    ("PDT", -420),
    ("PHT", 480),
    ("PST", -480),
    ("SGT", 480),
    ("UT", 0),
    ("UTC", 0),
    ("WEST", 60),
    ("WET", 0),
    ("WIB", 420),
    ("Z", 0),
];

/// Places where `CST` is China Standard Time.
const CHINESE: &[Tz] = &[
    Tz::Asia__Chongqing,
    Tz::Asia__Chungking,
    Tz::Asia__Harbin,
    Tz::Asia__Hong_Kong,
    Tz::Asia__Kashgar,
    Tz::Asia__Macao,
    Tz::Asia__Macau,
    Tz::Asia__Shanghai,
    Tz::Asia__Taipei,
    Tz::Asia__Urumqi,
    Tz::Hongkong,
    Tz::PRC,
    Tz::ROC,
];

/// What the name stands for in the eyes of somebody in `zone`.
pub(super) fn named(name: &str, zone: Tz) -> Option<Stated> {
    let upper = name.to_ascii_uppercase();
    let chinese = CHINESE.contains(&zone);
    let minutes = match upper.as_str() {
        "CST" if chinese => Some(480),
        "CST" => Some(-360),
        "CDT" if chinese => Some(540),
        "CDT" => Some(-300),
        _ => ABBREVIATIONS.iter().find(|(known, _)| *known == upper).map(|&(_, minutes)| minutes),
    };
    if let Some(minutes) = minutes {
        return FixedOffset::east_opt(minutes * 60).map(Stated::Offset);
    }
    // Only names of places: the database also holds `EST5EDT`, `Cuba` and the like.
    if !name.contains('/') {
        return None;
    }
    name.parse().ok().map(Stated::Place)
}
