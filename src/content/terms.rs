//! The terms that an article is filed under, as its author wrote them.

use super::Options;
use super::dates::Report;
use super::fields;
use super::front_matter::FrontMatter;
use super::language::FilePath;
use super::{Generator, Manner};
use crate::diagnostic::Code;
use crate::model::{Head, Person, Term};
use crate::syntax::{Node, Value};
use crate::text::hygiene::one_line;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The terms of all wanted taxonomies, in the order of the taxonomies and of the author.
pub(crate) fn of(front: &FrontMatter, file: &FilePath, path: &str, authors: &[Person], options: &Options, report: &mut Report<'_>) -> Vec<Term> {
    let mut terms = Vec::new();
    let jekyll = options.manner.as_ref().filter(|manner| manner.generator == Generator::Jekyll);
    for taxonomy in &options.taxonomies {
        let taxonomy: Arc<str> = taxonomy.as_str().into();
        match &*taxonomy {
            "author" => terms.extend(authors.iter().map(|author| Term::new(taxonomy.clone(), author.name.as_str()))),
            "section" if file.has_section() => terms.extend(file.folders.first().map(|section| Term::new(taxonomy.clone(), section.as_str()))),
            // The language taxonomy comes from the head's language, not from a key.
            "section" | "language" => {}
            _ => {
                let field = fields::first(&front.fields, &fields::taxonomy_keys(&taxonomy, options));
                if let Some(field) = field.filter(|field| unreadable(field.node)) {
                    let message = format!("expected names for `{}`, found keys and values", field.key);
                    report(field, Code::WrongShape, message, "write a list of names; quote a name that holds `: `");
                }
                let folders = jekyll.filter(|_| &*taxonomy == "category").map_or_else(Vec::new, |jekyll| folder_categories(jekyll, path));
                let written = field.map_or_else(Vec::new, |field| match jekyll.and_then(|_| words(field)) {
                    Some(words) => words,
                    None => paths(&taxonomy, field.node, options),
                });
                for path in folders.into_iter().chain(written) {
                    let term = Term::nested(taxonomy.clone(), path);
                    if !terms.contains(&term) {
                        terms.push(term);
                    }
                }
            }
        }
    }
    terms
}

/// Jekyll's categories that the folders above `_posts` name.
fn folder_categories(jekyll: &Manner, path: &str) -> Vec<Vec<Arc<str>>> {
    jekyll.folders_above(path).into_iter().map(|folder| vec![Arc::from(folder)]).collect()
}

/// Jekyll's plural keys take words with spaces between them.
fn words(field: fields::Field<'_>) -> Option<Vec<Vec<Arc<str>>>> {
    let Value::Text(text) = &field.node.value else { return None };
    let is_plural = ["categories", "tags"].iter().any(|key| field.key.eq_ignore_ascii_case(key));
    is_plural.then(|| text.split_whitespace().map(|word| vec![Arc::from(word)]).collect())
}

/// Lets equal names of terms and languages be one text in memory: a site has many articles and few of these.
#[derive(Debug, Default)]
pub(crate) struct Shared(Mutex<HashSet<Arc<str>>>);

impl Shared {
    /// Shares the texts of a head with those that came before.
    pub(crate) fn share(&self, head: &mut Head) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for name in head.terms.iter_mut().flat_map(|term| term.path.iter_mut().chain([&mut term.taxonomy])) {
            match known.get(name) {
                Some(same) => *name = same.clone(),
                None => drop(known.insert(name.clone())),
            }
        }
        if let Some(language) = &mut head.language {
            match known.get(language.as_str()) {
                Some(same) => language.share(same),
                None => drop(known.insert(language.as_str().into())),
            }
        }
        drop(known);
        head.terms.iter_mut().for_each(|term| term.path.shrink_to_fit());
        head.terms.shrink_to_fit();
        head.share();
    }
}

/// The paths that one value names.
fn paths(taxonomy: &str, node: &Node, options: &Options) -> Vec<Vec<Arc<str>>> {
    let nested =
        |names: Vec<String>| -> Vec<Arc<str>> { names.iter().map(|name| one_line(name)).filter(|name| !name.is_empty()).map(Arc::from).collect() };
    let split = |name: &str| match options.separator.as_deref().filter(|separator| !separator.is_empty()) {
        Some(separator) => name.split(separator).map(ToOwned::to_owned).collect(),
        None => vec![name.to_owned()],
    };
    let found: Vec<Vec<Arc<str>>> = match &node.value {
        Value::List(items) if taxonomy == "category" && options.categories_nest && !items.iter().any(is_list) => {
            vec![nested(items.iter().filter_map(fields::named).collect())]
        }
        Value::List(items) => items
            .iter()
            .flat_map(|item| match &item.value {
                // Hexo: a list inside the list is one path.
                Value::List(levels) => vec![nested(levels.iter().filter_map(fields::named).collect())],
                _ => fields::named(item).map(|name| nested(split(&name))).into_iter().collect(),
            })
            .collect(),
        Value::Text(text) if taxonomy == "tag" => text.split([',', '，', '、', ';', '；']).map(|name| nested(split(name))).collect(),
        _ => fields::named(node).map(|name| nested(split(&name))).into_iter().collect(),
    };
    found.into_iter().filter(|path| !path.is_empty()).collect()
}

/// Whether a value, or one of its items, is a map that names nothing.
fn unreadable(node: &Node) -> bool {
    match &node.value {
        Value::List(items) => items.iter().any(unreadable),
        _ => node.as_map().is_some() && fields::named(node).is_none(),
    }
}

fn is_list(node: &Node) -> bool {
    matches!(node.value, Value::List(_))
}
