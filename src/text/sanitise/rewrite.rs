//! The pass before the parser: tags rewritten so that what is left is allowed, absolute and bounded.
//!
//! In: any HTML and the base of its URLs. Out: markup of allowed elements and attributes alone, quoted and escaped anew, so that the
//! parser sees exactly the tags that were judged here. Repairs no structure: that is the parser's work.

use super::super::markup::{Token, Tokens, attribute, attributes, decode, escape};
use super::super::url::{resolve, scheme};
use super::allow::{ATTRIBUTES, DROPPED, SWALLOWING, URLS, classes, element, is_formatting, on_formatting};
use super::image;
use super::nesting::Nesting;
use std::collections::BTreeSet;

/// The pass with what it has to remember.
pub(super) struct Rewriter<'b> {
    base: Option<&'b str>,
    out: String,
    /// URLs that could not be published, as written.
    dropped: Vec<String>,
    nesting: Nesting<'static>,
    /// Elements that are opened and never closed in what is left: looked for once.
    unclosed: BTreeSet<String>,
    /// The file that the open `audio` or `video` plays.
    playing: Option<String>,
}

/// At most this many dropped URLs are remembered.
const REMEMBERED: usize = 100;

impl<'b> Rewriter<'b> {
    pub(super) fn new(base: Option<&'b str>, size: usize) -> Self {
        Self {
            base,
            out: String::with_capacity(size + size / 4),
            dropped: Vec::new(),
            nesting: Nesting::default(),
            unclosed: BTreeSet::new(),
            playing: None,
        }
    }

    /// The rewritten markup and the URLs that were dropped.
    pub(super) fn run(mut self, html: &str) -> (String, Vec<String>) {
        let mut tokens = Tokens::new(html);
        while let Some(token) = tokens.next() {
            match token {
                Token::Text(text) => self.text(text),
                Token::Open { name, attributes } => self.open(&name, attributes, &mut tokens),
                Token::Close(name) => self.close(&name, &tokens),
            }
        }
        (self.out, self.dropped)
    }

    /// Text keeps its references; a `<` that opens no tag is written so that it never does.
    fn text(&mut self, text: &str) {
        for (at, part) in text.split('<').enumerate() {
            if at > 0 {
                self.out.push_str("&lt;");
            }
            self.out.push_str(part);
        }
    }

    fn open(&mut self, name: &str, raw: &str, tokens: &mut Tokens<'_>) {
        if let Some(name) = element(name) {
            return self.element(name, raw);
        }
        if DROPPED.contains(&name) {
            if !raw.trim_end().ends_with('/') && self.skip(name, tokens).is_none() && SWALLOWING.contains(&name) {
                tokens.skip_all();
            }
            return;
        }
        match name {
            "math" => {
                if let Some(inside) = self.skip(name, tokens) {
                    escape(&mut self.out, &formula(inside));
                }
            }
            "iframe" | "embed" | "object" => {
                let target = if name == "object" { "data" } else { "src" };
                let title = attribute(raw, "title");
                if let Some(url) = attribute(raw, target).or_else(|| attribute(raw, "data-src")).and_then(|url| self.resolve(&url)) {
                    self.link(&url, title.as_deref().map(str::trim).filter(|title| !title.is_empty()));
                }
                if name == "iframe" {
                    self.skip(name, tokens);
                }
            }
            "input" if attribute(raw, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox")) => {
                self.out.push(if attribute(raw, "checked").is_some() { '☑' } else { '☐' });
            }
            _ => {}
        }
    }

