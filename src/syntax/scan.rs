//! YAML or JSON text in; where each key, item and scalar stands out, as a flat tree.
//!
//! A helper of the real parsers, which tell no places: it knows as much of YAML as is needed to find things (block and
//! flow collections, quotes, block scalars, anchors, comments), judges nothing and stops where it is at a loss. It goes
//! through the text once, with a stack of its own.

use super::MAX_DEPTH;
use std::collections::HashMap;

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A scalar without quotes.
    Plain,
    /// A scalar in quotes.
    Quoted,
    /// A block scalar (`|`, `>`).
    Block,
    /// An alias and the token it stands for, when that is known.
    Alias(Option<usize>),
    /// A list.
    List,
    /// A map: its children are keys and values in turn.
    Map,
    /// A value that is left out.
    Missing,
    /// A list or map that is a key; what it holds is not looked at.
    CollectionKey,
}

/// One node of the text. The nodes lie in the order of the text, parents before children.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) shape: Shape,
    /// Byte offset of its first character.
    pub(super) start: usize,
    /// Byte offset behind its last character.
    pub(super) end: usize,
    /// Index of the token behind its last child.
    next: usize,
}

/// What was seen in a text.
#[derive(Debug, Default)]
pub(super) struct Scan {
    tokens: Vec<Token>,
    /// Where the nesting went beyond the limit.
    pub(super) too_deep: Option<usize>,
}

impl Scan {
    /// Looks at a YAML document.
    pub(super) fn of_yaml(text: &str) -> Self {
        Scanner::new(text, false).run()
    }

    /// Looks at the JSON value that the text starts with.
    pub(super) fn of_json(text: &str) -> Self {
        Scanner::new(text, true).run()
    }

    pub(super) fn root(&self) -> Option<usize> {
        if self.tokens.is_empty() { None } else { Some(0) }
    }

    pub(super) fn get(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    pub(super) fn first_child(&self, at: usize) -> Option<usize> {
        if self.tokens.get(at)?.next > at + 1 { Some(at + 1) } else { None }
    }

    /// The sibling behind `at` inside `parent`.
    pub(super) fn after(&self, at: Option<usize>, parent: Option<usize>) -> Option<usize> {
        let (next, end) = (self.tokens.get(at?)?.next, self.tokens.get(parent?)?.next);
        if next < end { Some(next) } else { None }
    }

    /// The token that an alias stands for; every other token stands for itself.
    pub(super) fn resolve(&self, at: usize) -> usize {
        match self.tokens.get(at).map(|token| token.shape) {
            Some(Shape::Alias(Some(target))) => target,
            _ => at,
        }
    }
}

/// An open collection.
#[derive(Clone, Copy)]
enum Frame {
    /// By indentation. `due`: a key or dash has no value yet.
    Block { list: bool, indent: usize, at: usize, due: bool },
    /// In brackets, opened at `column` of the line that starts at `line`.
    Flow { list: bool, at: usize, stage: Stage, column: usize, line: usize },
    /// `key: value` without braces inside a flow list.
    Pair { at: usize, due: bool },
}

/// What comes next between brackets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// A key or an item.
    First,
    /// The colon behind the key or item at this token.
    AfterFirst(usize),
    /// A value.
    Second,
    /// A comma.
    AfterSecond,
}

/// The scanner ends here.
struct Stop;

type Step = Result<(), Stop>;

struct Scanner<'t> {
    text: &'t [u8],
    json: bool,
    position: usize,
    /// Where the current line starts.
    line: usize,
    /// Whether nothing was seen in this line.
    fresh: bool,
    tokens: Vec<Token>,
    frames: Vec<Frame>,
    anchors: HashMap<&'t [u8], usize>,
    /// An anchor that waits for its node.
    anchor: Option<&'t [u8]>,
    /// Where the anchor or tag stands that belongs to the next node: line and column.
    property: Option<(usize, usize)>,
    too_deep: Option<usize>,
}

fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// White space or the end of the text.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0)
}

