//! Queries: text in, conditions out. What they match is `select`'s work.
//!
//! ```text
//! query     = and-part *( "or" and-part )
//! and-part  = not-part *( ["and"] not-part )
//! not-part  = *"not" ( "(" query ")" / test )
//! test      = name ":" value
//! ```
//! A value in double quotes may hold anything (`\"` and `\\` for a quote and a backslash); one without ends at white space
//! or a parenthesis. Full-width parentheses and colons and Chinese quotation marks stand for the ASCII ones.

use crate::model::{Language, Timestamp};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// How deep parentheses may be nested.
const DEEPEST: usize = 32;

/// A condition on entries: `category:科技 and not tag:广告`.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    text: String,
    condition: Condition<Test>,
}

/// Why a text is no query.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct QueryProblem {
    /// Where, in characters from 0.
    pub offset: usize,
    /// What may stand there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

impl fmt::Display for QueryProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found {} at character {}", self.expected, self.found, self.offset + 1)
    }
}

impl std::error::Error for QueryProblem {}

/// A single condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    /// Filed under this term, or below it.
    Term { taxonomy: String, value: String },
    /// In this language.
    Language(Language),
    /// From the source with this id or address.
    Source(String),
    /// At this second (UNIX) or later.
    After(i64),
    /// Before this second (UNIX).
    Before(i64),
}

/// Conditions joined; never nested deeper than [`DEEPEST`] allows.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Condition<T> {
    Test(T),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl<T> Condition<T> {
    /// The same with every test replaced.
    pub(super) fn map<U>(&self, to: &mut impl FnMut(&T) -> U) -> Condition<U> {
        match self {
            Self::Test(test) => Condition::Test(to(test)),
            Self::Not(part) => Condition::Not(Box::new(part.map(to))),
            Self::All(parts) => Condition::All(parts.iter().map(|part| part.map(to)).collect()),
            Self::Any(parts) => Condition::Any(parts.iter().map(|part| part.map(to)).collect()),
        }
    }

    /// Whether the whole holds where `test` says which tests do.
    pub(super) fn holds(&self, test: &impl Fn(&T) -> bool) -> bool {
        match self {
            Self::Test(one) => test(one),
            Self::Not(part) => !part.holds(test),
            Self::All(parts) => parts.iter().all(|part| part.holds(test)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(test)),
        }
    }
}

impl Query {
    /// Reads a query.
    pub fn parse(text: &str) -> Result<Self, QueryProblem> {
        let mut parser = Parser { chars: text.chars().collect(), at: 0 };
        let condition = parser.any(0)?;
        parser.skip_space();
        match parser.peek() {
            None => Ok(Self { text: text.to_owned(), condition }),
            Some(_) => Err(parser.problem("`and`, `or` or the end")),
        }
    }

    /// The taxonomies whose terms it asks for, each once.
    pub fn taxonomies(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        self.condition.map(&mut |test| {
            if let Test::Term { taxonomy, .. } = test {
                found.insert(super::Taxonomy::named(taxonomy.as_str()).name);
            }
        });
        found
    }

    /// The text that it was read from.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn condition(&self) -> &Condition<Test> {
        &self.condition
    }
}

impl FromStr for Query {
    type Err = QueryProblem;

    fn from_str(text: &str) -> Result<Self, QueryProblem> {
        Self::parse(text)
    }
}

struct Parser {
    chars: Vec<char>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn problem(&self, expected: impl Into<String>) -> QueryProblem {
        let word: String = self.chars.iter().skip(self.at).take_while(|c| !c.is_whitespace()).take(20).collect();
        let found = match self.peek() {
            None => "the end".to_owned(),
            Some(c) if c.is_whitespace() => "white space".to_owned(),
            Some(_) => format!("`{word}`"),
        };
        QueryProblem { offset: self.at, expected: expected.into(), found }
    }

    fn any(&mut self, depth: usize) -> Result<Condition<Test>, QueryProblem> {
        let first = self.all(depth)?;
        let mut parts = vec![first];
        while self.keyword("or") {
            parts.push(self.all(depth)?);
        }
        Ok(join(parts, Condition::Any))
    }

    fn all(&mut self, depth: usize) -> Result<Condition<Test>, QueryProblem> {
        let mut parts = vec![self.not(depth)?];
        loop {
            let explicit = self.keyword("and");
            self.skip_space();
            let ends = matches!(self.peek(), None | Some(')' | '）')) || self.at_keyword("or");
            if ends && !explicit {
                return Ok(join(parts, Condition::All));
            }
            parts.push(self.not(depth)?);
        }
    }

