//! The out folder, and the only way to write into it.
//!
//! Files are replaced in one step (written beside, then renamed), and only when their bytes change. A file that the
//! manifest does not list is somebody else's: it is neither replaced nor removed. Symbolic links are not followed. A run
//! that is killed leaves whole files, and a manifest that lists at least what it wrote; two runs take turns.

use super::manifest::{self, Manifest, is_plain};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Where to publish, and how.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Target {
    /// The out folder.
    pub out: PathBuf,
    /// feedloom's own folder (`.feedloom`), for the lock and for half-written files.
    pub state: PathBuf,
    /// Only compare: write nothing.
    pub check: bool,
    /// Take over files that are in the way.
    pub adopt: bool,
}

impl Target {
    /// An out folder and feedloom's own folder.
    pub fn new(out: impl Into<PathBuf>, state: impl Into<PathBuf>) -> Self {
        Self { out: out.into(), state: state.into(), check: false, adopt: false }
    }
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Change {
    /// Its bytes are as they were.
    Same,
    /// It was replaced, or would be.
    Changed,
    /// It was not there before.
    Added,
    /// It is no longer published.
    Removed,
}

/// Why a file could not be published.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PublishError {
    /// Somebody else's file is in the way.
    #[error("expected no file there, or one that feedloom wrote, found another's")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A symbolic link is on the way to the file.
    #[error("expected a folder or a file, found a symbolic link at {}", link.display())]
    Link {
        /// The file.
        path: PathBuf,
        /// The link.
        link: PathBuf,
    },
    /// The manifest cannot be understood.
    #[error(transparent)]
    Manifest(#[from] manifest::ManifestError),
    /// The system refused.
    #[error("expected to {action}, found: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        action: &'static str,
        /// Why it failed.
        source: io::Error,
    },
}

impl PublishError {
    /// The file or folder that it is about, if any.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Foreign { path } | Self::Link { path, .. } | Self::Io { path, .. } => Some(path),
            Self::Manifest(_) => None,
        }
    }
}

fn io_error(path: &Path, action: &'static str) -> impl FnOnce(io::Error) -> PublishError {
    move |source| PublishError::Io { path: path.to_path_buf(), action, source }
}

/// A publication under way.
#[derive(Debug)]
pub struct Publication {
    target: Target,
    planned: BTreeSet<String>,
    ours: BTreeSet<String>,
    foreign: BTreeSet<String>,
    plain_folders: Mutex<BTreeSet<PathBuf>>,
    changes: Mutex<Vec<(String, Change)>>,
    serial: AtomicU64,
    /// Held until the end, so that two runs take turns.
    _lock: Option<File>,
}

impl Publication {
    /// Begins to publish exactly these files (paths below the out folder, with `/`).
    pub fn begin(target: Target, planned: BTreeSet<String>) -> Result<Self, PublishError> {
        let lock = if target.check { None } else { Some(prepare(&target)?) };
        let manifest_file = target.out.join(manifest::NAME);
        let ours = match fs::read_to_string(&manifest_file) {
            Ok(text) => Manifest::parse(&text)?.files,
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeSet::new(),
            Err(error) => return Err(io_error(&manifest_file, "read the manifest")(error)),
        };
        let planned: BTreeSet<String> = planned.into_iter().filter(|path| is_plain(path)).collect();
        let in_the_way = |path: &&String| fs::symlink_metadata(target.out.join(path)).is_ok();
        let foreign = if target.adopt { BTreeSet::new() } else { planned.difference(&ours).filter(in_the_way).cloned().collect() };
        let publication = Self {
            target,
            planned,
            ours,
            foreign,
            plain_folders: Mutex::default(),
            changes: Mutex::default(),
            serial: AtomicU64::new(0),
            _lock: lock,
        };
        // Before anything is written: a run that is killed must not leave files that the next one takes for foreign.
        let union = publication.ours.iter().chain(publication.planned.difference(&publication.foreign)).cloned().collect();
        publication.write_manifest(union)?;
        Ok(publication)
    }

