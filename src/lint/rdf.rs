//! RSS 1.0 and 0.90: the channel, its items, picture and form as RDF has them.
//!
//! In: the root element. Out: findings: what must be there, and references that lead to nothing. What modules add is looked at by `modules`.

use super::rss::{blank, missing, report, text};
use super::text::html;
use super::value::{shown, uri};
use super::walk::{self, Parent, RDF};
use super::{Attribute, Element, Findings, xml};
use crate::diagnostic::Code;
use std::collections::HashSet;

/// RSS 1.0.
const RSS_10: &str = "http://purl.org/rss/1.0/";
/// RSS 0.90, which has neither ids nor a list of items.
const RSS_090: &str = "http://my.netscape.com/rdf/simple/0.9/";

const DC: &str = "http://purl.org/dc/elements/1.1/";

/// Whether an element is one of RSS 1.0 or 0.90.
pub(super) fn is_rss(element: &Element) -> bool {
    matches!(element.namespace.as_str(), RSS_10 | RSS_090)
}

/// Whether any property may be said of an element: of all that RDF describes, only channels and items have rules of their own.
pub(super) fn is_open(element: &Element) -> bool {
    element.namespace == RDF || (is_rss(element) && !matches!(element.name.as_str(), "channel" | "item"))
}

/// A document.
pub(super) fn check(root: &Element, findings: &mut Findings<'_>) {
    if root.namespace != RDF {
        findings.say(Code::WrongNamespace, root.at, format!("expected {RDF}, found {}", shown(&root.namespace)));
    }
    let channels = || root.elements().filter(|child| child.name == "channel");
    let own = channels().next().map_or(RSS_10, |channel| channel.namespace.as_str());
    walk::children(root, Parent::Rdf, own, findings);
    if channels().next().is_none() {
        missing(root, "channel", Code::MissingElement, findings);
    }
    let mut abouts = HashSet::new();
    for item in root.all(own, "item") {
        if let Some(address) = about(item, own, findings)
            && !abouts.insert(address.value.as_str())
        {
            let message = format!("expected another rdf:about than that of an item before, found {}", shown(&address.value));
            findings.say(Code::DuplicateValue, address.value_at, message);
        }
        parts(item, Parent::RdfItem, own, &["title", "link"], findings);
    }
    for (name, parent, needed) in
        [("image", Parent::RdfImage, &["title", "url", "link"][..]), ("textinput", Parent::TextInput, &["title", "description", "name", "link"])]
    {
        for element in root.all(own, name) {
            about(element, own, findings);
            parts(element, parent, own, needed, findings);
        }
    }
    for channel in channels() {
        about(channel, own, findings);
        parts(channel, Parent::RdfChannel, own, &["title", "link", "description"], findings);
        if channel.first(DC, "language").is_none() && !xml::states_language(channel) && !xml::states_language(root) {
            findings.say(Code::NoLanguage, channel.at, "expected dc:language, found none");
        }
        for name in ["image", "textinput"] {
            reference(channel.first(own, name), root.first(own, name), findings);
        }
        if own == RSS_10 {
            items(channel, own, &abouts, findings);
        }
    }
}

fn rdf<'e>(element: &'e Element, name: &str) -> Option<&'e Attribute> {
    element.attributes.iter().find(|attribute| attribute.namespace == RDF && attribute.name == name)
}

/// The address that an element describes, which RSS 1.0 demands.
fn about<'e>(element: &'e Element, own: &str, findings: &mut Findings<'_>) -> Option<&'e Attribute> {
    let found = rdf(element, "about");
    match found {
        None if own == RSS_10 => {
            findings.say(Code::MissingAttribute, element.at, format!("expected rdf:about on {}, found none", element.name));
        }
        None => {}
        Some(address) => report(uri::link(&address.value), address.value_at, findings),
    }
    found
}

/// The elements inside, of which some must be there.
fn parts(element: &Element, parent: Parent, own: &str, needed: &[&str], findings: &mut Findings<'_>) {
    walk::attributes(element, &[], false, findings);
    walk::children(element, parent, own, findings);
    for name in needed.iter().filter(|name| element.first(own, name).is_none()) {
        let code = match (parent, *name) {
            (Parent::RdfItem, _) => Code::MissingElement,
            (_, "title") => Code::MissingChannelTitle,
            (_, "link") => Code::MissingChannelLink,
            (_, "description") => Code::MissingDescription,
            _ => Code::MissingElement,
        };
        missing(element, name, code, findings);
    }
    for child in element.elements().filter(|child| child.namespace == own) {
        let value = child.text();
        match child.name.as_str() {
            "title" => {
                blank(child, findings);
                text(child, false, findings);
            }
            "link" | "url" => {
                walk::text_only(child, findings);
                report(uri::full_link(value.trim()), child.text_at(), findings);
            }
            "description" if parent == Parent::RdfItem => {
                html::check(child, findings);
                html::references(child, findings);
            }
            "description" => text(child, false, findings),
            _ => {}
        }
    }
}

