//! The values that YAML, TOML and JSON share, each with its place, and the gentle ways to look at them.

use super::Place;

/// What a text says at one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// Nothing: `null`, `~` or an empty place.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Another number, or a whole number beyond 64 bits, as written.
    Float(String),
    /// Text. Dates are text too, as written.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A map.
    Map(Map),
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it starts. When that is not known it is the place of the key or of what it stands in.
    pub place: Place,
    /// The text of a number or truth value that is not written the plain way (`0x1F`, `+5`, `True`).
    written: Option<Box<str>>,
}

impl Node {
    /// A value at a place.
    pub fn new(value: Value, place: Place) -> Self {
        Self { value, place, written: None }
    }

    /// The same with the text that it was written with.
    pub(super) fn with_written(mut self, written: &str) -> Self {
        self.written = Some(written.into());
        self
    }

    /// The text of a scalar as it was written, as far as that is known: `1.10`, `0x1F`, `true`. None for nothing, lists
    /// and maps.
    pub fn as_text(&self) -> Option<String> {
        if let Some(written) = &self.written {
            return Some(written.to_string());
        }
        match &self.value {
            Value::Null | Value::List(_) | Value::Map(_) => None,
            Value::Bool(value) => Some(value.to_string()),
            Value::Integer(value) => Some(value.to_string()),
            Value::Float(text) | Value::Text(text) => Some(text.clone()),
        }
    }

    /// Whether there is nothing to use: null, text of white space only, an empty list or map.
    pub fn is_null_or_empty(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Bool(_) | Value::Integer(_) | Value::Float(_) => false,
            Value::Text(text) => text.trim().is_empty(),
            Value::List(items) => items.is_empty(),
            Value::Map(map) => map.is_empty(),
        }
    }

    /// The items of a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Value::List(items) = &self.value { Some(items) } else { None }
    }

    /// The map.
    pub fn as_map(&self) -> Option<&Map> {
        if let Value::Map(map) = &self.value { Some(map) } else { None }
    }

    /// The whole number; text is no number here.
    pub fn as_integer(&self) -> Option<i64> {
        if let Value::Integer(value) = self.value { Some(value) } else { None }
    }

    /// Truth as people write it: a truth value, 1 or 0, or the text `true`, `yes`, `on`, `1`, `false`, `no`, `off`, `0`
    /// in any case. None for everything else.
    pub fn as_bool(&self) -> Option<bool> {
        match &self.value {
            Value::Bool(value) => Some(*value),
            Value::Integer(1) => Some(true),
            Value::Integer(0) => Some(false),
            Value::Text(text) => {
                let text = text.trim();
                let is_one_of = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
                if is_one_of(&["true", "yes", "on", "1"]) {
                    Some(true)
                } else if is_one_of(&["false", "no", "off", "0"]) {
                    Some(false)
                } else {
                    None
                }
            }
            _ => None,
        }
    }
}

/// One key of a map with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Member {
    /// The key. Keys that are no text (`1.10`, `true`) are the text that they were written with.
    pub key: String,
    /// Where the key starts.
    pub key_place: Place,
    /// The value.
    pub node: Node,
}

/// Keys and values in the order of the text, each key once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map {
    members: Vec<Member>,
    /// A bit for each look that a key has: most keys that are asked for are not there.
    looks: u64,
}

/// The bit of a key's length and first letter in any case; several share one.
fn look(key: &str) -> u64 {
    let first = key.bytes().next().unwrap_or_default().to_ascii_lowercase();
    1 << ((key.len() * 11 + usize::from(first)) % 64)
}

impl Map {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of exactly this key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.members.iter().find(|member| member.key == key).map(|member| &member.node)
    }

    /// The value of exactly this key, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.members.iter_mut().find(|member| member.key == key).map(|member| &mut member.node)
    }

    /// The value of this key, else the last one whose key differs in ASCII case only, with the key as it was written.
    pub fn get_ignore_case(&self, key: &str) -> Option<(&str, &Node)> {
        if self.looks & look(key) == 0 {
            return None;
        }
        let first = key.as_bytes().first().map(u8::to_ascii_lowercase);
        let mut found = None;
        for member in &self.members {
            // Comparing the first letters spares nearly all calls.
            if member.key.len() == key.len()
                && member.key.as_bytes().first().map(u8::to_ascii_lowercase) == first
                && member.key.eq_ignore_ascii_case(key)
            {
                found = Some(member);
                if member.key == key {
                    break;
                }
            }
        }
        found.map(|member| (member.key.as_str(), &member.node))
    }

    /// The members in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = &Member> {
        self.members.iter()
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Sets the value of a key, at the end when the key is new, and gives back the value that it had. The key gets the
    /// place of the value.
    pub fn insert(&mut self, key: impl Into<String>, node: Node) -> Option<Node> {
        let key = key.into();
        if let Some(old) = self.get_mut(&key) {
            return Some(std::mem::replace(old, node));
        }
        self.push(Member { key, key_place: node.place, node });
        None
    }

    /// Adds a member at the end, for the one who builds the map and sees to it that no key stands twice.
    pub(super) fn push(&mut self, member: Member) {
        self.looks |= look(&member.key);
        self.members.push(member);
    }

    /// The members, to replace one by another of the same key.
    pub(super) fn members_mut(&mut self) -> &mut [Member] {
        &mut self.members
    }
}

impl IntoIterator for Map {
    type Item = Member;
    type IntoIter = std::vec::IntoIter<Member>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}
