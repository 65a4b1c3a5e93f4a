//! The plan: every topic with its folder, title, language and entries.

use super::address::{Address, Addresses, Claim, ClaimKind, PathTemplate, Paths};
use super::identity::identity;
use super::language::{Languages, feed_language};
use super::names::Names;
use super::options::{CustomTopic, Options};
use super::order::newest_first;
use super::select::Selector;
use super::slug::{component, slug};
use super::taxonomy::Taxonomy;
use super::title::{TitleParts, TitleTemplate};
use super::vocabulary::{Vocabulary, range};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::{Head, Language};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Which feeds there are going to be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Plan {
    /// The whole site, then the terms of each taxonomy in the configured order (most entries first, then by name), then the
    /// custom topics, then the addresses of moved ones. The feeds of single languages follow the one that they are part of.
    pub topics: Vec<Topic>,
    /// What is wrong, in order.
    #[serde(skip)]
    pub findings: Vec<Diagnostic>,
    terms: Vec<ResolvedTerm>,
    written: Vec<usize>,
    starts: Vec<usize>,
}

/// A feed to be: what it shows and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Topic {
    /// What makes it a topic.
    pub kind: TopicKind,
    /// The taxonomy of a term, also when it is one language's part of it or its old address.
    pub taxonomy: Option<Taxonomy>,
    /// Display name: names of a hierarchy joined by `/`; a custom topic's name; a language's tag; the old name of a moved
    /// term; empty for the whole site.
    pub term: String,
    /// The same for addresses; the slugs of a hierarchy joined by `/`. Empty for the whole site.
    pub slug: String,
    /// Folder below the out folder, with `/`; empty for the whole site. No two topics share one, in any case.
    pub path: String,
    /// Title of the feed.
    pub title: String,
    /// Language of the feed; see [`feed_language`].
    pub language: Option<Language>,
    /// The entries that it shows, as indices of the heads, in order.
    pub heads: Vec<usize>,
    /// How many it would show without a limit.
    pub count: usize,
    /// Path of the topic above it; of a moved one, the path where it is now.
    pub parent: Option<String>,
}

/// What makes a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum TopicKind {
    /// The whole site.
    Site,
    /// A term of a taxonomy.
    Term,
    /// A query.
    Custom,
    /// The entries of another topic in one language.
    Language,
    /// The old address of a term.
    Moved,
}

/// A term that some head has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ResolvedTerm {
    /// Singular name of its taxonomy.
    pub taxonomy: String,
    /// Display name, the names of a hierarchy joined by `/`: the label of a category.
    pub term: String,
    /// The slugs of a hierarchy joined by `/`: the term of a category. No two terms of a taxonomy share one.
    pub slug: String,
    /// Folder of its topic; `None` when it has no feed.
    pub path: Option<String>,
}

impl Plan {
    /// The terms of the head with this index: those that its author wrote (no parents of them, nothing derived), in the
    /// author's order, each once, of all taxonomies, also where a term has no feed.
    pub fn terms_of(&self, head: usize) -> impl Iterator<Item = &ResolvedTerm> {
        range(&self.starts, &self.written, head).iter().filter_map(|&term| self.terms.get(term))
    }

    /// These topics alone, with the heads that they show numbered anew: the number that each had, by its new one.
    pub(crate) fn part(&self, topics: &[usize]) -> (Self, Vec<usize>) {
        let mut topics: Vec<Topic> = topics.iter().filter_map(|&topic| self.topics.get(topic).cloned()).collect();
        let heads: BTreeSet<usize> = topics.iter().flat_map(|topic| topic.heads.iter().copied()).collect();
        let heads: Vec<usize> = heads.into_iter().collect();
        for head in topics.iter_mut().flat_map(|topic| &mut topic.heads) {
            *head = heads.binary_search(head).unwrap_or(usize::MAX);
        }
        let mut part = Self { topics, terms: self.terms.clone(), ..Self::default() };
        for &head in &heads {
            part.starts.push(part.written.len());
            part.written.extend(range(&self.starts, &self.written, head));
        }
        part.starts.push(part.written.len());
        (part, heads)
    }
}

