//! `feeds.like`: the addresses of a generator's own feeds, so that who subscribed to these loses nothing.
//!
//! In: the generator. Out: paths, names, formats and slugs of feeds as it has them, and what ids are made of. Sources: Hugo's embedded RSS
//! template, `hexo-generator-feed` 3, `jekyll-feed` 0.17, Zola's `feed_filenames`.

use crate::content::{Generator, IdRule};
use crate::format::Format;
use crate::topic::SlugStyle;

/// How a generator's feeds are laid out. All that it sets gives way to keys of the configuration.
pub(super) struct Likeness {
    /// Folder of a term's feeds, or with `.{extension}` at its end the feed itself.
    pub(super) path: &'static str,
    /// The same for single taxonomies.
    pub(super) paths: &'static [(&'static str, &'static str)],
    pub(super) files: &'static [(Format, &'static str)],
    pub(super) formats: &'static [Format],
    pub(super) slugs: SlugStyle,
    pub(super) ids: IdRule,
}

impl Likeness {
    pub(super) fn of(generator: Generator) -> Self {
        let usual = Self {
            path: "{taxonomy}/{slug}/{file}",
            paths: &[],
            files: &[],
            formats: &[Format::Rss, Format::Atom, Format::JsonFeed],
            slugs: SlugStyle::Keep,
            ids: IdRule::Permalink,
        };
        match generator {
            Generator::Hugo => Self { files: &[(Format::Rss, "index.xml")], slugs: SlugStyle::Hugo, ..usual },
            Generator::Hexo => Self { files: &[(Format::Rss, "rss2.xml")], slugs: SlugStyle::Hexo, ..usual },
            Generator::Jekyll => Self {
                path: "feed/by_{taxonomy}/{slug}.{extension}",
                paths: &[("tag", "feed/by_tag/{slug}.{extension}"), ("category", "feed/{slug}.{extension}")],
                files: &[(Format::Atom, "feed.xml")],
                // RSS and Atom would share one name.
                formats: &[Format::Atom, Format::JsonFeed],
                slugs: SlugStyle::Jekyll,
                ids: IdRule::Jekyll,
            },
            Generator::Zola => Self { slugs: SlugStyle::Zola, ..usual },
        }
    }
}
