//! Lines that are in an article but do not tell it: captions, shortcodes, notices, lists of references.
//!
//! In: the text of a block or a line of it. Out: a verdict, or the text without the noise. Judges by form
//! and never by site. Credits have a module of their own.

use super::super::sentence::is_ender;
use super::super::{block::Block, url};
use super::credit::{is_separator, unwrapped};
use std::borrow::Cow;

/// How captions begin.
const CAPTION_STARTS: &[&str] = &[
    "▲",
    "△",
    "▼",
    "▽",
    "◎",
    "↑",
    "↓",
    "图：",
    "图:",
    "圖：",
    "图｜",
    "图|",
    "图/",
    "图片来源",
    "图片來源",
    "图源",
    "圖源",
    "图为",
    "圖為",
    "上图",
    "下图",
    "Figure ",
    "Fig. ",
    "Photo:",
    "Image:",
    "Credit:",
    "Photo by",
    "Image credit",
];

/// Whether a text without a sentence is the caption of the image before or inside of its block.
pub(super) fn is_caption(text: &str, beside_image: bool) -> bool {
    let length = text.chars().count();
    let starts = CAPTION_STARTS.iter().any(|start| text.starts_with(start));
    let numbered = text
        .strip_prefix(['图', '圖', '表'])
        .map(str::trim_start)
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '一' | '二' | '三' | '四' | '五')));
    if text.starts_with(['▲', '△', '▼', '▽', '◎', '↑']) && length <= 100 {
        return true;
    }
    if (starts || numbered) && length <= 80 && (beside_image || !text.chars().any(is_ender)) {
        return true;
    }
    let photographer = ["摄", "攝", "供图", "供圖", "制图", "via"].iter().any(|end| unwrapped(text.trim_end_matches(is_ender)).ends_with(end));
    if beside_image && photographer && length <= 80 {
        return true;
    }
    let unended = !text.chars().any(is_ender) && !text.ends_with(['：', ':']);
    unended && length <= 40 && (beside_image || ["摄", "攝", "供图", "供圖", "制图"].iter().any(|end| unwrapped(text).ends_with(end)))
}

/// Headings (or lone lines) after which no article follows.
const TAILS: &[&str] = &[
    "参考资料",
    "參考資料",
    "参考文献",
    "參考文獻",
    "参考链接",
    "参考",
    "参考来源",
    "资料来源",
    "引用",
    "引文",
    "延伸阅读",
    "延伸閱讀",
    "相关阅读",
    "相關閱讀",
    "推荐阅读",
    "推薦閱讀",
    "扩展阅读",
    "拓展阅读",
    "更多阅读",
    "相关文章",
    "相關文章",
    "相关链接",
    "相关报道",
    "往期回顾",
    "往期推荐",
    "精彩推荐",
    "关于作者",
    "關於作者",
    "作者简介",
    "关于我们",
    "版权声明",
    "免责声明",
    "声明",
    "聲明",
    "脚注",
    "尾注",
    "注释",
    "註釋",
    "注",
    "附录",
    "致谢",
    "references",
    "reference",
    "bibliography",
    "further reading",
    "related",
    "related articles",
    "related posts",
    "see also",
    "footnotes",
    "notes",
    "acknowledgements",
    "acknowledgments",
    "about the author",
    "about us",
    "read more",
    "disclaimer",
    "sources",
    "links",
    "credits",
];

/// Whether a heading or a lone line opens the end matter.
pub(super) fn is_tail(text: &str) -> bool {
    let text =
        unwrapped(text).trim_end_matches(['：', ':']).trim().trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '、' | ' ' | '#'));
    text.len() <= 24 * 4 && text.chars().count() <= 24 && TAILS.contains(&text.to_lowercase().as_str())
}

