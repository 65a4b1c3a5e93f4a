//! An author or another person.

use serde::{Deserialize, Serialize};

/// A person or an organisation.
///
/// Atom `author` (RFC 4287 §3.2) · RSS `dc:creator`, `author` · JSON Feed `authors`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Person {
    /// What people call them; never empty in what feedloom makes.
    pub name: String,
    /// An absolute URL about them.
    pub url: Option<String>,
    /// An e-mail address. Read, but not published unless asked for.
    pub email: Option<String>,
}

impl Person {
    /// Somebody of whom only the name is known.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), url: None, email: None }
    }
}
