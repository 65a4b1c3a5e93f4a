//! Which language an article is in: what its file's name says, and the order of all sources.
//!
//! Front matter, then file suffix or folder, then the folder's configured language, then the site's, then the script of
//! the text; no language is better than a wrong one.

use super::Options;
use super::fields::{self, Field};
use super::front_matter::FrontMatter;
use crate::diagnostic::Code;
use crate::model::Language;
use crate::text::language::{Class, read, read_beside, styled};
use crate::text::script::detect;

/// A path below the content folder, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FilePath {
    /// Folders, without a leading language folder and without Jekyll's `_posts` and `_drafts`.
    pub(crate) folders: Vec<String>,
    /// File name without extension, language suffix and (in `_posts`) date.
    pub(crate) stem: String,
    /// The same without any date, for slugs and titles.
    pub(crate) name: String,
    /// The language that folder or suffix name, with the text that named it.
    pub(crate) language: Option<(Language, String)>,
    /// Whether the suffix named it, which is surer than a folder.
    pub(super) by_suffix: bool,
    /// First part of the address when that language is not the site's.
    pub(crate) prefix: Option<String>,
    /// A date at the start of the file's name, `YYYY-MM-DD`.
    pub(crate) date: Option<String>,
    /// Whether it lies in `_drafts`.
    pub(crate) in_drafts: bool,
    /// Whether it is the index of a bundle, so that its last folder is its own.
    pub(crate) bundle: bool,
}

/// Two-letter tags that stand for a language when they end a file's name.
/// Others are as often something else: `asp.net.md`, `node.io.md`, `types.ts.md`.
const SUFFIXES: &[&str] = &[
    "ar", "bg", "ca", "da", "de", "el", "en", "es", "eu", "fa", "fi", "fr", "gl", "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "nb",
    "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "vi", "zh",
];

/// Those of them that also stand for a language as a folder's name: `it/` and `no/` are as often something else.
const FOLDERS: &[&str] = &["ar", "de", "en", "es", "fr", "ja", "ko", "pt", "ru", "th", "vi", "zh"];

/// The regions that go with a language in names; `hi-fi`, `to-do` and `my-cv` are no languages.
const REGIONS: &[(&str, &[&str])] = &[
    ("ar", &["AE", "EG", "SA"]),
    ("da", &["DK"]),
    ("de", &["AT", "CH", "DE"]),
    ("el", &["GR"]),
    ("en", &["AU", "CA", "GB", "HK", "IE", "IN", "NZ", "SG", "US", "ZA"]),
    ("es", &["419", "AR", "CL", "CO", "ES", "MX"]),
    ("fa", &["IR"]),
    ("fi", &["FI"]),
    ("fr", &["BE", "CA", "CH", "FR"]),
    ("he", &["IL"]),
    ("hi", &["IN"]),
    ("hu", &["HU"]),
    ("id", &["ID"]),
    ("it", &["CH", "IT"]),
    ("ja", &["JP"]),
    ("ko", &["KR"]),
    ("nb", &["NO"]),
    ("nl", &["BE", "NL"]),
    ("pl", &["PL"]),
    ("pt", &["BR", "PT"]),
    ("ro", &["RO"]),
    ("ru", &["RU"]),
    ("sv", &["SE"]),
    ("th", &["TH"]),
    ("tr", &["TR"]),
    ("uk", &["UA"]),
    ("vi", &["VN"]),
    ("zh", &["CN", "HK", "MO", "SG", "TW"]),
];

impl FilePath {
    /// Takes a path apart; `site` is the site's language, which has no prefix of its own.
    pub(crate) fn new(path: &str, bundle: bool, in_posts: bool, site: Option<&Language>) -> Self {
        let mut folders: Vec<String> = path.split('/').map(ToOwned::to_owned).collect();
        let name = folders.pop().unwrap_or_default();
        let mut stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
        let mut language = None;
        if let Some((before, suffix)) = stem.rsplit_once('.').filter(|(before, _)| !before.is_empty())
            && let Some(tag) = named_language(suffix, SUFFIXES)
        {
            language = Some((tag, suffix.to_owned()));
            stem = before.to_owned();
        }
        let by_suffix = language.is_some();
        if let Some(tag) = folders.first().and_then(|first| named_language(first, FOLDERS)) {
            let folder = folders.remove(0);
            language.get_or_insert((tag, folder));
        }
        let posts = in_posts || folders.iter().any(|folder| folder == "_posts");
        let in_drafts = folders.iter().any(|folder| folder == "_drafts");
        folders.retain(|folder| folder != "_posts" && folder != "_drafts");
        let dated = if bundle { folders.last().cloned().unwrap_or_default() } else { stem.clone() };
        let date = leading_date(&dated);
        if posts
            && let Some(rest) =
                date.as_ref().and_then(|date| stem.get(date.len()..)).map(|rest| rest.trim_start_matches('-')).filter(|rest| !rest.is_empty())
        {
            stem = rest.to_owned();
        }
        if bundle {
            stem = folders.last().cloned().unwrap_or(stem);
        }
        let prefix = language
            .as_ref()
            .filter(|(tag, _)| {
                site.is_none_or(|site| site.group() != tag.group() && (tag.as_str() != tag.primary() || site.primary() != tag.primary()))
            })
            .map(|(_, written)| written.to_ascii_lowercase());
        let name = date
            .as_ref()
            .and_then(|date| stem.strip_prefix(date.as_str()))
            .map(|rest| rest.trim_start_matches(['-', '_', ' ']))
            .filter(|rest| !rest.is_empty());
        let name = name.unwrap_or(&stem).to_owned();
        Self { folders, stem, name, language, by_suffix, prefix, date, in_drafts, bundle }
    }

