//! JSON Feed 1.0 and 1.1 → model (<https://www.jsonfeed.org/version/1.1/>).
//!
//! In: text. Out: the feed; each item goes to the sink as soon as it is read. A member of the wrong shape is passed over, not
//! the item; a document that is no JSON is mended first. Members whose names start with `_` are kept as extensions.

use super::super::markup::{Repairs, excerpt};
use super::super::read::{Content, Dialect, Hints, ReadError, context, limit};
use super::{feedloom, item, mend};
use crate::diagnostic::Code;
use crate::model::{Entry, Extension, Feed, Id, Language, Link, Rel, Text, TextKind};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// Reads a feed that begins at `at`.
pub(in super::super) fn read(
    text: &str,
    at: usize,
    hints: &Hints,
    mut repairs: Repairs,
    sink: &mut dyn FnMut(Entry),
) -> Result<(Dialect, Content, Repairs), ReadError> {
    let json = text.get(at..).unwrap_or_default();
    let (mut given, mut seen) = (0, 0);
    let mut top = Members::default();
    let mut context = context::Context::new(hints);
    {
        let mut reader = Items { context: &mut context, repairs: &mut repairs, sink, skip: 0, seen: &mut seen, given: &mut given };
        match parse(json, &mut top, &mut reader) {
            Ok(end) => {
                let rest = json.get(end..).unwrap_or_default();
                let blank = rest.len() - rest.trim_start().len();
                if blank < rest.len() {
                    repairs.note(at + end + blank, Code::TrailingJunk, || format!("expected the end of the file, found `{}`", excerpt(rest)));
                }
            }
            Err(error) => {
                let place = offset(json, error.line(), error.column());
                repairs.is_cut_off |= error.is_eof();
                repairs.note(at + place, Code::JsonSyntax, || format!("expected JSON, found a mistake: {error}"));
                let mended = mend::mend(json);
                let skip = seen;
                let mut reader = Items { context: &mut context, repairs: &mut repairs, sink, skip, seen: &mut seen, given: &mut given };
                let again = parse(&mended, &mut top, &mut reader);
                // What was read before the mistake is read.
                match again {
                    Err(error) if given == 0 => return Err(ReadError::Json(format!("that cannot be read: {error}"))),
                    Err(error) => repairs.note(at + place, Code::JsonSyntax, || {
                        format!("expected JSON behind the mistake, found another one ({error}); the rest was left out")
                    }),
                    Ok(_) => {}
                }
            }
        }
    }
    let Members { members, has_items } = top;
    let version = members.get("version").and_then(Value::as_str).unwrap_or_default();
    if !version.contains("jsonfeed.org") {
        if !has_items && given == 0 {
            return Err(ReadError::Json("without `version` and `items`".to_owned()));
        }
        repairs.note(at, Code::UnknownDialect, || "expected the version https://jsonfeed.org/version/1.1, found none".to_owned());
    }
    let version = version.rsplit('/').next().filter(|_| version.contains("/version/")).unwrap_or_default();
    let dialect = Dialect::Json(limit::cut(version, 16).to_owned());
    let feed = feed(&members, hints, &mut repairs);
    repairs.find_values(text);
    Ok((dialect, Content::Feed(Box::new(feed)), repairs))
}

/// Where a line and a column in bytes, both from 1, are.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let at = (before + column.saturating_sub(1)).min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The members of the document but its items, as far as they were read.
#[derive(Default)]
struct Members {
    members: Map<String, Value>,
    has_items: bool,
}

/// Reads a document; gives where it ends.
fn parse(json: &str, members: &mut Members, items: &mut Items<'_, '_, '_>) -> Result<usize, serde_json::Error> {
    let mut stream = serde_json::Deserializer::from_str(json).into_iter::<IgnoredAny>();
    // The iterator only tells where the value ends; the value itself is read by the seed.
    let mut deserializer = serde_json::Deserializer::from_str(json);
    Top { members, items }.deserialize(&mut deserializer)?;
    Ok(if deserializer.end().is_ok() {
        json.len()
    } else {
        let _ = stream.next();
        stream.byte_offset()
    })
}

/// Gives items away as they are read.
struct Items<'h, 'r, 's> {
    context: &'r mut context::Context<'h>,
    repairs: &'r mut Repairs,
    sink: &'s mut dyn FnMut(Entry),
    /// How many members of the list were read before the text was mended.
    skip: usize,
    seen: &'r mut usize,
    given: &'r mut usize,
}

