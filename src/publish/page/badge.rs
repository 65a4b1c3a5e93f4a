//! A language named in itself, so that those who read it find it: `简体中文`, `English`.
//!
//! In: a language. Out: its own name, else its tag, which is never wrong.

use super::layout::Voice;
use crate::model::{Language, Script};
use maud::{Markup, html};

/// Names of languages in themselves, by primary subtag.
const NAMES: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hu", "Magyar"),
    ("id", "Bahasa Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sv", "Svenska"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("vi", "Tiếng Việt"),
    ("yue", "粵語"),
];

/// The name of the language in itself.
pub(super) fn own_name(language: &Language) -> &str {
    if language.primary() == "zh" {
        return match language.chinese_script() {
            Some(Script::Traditional) => "繁體中文",
            _ => "简体中文",
        };
    }
    NAMES.binary_search_by_key(&language.primary(), |(tag, _)| tag).ok().and_then(|at| NAMES.get(at)).map_or(language.as_str(), |(_, name)| name)
}

/// The badge of something in another language than the page's; nothing for all else.
pub(super) fn badge(language: Option<&Language>, voice: Voice<'_>) -> Markup {
    let other = language.filter(|_| voice.differing(language).is_some());
    html! { @if let Some(language) = other { " " span.badge { (own_name(language)) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_named_in_themselves() {
        assert!(NAMES.is_sorted_by_key(|(tag, _)| *tag));
        for (tag, name) in [
            ("zh-CN", "简体中文"),
            ("zh-Hant", "繁體中文"),
            ("zh-TW", "繁體中文"),
            ("en-GB", "English"),
            ("ja", "日本語"),
            ("eo", "eo"),
            ("yue", "粵語"),
        ] {
            assert_eq!(own_name(&Language::parse(tag).unwrap()), name, "{tag}");
        }
    }
}
