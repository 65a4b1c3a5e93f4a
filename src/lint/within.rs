//! Which entry of a feed a problem is in, and what a person calls it.
//!
//! In: the outline of a feed, and the bytes at which problems are. Out: for each, the entry whose bytes hold it.

use super::Outline;
use super::beyond::outline::Entry;
use super::beyond::shown;
use crate::text::plain::{to_plain, unescaped};
use std::sync::Arc;

/// An entry that something is wrong with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Within {
    /// Its place among the entries of the feed, from 0.
    pub index: usize,
    /// What it is called: its title, else its page, else its id; empty when it has none of them.
    pub name: String,
    /// Its page.
    pub link: Option<String>,
}

impl Within {
    /// The entry of this index.
    pub(super) fn of(index: usize, entry: &Entry) -> Self {
        let link = entry.link.as_ref().map(|link| link.value.clone()).filter(|link| !link.is_empty());
        let title = entry.title.as_ref().map(|title| shown(&if title.html { to_plain(&title.value) } else { unescaped(&title.value).into_owned() }));
        let id = || entry.id.as_ref().map(|id| shown(&id.value));
        let name = title.filter(|title| !title.is_empty()).or_else(|| link.as_deref().map(shown)).or_else(id).unwrap_or_default();
        Self { index, name, link }
    }

    /// What people read: the name, and the page where that is something else.
    pub fn label(&self) -> Option<String> {
        match &self.link {
            _ if self.name.is_empty() => None,
            Some(link) if shown(link) != self.name => Some(format!("“{}” {link}", self.name)),
            _ => Some(self.name.clone()),
        }
    }
}

/// The entries of a feed by the bytes that they take.
pub(super) struct Ranges<'o> {
    outline: &'o Outline,
    /// The last entry that was found: problems come in the order of the document, and many of one entry in a row.
    last: Option<Arc<Within>>,
}

impl<'o> Ranges<'o> {
    pub(super) fn new(outline: &'o Outline) -> Self {
        Self { outline, last: None }
    }

    /// The entry that this byte is in.
    pub(super) fn at(&mut self, at: usize) -> Option<Arc<Within>> {
        let entries = &self.outline.entries;
        let index = entries.partition_point(|entry| entry.at <= at).checked_sub(1)?;
        let entry = entries.get(index).filter(|entry| at < entry.end)?;
        if self.last.as_ref().is_none_or(|last| last.index != index) {
            self.last = Some(Arc::new(Within::of(index, entry)));
        }
        self.last.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Options, lint};
    use crate::diagnostic::Code;

    /// Code and entry of each problem.
    fn named(text: &str) -> Vec<(Code, Option<(usize, String)>)> {
        let report = lint(text.as_bytes(), &Options::default());
        let entry = |problem: &super::super::Problem| problem.entry.as_ref().map(|entry| (entry.index, entry.label().unwrap_or_default()));
        report.problems.iter().map(|problem| (problem.finding.code, entry(problem))).collect()
    }

    fn has(found: &[(Code, Option<(usize, String)>)], code: Code, entry: Option<(usize, &str)>) {
        let entry = entry.map(|(index, label)| (index, label.to_owned()));
        assert!(found.contains(&(code, entry.clone())), "{code:?} in {entry:?}: {found:#?}");
    }

    #[test]
    fn what_is_inside_of_an_item_names_it_and_what_is_outside_does_not() {
        let found = named(
            "<rss version='2.0'><channel><title>t</title><link>x</link><description>d</description>\
             <item><title>早 &amp;amp; 晚</title><link>https://a.example/1</link><pubDate>soon</pubDate></item>\
             <item><guid>https://a.example/2</guid><pubDate>late</pubDate></item>\
             <item><guid isPermaLink='false'>three</guid><pubDate>never</pubDate></item><ttl>soon</ttl></channel></rss>",
        );
        has(&found, Code::InvalidRfc822Date, Some((0, "“早 & 晚” https://a.example/1")));
        has(&found, Code::InvalidRfc822Date, Some((1, "https://a.example/2")));
        has(&found, Code::InvalidRfc822Date, Some((2, "three")));
        assert!(found.iter().any(|(_, entry)| entry.is_none()), "{found:?}");
        assert!(found.iter().filter(|(code, _)| *code == Code::InvalidRfc822Date).count() == 3, "{found:?}");
    }

    #[test]
    fn an_item_of_json_ends_at_its_brace_whatever_its_strings_hold() {
        let found = named(
            "{ \"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"t\", \"items\": [\
             { \"id\": \"https://a.example/1\", \"title\": \"} \\\" {\", \"content_text\": \"x\", \"a\": 1 } ], \"b\": 2 }",
        );
        assert_eq!(found.iter().filter(|(code, _)| *code == Code::JsonUnknownMember).count(), 2, "{found:?}");
        has(&found, Code::JsonUnknownMember, Some((0, "} \" {")));
        has(&found, Code::JsonUnknownMember, None);
    }

    #[test]
    fn an_entry_of_atom_is_named_too() {
        let found = named(
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>urn:x:1</id><title type='html'>&lt;b&gt;t&lt;/b&gt;</title><updated>x</updated></entry></feed>",
        );
        has(&found, Code::InvalidRfc3339Date, Some((0, "t")));
        has(&found, Code::NoLanguage, None);
    }
}
