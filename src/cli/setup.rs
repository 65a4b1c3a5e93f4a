//! Arguments, environment and configuration → a pipeline's options.

use super::args::{Build, Global, Site};
use crate::clock::Clock;
use crate::config::generator::Fact;
use crate::config::{self, Document, Like, Overrides, Settings, Subscribed};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::format::date;
use crate::model::{Language, Timestamp};
use crate::pipeline::build::Options;
use crate::pipeline::input::{Input, Network};
use crate::source::store::Store;
use chrono_tz::Tz;
#[cfg(feature = "serve")]
use std::io;
use std::path::{Path, PathBuf};

/// A site's folder and its configuration, read.
pub(super) struct Project {
    pub(super) working_dir: PathBuf,
    pub(super) root: PathBuf,
    pub(super) document: Document,
    pub(super) settings: Settings,
    /// What is wrong with the configuration of the site's generator, which stops nothing.
    pub(super) findings: Vec<Diagnostic>,
}

impl Project {
    /// Finds and reads it; or everything that is wrong with the configuration.
    pub(super) fn read(global: &Global) -> Result<Self, Vec<Diagnostic>> {
        let one = |finding: Diagnostic| vec![finding];
        let working_dir = working_dir().map_err(one)?;
        let (root, file) = locate(global, &working_dir);
        let mut document = match &file {
            Some(file) => Document::read(file, &shown(file, &working_dir)).map_err(one)?,
            None => Document::none(),
        };
        for assignment in &global.set {
            document.set(assignment).map_err(one)?;
        }
        let mut findings = Vec::new();
        let mut settings = Settings::read(&document, &mut findings);
        if !findings.is_empty() {
            findings.sort();
            return Err(findings);
        }
        let like = match settings.content.like {
            Some(Like::Of(generator)) => Some(generator),
            _ => None,
        };
        if settings.content.like != Some(Like::None)
            && let Some(said) = config::generator::read(&root, like, &|file| shown(file, &working_dir), &mut findings)
        {
            settings.fill(said);
        }
        Ok(Self { working_dir, root, document, settings, findings })
    }

    /// The external feeds that it subscribes to, with what the environment holds for them.
    #[expect(clippy::disallowed_methods, reason = "cli/ is where the environment is read")]
    pub(super) fn sources(&self) -> Subscribed {
        let environment = |name: &str| std::env::var(name).ok();
        config::subscribe(&self.settings, &self.document, &self.root, &|file| self.shown(file), &environment)
    }

    /// A path as people know it.
    pub(super) fn shown(&self, path: &Path) -> String {
        shown(path, &self.working_dir)
    }
}

/// Where the run was started.
pub(super) fn working_dir() -> Result<PathBuf, Diagnostic> {
    std::env::current_dir().map_err(|error| Diagnostic::new(Code::BadValue, Place::file("."), format!("expected a working folder, found: {error}")))
}

