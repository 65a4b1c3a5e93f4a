//! Folders on this machine → word that something in them changed.
//!
//! An editor saves a file in several steps, and a checkout touches hundreds: word is given once it is quiet, or after a short while
//! in any case.

use crate::clock::Clock;
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

/// Silence that ends a change.
const QUIET: Duration = Duration::from_millis(50);
/// A change that does not end is told after so many milliseconds all the same.
const LONGEST: i64 = 400;
/// How often a system is asked that gives no word itself.
const POLL: Duration = Duration::from_millis(500);

/// What a build reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sources {
    /// Folders, with all that is in them.
    pub folders: BTreeSet<PathBuf>,
    /// Single files; they need not be there yet.
    pub files: BTreeSet<PathBuf>,
    /// Folders that a build writes itself.
    pub ignored: BTreeSet<PathBuf>,
}

impl Sources {
    fn hold(&self, path: &Path) -> bool {
        let is_ignored = self.ignored.iter().any(|folder| path.starts_with(folder));
        !is_ignored && (self.files.contains(path) || self.folders.iter().any(|folder| path.starts_with(folder)))
    }
}

/// What the main thread waits for.
#[derive(Debug)]
pub(super) enum Word {
    /// Something happened at these paths.
    Touched(Vec<PathBuf>),
    /// The server ended.
    Ended,
}

/// What a change calls for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    /// Something that a build reads is other.
    pub(super) of_sources: bool,
    /// Something that is served is other.
    pub(super) of_output: bool,
    /// There is nothing to wait for any more.
    pub(super) is_end: bool,
}

/// Watches the out folder, and what a build reads.
pub(super) struct Watch {
    out: PathBuf,
    sources: Sources,
    watcher: Box<dyn Watcher>,
    watched: BTreeSet<PathBuf>,
}

impl Watch {
    /// Begins to watch; where the system gives no word of changes, they are looked for.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub(super) fn begin(out: PathBuf, sources: Sources, sender: &Sender<Word>) -> Result<Self, String> {
        let recommended = RecommendedWatcher::new(handler(sender.clone()), Config::default()).map(|watcher| Box::new(watcher) as Box<dyn Watcher>);
        let watcher = match recommended {
            Ok(watcher) => watcher,
            Err(_) => polling(sender)?,
        };
        let mut watch = Self { out, sources, watcher, watched: BTreeSet::new() };
        // A system that watches only so many folders.
        if watch.follow().is_err() {
            watch.watcher = polling(sender)?;
            watch.watched.clear();
            watch.follow().map_err(|error| error.to_string())?;
        }
        Ok(watch)
    }

    /// Other sources from now on, if there are others; folders that were not there before are watched, too.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub(super) fn renew(&mut self, sources: Option<Sources>) -> Result<(), String> {
        self.sources = sources.unwrap_or_else(|| std::mem::take(&mut self.sources));
        self.follow().map_err(|error| error.to_string())
    }

    fn follow(&mut self) -> notify::Result<()> {
        // A folder that was removed and made again has to be watched again.
        for gone in self.watched.iter().filter(|folder| !folder.is_dir()).cloned().collect::<Vec<_>>() {
            let _ = self.watcher.unwatch(&gone);
            self.watched.remove(&gone);
        }
        let whole = self.sources.folders.iter().chain([&self.out]).map(|folder| (folder.clone(), RecursiveMode::Recursive));
        // What is not there yet, and files that are replaced, are heard of in their folder.
        let around = self.sources.folders.iter().chain([&self.out]).chain(&self.sources.files).filter_map(|path| path.parent());
        let around = around.map(|folder| (folder.to_path_buf(), RecursiveMode::NonRecursive));
        for (folder, mode) in whole.chain(around).collect::<Vec<_>>() {
            if !self.watched.contains(&folder) && folder.is_dir() {
                self.watcher.watch(&folder, mode)?;
                self.watched.insert(folder);
            }
        }
        Ok(())
    }

    /// Waits until something is other, and it is quiet again.
    pub(super) fn wait(&self, words: &Receiver<Word>) -> Change {
        let mut change = Change::default();
        while change == Change::default() {
            match words.recv() {
                Ok(word) => self.add(&word, &mut change),
                Err(_) => change.is_end = true,
            }
        }
        let began = Clock::System.millis();
        while !change.is_end && Clock::System.millis() - began < LONGEST {
            match words.recv_timeout(QUIET) {
                Ok(word) => self.add(&word, &mut change),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => change.is_end = true,
            }
        }
        change
    }

    fn add(&self, word: &Word, change: &mut Change) {
        match word {
            Word::Ended => change.is_end = true,
            Word::Touched(paths) => {
                change.of_output |= paths.iter().any(|path| path.starts_with(&self.out));
                change.of_sources |= paths.iter().any(|path| self.sources.hold(path));
            }
        }
    }
}

