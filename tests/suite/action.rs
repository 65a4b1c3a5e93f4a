//! The GitHub Action, run here: its scripts with the program under test, on the sample, in place of a runner.
//!
//! What it releases is packed, put where releases lie (a folder, as `file:`), installed from there, and run.
#![cfg(unix)]

use crate::harness::files;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_feedloom");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A runner's folders, with a site in `site`.
struct Runner {
    dir: tempfile::TempDir,
}

struct Step {
    code: i32,
    /// Both streams, as the runner's log.
    log: String,
    outputs: BTreeMap<String, String>,
    summary: String,
}

impl Runner {
    /// With the sample site.
    fn new() -> Self {
        let runner = Self { dir: tempfile::tempdir().unwrap() };
        for folder in ["content", "feeds", "static"] {
            for (name, bytes) in files(&root().join(folder)) {
                runner.write(&format!("{folder}/{name}"), &bytes);
            }
        }
        runner.write("feedloom.yaml", &std::fs::read(root().join("feedloom.yaml")).unwrap());
        runner
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let file = self.path("site").join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }

    /// Runs a script of the action.
    fn step(&self, script: &str, environment: &[(&str, &str)]) -> Step {
        let (output, summary, paths) = (self.path("output"), self.path("summary"), self.path("path"));
        for file in [&output, &summary, &paths] {
            std::fs::write(file, "").unwrap();
        }
        let mut command = Command::new("bash");
        command.arg(root().join(".github/action").join(script)).current_dir(self.path("site"));
        command.env("GITHUB_OUTPUT", &output).env("GITHUB_STEP_SUMMARY", &summary).env("GITHUB_PATH", &paths);
        command.env("GITHUB_WORKSPACE", self.path("site")).env("RUNNER_TEMP", self.dir.path()).env("RUNNER_OS", "Linux").env("RUNNER_ARCH", "X64");
        command
            .env("FEEDLOOM", PROGRAM)
            .env("SOURCE_DATE_EPOCH", "1750000000")
            .env("LC_ALL", "C.UTF-8")
            .env("CI", "true")
            .envs(environment.iter().copied());
        let ended = command.output().unwrap();
        let outputs = std::fs::read_to_string(output).unwrap();
        Step {
            code: ended.status.code().unwrap(),
            log: String::from_utf8(ended.stdout).unwrap() + &String::from_utf8(ended.stderr).unwrap(),
            outputs: outputs.lines().map(|line| line.split_once('=').unwrap()).map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            summary: std::fs::read_to_string(summary).unwrap(),
        }
    }

    fn run(&self, environment: &[(&str, &str)]) -> Step {
        self.step("run", environment)
    }
}

impl Step {
    fn output(&self, name: &str) -> &str {
        self.outputs.get(name).map_or("", String::as_str)
    }

    /// Exit code of the step, then its outputs `exit-code`, `failed`, `changed`.
    fn ended(&self) -> (i32, &str, &str, &str) {
        (self.code, self.output("exit-code"), self.output("failed"), self.output("changed"))
    }
}

#[test]
fn a_site_that_is_current_changes_nothing_and_fails_nothing() {
    let step = Runner::new().run(&[("COMMANDS", "build lint"), ("BASE_URL", "https://example.org/feeds/"), ("FAIL_ON", "warning")]);
    assert_eq!(step.ended(), (0, "0", "false", "false"), "{}", step.log);
    assert!(step.summary.contains("| build | done (0) | 0 | 0 |\n| lint | done (0) | 0 | 0 |\n"), "{}", step.summary);
}

