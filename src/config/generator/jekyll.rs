//! Jekyll's `_config.yml` → what it says. Source: the documentation of Jekyll 4, "Configuration", "Permalinks", "Collections", and `jekyll-feed`.

use super::said::Reading;
use super::tree::Told;
use crate::config::read::folder_url;
use crate::content::{Defaults, Generator, Template};

/// The pattern of a site that states none.
pub(in crate::config) const PERMALINK: &str = "date";

/// What it all says.
pub(super) fn read(reading: &mut Reading<'_>) {
    let tree = reading.tree;
    reading.site(&[&["title"], &["name"]], &[&["description"], &["tagline"]], &[&["author", "name"], &["author"]]);
    let below = tree.get(&["baseurl"]).and_then(|told| told.text()).unwrap_or_default();
    let below = below.trim_matches('/');
    let whole = |url: &str| folder_url(url).and_then(|url| folder_url(&format!("{url}{below}")));
    reading.said.settings.site.url = reading.value("site.url", &[&["url"]], "an http(s) address such as https://example.org", whole);
    reading.language(&[&["lang"], &["locale"], &["language"]]);
    reading.zone(&[&["timezone"]]);
    reading.limit(&[&["feed", "posts_limit"]]);
    reading.held(&[&["show_drafts"]], &[&["future"]]);
    reading.said.content_dir = reading.text("content.dir", &[&["source"]]).unwrap_or_else(|| ".".to_owned());
    reading.said.static_dirs = Vec::new();
    let permalink = tree.first(&[&["permalink"]]);
    if let Some(told) = permalink
        && let Some(template) = reading.pattern(told)
    {
        reading.fact("content.permalink", told.text().unwrap_or_default(), told);
        reading.said.settings.content.permalink = Some(template);
    }
    reading.said.settings.content.permalink =
        reading.said.settings.content.permalink.take().or_else(|| Template::parse_like(PERMALINK, Generator::Jekyll).ok());
    collections(permalink, reading);
    for told in tree.get(&["defaults"]).iter().flat_map(|told| told.items().collect::<Vec<_>>()) {
        let text = |key: &str| told.get("scope").and_then(|scope| scope.get(key)).and_then(|told| told.text()).unwrap_or_default();
        let Some(values) = told.get("values").and_then(|values| values.node.as_map().cloned()) else { continue };
        reading.said.manner.defaults.push(Defaults::new(text("path").trim_matches('/'), text("type"), values));
    }
}

/// Collections whose documents are pages are read like posts.
fn collections(permalink: Option<Told<'_>>, reading: &mut Reading<'_>) {
    let tree = reading.tree;
    // A site whose posts are folders has folders for all documents.
    let is_pretty = permalink.and_then(|told| told.text()).is_some_and(|text| text == "pretty" || text.ends_with('/'));
    let usual = if is_pretty { "/:collection/:path/" } else { "/:collection/:path:output_ext" };
    for name in tree.names(&["collections"]) {
        let Some(told) = tree.get(&["collections", &name]) else { continue };
        let own = told.get("permalink");
        let template = match own {
            Some(told) => reading.pattern(told),
            None if name == "posts" => None,
            None => Template::parse_like(usual, Generator::Jekyll).ok(),
        };
        let is_shown = name == "posts" || told.get("output").is_some_and(|output| output.node.as_bool() == Some(true));
        let Some(template) = template.filter(|_| is_shown) else { continue };
        if name == "posts" {
            reading.said.settings.content.permalink = Some(template);
            continue;
        }
        let folder = format!("_{name}");
        reading.fact(&format!("content.permalinks.{folder}"), own.and_then(|told| told.text()).unwrap_or_else(|| usual.to_owned()), told);
        reading.said.settings.content.permalinks.get_or_insert_default().insert(folder.clone(), template);
        reading.said.manner.collections.push(folder);
    }
}
