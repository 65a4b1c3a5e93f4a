//! The content folder → the files that are articles, in an order that does not depend on the file system.
//!
//! Knows Hugo's page bundles (`index.md` with neighbours) and section pages (`_index.md`), Jekyll's `_posts` and
//! `_drafts`. Follows no symbolic link, opens no file.

use super::Options;
use crate::diagnostic::{Code, Diagnostic};
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
        if !entry.file_type().is_file() || !has_extension(entry.path(), &options.extensions) {
            continue;
        }
        let path: Arc<str> = slashed(entry.path(), &options.dir).into();
        let stem = entry.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let is_section_page = is_index(&stem, "_index") || (entry.depth() == 1 && is_index(&stem, "index"));
        if is_section_page {
            continue;
        }
        let folder = entry.path().parent().unwrap_or(&options.dir);
        let bundle = is_index(&stem, "index");
        // The walk is depth first: a bundle that does not hold this file has ended.
        while bundles.last().is_some_and(|bundle| !entry.path().starts_with(bundle)) {
            bundles.pop();
        }
        if bundle {
            bundles.push(folder.to_path_buf());
        } else if !bundles.is_empty() {
            findings.push(
                Diagnostic::new(Code::PageResource, options.place(&path), "the folder holds an index page, so this file belongs to that page")
                    .with_help("give it a folder of its own, or rename the index page, to publish it as an article"),
            );
            continue;
        }
        sources.push(Source { file: entry.into_path(), path, bundle });
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
    stem == index || stem.strip_prefix(index).is_some_and(|rest| rest.starts_with('.') && rest.len() <= 12 && rest.matches('.').count() == 1)
}

fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.to_string_lossy().starts_with('.')
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
        (sources.iter().map(|source| source.path.to_string()).collect(), findings.len())
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
    fn the_output_folder_inside_the_content_folder_is_passed_over() {
        let (_dir, mut options) = tree(&["a.md", "feeds/b.md"]);
        options.skip = vec![options.dir.join("feeds")];
        assert_eq!(walk(&options, &mut Vec::new()).len(), 1);
    }
}
