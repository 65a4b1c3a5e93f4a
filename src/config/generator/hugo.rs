//! Hugo's configuration → what it says. Source: the documentation of Hugo 0.168, "Configuration", and its older names.

use super::said::{Reading, taxonomy};
use super::tree::Tree;
use crate::content::SiteLanguage;
use crate::diagnostic::Diagnostic;
use std::collections::BTreeSet;
use std::path::Path;

/// The endings of Hugo's configuration files; where several are there, the first counts.
pub(super) const ENDINGS: &[&str] = &["toml", "yaml", "yml", "json"];

/// Reads the files of `config/_default`; the name of each says below which key it stands.
pub(super) fn folder(folder: &Path, shown: &dyn Fn(&Path) -> String, tree: &mut Tree, findings: &mut Vec<Diagnostic>) {
    let mut files: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    for file in files {
        let is_known = file.extension().and_then(|extension| extension.to_str()).is_some_and(|extension| ENDINGS.contains(&extension));
        let Some(stem) = file.file_stem().and_then(|stem| stem.to_str()).filter(|_| is_known) else { continue };
        let mut keys: Vec<&str> = stem.split('.').collect();
        match keys.as_slice() {
            ["hugo" | "config"] => keys.clear(),
            // `params.zh` is below the language.
            [name, language] if *name != "languages" => keys = vec!["languages", language, name],
            _ => {}
        }
        tree.add(&file, &shown(&file), &keys, findings);
    }
}

/// What it all says.
pub(super) fn read(root: &Path, reading: &mut Reading<'_>) {
    let tree = reading.tree;
    let default = default_language(tree);
    let own = ["languages", default.as_str()];
    let [languages, key] = own;
    reading.site(
        &[&[languages, key, "title"], &["title"]],
        &[&[languages, key, "params", "description"], &["params", "description"]],
        &[
            &[languages, key, "params", "author", "name"],
            &[languages, key, "params", "author"],
            &["params", "author", "name"],
            &["params", "author"],
            &["author", "name"],
            &["author"],
        ],
    );
    reading.url(&[&[languages, key, "baseURL"], &["baseURL"]]);
    reading.language(&[&[languages, key, "locale"], &[languages, key, "languageCode"], &["locale"], &["languageCode"], &["defaultContentLanguage"]]);
    reading.zone(&[&[languages, key, "timeZone"], &["timeZone"]]);
    reading.limit(&[&["services", "rss", "limit"], &["rssLimit"]]);
    reading.held(&[&["buildDrafts"]], &[&["buildFuture"]]);
    let manner = &mut reading.said.manner;
    manner.keeps_case = tree.is_on(&["disablePathToLower"]);
    manner.is_ugly = tree.is_on(&["uglyURLs"]);
    dates(tree, reading);
    folders(tree, &default, reading);
    taxonomies(tree, reading);
    permalinks(root, tree, reading);
}

/// The key of the language that has no folder of its own in addresses.
fn default_language(tree: &Tree) -> String {
    let stated = tree.get(&["defaultContentLanguage"]).and_then(|told| told.text());
    stated.unwrap_or_else(|| "en".to_owned())
}

/// `[frontmatter] date`: which keys hold the date.
fn dates(tree: &Tree, reading: &mut Reading<'_>) {
    let Some(told) = tree.get(&["frontmatter", "date"]) else { return };
    let usual = std::mem::take(&mut reading.said.manner.date_keys);
    for item in told.items().filter_map(|item| item.text()) {
        match item.to_ascii_lowercase().as_str() {
            ":filename" => reading.said.manner.has_dated_names = true,
            ":default" => reading.said.manner.date_keys.extend(usual.iter().cloned()),
            // The times of files and of version control are not the same everywhere.
            other if other.starts_with(':') => {}
            _ => reading.said.manner.date_keys.push(item),
        }
    }
    if reading.said.manner.date_keys.is_empty() {
        reading.said.manner.date_keys = usual;
    }
}

