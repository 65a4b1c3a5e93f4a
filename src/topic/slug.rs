//! Names in, folder names out: readable, safe on every file system and in every URL, the same each time.
//!
//! A slug is one path component of at most [`LONGEST`] bytes. It says nothing about collisions; `address` settles them.

use super::identity::{is_invisible, is_simple};
use crate::text::romanise::{ascii, spell};
use crate::text::urlize;
use unicode_normalization::UnicodeNormalization;

/// The longest slug, in bytes.
pub(super) const LONGEST: usize = 120;

/// How names become slugs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SlugStyle {
    /// Letters stay as they are: `人工智能`.
    #[default]
    Keep,
    /// Han characters become pinyin, other letters ASCII: `ren-gong-zhi-neng`.
    Pinyin,
    /// All letters become ASCII, with word breaks where the name has them: `rengongzhineng`.
    Ascii,
    /// As Hugo writes the addresses of terms: `c#`, `.net`, `a/b`.
    Hugo,
    /// The same with capital letters, as Hugo does with `disablePathToLower`: `C#`.
    HugoCased,
    /// As Hexo does: `C`, `Node-js`, in the case of the name.
    Hexo,
    /// As Jekyll's feeds do: letters and digits alone, in the case of the name.
    Jekyll,
    /// As Zola does: `ren-gong-zhi-neng`, ASCII letters and digits alone.
    Zola,
}

impl SlugStyle {
    /// Whether names with one slug are one term, because the generator that is followed takes them for one.
    pub(super) fn merges(self) -> bool {
        matches!(self, Self::Hugo | Self::HugoCased | Self::Hexo | Self::Zola)
    }
}

/// The slug of a name; a hash of the name when nothing of it can stand in a path.
///
/// The slug of a slug is the slug itself. In the styles of generators it may have several parts, with `/`.
pub fn slug(name: &str, style: SlugStyle) -> String {
    let kept = || clean(&plain(name));
    let text = match style {
        SlugStyle::Keep => kept(),
        SlugStyle::Pinyin => clean(&ascii(&spell(&kept())).to_ascii_lowercase()),
        SlugStyle::Ascii => clean(&ascii(&kept()).to_ascii_lowercase()),
        SlugStyle::Hugo => return foreign(&urlize::hugo_path(name).to_lowercase(), name),
        SlugStyle::HugoCased => return foreign(&urlize::hugo_path(name), name),
        SlugStyle::Hexo => return foreign(&urlize::hexo(name), name),
        SlugStyle::Jekyll => return foreign(&urlize::jekyll_feed(name), name),
        SlugStyle::Zola => return foreign(&urlize::zola(name), name),
    };
    finish(&text, name)
}

/// A slug as a generator writes it, as far as it can stand in a path: one that has several parts keeps them.
fn foreign(slug: &str, name: &str) -> String {
    let folders = slug.split('/').filter(|part| !part.trim_matches('.').is_empty());
    let folders: Vec<String> = folders.map(|part| not_a_device(&part.replace(['\\', '%'], "-"))).collect();
    match folders.join("/") {
        // Others shorten nothing, and no file system takes longer names.
        path if path.is_empty() || path.len() > LONGEST => finish(&clean(&plain(name)), name),
        path => path,
    }
}

/// A folder name that the user chose: kept with its case, only made safe.
pub(super) fn component(name: &str) -> String {
    finish(&clean(&name.chars().filter(|&c| !is_invisible(c)).nfkc().collect::<String>()), name)
}

/// The first `digits` hexadecimal digits of the BLAKE3 hash of `text`.
pub(super) fn short_hash(text: &str, digits: usize) -> String {
    let mut hex = blake3::hash(text.as_bytes()).to_hex().to_string();
    hex.truncate(digits);
    hex
}

/// Lower case in normal form; again, because lower case may be composed anew.
fn plain(name: &str) -> String {
    if is_simple(name) {
        return name.to_ascii_lowercase();
    }
    let composed: String = name.chars().filter(|&c| !is_invisible(c)).nfkc().collect();
    composed.to_lowercase().nfkc().collect()
}

/// Everything that has a meaning in paths and URLs becomes a hyphen, runs of hyphens and dots become one.
pub(super) fn clean(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '#' if ends_in_letter_of_a_sharp_language(&slug) => push(&mut slug, "-sharp-"),
            '.' if starts_dot_net(&slug, rest.as_str()) => push(&mut slug, "dot"),
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '#' | '%' | '\u{fffe}' | '\u{ffff}' => push(&mut slug, "-"),
            c if c.is_whitespace() || c.is_control() => push(&mut slug, "-"),
            '.' if slug.ends_with('.') => {}
            '-' => push(&mut slug, "-"),
            c => slug.push(c),
        }
    }
    slug
}

