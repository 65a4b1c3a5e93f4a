//! The table of losses holds together: what is left after one round loses nothing in the next, and says the same.

use super::hostile::feeds;
use super::*;
use crate::format::loss::after;
use proptest::prelude::*;

/// The lines of a document in any order: files of different roles may change places.
fn lines(document: &str) -> Vec<String> {
    let mut lines: Vec<String> = document.lines().map(|line| line.trim_end_matches(',').to_owned()).collect();
    lines.sort();
    lines
}

fn check(feed: &Feed) -> Result<(), TestCaseError> {
    for &format in Format::ALL {
        let once = after(feed, format);
        prop_assert_eq!(&after(&once, format), &once, "{:?}", format);
        prop_assert_eq!(lines(&write(&once, format).unwrap()), lines(&write(feed, format).unwrap()), "{:?}", format);
    }
    Ok(())
}

#[test]
fn a_rich_feed_loses_once() {
    check(&rich()).unwrap();
    check(&Feed::new(Id::opaque(""), Text::plain(""))).unwrap();
}

#[test]
fn what_is_said_to_be_kept_is_kept() {
    let feed = rich();
    let article = &feed.entries[0];
    let atom = after(&feed, Format::Atom);
    assert_eq!(atom.title, feed.title);
    assert_eq!(atom.entries[0].authors[0].url, article.authors[0].url);
    assert!(atom.entries.iter().chain(&feed.entries).all(|entry| entry.authors.iter().all(|author| author.email.is_none() || entry == article)));
    assert_eq!(atom.entries[0].categories[0], article.categories[0]);
    assert_eq!(
        atom.entries[0].media.iter().map(|media| (media.role, media.duration)).collect::<Vec<_>>(),
        [(Role::Thumbnail, None), (Role::Enclosure, None), (Role::Enclosure, Some(90)),]
    );
    let rss = after(&feed, Format::Rss);
    assert_eq!(rss.entries[0].media[0].width, Some(640));
    assert_eq!(rss.entries[0].media[2].role, Role::Content, "RSS has one enclosure");
    assert_eq!(rss.entries[2].origin.as_ref().unwrap().title, feed.entries[2].origin.as_ref().unwrap().title);
    let json = after(&feed, Format::JsonFeed);
    assert_eq!(json.entries[2].origin.as_ref().unwrap().language, Language::parse("zh-Hant"));
    assert_eq!(json.entries[0].updated, article.updated);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_feed_loses_once(feed in feeds()) {
        check(&feed)?;
    }
}
