//! OPML 2.0 subscription lists (<http://opml.org/spec2.opml>).

mod read;
#[cfg(test)]
mod tests;
mod write;

use crate::model::Language;
pub(super) use read::read_at;
pub use write::write;

/// One line of a subscription list, with what is below it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outline {
    /// What people read. OPML `text`.
    pub text: String,
    /// The feed's own title, where it differs. OPML `title`; the text when absent.
    pub title: Option<String>,
    /// A folder or a feed.
    pub kind: OutlineKind,
    /// What is below it, in order.
    pub children: Vec<Outline>,
}

/// What an [`Outline`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OutlineKind {
    /// Holds others.
    Folder,
    /// A feed to subscribe to. OPML `type="rss"`, whatever its format.
    Feed {
        /// Absolute URL of the feed. OPML `xmlUrl`.
        xml_url: String,
        /// Absolute URL of its page. OPML `htmlUrl`.
        html_url: Option<String>,
        /// Its language. OPML `language`.
        language: Option<Language>,
        /// What it is about. OPML `description`.
        description: Option<String>,
    },
}

impl Outline {
    /// A folder.
    pub fn folder(text: impl Into<String>, children: Vec<Self>) -> Self {
        Self { text: text.into(), title: None, kind: OutlineKind::Folder, children }
    }

    /// A feed at an absolute URL of which nothing else is known.
    pub fn feed(text: impl Into<String>, xml_url: impl Into<String>) -> Self {
        let kind = OutlineKind::Feed { xml_url: xml_url.into(), html_url: None, language: None, description: None };
        Self { text: text.into(), title: None, kind, children: Vec::new() }
    }
}
