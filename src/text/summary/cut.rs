//! Taking as much of a text as fits, in whole sentences where possible.
//!
//! In: paragraphs on one line each. Out: one text within the limit. Cuts a sentence only when there is no whole one to take, then at
//! a clause mark, outside of brackets, and says so with an ellipsis. Never splits a grapheme, a word, a number from its unit, a URL.

use super::super::join::append;
use super::super::script::{is_hangul, is_wide_letter};
use super::super::sentence::{Sentence, closes, depths, is_closer, is_ender, is_opener, is_weak, sentences};
use unicode_segmentation::UnicodeSegmentation as _;

/// Whether a character is a grapheme cluster by itself, whatever stands beside it: visible ASCII, general and Chinese punctuation
/// but for tone marks, and Han (UAX #29 §3.1).
fn is_alone(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3029}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}')
}

/// How a text is measured and cut.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    /// By characters (grapheme clusters) or else by words.
    pub(super) by_character: bool,
    /// Whether line ends and ellipses follow Chinese usage.
    pub(super) chinese: bool,
    /// Sentences are taken up to this length.
    pub(super) target: usize,
    /// Nothing is longer than this.
    pub(super) max: usize,
}

impl Measure {
    /// The length of a text in the unit of this measure.
    pub(super) fn length(&self, text: &str) -> usize {
        match (self.by_character, text.chars().all(is_alone)) {
            (true, true) => text.chars().count(),
            (true, false) => text.graphemes(true).count(),
            (false, _) => text.split_whitespace().count(),
        }
    }

    fn ellipsis(&self) -> &'static str {
        if self.chinese { "……" } else { "…" }
    }

    /// As many sentences of the paragraphs, in order, as fit.
    pub(super) fn take(&self, paragraphs: &[String]) -> String {
        let mut out = String::new();
        // Where an ended sentence ends in what was taken.
        let mut ends: Vec<usize> = Vec::new();
        let pieces = paragraphs.iter().flat_map(|paragraph| sentences(paragraph).into_iter().enumerate());
        for (index, Sentence { text, ended }) in pieces {
            let length = self.length(&out);
            let mut longer = out.clone();
            if index == 0 {
                // A line that nobody ended stays apart from the next.
                if longer.ends_with(|c: char| c.is_alphanumeric()) {
                    longer.push(' ');
                }
                append(&mut longer, text.trim(), self.chinese);
            } else {
                longer.push_str(text.trim_end());
            }
            let total = self.length(&longer);
            if total <= self.target || (length * 2 < self.target && total <= self.max) {
                out = longer;
                if ended {
                    ends.push(out.len());
                }
                if total > self.target {
                    break;
                }
            } else if length * 4 < self.target {
                let part = self.cut(text.trim(), self.max.saturating_sub(length));
                append(&mut out, &part, self.chinese);
                return out;
            } else {
                break;
            }
        }
        // A sentence that nobody ended is better left out, if enough remains.
        if let Some(end) = ends.last().filter(|end| **end < out.len())
            && out.get(..*end).is_some_and(|kept| self.length(kept) * 6 >= self.target.min(self.length(&out)))
        {
            out.truncate(*end);
        }
        // What a clause announces is not shown. A line that nobody ended stays as it is: it was not cut.
        if out.ends_with(is_weak) {
            out.pop();
            if self.length(&out) + 2 <= self.max {
                out.push_str(self.ellipsis());
            }
        }
        out
    }

    /// The beginning of one sentence, at most `max` long, with an ellipsis.
    pub(super) fn cut(&self, sentence: &str, max: usize) -> String {
        if self.length(sentence) <= max {
            return sentence.to_owned();
        }
        let chars: Vec<char> = sentence.chars().collect();
        let depths = depths(&chars);
        let room = if self.by_character { max.saturating_sub(self.length(self.ellipsis())) } else { max };
        let mut best = Best::default();
        let (mut units, mut at, mut bytes) = (0, 0, 0);
        let mut in_word = false;
        for grapheme in sentence.graphemes(true) {
            if at > 0 {
                let depth = depths.get(at - 1).copied().unwrap_or_default();
                best.consider(&chars, at, bytes, depth, units, self.by_character);
            }
            let space = grapheme.chars().all(char::is_whitespace);
            units += usize::from(self.by_character || (!space && !in_word));
            in_word = !space;
            if units > room {
                break;
            }
            at += grapheme.chars().count();
            bytes += grapheme.len();
        }
        let (end, depth) = best.choose(room);
        let kept =
            sentence.get(..end).unwrap_or_default().trim_end().trim_end_matches(|c: char| is_weak(c) || matches!(c, '—' | '-' | '–')).trim_end();
        let mut out = kept.to_owned();
        if !kept.ends_with(is_ender) {
            out.push_str(self.ellipsis());
        }
        if depth > 0 {
            close_open(&mut out, &chars, kept.chars().count(), sentence.chars().count());
        }
        out
    }
}

