//! What the READMEs say is true: their example works, and no key of the configuration is missing from them.

use crate::harness::Site;
use std::collections::BTreeSet;
use std::path::Path;

fn file(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The example of a configuration in a README.
fn example(readme: &str) -> String {
    let text = file(readme);
    let yaml = text.split("```yaml\n").find(|block| block.starts_with("site:")).unwrap();
    yaml.split("```").next().unwrap().to_owned()
}

const READMES: &[&str] = &["README.md", "README.zh-CN.md"];

#[test]
fn the_example_configuration_works() {
    for readme in READMES {
        let site = Site::new(&example(readme))
            .article("a", "date: 2025-02-14 10:11:09\ncategories: [科技]\ntags: [新主题, C语言, 广告]", "正文。")
            .article("b", "date: 2025-02-15 10:11:09\ncategories: [科技]\ntags: [AI]", "正文。")
            .file(
                "friends.opml",
                "<opml version='2.0'><body><outline text='友'><outline xmlUrl='https://example.net/feed'/></outline></body></opml>",
            );
        let run = site.run(&["build"]);
        // The sources of the example were never fetched.
        let others: Vec<&str> = run.err.lines().filter(|line| line.contains('[') && !line.contains("FL704")).collect();
        assert_eq!((run.code, others), (0, Vec::new()), "{readme}: {}", run.err);
        for path in [
            "feeds/categories/科技/rss.xml",
            "feeds/tags/c-language/atom.xml",
            "feeds/tags/旧主题/feed.json",
            "feeds/tags/人工智能/feed.json",
            "feeds/picks/feed.json",
        ] {
            assert!(site.exists(path), "{readme}: {path}");
        }
    }
}

#[test]
fn every_key_of_the_configuration_is_in_the_example() {
    let keys = feedloom::config::keys();
    let keys: BTreeSet<&str> = keys.iter().filter_map(|key| key.path.rsplit('.').next()).collect();
    assert!(keys.len() > 65, "{keys:?}");
    for readme in READMES {
        let example = example(readme);
        let missing: Vec<_> = keys.iter().filter(|key| !example.contains(&format!("{key}:"))).collect();
        // The author may have an address and a mail; a topic made by a query, a language.
        assert!(missing.iter().all(|key| matches!(**key, "email")), "{readme}: {missing:?}");
    }
}

#[test]
fn documented_defaults_are_the_real_ones() {
    // The example spells out the defaults of these keys: leaving them out gives the same bytes.
    let article = "date: 2025-02-14 10:11:09\ncategories: [科技]\ntags: [a/b]";
    let base = "site: { title: 每日技术文摘, url: \"https://example.org/\", language: zh-CN }\n";
    let spelled = format!(
        "{base}{}{}{}",
        "content: { dir: content, extensions: [md, markdown, mdown, mkd], permalink: \"/{path}/\", link: permalink, static: [static], nested-categories: false, thumbnail-from-body: true }\n",
        "feeds: { dir: feeds, url: \"https://example.org/feeds/\", formats: [rss, atom, json], body: full, limit: 20, summary: { target: 120, max: 200, words: 55 }, by: [category, tag], path: \"{taxonomy}/{slug}/{file}\", pages: true }\n",
        "topics: { slugs: keep, separator: \"\", titles: \"{term} · {site}\", min-entries: 1, split-by-language: false }\n",
    );
    let output = |config: &str| {
        let site = Site::new(config).article("a", article, "第一段。\n\n![图](x.png)\n\n第二段。");
        site.build();
        site.output()
    };
    for ((name, default), (_, spelled)) in output(base).iter().zip(&output(&spelled)) {
        assert_eq!(String::from_utf8_lossy(default), String::from_utf8_lossy(spelled), "{name}");
    }
}
