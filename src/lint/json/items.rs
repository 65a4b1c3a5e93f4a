//! The rules of JSON Feed's items and their attachments.

use super::shape::{ATTACHMENT, ITEM, is_rfc3339};
use super::{Checker, list, text};
use crate::diagnostic::{Code, Severity};
use crate::lint::beyond::files::{self, Stated};
use crate::model::Timestamp;
use crate::syntax::{Map, Node, Place, Value};
use std::collections::BTreeMap;

/// How far clocks may differ, in seconds.
const TOLERANCE: i64 = 86_400;

impl Checker<'_, '_, '_> {
    pub(super) fn items(&mut self, items: &[Node]) {
        let mut ids: BTreeMap<String, u32> = BTreeMap::new();
        for node in items {
            let Some(item) = node.as_map() else { continue };
            self.members(item, ITEM, "an item");
            self.id(item, node.place, &mut ids);
            self.contents(item, node.place);
            self.authors(item);
            self.future(item);
            self.tags(item);
            self.attachments(item);
        }
    }

    fn id(&mut self, item: &Map, place: Place, ids: &mut BTreeMap<String, u32>) {
        let Some(node) = item.get("id") else {
            return self.say(Code::JsonIdMissing, place, "expected an `id` of the item, found none");
        };
        let Some(id) = node.as_text().filter(|id| !id.trim().is_empty()) else { return };
        if let Value::Text(id) = &node.value
            && !id.contains(':')
        {
            self.say(Code::JsonIdNoAddress, node.place, format!("expected a full address as `id`, found `{id}`"));
        }
        if let Some(first) = ids.insert(id.clone(), node.place.line) {
            self.say(Code::JsonIdTwice, node.place, format!("expected an `id` of its own, found `{id}` again (before in line {first})"));
        }
    }

    fn contents(&mut self, item: &Map, place: Place) {
        let has = |key: &str| item.get(key).is_some_and(|node| !matches!(node.value, Value::Null));
        if !has("content_html") && !has("content_text") {
            self.say(Code::JsonContentMissing, place, "expected `content_html` or `content_text`, found neither");
        }
        if !has("url") {
            self.say(Code::JsonItemUrlMissing, place, "expected the address of the item's page as `url`, found none");
        }
        if let (Some((url, _)), Some((external, at))) = (text(item, "url"), text(item, "external_url"))
            && url == external
        {
            self.say(Code::JsonExternalIsUrl, at, format!("expected another page than `url` as `external_url`, found the same: {url}"));
        }
    }

    fn future(&mut self, item: &Map) {
        let Some(now) = self.findings.options().now else { return };
        for key in ["date_published", "date_modified"] {
            let Some((written, at)) = text(item, key).filter(|(written, _)| is_rfc3339(written)) else { continue };
            if Timestamp::parse_rfc3339(written).is_some_and(|date| date.unix() > now.saturating_add(TOLERANCE)) {
                self.say(Code::JsonDateFuture, at, format!("expected a date that has come as `{key}`, found {written}"));
            }
        }
    }

    fn tags(&mut self, item: &Map) {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for node in list(item, "tags") {
            let Value::Text(tag) = &node.value else { continue };
            if tag.trim().is_empty() {
                self.say(Code::JsonTagEmpty, node.place, "expected a word as tag, found an empty string");
            } else if let Some(first) = seen.insert(tag.trim().to_lowercase(), tag) {
                // Another case may come from another list of the author's.
                let severity = if first == tag { Severity::Warning } else { Severity::Info };
                let at = self.places.offset(node.place);
                self.findings.say_as(Code::JsonTagTwice, severity, at, format!("expected each tag once, found `{tag}` besides `{first}`"));
            }
        }
    }

    /// What an attachment says of its file, against the file.
    fn file(&mut self, attachment: &Map) {
        let value = |key: &str| attachment.get(key).and_then(|node| Some((node.as_text()?, self.places.offset(node.place))));
        let Some((url, _)) = text(attachment, "url") else { return };
        let stated = Stated { url: url.to_owned(), length: value("size_in_bytes"), media_type: value("mime_type"), ..Stated::default() };
        files::check(&stated, self.findings);
    }

    fn attachments(&mut self, item: &Map) {
        for node in list(item, "attachments") {
            let Some(attachment) = node.as_map() else { continue };
            self.members(attachment, ATTACHMENT, "an attachment");
            self.file(attachment);
            for key in ["url", "mime_type"] {
                if attachment.get(key).is_none() {
                    self.say(Code::JsonAttachmentIncomplete, node.place, format!("expected `{key}` of an attachment, found none"));
                }
            }
        }
    }
}
