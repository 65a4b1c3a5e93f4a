//! Rules → their documentation.
//!
//! In: the catalogue. Out: Markdown, for `docs/rules.md` and `feedloom lint --explain`.

use super::super::can_mend;
use super::{Rule, Sample, rules};

/// Where the hundreds of a code belong.
const AREAS: &[(&str, &str)] = &[
    ("FL10", "XML, encodings, namespaces"),
    ("FL11", "What must be there, and how often"),
    ("FL12", "Values"),
    ("FL13", "Texts and HTML"),
    ("FL14", "RSS as it is best written"),
    ("FL15", "Media RSS"),
    ("FL16", "Other modules"),
    ("FL17", "Paging, archives, threads"),
    ("FL18", "OPML"),
    ("FL19", "JSON Feed"),
    ("FL20", "Beyond what other validators see"),
    ("FL21", "Several documents compared"),
    ("FL22", "What HTTP says"),
];

/// The page of a rule.
pub fn page(rule: &Rule) -> String {
    let w3c = rule.w3c.map(|name| format!(" · W3C `{name}`")).unwrap_or_default();
    let mended = if can_mend(rule.code) { " · mended by `--fix`" } else { "" };
    let fails = block(&rule.fails);
    let passes = block(&rule.passes);
    format!(
        "### {} {}\n\n{}{w3c}{mended}\n\n{}\n\n**What to do:** {}.\n\nBreaks it{}:\n\n{fails}\n\nKeeps it{}:\n\n{passes}\n",
        rule.code,
        rule.code.title(),
        rule.code.severity(),
        rule.why,
        rule.help.trim_end_matches('.'),
        place(&rule.fails),
        place(&rule.passes),
    )
}

/// All rules, `docs/rules.md`.
pub fn documentation() -> String {
    let mut out = "# Rules of `feedloom lint`\n\nMade of the catalogue in `src/lint/catalogue`; not to be edited here. `feedloom lint --explain CODE` prints one rule. \
        *W3C* names the message of the W3C feed validator that says the same. *Mended by `--fix`* stands where one meaning is possible, at least as a rule: a date without a zone, for example, is left unless \
        `--timezone` or the configuration has one. Ids are never changed: who has subscribed would see every entry again.\n\n"
        .to_owned();
    let mut area = "";
    for rule in rules() {
        if let Some((prefix, title)) = AREAS.iter().find(|(prefix, _)| rule.code.as_str().starts_with(prefix)).filter(|(prefix, _)| *prefix != area) {
            area = prefix;
            out.push_str(&format!("## {prefix}xx: {title}\n\n"));
        }
        out.push_str(&page(rule));
        out.push('\n');
    }
    out.trim_end().to_owned() + "\n"
}

/// Where a sample that is no whole document stands.
fn place(sample: &Sample) -> &'static str {
    match sample {
        Sample::Whole(_) => "",
        Sample::Folder(_) => ", as documents of one folder",
        Sample::Answer(_) => ", as an answer of HTTP",
        Sample::Item(_) => ", inside of an RSS item",
        Sample::Channel(_) => ", inside of an RSS channel",
        Sample::Entry(_) => ", inside of an Atom entry",
        Sample::Feed(_) => ", inside of an Atom feed",
        Sample::JsonItem(_) => ", among the members of a JSON Feed item",
        Sample::JsonFeed(_) => ", among the members of a JSON Feed",
        Sample::Opml(_) => ", inside of the body of OPML",
    }
}

fn block(sample: &Sample) -> String {
    if let Sample::Folder(texts) = sample {
        return texts.iter().map(|text| block(&Sample::Whole(text))).collect::<Vec<_>>().join("\n\n");
    }
    if let Sample::Answer(text) = sample {
        return format!("```http\n{}\n```", text.trim_end());
    }
    let (Sample::Whole(text)
    | Sample::Item(text)
    | Sample::Channel(text)
    | Sample::Entry(text)
    | Sample::Feed(text)
    | Sample::JsonItem(text)
    | Sample::JsonFeed(text)
    | Sample::Opml(text)) = sample
    else {
        return String::new();
    };
    if text.trim().is_empty() {
        return "(nothing)".to_owned();
    }
    let is_json = matches!(sample, Sample::JsonItem(_) | Sample::JsonFeed(_)) || text.trim_start().starts_with(['{', '[']);
    // A control character or a byte order mark would be seen by nobody.
    let seen: String = text.chars().map(|c| if c.is_control() && !matches!(c, '\n' | '\t') || c == '\u{FEFF}' { '\u{FFFD}' } else { c }).collect();
    format!("```{}\n{}\n```", if is_json { "json" } else { "xml" }, seen.trim_end())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the documentation is written when somebody asks for it")]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn the_documentation_is_that_of_the_catalogue() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
        let expected = documentation();
        if std::env::var_os("FEEDLOOM_WRITE_DOCS").is_some() {
            std::fs::write(&file, &expected).unwrap();
        }
        let found = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(
            found == expected,
            "docs/rules.md is not what the catalogue says; write it with FEEDLOOM_WRITE_DOCS=1 cargo test --lib lint::catalogue"
        );
    }

    #[test]
    fn every_rule_has_an_area_and_a_page() {
        for rule in rules() {
            assert!(AREAS.iter().any(|(prefix, _)| rule.code.as_str().starts_with(prefix)), "{}", rule.code);
            let page = page(rule);
            assert!(page.contains(rule.help.trim_end_matches('.')) && page.contains(rule.why), "{page}");
        }
    }
}
