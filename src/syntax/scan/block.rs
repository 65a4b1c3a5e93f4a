//! The part of the scanner that goes through what indentation holds together: lists of dashes, maps of lines, block
//! scalars ([YAML 8](https://yaml.org/spec/1.2.2/#chapter-8-block-style-productions)).

use super::{Frame, Scanner, Shape, Step, Stop, is_break, is_space};

impl Scanner<'_> {
    pub(super) fn in_block(&mut self, byte: u8) -> Step {
        let (start, column) = (self.position, self.position - self.line);
        let is_dash = byte == b'-' && is_space(self.byte(start + 1));
        if self.fresh {
            self.fresh = false;
            if column == 0 && self.is_fence(start) {
                if byte == b'.' || !self.tokens.is_empty() {
                    return Err(Stop);
                }
                self.position += 3;
                return Ok(());
            }
            if byte == b'%' && column == 0 && self.tokens.is_empty() {
                self.skip_line();
                return Ok(());
            }
            self.leave_blocks(column, is_dash);
        }
        match byte {
            b'-' if is_dash => self.dash(column),
            b'?' | b':' if is_space(self.byte(start + 1)) => Err(Stop),
            b'@' | b'`' | b'%' | b'#' | b',' | b']' | b'}' => Err(Stop),
            b'&' | b'!' => {
                self.property(byte, column);
                Ok(())
            }
            b'*' => {
                let shape = self.alias();
                self.block_scalar_or_key(shape, start, self.position, column)
            }
            b'|' | b'>' => self.block_scalar(start),
            b'"' | b'\'' => {
                let line = self.line;
                self.quoted(byte)?;
                let end = self.position;
                if line == self.line { self.block_scalar_or_key(Shape::Quoted, start, end, column) } else { self.value(Shape::Quoted, start, end) }
            }
            b'[' | b'{' => {
                // Where a key is expected, the collection is one.
                if matches!(self.frames.last(), Some(&Frame::Block { list: false, indent, .. }) if indent == column) {
                    self.set_due(true);
                }
                self.open_flow(byte, start, column)
            }
            _ => self.plain(start, column),
        }
    }

    /// Closes the blocks that a line which starts at `column` ends.
    fn leave_blocks(&mut self, column: usize, is_dash: bool) {
        while let Some(&Frame::Block { list, indent, .. }) = self.frames.last() {
            // A list may stand as deep as its key: the next key ends it.
            if indent > column || (indent == column && list && !is_dash) {
                self.close();
            } else {
                break;
            }
        }
    }

    fn dash(&mut self, column: usize) -> Step {
        match self.frames.last().copied() {
            Some(Frame::Block { list: true, indent, due, .. }) if indent == column => {
                if due {
                    self.push(Shape::Missing, self.position, self.position);
                }
                self.set_due(true);
            }
            _ => self.open_block(true, self.position, column)?,
        }
        self.position += 1;
        Ok(())
    }

    fn open_block(&mut self, list: bool, start: usize, column: usize) -> Step {
        self.take_value_place()?;
        self.check_depth()?;
        // `&a key: value` names the key, `&a` in a line of its own the map.
        let held = if list || self.property.is_none_or(|(line, _)| line != self.line) { None } else { self.anchor.take() };
        let property = self.property;
        let at = self.push(if list { Shape::List } else { Shape::Map }, start, start);
        if held.is_some() {
            (self.anchor, self.property) = (held, property);
        }
        self.frames.push(Frame::Block { list, indent: column, at, due: true });
        Ok(())
    }

    /// A scalar in a block, which is a key when a colon follows.
    fn block_scalar_or_key(&mut self, shape: Shape, start: usize, end: usize, column: usize) -> Step {
        if !self.colon_follows() {
            return self.value(shape, start, end);
        }
        let column = self.property.filter(|&(line, _)| line == self.line).map_or(column, |(_, column)| column);
        match self.frames.last().copied() {
            Some(Frame::Block { list: false, indent, due, .. }) if indent == column => {
                if due {
                    self.push(Shape::Missing, start, start);
                }
                self.set_due(true);
            }
            Some(Frame::Block { indent, .. }) if indent >= column => return Err(Stop),
            _ => self.open_block(false, start, column)?,
        }
        self.push(shape, start, end);
        self.position += 1;
        Ok(())
    }

    /// The indentation that a scalar must exceed to go on in the next line.
    fn indent(&self) -> Option<usize> {
        match self.frames.last() {
            Some(&Frame::Block { indent, .. }) => Some(indent),
            _ => None,
        }
    }

    fn plain(&mut self, start: usize, column: usize) -> Step {
        let mut end = self.plain_line();
        if self.colon_follows() {
            return self.block_scalar_or_key(Shape::Plain, start, end, column);
        }
        // It goes on in the lines that are indented deeper.
        while is_break(self.byte(self.position)) {
            let mut at = self.position;
            let mut line = at;
            while self.text.get(at).is_some_and(|&byte| is_space(byte)) {
                at += 1;
                if is_break(self.byte(at - 1)) {
                    line = at;
                }
            }
            let deep_enough = self.indent().is_none_or(|indent| at - line > indent);
            if at >= self.text.len() || !deep_enough || self.byte(at) == b'#' || (at == line && self.is_fence(at)) {
                break;
            }
            (self.position, self.line) = (at, line);
            end = self.plain_line();
            if self.colon_follows() {
                return Err(Stop);
            }
        }
        self.value(Shape::Plain, start, end)
    }

    /// Goes to where the scalar ends in this line; gives the offset behind its last character.
    fn plain_line(&mut self) -> usize {
        let mut end = self.position;
        while self.position < self.text.len() {
            let byte = self.byte(self.position);
            match byte {
                b'\n' | b'\r' => break,
                b':' if is_space(self.byte(self.position + 1)) => break,
                b'#' if self.position > 0 && is_space(self.byte(self.position - 1)) => break,
                _ => {
                    self.position += 1;
                    if !is_space(byte) {
                        end = self.position;
                    }
                }
            }
        }
        end
    }

    /// A scalar whose lines are indented deeper (`|`, `>`).
    fn block_scalar(&mut self, start: usize) -> Step {
        let mut given = None;
        self.position += 1;
        let mut header = self.position;
        while matches!(self.byte(header), b'0'..=b'9' | b'+' | b'-') {
            if let digit @ b'1'..=b'9' = self.byte(header) {
                given = Some(usize::from(digit - b'0'));
            }
            header += 1;
        }
        self.skip_line();
        self.value(Shape::Block, start, header)?;
        let outer = self.indent().unwrap_or(0);
        let mut content = given.map(|given| outer + given);
        while is_break(self.byte(self.position)) {
            let (mut line, mut at) = (self.position + 1, self.position + 1);
            if self.byte(self.position) == b'\r' && self.byte(line) == b'\n' {
                (line, at) = (line + 1, at + 1);
            }
            while self.byte(at) == b' ' {
                at += 1;
            }
            let indent = at - line;
            if at < self.text.len() && !is_break(self.byte(at)) {
                let least = content.unwrap_or(outer + 1);
                if indent < least {
                    return Ok(());
                }
                content.get_or_insert(indent);
            }
            self.position = at;
            self.skip_line();
        }
        Ok(())
    }

    pub(super) fn collection_as_key(&mut self, at: usize, column: usize) -> Step {
        let Some(&key) = self.tokens.get(at) else { return Err(Stop) };
        self.tokens.truncate(at);
        // The place of a value was taken by what turns out to be a key.
        self.set_due(true);
        let same = matches!(self.frames.last(), Some(&Frame::Block { list: false, indent, .. }) if indent == column);
        if !same {
            self.open_block(false, key.start, column)?;
        }
        self.push(Shape::CollectionKey, key.start, key.end);
        self.position += 1;
        Ok(())
    }
}
