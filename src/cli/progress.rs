//! What is seen while sources are fetched: a live line for each that is being asked on a terminal, else a line for each that is done.

use super::fetch::{seconds, word};
use super::terminal::Terminal;
use crate::pipeline::fetch::{Done, Event, Report};
use crate::report::visible;
use crate::source::list::Source;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::HashMap;
use std::io::Write;
use std::time::Duration;

/// How many sources are seen at work at the same time.
const LINES: usize = 8;

/// The display.
pub(super) struct Progress<'a> {
    sources: &'a [Source],
    kind: Kind,
}

enum Kind {
    Silent,
    /// A line for each source that is done.
    Plain,
    Live {
        all: MultiProgress,
        total: ProgressBar,
        running: HashMap<usize, ProgressBar>,
    },
}

impl<'a> Progress<'a> {
    pub(super) fn new(sources: &'a [Source], terminal: &Terminal) -> Self {
        let kind = match (terminal.quiet(), terminal.is_live()) {
            (true, _) => Kind::Silent,
            (false, false) => Kind::Plain,
            (false, true) => {
                let all = MultiProgress::with_draw_target(ProgressDrawTarget::stderr_with_hz(10));
                let total = all.add(ProgressBar::new(0).with_style(style("{bar:24} {pos}/{len} {wide_msg}")));
                Kind::Live { all, total, running: HashMap::new() }
            }
        };
        Self { sources, kind }
    }

    /// Shows what happened.
    pub(super) fn show(&mut self, event: &Event<'_>) {
        let name = |index: usize| self.sources.get(index).map_or_else(String::new, |source| visible(source.title.as_deref().unwrap_or(&source.url)));
        match (&mut self.kind, event) {
            (Kind::Live { total, .. }, Event::Planned(count)) => total.set_length(*count as u64),
            (Kind::Live { all, running, .. }, Event::Started(index)) if running.len() < LINES => {
                let line = all.add(ProgressBar::new_spinner().with_style(style("  {spinner} {elapsed:>4} {wide_msg}")).with_message(name(*index)));
                line.enable_steady_tick(Duration::from_millis(120));
                running.insert(*index, line);
            }
            (Kind::Live { total, running, all }, Event::Done(report)) => {
                if let Some(line) = running.remove(&report.source) {
                    line.finish_and_clear();
                    all.remove(&line);
                }
                if report.millis > 0 {
                    total.inc(1);
                }
                if let Done::Failed(failure) = &report.result {
                    total.set_message(visible(&format!("{}: {}", name(report.source), failure.kind.as_str())));
                }
            }
            (Kind::Plain, Event::Done(report)) if is_told(report) => {
                let line = format!("{} {} ({})\n", what(report), name(report.source), seconds(report.millis));
                // That nobody hears it is no reason to stop.
                let _ = std::io::stderr().lock().write_all(line.as_bytes());
            }
            _ => {}
        }
    }

    /// Clears the live lines.
    pub(super) fn end(self) {
        if let Kind::Live { all, .. } = self.kind {
            // A terminal that is gone needs no clearing.
            let _ = all.clear();
        }
    }
}

/// Whether a source was asked.
fn is_told(report: &Report) -> bool {
    matches!(report.result, Done::Stored { .. } | Done::Unchanged | Done::Failed(_))
}

fn what(report: &Report) -> String {
    match &report.result {
        Done::Stored { saved, .. } => format!("stored    {:>4} new", saved.new),
        Done::Failed(failure) => format!("failed    {:>8}", failure.kind.as_str()),
        result => format!("{:<18}", word(result)),
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
