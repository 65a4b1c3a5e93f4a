//! The out folder, and the only way to write into it.
//!
//! Files are replaced in one step (written beside, then renamed), and only when their bytes change. A file that the
//! manifest does not list is somebody else's: it is neither replaced nor removed. Symbolic links are not followed. A run
//! that is killed leaves whole files, and a manifest that lists at least what it wrote; two runs take turns.

use super::manifest::{self, Manifest, is_plain};
use super::scratch::Scratch;
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

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
    /// Remove nothing, although it is no longer published.
    pub keep: bool,
}

impl Target {
    /// An out folder and feedloom's own folder.
    pub fn new(out: impl Into<PathBuf>, state: impl Into<PathBuf>) -> Self {
        Self { out: out.into(), state: state.into(), check: false, adopt: false, keep: false }
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
    /// Something that is no file, or no folder, is where one has to be.
    #[error("expected {expected}, found {found}")]
    Blocked {
        /// What is in the way.
        path: PathBuf,
        /// What has to be there.
        expected: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// The manifest cannot be understood.
    #[error("{source}")]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        source: manifest::ManifestError,
    },
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
    /// The file or folder that it is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::Foreign { path } | Self::Blocked { path, .. } | Self::Manifest { path, .. } | Self::Io { path, .. } => path,
        }
    }
}

pub(super) fn io_error(path: &Path, action: &'static str) -> impl FnOnce(io::Error) -> PublishError {
    move |source| PublishError::Io { path: path.to_path_buf(), action, source }
}

/// A publication under way.
#[derive(Debug)]
pub struct Publication {
    target: Target,
    planned: BTreeSet<String>,
    ours: BTreeSet<String>,
    foreign: BTreeSet<String>,
    /// Folders below the out folder that are there, and no links.
    plain_folders: Mutex<HashSet<String>>,
    changes: Mutex<Vec<(String, Change)>>,
    /// Where half-written files lie; none when nothing is written.
    scratch: Option<Scratch>,
}

/// How a publication ended.
#[derive(Debug)]
#[non_exhaustive]
pub struct Finished {
    /// What became of each file, sorted by path below the out folder.
    pub changes: Vec<(String, Change)>,
    /// What could not be removed.
    pub errors: Vec<PublishError>,
    /// Held as long as no other run may publish; none when nothing is written.
    pub(crate) turn: Option<Scratch>,
}

impl Publication {
    /// Begins to publish exactly these files (paths below the out folder, with `/`).
    ///
    /// Another run that publishes from the same state folder is waited for; `waiting` is called before.
    pub fn begin(target: Target, planned: BTreeSet<String>, waiting: &dyn Fn()) -> Result<Self, PublishError> {
        let scratch = if target.check { None } else { Some(Scratch::open(&target, waiting)?) };
        let ours = read_manifest(&target.out.join(manifest::NAME))?;
        let planned: BTreeSet<String> = planned.into_iter().filter(|path| is_plain(path)).collect();
        let in_the_way = |path: &&String| fs::symlink_metadata(target.out.join(path)).is_ok();
        let foreign = if target.adopt { BTreeSet::new() } else { planned.difference(&ours).filter(in_the_way).cloned().collect() };
        let publication = Self { target, planned, ours, foreign, plain_folders: Mutex::default(), changes: Mutex::default(), scratch };
        // Before anything is written: a run that is killed must not leave files that the next one takes for foreign.
        let union = publication.ours.iter().chain(publication.planned.difference(&publication.foreign)).cloned().collect();
        if publication.scratch.is_some() {
            publication.write_manifest(union)?;
        }
        // A file of ours that becomes a folder has to make room first.
        for path in publication.stale().filter(|path| publication.becomes_folder(path)) {
            publication.remove(path)?;
        }
        Ok(publication)
    }

