//! What the model has no field for, and files, links and ids of feeds that were read.

use super::*;

const PODCAST: &str = "https://podcastindex.org/namespace/1.0";
const OWN: &str = "urn:own";

fn element(namespace: &str, name: &str, attributes: &[(&str, &str)], text: &str, children: Vec<Extension>) -> Extension {
    let mut element = Extension::new(namespace, name);
    element.attributes = pairs(attributes);
    element.text = text.to_owned();
    element.children = children;
    element
}

pub(super) fn with_extensions() -> Feed {
    let mut feed = rich();
    feed.entries.truncate(1);
    feed.extensions = vec![
        element(PODCAST, "locked", &[("owner", "我")], "no", vec![]),
        element("", "ttl", &[], "60", vec![]),
        element("", "ttl", &[], "61", vec![]),
        element("", "skipHours", &[], "", vec![element("", "hour", &[], "3", vec![])]),
        element("", "skipDays", &[], "", vec![element("", "day", &[], "Sunndag", vec![])]),
        element("", "title", &[], "never", vec![]),
        element("", "_other", &[], "{\"a\": [1, \"二\"]}", vec![]),
        element("", "_feedloom", &[], "{\"evil\": true}", vec![]),
        element(ATOM, "contributor", &[], "", vec![element(ATOM, "name", &[], "帮手", vec![])]),
        element(ATOM, "title", &[], "never", vec![]),
    ];
    feed.entries[0].extensions = vec![
        element(
            OWN,
            "b",
            &[
                ("x", "1\n2\t\"<&"),
                ("{http://www.w3.org/XML/1998/namespace}lang", "zh"),
                ("{urn:other}y", "3"),
                ("x", "4"),
                ("xmlns", "5"),
                ("a b", "6"),
            ],
            " R&D <第 1 期> ]]> ",
            vec![],
        ),
        element(
            OWN,
            "a",
            &[],
            "",
            vec![element("", "none", &[], "", vec![element(ATOM, "name", &[], "x", vec![])]), element(OWN, "z", &[], "", vec![])],
        ),
        element(OWN, "b", &[], "again", vec![element(OWN, "c", &[], "", vec![])]),
        element(OWN, "1", &[], "no name", vec![]),
        element("http://www.w3.org/2000/xmlns/", "x", &[], "reserved", vec![]),
        element("urn:a b", "x", &[], "no namespace", vec![]),
        element(MEDIA, "rating", &[("scheme", "urn:simple")], "adult", vec![]),
        element(MEDIA, "thumbnail", &[], "never", vec![]),
        element(DC, "creator", &[], "never", vec![]),
        element(ATOM, "rights", &[], "© 作者", vec![]),
    ];
    feed
}

#[test]
fn extensions_keep_their_order_and_their_namespaces() {
    for format in [Format::Rss, Format::Atom] {
        let written = write(&with_extensions(), format).unwrap();
        let document = Document::parse(&written).map_err(|error| format!("{error}\n{written}")).unwrap();
        validator::check(&document, format).unwrap();
        assert!(!written.contains("never") && !written.contains("reserved") && !written.contains("evil"), "{written}");
        for declaration in ["xmlns:podcast=\"https://podcastindex.org", "xmlns:ns1=\"urn:own\"", "xmlns:ns2=\"urn:other\""] {
            assert_eq!(written.matches(declaration).count(), 1, "{declaration} {written}");
        }
        let name = if format == Format::Rss { "item" } else { "entry" };
        let entry = document.descendants().find(|node| node.tag_name().name() == name).unwrap();
        let foreign: Vec<_> = entry.children().filter(|node| node.tag_name().namespace() == Some(OWN)).collect();
        let names: Vec<_> = foreign.iter().map(|node| node.tag_name().name()).collect();
        assert_eq!(names, ["b", "a", "b"]);
        assert_eq!(foreign[0].text(), Some("R&D <第 1 期> ]]>"));
        assert_eq!(foreign[0].attribute("x"), Some("1\n2\t\"<&"));
        assert_eq!(foreign[0].attribute(("urn:other", "y")), Some("3"));
        assert_eq!(foreign[0].attributes().len(), 3);
        let inside: Vec<_> = foreign[1].descendants().filter(Node::is_element).map(|node| node.tag_name()).collect();
        let inside: Vec<_> = inside.iter().map(|name| (name.namespace().unwrap_or(""), name.name())).collect();
        assert_eq!(inside, [(OWN, "a"), ("", "none"), (ATOM, "name"), (OWN, "z")]);
        assert_eq!(text(entry, ATOM, "rights").unwrap(), "© 作者");
        assert_eq!(text(entry, MEDIA, "rating").unwrap(), "adult");
        assert_eq!(written.contains("<atom:rights>"), format == Format::Rss);
        let feed = entry.parent().unwrap();
        assert_eq!(texts(all(feed, ATOM, "contributor")[0], ATOM, "name"), ["帮手"]);
        assert_eq!(texts(feed, "", "ttl"), if format == Format::Rss { vec!["60"] } else { vec![] });
        assert_eq!(all(feed, "", "skipHours").len(), usize::from(format == Format::Rss));
    }
}

