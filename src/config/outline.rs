//! What was found in a site → the text of a `feedloom.yaml` for it.
//!
//! Active are only lines that say what would not be understood anyway; all else stands there as a comment, with the value that holds. The
//! text is read by [`Document`](super::Document) like any other.

use super::generator::{Fact, Said};
use crate::content::Generator;

/// What a new `feedloom.yaml` is made of.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Found {
    /// What the site's own configuration says.
    pub said: Option<Said>,
    /// A folder of articles, when it is not where it is looked for.
    pub content_dir: Option<String>,
}

/// The address that stands in for one that nobody says.
const EXAMPLE: &str = "https://example.org/";

impl Found {
    /// The text.
    pub fn outline(&self) -> String {
        let generator = self.said.as_ref().map(|said| said.generator);
        let mut text = String::from("# Configuration of feedloom. Every key is optional; an unknown key is an error.\n");
        if let Some(said) = &self.said {
            text += &format!(
                "# This is a site of {}: what {} says holds without being repeated here. A key that is set here wins.\n",
                said.generator.title(),
                said.files.join(", ")
            );
        }
        text += "\nsite:\n";
        text += &self.known("title", "site.title", "my site", "stands in feed titles");
        text += &self.known("url", "site.url", EXAMPLE, "set this: the site's address; or say --base-url");
        text += &self.known("language", "site.language", "zh-CN", "BCP 47");
        text += &self.known("timezone", "site.timezone", "Asia/Shanghai", "for dates without a zone; default: the language's");
        text += &self.known("author", "site.author", "me", "for articles without an author");
        text += "\ncontent:\n";
        text += &match &self.content_dir {
            Some(dir) => line(false, "dir", &quoted(dir), "where the articles lie"),
            None => line(true, "dir", &quoted(self.said.as_ref().map_or("content", |said| &said.content_dir)), "where the articles lie"),
        };
        text += &match self.fact("content.permalink") {
            Some(fact) => line(true, "permalink", "\"/{path}/\"", &format!("{}: {}", fact.place, one_line(&fact.value))),
            None => line(true, "permalink", "\"/{path}/\"", "address of an article below site.url"),
        };
        for fact in self.facts().filter(|fact| fact.key.starts_with("content.permalinks.")) {
            text += &format!("  # {} as {} says: {}\n", fact.key, fact.place, one_line(&fact.value));
        }
        text += &line(true, "like", generator.map_or("hugo", Generator::name), "whose rules hold for files and addresses; none: nobody's");
        text += &self.known("drafts", "content.drafts", "false", "true: drafts are published");
        text += "\nfeeds:\n";
        text += &line(true, "dir", "feeds", "where the feeds are written");
        text += &line(true, "formats", "[rss, atom, json]", "");
        text += &line(true, "body", "full", "or summary");
        text += &self.known("limit", "feeds.limit", "20", "newest entries of each feed; 0 = all");
        text += &match self.fact("feeds.by") {
            Some(fact) => line(true, "by", &format!("[{}]", one_line(&fact.value)), &format!("from {}", fact.place)),
            None => line(true, "by", "[category, tag]", "a feed for each of their terms"),
        };
        text +=
            &line(true, "like", generator.map_or("hugo", Generator::name), "the addresses of that generator's own feeds: subscribers keep theirs");
        text += "\ntopics:\n";
        text += &line(true, "slugs", "keep", "Han characters stay in addresses; or pinyin, ascii");
        text += &line(true, "titles", "\"{term} · {site}\"", "title of a topic's feed");
        text += &line(true, "aliases", "{ 人工智能: [AI] }", "other names of one topic");
        text
    }

    fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.said.iter().flat_map(|said| &said.facts)
    }

    fn fact(&self, key: &str) -> Option<&Fact> {
        self.facts().find(|fact| fact.key == key)
    }

    /// A comment with the value that holds, or an example.
    fn known(&self, name: &str, key: &str, example: &str, about: &str) -> String {
        match self.fact(key) {
            Some(fact) => line(true, name, &value(&fact.value), &format!("from {}", fact.place)),
            None => line(true, name, example, about),
        }
    }
}

/// `  # name: value   # about`
fn line(is_comment: bool, name: &str, value: &str, about: &str) -> String {
    let text = format!("  {}{name}: {value}", if is_comment { "# " } else { "" });
    let about =
        if about.is_empty() { String::new() } else { format!("{}# {about}", " ".repeat(40_usize.saturating_sub(text.chars().count()).max(2))) };
    format!("{text}{about}\n")
}

/// A value as YAML: bare where it cannot be taken for anything else.
fn value(text: &str) -> String {
    let is_plain = !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "-_/.".contains(c)) && !text.starts_with(['-', '.']);
    if is_plain { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", one_line(text).replace('\\', "\\\\").replace('"', "\\\""))
}

/// A comment ends with its line.
fn one_line(text: &str) -> String {
    crate::text::hygiene::one_line(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Document, Settings};

    #[test]
    fn values_that_could_be_something_else_are_quoted() {
        for (text, expected) in [("zh-CN", "zh-CN"), ("a: b", "\"a: b\""), ("x # y", "\"x # y\""), ("\"q\"\nz", "\"\\\"q\\\" z\""), ("-1", "\"-1\"")]
        {
            assert_eq!(value(text), expected);
        }
    }

    #[test]
    fn what_is_written_is_read_whether_its_comments_are_taken_away_or_not() {
        let outline = Found { said: None, content_dir: Some("my \"posts\"".to_owned()) }.outline();
        // The comments are examples of keys; with them all set it still is a configuration.
        let all: String = outline.lines().map(|line| line.strip_prefix("  # ").map_or(line.to_owned(), |line| format!("  {line}")) + "\n").collect();
        for text in [&outline, &all] {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("feedloom.yaml");
            crate::publish::single::write(&file, text.as_bytes()).unwrap();
            let document = Document::read(&file, "feedloom.yaml").unwrap();
            let mut findings = Vec::new();
            let settings = Settings::read(&document, &mut findings);
            assert_eq!((findings, settings.content.dir.is_some()), (Vec::new(), true), "{text}");
        }
    }
}
