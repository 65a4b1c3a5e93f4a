//! What undeclared bytes look like.
//!
//! In: bytes that are no UTF-8. Out: the legacy encoding that they are most likely in; always one.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, KOI8_R, KOI8_U};

/// How many bytes are looked at.
const SAMPLE: usize = 1 << 20;

/// One bad byte rules an encoding out for the detector; so it gets the text in pieces as well.
const PIECES: usize = 8;

/// The letters of Ukrainian, in which KOI8-U differs from KOI8-R. The detector knows the former only.
const UKRAINIAN: [u8; 8] = [0xA4, 0xA6, 0xA7, 0xAD, 0xB4, 0xB6, 0xB7, 0xBD];

/// The encoding, GBK as GB 18030.
pub(super) fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let whole = detect(sample, sample.len() == bytes.len());
    if !whole.is_single_byte() {
        return whole;
    }
    let mut votes: Vec<&'static Encoding> = Vec::with_capacity(PIECES);
    let mut rest = sample;
    while !rest.is_empty() {
        let (piece, behind) = split(rest, sample.len() / PIECES + 1);
        rest = behind;
        if !piece.is_ascii() {
            votes.push(detect(piece, true));
        }
    }
    // Most of the pieces, and more than one, must agree on an encoding of several bytes.
    let agreed = votes.iter().find(|vote| {
        let same = votes.iter().filter(|other| other == vote).count();
        !vote.is_single_byte() && same > 1 && same * 2 > votes.len()
    });
    match agreed {
        Some(agreed) => agreed,
        None if whole == KOI8_U && !bytes.iter().any(|byte| UKRAINIAN.contains(byte)) => KOI8_R,
        None => whole,
    }
}

fn detect(bytes: &[u8], is_whole: bool) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, is_whole);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == GBK { GB18030 } else { guess }
}

/// At the first tag or line behind `length` bytes: their marks are no part of a longer character in any encoding.
fn split(bytes: &[u8], length: usize) -> (&[u8], &[u8]) {
    let behind = bytes.get(length..).unwrap_or_default();
    let at = behind.iter().position(|byte| matches!(byte, b'<' | b'\n')).map_or(bytes.len(), |at| length + at);
    bytes.split_at_checked(at).unwrap_or((bytes, &[]))
}