    fn not(&mut self, depth: usize) -> Result<Condition<Test>, QueryProblem> {
        let mut negative = false;
        while self.keyword("not") {
            negative = !negative;
        }
        let part = self.part(depth)?;
        Ok(if negative { Condition::Not(Box::new(part)) } else { part })
    }

    fn part(&mut self, depth: usize) -> Result<Condition<Test>, QueryProblem> {
        self.skip_space();
        if !matches!(self.peek(), Some('(' | '（')) {
            return self.test().map(Condition::Test);
        }
        if depth == DEEPEST {
            return Err(self.problem(format!("at most {DEEPEST} parentheses inside each other")));
        }
        self.at += 1;
        let inner = self.any(depth + 1)?;
        self.skip_space();
        if !matches!(self.peek(), Some(')' | '）')) {
            return Err(self.problem("`and`, `or` or `)`"));
        }
        self.at += 1;
        Ok(inner)
    }

    fn test(&mut self) -> Result<Test, QueryProblem> {
        let start = self.at;
        let name = self.take_while(|c| !ends_value(c) && !is_colon(c) && closing_quote(c).is_none());
        if name.is_empty() || self.at_keyword_word(&name) || !self.peek().is_some_and(is_colon) {
            self.at = start;
            return Err(self.problem("`taxonomy:value`"));
        }
        self.at += 1;
        let place = self.at;
        let value = self.value()?;
        let expected = |expected: &str| QueryProblem { offset: place, expected: expected.to_owned(), found: format!("`{value}`") };
        let instant = || instant(&value).ok_or_else(|| expected("a date such as 2025-02-14 or 2025-02-14T08:00:00+08:00"));
        Ok(match name.to_lowercase().as_str() {
            "lang" | "language" => Test::Language(Language::parse(&value.replace('_', "-")).ok_or_else(|| expected("a language tag such as zh-CN"))?),
            "source" => Test::Source(value),
            "after" => Test::After(instant()?),
            "before" => Test::Before(instant()?),
            _ => Test::Term { taxonomy: name, value },
        })
    }

    /// A keyword followed by a colon is the name of a taxonomy.
    fn at_keyword_word(&self, name: &str) -> bool {
        !self.peek().is_some_and(is_colon) && ["and", "or", "not"].iter().any(|word| name.eq_ignore_ascii_case(word))
    }

    fn value(&mut self) -> Result<String, QueryProblem> {
        let Some(closing) = self.peek().and_then(closing_quote) else {
            let value = self.take_while(|c| !ends_value(c));
            return if value.is_empty() { Err(self.problem("a value right after the colon")) } else { Ok(value) };
        };
        let start = self.at;
        self.at += 1;
        let mut value = String::new();
        while let Some(c) = self.peek() {
            self.at += 1;
            match c {
                '\\' if matches!(self.peek(), Some('"' | '\\')) => {
                    value.extend(self.peek());
                    self.at += 1;
                }
                c if c == closing && value.trim().is_empty() => {
                    self.at = start;
                    return Err(self.problem("a value between the quotes"));
                }
                c if c == closing => return Ok(value),
                c => value.push(c),
            }
        }
        self.at = start;
        Err(self.problem(format!("a value that ends in {closing}")))
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let taken: String = self.chars.iter().skip(self.at).copied().take_while(|&c| wanted(c)).collect();
        self.at += taken.chars().count();
        taken
    }

    /// Whether the word `word` stands here: in any case, with white space, a parenthesis or the end after it.
    fn at_keyword(&self, word: &str) -> bool {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let same = rest.len() >= word.len() && rest.iter().zip(word.chars()).all(|(c, w)| c.eq_ignore_ascii_case(&w));
        same && rest.get(word.len()).is_none_or(|&c| ends_value(c))
    }

    fn keyword(&mut self, word: &str) -> bool {
        self.skip_space();
        let here = self.at_keyword(word);
        if here {
            self.at += word.len();
        }
        here
    }
}

/// One part alone, or several joined.
fn join(mut parts: Vec<Condition<Test>>, all: fn(Vec<Condition<Test>>) -> Condition<Test>) -> Condition<Test> {
    match (parts.pop(), parts.is_empty()) {
        (Some(only), true) => only,
        (last, _) => {
            parts.extend(last);
            all(parts)
        }
    }
}

fn ends_value(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '（' | '）')
}

fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

/// The quotation mark that ends what this one begins.
fn closing_quote(c: char) -> Option<char> {
    Some(match c {
        '"' => '"',
        '“' => '”',
        '＂' => '＂',
        '「' => '」',
        '『' => '』',
        _ => return None,
    })
}

