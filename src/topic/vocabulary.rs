//! The terms of all heads: each one once, however it is spelled, with the entries that are filed under it or below it.

use super::identity::{identity, tidy};
use super::language::Languages;
use super::names::Names;
use super::taxonomy::Taxonomy;
use crate::model::{Head, Term};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Elements of a hierarchy below this one are not told apart.
const DEEPEST: usize = 16;

/// All terms. A parent always stands before its children.
#[derive(Debug)]
pub(super) struct Vocabulary<'a> {
    /// The configured taxonomies in their order, then those that only articles use.
    pub(super) taxonomies: Vec<Taxonomy>,
    pub(super) nodes: Vec<Node>,
    by_key: HashMap<(usize, Option<usize>, String), usize>,
    spellings: Vec<Spelling<'a>>,
    written: Vec<usize>,
    /// Where in `written` the terms of each head begin.
    starts: Vec<usize>,
}

/// A term.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) taxonomy: usize,
    pub(super) parent: Option<usize>,
    /// Identity of its own element.
    pub(super) key: String,
    /// How many terms are above it.
    pub(super) level: usize,
    /// Display name of its own element.
    pub(super) name: String,
    /// Display names from the most general to its own, joined by `/`.
    pub(super) path_name: String,
    /// The heads in this term or below it, in the order that they were given, each once.
    pub(super) members: Vec<usize>,
    votes: BTreeMap<String, usize>,
}

/// A term as it is written somewhere, and how often.
#[derive(Debug)]
struct Spelling<'a> {
    path: &'a [Arc<str>],
    node: Option<usize>,
    count: usize,
}

impl<'a> Vocabulary<'a> {
    /// Reads the terms of `heads`; the members of each term follow `order`.
    pub(super) fn read(heads: &'a [Head], order: &[usize], languages: &Languages, taxonomies: &[Taxonomy], names: &Names) -> Self {
        let mut vocabulary = Self {
            taxonomies: taxonomies.to_vec(),
            nodes: Vec::new(),
            by_key: HashMap::new(),
            spellings: Vec::new(),
            written: Vec::with_capacity(heads.len() * 4),
            starts: Vec::with_capacity(heads.len() + 1),
        };
        vocabulary.read_written(heads, names);
        let derived = vocabulary.derive(heads.len(), languages, names);
        vocabulary.elect(names);
        for &head in order {
            let written: &[usize] = range(&vocabulary.starts, &vocabulary.written, head);
            let language = languages.of_head(head).and_then(|language| derived.get(language)).copied().flatten();
            for node in written.iter().copied().chain(language) {
                enter(&mut vocabulary.nodes, node, head);
            }
        }
        vocabulary
    }

    /// The terms that a head's author wrote, in the author's order, each once.
    pub(super) fn written(&self, head: usize) -> &[usize] {
        range(&self.starts, &self.written, head)
    }

    /// The taxonomy of a term.
    pub(super) fn taxonomy_of(&self, node: usize) -> Option<&Taxonomy> {
        self.nodes.get(node).and_then(|node| self.taxonomies.get(node.taxonomy))
    }

    /// Gives the written terms away: all of them, and where each head's begin.
    pub(super) fn into_written(self) -> (Vec<usize>, Vec<usize>) {
        (self.written, self.starts)
    }

