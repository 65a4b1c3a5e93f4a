//! How the site of a generator is read: what a file's name says there, and how names become parts of addresses.
//!
//! In: the path of an article, and what the site's configuration says. Out: the path taken apart. Without a generator the rules are those of
//! [`FilePath::new`](super::language::FilePath::new), which suit all of them as far as one rule can.

use super::language::{FilePath, hinted, leading_date};
use crate::model::Language;
use crate::syntax::Map;
use crate::text::urlize;
use std::collections::{BTreeMap, BTreeSet};

/// A program that makes sites of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Generator {
    /// <https://gohugo.io/>
    Hugo,
    /// <https://hexo.io/>
    Hexo,
    /// <https://jekyllrb.com/>
    Jekyll,
    /// <https://www.getzola.org/>
    Zola,
}

impl Generator {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Hugo, Self::Hexo, Self::Jekyll, Self::Zola];

    /// Its name in the configuration: `hugo`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hugo => "hugo",
            Self::Hexo => "hexo",
            Self::Jekyll => "jekyll",
            Self::Zola => "zola",
        }
    }

    /// Its name as people write it: `Hugo`.
    pub fn title(self) -> &'static str {
        match self {
            Self::Hugo => "Hugo",
            Self::Hexo => "Hexo",
            Self::Jekyll => "Jekyll",
            Self::Zola => "Zola",
        }
    }
}

/// The rules of one generator, with what a site's configuration changes of them.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Manner {
    /// Whose rules they are.
    pub generator: Generator,
    /// Whether addresses keep capital letters (Hugo's `disablePathToLower`).
    pub keeps_case: bool,
    /// Whether pages are files, `/a.html`, and not folders (Hugo's `uglyURLs`).
    pub is_ugly: bool,
    /// Whether parts of addresses are cleaned (Zola's `slugify.paths`).
    pub cleans_paths: bool,
    /// The front matter keys that hold the date, in order of preference; empty: the usual ones.
    pub date_keys: Vec<String>,
    /// Whether a date at the start of a file's name is one, and no part of the name.
    pub has_dated_names: bool,
    /// The languages that the site is told to have; others are none, whatever a file is called.
    pub languages: Vec<SiteLanguage>,
    /// The first part of the addresses of articles whose files name no language; usually empty (Hugo's `defaultContentLanguageInSubdir`).
    pub prefix: String,
    /// The folders that articles lie in, such as `_posts`, wherever these are; empty: all.
    pub collections: Vec<String>,
    /// The folders that are sections of their own, below the content folder (Hugo's `_index.md`); the first of a path always is one.
    pub sections: BTreeSet<String>,
    /// Front matter for articles that do not say otherwise (Jekyll's `defaults`); later ones win.
    pub defaults: Vec<Defaults>,
    /// What placeholders of a permalink mean in articles that do not say it (Hexo's `permalink_defaults`).
    pub placeholders: BTreeMap<String, String>,
}

/// A language of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SiteLanguage {
    /// The suffix of its files: `zh-cn` for `name.zh-cn.md`.
    pub key: String,
    /// Its tag.
    pub language: Language,
    /// The first part of its addresses; empty where there is none.
    pub prefix: String,
    /// The folder of its articles below the content folder, when it has one.
    pub folder: Option<String>,
}

impl SiteLanguage {
    /// A language whose files have a suffix.
    pub fn new(key: impl Into<String>, language: Language, prefix: impl Into<String>) -> Self {
        Self { key: key.into(), language, prefix: prefix.into(), folder: None }
    }
}

/// Front matter for the articles below a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Defaults {
    /// The folder, below the content folder; empty for all.
    pub path: String,
    /// The collection; empty for all.
    pub collection: String,
    /// Keys and values.
    pub values: Map,
}

impl Defaults {
    /// Front matter for the articles of a collection below a folder; either may be empty, for all.
    pub fn new(path: impl Into<String>, collection: impl Into<String>, values: Map) -> Self {
        Self { path: path.into(), collection: collection.into(), values }
    }

