//! A line of YAML in; the key whose colon is no colon to YAML out: `date:2025-01-03`, `title：x`, `title:` and a space
//! that is none.
//!
//! Whether the line is at fault, is for the caller to know: inside of a longer text it may be right as it is.

/// A key at the start of a line, and what is wrong behind it.
pub(super) struct Fault<'l> {
    pub(super) key: &'l str,
    pub(super) kind: Kind,
    /// The value, without the blanks before it.
    value: &'l str,
}

/// What is wrong behind a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A full-width colon (U+FF1A).
    Wide,
    /// A colon without a space.
    NoSpace,
    /// A colon and a space that YAML does not know as one.
    OddSpace(char),
}

/// Spaces that look like one and are none to YAML: the one that does not break, and the ideographic one.
pub(super) const ODD_SPACES: [char; 2] = ['\u{A0}', '\u{3000}'];

impl<'l> Fault<'l> {
    /// The fault of a line that starts with a name in ASCII; none where the line has a colon that YAML takes for one, and
    /// none for an address (`https://…`).
    pub(super) fn of(line: &'l str) -> Option<Self> {
        let (key, rest) = line.split_at_checked(line.find(|c: char| !is_name(c))?)?;
        if !key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            return None;
        }
        let text = rest.find(" #").and_then(|at| rest.get(..at)).unwrap_or(rest).trim_end();
        if text.contains(": ") || text.contains(":\t") || text.ends_with(':') {
            return None;
        }
        let (kind, value) = if let Some(value) = rest.strip_prefix('：') {
            (Kind::Wide, value)
        } else {
            let value = rest.strip_prefix(':')?;
            match value.chars().next()? {
                odd if ODD_SPACES.contains(&odd) => (Kind::OddSpace(odd), value),
                '：' | ':' | '\r' => return None,
                _ if value.starts_with("//") => return None,
                _ => (Kind::NoSpace, value),
            }
        };
        Some(Self { key, kind, value: value.trim_start_matches([' ', '\t', '\u{A0}', '\u{3000}']) })
    }

    /// Where in the line the fault is, in bytes.
    pub(super) fn offset(&self) -> usize {
        self.key.len() + usize::from(self.kind != Kind::Wide)
    }

    /// The line as it was meant.
    pub(super) fn mended(&self) -> String {
        format!("{}: {}", self.key, self.value)
    }

    /// What to tell who reads the text strictly.
    pub(super) fn expectation(&self) -> String {
        match self.kind {
            Kind::Wide => format!("expected `:` and a space behind `{}`, found the full-width colon `：`", self.key),
            Kind::NoSpace => format!("expected a space behind the colon of `{}`, found none", self.key),
            Kind::OddSpace(odd) => format!("expected a space behind the colon of `{}`, found the character U+{:04X}", self.key, u32::from(odd)),
        }
    }

    /// What to tell where the line was mended, and what to write.
    pub(super) fn repair(&self) -> (String, &'static str) {
        let key = self.key;
        match self.kind {
            Kind::Wide => (format!("the colon behind `{key}` is a full-width one; it was read as `: `"), "write `: ` behind the key"),
            Kind::NoSpace => {
                (format!("no space stands behind the colon of `{key}`; it was read as if there were one"), "put a space behind the colon")
            }
            Kind::OddSpace(odd) => (
                format!("the space behind the colon of `{key}` is U+{:04X}; it was read as a normal one", u32::from(odd)),
                "put a normal space behind the colon",
            ),
        }
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colons_that_are_none() {
        for (line, key, kind, mended) in [
            ("Date:2025-01-03 10:11:09", "Date", Kind::NoSpace, "Date: 2025-01-03 10:11:09"),
            ("a_b-1:[x, y] # z: 1", "a_b-1", Kind::NoSpace, "a_b-1: [x, y] # z: 1"),
            ("title：全角", "title", Kind::Wide, "title: 全角"),
            ("title：\u{3000} 全角", "title", Kind::Wide, "title: 全角"),
            ("link：https://example.org/", "link", Kind::Wide, "link: https://example.org/"),
            ("tags：", "tags", Kind::Wide, "tags: "),
            ("title:\u{A0}x", "title", Kind::OddSpace('\u{A0}'), "title: x"),
            ("title:\u{3000}x", "title", Kind::OddSpace('\u{3000}'), "title: x"),
        ] {
            let fault = Fault::of(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((fault.key, fault.kind, fault.mended().as_str()), (key, kind, mended), "{line}");
            assert!(line.is_char_boundary(fault.offset()) && fault.offset() < line.len(), "{line}");
        }
    }

    #[test]
    fn lines_that_are_left_alone() {
        for line in [
            "",
            "title: x",
            "title:",
            "title",
            "https://example.org/",
            "标题：x",
            "标题:x",
            "10:30",
            "-a:b",
            " a:b",
            "a:b: c",
            "a：b: c",
            "a::b",
            "a b：c",
        ] {
            assert!(Fault::of(line).is_none(), "{line}");
        }
    }
}
