//! What a parser says (through serde) and what the scanner saw, in step, in; nodes with places out.
//!
//! The parser alone decides what the text says: the scanner only lends places and the text of numbers. Where the two
//! disagree, the place of the parent is used.

use super::place::{Lines, Place};
use super::scan::{Scan, Shape};
use super::value::{Map, Member, Node, Value};
use super::{Duplicate, Parsed};
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;

/// How many double keys are listed: more tell nobody anything.
const MAX_DUPLICATES: usize = 100;

/// Up to here a map is searched, above it has an index.
const SMALL_MAP: usize = 24;

/// What the message of the error holds when the values are too many; no parser says this.
pub(super) const TOO_BIG: &str = "values repeated by aliases fill too much memory";

/// The text, what the scanner saw in it, and what is collected on the way.
pub(super) struct Builder<'t> {
    text: &'t str,
    lines: &'t Lines<'t>,
    scan: &'t Scan,
    /// Whether `<<` merges (YAML).
    merge: bool,
    /// Nodes and bytes of text that may still be made. Aliases can repeat what stands once: a text of a megabyte would
    /// else fill any memory.
    budget: Cell<usize>,
    duplicates: RefCell<Vec<Duplicate>>,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str, lines: &'t Lines<'t>, scan: &'t Scan, merge: bool) -> Self {
        let budget = text.len().saturating_mul(10).saturating_add(100_000);
        Self { text, lines, scan, merge, budget: Cell::new(budget), duplicates: RefCell::default() }
    }

    /// Reads the whole value.
    pub(super) fn read<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<Parsed, D::Error> {
        let at = self.scan.root();
        let node = Seed { builder: &self, at, place: Place::default() }.deserialize(deserializer)?;
        Ok(Parsed { value: node.value, duplicates: self.duplicates.into_inner(), repairs: Vec::new() })
    }

    fn place(&self, at: Option<usize>) -> Option<Place> {
        Some(self.lines.place(self.scan.get(at?)?.start))
    }

    /// The text of a scalar without quotes.
    fn plain(&self, at: Option<usize>) -> Option<&'t str> {
        let token = self.scan.get(self.scan.resolve(at?))?;
        if token.shape == Shape::Plain { self.text.get(token.start..token.end) } else { None }
    }

    fn charge<E: Error>(&self, bytes: usize) -> Result<(), E> {
        let left = self.budget.get().checked_sub(bytes.saturating_add(1)).ok_or_else(|| E::custom(TOO_BIG))?;
        self.budget.set(left);
        Ok(())
    }

    fn note_duplicate(&self, key: &str, place: Place, first: Place) {
        let mut duplicates = self.duplicates.borrow_mut();
        // An alias brings the same keys again.
        if duplicates.len() < MAX_DUPLICATES && !duplicates.iter().any(|known| known.place == place) {
            duplicates.push(Duplicate { key: key.to_owned(), place, first });
        }
    }

    /// Whether the scanner and the parser mean the same key.
    fn is_key(&self, at: usize, key: &str) -> bool {
        let Some(token) = self.scan.get(at) else { return false };
        let source = self.text.get(token.start..token.end).unwrap_or_default();
        match token.shape {
            Shape::Plain => source == key,
            Shape::Quoted => {
                let inner = source.get(1..source.len().saturating_sub(1)).unwrap_or_default();
                inner.contains(['\\', '\'', '\n']) || inner == key
            }
            Shape::Missing => key.is_empty(),
            _ => true,
        }
    }
}

#[derive(Clone, Copy)]
struct Seed<'b, 't> {
    builder: &'b Builder<'t>,
    at: Option<usize>,
    /// The place when the scanner knows none.
    place: Place,
}

impl Seed<'_, '_> {
    fn node(self, value: Value) -> Node {
        Node::new(value, self.place)
    }

    /// The token whose children belong to the collection: of this shape, and the anchored one for an alias.
    fn first_child(self, shape: Shape) -> Option<usize> {
        let at = self.builder.scan.resolve(self.at?);
        if self.builder.scan.get(at)?.shape == shape { self.builder.scan.first_child(at) } else { None }
    }