/// Appends, but never a hyphen to a hyphen.
fn push(slug: &mut String, text: &str) {
    slug.push_str(if slug.ends_with('-') { text.trim_start_matches('-') } else { text });
}

/// Whether `slug` ends in the word `c` or `f`, so that a `#` makes it C♯ or F♯.
fn ends_in_letter_of_a_sharp_language(slug: &str) -> bool {
    let mut letters = slug.chars().rev();
    matches!(letters.next(), Some('c' | 'f' | 'C' | 'F')) && letters.next().is_none_or(|c| !c.is_ascii_alphanumeric())
}

/// Whether a dot between these two starts the word `.net`.
fn starts_dot_net(before: &str, after: &str) -> bool {
    let word_starts = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_');
    let net = after.get(..3).is_some_and(|net| net.eq_ignore_ascii_case("net"));
    word_starts && net && after.chars().nth(3).is_none_or(|c| !c.is_ascii_alphanumeric())
}

/// Ends trimmed, length and reserved names seen to.
fn finish(text: &str, name: &str) -> String {
    let text = text.trim_matches(['.', '-']);
    if text.is_empty() {
        return short_hash(name, 8);
    }
    let slug = not_a_device(text);
    if slug.len() <= LONGEST {
        return slug;
    }
    let hash = short_hash(&slug, 8);
    let room = LONGEST - 1 - hash.len();
    let head = (0..=room).rev().find_map(|end| slug.get(..end)).unwrap_or_default();
    // A cut may make a word `.net` of a longer one, which would be another slug the next time.
    let head = head.strip_suffix(".net").unwrap_or(head);
    format!("{}-{hash}", head.trim_end_matches(['.', '-']))
}

