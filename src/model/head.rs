//! The light half of an entry, kept for all of them, and the door to the heavy half.

use super::{Entry, Id, Language, Origin, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What grouping, ordering and limiting need to know of an entry: everything but what it says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Head {
    /// The identity that the entry is going to have.
    pub id: Id,
    /// Absolute address of its page, when it has one.
    pub link: Option<Arc<str>>,
    /// First publication.
    pub published: Option<Timestamp>,
    /// Last change, when stated.
    pub updated: Option<Timestamp>,
    /// Language, by the source's own rules.
    pub language: Option<Language>,
    /// The terms that it was filed under, as written by its author.
    pub terms: Vec<Term>,
    /// The external feed that it came from; `None` for a local article.
    pub origin: Option<Arc<Origin>>,
    /// Where it is from, the same on every machine: a path below the content folder, or a source's URL.
    pub path: Arc<str>,
    /// What a person calls that place, as seen from where the run was started; only for findings.
    pub place: Arc<str>,
    /// Where its [`EntrySource`] finds it again.
    pub key: usize,
}

impl Head {
    /// A head that holds nothing yet but its identity and where it is from.
    pub fn new(id: Id, path: impl Into<Arc<str>>, key: usize) -> Self {
        let path = path.into();
        Self { id, link: None, published: None, updated: None, language: None, terms: Vec::new(), origin: None, place: path.clone(), path, key }
    }

    /// Lets equal texts be one in memory: where the address of the page is the identity, it is kept once.
    pub(crate) fn share(&mut self) {
        if self.link.as_deref() == Some(self.id.as_str()) {
            self.link = Some(self.id.shared().clone());
        }
    }

    /// The instant that decides the place in a feed: publication, else last change, else none (which goes last).
    pub fn sort_key(&self) -> Option<i64> {
        self.published.or(self.updated).map(|date| date.unix())
    }
}

/// A term of a taxonomy, as an author wrote it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Term {
    /// Singular name of the taxonomy: `category`, `tag`, `series` …
    pub taxonomy: Arc<str>,
    /// From the most general to the term itself; one element where there is no hierarchy. Never empty.
    pub path: Vec<Arc<str>>,
}

impl Term {
    /// A term without parents.
    pub fn new(taxonomy: impl Into<Arc<str>>, name: impl Into<Arc<str>>) -> Self {
        Self { taxonomy: taxonomy.into(), path: vec![name.into()] }
    }

    /// A term below others; `path` runs from the most general to the term itself.
    pub fn nested(taxonomy: impl Into<Arc<str>>, path: Vec<Arc<str>>) -> Self {
        Self { taxonomy: taxonomy.into(), path }
    }
}

/// Makes complete entries from the heads that it gave out.
///
/// Implemented by local articles and by stored external feeds; called by the pipelines, from several threads, only for
/// entries that some feed shows.
pub trait EntrySource: Sync {
    /// What is found wrong while an entry is made.
    type Finding;

    /// The entry of `head`, or `None` when it cannot be made any more (why is among the findings).
    ///
    /// The same head gives the same entry and the same findings each time.
    fn entry(&self, head: &Head, findings: &mut Vec<Self::Finding>) -> Option<Entry>;
}