#[test]
fn json_feed_carries_extensions_of_both_kinds() {
    let value: Value = serde_json::from_str(&write(&with_extensions(), Format::JsonFeed).unwrap()).unwrap();
    assert_eq!(value["_other"], json!({ "a": [1, "二"] }));
    let top = value["_feedloom"]["extensions"].as_array().unwrap();
    assert_eq!(top[0], json!({ "namespace": PODCAST, "name": "locked", "attributes": [["owner", "我"]], "text": "no" }));
    assert_eq!(top[1], json!({ "namespace": "", "name": "ttl", "text": "60" }));
    assert_eq!(value["_feedloom"]["evil"], Value::Null);
    let item = value["items"][0]["_feedloom"]["extensions"].as_array().unwrap();
    assert_eq!(item[1]["children"][0]["children"][0]["name"], "name");
}

#[test]
fn depth_is_bounded() {
    let mut feed = rich();
    let mut deep = Extension::new(OWN, "x");
    for _ in 0..200 {
        deep = element(OWN, "x", &[], "", vec![deep]);
    }
    feed.extensions = vec![deep];
    for &format in Format::ALL {
        let written = write(&feed, format).unwrap();
        let depth = written.matches("<ns1:x").count().max(written.matches("\"name\": \"x\"").count());
        assert_eq!(depth, 32, "{format:?}");
    }
}

#[test]
fn links_of_all_relations_are_written() {
    let mut feed = rich();
    feed.entries.truncate(1);
    let mut next = Link::new(Rel::Other("next".to_owned()), "https://example.org/2").with_type("application/rss+xml");
    next.title = Some("第二页".to_owned());
    feed.links.push(next);
    feed.links.push(Link::new(Rel::Other("prev-archive".to_owned()), "https://example.org/old"));
    feed.logo = Some("https://example.org/图.png".to_owned());
    let entry = &mut feed.entries[0];
    entry.links.truncate(1);
    entry.links.push(Link::new(Rel::Other("replies".to_owned()), "https://example.org/r").with_type("text/html"));
    entry.links.push(Link::new(Rel::Other("replies".to_owned()), "https://example.org/r.xml").with_type("application/rss+xml"));
    entry.links.push(Link::new(Rel::Related, "https://example.net/a"));
    entry.links.push(Link::new(Rel::Via, "https://example.net/b").with_language(Language::parse("en").unwrap()));
    let rels = |node: Node<'_, '_>| all(node, ATOM, "link").iter().map(|link| link.attribute("rel").unwrap().to_owned()).collect::<Vec<_>>();

    let written = write(&feed, Format::Rss).unwrap();
    let document = Document::parse(&written).unwrap();
    validator::check(&document, Format::Rss).unwrap();
    let channel = document.root_element().first_element_child().unwrap();
    assert_eq!(rels(channel), ["self", "hub", "next", "prev-archive"]);
    assert!(written.contains("<atom:link href=\"https://example.org/2\" rel=\"next\" title=\"第二页\" type=\"application/rss+xml\">"), "{written}");
    let image = all(channel, "", "image")[0];
    assert_eq!(text(image, "", "url").unwrap(), "https://example.org/%E5%9B%BE.png");
    assert_eq!(text(image, "", "link").unwrap(), "https://example.org/topics/tech/");
    let item = all(channel, "", "item")[0];
    assert_eq!(text(item, "", "comments").unwrap(), "https://example.org/r");
    assert_eq!(rels(item), ["replies", "related", "via"]);

    let written = write(&feed, Format::Atom).unwrap();
    let document = Document::parse(&written).unwrap();
    assert_eq!(rels(document.root_element()), ["self", "alternate", "hub", "next", "prev-archive"]);
    assert_eq!(text(document.root_element(), ATOM, "logo").unwrap(), "https://example.org/%E5%9B%BE.png");
    assert_eq!(rels(all(document.root_element(), ATOM, "entry")[0])[..5], ["alternate", "replies", "replies", "related", "via"]);

    let value: Value = serde_json::from_str(&write(&feed, Format::JsonFeed).unwrap()).unwrap();
    assert_eq!(value["next_url"], "https://example.org/2");
    assert_eq!(value["_feedloom"]["logo"], "https://example.org/%E5%9B%BE.png");
    assert_eq!(value["items"][0]["external_url"], "https://example.net/a");
    assert_eq!(value["items"][0]["_feedloom"]["links"][2], json!({ "rel": "via", "href": "https://example.net/b", "hreflang": "en" }));
}

