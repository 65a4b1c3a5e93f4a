//! Where an article lives on the site: the permalink template and the keys that overrule it.

use super::language::FilePath;
use crate::model::Timestamp;
use crate::text::url::encode_path;
use chrono::Datelike;

/// A checked permalink template, such as `/{path}/` or `/{year}/{month}/{slug}/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Path,
    Section,
    Slug,
    Title,
    Year,
    Month,
    Day,
    Abbrlink,
}

/// What makes a template unusable.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// A `{name}` that is none of the known ones.
    #[error("expected one of {{path}}, {{section}}, {{slug}}, {{title}}, {{year}}, {{month}}, {{day}}, {{abbrlink}}, found {{{0}}}")]
    UnknownPlaceholder(String),
    /// A `{` without its `}`.
    #[error("expected a closing }} after {{{0}")]
    Unclosed(String),
    /// Neither path nor slug nor title: all articles would share one address.
    #[error("expected {{path}}, {{slug}} or {{title}} somewhere, so that articles have addresses of their own")]
    NothingOwn,
}

/// What an address is made of.
#[derive(Clone, Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) file: &'a FilePath,
    pub(crate) slug: Option<&'a str>,
    pub(crate) title: &'a str,
    pub(crate) date: Option<Timestamp>,
    /// Hexo's short name for an article.
    pub(crate) abbrlink: Option<&'a str>,
}

impl Default for Template {
    fn default() -> Self {
        Self { parts: vec![Part::Literal("/".to_owned()), Part::Path, Part::Literal("/".to_owned())] }
    }
}

impl Template {
    /// Reads a template with `{name}` placeholders.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((literal, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or_else(|| TemplateError::Unclosed(after.to_owned()))?;
            if !literal.is_empty() {
                parts.push(Part::Literal(literal.to_owned()));
            }
            parts.push(Part::named(name).ok_or_else(|| TemplateError::UnknownPlaceholder(name.to_owned()))?);
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Literal(rest.to_owned()));
        }
        if !parts.iter().any(|part| matches!(part, Part::Path | Part::Slug | Part::Title | Part::Abbrlink)) {
            return Err(TemplateError::NothingOwn);
        }
        Ok(Self { parts })
    }

    /// Reads a pattern of Jekyll, Hexo or Hugo: `/:year/:month/:title/`. In the first two `:title` is the file's name.
    pub(crate) fn parse_colons(text: &str, title_is_name: bool) -> Option<Self> {
        let mut braced = String::new();
        for (index, piece) in text.split(':').enumerate() {
            if index == 0 {
                braced.push_str(piece);
                continue;
            }
            let end = piece.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(piece.len());
            let (name, after) = piece.split_at_checked(end)?;
            let name = match name {
                "filename" | "slugorfilename" | "slug" | "name" => "slug",
                "title" if title_is_name => "slug",
                "sections" => "section",
                other => other,
            };
            braced.push_str(&format!("{{{name}}}{after}"));
        }
        Self::parse(&braced).ok()
    }

    /// Whether the address follows the title, so that it is no identity.
    pub(crate) fn follows_title(&self) -> bool {
        self.parts.contains(&Part::Title)
    }

    /// The path of an article below the site, percent-encoded, starting with `/`.
    pub(crate) fn path(&self, facts: &Facts<'_>) -> String {
        let mut path = String::from("/");
        let date = facts.date.map(|date| date.datetime());
        let slug = facts.slug.unwrap_or(&facts.file.name);
        for part in &self.parts {
            let value = match part {
                Part::Literal(text) => text.clone(),
                Part::Path => {
                    let folders = facts.file.folders.iter().map(String::as_str);
                    // A bundle's address is its folder; every other page's its own name.
                    let own = if facts.file.bundle && facts.slug.is_none() { None } else { Some(facts.slug.unwrap_or(&facts.file.stem)) };
                    let folders: Vec<&str> = if facts.file.bundle && facts.slug.is_some() {
                        folders.take(facts.file.folders.len().saturating_sub(1)).collect()
                    } else {
                        folders.collect()
                    };
                    facts.file.prefix.as_deref().into_iter().chain(folders).chain(own).collect::<Vec<_>>().join("/")
                }
                Part::Section => facts.file.folders.first().filter(|_| facts.file.has_section()).cloned().unwrap_or_default(),
                Part::Slug => slug.to_owned(),
                Part::Title => hyphenated(facts.title),
                // Without a short name the file's own keeps the address apart from others.
                Part::Abbrlink => facts.abbrlink.unwrap_or(slug).to_owned(),
                Part::Year => date.map(|date| format!("{:04}", date.year())).unwrap_or_default(),
                Part::Month => date.map(|date| format!("{:02}", date.month())).unwrap_or_default(),
                Part::Day => date.map(|date| format!("{:02}", date.day())).unwrap_or_default(),
            };
            path.push_str(&value);
        }
        while path.contains("//") {
            path = path.replace("//", "/");
        }
        encode_path(&path)
    }
}

