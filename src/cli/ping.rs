//! `feedloom ping`

use super::args::{Format, Global, Ping, Site};
use super::setup::{self, Project};
use super::terminal::Terminal;
use super::{Exit, build::plural, store};
use crate::clock::Clock;
use crate::config;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::http::{self, Client};
use crate::pipeline::ping::{Told, ping, published};
use std::io;

#[derive(serde::Serialize)]
struct Row<'a> {
    hub: &'a str,
    feeds: &'a [String],
    failure: Option<&'a str>,
}

pub(super) fn run(verb: &Ping, global: &Global, terminal: &mut Terminal) -> io::Result<Exit> {
    let options = match setup::work(&Site::default(), None, global) {
        Ok(work) => work.options,
        Err(findings) => return terminal.fail(&findings),
    };
    let told = match tell(verb, global, &options) {
        Ok(told) => told,
        Err(findings) => return terminal.fail(&findings),
    };
    let findings: Vec<Diagnostic> = told
        .iter()
        .filter_map(|told| Some(Diagnostic::new(Code::PingFailed, Place::file(told.hub.as_str()), told.failure.clone()?)))
        .map(|finding| {
            finding.with_help("check feeds.hubs (--allow-private for one in an intranet); it is told the same with the next `feedloom ping`")
        })
        .collect();
    let rows = told.iter().map(|told| Row { hub: &told.hub, feeds: &told.feeds, failure: told.failure.as_deref() });
    match terminal.format() {
        Format::Json => {
            terminal.result(&(serde_json::to_string_pretty(&rows.collect::<Vec<_>>()).unwrap_or_default() + "\n"))?;
            terminal.remarks(&findings)?;
        }
        Format::Jsonl => {
            terminal.result(&rows.map(|row| serde_json::to_string(&row).unwrap_or_default() + "\n").collect::<String>())?;
            terminal.remarks(&findings)?;
        }
        Format::Human | Format::Github | Format::Sarif | Format::Junit => {
            terminal.findings(&findings)?;
            terminal.summary(&human(&told, verb.dry_run, terminal.verbose()))?;
        }
    }
    Ok(terminal.exit(&findings))
}

fn tell(verb: &Ping, global: &Global, options: &crate::pipeline::build::Options) -> Result<Vec<Told>, Vec<Diagnostic>> {
    let one = |finding: Diagnostic| vec![finding];
    if options.site.hubs.is_empty() {
        let finding = Diagnostic::new(Code::BadValue, Place::file(options.configuration.clone()), "expected a hub to tell, found none configured");
        return Err(one(finding.with_help("set feeds.hubs, for example [https://pubsubhubbub.appspot.com/]; `build` then names it in the feeds")));
    }
    let feeds = published(&options.target.out, &options.layout).map_err(|why| {
        one(Diagnostic::new(Code::UnreadableFile, Place::file(options.out_shown_as.as_str()), why).with_help("run `feedloom build` first"))
    })?;
    let project = Project::read(global)?;
    let mut store = store::open(&project.root).map_err(one)?;
    let client = if verb.dry_run {
        None
    } else {
        let http = config::http(&project.settings, verb.allow_private, &Clock::System);
        let client = Client::new(http).map_err(|failure| one(Diagnostic::new(Code::PingFailed, Place::default(), failure.to_string())))?;
        Some(client)
    };
    let told = http::run(ping(&options.site.hubs, &feeds, &mut store, client.as_ref()));
    let told = told.map_err(|failure| one(Diagnostic::new(Code::PingFailed, Place::default(), failure.to_string())))?;
    told.map_err(|error| one(store::finding(&error)))
}

fn human(told: &[Told], dry_run: bool, verbose: bool) -> String {
    let mut text = String::new();
    for told in told {
        let how = match (&told.failure, dry_run) {
            (Some(_), _) => "not told of",
            (None, true) => "would be told of",
            (None, false) => "told of",
        };
        text.push_str(&format!("{} {how} {}\n", told.hub, plural(told.feeds.len(), "changed feed")));
        if verbose || dry_run {
            text.extend(told.feeds.iter().map(|feed| format!("  {feed}\n")));
        }
    }
    text
}
