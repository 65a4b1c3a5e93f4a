//! `feedloom topics`

use super::args::{Format, Global, Topics};
use super::table::table;
use super::terminal::Terminal;
use super::{Exit, setup};
use crate::pipeline::build::{Options, topics};
use crate::topic::{Topic, TopicKind};
use std::io;

#[derive(serde::Serialize)]
struct Row<'a> {
    taxonomy: Option<&'a str>,
    term: &'a str,
    slug: &'a str,
    count: usize,
    language: Option<&'a str>,
    feeds: Vec<String>,
}

pub(super) fn run(verb: &Topics, global: &Global, terminal: &mut Terminal) -> io::Result<Exit> {
    let mut work = match setup::work(&verb.site, None, global) {
        Ok(work) => work,
        Err(findings) => return terminal.fail(&findings),
    };
    let store = match work.store() {
        Ok(store) => store,
        Err(finding) => return terminal.fail(&[finding]),
    };
    let options = work.options;
    let mut found = topics(&options, store);
    found.findings.splice(0..0, work.findings);
    let rows: Vec<Row<'_>> = found.plan.topics.iter().filter(|topic| topic.kind != TopicKind::Site).map(|topic| row(topic, &options)).collect();
    // Strings and numbers always serialise.
    let text = match terminal.format() {
        Format::Json => serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n",
        Format::Jsonl => rows.iter().map(|row| serde_json::to_string(row).unwrap_or_default() + "\n").collect(),
        Format::Human | Format::Github | Format::Sarif | Format::Junit => human(&rows),
    };
    terminal.result(&text)?;
    terminal.remarks(&found.findings)?;
    Ok(terminal.exit(&found.findings))
}

fn row<'a>(topic: &'a Topic, options: &Options) -> Row<'a> {
    let files = options.layout.formats.iter().map(|format| options.layout.feed_file(&topic.path, *format));
    Row {
        taxonomy: topic.taxonomy.as_ref().map(|taxonomy| taxonomy.name.as_str()),
        term: &topic.term,
        slug: &topic.slug,
        count: topic.count,
        language: topic.language.as_ref().map(crate::model::Language::as_str),
        feeds: files.map(|file| format!("{}/{file}", options.out_shown_as)).collect(),
    }
}

fn human(rows: &[Row<'_>]) -> String {
    let cells = |row: &Row<'_>| {
        let folder = row.feeds.first().and_then(|file| file.rsplit_once('/')).map_or_else(String::new, |(folder, _)| folder.to_owned());
        vec![row.taxonomy.unwrap_or("-").to_owned(), row.term.to_owned(), row.count.to_string(), row.language.unwrap_or("-").to_owned(), folder]
    };
    table(&["taxonomy", "term", "entries", "language", "feeds in"], &rows.iter().map(cells).collect::<Vec<_>>())
}