impl Part {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "path" => Self::Path,
            "section" => Self::Section,
            "slug" => Self::Slug,
            "title" => Self::Title,
            "year" => Self::Year,
            "month" => Self::Month,
            "day" => Self::Day,
            "abbrlink" => Self::Abbrlink,
            _ => return None,
        })
    }
}

/// A title as part of an address: lower case, one hyphen for whatever is neither letter nor digit.
fn hyphenated(title: &str) -> String {
    let mut out = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts<'a>(file: &'a FilePath, slug: Option<&'a str>) -> Facts<'a> {
        Facts { file, slug, title: "你好，World 2", abbrlink: Some("3f2a"), date: Timestamp::parse_rfc3339("2019-03-07T23:00:00+08:00") }
    }

    fn path(template: &str, file: &str, slug: Option<&str>) -> String {
        let site = crate::model::Language::parse("zh-CN");
        let file = FilePath::new(file, file.contains("index."), false, site.as_ref());
        Template::parse(template).unwrap().path(&facts(&file, slug))
    }

    #[test]
    fn the_path_drops_extension_index_and_the_sites_own_language() {
        assert_eq!(path("/{path}/", "blog/2019/a.md", None), "/blog/2019/a/");
        assert_eq!(path("/{path}/", "blog/b/index.md", None), "/blog/b/");
        assert_eq!(path("/{path}/", "zh-cn/blog/a.zh-cn.md", None), "/blog/a/");
        assert_eq!(path("/{path}/", "blog/a.en.md", None), "/en/blog/a/");
        assert_eq!(path("/{path}/", "en/blog/a.md", None), "/en/blog/a/");
        assert_eq!(path("/{path}/", "en-US/blog/a.en-US.md", None), "/en-us/blog/a/");
    }

    #[test]
    fn the_slug_replaces_the_last_part() {
        assert_eq!(path("/{path}/", "blog/2019/a.md", Some("b")), "/blog/2019/b/");
        assert_eq!(path("/{path}/", "blog/b/index.md", Some("c")), "/blog/c/");
        assert_eq!(path("/{section}/{slug}.html", "blog/2019/a.md", None), "/blog/a.html");
    }

    #[test]
    fn dates_and_titles_fill_in_and_han_is_encoded() {
        assert_eq!(path("/{year}/{month}/{day}/{slug}/", "_posts/2019-03-07-x.md", None), "/2019/03/07/x/");
        assert_eq!(path("/{title}", "a.md", None), "/%E4%BD%A0%E5%A5%BD-world-2");
        assert_eq!(path("/{section}/{slug}/", "a.md", None), "/a/");
    }

    #[test]
    fn foreign_patterns_are_understood() {
        let file = FilePath::new("post/2013-05-15-ggplot2.md", false, false, None);
        let template = Template::parse_colons("/:year/:month/:slug/", false).unwrap();
        assert_eq!(template.path(&facts(&file, None)), "/2019/03/ggplot2/");
        assert_eq!(Template::parse_colons("/:title/", true), Template::parse("/{slug}/").ok());
        assert_eq!(Template::parse_colons("/:nonsense/", true), None);
        assert_eq!(Template::parse("/posts/{abbrlink}.html").unwrap().path(&facts(&file, None)), "/posts/3f2a.html");
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(Template::parse("/{pfad}/"), Err(TemplateError::UnknownPlaceholder("pfad".to_owned())));
        assert_eq!(Template::parse("/{year}/"), Err(TemplateError::NothingOwn));
        assert!(matches!(Template::parse("/{path"), Err(TemplateError::Unclosed(_))));
    }
}
