//! What is said of the keys is what is read.
#![expect(clippy::disallowed_methods, reason = "the documentation is written when somebody asks for it")]

use super::*;
use crate::clock::Clock;
use crate::diagnostic::Diagnostic;
use std::collections::BTreeSet;
use std::path::Path;

/// The declared keys whose values are values, not sections.
fn values() -> impl Iterator<Item = Declared> {
    keys().into_iter().filter(|key| key.shape != Shape::Section)
}

/// A document in which this key alone has this value, with what its element cannot do without.
fn with(path: &str, yaml: &str) -> Document {
    let mut document = Document::none();
    let (list, name) = path.split_once("[].").unwrap_or((path, ""));
    let needed = match list {
        "sources.list" => vec![("url", "https://example.com/feed")],
        "topics.custom" => vec![("name", "picks"), ("query", "category:科技")],
        _ => Vec::new(),
    };
    let others = needed.into_iter().filter(|(needed, _)| *needed != name);
    let members: Vec<String> = std::iter::once((name, yaml)).chain(others).map(|(name, value)| format!("{name}: {value}")).collect();
    let value = if name.is_empty() { yaml.to_owned() } else { format!("[{{ {} }}]", members.join(", ")) };
    document.set(&format!("{list}={value}")).unwrap_or_else(|finding| panic!("{path}: {yaml}: {finding:?}"));
    if list.starts_with("site.author.") && list != "site.author.name" {
        document.set("site.author.name=x").unwrap();
    }
    document
}

fn findings(document: &Document) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    Settings::read(document, &mut findings);
    findings
}

#[test]
fn every_example_and_every_default_is_read_without_a_finding() {
    let mut count = 0;
    for key in values() {
        assert!(!key.example.is_empty(), "{}: an example is missing", key.path);
        let default = if let Absent::Value(yaml) = key.absent { Some(yaml) } else { None };
        for yaml in [Some(key.example), default].into_iter().flatten() {
            count += 1;
            assert_eq!(findings(&with(&key.path, yaml)), [], "{}: {yaml}", key.path);
        }
        assert_ne!(Some(key.example), default, "{}: the example shows what is not there anyway", key.path);
    }
    assert!(count > 120, "{count}");
}

#[test]
fn each_key_is_declared_once_below_a_section_that_is_declared() {
    let mut seen = BTreeSet::new();
    for key in keys() {
        assert!(!key.meaning.is_empty() && !key.meaning.ends_with('.'), "{}: {}", key.path, key.meaning);
        if let Some((parent, _)) = key.path.rsplit_once('.') {
            assert!(seen.contains(parent.trim_end_matches("[]")), "{}", key.path);
        }
        assert!(seen.insert(key.path.clone()), "{} twice", key.path);
    }
}

/// All that the pipelines are told, as text.
fn options(document: &Document, folder: &Path) -> String {
    let settings = Settings::read(document, &mut Vec::new());
    let subscribed = subscribe(&settings, document, folder, &|file| file.display().to_string(), &|_| Some("x".to_owned()));
    let mut overrides = Overrides::new(folder, folder, Clock::Fixed(crate::model::Timestamp::parse_rfc3339("2025-02-14T10:11:09Z").unwrap()));
    overrides.sources.clone_from(&subscribed.sources);
    let resolved = resolve(&settings, document, &overrides).unwrap_or_else(|finding| panic!("{finding:?}"));
    #[cfg(feature = "fetch")]
    let network = {
        let options = http(&settings, false, &Clock::System);
        let told = format!("{:?} {} {} {}", options.total_timeout, options.limit, options.host_gap_ms, options.agent);
        told + &format!("{:?}", fetch(&settings, subscribed.sources, options, "owner".to_owned(), Clock::System))
    };
    #[cfg(not(feature = "fetch"))]
    let network = String::new();
    format!("{:?}\n{network}", resolved.build)
}

#[test]
fn leaving_a_key_out_is_the_same_as_its_default() {
    let site = tempfile::tempdir().unwrap();
    std::fs::create_dir(site.path().join("content")).unwrap();
    let base = |mut document: Document| {
        for always in ["site.url=https://example.org/", "site.language=zh-CN"] {
            document.set(always).unwrap();
        }
        if document.map.get("sources").and_then(|node| node.as_map()).is_none_or(|sources| sources.get("list").is_none()) {
            document.set("sources.list=[{ url: https://example.com/feed }]").unwrap();
        }
        document
    };
    let mut count = 0;
    for key in values() {
        // The names of files are declared with the very defaults of the formats.
        if let (Absent::Value(yaml), false) = (key.absent, key.path.starts_with("feeds.files.")) {
            count += 1;
            let (without, with) = (options(&base(Document::none()), site.path()), options(&base(with(&key.path, yaml)), site.path()));
            // No separator is one that divides nothing.
            let same = |text: &str| text.replace("separator: Some(\"\")", "separator: None");
            assert!(same(&without) == same(&with), "{}: {yaml}\n{without}\n{with}", key.path);
            assert!(changes(&key, &base, site.path(), &without), "{}: the test would not see another value", key.path);
        }
    }
    assert!(count > 35, "{count}");
}

/// Whether the example makes a difference: else the test would see nothing.
fn changes(key: &Declared, base: &dyn Fn(Document) -> Document, folder: &Path, without: &str) -> bool {
    let document = with(&key.path, key.example);
    // A folder that is not there stops everything; the page with the health of sources is made by the command line.
    matches!(key.path.as_str(), "content.dir" | "feeds.health") || options(&base(document), folder) != without
}

#[test]
fn the_schema_has_the_keys_that_are_read() {
    let schema: serde_json::Value = serde_json::from_str(&schema()).unwrap();
    let mut found = BTreeSet::new();
    collect(&schema, "", &mut found);
    let declared: BTreeSet<String> = keys().into_iter().map(|key| key.path).collect();
    assert_eq!(found, declared);
}

/// The paths of all properties of a schema.
fn collect(schema: &serde_json::Value, path: &str, found: &mut BTreeSet<String>) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        assert_eq!(schema["additionalProperties"], false, "{path}");
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        collect(property, &path, found);
        found.insert(path);
    }
    for either in schema["anyOf"].as_array().into_iter().flatten() {
        // A list of elements may be one element: the same keys.
        if either["type"] == "array" {
            collect(&either["items"], &format!("{path}[]"), found);
        } else if schema["anyOf"][0]["type"] != "array" {
            collect(either, path, found);
        }
    }
}

#[test]
fn the_documents_are_made_of_the_declarations() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for (name, expected) in [("configuration.md", reference()), ("feedloom.schema.json", schema())] {
        let file = docs.join(name);
        if std::env::var_os("FEEDLOOM_WRITE_DOCS").is_some() {
            std::fs::write(&file, &expected).unwrap();
        }
        let found = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(found == expected, "docs/{name} is not what is read; write it with FEEDLOOM_WRITE_DOCS=1 cargo test --lib config::");
    }
}
