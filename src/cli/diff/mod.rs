//! `feedloom diff`

mod git;
mod show;

use super::Exit;
use super::args::{Diff, Format, Global};
use super::setup::Project;
use super::terminal::Terminal;
use crate::config;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::pipeline::diff::{OnDisk, Outcome, Side, diff};
use git::Commit;
use std::ffi::OsStr;
use std::io;
use std::path::Path;

pub(super) fn run(verb: &Diff, global: &Global, terminal: &mut Terminal) -> io::Result<Exit> {
    let sides = side(&verb.old, global).and_then(|old| Ok((old, side(&verb.new, global)?)));
    let (mut old, mut new) = match sides {
        Ok(sides) => sides,
        Err(findings) => return terminal.fail(&findings),
    };
    if is_one(old.as_ref()) != is_one(new.as_ref()) {
        return terminal.fail(&[unlike(verb)]);
    }
    let outcome = diff(old.as_mut(), new.as_mut());
    if outcome.feeds == 0 && !outcome.unreadable {
        let none = Diagnostic::new(Code::NotAFeed, Place::file(shown(&verb.new)), "expected feeds to compare, found none on either side");
        return terminal.fail(&[none.with_help("name two folders of feeds, two feeds, or commits in which the out folder is committed")]);
    }
    let fails = |kind| verb.fails_on(kind, global.strict);
    match terminal.format() {
        Format::Human => {
            terminal.findings(&outcome.findings)?;
            terminal.summary(&show::counts(&outcome))?;
            terminal.result(&show::lines(&outcome, terminal.verbose()))?;
        }
        Format::Json => {
            terminal.result(&show::json(&outcome, &shown(&verb.old), &shown(&verb.new)))?;
            terminal.remarks(&outcome.findings)?;
        }
        Format::Jsonl => {
            terminal.result(&show::json_lines(&outcome))?;
            terminal.remarks(&outcome.findings)?;
        }
        // An annotation is for what somebody should look at.
        Format::Github => {
            let verbose = terminal.verbose();
            terminal.findings(&show::findings(&outcome, |kind| verbose || fails(kind) || kind.severity() < crate::diagnostic::Severity::Info))?;
            terminal.note(&show::counts(&outcome))?;
        }
        Format::Sarif | Format::Junit => {
            terminal.findings(&show::findings(&outcome, |_| true))?;
            terminal.note(&show::counts(&outcome))?;
        }
    }
    Ok(exit(&outcome, fails))
}

fn exit(outcome: &Outcome, fails: impl Fn(crate::pipeline::diff::Kind) -> bool) -> Exit {
    if outcome.unreadable {
        Exit::Failed
    } else if outcome.counts().into_keys().any(fails) {
        Exit::Findings
    } else {
        Exit::Done
    }
}

/// What a word names: something on this machine, else a commit.
fn side(word: &OsStr, global: &Global) -> Result<Box<dyn Side>, Vec<Diagnostic>> {
    let path = Path::new(word);
    if path.symlink_metadata().is_ok() {
        let opened = OnDisk::open(path).map(|side| Box::new(side) as Box<dyn Side>);
        return opened.map_err(|error| vec![Diagnostic::new(Code::UnreadableFile, Place::file(shown(word)), error.to_string())]);
    }
    let project = Project::read(global)?;
    let out = config::out_folder(&project.settings, &project.document, &project.root);
    let commit = Commit::open(&word.to_string_lossy(), &project.root, &out);
    commit.map(|commit| Box::new(commit) as Box<dyn Side>).map_err(|why| {
        let message = format!("expected a folder, a feed, or a commit of git, found neither: {why}");
        vec![Diagnostic::new(Code::UnreadableFile, Place::file(shown(word)), message).with_help(
            "a commit is named as git names it, such as HEAD~1, origin/main or a tag; in CI, fetch enough of the history (fetch-depth: 0)",
        )]
    })
}

fn is_one(side: &dyn Side) -> bool {
    side.paths().iter().any(String::is_empty)
}

fn unlike(verb: &Diff) -> Diagnostic {
    let message = format!("expected two folders or two feeds, found one of each: {} and {}", shown(&verb.old), shown(&verb.new));
    Diagnostic::new(Code::BadValue, Place::file("diff"), message).with_help("a feed in a commit is COMMIT:PATH, such as HEAD:feeds/rss.xml")
}

fn shown(word: &OsStr) -> String {
    word.to_string_lossy().replace('\\', "/")
}
