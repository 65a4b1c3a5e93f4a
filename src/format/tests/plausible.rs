//! Feeds of values that are each plausible, from pools so small that they meet: one address twice, one name in two roles.

use super::*;
use proptest::prelude::*;
use proptest::sample::select;
use std::sync::Arc;

const ADDRESSES: &[&str] = &[
    "https://a.example/1",
    "https://a.example/1#x",
    "http://b.example/二?q=[1]",
    "https://a.example",
    "https://a.example/feed.xml",
    "urn:isbn:1",
    "mailto:a@example.org",
    "tag:a.example,2025:x",
    "/relative",
    "ftp://c.example/x y",
];
const WORDS: &[&str] = &[
    "词",
    "a b",
    "R&D",
    "<b>粗</b> &amp; x",
    "a@example.org",
    "王 (w@example.org)",
    " 甲\n乙  丙 ",
    "1 < 2",
    "feedloom",
    "mailto:x",
    "&#65;",
    "",
    "<p><a href=\"二.html\">x</a></p>",
    "<img src='/a.png'><img srcset=\"b.png 2x\">",
    "<![CDATA[x]]>",
    "</p>",
];
const LANGUAGES: &[&str] = &["zh", "zh-CN", "en", "cmn-Hans", "x-own", "en-US"];

fn address() -> impl Strategy<Value = String> {
    select(ADDRESSES).prop_map(str::to_owned)
}

fn word() -> impl Strategy<Value = String> {
    select(WORDS).prop_map(str::to_owned)
}

fn language() -> impl Strategy<Value = Option<Language>> {
    prop::option::of(select(LANGUAGES).prop_map(|tag| Language::parse(tag).unwrap()))
}

fn text() -> impl Strategy<Value = Option<Text>> {
    let kinds = [TextKind::Plain, TextKind::Html, TextKind::Xhtml];
    let text = (word(), select(kinds.to_vec()), language(), prop::option::of(address()));
    prop::option::of(text.prop_map(|(value, kind, language, base)| Text { kind, language, base, ..Text::plain(value) }))
}

fn date() -> impl Strategy<Value = Option<Timestamp>> {
    let dates =
        ["2025-02-14T10:11:09+08:00", "2025-02-14T02:11:09Z", "2025-02-13T23:11:09.5-03:17", "0999-01-01T00:00:00Z", "1900-01-01T00:00:00+05:30"];
    prop::option::of(select(dates.to_vec()).prop_map(|date| Timestamp::parse_rfc3339(date).unwrap()))
}

fn id() -> impl Strategy<Value = Id> {
    prop_oneof![
        address().prop_map(Id::permalink),
        address().prop_map(Id::opaque),
        address().prop_map(Id::derived),
        word().prop_map(Id::opaque),
        word().prop_map(Id::derived),
        word().prop_map(|word| Id::opaque(format!("urn:feedloom:{word}"))),
    ]
}

fn link() -> impl Strategy<Value = Link> {
    let names = ["replies", "next", "enclosure", "prev", "Alternate", "http://www.iana.org/assignments/relation/via", "https://A.example/rel", "x"];
    let rels = [Rel::Alternate, Rel::Itself, Rel::Hub, Rel::Related, Rel::Via];
    let rel = prop_oneof![2 => select(rels.to_vec()), 1 => select(names.to_vec()).prop_map(|name| Rel::Other(name.to_owned()))];
    let types = ["text/html", "application/atom+xml", "application/rss+xml", "text/html; charset=utf-8", "no type"];
    (rel, address(), prop::option::of(select(types.to_vec())), language(), prop::option::of(word())).prop_map(
        |(rel, href, media_type, language, title)| Link { media_type: media_type.map(str::to_owned), language, title, ..Link::new(rel, href) },
    )
}

fn links() -> impl Strategy<Value = Vec<Link>> {
    prop::collection::vec(link(), 0..5)
}

fn people() -> impl Strategy<Value = Vec<Person>> {
    let person = (word(), prop::option::of(address()), prop::option::of(word()));
    prop::collection::vec(person.prop_map(|(name, url, email)| Person { name, url, email }), 0..4)
}

fn categories() -> impl Strategy<Value = Vec<Category>> {
    let category = (word(), prop::option::of(address()), prop::option::of(word()));
    prop::collection::vec(category.prop_map(|(term, scheme, label)| Category { term, scheme, label }), 0..4)
}