    /// Whether the first folder is a section: a bundle directly below the content folder is its own page.
    pub(crate) fn has_section(&self) -> bool {
        self.folders.len() > usize::from(self.bundle)
    }
}

/// A language that a folder or a suffix names: `zh-cn`, `zh_TW`, `en`, but not `io`; `bare` are those that need no region.
fn named_language(text: &str, bare: &[&str]) -> Option<Language> {
    // A primary subtag has two letters or three; most names of files and folders have longer words.
    if !(2..=3).contains(&text.bytes().take_while(u8::is_ascii_alphanumeric).count()) {
        return None;
    }
    let reading = read(text, None);
    let language = reading.language.filter(|_| matches!(reading.class, Class::Valid | Class::Silent))?;
    let usual = match language.region() {
        Some(region) => REGIONS.iter().any(|(primary, regions)| *primary == language.primary() && regions.contains(&region)),
        None if language.script_subtag().is_some() => SUFFIXES.contains(&language.primary()),
        None => language.as_str() == language.primary() && bare.contains(&language.primary()),
    };
    usual.then_some(language)
}

/// The language that the name of a file hints at to people, by its suffix or its first folder, with the text that names it and whether
/// that is the suffix.
pub(super) fn hinted(path: &str) -> Option<(Language, String, bool)> {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut parts = name.rsplitn(3, '.').skip(1);
    let suffix = parts.next().filter(|_| parts.next().is_some());
    let by_suffix = suffix.and_then(|suffix| Some((named_language(suffix, SUFFIXES)?, suffix.to_owned(), true)));
    let folder = folders.split('/').next().unwrap_or_default();
    by_suffix.or_else(|| Some((named_language(folder, FOLDERS)?, folder.to_owned(), false)))
}

/// Whether a folder is named after a language, so that an `index` page in it is the home page of that language.
pub(crate) fn is_language_folder(name: &str) -> bool {
    named_language(name, FOLDERS).is_some()
}

/// Whether a suffix is named after a language: `en` of `index.en.md`.
pub(crate) fn is_language_suffix(suffix: &str) -> bool {
    named_language(suffix, SUFFIXES).is_some()
}

/// `2025-02-14` or `2025-2-4` at the start of a name, before `-`, `_` or its end.
pub(super) fn leading_date(stem: &str) -> Option<String> {
    let mut rest = stem;
    for (most, least, last) in [(4, 4, false), (2, 1, false), (2, 1, true)] {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > most || digits < least {
            return None;
        }
        rest = rest.get(digits..)?;
        if !last {
            rest = rest.strip_prefix('-')?;
        }
    }
    (rest.is_empty() || rest.starts_with(['-', '_', '.', ' '])).then(|| stem.get(..stem.len() - rest.len()).map(ToOwned::to_owned)).flatten()
}

/// A language and where it is from, for `explain`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) language: Option<Language>,
    pub(crate) from: String,
}

/// The language of an article; `text` gives its visible text and is asked only when nothing else decides.
pub(crate) fn of(
    front: &FrontMatter,
    file: &FilePath,
    path: &str,
    text: &dyn Fn() -> String,
    options: &Options,
    report: &mut dyn FnMut(Field<'_>, Code, String, &str),
) -> Found {
    let style = |language: &Language| Some(styled(language, options.language_style));
    for field in fields::all(&front.fields, fields::LANGUAGE) {
        if let Some(language) = stated(field, text, report) {
            return Found { language: style(&language), from: format!("front matter `{}`", field.key) };
        }
    }
    if let Some((language, written)) = file.language.as_ref().filter(|_| file.by_suffix) {
        return Found { language: style(language), from: format!("file name `.{written}`") };
    }
    let folder = options.folder_languages.iter().filter(|(folder, _)| is_below(path, folder)).max_by_key(|(folder, _)| folder.len());
    if let Some((folder, language)) = folder {
        return Found { language: style(language), from: format!("configuration `content.languages.{folder}`") };
    }
    if let Some((language, written)) = &file.language {
        return Found { language: style(language), from: format!("folder `{written}`") };
    }
    if let Some(language) = &options.language {
        return Found { language: style(language), from: "the site's language".to_owned() };
    }
    match detect(&text()) {
        Some(language) => Found { language: style(&language), from: "guessed from the script of the text".to_owned() },
        None => Found { language: None, from: "nothing says it".to_owned() },
    }
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder.trim_matches('/')).is_some_and(|rest| rest.starts_with('/'))
}

