//! The placeholders of other generators' permalinks: `/:year/:month/:slug/` → the parts of a template.
//!
//! Sources: Hugo's `resources/page/permalinks.go`, Hexo's `plugins/filter/post_permalink`, Jekyll's `drops/url_drop.rb` and its named styles.

use super::{Part, Template, TemplateError, Wanted};
use crate::content::Generator;

/// Reads a pattern with `:name` placeholders.
pub(super) fn parse(text: &str, generator: Generator) -> Result<Template, TemplateError> {
    let text = if generator == Generator::Jekyll { style(text) } else { text };
    let mut parts = Vec::new();
    let mut pieces = text.split(':');
    parts.extend(pieces.next().filter(|literal| !literal.is_empty()).map(|literal| Part::Literal(literal.to_owned())));
    for piece in pieces {
        let end = piece.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(piece.len());
        let (name, mut rest) = piece.split_at_checked(end).unwrap_or((piece, ""));
        // Hugo's `:sections[1:]`; the colon inside has split it, and no range is followed but the last section.
        let range = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let wanted = match range {
            Some((range, after)) => {
                rest = after;
                if range == "last" && name == "sections" { Some(Part::LastSection) } else { None }
            }
            None => part(name, generator),
        };
        parts.push(wanted.ok_or_else(|| TemplateError::UnknownToken(name.to_owned(), generator.title()))?);
        parts.extend((!rest.is_empty()).then(|| Part::Literal(rest.to_owned())));
    }
    if !parts.iter().any(Part::is_own) {
        return Err(TemplateError::NothingOwn);
    }
    Ok(Template { parts })
}

/// Jekyll's names for whole patterns.
fn style(name: &str) -> &str {
    match name {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        pattern => pattern,
    }
}

fn part(name: &str, generator: Generator) -> Option<Part> {
    match generator {
        Generator::Hugo => hugo(name),
        Generator::Hexo => hexo(name),
        Generator::Jekyll => jekyll(name),
        Generator::Zola => None,
    }
    .or_else(|| date(name, generator).map(Part::Date))
}

fn hugo(name: &str) -> Option<Part> {
    Some(match name {
        "section" => Part::Section,
        "sections" => Part::Sections,
        "slug" => Part::Own(Wanted::SlugOrTitle),
        "title" => Part::Own(Wanted::Title),
        "slugorfilename" | "slugorcontentbasename" => Part::Own(Wanted::SlugOrName),
        "filename" | "contentbasename" => Part::Own(Wanted::Stem),
        _ => return None,
    })
}

/// What is no placeholder of Hexo's own is a key of the front matter, such as `abbrlink`.
fn hexo(name: &str) -> Option<Part> {
    Some(match name {
        "title" => Part::Own(Wanted::FolderedName),
        "name" => Part::Own(Wanted::Stem),
        "post_title" => Part::Own(Wanted::Title),
        "category" => Part::Category,
        _ if date(name, Generator::Hexo).is_some() => return None,
        key => Part::Key(key.to_owned()),
    })
}

fn jekyll(name: &str) -> Option<Part> {
    Some(match name {
        "title" | "name" | "basename" => Part::Own(Wanted::SlugOrName),
        "slug" => Part::Own(Wanted::PlainSlug),
        "path" => Part::Own(Wanted::FolderedName),
        "categories" | "slugified_categories" => Part::Categories,
        "collection" => Part::Collection,
        "output_ext" => Part::Literal(".html".to_owned()),
        _ => return None,
    })
}

/// The placeholders of dates, as patterns of `strftime`.
fn date(name: &str, generator: Generator) -> Option<&'static str> {
    let pattern = match (name, generator) {
        ("year", _) => "%Y",
        ("month", _) => "%m",
        ("day", _) => "%d",
        ("monthname", Generator::Hugo) | ("long_month", Generator::Jekyll) => "%B",
        ("weekday", Generator::Hugo) => "%w",
        ("weekdayname", Generator::Hugo) | ("long_day", Generator::Jekyll) => "%A",
        ("yearday", Generator::Hugo) => "%-j",
        ("i_month", Generator::Hexo | Generator::Jekyll) => "%-m",
        ("i_day", Generator::Hexo | Generator::Jekyll) => "%-d",
        ("hour", Generator::Hexo | Generator::Jekyll) => "%H",
        ("minute", Generator::Hexo | Generator::Jekyll) => "%M",
        ("second", Generator::Hexo | Generator::Jekyll) => "%S",
        ("timestamp", Generator::Hexo) => "%s",
        ("short_year", Generator::Jekyll) => "%y",
        ("short_month", Generator::Jekyll) => "%b",
        ("short_day", Generator::Jekyll) => "%a",
        ("y_day", Generator::Jekyll) => "%j",
        ("w_year", Generator::Jekyll) => "%G",
        ("week", Generator::Jekyll) => "%V",
        ("w_day", Generator::Jekyll) => "%u",
        _ => return None,
    };
    Some(pattern)
}
