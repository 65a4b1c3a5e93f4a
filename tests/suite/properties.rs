//! Laws that hold for whatever an article holds.

use crate::harness::Site;
use proptest::prelude::*;

/// Text with everything that breaks feeds: controls, markup, CDATA ends, quotes, wide and unassigned characters.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "文",
        "a",
        " ",
        "\n",
        "\n\n",
        "\u{0}",
        "\u{8}",
        "\u{1f}",
        "\u{fffe}",
        "\u{85}",
        "]]>",
        "<![CDATA[",
        "&",
        "&amp;",
        "&#0;",
        "&nbsp;",
        "<",
        ">",
        "\"",
        "'",
        "<b>",
        "</b>",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg><title>x</title></svg>",
        "<iframe src=\"//evil.cn\"></iframe>",
        "<a href=\"javascript:x\">j</a>",
        "[l](  java\tscript:x)",
        "![i](a b.png)",
        "**“粗”**",
        "<!-- ",
        "-->",
        "<?php ?>",
        "👩‍👩‍👧‍👦",
        "𠮷",
        "\u{202e}",
        "{{< x >}}",
        "```",
        "| a |\n|-|\n| b |",
        "[^1]",
        "\n[^1]: n\n",
        "# h\n",
        "- ",
        "> ",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_article_makes_a_feed_ill_formed_or_unsafe(title in hostile(), body in hostile(), tag in hostile()) {
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        let front = format!("---\ntitle: {}\ndate: 2025-01-01\ntags: [{}]\n---\n", quoted(&title), quoted(&tag));
        let site = Site::usual().file("content/a.md", format!("{front}{body}")).article("b", "date: 2025-01-02", "邻居。");
        let run = site.run(&["build"]);
        prop_assert!(run.code == 0 || run.code == 1, "{}", run.err);
        prop_assert!(!run.err.contains("panicked"), "{}", run.err);
        for (name, bytes) in site.output() {
            let text = String::from_utf8(bytes).unwrap();
            if name.ends_with(".xml") || name.ends_with(".opml") {
                prop_assert!(roxmltree::Document::parse(&text).is_ok(), "{name}: {:?}\n{text}", roxmltree::Document::parse(&text).err());
                prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{name}");
            }
            if name.ends_with(".json") && !name.starts_with('.') {
                let json: serde_json::Value = serde_json::from_str(&text).unwrap();
                for item in json["items"].as_array().unwrap() {
                    let html = item["content_html"].as_str().unwrap_or_default();
                    // What stands between `<` and `>`: escaped text is harmless, whatever it says.
                    for tag in html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
                        let bad = ["script", "iframe", "svg"].iter().any(|name| tag.starts_with(name)) || tag.contains("javascript:") || tag.contains(" on");
                        prop_assert!(!bad, "{tag} in {html}");
                    }
                }
            }
        }
        prop_assert!(site.read("feeds/feed.json").contains("https://e.cn/b/"), "the neighbour is published");
    }

    #[test]
    fn the_order_in_which_files_were_made_changes_nothing(order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle()) {
        let article = |index: usize| format!("---\ntitle: 第{index}篇\ndate: 2025-01-0{}\ntags: [甲, 乙{}]\n---\n文{index}。", index % 3 + 1, index % 2);
        let expected = Site::usual();
        let shuffled = Site::usual();
        for index in 0..6 {
            expected.write(&format!("content/{index}.md"), article(index));
        }
        for index in order {
            shuffled.write(&format!("content/{index}.md"), article(index));
        }
        expected.build();
        shuffled.build();
        prop_assert_eq!(expected.output(), shuffled.output());
    }
}
