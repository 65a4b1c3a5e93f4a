//! Lines and columns of JSON values → byte offsets, quickly in documents of one line too.

use crate::syntax::Place;

/// Bytes between two marks.
const STRIDE: usize = 1024;

/// A text with marks in it.
pub(in crate::lint) struct Places<'t> {
    text: &'t str,
    /// Line, column and byte of a character, in order.
    marks: Vec<(u32, u32, usize)>,
}

impl<'t> Places<'t> {
    pub(in crate::lint) fn of(text: &'t str) -> Self {
        let mut marks = vec![(1, 1, 0)];
        let (mut line, mut column, mut next) = (1_u32, 1_u32, STRIDE);
        for (at, c) in text.char_indices() {
            if at >= next {
                marks.push((line, column, at));
                next = at + STRIDE;
            }
            if c == '\n' {
                (line, column) = (line.saturating_add(1), 1);
            } else {
                column = column.saturating_add(1);
            }
        }
        Self { text, marks }
    }

    /// The byte at a place.
    pub(in crate::lint) fn offset(&self, place: Place) -> usize {
        let index = self.marks.partition_point(|(line, column, _)| (*line, *column) <= (place.line, place.column));
        let (mut line, mut column, start) = self.marks.get(index.saturating_sub(1)).copied().unwrap_or((1, 1, 0));
        for (at, c) in self.text.get(start..).unwrap_or_default().char_indices() {
            if (line, column) >= (place.line, place.column) {
                return start + at;
            }
            (line, column) = if c == '\n' { (line.saturating_add(1), 1) } else { (line, column.saturating_add(1)) };
        }
        self.text.len()
    }

    /// The byte behind the object that begins at this one; the document is JSON.
    pub(super) fn end_of_object(&self, at: usize) -> usize {
        let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
        for (offset, byte) in self.text.bytes().enumerate().skip(at) {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                b'{' if !in_string => depth += 1,
                b'}' if !in_string => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return offset + 1;
                    }
                }
                _ => {}
            }
        }
        self.text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_found_again() {
        let text = "文字 {\n  \"a\": 1\r\n}\n".repeat(200);
        let places = Places::of(&text);
        let (mut line, mut column) = (1, 1);
        for (at, c) in text.char_indices() {
            assert_eq!(places.offset(Place { line, column }), at);
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        assert_eq!(places.offset(Place { line: 9999, column: 1 }), text.len());
    }
}
