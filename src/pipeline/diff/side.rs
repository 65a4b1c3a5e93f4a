//! One of the two things that are compared: a folder of feeds, a single feed, or whatever else can list feeds and give their bytes.

use crate::pipeline::input::{Input, feeds_in};
use std::io;
use std::path::{Path, PathBuf};

/// A state of published feeds.
pub trait Side {
    /// The paths of what may be feeds, below the folder that is compared, with `/`, sorted; a single document is one empty path.
    fn paths(&self) -> Vec<String>;

    /// The bytes of one of them.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn read(&mut self, path: &str) -> io::Result<Vec<u8>>;

    /// What one of them is called in findings.
    fn shown(&self, path: &str) -> String;
}

/// What lies on this machine: a folder, or one file.
#[derive(Clone, Debug)]
pub struct OnDisk {
    at: PathBuf,
    paths: Vec<String>,
}

impl OnDisk {
    /// The feeds of a folder, or a file.
    ///
    /// # Errors
    ///
    /// What the file system says of the folder itself.
    pub fn open(at: &Path) -> io::Result<Self> {
        let below = |file: PathBuf| Some(file.strip_prefix(at).ok()?.to_str()?.replace('\\', "/"));
        let mut paths = if at.is_dir() { feeds_in(at)?.into_iter().filter_map(below).collect() } else { vec![String::new()] };
        paths.sort();
        Ok(Self { at: at.to_path_buf(), paths })
    }

    fn file(&self, path: &str) -> PathBuf {
        if path.is_empty() { self.at.clone() } else { self.at.join(path) }
    }
}

impl Side for OnDisk {
    fn paths(&self) -> Vec<String> {
        self.paths.clone()
    }

    fn read(&mut self, path: &str) -> io::Result<Vec<u8>> {
        Input::File(self.file(path)).bytes()
    }

    fn shown(&self, path: &str) -> String {
        self.file(path).display().to_string().replace('\\', "/")
    }
}
