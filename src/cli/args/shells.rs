//! The verbs for shells, manuals and editors: `completions`, `man`, `schema`.

use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(in crate::cli) struct Completions {
    /// The shell to complete in
    #[arg(value_enum)]
    pub(in crate::cli) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Man {
    /// Write a page for each command into this folder, instead of the first one to standard output
    #[arg(value_name = "DIR")]
    pub(in crate::cli) dir: Option<PathBuf>,
}
