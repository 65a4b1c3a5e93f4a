//! JSON Feed 1.1, whole (<https://www.jsonfeed.org/version/1.1/>).
//!
//! In: decoded JSON. Out: findings, and an outline of the feed for the rules that hold for every format.

mod feed;
mod items;
mod outline;
pub(in crate::lint) mod places;
mod shape;

use super::{Findings, Kind, beyond};
use crate::diagnostic::Code;
use crate::syntax::json::parse;
use crate::syntax::{Map, Node, Place, Value};
use places::Places;

pub(super) fn check(text: &str, findings: &mut Findings<'_>) -> Kind {
    let places = Places::of(text);
    let parsed = match parse(text.trim_start_matches('\u{FEFF}')) {
        Ok(parsed) => parsed,
        Err(problem) => {
            findings.say(Code::JsonUnreadable, places.offset(problem.place), problem.message);
            return Kind::Json;
        }
    };
    let mut checker = Checker { places, findings };
    for duplicate in &parsed.duplicates {
        let message = format!("expected `{}` once, found it again (first in line {}); the last one counts", duplicate.key, duplicate.first.line);
        checker.say(Code::JsonMemberTwice, duplicate.place, message);
    }
    let Value::Map(map) = &parsed.value else {
        checker.say(Code::JsonNoObject, Place::default(), format!("expected an object, found {}", kind_of(&parsed.value)));
        return Kind::Json;
    };
    checker.feed(map);
    let Checker { places, findings } = checker;
    let outline = outline::outline(map, &places);
    beyond::check_outline(&outline, findings);
    findings.keep(outline);
    Kind::Json
}

/// A document under examination.
struct Checker<'a, 't, 'f> {
    places: Places<'t>,
    findings: &'a mut Findings<'f>,
}

impl Checker<'_, '_, '_> {
    fn say(&mut self, code: Code, place: Place, message: impl Into<String>) {
        self.findings.say(code, self.places.offset(place), message);
    }
}

/// What a value is, in words.
fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Integer(_) | Value::Float(_) => "a number",
        Value::Text(_) => "a string",
        Value::List(_) => "a list",
        Value::Map(_) => "an object",
    }
}

/// The string under a key.
fn text<'m>(map: &'m Map, key: &str) -> Option<(&'m str, Place)> {
    let node = map.get(key)?;
    if let Value::Text(text) = &node.value { Some((text, node.place)) } else { None }
}

/// The elements of the list under a key.
fn list<'m>(map: &'m Map, key: &str) -> &'m [Node] {
    map.get(key).and_then(Node::as_list).unwrap_or_default()
}

/// Where an object begins, as far as it is known.
fn start(map: &Map) -> Place {
    map.iter().next().map(|member| member.key_place).unwrap_or_default()
}

#[cfg(test)]
mod tests;
