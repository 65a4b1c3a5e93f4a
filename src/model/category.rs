//! A category of an entry or a feed.

use serde::{Deserialize, Serialize};

/// A category: which term of which scheme.
///
/// Atom `category` (RFC 4287 §4.2.2) · RSS 2.0 `category` · JSON Feed `tags` (the label alone).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Category {
    /// The stable identifier inside the scheme, for example a slug. Atom `term`.
    pub term: String,
    /// An absolute URI that says which vocabulary the term is from. Atom `scheme` · RSS `domain`.
    pub scheme: Option<String>,
    /// What a person reads. Atom `label` · RSS the text of `category` · JSON Feed the tag. The term when absent.
    pub label: Option<String>,
}

impl Category {
    /// A category of `term` without scheme and label.
    pub fn new(term: impl Into<String>) -> Self {
        Self { term: term.into(), scheme: None, label: None }
    }

    /// The same with the label that people read.
    #[must_use]
    pub fn with_label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The same with the URI of its vocabulary.
    #[must_use]
    pub fn with_scheme(mut self, scheme: impl Into<String>) -> Self {
        self.scheme = Some(scheme.into());
        self
    }

    /// What a person reads: the label, else the term.
    pub fn name(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.term)
    }
}
