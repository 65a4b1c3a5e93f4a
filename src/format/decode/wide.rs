//! Encodings that `encoding_rs` has not: UTF-32 and HZ; and how wide the characters of a document are.
//!
//! In: bytes. Out: text, with U+FFFD for what cannot be read.

use encoding_rs::GB18030;

/// How many bytes a character has at least, and which of them comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    /// UTF-16, low byte first.
    TwoLittle,
    /// UTF-16, high byte first.
    TwoBig,
    /// UTF-32, lowest byte first.
    FourLittle,
    /// UTF-32, highest byte first.
    FourBig,
}

/// What the bytes that are nought say (XML 1.0 appendix F.1, RFC 4627 §3): documents begin with ASCII.
pub(super) fn of(bytes: &[u8]) -> Option<Width> {
    let is_start = |byte: u8| b"<{[ \t\r\n".contains(&byte);
    match *bytes {
        [a, 0, 0, 0, ..] if is_start(a) => Some(Width::FourLittle),
        [0, 0, 0, d, ..] if is_start(d) => Some(Width::FourBig),
        [a, 0, c, 0, ..] if is_start(a) && c != 0 => Some(Width::TwoLittle),
        [0, b, 0, d, ..] if is_start(b) && d != 0 => Some(Width::TwoBig),
        _ => None,
    }
}

/// Decodes four bytes at a time.
pub(super) fn utf32(bytes: &[u8], read: fn([u8; 4]) -> u32) -> String {
    let mut out = String::with_capacity(bytes.len() / 4);
    let (characters, rest) = bytes.as_chunks::<4>();
    out.extend(characters.iter().map(|bytes| char::from_u32(read(*bytes)).unwrap_or(char::REPLACEMENT_CHARACTER)));
    if !rest.is_empty() {
        out.push(char::REPLACEMENT_CHARACTER);
    }
    out
}

/// Decodes HZ (RFC 1843): between `~{` and `~}` stands GB 2312 without its high bits.
pub(super) fn hz(bytes: &[u8]) -> String {
    let mut wide = Vec::with_capacity(bytes.len());
    let (mut rest, mut is_chinese) = (bytes, false);
    loop {
        rest = match rest {
            [b'~', b'{', rest @ ..] if !is_chinese => {
                is_chinese = true;
                rest
            }
            [b'~', b'}', rest @ ..] if is_chinese => {
                is_chinese = false;
                rest
            }
            [b'~', b'~', rest @ ..] if !is_chinese => {
                wide.push(b'~');
                rest
            }
            [b'~', b'\n', rest @ ..] if !is_chinese => rest,
            [high @ 0x21..=0x7D, low @ 0x21..=0x7E, rest @ ..] if is_chinese => {
                wide.extend([high | 0x80, low | 0x80]);
                rest
            }
            [byte, rest @ ..] => {
                // Chinese ends with its line.
                is_chinese &= *byte != b'\n';
                wide.push(*byte);
                rest
            }
            [] => break,
        };
    }
    GB18030.decode_without_bom_handling(&wide).0.into_owned()
}
