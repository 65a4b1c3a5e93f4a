//! `feedloom completions`

use super::Exit;
use super::args::{Arguments, Completions};
use super::terminal::Terminal;
use clap::CommandFactory;
use std::io;

pub(super) fn run(verb: &Completions) -> io::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(verb.shell, &mut Arguments::command(), env!("CARGO_PKG_NAME"), &mut script);
    Terminal::document(&script)?;
    Ok(Exit::Done)
}
