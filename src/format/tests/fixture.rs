//! A feed with something in every field.

use crate::model::*;
use std::sync::Arc;

/// A mixed feed: a full article, one in another language, one from elsewhere, one with nothing but an id.
pub(super) fn rich() -> Feed {
    let date = |text: &str| Timestamp::parse_rfc3339(text).unwrap();
    let mut feed = Feed::new(Id::tag("example.org", "2025", "feeds/tech"), Text::plain("科技 & <HTML> \"每日\""));
    feed.updated = Some(date("2025-02-14T12:00:00+08:00"));
    feed.undated = date("2025-02-14T12:00:00+08:00");
    feed.subtitle = Some(Text::plain("关于科技的一切"));
    feed.language = Language::parse("zh-CN");
    feed.rights = Some(Text::plain("© 2025 编辑部"));
    feed.icon = Some("https://example.org/icon.png".to_owned());
    feed.generator = Some("feedloom".to_owned());
    let mut editors = Person::new("编辑部");
    editors.url = Some("https://example.org/about".to_owned());
    editors.email = Some("editors@example.org".to_owned());
    feed.authors = vec![editors];
    feed.categories = vec![Category::new("keji").with_label("科技"), Category::new(" ")];
    feed.links = vec![
        Link::new(Rel::Alternate, "https://example.org/topics/tech/"),
        Link::new(Rel::Itself, "https://example.org/feeds/tech/rss.xml").with_type("application/rss+xml"),
        Link::new(Rel::Itself, "https://example.org/feeds/tech/atom.xml").with_type("application/atom+xml"),
        Link::new(Rel::Itself, "https://example.org/feeds/tech/feed.json").with_type("application/feed+json"),
        Link::new(Rel::Hub, "https://hub.example.net/"),
        Link::new(Rel::Other("x-unknown".to_owned()), "https://example.org/x"),
    ];
    feed.entries = vec![article(), english(), merged(), Entry::new(Id::opaque("42"))];
    feed
}

fn article() -> Entry {
    let address = "https://example.org/blog/%E5%87%BA%E8%A1%8C/";
    let mut entry = Entry::new(Id::permalink(address));
    entry.title = Some(Text::plain("R&D 周报 <第 1 期>"));
    entry.links = vec![
        Link::new(Rel::Alternate, address),
        Link::new(Rel::Alternate, "https://example.org/en/travel/").with_language(Language::parse("en").unwrap()),
        Link::new(Rel::Alternate, "https://example.org/again/"),
    ];
    entry.summary = Some(Text::plain("一句话 <摘要> R&D"));
    entry.content = Some(Text::html("<p>正文 ]]> 里有 <b>标记</b> &amp; 更多</p>"));
    entry.published = Timestamp::parse_rfc3339("2025-02-14T10:11:09+08:00");
    entry.updated = Timestamp::parse_rfc3339("2025-02-14T12:00:00+08:00");
    let mut author = Person::new("周小满");
    author.url = Some("https://example.org/zhou".to_owned());
    author.email = Some("zhou@example.org".to_owned());
    entry.authors = vec![author, Person::new("何田"), Person::new(" ")];
    entry.categories = vec![
        Category::new("chuxing-tielu").with_label("出行/铁路").with_scheme("https://example.org/categories"),
        Category::new("C++ & Rust").with_scheme("not a uri"),
        Category::new(""),
    ];
    let mut picture = Media::new(Role::Thumbnail, "https://img.example.org/0");
    picture.width = Some(640);
    picture.height = Some(360);
    picture.length = Some(0);
    let mut sound = Media::new(Role::Enclosure, "https://example.org/a.mp3");
    sound.media_type = Some("audio/mpeg".to_owned());
    sound.length = Some(1234);
    let mut film = Media::new(Role::Enclosure, "https://example.org/b.mp4");
    film.media_type = Some("video/mp4".to_owned());
    film.length = Some(99);
    film.duration = Some(90);
    entry.media = vec![picture, sound, film];
    entry.language = Language::parse("zh-CN");
    entry
}

fn english() -> Entry {
    let mut entry = Entry::new(Id::tag("example.org", "2025", "en"));
    entry.title = Some(Text::html("<b>Bold</b> title"));
    entry.links = vec![Link::new(Rel::Alternate, "https://example.org/en/")];
    entry.content = Some(Text::html("<p>Only a body</p>"));
    entry.language = Language::parse("en");
    entry
}

fn merged() -> Entry {
    let mut origin = Origin::new(Id::permalink("https://example.com/feed.xml"));
    origin.title = Some("外电 & 通讯".to_owned());
    origin.links = vec![Link::new(Rel::Itself, "https://example.com/feed.xml"), Link::new(Rel::Alternate, "https://example.com/")];
    origin.language = Language::parse("zh-Hant");
    let mut entry = Entry::new(Id::permalink("https://example.com/news/1"));
    entry.title = Some(Text::plain("外电"));
    entry.links = vec![Link::new(Rel::Alternate, "https://example.com/news/1")];
    entry.summary = Some(Text::plain("通讯一则"));
    entry.published = Timestamp::parse_rfc3339("2025-02-13T00:00:00Z");
    entry.updated = entry.published;
    entry.origin = Some(Arc::new(origin));
    entry
}
