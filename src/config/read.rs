//! The document's values → checked settings.
//!
//! Each key is declared here, or in `sources.rs`, where it is read: its name, its meaning, its default, an example. The schema for
//! editors and `docs/configuration.md` are made of these declarations; a new key is a line here and a field of the settings.

use super::document::Document;
use super::key::{Shape, Written, key};
use super::section::{Section, filled};
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
        read_all(Section::top(document, findings))
    }
}

pub(super) fn read_all(mut top: Section<'_>) -> Settings {
    let site = site(top.section(key("site", "What is said of the whole site")));
    let content = content(top.section(key("content", "How articles are found and read")));
    let feeds = feeds(top.section(key("feeds", "Which files are written, and where")));
    let topics = topics(top.section(key("topics", "How entries are grouped")));
    let sources = sources(top.section(key("sources", "External feeds, and how they are fetched")));
    let lint = lint(top.section(key("lint", "Which rules of the linter hold")));
    top.end();
    Settings { site, content, feeds, topics, sources, lint, ..Settings::default() }
}

pub(super) const LANGUAGE: Written = Written::any("a BCP 47 tag such as zh-CN");
pub(super) const ZONE: Written = Written::any("an IANA zone such as Asia/Shanghai");
const WEB: Written = Written::any("an absolute http(s) address");
/// The two ways of publishing bodies: whole, or their summaries.
pub(super) const BODY: &[(&str, bool)] = &[("full", true), ("summary", false)];

/// A language as the configuration and the command line take it: a tag, in any case.
pub fn language(text: &str) -> Option<Language> {
    let reading = read_language(text, None);
    reading.language.filter(|_| matches!(reading.class, Class::Valid | Class::Silent | Class::Note))
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
    const STYLES: &[(&str, Style)] = &[("keep", Style::Keep), ("region", Style::Region), ("script", Style::Script)];
    let address = "an http(s) address such as https://example.org/";
    let site = SiteSettings {
        title: keys.text(key("title", "Stands in the titles of feeds").otherwise("the host of `site.url`").example("每日技术文摘")),
        url: keys.read(
            key("url", "The site's address; links and local pictures are made absolute with it")
                .otherwise("`--base-url` says it; there must be one")
                .example("https://example.org/"),
            address,
            folder_url,
        ),
        description: keys.text(key("description", "What the site is about").example("给技术人的每日文摘")),
        language: keys.read(
            key("language", "The language of articles that state none, and of mixed feeds").otherwise("no language is stated").example("zh-CN"),
            LANGUAGE,
            language,
        ),
        language_style: keys.choice(
            key("language-style", "Which of equivalent tags is written: as the author wrote it, by region (zh-CN), by script (zh-Hans)")
                .default("keep")
                .example("region"),
            STYLES,
        ),
        timezone: keys.read(
            key("timezone", "The zone of dates that state none").otherwise("that of `site.language`, else UTC").example("Asia/Shanghai"),
            ZONE,
            |text| text.parse().ok(),
        ),
        author: author(&mut keys),
        rights: keys.text(key("rights", "The rights in all feeds").example("© 2025 每日技术文摘")),
        icon: keys.read(key("icon", "A picture that stands for the site").example("https://example.org/icon.png"), WEB, web),
        epoch: keys.read(
            key("epoch", "Stands where Atom needs a date and an article has none").default("2000-01-01T00:00:00Z").example("2010-05-01T00:00:00Z"),
            "a date such as 2000-01-01T00:00:00Z",
            Timestamp::parse_rfc3339,
        ),
    };
    keys.end();
    site
}

fn author(keys: &mut Section<'_>) -> Option<Person> {
    let (plain, mut author) =
        keys.value_or_section(key("author", "The author of articles that name none").example("{ name: 编辑部 }"), "a name", person);
    let name = author.text(key("name", "The author's name").example("编辑部"));
    let url = author.read(key("url", "The author's page").example("https://example.org/about"), WEB, web);
    let email = author.text(key("email", "The author's mail address").example("desk@example.org"));
    if author.is_there() && name.is_none() {
        author.missing("name", "write author: { name: … }");
    }
    author.end();
    let named = name.as_deref().and_then(person).map(|mut person| {
        person.email = email.or(person.email);
        person.url = url;
        person
    });
    plain.or(named)
}

