//! Tests of `summary`: tables of cases, and laws for any input.

use super::*;

fn cut_at(n: usize) -> Limits {
    Limits { target: n, max: n, words: n }
}

fn count(text: &str) -> usize {
    unicode_segmentation::UnicodeSegmentation::graphemes(text, true).count()
}

fn zh() -> Option<Language> {
    Language::parse("zh-CN")
}

#[test]
fn lede_credits_setext() {
    let html = "<p><img src=\"https://a/1\" alt=\"图片\"></p><blockquote><p>老城的早市又回来了。</p></blockquote><p><strong>文｜周小满</strong></p><p><strong>编辑｜何田</strong></p><h1>开门</h1><p>清晨五点，菜农推着三轮车进了巷子。豆腐脑还冒着热气，熟客已经排到了拐角。</p>";
    for language in [zh(), None] {
        let long = derive(html, language.as_ref(), &cut_at(50)).unwrap();
        assert_eq!(
            (long.as_str(), count(&long)),
            ("老城的早市又回来了。清晨五点，菜农推着三轮车进了巷子。豆腐脑还冒着热气，熟客已经排到了拐角。", 46)
        );
        let short = derive(html, language.as_ref(), &cut_at(30)).unwrap();
        assert_eq!((short.as_str(), count(&short)), ("老城的早市又回来了。清晨五点，菜农推着三轮车进了巷子。", 27));
    }
}

#[test]
fn soft_breaks() {
    let html = "<p>山里的信号很弱，\n但邮差每天都来。\nWi-Fi 覆盖后，\n孩子们第一次上了 Python\n课，老师姓\n林。</p>";
    let expected = "山里的信号很弱，但邮差每天都来。Wi-Fi 覆盖后，孩子们第一次上了 Python 课，老师姓林。";
    assert_eq!(derive(html, zh().as_ref(), &cut_at(60)).as_deref(), Some(expected));
}

const LIBRARY: &str = "<p><img src=\"https://a/1\" alt=\"图片\"></p><blockquote><p>河边新建的图书馆今天开门。</p></blockquote><p><strong>文｜赵一</strong></p><p>读者可以借走五本书，也可以坐在窗边看船。</p>";

#[test]
fn machine_cut() {
    assert!(is_machine_cut("河边新建的图书馆今天开门。文｜赵一 读者可以借走五本书，也可以...", LIBRARY));
    let derived = derive(LIBRARY, zh().as_ref(), &cut_at(60)).unwrap();
    assert_eq!((derived.as_str(), count(&derived)), ("河边新建的图书馆今天开门。读者可以借走五本书，也可以坐在窗边看船。", 33));
}

#[test]
fn what_is_and_is_not_a_machine_cut() {
    for (value, expected) in [
        ("河边新建的图书馆今天开门。文｜赵一 读者可以借走五本书…", true),
        ("河边新建的图书馆今天开门。文｜赵一读者可以[&hellip;]", true),
        ("河边新建的图书馆今天开门。文｜赵一读者可以借走……", true),
        ("河边新建的图书馆今天开门。文｜赵一读者可以借走。。。", true),
        ("河边新建的图书馆今天开门。文｜赵一读者可以借走 [...]", true),
        ("河边新建的图书馆今天开门。文｜赵一读者可以借走", false),
        ("河边新建的图书馆...", false),
        ("他推开门，屋里空无一人，窗户开着，灯也还亮着……", false),
        ("...", false),
        ("", false),
    ] {
        assert_eq!(is_machine_cut(value, LIBRARY), expected, "{value}");
    }
    assert!(!is_machine_cut("他推开门，屋里空无一人……", "<p>那年冬天雪下得早。</p>"));
    // Emphasis that nothing closes stays in the text as marks; who cut the summary took it off.
    assert!(is_machine_cut(
        "河边新建的图书馆今天开门，读者可以借走五本书...",
        "<p>**河边新建的图书馆今天开门，读者可以借走五本书，也可以坐着看船。</p>"
    ));
    let longer = "河边新建的图书馆今天开门。文｜赵一读者可以借走五本书，也可以坐在窗边看船。还有更多的话要说...";
    assert!(!is_machine_cut(longer, LIBRARY));
}

