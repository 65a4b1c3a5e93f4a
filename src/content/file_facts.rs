//! What a file on this machine tells of itself: size in bytes, media type, width and height.

use super::Options;
use super::walk::Source;
use crate::model::Media;
use crate::text::url::resolve;
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::{Component, Path, PathBuf};

/// Whether what a reference names lies on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Local {
    /// It does, here, and is published at this address.
    File(PathBuf, String),
    /// It should, but does not.
    Missing,
    /// It is on another site, or nobody said where such files lie.
    Elsewhere,
}

/// Facts of a file; what cannot be told stays `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) media_type: Option<String>,
    /// Whether its bytes say the type, and not only its name.
    pub(crate) is_certain: bool,
    pub(crate) length: Option<u64>,
    pub(crate) width: Option<u32>,
    pub(crate) height: Option<u32>,
}

impl Facts {
    /// Adds the facts to what is known of a file.
    pub(crate) fn describe(&self, media: &mut Media) {
        media.media_type.clone_from(&self.media_type);
        media.length = self.length;
        media.width = self.width;
        media.height = self.height;
    }
}

/// Where a reference of an article lies, and its address: beside the article, or in a static folder.
///
/// `url` is the reference resolved against `page`, the article's address on its own site. A reference without a leading
/// slash that only a static folder has is meant from the site's root, as Hugo's themes mean it.
pub(crate) fn find(reference: &str, url: &str, page: &str, source: &Source, options: &Options) -> Local {
    let bare = |text: &str| text.split(['?', '#']).next().unwrap_or_default().to_owned();
    let is_absolute = reference.contains("://") || reference.starts_with("//");
    let is_relative = !is_absolute && !reference.starts_with('/');
    let below_page = url.strip_prefix(page).filter(|_| page.ends_with('/'));
    let beside = if is_relative { Some(reference) } else { below_page };
    let from_root = if is_relative { Some(reference) } else { url.strip_prefix(options.site_url.as_str()) };
    // Hexo keeps the files of `name.md` in the folder `name`.
    let file = source.file(options);
    let assets = file.with_extension("");
    let near = [file.parent(), Some(assets.as_path())].into_iter().flatten();
    let statics = options.static_dirs.iter().map(PathBuf::as_path).chain([options.dir.as_path()]);
    let there = |folder: &Path, path: &str| {
        let file = named(folder, path)?;
        options.note(&source.path, &file);
        Some(file).filter(|file| file.is_file())
    };
    if let Some(found) = beside.map(bare).and_then(|path| near.into_iter().find_map(|folder| there(folder, &path))) {
        return Local::File(found, url.to_owned());
    }
    if let Some(found) = from_root.map(bare).and_then(|path| statics.into_iter().find_map(|folder| there(folder, &path))) {
        let address = if is_relative { resolve(&options.site_url, reference).unwrap_or_else(|_| url.to_owned()) } else { url.to_owned() };
        return Local::File(found, address);
    }
    let should_be_here = !is_absolute && (is_relative || !options.static_dirs.is_empty());
    if should_be_here { Local::Missing } else { Local::Elsewhere }
}

/// The file at this path of a URL below a folder, when there is one; a path that climbs out of it names nobody's file.
pub(crate) fn below(folder: &Path, path: &str) -> Option<PathBuf> {
    named(folder, path).filter(|file| file.is_file())
}

/// What such a path names, whether it is there or not.
fn named(folder: &Path, path: &str) -> Option<PathBuf> {
    let path = percent_decoded(path);
    let is_plain = !path.is_empty() && Path::new(&path).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    is_plain.then(|| folder.join(path))
}

/// Reads the facts of a file: of a picture from its first bytes, of others from name and size.
pub(crate) fn look(path: &Path) -> Facts {
    let Ok(file) = File::open(path) else { return Facts::default() };
    let mut facts = Facts { length: file.metadata().ok().map(|metadata| metadata.len()), ..Facts::default() };
    let mut reader = BufReader::new(file);
    let mut header = [0_u8; 32];
    let read = reader.read(&mut header).unwrap_or(0);
    let by_bytes = header.get(..read).and_then(image_type_of_bytes);
    facts.is_certain = by_bytes.is_some();
    facts.media_type = by_bytes.map(ToOwned::to_owned).or_else(|| type_of_name(&path.to_string_lossy()));
    if facts.media_type.as_deref().is_some_and(|kind| kind.starts_with("image/"))
        && reader.rewind().is_ok()
        && let Ok(size) = imagesize::reader_size(&mut reader)
    {
        facts.width = u32::try_from(size.width).ok();
        facts.height = u32::try_from(size.height).ok();
    }
    facts
}

