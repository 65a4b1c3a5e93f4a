//! Outlines → OPML 2.0.
//!
//! In: a title and outlines. Out: the document. Never a date that was not given. Texts are written as plain text: OPML
//! would allow markup there, but subscription managers show it.

use super::super::{outgoing, uri, xml};
use super::{Outline, OutlineKind};
use crate::model::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::borrow::Cow;

/// How deep outlines are written; what lies deeper is put on the deepest level.
const MAX_DEPTH: usize = 32;

/// Writes a subscription list as a whole document in UTF-8, with a line feed at the end.
///
/// Folders have a text only (the W3C validator warns of a `title` without `type`), feeds have `text`, `title`, `type`,
/// `xmlUrl`, and `htmlUrl`, `language`, `description` where known. A list without outlines is well-formed, but OPML
/// demands one. `modified` becomes `dateModified` (RFC 822).
pub fn write(title: &str, outlines: &[Outline], modified: Option<&Timestamp>) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing into memory cannot fail, and what is written is UTF-8 because it was.
    let _ = document(&mut writer, title, outlines, modified);
    let mut text = String::from_utf8(writer.into_inner()).unwrap_or_default();
    text.push('\n');
    xml::unmark(text)
}

type Out = Writer<Vec<u8>>;

fn document(writer: &mut Out, title: &str, outlines: &[Outline], modified: Option<&Timestamp>) -> std::io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    writer.write_event(Event::Start(BytesStart::new("opml").with_attributes([("version", "2.0")])))?;
    writer.write_event(Event::Start(BytesStart::new("head")))?;
    element(writer, "title", &xml::mark(&xml::clean_line(title)))?;
    if let Some(date) = modified.copied().and_then(outgoing::rfc822) {
        element(writer, "dateModified", &date)?;
    }
    writer.write_event(Event::End(BytesEnd::new("head")))?;
    writer.write_event(Event::Start(BytesStart::new("body")))?;
    for outline in outlines {
        self::outline(writer, outline, 0)?;
    }
    writer.write_event(Event::End(BytesEnd::new("body")))?;
    writer.write_event(Event::End(BytesEnd::new("opml")))
}

fn element(writer: &mut Out, name: &str, text: &str) -> std::io::Result<()> {
    writer.write_event(Event::Start(BytesStart::new(name)))?;
    writer.write_event(Event::Text(BytesText::new(text)))?;
    writer.write_event(Event::End(BytesEnd::new(name)))
}

fn outline(writer: &mut Out, outline: &Outline, depth: usize) -> std::io::Result<()> {
    if outline.children.is_empty() {
        return writer.write_event(Event::Empty(start(outline)));
    }
    if depth < MAX_DEPTH {
        writer.write_event(Event::Start(start(outline)))?;
        for child in &outline.children {
            self::outline(writer, child, depth + 1)?;
        }
        return writer.write_event(Event::End(BytesEnd::new("outline")));
    }
    // Too deep: all that is below follows on the same level.
    let mut pending = vec![outline];
    while let Some(next) = pending.pop() {
        writer.write_event(Event::Empty(start(next)))?;
        pending.extend(next.children.iter().rev());
    }
    Ok(())
}

fn start(outline: &Outline) -> BytesStart<'static> {
    let attributes = attributes(outline);
    BytesStart::new("outline").with_attributes(attributes.iter().map(|(name, value)| (*name, value.as_str())))
}

fn attributes(outline: &Outline) -> Vec<(&'static str, String)> {
    let line = |text: &str| Some(xml::clean_line(text)).filter(|text| !text.is_empty()).map(|text| xml::mark(&text));
    match &outline.kind {
        OutlineKind::Folder => vec![("text", line(&outline.text).unwrap_or_else(|| "-".to_owned()))],
        OutlineKind::Feed { xml_url, html_url, language, description } => {
            let xml_url = uri::uri(xml_url).into_owned();
            let title = outline.title.as_deref().and_then(line);
            let text = line(&outline.text).or_else(|| title.clone()).unwrap_or_else(|| xml_url.clone());
            let title = title.unwrap_or_else(|| text.clone());
            let mut attributes = vec![("text", text), ("title", title), ("type", "rss".to_owned()), ("xmlUrl", xml_url)];
            let html_url = html_url.as_deref().filter(|url| uri::is_absolute(url.trim())).map(uri::uri).map(Cow::into_owned);
            attributes.extend(html_url.map(|url| ("htmlUrl", url)));
            attributes.extend(language.as_ref().map(|language| ("language", outgoing::xml_language(language).into_owned())));
            attributes.extend(description.as_deref().and_then(line).map(|text| ("description", text)));
            attributes
        }
    }
}