/// The names that Windows reserves for devices, with any extension, get a `_` after the name
/// (Naming Files, Paths, and Namespaces).
fn not_a_device(slug: &str) -> String {
    let (stem, extension) = slug.split_once('.').map_or((slug, None), |(stem, extension)| (stem, Some(extension)));
    let lower = stem.to_ascii_lowercase();
    let numbered = |prefix: &str| lower.strip_prefix(prefix).is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']));
    let device = matches!(lower.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$") || numbered("com") || numbered("lpt");
    match (device, extension) {
        (false, _) => slug.to_owned(),
        (true, None) => format!("{stem}_"),
        (true, Some(extension)) => format!("{stem}_.{extension}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keep() {
        let table = [
            ("人工智能", "人工智能"),
            ("Machine  Learning", "machine-learning"),
            ("ＡＩ　入门", "ai-入门"),
            (".NET", "dotnet"),
            (".NET Core", "dotnet-core"),
            ("ASP.NET", "asp.net"),
            ("con.net", "con_.net"),
            (".network", "network"),
            ("C#", "c-sharp"),
            ("F#", "f-sharp"),
            ("C# 教程", "c-sharp-教程"),
            ("学C#", "学c-sharp"),
            ("abc#", "abc"),
            ("C++", "c++"),
            ("C", "c"),
            ("Node.js", "node.js"),
            ("TCP/IP", "tcp-ip"),
            ("ＴＣＰ／ＩＰ", "tcp-ip"),
            ("a\\b:c*d?e\"f<g>h|i#j%k", "a-b-c-d-e-f-g-h-i-j-k"),
            ("100%", "100"),
            ("a\u{1}\u{7f}b", "a-b"),
            ("../../etc", "etc"),
            ("a..b", "a.b"),
            ("a / b", "a-b"),
            ("-.-x-.-", "x"),
            ("🚀", "🚀"),
            ("👩\u{200d}💻", "👩💻"),
            ("a\u{202e}b\u{200b}c", "abc"),
            ("É", "é"),
            ("E\u{301}", "é"),
            ("R&D", "r&d"),
            ("it's", "it's"),
            ("con", "con_"),
            ("CON.txt", "con_.txt"),
            ("aux", "aux_"),
            ("COM1", "com1_"),
            ("com¹", "com1_"),
            ("lpt9.a.b", "lpt9_.a.b"),
            ("com10", "com10"),
            ("console", "console"),
            ("ΛΌΓΟΣ", "λόγος"),
        ];
        for (name, expected) in table {
            assert_eq!(slug(name, SlugStyle::Keep), expected, "{name:?}");
        }
    }

    #[test]
    fn pinyin_and_ascii() {
        let table = [
            ("人工智能", "ren-gong-zhi-neng", "rengongzhineng"),
            ("人工智能AI", "ren-gong-zhi-neng-ai", "rengongzhinengai"),
            ("Rust 语言", "rust-yu-yan", "rust-yuyan"),
            ("C#", "c-sharp", "c-sharp"),
            ("Ünïcode", "unicode", "unicode"),
            ("女", "nu", "nu"),
            ("🚀", "rocket", "rocket"),
        ];
        for (name, pinyin, ascii) in table {
            assert_eq!(slug(name, SlugStyle::Pinyin), pinyin, "{name:?}");
            assert_eq!(slug(name, SlugStyle::Ascii), ascii, "{name:?}");
        }
    }

    #[test]
    fn generators_slugs_stay_what_they_are_but_safe() {
        let table = [
            ("C# & .NET", SlugStyle::Hugo, "c#--.net"),
            ("A/B 测试", SlugStyle::Hugo, "a/b-测试"),
            ("../../etc", SlugStyle::Hugo, "etc"),
            ("con/x", SlugStyle::Hugo, "con_/x"),
            ("Node.js 入门", SlugStyle::Hexo, "Node-js-入门"),
            ("Ruby_on", SlugStyle::Jekyll, "Ruby_on"),
            ("C++ 语言", SlugStyle::Jekyll, "C-语言"),
            ("Rust 语言", SlugStyle::Zola, "rust-yu-yan"),
        ];
        for (name, style, expected) in table {
            assert_eq!(slug(name, style), expected, "{name:?}");
        }
        assert_eq!(slug("..", SlugStyle::Hugo).len(), 8);
        assert_eq!(slug("🚀", SlugStyle::Hexo), "🚀");
    }

    #[test]
    fn nothing_left_is_a_hash_of_the_name() {
        let slashes = slug("///", SlugStyle::Keep);
        let stars = slug("***", SlugStyle::Keep);
        assert_eq!(slashes.len(), 8);
        assert!(slashes.bytes().all(|b| b.is_ascii_hexdigit()));
        assert_ne!(slashes, stars);
    }

    #[test]
    fn long_names_are_cut_on_a_character_and_stay_apart() {
        let (a, b) = (format!("{}甲", "长".repeat(60)), format!("{}乙", "长".repeat(60)));
        let (a, b) = (slug(&a, SlugStyle::Keep), slug(&b, SlugStyle::Keep));
        assert_ne!(a, b);
        assert_eq!(a.len(), 111 + 9);
        assert!(a.starts_with(&format!("{}-", "长".repeat(37))));
        assert_eq!(slug(&"长".repeat(40), SlugStyle::Keep), "长".repeat(40));
    }

    #[test]
    fn a_chosen_folder_keeps_its_case() {
        for (name, expected) in [("Cpp", "Cpp"), ("../Up", "Up"), ("C#", "C-sharp"), ("CON", "CON_"), ("x/y", "x-y")] {
            assert_eq!(component(name), expected, "{name:?}");
        }
    }

    fn safe(slug: &str) -> bool {
        let forbidden = |c: char| "/\\:*?\"<>|#%".contains(c) || c.is_control() || c.is_whitespace();
        !slug.is_empty()
            && slug.len() <= 140
            && !slug.contains(forbidden)
            && !slug.contains("..")
            && !slug.contains("--")
            && !slug.starts_with(['.', '-'])
            && !slug.ends_with(['.', '-'])
    }

    proptest! {
        #[test]
        fn every_slug_is_one_safe_component_and_its_own_slug(name in any::<String>()) {
            for style in [SlugStyle::Keep, SlugStyle::Pinyin, SlugStyle::Ascii] {
                let once = slug(&name, style);
                prop_assert!(safe(&once), "{once:?}");
                prop_assert_eq!(slug(&once, style), once.clone());
                prop_assert!(style == SlugStyle::Keep || once.is_ascii());
            }
            prop_assert!(safe(&component(&name)));
        }

        #[test]
        fn so_is_one_of_names_made_to_hurt(name in r"([./\\:#%* -]|\.net|c#|con|com1|Σ|İ|ß|ﬀ|\x{301}|长|…|\x{200b}|\x{0}){0,60}") {
            let once = slug(&name, SlugStyle::Keep);
            prop_assert!(safe(&once), "{once:?}");
            prop_assert_eq!(slug(&once, SlugStyle::Keep), once);
        }
    }
}
