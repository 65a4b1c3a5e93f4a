//! The directory: every feed of the site on one page.

use super::badge::badge;
use super::href::{local, web};
use super::layout::{Document, Voice, format_link, subscribe};
use super::{Address, entry};
use crate::model::{Entry, Language};
use maud::{Markup, html};

/// How deep the style sheet indents; deeper topics stay at this depth.
const DEEPEST: usize = 4;

/// What [`directory`] needs to know. All fields are the caller's to fill.
pub struct DirectoryPage<'a> {
    /// Name of the site.
    pub title: &'a str,
    /// What the site is about.
    pub description: Option<&'a str>,
    /// Language of the site; it decides the words of the page.
    pub language: Option<&'a Language>,
    /// Absolute address of this page.
    pub url: &'a str,
    /// Absolute address of the site.
    pub site_url: &'a str,
    /// The feed of the whole site in each of its formats, the one to recommend first.
    pub addresses: &'a [Address<'a>],
    /// Address of the OPML list, relative to this page.
    pub opml_href: &'a str,
    /// The topics, in the order in which they are shown.
    pub groups: Vec<Group<'a>>,
    /// A few of the newest entries.
    pub newest: &'a [Entry],
    /// The feeds of others that entries are from, in the order in which they are shown.
    pub sources: Vec<ListedSource<'a>>,
    /// Address of the list of the sources for readers, relative to this page.
    pub sources_href: Option<&'a str>,
    /// Address of the page with their health, relative to this page.
    pub health_href: Option<&'a str>,
}

/// Topics under one heading, usually those of one taxonomy.
pub struct Group<'a> {
    /// What people read: `分类`.
    pub title: String,
    /// Its topics; a child follows its parent.
    pub topics: Vec<Listed<'a>>,
}

/// A topic in the directory.
pub struct Listed<'a> {
    /// Name of the topic, without the site's.
    pub title: &'a str,
    /// Address of its page, relative to the directory.
    pub href: String,
    /// How many entries it has.
    pub count: usize,
    /// Its language, where known.
    pub language: Option<&'a Language>,
    /// Its feed in each of its formats.
    pub addresses: Vec<Address<'a>>,
    /// How many topics are above it: 0 for one without a parent.
    pub depth: usize,
}

/// A feed of somebody else in the directory.
pub struct ListedSource<'a> {
    /// What it is called.
    pub title: &'a str,
    /// Absolute address of its page, where known.
    pub page: Option<&'a str>,
    /// Absolute address of the feed.
    pub feed: &'a str,
    /// Its language, where known.
    pub language: Option<&'a Language>,
    /// How many of its entries are shown.
    pub count: usize,
}

/// The HTML document that lists every feed.
pub fn directory(page: &DirectoryPage<'_>) -> String {
    let voice = Voice::of(page.language);
    let words = voice.words;
    let groups: Vec<_> = page.groups.iter().filter(|group| !group.topics.is_empty()).collect();
    let main = html! {
        div.intro { "\n"
            p.kicker lang=[voice.ours()] { (words.directory) } "\n"
            h1 { (page.title) } "\n"
            @if let Some(description) = page.description { p.lede { (description) } "\n" }
            @if groups.len() > 1 {
                nav.jump aria-label=(words.groups) {
                    @for (index, group) in groups.iter().enumerate() { a href={ "#group-" (index + 1) } { (group.title) " " small { (group.topics.len()) } } " " }
                }
                "\n"
            }
        }
        "\n"
        div.side { "\n"
            (subscribe(voice, page.addresses, Some(page.opml_href)))
            @if !page.newest.is_empty() && !groups.is_empty() { (newest(page.newest, voice)) }
        }
        "\n"
        div.list { "\n"
            @if groups.iter().map(|group| group.topics.len()).sum::<usize>() > FEW { (filter(voice)) }
            @for (index, group) in groups.iter().enumerate() { (section(index + 1, group, voice)) }
            // Without topics, the newest entries are all that there is to list.
            @if groups.is_empty() {
                @if page.newest.is_empty() { p.meta lang=[voice.ours()] { (words.empty) } "\n" } @else { (newest(page.newest, voice)) }
            }
            @if !page.sources.is_empty() { (sources(page, voice)) }
        }
        "\n"
    };
    let title = format!("{} · {}", page.title, words.directory);
    let document = Document {
        voice,
        title: &title,
        feed_title: page.title,
        description: page.description,
        url: page.url,
        addresses: page.addresses,
        site: (words.site, page.site_url),
        directory: None,
    };
    document.around(&html! { div.directory { "\n" (main) } "\n" })
}

