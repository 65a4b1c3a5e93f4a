//! `feedloom build`

use super::Exit;
use super::args::{Build, Global};
use super::setup;
use super::terminal::Terminal;
use crate::content::Hold;
use crate::diagnostic::Diagnostic;
use crate::pipeline::build::{Options, Outcome, build, failure};
use crate::publish::write::Change;
use crate::report::Counts;
use crate::source::stored::Counts as SourceCounts;
use std::fmt::Write;
use std::io;

/// How many held back articles people are shown unless they ask for all.
const SHOWN_HELD: usize = 10;

pub(super) fn run(verb: &Build, global: &Global, terminal: &mut Terminal) -> io::Result<Exit> {
    let (outcome, options) = match once(verb, global, terminal) {
        Ok(built) => built,
        Err(findings) => return terminal.fail(&findings),
    };
    for note in &outcome.notes {
        terminal.notice(&format!("{note}\n"));
    }
    terminal.findings(&outcome.findings)?;
    if !outcome.changes.is_empty() || !outcome.withheld.is_empty() {
        terminal.summary(&summary(&outcome, &options, verb.check, terminal.verbose()))?;
    }
    let differs = outcome.changes.iter().any(|(_, change)| *change != Change::Same);
    Ok(match terminal.exit(&outcome.findings) {
        _ if outcome.incomplete => Exit::Failed,
        _ if verb.check && differs => Exit::Findings,
        exit => exit,
    })
}

/// Reads what is asked for and builds it; or says why it cannot be built at all.
pub(super) fn once(verb: &Build, global: &Global, terminal: &Terminal) -> Result<(Outcome, Options), Vec<Diagnostic>> {
    let mut work = setup::work(&verb.site, Some(verb), global)?;
    let store = work.store().map_err(|finding| vec![finding])?;
    let mut options = work.options;
    options.program = (!verb.no_cache).then(program);
    let waiting = || terminal.notice("another build is under way; waiting for it to end\n");
    let mut outcome = build(&options, store, &waiting).map_err(|error| vec![failure(&error, &options)])?;
    outcome.findings.splice(0..0, work.findings);
    Ok((outcome, options))
}

/// Which program this is. Releases of one version are alike; whoever works on this program builds many of them.
fn program() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let Ok(file) = std::env::current_exe().and_then(std::fs::metadata) else { return version.to_owned() };
    let built = file.modified().ok().filter(|_| cfg!(debug_assertions));
    format!("{version} {} {built:?}", file.len())
}

fn summary(outcome: &Outcome, options: &Options, check: bool, verbose: bool) -> String {
    let mut text = String::new();
    // Writing into a String does not fail.
    let _ = write_summary(&mut text, outcome, options, check, verbose);
    text
}

fn write_summary(text: &mut String, outcome: &Outcome, options: &Options, check: bool, verbose: bool) -> std::fmt::Result {
    let count = |change: Change| outcome.changes.iter().filter(|(_, found)| *found == change).count();
    let broken = outcome.articles - outcome.shown - outcome.held.len();
    // Who only gathers what others write has no articles to hear of.
    let is_planet = outcome.articles == 0 && !outcome.sources.is_empty();
    if !is_planet {
        write!(text, "{}: {} shown", plural(outcome.articles, "article"), outcome.shown)?;
    }
    if !outcome.held.is_empty() {
        let kinds = Hold::ALL.iter().map(|hold| (hold, outcome.held.iter().filter(|(_, found)| *found == *hold).count()));
        let kinds: Vec<String> = kinds.filter(|(_, count)| *count > 0).map(|(hold, count)| format!("{count} {}", hold.as_str())).collect();
        write!(text, ", {} held back ({})", outcome.held.len(), kinds.join(", "))?;
    }
    if broken > 0 {
        write!(text, ", {broken} unreadable")?;
    }
    if !is_planet {
        writeln!(text)?;
    }
    let shown = if verbose { outcome.held.len() } else { SHOWN_HELD };
    for (path, hold) in outcome.held.iter().take(shown) {
        writeln!(text, "  held back: {path} ({})", hold.as_str())?;
    }
    if outcome.held.len() > shown {
        writeln!(text, "  … and {} more (-v lists them)", outcome.held.len() - shown)?;
    }
    if !outcome.sources.is_empty() {
        writeln!(text, "{}", external(outcome, verbose))?;
    }
    writeln!(text, "{}, {} in {}", plural(outcome.topics, "topic"), plural(outcome.feeds, "feed"), options.out_shown_as)?;
    let (added, changed, removed, same) = (count(Change::Added), count(Change::Changed), count(Change::Removed), count(Change::Same));
    let would = if check { "to be " } else { "" };
    writeln!(
        text,
        "{}: {same} unchanged, {changed} {would}changed, {added} {would}added, {removed} {would}removed",
        plural(outcome.changes.len(), "file")
    )?;
    if !outcome.withheld.is_empty() {
        writeln!(text, "{} withheld by the linter", plural(outcome.withheld.len(), "file"))?;
    }
    let counts = Counts::of(&outcome.findings);
    if counts.errors + counts.warnings > 0 {
        writeln!(text, "{}, {}", plural(counts.errors, "error"), plural(counts.warnings, "warning"))?;
    }
    Ok(())
}

/// What became of the entries of all sources; of each, on request.
fn external(outcome: &Outcome, verbose: bool) -> String {
    let line = |name: &str, counts: &SourceCounts| {
        let mut line = format!("{name}: {} shown", entries(counts.shown));
        for (count, what) in [
            (counts.joined, "joined with others"),
            (counts.filtered, "not wanted"),
            (counts.beyond_limit, "beyond the limit"),
            (counts.held, "held back"),
        ] {
            if count > 0 {
                line.push_str(&format!(", {count} {what}"));
            }
        }
        line
    };
    let mut text = line(&plural(outcome.sources.len(), "source"), &outcome.external());
    if verbose {
        text.extend(outcome.sources.iter().map(|source| format!("\n  {}", line(&source.title, &source.counts))));
    }
    text
}

pub(super) fn entries(count: usize) -> String {
    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
}

pub(super) fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
