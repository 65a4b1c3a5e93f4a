//! Which entry is which.

use super::*;
use crate::model::{Link, Rel, Text};

fn origin() -> Origin {
    let mut origin = Origin::new(Id::opaque("https://a.example/feed"));
    origin.links.push(Link::new(Rel::Itself, "https://a.example/feed"));
    origin
}

/// `id | page | title | published | updated`; what is empty is not there.
fn entry(row: &str) -> Entry {
    let mut parts = row.split('|').map(str::trim);
    let mut next = || parts.next().filter(|part| !part.is_empty());
    let mut entry = Entry::new(Id::opaque(next().unwrap()));
    entry.links = next().map(|page| Link::new(Rel::Alternate, page)).into_iter().collect();
    entry.title = next().map(Text::plain);
    entry.published = next().and_then(Timestamp::parse_rfc3339);
    entry.updated = next().and_then(Timestamp::parse_rfc3339);
    entry
}

/// What the store would know after such documents, one after another.
#[derive(Default)]
struct Memory {
    known: Vec<Known>,
    aliases: BTreeMap<String, String>,
}

impl Memory {
    /// What each entry of a document is: `new`, `= N` for the stored entry N, `~ N` for that under a new name, `version`.
    fn take(&mut self, rows: &[&str], is_whole: bool) -> Vec<String> {
        let entries: Vec<Entry> = rows.iter().map(|row| entry(row)).collect();
        let identities = identify(&entries, &origin(), is_whole, &self.known, &self.aliases);
        let mut said = Vec::new();
        for (entry, identity) in entries.iter().zip(identities) {
            said.push(match identity {
                Identity::New { key, .. } => {
                    self.known.push(Known::new(key.clone(), Marks::of(entry, &key)));
                    "new".to_owned()
                }
                Identity::Known { at, alias } => {
                    self.known[at].marks = Marks::of(entry, &self.known[at].key);
                    let sign = if alias.is_some() { '~' } else { '=' };
                    self.aliases.extend(alias.map(|alias| (alias, self.known[at].key.clone())));
                    format!("{sign} {at}")
                }
                Identity::Version => "version".to_owned(),
            });
        }
        said
    }
}

/// Documents with what each of their entries is.
fn story(what: &str, documents: &[(&[&str], &[&str])]) {
    let mut memory = Memory::default();
    for (number, (rows, expected)) in documents.iter().enumerate() {
        assert_eq!(memory.take(rows, true), *expected, "{what}, document {}", number + 1);
    }
    let keys: HashSet<&str> = memory.known.iter().map(|known| known.key.as_str()).collect();
    assert_eq!(keys.len(), memory.known.len(), "{what}: {:?}", memory.known);
}

#[test]
fn the_same_id_is_the_same_entry() {
    story("all else changed", &[(&["1|https://a.example/1|甲"], &["new"]), (&["1|https://a.example/2|乙"], &["= 0"])]);
    story("white space", &[(&["tag:a,2025:1"], &["new"]), (&["  tag:a,2025:1 "], &["= 0"])]);
}

#[test]
fn ids_that_changed_with_the_scheme_or_www_are_the_same() {
    let same = |one: &str, other: &str| story(other, &[(&[one], &["new"]), (&[other], &["~ 0"]), (&[other], &["= 0"]), (&[one], &["= 0"])]);
    same("http://a.example/1", "https://a.example/1");
    same("http://a.example/1", "https://www.a.example/1");
    same("HTTP://www.a.example/?p=1", "http://a.example/?p=1");
    let different = |one: &str, other: &str| story(other, &[(&[one], &["new"]), (&[other], &["new"])]);
    different("http://a.example/1", "http://a.example/1/");
    different("http://a.example/1", "http://b.example/1");
    different("http://a.example/甲", "ftp://a.example/甲");
    different("文", "tag:文");
    // Both are there, so that they are two.
    story("two", &[(&["http://a.example/1"], &["new"]), (&["http://a.example/1", "https://a.example/1"], &["= 0", "new"])]);
    let both = ["https://a.example/1", "http://www.a.example/1"];
    story("which of them", &[(&["http://a.example/1"], &["new"]), (&both, &["new", "new"])]);
}

