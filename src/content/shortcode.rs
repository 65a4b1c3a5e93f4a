//! What site generators put between Markdown: Hugo's shortcodes, Hexo's tags, Jekyll's Liquid.
//!
//! No template of the site is at hand, so the few that stand for pictures, links and code become Markdown; of all others the
//! mark goes and the text inside stays. Code is left alone, and so is everything that only looks similar (`{{ x }}`).

use std::borrow::Cow;
use std::ops::Range;

/// A mark longer than this is none.
const LONGEST: usize = 4096;

/// The kinds of marks: how they open and close.
const MARKS: &[(&str, &str)] = &[("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];

/// The body with its shortcodes expanded or taken out.
pub(super) fn expand(markdown: &str) -> Cow<'_, str> {
    if !["{{", "{%", "{:", "{#"].iter().any(|open| markdown.contains(open)) {
        return Cow::Borrowed(markdown);
    }
    let code = code_ranges(markdown);
    let mut code = code.iter().peekable();
    let mut out = String::with_capacity(markdown.len());
    let mut from = 0;
    let mut at = 0;
    while let Some(found) = markdown.get(at..).and_then(|rest| rest.find('{')) {
        let start = at + found;
        at = start + 1;
        // Both run forward, so that the whole is one pass.
        while code.next_if(|range| range.end <= start).is_some() {}
        if code.peek().is_some_and(|range| range.contains(&start)) {
            continue;
        }
        let rest = markdown.get(start..).unwrap_or_default();
        if let Some(length) = comment(rest) {
            out.push_str(markdown.get(from..start).unwrap_or_default());
            from = start + length;
            at = from;
            continue;
        }
        let Some((length, inside)) = mark(rest) else { continue };
        let alone = stands_alone(markdown, start, start + length);
        out.push_str(markdown.get(from..start).unwrap_or_default());
        out.push_str(&expanded(inside, alone));
        from = start + length;
        at = from;
    }
    if from == 0 {
        return Cow::Borrowed(markdown);
    }
    out.push_str(markdown.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// The length of the comment that a text starts with: what its author wants nobody to read.
fn comment(text: &str) -> Option<usize> {
    const COMMENTS: &[(&str, &str)] = &[
        ("{% comment %}", "{% endcomment %}"),
        ("{%- comment -%}", "{%- endcomment -%}"),
        ("{{< comment >}}", "{{< /comment >}}"),
        ("{{% comment %}}", "{{% /comment %}}"),
        ("{::comment}", "{:/comment}"),
        ("{{/*", "*/}}"),
        ("{# ", "#}"),
    ];
    let (open, close) = COMMENTS.iter().find(|(open, _)| text.starts_with(open))?;
    let inside = text.get(open.len()..)?;
    inside.find(close).map(|end| open.len() + end + close.len())
}

/// The mark that a text starts with: its length and what stands inside.
fn mark(text: &str) -> Option<(usize, &str)> {
    for address in ["site.url", "site.baseurl"] {
        // An address in front of a path: without it the path is meant from the site's root.
        let inside = beginning(text, 64).strip_prefix("{{").and_then(|rest| rest.split_once("}}"));
        if let Some((inside, _)) = inside.filter(|(inside, _)| inside.trim() == address) {
            return Some((inside.len() + 4, ""));
        }
    }
    // Kramdown's attributes: `{: .note}`, `{:toc}`.
    if let Some((inside, _)) = beginning(text, 128).strip_prefix("{:").and_then(|rest| rest.split_once('}')) {
        // `{:ok, x}` is somebody's code: an attribute list names classes, ids, pairs, or the table of contents.
        let is_list = inside.trim() == "toc" || inside.trim_start().starts_with(['.', '#']) || inside.contains('=');
        return (is_list && !inside.contains('\n')).then_some((inside.len() + 3, ""));
    }
    let (open, close) = MARKS.iter().find(|(open, _)| text.starts_with(open))?;
    let rest = text.get(open.len()..)?;
    let end = beginning(rest, LONGEST).find(close)?;
    let inside = rest.get(..end)?.trim().trim_matches('-').trim();
    // `{{</* x */>}}` shows a shortcode instead of using it; a mark starts with a name.
    let name = inside.strip_prefix('/').unwrap_or(inside).trim_start();
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_').then_some((open.len() + end + close.len(), inside))
}

/// At most this many bytes of a text.
fn beginning(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// What stands for a mark.
fn expanded(inside: &str, alone: bool) -> String {
    let arguments = Arguments::read(inside);
    let picture = |source: &str, alt: &str, caption: Option<&str>| match caption.filter(|_| alone) {
        Some(caption) => {
            format!("\n<figure><img src=\"{}\" alt=\"{}\"><figcaption>{}</figcaption></figure>\n", escaped(source), escaped(alt), escaped(caption))
        }
        None => format!("![{}](<{}>)", alt.replace(['[', ']', '\n'], " "), source.replace(['<', '>', '\n'], "")),
    };
    let link = |address: String| format!("<{address}>");
    match (arguments.name.as_str(), arguments.plain(0)) {
        ("figure" | "img" | "image", _) if arguments.named("src").is_some() => {
            let caption = arguments.named("caption").or_else(|| arguments.named("title"));
            let alt = arguments.named("alt").or(caption).unwrap_or_default();
            picture(arguments.named("src").unwrap_or_default(), alt, caption)
        }
        ("asset_img" | "img" | "image", Some(_)) => {
            let words: Vec<&str> = arguments.words.iter().map(String::as_str).collect();
            // Hexo: classes may stand before the file, width and height before the title.
            let file = words.iter().position(|word| word.contains(['.', '/'])).unwrap_or(0);
            let alt: Vec<&str> = words.iter().skip(file + 1).copied().filter(|word| word.parse::<u32>().is_err()).collect();
            picture(words.get(file).copied().unwrap_or_default(), &alt.join(" "), None)
        }
        ("youtube", Some(id)) => link(format!("https://www.youtube.com/watch?v={id}")),
        ("vimeo", Some(id)) => link(format!("https://vimeo.com/{id}")),
        ("bilibili", Some(id)) => link(format!("https://www.bilibili.com/video/{id}")),
        // A link to an article's file; whoever renders it knows the address.
        ("ref" | "relref" | "link", Some(page)) if arguments.words.len() == 1 => page.to_owned(),
        ("post_url", Some(page)) => format!("{page}.md"),
        ("post_link", Some(page)) => {
            if arguments.words.len() > 1 {
                arguments.words.get(1..).unwrap_or_default().join(" ")
            } else {
                page.to_owned()
            }
        }
        ("highlight" | "codeblock" | "code", language) => {
            let language = language
                .map(|word| word.trim_start_matches("lang:"))
                .filter(|word| word.bytes().all(|b| b.is_ascii_alphanumeric() || b"+#-".contains(&b)));
            format!("\n```{}\n", language.unwrap_or_default())
        }
        ("/highlight" | "endhighlight" | "endcodeblock" | "endcode", _) => "\n```\n".to_owned(),
        _ => String::new(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\n', " ")
}

/// Whether a mark is all that stands on its lines; a line that is longer than a screen holds more.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    const SCREEN: usize = 200;
    let from = (start.saturating_sub(SCREEN)..=start).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let before = text.get(from..start).map(|text| text.rsplit('\n').next().unwrap_or_default()).unwrap_or_default();
    let after = beginning(text.get(end..).unwrap_or_default(), SCREEN).split('\n').next().unwrap_or_default();
    before.trim().is_empty() && after.trim().is_empty()
}

/// Where code stands: fenced blocks and code spans.
fn code_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut fence: Option<(&str, usize)> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some((mark, start)),
            (Some((open, from)), Some(mark)) if open == mark => {
                ranges.push(from..start + line.len());
                fence = None;
            }
            (None, None) => {
                let ticks: Vec<usize> = line.match_indices('`').map(|(at, _)| start + at).collect();
                ranges.extend(ticks.chunks_exact(2).filter_map(|pair| Some(*pair.first()?..*pair.last()?)));
            }
            _ => {}
        }
        start += line.len();
    }
    ranges.extend(fence.map(|(_, from)| from..text.len()));
    ranges
}

/// A mark's name, its words, and its `key=value` pairs.
struct Arguments {
    name: String,
    words: Vec<String>,
    pairs: Vec<(String, String)>,
}

impl Arguments {
    fn read(inside: &str) -> Self {
        let mut pieces = Vec::new();
        let mut piece = String::new();
        let mut quote = None;
        for c in inside.chars() {
            match (quote, c) {
                (Some(open), c) if c == open => quote = None,
                (None, '"' | '\'') if piece.is_empty() || piece.ends_with('=') => quote = Some(c),
                (None, c) if c.is_whitespace() => pieces.push(std::mem::take(&mut piece)),
                (_, c) => piece.push(c),
            }
        }
        pieces.push(piece);
        pieces.retain(|piece| !piece.is_empty());
        let mut pieces = pieces.into_iter();
        let mut name = pieces.next().unwrap_or_default();
        if name == "/" {
            name.push_str(&pieces.next().unwrap_or_default());
        }
        let (mut words, mut pairs) = (Vec::new(), Vec::new());
        for piece in pieces {
            match piece.split_once('=').filter(|(key, _)| !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-'))
            {
                Some((key, value)) => pairs.push((key.to_ascii_lowercase(), value.to_owned())),
                None => words.push(piece),
            }
        }
        Self { name: name.to_ascii_lowercase(), words, pairs }
    }

    fn plain(&self, index: usize) -> Option<&str> {
        self.words.get(index).map(String::as_str)
    }

    fn named(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_links_and_code_become_markdown() {
        for (text, expected) in [
            ("{{< figure src=\"a.png\" alt=\"桥\" >}}", "![桥](<a.png>)"),
            (
                "{{< figure\n  src=\"a.png\"\n  caption=\"老 <桥>\" >}}",
                "\n<figure><img src=\"a.png\" alt=\"老 &lt;桥&gt;\"><figcaption>老 &lt;桥&gt;</figcaption></figure>\n",
            ),
            ("看{{< youtube w7Ft2ymGmfc >}}。", "看<https://www.youtube.com/watch?v=w7Ft2ymGmfc>。"),
            ("[下一篇]({{< ref \"b.md#x\" >}})", "[下一篇](b.md#x)"),
            ("[二]({% post_url 2024-05-07-two %})", "[二](2024-05-07-two.md)"),
            ("{: .note}\n注意。{:toc}", "\n注意。"),
            ("{% asset_img a.png 老桥 %}", "![老桥](<a.png>)"),
            ("{% img left /i/a.png 300 200 老桥 %}", "![老桥](</i/a.png>)"),
            ("{% highlight ruby %}\nx\n{% endhighlight %}", "\n```ruby\n\nx\n\n```\n"),
            ("![]({{ site.url }}/a.png)", "![](/a.png)"),
        ] {
            assert_eq!(expand(text), expected, "{text}");
        }
    }

    #[test]
    fn of_others_the_text_inside_stays() {
        assert_eq!(expand("{{% notice tip %}}小心。{{% /notice %}}"), "小心。");
        assert_eq!(expand("{% note info %}\n小心。\n{% endnote %}"), "\n小心。\n");
    }

    #[test]
    fn comments_are_for_nobody() {
        for text in ["{% comment %}密{% endcomment %}", "{{< comment >}}密{{< /comment >}}", "{{/* 密 */}}", "{# 密 #}", "{::comment}密{:/comment}"]
        {
            assert_eq!(expand(&format!("前{text}后")), "前后", "{text}");
        }
        assert_eq!(expand("{# 未闭合"), "{# 未闭合");
    }

    #[test]
    fn what_is_no_mark_stays_as_it_is() {
        for text in [
            "`{{< x >}}`",
            "```\n{% raw %}\n```\n",
            "{{ message }}",
            "{:ok, result}",
            "{{</* x */>}}",
            "100{%",
            "{% 1 %}",
            "{{< 未闭合",
            "~~~\n{{< x >}}",
        ] {
            assert_eq!(expand(text), text);
        }
    }
}
