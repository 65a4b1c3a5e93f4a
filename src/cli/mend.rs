//! What `feedloom lint --fix` writes: the mended documents, and where.

use super::args::{Format, Lint};
use super::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::pipeline::fix::Mended;
use crate::pipeline::input::Input;
use crate::pipeline::lint::{Checked, Outcome};
use crate::publish::single;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Whether what was asked for can be done, before anything is read.
pub(super) fn check(verb: &Lint) -> Result<(), Diagnostic> {
    let wrong = |option: &str, message: &str, help: &str| Err(Diagnostic::new(Code::BadValue, Place::file(option), message).with_help(help));
    let several = is_several(verb);
    if !verb.fix {
        return Ok(());
    }
    if several && verb.out.is_none() && !verb.in_place {
        return wrong(
            "--fix",
            "expected a place for the mended documents, found none",
            "-o DIR writes them into a folder, --in-place over themselves",
        );
    }
    if verb.in_place && verb.inputs.iter().any(|input| !matches!(Input::new(input), Input::File(_))) {
        return wrong("--in-place", "expected files, found something that cannot be written", "-o FILE writes the mended document into a file");
    }
    if several && verb.out.as_ref().is_some_and(|out| out.is_file()) {
        return wrong("--out", "expected a folder for several documents, found a file", "-o DIR writes them into a folder");
    }
    Ok(())
}

fn is_several(verb: &Lint) -> bool {
    verb.inputs.len() > 1 || verb.inputs.iter().any(|input| input.is_dir())
}

/// Whether the mended document is what goes to standard output.
pub(super) fn takes_stdout(verb: &Lint) -> bool {
    verb.fix && verb.out.is_none() && !verb.in_place
}

/// Writes the mended documents.
pub(super) fn write(verb: &Lint, outcome: &Outcome) -> io::Result<Result<(), Diagnostic>> {
    let mended = outcome.files.iter().filter_map(|file| file.mended.as_ref());
    if takes_stdout(verb) {
        for document in mended {
            Terminal::document(&document.bytes)?;
        }
        return Ok(Ok(()));
    }
    Ok(files(verb, mended).and_then(|files| files.iter().try_for_each(|(file, document)| save(file, document, verb.in_place))))
}

/// Which document goes into which file.
fn files<'m>(verb: &Lint, mended: impl Iterator<Item = &'m Mended>) -> Result<BTreeMap<PathBuf, &'m Mended>, Diagnostic> {
    let several = is_several(verb);
    let mut files: BTreeMap<PathBuf, &Mended> = BTreeMap::new();
    for document in mended {
        let file = match &verb.out {
            Some(out) if several || out.is_dir() => out.join(&document.home.below),
            Some(out) => out.clone(),
            None => document.home.file.clone().unwrap_or_default(),
        };
        if let Some(other) = files.insert(file.clone(), document) {
            // The same file, named twice; what is no file has nothing that could be the same.
            if other.home.file.is_some() && other.home.file == document.home.file {
                continue;
            }
            let message = format!("expected one document for this file, found {} and {}", named(other), named(document));
            return Err(Diagnostic::new(Code::BadValue, Place::file(shown(&file)), message).with_help("mend them into two folders"));
        }
    }
    Ok(files)
}

fn save(file: &Path, document: &Mended, in_place: bool) -> Result<(), Diagnostic> {
    if in_place && document.findings.is_empty() {
        return Ok(());
    }
    let written = single::write_with_folders(file, &document.bytes);
    written.map(|_| ()).map_err(|error| Diagnostic::new(Code::CannotWrite, Place::file(shown(file)), error.to_string()))
}

fn named(document: &Mended) -> String {
    document.home.file.as_deref().map_or_else(|| document.home.below.display().to_string(), shown)
}

fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// What was mended, a line for each rule of each document.
pub(super) fn show(outcome: &Outcome, terminal: &mut Terminal) -> io::Result<()> {
    let text: String = outcome.files.iter().filter_map(|file| file.mended.as_ref()).map(lines).collect();
    if terminal.format() == Format::Human { terminal.result(&text) } else { terminal.note(&text) }
}

fn lines(document: &Mended) -> String {
    let mut codes: BTreeMap<Code, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in &document.findings {
        codes.entry(finding.code).or_default().push(finding);
    }
    let line = |(code, findings): (&Code, &Vec<&Diagnostic>)| {
        let first = findings.first()?;
        let more = if findings.len() > 1 { format!(" and {} more", findings.len() - 1) } else { String::new() };
        let place = &first.place;
        Some(format!("mended: {code} at {}:{}:{}{more}: {}\n", place.path, place.line, place.column, first.message))
    };
    codes.iter().filter_map(line).collect()
}

/// The codes of what was mended, for programs; `None` when nothing was to be.
pub(super) fn codes(file: &Checked) -> Option<Vec<&'static str>> {
    file.mended.as_ref().map(|document| document.findings.iter().map(|finding| finding.code.as_str()).collect())
}
