//! What people write instead of a language tag: names, countries, codes of other lists.
//!
//! In: a name in lower case with `-` between words. Out: the tag that is meant and how sure that is. Never guesses from letters alone.

use super::Class;
use crate::model::Script;

/// The names that mean one language whatever the text is.
const NAMES: &[(Class, &str, &[&str])] = &[
    (Class::Note, "zh-Hans", &["chs", "zh-chs", "zhs", "zh-zhs"]),
    (Class::Note, "zh-Hant", &["cht", "zh-cht", "zht", "zh-zht"]),
    (
        Class::Note,
        "zh-CN",
        &[
            "zh-guoyu",
            "简体中文",
            "简体",
            "简中",
            "簡體中文",
            "簡體",
            "中文(简体)",
            "中文-(简体)",
            "中文简体",
            "中文(中国)",
            "中文(中国大陆)",
            "simplified-chinese",
            "chinese-simplified",
            "chinese-(simplified)",
            "chinese(simplified)",
            "simplified",
            "zh-simplified",
            "zh-sc",
            "sc",
        ],
    ),
    (
        Class::Note,
        "zh-TW",
        &[
            "繁體中文",
            "繁體",
            "繁体中文",
            "繁体",
            "繁中",
            "正體中文",
            "正體",
            "中文(繁體)",
            "中文(繁体)",
            "中文-(繁體)",
            "中文繁體",
            "中文(台灣)",
            "traditional-chinese",
            "chinese-traditional",
            "chinese-(traditional)",
            "chinese(traditional)",
            "zh-traditional",
        ],
    ),
    (Class::Note, "zh-HK", &["中文(香港)", "繁體中文(香港)"]),
    (Class::Note, "zh", &["zho", "chi"]),
    (Class::Note, "en", &["eng"]),
    (Class::Note, "ja", &["jpn"]),
    (Class::Note, "ko", &["kor"]),
    (Class::Note, "fr", &["fra", "fre"]),
    (Class::Note, "de", &["deu", "ger"]),
    (Class::Note, "es", &["spa"]),
    (Class::Note, "ru", &["rus"]),
    (Class::Warning, "zh-CN", &["cn", "chn", "china", "prc", "zh-chn", "cn-zh", "中国", "中国大陆", "zh-china", "cn-cn"]),
    (Class::Warning, "zh-TW", &["taiwan", "台灣", "台湾", "臺灣"]),
    (Class::Warning, "zh-HK", &["hk", "hongkong", "hong-kong", "香港"]),
    (Class::Warning, "en", &["english", "英文", "英语", "英語"]),
    (Class::Warning, "en-US", &["us", "usa", "american"]),
    (Class::Warning, "ja", &["japanese", "日本語", "日语", "日文", "日語"]),
    (Class::Warning, "ko", &["korean", "한국어", "韩语", "韓語", "韩文", "韓文"]),
    (Class::Warning, "fr", &["french", "français", "法语", "法語", "法文"]),
    (Class::Warning, "de", &["german", "deutsch", "德语", "德語", "德文"]),
    (Class::Warning, "es", &["spanish", "español", "西班牙语", "西班牙語"]),
    (Class::Warning, "pt", &["portuguese", "português", "葡萄牙语", "葡萄牙語"]),
    (Class::Warning, "ru", &["russian", "русский", "俄语", "俄語", "俄文"]),
];

/// Names of Chinese that leave the script open.
const CHINESE: &[&str] =
    &["chinese", "zh-chinese", "中文", "汉语", "漢語", "华语", "華語", "国语", "國語", "普通话", "普通話", "mandarin", "zhongwen"];

/// Values that say that there is no language.
const ABSENT: &[&str] = &["", "null", "nil", "none", "~", "und", "auto", "default", "undefined", "unknown", "*", "c", "posix", "n/a", "false"];

/// Whether the value says that there is no language.
pub(super) fn is_absent(key: &str) -> bool {
    ABSENT.contains(&key)
}

/// The tag that a name means; `script` is that of the text, where it is known.
pub(super) fn meaning(key: &str, script: Option<Script>) -> Option<(Class, &'static str)> {
    if CHINESE.contains(&key) {
        let tag = match script {
            Some(Script::Simplified) => "zh-CN",
            Some(Script::Traditional) => "zh-TW",
            None => "zh",
        };
        return Some((Class::Warning, tag));
    }
    match (key, script) {
        // Countries that are taken for languages. `kr` and `tw` are codes of Kanuri and Twi, so the text must speak for the guess.
        ("tw", Some(Script::Traditional)) => return Some((Class::Warning, "zh-TW")),
        ("gb" | "gb2312" | "gbk", Some(Script::Simplified)) => return Some((Class::Warning, "zh-CN")),
        ("jp", None) => return Some((Class::Warning, "ja")),
        _ => {}
    }
    NAMES.iter().find(|(_, _, names)| names.contains(&key)).map(|(class, tag, _)| (*class, *tag))
}
