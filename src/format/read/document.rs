//! A document of XML → a feed and its entries.
//!
//! In: text from the root on. Out: the feed; each entry goes to the sink as soon as it is read. Entries count wherever they
//! stand: inside of `channel`, beside it (RSS 1.0), or alone.

use super::super::markup::{Cursor, Ns, Repairs, Tag, excerpt};
use super::context::Context;
use super::entry::{self, Around};
use super::feed::Draft;
use super::{Content, Dialect, Hints, ReadError, limit};
use crate::diagnostic::Code;
use crate::model::Entry;

struct Document<'a, 'h, 's> {
    cursor: Cursor<'a>,
    context: Context<'h>,
    sink: &'s mut dyn FnMut(Entry),
    feed: Draft,
    around: Around,
    dialect: Option<Dialect>,
    entries: usize,
    /// A last entry that is cut off, and where it begins: kept only when there is no other.
    half: Option<(Entry, usize)>,
}

/// Reads a feed whose root, or the declaration before it, begins at `at`.
pub(super) fn read(
    text: &str,
    at: usize,
    hints: &Hints,
    repairs: Repairs,
    sink: &mut dyn FnMut(Entry),
) -> Result<(Dialect, Content, Repairs), ReadError> {
    let mut document = Document {
        cursor: Cursor::new(text, at, repairs).at(hints.base.as_deref()),
        context: Context::new(hints),
        sink,
        feed: Draft::default(),
        around: Around { address: None, extensions: limit::EXTENSIONS },
        dialect: None,
        entries: 0,
        half: None,
    };
    let root = document.roots();
    let Some(dialect) = document.dialect.take() else {
        return Err(root.map_or_else(|| ReadError::Other(excerpt(text)), ReadError::Xml));
    };
    if let Some((entry, begin)) = document.half.take() {
        if document.entries == 0 {
            (document.sink)(entry);
        } else {
            entry::note_cut(&mut document.cursor, &entry, begin);
        }
    }
    let Document { cursor, feed, .. } = document;
    Ok((dialect, Content::Feed(Box::new(feed.finish(hints))), cursor.repairs))
}

impl Document<'_, '_, '_> {
    /// Walks through all roots; one is enough for a document, but broken ones have more. Gives the name of the first.
    fn roots(&mut self) -> Option<String> {
        let first = self.cursor.child(0)?;
        self.container(&first, 0);
        let mut behind = String::new();
        loop {
            let next = self.cursor.child_or_text(0, &mut behind);
            if !behind.trim().is_empty() || next.is_some() {
                let found = next.as_ref().map_or_else(|| excerpt(&behind), |tag| format!("<{}>", limit::cut(tag.written, 40)));
                let at = next.as_ref().map_or_else(|| self.cursor.closed_at(), |tag| tag.offset);
                self.cursor.repairs.note(at, Code::TrailingJunk, || format!("expected the end of the document, found `{found}`"));
            }
            behind.clear();
            let Some(tag) = next else { break };
            if self.dialect.is_some() && !matches!(tag.name.as_ref(), "item" | "entry" | "channel" | "feed" | "rss" | "rdf") {
                // What a server has added: a script, a counter, a page.
                self.pass_over();
                continue;
            }
            self.container(&tag, 0);
        }
        Some(limit::cut(first.written, 64).to_owned())
    }

    /// An element in which a feed or entries may stand.
    fn container(&mut self, tag: &Tag<'_>, level: usize) {
        let before = self.dialect.is_some();
        match (tag.ns, tag.name.as_ref()) {
            (Ns::Plain | Ns::Atom, "item" | "entry") => {
                self.dialect.get_or_insert_with(|| lone(tag));
                return self.entry(tag);
            }
            (_, "rss") => {
                let version = tag.filled("version").map(|version| limit::cut(&version, 16).to_owned()).unwrap_or_default();
                if !before {
                    self.note_version(tag, &version);
                }
                self.dialect.get_or_insert(Dialect::Rss(version));
            }
            (Ns::Rdf | Ns::Plain, "rdf") => {
                let version = if tag.attributes().any(|attribute| attribute.value.contains("/rdf/simple/0.9")) { "0.90" } else { "1.0" };
                self.dialect.get_or_insert(Dialect::Rdf(version));
            }
            (Ns::Atom | Ns::Plain, "feed") => {
                let is_old = tag
                    .attributes()
                    .any(|attribute| attribute.value.contains("purl.org/atom/ns") || attribute.name == "version" && attribute.value == "0.3");
                self.dialect.get_or_insert(Dialect::Atom(if is_old { "0.3" } else { "1.0" }));
            }
            (_, "channel") if !before => {
                self.dialect = Some(if tag.filled("href").is_some() { Dialect::Cdf } else { Dialect::Rss(String::new()) });
            }
            (_, "channel") => {}
            _ if level < 3 => {}
            _ => return self.pass_over(),
        }
        if !before && self.dialect.is_some() && tag.written != tag.name && !matches!(tag.written, "RDF") {
            self.cursor
                .repairs
                .note(tag.offset, Code::UnknownDialect, || format!("expected <{}>, found <{}>", tag.name, limit::cut(tag.written, 40)));
        }
        if self.dialect.is_some() {
            self.feed.attributes(&mut self.cursor, tag, &mut self.context);
        }
        self.children(level);
    }

    fn note_version(&mut self, tag: &Tag<'_>, version: &str) {
        if !matches!(version, "0.91" | "0.92" | "0.93" | "0.94" | "2.0") {
            self.cursor.repairs.note(tag.offset, Code::UnknownDialect, || match version {
                "" => "expected a version of RSS, found none".to_owned(),
                version => format!("expected a version of RSS such as 2.0, found `{version}`"),
            });
        }
    }

    fn children(&mut self, level: usize) {
        let depth = self.cursor.depth();
        while let Some(tag) = self.cursor.child(depth) {
            match (tag.ns, tag.name.as_ref()) {
                (Ns::Plain | Ns::Atom, "item" | "entry") => {
                    self.dialect.get_or_insert_with(|| lone(&tag));
                    self.entry(&tag);
                }
                (Ns::Plain | Ns::Atom | Ns::Rdf, "channel" | "feed" | "rss" | "rdf") => self.container(&tag, level + 1),
                // RSS 1.1 has the entries in it, RSS 1.0 only their names.
                (Ns::Plain, "items") if level < 4 => self.children(level + 1),
                _ if self.dialect.is_none() => self.container(&tag, level + 1),
                _ => self.feed.element(&mut self.cursor, &tag, &mut self.context, &mut self.around.extensions),
            }
        }
    }

    fn pass_over(&mut self) {
        let depth = self.cursor.depth();
        while self.cursor.child(depth).is_some() {}
    }

    fn entry(&mut self, tag: &Tag<'_>) {
        if self.entries >= limit::ENTRIES {
            self.cursor
                .repairs
                .note(tag.offset, Code::LimitExceeded, || format!("expected at most {} entries, found more; they were left out", limit::ENTRIES));
            return self.pass_over();
        }
        if self.around.address.is_none() {
            self.around.address = self.feed.address();
        }
        let entry = entry::read(&mut self.cursor, tag, &self.context, &mut self.around);
        if self.cursor.was_cut() {
            self.half = Some((entry, tag.offset));
            return;
        }
        self.entries += 1;
        (self.sink)(entry);
    }
}

/// What a lone item or entry is written in.
fn lone(tag: &Tag<'_>) -> Dialect {
    if tag.name == "entry" { Dialect::Atom("1.0") } else { Dialect::Rss(String::new()) }
}
