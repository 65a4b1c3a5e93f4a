//! The text of a Markdown file in; its front matter as fields, and its body, out.
//!
//! Takes what Hugo, Hexo, Jekyll and Zola take: YAML between `---` (or up to `...`), TOML between `+++`, JSON in braces
//! or between `;;;`, and Hexo's YAML that only ends in `---`. Front matter that is not closed (up to the first line that
//! cannot belong to it, see `extent`), keys that stand twice and
//! faults that could be mended are reported and used. What a field means is not known here; the body is not looked at.

mod extent;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::syntax::{self, Parsed, Problem, Value};
use extent::Extent;
use std::sync::Arc;

/// The language of the front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// YAML.
    Yaml,
    /// TOML.
    Toml,
    /// JSON.
    Json,
    /// There is no front matter.
    None,
}

/// The front matter of a file, and where its body starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FrontMatter {
    /// The language it is written in.
    pub(crate) kind: Kind,
    /// What it says. The places are those inside the front matter: see [`Self::line_offset`].
    pub(crate) fields: syntax::Map,
    /// Byte offset of the body in the file.
    pub(crate) body_start: usize,
    /// The line of the file, from 1, in which the body starts.
    pub(crate) body_line: u32,
    /// What to add to the line of a field's place to have the line of the file.
    pub(crate) line_offset: u32,
}

/// Splits a file. The second part is the body.
///
/// # Errors
///
/// The front matter is broken beyond repair: an error that says where is among the findings, and the article must not be
/// published.
pub(crate) fn split<'t>(text: &'t str, path: &Arc<str>, findings: &mut Vec<Diagnostic>) -> Result<(FrontMatter, &'t str), ()> {
    let start = text.len() - text.strip_prefix('\u{FEFF}').unwrap_or(text).len();
    let mut splitter = Splitter { text, path, findings };
    let mut lines = Lines { text, position: start, number: 0 };
    let Some(first) = lines.by_ref().find(|line| !line.text.trim().is_empty()) else { return Ok(splitter.none(start)) };
    let mark = first.text.trim_end();
    match mark {
        "+++" => splitter.toml(first, lines),
        ";;;" => splitter.fenced_json(first, lines),
        _ if mark.len() >= 3 && mark.bytes().all(|byte| byte == b'-') => splitter.yaml(mark, first, lines, start),
        _ if opens_json(mark) => splitter.json(first),
        _ if is_known_key(mark) => Ok(splitter.hexo(first, lines).unwrap_or_else(|| splitter.none(start))),
        _ => Ok(splitter.none(start)),
    }
}

/// The names that start front matter without a fence; other words with a colon are the first words of a text.
const KNOWN_KEYS: &[&str] = &[
    "title",
    "date",
    "layout",
    "tags",
    "tag",
    "categories",
    "category",
    "author",
    "authors",
    "description",
    "slug",
    "permalink",
    "lang",
    "language",
    "updated",
    "lastmod",
    "draft",
    "published",
    "id",
    "comments",
    "thumbnail",
    "cover",
    "summary",
    "excerpt",
    "keywords",
    "abbrlink",
    "toc",
    "type",
];

/// How many lines front matter without a fence may have.
const MAX_UNFENCED_LINES: usize = 100;

fn is_known_key(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else { return false };
    (value.is_empty() || value.starts_with([' ', '\t'])) && is_known(key)
}

/// Whether a line starts with a known name and a colon, even one that is full-width or lacks its space.
fn names_known_key(line: &str) -> bool {
    let Some((key, value)) = line.split_once([':', '：']) else { return false };
    !value.starts_with("//") && is_known(key)
}

fn is_known(key: &str) -> bool {
    KNOWN_KEYS.iter().any(|known| key.eq_ignore_ascii_case(known))
}

/// Whether a line starts a JSON map; shortcodes and templates (`{{`, `{%`, `{#`, `{:`) start in a brace too.
fn opens_json(line: &str) -> bool {
    line.strip_prefix('{').is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.is_empty() || rest.starts_with(['"', '}'])
    })
}