#[test]
fn a_summary_that_is_the_body() {
    assert!(repeats_body("一句话。 两句话。", "<p>一句话。</p>\n<p>两句<b>话</b>。</p>"));
    assert!(!repeats_body("一句话。", "<p>一句话。</p><p>两句话。</p>"));
    assert!(!repeats_body("", ""));
}

#[test]
fn closing_quotes_and_decimals() {
    let text = "“涨了4.5%。”店主说，“比去年好。”隔壁还在排队，队伍一直排到街角！";
    let html = format!("<p>{text}</p>");
    let short = derive(&html, zh().as_ref(), &cut_at(21)).unwrap();
    assert_eq!((short.as_str(), count(&short)), ("“涨了4.5%。”店主说，“比去年好。”", 20));
    assert_eq!(derive(&html, zh().as_ref(), &cut_at(60)).as_deref(), Some(text));
    assert_eq!(count(text), 36);
}

#[test]
fn one_long_sentence() {
    let html = "<p>这份《沿海渡轮时刻表（夏季版）》列出了从早到晚四十二班船，其中包括面向骑行者的慢船、面向学生的早班船以及节假日加开的夜航船</p>";
    let cut = derive(html, zh().as_ref(), &cut_at(32)).unwrap();
    assert_eq!((cut.as_str(), count(&cut)), ("这份《沿海渡轮时刻表（夏季版）》列出了从早到晚四十二班船……", 30));
}

/// Everything that is not the article goes, whatever stands around it.
#[test]
fn noise_goes() {
    const STORY: &str = "码头今天重新开放。第一班船坐满了人。";
    let paragraph = format!("<p>{STORY}</p>");
    for noise in [
        "<p>文｜林一</p>",
        "<p>文|林一</p>",
        "<p>文丨林一</p>",
        "<p>文／林一</p>",
        "<p>文 / 林一</p>",
        "<p>作者：林一</p>",
        "<p>作者丨林一</p>",
        "<p><strong>编辑：</strong> 林一</p>",
        "<p>责编 | 林一</p>",
        "<p>责任编辑：林一</p>",
        "<p>记者 林一</p>",
        "<p>本报记者 林一 何二</p>",
        "<p>来源｜河边日报</p>",
        "<p>头图来源｜视觉中国</p>",
        "<p>图源：网络</p>",
        "<p>出品 | 河边工作室</p>",
        "<p>（文/林一）</p>",
        "<p>【来源：河边日报】</p>",
        "<p>林一/文</p>",
        "<p>文｜《河边日报》记者 林一<br>编辑｜何二</p>",
        "<p>文｜林一\n编辑｜何二</p>",
        "<p>撰文 &amp; 摄影：林一</p>",
        "<p>翻译：林一 校对：何二</p>",
        "<p>By Ann Lee</p>",
        "<p>Translator: Ann Lee</p>",
        "<p>編輯：林一</p>",
        "<p>2025年2月14日 10:11</p>",
        "<p>发布时间：2025-02-14</p>",
        "<h1>码头</h1>",
        "<h3>一、背景。</h3>",
        "<p><strong>一、背景</strong></p>",
        "<pre><code>let x = 1;</code></pre>",
        "<table><tbody><tr><td>班次。</td></tr></tbody></table>",
        "<hr>",
        "<p><img src=\"https://a/1\" alt=\"图片。\"></p>",
        "<p><img src=\"https://a/1\">来源：视觉中国</p>",
        "<p><img src=\"https://a/1\">摄影：林一</p>",
        "<p><img src=\"https://a/1\"></p><p>▲图为码头</p>",
        "<p><img src=\"https://a/1\"></p><p>码头的清晨</p>",
        "<p>△ 码头旧照</p>",
        "<p>图1 码头平面图</p>",
        "<figure><img src=\"https://a/1\"><figcaption>码头的清晨。</figcaption></figure>",
        "<p>{{&lt; figure src=\"x.png\" &gt;}}</p>",
        "<p>{{% notice %}}</p>",
        "<p>{% raw %}</p>",
        "<p>[[TOC]]</p>",
        "<p>[TOC]</p>",
        "<p>{: .note}</p>",
        "<p>@[toc](目录)</p>",
        "<p><a href=\"https://a/\">旧文：码头的历史</a></p>",
        "<p>https://a.example/x?y=1</p>",
        "<ul><li>班次</li><li>票价</li></ul>",
        "<p>本文首发于河边日报，转载请注明出处。</p>",
        "<p>原文链接：<a href=\"https://a/\">这里</a></p>",
        "<p>欢迎关注公众号：河边。</p>",
        "<p>码头简介</p>",
    ] {
        assert_eq!(derive(&format!("{noise}{paragraph}"), zh().as_ref(), &Limits::default()).as_deref(), Some(STORY), "before: {noise}");
        assert_eq!(derive(&format!("{paragraph}{noise}"), zh().as_ref(), &Limits::default()).as_deref(), Some(STORY), "after: {noise}");
    }
}

