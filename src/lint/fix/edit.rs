//! Changes of a text at places that do not overlap.
//!
//! In: a text and edits. Out: the text with them, and the way back from a place in it to where that was before. All bytes outside of
//! the edits stay as they are.

use crate::diagnostic::Code;
use std::ops::Range;

/// One change of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// The bytes that go.
    pub(super) range: Range<usize>,
    /// What comes in their place.
    pub(super) text: String,
    /// The rules that ask for it, with the byte at which each was broken.
    pub(super) reasons: Vec<(Code, usize)>,
}

impl Edit {
    pub(super) fn new(range: Range<usize>, text: impl Into<String>, code: Code, found: usize) -> Self {
        Self { range, text: text.into(), reasons: vec![(code, found)] }
    }

    /// Something new at a place.
    pub(super) fn insert(at: usize, text: impl Into<String>, code: Code, found: usize) -> Self {
        Self::new(at..at, text, code, found)
    }

    /// Whether one of these rules asks for it.
    pub(super) fn is_wanted(&self, wanted: impl Fn(Code) -> bool) -> bool {
        self.reasons.iter().any(|(code, _)| wanted(*code))
    }

    fn says_the_same(&self, other: &Self) -> bool {
        self.range == other.range && self.text == other.text
    }
}

/// The edits in order, each once, and of two that overlap the first.
pub(super) fn in_order(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut kept: Vec<Edit> = Vec::with_capacity(edits.len());
    for mut edit in edits {
        let twin = kept.iter_mut().rev().take_while(|other| other.range.start == edit.range.start).find(|other| other.says_the_same(&edit));
        if let Some(twin) = twin {
            twin.reasons.append(&mut edit.reasons);
        } else if kept.last().is_none_or(|last| last.range.end <= edit.range.start) {
            kept.push(edit);
        }
    }
    kept
}

/// The text with these edits, which are in order.
pub(super) fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for edit in edits {
        out.push_str(text.get(done..edit.range.start).unwrap_or_default());
        out.push_str(&edit.text);
        done = edit.range.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// The way back from a place in an edited text to where that was before.
pub(super) struct Origins {
    /// Of each edit: where what it wrote begins in the edited text, and ends; where what it replaced begins in the text before, and ends.
    steps: Vec<(usize, usize, usize, usize)>,
}

impl Origins {
    /// Of edits that are in order.
    pub(super) fn of(edits: &[Edit]) -> Self {
        let (mut before, mut after) = (0, 0);
        let step = |edit: &Edit| {
            let start = after + (edit.range.start - before);
            (before, after) = (edit.range.end, start + edit.text.len());
            (start, after, edit.range.start, before)
        };
        Self { steps: edits.iter().map(step).collect() }
    }

    /// Where a byte of the edited text was before; of one that came in, where it came in.
    pub(super) fn origin(&self, at: usize) -> usize {
        let last = self.steps.partition_point(|(start, ..)| *start <= at).checked_sub(1).and_then(|last| self.steps.get(last));
        match last {
            Some((_, end, before, _)) if at < *end => *before,
            Some((_, end, _, behind)) => behind + (at - end),
            None => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(range: Range<usize>, text: &str) -> Edit {
        Edit::new(range, text, Code::XmlSyntax, 0)
    }

    #[test]
    fn only_what_is_edited_changes() {
        let edits = in_order(vec![edit(6..6, "!"), edit(2..4, "文字"), edit(3..5, "lost"), edit(6..6, "!"), edit(6..6, "?"), edit(0..1, "")]);
        let text = apply("abcdef", &edits);
        assert_eq!(text, "b文字ef!?");
        let back: Vec<usize> = [0, 1, 4, 7, 8, 9, 10].iter().map(|at| Origins::of(&edits).origin(*at)).collect();
        assert_eq!(back, [1, 2, 2, 4, 5, 6, 6]);
        assert_eq!(apply("abc", &[]), "abc");
        assert_eq!(Origins::of(&[]).origin(2), 2);
    }
}
