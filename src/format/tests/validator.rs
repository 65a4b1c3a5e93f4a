//! The rules of the W3C validator that a writer can keep whatever the feed holds.

use super::{ATOM, DC, Format};
use roxmltree::{Document, Node};
use std::collections::BTreeSet;

const MISPLACED_AFTER_ITEMS: &str = "metadata behind an item or entry";

/// The first broken rule.
pub(super) fn check(document: &Document<'_>, format: Format) -> Result<(), String> {
    let feed = match format {
        Format::Rss => document.root_element().first_element_child().ok_or("no channel")?,
        _ => document.root_element(),
    };
    let entry_name = if format == Format::Rss { "item" } else { "entry" };
    let mut is_behind = false;
    for child in feed.children().filter(Node::is_element) {
        is_behind |= child.tag_name().name() == entry_name;
        if is_behind && child.tag_name().name() != entry_name {
            return Err(MISPLACED_AFTER_ITEMS.to_owned());
        }
    }
    match format {
        Format::Rss => exactly_one(feed, &["title", "link", "description", "lastBuildDate"])?,
        _ => exactly_one(feed, &["title", "id", "updated"])?,
    }
    for node in document.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        let value = node.text().unwrap_or("");
        let is_leaf_with_text =
            !matches!(name, "rss" | "channel" | "feed" | "item" | "entry" | "author" | "source" | "link" | "category" | "enclosure" | "thumbnail");
        // What the model has no field for is passed on as it came.
        let is_ours = matches!(node.tag_name().namespace().unwrap_or(""), "" | ATOM | DC | super::CONTENT | super::MEDIA)
            && node.parent_element().is_none_or(|parent| matches!(parent.tag_name().namespace().unwrap_or(""), "" | ATOM))
            && node.attribute("src").is_none();
        if !is_ours {
            continue;
        }
        if is_leaf_with_text && node.tag_name().namespace() != Some(super::MEDIA) && value.trim().is_empty() && !node.has_children() {
            return Err(format!("{name} is blank"));
        }
        for attribute in node.attributes() {
            if attribute.value().trim().is_empty() {
                return Err(format!("{}/@{} is blank", name, attribute.name()));
            }
            let is_address = matches!(attribute.name(), "href" | "url" | "domain" | "scheme" | "base");
            if is_address && !is_uri(attribute.value()) {
                return Err(format!("{name}/@{} is no URI: {}", attribute.name(), attribute.value()));
            }
        }
        match (name, node.tag_name().namespace().unwrap_or("")) {
            ("item", "") => item(node)?,
            ("entry", ATOM) => entry(node, feed)?,
            ("link", "") | ("id" | "icon" | "uri", ATOM) if !is_uri(value) => return Err(format!("{name} is no URI: {value}")),
            ("updated" | "published", ATOM) if chrono::DateTime::parse_from_rfc3339(value).is_err() => {
                return Err(format!("{name} is no date: {value}"));
            }
            ("pubDate" | "lastBuildDate", "") if chrono::DateTime::parse_from_rfc2822(value).is_err() => {
                return Err(format!("{name} is no date: {value}"));
            }
            ("category", "") if value.trim().is_empty() => return Err("category is blank".to_owned()),
            ("category", ATOM) if node.attribute("term").is_none() => return Err("category without term".to_owned()),
            _ => {}
        }
    }
    Ok(())
}

fn exactly_one(node: Node<'_, '_>, names: &[&str]) -> Result<(), String> {
    for name in names {
        let count =
            node.children().filter(|child| child.tag_name().name() == *name && child.tag_name().namespace() == node.tag_name().namespace()).count();
        if count != 1 {
            return Err(format!("{} has {count} {name}", node.tag_name().name()));
        }
    }
    Ok(())
}

fn item(item: Node<'_, '_>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for child in item.children().filter(Node::is_element) {
        let name = (child.tag_name().namespace().unwrap_or(""), child.tag_name().name());
        if name.1 == "encoded" && !seen.contains(&("", "description")) {
            return Err("content:encoded without a description before it".to_owned());
        }
        let is_ours = matches!(name.0, "" | ATOM | DC);
        let may_repeat = !is_ours || matches!(name, ("", "category") | (DC, "creator") | (ATOM, "link" | "contributor"));
        if !seen.insert(name) && !may_repeat {
            return Err(format!("{} stands twice", name.1));
        }
        if name == ("", "guid") && child.attribute("isPermaLink").is_none() && !is_uri(child.text().unwrap_or("")) {
            return Err("a permalink that is no address".to_owned());
        }
        if name == ("", "author") {
            return Err("an author".to_owned());
        }
    }
    if seen.contains(&("", "title")) || seen.contains(&("", "description")) { Ok(()) } else { Err("neither title nor description".to_owned()) }
}

fn entry(entry: Node<'_, '_>, feed: Node<'_, '_>) -> Result<(), String> {
    exactly_one(entry, &["title", "id", "updated"])?;
    let has = |node: Node<'_, '_>, name: &str| node.children().any(|child| child.has_tag_name((ATOM, name)));
    if !has(entry, "author") && !has(feed, "author") {
        return Err("nobody is the author".to_owned());
    }
    let links: Vec<_> = entry.children().filter(|child| child.has_tag_name((ATOM, "link"))).collect();
    let alternates: Vec<_> = links
        .iter()
        .filter(|link| link.attribute("rel") == Some("alternate"))
        .map(|link| (link.attribute("type"), link.attribute("hreflang")))
        .collect();
    if alternates.iter().collect::<BTreeSet<_>>().len() != alternates.len() {
        return Err("two alternates of one type and language".to_owned());
    }
    if alternates.is_empty() && !has(entry, "content") {
        return Err("neither content nor alternate link".to_owned());
    }
    if !has(entry, "content") && !has(entry, "summary") {
        return Err("no text".to_owned());
    }
    if links.iter().any(|link| link.attribute("rel") == Some("enclosure") && (link.attribute("length").is_none() || link.attribute("type").is_none()))
    {
        return Err("an enclosure without type or length".to_owned());
    }
    Ok(())
}

/// RFC 2396 as the validator reads it: absolute, ASCII, no brackets but around an IPv6 host.
fn is_uri(value: &str) -> bool {
    let Some((scheme, rest)) = value.split_once(':') else { return false };
    let rest = match rest.strip_prefix("//[").and_then(|rest| rest.split_once(']')) {
        Some((_, rest)) => rest,
        None => rest,
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        && rest.chars().all(|c| c.is_ascii_alphanumeric() || ";/?:@&=+$.-_!~*'()%,#".contains(c))
}
