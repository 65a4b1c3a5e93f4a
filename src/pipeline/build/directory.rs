//! The pages for people and the list for readers: which topics there are, and where.

use super::Options;
use super::woven::Woven;
use crate::format::Format;
use crate::format::opml::{self, Outline, OutlineKind};
use crate::model::{Category, Entry, Feed, Language, Script};
use crate::publish::layout::{HEALTH, Layout, OPML, PAGE, SOURCES};
use crate::publish::page::{self, Address, DirectoryPage, Group, HealthPage, Listed, TopicPage};
use crate::topic::{Plan, Topic, TopicKind};
use std::collections::{BTreeMap, BTreeSet};

/// Where the topic of a category lies, by its scheme and its term.
pub(super) type CategoryPages = BTreeMap<(String, String), String>;

/// The folders of all terms that have a topic.
pub(super) fn category_pages(plan: &Plan, layout: &Layout) -> CategoryPages {
    let terms = plan.topics.iter().filter(|topic| topic.kind == TopicKind::Term);
    terms.filter_map(|topic| Some(((scheme(&topic.taxonomy.as_ref()?.plural, layout), topic.slug.clone()), topic.path.clone()))).collect()
}

/// The address that stands for a taxonomy in categories.
pub(super) fn scheme(plural: &str, layout: &Layout) -> String {
    layout.address(&format!("{plural}/"))
}

/// Addresses as owned text, for a page that borrows them.
struct Addresses(Vec<(Format, String, String)>);

impl Addresses {
    /// The feeds of a topic that are there, as seen from a page in the folder `from`.
    fn of(topic: &Topic, from: &str, absent: &BTreeSet<String>, layout: &Layout) -> Self {
        let one = |(format, file): (Format, String)| (format, layout.address(&file), Layout::relative(from, &file));
        Self(published(topic, absent, layout).map(one).collect())
    }

    fn borrowed(&self) -> Vec<Address<'_>> {
        self.0.iter().map(|(format, url, href)| Address { name: format.title(), url, href, media_type: format.media_type() }).collect()
    }
}

/// The feed files of a topic that are there, the one to recommend first.
fn published(topic: &Topic, absent: &BTreeSet<String>, layout: &Layout) -> impl Iterator<Item = (Format, String)> {
    let files = layout.formats.iter().map(|format| (*format, layout.feed_file(&topic.path, *format)));
    files.filter(|(_, file)| !absent.contains(file))
}

/// The page of one topic; feeds that are absent are not linked.
pub(super) fn topic_page(topic: &Topic, feed: &Feed, pages: &CategoryPages, absent: &BTreeSet<String>, options: &Options) -> String {
    let (site, layout) = (&options.site, &options.layout);
    let addresses = Addresses::of(topic, &topic.path, absent, layout);
    // A moved topic is found at its new address.
    let path = topic.parent.as_ref().filter(|_| topic.kind == TopicKind::Moved).unwrap_or(&topic.path);
    let url = layout.address(&Layout::page_file(path));
    let href = |category: &Category| {
        let path = pages.get(&(category.scheme.clone()?, category.term.clone()))?;
        Some(Layout::relative(&topic.path, &Layout::page_file(path)))
    };
    let directory = Layout::relative(&topic.path, PAGE);
    page::topic(&TopicPage {
        feed,
        url: &url,
        addresses: &addresses.borrowed(),
        directory: Some(&directory),
        site_language: site.language.as_ref(),
        site_title: &site.title,
        site_url: &site.url,
        count: topic.count,
        topic_href: &href,
    })
}

/// The directory of all feeds.
pub(super) fn page(plan: &Plan, newest: &[Entry], woven: &Woven, absent: &BTreeSet<String>, options: &Options) -> String {
    let (site, layout) = (&options.site, &options.layout);
    let addresses: Vec<Addresses> = plan.topics.iter().map(|topic| Addresses::of(topic, "", absent, layout)).collect();
    let whole = plan.topics.iter().zip(&addresses).find(|(topic, _)| topic.path.is_empty());
    let parents: Parents<'_> = plan.topics.iter().map(|topic| (topic.path.as_str(), topic)).collect();
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (heading, topics) in grouped(plan, options.site.language.as_ref()) {
        let listed = topics.into_iter().filter_map(|index| {
            let topic = plan.topics.get(index)?;
            Some(Listed {
                title: own_name(&parents, topic),
                href: Layout::relative("", &Layout::page_file(&topic.path)),
                count: topic.count,
                language: topic.language.as_ref(),
                addresses: addresses.get(index)?.borrowed(),
                depth: depth(&parents, topic),
            })
        });
        groups.push(Group { title: heading, topics: listed.collect() });
    }
    page::directory(&DirectoryPage {
        title: &site.title,
        description: site.description.as_deref(),
        language: site.language.as_ref(),
        url: &layout.address(PAGE),
        site_url: &site.url,
        addresses: &whole.map(|(_, addresses)| addresses.borrowed()).unwrap_or_default(),
        opml_href: OPML,
        groups,
        newest,
        sources: woven.listed(),
        sources_href: Some(SOURCES),
        health_href: options.health.as_ref().map(|_| HEALTH),
    })
}

