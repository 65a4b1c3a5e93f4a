//! The files of a build: topics and lists → bytes → the publication, as far as they are not there already.

use super::linted::{self, Found, Linter};
use super::rendered::Rendered;
use super::session::Session;
use super::woven::{self, Woven};
use super::{Options, directory, failure, feed, shown};
use crate::content::Articles;
use crate::content::index::{Hash, hash};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::{Entry, Head};
use crate::publish::encode::encode;
use crate::publish::layout::{Layout, OPML, PAGE, SOURCES};
use crate::publish::write::{Publication, PublishError};
use crate::topic::{Plan, Topic};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// What one topic, or the lists, left to say.
#[derive(Default)]
pub(super) struct Made {
    pub(super) findings: Vec<Diagnostic>,
    /// What the linter says.
    pub(super) found: Vec<Found>,
    /// Files that are not published because of it.
    pub(super) withheld: Vec<String>,
    /// Those of them that were not there before either.
    absent: BTreeSet<String>,
    pub(super) incomplete: bool,
    /// Whether some file could not be put.
    pub(super) failed: bool,
    /// What the bytes follow from, when that is known.
    pub(super) print: Print,
}

/// The folder of a topic, or none for the lists, and what its files follow from.
pub(super) type Print = Option<(Option<String>, Hash)>;

/// What all topics share while they are written.
pub(super) struct Work<'a> {
    pub(super) articles: &'a Articles,
    pub(super) woven: &'a Woven,
    pub(super) heads: &'a [Head],
    /// The topics that are to be written.
    pub(super) plan: &'a Plan,
    /// All topics of the site.
    pub(super) site: &'a Plan,
    pub(super) options: &'a Options,
    pub(super) publication: &'a Publication,
    pub(super) pages: directory::CategoryPages,
    pub(super) rendered: Rendered,
    pub(super) linter: Option<Linter<'a>>,
    /// What an earlier build made, and what this one makes.
    pub(super) session: Option<&'a Session<'a>>,
    /// What the entry of each head follows from.
    pub(super) prints: Vec<OnceLock<Option<Hash>>>,
}

/// How many of the newest entries the directory shows.
const NEWEST: usize = 6;

