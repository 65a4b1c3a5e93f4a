//! The text of an element: pieces that make one.
//!
//! In: pieces between tags, comments and CDATA sections, decoded. Out: one text without blanks at its ends, and how its `<` and `&`
//! were written. Borrowed as long as there is one piece.

use super::reference::Decoded;
use std::borrow::Cow;

/// Pieces of text that make one.
#[derive(Default)]
pub(super) struct Run<'a> {
    pub(super) value: Cow<'a, str>,
    pub(super) marked: bool,
    pub(super) escaped: bool,
}

impl<'a> Run<'a> {
    /// Adds a piece; blanks before the first character are none of the text.
    pub(super) fn push(&mut self, piece: Decoded<'a>) {
        self.marked |= piece.marked;
        self.escaped |= piece.escaped;
        if self.value.is_empty() {
            // Once for each piece: looked for again in the whole at each of them, they would take quadratic time.
            self.value = trim_start(piece.text);
        } else if !piece.text.is_empty() {
            self.value.to_mut().push_str(&piece.text);
        }
    }
}

/// Whether a byte below U+0020 other than a line feed or a tab is inside. Without a way out in the middle of a block, so that
/// it is compiled to wide instructions.
#[expect(clippy::needless_bitwise_bool, reason = "a way out in the middle would keep the loop narrow")]
pub(super) fn has_control(bytes: &[u8]) -> bool {
    bytes.chunks(256).any(|block| block.iter().fold(false, |found, &byte| found | (byte < b' ' && byte != b'\n' && byte != b'\t')))
}

/// The text without blanks at its ends.
pub(super) fn trim(value: Cow<'_, str>) -> Cow<'_, str> {
    match trim_start(value) {
        Cow::Borrowed(value) => Cow::Borrowed(value.trim_ascii_end()),
        Cow::Owned(mut value) => {
            value.truncate(value.trim_ascii_end().len());
            Cow::Owned(value)
        }
    }
}

fn trim_start(value: Cow<'_, str>) -> Cow<'_, str> {
    match value {
        Cow::Borrowed(value) => Cow::Borrowed(value.trim_ascii_start()),
        Cow::Owned(mut value) => {
            let start = value.len() - value.trim_ascii_start().len();
            if start > 0 {
                value.drain(..start);
            }
            Cow::Owned(value)
        }
    }
}
