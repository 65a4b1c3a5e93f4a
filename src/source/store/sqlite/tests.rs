//! The store keeps what it is given, and nothing else.

#![expect(clippy::disallowed_methods, reason = "the tests make files of their own")]

use super::*;
use crate::model::{Entry, Extension, Id, Link, Media, Person, Rel, Role, Text, Timestamp};
use crate::source::list::DAY;
use crate::source::state::{Failure, FailureKind, Opaque, Validators};
use crate::source::store::Document;
use std::fs;

const NOW: i64 = 1_760_000_000;
const A: &str = "https://a.example/feed";
const B: &str = "https://b.example/feed";

fn channel(url: &str) -> Channel {
    let mut origin = Origin::new(Id::opaque(url));
    origin.title = Some("站".to_owned());
    origin.links.push(Link::new(Rel::Itself, url));
    Channel::new(origin)
}

fn entry(id: &str, day: i64, text: &str) -> Entry {
    let mut entry = Entry::new(Id::opaque(id));
    entry.title = Some(Text::plain(format!("题 {id}")));
    entry.links.push(Link::new(Rel::Alternate, format!("https://a.example/{id}")));
    entry.published = Timestamp::from_unix(NOW - day * DAY);
    entry.content = Some(Text::html(text));
    entry
}

fn state(now: i64) -> State {
    let mut state = State { last_asked: Some(now), last_success: Some(now), due: now + 3600, ..State::default() };
    state.validators = Validators { url: A.to_owned(), etag: Some(Opaque(b"W/\"\xff\"".to_vec())), last_modified: None };
    state
}

fn save(url: &str, now: i64, entries: &[Entry]) -> Save {
    Save { document: Some(Document::new(channel(url), entries.to_vec())), ..Save::new(url, state(now)) }
}

/// Saves one document a day after the one before.
fn put(store: &mut Sqlite, url: &str, now: i64, entries: &[Entry]) -> Saved {
    store.save(&[save(url, now, entries)], now, Retention::default()).unwrap()[0]
}

fn saved(new: usize, changed: usize, renamed: usize, dropped: usize) -> Saved {
    Saved { new, changed, renamed, dropped }
}

fn all(store: &mut Sqlite, url: &str) -> Vec<StoredEntry> {
    let mut entries = Vec::new();
    store.each_entry(&[url], &mut |entry| entries.push(entry)).unwrap();
    entries
}

fn ids(store: &mut Sqlite, url: &str) -> Vec<String> {
    all(store, url).iter().map(|stored| stored.entry.id.as_str().to_owned()).collect()
}

/// Rows written since it was opened, without those of leases.
fn changes(store: &Sqlite) -> u64 {
    store.connection.query_row("SELECT total_changes()", [], |row| row.get::<_, i64>(0)).unwrap().try_into().unwrap()
}

