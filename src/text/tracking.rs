//! What only tells somebody who reads: counters in the shape of pictures, and parameters that say where a visitor came from.
//!
//! In: an absolute address, or HTML that [`super::sanitise`] made. Out: the same without them; borrowed when there is nothing to take
//! out. Never changes what an address leads to, never touches anything else. Tables: what the feeds of the field hold.

use super::markup::{Token, Tokens, decode, escape, raw_attributes};
use std::borrow::Cow;

/// Query parameters that say where a visitor came from; `utm_…` are the others. In lower case.
const PARAMETERS: &[&str] = &[
    "_hsenc",
    "_hsmi",
    "at_campaign",
    "at_medium",
    "cmpid",
    "dclid",
    "fbclid",
    "from_wecom",
    "gbraid",
    "gclid",
    "gclsrc",
    "hmci",
    "hmcu",
    "hmkw",
    "hmpl",
    "hmsr",
    "igsh",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "oly_anon_id",
    "oly_enc_id",
    "ref_src",
    "share_from",
    "share_source",
    "share_token",
    "spm",
    "spm_id_from",
    "twclid",
    "vd_source",
    "vero_id",
    "wbraid",
    "weibo_id",
    "wt.mc_id",
    "yclid",
];

/// Hosts, with all below them, whose pictures count readers or advertise.
const HOSTS: &[&str] = &[
    "ad.doubleclick.net",
    "ads.pheedo.com",
    "analytics.feedpress.it",
    "b.scorecardresearch.com",
    "c.statcounter.com",
    "da.feedsportal.com",
    "doubleclick.net",
    "feedads.g.doubleclick.net",
    "feedsportal.com",
    "google-analytics.com",
    "googleadservices.com",
    "hits.dwyl.com",
    "hm.baidu.com",
    "mf.feeds.reuters.com",
    "pi.feedsportal.com",
    "pixel.quantserve.com",
    "pixel.wp.com",
    "rss.buysellads.com",
    "sb.scorecardresearch.com",
    "stats.wordpress.com",
    "tracker.feedburner.com",
    "tracking.feedpress.it",
];

/// Hosts (with all below them) and what a path there begins with, when only that counts readers.
const PATHS: &[(&str, &str)] = &[
    ("api.follow.it", "/track-rss-story-loaded"),
    ("feeds.feedburner.com", "/~ff/"),
    ("feeds.feedburner.com", "/~r/"),
    ("feedproxy.google.com", "/~r/"),
    ("medium.com", "/_/stat"),
    ("rss.art19.com", "/pixel"),
];

/// Names of files that are counters, wherever they lie.
const FILES: &[&str] = &["pixel.gif", "pixel.png", "tracking-pixel.gif", "tracker.gif", "count.gif", "1x1.gif", "1x1.png", "open.gif", "beacon.gif"];

/// Whether a query parameter of this name says only where a visitor came from.
pub fn is_parameter(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("utm_") || PARAMETERS.binary_search(&name.as_str()).is_ok()
}

/// The address without such parameters; all else of it stays as it is written.
pub fn without_parameters(address: &str) -> Cow<'_, str> {
    let (rest, fragment) = address.find('#').and_then(|at| address.split_at_checked(at)).unwrap_or((address, ""));
    let Some((page, query)) = rest.split_once('?') else { return Cow::Borrowed(address) };
    let name = |part: &str| part.split('=').next().unwrap_or_default().to_owned();
    if !query.split('&').any(|part| is_parameter(&name(part))) {
        return Cow::Borrowed(address);
    }
    let kept: Vec<&str> = query.split('&').filter(|part| !is_parameter(&name(part))).collect();
    let mark = if kept.is_empty() { "" } else { "?" };
    Cow::Owned(format!("{page}{mark}{}{fragment}", kept.join("&")))
}

