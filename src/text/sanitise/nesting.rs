//! How deep the elements of a page are nested, so that hostile depth never reaches the parser.
//!
//! In: start and end tags in order, only of allowed elements. Out: whether each may pass. The parser's cost grows with the depth of
//! its stack and with the formatting elements that it must open again; both are bounded here. Where it is unsure whether the parser
//! closes an element, it counts it as open: a page that is not hostile never comes near the bounds.

use super::allow::{is_formatting, is_void};

/// Browsers stop at 512.
const DEEPEST: usize = 200;
/// Open formatting elements (`<b>`, `<a>` …) at a time.
const FORMATS: usize = 32;
/// Blocks across which formatting may stay open.
const BLOCKS: usize = 32;

/// The state of the elements that are open.
#[derive(Default)]
pub(super) struct Nesting<'a> {
    open: Vec<&'a str>,
    formats: Vec<&'a str>,
    blocks: usize,
    swallowed: usize,
}

/// Elements that end by themselves where the next one starts: they nest only with others in between.
fn closes_itself(name: &str) -> bool {
    matches!(name, "p" | "li" | "dd" | "dt")
}

fn is_cell_or_row(name: &str) -> bool {
    matches!(name, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot")
}

/// Elements whose end tag the parser honours only when nothing that is a block is in between.
fn is_phrase(name: &str) -> bool {
    matches!(
        name,
        "abbr"
            | "acronym"
            | "audio"
            | "bdi"
            | "cite"
            | "data"
            | "del"
            | "dfn"
            | "ins"
            | "kbd"
            | "map"
            | "mark"
            | "picture"
            | "q"
            | "rp"
            | "rt"
            | "ruby"
            | "samp"
            | "span"
            | "sub"
            | "sup"
            | "time"
            | "var"
            | "video"
    )
}

impl<'a> Nesting<'a> {
    /// A start tag: whether it may pass. What must be closed first, because it was left open for too long, goes to `close`.
    pub(super) fn enter(&mut self, name: &'a str, close: &mut Vec<&'a str>) -> bool {
        if is_void(name) {
            return true;
        }
        if is_formatting(name) {
            if name == "a" {
                // A link inside a link closes the outer one.
                self.formats.retain(|open| *open != "a");
            }
            let fits = self.formats.len() < FORMATS;
            if fits {
                self.formats.push(name);
            }
            return fits;
        }
        if !is_phrase(name) && !self.formats.is_empty() {
            self.blocks += 1;
            if self.blocks > BLOCKS {
                self.blocks = 0;
                close.extend(self.formats.drain(..).rev());
            }
        }
        if closes_itself(name) {
            return true;
        }
        if is_cell_or_row(name) {
            self.close_row(name);
        }
        let fits = self.open.len() < DEEPEST;
        if fits {
            self.open.push(name);
        } else {
            self.swallowed += 1;
        }
        fits
    }

    /// A new cell or row ends the one before it in the same table.
    fn close_row(&mut self, name: &str) {
        let ends = |open: &str| match name {
            "td" | "th" => matches!(open, "td" | "th"),
            "tr" => open == "tr",
            _ => matches!(open, "tbody" | "thead" | "tfoot"),
        };
        let table = self.open.iter().rposition(|open| *open == "table").unwrap_or(self.open.len());
        if let Some(at) = self.open.iter().rposition(|open| ends(open)).filter(|at| *at > table) {
            self.open.truncate(at);
        }
    }

    /// An end tag: whether it may pass.
    pub(super) fn leave(&mut self, name: &str) -> bool {
        if is_formatting(name) {
            if let Some(at) = self.formats.iter().rposition(|open| *open == name) {
                self.formats.remove(at);
                if self.formats.is_empty() {
                    self.blocks = 0;
                }
            }
            return true;
        }
        if is_void(name) {
            return name == "br";
        }
        if closes_itself(name) {
            return true;
        }
        if self.swallowed > 0 {
            self.swallowed -= 1;
            return false;
        }
        let stops = |open: &str| {
            if name == "table" {
                false
            } else if is_cell_or_row(name) {
                open == "table"
            } else if is_phrase(name) {
                !is_phrase(open)
            } else {
                matches!(open, "table" | "td" | "th" | "caption")
            }
        };
        let found = self.open.iter().rposition(|open| *open == name || stops(open));
        if let Some(at) = found.filter(|at| self.open.get(*at) == Some(&name)) {
            self.open.truncate(at);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_bounded_and_end_tags_match() {
        let (mut nesting, mut close) = (Nesting::default(), Vec::new());
        let passed = (0..1000).filter(|_| nesting.enter("div", &mut close)).count();
        assert_eq!(passed, DEEPEST);
        let passed = (0..1000).filter(|_| nesting.leave("div")).count();
        assert_eq!(passed, DEEPEST);
        assert!(nesting.open.is_empty());
    }

    #[test]
    fn long_pages_are_not_deep_pages() {
        let (mut nesting, mut close) = (Nesting::default(), Vec::new());
        assert!(nesting.enter("table", &mut close));
        for _ in 0..1000 {
            assert!(nesting.enter("tr", &mut close) && nesting.enter("td", &mut close) && nesting.enter("p", &mut close));
        }
        assert!(nesting.leave("table") && nesting.open.is_empty());
        for _ in 0..1000 {
            assert!(nesting.enter("p", &mut close) && nesting.enter("b", &mut close) && nesting.leave("b"));
        }
        assert!(close.is_empty());
    }

    #[test]
    fn an_end_tag_that_the_parser_ignores_closes_nothing() {
        let (mut nesting, mut close) = (Nesting::default(), Vec::new());
        for name in ["span", "div"] {
            nesting.enter(name, &mut close);
        }
        nesting.leave("span");
        assert_eq!(nesting.open, ["span", "div"]);
        for name in ["table", "td", "ul"] {
            nesting.enter(name, &mut close);
        }
        nesting.leave("div");
        assert_eq!(nesting.open.len(), 5);
    }

    #[test]
    fn formatting_left_open_is_closed_in_the_end() {
        let (mut nesting, mut close) = (Nesting::default(), Vec::new());
        assert!(nesting.enter("a", &mut close) && nesting.enter("b", &mut close));
        for _ in 0..=BLOCKS {
            nesting.enter("p", &mut close);
        }
        assert_eq!(close, ["b", "a"]);
    }
}