impl Items<'_, '_, '_> {
    /// Gives the item away, unless that was done before the text was mended; `index` counts from 1.
    fn take(&mut self, index: usize, value: Value) {
        if index <= self.skip {
            return;
        }
        *self.seen = index;
        if *self.given >= limit::ENTRIES {
            self.repairs.note(0, Code::LimitExceeded, || format!("expected at most {} items, found more; they were left out", limit::ENTRIES));
            return;
        }
        if let Value::Object(members) = value {
            *self.given += 1;
            (self.sink)(item::read(&members, self.context, self.repairs));
        }
    }
}

struct Top<'i, 'h, 'r, 's> {
    members: &'i mut Members,
    items: &'i mut Items<'h, 'r, 's>,
}

impl<'de> DeserializeSeed<'de> for Top<'_, '_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `version` and `items`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let Members { members, has_items } = self.members;
        // A second reading of the mended text has the list once more.
        *has_items = false;
        while let Some(key) = map.next_key::<String>()? {
            if key == "items" && !*has_items {
                *has_items = map.next_value_seed(List { items: &mut *self.items })?;
            } else {
                let value: Value = map.next_value()?;
                // Where the feed is at home decides what dates without a zone mean.
                match (key.as_str(), value.as_str()) {
                    ("language", Some(tag)) => {
                        if let Some(language) = Language::parse(tag) {
                            self.items.context.learn_language(&language);
                        }
                    }
                    ("title", Some(title)) => self.items.context.learn_title(title),
                    _ => {}
                }
                members.insert(key, value);
            }
        }
        Ok(())
    }
}

struct List<'i, 'h, 'r, 's> {
    items: &'i mut Items<'h, 'r, 's>,
}

impl<'de> DeserializeSeed<'de> for List<'_, '_, '_, '_> {
    /// Whether it is a list.
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for List<'_, '_, '_, '_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<bool, A::Error> {
        let mut index = 0;
        while let Some(value) = seq.next_element()? {
            index += 1;
            self.items.take(index, value);
        }
        Ok(true)
    }

    /// PHP writes a list from which something was removed as an object with numbers as names.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let mut index = 0;
        while let Some((_, value)) = map.next_entry::<IgnoredAny, Value>()? {
            index += 1;
            self.items.take(index, value);
        }
        Ok(true)
    }
}

fn feed(members: &Map<String, Value>, hints: &Hints, repairs: &mut Repairs) -> Feed {
    let text = |name: &str| item::line(members, name);
    let base = context_base(hints);
    let mut address = |name: &str| text(name).and_then(|url| base.resolve(&url, 0, repairs));
    let (home, own, icon, favicon, next) = (address("home_page_url"), address("feed_url"), address("icon"), address("favicon"), address("next_url"));
    let title = text("title").unwrap_or_default();
    let id = own.clone().or_else(|| home.clone()).unwrap_or_else(|| title.clone());
    let mut feed = Feed::new(Id::derived(id), Text::plain(title));
    feed.subtitle = item::block(members, "description").and_then(|text| item::text(text, TextKind::Plain));
    feed.links.extend(home.map(|href| Link::new(Rel::Alternate, href)));
    feed.links.extend(own.map(|href| Link::new(Rel::Itself, href)));
    feed.links.extend(next.map(|href| Link::new(Rel::Other("next".to_owned()), href)));
    if let Some(Value::Array(hubs)) = members.get("hubs") {
        let urls = hubs.iter().take(limit::LIST).filter_map(|hub| hub.get("url")?.as_str());
        feed.links.extend(urls.filter_map(|url| Some(Link::new(Rel::Hub, base.resolve(url, 0, repairs)?))));
    }
    feed.icon = icon.or(favicon);
    feed.language = text("language").and_then(|language| context::language(&language, 0, repairs));
    feed.authors = item::authors(members);
    feed.extensions = extensions(members);
    feedloom::feed(&mut feed, members.get("_feedloom"), &context::Context::new(hints), repairs);
    feed
}

fn context_base(hints: &Hints) -> super::super::read::Base {
    super::super::read::Base::new(hints.base.as_deref())
}

/// Members of others' making.
pub(super) fn extensions(members: &Map<String, Value>) -> Vec<Extension> {
    let own = members.iter().filter(|(name, _)| name.starts_with('_') && *name != "_feedloom");
    own.take(limit::LIST)
        .map(|(name, value)| {
            let mut extension = Extension::new("", name.as_str());
            extension.text = value.to_string();
            extension
        })
        .collect()
}
