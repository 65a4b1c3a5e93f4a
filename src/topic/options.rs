//! What the user can decide about topics.

use super::{Query, SlugStyle, Taxonomy};
use crate::model::Language;
use std::collections::BTreeMap;

/// What the user can decide about topics. [`Default`] is what the documentation calls the defaults.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// The taxonomies whose terms get feeds, in the order of the plan; `category` and `tag`.
    pub taxonomies: Vec<Taxonomy>,
    /// Name of a term → other spellings of it. Applied to each element of a hierarchical term.
    pub aliases: BTreeMap<String, Vec<String>>,
    /// Old name of a term → its new name. Works like an alias, and the old address keeps being written.
    pub moved: BTreeMap<String, String>,
    /// How names become addresses.
    pub slugs: SlugStyle,
    /// Name of a term → its slug, instead of the one that [`slugs`](Self::slugs) makes.
    pub slug_map: BTreeMap<String, String>,
    /// Titles of topics, a [`TitleTemplate`](super::TitleTemplate): `{term} · {site}`.
    pub titles: String,
    /// Title of the site, and of its feed.
    pub site_title: String,
    /// Topics made by a query.
    pub custom: Vec<CustomTopic>,
    /// How many entries a feed shows at most; 20, and 0 means all.
    pub limit: usize,
    /// A term with fewer entries gets no feed; 1.
    pub min_entries: usize,
    /// The site's own language.
    pub site_language: Option<Language>,
    /// A feed's own language: path of the topic, or name of the term → tag. The whole site's path is empty.
    pub languages: BTreeMap<String, Language>,
    /// Whether a topic in several languages gets a feed per language below its own.
    pub split_by_language: bool,
    /// Folder of a term's feeds, a [`PathTemplate`](super::PathTemplate): `{taxonomy}/{slug}`.
    pub path: String,
    /// The same for single taxonomies, by their singular names.
    pub paths: BTreeMap<String, String>,
    /// Languages whose entries stand in feeds of their own and in no others: tag → the folder that all of these are in, such as
    /// `en` for `en/tags/travel`.
    pub apart: BTreeMap<String, String>,
    /// Names of files that may stand in a topic's folder or in the out folder: no topic gets such a folder.
    pub files: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            taxonomies: vec![Taxonomy::named("category"), Taxonomy::named("tag")],
            aliases: BTreeMap::new(),
            moved: BTreeMap::new(),
            slugs: SlugStyle::Keep,
            slug_map: BTreeMap::new(),
            titles: "{term} · {site}".to_owned(),
            site_title: String::new(),
            custom: Vec::new(),
            limit: 20,
            min_entries: 1,
            site_language: None,
            languages: BTreeMap::new(),
            split_by_language: false,
            path: "{taxonomy}/{slug}".to_owned(),
            paths: BTreeMap::new(),
            apart: BTreeMap::new(),
            files: ["rss.xml", "atom.xml", "feed.json", "index.html", "feeds.opml", "sources.opml", "sources.html"].map(str::to_owned).to_vec(),
        }
    }
}

/// A topic made by a query.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CustomTopic {
    /// What its folder is named after.
    pub name: String,
    /// Title of its feed, as it is; when empty, made from the name as for a term.
    pub title: String,
    /// Which entries it shows.
    pub query: Query,
    /// The feed's own language.
    pub language: Option<Language>,
}

impl CustomTopic {
    /// A topic of this name with the entries that `query` matches.
    pub fn new(name: impl Into<String>, title: impl Into<String>, query: Query) -> Self {
        Self { name: name.into(), title: title.into(), query, language: None }
    }
}