/// The health of the sources.
pub(super) fn health(options: &Options) -> String {
    let (site, layout) = (&options.site, &options.layout);
    page::health(&HealthPage {
        title: &site.title,
        language: site.language.as_ref(),
        url: &layout.address(HEALTH),
        site_url: &site.url,
        directory: Some(PAGE),
        rows: options.health.as_deref().unwrap_or_default(),
    })
}

/// The list of all feeds for readers: each topic once, in the first format that is there.
pub(super) fn opml(plan: &Plan, absent: &BTreeSet<String>, options: &Options) -> String {
    let layout = &options.layout;
    let outline = |topic: &Topic| {
        let (_, file) = published(topic, absent, layout).next()?;
        let mut outline = Outline::feed(topic.title.clone(), layout.address(&file));
        let page = if topic.path.is_empty() || !layout.pages { options.site.url.clone() } else { layout.address(&Layout::page_file(&topic.path)) };
        if let OutlineKind::Feed { html_url, language, .. } = &mut outline.kind {
            *html_url = Some(page);
            language.clone_from(&topic.language);
        }
        Some(outline)
    };
    let mut outlines: Vec<Outline> = plan.topics.iter().filter(|topic| topic.path.is_empty()).filter_map(outline).collect();
    for (heading, topics) in grouped(plan, options.site.language.as_ref()) {
        let children: Vec<Outline> = topics.into_iter().filter_map(|index| outline(plan.topics.get(index)?)).collect();
        if !children.is_empty() {
            outlines.push(Outline::folder(heading, children));
        }
    }
    opml::write(&options.site.title, &outlines, None)
}

/// The topics of each taxonomy under its heading, those without a taxonomy last; children follow their parents.
fn grouped(plan: &Plan, language: Option<&Language>) -> Vec<(String, Vec<usize>)> {
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    for (index, topic) in plan.topics.iter().enumerate() {
        // The old address of a moved topic is kept for its subscribers; nobody new need find it.
        if topic.path.is_empty() || topic.kind == TopicKind::Moved {
            continue;
        }
        let heading = heading(topic, language);
        match groups.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, topics)) => topics.push(index),
            None => groups.push((heading, vec![index])),
        }
    }
    for (_, topics) in &mut groups {
        nest(plan, topics);
    }
    groups
}

/// What stands above the topics of one taxonomy, in the site's language.
fn heading(topic: &Topic, language: Option<&Language>) -> String {
    let script = language.and_then(Language::chinese_script);
    match (&topic.taxonomy, script) {
        (Some(taxonomy), Some(_)) => taxonomy.label(language).to_owned(),
        (Some(taxonomy), None) => capitalised(&taxonomy.plural),
        (None, Some(Script::Traditional)) => "專題".to_owned(),
        (None, Some(_)) => "专题".to_owned(),
        (None, None) => "Selections".to_owned(),
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Moves each topic behind its parent, keeping the order otherwise.
fn nest(plan: &Plan, topics: &mut Vec<usize>) {
    let path = |index: usize| plan.topics.get(index).map_or("", |topic| topic.path.as_str());
    let parent = |index: usize| plan.topics.get(index).and_then(|topic| topic.parent.as_deref());
    let here: BTreeSet<String> = topics.iter().map(|index| path(*index).to_owned()).collect();
    let mut children: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut stack: Vec<usize> = Vec::new();
    for index in topics.iter().copied() {
        match parent(index).filter(|parent| here.contains(*parent)) {
            Some(parent) => children.entry(parent.to_owned()).or_default().push(index),
            None => stack.push(index),
        }
    }
    stack.reverse();
    topics.clear();
    while let Some(index) = stack.pop() {
        topics.push(index);
        stack.extend(children.remove(path(index)).into_iter().flatten().rev());
    }
}

/// The name of a topic without its parents', which stand above it; of a custom one the title that people gave it.
fn own_name<'a>(parents: &Parents<'_>, topic: &'a Topic) -> &'a str {
    if topic.kind == TopicKind::Custom {
        return &topic.title;
    }
    let parent = topic.parent.as_deref().and_then(|path| parents.get(path));
    parent.and_then(|parent| topic.term.strip_prefix(parent.term.as_str())?.strip_prefix('/')).unwrap_or(&topic.term)
}

/// How many topics are above one.
fn depth(parents: &Parents<'_>, topic: &Topic) -> usize {
    let parent = |topic: &Topic| topic.parent.as_deref().and_then(|path| parents.get(path).copied());
    std::iter::successors(parent(topic), |above| parent(above)).take(8).count()
}

/// Topics by their paths.
type Parents<'p> = BTreeMap<&'p str, &'p Topic>;
