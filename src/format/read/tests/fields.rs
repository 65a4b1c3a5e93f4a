//! Fields of feeds and entries: languages, addresses, identities, categories, origins, and what nobody knows.

use super::*;
use crate::model::{IdKind, Rel};

#[test]
fn languages_at_each_level() {
    let document = "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\"><title xml:lang=\"en\">T</title>\
        <entry xml:lang=\"ja\"><title>a</title><content xml:lang=\"ko\">b</content></entry><entry><title xml:lang=\"zh-CN\">c</title></entry></feed>";
    let found = feed(document);
    let tag = |language: &Option<crate::model::Language>| language.as_ref().map(|language| language.as_str().to_owned()).unwrap_or_default();
    assert_eq!(tag(&found.language), "zh-CN");
    assert_eq!(tag(&found.title.language), "en");
    let entry = &found.entries[0];
    assert_eq!((tag(&entry.language), tag(&entry.title.as_ref().unwrap().language)), ("ja".to_owned(), String::new()));
    assert_eq!(tag(&entry.content.as_ref().unwrap().language), "ko");
    assert_eq!(tag(&found.entries[1].language), "");
    let found = feed(&rss("<language>zh_CN</language><item><dc:language>en-us</dc:language></item>"));
    assert_eq!((tag(&found.language), tag(&found.entries[0].language)), ("zh-CN".to_owned(), "en-US".to_owned()));
    assert_eq!(findings(&rss("\n<language>!!!</language>")), ["FL619 2:11"]);
}

#[test]
fn addresses_start_from_what_holds_around_them() {
    let document = "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://e.cn/a/\"><title>T</title><link href=\"x\"/>\
        <entry xml:base=\"b/\"><link href=\"y\"/><content type=\"html\">&lt;img src=\"z.png\"></content></entry></feed>";
    let found = feed(document);
    assert_eq!(found.links[0].href, "https://e.cn/a/x");
    assert_eq!(found.entries[0].links[0].href, "https://e.cn/a/b/y");
    assert_eq!(found.entries[0].content.as_ref().unwrap().base.as_deref(), Some("https://e.cn/a/b/"));

    let document = rss("<link>https://e.cn/</link><item><link>/1</link></item>");
    let read_with = |base: Option<&str>, guess_base: bool| {
        let hints = Hints { base: base.map(ToOwned::to_owned), guess_base, ..Hints::default() };
        only(read(document.as_bytes(), &hints).unwrap().feed().unwrap().clone()).links[0].href.clone()
    };
    assert_eq!(read_with(Some("https://f.cn/feed/"), false), "https://f.cn/1");
    assert_eq!(read_with(None, true), "https://e.cn/1");
    assert_eq!(read_with(None, false), "/1");
    assert_eq!(item("<link>\n https://e.cn/a\n\tb </link>").links[0].href, "https://e.cn/ab");
}

#[test]
fn identities() {
    for (inside, value, kind) in [
        ("<guid>https://e.cn/1</guid>", "https://e.cn/1", IdKind::Permalink),
        ("<guid isPermaLink=\"false\">https://e.cn/1</guid>", "https://e.cn/1", IdKind::Opaque),
        ("<guid>1234</guid>", "1234", IdKind::Opaque),
        ("<guid>tag:e.cn,2025:1</guid>", "tag:e.cn,2025:1", IdKind::Tag),
        ("<link>https://e.cn/1</link>", "https://e.cn/1", IdKind::Derived),
        ("<dc:identifier>x</dc:identifier><guid>y</guid>", "y", IdKind::Opaque),
        ("<dc:identifier>x</dc:identifier>", "x", IdKind::Opaque),
    ] {
        let entry = item(inside);
        assert_eq!((entry.id.as_str(), entry.id.kind()), (value, kind), "{inside}");
    }
    let (one, other) = (item("<title>a</title>"), item("<title>b</title>"));
    assert!(one.id.as_str().starts_with("urn:feedloom:") && one.id != other.id);
    assert_eq!(entry("<id>https://e.cn/1</id><link href=\"https://e.cn/1\"/>").id.kind(), IdKind::Permalink);
    assert_eq!(item("<guid>https://e.cn/1</guid>").link().unwrap().href, "https://e.cn/1");
    assert_eq!(item("<guid>https://e.cn/1</guid><link>https://e.cn/2</link>").link().unwrap().href, "https://e.cn/2");
}

