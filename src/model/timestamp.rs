//! A point in time that remembers how it was stated.

use chrono::{DateTime, FixedOffset, NaiveDateTime, SecondsFormat, TimeDelta, TimeZone, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::hash::{Hash, Hasher};

/// An instant with the offset it was written in, and whether that offset was stated or assumed.
///
/// Two timestamps are equal when they are written alike; use [`Timestamp::unix`] to compare instants.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Timestamp {
    when: DateTime<FixedOffset>,
    zone: Zone,
}

/// A timestamp as it is stored: seconds since 1970 and nanoseconds of the instant, seconds of the offset, whether that was assumed.
#[derive(Serialize, Deserialize)]
struct Parts(i64, u32, i32, bool);

impl From<Timestamp> for Parts {
    fn from(stamp: Timestamp) -> Self {
        Self(stamp.when.timestamp(), stamp.when.timestamp_subsec_nanos(), stamp.when.offset().local_minus_utc(), stamp.zone == Zone::Assumed)
    }
}

impl TryFrom<Parts> for Timestamp {
    type Error = &'static str;

    fn try_from(Parts(seconds, nanos, offset, assumed): Parts) -> Result<Self, Self::Error> {
        let instant = Utc.timestamp_opt(seconds, nanos).single();
        let when = instant.zip(FixedOffset::east_opt(offset)).map(|(instant, offset)| instant.with_timezone(&offset));
        when.map(|when| Self::new(when, if assumed { Zone::Assumed } else { Zone::Stated })).ok_or("expected an instant of the calendar")
    }
}

impl Timestamp {
    /// What is written, and how the offset is known.
    fn written(&self) -> (NaiveDateTime, FixedOffset, Zone) {
        (self.when.naive_utc(), *self.when.offset(), self.zone)
    }
}

// By hand, because `chrono` calls two dates equal when they are one instant.
impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.written() == other.written()
    }
}

impl Eq for Timestamp {}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.written().hash(state);
    }
}

/// How the offset of a [`Timestamp`] is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Zone {
    /// It was written with the date.
    Stated,
    /// It was not written; the configured zone was taken.
    Assumed,
}

impl Timestamp {
    /// 2000-01-01T00:00:00Z: stands where a format demands a date and nobody stated one.
    pub fn epoch() -> Self {
        Self { when: DateTime::<Utc>::UNIX_EPOCH.fixed_offset() + TimeDelta::seconds(946_684_800), zone: Zone::Assumed }
    }

    /// An instant with its offset.
    pub fn new(when: DateTime<FixedOffset>, zone: Zone) -> Self {
        Self { when, zone }
    }

    /// Seconds since 1970-01-01T00:00:00Z, as an instant in UTC; `None` outside of the calendar.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        let when = Utc.timestamp_opt(seconds, 0).single()?;
        Some(Self { when: when.fixed_offset(), zone: Zone::Stated })
    }

    /// Reads RFC 3339, the only form that needs no guessing.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let when = DateTime::parse_from_rfc3339(text).ok()?;
        Some(Self { when, zone: Zone::Stated })
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix(&self) -> i64 {
        self.when.timestamp()
    }

    /// The instant with its offset.
    pub fn datetime(&self) -> DateTime<FixedOffset> {
        self.when
    }

    /// How the offset is known.
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// `2025-02-14T10:11:09+08:00` (RFC 3339 §5.6), whole seconds; UTC as `Z`. For Atom and JSON Feed.
    pub fn to_rfc3339(&self) -> String {
        self.when.to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// `Fri, 14 Feb 2025 10:11:09 +0800` (RFC 822 with the four-digit year of RFC 2822). For RSS and OPML.
    pub fn to_rfc2822(&self) -> String {
        self.when.format("%a, %d %b %Y %H:%M:%S %z").to_string()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_rfc3339())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_survives() {
        let date = Timestamp::parse_rfc3339("2025-02-14T10:11:09+08:00").unwrap();
        assert_eq!(date.to_rfc3339(), "2025-02-14T10:11:09+08:00");
        assert_eq!(date.to_rfc2822(), "Fri, 14 Feb 2025 10:11:09 +0800");
        assert_eq!(date.unix(), 1_739_499_069);
    }

    #[test]
    fn only_what_is_written_alike_is_equal() {
        let date = |text: &str| Timestamp::parse_rfc3339(text).unwrap();
        let (east, utc) = (date("2025-02-14T10:11:09+08:00"), date("2025-02-14T02:11:09Z"));
        assert_eq!((east.unix(), east), (utc.unix(), date("2025-02-14T10:11:09+08:00")));
        assert_ne!(east, utc);
        assert_ne!(east, Timestamp::new(east.datetime(), Zone::Assumed));
    }

    #[test]
    fn what_is_stored_comes_back_as_it_was() {
        for text in ["2025-02-14T10:11:09.5+08:00", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00"] {
            for zone in [Zone::Stated, Zone::Assumed] {
                let stamp = Timestamp::new(Timestamp::parse_rfc3339(text).unwrap().datetime(), zone);
                let stored = serde_json::to_string(&stamp).unwrap();
                assert_eq!(serde_json::from_str::<Timestamp>(&stored).unwrap(), stamp, "{stored}");
            }
        }
        assert!(serde_json::from_str::<Timestamp>("[9223372036854775807,0,0,false]").is_err());
    }

    #[test]
    fn utc_is_written_as_z() {
        assert_eq!(Timestamp::from_unix(0).unwrap().to_rfc3339(), "1970-01-01T00:00:00Z");
    }
}
