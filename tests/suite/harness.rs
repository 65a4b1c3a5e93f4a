//! A site in a temporary folder, and the program run in it.

use feedloom::config::{Document, Settings};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A site under test.
pub(crate) struct Site {
    dir: tempfile::TempDir,
}

/// What a run said and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A configuration that suits most tests.
pub(crate) const CONFIG: &str = "site: { title: 每日, url: \"https://e.cn/\", language: zh-CN, timezone: Asia/Shanghai }\n";

impl Site {
    /// An empty site with this configuration.
    pub(crate) fn new(config: &str) -> Self {
        let site = Self { dir: tempfile::tempdir().unwrap() };
        std::fs::create_dir(site.path("content")).unwrap();
        keep(config);
        site.file("feedloom.yaml", config)
    }

    /// The usual configuration.
    pub(crate) fn usual() -> Self {
        Self::new(CONFIG)
    }

    /// Adds a file.
    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    /// Adds an article with a title, a date and more front matter.
    pub(crate) fn article(self, name: &str, front: &str, body: &str) -> Self {
        self.file(&format!("content/{name}.md"), format!("---\ntitle: {name}\n{front}\n---\n{body}\n"))
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// Runs the program in the site's folder, at a fixed time.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        run(self.dir.path(), arguments, &[])
    }

    /// Builds; must end well.
    pub(crate) fn build(&self) -> Run {
        let run = self.run(&["build"]);
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        run
    }

    /// The site's JSON feed.
    pub(crate) fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_str(&self.read(path)).unwrap()
    }

    /// All files of the out folder with their bytes, sorted by path.
    pub(crate) fn output(&self) -> Vec<(String, Vec<u8>)> {
        files(&self.path("feeds"))
    }
}

/// Keeps a configuration for other validators, named by whether it is read without a finding; see `scripts/check-schemas`.
fn keep(config: &str) {
    let Some(folder) = std::env::var_os("FEEDLOOM_WRITE_CONFIGS").map(PathBuf::from) else { return };
    let file = tempfile::Builder::new().suffix(".yaml").tempfile().unwrap();
    std::fs::write(&file, config).unwrap();
    let mut findings = Vec::new();
    match Document::read(file.path(), "feedloom.yaml") {
        Ok(document) => drop(Settings::read(&document, &mut findings)),
        Err(finding) => findings.push(finding),
    }
    let verdict = if findings.is_empty() { "read" } else { "refused" };
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{verdict}-{}", file.path().file_name().unwrap().to_string_lossy())), config).unwrap();
}

/// All files below a folder with their bytes, sorted by path.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// Runs the program in a folder with more environment.
pub(crate) fn run(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_feedloom"));
    command.current_dir(folder).args(arguments).env("SOURCE_DATE_EPOCH", "1750000000").env("NO_COLOR", "1").env("LC_ALL", "C");
    // What is fetched has a time of its own.
    if arguments.first() == Some(&"fetch") && !arguments.contains(&"--now") {
        command.args(["--now", "2025-06-15T15:06:40Z"]);
    }
    for (name, value) in environment {
        command.env(name, value);
    }
    let Output { status, stdout, stderr } = command.output().unwrap();
    Run { code: status.code().unwrap_or(-1), out: String::from_utf8(stdout).unwrap(), err: String::from_utf8(stderr).unwrap() }
}
