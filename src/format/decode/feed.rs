//! The encoding of a feed: what is declared, and whether it is true.
//!
//! In: bytes as a server sent them, and the charset of its header. Out: text, and how it was found. Bytes that can be
//! UTF-8 only are UTF-8, whatever is declared; other declarations hold as long as the bytes can be read by them.

use super::declaration::{self, Named};
use super::guess::guess;
use super::wide::{self, Width};
use super::{Decoded, Sequences, as_utf8, other, utf8, whole};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// The escape character, without which nothing is ISO-2022-JP.
const ESCAPE: u8 = 0x1B;

/// The text of a feed and how it was encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FeedText<'a> {
    /// The text, without byte order mark; borrowed when the bytes were UTF-8.
    pub text: Cow<'a, str>,
    /// The encoding's name in the WHATWG Encoding Standard: `UTF-8`, `gb18030`, `windows-1252` …, besides `UTF-32LE`,
    /// `UTF-32BE` and `HZ-GB-2312`.
    pub encoding: &'static str,
    /// What decided.
    pub source: Source,
    /// Whether there was a byte order mark.
    pub bom: bool,
    /// The charset of the HTTP header, as given.
    pub http: Option<String>,
    /// The encoding that the document declares, as written: in the XML declaration, else in an HTML `meta`.
    pub document: Option<String>,
    /// The first declaration that was not followed, unless it would have come to the same.
    pub overruled: Option<Overruled>,
    /// How many replacement characters stand for what could not be read.
    pub replaced: usize,
    /// Byte offset in `text` of the first of them.
    pub first_replaced: Option<usize>,
}

/// What decided on an encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Source {
    /// A byte order mark.
    Bom,
    /// Where the bytes are nought: characters of two or four bytes.
    Width,
    /// All bytes are UTF-8, or ASCII.
    Utf8,
    /// Most of the bytes are UTF-8, a few are damaged.
    DamagedUtf8,
    /// A declaration.
    Declared(DeclaredBy),
    /// What the bytes look like.
    Guess,
}

/// Who declared an encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeclaredBy {
    /// The header of the response.
    Http,
    /// The document itself.
    Document,
}

/// A declaration that was not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Overruled {
    /// Who declared.
    pub by: DeclaredBy,
    /// The label, as written.
    pub label: String,
    /// Why it does not count.
    pub why: Why,
}

/// Why a declaration does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Why {
    /// The byte order mark says otherwise.
    Bom,
    /// The characters are wider or narrower than declared.
    Width,
    /// The bytes are UTF-8.
    Utf8,
    /// The bytes cannot be read that way.
    Unreadable,
    /// No encoding has that name.
    UnknownLabel,
    /// Another declaration goes first.
    OtherDeclaration,
}

/// Decodes a feed. `http_charset` is the `charset` of the response's `Content-Type`, where there is one.
///
/// In order: a byte order mark; characters of two or four bytes, seen by their noughts; UTF-8, when all the bytes are, or
/// nearly all; the header's charset, then the document's, when the bytes can be read by it (a header of `iso-8859-1` or
/// `us-ascii`, which servers send unasked, comes second); UTF-8 with as many whole characters as bad bytes; what the bytes
/// look like. GB 2312 and GBK are read as GB 18030, which contains them. A declared encoding in which a few bytes cannot
/// be read is overruled only by one in which all can.
pub fn decode_feed<'a>(bytes: &'a [u8], http_charset: Option<&str>) -> FeedText<'a> {
    let http = http_charset.map(|label| label.trim_matches(|c: char| c.is_whitespace() || "\"'".contains(c))).filter(|label| !label.is_empty());
    let mut claims = Claims { http, document: None };
    if let Some((encoding, width, rest)) = marked(bytes) {
        let source = if rest.len() < bytes.len() { Source::Bom } else { Source::Width };
        let decoded = match width {
            Width::FourLittle => owned(wide::utf32(rest, u32::from_le_bytes), encoding),
            Width::FourBig => owned(wide::utf32(rest, u32::from_be_bytes), encoding),
            Width::TwoLittle => other(rest, UTF_16LE, false),
            Width::TwoBig => other(rest, UTF_16BE, false),
        };
        let start = decoded.text.char_indices().nth(512).and_then(|(at, _)| decoded.text.get(..at)).unwrap_or(&decoded.text);
        claims.document = declaration::of_document(start.as_bytes());
        return claims.settle(decoded, source);
    }
    let (rest, bom) = without_marks(bytes);
    claims.document = declaration::of_document(rest);
    let (decoded, source) = narrow(rest, bom, &claims);
    claims.settle(Decoded { bom, ..decoded }, source)
}

