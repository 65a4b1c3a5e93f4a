//! The health of the sources: which are well, which fail and why.
//!
//! In: what `source::health` says of each source. Out: a page with a table. Messages may hold what a server said; like
//! everything else they are escaped. Because it holds times, it differs from run to run.

use super::href::web;
use super::layout::{Document, Voice};
use crate::model::{Language, Timestamp};
use crate::source::health::{Condition, Health};
use crate::text::hygiene::without_turns;
use maud::{Markup, html};

/// What [`health`] needs to know. All fields are the caller's to fill.
pub struct HealthPage<'a> {
    /// Name of the site.
    pub title: &'a str,
    /// Language of the site; it decides the words of the page.
    pub language: Option<&'a Language>,
    /// Absolute address of this page.
    pub url: &'a str,
    /// Absolute address of the site.
    pub site_url: &'a str,
    /// Address of the directory, relative to this page.
    pub directory: Option<&'a str>,
    /// The sources, in the order in which they are shown.
    pub rows: &'a [Health],
}

/// The HTML document with the health of all sources.
pub fn health(page: &HealthPage<'_>) -> String {
    let voice = Voice::of(page.language);
    let words = voice.words;
    let [source, state, answered, due, failures, problem] = words.columns;
    let main = html! {
        div.intro { "\n"
            p.kicker { (page.title) } "\n"
            h1 lang=[voice.ours()] { (words.health) } "\n"
        }
        "\n"
        div.list { "\n"
            table { "\n"
                thead lang=[voice.ours()] { tr { @for name in [source, state, answered, due, failures, problem] { th scope="col" { (name) } } } } "\n"
                tbody { "\n" @for shown in page.rows { (row(shown, voice)) } }
                "\n"
            }
            "\n"
        }
        "\n"
    };
    let title = format!("{} · {}", page.title, words.health);
    let document = Document {
        voice,
        title: &title,
        feed_title: page.title,
        description: None,
        url: page.url,
        addresses: &[],
        site: (page.title, page.site_url),
        directory: page.directory,
    };
    document.around(&html! { div { "\n" (main) } "\n" })
}

fn row(shown: &Health, voice: Voice<'_>) -> Markup {
    let at = Condition::ALL.iter().position(|condition| *condition == shown.condition).unwrap_or_default();
    let state = voice.words.states.get(at).copied().unwrap_or_default();
    let title = without_turns(shown.title.as_deref().unwrap_or(&shown.url));
    html! {
        tr {
            th scope="row" {
                (title)
                " " @if let Some(href) = web(&shown.url) { small { a href=(href) lang=[voice.ours()] { (voice.words.feed) } } }
            }
            td lang=[voice.ours()] { (state) }
            td { (time(shown.last_success)) }
            td { (time(shown.next_due)) }
            td { (shown.failures) }
            td {
                @if let Some(kind) = shown.kind { (kind.as_str()) }
                @if let Some(message) = &shown.message { " " small { (without_turns(message)) } }
            }
        }
        "\n"
    }
}

/// An instant as anybody can read it; nothing for years that HTML cannot hold.
fn time(instant: Option<i64>) -> Markup {
    let date = instant.and_then(Timestamp::from_unix).filter(|date| date.to_rfc3339().len() < 26);
    html! { @if let Some(date) = date { time datetime=(date.to_rfc3339()) { (date.datetime().format("%Y-%m-%d %H:%M UTC")) } } }
}
