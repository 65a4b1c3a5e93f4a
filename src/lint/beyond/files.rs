//! Files that entries name, against what they are: length, media type, width and height.
//!
//! In: an XML tree or the items of a JSON Feed. Out: findings about files that are at hand (`Options::files`); without any, none.

use super::outline::{ATOM, MEDIA};
use super::shown;
use crate::diagnostic::Code;
use crate::lint::tree::{Attribute, Element, Tree};
use crate::lint::{FileFacts, Findings};

/// What a feed says of a file: each value with the byte at which it stands.
#[derive(Default)]
pub(in crate::lint) struct Stated {
    pub(in crate::lint) url: String,
    pub(in crate::lint) length: Option<(String, usize)>,
    pub(in crate::lint) media_type: Option<(String, usize)>,
    pub(in crate::lint) width: Option<(String, usize)>,
    pub(in crate::lint) height: Option<(String, usize)>,
}

/// The files of an XML document.
pub(super) fn check_tree(tree: &Tree, findings: &mut Findings<'_>) {
    if findings.options().files.is_some() {
        walk(&tree.root, findings);
    }
}

fn walk(element: &Element, findings: &mut Findings<'_>) {
    if let Some(stated) = stated(element) {
        check(&stated, findings);
    }
    for child in element.elements() {
        walk(child, findings);
    }
}

fn stated(element: &Element) -> Option<Stated> {
    let value = |name: &str| element.attribute(name).map(written);
    let (url, length) = match (element.namespace.as_str(), element.name.as_str()) {
        (MEDIA, "content" | "thumbnail") => ("url", "fileSize"),
        (ATOM, "link") if element.attribute("rel").is_some_and(|rel| rel.value.trim() == "enclosure") => ("href", "length"),
        (ATOM, _) => return None,
        (_, "enclosure") => ("url", "length"),
        _ => return None,
    };
    Some(Stated {
        url: element.attribute(url)?.value.trim().to_owned(),
        length: value(length),
        media_type: value("type"),
        width: value("width"),
        height: value("height"),
    })
}

fn written(attribute: &Attribute) -> (String, usize) {
    (attribute.value.trim().to_owned(), attribute.value_at)
}

/// One file.
pub(in crate::lint) fn check(stated: &Stated, findings: &mut Findings<'_>) {
    let Some(facts) = findings.options().files.as_ref().and_then(|files| files.facts(&stated.url)) else { return };
    let url = shown(&stated.url);
    if let (Some((length, at)), Some(real)) = (&stated.length, facts.length)
        && length.parse().is_ok_and(|length: u64| length != real)
    {
        findings.say(Code::FileLength, *at, format!("expected the length of {url}, {real} bytes, found {}", shown(length)));
    }
    if let (Some((kind, at)), Some(real)) = (&stated.media_type, &facts.media_type)
        && contradicts(kind, real, &facts)
    {
        findings.say(Code::FileType, *at, format!("expected the type of {url}, {real}, found {}", shown(kind)));
    }
    for (name, said, real) in [("width", &stated.width, facts.width), ("height", &stated.height, facts.height)] {
        if let (Some((said, at)), Some(real)) = (said, real)
            && said.parse().is_ok_and(|said: u32| said != real)
        {
            findings.say(Code::PictureSize, *at, format!("expected the {name} of {url}, {real} pixels, found {}", shown(said)));
        }
    }
}

/// Whether a stated media type cannot be that of the file. A name says no more than what sort of file it is, and containers of sound
/// may be those of films.
fn contradicts(stated: &str, real: &str, facts: &FileFacts) -> bool {
    let essence = stated.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let essence = match essence.as_str() {
        "image/jpg" | "image/pjpeg" => "image/jpeg",
        "image/x-png" => "image/png",
        "image/x-ms-bmp" | "image/x-bmp" => "image/bmp",
        other => other,
    };
    let sort = |kind: &str| match kind.split('/').next().unwrap_or_default() {
        "audio" => "video".to_owned(),
        sort => sort.to_owned(),
    };
    let says_something = essence.contains('/') && sort(essence) != "application";
    says_something && if facts.is_certain { essence != real } else { sort(essence) != sort(real) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_certain_is_held_against_a_type() {
        let certain = FileFacts { is_certain: true, ..FileFacts::default() };
        let named = FileFacts::default();
        for (stated, real, facts, expected) in [
            ("image/png", "image/jpeg", &certain, true),
            ("image/jpg", "image/jpeg", &certain, false),
            ("IMAGE/JPEG; q=1", "image/jpeg", &certain, false),
            ("application/octet-stream", "image/jpeg", &certain, false),
            ("audio/mp3", "audio/mpeg", &named, false),
            ("video/ogg", "audio/ogg", &named, false),
            ("image/png", "audio/mpeg", &named, true),
            ("audio/mpeg", "application/pdf", &named, true),
            ("mp3", "audio/mpeg", &named, false),
        ] {
            assert_eq!(contradicts(stated, real, facts), expected, "{stated} for {real}");
        }
    }
}
