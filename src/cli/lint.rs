//! `feedloom lint`

use super::Exit;
use super::args::{Format, Global, Lint};
use super::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::lint::{Rule, can_mend, page, rule, rules};
use crate::pipeline::fix;
use crate::pipeline::input::{ENDINGS, Input};
use crate::pipeline::lint::{Baseline, Checked, Options, Outcome, check};
use crate::publish::single;
use crate::report::{self, Counts, Words};
use crate::text::near::nearest;
use crate::text::url::{absolute, is_web};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

pub(super) fn run(verb: &Lint, global: &Global, terminal: &mut Terminal) -> io::Result<Exit> {
    if verb.rules {
        return list(terminal);
    }
    if let Some(code) = &verb.explain {
        return explain(code, terminal);
    }
    if let Err(finding) = super::mend::check(verb) {
        return terminal.fail(&[finding]);
    }
    let options = match options(verb, global) {
        Ok(options) => options,
        Err(findings) => return terminal.fail(&findings),
    };
    let outcome = check(&options);
    if outcome.files.is_empty() {
        let none = Diagnostic::new(Code::NotAFeed, Place::default(), "expected feeds or subscription lists in the folder, found none");
        return terminal.fail(&[none.with_help(format!("their names end with one of: {}", ENDINGS.join(", ")))]);
    }
    if let Some(file) = verb.baseline.as_ref().filter(|_| verb.update_baseline) {
        // Maps of texts and numbers always serialise.
        let text = serde_json::to_string_pretty(&outcome.baseline()).unwrap_or_default() + "\n";
        if let Err(error) = single::write(file, text.as_bytes()) {
            return terminal.fail(&[Diagnostic::new(Code::CannotWrite, Place::file(file.display().to_string()), error.to_string())]);
        }
        terminal.note(&format!("{} findings are now known\n", outcome.findings().len()))?;
        return Ok(if outcome.unreadable { Exit::Failed } else { Exit::Done });
    }
    if super::mend::takes_stdout(verb) {
        terminal.leave_stdout();
    }
    if verb.fix {
        if let Err(finding) = super::mend::write(verb, &outcome)? {
            return terminal.fail(&[finding]);
        }
        super::mend::show(&outcome, terminal)?;
    }
    let findings = outcome.findings();
    show(&outcome, &findings, terminal)?;
    let counts = Counts::of(&findings);
    if outcome.unreadable {
        return Ok(Exit::Failed);
    }
    let too_many = verb.max_warnings.is_some_and(|most| counts.warnings > most);
    Ok(if too_many { Exit::Findings } else { terminal.exit(&findings) })
}

fn show(outcome: &Outcome, findings: &[Diagnostic], terminal: &mut Terminal) -> io::Result<()> {
    match terminal.format() {
        Format::Human => {
            for file in &outcome.files {
                let findings: Vec<Diagnostic> = file.problems.iter().map(|problem| problem.finding.clone()).collect();
                terminal.result_for_people(&findings)?;
            }
        }
        Format::Json => {
            let lines: Vec<Line<'_>> = outcome.files.iter().map(line).collect();
            terminal.result(&(serde_json::to_string_pretty(&lines).unwrap_or_default() + "\n"))?;
        }
        Format::Jsonl => {
            let lines = outcome.files.iter().map(|file| serde_json::to_string(&line(file)).unwrap_or_default() + "\n");
            terminal.result(&lines.collect::<String>())?;
        }
        Format::Junit => {
            let clean: Vec<&str> = outcome.files.iter().filter(|file| file.problems.is_empty()).map(|file| file.name.as_ref()).collect();
            terminal.result(&report::junit(findings, &clean, terminal.stated_words()))?;
        }
        Format::Github | Format::Sarif => terminal.findings(findings)?,
    }
    terminal.summary(&summary(outcome, &Counts::of(findings)))
}

fn summary(outcome: &Outcome, counts: &Counts) -> String {
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let files = plural(outcome.files.len(), "file");
    if counts.errors + counts.warnings + counts.infos == 0 {
        return format!("{files}: nothing to complain about\n");
    }
    format!("{files}: {}, {}, {}\n", plural(counts.errors, "error"), plural(counts.warnings, "warning"), plural(counts.infos, "info"))
}

/// A file as programs see it.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    kind: &'static str,
    /// What was mended, when that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    fixed: Option<Vec<&'static str>>,
    problems: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Found<'a> {
    code: &'static str,
    severity: String,
    w3c: Option<&'static str>,
    line: u32,
    column: u32,
    message: &'a str,
    help: Option<&'a str>,
    entry: Option<InEntry<'a>>,
}

/// The entry that something is wrong with.
#[derive(Serialize)]
struct InEntry<'a> {
    index: usize,
    name: &'a str,
    link: Option<&'a str>,
}

fn line(file: &Checked) -> Line<'_> {
    let problems = file.problems.iter().map(|problem| Found {
        code: problem.finding.code.as_str(),
        severity: problem.finding.severity.to_string(),
        w3c: problem.w3c,
        line: problem.finding.place.line,
        column: problem.finding.place.column,
        message: &problem.finding.message,
        help: problem.finding.help.as_deref(),
        entry: problem.entry.as_deref().map(|entry| InEntry { index: entry.index, name: &entry.name, link: entry.link.as_deref() }),
    });
    Line { file: &file.name, kind: file.kind.as_str(), fixed: super::mend::codes(file), problems: problems.collect() }
}

