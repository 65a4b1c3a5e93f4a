//! Where sentences end, and where a text must not be cut.
//!
//! In: a paragraph on one line. Out: its sentences, which together are the paragraph. A sentence never ends inside brackets or
//! quotation marks that are closed later in the paragraph, inside a number, an abbreviation or a URL.

/// A sentence; white space in front belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sentence<'a> {
    pub(super) text: &'a str,
    /// Whether it ends with a mark that ends sentences; the last of a paragraph may not.
    pub(super) ended: bool,
}

pub(super) fn is_ender(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '｡' | '．' | '‼' | '⁉' | '…' | '⋯')
}

/// Marks after which a sentence goes on.
pub(super) fn is_weak(c: char) -> bool {
    matches!(c, '；' | '，' | '：' | '、' | ',' | ';' | ':')
}

fn is_quote_end(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '"' | '\'')
}

pub(super) fn is_closer(c: char) -> bool {
    is_quote_end(c) || closes(c).is_some()
}

/// The bracket that this one closes.
pub(super) fn closes(c: char) -> Option<char> {
    Some(match c {
        ')' => '(',
        '）' => '（',
        ']' => '[',
        '】' => '【',
        '》' => '《',
        '〉' => '〈',
        '」' => '「',
        '』' => '『',
        '”' => '“',
        '’' => '‘',
        '〕' => '〔',
        '}' => '{',
        '｝' => '｛',
        _ => return None,
    })
}

pub(super) fn is_opener(c: char) -> bool {
    matches!(c, '(' | '（' | '[' | '【' | '《' | '〈' | '「' | '『' | '“' | '‘' | '〔' | '{' | '｛')
}

/// For each character: the brackets that are open after it, of those that are closed later; only counted, not named.
pub(super) fn depths(chars: &[char]) -> Vec<u16> {
    let mut steps = vec![0_i32; chars.len()];
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        if is_opener(*c) {
            open.push((at, *c));
        } else if let Some(opener) = closes(*c) {
            // Not far up: a stray bracket in between is forgiven, a page of them is not searched again and again.
            let depth = open.iter().rev().take(8).position(|(_, found)| *found == opener);
            if let Some(start) = depth.and_then(|depth| open.len().checked_sub(depth + 1)).and_then(|index| {
                let start = open.get(index).map(|(start, _)| *start);
                open.truncate(index);
                start
            }) {
                for (at, step) in [(start, 1), (at, -1)] {
                    if let Some(slot) = steps.get_mut(at) {
                        *slot += step;
                    }
                }
            }
        }
    }
    let mut depth = 0;
    steps
        .into_iter()
        .map(|step| {
            depth += step;
            u16::try_from(depth).unwrap_or(u16::MAX)
        })
        .collect()
}

/// Abbreviations whose full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "vs", "etc", "e.g", "i.e", "no", "fig", "vol", "inc", "ltd", "co", "corp", "u.s", "u.k",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "approx", "dept", "gov", "sen", "rep", "gen", "col", "al",
    "a.m", "p.m",
];

/// Whether a full stop after `before` and before `after` ends a sentence.
fn full_stop_ends(before: &[char], after: &[char]) -> bool {
    let closers = after.iter().take_while(|c| is_closer(**c)).count();
    let mut rest = after.iter().skip(closers);
    match rest.next() {
        None => return true,
        Some(c) if c.is_whitespace() => {}
        Some(_) => return false,
    }
    let next = rest.find(|c| !c.is_whitespace());
    if next.is_some_and(|c| c.is_lowercase()) {
        return false;
    }
    let word: String = before.iter().rev().take(8).take_while(|c| c.is_alphanumeric() || **c == '.').collect();
    let word: String = word.chars().rev().collect::<String>().to_lowercase();
    let initial = word.chars().count() == 1 && before.last().is_some_and(|c| c.is_uppercase());
    // A number of a list item: `1. `
    let number = !word.is_empty() && word.len() == before.len() && word.bytes().all(|byte| byte.is_ascii_digit());
    !(initial || number || ABBREVIATIONS.contains(&word.as_str()))
}

/// Whether a sentence can end after an ender (and closers) before `after`; `last` is the character before.
fn may_end(last: char, after: &[char], ascii_mark: bool) -> bool {
    let Some(next) = after.first() else { return true };
    if is_weak(*next) {
        return false;
    }
    if last == '》' || last == '〉' {
        return false;
    }
    if closes(last).is_some() && !is_quote_end(last) {
        // A bracket with a sentence inside is a part of the sentence around it.
        return next.is_whitespace() && after.iter().find(|c| !c.is_whitespace()).is_none_or(|c| !c.is_lowercase());
    }
    if is_quote_end(last) && matches!(next, '的' | '地' | '之' | '等' | '和' | '与' | '這' | '这') {
        return false;
    }
    if ascii_mark {
        return next.is_whitespace() && after.iter().find(|c| !c.is_whitespace()).is_none_or(|c| !c.is_lowercase())
            || super::script::is_wide_letter(*next)
            || is_opener(*next);
    }
    true
}

