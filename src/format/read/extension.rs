//! Elements that the model has no field for, kept as they are.
//!
//! In: the element that was opened last. Out: a tree of names, attributes and texts. Bounded in depth and number.

use super::super::markup::{Cursor, Ns, Tag, decode};
use super::limit;
use crate::diagnostic::Code;
use crate::model::Extension;

/// Reads the element; `budget` is how many elements may still be kept. `None`, and the element is passed over, when none.
pub(super) fn read<'a>(cursor: &mut Cursor<'a>, tag: &Tag<'a>, budget: &mut usize) -> Option<Extension> {
    element(cursor, tag, budget, 0)
}

fn element<'a>(cursor: &mut Cursor<'a>, tag: &Tag<'a>, budget: &mut usize, level: usize) -> Option<Extension> {
    let depth = cursor.depth();
    let most = cursor.uri(tag.ns).len();
    if *budget == 0 || level >= limit::EXTENSION_DEPTH || !cursor.repairs.may_copy(tag.offset, most) {
        cursor.repairs.note(tag.offset, Code::LimitExceeded, || "expected fewer foreign elements, found more; the rest was left out".to_owned());
        while cursor.child(depth).is_some() {}
        return None;
    }
    *budget -= 1;
    let mut extension = Extension::new(cursor.uri(tag.ns), tag.written);
    for attribute in tag.attributes() {
        if attribute.name == "xmlns" || attribute.name.starts_with("xmlns:") || attribute.name.is_empty() {
            continue;
        }
        let name = match cursor.attribute_name(&attribute) {
            (Some(ns), local) => {
                let most = cursor.uri(ns).len();
                if !cursor.repairs.may_copy(tag.offset, most) {
                    continue;
                }
                format!("{{{}}}{local}", cursor.uri(ns))
            }
            (None, local) => local.to_owned(),
        };
        if !extension.attributes.iter().any(|(known, _)| *known == name) {
            extension.attributes.push((name, decode(attribute.value).into_owned()));
        }
    }
    let mut text = String::new();
    while let Some(child) = cursor.child_or_text(depth, &mut text) {
        extension.children.extend(element(cursor, &child, budget, level + 1));
    }
    extension.text = limit::cut(text.trim(), limit::LINE).to_owned();
    Some(extension)
}

/// Whether the vocabulary is one of those whose unknown elements say nothing to anybody.
pub(super) fn is_syntax(ns: Ns) -> bool {
    matches!(ns, Ns::Rdf | Ns::Xml)
}
