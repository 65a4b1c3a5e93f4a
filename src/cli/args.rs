//! The words of the command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Turns articles into feeds that every reader accepts
///
/// Reads a folder of Markdown articles (Hugo, Hexo, Jekyll, Zola) and writes RSS 2.0, Atom 1.0 and JSON Feed 1.1 for the whole
/// site and for each category and tag.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) verb: Verb,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Options of all commands")]
pub(super) struct Global {
    /// Print no summary and no hints, only findings
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// List everything, however much it is
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    /// Use colours
    #[arg(long, value_enum, default_value_t = Color::Auto, global = true, value_name = "WHEN")]
    pub(super) color: Color,
    /// Use this many threads [default: one a processor]
    #[arg(long, global = true, value_name = "N")]
    pub(super) jobs: Option<usize>,
    /// Read this configuration instead of the feedloom.yaml found upwards
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Work in this folder [default: that of the configuration]
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) root: Option<PathBuf>,
    /// Set a key of the configuration, for example feeds.limit=50
    #[arg(long, global = true, value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,
    /// Write findings and lists in this form
    #[arg(long, value_enum, default_value_t = Format::Human, global = true)]
    pub(super) format: Format,
    /// Short for --format json
    #[arg(long, global = true, conflicts_with = "format")]
    pub(super) json: bool,
    /// End with 1 when there are findings this bad
    #[arg(long, value_enum, default_value_t = FailOn::Error, global = true, value_name = "SEVERITY")]
    pub(super) fail_on: FailOn,
    /// Short for --fail-on warning
    #[arg(long, global = true, conflicts_with = "fail_on")]
    pub(super) strict: bool,
}

