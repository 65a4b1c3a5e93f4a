//! Which heads a query matches.

use super::identity::identity;
use super::language::Languages;
use super::names::Names;
use super::options::CustomTopic;
use super::query::Test;
use super::vocabulary::Vocabulary;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::{Head, Language};
use crate::text::near::nearest;

/// What queries are answered from.
pub(super) struct Selector<'a> {
    pub(super) heads: &'a [Head],
    pub(super) vocabulary: &'a Vocabulary<'a>,
    pub(super) names: &'a Names,
    pub(super) languages: &'a Languages,
}

/// A test with everything looked up that does not depend on the head.
enum Check {
    /// Which terms match, by number; a term below one that matches does, too.
    Terms(Vec<bool>),
    /// Which languages match, by number.
    Languages(Vec<bool>),
    Source(String),
    After(i64),
    Before(i64),
}

/// Something that a query names and no article has.
struct Unmatched {
    what: String,
    /// What may have been meant.
    meant: Option<String>,
}

impl Selector<'_> {
    /// The heads that the query of `topic` matches, in the order of `order`. What the query names and nothing has is a
    /// finding.
    pub(super) fn select(&self, topic: &CustomTopic, order: &[usize], findings: &mut Vec<Diagnostic>) -> Vec<usize> {
        let condition = topic.query.condition().map(&mut |test| {
            let (check, unmatched) = self.check(test);
            findings.extend(unmatched.map(|unmatched| {
                let message = format!("the query of the topic \"{}\": no article {}", topic.name, unmatched.what);
                let finding = Diagnostic::new(Code::QueryUnmatched, Place::default(), message);
                match unmatched.meant {
                    Some(meant) => finding.with_help(format!("did you mean \"{meant}\"?")),
                    None => finding,
                }
            }));
            check
        });
        order.iter().copied().filter(|&head| condition.holds(&|check| self.holds(check, head))).collect()
    }

    fn holds(&self, check: &Check, head: usize) -> bool {
        let date = || self.heads.get(head).and_then(Head::sort_key);
        match check {
            Check::Terms(terms) => self.vocabulary.written(head).iter().any(|&node| terms.get(node) == Some(&true)),
            Check::Languages(languages) => self.languages.of_head(head).and_then(|language| languages.get(language)) == Some(&true),
            Check::Source(source) => self.heads.get(head).is_some_and(|head| is_from(head, source)),
            Check::After(start) => date().is_some_and(|date| date >= *start),
            Check::Before(end) => date().is_some_and(|date| date < *end),
        }
    }

    fn check(&self, test: &Test) -> (Check, Option<Unmatched>) {
        match test {
            Test::Term { taxonomy, value } => self.terms(taxonomy, value),
            Test::Language(tag) => {
                let matching: Vec<bool> = self.languages.tags.iter().map(|other| covers(tag, other)).collect();
                let unmatched = (!matching.contains(&true)).then(|| Unmatched { what: format!("is in the language \"{tag}\""), meant: None });
                (Check::Languages(matching), unmatched)
            }
            Test::Source(source) => {
                let found = self.heads.iter().any(|head| is_from(head, source));
                let unmatched = (!found).then(|| Unmatched { what: format!("is from the source \"{source}\""), meant: None });
                (Check::Source(source.clone()), unmatched)
            }
            Test::After(start) => (Check::After(*start), None),
            Test::Before(end) => (Check::Before(*end), None),
        }
    }

    /// The terms that a value names, and all below them.
    fn terms(&self, taxonomy: &str, value: &str) -> (Check, Option<Unmatched>) {
        let asked = identity(taxonomy);
        let known = &self.vocabulary.taxonomies;
        let Some(number) = known.iter().position(|known| identity(&known.name) == asked || identity(&known.plural) == asked) else {
            let meant = nearest(taxonomy, known.iter().map(|known| known.name.as_str())).map(str::to_owned);
            return (Check::Terms(Vec::new()), Some(Unmatched { what: format!("has a \"{taxonomy}\""), meant }));
        };
        let whole = self.names.term(value);
        let path: Vec<String> = value.split('/').map(|name| self.names.term(name)).filter(|key| !key.is_empty()).collect();
        let named = [self.vocabulary.find(number, [whole.as_str()]), self.vocabulary.find(number, path.iter().map(String::as_str))];
        let mut matching: Vec<bool> = Vec::with_capacity(self.vocabulary.nodes.len());
        for (index, node) in self.vocabulary.nodes.iter().enumerate() {
            let below = node.parent.and_then(|parent| matching.get(parent)) == Some(&true);
            matching.push(below || named.contains(&Some(index)));
        }
        if named.iter().any(Option::is_some) {
            return (Check::Terms(matching), None);
        }
        let terms = || self.vocabulary.nodes.iter().filter(|node| node.taxonomy == number);
        let below = terms().filter(|node| node.key == whole).map(|node| node.path_name.as_str()).min();
        let meant = below.or_else(|| nearest(value, terms().map(|node| node.path_name.as_str()))).map(str::to_owned);
        let what = format!("has the {} \"{value}\"", known.get(number).map_or(taxonomy, |known| &known.name));
        (Check::Terms(matching), Some(Unmatched { what, meant }))
    }
}

/// Whether what is asked for covers a language: the same by [`Language::group`]; `en` alone covers `en-GB`, too, while
/// `zh` does not cover `zh-TW`.
fn covers(asked: &Language, other: &Language) -> bool {
    let general = asked.as_str() == asked.primary() && !asked.is_chinese() && asked.primary() == other.primary();
    general || asked.group() == other.group()
}

/// Whether a head came from the external feed with this id, address or title: as it is configured, as it calls itself, or as an entry
/// says that an aggregator took it from there.
fn is_from(head: &Head, source: &str) -> bool {
    let Some(origin) = &head.origin else { return false };
    let is_called = |title: &str| title.trim() == source || identity(title) == identity(source);
    &*head.path == source
        || origin.id.as_str() == source
        || origin.links.iter().any(|link| link.href == source)
        || origin.title.as_deref().is_some_and(is_called)
}