#[test]
fn bodies_of_all_kinds() {
    for (html, limit, expected) in [
        // What stays.
        ("<p>编者按：码头重开。</p>", 60, "码头重开。"),
        ("<p>【导读】码头重开。</p>", 60, "码头重开。"),
        ("<p>码头<strong>重</strong>开，<a href=\"https://a/\">船票</a>紧张。</p>", 60, "码头重开，船票紧张。"),
        ("<p>来源于河流的电力，今年翻了一番。居民很高兴。</p>", 60, "来源于河流的电力，今年翻了一番。居民很高兴。"),
        ("<p>文化节今天开幕：一共三天。</p>", 60, "文化节今天开幕：一共三天。"),
        ("<p>读<code>main.rs</code>即可。</p>", 60, "读main.rs即可。"),
        (
            "<p>有注<sup class=\"footnote-ref\"><a href=\"https://a/#fn-1\">1</a></sup>。</p><section class=\"footnotes\"><ol><li id=\"fn-1\">注文。</li></ol></section>",
            60,
            "有注。",
        ),
        ("<p>遗失的注[^3]。</p>", 60, "遗失的注。"),
        // Tails.
        ("<p>码头重开。</p><p>参考资料：</p><p>《码头志》，河边出版社，第三版。</p>", 60, "码头重开。"),
        ("<p>码头重开。</p><h2>References</h2><p>A book. Another book.</p>", 60, "码头重开。"),
        ("<p>码头重开。</p><h2>延伸阅读</h2><p>更多的文章在这里。</p>", 60, "码头重开。"),
        // Later quotations are not the lede; what introduces something hidden goes with it.
        ("<p>码头重开。</p><blockquote><p>旧话一句。</p></blockquote><p>船来了。</p>", 60, "码头重开。船来了。"),
        ("<p>码头重开。班次如下：</p><ul><li>早班</li></ul><p>船来了。</p>", 60, "码头重开。船来了。"),
        ("<p>他说：</p><p>“船来了。”</p>", 60, "他说：“船来了。”"),
        // Only lists, only headings, only a quotation, nothing.
        ("<ul><li>第一项有一句话。</li><li>第二项也有。</li></ul>", 60, "第一项有一句话。第二项也有。"),
        ("<h1>码头</h1><h2>重开</h2>", 60, "码头 重开"),
        ("<blockquote><p>只有引文。</p></blockquote>", 60, "只有引文。"),
        ("<table><tbody><tr><td>甲</td><td>乙</td></tr></tbody></table>", 60, "甲 乙"),
        ("<p>作者：林一</p>", 60, ""),
        ("<p><img src=\"https://a/1\"></p>", 60, ""),
        ("", 60, ""),
        // Where sentences end.
        ("<p>他走了……天黑了。</p>", 7, "他走了……"),
        ("<p>真的吗？！他不信。</p>", 6, "真的吗？！"),
        ("<p>版本 1.2.3 已经发布。请升级。</p>", 16, "版本 1.2.3 已经发布。"),
        ("<p>见 https://a.example/?q=1 的说明。再说。</p>", 30, "见 https://a.example/?q=1 的说明。"),
        ("<p>他读了《谁动了奶酪？》这本书。很好。</p>", 16, "他读了《谁动了奶酪？》这本书。"),
        // Where a sentence is cut.
        ("<p>河水涨了又落，码头的灯亮了整整一夜没有人睡</p>", 12, "河水涨了又落……"),
        ("<p>一家人👨‍👩‍👧‍👦在码头等了很久很久也没有等到船</p>", 8, "一家人👨‍👩‍👧‍👦在码……"),
        ("<p>今年码头运送了旅客 350 万人次比去年多了不少</p>", 14, "今年码头运送了旅客……"),
        ("<p>他们用 Kubernetes 部署了全部的服务没有停机</p>", 12, "他们用……"),
        ("<p>他想了很久——然后什么也没有说就走出了门</p>", 9, "他想了很久……"),
        ("<p>“一直走，不要回头，也不要停下来等任何人”</p>", 13, "“一直走，不要回头……”"),
        // Other scripts and languages.
        ("<p>碼頭今天重開。第一班船坐滿了人。</p>", 10, "碼頭今天重開。"),
        ("<p>港は今日から開きます。船が来ました。</p>", 12, "港は今日から開きます。"),
        ("<p>The pier is open again. The first boat was full. People waited.</p>", 10, "The pier is open again. The first boat was full."),
        ("<p>It costs 3.50 dollars, says Mr. Lee. Nobody minds.</p>", 8, "It costs 3.50 dollars, says Mr. Lee."),
        ("<p>The pier which had been closed for seven long years, is now open</p>", 10, "The pier which had been closed for seven long years…"),
        ("<p>one\ntwo three.</p><p>Four five six seven.</p>", 20, "one two three. Four five six seven."),
        ("<p>** 码头重开。** 船来了。</p>", 60, "码头重开。 船来了。"),
    ] {
        assert_eq!(derive(html, None, &cut_at(limit)).unwrap_or_default(), expected, "{html}");
    }
}

