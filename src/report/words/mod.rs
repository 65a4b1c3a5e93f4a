//! The words that people read, in their language.
//!
//! In: what the program says, in English, as it was made where it arose. Out: the same in the language of whoever reads. All
//! translations stand in one table, `data/chinese.txt`: phrases, and templates whose holes hold other phrases, names or
//! input. What the table lacks stays English.

mod table;
mod template;

use crate::diagnostic::{Code, Diagnostic};
use std::borrow::Cow;

/// The language of what is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Words {
    /// As everything is made.
    #[default]
    English,
    /// Chinese, in simplified characters.
    Chinese,
}

impl Words {
    /// The words for a tag or a locale such as `zh-CN` or `zh_TW.UTF-8`: Chinese for all of Chinese, else English.
    pub fn of(locale: &str) -> Self {
        let primary = locale.split(['-', '_', '.', '@']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("zh") { Self::Chinese } else { Self::English }
    }

    /// The translation of a phrase, or of what a template made; `None` when the table lacks it, or nothing is to translate.
    pub fn translation(self, english: &str) -> Option<String> {
        match self {
            Self::English => None,
            Self::Chinese => table::chinese().translate(english),
        }
    }

    /// The same in this language, or in English where the table lacks it.
    pub fn say(self, english: &str) -> Cow<'_, str> {
        self.translation(english).map_or(Cow::Borrowed(english), Cow::Owned)
    }

    /// A text of several lines, each of which is said for itself; indentation and line breaks stay.
    pub fn lines(self, english: &str) -> Cow<'_, str> {
        if self == Self::English {
            return Cow::Borrowed(english);
        }
        let line = |line: &str| {
            let said = line.trim();
            self.translation(said).map_or_else(|| line.to_owned(), |chinese| line.replacen(said, &chinese, 1))
        };
        Cow::Owned(english.split('\n').map(line).collect::<Vec<_>>().join("\n"))
    }

    /// What a code is about, in a few words.
    pub fn title(self, code: Code) -> Cow<'static, str> {
        self.say(code.title())
    }

    /// A finding in this language. A message that the table lacks stands, in English, behind the title of its code.
    #[must_use]
    pub fn finding(self, finding: &Diagnostic) -> Diagnostic {
        let mut said = finding.clone();
        if self == Self::Chinese {
            said.message = self.translation(&finding.message).unwrap_or_else(|| format!("{}：{}", self.title(finding.code), finding.message));
            said.help = finding.help.as_deref().map(|help| self.say(help).into_owned());
        }
        said
    }

    /// Findings in this language.
    pub fn findings(self, findings: &[Diagnostic]) -> Cow<'_, [Diagnostic]> {
        match self {
            Self::English => Cow::Borrowed(findings),
            Self::Chinese => Cow::Owned(findings.iter().map(|finding| self.finding(finding)).collect()),
        }
    }
}

#[cfg(test)]
mod tests;
