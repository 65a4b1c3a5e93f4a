//! The keys of the configuration, each with its type; absent keys are `None`.

use super::secret::Secret;
use crate::content::{LinkRule, Template};
use crate::diagnostic::{Code, Place, Severity};
use crate::format::Format;
use crate::lint::Choice;
use crate::model::{Language, Person, Term, Timestamp};
use crate::source::filter::Pattern;
use crate::source::list::{Future, Seconds};
use crate::source::stored::Dedupe;
use crate::text::language::Style;
use crate::topic::{CustomTopic, SlugStyle};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// What `feedloom.yaml` says.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Settings {
    /// `site`
    pub site: SiteSettings,
    /// `content`
    pub content: ContentSettings,
    /// `feeds`
    pub feeds: FeedSettings,
    /// `topics`
    pub topics: TopicSettings,
    /// `sources`
    pub sources: SourceSettings,
    /// `lint`
    pub lint: LintSettings,
}

/// `lint`: which rules hold, and how much they matter.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct LintSettings {
    pub ignore: Option<Vec<Code>>,
    /// `None`: the rule is switched off.
    pub severity: BTreeMap<Code, Option<Severity>>,
}

impl LintSettings {
    /// What is told.
    pub fn choice(&self) -> Choice {
        let mut choice = Choice::default();
        choice.ignore.extend(self.ignore.iter().flatten());
        choice.severity.clone_from(&self.severity);
        choice
    }
}

/// `site`: what is said of the whole site.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SiteSettings {
    pub title: Option<String>,
    pub url: Option<String>,
    pub description: Option<String>,
    pub language: Option<Language>,
    pub language_style: Option<Style>,
    pub timezone: Option<Tz>,
    pub author: Option<Person>,
    pub rights: Option<String>,
    pub icon: Option<String>,
    pub epoch: Option<Timestamp>,
}

/// `content`: how articles are found and read.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ContentSettings {
    pub dir: Option<String>,
    pub extensions: Option<Vec<String>>,
    pub static_dirs: Option<Vec<String>>,
    pub permalink: Option<Template>,
    pub link: Option<LinkRule>,
    pub languages: Option<BTreeMap<String, Language>>,
    pub nested_categories: Option<bool>,
    pub thumbnail: Option<Vec<String>>,
    pub thumbnail_from_body: Option<bool>,
}

/// `feeds`: which files are written, and where.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct FeedSettings {
    pub dir: Option<String>,
    pub url: Option<String>,
    pub formats: Option<Vec<Format>>,
    pub files: BTreeMap<Format, String>,
    pub full_body: Option<bool>,
    pub limit: Option<usize>,
    pub by: Option<Vec<String>>,
    pub path: Option<String>,
    pub pages: Option<bool>,
    pub hubs: Option<Vec<String>>,
    pub summary_target: Option<usize>,
    pub summary_max: Option<usize>,
    pub summary_words: Option<usize>,
    pub health: Option<bool>,
    pub lint: Option<bool>,
}

/// `topics`: how entries are grouped.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct TopicSettings {
    pub aliases: Option<BTreeMap<String, Vec<String>>>,
    pub moved: Option<BTreeMap<String, String>>,
    pub slugs: Option<SlugStyle>,
    pub slug_map: Option<BTreeMap<String, String>>,
    pub titles: Option<String>,
    pub separator: Option<String>,
    pub min_entries: Option<usize>,
    pub split_by_language: Option<bool>,
    pub languages: Option<BTreeMap<String, Language>>,
    pub custom: Vec<CustomTopic>,
    pub dedupe: Option<Dedupe>,
}

/// `sources`: external feeds, and how they are fetched.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SourceSettings {
    pub opml: Option<Vec<String>>,
    pub list: Vec<SourceSetting>,
    /// What holds for all sources that do not say otherwise.
    pub all: Wishes,
    pub floor: Option<Seconds>,
    pub host_gap: Option<Seconds>,
    pub concurrency: Option<usize>,
    pub timeout: Option<Seconds>,
    pub max_size: Option<u64>,
    pub contact: Option<String>,
    pub keep: Option<usize>,
    pub keep_for: Option<Seconds>,
    pub strip_tracking: Option<bool>,
}

/// One element of `sources.list`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SourceSetting {
    pub url: String,
    pub title: Option<String>,
    pub terms: Vec<Term>,
    pub wishes: Wishes,
    pub place: Place,
}

/// What can be said of a source, and of all of them.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Wishes {
    pub own_terms: Option<OwnTerms>,
    pub language: Option<Language>,
    pub zone: Option<Tz>,
    pub include: Option<Vec<Pattern>>,
    pub exclude: Option<Vec<Pattern>>,
    pub languages: Option<Vec<Language>>,
    pub limit: Option<usize>,
    pub min_age: Option<Seconds>,
    pub full_body: Option<bool>,
    pub future: Option<Future>,
    pub interval: Option<Seconds>,
    pub max_stale: Option<Seconds>,
    pub headers: Option<BTreeMap<String, Secret>>,
    pub user: Option<Secret>,
    pub password: Option<Secret>,
    pub proxy: Option<Secret>,
    pub agent_suffix: Option<String>,
}

/// Whether the categories of a source's entries become terms.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OwnTerms {
    /// They do not.
    Off,
    /// They do, of this taxonomy.
    As(String),
}