    /// Whether they are meant for the article with this path.
    pub(super) fn hold_for(&self, path: &str) -> bool {
        let is_below = self.path.is_empty() || path.strip_prefix(self.path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let drafts = self.collection == "posts" && path.split('/').any(|folder| folder == "_drafts");
        is_below && (self.collection.is_empty() || drafts || path.split('/').any(|folder| folder.strip_prefix('_') == Some(&self.collection)))
    }
}

impl Manner {
    /// The rules of a generator that nobody told otherwise.
    pub fn of(generator: Generator) -> Self {
        let posts = || vec!["_posts".to_owned()];
        let (collections, date_keys): (Vec<String>, &[&str]) = match generator {
            Generator::Hugo => (Vec::new(), &["date", "publishdate", "pubdate", "published", "lastmod", "modified"]),
            Generator::Hexo | Generator::Jekyll => (posts(), &[]),
            Generator::Zola => (Vec::new(), &[]),
        };
        Self {
            generator,
            keeps_case: false,
            is_ugly: false,
            cleans_paths: true,
            date_keys: date_keys.iter().map(|key| (*key).to_owned()).collect(),
            has_dated_names: matches!(generator, Generator::Jekyll | Generator::Zola),
            languages: Vec::new(),
            prefix: String::new(),
            collections,
            sections: BTreeSet::new(),
            defaults: Vec::new(),
            placeholders: BTreeMap::new(),
        }
    }

    /// Whether a file with this path is an article; drafts are, and held back.
    pub(super) fn has(&self, path: &str) -> bool {
        let in_one = || path.split('/').any(|folder| folder == "_drafts" || self.collections.iter().any(|collection| collection == folder));
        self.collections.is_empty() || in_one()
    }

    /// The name of a file or a folder as a part of an address.
    pub(super) fn file_word(&self, name: &str) -> String {
        match self.generator {
            Generator::Hugo => urlize::hugo_path(name),
            Generator::Zola if self.cleans_paths => urlize::zola(name),
            _ => name.to_owned(),
        }
    }

    /// A title or a slug as a part of an address.
    pub(super) fn word(&self, text: &str) -> String {
        match self.generator {
            Generator::Hugo => urlize::hugo(text),
            Generator::Hexo => urlize::hexo(text),
            Generator::Jekyll => urlize::jekyll_pretty(text),
            Generator::Zola => self.file_word(text),
        }
    }

    /// What holds for a whole path of an address.
    pub(super) fn whole(&self, path: String) -> String {
        let path = if self.generator == Generator::Hugo && !self.keeps_case { path.to_lowercase() } else { path };
        match path.strip_suffix('/').filter(|page| self.is_ugly && !page.is_empty()) {
            Some(page) => format!("{page}.html"),
            None => path,
        }
    }

