//! A topic and its entries → the feed that says so.

use super::Options;
use super::directory::scheme;
use crate::model::{Category, Entry, Feed, Id, Link, Person, Rel, Text};
use crate::publish::layout::Layout;
use crate::topic::{Plan, ResolvedTerm, Topic, TopicKind};

/// The feed of a topic; `entries` are in the topic's order.
pub(super) fn feed(topic: &Topic, entries: Vec<Entry>, options: &Options) -> Feed {
    let (site, layout) = (&options.site, &options.layout);
    let page = layout.address(&Layout::page_file(&topic.path));
    // The newest change among the entries: the clock has no say in what is written.
    let updated = entries.iter().filter_map(|entry| entry.updated.or(entry.published)).max_by_key(crate::model::Timestamp::unix);
    let mut feed = Feed::new(Id::permalink(page.clone()), Text::plain(topic.title.clone()));
    feed.updated = Some(updated.unwrap_or(site.epoch));
    feed.undated = site.epoch;
    if topic.path.is_empty() {
        feed.subtitle = site.description.clone().map(Text::plain);
    }
    // The page of a moved topic is the new one, so that people find it.
    let page = match (topic.kind, &topic.parent) {
        (TopicKind::Moved, Some(new)) => layout.address(&Layout::page_file(new)),
        _ => page,
    };
    let home = if topic.path.is_empty() || !layout.pages { site.url.clone() } else { page };
    let mut home = Link::new(Rel::Alternate, home).with_type("text/html");
    home.language.clone_from(&topic.language);
    feed.links.push(home);
    feed.links.extend(site.hubs.iter().map(|hub| Link::new(Rel::Hub, hub.clone())));
    feed.language.clone_from(&topic.language);
    feed.authors = vec![site.author.clone().unwrap_or_else(|| Person::new(site.title.clone()))];
    feed.rights = site.rights.clone().map(Text::plain);
    feed.icon.clone_from(&site.icon);
    feed.generator = Some("feedloom".to_owned());
    feed.entries = entries;
    feed
}

/// The categories of one entry: the terms that its author wrote, each with the address of its taxonomy as scheme.
pub(super) fn categories(plan: &Plan, head: usize, options: &Options) -> Vec<Category> {
    let one = |term: &ResolvedTerm| {
        let taxonomy = options.topics.taxonomies.iter().find(|taxonomy| taxonomy.name == term.taxonomy);
        let plural = taxonomy.map_or(term.taxonomy.as_str(), |taxonomy| taxonomy.plural.as_str());
        Category::new(term.slug.clone()).with_label(term.term.clone()).with_scheme(scheme(plural, &options.layout))
    };
    // Who wrote an entry, where its file lies and its language are told otherwise.
    let tells = |term: &&ResolvedTerm| !["author", "section", "language"].contains(&term.taxonomy.as_str());
    plan.terms_of(head).filter(tells).map(one).collect()
}
