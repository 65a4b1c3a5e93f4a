//! `feedloom merge`

use super::Exit;
use super::args::{Global, Merge, MergeTo};
use super::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::format::{self, Format, date, opml};
use crate::model::Timestamp;
use crate::pipeline::input::Input;
use crate::pipeline::merge::{Options, Outcome, merge};
use crate::publish::single;
use crate::source::filter::{Filter, Pattern};
use crate::text::url::{absolute, is_web};
use chrono_tz::Tz;
use std::io;
use std::sync::Arc;

pub(super) fn run(verb: &Merge, global: &Global, terminal: &mut Terminal) -> io::Result<Exit> {
    let options = match options(verb, global) {
        Ok(options) => options,
        Err(findings) => return terminal.fail(&findings),
    };
    let outcome = merge(&options);
    match verb.output {
        // The document takes standard output; with a file, programs can read findings there.
        None => terminal.remarks(&outcome.findings)?,
        Some(_) => terminal.findings(&outcome.findings)?,
    }
    if verb.to == MergeTo::Opml {
        terminal.remarks(&outcome.homeless.iter().map(homeless).collect::<Vec<_>>())?;
    }
    if outcome.feeds == 0 && (verb.to != MergeTo::Opml || outcome.list.is_empty()) {
        return Ok(Exit::Failed);
    }
    let document = match write(&outcome, verb) {
        Ok(document) => document,
        Err(error) => return terminal.fail(&[Diagnostic::new(Code::CannotWrite, Place::default(), error.to_string())]),
    };
    match &verb.output {
        None => Terminal::document(document.as_bytes())?,
        Some(path) => {
            if let Err(error) = single::write(path, document.as_bytes()) {
                return terminal.fail(&[Diagnostic::new(Code::CannotWrite, Place::file(path.display().to_string()), error.to_string())]);
            }
            terminal.note(&summary(&outcome))?;
        }
    }
    Ok(if outcome.unreadable { Exit::Failed } else { terminal.exit(&outcome.findings) })
}

/// A feed that cannot stand in a list.
fn homeless(name: &Arc<str>) -> Diagnostic {
    let finding =
        Diagnostic::new(Code::FeedUrlUnusable, Place::file(name.clone()), "expected a link to the feed itself, found none; it is not in the list");
    finding.with_help("a list needs the address of each feed: <atom:link rel=\"self\" href=\"…\"/>")
}

fn summary(outcome: &Outcome) -> String {
    let plural = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let mut text = format!(
        "{} with {}: {} written",
        plural(outcome.feeds, "feed", "feeds"),
        plural(outcome.entries, "entry", "entries"),
        outcome.feed.entries.len()
    );
    let doubles = outcome.joined.same_id + outcome.joined.same_page;
    if doubles > 0 {
        text.push_str(&format!(", {} joined", plural(doubles, "double", "doubles")));
    }
    text + "\n"
}

fn write(outcome: &Outcome, verb: &Merge) -> Result<String, format::WriteError> {
    let format = match verb.to {
        MergeTo::Rss => Format::Rss,
        MergeTo::Atom => Format::Atom,
        MergeTo::Json => Format::JsonFeed,
        MergeTo::Opml => {
            let title = crate::text::plain::readable(&outcome.feed.title);
            return Ok(opml::write(&title, &outcome.list, None));
        }
    };
    format::write(&outcome.feed, format)
}

fn options(verb: &Merge, global: &Global) -> Result<Options, Vec<Diagnostic>> {
    let mut options = asked(verb).map_err(|finding| vec![finding])?;
    #[cfg(feature = "fetch")]
    let allow_private = verb.allow_private;
    #[cfg(not(feature = "fetch"))]
    let allow_private = false;
    options.network = super::setup::network(&options.inputs, allow_private, global)?;
    Ok(options)
}

fn asked(verb: &Merge) -> Result<Options, Diagnostic> {
    let zone = verb.timezone.as_deref().map(super::setup::zone).transpose()?;
    Ok(Options {
        network: crate::pipeline::input::Network::default(),
        inputs: verb.inputs.iter().map(|word| Input::new(word)).collect(),
        title: verb.title.clone(),
        url: verb.url.as_deref().map(url).transpose()?,
        since: verb.since.as_deref().map(|text| since(text, zone.unwrap_or(Tz::UTC))).transpose()?,
        filter: filter(verb)?,
        limit: verb.limit,
        zone,
    })
}

/// The address of the feed, in canonical form.
fn url(text: &str) -> Result<String, Diagnostic> {
    let wrong =
        |problem: String| Diagnostic::new(Code::BadValue, Place::file("--url"), problem).with_help("write it as https://example.org/planet.xml");
    match absolute(text) {
        Ok(url) if is_web(&url) => Ok(url),
        Ok(url) => Err(wrong(format!("expected an address of the web, found `{url}`"))),
        Err(problem) => Err(wrong(problem.to_string())),
    }
}

fn since(text: &str, zone: Tz) -> Result<Timestamp, Diagnostic> {
    let wrong = |problem| Diagnostic::new(Code::BadValue, Place::file("--since"), format!("found `{text}`: {problem}"));
    date::read(text, zone).map(|reading| reading.timestamp).map_err(wrong)
}

fn filter(verb: &Merge) -> Result<Filter, Diagnostic> {
    let patterns = |option: &'static str, written: &[String]| -> Result<Vec<Pattern>, Diagnostic> {
        let one = |text: &String| {
            Pattern::new(text)
                .map_err(|why| Diagnostic::new(Code::BadValue, Place::file(option), format!("expected a regular expression, found `{text}`: {why}")))
        };
        written.iter().map(one).collect()
    };
    Ok(Filter { include: patterns("--include", &verb.include)?, exclude: patterns("--exclude", &verb.exclude)? })
}