/// The places where a sentence may be cut, the latest of each quality.
#[derive(Default)]
struct Best {
    /// Outside of brackets, before a clause mark: bytes and units.
    clause: Option<(usize, usize)>,
    /// Outside of brackets, between words.
    word: Option<(usize, usize)>,
    /// Inside of brackets: after a sentence, before a clause mark, between words.
    inside: [Option<(usize, usize)>; 3],
    /// Anywhere.
    any: Option<usize>,
}

impl Best {
    fn consider(&mut self, chars: &[char], at: usize, bytes: usize, depth: u16, units: usize, by_character: bool) {
        self.any = Some(bytes);
        let (Some(before), Some(after)) = (at.checked_sub(1).and_then(|at| chars.get(at)).copied(), chars.get(at).copied()) else { return };
        let here = Some((bytes, units));
        let clause = is_weak(after) && (!matches!(after, ',' | ':') || chars.get(at + 1).is_none_or(|c| c.is_whitespace()));
        let word = is_safe(chars, at, before, after) && (by_character || after.is_whitespace());
        match (depth, clause, word) {
            (0, true, _) => self.clause = here,
            (0, false, true) => self.word = here,
            (0, false, false) => {}
            (_, _, _) if is_ender(before) && !is_ender(after) && !is_closer(after) => self.inside[0] = here,
            (_, true, _) => self.inside[1] = here,
            (_, false, true) => self.inside[2] = here,
            _ => {}
        }
    }

    /// The byte to cut at, and how deep in brackets that is.
    fn choose(&self, room: usize) -> (usize, u16) {
        let enough = |place: Option<(usize, usize)>| place.filter(|(_, units)| units * 3 >= room).map(|(bytes, _)| bytes);
        if let Some(bytes) = enough(self.clause).or_else(|| enough(self.word)) {
            return (bytes, 0);
        }
        let [sentence, clause, word] = self.inside;
        if let Some(bytes) = enough(sentence).or_else(|| enough(clause)).or_else(|| enough(word)) {
            return (bytes, 1);
        }
        let last = self.clause.or(self.word).map(|(bytes, _)| (bytes, 0));
        last.or_else(|| sentence.or(clause).or(word).map(|(bytes, _)| (bytes, 1))).unwrap_or((self.any.unwrap_or_default(), 0))
    }
}

/// Characters that words, numbers and URLs of Latin text are made of.
fn is_word(c: char) -> bool {
    (c.is_alphanumeric() && (!is_wide_letter(c) || is_hangul(c)))
        || matches!(c, '.' | '_' | '-' | '/' | '@' | '#' | '&' | '=' | '?' | '~' | '+' | '\'' | '’' | '$' | '%' | '\\')
}

/// Whether a text may be cut between these two characters.
fn is_safe(chars: &[char], at: usize, before: char, after: char) -> bool {
    if is_word(before) && is_word(after) {
        return false;
    }
    // A number stays with its unit and its sign: `30 万`, `第3`, `￥5`.
    let left = chars.get(..at).unwrap_or_default().iter().rev().find(|c| !c.is_whitespace());
    let right = chars.get(at..).unwrap_or_default().iter().find(|c| !c.is_whitespace());
    if let (Some(left), Some(right)) = (left, right)
        && ((left.is_numeric() && (is_wide_letter(*right) || matches!(right, '℃' | '°' | '％' | '%' | '‰')))
            || (right.is_numeric() && matches!(left, '第' | '￥' | '¥' | '$' | '约' | '近')))
    {
        return false;
    }
    !(is_closer(after)
        || is_weak(after)
        || is_ender(after)
        || is_opener(before)
        || (before == '—' && after == '—')
        || matches!(after, '—' | '·')
        || before == '·')
}

/// Closes the brackets that are open after the first `kept` characters and closed later.
fn close_open(out: &mut String, chars: &[char], kept: usize, all: usize) {
    let mut open: Vec<char> = Vec::new();
    for c in chars.iter().take(kept.min(all)) {
        if is_opener(*c) {
            open.push(*c);
        } else if let Some(opener) = closes(*c)
            && open.last() == Some(&opener)
        {
            open.pop();
        }
    }
    // The closers come later in the text, in the order in which they are needed.
    for opener in open.into_iter().rev() {
        out.extend(chars.iter().skip(kept).find(|c| closes(**c) == Some(opener)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_stand_alone_are_counted_as_clusters() {
        let alone: Vec<char> = ('\0'..=char::MAX).filter(|c| is_alone(*c)).collect();
        let text: String = alone.iter().collect();
        assert_eq!(text.graphemes(true).count(), alone.len());
        let backwards: String = alone.iter().rev().collect();
        assert_eq!(backwards.graphemes(true).count(), alone.len());
        assert!(!is_alone('\u{302A}') && !is_alone('\u{200D}') && !is_alone('\r'));
    }
}
