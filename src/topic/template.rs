//! Texts with `{placeholders}`, as titles and paths of topics are configured.

use std::fmt;

/// A part of a template: text, or the number of a placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Slot(usize),
}

/// Why a template cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TemplateProblem {
    /// Where, in characters from 0.
    pub offset: usize,
    /// What may stand there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

impl fmt::Display for TemplateProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found {} at character {}", self.expected, self.found, self.offset + 1)
    }
}

impl std::error::Error for TemplateProblem {}

/// Takes a template apart; a `Slot` is an index into `slots`. A `}` alone is text.
pub(super) fn pieces(template: &str, slots: &[&str]) -> Result<Vec<Piece>, TemplateProblem> {
    let expected = || slots.iter().map(|slot| format!("{{{slot}}}")).collect::<Vec<_>>().join(" ");
    let mut pieces = Vec::new();
    let mut rest = template;
    let mut offset = 0;
    while let Some((text, after)) = rest.split_once('{') {
        if !text.is_empty() {
            pieces.push(Piece::Text(text.to_owned()));
        }
        offset += text.chars().count();
        let Some((name, after)) = after.split_once('}') else {
            return Err(TemplateProblem { offset, expected: "a `}`".to_owned(), found: "the end".to_owned() });
        };
        match slots.iter().position(|slot| *slot == name) {
            Some(slot) => pieces.push(Piece::Slot(slot)),
            None => return Err(TemplateProblem { offset, expected: format!("one of {}", expected()), found: format!("{{{name}}}") }),
        }
        offset += name.chars().count() + 2;
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_slots() {
        let pieces = pieces("甲{b}{a} }x", &["a", "b"]).unwrap();
        assert_eq!(pieces, [Piece::Text("甲".into()), Piece::Slot(1), Piece::Slot(0), Piece::Text(" }x".into())]);
    }

    #[test]
    fn problems_say_where() {
        let problem = pieces("甲 {c}", &["a", "b"]).unwrap_err();
        assert_eq!(problem.to_string(), "expected one of {a} {b}, found {c} at character 3");
        assert_eq!(pieces("{a", &["a"]).unwrap_err().to_string(), "expected a `}`, found the end at character 1");
    }
}
