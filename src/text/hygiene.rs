//! Characters that no feed may hold.
//!
//! In: any string. Out: the same without what XML 1.0 (§2.2) forbids, without C1 controls, DEL and noncharacters, which XML
//! allows but validators and the HTML standard reject. Never changes anything else, and never allocates when there is nothing to do.

use std::borrow::Cow;

/// Whether the character may stand in a feed.
fn is_allowed(c: char) -> bool {
    match c {
        '\t' | '\n' => true,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FDD0}'..='\u{FDEF}' => false,
        _ => u32::from(c) & 0xFFFE != 0xFFFE,
    }
}

/// Whether [`clean`] has nothing to do, as far as a quick look at the bytes can tell: `true` is certain, `false` is not. Texts with
/// U+FFFD are never certain.
#[expect(clippy::needless_bitwise_bool, reason = "without branches the compiler looks at many bytes at once")]
pub fn is_surely_clean(s: &str) -> bool {
    // Two bytes at a time say it: controls, U+0080..U+009F (C2 80..9F), U+FDD0..U+FDEF (EF B7 90..AF) and all that ends a plane
    // (BF BE, BF BF) or stands beside it (EF BF).
    let bytes = s.as_bytes();
    let is_control = |byte: u8| (byte < 0x20) & (byte != b'\n') & (byte != b'\t') | (byte == 0x7F);
    let mut found = bytes.last().is_some_and(|last| is_control(*last));
    for (chunk, next) in bytes.chunks(4096).zip(bytes.get(1..).unwrap_or_default().chunks(4096)) {
        let mut any = 0_u8;
        for (&first, &second) in chunk.iter().zip(next) {
            let c1 = (first == 0xC2) & (second < 0xA0);
            let last_of_plane = (first == 0xBF) & ((second == 0xBE) | (second == 0xBF));
            let beside = (first == 0xEF) & ((second == 0xB7) | (second == 0xBF));
            any |= u8::from(is_control(first) | c1 | last_of_plane | beside);
        }
        found |= any != 0;
    }
    !found
}

/// The text without forbidden characters; `\r\n`, `\r` and U+0085 become `\n`.
pub fn clean(s: &str) -> Cow<'_, str> {
    if is_surely_clean(s) {
        return Cow::Borrowed(s);
    }
    let Some((good, rest)) = s.find(|c| !is_allowed(c)).and_then(|at| s.split_at_checked(at)) else {
        return Cow::Borrowed(s);
    };
    let mut out = String::with_capacity(s.len());
    out.push_str(good);
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{85}' => out.push('\n'),
            c if is_allowed(c) => out.push(c),
            _ => {}
        }
    }
    Cow::Owned(out)
}

/// The byte offset of the first character that [`clean`] would remove; line ends of any kind are not among them.
pub fn first_forbidden(s: &str) -> Option<usize> {
    s.find(|c| !is_allowed(c) && c != '\r' && c != '\u{85}')
}

/// The text cleaned and on one line: each run of white space becomes one space, none at the ends. For titles and names.
pub fn one_line(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for word in clean(s).split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The text without characters that turn around what stands beside them (UAX #9 §2: embeddings, overrides, isolates), so that nobody
/// else's words can be made to read otherwise. Marks that steer a single place, and joiners, stay.
pub fn without_turns(s: &str) -> Cow<'_, str> {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    if s.contains(turns) { Cow::Owned(s.chars().filter(|c| !turns(*c)).collect()) } else { Cow::Borrowed(s) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_turns_around_what_follows() {
        assert_eq!(without_turns("a\u{202E}gpj.exe\u{2066}b\u{2069}"), "agpj.exeb");
        assert!(matches!(without_turns("שלום\u{200F} 👩\u{200D}💻"), Cow::Borrowed(_)));
    }

    #[test]
    fn forbidden_characters_go() {
        for (raw, expected) in [
            ("无事", "无事"),
            ("a\u{8}b\0c\u{1F}d", "abcd"),
            ("a\tb\nc", "a\tb\nc"),
            ("a\r\nb\rc\u{85}d", "a\nb\nc\nd"),
            ("\u{80}\u{9F}\u{7F}x\u{A0}", "x\u{A0}"),
            ("\u{FFFE}\u{FFFF}\u{FDD0}\u{FDEF}\u{1FFFE}\u{10FFFF}中", "中"),
            ("\u{FDCF}\u{FDF0}😀\u{FFFD}", "\u{FDCF}\u{FDF0}😀\u{FFFD}"),
        ] {
            assert_eq!(clean(raw), expected, "{raw:?}");
            assert_eq!(clean(&clean(raw)), clean(raw), "{raw:?}");
            assert!(!is_surely_clean(raw) || raw == expected, "{raw:?}");
        }
        assert!(matches!(clean("同样"), Cow::Borrowed(_)));
        assert!(is_surely_clean("同样，“是”。\tA\n😀é") && is_surely_clean(""));
        for c in ('\0'..=char::MAX).filter(|c| !is_allowed(*c)) {
            for text in [format!("{c}"), format!("{c}x"), format!("文{c}"), format!("{c}文")] {
                assert!(!is_surely_clean(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn the_place_of_the_first_is_known() {
        assert_eq!(first_forbidden("中\u{8}"), Some(3));
        assert_eq!(first_forbidden("a\r\nb\u{85}c"), None);
        assert_eq!(first_forbidden("\u{FFFF}"), Some(0));
    }

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(one_line("  蔡\u{8}先生\r\n 和\t\u{3000}库克 "), "蔡先生 和 库克");
        assert_eq!(one_line("\u{85}\n"), "");
    }
}