#[test]
fn files_keep_what_is_known_of_them() {
    let mut feed = rich();
    feed.entries.truncate(1);
    let mut shown = Media::new(Role::Content, "https://example.org/c.webm");
    (shown.width, shown.duration, shown.alt) = (Some(1), Some(2), Some("一段\n影像".to_owned()));
    let second = Media { width: Some(3), height: Some(4), ..Media::new(Role::Thumbnail, "https://img.example.org/1") };
    feed.entries[0].media.extend([shown, second]);
    for format in [Format::Rss, Format::Atom] {
        let written = write(&feed, format).unwrap();
        let document = Document::parse(&written).unwrap();
        validator::check(&document, format).unwrap();
        let shown = document.descendants().find(|node| node.attribute("url") == Some("https://example.org/c.webm")).unwrap();
        assert_eq!(attributes(shown), pairs(&[("duration", "2"), ("url", "https://example.org/c.webm"), ("width", "1")]));
        assert_eq!(text(shown, MEDIA, "description").unwrap(), "一段 影像");
        let second = document.descendants().find(|node| node.tag_name().name() == "thumbnail" && node.attribute("width") == Some("3"));
        assert_eq!(second.unwrap().attribute("height"), Some("4"));
    }
    let value: Value = serde_json::from_str(&write(&feed, Format::JsonFeed).unwrap()).unwrap();
    let files = value["items"][0]["_feedloom"]["media"].as_array().unwrap();
    assert_eq!(files.len(), 5);
    assert_eq!(files[3], json!({ "url": "https://example.org/c.webm", "role": "content", "width": 1, "duration": 2, "alt": "一段 影像" }));
    assert_eq!(files[0]["width"], 640);
}

#[test]
fn bodies_elsewhere_relative_links_and_ids_that_nobody_gave() {
    let mut feed = rich();
    feed.entries.truncate(2);
    let entry = &mut feed.entries[0];
    entry.id = Id::derived("https://example.org/blog/%E5%87%BA%E8%A1%8C/");
    (entry.content, entry.summary) = (None, None);
    entry.content_link = Some(Link::new(Rel::Alternate, "https://example.org/a.pdf").with_type("application/pdf"));
    let content = feed.entries[1].content.as_mut().unwrap();
    (content.value, content.base) = ("<a href=\"图.png\">x</a>".to_owned(), Some("https://example.org/a/".to_owned()));
    let rss = write(&feed, Format::Rss).unwrap();
    assert_eq!(rss.matches("<guid").count(), 1, "{rss}");
    assert!(rss.contains("<a href=\"https://example.org/a/%E5%9B%BE.png\">x</a>"), "{rss}");
    let atom = write(&feed, Format::Atom).unwrap();
    validator::check(&Document::parse(&atom).unwrap(), Format::Atom).unwrap();
    assert!(atom.contains("<content type=\"application/pdf\" src=\"https://example.org/a.pdf\"></content>"), "{atom}");
    assert!(atom.contains("<content xml:base=\"https://example.org/a/\" type=\"html\">&lt;a href=&quot;图.png"), "{atom}");
    assert!(atom.contains("<id>https://example.org/blog/%E5%87%BA%E8%A1%8C/</id>"));
    assert!(write(&feed, Format::JsonFeed).unwrap().contains("<a href=\\\"https://example.org/a/%E5%9B%BE.png"));
}

#[test]
fn the_feed_an_entry_came_from_is_told_in_full() {
    let mut feed = rich();
    let mut origin = Origin::new(Id::opaque("7"));
    origin.language = Language::parse("ja");
    origin.rights = Some(Text::html("<b>©</b>"));
    origin.links = vec![Link::new(Rel::Via, "https://example.com/v")];
    feed.entries[2].origin = Some(std::sync::Arc::new(origin));
    let atom = write(&feed, Format::Atom).unwrap();
    assert!(atom.contains("<source xml:lang=\"ja\">"), "{atom}");
    let value: Value = serde_json::from_str(&write(&feed, Format::JsonFeed).unwrap()).unwrap();
    assert_eq!(
        value["items"][2]["_feedloom"]["source"],
        json!({ "id": "7", "language": "ja", "rights_html": "<b>©</b>", "links": [{ "rel": "via", "href": "https://example.com/v" }] })
    );
}
