//! A published file → its bytes as they are served, and what HTTP says of them.
//!
//! What HTTP says is kept, the bytes are not: memory grows with the number of files, and what did not change is answered without
//! opening a file.

use super::coding::Coding;
use super::{media_type, reload};
use crate::content::index::Stamp;
use axum::http::HeaderValue;
use std::io;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::{Duration, UNIX_EPOCH};

/// A file of the out folder.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) file: PathBuf,
    /// What the file system told of it: another stamp means other bytes.
    pub(super) stamp: Stamp,
    /// Whether pages get the script that reloads them.
    reloads: bool,
    known: OnceLock<Known>,
}

/// What HTTP says of a document, ready to be sent.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) media_type: &'static str,
    /// In bytes, before it is packed.
    pub(super) size: usize,
    /// When it last changed, in seconds since 1970.
    pub(super) modified: u64,
    pub(super) last_modified: HeaderValue,
    etags: [HeaderValue; 3],
    /// The content security policy of a page.
    pub(super) policy: Option<HeaderValue>,
}

impl Known {
    /// The strong validator (RFC 9110 §8.8.3) of the bytes as they are sent: packed, they are others.
    pub(super) fn etag(&self, coding: Coding) -> &HeaderValue {
        let [identity, gzip, brotli] = &self.etags;
        match coding {
            Coding::Identity => identity,
            Coding::Gzip => gzip,
            Coding::Brotli => brotli,
        }
    }
}

impl Document {
    pub(super) fn new(file: PathBuf, stamp: Stamp, reloads: bool) -> Self {
        Self { file, stamp, reloads, known: OnceLock::new() }
    }

    /// What is known without opening the file.
    pub(super) fn known(&self) -> Option<&Known> {
        self.known.get()
    }

    /// Reads the file. What is told fits these very bytes, also when the file was replaced a moment ago.
    ///
    /// # Errors
    ///
    /// What the file system says.
    pub(super) fn load(&self) -> io::Result<(Vec<u8>, Known)> {
        let mut bytes = std::fs::read(&self.file)?;
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        let media_type = media_type::of(&name, &bytes);
        let mut policy = None;
        if media_type == media_type::HTML {
            let page = reload::Page::of(bytes, self.reloads);
            (bytes, policy) = (page.bytes, HeaderValue::try_from(page.policy).ok());
        }
        let hash = blake3::hash(&bytes).to_hex();
        let hash = hash.get(..32).unwrap_or_default();
        let value = |text: String| HeaderValue::try_from(text).map_err(io::Error::other);
        // A time that nobody knows is long ago; dates of HTTP count seconds.
        let modified =
            std::fs::metadata(&self.file)?.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |time| time.as_secs());
        let last_modified = UNIX_EPOCH.checked_add(Duration::from_secs(modified)).unwrap_or(UNIX_EPOCH);
        let known = Known {
            media_type,
            size: bytes.len(),
            modified,
            last_modified: value(httpdate::fmt_http_date(last_modified))?,
            etags: [value(format!("\"{hash}\""))?, value(format!("\"{hash}-gz\""))?, value(format!("\"{hash}-br\""))?],
            policy,
        };
        self.known.get_or_init(|| known.clone());
        Ok((bytes, known))
    }
}