/// Plans the feeds of `heads`.
///
/// The order of `heads` decides nothing but the indices; their ids are expected to be unique (see
/// [`unique_ids`](super::unique_ids)). A template that cannot be read is a finding, and the default one is taken.
pub fn plan(heads: &[Head], options: &Options) -> Plan {
    let order = newest_first(heads);
    let languages = Languages::of(heads, options.site_language.as_ref());
    let names = Names::new(&options.aliases, &options.moved, options.slugs);
    let vocabulary = Vocabulary::read(heads, &order, &languages, &options.taxonomies, &names);
    let mut findings = Vec::new();
    let titles = TitleTemplate::parse(&options.titles).unwrap_or_else(|problem| {
        findings.push(bad_template("topics.titles", &problem));
        TitleTemplate::default()
    });
    let paths = paths(options, &mut findings);
    let selector = Selector { heads, vocabulary: &vocabulary, names: &names, languages: &languages };
    let customs = options.custom.iter().map(|topic| (topic, selector.select(topic, &order, &mut findings))).collect();
    let drafts = drafts(&order, &vocabulary, customs, &languages, options);
    let addresses = Addresses::settle(&drafts.iter().map(|draft| draft.claim(&vocabulary)).collect::<Vec<_>>(), &paths, &options.files);
    let writer = Writer { heads, options, vocabulary: &vocabulary, names: &names, titles, paths, addresses, own: own_languages(options, &names) };
    let topics = writer.topics(&drafts, &mut findings);
    let terms = writer.terms(&drafts);
    findings.extend(writer.addresses.findings);
    findings.sort();
    drop(drafts);
    let (written, starts) = vocabulary.into_written();
    Plan { topics, findings, terms, written, starts }
}

fn paths(options: &Options, findings: &mut Vec<Diagnostic>) -> Paths {
    let mut parsed = |key: &str, template: &str| PathTemplate::parse(template).map_err(|problem| findings.push(bad_template(key, &problem))).ok();
    let usual = parsed("feeds.path", &options.path).unwrap_or_default();
    let of = options.paths.iter().filter_map(|(name, path)| Some((name.clone(), parsed("feeds.paths", path)?))).collect();
    let apart = options.apart.iter().map(|(tag, folder)| (tag.clone(), component(folder))).collect();
    Paths { usual, of, apart }
}

fn bad_template(key: &str, problem: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::new(Code::BadValue, Place::default(), format!("{key}: {problem}"))
}

/// The feeds' own languages by identity of path or name; a name also stands for what it is an alias of.
fn own_languages<'a>(options: &'a Options, names: &Names) -> HashMap<String, &'a Language> {
    let mut own = HashMap::new();
    for (name, language) in &options.languages {
        own.entry(identity(name)).or_insert(language);
        own.entry(names.term(name)).or_insert(language);
    }
    own
}

/// A topic before it has an address.
struct Draft<'a> {
    source: Source<'a>,
    name: &'a str,
    slug: String,
    members: Cow<'a, [usize]>,
    parent: Option<usize>,
    level: usize,
    published: bool,
}

#[derive(Clone, Copy)]
enum Source<'a> {
    Site,
    /// Number of a term.
    Term(usize),
    Custom(&'a CustomTopic),
    /// The language of another draft.
    Language(&'a Language),
}

impl<'a> Draft<'a> {
    fn is_language(&self) -> bool {
        matches!(self.source, Source::Language(_))
    }

    fn claim(&self, vocabulary: &'a Vocabulary<'_>) -> Claim<'_> {
        let kind = match self.source {
            Source::Site => ClaimKind::Site,
            Source::Term(node) => match vocabulary.taxonomy_of(node) {
                Some(taxonomy) => ClaimKind::Term(taxonomy),
                None => ClaimKind::Custom,
            },
            Source::Custom(_) => ClaimKind::Custom,
            Source::Language(_) => ClaimKind::Language,
        };
        Claim {
            kind,
            name: self.name,
            slug: self.slug.clone(),
            parent: self.parent,
            level: self.level,
            count: self.members.len(),
            published: self.published,
        }
    }
}

