//! The same article in several sources: which of its entries is shown.
//!
//! In: what is known of the entries of all sources, and which articles are local. Out: which entries are hidden. Two entries are one when
//! they have the same id, the same page, or nearly the same text, as far as [`Dedupe`] asks for it; never two entries of one source,
//! because their publisher says that they are two. Of each cluster the original stays ([`Standing`]). The order of the members
//! decides nothing but which of several equal pairs is looked at first. Never hides a local article.

use super::list::DAY;
use super::standing::Standing;
use super::store::StoreError;
use crate::text::likeness::BANDS;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What makes entries of several sources one; each also holds what those before it hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Dedupe {
    /// The same id, when that is a URI.
    Id,
    /// The same page.
    #[default]
    Link,
    /// Nearly the same text.
    Text,
}

impl Dedupe {
    /// All of them, from the one that joins least.
    pub const ALL: &'static [Self] = &[Self::Id, Self::Link, Self::Text];

    /// The name in configurations: `id`, `link`, `text`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Link => "link",
            Self::Text => "text",
        }
    }
}

/// How far apart copies of one text are published at most, in seconds.
const WINDOW: i64 = 7 * DAY;
/// With how many entries before it in one band an entry is compared at most, and with how many at all: boilerplate puts many into one.
const LATEST: usize = 16;
const COMPARED: usize = 32;

/// What is known of an entry.
#[derive(Debug)]
pub(super) struct Member {
    /// Number of its source.
    pub(super) source: usize,
    /// Its id, when it is a URI and so means the same everywhere.
    pub(super) id: Option<String>,
    /// Its page, in canonical form.
    pub(super) page: Option<String>,
    /// Its title, on one line.
    pub(super) title: String,
    /// When it was published (Unix seconds).
    pub(super) date: i64,
    /// How good its claim is to be the original.
    pub(super) standing: Standing,
    /// Where texts like its own are found; only when texts are compared.
    pub(super) bands: Option<Box<[u64; BANDS]>>,
}

/// What local articles are known by.
#[derive(Debug, Default)]
pub(super) struct Local {
    pub(super) ids: BTreeSet<String>,
    /// In canonical form.
    pub(super) pages: BTreeSet<String>,
}

/// What is shown in the place of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behind {
    /// A local article.
    Local,
    /// This member.
    Entry(usize),
}

/// What each member is hidden behind, if it is: another one or a local article is shown in its place. `is_copy` compares the texts of two.
pub(super) fn hidden(
    members: &[Member],
    local: &Local,
    dedupe: Dedupe,
    is_copy: &mut dyn FnMut(usize, usize) -> Result<bool, StoreError>,
) -> Result<Vec<Option<Behind>>, StoreError> {
    let mut sets = Sets::new(members.len());
    join(&mut sets, members, &groups(members, |member| member.id.as_deref()), &|other, best| {
        // Nobody takes another's id for a page of their own.
        !(other.standing.is_at_home() && best.standing.is_at_home()) || other.page == best.page
    });
    if dedupe >= Dedupe::Link {
        let pages = pages(members);
        // Two feeds of one site whose titles differ: the address is one that a program made up for both.
        join(&mut sets, members, &pages, &|other, best| !other.standing.is_at_home() || other.title == best.title);
    }
    let copies = if dedupe >= Dedupe::Text { join_texts(&mut sets, members, is_copy)? } else { Vec::new() };
    let is_local = |member: &Member| {
        let has_id = member.id.as_ref().is_some_and(|id| local.ids.contains(id));
        has_id || dedupe >= Dedupe::Link && member.page.as_ref().is_some_and(|page| local.pages.contains(page))
    };
    let roots: Vec<usize> = (0..members.len()).map(|index| sets.root(index)).collect();
    let of_copies: BTreeSet<usize> = copies.into_iter().map(|copy| sets.root(copy)).collect();
    let mut winners: BTreeMap<usize, (bool, usize, &Member)> = BTreeMap::new();
    for (index, (member, root)) in members.iter().zip(&roots).enumerate() {
        let winner = winners.entry(*root).or_insert((false, index, member));
        winner.0 |= is_local(member);
        let (one, best) = (&member.standing, &winner.2.standing);
        if (if of_copies.contains(root) { one.cmp_copies(best) } else { one.cmp(best) }).is_lt() {
            (winner.1, winner.2) = (index, member);
        }
    }
    let behind = |(member, root): (&Member, &usize)| match winners.get(root)? {
        (true, ..) => Some(Behind::Local),
        (false, index, winner) => (winner.source != member.source).then_some(Behind::Entry(*index)),
    };
    Ok(members.iter().zip(&roots).map(behind).collect())
}

