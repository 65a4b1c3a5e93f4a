//! What the reading of articles can be told.

use super::index::Looked;
use super::manner::Manner;
use super::permalink::Template;
use crate::diagnostic::Place;
use crate::model::{Language, Person};
use crate::text::language::Style;
use crate::text::summary::Limits;
use chrono_tz::Tz;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How articles are found and read. `Default` holds the documented defaults.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The content folder.
    pub dir: PathBuf,
    /// What stands before a path below the content folder when it is shown to people, for example `content`.
    pub shown_as: String,
    /// Files and folders below the content folder that are none of ours, for example the out folder.
    pub skip: Vec<PathBuf>,
    /// Folders in which a path that starts with `/` is looked for (Hugo's `static`).
    pub static_dirs: Vec<PathBuf>,
    /// File name extensions of articles, without dot.
    pub extensions: Vec<String>,
    /// The site's address, with a `/` at its end.
    pub site_url: String,
    /// How an article's path becomes its address.
    pub permalink: Template,
    /// The same for the articles below a folder, instead of [`permalink`](Self::permalink); the longest path wins.
    pub permalinks: BTreeMap<String, Template>,
    /// The generator whose site this is, and its rules for files and addresses; `None`: rules that suit all of them.
    pub manner: Option<Manner>,
    /// Where an article's canonical address is from.
    pub link: LinkRule,
    /// What an article's id is made of.
    pub ids: IdRule,
    /// The zone of dates that state none.
    pub zone: Tz,
    /// Whether nobody chose that zone.
    pub zone_is_fallback: bool,
    /// The site's language.
    pub language: Option<Language>,
    /// Languages of folders below the content folder; the longest path wins.
    pub folder_languages: BTreeMap<String, Language>,
    /// How tags are written.
    pub language_style: Style,
    /// The author of articles that name none.
    pub author: Option<Person>,
    /// Publish drafts.
    pub drafts: bool,
    /// Publish articles dated after [`now`](Self::now).
    pub future: bool,
    /// The instant that decides what is future and what is expired, in Unix seconds.
    pub now: i64,
    /// The taxonomies (singular names) whose terms are read.
    pub taxonomies: Vec<String>,
    /// Plurals of taxonomies that are not the name with an `s`: the keys of the front matter.
    pub plurals: BTreeMap<String, String>,
    /// What separates the levels of a hierarchical category, for example `/`; `None`: nothing does.
    pub separator: Option<String>,
    /// Whether a flat list of categories is one path, as in Hexo.
    pub categories_nest: bool,
    /// Front matter keys that hold the thumbnail, in order of preference.
    pub thumbnail_keys: Vec<String>,
    /// Whether the first picture of the body may be the thumbnail.
    pub thumbnail_from_body: bool,
    /// How long summaries are.
    pub summary: Limits,
    /// Whether entries carry their whole body.
    pub full_body: bool,
    /// Where the files are noted that articles look at, for an index.
    pub(crate) looked: Option<Arc<Looked>>,
}

/// Where an article's canonical address is from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkRule {
    /// The permalink template.
    #[default]
    Permalink,
    /// A key of the front matter; the permalink where it is missing.
    Key(String),
    /// The last line of the body when it is one Markdown link, which then leaves the body.
    TailLink,
}

/// What an article's id is made of, when its front matter gives none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdRule {
    /// Its address, unless that follows its title: then the path of its file.
    #[default]
    Lasting,
    /// Its address in any case, as in the feeds of Hugo, Hexo and Zola.
    Permalink,
    /// The folder of its address and its name, without extension, as in those of Jekyll.
    Jekyll,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            dir: PathBuf::from("content"),
            shown_as: "content".to_owned(),
            skip: Vec::new(),
            static_dirs: Vec::new(),
            extensions: ["md", "markdown", "mdown", "mkd"].map(String::from).to_vec(),
            site_url: String::new(),
            permalink: Template::default(),
            permalinks: BTreeMap::new(),
            manner: None,
            link: LinkRule::default(),
            ids: IdRule::default(),
            zone: Tz::UTC,
            zone_is_fallback: true,
            language: None,
            folder_languages: BTreeMap::new(),
            language_style: Style::Keep,
            author: None,
            drafts: false,
            future: false,
            now: i64::MAX,
            taxonomies: ["category", "tag"].map(String::from).to_vec(),
            plurals: BTreeMap::new(),
            separator: None,
            categories_nest: false,
            thumbnail_keys: super::thumbnail::KEYS.iter().map(|key| (*key).to_owned()).collect(),
            thumbnail_from_body: true,
            summary: Limits::default(),
            full_body: true,
            looked: None,
        }
    }
}

impl Options {
    /// An article is about to look at a file that is not its own.
    pub(crate) fn note(&self, article: &Arc<str>, path: &Path) {
        if let Some(looked) = &self.looked {
            looked.note(article, path);
        }
    }

    /// The place of a file below the content folder, as it is shown to people.
    pub(crate) fn place(&self, path: &str) -> Place {
        Place::file(self.shown(path))
    }

    /// A path below the content folder, as it is shown to people.
    pub(crate) fn shown(&self, path: &str) -> String {
        match (self.shown_as.is_empty() || self.shown_as == ".", path.is_empty()) {
            (true, _) => path.to_owned(),
            (false, true) => self.shown_as.clone(),
            (false, false) => format!("{}/{path}", self.shown_as.trim_end_matches('/')),
        }
    }
}
