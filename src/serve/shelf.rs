//! The files of the out folder by the paths under which they are asked for.
//!
//! No path of a request ever reaches the file system: what is not on the shelf is not there. On it are plain files below the folder
//! whose names are text and do not begin with a dot; no link is followed. A shelf is replaced as a whole, so that who reads it waits
//! for nobody.

use super::document::Document;
use crate::content::index::{Kind, Stamp};
use crate::publish::layout::PAGE;
use crate::text::url::encode_path;
use arc_swap::ArcSwap;
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::{DirEntry, WalkDir};

type Documents = HashMap<String, Arc<Document>>;

/// The files that can be asked for.
#[derive(Debug)]
pub(super) struct Shelf {
    out: PathBuf,
    /// Whether pages get the script that reloads them.
    reloads: bool,
    documents: ArcSwap<Documents>,
}

/// What is at a path.
#[derive(Debug)]
pub(super) enum Found {
    Document(Arc<Document>),
    /// A folder with a page, asked for without the slash that relative links need: where it is.
    Folder(String),
    Nothing,
}

impl Shelf {
    /// The files that are there now.
    pub(super) fn of(out: PathBuf, reloads: bool) -> Self {
        let shelf = Self { out, reloads, documents: ArcSwap::default() };
        shelf.refresh();
        shelf
    }

    /// Looks again; whether something changed. What is known of files that did not is kept.
    pub(super) fn refresh(&self) -> bool {
        let before = self.documents.load();
        let mut now = Documents::new();
        let mut differs = false;
        walk(&self.out, &mut |path, file, stamp| {
            let kept = before.get(&path).filter(|document| document.stamp == stamp);
            differs |= kept.is_none();
            now.insert(path, kept.cloned().unwrap_or_else(|| Arc::new(Document::new(file, stamp, self.reloads))));
        });
        differs |= before.len() != now.len();
        if differs {
            self.documents.store(Arc::new(now));
        }
        differs
    }

    /// What is at the path of a request, as it was sent.
    pub(super) fn find(&self, path: &str) -> Found {
        let documents = self.documents.load();
        let Some(path) = path.strip_prefix('/').and_then(decoded) else { return Found::Nothing };
        if path.is_empty() || path.ends_with('/') {
            return documents.get(&format!("{path}{PAGE}")).cloned().map_or(Found::Nothing, Found::Document);
        }
        match documents.get(path.as_ref()) {
            Some(document) => Found::Document(document.clone()),
            None if documents.contains_key(&format!("{path}/{PAGE}")) => Found::Folder(format!("/{}/", encode_path(&path))),
            None => Found::Nothing,
        }
    }
}

/// The plain files below a folder, with their paths there; what cannot be read has nothing to show.
fn walk(folder: &Path, found: &mut dyn FnMut(String, PathBuf, Stamp)) {
    let is_shown = |entry: &DirEntry| entry.depth() == 0 || entry.file_name().to_str().is_some_and(|name| !name.starts_with('.'));
    for entry in WalkDir::new(folder).into_iter().filter_entry(is_shown).flatten() {
        let Ok(below) = entry.path().strip_prefix(folder) else { continue };
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        let stamp = Stamp::of_itself(entry.path());
        if stamp.kind == Kind::File {
            found(parts.join("/"), entry.path().to_path_buf(), stamp);
        }
    }
}

/// The path that a request means; `None` for one that says a slash in disguise, or no text.
fn decoded(path: &str) -> Option<Cow<'_, str>> {
    if !path.contains('%') {
        return Some(Cow::Borrowed(path));
    }
    let slashes = path.matches('/').count();
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    (decoded.matches('/').count() == slashes).then_some(decoded)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the files that are served are written")]
mod tests {
    use super::*;
    use std::fs;

    fn site() -> (tempfile::TempDir, Shelf) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("secret.txt"), "s").unwrap();
        let out = folder.path().join("out");
        fs::create_dir_all(out.join("tags/出 行")).unwrap();
        for name in ["rss.xml", "index.html", "tags/出 行/index.html", "tags/出 行/100%.xml", ".feedloom-manifest.json", "tags/.hidden"] {
            fs::write(out.join(name), "x").unwrap();
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("../secret.txt", out.join("link.txt")).unwrap();
            std::os::unix::fs::symlink("..", out.join("up")).unwrap();
        }
        let shelf = Shelf::of(out, false);
        (folder, shelf)
    }

    #[test]
    fn files_and_pages_are_found_under_their_paths() {
        let (folder, shelf) = site();
        for (path, expected) in [
            ("/rss.xml", "rss.xml"),
            ("/", "index.html"),
            ("/index.html", "index.html"),
            ("/tags/%E5%87%BA%20%E8%A1%8C/", "tags/出 行/index.html"),
            ("/tags/出%20行/100%25.xml", "tags/出 行/100%.xml"),
            ("/%72ss.xml", "rss.xml"),
        ] {
            let Found::Document(document) = shelf.find(path) else { panic!("{path}") };
            assert_eq!(document.file, folder.path().join("out").join(expected), "{path}");
        }
        let Found::Folder(address) = shelf.find("/tags/出%20行") else { panic!() };
        assert_eq!(address, "/tags/%E5%87%BA%20%E8%A1%8C/");
    }

    #[test]
    fn nothing_else_is() {
        let (_folder, shelf) = site();
        for path in [
            "",
            "rss.xml",
            "//rss.xml",
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/tags/../rss.xml",
            "/tags%2F出 行/index.html",
            "/.feedloom-manifest.json",
            "/%2efeedloom-manifest.json",
            "/tags/.hidden",
            "/link.txt",
            "/up/secret.txt",
            "/up/",
            "/rss.xml/",
            "/rss.xml%00",
            "/tags\\出 行\\index.html",
            "/%5c..%5csecret.txt",
            "/%ff",
            "/%",
            "/tags",
            "/./rss.xml",
            "/out/rss.xml",
            "//evil.example/",
        ] {
            assert!(matches!(shelf.find(path), Found::Nothing), "{path}: {:?}", shelf.find(path));
        }
    }

    #[test]
    fn what_is_known_lasts_as_long_as_the_file() {
        let (folder, shelf) = site();
        let find = |path: &str| if let Found::Document(document) = shelf.find(path) { Some(document) } else { None };
        let before = find("/rss.xml").unwrap();
        assert!(before.known().is_none());
        before.load().unwrap();
        assert!(!shelf.refresh());
        assert!(find("/rss.xml").unwrap().known().is_some());
        fs::write(folder.path().join("out/new"), "other").unwrap();
        fs::rename(folder.path().join("out/new"), folder.path().join("out/rss.xml")).unwrap();
        assert!(shelf.refresh());
        let after = find("/rss.xml").unwrap();
        assert!(after.known().is_none());
        assert_ne!(before.load().unwrap().1.etag(super::super::coding::Coding::Gzip), &"");
        fs::remove_file(folder.path().join("out/rss.xml")).unwrap();
        assert!(shelf.refresh() && find("/rss.xml").is_none());
        assert!(after.load().is_err(), "what is gone is an error, not a panic");
    }
}