/// The generators by their names.
fn generators() -> Vec<(&'static str, Generator)> {
    Generator::ALL.iter().map(|generator| (generator.name(), *generator)).collect()
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
    const IDS: &[(&str, IdRule)] = &[("lasting", IdRule::Lasting), ("permalink", IdRule::Permalink), ("jekyll", IdRule::Jekyll)];
    let mut likes: Vec<(&str, Like)> = generators().into_iter().map(|(name, generator)| (name, Like::Of(generator))).collect();
    likes.push(("none", Like::None));
    let content = ContentSettings {
        dir: keys.text(key("dir", "The folder of the articles").default("content").example("source/_posts")),
        extensions: keys.list(
            key("extensions", "The endings of files that are articles").default("[md, markdown, mdown, mkd]").example("[md]"),
            "an extension such as md",
            |text| Some(text.trim_start_matches('.').to_owned()).filter(|text| !text.is_empty()),
        ),
        static_dirs: keys.list(
            key("static", "Folders whose files are published at the top, for types and sizes of pictures")
                .otherwise("`static`, if it is there")
                .example("[static]"),
            "a folder",
            |text| Some(text.to_owned()),
        ),
        permalink: keys.try_read(
            key("permalink", "The path of an article below `site.url`: {path} {section} {slug} {year} {month} {day} {title} {abbrlink}")
                .default("\"/{path}/\"")
                .example("\"/{year}/{month}/{slug}/\""),
            "a path such as /{path}/",
            Template::parse,
        ),
        permalinks: keys
            .try_table(
                key("permalinks", "The same for single sections").example("{ posts: \"/{year}/{slug}/\" }"),
                Shape::Text(Written::any("a path such as /{path}/")),
                |folder, text| {
                    Template::parse(text).map(|template| (folder.to_owned(), template)).map_err(|problem| problem.to_string())
                },
            )
            .map(|table| table.into_values().collect()),
        like: keys.choice(
            key("like", "Whose rules hold for files and addresses of articles; `none` passes over the configuration of a generator")
                .otherwise("the generator whose configuration lies beside")
                .example("hugo"),
            &likes,
        ),
        link: keys.read(
            key(
                "link",
                "Where the address of an article is from: `permalink`, `tail-link` (the link that is its last line), or a key of the front matter",
            )
            .default("permalink")
            .example("original_url"),
            "permalink, tail-link or a key of the front matter",
            |text| {
                Some(match text {
                    "" => return None,
                    "permalink" => LinkRule::Permalink,
                    "tail-link" => LinkRule::TailLink,
                    key => LinkRule::Key(key.to_owned()),
                })
            },
        ),
        ids: keys.choice(
            key("ids", "What the ids of entries are: `lasting` survive a change of the address, `permalink` are the address, `jekyll` as its feed plugin has them")
                .otherwise("`lasting`; with `feeds.like` as that generator has them")
                .example("permalink"),
            IDS,
        ),
        drafts: keys.switch(key("drafts", "Publishes drafts").default("false").example("true")),
        future: keys.switch(key("future", "Publishes what is dated in the future").default("false").example("true")),
        manner: None,
        languages: keys.table(key("languages", "The language of the articles in a folder").example("{ blog/en: en }"), LANGUAGE, language),
        nested_categories: keys
            .switch(key("nested-categories", "A flat list of categories is one path, as in Hexo").default("false").example("true")),
        thumbnail: keys.list(
            key("thumbnail", "Keys of the front matter that name the picture, the first wins")
                .otherwise("all names that sites use")
                .example("[thumbnail, cover]"),
            "a key of the front matter",
            |text| Some(text.to_owned()),
        ),
        thumbnail_from_body: keys.switch(
            key("thumbnail-from-body", "Where nothing else names a picture, the first one of the text is taken").default("true").example("false"),
        ),
    };
    keys.end();
    content
}

const TAXONOMY: &str = "a taxonomy such as category, or { singular: plural }";
const FEED_PATH: &str = "a path that ends in /{file} or .{extension}";