/// All topics that want an address: the site first, then the terms by their numbers, then custom ones, then languages.
fn drafts<'a>(
    order: &'a [usize],
    vocabulary: &'a Vocabulary<'_>,
    customs: Vec<(&'a CustomTopic, Vec<usize>)>,
    languages: &'a Languages,
    options: &Options,
) -> Vec<Draft<'a>> {
    let slugs = Slugs::new(options);
    let site = Draft { source: Source::Site, name: "", slug: String::new(), members: Cow::Borrowed(order), parent: None, level: 0, published: true };
    let mut drafts = vec![site];
    drafts.extend(vocabulary.nodes.iter().enumerate().map(|(index, node)| Draft {
        source: Source::Term(index),
        name: &node.path_name,
        slug: slugs.of(&node.name),
        members: Cow::Borrowed(&node.members),
        parent: node.parent.map(|parent| parent + 1),
        level: node.level + 1,
        published: node.taxonomy < options.taxonomies.len() && node.members.len() >= options.min_entries.max(1),
    }));
    drafts.extend(customs.into_iter().map(|(topic, members)| Draft {
        source: Source::Custom(topic),
        name: &topic.name,
        slug: slugs.of(&topic.name),
        members: Cow::Owned(members),
        parent: None,
        level: 1,
        published: true,
    }));
    if !options.apart.is_empty() {
        let parts: Vec<Draft<'a>> = drafts.iter_mut().enumerate().flat_map(|(index, draft)| apart(index, draft, languages, options)).collect();
        drafts.extend(parts);
    }
    if options.split_by_language {
        let parts: Vec<Draft<'a>> = drafts.iter().enumerate().flat_map(|(index, draft)| split(index, draft, languages, options)).collect();
        drafts.extend(parts);
    }
    drafts
}

/// Takes the entries in languages that stand apart out of a topic, and gives each of these its own.
fn apart<'a>(index: usize, draft: &mut Draft<'a>, languages: &'a Languages, options: &Options) -> Vec<Draft<'a>> {
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut rest = Vec::new();
    for &head in draft.members.iter() {
        let is_apart = |language: &usize| languages.tags.get(*language).is_some_and(|tag| options.apart.contains_key(tag.as_str()));
        match languages.of_head(head).filter(is_apart) {
            Some(language) => parts.entry(language).or_default().push(head),
            None => rest.push(head),
        }
    }
    let least = options.min_entries.max(1);
    let was_published = draft.published;
    if !parts.is_empty() {
        draft.published &= matches!(draft.source, Source::Site) || rest.len() >= least;
        draft.members = Cow::Owned(rest);
    }
    let part = |(language, members): (usize, Vec<usize>)| {
        let tag = languages.tags.get(language)?;
        let (name, slug) = (tag.as_str(), tag.as_str().to_ascii_lowercase());
        let published = was_published && members.len() >= least;
        Some(Draft {
            source: Source::Language(tag),
            name,
            slug,
            members: Cow::Owned(members),
            parent: Some(index),
            level: draft.level + 1,
            published,
        })
    };
    parts.into_iter().filter_map(part).collect()
}

/// The parts of a topic in several languages, one for each; entries without a language are in none.
fn split<'a>(index: usize, draft: &Draft<'a>, languages: &'a Languages, options: &Options) -> Vec<Draft<'a>> {
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    if draft.published && !draft.is_language() {
        for &head in draft.members.iter() {
            if let Some(language) = languages.of_head(head) {
                parts.entry(language).or_default().push(head);
            }
        }
    }
    if parts.len() < 2 {
        return Vec::new();
    }
    let part = |(language, members): (usize, Vec<usize>)| {
        let tag = languages.tags.get(language)?;
        (members.len() >= options.min_entries.max(1)).then(|| Draft {
            source: Source::Language(tag),
            name: tag.as_str(),
            slug: tag.as_str().to_ascii_lowercase(),
            members: Cow::Owned(members),
            parent: Some(index),
            level: draft.level + 1,
            published: true,
        })
    };
    parts.into_iter().filter_map(part).collect()
}

/// Names to slugs, with the configured exceptions.
struct Slugs<'a> {
    exceptions: HashMap<String, String>,
    options: &'a Options,
}

impl<'a> Slugs<'a> {
    fn new(options: &'a Options) -> Self {
        let exceptions = options.slug_map.iter().map(|(name, slug)| (identity(name), component(slug))).collect();
        Self { exceptions, options }
    }

    fn of(&self, name: &str) -> String {
        let exception = if self.exceptions.is_empty() { None } else { self.exceptions.get(&identity(name)) };
        exception.cloned().unwrap_or_else(|| slug(name, self.options.slugs))
    }
}

/// Makes topics of drafts.
struct Writer<'a> {
    heads: &'a [Head],
    options: &'a Options,
    vocabulary: &'a Vocabulary<'a>,
    names: &'a Names,
    titles: TitleTemplate,
    paths: Paths,
    addresses: Addresses,
    own: HashMap<String, &'a Language>,
}

