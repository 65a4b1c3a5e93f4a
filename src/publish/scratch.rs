//! feedloom's own folder while it publishes: a lock, so that two runs take turns, and the half-written files.
//!
//! Nothing here follows a symbolic link, and nothing is removed but plain files that a run before this one made.

use super::write::{PublishError, Target, blocked, io_error};
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

/// The folder of half-written files, held for one run.
#[derive(Debug)]
pub(crate) struct Scratch {
    folder: PathBuf,
    serial: AtomicU64,
    /// Held until the end of the run, and let go by the system when the run is killed.
    _lock: File,
}

impl Scratch {
    /// Makes the folders, waits for a run that is under way, and clears what a killed one left.
    pub(super) fn open(target: &Target, waiting: &dyn Fn()) -> Result<Self, PublishError> {
        fs::create_dir_all(&target.out).map_err(io_error(&target.out, "make the out folder"))?;
        fs::create_dir_all(&target.state).map_err(io_error(&target.state, "make feedloom's own folder"))?;
        plain(&target.state, true)?;
        let ignore = target.state.join(".gitignore");
        if plain(&ignore, false)? == Found::Nothing {
            match write_new(&ignore, b"*\n") {
                // Another run was faster.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                written => written.map_err(io_error(&ignore, "write the file"))?,
            }
        }
        let lock = take_lock(&target.state.join("build.lock"), waiting)?;
        let beside = target.state.join("tmp");
        let folder = if same_disk(&target.out, &target.state) { beside } else { target.out.join(".feedloom-tmp") };
        if plain(&folder, true)? == Found::Nothing {
            fs::create_dir(&folder).map_err(io_error(&folder, "make the folder"))?;
        }
        for left in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let is_ours = left.file_name().to_str().is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'));
            if is_ours && left.file_type().is_ok_and(|kind| kind.is_file()) {
                drop_quietly(&left.path());
            }
        }
        Ok(Self { folder, serial: AtomicU64::new(0), _lock: lock })
    }

    /// Replaces a file in one step.
    pub(super) fn replace(&self, file: &Path, bytes: &[u8]) -> Result<(), PublishError> {
        let half = self.folder.join(format!("{}-{}", process::id(), self.serial.fetch_add(1, Ordering::Relaxed)));
        write_new(&half, bytes).map_err(io_error(file, "write the file"))?;
        fs::rename(&half, file).map_err(|error| {
            drop_quietly(&half);
            io_error(file, "replace the file")(error)
        })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if self.folder.ends_with(".feedloom-tmp") {
            // In the out folder it would be published; it is empty unless a rename failed.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

#[derive(PartialEq, Eq)]
enum Found {
    Nothing,
    Plain,
}

/// Whether there is nothing, or what has to be there; anything else is an error.
fn plain(path: &Path, is_folder: bool) -> Result<Found, PublishError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if (is_folder && metadata.is_dir()) || (!is_folder && metadata.is_file()) => Ok(Found::Plain),
        Ok(metadata) => Err(blocked(path, if is_folder { "a folder" } else { "a file" }, &metadata)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found::Nothing),
        Err(error) => Err(io_error(path, "look at the file")(error)),
    }
}

fn take_lock(path: &Path, waiting: &dyn Fn()) -> Result<File, PublishError> {
    plain(path, false)?;
    let lock = File::options().create(true).truncate(false).write(true).open(path).map_err(io_error(path, "open the lock"))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            waiting();
            lock.lock().map_err(io_error(path, "take the lock"))?;
        }
        Err(TryLockError::Error(error)) => return Err(io_error(path, "take the lock")(error)),
    }
    Ok(lock)
}

/// Keeps a file of feedloom's own beside the lock, replaced in one step by what is written.
pub(crate) fn keep(state: &Path, name: &str, write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> Result<(), PublishError> {
    plain(state, true)?;
    let file = state.join(name);
    let half = state.join(format!("{name}.{}", process::id()));
    drop_quietly(&half);
    let new = File::options().write(true).create_new(true).open(&half);
    let written = new.and_then(|new| buffered(new, write)).and_then(|()| fs::rename(&half, &file));
    written.map_err(|error| {
        drop_quietly(&half);
        io_error(&file, "write the file")(error)
    })
}

/// Adds to such a file, which has to be there; what writes is told where in the file that begins.
pub(crate) fn append(state: &Path, name: &str, write: &mut dyn FnMut(&mut dyn Write, u64) -> io::Result<()>) -> Result<(), PublishError> {
    plain(state, true)?;
    let file = state.join(name);
    plain(&file, false)?;
    let opened = File::options().append(true).open(&file).and_then(|opened| Ok((opened.metadata()?.len(), opened)));
    opened.and_then(|(end, opened)| buffered(opened, &mut |out| write(out, end))).map_err(io_error(&file, "write the file"))
}

fn buffered(file: File, write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 17, file);
    write(&mut out)?;
    out.flush()
}

/// Whether a file can be moved from one folder to the other.
#[cfg(unix)]
fn same_disk(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(a).ok().zip(fs::metadata(b).ok()).is_some_and(|(a, b)| a.dev() == b.dev())
}

#[cfg(not(unix))]
fn same_disk(_: &Path, _: &Path) -> bool {
    false
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::options().write(true).create_new(true).open(path)?;
    file.write_all(bytes)
}

#[expect(clippy::disallowed_methods, reason = "this module and write are the one place that removes files")]
fn drop_quietly(path: &Path) {
    // What cannot be removed now is removed by the next run.
    let _ = fs::remove_file(path);
}