/// UTF-16 and UTF-32, by their mark or their noughts. A mark before text without a single nought is a mistake: markup
/// is ASCII.
fn marked(bytes: &[u8]) -> Option<(&'static str, Width, &[u8])> {
    let (width, rest) = match bytes {
        [0xFF, 0xFE, 0, 0, rest @ ..] => (Width::FourLittle, rest),
        [0, 0, 0xFE, 0xFF, rest @ ..] => (Width::FourBig, rest),
        [0xFF, 0xFE, rest @ ..] if rest.is_empty() || rest.contains(&0) => (Width::TwoLittle, rest),
        [0xFE, 0xFF, rest @ ..] if rest.is_empty() || rest.contains(&0) => (Width::TwoBig, rest),
        _ => (wide::of(bytes)?, bytes),
    };
    let name = match width {
        Width::TwoLittle => UTF_16LE.name(),
        Width::TwoBig => UTF_16BE.name(),
        Width::FourLittle => "UTF-32LE",
        Width::FourBig => "UTF-32BE",
    };
    Some((name, width, rest))
}

/// Without marks of UTF-8, of which some feeds have two, and wrong ones; and whether there was one of UTF-8.
fn without_marks(bytes: &[u8]) -> (&[u8], bool) {
    let mut rest = bytes.strip_prefix(b"\xFF\xFE").or_else(|| bytes.strip_prefix(b"\xFE\xFF")).unwrap_or(bytes);
    let mut bom = false;
    while let Some(behind) = rest.strip_prefix(b"\xEF\xBB\xBF") {
        (rest, bom) = (behind, true);
    }
    (rest, bom)
}

/// A text in an encoding that contains ASCII.
fn narrow<'a>(bytes: &'a [u8], bom: bool, claims: &Claims<'_>) -> (Decoded<'a>, Source) {
    let utf8_source = if bom { Source::Bom } else { Source::Utf8 };
    if let Some(text) = as_utf8(bytes) {
        let seven_bit = if text.is_ascii() { seven_bit(bytes, claims) } else { None };
        return seven_bit.unwrap_or_else(|| (whole(text, bom), utf8_source));
    }
    let found = Sequences::count(bytes);
    if found.are_damaged() {
        return (utf8(bytes, bom), if bom { Source::Bom } else { Source::DamagedUtf8 });
    }
    let mut damaged: Option<(Decoded<'a>, Source)> = None;
    for (by, label) in claims.in_order() {
        let Named::Known(encoding) = declaration::named(label) else { continue };
        // Encodings of one byte can read anything: that they can is no sign against more UTF-8 than damage.
        if encoding == UTF_8 || encoding.is_single_byte() && found.multi > found.bad {
            continue;
        }
        let decoded = other(bytes, encoding, false);
        if decoded.replaced == 0 && !bom {
            return (decoded, Source::Declared(by));
        }
        if damaged.as_ref().is_none_or(|(other, _)| decoded.replaced < other.replaced) {
            damaged = Some((decoded, Source::Declared(by)));
        }
    }
    // A character that the end cuts off is no sign of another encoding: markup ends with ASCII.
    let bad = found.bad - usize::from(found.is_cut);
    if found.multi >= bad && damaged.as_ref().is_none_or(|(decoded, _)| decoded.replaced >= found.bad) {
        return (utf8(bytes, bom), if bom { Source::Bom } else { Source::DamagedUtf8 });
    }
    let guess = guess(bytes);
    let guessed = other(bytes, guess, false);
    match damaged {
        Some((decoded, source)) if !is_better(&guessed, guess, &decoded) => (decoded, source),
        _ => (guessed, Source::Guess),
    }
}

/// Whether a guess beats a declared encoding in which some bytes could not be read. Encodings of one byte can read
/// anything, so they must be far better; the others give themselves away.
fn is_better(guessed: &Decoded<'_>, guess: &'static Encoding, declared: &Decoded<'_>) -> bool {
    if guess.is_single_byte() {
        let foreign = declared.text.chars().filter(|c| !c.is_ascii()).count();
        return declared.replaced * 10 > foreign;
    }
    guessed.replaced * 4 < declared.replaced
}

/// Encodings that are ASCII to the eye: declared ones, and ISO-2022-JP also undeclared.
fn seven_bit<'a>(bytes: &'a [u8], claims: &Claims<'_>) -> Option<(Decoded<'a>, Source)> {
    for (by, label) in claims.in_order() {
        match declaration::named(label) {
            Named::Hz if bytes.windows(2).any(|pair| pair == b"~{") => return Some((owned(wide::hz(bytes), "HZ-GB-2312"), Source::Declared(by))),
            Named::Known(encoding) if encoding == ISO_2022_JP && bytes.contains(&ESCAPE) => {
                return Some((other(bytes, encoding, false), Source::Declared(by)));
            }
            _ => {}
        }
    }
    let is_japanese = bytes.contains(&ESCAPE) && bytes.windows(3).any(|three| three == b"\x1B$B" || three == b"\x1B$@");
    let decoded = is_japanese.then(|| other(bytes, ISO_2022_JP, false)).filter(|decoded| decoded.replaced == 0)?;
    Some((decoded, Source::Guess))
}

