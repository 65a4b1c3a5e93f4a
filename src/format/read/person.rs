//! People as feeds write them.
//!
//! In: `jane@example.org (Jane Doe)` and its like, or Atom's elements. Out: name, page and mail. An e-mail address becomes a
//! name only where nothing else is known, and only in what is shown of a feed, not in the model.

use super::super::markup::{Cursor, Ns};
use super::super::xml;
use super::limit;
use crate::model::Person;

/// An author as RSS writes one: mail and name in any order and any brackets.
pub(in crate::format) fn from_line(text: &str) -> Option<Person> {
    let text = limit::cut(text.trim(), limit::NAME);
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let mail = text.split(|c: char| c.is_whitespace() || "()<>[],;\"".contains(c)).find(|word| is_mail(word));
    let name = match mail {
        None => text,
        Some(mail) => {
            let (before, after) = text.split_once(mail).unwrap_or((text, ""));
            let clean = |part: &str| part.trim_matches(|c: char| c.is_whitespace() || "()<>[],;:\"-".contains(c)).to_owned();
            let (before, after) = (clean(before.trim_end_matches("mailto:")), clean(after));
            let name = if before.is_empty() || after.is_empty() { before + &after } else { format!("{before} {after}") };
            return Some(Person { name, email: Some(mail.to_owned()), ..Person::default() });
        }
    };
    let name = xml::clean_line(name);
    (!name.is_empty()).then(|| Person::new(name))
}

fn is_mail(word: &str) -> bool {
    let Some((user, host)) = word.split_once('@') else { return false };
    !user.is_empty() && host.contains('.') && !host.contains('@') && !word.contains("://")
}

/// The author or contributor that was opened last: elements as in Atom (RFC 4287 §3.2), or a line as in RSS.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Person> {
    let depth = cursor.depth();
    let mut person = Person::default();
    let mut line = String::new();
    while let Some(tag) = cursor.child_or_text(depth, &mut line) {
        let inner = cursor.inner();
        let value = limit::cut(&inner.value, limit::NAME);
        if value.is_empty() {
            continue;
        }
        match (tag.ns, tag.name.as_ref()) {
            (Ns::Plain | Ns::Atom, "name") => value.clone_into(&mut person.name),
            (Ns::Plain | Ns::Atom, "uri" | "url" | "homepage") => person.url = Some(value.to_owned()),
            (Ns::Plain | Ns::Atom, "email") => person.email = Some(value.strip_prefix("mailto:").unwrap_or(value).to_owned()),
            // `<dc:creator><foaf:Person><foaf:name>…`
            _ if person.name.is_empty() && tag.name != "title" => line.push_str(value),
            _ => {}
        }
    }
    if person.name.is_empty()
        && let Some(found) = from_line(&line)
    {
        person.name = found.name;
        person.email = person.email.or(found.email);
    }
    (!person.name.is_empty() || person.email.is_some() || person.url.is_some()).then_some(person)
}

/// Adds a person once; mail and page of the same name are joined.
pub(in crate::format) fn join(people: &mut Vec<Person>, person: Person) {
    if let Some(known) = people.iter_mut().find(|known| known.name == person.name && (!known.name.is_empty() || known.email == person.email)) {
        known.url = known.url.take().or(person.url);
        known.email = known.email.take().or(person.email);
    } else if people.len() < limit::PEOPLE {
        people.push(person);
    }
}
