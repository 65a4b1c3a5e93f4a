//! Independent parsers read what the sample site publishes: no format says less than another.

use feed_rs::model::Entry;
use std::path::{Path, PathBuf};

fn feeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("feeds")
}

fn topics() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = crate::harness::files(&feeds())
        .iter()
        .filter(|(name, _)| name.ends_with("feed.json"))
        .map(|(name, _)| feeds().join(name).parent().unwrap().to_path_buf())
        .collect();
    found.sort();
    assert!(found.len() > 10, "the sample's feeds are there");
    found
}

fn read(path: &Path) -> feed_rs::model::Feed {
    let bytes = std::fs::read(path).unwrap();
    feed_rs::parser::parse(bytes.as_slice()).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn link(entry: &Entry) -> &str {
    entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate")).map_or("", |link| link.href.as_str())
}

#[test]
fn all_formats_of_a_topic_hold_the_same_entries() {
    for folder in topics() {
        let (rss, atom) = (read(&folder.join("rss.xml")), read(&folder.join("atom.xml")));
        let json: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("feed.json")).unwrap()).unwrap();
        let items = json["items"].as_array().unwrap();
        let at = folder.display();
        assert_eq!(rss.title.as_ref().map(|title| &title.content), atom.title.as_ref().map(|title| &title.content), "{at}");
        assert_eq!(rss.title.map(|title| title.content).as_deref(), json["title"].as_str(), "{at}");
        // feed-rs writes the language of RSS in lower case.
        let lower = |language: &Option<String>| language.as_deref().map(str::to_lowercase);
        assert_eq!(lower(&rss.language), lower(&atom.language), "{at}");
        assert_eq!(lower(&rss.language), json["language"].as_str().map(str::to_lowercase), "{at}");
        assert_eq!((rss.entries.len(), atom.entries.len()), (items.len(), items.len()), "{at}");
        for ((rss, atom), json) in rss.entries.iter().zip(&atom.entries).zip(items) {
            let at = format!("{at}: {}", rss.id);
            assert_eq!(rss.id, atom.id, "{at}");
            assert_eq!(Some(rss.id.as_str()), json["id"].as_str(), "{at}");
            assert_eq!(rss.title.as_ref().map(|title| title.content.as_str()), json["title"].as_str(), "{at}");
            assert_eq!(atom.title.as_ref().map(|title| title.content.as_str()), json["title"].as_str(), "{at}");
            assert_eq!((link(rss), link(atom)), (json["url"].as_str().unwrap(), json["url"].as_str().unwrap()), "{at}");
            assert_eq!(rss.published, atom.published, "{at}");
            let published = json["date_published"].as_str().map(|date| chrono::DateTime::parse_from_rfc3339(date).unwrap().to_utc());
            assert_eq!(rss.published, published, "{at}");
            let body = |entry: &Entry| entry.content.as_ref().and_then(|content| content.body.clone());
            assert_eq!(body(atom).as_deref(), json["content_html"].as_str(), "{at}");
            if let Some(body) = body(rss) {
                assert_eq!(Some(body.as_str()), json["content_html"].as_str(), "{at}");
            }
            let mut tags: Vec<&str> = atom.categories.iter().filter_map(|category| category.label.as_deref().or(Some(&category.term))).collect();
            tags.sort_unstable();
            tags.dedup();
            let mut expected: Vec<&str> =
                json["tags"].as_array().map(|tags| tags.iter().filter_map(|tag| tag.as_str()).collect()).unwrap_or_default();
            expected.sort_unstable();
            assert_eq!(tags, expected, "{at}");
        }
    }
}

#[test]
fn every_xml_file_is_well_formed_for_a_strict_parser() {
    let mut count = 0;
    for (name, bytes) in crate::harness::files(&feeds()) {
        if name.ends_with(".xml") || name.ends_with(".opml") {
            let text = String::from_utf8(bytes).unwrap();
            roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"), "{name}");
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}
