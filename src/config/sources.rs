//! The section `sources`: which external feeds, and how they are fetched.

use super::quantity::{DURATION, SIZE, duration, size};
use super::read::{LANGUAGE, language, web};
use super::secret::Secret;
use super::section::Section;
use super::settings::{OwnTerms, SourceSetting, SourceSettings, Wishes};
use crate::model::Term;
use crate::source::filter::Pattern;
use crate::source::list::Future;
use crate::syntax::Node;
use crate::text::url::authority;

pub(super) fn sources(mut keys: Section<'_>) -> SourceSettings {
    let mut sources = SourceSettings {
        opml: keys.list("opml", "a file", |text| Some(text.to_owned()).filter(|text| !text.is_empty())),
        all: wishes(&mut keys, Of::All),
        floor: keys.read("min-interval", DURATION, duration),
        host_gap: keys.read("host-gap", DURATION, duration),
        concurrency: keys.read("concurrency", "a number from 1 to 1000", |text| text.parse().ok().filter(|number| (1..=1000).contains(number))),
        timeout: keys.read("timeout", "a length of time from 1s to 1h", |text| duration(text).filter(|seconds| (1..=3600).contains(seconds))),
        max_size: keys.read("max-size", SIZE, |text| size(text).filter(|size| *size >= 1024)),
        contact: keys.read("contact", "an address of the web or of a mailbox", contact),
        keep: keys.number("keep"),
        keep_for: keys.read("keep-for", DURATION, duration),
        strip_tracking: keys.switch("strip-tracking"),
        list: Vec::new(),
    };
    keys.maps("list", |keys| {
        let place = keys.place_of("url");
        let url = keys.try_read("url", address);
        let setting = SourceSetting {
            url: url.clone().unwrap_or_default(),
            title: keys.text("title"),
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
    let names = |node: &Node| -> Option<Vec<String>> {
        match node.as_list() {
            Some(items) => items.iter().map(|item| item.as_text().filter(|text| !text.trim().is_empty())).collect(),
            None => Some(vec![node.as_text().filter(|text| !text.trim().is_empty())?]),
        }
    };
    if !keys.is_map("topics") {
        let names = keys.list("topics", "a category", |text| Some(text.to_owned()).filter(|text| !text.trim().is_empty()));
        return names.into_iter().flatten().map(|name| Term::new("category", name)).collect();
    }
    let table = keys.table("topics", "a taxonomy with a list of its terms", names).unwrap_or_default();
    let of = |(taxonomy, names): (String, Vec<String>)| {
        let taxonomy = crate::topic::Taxonomy::named(taxonomy).name;
        names.into_iter().map(move |name| Term::new(taxonomy.as_str(), name))
    };
    table.into_iter().flat_map(of).collect()
}

/// Whose wishes are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    All,
    One,
}

fn wishes(keys: &mut Section<'_>, of: Of) -> Wishes {
    // What one server is to know is not for all.
    let is_one = of == Of::One;
    let headers = if is_one { headers(keys) } else { None };
    let (user, password) = if is_one { (keys.secret("user"), keys.secret("password")) } else { (None, None) };
    Wishes {
        headers,
        user,
        password,
        own_terms: keys.read("categories", "true, false or a taxonomy such as tag", |text| {
            Some(match text {
                "" => return None,
                "false" => OwnTerms::Off,
                "true" => OwnTerms::As("category".to_owned()),
                taxonomy => OwnTerms::As(crate::topic::Taxonomy::named(taxonomy).name),
            })
        }),
        language: keys.read("language", LANGUAGE, language),
        zone: keys.read("timezone", "an IANA zone such as Asia/Shanghai", |text| text.parse().ok()),
        include: patterns(keys, "include"),
        exclude: patterns(keys, "exclude"),
        languages: keys.list("languages", LANGUAGE, language),
        limit: keys.number("limit"),
        min_age: keys.read("min-age", DURATION, duration),
        full_body: keys.read("body", "full or summary", |text| match text {
            "full" => Some(true),
            "summary" => Some(false),
            _ => None,
        }),
        future: keys.read("future", "clamp, hold or keep", |text| match text {
            "clamp" => Some(Future::Clamp),
            "hold" => Some(Future::Hold),
            "keep" => Some(Future::Keep),
            _ => None,
        }),
        interval: keys.read("interval", DURATION, duration),
        max_stale: keys.read("max-stale", DURATION, duration),
        proxy: keys.try_read("proxy", proxy),
        agent_suffix: keys.read("user-agent-suffix", "printable ASCII", |text| {
            (!text.is_empty() && text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())).then(|| text.to_owned())
        }),
    }
}

fn headers(keys: &mut Section<'_>) -> Option<std::collections::BTreeMap<String, Secret>> {
    keys.try_table("headers", |name, value| {
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

fn patterns(keys: &mut Section<'_>, key: &'static str) -> Option<Vec<Pattern>> {
    keys.try_list(key, |text| Pattern::new(text).map_err(|why| format!("expected a regular expression, found `{text}`: {why}")))
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
