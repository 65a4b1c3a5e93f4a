//! Media types (MIME), `type/subtype` with parameters.

use super::Fault;
use crate::diagnostic::Code;

/// Whether it is a media type: RFC 2045 §5.1.
pub(in crate::lint) fn is_media_type(value: &str) -> bool {
    let (essence, mut rest) = value.find(';').map_or((value, ""), |at| value.split_at(at));
    let Some((kind, subtype)) = essence.split_once('/') else { return false };
    if !token(kind) || !token(subtype.trim_end()) {
        return false;
    }
    while let Some(parameter) = rest.trim_start().strip_prefix(';') {
        let Some((name, value)) = parameter.trim_start().split_once('=') else { return false };
        if !token(name) {
            return false;
        }
        if let Some(quoted) = value.strip_prefix('"') {
            let Some(end) = quoted.find('"') else { return false };
            rest = quoted.get(end + 1..).unwrap_or_default();
        } else {
            let end = value.find(';').unwrap_or(value.len());
            let (value, after) = value.split_at(end);
            if !token(value.trim_end()) {
                return false;
            }
            rest = after;
        }
    }
    rest.is_empty()
}

/// A media type in a `type` attribute or element.
pub(in crate::lint) fn media_type(value: &str) -> Option<Fault> {
    (!is_media_type(value)).then(|| Fault::new(Code::InvalidMediaType, "a media type such as text/html", value))
}

fn token(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || "()<>,;:\\\"/[]?=".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types() {
        for good in ["text/html", "audio/mpeg", "text/html; charset=utf-8", "a/b;c=\"d e\"", "application/atom+xml;type=entry"] {
            assert_eq!(media_type(good), None, "{good}");
        }
        for bad in ["", "html", "text/", "text/html/x", "text / html", "text/html;", "text/html; charset"] {
            assert!(media_type(bad).is_some(), "{bad}");
        }
    }
}