#[test]
fn what_is_saved_comes_back() {
    let mut store = Sqlite::in_memory().unwrap();
    assert_eq!(put(&mut store, A, NOW, &[entry("2", 1, "<p>二</p>"), entry("1", 2, "<p>一</p>")]), saved(2, 0, 0, 0));
    let found = all(&mut store, A);
    assert_eq!(ids(&mut store, A), ["1", "2"], "by key");
    let mut expected = entry("1", 2, "<p>一</p>");
    expected.origin = Some(Arc::new(channel(A).origin));
    assert_eq!((&found[0].entry, found[0].sort_date, found[0].first_seen, found[0].last_seen), (&expected, NOW - 2 * DAY, NOW, NOW));
    assert_eq!(found[0].source, A);
    assert!(Arc::ptr_eq(found[0].entry.origin.as_ref().unwrap(), found[1].entry.origin.as_ref().unwrap()), "one origin for all");
    assert_eq!(store.entry(found[1].row).unwrap().as_ref(), Some(&found[1]));
    assert_eq!(store.entry(999).unwrap(), None);
    assert_eq!(store.states(&[B, A]).unwrap(), [State::default(), State { last_new: Some(NOW), ..state(NOW) }]);
    assert_eq!(store.channels(&[A, B]).unwrap(), [(A.to_owned(), channel(A))].into());
    assert_eq!(store.counts(&[B, A]).unwrap(), [0, 2]);
    store.forget(A).unwrap();
    assert_eq!((all(&mut store, A), store.counts(&[A]).unwrap(), store.states(&[A]).unwrap()), (vec![], vec![0], vec![State::default()]));
    let left: i64 = store.connection.query_row("SELECT (SELECT count(*) FROM body) + (SELECT count(*) FROM channel)", [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
}

#[test]
fn every_field_of_an_entry_comes_back() {
    let mut full = entry("1", 1, "<p>\u{FFFD}\"\\ 😀</p>");
    full.summary = Some(Text { language: crate::model::Language::parse("zh-CN"), base: Some("https://a.example/".to_owned()), ..Text::html("s") });
    full.content_link = Some(Link::new(Rel::Alternate, "https://a.example/body"));
    full.updated = Timestamp::parse_rfc3339("2025-02-14T10:11:09.5+08:00");
    full.authors = vec![Person::new("张三")];
    full.categories = vec![crate::model::Category::new("科技")];
    full.media = vec![Media::new(Role::Thumbnail, "https://a.example/1.png")];
    full.language = crate::model::Language::parse("zh-CN");
    full.origin = Some(Arc::new(channel(B).origin));
    // As deep as the reader lets them be.
    let mut extension = Extension::new("urn:x", "x");
    for _ in 0..crate::format::read::limit::EXTENSION_DEPTH {
        let mut outer = Extension::new("urn:x", "x");
        outer.children.push(extension);
        extension = outer;
    }
    full.extensions = vec![extension];
    let mut store = Sqlite::in_memory().unwrap();
    put(&mut store, A, NOW, &[full.clone(), Entry::new(Id::derived("nothing else"))]);
    let found = all(&mut store, A);
    assert_eq!(found[0].entry, full);
    let mut bare = Entry::new(Id::derived("nothing else"));
    bare.origin = Some(Arc::new(channel(A).origin));
    assert_eq!(&found[1].entry, &bare);
    assert_eq!(found[1].sort_date, found[0].sort_date - 2, "undated in a first document: behind what is dated");
}

#[test]
fn what_did_not_change_is_not_written() {
    let mut store = Sqlite::in_memory().unwrap();
    let entries: Vec<Entry> = (0..20).map(|n| entry(&n.to_string(), n, "<p>文</p>")).collect();
    put(&mut store, A, NOW, &entries);
    let written = |store: &mut Sqlite, act: &mut dyn FnMut(&mut Sqlite)| {
        let before = changes(store);
        act(store);
        changes(store) - before
    };
    assert_eq!(written(&mut store, &mut |store| assert_eq!(put(store, A, NOW + 1, &entries), saved(0, 0, 0, 0))), 1, "the same document");
    let nothing = |store: &mut Sqlite| store.save(&[Save::new(A, state(NOW + 2))], NOW + 2, Retention::default()).map(|_| ()).unwrap();
    assert_eq!(written(&mut store, &mut |store| nothing(store)), 1, "304");
    assert!(all(&mut store, A).iter().all(|stored| stored.last_seen == NOW + 2 && stored.first_seen == NOW));
    // A failure does not say that they are still there.
    let failed = State { failure: Some(Failure::new(FailureKind::Timeout, "late")), last_asked: Some(NOW + 3), ..state(NOW + 2) };
    assert_eq!(written(&mut store, &mut |store| store.save(&[Save::new(A, failed.clone())], NOW + 3, Retention::default()).map(|_| ()).unwrap()), 1);
    assert_eq!(all(&mut store, A)[0].last_seen, NOW + 2);
    assert_eq!(store.states(&[A]).unwrap(), [failed]);
    let mut changed = entries.clone();
    changed[3].content = Some(Text::html("<p>新</p>"));
    changed[3].published = Timestamp::from_unix(NOW + DAY);
    let before = all(&mut store, A);
    assert_eq!(written(&mut store, &mut |store| assert_eq!(put(store, A, NOW + 4, &changed), saved(0, 1, 0, 0))), 3);
    let after = all(&mut store, A);
    let (old, new) = (
        before.iter().find(|stored| stored.entry.id == changed[3].id).unwrap(),
        after.iter().find(|stored| stored.entry.id == changed[3].id).unwrap(),
    );
    assert_eq!(
        (new.row, new.first_seen, new.sort_date, &new.entry.content),
        (old.row, old.first_seen, old.sort_date, &changed[3].content),
        "re-dated items stay where they are"
    );
}

#[test]
fn what_leaves_a_feed_stays_for_a_while() {
    let mut store = Sqlite::in_memory().unwrap();
    let (one, two, three) = (entry("1", 30, "x"), entry("2", 20, "x"), entry("3", 10, "x"));
    put(&mut store, A, NOW, &[two.clone(), one.clone()]);
    put(&mut store, A, NOW + DAY, &[three.clone(), two.clone()]);
    let seen = |store: &mut Sqlite| {
        all(store, A).iter().map(|stored| (stored.entry.id.as_str().to_owned(), (stored.last_seen - NOW) / DAY)).collect::<Vec<_>>()
    };
    let was = |rows: &[(&str, i64)]| rows.iter().map(|(id, day)| ((*id).to_owned(), *day)).collect::<Vec<_>>();
    assert_eq!(seen(&mut store), was(&[("1", 0), ("2", 1), ("3", 1)]));
    // It comes back, and goes.
    put(&mut store, A, NOW + 2 * DAY, std::slice::from_ref(&one));
    assert_eq!(seen(&mut store), was(&[("1", 2), ("2", 1), ("3", 1)]));
    // Only what is new came: nothing has left.
    let mut delta = Document::new(channel(A), vec![entry("4", 0, "x")]);
    delta.is_whole = false;
    store.save(&[Save { document: Some(delta), ..Save::new(A, state(NOW + 3 * DAY)) }], NOW + 3 * DAY, Retention::default()).unwrap();
    assert_eq!(seen(&mut store), was(&[("1", 3), ("2", 1), ("3", 1), ("4", 3)]));
    // From here on 1 and 4 are in the feed, 3 and 2 were last seen a day after the beginning.
    let now = NOW + 4 * DAY;
    for (count, age, expected) in [
        (0, 0, &["1", "2", "3", "4"][..]),
        (4, 0, &["1", "2", "3", "4"]),
        (0, 3 * DAY, &["1", "2", "3", "4"]),
        (3, 0, &["1", "2", "3", "4"]),
        (2, 0, &["1", "3", "4"]),
        (1, 0, &["1", "4"]),
        (0, 3 * DAY - 1, &["1", "4"]),
    ] {
        let dropped = store.save(&[save(A, now, &[one.clone(), entry("4", 0, "x")])], now, Retention { count, age }).unwrap()[0].dropped;
        assert_eq!(
            (ids(&mut store, A).as_slice(), dropped),
            (expected.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>().as_slice(), 4 - expected.len()),
            "{count} {age}"
        );
        put(&mut store, A, NOW + DAY, &[one.clone(), two.clone(), three.clone(), entry("4", 0, "x")]);
    }
}

#[test]
fn what_is_in_the_feed_is_kept_however_much_it_is() {
    let mut store = Sqlite::in_memory().unwrap();
    let entries: Vec<Entry> = (0..50).map(|n| entry(&format!("{n:02}"), 400 + n, "x")).collect();
    let tight = Retention { count: 5, age: 1 };
    store.save(&[save(A, NOW, &entries)], NOW, tight).unwrap();
    assert_eq!(store.save(&[save(A, NOW + DAY, &entries)], NOW + DAY, tight).unwrap(), [saved(0, 0, 0, 0)]);
    assert_eq!(store.save(&[save(A, NOW + DAY, &entries[..2])], NOW + DAY, Retention { count: 5, age: 0 }).unwrap(), [saved(0, 0, 0, 45)]);
    assert_eq!(ids(&mut store, A), ["00", "01", "02", "03", "04"]);
    // An empty document is one.
    assert_eq!(store.save(&[save(A, NOW + DAY, &[])], NOW + DAY, Retention { count: 1, age: 0 }).unwrap(), [saved(0, 0, 0, 4)]);
}

#[test]
fn a_new_name_does_not_make_a_new_entry() {
    let mut store = Sqlite::in_memory().unwrap();
    let old = entry("http://a.example/1", 1, "x");
    put(&mut store, A, NOW, std::slice::from_ref(&old));
    let mut new = Entry { id: Id::permalink("https://a.example/1"), ..old.clone() };
    assert_eq!(put(&mut store, A, NOW + 1, std::slice::from_ref(&new)), saved(0, 0, 1, 0));
    assert_eq!(put(&mut store, A, NOW + 2, std::slice::from_ref(&new)), saved(0, 0, 0, 0), "remembered");
    new.content = Some(Text::html("y"));
    assert_eq!(put(&mut store, A, NOW + 3, std::slice::from_ref(&new)), saved(0, 1, 0, 0));
    let found = all(&mut store, A);
    assert_eq!((found.len(), &found[0].entry.id, &found[0].entry.content), (1, &old.id, &new.content), "the old id with what is new");
    // What is dropped is not remembered under any name.
    put(&mut store, A, NOW + 4, &[entry("2", 0, "x")]);
    let drop = Retention { count: 1, age: 0 };
    assert_eq!(store.save(&[save(A, NOW + 5, &[entry("2", 0, "x")])], NOW + 5, drop).unwrap(), [saved(0, 0, 0, 1)]);
    let aliases: i64 = store.connection.query_row("SELECT count(*) FROM alias", [], |row| row.get(0)).unwrap();
    assert_eq!(aliases, 0);
}

#[test]
fn sources_do_not_touch_each_other() {
    let mut store = Sqlite::in_memory().unwrap();
    put(&mut store, A, NOW, &[entry("1", 1, "good"), entry("http://a.example/1", 1, "good")]);
    assert_eq!(put(&mut store, B, NOW, &[entry("1", 1, "evil"), entry("https://a.example/1", 1, "evil")]), saved(2, 0, 0, 0));
    assert!(all(&mut store, A).iter().all(|stored| stored.entry.content.as_ref().unwrap().value == "good"));
    store.forget(B).unwrap();
    assert_eq!(store.counts(&[A, B]).unwrap(), [2, 0]);
}

#[test]
fn one_id_for_all_loses_nothing() {
    let mut store = Sqlite::in_memory().unwrap();
    let mut entries: Vec<Entry> = (0..5).map(|n| entry(&n.to_string(), n, "x")).collect();
    for entry in &mut entries {
        entry.id = Id::opaque("https://a.example/");
    }
    assert_eq!(put(&mut store, A, NOW, &entries), saved(5, 0, 0, 0));
    assert_eq!(put(&mut store, A, NOW + 1, &entries[1..]), saved(0, 0, 0, 0));
    let distinct: std::collections::BTreeSet<String> = ids(&mut store, A).into_iter().collect();
    assert_eq!(distinct.len(), 5);
}

#[test]
fn ten_thousand_entries_and_ids_that_are_attacks() {
    let mut store = Sqlite::in_memory().unwrap();
    let many: Vec<Entry> = (0..10_000).map(|n| entry(&n.to_string(), n % 365, "x")).collect();
    assert_eq!(put(&mut store, A, NOW, &many), saved(10_000, 0, 0, 0));
    // The ten old ones that are in the feed, and the newest five hundred.
    assert_eq!(put(&mut store, A, NOW + 1, &many[350..360]), saved(0, 0, 0, 9490));
    let evil: Vec<Entry> =
        ["'; DROP TABLE entry; --", "../../etc/passwd", "a\0b", &"长".repeat(100_000), "A", "a"].iter().map(|id| entry(id, 1, "x")).collect();
    assert_eq!(put(&mut store, B, NOW, &evil), saved(6, 0, 0, 0));
    assert_eq!(put(&mut store, B, NOW, &evil), saved(0, 0, 0, 0));
    assert_eq!(store.counts(&[A, B]).unwrap(), [510, 6]);
}

#[test]
fn hubs_are_remembered() {
    let mut store = Sqlite::in_memory().unwrap();
    let feeds = |rows: &[(&str, &str)]| rows.iter().map(|(feed, hash)| ((*feed).to_owned(), (*hash).to_owned())).collect::<BTreeMap<_, _>>();
    store.set_pinged("h", &feeds(&[("a", "1"), ("b", "2")])).unwrap();
    store.set_pinged("i", &feeds(&[("a", "9")])).unwrap();
    store.set_pinged("h", &feeds(&[("b", "3"), ("c", "4")])).unwrap();
    assert_eq!((store.pinged("h").unwrap(), store.pinged("i").unwrap()), (feeds(&[("b", "3"), ("c", "4")]), feeds(&[("a", "9")])));
}

/// A folder with the path of a store that is not there yet.
fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(".feedloom/store.sqlite");
    (folder, file)
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_source_is_taken_by_one_run_at_a_time() {
    let (_folder, file) = place();
    let (mut one, mut two) = (Sqlite::open(&file).unwrap(), Sqlite::open(&file).unwrap());
    assert_eq!(one.lease(&[A], "one", NOW, NOW + 60).unwrap(), [true]);
    assert_eq!(two.lease(&[A, B], "two", NOW, NOW + 60).unwrap(), [false, true]);
    assert_eq!(one.lease(&[A, B], "one", NOW + 1, NOW + 90).unwrap(), [true, false], "own ones again");
    // Saving ends it, and so does letting go.
    one.save(&[Save::new(A, state(NOW))], NOW, Retention::default()).unwrap();
    two.release("two").unwrap();
    assert_eq!(two.lease(&[A], "two", NOW, NOW + 60).unwrap(), [true]);
    assert_eq!(one.lease(&[A, B], "one", NOW, NOW + 60).unwrap(), [false, true]);
    // A run that was killed lets go when its time is over.
    drop(two);
    assert_eq!(one.lease(&[A], "one", NOW + 59, NOW + 99).unwrap(), [false]);
    assert_eq!(one.lease(&[A], "one", NOW + 60, NOW + 99).unwrap(), [true]);
    assert_eq!(one.states(&[A, B]).unwrap(), [state(NOW), State::default()], "a lease is no state");
}

#[test]
fn many_runs_at_once_share_the_sources() {
    let (_folder, file) = place();
    let urls: Vec<String> = (0..100).map(|n| format!("https://{n}.example/")).collect();
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    let taken: usize = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4)
            .map(|run| {
                let (file, urls) = (&file, &urls);
                scope.spawn(move || {
                    let mut store = Sqlite::open(file).unwrap();
                    urls.chunks(10)
                        .map(|urls| store.lease(urls, &run.to_string(), NOW, NOW + 60).unwrap().iter().filter(|taken| **taken).count())
                        .sum::<usize>()
                })
            })
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).sum()
    });
    assert_eq!(taken, 100);
}

