//! The table of translations.
//!
//! In: `data/chinese.txt`, where an English phrase or template has a line, and its translation the next, indented one; lines that
//! start with `#` are remarks. Out: the translation of a text, found in one step for phrases, by the template with the most
//! words for the rest.

use super::template::Template;
use std::collections::HashMap;
use std::sync::OnceLock;

pub(super) const CHINESE: &str = include_str!("../../../data/chinese.txt");

/// How deep templates may stand in the holes of others.
const DEEPEST: usize = 4;
/// Longer texts are nobody's phrase.
const LONGEST: usize = 4000;

/// Phrases and templates with their translations.
#[derive(Debug)]
pub(super) struct Table {
    phrases: HashMap<&'static str, String>,
    /// Those with the most words first, so that a general one never takes what a special one is for.
    templates: Vec<Template>,
    /// The templates that can match a text with this first byte; in their order.
    by_first: HashMap<u8, Vec<usize>>,
    /// The templates that begin with a hole.
    open: Vec<usize>,
}

/// The Chinese table, read once.
pub(super) fn chinese() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::read(CHINESE))
}

/// The rows of a table: English, translation.
pub(super) fn rows(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut english = None;
    text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).filter_map(move |line| {
        if let Some(translation) = line.strip_prefix("  ") {
            return Some((english.take()?, translation.trim_end()));
        }
        english = Some(line.trim_end());
        None
    })
}

impl Table {
    fn read(text: &'static str) -> Self {
        let mut phrases = HashMap::new();
        let mut templates: Vec<Template> = Vec::new();
        for (english, translation) in rows(text) {
            let template = Template::parse(english, translation);
            if template.holes() == 0 && !english.contains(['{', '}']) {
                phrases.insert(english, template.fill(&[], |_, _| None).unwrap_or_default());
            } else {
                templates.push(template);
            }
        }
        templates.sort_by_key(|template| std::cmp::Reverse(template.weight()));
        let open: Vec<usize> = templates.iter().enumerate().filter(|(_, template)| template.first().is_none()).map(|(at, _)| at).collect();
        let mut by_first: HashMap<u8, Vec<usize>> = HashMap::new();
        for first in templates.iter().filter_map(Template::first) {
            let fits = |template: &Template| template.first().is_none_or(|own| own == first);
            by_first.entry(first).or_insert_with(|| templates.iter().enumerate().filter(|(_, one)| fits(one)).map(|(at, _)| at).collect());
        }
        Self { phrases, templates, by_first, open }
    }

    /// The translation of a phrase, or of what a template made.
    pub(super) fn translate(&self, text: &str) -> Option<String> {
        self.within(text, 0)
    }

    fn within(&self, text: &str, depth: usize) -> Option<String> {
        if let Some(phrase) = self.phrases.get(text) {
            return Some(phrase.clone());
        }
        if depth > DEEPEST || text.len() > LONGEST {
            return None;
        }
        let first = text.bytes().next()?;
        self.by_first.get(&first).unwrap_or(&self.open).iter().filter_map(|at| self.templates.get(*at)).find_map(|template| {
            let values = template.values(text)?;
            template.fill(&values, |value, _| self.within(value, depth + 1))
        })
    }
}
