//! The one language of a feed whose entries may have several.
//!
//! Tags are compared by [`Language::group`]: `zh`, `zh-CN` and `zh-Hans` are one language. Nothing is ever invented: where
//! no entry has a language, neither has the feed.

use crate::model::{Head, Language};
use std::cmp::Reverse;
use std::collections::HashMap;

/// A feed's language, from its own setting, its entries' and the site's.
///
/// In this order: the feed's own; the one that all entries share (its commonest tag); the site's, when at least half of the
/// entries have it; the one that most entries have, the site's when two are equally common. Entries without a language do
/// not count, unless they are the most: then the feed has none, because they would be taken to be in it. A feed without entries has the site's language; one of whose entries no language is known has none.
pub fn feed_language<'a>(
    own: Option<&Language>,
    entries: impl IntoIterator<Item = Option<&'a Language>>,
    site: Option<&Language>,
) -> Option<Language> {
    if let Some(own) = own {
        return Some(own.clone());
    }
    let mut tags: HashMap<&Language, usize> = HashMap::new();
    let (mut empty, mut unknown) = (true, 0);
    for entry in entries {
        empty = false;
        match entry {
            Some(tag) => *tags.entry(tag).or_default() += 1,
            None => unknown += 1,
        }
    }
    if empty {
        return site.cloned();
    }
    if unknown > tags.values().sum::<usize>() {
        return None;
    }
    let groups = groups(tags, site);
    let known: usize = groups.iter().map(|group| group.count).sum();
    let site_group = site.map(Language::group);
    match groups.as_slice() {
        [] => None,
        [only] => Some(only.tag.clone()),
        [first, second, ..] => {
            let of_site = groups.iter().find(|group| Some(&group.name) == site_group.as_ref()).map_or(0, |group| group.count);
            match site {
                Some(site) if of_site * 2 >= known || first.count == second.count => Some(site.clone()),
                _ => Some(first.tag.clone()),
            }
        }
    }
}

/// A language with all of its spellings.
struct Group<'a> {
    name: String,
    /// The commonest spelling; of equally common ones the site's, then the smallest.
    tag: &'a Language,
    count: usize,
}

/// The languages behind some tags, the commonest first, equally common ones by name.
fn groups<'a>(tags: HashMap<&'a Language, usize>, site: Option<&Language>) -> Vec<Group<'a>> {
    let mut tags: Vec<(&Language, usize)> = tags.into_iter().collect();
    tags.sort_unstable_by_key(|&(tag, count)| (Reverse(count), Some(tag) != site, tag));
    let mut groups: Vec<Group<'a>> = Vec::new();
    for (tag, count) in tags {
        let name = tag.group();
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.count += count,
            None => groups.push(Group { name, tag, count }),
        }
    }
    groups.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    groups
}

/// The languages of all heads: each head's, and one tag for each language.
pub(super) struct Languages {
    /// The tag that stands for each language in folders and terms: the site's own, else the commonest, else the smallest.
    pub(super) tags: Vec<Language>,
    of_head: Vec<Option<usize>>,
}

impl Languages {
    /// Looks at the heads' languages. The numbers of the languages follow their tags, not the order of the heads.
    pub(super) fn of(heads: &[Head], site: Option<&Language>) -> Self {
        let mut counts: HashMap<&Language, usize> = HashMap::new();
        for tag in heads.iter().filter_map(|head| head.language.as_ref()) {
            *counts.entry(tag).or_default() += 1;
        }
        let spellings: Vec<&Language> = counts.keys().copied().collect();
        let mut groups = groups(counts, site);
        if let Some(site) = site {
            let name = site.group();
            groups.iter_mut().filter(|group| group.name == name).for_each(|group| group.tag = site);
        }
        groups.sort_by(|a, b| a.tag.cmp(b.tag));
        let number: HashMap<&Language, usize> =
            spellings.into_iter().filter_map(|tag| Some((tag, groups.iter().position(|group| group.name == tag.group())?))).collect();
        let of_head = heads.iter().map(|head| number.get(head.language.as_ref()?).copied()).collect();
        Self { tags: groups.into_iter().map(|group| group.tag.clone()).collect(), of_head }
    }

    /// The number of a head's language.
    pub(super) fn of_head(&self, head: usize) -> Option<usize> {
        self.of_head.get(head).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> Language {
        Language::parse(text).unwrap()
    }

    /// Tags apart by spaces; `-` is an entry without a language.
    fn decide(own: &str, entries: &str, site: &str) -> Option<String> {
        let entries: Vec<Option<Language>> = entries.split_whitespace().map(|text| Language::parse(text).filter(|_| text != "-")).collect();
        feed_language(Language::parse(own).as_ref(), entries.iter().map(Option::as_ref), Language::parse(site).as_ref())
            .map(|tag| tag.as_str().to_owned())
    }

    #[test]
    fn the_order_of_sources() {
        let table = [
            ("ja", "en en", "zh-CN", Some("ja")),
            ("", "en en", "zh-CN", Some("en")),
            ("", "en - -", "zh-CN", None),
            ("", "en -", "zh-CN", Some("en")),
            ("", "zh zh-CN zh-CN", "en", Some("zh-CN")),
            ("", "zh zh-CN", "zh-CN", Some("zh-CN")),
            ("", "zh zh-CN", "", Some("zh")),
            ("", "zh-Hans zh-CN", "zh", Some("zh-CN")),
            ("", "zh en", "zh-CN", Some("zh-CN")),
            ("", "zh-CN en en", "zh-CN", Some("en")),
            ("", "zh-CN zh en en", "zh-CN", Some("zh-CN")),
            ("", "en en ja ja zh", "zh-CN", Some("zh-CN")),
            ("", "en en ja ja zh", "", Some("en")),
            ("", "en ja ja", "zh-CN", Some("ja")),
            ("", "zh-TW zh-CN zh-CN", "", Some("zh-CN")),
            ("", "zh-HK zh-TW", "", Some("zh-HK")),
            ("", "- -", "zh-CN", None),
            ("", "", "zh-CN", Some("zh-CN")),
            ("", "", "", None),
        ];
        for (own, entries, site, expected) in table {
            assert_eq!(decide(own, entries, site).as_deref(), expected, "own {own:?}, entries {entries:?}, site {site:?}");
        }
    }

    #[test]
    fn one_tag_stands_for_a_language() {
        let head = |text: &str| {
            let mut head = Head::new(crate::model::Id::opaque(text), text, 0);
            head.language = Language::parse(text);
            head
        };
        let heads = [head("zh"), head("zh"), head("zh-CN"), head("en"), head("-")];
        let languages = Languages::of(&heads, Some(&tag("zh-CN")));
        assert_eq!(languages.tags, [tag("en"), tag("zh-CN")]);
        assert_eq!((0..5).map(|head| languages.of_head(head)).collect::<Vec<_>>(), [Some(1), Some(1), Some(1), Some(0), None]);
        assert_eq!(Languages::of(&heads, None).tags, [tag("en"), tag("zh")]);
    }
}
