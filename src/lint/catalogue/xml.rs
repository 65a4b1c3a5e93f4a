//! Rules of XML itself: well-formedness, encodings, namespaces, elements that nobody knows.

use super::{Rule, Sample};
use crate::diagnostic::Code;

pub(super) const RULES: &[Rule] = &[Rule {
    code: Code::XmlSyntax,
    w3c: Some("SAXError"),
    help: "write the document with a program that knows XML, or correct the place that is named",
    why: "Readers may refuse a document that is not well-formed (XML 1.0 §2.1), and many do.",
    fails: Sample::Item("<title>R & D</title>"),
    passes: Sample::Item("<title>R &amp; D</title>"),
}];