fn is_bracket(byte: u8) -> bool {
    matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str, json: bool) -> Self {
        Self {
            text: text.as_bytes(),
            json,
            position: 0,
            line: 0,
            fresh: true,
            tokens: Vec::new(),
            frames: Vec::new(),
            anchors: HashMap::new(),
            anchor: None,
            property: None,
            too_deep: None,
        }
    }

    fn run(mut self) -> Scan {
        while let Some(byte) = self.skip_blank() {
            let step = if matches!(self.frames.last(), Some(Frame::Flow { .. } | Frame::Pair { .. })) {
                self.in_flow(byte)
            } else if self.json && !self.tokens.is_empty() {
                Err(Stop)
            } else {
                self.in_block(byte)
            };
            if step.is_err() {
                break;
            }
        }
        while !self.frames.is_empty() {
            self.close();
        }
        Scan { tokens: self.tokens, too_deep: self.too_deep }
    }

    /// The byte there; 0 behind the end. A NUL in the text reads as the end of a word too.
    fn byte(&self, at: usize) -> u8 {
        self.text.get(at).copied().unwrap_or(0)
    }

    /// Goes to the next byte that is no white space and no comment.
    fn skip_blank(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.get(self.position)?;
            match byte {
                b' ' | b'\t' => self.position += 1,
                b'\n' | b'\r' => self.pass_break(),
                b'#' if !self.json && (self.position == 0 || is_space(self.byte(self.position - 1))) => self.skip_line(),
                _ => return Some(byte),
            }
        }
    }

    fn pass_break(&mut self) {
        self.position += 1;
        self.line = self.position;
        self.fresh = true;
    }

    /// Goes to the end of the line.
    fn skip_line(&mut self) {
        while self.position < self.text.len() && !is_break(self.byte(self.position)) {
            self.position += 1;
        }
    }

    /// Whether a line of three equal marks stands here, as `---` and `...` do.
    fn is_fence(&self, at: usize) -> bool {
        let mark = self.text.get(at..at + 3);
        (mark == Some(b"---") || mark == Some(b"...")) && is_space(self.byte(at + 3))
    }

    fn in_block(&mut self, byte: u8) -> Step {
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
            b'[' | b'{' => self.open_flow(byte, start, column),
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

    fn check_depth(&mut self) -> Step {
        if self.frames.len() >= MAX_DEPTH {
            self.too_deep = Some(self.position);
            return Err(Stop);
        }
        Ok(())
    }

    /// A value comes: the key or dash before it is served.
    fn take_value_place(&mut self) -> Step {
        match self.frames.last_mut() {
            None if self.tokens.is_empty() => Ok(()),
            Some(Frame::Block { due, .. } | Frame::Pair { due, .. }) if *due => {
                *due = false;
                Ok(())
            }
            Some(Frame::Flow { list, stage, .. }) => {
                *stage = match *stage {
                    Stage::First => Stage::AfterFirst(self.tokens.len()),
                    Stage::Second if !*list => Stage::AfterSecond,
                    _ => return Err(Stop),
                };
                Ok(())
            }
            _ => Err(Stop),
        }
    }

    fn set_due(&mut self, now: bool) {
        if let Some(Frame::Block { due, .. } | Frame::Pair { due, .. }) = self.frames.last_mut() {
            *due = now;
        }
    }

    fn push(&mut self, shape: Shape, start: usize, end: usize) -> usize {
        let at = self.tokens.len();
        self.tokens.push(Token { shape, start, end, next: at + 1 });
        if let Some(name) = self.anchor.take() {
            self.anchors.insert(name, at);
        }
        self.property = None;
        at
    }

    fn value(&mut self, shape: Shape, start: usize, end: usize) -> Step {
        self.take_value_place()?;
        self.push(shape, start, end);
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

    /// Goes to the colon of a key, when one stands behind blanks.
    fn colon_follows(&mut self) -> bool {
        let mut at = self.position;
        while matches!(self.byte(at), b' ' | b'\t') {
            at += 1;
        }
        let follows = self.byte(at) == b':' && is_space(self.byte(at + 1));
        if follows {
            self.position = at;
        }
        follows
    }

    /// An anchor or a tag.
    fn property(&mut self, byte: u8, column: usize) {
        if self.property.is_none_or(|(line, _)| line != self.line) {
            self.property = Some((self.line, column));
        }
        let name = self.word();
        if byte == b'&' {
            self.anchor = Some(name);
        }
    }

    fn alias(&mut self) -> Shape {
        let name = self.word();
        Shape::Alias(self.anchors.get(name).copied())
    }

    /// Goes behind the mark here and the word that follows; gives the word.
    fn word(&mut self) -> &'t [u8] {
        let start = self.position + 1;
        self.position = start;
        while !is_space(self.byte(self.position)) && !is_bracket(self.byte(self.position)) {
            self.position += 1;
        }
        self.text.get(start..self.position).unwrap_or_default()
    }

    /// Goes behind a scalar in quotes.
    fn quoted(&mut self, quote: u8) -> Step {
        self.position += 1;
        while self.position < self.text.len() {
            let byte = self.byte(self.position);
            match byte {
                b'\\' if quote == b'"' && !is_break(self.byte(self.position + 1)) => self.position += 2,
                b'\'' if byte == quote && self.byte(self.position + 1) == quote => self.position += 2,
                b'\n' | b'\r' => self.pass_break(),
                _ if byte == quote => {
                    self.position += 1;
                    self.fresh = false;
                    return Ok(());
                }
                _ => self.position += 1,
            }
        }
        Err(Stop)
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

    fn open_flow(&mut self, byte: u8, start: usize, column: usize) -> Step {
        self.take_value_place()?;
        self.check_depth()?;
        let list = byte == b'[';
        let at = self.push(if list { Shape::List } else { Shape::Map }, start, start);
        self.frames.push(Frame::Flow { list, at, stage: Stage::First, column, line: self.line });
        self.position += 1;
        Ok(())
    }

    fn in_flow(&mut self, byte: u8) -> Step {
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

    fn collection_as_key(&mut self, at: usize, column: usize) -> Step {
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

    /// Closes the innermost collection.
    fn close(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        let at = match frame {
            Frame::Block { at, due, .. } | Frame::Pair { at, due } => {
                if due {
                    self.push(Shape::Missing, self.position, self.position);
                }
                at
            }
            Frame::Flow { at, .. } => at,
        };
        let next = self.tokens.len();
        if let Some(token) = self.tokens.get_mut(at) {
            token.next = next;
        }
    }
}
