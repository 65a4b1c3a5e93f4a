//! `build`: articles and stored entries → topics → feeds → files.
//!
//! Heads are read for all articles; entries are made topic by topic, for those that some feed shows, and dropped when the
//! topic is written. One broken article, topic or file never stops the others.

mod amend;
mod directory;
mod feed;
mod index;
mod linted;
mod rendered;
mod session;
#[cfg(test)]
mod tests;
mod work;
mod woven;

use crate::content::index::Listing;
use crate::content::{self, Articles, Hold};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::lint::Choice;
use crate::model::{Head, Language, Person, Timestamp};
use crate::publish::layout::{Layout, OPML, PAGE};
use crate::publish::write::{Change, Publication, PublishError, Target};
use crate::source::health::Health;
use crate::source::store::Store;
use crate::source::stored::{Counts, Known};
use crate::topic::{self, Plan};
use amend::Amendment;
use index::Saved;
use linted::Linter;
use rendered::Rendered;
use session::{Built, Prints, Session};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};
use work::Work;
pub use woven::External;
use woven::Woven;

/// Everything that a build can be told.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// How articles are read.
    pub content: content::Options,
    /// How they are grouped.
    pub topics: topic::Options,
    /// Which files there are.
    pub layout: Layout,
    /// Where they go.
    pub target: Target,
    /// What is said of the whole site.
    pub site: Site,
    /// What stands before a path below the out folder when it is shown to people, for example `feeds`.
    pub out_shown_as: String,
    /// The configuration as people know it; empty when there is none. Findings about topics are put there.
    pub configuration: Arc<str>,
    /// The feeds of others whose entries stand beside the articles.
    pub external: Option<External>,
    /// What the page with the health of the sources shows; without it there is none. It holds times, so that it differs
    /// from run to run.
    pub health: Option<Vec<Health>>,
    /// Whether the linter checks what is about to be published, and what of its findings is told. A file that would have an error is not
    /// published; the old one stays.
    pub lint: Option<Choice>,
    /// Who builds: a text that differs between programs that may write different bytes. With it, an index of what was built is kept in
    /// feedloom's own folder, and what did not change is not made again; without it, no index is read or written. A build with the linter,
    /// or with feeds of others, goes without an index in any case.
    pub program: Option<String>,
}

/// What every feed says of the site that it is from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Site {
    /// Its title.
    pub title: String,
    /// Its address, with a `/` at its end.
    pub url: String,
    /// What it is about.
    pub description: Option<String>,
    /// Its language.
    pub language: Option<Language>,
    /// Who is responsible for it.
    pub author: Option<Person>,
    /// Rights in what it publishes.
    pub rights: Option<String>,
    /// A square picture (absolute URL).
    pub icon: Option<String>,
    /// `WebSub` hubs (absolute URLs).
    pub hubs: Vec<String>,
    /// The date that stands where a format demands one and an entry has none.
    pub epoch: Timestamp,
}

impl Site {
    /// A site of which title and address are known.
    pub fn new(title: impl Into<String>, url: impl Into<String>, epoch: Timestamp) -> Self {
        Self {
            title: title.into(),
            url: url.into(),
            description: None,
            language: None,
            author: None,
            rights: None,
            icon: None,
            hubs: Vec::new(),
            epoch,
        }
    }
}

impl Options {
    /// The parts, put together.
    pub fn new(content: content::Options, topics: topic::Options, layout: Layout, target: Target, site: Site) -> Self {
        Self {
            content,
            topics,
            layout,
            target,
            site,
            out_shown_as: "feeds".to_owned(),
            configuration: "".into(),
            external: None,
            health: None,
            lint: None,
            program: None,
        }
    }
}

/// What a build did.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Outcome {
    /// Files that are articles.
    pub articles: usize,
    /// Articles that are shown, local ones.
    pub shown: usize,
    /// Articles that are held back, with the reason.
    pub held: Vec<(String, Hold)>,
    /// The feeds of others, as listed, with how many of their entries are shown, held back and joined.
    pub sources: Vec<Known>,
    /// Topics with feeds, the whole site included.
    pub topics: usize,
    /// Feed files: topics times formats.
    pub feeds: usize,
    /// What became of each file, sorted by path below the out folder.
    pub changes: Vec<(String, Change)>,
    /// Files that are not published because the linter found an error in them, sorted by path below the out folder.
    pub withheld: Vec<String>,
    /// What was found wrong, sorted by place.
    pub findings: Vec<Diagnostic>,
    /// Whether the system refused something: what is published is not complete.
    pub incomplete: bool,
    /// Why an index was of no use, or could not be kept; nothing is wrong with what is published.
    pub notes: Vec<String>,
}

