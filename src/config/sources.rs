//! The section `sources`: which external feeds, and how they are fetched.

use super::key::{Key, Shape, Written, key};
use super::quantity::{DURATION, SIZE, duration, size};
use super::read::{BODY, LANGUAGE, ZONE, language, web};
use super::secret::Secret;
use super::section::{Section, filled};
use super::settings::{OwnTerms, SourceSetting, SourceSettings, Wishes};
use crate::model::Term;
use crate::source::filter::Pattern;
use crate::source::list::Future;
use crate::text::url::authority;

pub(super) fn sources(mut keys: Section<'_>) -> SourceSettings {
    let mut sources = SourceSettings {
        opml: keys.list(
            key("opml", "Subscription lists; their folders are categories").otherwise("`sources.opml`, if it is there").example("[friends.opml]"),
            "a file",
            filled,
        ),
        all: wishes(&mut keys, Of::All),
        floor: keys.read(key("min-interval", "No source is asked more often, whoever wishes it").default("1h").example("2h"), DURATION, duration),
        host_gap: keys.read(key("host-gap", "Between two requests to one host").default("1s").example("3s"), DURATION, duration),
        concurrency: keys.number_in(key("concurrency", "Hosts that are asked at the same time").default("64").example("16"), 1..=1000),
        timeout: keys.read(key("timeout", "How long a request may take").default("60s").example("30s"), TIMEOUT, |text| {
            duration(text).filter(|seconds| (1..=3600).contains(seconds))
        }),
        max_size: keys.read(key("max-size", "A larger feed, unpacked, is an error").default("10MB").example("20MB"), SIZE, |text| {
            size(text).filter(|size| *size >= 1024)
        }),
        contact: keys.read(
            key("contact", "Where those who are asked can reach you").otherwise("`site.url`").example("https://example.org/about"),
            "an address of the web or of a mailbox",
            contact,
        ),
        keep: keys.number(
            key("keep", "Entries of each source that are kept, besides those that its feed still has; 0 = all").default("500").example("1000"),
        ),
        keep_for: keys.read(
            key("keep-for", "How long, after they were last in the feed; 0 = for ever").default("365d").example("90d"),
            DURATION,
            duration,
        ),
        strip_tracking: keys.switch(key("strip-tracking", "Takes counters and tracking parameters out").default("true").example("false")),
        list: Vec::new(),
    };
    keys.maps(key("list", "The sources, each with what is wanted of it").example("[{ url: https://example.com/feed.xml }]"), |keys| {
        let place = keys.place_of("url");
        let url = keys.try_read(
            key("url", "The address of the feed").otherwise("must be there").example("https://example.com/feed.xml"),
            "an http(s) address such as https://example.org/feed.xml",
            address,
        );
        let setting = SourceSetting {
            url: url.clone().unwrap_or_default(),
            title: keys.text(key("title", "What it is called").otherwise("what the feed calls itself").example("隔壁")),
            terms: terms(keys),
            wishes: wishes(keys, Of::One),
            place,
        };
        if url.is_some() {
            sources.list.push(setting);
        } else if !keys.is_set("url") {
            keys.missing("url", "the address of the feed; `feedloom sources add` finds it on a page");
        }
    });
    keys.end();
    sources
}

const TIMEOUT: Written = Written::any("a length of time from 1s to 1h");

/// The address of a source, in canonical form. Credentials stand in no file.
///
/// # Errors
///
/// What is expected, without what was found where that is a secret.
pub fn address(text: &str) -> Result<String, String> {
    // Readers' own schemes say how to subscribe, not where.
    let text = text.trim();
    let text = text.strip_prefix("feed:").map_or(text, |rest| rest.trim_start_matches("//"));
    let text = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = web(&text).ok_or_else(|| format!("expected an http(s) address such as https://example.org/feed.xml, found `{text}`"))?;
    if authority(&url).contains('@') {
        return Err("expected an address without name and password, found some; write user: ${NAME} and password: ${PASSWORD} beside it".to_owned());
    }
    Ok(url.split('#').next().unwrap_or_default().to_owned())
}

fn contact(text: &str) -> Option<String> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'(' | b')'));
    (is_plain && (web(text).is_some() || text.contains('@'))).then(|| text.to_owned())
}

/// The topics of a source: `topics: { category: [外电], tag: 科技 }`, or a list of categories.
fn terms(keys: &mut Section<'_>) -> Vec<Term> {
    let topics = key("topics", "What its entries are filed under: categories, or terms by taxonomy").example("{ category: [外电], tag: [转载] }");
    let (categories, table) = keys.list_or_table(topics, "a category, or a taxonomy with a list of its terms");
    let of = |(taxonomy, names): (String, Vec<String>)| {
        let taxonomy = crate::topic::Taxonomy::named(taxonomy).name;
        names.into_iter().map(move |name| Term::new(taxonomy.as_str(), name))
    };
    categories.into_iter().map(|name| Term::new("category", name)).chain(table.into_iter().flat_map(of)).collect()
}

/// Whose wishes are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    All,
    One,
}

