//! `feedloom man`

use super::Exit;
use super::args::{Arguments, Man};
use super::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::publish::single;
use clap::{Command, CommandFactory};
use std::io;

pub(super) fn run(verb: &Man, terminal: &mut Terminal) -> io::Result<Exit> {
    let mut program = Arguments::command();
    // Gives the verbs their full names and the options that all of them have.
    program.build();
    let Some(dir) = &verb.dir else {
        Terminal::document(&page(&program)?)?;
        return Ok(Exit::Done);
    };
    let mut pending = vec![&program];
    while let Some(command) = pending.pop() {
        let file = dir.join(format!("{}.1", name(command)));
        if let Err(error) = single::write_with_folders(&file, &page(command)?) {
            let place = Place::file(file.display().to_string());
            return terminal.fail(&[Diagnostic::new(Code::CannotWrite, place, error.to_string())]);
        }
        pending.extend(command.get_subcommands());
    }
    Ok(Exit::Done)
}

/// The name of a command's page: `feedloom-sources-add`.
fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

/// A page in roff.
fn page(command: &Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    Ok(page)
}
