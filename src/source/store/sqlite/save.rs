//! What a request gave → rows.
//!
//! In: one [`Save`], inside of a transaction. Out: what it changed. Bodies are compared by hash and never read; an entry that says what
//! it said before costs no write at all, and a document that did not come costs one small row.

use super::body;
use crate::source::identify::{Identity, Known, Marks, identify, oldest, sort_date};
use crate::source::state::State;
use crate::source::store::{Document, Retention, Save, Saved};
use rusqlite::types::{ToSqlOutput, Type, ValueRef};
use rusqlite::{Connection, OptionalExtension, Result, ToSql, params};
use serde::Serialize;
use std::collections::BTreeMap;

/// Bytes of the hash of an entry.
const HASH: usize = 16;

/// What is stored of an entry besides [`Known`], in the same order.
struct Row {
    body: i64,
    hash: [u8; HASH],
    /// `None`: it is in the feed.
    last_seen: Option<i64>,
    sort_date: i64,
}

/// Stores one.
pub(super) fn save(connection: &Connection, save: &Save, now: i64, retention: Retention) -> Result<Saved> {
    match &save.document {
        Some(document) => save_document(connection, save, document, now, retention),
        None => save_state(connection, &save.source, &save.state).map(|()| Saved::default()),
    }
}

/// The state alone. When nothing changed at the source, all of its entries have been seen now.
fn save_state(connection: &Connection, url: &str, state: &State) -> Result<()> {
    let seen = state.last_success.unwrap_or(0);
    let mut update = connection.prepare_cached("UPDATE source SET state = ?2, seen = max(seen, ?3), owner = NULL, until = 0 WHERE url = ?1")?;
    let state = json(state)?;
    if update.execute(params![url, state, seen])? == 0 {
        connection.prepare_cached("INSERT INTO source (url, state, seen) VALUES (?1, ?2, ?3)")?.execute(params![url, state, seen])?;
    }
    Ok(())
}

fn save_document(connection: &Connection, save: &Save, document: &Document, now: i64, retention: Retention) -> Result<Saved> {
    let stored: Option<(i64, i64)> = connection
        .prepare_cached("SELECT id, seen FROM source WHERE url = ?1")?
        .query_row([&save.source], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (source, seen) = if let Some(stored) = stored {
        stored
    } else {
        connection.prepare_cached("INSERT INTO source (url, state) VALUES (?1, '{}')")?.execute([&save.source])?;
        (connection.last_insert_rowid(), 0)
    };
    save_channel(connection, source, document)?;
    let (known, rows) = if stored.is_some() { known(connection, source)? } else { (Vec::new(), Vec::new()) };
    let aliases = if known.is_empty() { BTreeMap::new() } else { aliases(connection, source)? };
    let identities = identify(&document.entries, &document.channel.origin, document.is_whole, &known, &aliases);
    let oldest = if known.is_empty() { oldest(&document.entries) } else { None };
    let mut writer =
        Writer { connection, source, now, document, known: &known, is_current: vec![false; known.len()], saved: Saved::default(), oldest };
    let mut arrived = Vec::new();
    let mut text = Vec::new();
    for (position, (entry, identity)) in document.entries.iter().zip(&identities).enumerate() {
        if *identity == Identity::Version {
            continue;
        }
        body::pack(entry, &document.channel.origin, &mut text).map_err(unwritable)?;
        match identity {
            Identity::New { key, id } => arrived.push(writer.add(position, key, id.as_ref(), &text)?),
            Identity::Known { at, alias } => {
                if let Some(row) = rows.get(*at) {
                    writer.update(position, *at, row, alias.as_deref(), &text)?;
                }
            }
            Identity::Version => {}
        }
    }
    let seen_then = if document.is_whole { writer.let_leave(&rows, seen)? } else { rows.iter().map(|row| row.last_seen).collect() };
    writer.retain(&rows, &seen_then, &arrived, retention)?;
    let saved = writer.saved;
    let mut state = std::borrow::Cow::Borrowed(&save.state);
    if saved.new > 0 {
        state.to_mut().last_new = Some(now);
    }
    connection.prepare_cached("UPDATE source SET state = ?2, seen = ?3, owner = NULL, until = 0 WHERE id = ?1")?.execute(params![
        source,
        json(&*state)?,
        now
    ])?;
    Ok(saved)
}

fn save_channel(connection: &Connection, source: i64, document: &Document) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO channel (source, json) VALUES (?1, ?2)
             ON CONFLICT (source) DO UPDATE SET json = excluded.json WHERE json <> excluded.json",
        )?
        .execute(params![source, json(&document.channel)?])
        .map(|_| ())
}

