//! Any string in every field: the document stays well-formed, and what is read back is what hygiene left.

use super::super::opml::{Outline, OutlineKind};
use super::*;
use proptest::prelude::*;
use std::sync::Arc;

/// Strings with more than a fair share of what breaks writers.
fn strings() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "\0",
        "\u{1}",
        "\u{8}",
        "\u{B}",
        "\u{1F}",
        "\u{7F}",
        "\u{85}",
        "\u{9F}",
        "\r",
        "\r\n",
        "\n",
        "\t",
        " ",
        "\u{3000}",
        "\u{FFFE}",
        "\u{FFFF}",
        "\u{FDD0}",
        "\u{FDD1}",
        "\u{FDEF}",
        "\u{1FFFE}",
        "\u{FFFD}",
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
        "<",
        ">",
        "&",
        "&amp;",
        "&#0;",
        "&lt;",
        "</item>",
        "</entry>",
        "</b>",
        "\"",
        "'",
        "🥟",
        "👨‍👩‍👧",
        "𠮷",
        "𰻝",
        "中",
        "http://",
        "https://例子.cn/出 行?a=[1]|2",
        "xmlns:x=\"\"",
        "%",
    ])
    .prop_map(str::to_owned);
    prop::collection::vec(prop_oneof![3 => nasty, 1 => any::<char>().prop_map(String::from), 1 => "[a-z中文]{1,4}"], 0..8)
        .prop_map(|parts| parts.concat())
}

fn texts() -> impl Strategy<Value = Text> {
    (strings(), 0..3_usize).prop_map(|(value, kind)| {
        let mut text = Text::plain(value);
        text.kind = [TextKind::Plain, TextKind::Html, TextKind::Xhtml][kind];
        text.base = (kind == 1).then(|| text.value.clone());
        text
    })
}

fn link(rel: usize, href: &str) -> Link {
    let rel = [Rel::Alternate, Rel::Itself, Rel::Hub, Rel::Related, Rel::Via, Rel::Other(href.to_owned())][rel % 6].clone();
    let mut link = Link::new(rel, href).with_type(href);
    link.title = Some(href.to_owned());
    link
}

/// Elements whose every string is hostile, next to ones that are not.
fn extensions(s: &[String]) -> Vec<Extension> {
    let mut inner = Extension::new(&*s[0], &*s[1]);
    inner.attributes = vec![(s[2].clone(), s[3].clone()), (format!("{{{}}}a", s[4]), s[0].clone()), ("a".to_owned(), s[1].clone())];
    inner.text = s[2].clone();
    let mut outer = Extension::new("urn:x", "y");
    outer.attributes = inner.attributes.clone();
    outer.text = s[3].clone();
    outer.children = vec![inner.clone(), Extension::new("", "z"), Extension::new(ATOM, "title")];
    let mut member = Extension::new("", format!("_{}", s[0]));
    member.text = format!("[{:?}, 1.50]", s[1].len());
    vec![inner.clone(), outer, Extension::new("urn:x", &*s[4]), Extension::new(&*s[4], "x"), member, inner]
}

fn entries() -> impl Strategy<Value = Entry> {
    (prop::collection::vec(strings(), 8), prop::collection::vec(texts(), 3), 0..6_usize, any::<(bool, i64, u32)>()).prop_map(
        |(s, t, rel, (flag, number, size))| {
            let mut entry = Entry::new(if flag { Id::permalink(&*s[0]) } else { Id::opaque(&*s[0]) });
            entry.title = Some(t[0].clone());
            entry.summary = flag.then(|| t[1].clone());
            entry.content = Some(t[2].clone());
            entry.links = vec![link(rel, &s[1]), link(0, &s[1])];
            entry.published = Timestamp::from_unix(number);
            entry.updated = Timestamp::from_unix(number / 1_000_000_000);
            let mut person = Person::new(&*s[2]);
            person.url = Some(s[3].clone());
            person.email = Some(s[3].clone());
            entry.authors = vec![person];
            entry.categories = vec![Category::new(&*s[4]).with_label(&*s[5]).with_scheme(&*s[1])];
            let mut media = Media::new(if flag { Role::Thumbnail } else { Role::Enclosure }, &*s[6]);
            media.media_type = Some(s[7].clone());
            media.length = Some(u64::from(size));
            media.alt = Some(s[7].clone());
            let mut file = Media::new(Role::Enclosure, format!("https://example.org/{}", s[6]));
            file.media_type = Some("audio/mpeg".to_owned());
            file.length = Some(u64::from(size));
            entry.media = vec![media, file];
            let mut origin = Origin::new(Id::opaque(&*s[3]));
            origin.title = Some(s[5].clone());
            origin.links = vec![link(1, &s[1])];
            origin.rights = Some(t[1].clone());
            origin.language = Language::parse("ja").filter(|_| number % 2 == 0);
            entry.origin = flag.then(|| Arc::new(origin));
            entry.language = Language::parse("en").filter(|_| number % 3 == 0);
            entry.content_link = (size % 5 == 0).then(|| link(rel, &s[1]));
            entry.media.push(Media { alt: Some(s[5].clone()), width: Some(size), ..Media::new(Role::Content, format!("http://a.example/{}", s[7])) });
            entry.extensions = extensions(&s);
            entry
        },
    )
}

