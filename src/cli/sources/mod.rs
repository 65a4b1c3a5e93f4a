//! `feedloom sources`

mod change;
mod status;

use super::Exit;
use super::args::{Format, Global, Sources, SourcesVerb};
use super::setup::Project;
use super::table::table;
use super::terminal::Terminal;
use crate::config::Subscribed;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::format::opml;
use crate::publish::single;
use crate::source::list::Source;
use crate::source::outlines::{self, Listed};
use std::io;
use std::path::Path;

pub(super) fn run(verb: &Sources, global: &Global, terminal: &mut Terminal) -> io::Result<Exit> {
    let project = match Project::read(global) {
        Ok(project) => project,
        Err(findings) => return terminal.fail(&findings),
    };
    match &verb.verb {
        SourcesVerb::List => list(&project.sources(), terminal),
        SourcesVerb::Add(add) => change::add(add, &project, terminal),
        SourcesVerb::Remove(remove) => change::remove(remove, &project, terminal),
        SourcesVerb::Import(import) => change::import(import, &project, terminal),
        SourcesVerb::Export(export) => {
            let subscribed = project.sources();
            let title = project.settings.site.title.as_deref().unwrap_or("feedloom");
            let document = opml::write(title, &outlines::of(subscribed.sources.iter().map(Listed::from)), None);
            written(&document, export.output.as_deref(), &subscribed.findings, terminal)
        }
        SourcesVerb::Status(status) => status::run(status, &project, terminal),
    }
}

/// Writes a document into a file, or on standard output.
fn written(document: &str, output: Option<&Path>, findings: &[Diagnostic], terminal: &mut Terminal) -> io::Result<Exit> {
    terminal.remarks(findings)?;
    match output {
        None => Terminal::document(document.as_bytes())?,
        Some(path) => {
            if let Err(error) = single::write(path, document.as_bytes()) {
                return terminal.fail(&[Diagnostic::new(Code::CannotWrite, Place::file(path.display().to_string()), error.to_string())]);
            }
        }
    }
    Ok(terminal.exit(findings))
}

/// A source as programs see it.
#[derive(serde::Serialize)]
struct Row<'a> {
    url: &'a str,
    title: Option<&'a str>,
    topics: Vec<String>,
    language: Option<&'a str>,
    configured_in: &'a str,
}

fn list(subscribed: &Subscribed, terminal: &mut Terminal) -> io::Result<Exit> {
    let row = |source| -> Row<'_> {
        let source: &Source = source;
        Row {
            url: &source.url,
            title: source.title.as_deref(),
            topics: source.terms.iter().map(|term| format!("{}:{}", term.taxonomy, term.path.join("/"))).collect(),
            language: source.language.as_ref().map(crate::model::Language::as_str),
            configured_in: &source.place.path,
        }
    };
    let rows: Vec<Row<'_>> = subscribed.sources.iter().map(row).collect();
    let text = match terminal.format() {
        Format::Json => serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n",
        Format::Jsonl => rows.iter().map(|row| serde_json::to_string(row).unwrap_or_default() + "\n").collect(),
        Format::Human | Format::Github | Format::Sarif | Format::Junit => {
            let cells = |row: &Row<'_>| {
                let or = |text: Option<&str>| text.unwrap_or("-").to_owned();
                vec![or(row.title), row.url.to_owned(), row.topics.join(", "), or(row.language), row.configured_in.to_owned()]
            };
            table(&["title", "address", "topics", "language", "in"], &rows.iter().map(cells).collect::<Vec<_>>())
        }
    };
    terminal.result(&text)?;
    terminal.remarks(&subscribed.findings)?;
    Ok(terminal.exit(&subscribed.findings))
}
