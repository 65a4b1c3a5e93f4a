//! The document as a whole: its encoding, XML version, document type and root element, and which format's rules come next.
//!
//! In: bytes, text and tree. Out: findings.

use super::fault::{Fault, What};
use super::tree::Tree;
use super::value::shown;
use super::walk::ATOM;
use super::{Findings, Kind, atom, rdf, rss, text, tree, xml};
use crate::diagnostic::Code;
use crate::format::decode::{DeclaredBy, FeedText, Source};

/// Atom 0.3.
const ATOM_03: &str = "http://purl.org/atom/ns#";

/// What the document says of its encoding, and whether it is true.
pub(super) fn encoding(bytes: &[u8], decoded: &FeedText<'_>, findings: &mut Findings<'_>) {
    let text = decoded.text.as_ref();
    truth(bytes, decoded, findings);
    let Some(declaration) = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map(|(declaration, _)| declaration) else { return };
    let stated = |name: &str| {
        let (_, rest) = declaration.split_once(name)?;
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest.get(1..)?.split_once(quote).map(|(value, _)| value)
    };
    if let Some(version) = stated("version").filter(|version| *version != "1.0") {
        findings.say(Code::XmlVersion, 0, format!("expected XML 1.0, found {}", shown(version)));
    }
    if let Some(name) = stated("encoding") {
        let lower = name.to_ascii_lowercase();
        if encoding_known(&lower) {
            if !matches!(lower.as_str(), "utf-8" | "utf8" | "utf-16") {
                let code = if matches!(lower.as_str(), "gbk" | "gb2312") { Code::ObscureEncoding } else { Code::UnusualEncoding };
                findings.say(code, 0, format!("expected UTF-8, found {}", shown(name)));
            }
        } else {
            findings.say(Code::UnknownEncoding, 0, format!("expected UTF-8, found {}", shown(name)));
        }
    }
}

fn encoding_known(name: &str) -> bool {
    let usual = [
        "utf-",
        "iso-",
        "windows-",
        "gb",
        "big5",
        "euc-",
        "shift_jis",
        "koi8",
        "us-ascii",
        "ascii",
        "iso8859",
        "utf8",
        "utf16",
        "cp",
        "mac",
        "ucs-",
        "latin",
        "tis-620",
        "x-",
        "ibm",
    ];
    usual.iter().any(|start| name.starts_with(start))
}

/// Whether the bytes are what is stated, or UTF-8 where nothing is.
fn truth(bytes: &[u8], decoded: &FeedText<'_>, findings: &mut Findings<'_>) {
    let at = decoded.first_replaced.unwrap_or_default();
    let label = decoded.document.as_deref().unwrap_or_default().to_ascii_lowercase();
    let latin = matches!(label.as_str(), "iso-8859-1" | "latin1");
    let ascii = matches!(label.as_str(), "us-ascii" | "ascii");
    // What HTTP says wrongly is the server's fault, not the document's.
    let overruled = decoded.overruled.as_ref().is_some_and(|overruled| overruled.by != DeclaredBy::Http);
    let guessed = matches!(decoded.source, Source::Guess | Source::DamagedUtf8);
    if latin && decoded.replaced == 0 {
        // Each byte means something in Latin-1, if not what was meant.
        if overruled || bytes.iter().any(|byte| (0x80..=0x9F).contains(byte)) {
            findings.say(Code::DamagedCharacters, at, format!("expected bytes of ISO-8859-1, found those of {}", decoded.encoding));
        }
    } else if decoded.replaced > 0 || overruled || guessed || (ascii && !bytes.is_ascii()) {
        findings.say(Code::UndecodableText, at, format!("expected the encoding that is stated, or UTF-8, found bytes of {}", decoded.encoding));
        findings.say(Code::DamagedCharacters, at, "expected characters that mean something, found bytes that mean none");
    }
}

/// Parses a document. In RSS 0.91 with its document type, entities of HTML are defined.
///
/// # Errors
///
/// The first place that is not well-formed.
pub(super) fn parse(text: &str) -> Result<Tree, Fault> {
    match tree::parse(text) {
        Err(fault) if matches!(fault.what, What::Entity { .. }) && text.contains("//DTD RSS 0.91//") => tree::parse(&without_entities(text)),
        other => other,
    }
}

/// Letters in place of entities of HTML, as long as they are, so that all places stay.
fn without_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let end = tail.find(';').filter(|end| *end < 10);
        let name = end.and_then(|end| tail.get(1..end)).unwrap_or_default();
        let html = !matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") && name.starts_with(|c: char| c.is_ascii_alphabetic());
        if html && text::is_entity(name) {
            out.push_str(&"x".repeat(name.len() + 2));
            rest = tail.get(name.len() + 2..).unwrap_or_default();
        } else {
            out.push('&');
            rest = tail.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

/// The tree.
pub(super) fn check(tree: &Tree, kind: Kind, findings: &mut Findings<'_>) {
    let root = &tree.root;
    xml::check(root, kind, findings);
    if let Some(doctype) = &tree.doctype {
        document_type(doctype, root.attribute("version").map_or("", |version| version.value.as_str()), findings);
    }
    match (kind, root.name.as_str()) {
        (Kind::Rss, "rss") => {
            if !root.namespace.is_empty() {
                findings.say(Code::WrongNamespace, root.at, format!("expected rss without a namespace, found {}", shown(&root.namespace)));
            }
            rss::check(root, findings);
        }
        (Kind::Rss, _) => rdf::check(root, findings),
        (Kind::Atom, name) => {
            match root.namespace.as_str() {
                ATOM => {}
                "" => findings.say(Code::MissingNamespace, root.at, format!("expected the namespace of Atom on {name}, found none")),
                ATOM_03 => {
                    findings.say(Code::ObsoleteNamespace, root.at, "expected the namespace of Atom 1.0, found that of 0.3");
                    return;
                }
                other => findings.say(Code::WrongNamespace, root.at, format!("expected {ATOM}, found {}", shown(other))),
            }
            if !xml::states_language(root) {
                findings.say(Code::NoLanguage, root.at, "expected xml:lang, found none");
            }
            if name == "feed" {
                atom::feed(root, findings);
            } else {
                atom::entry(root, &root.namespace, false, findings);
            }
        }
        (Kind::Unknown, name) => findings.say(Code::UnknownElement, root.at, format!("expected a feed, found <{name}>")),
        _ => {}
    }
}

/// The DTD of RSS 0.91, in its two forms.
fn document_type(doctype: &str, version: &str, findings: &mut Findings<'_>) {
    let at = findings.text().find("<!DOCTYPE").unwrap_or_default();
    if doctype.contains("//DTD RSS 0.91//") {
        if version != "0.91" {
            findings.say(Code::WrongDoctype, at, format!("expected the document type of version {version}, found that of 0.91"));
        }
        if doctype.contains("my.netscape.com") {
            findings.say(Code::DeprecatedDoctype, at, "expected http://www.rssboard.org/rss-0.91.dtd, found an address that is no longer served");
        }
    } else if doctype.contains("SYSTEM") || doctype.contains("PUBLIC") {
        findings.say(Code::SystemEntity, at, "expected no reference to files outside, found one in the document type");
    }
}
