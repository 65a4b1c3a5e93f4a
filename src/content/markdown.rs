//! Markdown → HTML, with emphasis and line breaks that are right for Chinese.
//!
//! Out comes HTML as the author wrote it, raw HTML included: it is `text::sanitise`'s work to make it harmless and its
//! addresses absolute.

use super::shortcode;
use crate::text::join::joins_without_space;
use comrak::nodes::{AstNode, LineColumn, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};
use std::cell::LazyCell;
use std::sync::LazyLock;

static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| options(false));
/// The same for texts that hold formulas: elsewhere `$` is a price or a variable.
static WITH_FORMULAS: LazyLock<Options<'static>> = LazyLock::new(|| options(true));

fn options(formulas: bool) -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.description_lists = true;
    // CommonMark leaves `**“引号”**后文` as it stands: its rule for emphasis expects spaces between words.
    options.extension.cjk_friendly_emphasis = true;
    options.extension.math_dollars = formulas;
    options.extension.math_latex = formulas;
    options.parse.relaxed_tasklist_matching = true;
    options.render.r#unsafe = true;
    options
}

/// Whether a text holds formulas, and no line in which a formula could be taken for code or code for a formula.
fn has_formulas(markdown: &str) -> bool {
    let is_command = |inside: &str| inside.contains(['\\', '_', '^', '{']) && !inside.contains(char::is_whitespace) || inside.contains('\\');
    if !markdown.contains(['$', '\\']) {
        return false;
    }
    let mut found = false;
    for line in markdown.lines() {
        if line.contains('`') && (line.contains('$') || line.contains("\\(") || line.contains("\\[")) {
            return false;
        }
        found |= line.contains("$$") || line.contains("\\(") || line.contains("\\[") || line.split('$').skip(1).step_by(2).any(is_command);
    }
    found
}

/// Renders a Markdown body as an HTML fragment; `chinese` widens the rule by which line breaks leave no space, and `page`
/// gives the address of an article that a link names by its file.
pub(crate) fn to_html(markdown: &str, chinese: bool, page: &dyn Fn(&str) -> Option<String>) -> String {
    let arena = Arena::new();
    let markdown = shortcode::expand(markdown);
    let root = parse_document(&arena, &markdown, if has_formulas(&markdown) { &WITH_FORMULAS } else { &OPTIONS });
    let lines = LazyCell::new(|| Lines::new(&markdown));
    let (mut breaks, mut links) = (Vec::new(), Vec::new());
    for node in root.descendants() {
        let mut data = node.data.borrow_mut();
        let start = data.sourcepos.start;
        let value = &mut data.value;
        match value {
            NodeValue::SoftBreak => breaks.push(node),
            NodeValue::Link(link) => {
                if let Some(address) = page(&link.url) {
                    link.url = address;
                } else if link.url.contains("://") {
                    links.push(node);
                }
            }
            // Readers show no formulas: they stay as they are written, with all backslashes.
            NodeValue::Math(math) => {
                let is_latex = lines.from(start).is_some_and(|text| text.starts_with('\\'));
                let (open, close) = match (is_latex, math.display_math) {
                    (false, false) => ("$", "$"),
                    (false, true) => ("$$", "$$"),
                    (true, false) => ("\\(", "\\)"),
                    (true, true) => ("\\[", "\\]"),
                };
                *value = NodeValue::Text(format!("{open}{}{close}", math.literal).into());
            }
            _ => {}
        }
    }
    for node in links {
        end_bare_address(node, &arena);
    }
    // A newline in HTML is a space, and there is none between Chinese characters.
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

/// How much of a body is looked at for a summary, in bytes.
const BEGINNING: usize = 4096;

/// The first paragraphs of a long body, when they read the same whatever follows; no definitions of links or notes may, nor anything
/// that they could be a part of.
pub(crate) fn beginning(markdown: &str) -> Option<&str> {
    let is_start = |at: &usize| {
        let rest = markdown.get(at + 2..).unwrap_or_default();
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '#' || !c.is_ascii())
    };
    let at = markdown.match_indices("\n\n").map(|(at, _)| at).skip_while(|at| *at < BEGINNING).find(is_start)?;
    let (part, rest) = markdown.split_at_checked(at + 2)?;
    let is_fence = |line: &&str| line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
    let is_whole = !part.contains(['<', '{', '$', '\\']) && !rest.contains("]:") && part.lines().filter(is_fence).count() == 0;
    is_whole.then_some(part)
}