/// The entries of a source as far as they are compared, by key.
fn known(connection: &Connection, source: i64) -> Result<(Vec<Known>, Vec<Row>)> {
    let mut select = connection
        .prepare_cached("SELECT key, bare, page, title, published, body, hash, last_seen, sort_date FROM entry WHERE source = ?1 ORDER BY key")?;
    let mut found = select.query([source])?;
    let (mut known, mut rows) = (Vec::new(), Vec::new());
    while let Some(row) = found.next()? {
        let marks = Marks { bare: row.get(1)?, page: row.get(2)?, title: row.get(3)?, published: row.get(4)? };
        known.push(Known::new(row.get::<_, String>(0)?, marks));
        rows.push(Row { body: row.get(5)?, hash: row.get(6)?, last_seen: row.get(7)?, sort_date: row.get(8)? });
    }
    Ok((known, rows))
}

fn aliases(connection: &Connection, source: i64) -> Result<BTreeMap<String, String>> {
    let mut select = connection.prepare_cached("SELECT id, key FROM alias WHERE source = ?1")?;
    let pairs = select.query_map([source], |row| Ok((row.get(0)?, row.get(1)?)))?;
    pairs.collect()
}

/// Writes what changes at one source.
struct Writer<'a> {
    connection: &'a Connection,
    source: i64,
    now: i64,
    document: &'a Document,
    known: &'a [Known],
    /// Which of `known` the document holds.
    is_current: Vec<bool>,
    saved: Saved,
    /// The oldest date of the first document of a source.
    oldest: Option<i64>,
}

