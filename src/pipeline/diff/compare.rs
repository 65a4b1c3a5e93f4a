//! Two states of one feed → what differs between them, entry by entry.
//!
//! Pure. Compared is what is published, not how it is spelled: a date in another zone is the same instant, ids are compared as their
//! publisher gave them.

use super::kind::Kind;
use super::pair::pair;
use crate::format::original_id;
use crate::model::{Entry, Feed, IdKind, Link, Rel, Timestamp};
use crate::text::hygiene::one_line;
use crate::text::plain::readable;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// What differs.
    pub kind: Kind,
    /// The entry that it is about; `None` when it is about the feed. As it is now, or as it was when it is gone.
    pub entry: Option<Named>,
    /// What exactly is other, in the order of the fields.
    pub fields: Vec<Field>,
}

/// What an entry is called.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Named {
    /// Its id, as its publisher gave it.
    pub id: String,
    /// Its title as people read it; empty when it has none.
    pub title: String,
    /// The address of its page.
    pub link: Option<String>,
    /// Publication, else last change.
    pub date: Option<Timestamp>,
}

/// A field that is other than it was.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it was; `None` when there was none, or when it is too long to be shown.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
}

impl Difference {
    pub(super) fn of_feed(kind: Kind, fields: Vec<Field>) -> Self {
        Self { kind, entry: None, fields }
    }

    fn of_entry(kind: Kind, entry: &Entry, fields: Vec<Field>) -> Self {
        let named = Named {
            id: original_id(entry).into_owned(),
            title: title(entry).unwrap_or_default(),
            link: address(entry.link()),
            date: entry.published.or(entry.updated),
        };
        Self { kind, entry: Some(named), fields }
    }
}

/// What differs between two states of a feed: the worst first, of each kind in the order of the feed.
pub fn compare(old: &Feed, new: &Feed) -> Vec<Difference> {
    let mut found = whole(old, new);
    let pairs = pair(&old.entries, &new.entries);
    let both = |(a, b): &(usize, usize)| Some((old.entries.get(*a)?, new.entries.get(*b)?));
    for (was, is) in pairs.same_id.iter().filter_map(both) {
        found.extend(entry(was, is));
    }
    for (was, is) in pairs.other_id.iter().filter_map(both) {
        let ids = Field::of("id", Some(original_id(was).into_owned()), Some(original_id(is).into_owned()));
        found.push(Difference::of_entry(Kind::IdChanged, is, ids.into_iter().collect()));
    }
    let remaining = Remaining::of(old, new, &pairs.same_id, &pairs.other_id);
    for (at, was) in pairs.only_old.iter().filter_map(|at| Some((*at, old.entries.get(*at)?))) {
        let kind = if remaining.left_room_for(at, was) { Kind::Lost } else { Kind::Gone };
        found.push(Difference::of_entry(kind, was, Vec::new()));
    }
    let added = pairs.only_new.iter().filter_map(|at| new.entries.get(*at));
    found.extend(added.map(|is| Difference::of_entry(Kind::New, is, Vec::new())));
    found.sort_by_key(|difference| difference.kind);
    found
}

/// What tells an entry that fell off the end of a full feed from one that was taken out of it.
struct Remaining {
    /// The feed has fewer entries than it had room for.
    is_not_full: bool,
    /// The date of the oldest entry that is there now; none when one of them has no date.
    oldest: Option<i64>,
    /// The place, in the old state, of the last entry that is still there.
    last: Option<usize>,
}

impl Remaining {
    fn of(old: &Feed, new: &Feed, same_id: &[(usize, usize)], other_id: &[(usize, usize)]) -> Self {
        let dates: Option<Vec<i64>> = new.entries.iter().map(sort_key).collect();
        Self {
            is_not_full: new.entries.len() < old.entries.len(),
            oldest: dates.and_then(|dates| dates.into_iter().min()),
            last: same_id.iter().chain(other_id).map(|(at, _)| *at).max(),
        }
    }

    fn left_room_for(&self, at: usize, gone: &Entry) -> bool {
        self.is_not_full
            || match (sort_key(gone), self.oldest) {
                (Some(date), Some(oldest)) => date > oldest,
                // Without dates the order of the feed says what is older.
                _ => self.last.is_some_and(|last| at < last),
            }
    }
}

