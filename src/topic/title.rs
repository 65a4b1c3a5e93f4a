//! Titles of topics, from a template in which nothing dangles when a value is missing.

use super::identity::identity;
use super::template::{Piece, TemplateProblem, pieces};

const SLOTS: [&str; 4] = ["term", "site", "taxonomy", "language"];
const TERM: usize = 0;
const SITE: usize = 1;
const LANGUAGE: usize = 3;

/// A title with `{term}`, `{site}`, `{taxonomy}` and `{language}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleTemplate(Vec<Piece>);

/// What a title is made of; what is empty is left out together with the text that joins it to the rest.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TitleParts<'a> {
    pub(super) term: &'a str,
    pub(super) site: &'a str,
    pub(super) taxonomy: &'a str,
    pub(super) language: &'a str,
}

impl Default for TitleTemplate {
    fn default() -> Self {
        Self(vec![Piece::Slot(TERM), Piece::Text(" · ".to_owned()), Piece::Slot(SITE)])
    }
}

impl TitleTemplate {
    /// Takes a template apart; a placeholder that is none of the four is a problem.
    pub fn parse(template: &str) -> Result<Self, TemplateProblem> {
        pieces(template, &SLOTS).map(Self)
    }

    /// Whether the title says the feed's language.
    pub(super) fn names_language(&self) -> bool {
        self.0.contains(&Piece::Slot(LANGUAGE))
    }

    /// The title; the term alone when the template gives none. A site that is called like the term is not named twice.
    pub(super) fn title(&self, parts: &TitleParts<'_>) -> String {
        let site = if parts.site.is_empty() || identity(parts.term) == identity(parts.site) { "" } else { parts.site };
        let mut joined: Vec<(String, bool)> = Vec::with_capacity(self.0.len());
        let mut lost = false;
        let mut drop_text = false;
        let mut closing = None;
        for piece in &self.0 {
            match piece {
                Piece::Text(_) if drop_text => drop_text = false,
                Piece::Text(text) => {
                    let text = closing.take().and_then(|bracket| text.strip_prefix(bracket)).unwrap_or(text);
                    joined.push((text.to_owned(), true));
                }
                Piece::Slot(slot) => {
                    let value = [parts.term, site, parts.taxonomy, parts.language].get(*slot).copied().unwrap_or_default();
                    if !value.is_empty() {
                        joined.push((value.to_owned(), false));
                        (drop_text, closing) = (false, None);
                        continue;
                    }
                    lost = true;
                    match joined.pop() {
                        Some((text, true)) => closing = closing_bracket(&text),
                        Some(value) => {
                            joined.push(value);
                        }
                        None => drop_text = true,
                    }
                }
            }
        }
        let title: String = joined.into_iter().map(|(text, _)| text).collect();
        let title = title.trim();
        let title = if lost { title.trim_matches(is_joint) } else { title };
        if title.is_empty() { parts.term.to_owned() } else { title.to_owned() }
    }
}

/// The bracket that closes the one at the end of `text`.
fn closing_bracket(text: &str) -> Option<char> {
    Some(match text.trim_end().chars().next_back()? {
        '(' => ')',
        '（' => '）',
        '[' => ']',
        '【' => '】',
        '《' => '》',
        '「' => '」',
        '“' => '”',
        _ => return None,
    })
}

/// Whether a character only joins two parts of a title.
fn is_joint(c: char) -> bool {
    c.is_whitespace() || "·•|｜—–-:：,，、/»«›‹~～".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(template: &str, term: &str, site: &str, language: &str) -> String {
        TitleTemplate::parse(template).unwrap().title(&TitleParts { term, site, taxonomy: "标签", language })
    }

    #[test]
    fn nothing_dangles() {
        let table = [
            ("{term} · {site}", "铁路", "文摘", "", "铁路 · 文摘"),
            ("{term} · {site}", "铁路", "", "", "铁路"),
            ("{term} · {site}", "文摘", "文摘", "", "文摘"),
            ("{term} · {site}", "rust", "Rust", "", "rust"),
            ("{site} | {term}", "铁路", "", "", "铁路"),
            ("{site}：{taxonomy}「{term}」", "铁路", "文摘", "", "文摘：标签「铁路」"),
            ("{term} ({language}) · {site}", "铁路", "文摘", "zh-CN", "铁路 (zh-CN) · 文摘"),
            ("{term} ({language}) · {site}", "铁路", "文摘", "", "铁路 · 文摘"),
            ("{term} ({language})", "铁路", "文摘", "", "铁路"),
            ("{language}{term}", "铁路", "", "", "铁路"),
            ("{taxonomy}: {term} - {site} - {language}", "铁路", "", "en", "标签: 铁路 - en"),
            ("{site}", "铁路", "", "", "铁路"),
            ("", "铁路", "文摘", "", "铁路"),
            ("{term} - {site}", "-x-", "文摘", "", "-x- - 文摘"),
        ];
        for (template, term, site, language, expected) in table {
            assert_eq!(title(template, term, site, language), expected, "{template} {term} {site}");
        }
    }

    #[test]
    fn unknown_placeholders_are_refused() {
        assert_eq!(
            TitleTemplate::parse("{term} {name}").unwrap_err().to_string(),
            "expected one of {term} {site} {taxonomy} {language}, found {name} at character 8"
        );
    }
}
