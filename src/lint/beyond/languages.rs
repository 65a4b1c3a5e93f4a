//! Languages: tags that nobody registered, and texts that are in another script than they say.

use super::outline::{DC, Entry, Outline, Words, Written};
use crate::diagnostic::Code;
use crate::lint::Findings;
use crate::lint::tree::{Element, Tree};
use crate::model::Language;
use crate::text::language::{Class, read};
use crate::text::plain::to_plain;
use crate::text::script::{chinese_script, detect};

/// Letters of a text that are enough to tell its script.
const ENOUGH: usize = 60;
/// As much of a feed is looked at.
const SAMPLE: usize = 4_000;

pub(super) fn check(outline: &Outline, findings: &mut Findings<'_>) {
    if outline.kind == crate::lint::Kind::Json {
        let own = outline.language.iter().chain(outline.entries.iter().filter_map(|entry| entry.language.as_ref()));
        own.for_each(|written| tag(written, false, findings));
    }
    if let Some(language) = &outline.language {
        inherited(language, outline, findings);
    }
    for entry in &outline.entries {
        if let Some(language) = &entry.language
            && let Some(message) = contradiction(language, &text(entry))
        {
            findings.say(Code::LanguageContradicted, language.at, message);
        }
    }
}

/// The language of the feed against the entries that have none of their own. All of them together decide, as each may be short; it is
/// said at those that are long enough to show it, because somebody wrote each of them, and at the feed when none is.
fn inherited(language: &Written, outline: &Outline, findings: &mut Findings<'_>) {
    let heirs = || outline.entries.iter().filter(|entry| entry.language.is_none());
    let mut sample = String::new();
    for words in heirs().flat_map(words) {
        if sample.len() >= SAMPLE {
            break;
        }
        sample.push_str(&plain(words));
        sample.push('\n');
    }
    let Some(of_all) = contradiction(language, &sample) else { return };
    let wrong: Vec<(usize, String)> = heirs().filter_map(|entry| Some((place(entry), contradiction(language, &text(entry))?))).collect();
    if wrong.is_empty() {
        findings.say(Code::LanguageContradicted, language.at, of_all);
    }
    for (at, message) in wrong {
        findings.say(Code::LanguageContradicted, at, format!("{message}, and no language of its own"));
    }
}

fn words(entry: &Entry) -> impl Iterator<Item = &Words> {
    [&entry.title, &entry.content, &entry.summary].into_iter().flatten()
}

/// The beginnings of an entry's texts.
fn text(entry: &Entry) -> String {
    words(entry).map(plain).collect::<Vec<_>>().join("\n")
}

/// Where the first of them stands.
fn place(entry: &Entry) -> usize {
    words(entry).next().map_or(entry.at, |words| words.at.clamp(entry.at, entry.end.max(entry.at)))
}

/// The beginning of a text as people read it.
fn plain(words: &Words) -> String {
    let end = words.value.char_indices().nth(SAMPLE).map_or(words.value.len(), |(at, _)| at);
    let start = words.value.get(..end).unwrap_or_default();
    if words.html { to_plain(start) } else { start.to_owned() }
}

/// What is wrong when a text cannot be in the language that is stated.
fn contradiction(written: &Written, text: &str) -> Option<String> {
    let language = Language::parse(&written.value)?;
    // Romanised text says so in its tag.
    if language.script_subtag().is_some_and(|script| script == "Latn") || text.chars().filter(|c| c.is_alphabetic()).count() < ENOUGH {
        return None;
    }
    let wide = |language: &Language| language.is_chinese() || matches!(language.primary(), "ja" | "ko");
    let found = match detect(text) {
        None if wide(&language) => "a text in another script".to_owned(),
        Some(real) if !wide(&language) => format!("a text in that of {real}"),
        // Japanese and Korean may be written with Han characters only, Chinese never with kana.
        Some(real) if language.is_chinese() && !real.is_chinese() => format!("a text in that of {real}"),
        Some(real) if real.is_chinese() && language.is_chinese() => match (chinese_script(text), language.chinese_script()) {
            // Cantonese, classical Chinese and plain zh are written in both.
            (Some(found), Some(said)) if found != said && language.primary() == "zh" && language.as_str() != "zh" => {
                format!("a text in {} characters", if found == crate::model::Script::Simplified { "simplified" } else { "traditional" })
            }
            _ => return None,
        },
        _ => return None,
    };
    Some(format!("expected the script of {language}, found {found}"))
}

