//! `cargo +nightly fuzz run decode`: the body is in `tests/suite/fuzz/bodies.rs`.
#![no_main]

#[allow(dead_code, reason = "each target has one of the bodies")]
#[path = "../../tests/suite/fuzz/bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::decode(bytes));
