//! Text with tags in it → tags and what is between them.
//!
//! In: decoded text. Out: start tags, end tags, text and CDATA with their offsets; comments, processing instructions and
//! declarations are passed over. `quick_xml` finds where each tag ends; where it gives up, reading goes on behind the place.
//! Each character is looked at a bounded number of times.

use super::Repairs;
use crate::diagnostic::Code;
use memchr::memchr;
use memchr::memmem::Finder;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::sync::LazyLock;

/// One piece of markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text, references as written.
    Text(&'a str),
    /// Text that means itself.
    CData(&'a str),
    /// `<name attributes>`, or `<name attributes/>` when `empty`.
    Open { name: &'a str, attributes: &'a str, empty: bool },
    /// `</name>`.
    Close(&'a str),
}

/// Reads tokens one after the other.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    reader: Reader<&'a [u8]>,
    /// A comment or CDATA section that never ends was met: no later one is looked for, so that time stays linear.
    no_comment_end: bool,
    no_cdata_end: bool,
    no_instruction_end: bool,
    no_tag_end: bool,
    /// How many bytes may still be read a second time. What is used up by then is an attack, not an accident.
    budget: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        let reader = reader(text.get(at..).unwrap_or_default());
        let budget = text.len().saturating_mul(4).saturating_add(1 << 16);
        Self { text, at, reader, no_comment_end: false, no_cdata_end: false, no_instruction_end: false, no_tag_end: false, budget }
    }

    /// Goes back to read again from `at`; `false`, and nothing is done, when that happened too often.
    pub(super) fn go_back(&mut self, at: usize) -> bool {
        let Some(budget) = self.budget.checked_sub(self.at.saturating_sub(at)) else { return false };
        self.budget = budget;
        self.go_to(at);
        true
    }

    /// Where the next token begins.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn go_to(&mut self, at: usize) {
        self.at = at;
        self.reader = reader(self.rest());
    }

    /// The next token and where it begins; `None` at the end.
    pub(super) fn next(&mut self, repairs: &mut Repairs) -> Option<(usize, Token<'a>)> {
        loop {
            let start = self.at;
            let rest = self.rest();
            let bytes = rest.as_bytes();
            let first = bytes.first()?;
            if *first != b'<' {
                // Text up to the next tag in one piece: references are read by who wants the text.
                let length = memchr(b'<', bytes).unwrap_or(rest.len());
                return Some((start, self.text_of(start, length)));
            }
            if !is_markup(bytes) {
                repairs.note(start, Code::StrayMarkup, || "expected `&lt;`, found a bare `<`".to_owned());
                let length = bytes.iter().skip(1).position(|&byte| byte == b'<').map_or(rest.len(), |at| at + 1);
                return Some((start, self.text_of(start, length)));
            }
            if let Some(token) = self.markup(rest, start, repairs) {
                return Some((start, token));
            }
        }
    }

    fn text_of(&mut self, start: usize, length: usize) -> Token<'a> {
        let (text, _) = self.rest().split_at_checked(length).unwrap_or((self.rest(), ""));
        self.at = start + text.len();
        Token::Text(text)
    }

    /// The markup that begins here; `None` when it is one of those that are passed over.
    fn markup(&mut self, rest: &'a str, start: usize, repairs: &mut Repairs) -> Option<Token<'a>> {
        // Where an end was looked for in vain before, it is not looked for again.
        let hopeless = match rest.as_bytes() {
            [b'<', b'!', b'-', b'-', ..] => self.no_comment_end,
            [b'<', b'!', b'[', ..] => self.no_cdata_end,
            [b'<', b'!' | b'?', ..] => self.no_instruction_end,
            _ => self.no_tag_end,
        };
        if !hopeless && let Some((length, token)) = plain_tag(rest).or_else(|| section(rest)) {
            self.at = start + length;
            return Some(token);
        }
        // Only what is odd or long comes here, so the reader is told where it is only now.
        *self.reader.get_mut() = rest.as_bytes();
        let event = if hopeless { Err(()) } else { self.reader.read_event().map_err(|_| ()) };
        let Ok(event) = event else { return self.recover(rest, start, repairs) };
        let end = self.text.len() - self.reader.get_ref().len();
        let whole = self.text.get(start..end).unwrap_or_default();
        self.at = end;
        match event {
            Event::Start(_) | Event::Empty(_) => {
                let inside = whole.strip_prefix('<')?.strip_suffix('>')?;
                // A quote that is not closed swallows the tags behind it up to the next quote.
                if let Some((cut, _)) = inside.split_once('>').filter(|(cut, tail)| tail.contains('<') && !cut.contains('<'))
                    && self.go_back(start + cut.len() + 2)
                {
                    repairs.note(start, Code::AttributeSyntax, || "expected a quote at the end of an attribute, found the end of the tag".to_owned());
                    return Some(open(cut));
                }
                // A tag that is not closed before the next one begins.
                if let Some((cut, _)) = inside.split_once('<').filter(|(cut, _)| quotes_are_closed(cut))
                    && self.go_back(start + 1 + cut.len())
                {
                    repairs.note(start, Code::StrayMarkup, || "expected `>`, found the next tag".to_owned());
                    return Some(open(cut));
                }
                Some(open(inside))
            }
            Event::End(_) => {
                let inside = whole.strip_prefix("</")?.strip_suffix('>')?;
                if let Some((cut, _)) = inside.split_once('<')
                    && self.go_back(start + 2 + cut.len())
                {
                    repairs.note(start, Code::StrayMarkup, || "expected `>`, found the next tag".to_owned());
                    return Some(Token::Close(cut.trim()));
                }
                Some(Token::Close(inside.trim()))
            }
            Event::CData(_) => Some(Token::CData(whole.strip_prefix("<![CDATA[")?.strip_suffix("]]>")?)),
            Event::Eof => {
                self.at = self.text.len();
                None
            }
            _ => None,
        }
    }

    /// Goes on behind markup that has no end.
    fn recover(&mut self, rest: &'a str, start: usize, repairs: &mut Repairs) -> Option<Token<'a>> {
        if rest.starts_with("<!--") {
            self.no_comment_end = true;
            repairs.note(start, Code::StrayMarkup, || "expected `-->` somewhere, found no end of the comment".to_owned());
            self.go_to(start + "<!--".len());
            return None;
        }
        if let Some(inside) = strip_cdata(rest) {
            self.no_cdata_end = true;
            repairs.note(start, Code::StrayMarkup, || "expected `]]>` somewhere, found no end of the CDATA section".to_owned());
            // What a cut-off section holds is text up to the next thing that looks like an end of an element of a feed.
            let begin = start + (rest.len() - inside.len());
            self.go_to(self.text.len());
            return Some(Token::CData(self.text.get(begin..).unwrap_or_default()));
        }
        let is_tag = !matches!(rest.as_bytes(), [b'<', b'!' | b'?', ..]);
        match self.budget.checked_sub(rest.len()) {
            Some(budget) => self.budget = budget,
            None => self.no_tag_end = true,
        }
        let Some(end) = rest.find('>') else {
            // The file was cut inside of a tag.
            self.no_tag_end = true;
            self.no_instruction_end = true;
            self.go_to(self.text.len());
            return None;
        };
        let inside = rest.get(1..end).unwrap_or_default();
        if !is_tag {
            self.no_instruction_end = true;
            self.go_to(start + end + 1);
            return None;
        }
        repairs.note(start, Code::AttributeSyntax, || "expected a quote at the end of an attribute, found the end of the text".to_owned());
        self.go_to(start + end + 1);
        Some(match inside.strip_prefix('/') {
            Some(name) => Token::Close(name.trim()),
            None => open(inside),
        })
    }
}

/// A tag in which no `<` and no quoted `>` stands, and its length: nearly every tag is such a one, and nobody reads it otherwise.
pub(super) fn plain_tag(rest: &str) -> Option<(usize, Token<'_>)> {
    let bytes = rest.as_bytes();
    let is_end = match bytes {
        [b'<', b'!' | b'?', ..] => return None,
        [b'<', b'/', ..] => true,
        _ => false,
    };
    let mut quote = None;
    let mut last = None;
    for (at, &byte) in bytes.iter().enumerate().skip(1) {
        match byte {
            b'>' if quote.is_none() => {
                last = Some(at);
                break;
            }
            b'<' | b'>' => return None,
            b'"' | b'\'' if is_end => return None,
            b'"' | b'\'' if quote == Some(byte) => quote = None,
            b'"' | b'\'' if quote.is_none() => quote = Some(byte),
            _ => {}
        }
    }
    let last = last?;
    let token = if is_end { Token::Close(rest.get(2..last)?.trim()) } else { open(rest.get(1..last)?) };
    Some((last + 1, token))
}

/// A CDATA section that ends, and its length.
pub(super) fn section(rest: &str) -> Option<(usize, Token<'_>)> {
    static END: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("]]>"));
    let inside = rest.strip_prefix("<![CDATA[")?;
    let text = inside.get(..END.find(inside.as_bytes())?)?;
    Some(("<![CDATA[]]>".len() + text.len(), Token::CData(text)))
}

