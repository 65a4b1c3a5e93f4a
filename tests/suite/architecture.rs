//! The layers hold: who may use whom, who may do what, and how large a file may be.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Each top-level module with its layer. A module uses modules of lower layers only.
const LAYERS: &[(&str, u8)] = &[
    ("model", 0),
    ("diagnostic", 1),
    ("clock", 1),
    ("syntax", 1),
    ("text", 1),
    ("report", 2),
    ("format", 2),
    ("http", 2),
    ("content", 3),
    ("source", 3),
    ("topic", 3),
    ("lint", 3),
    ("publish", 4),
    ("pipeline", 5),
    ("config", 6),
    ("serve", 7),
    ("cli", 8),
];

/// Where a crate may be named: its types must not leak into the rest of the program.
const BEHIND: &[(&str, &[&str])] = &[
    ("ammonia", &["text/sanitise"]),
    ("any_ascii", &["text/romanise.rs"]),
    ("arc_swap", &["serve"]),
    ("atom_syndication", &["format/atom"]),
    ("axum", &["serve"]),
    ("base64", &["format/read", "lint/text/construct.rs"]),
    ("brotli", &["serve"]),
    ("brotli_decompressor", &["http"]),
    ("caseless", &["topic/identity.rs"]),
    ("chardetng", &["format/decode"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli/man.rs"]),
    ("comrak", &["content/markdown.rs"]),
    ("encoding_rs", &["format/decode"]),
    ("entities", &["format/markup"]),
    ("flate2", &["http", "serve"]),
    ("futures_util", &["serve"]),
    ("httpdate", &["serve"]),
    ("imagesize", &["content/file_facts.rs"]),
    ("maud", &["publish/page"]),
    ("memchr", &["format", "text"]),
    ("mimalloc", &["main.rs"]),
    ("notify", &["serve"]),
    ("oxilangtag", &["model/language.rs"]),
    ("percent_encoding", &["serve"]),
    ("pinyin", &["text/romanise.rs"]),
    ("postcard", &["content/index/wire.rs"]),
    ("qrcodegen", &["publish/page/qr.rs"]),
    ("quick_xml", &["format"]),
    ("reqwest", &["http"]),
    // `format/mod.rs` and `lint/document.rs` name modules of their own.
    ("rss", &["format/rss", "format/mod.rs", "lint/document.rs"]),
    ("roxmltree", &["lint/tree.rs"]),
    ("rusqlite", &["source/store/sqlite"]),
    ("rustls", &["http"]),
    ("serde_yaml", &["syntax"]),
    ("simdutf8", &["format/decode"]),
    ("tokio", &["http", "pipeline/fetch", "serve"]),
    ("toml", &["syntax"]),
    ("url", &["text", "source", "format", "http", "content/people.rs"]),
    ("walkdir", &["pipeline/input.rs", "serve/shelf.rs"]),
    ("webpki_root_certs", &["http"]),
];

/// What only one place may do.
const DOORS: &[(&[&str], &[&str])] = &[
    (&["SystemTime", "Instant::now", "Utc::now", "Local::now"], &["clock.rs"]),
    (
        &["fs::write", "File::create", "fs::rename", "fs::remove", "fs::create_dir", "OpenOptions", "File::options"],
        // The store writes its own file, and the folder that it is in.
        &["publish/write.rs", "publish/scratch.rs", "publish/single.rs", "source/store/sqlite/open.rs"],
    ),
    (&["println!", "eprintln!", "io::stdout", "io::stderr", "env::var", "env::args"], &["cli"]),
    (&["TcpStream", "TcpListener", "UdpSocket", "std::net::"], &["http", "serve"]),
    (&["process::exit", "process::Command"], &["cli"]),
];

const MOST_LINES: usize = 500;

struct Source {
    /// Below `src`, with `/`.
    path: String,
    /// Without tests, comments and documentation.
    code: Vec<String>,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    files
        .iter()
        .filter(|file| file.file_name().is_some_and(|name| name != "tests.rs") && !file.components().any(|part| part.as_os_str() == "tests"))
        .map(|file| read(file, &root))
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn read(file: &Path, root: &Path) -> Source {
    let text = std::fs::read_to_string(file).unwrap();
    let mut code = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        // An inline test module is the last thing in a file.
        if line.trim() == "#[cfg(test)]"
            && lines.peek().is_some_and(|next| next.contains("mod ") && next.ends_with('{') || next.starts_with("#[expect"))
        {
            break;
        }
        if !line.trim_start().starts_with("//") {
            code.push(line.to_owned());
        }
    }
    let path = file.strip_prefix(root).unwrap().components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    Source { path, code }
}

fn module(path: &str) -> &str {
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The top-level modules of ours that a line names.
fn used(line: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            names.extend(list.split(['}', ',']).filter_map(|name| name.trim().split("::").next()).map(ToOwned::to_owned));
        } else {
            names.insert(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    names.retain(|name| LAYERS.iter().any(|(known, _)| known == name));
    names
}

#[test]
fn every_module_has_a_layer_and_uses_lower_ones_only() {
    let layers: BTreeMap<&str, u8> = LAYERS.iter().copied().collect();
    let mut wrong = Vec::new();
    let mut arrows = 0;
    for source in sources() {
        let from = module(&source.path);
        if matches!(from, "main" | "lib") {
            continue;
        }
        let Some(layer) = layers.get(from) else {
            wrong.push(format!("{}: the module has no layer", source.path));
            continue;
        };
        for line in &source.code {
            for to in used(line).into_iter().filter(|to| to != from) {
                arrows += 1;
                if layers[to.as_str()] >= *layer {
                    wrong.push(format!("{}: {from} (layer {layer}) uses {to} (layer {}): {}", source.path, layers[to.as_str()], line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(arrows > 50, "the test sees the imports: {arrows}");
}

#[test]
fn the_test_would_see_a_wrong_arrow() {
    assert_eq!(used("use crate::content::Options;"), ["content".to_owned()].into());
    assert_eq!(used("use crate::{clock::Clock, topic};"), ["clock".to_owned(), "topic".to_owned()].into());
    assert_eq!(used("let x = crate::text::plain::to_plain(y);"), ["text".to_owned()].into());
    assert!(used("use crate::Error;").is_empty());
}

#[test]
fn crates_stay_behind_their_module() {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for source in sources() {
        for (name, places) in BEHIND {
            let path = format!("{name}::");
            // `name::` at the start of a path, or `::name::`; not `super::name::` or `other_name::`.
            let starts = |before: &str| !before.strip_suffix("::").unwrap_or(before).ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
            let named = |line: &String| line.match_indices(&path).any(|(at, _)| starts(&line[..at])) || line.trim() == format!("use {name};");
            if source.code.iter().any(named) {
                seen.insert(*name);
                if !places.iter().any(|place| source.path.starts_with(place)) {
                    wrong.push(format!("{}: names the crate {name}, which is for {}", source.path, places.join(", ")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let unused: Vec<_> = BEHIND.iter().map(|(name, _)| *name).filter(|name| !seen.contains(name)).collect();
    assert!(unused.is_empty(), "in the list but in no file: {unused:?}");
}

#[test]
fn some_things_have_one_door() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (words, places) in DOORS {
            if places.iter().any(|place| source.path.starts_with(place)) {
                continue;
            }
            for line in &source.code {
                wrong.extend(
                    words.iter().filter(|word| line.contains(**word)).map(|word| format!("{}: {word} is for {}", source.path, places.join(", "))),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_some_verbs_know_the_network() {
    const MAY: &[&str] =
        &["http", "source/fetch.rs", "pipeline/discover.rs", "pipeline/fetch", "pipeline/input.rs", "pipeline/ping.rs", "config/network.rs", "cli"];
    let uses = |source: &Source| source.code.iter().any(|line| used(line).contains("http"));
    let wrong: Vec<String> = sources()
        .into_iter()
        .filter(|source| uses(source) && !MAY.iter().any(|place| source.path.starts_with(place)))
        .map(|source| source.path)
        .collect();
    assert!(wrong.is_empty(), "build and all that it uses open no socket: {wrong:?}");
}

#[test]
fn files_hold_one_concept() {
    let mut wrong = Vec::new();
    for source in sources() {
        let lines = source.code.iter().filter(|line| !line.trim().is_empty()).count();
        if lines > MOST_LINES {
            wrong.push(format!("{}: {lines} lines of code", source.path));
        }
        let name = source.path.rsplit('/').next().unwrap();
        if ["util.rs", "utils.rs", "common.rs", "helper.rs", "helpers.rs", "types.rs", "misc.rs"].contains(&name) {
            wrong.push(format!("{}: a drawer, not a name", source.path));
        }
        if source.code.iter().any(|line| ["todo!(", "unimplemented!(", "dbg!(", "#[ignore"].iter().any(|word| line.contains(word))) {
            wrong.push(format!("{}: unfinished", source.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let silent: Vec<_> = files.iter().filter(|file| !std::fs::read_to_string(file).unwrap().starts_with("//!")).collect();
    assert!(silent.is_empty(), "{silent:?}");
}
