//! Findings as GitHub workflow commands.

use super::Words;
use crate::diagnostic::{Diagnostic, Severity};

pub(super) fn render(findings: &[Diagnostic], words: Words) -> String {
    findings.iter().map(|finding| one(finding, words)).collect()
}

fn one(finding: &Diagnostic, words: Words) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let place = &finding.place;
    let mut properties = Vec::new();
    if !place.path.is_empty() {
        properties.push(format!("file={}", property(&place.path)));
    }
    if place.line > 0 {
        properties.push(format!("line={}", place.line));
        if place.column > 0 {
            properties.push(format!("col={}", place.column));
        }
    }
    properties.push(format!("title={}", property(&format!("{} {}", finding.code, words.title(finding.code)))));
    let help = finding.help.as_ref().map(|help| format!("\n{} {help}", words.say("help:"))).unwrap_or_default();
    format!("::{command} {}::{}\n", properties.join(","), message(&format!("{}{help}", finding.full_message())))
}

/// Escapes what would end a command (actions/toolkit, `command.ts`).
fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Place};

    #[test]
    fn nothing_in_a_message_ends_the_command() {
        let finding = Diagnostic::new(Code::BadUrl, Place::file("a,b.md").at(2, 3), "100%\n::error::x").with_help("h");
        assert_eq!(
            render(&[finding], Words::English),
            "::warning file=a%2Cb.md,line=2,col=3,title=FL222 an address cannot be used::100%25%0A::error::x%0Ahelp: h\n"
        );
    }
}