pub(super) fn feeds() -> impl Strategy<Value = Feed> {
    (prop::collection::vec(strings(), 5), prop::collection::vec(texts(), 3), prop::collection::vec(entries(), 0..3), any::<i64>()).prop_map(
        |(s, t, entries, seconds)| {
            // Up to the end of 9999: RSS has no later dates, and leaves them out.
            let updated = Timestamp::from_unix(seconds.rem_euclid(253_402_300_800)).unwrap();
            let mut feed = Feed::new(Id::opaque(&*s[0]), t[0].clone());
            (feed.updated, feed.undated) = (Some(updated), updated);
            feed.subtitle = Some(t[1].clone());
            feed.rights = Some(t[2].clone());
            feed.links = (0..6).map(|rel| link(rel, &s[1])).collect();
            feed.authors = vec![Person::new(&*s[2])];
            feed.icon = Some(s[3].clone());
            feed.categories = vec![Category::new(&*s[4])];
            feed.generator = Some(s[2].clone());
            feed.logo = Some(s[3].clone());
            feed.extensions = extensions(&s);
            feed.language = Language::parse("zh-CN").filter(|_| seconds % 2 == 0);
            feed.entries = entries;
            feed
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_feed_is_well_formed(feed in feeds()) {
        for format in [Format::Rss, Format::Atom] {
            let xml = write(&feed, format).unwrap();
            let document = Document::parse(&xml).map_err(|error| TestCaseError::fail(format!("{error}\n{xml}")))?;
            for node in document.descendants().filter(Node::is_element) {
                let stray = node.text().unwrap_or("").chars().find(|c| matches!(c, '\u{FDD0}'..='\u{FDEF}') || (c.is_control() && !matches!(c, '\n' | '\t')));
                prop_assert_eq!(stray, None);
            }
            validator::check(&document, format).map_err(|problem| TestCaseError::fail(format!("{problem}\n{xml}")))?;
        }
        let json = write(&feed, Format::JsonFeed).unwrap();
        let value: Value = serde_json::from_str(&json).unwrap();
        for item in value["items"].as_array().unwrap() {
            prop_assert!(item["id"].as_str().is_some_and(|id| !id.is_empty()));
            prop_assert!(item["content_html"].is_string() != item["content_text"].is_string());
        }
    }

    #[test]
    fn texts_are_read_back_as_hygiene_left_them(title in strings(), body in strings(), name in strings(), label in strings()) {
        let mut feed = Feed::new(Id::tag("example.org", "2025", "x"), Text::plain("x"));
        let mut entry = Entry::new(Id::tag("example.org", "2025", "y"));
        entry.title = Some(Text::plain(&*title));
        entry.content = Some(Text::html(format!("<p>{body}</p>")));
        entry.authors = vec![Person::new(&*name)];
        entry.categories = vec![Category::new(format!("c{label}"))];
        feed.entries.push(entry);
        let line = |text: &str| xml::clean_line(text).into_owned();
        let body = xml::clean(&format!("<p>{body}</p>")).into_owned();

        let written = write(&feed, Format::Rss).unwrap();
        let document = Document::parse(&written).unwrap();
        let item = document.descendants().find(|node| node.has_tag_name("item")).unwrap();
        prop_assert_eq!(text(item, "", "title").unwrap_or_default(), line(&title));
        prop_assert_eq!(text(item, "", "description").unwrap(), body.clone());
        prop_assert_eq!(text(item, DC, "creator").unwrap_or_default(), line(&name));
        prop_assert_eq!(text(item, "", "category").unwrap(), line(&format!("c{label}")));

        let written = write(&feed, Format::Atom).unwrap();
        let document = Document::parse(&written).unwrap();
        let entry = document.descendants().find(|node| node.tag_name().name() == "entry").unwrap();
        prop_assert_eq!(text(entry, ATOM, "content").unwrap(), body.clone());
        prop_assert_eq!(all(entry, ATOM, "category")[0].attribute("term").unwrap(), line(&format!("c{label}")));

        let value: Value = serde_json::from_str(&write(&feed, Format::JsonFeed).unwrap()).unwrap();
        prop_assert_eq!(value["items"][0]["title"].as_str().unwrap_or_default(), line(&title));
        prop_assert_eq!(value["items"][0]["content_html"].as_str().unwrap(), body);
    }

    #[test]
    fn any_list_is_well_formed(title in strings(), text in strings(), address in strings(), depth in 0..40_usize) {
        let mut outline = Outline::feed(&*text, &*address);
        outline.title = Some(title.clone());
        if let OutlineKind::Feed { html_url, description, .. } = &mut outline.kind {
            *html_url = Some(address.clone());
            *description = Some(title.clone());
        }
        for _ in 0..depth {
            outline = Outline::folder(&*text, vec![outline]);
        }
        let written = opml::write(&title, &[outline], None);
        prop_assert_eq!(well_formed::check(&written), Ok(()));
        let document = Document::parse(&written).map_err(|error| TestCaseError::fail(format!("{error}\n{written}")))?;
        prop_assert_eq!(document.descendants().filter(|node| node.has_tag_name("outline")).count(), depth + 1);
    }

    #[test]
    fn the_check_agrees_with_an_independent_parser(xml in "(<a>)?(<[ab](/)?>|</[ab]>|&amp;|&|x|]]>|\u{1}|&#x41;|&#1;|<b c='1'/>|<p:q/>){0,4}(</a>)?") {
        if Document::parse(&xml).is_err() {
            prop_assert!(well_formed::check(&xml).is_err(), "{}", xml);
        }
    }
}
