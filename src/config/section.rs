//! One map of the configuration, read key by key: a wrong shape and an unknown key are findings with a place.

use super::document::Document;
use super::key::{Declared, Key, Shape, Written};
use super::secret::Secret;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::syntax::{Map, Node, Value};
use crate::text::near::nearest;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// A map under reading. Each key that is asked for is known; what is left at the end is a mistake.
pub(super) struct Section<'a> {
    document: &'a Document,
    map: Option<&'a Map>,
    name: String,
    known: Vec<&'static str>,
    findings: &'a mut Vec<Diagnostic>,
    /// Where the keys are listed as they are asked for, when that is what the reading is for.
    declared: Option<&'a mut Vec<Declared>>,
}

impl<'a> Section<'a> {
    /// The top of the file.
    pub(super) fn top(document: &'a Document, findings: &'a mut Vec<Diagnostic>) -> Self {
        Self { document, map: Some(&document.map), name: String::new(), known: Vec::new(), findings, declared: None }
    }

    /// The top of a file without keys; those that are asked for are listed.
    pub(super) fn declaring(document: &'a Document, findings: &'a mut Vec<Diagnostic>, declared: &'a mut Vec<Declared>) -> Self {
        Self { declared: Some(declared), ..Self::top(document, findings) }
    }

    /// The map under a key; an empty one when the key is missing.
    pub(super) fn section(&mut self, key: Key) -> Section<'_> {
        let node = self.node(key, || Shape::Section);
        let map = node.and_then(Node::as_map);
        if let Some(node) = node.filter(|node| map.is_none() && !matches!(node.value, Value::Null)) {
            self.wrong(node, key, "keys and values");
        }
        self.below(map, self.full(key.name))
    }

    /// The value under a key, or the map that may stand there instead; an empty one when it does not.
    pub(super) fn value_or_section<T>(
        &mut self,
        key: Key,
        written: impl Into<Written>,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> (Option<T>, Section<'_>) {
        let written = written.into();
        let node = self.node(key, || Shape::Either(Box::new(Shape::Text(written)), Box::new(Shape::Section)));
        let map = node.and_then(Node::as_map);
        let value = node.filter(|_| map.is_none()).and_then(|node| self.value(node, key, |text| understood(text, written, read)));
        (value, self.below(map, self.full(key.name)))
    }

    /// A map in this one.
    fn below<'s>(&'s mut self, map: Option<&'a Map>, name: String) -> Section<'s> {
        Section { document: self.document, map, name, known: Vec::new(), findings: self.findings, declared: self.declared.as_deref_mut() }
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

    fn node(&mut self, key: Key, shape: impl FnOnce() -> Shape) -> Option<&'a Node> {
        self.known.push(key.name);
        if let Some(declared) = &mut self.declared {
            declared.push(key.declared(&self.name, shape()));
        }
        self.map?.get(key.name).filter(|node| !matches!(node.value, Value::Null))
    }

    fn full(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    fn wrong(&mut self, node: &Node, key: Key, expected: &str) {
        let found = match &node.value {
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "keys and values".to_owned(),
            _ => format!("`{}`", node.as_text().unwrap_or_default()),
        };
        let message = format!("`{}`: expected {expected}, found {found}", self.full(key.name));
        self.findings.push(Diagnostic::new(Code::BadValue, self.document.place(node.place), message));
    }

    /// Says what is wrong with a value, with the line that it stands in unless that is to be seen by nobody.
    fn refuse(&mut self, node: &Node, key: &str, problem: &impl std::fmt::Display, is_secret: bool) {
        let place = self.document.place(node.place);
        let place = if is_secret { place.without_excerpt() } else { place };
        self.findings.push(Diagnostic::new(Code::BadValue, place, format!("`{}`: {problem}", self.full(key))));
    }

    /// One value, not a list and not a map.
    fn value<T, E: std::fmt::Display>(&mut self, node: &Node, key: Key, read: impl FnOnce(&str) -> Result<T, E>) -> Option<T> {
        if matches!(node.value, Value::List(_) | Value::Map(_)) {
            self.wrong(node, key, "one value");
            return None;
        }
        read(&node.as_text().unwrap_or_default()).map_err(|problem| self.refuse(node, key.name, &problem, false)).ok()
    }

    /// A value that `read` understands.
    pub(super) fn read<T>(&mut self, key: Key, written: impl Into<Written>, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let written = written.into();
        self.try_read(key, written, |text| understood(text, written, read))
    }

    /// A value that `read` understands, or says why not.
    pub(super) fn try_read<T, E: std::fmt::Display>(
        &mut self,
        key: Key,
        written: impl Into<Written>,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let node = self.node(key, || Shape::Text(written.into()))?;
        self.value(node, key, read)
    }

    /// A text.
    pub(super) fn text(&mut self, key: Key) -> Option<String> {
        self.read(key, "a text", |text| Some(text.to_owned()))
    }

    /// `true` or `false`.
    pub(super) fn switch(&mut self, key: Key) -> Option<bool> {
        self.shaped(key, Shape::Switch, |text| text.parse().ok())
    }

    /// A number from 0.
    pub(super) fn number(&mut self, key: Key) -> Option<usize> {
        self.shaped(key, Shape::Number { least: 0, most: None }, |text| text.parse().ok())
    }

    /// A number with bounds.
    pub(super) fn number_in(&mut self, key: Key, range: RangeInclusive<usize>) -> Option<usize> {
        let shape = Shape::Number { least: *range.start(), most: Some(*range.end()) };
        self.shaped(key, shape, |text| text.parse().ok().filter(|number| range.contains(number)))
    }

    /// What one of these words stands for.
    pub(super) fn choice<T: Clone>(&mut self, key: Key, choices: &[(&'static str, T)]) -> Option<T> {
        self.shaped(key, Shape::choice(choices), |text| chosen(text, choices))
    }

    /// `true`, `false` or another value: `read` gets the text of any of them.
    pub(super) fn switch_or<T>(&mut self, key: Key, written: impl Into<Written>, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let shape = Shape::Either(Box::new(Shape::Switch), Box::new(Shape::Text(written.into())));
        self.shaped(key, shape, read)
    }

    fn shaped<T>(&mut self, key: Key, shape: Shape, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let expected = shape.expected();
        let node = self.node(key, || shape)?;
        self.value(node, key, |text| read(text).ok_or_else(|| format!("expected {expected}, found `{text}`")))
    }

    /// A list of values that `read` understands; one value is a list of one.
    pub(super) fn list<T>(&mut self, key: Key, written: impl Into<Written>, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
        self.list_of(key, Shape::Text(written.into()), read)
    }

    /// A list of what these words stand for.
    pub(super) fn choices<T: Clone>(&mut self, key: Key, choices: &[(&'static str, T)]) -> Option<Vec<T>> {
        self.list_of(key, Shape::choice(choices), |text| chosen(text, choices))
    }

    fn list_of<T>(&mut self, key: Key, item: Shape, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
        let expected = item.expected();
        let node = self.node(key, || Shape::List(Box::new(item)))?;
        Some(self.values(node, key, &expected, read))
    }

    /// A list of values of any shape that `read` understands; one value is a list of one.
    pub(super) fn list_with<T>(&mut self, key: Key, item: Shape, expected: &'static str, read: impl Fn(&Node) -> Option<T>) -> Option<Vec<T>> {
        let node = self.node(key, || Shape::List(Box::new(item)))?;
        let mut values = Vec::new();
        // One map is one value, as one text is.
        for item in items(node) {
            match read(item) {
                Some(value) => values.push(value),
                None => self.wrong(item, key, expected),
            }
        }
        Some(values)
    }

    /// The values of a list, or one value; those that are wrong are left out and told.
    fn values<T>(&mut self, node: &'a Node, key: Key, expected: &str, read: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let mut values = Vec::new();
        for item in items(node) {
            match item.as_text().and_then(|text| read(&text)) {
                Some(value) => values.push(value),
                None => self.wrong(item, key, expected),
            }
        }
        values
    }

    /// A list of values that `read` understands, or says why not; one value is a list of one.
    pub(super) fn try_list<T>(&mut self, key: Key, written: impl Into<Written>, read: impl Fn(&str) -> Result<T, String>) -> Option<Vec<T>> {
        let node = self.node(key, || Shape::List(Box::new(Shape::Text(written.into()))))?;
        let mut values = Vec::new();
        for item in items(node) {
            match read(&item.as_text().unwrap_or_default()) {
                Ok(value) => values.push(value),
                Err(problem) => self.refuse(item, key.name, &problem, false),
            }
        }
        Some(values)
    }

    /// A map from names to what `read` understands.
    pub(super) fn table<T>(&mut self, key: Key, written: impl Into<Written>, read: impl Fn(&str) -> Option<T>) -> Option<BTreeMap<String, T>> {
        let written = written.into();
        let map = self.names_and_values(key, || Shape::Table(Box::new(Shape::Text(written))))?;
        let mut table = BTreeMap::new();
        for member in map.iter() {
            match member.node.as_text().and_then(|text| read(&text)) {
                Some(value) => drop(table.insert(member.key.clone(), value)),
                None => self.wrong(&member.node, key, written.expected),
            }
        }
        Some(table)
    }

    /// A map from names to lists of texts; one text is a list of one.
    pub(super) fn table_of_lists(&mut self, key: Key, expected: &'static str) -> Option<BTreeMap<String, Vec<String>>> {
        let map = self.names_and_values(key, lists)?;
        Some(self.lists_of(map, key, expected))
    }

    /// A list of texts, or a map from names to such lists: one of the two is there, or none.
    pub(super) fn list_or_table(&mut self, key: Key, expected: &'static str) -> (Vec<String>, BTreeMap<String, Vec<String>>) {
        let shape = || Shape::Either(Box::new(Shape::List(Box::new(Shape::Text(Written::any(expected))))), Box::new(lists()));
        match self.node(key, shape) {
            None => Default::default(),
            Some(node) => match node.as_map() {
                Some(map) => (Vec::new(), self.lists_of(map, key, expected)),
                None => (self.values(node, key, expected, filled), BTreeMap::new()),
            },
        }
    }

    fn lists_of(&mut self, map: &'a Map, key: Key, expected: &str) -> BTreeMap<String, Vec<String>> {
        map.iter().map(|member| (member.key.clone(), self.values(&member.node, key, expected, filled))).collect()
    }

    /// A map from names to what `read` understands, or says why not. A value may be a secret: its line is shown nowhere.
    pub(super) fn try_table<T>(&mut self, key: Key, value: Shape, read: impl Fn(&str, &str) -> Result<T, String>) -> Option<BTreeMap<String, T>> {
        let map = self.names_and_values(key, || Shape::Table(Box::new(value)))?;
        let mut table = BTreeMap::new();
        for member in map.iter() {
            match read(&member.key, &member.node.as_text().unwrap_or_default()) {
                Ok(value) => drop(table.insert(member.key.clone(), value)),
                Err(problem) => self.refuse(&member.node, &format!("{}.{}", key.name, member.key), &problem, true),
            }
        }
        Some(table)
    }

    /// The map under a key; anything else there is wrong.
    fn names_and_values(&mut self, key: Key, shape: impl FnOnce() -> Shape) -> Option<&'a Map> {
        let node = self.node(key, shape)?;
        if node.as_map().is_none() {
            self.wrong(node, key, "names and values");
        }
        node.as_map()
    }

    /// A value that must be in the environment: what stands here instead is shown nowhere.
    pub(super) fn secret(&mut self, key: Key) -> Option<Secret> {
        let node = self.node(key, || Shape::Text(Secret::WRITTEN))?;
        Secret::parse(&node.as_text().unwrap_or_default()).map_err(|problem| self.refuse(node, key.name, &problem, true)).ok()
    }

    /// A list of maps, each read by `read`.
    pub(super) fn maps(&mut self, key: Key, mut read: impl FnMut(&mut Section<'_>)) {
        let node = self.node(key, || Shape::Sections);
        if self.declared.is_some() {
            read(&mut self.below(None, format!("{}[]", self.full(key.name))));
        }
        for item in node.map(|node| node.as_list().unwrap_or(std::slice::from_ref(node))).into_iter().flatten() {
            let Some(map) = item.as_map() else {
                self.wrong(item, key, "a list of keys and values");
                continue;
            };
            let mut element = self.below(Some(map), self.full(key.name));
            read(&mut element);
            element.end();
        }
    }

    /// Whether this map is in the file.
    pub(super) fn is_there(&self) -> bool {
        self.map.is_some()
    }

    /// Whether a key is there.
    pub(super) fn is_set(&self, key: &str) -> bool {
        self.map.is_some_and(|map| map.get(key).is_some())
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

/// Names with lists of texts.
fn lists() -> Shape {
    Shape::Table(Box::new(Shape::List(Box::new(Shape::text()))))
}

/// What stands in a list; one value is a list of one.
fn items(node: &Node) -> &[Node] {
    node.as_list().unwrap_or(std::slice::from_ref(node))
}

/// A text that is not blank.
pub(super) fn filled(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.trim().is_empty())
}

fn chosen<T: Clone>(text: &str, choices: &[(&'static str, T)]) -> Option<T> {
    choices.iter().find(|(word, _)| *word == text).map(|(_, value)| value.clone())
}

fn understood<T>(text: &str, written: Written, read: impl FnOnce(&str) -> Option<T>) -> Result<T, String> {
    read(text).ok_or_else(|| format!("expected {}, found `{text}`", written.expected))
}
