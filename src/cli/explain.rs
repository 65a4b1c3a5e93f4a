//! `feedloom explain`

use super::args::{Explain, Format, Global};
use super::terminal::Terminal;
use super::{Exit, setup};
use crate::content::{Explanation, Fact, explain};
use crate::diagnostic::{Code, Diagnostic, Place};
use std::fmt::Write;
use std::io;
use unicode_width::UnicodeWidthStr;

#[derive(serde::Serialize)]
struct Row<'a> {
    fact: &'a str,
    value: &'a str,
    from: &'a str,
}

pub(super) fn run(verb: &Explain, global: &Global, terminal: &mut Terminal) -> io::Result<Exit> {
    let work = match setup::work(&verb.site, None, global) {
        Ok(work) => work,
        Err(findings) => return terminal.fail(&findings),
    };
    let options = work.options.content;
    let Some(mut explanation) = explain(&verb.article, &options) else {
        let place = Place::file(verb.article.display().to_string());
        let message =
            format!("expected an article below {}, found none", if options.shown_as.is_empty() { "the content folder" } else { &options.shown_as });
        return terminal.fail(&[Diagnostic::new(Code::UnreadableFile, place, message)
            .with_help("name a file of the content folder; section pages (_index.md) and home pages are no articles")]);
    };
    explanation.facts.extend(work.facts.iter().map(|fact| Fact::new(&fact.key, &fact.value, fact.place.to_string())));
    explanation.findings.splice(0..0, work.findings);
    let text = match terminal.format() {
        Format::Json | Format::Jsonl => json(&explanation, terminal.format()),
        Format::Human | Format::Github | Format::Sarif | Format::Junit => human(&explanation),
    };
    terminal.result(&text)?;
    terminal.remarks(&explanation.findings)?;
    Ok(terminal.exit(&explanation.findings))
}

fn human(explanation: &Explanation) -> String {
    let width = explanation.facts.iter().map(|fact| fact.name.width()).max().unwrap_or(0);
    let mut text = String::new();
    for Fact { name, value, from, .. } in &explanation.facts {
        let padding = " ".repeat(width - name.width());
        let from = if from.is_empty() { String::new() } else { format!("\n{}  ← {from}", " ".repeat(width)) };
        // Writing into a String does not fail.
        let _ = writeln!(text, "{name}{padding}  {value}{from}");
    }
    text
}

fn json(explanation: &Explanation, format: Format) -> String {
    let facts = explanation.facts.iter().map(|fact| Row { fact: &fact.name, value: &fact.value, from: &fact.from });
    // Strings always serialise.
    match format {
        Format::Jsonl => facts.map(|fact| serde_json::to_string(&fact).unwrap_or_default() + "\n").collect(),
        _ => serde_json::to_string_pretty(&facts.collect::<Vec<_>>()).unwrap_or_default() + "\n",
    }
}
