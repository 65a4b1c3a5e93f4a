//! The law of reading and writing: what is read back of a written feed is exactly what the table of losses says.

use super::hostile::feeds;
use super::losses::difference;
use super::*;
use crate::format::loss::after;
use crate::format::read::Hints;
use proptest::prelude::*;

/// The feed that is read back.
fn round(feed: &Feed, format: Format) -> Feed {
    let written = write(feed, format).unwrap();
    read(written.as_bytes(), &Hints::default()).unwrap().feed().unwrap().clone()
}

fn check(feed: &Feed) -> Result<(), TestCaseError> {
    for &first in Format::ALL {
        let left = after(feed, first);
        let back = round(feed, first);
        prop_assert!(back == left, "{:?} (read | declared)\n{}\n{}", first, difference(&back, &left), write(feed, first).unwrap());
        let twice = after(&left, first);
        prop_assert!(twice == left, "{:?} (twice | once)\n{}", first, difference(&twice, &left));
        for &second in Format::ALL {
            let (left, back) = (after(&left, second), round(&back, second));
            prop_assert!(
                back == left,
                "{:?}, then {:?} (read | declared)\n{}\n{}",
                first,
                second,
                difference(&back, &left),
                write(&after(feed, first), second).unwrap()
            );
        }
    }
    Ok(())
}

#[test]
fn it_holds_for_a_rich_feed() {
    check(&rich()).unwrap();
    check(&extensions::with_extensions()).unwrap();
    check(&Feed::new(Id::opaque(""), Text::plain(""))).unwrap();
}

#[test]
fn an_entry_is_known_by_the_same_id_on_every_way() {
    let ids =
        ["urn:isbn:0451450523", "doi:10.1000/182", "post:123", "42", "帖 5", "http://例子.cn/?p=1", "https://a.example/?p=1", "tag:a.example,2025:b"];
    for id in ids.into_iter().chain(["100% & <more>", "0123456789abcdef0123456789abcdef"]) {
        let mut feed = rich();
        feed.entries.truncate(3);
        for entry in &mut feed.entries {
            entry.id = Id::opaque(id);
        }
        for &first in Format::ALL {
            for &second in Format::ALL {
                let back = round(&round(&feed, first), second);
                assert!(back.entries.iter().all(|entry| original_id(entry) == id), "{id}: {first:?}, then {second:?}: {:?}", back.entries[2].id);
            }
        }
    }
}

#[test]
fn our_extension_object_is_not_trusted() {
    let mut deep = json!({ "namespace": "urn:x", "name": "x" });
    for _ in 0..40 {
        deep = json!({ "namespace": "urn:x", "name": "x", "children": [deep] });
    }
    let ours = json!({
        "source": { "id": 7, "title": ["x"], "links": "x", "rights": 1 },
        "logo": { "a": 1 }, "updated": "no date", "generator": [], "categories": [1, { "term": "" }, { "term": "词", "label": [2] }],
        "links": [1, { "rel": "via" }, { "href": "https://a.example/" }, { "rel": "via", "href": "https://a.example/", "hreflang": "??" }],
        "media": [{ "role": "thumbnail" }, { "role": "evil", "url": "https://a.example/" }, { "role": "content", "url": "x".repeat(10_000) }],
        "extensions": [deep, { "name": [1] }, { "name": "y", "attributes": [["a"], ["a", 1], ["b", "c"]] }],
    });
    let document = json!({
        "version": "https://jsonfeed.org/version/1.1", "title": "x", "_feedloom": ours,
        "items": [{ "id": "1", "image": "https://a.example/p.png", "_feedloom": ours }],
    });
    let reading = read(document.to_string().as_bytes(), &Hints::default()).unwrap();
    let feed = reading.feed().unwrap();
    assert_eq!((&feed.logo, &feed.updated, &feed.generator), (&None, &None, &None));
    assert_eq!(feed.categories, [Category::new("词")]);
    assert_eq!(feed.links, [Link::new(Rel::Via, "https://a.example/")]);
    let entry = &feed.entries[0];
    assert_eq!(entry.media, [Media::new(Role::Thumbnail, "https://a.example/p.png")]);
    assert_eq!(entry.origin.as_deref(), Some(&Origin::new(Id::opaque("7"))));
    assert_eq!(entry.extensions[1].attributes, pairs(&[("b", "c")]));
    let depth = std::iter::successors(entry.extensions.first(), |element| element.children.first()).count();
    assert_eq!(depth, 32);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn it_holds_for_any_plausible_feed(feed in plausible::feeds()) {
        check(&feed)?;
    }

    #[test]
    fn it_holds_for_any_feed(feed in feeds()) {
        check(&feed)?;
    }
}
