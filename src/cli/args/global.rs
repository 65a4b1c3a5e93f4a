//! What every verb can be told.

use crate::diagnostic::Severity;
use crate::pipeline::diff::Kind;
use crate::report::Words;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(next_help_heading = "Options of all commands")]
pub(in crate::cli) struct Global {
    /// Print no summary and no hints, only findings
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(in crate::cli) quiet: bool,
    /// List everything, however much it is
    #[arg(short, long, global = true)]
    pub(in crate::cli) verbose: bool,
    /// Use colours
    #[arg(long, value_enum, default_value_t = Color::Auto, global = true, value_name = "WHEN")]
    pub(in crate::cli) color: Color,
    /// Speak this language [default: that of the environment]
    #[arg(long, value_enum, global = true, value_name = "LANGUAGE")]
    pub(in crate::cli) lang: Option<Lang>,
    /// Use this many threads [default: one a processor]
    #[arg(long, global = true, value_name = "N")]
    pub(in crate::cli) jobs: Option<usize>,
    /// Read this configuration instead of the feedloom.yaml found upwards
    #[arg(long, global = true, value_name = "FILE")]
    pub(in crate::cli) config: Option<PathBuf>,
    /// Work in this folder [default: that of the configuration]
    #[arg(long, global = true, value_name = "DIR")]
    pub(in crate::cli) root: Option<PathBuf>,
    /// Set a key of the configuration, for example feeds.limit=50
    #[arg(long, global = true, value_name = "KEY=VALUE")]
    pub(in crate::cli) set: Vec<String>,
    /// Write findings and lists in this form
    #[arg(long, value_enum, default_value_t = Format::Human, global = true)]
    pub(in crate::cli) format: Format,
    /// Short for --format json
    #[arg(long, global = true, conflicts_with = "format")]
    pub(in crate::cli) json: bool,
    /// End with 1 when there are findings this bad
    #[arg(long, value_enum, default_value_t = FailOn::Error, global = true, value_name = "SEVERITY")]
    pub(in crate::cli) fail_on: FailOn,
    /// Short for --fail-on warning
    #[arg(long, global = true, conflicts_with = "fail_on")]
    pub(in crate::cli) strict: bool,
}

impl Global {
    pub(in crate::cli) fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }

    pub(in crate::cli) fn fail_on(&self) -> FailOn {
        if self.strict { FailOn::Warning } else { self.fail_on }
    }
}

/// What the program speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Lang {
    En,
    Zh,
}

impl Lang {
    /// The words of this language.
    pub(in crate::cli) fn words(self) -> Words {
        match self {
            Self::En => Words::English,
            Self::Zh => Words::Chinese,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    Human,
    Json,
    Jsonl,
    Github,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For reports of tests
    Junit,
}

/// What makes a command end with 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FailOn {
    Error,
    Warning,
    Never,
    /// Differences of this kind: `diff` takes their names too.
    #[value(skip)]
    Difference(Kind),
}

impl FailOn {
    /// Whether something this bad is bad enough.
    pub(in crate::cli) fn includes(self, severity: Severity) -> bool {
        match self {
            Self::Never => false,
            Self::Error | Self::Difference(_) => severity == Severity::Error,
            Self::Warning => severity <= Severity::Warning,
        }
    }
}
