//! Tests of `sanitise`: tables of cases, and laws for any input.

use super::*;

const BASE: &str = "https://example.org/文章/一/";
const AT: &str = "https://example.org/%E6%96%87%E7%AB%A0/%E4%B8%80/";

#[test]
fn what_comes_in_and_what_goes_out() {
    let at = |html: &str| html.replace("{}", AT);
    for (html, expected) in [
        ("<p>好</p>", "<p>好</p>"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("<a href='#注'>x</a>", "<a href=\"{}#%E6%B3%A8\">x</a>"),
        ("<a href=../b onclick=x style=y>z</a>", "<a href=\"https://example.org/%E6%96%87%E7%AB%A0/b\">z</a>"),
        ("<a href='javascript:alert(1)'>x</a>", "<a>x</a>"),
        ("<a href='java&Tab;script:alert(1)'>x</a>", "<a>x</a>"),
        ("<img src=a.png alt='图 \"一\"' class=big width=640>", "<img src=\"{}a.png\" alt=\"图 &quot;一&quot;\" width=\"640\">"),
        ("<img src='data:image/gif;base64,R0' data-src='a b.png'>", "<img src=\"{}a%20b.png\">"),
        ("<img src=x.gif width=1 height=1>", ""),
        ("<img alt=x>", ""),
        (
            "<img src=a.png srcset='a.png 1x, /b.png 2x, javascript:x 3x'>",
            "<img src=\"{}a.png\" srcset=\"{}a.png 1x, https://example.org/b.png 2x\">",
        ),
        ("<script>alert('<p>')</script>好", "好"),
        ("<SCRIPT>x</script >y<style>p{}</style>z", "yz"),
        ("<!-- c -->x<!-- never", "x"),
        ("<svg><title>t</title><path d=x></path></svg>y", "y"),
        ("<noscript><img src=a.png></noscript>x", "x"),
        ("<form><input type=text><button>go</button><label>名</label></form>", "名"),
        ("<ul><li><input type=checkbox checked disabled> 一</li><li><input type='checkbox'> 二</li></ul>", "<ul><li>☑ 一</li><li>☐ 二</li></ul>"),
        ("<iframe src='//v.example.com/x' title='视频'></iframe>", "<a href=\"https://v.example.com/x\">视频</a>"),
        ("<embed src=/a.swf>", "<a href=\"https://example.org/a.swf\">https://example.org/a.swf</a>"),
        ("<object data=/a.pdf><p>说明</p></object>", "<a href=\"https://example.org/a.pdf\">https://example.org/a.pdf</a><p>说明</p>"),
        (
            "<video src=v.mp4 poster=p.png controls autoplay>旧</video>",
            "<video src=\"{}v.mp4\" poster=\"{}p.png\">旧</video><a href=\"{}v.mp4\">{}v.mp4</a>",
        ),
        (
            "<audio controls><source src=a.mp3 type=audio/mpeg></audio>",
            "<audio><source src=\"{}a.mp3\" type=\"audio/mpeg\"></audio><a href=\"{}a.mp3\">{}a.mp3</a>",
        ),
        ("<math><semantics><mi>E</mi><annotation encoding='application/x-tex'>E=mc^2</annotation></semantics></math>", "E=mc^2"),
        ("<math><mi>a</mi><mo>&lt;</mo><mi>b</mi></math>", "a&lt;b"),
        ("<pre><code class='language-rust hl'>fn</code></pre>", "<pre><code class=\"language-rust\">fn</code></pre>"),
        ("<p role=note aria-label=x data-x=1 class=y>z</p>", "<p>z</p>"),
        ("<my-card><b>一</b></my-card>", "<b>一</b>"),
        ("<a href=/x>一<a href=/y>二</a></a>", "<a href=\"https://example.org/x\">一</a><a href=\"https://example.org/y\">二</a>"),
        ("<p>一<p>二<div>三", "<p>一</p><p>二</p><div>三</div>"),
        ("<b><p>粗</b>细", "<b></b><p><b>粗</b>细</p>"),
        ("<object><p>a<object><p>b", "<p>a</p><p>b</p>"),
        ("<table><tr><td>1<td>2</table>", "<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"),
        ("<blockquote cite=/q>引</blockquote>", "<blockquote cite=\"https://example.org/q\">引</blockquote>"),
        ("a&#8;b\u{8}c&#xFFFE;", "abc"),
        ("<textarea><p>x</p></textarea>y<title>t", "yt"),
        ("<html><head><title>t</title></head><body><h1>标</h1></body></html>", "<h1>标</h1>"),
        ("<section class='footnotes x'>n</section>", "<section class=\"footnotes\">n</section>"),
        ("<p title=\"a'b&quot;c\">x", "<p title=\"a'b&quot;c\">x</p>"),
        ("", ""),
    ] {
        let once = sanitise(html, Some(BASE)).html;
        assert_eq!(once, at(expected), "{html}");
        assert_eq!(sanitise(&once, Some(BASE)).html, once, "stable: {html}");
    }
}

#[test]
fn without_a_base_relative_urls_go() {
    let out = sanitise("<a href=x>x</a><img src=a.png><a href='https://a.example/'>y</a><a href=//b.example/>z</a>", None);
    assert_eq!(out.html, "<a>x</a><a href=\"https://a.example/\">y</a><a href=\"https://b.example/\">z</a>");
    assert_eq!(out.dropped_urls, Vec::<String>::new());
}

#[test]
fn dropped_urls_are_told() {
    let out = sanitise("<a href='javascript:x'>x</a><a href='javascript:x'>y</a><img src='http://a b/'>", Some(BASE));
    assert_eq!(out.dropped_urls, ["javascript:x", "http://a b/"]);
}

#[test]
fn hostile_input_takes_linear_time_and_little_stack() {
    let n = 30_000;
    for html in [
        "<div>".repeat(100_000),
        "<b>".repeat(n),
        "<span><p>".repeat(n),
        "<a href=x><p>".repeat(n),
        "<div><font color=1></div>".repeat(n),
        "<b title=x><i title=y><p>x".repeat(n),
        "<table><tr><td>".repeat(n),
        "<table><td><div></table>".repeat(n),
        "<svg>".repeat(n),
        "<title>".repeat(n),
        "<math>".repeat(n),
        "<iframe>".repeat(n),
        "<!--".repeat(n),
        "<a ".repeat(n),
        "<".repeat(n),
        "</".repeat(n),
        "&".repeat(n),
        "<li><ul>".repeat(n),
        "<ruby><rt>".repeat(n),
        format!("<p {}>", "a=b ".repeat(n)),
        format!("<img srcset='{}'>", "a, ".repeat(n)),
    ] {
        let out = sanitise(&html, Some("https://example.org/"));
        assert!(out.html.len() <= html.len() * 40 + 10_000, "{} became {}", html.len(), out.html.len());
    }
}
