//! One map of the configuration, read key by key: a wrong shape and an unknown key are findings with a place.

use super::document::Document;
use super::secret::Secret;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::syntax::{Map, Node, Value};
use crate::text::near::nearest;
use std::collections::BTreeMap;

/// A map under reading. Each key that is asked for is known; what is left at the end is a mistake.
pub(super) struct Section<'a> {
    document: &'a Document,
    map: Option<&'a Map>,
    name: String,
    known: Vec<&'static str>,
    findings: &'a mut Vec<Diagnostic>,
}

impl<'a> Section<'a> {
    /// The top of the file.
    pub(super) fn top(document: &'a Document, findings: &'a mut Vec<Diagnostic>) -> Self {
        Self { document, map: Some(&document.map), name: String::new(), known: Vec::new(), findings }
    }

    /// The map under a key; an empty one when the key is missing.
    pub(super) fn section(&mut self, key: &'static str) -> Section<'_> {
        let node = self.node(key);
        let map = node.and_then(Node::as_map);
        if let Some(node) = node.filter(|node| map.is_none() && !matches!(node.value, Value::Null)) {
            self.wrong(node, key, "keys and values");
        }
        Section { document: self.document, map, name: self.full(key), known: Vec::new(), findings: self.findings }
    }

    /// A map in a list.
    fn element<'s>(&'s mut self, node: &'a Node, key: &str) -> Section<'s> {
        Section { document: self.document, map: node.as_map(), name: key.to_owned(), known: Vec::new(), findings: self.findings }
    }

    /// Ends the reading: keys that nobody asked for are unknown.
    pub(super) fn end(self) {
        for member in self.map.into_iter().flat_map(Map::iter).filter(|member| !self.known.contains(&member.key.as_str())) {
            let name = if self.name.is_empty() { member.key.clone() } else { format!("{}.{}", self.name, member.key) };
            let help = match nearest(&member.key, self.known.iter().copied()) {
                Some(near) if self.name.is_empty() => format!("did you mean `{near}`?"),
                Some(near) => format!("did you mean `{}.{near}`?", self.name),
                None => format!("the keys here are: {}", self.known.join(", ")),
            };
            let place = self.document.place(member.key_place).with_length(member.key.chars().count());
            self.findings.push(Diagnostic::new(Code::UnknownKey, place, format!("expected a known key, found `{name}`")).with_help(help));
        }
    }

    fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        self.map?.get(key).filter(|node| !matches!(node.value, Value::Null))
    }