/// Whether a text on one line means itself: nothing in it could be a mark of Markdown, HTML or a shortcode. `true` is certain, `false` is not.
pub(crate) fn is_surely_plain(text: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() && !c.is_ascii_digit();
    let is_harmless = |c: char| {
        c.is_alphanumeric()
            || matches!(c, ' ' | ',' | '.' | ';' | '?' | '%' | '(' | ')' | '/')
            || (!c.is_ascii() && !c.is_whitespace() && !c.is_control())
    };
    text.starts_with(|c: char| is_letter(c) || matches!(c, '“' | '《' | '「' | '（' | '【'))
        && text.chars().all(is_harmless)
        && !text.ends_with(' ')
        && !text.contains("www.")
}

/// A short Markdown text, such as a summary, as HTML.
pub(crate) fn inline(markdown: &str, chinese: bool) -> String {
    to_html(markdown, chinese, &|_| None)
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

/// The text of the first heading of a body, without marks.
pub(crate) fn first_heading(markdown: &str) -> Option<String> {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &OPTIONS);
    let heading = root.descendants().find(|node| matches!(node.data.borrow().value, NodeValue::Heading(_)))?;
    let mut text = String::new();
    for node in heading.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(part) => text.push_str(part),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    Some(text)
}

/// The part of a body before its `<!--more-->`, when it has one; code that shows such a mark is none.
pub(crate) fn before_more(markdown: &str) -> Option<&str> {
    if !markdown.contains("<!--") {
        return None;
    }
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &OPTIONS);
    let start = root.descendants().find_map(|node| {
        let node = node.data.borrow();
        let literal = match &node.value {
            NodeValue::HtmlBlock(block) => &block.literal,
            NodeValue::HtmlInline(literal) => literal,
            _ => return None,
        };
        let inside = literal.trim_start().strip_prefix("<!--")?.split("-->").next()?;
        inside.trim().eq_ignore_ascii_case("more").then_some(node.sourcepos.start)
    })?;
    let rest = Lines::new(markdown).from(start)?;
    let part = markdown.get(..markdown.len() - rest.len())?;
    (!part.trim().is_empty()).then_some(part)
}

/// A text that knows where its lines start.
struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// The text from a position in the source on.
    fn from(&self, start: LineColumn) -> Option<&'t str> {
        self.text.get(self.starts.get(start.line.checked_sub(1)?)? + start.column.checked_sub(1)?..)
    }
}

/// Ends an address that stands bare in Chinese text where the punctuation of the text begins: GFM's autolinks go on to the
/// next space, and Chinese has none.
fn end_bare_address<'a>(node: &'a AstNode<'a>, arena: &'a Arena<'a>) {
    let Some(child) = node.first_child().filter(|child| child.next_sibling().is_none()) else { return };
    let mut child = child.data.borrow_mut();
    let mut link = node.data.borrow_mut();
    let (NodeValue::Text(shown), NodeValue::Link(link)) = (&mut child.value, &mut link.value) else { return };
    let is_bare = link.url == *shown || link.url.strip_prefix("http://") == Some(shown);
    let Some(end) = shown.find(ends_address).filter(|_| is_bare) else { return };
    let (Some((address, rest)), Some(start)) = (shown.split_at_checked(end), link.url.len().checked_sub(shown.len())) else { return };
    let (address, rest) = (address.to_owned(), rest.to_owned());
    link.url.truncate(start + end);
    *shown = address.into();
    node.insert_after(arena.alloc(AstNode::from(NodeValue::Text(rest.into()))));
}