impl Global {
    pub(super) fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }

    pub(super) fn fail_on(&self) -> FailOn {
        if self.strict { FailOn::Warning } else { self.fail_on }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Human,
    Json,
    Jsonl,
    Github,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For reports of tests
    Junit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Write the feeds of a site
    #[command(after_help = "Examples:
  feedloom build
  feedloom build --base-url https://example.org/ --language zh-CN
  feedloom build --check --format github     in CI: fails when feeds/ is not current")]
    Build(Build),
    /// Say where an article's language, date, summary, thumbnail and id came from
    #[command(after_help = "Examples:
  feedloom explain content/posts/hello.md
  feedloom explain content/posts/hello.md --json")]
    Explain(Explain),
    /// Bring external feeds into the store
    ///
    /// Asks each source that is due, only for what changed, politely: one request at a time to a host, never earlier than its server
    /// wants. `build` then weaves what is stored into the site's topics. A source that fails keeps its entries.
    #[cfg(feature = "fetch")]
    #[command(after_help = "Examples:
  feedloom fetch                          all sources that are due
  feedloom fetch example.org --force      this one now
  feedloom fetch --format github          in CI; ends with 3 when a source fails for longer than its max-stale")]
    Fetch(Fetch),
    /// Say what a feed holds, and what had to be repaired to read it
    #[command(after_help = "Examples:
  feedloom inspect feed.xml
  feedloom inspect feed.xml --json
  feedloom inspect https://example.org/feed
  curl -s https://example.org/feed | feedloom inspect -
  ls feeds/*.xml | feedloom inspect --batch     one line of JSON for each")]
    Inspect(Inspect),
    /// Say what is wrong with feeds and subscription lists
    ///
    /// Checks RSS, Atom, JSON Feed and OPML without asking anybody. Inputs are files, folders of them, addresses, and - for standard
    /// input. Feeds of one topic in one folder are compared with each other.
    #[command(after_help = "Examples:
  feedloom lint feeds --base https://example.org/feeds/     also compares self links
  feedloom lint feed.xml --format sarif --max-warnings 0    in CI
  feedloom lint old/ --baseline lint.json --update-baseline now, and without --update-baseline later: only what is new
  feedloom lint feed.xml --fix -o mended.xml                mends what can be mended; never an id
  feedloom lint feeds --fix --in-place --base https://example.org/feeds/
  feedloom lint --explain FL1001")]
    Lint(Lint),
    /// Make one feed of several, or another format of one
    ///
    /// Inputs are feeds in any format, folders of them, subscription lists (OPML) that name files beside them or addresses, addresses,
    /// and - for standard input. Each entry keeps the feed that it came from; doubles are joined. From a single feed the same feed is written in the
    /// format that is asked for.
    #[command(after_help = "Examples:
  feedloom merge a.xml b.json -o planet.xml --title 'Our planet' --url https://example.org/planet.xml
  feedloom merge feeds-of-friends/ -t atom --limit 50 --exclude 'category:ads'
  feedloom merge old.rdf -t json                  converts
  feedloom merge https://example.org/feed https://example.com/rss.xml -t json
  curl -s https://example.org/feed | feedloom merge - -t atom --since 2025-01-01")]
    Merge(Merge),
    /// Tell the hub which feeds changed since it was last told
    ///
    /// For `WebSub`: run it after the feeds are deployed. Only feeds whose bytes changed are named.
    #[cfg(feature = "fetch")]
    #[command(after_help = "Examples:
  feedloom ping
  feedloom ping --dry-run     lists the feeds")]
    Ping(Ping),
    /// List, add and remove external feeds, and see how they do
    #[cfg(feature = "fetch")]
    #[command(after_help = "Examples:
  feedloom sources add https://example.org/        finds the feed of the site
  feedloom sources import subscriptions.opml
  feedloom sources status")]
    Sources(Sources),
    /// List the topics and their feeds
    #[command(after_help = "Examples:
  feedloom topics
  feedloom topics --json")]
    Topics(Topics),
}

/// What every verb that reads articles can be told.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Options of the site")]
pub(super) struct Site {
    /// Read articles from this folder
    #[arg(long, value_name = "DIR")]
    pub(super) content: Option<PathBuf>,
    /// The site's address
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// The site's language, for example zh-CN
    #[arg(long, value_name = "TAG")]
    pub(super) language: Option<String>,
    /// The zone of dates that state none, for example Asia/Shanghai
    #[arg(long, value_name = "ZONE")]
    pub(super) timezone: Option<String>,
    /// Publish drafts
    #[arg(long)]
    pub(super) drafts: bool,
    /// Publish articles that are dated in the future
    #[arg(long)]
    pub(super) future: bool,
    /// Take this as the current time
    #[arg(long, value_name = "TIME", help = "Take this as the current time [default: SOURCE_DATE_EPOCH, else the clock]")]
    pub(super) now: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Build {
    #[command(flatten)]
    pub(super) site: Site,
    /// Write feeds into this folder
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Write nothing; end with 1 and list the files that would change
    #[arg(long)]
    pub(super) check: bool,
    /// Take over files in the out folder that feedloom did not write
    #[arg(long)]
    pub(super) adopt: bool,
    /// Check what is about to be published; a file that would have an error is not published, and the old one stays
    #[arg(long)]
    pub(super) lint: bool,
    /// Read and keep no index of what was built; everything is made anew
    #[arg(long)]
    pub(super) no_cache: bool,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The article's file
    pub(super) article: PathBuf,
    #[command(flatten)]
    pub(super) site: Site,
}

#[cfg(feature = "fetch")]
#[derive(Debug, Args)]
pub(super) struct Fetch {
    /// Addresses of sources, or parts of their addresses or titles [default: all]
    #[arg(value_name = "SOURCE")]
    pub(super) sources: Vec<String>,
    /// Ask also those that are not due, and those that have ended
    #[arg(long)]
    pub(super) force: bool,
    /// Ask also private addresses, for feeds of an intranet
    #[arg(long)]
    pub(super) allow_private: bool,
    /// End with 0 also when a source fails for longer than its max-stale
    #[arg(long)]
    pub(super) tolerate: bool,
    /// Take this as the current time
    #[arg(long, value_name = "TIME", help = "Take this as the current time [default: the clock]")]
    pub(super) now: Option<String>,
}

#[cfg(feature = "fetch")]
#[derive(Debug, Args)]
pub(super) struct Ping {
    /// Tell nobody; list what would be told
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Tell also a hub with a private address
    #[arg(long)]
    pub(super) allow_private: bool,
}

#[cfg(feature = "fetch")]
#[derive(Debug, Args)]
pub(super) struct Sources {
    #[command(subcommand)]
    pub(super) verb: SourcesVerb,
}

#[cfg(feature = "fetch")]
#[derive(Debug, Subcommand)]
pub(super) enum SourcesVerb {
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

#[cfg(feature = "fetch")]
#[derive(Debug, Args)]
pub(super) struct AddSource {
    /// The address of a feed, or of a page that names its feeds
    pub(super) url: String,
    /// What it is called [default: what the feed calls itself]
    #[arg(long)]
    pub(super) title: Option<String>,
    /// The category that its entries are filed under; a/b stands for b below a
    #[arg(short, long, value_name = "CATEGORY")]
    pub(super) category: Option<String>,
    /// Take this one of the feeds that the page names
    #[arg(long, value_name = "N")]
    pub(super) choose: Option<usize>,
    /// Ask also private addresses
    #[arg(long)]
    pub(super) allow_private: bool,
    /// Add it as it is, without asking its server
    #[arg(long, conflicts_with = "choose")]
    pub(super) offline: bool,
}

#[cfg(feature = "fetch")]
#[derive(Debug, Args)]
pub(super) struct RemoveSource {
    /// Addresses of sources, or parts of their addresses or titles that only they have
    #[arg(required = true, value_name = "SOURCE")]
    pub(super) sources: Vec<String>,
}

#[cfg(feature = "fetch")]
#[derive(Debug, Args)]
pub(super) struct ImportSources {
    /// Subscription lists, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
}

#[cfg(feature = "fetch")]
#[derive(Debug, Args)]
pub(super) struct ExportSources {
    /// Write into this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[cfg(feature = "fetch")]
#[derive(Debug, Args)]
pub(super) struct SourcesStatus {
    /// Write an HTML page instead of a table
    #[arg(long)]
    pub(super) html: bool,
    /// Write into this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Take this as the current time
    #[arg(long, value_name = "TIME", help = "Take this as the current time [default: SOURCE_DATE_EPOCH, else the clock]")]
    pub(super) now: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Inspect {
    /// A file, an address, or - for standard input
    #[arg(required_unless_present = "batch")]
    pub(super) input: Option<PathBuf>,
    /// Read paths from standard input and write one line of JSON for each, in order
    #[arg(long, conflicts_with = "input")]
    pub(super) batch: bool,
    /// The zone of dates that state none [default: that of the feed's language, else UTC]
    #[arg(long, value_name = "ZONE")]
    pub(super) timezone: Option<String>,
    /// Ask also private addresses
    #[cfg(feature = "fetch")]
    #[arg(long)]
    pub(super) allow_private: bool,
}

#[derive(Debug, Args)]
pub(super) struct Lint {
    /// Feeds, subscription lists, folders, addresses, or - for standard input
    #[arg(required_unless_present_any = ["rules", "explain"], value_name = "INPUT")]
    pub(super) inputs: Vec<PathBuf>,
    /// The address that the input is going to have; with a slash at its end, that of the folder
    #[arg(long, value_name = "URL")]
    pub(super) base: Option<String>,
    /// End with 1 when there are more warnings than this
    #[arg(long, value_name = "N")]
    pub(super) max_warnings: Option<usize>,
    /// Only findings with these codes
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(super) only: Vec<String>,
    /// No findings with these codes
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    /// No findings that this file knows
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write what is found now into the baseline
    #[arg(long, requires = "baseline")]
    pub(super) update_baseline: bool,
    /// Write a mended copy: to standard output, unless --out or --in-place says otherwise
    #[arg(long, conflicts_with = "update_baseline")]
    pub(super) fix: bool,
    /// Write the mended copy into this file; those of several documents into this folder
    #[arg(short, long, visible_alias = "output", requires = "fix", value_name = "PATH")]
    pub(super) out: Option<PathBuf>,
    /// Write what is mended over the files themselves
    #[arg(long, requires = "fix", conflicts_with = "out")]
    pub(super) in_place: bool,
    /// The zone of dates that state none, for --fix [default: the site's, else they are left as they are]
    #[arg(long, requires = "fix", value_name = "ZONE")]
    pub(super) timezone: Option<String>,
    /// List all rules
    #[arg(long, conflicts_with = "inputs")]
    pub(super) rules: bool,
    /// Say what a rule wants, with a document that breaks it and one that does not
    #[arg(long, value_name = "CODE", conflicts_with_all = ["inputs", "rules"])]
    pub(super) explain: Option<String>,
    /// Take this as the current time
    #[arg(long, value_name = "TIME", help = "Take this as the current time [default: SOURCE_DATE_EPOCH, else the clock]")]
    pub(super) now: Option<String>,
    /// Ask also private addresses
    #[cfg(feature = "fetch")]
    #[arg(long)]
    pub(super) allow_private: bool,
}

#[derive(Debug, Args)]
pub(super) struct Merge {
    /// Feeds, folders, subscription lists, addresses, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(super) inputs: Vec<PathBuf>,
    /// The format to write
    #[arg(short, long, value_enum, default_value_t = MergeTo::Rss, value_name = "FORMAT")]
    pub(super) to: MergeTo,
    /// Write into this file instead of standard output; it is replaced in one step
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// The newest N entries; 0 = all
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(super) limit: usize,
    /// The title of the feed [default: made of the titles of the inputs]
    #[arg(long)]
    pub(super) title: Option<String>,
    /// The address that the feed is going to have
    #[arg(long)]
    pub(super) url: Option<String>,
    /// Only entries of this date or later, in the zone of --timezone, else in UTC
    #[arg(long, value_name = "DATE")]
    pub(super) since: Option<String>,
    /// Only entries in which this is found: a regular expression, or title:, text:, author:, category:, link:, language:, any: and one
    #[arg(long, value_name = "PATTERN")]
    pub(super) include: Vec<String>,
    /// No entries in which this is found
    #[arg(long, value_name = "PATTERN")]
    pub(super) exclude: Vec<String>,
    /// The zone of dates that state none [default: that of a feed's language, else UTC]
    #[arg(long, value_name = "ZONE")]
    pub(super) timezone: Option<String>,
    /// Ask also private addresses
    #[cfg(feature = "fetch")]
    #[arg(long)]
    pub(super) allow_private: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MergeTo {
    Rss,
    Atom,
    Json,
    Opml,
}

#[derive(Debug, Args)]
pub(super) struct Topics {
    #[command(flatten)]
    pub(super) site: Site,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }
}