impl Outcome {
    /// How many entries of all sources are which.
    pub fn external(&self) -> Counts {
        self.sources.iter().map(|source| source.counts).sum()
    }
}

/// What the topics of a site are.
#[derive(Debug)]
#[non_exhaustive]
pub struct Topics {
    /// The plan of all feeds.
    pub plan: Plan,
    /// The heads that it speaks of.
    pub heads: Vec<Head>,
    /// What was found wrong.
    pub findings: Vec<Diagnostic>,
}

/// Builds a site. `store` holds what was fetched of its sources, and should stay as it is meanwhile; without one, nothing was.
/// `waiting` is called when another build of the site is under way, before it is waited for.
///
/// A folder without a single readable article is taken for the wrong folder: nothing is written, unless there are sources and something
/// was fetched. While an article cannot be read, or nothing of a source is stored, no feed is removed, because it may be the one that
/// the feed is about; while the store cannot be read, nothing is written.
pub fn build(options: &Options, store: Option<Box<dyn Store>>, waiting: &dyn Fn()) -> Result<Outcome, PublishError> {
    let Some(program) = index::wanted(options) else { return made(options, read(options, store), None, waiting) };
    let mut saved = Saved::open(options, program);
    let listing = Listing::take(&options.content);
    if let Some(outcome) = little(&saved, &listing, options, waiting)? {
        return Ok(outcome);
    }
    let walked = listing.findings.clone();
    let heavy = saved.heavy_or_note();
    let notes = std::mem::take(&mut saved.notes);
    let earlier = saved.earlier(&heavy, options);
    let articles = earlier.as_ref().map(index::Before::articles);
    let scanned = Articles::scan_listed(options.content.clone(), listing, articles);
    let session = Session::new(earlier, walked);
    let mut outcome = made(options, grouped(options, scanned, None), Some((session, &saved)), waiting)?;
    outcome.notes.splice(0..0, notes);
    Ok(outcome)
}

/// A build that has little or nothing to do; `None` when there may be more.
fn little(saved: &Saved<'_>, listing: &Listing, options: &Options, waiting: &dyn Fn()) -> Result<Option<Outcome>, PublishError> {
    let Some(mut compared) = saved.compared(listing, options) else { return Ok(None) };
    if compared.changed.is_empty() {
        return Ok(saved.unchanged(&mut compared, listing, options));
    }
    let Some(heavy) = saved.heavy() else { return Ok(None) };
    match Amendment::of(saved, &compared, &heavy, listing, options) {
        Some(amendment) => amendment.publish(compared, waiting),
        None => Ok(None),
    }
}

