//! Sanitised HTML as a row of blocks: paragraphs, headings, list items …
//!
//! In: HTML that [`super::sanitise`] made. Out: its blocks in document order, each with its visible text. Reads lazily, so that
//! whoever needs only the beginning pays only for that. Reference marks of footnotes and readings of ruby are not text; what an
//! image shows is not text either. Never fails; on other HTML the blocks may be wrong, but nothing else happens.

use super::markup::{Token, Tokens, attribute, decode};

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph, or text that stands alone.
    Paragraph,
    /// A paragraph of a quotation.
    Quote,
    /// An item of a list, or a part of it.
    ListItem,
    /// Code or other preformatted text.
    Preformatted,
    /// A cell of a table.
    Table,
    /// The caption of a figure or a table.
    Caption,
    /// A thematic break.
    Rule,
    /// A part of the footnotes.
    Footnote,
}

/// A block with its visible text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// The visible text, references decoded, trimmed; runs of white space are one space, or one `\n` where the source has a line
    /// end; a forced line break is U+2028. Preformatted text is as written.
    pub text: String,
    /// How many images it holds.
    pub images: usize,
    /// Whether an image stands before its text.
    pub image_first: bool,
    /// Whether all of its text is inside links.
    pub linked: bool,
    /// Whether all of its text is bold.
    pub bold: bool,
    /// Whether some of its text is code, which means itself whatever it looks like.
    pub code: bool,
}

/// All blocks of sanitised HTML.
pub fn blocks(html: &str) -> Vec<Block> {
    Blocks::new(html).collect()
}

/// Reads blocks one after the other.
#[derive(Debug)]
pub(super) struct Blocks<'a> {
    tokens: Tokens<'a>,
    containers: Vec<(&'static str, Option<Kind>)>,
    open: Open,
    ready: Option<Block>,
}

/// The block that is being read.
#[derive(Debug, Default)]
struct Open {
    text: String,
    images: usize,
    image_first: bool,
    letters: usize,
    linked: usize,
    bold: usize,
    links: usize,
    strong: usize,
    code: bool,
    /// The element whose text is not shown.
    hidden: Option<&'static str>,
}

/// Elements that begin and end blocks, sorted.
const CONTAINERS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

fn container(name: &str) -> Option<&'static str> {
    CONTAINERS.binary_search(&name).ok().and_then(|at| CONTAINERS.get(at)).copied()
}

/// What a container makes of the blocks inside.
fn role(name: &str, attributes: &str) -> Option<Kind> {
    let is_note = || {
        attribute(attributes, "class").is_some_and(|class| class.split(' ').any(|class| class == "footnotes"))
            || (name == "li" && attribute(attributes, "id").is_some_and(|id| id.starts_with("fn") || id.starts_with("cite_note")))
    };
    match name {
        "blockquote" => Some(Kind::Quote),
        "div" | "li" | "section" | "aside" if !attributes.is_empty() && is_note() => Some(Kind::Footnote),
        "li" | "dd" | "dt" => Some(Kind::ListItem),
        "td" | "th" => Some(Kind::Table),
        "caption" | "figcaption" => Some(Kind::Caption),
        "pre" => Some(Kind::Preformatted),
        "h1" => Some(Kind::Heading(1)),
        "h2" => Some(Kind::Heading(2)),
        "h3" => Some(Kind::Heading(3)),
        "h4" => Some(Kind::Heading(4)),
        "h5" => Some(Kind::Heading(5)),
        "h6" => Some(Kind::Heading(6)),
        _ => None,
    }
}

/// Which of several nested roles counts: the greater.
fn weight(kind: Kind) -> u8 {
    match kind {
        Kind::Paragraph | Kind::Rule => 0,
        Kind::Quote => 1,
        Kind::ListItem => 2,
        Kind::Heading(_) => 3,
        Kind::Caption => 4,
        Kind::Preformatted => 5,
        Kind::Table => 6,
        Kind::Footnote => 7,
    }
}

