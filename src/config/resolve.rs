//! Settings and command line → a pipeline's options, with the defaults that depend on other settings.

use super::document::Document;
use super::generator::{hexo, jekyll};
use super::likeness::Likeness;
use super::read::folder_url;
use super::settings::{Like, Settings};
use crate::clock::Clock;
use crate::content::{self, Generator, Manner, Template};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::format::date;
use crate::model::{Language, Timestamp};
use crate::pipeline::build::{External, Options, Site};
use crate::publish::layout::Layout;
use crate::publish::write::Target;
use crate::source::list::Source;
use crate::topic::{self, SlugStyle};
use chrono_tz::Tz;
use std::path::{Component, Path, PathBuf};

/// What the command line says over the configuration.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Overrides {
    /// The folder that everything lies in, when nobody names a configuration.
    pub root: PathBuf,
    /// Where the run was started; paths are shown to people as seen from here.
    pub working_dir: PathBuf,
    /// `--content`
    pub content: Option<PathBuf>,
    /// `--out`
    pub out: Option<PathBuf>,
    /// `--base-url`
    pub base_url: Option<String>,
    /// `--language`
    pub language: Option<Language>,
    /// `--timezone`
    pub timezone: Option<Tz>,
    /// `--drafts`
    pub drafts: bool,
    /// `--future`
    pub future: bool,
    /// `--check`
    pub check: bool,
    /// `--adopt`
    pub adopt: bool,
    /// `--lint`
    pub lint: bool,
    /// The external feeds of the site; see [`subscribe`](super::subscribe).
    pub sources: Vec<Source>,
    /// Decides what is future and what is expired.
    pub clock: Clock,
}

impl Overrides {
    /// Nothing set; `root` is absolute, or relative to the working folder.
    pub fn new(root: impl Into<PathBuf>, working_dir: impl Into<PathBuf>, clock: Clock) -> Self {
        Self {
            root: root.into(),
            working_dir: working_dir.into(),
            content: None,
            out: None,
            base_url: None,
            language: None,
            timezone: None,
            drafts: false,
            future: false,
            check: false,
            adopt: false,
            lint: false,
            sources: Vec::new(),
            clock,
        }
    }
}

/// Options, and where feedloom keeps its own things.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Resolved {
    /// For `build`, `topics` and `explain`.
    pub build: Options,
}

/// 2000-01-01T00:00:00Z, which stands where a format demands a date and an article has none.
const EPOCH: i64 = 946_684_800;

