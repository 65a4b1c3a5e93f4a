//! `feedloom fetch`

use super::args::{Fetch, Format, Global};
use super::build::{entries as of_entries, plural};
use super::progress::Progress;
use super::setup::{self, Project};
use super::table::table;
use super::terminal::Terminal;
use super::{Exit, store};
use crate::clock::Clock;
use crate::config;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::Timestamp;
use crate::pipeline::fetch::{Done, Options, Outcome, Report, fetch};
use crate::source::list::Source;
use crate::source::schedule::Wait;
use crate::text::near::nearest;
use std::io;

pub(super) fn run(verb: &Fetch, global: &Global, terminal: &mut Terminal) -> io::Result<Exit> {
    let options = match options(verb, global, terminal)? {
        Ok(options) => options,
        Err(findings) => return terminal.fail(&findings),
    };
    let Options { sources, .. } = &options.0;
    if sources.is_empty() {
        return terminal.fail(&[none()]);
    }
    let (options, root) = options;
    let mut store = match store::open(&root) {
        Ok(store) => store,
        Err(finding) => return terminal.fail(&[finding]),
    };
    let mut progress = Progress::new(&options.sources, terminal);
    let outcome = fetch(&options, &mut store, &mut |event| progress.show(&event));
    progress.end();
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(error) => return terminal.fail(&[store::finding(&error)]),
    };
    report(&outcome, &options, terminal)?;
    Ok(match terminal.exit(&outcome.findings) {
        _ if outcome.is_stale && !verb.tolerate => Exit::Stale,
        exit => exit,
    })
}

type Asked = (Options, std::path::PathBuf);

fn options(verb: &Fetch, global: &Global, terminal: &mut Terminal) -> io::Result<Result<Asked, Vec<Diagnostic>>> {
    let project = match Project::read(global) {
        Ok(project) => project,
        Err(findings) => return Ok(Err(findings)),
    };
    // `SOURCE_DATE_EPOCH` is for what is built: by a time that stands still nothing would ever be due, and all would be new then.
    let clock = match verb.now.as_deref().map_or(Ok(Clock::System), |now| setup::clock(Some(now))) {
        Ok(clock) => clock,
        Err(finding) => return Ok(Err(vec![finding])),
    };
    let subscribed = project.sources();
    terminal.remarks(&subscribed.findings)?;
    let sources = match chosen(subscribed.sources, &verb.sources) {
        Ok(sources) => sources,
        Err(finding) => return Ok(Err(vec![finding])),
    };
    let http = config::http(&project.settings, verb.allow_private, &clock);
    let owner = format!("{}-{}", std::process::id(), clock.millis());
    let mut options = config::fetch(&project.settings, sources, http, owner, clock);
    options.force = verb.force;
    options.tolerate = verb.tolerate;
    options.in_ci = setup::in_ci();
    Ok(Ok((options, project.root)))
}

fn none() -> Diagnostic {
    Diagnostic::new(Code::SourceUnusable, Place::file("sources"), "expected external feeds to fetch, found none configured")
        .with_help("add one: feedloom sources add https://example.org/")
}

/// The sources that are named: by their address, or by a part of address or title. All when nothing is named.
pub(super) fn chosen(sources: Vec<Source>, words: &[String]) -> Result<Vec<Source>, Diagnostic> {
    if words.is_empty() {
        return Ok(sources);
    }
    for word in words {
        if !sources.iter().any(|source| is_named(source, word)) {
            let names = sources.iter().flat_map(|source| [Some(source.url.as_str()), source.title.as_deref()]).flatten();
            let help = match nearest(word, names) {
                Some(near) => format!("did you mean {near}?"),
                None => "`feedloom sources list` lists them".to_owned(),
            };
            let finding = Diagnostic::new(Code::SourceUnusable, Place::file(word.as_str()), "expected a source of this name, found none");
            return Err(finding.with_help(help));
        }
    }
    Ok(sources.into_iter().filter(|source| words.iter().any(|word| is_named(source, word))).collect())
}

/// Whether a word names a source.
pub(super) fn is_named(source: &Source, word: &str) -> bool {
    let word = word.to_lowercase();
    source.url.to_lowercase().contains(&word) || source.title.as_ref().is_some_and(|title| title.to_lowercase().contains(&word))
}

fn report(outcome: &Outcome, options: &Options, terminal: &mut Terminal) -> io::Result<()> {
    let rows = || outcome.reports.iter().filter_map(|report| Some(row(report, options.sources.get(report.source)?)));
    match terminal.format() {
        Format::Json => {
            terminal.result(&(serde_json::to_string_pretty(&rows().collect::<Vec<_>>()).unwrap_or_default() + "\n"))?;
            terminal.remarks(&outcome.findings)
        }
        Format::Jsonl => {
            terminal.result(&rows().map(|row| serde_json::to_string(&row).unwrap_or_default() + "\n").collect::<String>())?;
            terminal.remarks(&outcome.findings)
        }
        Format::Github | Format::Sarif | Format::Junit => {
            terminal.findings(&outcome.findings)?;
            terminal.note(&summary(outcome))
        }
        Format::Human => {
            terminal.findings(&outcome.findings)?;
            terminal.summary(&(human(outcome, options, terminal.verbose()) + &summary(outcome)))
        }
    }
}