fn options(verb: &Lint, global: &Global) -> Result<Options, Vec<Diagnostic>> {
    let one = |finding| vec![finding];
    let settings = super::setup::Project::read(global)?.settings;
    let (settings, site_zone) = (settings.lint, settings.site.timezone);
    let zone = verb.timezone.as_deref().map(super::setup::zone).transpose().map_err(one)?.or(site_zone);
    let mut options = Options {
        inputs: verb.inputs.iter().map(|word| Input::new(word)).collect(),
        base: verb.base.as_deref().map(base).transpose().map_err(one)?,
        now: Some(super::setup::clock(verb.now.as_deref()).map_err(one)?.unix()),
        fix: verb.fix.then(|| fix::Options::new(zone)),
        ..Options::default()
    };
    options.choice = settings.choice();
    options.choice.only = codes("--only", &verb.only).map_err(one)?;
    options.choice.ignore.extend(codes("--ignore", &verb.ignore).map_err(one)?);
    if let Some(file) = verb.baseline.as_ref().filter(|_| !verb.update_baseline) {
        options.baseline = baseline(file).map_err(one)?;
    }
    #[cfg(feature = "fetch")]
    let allow_private = verb.allow_private;
    #[cfg(not(feature = "fetch"))]
    let allow_private = false;
    // A subscription list is checked, not followed.
    let far: Vec<Input> = options.inputs.iter().filter(|input| matches!(input, Input::Url(_))).cloned().collect();
    options.network = super::setup::network(&far, allow_private, global)?;
    Ok(options)
}

fn base(text: &str) -> Result<String, Diagnostic> {
    absolute(text).ok().filter(|url| is_web(url)).ok_or_else(|| {
        Diagnostic::new(Code::BadValue, Place::file("--base"), format!("expected an absolute http(s) address, found `{text}`"))
            .with_help("write it as https://example.org/feeds/")
    })
}

fn codes(option: &str, words: &[String]) -> Result<BTreeSet<Code>, Diagnostic> {
    words.iter().map(|word| code(option, word)).collect()
}

fn code(option: &str, word: &str) -> Result<Code, Diagnostic> {
    Code::parse(word).ok_or_else(|| {
        let wrong = Diagnostic::new(Code::BadValue, Place::file(option), format!("expected the code of a rule, found `{word}`"));
        let near = nearest(&word.to_ascii_uppercase(), rules().map(|rule| rule.code.as_str())).map(|near| format!("did you mean {near}?"));
        wrong.with_help(near.unwrap_or_else(|| "feedloom lint --rules lists them".to_owned()))
    })
}

fn baseline(file: &Path) -> Result<Baseline, Diagnostic> {
    let wrong = |problem: String| {
        Diagnostic::new(Code::BadValue, Place::file(file.display().to_string()), format!("expected a baseline, found: {problem}"))
            .with_help("--update-baseline writes one")
    };
    let text = std::fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))
}

/// A rule as programs see it.
#[derive(Serialize)]
struct Listed {
    code: &'static str,
    severity: String,
    w3c: Option<&'static str>,
    /// Whether `--fix` can mend what it finds.
    fixes: bool,
    title: Cow<'static, str>,
    help: Cow<'static, str>,
}

fn listed(rule: &Rule, words: Words) -> Listed {
    let severity: Severity = rule.code.severity();
    Listed {
        code: rule.code.as_str(),
        severity: severity.to_string(),
        w3c: rule.w3c,
        fixes: can_mend(rule.code),
        title: words.title(rule.code),
        help: words.say(rule.help),
    }
}

fn list(terminal: &mut Terminal) -> io::Result<Exit> {
    let words = if terminal.format() == Format::Human { terminal.words() } else { terminal.stated_words() };
    let rows = rules().map(|rule| listed(rule, words));
    let text = match terminal.format() {
        Format::Json => serde_json::to_string_pretty(&rows.collect::<Vec<_>>()).unwrap_or_default() + "\n",
        Format::Jsonl => rows.map(|row| serde_json::to_string(&row).unwrap_or_default() + "\n").collect(),
        _ => {
            let cells = |row: Listed| {
                vec![
                    row.code.to_owned(),
                    words.say(&row.severity).into_owned(),
                    row.w3c.unwrap_or("-").to_owned(),
                    words.say(if row.fixes { "yes" } else { "-" }).into_owned(),
                    row.title.into_owned(),
                ]
            };
            let heads = ["code", "severity", "W3C", "fix", "finding"].map(|head| words.say(head));
            super::table::table(&heads.each_ref().map(AsRef::as_ref), &rows.map(cells).collect::<Vec<_>>())
        }
    };
    terminal.result(&text)?;
    Ok(Exit::Done)
}

fn explain(word: &str, terminal: &mut Terminal) -> io::Result<Exit> {
    let found = code("--explain", word).and_then(|code| {
        rule(code).ok_or_else(|| {
            Diagnostic::new(Code::BadValue, Place::file("--explain"), format!("expected a rule of the linter, found `{code}`: {}", code.title()))
                .with_help("docs/diagnostics.md explains it")
        })
    });
    match found {
        Ok(rule) => terminal.result(&explained(rule, terminal.words())).map(|()| Exit::Done),
        Err(finding) => terminal.fail(&[finding]),
    }
}

/// The page of a rule in these words; samples are not to be translated.
fn explained(rule: &Rule, words: Words) -> String {
    const FENCE: &str = "```";
    let page = page(rule);
    let parts = page.split(FENCE).enumerate().map(|(at, part)| if at % 2 == 0 { words.lines(part) } else { Cow::Borrowed(part) });
    parts.collect::<Vec<_>>().join(FENCE)
}
