//! Zola's `config.toml` → what it says. Source: the documentation of Zola, "Configuration".

use super::said::{Reading, taxonomy};
use crate::content::SiteLanguage;
use crate::topic::Taxonomy;

/// What it all says.
pub(super) fn read(reading: &mut Reading<'_>) {
    let tree = reading.tree;
    reading.site(&[&["title"]], &[&["description"]], &[&["author"], &["extra", "author", "name"], &["extra", "author"]]);
    reading.url(&[&["base_url"]]);
    reading.language(&[&["default_language"]]);
    reading.zone(&[&["extra", "timezone"]]);
    reading.limit(&[&["feed_limit"]]);
    let cleaning = tree.get(&["slugify", "paths"]).and_then(|told| told.text());
    reading.said.manner.cleans_paths = cleaning.is_none_or(|cleaning| cleaning == "on");
    for name in tree.names(&["languages"]) {
        let Some(tag) = Reading::tag(&name) else { continue };
        reading.said.manner.languages.push(SiteLanguage::new(&name, tag, name.clone()));
    }
    if let Some(told) = tree.first(&[&["taxonomies"]]) {
        let names = told.items().filter_map(|item| item.get("name")).filter_map(|told| told.text());
        let named = |name: String| if Taxonomy::named(&*name).plural == name { Taxonomy::named(name) } else { taxonomy(&name, &name) };
        let taxonomies: Vec<Taxonomy> = names.map(named).collect();
        if !taxonomies.is_empty() {
            reading.taxonomies(taxonomies, told);
        }
    }
}
