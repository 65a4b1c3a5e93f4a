//! YAML or JSON text in; where each key, item and scalar stands out, as a flat tree.
//!
//! A helper of the real parsers, which tell no places: it knows as much of YAML as is needed to find things (block and
//! flow collections, quotes, block scalars, anchors, comments), judges nothing and stops where it is at a loss. It goes
//! through the text once, with a stack of its own.

mod block;
mod flow;

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
    /// Where the innermost list or map in brackets starts that was not closed when the scanner ended.
    pub(super) open: Option<usize>,
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
        let open = self.frames.iter().rev().find_map(|frame| match frame {
            Frame::Flow { at, .. } => self.tokens.get(*at).map(|token| token.start),
            _ => None,
        });
        while !self.frames.is_empty() {
            self.close();
        }
        Scan { tokens: self.tokens, too_deep: self.too_deep, open }
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
