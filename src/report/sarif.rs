//! Findings as SARIF 2.1.0, which code scanning reads. Columns count characters.

use super::Words;
use crate::diagnostic::{Code, Diagnostic, Severity};
use serde::Serialize;
use std::collections::BTreeSet;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Message<'static>,
    default_configuration: Level,
}

#[derive(Serialize)]
struct Level {
    level: &'static str,
}

#[derive(Serialize)]
struct Message<'a> {
    text: std::borrow::Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<u32>,
}

pub(super) fn render(findings: &[Diagnostic], words: Words) -> String {
    let codes: Vec<Code> = findings.iter().map(|finding| finding.code).collect::<BTreeSet<_>>().into_iter().collect();
    let rules = codes.iter().map(|code| Rule {
        id: code.as_str(),
        short_description: Message { text: words.title(*code) },
        default_configuration: Level { level: level(code.severity()) },
    });
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver: Driver { name: "feedloom", semantic_version: env!("CARGO_PKG_VERSION"), rules: rules.collect() } },
            column_kind: "unicodeCodePoints",
            results: findings.iter().map(|finding| found(finding, &codes, words)).collect(),
        }],
    };
    // Strings and numbers always serialise.
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn found<'a>(finding: &'a Diagnostic, codes: &[Code], words: Words) -> Found<'a> {
    let place = &finding.place;
    let text = match &finding.help {
        Some(help) => format!("{}\n{} {help}", finding.full_message(), words.say("help:")).into(),
        None => finding.full_message().into(),
    };
    let region = (place.line > 0).then(|| Region { start_line: place.line, start_column: (place.column > 0).then_some(place.column) });
    let location = || Location { physical_location: Physical { artifact_location: Artifact { uri: uri(&place.path) }, region } };
    Found {
        rule_id: finding.code.as_str(),
        rule_index: codes.binary_search(&finding.code).unwrap_or_default(),
        level: level(finding.severity),
        message: Message { text },
        locations: if place.path.is_empty() { Vec::new() } else { vec![location()] },
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a URI reference (RFC 3986); addresses are left as they are.
fn uri(path: &str) -> String {
    if crate::text::url::is_web(path) { path.to_owned() } else { crate::text::url::encode_path(path) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    #[test]
    fn every_result_names_its_rule_and_place() {
        let findings = [
            Diagnostic::new(Code::XmlSyntax, Place::file("a b/文.xml").at(2, 3), "m").with_help("h"),
            Diagnostic::new(Code::BadUrl, Place::default(), "n"),
        ];
        let log: serde_json::Value = serde_json::from_str(&render(&findings, Words::English)).unwrap();
        let run = &log["runs"][0];
        let results = &run["results"];
        assert_eq!(log["version"], "2.1.0");
        for result in results.as_array().unwrap() {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        }
        let location = &results[0]["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uri"], "a%20b/%E6%96%87.xml");
        assert_eq!((location["region"]["startLine"].as_u64(), location["region"]["startColumn"].as_u64()), (Some(2), Some(3)));
        assert_eq!((&results[0]["message"]["text"], &results[1]["level"]), (&"m\nhelp: h".into(), &"warning".into()));
        assert!(results[1].get("locations").is_none());
    }

    #[test]
    fn no_findings_are_a_run_without_results() {
        let log: serde_json::Value = serde_json::from_str(&render(&[], Words::English)).unwrap();
        assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
    }
}
