//! Settings and subscription lists → the sources of a site.
//!
//! In: `sources` of the configuration, the OPML files that it names, and what the environment holds. Out: each source once, with all
//! that is wanted of it; what cannot be subscribed to is found and named, and the others stay.

use super::document::Document;
use super::secret::Secret;
use super::settings::{OwnTerms, Settings, SourceSetting, Wishes};
use super::sources::address;
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::format::date;
use crate::format::opml::{Outline, OutlineKind};
use crate::format::read::{Content, Hints, read};
use crate::model::Term;
use crate::source::filter::Filter;
use crate::source::list::{Extra, Source};
use crate::text::near::nearest;
use crate::topic;
use chrono_tz::Tz;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The subscription list that is read without being named, when it is there; `feedloom sources add` makes it.
pub const OPML: &str = "sources.opml";

/// Gives what a variable holds.
pub type Environment<'e> = &'e dyn Fn(&str) -> Option<String>;

/// The sources of a site.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Subscribed {
    /// Each once, in the order of the configuration, then of the lists.
    pub sources: Vec<Source>,
    /// What is wrong with some of them.
    pub findings: Vec<Diagnostic>,
}

/// The list that `feedloom sources add`, `remove` and `import` change: the first that is named, else [`OPML`] in the root.
pub fn first_list(settings: &Settings, document: &Document, root: &Path) -> PathBuf {
    let base = document.folder().unwrap_or(root);
    match settings.sources.opml.as_ref().and_then(|files| files.first()) {
        Some(file) => base.join(file),
        None => root.join(OPML),
    }
}

/// All sources of a site; `shown` says what people call a file.
pub fn subscribe(settings: &Settings, document: &Document, root: &Path, shown: &dyn Fn(&Path) -> String, environment: Environment<'_>) -> Subscribed {
    let zone = settings.site.timezone.or_else(|| settings.site.language.as_ref().and_then(date::zone_of));
    let by = settings.feeds.by.clone().unwrap_or_else(|| topic::Options::default().taxonomies);
    let mut taxonomies: Vec<String> = by.into_iter().map(|taxonomy| taxonomy.name).collect();
    taxonomies.extend(settings.topics.custom.iter().flat_map(|custom| custom.query.taxonomies()));
    let mut list = List {
        all: &settings.sources.all,
        zone,
        full_body: settings.feeds.full_body,
        environment,
        taxonomies,
        found: Subscribed::default(),
        known: HashMap::new(),
    };
    for setting in &settings.sources.list {
        list.configured(setting);
    }
    let base = document.folder().unwrap_or(root);
    let files: Vec<PathBuf> = match &settings.sources.opml {
        Some(files) => files.iter().map(|file| base.join(file)).collect(),
        // The list that nobody named need not be there.
        None => Some(root.join(OPML)).filter(|file| file.is_file()).into_iter().collect(),
    };
    for file in files {
        list.file(&file, &shown(&file));
    }
    list.found
}

/// Sources under collection.
struct List<'a> {
    all: &'a Wishes,
    /// The site's own zone, and whether its feeds carry bodies.
    zone: Option<Tz>,
    full_body: Option<bool>,
    environment: Environment<'a>,
    /// Taxonomies that have feeds or are asked for by queries.
    taxonomies: Vec<String>,
    found: Subscribed,
    /// Where each address is in the list.
    known: HashMap<String, usize>,
}

