//! What came from somebody else, made fit to stand beside our own.
//!
//! In: a stored entry, in which every field is hostile, and the head that it got. Out: the entry as it is published: bodies sanitised,
//! titles and names plain text on one line, addresses of the web only, without counters. What is refused is dropped, and nothing else with
//! it. Extensions are all dropped: their namespaces may hold markup, addresses and scripts that nobody here can judge. The store
//! is not changed.

use super::list::Source;
use crate::format::is_uri;
use crate::model::{Category, Entry, Head, Id, Link, Media, Origin, Person, Rel, Role, Text, TextKind};
use crate::text::hygiene::{clean, one_line, without_turns};
use crate::text::plain::{first_image, readable, to_html, to_plain};
use crate::text::sanitise::sanitise;
use crate::text::summary::{Limits, is_machine_cut, of_body, repeats_body, shorten};
use crate::text::tracking::{is_counter, strip, without_parameters};
use crate::text::url::{absolute, is_web};

/// Nothing honest has more of these.
const MOST: usize = 100;
/// Characters of a title, a name or a term; no honest one is longer.
const LONGEST_LINE: usize = 1000;

/// Schemes of ids that are kept as they are. Nobody follows an id, but programs show it as a link.
const ID_SCHEMES: &[&str] = &["at", "doi", "http", "https", "info", "ni", "oai", "tag", "urn", "uuid", "yt"];

/// Whether an id means the same everywhere, and is no address that anything happens at. The address of a page is one also where Han characters
/// stand in it as they are (RFC 3987), as in many feeds.
pub(super) fn is_id(id: &str) -> bool {
    let is_iri = || is_web(id) && !id.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c));
    (is_uri(id) || is_iri()) && id.split(':').next().is_some_and(|scheme| ID_SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()))
}

/// What is done with the entries of a source.
pub(super) struct Rules<'a> {
    pub(super) source: &'a Source,
    /// Whether counters and tracking parameters go.
    pub(super) strip_tracking: bool,
    pub(super) summary: &'a Limits,
}

/// The entry as it is published: identity, dates, language and origin as its head has them.
pub(super) fn entry(raw: &Entry, head: &Head, rules: &Rules<'_>) -> Entry {
    let mut entry = Entry::new(head.id.clone());
    entry.title = title(raw).map(Text::plain);
    entry.links = links(raw, rules.strip_tracking);
    let texts = texts(raw, head, rules);
    entry.media = media(raw, &texts.html, rules.strip_tracking);
    (entry.summary, entry.content) = (texts.summary, texts.content);
    entry.content_link = raw.content_link.as_ref().filter(|_| rules.source.full_body).and_then(|link| web_link(link, link.rel.clone()));
    (entry.published, entry.updated) = (head.published, head.updated);
    entry.authors = raw.authors.iter().filter_map(person).take(MOST).collect();
    entry.categories = raw.categories.iter().filter_map(category).take(MOST).collect();
    entry.language.clone_from(&head.language);
    entry.origin.clone_from(&head.origin);
    entry
}

/// A text on one line that turns nothing around beside it; `None` when nothing is left.
pub(super) fn line(text: &str) -> Option<String> {
    let start: String = without_turns(text).chars().take(LONGEST_LINE).collect();
    Some(one_line(&start)).filter(|line| !line.is_empty())
}

/// The title, as people read it.
pub(super) fn title(raw: &Entry) -> Option<String> {
    raw.title.as_ref().and_then(|title| line(&readable(title)))
}

/// An address of the web, in canonical form.
fn web(address: &str) -> Option<String> {
    absolute(address).ok().filter(|address| is_web(address))
}

/// The address of the entry's page: the first alternate one that is of the web.
pub(super) fn page(raw: &Entry, strip_tracking: bool) -> Option<String> {
    let found = raw.links.iter().filter(|link| link.rel == Rel::Alternate).find_map(|link| web(&link.href))?;
    Some(if strip_tracking { without_parameters(&found).into_owned() } else { found })
}

/// A link to the web, with what is known of it.
fn web_link(link: &Link, rel: Rel) -> Option<Link> {
    let mut out = Link::new(rel, web(&link.href)?);
    out.media_type = link.media_type.as_deref().and_then(line);
    out.title = link.title.as_deref().and_then(line);
    out.language.clone_from(&link.language);
    Some(out)
}

