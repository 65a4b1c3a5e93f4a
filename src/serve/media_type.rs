//! A file's name and first bytes → the media type that it is served with.
//!
//! Feeds are known by what is in them, because their names are free to choose: `index.xml` may be RSS or Atom.

use crate::format::Format;

/// How many bytes at the beginning are looked at: a root element may stand behind comments and style sheets.
const LOOKED_AT: usize = 4096;

/// Types by the ending of the name, lower case.
const BY_ENDING: &[(&str, &str)] = &[
    ("avif", "image/avif"),
    ("css", "text/css; charset=utf-8"),
    ("gif", "image/gif"),
    ("htm", HTML),
    ("html", HTML),
    ("ico", "image/vnd.microsoft.icon"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("md", "text/markdown; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("opml", OPML),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain; charset=utf-8"),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
    ("xml", "application/xml"),
    ("xsl", "application/xml"),
];

pub(super) const HTML: &str = "text/html; charset=utf-8";
const OPML: &str = "text/x-opml; charset=utf-8";
const RSS: &str = "application/rss+xml; charset=utf-8";
const ATOM: &str = "application/atom+xml; charset=utf-8";

/// The media type of a file.
pub(super) fn of(name: &str, bytes: &[u8]) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let by_ending = BY_ENDING.iter().find(|(known, _)| *known == ending).map(|(_, media_type)| *media_type);
    match by_ending {
        // Pages and pictures are not looked into.
        Some(known) if !matches!(known, "application/json" | "application/xml") => known,
        known => of_feed(bytes).or(known).unwrap_or("application/octet-stream"),
    }
}

fn of_feed(bytes: &[u8]) -> Option<&'static str> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or_default());
    let start = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if start.starts_with('{') {
        return start.contains("jsonfeed.org/version").then(|| Format::JsonFeed.media_type());
    }
    let root = [("<rss", RSS), ("<feed", ATOM), ("<opml", OPML), ("<rdf:RDF", RSS)];
    start.starts_with('<').then(|| root.iter().find(|(tag, _)| start.contains(tag)).map(|(_, media_type)| *media_type))?
}

/// Whether packing makes it smaller.
pub(super) fn is_text(media_type: &str) -> bool {
    media_type.starts_with("text/") || ["json", "+xml", "/xml"].iter().any(|part| media_type.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_known_by_what_is_in_them() {
        for (name, bytes, expected) in [
            ("rss.xml", "<?xml version=\"1.0\"?>\n<rss version=\"2.0\">", "application/rss+xml; charset=utf-8"),
            ("index.xml", "\u{FEFF}<?xml version=\"1.0\"?><!-- x --><feed>", "application/atom+xml; charset=utf-8"),
            ("feed", "<rss>", "application/rss+xml; charset=utf-8"),
            ("sitemap.xml", "<urlset/>", "application/xml"),
            ("feed.json", "{\"version\": \"https://jsonfeed.org/version/1.1\"}", "application/feed+json"),
            ("package.json", "{}", "application/json"),
            ("feeds.opml", "<opml>", "text/x-opml; charset=utf-8"),
            ("INDEX.HTML", "<rss>", "text/html; charset=utf-8"),
            ("a.bin", "\u{0}", "application/octet-stream"),
            ("README", "see <rss>", "application/octet-stream"),
        ] {
            assert_eq!(of(name, bytes.as_bytes()), expected, "{name}");
        }
    }

    #[test]
    fn texts_are_packed_and_pictures_are_not() {
        assert!([HTML, RSS, ATOM, OPML, "application/feed+json", "image/svg+xml", "application/xml"].into_iter().all(is_text));
        assert!(!is_text("image/png") && !is_text("application/octet-stream"));
    }
}
