//! The file of the store: found, made, opened and closed.
//!
//! In: a path. Out: a connection to a store of the newest version, or why there is none. A file of another program is never changed,
//! nothing follows a symbolic link, and for reading no store is ever made.
//!
//! While a run writes, the file is in WAL mode; at the end it is put back into one plain file, which can be cached, copied and read
//! from where nothing may be written.

use super::schema::{self, Found};
use crate::source::store::StoreError;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// For how long a run waits for another one that writes.
const PATIENCE: Duration = Duration::from_secs(20);
/// Our folder, where everything is ours.
const FOLDER: &str = ".feedloom";
/// What `SQLite` puts beside the file.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Opens the store for writing, made anew when there is none.
pub(super) fn for_writing(file: &Path) -> Result<Connection, StoreError> {
    prepare(file)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags).map_err(|error| sqlite_error(file, &error))?;
    ready(connection, file, true)
}

/// Opens a store that is there for reading; `None` when there is none.
pub(super) fn for_reading(file: &Path) -> Result<Option<Connection>, StoreError> {
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(parent) = parent {
        plain(parent, true)?;
    }
    if plain(file, false)?.is_none_or(|metadata| metadata.len() == 0) {
        return Ok(None);
    }
    let mut beside = false;
    for name in BESIDE {
        beside |= plain(&with_suffix(file, name), false)?.is_some_and(|metadata| name != "-shm" && metadata.len() > 0);
    }
    let open = |path: &Path, flags: OpenFlags| {
        let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        // Nothing is read before it is asked for.
        connection.busy_timeout(PATIENCE)?;
        schema::look(&connection).map(|_| connection)
    };
    // One plain file is only read. What a run left that was killed, or has under way, takes a connection that could put it in order.
    let is_plain = !beside && !is_in_wal_mode(file).map_err(|error| io_error(file, "read the store", &error))?;
    let tried = if is_plain { open(file, OpenFlags::SQLITE_OPEN_READ_ONLY) } else { open(file, OpenFlags::SQLITE_OPEN_READ_WRITE) };
    let connection = match tried {
        // Where nothing may be written, nobody else writes either.
        Err(error) if !beside && is_refused(&error) => open(&immutable(file), OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI),
        other => other,
    }
    .map_err(|error| sqlite_error(file, &error))?;
    match schema::look(&connection).map_err(|error| sqlite_error(file, &error))? {
        Found::Nothing => Ok(None),
        Found::Ours(version) if version < schema::newest() => {
            // Only the newest version is read, so that it is migrated here if need be.
            drop(connection);
            for_writing(file).map(Some)
        }
        _ => {
            let connection = ready(connection, file, false)?;
            connection.pragma_update(None, "query_only", true).map_err(|error| sqlite_error(file, &error))?;
            Ok(Some(connection))
        }
    }
}

/// A store that is gone with the program.
pub(super) fn in_memory() -> Result<Connection, StoreError> {
    let name = Path::new(":memory:");
    let connection = Connection::open_in_memory().map_err(|error| sqlite_error(name, &error))?;
    ready(connection, name, true)
}

