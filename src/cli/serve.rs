//! `feedloom serve`

use super::Exit;
use super::args::{Global, Serve};
use super::build::{once, plural};
use super::setup::Ground;
use super::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::pipeline::build::{Options, Outcome};
use crate::publish::layout::OPML;
use crate::publish::write::Change;
use crate::report::{self, Style};
use crate::serve::{Built, ServeError, Server, Sources};
use std::io;

pub(super) fn run(verb: &Serve, global: &Global, terminal: &mut Terminal) -> io::Result<Exit> {
    let server = match Server::bind(verb.port) {
        Ok(server) => server,
        Err(error) => return terminal.fail(&[finding(&error)]),
    };
    let built = once(&verb.build, global, terminal);
    let first = match &built {
        Err(findings) if !verb.watch => return terminal.fail(findings),
        _ => told(&built, global, terminal)?,
    };
    terminal.result(&addresses(&format!("http://{}/", server.address()), built.as_ref().ok().map(|(_, options)| options), verb.watch))?;
    let mut options = crate::serve::Options::new(match &built {
        Ok((_, options)) => options.target.out.clone(),
        Err(_) => Ground::find(global)?.out,
    });
    options.watch = verb.watch;
    let mut again = || {
        let built = once(&verb.build, global, terminal);
        // That nobody reads what is said is no reason to stop.
        told(&built, global, terminal).unwrap_or_default()
    };
    match server.run(&options, first, &mut again) {
        Ok(()) => Ok(Exit::Done),
        Err(error) => terminal.fail(&[finding(&error)]),
    }
}

type Once = Result<(Outcome, Options), Vec<Diagnostic>>;

/// Tells how a build ended, on the terminal and for the open pages.
fn told(built: &Once, global: &Global, terminal: &mut Terminal) -> io::Result<Built> {
    let findings = match built {
        Ok((outcome, _)) => &outcome.findings,
        Err(findings) => findings,
    };
    terminal.findings(findings)?;
    if let Ok((outcome, _)) = built {
        let changed = outcome.changes.iter().filter(|(_, change)| *change != Change::Same).count();
        terminal.summary(&format!("{} built, {} changed\n", plural(outcome.feeds, "feed"), plural(changed, "file")))?;
    }
    let errors: Vec<Diagnostic> = findings.iter().filter(|finding| finding.severity == Severity::Error).cloned().collect();
    Ok(Built {
        problem: (!errors.is_empty()).then(|| report::render(&errors, report::Format::Human, Style::default())),
        sources: sources(built.as_ref().ok().map(|(_, options)| options), global),
    })
}

/// What a build reads. While nobody knows that, because the configuration cannot be understood, that is what has to change.
fn sources(options: Option<&Options>, global: &Global) -> Option<Sources> {
    let ground = Ground::find(global).ok()?;
    let mut sources = Sources::default();
    sources.files.extend(ground.files);
    match options {
        Some(options) => {
            sources.folders.insert(options.content.dir.clone());
            sources.folders.extend(options.content.static_dirs.iter().cloned());
            sources.ignored.extend([options.target.out.clone(), options.target.state.clone()]);
        }
        None => {
            sources.folders.insert(ground.root.join("content"));
        }
    }
    Some(sources)
}

/// Where to look: the directory if there is one, the feeds of the whole site, the list of all.
fn addresses(base: &str, options: Option<&Options>, watch: bool) -> String {
    let has_directory = options.is_none_or(|options| options.layout.pages);
    let mut text = if has_directory { format!("{base}\n") } else { String::new() };
    if let Some(layout) = options.map(|options| &options.layout) {
        text.extend(layout.formats.iter().map(|format| format!("{base}{}\n", crate::text::url::encode_path(&layout.feed_file("", *format)))));
        text.push_str(&format!("{base}{OPML}\n"));
    }
    text.push_str(if watch { "watching for changes; Ctrl-C ends\n" } else { "Ctrl-C ends\n" });
    text
}

fn finding(error: &ServeError) -> Diagnostic {
    let help = match error {
        ServeError::Port { .. } => "name another port; --port 0 picks a free one",
        ServeError::Watch(_) => "the system may watch only so many folders (fs.inotify.max_user_watches); without --watch it serves all the same",
        _ => "see what the system says",
    };
    Diagnostic::new(Code::CannotServe, Place::default(), error.to_string()).with_help(help)
}
