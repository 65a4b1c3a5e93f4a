//! Media RSS whose objects cannot be told apart or found.

use super::outline::MEDIA;
use crate::diagnostic::Code;
use crate::lint::Findings;
use crate::lint::tree::{Element, Tree};

pub(super) fn check(tree: &Tree, findings: &mut Findings<'_>) {
    each(&tree.root, findings);
}

fn each(element: &Element, findings: &mut Findings<'_>) {
    if element.namespace == MEDIA && element.name == "content" {
        let player = |parent: &Element| parent.first(MEDIA, "player").is_some();
        if element.attribute("url").is_none() && !player(element) {
            findings.say(Code::MediaNowhere, element.at, "expected an address (url) or a media:player, found neither");
        }
    }
    let mut seen = false;
    for content in element.all(MEDIA, "content") {
        let Some(default) = content.attribute("isDefault").filter(|attribute| attribute.value == "true") else { continue };
        if std::mem::replace(&mut seen, true) {
            findings.say(Code::TwoDefaults, default.value_at, "expected one default among the media objects, found another");
        }
    }
    element.elements().for_each(|child| each(child, findings));
}
