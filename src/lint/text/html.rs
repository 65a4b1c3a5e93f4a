//! HTML in feeds: what is no HTML, what readers drop, addresses that lead nowhere.

use super::super::value::{shown, uri};
use super::super::{Element, Findings};
use super::places::Places;
use super::tokens::{Tag, tokens};
use super::{allowed, style};
use crate::diagnostic::Code;

/// Elements without content.
const VOID: &str = "area base basefont br col command embed frame hr img input link meta param source track wbr";
/// Elements whose end tag may be left out.
const OPEN: &str = "p li dt dd tr td th thead tbody tfoot option optgroup rp rt colgroup body html head";
/// Elements that end a paragraph.
const BLOCKS: &str = "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup \
    hr main menu nav ol p pre section summary table ul";

/// A paragraph is looked for behind that many elements whose end tags may be left out.
const MOST_LEFT_OUT: usize = 256;

fn one_of(list: &str, name: &str) -> bool {
    list.split_whitespace().any(|known| known == name)
}

/// HTML in an element's text. Findings are at the tag or attribute.
pub(in crate::lint) fn check(element: &Element, findings: &mut Findings<'_>) {
    let html = element.text();
    check_value(&html, &Places::xml(&html, element.text_at()), findings);
}

/// The same for HTML from elsewhere, such as decoded Base64.
pub(in crate::lint) fn check_value(html: &str, places: &Places<'_>, findings: &mut Findings<'_>) {
    if !html.contains('<') {
        return;
    }
    let document = findings.text();
    let found = tokens(html);
    let mut fault = found.fault.clone();
    let mut open: Vec<Open<'_>> = Vec::new();
    let is_import = |(at, _): &(usize, &str)| html.get(at + 2..at + 9).is_some_and(|word| word.eq_ignore_ascii_case("import "));
    if let Some((at, _)) = html.match_indices("<?").find(is_import) {
        findings.say(Code::SecurityRisk, places.at(at, document), "expected no <?import, which readers drop, found one");
    }
    // Only the first fault is told; that nothing is followed behind it keeps the time linear.
    let mut is_followed = fault.is_none();
    for tag in &found.tags {
        let name = tag.name.to_ascii_lowercase();
        if is_followed {
            fault = nest(tag, &name, &mut open).map(|wrong| (tag.name, wrong));
            is_followed = fault.is_none();
        }
        if !tag.end {
            tag_names(tag, &name, places, findings);
        }
    }
    if let Some(left) = open.iter().find(|left| is_followed && !left.may_stay) {
        fault = Some((left.written, format!("<{}> without an end tag", left.name)));
    }
    if let Some((part, fault)) = fault {
        findings.say(Code::NotHtml, places.tag(part, document), format!("expected HTML, found {fault}"));
    }
}

/// An element that has not ended yet.
struct Open<'h> {
    /// Its name in lower case.
    name: String,
    /// Its name where it is written.
    written: &'h str,
    /// Whether its end tag may be left out.
    may_stay: bool,
}

/// Follows the open elements; what is wrong with this tag among them.
fn nest<'h>(tag: &Tag<'h>, name: &str, open: &mut Vec<Open<'h>>) -> Option<String> {
    if !tag.end {
        if one_of(BLOCKS, name)
            && let far = open.len().saturating_sub(MOST_LEFT_OUT)
            && let Some(at) = open.iter().skip(far).rposition(|other| other.name == "p" || !other.may_stay).map(|at| far + at)
            && open.get(at).is_some_and(|other| other.name == "p")
        {
            open.truncate(at);
        }
        let closes = match name {
            "li" => &["li"][..],
            "dt" | "dd" => &["dt", "dd"],
            "tr" => &["tr", "td", "th"],
            "td" | "th" => &["td", "th"],
            "option" => &["option"],
            _ => &[],
        };
        while open.last().is_some_and(|last| closes.contains(&last.name.as_str())) {
            open.pop();
        }
        if !one_of(VOID, name) {
            open.push(Open { name: name.to_owned(), written: tag.name, may_stay: one_of(OPEN, name) });
            return (tag.closed && allowed::is_html(name)).then(|| format!("<{name}/>, which is not closed"));
        }
        return None;
    }
    if one_of(VOID, name) {
        return Some(format!("</{name}>, which ends nothing"));
    }
    let Some(at) = open.iter().rposition(|other| other.name == name) else {
        return Some(format!("</{name}>, which ends nothing"));
    };
    let crossed = open.iter().skip(at + 1).find(|other| !other.may_stay).map(|other| other.name.clone());
    open.truncate(at);
    crossed.map(|other| format!("</{name}> before the end of <{other}>"))
}

/// Elements and attributes that exist, and that readers keep.
fn tag_names(tag: &Tag<'_>, name: &str, places: &Places<'_>, findings: &mut Findings<'_>) {
    let document = findings.text();
    if !allowed::is_html(name) {
        findings.say(Code::NotHtml, places.tag(tag.name, document), format!("expected elements of HTML, found <{name}>"));
        return;
    }
    if allowed::is_dropped(name) {
        findings.say(Code::SecurityRisk, places.tag(tag.name, document), format!("expected elements that readers keep, found <{name}>"));
        return;
    }
    for (attribute, value) in &tag.attributes {
        attribute_of(name, &attribute.to_ascii_lowercase(), value, || places.of(attribute, document), findings);
    }
}

