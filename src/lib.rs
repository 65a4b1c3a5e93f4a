//! feedloom turns anything that has entries into feeds that every reader accepts.
//!
//! The modules are the stations of the way, from files to files; each uses those before it only:
//!
//! ```text
//! sources ──► http ──► format ──► the store ──► source ──┐
//!                                                        ├──► heads ──► topic ──► plan ──┐
//! content/*.md ──► content ──────────────────────────────┘                               │
//!                     └─────────────── entries, on demand ───────────────────────────────┴──► publish ──► feeds/
//! ```
//!
//! - [`model`]: feed, entry and their parts; [`diagnostic`]: what is wrong with somebody's data; [`clock`]: the time
//! - [`syntax`]: YAML, TOML, JSON; [`text`]: HTML, languages, summaries
//! - [`format`](mod@format): RSS, Atom, JSON Feed, OPML; [`report`]: findings as text; `http`: the network (feature `fetch`)
//! - [`content`]: articles → entries; [`source`]: external feeds → entries; [`topic`]: heads → plan of feeds
//! - [`publish`]: feeds → files; [`pipeline`]: all of it, as one call; [`config`]: `feedloom.yaml` → options
//!
//! # From a folder of articles to feeds
//!
//! ```
//! use feedloom::clock::Clock;
//! use feedloom::config::{Document, Overrides, Settings, resolve};
//! use feedloom::pipeline::build::build;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let site = tempfile::tempdir()?;
//! std::fs::create_dir(site.path().join("content"))?;
//! std::fs::write(site.path().join("content/hello.md"), "---\ntitle: 你好\ndate: 2025-02-14\ntags: [问候]\n---\n正文。\n")?;
//!
//! let mut document = Document::none();
//! document.set("site.url=https://example.org/").map_err(|finding| finding.message)?;
//! document.set("site.language=zh-CN").map_err(|finding| finding.message)?;
//! let mut findings = Vec::new();
//! let settings = Settings::read(&document, &mut findings);
//! let overrides = Overrides::new(site.path(), site.path(), Clock::System);
//! let options = resolve(&settings, &document, &overrides).map_err(|finding| finding.message)?;
//!
//! let outcome = build(&options.build, None, &|| ())?;
//! assert_eq!((outcome.shown, outcome.topics), (1, 2));
//! assert!(site.path().join("feeds/tags/问候/rss.xml").is_file());
//! # Ok(())
//! # }
//! ```
//!
//! # From a feed of somebody else to the same topics
//!
//! `pipeline::fetch` asks the sources that are due and stores what comes; here it is stored by hand.
//!
//! ```
//! # #[cfg(feature = "fetch")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use feedloom::clock::Clock;
//! use feedloom::config::{Document, Overrides, Settings, resolve};
//! use feedloom::format::read::{Hints, read};
//! use feedloom::model::Term;
//! use feedloom::pipeline::build::build;
//! use feedloom::source::attribute;
//! use feedloom::source::list::Source;
//! use feedloom::source::state::State;
//! use feedloom::source::store::{self, Channel, Retention, Save, Sqlite, Store};
//!
//! let bytes = "<feed xmlns='http://www.w3.org/2005/Atom'><title>邻居</title><id>https://a.example/</id>\
//!     <entry><id>https://a.example/1</id><title>早市</title><updated>2025-02-14T10:11:00+08:00</updated></entry></feed>";
//! let feed = read(bytes.as_bytes(), &Hints::named("feed"))?.feed().ok_or("a subscription list")?.clone();
//! let mut save = Save::new("https://a.example/feed", State::default());
//! save.document = Some(store::Document::new(Channel::new(attribute::origin(&feed)), attribute::entries(feed, true)));
//! let mut store = Sqlite::in_memory()?;
//! store.save(&[save], 1_740_000_000, Retention::default())?;
//!
//! let site = tempfile::tempdir()?;
//! let mut document = Document::none();
//! document.set("site.url=https://example.org/").map_err(|finding| finding.message)?;
//! let settings = Settings::read(&document, &mut Vec::new());
//! let mut overrides = Overrides::new(site.path(), site.path(), Clock::System);
//! let mut source = Source::new("https://a.example/feed");
//! source.terms = vec![Term::new("category", "外电")];
//! overrides.sources = vec![source];
//! let options = resolve(&settings, &document, &overrides).map_err(|finding| finding.message)?;
//!
//! let outcome = build(&options.build, Some(Box::new(store)), &|| ())?;
//! assert_eq!(outcome.external().shown, 1);
//! let rss = std::fs::read_to_string(site.path().join("feeds/categories/外电/rss.xml"))?;
//! assert!(rss.contains("早市") && rss.contains(">邻居</source>"));
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "fetch"))]
//! # fn main() {}
//! ```
//!
//! # Reading a feed of somebody else
//!
//! ```
//! use feedloom::format::read::{Hints, read};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let bytes = "<rss version=2.0><channel><title>R & D</title><language>zh-cn</language>\
//!     <item><title>早市<link>https://example.org/1</link><pubDate>2025年2月14日 10:11</pubDate></item></rss>";
//! let reading = read(bytes.as_bytes(), &Hints::named("feed.xml"))?;
//! let feed = reading.feed().ok_or("a subscription list")?;
//! let entry = feed.entries.first().ok_or("an entry")?;
//! assert_eq!(feed.title.value, "R & D");
//! assert_eq!(entry.title.as_ref().map(|title| title.value.as_str()), Some("早市"));
//! assert_eq!(entry.published.map(|date| date.to_rfc3339()).as_deref(), Some("2025-02-14T10:11:00+08:00"));
//! assert_eq!(reading.repairs.first().map(|repair| (repair.place.line, repair.place.column)), Some((1, 1)));
//! # Ok(())
//! # }
//! ```
//!
//! # Writing a feed of your own
//!
//! ```
//! use feedloom::format::{Format, write};
//! use feedloom::model::{Entry, Feed, Id, Language, Link, Rel, Text, Timestamp};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let updated = Timestamp::parse_rfc3339("2025-02-14T10:11:09+08:00").ok_or("a date")?;
//! let mut feed = Feed::new(Id::permalink("https://example.org/"), Text::plain("站名"));
//! feed.updated = Some(updated);
//! feed.language = Language::parse("zh-cn");
//! feed.links.push(Link::new(Rel::Alternate, "https://example.org/"));
//! let mut entry = Entry::new(Id::permalink("https://example.org/hello/"));
//! entry.title = Some(Text::plain("你好"));
//! entry.published = Some(updated);
//! feed.entries.push(entry);
//!
//! let rss = write(&feed, Format::Rss)?;
//! assert!(rss.contains("<language>zh-CN</language>"));
//! assert!(rss.contains("<pubDate>Fri, 14 Feb 2025 10:11:09 +0800</pubDate>"));
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "cli")]
pub mod cli;
pub mod clock;
pub mod config;
pub mod content;
pub mod diagnostic;
pub mod format;
#[cfg(feature = "fetch")]
pub mod http;
pub mod lint;
pub mod model;
pub mod pipeline;
pub mod publish;
pub mod report;
#[cfg(feature = "serve")]
pub mod serve;
pub mod source;
pub mod syntax;
pub mod text;
pub mod topic;

/// The code in the documents works.
#[cfg(doctest)]
mod documents {
    #[doc = include_str!("../docs/library.md")]
    struct Library;

    #[doc = include_str!("../README.md")]
    struct Readme;

    #[doc = include_str!("../README.zh-CN.md")]
    struct ReadmeInChinese;
}
