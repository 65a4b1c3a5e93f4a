//! HTML made safe for feeds.
//!
//! In: HTML of any origin, in any state. Out: a fragment that holds only what the W3C feed validator accepts without a warning, with
//! absolute URLs, and that parses without an error (HTML §13.2). Never lets code, style, forms or frames through; frames, players and
//! embedded objects become links. Two steps: tags are judged and rewritten one by one, then `ammonia` parses, repairs and filters, unless
//! what is left needs neither.

mod allow;
mod image;
mod nesting;
mod rewrite;
mod settled;
#[cfg(test)]
mod tests;

pub(in crate::text) use image::{candidates, pixels};

use super::hygiene;
use ammonia::{Builder, UrlRelative};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What [`sanitise`] gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sanitised {
    /// The HTML fragment.
    pub html: String,
    /// URLs that had to go, as written, without repetition: dangerous schemes and what cannot be read. At most 100 of them.
    pub dropped_urls: Vec<String>,
}

/// The second line of defence: everything was judged before, and the same lists hold here.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(allow::ELEMENTS.iter().copied().collect())
        .tag_attributes(HashMap::new())
        .generic_attributes(allow::ATTRIBUTES.iter().chain(allow::URLS).copied().chain(["srcset"]).collect())
        .url_schemes(super::url::schemes().iter().copied().collect())
        .url_relative(UrlRelative::Deny)
        .clean_content_tags(HashSet::from(["script", "style", "svg", "math"]))
        .link_rel(None);
    builder
});

/// Makes HTML safe; `base` is the absolute URL of the page that it stands on. Without one, relative URLs go.
pub fn sanitise(html: &str, base: Option<&str>) -> Sanitised {
    let html = hygiene::clean(html);
    let (html, dropped_urls) = rewrite::Rewriter::new(base, html.len()).run(&html);
    let html = settled::settled(&html).map_or_else(|| parsed(&html), std::borrow::Cow::into_owned);
    // A character reference may stand for what the first cleaning could not see.
    Sanitised { html: if hygiene::is_surely_clean(&html) { html } else { hygiene::clean(&html).into_owned() }, dropped_urls }
}

/// Parses, repairs and filters.
fn parsed(html: &str) -> String {
    let once = CLEANER.clean(html).to_string();
    // What stood between rows is moved in front of the table, where it may nest wrongly: once more settles it.
    if once.contains("<table") { CLEANER.clean(&once).to_string() } else { once }
}
