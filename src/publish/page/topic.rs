//! The page of one topic: what it is, how to subscribe, its newest entries.

use super::layout::{Document, Voice, subscribe};
use super::{Address, entry};
use crate::model::{Category, Feed, Language};
use crate::text::plain::readable;
use maud::html;

/// What [`topic`] needs to know. All fields are the caller's to fill.
pub struct TopicPage<'a> {
    /// The feed: title, subtitle, language, and the entries in the order in which they are shown.
    pub feed: &'a Feed,
    /// Absolute address of this page.
    pub url: &'a str,
    /// The feed in each of its formats, the one to recommend first.
    pub addresses: &'a [Address<'a>],
    /// Address of the directory, relative to this page.
    pub directory: Option<&'a str>,
    /// Language of the site; it decides the words of the page where the feed has none.
    pub site_language: Option<&'a Language>,
    /// Name of the site.
    pub site_title: &'a str,
    /// Absolute address of the site.
    pub site_url: &'a str,
    /// How many entries the topic has; the feed may hold fewer.
    pub count: usize,
    /// The address of a category's own page relative to this page, where it has one.
    pub topic_href: &'a dyn Fn(&Category) -> Option<String>,
}

/// The HTML document of a topic, or of the whole site's feed.
pub fn topic(page: &TopicPage<'_>) -> String {
    let feed = page.feed;
    let voice = Voice::of(feed.language.as_ref().or(page.site_language));
    let title = readable(&feed.title);
    let subtitle = feed.subtitle.as_ref().map(readable).filter(|subtitle| !subtitle.is_empty());
    let count = voice.words.count_and_shown(page.count.max(feed.entries.len()), feed.entries.len());
    let main = html! {
        div.intro { "\n"
            h1.p-name { (heading(&title, page.site_title)) } "\n"
            @if let Some(subtitle) = &subtitle { p.lede.p-summary { (subtitle) } "\n" }
            p.meta lang=[voice.ours()] { (count) } "\n"
        }
        "\n"
        div.side { "\n" (subscribe(voice, page.addresses, None)) }
        "\n"
        section.list aria-labelledby="entries" { "\n"
            h2 #entries lang=[voice.ours()] { (voice.words.entries) } "\n"
            @for shown in &feed.entries { (entry::full(shown, voice, page.topic_href)) }
            @if feed.entries.is_empty() { p.meta lang=[voice.ours()] { (voice.words.empty) } "\n" }
        }
        "\n"
    };
    let document = Document {
        voice,
        title: &title,
        feed_title: &title,
        description: subtitle.as_deref(),
        url: page.url,
        addresses: page.addresses,
        site: (page.site_title, page.site_url),
        directory: page.directory,
    };
    document.around(&html! { div.h-feed.topic { "\n" (main) } "\n" })
}

/// The title without the name of the site behind it, which stands at the top of the page already: `科技` of `科技 · 站名`.
fn heading<'a>(title: &'a str, site_title: &str) -> &'a str {
    let is_separator = |c: char| matches!(c, '·' | '-' | '–' | '—' | '|' | '｜' | '•' | ':' | '：');
    let before = title.strip_suffix(site_title.trim()).map(str::trim_end).filter(|before| before.ends_with(is_separator));
    let topic = before.map(|before| before.trim_end_matches(is_separator).trim_end());
    topic.filter(|topic| !topic.is_empty()).unwrap_or(title)
}

#[cfg(test)]
mod tests {
    use super::heading;

    #[test]
    fn the_heading_does_not_repeat_the_site() {
        assert_eq!(heading("科技 · 每日文摘", "每日文摘"), "科技");
        assert_eq!(heading("每日文摘", "每日文摘"), "每日文摘");
        assert_eq!(heading("Notes on Loom", "Loom"), "Notes on Loom");
        assert_eq!(heading("Heirloom", "loom"), "Heirloom");
        assert_eq!(heading("· 每日文摘", "每日文摘"), "· 每日文摘");
        assert_eq!(heading("科技", ""), "科技");
    }
}