#[test]
fn the_folder_is_made_and_one_file_is_left() {
    let (folder, file) = place();
    let mut store = Sqlite::open(&file).unwrap();
    put(&mut store, A, NOW, &[entry("1", 1, "x")]);
    assert!(files(file.parent().unwrap()).contains(&"store.sqlite-wal".to_owned()), "while it writes");
    store.close().unwrap();
    assert_eq!(files(file.parent().unwrap()), [".gitignore", "store.sqlite"]);
    assert_eq!(fs::read_to_string(file.with_file_name(".gitignore")).unwrap(), "*\n");
    // Opening without changing anything leaves the bytes as they are.
    let before = fs::read(&file).unwrap();
    assert_eq!(ids(&mut Sqlite::open(&file).unwrap(), A), ["1"]);
    assert_eq!(fs::read(&file).unwrap(), before);
    // A folder of somebody else gets nothing but the store.
    drop(Sqlite::open(&folder.path().join("mine.sqlite")).unwrap());
    assert_eq!(files(folder.path()), [".feedloom", "mine.sqlite"]);
}

#[test]
fn reading_makes_no_file() {
    let (folder, file) = place();
    assert!(Sqlite::open_existing(&file).unwrap().is_none());
    assert!(files(folder.path()).is_empty());
    let mut store = Sqlite::open(&file).unwrap();
    put(&mut store, A, NOW, &[entry("1", 1, "x")]);
    // While a run writes, what it has committed is read.
    assert_eq!(ids(&mut Sqlite::open_existing(&file).unwrap().unwrap(), A), ["1"]);
    drop(store);
    // From a cache: the one file, where nothing may be written.
    let cached = folder.path().join("cached.sqlite");
    fs::copy(&file, &cached).unwrap();
    let mut reader = Sqlite::open_existing(&cached).unwrap().unwrap();
    assert_eq!(ids(&mut reader, A), ["1"]);
    assert_eq!(files(folder.path()), [".feedloom", "cached.sqlite"], "nothing beside it while it is read");
    assert!(reader.forget(A).is_err(), "it only reads");
    drop(reader);
    assert_eq!(files(folder.path()), [".feedloom", "cached.sqlite"]);
    fs::write(folder.path().join("empty.sqlite"), "").unwrap();
    assert!(Sqlite::open_existing(&folder.path().join("empty.sqlite")).unwrap().is_none());
}

