//! Sources → a subscription list, without anything that is nobody's business.

use super::list::Source;
use crate::format::opml::{Outline, OutlineKind};
use crate::model::{Language, Term};
use std::collections::BTreeMap;

/// What a list says of a source.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    /// Its address.
    pub url: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// Its page.
    pub page: Option<&'a str>,
    /// Its language.
    pub language: Option<&'a Language>,
    /// The topics that it is filed under; categories are folders.
    pub terms: &'a [Term],
}

impl<'a> From<&'a Source> for Listed<'a> {
    fn from(source: &'a Source) -> Self {
        let title = source.title.as_deref().unwrap_or(&source.url);
        Self { url: &source.url, title, page: source.page.as_deref(), language: source.language.as_ref(), terms: &source.terms }
    }
}

/// Outlines of these sources: those of a category in a folder of its name, folders in the order of their names behind the sources without
/// one. A source of several categories is in each of their folders.
pub fn of<'a>(sources: impl Iterator<Item = Listed<'a>>) -> Vec<Outline> {
    let mut list: Vec<Outline> = Vec::new();
    let mut folders: BTreeMap<Vec<&str>, Vec<Outline>> = BTreeMap::new();
    for source in sources {
        let is_category = |term: &&Term| &*term.taxonomy == "category";
        let categories: Vec<Vec<&str>> = source.terms.iter().filter(is_category).map(|term| term.path.iter().map(|name| &**name).collect()).collect();
        if categories.is_empty() {
            list.push(outline(source));
        }
        for category in categories {
            folders.entry(category).or_default().push(outline(source));
        }
    }
    for (path, feeds) in folders {
        enter(&mut list, &path, feeds);
    }
    list
}

/// Puts feeds into the folder at the end of a path; what is not there is made.
pub fn enter(list: &mut Vec<Outline>, path: &[&str], feeds: Vec<Outline>) {
    let Some((name, rest)) = path.split_first() else {
        list.extend(feeds);
        return;
    };
    let at = list.iter().position(|outline| outline.kind == OutlineKind::Folder && outline.text == *name);
    if let Some(folder) = at.and_then(|at| list.get_mut(at)) {
        enter(&mut folder.children, rest, feeds);
    } else {
        let mut folder = Outline::folder(*name, Vec::new());
        enter(&mut folder.children, rest, feeds);
        list.push(folder);
    }
}

fn outline(source: Listed<'_>) -> Outline {
    let mut outline = Outline::feed(source.title, source.url);
    if let OutlineKind::Feed { html_url, language, .. } = &mut outline.kind {
        *html_url = source.page.map(ToOwned::to_owned);
        *language = source.language.cloned();
    }
    outline
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_are_folders() {
        let source = |url: &str, paths: &[&[&str]]| {
            let mut source = Source::new(url);
            source.terms = paths.iter().map(|path| Term::nested("category", path.iter().map(|name| (*name).into()).collect())).collect();
            source.terms.push(Term::new("tag", "t"));
            source
        };
        let sources = [source("https://a.cn/", &[&["科技", "软件"], &["城市"]]), source("https://b.cn/", &[]), source("https://c.cn/", &[&["科技"]])];
        let list = of(sources.iter().map(Listed::from));
        let shape: Vec<(&str, usize)> = list.iter().map(|outline| (outline.text.as_str(), outline.children.len())).collect();
        assert_eq!(shape, [("https://b.cn/", 0), ("城市", 1), ("科技", 2)]);
    }
}
