//! What had to be repaired, and where.
//!
//! In: byte offsets into the text. Out: findings with line and column, in the order of the text. A thousand faults of one
//! kind are a few findings and a count, so that a hostile file cannot make a report larger than itself.

use crate::diagnostic::{Code, Diagnostic, Place};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many findings of one code are kept with their places.
const KEPT: usize = 5;
/// Longer lines, in bytes, are not shown.
const LONGEST: usize = 2000;

/// Collects repairs of one document.
#[derive(Debug, Default)]
pub(in crate::format) struct Repairs {
    found: Vec<(usize, Code, String)>,
    counts: BTreeMap<Code, usize>,
    /// How many bytes may still be copied from one place of the document to others.
    copies: usize,
    /// Whether the document ends before its end.
    pub(in crate::format) is_cut_off: bool,
}

impl Repairs {
    /// None yet, of a document of so many bytes.
    pub(in crate::format) fn of(bytes: usize) -> Self {
        Self { copies: bytes.saturating_mul(4).saturating_add(64 << 10), ..Self::default() }
    }

    /// Whether what stands once in the document (a base, an author of all entries, a namespace) may be copied to another place.
    /// What comes out stays in proportion to what came in, whatever is long and however often it holds.
    pub(in crate::format) fn may_copy(&mut self, offset: usize, bytes: usize) -> bool {
        let left = self.copies.checked_sub(bytes);
        match left {
            Some(left) => self.copies = left,
            None => self.note(offset, Code::LimitExceeded, || {
                "expected few places for what holds at many of them (a base, an author, a namespace), found more; it was left out".to_owned()
            }),
        }
        left.is_some()
    }

    /// Notes a repair; `message` is made only if it is kept.
    pub(in crate::format) fn note(&mut self, offset: usize, code: Code, message: impl FnOnce() -> String) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= KEPT {
            self.found.push((offset, code, message()));
        }
    }

    /// Gives findings about a value, which a parser handed over without its place, the place where that value stands in the text.
    pub(in crate::format) fn find_values(&mut self, text: &str) {
        let mut next: BTreeMap<String, usize> = BTreeMap::new();
        for (offset, code, message) in &mut self.found {
            let is_about_a_value =
                matches!(code, Code::FeedDateUnreadable | Code::FeedDateDoubtful | Code::FeedUrlUnusable | Code::FeedLanguageInvalid);
            let Some(value) = message.split('`').nth(1).filter(|value| *offset == 0 && is_about_a_value && !value.is_empty()) else { continue };
            let value = value.trim_end_matches('…');
            let from = next.get(value).copied().unwrap_or(0);
            if let Some(at) = text.get(from..).and_then(|rest| rest.find(value)) {
                *offset = from + at;
                next.insert(value.to_owned(), from + at + value.len());
            }
        }
    }

    /// The findings, sorted by place. `path` is what the document is called, `text` what the offsets count in.
    pub(in crate::format) fn into_findings(mut self, path: &Arc<str>, text: &str) -> Vec<Diagnostic> {
        self.found.sort_by_key(|(offset, ..)| *offset);
        let mut findings = Vec::with_capacity(self.found.len());
        let (mut line, mut column, mut at) = (1_u32, 1_u32, 0);
        let mut last: BTreeMap<Code, usize> = BTreeMap::new();
        for (offset, code, message) in self.found {
            let between = text.get(at..offset).unwrap_or_default();
            match between.rsplit_once('\n') {
                Some((lines, tail)) => {
                    let lines = lines.bytes().filter(|&byte| byte == b'\n').count() + 1;
                    line = line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
                    column = 1_u32.saturating_add(u32::try_from(tail.chars().count()).unwrap_or(u32::MAX));
                }
                None => column = column.saturating_add(u32::try_from(between.chars().count()).unwrap_or(u32::MAX)),
            }
            at = at.max(offset.min(text.len()));
            last.insert(code, findings.len());
            let mut place = Place::file(path.clone()).at(line, column);
            place.excerpt = line_at(text, at).map(ToOwned::to_owned);
            findings.push(Diagnostic::new(code, place, message));
        }
        let mut told = BTreeSet::new();
        for finding in findings.iter_mut().filter(|finding| told.insert(finding.code)) {
            finding.help = help(finding.code).map(ToOwned::to_owned);
        }
        for (code, index) in last {
            let more = self.counts.get(&code).copied().unwrap_or_default().saturating_sub(KEPT);
            if let Some(finding) = findings.get_mut(index).filter(|_| more > 0) {
                finding.message.push_str(&format!(" ({more} more of this kind)"));
            }
        }
        findings
    }
}

/// What the publisher can do about it; said once for each kind.
fn help(code: Code) -> Option<&'static str> {
    Some(match code {
        Code::EncodingOverruled => "state the real encoding, best UTF-8, in the declaration and in the header",
        Code::UndecodableBytes => "restore the characters that became U+FFFD",
        Code::LeadingJunk => "let the document be the first thing that is sent",
        Code::ControlCharacter => "leave out what XML forbids before writing",
        Code::BareAmpersand => "write `&amp;`",
        Code::HtmlEntity => "write the character itself, or its number: `&#233;`",
        Code::UndeclaredPrefix => "declare the prefix on the root: xmlns:PREFIX=\"…\"",
        Code::AttributeSyntax => "put the value into quotes",
        Code::StrayMarkup => "write `<` as `&lt;`, and close what was opened",
        Code::MismatchedTag | Code::UnclosedElement => "close elements in the order in which they were opened",
        Code::CutOffEntry => "load the document again; it is not whole",
        Code::TrailingJunk => "end the document with its root",
        Code::UnknownDialect => "write <rss version=\"2.0\">, or <feed xmlns=\"http://www.w3.org/2005/Atom\">",
        Code::FeedDateUnreadable | Code::FeedDateDoubtful => {
            "write dates as `Fri, 14 Feb 2025 10:11:09 +0800` in RSS, as `2025-02-14T10:11:09+08:00` elsewhere"
        }
        Code::FeedUrlUnusable => "write addresses in full, with https:// and the host",
        Code::FeedLanguageInvalid => "write a tag such as zh-CN",
        Code::JsonSyntax => "write the document with a program that knows JSON",
        _ => return None,
    })
}

/// The line around a byte; `None` when it is too long to be shown.
fn line_at(text: &str, at: usize) -> Option<&str> {
    let before = text.get(at.saturating_sub(LONGEST)..at)?;
    let begin = match before.rfind('\n') {
        Some(found) => at - before.len() + found + 1,
        None if at <= LONGEST => 0,
        None => return None,
    };
    let behind = text.get(at..)?;
    let length = behind.as_bytes().iter().take(LONGEST).position(|&byte| byte == b'\n');
    let end = match length {
        Some(length) => at + length,
        None if behind.len() < LONGEST => text.len(),
        None => return None,
    };
    Some(text.get(begin..end)?.trim_end_matches('\r'))
}

/// The beginning of outside text, for a message: one line, without control characters.
pub(in crate::format) fn excerpt(text: &str) -> String {
    let mut out: String = text.trim().chars().take(40).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.trim().chars().nth(40).is_some() {
        out.push('…');
    }
    out
}
