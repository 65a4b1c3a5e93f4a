//! What both pages share: the document around them, its security policy, the box with the addresses.
//!
//! Finished markup goes in, a complete document comes out.

use super::Address;
use super::href::{local, web};
use super::phrases::Phrases;
use super::qr;
use crate::model::Language;
use crate::text::hygiene::is_surely_clean;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The style sheet, inlined as it is: the browser hashes these very bytes.
const STYLE: &str = include_str!("page.css");

/// What copies addresses and filters lists, where scripts run; inlined as it is, like the style sheet.
const SCRIPT: &str = include_str!("page.js");

/// Nothing may be loaded or run but pictures, [`STYLE`] and [`SCRIPT`], which are named by their SHA-256 in base64 (CSP 3 §2.3.1). A
/// test proves the hashes and prints the right ones after a change.
const POLICY: &str = "default-src 'none'; img-src http: https:; script-src 'sha256-MdkeR/kPCe20WCjH+5fWWDp+9/iyyeFnmMCT/IeF/vw='; style-src 'sha256-6V6tjJ3OBD4VC7+2vfxLzALckunjGv5yzl6jdEubGPk='; base-uri 'none'; form-action 'none'";

/// The language of a page and the words that it speaks.
#[derive(Clone, Copy)]
pub(super) struct Voice<'a> {
    pub(super) language: Option<&'a Language>,
    pub(super) words: &'static Phrases,
}

impl<'a> Voice<'a> {
    /// The voice of a page in this language.
    pub(super) fn of(language: Option<&'a Language>) -> Self {
        Self { language, words: Phrases::of(language) }
    }

    /// `lang` for the interface's words: nothing where they are in the page's language.
    pub(super) fn ours(self) -> Option<&'static str> {
        self.words.foreign(self.language)
    }

    /// `lang` for the page's words inside of something in `language`: nothing where that is the page's, or unknown.
    pub(super) fn page_inside(self, language: Option<&Language>) -> Option<&'a str> {
        self.differing(language)?;
        Some(self.language.map_or(self.words.tag, Language::as_str))
    }

    /// `lang` for something in `language`: nothing where that is the page's, or unknown.
    pub(super) fn differing(self, language: Option<&Language>) -> Option<&str> {
        language.filter(|language| Some(*language) != self.language).map(Language::as_str)
    }
}

/// A page but for its main part.
pub(super) struct Document<'a> {
    pub(super) voice: Voice<'a>,
    /// Title of the window.
    pub(super) title: &'a str,
    /// Name of the feed, for discovery: readers offer it together with the format.
    pub(super) feed_title: &'a str,
    pub(super) description: Option<&'a str>,
    /// Absolute address of the page.
    pub(super) url: &'a str,
    pub(super) addresses: &'a [Address<'a>],
    /// The first link at the top: words and absolute address of the site.
    pub(super) site: (&'a str, &'a str),
    /// Address of the directory, relative to the page; `None` on the directory itself.
    pub(super) directory: Option<&'a str>,
}

impl Document<'_> {
    /// The whole document around `main`.
    ///
    /// Characters that HTML forbids are dropped (HTML §13.2.3.5): they reach us from front matter and from feeds.
    pub(super) fn around(&self, main: &Markup) -> String {
        let words = self.voice.words;
        let document = html! {
            (DOCTYPE) "\n"
            html lang=[self.voice.language.map(Language::as_str)] { "\n"
                (self.head()) "\n"
                body { "\n"
                    a.skip href="#main" lang=[self.voice.ours()] { (words.skip) } "\n"
                    header { nav aria-label=(words.navigation) {
                        @if let Some(href) = web(self.site.1) { a href=(href) { (self.site.0) } } @else { span { (self.site.0) } }
                        @if let Some(href) = self.directory.and_then(local) { " " a href=(href) lang=[self.voice.ours()] { (words.directory) } }
                    } } "\n"
                    main #main tabindex="-1" { "\n" (main) }
                    "\n"
                    script { (PreEscaped(SCRIPT)) } "\n"
                }
                "\n"
            }
            "\n"
        };
        let document = document.into_string();
        if is_surely_clean(&document) { document } else { document.chars().filter(|c| is_allowed(*c)).collect() }
    }

    fn head(&self) -> Markup {
        html! {
            head { "\n"
                meta charset="utf-8"; "\n"
                meta http-equiv="Content-Security-Policy" content=(POLICY); "\n"
                meta name="viewport" content="width=device-width, initial-scale=1"; "\n"
                meta name="color-scheme" content="light dark"; "\n"
                meta name="referrer" content="no-referrer"; "\n"
                meta name="generator" content="feedloom"; "\n"
                title { (self.title) } "\n"
                @if let Some(description) = self.description { meta name="description" content=(description); "\n" }
                @if let Some(url) = web(self.url) { link rel="canonical" href=(url); "\n" }
                @for address in self.addresses {
                    @if let Some(url) = web(address.url) {
                        link rel="alternate" type=(address.media_type) title={ (self.feed_title) " (" (address.name) ")" } href=(url); "\n"
                    }
                }
                style { (PreEscaped(STYLE)) } "\n"
            }
        }
    }
}