impl Work<'_> {
    /// Writes everything. Gives back what each part left to say, and the files that are absent because of errors in them.
    pub(super) fn all(&self) -> (Vec<Made>, BTreeSet<String>) {
        let (mut made, newest, absent) = self.topics();
        made.push(self.lists(newest, &absent));
        (made, absent)
    }

    /// Writes the topics. Gives back what each left to say, the entries that the directory shows when they were made, and the files that
    /// are absent.
    pub(super) fn topics(&self) -> (Vec<Made>, Option<Vec<Entry>>, BTreeSet<String>) {
        let (mut newest, mut made): (Option<Vec<Entry>>, Vec<Made>) = (None, Vec::new());
        let results: Vec<(Option<Vec<Entry>>, Made)> = self.plan.topics.par_iter().map(|topic| self.topic(topic)).collect();
        for (entries, result) in results {
            newest = newest.or(entries);
            made.push(result);
        }
        let absent: BTreeSet<String> = made.iter().flat_map(|made| made.absent.iter().cloned()).collect();
        (made, newest, absent)
    }

    /// The heads of the entries that the directory shows; none when the whole site is not among the topics.
    pub(super) fn newest(&self) -> &[usize] {
        let whole = self.plan.topics.iter().find(|topic| topic.path.is_empty());
        whole.map_or(&[], |topic| topic.heads.get(..NEWEST).unwrap_or(&topic.heads))
    }

    /// Writes one topic, unless it is there already. Gives back the entries that the directory shows, when it is the whole site and
    /// was written.
    fn topic(&self, topic: &Topic) -> (Option<Vec<Entry>>, Made) {
        let mut made = Made::default();
        if let Some(print) = self.session.and_then(|_| self.print(topic)) {
            made.print = Some((Some(topic.path.clone()), print));
            if self.is_there(topic, &print) {
                made.findings.extend(topic.heads.iter().filter_map(|&index| self.drawn(index)).flatten().cloned());
                return (None, made);
            }
        }
        let (heads, entries) = self.entries(topic.heads.iter(), &mut made);
        let mut feed = feed::feed(topic, entries, self.options);
        let newest = topic.path.is_empty().then(|| feed.entries.iter().take(NEWEST).cloned().collect());
        for (file, text) in encode(&mut feed, &topic.path, &self.options.layout) {
            match text {
                Ok(text) => self.put_checked(&file, &text, &heads, &mut made),
                Err(error) => {
                    (made.incomplete, made.failed) = (true, true);
                    made.findings.push(Diagnostic::new(Code::CannotWrite, Place::file(shown(self.options, &file)), error.to_string()));
                }
            }
        }
        // The directory takes the place of the whole site's page.
        if self.options.layout.pages && !topic.path.is_empty() {
            let text = directory::topic_page(topic, &feed, &self.pages, &made.absent, self.options);
            self.put(&Layout::page_file(&topic.path), &text, &mut made);
        }
        (newest, made)
    }

    /// The entries of these heads that can be made, with their heads.
    fn entries<'h>(&self, indices: impl Iterator<Item = &'h usize>, made: &mut Made) -> (Vec<&Head>, Vec<Entry>) {
        let heads = indices.filter_map(|index| Some((*index, self.heads.get(*index)?)));
        let entries = heads.filter_map(|(index, head)| {
            let make = || {
                let mut findings = Vec::new();
                let entry = self.woven.entry(self.articles, head, &mut findings);
                made.findings.extend(findings.iter().cloned());
                if let (Some(session), true) = (self.session, entry.is_some()) {
                    session.note(head.key, findings);
                }
                entry
            };
            let mut entry = self.rendered.entry(index, make)?;
            entry.categories = feed::categories(self.plan, index, self.options);
            Some((head, entry))
        });
        entries.unzip()
    }

    /// Writes the OPML lists, the directory and the health of the sources; feeds that are absent are in none.
    pub(super) fn lists(&self, newest: Option<Vec<Entry>>, absent: &BTreeSet<String>) -> Made {
        let mut made = Made::default();
        let first = self.newest();
        if let Some(print) = self.session.and_then(|_| self.lists_print(first)) {
            made.print = Some((None, print));
            let is_known = self.session.is_some_and(|session| session.made_lists(&print));
            if is_known && self.are_drawn(first) && self.leave(&self.list_files()) {
                return made;
            }
        }
        for file in self.woven.files(self.options) {
            if file == SOURCES {
                self.put_checked(&file, &woven::opml(&self.woven.sources, self.options), &[], &mut made);
            } else {
                self.put(&file, &directory::health(self.options), &mut made);
            }
        }
        self.put_checked(OPML, &directory::opml(self.site, absent, self.options), &[], &mut made);
        if self.options.layout.pages {
            let newest = newest.unwrap_or_else(|| self.entries(first.iter(), &mut made).1);
            self.put(PAGE, &directory::page(self.site, &newest, self.woven, absent, self.options), &mut made);
        }
        made
    }

    /// Publishes a feed or a list, unless the linter finds an error in it; `heads` are those of its entries.
    fn put_checked(&self, file: &str, text: &str, heads: &[&Head], made: &mut Made) {
        let checked = self.linter.as_ref().map(|linter| linter.check(file, text, heads)).unwrap_or_default();
        made.found.extend(checked.found);
        if checked.errors == 0 {
            return self.put(file, text, made);
        }
        let stays = self.publication.stays(file);
        made.findings.push(linted::withheld(file, checked.errors, stays, self.options));
        made.withheld.push(file.to_owned());
        if !stays {
            made.absent.insert(file.to_owned());
        }
    }

    fn put(&self, file: &str, text: &str, made: &mut Made) {
        if let Err(error) = self.publication.put(file, text.as_bytes()) {
            made.incomplete |= matches!(error, PublishError::Io { .. });
            made.failed = true;
            made.findings.push(failure(&error, self.options));
        }
    }
}

