//! `feedloom inspect`

mod page;

use super::Exit;
use super::args::{Format, Global, Inspect};
use super::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::format::read::{Hints, ReadError, read};
use crate::pipeline::input::{Input, Loaded, Network, load, unreadable};
use crate::pipeline::inspect;
use chrono_tz::Tz;
use rayon::prelude::*;
use std::io::{self, BufRead, BufWriter, Write};
use std::path::PathBuf;

/// How many small files are read before any of them is written.
const AT_ONCE: usize = 256;

pub(super) fn run(verb: &Inspect, global: &Global, terminal: &mut Terminal) -> io::Result<Exit> {
    let zone = match verb.timezone.as_deref().map(super::setup::zone).transpose() {
        Ok(zone) => zone,
        Err(finding) => return terminal.fail(&[finding]),
    };
    if verb.batch {
        return batch(zone);
    }
    let Some(path) = &verb.input else { return Ok(Exit::Failed) };
    let input = Input::new(path);
    let is_json = matches!(terminal.format(), Format::Json | Format::Jsonl);
    let network = match network(verb, &input, global) {
        Ok(network) => network,
        Err(findings) => return terminal.fail(&findings),
    };
    let loaded = load(std::slice::from_ref(&input), &network).pop().unwrap_or_else(|| Err(io::ErrorKind::NotFound.into()));
    let Loaded { bytes, mut hints, .. } = match loaded {
        Ok(loaded) => loaded,
        Err(error) if is_json => {
            let mut out = io::stdout().lock();
            inspect::unreadable(&mut out, &error.to_string())?;
            out.write_all(b"\n")?;
            return Ok(Exit::Failed);
        }
        Err(error) => return terminal.fail(&[Diagnostic::new(Code::UnreadableFile, Place::file(input.name()), unreadable(&error))]),
    };
    hints.zone = zone;
    if is_json {
        let mut out = BufWriter::new(io::stdout().lock());
        let is_feed = inspect::write(&mut out, &bytes, &hints)?;
        out.write_all(b"\n")?;
        out.flush()?;
        return Ok(if is_feed { Exit::Done } else { Exit::Failed });
    }
    match read(&bytes, &hints) {
        Ok(reading) => {
            if matches!(terminal.format(), Format::Github | Format::Sarif | Format::Junit) {
                terminal.findings(&reading.repairs)?;
            } else {
                terminal.result(&page::page(&reading, terminal.verbose()))?;
                terminal.remarks(&reading.repairs)?;
            }
            Ok(terminal.exit(&reading.repairs))
        }
        Err(error) => {
            let finding = Diagnostic::new(Code::NotAFeed, Place::file(input.name()), error.to_string());
            let help = match &error {
                ReadError::Page { feeds, .. } if !feeds.is_empty() => "inspect one of the feeds that the page names".to_owned(),
                ReadError::Compressed(_) => "unpack it first; curl does with --compressed".to_owned(),
                _ => "feeds are RSS, Atom, JSON Feed; lists are OPML".to_owned(),
            };
            terminal.fail(&[finding.with_help(help)])
        }
    }
}

fn network(verb: &Inspect, input: &Input, global: &Global) -> Result<Network, Vec<Diagnostic>> {
    #[cfg(feature = "fetch")]
    let allow_private = verb.allow_private;
    #[cfg(not(feature = "fetch"))]
    let allow_private = false;
    let _ = verb;
    super::setup::network(std::slice::from_ref(input), allow_private, global)
}

fn hints(input: &Input, zone: Option<Tz>) -> Hints {
    let mut hints = input.hints();
    hints.zone = zone;
    hints
}

/// Paths on standard input, one a line; for each, in order, one line of JSON.
fn batch(zone: Option<Tz>) -> io::Result<Exit> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut lines = io::stdin().lock().split(b'\n');
    let mut waiting: Vec<Input> = Vec::new();
    loop {
        let line = lines.next().transpose()?;
        let input = line.as_deref().map(|line| Input::new(&path_of(line)));
        let is_large = matches!(&input, Some(Input::File(path)) if path.metadata().is_ok_and(|facts| facts.len() >= inspect::LARGE as u64));
        if input.is_none() || is_large || waiting.len() >= AT_ONCE {
            let done: Vec<Vec<u8>> = waiting.par_iter().map(|input| one(input, zone)).collect();
            for line in done {
                out.write_all(&line)?;
            }
            waiting.clear();
        }
        match input {
            None => break,
            Some(input) if is_large => object(&mut out, &input, zone)?,
            Some(input) => waiting.push(input),
        }
        if is_large {
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// A path as the system writes it.
#[cfg(unix)]
fn path_of(line: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(std::ffi::OsStr::from_bytes(line.strip_suffix(b"\r").unwrap_or(line)))
}

/// A path as the system writes it.
#[cfg(not(unix))]
fn path_of(line: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(line).trim_end_matches('\r'))
}

fn one(input: &Input, zone: Option<Tz>) -> Vec<u8> {
    let mut line = Vec::new();
    // Writing into memory does not fail.
    let _ = object(&mut line, input, zone);
    line.push(b'\n');
    line
}

fn object(out: &mut dyn Write, input: &Input, zone: Option<Tz>) -> io::Result<()> {
    match input.bytes() {
        Ok(bytes) => inspect::write(out, &bytes, &hints(input, zone)).map(|_| ()),
        Err(error) => inspect::unreadable(out, &error.to_string()),
    }
}