fn sort_key(entry: &Entry) -> Option<i64> {
    entry.published.or(entry.updated).map(|date| date.unix())
}

/// What the feeds say of themselves.
fn whole(old: &Feed, new: &Feed) -> Vec<Difference> {
    let link = |feed: &Feed, rel: &Rel| address(feed.link(rel));
    let page = Field::of("page", link(old, &Rel::Alternate), link(new, &Rel::Alternate));
    let itself = Field::of("self", link(old, &Rel::Itself), link(new, &Rel::Itself));
    let stays = itself.is_none() && new.link(&Rel::Itself).is_some();
    let (moved, page) = if stays { (page, None) } else { (None, page) };
    // What nobody gave was made of what is compared anyway.
    let id = |feed: &Feed| (feed.id.kind() != IdKind::Derived).then(|| feed.id.as_str().to_owned());
    let text = |feed: &Feed| one_line(&readable(&feed.title));
    let subtitle = |feed: &Feed| feed.subtitle.as_ref().map(|text| one_line(&readable(text)));
    let language = |feed: &Feed| feed.language.as_ref().map(ToString::to_string);
    let changed = [
        Field::of("id", id(old), id(new)).filter(|field| field.old.is_some() && field.new.is_some()),
        Field::of("title", Some(text(old)), Some(text(new))),
        Field::of("description", subtitle(old), subtitle(new)),
        itself,
        page,
        Field::of("language", language(old), language(new)),
    ];
    let of = |kind, fields: Vec<Field>| (!fields.is_empty()).then(|| Difference::of_feed(kind, fields));
    let changed = of(Kind::FeedChanged, changed.into_iter().flatten().collect());
    changed.into_iter().chain(of(Kind::FeedMoved, moved.into_iter().collect())).collect()
}

/// What two states of one entry have not in common.
fn entry(old: &Entry, new: &Entry) -> Vec<Difference> {
    let dates = [Field::of_date("published", old.published, new.published), Field::of_date("updated", old.updated, new.updated)];
    let language = |entry: &Entry| entry.language.as_ref().map(ToString::to_string);
    let texts = [
        Field::of("title", title(old), title(new)),
        Field::of("link", address(old.link()), address(new.link())),
        Field::long("links", old.links.iter().skip(1).ne(new.links.iter().skip(1))),
        Field::long("summary", old.summary != new.summary),
        Field::long("content", old.content != new.content || old.content_link != new.content_link),
        Field::long("authors", old.authors != new.authors),
        Field::long("categories", old.categories != new.categories),
        Field::long("media", old.media != new.media),
        Field::of("language", language(old), language(new)),
        Field::long("origin", old.origin != new.origin),
        Field::long("extensions", old.extensions != new.extensions),
    ];
    let of = |kind, fields: Vec<Field>| (!fields.is_empty()).then(|| Difference::of_entry(kind, new, fields));
    let dates = of(Kind::DateChanged, dates.into_iter().flatten().collect());
    dates.into_iter().chain(of(Kind::ContentChanged, texts.into_iter().flatten().collect())).collect()
}

fn title(entry: &Entry) -> Option<String> {
    entry.title.as_ref().map(|title| one_line(&readable(title)))
}

fn address(link: Option<&Link>) -> Option<String> {
    link.map(|link| link.href.clone())
}

impl Field {
    /// `None` when both are the same.
    pub(super) fn of(name: &'static str, old: Option<String>, new: Option<String>) -> Option<Self> {
        (old != new).then_some(Self { name, old, new })
    }

    fn of_date(name: &'static str, old: Option<Timestamp>, new: Option<Timestamp>) -> Option<Self> {
        let instant = |date: Option<Timestamp>| date.map(|date| date.unix());
        let shown = |date: Option<Timestamp>| date.map(|date| date.to_rfc3339());
        (instant(old) != instant(new)).then(|| Self { name, old: shown(old), new: shown(new) })
    }

    /// A field that nobody wants to see whole.
    fn long(name: &'static str, differs: bool) -> Option<Self> {
        differs.then_some(Self { name, old: None, new: None })
    }
}