/// What need not be made again.
impl Work<'_> {
    /// What was found when an earlier build made the entry of a head, if it would be the same now.
    fn drawn(&self, index: usize) -> Option<&[Diagnostic]> {
        self.articles.drawn(self.heads.get(index)?.key)
    }

    fn are_drawn(&self, indices: &[usize]) -> bool {
        indices.iter().all(|&index| self.drawn(index).is_some())
    }

    /// Whether an earlier build wrote the files of a topic as they would be written now.
    fn is_there(&self, topic: &Topic, print: &Hash) -> bool {
        let is_known = self.session.is_some_and(|session| session.made(&topic.path, print));
        is_known && self.are_drawn(&topic.heads) && self.leave(&self.files(topic))
    }

    /// The files of a topic. The page of the whole site is the directory, which is looked after with the lists.
    pub(super) fn files(&self, topic: &Topic) -> Vec<String> {
        self.options.layout.topic_files(&topic.path).filter(|file| !(topic.path.is_empty() && file == PAGE)).collect()
    }

    /// The lists of articles of one's own: of all feeds for readers, and the directory.
    pub(super) fn list_files(&self) -> Vec<String> {
        [Some(OPML.to_owned()), self.options.layout.pages.then(|| PAGE.to_owned())].into_iter().flatten().collect()
    }

    /// Leaves files as they are, when they are as an earlier build wrote them.
    fn leave(&self, files: &[String]) -> bool {
        let is_intact = |file: &String| self.session.is_some_and(|session| session.is_intact(file, &self.options.target.out));
        let all = files.iter().all(|file| is_intact(file) && self.publication.may_leave(file));
        for file in files.iter().filter(|_| all) {
            self.publication.leave(file);
        }
        all
    }

    /// What the files of a topic follow from: itself and its entries; all else follows from the options.
    fn print(&self, topic: &Topic) -> Option<Hash> {
        let mut folders = BTreeSet::new();
        if !self.options.topics.taxonomies.iter().all(|taxonomy| folders.insert(taxonomy.plural.as_str())) {
            // Where a category of one leads depends on the terms of the other.
            return None;
        }
        let mut bytes = described(topic);
        for &index in &topic.heads {
            bytes.extend(self.head_print(index)?);
        }
        Some(hash(&bytes))
    }

    /// The same of the lists of all topics, with the entries that the directory shows.
    fn lists_print(&self, newest: &[usize]) -> Option<Hash> {
        let mut bytes: Vec<u8> = self.site.topics.iter().flat_map(described).collect();
        for &index in newest {
            bytes.extend(self.head_print(index)?);
        }
        Some(hash(&bytes))
    }

    /// What an entry follows from: the bytes of its file, its identity, and what its terms are called and where they are.
    fn head_print(&self, index: usize) -> Option<Hash> {
        let make = || {
            let head = self.heads.get(index)?;
            let mut bytes = self.articles.hash(head.key).filter(|_| head.origin.is_none())?.to_vec();
            let mut add = |text: &str| {
                bytes.extend((text.len() as u64).to_le_bytes());
                bytes.extend(text.as_bytes());
            };
            add(&head.path);
            add(head.id.as_str());
            add(&format!("{:?}", head.id.kind()));
            for term in self.plan.terms_of(index) {
                for text in [&term.taxonomy, &term.term, &term.slug] {
                    add(text);
                }
                add(term.path.as_deref().unwrap_or("\0"));
            }
            Some(hash(&bytes))
        };
        *self.prints.get(index)?.get_or_init(make)
    }
}

/// Everything that a topic says of itself, without its entries.
fn described(topic: &Topic) -> Vec<u8> {
    let bare = Topic { heads: Vec::new(), ..topic.clone() };
    format!("{bare:?}").into_bytes()
}
