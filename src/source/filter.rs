//! Which entries are wanted.
//!
//! In: patterns as people write them, `ai` or `title:^\[AD\]`. Out: yes or no for an entry. Patterns are regular expressions
//! without look-around, so that no pattern and no text takes more than linear time; case does not count.

use crate::model::Entry;
use crate::text::plain::readable;
use regex::{Regex, RegexBuilder};
use std::borrow::Cow;

/// The largest pattern, compiled, in bytes.
const LARGEST: usize = 1 << 20;

/// A part of an entry that a pattern looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Any,
    Title,
    Text,
    Author,
    Category,
    Link,
    Language,
}

const FIELDS: &[(&str, Field)] = &[
    ("any", Field::Any),
    ("title", Field::Title),
    ("text", Field::Text),
    ("author", Field::Author),
    ("category", Field::Category),
    ("link", Field::Link),
    ("language", Field::Language),
];

/// The field of this name.
fn field(name: &str) -> Result<Field, String> {
    let known = || FIELDS.iter().map(|(known, _)| *known).collect::<Vec<_>>().join(", ");
    let found = FIELDS.iter().find(|(known, _)| *known == name).map(|(_, field)| *field);
    found.ok_or_else(|| format!("`{name}` is none of the fields {}; any: looks at all that people read", known()))
}

/// A pattern for entries.
#[derive(Clone, Debug)]
pub struct Pattern {
    field: Field,
    regex: Regex,
}

impl Pattern {
    /// Reads `PATTERN`, which looks at title, text, authors and categories, or `FIELD:PATTERN` with one of `title`, `text`, `author`,
    /// `category`, `link`, `language`, `any`.
    ///
    /// # Errors
    ///
    /// What is wrong with the expression, in one line.
    pub fn new(written: &str) -> Result<Self, String> {
        let named = written.split_once(':').filter(|(name, _)| name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_alphabetic()));
        let (field, pattern) = match named.map(|(name, pattern)| (name.to_ascii_lowercase(), pattern)) {
            None => (Field::Any, written),
            Some((name, _)) if matches!(name.as_str(), "http" | "https") => (Field::Any, written),
            Some((name, pattern)) => (field(&name)?, pattern),
        };
        let regex = RegexBuilder::new(pattern).case_insensitive(true).size_limit(LARGEST).build();
        let regex = regex.map_err(|error| error.to_string().lines().last().unwrap_or("it cannot be read").trim().to_owned())?;
        Ok(Self { field, regex })
    }

    /// Whether the pattern is found in the entry.
    pub fn matches(&self, entry: &Entry) -> bool {
        let is = |field: Field| self.field == field || self.field == Field::Any;
        let found = |text: &str| self.regex.is_match(text);
        let texts = || [&entry.summary, &entry.content].into_iter().flatten();
        is(Field::Title) && entry.title.as_ref().is_some_and(|title| found(&readable(title)))
            || is(Field::Author) && entry.authors.iter().any(|author| found(&author.name))
            || is(Field::Category) && entry.categories.iter().any(|category| found(&category.term) || category.label.as_deref().is_some_and(found))
            || self.field == Field::Link && entry.link().is_some_and(|link| found(&link.href))
            || self.field == Field::Language && entry.language.as_ref().is_some_and(|language| found(language.as_str()))
            || is(Field::Text) && texts().map(readable).any(|text: Cow<'_, str>| found(&text))
    }
}

/// Patterns that decide together.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Filter {
    /// One of these must be found, when there are any.
    pub include: Vec<Pattern>,
    /// None of these may be found.
    pub exclude: Vec<Pattern>,
}

impl Filter {
    /// Whether the entry is wanted.
    pub fn wants(&self, entry: &Entry) -> bool {
        let included = self.include.is_empty() || self.include.iter().any(|pattern| pattern.matches(entry));
        included && !self.exclude.iter().any(|pattern| pattern.matches(entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Category, Id, Person, Text};

    fn entry() -> Entry {
        let mut entry = Entry::new(Id::opaque("1"));
        entry.title = Some(Text::html("<b>Rust</b> &amp; 人工智能"));
        entry.content = Some(Text::html("<p class=secret>正文</p>"));
        entry.authors = vec![Person::new("张三")];
        entry.categories = vec![Category::new("tech").with_label("科技")];
        entry
    }

    #[test]
    fn patterns_look_at_what_people_read() {
        for (pattern, expected) in [
            ("rust & 人工", true),
            ("title:^rust", true),
            ("text:rust", false),
            ("text:正文", true),
            ("secret", false),
            ("author:张三", true),
            ("category:科技|体育", true),
            ("category:tech", true),
            ("link:example", false),
            ("https?://", false),
            ("Title:^rust", true),
            ("any:rust", true),
        ] {
            assert_eq!(Pattern::new(pattern).unwrap().matches(&entry()), expected, "{pattern}");
        }
    }

    #[test]
    fn excluding_goes_before_including() {
        let pattern = |text: &str| Pattern::new(text).unwrap();
        let filter = |include: &[&str], exclude: &[&str]| Filter {
            include: include.iter().map(|text| pattern(text)).collect(),
            exclude: exclude.iter().map(|text| pattern(text)).collect(),
        };
        assert!(filter(&[], &[]).wants(&entry()));
        assert!(filter(&["nothing", "rust"], &[]).wants(&entry()));
        assert!(!filter(&["nothing"], &[]).wants(&entry()));
        assert!(!filter(&["rust"], &["科技"]).wants(&entry()));
    }

    #[test]
    fn evil_patterns_are_refused_or_harmless() {
        assert!(Pattern::new("(").is_err());
        assert_eq!(
            Pattern::new("tag:ads").unwrap_err(),
            "`tag` is none of the fields any, title, text, author, category, link, language; any: looks at all that people read"
        );
        assert!(Pattern::new("(?:a{1000}){1000}{1000}").is_err());
        let mut long = entry();
        long.title = Some(Text::plain("a".repeat(100_000)));
        assert!(!Pattern::new("title:^(a+)+$b").unwrap().matches(&long));
    }
}
