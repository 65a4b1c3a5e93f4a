//! Where an article lives on the site: the permalink template and the keys that overrule it.

mod tokens;

use super::language::FilePath;
use super::{Generator, Manner, fields};
use crate::model::{Term, Timestamp};
use crate::syntax::Map;
use crate::text::url::encode_path;
use crate::text::urlize;

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
    Sections,
    LastSection,
    /// What tells the article from others.
    Own(Wanted),
    /// A pattern of `strftime`.
    Date(&'static str),
    Abbrlink,
    Categories,
    /// The last of the categories, with those above it.
    Category,
    Collection,
    /// A key of the front matter.
    Key(String),
}

/// Which of an article's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Slug,
    Title,
    SlugOrTitle,
    SlugOrName,
    /// Jekyll's `:slug`, with letters and digits alone.
    PlainSlug,
    Stem,
    /// The folders below that of the collection, and the name.
    FolderedName,
}

/// What makes a template unusable.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// A `{name}` that is none of the known ones.
    #[error("expected one of {{path}}, {{section}}, {{slug}}, {{title}}, {{year}}, {{month}}, {{day}}, {{abbrlink}}, found {{{0}}}")]
    UnknownPlaceholder(String),
    /// A `:name` that is none of the generator's.
    #[error("expected a placeholder that feedloom knows of {1}, found :{0}")]
    UnknownToken(String, &'static str),
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
    /// The front matter.
    pub(crate) fields: &'a Map,
    /// Its terms.
    pub(crate) terms: &'a [Term],
    /// The path of its file.
    pub(crate) path: &'a str,
    /// Whose rules hold.
    pub(crate) manner: Option<&'a Manner>,
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
        if !parts.iter().any(Part::is_own) {
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

    /// Reads a generator's own pattern, `/:year/:month/:slug/`, or the name of one (Jekyll's `pretty`).
    pub fn parse_like(text: &str, generator: Generator) -> Result<Self, TemplateError> {
        tokens::parse(text, generator)
    }

    /// Whether the address of this article follows its title, so that it is no identity.
    pub(crate) fn follows_title(&self, facts: &Facts<'_>) -> bool {
        self.parts.contains(&Part::Own(Wanted::Title)) || (facts.slug.is_none() && self.parts.contains(&Part::Own(Wanted::SlugOrTitle)))
    }

    /// The path of an article below the site, percent-encoded, starting with `/`.
    pub(crate) fn path(&self, facts: &Facts<'_>) -> String {
        let mut path = String::from("/");
        // Generators put the language before all patterns; ours has it in `{path}`.
        if let Some(prefix) = facts.file.prefix.as_ref().filter(|_| facts.manner.is_some() && !self.parts.contains(&Part::Path)) {
            path.push_str(&format!("{prefix}/"));
        }
        for part in &self.parts {
            path.push_str(&part.value(facts));
        }
        while path.contains("//") {
            path = path.replace("//", "/");
        }
        encode_path(&match facts.manner {
            Some(manner) => manner.whole(path),
            None => path,
        })
    }
}

impl Part {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "path" => Self::Path,
            "section" => Self::Section,
            "slug" => Self::Own(Wanted::Slug),
            "title" => Self::Own(Wanted::Title),
            "year" => Self::Date("%Y"),
            "month" => Self::Date("%m"),
            "day" => Self::Date("%d"),
            "abbrlink" => Self::Abbrlink,
            _ => return None,
        })
    }

    /// Whether articles that differ have different values.
    fn is_own(&self) -> bool {
        matches!(self, Self::Path | Self::Own(_) | Self::Abbrlink | Self::Key(_))
    }

    fn value(&self, facts: &Facts<'_>) -> String {
        // The last folder of a bundle is its own.
        let sections = || facts.file.folders.get(..facts.file.folders.len().saturating_sub(usize::from(facts.file.bundle))).unwrap_or_default();
        match self {
            Self::Literal(text) => text.clone(),
            Self::Path => facts.whole_path(),
            Self::Section => {
                facts.file.folders.first().filter(|_| facts.file.has_section()).map(|folder| facts.file_word(folder)).unwrap_or_default()
            }
            Self::Sections => facts.sections(sections()),
            Self::LastSection => sections().last().map(|folder| facts.file_word(folder)).unwrap_or_default(),
            Self::Own(wanted) => facts.own(*wanted),
            Self::Date(pattern) => facts.date.map(|date| date.datetime().format(pattern).to_string()).unwrap_or_default(),
            // Without a short name the file's own keeps the address apart from others.
            Self::Abbrlink => facts.key("abbrlink").unwrap_or_else(|| facts.own(Wanted::Slug)),
            Self::Categories => facts.categories(),
            Self::Category => facts.category(),
            Self::Collection => facts.path.split('/').find_map(|folder| folder.strip_prefix('_')).unwrap_or_default().to_owned(),
            Self::Key(name) => facts.key(name).unwrap_or_else(|| facts.own(Wanted::Stem)),
        }
    }
}

