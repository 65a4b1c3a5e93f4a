//! The health of the sources: which are well, which fail and why.
//!
//! In: what is remembered of each source, as text and dates. Out: a page with a table. Messages may hold what a server said; like
//! everything else they are escaped. Because it holds times, it differs from run to run.

use super::href::{link, web};
use super::layout::{Document, Voice};
use crate::model::{Language, Timestamp};
use crate::text::hygiene::without_turns;
use maud::{Markup, html};

/// How a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Health {
    /// It answered when it was last asked.
    Well,
    /// It failed when it was last asked.
    Failing,
    /// It has been failing for longer than it may.
    Stale,
    /// It has ended.
    Gone,
    /// It was never asked.
    New,
}

impl Health {
    /// All of them, in the order of the words for them.
    pub const ALL: &'static [Self] = &[Self::Well, Self::Failing, Self::Stale, Self::Gone, Self::New];
}

/// A row of the table. All fields are the caller's to fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceHealth {
    /// What the source is called.
    pub title: String,
    /// Its address, without credentials.
    pub url: String,
    /// Its page.
    pub page: Option<String>,
    /// How it is.
    pub state: Health,
    /// When it last answered.
    pub last_success: Option<Timestamp>,
    /// When it is asked next.
    pub due: Option<Timestamp>,
    /// How often it failed since it last answered.
    pub failures: u32,
    /// The word for how it failed last: `not-found`.
    pub kind: Option<String>,
    /// What was expected and found then.
    pub message: Option<String>,
}

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
    pub rows: &'a [SourceHealth],
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

fn row(shown: &SourceHealth, voice: Voice<'_>) -> Markup {
    let at = Health::ALL.iter().position(|health| *health == shown.state).unwrap_or_default();
    let state = voice.words.states.get(at).copied().unwrap_or_default();
    let title = without_turns(&shown.title);
    html! {
        tr {
            th scope="row" {
                @if let Some(href) = shown.page.as_deref().and_then(link) { a href=(href) { (title) } } @else { (title) }
                " " @if let Some(href) = web(&shown.url) { small { a href=(href) lang=[voice.ours()] { (voice.words.feed) } } }
            }
            td lang=[voice.ours()] { (state) }
            td { (time(shown.last_success)) }
            td { (time(shown.due)) }
            td { (shown.failures) }
            td {
                @if let Some(kind) = &shown.kind { (kind) }
                @if let Some(message) = &shown.message { " " small { (without_turns(message)) } }
            }
        }
        "\n"
    }
}

/// An instant as anybody can read it, in the zone that it is given in; nothing for years that HTML cannot hold.
fn time(date: Option<Timestamp>) -> Markup {
    let date = date.filter(|date| date.to_rfc3339().len() < 26);
    html! { @if let Some(date) = date { time datetime=(date.to_rfc3339()) { (date.datetime().format("%Y-%m-%d %H:%M")) } } }
}