/// Options from settings and command line; what cannot be used is found and named.
pub fn resolve(settings: &Settings, document: &Document, overrides: &Overrides) -> Result<Resolved, Diagnostic> {
    let (site, feeds) = (&settings.site, &settings.feeds);
    // Paths in a file are relative to that file, paths on the command line to the working folder.
    let base = document.folder().unwrap_or(&overrides.root);
    // What the file does not name lies in the root.
    let folder = |named: Option<&str>, default: &str| named.map_or_else(|| clean(&overrides.root.join(default)), |dir| base.join(dir));
    let content_dir = overrides.content.as_ref().map_or_else(
        || folder(settings.content.dir.as_deref(), settings.usual.content.as_deref().unwrap_or("content")),
        |dir| overrides.working_dir.join(dir),
    );
    let out = overrides.out.as_ref().map_or_else(|| out_folder(settings, document, &overrides.root), |dir| clean(&overrides.working_dir.join(dir)));
    let site_url = match &overrides.base_url {
        Some(url) => Some(folder_url(url).ok_or_else(|| {
            let message = format!("expected an http(s) address such as https://example.org/, found `{url}`");
            Diagnostic::new(Code::BadValue, Place::file("--base-url"), message)
        })?),
        None => site.url.clone(),
    };
    let site_url = site_url.ok_or_else(|| {
        Diagnostic::new(Code::NoSiteUrl, Place::file(document.shown.clone()), "expected the site's address, found none: feeds need absolute links")
            .with_help("set site.url in feedloom.yaml, or name it with --base-url https://example.org/")
    })?;
    if !overrides.root.is_dir() {
        let place = Place::file(shown(&overrides.root, &overrides.working_dir));
        return Err(Diagnostic::new(Code::BadValue, place, "expected the site's folder, found no folder").with_help("name it with --root"));
    }
    if out == content_dir || out.parent().is_none() {
        let message = "expected a folder for the feeds alone, found the content folder or the root of the disk";
        return Err(Diagnostic::new(Code::BadValue, Place::file(shown(&out, &overrides.working_dir)), message)
            .with_help("name another folder with --out or feeds.dir"));
    }
    // A site that only gathers what others write needs no articles.
    let is_optional = !overrides.sources.is_empty() && overrides.content.is_none() && settings.content.dir.is_none();
    if !content_dir.is_dir() && !is_optional {
        let shown = shown(&content_dir, &overrides.working_dir);
        let usual = ["source/_posts", "_posts", "docs", "posts", "blog"].iter().find(|dir| overrides.root.join(dir).is_dir());
        let help = match usual {
            Some(dir) => format!("there is a folder {dir}: try --content {dir}, or set content.dir"),
            None => "name the folder with --content or content.dir".to_owned(),
        };
        return Err(Diagnostic::new(Code::BadValue, Place::file(shown), "expected the content folder, found no folder").with_help(help));
    }
    let language = overrides.language.clone().or_else(|| site.language.clone());
    let stated_zone = overrides.timezone.or(site.timezone);
    let zone = stated_zone.or_else(|| language.as_ref().and_then(date::zone_of));
    let title = site.title.clone().unwrap_or_else(|| host(&site_url));
    let epoch = site.epoch.or_else(|| Timestamp::from_unix(EPOCH));
    let epoch = epoch.ok_or_else(|| Diagnostic::new(Code::BadValue, Place::file(document.shown.clone()), "site.epoch: expected a date"))?;

    let like = feeds.like.map(Likeness::of);
    let name = out.file_name().map_or_else(|| "feeds".to_owned(), |name| name.to_string_lossy().into_owned());
    // The site's own folder is the site's own address.
    let below = if out == clean(&overrides.root) { String::new() } else { format!("{}/", crate::text::url::encode_path(&name)) };
    // A generator's feeds lie in the site itself.
    let below = if like.is_some() { String::new() } else { below };
    let public = feeds.url.clone().unwrap_or_else(|| format!("{site_url}{below}"));
    let layout = layout(settings, document, like.as_ref(), public)?;

    let mut topics = topics(settings, like.as_ref(), &title, language.clone());
    topics.files.extend(layout.files.values().cloned());

    let state = overrides.root.join(".feedloom");
    let mut content = content_options(settings, overrides, base, &site_url);
    content.ids = settings.content.ids.or_else(|| like.as_ref().map(|like| like.ids)).unwrap_or_default();
    content.plurals = topics.taxonomies.iter().map(|taxonomy| (taxonomy.name.clone(), taxonomy.plural.clone())).collect();
    content.taxonomies = topics.taxonomies.iter().map(|taxonomy| taxonomy.name.clone()).collect();
    // A query may ask for what has no feeds of its own.
    content.taxonomies.extend(topics.custom.iter().flat_map(|custom| custom.query.taxonomies()));
    content.taxonomies = unique(std::mem::take(&mut content.taxonomies));
    content.language.clone_from(&language);
    content.zone = zone.unwrap_or(Tz::UTC);
    content.zone_is_fallback = zone.is_none();
    content.skip = vec![out.clone(), state.clone()];
    content.shown_as = shown(&content_dir, &overrides.working_dir);
    content.dir = content_dir;

    let mut target = Target::new(out, state);
    (target.check, target.adopt) = (overrides.check, overrides.adopt);
    let mut whole = Site::new(title, site_url, epoch);
    whole.description.clone_from(&site.description);
    whole.language = language;
    whole.author.clone_from(&site.author);
    whole.rights.clone_from(&site.rights);
    whole.icon.clone_from(&site.icon);
    whole.hubs = feeds.hubs.clone().unwrap_or_default();
    let out_shown_as = shown(&target.out, &overrides.working_dir);
    let mut build = Options::new(content, topics, layout, target, whole);
    build.out_shown_as = out_shown_as;
    build.configuration = document.shown.clone();
    build.lint = (overrides.lint || feeds.lint.unwrap_or(false)).then(|| settings.lint.choice());
    if !overrides.sources.is_empty() {
        let mut external = External::new(overrides.sources.clone());
        external.dedupe = settings.topics.dedupe.unwrap_or(external.dedupe);
        external.strip_tracking = settings.sources.strip_tracking.unwrap_or(external.strip_tracking);
        build.external = Some(external);
    }
    Ok(Resolved { build })
}

