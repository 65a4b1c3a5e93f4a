//! `feedloom init`

use super::args::{Global, Init};
use super::terminal::Terminal;
use super::{Exit, setup};
use crate::config::{self, Found};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::publish::single;
use crate::publish::write::PublishError;
use std::io;
use std::path::Path;

/// What must not be committed: feedloom's own folder.
const STATE: &str = ".feedloom/";

pub(super) fn run(_: &Init, global: &Global, terminal: &mut Terminal) -> io::Result<Exit> {
    let working_dir = match setup::working_dir() {
        Ok(folder) => folder,
        Err(finding) => return terminal.fail(&[finding]),
    };
    let root = global.root.as_ref().map_or_else(|| working_dir.clone(), |root| working_dir.join(root));
    let named = global.config.as_ref().map(|file| working_dir.join(file));
    let shown = |file: &Path| setup::shown(file, &working_dir);
    let file = named.unwrap_or_else(|| root.join(config::FILES.first().copied().unwrap_or_default()));
    let there = config::FILES.iter().map(|name| root.join(name)).chain([file.clone()]).find(|file| file.symlink_metadata().is_ok());
    if let Some(there) = there {
        let message = "expected no configuration yet, found one; it stays as it is";
        let finding = Diagnostic::new(Code::ForeignFile, Place::file(shown(&there)), message);
        return terminal.fail(&[finding.with_help("edit it, or move it away and run `feedloom init` again")]);
    }
    let mut findings = Vec::new();
    let mut found = Found::default();
    found.said = config::generator::read(&root, None, &shown, &mut findings);
    found.content_dir = content_dir(&root, found.said.is_some());
    if let Err(error) = single::create(&file, found.outline().as_bytes()).and_then(|()| ignore(&root)) {
        let place = Place::file(shown(error.path()));
        findings.push(Diagnostic::new(Code::CannotWrite, place, error.to_string()).with_help("check the folder's permissions"));
        return terminal.fail(&findings);
    }
    terminal.findings(&findings)?;
    let site = found
        .said
        .as_ref()
        .map_or_else(String::new, |said| format!(" for a site of {}, which {} describes", said.generator.title(), said.files.join(", ")));
    let knows_url = found.said.as_ref().is_some_and(|said| said.facts.iter().any(|fact| fact.key == "site.url"));
    let first = if knows_url { "" } else { "set site.url in it, then " };
    terminal.summary(&format!(
        "wrote {}{site}\nnext: {first}run `feedloom build`; `feedloom explain ARTICLE` says where everything came from\n",
        shown(&file)
    ))?;
    Ok(terminal.exit(&findings))
}

/// The folder of the articles, when it is not where it is looked for anyway.
fn content_dir(root: &Path, is_known: bool) -> Option<String> {
    let is_there = |dir: &&str| root.join(dir).is_dir();
    if is_known || is_there(&"content") {
        return None;
    }
    ["source/_posts", "_posts", "posts", "blog", "docs"].into_iter().find(is_there).map(ToOwned::to_owned)
}

/// Sees to it that version control leaves feedloom's own folder alone.
fn ignore(root: &Path) -> Result<(), PublishError> {
    let file = root.join(".gitignore");
    let mut bytes = std::fs::read(&file).unwrap_or_default();
    let is_there = String::from_utf8_lossy(&bytes).lines().any(|line| [STATE, ".feedloom", "/.feedloom/", "/.feedloom"].contains(&line.trim()));
    if is_there {
        return Ok(());
    }
    if !bytes.is_empty() && !bytes.ends_with(b"\n") {
        bytes.push(b'\n');
    }
    bytes.extend_from_slice(STATE.as_bytes());
    bytes.push(b'\n');
    single::write(&file, &bytes).map(drop)
}
