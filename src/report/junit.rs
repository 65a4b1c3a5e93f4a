//! Findings as `JUnit`'s XML: a suite for each file, a test for each finding. Infos are tests that passed.

use super::Words;
use crate::diagnostic::{Diagnostic, Severity};

/// A group of findings of one file is its suite; each clean file is a suite with one test that passed.
pub(super) fn render(findings: &[Diagnostic], clean: &[&str], words: Words) -> String {
    let bad = findings.iter().filter(|finding| finding.severity != Severity::Info).count();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"feedloom\" tests=\"{}\" failures=\"{bad}\">\n",
        findings.len() + clean.len()
    );
    for group in findings.chunk_by(|a, b| a.place.path == b.place.path) {
        let Some(first) = group.first() else { continue };
        let failures = group.iter().filter(|finding| finding.severity != Severity::Info).count();
        let path = escaped(&first.place.path);
        out.push_str(&format!("  <testsuite name=\"{path}\" tests=\"{}\" failures=\"{failures}\">\n", group.len()));
        for finding in group {
            out.push_str(&test(finding, &path, words));
        }
        out.push_str("  </testsuite>\n");
    }
    for path in clean {
        let path = escaped(path);
        out.push_str(&format!(
            "  <testsuite name=\"{path}\" tests=\"1\" failures=\"0\">\n    <testcase name=\"no finding\" classname=\"{path}\"/>\n  </testsuite>\n"
        ));
    }
    out + "</testsuites>\n"
}

fn test(finding: &Diagnostic, path: &str, words: Words) -> String {
    let place = &finding.place;
    let name = format!("{} {} at {}:{}", finding.code, words.title(finding.code), place.line, place.column);
    let start = format!("    <testcase name=\"{}\" classname=\"{path}\"", escaped(&name));
    let message = escaped(&finding.full_message());
    match finding.severity {
        Severity::Info => format!("{start}>\n      <system-out>{message}</system-out>\n    </testcase>\n"),
        severity => {
            let help = finding.help.as_ref().map(|help| escaped(&format!("{} {help}", words.say("help:")))).unwrap_or_default();
            format!("{start}>\n      <failure type=\"{severity}\" message=\"{message}\">{help}</failure>\n    </testcase>\n")
        }
    }
}

/// Text that is safe in elements and attributes; what XML 1.0 forbids becomes U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            c if c.is_control() && c != '\t' || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Place};

    #[test]
    fn files_are_suites_and_findings_are_tests() {
        let findings = [
            Diagnostic::new(Code::XmlSyntax, Place::file("a\".xml").at(2, 3), "<x> \u{1b}").with_help("h"),
            Diagnostic::new(Code::ZoneAssumed, Place::file("b.xml"), "i"),
        ];
        let xml = render(&findings, &["c.xml"], Words::English);
        assert!(xml.contains("tests=\"3\" failures=\"1\""), "{xml}");
        assert!(xml.contains("<testsuite name=\"a&quot;.xml\" tests=\"1\" failures=\"1\">"), "{xml}");
        assert!(xml.contains("<failure type=\"error\" message=\"&lt;x&gt; \u{FFFD}\">help: h</failure>"), "{xml}");
        assert!(xml.contains("<system-out>i</system-out>") && xml.contains("classname=\"c.xml\"/>"), "{xml}");
    }
}
