//! The commands in README and docs work: each document's blocks of `sh` are run in order, in one folder that holds the sample.
//! In a README each block begins there, in a tutorial in the folder that the block before it went to.
//!
//! A comment right before a block says what of it is not run, and why: `<!-- not run: network -->` nothing of it;
//! `<!-- not run: network: feedloom fetch; curl -->` the lines that begin so. The reasons are `network`, `server`, `installation`.

#![allow(clippy::print_stderr, reason = "what is skipped is told")]

use std::path::{Path, PathBuf};
use std::process::Command;

const REASONS: &[&str] = &["network", "server", "installation"];

/// Documents with their translations; those with commands are run.
const PAIRS: &[(&str, &str)] =
    &[("README.md", "README.zh-CN.md"), ("docs/tutorial-hugo.md", "docs/tutorial-hugo.zh-CN.md"), ("docs/planet.md", "docs/planet.zh-CN.md")];

struct Block {
    line: usize,
    run: Vec<String>,
    skipped: Vec<(String, String)>,
}

fn read(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The blocks of `sh` of a document.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().enumerate();
    let mut before = "";
    while let Some((at, line)) = lines.next() {
        if line.starts_with("```") {
            let body: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
            if line == "```sh" {
                blocks.push(block(at + 1, before, &body));
            }
        }
        before = line;
    }
    blocks
}

fn block(line: usize, before: &str, body: &[&str]) -> Block {
    let mark = before.strip_prefix("<!-- not run: ").and_then(|rest| rest.strip_suffix(" -->"));
    let (reason, starts) = mark.map_or(("", ""), |mark| mark.split_once(": ").unwrap_or((mark, "")));
    assert!(mark.is_none() || REASONS.contains(&reason), "line {line}: {before}");
    let is_skipped = |command: &str| mark.is_some() && (starts.is_empty() || starts.split("; ").any(|start| command.starts_with(start)));
    let (skipped, run): (Vec<&str>, Vec<&str>) = body.iter().partition(|command| is_skipped(command));
    assert!(mark.is_none() || !skipped.is_empty(), "line {line}: nothing begins with that: {before}");
    Block {
        line,
        run: run.into_iter().map(str::to_owned).collect(),
        skipped: skipped.into_iter().map(|command| (reason.to_owned(), command.to_owned())).collect(),
    }
}

/// A command without the comment behind it.
fn bare(command: &str) -> String {
    command.split(" #").next().unwrap().trim_end().to_owned()
}

#[cfg(unix)]
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for (name, bytes) in crate::harness::files(from) {
        let file = to.join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
}

/// In `sample`, the sample site, and beside it the feeds that the documents speak of.
#[cfg(unix)]
fn folder() -> tempfile::TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join("sample").join(name);
    for part in ["content", "feeds", "static"] {
        copy(&root.join(part), &at(part));
    }
    // Somebody's own site lies in no folder that has a configuration.
    copy(&root.join("content"), &folder.path().join("my-site/content"));
    copy(&root.join("static"), &folder.path().join("my-site/static"));
    let languages = ["zh-cn", "zh-tw", "zh-hk", "en"].map(|tag| format!("[languages.{tag}]\nlocale = '{tag}'\n")).concat();
    let hugo = format!("baseURL = 'https://example.org/'\ntitle = '山寺'\ndefaultContentLanguage = 'zh-cn'\n{languages}");
    std::fs::write(folder.path().join("my-site/hugo.toml"), hugo).unwrap();
    std::os::unix::fs::symlink(folder.path().join("my-site"), at("my-site")).unwrap();
    copy(&root.join("feeds/tags"), &at("friends"));
    copy(&root.join("feeds/categories"), &at("old"));
    for (from, to) in [("feedloom.yaml", "feedloom.yaml"), ("feeds/rss.xml", "feed.xml"), ("feeds/rss.xml", "a.xml"), ("feeds/feed.json", "b.json")] {
        std::fs::copy(root.join(from), at(to)).unwrap();
    }
    let rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel rdf:about='https://e.cn/'>\
        <title>旧</title><link>https://e.cn/</link><description>旧</description></channel>\
        <item rdf:about='https://e.cn/1'><title>一</title><link>https://e.cn/1</link></item></rdf:RDF>";
    std::fs::write(at("old.rdf"), rdf).unwrap();
    let opml = "<opml version='2.0'><head><title>友</title></head><body><outline text='友'>\
        <outline text='邻' type='rss' xmlUrl='https://example.net/feed'/></outline></body></opml>";
    std::fs::write(at("subscriptions.opml"), opml).unwrap();
    copy(&root.join("feeds"), &at("published"));
    committed(&at(""));
    folder
}

