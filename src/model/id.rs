//! Identity: what makes two readings of an entry the same entry.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The identity of a feed or an entry: never random, never from the clock, never from a title.
///
/// Atom `id` · RSS `guid` · JSON Feed `id`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Id {
    value: Arc<str>,
    kind: IdKind,
}

/// What an [`Id`] is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum IdKind {
    /// The address of the entry's page. RSS `isPermaLink="true"`.
    Permalink,
    /// A tag URI (RFC 4151).
    Tag,
    /// Whatever the feed or the author gave.
    Opaque,
    /// Nobody gave one; it was made of what does not change: the address, else the date and the text. Not written
    /// where a format does without.
    Derived,
}

impl Id {
    /// The address of the page as identity; `url` is absolute.
    pub fn permalink(url: impl Into<Arc<str>>) -> Self {
        Self { value: url.into(), kind: IdKind::Permalink }
    }

    /// A given identity, kept as it is.
    pub fn opaque(value: impl Into<Arc<str>>) -> Self {
        Self { value: value.into(), kind: IdKind::Opaque }
    }

    /// An identity for what was published without one; `value` is its address, or made of what does not change.
    pub fn derived(value: impl Into<Arc<str>>) -> Self {
        Self { value: value.into(), kind: IdKind::Derived }
    }

    /// A tag URI (RFC 4151 §2.1): `tag:AUTHORITY,DATE:SPECIFIC`.
    ///
    /// `authority` is a host name, `date` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; in `specific` everything that the RFC
    /// does not allow is percent-encoded.
    pub fn tag(authority: &str, date: &str, specific: &str) -> Self {
        let mut value = format!("tag:{authority},{date}:");
        for byte in specific.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte) {
                value.push(char::from(byte));
            } else {
                value.push_str(&format!("%{byte:02X}"));
            }
        }
        Self { value: value.into(), kind: IdKind::Tag }
    }

    /// A tag URI (RFC 4151) that somebody else made, kept as it is.
    pub fn tagged(uri: impl Into<Arc<str>>) -> Self {
        Self { value: uri.into(), kind: IdKind::Tag }
    }

    /// The text that feeds carry.
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// The same text, shared.
    pub(crate) fn shared(&self) -> &Arc<str> {
        &self.value
    }

    /// What it is made of.
    pub fn kind(&self) -> IdKind {
        self.kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tag_uris_hold_only_what_rfc_4151_allows() {
        let id = Id::tag("example.org", "2025-02-14", "blog/出 行#1");
        assert_eq!(id.as_str(), "tag:example.org,2025-02-14:blog/%E5%87%BA%20%E8%A1%8C%231");
        assert_eq!(id.kind(), IdKind::Tag);
    }
}
