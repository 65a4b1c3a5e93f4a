//! The keys of the configuration, each with its type; absent keys are `None`.

use crate::content::{LinkRule, Template};
use crate::format::Format;
use crate::model::{Language, Person, Timestamp};
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
}
