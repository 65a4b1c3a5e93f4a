//! The configuration file as a tree of values that know where they stand.

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::syntax::{Map, Node, Value, yaml};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A configuration: the file's text, its values, and what the command line sets on top.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The file; `None` when there is none.
    pub(super) file: Option<PathBuf>,
    /// The file as people know it.
    pub(super) shown: Arc<str>,
    pub(super) text: String,
    pub(super) map: Map,
}

impl Document {
    /// A configuration without a file.
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads the configuration file; `shown` is its path as people know it.
    pub fn read(file: &Path, shown: &str) -> Result<Self, Diagnostic> {
        let bytes = std::fs::read(file).map_err(|error| {
            Diagnostic::new(Code::ConfigSyntax, Place::file(shown), format!("expected to read it, found: {error}"))
                .with_help("name the file with --config")
        })?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let before = String::from_utf8_lossy(error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default()).into_owned();
            let line = u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX);
            Diagnostic::new(Code::ConfigSyntax, Place::file(shown).at(line, 1), "expected UTF-8, found other bytes")
                .with_help("save the file as UTF-8")
        })?;
        let text = text.trim_start_matches('\u{FEFF}').to_owned();
        let place = |at: &crate::syntax::Place| Place::file(shown).at(at.line, at.column).with_excerpt_of(&text);
        let parsed = yaml::parse(&text).map_err(|problem| {
            Diagnostic::new(Code::ConfigSyntax, place(&problem.place), problem.message).with_help("see the README for an example")
        })?;
        if let Some(duplicate) = parsed.duplicates.first() {
            let message = format!("expected `{}` once, found it again (first in line {})", duplicate.key, duplicate.first.line);
            return Err(Diagnostic::new(Code::ConfigSyntax, place(&duplicate.place), message).with_help("put everything under one key"));
        }
        let map = match parsed.value {
            Value::Map(map) => map,
            Value::Null => Map::default(),
            _ => {
                let message = "expected keys such as `site:`, found something else";
                return Err(Diagnostic::new(Code::ConfigSyntax, Place::file(shown).at(1, 1).with_excerpt_of(&text), message)
                    .with_help("see the README for an example"));
            }
        };
        Ok(Self { file: Some(file.to_path_buf()), shown: shown.into(), text, map })
    }

    /// Sets a key from the command line: `feeds.limit=50`; the value is read as YAML.
    pub fn set(&mut self, assignment: &str) -> Result<(), Diagnostic> {
        let wrong = |message: String| {
            Diagnostic::new(Code::BadValue, Place::file("--set"), message).with_help("write --set KEY=VALUE, for example --set feeds.limit=50")
        };
        let (key, value) = assignment.split_once('=').ok_or_else(|| wrong(format!("expected KEY=VALUE, found `{assignment}`")))?;
        let parsed = yaml::parse(value).map_err(|problem| wrong(format!("`{key}`: {}", problem.message)))?;
        let mut map = &mut self.map;
        let mut parts = key.split('.').peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                map.insert(part, from_command_line(parsed.value));
                return Ok(());
            }
            if map.get(part).is_none_or(|node| node.as_map().is_none()) {
                map.insert(part, Node::new(Value::Map(Map::default()), FROM_COMMAND_LINE));
            }
            map = match map.get_mut(part).map(|node| &mut node.value) {
                Some(Value::Map(inner)) => inner,
                _ => return Err(wrong(format!("expected a key, found `{key}`"))),
            };
        }
        Ok(())
    }

    /// The place of a value, in the file or on the command line.
    pub(super) fn place(&self, at: crate::syntax::Place) -> Place {
        if at.line == 0 { Place::file("--set") } else { Place::file(self.shown.clone()).at(at.line, at.column).with_excerpt_of(&self.text) }
    }

    /// The folder that paths in the file are relative to.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.file.as_deref().and_then(Path::parent)
    }
}

/// A value without places in a file, all the way down.
fn from_command_line(value: Value) -> Node {
    let value = match value {
        Value::List(items) => Value::List(items.into_iter().map(|item| from_command_line(item.value)).collect()),
        Value::Map(map) => {
            let mut placeless = Map::default();
            for member in map {
                placeless.insert(member.key, from_command_line(member.node.value));
            }
            Value::Map(placeless)
        }
        value => value,
    };
    Node::new(value, FROM_COMMAND_LINE)
}

const FROM_COMMAND_LINE: crate::syntax::Place = crate::syntax::Place { line: 0, column: 0 };
