//! feedloom turns anything that has entries into feeds that every reader accepts.

pub mod clock;
pub mod diagnostic;
pub mod model;
