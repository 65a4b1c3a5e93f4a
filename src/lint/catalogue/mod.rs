//! Every rule: what it is called elsewhere, what to do about it, a document that breaks it and one that does not.
//!
//! The documentation is made of this, and a test holds the linter against it. Severity and title are those of the code.

mod archive;
mod beyond;
mod beyond_entries;
mod files;
mod folder;
mod http;
mod json;
mod json_items;
mod media;
mod modules;
mod opml;
mod page;
mod presence;
mod profile;
mod texts;
mod values;
mod xml;

pub use page::{documentation, page};

use crate::diagnostic::Code;

/// A rule.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Rule {
    /// Its code, with severity and title.
    pub code: Code,
    /// The W3C feed validator's name for it, where it has one.
    pub w3c: Option<&'static str>,
    /// What to do about it, in one line.
    pub help: &'static str,
    /// Why it matters, or where it is demanded (RFC clause, specification), in one or two sentences.
    pub why: &'static str,
    /// A document that breaks it.
    pub fails: Sample,
    /// The same, mended.
    pub passes: Sample,
}

/// A rule that the W3C validator has too.
const fn row(code: Code, w3c: &'static str, help: &'static str, why: &'static str, fails: Sample, passes: Sample) -> Rule {
    Rule { code, w3c: Some(w3c), help, why, fails, passes }
}

