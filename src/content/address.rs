//! Where an article is: its page on its own site, its canonical address, its identity.

use super::dates::Report;
use super::fields;
use super::front_matter::FrontMatter;
use super::options::{IdRule, LinkRule};
use super::permalink::{Facts, Template};
use super::{Generator, Options, markdown};
use crate::diagnostic::Code;
use crate::model::Id;
use crate::text::hygiene::one_line;
use crate::text::url::{absolute, encode_path, is_web, resolve};

/// The addresses of an article; where there are two parts, the second says where the first is from.
pub(crate) struct Address {
    /// Its page on its own site: what relative links and pictures are meant from.
    pub(crate) page: String,
    /// What readers follow: the same, or where it was taken from.
    pub(crate) link: (String, String),
    /// Its identity.
    pub(crate) id: (Id, String),
}

/// Where a canonical address is from that was the last line of the body.
pub(crate) const TAIL: &str = "the body's last line";

/// The addresses of an article, and the body that is left when its last line was one. `path` is that of its file.
pub(crate) fn of<'t>(
    front: &FrontMatter,
    facts: &Facts<'_>,
    path: &str,
    body: &'t str,
    options: &Options,
    report: &mut Report<'_>,
) -> (Address, &'t str) {
    let (own, follows_title) = own(front, facts, options, report);
    let (link, body) = canonical(front, &own, body, options, report);
    let given = fields::first(&front.fields, fields::GUID).and_then(|field| Some((field.key, one_line(&fields::text(field.node)?))));
    let id = match given.filter(|(_, guid)| !guid.is_empty()) {
        Some((key, guid)) => (Id::opaque(guid), format!("front matter `{key}`")),
        None if options.ids == IdRule::Jekyll => (Id::permalink(jekylls(&link.0, facts)), "the link without its extension, as in Jekyll".to_owned()),
        None if options.ids == IdRule::Permalink => (Id::permalink(link.0.clone()), "the link".to_owned()),
        // An id never follows a title: the entry would be new to every reader when the title is corrected.
        None if follows_title && link.0 == own.0 => {
            let day = facts.date.map_or_else(|| "2000-01-01".to_owned(), |date| date.datetime().format("%Y-%m-%d").to_string());
            (Id::tag(&host(&options.site_url), &day, path), "the file's path, because the link follows the title".to_owned())
        }
        None => (Id::permalink(link.0.clone()), "the link".to_owned()),
    };
    (Address { page: on_site(&own.0, facts, options), link, id }, body)
}

/// The article's own address, where it is from, and whether it follows the title.
fn own(front: &FrontMatter, facts: &Facts<'_>, options: &Options, report: &mut Report<'_>) -> ((String, String), bool) {
    for field in fields::all(&front.fields, fields::URL) {
        let Some(text) = fields::text(field.node) else { continue };
        let is_pattern = text.contains("/:") || text.starts_with(':');
        let template = is_pattern.then(|| match facts.manner {
            Some(manner) => Template::parse_like(&text, manner.generator).ok(),
            None => Template::parse_colons(&text, !field.key.eq_ignore_ascii_case("url")),
        });
        let path = match &template {
            Some(template) => template.as_ref().map(|template| template.path(facts)),
            // Zola's paths are folders, and so are Hugo's addresses without an extension.
            None if is_folder(field.key, &text, options) => Some(format!("{text}/")),
            None => Some(text.clone()),
        };
        // A path is meant from the site's root, whether it starts with a slash or not.
        let url = path
            .and_then(|path| {
                if is_web(&path) {
                    absolute(&path).ok()
                } else {
                    resolve(&options.site_url, &format!("./{}", path.trim_start_matches('/'))).ok().filter(|_| !has_scheme(&path))
                }
            })
            .filter(|url| is_web(url));
        if let Some(url) = url {
            let follows_title = template.flatten().is_some_and(|template| template.follows_title(facts));
            return ((url, format!("front matter `{}`", field.key)), follows_title);
        }
        let message = format!("expected the article's address or path, found `{text}`");
        report(field, Code::BadUrl, message, "write a path such as /blog/name/; the permalink was taken");
    }
    let (template, from) = template(facts, options);
    ((permalink(facts, options), from), template.follows_title(facts))
}