    /// Publishes one of the planned files; may be called from several threads.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<Change, PublishError> {
        let file = self.target.out.join(path);
        if !self.planned.contains(path) {
            return Err(PublishError::Io { path: file, action: "publish a planned file", source: io::ErrorKind::InvalidInput.into() });
        }
        self.plain_way(path)?;
        let change = match fs::symlink_metadata(&file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Change::Added,
            Err(error) => return Err(io_error(&file, "look at the file")(error)),
            // Reading anything else than a plain file could wait for ever.
            Ok(metadata) if !metadata.is_file() => return Err(blocked(&file, "a file", &metadata)),
            Ok(metadata) if metadata.len() == bytes.len() as u64 && fs::read(&file).is_ok_and(|found| found == bytes) => Change::Same,
            Ok(_) if self.foreign.contains(path) => return Err(PublishError::Foreign { path: file }),
            Ok(_) => Change::Changed,
        };
        if change != Change::Same {
            self.replace(path, bytes)?;
        }
        lock(&self.changes).push((path.to_owned(), change));
        Ok(change)
    }

    /// Whether a planned file is known to be ours, so that it may be left as it is.
    pub(crate) fn may_leave(&self, path: &str) -> bool {
        self.planned.contains(path) && self.ours.contains(path) && self.plain_way(path).is_ok()
    }

    /// A file that may be left is as it has to be, which the caller has made sure of.
    pub(crate) fn leave(&self, path: &str) {
        lock(&self.changes).push((path.to_owned(), Change::Same));
    }

    /// Whether a planned file is one of ours that is there already: when it is not put, it stays.
    pub fn stays(&self, path: &str) -> bool {
        self.ours.contains(path) && self.target.out.join(path).is_file()
    }

    /// Removes what is no longer published and ends.
    ///
    /// Files that were planned but could not be put stay as they are.
    pub fn finish(self) -> Result<Finished, PublishError> {
        let stale = self.stale().filter(|_| !self.target.keep);
        let errors: Vec<PublishError> = stale.filter_map(|path| self.remove(path).err()).collect();
        let unremoved = errors.iter().filter_map(|error| error.path().strip_prefix(&self.target.out).ok()?.to_str().map(ToOwned::to_owned));
        let put: BTreeSet<String> =
            lock(&self.changes).iter().filter(|(_, change)| *change != Change::Removed).map(|(path, _)| path.clone()).collect();
        // Only what was put is ours, and what was ours before and is still there. A foreign file whose bytes are what we
        // publish counts as put: nothing of anybody's is lost by it.
        let still_ours = self.ours.iter().filter(|path| self.target.keep || self.planned.contains(*path));
        let kept = still_ours.filter(|path| !put.contains(*path) && self.target.out.join(path).is_file()).cloned();
        self.write_manifest(put.iter().cloned().chain(kept).chain(unremoved).collect())?;
        let mut changes = self.changes.into_inner().unwrap_or_else(PoisonError::into_inner);
        changes.sort();
        Ok(Finished { changes, errors, turn: self.scratch })
    }

    /// Files of ours that are published no more.
    fn stale(&self) -> impl Iterator<Item = &String> {
        self.ours.difference(&self.planned)
    }

    /// Whether planned files lie below what is a file now.
    fn becomes_folder(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.planned.range(folder.clone()..).next().is_some_and(|next| next.starts_with(&folder))
    }

    fn remove(&self, path: &str) -> Result<(), PublishError> {
        let file = self.target.out.join(path);
        let is_file = fs::symlink_metadata(&file).is_ok_and(|metadata| metadata.is_file());
        if !is_file || self.plain_way(path).is_err() {
            return Ok(());
        }
        if self.scratch.is_some() {
            remove_with_empty_folders(&file, &self.target.out)?;
            // Some of them may be gone with it.
            lock(&self.plain_folders).clear();
        }
        lock(&self.changes).push((path.to_owned(), Change::Removed));
        Ok(())
    }

    fn write_manifest(&self, files: BTreeSet<String>) -> Result<(), PublishError> {
        let file = self.target.out.join(manifest::NAME);
        let text = Manifest { files }.to_text();
        if fs::read_to_string(&file).is_ok_and(|found| found == text) {
            return Ok(());
        }
        if self.scratch.is_none() && lock(&self.changes).iter().all(|(_, change)| *change == Change::Same) {
            // Nothing else would change, and yet a build would write it.
            lock(&self.changes).push((manifest::NAME.to_owned(), Change::Changed));
        }
        self.replace(manifest::NAME, text.as_bytes())
    }

    /// Writes beside and renames: whoever reads sees the old file or the new one, whole.
    fn replace(&self, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        let Some(scratch) = &self.scratch else { return Ok(()) };
        let file = self.target.out.join(path);
        if let Some((folder, _)) = path.rsplit_once('/').filter(|(folder, _)| !lock(&self.plain_folders).contains(*folder)) {
            let made = self.target.out.join(folder);
            fs::create_dir_all(&made).map_err(io_error(&made, "make the folder"))?;
            lock(&self.plain_folders).insert(folder.to_owned());
        }
        scratch.replace(&file, bytes)
    }

    /// Fails when something on the way to a file is no plain folder. What is not there yet is going to be one.
    fn plain_way(&self, path: &str) -> Result<(), PublishError> {
        let Some((way, _)) = path.rsplit_once('/').filter(|(way, _)| !lock(&self.plain_folders).contains(*way)) else { return Ok(()) };
        let ends = way.match_indices('/').map(|(at, _)| at).chain([way.len()]);
        for folder in ends.filter_map(|end| way.get(..end)) {
            let at = self.target.out.join(folder);
            match fs::symlink_metadata(&at) {
                Ok(metadata) if !metadata.is_dir() => return Err(blocked(&at, "a folder", &metadata)),
                Ok(_) => drop(lock(&self.plain_folders).insert(folder.to_owned())),
                Err(_) => break,
            }
        }
        Ok(())
    }
}

