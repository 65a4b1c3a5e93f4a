//! Byte offsets in a text in; lines and columns out. Never changes the text.

/// Where something stands in the text that was parsed: line and column from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Line from 1.
    pub line: u32,
    /// Column in characters from 1.
    pub column: u32,
}

impl Default for Place {
    /// The start of the text.
    fn default() -> Self {
        Self { line: 1, column: 1 }
    }
}

/// Bytes between two marks: what a look-up walks at most.
const STRIDE: usize = 64;

/// Answers where a byte offset is, in constant time after one walk through the text.
pub(super) struct Lines<'t> {
    bytes: &'t [u8],
    /// The place of every 64th byte.
    marks: Vec<Place>,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut marks = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut place = Place::default();
        for chunk in bytes.chunks(STRIDE) {
            marks.push(place);
            place = advance(place, chunk);
        }
        Self { bytes, marks }
    }

    /// The place of the character that starts at `offset`; the end of the text for offsets behind it.
    pub(super) fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.bytes.len());
        // The end of a text that fills its last stride has no mark of its own.
        let index = (offset / STRIDE).min(self.marks.len().saturating_sub(1));
        let mark = self.marks.get(index).copied().unwrap_or_default();
        advance(mark, self.bytes.get(index * STRIDE..offset).unwrap_or_default())
    }
}

fn advance(mut place: Place, bytes: &[u8]) -> Place {
    for &byte in bytes {
        if byte == b'\n' {
            place = Place { line: place.line.saturating_add(1), column: 1 };
        } else if byte & 0xC0 != 0x80 {
            place.column = place.column.saturating_add(1);
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offset_has_the_place_that_counting_gives() {
        let text = "标题: 一\r\n\n".repeat(30) + "x";
        let lines = Lines::of(&text);
        let (mut line, mut column) = (1, 1);
        for (offset, character) in text.char_indices() {
            assert_eq!(lines.place(offset), Place { line, column }, "at {offset}");
            (line, column) = if character == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        assert_eq!(lines.place(text.len()), Place { line, column });
        assert_eq!(lines.place(usize::MAX), Place { line, column });
    }

    #[test]
    fn a_text_of_whole_strides_has_an_end() {
        let text = "a".repeat(STRIDE * 2);
        assert_eq!(Lines::of(&text).place(STRIDE * 2), Place { line: 1, column: 129 });
        assert_eq!(Lines::of("").place(0), Place::default());
    }
}
