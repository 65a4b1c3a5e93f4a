//! Inputs → feeds.
//!
//! In: what was named. Out: the feeds that could be read, and findings for the rest. A list's feeds are read from the files that it
//! names; a list may come from anywhere, so only files below its own folder are, and addresses of the web.

use super::Options;
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::format::opml::{Outline, OutlineKind};
use crate::format::read::{Content, Reading, Subscriptions, read};
use crate::model::Feed;
use crate::pipeline::input::{ENDINGS, Input, Loaded, feeds_in, load, unreadable};
use crate::text::url::is_web;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Component, Path};
use std::sync::Arc;

/// What the inputs gave.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) feeds: Vec<Source>,
    /// What subscription lists hold.
    pub(super) outlines: Vec<Outline>,
    /// Inputs whose feeds do not say where they live.
    pub(super) homeless: Vec<Arc<str>>,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) unreadable: bool,
    /// The addresses that were asked.
    asked: BTreeSet<String>,
}

/// A feed that was read.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) feed: Feed,
    /// Whether its format lets entries have the authors of the feed.
    pub(super) inherits_authors: bool,
    /// What the input is called.
    pub(super) name: Arc<str>,
}

/// Who asked for an input: a person, or a folder or a list that may hold other things too.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Person,
    Folder,
    List,
}

pub(super) fn collect(options: &Options) -> Collected {
    let mut wanted: Vec<(Input, Asked)> = Vec::new();
    let mut collected = Collected::default();
    for input in &options.inputs {
        match input {
            Input::File(path) if path.is_dir() => match feeds_in(path) {
                Ok(files) if files.is_empty() => {
                    let message = format!("expected feeds in the folder, found no file named {}", endings());
                    let help = "name the files; symbolic links and hidden files in a folder are passed over";
                    collected.unreadable = true;
                    collected.findings.push(Diagnostic::new(Code::NotAFeed, Place::file(input.name()), message).with_help(help));
                }
                Ok(files) => wanted.extend(files.into_iter().map(|file| (Input::File(file), Asked::Folder))),
                Err(error) => collected.fail(input, &error.to_string()),
            },
            input => wanted.push((input.clone(), Asked::Person)),
        }
    }
    let mut lists = Vec::new();
    collected.take(wanted, options, &mut lists);
    let mut named = Vec::new();
    for (input, list) in lists {
        collected.list(&input, &list, options, &mut named);
    }
    // Lists that lists name are not followed.
    collected.take(named, options, &mut Vec::new());
    if collected.feeds.is_empty() && collected.outlines.is_empty() && !collected.findings.iter().any(|finding| finding.severity == Severity::Error) {
        let name = options.inputs.first().map(Input::name).unwrap_or_default();
        let finding = Diagnostic::new(Code::NotAFeed, Place::file(name), "expected feeds among the inputs, found none; nothing was written");
        collected.findings.push(finding.with_help("feeds are RSS, Atom, JSON Feed; lists (OPML) must name files beside them"));
    }
    collected
}

/// `*.xml, *.rss …`
fn endings() -> String {
    ENDINGS.iter().map(|ending| format!("*.{ending}")).collect::<Vec<_>>().join(", ")
}

impl Collected {
    fn fail(&mut self, input: &Input, message: &str) {
        self.unreadable = true;
        self.findings.push(Diagnostic::new(Code::UnreadableFile, Place::file(input.name()), message));
    }