/// Members that share what `key` gives.
fn groups<'m>(members: &'m [Member], key: impl Fn(&'m Member) -> Option<&'m str>) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, member) in members.iter().enumerate() {
        if let Some(key) = key(member) {
            groups.entry(key).or_default().push(index);
        }
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

/// Members that share their page; where a source gives one page to several entries (the front page, say), also their title.
fn pages(members: &[Member]) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    for group in groups(members, |member| member.page.as_deref()) {
        let sources: BTreeSet<usize> = group.iter().filter_map(|index| members.get(*index)).map(|member| member.source).collect();
        if sources.len() == group.len() {
            found.push(group);
            continue;
        }
        let mut titled: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, member) in group.iter().filter_map(|index| Some((*index, members.get(*index)?))) {
            titled.entry(&member.title).or_default().push(index);
        }
        found.extend(titled.into_values());
    }
    found
}

/// Puts into one set with the best of each group those that are the same, by `is_same(other, best)`.
fn join(sets: &mut Sets, members: &[Member], groups: &[Vec<usize>], is_same: &dyn Fn(&Member, &Member) -> bool) {
    for group in groups {
        let known = || group.iter().filter_map(|index| Some((*index, members.get(*index)?)));
        let Some((best_index, best)) = known().min_by(|one, other| one.1.standing.cmp(&other.1.standing)) else { continue };
        for (index, _) in known().filter(|(_, other)| other.source != best.source && is_same(other, best)) {
            sets.join(index, best_index);
        }
    }
}

/// Puts into one set those with nearly the same text, and gives those that had one.
fn join_texts(
    sets: &mut Sets,
    members: &[Member],
    is_copy: &mut dyn FnMut(usize, usize) -> Result<bool, StoreError>,
) -> Result<Vec<usize>, StoreError> {
    let mut copies = Vec::new();
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by_key(|index| members.get(*index).map(|member| (member.date, &member.standing)));
    // The latest members of each band, by its number and its value. Only looked up, so that the order of the map does not matter.
    let mut bands: HashMap<(usize, u64), Vec<usize>> = HashMap::new();
    for index in order {
        let Some((member, own)) = members.get(index).and_then(|member| Some((member, member.bands.as_ref()?))) else { continue };
        let mut compared: BTreeSet<usize> = BTreeSet::new();
        for band in own.iter().copied().enumerate() {
            let latest = bands.entry(band).or_default();
            for other in latest.iter().rev().copied() {
                let Some(before) = members.get(other).filter(|before| before.source != member.source) else { continue };
                if member.date.saturating_sub(before.date) > WINDOW || compared.len() >= COMPARED {
                    break;
                }
                if compared.insert(other) && sets.root(other) != sets.root(index) && is_copy(other, index)? {
                    sets.join(other, index);
                    copies.push(index);
                }
            }
            if latest.len() >= LATEST {
                latest.remove(0);
            }
            latest.push(index);
        }
    }
    Ok(copies)
}