/// Whether a link leads to a footnote or back from it.
fn is_reference(attributes: &str) -> bool {
    attribute(attributes, "class").is_some_and(|class| class.starts_with("footnote"))
        || attribute(attributes, "href")
            .and_then(|href| href.split_once('#').map(|(_, fragment)| fragment.starts_with("fn") || fragment.starts_with("cite_note")))
            .unwrap_or(false)
}

impl<'a> Blocks<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { tokens: Tokens::new(html), containers: Vec::new(), open: Open::default(), ready: None }
    }

    fn kind(&self) -> Kind {
        self.containers.iter().filter_map(|(_, role)| *role).max_by_key(|role| weight(*role)).unwrap_or(Kind::Paragraph)
    }

    /// Ends the block that is being read.
    fn flush(&mut self) -> Option<Block> {
        let done = std::mem::take(&mut self.open);
        (self.open.links, self.open.strong, self.open.hidden) = (done.links, done.strong, done.hidden);
        let kind = self.kind();
        let text = if kind == Kind::Preformatted { done.text.trim_matches('\n') } else { done.text.trim() };
        if text.is_empty() && done.images == 0 {
            return None;
        }
        let all = |part: usize| done.letters > 0 && part == done.letters;
        Some(Block {
            kind,
            text: text.to_owned(),
            images: done.images,
            image_first: done.image_first,
            linked: all(done.linked),
            bold: all(done.bold),
            code: done.code,
        })
    }

    fn start(&mut self, name: &str, attributes: &str) -> Option<Block> {
        if let Some(name) = container(name) {
            let done = self.flush();
            self.containers.push((name, role(name, attributes)));
            return done;
        }
        match name {
            "a" => {
                self.open.links += 1;
                if is_reference(attributes) {
                    self.open.hidden = self.open.hidden.or(Some("a"));
                }
            }
            "b" | "strong" => self.open.strong += 1,
            "br" => self.open.line_break(),
            "hr" => {
                let done = self.flush();
                let rule = Block { kind: Kind::Rule, text: String::new(), images: 0, image_first: false, linked: false, bold: false, code: false };
                if done.is_none() {
                    return Some(rule);
                }
                self.ready = Some(rule);
                return done;
            }
            "code" | "kbd" | "samp" => self.open.code = true,
            "img" => {
                self.open.images += 1;
                self.open.image_first |= self.open.letters == 0;
            }
            "rp" => self.open.hidden = self.open.hidden.or(Some("rp")),
            "rt" => self.open.hidden = self.open.hidden.or(Some("rt")),
            "audio" => self.open.hidden = self.open.hidden.or(Some("audio")),
            "video" => self.open.hidden = self.open.hidden.or(Some("video")),
            "sup" if is_reference(attributes) => self.open.hidden = self.open.hidden.or(Some("sup")),
            _ => {}
        }
        None
    }

    fn end(&mut self, name: &str) -> Option<Block> {
        if container(name).is_some() {
            let done = self.flush();
            if let Some(at) = self.containers.iter().rposition(|(open, _)| *open == name) {
                self.containers.truncate(at);
            }
            return done;
        }
        if self.open.hidden == Some(name) {
            self.open.hidden = None;
        }
        match name {
            "a" => self.open.links = self.open.links.saturating_sub(1),
            "b" | "strong" => self.open.strong = self.open.strong.saturating_sub(1),
            _ => {}
        }
        None
    }
}

impl Open {
    fn line_break(&mut self) {
        let kept = self.text.trim_end().len();
        self.text.truncate(kept);
        if !self.text.is_empty() {
            self.text.push('\u{2028}');
        }
    }

