//! `feedloom sources add`, `remove` and `import`: the subscription list is read, changed and written anew.

use super::super::args::{AddSource, ImportSources, RemoveSource};
use super::super::build::plural;
use super::super::fetch::is_named;
use super::super::setup::Project;
use super::super::terminal::Terminal;
use super::super::{Exit, store};
use crate::clock::Clock;
use crate::config;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::format::opml::{self, Outline, OutlineKind};
use crate::format::read::{Content, FeedLink, Hints, Subscriptions, read};
use crate::http::{self, Client};
use crate::pipeline::discover::{Found, discover};
use crate::pipeline::input::Input;
use crate::publish::single;
use crate::source::list::Source;
use crate::source::outlines::enter;
use crate::source::store::{Sqlite, Store};
use std::collections::BTreeSet;
use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;

/// The subscription list that is changed.
struct List {
    file: PathBuf,
    shown: String,
    title: String,
    outlines: Vec<Outline>,
}

impl List {
    /// Reads it; an empty one when there is none yet.
    fn read(project: &Project) -> Result<Self, Diagnostic> {
        let file = config::first_list(&project.settings, &project.document, &project.root);
        let shown = project.shown(&file);
        let title = project.settings.site.title.clone().unwrap_or_else(|| "feedloom".to_owned());
        if !file.exists() {
            return Ok(Self { file, shown, title, outlines: Vec::new() });
        }
        let list = subscriptions(&Input::File(file.clone()), &shown)?;
        Ok(Self { file, shown, title: list.title.unwrap_or(title), outlines: list.outlines })
    }

    fn write(&self) -> Result<(), Diagnostic> {
        let document = opml::write(&self.title, &self.outlines, None);
        single::write(&self.file, document.as_bytes())
            .map(|_| ())
            .map_err(|error| Diagnostic::new(Code::CannotWrite, Place::file(self.shown.as_str()), error.to_string()))
    }

    /// Puts a feed into the folder at the end of a path.
    fn add(&mut self, folders: &[&str], outline: Outline) {
        enter(&mut self.outlines, folders, vec![outline]);
    }

    /// Takes out what is unwanted, and the folders that it leaves empty; how many feeds that are.
    fn remove(&mut self, is_unwanted: &dyn Fn(&str) -> bool) -> usize {
        take_out(&mut self.outlines, is_unwanted)
    }
}

fn take_out(list: &mut Vec<Outline>, is_unwanted: &dyn Fn(&str) -> bool) -> usize {
    let mut count = 0;
    list.retain_mut(|outline| {
        let below = take_out(&mut outline.children, is_unwanted);
        count += below;
        match &outline.kind {
            OutlineKind::Feed { xml_url, .. } if is_unwanted(&config::source_address(xml_url).unwrap_or_default()) => {
                count += 1;
                false
            }
            OutlineKind::Feed { .. } => true,
            OutlineKind::Folder => below == 0 || !outline.children.is_empty(),
        }
    });
    count
}

/// Reads a subscription list.
fn subscriptions(input: &Input, shown: &str) -> Result<Subscriptions, Diagnostic> {
    let failed = |why: String| Diagnostic::new(Code::SourceListUnreadable, Place::file(shown), why);
    let bytes = input.bytes().map_err(|error| failed(format!("expected to read the list, found: {error}")))?;
    match read(&bytes, &Hints::named(shown)) {
        Ok(reading) => match reading.content {
            Content::Subscriptions(list) => Ok(list),
            Content::Feed(_) => {
                Err(failed("expected a subscription list (OPML), found a feed".to_owned()).with_help("feedloom sources add takes feeds"))
            }
        },
        Err(error) => Err(failed(error.to_string().replace("expected a feed", "expected a subscription list (OPML)"))),
    }
}

pub(super) fn add(verb: &AddSource, project: &Project, terminal: &mut Terminal) -> io::Result<Exit> {
    let url = match config::source_address(&verb.url) {
        Ok(url) => url,
        Err(problem) => return terminal.fail(&[Diagnostic::new(Code::SourceUnusable, Place::file(verb.url.as_str()), problem)]),
    };
    let outline = if verb.offline {
        Ok(Some(Outline::feed(verb.title.clone().unwrap_or_else(|| url.clone()), url)))
    } else {
        found(&url, verb, project, terminal)?
    };
    let mut outline = match outline {
        Ok(Some(outline)) => outline,
        Ok(None) => return Ok(Exit::Failed),
        Err(finding) => return terminal.fail(&[finding]),
    };
    if let Some(title) = &verb.title {
        outline.text.clone_from(title);
        outline.title = None;
    }
    let OutlineKind::Feed { xml_url, .. } = &outline.kind else { return Ok(Exit::Failed) };
    let (url, text) = (xml_url.clone(), outline.text.clone());
    if let Some(known) = project.sources().sources.iter().find(|source| source.url == url) {
        let finding = Diagnostic::new(Code::SourceTwice, known.place.clone(), format!("expected a new source, found {url} there already"));
        terminal.findings(std::slice::from_ref(&finding))?;
        return Ok(terminal.exit(&[finding]));
    }
    let mut list = match List::read(project) {
        Ok(list) => list,
        Err(finding) => return terminal.fail(&[finding]),
    };
    let folders: Vec<&str> = verb.category.iter().flat_map(|path| path.split('/')).map(str::trim).filter(|name| !name.is_empty()).collect();
    list.add(&folders, outline);
    if let Err(finding) = list.write() {
        return terminal.fail(&[finding]);
    }
    terminal.summary(&format!("added {text} ({url}) to {}\nfeedloom fetch brings its entries\n", list.shown))?;
    Ok(Exit::Done)
}

