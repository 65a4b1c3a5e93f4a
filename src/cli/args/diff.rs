//! `diff`: two states of published feeds.

use super::global::FailOn;
use crate::pipeline::diff::Kind;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _};
use std::ffi::OsString;

#[derive(Debug, Args)]
pub(in crate::cli) struct Diff {
    /// What was published: a folder of feeds, a feed, or a commit of git (its out folder; COMMIT:PATH for another folder or one feed)
    pub(in crate::cli) old: OsString,
    /// What is published now, or is going to be: the same
    pub(in crate::cli) new: OsString,
    // The same name and type as the option of all commands, which it stands for here: differences have severities too.
    /// End with 1 on differences this bad, or of these kinds (separated by commas)
    #[arg(id = "fail_on", long = "fail-on", value_name = "WHAT", value_delimiter = ',', default_value = "error", value_parser = what())]
    pub(in crate::cli) fail_on: Vec<FailOn>,
}

impl Diff {
    /// Whether a difference of this kind makes the command end with 1.
    pub(in crate::cli) fn fails_on(&self, kind: Kind, strict: bool) -> bool {
        self.fail_on.iter().any(|what| match what {
            FailOn::Difference(named) => *named == kind,
            severity => (if strict { FailOn::Warning } else { *severity }).includes(kind.severity()),
        })
    }
}

fn what() -> impl clap::builder::TypedValueParser<Value = FailOn> {
    let severities = [
        PossibleValue::new("error").help("feed-lost, id-changed and lost"),
        PossibleValue::new("warning").help("these, date-changed and feed-changed"),
        PossibleValue::new("never"),
    ];
    let kinds = Kind::ALL.iter().map(|kind| PossibleValue::new(kind.as_str()).help(kind.code().title()));
    PossibleValuesParser::new(severities.into_iter().chain(kinds)).map(|word| {
        let kind = || Kind::ALL.iter().find(|kind| kind.as_str() == word).map(|kind| FailOn::Difference(*kind));
        match word.as_str() {
            "warning" => FailOn::Warning,
            "never" => FailOn::Never,
            _ => kind().unwrap_or(FailOn::Error),
        }
    })
}
