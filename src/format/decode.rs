//! Bytes → text: which encoding, and what could not be read.
//!
//! In: the bytes of a file or a response of which no encoding is known. Out: text without byte order mark. Never fails:
//! what cannot be read becomes U+FFFD and is counted. Line ends stay as they are.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8};
use std::borrow::Cow;

/// How many bytes are looked at to guess an encoding.
const SAMPLE: usize = 1 << 20;

/// A text and how it was encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decoded<'a> {
    /// The text, without byte order mark; borrowed when the bytes were UTF-8.
    pub text: Cow<'a, str>,
    /// The encoding's name in the WHATWG Encoding Standard: `UTF-8`, `gb18030`, `UTF-16LE` …
    pub encoding: &'static str,
    /// Whether there was a byte order mark.
    pub bom: bool,
    /// How many replacement characters stand for what could not be read.
    pub replaced: usize,
    /// Byte offset in `text` of the first of them.
    pub first_replaced: Option<usize>,
}

/// Decodes by byte order mark, else as UTF-8, else as the encoding that the bytes look most like.
///
/// UTF-8 with a few damaged bytes stays UTF-8: fewer than one in a hundred of its multi-byte sequences, or, in short
/// texts, fewer than a quarter of those of three bytes and more, which other encodings hardly ever produce.
/// GB 2312 and GBK are read as GB 18030, which contains them.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(length..).unwrap_or_default();
        return if encoding == UTF_8 { utf8(rest, true) } else { other(rest, encoding, true) };
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name(), bom: false, replaced: 0, first_replaced: None };
    }
    if is_damaged_utf8(bytes) {
        return utf8(bytes, false);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..SAMPLE).unwrap_or(bytes), bytes.len() <= SAMPLE);
    let guess = detector.guess(None, Utf8Detection::Deny);
    other(bytes, if guess == GBK { GB18030 } else { guess }, false)
}

fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut multi, mut long, mut bad) = (0_usize, 0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            multi += usize::from(!c.is_ascii());
            long += usize::from(c.len_utf8() >= 3);
        }
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad * 100 < multi || bad * 4 < long
}

fn utf8(bytes: &[u8], bom: bool) -> Decoded<'_> {
    if let Ok(text) = str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name(), bom, replaced: 0, first_replaced: None };
    }
    let mut text = String::with_capacity(bytes.len() + 8);
    let (mut replaced, mut first_replaced) = (0, None);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            first_replaced.get_or_insert(text.len());
            replaced += 1;
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    Decoded { text: Cow::Owned(text), encoding: UTF_8.name(), bom, replaced, first_replaced }
}

fn other<'a>(bytes: &'a [u8], encoding: &'static Encoding, bom: bool) -> Decoded<'a> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let (replaced, first_replaced) =
        if damaged { (text.matches(char::REPLACEMENT_CHARACTER).count(), text.find(char::REPLACEMENT_CHARACTER)) } else { (0, None) };
    Decoded { text, encoding: encoding.name(), bom, replaced, first_replaced }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, SHIFT_JIS, UTF_16LE};
    use proptest::prelude::*;

    const CHINESE: &str = "清晨五点，菜农推着三轮车进了巷子。豆腐脑还冒着热气，熟客已经排到了拐角。老城的早市又回来了。";

    #[test]
    fn utf8_is_borrowed() {
        let decoded = decode(CHINESE.as_bytes());
        assert!(matches!(decoded.text, Cow::Borrowed(CHINESE)));
        assert_eq!((decoded.encoding, decoded.bom, decoded.replaced), ("UTF-8", false, 0));
        assert_eq!(decode(b"").text, "");
    }

    #[test]
    fn byte_order_marks_decide() {
        let mut bytes = b"\xEF\xBB\xBF".to_vec();
        bytes.extend(CHINESE.as_bytes());
        let decoded = decode(&bytes);
        assert_eq!((&*decoded.text, decoded.encoding, decoded.bom), (CHINESE, "UTF-8", true));
        let mut little = b"\xFF\xFE".to_vec();
        little.extend("早市 a".encode_utf16().flat_map(u16::to_le_bytes));
        let decoded = decode(&little);
        assert_eq!((&*decoded.text, decoded.encoding, decoded.bom), ("早市 a", UTF_16LE.name(), true));
        let mut big = b"\xFE\xFF".to_vec();
        big.extend("早市 a".encode_utf16().flat_map(u16::to_be_bytes));
        assert_eq!(decode(&big).text, "早市 a");
    }

    #[test]
    fn legacy_encodings_are_recognised() {
        for (encoding, text, name) in [
            (GBK, CHINESE, "gb18030"),
            (BIG5, "清晨五點，菜農推著三輪車進了巷子。豆腐腦還冒著熱氣，熟客已經排到了拐角。", "Big5"),
            (SHIFT_JIS, "朝の五時、農家の人が三輪車を押して路地に入ってきた。カタカナもある。", "Shift_JIS"),
        ] {
            let (bytes, _, unmappable) = encoding.encode(text);
            assert!(!unmappable);
            let decoded = decode(&bytes);
            assert_eq!((decoded.encoding, &*decoded.text, decoded.replaced), (name, text, 0));
        }
        assert_eq!(decode(b"caf\xE9 cr\xE8me").text, "café crème");
    }

    #[test]
    fn four_byte_gb18030_is_read() {
        let text = format!("{CHINESE}𠮷野家");
        let (bytes, _, _) = GB18030.encode(&text);
        assert_eq!(decode(&bytes).text, text);
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        for (text, at) in [(CHINESE.to_owned(), 9), (CHINESE.repeat(20), 300)] {
            let mut bytes = text.into_bytes();
            bytes[at] = 0xFF;
            let decoded = decode(&bytes);
            assert_eq!(decoded.encoding, "UTF-8");
            assert_eq!(decoded.first_replaced, Some(at));
            assert_eq!(decoded.replaced, decoded.text.matches('\u{FFFD}').count());
            assert!(decoded.text.ends_with("又回来了。"));
        }
    }

    #[test]
    fn a_cut_off_end_is_one_replacement() {
        let bytes = &CHINESE.as_bytes()[..CHINESE.len() - 1];
        let decoded = decode(bytes);
        assert_eq!((decoded.replaced, decoded.first_replaced), (1, Some(CHINESE.len() - 3)));
    }

    proptest! {
        #[test]
        fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let decoded = decode(&bytes);
            if let Some(first) = decoded.first_replaced {
                prop_assert_eq!(decoded.text.get(first..).and_then(|rest| rest.chars().next()), Some(char::REPLACEMENT_CHARACTER));
            }
            prop_assert_eq!(decoded.first_replaced.is_some(), decoded.replaced > 0);
        }
    }
}