fn read_manifest(file: &Path) -> Result<BTreeSet<String>, PublishError> {
    match fs::symlink_metadata(file) {
        Ok(metadata) if metadata.is_file() => {}
        Ok(metadata) => return Err(blocked(file, "a file", &metadata)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(io_error(file, "look at the manifest")(error)),
    }
    let text = fs::read_to_string(file).map_err(io_error(file, "read the manifest"))?;
    Manifest::parse(&text).map(|manifest| manifest.files).map_err(|source| PublishError::Manifest { path: file.to_path_buf(), source })
}

pub(super) fn blocked(path: &Path, expected: &'static str, metadata: &fs::Metadata) -> PublishError {
    let found = match metadata.file_type() {
        kind if kind.is_symlink() => "a symbolic link",
        kind if kind.is_dir() => "a folder",
        kind if kind.is_file() => "a file",
        _ => "something that is neither file nor folder",
    };
    PublishError::Blocked { path: path.to_path_buf(), expected, found }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes a file, and the folders above it that it leaves empty.
#[expect(clippy::disallowed_methods, reason = "this module and scratch are the one place that removes files")]
fn remove_with_empty_folders(file: &Path, out: &Path) -> Result<(), PublishError> {
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
        let publication = Publication::begin(target.clone(), files.iter().map(|(path, _)| (*path).to_owned()).collect(), &|| ()).unwrap();
        for (path, text) in files {
            let _ = publication.put(path, text.as_bytes());
        }
        publication.finish().unwrap().changes
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
        let publication = Publication::begin(target.clone(), ["a.xml".to_owned()].into(), &|| ()).unwrap();
        assert!(matches!(publication.put("a.xml", b"ours"), Err(PublishError::Foreign { .. })));
        // Killed here: the next run must still know whose file it is.
        drop(publication);
        let publication = Publication::begin(target.clone(), ["a.xml".to_owned()].into(), &|| ()).unwrap();
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
        let publication = Publication::begin(target, ["tags/a.xml".to_owned()].into(), &|| ()).unwrap();
        assert!(matches!(publication.put("tags/a.xml", b"x"), Err(PublishError::Blocked { .. })));
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

    #[cfg(unix)]
    #[test]
    fn our_own_folder_is_no_way_to_other_peoples_files() {
        let dir = tempfile::tempdir().unwrap();
        let target = target(&dir);
        fs::create_dir_all(dir.path().join("precious")).unwrap();
        fs::write(dir.path().join("precious/1-1"), "x").unwrap();
        fs::create_dir_all(&target.state).unwrap();
        std::os::unix::fs::symlink(dir.path().join("precious"), target.state.join("tmp")).unwrap();
        assert!(matches!(Publication::begin(target, BTreeSet::new(), &|| ()), Err(PublishError::Blocked { .. })));
        assert!(dir.path().join("precious/1-1").exists());
    }

    #[test]
    fn what_could_not_be_put_does_not_become_ours() {
        let dir = tempfile::tempdir().unwrap();
        let target = target(&dir);
        fs::create_dir_all(&target.out).unwrap();
        fs::write(target.out.join("tags"), "a file").unwrap();
        let publication = Publication::begin(target.clone(), ["tags/a.xml".to_owned()].into(), &|| ()).unwrap();
        assert!(matches!(publication.put("tags/a.xml", b"x"), Err(PublishError::Blocked { found: "a file", .. })));
        publication.finish().unwrap();
        fs::remove_file(target.out.join("tags")).unwrap();
        fs::create_dir(target.out.join("tags")).unwrap();
        fs::write(target.out.join("tags/a.xml"), "theirs").unwrap();
        let publication = Publication::begin(target, ["tags/a.xml".to_owned()].into(), &|| ()).unwrap();
        assert!(matches!(publication.put("tags/a.xml", b"x"), Err(PublishError::Foreign { .. })));
    }

    #[test]
    fn what_is_planned_and_not_put_stays_ours() {
        let dir = tempfile::tempdir().unwrap();
        let target = target(&dir);
        run(&target, &[("a.xml", "1")]);
        let publication = Publication::begin(target.clone(), ["a.xml", "b.xml"].map(String::from).into(), &|| ()).unwrap();
        assert_eq!((publication.stays("a.xml"), publication.stays("b.xml")), (true, false));
        assert!(publication.finish().unwrap().changes.is_empty());
        assert!(!fs::read_to_string(target.out.join(manifest::NAME)).unwrap().contains("b.xml"));
        assert_eq!(changes(&run(&target, &[("a.xml", "2")])), [Change::Changed], "it is still ours");
    }

    #[test]
    fn a_file_of_ours_makes_room_for_a_folder() {
        let dir = tempfile::tempdir().unwrap();
        let target = target(&dir);
        run(&target, &[("tags", "1")]);
        assert_eq!(changes(&run(&target, &[("tags/a.xml", "1")])), [Change::Removed, Change::Added]);
    }

    #[test]
    fn a_folder_in_the_place_of_a_file_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let target = target(&dir);
        fs::create_dir_all(target.out.join("a.xml")).unwrap();
        let publication = Publication::begin(target, ["a.xml".to_owned()].into(), &|| ()).unwrap();
        assert!(matches!(publication.put("a.xml", b"x"), Err(PublishError::Blocked { found: "a folder", .. })));
    }
}
