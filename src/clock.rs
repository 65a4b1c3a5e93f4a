//! The only door to the current time.
//!
//! The clock decides only what is held back (dated in the future, expired); it never decides what is written.

use crate::model::Timestamp;
use std::time::{SystemTime, UNIX_EPOCH};

/// Where the current time comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Always this instant: for reproducible builds (`--now`, `SOURCE_DATE_EPOCH`) and for tests.
    Fixed(Timestamp),
}

impl Clock {
    /// Seconds since 1970-01-01T00:00:00Z, now.
    #[expect(clippy::disallowed_methods, reason = "this is the one door to the machine's clock")]
    pub fn unix(&self) -> i64 {
        match self {
            Self::System => SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| i64::try_from(passed.as_secs()).unwrap_or(i64::MAX)),
            Self::Fixed(instant) => instant.unix(),
        }
    }
}
