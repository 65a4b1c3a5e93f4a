//! JSON that nobody can read → JSON.
//!
//! In: text that a parser refused. Out: the same with the usual mistakes mended: control characters, unknown escapes and halves of
//! characters in strings, commas before a closing bracket, missing commas, a missing end. Of a file that was cut off all whole items are kept. One pass.

use std::str::Chars;

/// Deeper text is left as it is; the parser refuses it anyway.
const DEEPEST: usize = 128;

/// The mended text.
pub(super) fn mend(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 16);
    let mut open: Vec<char> = Vec::new();
    // Where the last whole item ends: up to there the text is good, whatever follows.
    let mut whole: Option<(usize, Vec<char>)> = None;
    let mut chars = json.chars();
    let mut in_string = false;
    while let Some(c) = chars.next() {
        if in_string {
            match c {
                '"' => {
                    in_string = false;
                    out.push(c);
                }
                '\\' => match chars.next() {
                    Some('u') => character(&mut chars, &mut out),
                    Some(escaped @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => out.extend(['\\', escaped]),
                    Some(other) => {
                        out.push_str("\\\\");
                        out.push(other);
                    }
                    None => {}
                },
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                '\r' => {}
                c if c < ' ' => {}
                c => out.push(c),
            }
            continue;
        }
        if matches!(c, '"' | '{' | '[') && out.trim_end().ends_with(['"', '}', ']']) {
            out.push(',');
        }
        match c {
            '"' => in_string = true,
            '{' | '[' if open.len() < DEEPEST => open.push(if c == '{' { '}' } else { ']' }),
            '}' | ']' => {
                drop_comma(&mut out);
                // A bracket of the wrong kind closes what is open up to its own.
                while let Some(expected) = open.pop() {
                    if expected == c || !open.contains(&c) && open.is_empty() {
                        break;
                    }
                    out.push(expected);
                }
                out.push(c);
                if open.len() == 2 && open.last() == Some(&']') {
                    whole = Some((out.len(), open.clone()));
                }
                if open.is_empty() {
                    return out;
                }
                continue;
            }
            _ => {}
        }
        if c >= ' ' || c.is_ascii_whitespace() {
            out.push(c);
        }
    }
    if !open.is_empty() {
        if let Some((end, still)) = whole {
            out.truncate(end);
            open = still;
        } else if in_string {
            out.push('"');
        }
        drop_comma(&mut out);
        if out.ends_with(':') {
            out.push_str("null");
        }
        out.extend(open.iter().rev());
    }
    out
}

/// What stands behind `\u`: four digits; of a pair that stands for one character (RFC 8259 §7) eight and another `\u`. Half a pair,
/// which is left where a program has cut a text inside of a character, is no character.
fn character(chars: &mut Chars<'_>, out: &mut String) {
    let unit = |chars: &Chars<'_>| {
        let digits = chars.as_str().get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        u16::from_str_radix(digits, 16).ok()
    };
    let Some(first) = unit(chars) else { return out.push_str("\\\\u") };
    let mut behind = chars.clone();
    behind.by_ref().take(4).for_each(drop);
    let mut found = char::decode_utf16([first]).next();
    if (0xD800..0xDC00).contains(&first)
        && let Some(second) = behind.as_str().strip_prefix("\\u").map(str::chars).as_ref().and_then(unit)
        && let Some(pair @ Ok(_)) = char::decode_utf16([first, second]).next()
    {
        found = Some(pair);
        behind.by_ref().take(6).for_each(drop);
    }
    *chars = behind;
    match found.and_then(Result::ok).unwrap_or(char::REPLACEMENT_CHARACTER) {
        c @ ('"' | '\\') => out.extend(['\\', c]),
        c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        c => out.push(c),
    }
}

fn drop_comma(out: &mut String) {
    let end = out.trim_end().len();
    if out.get(..end).is_some_and(|text| text.ends_with(',')) {
        out.truncate(end - 1);
    }
}