/// The links that mean the same wherever the entry is shown: its page, what it is related to, where it is from, its comments, its licence.
fn links(raw: &Entry, strip_tracking: bool) -> Vec<Link> {
    let keeps = |rel: &Rel| match rel {
        Rel::Alternate | Rel::Related | Rel::Via => true,
        Rel::Other(name) => matches!(name.as_str(), "replies" | "license"),
        _ => false,
    };
    let kept = raw.links.iter().filter(|link| keeps(&link.rel)).filter_map(|link| web_link(link, link.rel.clone()));
    let stripped = kept.map(|mut link| {
        if strip_tracking && link.rel == Rel::Alternate {
            link.href = without_parameters(&link.href).into_owned();
        }
        link
    });
    stripped.take(MOST).collect()
}

/// What an entry says.
struct Texts {
    summary: Option<Text>,
    content: Option<Text>,
    /// The body as HTML, also where it is not published.
    html: String,
}

/// Body and summary. A summary that is too long for one, or that has markup, and has no body beside it, is the body: RSS has one
/// element for both.
fn texts(raw: &Entry, head: &Head, rules: &Rules<'_>) -> Texts {
    let language = head.language.as_ref();
    let html = |text: Option<&Text>| text.map(|text| html(text, head.link.as_deref(), rules.strip_tracking)).unwrap_or_default();
    let mut body = html(raw.content.as_ref());
    let mut body_text = raw.content.as_ref();
    let summary_html = html(raw.summary.as_ref());
    let mut stated = Some(one_line(&to_plain(&summary_html))).filter(|text| !text.is_empty());
    if body.is_empty() {
        let is_markup = raw.summary.as_ref().is_some_and(|summary| summary.kind != TextKind::Plain) && summary_html.contains('<');
        let is_long = stated.as_deref().is_some_and(|text| shorten(text, language, rules.summary) != text);
        if is_markup || is_long {
            (body, body_text) = (summary_html, raw.summary.as_ref());
            stated = None;
        }
    }
    let own = stated.filter(|text| body.is_empty() || !(is_machine_cut(text, &body) || repeats_body(text, &body)));
    let own = own.map(|text| shorten(&text, language, rules.summary));
    let summary = own.or_else(|| of_body(&body, language, rules.summary));
    let shows_body = rules.source.full_body && !body.is_empty();
    // A summary that says the whole body again helps no reader.
    let summary = summary.filter(|text| !(shows_body && repeats_body(text, &body)));
    let content = body_text.filter(|_| shows_body).map(|text| match text.kind {
        TextKind::Plain => Text::plain(plain(&text.value)),
        TextKind::Html | TextKind::Xhtml => Text::html(body.clone()),
    });
    Texts { summary: summary.map(Text::plain), content, html: body }
}

/// Plain text of several lines.
fn plain(text: &str) -> String {
    without_turns(&clean(text)).trim().to_owned()
}

/// A text of any kind as HTML that is safe. Relative addresses are read against its base, else the entry's page.
fn html(text: &Text, page: Option<&str>, strip_tracking: bool) -> String {
    if text.kind == TextKind::Plain {
        return to_html(&plain(&text.value));
    }
    // What holds neither text nor anything to look at or to follow is empty, whatever its tags are.
    let shows = |html: &str| ["<img", "<a href", "<audio", "<video", "<table"].iter().any(|tag| html.contains(tag)) || !to_plain(html).is_empty();
    let base = text.base.as_deref().and_then(web);
    let safe = sanitise(&text.value, base.as_deref().or(page)).html;
    // References such as `&#8238;` are characters only now.
    let safe = without_turns(&safe);
    let safe = if strip_tracking { strip(&safe) } else { safe };
    let safe = safe.trim();
    if shows(safe) { safe.to_owned() } else { String::new() }
}

