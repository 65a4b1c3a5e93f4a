//! A document in another encoding → the same in UTF-8, which says so.
//!
//! In: a decoded text and what was found about it. Out: the edit of its declaration. Whether its bytes could be read is `format::decode`'s to say.

use super::edit::Edit;
use super::table::{Mend, mend};
use crate::diagnostic::{Code, Diagnostic};
use crate::format::decode::{FeedText, Source};
use crate::lint::Problem;
use std::ops::Range;

/// Whether every character of the text is known for certain; else nothing can be written again.
pub(super) fn is_certain(decoded: &FeedText<'_>) -> bool {
    decoded.replaced == 0 && !matches!(decoded.source, Source::Guess | Source::DamagedUtf8)
}

/// Whether the bytes are UTF-8 as they are.
pub(super) fn is_utf8(decoded: &FeedText<'_>) -> bool {
    decoded.encoding.eq_ignore_ascii_case("utf-8")
}

/// Whether a rule asks for UTF-8.
pub(super) fn is_reason(code: Code) -> bool {
    matches!(mend(code), Some(Mend::Encoding))
}

/// What asks for UTF-8.
pub(super) fn reasons(problems: &[(usize, Problem)], wanted: &dyn Fn(Code) -> bool) -> Vec<Diagnostic> {
    let findings = problems.iter().map(|(_, problem)| &problem.finding);
    findings.filter(|finding| is_reason(finding.code) && wanted(finding.code)).cloned().collect()
}

/// The declaration says UTF-8.
pub(super) fn declaration(text: &str) -> Vec<Edit> {
    let stated = stated(text).filter(|range| text.get(range.clone()).is_some_and(|name| !name.eq_ignore_ascii_case("utf-8")));
    stated.map(|range| Edit::new(range, "UTF-8", Code::UnusualEncoding, 0)).into_iter().collect()
}

/// Where the XML declaration names the encoding.
fn stated(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    let (declaration, _) = text.get(start..)?.strip_prefix("<?xml")?.split_once("?>")?;
    let at = declaration.find("encoding")? + "encoding".len();
    let behind = declaration.get(at..)?;
    let quote = behind.find(['"', '\''])?;
    let mark = behind.get(quote..)?.chars().next()?;
    let length = behind.get(quote + 1..)?.find(mark)?;
    let from = start + "<?xml".len() + at + quote + 1;
    Some(from..from + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declaration_is_found() {
        for (text, expected) in [
            ("<?xml version='1.0' encoding = 'gbk'?><a/>", Some("gbk")),
            ("\n<?xml version=\"1.0\" encoding=\"\" ?>", Some("")),
            ("<?xml version='1.0'?><a encoding='x'/>", None),
            ("{}", None),
        ] {
            assert_eq!(stated(text).and_then(|range| text.get(range)), expected, "{text}");
        }
    }
}