/// Sets of members that are joined step by step.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    /// What stands for the set that the member is in.
    fn root(&mut self, member: usize) -> usize {
        let mut at = member;
        while let Some(above) = self.0.get(at).copied().filter(|above| *above != at) {
            let higher = self.0.get(above).copied().unwrap_or(above);
            if let Some(slot) = self.0.get_mut(at) {
                *slot = higher;
            }
            at = higher;
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(slot) = self.0.get_mut(one.max(other)) {
            *slot = one.min(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Entry, Id, Link, Rel};

    /// A member as `source id page title`; the source's address is `https://SOURCE.test/feed`.
    fn member(source: usize, host: &str, id: &str, page: &str, title: &str) -> Member {
        let mut entry = Entry::new(Id::opaque(id));
        entry.links.push(Link::new(Rel::Alternate, page));
        let standing = Standing::within(&entry, None, Some(&format!("https://{host}/feed")));
        let page = super::super::canonical::canonical(page);
        Member { source, id: id.contains(':').then(|| id.to_owned()), page, title: title.to_owned(), date: 0, standing, bands: None }
    }

    fn shown(members: &[Member], local: &Local, dedupe: Dedupe) -> Vec<usize> {
        let hidden = hidden(members, local, dedupe, &mut |_, _| Ok(false)).unwrap();
        (0..members.len()).filter(|index| hidden[*index].is_none()).collect()
    }

    fn all(members: &[Member]) -> [Vec<usize>; 3] {
        [Dedupe::Id, Dedupe::Link, Dedupe::Text].map(|dedupe| shown(members, &Local::default(), dedupe))
    }

    #[test]
    fn of_one_id_and_of_one_page_the_original_stays() {
        let members = [
            member(0, "planet.test", "https://a.test/1", "https://a.test/1", "一"),
            member(1, "a.test", "https://a.test/1", "https://a.test/1", "一"),
            member(2, "other.test", "42", "http://www.a.test/1/?utm_source=x", "other words"),
        ];
        assert_eq!(all(&members), [vec![1, 2], vec![1], vec![1]]);
    }

    #[test]
    fn entries_of_one_source_never_hide_each_other() {
        let members = [
            member(0, "a.test", "1", "https://a.test/", "一"),
            member(0, "a.test", "2", "https://a.test/", "二"),
            member(1, "b.test", "3", "https://a.test/", "三"),
            member(1, "b.test", "4", "https://a.test/", "二"),
        ];
        // The front page is the page of many things; only what is also called the same is.
        assert_eq!(all(&members)[1], [0, 1, 2]);
    }

    #[test]
    fn an_id_is_not_stolen() {
        let members = [
            member(0, "a.test", "https://a.test/1", "https://a.test/1", "真"),
            member(1, "evil.test", "https://a.test/1", "https://evil.test/1", "假"),
        ];
        assert_eq!(all(&members)[1], [0, 1], "a page of its own is told apart, and hides nothing");
    }

    #[test]
    fn two_feeds_at_home_with_one_made_up_page_stay() {
        let members = [member(0, "a.test", "1", "https://a.test/hello", "一"), member(1, "a.test", "2", "https://a.test/hello", "二")];
        assert_eq!(all(&members)[1], [0, 1]);
        let members = [member(0, "a.test", "1", "https://a.test/hello", "一"), member(1, "a.test", "2", "https://a.test/hello", "一")];
        assert_eq!(all(&members)[1], [0]);
    }

    #[test]
    fn a_local_article_wins_over_all_of_its_copies() {
        let members = [
            member(0, "site.test", "x", "https://site.test/1/", "一"),
            member(1, "planet.test", "tag:site.test,2025:1", "https://site.test/1", "一"),
            member(2, "far.test", "tag:site.test,2025:1", "https://far.test/1", "别的"),
        ];
        let mut local = Local::default();
        local.pages.insert("site.test/1".to_owned());
        assert_eq!(shown(&members, &local, Dedupe::Link), Vec::<usize>::new());
        assert_eq!(shown(&members, &local, Dedupe::Id), [0, 2]);
        local.ids.insert("tag:site.test,2025:1".to_owned());
        assert_eq!(shown(&members, &local, Dedupe::Id), [0]);
    }

    #[test]
    fn texts_are_compared_between_sources_of_one_week() {
        let with = |source: usize, host: &str, date: i64| {
            let mut member = member(source, host, "1", &format!("https://{host}/{date}"), "x");
            (member.date, member.bands) = (date, Some(Box::new([7; BANDS])));
            member
        };
        let members = [with(0, "a.test", 0), with(0, "a.test", 1), with(1, "b.test", WINDOW), with(2, "c.test", 3 * WINDOW)];
        let mut asked = Vec::new();
        let found = hidden(&members, &Local::default(), Dedupe::Text, &mut |one, other| {
            asked.push((one, other));
            Ok(one == 0)
        });
        assert_eq!(found.unwrap().iter().map(Option::is_some).collect::<Vec<_>>(), [false, false, true, false]);
        assert_eq!(asked, [(1, 2), (0, 2)]);
    }

    #[test]
    fn one_band_of_many_is_looked_through_in_part() {
        let members: Vec<Member> = (0..2000)
            .map(|number| {
                let mut member = member(number, &format!("h{number}.test"), "1", &format!("https://h{number}.test/"), "x");
                member.bands = Some(Box::new([7; BANDS]));
                member
            })
            .collect();
        let mut asked = 0;
        hidden(&members, &Local::default(), Dedupe::Text, &mut |_, _| {
            asked += 1;
            Ok(false)
        })
        .unwrap();
        assert!(asked <= members.len() * LATEST, "{asked}");
    }
}