/// Makes and publishes what was read; with a session, as far as it changed.
fn made(
    options: &Options,
    (mut articles, read): (Articles, Read),
    session: Option<(Session<'_>, &Saved<'_>)>,
    waiting: &dyn Fn(),
) -> Result<Outcome, PublishError> {
    let Topics { plan, heads, findings } = read.topics;
    let mut woven = read.woven;
    let mut outcome = Outcome {
        articles: read.files,
        shown: read.shown,
        held: read.held,
        topics: plan.topics.len(),
        feeds: plan.topics.len() * options.layout.formats.len(),
        findings,
        ..Outcome::default()
    };
    let unreadable = outcome.articles - outcome.shown - outcome.held.len();
    let is_wrong_folder = if outcome.articles == 0 { woven.is_empty() } else { unreadable == outcome.articles };
    if is_wrong_folder || woven.is_broken {
        outcome.incomplete = true;
        outcome.sources = std::mem::take(&mut woven.sources);
        sort(&mut outcome.findings);
        return Ok(outcome);
    }
    let mut target = options.target.clone();
    target.keep = unreadable > 0 || woven.lacks_some();
    let publication = Publication::begin(target, planned(&plan, &woven, options), waiting)?;
    let pages = directory::category_pages(&plan, &options.layout);
    let work = Work {
        articles: &articles,
        woven: &woven,
        heads: &heads,
        plan: &plan,
        site: &plan,
        options,
        publication: &publication,
        pages,
        rendered: Rendered::new(heads.len(), &plan.topics),
        linter: Linter::of(options, &articles, &heads),
        session: session.as_ref().map(|(session, _)| session),
        prints: std::iter::repeat_with(OnceLock::new).take(heads.len()).collect(),
    };
    let (results, absent) = work.all();
    drop(work);
    outcome.feeds -= absent.len();
    let mut found = Vec::new();
    let mut prints = Prints::default();
    for result in results {
        outcome.findings.extend(result.findings);
        outcome.withheld.extend(result.withheld);
        outcome.incomplete |= result.incomplete;
        prints.add(result.print, result.failed);
        found.extend(result.found);
    }
    outcome.withheld.sort();
    outcome.findings.extend(linted::told(found));
    let finished = publication.finish()?;
    outcome.incomplete |= !finished.errors.is_empty();
    outcome.findings.extend(finished.errors.iter().map(|error| failure(error, options)));
    outcome.changes = finished.changes;
    outcome.sources = std::mem::take(&mut woven.sources);
    sort(&mut outcome.findings);
    if let Some((session, saved)) = session.filter(|_| !options.target.check) {
        let built = Built { plan: &plan, heads: &heads, prints: &prints, outcome: &outcome };
        let note = session.keep(saved, &mut articles, &built, options);
        outcome.notes.extend(note);
    }
    drop(finished.turn);
    outcome.findings.extend(removed(&outcome.changes, options));
    if options.target.check {
        outcome.findings.extend(outcome.changes.iter().filter_map(|(file, change)| not_current(file, *change, options)));
    }
    sort(&mut outcome.findings);
    Ok(outcome)
}

/// A finding for each topic that is no longer published, with the addresses that its subscribers keep asking for.
fn removed(changes: &[(String, Change)], options: &Options) -> Vec<Diagnostic> {
    let mut folders: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (file, _) in changes.iter().filter(|(_, change)| *change == Change::Removed) {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let addresses = folders.entry(folder).or_default();
        if !file.ends_with(PAGE) {
            addresses.push(options.layout.address(file));
        }
    }
    let help = "subscribers keep asking for it; if the topic has a new name, set topics.moved";
    let finding = |(folder, addresses): (&str, Vec<String>)| {
        let would = if options.target.check { "nothing would be published" } else { "nothing is published" };
        let message = format!("{would} any more at {}", addresses.join(", "));
        Diagnostic::new(Code::FeedRemoved, Place::file(shown(options, folder)), message).with_help(help)
    };
    folders.into_iter().filter(|(_, addresses)| !addresses.is_empty()).map(finding).collect()
}

/// What `--check` finds: a file that a build would touch.
fn not_current(file: &str, change: Change, options: &Options) -> Option<Diagnostic> {
    let found = match change {
        Change::Same => return None,
        Change::Changed => "other bytes; it would be changed",
        Change::Added => "no file; it would be added",
        Change::Removed => "a file that is no longer published; it would be removed",
    };
    Some(Diagnostic::new(Code::NotCurrent, Place::file(shown(options, file)), format!("expected the file to be current, found {found}")))
}

/// What could not be published or removed, or a publication that could not begin, as a finding at its place.
pub fn failure(error: &PublishError, options: &Options) -> Diagnostic {
    let below = error.path().strip_prefix(&options.target.out).ok();
    let path = below.map_or_else(|| error.path().display().to_string(), |below| shown(options, &below.to_string_lossy().replace('\\', "/")));
    let (code, help) = match error {
        PublishError::Foreign { .. } => {
            (Code::ForeignFile, "move the file away, choose other names with feeds.files, or run `feedloom build --adopt` to take it over")
        }
        PublishError::Blocked { .. } => {
            (Code::ForeignFile, "move it away, or name another folder with --out; feedloom follows no links in its folders")
        }
        PublishError::Manifest { .. } => (Code::CannotWrite, "restore it from version control, or delete it and run `feedloom build --adopt`"),
        PublishError::Io { .. } => (Code::CannotWrite, "check the folder's permissions and the free space, or name another folder with --out"),
    };
    Diagnostic::new(code, Place::file(path), error.to_string()).with_help(help)
}

