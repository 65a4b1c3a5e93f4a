//! Links from article to article: `b.md`, `../c/index.md`, `@/blog/d.md` → the address of that article.

use super::file_facts::percent_decoded;
use crate::model::Head;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The addresses of all articles that are shown, by the paths of their files.
#[derive(Debug, Default)]
pub(crate) struct PageLinks {
    /// In order.
    paths: Vec<Arc<str>>,
    links: Links,
    /// Where in `paths` they are, in the order of the files' names alone; made for the first link that needs it.
    by_name: OnceLock<Vec<u32>>,
    /// What each article asked, and what it was told; only where somebody wants to know.
    asked: Option<Mutex<HashMap<String, Answers>>>,
}

/// The addresses of the articles at some paths; none where an article is not shown.
enum Links {
    /// All of them.
    Known(Vec<Option<Arc<str>>>),
    /// How to find one.
    Sought(Box<dyn Fn(usize) -> Option<Arc<str>> + Send + Sync>),
}

impl Default for Links {
    fn default() -> Self {
        Self::Known(Vec::new())
    }
}

impl fmt::Debug for Links {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(links) => write!(f, "{} links", links.len()),
            Self::Sought(_) => f.write_str("links"),
        }
    }
}

/// Links, and the addresses that they lead to.
type Answers = BTreeMap<String, Option<String>>;

impl PageLinks {
    /// The addresses of these articles.
    pub(crate) fn new(heads: &[Head]) -> Self {
        let mut links: Vec<_> = heads.iter().filter(|head| head.link.is_some()).map(|head| (head.path.clone(), head.link.clone())).collect();
        links.sort();
        let (paths, links) = links.into_iter().unzip();
        Self { paths, links: Links::Known(links), ..Self::default() }
    }

    /// The same, keeping in mind what articles ask.
    pub(crate) fn attentive(heads: &[Head]) -> Self {
        Self { asked: Some(Mutex::default()), ..Self::new(heads) }
    }

    /// The same for the articles at these paths, which are in order; the address of each is asked for when it is needed.
    pub(crate) fn sought(paths: Vec<Arc<str>>, link: Box<dyn Fn(usize) -> Option<Arc<str>> + Send + Sync>) -> Self {
        Self { paths, links: Links::Sought(link), asked: Some(Mutex::default()), ..Self::default() }
    }

    fn link(&self, at: usize) -> Option<Arc<str>> {
        match &self.links {
            Links::Known(links) => links.get(at)?.clone(),
            Links::Sought(link) => link(at),
        }
    }

    fn by_path(&self, path: &str) -> Option<Arc<str>> {
        self.link(self.paths.binary_search_by(|known| (**known).cmp(path)).ok()?)
    }

    /// The address of the only file of this name.
    fn by_name(&self, wanted: &str) -> Option<Arc<str>> {
        let named = |index: &u32| self.paths.get(*index as usize).map_or("", |path| name(path));
        let sorted = || {
            let mut by_name: Vec<u32> = (0..).take(self.paths.len()).collect();
            by_name.sort_by(|a, b| named(a).cmp(named(b)));
            by_name
        };
        let by_name = self.by_name.get_or_init(sorted);
        let from = by_name.partition_point(|index| named(index) < wanted);
        let mut same = by_name.iter().skip(from).take_while(|index| named(index) == wanted).filter_map(|index| self.link(*index as usize));
        same.next().filter(|_| same.next().is_none())
    }

    /// What an article asked.
    pub(crate) fn asked(&self, from: &str) -> Vec<(String, Option<String>)> {
        let asked = self.asked.as_ref().map(|asked| asked.lock().unwrap_or_else(PoisonError::into_inner));
        asked.and_then(|mut asked| asked.remove(from)).map(|answers| answers.into_iter().collect()).unwrap_or_default()
    }

    /// The address that a link in the article `from` names by a file; `None` for any other link.
    pub(crate) fn resolve(&self, from: &str, url: &str) -> Option<String> {
        let found = self.find(from, url);
        let may_be_page = !(url.starts_with('#') || url.contains("://") || url.starts_with("//") || url.starts_with("mailto:"));
        if let Some(asked) = self.asked.as_ref().filter(|_| may_be_page) {
            let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
            asked.entry(from.to_owned()).or_default().insert(url.to_owned(), found.clone());
        }
        found
    }

    /// The same, unnoticed.
    pub(crate) fn find(&self, from: &str, url: &str) -> Option<String> {
        let (path, fragment) = url.find('#').and_then(|at| url.split_at_checked(at)).unwrap_or((url, ""));
        if path.is_empty() || path.contains(':') || path.starts_with("//") {
            return None;
        }
        // Editors write the names of files percent-encoded.
        let path = percent_decoded(path.split('?').next().unwrap_or(path));
        let path = path.as_str();
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let from_root = path.strip_prefix("@/").or_else(|| path.strip_prefix('/'));
        let joined = match from_root {
            Some(path) => normal(path)?,
            None => normal(&format!("{folder}/{path}"))?,
        };
        let found = self.by_path(&joined);
        // Hugo's `ref` may leave the extension out, and Zola's links always have it.
        let found = found.or_else(|| {
            let is_page_name = from_root.is_some() || !path.contains('/');
            (is_page_name && !path.ends_with('/'))
                .then(|| [".md", "/index.md"].iter().find_map(|end| self.by_path(&format!("{joined}{end}"))))
                .flatten()
        });
        // Hugo's `ref` and Jekyll's `post_url` find a file by its name, wherever it lies.
        let found = found.or_else(|| self.by_name(path).filter(|_| !path.contains('/')))?;
        Some(format!("{found}{fragment}"))
    }
}

/// The name of a file.
fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// A path without `.` and `..`; `None` when it leaves the content folder.
fn normal(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Id;

    #[test]
    fn files_are_found_from_where_the_link_stands() {
        let head = |path: &str| {
            let mut head = Head::new(Id::opaque(path), path, 0);
            head.link = Some(format!("https://e.cn/{}/", path.trim_end_matches(".md").trim_end_matches("/index")).into());
            head
        };
        let links = PageLinks::new(&[head("blog/a.md"), head("blog/b.md"), head("c/index.md"), head("deep/er/d.md")]);
        for (url, expected) in [
            ("b.md", Some("https://e.cn/blog/b/")),
            ("%62.md?x=1", Some("https://e.cn/blog/b/")),
            ("./b.md#x", Some("https://e.cn/blog/b/#x")),
            ("../c/index.md", Some("https://e.cn/c/")),
            ("@/blog/b.md", Some("https://e.cn/blog/b/")),
            ("/c", Some("https://e.cn/c/")),
            ("b", Some("https://e.cn/blog/b/")),
            ("d.md", Some("https://e.cn/deep/er/d/")),
            ("none.md", None),
            ("../../b.md", None),
            ("https://e.cn/b.md", None),
            ("#x", None),
        ] {
            assert_eq!(links.resolve("blog/a.md", url).as_deref(), expected, "{url}");
        }
    }
}