fn owned(text: String, encoding: &'static str) -> Decoded<'static> {
    let (replaced, first_replaced) = (text.matches(char::REPLACEMENT_CHARACTER).count(), text.find(char::REPLACEMENT_CHARACTER));
    Decoded { text: Cow::Owned(text), encoding, bom: false, replaced, first_replaced }
}

/// What is declared.
struct Claims<'h> {
    http: Option<&'h str>,
    document: Option<String>,
}

impl Claims<'_> {
    /// The declarations, the weightier first.
    fn in_order(&self) -> impl Iterator<Item = (DeclaredBy, &str)> {
        let http = self.http.map(|label| (DeclaredBy::Http, label));
        let document = self.document.as_deref().map(|label| (DeclaredBy::Document, label));
        let is_document_first = self.http.is_some_and(declaration::is_default);
        let (first, second) = if is_document_first { (document, http) } else { (http, document) };
        first.into_iter().chain(second)
    }

    /// The result, with what became of the declarations.
    fn settle(self, decoded: Decoded<'_>, source: Source) -> FeedText<'_> {
        let is_ascii = decoded.encoding == UTF_8.name() && decoded.text.is_ascii();
        let is_followed = |by| source == Source::Declared(by);
        let mut behind_followed = false;
        let overruled = self.in_order().find_map(|(by, label)| {
            let is_second = behind_followed;
            behind_followed |= is_followed(by);
            let why = why(declaration::named(label), decoded.encoding, is_ascii, source).filter(|_| !is_followed(by))?;
            let why = if is_second && why != Why::UnknownLabel && why != Why::Width { Why::OtherDeclaration } else { why };
            Some(Overruled { by, label: label.to_owned(), why })
        });
        let http = self.http.map(ToOwned::to_owned);
        let Decoded { text, encoding, bom, replaced, first_replaced } = decoded;
        let bom = bom || source == Source::Bom;
        FeedText { text, encoding, source, bom, http, document: self.document, overruled, replaced, first_replaced }
    }
}

/// Why what was named is not what was read; nothing when it comes to the same.
fn why(named: Named, encoding: &str, is_ascii: bool, source: Source) -> Option<Why> {
    let is_same = match named {
        Named::Known(known) => known.name() == encoding || is_ascii && known.is_ascii_compatible(),
        Named::Utf16 => encoding.starts_with("UTF-16"),
        Named::Utf32 => encoding.starts_with("UTF-32"),
        Named::Hz => encoding == "HZ-GB-2312",
        Named::Unknown => return Some(Why::UnknownLabel),
    };
    if is_same {
        return None;
    }
    let is_wide = encoding.starts_with("UTF-16") || encoding.starts_with("UTF-32");
    Some(match (named, source) {
        (_, Source::Bom) => Why::Bom,
        (Named::Utf16 | Named::Utf32, _) => Why::Width,
        _ if is_wide => Why::Width,
        (_, Source::Utf8 | Source::DamagedUtf8) => Why::Utf8,
        _ => Why::Unreadable,
    })
}
