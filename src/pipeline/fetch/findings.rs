//! What a run says of the sources that did not do well.

use super::{Done, Options, Report};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::Timestamp;
use crate::source::health;
use crate::source::list::Source;
use crate::source::state::FailureKind;

/// The findings of all reports, in the order of the sources; `fetch` changes nothing any more.
pub(super) fn of(reports: &[Report], options: &Options) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for report in reports {
        if let Some(source) = options.sources.get(report.source) {
            one(report, source, options, &mut findings);
        }
    }
    once(&mut findings);
    findings
}

/// A wish that was said once for all sources is found wrong once.
fn once(findings: &mut Vec<Diagnostic>) {
    let is_wish = |finding: &Diagnostic| finding.code == Code::IntervalRaised && finding.severity == Severity::Warning;
    let count = findings.iter().filter(|finding| is_wish(finding)).count();
    let mut is_first = true;
    findings.retain(|finding| !is_wish(finding) || std::mem::take(&mut is_first));
    if let Some(first) = findings.iter_mut().find(|finding| is_wish(finding)).filter(|_| count > 1) {
        first.message.push_str(&format!("; so it is for {} more", count - 1));
    }
}

fn one(report: &Report, source: &Source, options: &Options, findings: &mut Vec<Diagnostic>) {
    let now = options.clock.unix();
    let finding = |code: Code, message: String| Diagnostic::new(code, source.place.clone(), format!("{}: {message}", source.url));
    let state = &report.state;
    if let Done::Failed(failure) = &report.result {
        let code = match failure.kind {
            FailureKind::Gone => Code::SourceGone,
            FailureKind::Configuration => Code::SourceUnusable,
            _ => Code::SourceFailed,
        };
        let help = match report.feeds.as_slice() {
            [] => health::advice(failure.kind, options.in_ci).to_owned(),
            feeds => format!("the page names {}: take one of them", feeds.iter().take(3).cloned().collect::<Vec<_>>().join(", ")),
        };
        findings.push(finding(code, failure.message.clone()).with_help(help));
    }
    if health::is_beyond(source, state, now) {
        let since = state.stale_since().and_then(Timestamp::from_unix).map_or_else(String::new, |since| format!(" since {since}"));
        let message = format!("expected a feed within {}, found none{since}", days(source.max_stale));
        let stale = finding(Code::SourceStale, message).with_help("mend it, remove it with `feedloom sources remove`, or set its max-stale");
        findings.push(if options.tolerate { stale.with_severity(Severity::Warning) } else { stale });
    }
    if report.result == Done::Ended {
        findings.push(
            finding(Code::SourceGone, "expected a source that goes on, found one that has ended".to_owned())
                .with_help(health::advice(FailureKind::Gone, options.in_ci)),
        );
    }
    if let Some(new) = &state.moved_to {
        findings.push(
            finding(Code::SourceMoved, format!("it has moved to {new}, and is asked there"))
                .with_help("leave it as it is; written into the configuration, the new address is a new source, whose entries come anew"),
        );
    }
    let (floor, whole) = (options.rules.floor, options.rules.floor_unconditional);
    if let Some(interval) = source.interval.filter(|interval| (floor..whole).contains(interval))
        && state.last_success.is_some()
        && state.validators.is_empty()
    {
        let message = format!("expected an interval of {} or more, because its server always sends all of it, found {}", days(whole), days(interval));
        findings.push(finding(Code::IntervalRaised, message).with_severity(Severity::Info).with_help("it is asked as often as you say"));
    }
    if let Some(interval) = source.interval.filter(|interval| *interval < floor) {
        let message = format!("expected to ask it at most every {}, found an interval of {}", days(floor), days(interval));
        findings.push(
            finding(Code::IntervalRaised, message).with_help("servers turn away who asks more often; set sources.min-interval to do it all the same"),
        );
    }
}

/// A length of time for people.
fn days(seconds: i64) -> String {
    match seconds {
        0..=119 => format!("{seconds} s"),
        120..=7199 => format!("{} min", seconds / 60),
        7200..=172_799 => format!("{} h", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}
