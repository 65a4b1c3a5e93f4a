//! HTML for people: the directory of all feeds, a page for each topic, and the health of the sources.
//!
//! Feeds and addresses go in, complete HTML documents come out. They are static and whole without a script: one
//! copies addresses and filters the lists where it may run. No script, font or style is from elsewhere; script and style sheet are
//! inlined and allowed by their hashes in a strict content security policy, so that even a hostile title could do nothing. All text is escaped by `maud`; a link whose address is not of the web is shown as
//! text. The words of the interface are those of the page's language (`phrases`), the same input gives the same bytes.
//!
//! Nothing here reads or writes files, knows where they lie, or asks for the time. Relative addresses are the caller's.
//! The lists carry microformats2 class names, so that programs without a feed reader can follow the page as well.
//!
//! <https://html.spec.whatwg.org/> · <https://www.w3.org/TR/CSP3/> · <https://www.w3.org/TR/WCAG22/> · <https://microformats.org/wiki/h-feed>

mod badge;
mod directory;
mod entry;
mod health;
mod href;
mod layout;
mod phrases;
mod qr;
mod topic;

#[cfg(test)]
mod tests;

pub use directory::{DirectoryPage, Group, Listed, ListedSource, directory};
pub use health::{HealthPage, health};
pub use topic::{TopicPage, topic};

/// Where a feed can be had in one format.
///
/// All fields are the caller's to fill, so that it can be written as a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address<'a> {
    /// The format as people call it: `RSS`, `Atom`, `JSON Feed`.
    pub name: &'a str,
    /// The absolute address, to be copied into a reader and to be discovered by one.
    pub url: &'a str,
    /// The same relative to the page, percent-encoded, so that a preview under another address works.
    pub href: &'a str,
    /// Media type of the format, for example `application/rss+xml`.
    pub media_type: &'a str,
}
