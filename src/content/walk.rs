//! The content folder → the files that are articles, in an order that does not depend on the file system.
//!
//! Knows Hugo's page bundles (`index.md` with neighbours) and section pages (`_index.md`), Jekyll's `_posts` and
//! `_drafts`. Follows no symbolic link, opens no file.

use super::Options;
use super::language::{is_language_folder, is_language_suffix};
use crate::diagnostic::{Code, Diagnostic, Severity};
use rayon::prelude::*;
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirEntry, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file that is an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// Below the content folder, with `/`, as the file system spells it.
    pub(crate) path: Arc<str>,
    /// Whether it is the `index` of a page bundle: files beside it belong to it.
    pub(crate) bundle: bool,
    /// Whether it is such a file, and so no article of its own.
    pub(crate) resource: bool,
    /// Where it lies, when that is no UTF-8, so that `path` does not tell.
    odd: Option<Box<Path>>,
}

impl Source {
    /// Where to read it.
    pub(crate) fn file(&self, options: &Options) -> PathBuf {
        self.odd.as_deref().map_or_else(|| options.dir.join(&*self.path), Path::to_path_buf)
    }

    /// An article at this path below the content folder.
    #[cfg(test)]
    pub(crate) fn at(path: &str) -> Self {
        Self { path: path.into(), bundle: false, resource: false, odd: None }
    }
}

/// All articles below the content folder, sorted by path. What cannot be read is reported, the rest goes on.
pub(crate) fn walk(options: &Options, findings: &mut Vec<Diagnostic>) -> Vec<Source> {
    walk_and(options, &|_| (), findings).into_iter().map(|(source, ())| source).collect()
}

/// The same with what is seen of each file, in parallel, without opening it.
pub(crate) fn walk_and<T: Send>(options: &Options, see: &(dyn Fn(&DirEntry) -> T + Sync), findings: &mut Vec<Diagnostic>) -> Vec<(Source, T)> {
    let root = Folder { path: options.dir.clone(), below: String::new(), depth: 0, in_bundle: false, is_odd: false };
    let mut found = Walk { options, see }.folder(&root);
    findings.append(&mut found.findings);
    found.files.par_sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
    found.files
}

/// A walk under way.
struct Walk<'w, T> {
    options: &'w Options,
    see: &'w (dyn Fn(&DirEntry) -> T + Sync),
}

/// A folder that is to be read.
struct Folder {
    path: PathBuf,
    /// Below the content folder.
    below: String,
    /// How many folders it is below that.
    depth: usize,
    /// Whether a page bundle holds it.
    in_bundle: bool,
    /// Whether its path is no UTF-8 somewhere below the content folder.
    is_odd: bool,
}

/// What is in a folder and all below it.
struct Found<T> {
    files: Vec<(Source, T)>,
    findings: Vec<Diagnostic>,
}

/// One name in a folder.
struct Named {
    name: OsString,
    /// Whether it is that of a bundle's page.
    is_index: bool,
    kind: FileType,
    entry: DirEntry,
}

impl Named {
    fn of(entry: DirEntry) -> io::Result<Self> {
        let name = entry.file_name();
        let is_index = Path::new(&name).file_stem().is_some_and(|stem| is_index(&stem.to_string_lossy(), "index"));
        Ok(Self { name, is_index, kind: entry.file_type()?, entry })
    }
}

