//! Things that a channel or an item of RSS says twice: once in the words of RSS, once in those of a module.
//!
//! In: a channel or an item. Out: findings at the later of the two.

use super::super::{Element, Findings};
use crate::diagnostic::Code;

/// The name in RSS (or another module) and the one of a module.
type Pair = ((&'static str, &'static str), (&'static str, &'static str));

const CHANNEL: &[Pair] = &[
    (("", "webMaster"), (super::DC, "publisher")),
    (("", "language"), (super::DC, "language")),
    (("", "copyright"), (super::DC, "rights")),
    (("", "lastBuildDate"), (super::DCTERMS, "modified")),
    (("", "managingEditor"), (super::DC, "creator")),
    (("", "category"), (super::DC, "subject")),
    (("", "pubDate"), (super::DC, "date")),
    (("", "generator"), (super::ADMIN, "generatorAgent")),
    ((super::CREATIVE_COMMONS, "license"), (super::CC, "license")),
];

const ITEM: &[Pair] = &[
    (("", "source"), (super::DC, "source")),
    (("", "author"), (super::DC, "creator")),
    (("", "category"), (super::DC, "subject")),
    (("", "pubDate"), (super::DC, "date")),
    (("", "pubDate"), (super::ATOM, "published")),
    (("", "guid"), (super::ATOM, "id")),
    ((super::CREATIVE_COMMONS, "license"), (super::CC, "license")),
];

/// The channel of RSS.
pub(super) fn channel(channel: &Element, findings: &mut Findings<'_>) {
    pairs(channel, CHANNEL, Code::SameMeaning, findings);
}

/// An item of RSS.
pub(super) fn item(item: &Element, version_2: bool, findings: &mut Findings<'_>) {
    pairs(item, ITEM, Code::SameMeaningInItem, findings);
    if !version_2 {
        return;
    }
    let content = item.all(super::ATOM, "content").filter(|content| content.attribute("src").is_none());
    for body in item.all(super::XHTML, "body").chain(content) {
        let name = super::values::name(body);
        findings.say(
            Code::SameMeaningAsDescription,
            body.at,
            format!("expected the text of the item in description or content:encoded, found {name}"),
        );
    }
}

fn pairs(parent: &Element, pairs: &[Pair], code: Code, findings: &mut Findings<'_>) {
    for ((core_namespace, core), (namespace, name)) in pairs {
        let (Some(first), Some(second)) = (parent.first(core_namespace, core), parent.first(namespace, name)) else { continue };
        let later = if first.at < second.at { second } else { first };
        let (a, b) = (super::values::name(first), super::values::name(second));
        findings.say(code, later.at, format!("expected one of {a} and {b}, found both"));
    }
}
