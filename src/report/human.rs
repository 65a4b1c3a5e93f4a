//! Findings for people: a compiler's layout, with a caret that stands right under wide characters.

use super::Words;
use crate::diagnostic::{Diagnostic, Severity};
use std::fmt::Write;
use unicode_width::UnicodeWidthChar;

/// How text for people looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Style {
    /// Whether colours are used (ANSI escapes).
    pub color: bool,
    /// The language of what is said.
    pub words: Words,
}

impl Style {
    /// With or without colours.
    pub fn new(color: bool) -> Self {
        Self { color, words: Words::default() }
    }

    /// The same in this language.
    #[must_use]
    pub fn with_words(mut self, words: Words) -> Self {
        self.words = words;
        self
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// The longest part of a source line that is shown, in terminal columns.
const WIDTH: usize = 100;
const TAB: usize = 4;

pub(super) fn render(findings: &[Diagnostic], style: Style) -> String {
    let mut out = String::new();
    for finding in findings {
        // Writing into a String does not fail.
        let _ = one(&mut out, finding, style);
    }
    out
}

fn one(out: &mut String, finding: &Diagnostic, style: Style) -> std::fmt::Result {
    let color = match finding.severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Info => "1;36",
    };
    let place = &finding.place;
    let mut at = place.path.to_string();
    if place.line > 0 {
        write!(at, ":{}", place.line)?;
        if place.column > 0 {
            write!(at, ":{}", place.column)?;
        }
    }
    let label = style.paint(color, &format!("{}[{}]", style.words.say(&finding.severity.to_string()), finding.code));
    let separator = if at.is_empty() { "" } else { ": " };
    writeln!(out, "{}{separator}{label}: {}", style.paint("1", &visible(&at)), visible(&finding.message))?;
    if let Some(line) = place.excerpt.as_deref().filter(|line| !line.trim().is_empty()) {
        let number = place.line.to_string();
        let (shown, before, under) = window(line, place.column as usize, place.length.max(1) as usize);
        writeln!(out, " {} {shown}", style.paint("34", &format!("{number} |")))?;
        if place.column > 0 {
            let margin = " ".repeat(number.len());
            writeln!(out, " {} {}{}", style.paint("34", &format!("{margin} |")), " ".repeat(before), style.paint(color, &"^".repeat(under)))?;
        }
    }
    if let Some(within) = &finding.within {
        writeln!(out, "   {} {}", style.paint("34", &style.words.say("in:")), visible(within))?;
    }
    if let Some(help) = &finding.help {
        writeln!(out, "   {} {}", style.paint("32", &style.words.say("help:")), visible(help))?;
    }
    Ok(())
}

/// The part of a line around a column: its text, the width before the caret, the width of the caret.
fn window(line: &str, column: usize, length: usize) -> (String, usize, usize) {
    let start = column.saturating_sub(1);
    let cells: Vec<(String, usize)> = line.chars().map(cell).collect();
    let width_of = |cells: &[(String, usize)]| cells.iter().map(|(_, width)| width).sum::<usize>();
    let before_all = width_of(cells.get(..start).unwrap_or(&cells));
    // A long line is cut so that the caret stays in sight.
    let skip = if before_all + 20 > WIDTH {
        cells
            .iter()
            .scan(0, |sum, (_, width)| {
                Some({
                    *sum += width;
                    *sum
                })
            })
            .take_while(|sum| *sum + WIDTH / 2 < before_all)
            .count()
    } else {
        0
    };
    let mut shown = if skip > 0 { "…".to_owned() } else { String::new() };
    let mut width = usize::from(skip > 0);
    let before = width + width_of(cells.get(skip..start).unwrap_or_default());
    let mut under = 0;
    for (index, (text, cell_width)) in cells.iter().enumerate().skip(skip) {
        if width + cell_width > WIDTH {
            shown.push('…');
            break;
        }
        shown.push_str(text);
        width += cell_width;
        if index >= start && index < start + length {
            under += cell_width;
        }
    }
    (shown, before, under.max(1))
}

/// What a character shows as, and how many columns it takes. Controls cannot reach the terminal.
fn cell(c: char) -> (String, usize) {
    match c {
        '\t' => (" ".repeat(TAB), TAB),
        c if hidden(c) => ("\u{FFFD}".to_owned(), 1),
        c => (c.to_string(), c.width().unwrap_or(0)),
    }
}

/// A text that is safe to show in a terminal: what would steer it becomes U+FFFD; line breaks stay.
pub fn visible(text: &str) -> String {
    text.chars().map(|c| if c != '\n' && hidden(c) { '\u{FFFD}' } else { c }).collect()
}

/// Controls, and the characters that reorder what a terminal shows.
fn hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Place};

    fn finding(line: &str, column: u32, length: usize) -> String {
        let place = Place::file("content/a.md").at(3, column).with_excerpt_of(&format!("\n\n{line}")).with_length(length);
        render(&[Diagnostic::new(Code::UnreadableDate, place, "expected a date, found 明天").with_help("correct it")], Style::default())
    }

    #[test]
    fn the_caret_stands_under_wide_characters() {
        assert_eq!(
            finding("date: 明天", 7, 2),
            "content/a.md:3:7: error[FL202]: expected a date, found 明天\n 3 | date: 明天\n   |       ^^^^\n   help: correct it\n"
        );
        assert!(finding("标题：明天", 4, 2).contains("   |       ^^^^\n"));
    }

    #[test]
    fn the_entry_is_named_under_the_line() {
        let mut finding = Diagnostic::new(Code::UnreadableDate, Place::file("a.xml").at(3, 1), "m").with_help("h");
        finding.within = Some(std::sync::Arc::new("“早” https://a.example/1".to_owned()));
        assert_eq!(render(&[finding], Style::default()), "a.xml:3:1: error[FL202]: m\n   in: “早” https://a.example/1\n   help: h\n");
    }

    #[test]
    fn a_long_line_is_cut_around_the_caret() {
        let text = finding(&format!("{}明{}", "文".repeat(300), "字".repeat(300)), 301, 1);
        let lines: Vec<&str> = text.lines().collect();
        let at = lines[2].find('^').unwrap() - 5;
        let shown: Vec<(String, usize)> = lines[1].chars().skip(5).map(cell).collect();
        let mut width = 0;
        let under = shown
            .iter()
            .find(|(_, cell)| {
                width += cell;
                width > at
            })
            .unwrap();
        assert_eq!(under.0, "明");
        assert!(lines[1].chars().count() < 70);
    }

    #[test]
    fn terminals_are_safe_from_what_files_hold() {
        let text = finding("\u{1b}[31m\u{202E}x", 1, 1);
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202E}'));
    }
}
