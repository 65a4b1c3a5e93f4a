//! The members that an object of JSON Feed may have, and what each must look like.

use super::{Checker, kind_of};
use crate::diagnostic::Code;
use crate::model::{Language, Timestamp};
use crate::syntax::{Map, Member, Node, Value};
use crate::text::near::nearest;
use crate::text::url::is_web;

/// What a member must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A string.
    Text,
    /// A string without HTML.
    Plain,
    /// An absolute address.
    Url,
    /// A BCP 47 tag.
    Language,
    /// An RFC 3339 date.
    Date,
    /// A media type.
    Mime,
    /// `true` or `false`.
    Bool,
    /// A number from 0.
    Number,
    /// A whole number from 0.
    Whole,
    /// A string; a number is doubtful.
    Id,
    /// A list of strings.
    Texts,
    /// A list of objects.
    Objects,
    /// An object.
    Object,
}

pub(super) type Members = &'static [(&'static str, Shape)];

pub(super) const FEED: Members = &[
    ("version", Shape::Text),
    ("title", Shape::Plain),
    ("home_page_url", Shape::Url),
    ("feed_url", Shape::Url),
    ("description", Shape::Plain),
    ("user_comment", Shape::Text),
    ("next_url", Shape::Url),
    ("icon", Shape::Url),
    ("favicon", Shape::Url),
    ("authors", Shape::Objects),
    ("author", Shape::Object),
    ("language", Shape::Language),
    ("expired", Shape::Bool),
    ("hubs", Shape::Objects),
    ("items", Shape::Objects),
];

pub(super) const ITEM: Members = &[
    ("id", Shape::Id),
    ("url", Shape::Url),
    ("external_url", Shape::Url),
    ("title", Shape::Plain),
    ("content_html", Shape::Text),
    ("content_text", Shape::Plain),
    ("summary", Shape::Plain),
    ("image", Shape::Url),
    ("banner_image", Shape::Url),
    ("date_published", Shape::Date),
    ("date_modified", Shape::Date),
    ("authors", Shape::Objects),
    ("author", Shape::Object),
    ("tags", Shape::Texts),
    ("language", Shape::Language),
    ("attachments", Shape::Objects),
];

pub(super) const AUTHOR: Members = &[("name", Shape::Text), ("url", Shape::Url), ("avatar", Shape::Url)];
pub(super) const HUB: Members = &[("type", Shape::Text), ("url", Shape::Url)];
pub(super) const ATTACHMENT: Members = &[
    ("url", Shape::Url),
    ("mime_type", Shape::Mime),
    ("title", Shape::Text),
    ("size_in_bytes", Shape::Whole),
    ("duration_in_seconds", Shape::Number),
];

