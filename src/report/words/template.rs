//! A sentence with holes, in two languages.
//!
//! In: `expected {}, found {}` and `应为 {}，实为 {}`. Out: of a text that the first could have made, the values in its holes, and the
//! second with the same values. A text is walked once, from the left; what the outside world put into it cannot make that slower.
//!
//! `{}` takes anything, and what the table knows is translated in it; between quotes it is input and stays, as in `{=}`. `{!}`
//! takes only what the table knows, quoted input and what has no words, `{#}` only a number, `{.}` only a word. In the translation `{2}` is the second value; `{}` is the next one. `{{` and `}}` are braces.

/// A sentence with holes.
#[derive(Debug)]
pub(super) struct Template {
    /// What stands before, between and behind the holes; one more than there are holes.
    words: Vec<String>,
    holes: Vec<Hole>,
    /// The translation: words, and numbers of values.
    translation: Vec<Piece>,
}

/// What may stand in a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hole {
    /// Anything.
    Any,
    /// Input, which is never translated.
    Input,
    /// A number.
    Number,
    /// One word, which is a name of something.
    Name,
    /// What the table knows.
    Known,
}

impl Hole {
    /// Whether a value can stand here, as far as its letters say.
    fn takes(self, value: &str) -> bool {
        match self {
            Self::Number => value.bytes().all(|byte| byte.is_ascii_digit()),
            Self::Name => !value.contains(char::is_whitespace),
            Self::Any | Self::Input | Self::Known => true,
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Words(String),
    /// What is between the braces.
    Hole(String),
}

/// A template's pieces: words and holes in turn.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        words.push_str(before);
        if let Some(behind) = from.strip_prefix("{{").or_else(|| from.strip_prefix("}}")) {
            words.extend(from.chars().next());
            rest = behind;
        } else if let Some((inside, behind)) = from.strip_prefix('{').and_then(|from| from.split_once('}')) {
            pieces.push(Piece::Words(std::mem::take(&mut words)));
            pieces.push(Piece::Hole(inside.to_owned()));
            rest = behind;
        } else {
            // A brace that opens or closes nothing is one.
            let mut chars = from.chars();
            words.extend(chars.next());
            rest = chars.as_str();
        }
    }
    words.push_str(rest);
    pieces.push(Piece::Words(words));
    pieces
}

impl Template {
    /// A template and its translation.
    pub(super) fn parse(english: &str, translation: &str) -> Self {
        let mut words = Vec::new();
        let mut specs = Vec::new();
        for piece in pieces(english) {
            match piece {
                Piece::Words(text) => words.push(text),
                Piece::Hole(spec) => specs.push(spec),
            }
        }
        let is_quoted = |at: usize| {
            let before = words.get(at).and_then(|before| before.chars().last());
            let behind = words.get(at + 1).and_then(|behind| behind.chars().next());
            matches!((before, behind), (Some('`'), Some('`')) | (Some('"'), Some('"')) | (Some('“'), Some('”')))
        };
        let hole = |(at, spec): (usize, &String)| match spec.as_str() {
            "!" => Hole::Known,
            "#" => Hole::Number,
            "=" => Hole::Input,
            "." => Hole::Name,
            _ if is_quoted(at) => Hole::Input,
            _ => Hole::Any,
        };
        let holes = specs.iter().enumerate().map(hole).collect();
        Self { words, holes, translation: numbered(pieces(translation)) }
    }

    /// How many holes there are.
    pub(super) fn holes(&self) -> usize {
        self.holes.len()
    }

    /// The numbers of the values that the translation uses, from 1.
    #[cfg(test)]
    pub(super) fn used(&self) -> Vec<usize> {
        self.translation.iter().filter_map(|piece| if let Piece::Hole(number) = piece { number.parse().ok() } else { None }).collect()
    }

    /// How much of the sentence is its own words.
    pub(super) fn weight(&self) -> usize {
        self.words.iter().map(String::len).sum()
    }

