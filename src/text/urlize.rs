//! Names in, parts of addresses out, exactly as the generators of sites write them, so that an address that a site has is found again.
//!
//! What comes out may be unsafe as the name of a file (`#`, `..`): who writes files has to see to that. Sources: Hugo's
//! `helpers/path.go` and `common/paths`, `hexo-util`'s `slugize`, Jekyll's `Utils.slugify`, Zola's `slugify`.

use super::romanise::{ascii, spell};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Hugo's `urlize` without its lower case: letters, digits, marks and `./\_#+~-@` stay, spaces become one hyphen, the rest goes.
pub fn hugo(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let (mut space, mut hyphen) = (false, false);
    for (at, c) in text.char_indices() {
        if is_hugos(text, at, c) {
            hyphen = c == '-';
            if std::mem::take(&mut space) && !hyphen {
                kept.push('-');
            }
            kept.push(c);
        } else if !kept.is_empty() && !hyphen && c.is_whitespace() {
            space = true;
        }
    }
    kept
}

/// The path of a file or the name of a term in Hugo, where each space is a hyphen of its own; without its lower case.
pub fn hugo_path(text: &str) -> String {
    hugo(&text.replace(' ', "-"))
}

fn is_hugos(text: &str, at: usize, c: char) -> bool {
    let is_escape = || {
        let digits = text.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    c.is_alphanumeric() || is_combining_mark(c) || "./\\_#+~-@".contains(c) || (c == '%' && is_escape())
}

/// Hexo's `slugize`: no diacritics, a hyphen for what is punctuation or space in ASCII, the case as it is.
pub fn hexo(text: &str) -> String {
    let plain: String = text.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).nfc().filter(|c| !c.is_control()).collect();
    hyphened(&plain, |c| !(c.is_whitespace() || c.is_ascii_punctuation()))
}

/// Jekyll's `slugify` in its default mode: a hyphen for whatever is neither letter nor digit; lower case.
pub fn jekyll(text: &str) -> String {
    hyphened(text, |c| c.is_alphanumeric() || is_combining_mark(c)).to_lowercase()
}

/// Jekyll's `slugify` in its mode `pretty`, in which some punctuation stays; the case as it is.
pub fn jekyll_pretty(text: &str) -> String {
    hyphened(text, |c| c.is_alphanumeric() || is_combining_mark(c) || "._~!$&'()+,;=@".contains(c))
}

/// The name of a term's feed: `jekyll-feed` makes none unless the tag consists of letters, digits and `_`, which stay as they are.
pub fn jekyll_feed(text: &str) -> String {
    hyphened(text, |c| c.is_alphanumeric() || is_combining_mark(c) || c == '_')
}

/// Zola's `slugify` as it is by default: ASCII letters and digits, lower case, Han characters as pinyin. Readings of characters that
/// have several may differ from Zola's.
pub fn zola(text: &str) -> String {
    hyphened(&ascii(&spell(text)), |c| c.is_ascii_alphanumeric()).to_ascii_lowercase()
}

/// The characters to keep, one hyphen for each run of others, none at the ends.
fn hyphened(text: &str, keep: impl Fn(char) -> bool) -> String {
    text.split(|c| !keep(c)).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-").trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_generator_writes_names_its_own_way() {
        // Hugo's column was made by Hugo itself, with lower case added.
        for (name, hugos, hexos, jekylls, zolas) in [
            ("人工智能", "人工智能", "人工智能", "人工智能", "ren-gong-zhi-neng"),
            ("C#", "c#", "C", "c", "c"),
            ("C++", "c++", "C", "c", "c"),
            (".NET", ".net", "NET", "net", "net"),
            ("Node.js", "node.js", "Node-js", "node-js", "node-js"),
            ("R&D", "rd", "R-D", "r-d", "r-d"),
            ("it's", "its", "it-s", "it-s", "it-s"),
            ("Ünï", "ünï", "Uni", "ünï", "uni"),
            ("x_y", "x_y", "x-y", "x-y", "x-y"),
            ("100%", "100", "100", "100", "100"),
            ("Foo: bar_baz -- 1.5 (x)", "foo-bar_baz--1.5-x", "Foo-bar-baz-1-5-x", "foo-bar-baz-1-5-x", "foo-bar-baz-1-5-x"),
            ("", "", "", "", ""),
        ] {
            assert_eq!(hugo(name).to_lowercase(), hugos, "{name}");
            assert_eq!(hexo(name), hexos, "{name}");
            assert_eq!(jekyll(name), jekylls, "{name}");
            assert_eq!(zola(name), zolas, "{name}");
        }
    }

    #[test]
    fn hugos_files_and_terms_keep_each_space() {
        assert_eq!(hugo_path("a  b"), "a--b");
        assert_eq!(hugo("a  b"), "a-b");
        assert_eq!(hugo_path("--z--"), "--z--");
        assert_eq!(hugo_path("v1.2 (final)、版"), "v1.2-final版");
        assert_eq!(jekyll_pretty("Hello, World! v1.2"), "Hello,-World!-v1.2");
    }
}
