//! Metadata of libraries and licences: Dublin Core, its terms, RDF, Creative Commons, generators.
//!
//! In: nothing; tables. Out: the rows of each module. Where an element may stand follows RSS 1.0's modules and the DCMI's notes.

use super::known::Holds::{Anything, Count, Html, Language, MailDate, Plain, Positive, Resource, Text, Url, W3cDate, WebUrl};
use super::known::{ANYWHERE, ATOM_ENTRY, BOTH, ENTRY, FEED, Holds, Known, RDF_ITEM, RSS_ITEM, many, one};

/// `dc:`, Dublin Core 1.1.
pub(super) const DUBLIN: &[Known] = &[
    one("title", ANYWHERE, Text),
    many("creator", BOTH, Text),
    many("subject", BOTH, Text),
    one("description", ANYWHERE, Text),
    many("publisher", ANYWHERE, Text),
    many("contributor", ANYWHERE, Text),
    one("date", FEED.or(ATOM_ENTRY), W3cDate),
    many("date", RSS_ITEM.or(RDF_ITEM), W3cDate),
    one("type", ANYWHERE, Text),
    one("format", ANYWHERE, Text),
    many("identifier", ANYWHERE, Text),
    one("source", ANYWHERE, Text),
    one("language", ANYWHERE, Language),
    many("relation", ANYWHERE, Text),
    many("coverage", ANYWHERE, Text),
    one("rights", ANYWHERE, Plain),
];

/// `dcterms:`.
pub(super) const TERMS: &[Known] = &[
    many("alternative", ANYWHERE, Text),
    one("abstract", ANYWHERE, Text),
    one("tableOfContents", ANYWHERE, Resource),
    one("created", ANYWHERE, W3cDate),
    one("issued", ANYWHERE, W3cDate),
    one("modified", ANYWHERE, W3cDate),
    one("dateAccepted", ANYWHERE, Text),
    one("dateCopyrighted", ANYWHERE, Text),
    one("dateSubmitted", ANYWHERE, Text),
    one("extent", ANYWHERE, Positive),
    one("mediator", ANYWHERE, Text),
    many("audience", ANYWHERE, Text),
    many("isVersionOf", ANYWHERE, Resource),
    many("hasVersion", ANYWHERE, Resource),
    many("isReplacedBy", ANYWHERE, Resource),
    many("replaces", ANYWHERE, Resource),
    many("isRequiredBy", ANYWHERE, Resource),
    many("requires", ANYWHERE, Resource),
    many("isPartOf", ANYWHERE, Resource),
    many("hasPart", ANYWHERE, Resource),
    many("isReferencedBy", ANYWHERE, Resource),
    many("references", ANYWHERE, Resource),
    many("isFormatOf", ANYWHERE, Resource),
    many("hasFormat", ANYWHERE, Resource),
    many("conformsTo", ANYWHERE, Resource),
    many("valid", ANYWHERE, Anything),
    many("available", ANYWHERE, Anything),
    many("spatial", ANYWHERE, Anything),
    many("temporal", ANYWHERE, Anything),
    many("accessRights", ANYWHERE, Anything),
    many("accrualMethod", ANYWHERE, Anything),
    many("accrualPeriodicity", ANYWHERE, Anything),
    many("accrualPolicy", ANYWHERE, Anything),
    many("bibliographicCitation", ANYWHERE, Anything),
    many("educationLevel", ANYWHERE, Anything),
    many("instructionalMethod", ANYWHERE, Anything),
    many("license", ANYWHERE, Anything),
    many("provenance", ANYWHERE, Anything),
    many("rightsHolder", ANYWHERE, Anything),
    // Copies of the elements of Dublin Core 1.1, added in 2008.
    many("title", ANYWHERE, Text),
    many("creator", ANYWHERE, Text),
    many("contributor", ANYWHERE, Text),
    many("publisher", ANYWHERE, Text),
    many("subject", ANYWHERE, Text),
    many("description", ANYWHERE, Text),
    many("date", ANYWHERE, W3cDate),
    many("type", ANYWHERE, Text),
    many("format", ANYWHERE, Text),
    many("identifier", ANYWHERE, Text),
    many("source", ANYWHERE, Text),
    many("language", ANYWHERE, Language),
    many("relation", ANYWHERE, Text),
    many("coverage", ANYWHERE, Text),
    many("rights", ANYWHERE, Text),
];

/// Whether an element of `dcterms:` came with its copies of Dublin Core 1.1.
pub(super) fn is_later(name: &str) -> bool {
    DUBLIN.iter().any(|row| row.name == name)
}

/// `content:`.
pub(super) const CONTENT: &[Known] = &[one("encoded", RSS_ITEM.or(RDF_ITEM), Html), one("items", RSS_ITEM.or(RDF_ITEM), Anything)];

/// `rdf:`, in what is not RDF itself.
pub(super) const RDF: &[Known] = &[many("RDF", ANYWHERE, Anything), many("type", ANYWHERE, Anything), many("Description", ANYWHERE, Anything)];

/// `rdfs:`.
pub(super) const RDF_SCHEMA: &[Known] = &[many("seeAlso", ANYWHERE, Resource), many("label", BOTH, Text), many("comment", BOTH, Text)];

/// `foaf:`.
pub(super) const FOAF: &[Known] = &[many("maker", BOTH, Anything), many("primaryTopic", ENTRY, Anything)];

/// `cc:`, the licence as RDF.
pub(super) const LICENCE: &[Known] = &[many("license", BOTH, Anything)];

/// `creativeCommons:`, the licence as an address.
pub(super) const CREATIVE_COMMONS: &[Known] = &[many("license", BOTH, Url)];

/// `admin:`.
pub(super) const ADMIN: &[Known] = &[one("generatorAgent", FEED, Resource), one("errorReportsTo", FEED, Resource)];

/// `opml:` inside of feeds.
pub(super) const OPML: &[Known] = &[
    one("dateCreated", ANYWHERE, MailDate),
    one("dateModified", ANYWHERE, MailDate),
    one("ownerName", ANYWHERE, Html),
    one("ownerEmail", ANYWHERE, Holds::Email),
    one("ownerId", ANYWHERE, WebUrl),
];

/// `opensearch:`.
pub(super) const SEARCH: &[Known] =
    &[one("totalResults", FEED, Count), one("itemsPerPage", FEED, Count), one("startIndex", FEED, Holds::Whole), many("Query", FEED, Anything)];