    fn integer(self, value: i64) -> Node {
        let node = self.node(Value::Integer(value));
        match self.builder.plain(self.at) {
            Some(source) if is_written_differently(source, value) => node.with_written(source),
            _ => node,
        }
    }

    fn float(self, value: f64) -> Node {
        let source = self.builder.plain(self.at).filter(|source| is_float(source, value));
        self.node(Value::Float(source.map_or_else(|| value.to_string(), ToOwned::to_owned)))
    }

    /// A whole number beyond 64 bits.
    fn wide(self, value: impl fmt::Display) -> Node {
        let source = self.builder.plain(self.at).filter(|source| source.bytes().any(|byte| byte.is_ascii_digit()));
        self.node(Value::Float(source.map_or_else(|| value.to_string(), ToOwned::to_owned)))
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(mut self, deserializer: D) -> Result<Node, D::Error> {
        self.builder.charge(0)?;
        if let Some(place) = self.builder.place(self.at) {
            self.place = place;
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        let node = self.node(Value::Bool(value));
        let canonical = if value { "true" } else { "false" };
        Ok(match self.builder.plain(self.at) {
            Some(source) if source != canonical && source.eq_ignore_ascii_case(canonical) => node.with_written(source),
            _ => node,
        })
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node, E> {
        Ok(self.integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node, E> {
        Ok(i64::try_from(value).map_or_else(|_| self.wide(value), |value| self.integer(value)))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Node, E> {
        Ok(self.wide(value))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Node, E> {
        Ok(self.wide(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node, E> {
        Ok(self.float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node, E> {
        self.builder.charge(value.len())?;
        Ok(self.node(Value::Text(value.to_owned())))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Node, E> {
        self.builder.charge(value.len())?;
        Ok(self.node(Value::Text(value)))
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(self.node(Value::Null))
    }

    fn visit_none<E: Error>(self) -> Result<Node, E> {
        Ok(self.node(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let scan = self.builder.scan;
        let mut items = Vec::new();
        let mut at = self.first_child(Shape::List);
        let end = self.at.map(|at| scan.resolve(at));
        while let Some(item) = access.next_element_seed(Seed { at, ..self })? {
            items.push(item);
            at = scan.after(at, end);
        }
        Ok(self.node(Value::List(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let builder = self.builder;
        let mut members = Members::default();
        let mut merged = Vec::new();
        let mut at = self.first_child(Shape::Map);
        let end = self.at.map(|at| builder.scan.resolve(at));
        while let Some(key) = access.next_key_seed(KeySeed { builder, at })? {
            at = at.filter(|&at| builder.is_key(at, &key));
            let place = builder.place(at).unwrap_or(self.place);
            let value_at = builder.scan.after(at, end);
            let node = access.next_value_seed(Seed { builder, at: value_at, place })?;
            at = builder.scan.after(value_at, end);
            if builder.merge && key == "<<" && is_mergeable(&node) {
                merged.push(node);
            } else if let Some(first) = members.put(Member { key, key_place: place, node }) {
                builder.note_duplicate(members.last_put(), place, first);
            }
        }
        for node in merged {
            members.merge(node);
        }
        Ok(self.node(Value::Map(members.map)))
    }

    /// A value with a tag of its own (`!important text`): the value, without the tag.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Node, A::Error> {
        let (IgnoredAny, content) = access.variant()?;
        content.newtype_variant_seed(self)
    }
}

fn is_mergeable(node: &Node) -> bool {
    match &node.value {
        Value::Map(_) => true,
        Value::List(items) => items.iter().all(|item| item.as_map().is_some()),
        _ => false,
    }
}

/// The members of a map that is being built.
#[derive(Default)]
struct Members {
    map: Map,
    index: HashMap<String, usize>,
    last: usize,
}

impl Members {
    fn position(&self, key: &str) -> Option<usize> {
        if self.index.is_empty() { self.map.iter().position(|member| member.key == key) } else { self.index.get(key).copied() }
    }

    /// Adds or replaces. Gives the place of the key that was replaced.
    fn put(&mut self, member: Member) -> Option<Place> {
        let position = self.position(&member.key);
        let members = self.map.members_mut();
        if let Some(known) = position.and_then(|position| members.get_mut(position)) {
            self.last = position.unwrap_or_default();
            return Some(std::mem::replace(known, member).key_place);
        }
        self.last = members.len();
        if self.last == SMALL_MAP {
            self.index = members.iter().enumerate().map(|(position, member)| (member.key.clone(), position)).collect();
        }
        if self.last >= SMALL_MAP {
            self.index.insert(member.key.clone(), self.last);
        }
        self.map.push(member);
        None
    }

    /// The key that was put last.
    fn last_put(&self) -> &str {
        self.map.iter().nth(self.last).map_or("", |member| &member.key)
    }

    /// Adds what `<<` names, without touching what is there ([YAML merge key](https://yaml.org/type/merge.html)).
    fn merge(&mut self, node: Node) {
        match node.value {
            Value::Map(map) => {
                for member in map {
                    if self.position(&member.key).is_none() {
                        self.put(member);
                    }
                }
            }
            Value::List(items) => {
                for item in items.into_iter().filter(|item| item.as_map().is_some()) {
                    self.merge(item);
                }
            }
            _ => {}
        }
    }
}

/// A key: whatever it is, as text.
struct KeySeed<'b, 't> {
    builder: &'b Builder<'t>,
    at: Option<usize>,
}

impl KeySeed<'_, '_> {
    /// The text that the scanner saw, else the value as it is usually written.
    fn written(&self, value: impl fmt::Display) -> String {
        self.builder.plain(self.at).map_or_else(|| value.to_string(), ToOwned::to_owned)
    }

    /// The text of a key that is a collection.
    fn source(&self) -> String {
        let token = self.at.and_then(|at| self.builder.scan.get(at));
        token.and_then(|token| self.builder.text.get(token.start..token.end)).unwrap_or_default().to_owned()
    }
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_, '_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for KeySeed<'_, '_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<String, E> {
        Ok(self.written(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<String, E> {
        Ok(self.written(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<String, E> {
        Ok(self.written(value))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<String, E> {
        Ok(self.written(value))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<String, E> {
        Ok(self.written(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<String, E> {
        Ok(self.written(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<String, E> {
        self.builder.charge(value.len())?;
        Ok(value.to_owned())
    }

    fn visit_unit<E: Error>(self) -> Result<String, E> {
        Ok(self.written("null"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<String, A::Error> {
        while access.next_element::<IgnoredAny>()?.is_some() {}
        let source = self.source();
        self.builder.charge(source.len())?;
        Ok(source)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<String, A::Error> {
        while access.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        let source = self.source();
        self.builder.charge(source.len())?;
        Ok(source)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<String, A::Error> {
        let (IgnoredAny, content) = access.variant()?;
        content.newtype_variant_seed(self)
    }
}

/// Whether the text is this number, but not the way that we would write it.
fn is_written_differently(source: &str, value: i64) -> bool {
    let (negative, digits) = match source.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, source.strip_prefix('+').unwrap_or(source)),
    };
    let (radix, digits) = match digits.get(..2) {
        Some("0x") => (16, digits.get(2..)),
        Some("0o") => (8, digits.get(2..)),
        Some("0b") => (2, digits.get(2..)),
        _ => (10, Some(digits)),
    };
    let magnitude = digits.and_then(|digits| i128::from_str_radix(digits, radix).ok());
    let same = magnitude.map(|magnitude| if negative { -magnitude } else { magnitude }) == Some(i128::from(value));
    same && (radix != 10 || source.starts_with(['+']) || digits.is_some_and(|digits| digits.len() > 1 && digits.starts_with('0')) || source == "-0")
}

/// Whether the text is this number. Parsers differ in the last bit, hence the tolerance.
fn is_float(source: &str, value: f64) -> bool {
    match source.parse::<f64>() {
        Ok(parsed) if parsed.is_finite() => (parsed - value).abs() <= value.abs() * 1e-9,
        _ => !value.is_finite() && source.trim_start_matches(['+', '-']).starts_with('.'),
    }
}
