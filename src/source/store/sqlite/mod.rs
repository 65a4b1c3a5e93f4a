//! The store in one file of `SQLite`.
//!
//! In: what requests gave. Out: the same, at the next run. What is saved is saved all at once or not at all, also when the program is
//! killed; several runs may use one file. `schema` has the tables, `open` the file, `save` what changes, `body` the form of an entry.

mod body;
mod open;
mod save;
mod schema;
#[cfg(test)]
mod tests;

use super::{Channel, Retention, Save, Saved, Store, StoreError, StoredEntry};
use crate::model::Origin;
use crate::source::state::State;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use save::unreadable;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A store in a file.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    file: PathBuf,
    /// Whether something was changed since it was opened.
    is_writing: bool,
}

/// What an entry is made of, for [`stored`]. `source.url` is not among it.
const COLUMNS: &str = "body.id, entry.first_seen, coalesce(entry.last_seen, source.seen), entry.sort_date, body.ident, body.json";

impl Sqlite {
    /// Opens a store, made anew when there is none, together with its folder. An older one becomes one of this version; one of a newer
    /// version, another program's and a symbolic link are errors and stay as they are.
    pub fn open(file: &Path) -> Result<Self, StoreError> {
        Ok(Self::new(open::for_writing(file)?, file))
    }

    /// Opens a store for reading; `None` when there is none. Makes no store; one that is the only file that is left of a run
    /// (restored from a cache, on a disk that cannot be written to) will do.
    pub fn open_existing(file: &Path) -> Result<Option<Self>, StoreError> {
        Ok(open::for_reading(file)?.map(|connection| Self::new(connection, file)))
    }

    /// A store that is gone when it is dropped.
    pub fn in_memory() -> Result<Self, StoreError> {
        Ok(Self::new(open::in_memory()?, Path::new(":memory:")))
    }

    /// Puts everything into the one file. Dropping a store does the same, without saying what goes wrong.
    pub fn close(mut self) -> Result<(), StoreError> {
        self.end()
    }

    fn new(connection: Connection, file: &Path) -> Self {
        Self { connection, file: file.to_owned(), is_writing: false }
    }

    fn end(&mut self) -> Result<(), StoreError> {
        if !std::mem::take(&mut self.is_writing) {
            return Ok(());
        }
        open::end_writing(&self.connection).map_err(|error| self.trouble(&error))
    }

    fn trouble(&self, error: &rusqlite::Error) -> StoreError {
        open::sqlite_error(&self.file, error)
    }

    /// Reads, all of it as it is at one instant.
    fn read<T>(&self, body: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let snapshot = self.connection.unchecked_transaction();
        snapshot.and_then(|snapshot| body(&snapshot)).map_err(|error| self.trouble(&error))
    }

    /// Changes: all of it, or nothing when it fails or the program ends.
    fn write<T>(&mut self, body: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let done = self.try_write(body);
        done.map_err(|error| self.trouble(&error))
    }

    fn try_write<T>(&mut self, body: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        if !self.is_writing {
            open::begin_writing(&self.connection)?;
            self.is_writing = true;
        }
        // Immediate: two runs that have both read before they write would be in each other's way.
        let transaction = Transaction::new(&mut self.connection, TransactionBehavior::Immediate)?;
        let value = body(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        // Whoever wants to know calls `close`; nothing is lost, the next run puts it in order.
        let _ = self.end();
    }
}

impl Store for Sqlite {
    fn states(&mut self, sources: &[&str]) -> Result<Vec<State>, StoreError> {
        self.read(|connection| {
            let mut select = connection.prepare_cached("SELECT state FROM source WHERE url = ?1")?;
            let mut state = |source: &&str| {
                let text: Option<String> = select.query_row([source], |row| row.get(0)).optional()?;
                text.map_or_else(|| Ok(State::default()), |text| serde_json::from_str(&text).map_err(unreadable(0)))
            };
            sources.iter().map(&mut state).collect()
        })
    }

    fn lease(&mut self, sources: &[&str], owner: &str, now: i64, until: i64) -> Result<Vec<bool>, StoreError> {
        self.write(|connection| {
            let mut take = connection.prepare_cached(
                "INSERT INTO source (url, state, owner, until) VALUES (?1, '{}', ?2, ?4)
                 ON CONFLICT (url) DO UPDATE SET owner = excluded.owner, until = excluded.until
                 WHERE owner IS NULL OR owner = excluded.owner OR until <= ?3",
            )?;
            sources.iter().map(|source| Ok(take.execute(params![source, owner, now, until])? == 1)).collect()
        })
    }

    fn release(&mut self, owner: &str) -> Result<(), StoreError> {
        self.write(|connection| connection.execute("UPDATE source SET owner = NULL, until = 0 WHERE owner = ?1", [owner]).map(|_| ()))
    }

    fn save(&mut self, saves: &[Save], now: i64, retention: Retention) -> Result<Vec<Saved>, StoreError> {
        if saves.is_empty() {
            return Ok(Vec::new());
        }
        self.write(|connection| saves.iter().map(|save| save::save(connection, save, now, retention)).collect())
    }