impl Writer<'_> {
    fn topics(&self, drafts: &[Draft<'_>], findings: &mut Vec<Diagnostic>) -> Vec<Topic> {
        let mut parts: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut whole: Vec<(usize, &Draft<'_>)> = Vec::new();
        for (index, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.published) {
            if let (Source::Language(_), Some(parent)) = (draft.source, draft.parent) {
                parts.entry(parent).or_default().push(index);
            }
        }
        // A topic may have entries in a language only that stands apart.
        let has_feeds = |(index, draft): &(usize, &Draft<'_>)| (draft.published || parts.contains_key(index)) && !draft.is_language();
        whole.extend(drafts.iter().enumerate().filter(has_feeds));
        whole.sort_by_cached_key(|&(index, draft)| match draft.source {
            Source::Site => (0, 0, Reverse(0), "", ""),
            Source::Term(node) => {
                let taxonomy = self.vocabulary.nodes.get(node).map_or(0, |node| node.taxonomy);
                (1, taxonomy, Reverse(draft.members.len()), draft.name, self.address(index).path.as_str())
            }
            Source::Custom(_) | Source::Language(_) => (2, index, Reverse(0), "", ""),
        });
        let mut topics = Vec::with_capacity(drafts.len());
        let mut terms: Vec<(usize, usize)> = Vec::new();
        for (index, draft) in whole {
            let topic = self.topic(index, draft, drafts, None);
            terms.extend((draft.published && matches!(draft.source, Source::Term(_))).then_some((index, topics.len())));
            let mut children: Vec<Topic> =
                parts.get(&index).into_iter().flatten().filter_map(|&part| Some(self.topic(part, drafts.get(part)?, drafts, Some(&topic)))).collect();
            children.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.term.cmp(&b.term)));
            topics.extend(draft.published.then_some(topic));
            topics.append(&mut children);
        }
        let moved = self.moved(drafts, &topics, &terms, findings);
        topics.extend(moved);
        topics
    }

    fn address(&self, draft: usize) -> &Address {
        const NONE: &Address = &Address { slug: String::new(), path: String::new() };
        self.addresses.of.get(draft).unwrap_or(NONE)
    }

    fn topic(&self, index: usize, draft: &Draft<'_>, drafts: &[Draft<'_>], part_of: Option<&Topic>) -> Topic {
        let address = self.address(index).clone();
        let limit = if self.options.limit == 0 { usize::MAX } else { self.options.limit };
        let heads: Vec<usize> = draft.members.iter().copied().take(limit).collect();
        let language = {
            let tags = heads.iter().filter_map(|&head| self.heads.get(head)).map(|head| head.language.as_ref());
            feed_language(self.own_language(draft, &address.path), tags, self.options.site_language.as_ref())
        };
        let (kind, taxonomy) = match draft.source {
            Source::Site => (TopicKind::Site, None),
            Source::Term(node) => (TopicKind::Term, self.vocabulary.taxonomy_of(node)),
            Source::Custom(_) => (TopicKind::Custom, None),
            Source::Language(_) => (TopicKind::Language, part_of.and_then(|whole| whole.taxonomy.as_ref())),
        };
        let term = draft.name.to_owned();
        let title = match (draft.source, part_of) {
            (Source::Site, _) => self.options.site_title.clone(),
            (Source::Custom(topic), _) if !topic.title.trim().is_empty() => topic.title.trim().to_owned(),
            (Source::Language(tag), Some(whole)) => self.part_title(whole, tag, drafts, draft.parent),
            _ => self.title(&term, taxonomy, language.as_ref()),
        };
        let parent = draft.parent.map(|parent| self.address(parent).path.clone());
        let taxonomy = taxonomy.cloned();
        Topic { kind, taxonomy, term, slug: address.slug, path: address.path, title, language, count: draft.members.len(), heads, parent }
    }

    fn own_language<'s>(&'s self, draft: &Draft<'s>, path: &str) -> Option<&'s Language> {
        let by_path = if self.own.is_empty() { None } else { self.own.get(&identity(path)).copied() };
        match draft.source {
            Source::Custom(topic) => topic.language.as_ref().or(by_path).or_else(|| self.own.get(&identity(draft.name)).copied()),
            Source::Term(_) => by_path.or_else(|| self.own.get(&identity(draft.name)).copied()),
            Source::Site | Source::Language(_) => by_path,
        }
    }

    fn title(&self, term: &str, taxonomy: Option<&Taxonomy>, language: Option<&Language>) -> String {
        let speaks = language.or(self.options.site_language.as_ref());
        self.titles.title(&TitleParts {
            term,
            site: &self.options.site_title,
            taxonomy: taxonomy.map_or("", |taxonomy| taxonomy.label(speaks)),
            language: language.map_or("", Language::as_str),
        })
    }

    /// The title of one language's part: as the template says it, else the whole's with the tag behind it.
    fn part_title(&self, whole: &Topic, tag: &Language, drafts: &[Draft<'_>], parent: Option<usize>) -> String {
        let is_term = parent.and_then(|parent| drafts.get(parent)).is_some_and(|parent| matches!(parent.source, Source::Term(_)));
        if is_term && self.titles.names_language() {
            return self.title(&whole.term, whole.taxonomy.as_ref(), Some(tag));
        }
        format!("{} ({tag})", whole.title).trim_start().to_owned()
    }

    /// The old addresses of terms that have another name now, and of what is below them. `terms` are the numbers of the
    /// drafts and topics of all terms with a feed, in the plan's order, which decides between two that had one address.
    fn moved(&self, drafts: &[Draft<'_>], topics: &[Topic], terms: &[(usize, usize)], findings: &mut Vec<Diagnostic>) -> Vec<Topic> {
        let slugs = Slugs::new(self.options);
        let mut moved: BTreeMap<String, Topic> = BTreeMap::new();
        for (old, new) in &self.names.circles {
            findings.push(nowhere(format!("expected a new name for the topic \"{old}\", found \"{new}\", which is moved to it")));
        }
        for step in &self.names.moves {
            let mut found = false;
            for &(index, topic) in terms {
                let (Some(Source::Term(node)), Some(topic)) = (drafts.get(index).map(|draft| draft.source), topics.get(topic)) else { continue };
                let Some((names, old_slugs)) = self.old(node, index, &step.goal, &step.old, &slugs) else { continue };
                found = true;
                let Some(taxonomy) = &topic.taxonomy else { continue };
                let path = self.paths.path(taxonomy, &old_slugs);
                if path == topic.path {
                    continue;
                }
                let owner = self.addresses.owner(&path).and_then(|owner| drafts.get(owner)).filter(|owner| owner.published);
                if owner.is_some() || self.addresses.is_file(&path) {
                    let owner = owner.map_or_else(|| "may be a file".to_owned(), |owner| format!("\"{}\" has", owner.name));
                    let message =
                        format!("expected an address of its own for the moved topic \"{names}\", found {path}, which {owner}; it is not written");
                    findings.push(Diagnostic::new(Code::TermCollision, Place::default(), message).with_help("remove it from topics.moved"));
                    continue;
                }
                let parent = Some(topic.path.clone());
                let old = Topic { kind: TopicKind::Moved, term: names, slug: old_slugs, parent, path: path.clone(), ..topic.clone() };
                moved.entry(identity(&path)).or_insert(old);
            }
            if !found {
                let message = format!("expected a topic where \"{}\" is now, found none with the name \"{}\"", step.old, step.new);
                findings.push(nowhere(message));
            }
        }
        moved.into_values().collect()
    }

    /// Names and slugs that a term had when `goal` was called `old`; `None` when `goal` is not part of its path.
    fn old(&self, node: usize, draft: usize, goal: &str, old: &str, slugs: &Slugs<'_>) -> Option<(String, String)> {
        let address = self.address(draft);
        let mut chain = Vec::new();
        let mut at = Some(node);
        while let Some(node) = at.and_then(|at| self.vocabulary.nodes.get(at)) {
            chain.push(node);
            at = node.parent;
        }
        chain.reverse();
        if !chain.iter().any(|node| node.key == goal) {
            return None;
        }
        let names: Vec<&str> = chain.iter().map(|node| if node.key == goal { old } else { node.name.as_str() }).collect();
        let old_slug = slugs.of(old);
        let kept = address.slug.split('/');
        let old_slugs: Vec<&str> = chain.iter().zip(kept).map(|(node, kept)| if node.key == goal { old_slug.as_str() } else { kept }).collect();
        Some((names.join("/"), old_slugs.join("/")))
    }

    fn terms(&self, drafts: &[Draft<'_>]) -> Vec<ResolvedTerm> {
        let term = |(index, draft): (usize, &Draft<'_>)| {
            let Source::Term(node) = draft.source else { return None };
            let Address { slug, path } = self.address(index).clone();
            let taxonomy = self.vocabulary.taxonomy_of(node)?.name.clone();
            Some(ResolvedTerm { taxonomy, term: draft.name.to_owned(), slug, path: draft.published.then_some(path) })
        };
        drafts.iter().enumerate().filter_map(term).collect()
    }
}

fn nowhere(message: String) -> Diagnostic {
    Diagnostic::new(Code::MovedNowhere, Place::default(), message).with_help("correct topics.moved")
}
