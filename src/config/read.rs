//! The document's values → checked settings.

use super::document::Document;
use super::section::Section;
use super::settings::{ContentSettings, FeedSettings, Like, LintSettings, Settings, SiteSettings, TopicSettings};
use super::sources::sources;
use crate::content::{Generator, IdRule, LinkRule, Template, person};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::format::Format;
use crate::model::{Language, Person, Timestamp};
use crate::publish::layout::{OPML, PAGE};
use crate::publish::manifest;
use crate::source::stored::Dedupe;
use crate::syntax::Node;
use crate::text::language::{Class, Style, read as read_language};
use crate::text::url::{absolute, is_web};
use crate::topic::{CustomTopic, PathTemplate, Query, SlugStyle, Taxonomy, TitleTemplate};

impl Settings {
    /// Reads all keys; every mistake is among the findings.
    pub fn read(document: &Document, findings: &mut Vec<Diagnostic>) -> Self {
        let mut top = Section::top(document, findings);
        let site = site(top.section("site"));
        let content = content(top.section("content"));
        let feeds = feeds(top.section("feeds"));
        let topics = topics(top.section("topics"));
        let sources = sources(top.section("sources"));
        let lint = lint(top.section("lint"));
        top.end();
        Self { site, content, feeds, topics, sources, lint, ..Self::default() }
    }
}

pub(super) const LANGUAGE: &str = "a BCP 47 tag such as zh-CN";

/// A language as the configuration and the command line take it: a tag, in any case.
pub fn language(text: &str) -> Option<Language> {
    let reading = read_language(text, None);
    reading.language.filter(|_| matches!(reading.class, Class::Valid | Class::Silent | Class::Note))
}

fn language_of(node: &Node) -> Option<Language> {
    language(&node.as_text()?)
}

/// An absolute http(s) address.
pub(super) fn web(text: &str) -> Option<String> {
    absolute(text).ok().filter(|url| is_web(url))
}

/// A web address that other paths are put behind: it ends with a slash.
pub(super) fn folder_url(text: &str) -> Option<String> {
    let url = web(text)?;
    let url = url.split(['?', '#']).next().unwrap_or_default().to_owned();
    Some(if url.ends_with('/') { url } else { url + "/" })
}

fn site(mut keys: Section<'_>) -> SiteSettings {
    let site = SiteSettings {
        title: keys.text("title"),
        url: keys.read("url", "an http(s) address such as https://example.org/", folder_url),
        description: keys.text("description"),
        language: keys.read("language", LANGUAGE, language),
        language_style: keys.read("language-style", "keep, region or script", |text| match text {
            "keep" => Some(Style::Keep),
            "region" => Some(Style::Region),
            "script" => Some(Style::Script),
            _ => None,
        }),
        timezone: keys.read("timezone", "an IANA zone such as Asia/Shanghai", |text| text.parse().ok()),
        author: author(&mut keys),
        rights: keys.text("rights"),
        icon: keys.read("icon", "an absolute http(s) address", web),
        epoch: keys.read("epoch", "a date such as 2000-01-01T00:00:00Z", Timestamp::parse_rfc3339),
    };
    keys.end();
    site
}

fn author(keys: &mut Section<'_>) -> Option<Person> {
    if !keys.is_map("author") {
        return keys.read("author", "a name", person);
    }
    let mut author = keys.section("author");
    let (name, url, email) = (author.text("name"), author.read("url", "an absolute http(s) address", web), author.text("email"));
    if name.is_none() {
        author.missing("name", "write author: { name: … }");
    }
    author.end();
    name.as_deref().and_then(person).map(|mut person| {
        person.email = email.or(person.email);
        person.url = url;
        person
    })
}

fn generator(name: &str) -> Option<Generator> {
    Generator::ALL.iter().copied().find(|generator| generator.name() == name)
}