impl Facts<'_> {
    fn file_word(&self, name: &str) -> String {
        self.manner.map_or_else(|| name.to_owned(), |manner| manner.file_word(name))
    }

    fn word(&self, text: &str) -> String {
        self.manner.map_or_else(|| text.to_owned(), |manner| manner.word(text))
    }

    /// A value of the front matter, or what the site's configuration says for articles without one.
    fn key(&self, name: &str) -> Option<String> {
        let given = fields::get(self.fields, name).and_then(|field| fields::text(field.node));
        given.or_else(|| self.manner?.placeholders.get(name).cloned())
    }

    /// Folders and name, or the slug instead of the last of them.
    fn whole_path(&self) -> String {
        let file = self.file;
        let slug = self.slug.map(|slug| self.word(slug));
        // A bundle's address is its folder; every other page's its own name.
        let folders = file.folders.len() - usize::from(file.bundle && slug.is_some()).min(file.folders.len());
        let own = slug.or_else(|| (!file.bundle).then(|| self.file_word(&file.stem)));
        let folders = file.folders.iter().take(folders).map(|folder| self.file_word(folder));
        file.prefix.clone().into_iter().chain(folders).chain(own).collect::<Vec<_>>().join("/")
    }

    /// The folders that are sections: the first, and those that the configuration knows of.
    fn sections(&self, folders: &[String]) -> String {
        let is_known = |depth: usize| {
            self.manner.is_none_or(|manner| depth == 0 || manner.sections.contains(&folders.get(..=depth).unwrap_or_default().join("/")))
        };
        let known = folders.iter().enumerate().filter(|(depth, _)| is_known(*depth));
        known.map(|(_, folder)| self.file_word(folder)).collect::<Vec<_>>().join("/")
    }

    fn own(&self, wanted: Wanted) -> String {
        let title = || if self.manner.is_some() { self.word(self.title) } else { hyphenated(self.title) };
        let named = |name: &str| {
            let is_jekyll = self.manner.is_some_and(|manner| manner.generator == Generator::Jekyll);
            if is_jekyll { self.word(name) } else { self.file_word(name) }
        };
        let slug = self.slug.map(|slug| self.word(slug)).filter(|slug| !slug.is_empty());
        match wanted {
            Wanted::Slug => slug.unwrap_or_else(|| self.file_word(&self.file.name)),
            Wanted::Title => Some(title()).filter(|title| !title.is_empty()).unwrap_or_else(|| named(&self.file.stem)),
            Wanted::SlugOrTitle => slug.unwrap_or_else(|| self.own(Wanted::Title)),
            Wanted::SlugOrName => slug.unwrap_or_else(|| named(&self.file.stem)),
            Wanted::PlainSlug => urlize::jekyll(self.slug.unwrap_or(&self.file.stem)),
            Wanted::Stem => named(&self.file.stem),
            Wanted::FolderedName => self.file.folders.iter().chain([&self.file.stem]).map(|name| self.file_word(name)).collect::<Vec<_>>().join("/"),
        }
    }

    /// Jekyll's: all of them, each once.
    fn categories(&self) -> String {
        let mut names: Vec<String> = Vec::new();
        for name in self.terms.iter().filter(|term| &*term.taxonomy == "category").flat_map(|term| &term.path).map(|name| name.to_lowercase()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join("/")
    }

    /// Hexo's: the last of them, with those above it.
    fn category(&self) -> String {
        let last = self.terms.iter().rfind(|term| &*term.taxonomy == "category");
        let path = last.map(|term| term.path.iter().map(|name| self.word(name)).collect::<Vec<_>>().join("/"));
        path.unwrap_or_else(|| {
            self.manner.and_then(|manner| manner.placeholders.get("category").cloned()).unwrap_or_else(|| "uncategorized".to_owned())
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
        let fields = Box::leak(Box::new(Map::default()));
        fields.insert("abbrlink", crate::syntax::Node::new(crate::syntax::Value::Text("3f2a".to_owned()), crate::syntax::Place::default()));
        let date = Timestamp::parse_rfc3339("2019-03-07T23:00:00+08:00");
        Facts { file, slug, title: "你好，World 2", date, fields, terms: &[], path: "", manner: None }
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
    fn generators_patterns_give_the_addresses_that_they_give() {
        let address = |generator: Generator, pattern: &str, file: &str, slug: Option<&str>| {
            let manner = Manner::of(generator);
            let terms = [Term::nested("category", vec!["科技".into(), "AI".into()])];
            let path = manner.file_path(file, file.ends_with("/index.md"));
            let facts = Facts { terms: &terms, path: file, manner: Some(&manner), ..facts(&path, slug) };
            Template::parse_like(pattern, generator).unwrap().path(&facts).replace("%E7%A7%91%E6%8A%80", "科技").replace("%E4%BD%A0%E5%A5%BD", "你好")
        };
        for (generator, pattern, file, slug, expected) in [
            (Generator::Hugo, "/P/:year/:month/:slug/", "post/a.md", None, "/p/2019/03/你好world-2/"),
            (Generator::Hugo, "/:year/:slugorfilename/", "post/A b.md", None, "/2019/a-b/"),
            (Generator::Hugo, "/:sections/:filename/", "a/b/Bundle Name/index.md", None, "/a/bundle-name/"),
            (Generator::Hugo, "/:sections[last]/:yearday-:weekdayname/:slug", "a/b/c.md", Some("My Slug"), "/b/66-thursday/my-slug"),
            (Generator::Hexo, ":year/:month/:day/:title/", "_posts/x/2019-a.md", Some("no"), "/2019/03/07/x/2019-a/"),
            (Generator::Hexo, "posts/:abbrlink.html", "_posts/a.md", None, "/posts/3f2a.html"),
            (Generator::Hexo, ":category/:i_month/:name/", "_posts/x/a.md", None, "/科技/AI/3/a/"),
            (Generator::Jekyll, "pretty", "_posts/2019-03-07-a.md", None, "/科技/ai/2019/03/07/a/"),
            (Generator::Jekyll, "date", "_posts/2019-03-07-a.md", Some("b c"), "/科技/ai/2019/03/07/b-c.html"),
            (Generator::Jekyll, "ordinal", "_posts/2019-03-07-a.md", None, "/科技/ai/2019/066/a.html"),
            (Generator::Jekyll, "weekdate", "_posts/2019-03-07-a.md", None, "/科技/ai/2019/W10/Thu/a.html"),
            (Generator::Jekyll, "none", "_posts/2019-03-07-a.md", None, "/科技/ai/a.html"),
            (Generator::Jekyll, "/:collection/:path/", "_recipes/x/a.md", None, "/recipes/x/a/"),
        ] {
            assert_eq!(address(generator, pattern, file, slug), expected, "{pattern} {file}");
        }
        let unknown = Template::parse_like("/:year/:nonsense/", Generator::Hugo);
        assert_eq!(unknown, Err(TemplateError::UnknownToken("nonsense".to_owned(), "Hugo")));
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(Template::parse("/{pfad}/"), Err(TemplateError::UnknownPlaceholder("pfad".to_owned())));
        assert_eq!(Template::parse("/{year}/"), Err(TemplateError::NothingOwn));
        assert!(matches!(Template::parse("/{path"), Err(TemplateError::Unclosed(_))));
    }
}
