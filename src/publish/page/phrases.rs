//! The words of the interface: simplified Chinese, traditional Chinese, English.
//!
//! A language goes in, its words come out. A page whose language has none of its own speaks English, and says so in its
//! markup; a Chinese page never does.

use crate::model::{Language, Script, Timestamp};
use chrono::Datelike;

/// Everything that a page says of itself, in one language.
#[derive(Debug)]
pub(super) struct Phrases {
    /// BCP 47 tag of these words.
    pub(super) tag: &'static str,
    /// First link of a page, for keyboards.
    pub(super) skip: &'static str,
    /// Label of the links at the top.
    pub(super) navigation: &'static str,
    /// Link from the directory to the site.
    pub(super) site: &'static str,
    /// Link to the directory; also what the directory calls itself.
    pub(super) directory: &'static str,
    /// Heading above the addresses of the feed.
    pub(super) subscribe: &'static str,
    /// What a feed is, for somebody who never heard of it.
    pub(super) what: &'static str,
    /// How to subscribe.
    pub(super) how: &'static str,
    /// Readers to begin with.
    pub(super) readers: &'static str,
    /// Button that copies an address.
    pub(super) copy: &'static str,
    /// The same once it has.
    pub(super) copied: &'static str,
    /// What the QR code is.
    pub(super) scan: &'static str,
    /// Label of the field that filters the topics.
    pub(super) filter: &'static str,
    /// What the OPML list is for.
    pub(super) all_at_once: &'static str,
    /// Heading above the entries of a topic.
    pub(super) entries: &'static str,
    /// Heading above the newest entries of the site.
    pub(super) newest: &'static str,
    /// Label of the links to the groups of topics.
    pub(super) groups: &'static str,
    /// Instead of entries or topics, where there are none.
    pub(super) empty: &'static str,
    /// Instead of a title, where an entry has none.
    pub(super) untitled: &'static str,
    /// Before the name of the feed that an entry came from.
    pub(super) from: &'static str,
    /// Between the names of authors.
    pub(super) comma: &'static str,
    /// Before and after the number of entries: one, or any other number.
    pub(super) count: [(&'static str, &'static str); 2],
    /// Before and after the number of entries shown, when the topic has more.
    pub(super) shown: (&'static str, &'static str),
    /// Heading above the feeds of others that entries are from.
    pub(super) sources: &'static str,
    /// Link to the feed of a source.
    pub(super) feed: &'static str,
    /// Link to the page with the health of the sources; also what that calls itself.
    pub(super) health: &'static str,
    /// Its columns: source, state, last answer, next request, failures, problem.
    pub(super) columns: [&'static str; 6],
    /// How a source is, in the order of [`Condition::ALL`](crate::source::health::Condition::ALL).
    pub(super) states: [&'static str; 6],
}

static SIMPLIFIED: Phrases = Phrases {
    tag: "zh-Hans",
    skip: "跳到正文",
    navigation: "导航",
    site: "访问网站",
    directory: "全部订阅源",
    subscribe: "订阅",
    what: "订阅源是一个网址。把它加进任意一款阅读器，新文章就会自动送到你面前：不用注册，也没有算法替你挑选。",
    how: "点一下地址即可全选，复制后粘贴到阅读器的“添加订阅”里。各种格式内容相同，任选其一。",
    readers: "常用的阅读器：NetNewsWire（苹果）、Feeder（安卓）、Miniflux 和 FreshRSS（自己的服务器）、newsboat（终端）。",
    copy: "复制",
    copied: "已复制",
    scan: "用手机扫码订阅",
    filter: "筛选主题",
    all_at_once: "把这份 OPML 列表导入阅读器，一次订阅全部主题。",
    entries: "文章",
    newest: "最新文章",
    groups: "主题分组",
    empty: "暂时没有内容。",
    untitled: "（无标题）",
    from: "来自",
    comma: "、",
    count: [("共 ", " 篇文章"), ("共 ", " 篇文章")],
    shown: ("，此处列出最新 ", " 篇"),
    sources: "来源",
    feed: "订阅源",
    health: "来源状态",
    columns: ["来源", "状态", "上次成功", "下次更新", "连续失败", "问题"],
    states: ["正常", "尚未获取", "等待中", "失败", "已过期", "已停止"],
};

static TRADITIONAL: Phrases = Phrases {
    tag: "zh-Hant",
    skip: "跳到正文",
    navigation: "導覽",
    site: "造訪網站",
    directory: "全部訂閱源",
    subscribe: "訂閱",
    what: "訂閱源是一個網址。把它加進任何一款閱讀器，新文章就會自動送到你面前：不必註冊，也沒有演算法替你挑選。",
    how: "點一下網址即可全選，複製後貼到閱讀器的「新增訂閱」裡。各種格式內容相同，任選其一。",
    readers: "常用的閱讀器：NetNewsWire（蘋果）、Feeder（安卓）、Miniflux 與 FreshRSS（自己的伺服器）、newsboat（終端機）。",
    copy: "複製",
    copied: "已複製",
    scan: "用手機掃碼訂閱",
    filter: "篩選主題",
    all_at_once: "把這份 OPML 清單匯入閱讀器，一次訂閱全部主題。",
    entries: "文章",
    newest: "最新文章",
    groups: "主題分組",
    empty: "暫時沒有內容。",
    untitled: "（無標題）",
    from: "來自",
    comma: "、",
    count: [("共 ", " 篇文章"), ("共 ", " 篇文章")],
    shown: ("，此處列出最新 ", " 篇"),
    sources: "來源",
    feed: "訂閱源",
    health: "來源狀態",
    columns: ["來源", "狀態", "上次成功", "下次更新", "連續失敗", "問題"],
    states: ["正常", "尚未取得", "等待中", "失敗", "已過期", "已停止"],
};

static ENGLISH: Phrases = Phrases {
    tag: "en",
    skip: "Skip to content",
    navigation: "Navigation",
    site: "Visit the site",
    directory: "All feeds",
    subscribe: "Subscribe",
    what: "A feed is an address. Give it to any feed reader, and new articles come to you: no account, no algorithm in between.",
    how: "One click on an address selects it all; copy it and paste it where your reader adds a feed. All formats hold the same, take any.",
    readers: "Readers that many use: NetNewsWire (Apple), Feeder (Android), Miniflux and FreshRSS (your own server), newsboat (terminal).",
    copy: "Copy",
    copied: "Copied",
    scan: "Scan with a phone to subscribe",
    filter: "Filter the topics",
    all_at_once: "Import this OPML list into your reader to subscribe to every topic at once.",
    entries: "Articles",
    newest: "Latest articles",
    groups: "Groups of topics",
    empty: "Nothing here yet.",
    untitled: "(untitled)",
    from: "from",
    comma: ", ",
    count: [("", " article"), ("", " articles")],
    shown: (", the latest ", " shown"),
    sources: "Sources",
    feed: "Feed",
    health: "Health of the sources",
    columns: ["Source", "State", "Last success", "Next update", "Failures", "Problem"],
    states: ["well", "not fetched yet", "asked to wait", "failing", "out of date", "ended"],
};

impl Phrases {
    /// The words for a page in this language.
    pub(super) fn of(language: Option<&Language>) -> &'static Self {
        match language.and_then(Language::chinese_script) {
            Some(Script::Simplified) => &SIMPLIFIED,
            Some(Script::Traditional) => &TRADITIONAL,
            None => &ENGLISH,
        }
    }

    /// The tag to mark these words with on a page in this language; `None` where they are in the page's own.
    pub(super) fn foreign(&self, page: Option<&Language>) -> Option<&'static str> {
        let native = page.is_some_and(|page| page.is_chinese() || page.primary() == self.tag);
        (!native).then_some(self.tag)
    }

