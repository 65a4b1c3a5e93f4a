//! What verbs read: files, folders, addresses, standard input.
//!
//! In: what a person wrote on the command line. Out: bytes with a name for findings. A folder stands for the files in it that are
//! named like feeds; symbolic links inside of it are not followed. Addresses are asked through a [`Network`], which need not be there.

use crate::format::read::Hints;
#[cfg(feature = "fetch")]
use crate::http;
use crate::lint::Answer;
use crate::text::url::is_web;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::{DirEntry, WalkDir};

/// Endings of the names of feeds and subscription lists.
pub const ENDINGS: &[&str] = &["xml", "rss", "atom", "rdf", "opml", "json"];

/// Larger inputs are refused.
pub const LARGEST: u64 = 1 << 30;

/// Where bytes come from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input, `-` on the command line.
    Stdin,
    /// An http(s) address.
    Url(String),
}

/// An input that was read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Loaded {
    /// All of its bytes.
    pub bytes: Vec<u8>,
    /// What is known of it besides.
    pub hints: Hints,
    /// What HTTP said, of an address.
    pub answer: Option<Answer>,
}

impl Loaded {
    /// Bytes, and what is known of them.
    pub fn new(bytes: Vec<u8>, hints: Hints) -> Self {
        Self { bytes, hints, answer: None }
    }
}

/// How addresses are asked; they cannot be without one.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Network {
    #[cfg(feature = "fetch")]
    client: Option<http::Client>,
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Network").finish_non_exhaustive()
    }
}

impl Network {
    /// Addresses are asked through this client.
    #[cfg(feature = "fetch")]
    pub fn new(client: http::Client) -> Self {
        Self { client: Some(client) }
    }

    /// Whether addresses can be asked.
    pub fn is_there(&self) -> bool {
        #[cfg(feature = "fetch")]
        let is_there = self.client.is_some();
        #[cfg(not(feature = "fetch"))]
        let is_there = false;
        is_there
    }

    /// What lives at these addresses, in their order.
    #[cfg(feature = "fetch")]
    fn ask(&self, urls: &[String]) -> Vec<io::Result<Loaded>> {
        let Some(client) = &self.client else { return urls.iter().map(|_| Err(no_network())).collect() };
        let requests = urls.iter().map(http::Request::feed).collect();
        let loaded = |(name, response): (&String, Result<http::Response, http::Failure>)| {
            let response = response.map_err(io::Error::other)?;
            if !matches!(response.status, 200 | 203) {
                return Err(io::Error::other(NoFeed(said(name, &response))));
            }
            let answer = Some(said(name, &response));
            let mut hints = Hints::named(name.as_str());
            hints.base = Some(response.url);
            hints.charset = response.charset;
            Ok(Loaded { bytes: response.body, hints, answer })
        };
        urls.iter().zip(http::gather(client, requests)).map(loaded).collect()
    }

    /// What lives at these addresses, in their order.
    #[cfg(not(feature = "fetch"))]
    fn ask(&self, urls: &[String]) -> Vec<io::Result<Loaded>> {
        let _ = self;
        urls.iter().map(|_| Err(no_network())).collect()
    }
}

/// An answer that has no feed.
#[derive(Debug, thiserror::Error)]
#[error("expected a feed, found the answer {}", .0.status)]
pub(super) struct NoFeed(pub(super) Answer);

/// What an answer says besides its body.
#[cfg(feature = "fetch")]
fn said(asked: &str, response: &http::Response) -> Answer {
    let mut answer = Answer::new(asked, response.status);
    let text = |bytes: &Option<Vec<u8>>| bytes.as_ref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    answer.hops = response.hops.iter().map(|hop| (hop.status, hop.to.clone())).collect();
    answer.media_type = response.media_type.clone();
    answer.charset = response.charset.clone();
    answer.headers = response.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    answer.headers.extend(text(&response.etag).map(|value| ("etag".to_owned(), value)));
    answer.headers.extend(text(&response.last_modified).map(|value| ("last-modified".to_owned(), value)));
    answer.size = Some(response.body.len());
    answer
}

fn no_network() -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, "no network to ask an address with")
}

/// Reads these inputs, addresses side by side and files as the caller asks for them; in their order.
pub fn load(inputs: &[Input], network: &Network) -> Vec<io::Result<Loaded>> {
    let urls: Vec<String> = inputs.iter().filter_map(|input| if let Input::Url(url) = input { Some(url.clone()) } else { None }).collect();
    let mut answers = if urls.is_empty() { Vec::new() } else { network.ask(&urls) }.into_iter();
    let local = |input: &Input| input.bytes().map(|bytes| Loaded::new(bytes, input.hints()));
    inputs
        .iter()
        .map(|input| if matches!(input, Input::Url(_)) { answers.next().unwrap_or_else(|| Err(no_network())) } else { local(input) })
        .collect()
}

impl Input {
    /// What a person wrote.
    pub fn new(word: &Path) -> Self {
        match word.to_str() {
            Some("-") => Self::Stdin,
            // A file is rarely called so, and can be written ./https:/…
            Some(url) if is_web(url) => Self::Url(url.to_owned()),
            _ => Self::File(word.to_path_buf()),
        }
    }

    /// What the input is called in findings.
    pub fn name(&self) -> Arc<str> {
        match self {
            Self::File(path) => path.display().to_string().replace('\\', "/").into(),
            Self::Stdin => "-".into(),
            Self::Url(url) => url.as_str().into(),
        }
    }

    /// All bytes.
    ///
    /// # Errors
    ///
    /// What the file system says; an input of more than [`LARGEST`] bytes is an error too, and so is an address: see [`load`].
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let read = match self {
            Self::File(path) => {
                let file = std::fs::File::open(path)?;
                let length = file.metadata()?.len();
                bytes.reserve_exact(usize::try_from(length.min(LARGEST)).unwrap_or(0).saturating_add(1));
                file.take(LARGEST + 1).read_to_end(&mut bytes)?
            }
            Self::Url(_) => return Err(no_network()),
            Self::Stdin => io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes)?,
        };
        if read as u64 > LARGEST {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("expected at most {LARGEST} bytes, found more")));
        }
        Ok(bytes)
    }

    /// What is known of it besides its bytes.
    pub fn hints(&self) -> Hints {
        Hints::named(self.name())
    }
}

/// Why an input could not be read, for people.
pub fn unreadable(error: &io::Error) -> String {
    let found = error.to_string();
    // What the network says is a whole sentence.
    if found.starts_with("expected a public ") {
        format!("{found}; --allow-private asks it all the same")
    } else if found.starts_with("expected ") {
        found
    } else {
        format!("expected a feed: {found}")
    }
}

/// The files below a folder that are named like feeds, sorted by path.
///
/// # Errors
///
/// What the file system says of the folder itself; folders inside that cannot be read are passed over.
pub fn feeds_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    std::fs::read_dir(folder)?;
    let is_seen = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    let is_feed = |path: &Path| path.extension().is_some_and(|ending| ENDINGS.contains(&ending.to_string_lossy().to_ascii_lowercase().as_str()));
    let entries = WalkDir::new(folder).into_iter().filter_entry(is_seen).flatten();
    let mut files: Vec<_> = entries.filter(|entry| entry.file_type().is_file() && is_feed(entry.path())).map(DirEntry::into_path).collect();
    files.sort();
    Ok(files)
}