/// Whether a line can belong to a YAML map: `key: value`, `"key": value`, `{`, `title:value`.
fn looks_like_key(line: &str) -> bool {
    let line = line.trim_end();
    line.starts_with('{') || line.ends_with(':') || line.contains(": ") || line.contains(":\t") || names_known_key(line)
}

/// One line of the file.
#[derive(Clone, Copy)]
struct Line<'t> {
    /// Without its line break.
    text: &'t str,
    /// From 1.
    number: u32,
    start: usize,
    /// Behind the line break.
    end: usize,
}

#[derive(Clone)]
struct Lines<'t> {
    text: &'t str,
    position: usize,
    number: u32,
}

impl<'t> Iterator for Lines<'t> {
    type Item = Line<'t>;

    fn next(&mut self) -> Option<Line<'t>> {
        let start = self.position;
        let line = self.text.get(start..)?.split_inclusive('\n').next()?;
        self.position = start + line.len();
        self.number += 1;
        Some(Line { text: line.trim_end_matches(['\n', '\r']), number: self.number, start, end: self.position })
    }
}

type Split<'t> = (FrontMatter, &'t str);

struct Splitter<'t, 'f> {
    text: &'t str,
    path: &'f Arc<str>,
    findings: &'f mut Vec<Diagnostic>,
}