impl List<'_> {
    fn configured(&mut self, setting: &SourceSetting) {
        let mut source = self.source(&setting.url, &setting.wishes);
        source.title.clone_from(&setting.title);
        source.terms.clone_from(&setting.terms);
        source.place = setting.place.clone().without_excerpt();
        for term in &source.terms {
            if !self.taxonomies.iter().any(|known| **known == *term.taxonomy) {
                let known = self.taxonomies.iter().map(String::as_str);
                let help = match nearest(&term.taxonomy, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the taxonomies are {}; feeds.by adds others", self.taxonomies.join(", ")),
                };
                let message = format!("expected topics of a taxonomy that has feeds, found `{}`", term.taxonomy);
                let finding = Diagnostic::new(Code::UnknownKey, source.place.clone(), message).with_severity(Severity::Warning);
                self.found.findings.push(finding.with_help(help));
            }
        }
        self.add(source, Severity::Warning);
    }

    /// A source with what is wanted of it, and of all of them.
    fn source(&self, url: &str, wishes: &Wishes) -> Source {
        let all = self.all;
        let mut source = Source::new(url);
        source.own_terms = match wishes.own_terms.as_ref().or(all.own_terms.as_ref()) {
            Some(OwnTerms::As(taxonomy)) => Some(Arc::from(taxonomy.as_str())),
            Some(OwnTerms::Off) | None => None,
        };
        source.language = wishes.language.clone().or_else(|| all.language.clone());
        source.zone = wishes.zone.or(all.zone).or(self.zone);
        // What is unwanted of all is unwanted of each; what is wanted is said for one or for all.
        source.filter = Filter::default();
        source.filter.include = wishes.include.clone().or_else(|| all.include.clone()).unwrap_or_default();
        source.filter.exclude = all.exclude.iter().chain(&wishes.exclude).flatten().cloned().collect();
        source.languages = wishes.languages.clone().or_else(|| all.languages.clone()).unwrap_or_default();
        source.limit = wishes.limit.or(all.limit).unwrap_or(source.limit);
        source.min_age = wishes.min_age.or(all.min_age).unwrap_or(source.min_age);
        source.full_body = wishes.full_body.or(all.full_body).or(self.full_body).unwrap_or(source.full_body);
        source.future = wishes.future.or(all.future).unwrap_or(source.future);
        source.interval = wishes.interval.or(all.interval);
        source.max_stale = wishes.max_stale.or(all.max_stale).unwrap_or(source.max_stale);
        match self.extra(wishes) {
            Ok(extra) => source.request = extra,
            Err(variable) => {
                source.problem = Some(format!("expected the environment variable {variable} to hold something, found nothing"));
            }
        }
        source
    }

    /// What is sent to it; the name of a variable that is missing.
    fn extra(&self, wishes: &Wishes) -> Result<Extra, String> {
        let all = self.all;
        let reveal = |secret: &Secret| secret.reveal(self.environment);
        let mut extra = Extra::default();
        for (name, value) in wishes.headers.iter().chain(&all.headers).flatten() {
            if !extra.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) {
                extra.headers.push((name.clone(), reveal(value)?));
            }
        }
        let (user, password) = (wishes.user.as_ref().or(all.user.as_ref()), wishes.password.as_ref().or(all.password.as_ref()));
        if let Some(user) = user {
            extra.basic = Some((reveal(user)?, password.map(reveal).transpose()?.unwrap_or_default()));
        }
        extra.proxy = wishes.proxy.as_ref().or(all.proxy.as_ref()).map(reveal).transpose()?;
        extra.agent_suffix = wishes.agent_suffix.clone().or_else(|| all.agent_suffix.clone());
        Ok(extra)
    }

    /// Adds a source, or its topics to the one that is there.
    fn add(&mut self, source: Source, severity: Severity) {
        let known = self.known.get(&source.url).and_then(|at| self.found.sources.get_mut(*at));
        let Some(known) = known else {
            self.known.insert(source.url.clone(), self.found.sources.len());
            self.found.sources.push(source);
            return;
        };
        let more: Vec<Term> = source.terms.into_iter().filter(|term| !known.terms.contains(term)).collect();
        // A feed in several folders of a list is how lists file it under several topics.
        if severity == Severity::Warning || more.is_empty() {
            let message = format!("expected each source once, found {} again; the first one counts", source.url);
            self.found
                .findings
                .push(Diagnostic::new(Code::SourceTwice, source.place, message).with_severity(severity).with_help("delete one of them"));
        }
        known.terms.extend(more);
    }

    fn file(&mut self, file: &Path, shown: &str) {
        let failed = |why: String| {
            Diagnostic::new(Code::SourceListUnreadable, Place::file(shown), why)
                .with_help("correct the file, or take it out of sources.opml in feedloom.yaml")
        };
        let bytes = match std::fs::read(file) {
            Ok(bytes) => bytes,
            Err(error) => return self.found.findings.push(failed(format!("expected to read the list, found: {error}"))),
        };
        let reading = match read(&bytes, &Hints::named(shown)) {
            Ok(reading) => reading,
            Err(error) => {
                let found = error.to_string().replace("expected a feed", "expected a subscription list (OPML)");
                return self.found.findings.push(failed(found));
            }
        };
        let Content::Subscriptions(list) = reading.content else {
            return self.found.findings.push(failed("expected a subscription list (OPML), found a feed".to_owned()));
        };
        // Outlines are in the order of the file, and folders are no deeper than the reader lets them.
        let mut pending: Vec<(&Outline, Vec<Arc<str>>)> = list.outlines.iter().rev().map(|outline| (outline, Vec::new())).collect();
        while let Some((outline, folders)) = pending.pop() {
            let below = match &outline.kind {
                OutlineKind::Folder => folders.iter().cloned().chain([Arc::from(outline.text.as_str())]).collect(),
                OutlineKind::Feed { .. } => folders.clone(),
            };
            pending.extend(outline.children.iter().rev().map(|child| (child, below.clone())));
            self.outline(outline, folders, shown);
        }
    }

    fn outline(&mut self, outline: &Outline, folders: Vec<Arc<str>>, shown: &str) {
        let OutlineKind::Feed { xml_url, html_url, language, .. } = &outline.kind else { return };
        let url = match address(xml_url) {
            Ok(url) => url,
            Err(problem) => {
                let message = format!("\"{}\": {problem}", outline.text);
                let finding = Diagnostic::new(Code::SourceUnusable, Place::file(shown), message).with_severity(Severity::Warning);
                return self.found.findings.push(finding.with_help("correct xmlUrl, or delete the outline"));
            }
        };
        let mut source = self.source(&url, &Wishes::default());
        source.title = Some(outline.text.clone()).filter(|text| !text.is_empty() && text != xml_url);
        source.page.clone_from(html_url);
        source.language = language.clone().or(source.language);
        source.terms = if folders.is_empty() { Vec::new() } else { vec![Term::nested("category", folders)] };
        source.place = Place::file(shown);
        self.add(source, Severity::Info);
    }
}
