//! Summaries: a few whole sentences of an article.
//!
//! In: the sanitised body, or a text that is too long. Out: plain text on one line, in whole sentences where that is possible. The
//! lede and the first paragraphs tell what an article is about; headings, captions, credits, code, tables, lists of references and
//! the like do not. Nothing is added but an ellipsis where a sentence had to be cut.

mod credit;
mod cut;
mod echo;
mod noise;
#[cfg(test)]
mod tests;

pub use echo::{is_machine_cut, repeats_body};

use super::block::{Block, Blocks, Kind};
use super::hygiene::one_line;
use super::join::join_lines;
use super::plain::to_plain;
use super::script::{detect, is_cjk_text};
use super::sentence::{is_ender, sentences};
use crate::model::Language;
use cut::Measure;
use std::borrow::Cow;

/// How long a summary is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// Whole sentences are taken up to this many characters (grapheme clusters), in Chinese, Japanese and Korean text.
    pub target: usize,
    /// Nothing is longer than this many characters; one sentence may go beyond the target, if little came before it.
    pub max: usize,
    /// The target in words, for text in other scripts; the greatest length is in the same proportion.
    pub words: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { target: 120, max: 200, words: 55 }
    }
}

impl Limits {
    fn measure(&self, text: &str, language: Option<&Language>) -> Measure {
        let by_character = is_cjk_text(text);
        let max = self.max.max(self.target);
        let chinese = match language {
            Some(language) => language.is_chinese(),
            None => by_character && !detect(text).is_some_and(|language| matches!(language.primary(), "ja" | "ko")),
        };
        if by_character {
            Measure { by_character, chinese, target: self.target, max }
        } else {
            Measure { by_character, chinese, target: self.words, max: (self.words * max).checked_div(self.target).unwrap_or(self.words) }
        }
    }

    /// How much text is enough to choose from: bytes of all paragraphs, and characters of one.
    fn enough(&self) -> usize {
        (self.max.max(self.target) * 8).max(self.words * 24)
    }
}

/// A summary of the body; `None` when it has no text.
pub fn derive(html: &str, language: Option<&Language>, limits: &Limits) -> Option<String> {
    let reader = Reader { html, language, enough: limits.enough() };
    let text = [Taste::Narrative, Taste::Lists, Taste::Anything].into_iter().map(|taste| reader.paragraphs(taste)).find(|found| !found.is_empty())?;
    of_paragraphs(&text, language, limits)
}

fn of_paragraphs(text: &[String], language: Option<&Language>, limits: &Limits) -> Option<String> {
    let summary = limits.measure(&text.concat(), language).take(text);
    let summary = summary.trim();
    (!summary.is_empty()).then(|| summary.to_owned())
}

/// A summary of the body by its beginning; `None` unless the rest of the body could not change it.
pub fn of_beginning(html: &str, language: Option<&Language>, limits: &Limits) -> Option<String> {
    let reader = Reader { html, language, enough: limits.enough() };
    let text = reader.paragraphs(Taste::Narrative);
    let is_enough = text.iter().map(String::len).sum::<usize>() >= reader.enough;
    is_enough.then(|| of_paragraphs(&text, language, limits)).flatten()
}

/// A summary of the body, of its narrative where it has one, else of all its text; `None` when it has none.
pub fn of_body(html: &str, language: Option<&Language>, limits: &Limits) -> Option<String> {
    let derived = derive(html, language, limits).or_else(|| {
        let plain = one_line(&to_plain(html));
        (!plain.is_empty()).then(|| shorten(&plain, language, limits))
    });
    derived.filter(|text| !text.is_empty())
}

/// A plain text on one line, cut by the same rules if it is longer than the limit.
pub fn shorten(plain: &str, language: Option<&Language>, limits: &Limits) -> String {
    let sample: String = plain.chars().take(limits.enough()).collect();
    let measure = limits.measure(&sample, language);
    if sample.len() == plain.len() && measure.length(plain) <= measure.max {
        return plain.to_owned();
    }
    measure.take(&[join_lines(&sample, measure.chinese)])
}

/// What is taken for a summary: the second and third choice only where the first gives nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taste {
    /// The lede and paragraphs.
    Narrative,
    /// Lists and quotations too.
    Lists,
    /// Whatever there is, but for code.
    Anything,
}

struct Reader<'a> {
    html: &'a str,
    language: Option<&'a Language>,
    enough: usize,
}