/// Whether a path of the front matter is that of a folder, although it does not end in a slash.
fn is_folder(key: &str, text: &str, options: &Options) -> bool {
    let is_hugo = options.manner.as_ref().is_some_and(|manner| manner.generator == Generator::Hugo);
    let has_extension = text.rsplit('/').next().is_some_and(|last| last.contains('.'));
    !text.ends_with('/') && (key.eq_ignore_ascii_case("path") || (is_hugo && !has_extension && !is_web(text)))
}

/// The template of an article, by its folder, and where it is from.
fn template<'o>(facts: &Facts<'_>, options: &'o Options) -> (&'o Template, String) {
    let folders = facts.file.folders.join("/").to_lowercase();
    let path = facts.path.to_lowercase();
    let is_in = |folder: &str| match folder.trim_matches('/') {
        // Hugo's pages without a section.
        "" => !facts.file.has_section(),
        folder => [&folders, &path].iter().any(|path| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))),
    };
    let own = options.permalinks.iter().filter(|(folder, _)| is_in(&folder.to_lowercase())).max_by_key(|(folder, _)| folder.len());
    match own {
        Some((folder, template)) => (template, format!("the permalink template of `{folder}`")),
        None => (&options.permalink, "the permalink template".to_owned()),
    }
}

/// What Jekyll calls the id of a document: the folder of its address, and its slug or the name of its file.
fn jekylls(link: &str, facts: &Facts<'_>) -> String {
    let folder = link.trim_end_matches('/').rsplit_once('/').map_or(link, |(folder, _)| folder);
    format!("{folder}/{}", encode_path(facts.slug.unwrap_or(&facts.file.stem)))
}

/// The canonical address by the configured rule, and the body that is left.
fn canonical<'t>(
    front: &FrontMatter,
    own: &(String, String),
    body: &'t str,
    options: &Options,
    report: &mut Report<'_>,
) -> ((String, String), &'t str) {
    match &options.link {
        LinkRule::TailLink => {
            let tail = markdown::split_tail_link(body).and_then(|(before, url)| Some((before, absolute(url).ok().filter(|url| is_web(url))?)));
            if let Some((before, url)) = tail {
                return ((url, TAIL.to_owned()), before);
            }
        }
        LinkRule::Key(key) => {
            if let Some((field, text)) = fields::get(&front.fields, key).and_then(|field| Some((field, fields::text(field.node)?))) {
                match resolve(&options.site_url, &text).ok().filter(|url| is_web(url)) {
                    Some(url) => return ((url, format!("front matter `{}`", field.key)), body),
                    None => report(
                        field,
                        Code::BadUrl,
                        format!("expected the article's http(s) address, found `{text}`"),
                        "write an http(s) address or a path",
                    ),
                }
            }
        }
        LinkRule::Permalink => {}
    }
    (own.clone(), body)
}

/// Whether a value starts with a scheme such as `mailto:`; a path that starts with a slash does not.
fn has_scheme(value: &str) -> bool {
    value
        .split_once(':')
        .is_some_and(|(scheme, _)| !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)))
}

fn permalink(facts: &Facts<'_>, options: &Options) -> String {
    let path = template(facts, options).0.path(facts);
    resolve(&options.site_url, path.trim_start_matches('/')).unwrap_or_else(|_| options.site_url.clone())
}

/// The page on this site: the own address, unless that is on another.
fn on_site(own: &str, facts: &Facts<'_>, options: &Options) -> String {
    if own.starts_with(&options.site_url) { own.to_owned() } else { permalink(facts, options) }
}

/// The host of the site, for tag URIs.
pub(crate) fn host(url: &str) -> String {
    let authority = url.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default().split(':').next().filter(|host| !host.is_empty()).unwrap_or("localhost").to_owned()
}