/// What one key of the front matter says; the first valid tag of a list wins.
fn stated(field: Field<'_>, text: &dyn Fn() -> String, report: &mut dyn FnMut(Field<'_>, Code, String, &str)) -> Option<Language> {
    let values = fields::texts(field.node);
    if values.len() > 1 {
        report(
            field,
            Code::LanguageNote,
            format!("expected one language, found {}: the first valid one counts", values.len()),
            "an article has one language; translations are articles of their own",
        );
    }
    for (value, _) in values {
        let mut reading = read(&value, None);
        // Only a name that is no tag, or a country's that is also a language's, is worth a look at the text.
        if reading.class == Class::Warning || ["jp", "kr", "tw", "gb"].iter().any(|country| value.eq_ignore_ascii_case(country)) {
            reading = read_beside(&value, &text());
        }
        let language = reading.language;
        let shown = language.as_ref().map_or("no language", Language::as_str);
        match reading.class {
            Class::Note => report(field, Code::LanguageNote, format!("`{value}` is read as {shown}"), "write the BCP 47 tag"),
            Class::Warning => report(
                field,
                Code::LanguageGuessed,
                format!("expected a BCP 47 tag such as zh-CN, found `{value}`, read as {shown}"),
                "write the tag itself",
            ),
            Class::Invalid => report(
                field,
                Code::LanguageInvalid,
                format!("expected a BCP 47 tag such as zh-CN, found `{value}`"),
                "write a tag such as zh-CN, zh-TW or en, or leave the key out",
            ),
            _ => {}
        }
        if language.is_some() {
            return language;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> FilePath {
        FilePath::new(path, path.contains("index."), false, Language::parse("zh-CN").as_ref())
    }

    fn language(path: &str) -> Option<String> {
        file(path).language.map(|(language, _)| language.to_string())
    }

    #[test]
    fn suffix_and_folder_name_a_language_but_not_every_word_does() {
        assert_eq!(language("a.zh-cn.md").as_deref(), Some("zh-CN"));
        assert_eq!(language("a.zh_TW.md").as_deref(), Some("zh-TW"));
        assert_eq!(language("en/a.md").as_deref(), Some("en"));
        assert_eq!(language("zh-cn/b/index.en.md").as_deref(), Some("en"));
        for none in [
            "sci-fi/a.md",
            "hi-fi/a.md",
            "how-to/a.md",
            "my-cv/a.md",
            "it/a.md",
            "no/a.md",
            "asp.net.md",
            "node.io.md",
            "x.ts.md",
            "v1.2.md",
            "news/a.md",
            "go/a.md",
        ] {
            assert_eq!(language(none), None, "{none}");
        }
    }

    #[test]
    fn jekyll_names_lose_their_date_and_every_dated_name_gives_one() {
        let post = file("blog/_posts/2025-02-14-hello.md");
        assert_eq!((post.stem.as_str(), post.date.as_deref(), post.folders.join("/")), ("hello", Some("2025-02-14"), "blog".to_owned()));
        let hugo = file("post/2013-05-15-ggplot2.md");
        assert_eq!((hugo.stem.as_str(), hugo.name.as_str(), hugo.date.as_deref()), ("2013-05-15-ggplot2", "ggplot2", Some("2013-05-15")));
        assert_eq!(file("p/2025-1-7-x.md").date.as_deref(), Some("2025-1-7"));
        assert_eq!(FilePath::new("2025-1-7-x.md", false, true, None).stem, "x");
        assert!(file("_drafts/x.md").in_drafts);
        assert_eq!(file("p/2013-05-155.md").date, None);
    }

    #[test]
    fn only_another_language_has_a_prefix() {
        assert_eq!(file("zh-cn/a.md").prefix, None);
        assert_eq!(file("zh/a.md").prefix, None);
        assert_eq!(file("a.zh-tw.md").prefix.as_deref(), Some("zh-tw"));
        assert_eq!(file("en-US/a.md").prefix.as_deref(), Some("en-us"));
        assert_eq!(FilePath::new("en/a.md", false, false, None).prefix.as_deref(), Some("en"));
    }
}