    /// Publishes one of the planned files; may be called from several threads.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<Change, PublishError> {
        let file = self.target.out.join(path);
        if !self.planned.contains(path) {
            return Err(PublishError::Io { path: file, action: "publish a planned file", source: io::ErrorKind::InvalidInput.into() });
        }
        self.refuse_links(path)?;
        let change = match fs::read(&file) {
            Ok(found) if found == bytes => Change::Same,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Change::Added,
            // Other bytes, a file that cannot be read, or a folder.
            _ if self.foreign.contains(path) => return Err(PublishError::Foreign { path: file }),
            _ => Change::Changed,
        };
        if change != Change::Same && !self.target.check {
            self.replace(&file, bytes)?;
        }
        self.record(path, change);
        Ok(change)
    }

    /// Removes what is no longer published and ends. Gives all changes, sorted by path.
    ///
    /// Files that were planned but never put stay as they are.
    pub fn finish(self) -> Result<Vec<(String, Change)>, PublishError> {
        for path in self.ours.difference(&self.planned) {
            let file = self.target.out.join(path);
            let is_file = fs::symlink_metadata(&file).is_ok_and(|metadata| metadata.is_file());
            if !is_file || self.refuse_links(path).is_err() {
                continue;
            }
            if !self.target.check {
                remove(&file, &self.target.out)?;
            }
            self.record(path, Change::Removed);
        }
        let taken: BTreeSet<String> = {
            let changes = self.changes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            changes.iter().filter(|(_, change)| *change == Change::Same).map(|(path, _)| path.clone()).collect()
        };
        // A foreign file whose bytes are what we publish is ours from now on: nothing of anybody's is lost by it.
        let files = self.planned.iter().filter(|path| !self.foreign.contains(*path) || taken.contains(*path)).cloned().collect();
        self.write_manifest(files)?;
        let mut changes = self.changes.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        changes.sort();
        Ok(changes)
    }

    fn record(&self, path: &str, change: Change) {
        self.changes.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((path.to_owned(), change));
    }

    fn write_manifest(&self, files: BTreeSet<String>) -> Result<(), PublishError> {
        let file = self.target.out.join(manifest::NAME);
        let text = Manifest { files }.to_text();
        if self.target.check || fs::read_to_string(&file).is_ok_and(|found| found == text) {
            return Ok(());
        }
        self.replace(&file, text.as_bytes())
    }

    /// Writes beside and renames: whoever reads sees the old file or the new one, whole.
    fn replace(&self, file: &Path, bytes: &[u8]) -> Result<(), PublishError> {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(io_error(folder, "make the folder"))?;
        }
        let serial = self.serial.fetch_add(1, Ordering::Relaxed);
        let half = self.target.state.join("tmp").join(serial.to_string());
        write_new(&half, bytes).map_err(io_error(file, "write the file"))?;
        let Err(error) = fs::rename(&half, file) else { return Ok(()) };
        drop_quietly(&half);
        if error.kind() != io::ErrorKind::CrossesDevices {
            return Err(io_error(file, "replace the file")(error));
        }
        // The out folder is on another disk: the half-written file has to lie beside the whole one.
        let mut name = file.as_os_str().to_owned();
        name.push(".feedloom-tmp");
        let half = PathBuf::from(name);
        write_new(&half, bytes).and_then(|()| fs::rename(&half, file)).map_err(|error| {
            drop_quietly(&half);
            io_error(file, "write the file")(error)
        })
    }

    /// Fails when a folder on the way to a file, or the file itself, is a symbolic link.
    fn refuse_links(&self, path: &str) -> Result<(), PublishError> {
        let mut at = self.target.out.clone();
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            at.push(part);
            let is_folder = parts.peek().is_some();
            if is_folder && self.plain_folders.lock().unwrap_or_else(std::sync::PoisonError::into_inner).contains(&at) {
                continue;
            }
            match fs::symlink_metadata(&at) {
                Ok(metadata) if metadata.is_symlink() => return Err(PublishError::Link { path: self.target.out.join(path), link: at }),
                Ok(_) if is_folder => {
                    self.plain_folders.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(at.clone());
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Makes the folders, waits for a run that is under way, and clears what a killed one left.
fn prepare(target: &Target) -> Result<File, PublishError> {
    fs::create_dir_all(&target.out).map_err(io_error(&target.out, "make the out folder"))?;
    let half_written = target.state.join("tmp");
    fs::create_dir_all(&half_written).map_err(io_error(&half_written, "make feedloom's own folder"))?;
    let ignore = target.state.join(".gitignore");
    if !ignore.exists() {
        write_new(&ignore, b"*\n").map_err(io_error(&ignore, "write the file"))?;
    }
    let lock_file = target.state.join("build.lock");
    let lock = File::options().create(true).truncate(false).write(true).open(&lock_file).map_err(io_error(&lock_file, "open the lock"))?;
    lock.lock().map_err(io_error(&lock_file, "take the lock"))?;
    for left in fs::read_dir(&half_written).into_iter().flatten().flatten() {
        drop_quietly(&left.path());
    }
    Ok(lock)
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that removes files")]
fn drop_quietly(path: &Path) {
    // What cannot be removed now is removed by the next run.
    let _ = fs::remove_file(path);
}

/// Removes a file, and the folders above it that it leaves empty.
#[expect(clippy::disallowed_methods, reason = "this is the one place that removes files")]
fn remove(file: &Path, out: &Path) -> Result<(), PublishError> {
    fs::remove_file(file).map_err(io_error(file, "remove the file"))?;
    let mut folder = file.parent();
    while let Some(empty) = folder.filter(|folder| *folder != out && folder.starts_with(out)) {
        if fs::remove_dir(empty).is_err() {
            break;
        }
        folder = empty.parent();
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "fixtures")]
mod tests {
    use super::*;

    fn run(target: &Target, files: &[(&str, &str)]) -> Vec<(String, Change)> {
        let publication = Publication::begin(target.clone(), files.iter().map(|(path, _)| (*path).to_owned()).collect()).unwrap();
        for (path, text) in files {
            let _ = publication.put(path, text.as_bytes());
        }
        publication.finish().unwrap()
    }

    fn target(dir: &tempfile::TempDir) -> Target {
        Target::new(dir.path().join("feeds"), dir.path().join(".feedloom"))
    }

    fn changes(changes: &[(String, Change)]) -> Vec<Change> {
        changes.iter().map(|(_, change)| *change).collect()
    }

    #[test]
    fn only_what_changes_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let target = target(&dir);
        assert_eq!(changes(&run(&target, &[("a.xml", "1"), ("t/b.xml", "1")])), [Change::Added, Change::Added]);
        let before = fs::metadata(target.out.join("a.xml")).unwrap().modified().unwrap();
        assert_eq!(changes(&run(&target, &[("a.xml", "1"), ("t/b.xml", "2")])), [Change::Same, Change::Changed]);
        assert_eq!(fs::metadata(target.out.join("a.xml")).unwrap().modified().unwrap(), before);
        assert_eq!(fs::read_dir(target.state.join("tmp")).unwrap().count(), 0);
    }

    #[test]
    fn stale_files_go_with_their_empty_folders_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let target = target(&dir);
        run(&target, &[("a.xml", "1"), ("t/u/b.xml", "1")]);
        fs::write(target.out.join("theirs.html"), "x").unwrap();
        assert_eq!(changes(&run(&target, &[("a.xml", "1")])), [Change::Same, Change::Removed]);
        assert!(!target.out.join("t").exists());
        assert!(target.out.join("theirs.html").exists());
    }

    #[test]
    fn foreign_files_stay_until_adopted() {
        let dir = tempfile::tempdir().unwrap();
        let mut target = target(&dir);
        fs::create_dir_all(&target.out).unwrap();
        fs::write(target.out.join("a.xml"), "theirs").unwrap();
        let publication = Publication::begin(target.clone(), ["a.xml".to_owned()].into()).unwrap();
        assert!(matches!(publication.put("a.xml", b"ours"), Err(PublishError::Foreign { .. })));
        // Killed here: the next run must still know whose file it is.
        drop(publication);
        let publication = Publication::begin(target.clone(), ["a.xml".to_owned()].into()).unwrap();
        assert!(matches!(publication.put("a.xml", b"ours"), Err(PublishError::Foreign { .. })));
        publication.finish().unwrap();
        assert_eq!(fs::read_to_string(target.out.join("a.xml")).unwrap(), "theirs");
        target.adopt = true;
        run(&target, &[("a.xml", "ours")]);
        assert_eq!(fs::read_to_string(target.out.join("a.xml")).unwrap(), "ours");
    }

    #[test]
    fn checking_writes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let mut target = target(&dir);
        run(&target, &[("a.xml", "1"), ("b.xml", "1")]);
        target.check = true;
        let found = run(&target, &[("a.xml", "2"), ("c.xml", "1")]);
        assert_eq!(changes(&found), [Change::Changed, Change::Removed, Change::Added]);
        assert_eq!(fs::read_to_string(target.out.join("a.xml")).unwrap(), "1");
        assert!(target.out.join("b.xml").exists() && !target.out.join("c.xml").exists());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let dir = tempfile::tempdir().unwrap();
        let target = target(&dir);
        fs::create_dir_all(dir.path().join("elsewhere")).unwrap();
        fs::create_dir_all(&target.out).unwrap();
        std::os::unix::fs::symlink(dir.path().join("elsewhere"), target.out.join("tags")).unwrap();
        let publication = Publication::begin(target, ["tags/a.xml".to_owned()].into()).unwrap();
        assert!(matches!(publication.put("tags/a.xml", b"x"), Err(PublishError::Link { .. })));
        assert!(!dir.path().join("elsewhere/a.xml").exists());
    }

    #[test]
    fn a_manifest_that_points_outside_removes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let target = target(&dir);
        fs::create_dir_all(&target.out).unwrap();
        fs::write(dir.path().join("precious"), "x").unwrap();
        fs::write(target.out.join(manifest::NAME), r#"{"files": ["../precious"]}"#).unwrap();
        run(&target, &[("a.xml", "1")]);
        assert!(dir.path().join("precious").exists());
    }
}