/// The second at which a date (midnight UTC) or an RFC 3339 time is.
fn instant(text: &str) -> Option<i64> {
    let midnight;
    let text = if text.len() == 10 {
        midnight = format!("{text}T00:00:00Z");
        &midnight
    } else {
        text
    };
    Timestamp::parse_rfc3339(text).map(|time| time.unix())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The condition written out with all of its parentheses.
    fn shape(condition: &Condition<Test>) -> String {
        let joined = |parts: &[Condition<Test>], word: &str| format!("({})", parts.iter().map(shape).collect::<Vec<_>>().join(word));
        match condition {
            Condition::Test(Test::Term { taxonomy, value }) => format!("{taxonomy}={value}"),
            Condition::Test(Test::Language(tag)) => format!("lang={tag}"),
            Condition::Test(Test::Source(id)) => format!("source={id}"),
            Condition::Test(Test::After(time)) => format!("time>={time}"),
            Condition::Test(Test::Before(time)) => format!("time<{time}"),
            Condition::Not(part) => format!("!{}", shape(part)),
            Condition::All(parts) => joined(parts, " & "),
            Condition::Any(parts) => joined(parts, " | "),
        }
    }

    #[test]
    fn queries() {
        let table = [
            ("tag:a", "tag=a"),
            ("category:科技 and not tag:广告", "(category=科技 & !tag=广告)"),
            ("tag:a or tag:b and tag:c", "(tag=a | (tag=b & tag=c))"),
            ("tag:a tag:b or tag:c", "((tag=a & tag=b) | tag=c)"),
            ("not tag:a tag:b", "(!tag=a & tag=b)"),
            ("not (tag:a or tag:b)", "!(tag=a | tag=b)"),
            ("not not tag:a", "tag=a"),
            ("NOT tag:a AND(tag:b)Or tag:c", "((!tag=a & tag=b) | tag=c)"),
            ("（category：“科 技” or tag:「x y」）", "(category=科 技 | tag=x y)"),
            (r#"tag:"a \"b\" \\ (c)""#, r#"tag=a "b" \ (c)"#),
            ("tag:a:b", "tag=a:b"),
            ("tag:or", "tag=or"),
            ("and:x or:y", "(and=x & or=y)"),
            ("tag:android order:1", "(tag=android & order=1)"),
            ("source:https://example.com/feed?x=1", "source=https://example.com/feed?x=1"),
            ("lang:zh_cn", "lang=zh-CN"),
            ("after:1970-01-02 before:1970-01-01T08:00:00+08:00", "(time>=86400 & time<0)"),
        ];
        for (text, expected) in table {
            assert_eq!(shape(Query::parse(text).unwrap().condition()), expected, "{text}");
        }
    }

    #[test]
    fn problems_say_what_was_expected_where() {
        let table = [
            ("", "expected `taxonomy:value`, found the end at character 1"),
            ("  ", "expected `taxonomy:value`, found the end at character 3"),
            ("科技", "expected `taxonomy:value`, found `科技` at character 1"),
            ("tag:a and", "expected `taxonomy:value`, found the end at character 10"),
            ("tag:a or or tag:b", "expected `taxonomy:value`, found `or` at character 10"),
            ("and tag:a", "expected `taxonomy:value`, found `and` at character 1"),
            ("tag: a", "expected a value right after the colon, found white space at character 5"),
            (":a", "expected `taxonomy:value`, found `:a` at character 1"),
            ("tag:a)", "expected `and`, `or` or the end, found `)` at character 6"),
            ("(tag:a", "expected `and`, `or` or `)`, found the end at character 7"),
            ("标签:甲 tag:\"a", "expected a value that ends in \", found `\"a` at character 10"),
            ("tag:\" \"", "expected a value between the quotes, found `\"` at character 5"),
            ("after:yesterday", "expected a date such as 2025-02-14 or 2025-02-14T08:00:00+08:00, found `yesterday` at character 7"),
            ("after:2025-02-30", "expected a date such as 2025-02-14 or 2025-02-14T08:00:00+08:00, found `2025-02-30` at character 7"),
            ("lang:简体", "expected a language tag such as zh-CN, found `简体` at character 6"),
        ];
        for (text, expected) in table {
            assert_eq!(Query::parse(text).unwrap_err().to_string(), expected, "{text}");
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |depth: usize| format!("{}tag:a{}", "(".repeat(depth), ")".repeat(depth));
        assert!(Query::parse(&nested(DEEPEST)).is_ok());
        assert!(Query::parse(&nested(100_000)).unwrap_err().expected.contains("32"));
        assert!(Query::parse(&format!("{}tag:a", "not ".repeat(100_001))).is_ok());
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in r#"([()（）:： "“”\\]|tag|and|or|not|lang|after|2025-01-01|甲){0,40}"#) {
            if let Err(problem) = Query::parse(&text) {
                proptest::prop_assert!(problem.offset <= text.chars().count());
            }
        }
    }
}
