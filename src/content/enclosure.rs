//! A file to play or download that an article names: a podcast's sound, a video, a document.

use super::Options;
use super::fields::{self, Field};
use super::file_facts::{Local, find, look, type_of_name};
use super::front_matter::FrontMatter;
use super::walk::Source;
use crate::diagnostic::Code;
use crate::model::{Media, Role};
use crate::text::url::resolve;

/// The enclosures of an article whose page is at `page`. One that lacks type or length is none, and is reported.
pub(crate) fn of(
    front: &FrontMatter,
    source: &Source,
    page: &str,
    options: &Options,
    report: &mut dyn FnMut(Field<'_>, Code, String, &str),
) -> Vec<Media> {
    let mut found = Vec::new();
    for field in fields::all(&front.fields, fields::ENCLOSURE) {
        let map = field.node.as_map();
        let value = |names: &[&str]| map.and_then(|map| fields::first(map, names)).and_then(|field| fields::text(field.node));
        let reference = if map.is_some() { value(&["url", "src", "file", "path", "href"]) } else { fields::text(field.node) };
        let Some(reference) = reference else { continue };
        let mut media = match resolve(page, &reference) {
            Ok(url) => Media::new(Role::Enclosure, url),
            Err(problem) => {
                report(
                    field,
                    Code::BadUrl,
                    format!("expected the address of a file, found `{reference}`: {problem}"),
                    "write an http(s) address or a path",
                );
                continue;
            }
        };
        match find(&reference, &media.url, page, source, options) {
            Local::File(file, address) => {
                media.url = address;
                look(&file).describe(&mut media);
            }
            _ => media.media_type = type_of_name(&media.url),
        }
        let is_media_type = |text: &String| {
            text.split_once('/').is_some_and(|(kind, rest)| {
                [kind, rest].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-._".contains(&b)))
            })
        };
        media.media_type = value(&["type", "mime", "mime_type"]).filter(is_media_type).or(media.media_type);
        media.length = value(&["length", "size", "bytes"]).and_then(|text| text.parse().ok()).or(media.length);
        let duration = value(&["duration"]).or_else(|| fields::get(&front.fields, "duration").and_then(|field| fields::text(field.node)));
        media.duration = duration.and_then(|text| seconds(&text));
        if media.is_enclosure() {
            found.push(media);
        } else {
            report(
                field,
                Code::IncompleteEnclosure,
                format!("expected the type and the length in bytes of `{reference}`, found {}", lack(&media)),
                "write it as a map with url, type and length, or keep the file beside the article",
            );
        }
    }
    found
}

fn lack(media: &Media) -> &'static str {
    match (media.media_type.is_some(), media.length.is_some()) {
        (false, false) => "neither",
        (true, _) => "no length",
        (false, true) => "no type",
    }
}

/// `90`, `1:30` or `0:01:30` as seconds.
fn seconds(text: &str) -> Option<u32> {
    text.split(':').try_fold(0_u32, |sum, part| sum.checked_mul(60)?.checked_add(part.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(seconds("90"), Some(90));
        assert_eq!(seconds("1:01:30"), Some(3690));
        assert_eq!(seconds("soon"), None);
        assert_eq!(seconds("99999999:99:99"), None);
    }
}
