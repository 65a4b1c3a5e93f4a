//! By which date an entry is published.
//!
//! In: the date that the store fixed when the entry was first seen, and the entry's own. Out: the date that counts, as it is written. Asks no
//! clock: the same store gives the same dates.

use super::list::Future;
use super::store::StoredEntry;
use crate::model::{Timestamp, Zone};
use chrono::TimeZone as _;
use chrono_tz::Tz;

/// The date that counts. The store fixed it when the entry was first seen, so that nobody comes to the top again with a new date; only
/// where it stands for one that lies in the future may that one count instead.
pub(super) fn date(future: Future, came: Option<Timestamp>, own: Option<Timestamp>, stored: &StoredEntry) -> i64 {
    let stands_in = stored.sort_date == stored.first_seen;
    // The zone of the source was set right since: the same hour there, another instant.
    let is_its_own = came.is_some_and(|came| came.unix() == stored.sort_date);
    let fixed = own.filter(|_| is_its_own).map_or(stored.sort_date, |own| own.unix().min(stored.first_seen));
    let later = own.map(|own| own.unix()).filter(|own| stands_in && *own > stored.first_seen);
    match future {
        Future::Clamp => fixed,
        Future::Hold | Future::Keep => later.unwrap_or(fixed),
    }
}

/// A date that stated no zone, in the zone that its source is configured to have now.
pub(super) fn zoned(date: Timestamp, zone: Option<Tz>) -> Timestamp {
    let local = || date.datetime().naive_local();
    let moved = zone.filter(|_| date.zone() == Zone::Assumed).and_then(|zone| zone.from_local_datetime(&local()).earliest());
    moved.map_or(date, |moved| Timestamp::new(moved.fixed_offset(), Zone::Assumed))
}

/// The date as it is written: as its publisher wrote it if it is that one, else in the same zone.
pub(super) fn written(date: i64, own: Option<Timestamp>) -> Option<Timestamp> {
    let same = own.filter(|own| own.unix() == date);
    same.or_else(|| {
        let instant = Timestamp::from_unix(date)?;
        Some(own.map_or(instant, |own| Timestamp::new(instant.datetime().with_timezone(own.datetime().offset()), own.zone())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn only_dates_that_stated_no_zone_are_read_in_another() {
        let stated = stamp("2025-02-14T08:30:00Z");
        let assumed = Timestamp::new(stated.datetime(), Zone::Assumed);
        assert_eq!(zoned(stated, Some(Tz::Asia__Shanghai)), stated);
        assert_eq!(zoned(assumed, None), assumed);
        let moved = zoned(assumed, Some(Tz::Asia__Shanghai));
        assert_eq!((moved.to_rfc3339().as_str(), moved.zone()), ("2025-02-14T08:30:00+08:00", Zone::Assumed));
    }

    #[test]
    fn what_counts_is_written_in_the_zone_of_its_publisher() {
        let own = stamp("2025-02-14T08:30:00+08:00");
        assert_eq!(written(own.unix(), Some(own)), Some(own));
        assert_eq!(written(own.unix() - 3600, Some(own)).unwrap().to_rfc3339(), "2025-02-14T07:30:00+08:00");
        assert_eq!(written(0, None).unwrap().to_rfc3339(), "1970-01-01T00:00:00Z");
    }
}