/// Files of the web. Where no thumbnail is among them, the first picture of the body stands for the entry; a counter never does.
fn media(raw: &Entry, body: &str, strip_tracking: bool) -> Vec<Media> {
    let is_point = |size: Option<u32>| size.is_some_and(|size| size <= 1);
    let one = |media: &Media| {
        let mut out = media.clone();
        out.url = web(&media.url)?;
        let counts = is_counter(&out.url) || is_point(media.width) || is_point(media.height);
        if counts && (strip_tracking || media.role == Role::Thumbnail) {
            return None;
        }
        out.media_type = media.media_type.as_deref().and_then(line);
        out.alt = media.alt.as_deref().and_then(line);
        Some(out)
    };
    let mut found: Vec<Media> = raw.media.iter().filter_map(one).take(MOST).collect();
    if found.iter().all(|media| media.role != Role::Thumbnail)
        && let Some(image) = first_image(&strip(body)).filter(|image| is_web(&image.src))
    {
        let mut thumbnail = Media::new(Role::Thumbnail, image.src);
        (thumbnail.width, thumbnail.height, thumbnail.alt) = (image.width, image.height, image.alt.as_deref().and_then(line));
        found.insert(0, thumbnail);
    }
    found
}

/// Somebody with a name; a mail address is nobody's business.
fn person(person: &Person) -> Option<Person> {
    let mut out = Person::new(line(&person.name)?);
    out.url = person.url.as_deref().and_then(web);
    Some(out)
}

/// A category with something to read.
pub(super) fn category(category: &Category) -> Option<Category> {
    let term = line(&category.term);
    let label = category.label.as_deref().and_then(line);
    let mut out = Category::new(term.or_else(|| label.clone())?);
    out.label = label;
    out.scheme = category.scheme.as_deref().and_then(web);
    Some(out)
}