/// A taxonomy: its name, or its name and its plural, `{ activity: activities }`.
fn taxonomy(node: &Node) -> Option<Taxonomy> {
    if let Some(map) = node.as_map() {
        let (first, others) = (map.iter().next()?, map.len() - 1);
        let plural = first.node.as_text().filter(|plural| !plural.is_empty() && others == 0)?;
        return Some(Taxonomy { name: first.key.clone(), plural });
    }
    node.as_text().filter(|text| !text.is_empty()).map(Taxonomy::named)
}

/// A path of feeds: a folder and `{file}`, or a file and its `{extension}`.
fn feed_path(text: &str) -> Result<String, String> {
    let wrong = || format!("expected a path that ends in /{{file}} or .{{extension}}, found `{text}`");
    let folder = text.strip_suffix("/{file}").or_else(|| text.strip_suffix(".{extension}")).ok_or_else(wrong)?;
    PathTemplate::parse(folder).map(|_| text.to_owned()).map_err(|problem| problem.to_string())
}

fn content(mut keys: Section<'_>) -> ContentSettings {
    let content =
        ContentSettings {
            dir: keys.text("dir"),
            extensions: keys
                .list("extensions", "an extension such as md", |text| Some(text.trim_start_matches('.').to_owned()).filter(|text| !text.is_empty())),
            static_dirs: keys.list("static", "a folder", |text| Some(text.to_owned())),
            permalink: keys.try_read("permalink", Template::parse),
            permalinks: keys
                .try_table("permalinks", |folder, text| {
                    Template::parse(text).map(|template| (folder.to_owned(), template)).map_err(|problem| problem.to_string())
                })
                .map(|table| table.into_values().collect()),
            like: keys.read("like", "hugo, hexo, jekyll, zola or none", |text| {
                if text == "none" { Some(Like::None) } else { generator(text).map(Like::Of) }
            }),
            link: keys.read("link", "permalink, tail-link or a key of the front matter", |text| {
                Some(match text {
                    "" => return None,
                    "permalink" => LinkRule::Permalink,
                    "tail-link" => LinkRule::TailLink,
                    key => LinkRule::Key(key.to_owned()),
                })
            }),
            ids: keys.read("ids", "lasting, permalink or jekyll", |text| match text {
                "lasting" => Some(IdRule::Lasting),
                "permalink" => Some(IdRule::Permalink),
                "jekyll" => Some(IdRule::Jekyll),
                _ => None,
            }),
            drafts: keys.switch("drafts"),
            future: keys.switch("future"),
            manner: None,
            languages: keys.table("languages", LANGUAGE, language_of),
            nested_categories: keys.switch("nested-categories"),
            thumbnail: keys.list("thumbnail", "a key of the front matter", |text| Some(text.to_owned())),
            thumbnail_from_body: keys.switch("thumbnail-from-body"),
        };
    keys.end();
    content
}

fn feeds(mut keys: Section<'_>) -> FeedSettings {
    let format = |text: &str| Format::ALL.iter().copied().find(|format| format.name() == text);
    let mut feeds = FeedSettings {
        dir: keys.text("dir"),
        url: keys.read("url", "an http(s) address such as https://example.org/feeds/", folder_url),
        formats: keys.list("formats", "rss, atom or json", format).filter(|formats| !formats.is_empty()),
        full_body: keys.read("body", "full or summary", |text| match text {
            "full" => Some(true),
            "summary" => Some(false),
            _ => None,
        }),
        limit: keys.number("limit"),
        by: keys.list_of("by", "a taxonomy such as category, or { singular: plural }", taxonomy),
        like: keys.read("like", "hugo, hexo, jekyll or zola", generator),
        path: keys.try_read("path", feed_path),
        paths: keys
            .try_table("paths", |name, text| feed_path(text).map(|path| (Taxonomy::named(name).name, path)))
            .map(|table| table.into_values().collect()),
        pages: keys.switch("pages"),
        health: keys.switch("health"),
        lint: keys.switch("lint"),
        hubs: keys.list("hubs", "an absolute http(s) address", web),
        ..FeedSettings::default()
    };
    let mut files = keys.section("files");
    let mut taken: Vec<String> = [OPML, PAGE, manifest::NAME].map(str::to_lowercase).to_vec();
    for format in Format::ALL {
        let default = format.default_file_name().to_owned();
        let name = files.read(format.name(), "a file name of its own, without folder", |text| {
            let plain = !text.is_empty() && !text.contains(['/', '\\', ':']) && !text.starts_with('.') && !text.chars().any(char::is_control);
            (plain && !taken.contains(&text.to_lowercase())).then(|| text.to_owned())
        });
        taken.push(name.clone().unwrap_or(default).to_lowercase());
        feeds.files.extend(name.map(|name| (*format, name)));
    }
    files.end();
    let mut summary = keys.section("summary");
    feeds.summary_target = summary.number("target");
    feeds.summary_max = summary.number("max");
    feeds.summary_words = summary.number("words");
    summary.end();
    keys.end();
    feeds
}

