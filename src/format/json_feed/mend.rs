//! JSON that nobody can read → JSON.
//!
//! In: text that a parser refused. Out: the same with the usual mistakes mended: control characters and unknown escapes in strings,
//! commas before a closing bracket, a missing end. Of a file that was cut off all whole items are kept. One pass.

/// Deeper text is left as it is; the parser refuses it anyway.
const DEEPEST: usize = 128;

/// The mended text.
pub(super) fn mend(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 16);
    let mut open: Vec<char> = Vec::new();
    // Where the last whole item ends: up to there the text is good, whatever follows.
    let mut whole: Option<(usize, Vec<char>)> = None;
    let mut chars = json.chars().peekable();
    let mut in_string = false;
    while let Some(c) = chars.next() {
        if in_string {
            match c {
                '"' => {
                    in_string = false;
                    out.push(c);
                }
                '\\' => match chars.next() {
                    Some(escaped @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => out.extend(['\\', escaped]),
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

fn drop_comma(out: &mut String) {
    let end = out.trim_end().len();
    if out.get(..end).is_some_and(|text| text.ends_with(',')) {
        out.truncate(end - 1);
    }
}
