//! The part of the scanner that goes through what brackets hold together, which is also JSON
//! ([YAML 7.4](https://yaml.org/spec/1.2.2/#74-flow-collection-styles)).

use super::{Frame, Scanner, Shape, Stage, Step, Stop, Token, is_bracket, is_space};

impl Scanner<'_> {
    pub(super) fn open_flow(&mut self, byte: u8, start: usize, column: usize) -> Step {
        self.take_value_place()?;
        self.check_depth()?;
        let list = byte == b'[';
        let at = self.push(if list { Shape::List } else { Shape::Map }, start, start);
        self.frames.push(Frame::Flow { list, at, stage: Stage::First, column, line: self.line });
        self.position += 1;
        Ok(())
    }

    pub(super) fn in_flow(&mut self, byte: u8) -> Step {
        let start = self.position;
        if self.fresh && start == self.line && self.is_fence(start) {
            return Err(Stop);
        }
        self.fresh = false;
        match byte {
            b',' => {
                self.end_item();
                if let Some(Frame::Flow { stage, .. }) = self.frames.last_mut() {
                    *stage = Stage::First;
                }
                self.position += 1;
                Ok(())
            }
            b']' | b'}' => self.close_flow(byte),
            b':' if self.at_flow_colon() => self.flow_colon(),
            b'[' | b'{' => self.open_flow(byte, start, start - self.line),
            b'"' | b'\'' => {
                self.quoted(byte)?;
                self.value(Shape::Quoted, start, self.position)
            }
            b'&' | b'!' => {
                self.property(byte, start - self.line);
                Ok(())
            }
            b'*' => {
                let shape = self.alias();
                self.value(shape, start, self.position)
            }
            b'@' | b'`' | b'%' | b'#' | b'|' | b'>' => Err(Stop),
            b'?' | b'-' if is_space(self.byte(start + 1)) => Err(Stop),
            _ => {
                let end = self.flow_plain();
                self.value(Shape::Plain, start, end)
            }
        }
    }

    fn flow_plain(&mut self) -> usize {
        let mut end = self.position;
        while self.position < self.text.len() {
            let byte = self.byte(self.position);
            let next = self.byte(self.position + 1);
            match byte {
                _ if is_bracket(byte) => break,
                b':' if is_space(next) || is_bracket(next) => break,
                b'#' if self.position > 0 && is_space(self.byte(self.position - 1)) => break,
                b'\n' | b'\r' => self.pass_break(),
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

    /// Whether a colon here belongs to the key before it.
    fn at_flow_colon(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::Flow { stage: Stage::AfterFirst(_), .. }))
    }

    fn flow_colon(&mut self) -> Step {
        let Some(Frame::Flow { list, stage, .. }) = self.frames.last_mut() else { return Err(Stop) };
        let Stage::AfterFirst(at) = *stage else { return Err(Stop) };
        *stage = Stage::Second;
        if *list {
            self.check_depth()?;
            self.become_key(at);
            self.frames.push(Frame::Pair { at, due: true });
        }
        self.position += 1;
        Ok(())
    }

    /// Turns the last node, which stands at `at`, into the first key of a map there.
    fn become_key(&mut self, at: usize) {
        self.tokens.truncate(at + 1);
        if let Some(key) = self.tokens.pop() {
            let shape = if matches!(key.shape, Shape::List | Shape::Map) { Shape::CollectionKey } else { key.shape };
            self.tokens.push(Token { shape: Shape::Map, next: at + 1, ..key });
            self.tokens.push(Token { shape, next: at + 2, ..key });
        }
    }

    /// Ends an item or member: what is left out is filled in.
    fn end_item(&mut self) {
        if matches!(self.frames.last(), Some(Frame::Pair { .. })) {
            self.close();
        }
        if let Some(&Frame::Flow { list: false, stage: Stage::AfterFirst(_) | Stage::Second, .. }) = self.frames.last() {
            self.push(Shape::Missing, self.position, self.position);
        }
    }

    fn close_flow(&mut self, byte: u8) -> Step {
        self.end_item();
        let Some(&Frame::Flow { list, at, column, line, .. }) = self.frames.last() else { return Err(Stop) };
        if list != (byte == b']') {
            return Err(Stop);
        }
        self.position += 1;
        if let Some(token) = self.tokens.get_mut(at) {
            token.end = self.position;
        }
        if let Some(Frame::Flow { stage, .. }) = self.frames.last_mut() {
            *stage = Stage::First;
        }
        self.close();
        // `[a, b]: value` in a block: the list was a key.
        let in_block = !matches!(self.frames.last(), Some(Frame::Flow { .. } | Frame::Pair { .. }));
        if in_block && !self.json && line == self.line && self.colon_follows() {
            return self.collection_as_key(at, column);
        }
        Ok(())
    }
}
