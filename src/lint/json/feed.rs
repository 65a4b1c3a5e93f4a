//! The rules of a JSON Feed's top level.

use super::shape::{AUTHOR, FEED, HUB};
use super::{Checker, list, start, text};
use crate::diagnostic::Code;
use crate::syntax::{Map, Node, Place};
use crate::text::url::absolute;

/// The version that this checks.
const VERSION: &str = "https://jsonfeed.org/version/1.1";
/// The version before it, which has no `authors` and no `language`.
const VERSION_1: &str = "https://jsonfeed.org/version/1";

impl Checker<'_, '_, '_> {
    pub(super) fn feed(&mut self, map: &Map) {
        self.members(map, FEED, "a JSON Feed");
        self.version(map);
        let place = start(map);
        if map.get("title").is_none() {
            self.say(Code::JsonTitleMissing, place, "expected a title, found none");
        }
        if map.get("items").is_none() {
            self.say(Code::JsonItemsMissing, place, "expected a list of items, found none");
        }
        self.addresses(map, place);
        self.authors(map);
        self.hubs(map);
        if map.get("expired").and_then(Node::as_bool) == Some(true) && map.get("next_url").is_some() {
            let next = map.get("next_url").map_or(place, |node| node.place);
            self.say(Code::JsonExpiredNext, next, "expected no `next_url` in a feed that has expired, found one");
        }
        self.items(list(map, "items"));
    }

    fn version(&mut self, map: &Map) {
        let Some(node) = map.get("version") else {
            return self.say(Code::JsonVersionMissing, start(map), format!("expected \"version\": \"{VERSION}\", found no version"));
        };
        match node.as_text().as_deref() {
            Some(VERSION) | None => {}
            Some(VERSION_1) => self.say(Code::JsonVersionOld, node.place, format!("expected version 1.1 ({VERSION}), found version 1")),
            Some(other) => self.say(Code::JsonVersionUnknown, node.place, format!("expected exactly {VERSION}, found `{other}`")),
        }
    }

    fn addresses(&mut self, map: &Map, place: Place) {
        let own = text(map, "feed_url");
        if own.is_none() {
            self.say(Code::JsonSelfMissing, place, "expected the feed's own address as `feed_url`, found none");
        }
        if text(map, "home_page_url").is_none() {
            self.say(Code::JsonHomeMissing, place, "expected the address of the site as `home_page_url`, found none");
        }
        let same = |a: &str, b: &str| a == b || absolute(a).ok().is_some_and(|a| absolute(b).ok() == Some(a));
        if let (Some((own, at)), Some(base)) = (own, self.findings.options().base.clone())
            && !same(own, &base)
        {
            self.say(Code::JsonSelfElsewhere, at, format!("expected `feed_url` to be {base}, found {own}"));
        }
        if let (Some((own, _)), Some((next, at))) = (own, text(map, "next_url"))
            && same(own, next)
        {
            self.say(Code::JsonNextIsSelf, at, format!("expected the address of the next page as `next_url`, found the feed itself: {next}"));
        }
    }

    /// `author` and `authors` of a feed or an item.
    pub(super) fn authors(&mut self, map: &Map) {
        if let Some(member) = map.iter().find(|member| member.key == "author").filter(|_| map.get("authors").is_none()) {
            // Both together serve readers of either version.
            self.say(Code::JsonAuthorOld, member.key_place, "expected `authors`, a list, since version 1.1; found `author`");
        }
        let old = map.get("author").into_iter();
        for node in list(map, "authors").iter().chain(old) {
            let Some(author) = node.as_map() else { continue };
            self.members(author, AUTHOR, "an author");
            if ["name", "url", "avatar"].iter().all(|key| author.get(key).is_none()) {
                self.say(Code::JsonAuthorEmpty, node.place, "expected a name, an address or an avatar of an author, found none");
            }
        }
        if let Some(node) = map.get("authors").filter(|node| node.as_list().is_some_and(<[Node]>::is_empty)) {
            self.say(Code::JsonListEmpty, node.place, "expected `authors` to be left out or to name somebody, found an empty list");
        }
    }

    fn hubs(&mut self, map: &Map) {
        for node in list(map, "hubs") {
            let Some(hub) = node.as_map() else { continue };
            self.members(hub, HUB, "a hub");
            for key in ["type", "url"] {
                if hub.get(key).is_none() {
                    self.say(Code::JsonHubIncomplete, node.place, format!("expected `{key}` of a hub, found none"));
                }
            }
            if let Some((kind, at)) = text(hub, "type")
                && !["WebSub", "rssCloud"].contains(&kind)
            {
                self.say(Code::JsonHubKind, at, format!("expected WebSub or rssCloud as type of a hub, found `{kind}`"));
            }
        }
    }
}
