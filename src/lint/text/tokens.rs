//! HTML → tags, without building a tree.

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag<'h> {
    /// Name as written.
    pub(super) name: &'h str,
    /// Whether it ends an element.
    pub(super) end: bool,
    /// Attributes: name and value as written, references and all.
    pub(super) attributes: Vec<(&'h str, &'h str)>,
    /// Whether it ends in `/>`.
    pub(super) closed: bool,
}

/// What a text holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens<'h> {
    /// The tags in order.
    pub(super) tags: Vec<Tag<'h>>,
    /// The first thing that is no HTML: what follows it, and what it is.
    pub(super) fault: Option<(&'h str, String)>,
}

/// Elements whose content is no markup.
const RAW: [&str; 6] = ["script", "style", "textarea", "title", "xmp", "iframe"];

/// Reads all tags.
pub(super) fn tokens(html: &str) -> Tokens<'_> {
    let mut out = Tokens::default();
    let mut rest = html;
    let mut endless: Vec<&str> = Vec::new();
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or_default();
        if let Some(comment) = rest.strip_prefix("!--") {
            let Some((_, after)) = comment.split_once("-->") else {
                out.fault.get_or_insert_with(|| (rest, "a comment without an end".to_owned()));
                break;
            };
            rest = after;
            continue;
        }
        let end = rest.starts_with('/');
        let name_on = rest.strip_prefix('/').unwrap_or(rest);
        // Before the end of the name is looked for: in a text of nothing but `<?` each would be looked for to the end of the text.
        if !name_on.starts_with(|c: char| c.is_ascii_alphabetic()) {
            out.fault.get_or_insert_with(|| (rest, "\"<\" that begins no tag".to_owned()));
            continue;
        }
        let name_end = name_on.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(name_on.len());
        let name = name_on.get(..name_end).unwrap_or_default();
        let mut tag = Tag { name, end, attributes: Vec::new(), closed: false };
        let Some(after) = attributes(name_on.get(name_end..).unwrap_or_default(), &mut tag) else {
            out.fault.get_or_insert_with(|| (rest, format!("the tag <{name} without an end")));
            break;
        };
        rest = after;
        let raw = RAW.iter().find(|raw| !end && raw.eq_ignore_ascii_case(name) && !endless.contains(*raw));
        if let Some(raw) = raw {
            let ends = |(at, _): &(usize, &str)| rest.get(at + 2..at + 2 + name.len()).is_some_and(|other| other.eq_ignore_ascii_case(name));
            match rest.match_indices("</").find(ends) {
                Some((at, _)) => rest = rest.get(at..).unwrap_or_default(),
                // Further on there is none either.
                None => endless.push(raw),
            }
        }
        out.tags.push(tag);
    }
    out
}

/// Reads attributes up to `>` and gives what is behind it.
fn attributes<'h>(mut rest: &'h str, tag: &mut Tag<'h>) -> Option<&'h str> {
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('>') {
            return Some(after);
        }
        if let Some(after) = rest.strip_prefix('/') {
            tag.closed = after.starts_with('>');
            rest = after;
            continue;
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        let name = rest.get(..end).filter(|name| !name.is_empty()).or_else(|| rest.get(..1))?;
        rest = rest.get(name.len()..)?.trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            if let Some(quote) = after.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                let (inside, behind) = after.get(1..)?.split_once(quote)?;
                value = inside;
                rest = behind;
            } else {
                let end = after.find(|c: char| c.is_whitespace() || c == '>')?;
                value = after.get(..end)?;
                rest = after.get(end..)?;
            }
        }
        if rest.is_empty() {
            return None;
        }
        tag.attributes.push((name, value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_with_their_attributes() {
        let found = tokens("a<b>c</b><img src='x y' alt=\"\" hidden data-a=1/><!-- <i> --><script>a<b</script>");
        let names: Vec<_> = found.tags.iter().map(|tag| (tag.name, tag.end)).collect();
        assert_eq!(names, [("b", false), ("b", true), ("img", false), ("script", false), ("script", true)]);
        assert_eq!(found.tags[2].attributes[0], ("src", "x y"));
        assert_eq!(found.fault, None);
        assert!(tokens("1 < 2").fault.is_some());
        assert!(tokens("<a href='x").fault.is_some());
    }
}
