//! Reading, by tables: dialects, repairs with their places, what is no feed, fields, dates, charsets.

mod charsets;
mod dates;
mod dialects;
mod fields;
mod no_feed;
mod people;
mod pictures;
mod repairs;
mod texts;

use super::*;

/// Reads a document of which nothing else is known.
fn reading(document: &str) -> Reading {
    read(document.as_bytes(), &Hints::named("feed.xml")).unwrap_or_else(|error| panic!("{error}: {document}"))
}

fn feed(document: &str) -> Feed {
    reading(document).feed().unwrap_or_else(|| panic!("no feed: {document}")).clone()
}

/// The findings as `FL606 3:7`.
fn findings(document: &str) -> Vec<String> {
    reading(document).repairs.iter().map(|finding| format!("{} {}:{}", finding.code, finding.place.line, finding.place.column)).collect()
}

/// An RSS feed with this inside of its channel.
fn rss(inside: &str) -> String {
    format!(
        "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:media=\"http://search.yahoo.com/mrss/\" \
         xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" xmlns:slash=\"http://purl.org/rss/1.0/modules/slash/\" \
         xmlns:wfw=\"http://wellformedweb.org/CommentAPI/\" xmlns:x=\"urn:x\"><channel><title>早市</title>{inside}</channel></rss>"
    )
}

fn atom(inside: &str) -> String {
    format!("<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:x=\"urn:x\"><title>早市</title>{inside}</feed>")
}

/// The one item of an RSS feed.
fn item(inside: &str) -> Entry {
    only(feed(&rss(&format!("<item>{inside}</item>"))))
}

/// The one entry of an Atom feed.
fn entry(inside: &str) -> Entry {
    only(feed(&atom(&format!("<entry>{inside}</entry>"))))
}

fn only(mut feed: Feed) -> Entry {
    assert_eq!(feed.entries.len(), 1);
    feed.entries.remove(0)
}

/// A text as `html:<b>a</b>`.
fn shown(text: Option<&crate::model::Text>) -> String {
    text.map_or_else(String::new, |text| format!("{}:{}", format!("{:?}", text.kind).to_lowercase(), text.value))
}