fn lint(mut keys: Section<'_>) -> LintSettings {
    let ignore = keys.list("ignore", "codes of rules such as FL1234", Code::parse);
    let severity = keys.try_table("severity", |code, severity| {
        let code = Code::parse(code).ok_or_else(|| "expected the code of a rule such as FL1234 as key, found another".to_owned())?;
        match severity {
            "error" => Ok((code, Some(Severity::Error))),
            "warning" => Ok((code, Some(Severity::Warning))),
            "info" => Ok((code, Some(Severity::Info))),
            "off" => Ok((code, None)),
            _ => Err(format!("expected error, warning, info or off, found `{severity}`")),
        }
    });
    keys.end();
    LintSettings { ignore, severity: severity.unwrap_or_default().into_values().collect() }
}

fn topics(mut keys: Section<'_>) -> TopicSettings {
    let text_of = |node: &Node| node.as_text().filter(|text| !text.is_empty());
    let mut topics = TopicSettings {
        aliases: keys.table("aliases", "a list of other spellings", |node| match node.as_list() {
            Some(items) => items.iter().map(text_of).collect(),
            None => Some(vec![text_of(node)?]),
        }),
        moved: keys.table("moved", "the topic's new name", text_of),
        slugs: keys.read("slugs", "keep, pinyin or ascii", |text| match text {
            "keep" => Some(SlugStyle::Keep),
            "pinyin" => Some(SlugStyle::Pinyin),
            "ascii" => Some(SlugStyle::Ascii),
            _ => None,
        }),
        slug_map: keys.table("slug-map", "a part of an address", text_of),
        titles: keys.try_read("titles", |text| TitleTemplate::parse(text).map(|_| text.to_owned())),
        separator: keys.text("separator"),
        min_entries: keys.number("min-entries"),
        split_by_language: keys.switch("split-by-language"),
        apart: keys.table("apart", "a folder", text_of),
        languages: keys.table("languages", LANGUAGE, language_of),
        dedupe: keys.read("dedupe", "id, link or text", |text| Dedupe::ALL.iter().copied().find(|dedupe| dedupe.as_str() == text)),
        custom: Vec::new(),
    };
    keys.maps("custom", |keys| {
        let (name, title) = (keys.text("name"), keys.text("title"));
        let query = keys.try_read("query", Query::parse);
        let language = keys.read("language", LANGUAGE, language);
        if !keys.is_set("query") {
            keys.missing("query", "for example query: \"category:科技 and not tag:广告\"");
        }
        match (name, query) {
            (Some(name), Some(query)) => {
                let title = title.unwrap_or_default();
                let mut custom = CustomTopic::new(name, title, query);
                custom.language = language;
                topics.custom.push(custom);
            }
            (None, _) => keys.missing("name", "the name becomes the feed's address"),
            (_, None) => {}
        }
    });
    keys.end();
    topics
}