#[cfg(unix)]
/// Puts the folder under git, with two commits and a branch that was published.
fn committed(folder: &Path) {
    let script = "git init -q && git add . && git commit -qm one && git commit -qm two --allow-empty && git update-ref refs/remotes/origin/main HEAD";
    let who = ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"].map(|name| (name, "a@example.org"));
    let output = Command::new("sh").args(["-c", script]).current_dir(folder).envs(who).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[cfg(unix)]
/// Runs a block as a script that stops at the first command that fails; the folder that it ends in.
fn run(block: &Block, folder: &Path, home: &Path) -> Result<PathBuf, String> {
    let binary = Path::new(env!("CARGO_BIN_EXE_feedloom")).parent().unwrap();
    let path = std::env::join_paths(std::iter::once(binary.to_path_buf()).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap()))).unwrap();
    let script = format!("set -eu\n{}\npwd >\"$HOME/end\"\n", block.run.join("\n"));
    let mut command = Command::new("sh");
    command
        .args(["-c", &script])
        .current_dir(folder)
        .env("PATH", path)
        .env("HOME", home)
        .env("SOURCE_DATE_EPOCH", "1750000000")
        .env("LC_ALL", "C.UTF-8");
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("{}: {said}\n{script}", output.status));
    }
    Ok(PathBuf::from(std::fs::read_to_string(home.join("end")).unwrap().trim_end()))
}

#[cfg(unix)]
/// Runs all commands of a document; how many commands ran.
fn run_all(name: &str) -> usize {
    let (folder, home) = (folder(), tempfile::tempdir().unwrap());
    let mut here = folder.path().join("sample");
    let (mut ran, mut skipped) = (0, 0);
    for block in blocks(&read(name)) {
        for (reason, command) in &block.skipped {
            eprintln!("skipped ({reason}): {name}:{}: {command}", block.line);
        }
        skipped += block.skipped.len();
        ran += block.run.len();
        let end = run(&block, &here, home.path()).unwrap_or_else(|problem| panic!("{name}:{}: {problem}", block.line));
        if name.starts_with("docs/") {
            here = end;
        }
    }
    eprintln!("{name}: {ran} lines run, {skipped} skipped");
    ran
}

#[test]
#[cfg(unix)]
fn the_commands_of_every_document_work() {
    for (english, chinese) in PAIRS {
        for name in [english, chinese] {
            assert!(run_all(name) >= 4, "{name}");
        }
    }
}

#[test]
#[cfg(unix)]
fn a_command_that_fails_would_be_seen() {
    let text = "<!-- not run: network: feedloom fetch -->\n```sh\nfeedloom fetch\nfeedloom topics\nfeedloom lint nothing.xml\ntrue\n```\n";
    let block = blocks(text).pop().unwrap();
    assert_eq!((block.run.len(), block.skipped.len()), (3, 1));
    let (folder, home) = (folder(), tempfile::tempdir().unwrap());
    let problem = run(&block, &folder.path().join("sample"), home.path()).unwrap_err();
    assert!(problem.contains("nothing.xml") && problem.contains("人工智能"), "{problem}");
}

#[test]
fn translations_have_the_same_headings_and_commands() {
    for (english, chinese) in PAIRS {
        let headings = |name: &str| {
            let text = read(name);
            // A comment in a block of code is no heading.
            let prose = text.split("```").step_by(2).collect::<String>();
            prose.lines().filter(|line| line.starts_with('#')).map(|line| line.split(' ').next().unwrap().len()).collect::<Vec<_>>()
        };
        let (one, other) = (headings(english), headings(chinese));
        assert!(one.len() > 4, "{english}: {one:?}");
        assert_eq!(one, other, "{english} and {chinese}");
        let commands = |name: &str| {
            let of = |block: Block| [block.run, block.skipped.into_iter().map(|(_, command)| command).collect()].concat();
            let lines = blocks(&read(name)).into_iter().flat_map(of);
            lines.map(|command| bare(&command)).collect::<Vec<_>>()
        };
        assert_eq!(commands(english), commands(chinese), "{english} and {chinese}");
    }
}
