//! The words of the command line: all verbs here, what each of them can be told in the files beside.

mod diff;
mod feeds;
mod global;
mod shells;
mod site;
#[cfg(feature = "fetch")]
mod sources;

use clap::{Parser, Subcommand};

pub(super) use diff::Diff;
pub(super) use feeds::{Inspect, Lint, Merge, MergeTo};
pub(super) use global::{Color, FailOn, Format, Global, Lang};
pub(super) use shells::{Completions, Man};
#[cfg(feature = "serve")]
pub(super) use site::Serve;
pub(super) use site::{Build, Explain, Init, Site, Topics};
#[cfg(feature = "fetch")]
pub(super) use sources::{AddSource, Fetch, ImportSources, Ping, RemoveSource, Sources, SourcesStatus, SourcesVerb};

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

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Write the feeds of a site
    #[command(after_help = "Examples:
  feedloom build
  feedloom build --base-url https://example.org/ --language zh-CN
  feedloom build --check --format github     in CI: fails when feeds/ is not current")]
    Build(Build),
    /// Print the completions of a shell
    #[command(after_help = "Examples:
  feedloom completions bash > ~/.local/share/bash-completion/completions/feedloom
  feedloom completions zsh > ~/.zfunc/_feedloom
  feedloom completions fish > ~/.config/fish/completions/feedloom.fish
  feedloom completions powershell >> $PROFILE")]
    Completions(Completions),
    /// Say what subscribers will notice between two states of the feeds
    ///
    /// Compares entry by entry, offline. Errors are what subscribers suffer from: feeds that are gone, entries whose id changed, so that
    /// every reader shows them once more, and entries that vanish although the feed has room for them. To make room for newer ones is
    /// normal.
    #[command(after_help = "Examples:
  feedloom diff HEAD~1 HEAD                                committed feeds
  feedloom diff origin/main feeds --format github          in CI, after build and before deployment
  feedloom diff published/ feeds/ --fail-on lost,id-changed,feed-lost
  feedloom diff HEAD:feeds/rss.xml feeds/rss.xml --json    one feed")]
    Diff(Diff),
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
    /// Write a feedloom.yaml for the site in this folder
    ///
    /// Looks at what the configuration of Hugo, Hexo, Jekyll or Zola says, and writes a commented feedloom.yaml that repeats none of it.
    /// Never overwrites one. Adds feedloom's own folder to .gitignore.
    #[command(after_help = "Examples:
  feedloom init
  feedloom init --root my-site")]
    Init(Init),
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
    /// Print the manual
    #[command(after_help = "Examples:
  feedloom man | man -l -
  feedloom man ~/.local/share/man/man1     a page for each command")]
    Man(Man),
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
    /// Print the schema of feedloom.yaml, for editors
    ///
    /// JSON Schema 2020-12. With `# yaml-language-server: $schema=feedloom.schema.json` as the first line of feedloom.yaml, editors
    /// complete and check its keys.
    #[command(after_help = "Examples:
  feedloom schema > feedloom.schema.json")]
    Schema,
    /// Show the feeds and their pages on this machine, as they will be on the web
    ///
    /// Builds, then answers on loopback with what a good server says of feeds: media types, validators and 304, packed bodies. With
    /// --watch it builds after each change and reloads the pages that are open; what is wrong is shown there too.
    #[cfg(feature = "serve")]
    #[command(after_help = "Examples:
  feedloom serve --watch
  feedloom serve --watch --drafts --out /tmp/preview     drafts too, and nothing of them in feeds/
  feedloom serve --port 0                                a free port")]
    Serve(Serve),
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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }
}