fn feeds(mut keys: Section<'_>) -> FeedSettings {
    let formats: Vec<(&str, Format)> = Format::ALL.iter().map(|format| (format.name(), *format)).collect();
    let mut feeds = FeedSettings {
        dir: keys.text(key("dir", "The folder that the feeds are written into").default("feeds").example("public/feeds")),
        url: keys.read(
            key("url", "The public address of that folder").otherwise("`site.url` and the folder's name").example("https://example.org/feeds/"),
            "an http(s) address such as https://example.org/feeds/",
            folder_url,
        ),
        formats: keys
            .choices(key("formats", "The formats of each feed").default("[rss, atom, json]").example("[atom]"), &formats)
            .filter(|formats| !formats.is_empty()),
        full_body: keys.choice(key("body", "Whether entries hold their whole text").default("full").example("summary"), BODY),
        limit: keys.number(key("limit", "The newest entries of each feed; 0 = all").default("20").example("50")),
        by: keys.list_with(
            key("by", "What has feeds: category, tag, author, section, series, language, or any taxonomy of the front matter, with its plural where that is odd")
                .default("[category, tag]")
                .example("[category, tag, { activity: activities }]"),
            Shape::Either(Box::new(Shape::Text(Written::any(TAXONOMY))), Box::new(Shape::Table(Box::new(Shape::text())))),
            TAXONOMY,
            taxonomy,
        ),
        like: keys.choice(
            key("like", "Feeds where this generator has its own: paths, names, slugs and ids, so that its subscribers lose nothing").example("hugo"),
            &generators(),
        ),
        path: keys.try_read(
            key("path", "The path of a topic's files in the folder; ends in /{file} or .{extension}")
                .default("\"{taxonomy}/{slug}/{file}\"")
                .example("\"{slug}/{file}\""),
            FEED_PATH,
            feed_path,
        ),
        paths: keys
            .try_table(
                key("paths", "The same for single taxonomies").example("{ tag: \"t/{slug}/{file}\" }"),
                Shape::Text(Written::any(FEED_PATH)),
                |name, text| feed_path(text).map(|path| (Taxonomy::named(name).name, path)),
            )
            .map(|table| table.into_values().collect()),
        pages: keys.switch(key("pages", "Writes index.html beside the feeds").default("true").example("false")),
        health: keys.switch(key("health", "Writes sources.html: how each external feed does; it holds times").default("false").example("true")),
        lint: keys.switch(key("lint", "As `build --lint`: a file that would have an error is not replaced").default("false").example("true")),
        hubs: keys.list(key("hubs", "WebSub hubs that `ping` tells of changes").example("[https://hub.example.com/]"), WEB, web),
        ..FeedSettings::default()
    };
    let mut files = keys.section(key("files", "The names of the files"));
    let mut taken: Vec<String> = [OPML, PAGE, manifest::NAME].map(str::to_lowercase).to_vec();
    for format in Format::ALL {
        let default = format.default_file_name();
        let name = key(format.name(), "The file name of this format").default(default).example(match format {
            Format::Rss => "index.xml",
            Format::Atom => "feed.atom",
            Format::JsonFeed => "index.json",
        });
        let name = files.read(name, "a file name of its own, without folder", |text| {
            let plain = !text.is_empty() && !text.contains(['/', '\\', ':']) && !text.starts_with('.') && !text.chars().any(char::is_control);
            (plain && !taken.contains(&text.to_lowercase())).then(|| text.to_owned())
        });
        taken.push(name.as_deref().unwrap_or(default).to_lowercase());
        feeds.files.extend(name.map(|name| (*format, name)));
    }
    files.end();
    let mut summary = keys.section(key("summary", "How long summaries are that no author wrote"));
    feeds.summary_target = summary.number(key("target", "Characters after which the next sentence is left out").default("120").example("80"));
    feeds.summary_max = summary.number(key("max", "Characters that it has at most").default("200").example("160"));
    feeds.summary_words = summary.number(key("words", "The same in words, for scripts that have spaces").default("55").example("40"));
    summary.end();
    keys.end();
    feeds
}