#[test]
fn a_new_id_of_the_same_page_is_a_new_name() {
    let one = "guid-1|https://a.example/1|早市";
    let renamed = |what: &str, other: &str| story(what, &[(&[one], &["new"]), (&[other], &["~ 0"]), (&[other], &["= 0"])]);
    renamed("same title", "https://a.example/?p=1|https://a.example/1|早市");
    renamed("page spelt otherwise", "x|http://www.a.example/1/?utm_source=rss| 早市 ");
    story(
        "same date",
        &[(&["1|https://a.example/1|早市|2025-02-14T10:00:00+08:00"], &["new"]), (&["2|https://a.example/1|晚市|2025-02-14T02:00:00Z"], &["~ 0"])],
    );
    let kept = |what: &str, rows: &[&str], expected: &[&str]| story(what, &[(&[one], &["new"]), (rows, expected)]);
    kept("another title and no date", &["2|https://a.example/1|晚市"], &["new"]);
    kept("another page", &["2|https://a.example/2|早市"], &["new"]);
    kept("no page", &["2||早市"], &["new"]);
    kept("the old one is still there", &["2|https://a.example/1|早市", one], &["new", "= 0"]);
    kept("two could be it", &["2|https://a.example/1|早市", "3|https://a.example/1|早市"], &["new", "new"]);
    let home = ["1|https://a.example/|早市", "2|https://a.example/|早市"];
    story("two could have been it", &[(&home, &["new", "new"]), (&["3|https://a.example/|早市"], &["new"])]);
    // Dates that programs make up say nothing.
    story("1970", &[(&["1|https://a.example/1|甲|1970-01-01T00:00:00Z"], &["new"]), (&["2|https://a.example/1|乙|1970-01-01T00:00:00Z"], &["new"])]);
    story("neither title nor date", &[(&["1|https://a.example/1"], &["new"]), (&["2|https://a.example/1"], &["new"])]);
}

#[test]
fn a_document_that_is_not_whole_says_nothing_about_what_is_gone() {
    let mut memory = Memory::default();
    memory.take(&["1|https://a.example/1|早市"], true);
    assert_eq!(memory.take(&["2|https://a.example/1|早市"], false), ["new"]);
    assert_eq!(memory.take(&["http://x/1"], false), ["new"]);
    assert_eq!(memory.take(&["https://x/1"], false), ["~ 2"]);
}

#[test]
fn entries_that_share_an_id_are_told_apart() {
    let (a, b, c) = ("g|https://a.example/a|甲", "g|https://a.example/b|乙", "g|https://a.example/c|丙");
    story("by page", &[(&[a, b], &["new", "new"]), (&[c, b, a], &["new", "= 1", "= 0"])]);
    story("one is left", &[(&[a, b], &["new", "new"]), (&[b], &["= 1"]), (&[c], &["new"])]);
    story("one came first", &[(&[a], &["new"]), (&[b, a], &["new", "= 0"]), (&[a, b], &["= 0", "= 1"])]);
    story("by title", &[(&["g||甲", "g||乙"], &["new", "new"]), (&["g||丙", "g||甲"], &["new", "= 0"])]);
    let (home, other) = ("g|https://a.example/|甲", "g|https://a.example/|乙");
    story("by page and title", &[(&[home, other], &["new", "new"]), (&[other, home], &["= 1", "= 0"])]);
    story("first alone with its page", &[(&[home, c], &["new", "new"]), (&[other, home, c], &["new", "= 0", "= 1"])]);
    story("by date", &[(&["g|||2025-01-01T00:00:00Z", "g|||2025-01-02T00:00:00Z"], &["new", "new"]), (&["g|||2025-01-02T00:00:00Z"], &["= 1"])]);
}

#[test]
fn versions_of_one_entry_are_one_and_the_latest_counts() {
    let old = "g|https://a.example/a|甲|2025-01-01T00:00:00Z|2025-01-01T00:00:00Z";
    let new = "g|https://a.example/a|甲，改|2025-01-01T00:00:00Z|2025-01-02T00:00:00Z";
    story("old one first", &[(&[old, new], &["version", "new"]), (&[new, old], &["= 0", "version"])]);
    story("word for word", &[(&[old, old, old], &["new", "version", "version"])]);
    story("nothing but the id", &[(&["g", "g"], &["new", "version"])]);
    story("beside another one", &[(&[old, "g|https://a.example/b|乙", new], &["version", "new", "new"])]);
}

