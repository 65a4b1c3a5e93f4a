//! What makes two spellings one term, and how no two entries get one id.

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::{Head, Id};
use caseless::Caseless;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// The key that all spellings of one name share: compatibility forms, case, white space and invisible characters do not
/// count (Unicode §3.13 D146, then NFKC). Empty when nothing of it can be seen.
pub fn identity(name: &str) -> String {
    if is_simple(name) {
        return tidy(&name.to_ascii_lowercase());
    }
    let seen = name.chars().filter(|&c| !is_invisible(c));
    tidy(&seen.nfkd().default_case_fold().nfkd().default_case_fold().nfkc().collect::<String>())
}

/// Whether a text consists of ASCII and unified Han characters, whose only other form is the other case: most names do, and
/// need no tables.
pub(super) fn is_simple(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii() || matches!(c, '\u{4e00}'..='\u{9fff}'))
}

/// The same text without control characters, white space trimmed and each inner run of it made one space.
pub(super) fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let kept = tidy.len();
        if kept > 0 {
            tidy.push(' ');
        }
        let start = tidy.len();
        tidy.extend(word.chars().filter(|c| !c.is_control()));
        if tidy.len() == start {
            tidy.truncate(kept);
        }
    }
    tidy
}

/// Whether a character has no width and only steers how others are shown: joiners, bidi controls, variation selectors.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

/// Sees to it that no two heads share an id, and says where they did.
///
/// Of heads with one id the one with the smallest place keeps it; each other gets the tag URI (RFC 4151) of its place, with
/// `authority` and the day of its first publication, 2000-01-01 when it has none.
pub fn unique_ids(heads: &mut [Head], authority: &str) -> Vec<Diagnostic> {
    let mut order: Vec<(&str, usize, usize)> = heads.iter().enumerate().map(|(index, head)| (&*head.path, head.key, index)).collect();
    order.sort_unstable();
    let mut owners: HashMap<&str, usize> = HashMap::with_capacity(heads.len());
    let mut losers: Vec<(usize, usize)> = Vec::new();
    for (_, _, index) in order {
        let Some(head) = heads.get(index) else { continue };
        match owners.get(head.id.as_str()) {
            Some(&owner) => losers.push((index, owner)),
            None => drop(owners.insert(head.id.as_str(), index)),
        }
    }
    let mut fresh: HashMap<String, usize> = HashMap::new();
    let mut renamed: Vec<(usize, Id)> = Vec::with_capacity(losers.len());
    let mut findings = Vec::with_capacity(losers.len());
    for (index, owner) in losers {
        let (Some(head), Some(owner)) = (heads.get(index), heads.get(owner)) else { continue };
        let id = own_id(head, authority, |id| owners.contains_key(id) || fresh.contains_key(id));
        let message = format!("expected an id of its own, found the id {} of {}; it is published as {}", head.id.as_str(), owner.place, id.as_str());
        findings.push(
            Diagnostic::new(Code::IdCollision, Place::file(head.place.clone()), message)
                .with_help("give one of the two another permalink, slug or id"),
        );
        fresh.insert(id.as_str().to_owned(), index);
        renamed.push((index, id));
    }
    for (index, id) in renamed {
        if let Some(head) = heads.get_mut(index) {
            head.id = id;
        }
    }
    findings
}

/// The tag URI of a head's place; numbered where several entries come from one place.
fn own_id(head: &Head, authority: &str, taken: impl Fn(&str) -> bool) -> Id {
    let day = head.published.map(|date| date.datetime().format("%Y-%m-%d").to_string()).filter(|day| day.len() == 10);
    let day = day.as_deref().unwrap_or("2000-01-01");
    let mut id = Id::tag(authority, day, &head.path);
    let mut number = 2_usize;
    while taken(id.as_str()) {
        id = Id::tag(authority, day, &format!("{}:{number}", head.path));
        number += 1;
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Timestamp;

    #[test]
    fn spellings_of_one_name() {
        for (a, b) in [
            ("Rust", "rust"),
            (" Rust ", "ＲＵＳＴ"),
            ("Straße", "STRASSE"),
            ("机器\u{3000}学习", "机器 \t学习"),
            ("A\u{200b}I", "ai"),
            ("ＡＩ", "AI\u{feff}"),
            ("cafe\u{301}", "CAFÉ"),
            ("①", "1"),
            ("ΛΌΓΟΣ", "λόγος"),
            ("a\u{8}b", "ab"),
        ] {
            assert_eq!(identity(a), identity(b), "{a:?} {b:?}");
        }
        for (a, b) in [("事实", "实施"), ("C", "C++"), ("出行", "出 行"), ("网络", "網路")] {
            assert_ne!(identity(a), identity(b), "{a:?} {b:?}");
        }
        for nothing in ["", "  ", "\u{200b}\u{feff}", "\u{3000}\n", "\u{1} \u{2}"] {
            assert_eq!(identity(nothing), "", "{nothing:?}");
        }
    }

    #[test]
    fn the_later_place_gets_a_tag_uri() {
        let head = |place: &str, id: &str| Head::new(Id::permalink(id), place, 0);
        let mut late = head("b/二.md", "https://example.org/x/");
        late.published = Timestamp::parse_rfc3339("2025-02-14T00:30:00+08:00");
        let mut heads =
            [late, head("a.md", "https://example.org/x/"), head("c.md", "https://example.org/x/"), head("d.md", "https://example.org/d/")];
        let findings = unique_ids(&mut heads, "example.org");
        let ids: Vec<&str> = heads.iter().map(|head| head.id.as_str()).collect();
        assert_eq!(
            ids,
            ["tag:example.org,2025-02-14:b/%E4%BA%8C.md", "https://example.org/x/", "tag:example.org,2000-01-01:c.md", "https://example.org/d/"]
        );
        assert_eq!(findings.len(), 2);
        assert_eq!(findings[0].code, Code::IdCollision);
        assert_eq!(&*findings[0].place.path, "b/二.md");
        assert!(findings[0].message.contains("a.md"), "{}", findings[0].message);
    }

    #[test]
    fn one_place_with_many_entries_and_a_taken_tag() {
        let mut heads: Vec<Head> = (0..4).map(|key| Head::new(Id::opaque("x"), "feed", key)).collect();
        heads.push(Head::new(Id::opaque("tag:h,2000-01-01:feed"), "z", 0));
        assert_eq!(unique_ids(&mut heads, "h").len(), 3);
        let mut ids: Vec<&str> = heads.iter().map(|head| head.id.as_str()).collect();
        assert_eq!(ids[0], "x");
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 5);
    }

    #[test]
    fn unique_ids_stay() {
        let mut heads = [Head::new(Id::opaque("a"), "1", 0), Head::new(Id::opaque("b"), "2", 0)];
        let before = heads.clone();
        assert_eq!(unique_ids(&mut heads, "example.org"), []);
        assert_eq!(heads, before);
    }
}
