//! The linter: what is wrong with a feed that somebody is going to publish.
//!
//! In: the bytes of a document, and what is known besides. Out: problems with a code, a place and help, in the order of the document.
//! Nothing is read from files or fetched here. The rules of each area are a file; `catalogue` describes every one of them,
//! with a document that breaks it and one that does not. `fix` mends what can be mended without anybody's help.

mod archive;
mod atom;
mod beyond;
mod catalogue;
mod choice;
mod document;
mod fault;
mod files;
mod findings;
mod fix;
mod http;
mod json;
mod modules;
mod opml;
mod rdf;
mod recover;
mod rss;
mod text;
mod tree;
mod value;
mod walk;
mod within;
mod xml;

pub use archive::chains;
pub use beyond::folder::{Document, compare};
pub use beyond::outline::Outline;
pub use catalogue::{Rule, Sample, documentation, page, rule, rules};
pub use choice::Choice;
pub use files::{FileFacts, Files};
pub use findings::{Findings, Problem};
pub use fix::{Fixed, Means, can_mend, fix};
pub use http::Answer;
pub use text::places::Notation;
pub use tree::{Attribute, Element, Node, Tree};
pub use within::Within;

use crate::format::decode::decode_feed;
use std::sync::Arc;

/// What is known of a document besides its bytes.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// What it is called in findings.
    pub name: Arc<str>,
    /// The address that it is going to have; self links are compared only when it is known.
    pub base: Option<String>,
    /// The charset that HTTP states.
    pub charset: Option<String>,
    /// Now, in Unix seconds: dates after it are doubtful. `None`: no date is.
    pub now: Option<i64>,
    /// The files that it names, as far as they are at hand: lengths, types and sizes of pictures are held against them.
    pub files: Option<Arc<dyn Files>>,
    /// What HTTP said, of a document that was fetched.
    pub http: Option<Answer>,
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// RSS of any version, RDF too.
    Rss,
    /// Atom.
    Atom,
    /// JSON Feed.
    Json,
    /// OPML.
    Opml,
    /// None of them, or not to be told.
    Unknown,
}

impl Kind {
    /// The word for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rss => "rss",
            Self::Atom => "atom",
            Self::Json => "json",
            Self::Opml => "opml",
            Self::Unknown => "unknown",
        }
    }
}

/// What is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// What it is.
    pub kind: Kind,
    /// What it says, as far as other documents can be compared with it; `None` when it is no feed.
    pub outline: Option<Outline>,
    /// What is wrong, by place.
    pub problems: Vec<Problem>,
}

/// Checks a document.
pub fn lint(bytes: &[u8], options: &Options) -> Report {
    examine(bytes, options).into()
}

/// What is wrong with a document, and at which bytes of its text.
#[derive(Debug)]
struct Examined {
    kind: Kind,
    outline: Option<Outline>,
    /// By place.
    problems: Vec<(usize, Problem)>,
}

impl From<Examined> for Report {
    fn from(examined: Examined) -> Self {
        let problems = examined.problems.into_iter().map(|(_, problem)| problem).collect();
        Self { kind: examined.kind, outline: examined.outline, problems }
    }
}

fn examine(bytes: &[u8], options: &Options) -> Examined {
    let decoded = decode_feed(bytes, options.charset.as_deref());
    let text = decoded.text.as_ref();
    let mut findings = Findings::new(text, options);
    if let Some(answer) = options.http.as_ref().filter(|answer| !answer.has_feed()) {
        http::refused(answer, &mut findings);
        return Examined { kind: Kind::Unknown, outline: None, problems: findings.finish().0 };
    }
    document::encoding(bytes, &decoded, &mut findings);
    let kind = check(text, &mut findings);
    if let Some(answer) = &options.http {
        let outline = findings.outline().cloned();
        http::check(answer, &http::Fetched { kind, size: bytes.len(), text: &decoded, outline: outline.as_ref() }, &mut findings);
    }
    let (problems, outline) = findings.finish();
    Examined { kind, outline, problems }
}

/// Whether these bytes are meant to be a feed or a subscription list, by what their beginning says; for files that nobody named.
pub fn looks_like_a_feed(bytes: &[u8]) -> bool {
    let start = decode_feed(bytes.get(..bytes.len().min(1 << 14)).unwrap_or_default(), None);
    let text = start.text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if text.starts_with('{') {
        // Members may come in any order.
        return holds(bytes, b"jsonfeed.org/version") || text.contains("\"items\"") && text.contains("\"title\"");
    }
    ["<rss", "<feed", ":feed", "<entry", ":RDF", "<opml"].iter().any(|root| text.contains(root))
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

fn check(text: &str, findings: &mut Findings<'_>) -> Kind {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if start.starts_with(['{', '[']) {
        return json::check(text, findings);
    }
    match document::parse(text) {
        Ok(tree) => {
            let kind = kind_of(&tree.root);
            check_tree(&tree, kind, findings);
            kind
        }
        Err(fault) => fault::check(&fault, findings),
    }
}

/// What a document with this root is.
fn kind_of(root: &Element) -> Kind {
    match root.name.as_str() {
        "rss" | "RDF" => Kind::Rss,
        "feed" | "entry" => Kind::Atom,
        "opml" => Kind::Opml,
        _ => Kind::Unknown,
    }
}

/// The rules for XML documents.
fn check_tree(tree: &Tree, kind: Kind, findings: &mut Findings<'_>) {
    beyond::check(tree, findings);
    document::check(tree, kind, findings);
    modules::document(&tree.root, findings);
    if kind == Kind::Opml {
        opml::check(&tree.root, findings);
    }
}