#[test]
fn who_shares_an_id_gets_one_of_their_own() {
    let rows = ["g|https://a.example/a|甲", "g|https://a.example/b|乙", "g|https://a.example/b|丙", "h|https://a.example/h|丁"];
    let entries: Vec<Entry> = rows.iter().map(|row| entry(row)).collect();
    let ids: Vec<Option<Id>> = identify(&entries, &origin(), true, &[], &BTreeMap::new())
        .into_iter()
        .map(|identity| match identity {
            Identity::New { id, .. } => id,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(ids[0], Some(Id::derived("https://a.example/a")));
    assert!(ids[1].as_ref().unwrap().as_str().starts_with("urn:feedloom:hash:"));
    assert_ne!(ids[1], ids[2]);
    assert_eq!(ids[3], None);
}

#[test]
fn entries_of_one_id_are_sorted_out_in_one_pass() {
    let rows: Vec<String> = (0..20_000).map(|n| format!("g|https://a.example/{}|{}", n % 100, n % 10_000)).collect();
    let entries: Vec<Entry> = rows.iter().map(|row| entry(row)).collect();
    let identities = identify(&entries, &origin(), true, &[], &BTreeMap::new());
    assert_eq!(identities.iter().filter(|identity| matches!(identity, Identity::New { .. })).count(), 10_000);
}

#[test]
fn what_this_program_wrapped_is_unwrapped() {
    let mut shared = entry("g|https://a.example/1|甲");
    shared.origin = Some(std::sync::Arc::new(origin()));
    let wrapped = {
        let mut copy = shared.clone();
        copy.id = crate::format::unique_id(&shared, &attribute::key(&origin()));
        copy
    };
    assert_ne!(wrapped.id, shared.id);
    let known = [Known::new("g", Marks::of(&shared, "g"))];
    assert_eq!(identify(&[wrapped], &origin(), true, &known, &BTreeMap::new()), [Identity::Known { at: 0, alias: None }]);
}

#[test]
fn dates_for_sorting_are_those_of_the_entry_unless_they_are_mistakes() {
    const SEEN: i64 = 1_760_000_000;
    let at = |text: &str| Timestamp::parse_rfc3339(text).unwrap().unix();
    for (row, position, expected) in [
        ("1|||2025-02-14T00:00:00Z", 3, at("2025-02-14T00:00:00Z")),
        ("1|||2025-02-14T00:00:00Z|2025-03-01T00:00:00Z", 0, at("2025-02-14T00:00:00Z")),
        ("1||||2025-03-01T00:00:00Z", 0, at("2025-03-01T00:00:00Z")),
        ("1|||2099-01-01T00:00:00Z", 5, SEEN),
        ("1", 0, SEEN),
        ("1", 7, SEEN - 7),
        ("1|||0001-01-01T00:00:00Z", 7, SEEN - 7),
        ("1|||1970-01-01T00:00:00Z", 7, SEEN - 7),
        ("1|||1989-12-31T23:59:59Z", 0, SEEN),
        ("1|||1990-01-01T00:00:00Z", 0, FIRST_DATE),
        ("1|||1970-01-01T00:00:00Z|2025-03-01T00:00:00Z", 0, at("2025-03-01T00:00:00Z")),
    ] {
        assert_eq!(sort_date(&entry(row), SEEN, position, None), expected, "{row}");
    }
    assert_eq!(sort_date(&entry("1"), i64::MIN, usize::MAX, None), i64::MIN);
}

proptest::proptest! {
    #[test]
    fn whatever_comes_no_two_entries_get_one_key(
        documents in proptest::collection::vec((proptest::collection::vec((0..4u8, 0..3u8, 0..3u8, 0..3u8, 0..2u8), 0..7), proptest::bool::weighted(0.8)), 1..6)
    ) {
        let pages = ["", "https://a.example/1", "http://www.a.example/1?x"];
        let ids = ["g", "http://a.example/g", "https://www.a.example/g", "h"];
        let dates = ["", "2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z"];
        let mut memory = Memory::default();
        for (document, is_whole) in documents {
            let rows: Vec<String> = document
                .iter()
                .map(|(id, page, title, published, updated)| {
                    let at = |list: &[&'static str], place: u8| list[usize::from(place)];
                    format!("{}|{}|{}|{}|{}", at(&ids, *id), at(&pages, *page), at(&["", "甲", "乙"], *title), at(&dates, *published), at(&dates, *updated))
                })
                .collect();
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            let said = memory.take(&rows, is_whole);
            let mut stored: Vec<&str> = said.iter().filter_map(|word| word.split_once(' ')).map(|(_, place)| place).collect();
            let all = stored.len();
            stored.sort_unstable();
            stored.dedup();
            proptest::prop_assert_eq!(stored.len(), all, "one stored entry for two: {:?} {:?}", rows, said);
            let keys: HashSet<&str> = memory.known.iter().map(|known| known.key.as_str()).collect();
            proptest::prop_assert_eq!(keys.len(), memory.known.len(), "{:?} {:?}", rows, said);
            // The same again is the same.
            let again = memory.take(&rows, is_whole);
            proptest::prop_assert!(again.iter().all(|word| word.starts_with('=') || word == "version"), "{:?} {:?} {:?}", rows, said, again);
        }
    }
}
