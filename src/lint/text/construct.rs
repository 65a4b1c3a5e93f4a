//! Atom's texts and content (RFC 4287 §3.1, §4.1.3).

use super::super::value::{media_type, shown, uri};
use super::super::walk::{self, XHTML};
use super::super::{Element, Findings, Node};
use super::html;
use super::places::{Notation, Places};
use crate::diagnostic::Code;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A text construct, or the content of an entry.
pub(in crate::lint) fn check(element: &Element, content: bool, findings: &mut Findings<'_>) {
    walk::attributes(element, &["type", "src"], false, findings);
    let src = element.attribute("src");
    let stated = element.attribute("type");
    let kind = stated.map_or(if src.is_some() { "" } else { "text" }, |attribute| attribute.value.as_str());
    let at = stated.map_or(element.at, |attribute| attribute.value_at);
    if stated.is_some() && kind.is_empty() {
        findings.say(Code::BlankAttribute, at, format!("expected a type on {}, found nothing", element.name));
    }
    if !content && kind.contains('/') {
        findings.say(Code::InvalidTextType, at, format!("expected text, html or xhtml on {}, found {}", element.name, shown(kind)));
    } else if kind == "multipart/alternative" {
        findings.say(Code::InvalidMediaType, at, "expected one type of content, found multipart/alternative");
    }
    if let Some(src) = src {
        if let Some(fault) = uri::uri(&src.value, uri::Demand::Iri, Code::InvalidUriAttribute) {
            fault.report(findings, src.value_at);
        }
        if stated.is_none() {
            findings.say(Code::MissingTypeAttribute, element.at, "expected a type beside src, found none");
        }
    }
    let short = matches!(kind, "text" | "html" | "xhtml") && src.is_none();
    if !(short || kind.is_empty() || media_type::is_media_type(kind)) {
        findings.say(Code::InvalidMediaType, at, format!("expected a media type on {}, found {}", element.name, shown(kind)));
    }
    children(element, kind, src.is_some(), findings);
    value(element, kind, src.is_some(), findings);
}

fn is_xml(kind: &str) -> bool {
    kind.ends_with("+xml") || kind.ends_with("/xml")
}

/// Elements where they may be, text only where no element was before.
fn children(element: &Element, kind: &str, elsewhere: bool, findings: &mut Findings<'_>) {
    let mut mixed = elsewhere;
    let mut text_before = false;
    for node in &element.children {
        match node {
            Node::Text { value, at, raw } if !value.trim().is_empty() => {
                let at = at + (raw.len() - raw.trim_start().len());
                if mixed {
                    findings.say(Code::UnexpectedText, at, format!("expected nothing more in {}, found the text {}", element.name, shown(value)));
                } else if kind == "xhtml" && !text_before {
                    findings.say(Code::MissingXhtmlDiv, at, format!("expected a div of XHTML in {}, found text", element.name));
                }
                text_before = true;
            }
            Node::Text { .. } => {}
            Node::Element(child) => {
                child_of(child, element, kind, text_before, findings);
                mixed = true;
            }
        }
    }
}

fn child_of(child: &Element, element: &Element, kind: &str, text_before: bool, findings: &mut Findings<'_>) {
    let div = child.namespace == XHTML && child.name == "div";
    if kind == "xhtml" {
        if !div && !text_before {
            findings.say(Code::MissingXhtmlDiv, child.at, format!("expected a div of XHTML in {}, found <{}>", element.name, child.name));
            if child.name == "div" {
                findings.say(Code::NotHtml, child.at, format!("expected the namespace of XHTML, found {}", shown(&child.namespace)));
            }
        } else if child.namespace != XHTML {
            findings.say(Code::NotHtml, child.at, format!("expected elements of XHTML, found <{}>", child.name));
        }
    } else if !is_xml(kind) {
        walk::unknown(child, element, findings);
    }
    if kind == "application/xhtml+xml" {
        if child.name != "html" {
            findings.say(Code::HtmlFragment, child.at, format!("expected a whole page in {}, found <{}>", element.name, child.name));
        } else if child.namespace != XHTML {
            findings.say(Code::NotHtml, child.at, format!("expected the namespace of XHTML, found {}", shown(&child.namespace)));
        }
    }
    if div {
        html::elements(child, findings);
    }
}

/// HTML in Base64: only the beginning has a place.
fn packed_html(bytes: &[u8], at: usize, findings: &mut Findings<'_>) {
    let html = String::from_utf8_lossy(bytes);
    html::check_value(&html, &Places::new(&html, at, Notation::Other), findings);
}

/// The text itself, by its type.
fn value(element: &Element, kind: &str, elsewhere: bool, findings: &mut Findings<'_>) {
    let at = element.text_at();
    let text = element.text();
    let bare = text.trim();
    match kind {
        "text" => super::plain(element, Code::ContainsUndeclaredHtml, false, findings),
        "xhtml" => {
            // A div without elements is plain text.
            for part in element.elements().filter(|child| child.namespace == XHTML && child.elements().next().is_none()) {
                super::plain(part, Code::EscapedInXhtml, false, findings);
            }
            super::plain(element, Code::EscapedInXhtml, false, findings);
        }
        "html" => html::check(element, findings),
        _ if kind.contains('/') && !is_xml(kind) && !kind.starts_with("text/") => {
            let packed: String = text.split_whitespace().collect();
            match STANDARD.decode(packed.as_bytes()) {
                Ok(bytes) if kind.ends_with("/html") => packed_html(&bytes, at, findings),
                Ok(_) => {}
                Err(_) => findings.say(Code::NotBase64, at, format!("expected Base64 for {kind}, found {}", shown(&text))),
            }
        }
        _ if kind.ends_with("/html") => {
            html::check(element, findings);
            if !elsewhere && !text.contains("<html") {
                findings.say(Code::HtmlFragment, at, format!("expected a whole page for {kind}, found {}", shown(&text)));
            }
        }
        _ => super::plain(element, Code::ContainsUndeclaredHtml, false, findings),
    }
    if bare.is_empty() && element.elements().next().is_none() && !elsewhere {
        findings.say(Code::BlankElement, element.at, format!("expected text in {}, found nothing", element.name));
    }
}