/// More topics than these are worth a filter.
const FEW: usize = 12;

/// The field that filters the topics; it is of no use without the script, which shows it.
fn filter(voice: Voice<'_>) -> Markup {
    html! {
        p.filter hidden lang=[voice.ours()] {
            label for="filter" { (voice.words.filter) } " "
            input #filter type="search" autocomplete="off" spellcheck="false";
            " " output #found for="filter" {}
        }
        "\n"
    }
}

/// The newest entries of the site, in brief.
fn newest(entries: &[Entry], voice: Voice<'_>) -> Markup {
    html! {
        section.newest aria-labelledby="newest" { "\n"
            h2 #newest lang=[voice.ours()] { (voice.words.newest) } "\n"
            ul { "\n" @for shown in entries { (entry::brief(shown, voice)) } }
            "\n"
        }
        "\n"
    }
}

/// One group with its topics: cards in rows, or lines in columns where topics are under others. The number is its place on the page.
fn section(number: usize, group: &Group<'_>, voice: Voice<'_>) -> Markup {
    let has_tree = group.topics.iter().any(|topic| topic.depth > 0);
    html! {
        section aria-labelledby={ "group-" (number) } { "\n"
            h2 id={ "group-" (number) } { (group.title) " " small { (group.topics.len()) } } "\n"
            ul.topics.tree[has_tree] { "\n" @for topic in &group.topics { (row(topic, voice)) } }
            "\n"
        }
        "\n"
    }
}

/// The feeds of others, each with its page and its address.
fn sources(page: &DirectoryPage<'_>, voice: Voice<'_>) -> Markup {
    let words = voice.words;
    html! {
        section.sources aria-labelledby="sources" { "\n"
            h2 #sources { span lang=[voice.ours()] { (words.sources) } " " small { (page.sources.len()) } } "\n"
            ul.topics { "\n" @for shown in &page.sources { (source(shown, voice)) } }
            "\n"
            @if page.sources_href.is_some() || page.health_href.is_some() {
                p.hint {
                    @if let Some(href) = page.sources_href.and_then(local) { a href=(href) type="text/x-opml" { "OPML" } }
                    @if let Some(href) = page.health_href.and_then(local) { a href=(href) lang=[voice.ours()] { (words.health) } }
                }
                "\n"
            }
        }
        "\n"
    }
}

/// One feed of somebody else: its name, linked to its page, how many of its entries there are, its address.
fn source(shown: &ListedSource<'_>, voice: Voice<'_>) -> Markup {
    let feed = voice.words.feed;
    html! {
        li lang=[voice.differing(shown.language)] {
            @if let Some(href) = shown.page.and_then(web) { a.name href=(href) { (shown.title) } } @else { span.name { (shown.title) } }
            " " small title=(voice.words.count(shown.count)) { (shown.count) (badge(shown.language, voice)) } " "
            span.formats lang=[voice.page_inside(shown.language)] {
                @if let Some(href) = web(shown.feed) { a href=(href) aria-label={ (shown.title) " " (feed) } { (feed) } }
            }
        }
        "\n"
    }
}

/// One topic: name, number of entries, its formats.
fn row(topic: &Listed<'_>, voice: Voice<'_>) -> Markup {
    let class = (topic.depth > 0).then(|| format!("d{}", topic.depth.min(DEEPEST)));
    html! {
        li class=[class] lang=[voice.differing(topic.language)] {
            @if let Some(href) = local(&topic.href) { a.name href=(href) { (topic.title) } } @else { span.name { (topic.title) } }
            " " small title=(voice.words.count(topic.count)) { (topic.count) (badge(topic.language, voice)) } " "
            span.formats { @for address in &topic.addresses { (format_link(address, Some(topic.title))) " " } }
        }
        "\n"
    }
}