#[test]
fn links() {
    let entry = entry(
        "<link href=\"https://e.cn/1\"/><link rel=\"related\" href=\"https://f.cn/\" title=\"F\" hreflang=\"en\"/>\
         <link rel=\"enclosure\" href=\"https://e.cn/a.mp3\" type=\"audio/mpeg\" length=\"12\" title=\"听\"/>\
         <link rel=\"http://www.iana.org/assignments/relation/via\" href=\"https://g.cn/\"/><link rel=\"x\" href=\"https://h.cn/\"/>",
    );
    let links: Vec<_> = entry.links.iter().map(|link| (link.rel.clone(), link.href.as_str())).collect();
    assert_eq!(
        links,
        [
            (Rel::Alternate, "https://e.cn/1"),
            (Rel::Related, "https://f.cn/"),
            (Rel::Via, "https://g.cn/"),
            (Rel::Other("x".to_owned()), "https://h.cn/")
        ]
    );
    assert_eq!((entry.links[1].title.as_deref(), entry.links[1].language.as_ref().unwrap().as_str()), (Some("F"), "en"));
    assert_eq!((entry.media[0].length, entry.media[0].alt.as_deref()), (Some(12), Some("听")));
    let comments = item("<comments>https://e.cn/1#c</comments><wfw:commentRss>https://e.cn/1/feed</wfw:commentRss>");
    assert!(comments.links.iter().all(|link| link.rel == Rel::Other("replies".to_owned())));
    let own =
        feed(&rss("<atom:link rel=\"self\" href=\"https://e.cn/feed\"/><atom:link rel=\"hub\" href=\"https://hub.cn/\"/><link>https://e.cn/</link>"));
    assert_eq!(own.link(&Rel::Itself).unwrap().href, "https://e.cn/feed");
    assert_eq!(own.link(&Rel::Hub).unwrap().href, "https://hub.cn/");
    assert_eq!(own.link(&Rel::Alternate).unwrap().href, "https://e.cn/");
}

#[test]
fn categories() {
    let of = |entry: Entry| -> Vec<String> {
        let show = |category: &crate::model::Category| {
            format!("{}|{}|{}", category.term, category.scheme.as_deref().unwrap_or_default(), category.label.as_deref().unwrap_or_default())
        };
        entry.categories.iter().map(show).collect()
    };
    assert_eq!(of(item("<category>甲</category><category domain=\"d\">乙</category><category>甲</category><category/>")), ["甲||", "乙|d|"]);
    assert_eq!(of(item("<dc:subject>甲</dc:subject><itunes:keywords>乙, 丙，丁</itunes:keywords>")), ["甲||", "乙||", "丙||", "丁||"]);
    assert_eq!(of(entry("<category term=\"a\" scheme=\"s\" label=\"甲\"/><category label=\"乙\"/>")), ["a|s|甲", "乙||"]);
    assert_eq!(of(item("<media:category label=\"l\">m</media:category>")), ["m||l"]);
}

#[test]
fn origins() {
    let origin = item("<source url=\"https://f.cn/rss\">远 方</source>").origin.unwrap();
    assert_eq!((origin.title.as_deref(), origin.id.as_str(), origin.links[0].href.as_str()), (Some("远 方"), "https://f.cn/rss", "https://f.cn/rss"));
    let found = entry(
        "<source xml:lang=\"en\"><id>urn:1</id><title>Far</title><link rel=\"self\" href=\"https://f.cn/atom\"/><rights>r</rights>\
         <author><name>乙</name></author><entry><title>no</title></entry></source><title>a</title>",
    );
    let origin = found.origin.unwrap();
    assert_eq!((origin.id.as_str(), origin.title.as_deref(), origin.language.as_ref().unwrap().as_str()), ("urn:1", Some("Far"), "en"));
    assert_eq!((origin.links[0].rel.clone(), shown(origin.rights.as_ref())), (Rel::Itself, "plain:r".to_owned()));
    assert_eq!(found.authors[0].name, "乙", "who wrote it, when the entry does not say");
    assert_eq!(shown(found.title.as_ref()), "plain:a");
}

#[test]
fn what_nobody_knows_is_kept() {
    let entry = item("<slash:comments>3</slash:comments><x:a b=\"1\" x:c=\"&amp;\">t<x:d/></x:a><odd>o</odd>");
    let names: Vec<_> =
        entry.extensions.iter().map(|extension| (extension.namespace.as_str(), extension.name.as_str(), extension.text.as_str())).collect();
    assert_eq!(names, [("http://purl.org/rss/1.0/modules/slash/", "comments", "3"), ("urn:x", "a", "t"), ("", "odd", "o")]);
    let found = &entry.extensions[1];
    assert_eq!(found.attributes, [("b".to_owned(), "1".to_owned()), ("{urn:x}c".to_owned(), "&".to_owned())]);
    assert_eq!(found.children[0].name, "d");
    let found = feed(&rss("<ttl>60</ttl><x:a/>"));
    assert_eq!(found.extensions.iter().map(|extension| extension.name.as_str()).collect::<Vec<_>>(), ["ttl", "a"]);
}