#[test]
fn limits_by_default() {
    let sentence = "码头今天重新开放第一班船坐满了人大家都很高兴。";
    let html = format!("<p>{}</p>", sentence.repeat(20));
    assert_eq!(derive(&html, zh().as_ref(), &Limits::default()).unwrap(), sentence.repeat(5));
    // One long sentence after a short one may go beyond the target, never beyond the greatest length.
    let long = format!("{}。", "很长的一句话没有停顿".repeat(15));
    let found = derive(&format!("<p>短句在前。{long}</p>"), zh().as_ref(), &Limits::default()).unwrap();
    assert_eq!(count(&found), 5 + 151);
    let longer = format!("{}。", "很长的一句话没有停顿".repeat(40));
    let found = derive(&format!("<p>{longer}</p>"), zh().as_ref(), &Limits::default()).unwrap();
    assert!(count(&found) <= 200 && found.ends_with("……"));
    let words = derive(&format!("<p>{}</p>", "One two three four five. ".repeat(30)), None, &Limits::default()).unwrap();
    assert_eq!(words.split_whitespace().count(), 55);
}

#[test]
fn given_texts_are_shortened_only_when_too_long() {
    let limits = cut_at(12);
    assert_eq!(shorten("码头重开。", None, &limits), "码头重开。");
    assert_eq!(shorten("码头重开了。第一班船坐满了人。", None, &limits), "码头重开了。");
    assert_eq!(shorten("", None, &limits), "");
    assert_eq!(shorten("one two", None, &limits), "one two");
}

#[test]
fn hostile_bodies_take_linear_time() {
    for html in [
        "“".repeat(300_000),
        "!\"".repeat(300_000),
        "（。".repeat(300_000),
        "{{<".repeat(100_000),
        "[^".repeat(200_000),
        "<p>：</p>".repeat(50_000),
        "a".repeat(500_000),
    ] {
        let found = derive(&html, None, &Limits::default()).unwrap_or_default();
        assert!(found.len() < 500_010);
    }
}
