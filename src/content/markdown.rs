//! Markdown → HTML, with emphasis and line breaks that are right for Chinese.
//!
//! Out comes HTML as the author wrote it, raw HTML included: it is `text::sanitise`'s work to make it harmless and its
//! addresses absolute.

use super::shortcode;
use crate::text::join::joins_without_space;
use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};
use std::sync::LazyLock;

static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.description_lists = true;
    // CommonMark leaves `**“引号”**后文` as it stands: its rule for emphasis expects spaces between words.
    options.extension.cjk_friendly_emphasis = true;
    options.parse.relaxed_tasklist_matching = true;
    options.render.r#unsafe = true;
    options
});

/// Renders a Markdown body as an HTML fragment; `chinese` widens the rule by which line breaks leave no space.
pub(crate) fn to_html(markdown: &str, chinese: bool) -> String {
    let arena = Arena::new();
    let markdown = shortcode::expand(markdown);
    let root = parse_document(&arena, &markdown, &OPTIONS);
    // A newline in HTML is a space, and there is none between Chinese characters.
    let breaks: Vec<_> = root.descendants().filter(|node| matches!(node.data.borrow().value, NodeValue::SoftBreak)).collect();
    for node in breaks {
        let left = node.previous_sibling().and_then(|sibling| edge(sibling, true));
        let right = node.next_sibling().and_then(|sibling| edge(sibling, false));
        if let (Some(left), Some(right)) = (left, right)
            && joins_without_space(left, right, chinese)
        {
            node.detach();
        }
    }
    let mut html = String::with_capacity(markdown.len() + markdown.len() / 4);
    match format_html(root, &OPTIONS, &mut html) {
        Ok(()) => html,
        // Writing into a String does not fail.
        Err(std::fmt::Error) => String::new(),
    }
}

/// The last (or first) visible character of an inline node.
fn edge<'a>(mut node: &'a AstNode<'a>, last: bool) -> Option<char> {
    loop {
        match &node.data.borrow().value {
            NodeValue::Text(text) => return if last { text.chars().next_back() } else { text.chars().next() },
            NodeValue::Code(code) => return if last { code.literal.chars().next_back() } else { code.literal.chars().next() },
            _ => {}
        }
        node = if last { node.last_child()? } else { node.first_child()? };
    }
}

/// The text of the first heading of a body, as Markdown source; headings inside code fences are none.
pub(crate) fn first_heading(markdown: &str) -> Option<String> {
    let mut fence: Option<&str> = None;
    let mut previous = "";
    for line in markdown.lines() {
        let trimmed = line.trim();
        match fence {
            Some(mark) if trimmed.starts_with(mark) => fence = None,
            Some(_) => {}
            None if trimmed.starts_with("```") => fence = Some("```"),
            None if trimmed.starts_with("~~~") => fence = Some("~~~"),
            None => {
                let hashes = trimmed.bytes().take_while(|b| *b == b'#').count();
                let text = trimmed.trim_start_matches('#');
                if (1..=6).contains(&hashes) && text.starts_with([' ', '\t']) {
                    return Some(text.trim().trim_end_matches('#').trim().to_owned());
                }
                let underline = !trimmed.is_empty() && (trimmed.bytes().all(|b| b == b'=') || trimmed.bytes().all(|b| b == b'-'));
                if underline && !previous.is_empty() && !previous.starts_with(['>', '-', '*', '|', '!']) {
                    return Some(previous.to_owned());
                }
                previous = trimmed;
            }
        }
    }
    None
}

/// The part of a body before its `<!--more-->`, when it has one.
pub(crate) fn before_more(markdown: &str) -> Option<&str> {
    let mut from = 0;
    while let Some(found) = markdown.get(from..)?.find("<!--") {
        let start = from + found;
        let inside = markdown.get(start + 4..)?;
        let end = inside.find("-->")?;
        if inside.get(..end)?.trim().eq_ignore_ascii_case("more") {
            return markdown.get(..start).filter(|part| !part.trim().is_empty());
        }
        from = start + 4 + end;
    }
    None
}

/// Takes a last line that is nothing but one Markdown link, `[name](url)`, off a body: (body without it, its address).
pub(crate) fn split_tail_link(markdown: &str) -> Option<(&str, &str)> {
    let trimmed = markdown.trim_end();
    let start = trimmed.rfind('\n').map_or(0, |at| at + 1);
    let (body, last) = trimmed.split_at_checked(start)?;
    let inside = last.trim().strip_prefix('[')?;
    let (name, target) = inside.split_once("](")?;
    let url = target.strip_suffix(')')?;
    let plain = !name.contains(['[', ']']) && !url.is_empty() && !url.contains(char::is_whitespace);
    plain.then(|| (body, url.trim_start_matches('<').trim_end_matches('>')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_next_to_chinese_punctuation() {
        let html = to_html("他说**“可以。”**然后**离开（真的）**了。~~不~~", true);
        assert_eq!(html, "<p>他说<strong>“可以。”</strong>然后<strong>离开（真的）</strong>了。<del>不</del></p>\n");
    }

    #[test]
    fn soft_breaks_between_han_leave_no_space() {
        assert_eq!(to_html("山里的\n**信号**\n很弱 Wi-Fi\n有\nWi-Fi", true), "<p>山里的<strong>信号</strong>很弱 Wi-Fi\n有\nWi-Fi</p>\n");
        assert_eq!(to_html("one\ntwo", false), "<p>one\ntwo</p>\n");
    }

    #[test]
    fn tables_footnotes_and_tasks() {
        let html = to_html("| a |\n| - |\n| b |\n\n词[^1]\n\n- [x] 做完\n\n[^1]: 注", true);
        for part in ["<table>", "href=\"#fn-1\"", "checkbox"] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn the_first_heading_is_no_comment_in_code() {
        assert_eq!(first_heading("```sh\n# no\n```\n\n## 是 ##\n").as_deref(), Some("是"));
        assert_eq!(first_heading("开头\n====\n").as_deref(), Some("开头"));
        assert_eq!(first_heading("#无空格\n文"), None);
        assert_eq!(first_heading("- a\n---\n"), None);
    }

    #[test]
    fn the_part_before_more() {
        assert_eq!(before_more("前\n<!-- More -->\n后"), Some("前\n"));
        assert_eq!(before_more("<!-- a -->前<!--more-->后"), Some("<!-- a -->前"));
        assert_eq!(before_more("没有 <!-- moreover -->"), None);
        assert_eq!(before_more("<!--more-->全在后面"), None);
    }

    #[test]
    fn a_tail_link_is_a_whole_line() {
        assert_eq!(split_tail_link("文。\n\n[qq](https://e.cn/a)\n"), Some(("文。\n\n", "https://e.cn/a")));
        assert_eq!(split_tail_link("见 [qq](https://e.cn/a)"), None);
        assert_eq!(split_tail_link("![图](https://e.cn/a)"), None);
        assert_eq!(split_tail_link("[a](b) 和 [c](d)"), None);
    }
}