fn media() -> impl Strategy<Value = Vec<Media>> {
    let number = || prop::option::of(0..2_u32);
    let types = select(vec!["image/png", "audio/mpeg; x=y", "no type"]);
    let file = (
        address(),
        select(vec![Role::Thumbnail, Role::Content, Role::Enclosure]),
        prop::option::of(types),
        (number(), number(), number(), number()),
        prop::option::of(word()),
    );
    let file = file.prop_map(|(url, role, media_type, (length, width, height, duration), alt)| Media {
        media_type: media_type.map(str::to_owned),
        length: length.map(u64::from),
        width,
        height,
        duration,
        alt,
        ..Media::new(role, url)
    });
    prop::collection::vec(file, 0..4)
}

/// Elements of vocabularies that readers know, and of others; names that mean something, and others.
fn extensions() -> impl Strategy<Value = Vec<Extension>> {
    let namespaces = vec![
        "",
        ATOM,
        DC,
        MEDIA,
        CONTENT,
        "http://purl.org/dc/terms/",
        "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "https://www.itunes.com/DTDs/Podcast-1.0.dtd",
        "http://purl.org/rss/1.0/modules/slash/",
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://purl.org/rss/1.0/",
        "https://podcastindex.org/namespace/1.0",
        "urn:x",
    ];
    let names = vec![
        "title",
        "item",
        "entry",
        "link",
        "rights",
        "contributor",
        "description",
        "creator",
        "Creator",
        "date",
        "comments",
        "duration",
        "section",
        "ttl",
        "_x",
        "keywords",
        "encoded",
        "li",
        "value",
        "channel",
        "license",
        "image",
        "managingEditor",
        "group",
        "rating",
        "source",
    ];
    let attributes =
        prop::collection::vec((select(vec!["a", "{urn:y}b", "{http://www.w3.org/XML/1998/namespace}lang", "url", "xmlns"]), word()), 0..3);
    let leaf = (select(namespaces), select(names), attributes, word()).prop_map(|(namespace, name, attributes, text)| {
        let mut element = Extension::new(namespace, name);
        element.attributes = attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        element.text = text;
        element
    });
    let tree = leaf.prop_recursive(3, 8, 3, |inner| {
        (inner.clone(), prop::collection::vec(inner, 0..3)).prop_map(|(mut element, children)| {
            element.children = children;
            element
        })
    });
    prop::collection::vec(tree, 0..4)
}

fn origin() -> impl Strategy<Value = Option<Arc<Origin>>> {
    let origin = (id(), prop::option::of(word()), links(), language(), text());
    prop::option::of(origin.prop_map(|(id, title, links, language, rights)| {
        let mut origin = Origin::new(id);
        (origin.title, origin.links, origin.language, origin.rights) = (title, links, language, rights);
        Arc::new(origin)
    }))
}

fn entry() -> impl Strategy<Value = Entry> {
    let texts = (text(), text(), text());
    let lists = (links(), people(), categories(), media(), extensions());
    (id(), texts, lists, prop::option::of(link()), (date(), date()), language(), origin()).prop_map(
        |(id, texts, lists, content_link, dates, language, origin)| {
            let mut entry = Entry::new(id);
            (entry.title, entry.summary, entry.content) = texts;
            (entry.links, entry.authors, entry.categories, entry.media, entry.extensions) = lists;
            (entry.published, entry.updated) = dates;
            (entry.content_link, entry.language, entry.origin) = (content_link, language, origin);
            entry
        },
    )
}

pub(super) fn feeds() -> impl Strategy<Value = Feed> {
    let texts = (text(), text(), text());
    let lists = (links(), people(), categories(), extensions(), prop::collection::vec(entry(), 0..3));
    let addresses = (prop::option::of(address()), prop::option::of(address()), prop::option::of(word()));
    (id(), texts, lists, addresses, (date(), date()), language()).prop_map(|(id, texts, lists, addresses, dates, language)| {
        let mut feed = Feed::new(id, texts.0.unwrap_or_else(|| Text::plain("")));
        (feed.subtitle, feed.rights) = (texts.1, texts.2);
        (feed.links, feed.authors, feed.categories, feed.extensions, feed.entries) = lists;
        (feed.icon, feed.logo, feed.generator) = addresses;
        feed.updated = dates.0;
        feed.undated = dates.1.unwrap_or_else(Timestamp::epoch);
        feed.language = language;
        feed
    })
}
