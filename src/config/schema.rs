//! The declared keys → a JSON Schema of `feedloom.yaml`, for editors.
//!
//! JSON Schema 2020-12. It refuses nothing that is read without a finding, but for `"true"` in quotes; what only the program can
//! tell (whether a zone exists, whether a query is one) it lets pass.

use super::key::{Absent, Declared, Shape, keys};
use crate::syntax::{Node, Value as Yaml, yaml};
use serde_json::{Map, Value, json};

/// The schema as a document in JSON, with a line feed at its end.
pub fn schema() -> String {
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "feedloom.yaml",
        "description": "The configuration of feedloom. Every key is optional.",
    });
    if let Some(members) = schema.as_object_mut() {
        members.extend(section(&keys(), ""));
    }
    // Strings and numbers always serialise.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

/// The keys right below a section, as the members of a schema.
fn section(keys: &[Declared], parent: &str) -> Map<String, Value> {
    let mut properties = Map::new();
    for key in keys {
        let (above, name) = key.path.rsplit_once('.').unwrap_or(("", &key.path));
        if above == parent {
            properties.insert(name.to_owned(), property(keys, key));
        }
    }
    let mut members = Map::new();
    members.insert("type".to_owned(), json!(["object", "null"]));
    members.insert("properties".to_owned(), properties.into());
    members.insert("additionalProperties".to_owned(), false.into());
    members
}

fn property(keys: &[Declared], key: &Declared) -> Value {
    let mut members = shape(keys, &key.path, &key.shape);
    let description = match key.absent {
        Absent::Rule(words) => format!("{}. Default: {words}.", key.meaning),
        Absent::Nothing | Absent::Value(_) => format!("{}.", key.meaning),
    };
    members.insert("description".to_owned(), description.into());
    if let Absent::Value(default) = key.absent {
        members.insert("default".to_owned(), value(default));
    }
    if !key.example.is_empty() {
        members.insert("examples".to_owned(), json!([value(key.example)]));
    }
    members.into()
}

fn shape(keys: &[Declared], path: &str, shape: &Shape) -> Map<String, Value> {
    let below = |shape: &Shape| Value::Object(self::shape(keys, path, shape));
    let members = match shape {
        // A key without a value is one that is not there.
        Shape::Text(written) => match written.pattern {
            Some(pattern) => json!({ "type": ["string", "integer", "null"], "pattern": pattern }),
            None => json!({ "type": ["string", "number", "null"] }),
        },
        Shape::Switch => json!({ "type": ["boolean", "null"] }),
        Shape::Number { least, most } => {
            let mut number = json!({ "type": ["integer", "null"], "minimum": least });
            if let (Some(most), Some(number)) = (most, number.as_object_mut()) {
                number.insert("maximum".to_owned(), (*most).into());
            }
            number
        }
        Shape::Choice(words) => {
            let words = words.iter().map(|word| value(word)).chain([Value::Null]);
            json!({ "enum": words.collect::<Vec<_>>() })
        }
        Shape::List(item) => json!({ "anyOf": [{ "type": "array", "items": below(item) }, below(item)] }),
        Shape::Table(item) => json!({ "type": ["object", "null"], "additionalProperties": below(item) }),
        Shape::Either(one, other) => json!({ "anyOf": [below(one), below(other)] }),
        Shape::Section => return section(keys, path),
        Shape::Sections => {
            let element = section(keys, &format!("{path}[]"));
            json!({ "anyOf": [{ "type": "array", "items": element }, element] })
        }
    };
    match members {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

/// YAML of our own as JSON.
fn value(text: &str) -> Value {
    yaml::parse(text).map_or(Value::Null, |parsed| json_of(&Node::new(parsed.value, crate::syntax::Place::default())))
}

fn json_of(node: &Node) -> Value {
    match &node.value {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => (*value).into(),
        Yaml::Integer(value) => (*value).into(),
        Yaml::Float(text) | Yaml::Text(text) => text.as_str().into(),
        Yaml::List(items) => items.iter().map(json_of).collect(),
        Yaml::Map(map) => Value::Object(map.iter().map(|member| (member.key.clone(), json_of(&member.node))).collect()),
    }
}
