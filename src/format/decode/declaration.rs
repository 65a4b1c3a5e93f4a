//! What a document or a server says of its encoding.
//!
//! In: bytes, or a label. Out: the label as written, or the encoding that it means. Believes nothing, checks nothing.

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, WINDOWS_1252};

/// A declaration stands at the beginning, even behind junk.
const WHERE: usize = 2048;

/// No declaration is longer.
const LONGEST: usize = 400;

/// Labels that the Encoding Standard has not, without what is no letter or digit.
const ALIASES: &[(&str, &Encoding)] = &[
    ("936", GB18030),
    ("ansi", WINDOWS_1252),
    ("cp932", SHIFT_JIS),
    ("cp936", GB18030),
    ("cp949", EUC_KR),
    ("cp950", BIG5),
    ("cp65001", UTF_8),
    ("euccn", GB18030),
    ("gb23121980", GB18030),
    ("ms936", GB18030),
    ("ms949", EUC_KR),
    ("ms950", BIG5),
    ("uhc", EUC_KR),
    ("utf8n", UTF_8),
    ("windows932", SHIFT_JIS),
    ("windows936", GB18030),
    ("windows950", BIG5),
];

/// Prefixes that are written in many ways, and how the standard writes them.
const PREFIXES: &[(&str, &str)] = &[
    ("win", "windows-"),
    ("windows", "windows-"),
    ("cp", "windows-"),
    ("iso8859", "iso-8859-"),
    ("latin", "latin"),
    ("koi8", "koi8-"),
    ("mac", "x-mac-"),
];

/// An encoding by its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// One that `encoding_rs` has, GB 2312 and GBK as GB 18030.
    Known(&'static Encoding),
    /// One with two bytes a unit.
    Utf16,
    /// One with four bytes a character.
    Utf32,
    /// HZ, seven-bit Chinese.
    Hz,
    /// None that can be read.
    Unknown,
}

/// What the label means.
pub(super) fn named(label: &str) -> Named {
    let label = label.trim_matches(|c: char| c.is_whitespace() || "\"';,".contains(c)).to_ascii_lowercase();
    let letters: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
    if letters.starts_with("utf16") || letters.starts_with("ucs2") || letters == "iso10646ucs2" || letters == "unicode" {
        return Named::Utf16;
    }
    if letters.starts_with("utf32") || letters.starts_with("ucs4") || letters == "iso10646ucs4" {
        return Named::Utf32;
    }
    if letters == "hzgb2312" || letters == "hz" {
        return Named::Hz;
    }
    let alias = || ALIASES.iter().find(|(alias, _)| *alias == letters).map(|(_, encoding)| *encoding);
    let respelt = || {
        PREFIXES.iter().find_map(|(prefix, spelling)| {
            let rest = letters.strip_prefix(prefix)?;
            Encoding::for_label_no_replacement(format!("{spelling}{rest}").as_bytes())
        })
    };
    let found = Encoding::for_label_no_replacement(label.as_bytes())
        .or_else(|| Encoding::for_label_no_replacement(letters.as_bytes()))
        .or_else(alias)
        .or_else(respelt);
    match found {
        Some(encoding) if encoding == GBK => Named::Known(GB18030),
        Some(encoding) => Named::Known(encoding),
        None => Named::Unknown,
    }
}

/// Whether two labels mean one encoding; GB 2312, GBK and GB 18030 are one, as are UTF-16 of either order.
pub fn same_encoding(a: &str, b: &str) -> bool {
    named(a) == named(b)
}

/// Whether servers send the label when nobody has told them anything (RFC 2616 §3.7.1, RFC 3023 §3.1).
pub(super) fn is_default(label: &str) -> bool {
    ["iso-8859-1", "us-ascii"].iter().any(|default| label.trim().eq_ignore_ascii_case(default))
}

/// The label in the XML declaration, else in an HTML `meta`; the bytes must be a superset of ASCII.
pub(super) fn of_document(bytes: &[u8]) -> Option<String> {
    let start = bytes.get(..WHERE).unwrap_or(bytes);
    let declaration = find(start, b"<?xml").and_then(|at| bytes.get(at..));
    if let Some(declaration) = declaration {
        let whole = declaration.get(..LONGEST).unwrap_or(declaration);
        let end = whole.iter().position(|byte| *byte == b'>').unwrap_or(whole.len());
        let label = value(whole.get(..end)?, b"encoding");
        if label.is_some() {
            return label;
        }
    }
    let meta = find(start, b"<meta").and_then(|at| bytes.get(at..))?;
    value(meta.get(..LONGEST).unwrap_or(meta), b"charset")
}

/// What is behind `name=`, with or without quotes.
fn value(text: &[u8], name: &[u8]) -> Option<String> {
    let at = find(text, name)?;
    let rest = text.get(at + name.len()..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|byte| b"\"'>?/; \t\r\n".contains(byte)).unwrap_or(rest.len());
    let label = str::from_utf8(rest.get(..end)?).ok()?;
    (!label.is_empty()).then(|| label.to_owned())
}

/// Where the text is, in capital or small letters.
fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window.eq_ignore_ascii_case(wanted))
}
