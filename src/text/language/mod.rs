//! Reading what people write where a language tag is wanted.
//!
//! In: the value as written (`zh_CN.UTF-8`, `中文`, `zh-cmn-Hans`) and, where known, the script of the text. Out: a valid
//! BCP 47 (RFC 5646) tag and how far it is from what was written. Never invents a language for an empty value.

mod name;
mod style;
mod subtags;
#[cfg(test)]
mod tests;

pub use style::{Style, styled};

use super::script;
use crate::model::{Language, Script};
use subtags::Entry;
use unicode_normalization::UnicodeNormalization as _;

/// What a value means.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reading {
    /// The language; `None` when the value is absent or invalid.
    pub language: Option<Language>,
    /// How far the tag is from what was written.
    pub class: Class,
}

/// How far a tag is from what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// Written as it should be.
    Valid,
    /// Other case, separators, width, or a POSIX locale: nothing worth saying.
    Silent,
    /// An older or longer way to say it, with one meaning.
    Note,
    /// A guess from a name or a country, or a part had to be dropped.
    Warning,
    /// Not a language tag, or made of subtags that do not exist.
    Invalid,
    /// The value says that there is no language.
    Absent,
}

impl Reading {
    fn new(language: Option<Language>, class: Class) -> Self {
        Self { language, class }
    }

    fn of(tag: &str, class: Class) -> Self {
        match Language::parse(tag) {
            Some(language) => Self::new(Some(language), class),
            None => Self::new(None, Class::Invalid),
        }
    }
}

/// Tags that nearly all articles have, each written as it should be.
const USUAL: &[&str] = &["zh-CN", "zh-TW", "zh-HK", "zh-Hans", "zh-Hant", "zh", "en", "en-US", "ja", "ko"];

/// Reads a value; `script` is that of the text it speaks of, and refines `中文` and the like.
pub fn read(raw: &str, script: Option<Script>) -> Reading {
    if USUAL.contains(&raw) { Reading::of(raw, Class::Valid) } else { examine(raw, script) }
}

fn examine(raw: &str, script: Option<Script>) -> Reading {
    let folded: String = raw.nfkc().collect();
    let locale = folded.trim().trim_matches(['"', '\'']);
    let (locale, modifier) = match locale.split_once("_#") {
        // How Java writes a script: `zh_CN_#Hans`.
        Some((locale, modifier)) => (locale, Some(modifier)),
        None => (locale, None),
    };
    let locale = locale.split(['.', '@']).next().unwrap_or_default();
    let words: Vec<&str> = locale.split(|c: char| c == '-' || c == '_' || c.is_whitespace()).filter(|word| !word.is_empty()).collect();
    let tag = match (words.split_first(), modifier) {
        (Some((first, rest)), Some(script)) => [&[*first, script], rest].concat().join("-"),
        _ => words.join("-"),
    };
    let key = tag.to_lowercase();
    if name::is_absent(&key) {
        return Reading::new(None, Class::Absent);
    }
    if let Some((class, meant)) = name::meaning(&key, script) {
        return Reading::of(meant, class);
    }
    let (tag, replaced) = match subtags::whole_tag(&key) {
        Some(preferred) => (preferred.to_owned(), true),
        None => (tag, false),
    };
    match canonical(&tag) {
        None => Reading::new(None, Class::Invalid),
        Some((language, class)) => {
            let class = match class {
                Class::Valid if replaced => Class::Note,
                Class::Valid if language.as_str() != raw => Class::Silent,
                class => class,
            };
            Reading::new(Some(language), class)
        }
    }
}

/// Like [`read`], with the text itself at hand, so that `jp`, `kr`, `tw` and `gb` can be told from the languages of these codes.
pub fn read_beside(raw: &str, plain: &str) -> Reading {
    let proved = script::detect(plain);
    let country = raw.trim().to_ascii_lowercase();
    match (country.as_str(), proved.as_ref().map(Language::as_str)) {
        ("jp", Some("ja")) | ("kr", Some("ko")) | ("tw", Some("zh-TW")) | ("gb", Some("zh-CN")) => Reading::new(proved, Class::Warning),
        // A country that the text contradicts.
        ("jp", Some(_)) => Reading::new(None, Class::Invalid),
        _ => read(raw, script::chinese_script(plain)),
    }
}

/// Checks each subtag of a well-formed tag against the registry and replaces what is deprecated.
fn canonical(tag: &str) -> Option<(Language, Class)> {
    let parsed = Language::parse(tag)?;
    let mut class = Class::Valid;
    let mut parts = parsed.as_str().split('-');
    let mut primary = parts.next()?.to_owned();
    if primary == "x" || primary == "i" {
        return Some((parsed.clone(), class));
    }
    match subtags::language(&primary) {
        Entry::Unknown => return None,
        Entry::Registered => {}
        Entry::Replaced(preferred) => {
            preferred.clone_into(&mut primary);
            class = Class::Note;
        }
    }
    let mut rest: Vec<String> = Vec::new();
    let mut verbatim = false;
    for part in parts {
        let all = |test: fn(&u8) -> bool| part.bytes().all(|byte| test(&byte));
        let entry = if verbatim || part.len() == 1 {
            // Extensions and private use are nobody's list.
            verbatim = true;
            Entry::Registered
        } else if part.len() == 3 && all(u8::is_ascii_alphabetic) {
            match subtags::extlang(part) {
                Entry::Replaced(preferred) => {
                    preferred.clone_into(&mut primary);
                    class = class.max(Class::Note);
                    continue;
                }
                entry => entry,
            }
        } else if part.len() == 4 && all(u8::is_ascii_alphabetic) {
            subtags::script(part)
        } else if part.len() == 2 || (part.len() == 3 && all(u8::is_ascii_digit)) {
            match subtags::region(part) {
                Entry::Unknown if part == "UK" => {
                    class = Class::Warning;
                    rest.push("GB".to_owned());
                    continue;
                }
                // The language said twice: `zh-ZH`, `en-EN`.
                Entry::Unknown if part.eq_ignore_ascii_case(&primary) => {
                    class = Class::Warning;
                    continue;
                }
                entry => entry,
            }
        } else {
            subtags::variant(part)
        };
        match entry {
            Entry::Unknown => return None,
            Entry::Registered => rest.push(part.to_owned()),
            Entry::Replaced(preferred) => {
                rest.push(preferred.to_owned());
                class = class.max(Class::Note);
            }
        }
    }
    if primary == "cmn" {
        // The macrolanguage is what readers know (RFC 5646 §4.1.1).
        "zh".clone_into(&mut primary);
        class = class.max(Class::Note);
        if rest == ["Hans", "CN"] || rest == ["Hant", "TW"] {
            rest.remove(0);
        }
    }
    rest.insert(0, primary);
    Some((Language::parse(&rest.join("-"))?, class))
}

impl Class {
    /// The graver of two.
    fn max(self, other: Self) -> Self {
        if self == Self::Warning { self } else { other }
    }
}