    /// The folders above the collection that an article lies in: in Jekyll they are categories.
    pub(super) fn folders_above<'p>(&self, path: &'p str) -> Vec<&'p str> {
        let is_own = |folder: &str| folder == "_drafts" || self.collections.iter().any(|collection| collection == folder);
        let folders: Vec<&str> = path.split('/').collect();
        let end = folders.iter().position(|folder| is_own(folder)).unwrap_or(0);
        folders.into_iter().take(end).collect()
    }

    /// Whether the site speaks of one language at most, as those do that never thought of languages: Hugo calls it `en`, whatever it is.
    fn has_one_language(&self) -> bool {
        self.languages.len() < 2
    }

    /// Takes a path below the content folder apart.
    pub(super) fn file_path(&self, path: &str, bundle: bool) -> FilePath {
        let mut folders: Vec<String> = path.split('/').map(ToOwned::to_owned).collect();
        let name = folders.pop().unwrap_or_default();
        let mut stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
        let by_suffix = self.languages.iter().find_map(|language| {
            let (before, suffix) = stem.rsplit_once('.')?;
            suffix.eq_ignore_ascii_case(&language.key).then(|| (language, before.to_owned()))
        });
        let by_folder =
            self.languages.iter().find(|language| language.folder.as_deref().is_some_and(|folder| path.starts_with(&format!("{folder}/"))));
        if let Some(folder) = by_folder.and_then(|language| language.folder.as_deref()) {
            folders.drain(..folder.split('/').count().min(folders.len()));
        }
        let is_suffixed = by_suffix.is_some();
        let language = by_suffix.map(|(language, before)| {
            stem = before;
            language
        });
        let language = language.or(by_folder);
        let in_drafts = folders.iter().any(|folder| folder == "_drafts");
        let has_bundles = matches!(self.generator, Generator::Hugo | Generator::Zola);
        if !has_bundles {
            let above = self.folders_above(path).len();
            folders.drain(..(above + 1).min(folders.len()));
        }
        let bundle = bundle && has_bundles;
        if bundle {
            stem = folders.last().cloned().unwrap_or(stem);
        }
        let date = leading_date(&stem).filter(|_| self.has_dated_names);
        let dateless = date.as_ref().and_then(|date| stem.strip_prefix(date.as_str())).map(|rest| rest.trim_start_matches(['-', '_', ' ']));
        let name = dateless.filter(|rest| !rest.is_empty()).unwrap_or(&stem).to_owned();
        if self.has_dated_names {
            stem.clone_from(&name);
            if let Some(own) = folders.last_mut().filter(|_| bundle) {
                own.clone_from(&name);
            }
        }
        let prefix = Some(language.map_or(&self.prefix, |language| &language.prefix).clone()).filter(|prefix| !prefix.is_empty());
        let stated = language.filter(|_| !self.has_one_language()).map(|found| {
            let written = if is_suffixed { found.key.clone() } else { found.folder.clone().unwrap_or_default() };
            (found.language.clone(), written, is_suffixed)
        });
        // Addresses are the generator's; in which language an article is written, its name tells also a site that speaks of none.
        let (language, by_suffix) = match stated.or_else(|| hinted(path)) {
            Some((language, written, by_suffix)) => (Some((language, written)), by_suffix),
            None => (None, false),
        };
        FilePath { folders, stem, name, language, by_suffix, prefix, date, in_drafts, bundle }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hugo() -> Manner {
        let mut manner = Manner::of(Generator::Hugo);
        let zh = SiteLanguage { folder: Some("chinese".to_owned()), ..SiteLanguage::new("zh", Language::parse("zh-CN").unwrap(), "") };
        manner.languages = vec![zh, SiteLanguage::new("en", Language::parse("en").unwrap(), "en")];
        manner
    }

    #[test]
    fn only_the_sites_own_languages_are_languages() {
        let file = hugo().file_path("chinese/post/a.md", false);
        assert_eq!((file.folders.join("/"), file.prefix, file.language.unwrap().0.to_string()), ("post".into(), None, "zh-CN".into()));
        let file = hugo().file_path("post/a.EN.md", false);
        assert_eq!((file.stem.as_str(), file.prefix.as_deref()), ("a", Some("en")));
        let file = hugo().file_path("de/a.fr.md", false);
        assert_eq!((file.folders.join("/"), file.stem.as_str(), file.prefix), ("de".into(), "a.fr", None));
        assert_eq!(file.language.unwrap().0.to_string(), "fr", "in which language it is written is known all the same");
    }

    #[test]
    fn a_site_that_speaks_of_one_language_has_articles_in_others() {
        let mut manner = Manner::of(Generator::Hugo);
        manner.languages = vec![SiteLanguage::new("en", Language::parse("zh-CN").unwrap(), "")];
        for (path, stem, language) in
            [("post/a.en.md", "a", Some("en")), ("en/a.md", "a", Some("en")), ("post/a.md", "a", None), ("post/v1.md", "v1", None)]
        {
            let file = manner.file_path(path, false);
            assert_eq!((file.stem.as_str(), file.language.map(|(language, _)| language.to_string()).as_deref()), (stem, language), "{path}");
        }
    }

    #[test]
    fn dates_in_names_are_what_each_generator_takes_them_for() {
        let name = |generator: Generator, path: &str| {
            let file = Manner::of(generator).file_path(path, path.ends_with("/index.md"));
            (file.folders.join("/"), file.stem, file.name, file.date)
        };
        let date = Some("2025-01-02".to_owned());
        let dated = "2025-01-02-x".to_owned();
        assert_eq!(name(Generator::Hugo, "p/2025-01-02-x.md"), ("p".into(), dated.clone(), dated.clone(), None));
        assert_eq!(name(Generator::Hexo, "_posts/p/2025-01-02-x.md"), ("p".into(), dated.clone(), dated, None));
        assert_eq!(name(Generator::Jekyll, "news/_posts/2025-01-02-x.md"), (String::new(), "x".into(), "x".into(), date.clone()));
        assert_eq!(name(Generator::Zola, "p/2025-01-02-x/index.md"), ("p/x".into(), "x".into(), "x".into(), date));
    }

    #[test]
    fn jekylls_defaults_hold_below_their_path_and_in_their_collection() {
        for (path, collection, article, holds) in [
            ("", "", "news/_posts/a.md", true),
            ("news", "posts", "news/_posts/a.md", true),
            ("new", "posts", "news/_posts/a.md", false),
            ("", "recipes", "news/_posts/a.md", false),
            ("", "posts", "_drafts/a.md", true),
        ] {
            assert_eq!(Defaults::new(path, collection, Map::default()).hold_for(article), holds, "{path} {collection} {article}");
        }
    }
}