/// A document, written as short as it can be.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Sample {
    /// A whole document.
    Whole(&'static str),
    /// Inside of an item of RSS 2.0; usual namespaces are declared.
    Item(&'static str),
    /// Inside of the channel of RSS 2.0, behind title, link and description.
    Channel(&'static str),
    /// Inside of an Atom entry, behind id, title, updated and a link.
    Entry(&'static str),
    /// Inside of an Atom feed, behind id, title, updated, author and a self link.
    Feed(&'static str),
    /// Members of a JSON Feed item beside `id` and `content_text`.
    JsonItem(&'static str),
    /// Members of a JSON Feed beside `version`, `title` and `items`.
    JsonFeed(&'static str),
    /// Inside of the body of OPML 2.0.
    Opml(&'static str),
    /// The documents of a folder.
    Folder(&'static [&'static str]),
    /// The heads of answers of HTTP, with blank lines between them; behind the last a document, or nothing for a usual feed.
    Answer(&'static str),
}

/// Namespaces that samples may use.
const NAMESPACES: &str = "xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
    xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\" xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" \
    xmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\" xmlns:slash=\"http://purl.org/rss/1.0/modules/slash/\" \
    xmlns:thr=\"http://purl.org/syndication/thread/1.0\" xmlns:fh=\"http://purl.org/syndication/history/1.0\" xmlns:georss=\"http://www.georss.org/georss\" \
    xmlns:wfw=\"http://wellformedweb.org/CommentAPI/\"";

impl Sample {
    /// The whole document.
    pub fn document(&self) -> String {
        let rss = |channel: &str| {
            format!(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" {NAMESPACES}>\n<channel>\n<title>t</title>\n<link>https://a.example/</link>\n\
                 <description>d</description>\n{channel}\n</channel>\n</rss>\n"
            )
        };
        let atom = |feed: &str| {
            format!(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\" {}>\n<id>https://a.example/</id>\n<title>t</title>\n\
                 <updated>2025-02-14T10:00:00Z</updated>\n<author><name>n</name></author>\n<link rel=\"self\" href=\"https://a.example/atom.xml\"/>\n{feed}\n</feed>\n",
                NAMESPACES.replace("xmlns:atom=\"http://www.w3.org/2005/Atom\" ", "")
            )
        };
        let comma = |members: &str| if members.is_empty() { String::new() } else { format!(",\n  {members}") };
        match self {
            Self::Whole(text) | Self::Answer(text) => (*text).to_owned(),
            Self::Folder(texts) => texts.join("\n\n"),
            Self::Channel(inside) => rss(inside),
            Self::Item(inside) => rss(&format!(
                "<language>en</language>\n<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"https://a.example/rss.xml\"/>\n<item>\n{inside}\n</item>"
            )),
            Self::Feed(inside) => atom(inside),
            Self::Entry(inside) => atom(&format!(
                "<entry>\n<id>https://a.example/1</id>\n<title>t</title>\n<updated>2025-02-14T10:00:00Z</updated>\n<link href=\"https://a.example/1\"/>\n{inside}\n</entry>"
            )),
            Self::JsonFeed(members) => {
                format!("{{\n  \"version\": \"https://jsonfeed.org/version/1.1\",\n  \"title\": \"t\",\n  \"items\": []{}\n}}\n", comma(members))
            }
            Self::JsonItem(members) => format!(
                "{{\n  \"version\": \"https://jsonfeed.org/version/1.1\",\n  \"title\": \"t\",\n  \"items\": [ {{ \"id\": \"https://a.example/1\", \"content_text\": \"x\"{} }} ]\n}}\n",
                comma(members)
            ),
            Self::Opml(inside) => format!(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<opml version=\"2.0\">\n<head><title>t</title></head>\n<body>\n{inside}\n</body>\n</opml>\n"
            ),
        }
    }
}

/// All rules, in the order of their codes.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        xml::RULES,
        presence::RULES,
        values::RULES,
        texts::RULES,
        profile::RULES,
        media::RULES,
        modules::RULES,
        opml::RULES,
        json::RULES,
        json_items::RULES,
        beyond::RULES,
        beyond_entries::RULES,
        folder::RULES,
        files::RULES,
        archive::RULES,
        http::RULES,
    ]
    .into_iter()
    .flatten()
}

/// The rule with this code.
pub fn rule(code: Code) -> Option<&'static Rule> {
    rules().find(|rule| rule.code == code)
}

#[cfg(test)]
mod tests {
    use super::super::{Answer, Document, FileFacts, Files, Options, chains, compare, lint};
    use super::*;

    /// The files that samples name.
    #[derive(Debug)]
    struct SampleFiles;

    impl Files for SampleFiles {
        fn facts(&self, url: &str) -> Option<FileFacts> {
            let kind = if url == "https://a.example/1.mp3" { "audio/mpeg" } else { "image/png" };
            let is_there = ["https://a.example/1.mp3", "https://a.example/1.png"].contains(&url);
            is_there.then(|| FileFacts { length: Some(4096), media_type: Some(kind.to_owned()), width: Some(640), ..FileFacts::default() })
        }
    }

    #[test]
    fn every_rule_is_broken_by_its_sample_and_kept_by_the_other() {
        let has = |sample: &Sample, rule: &Rule| {
            // Samples are of 2025. Only one rule compares addresses of XML.
            let base = if rule.code == Code::SelfDiffers { "https://a.example/f" } else { "https://a.example/feed.json" };
            let options = Options {
                base: Some(base.to_owned()),
                now: Some(1_767_225_600),
                files: Some(std::sync::Arc::new(SampleFiles)),
                ..Options::default()
            };
            match sample {
                Sample::Folder(texts) => {
                    let outline = |text: &&str| lint(text.as_bytes(), &options).outline.unwrap();
                    let documents: Vec<_> =
                        texts.iter().enumerate().map(|(at, text)| Document::new(format!("a/{at}").into(), outline(text))).collect();
                    let found = compare(&documents).into_iter().chain(chains(&documents, Some("https://a.example/")));
                    found.into_iter().any(|(_, problem)| problem.finding.code == rule.code)
                }
                Sample::Answer(text) => {
                    let (answer, document) = Answer::read("https://a.example/feed.xml", text);
                    let usual = Sample::Item("<title>t</title><description>d</description>").document();
                    let document = if document.is_empty() { usual.as_str() } else { document };
                    let options = Options { http: Some(answer), ..options };
                    lint(document.as_bytes(), &options).problems.iter().any(|problem| problem.finding.code == rule.code)
                }
                _ => lint(sample.document().as_bytes(), &options).problems.iter().any(|problem| problem.finding.code == rule.code),
            }
        };
        let mut wrong = Vec::new();
        for rule in rules() {
            if !has(&rule.fails, rule) {
                wrong.push(format!("{} is not found in its sample:\n{}", rule.code, rule.fails.document()));
            }
            if has(&rule.passes, rule) {
                wrong.push(format!("{} is found in the sample that keeps it:\n{}", rule.code, rule.passes.document()));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn every_rule_says_what_to_do_and_why() {
        let mut codes: Vec<Code> = rules().map(|rule| rule.code).collect();
        assert!(rules().all(|rule| !rule.help.is_empty() && !rule.why.is_empty()));
        codes.dedup();
        assert_eq!(codes.len(), rules().count(), "each code has one rule");
    }
}
