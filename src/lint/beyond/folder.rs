//! Feeds of one folder, compared: RSS, Atom and JSON Feed of one topic hold the same entries.

use super::outline::{Entry, Outline};
use super::shown;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::lint::{Problem, Within};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A document that is compared with others.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Document {
    /// The file.
    pub name: Arc<str>,
    /// What it says.
    pub outline: Outline,
    /// Where it is served, when that is known.
    pub address: Option<String>,
}

impl Document {
    /// A document, at an address that nobody knows.
    pub fn new(name: Arc<str>, outline: Outline) -> Self {
        Self { name, outline, address: None }
    }

    /// The same, served at this address.
    #[must_use]
    pub fn at(mut self, address: Option<String>) -> Self {
        self.address = address;
        self
    }
}

/// Compares documents that are the formats of one feed; each finding with the file that it is in.
pub fn compare<'d>(documents: impl IntoIterator<Item = &'d Document>) -> Vec<(Arc<str>, Problem)> {
    let mut folders: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
    for document in documents {
        folders.entry(document.name.rsplit_once('/').map_or("", |(folder, _)| folder)).or_default().push(document);
    }
    let mut found = Vec::new();
    for group in folders.into_values().flat_map(groups) {
        if let [first, rest @ ..] = group.as_slice() {
            for other in rest {
                pair(first, other, &mut found);
            }
        }
    }
    found
}

/// The documents of a folder by feed: all of them when there is one of each format, else those with one title and one page.
fn groups(documents: Vec<&Document>) -> Vec<Vec<&Document>> {
    let one_each = |group: &[&Document]| group.iter().map(|document| document.outline.kind).collect::<BTreeSet<_>>().len() == group.len();
    if one_each(&documents) {
        return vec![documents];
    }
    let mut feeds: BTreeMap<(Option<String>, Option<&str>), Vec<&Document>> = BTreeMap::new();
    for document in documents {
        let outline = &document.outline;
        let title = outline.title.as_ref().map(|title| words(&title.value));
        feeds.entry((title, outline.home.as_ref().map(|home| home.value.as_str()))).or_default().push(document);
    }
    feeds.into_values().filter(|group| one_each(group)).collect()
}

fn words(text: &str) -> String {
    crate::text::plain::unescaped(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What two formats call an entry: its id, else its page.
fn key(entry: &Entry) -> Option<&str> {
    entry.id.as_ref().or(entry.link.as_ref()).map(|written| written.value.as_str())
}

/// A finding about a whole document, with the name of that document.
pub(crate) fn found_in(name: &Arc<str>, code: Code, message: String) -> (Arc<str>, Problem) {
    (name.clone(), Problem::new(Diagnostic::new(code, Place::file(name.clone()), message)))
}

fn pair(first: &Document, other: &Document, found: &mut Vec<(Arc<str>, Problem)>) {
    // The messages name the entry; where it is in the file, programs are told, too.
    let mut say = |code: Code, index: Option<usize>, message: String| {
        let entry = index.and_then(|index| Some(Arc::new(Within::of(index, other.outline.entries.get(index)?))));
        let problem = Problem::new(Diagnostic::new(code, Place::file(other.name.clone()), message));
        found.push((other.name.clone(), problem.within(entry)));
    };
    let keyed = |document: &'_ Document| document.outline.entries.iter().filter_map(|entry| key(entry).map(ToOwned::to_owned)).collect::<Vec<_>>();
    let (mine, theirs) = (keyed(first), keyed(other));
    let set = |keys: &[String]| keys.iter().cloned().collect::<BTreeSet<_>>();
    let (left, right) = (set(&mine), set(&theirs));
    for missing in left.difference(&right) {
        say(Code::FormatsDiffer, None, format!("expected the entry {} of {}, found none", shown(missing), first.name));
    }
    for extra in right.difference(&left) {
        say(Code::FormatsDiffer, None, format!("expected no other entries than {} has, found {}", first.name, shown(extra)));
    }
    let common = |keys: &[String]| keys.iter().filter(|key| left.contains(*key) && right.contains(*key)).cloned().collect::<Vec<_>>();
    if let Some((a, b)) = common(&mine).iter().zip(&common(&theirs)).find(|(a, b)| a != b) {
        say(Code::FormatsOrder, None, format!("expected {} next, as in {}, found {}", shown(a), first.name, shown(b)));
    }
    let known: BTreeMap<&str, &Entry> = first.outline.entries.iter().filter_map(|entry| Some((key(entry)?, entry))).collect();
    for (index, entry) in other.outline.entries.iter().enumerate() {
        let Some((name, mine)) = key(entry).and_then(|name| Some((name, known.get(name)?))) else { continue };
        if let (Some(a), Some(b)) = (&mine.published, &entry.published)
            && let (Some(at), Some(there)) = (a.unix(), b.unix())
            && at != there
        {
            say(
                Code::FormatsDates,
                Some(index),
                format!("expected {} as date of {}, as in {}, found {}", a.written, shown(name), first.name, b.written),
            );
        }
        if let (Some(a), Some(b)) = (&mine.title, &entry.title)
            && words(&a.value) != words(&b.value)
        {
            let message = format!("expected “{}” as title of {}, as in {}, found “{}”", shown(&a.value), shown(name), first.name, shown(&b.value));
            say(Code::FormatsTitles, Some(index), message);
        }
    }
}
