//! TOML text in; values with places out.
//!
//! The crate `toml` reads, strictly: a key that stands twice is an error of the language. Dates, times and numbers keep
//! the text that they were written with.
//!
//! Specification: [TOML 1.1](https://toml.io/en/v1.1.0).

use super::place::Lines;
use super::{MAX_DEPTH, Map, Member, Node, Parsed, Problem, Value, found_at};
use ::toml::Spanned;
use ::toml::de::{DeInteger, DeTable, DeValue};

/// Reads a TOML document: always a map.
///
/// # Errors
///
/// The first thing in the text that is no TOML; also 129 lists and maps inside each other.
pub fn parse(text: &str) -> Result<Parsed, Problem> {
    let lines = Lines::of(text);
    let table = DeTable::parse(text).map_err(|error| explain(text, &lines, &error))?;
    let reader = Reader { text, lines };
    let map = reader.map(table.into_inner(), 1)?;
    Ok(Parsed { value: Value::Map(map), duplicates: Vec::new(), repairs: Vec::new() })
}

fn explain(text: &str, lines: &Lines<'_>, error: &::toml::de::Error) -> Problem {
    let offset = error.span().map_or(0, |span| span.start);
    let message = match error.message() {
        "duplicate key" => "expected a new key, found one that stands before".to_owned(),
        "recursion limit" => "expected fewer lists and maps inside each other, found too many".to_owned(),
        words => format!("expected TOML, found {} ({words})", found_at(text, offset)),
    };
    Problem::new(lines.place(offset), message)
}

struct Reader<'t> {
    text: &'t str,
    lines: Lines<'t>,
}

impl Reader<'_> {
    fn map(&self, table: DeTable<'_>, depth: usize) -> Result<Map, Problem> {
        let mut map = Map::new();
        for (key, value) in table {
            let key_place = self.lines.place(key.span().start);
            if depth > MAX_DEPTH {
                return Err(Problem::new(key_place, format!("expected at most {MAX_DEPTH} lists and maps inside each other, found more")));
            }
            let node = self.node(value, depth)?;
            map.push(Member { key: key.into_inner().into_owned(), key_place, node });
        }
        // The crate gives them in the order of the alphabet.
        map.members_mut().sort_by_key(|member| member.key_place);
        Ok(map)
    }

    fn node(&self, value: Spanned<DeValue<'_>>, depth: usize) -> Result<Node, Problem> {
        let span = value.span();
        let source = self.text.get(span.clone()).unwrap_or_default();
        let place = self.lines.place(span.start);
        if depth > MAX_DEPTH {
            return Err(Problem::new(place, format!("expected at most {MAX_DEPTH} lists and maps inside each other, found more")));
        }
        let value = match value.into_inner() {
            DeValue::String(text) => Value::Text(text.into_owned()),
            DeValue::Integer(number) => return Ok(integer(&number, source, place)),
            DeValue::Float(_) => Value::Float(source.to_owned()),
            DeValue::Boolean(value) => Value::Bool(value),
            DeValue::Datetime(date) => Value::Text(if source.is_empty() { date.to_string() } else { source.to_owned() }),
            DeValue::Array(items) => Value::List(items.into_iter().map(|item| self.node(item, depth + 1)).collect::<Result<_, _>>()?),
            DeValue::Table(table) => Value::Map(self.map(table, depth + 1)?),
        };
        Ok(Node::new(value, place))
    }
}

fn integer(number: &DeInteger<'_>, source: &str, place: super::Place) -> Node {
    match i64::from_str_radix(number.as_str(), number.radix()) {
        Ok(value) if source.is_empty() || source == value.to_string() => Node::new(Value::Integer(value), place),
        Ok(value) => Node::new(Value::Integer(value), place).with_written(source),
        Err(_) => Node::new(Value::Float(source.to_owned()), place),
    }
}

#[cfg(test)]
mod tests;