/// Looks at the address; `None` when there is a choice and nobody who chooses, which was said.
fn found(url: &str, verb: &AddSource, project: &Project, terminal: &mut Terminal) -> io::Result<Result<Option<Outline>, Diagnostic>> {
    let options = config::http(&project.settings, verb.allow_private, &Clock::System);
    let client = match Client::new(options) {
        Ok(client) => client,
        Err(failure) => return Ok(Err(Diagnostic::new(Code::SourceFailed, Place::file(url), failure.to_string()))),
    };
    let feeds = match http::run(discover(url, &client))
        .unwrap_or_else(|failure| Err(Diagnostic::new(Code::SourceFailed, Place::file(url), failure.to_string())))
    {
        Ok(Found::Feed { url, title, page, language }) => {
            let mut outline = Outline::feed(title.unwrap_or_else(|| url.clone()), url);
            if let OutlineKind::Feed { html_url, language: known, .. } = &mut outline.kind {
                (*html_url, *known) = (page, language);
            }
            return Ok(Ok(Some(outline)));
        }
        Ok(Found::Page(feeds)) => feeds,
        Err(finding) => return Ok(Err(finding)),
    };
    let feeds: Vec<FeedLink> = feeds
        .into_iter()
        .filter_map(|mut feed| {
            feed.href = config::source_address(&feed.href).ok()?;
            Some(feed)
        })
        .collect();
    let chosen = match (verb.choose, feeds.as_slice()) {
        (None, [only]) => Some(only),
        (Some(number), feeds) => {
            if let Some(feed) = number.checked_sub(1).and_then(|at| feeds.get(at)) {
                Some(feed)
            } else {
                let message = format!("expected a number from 1 to {}, found {number}", feeds.len());
                return Ok(Err(Diagnostic::new(Code::BadValue, Place::file("--choose"), message)));
            }
        }
        (None, feeds) => choose(feeds, terminal)?,
    };
    Ok(Ok(chosen.map(|feed| {
        let mut outline = Outline::feed(feed.title.clone().unwrap_or_else(|| feed.href.clone()), feed.href.clone());
        if let OutlineKind::Feed { html_url, .. } = &mut outline.kind {
            *html_url = Some(url.to_owned());
        }
        outline
    })))
}

/// Offers the feeds of a page.
fn choose<'f>(feeds: &'f [FeedLink], terminal: &mut Terminal) -> io::Result<Option<&'f FeedLink>> {
    let mut list = format!("the page names {}:\n", plural(feeds.len(), "feed"));
    for (at, feed) in feeds.iter().enumerate() {
        list.push_str(&format!("{}  {}  {}\n", at + 1, feed.title.as_deref().unwrap_or("-"), feed.href));
    }
    terminal.result(&list)?;
    if !io::stdin().is_terminal() {
        terminal.notice("name one of them, or say --choose N\n");
        return Ok(None);
    }
    terminal.notice("which one? [1] ");
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    let number = if line.trim().is_empty() { Some(1) } else { line.trim().parse::<usize>().ok() };
    Ok(number.and_then(|number| feeds.get(number.checked_sub(1)?)))
}

