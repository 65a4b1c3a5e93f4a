//! The one printer: results to stdout, everything else to stderr.

use super::Exit;
use super::args::{Color, FailOn, Format, Global};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::report::{self, Style, Words};
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};

/// How many findings of one code people are shown unless they ask for all.
const SHOWN_WARNINGS: usize = 10;
const SHOWN_INFOS: usize = 3;

/// Where text goes, and how it looks there.
#[derive(Debug)]
pub(super) struct Terminal {
    format: Format,
    fail_on: FailOn,
    quiet: bool,
    verbose: bool,
    style: Style,
    /// The language that was asked for by name: programs that read findings get English unless somebody says otherwise.
    stated: Words,
    /// Whether a document takes standard output.
    beside: bool,
}

impl Terminal {
    #[expect(clippy::disallowed_methods, reason = "cli/ is where the environment is read")]
    pub(super) fn new(global: &Global) -> Self {
        let color = match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        };
        Self {
            format: global.format(),
            fail_on: global.fail_on(),
            quiet: global.quiet,
            verbose: global.verbose,
            style: Style::new(color).with_words(super::language::words(global.lang)),
            stated: global.lang.map(super::args::Lang::words).unwrap_or_default(),
            beside: false,
        }
    }

    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// The words for people.
    pub(super) fn words(&self) -> Words {
        self.style.words
    }

    /// The words for programs.
    pub(super) fn stated_words(&self) -> Words {
        self.stated
    }

    pub(super) fn verbose(&self) -> bool {
        self.verbose
    }

    #[cfg(feature = "fetch")]
    pub(super) fn quiet(&self) -> bool {
        self.quiet
    }

    /// Whether somebody looks at stderr who can be shown lines that change.
    #[cfg(feature = "fetch")]
    #[expect(clippy::disallowed_methods, reason = "cli/ is where the environment is read")]
    pub(super) fn is_live(&self) -> bool {
        self.format == Format::Human && io::stderr().is_terminal() && std::env::var_os("CI").is_none()
    }

    /// From now on results go to stderr: a document takes standard output.
    pub(super) fn leave_stdout(&mut self) {
        self.beside = true;
    }

    /// Where results go.
    fn out(&self) -> Box<dyn Write> {
        if self.beside { Box::new(io::stderr().lock()) } else { Box::new(io::stdout().lock()) }
    }

    /// A result. What people read cannot steer their terminal; what programs read is as it is.
    pub(super) fn result(&mut self, text: &str) -> io::Result<()> {
        let mut out = self.out();
        match self.format {
            Format::Human => out.write_all(report::visible(text).as_bytes())?,
            _ => out.write_all(text.as_bytes())?,
        }
        out.flush()
    }

    /// A document, byte for byte.
    pub(super) fn document(bytes: &[u8]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()
    }

    /// Something that is said beside the result; nothing when quiet.
    pub(super) fn note(&mut self, text: &str) -> io::Result<()> {
        if self.quiet { Ok(()) } else { io::stderr().lock().write_all(self.words().lines(text).as_bytes()) }
    }

    /// Something that is said while a verb is at work; that nobody hears it is no reason to stop.
    pub(super) fn notice(&self, text: &str) {
        if !self.quiet {
            let _ = io::stderr().lock().write_all(self.words().lines(text).as_bytes());
        }
    }

    /// What a verb did, in a few lines: a result for people, a remark where programs read the findings.
    pub(super) fn summary(&mut self, text: &str) -> io::Result<()> {
        match (self.quiet, self.format) {
            (true, _) => Ok(()),
            (false, Format::Human) => self.result(&self.words().lines(text)),
            (false, _) => self.note(text),
        }
    }

    /// Findings: to stderr for people, to stdout for programs.
    pub(super) fn findings(&mut self, findings: &[Diagnostic]) -> io::Result<()> {
        let format = match self.format {
            Format::Human => return self.findings_for_people(findings),
            Format::Json => report::Format::Json,
            Format::Jsonl => report::Format::Jsonl,
            Format::Github => report::Format::Github,
            Format::Sarif => report::Format::Sarif,
            Format::Junit => report::Format::Junit,
        };
        // GitHub shows them to people.
        let words = if self.format == Format::Github { self.words() } else { self.stated };
        self.result(&report::render(findings, format, Style::default().with_words(words)))
    }

    /// Findings to stderr, in whatever form: for verbs whose result is something else.
    pub(super) fn remarks(&mut self, findings: &[Diagnostic]) -> io::Result<()> {
        self.findings_for_people(findings)
    }

    /// Findings that are the result, to stdout for people.
    pub(super) fn result_for_people(&mut self, findings: &[Diagnostic]) -> io::Result<()> {
        let text = self.shown(findings);
        let mut out = self.out();
        out.write_all(text.as_bytes())?;
        out.flush()
    }

    fn findings_for_people(&mut self, findings: &[Diagnostic]) -> io::Result<()> {
        let text = self.shown(findings);
        io::stderr().lock().write_all(text.as_bytes())
    }

    /// All errors, and as many of the rest as people read.
    fn shown(&self, findings: &[Diagnostic]) -> String {
        let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
        let shown: Vec<Diagnostic> = findings
            .iter()
            .filter(|finding| {
                let count = seen.entry(finding.code).or_default();
                *count += 1;
                self.verbose
                    || finding.code == Code::FeedRemoved
                    || match finding.severity {
                        Severity::Error => true,
                        Severity::Warning => *count <= SHOWN_WARNINGS,
                        Severity::Info => *count <= SHOWN_INFOS && !self.quiet,
                    }
            })
            .cloned()
            .collect();
        let mut text = report::render(&shown, report::Format::Human, self.style);
        for (code, count) in seen {
            let left = count - shown.iter().filter(|finding| finding.code == code).count();
            if left > 0 && !self.quiet {
                let more = format!("… and {left} more {code}: {} (-v lists them)", code.title());
                text.push_str(&self.words().say(&more));
                text.push('\n');
            }
        }
        text
    }

    /// How a run with these findings ends.
    pub(super) fn exit(&self, findings: &[Diagnostic]) -> Exit {
        if findings.iter().any(|finding| self.fail_on.includes(finding.severity)) { Exit::Findings } else { Exit::Done }
    }

    /// Says what stopped the run.
    pub(super) fn fail(&mut self, findings: &[Diagnostic]) -> io::Result<Exit> {
        self.findings(findings)?;
        Ok(Exit::Failed)
    }
}
