//! `feedloom sources status`

use super::super::args::{Format, SourcesStatus};
use super::super::setup::{Project, clock};
use super::super::table::table;
use super::super::terminal::Terminal;
use super::super::{Exit, store};
use crate::model::Timestamp;
use crate::publish::page::{self, HealthPage};
use crate::source::health::Health;
use std::io;

/// A source as programs see it.
#[derive(serde::Serialize)]
struct Row<'a> {
    url: &'a str,
    title: Option<&'a str>,
    state: &'static str,
    last_success: Option<String>,
    last_asked: Option<String>,
    next_due: Option<String>,
    failures: u32,
    kind: Option<&'static str>,
    message: Option<&'a str>,
    stale_since: Option<String>,
    is_beyond_max_stale: bool,
    moved_to: Option<&'a str>,
    entries: Option<usize>,
}

pub(super) fn run(verb: &SourcesStatus, project: &Project, terminal: &mut Terminal) -> io::Result<Exit> {
    let now = match clock(verb.now.as_deref()) {
        Ok(clock) => clock.unix(),
        Err(finding) => return terminal.fail(&[finding]),
    };
    let subscribed = project.sources();
    let health = store::open_existing(&project.root).and_then(|mut store| store::health(&subscribed.sources, store.as_mut(), now));
    let rows = match health {
        Ok(rows) => rows,
        Err(finding) => return terminal.fail(&[finding]),
    };
    if verb.html {
        let title = project.settings.site.title.as_deref().unwrap_or("feedloom");
        let site_url = project.settings.site.url.as_deref().unwrap_or_default();
        let language = project.settings.site.language.as_ref();
        let page = page::health(&HealthPage { title, language, url: "", site_url, directory: None, rows: &rows });
        return super::written(&page, verb.output.as_deref(), &subscribed.findings, terminal);
    }
    let date = |instant: Option<i64>| instant.and_then(Timestamp::from_unix).map(|date| date.to_rfc3339());
    let row = |health| -> Row<'_> {
        let health: &Health = health;
        Row {
            url: &health.url,
            title: health.title.as_deref(),
            state: health.condition.as_str(),
            last_success: date(health.last_success),
            last_asked: date(health.last_asked),
            next_due: date(health.next_due),
            failures: health.failures,
            kind: health.kind.map(crate::source::state::FailureKind::as_str),
            message: health.message.as_deref(),
            stale_since: date(health.stale_since),
            is_beyond_max_stale: health.is_beyond_max_stale,
            moved_to: health.moved_to.as_deref(),
            entries: health.entries,
        }
    };
    let text = match terminal.format() {
        Format::Json => serde_json::to_string_pretty(&rows.iter().map(row).collect::<Vec<_>>()).unwrap_or_default() + "\n",
        Format::Jsonl => rows.iter().map(|health| serde_json::to_string(&row(health)).unwrap_or_default() + "\n").collect(),
        Format::Human | Format::Github | Format::Sarif | Format::Junit => {
            let cells = |row: Row<'_>| {
                let or = |text: Option<&str>| text.unwrap_or("-").to_owned();
                let failures = if row.failures > 0 { row.failures.to_string() } else { "-".to_owned() };
                vec![
                    or(row.title.or(Some(row.url))),
                    row.state.to_owned(),
                    row.entries.map_or_else(|| "-".to_owned(), |count| count.to_string()),
                    or(row.last_success.as_deref()),
                    or(row.next_due.as_deref()),
                    failures,
                    or(row.kind),
                    or(row.stale_since.as_deref()),
                ]
            };
            table(
                &["source", "state", "entries", "last success", "next due", "failures", "kind", "stale since"],
                &rows.iter().map(row).map(cells).collect::<Vec<_>>(),
            )
        }
    };
    if verb.output.is_some() {
        return super::written(&text, verb.output.as_deref(), &subscribed.findings, terminal);
    }
    terminal.result(&text)?;
    terminal.remarks(&subscribed.findings)?;
    Ok(terminal.exit(&subscribed.findings))
}
