//! Addresses as feeds write them → absolute ones.
//!
//! In: a reference and the bases that hold where it stands (RFC 3986 §5, XML Base). Out: an absolute URL; what is absolute
//! already stays as it is written, because it may be somebody's identity. What cannot be resolved stays too, and is noted.

use super::super::markup::{Cursor, Inner, Repairs, Tag};
use super::limit;
use crate::diagnostic::Code;
use crate::model::{Language, Link, Rel};
use memchr::memmem::Finder;
use std::borrow::Cow;
use std::sync::{Arc, LazyLock};
use url::Url;

/// A longer page is no base where one is guessed.
const LONGEST_GUESS: usize = 1 << 10;

/// What relative addresses start from.
#[derive(Clone, Debug, Default)]
pub(in crate::format) struct Base {
    url: Option<Arc<Url>>,
}

impl Base {
    /// Where a document was read.
    pub(in crate::format) fn new(document: Option<&str>) -> Self {
        Self { url: document.and_then(|document| Url::parse(document.trim()).ok()).map(Arc::new) }
    }

    /// The base that holds at a place of a document.
    pub(super) fn of(cursor: &Cursor<'_>) -> Self {
        Self { url: cursor.base().cloned() }
    }

    /// This one, or the other when there is none.
    pub(super) fn or(self, other: Option<&str>) -> Self {
        match self.url {
            Some(_) => self,
            None => Self::new(other.filter(|other| other.len() <= LONGEST_GUESS)),
        }
    }

    /// As a URL.
    pub(in crate::format) fn as_str(&self) -> Option<&str> {
        self.url.as_ref().map(|url| url.as_str())
    }

    /// The address of a `link`: Atom has it in `href`, where an empty one means the base itself (RFC 3986 §4.4); RSS has it as text,
    /// where an empty one means that there is none.
    pub(super) fn link(&self, tag: &Tag<'_>, inner: &Inner<'_>, repairs: &mut Repairs) -> Option<String> {
        match tag.attribute("href") {
            Some(href) if href.is_empty() => self.as_str().filter(|base| repairs.may_copy(inner.offset, base.len())).map(ToOwned::to_owned),
            Some(href) => self.resolve(&href, inner.offset, repairs),
            None => self.resolve(&inner.value, inner.offset, repairs),
        }
    }

    /// The absolute address of a reference; `None` when nothing is written.
    pub(in crate::format) fn resolve(&self, reference: &str, offset: usize, repairs: &mut Repairs) -> Option<String> {
        let reference = flat(reference.trim());
        if reference.is_empty() {
            return None;
        }
        if reference.len() > limit::ADDRESS {
            repairs.note(offset, Code::LimitExceeded, || {
                format!("expected an address of at most {} bytes, found a longer one; it was left out", limit::ADDRESS)
            });
            return None;
        }
        if has_scheme(&reference) {
            return Some(reference.into_owned());
        }
        let base = self.url.as_ref();
        if base.is_some_and(|base| !repairs.may_copy(offset, base.as_str().len())) {
            return Some(reference.into_owned());
        }
        if let Some(url) = base.and_then(|url| url.join(&reference).ok()) {
            Some(url.into())
        } else {
            repairs.note(offset, Code::FeedUrlUnusable, || format!("expected an absolute address or a base, found `{}`", limit::cut(&reference, 80)));
            Some(reference.into_owned())
        }
    }
}

/// The reference without line breaks and tabs inside, which URLs lose (WHATWG URL §4.4).
fn flat(reference: &str) -> Cow<'_, str> {
    if reference.contains(['\n', '\t', '\r']) {
        Cow::Owned(reference.chars().filter(|c| !matches!(c, '\n' | '\t' | '\r')).collect())
    } else {
        Cow::Borrowed(reference)
    }
}

/// Whether the reference begins with a scheme (RFC 3986 §3.1).
pub(in crate::format) fn has_scheme(reference: &str) -> bool {
    reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    })
}

/// Whether it is an address of the web.
pub(in crate::format) fn is_web(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once("://") else { return false };
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")) && !rest.is_empty() && !rest.starts_with('/')
}

/// Whether the HTML holds a link or a picture with a relative address.
pub(in crate::format) fn has_relative(html: &str) -> bool {
    static NAMES: LazyLock<[Finder<'static>; 4]> =
        LazyLock::new(|| [Finder::new("href="), Finder::new("src="), Finder::new("srcset="), Finder::new("poster=")]);
    NAMES.iter().any(|name| {
        name.find_iter(html.as_bytes()).any(|at| {
            let value = html.get(at + name.needle().len()..).unwrap_or_default();
            let value = value.strip_prefix(['"', '\'']).unwrap_or(value);
            !value.starts_with("http")
                && !value.starts_with(['#', '"', '\'', '>', '&'])
                && !value.is_empty()
                && !has_scheme(limit::cut(value.trim_start(), 16))
        })
    })
}

/// The relation that an Atom link states; `alternate` when it states none (RFC 4287 §4.2.7.2).
pub(super) fn rel(tag: &Tag<'_>) -> Rel {
    let stated = tag.filled("rel").map(|rel| rel.to_ascii_lowercase()).unwrap_or_default();
    named(stated.strip_prefix("http://www.iana.org/assignments/relation/").unwrap_or(&stated))
}

/// The relation of this name.
pub(in crate::format) fn named(name: &str) -> Rel {
    match name {
        "" | "alternate" => Rel::Alternate,
        "self" => Rel::Itself,
        "hub" => Rel::Hub,
        "related" => Rel::Related,
        "via" => Rel::Via,
        other => Rel::Other(limit::cut(other, limit::NAME).to_owned()),
    }
}

/// An Atom link with what its attributes say.
pub(super) fn link(tag: &Tag<'_>, rel: Rel, href: String) -> Link {
    let mut link = Link::new(rel, href);
    let cut = |name: &str| tag.filled(name).map(|value| limit::cut(&value, limit::NAME).to_owned());
    link.media_type = cut("type");
    link.title = cut("title");
    link.language = tag.filled("hreflang").and_then(|tag| Language::parse(&tag));
    link
}
