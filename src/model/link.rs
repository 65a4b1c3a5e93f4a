//! A link of a feed or an entry.

use super::Language;
use serde::{Deserialize, Serialize};

/// A link to an absolute URL.
///
/// Atom `link` (RFC 4287 §4.2.7) · RSS `link`, `atom:link` · JSON Feed `url`, `feed_url`, `home_page_url`, `hubs`,
/// else `_feedloom`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Link {
    /// Absolute URL, percent-encoded, host in punycode.
    pub href: String,
    /// What the link is to the feed or entry.
    pub rel: Rel,
    /// Media type. Atom `type`.
    pub media_type: Option<String>,
    /// Language of what is linked. Atom `hreflang`.
    pub language: Option<Language>,
    /// What a person reads. Atom `title`.
    pub title: Option<String>,
}

/// The relation of a link (RFC 4287 §4.2.7.2, RFC 5005, `WebSub`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Rel {
    /// The page that shows the same.
    Alternate,
    /// The feed's own address.
    Itself,
    /// A `WebSub` hub.
    Hub,
    /// Something related.
    Related,
    /// Where the information is from.
    Via,
    /// Any other relation, as written.
    Other(String),
}

impl Rel {
    /// The name in Atom's `rel` attribute.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Alternate => "alternate",
            Self::Itself => "self",
            Self::Hub => "hub",
            Self::Related => "related",
            Self::Via => "via",
            Self::Other(name) => name,
        }
    }
}

impl Link {
    /// A link of this relation to an absolute URL.
    pub fn new(rel: Rel, href: impl Into<String>) -> Self {
        Self { href: href.into(), rel, media_type: None, language: None, title: None }
    }

    /// The same with the media type of what is linked.
    #[must_use]
    pub fn with_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// The same with the language of what is linked.
    #[must_use]
    pub fn with_language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }
}
