//! What is read back of a written feed is what the table of losses says: for feeds that others wrote, and for our own.

use feedloom::format::{self, Format, loss, original_id, read};
use feedloom::model::{Feed, IdKind};
use std::path::{Path, PathBuf};

/// Every file of a folder and those below it, in the order of their names.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// The feed in a file, when it is one.
fn feed(path: &Path) -> Option<Feed> {
    let bytes = std::fs::read(path).unwrap();
    read(&bytes, &read::Hints::default()).ok()?.feed().cloned()
}

/// Where two feeds differ first, and what stands there.
fn difference(back: &Feed, left: &Feed) -> String {
    let (back, left) = (format!("{back:#?}"), format!("{left:#?}"));
    let pairs: Vec<_> = back.lines().zip(left.lines()).collect();
    let at = pairs.iter().position(|(a, b)| a != b).unwrap_or(0);
    let lines = pairs.iter().skip(at.saturating_sub(8)).take(14).map(|(a, b)| if a == b { (*a).to_owned() } else { format!("{a} | {b}") });
    lines.collect::<Vec<_>>().join("\n")
}

/// In how many ways the law is broken.
fn broken(path: &Path, feed: &Feed) -> Vec<String> {
    let mut found = Vec::new();
    for &format in Format::ALL {
        let left = loss::after(feed, format);
        let written = match format::write(feed, format) {
            Ok(written) => written,
            Err(error) => {
                found.push(format!("{}: {error}", path.display()));
                continue;
            }
        };
        match read(written.as_bytes(), &read::Hints::default()) {
            Ok(reading) if reading.feed() == Some(&left) => {}
            Ok(reading) => {
                found.push(format!("{}: {} (read | declared)\n{}", path.display(), format.name(), difference(reading.feed().unwrap(), &left)));
            }
            Err(error) => found.push(format!("{}: {}: {error}", path.display(), format.name())),
        }
        for (entry, kept) in feed.entries.iter().zip(&left.entries) {
            if entry.id.kind() != IdKind::Derived && original_id(kept) != original_id(entry) {
                found.push(format!("{}: {}: the id `{}` became `{}`", path.display(), format.name(), entry.id.as_str(), kept.id.as_str()));
            }
        }
        let twice = loss::after(&left, format);
        if twice != left {
            found.push(format!("{}: {} (twice | once)\n{}", path.display(), format.name(), difference(&twice, &left)));
        }
    }
    found
}

fn check(paths: &[PathBuf]) -> usize {
    let mut found = Vec::new();
    let mut feeds = 0;
    for path in paths {
        if let Some(feed) = feed(path) {
            feeds += 1;
            found.extend(broken(path, &feed));
        }
    }
    assert!(found.is_empty(), "{} of {feeds} feeds\n{}", found.len(), found.into_iter().take(20).collect::<Vec<_>>().join("\n\n"));
    feeds
}

#[test]
fn the_law_holds_for_the_feeds_of_others() {
    // Each feed is read, written and read six times over, which takes long without optimisation.
    const STEP: usize = 3;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/reader/feeds");
    let mut all = Vec::new();
    files(&folder, &mut all);
    if all.is_empty() {
        eprintln!("skipped: ../shared is missing");
        return;
    }
    let step = std::env::var("LAW_STEP").ok().and_then(|step| step.parse().ok()).unwrap_or(STEP);
    let some: Vec<PathBuf> = all.into_iter().step_by(step).collect();
    assert!(check(&some) > 100);
}

#[test]
fn the_law_holds_for_the_sample() {
    let mut all = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("feeds"), &mut all);
    assert!(check(&all) > 30);
}