    /// How many entries a topic has: `共 128 篇文章`.
    pub(super) fn count(&self, count: usize) -> String {
        let [one, many] = self.count;
        let (before, after) = if count == 1 { one } else { many };
        format!("{before}{count}{after}")
    }

    /// How many entries a topic has and how many of them the page shows: `共 128 篇文章，此处列出最新 20 篇`.
    pub(super) fn count_and_shown(&self, count: usize, shown: usize) -> String {
        let all = self.count(count);
        if shown == 0 || shown >= count {
            return all;
        }
        let (before, after) = self.shown;
        format!("{all}{before}{shown}{after}")
    }
}

/// The day as people write it in this language: `2025年2月14日`, `14 Feb 2025`, else `2025-02-14`; in the zone of the
/// timestamp itself. `None` for years that HTML cannot hold (HTML §2.3.5.5 has four digits and no year 0).
pub(super) fn day(date: Timestamp, language: Option<&Language>) -> Option<String> {
    let date = date.datetime();
    let format = match language {
        Some(language) if language.is_chinese() || language.primary() == "ja" => "%Y年%-m月%-d日",
        Some(language) if language.primary() == "en" => "%-d %b %Y",
        _ => "%Y-%m-%d",
    };
    (1..=9999).contains(&date.year()).then(|| date.format(format).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> Option<Language> {
        let language = Language::parse(text);
        assert!(language.is_some(), "{text}");
        language
    }

    #[test]
    fn the_script_chooses_the_words() {
        for (language, words) in
            [("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh-Hant-HK", "zh-Hant"), ("yue-HK", "zh-Hant"), ("fr", "en")]
        {
            assert_eq!(Phrases::of(tag(language).as_ref()).tag, words, "{language}");
        }
        assert_eq!(Phrases::of(None).tag, "en");
    }

    #[test]
    fn words_of_another_language_are_marked() {
        assert_eq!(ENGLISH.foreign(None), Some("en"));
        assert_eq!(ENGLISH.foreign(tag("fr").as_ref()), Some("en"));
        assert_eq!(ENGLISH.foreign(tag("en-GB").as_ref()), None);
        assert_eq!(SIMPLIFIED.foreign(tag("zh-CN").as_ref()), None);
    }

    #[test]
    fn no_language_lacks_a_word() {
        for words in [&SIMPLIFIED, &TRADITIONAL, &ENGLISH] {
            // The fields by pattern, so that a new one cannot be forgotten here.
            let Phrases {
                tag,
                skip,
                navigation,
                site,
                directory,
                subscribe,
                what,
                how,
                readers,
                copy,
                copied,
                scan,
                filter,
                all_at_once,
                entries,
                newest,
                groups,
                empty,
                untitled,
                from,
                comma,
                count: [one, many],
                shown,
                sources,
                feed,
                health,
                columns,
                states,
            } = words;
            let all = [
                sources,
                feed,
                health,
                skip,
                navigation,
                site,
                directory,
                subscribe,
                what,
                how,
                readers,
                copy,
                copied,
                scan,
                filter,
                all_at_once,
                entries,
                newest,
                groups,
                empty,
                untitled,
                from,
                comma,
                &one.1,
                &many.1,
                &shown.0,
                &shown.1,
            ];
            for text in all.into_iter().chain(columns).chain(states) {
                assert!(!text.trim().is_empty(), "{tag} lacks a word");
                let is_english = text.is_ascii();
                assert_eq!(is_english, *tag == "en", "{tag}: {text}");
            }
        }
    }

    #[test]
    fn simplified_and_traditional_do_not_mix() {
        for (simplified, traditional) in [
            (SIMPLIFIED.what, TRADITIONAL.what),
            (SIMPLIFIED.how, TRADITIONAL.how),
            (SIMPLIFIED.all_at_once, TRADITIONAL.all_at_once),
            (SIMPLIFIED.directory, TRADITIONAL.directory),
            (SIMPLIFIED.health, TRADITIONAL.health),
        ] {
            assert!(!simplified.contains(['閱', '個', '會', '點', '選', '複', '匯', '裡', '來', '狀']), "{simplified}");
            assert!(!traditional.contains(['阅', '个', '会', '点', '选', '复', '导', '里', '来', '状']), "{traditional}");
        }
    }

    #[test]
    fn numbers_are_counted_as_people_do() {
        assert_eq!(SIMPLIFIED.count_and_shown(128, 20), "共 128 篇文章，此处列出最新 20 篇");
        assert_eq!(SIMPLIFIED.count_and_shown(20, 20), "共 20 篇文章");
        assert_eq!(ENGLISH.count_and_shown(1, 1), "1 article");
        assert_eq!(ENGLISH.count_and_shown(30, 20), "30 articles, the latest 20 shown");
        assert_eq!(ENGLISH.count_and_shown(3, 0), "3 articles");
    }

    #[test]
    fn days_are_written_as_people_do() {
        let date = Timestamp::parse_rfc3339("2025-02-14T00:11:09+08:00").unwrap();
        for (language, text) in [("zh-TW", "2025年2月14日"), ("ja", "2025年2月14日"), ("en-US", "14 Feb 2025"), ("de", "2025-02-14")] {
            assert_eq!(day(date, tag(language).as_ref()).as_deref(), Some(text), "{language}");
        }
        assert_eq!(day(date, None).as_deref(), Some("2025-02-14"));
        assert_eq!(day(Timestamp::parse_rfc3339("0000-01-01T00:00:00Z").unwrap(), None), None);
    }
}