#[test]
fn findings_are_annotations_and_the_feeds_are_there_to_deploy() {
    let runner = Runner::new();
    runner.write("content/bad.md", b"---\ntitle: [\n---\nx\n");
    runner.write("content/new.md", "---\ntitle: 新\ndate: 2025-02-14\ntags: [新]\n---\n正文。\n".as_bytes());
    let step = runner.run(&[("COMMANDS", "build lint")]);
    assert_eq!(step.ended(), (0, "1", "true", "true"), "{}", step.log);
    assert!(step.log.contains("\n::error file=content/bad.md,line="), "{}", step.log);
    assert!(step.summary.contains("| build | findings (1) | 1 | "), "{}", step.summary);
    assert!(runner.path("site/feeds/tags/新/rss.xml").is_file());
    // What is only a warning fails a strict run.
    std::fs::remove_file(runner.path("site/content/bad.md")).unwrap();
    runner.write(
        "feeds/friend/feed.xml",
        b"<rss version='2.0'><channel><title>t</title><link>https://e.cn/</link><description>d</description></channel></rss>",
    );
    let of = |fail_on| runner.run(&[("COMMANDS", "build lint"), ("FAIL_ON", fail_on)]).output("exit-code").to_owned();
    assert_eq!((of("error").as_str(), of("warning").as_str(), of("never").as_str()), ("0", "1", "0"));
}

#[test]
fn more_findings_than_a_summary_holds_are_cut_there() {
    let runner = Runner::new();
    for number in 0..400 {
        runner.write(&format!("content/bad-{number:03}.md"), format!("---\ntitle: {}\ndate: [\n---\nx\n", "长".repeat(200)).as_bytes());
    }
    let step = runner.run(&[("COMMANDS", "build")]);
    assert_eq!((step.code, step.output("exit-code")), (0, "1"), "{}", step.log);
    assert_eq!(step.log.matches("\n::error file=").count(), 400);
    assert!(step.summary.contains("| build | findings (1) | 400 |") && step.summary.len() < 200_000, "{}", step.summary.len());
}

#[test]
fn what_cannot_be_built_ends_the_step() {
    let runner = Runner::new();
    runner.write("feedloom.yaml", b"site: { titel: x }\n");
    let step = runner.run(&[("COMMANDS", "build lint")]);
    assert_eq!((step.code, step.output("exit-code")), (2, "2"), "{}", step.log);
    assert!(step.log.contains("::error file=feedloom.yaml,line=1") && !step.summary.contains("| lint |"), "{}{}", step.log, step.summary);
    let step = runner.run(&[("COMMANDS", "build\ndestroy\n"), ("ARGS", "--set\nsite.titel=")]);
    assert!(step.code == 2 && step.log.contains("site.titel"), "{}", step.log);
    let step = runner.run(&[("COMMANDS", "destroy\nbuild")]);
    assert!(step.code == 2 && step.log.contains("expected fetch, build or lint"), "{}", step.log);
}

#[test]
fn options_are_passed_on() {
    let runner = Runner::new();
    let step = runner.run(&[("COMMANDS", "build"), ("ARGS", "--set feeds.limit=1 --set feeds.formats=[rss]")]);
    assert_eq!(step.ended(), (0, "0", "false", "true"), "{}", step.log);
    assert!(!runner.path("site/feeds/atom.xml").exists());
}

#[test]
#[cfg(feature = "fetch")]
fn a_source_that_fails_for_too_long_stops_nothing() {
    let runner = Runner::new();
    // Nobody listens at a private address, and nobody asks there.
    runner.write("feedloom.yaml", "site: { title: t, url: 'https://e.cn/' }\nsources: { list: [ { url: 'http://127.0.0.1:9/' } ] }\n".as_bytes());
    let fetch = |now: &str, tolerate: &str| runner.run(&[("COMMANDS", "fetch build"), ("TOLERATE", tolerate), ("ARGS", &format!("--now {now}"))]);
    let step = fetch("2025-01-01", "false");
    assert_eq!((step.code, step.output("exit-code")), (0, "0"), "{}", step.log);
    for (now, tolerate, code, failed) in [("2025-02-01", "false", "3", "true"), ("2025-03-01", "true", "0", "false")] {
        let step = fetch(now, tolerate);
        assert_eq!((step.code, step.output("exit-code"), step.output("failed")), (0, code, failed), "{}", step.log);
        assert!(step.log.contains("::warning title=feedloom fetch::a source fails"), "{}", step.log);
        assert!(step.summary.contains("| fetch | a source fails for too long (") && step.summary.contains("| build | done (0)"), "{}", step.summary);
    }
}