/// How notices begin that are about the page and not its subject.
const NOTICES: &[&str] = &[
    "本文首发",
    "本文首發",
    "本文转载",
    "本文轉載",
    "本文来自",
    "本文來自",
    "本文原载",
    "本文原標題",
    "本文原标题",
    "本文译自",
    "本文由",
    "本文为",
    "本文授权",
    "本文经",
    "原文链接",
    "原文地址",
    "原文：",
    "原文:",
    "原文标题",
    "原文作者",
    "译文链接",
    "转载请",
    "轉載請",
    "转载自",
    "未经授权",
    "未經授權",
    "版权",
    "版權",
    "免责声明",
    "免責聲明",
    "风险提示",
    "點擊",
    "点击",
    "关注公众号",
    "欢迎关注",
    "歡迎關注",
    "扫码",
    "扫描",
    "长按",
    "更多精彩",
    "阅读原文",
    "作者简介",
    "（本文",
    "(本文",
    "this article was originally",
    "this article first appeared",
    "this post was originally",
    "originally published",
    "follow us",
    "subscribe",
    "sign up",
    "read more",
    "read also",
    "advertisement",
    "copyright",
    "all rights reserved",
    "share this",
    "click here",
    "download the",
    "disclaimer:",
];

/// Whether a short paragraph speaks of the page: where it is from, whom to follow.
pub(super) fn is_notice(text: &str) -> bool {
    if text.len() > 120 * 4 || text.chars().count() > 120 {
        return false;
    }
    let start: String = unwrapped(text).chars().take(32).collect::<String>().to_lowercase();
    NOTICES.iter().any(|notice| start.starts_with(notice))
}

/// Whether a text is nothing but an address.
pub(super) fn is_bare_url(text: &str) -> bool {
    !text.contains(char::is_whitespace) && url::is_web(text.trim_matches(['<', '>', '(', ')']))
}

/// Whether a bold line stands for a heading.
pub(super) fn is_bold_heading(block: &Block) -> bool {
    block.bold && block.text.chars().count() <= 40 && !block.text.ends_with(|c: char| is_ender(c) || matches!(c, '”' | '」' | '"' | '.'))
}

/// Labels of the lede, which is kept without them.
const LABELS: &[&str] = &[
    "编者按",
    "編者按",
    "编者注",
    "编辑按",
    "编者的话",
    "导语",
    "導語",
    "导读",
    "導讀",
    "摘要",
    "内容提要",
    "提要",
    "内容摘要",
    "核心提示",
    "引言",
    "前言",
    "概要",
    "TL;DR",
    "TLDR",
    "Abstract",
    "ABSTRACT",
    "Summary",
    "Lede",
];

/// The text without a label like `编者按：` or `【摘要】` in front.
pub(super) fn without_label(text: &str) -> &str {
    for label in LABELS {
        let bracketed = [('【', '】'), ('[', ']'), ('「', '」')]
            .into_iter()
            .find_map(|(open, close)| text.strip_prefix(open)?.strip_prefix(label)?.strip_prefix(close));
        let plain = || text.strip_prefix(label)?.trim_start().strip_prefix(|c: char| is_separator(c) || c == '—');
        if let Some(rest) = bracketed.or_else(plain) {
            let rest = rest.trim_start().trim_start_matches(is_separator).trim_start();
            if !rest.is_empty() {
                return rest;
            }
        }
    }
    text
}

/// Pairs that hold what a generator would have replaced: Hugo, Jekyll, Hexo, kramdown.
const MARKS: &[(&str, &str)] = &[
    ("{{<", ">}}"),
    ("{{%", "%}}"),
    ("{{", "}}"),
    ("{%", "%}"),
    ("{#", "#}"),
    ("{:", "}"),
    ("[[TOC", "]]"),
    ("[[toc", "]]"),
    ("[TOC", "]"),
    ("[toc", "]"),
    ("@[toc", "]"),
    ("[^", "]"),
    ("<!--", "-->"),
];

/// The text without shortcodes, template tags, marks for a table of contents and lost footnote marks.
pub(super) fn without_shortcodes(text: &str) -> Cow<'_, str> {
    if text.contains("**") {
        // Emphasis that did not become any: the author's marks, not the author's words.
        return Cow::Owned(without_shortcodes(&text.replace("**", "")).into_owned());
    }
    if !text.contains(['{', '[', '<', '@']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = rest.find(['{', '[', '<', '@']).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(before);
        let mark = MARKS.iter().find_map(|(open, close)| {
            let inside = tail.strip_prefix(open)?;
            // A mark is short; this also keeps the search linear.
            let near = inside.char_indices().nth(300).map_or(inside, |(at, _)| inside.split_at(at).0);
            let (_, after) = near.find(close).and_then(|at| inside.split_at_checked(at))?;
            after.strip_prefix(close)
        });
        if let Some(after) = mark {
            rest = after;
        } else {
            let mut chars = tail.chars();
            out.extend(chars.next());
            rest = chars.as_str();
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}