    /// Passes over an element with all that is inside.
    fn skip<'t>(&mut self, name: &str, tokens: &mut Tokens<'t>) -> Option<&'t str> {
        if self.unclosed.contains(name) {
            return None;
        }
        let inside = tokens.skip_past(name);
        if inside.is_none() {
            self.unclosed.insert(name.to_owned());
        }
        inside
    }

    /// An allowed element, with the attributes that it may keep.
    fn element(&mut self, name: &'static str, raw: &str) {
        let attributes = attributes(raw);
        let is_media = matches!(name, "audio" | "video");
        let source = if name == "img" || is_media || name == "source" { image::source(&attributes).map(str::to_owned) } else { None };
        let source = source.and_then(|source| self.resolve(&source));
        if name == "img" && (source.is_none() || image::is_pixel(&attributes)) {
            return;
        }
        let mut close = Vec::new();
        let passes = self.nesting.enter(name, &mut close);
        for name in close {
            self.end_tag(name);
        }
        if !passes {
            return;
        }
        if is_media || (name == "source" && self.playing.is_none()) {
            self.playing.clone_from(&source);
        }
        self.out.push('<');
        self.out.push_str(name);
        if let Some(source) = &source {
            // A source inside a picture has only a set.
            if name != "source" || attributes.iter().any(|(name, _)| name == "src") {
                self.attribute("src", source);
            }
        }
        for (attribute, value) in &attributes {
            self.keep(name, attribute, value);
        }
        self.out.push('>');
    }

    /// Writes an attribute if the element may keep it.
    fn keep(&mut self, element: &str, attribute: &str, value: &str) {
        if is_formatting(element) && !on_formatting(element, attribute) {
            return;
        }
        if attribute == "class" {
            let kept = classes(value);
            if !kept.is_empty() {
                self.attribute(attribute, &kept);
            }
        } else if attribute == "srcset" {
            let set = self.srcset(value);
            if !set.is_empty() {
                self.attribute(attribute, &set);
            }
        } else if URLS.contains(&attribute) {
            if attribute != "src"
                && let Some(url) = self.resolve(value)
            {
                self.attribute(attribute, &url);
            }
        } else if matches!(attribute, "alt" | "title") {
            // Validators look for addresses with patterns that do not see where a value ends.
            self.attribute(attribute, &value.replace("src=", "src =").replace("href=", "href ="));
        } else if ATTRIBUTES.contains(&attribute) {
            self.attribute(attribute, value);
        }
    }

    fn srcset(&mut self, value: &str) -> String {
        let mut set = String::new();
        for (url, descriptor) in image::candidates(value) {
            if !image::is_descriptor(descriptor) {
                continue;
            }
            if let Some(url) = self.resolve(url) {
                let separator = if set.is_empty() { "" } else { ", " };
                // A comma at the end of a URL would end the candidate.
                let url = url.strip_suffix(',').map_or(url.clone(), |bare| format!("{bare}%2C"));
                set.push_str(separator);
                set.push_str(&url);
                if !descriptor.is_empty() {
                    set.push(' ');
                    set.push_str(descriptor);
                }
            }
        }
        set
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(&mut self.out, value);
        self.out.push('"');
    }

    fn close(&mut self, name: &str, tokens: &Tokens<'_>) {
        let Some(name) = element(name) else { return };
        if !self.nesting.leave(name) {
            return;
        }
        self.end_tag(name);
        if matches!(name, "audio" | "video")
            && let Some(url) = self.playing.take()
        {
            // Without the attribute `controls`, which validators refuse, nobody could play it. What was sanitised before has its link.
            let mut link = String::from("<a href=\"");
            escape(&mut link, &url);
            if !tokens.continues_with(&link) {
                self.link(&url, None);
            }
        }
    }

    fn end_tag(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn link(&mut self, url: &str, title: Option<&str>) {
        self.out.push_str("<a");
        self.attribute("href", url);
        self.out.push('>');
        escape(&mut self.out, title.unwrap_or(url));
        self.out.push_str("</a>");
    }

    /// The absolute URL; one that cannot be published is remembered. Without a base, what is relative goes unsaid.
    fn resolve(&mut self, reference: &str) -> Option<String> {
        let reference = reference.trim();
        if reference.is_empty() || (self.base.is_none() && scheme(reference).is_none() && !reference.starts_with("//")) {
            return None;
        }
        // Links that lack only the protocol are to the web.
        let base = self.base.unwrap_or("https://localhost/");
        let resolved = resolve(base, reference).ok();
        if resolved.is_none() && self.dropped.len() < REMEMBERED {
            let short: String = reference.chars().take(200).collect();
            if !self.dropped.contains(&short) {
                self.dropped.push(short);
            }
        }
        resolved
    }
}

/// What a formula says as text: its TeX source where it has one, else its symbols.
fn formula(math: &str) -> String {
    let mut symbols = String::new();
    let mut source = String::new();
    let mut annotation: Option<bool> = None;
    for token in Tokens::new(math) {
        match token {
            Token::Text(text) => match annotation {
                None => symbols.push_str(&decode(text)),
                Some(true) => source.push_str(&decode(text)),
                Some(false) => {}
            },
            Token::Open { name, attributes } if name == "annotation" || name == "annotation-xml" => {
                annotation = Some(
                    attribute(attributes, "encoding").is_some_and(|encoding| encoding.to_ascii_lowercase().contains("tex")) && source.is_empty(),
                );
            }
            Token::Close(name) if name == "annotation" || name == "annotation-xml" => annotation = None,
            Token::Open { .. } | Token::Close(_) => {}
        }
    }
    let text = if source.trim().is_empty() { symbols } else { source };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