/// Content and static folders, and the languages with theirs.
fn folders(tree: &Tree, default: &str, reading: &mut Reading<'_>) {
    if let Some(dir) = reading.text("content.dir", &[&["contentDir"]]) {
        reading.said.content_dir = dir;
    }
    if let Some(told) = tree.get(&["staticDir"]) {
        reading.said.static_dirs = told.items().filter_map(|item| item.text()).collect();
    }
    let in_folder = tree.is_on(&["defaultContentLanguageInSubdir"]);
    let site = reading.said.settings.site.language.clone();
    let mut names = tree.names(&["languages"]);
    if !names.iter().any(|name| name.eq_ignore_ascii_case(default)) {
        names.push(default.to_owned());
    }
    let dir = |name: &str| tree.get(&["languages", name, "contentDir"]).and_then(|told| told.text());
    shared_folder(&names, default, &dir, reading);
    for name in names {
        if tree.is_on(&["languages", &name, "disabled"]) {
            continue;
        }
        let is_default = name.eq_ignore_ascii_case(default);
        let told = tree.first(&[&["languages", &name, "locale"], &["languages", &name, "languageCode"]]).and_then(|told| told.text());
        let tag = told.as_deref().and_then(Reading::tag).or_else(|| site.clone().filter(|_| is_default)).or_else(|| Reading::tag(&name));
        let Some(tag) = tag else { continue };
        let prefix = if is_default && !in_folder { String::new() } else { name.to_lowercase() };
        if is_default {
            reading.said.manner.prefix.clone_from(&prefix);
        }
        let mut language = SiteLanguage::new(&name, tag, prefix);
        let base = format!("{}/", reading.said.content_dir.trim_end_matches('/'));
        language.folder = dir(&name).and_then(|dir| Some(dir.trim_end_matches('/').strip_prefix(&base)?.to_owned()));
        reading.said.manner.languages.push(language);
    }
}

/// Languages with folders of their own need not have them below the usual one: then the folder above all of them is read.
fn shared_folder(names: &[String], default: &str, dir: &dyn Fn(&str) -> Option<String>, reading: &mut Reading<'_>) {
    let dirs: Vec<String> = names.iter().filter_map(|name| dir(name)).collect();
    let base = format!("{}/", reading.said.content_dir.trim_end_matches('/'));
    if dirs.is_empty() || dirs.iter().all(|dir| dir.starts_with(&base) || format!("{dir}/") == base) {
        return;
    }
    let above: BTreeSet<&str> = dirs.iter().filter_map(|dir| dir.trim_end_matches('/').rsplit_once('/').map(|(above, _)| above)).collect();
    let Some(told) = reading.tree.get(&["languages", default, "contentDir"]) else { return };
    match (above.len(), above.first()) {
        (1, Some(above)) if dirs.iter().all(|dir| dir.contains('/')) => reading.said.content_dir = (*above).to_owned(),
        _ => {
            // Without one folder above, only the main language can be read.
            let own = dir(default).unwrap_or_default();
            reading.wrong(
                told,
                format!("expected one folder above those of all languages, found none; only {own} is read"),
                "set content.dir in feedloom.yaml",
            );
            reading.said.content_dir = own;
        }
    }
}

fn taxonomies(tree: &Tree, reading: &mut Reading<'_>) {
    let names = tree.names(&["taxonomies"]);
    let plural = |name: &String| Some(taxonomy(name, &tree.get(&["taxonomies", name]).and_then(|told| told.text())?));
    let taxonomies: Vec<_> = names.iter().filter_map(plural).collect();
    let first = names.first().and_then(|name| tree.get(&["taxonomies", name]));
    if let Some(told) = first.filter(|_| !taxonomies.is_empty()) {
        reading.taxonomies(taxonomies, told);
    }
}

/// `[permalinks]`, and `[permalinks.page]` of newer versions.
fn permalinks(root: &Path, tree: &Tree, reading: &mut Reading<'_>) {
    let mut patterns = Vec::new();
    for name in tree.names(&["permalinks"]) {
        match name.as_str() {
            "section" | "taxonomy" | "term" => {}
            "page" => patterns.extend(
                tree.names(&["permalinks", "page"]).into_iter().filter_map(|name| Some((name.clone(), tree.get(&["permalinks", "page", &name])?))),
            ),
            _ => patterns.extend(tree.get(&["permalinks", &name]).map(|told| (name.clone(), told))),
        }
    }
    let own: BTreeSet<String> = reading.said.settings.feeds.by.iter().flatten().map(|taxonomy| taxonomy.plural.clone()).collect();
    let mut has_sections = false;
    for (section, told) in patterns {
        // Addresses of terms are none of articles.
        if own.contains(&section) || ["tags", "categories"].contains(&section.as_str()) {
            continue;
        }
        let Some(template) = reading.pattern(told) else { continue };
        has_sections |= told.text().is_some_and(|text| text.contains(":sections"));
        reading.fact(&format!("content.permalinks.{section}"), told.text().unwrap_or_default(), told);
        reading.said.settings.content.permalinks.get_or_insert_default().insert(section, template);
    }
    if has_sections {
        let dir = root.join(&reading.said.content_dir);
        sections(&dir, "", 0, &mut reading.said.manner.sections);
    }
}

/// The folders that have an `_index` page. Deeper than this no site goes.
const DEEPEST: usize = 16;

fn sections(folder: &Path, below: &str, depth: usize, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) && depth < DEEPEST {
            let path = if below.is_empty() { name } else { format!("{below}/{name}") };
            sections(&entry.path(), &path, depth + 1, found);
        } else if name.starts_with("_index.") && !below.is_empty() {
            found.insert(below.to_owned());
        }
    }
}