/// Checks whose it is, migrates it, and sets what holds for a connection.
fn ready(mut connection: Connection, file: &Path, may_write: bool) -> Result<Connection, StoreError> {
    let trouble = |error: rusqlite::Error| sqlite_error(file, &error);
    connection.busy_timeout(PATIENCE).map_err(trouble)?;
    match schema::look(&connection).map_err(trouble)? {
        Found::Foreign => {
            return Err(StoreError::new(
                format!("{}: expected feedloom's store, found a database of another program", file.display()),
                "name another file for the store, or move this one away",
            ));
        }
        Found::Ours(version) if version > schema::newest() => {
            let newest = schema::newest();
            return Err(StoreError::new(
                format!("{}: expected a store of version {newest} or older, found version {version}", file.display()),
                "update feedloom, or delete the file; what feeds still offer is fetched again",
            ));
        }
        Found::Ours(version) if version == schema::newest() => {}
        Found::Ours(_) | Found::Nothing => {
            if may_write {
                schema::migrate(&mut connection, schema::STEPS).map_err(trouble)?;
            }
        }
    }
    // Eight megabytes of pages; statements are prepared once.
    connection.pragma_update(None, "cache_size", -8192).map_err(trouble)?;
    connection.pragma_update(None, "temp_store", "memory").map_err(trouble)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Before the first change: commits are then appended to a log and need not wait for the disk; killed at any time, the file is as it
/// was after the last one. Where that cannot be (another run reads, a file system of the network), commits are slower.
pub(super) fn begin_writing(connection: &Connection) -> rusqlite::Result<()> {
    match connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get::<_, String>(0)) {
        Ok(mode) if mode == "wal" => {
            connection.pragma_update(None, "synchronous", "normal")?;
            connection.pragma_update(None, "wal_autocheckpoint", 4000)
        }
        Ok(_) => Ok(()),
        Err(error) if is_busy(&error) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Puts everything into one plain file again, unless somebody else has it open: then that one does.
pub(super) fn end_writing(connection: &Connection) -> rusqlite::Result<()> {
    connection.flush_prepared_statement_cache();
    connection.busy_timeout(Duration::ZERO)?;
    let done = connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .and_then(|()| connection.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(())));
    match done {
        Err(error) if is_busy(&error) => Ok(()),
        other => other,
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

fn is_refused(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied))
}

/// Makes the folder, with a `.gitignore` when the folder is ours, and looks what is where the store goes.
fn prepare(file: &Path) -> Result<(), StoreError> {
    if let Some(folder) = file.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        let is_ours = plain(folder, true)?.is_none() || folder.ends_with(FOLDER);
        fs::create_dir_all(folder).map_err(|error| io_error(folder, "make the folder of the store", &error))?;
        plain(folder, true)?;
        let ignore = folder.join(".gitignore");
        if is_ours && plain(&ignore, false)?.is_none() {
            let write = File::options().write(true).create_new(true).open(&ignore).and_then(|mut ignore| ignore.write_all(b"*\n"));
            match write {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(io_error(&ignore, "write the file", &error)),
                _ => {}
            }
        }
    }
    plain(file, false)?;
    for name in BESIDE {
        plain(&with_suffix(file, name), false)?;
    }
    Ok(())
}

/// What is there: nothing, or the folder or file that has to be; anything else is an error.
fn plain(path: &Path, is_folder: bool) -> Result<Option<Metadata>, StoreError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if (is_folder && metadata.is_dir()) || (!is_folder && metadata.is_file()) => Ok(Some(metadata)),
        Ok(metadata) => {
            let expected = if is_folder { "a folder" } else { "a file" };
            let found = if metadata.is_symlink() {
                "a symbolic link"
            } else if metadata.is_dir() {
                "a folder"
            } else {
                "a file"
            };
            let message = format!("{}: expected {expected}, found {found}", path.display());
            Err(StoreError::new(message, "feedloom's own folder holds plain files only; move this away"))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io_error(path, "look at the file", &error)),
    }
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Whether the file is in WAL mode: byte 18 of the header (file format of `SQLite`, 1.3.3).
fn is_in_wal_mode(file: &Path) -> io::Result<bool> {
    let mut header = Vec::with_capacity(20);
    File::open(file)?.take(20).read_to_end(&mut header)?;
    Ok(header.get(18) == Some(&2))
}

/// The file as an address that says that nobody changes it.
pub(super) fn immutable(file: &Path) -> PathBuf {
    let mut uri = "file:".to_owned();
    for byte in file.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri.push_str("?immutable=1");
    uri.into()
}

fn io_error(path: &Path, what: &str, error: &io::Error) -> StoreError {
    StoreError::new(format!("{}: cannot {what}: {error}", path.display()), None::<&str>)
}

/// What `SQLite` says, for people.
pub(super) fn sqlite_error(file: &Path, error: &rusqlite::Error) -> StoreError {
    let again = "delete the file; what feeds still offer is fetched again";
    let (found, help) = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => ("a file that is no database".to_owned(), Some("name another file for the store, or move this one away")),
        Some(ErrorCode::DatabaseCorrupt) => (format!("a damaged one ({error})"), Some(again)),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            ("that another run has been writing to it for too long".to_owned(), Some("let that run end first"))
        }
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            (format!("that it cannot be opened ({error})"), Some("check the permissions of the file and of its folder"))
        }
        Some(ErrorCode::DiskFull) => ("no space left".to_owned(), Some("make space on the disk; nothing that was stored is lost")),
        _ => match error {
            rusqlite::Error::FromSqlConversionFailure(..) | rusqlite::Error::InvalidColumnType(..) => {
                (format!("what this version cannot read ({error})"), Some(again))
            }
            _ => (error.to_string(), None),
        },
    };
    StoreError::new(format!("{}: expected feedloom's store, found {found}", file.display()), help)
}