    fn sources(&mut self) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            let mut select = connection.prepare_cached("SELECT url FROM source ORDER BY url")?;
            select.query_map([], |row| row.get(0))?.collect()
        })
    }

    fn forget(&mut self, source: &str) -> Result<(), StoreError> {
        self.write(|connection| {
            let id: Option<i64> = connection.query_row("SELECT id FROM source WHERE url = ?1", [source], |row| row.get(0)).optional()?;
            let Some(id) = id else { return Ok(()) };
            for sql in [
                "DELETE FROM body WHERE id IN (SELECT body FROM entry WHERE source = ?1)",
                "DELETE FROM entry WHERE source = ?1",
                "DELETE FROM alias WHERE source = ?1",
                "DELETE FROM channel WHERE source = ?1",
                "DELETE FROM source WHERE id = ?1",
            ] {
                connection.execute(sql, [id])?;
            }
            Ok(())
        })
    }

    fn channels(&mut self, sources: &[&str]) -> Result<BTreeMap<String, Channel>, StoreError> {
        self.read(|connection| {
            let mut channels = BTreeMap::new();
            for source in sources {
                if let Some((_, Some(channel))) = source_and_channel(connection, source)? {
                    channels.insert((*source).to_owned(), channel);
                }
            }
            Ok(channels)
        })
    }

    fn counts(&mut self, sources: &[&str]) -> Result<Vec<usize>, StoreError> {
        self.read(|connection| {
            let mut count = connection.prepare_cached("SELECT count(*) FROM entry WHERE source = (SELECT id FROM source WHERE url = ?1)")?;
            sources.iter().map(|source| count.query_row([source], |row| row.get::<_, i64>(0)).map(|n| usize::try_from(n).unwrap_or(0))).collect()
        })
    }

    fn each_entry(&mut self, sources: &[&str], sink: &mut dyn FnMut(StoredEntry)) -> Result<(), StoreError> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM entry JOIN body ON body.id = entry.body JOIN source ON source.id = entry.source
                 WHERE entry.source = ?1 ORDER BY entry.key"
            ))?;
            for source in sources {
                let Some((id, channel)) = source_and_channel(connection, source)? else { continue };
                let origin = channel.map(|channel| Arc::new(channel.origin));
                let mut rows = select.query([id])?;
                while let Some(row) = rows.next()? {
                    sink(stored(row, source, origin.as_ref())?);
                }
            }
            Ok(())
        })
    }

    fn entry(&mut self, row: i64) -> Result<Option<StoredEntry>, StoreError> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(&format!(
                "SELECT {COLUMNS}, source.url, channel.json FROM body
                 JOIN entry ON entry.source = body.source AND entry.key = body.key
                 JOIN source ON source.id = body.source LEFT JOIN channel ON channel.source = body.source
                 WHERE body.id = ?1"
            ))?;
            let made = |row: &Row<'_>| {
                let channel = row.get::<_, Option<String>>(7)?.map(|text| channel(&text, 7)).transpose()?;
                stored(row, row.get_ref(6)?.as_str()?, channel.map(|channel| Arc::new(channel.origin)).as_ref())
            };
            select.query_row([row], made).optional()
        })
    }

    fn pinged(&mut self, hub: &str) -> Result<BTreeMap<String, String>, StoreError> {
        self.read(|connection| {
            let mut select = connection.prepare_cached("SELECT feed, hash FROM ping WHERE hub = ?1")?;
            let pairs = select.query_map([hub], |row| Ok((row.get(0)?, row.get(1)?)))?;
            pairs.collect()
        })
    }

    fn set_pinged(&mut self, hub: &str, feeds: &BTreeMap<String, String>) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.execute("DELETE FROM ping WHERE hub = ?1", [hub])?;
            let mut insert = connection.prepare_cached("INSERT INTO ping (hub, feed, hash) VALUES (?1, ?2, ?3)")?;
            for (feed, hash) in feeds {
                insert.execute([hub, feed, hash])?;
            }
            Ok(())
        })
    }
}

fn source_and_channel(connection: &Connection, url: &str) -> rusqlite::Result<Option<(i64, Option<Channel>)>> {
    let mut select = connection
        .prepare_cached("SELECT source.id, channel.json FROM source LEFT JOIN channel ON channel.source = source.id WHERE source.url = ?1")?;
    let found: Option<(i64, Option<String>)> = select.query_row([url], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((id, text)) = found else { return Ok(None) };
    Ok(Some((id, text.map(|text| channel(&text, 1)).transpose()?)))
}

fn channel(text: &str, column: usize) -> rusqlite::Result<Channel> {
    serde_json::from_str(text).map_err(unreadable(column))
}

/// A row of [`COLUMNS`].
fn stored(row: &Row<'_>, source: &str, origin: Option<&Arc<Origin>>) -> rusqlite::Result<StoredEntry> {
    let entry = body::unpack(row.get_ref(4)?.as_str()?, row.get_ref(5)?.as_str()?, origin).map_err(unreadable(5))?;
    Ok(StoredEntry { row: row.get(0)?, source: source.to_owned(), first_seen: row.get(1)?, last_seen: row.get(2)?, sort_date: row.get(3)?, entry })
}
