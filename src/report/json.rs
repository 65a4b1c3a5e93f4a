//! Findings for programs.

use crate::diagnostic::Diagnostic;
use serde::Serialize;

#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    severity: String,
    code: &'a str,
    message: &'a str,
    help: Option<&'a str>,
}

fn line(finding: &Diagnostic) -> Line<'_> {
    let known = |number: u32| (number > 0).then_some(number);
    Line {
        file: &finding.place.path,
        line: known(finding.place.line),
        column: known(finding.place.column),
        severity: finding.severity.to_string(),
        code: finding.code.as_str(),
        message: &finding.message,
        help: finding.help.as_deref(),
    }
}

/// One array.
pub(super) fn render(findings: &[Diagnostic]) -> String {
    let lines: Vec<Line<'_>> = findings.iter().map(line).collect();
    // Strings and numbers always serialise.
    serde_json::to_string_pretty(&lines).unwrap_or_default() + "\n"
}

/// One object a line.
pub(super) fn render_lines(findings: &[Diagnostic]) -> String {
    findings.iter().map(|finding| serde_json::to_string(&line(finding)).unwrap_or_default() + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Place};

    #[test]
    fn unknown_places_are_null() {
        let finding = Diagnostic::new(Code::MissingDate, Place::file("a.md"), "“x”");
        assert_eq!(
            render_lines(&[finding]),
            "{\"file\":\"a.md\",\"line\":null,\"column\":null,\"severity\":\"warning\",\"code\":\"FL201\",\"message\":\"“x”\",\"help\":null}\n"
        );
        assert_eq!(render(&[]), "[]\n");
    }
}