impl<'t> Splitter<'t, '_> {
    fn none(&self, start: usize) -> Split<'t> {
        self.done(Kind::None, syntax::Map::new(), start, 1, 0)
    }

    fn done(&self, kind: Kind, fields: syntax::Map, body_start: usize, body_line: u32, line_offset: u32) -> Split<'t> {
        let body = self.text.get(body_start..).unwrap_or_default();
        (FrontMatter { kind, fields, body_start, body_line, line_offset }, body)
    }

    fn part(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn place(&self, place: syntax::Place, line_offset: u32) -> Place {
        Place::file(Arc::clone(self.path)).at(place.line.saturating_add(line_offset), place.column).with_excerpt_of(self.text)
    }

    fn broken(&mut self, place: syntax::Place, message: &str, line_offset: u32) {
        let place = self.place(place, line_offset);
        self.findings.push(Diagnostic::new(Code::FrontMatterSyntax, place, message));
    }

    fn not_closed(&mut self, fence: &str, opened: Line<'t>, ended: u32) {
        let place = Place::file(Arc::clone(self.path)).at(opened.number, 1).with_length(fence.len()).with_excerpt_of(self.text);
        let message = format!("expected `{fence}` at the end of the front matter, found none; line {ended} was taken for its last line");
        let help = format!("put a line `{fence}` behind line {ended}");
        self.findings.push(Diagnostic::new(Code::FrontMatterNotClosed, place, message).with_help(help));
    }

    /// The fields, when the value is a map or nothing.
    fn fields(&mut self, parsed: Parsed, line_offset: u32) -> Result<syntax::Map, ()> {
        let fields = match parsed.value {
            Value::Map(map) => map,
            Value::Null => syntax::Map::new(),
            other => {
                let found = if let Value::List(_) = other { "a list" } else { "a single value" };
                let message = format!("expected lines `key: value` in the front matter, found {found}");
                self.broken(syntax::Place::default(), &message, line_offset);
                return Err(());
            }
        };
        for duplicate in &parsed.duplicates {
            let place = self.place(duplicate.place, line_offset).with_length(duplicate.key.chars().count());
            let (first, again) = (duplicate.first.line.saturating_add(line_offset), place.line);
            let message = format!("expected `{}` once, found it in line {first} and again in line {again}; the last one counts", duplicate.key);
            self.findings.push(Diagnostic::new(Code::DuplicateKey, place, message).with_help("delete one of them"));
        }
        for repair in &parsed.repairs {
            let place = self.place(repair.place, line_offset);
            self.findings.push(Diagnostic::new(Code::FrontMatterRepaired, place, &*repair.message).with_help(repair.help));
        }
        Ok(fields)
    }

    fn yaml(&mut self, fence: &str, first: Line<'t>, lines: Lines<'t>, file_start: usize) -> Result<Split<'t>, ()> {
        let closes = |line: &Line<'t>| {
            let mark = line.text.trim_end();
            mark == fence || mark == "..."
        };
        let offset = first.number;
        let Some(close) = lines.clone().find(closes) else { return self.unclosed_yaml(fence, first, lines, file_start) };
        let source = self.part(first.end, close.start);
        let is_key = source.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).any(looks_like_key);
        let has_gap = source.lines().any(|line| line.trim().is_empty());
        if !is_key && has_gap && !source.trim().is_empty() {
            // Two thematic breaks with text between them.
            return Ok(self.none(file_start));
        }
        // To YAML a heading of the body is a comment, and `Note: …` below it a key.
        let has_heading = has_gap && source.lines().any(|line| line.trim_start_matches('#').starts_with(' ') && line.starts_with('#'));
        match syntax::yaml::parse_tolerant(source) {
            Ok(parsed) => {
                if has_heading {
                    let extent = Extent::of(first, lines.take_while(|line| line.number < close.number));
                    if self.is_torn(&extent, close)
                        && let Ok(parsed) = self.known_fields(first, &extent)
                    {
                        return self.up_to(&extent, parsed, fence, first);
                    }
                }
                let fields = self.fields(parsed, offset)?;
                Ok(self.done(Kind::Yaml, fields, close.end, close.number + 1, offset))
            }
            Err(problem) => {
                let extent = Extent::of(first, lines.take_while(|line| line.number < close.number));
                if self.is_torn(&extent, close)
                    && let Ok(parsed) = self.known_fields(first, &extent)
                {
                    return self.up_to(&extent, parsed, fence, first);
                }
                self.broken(problem.place, &problem.message, offset);
                Err(())
            }
        }
    }

    /// Whether the fence that was found is a thematic break of the body: text lies before it, with an empty line, and no
    /// key. A break has an empty line before it as a rule, a closing fence hardly ever.
    fn is_torn(&self, extent: &Extent, close: Line<'t>) -> bool {
        let rest = self.part(extent.end, close.start);
        let has_known_key = rest.lines().any(is_known_key);
        let has_gap = rest.lines().any(|line| line.trim().is_empty());
        let has_key = rest.lines().any(|line| line.starts_with("- ") || extent::key_of(line).is_some());
        let has_gap_before_fence = rest.lines().last().is_some_and(|line| line.trim().is_empty());
        !has_known_key && (has_gap_before_fence || (has_gap && !has_key))
    }

    fn unclosed_yaml(&mut self, fence: &str, first: Line<'t>, lines: Lines<'t>, file_start: usize) -> Result<Split<'t>, ()> {
        let next = lines.clone().find(|line| !line.text.starts_with('#') || line.text.trim().is_empty());
        if !next.is_some_and(|line| looks_like_key(line.text)) {
            // A thematic break.
            return Ok(self.none(file_start));
        }
        let extent = Extent::of(first, lines);
        match self.known_fields(first, &extent) {
            Ok(parsed) => self.up_to(&extent, parsed, fence, first),
            Err(Some(problem)) => {
                let message = format!("{}; the line `{fence}` that closes the front matter is missing too", problem.message);
                self.broken(problem.place, &message, first.number);
                Err(())
            }
            Err(None) => {
                let message = format!("expected a line `{fence}` that closes the front matter, found none");
                self.broken(syntax::Place::default(), &message, first.number - 1);
                Err(())
            }
        }
    }

    /// The lines of front matter that is not closed, when they are a map with a known key; else what is wrong with them.
    fn known_fields(&self, first: Line<'t>, extent: &Extent) -> Result<Parsed, Option<Problem>> {
        let parsed = syntax::yaml::parse_tolerant(self.part(first.end, extent.end)).map_err(Some)?;
        match &parsed.value {
            Value::Map(map) if map.iter().any(|member| is_known(&member.key)) => Ok(parsed),
            _ => Err(None),
        }
    }

    fn up_to(&mut self, extent: &Extent, parsed: Parsed, fence: &str, first: Line<'t>) -> Result<Split<'t>, ()> {
        self.not_closed(fence, first, extent.last);
        let fields = self.fields(parsed, first.number)?;
        Ok(self.done(Kind::Yaml, fields, extent.body_start, extent.body_line, first.number))
    }

    /// Hexo's front matter that has no fence before it.
    fn hexo(&mut self, first: Line<'t>, mut lines: Lines<'t>) -> Option<Split<'t>> {
        let is_fence = |line: &Line<'t>| {
            let mark = line.text.trim_end();
            mark.len() >= 3 && mark.bytes().all(|byte| byte == b'-')
        };
        let close = lines.by_ref().take(MAX_UNFENCED_LINES).find(is_fence)?;
        let parsed = syntax::yaml::parse_tolerant(self.part(first.start, close.start)).ok()?;
        let Value::Map(_) = parsed.value else { return None };
        let fields = self.fields(parsed, first.number - 1).ok()?;
        Some(self.done(Kind::Yaml, fields, close.end, close.number + 1, first.number - 1))
    }

    fn toml(&mut self, first: Line<'t>, mut lines: Lines<'t>) -> Result<Split<'t>, ()> {
        let mut search = lines.clone();
        if let Some(close) = search.find(|line| line.text.trim_end() == "+++") {
            return self.parsed(syntax::toml::parse(self.part(first.end, close.start)), Kind::Toml, first.number, close.end, close.number + 1);
        }
        let gap = lines.find(|line| line.text.trim().is_empty());
        let (end, body_start, body_line) = match gap {
            Some(gap) => (gap.start, gap.end, gap.number + 1),
            None => (self.text.len(), self.text.len(), search.number + 1),
        };
        let parsed = syntax::toml::parse(self.part(first.end, end));
        if parsed.is_ok() {
            self.not_closed("+++", first, body_line.saturating_sub(if gap.is_some() { 2 } else { 1 }));
        }
        self.parsed(parsed, Kind::Toml, first.number, body_start, body_line)
    }

    fn fenced_json(&mut self, first: Line<'t>, mut lines: Lines<'t>) -> Result<Split<'t>, ()> {
        let Some(close) = lines.find(|line| line.text.trim_end() == ";;;") else {
            self.broken(syntax::Place::default(), "expected a line `;;;` that closes the front matter, found none", first.number - 1);
            return Err(());
        };
        let source = self.part(first.end, close.start);
        if source.trim_start().starts_with('{') {
            return self.parsed(syntax::json::parse(source), Kind::Json, first.number, close.end, close.number + 1);
        }
        // Hexo leaves the braces out. The added line is where the fence stands.
        let parsed = syntax::json::parse(&format!("{{\n{source}}}"));
        self.parsed(parsed, Kind::Json, first.number - 1, close.end, close.number + 1)
    }

    fn json(&mut self, first: Line<'t>) -> Result<Split<'t>, ()> {
        let offset = first.number - 1;
        match syntax::json::parse_prefix(self.part(first.start, self.text.len())) {
            Ok((parsed, length)) => {
                let end = first.start + length;
                let rest = self.part(end, self.text.len());
                // The rest of the line behind the brace is empty as a rule, and no part of the body then.
                let line_end = rest.find('\n').map_or(rest.len(), |at| at + 1);
                let blank = rest.get(..line_end).is_some_and(|line| line.trim().is_empty());
                let body_start = if blank { end + line_end } else { end };
                let breaks = self.part(first.start, body_start).bytes().filter(|&byte| byte == b'\n').count();
                let body_line = first.number.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
                self.parsed(Ok(parsed), Kind::Json, offset, body_start, body_line)
            }
            Err(problem) => self.parsed(Err(problem), Kind::Json, offset, 0, 0),
        }
    }

    fn parsed(&mut self, parsed: Result<Parsed, Problem>, kind: Kind, line_offset: u32, body_start: usize, body_line: u32) -> Result<Split<'t>, ()> {
        match parsed {
            Ok(parsed) => {
                let fields = self.fields(parsed, line_offset)?;
                Ok(self.done(kind, fields, body_start, body_line, line_offset))
            }
            Err(problem) => {
                self.broken(problem.place, &problem.message, line_offset);
                Err(())
            }
        }
    }
}

#[cfg(test)]
mod tests;
