//! `feedloom schema`

use super::Exit;
use super::terminal::Terminal;
use crate::config;
use std::io;

pub(super) fn run() -> io::Result<Exit> {
    Terminal::document(config::schema().as_bytes())?;
    Ok(Exit::Done)
}
