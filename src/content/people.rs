//! The authors of an article.

use super::fields;
use super::front_matter::FrontMatter;
use crate::model::Person;
use crate::syntax::{Node, Value};
use crate::text::hygiene::one_line;
use crate::text::url;

/// The authors that the front matter names, in its order.
pub(crate) fn of(front: &FrontMatter) -> Vec<Person> {
    let Some(field) = fields::first(&front.fields, fields::AUTHOR) else { return Vec::new() };
    let mut people: Vec<Person> = Vec::new();
    let nodes = match &field.node.value {
        Value::List(items) => items.iter().collect(),
        _ => vec![field.node],
    };
    for person in nodes.into_iter().filter_map(person) {
        if !people.iter().any(|known| known.name == person.name) {
            people.push(person);
        }
    }
    people
}

/// `Name`, `Name <mail>` or a map with a name.
fn person(node: &Node) -> Option<Person> {
    let (name, url, mail) = match node.as_map() {
        Some(map) => {
            let value = |names: &[&str]| fields::first(map, names).and_then(|field| fields::text(field.node));
            (value(&["name", "title", "nickname"])?, value(&["url", "uri", "link", "homepage"]), value(&["email", "mail"]))
        }
        None => (fields::text(node)?, None, None),
    };
    named(&name).map(|mut person| {
        person.url = url.and_then(|url| url::absolute(&url).ok());
        person.email = mail.or(person.email);
        person
    })
}

/// A person written as one text; addresses in angle brackets are no part of the name.
pub(crate) fn named(text: &str) -> Option<Person> {
    // Nobody's name is longer, and the search below is not linear.
    let text: String = text.chars().take(500).collect();
    let mut name = String::new();
    let mut mail = None;
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        name.push_str(before);
        if let Some((inside, after)) = after.split_once('>').filter(|(inside, _)| inside.contains('@')) {
            mail.get_or_insert_with(|| inside.trim().to_owned());
            rest = after;
        } else {
            name.push('<');
            rest = after;
        }
    }
    name.push_str(rest);
    let name = one_line(&name);
    let mut person = Person::new(if name.is_empty() { mail.as_deref()?.split('@').next()?.to_owned() } else { name });
    person.email = mail;
    Some(person)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_or_without_an_address() {
        let person = named("周小满 <zhou@example.org>").unwrap();
        assert_eq!((person.name.as_str(), person.email.as_deref()), ("周小满", Some("zhou@example.org")));
        assert_eq!(named("A <b> c").unwrap().name, "A <b> c");
        assert_eq!(named("甲 <a@e.cn>, 乙 <b@e.cn>").unwrap().name, "甲 , 乙");
        assert_eq!(named("<zhou@example.org>").unwrap().name, "zhou");
    }
}
