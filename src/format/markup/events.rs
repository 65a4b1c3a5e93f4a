//! The tolerant walk, for those who want to see every tag as it is written.
//!
//! In: decoded text, however broken. Out: elements as they open and close, with the places of their names, attributes and texts. Each
//! element that opens closes, and says whether its own end tag did that; a depth and a number of attributes that no feed needs are cut off.

use super::cursor::{Cursor, Step, Tag};
use super::token::{Token, Tokens};
use super::{Repairs, decode};
use std::borrow::Cow;

/// An attribute with its places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written<'a> {
    /// With its prefix.
    pub(crate) name: &'a str,
    /// References not decoded.
    pub(crate) raw: &'a str,
    /// Byte offset of the name.
    pub(crate) at: usize,
    /// Byte offset of the value.
    pub(crate) value_at: usize,
}

impl Written<'_> {
    /// The value with references resolved; unknown ones stay.
    pub(crate) fn value(&self) -> Cow<'_, str> {
        decode(self.raw)
    }
}

/// One step of the walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event<'a> {
    /// An element opens.
    Open {
        /// Byte offset of its `<`.
        at: usize,
        /// With its prefix.
        name: &'a str,
        /// In their order.
        attributes: Vec<Written<'a>>,
    },
    /// Text in the innermost open element.
    Text {
        /// Byte offset of its first byte, of the mark when it is a CDATA section.
        at: usize,
        /// As it is written, with references and marks.
        raw: &'a str,
        /// The characters.
        value: Cow<'a, str>,
        /// Whether it is a CDATA section, so that nothing in it is a reference.
        literal: bool,
    },
    /// The innermost open element closes.
    Close {
        /// Byte offset behind it.
        end: usize,
        /// Whether its end tag, or `/>`, says so.
        whole: bool,
    },
}

/// The walk.
pub(crate) struct Events<'a> {
    text: &'a str,
    cursor: Cursor<'a>,
    /// Names of the open elements.
    open: Vec<&'a str>,
    /// Whether the last event opened an element.
    has_just_opened: bool,
}

impl<'a> Events<'a> {
    /// A walk through a whole document.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, cursor: Cursor::new(text, 0, Repairs::of(text.len())), open: Vec::new(), has_just_opened: false }
    }

    fn opened(&mut self, tag: &Tag<'a>) -> Event<'a> {
        let end = place_in(self.text, tag.written) + tag.written.len();
        let name = self.text.get(tag.offset + 1..end).unwrap_or(tag.written);
        self.open.push(name);
        let written = |attribute: super::attributes::Attribute<'a>| {
            let at = place_in(self.text, attribute.name);
            // One without a value has none in the text.
            let value_at = if attribute.value.is_empty() && !attribute.quoted { at } else { place_in(self.text, attribute.value) };
            Written { name: attribute.name, raw: attribute.value, at, value_at }
        };
        Event::Open { at: tag.offset, name, attributes: tag.attributes().map(written).collect() }
    }

    /// Closes one of the elements that the walk has left.
    fn closed(&mut self) -> Event<'a> {
        let name = self.open.pop().unwrap_or_default();
        let end = self.cursor.closed_at();
        let is_last = self.open.len() == self.cursor.depth();
        let tag = self.text.get(end..).and_then(|rest| rest.strip_prefix("</")?.strip_prefix(name)).filter(|_| is_last);
        let is_named = tag.is_some_and(|rest| rest.trim_start().starts_with('>'));
        let is_empty = self.has_just_opened && is_last && self.text.get(..end).is_some_and(|before| before.ends_with("/>"));
        let length = tag.filter(|_| is_named).and_then(|rest| rest.find('>')).map_or(0, |close| "</".len() + name.len() + close + 1);
        Event::Close { end: end + length, whole: is_named || is_empty }
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        let event = if self.open.len() > self.cursor.depth() {
            self.closed()
        } else {
            match self.cursor.step() {
                Step::Open(tag) => self.opened(&tag),
                Step::Text { offset, raw, literal } => {
                    let marked = |raw: &str| self.text.get(offset..(offset + "<![CDATA[]]>".len() + raw.len()).min(self.text.len()));
                    let value = if literal { Cow::Borrowed(raw) } else { decode(raw) };
                    let raw = if literal { marked(raw).unwrap_or(raw) } else { raw };
                    Event::Text { at: offset, raw, value, literal }
                }
                Step::Close => self.closed(),
                Step::End => return None,
            }
        };
        self.has_just_opened = matches!(event, Event::Open { .. });
        Some(event)
    }
}

/// Where a part of a text begins in it.
fn place_in(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len())
}

/// The innermost element that is open at this byte, with the place of its `<`, when all tags before it are where they belong.
pub(crate) fn open_at(text: &str, at: usize) -> Option<(usize, &str)> {
    let mut tokens = Tokens::new(text, 0);
    let mut repairs = Repairs::default();
    let mut open = Vec::new();
    while let Some((offset, token)) = tokens.next(&mut repairs).filter(|(offset, _)| *offset < at) {
        match token {
            Token::Open { name, empty: false, .. } => open.push((offset, name)),
            Token::Close(_) => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let tell = |event| match event {
            Event::Open { name, at, attributes } => {
                let attributes: Vec<_> = attributes.iter().map(|one| format!(" {}@{}={}@{}", one.name, one.at, one.value(), one.value_at)).collect();
                format!("<{name}@{at}{}>", attributes.concat())
            }
            Event::Text { value, at, .. } => format!("{value}@{at}"),
            Event::Close { end, whole } => format!("{}{end}", if whole { "/" } else { "~" }),
        };
        Events::new(text).map(tell).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn elements_open_and_close_with_their_places() {
        assert_eq!(told("<a b='1 &amp; 2' c=x>t<d:e/></a >"), "<a@0 b@3=1 & 2@6 c@17=x@19> t@21 <d:e@22> /28 /33");
    }

    #[test]
    fn what_nobody_closed_closes_and_says_so() {
        assert_eq!(told("<a><b>t</a>"), "<a@0> <b@3> t@6 ~7 /11");
        assert_eq!(
            told("<rss><channel><item><title>x</title><item/>"),
            "<rss@0> <channel@5> <item@14> <title@20> x@27 /36 <item@36> /43 ~43 ~43 ~43"
        );
        assert_eq!(told("<a>t</A>"), "<a@0> t@3 ~4");
    }

    #[test]
    fn the_element_around_a_place_is_found() {
        assert_eq!(open_at("<a><b></b><c>x</a>", 14), Some((10, "c")));
        assert_eq!(open_at("<a/>x", 5), None);
    }
}
