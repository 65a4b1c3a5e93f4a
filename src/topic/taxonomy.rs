//! A taxonomy: one way of filing entries, such as categories or tags.

use crate::model::Language;
use serde::{Deserialize, Serialize};

/// A way of filing entries.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Taxonomy {
    /// Singular, as in [`Term::taxonomy`](crate::model::Term::taxonomy): `category`.
    pub name: String,
    /// Plural, the folder of its topics: `categories`.
    pub plural: String,
}

impl Taxonomy {
    /// The taxonomy of this singular name, with the usual plural, else with `s` at its end.
    pub fn named(name: impl Into<String>) -> Self {
        let name = name.into();
        // People write the folder's name as often as the key's.
        let name = match name.as_str() {
            "categories" => "category".to_owned(),
            "tags" | "authors" | "sections" | "languages" => name.trim_end_matches('s').to_owned(),
            _ => name,
        };
        let plural = match name.as_str() {
            "category" => "categories".to_owned(),
            "series" => "series".to_owned(),
            other => format!("{other}s"),
        };
        Self { name, plural }
    }

    /// What a reader of this language calls it; the singular name where there is no better one.
    pub fn label(&self, language: Option<&Language>) -> &str {
        let Some(script) = language.and_then(Language::chinese_script) else { return &self.name };
        let traditional = script == crate::model::Script::Traditional;
        match (self.name.as_str(), traditional) {
            ("category", false) => "分类",
            ("category", true) => "分類",
            ("tag", false) => "标签",
            ("tag", true) => "標籤",
            ("author", _) => "作者",
            ("section", false) => "栏目",
            ("section", true) => "欄目",
            ("series", _) => "系列",
            ("language", false) => "语言",
            ("language", true) => "語言",
            _ => &self.name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals() {
        for (name, plural) in [
            ("category", "categories"),
            ("tag", "tags"),
            ("author", "authors"),
            ("section", "sections"),
            ("series", "series"),
            ("language", "languages"),
            ("mood", "moods"),
        ] {
            assert_eq!(Taxonomy::named(name).plural, plural);
        }
    }

    #[test]
    fn labels_follow_the_script() {
        let label = |name: &str, tag: &str| Taxonomy::named(name).label(Language::parse(tag).as_ref()).to_owned();
        let table = [
            ("category", "分类", "分類"),
            ("tag", "标签", "標籤"),
            ("author", "作者", "作者"),
            ("section", "栏目", "欄目"),
            ("series", "系列", "系列"),
            ("language", "语言", "語言"),
            ("mood", "mood", "mood"),
        ];
        for (name, simplified, traditional) in table {
            assert_eq!(label(name, "zh-CN"), simplified);
            assert_eq!(label(name, "zh-Hant"), traditional);
            assert_eq!(label(name, "zh-HK"), traditional);
            assert_eq!(label(name, "en"), name);
        }
        assert_eq!(Taxonomy::named("tag").label(None), "tag");
    }
}
