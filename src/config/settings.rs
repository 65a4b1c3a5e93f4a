//! The keys of the configuration, each with its type; absent keys are `None`.

use super::generator::{Fact, Said};
use super::secret::Secret;
use crate::content::{Generator, IdRule, LinkRule, Manner, Template};
use crate::diagnostic::{Code, Place, Severity};
use crate::format::Format;
use crate::lint::Choice;
use crate::model::{Language, Person, Term, Timestamp};
use crate::source::filter::Pattern;
use crate::source::list::{Future, Seconds};
use crate::source::stored::Dedupe;
use crate::text::language::Style;
use crate::topic::{CustomTopic, SlugStyle, Taxonomy};
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
    /// What has its value from the site's own configuration.
    pub facts: Vec<Fact>,
    /// Whose site it is by its own configuration.
    pub generator: Option<Generator>,
    /// Where things lie in the site's folder when no key says it.
    pub usual: Usual,
}

/// The folders of the site when no key of `feedloom.yaml` names others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Usual {
    /// Of the articles; `content`.
    pub content: Option<String>,
    /// Of files that are published as they are; `static`.
    pub static_dirs: Option<Vec<String>>,
}

/// What `content.like` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Like {
    /// No generator: its configuration is not read, and the rules are those that suit all.
    None,
    /// This one.
    Of(Generator),
}

impl Settings {
    /// Takes what the site's own configuration says where no key says it; each key wins alone. An explicit `content.permalink` speaks of
    /// paths as feedloom reads them, so that the generator's rules for these are not taken then, unless `content.like` wants them.
    pub fn fill(&mut self, said: Said) {
        let Said { generator, facts, settings: below, manner, content_dir, static_dirs, .. } = said;
        let takes_paths = self.content.permalink.is_none() || self.content.like.is_some();
        let facts = facts.into_iter().filter(|fact| !self.says(&fact.key) && (takes_paths || !fact.key.starts_with("content.permalink")));
        self.facts = facts.collect();
        self.generator = Some(generator);
        let site = &mut self.site;
        fill(&mut site.title, below.site.title);
        fill(&mut site.url, below.site.url);
        fill(&mut site.description, below.site.description);
        fill(&mut site.language, below.site.language);
        fill(&mut site.timezone, below.site.timezone);
        fill(&mut site.author, below.site.author);
        let content = &mut self.content;
        fill(&mut content.drafts, below.content.drafts);
        fill(&mut content.future, below.content.future);
        fill(&mut content.nested_categories, below.content.nested_categories);
        if takes_paths {
            fill(&mut content.permalink, below.content.permalink);
            fill(&mut content.permalinks, below.content.permalinks);
            content.manner = Some(manner);
        }
        fill(&mut self.feeds.limit, below.feeds.limit);
        fill(&mut self.feeds.by, below.feeds.by);
        fill(&mut self.topics.slug_map, below.topics.slug_map);
        self.usual = Usual { content: Some(content_dir), static_dirs: Some(static_dirs) };
    }

    /// Whether a key that a generator may say has a value.
    fn says(&self, key: &str) -> bool {
        match key {
            "site.title" => self.site.title.is_some(),
            "site.url" => self.site.url.is_some(),
            "site.description" => self.site.description.is_some(),
            "site.language" => self.site.language.is_some(),
            "site.timezone" => self.site.timezone.is_some(),
            "site.author" => self.site.author.is_some(),
            "content.dir" => self.content.dir.is_some(),
            "content.drafts" => self.content.drafts.is_some(),
            "content.future" => self.content.future.is_some(),
            "content.permalink" => self.content.permalink.is_some(),
            "feeds.limit" => self.feeds.limit.is_some(),
            "feeds.by" => self.feeds.by.is_some(),
            "topics.slug-map" => self.topics.slug_map.is_some(),
            _ => key.starts_with("content.permalinks.") && self.content.permalinks.is_some(),
        }
    }
}

fn fill<T>(value: &mut Option<T>, below: Option<T>) {
    if value.is_none() {
        *value = below;
    }
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
    pub permalinks: Option<BTreeMap<String, Template>>,
    pub like: Option<Like>,
    pub link: Option<LinkRule>,
    pub ids: Option<IdRule>,
    pub drafts: Option<bool>,
    pub future: Option<bool>,
    /// The rules of the generator as its own configuration changes them.
    pub manner: Option<Manner>,
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
    pub by: Option<Vec<Taxonomy>>,
    pub like: Option<Generator>,
    /// Ends in `/{file}` or `.{extension}`.
    pub path: Option<String>,
    /// The same for single taxonomies, by their singular names.
    pub paths: Option<BTreeMap<String, String>>,
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
    pub apart: Option<BTreeMap<String, String>>,
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