/// The box that explains feeds and shows the addresses, each selected whole by one click, without a script.
pub(super) fn subscribe(voice: Voice<'_>, addresses: &[Address<'_>], opml_href: Option<&str>) -> Markup {
    let words = voice.words;
    html! {
        section.subscribe aria-labelledby="subscribe" { "\n"
            h2 #subscribe lang=[voice.ours()] { (icon()) (words.subscribe) } "\n"
            p lang=[voice.ours()] { (words.what) } "\n"
            dl {
                @for address in addresses { "\n"
                    dt { (format_link(address, None)) }
                    dd {
                        code { (address.url) }
                        button.copy type="button" hidden data-done=(words.copied) aria-live="polite" lang=[voice.ours()] { (words.copy) }
                    }
                }
            }
            "\n"
            @if let Some(first) = addresses.first().and_then(|first| web(first.url)) { (qr::code(first, words.scan, voice.ours())) }
            p.hint lang=[voice.ours()] { (words.how) } "\n"
            p.hint lang=[voice.ours()] { (words.readers) } "\n"
            @if let Some(href) = opml_href.and_then(local) {
                p.hint { a href=(href) type="text/x-opml" { "OPML" } span lang=[voice.ours()] { (words.all_at_once) } } "\n"
            }
        }
        "\n"
    }
}

/// A link to a feed, named after its format. `of` is the feed's title where many such links stand on one page.
pub(super) fn format_link(address: &Address<'_>, of: Option<&str>) -> Markup {
    let label = of.map(|title| format!("{title} {}", address.name));
    let name = if of.is_some() { address.name.strip_suffix(" Feed").unwrap_or(address.name) } else { address.name };
    html! {
        @if let Some(href) = local(address.href) {
            a href=(href) type=(address.media_type) aria-label=[label] { (name) }
        } @else {
            (name)
        }
    }
}

/// The sign by which people know feeds.
fn icon() -> Markup {
    html! {
        svg.sign viewBox="0 0 16 16" aria-hidden="true" {
            circle cx="3.5" cy="12.5" r="1.75" {}
            path d="M2 7a7 7 0 0 1 7 7M2 2.5A11.5 11.5 0 0 1 13.5 14" {}
        }
    }
}

/// Whether HTML allows the character: no control characters but white space, no noncharacters.
fn is_allowed(c: char) -> bool {
    let code = u32::from(c);
    match code {
        0x09 | 0x0A => true,
        0..=0x1F | 0x7F..=0x9F | 0xFDD0..=0xFDEF => false,
        _ => code & 0xFFFE != 0xFFFE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_what_is_inlined() {
        use base64::Engine as _;
        use sha2::Digest as _;
        for (file, kind, text) in [("page.css", "style-src", STYLE), ("page.js", "script-src", SCRIPT)] {
            let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(text));
            assert!(POLICY.contains(&format!("{kind} 'sha256-{hash}';")), "the hash of {file} is sha256-{hash}");
        }
    }

    #[test]
    fn the_script_is_fit_to_be_inlined() {
        assert!(SCRIPT.len() <= 2 * 1024, "{} bytes in every page", SCRIPT.len());
        // HTML §4.12.1.3: what could end the element or begin a comment in it.
        assert!(!SCRIPT.contains("</") && !SCRIPT.contains("<!--") && !SCRIPT.contains('\r'));
        assert!(!SCRIPT.contains("innerHTML") && !SCRIPT.contains("eval"), "text stays text");
    }

    #[test]
    fn the_style_sheet_is_fit_to_be_inlined() {
        assert!(STYLE.len() <= 7 * 1024, "{} bytes in every page", STYLE.len());
        assert!(!STYLE.contains('<'), "nothing may end the element");
        assert!(!STYLE.contains('\r'), "a parser turns CR LF into LF, and the hash would be another");
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"), "nothing is loaded");
    }
}