/// An attribute of HTML that readers may drop.
fn attribute_of(element: &str, attribute: &str, value: &str, at: impl Fn() -> usize, findings: &mut Findings<'_>) {
    if attribute == "style" {
        for part in style::dropped(value) {
            findings.say(Code::DangerousStyle, at(), format!("expected styles that readers keep on <{element}>, found {}", shown(&part)));
        }
    } else if !allowed::keeps_attribute(attribute) {
        findings.say(Code::SecurityRiskAttribute, at(), format!("expected attributes that readers keep on <{element}>, found {}", shown(attribute)));
    }
}

/// Relative addresses in HTML of RSS, which has no base.
pub(in crate::lint) fn references(element: &Element, findings: &mut Findings<'_>) {
    let html = element.text();
    let places = Places::xml(&html, element.text_at());
    let document = findings.text();
    for tag in tokens(&html).tags.iter().filter(|tag| !tag.end) {
        let wanted = match tag.name.to_ascii_lowercase().as_str() {
            "a" => "href",
            "img" => "src",
            _ => continue,
        };
        for (_, value) in tag.attributes.iter().filter(|(name, value)| name.eq_ignore_ascii_case(wanted) && !value.trim().is_empty()) {
            let at = || places.of(value.trim_start(), document);
            let value = value.trim().replace("&amp;", "&");
            if uri::scheme_of(&value).is_some() {
                continue;
            }
            let fault = uri::iri(&value).filter(|fault| fault.code == Code::InvalidUriCharacter);
            match fault {
                Some(fault) => fault.report(findings, at()),
                None => findings.say(Code::RelativeReference, at(), format!("expected full addresses in HTML, found {}", shown(&value))),
            }
        }
    }
}

/// XHTML as elements: the same for each of them. Everything inside of `element` is looked at, but not it itself.
pub(in crate::lint) fn elements(element: &Element, findings: &mut Findings<'_>) {
    for child in element.elements() {
        match child.namespace.as_str() {
            "" => {
                findings.say(Code::MissingNamespace, child.at, format!("expected the namespace of XHTML, found none on <{}>", child.name));
                elements(child, findings);
            }
            super::super::walk::XHTML => {
                if !allowed::is_html(&child.name) {
                    findings.say(Code::NotHtml, child.at, format!("expected elements of XHTML, found <{}>", child.name));
                } else if allowed::is_dropped(&child.name) {
                    findings.say(Code::SecurityRisk, child.at, format!("expected elements that readers keep, found <{}>", child.name));
                }
                for attribute in child.attributes.iter().filter(|attribute| attribute.namespace.is_empty()) {
                    if attribute.name == "style" || attribute.name.starts_with("on") {
                        attribute_of(&child.name, &attribute.name, &attribute.value, || attribute.value_at, findings);
                    }
                }
                elements(child, findings);
            }
            "http://www.w3.org/2000/svg" => {
                foreign(child, allowed::keeps_svg, allowed::keeps_svg_attribute, findings);
                elements(child, findings);
            }
            "http://www.w3.org/1998/Math/MathML" => {
                foreign(child, allowed::keeps_mathml, allowed::keeps_mathml_attribute, findings);
                elements(child, findings);
            }
            other if super::super::xml::is_known(other) && element.name != "metadata" => super::super::walk::unknown(child, element, findings),
            _ => elements(child, findings),
        }
    }
}

/// SVG and `MathML`.
fn foreign(child: &Element, keeps: fn(&str) -> bool, keeps_attribute: fn(&str) -> bool, findings: &mut Findings<'_>) {
    if !keeps(&child.name) {
        findings.say(Code::SecurityRisk, child.at, format!("expected elements that readers keep, found <{}>", child.name));
    }
    for attribute in child.attributes.iter().filter(|attribute| attribute.namespace.is_empty() && !keeps_attribute(&attribute.name)) {
        let message = format!("expected attributes that readers keep on <{}>, found {}", child.name, shown(&attribute.name));
        findings.say(Code::SecurityRiskAttribute, attribute.at, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Code;
    use crate::lint::{Options, lint};
    use std::time::{Duration, Instant};

    /// The messages about a text that is no HTML.
    fn faults(html: &str) -> Vec<String> {
        let text = format!("<rss version='2.0'><channel><item><description><![CDATA[{html}]]></description></item></channel></rss>");
        let problems = lint(text.as_bytes(), &Options::default()).problems;
        problems.into_iter().filter(|problem| problem.finding.code == Code::NotHtml).map(|problem| problem.finding.message).collect()
    }

    #[test]
    fn the_first_fault_of_nesting_is_told() {
        for (html, expected) in [
            ("<p>a<div>b</div><p>c<ul><li>d<li>e</ul>", &[][..]),
            ("<b>a<i>b</b></i>", &["expected HTML, found </b> before the end of <i>"]),
            ("<p>a<b>b<div>c</div></b></p>", &[]),
            ("<b>a", &["expected HTML, found <b> without an end tag"]),
            ("<script>a<b</script><script>c", &["expected HTML, found <script> without an end tag"]),
            ("1 < 2<b>", &["expected HTML, found \"<\" that begins no tag"]),
        ] {
            assert_eq!(faults(html), expected, "{html}");
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the time of the test itself")]
    fn hostile_html_takes_linear_time() {
        let start = Instant::now();
        let bodies = "<b><body>".to_owned() + &"<body>".repeat(5_000) + &"<hr>".repeat(5_000);
        for html in ["<?".repeat(50_000), "<script></".repeat(10_000), "<div>".repeat(20_000), bodies] {
            faults(&html);
        }
        // With the square of the length it were minutes.
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    }
}