    fn add(&mut self, text: &str, preformatted: bool) {
        if self.hidden.is_some() {
            return;
        }
        for c in decode(text).chars() {
            if !c.is_whitespace() {
                self.letters += 1;
                self.linked += usize::from(self.links > 0);
                self.bold += usize::from(self.strong > 0);
                self.text.push(c);
            } else if preformatted {
                self.text.push(c);
            } else {
                match (self.text.chars().next_back(), c) {
                    (Some(' '), '\n') => {
                        self.text.pop();
                        self.text.push('\n');
                    }
                    (None | Some('\n' | '\u{2028}' | ' '), _) => {}
                    (Some(_), '\n') => self.text.push('\n'),
                    (Some(_), _) => self.text.push(' '),
                }
            }
        }
    }
}

impl Iterator for Blocks<'_> {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        if let Some(block) = self.ready.take() {
            return Some(block);
        }
        loop {
            let done = match self.tokens.next() {
                None => return self.flush(),
                Some(Token::Text(text)) => {
                    let preformatted = self.containers.iter().any(|(name, _)| *name == "pre");
                    self.open.add(text, preformatted);
                    None
                }
                Some(Token::Open { name, attributes }) => self.start(&name, attributes),
                Some(Token::Close(name)) => self.end(&name),
            };
            if done.is_some() {
                return done;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_found() {
        assert!(CONTAINERS.is_sorted() && CONTAINERS.iter().all(|name| container(name) == Some(name)));
    }

    #[test]
    fn blocks_and_their_kinds() {
        for (html, expected) in [
            ("<p>一</p><p>二</p>", vec![(Kind::Paragraph, "一"), (Kind::Paragraph, "二")]),
            ("<h2>题</h2>文", vec![(Kind::Heading(2), "题"), (Kind::Paragraph, "文")]),
            ("<blockquote><p>引</p></blockquote>", vec![(Kind::Quote, "引")]),
            ("<ul><li>一</li><li><p>二</p></li></ul>", vec![(Kind::ListItem, "一"), (Kind::ListItem, "二")]),
            ("<pre><code>a\n  b\n</code></pre>", vec![(Kind::Preformatted, "a\n  b")]),
            ("<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>", vec![(Kind::Table, "1"), (Kind::Table, "2")]),
            ("<figure><img src=\"x\"><figcaption>说明</figcaption></figure>", vec![(Kind::Paragraph, ""), (Kind::Caption, "说明")]),
            ("<p>一</p><hr><p>二</p>", vec![(Kind::Paragraph, "一"), (Kind::Rule, ""), (Kind::Paragraph, "二")]),
            ("文<hr>", vec![(Kind::Paragraph, "文"), (Kind::Rule, "")]),
            ("<section class=\"footnotes\"><ol><li>注</li></ol></section>", vec![(Kind::Footnote, "注")]),
            ("<ol><li id=\"fn:1\">注</li></ol>", vec![(Kind::Footnote, "注")]),
            ("<p>甲<sup class=\"footnote-ref\"><a href=\"https://a/#fn-1\">1</a></sup>乙</p>", vec![(Kind::Paragraph, "甲乙")]),
            ("<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字</p>", vec![(Kind::Paragraph, "漢字")]),
            ("<p>a  b\n c<br>\nd</p>", vec![(Kind::Paragraph, "a b\nc\u{2028}d")]),
            ("<p>&amp;lt;&nbsp;x</p>", vec![(Kind::Paragraph, "&lt; x")]),
            ("<p></p><p> \n</p>", vec![]),
        ] {
            let found = blocks(html);
            assert_eq!(found.iter().map(|block| (block.kind, block.text.as_str())).collect::<Vec<_>>(), expected, "{html}");
        }
    }

    #[test]
    fn links_bold_and_images_are_noticed() {
        let one = |html| blocks(html).remove(0);
        assert!(one("<p><a href=\"x\">一 二</a> </p>").linked);
        assert!(!one("<p><a href=\"x\">一</a>二</p>").linked);
        assert!(one("<p><strong>一</strong><b>二</b></p>").bold);
        assert!(!one("<p><strong>一</strong>。</p>").bold);
        let image = one("<p><img src=\"x\">来源：某处</p>");
        assert!(image.image_first && image.images == 1);
        assert!(!one("<p>字<img src=\"x\"></p>").image_first);
    }
}