/// The sentences of a paragraph; together they are the paragraph.
pub(super) fn sentences(text: &str) -> Vec<Sentence<'_>> {
    let chars: Vec<char> = text.chars().collect();
    let depths = depths(&chars);
    let get = |at: usize| chars.get(at).copied();
    let mut found = Vec::new();
    let mut rest = text;
    let (mut at, mut taken) = (0, 0);
    while let Some(c) = get(at) {
        let dots = chars.iter().skip(at).take_while(|c| **c == '.').count();
        let candidate = if dots >= 3 {
            true
        } else if c == '.' {
            full_stop_ends(chars.get(taken..at).unwrap_or_default(), chars.get(at + 1..).unwrap_or_default())
        } else {
            is_ender(c)
        };
        if !candidate {
            at += 1;
            continue;
        }
        let mut end = at;
        while get(end).is_some_and(|c| is_ender(c) || c == '.') {
            end += 1;
        }
        while get(end).is_some_and(is_closer) && !(get(end) == Some('\'') || get(end) == Some('"'))
            || get(end).is_some_and(|c| matches!(c, '"' | '\'') && closes_straight(&chars, taken, end))
        {
            end += 1;
        }
        let last = get(end.wrapping_sub(1)).unwrap_or(c);
        let ascii_mark = matches!(c, '!' | '?' | '.' | '…');
        let outside = depths.get(end.wrapping_sub(1)) == Some(&0);
        let after = chars.get(end..).unwrap_or_default();
        let ellipsis_in_chinese = (c == '…' || c == '⋯' || dots >= 3) && after.first().is_some_and(|c| super::script::is_wide_letter(*c));
        if outside && may_end(last, after, ascii_mark && !ellipsis_in_chinese) {
            let bytes: usize = chars.get(taken..end).unwrap_or_default().iter().map(|c| c.len_utf8()).sum();
            let Some((sentence, tail)) = rest.split_at_checked(bytes) else { break };
            found.push(Sentence { text: sentence, ended: true });
            rest = tail;
            taken = end;
        }
        at = end.max(at + 1);
    }
    if !rest.trim().is_empty() {
        found.push(Sentence { text: rest, ended: false });
    }
    found
}

/// Whether the straight quotation mark at `end` closes one that the sentence opened.
fn closes_straight(chars: &[char], from: usize, end: usize) -> bool {
    let Some(mark) = chars.get(end) else { return false };
    chars.get(from..end).unwrap_or_default().iter().filter(|c| *c == mark).count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_readers_expect() {
        for (text, expected) in [
            ("一。二！三？", "一。|二！|三？"),
            ("真的？！好。", "真的？！|好。"),
            ("“涨了4.5%。”店主说，“比去年好。”隔壁", "“涨了4.5%。”|店主说，“比去年好。”|隔壁"),
            ("他说：“走吧。快。”我点头。", "他说：“走吧。快。”|我点头。"),
            ("“加油！”的喊声很大。", "“加油！”的喊声很大。"),
            ("他读了《谁动了奶酪？》这本书。好。", "他读了《谁动了奶酪？》这本书。|好。"),
            ("“好！”，他说。", "“好！”，他说。"),
            ("他走了……我没走。", "他走了……|我没走。"),
            ("v1.2.3 发布了。见 https://a.example/?q=1 一文。", "v1.2.3 发布了。|见 https://a.example/?q=1 一文。"),
            ("It is 3.5. Mr. Li left. OK?", "It is 3.5.| Mr. Li left.| OK?"),
            ("He said \"Go.\" Then left.", "He said \"Go.\"| Then left."),
            ("The U.S. economy grew. e.g. this", "The U.S. economy grew. e.g. this"),
            ("Wait... what? No.", "Wait... what?| No."),
            ("没有标点", "没有标点"),
            ("“没有闭合。下一句。", "“没有闭合。|下一句。"),
            ("（注：略。）他走了。", "（注：略。）他走了。"),
            ("日本語の文。「はい。」と言った。", "日本語の文。|「はい。」|と言った。"),
            ("", ""),
        ] {
            let found = sentences(text);
            assert_eq!(found.iter().map(|sentence| sentence.text).collect::<Vec<_>>().join("|"), expected);
        }
    }
}
