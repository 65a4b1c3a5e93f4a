//! The only door to the current time.
//!
//! The clock decides only what is held back (dated in the future, expired) and what is asked for when; it never decides what is
//! written.

use crate::model::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where the current time comes from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Always this instant: for reproducible builds (`--now`, `SOURCE_DATE_EPOCH`).
    Fixed(Timestamp),
    /// A time that moves only when somebody moves it: for tests of what waits. Who waits for an instant moves it there.
    Manual(Manual),
}

/// A time in milliseconds since 1970-01-01T00:00:00Z that all who hold it share.
#[derive(Clone, Debug, Default)]
pub struct Manual(Arc<AtomicI64>);

impl Manual {
    /// A time that stands at this second (Unix).
    pub fn at(seconds: i64) -> Self {
        Self(Arc::new(AtomicI64::new(seconds.saturating_mul(1000))))
    }

    /// Moves the time to this millisecond, unless it is past.
    pub fn advance_to(&self, millis: i64) {
        self.0.fetch_max(millis, Ordering::SeqCst);
    }

    /// The millisecond that it is.
    pub fn millis(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl Clock {
    /// Seconds since 1970-01-01T00:00:00Z, now.
    pub fn unix(&self) -> i64 {
        match self {
            Self::System => system_millis().div_euclid(1000),
            Self::Fixed(instant) => instant.unix(),
            Self::Manual(time) => time.millis().div_euclid(1000),
        }
    }

    /// Milliseconds for measuring how long something takes and for spacing what happens: those of the machine unless the time is
    /// moved by hand, also where a fixed instant stands for the date.
    pub fn millis(&self) -> i64 {
        match self {
            Self::System | Self::Fixed(_) => system_millis(),
            Self::Manual(time) => time.millis(),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one door to the machine's clock")]
fn system_millis() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| i64::try_from(passed.as_millis()).unwrap_or(i64::MAX))
}
