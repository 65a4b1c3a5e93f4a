//! The registered subtags of BCP 47 (table: `data/subtags.txt`, from the IANA registry).
//!
//! In: a subtag in canonical case. Out: whether it is registered and what the registry prefers instead. Changes nothing.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What kind of subtag, by the name of its line in the table.
type Kind = HashMap<&'static str, Option<&'static str>>;

static REGISTRY: LazyLock<HashMap<&'static str, Kind>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/subtags.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let (kind, subtags) = line.split_once(": ")?;
            let entry = |word: &'static str| match word.split_once('=') {
                Some((subtag, preferred)) => (subtag, Some(preferred)),
                None => (word, None),
            };
            Some((kind, subtags.split(' ').map(entry).collect()))
        })
        .collect()
});

/// What the registry says of a subtag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// Nobody has registered it.
    Unknown,
    /// It is in use, or free for private use.
    Registered,
    /// It is deprecated in favour of another.
    Replaced(&'static str),
}

fn look_up(kind: &str, subtag: &str) -> Entry {
    match REGISTRY.get(kind).and_then(|kind| kind.get(subtag)) {
        Some(Some(preferred)) => Entry::Replaced(preferred),
        Some(None) => Entry::Registered,
        None => Entry::Unknown,
    }
}

/// Whether `subtag` lies in one of the private ranges that the registry writes as `a..b`.
fn in_range(ranges: &[(&str, &str)], subtag: &str) -> Entry {
    if ranges.iter().any(|(from, to)| from.len() == subtag.len() && (*from..=*to).contains(&subtag)) { Entry::Registered } else { Entry::Unknown }
}

/// A primary language: `zh`, `qaa`.
pub(super) fn language(subtag: &str) -> Entry {
    match look_up("languages", subtag) {
        Entry::Unknown => in_range(&[("qaa", "qtz")], subtag),
        found => found,
    }
}

/// A script: `Hans`, `Qaaa`.
pub(super) fn script(subtag: &str) -> Entry {
    match look_up("scripts", subtag) {
        Entry::Unknown => in_range(&[("Qaaa", "Qabx")], subtag),
        found => found,
    }
}

/// A region: `CN`, `419`, `XK`.
pub(super) fn region(subtag: &str) -> Entry {
    match look_up("regions", subtag) {
        Entry::Unknown => in_range(&[("QM", "QZ"), ("XA", "XZ")], subtag),
        found => found,
    }
}

/// An extended language: `cmn` in `zh-cmn`. The registry replaces nearly all by the primary language of the same name.
pub(super) fn extlang(subtag: &str) -> Entry {
    match look_up("extlangs", subtag) {
        // The table leaves the replacement out where it is the subtag itself.
        Entry::Registered => {
            REGISTRY.get("extlangs").and_then(|kind| kind.get_key_value(subtag)).map_or(Entry::Unknown, |(own, _)| Entry::Replaced(own))
        }
        found => found,
    }
}

/// A variant: `1996`, `pinyin`.
pub(super) fn variant(subtag: &str) -> Entry {
    look_up("variants", subtag)
}

/// The replacement of a whole tag (in lower case) that the registry calls grandfathered or redundant: `i-klingon`, `zh-min-nan`.
pub(super) fn whole_tag(tag: &str) -> Option<&'static str> {
    ["grandfathered", "redundant"].into_iter().find_map(|kind| {
        let (_, preferred) = REGISTRY.get(kind)?.iter().find(|(name, _)| name.eq_ignore_ascii_case(tag))?;
        *preferred
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_is_read() {
        assert_eq!(language("zh"), Entry::Registered);
        assert_eq!(language("cn"), Entry::Unknown);
        assert_eq!(language("iw"), Entry::Replaced("he"));
        assert_eq!(language("qab"), Entry::Registered);
        assert_eq!(script("Hans"), Entry::Registered);
        assert_eq!(script("Chin"), Entry::Unknown);
        assert_eq!(region("CN"), Entry::Registered);
        assert_eq!(region("419"), Entry::Registered);
        assert_eq!(region("XK"), Entry::Registered);
        assert_eq!(region("ZH"), Entry::Unknown);
        assert_eq!(region("BU"), Entry::Replaced("MM"));
        assert_eq!(extlang("cmn"), Entry::Replaced("cmn"));
        assert_eq!(extlang("abc"), Entry::Unknown);
        assert_eq!(variant("pinyin"), Entry::Registered);
        assert_eq!(whole_tag("zh-min-nan"), Some("nan"));
        assert_eq!(whole_tag("i-klingon"), Some("tlh"));
        assert_eq!(whole_tag("zh-cn"), None);
    }
}
