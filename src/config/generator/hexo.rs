//! Hexo's `_config.yml` → what it says. Source: the documentation of Hexo 7, "Configuration" and "Permalinks".

use super::said::Reading;
use crate::content::{Generator, Template};

/// The pattern of a site that states none.
pub(in crate::config) const PERMALINK: &str = ":year/:month/:day/:title/";

/// What it all says.
pub(super) fn read(reading: &mut Reading<'_>) {
    let tree = reading.tree;
    reading.site(&[&["title"]], &[&["description"], &["subtitle"]], &[&["author"]]);
    reading.url(&[&["url"]]);
    reading.language(&[&["language"]]);
    reading.zone(&[&["timezone"]]);
    reading.limit(&[&["feed", "limit"]]);
    reading.held(&[&["render_drafts"]], &[&["future"]]);
    reading.said.content_dir = reading.text("content.dir", &[&["source_dir"]]).unwrap_or_else(|| "source".to_owned());
    reading.said.static_dirs = vec![reading.said.content_dir.clone()];
    let names = tree.get(&["new_post_name"]).and_then(|told| told.text()).unwrap_or_default();
    reading.said.manner.has_dated_names = names.starts_with(":year-:month-:day-");
    if let Some(told) = tree.first(&[&["permalink"]])
        && let Some(template) = reading.pattern(told)
    {
        reading.fact("content.permalink", told.text().unwrap_or_default(), told);
        reading.said.settings.content.permalink = Some(template);
    }
    reading.said.settings.content.permalink =
        reading.said.settings.content.permalink.take().or_else(|| Template::parse_like(PERMALINK, Generator::Hexo).ok());
    let placeholders = &mut reading.said.manner.placeholders;
    for (name, told) in tree.get(&["permalink_defaults"]).iter().flat_map(|told| told.members().collect::<Vec<_>>()) {
        placeholders.extend(told.text().map(|text| (name.to_owned(), text)));
    }
    placeholders.extend(tree.get(&["default_category"]).and_then(|told| told.text()).map(|text| ("category".to_owned(), text)));
    // A flat list of categories is one path.
    reading.said.settings.content.nested_categories = Some(true);
    let maps = [tree.get(&["category_map"]), tree.get(&["tag_map"])];
    let slugs = maps.iter().flatten().flat_map(|told| told.members().collect::<Vec<_>>());
    let slugs: Vec<(String, String)> = slugs.filter_map(|(name, told)| Some((name.to_owned(), told.text()?))).collect();
    if let Some(told) = maps.into_iter().flatten().next().filter(|_| !slugs.is_empty()) {
        reading.fact("topics.slug-map", slugs.iter().map(|(name, slug)| format!("{name}: {slug}")).collect::<Vec<_>>().join(", "), told);
        reading.said.settings.topics.slug_map = Some(slugs.into_iter().collect());
    }
}
