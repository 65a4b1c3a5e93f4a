//! Who wrote what: an entry that leaves its feed takes along what the feed said for it.
//!
//! In: a feed. Out: its entries with origin and language. Nothing is lost that the entry inherited.

use crate::model::{Entry, Feed, Link, Origin, Person, Rel};
use crate::text::hygiene::one_line;
use crate::text::plain::readable;
use std::sync::Arc;

/// The feed as the origin of its entries.
pub fn origin(feed: &Feed) -> Origin {
    let mut origin = Origin::new(feed.id.clone());
    origin.title = Some(readable(&feed.title).trim().to_owned()).filter(|title| !title.is_empty());
    let is_address = |link: &&Link| matches!(link.rel, Rel::Alternate | Rel::Itself);
    origin.links = feed.links.iter().filter(is_address).cloned().collect();
    origin.language.clone_from(&feed.language);
    origin.rights.clone_from(&feed.rights);
    origin
}

/// The entries of a feed, each with its origin (this feed, unless it came from another one already), its language and its authors.
///
/// `inherits` says whether the format lets entries without authors have the feed's (Atom, RFC 4287 §4.2.1, and JSON Feed). An author
/// who is called like the feed is a stand-in, because Atom wants one, and nobody's.
pub fn entries(feed: Feed, inherits: bool) -> Vec<Entry> {
    let origin = Arc::new(origin(&feed));
    let is_nobody = |person: &Person| Some(person.name.as_str()) == origin.title.as_deref() && person.url.is_none() && person.email.is_none();
    let authors: Vec<Person> = if inherits { feed.authors.iter().filter(|person| !is_nobody(person)).cloned().collect() } else { Vec::new() };
    let language = feed.language;
    let mut entries = feed.entries;
    for entry in &mut entries {
        if entry.authors.is_empty() && entry.origin.is_none() {
            entry.authors.clone_from(&authors);
        }
        let from = entry.origin.get_or_insert_with(|| origin.clone());
        let inherited = from.language.as_ref().or(language.as_ref());
        entry.language = entry.language.take().or_else(|| inherited.cloned());
    }
    entries
}

/// What tells one origin from another, whichever format it was read from: its own address, else its page, else its id. Sites that were
/// never told their address all have the same one; these are told apart by their titles.
pub fn key(origin: &Origin) -> String {
    let find = |rel: Rel| origin.links.iter().find(|link| link.rel == rel).map(|link| link.href.as_str());
    let address = find(Rel::Itself).or_else(|| find(Rel::Alternate)).unwrap_or_else(|| origin.id.as_str());
    match &origin.title {
        Some(title) if is_made_up(address) && title != address => format!("{address}\n{}", one_line(title)),
        _ => address.to_owned(),
    }
}

/// Whether nobody lives at the address: what generators put in until they are told better, and names that are reserved (RFC 2606) or of
/// the machine itself. A path alone is no address either.
fn is_made_up(address: &str) -> bool {
    const HOSTS: &[&str] = &["yoursite.com", "your-site.com", "yourdomain.com", "mysite.com", "localhost", "127.0.0.1", "0.0.0.0"];
    const RESERVED: &[&str] = &["example.com", "example.org", "example.net", ".example", ".test", ".invalid", ".localhost", ".local"];
    let Some((_, rest)) = address.split_once("://") else { return address.starts_with('/') || !address.contains(':') };
    let host = rest.split(['/', ':', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    HOSTS.contains(&host) || RESERVED.iter().any(|reserved| host.ends_with(reserved))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Id, Person, Text};

    fn origin_at(address: &str, title: &str) -> Origin {
        let mut origin = Origin::new(Id::opaque("x"));
        origin.title = Some(title.to_owned());
        origin.links.push(Link::new(Rel::Itself, address));
        origin
    }

    #[test]
    fn a_feed_is_known_by_its_address_unless_that_is_made_up() {
        let same = |one: &str, other: &str| key(&origin_at(one, "甲")) == key(&origin_at(other, "乙"));
        assert!(same("https://a.cn/rss.xml", "https://a.cn/rss.xml"), "renamed");
        assert!(!same("https://a.cn/rss.xml", "https://a.cn/atom.xml"));
        for made_up in ["http://yoursite.com/", "http://www.example.com/atom.xml", "/atom.xml", "http://localhost:4000/", "https://blog.test/"] {
            assert!(!same(made_up, made_up), "{made_up}");
            assert_eq!(key(&origin_at(made_up, "甲")), key(&origin_at(made_up, " 甲 ")), "{made_up}");
        }
    }

    #[test]
    fn entries_take_along_what_they_inherit() {
        let mut feed = Feed::new(Id::opaque("f"), Text::plain("站"));
        feed.authors = vec![Person::new("张三"), Person::new("站")];
        feed.language = crate::model::Language::parse("zh-CN");
        feed.entries = vec![Entry::new(Id::opaque("1"))];
        let inherited = entries(feed.clone(), true);
        assert_eq!(inherited[0].authors, [Person::new("张三")], "who is called like the feed is nobody");
        assert_eq!(inherited[0].language.as_ref().map(crate::model::Language::as_str), Some("zh-CN"));
        assert_eq!(inherited[0].origin.as_ref().and_then(|origin| origin.title.as_deref()), Some("站"));
        assert!(entries(feed, false)[0].authors.is_empty());
    }
}