fn strip_cdata(rest: &str) -> Option<&str> {
    let (head, tail) = rest.split_at_checked("<![CDATA[".len())?;
    head.eq_ignore_ascii_case("<![CDATA[").then_some(tail)
}

pub(super) fn reader(rest: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_reader(rest.as_bytes());
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// Whether what begins with `<` is markup: a name, `/` with a name, `!` or `?` must follow.
fn is_markup(bytes: &[u8]) -> bool {
    let is_name = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_' || byte == b':' || byte >= 0x80;
    match bytes {
        [_, b'/', next, ..] => is_name(*next) || *next == b'>' || next.is_ascii_whitespace(),
        [_, b'!', next, ..] => next.is_ascii_alphabetic() || matches!(next, b'-' | b'['),
        [_, next, ..] => is_name(*next) || *next == b'?',
        _ => false,
    }
}

fn quotes_are_closed(text: &str) -> bool {
    let mut open = None;
    for byte in text.bytes().filter(|byte| matches!(byte, b'"' | b'\'')) {
        match open {
            Some(quote) if quote == byte => open = None,
            None => open = Some(byte),
            Some(_) => {}
        }
    }
    open.is_none()
}

fn open(inside: &str) -> Token<'_> {
    let (inside, empty) = match inside.as_bytes() {
        [before @ .., b'/'] => (inside.get(..before.len()).unwrap_or_default(), true),
        _ => (inside, false),
    };
    let end = inside.bytes().position(|byte| byte.is_ascii_whitespace() || byte == b'/').unwrap_or(inside.len());
    let (name, attributes) = inside.split_at_checked(end).unwrap_or((inside, ""));
    Token::Open { name, attributes, empty }
}
