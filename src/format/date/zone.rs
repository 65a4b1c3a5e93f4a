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
    // `EST5EDT` and its three sisters are in the database.
    if name.len() == 7 && name.ends_with("DT") {
        return name.parse().ok().map(|place| (Stated::Place(place), true));
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

/// Names as Windows and JavaScript write them out, and minutes east of Greenwich.
const SPELT_OUT: &[(&str, i32)] = &[
    ("Central Daylight Time", -300),
    ("Central European Standard Time", 60),
    ("Central European Summer Time", 120),
    ("Central Standard Time", -360),
    ("China Standard Time", 480),
    ("Coordinated Universal Time", 0),
    ("Eastern Daylight Time", -240),
    ("Eastern Standard Time", -300),
    ("Greenwich Mean Time", 0),
    ("India Standard Time", 330),
    ("Japan Standard Time", 540),
    ("Korea Standard Time", 540),
    ("Mountain Daylight Time", -360),
    ("Mountain Standard Time", -420),
    ("Pacific Daylight Time", -420),
    ("Pacific Standard Time", -480),
    ("中国标准时间", 480),
];

/// What the name at the beginning of the text stands for, and what is behind it.
pub(super) fn spelt_out(text: &str) -> Option<(Stated, &str)> {
    SPELT_OUT.iter().find_map(|(name, minutes)| {
        let (start, rest) = text.split_at_checked(name.len())?;
        let offset = FixedOffset::east_opt(minutes * 60).filter(|_| start.eq_ignore_ascii_case(name))?;
        Some((Stated::Offset(offset), rest))
    })
}