pub(super) fn shown(path: &Path, working_dir: &Path) -> String {
    path.strip_prefix(working_dir).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// What a verb works with that reads articles and what was fetched.
pub(super) struct Work {
    pub(super) options: Options,
    /// What is wrong with some of the sources, and with the configuration of the site's generator; the rest is there.
    pub(super) findings: Vec<Diagnostic>,
    /// What has its value from that configuration.
    pub(super) facts: Vec<Fact>,
    /// Where the store lies, when something was fetched.
    root: PathBuf,
    /// Whether the health of the sources is published.
    #[cfg(feature = "fetch")]
    shows_health: bool,
}

impl Work {
    /// What was fetched, if anything was.
    #[cfg(feature = "fetch")]
    pub(super) fn store(&mut self) -> Result<Option<Box<dyn Store>>, Diagnostic> {
        let Some(external) = &self.options.external else { return Ok(None) };
        let mut store = super::store::open_existing(&self.root)?;
        if self.shows_health {
            let health = super::store::health(&external.sources, store.as_mut(), self.options.content.now)?;
            self.options.health = Some(health);
        }
        Ok(store.map(|store| Box::new(store) as Box<dyn Store>))
    }

    /// Without the feature nothing is ever fetched.
    #[cfg(not(feature = "fetch"))]
    #[expect(clippy::unnecessary_wraps, reason = "the same signature as with a store")]
    pub(super) fn store(&mut self) -> Result<Option<Box<dyn Store>>, Diagnostic> {
        let _ = &self.root;
        Ok(None)
    }
}

/// Options for a verb that reads articles; or everything that is wrong with what was asked.
pub(super) fn work(site: &Site, build: Option<&Build>, global: &Global) -> Result<Work, Vec<Diagnostic>> {
    let one = |finding: Diagnostic| vec![finding];
    let project = Project::read(global)?;
    let subscribed = project.sources();
    let mut overrides = Overrides::new(&project.root, &project.working_dir, clock(site.now.as_deref()).map_err(one)?);
    overrides.content.clone_from(&site.content);
    overrides.base_url.clone_from(&site.base_url);
    overrides.language = site.language.as_deref().map(language).transpose().map_err(one)?;
    overrides.timezone = site.timezone.as_deref().map(zone).transpose().map_err(one)?;
    (overrides.drafts, overrides.future) = (site.drafts, site.future);
    if let Some(build) = build {
        overrides.out.clone_from(&build.out);
        (overrides.check, overrides.adopt, overrides.lint) = (build.check, build.adopt, build.lint);
    }
    overrides.sources = subscribed.sources;
    let resolved = config::resolve(&project.settings, &project.document, &overrides);
    let resolved = resolved.map_err(|finding| project.findings.iter().cloned().chain([finding]).collect::<Vec<_>>())?;
    let overruled = [
        ("site.url", site.base_url.is_some()),
        ("site.language", site.language.is_some()),
        ("site.timezone", site.timezone.is_some()),
        ("content.dir", site.content.is_some()),
    ];
    let holds = |fact: &&Fact| !overruled.contains(&(fact.key.as_str(), true));
    Ok(Work {
        options: resolved.build,
        facts: project.settings.facts.iter().filter(holds).cloned().collect(),
        findings: project.findings.into_iter().chain(subscribed.findings).collect(),
        root: project.root,
        #[cfg(feature = "fetch")]
        shows_health: project.settings.feeds.health.unwrap_or(false),
    })
}

/// What is known of a site whatever is wrong with its configuration: for who waits until it is mended.
#[cfg(feature = "serve")]
pub(super) struct Ground {
    /// The folder that everything lies in.
    pub(super) root: PathBuf,
    /// Where feeds are, unless the command line says otherwise.
    pub(super) out: PathBuf,
    /// The files besides articles that decide what is built; they need not be there.
    pub(super) files: Vec<PathBuf>,
}

#[cfg(feature = "serve")]
impl Ground {
    pub(super) fn find(global: &Global) -> io::Result<Self> {
        let (root, file) = locate(global, &std::env::current_dir()?);
        let mut files = file.map_or_else(|| config::FILES.iter().map(|name| root.join(name)).collect(), |file| vec![file]);
        let project = Project::read(global).ok();
        files.extend(project.iter().map(|project| config::first_list(&project.settings, &project.document, &project.root)));
        let out = project.map_or_else(|| root.join("feeds"), |project| config::out_folder(&project.settings, &project.document, &project.root));
        Ok(Self { root, out, files })
    }
}

/// The folder to work in and its configuration: named, or found upwards.
fn locate(global: &Global, working_dir: &Path) -> (PathBuf, Option<PathBuf>) {
    if let Some(file) = &global.config {
        let file = working_dir.join(file);
        let root = global.root.as_ref().map_or_else(|| file.parent().unwrap_or(working_dir).to_path_buf(), |root| working_dir.join(root));
        return (root, Some(file));
    }
    if let Some(root) = &global.root {
        let root = working_dir.join(root);
        let file = config::FILES.iter().map(|name| root.join(name)).find(|file| file.is_file());
        return (root, file);
    }
    let found = working_dir.ancestors().flat_map(|folder| config::FILES.iter().map(|name| folder.join(name))).find(|file| file.is_file());
    let root = found.as_deref().and_then(Path::parent).unwrap_or(working_dir);
    (root.to_path_buf(), found)
}

/// The time that decides what is held back: `--now`, else `SOURCE_DATE_EPOCH`, else the machine's clock.
#[expect(clippy::disallowed_methods, reason = "cli/ is where the environment is read")]
pub(super) fn clock(now: Option<&str>) -> Result<Clock, Diagnostic> {
    if let Some(text) = now {
        let reading = date::read(text, Tz::UTC).map_err(|problem| {
            Diagnostic::new(Code::BadValue, Place::file("--now"), format!("expected a time such as 2025-02-14T10:00:00Z, found `{text}`: {problem}"))
        })?;
        return Ok(Clock::Fixed(reading.timestamp));
    }
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => {
            let instant = text.trim().parse().ok().and_then(Timestamp::from_unix);
            let wrong = || Diagnostic::new(Code::BadValue, Place::file("SOURCE_DATE_EPOCH"), format!("expected seconds since 1970, found `{text}`"));
            instant.map(Clock::Fixed).ok_or_else(wrong)
        }
        Err(_) => Ok(Clock::System),
    }
}

/// The network that these inputs need, if any does: lists may name addresses too.
#[cfg(feature = "fetch")]
pub(super) fn network(inputs: &[Input], allow_private: bool, global: &Global) -> Result<Network, Vec<Diagnostic>> {
    let is_far = |input: &Input| match input {
        Input::Url(_) => true,
        Input::File(path) => path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("opml")),
        Input::Stdin => false,
    };
    if !inputs.iter().any(is_far) {
        return Ok(Network::default());
    }
    // A configuration says who asks, and how long; it need not be there.
    let settings = Project::read(global)?.settings;
    let client = crate::http::Client::new(config::http(&settings, allow_private, &Clock::System));
    client.map(Network::new).map_err(|failure| vec![Diagnostic::new(Code::SourceFailed, Place::default(), failure.to_string())])
}

/// Without the feature there is no network.
#[cfg(not(feature = "fetch"))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature as with a network")]
pub(super) fn network(_: &[Input], _: bool, _: &Global) -> Result<Network, Vec<Diagnostic>> {
    Ok(Network::default())
}

/// Whether this runs on a machine of a CI service.
#[cfg(feature = "fetch")]
#[expect(clippy::disallowed_methods, reason = "cli/ is where the environment is read")]
pub(super) fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

fn language(text: &str) -> Result<Language, Diagnostic> {
    let wrong = || Diagnostic::new(Code::BadValue, Place::file("--language"), format!("expected a BCP 47 tag such as zh-CN, found `{text}`"));
    config::language(text).ok_or_else(wrong)
}

pub(super) fn zone(text: &str) -> Result<Tz, Diagnostic> {
    let wrong =
        |_| Diagnostic::new(Code::BadValue, Place::file("--timezone"), format!("expected an IANA zone such as Asia/Shanghai, found `{text}`"));
    text.parse().map_err(wrong)
}