/// The type of a picture by the bytes that it starts with; a name can lie.
fn image_type_of_bytes(bytes: &[u8]) -> Option<&'static str> {
    use imagesize::ImageType;
    Some(match imagesize::image_type(bytes).ok()? {
        ImageType::Png => "image/png",
        ImageType::Jpeg => "image/jpeg",
        ImageType::Gif => "image/gif",
        ImageType::Webp => "image/webp",
        ImageType::Bmp => "image/bmp",
        _ => return None,
    })
}

/// The type of a picture by its name; `None` for a name without a known extension.
pub(crate) fn image_type_of_name(name: &str) -> Option<String> {
    type_of_name(name).filter(|kind| kind.starts_with("image/"))
}

/// The media type that an extension stands for (IANA media types).
pub(crate) fn type_of_name(name: &str) -> Option<String> {
    let path = name.split(['?', '#']).next()?;
    let (_, extension) = path.rsplit('/').next()?.rsplit_once('.')?;
    let kind = match extension.to_ascii_lowercase().as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        "bmp" => "image/bmp",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "oga" => "audio/ogg",
        "opus" => "audio/opus",
        "flac" => "audio/flac",
        "wav" => "audio/wav",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "pdf" => "application/pdf",
        "epub" => "application/epub+zip",
        "zip" => "application/zip",
        _ => return None,
    };
    Some(kind.to_owned())
}

/// `%E5%9B%BE.png` as the file system spells it.
pub(crate) fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digits = (byte == b'%').then(|| Some((char::from(ahead.next()?).to_digit(16)?, char::from(ahead.next()?).to_digit(16)?))).flatten();
        match digits.and_then(|(high, low)| u8::try_from(high * 16 + low).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = ahead;
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_known_by_extension_or_not_at_all() {
        assert_eq!(image_type_of_name("https://e.cn/a/b.JPG?x=1").as_deref(), Some("image/jpeg"));
        assert_eq!(image_type_of_name("https://e.cn/om_ls/x_640360/0"), None);
        assert_eq!(image_type_of_name("https://e.cn/a.mp3"), None);
        assert_eq!(type_of_name("a.mp3").as_deref(), Some("audio/mpeg"));
        assert_eq!(type_of_name("https://e.cn"), None);
    }

    #[test]
    fn a_path_is_decoded_once() {
        assert_eq!(percent_decoded("%E5%9B%BE%20a.png"), "图 a.png");
        assert_eq!(percent_decoded("100%.png"), "100%.png");
        assert_eq!(percent_decoded("%FF.png"), "%FF.png");
    }

    #[test]
    fn only_files_below_the_known_folders_are_looked_at() {
        let dir = tempfile::tempdir().unwrap();
        let options = Options {
            dir: dir.path().join("content"),
            static_dirs: vec![dir.path().join("static")],
            site_url: "https://e.cn/".to_owned(),
            ..Options::default()
        };
        std::fs::create_dir_all(dir.path().join("static/img")).unwrap();
        std::fs::create_dir_all(dir.path().join("content/a")).unwrap();
        std::fs::copy("Cargo.toml", dir.path().join("static/img/x.png")).unwrap();
        let page = "https://e.cn/a/b/";
        let source = Source::at("a/b.md");
        assert!(matches!(find("/img/x.png", "https://e.cn/img/x.png", page, &source, &options), Local::File(..)));
        // Hugo's themes write paths below `static` without a slash.
        let found = find("img/x.png", "https://e.cn/a/b/img/x.png", page, &source, &options);
        assert!(matches!(found, Local::File(_, address) if address == "https://e.cn/img/x.png"));
        assert!(matches!(find("https://e.cn/img/x.png", "https://e.cn/img/x.png", page, &source, &options), Local::File(..)));
        assert_eq!(find("/img/y.png", "https://e.cn/img/y.png", page, &source, &options), Local::Missing);
        assert_eq!(find("../../../etc/passwd", "https://e.cn/etc/passwd", page, &source, &options), Local::Missing);
        std::fs::copy("Cargo.toml", dir.path().join("content/a/y z.png")).unwrap();
        assert!(matches!(find("https://e.cn/a/b/y%20z.png", "https://e.cn/a/b/y%20z.png", page, &source, &options), Local::File(..)));
        assert_eq!(find("https://cdn.cn/x.png", "https://cdn.cn/x.png", page, &source, &options), Local::Elsewhere);
    }
}