impl Reader<'_> {
    /// The paragraphs that a summary is made of, each on one line.
    fn paragraphs(&self, taste: Taste) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let (mut size, mut after_image, mut dangling, mut narrated) = (0, false, false, false);
        for block in Blocks::new(self.html) {
            let follows_image = std::mem::replace(&mut after_image, block.images > 0 && block.text.is_empty());
            if is_end_matter(&block) && taste != Taste::Anything {
                if found.is_empty() {
                    continue;
                }
                break;
            }
            let wanted = match block.kind {
                Kind::Paragraph => true,
                Kind::Quote => taste != Taste::Narrative || !narrated,
                Kind::ListItem | Kind::Footnote => taste == Taste::Lists && block.kind == Kind::ListItem || taste == Taste::Anything,
                Kind::Preformatted | Kind::Rule => false,
                Kind::Heading(_) | Kind::Table | Kind::Caption => taste == Taste::Anything,
            };
            // What a sentence with a colon introduces is a list, a quotation, code or a picture that is left out.
            let introduced = !(block.kind == Kind::Paragraph && !block.text.is_empty() || wanted && block.kind == Kind::ListItem);
            if dangling && introduced {
                drop_last_sentence(&mut found);
            }
            dangling = false;
            if !wanted {
                continue;
            }
            let Some(text) = self.text(&block, follows_image, taste) else { continue };
            narrated |= block.kind == Kind::Paragraph;
            dangling = text.ends_with(['：', ':']);
            size += text.len();
            found.push(text);
            if size >= self.enough {
                return found;
            }
        }
        if dangling && (found.len() > 1 || found.first().is_some_and(|text| sentences(text).len() > 1)) {
            drop_last_sentence(&mut found);
        }
        if taste == Taste::Narrative {
            prefer_sentences(&mut found);
        }
        if found.iter().any(|text| !text.is_empty()) { found } else { Vec::new() }
    }

    /// What a block tells, on one line; `None` for noise.
    fn text(&self, block: &Block, follows_image: bool, taste: Taste) -> Option<String> {
        let beside_image = follows_image || block.images > 0;
        if taste == Taste::Narrative && (block.linked || noise::is_bold_heading(block)) {
            return None;
        }
        let long: String;
        let mut text = block.text.as_str();
        if text.len() > self.enough {
            long = text.chars().take(self.enough).collect();
            text = &long;
        }
        let text = if block.code { Cow::Borrowed(text) } else { noise::without_shortcodes(text) };
        let mut kept = String::with_capacity(text.len());
        for line in text.split(['\n', '\u{2028}']).filter(|line| !credit::is_credit(line) && !credit::is_date_line(line)) {
            kept.push_str(line);
            kept.push('\n');
        }
        let chinese = self.language.map_or_else(|| is_cjk_text(&kept), Language::is_chinese);
        let line = join_lines(&kept, chinese);
        let line = noise::without_label(line.trim());
        let noise = line.is_empty()
            || noise::is_bare_url(line)
            || (taste != Taste::Anything && (noise::is_notice(line) || noise::is_caption(line, beside_image)));
        (!noise).then(|| line.to_owned())
    }
}

/// Whether the block opens the list of references or what else comes after an article.
fn is_end_matter(block: &Block) -> bool {
    block.kind == Kind::Footnote || (matches!(block.kind, Kind::Heading(_) | Kind::Paragraph) && noise::is_tail(&block.text))
}

/// Takes back a sentence that introduces what is not shown: `特点如下：`.
fn drop_last_sentence(found: &mut Vec<String>) {
    let Some(last) = found.last_mut() else { return };
    let all = sentences(last);
    let kept: usize = all.iter().take(all.len().saturating_sub(1)).map(|sentence| sentence.text.len()).sum();
    if kept > 0 {
        last.truncate(kept);
    } else {
        found.pop();
    }
}

/// Leaves out short lines that are no sentences (titles, names, datelines), where there are sentences.
fn prefer_sentences(found: &mut Vec<String>) {
    let is_sentence = |text: &String| text.contains(is_ender) || text.ends_with('.') || text.contains(". ");
    if found.iter().any(is_sentence) {
        found.retain(|text| is_sentence(text) || text.ends_with(['：', ':', '，', '；', ',', ';']) || text.chars().count() > 60);
    }
}