/// Whether a picture at this absolute address is there to count readers, or to advertise, and not to be seen.
pub fn is_counter(address: &str) -> bool {
    let lower = address.trim().to_ascii_lowercase();
    let rest = lower.split_once("://").map_or(lower.trim_start_matches("//"), |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let host = host.split(':').next().unwrap_or(host);
    let is = |known: &str| host == known || host.strip_suffix(known).is_some_and(|before| before.ends_with('.'));
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let file = path.rsplit('/').next().unwrap_or_default();
    HOSTS.iter().any(|known| is(known))
        || PATHS.iter().any(|(known, start)| is(known) && path.starts_with(start))
        // A picture of that name may be one; with something to report behind it, it is none.
        || FILES.contains(&file) && !query.is_empty()
        || path.contains("/feedads/")
}

/// Sanitised HTML without counters, and with links that do not say where a reader came from. A link around nothing but a counter goes
/// with it.
pub fn strip(html: &str) -> Cow<'_, str> {
    let mut out = String::new();
    // What comes before is in `out` already.
    let mut copied = 0;
    // Where in `out` the link begins around nothing so far but a counter.
    let mut link: Option<Link> = None;
    let mut tokens = Tokens::new(html);
    loop {
        let start = html.len() - tokens.left();
        let Some(token) = tokens.next() else { break };
        let end = html.len() - tokens.left();
        match token {
            Token::Open { name, attributes } if name == "img" => {
                let source = raw_attributes(attributes).find(|attribute| attribute.name == "src").map(|attribute| decode(attribute.value));
                if source.is_some_and(|source| is_counter(&source)) {
                    out.push_str(html.get(copied..start).unwrap_or_default());
                    copied = end;
                    link = link.map(|link| Link { had_counter: true, ..link });
                } else {
                    link = None;
                }
            }
            Token::Open { name, attributes } => {
                let before = end.saturating_sub(attributes.len() + 1);
                let mut begins = out.len() + start.saturating_sub(copied);
                for attribute in raw_attributes(attributes).filter(|attribute| attribute.name == "href") {
                    let value = decode(attribute.value);
                    let Cow::Owned(better) = without_parameters(&value) else { continue };
                    let at = before + attribute.at;
                    out.push_str(html.get(copied..start).unwrap_or_default());
                    begins = out.len();
                    out.push_str(html.get(start..at).unwrap_or_default());
                    escape(&mut out, &better);
                    copied = at + attribute.value.len();
                }
                link = (name == "a").then_some(Link { begins, had_counter: false });
            }
            Token::Close(name) => {
                if let Some(empty) = link.take().filter(|link| name == "a" && link.had_counter) {
                    out.push_str(html.get(copied..start).unwrap_or_default());
                    out.truncate(empty.begins);
                    copied = end;
                }
            }
            Token::Text(text) if text.trim().is_empty() => {}
            Token::Text(_) => link = None,
        }
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(html.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

/// A link that is open and holds nothing that can be seen.
#[derive(Clone, Copy)]
struct Link {
    /// Where it begins in what is written.
    begins: usize,
    /// Whether a counter was taken out of it.
    had_counter: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_in_lower_case() {
        assert!(PARAMETERS.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(PARAMETERS.iter().chain(HOSTS).chain(FILES).all(|name| name.to_ascii_lowercase() == **name));
    }

    #[test]
    fn parameters_go_and_the_rest_stays_as_it_is_written() {
        for (address, expected) in [
            ("https://e.cn/a?utm_source=rss&b=%e4%b8%80#c", "https://e.cn/a?b=%e4%b8%80#c"),
            ("https://e.cn/a?UTM_Source=rss&fbclid=x", "https://e.cn/a"),
            ("https://e.cn/a?spm=1.2&id=3&spm=4", "https://e.cn/a?id=3"),
            ("https://e.cn/a?gclid=1#utm_source=x", "https://e.cn/a#utm_source=x"),
        ] {
            assert_eq!(without_parameters(address), expected, "{address}");
        }
        for same in ["https://e.cn/a", "https://e.cn/?p=1&from=2&source=3", "https://e.cn/utm_source=1", "mailto:a@e.cn?subject=x", "?", ""] {
            assert!(matches!(without_parameters(same), Cow::Borrowed(_)), "{same}");
        }
    }

    #[test]
    fn counters_are_known_and_pictures_are_not() {
        for counter in [
            "http://feeds.feedburner.com/~r/x/~4/abc",
            "http://feeds.feedburner.com/~ff/x?i=1",
            "https://stats.wordpress.com/b.gif?host=x",
            "https://pixel.wp.com/b.gif",
            "//ad.doubleclick.net/x",
            "https://x.feedsportal.com/c/1/mf.gif",
            "https://mf.feeds.reuters.com/c/1",
            "http://rss.buysellads.com/img.php?z=1",
            "https://e.cn/pixel.gif?id=1",
            "https://user:pass@PIXEL.wp.com:443/b.gif",
            "https://medium.com/_/stat?event=post.clientViewed",
        ] {
            assert!(is_counter(counter), "{counter}");
        }
        for picture in [
            "https://e.cn/a.png",
            "https://e.cn/art/pixel.gif",
            "https://notdoubleclick.net/a.png",
            "https://doubleclick.net.e.cn/a.png",
            "https://feeds.feedburner.com/logo.png",
            "https://i0.wp.com/e.cn/a.png",
            "",
        ] {
            assert!(!is_counter(picture), "{picture}");
        }
    }

    #[test]
    fn bodies_lose_counters_and_parameters_alone() {
        let counter = "<img src=\"https://pixel.wp.com/b.gif?x=1&amp;y=2\" alt=\"\">";
        for (html, expected) in [
            (format!("<p>文{counter}字</p>"), "<p>文字</p>"),
            (format!("<p>文<a href=\"https://e.cn/?utm_source=x\">{counter}</a>字</p>"), "<p>文字</p>"),
            (format!("<a href=\"https://e.cn/\"> {counter} </a>"), ""),
            (format!("<a href=\"https://e.cn/?utm_a=1\">{counter}看</a>"), "<a href=\"https://e.cn/\">看</a>"),
            (
                "<a href=\"https://e.cn/?a=1&amp;utm_source=x&amp;b=2\" title=\"?utm_source=x\">x</a>".to_owned(),
                "<a href=\"https://e.cn/?a=1&amp;b=2\" title=\"?utm_source=x\">x</a>",
            ),
            (
                "<a href=\"https://e.cn/?utm_b=1\">一</a><a href=\"https://e.cn/?utm_b=1\">二</a>".to_owned(),
                "<a href=\"https://e.cn/\">一</a><a href=\"https://e.cn/\">二</a>",
            ),
        ] {
            assert_eq!(strip(&html), expected, "{html}");
        }
        for same in ["", "文", "<p>a</p>", "<img src=\"https://e.cn/a.png\">", "<a href=\"https://e.cn/\"></a>", "<a>x</a>"] {
            assert!(matches!(strip(same), Cow::Borrowed(_)), "{same}");
        }
    }
}
