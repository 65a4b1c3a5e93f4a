//! Feeds of one folder, compared.

use crate::lint::{Outline, Problem};
use std::sync::Arc;

/// A document of a folder.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Document {
    /// The file.
    pub name: Arc<str>,
    /// What it says.
    pub outline: Outline,
}

impl Document {
    /// A document of a folder.
    pub fn new(name: Arc<str>, outline: Outline) -> Self {
        Self { name, outline }
    }
}

/// stub
pub fn compare(documents: &[Document]) -> Vec<(Arc<str>, Problem)> {
    let _ = documents;
    Vec::new()
}