impl Checker<'_, '_, '_> {
    /// Each member of an object by itself.
    pub(super) fn members(&mut self, map: &Map, known: Members, what: &str) {
        for member in map.iter() {
            match known.iter().find(|(name, _)| *name == member.key) {
                Some((_, shape)) => self.member(member, *shape),
                None => self.unknown(member, known, what),
            }
        }
    }

    fn unknown(&mut self, member: &Member, known: Members, what: &str) {
        let key = &member.key;
        let Some(name) = key.strip_prefix('_') else {
            let near = nearest(key, known.iter().map(|(name, _)| *name)).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let message = format!("expected a member of {what}, or an extension whose name begins with `_`, found `{key}`{near}");
            return self.say(Code::JsonUnknownMember, member.key_place, message);
        };
        if !name.starts_with(|c: char| c.is_alphabetic()) || key.contains('.') {
            self.say(Code::JsonExtensionName, member.key_place, format!("expected `_`, a letter and no dot, found `{key}`"));
        }
        if member.node.as_map().is_none() {
            let message = format!("expected an object as extension `{key}`, found {}", kind_of(&member.node.value));
            self.say(Code::JsonExtensionShape, member.node.place, message);
        }
    }

    fn member(&mut self, member: &Member, shape: Shape) {
        let (key, node) = (&member.key, &member.node);
        if matches!(node.value, Value::Null) {
            return self.say(Code::JsonNull, node.place, format!("expected `{key}` to be left out or to say something, found null"));
        }
        let expected = match (shape, &node.value) {
            (Shape::Texts | Shape::Objects, Value::List(items)) => return self.elements(key, items, shape),
            (Shape::Object, Value::Map(_)) | (Shape::Bool, Value::Bool(_)) => return,
            (Shape::Number | Shape::Whole, Value::Integer(_) | Value::Float(_)) => return self.number(key, node, shape),
            (Shape::Id, Value::Integer(_) | Value::Float(_)) => {
                let message = format!("expected a string as `{key}`, found the number {}", node.as_text().unwrap_or_default());
                return self.say(Code::JsonIdNumber, node.place, message);
            }
            (Shape::Texts | Shape::Objects, _) => "a list",
            (Shape::Object, _) => "an object",
            (Shape::Bool, _) => "true or false",
            (Shape::Number | Shape::Whole, _) => "a number",
            (_, Value::Text(text)) if text.trim().is_empty() => {
                return self.say(Code::JsonEmpty, node.place, format!("expected `{key}` to be left out or to say something, found an empty string"));
            }
            (_, Value::Text(text)) => return self.string(key, text, node, shape),
            _ => "a string",
        };
        self.say(Code::JsonType, node.place, format!("expected {expected} as `{key}`, found {}", kind_of(&node.value)));
    }

    fn elements(&mut self, key: &str, items: &[Node], shape: Shape) {
        for item in items {
            let (good, expected) = match shape {
                Shape::Texts => (matches!(item.value, Value::Text(_)), "strings"),
                _ => (matches!(item.value, Value::Map(_)), "objects"),
            };
            if !good {
                self.say(Code::JsonElementType, item.place, format!("expected {expected} in `{key}`, found {}", kind_of(&item.value)));
            }
        }
    }

    fn number(&mut self, key: &str, node: &Node, shape: Shape) {
        let written = node.as_text().unwrap_or_default();
        let value: f64 = written.parse().unwrap_or(-1.0);
        let code = if shape == Shape::Whole { Code::JsonSize } else { Code::JsonDuration };
        // Whole numbers may be written with a fraction of zeros.
        if value < 0.0 || shape == Shape::Whole && value.fract() != 0.0 {
            let expected = if shape == Shape::Whole { "a whole number from 0" } else { "a number from 0" };
            self.say(code, node.place, format!("expected {expected} as `{key}`, found {written}"));
        }
    }

    fn string(&mut self, key: &str, text: &str, node: &Node, shape: Shape) {
        let place = node.place;
        match shape {
            Shape::Url => self.url(key, text, node),
            Shape::Language if Language::parse(text).is_none() => {
                self.say(Code::JsonLanguage, place, format!("expected a BCP 47 tag such as zh-CN as `{key}`, found `{text}`"));
            }
            Shape::Date if !is_rfc3339(text) => {
                self.say(Code::JsonDate, place, format!("expected a date such as 2025-02-14T10:11:09+08:00 as `{key}`, found `{text}`"));
            }
            Shape::Mime if !is_media_type(text) => {
                self.say(Code::JsonMime, place, format!("expected a media type such as audio/mpeg as `{key}`, found `{text}`"));
            }
            Shape::Plain => {
                if let Some(tag) = first_tag(text) {
                    self.say(Code::JsonHtmlInText, place, format!("expected plain text as `{key}`, found `{tag}`"));
                }
            }
            _ => {}
        }
    }

    fn url(&mut self, key: &str, text: &str, node: &Node) {
        let scheme = text.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        });
        match scheme {
            None => self.say(Code::JsonUrlRelative, node.place, format!("expected an absolute address as `{key}`, found `{text}`")),
            Some(scheme) => {
                let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
                if text.contains(|c: char| c.is_whitespace() || c.is_control())
                    || web && (!is_web(text) || !text.contains("://") || text.contains(":///"))
                {
                    self.say(Code::JsonUrl, node.place, format!("expected an address as `{key}`, found `{text}`"));
                }
            }
        }
    }
}

/// RFC 3339 §5.6 as JSON Feed shows it: with a `T`, seconds and an offset.
pub(super) fn is_rfc3339(text: &str) -> bool {
    let shape = text.as_bytes();
    shape.get(4) == Some(&b'-') && matches!(shape.get(10), Some(b'T' | b't')) && Timestamp::parse_rfc3339(text).is_some()
}

/// `type/subtype` (RFC 6838 §4.2), with or without parameters.
fn is_media_type(text: &str) -> bool {
    let name = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphanumeric())
            && part.len() <= 127
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
    };
    let essence = text.split(';').next().unwrap_or_default().trim_end();
    essence.split_once('/').is_some_and(|(kind, sub)| name(kind) && name(sub))
}

/// Elements of HTML that nobody writes in a text by accident.
const TAGS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "div",
    "em",
    "figure",
    "h1",
    "h2",
    "h3",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "script",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "u",
    "ul",
    "video",
];

/// The first HTML tag in a text that should have none.
pub(super) fn first_tag(text: &str) -> Option<&str> {
    text.match_indices('<').find_map(|(at, _)| {
        let rest = text.get(at..)?;
        let end = rest.find('>')?;
        let inside = rest.get(1..end).filter(|inside| !inside.contains('<'))?.trim_start_matches('/');
        let name = inside.split(|c: char| c.is_whitespace() || c == '/').next()?;
        let known = TAGS.iter().any(|tag| name.eq_ignore_ascii_case(tag));
        known.then(|| rest.get(..=end)).flatten()
    })
}