    /// The term with these identities below each other.
    pub(super) fn find<'k>(&self, taxonomy: usize, keys: impl IntoIterator<Item = &'k str>) -> Option<usize> {
        let mut parent = None;
        for key in keys {
            parent = Some(*self.by_key.get(&(taxonomy, parent, key.to_owned()))?);
        }
        parent
    }

    fn read_written(&mut self, heads: &'a [Head], names: &Names) {
        let mut seen: HashMap<(&str, &[Arc<str>]), usize> = HashMap::new();
        for head in heads {
            let start = self.written.len();
            self.starts.push(start);
            for term in &head.terms {
                let spelling = *seen.entry((&*term.taxonomy, term.path.as_slice())).or_insert_with(|| self.add_spelling(term, names));
                let Some(spelling) = self.spellings.get_mut(spelling) else { continue };
                spelling.count += 1;
                if let Some(node) = spelling.node
                    && !self.written.iter().skip(start).any(|&other| other == node)
                {
                    self.written.push(node);
                }
            }
        }
        self.starts.push(self.written.len());
    }

    fn add_spelling(&mut self, term: &'a Term, names: &Names) -> usize {
        let taxonomy = self.taxonomies.iter().position(|taxonomy| taxonomy.name == *term.taxonomy).unwrap_or_else(|| {
            self.taxonomies.push(Taxonomy::named(&*term.taxonomy));
            self.taxonomies.len() - 1
        });
        let node = self.node(taxonomy, term.path.iter().map(|name| &**name), names);
        self.spellings.push(Spelling { path: &term.path, node, count: 0 });
        self.spellings.len() - 1
    }

    /// The term at the end of a path, made with its parents when it is new; `None` when nothing of the path can be seen.
    fn node<'n>(&mut self, taxonomy: usize, path: impl Iterator<Item = &'n str>, names: &Names) -> Option<usize> {
        let mut parent = None;
        for (level, key) in path.map(|name| names.term(name)).filter(|key| !key.is_empty()).take(DEEPEST).enumerate() {
            let nodes = &mut self.nodes;
            let node = *self.by_key.entry((taxonomy, parent, key)).or_insert_with_key(|(_, _, key)| {
                nodes.push(Node {
                    taxonomy,
                    parent,
                    key: key.clone(),
                    level,
                    name: String::new(),
                    path_name: String::new(),
                    members: Vec::new(),
                    votes: BTreeMap::new(),
                });
                nodes.len() - 1
            });
            parent = Some(node);
        }
        parent
    }

    /// The terms of the taxonomy `language`, which come from the heads' languages: one for each language, when the taxonomy
    /// is configured.
    fn derive(&mut self, heads: usize, languages: &Languages, names: &Names) -> Vec<Option<usize>> {
        let Some(taxonomy) = self.taxonomies.iter().position(|taxonomy| taxonomy.name == "language") else { return Vec::new() };
        let nodes: Vec<Option<usize>> = languages.tags.iter().map(|tag| self.node(taxonomy, [tag.as_str()].into_iter(), names)).collect();
        for head in 0..heads {
            let Some(language) = languages.of_head(head) else { continue };
            let (Some(tag), Some(&Some(node))) = (languages.tags.get(language), nodes.get(language)) else { continue };
            vote(&mut self.nodes, node, tag.as_str(), 1, names);
        }
        nodes
    }

    /// Gives each term its name: the alias's, else the commonest spelling (tie: the smallest), else a move's.
    fn elect(&mut self, names: &Names) {
        for spelling in &self.spellings {
            let mut node = spelling.node;
            let elements: Vec<&str> = spelling.path.iter().map(|name| &**name).filter(|name| !identity(name).is_empty()).take(DEEPEST).collect();
            for element in elements.into_iter().rev() {
                let Some(at) = node else { break };
                vote(&mut self.nodes, at, element, spelling.count, names);
                node = self.nodes.get(at).and_then(|node| node.parent);
            }
        }
        for index in 0..self.nodes.len() {
            let (before, rest) = self.nodes.split_at_mut(index);
            let Some(node) = rest.first_mut() else { continue };
            let elected = || node.votes.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0))).map(|(name, _)| name.as_str());
            let name = names.chosen(&node.key).or_else(elected).or_else(|| names.goal(&node.key)).unwrap_or(&node.key).to_owned();
            node.path_name = match node.parent.and_then(|parent| before.get(parent)) {
                Some(parent) => format!("{}/{name}", parent.path_name),
                None => name.clone(),
            };
            node.name = name;
        }
    }
}

/// The part of `all` that is `head`'s.
pub(super) fn range<'v>(starts: &[usize], all: &'v [usize], head: usize) -> &'v [usize] {
    let bounds = starts.get(head).zip(starts.get(head.saturating_add(1)));
    bounds.and_then(|(&start, &end)| all.get(start..end)).unwrap_or_default()
}

/// Enters a head in a term and all above it. The heads come one after the other, so that the last one tells whether this
/// one is in already.
fn enter(nodes: &mut [Node], node: usize, head: usize) {
    let mut at = Some(node);
    while let Some(node) = at.and_then(|at| nodes.get_mut(at)) {
        if node.members.last() == Some(&head) {
            return;
        }
        node.members.push(head);
        at = node.parent;
    }
}

/// Counts a spelling, if it is one of the term itself and not of an alias.
fn vote(nodes: &mut [Node], node: usize, name: &str, count: usize, names: &Names) {
    if let Some(node) = nodes.get_mut(node)
        && names.key(name) == node.key
    {
        *node.votes.entry(tidy(name)).or_default() += count;
    }
}
