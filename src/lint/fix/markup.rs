//! Where in a text of XML there is markup and text: outside of comments, CDATA sections, instructions and the document type.
//!
//! In: a text, well-formed or not. Out: places in it.

use std::ops::Range;

/// What is left as it is: how it begins and ends.
const CLOSED: &[(&str, &str)] = &[("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!DOCTYPE", ">")];

/// The parts of a text between comments, CDATA sections, instructions and the document type.
pub(super) fn open_parts(text: &str) -> Vec<Range<usize>> {
    let (mut parts, mut start, mut from) = (Vec::new(), 0, 0);
    while let Some(at) = text.get(from..).and_then(|rest| rest.find('<')).map(|at| from + at) {
        let rest = text.get(at..).unwrap_or_default();
        let Some((opening, closing)) = CLOSED.iter().find(|(opening, _)| rest.starts_with(opening)) else {
            from = at + 1;
            continue;
        };
        parts.push(start..at);
        let end = if *closing == ">" {
            doctype_end(rest)
        } else {
            rest.get(opening.len()..).and_then(|inside| inside.find(closing)).map(|end| opening.len() + end + closing.len())
        };
        start = end.map_or(text.len(), |end| at + end);
        from = start;
    }
    parts.push(start..text.len());
    parts
}

/// How long a document type is, with what it declares itself.
fn doctype_end(text: &str) -> Option<usize> {
    let first = text.find(['[', '>'])?;
    if text.get(first..)?.starts_with('>') {
        return Some(first + 1);
    }
    let inside = text.get(first..)?;
    let close = inside.find(']')?;
    let end = inside.get(close..)?.find('>')?;
    Some(first + close + end + 1)
}

/// The `>` of the tag that begins at a byte.
pub(super) fn tag_end(text: &str, at: usize) -> Option<usize> {
    let mut quote = None;
    for (index, c) in text.get(at..)?.char_indices() {
        match quote {
            Some(mark) if c == mark => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c == '>' => return Some(at + index),
            _ => {}
        }
    }
    None
}

/// The byte behind the name of the tag that begins at a byte.
pub(super) fn name_end(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at + 1..)?;
    rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).map(|end| at + 1 + end)
}

/// The names of a tag and its attributes that have a prefix: the prefixes.
pub(super) fn prefixes(tag: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = tag.trim_start_matches(['<', '/']);
    while !rest.is_empty() {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '.'))).unwrap_or(rest.len());
        if let Some((prefix, _)) = rest.get(..end).and_then(|name| name.split_once(':')) {
            found.push(prefix);
        }
        let Some(next) = rest.get(end..).and_then(|rest| rest.chars().next()) else { break };
        rest = rest.get(end + next.len_utf8()..).unwrap_or_default();
        if matches!(next, '"' | '\'') {
            rest = rest.split_once(next).map_or("", |(_, rest)| rest);
        }
    }
    found
}

/// The first element: the byte of its `<`.
pub(super) fn root(text: &str) -> Option<usize> {
    open_parts(text).into_iter().find_map(|part| {
        let inside = text.get(part.clone())?;
        let starts = |at: &usize| inside.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphabetic()));
        inside.match_indices('<').map(|(at, _)| at).find(starts).map(|at| part.start + at)
    })
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "the places are looked at")]
mod tests {
    use super::*;

    #[test]
    fn comments_and_the_like_are_closed() {
        let text = "<?xml ?><!DOCTYPE a [<!ENTITY x \"y\">]><a b='>'>文<!-- & --><![CDATA[&]]><b/></a><!-- no end &";
        let parts: Vec<&str> = open_parts(text).into_iter().map(|part| &text[part]).filter(|part| !part.is_empty()).collect();
        assert_eq!(parts, ["<a b='>'>文", "<b/></a>"]);
        let at = root(text).unwrap();
        assert_eq!(&text[at..=tag_end(text, at).unwrap()], "<a b='>'>");
        assert_eq!(&text[..name_end(text, at).unwrap()][at..], "<a");
    }

    #[test]
    fn prefixes_of_names_only() {
        assert_eq!(prefixes("<dc:a x:b = 'y:z' c=\"http://u:1\"  d:e='1'/>"), ["dc", "x", "d"]);
        assert_eq!(prefixes("</media:x>"), ["media"]);
        assert!(prefixes("<a b='").is_empty());
    }
}
