//! Which rules can be mended, and how: the one list that everything else about mending is derived from.

use super::edit::Edit;
use super::json::Json;
use super::xml::Xml;
use super::{Means, values};
use crate::diagnostic::Code;

/// A value → a better one.
type Better = fn(&str, &Means<'_>) -> Option<String>;

/// How what a rule finds is mended.
#[derive(Clone, Copy)]
pub(super) enum Mend {
    /// With everything that keeps a document from being well-formed.
    Syntax,
    /// By writing the document in UTF-8.
    Encoding,
    /// The value at the place gets better.
    Value(Better),
    /// The address at the place gets better; a guid that is no address says so.
    Address,
    /// The length of the file that is named at the place, when the file is at hand.
    Length,
    /// In XML, around the place.
    Xml(fn(&Xml<'_>, Code, usize, &Means<'_>) -> Vec<Edit>),
    /// In JSON, around the place.
    Json(fn(&Json<'_>, Code, usize, &Means<'_>) -> Vec<Edit>),
}

/// Each rule that can be mended. Ids are not: who has subscribed would see every entry again.
#[expect(clippy::redundant_closure_for_method_calls, reason = "a method of a type with a lifetime is no function for every lifetime")]
const MENDS: &[(Code, Mend)] = &[
    (Code::XmlSyntax, Mend::Syntax),
    (Code::UndecodableText, Mend::Encoding),
    (Code::UndefinedEntity, Mend::Syntax),
    (Code::MissingNamespace, Mend::Xml(|xml, code, at, means| xml.atom_namespace(code, at, means))),
    (Code::MediaNamespaceSlash, Mend::Xml(|xml, code, at, means| xml.media_namespace(code, at, means))),
    (Code::UnexpectedSpace, Mend::Value(values::trimmed)),
    (Code::ObscureEncoding, Mend::Encoding),
    (Code::UnusualEncoding, Mend::Encoding),
    (Code::UnknownEncoding, Mend::Encoding),
    (Code::BlankLineFirst, Mend::Syntax),
    (Code::MissingAttribute, Mend::Length),
    (Code::MissingSelf, Mend::Xml(|xml, code, at, means| xml.self_link(code, at, means))),
    (Code::MissingAtomSelfLink, Mend::Xml(|xml, code, at, means| xml.self_link(code, at, means))),
    (Code::SelfDiffers, Mend::Value(values::own_address)),
    (Code::RelativeSelf, Mend::Value(values::own_address)),
    (Code::InvalidRfc822Date, Mend::Value(values::mail_date)),
    (Code::WrongWeekday, Mend::Value(values::weekday)),
    (Code::InvalidRfc3339Date, Mend::Value(values::internet_date)),
    (Code::InvalidW3cdtfDate, Mend::Value(values::w3c_date)),
    (Code::UnusualRfc822Date, Mend::Value(values::mail_date)),
    (Code::InvalidLanguageTag, Mend::Value(values::language)),
    (Code::InvalidUrlAttribute, Mend::Address),
    (Code::InvalidUriCharacter, Mend::Address),
    (Code::IriForUri, Mend::Address),
    (Code::InvalidTagUri, Mend::Xml(|xml, code, at, means| xml.no_permalink(code, at, means))),
    (Code::InvalidHttpGuid, Mend::Xml(|xml, code, at, means| xml.no_permalink(code, at, means))),
    (Code::InvalidPermalink, Mend::Xml(|xml, code, at, means| xml.no_permalink(code, at, means))),
    (Code::InvalidNonNegativeInteger, Mend::Length),
    (Code::InvalidIntegerAttribute, Mend::Length),
    (Code::UnknownLengthNotZero, Mend::Length),
    (Code::JsonVersionMissing, Mend::Json(|json, code, at, means| json.version(code, at, means))),
    (Code::JsonVersionUnknown, Mend::Value(values::version)),
    (Code::JsonUrl, Mend::Address),
    (Code::JsonSelfMissing, Mend::Json(|json, code, at, means| json.self_link(code, at, means))),
    (Code::JsonSelfElsewhere, Mend::Value(values::own_address)),
    (Code::JsonLanguage, Mend::Value(values::language)),
    (Code::JsonAuthorOld, Mend::Json(|json, code, at, means| json.authors(code, at, means))),
    (Code::JsonDate, Mend::Value(values::internet_date)),
    (Code::LanguageReplaced, Mend::Value(values::language)),
    (Code::EnclosureBare, Mend::Length),
    (Code::FileLength, Mend::Length),
];

/// How the findings of a rule are mended, where they can be.
pub(super) fn mend(code: Code) -> Option<Mend> {
    MENDS.iter().find(|(known, _)| *known == code).map(|(_, mend)| *mend)
}

/// Whether `--fix` can mend what a rule finds; not each time: only where one meaning is possible.
pub fn can_mend(code: Code) -> bool {
    mend(code).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::{Means, fix};
    use super::*;
    use crate::lint::{FileFacts, Files, Options, Sample, rule};
    use chrono_tz::Tz;
    use std::sync::Arc;

    /// Documents for rules whose own sample leaves open what was meant, or needs a file.
    const OTHERS: &[(Code, Sample)] = &[
        (Code::InvalidUrlAttribute, Sample::Item("<title>t</title><enclosure url=\"https://a.example/文.mp3\" type=\"audio/mpeg\" length=\"1\"/>")),
        (Code::InvalidUriCharacter, Sample::Item("<title>t</title><link>https://a.example/a b</link><guid>https://a.example/1</guid>")),
        (Code::IriForUri, Sample::Item("<title>t</title><link>https://a.example/文</link><guid>https://a.example/1</guid>")),
        (Code::JsonUrl, Sample::JsonItem(r#""url": "https://a.example/a b""#)),
        (Code::EnclosureBare, Sample::Entry("<content>x</content><link rel=\"enclosure\" type=\"audio/mpeg\" href=\"https://a.example/1.mp3\"/>")),
    ];

    /// Whatever is asked for is at hand.
    #[derive(Debug)]
    struct AnyFile;

    impl Files for AnyFile {
        fn facts(&self, _: &str) -> Option<FileFacts> {
            Some(FileFacts { length: Some(1234), ..FileFacts::default() })
        }
    }

    #[test]
    fn what_is_said_to_be_mendable_is_mended() {
        let mut wrong = Vec::new();
        for (code, _) in MENDS {
            let sample = OTHERS.iter().find(|(known, _)| known == code).map_or_else(|| rule(*code).unwrap().fails, |(_, sample)| *sample);
            let means = Means { zone: Some(Tz::UTC), ..Means::default() };
            let options = Options { base: Some("https://a.example/f".to_owned()), files: Some(Arc::new(AnyFile)), ..Options::default() };
            let fixed = fix(sample.document().as_bytes(), &options, &means);
            if !fixed.mended.iter().any(|finding| finding.code == *code) || fixed.report.problems.iter().any(|problem| problem.finding.code == *code)
            {
                wrong.push(format!(
                    "{code}: mended {:?} in\n{}",
                    fixed.mended.iter().map(|finding| finding.code).collect::<Vec<_>>(),
                    String::from_utf8_lossy(&fixed.bytes)
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(MENDS.windows(2).all(|pair| matches!(pair, [(a, _), (b, _)] if a.as_str() < b.as_str())), "in order, each once");
    }
}