/// Each tag of an XML document.
pub(super) fn check_tree(tree: &Tree, findings: &mut Findings<'_>) {
    each(&tree.root, findings);
    let channel = tree.root.elements().find(|element| element.name == "channel");
    let declared = channel.and_then(|channel| channel.first("", "language").or_else(|| channel.first(DC, "language")));
    let attribute = channel.into_iter().chain([&tree.root]).find_map(|element| element.attributes.iter().find(|attribute| is_lang(attribute)));
    if let (Some(element), Some(attribute)) = (declared, attribute)
        && let (Some(said), Some(marked)) = (Language::parse(element.text().trim()), Language::parse(attribute.value.trim()))
        && said.primary() != marked.primary()
    {
        findings.say(Code::LanguagesDisagree, element.text_at(), format!("expected {marked}, as xml:lang says, found {said}"));
    }
}

fn is_lang(attribute: &crate::lint::Attribute) -> bool {
    attribute.name == "lang" && !attribute.namespace.is_empty()
}

fn each(element: &Element, findings: &mut Findings<'_>) {
    let text = element.text();
    if element.name == "language" && matches!(element.namespace.as_str(), "" | DC) {
        tag(&Written::new(&text, element.text_at()), true, findings);
    }
    for attribute in
        element.attributes.iter().filter(|attribute| is_lang(attribute) || attribute.namespace.is_empty() && attribute.name == "hreflang")
    {
        tag(&Written::new(&attribute.value, attribute.value_at), true, findings);
    }
    element.elements().for_each(|child| each(child, findings));
}

/// A tag that is formed as one; what is not is another rule's, and in XML also one whose first subtag is no language.
fn tag(written: &Written, is_xml: bool, findings: &mut Findings<'_>) {
    let value = &written.value;
    let ends_early = value.ends_with('-') && Language::parse(value.trim_end_matches('-')).is_some();
    if ends_early {
        let message = format!("expected a subtag behind the hyphen, found the end of `{value}`");
        return findings.say(Code::LanguageUnregistered, written.at, message);
    }
    let Some(language) = Language::parse(value) else { return };
    if is_xml && (language.primary().len() != 2 || matches!(read(language.primary(), None).class, Class::Invalid | Class::Warning)) {
        return;
    }
    let reading = read(value, None);
    match (reading.class, reading.language) {
        (Class::Invalid | Class::Warning, _) => {
            findings.say(Code::LanguageUnregistered, written.at, format!("expected subtags that are registered, found `{value}`"));
        }
        (Class::Note, Some(better)) => findings.say(Code::LanguageReplaced, written.at, format!("expected {better}, found `{value}`")),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Code;
    use crate::lint::{Options, lint};

    /// The entry of each contradiction.
    fn contradicted(items: &str) -> Vec<Option<usize>> {
        let text = format!(
            "<rss version='2.0'><channel><title>t</title><link>https://a.example/</link><description>d</description><language>zh-CN</language>{items}\
             </channel></rss>"
        );
        let problems = lint(text.as_bytes(), &Options::default()).problems;
        let of_rule = problems.iter().filter(|problem| problem.finding.code == Code::LanguageContradicted);
        of_rule.map(|problem| problem.entry.as_ref().map(|entry| entry.index)).collect()
    }

    #[test]
    fn the_language_of_a_feed_is_held_against_the_entries_that_have_none_of_their_own() {
        let item = |text: &str| format!("<item><title>x</title><description>{text}</description></item>");
        let english = item(&"words of another language ".repeat(20));
        let chinese = item(&"山里的信号很弱,我们走了一天才到。".repeat(4));
        let short = item("only some words of it");
        assert_eq!(contradicted(&format!("{short}{english}{english}")), [Some(1), Some(2)]);
        assert_eq!(contradicted(&short.repeat(10)), [None], "together they show it, none alone");
        assert_eq!(contradicted(&chinese), []);
        assert_eq!(contradicted(&short), []);
        let own = english.replace("<title>", "<dc:language xmlns:dc='http://purl.org/dc/elements/1.1/'>en</dc:language><title>");
        assert_eq!(contradicted(&own), []);
    }
}
