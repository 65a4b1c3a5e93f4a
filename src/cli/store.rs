//! Where the store of a site lies, and what is said when it cannot be used.

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::health::{self, Health};
use crate::source::list::Source;
use crate::source::state::State;
use crate::source::store::{Sqlite, Store, StoreError};
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

/// How these sources do, as far as a store knows.
pub(super) fn health(sources: &[Source], store: Option<&mut Sqlite>, now: i64) -> Result<Vec<Health>, Diagnostic> {
    let keys: Vec<&str> = sources.iter().map(|source| source.url.as_str()).collect();
    let known = match store {
        Some(store) => {
            let states = store.states(&keys).map_err(|error| finding(&error))?;
            let counts = store.counts(&keys).map_err(|error| finding(&error))?;
            states.into_iter().zip(counts.into_iter().map(Some)).collect()
        }
        None => vec![(State::default(), None); keys.len()],
    };
    Ok(sources.iter().zip(&known).map(|(source, (state, count))| health::health(source, state, *count, now)).collect())
}

/// What is said of a store that cannot be used.
pub(super) fn finding(error: &StoreError) -> Diagnostic {
    let finding = Diagnostic::new(Code::StoreUnusable, Place::file(".feedloom/store.sqlite"), error.message.clone());
    match &error.help {
        Some(help) => finding.with_help(help.clone()),
        None => finding,
    }
}
