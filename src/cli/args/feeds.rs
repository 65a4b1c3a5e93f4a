//! The verbs that take feeds, wherever they are from: `inspect`, `lint`, `merge`.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(in crate::cli) struct Inspect {
    /// A file, an address, or - for standard input
    #[arg(required_unless_present = "batch")]
    pub(in crate::cli) input: Option<PathBuf>,
    /// Read paths from standard input and write one line of JSON for each, in order
    #[arg(long, conflicts_with = "input")]
    pub(in crate::cli) batch: bool,
    /// The zone of dates that state none [default: that of the feed's language, else UTC]
    #[arg(long, value_name = "ZONE")]
    pub(in crate::cli) timezone: Option<String>,
    /// Ask also private addresses
    #[cfg(feature = "fetch")]
    #[arg(long)]
    pub(in crate::cli) allow_private: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Lint {
    /// Feeds, subscription lists, folders, addresses, or - for standard input
    #[arg(required_unless_present_any = ["rules", "explain"], value_name = "INPUT")]
    pub(in crate::cli) inputs: Vec<PathBuf>,
    /// The address that the input is going to have; with a slash at its end, that of the folder
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) base: Option<String>,
    /// End with 1 when there are more warnings than this
    #[arg(long, value_name = "N")]
    pub(in crate::cli) max_warnings: Option<usize>,
    /// Only findings with these codes
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(in crate::cli) only: Vec<String>,
    /// No findings with these codes
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(in crate::cli) ignore: Vec<String>,
    /// No findings that this file knows
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) baseline: Option<PathBuf>,
    /// Write what is found now into the baseline
    #[arg(long, requires = "baseline")]
    pub(in crate::cli) update_baseline: bool,
    /// Write a mended copy: to standard output, unless --out or --in-place says otherwise
    #[arg(long, conflicts_with = "update_baseline")]
    pub(in crate::cli) fix: bool,
    /// Write the mended copy into this file; those of several documents into this folder
    #[arg(short, long, visible_alias = "output", requires = "fix", value_name = "PATH")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// Write what is mended over the files themselves
    #[arg(long, requires = "fix", conflicts_with = "out")]
    pub(in crate::cli) in_place: bool,
    /// The zone of dates that state none, for --fix [default: the site's, else they are left as they are]
    #[arg(long, requires = "fix", value_name = "ZONE")]
    pub(in crate::cli) timezone: Option<String>,
    /// List all rules
    #[arg(long, conflicts_with = "inputs")]
    pub(in crate::cli) rules: bool,
    /// Say what a rule wants, with a document that breaks it and one that does not
    #[arg(long, value_name = "CODE", conflicts_with_all = ["inputs", "rules"])]
    pub(in crate::cli) explain: Option<String>,
    /// Take this as the current time
    #[arg(long, value_name = "TIME", help = "Take this as the current time [default: SOURCE_DATE_EPOCH, else the clock]")]
    pub(in crate::cli) now: Option<String>,
    /// Ask also private addresses
    #[cfg(feature = "fetch")]
    #[arg(long)]
    pub(in crate::cli) allow_private: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Merge {
    /// Feeds, folders, subscription lists, addresses, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(in crate::cli) inputs: Vec<PathBuf>,
    /// The format to write
    #[arg(short, long, value_enum, default_value_t = MergeTo::Rss, value_name = "FORMAT")]
    pub(in crate::cli) to: MergeTo,
    /// Write into this file instead of standard output; it is replaced in one step
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// The newest N entries; 0 = all
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(in crate::cli) limit: usize,
    /// The title of the feed [default: made of the titles of the inputs]
    #[arg(long)]
    pub(in crate::cli) title: Option<String>,
    /// The address that the feed is going to have
    #[arg(long)]
    pub(in crate::cli) url: Option<String>,
    /// Only entries of this date or later, in the zone of --timezone, else in UTC
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) since: Option<String>,
    /// Only entries in which this is found: a regular expression, or title:, text:, author:, category:, link:, language:, any: and one
    #[arg(long, value_name = "PATTERN")]
    pub(in crate::cli) include: Vec<String>,
    /// No entries in which this is found
    #[arg(long, value_name = "PATTERN")]
    pub(in crate::cli) exclude: Vec<String>,
    /// The zone of dates that state none [default: that of a feed's language, else UTC]
    #[arg(long, value_name = "ZONE")]
    pub(in crate::cli) timezone: Option<String>,
    /// Ask also private addresses
    #[cfg(feature = "fetch")]
    #[arg(long)]
    pub(in crate::cli) allow_private: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum MergeTo {
    Rss,
    Atom,
    Json,
    Opml,
}
