//! feedloom turns anything that has entries into feeds that every reader accepts.

#[cfg(feature = "cli")]
pub mod cli;
pub mod clock;
pub mod config;
pub mod content;
pub mod diagnostic;
pub mod format;
pub mod model;
pub mod pipeline;
pub mod publish;
pub mod report;
pub mod syntax;
pub mod text;
pub mod topic;