fn lint(mut keys: Section<'_>) -> LintSettings {
    const SEVERITIES: &[(&str, Option<Severity>)] =
        &[("error", Some(Severity::Error)), ("warning", Some(Severity::Warning)), ("info", Some(Severity::Info)), ("off", None)];
    let codes = Written::matching("codes of rules such as FL1234", "^FL[0-9]+$");
    let ignore = keys.list(key("ignore", "Rules that are not held").example("[FL2022]"), codes, Code::parse);
    let severities = key("severity", "How much rules matter, by code").example("{ FL2015: error, FL2016: off }");
    let severity = keys.try_table(severities, Shape::choice(SEVERITIES), |code, severity| {
        let code = Code::parse(code).ok_or_else(|| "expected the code of a rule such as FL1234 as key, found another".to_owned())?;
        let known = SEVERITIES.iter().find(|(word, _)| *word == severity);
        known.map(|(_, severity)| (code, *severity)).ok_or_else(|| format!("expected error, warning, info or off, found `{severity}`"))
    });
    keys.end();
    LintSettings { ignore, severity: severity.unwrap_or_default().into_values().collect() }
}

fn topics(mut keys: Section<'_>) -> TopicSettings {
    const SLUGS: &[(&str, SlugStyle)] = &[("keep", SlugStyle::Keep), ("pinyin", SlugStyle::Pinyin), ("ascii", SlugStyle::Ascii)];
    let dedupe: Vec<(&str, Dedupe)> = Dedupe::ALL.iter().map(|dedupe| (dedupe.as_str(), *dedupe)).collect();
    let mut topics = TopicSettings {
        aliases: keys.table_of_lists(key("aliases", "Other names of a topic").example("{ 人工智能: [AI, 人工智慧] }"), "a list of other spellings"),
        moved: keys.table(
            key("moved", "Topics that were renamed: the old address stays alive").example("{ 旧主题: 新主题 }"),
            "the topic's new name",
            filled,
        ),
        slugs: keys.choice(key("slugs", "How Chinese is written in addresses").default("keep").example("pinyin"), SLUGS),
        slug_map: keys.table(key("slug-map", "Addresses that are not made by rule").example("{ C语言: c-language }"), "a part of an address", filled),
        titles: keys.try_read(
            key("titles", "The titles of topics' feeds: {term} {site} {taxonomy} {language}")
                .default("\"{term} · {site}\"")
                .example("\"{site}: {term}\""),
            "a text with {term}",
            |text| TitleTemplate::parse(text).map(|_| text.to_owned()),
        ),
        separator: keys.text(key("separator", "What divides the levels of a term; empty: nothing does").default("\"\"").example("\"/\"")),
        min_entries: keys.number(key("min-entries", "Topics with fewer entries have no feed").default("1").example("3")),
        split_by_language: keys
            .switch(key("split-by-language", "A mixed topic has a feed for each of its languages as well").default("false").example("true")),
        apart: keys.table(
            key("apart", "The topics of a language have feeds of their own, below this folder").example("{ en: en }"),
            "a folder",
            filled,
        ),
        languages: keys.table(key("languages", "The language of a topic's feed").example("{ Rust: en }"), LANGUAGE, language),
        dedupe: keys.choice(
            key("dedupe", "When entries of two sources are one: same id, same page, or nearly the same words").default("link").example("text"),
            &dedupe,
        ),
        custom: Vec::new(),
    };
    let custom =
        key("custom", "Topics that are made by a query").example("[{ name: picks, title: 精选, query: \"category:科技 and not tag:广告\" }]");
    keys.maps(custom, |keys| {
        let name = keys.text(key("name", "Becomes the feed's address").otherwise("must be there").example("picks"));
        let title = keys.text(key("title", "The title of the feed").otherwise("made of the name").example("精选"));
        let query = keys.try_read(
            key("query", "Which entries: taxonomy:term, lang:tag, source:id, after:date with not, and, or and parentheses")
                .otherwise("must be there")
                .example("\"category:科技 and not tag:广告\""),
            "a query such as category:科技 and not tag:广告",
            Query::parse,
        );
        let language = keys.read(key("language", "The language of the feed").otherwise("that of its entries").example("zh-CN"), LANGUAGE, language);
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
