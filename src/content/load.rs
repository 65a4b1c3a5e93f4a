//! The bytes of an article's file → its text: decoded, without what no feed can carry, with what was wrong reported.

use super::Options;
use super::walk::Source;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::format::decode::{as_utf8, decode};
use crate::text::hygiene::{clean, first_forbidden, is_surely_clean};

/// The text of an article's file.
pub(crate) enum Text {
    /// The file's bytes, which are that text as they are.
    AsItIs(Vec<u8>),
    /// Decoded or cleaned.
    Mended(String),
}

impl Text {
    /// The characters.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            // They were looked at before; only the type does not say so.
            Self::AsItIs(bytes) => as_utf8(bytes).unwrap_or_default(),
            Self::Mended(text) => text,
        }
    }
}

/// The text of an article's file: decoded and without what XML forbids. `None` when it cannot be read.
pub(crate) fn load(source: &Source, options: &Options, findings: &mut Vec<Diagnostic>) -> Option<Text> {
    text(bytes(source, options, findings)?, source, options, findings)
}

/// The bytes of an article's file.
pub(crate) fn bytes(source: &Source, options: &Options, findings: &mut Vec<Diagnostic>) -> Option<Vec<u8>> {
    let unreadable = |error| {
        findings.push(Diagnostic::new(Code::UnreadableFile, options.place(&source.path), format!("expected to read it, found: {error}")));
    };
    std::fs::read(source.file(options)).map_err(unreadable).ok()
}

/// The text that these bytes of an article's file are.
pub(crate) fn text(bytes: Vec<u8>, source: &Source, options: &Options, findings: &mut Vec<Diagnostic>) -> Option<Text> {
    let place = || options.place(&source.path);
    // UTF-8 that holds nothing that is worth a second look, as nearly all files are.
    if !bytes.starts_with(b"\xEF\xBB\xBF") && as_utf8(&bytes).is_some_and(is_surely_clean) {
        return Some(Text::AsItIs(bytes));
    }
    let decoded = decode(&bytes);
    if is_binary(&decoded.text) {
        findings.push(
            Diagnostic::new(Code::UnreadableFile, place(), "expected text, found other bytes")
                .with_help("give the file another extension, or save it as UTF-8"),
        );
        return None;
    }
    if !decoded.encoding.eq_ignore_ascii_case("UTF-8") {
        findings.push(
            Diagnostic::new(Code::NotUtf8, place(), format!("expected UTF-8, found {}; it was read as that", decoded.encoding))
                .with_help("save the file as UTF-8"),
        );
    }
    if let Some(at) = decoded.first_replaced.or_else(|| decoded.text.find('\u{FFFD}')) {
        let message = format!("expected text, found {} damaged character(s)", decoded.text.matches('\u{FFFD}').count());
        findings.push(
            Diagnostic::new(Code::DamagedText, place_of(place(), &decoded.text, at), message)
                .with_help("restore the characters that are shown as \u{FFFD}"),
        );
    }
    if let Some(at) = first_forbidden(&decoded.text) {
        let found = decoded.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, u32::from);
        findings.push(
            Diagnostic::new(
                Code::ForbiddenCharacter,
                place_of(place(), &decoded.text, at),
                format!("expected text, found U+{found:04X}, which no feed can carry"),
            )
            .with_help("delete the character; it was left out"),
        );
    }
    Some(Text::Mended(clean(&decoded.text).into_owned()))
}

/// Whether a file is no text at all, such as a picture: text has hardly any control characters.
fn is_binary(text: &str) -> bool {
    const LOOKED_AT: usize = 4096;
    let (mut all, mut controls) = (0_usize, 0_usize);
    for c in text.chars().take(LOOKED_AT) {
        all += 1;
        controls += usize::from(c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{C}'));
    }
    controls > 8 && controls * 50 > all
}

/// The line and column of a byte offset, with the line's text.
pub(crate) fn place_of(place: Place, text: &str, offset: usize) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    place.at(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX)).with_excerpt_of(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_read_is_a_finding() {
        let source = Source::at("file.md");
        let mut findings = Vec::new();
        assert!(load(&source, &Options::default(), &mut findings).is_none());
        assert_eq!((findings[0].code, &*findings[0].place.path), (Code::UnreadableFile, "content/file.md"));
    }

    #[test]
    fn pictures_are_no_text() {
        assert!(is_binary(&String::from_utf8_lossy(include_bytes!("../../static/images/garden.png"))));
        assert!(!is_binary("一\u{8}二\u{c}三\r\n"));
    }

    #[test]
    fn places_count_characters() {
        let place = place_of(Place::file("a"), "一\n二三四", "一\n二三".len());
        assert_eq!((place.line, place.column, place.excerpt.as_deref()), (2, 3, Some("二三四")));
    }
}
