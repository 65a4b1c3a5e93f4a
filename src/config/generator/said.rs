//! What a site's own configuration says, in the words of `feedloom.yaml`.

use super::tree::{Told, Tree};
use crate::config::Settings;
use crate::config::read::folder_url;
use crate::content::{Generator, Manner, Template, TemplateError, person};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::Language;
use crate::text::language::{Class, read as read_language};
use crate::topic::Taxonomy;
use std::sync::Arc;

/// What a site's own configuration says, as far as feedloom has a use for it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Said {
    /// Whose site it is.
    pub generator: Generator,
    /// The files that say it, as people know them.
    pub files: Vec<Arc<str>>,
    /// Each key of `feedloom.yaml` that has a value because of them.
    pub facts: Vec<Fact>,
    /// These values.
    pub(in crate::config) settings: Settings,
    /// The rules for files and addresses.
    pub(in crate::config) manner: Manner,
    /// The folder of the articles in the site's folder.
    pub(in crate::config) content_dir: String,
    /// The folders of files that are published as they are.
    pub(in crate::config) static_dirs: Vec<String>,
}

/// A key that has its value from the site's own configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fact {
    /// The key of `feedloom.yaml`: `site.title`.
    pub key: String,
    /// Its value, as it is written.
    pub value: String,
    /// Where it is written.
    pub place: Place,
}

/// A configuration under reading.
pub(super) struct Reading<'r> {
    pub(super) tree: &'r Tree,
    pub(super) said: Said,
    pub(super) findings: &'r mut Vec<Diagnostic>,
}

impl<'r> Reading<'r> {
    pub(super) fn new(generator: Generator, tree: &'r Tree, findings: &'r mut Vec<Diagnostic>) -> Self {
        let said = Said {
            generator,
            files: tree.files().cloned().collect(),
            facts: Vec::new(),
            settings: Settings::default(),
            manner: Manner::of(generator),
            content_dir: "content".to_owned(),
            static_dirs: vec!["static".to_owned()],
        };
        Self { tree, said, findings }
    }

    /// Notes where a key has its value from.
    pub(super) fn fact(&mut self, key: &str, value: impl Into<String>, told: Told<'_>) {
        self.said.facts.push(Fact { key: key.to_owned(), value: value.into(), place: told.place().without_excerpt() });
    }

    /// A value cannot be used.
    pub(super) fn wrong(&mut self, told: Told<'_>, message: String, help: &str) {
        self.findings.push(Diagnostic::new(Code::SiteValue, told.place(), message).with_help(help));
    }

    /// The first of these that has a value, as `read` understands it; `expected` says to people what that is.
    pub(super) fn value<T>(&mut self, key: &str, paths: &[&[&str]], expected: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let told = self.tree.first(paths)?;
        let text = told.text()?;
        let value = read(&text);
        if value.is_some() {
            self.fact(key, text, told);
        } else {
            self.wrong(told, format!("expected {expected}, found `{text}`"), &format!("correct it, or set {key} in feedloom.yaml"));
        }
        value
    }

    pub(super) fn text(&mut self, key: &str, paths: &[&[&str]]) -> Option<String> {
        self.value(key, paths, "a text", |text| Some(text.to_owned()))
    }

    /// What most generators call alike.
    pub(super) fn site(&mut self, title: &[&[&str]], description: &[&[&str]], author: &[&[&str]]) {
        self.said.settings.site.title = self.text("site.title", title);
        self.said.settings.site.description = self.text("site.description", description);
        self.said.settings.site.author = self.value("site.author", author, "a name", person);
    }

    pub(super) fn zone(&mut self, paths: &[&[&str]]) {
        self.said.settings.site.timezone = self.value("site.timezone", paths, "an IANA zone such as Asia/Shanghai", |text| text.parse().ok());
    }

    pub(super) fn url(&mut self, paths: &[&[&str]]) {
        self.said.settings.site.url = self.value("site.url", paths, "an http(s) address such as https://example.org/", folder_url);
    }

    /// The site's language. A name that is no tag is guessed, and said to be.
    pub(super) fn language(&mut self, paths: &[&[&str]]) {
        let Some(told) = self.tree.first(paths) else { return };
        let Some(text) = told.text() else { return };
        let reading = read_language(&text, None);
        let is_clear = matches!(reading.class, Class::Valid | Class::Silent | Class::Note);
        if !is_clear {
            let read_as = reading.language.as_ref().map_or_else(|| "it says nothing".to_owned(), |language| format!("read as {language}"));
            self.wrong(
                told,
                format!("expected a BCP 47 tag such as zh-CN, found `{text}`; {read_as}"),
                "correct it, or set site.language in feedloom.yaml",
            );
        }
        if let Some(language) = reading.language {
            self.fact("site.language", text, told);
            self.said.settings.site.language = Some(language);
        }
    }

    /// A language that is no more than the key of a table.
    pub(super) fn tag(text: &str) -> Option<Language> {
        read_language(text, None).language
    }

    pub(super) fn limit(&mut self, paths: &[&[&str]]) {
        // -1 is no limit.
        self.said.settings.feeds.limit = self.value("feeds.limit", paths, "a whole number", |text| {
            let number: i64 = text.parse().ok()?;
            Some(usize::try_from(number).unwrap_or(0))
        });
    }

    /// Whether drafts and articles dated in the future are shown.
    pub(super) fn held(&mut self, drafts: &[&[&str]], future: &[&[&str]]) {
        let switch = |text: &str| text.parse::<bool>().ok();
        self.said.settings.content.drafts = self.value("content.drafts", drafts, "true or false", switch);
        self.said.settings.content.future = self.value("content.future", future, "true or false", switch);
    }

    /// The taxonomies, in the order in which they are written.
    pub(super) fn taxonomies(&mut self, taxonomies: Vec<Taxonomy>, told: Told<'_>) {
        let names: Vec<&str> = taxonomies.iter().map(|taxonomy| taxonomy.name.as_str()).collect();
        let names = names.join(", ");
        self.fact("feeds.by", names, told);
        self.said.settings.feeds.by = Some(taxonomies);
    }

    /// A permalink pattern of the generator; what is wrong with it is reported.
    pub(super) fn pattern(&mut self, told: Told<'_>) -> Option<Template> {
        let text = told.text()?;
        match Template::parse_like(&text, self.said.generator) {
            Ok(template) => Some(template),
            Err(problem) => {
                let help = match problem {
                    TemplateError::NothingOwn => "articles need addresses of their own; the usual ones were taken",
                    _ => "say with content.permalink in feedloom.yaml what the addresses are; the usual ones were taken",
                };
                self.wrong(told, format!("`{text}`: {problem}"), help);
                None
            }
        }
    }
}

/// The taxonomy of this singular and this plural name.
pub(super) fn taxonomy(name: &str, plural: &str) -> Taxonomy {
    let usual = Taxonomy::named(name);
    if usual.plural == plural { usual } else { Taxonomy { name: name.to_owned(), plural: plural.to_owned() } }
}
