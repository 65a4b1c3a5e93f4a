//! How Chinese tags are written out (rule L1): as authored, by region or by script.
//!
//! In: a valid tag. Out: an equivalent one (CLDR likely subtags). Touches no language but `zh`.

use crate::model::{Language, Script};

/// Which of several equivalent tags is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Style {
    /// The tag stays as its author wrote it.
    #[default]
    Keep,
    /// By region: `zh-CN`, `zh-TW`.
    Region,
    /// By script: `zh-Hans`, `zh-Hant`, `zh-Hant-HK`.
    Script,
}

/// The tag in this style. Tags with more than script and region, and languages other than `zh`, stay as they are.
pub fn styled(language: &Language, style: Style) -> Language {
    let plain =
        language.as_str().split('-').count() == 1 + usize::from(language.script_subtag().is_some()) + usize::from(language.region().is_some());
    let (true, "zh", Some(script)) = (plain, language.primary(), language.chinese_script()) else {
        return language.clone();
    };
    if !matches!(language.script_subtag(), None | Some("Hans" | "Hant")) {
        return language.clone();
    }
    let region = language.region();
    let tag = match style {
        Style::Keep => return language.clone(),
        Style::Region => match (script, region) {
            (Script::Simplified, None | Some("CN")) => "zh-CN".to_owned(),
            (Script::Traditional, None | Some("TW")) => "zh-TW".to_owned(),
            // The region alone must imply the script, or it cannot go.
            (Script::Simplified, Some(region @ ("SG" | "MY"))) | (Script::Traditional, Some(region @ ("HK" | "MO"))) => format!("zh-{region}"),
            _ => return language.clone(),
        },
        Style::Script => match (script, region) {
            (Script::Simplified, None | Some("CN")) => "zh-Hans".to_owned(),
            (Script::Traditional, None | Some("TW")) => "zh-Hant".to_owned(),
            (Script::Simplified, Some(region)) => format!("zh-Hans-{region}"),
            (Script::Traditional, Some(region)) => format!("zh-Hant-{region}"),
        },
    };
    Language::parse(&tag).unwrap_or_else(|| language.clone())
}
