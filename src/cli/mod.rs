//! The command line: the only place that prints, reads the environment and ends the program.
//!
//! Results go to stdout, everything else to stderr. Exit codes: 0 done · 1 done, with findings at or above `--fail-on`, or
//! a difference where `--check` expected none · 2 usage, configuration, input and output · 3 a source fails for longer than it may.

mod args;
mod build;
mod completions;
mod diff;
mod explain;
#[cfg(feature = "fetch")]
mod fetch;
mod init;
mod inspect;
mod language;
mod lint;
mod man;
mod mend;
mod merge;
#[cfg(feature = "fetch")]
mod ping;
#[cfg(feature = "fetch")]
mod progress;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod setup;
#[cfg(feature = "fetch")]
mod sources;
#[cfg(feature = "fetch")]
mod store;
mod table;
mod terminal;
mod topics;

use args::{Arguments, Verb};
use clap::{CommandFactory, FromArgMatches};
use std::process::ExitCode;
use terminal::Terminal;

/// How a verb ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    Done,
    Findings,
    Failed,
    /// A source fails for longer than it may.
    #[cfg(feature = "fetch")]
    Stale,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Findings => 1,
            Exit::Failed => 2,
            #[cfg(feature = "fetch")]
            Exit::Stale => 3,
        })
    }
}

/// Runs the program with the arguments and the environment of the process.
pub fn main() -> ExitCode {
    let words = language::spoken();
    // What clap has read it can also give out.
    let matches = language::command(Arguments::command(), words).get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let mut terminal = Terminal::new(&arguments.global);
    if let Some(jobs) = arguments.global.jobs {
        // Fails only when a pool exists already, which then serves as well.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    }
    let exit = match &arguments.verb {
        Verb::Build(verb) => build::run(verb, &arguments.global, &mut terminal),
        Verb::Completions(verb) => completions::run(verb),
        Verb::Diff(verb) => diff::run(verb, &arguments.global, &mut terminal),
        Verb::Explain(verb) => explain::run(verb, &arguments.global, &mut terminal),
        #[cfg(feature = "fetch")]
        Verb::Fetch(verb) => fetch::run(verb, &arguments.global, &mut terminal),
        Verb::Init(verb) => init::run(verb, &arguments.global, &mut terminal),
        Verb::Inspect(verb) => inspect::run(verb, &arguments.global, &mut terminal),
        Verb::Lint(verb) => lint::run(verb, &arguments.global, &mut terminal),
        Verb::Man(verb) => man::run(verb, &mut terminal),
        Verb::Merge(verb) => merge::run(verb, &arguments.global, &mut terminal),
        #[cfg(feature = "fetch")]
        Verb::Ping(verb) => ping::run(verb, &arguments.global, &mut terminal),
        Verb::Schema => schema::run(),
        #[cfg(feature = "serve")]
        Verb::Serve(verb) => serve::run(verb, &arguments.global, &mut terminal),
        #[cfg(feature = "fetch")]
        Verb::Sources(verb) => sources::run(verb, &arguments.global, &mut terminal),
        Verb::Topics(verb) => topics::run(verb, &arguments.global, &mut terminal),
    };
    match exit {
        Ok(exit) => exit.into(),
        // Whoever reads has seen enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(_) => Exit::Failed.into(),
    }
}
