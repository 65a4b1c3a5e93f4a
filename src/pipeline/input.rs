//! What verbs read: files, folders, standard input.
//!
//! In: what a person wrote on the command line. Out: bytes with a name for findings. A folder stands for the files in it that are
//! named like feeds; symbolic links inside of it are not followed.

use crate::format::read::Hints;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
}

impl Input {
    /// What a person wrote.
    pub fn new(word: &Path) -> Self {
        if word.as_os_str() == "-" { Self::Stdin } else { Self::File(word.to_path_buf()) }
    }

    /// What the input is called in findings.
    pub fn name(&self) -> Arc<str> {
        match self {
            Self::File(path) => path.display().to_string().replace('\\', "/").into(),
            Self::Stdin => "-".into(),
        }
    }

    /// All bytes.
    ///
    /// # Errors
    ///
    /// What the file system says; an input of more than [`LARGEST`] bytes is an error too.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let read = match self {
            Self::File(path) => {
                let file = std::fs::File::open(path)?;
                let length = file.metadata()?.len();
                bytes.reserve_exact(usize::try_from(length.min(LARGEST)).unwrap_or(0).saturating_add(1));
                file.take(LARGEST + 1).read_to_end(&mut bytes)?
            }
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

/// The files below a folder that are named like feeds, sorted by path.
///
/// # Errors
///
/// What the file system says of the folder itself; folders inside that cannot be read are passed over.
pub fn feeds_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut folders = vec![folder.to_path_buf()];
    let mut files = Vec::new();
    while let Some(next) = folders.pop() {
        let entries = match std::fs::read_dir(&next) {
            Ok(entries) => entries,
            Err(error) if next == folder => return Err(error),
            Err(_) => continue,
        };
        for entry in entries.flatten() {
            let Ok(kind) = entry.file_type() else { continue };
            let path = entry.path();
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            if kind.is_dir() && !is_hidden {
                folders.push(path);
            } else if kind.is_file() && !is_hidden {
                let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
                if ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) {
                    files.push(path);
                }
            }
        }
    }
    files.sort();
    Ok(files)
}
