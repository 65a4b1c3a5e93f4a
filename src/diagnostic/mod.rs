//! What is found wrong with somebody's data: a code, a severity, a place, what was expected and found, and help.
//!
//! Data only. `report` turns it into text, `cli` prints it. An operation of ours that fails is an `Error`, not a
//! [`Diagnostic`].

mod code;

pub use code::Code;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Where it is.
    pub place: Place,
    /// How bad it is.
    pub severity: Severity,
    /// Which finding it is.
    pub code: Code,
    /// What was expected and what was found, in one line.
    pub message: String,
    /// What to do about it, in one line.
    pub help: Option<String>,
    /// What the place lies in, in a few words: the title and the page of an entry.
    ///
    /// One pointer, so that a finding stays small enough to be an error.
    pub within: Option<Arc<String>>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Severity {
    /// Something is lost or wrong in what is published.
    Error,
    /// Something is likely not as it was meant.
    Warning,
    /// Something worth knowing.
    Info,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        })
    }
}

/// Where a finding is: a file, and as much more as is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Place {
    /// The file, relative to where the run was started, with `/`; empty when it is no file's.
    pub path: Arc<str>,
    /// Line from 1; 0 when it is the whole file.
    pub line: u32,
    /// Column in characters from 1; 0 when it is the whole line.
    pub column: u32,
    /// How many characters the caret underlines; 0 and 1 draw one.
    pub length: u32,
    /// The text of the line, when known.
    pub excerpt: Option<String>,
}

impl fmt::Display for Place {
    /// `path:line:column`, as far as it is known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        match (self.line, self.column) {
            (0, _) => Ok(()),
            (line, 0) => write!(f, ":{line}"),
            (line, column) => write!(f, ":{line}:{column}"),
        }
    }
}

impl Place {
    /// A whole file.
    pub fn file(path: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), ..Self::default() }
    }

    /// The same file at a line and a column, both from 1.
    #[must_use]
    pub fn at(mut self, line: u32, column: u32) -> Self {
        self.line = line;
        self.column = column;
        self
    }

    /// The same with the text of the line, taken from the whole text of the file.
    #[must_use]
    pub fn with_excerpt_of(mut self, text: &str) -> Self {
        self.excerpt = self.line.checked_sub(1).and_then(|index| text.lines().nth(index as usize)).map(ToOwned::to_owned);
        self
    }

    /// The same without the text of the line: it may hold what nobody is to see.
    #[must_use]
    pub fn without_excerpt(mut self) -> Self {
        self.excerpt = None;
        self
    }

    /// The same with the number of characters to underline.
    #[must_use]
    pub fn with_length(mut self, length: usize) -> Self {
        self.length = u32::try_from(length).unwrap_or(u32::MAX);
        self
    }
}

impl Diagnostic {
    /// A finding with the severity that its code usually has.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { place, severity: code.severity(), code, message: message.into(), help: None, within: None }
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The message with what the place lies in, for forms that have no field for it.
    pub fn full_message(&self) -> String {
        match &self.within {
            Some(within) => format!("{} (in {within})", self.message),
            None => self.message.clone(),
        }
    }

    /// The same with another severity than usual.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}