fn wishes(keys: &mut Section<'_>, of: Of) -> Wishes {
    const FUTURES: &[(&str, Future)] = &[("clamp", Future::Clamp), ("hold", Future::Hold), ("keep", Future::Keep)];
    // What one server is to know is not for all.
    let is_one = of == Of::One;
    // A single source is told what it does not share with all.
    let of = |key: Key| if is_one { key.otherwise("what `sources` says for all") } else { key };
    let headers = if is_one { headers(keys) } else { None };
    let (user, password) = if is_one {
        let user = keys.secret(key("user", "The name to sign in with").example("\"${NEIGHBOUR_USER}\""));
        (user, keys.secret(key("password", "The password to sign in with").example("\"${NEIGHBOUR_PASSWORD}\"")))
    } else {
        (None, None)
    };
    Wishes {
        headers,
        user,
        password,
        own_terms: keys.switch_or(
            of(key("categories", "Whether the entries' own categories count, and as terms of which taxonomy").default("false").example("tag")),
            "a taxonomy such as tag",
            |text| {
                Some(match text {
                    "" => return None,
                    "false" => OwnTerms::Off,
                    "true" => OwnTerms::As("category".to_owned()),
                    taxonomy => OwnTerms::As(crate::topic::Taxonomy::named(taxonomy).name),
                })
            },
        ),
        language: keys.read(of(key("language", "The language of entries that state none").example("zh-CN")), LANGUAGE, language),
        zone: keys.read(of(key("timezone", "The zone of dates that state none").otherwise("the site's").example("Asia/Shanghai")), ZONE, |text| {
            text.parse().ok()
        }),
        include: patterns(
            keys,
            of(key(
                "include",
                "Only entries in which one of these is found: title:, text:, author:, category:, link:, language: or none, and a regular expression",
            )
            .example("[\"title:铁路|地铁\"]")),
        ),
        exclude: patterns(keys, key("exclude", "No entries in which one of these is found").example("[\"category:广告\"]")),
        languages: keys.list(of(key("languages", "Only entries in these").example("[zh, en]")), LANGUAGE, language),
        limit: keys.number(of(key("limit", "The newest entries of each source; 0 = all that are kept").default("0").example("30"))),
        min_age: keys.read(of(key("min-age", "An entry waits for so long since it came").default("0").example("2h")), DURATION, duration),
        full_body: keys.choice(of(key("body", "Whether entries hold their whole text").otherwise("as `feeds.body`").example("summary")), BODY),
        future: keys.choice(
            of(key("future", "An entry dated in the future counts as when it came, is held back, or is kept").default("clamp").example("hold")),
            FUTURES,
        ),
        interval: keys.read(
            of(key("interval", "How often it is asked, when neither feed nor server says").otherwise("as its server allows").example("2h")),
            DURATION,
            duration,
        ),
        max_stale: keys.read(of(key("max-stale", "Failing for longer is an error").default("7d").example("14d")), DURATION, duration),
        proxy: keys.try_read(
            of(key("proxy", "The proxy to ask through").example("socks5h://127.0.0.1:1080")),
            "a proxy such as socks5h://127.0.0.1:1080",
            proxy,
        ),
        agent_suffix: keys.read(
            of(key("user-agent-suffix", "Stands behind the name of the program").example("planet/1")),
            "printable ASCII",
            |text| (!text.is_empty() && text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())).then(|| text.to_owned()),
        ),
    }
}

fn headers(keys: &mut Section<'_>) -> Option<std::collections::BTreeMap<String, Secret>> {
    let headers = key("headers", "Sent to its own host only; values stand in environment variables").example("{ X-Api-Key: \"${NEIGHBOUR_KEY}\" }");
    keys.try_table(headers, Shape::Text(Secret::WRITTEN), |name, value| {
        let is_token = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
        if is_token { Secret::parse(value) } else { Err("expected the name of a header, found none".to_owned()) }
    })
}

/// A proxy: its address, or where that stands when it holds a password.
fn proxy(text: &str) -> Result<Secret, String> {
    if text.contains("${") || text.contains('@') {
        return Secret::parse(text);
    }
    let is_proxy = ["http://", "https://", "socks5://", "socks5h://"].iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
    if is_proxy { Ok(Secret::open(text)) } else { Err(format!("expected a proxy such as socks5h://127.0.0.1:1080, found `{text}`")) }
}

fn patterns(keys: &mut Section<'_>, key: Key) -> Option<Vec<Pattern>> {
    keys.try_list(key, "a regular expression", |text| {
        Pattern::new(text).map_err(|why| format!("expected a regular expression, found `{text}`: {why}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_of_the_web_and_hold_no_secret() {
        for (text, expected) in [
            ("https://例子.中国/feed", "https://xn--fsqu00a.xn--fiqs8s/feed"),
            (" feed://example.org/rss#x ", "https://example.org/rss"),
            ("feed:http://example.org/rss", "http://example.org/rss"),
            ("example.org/feed", "https://example.org/feed"),
            ("http://127.0.0.1:8000/?q=@", "http://127.0.0.1:8000/?q=@"),
        ] {
            assert_eq!(address(text).as_deref(), Ok(expected), "{text}");
        }
        for wrong in ["", "file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "https://"] {
            assert!(address(wrong).is_err(), "{wrong}");
        }
        let error = address("https://me:hunter2@example.org/feed").unwrap_err();
        assert!(!error.contains("hunter2"), "{error}");
    }
}
