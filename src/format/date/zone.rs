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
    ("ART", -180),
    ("AST", -240),
    ("AWST", 480),
    ("BJT", 480),
    ("BRST", -120),
    ("BRT", -180),
    ("BST", 60),
    ("CEST", 120),
    ("CET", 60),
    ("EAT", 180),
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
    ("MEST", 120),
    ("MESZ", 120),
    ("MET", 60),
    ("MEZ", 60),
    ("MSK", 180),
    ("MST", -420),
    ("MYT", 480),
    ("NDT", -150),
    ("NST", -210),
    ("NZDT", 780),
    ("NZST", 720),
    ("PDT", -420),
    ("PHT", 480),
    ("PKT", 300),
    ("PST", -480),
    ("SAST", 120),
    ("SGT", 480),
    ("TRT", 180),
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

/// Short for "Eastern Time" and the like, with or without daylight saving time.
const AMERICAN: &[(&str, Tz)] = &[
    ("AT", Tz::America__Halifax),
    ("CT", Tz::America__Chicago),
    ("ET", Tz::America__New_York),
    ("MT", Tz::America__Denver),
    ("PT", Tz::America__Los_Angeles),
];

/// As [`named`], with the names that only feeds use, and whether the name can be trusted: RFC 822 §5.1 gave the letters
/// of the military the wrong sign, so that nobody knows which is meant (RFC 2822 §4.3).
pub(super) fn named_in_feeds(name: &str, zone: Tz) -> Option<(Stated, bool)> {
    if let Some(stated) = named(name, zone) {
        return Some((stated, true));
    }
    if let Some((_, place)) = AMERICAN.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)) {
        return Some((Stated::Place(*place), true));
    }
    let [letter] = name.as_bytes() else { return None };
    let hours = match letter {
        b'A'..=b'I' => -i32::from(letter - b'A') - 1,
        b'K'..=b'M' => -i32::from(letter - b'K') - 10,
        b'N'..=b'Y' => i32::from(letter - b'N') + 1,
        _ => return None,
    };
    FixedOffset::east_opt(hours * 3600).map(|offset| (Stated::Offset(offset), false))
}