/// A source as programs see it.
#[derive(serde::Serialize)]
struct Row<'a> {
    url: &'a str,
    title: Option<&'a str>,
    result: &'static str,
    status: Option<u16>,
    kind: Option<&'static str>,
    message: Option<&'a str>,
    entries: Option<usize>,
    new: usize,
    changed: usize,
    renamed: usize,
    dropped: usize,
    repairs: usize,
    millis: i64,
    next_due: Option<String>,
    waits_because: Option<&'static str>,
    stale_since: Option<String>,
}

fn row<'a>(report: &'a Report, source: &'a Source) -> Row<'a> {
    let state = &report.state;
    let failure = match &report.result {
        Done::Failed(failure) => Some(failure),
        _ => None,
    };
    let (entries, saved) = match &report.result {
        Done::Stored { entries, saved } => (Some(*entries), *saved),
        _ => (None, crate::source::store::Saved::default()),
    };
    let date = |instant: i64| Timestamp::from_unix(instant).map(|date| date.to_rfc3339());
    Row {
        url: &source.url,
        title: source.title.as_deref().or(state.title.as_deref()),
        result: word(&report.result),
        status: failure.and_then(|failure| failure.status),
        kind: failure.map(|failure| failure.kind.as_str()),
        message: failure.map(|failure| failure.message.as_str()),
        entries,
        new: saved.new,
        changed: saved.changed,
        renamed: saved.renamed,
        dropped: saved.dropped,
        repairs: report.repairs.len(),
        millis: report.millis,
        next_due: (!state.gone).then(|| date(state.due.max(state.not_before.unwrap_or(0)))).flatten(),
        waits_because: if let Done::Later { why, .. } = &report.result { Some(why.as_str()) } else { None },
        stale_since: state.stale_since().and_then(date),
    }
}

/// What became of a source, in one word.
pub(super) fn word(result: &Done) -> &'static str {
    match result {
        Done::Stored { .. } => "stored",
        Done::Unchanged => "unchanged",
        Done::Failed(_) => "failed",
        Done::Ended => "ended",
        Done::Later { .. } => "not-due",
        Done::Taken => "taken",
    }
}

/// A table of the sources that brought something or failed; of all that were asked, on request.
fn human(outcome: &Outcome, options: &Options, verbose: bool) -> String {
    let is_shown = |report: &&Report| match &report.result {
        Done::Stored { saved, .. } => verbose || saved.new + saved.changed > 0,
        Done::Failed(_) => true,
        Done::Unchanged | Done::Ended | Done::Later { .. } | Done::Taken => verbose,
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for report in outcome.reports.iter().filter(is_shown) {
        let Some(source) = options.sources.get(report.source) else { continue };
        let (new, changed, what) = match &report.result {
            Done::Stored { entries, saved } => (saved.new.to_string(), saved.changed.to_string(), of_entries(*entries)),
            Done::Failed(failure) => (String::new(), String::new(), failure.kind.as_str().to_owned()),
            Done::Later { until, why } => (String::new(), String::new(), format!("not before {}: {}", instant(*until), why.as_str())),
            result => (String::new(), String::new(), word(result).to_owned()),
        };
        let name = source.title.as_deref().or(report.state.title.as_deref()).unwrap_or(&source.url);
        let time = if report.millis > 0 { seconds(report.millis) } else { String::new() };
        rows.push(vec![name.to_owned(), word(&report.result).to_owned(), new, changed, what, time]);
    }
    if rows.is_empty() { String::new() } else { table(&["source", "result", "new", "changed", "", "time"], &rows) }
}

fn instant(seconds: i64) -> String {
    Timestamp::from_unix(seconds).map_or_else(String::new, |date| date.to_rfc3339())
}

/// `1.2 s`
pub(super) fn seconds(millis: i64) -> String {
    format!("{}.{} s", millis / 1000, millis % 1000 / 100)
}

fn summary(outcome: &Outcome) -> String {
    let count = |is: &dyn Fn(&Done) -> bool| outcome.reports.iter().filter(|report| is(&report.result)).count();
    let saved = |of: fn(&crate::source::store::Saved) -> usize| -> usize {
        outcome.reports.iter().filter_map(|report| if let Done::Stored { saved, .. } = &report.result { Some(of(saved)) } else { None }).sum()
    };
    let mut text = format!("{}: {} fetched", plural(outcome.reports.len(), "source"), count(&|done| matches!(done, Done::Stored { .. })));
    for (number, what) in [
        (count(&|done| *done == Done::Unchanged), "unchanged"),
        (count(&|done| matches!(done, Done::Failed(_))), "failed"),
        (count(&|done| matches!(done, Done::Later { .. })), "not due"),
        (count(&|done| *done == Done::Ended), "ended"),
        (count(&|done| *done == Done::Taken), "being fetched by another run (one that was killed lets go after 3 minutes)"),
    ] {
        if number > 0 {
            text.push_str(&format!(", {number} {what}"));
        }
    }
    let later = outcome.reports.iter().filter_map(|report| if let Done::Later { until, why } = report.result { Some((until, why)) } else { None });
    if let Some((until, why)) = later.min_by_key(|(until, _)| *until) {
        // Who has just asked for something and got nothing wants to know why.
        let force = if why == Wait::Asked { "" } else { "; --force asks at once" };
        text.push_str(&format!("\nthe next is due at {}: {}{force}", instant(until), why.as_str()));
    }
    let new = saved(|saved| saved.new);
    text.push_str(&format!("\n{new} new {}, {} changed\n", if new == 1 { "entry" } else { "entries" }, saved(|saved| saved.changed)));
    text
}
