//! Aliases and moves in, one name for each term out.
//!
//! An alias or a move leads from one identity to another; chains are followed, and a link that would close a circle is not
//! made. Which name leads where does not depend on the articles.

use super::identity::{identity, tidy};
use super::slug::{SlugStyle, slug};
use std::collections::{BTreeMap, HashMap};

/// Which names stand for which.
#[derive(Debug, Default)]
pub(super) struct Names {
    style: SlugStyle,
    leads_to: HashMap<String, String>,
    /// Identity → how the configuration writes it in an alias.
    chosen: HashMap<String, String>,
    /// Identity → how the configuration writes it as the goal of a move.
    goals: HashMap<String, String>,
    pub(super) moves: Vec<Move>,
    /// Moves that lead back to where they start: old and new name.
    pub(super) circles: Vec<(String, String)>,
}

/// A term that has another name now.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) old: String,
    pub(super) new: String,
    /// Identity of the term that the new name stands for.
    pub(super) goal: String,
}

impl Names {
    /// `style` is how names become addresses.
    pub(super) fn new(aliases: &BTreeMap<String, Vec<String>>, moved: &BTreeMap<String, String>, style: SlugStyle) -> Self {
        let mut names = Self { style, ..Self::default() };
        for (name, others) in aliases {
            let key = names.key(name);
            for other in others {
                let other = names.key(other);
                names.link(&other, &key);
            }
            names.chosen.entry(key).or_insert_with(|| tidy(name));
        }
        let mut steps = Vec::new();
        for (old, new) in moved {
            let (from, to) = (names.key(old), names.key(new));
            if from.is_empty() || to.is_empty() || from == to {
                continue;
            }
            if names.follow(&to) == from {
                names.circles.push((tidy(old), tidy(new)));
                continue;
            }
            names.link(&from, &to);
            steps.push((old, new, to.clone()));
            names.goals.entry(to).or_insert_with(|| tidy(new));
        }
        names.moves = steps.into_iter().map(|(old, new, to)| Move { old: tidy(old), new: tidy(new), goal: names.follow(&to).to_owned() }).collect();
        names
    }

    /// What all spellings of one name share: where a generator's addresses are followed, its names for them do, too.
    pub(super) fn key(&self, name: &str) -> String {
        let key = identity(name);
        if key.is_empty() || !self.style.merges() { key } else { identity(&slug(name, self.style)) }
    }

    /// Makes `from` stand for `to`, unless it stands for something already or `to` leads back to it.
    fn link(&mut self, from: &str, to: &str) {
        if !from.is_empty() && !to.is_empty() && !self.leads_to.contains_key(from) && self.follow(to) != from {
            self.leads_to.insert(from.to_owned(), to.to_owned());
        }
    }

    /// The identity that an identity stands for in the end. No link closes a circle, so that this ends.
    pub(super) fn follow<'a>(&'a self, key: &'a str) -> &'a str {
        let mut key = key;
        while let Some(next) = self.leads_to.get(key) {
            key = next;
        }
        key
    }

    /// The identity of the term that a name stands for; empty when the name is.
    pub(super) fn term(&self, name: &str) -> String {
        let key = self.key(name);
        match self.leads_to.get(&key) {
            None => key,
            Some(next) => self.follow(next).to_owned(),
        }
    }

    /// The name that the configuration gives to an identity in an alias; it wins over what articles write.
    pub(super) fn chosen(&self, key: &str) -> Option<&str> {
        self.chosen.get(key).map(String::as_str)
    }

    /// The name that a move gives to an identity; for terms that no article has under the new name.
    pub(super) fn goal(&self, key: &str) -> Option<&str> {
        self.goals.get(key).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(aliases: &[(&str, &[&str])], moved: &[(&str, &str)]) -> Names {
        let aliases = aliases.iter().map(|(name, others)| ((*name).to_owned(), others.iter().map(|&other| other.to_owned()).collect())).collect();
        Names::new(&aliases, &moved.iter().map(|&(old, new)| (old.to_owned(), new.to_owned())).collect(), SlugStyle::Keep)
    }

    #[test]
    fn aliases_are_applied_on_identity() {
        let names = names(&[("人工智能", &["AI", "A.I."])], &[]);
        for spelling in ["ai", "ＡＩ", " Ai ", "a.i.", "人工智能"] {
            assert_eq!(names.term(spelling), "人工智能", "{spelling}");
        }
        assert_eq!(names.chosen("人工智能"), Some("人工智能"));
        assert_eq!(names.term("铁路"), "铁路");
    }

    #[test]
    fn chains_end_and_circles_are_not_closed() {
        let chain = names(&[("a", &["b", "a"]), ("b", &["c", "a"])], &[]);
        assert_eq!(["a", "b", "c"].map(|name| chain.term(name)), ["a", "a", "a"].map(str::to_owned));
        let moved = names(&[], &[("a", "b"), ("b", "c"), ("c", "a"), ("x", "X")]);
        assert_eq!(moved.term("a"), "c");
        assert_eq!(moved.circles, [("c".to_owned(), "a".to_owned())]);
        assert_eq!(moved.moves.iter().map(|step| step.goal.as_str()).collect::<Vec<_>>(), ["c", "c"]);
    }

    #[test]
    fn the_first_alias_of_a_spelling_wins() {
        assert_eq!(names(&[("b", &["x"]), ("a", &["x"])], &[]).term("x"), "a");
    }
}
