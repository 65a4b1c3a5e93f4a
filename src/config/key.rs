//! What a key of the configuration is: its name, how its value is written, its default, its meaning.
//!
//! Each key is declared where it is read (`read.rs`, `sources.rs`), once, and with everything that people are told of it.
//! [`keys`] runs the same code without a file and gives the declarations: suggestions, the schema for editors and the reference
//! are made of them, so that none of them can miss a key or know one too many.

use super::document::Document;
use super::read::read_all;
use super::section::Section;

/// The declaration of a key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    meaning: &'static str,
    absent: Absent,
    example: &'static str,
}

/// A key of this name; `meaning` is a line for people, without a full stop.
pub(super) const fn key(name: &'static str, meaning: &'static str) -> Key {
    Key { name, meaning, absent: Absent::Nothing, example: "" }
}

impl Key {
    /// What leaving it out stands for, in YAML.
    pub(super) const fn default(self, yaml: &'static str) -> Self {
        Self { absent: Absent::Value(yaml), ..self }
    }

    /// What leaving it out stands for, in words.
    pub(super) const fn otherwise(self, words: &'static str) -> Self {
        Self { absent: Absent::Rule(words), ..self }
    }

    /// A value in YAML, on one line.
    pub(super) const fn example(self, yaml: &'static str) -> Self {
        Self { example: yaml, ..self }
    }

    /// The key below the section `parent`, empty for the top, with how its value is written.
    pub(super) fn declared(self, parent: &str, shape: Shape) -> Declared {
        let path = if parent.is_empty() { self.name.to_owned() } else { format!("{parent}.{}", self.name) };
        Declared { path, shape, meaning: self.meaning, absent: self.absent, example: self.example }
    }
}

/// A key of the configuration, as people are told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Declared {
    /// `feeds.limit`; the keys of the elements of a list are `sources.list[].url`.
    pub path: String,
    /// How its value is written.
    pub shape: Shape,
    /// What it does, in a line.
    pub meaning: &'static str,
    /// What holds when it is not there.
    pub absent: Absent,
    /// A value in YAML on one line; empty for sections.
    pub example: &'static str,
}

/// What holds when a key is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Absent {
    /// Nothing is done.
    Nothing,
    /// The same as with this value, in YAML.
    Value(&'static str),
    /// This, in words: it depends on something else.
    Rule(&'static str),
}

/// How a value is written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// A text, or a number that is read as one.
    Text(Written),
    /// `true` or `false`.
    Switch,
    /// A whole number from `least`, up to `most` when there is such a bound.
    Number {
        /// The smallest.
        least: usize,
        /// The largest.
        most: Option<usize>,
    },
    /// One of these words.
    Choice(Vec<&'static str>),
    /// A list; one value is a list of one.
    List(Box<Self>),
    /// Names with values.
    Table(Box<Self>),
    /// One or the other.
    Either(Box<Self>, Box<Self>),
    /// Keys of its own.
    Section,
    /// A list of elements with keys of their own.
    Sections,
}

impl Shape {
    /// Any text.
    pub(super) const fn text() -> Self {
        Self::Text(Written::any("a text"))
    }

    /// One of the words of these pairs.
    pub(super) fn choice<T>(choices: &[(&'static str, T)]) -> Self {
        Self::Choice(choices.iter().map(|(word, _)| *word).collect())
    }

    /// What is expected, for people.
    pub fn expected(&self) -> String {
        match self {
            Self::Text(written) => written.expected.to_owned(),
            Self::Switch => "true or false".to_owned(),
            Self::Number { least, most: None } => format!("a whole number from {least}"),
            Self::Number { least, most: Some(most) } => format!("a number from {least} to {most}"),
            Self::Choice(words) => match words.split_last() {
                Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
                _ => words.concat(),
            },
            Self::List(item) => format!("list: {}", item.expected()),
            Self::Table(value) => format!("names with values: {}", value.expected()),
            Self::Either(one, other) => format!("{}; or {}", one.expected(), other.expected()),
            Self::Section => "keys and values".to_owned(),
            Self::Sections => "a list of keys and values".to_owned(),
        }
    }
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// What is expected, for people: `a length of time such as 30m`.
    pub expected: &'static str,
    /// A regular expression (ECMA-262) that nothing is refused by which is read.
    pub pattern: Option<&'static str>,
}

impl Written {
    /// Whatever is read.
    pub(super) const fn any(expected: &'static str) -> Self {
        Self { expected, pattern: None }
    }

    /// What also matches this pattern.
    pub(super) const fn matching(expected: &'static str, pattern: &'static str) -> Self {
        Self { expected, pattern: Some(pattern) }
    }
}

impl From<&'static str> for Written {
    fn from(expected: &'static str) -> Self {
        Self::any(expected)
    }
}

/// All keys of `feedloom.yaml`, in the order in which they are read; a section stands before its keys.
pub fn keys() -> Vec<Declared> {
    let (document, mut findings, mut declared) = (Document::none(), Vec::new(), Vec::new());
    read_all(Section::declaring(&document, &mut findings, &mut declared));
    declared
}