#[test]
fn where_nothing_may_be_written_the_file_alone_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a b?c#d%41 文.sqlite");
    let mut store = Sqlite::open(&file).unwrap();
    put(&mut store, A, NOW, &[entry("1", 1, "x")]);
    drop(store);
    let count = || {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(open::immutable(&file), flags).unwrap();
        connection.query_row("SELECT count(*) FROM entry", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!(count(), 1);
    // In WAL mode there would have to be two more files.
    Connection::open(&file).unwrap().pragma_update(None, "journal_mode", "wal").unwrap();
    assert_eq!(count(), 1);
    assert_eq!(files(folder.path()).len(), 1);
}

/// The files of a store as they are when a run is killed right now.
fn killed(file: &Path, to: &Path, names: &[&str]) -> PathBuf {
    fs::create_dir_all(to).unwrap();
    for name in names {
        fs::copy(file.with_file_name(name), to.join(name)).unwrap();
    }
    to.join("store.sqlite")
}

#[test]
fn a_run_that_is_killed_leaves_what_it_had_saved() {
    let (folder, file) = place();
    let mut store = Sqlite::open(&file).unwrap();
    put(&mut store, A, NOW, &[entry("1", 1, "x")]);
    store.lease(&[A], "killed", NOW, NOW + 60).unwrap();
    // In the middle of the next one, with everything of it handed over but the commit.
    store.connection.pragma_update(None, "cache_size", 1).unwrap();
    store.connection.pragma_update(None, "cache_spill", 1).unwrap();
    let big: Vec<Entry> = (0..200).map(|n| entry(&format!("b{n}"), 1, &"x".repeat(5000))).collect();
    let transaction = Transaction::new(&mut store.connection, TransactionBehavior::Immediate).unwrap();
    save::save(&transaction, &save(A, NOW + 5, &big), NOW + 5, Retention::default()).unwrap();
    let all_files = killed(&file, &folder.path().join("1"), &["store.sqlite", "store.sqlite-wal"]);
    let with_shm = killed(&file, &folder.path().join("2"), &["store.sqlite", "store.sqlite-wal", "store.sqlite-shm"]);
    assert!(fs::metadata(all_files.with_file_name("store.sqlite-wal")).unwrap().len() > 100_000, "it was half written");
    drop(transaction);
    assert_eq!(ids(&mut store, A), ["1"], "dropped midway");
    for file in [all_files, with_shm] {
        for reader in [Sqlite::open_existing(&file).unwrap().unwrap(), Sqlite::open(&file).unwrap()] {
            let mut reader = reader;
            assert_eq!(ids(&mut reader, A), ["1"]);
            assert_eq!(reader.states(&[A]).unwrap(), [State { last_new: Some(NOW), ..state(NOW) }], "the validators are those of what is there");
        }
        let mut next = Sqlite::open(&file).unwrap();
        assert_eq!(next.lease(&[A], "next", NOW + 59, NOW + 99).unwrap(), [false]);
        assert_eq!(next.lease(&[A], "next", NOW + 60, NOW + 99).unwrap(), [true]);
    }
    // Only the main file was cached, in the middle of a run: it is one as it was at the last checkpoint, which is a whole store.
    drop(store);
    let mut store = Sqlite::open(&file).unwrap();
    put(&mut store, B, NOW, &[entry("2", 1, "x")]);
    let alone = killed(&file, &folder.path().join("3"), &["store.sqlite"]);
    let mut reader = Sqlite::open_existing(&alone).unwrap().unwrap();
    assert_eq!((ids(&mut reader, A), ids(&mut reader, B).len()), (vec!["1".to_owned()], 0));
    drop(reader);
    assert_eq!(files(alone.parent().unwrap()), ["store.sqlite"]);
}

#[test]
fn one_bad_save_undoes_all_of_them() {
    let mut store = Sqlite::in_memory().unwrap();
    put(&mut store, A, NOW, &[entry("1", 1, "x")]);
    store
        .connection
        .execute_batch("CREATE TEMP TRIGGER bad BEFORE INSERT ON entry WHEN NEW.key = 'bad' BEGIN SELECT raise(ABORT, 'no'); END")
        .unwrap();
    let saves = [save(A, NOW + 9, &[entry("2", 1, "x")]), save(B, NOW + 9, &[entry("good", 1, "x"), entry("bad", 1, "x")])];
    assert!(store.save(&saves, NOW + 9, Retention::default()).is_err());
    assert_eq!((ids(&mut store, A), store.counts(&[B]).unwrap()), (vec!["1".to_owned()], vec![0]));
    assert_eq!(store.states(&[A, B]).unwrap(), [State { last_new: Some(NOW), ..state(NOW) }, State::default()], "E8: nor do validators stay");
}

#[test]
fn a_file_that_is_not_ours_is_refused_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("text");
    fs::write(&text, "this is a diary, and nothing else\n".repeat(100)).unwrap();
    let foreign = folder.path().join("foreign");
    Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE diary (day TEXT)").unwrap();
    let newer = folder.path().join("newer");
    drop(Sqlite::open(&newer).unwrap());
    Connection::open(&newer).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let cut = folder.path().join("cut");
    let mut store = Sqlite::open(&cut).unwrap();
    put(&mut store, A, NOW, &(0..200).map(|n| entry(&n.to_string(), 1, &"x".repeat(3000))).collect::<Vec<_>>());
    drop(store);
    let bytes = fs::read(&cut).unwrap();
    fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    for (file, message, help) in [
        (&text, "expected feedloom's store, found a file that is no database", "move the file away"),
        (&foreign, "expected feedloom's store, found a database of another program", "move the file away"),
        (&newer, "expected a store of version 1 or older, found version 99", "update feedloom, or delete the file"),
        (&cut, "expected feedloom's store, found a damaged one", "fetched again"),
    ] {
        let before = fs::read(file).unwrap();
        let read = |store: Sqlite| {
            let mut store = store;
            store.each_entry(&[A], &mut |_| ())
        };
        let errors = [Sqlite::open(file).and_then(read).unwrap_err(), Sqlite::open_existing(file).map(Option::unwrap).and_then(read).unwrap_err()];
        for error in errors {
            assert!(error.message.contains(message) && error.path.as_deref() == Some(file.as_path()), "{error}");
            assert!(error.help.as_ref().is_some_and(|text| text.contains(help)), "{error:?}");
        }
        assert_eq!(fs::read(file).unwrap(), before, "{message}");
    }
}