    /// The byte that a text must begin with; `None` when it begins with a hole.
    pub(super) fn first(&self) -> Option<u8> {
        self.words.first().and_then(|words| words.bytes().next())
    }

    /// What stands in the holes of a text that this template could have made.
    pub(super) fn values<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let (first, others) = self.words.split_first()?;
        let mut rest = text.strip_prefix(first.as_str())?;
        let Some((last, between)) = others.split_last() else { return rest.is_empty().then(Vec::new) };
        let mut values = Vec::with_capacity(self.holes.len());
        for words in between {
            let (value, behind) = rest.split_once(words.as_str())?;
            values.push(value);
            rest = behind;
        }
        values.push(rest.strip_suffix(last.as_str())?);
        let fits = |(value, hole): (&&str, &Hole)| !value.is_empty() && hole.takes(value);
        values.iter().zip(&self.holes).all(fits).then_some(values)
    }

    /// The translation with these values; `None` when one of them had to be known and is not.
    pub(super) fn fill(&self, values: &[&str], translate: impl Fn(&str, usize) -> Option<String>) -> Option<String> {
        let mut said: Vec<(String, bool)> = Vec::with_capacity(values.len());
        for (at, (value, hole)) in values.iter().zip(&self.holes).enumerate() {
            let known = if matches!(hole, Hole::Input | Hole::Number | Hole::Name) { None } else { translate(value, at) };
            match (known, hole) {
                (Some(known), _) => said.push((known, true)),
                (None, Hole::Known) if has_words(value) => return None,
                (None, _) => said.push(((*value).to_owned(), false)),
            }
        }
        let mut out = String::new();
        let mut behind_known = false;
        for piece in &self.translation {
            match piece {
                Piece::Words(words) => {
                    let words = if behind_known && is_wide(out.chars().last()) && is_wide(words.trim_start().chars().next()) {
                        words.trim_start_matches(' ')
                    } else {
                        words
                    };
                    if touch(&out, words) {
                        out.push(' ');
                    }
                    out.push_str(words);
                    behind_known = behind_known && words.is_empty();
                }
                Piece::Hole(number) => {
                    let Some((value, known)) = number.parse::<usize>().ok().and_then(|number| said.get(number.checked_sub(1)?)) else { continue };
                    // Between Han and Latin stands a space, between Han and Han none.
                    if *known && is_wide(value.chars().next()) && is_wide(out.trim_end_matches(' ').chars().last()) {
                        out.truncate(out.trim_end_matches(' ').len());
                    }
                    if touch(&out, value) {
                        out.push(' ');
                    }
                    out.push_str(value);
                    behind_known = *known;
                }
            }
        }
        Some(out)
    }
}

/// Whether Han and Latin meet without a space between them.
fn touch(before: &str, behind: &str) -> bool {
    let is_han = |c: char| ('\u{3400}'..='\u{9FFF}').contains(&c);
    let is_latin = |c: char| c.is_ascii_alphanumeric() || c == '`';
    let (Some(last), Some(first)) = (before.chars().last(), behind.chars().next()) else { return false };
    (is_han(last) && is_latin(first)) || (is_latin(last) && is_han(first))
}

/// Whether somebody has to translate it: it is neither quoted input nor numbers and signs.
fn has_words(value: &str) -> bool {
    let quoted = value.strip_prefix('`').and_then(|value| value.strip_suffix('`'));
    quoted.is_none_or(|inside| inside.contains('`')) && value.contains(|c: char| c.is_ascii_alphabetic())
}

/// Han, and the punctuation that goes with it.
fn is_wide(c: Option<char>) -> bool {
    c.is_some_and(|c| matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}' | '“' | '”' | '…'))
}

/// Gives holes without a number the next one.
fn numbered(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut next = 0;
    let number = |piece| match piece {
        Piece::Hole(inside) if inside.is_empty() => {
            next += 1;
            Piece::Hole(next.to_string())
        }
        piece => piece,
    };
    pieces.into_iter().map(number).collect()
}
