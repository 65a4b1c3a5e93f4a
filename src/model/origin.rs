//! Where a merged entry came from.

use super::{Id, Language, Link, Text};
use serde::{Deserialize, Serialize};

/// The feed that an entry came from; it survives every merge.
///
/// Atom `source` (RFC 4287 §4.2.11) · RSS `source` · JSON Feed `_feedloom`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Origin {
    /// The id of that feed.
    pub id: Id,
    /// Its title.
    pub title: Option<String>,
    /// Its own address and its page.
    #[serde(default)]
    pub links: Vec<Link>,
    /// Its language.
    pub language: Option<Language>,
    /// Its rights.
    pub rights: Option<Text>,
}

impl Origin {
    /// A feed of which only the id is known.
    pub fn new(id: Id) -> Self {
        Self { id, title: None, links: Vec::new(), language: None, rights: None }
    }
}