#[test]
fn a_row_that_cannot_be_read_is_an_error_with_help() {
    let mut store = Sqlite::in_memory().unwrap();
    put(&mut store, A, NOW, &[entry("1", 1, "x")]);
    store.connection.execute_batch("UPDATE body SET json = '{\"published\":7}'; UPDATE source SET state = '['").unwrap();
    for error in [store.each_entry(&[A], &mut |_| ()).unwrap_err(), store.states(&[A]).unwrap_err()] {
        assert!(error.message.contains("cannot read") && error.help.is_some(), "{error:?}");
    }
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let (victim, inside) = (folder.path().join("victim"), folder.path().join("inside"));
    fs::create_dir(&inside).unwrap();
    fs::write(&victim, "").unwrap();
    let refused = |file: &Path| {
        for error in [Sqlite::open(file).map(|_| ()).unwrap_err(), Sqlite::open_existing(file).map(|_| ()).unwrap_err()] {
            assert!(error.message.contains("found a symbolic link"), "{error}");
        }
    };
    symlink(&victim, folder.path().join("link.sqlite")).unwrap();
    refused(&folder.path().join("link.sqlite"));
    symlink(&inside, folder.path().join(".feedloom")).unwrap();
    refused(&folder.path().join(".feedloom/store.sqlite"));
    for name in ["s-wal", "s-shm", "s-journal"] {
        drop(Sqlite::open(&folder.path().join("s")).unwrap());
        symlink(&victim, folder.path().join(name)).unwrap();
        refused(&folder.path().join("s"));
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    assert_eq!((fs::metadata(&victim).unwrap().len(), files(&inside).len()), (0, 0));
}

#[test]
fn every_older_version_becomes_the_newest() {
    for version in 1..=schema::STEPS.len() {
        let (_folder, file) = place();
        fs::create_dir(file.parent().unwrap()).unwrap();
        let mut connection = Connection::open(&file).unwrap();
        schema::migrate(&mut connection, &schema::STEPS[..version]).unwrap();
        // As version 1 wrote it.
        connection
            .execute_batch(
                r#"INSERT INTO source (id, url, state, seen) VALUES (1, 'https://a.example/feed', '{"due":7,"title":"甲"}', 5);
                INSERT INTO channel VALUES (1, '{"origin":{"id":{"value":"https://a.example/feed","kind":"Opaque"},"title":"甲","links":[],"language":null,"rights":null}}');
                INSERT INTO entry VALUES (1, 'k', 1, x'00112233445566778899aabbccddeeff', 1, NULL, 2, NULL, 3, NULL, 4);
                INSERT INTO body VALUES (1, 1, 'k', '{"value":"k","kind":"Opaque"}', '{"title":{"value":"题","kind":"Plain","language":null},"published":[3,0,28800,false]}');
                INSERT INTO alias VALUES (1, 'l', 'k');
                INSERT INTO ping VALUES ('h', 'f', 'x');"#,
            )
            .unwrap();
        drop(connection);
        for mut store in [Sqlite::open_existing(&file).unwrap().unwrap(), Sqlite::open(&file).unwrap()] {
            let found = all(&mut store, A);
            assert_eq!((found[0].first_seen, found[0].last_seen, found[0].sort_date), (3, 5, 4), "{version}");
            assert_eq!((found[0].entry.id.as_str(), found[0].entry.title.as_ref().unwrap().value.as_str()), ("k", "题"));
            assert_eq!(found[0].entry.origin.as_ref().unwrap().title.as_deref(), Some("甲"));
            assert_eq!(store.states(&[A]).unwrap()[0].due, 7);
            assert_eq!(store.pinged("h").unwrap().len(), 1);
            assert_eq!(schema::look(&store.connection).unwrap(), schema::Found::Ours(schema::newest()));
        }
        let mut store = Sqlite::open(&file).unwrap();
        assert_eq!(put(&mut store, A, NOW, &[entry("l", 1, "x")]), saved(0, 1, 0, 0), "the alias is known");
    }
}

#[test]
fn steps_are_taken_in_order_and_all_or_none() {
    let mut connection = Connection::open_in_memory().unwrap();
    let steps = ["CREATE TABLE a (x) STRICT, WITHOUT", "CREATE TABLE a (x TEXT)", "ALTER TABLE a ADD COLUMN y TEXT"];
    assert!(schema::migrate(&mut connection, &steps[..1]).is_err());
    assert_eq!(schema::look(&connection).unwrap(), schema::Found::Nothing);
    schema::migrate(&mut connection, &steps[1..2]).unwrap();
    connection.execute("INSERT INTO a VALUES ('kept')", []).unwrap();
    assert!(schema::migrate(&mut connection, &[steps[1], steps[2], "nonsense"]).is_err());
    assert_eq!(schema::look(&connection).unwrap(), schema::Found::Ours(1));
    assert!(connection.prepare("SELECT y FROM a").is_err(), "undone");
    for _ in 0..2 {
        schema::migrate(&mut connection, &steps[1..]).unwrap();
    }
    assert_eq!(schema::look(&connection).unwrap(), schema::Found::Ours(2));
    let row: (String, Option<String>) = connection.query_row("SELECT x, y FROM a", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(row, ("kept".to_owned(), None));
}
