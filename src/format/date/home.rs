//! Where a language is at home.
//!
//! In: a language. Out: the zone of those who write it, where there is only one to think of.

use crate::model::Language;
use chrono_tz::Tz;

/// The zone of a site in this language that states none; only where the language leaves no doubt.
pub fn zone_of(language: &Language) -> Option<Tz> {
    if language.primary() != "zh" {
        return None;
    }
    match (language.script_subtag(), language.region()) {
        (_, Some("TW")) => Some(Tz::Asia__Taipei),
        (_, Some("HK")) => Some(Tz::Asia__Hong_Kong),
        (None | Some("Hans"), None | Some("CN")) => Some(Tz::Asia__Shanghai),
        _ => None,
    }
}