pub(super) fn remove(verb: &RemoveSource, project: &Project, terminal: &mut Terminal) -> io::Result<Exit> {
    let subscribed = project.sources();
    let mut list = match List::read(project) {
        Ok(list) => list,
        Err(finding) => return terminal.fail(&[finding]),
    };
    let mut store = match store::open_to_change(&project.root) {
        Ok(store) => store,
        Err(finding) => return terminal.fail(&[finding]),
    };
    // What was deleted from a file by hand is still stored.
    let mut unlisted = match store.as_mut().map_or(Ok(Vec::new()), Sqlite::sources) {
        Ok(known) => known,
        Err(error) => return terminal.fail(&[store::finding(&error)]),
    };
    unlisted.retain(|url| !subscribed.sources.iter().any(|source| source.url == *url));
    let unlisted: Vec<Source> = unlisted.into_iter().map(Source::new).collect();
    let mut unwanted: BTreeSet<String> = BTreeSet::new();
    for word in &verb.sources {
        let found = named(&subscribed.sources, word).or_else(|finding| named(&unlisted, word).map_err(|_| finding));
        match found {
            Ok(source) => drop(unwanted.insert(source.url.clone())),
            Err(finding) => return terminal.fail(&[finding]),
        }
    }
    let removed = list.remove(&|url| unwanted.contains(url));
    if removed > 0
        && let Err(finding) = list.write()
    {
        return terminal.fail(&[finding]);
    }
    let elsewhere: Vec<Diagnostic> = subscribed
        .sources
        .iter()
        .filter(|source| unwanted.contains(&source.url) && *source.place.path != *list.shown)
        .map(|source| {
            let message = format!("expected {} in {}, found it here; it was not removed", source.url, list.shown);
            Diagnostic::new(Code::SourceUnusable, source.place.clone(), message).with_help("delete it there by hand")
        })
        .collect();
    let gone: Vec<&String> =
        unwanted.iter().filter(|url| !subscribed.sources.iter().any(|source| source.url == **url && *source.place.path != *list.shown)).collect();
    let mut forgotten = 0;
    if let Some(store) = &mut store {
        for url in gone {
            if let Err(error) = store.forget(url) {
                return terminal.fail(&[store::finding(&error)]);
            }
            forgotten += usize::from(unlisted.iter().any(|source| source.url == *url));
        }
    }
    terminal.findings(&elsewhere)?;
    let mut summary = format!("removed {} from {}\n", plural(removed, "source"), list.shown);
    if forgotten > 0 {
        summary.push_str(&format!("forgot what was stored of {} that nobody lists\n", plural(forgotten, "source")));
    }
    terminal.summary(&summary)?;
    Ok(terminal.exit(&elsewhere))
}

/// The one source that a word names.
fn named<'s>(sources: &'s [Source], word: &str) -> Result<&'s Source, Diagnostic> {
    if let Some(source) = sources.iter().find(|source| source.url == word || source.title.as_deref() == Some(word)) {
        return Ok(source);
    }
    let found: Vec<&Source> = sources.iter().filter(|source| is_named(source, word)).collect();
    match found.as_slice() {
        [only] => Ok(only),
        [] => Err(Diagnostic::new(Code::SourceUnusable, Place::file(word), "expected a source of this name, found none")
            .with_help("`feedloom sources list` lists them")),
        several => {
            let list = several.iter().take(5).map(|source| source.url.as_str()).collect::<Vec<_>>().join(", ");
            Err(Diagnostic::new(Code::SourceUnusable, Place::file(word), format!("expected one source, found {}: {list}", several.len()))
                .with_help("name one by its address"))
        }
    }
}

pub(super) fn import(verb: &ImportSources, project: &Project, terminal: &mut Terminal) -> io::Result<Exit> {
    let mut list = match List::read(project) {
        Ok(list) => list,
        Err(finding) => return terminal.fail(&[finding]),
    };
    let mut known: BTreeSet<String> = project.sources().sources.into_iter().map(|source| source.url).collect();
    let mut findings = Vec::new();
    let (mut added, mut doubles, mut read) = (0, 0, 0);
    for file in &verb.files {
        let input = Input::new(file);
        let shown = input.name();
        let incoming = match subscriptions(&input, &shown) {
            Ok(incoming) => incoming,
            Err(finding) => {
                findings.push(finding);
                continue;
            }
        };
        read += 1;
        let mut pending: Vec<(Outline, Vec<String>)> = incoming.outlines.into_iter().rev().map(|outline| (outline, Vec::new())).collect();
        let mut feeds = 0;
        while let Some((mut outline, folders)) = pending.pop() {
            let children = std::mem::take(&mut outline.children);
            let mut below = folders.clone();
            if outline.kind == OutlineKind::Folder {
                below.push(outline.text.clone());
            }
            pending.extend(children.into_iter().rev().map(|child| (child, below.clone())));
            let OutlineKind::Feed { xml_url, .. } = &mut outline.kind else { continue };
            feeds += 1;
            match config::source_address(xml_url) {
                Ok(url) if known.contains(&url) => doubles += 1,
                Ok(url) => {
                    known.insert(url.clone());
                    *xml_url = url;
                    list.add(&folders.iter().map(String::as_str).collect::<Vec<_>>(), outline);
                    added += 1;
                }
                Err(problem) => {
                    let message = format!("\"{}\": {problem}; it is left out", outline.text);
                    findings.push(
                        Diagnostic::new(Code::SourceUnusable, Place::file(shown.clone()), message)
                            .with_severity(crate::diagnostic::Severity::Warning),
                    );
                }
            }
        }
        if feeds == 0 {
            let finding = Diagnostic::new(Code::SourceListUnreadable, Place::file(shown), "expected feeds in the list, found none");
            findings.push(finding.with_help("feeds are outlines with an xmlUrl"));
        }
    }
    if added > 0
        && let Err(finding) = list.write()
    {
        return terminal.fail(&[finding]);
    }
    terminal.findings(&findings)?;
    let doubles = if doubles > 0 { format!(", {doubles} known already") } else { String::new() };
    terminal.summary(&format!("{}: {} added to {}{doubles}\n", plural(read, "list"), plural(added, "source"), list.shown))?;
    Ok(if read == 0 { Exit::Failed } else { terminal.exit(&findings) })
}