    /// Reads the inputs, several at once, and keeps their order.
    fn take(&mut self, mut wanted: Vec<(Input, Asked)>, options: &Options, lists: &mut Vec<(Input, Subscriptions)>) {
        // A list names a feed in each of its folders; it is asked once.
        wanted.retain(|(input, _)| !matches!(input, Input::Url(url) if !self.asked.insert(url.clone())));
        // Addresses are asked side by side; files are opened only when it is their turn to be read.
        let (far, near): (Vec<_>, Vec<_>) = wanted.into_iter().enumerate().partition(|(_, (input, _))| matches!(input, Input::Url(_)));
        let urls: Vec<Input> = far.iter().map(|(_, (input, _))| input.clone()).collect();
        let loaded = load(&urls, &options.network);
        let read_loaded = |loaded: Loaded| {
            let mut hints = loaded.hints;
            hints.zone = options.zone;
            hints.guess_base = true;
            read(&loaded.bytes, &hints)
        };
        let far: Vec<_> = far.into_iter().zip(loaded).collect();
        let far = far.into_par_iter().map(|((at, (input, asked)), loaded)| (at, input, asked, loaded.map(read_loaded)));
        let near = near.into_par_iter().map(|(at, (input, asked))| {
            let loaded = input.bytes().map(|bytes| Loaded::new(bytes, input.hints()));
            (at, input, asked, loaded.map(read_loaded))
        });
        let mut readings: Vec<_> = far.chain(near).collect();
        readings.sort_by_key(|(at, ..)| *at);
        for (_, input, asked, reading) in readings {
            match reading {
                Err(error) => {
                    self.unreadable |= asked == Asked::Person;
                    self.findings.push(Diagnostic::new(Code::UnreadableFile, Place::file(input.name()), unreadable(&error)));
                }
                Ok(Err(error)) if asked == Asked::Folder => {
                    let finding = Diagnostic::new(Code::NotAFeed, Place::file(input.name()), error.to_string()).with_severity(Severity::Info);
                    self.findings.push(finding.with_help("files of a folder that are no feeds are passed over"));
                }
                Ok(Err(error)) => {
                    self.unreadable |= asked == Asked::Person;
                    self.findings.push(Diagnostic::new(Code::NotAFeed, Place::file(input.name()), error.to_string()));
                }
                Ok(Ok(reading)) => self.keep(input, asked, reading, lists),
            }
        }
    }

    fn keep(&mut self, input: Input, asked: Asked, reading: Reading, lists: &mut Vec<(Input, Subscriptions)>) {
        let inherits_authors = reading.inherits_authors();
        match reading.content {
            Content::Feed(feed) => {
                self.findings.extend(reading.repairs);
                self.feeds.push(Source { feed: *feed, inherits_authors, name: input.name() });
            }
            Content::Subscriptions(_) if asked == Asked::Folder => {}
            Content::Subscriptions(list) => {
                self.findings.extend(reading.repairs);
                lists.push((input, list));
            }
        }
    }

    /// The files and addresses that a list names.
    fn list(&mut self, input: &Input, list: &Subscriptions, options: &Options, named: &mut Vec<(Input, Asked)>) {
        let folder = match input {
            Input::File(path) => path.parent().unwrap_or(Path::new("")),
            Input::Stdin | Input::Url(_) => Path::new(""),
        };
        let is_far = matches!(input, Input::Url(_));
        let mut pending: Vec<&Outline> = list.outlines.iter().rev().collect();
        while let Some(outline) = pending.pop() {
            pending.extend(outline.children.iter().rev());
            let OutlineKind::Feed { xml_url, .. } = &outline.kind else { continue };
            let path = Path::new(xml_url);
            if is_web(xml_url) && options.network.is_there() {
                named.push((Input::Url(xml_url.clone()), Asked::List));
            } else if xml_url.contains("://") || is_far {
                let message = format!("expected the path of a file, found the address {xml_url}");
                let finding = Diagnostic::new(Code::UnreadableFile, Place::file(input.name()), message).with_severity(Severity::Warning);
                self.findings.push(finding.with_help("only http(s) addresses are asked; save the feed beside the list and name the file"));
            } else if path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
                named.push((Input::File(folder.join(path)), Asked::List));
            } else {
                let message = format!("expected a file below the folder of the list, found `{xml_url}`");
                self.findings.push(Diagnostic::new(Code::UnreadableFile, Place::file(input.name()), message));
            }
        }
        self.outlines.extend(list.outlines.iter().cloned());
    }
}
