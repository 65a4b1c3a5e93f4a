//! The content folder → the files that are articles, in an order that does not depend on the file system.
//!
//! Knows Hugo's page bundles (`index.md` with neighbours) and section pages (`_index.md`), Jekyll's `_posts` and
//! `_drafts`. Follows no symbolic link, opens no file.

use super::Options;
use super::language::{is_language_folder, is_language_suffix};
use crate::diagnostic::{Code, Diagnostic, Severity};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;

/// A file that is an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// Where to read it.
    pub(crate) file: PathBuf,
    /// Below the content folder, with `/`, as the file system spells it.
    pub(crate) path: Arc<str>,
    /// Whether it is the `index` of a page bundle: files beside it belong to it.
    pub(crate) bundle: bool,
    /// Whether it is such a file, and so no article of its own.
    pub(crate) resource: bool,
}

/// All articles below the content folder, sorted by path. What cannot be read is reported, the rest goes on.
pub(crate) fn walk(options: &Options, findings: &mut Vec<Diagnostic>) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut bundles: Vec<PathBuf> = Vec::new();
    let entries = WalkDir::new(&options.dir)
        .follow_links(false)
        .sort_by(|a, b| bundle_index_first(a.file_name()).cmp(&bundle_index_first(b.file_name())).then_with(|| a.file_name().cmp(b.file_name())))
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !(is_hidden(entry.file_name()) || options.skip.iter().any(|skip| entry.path() == skip)));
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map_or_else(String::new, |path| slashed(path, &options.dir));
                let reason = error.io_error().map_or_else(|| "a loop of links".to_owned(), ToString::to_string);
                findings.push(Diagnostic::new(Code::UnreadableFile, options.place(&path), format!("expected to read it, found: {reason}")));
                continue;
            }
        };
        let path: Arc<str> = slashed(entry.path(), &options.dir).into();
        let is_article = has_extension(entry.path(), &options.extensions);
        if entry.path_is_symlink() && entry.depth() > 0 && (is_article || entry.path().is_dir()) {
            findings.push(
                Diagnostic::new(
                    Code::UnreadableFile,
                    options.place(&path),
                    "expected a file or a folder, found a symbolic link, which is not followed",
                )
                .with_severity(Severity::Warning)
                .with_help("move what it points to into the content folder"),
            );
        }
        let is_elsewhere = options.manner.as_ref().is_some_and(|manner| !manner.has(&path));
        if !entry.file_type().is_file() || !is_article || is_elsewhere {
            continue;
        }
        let stem = entry.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = entry.path().parent().unwrap_or(&options.dir);
        // The index of the content folder, or of a language's folder in it, is a home page.
        let is_home =
            entry.depth() == 1 || (entry.depth() == 2 && folder.file_name().is_some_and(|name| is_language_folder(&name.to_string_lossy())));
        if is_index(&stem, "_index") || (is_home && is_index(&stem, "index")) {
            continue;
        }
        let bundle = is_index(&stem, "index");
        // The walk is depth first: a bundle that does not hold this file has ended.
        while bundles.last().is_some_and(|bundle| !entry.path().starts_with(bundle)) {
            bundles.pop();
        }
        if bundle {
            bundles.push(folder.to_path_buf());
        }
        let in_posts = path.split('/').any(|part| part == "_posts");
        let resource = !bundle && !in_posts && !bundles.is_empty();
        sources.push(Source { file: entry.into_path(), path, bundle, resource });
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

/// Sorts `index.*` before its neighbours, so that a bundle is known before its other files are met.
fn bundle_index_first(name: &std::ffi::OsStr) -> bool {
    !Path::new(name).file_stem().is_some_and(|stem| is_index(&stem.to_string_lossy(), "index"))
}

/// `index`, or `index` with a language suffix: `index.en`.
fn is_index(stem: &str, index: &str) -> bool {
    stem == index || stem.strip_prefix(index).and_then(|rest| rest.strip_prefix('.')).is_some_and(is_language_suffix)
}

/// Hidden names, and folders in which generators keep what is no content.
fn is_hidden(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.') || ["_site", "_layouts", "_includes", "_sass", "_data", "node_modules"].contains(&name.as_ref())
}

fn has_extension(path: &Path, extensions: &[String]) -> bool {
    path.extension().is_some_and(|found| extensions.iter().any(|wanted| found.eq_ignore_ascii_case(wanted)))
}

fn slashed(path: &Path, dir: &Path) -> String {
    let below = path.strip_prefix(dir).unwrap_or(path);
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> (tempfile::TempDir, Options) {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            #[expect(clippy::disallowed_methods, reason = "a fixture")]
            std::fs::write(path, "x").unwrap();
        }
        let options = Options { dir: dir.path().to_path_buf(), ..Options::default() };
        (dir, options)
    }

    fn paths(files: &[&str]) -> (Vec<String>, usize) {
        let (_dir, options) = tree(files);
        let mut findings = Vec::new();
        let sources = walk(&options, &mut findings);
        let articles = sources.iter().filter(|source| !source.resource);
        (articles.map(|source| source.path.to_string()).collect(), findings.len() + sources.iter().filter(|source| source.resource).count())
    }

    #[test]
    fn articles_come_sorted_and_other_files_are_left_alone() {
        let (found, findings) = paths(&["b.md", "a.markdown", "c.txt", ".hidden/x.md", "d/.x.md", "d/e.MD"]);
        assert_eq!(found, ["a.markdown", "b.md", "d/e.MD"]);
        assert_eq!(findings, 0);
    }

    #[test]
    fn a_bundle_owns_its_neighbours_but_not_its_translations() {
        let (found, findings) = paths(&["p/a.md", "p/index.md", "p/index.en.md", "p/sub/b.md", "q/z.md"]);
        assert_eq!(found, ["p/index.en.md", "p/index.md", "q/z.md"]);
        assert_eq!(findings, 2);
    }

    #[test]
    fn section_pages_and_the_home_page_are_no_articles() {
        let (found, findings) = paths(&["_index.md", "index.md", "blog/_index.zh-cn.md", "blog/a.md"]);
        assert_eq!(found, ["blog/a.md"]);
        assert_eq!(findings, 0);
    }

    #[test]
    fn the_home_page_of_a_language_and_posts_are_no_bundle() {
        let (found, findings) =
            paths(&["en/index.md", "en/blog/a.md", "blog/index.md", "blog/_posts/2025-01-01-a.md", "p/index.md", "p/index.v2.md"]);
        assert_eq!(found, ["blog/_posts/2025-01-01-a.md", "blog/index.md", "en/blog/a.md", "p/index.md"]);
        assert_eq!(findings, 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed_and_named() {
        let (dir, options) = tree(&["a.md"]);
        std::os::unix::fs::symlink("a.md", dir.path().join("b.md")).unwrap();
        std::os::unix::fs::symlink(".", dir.path().join("loop")).unwrap();
        let mut findings = Vec::new();
        assert_eq!(walk(&options, &mut findings).len(), 1);
        assert_eq!(findings.len(), 2);
    }

    #[test]
    fn the_output_folder_inside_the_content_folder_is_passed_over() {
        let (_dir, mut options) = tree(&["a.md", "feeds/b.md"]);
        options.skip = vec![options.dir.join("feeds")];
        assert_eq!(walk(&options, &mut Vec::new()).len(), 1);
    }
}