/// A feed as the origin of its entries: what people read of it, and its addresses that are of the web.
pub(super) fn origin(raw: &Origin) -> Origin {
    let mut origin = Origin::new(raw.id.clone());
    origin.title = raw.title.as_deref().and_then(line);
    let keeps = |link: &&Link| matches!(link.rel, Rel::Alternate | Rel::Itself);
    origin.links = raw.links.iter().filter(keeps).filter_map(|link| web_link(link, link.rel.clone())).take(MOST).collect();
    // What is no URI is put into one where it must be one.
    if is_uri(raw.id.as_str()) && !is_id(raw.id.as_str()) {
        let instead = origin.links.first().map(|link| link.href.clone()).or_else(|| origin.title.clone());
        origin.id = Id::derived(instead.unwrap_or_default());
    }
    origin.language.clone_from(&raw.language);
    origin.rights = raw.rights.as_ref().and_then(|rights| line(&readable(rights))).map(Text::plain);
    origin
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    const PAGE: &str = "https://a.test/1/";

    /// What becomes of an entry of a source.
    fn cleaned(raw: &Entry, source: &Source) -> Entry {
        let mut head = Head::new(Id::opaque("x"), "s", 0);
        head.link = page(raw, true).map(Into::into);
        head.language = Language::parse("zh-CN");
        entry(raw, &head, &Rules { source, strip_tracking: true, summary: &Limits::default() })
    }

    fn raw(summary: Option<Text>, content: Option<Text>) -> Entry {
        let mut entry = Entry::new(Id::opaque("1"));
        entry.links.push(Link::new(Rel::Alternate, PAGE));
        (entry.summary, entry.content) = (summary, content);
        entry
    }

    fn values(entry: &Entry) -> (Option<&str>, Option<&str>) {
        let value = |text: &Option<Text>| -> Option<&'static str> { text.as_ref().map(|text| &*text.value.clone().leak()) };
        (value(&entry.summary), value(&entry.content))
    }

    #[test]
    fn summaries_and_bodies() {
        let long: String = "山里的早晨很安静，溪水从石头之间流过去。".repeat(20);
        let source = Source::new("https://a.test/feed");
        let first = "山里的早晨很安静，溪水从石头之间流过去。";
        let derived = first.repeat(6);
        for (summary, content, expected) in [
            // The feed's own.
            (Some(Text::plain("说明一句。")), Some(Text::html(format!("<p>{long}</p>"))), (Some("说明一句。"), Some(format!("<p>{long}</p>")))),
            // One that a machine cut off the body, and one that is the body.
            (
                Some(Text::html(format!("{first}{}[&hellip;]", "山里的早"))),
                Some(Text::html(format!("<p>{long}</p>"))),
                (Some(derived.as_str()), Some(format!("<p>{long}</p>"))),
            ),
            (
                Some(Text::html(format!("<p>{long}</p>"))),
                Some(Text::html(format!("<p>{long}</p>"))),
                (Some(&*derived), Some(format!("<p>{long}</p>"))),
            ),
            // RSS has one element for both.
            (Some(Text::html(format!("<p>{long}</p>"))), None, (Some(&*derived), Some(format!("<p>{long}</p>")))),
            (Some(Text::html("<p>短<a href=/x>文</a></p>")), None, (None, Some("<p>短<a href=\"https://a.test/x\">文</a></p>".to_owned()))),
            (Some(Text::html("只有一句话。")), None, (Some("只有一句话。"), None)),
            (Some(Text::plain("a < b & c")), None, (Some("a < b & c"), None)),
            (None, Some(Text::plain("一行\n<b>二行</b>")), (None, Some("一行\n<b>二行</b>".to_owned()))),
            (None, None, (None, None)),
            (Some(Text::html(" <p> </p> ")), Some(Text::html("")), (None, None)),
        ] {
            let raw = raw(summary, content);
            let entry = cleaned(&raw, &source);
            assert_eq!(values(&entry), (expected.0, expected.1.as_deref()), "{raw:?}");
        }
    }

    #[test]
    fn a_source_may_show_summaries_only() {
        let mut source = Source::new("https://a.test/feed");
        source.full_body = false;
        let entry = cleaned(&raw(None, Some(Text::html("<p>一句话。</p><img src=/a.png alt=图>"))), &source);
        assert_eq!(values(&entry), (Some("一句话。"), None));
        assert_eq!(entry.thumbnail().map(|media| media.url.as_str()), Some("https://a.test/a.png"));
    }

    #[test]
    fn relative_addresses_are_read_against_the_base_of_the_text() {
        let mut text = Text::html("<p>文</p><a href=b>b</a>");
        text.base = Some("https://b.test/x/".to_owned());
        let entry = cleaned(&raw(None, Some(text)), &Source::new("https://a.test/feed"));
        assert_eq!(values(&entry).1, Some("<p>文</p><a href=\"https://b.test/x/b\">b</a>"));
    }

    #[test]
    fn a_counter_is_no_picture() {
        let counter = "<img src=\"https://pixel.wp.com/b.gif?x\"><img src=x width=1><img src=\"/y\" style=\"display:none\">";
        let entry = cleaned(&raw(None, Some(Text::html(format!("{counter}<p>文</p><img src=/real.jpg>")))), &Source::new("https://a.test/feed"));
        assert_eq!(values(&entry).1, Some("<p>文</p><img src=\"https://a.test/real.jpg\">"));
        assert_eq!(entry.thumbnail().map(|media| media.url.as_str()), Some("https://a.test/real.jpg"));
        let mut with_thumbnail = raw(None, None);
        let mut point = Media::new(Role::Thumbnail, "https://a.test/p.gif");
        point.width = Some(1);
        with_thumbnail.media = vec![point, Media::new(Role::Thumbnail, "https://a.test/t.png")];
        let entry = cleaned(&with_thumbnail, &Source::new("https://a.test/feed"));
        assert_eq!(entry.media, [Media::new(Role::Thumbnail, "https://a.test/t.png")]);
    }

    #[test]
    fn the_page_loses_what_tracks_and_keeps_what_it_is() {
        let mut raw = raw(None, None);
        raw.links = vec![
            Link::new(Rel::Alternate, "javascript:alert(1)"),
            Link::new(Rel::Alternate, "file:///etc/passwd"),
            Link::new(Rel::Related, "intent://a.test/#Intent;scheme=tel;end"),
            Link::new(Rel::Alternate, "https://a.test/?p=1&utm_source=rss#x"),
            Link::new(Rel::Itself, "https://a.test/1.atom"),
            Link::new(Rel::Other("replies".to_owned()), "https://a.test/1/comments"),
            Link::new(Rel::Other("edit".to_owned()), "https://a.test/1/edit"),
        ];
        raw.media = vec![Media::new(Role::Enclosure, "ftp://a.test/1.mp3"), Media::new(Role::Thumbnail, "file:///etc/logo.png")];
        assert_eq!(cleaned(&raw, &Source::new("s")).media, []);
        let hrefs: Vec<String> = cleaned(&raw, &Source::new("s")).links.into_iter().map(|link| link.href).collect();
        assert_eq!(hrefs, ["https://a.test/?p=1#x", "https://a.test/1/comments"]);
    }
}