/// Names and places of the feeds.
fn layout(settings: &Settings, document: &Document, like: Option<&Likeness>, public: String) -> Result<Layout, Diagnostic> {
    let feeds = &settings.feeds;
    let mut layout = Layout::new(public);
    layout.files = like.into_iter().flat_map(|like| like.files).map(|(format, name)| (*format, (*name).to_owned())).collect();
    layout.files.extend(feeds.files.clone());
    layout.pages = feeds.pages.unwrap_or(like.is_none());
    layout.formats = feeds.formats.clone().unwrap_or_else(|| like.map_or(layout.formats, |like| like.formats.to_vec()));
    layout.formats = unique(layout.formats);
    let of_like = like.map(|like| [like.path].into_iter().filter(|_| feeds.path.is_none()).chain(like.paths.iter().map(|(_, path)| *path)));
    let own = feeds.path.iter().chain(feeds.paths.iter().flatten().map(|(_, path)| path)).map(String::as_str);
    let are_files: Vec<bool> =
        own.chain(of_like.into_iter().flatten().filter(|_| feeds.path.is_none())).map(|path| path.ends_with(EXTENSION)).collect();
    layout.beside = are_files.contains(&true);
    let wrong = |message: &str, help: &str| Err(Diagnostic::new(Code::BadValue, Place::file(document.shown.clone()), message).with_help(help));
    if layout.beside && are_files.contains(&false) {
        return wrong("expected feeds.path and feeds.paths to end alike, found /{file} and .{extension}", "write all of them one way");
    }
    let extensions: Vec<&str> = layout.formats.iter().map(|format| layout.extension(*format)).collect();
    if layout.beside && unique(extensions.clone()).len() < extensions.len() {
        let message = "expected formats whose files end differently, because feeds.path ends in .{extension}, found two that end alike";
        return wrong(message, "set feeds.formats to [atom, json] or [rss, json], or give them other endings with feeds.files");
    }
    Ok(layout)
}

/// What a path ends in that is the path of a file.
const EXTENSION: &str = ".{extension}";

/// The folder of a path of feeds, or what stands before its extension.
fn without_file(path: &str) -> String {
    path.strip_suffix("/{file}").or_else(|| path.strip_suffix(EXTENSION)).unwrap_or(path).to_owned()
}

fn topics(settings: &Settings, like: Option<&Likeness>, title: &str, language: Option<Language>) -> topic::Options {
    let (set, feeds) = (&settings.topics, &settings.feeds);
    let mut topics = topic::Options::default();
    if let Some(by) = &feeds.by {
        topics.taxonomies = unique(by.clone());
    }
    topics.aliases = set.aliases.clone().unwrap_or_default();
    topics.moved = set.moved.clone().unwrap_or_default();
    let keeps_case = settings.content.manner.as_ref().is_some_and(|manner| manner.keeps_case);
    let of_like = like.map(|like| if keeps_case && like.slugs == SlugStyle::Hugo { SlugStyle::HugoCased } else { like.slugs });
    topics.slugs = set.slugs.or(of_like).unwrap_or(topics.slugs);
    topics.slug_map = set.slug_map.clone().unwrap_or_default();
    topics.titles = set.titles.clone().unwrap_or(topics.titles);
    topics.custom.clone_from(&set.custom);
    topics.limit = feeds.limit.unwrap_or(topics.limit);
    topics.min_entries = set.min_entries.unwrap_or(topics.min_entries);
    topics.split_by_language = set.split_by_language.unwrap_or(topics.split_by_language);
    topics.languages = set.languages.clone().unwrap_or_default();
    topics.path = feeds.path.as_deref().or_else(|| like.map(|like| like.path)).map_or(topics.path, without_file);
    if feeds.path.is_none() {
        topics.paths = like.into_iter().flat_map(|like| like.paths).map(|(name, path)| ((*name).to_owned(), without_file(path))).collect();
    }
    topics.paths.extend(feeds.paths.iter().flatten().map(|(name, path)| (name.clone(), without_file(path))));
    let languages =
        settings.content.manner.iter().flat_map(|manner| &manner.languages).filter(|language| like.is_some() && !language.prefix.is_empty());
    topics.apart = languages.map(|language| (language.language.as_str().to_owned(), language.prefix.clone())).collect();
    topics.apart = set.apart.clone().unwrap_or(topics.apart);
    title.clone_into(&mut topics.site_title);
    topics.site_language = language;
    topics
}