#[test]
fn what_others_write_is_no_command_to_the_runner() {
    let runner = Runner::new();
    runner.write("content/bad.md", "---\ntitle: x\ndate: \"::add-mask::x\\n::error::y\"\n---\n</pre><b>\n".as_bytes());
    let step = runner.run(&[("COMMANDS", "build"), ("ARGS", "--verbose")]);
    let mut stopped: Option<String> = None;
    for line in step.log.lines() {
        match (&stopped, line.strip_prefix("::stop-commands::")) {
            (None, Some(token)) => stopped = Some(format!("::{token}::")),
            (Some(end), _) if line == end => stopped = None,
            (None, None) if line.starts_with("::") => {
                assert!(["::group::", "::endgroup::", "::error ", "::warning ", "::notice "].iter().any(|known| line.starts_with(known)), "{line}");
            }
            _ => {}
        }
    }
    assert_eq!(stopped, None);
    assert!(!step.summary.replace("</pre></details>", "").contains("</pre>"), "{}", step.summary);
}

/// Puts what is released into a folder that looks like the server's.
fn release(runner: &Runner) -> PathBuf {
    let folder = runner.path("releases/download/v0.0.1");
    // The program under test, as small as a release.
    let program = runner.path("feedloom");
    std::fs::write(&program, format!("#!/bin/sh\nexec '{PROGRAM}' \"$@\"\n")).unwrap();
    let mut pack = Command::new("bash");
    pack.arg(root().join(".github/release/pack")).arg(&program).arg("x86_64-unknown-linux-musl").arg(&folder).arg(PROGRAM);
    let status = pack.status();
    assert!(status.unwrap().success());
    let sum =
        "for file in *.tar.gz; do if command -v sha256sum >/dev/null; then sha256sum \"$file\"; else shasum -a 256 \"$file\"; fi; done >SHA256SUMS";
    assert!(Command::new("bash").args(["-c", sum]).current_dir(&folder).status().unwrap().success());
    folder
}

#[test]
fn a_release_is_packed_installed_and_checked() {
    if Command::new("curl").arg("--version").output().is_err() {
        eprintln!("skipped: there is no curl");
        return;
    }
    let runner = Runner::new();
    let folder = release(&runner);
    let listed = Command::new("tar").arg("-tzf").arg(folder.join("feedloom-x86_64-unknown-linux-musl.tar.gz")).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    for part in ["/feedloom\n", "/LICENSE-MIT\n", "/man/feedloom-build.1\n", "/completions/feedloom.zsh\n", "/feedloom.schema.json\n"] {
        assert!(listed.contains(part), "{part}: {listed}");
    }
    let releases = format!("file://{}", runner.path("releases").display());
    let install = |version: &str| {
        runner.step("install", &[("VERSION", version), ("RELEASES", &releases), ("GITHUB_ACTION_PATH", "/nowhere"), ("REPOSITORY", "a/b")])
    };
    for version in ["0.0.1", "v0.0.1"] {
        let step = install(version);
        assert!(step.code == 0 && step.log.contains("feedloom "), "{}", step.log);
        assert_eq!(std::fs::read_to_string(runner.path("path")).unwrap().trim_end(), runner.path("feedloom-bin").to_str().unwrap());
    }
    let installed = runner.path("feedloom-bin/feedloom");
    let step = runner.run(&[("COMMANDS", "build"), ("FEEDLOOM", installed.to_str().unwrap())]);
    assert_eq!(step.ended(), (0, "0", "false", "false"), "{}", step.log);

    // Another archive than the one that was released is not used, and nothing else is tried.
    std::fs::write(folder.join("feedloom-x86_64-unknown-linux-musl.tar.gz"), "tampered").unwrap();
    std::fs::remove_dir_all(runner.path("feedloom-bin")).unwrap();
    let step = install("0.0.1");
    assert!(step.code == 2 && step.log.contains("another; it is not used") && !installed.exists(), "{}", step.log);
    assert!(!step.log.contains("with cargo"), "{}", step.log);
    std::fs::write(folder.join("SHA256SUMS"), "").unwrap();
    assert_eq!(install("0.0.1").code, 2);
}
