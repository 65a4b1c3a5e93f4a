//! One file that a person named, outside of any out folder.
//!
//! In: a path and bytes. Out: the file, replaced in one step, and only if its bytes change. What is no plain file (a device, a
//! folder) is not replaced; who may read the file stays as it was; a symbolic link to a file is followed.

use super::write::{Change, PublishError, io_error};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

/// Writes the file.
///
/// # Errors
///
/// [`PublishError`]; the file is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<Change, PublishError> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let mut permissions = None;
    let change = match fs::metadata(&target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Change::Added,
        Err(error) => return Err(io_error(path, "look at the file")(error)),
        Ok(metadata) if metadata.is_dir() => return Err(io_error(path, "write the file")(io::ErrorKind::IsADirectory.into())),
        // A pipe or a device cannot be replaced; whoever named it wants the bytes in it.
        Ok(metadata) if !metadata.is_file() => {
            let mut file = File::options().write(true).open(&target).map_err(io_error(path, "write the file"))?;
            file.write_all(bytes).map_err(io_error(path, "write the file"))?;
            return Ok(Change::Changed);
        }
        Ok(metadata) if metadata.len() == bytes.len() as u64 && fs::read(&target).is_ok_and(|found| found == bytes) => return Ok(Change::Same),
        Ok(metadata) => {
            permissions = Some(metadata.permissions());
            Change::Changed
        }
    };
    let half = beside(&target);
    let written = File::options().write(true).create_new(true).open(&half).and_then(|mut file| {
        permissions.map_or(Ok(()), |permissions| file.set_permissions(permissions))?;
        file.write_all(bytes)
    });
    let replaced = written.and_then(|()| fs::rename(&half, &target));
    replaced.map_err(|error| {
        drop_quietly(&half);
        io_error(path, "write the file")(error)
    })?;
    Ok(change)
}

/// Writes a file that is not there yet, in one step.
///
/// # Errors
///
/// [`PublishError::Io`] with `AlreadyExists` when something has its name, a link that leads nowhere included; it stays as it is.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let half = beside(path);
    let written = File::options().write(true).create_new(true).open(&half).and_then(|mut file| file.write_all(bytes));
    // A link is made only where nothing is, while renaming would replace what came meanwhile.
    let linked = written.and_then(|()| fs::hard_link(&half, path).or_else(|error| in_place(path, bytes, error)));
    drop_quietly(&half);
    linked.map_err(io_error(path, "write the file"))
}

/// Not all file systems have links.
fn in_place(path: &Path, bytes: &[u8], error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::AlreadyExists {
        return Err(error);
    }
    File::options().write(true).create_new(true).open(path)?.write_all(bytes)
}

/// Writes the file, and makes the folders that it is to lie in.
///
/// # Errors
///
/// [`PublishError`]; the file is then as it was.
pub fn write_with_folders(path: &Path, bytes: &[u8]) -> Result<Change, PublishError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(io_error(folder, "make the folder"))?;
    }
    write(path, bytes)
}

/// A name in the same folder that nobody else uses.
fn beside(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.{}.feedloom-tmp", process::id()))
}

#[expect(clippy::disallowed_methods, reason = "publish is where files are removed")]
fn drop_quietly(path: &Path) {
    let _ = fs::remove_file(path);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_only_if_it_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("feed.xml");
        assert_eq!(write(&path, b"one").unwrap(), Change::Added);
        assert_eq!(write(&path, b"one").unwrap(), Change::Same);
        assert_eq!(write(&path, b"two").unwrap(), Change::Changed);
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no half-written file is left");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            assert_eq!(write(&path, b"three").unwrap(), Change::Changed);
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert!(write(folder.path(), b"x").is_err());
        assert!(create(&path, b"x").is_err(), "it is there");
        create(&folder.path().join("new"), b"x").unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "no half-written file is left");
        let deep = folder.path().join("no/such/folder.xml");
        assert!(write(&deep, b"x").is_err());
        assert_eq!(write_with_folders(&deep, b"x").unwrap(), Change::Added);
    }
}