impl<T: Send> Walk<'_, T> {
    fn folder(&self, folder: &Folder) -> Found<T> {
        let mut findings = Vec::new();
        let mut names = self.names(folder, &mut findings);
        // A bundle has to be known before its other files are met.
        names.sort_unstable_by(|a, b| b.is_index.cmp(&a.is_index).then_with(|| a.name.cmp(&b.name)));
        let is_language = folder.path.file_name().is_some_and(|name| is_language_folder(&name.to_string_lossy()));
        // The index of the content folder, or of a language's folder in it, is a home page.
        let is_home = folder.depth == 0 || (folder.depth == 1 && is_language);
        let (mut files, mut folders, mut in_bundle) = (Vec::new(), Vec::new(), folder.in_bundle);
        for named in names {
            let below = joined(&folder.below, &named.name);
            let is_article = has_extension(&named.name, &self.options.extensions);
            if named.kind.is_symlink() && (is_article || folder.path.join(&named.name).is_dir()) {
                findings.push(link(&below, self.options));
            }
            if named.kind.is_dir() {
                let is_odd = folder.is_odd || named.name.to_str().is_none();
                folders.push(Folder { path: folder.path.join(&named.name), below, depth: folder.depth + 1, in_bundle, is_odd });
            } else if named.kind.is_file() && is_article && self.options.manner.as_ref().is_none_or(|manner| manner.has(&below)) {
                let stem = Path::new(&named.name).file_stem().unwrap_or_default().to_string_lossy();
                if is_index(&stem, "_index") || (is_home && is_index(&stem, "index")) {
                    continue;
                }
                let bundle = is_index(&stem, "index");
                in_bundle |= bundle;
                let in_posts = below.split('/').any(|part| part == "_posts");
                let resource = !bundle && !in_posts && in_bundle;
                let odd = (folder.is_odd || named.name.to_str().is_none()).then(|| folder.path.join(&named.name).into());
                files.push((Source { path: below.into(), bundle, resource, odd }, named.entry));
            }
        }
        let files = files.into_par_iter().with_min_len(64).map(|(source, entry)| (source, (self.see)(&entry))).collect();
        let mut found = Found { files, findings };
        let below: Vec<Found<T>> = folders.par_iter().map(|folder| self.folder(folder)).collect();
        for mut part in below {
            found.files.append(&mut part.files);
            found.findings.append(&mut part.findings);
        }
        found
    }

    /// What is in a folder, as far as it is ours.
    fn names(&self, folder: &Folder, findings: &mut Vec<Diagnostic>) -> Vec<Named> {
        let mut unreadable = |error: io::Error| {
            let place = self.options.place(&folder.below);
            findings.push(Diagnostic::new(Code::UnreadableFile, place, format!("expected to read it, found: {error}")));
        };
        let entries = match fs::read_dir(&folder.path) {
            Ok(entries) => entries,
            Err(error) => {
                unreadable(error);
                return Vec::new();
            }
        };
        let mut names = Vec::new();
        for entry in entries {
            match entry.and_then(Named::of) {
                Ok(named) if is_hidden(&named.name) || self.is_skipped(folder, &named.name) => {}
                Ok(named) => names.push(named),
                Err(error) => unreadable(error),
            }
        }
        names
    }

    fn is_skipped(&self, folder: &Folder, name: &OsStr) -> bool {
        self.options.skip.iter().any(|skip| skip.file_name() == Some(name) && folder.path.join(name) == *skip)
    }
}

/// What is said of a symbolic link.
fn link(path: &str, options: &Options) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, options.place(path), "expected a file or a folder, found a symbolic link, which is not followed")
        .with_severity(Severity::Warning)
        .with_help("move what it points to into the content folder")
}

/// A path below the content folder, with one name more.
fn joined(folder: &str, name: &OsStr) -> String {
    let name = name.to_string_lossy();
    if folder.is_empty() { name.into_owned() } else { format!("{folder}/{name}") }
}

/// `index`, or `index` with a language suffix: `index.en`.
fn is_index(stem: &str, index: &str) -> bool {
    stem == index || stem.strip_prefix(index).and_then(|rest| rest.strip_prefix('.')).is_some_and(is_language_suffix)
}

/// Hidden names, and folders in which generators keep what is no content.
fn is_hidden(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.') || ["_site", "_layouts", "_includes", "_sass", "_data", "node_modules"].contains(&name.as_ref())
}

fn has_extension(name: &OsStr, extensions: &[String]) -> bool {
    Path::new(name).extension().is_some_and(|found| extensions.iter().any(|wanted| found.eq_ignore_ascii_case(wanted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> (tempfile::TempDir, Options) {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            #[expect(clippy::disallowed_methods, reason = "a fixture")]
            fs::write(path, "x").unwrap();
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
