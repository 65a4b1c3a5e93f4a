//! Markup that a parser would give back as it is, so that it need not be parsed.
//!
//! In: markup of allowed elements as the pass before the parser leaves it. Out: what parsing and writing it again would give, or nothing
//! when the parser would have to repair the least thing. Well-kept Markdown always nests this well, and parsing it is most of what
//! sanitising costs. Only what is certain by the rules of HTML §13.2.6 is taken; a test holds both ways against each other.

use super::super::markup::{Token, Tokens};
use super::allow::is_void;
use std::borrow::Cow;

/// Elements that end an open paragraph.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "dd"
            | "details"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "figcaption"
            | "figure"
            | "footer"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "ul"
    )
}

/// Deeper pages are left to the parser.
const DEEPEST: usize = 64;

/// What parsing and writing these elements would give; `None` when that is not certain.
pub(super) fn settled(html: &str) -> Option<Cow<'_, str>> {
    if html.contains("<!") || html.contains("<?") {
        return None;
    }
    let mut open: Vec<Cow<'_, str>> = Vec::new();
    let mut mended = String::new();
    // What lies before this was copied into `mended`.
    let mut copied = 0;
    let mut position = 0;
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        let start = position;
        position = html.len() - tokens.left();
        let parent = open.last().map_or("", |name| &**name);
        match token {
            Token::Text(text) => {
                if (parent == "pre" && text.starts_with('\n') && html.get(..start)?.ends_with('>'))
                    || (is_of_table(parent) && !text.trim_ascii().is_empty())
                {
                    return None;
                }
                if let Some(written) = written(text)? {
                    mended.push_str(html.get(copied..start)?);
                    mended.push_str(&written);
                    copied = position;
                }
            }
            Token::Open { name, attributes } => {
                if !fits(&name, parent, &open) || !are_settled(attributes) || open.len() == DEEPEST {
                    return None;
                }
                if !is_void(&name) {
                    open.push(name);
                }
            }
            Token::Close(name) => {
                if open.pop()? != name {
                    return None;
                }
            }
        }
    }
    if !open.is_empty() || position != html.len() {
        return None;
    }
    if copied == 0 {
        return Some(Cow::Borrowed(html));
    }
    mended.push_str(html.get(copied..)?);
    Some(Cow::Owned(mended))
}

/// Elements that hold no text of their own.
fn is_of_table(name: &str) -> bool {
    matches!(name, "table" | "colgroup" | "thead" | "tbody" | "tfoot" | "tr")
}

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}

