//! The files of a generator's configuration as one tree of values, each of which knows where it stands.

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::syntax::{self, Map, Node, Parsed, Value};
use std::path::Path;
use std::sync::Arc;

/// One file.
struct Part {
    /// The keys that it stands below: `languages`, `zh` for `languages.zh.toml`.
    below: Vec<String>,
    shown: Arc<str>,
    text: String,
    map: Map,
}

/// Several files as one; what later ones say wins.
#[derive(Default)]
pub(super) struct Tree {
    parts: Vec<Part>,
}

/// A value and the file that says it.
#[derive(Clone, Copy)]
pub(super) struct Told<'t> {
    pub(super) node: &'t Node,
    part: &'t Part,
}

impl Told<'_> {
    pub(super) fn place(&self) -> Place {
        Place::file(self.part.shown.clone()).at(self.node.place.line, self.node.place.column).with_excerpt_of(&self.part.text)
    }

    /// A scalar, or the first of a list, as text; nothing when it is empty.
    pub(super) fn text(&self) -> Option<String> {
        let node = self.node.as_list().map_or(Some(self.node), <[Node]>::first)?;
        node.as_text().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// The same value's members.
    pub(super) fn members(&self) -> impl Iterator<Item = (&str, Self)> {
        let part = self.part;
        self.node.as_map().into_iter().flat_map(Map::iter).map(move |member| (member.key.as_str(), Self { node: &member.node, part }))
    }

    /// The same value's items; one value is a list of one.
    pub(super) fn items(&self) -> impl Iterator<Item = Self> {
        let part = self.part;
        self.node.as_list().unwrap_or(std::slice::from_ref(self.node)).iter().map(move |node| Self { node, part })
    }

    /// A member of the same value.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        Some(Self { node: self.node.as_map()?.get_ignore_case(key)?.1, part: self.part })
    }
}

impl Tree {
    /// Adds a file; what is wrong with it is reported, and what can be had of it is taken.
    pub(super) fn add(&mut self, file: &Path, shown: &str, below: &[&str], findings: &mut Vec<Diagnostic>) {
        let wrong = |place: Place, message: String| {
            Diagnostic::new(Code::SiteSyntax, place, message).with_help("correct it; until then feedloom goes without what it says")
        };
        let text = match std::fs::read(file) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).trim_start_matches('\u{FEFF}').to_owned(),
            Err(error) => return findings.push(wrong(Place::file(shown), format!("expected to read it, found: {error}"))),
        };
        let parsed = match file.extension().and_then(|extension| extension.to_str()) {
            Some("toml") => syntax::toml::parse(&text),
            Some("json") => syntax::json::parse(&text),
            _ => syntax::yaml::parse_tolerant(&text),
        };
        let place = |at: syntax::Place| Place::file(shown).at(at.line, at.column).with_excerpt_of(&text);
        match parsed {
            Ok(Parsed { value: Value::Map(map), repairs, .. }) => {
                findings.extend(repairs.iter().map(|repair| wrong(place(repair.place), repair.message.clone()).with_help(repair.help)));
                let below = below.iter().map(|key| (*key).to_owned()).collect();
                self.parts.push(Part { below, shown: shown.into(), text, map });
            }
            Ok(Parsed { value: Value::Null, .. }) => {}
            Ok(_) => findings.push(wrong(Place::file(shown).at(1, 1), "expected keys and values, found something else".to_owned())),
            Err(problem) => findings.push(wrong(place(problem.place), problem.message)),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The files, as people know them.
    pub(super) fn files(&self) -> impl Iterator<Item = &Arc<str>> {
        self.parts.iter().map(|part| &part.shown)
    }

    /// The value under a path of keys, in any case.
    pub(super) fn get(&self, path: &[&str]) -> Option<Told<'_>> {
        self.parts.iter().rev().find_map(|part| part.get(path))
    }

    /// The first of these that has a value.
    pub(super) fn first(&self, paths: &[&[&str]]) -> Option<Told<'_>> {
        paths.iter().find_map(|path| self.get(path).filter(|told| !told.node.is_null_or_empty()))
    }

    /// The names of the members under a path, of all files, each once, in the order of the files.
    pub(super) fn names(&self, path: &[&str]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in self.parts.iter().flat_map(|part| part.names(path)) {
            if !names.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
                names.push(name);
            }
        }
        names
    }

    /// Whether a truth value is true.
    pub(super) fn is_on(&self, path: &[&str]) -> bool {
        self.get(path).is_some_and(|told| told.node.as_bool() == Some(true))
    }
}

impl Part {
    fn get<'t>(&'t self, path: &[&str]) -> Option<Told<'t>> {
        let (below, rest) = path.split_at_checked(self.below.len())?;
        if !below.iter().zip(&self.below).all(|(asked, own)| asked.eq_ignore_ascii_case(own)) {
            return None;
        }
        let (first, deeper) = rest.split_first()?;
        let mut node = self.map.get_ignore_case(first)?.1;
        for key in deeper {
            node = node.as_map()?.get_ignore_case(key)?.1;
        }
        Some(Told { node, part: self })
    }

    fn names(&self, path: &[&str]) -> Vec<String> {
        let is_shared = path.iter().zip(&self.below).all(|(asked, own)| asked.eq_ignore_ascii_case(own));
        let own = |map: &Map| map.iter().map(|member| member.key.clone()).collect();
        match self.below.get(path.len()) {
            _ if !is_shared => Vec::new(),
            Some(next) => vec![next.clone()],
            None if path.len() == self.below.len() => own(&self.map),
            None => self.get(path).and_then(|told| told.node.as_map()).map(own).unwrap_or_default(),
        }
    }
}
