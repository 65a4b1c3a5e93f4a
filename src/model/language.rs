//! A language tag that is well-formed and canonical.

use oxilangtag::LanguageTag;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// A BCP 47 (RFC 5646) language tag in canonical case: `zh-CN`, `zh-Hans`, `en`.
///
/// Only well-formed tags become one; reading what people write instead (`zh_CN`, `Chinese`) is `text::language`'s work.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Language(Arc<str>);

impl TryFrom<String> for Language {
    type Error = &'static str;

    fn try_from(tag: String) -> Result<Self, Self::Error> {
        Self::parse(&tag).ok_or("expected a BCP 47 tag")
    }
}

/// How Chinese is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Script {
    /// Simplified (`Hans`).
    Simplified,
    /// Traditional (`Hant`).
    Traditional,
}

impl Language {
    /// Reads a well-formed tag in any case; `None` when it is not one.
    pub fn parse(tag: &str) -> Option<Self> {
        let tag = LanguageTag::parse_and_normalize(tag).ok()?;
        Some(Self(tag.into_inner().into()))
    }

    /// The same tag, kept in memory as that text, when it is the same.
    pub(crate) fn share(&mut self, known: &Arc<str>) {
        if *known == self.0 {
            self.0 = known.clone();
        }
    }

    /// The tag, in canonical case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The primary subtag: `zh` of `zh-Hans-CN`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The script subtag, when the tag has one: `Hans` of `zh-Hans-CN`.
    pub fn script_subtag(&self) -> Option<&str> {
        self.0.split('-').skip(1).take_while(|part| part.len() > 1).find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()))
    }

    /// The region subtag, when the tag has one: `CN` of `zh-Hans-CN`.
    pub fn region(&self) -> Option<&str> {
        self.0.split('-').skip(1).take_while(|part| part.len() > 1).find(|part| {
            (part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic())) || (part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit()))
        })
    }

    /// Whether the language is Chinese (any variety written in Han characters by default).
    pub fn is_chinese(&self) -> bool {
        matches!(self.primary(), "zh" | "cmn" | "yue" | "wuu" | "hak" | "nan" | "lzh" | "gan" | "hsn")
    }

    /// How this Chinese is written, by its script or its region; `None` for other languages.
    ///
    /// Plain `zh`, `zh-CN` and `zh-SG` are simplified, `zh-TW`, `zh-HK` and `zh-MO` traditional (CLDR likely subtags).
    pub fn chinese_script(&self) -> Option<Script> {
        if !self.is_chinese() {
            return None;
        }
        Some(match (self.script_subtag(), self.region()) {
            (Some("Hant"), _) | (None, Some("TW" | "HK" | "MO")) => Script::Traditional,
            _ => Script::Simplified,
        })
    }

    /// What two tags must share to be one language in a feed: `zh` = `zh-CN` = `zh-Hans`; `zh-TW` = `zh-Hant`; `zh-HK` and
    /// `zh-MO` are kept apart; other languages by primary subtag, script and region.
    pub fn group(&self) -> String {
        match (self.primary(), self.chinese_script(), self.region()) {
            ("zh" | "cmn", Some(Script::Simplified), None | Some("CN")) => "zh-Hans-CN".to_owned(),
            ("zh" | "cmn", Some(Script::Simplified), Some(region)) => format!("zh-Hans-{region}"),
            ("zh" | "cmn", Some(Script::Traditional), None | Some("TW")) => "zh-Hant-TW".to_owned(),
            ("zh" | "cmn", Some(Script::Traditional), Some(region)) => format!("zh-Hant-{region}"),
            _ => self.0.to_string(),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> Language {
        Language::parse(text).unwrap()
    }

    #[test]
    fn case_is_canonical_and_underscores_are_refused() {
        assert_eq!(tag("ZH-hans-cn").as_str(), "zh-Hans-CN");
        assert_eq!(Language::parse("zh_CN"), None);
        assert_eq!(Language::parse(""), None);
    }

    #[test]
    fn likely_subtags_decide_the_group() {
        for same in ["zh", "zh-CN", "zh-Hans", "zh-Hans-CN"] {
            assert_eq!(tag(same).group(), "zh-Hans-CN", "{same}");
        }
        assert_eq!(tag("zh-SG").group(), tag("zh-Hans-SG").group());
        assert_eq!(tag("zh-TW").group(), tag("zh-Hant").group());
        assert_ne!(tag("zh-HK").group(), tag("zh-TW").group());
        assert_ne!(tag("zh-HK").group(), tag("zh-MO").group());
        assert_eq!(tag("en-GB").group(), "en-GB");
    }

    #[test]
    fn subtags_stop_at_a_singleton() {
        assert_eq!(tag("en-u-ca-gregory").region(), None);
        assert_eq!(tag("zh-x-abcd").script_subtag(), None);
    }
}
