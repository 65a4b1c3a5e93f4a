//! A text with its kind.

use super::Language;
use serde::{Deserialize, Serialize};

/// A text construct (RFC 4287 §3.1): a value and how to read it. Escaping is the writers' work alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Text {
    /// The text itself: what a person reads (plain), or a fragment of markup.
    pub value: String,
    /// How to read it.
    pub kind: TextKind,
    /// Its language, where it differs from what surrounds it.
    pub language: Option<Language>,
    /// Absolute URL that relative links inside are read against; `None` when there are no relative links. Atom `xml:base` ·
    /// RSS and JSON Feed have none, so the links are made absolute there.
    pub base: Option<String>,
}

/// How a [`Text`] is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum TextKind {
    /// Characters that mean themselves.
    Plain,
    /// An HTML fragment.
    Html,
    /// A well-formed XHTML fragment.
    Xhtml,
}

impl Text {
    /// A text whose characters mean themselves.
    pub fn plain(value: impl Into<String>) -> Self {
        Self { value: value.into(), kind: TextKind::Plain, language: None, base: None }
    }

    /// An HTML fragment.
    pub fn html(value: impl Into<String>) -> Self {
        Self { value: value.into(), kind: TextKind::Html, language: None, base: None }
    }
}
