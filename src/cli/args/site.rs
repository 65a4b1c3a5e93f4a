//! The verbs of a site: `build`, `explain`, `init`, `serve`, `topics`.

use clap::Args;
use std::path::PathBuf;

/// What every verb that reads articles can be told.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Options of the site")]
pub(in crate::cli) struct Site {
    /// Read articles from this folder
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) content: Option<PathBuf>,
    /// The site's address
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) base_url: Option<String>,
    /// The site's language, for example zh-CN
    #[arg(long, value_name = "TAG")]
    pub(in crate::cli) language: Option<String>,
    /// The zone of dates that state none, for example Asia/Shanghai
    #[arg(long, value_name = "ZONE")]
    pub(in crate::cli) timezone: Option<String>,
    /// Publish drafts
    #[arg(long)]
    pub(in crate::cli) drafts: bool,
    /// Publish articles that are dated in the future
    #[arg(long)]
    pub(in crate::cli) future: bool,
    /// Take this as the current time
    #[arg(long, value_name = "TIME", help = "Take this as the current time [default: SOURCE_DATE_EPOCH, else the clock]")]
    pub(in crate::cli) now: Option<String>,
}

#[derive(Debug, Default, Args)]
pub(in crate::cli) struct Build {
    #[command(flatten)]
    pub(in crate::cli) site: Site,
    /// Write feeds into this folder
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// Write nothing; end with 1 and list the files that would change
    #[arg(long)]
    pub(in crate::cli) check: bool,
    /// Take over files in the out folder that feedloom did not write
    #[arg(long)]
    pub(in crate::cli) adopt: bool,
    /// Check what is about to be published; a file that would have an error is not published, and the old one stays
    #[arg(long)]
    pub(in crate::cli) lint: bool,
    /// Read and keep no index of what was built; everything is made anew
    #[arg(long)]
    pub(in crate::cli) no_cache: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Explain {
    /// The article's file
    pub(in crate::cli) article: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) site: Site,
}

#[cfg(feature = "serve")]
#[derive(Debug, Args)]
pub(in crate::cli) struct Serve {
    #[command(flatten)]
    pub(in crate::cli) build: Build,
    /// The port of this machine to answer on; 0 picks a free one
    #[arg(long, default_value_t = 8787, value_name = "N")]
    pub(in crate::cli) port: u16,
    /// Build again after each change, and reload the pages that are open
    #[arg(long)]
    pub(in crate::cli) watch: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Init {}

#[derive(Debug, Args)]
pub(in crate::cli) struct Topics {
    #[command(flatten)]
    pub(in crate::cli) site: Site,
}