fn content_options(settings: &Settings, overrides: &Overrides, base: &Path, site_url: &str) -> content::Options {
    let set = &settings.content;
    let mut content = content::Options::default();
    site_url.clone_into(&mut content.site_url);
    content.extensions = set.extensions.clone().unwrap_or(content.extensions);
    content.manner = manner(settings);
    let usual = content.manner.as_ref().and_then(|manner| usual_permalink(manner.generator));
    content.permalink = set.permalink.clone().or(usual).unwrap_or(content.permalink);
    content.permalinks = set.permalinks.clone().unwrap_or_default();
    content.link = set.link.clone().unwrap_or(content.link);
    content.folder_languages = set.languages.clone().unwrap_or_default();
    content.language_style = settings.site.language_style.unwrap_or(content.language_style);
    content.categories_nest = set.nested_categories.unwrap_or(content.categories_nest);
    content.thumbnail_keys = set.thumbnail.clone().unwrap_or(content.thumbnail_keys);
    content.thumbnail_from_body = set.thumbnail_from_body.unwrap_or(content.thumbnail_from_body);
    content.separator = settings.topics.separator.clone();
    content.author = settings.site.author.clone();
    content.drafts = overrides.drafts || set.drafts.unwrap_or(false);
    content.future = overrides.future || set.future.unwrap_or(false);
    content.now = overrides.clock.unix();
    content.full_body = settings.feeds.full_body.unwrap_or(content.full_body);
    content.summary.max = settings.feeds.summary_max.unwrap_or(content.summary.max).max(settings.feeds.summary_target.unwrap_or(0));
    content.summary.target = settings.feeds.summary_target.unwrap_or(content.summary.target).min(content.summary.max);
    content.summary.words = settings.feeds.summary_words.unwrap_or(content.summary.words);
    // A static folder that nobody named and that does not exist says nothing about missing files.
    content.static_dirs = if let Some(dirs) = &set.static_dirs {
        dirs.iter().map(|dir| base.join(dir)).collect()
    } else {
        let usual = settings.usual.static_dirs.clone().unwrap_or_else(|| vec!["static".to_owned()]);
        usual.iter().map(|dir| overrides.root.join(dir)).filter(|dir| dir.is_dir()).collect()
    };
    content
}

/// Where the configuration wants feeds written; `root` is where the site lies.
pub fn out_folder(settings: &Settings, document: &Document, root: &Path) -> PathBuf {
    let dir = settings.feeds.dir.as_deref();
    clean(&dir.map_or_else(|| root.join("feeds"), |dir| document.folder().unwrap_or(root).join(dir)))
}

/// Whose rules hold for files and addresses.
fn manner(settings: &Settings) -> Option<Manner> {
    match settings.content.like {
        Some(Like::None) => None,
        Some(Like::Of(generator)) => {
            let told = settings.content.manner.clone().filter(|manner| manner.generator == generator);
            Some(told.unwrap_or_else(|| Manner::of(generator)))
        }
        None => settings.content.manner.clone(),
    }
}

/// The addresses of a generator's articles when nobody says others.
fn usual_permalink(generator: Generator) -> Option<Template> {
    match generator {
        Generator::Hexo => Template::parse_like(hexo::PERMALINK, generator).ok(),
        Generator::Jekyll => Template::parse_like(jekyll::PERMALINK, generator).ok(),
        Generator::Hugo | Generator::Zola => None,
    }
}

/// A path without `.` and `..`, as it is written: no link is followed.
fn clean(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            part => clean.push(part),
        }
    }
    clean
}

/// The values without repetitions, each where it stands first.
fn unique<T: PartialEq>(values: Vec<T>) -> Vec<T> {
    let mut unique = Vec::new();
    for value in values {
        if !unique.contains(&value) {
            unique.push(value);
        }
    }
    unique
}

fn host(url: &str) -> String {
    url.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or(url).to_owned()
}

/// A path as seen from the working folder, with `/`.
fn shown(path: &Path, working_dir: &Path) -> String {
    let path = path.strip_prefix(working_dir).unwrap_or(path);
    let text = path
        .components()
        .filter(|part| !matches!(part, Component::CurDir))
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/");
    let text = text.replace("//", "/");
    if text.is_empty() { ".".to_owned() } else { text }
}
