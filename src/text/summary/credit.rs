//! Credit lines and datelines: who wrote, filmed and checked an article, and when.
//!
//! In: a line of a block. Out: a verdict, by the form of the line alone: role, separator, name. A line that holds a sentence is none.

use super::super::sentence::is_ender;

/// What people do for an article. The first list also counts as the end of a longer role (`头图来源`, `责任编辑`).
const ROLES: &[&str] = &[
    "编辑",
    "編輯",
    "记者",
    "記者",
    "作者",
    "责编",
    "責編",
    "来源",
    "來源",
    "出品",
    "编译",
    "編譯",
    "翻译",
    "翻譯",
    "译者",
    "譯者",
    "校对",
    "校對",
    "审校",
    "審校",
    "审核",
    "審核",
    "审阅",
    "排版",
    "设计",
    "設計",
    "摄影",
    "攝影",
    "摄像",
    "剪辑",
    "监制",
    "監製",
    "策划",
    "策劃",
    "制片",
    "主编",
    "主編",
    "总编",
    "运营",
    "美编",
    "撰文",
    "采写",
    "採寫",
    "整理",
    "供稿",
    "题图",
    "封面",
    "头图",
    "制图",
    "製圖",
    "插画",
    "统筹",
    "通讯员",
    "通訊員",
    "实习生",
    "撰稿",
    "采访",
    "採訪",
    "编审",
    "出处",
    "出處",
    "图源",
    "圖源",
    "图片",
    "圖片",
    "供图",
    "視覺",
    "视觉",
    "視頻",
    "视频",
    "发布时间",
    "發布時間",
    "发表时间",
    "更新时间",
    "发布日期",
    "首发",
    "公众号",
    "投稿",
    "推荐人",
    "推薦人",
    "本文",
    "原文",
    "原文链接",
    "原文地址",
    "原作者",
    "译文",
    "文字",
    "编校",
    "核校",
    "签发",
    "值班编委",
    "主播",
    "播音",
    "ID",
];
const SHORT_ROLES: &[&str] = &["文", "图", "圖", "译", "譯", "编", "編", "校", "摄", "撰"];
const ENGLISH_ROLES: &[&str] = &[
    "author",
    "authors",
    "by",
    "written by",
    "edited by",
    "editor",
    "editors",
    "editing by",
    "translator",
    "translated by",
    "translation",
    "reporter",
    "reporting by",
    "reviewer",
    "reviewed by",
    "source",
    "photo",
    "photos",
    "photo by",
    "photography",
    "photographer",
    "image",
    "image credit",
    "image source",
    "credit",
    "credits",
    "words",
    "text",
    "posted by",
    "posted on",
    "published",
    "published on",
    "updated",
    "last updated",
    "illustration",
    "illustrator",
    "via",
];

pub(super) fn is_separator(c: char) -> bool {
    matches!(c, '｜' | '|' | '丨' | '︱' | '：' | ':' | '/' | '／' | '┃' | '│' | '·' | '∣')
}

/// Whether the words in front of a separator name a role, or several: `文`, `责任编辑`, `文/图`, `编辑 & 校对`.
fn is_role(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 24 {
        return false;
    }
    let english = text.to_ascii_lowercase();
    if ENGLISH_ROLES.contains(&english.as_str()) {
        return true;
    }
    text.split(['/', '／', '&', '＆', '、', '和', '与', '及', '+', ' ', '\u{3000}', '|', '｜'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .all(|part| SHORT_ROLES.contains(&part) || (part.chars().count() <= 8 && ROLES.iter().any(|role| part.ends_with(role))))
}

/// Takes off brackets around the whole line.
pub(super) fn unwrapped(line: &str) -> &str {
    let line = line.trim().trim_matches(['*', '_', '■', '●', '◆', '▌', '·', '-', '—', '–']).trim();
    for (open, close) in [('（', '）'), ('(', ')'), ('【', '】'), ('[', ']'), ('「', '」')] {
        if let Some(inside) = line.strip_prefix(open).and_then(|line| line.strip_suffix(close))
            && !inside.contains(open)
        {
            return inside.trim();
        }
    }
    line
}

/// Whether a sentence ends inside the line (an ender as its very last character does not count).
fn has_sentence(line: &str) -> bool {
    let mut chars = line.chars();
    chars.next_back();
    chars.any(is_ender)
}

/// Whether a line is a credit: role, separator, name.
pub(super) fn is_credit(line: &str) -> bool {
    let line = unwrapped(line);
    let length = line.chars().count();
    if length == 0 || length > 80 || has_sentence(line) {
        return false;
    }
    if let Some((role, name)) = line.split_once(is_separator)
        && !name.starts_with("//")
    {
        if is_role(role) && name.chars().count() <= 60 {
            return true;
        }
        // The other way round: `周小满/文`.
        let name = line.rsplit(is_separator).next().unwrap_or_default().trim();
        if length <= 14 && (SHORT_ROLES.contains(&name) || ROLES.contains(&name)) {
            return true;
        }
    }
    let mut words = line.split_whitespace();
    match (words.next(), words.next()) {
        // `记者 周小满`, `文 周小满`.
        (Some(role), Some(_)) if (SHORT_ROLES.contains(&role) && length <= 10) || (length <= 24 && role.chars().count() <= 6 && is_role(role)) => {
            !line.contains(['，', '。', ',', '.'])
        }
        // `By Ann Lee`
        (Some("By" | "BY" | "by"), Some(_)) => {
            line.split_whitespace().count() <= 8
                && !line.ends_with('.')
                && line.split_whitespace().skip(1).filter(|word| word.starts_with(char::is_uppercase)).count() >= 1
        }
        _ => false,
    }
}

/// Whether a line is nothing but a date or numbers.
pub(super) fn is_date_line(line: &str) -> bool {
    let line = unwrapped(line).trim_start_matches("发布于").trim_start_matches("發布於").trim_start_matches("更新于");
    let digits = line.chars().filter(char::is_ascii_digit).count();
    digits > 0
        && line.chars().count() <= 40
        && line.chars().all(|c| {
            c.is_ascii_digit()
                || c.is_whitespace()
                || matches!(
                    c,
                    '年' | '月'
                        | '日'
                        | '时'
                        | '時'
                        | '分'
                        | '秒'
                        | '星'
                        | '期'
                        | '周'
                        | '一'
                        | '二'
                        | '三'
                        | '四'
                        | '五'
                        | '六'
                        | '上'
                        | '下'
                        | '午'
                        | ':'
                        | '：'
                        | '-'
                        | '/'
                        | '.'
                        | ','
                        | '，'
                        | '('
                        | ')'
                        | '（'
                        | '）'
                        | '|'
                        | '｜'
                )
        })
}