/// Punctuation of Chinese text, which no address holds unescaped.
fn ends_address(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '；'
            | '：'
            | '？'
            | '！'
            | '、'
            | '（'
            | '）'
            | '【'
            | '】'
            | '「'
            | '」'
            | '『'
            | '』'
            | '《'
            | '》'
            | '“'
            | '”'
            | '‘'
            | '’'
            | '…'
            | '—'
            | '\u{3000}'
    )
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
    use proptest::prelude::*;

    #[test]
    fn emphasis_next_to_chinese_punctuation() {
        let html = inline("他说**“可以。”**然后**离开（真的）**了。~~不~~", true);
        assert_eq!(html, "<p>他说<strong>“可以。”</strong>然后<strong>离开（真的）</strong>了。<del>不</del></p>\n");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 5_000, ..ProptestConfig::default() })]

        #[test]
        fn what_is_surely_plain_is_shown_as_it_stands(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "书", "a", " ", "  ", "。", ". ", "1.", "1) ", "(a)", "“", "”", "www.", "e.cn", "http", "://", "/", "_", "*", "&", "\t", "\u{A0}", "\u{200B}", "é", "A", "%", ";",
                "\u{3000}", "=", "-", "\n", "\u{AD}", "№", "①", "’", "…", "?", ",",
            ]), 1..12),
        ) {
            let text = pieces.concat();
            if is_surely_plain(&text) {
                let shown = crate::text::plain::to_plain(&crate::text::sanitise::sanitise(&inline(&text, true), None).html);
                prop_assert_eq!(crate::text::hygiene::one_line(&shown), crate::text::hygiene::one_line(&text));
            }
        }
    }

    #[test]
    fn soft_breaks_between_han_leave_no_space() {
        assert_eq!(inline("山里的\n**信号**\n很弱 Wi-Fi\n有\nWi-Fi", true), "<p>山里的<strong>信号</strong>很弱 Wi-Fi\n有\nWi-Fi</p>\n");
        assert_eq!(inline("one\ntwo", false), "<p>one\ntwo</p>\n");
    }

    #[test]
    fn formulas_stay_as_they_are_written() {
        for text in ["$x_1 + x_2$", "\\(a_1\\,b_2\\)"] {
            assert_eq!(inline(text, true), format!("<p>{text}</p>\n"));
        }
        assert_eq!(inline("$$\\int_0^1 x\\,dx$$", true), "<p>$$\\int_0^1 x\\,dx$$</p>\n");
        assert_eq!(inline("US$5 **粗** NT$6，HK$7 *斜*", true), "<p>US$5 <strong>粗</strong> NT$6，HK$7 <em>斜</em></p>\n");
        assert_eq!(inline("变量 $a 和 `$b`，以及 $c_1$。", true), "<p>变量 $a 和 <code>$b</code>，以及 $c_1$。</p>\n");
    }

    #[test]
    fn a_bare_address_ends_where_chinese_punctuation_begins() {
        for (text, html) in [
            ("官网 https://a.cn/c，后面的。", "<p>官网 <a href=\"https://a.cn/c\">https://a.cn/c</a>，后面的。</p>\n"),
            ("官网（https://a.cn/c）在此", "<p>官网（<a href=\"https://a.cn/c\">https://a.cn/c</a>）在此</p>\n"),
            ("www.a.com，后面", "<p><a href=\"http://www.a.com\">www.a.com</a>，后面</p>\n"),
        ] {
            assert_eq!(inline(text, true), html);
        }
        assert!(inline("https://a.cn/wiki/地铁 好", true).contains(">https://a.cn/wiki/地铁</a>"));
    }

    #[test]
    fn links_to_files_become_links_to_pages() {
        let html = to_html("[乙](b.md) [丙](c.md)", true, &|url| (url == "b.md").then(|| "https://e.cn/b/".to_owned()));
        assert_eq!(html, "<p><a href=\"https://e.cn/b/\">乙</a> <a href=\"c.md\">丙</a></p>\n");
    }

    #[test]
    fn tables_footnotes_and_tasks() {
        let html = inline("| a |\n| - |\n| b |\n\n词[^1]\n\n- [x] 做完\n\n[^1]: 注", true);
        for part in ["<table>", "href=\"#fn-1\"", "checkbox"] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn the_first_heading_is_no_comment_in_code() {
        assert_eq!(first_heading("```sh\n# no\n```\n\n## 是 ##\n").as_deref(), Some("是"));
        assert_eq!(first_heading("开头\n====\n").as_deref(), Some("开头"));
        assert_eq!(first_heading("#无空格\n文"), None);
        assert_eq!(first_heading("    # 代码\n\n<!--\n# 注释\n-->\n"), None);
        assert_eq!(first_heading("- a\n---\n"), None);
    }

    #[test]
    fn a_beginning_reads_as_in_the_whole() {
        let long = "一段话。**粗体**，[链接](https://e.cn/)。\n\n".repeat(200);
        let whole = inline(&long, true);
        let part = beginning(&long).unwrap();
        assert!((BEGINNING..BEGINNING + 100).contains(&part.len()));
        assert!(whole.starts_with(&inline(part, true)));
        for other in
            ["短。\n\n短。", &format!("```\n{long}"), &format!("{long}[a]: https://e.cn/"), &format!("<div>\n\n{long}"), &"- 项\n\n".repeat(900)]
        {
            assert_eq!(beginning(other), None);
        }
    }

    #[test]
    fn the_part_before_more() {
        assert_eq!(before_more("前\n<!-- More -->\n后"), Some("前\n"));
        assert_eq!(before_more("前<!--more-->后"), Some("前"));
        assert_eq!(before_more("写法是 `<!--more-->`。\n\n```\n<!--more-->\n```\n"), None);
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