/// Whether the parser leaves an element where it stands.
fn fits(name: &str, parent: &str, open: &[Cow<'_, str>]) -> bool {
    let is_open = |names: &dyn Fn(&str) -> bool| open.iter().any(|open| names(open));
    let right_parent = match name {
        "caption" | "colgroup" | "thead" | "tbody" | "tfoot" => parent == "table",
        "tr" => matches!(parent, "thead" | "tbody" | "tfoot"),
        "td" | "th" => parent == "tr",
        "col" => parent == "colgroup",
        "li" => matches!(parent, "ul" | "ol" | "menu" | "dir"),
        "dd" | "dt" => parent == "dl",
        "rt" | "rp" => parent == "ruby",
        _ => !is_of_table(parent),
    };
    // A paragraph ends where a block begins, a heading where another does, and a link where another does.
    right_parent
        && !(is_block(name) && is_open(&|open| open == "p"))
        && !(is_heading(name) && is_open(&is_heading))
        && !(name == "a" && is_open(&|open| open == "a"))
}

/// Whether all values are written as they would be again.
fn are_settled(attributes: &str) -> bool {
    !attributes.contains("&lt;") && !attributes.contains("&gt;") && !attributes.contains('\u{A0}') && only_references(attributes, &["amp;", "quot;"])
}

/// Whether each `&` begins one of these references.
fn only_references(text: &str, names: &[&str]) -> bool {
    text.split('&').skip(1).all(|rest| names.iter().any(|name| rest.starts_with(name)))
}

/// Text as it would be written again: `Some(None)` when that is how it stands, `None` when it is not known.
#[expect(clippy::option_option, reason = "unknown, unchanged, changed")]
fn written(text: &str) -> Option<Option<String>> {
    let bytes = text.as_bytes();
    if !bytes.iter().any(|byte| matches!(byte, b'&' | b'>' | 0xA0)) {
        return Some(None);
    }
    if !only_references(text, &["amp;", "lt;", "gt;", "quot;", "#39;", "nbsp;"]) {
        return None;
    }
    if !text.contains("&quot;") && !text.contains("&#39;") && !text.contains(['>', '\u{A0}']) {
        return Some(None);
    }
    Some(Some(text.replace("&quot;", "\"").replace("&#39;", "'").replace('>', "&gt;").replace('\u{A0}', "&nbsp;")))
}

#[cfg(test)]
mod tests {
    use super::super::{parsed, rewrite::Rewriter, sanitise};
    use super::*;
    use proptest::prelude::*;

    const BASE: &str = "https://example.org/a/";

    /// Both ways, for markup that is settled; whether it is.
    fn compare(html: &str) -> bool {
        let (rewritten, _) = Rewriter::new(Some(BASE), html.len()).run(html);
        let Some(quick) = settled(&rewritten) else { return false };
        assert_eq!(quick, parsed(&rewritten), "{html:?}");
        true
    }

    #[test]
    fn well_kept_markup_needs_no_parser() {
        for html in [
            "<h2>一</h2>\n<p>二 <strong>三</strong> <a href=\"https://e.cn/?a=1&amp;b=2\" title=\"“x” &quot;y&quot;\">四</a>。<br />\n五</p>\n",
            "<ul>\n<li>一</li>\n<li>\n<p>二</p>\n<ol>\n<li>三</li>\n</ol>\n</li>\n</ul>\n",
            "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1 &lt; 2 &amp; 3 > 2 &quot;q&quot;</td>\n</tr>\n</tbody>\n</table>\n",
            "<pre><code class=\"language-rust\">fn main() {\n    &quot;x&quot;;\n}\n</code></pre>\n<blockquote>\n<p>引\u{A0}文</p>\n</blockquote>\n<hr />\n",
            "<p><img src=\"https://e.cn/a.png\" alt=\"图\" /></p><dl><dt>a</dt><dd><p>b</p></dd></dl><ruby>漢<rp>(</rp><rt>kan</rt></ruby>",
            "<b><p>x</p></b>",
        ] {
            assert!(compare(html), "{html}");
        }
    }

    #[test]
    fn what_would_be_repaired_is_left_to_the_parser() {
        for html in [
            "<p>a<p>b",
            "<p><div>x</div></p>",
            "<b><i>x</b></i>",
            "<li>x</li>",
            "<table><tr><td>1</td></tr></table>",
            "<table>x</table>",
            "<a href=x>y<a href=z>w</a></a>",
            "<h1><h2>x</h2></h1>",
            "<pre>\nx</pre>",
            "</p>",
            "<p>&copy;</p>",
            "a&#8;b",
            "<dl><dd>x<dd>y</dl>",
            "<td>x</td>",
            "<ul><li>x<li>y</ul>",
            "<p title='a&lt;b'>x</p>",
        ] {
            assert!(!compare(html), "{html}");
        }
    }

    fn piece() -> impl Strategy<Value = String> {
        let text = prop::sample::select(vec![
            "书",
            " ",
            "\n",
            "a>b",
            "1 < 2",
            "&amp;",
            "&quot;",
            "&nbsp;",
            "\u{A0}",
            "&#39;",
            "&copy;",
            "\"",
            "'",
            "&",
            "]]>",
            "<!-- c -->",
        ]);
        let void = prop::sample::select(vec!["<br>", "<hr>", "<img src=\"x.png\" alt=\"a&quot;b\">", "<wbr>", "<col>", "<source src=a.mp3>"]);
        let leaf = prop_oneof![text, void].prop_map(str::to_owned);
        let names = prop::sample::select(vec![
            "p",
            "div",
            "b",
            "em",
            "a href=\"/x?a&amp;b\"",
            "span",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "table",
            "thead",
            "tbody",
            "tr",
            "td",
            "th",
            "caption",
            "colgroup",
            "pre",
            "code class=\"language-x\"",
            "h1",
            "h2",
            "blockquote",
            "ruby",
            "rt",
            "rp",
            "font",
            "figure",
            "details",
            "summary",
            "section",
            "audio src=a.mp3",
            "picture",
            "center",
            "s",
            "tt",
            "menu",
            "dir",
            "map",
            "q cite=\"/q\"",
            "time datetime=\"2025\"",
            "nobr",
            "sub",
        ]);
        leaf.prop_recursive(5, 40, 5, move |inner| {
            (names.clone(), prop::collection::vec(inner, 0..5), prop::bool::weighted(0.96)).prop_map(|(name, inside, closed)| {
                let end = name.split(' ').next().unwrap_or_default();
                format!("<{name}>{}{}", inside.concat(), if closed { format!("</{end}>") } else { String::new() })
            })
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 3_000, ..ProptestConfig::default() })]

        #[test]
        fn both_ways_agree(html in prop::collection::vec(piece(), 0..4).prop_map(|pieces| pieces.concat())) {
            if compare(&html) {
                let once = sanitise(&html, Some(BASE)).html;
                prop_assert_eq!(&sanitise(&once, Some(BASE)).html, &once);
            }
        }
    }
}