/// Reads a site's articles, and what is stored of its sources, and groups them; writes nothing.
pub fn topics(options: &Options, store: Option<Box<dyn Store>>) -> Topics {
    let mut topics = read(options, store).1.topics;
    sort(&mut topics.findings);
    topics
}

struct Read {
    files: usize,
    /// Local articles that are shown.
    shown: usize,
    held: Vec<(String, Hold)>,
    woven: Woven,
    topics: Topics,
}

fn read(options: &Options, store: Option<Box<dyn Store>>) -> (Articles, Read) {
    let has_sources = options.external.as_ref().is_some_and(|external| !external.sources.is_empty());
    // A planet has no articles of its own, and need not have a folder for them.
    let no_folder = has_sources && !options.content.dir.exists();
    let content = options.content.clone();
    grouped(options, if no_folder { Articles::none(content) } else { Articles::scan(content) }, store)
}

/// The articles that were read, with what is stored of sources, in groups.
fn grouped(options: &Options, (articles, scan): (Articles, content::Scan), store: Option<Box<dyn Store>>) -> (Articles, Read) {
    let has_sources = options.external.as_ref().is_some_and(|external| !external.sources.is_empty());
    let (mut heads, mut findings) = (scan.heads, scan.findings);
    let authority = content::host(&options.site.url);
    findings.extend(topic::unique_ids(&mut heads, &authority));
    let shown = heads.len();
    let woven = Woven::read(options, store, &mut heads, &mut findings);
    if scan.files == 0 && has_sources {
        findings.extend((woven.is_empty() && !woven.is_broken).then(|| woven::nothing_at_all(options)));
    } else if scan.files == 0 {
        let place = Place::file(options.content.shown_as.clone());
        let message = format!("expected files that end in .{}, found none", options.content.extensions.join(", ."));
        findings.push(Diagnostic::new(Code::NoArticles, place, message).with_help("name the folder with --content or content.dir"));
    }
    let plan = topic::plan(&heads, &options.topics);
    findings.extend(plan.findings.iter().cloned().map(|mut finding| {
        // What is wrong with topics is mended in the configuration.
        if finding.place.path.is_empty() {
            finding.place.path = options.configuration.clone();
        }
        finding
    }));
    findings.extend(unused_taxonomies(&plan, &heads, options));
    (articles, Read { files: scan.files, shown, held: scan.held, woven, topics: Topics { plan, heads, findings } })
}

/// A taxonomy that is asked for and that no article uses is likely misspelt.
fn unused_taxonomies(plan: &Plan, heads: &[Head], options: &Options) -> Vec<Diagnostic> {
    let used = |name: &str| plan.topics.iter().any(|topic| topic.taxonomy.as_ref().is_some_and(|taxonomy| taxonomy.name == name));
    let known = topic::Options::default().taxonomies;
    let unused = options.topics.taxonomies.iter().filter(|taxonomy| !heads.is_empty() && !known.contains(taxonomy) && !used(&taxonomy.name));
    unused
        .map(|taxonomy| {
            let message = format!("feeds.by: expected a taxonomy that some article uses, found `{}`", taxonomy.name);
            Diagnostic::new(Code::QueryUnmatched, Place::file(options.configuration.clone()), message)
                .with_help("it is the name of a front matter key, such as category, tag, series, author")
        })
        .collect()
}

fn planned(plan: &Plan, woven: &Woven, options: &Options) -> BTreeSet<String> {
    let topics = plan.topics.iter().flat_map(|topic| options.layout.topic_files(&topic.path));
    let mut files: BTreeSet<String> = topics.collect();
    files.insert(OPML.to_owned());
    files.extend(woven.files(options));
    if options.layout.pages {
        files.insert(PAGE.to_owned());
    }
    files
}

fn shown(options: &Options, file: &str) -> String {
    match options.out_shown_as.trim_end_matches('/') {
        "" | "." => file.to_owned(),
        out => format!("{out}/{file}"),
    }
}

fn sort(findings: &mut Vec<Diagnostic>) {
    findings.sort();
    findings.dedup();
}
