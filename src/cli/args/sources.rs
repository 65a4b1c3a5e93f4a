//! The verbs of external feeds: `fetch`, `ping`, `sources`.

use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(in crate::cli) struct Fetch {
    /// Addresses of sources, or parts of their addresses or titles [default: all]
    #[arg(value_name = "SOURCE")]
    pub(in crate::cli) sources: Vec<String>,
    /// Ask also those that are not due, and those that have ended
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// Ask also private addresses, for feeds of an intranet
    #[arg(long)]
    pub(in crate::cli) allow_private: bool,
    /// End with 0 also when a source fails for longer than its max-stale
    #[arg(long)]
    pub(in crate::cli) tolerate: bool,
    /// Take this as the current time
    #[arg(long, value_name = "TIME", help = "Take this as the current time [default: the clock]")]
    pub(in crate::cli) now: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Ping {
    /// Tell nobody; list what would be told
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Tell also a hub with a private address
    #[arg(long)]
    pub(in crate::cli) allow_private: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Sources {
    #[command(subcommand)]
    pub(in crate::cli) verb: SourcesVerb,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum SourcesVerb {
    /// List the sources with what is configured for them
    List,
    /// Add a feed, or the feed of a page, to the subscription list
    Add(AddSource),
    /// Remove sources from the subscription list, and their entries from the store
    Remove(RemoveSource),
    /// Add the feeds of subscription lists (OPML); folders become categories
    Import(ImportSources),
    /// Write all sources as a subscription list (OPML), without credentials
    Export(ExportSources),
    /// Say how the sources do: last success, next request, failures
    Status(SourcesStatus),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AddSource {
    /// The address of a feed, or of a page that names its feeds
    pub(in crate::cli) url: String,
    /// What it is called [default: what the feed calls itself]
    #[arg(long)]
    pub(in crate::cli) title: Option<String>,
    /// The category that its entries are filed under; a/b stands for b below a
    #[arg(short, long, value_name = "CATEGORY")]
    pub(in crate::cli) category: Option<String>,
    /// Take this one of the feeds that the page names
    #[arg(long, value_name = "N")]
    pub(in crate::cli) choose: Option<usize>,
    /// Ask also private addresses
    #[arg(long)]
    pub(in crate::cli) allow_private: bool,
    /// Add it as it is, without asking its server
    #[arg(long, conflicts_with = "choose")]
    pub(in crate::cli) offline: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RemoveSource {
    /// Addresses of sources, or parts of their addresses or titles that only they have
    #[arg(required = true, value_name = "SOURCE")]
    pub(in crate::cli) sources: Vec<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportSources {
    /// Subscription lists, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(in crate::cli) files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExportSources {
    /// Write into this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct SourcesStatus {
    /// Write an HTML page instead of a table
    #[arg(long)]
    pub(in crate::cli) html: bool,
    /// Write into this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Take this as the current time
    #[arg(long, value_name = "TIME", help = "Take this as the current time [default: SOURCE_DATE_EPOCH, else the clock]")]
    pub(in crate::cli) now: Option<String>,
}
