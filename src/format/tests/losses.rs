//! The table of losses holds together: what is left after one round loses nothing in the next, and says the same.

use super::hostile::feeds;
use super::*;
use crate::format::loss::after;
use crate::text;
use proptest::prelude::*;

/// The lines of a document in any order: files of different roles may change places.
fn lines(document: &str) -> Vec<String> {
    let mut lines: Vec<String> = document.lines().map(|line| line.trim_end_matches(',').to_owned()).collect();
    lines.sort();
    lines
}

/// The first lines in which two feeds differ.
pub(super) fn difference(one: &Feed, other: &Feed) -> String {
    let (one, other) = (format!("{one:#?}"), format!("{other:#?}"));
    let pairs: Vec<_> = one.lines().zip(other.lines()).collect();
    let at = pairs.iter().position(|(a, b)| a != b).unwrap_or(0);
    let before = pairs.iter().take(at).map(|(a, _)| *a).filter(|line| line.starts_with("    ") && !line.starts_with("             "));
    let path: Vec<&str> = before.collect();
    let path = path.iter().rev().take(4).rev().map(|line| line.trim()).collect::<Vec<_>>().join(" … ");
    let lines = pairs.iter().skip(at.saturating_sub(6)).take(14).map(|(a, b)| if a == b { (*a).to_owned() } else { format!("{a} | {b}") });
    format!("{path}\n{}", lines.collect::<Vec<_>>().join("\n"))
}

fn check(feed: &Feed) -> Result<(), TestCaseError> {
    for &format in Format::ALL {
        let once = after(feed, format);
        let twice = after(&once, format);
        prop_assert!(twice == once, "{:?}\n{}", format, difference(&once, &twice));
        let mut told = feed.clone();
        // An entry of Atom without author has those of the feed, and says so the next time; the title stands in for nobody.
        if format == Format::Atom && outgoing::people(&feed.authors).next().is_none() {
            told.authors.clone_from(&once.authors);
        }
        for (entry, left) in told.entries.iter_mut().zip(&once.entries).filter(|(entry, _)| entry.origin.is_none() && format == Format::Atom) {
            if outgoing::people(&entry.authors).next().is_none() {
                entry.authors.clone_from(&left.authors);
            }
        }
        let (first, second) = (lines(&write(&told, format).unwrap()), lines(&write(&once, format).unwrap()));
        prop_assert!(
            first == second,
            "{:?}\n{}",
            format,
            first.iter().zip(&second).find(|(a, b)| a != b).map(|(a, b)| format!("{a}\n{b}")).unwrap_or_default()
        );
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
    fn any_feed_loses_once(mut feed in feeds()) {
        for entry in &mut feed.entries {
            // A permalink is an address as the model wants it; Atom would write another string as it is the first time,
            // and as a URN or in canonical form once it is opaque.
            entry.id = match text::url::absolute(entry.id.as_str()) {
                Ok(address) if entry.id.kind() == IdKind::Permalink => Id::permalink(address),
                _ => Id::opaque(entry.id.as_str()),
            };
        }
        check(&feed)?;
    }
}
