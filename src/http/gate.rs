//! The distance between two requests to one host and port.
//!
//! In: where a request goes. Out: a turn, when it is its turn; the next one is given when that is dropped and the gap is over. Requests
//! to this machine itself take none. Nothing here opens a connection; the time is the clock's.

use super::address::is_this_machine;
use crate::clock::Clock;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;
use url::Url;

/// One gate for each host and port.
#[derive(Debug)]
pub(super) struct Gates {
    clock: Clock,
    /// Milliseconds between the starts of two requests.
    gap: i64,
    /// When the next request may start, in milliseconds; locked while one is under way. Whoever comes first goes first.
    next: Mutex<HashMap<String, Arc<tokio::sync::Mutex<i64>>>>,
}

/// The right to ask a host, until it is dropped.
#[derive(Debug)]
#[must_use]
pub(super) struct Turn(#[expect(dead_code, reason = "held, not read")] Option<OwnedMutexGuard<i64>>);

impl Gates {
    pub(super) fn new(clock: Clock, gap: i64) -> Self {
        Self { clock, gap, next: Mutex::default() }
    }

    /// Waits until this host may be asked. Who holds a turn must drop it before taking another.
    pub(super) async fn turn(&self, url: &Url) -> Turn {
        if is_this_machine(url) {
            return Turn(None);
        }
        let key = format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default());
        let gate = Arc::clone(self.next.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
        let mut next = gate.lock_owned().await;
        // A machine's clock that was set back must not make anybody wait for longer than the gap.
        let wait = next.saturating_sub(self.clock.millis()).min(self.gap);
        if wait > 0 {
            self.wait(wait).await;
        }
        *next = self.clock.millis().saturating_add(self.gap);
        Turn(Some(next))
    }

    async fn wait(&self, millis: i64) {
        if let Clock::Manual(time) = &self.clock {
            time.advance_to(time.millis().saturating_add(millis));
        } else {
            tokio::time::sleep(Duration::from_millis(millis.unsigned_abs())).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Manual;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_host_is_asked_once_a_gap() {
        let time = Manual::at(0);
        let gates = Gates::new(Clock::Manual(time.clone()), 1000);
        crate::http::run(async {
            let mut starts = Vec::new();
            for place in ["http://a.test/1", "http://a.test:80/2", "http://a.test/3", "https://a.test/4", "http://b.test/", "http://a.test:81/"] {
                let _turn = gates.turn(&url(place)).await;
                starts.push(time.millis());
            }
            assert_eq!(starts, [0, 1000, 2000, 2000, 2000, 2000]);
        })
        .unwrap();
    }

    #[test]
    fn time_that_passes_otherwise_counts() {
        let time = Manual::at(0);
        let gates = Gates::new(Clock::Manual(time.clone()), 1000);
        crate::http::run(async {
            drop(gates.turn(&url("http://a.test/")).await);
            time.advance_to(700);
            drop(gates.turn(&url("http://a.test/")).await);
            assert_eq!(time.millis(), 1000);
            time.advance_to(5000);
            drop(gates.turn(&url("http://a.test/")).await);
            assert_eq!(time.millis(), 5000);
        })
        .unwrap();
    }

    #[test]
    fn the_gap_is_waited_for_by_the_machines_clock_too() {
        let clock = Clock::System;
        let gates = Gates::new(clock.clone(), 30);
        let began = clock.millis();
        crate::http::run(async {
            for _ in 0..3 {
                drop(gates.turn(&url("http://a.test/")).await);
            }
        })
        .unwrap();
        // The clock may have moved on by a part of a millisecond before it was read.
        assert!(clock.millis() - began >= 58);
    }

    #[test]
    fn a_clock_that_was_set_back_makes_nobody_wait_for_longer() {
        let gates = Gates::new(Clock::Manual(Manual::at(100)), 1000);
        let later = Gates { clock: Clock::Manual(Manual::at(0)), gap: 1000, next: Mutex::default() };
        crate::http::run(async {
            drop(gates.turn(&url("http://a.test/")).await);
            *later.next.lock().unwrap() = std::mem::take(&mut *gates.next.lock().unwrap());
            drop(later.turn(&url("http://a.test/")).await);
        })
        .unwrap();
        assert_eq!(later.clock.millis(), 1000);
    }

    #[test]
    fn this_machine_needs_no_distance() {
        let time = Manual::at(0);
        let gates = Gates::new(Clock::Manual(time.clone()), 1000);
        crate::http::run(async {
            for place in ["http://127.0.0.1/", "http://127.9.9.9/", "http://[::1]/", "http://localhost/", "http://a.localhost/"] {
                // Two turns at once.
                let turns = (gates.turn(&url(place)).await, gates.turn(&url(place)).await);
                drop(turns);
            }
        })
        .unwrap();
        assert_eq!(time.millis(), 0);
    }
}