fn polling(sender: &Sender<Word>) -> Result<Box<dyn Watcher>, String> {
    let watcher = PollWatcher::new(handler(sender.clone()), Config::default().with_poll_interval(POLL));
    watcher.map(|watcher| Box::new(watcher) as Box<dyn Watcher>).map_err(|error| error.to_string())
}

fn handler(sender: Sender<Word>) -> impl Fn(notify::Result<Event>) + Send + 'static {
    move |event| {
        // That a file was read is no change; an error is about one folder, and the others are heard of.
        if let Ok(event) = event
            && !event.kind.is_access()
        {
            // Nobody listens any more when the server ends.
            let _ = sender.send(Word::Touched(event.paths));
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the files that are watched are written")]
mod tests {
    use super::*;
    use std::fs;
    use std::sync::mpsc::channel;

    #[test]
    fn what_a_build_writes_is_no_source() {
        let set = |paths: &[&str]| paths.iter().map(PathBuf::from).collect::<BTreeSet<_>>();
        let sources = Sources { folders: set(&["/s"]), files: set(&["/c/feedloom.yaml"]), ignored: set(&["/s/feeds", "/s/.feedloom"]) };
        for (path, expected) in [
            ("/s/a.md", true),
            ("/s", true),
            ("/s/feeds/rss.xml", false),
            ("/s/feeds-of-mine.md", true),
            ("/c/feedloom.yaml", true),
            ("/c/feedloom.yaml~", false),
            ("/t/a.md", false),
        ] {
            assert_eq!(sources.hold(Path::new(path)), expected, "{path}");
        }
    }

    #[test]
    fn changes_are_heard_of_also_in_folders_that_come_later() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let (content, out, file) = (root.join("content"), root.join("feeds"), root.join("feedloom.yaml"));
        let sources = Sources { folders: [content.clone()].into(), files: [file.clone()].into(), ignored: [out.clone()].into() };
        let (sender, words) = channel();
        let mut watch = Watch::begin(out.clone(), sources.clone(), &sender).unwrap();
        let heard = |watch: &Watch, what: &dyn Fn(Change) -> bool| {
            // Words of an earlier step may still be under way.
            while !what(watch.wait(&words)) {}
        };
        fs::create_dir(&content).unwrap();
        heard(&watch, &|change| change.of_sources);
        watch.renew(Some(sources)).unwrap();
        fs::create_dir(content.join("deep")).unwrap();
        fs::write(content.join("a.md"), "x").unwrap();
        heard(&watch, &|change| change.of_sources);
        fs::create_dir(&out).unwrap();
        heard(&watch, &|change| change.of_output);
        watch.renew(None).unwrap();
        fs::write(out.join("rss.xml"), "x").unwrap();
        heard(&watch, &|change| change.of_output && !change.of_sources);
        fs::write(root.join("new"), "x").unwrap();
        fs::rename(root.join("new"), &file).unwrap();
        heard(&watch, &|change| change.of_sources);
        sender.send(Word::Ended).unwrap();
        heard(&watch, &|change| change.is_end);
    }
}
