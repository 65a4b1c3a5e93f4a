//! The tables of the store, and the way from each older version to the newest.
//!
//! In: an open database. Out: the same with the newest tables, or a finding that it is not ours. A step is never changed once it is
//! released; what comes later is a further step. Nothing is ever thrown away to make a step easier.

use rusqlite::{Connection, Result, Transaction, TransactionBehavior};

/// `FLom`, big endian: what says that a database is this program's (`PRAGMA application_id`).
pub(super) const APPLICATION: i32 = 0x464C_6F6D;

/// The steps, oldest first: step `n` leads from version `n` to `n + 1`.
pub(super) const STEPS: &[&str] = &[
    // 1. Instants are Unix seconds.
    "CREATE TABLE source (
        id INTEGER PRIMARY KEY,
        -- The key: the configured address.
        url TEXT NOT NULL UNIQUE,
        -- JSON of `State`.
        state TEXT NOT NULL,
        -- When the entries that are in the feed were last seen there.
        seen INTEGER NOT NULL DEFAULT 0,
        -- Which run has it, until when.
        owner TEXT,
        until INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE channel (
        source INTEGER PRIMARY KEY,
        -- JSON of `Channel`.
        json TEXT NOT NULL
    ) STRICT;
    -- What it takes to recognise entries, close together for each source.
    CREATE TABLE entry (
        source INTEGER NOT NULL,
        key TEXT NOT NULL,
        body INTEGER NOT NULL,
        -- Of `body.json`.
        hash BLOB NOT NULL,
        bare INTEGER NOT NULL,
        page INTEGER,
        title INTEGER,
        published INTEGER,
        first_seen INTEGER NOT NULL,
        -- NULL: it is in the feed, so that `source.seen` says when.
        last_seen INTEGER,
        sort_date INTEGER NOT NULL,
        PRIMARY KEY (source, key)
    ) STRICT, WITHOUT ROWID;
    -- The bytes, apart from what is compared.
    CREATE TABLE body (
        id INTEGER PRIMARY KEY,
        source INTEGER NOT NULL,
        key TEXT NOT NULL,
        -- JSON of the entry's `Id`, which stays when the rest changes.
        ident TEXT NOT NULL,
        -- JSON of the entry without id, and without origin when that is its channel's.
        json TEXT NOT NULL
    ) STRICT;
    -- Further ids of entries.
    CREATE TABLE alias (
        source INTEGER NOT NULL,
        id TEXT NOT NULL,
        key TEXT NOT NULL,
        PRIMARY KEY (source, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE ping (
        hub TEXT NOT NULL,
        feed TEXT NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (hub, feed)
    ) STRICT, WITHOUT ROWID;",
];

/// The newest version.
pub(super) fn newest() -> i32 {
    version_of(STEPS)
}

fn version_of(steps: &[&str]) -> i32 {
    i32::try_from(steps.len()).unwrap_or(i32::MAX)
}

/// Whose a database is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nobody's: there is nothing in it.
    Nothing,
    /// This program's, of this version.
    Ours(i32),
    /// Another program's.
    Foreign,
}

/// Looks without changing anything.
pub(super) fn look(connection: &Connection) -> Result<Found> {
    // One transaction: another run may be making the tables.
    let connection = connection.unchecked_transaction()?;
    let application: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let version: i32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(match (application, version, tables) {
        (APPLICATION, version, _) if version > 0 => Found::Ours(version),
        (0, 0, 0) => Found::Nothing,
        _ => Found::Foreign,
    })
}

/// Takes a database that is nobody's or ours to the last of `steps`, all at once or not at all.
pub(super) fn migrate(connection: &mut Connection, steps: &[&str]) -> Result<()> {
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
    // Looked at again: another run may have done it meanwhile.
    let version: i32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for step in steps.iter().skip(usize::try_from(version).unwrap_or(0)) {
        transaction.execute_batch(step)?;
    }
    if version < version_of(steps) {
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", version_of(steps))?;
    }
    transaction.commit()
}