#[test]
fn what_a_feed_says_of_itself() {
    let found = feed(&rss(
        "<link>https://e.cn/</link><description>每天</description><copyright>c</copyright><generator>G</generator><category>甲</category>\
         <image><url>https://e.cn/l.png</url><title>早市</title></image><itunes:image href=\"https://e.cn/i.png\"/><lastBuildDate>Wed, 01 Jan 2025 08:00:00 +0800</lastBuildDate>\
         <managingEditor>a@e.cn (甲)</managingEditor>",
    ));
    assert_eq!((found.title.value.as_str(), shown(found.subtitle.as_ref()).as_str()), ("早市", "plain:每天"));
    assert_eq!((found.logo.as_deref(), found.icon.as_deref()), (Some("https://e.cn/l.png"), Some("https://e.cn/i.png")));
    assert_eq!(found.updated.unwrap().to_rfc3339(), "2025-01-01T08:00:00+08:00");
    assert_eq!((found.authors[0].name.as_str(), found.authors[0].email.as_deref()), ("甲", Some("a@e.cn")));
    assert_eq!((found.generator.as_deref(), found.categories[0].term.as_str(), shown(found.rights.as_ref()).as_str()), (Some("G"), "甲", "plain:c"));
    let found = feed(&atom(
        "<id>urn:f</id><subtitle type=\"html\">&lt;b>s&lt;/b></subtitle><icon>https://e.cn/i</icon><logo>https://e.cn/l</logo><updated>2025-01-01T00:00:00Z</updated>",
    ));
    assert_eq!((found.id.as_str(), shown(found.subtitle.as_ref()).as_str()), ("urn:f", "html:<b>s</b>"));
    assert_eq!((found.icon.as_deref(), found.logo.as_deref()), (Some("https://e.cn/i"), Some("https://e.cn/l")));
}

#[test]
fn json_feed() {
    let found = feed(
        "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"早市\", \"home_page_url\": \"https://e.cn/\", \"feed_url\": \"https://e.cn/feed.json\",\
         \"language\": \"zh-CN\", \"authors\": [{\"name\": \"甲\", \"url\": \"https://e.cn/a\"}], \"icon\": \"https://e.cn/i.png\", \"_x\": {\"a\": 1},\
         \"items\": [{\"id\": \"https://e.cn/1\", \"url\": \"https://e.cn/1\", \"external_url\": \"https://f.cn/\", \"title\": \"一\", \"content_html\": \"<p>x</p>\",\
         \"summary\": \"s\", \"image\": \"https://e.cn/p.png\", \"date_published\": \"2025-01-01T08:00:00+08:00\", \"tags\": [\"甲\", \" \", 3], \"author\": {\"name\": \"乙\"},\
         \"attachments\": [{\"url\": \"https://e.cn/a.mp3\", \"mime_type\": \"audio/mpeg\", \"size_in_bytes\": 12.0, \"duration_in_seconds\": 60}], \"_y\": true},\
         7, {\"content_text\": \"a < b\", \"id\": 2, \"date_published\": \"bad\"}]}",
    );
    assert_eq!(found.id.as_str(), "https://e.cn/feed.json");
    assert_eq!((found.extensions[0].name.as_str(), found.extensions[0].text.as_str()), ("_x", "{\"a\":1}"));
    let entry = &found.entries[0];
    assert_eq!(
        (entry.id.kind(), shown(entry.title.as_ref()).as_str(), shown(entry.content.as_ref()).as_str()),
        (IdKind::Permalink, "plain:一", "html:<p>x</p>")
    );
    assert_eq!((entry.links[1].rel.clone(), entry.authors[0].name.as_str(), entry.categories.len()), (Rel::Related, "乙", 1));
    assert_eq!(entry.thumbnail().unwrap().url, "https://e.cn/p.png");
    let file = entry.media.iter().find(|file| file.is_enclosure()).unwrap();
    assert_eq!((file.length, file.duration, file.media_type.as_deref()), (Some(12), Some(60), Some("audio/mpeg")));
    let second = &found.entries[1];
    assert_eq!((second.id.as_str(), shown(second.content.as_ref()).as_str(), second.published), ("2", "plain:a < b", None));
}
