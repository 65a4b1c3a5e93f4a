//! A site's folder → which generator's site it is, and the files of its configuration.
//!
//! Names of files that only one generator has are certain; `config.toml` and `_config.yml`, which several have, are told apart by keys and
//! folders. Where that says nothing, or says two things, nothing is guessed.

use super::hugo;
use super::tree::Tree;
use crate::content::Generator;
use crate::diagnostic::{Code, Diagnostic, Place};
use std::path::{Path, PathBuf};

/// A site that was recognised.
pub(super) struct Found {
    pub(super) generator: Generator,
    pub(super) tree: Tree,
}

/// What may be the configuration of one of these.
struct Candidate {
    shown: String,
    may_be: Vec<Generator>,
    tree: Tree,
    findings: Vec<Diagnostic>,
}

/// Looks at the folder; `wanted` is what people say that it is.
pub(super) fn find(root: &Path, wanted: Option<Generator>, shown: &dyn Fn(&Path) -> String, findings: &mut Vec<Diagnostic>) -> Option<Found> {
    let mut candidates = Vec::new();
    candidates.extend(hugo_of(root, shown));
    candidates.extend(shared_toml(root, shown, &candidates));
    candidates.extend(zola_of(root, shown));
    candidates.extend(underscored(root, shown));
    if let Some(wanted) = wanted {
        candidates.retain(|candidate| candidate.may_be.contains(&wanted));
        candidates.truncate(1);
        for candidate in &mut candidates {
            candidate.may_be = vec![wanted];
        }
    }
    let unclear = match candidates.as_slice() {
        [] => return None,
        [only] => only.may_be.len() != 1,
        _ => true,
    };
    if unclear {
        findings.push(doubtful(&candidates));
        return None;
    }
    let candidate = candidates.pop()?;
    findings.extend(candidate.findings);
    let generator = *candidate.may_be.first()?;
    (!candidate.tree.is_empty()).then_some(Found { generator, tree: candidate.tree })
}

fn doubtful(candidates: &[Candidate]) -> Diagnostic {
    let names = |generators: &[Generator]| generators.iter().map(|generator| generator.title()).collect::<Vec<_>>().join(" or ");
    let place = Place::file(candidates.first().map_or("", |candidate| candidate.shown.as_str()));
    let described: Vec<String> = candidates
        .iter()
        .map(|candidate| match candidate.may_be.as_slice() {
            [] => format!("{} of none", candidate.shown),
            may_be => format!("{} of {}", candidate.shown, names(may_be)),
        })
        .collect();
    let message = format!("expected the configuration of one generator, found {}; it is not read", described.join(", and "));
    Diagnostic::new(Code::SiteUnclear, place, message)
        .with_help("say which it is: `content: { like: hugo }` in feedloom.yaml; hexo, jekyll, zola, or none")
}

/// One file, read.
fn candidate(file: &Path, shown: &dyn Fn(&Path) -> String, may_be: impl FnOnce(&Tree) -> Vec<Generator>) -> Candidate {
    let (mut tree, mut findings) = (Tree::default(), Vec::new());
    let name = shown(file);
    tree.add(file, &name, &[], &mut findings);
    Candidate { shown: name, may_be: may_be(&tree), tree, findings }
}

fn existing(root: &Path, stem: &str) -> Option<PathBuf> {
    hugo::ENDINGS.iter().map(|ending| root.join(format!("{stem}.{ending}"))).find(|file| file.is_file())
}

/// `hugo.*`, and the folder `config/_default` with or without it.
fn hugo_of(root: &Path, shown: &dyn Fn(&Path) -> String) -> Option<Candidate> {
    let folder = root.join("config/_default");
    let file = existing(root, "hugo");
    let has_folder = existing(&folder, "hugo").or_else(|| existing(&folder, "config")).or_else(|| existing(&folder, "languages")).is_some();
    if file.is_none() && !has_folder {
        return None;
    }
    let (mut tree, mut findings) = (Tree::default(), Vec::new());
    if let Some(file) = file.clone().or_else(|| existing(root, "config")) {
        tree.add(&file, &shown(&file), &[], &mut findings);
    }
    hugo::folder(&folder, shown, &mut tree, &mut findings);
    let name = file.map_or_else(|| shown(&folder), |file| shown(&file));
    Some(Candidate { shown: name, may_be: vec![Generator::Hugo], tree, findings })
}

/// `config.toml` is Hugo's old name and Zola's own; in other languages it is Hugo's.
fn shared_toml(root: &Path, shown: &dyn Fn(&Path) -> String, certain: &[Candidate]) -> Option<Candidate> {
    if !certain.is_empty() {
        return None;
    }
    let file = existing(root, "config")?;
    let is_toml = file.extension().is_some_and(|ending| ending == "toml");
    let found = candidate(&file, shown, |tree| {
        let has = |keys: &[&str]| keys.iter().any(|key| tree.get(&[*key]).is_some());
        let is_hugo = has(&["baseURL", "languageCode", "locale", "defaultContentLanguage", "paginate", "permalinks", "params", "disqusShortname"])
            || (root.join("archetypes").is_dir() && root.join("layouts").is_dir());
        let is_zola = is_toml && (has(&["base_url", "compile_sass", "build_search_index", "default_language"]) || root.join("templates").is_dir());
        // A broken file says nothing: Hugo's folder beside it may.
        let by_folder = tree.is_empty() && (root.join("archetypes").is_dir() || root.join("layouts").is_dir());
        [(Generator::Hugo, is_hugo || by_folder), (Generator::Zola, is_zola)]
            .into_iter()
            .filter(|(_, is)| *is)
            .map(|(generator, _)| generator)
            .collect()
    });
    // A file of this name need not be any generator's; without folders of articles it is somebody else's.
    (!found.may_be.is_empty() || root.join("content").is_dir()).then_some(found)
}

fn zola_of(root: &Path, shown: &dyn Fn(&Path) -> String) -> Option<Candidate> {
    let file = root.join("zola.toml");
    file.is_file().then(|| candidate(&file, shown, |_| vec![Generator::Zola]))
}

/// `_config.yml` is Hexo's or Jekyll's.
fn underscored(root: &Path, shown: &dyn Fn(&Path) -> String) -> Option<Candidate> {
    let file = ["_config.yml", "_config.yaml"].iter().map(|name| root.join(name)).find(|file| file.is_file())?;
    Some(candidate(&file, shown, |tree| {
        let has = |keys: &[&str]| keys.iter().filter(|key| tree.get(&[**key]).is_some()).count();
        let there = |paths: &[&str]| paths.iter().filter(|path| root.join(path).exists()).count();
        let hexo = has(&[
            "source_dir",
            "public_dir",
            "new_post_name",
            "tag_dir",
            "category_dir",
            "post_asset_folder",
            "filename_case",
            "skip_render",
            "per_page",
        ]) + there(&["source/_posts", "scaffolds", "themes"]);
        let jekyll = has(&["baseurl", "kramdown", "markdown", "plugins", "gems", "collections", "defaults", "sass", "remote_theme", "show_drafts"])
            + there(&["_posts", "_drafts", "_layouts", "_includes", "_sass", "_data", "Gemfile"]);
        match (hexo, jekyll) {
            (0, 0) => Vec::new(),
            (hexo, jekyll) if hexo > 2 * jekyll => vec![Generator::Hexo],
            (hexo, jekyll) if jekyll > 2 * hexo => vec![Generator::Jekyll],
            _ => vec![Generator::Hexo, Generator::Jekyll],
        }
    }))
}