impl Writer<'_> {
    /// A new entry. Its date for sorting.
    fn add(&mut self, position: usize, key: &str, id: Option<&crate::model::Id>, text: &[u8]) -> Result<i64> {
        let Some(entry) = self.document.entries.get(position) else { return Ok(self.now) };
        let ident = body::pack_id(id.unwrap_or(&entry.id)).map_err(unwritable)?;
        self.connection.prepare_cached("INSERT INTO body (source, key, ident, json) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
            self.source,
            key,
            ident,
            Json(text)
        ])?;
        let body = self.connection.last_insert_rowid();
        let marks = Marks::of(entry, key);
        let date = sort_date(entry, self.now, position, self.oldest);
        self.connection
            .prepare_cached(
                "INSERT INTO entry (source, key, body, hash, bare, page, title, published, first_seen, sort_date)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![self.source, key, body, hash(text), marks.bare, marks.page, marks.title, marks.published, self.now, date])?;
        self.saved.new += 1;
        Ok(date)
    }

    /// A stored entry that is in the document.
    fn update(&mut self, position: usize, at: usize, row: &Row, alias: Option<&str>, text: &[u8]) -> Result<()> {
        let (Some(entry), Some(known)) = (self.document.entries.get(position), self.known.get(at)) else { return Ok(()) };
        if let Some(current) = self.is_current.get_mut(at) {
            *current = true;
        }
        let hash = hash(text);
        if hash != row.hash {
            self.saved.changed += 1;
            self.connection.prepare_cached("UPDATE body SET json = ?2 WHERE id = ?1")?.execute(params![row.body, Json(text)])?;
            let marks = Marks::of(entry, &known.key);
            self.connection
                .prepare_cached("UPDATE entry SET hash = ?3, page = ?4, title = ?5, published = ?6, last_seen = NULL WHERE source = ?1 AND key = ?2")?
                .execute(params![self.source, known.key, hash, marks.page, marks.title, marks.published])?;
        } else if row.last_seen.is_some() {
            self.set_last_seen(&known.key, None)?;
        }
        if let Some(alias) = alias {
            self.saved.renamed += 1;
            self.connection.prepare_cached("INSERT OR REPLACE INTO alias (source, id, key) VALUES (?1, ?2, ?3)")?.execute(params![
                self.source,
                alias,
                known.key
            ])?;
        }
        Ok(())
    }

    fn set_last_seen(&self, key: &str, last_seen: Option<i64>) -> Result<()> {
        self.connection
            .prepare_cached("UPDATE entry SET last_seen = ?3 WHERE source = ?1 AND key = ?2")?
            .execute(params![self.source, key, last_seen])
            .map(|_| ())
    }

    /// Entries that a whole document does not hold have left the feed: they were last seen when the one before came, or was confirmed.
    /// When each was last seen; `None`: it still is.
    fn let_leave(&self, rows: &[Row], seen: i64) -> Result<Vec<Option<i64>>> {
        let mut last_seen = Vec::with_capacity(rows.len());
        for ((row, known), is_current) in rows.iter().zip(self.known).zip(&self.is_current) {
            let leaves = !is_current && row.last_seen.is_none();
            if leaves {
                self.set_last_seen(&known.key, Some(seen))?;
            }
            last_seen.push(if *is_current { None } else { row.last_seen.or(Some(seen)) });
        }
        Ok(last_seen)
    }

    /// Drops what is kept no longer. `arrived` are the dates of the new entries.
    fn retain(&mut self, rows: &[Row], last_seen: &[Option<i64>], arrived: &[i64], retention: Retention) -> Result<()> {
        let oldest = if retention.age > 0 { self.now.saturating_sub(retention.age) } else { i64::MIN };
        let border = border(rows, arrived, retention.count);
        for (((row, known), last_seen), is_current) in rows.iter().zip(self.known).zip(last_seen).zip(&self.is_current) {
            let Some(last_seen) = last_seen.filter(|_| !is_current) else { continue };
            if last_seen >= oldest && border.is_none_or(|border| (row.sort_date, row.body) >= border) {
                continue;
            }
            self.saved.dropped += 1;
            self.connection.prepare_cached("DELETE FROM body WHERE id = ?1")?.execute([row.body])?;
            for sql in ["DELETE FROM entry WHERE source = ?1 AND key = ?2", "DELETE FROM alias WHERE source = ?1 AND key = ?2"] {
                self.connection.prepare_cached(sql)?.execute(params![self.source, known.key])?;
            }
        }
        Ok(())
    }
}

/// Date and row of the last one of the newest `count` entries, when there are more. Of one date, the one that came later is newer.
fn border(rows: &[Row], arrived: &[i64], count: usize) -> Option<(i64, i64)> {
    if count == 0 || rows.len() + arrived.len() <= count {
        return None;
    }
    let mut places: Vec<(i64, i64)> = rows.iter().map(|row| (row.sort_date, row.body)).collect();
    places.extend(arrived.iter().map(|date| (*date, i64::MAX)));
    let (_, border, _) = places.select_nth_unstable_by(count - 1, |a, b| b.cmp(a));
    Some(*border)
}

fn hash(text: &[u8]) -> [u8; HASH] {
    let mut hash = [0; HASH];
    hash.iter_mut().zip(blake3::hash(text).as_bytes()).for_each(|(to, from)| *to = *from);
    hash
}

/// JSON of ours for a column of text: it is UTF-8 and need not be looked through again.
struct Json<'a>(&'a [u8]);

impl ToSql for Json<'_> {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.0)))
    }
}

/// JSON for a column.
fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(unwritable)
}

fn unwritable(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(error.into())
}

/// JSON in a column that cannot be read.
pub(super) fn unreadable(column: usize) -> impl FnOnce(serde_json::Error) -> rusqlite::Error {
    move |error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error.into())
}