    fn full(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    fn wrong(&mut self, node: &Node, key: &str, expected: &str) {
        let found = match &node.value {
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "keys and values".to_owned(),
            _ => format!("`{}`", node.as_text().unwrap_or_default()),
        };
        let message = format!("`{}`: expected {expected}, found {found}", self.full(key));
        self.findings.push(Diagnostic::new(Code::BadValue, self.document.place(node.place), message));
    }

    /// A value that `read` understands; `expected` says to people what that is.
    pub(super) fn read<T>(&mut self, key: &'static str, expected: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        self.try_read(key, |text| read(text).ok_or_else(|| format!("expected {expected}, found `{text}`")))
    }

    /// A value that `read` understands, or says why not.
    pub(super) fn try_read<T, E: std::fmt::Display>(&mut self, key: &'static str, read: impl FnOnce(&str) -> Result<T, E>) -> Option<T> {
        let node = self.node(key)?;
        if matches!(node.value, Value::List(_) | Value::Map(_)) {
            self.wrong(node, key, "one value");
            return None;
        }
        match read(&node.as_text().unwrap_or_default()) {
            Ok(value) => Some(value),
            Err(problem) => {
                let place = self.document.place(node.place);
                self.findings.push(Diagnostic::new(Code::BadValue, place, format!("`{}`: {problem}", self.full(key))));
                None
            }
        }
    }

    /// A text.
    pub(super) fn text(&mut self, key: &'static str) -> Option<String> {
        self.read(key, "a text", |text| Some(text.to_owned()))
    }

    /// `true` or `false`.
    pub(super) fn switch(&mut self, key: &'static str) -> Option<bool> {
        self.read(key, "true or false", |text| text.parse().ok())
    }

    /// A number from 0.
    pub(super) fn number(&mut self, key: &'static str) -> Option<usize> {
        self.read(key, "a whole number from 0", |text| text.parse().ok())
    }

    /// A list of values that `read` understands; one value is a list of one.
    pub(super) fn list<T>(&mut self, key: &'static str, expected: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
        self.list_of(key, expected, |item| item.as_text().and_then(|text| read(&text)))
    }

    /// A list of values of any shape that `read` understands; one value is a list of one.
    pub(super) fn list_of<T>(&mut self, key: &'static str, expected: &str, read: impl Fn(&Node) -> Option<T>) -> Option<Vec<T>> {
        let items = self.items(key)?;
        let mut values = Vec::new();
        for item in items {
            match read(item) {
                Some(value) => values.push(value),
                None => self.wrong(item, key, expected),
            }
        }
        Some(values)
    }

    /// The map under a key; anything else there is wrong.
    fn names_and_values(&mut self, key: &'static str) -> Option<&'a Map> {
        let node = self.node(key)?;
        if node.as_map().is_none() {
            self.wrong(node, key, "names and values");
        }
        node.as_map()
    }

    /// The values of the list under a key; one value is a list of one.
    fn items(&mut self, key: &'static str) -> Option<Vec<&'a Node>> {
        let node = self.node(key)?;
        Some(match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        })
    }

    /// A map from names to what `read` understands.
    pub(super) fn table<T>(&mut self, key: &'static str, expected: &str, read: impl Fn(&Node) -> Option<T>) -> Option<BTreeMap<String, T>> {
        let map = self.names_and_values(key)?;
        let mut table = BTreeMap::new();
        for member in map.iter() {
            match read(&member.node) {
                Some(value) => {
                    table.insert(member.key.clone(), value);
                }
                None => self.wrong(&member.node, key, expected),
            }
        }
        Some(table)
    }

    /// A map from names to what `read` understands, or says why not.
    pub(super) fn try_table<T>(&mut self, key: &'static str, read: impl Fn(&str, &str) -> Result<T, String>) -> Option<BTreeMap<String, T>> {
        let map = self.names_and_values(key)?;
        let mut table = BTreeMap::new();
        for member in map.iter() {
            match read(&member.key, &member.node.as_text().unwrap_or_default()) {
                Ok(value) => drop(table.insert(member.key.clone(), value)),
                Err(problem) => {
                    let place = self.document.place(member.node.place).without_excerpt();
                    self.findings.push(Diagnostic::new(Code::BadValue, place, format!("`{}.{}`: {problem}", self.full(key), member.key)));
                }
            }
        }
        Some(table)
    }

    /// A list of values that `read` understands, or says why not; one value is a list of one.
    pub(super) fn try_list<T>(&mut self, key: &'static str, read: impl Fn(&str) -> Result<T, String>) -> Option<Vec<T>> {
        let items = self.items(key)?;
        let mut values = Vec::new();
        for item in items {
            match read(&item.as_text().unwrap_or_default()) {
                Ok(value) => values.push(value),
                Err(problem) => {
                    let place = self.document.place(item.place);
                    self.findings.push(Diagnostic::new(Code::BadValue, place, format!("`{}`: {problem}", self.full(key))));
                }
            }
        }
        Some(values)
    }

    /// A value that must be in the environment: what stands here instead is shown nowhere.
    pub(super) fn secret(&mut self, key: &'static str) -> Option<Secret> {
        let node = self.node(key)?;
        match Secret::parse(&node.as_text().unwrap_or_default()) {
            Ok(secret) => Some(secret),
            Err(problem) => {
                let place = self.document.place(node.place).without_excerpt();
                self.findings.push(Diagnostic::new(Code::BadValue, place, format!("`{}`: {problem}", self.full(key))));
                None
            }
        }
    }

    /// A list of maps, each read by `read`.
    pub(super) fn maps(&mut self, key: &'static str, mut read: impl FnMut(&mut Section<'_>)) {
        let Some(node) = self.node(key) else { return };
        for item in node.as_list().unwrap_or(std::slice::from_ref(node)) {
            if item.as_map().is_none() {
                self.wrong(item, key, "a list of keys and values");
                continue;
            }
            let name = self.full(key);
            let mut element = self.element(item, &name);
            read(&mut element);
            element.end();
        }
    }

    /// Whether a key is there.
    pub(super) fn is_set(&self, key: &str) -> bool {
        self.map.is_some_and(|map| map.get(key).is_some())
    }

    /// Whether the value under a key is a map (and not a scalar).
    pub(super) fn is_map(&self, key: &str) -> bool {
        self.map.and_then(|map| map.get(key)).is_some_and(|node| node.as_map().is_some())
    }

    /// Where this map stands.
    pub(super) fn place(&self) -> Place {
        self.map.and_then(|map| map.iter().next()).map_or_else(Default::default, |member| self.document.place(member.key_place))
    }

    /// Where the value of a key stands.
    pub(super) fn place_of(&self, key: &str) -> Place {
        self.map.and_then(|map| map.get(key)).map_or_else(|| self.place(), |node| self.document.place(node.place))
    }

    /// Says that a key is missing here.
    pub(super) fn missing(&mut self, key: &str, help: &str) {
        let place = self.place();
        self.findings.push(Diagnostic::new(Code::BadValue, place, format!("expected a key `{}`, found none", self.full(key))).with_help(help));
    }
}
