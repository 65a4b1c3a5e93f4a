//! Where the store of a site lies, and what is said when it cannot be used.

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::store::Sqlite;
use crate::source::store::StoreError;
use std::path::{Path, PathBuf};

/// The file of a site's store.
pub(super) fn file(root: &Path) -> PathBuf {
    root.join(".feedloom/store.sqlite")
}

/// The store, made when it is not there.
pub(super) fn open(root: &Path) -> Result<Sqlite, Diagnostic> {
    Sqlite::open(&file(root)).map_err(|error| finding(&error))
}

/// The store, when it is there.
pub(super) fn open_existing(root: &Path) -> Result<Option<Sqlite>, Diagnostic> {
    Sqlite::open_existing(&file(root)).map_err(|error| finding(&error))
}

/// The store, to change it, when it is there.
pub(super) fn open_to_change(root: &Path) -> Result<Option<Sqlite>, Diagnostic> {
    if file(root).exists() { open(root).map(Some) } else { Ok(None) }
}

/// What is said of a store that cannot be used.
pub(super) fn finding(error: &StoreError) -> Diagnostic {
    let finding = Diagnostic::new(Code::StoreUnusable, Place::file(".feedloom/store.sqlite"), error.message.clone());
    match &error.help {
        Some(help) => finding.with_help(help.clone()),
        None => finding,
    }
}