/// The reference of a channel to its picture or form: it leads to one, if there is one.
fn reference(from: Option<&Element>, to: Option<&Element>, findings: &mut Findings<'_>) {
    let (Some(from), Some(about)) = (from, to.and_then(|to| rdf(to, "about"))) else { return };
    match rdf(from, "resource") {
        None => findings.say(Code::MissingAttribute, from.at, format!("expected rdf:resource on {}, found none", from.name)),
        Some(resource) if resource.value != about.value => {
            let message = format!("expected {}, the rdf:about of {}, found {}", shown(&about.value), from.name, shown(&resource.value));
            findings.say(Code::ReferenceToNothing, resource.value_at, message);
        }
        Some(_) => {}
    }
}

/// The list of items: a sequence of references to those that are there.
fn items(channel: &Element, own: &str, abouts: &HashSet<&str>, findings: &mut Findings<'_>) {
    let Some(list) = channel.first(own, "items") else {
        return missing(channel, "items", Code::MissingElement, findings);
    };
    let Some(sequence) = list.elements().find(|child| child.namespace == RDF && matches!(child.name.as_str(), "Seq" | "Bag")) else {
        return missing(list, "rdf:Seq", Code::MissingElement, findings);
    };
    for entry in sequence.all(RDF, "li") {
        match rdf(entry, "resource").or_else(|| entry.attribute("resource")) {
            None => findings.say(Code::MissingAttribute, entry.at, "expected rdf:resource on rdf:li, found none"),
            Some(resource) if !abouts.contains(resource.value.as_str()) => {
                let message = format!("expected the rdf:about of an item, found {}", shown(&resource.value));
                findings.say(Code::ReferenceToNothing, resource.value_at, message);
            }
            Some(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Code;
    use crate::lint::{Options, lint};

    const WHOLE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xml:lang="en">
<channel rdf:about="https://a.example/rss"><title>t</title><link>https://a.example/</link><description>d</description>
<image rdf:resource="https://a.example/a.png"/><items><rdf:Seq><rdf:li rdf:resource="https://a.example/1"/></rdf:Seq></items></channel>
<image rdf:about="https://a.example/a.png"><title>t</title><url>https://a.example/a.png</url><link>https://a.example/</link></image>
<item rdf:about="https://a.example/1"><title>i</title><link>https://a.example/1</link><description>&lt;p>x&lt;/p></description>
<dc:subject><rdf:Description/></dc:subject><dc:date>2025-02-14</dc:date></item>
</rdf:RDF>"#;

    fn codes(document: &str) -> Vec<Code> {
        lint(document.as_bytes(), &Options::default()).problems.iter().map(|problem| problem.finding.code).collect()
    }

    #[test]
    fn a_whole_feed_has_no_fault() {
        assert_eq!(codes(WHOLE), []);
    }

    #[test]
    fn what_is_missing_or_leads_nowhere_is_found() {
        for (from, to, expected) in [
            (" rdf:about=\"https://a.example/rss\"", "", Code::MissingAttribute),
            ("<description>d</description>", "", Code::MissingDescription),
            ("<title>i</title>", "", Code::MissingElement),
            ("<link>https://a.example/1</link>", "", Code::MissingElement),
            ("<link>https://a.example/1</link>", "<link>1</link>", Code::InvalidFullLink),
            ("<rdf:li rdf:resource=\"https://a.example/1\"/>", "<rdf:li rdf:resource=\"https://a.example/2\"/>", Code::ReferenceToNothing),
            ("<rdf:li rdf:resource=\"https://a.example/1\"/>", "<rdf:li/>", Code::MissingAttribute),
            ("rdf:resource=\"https://a.example/a.png\"", "rdf:resource=\"https://a.example/b.png\"", Code::ReferenceToNothing),
            ("<url>https://a.example/a.png</url>", "", Code::MissingElement),
            ("<title>i</title>", "<title>i</title><guid>1</guid>", Code::UnknownElement),
            (" xml:lang=\"en\"", "", Code::NoLanguage),
        ] {
            let document = WHOLE.replacen(from, to, 1);
            assert_ne!(document, WHOLE, "{from}");
            assert!(codes(&document).contains(&expected), "{to} for {from}: {:?}", codes(&document));
        }
        let twice =
            WHOLE.replace("</rdf:RDF>", "<item rdf:about=\"https://a.example/1\"><title>i</title><link>https://a.example/1</link></item></rdf:RDF>");
        assert!(codes(&twice).contains(&Code::DuplicateValue));
    }

    #[test]
    fn version_0_90_has_neither_ids_nor_a_list() {
        let old = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/" xml:lang="en">
<channel><title>t</title><link>https://a.example/</link><description>d</description></channel>
<item><title>i</title><link>https://a.example/1</link><dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">2025-02-14</dc:date></item></rdf:RDF>"#;
        assert_eq!(codes(old), []);
        assert!(codes(&old.replace("<title>i</title>", "")).contains(&Code::MissingElement));
    }
}
