//! Which files a topic has, and the address of each.

use crate::format::Format;
use crate::text::url::encode_path;
use std::collections::BTreeMap;

/// The files of the out folder: names, formats, and the public address.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Layout {
    /// Public address of the out folder, with a `/` at its end.
    pub url: String,
    /// The formats of each feed, in order of preference.
    pub formats: Vec<Format>,
    /// File names that differ from the formats' own (`rss.xml`, `atom.xml`, `feed.json`).
    pub files: BTreeMap<Format, String>,
    /// Whether topics have an HTML page.
    pub pages: bool,
    /// Whether the feeds of a topic stand beside its folder and are called after it: `tags/travel.xml`, not `tags/travel/rss.xml`.
    pub beside: bool,
}

/// The list of all feeds, for import into a reader.
pub const OPML: &str = "feeds.opml";
/// The list of the feeds of others that entries are from.
pub const SOURCES: &str = "sources.opml";
/// The page with the health of these.
pub const HEALTH: &str = "sources.html";
/// The page of a topic, and at the top the directory of all feeds.
pub const PAGE: &str = "index.html";

impl Layout {
    /// The documented defaults, at this public address.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), formats: Format::ALL.to_vec(), files: BTreeMap::new(), pages: true, beside: false }
    }

    /// The file of a topic's feed, below the out folder; `folder` is the topic's, empty for the whole site.
    pub fn feed_file(&self, folder: &str, format: Format) -> String {
        if self.beside && !folder.is_empty() { format!("{folder}.{}", self.extension(format)) } else { join(folder, self.file_name(format)) }
    }

    fn file_name(&self, format: Format) -> &str {
        self.files.get(&format).map_or(format.default_file_name(), String::as_str)
    }

    /// What the file names of a format end in.
    pub fn extension(&self, format: Format) -> &str {
        self.file_name(format).rsplit_once('.').map_or("xml", |(_, extension)| extension)
    }

    /// The file of a topic's page, below the out folder.
    pub fn page_file(folder: &str) -> String {
        join(folder, PAGE)
    }

    /// All files of one topic.
    pub fn topic_files(&self, folder: &str) -> impl Iterator<Item = String> {
        let page = self.pages.then(|| Self::page_file(folder));
        self.formats.iter().map(|format| self.feed_file(folder, *format)).chain(page).collect::<Vec<_>>().into_iter()
    }

    /// The public address of a file below the out folder; that of a page is its folder.
    pub fn address(&self, file: &str) -> String {
        let path = file.strip_suffix(PAGE).filter(|folder| folder.is_empty() || folder.ends_with('/')).unwrap_or(file);
        format!("{}{}", self.url, encode_path(path))
    }

    /// The address of `file` as it is written in a page of `folder`.
    pub fn relative(folder: &str, file: &str) -> String {
        let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        let to: Vec<&str> = file.split('/').collect();
        let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        let shared = shared.min(to.len().saturating_sub(1));
        let up = std::iter::repeat_n("..", from.len().saturating_sub(shared));
        let path = up.chain(to.into_iter().skip(shared)).collect::<Vec<_>>().join("/");
        encode_path(&path)
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_their_addresses() {
        let layout = Layout::new("https://e.cn/feeds/");
        assert_eq!(layout.feed_file("", Format::Rss), "rss.xml");
        assert_eq!(layout.address(&layout.feed_file("tags/出行", Format::Atom)), "https://e.cn/feeds/tags/%E5%87%BA%E8%A1%8C/atom.xml");
        assert_eq!(layout.address(&Layout::page_file("tags/a")), "https://e.cn/feeds/tags/a/");
        assert_eq!(layout.address("index.html"), "https://e.cn/feeds/");
        assert_eq!(layout.topic_files("").count(), 4);
        let beside = Layout { beside: true, files: [(Format::Atom, "feed.xml".to_owned())].into(), ..layout };
        assert_eq!((beside.feed_file("", Format::Atom), beside.feed_file("tags/a", Format::Atom)), ("feed.xml".into(), "tags/a.xml".into()));
    }

    #[test]
    fn relative_addresses() {
        assert_eq!(Layout::relative("", "tags/a/rss.xml"), "tags/a/rss.xml");
        assert_eq!(Layout::relative("tags/a", "tags/a/rss.xml"), "rss.xml");
        assert_eq!(Layout::relative("tags/a", "tags/b/index.html"), "../b/index.html");
        assert_eq!(Layout::relative("tags/a", "index.html"), "../../index.html");
        assert_eq!(Layout::relative("tags/a/b", "tags/a/index.html"), "../index.html");
    }
}
